"""A survey: what is known of one text, found once, kept as JSON, judged beside another."""

import msgspec
import pytest
from judging import judged

import resdiff
from resdiff.comparison import compare
from resdiff.judgement import annotate, judge
from resdiff.language import Language
from resdiff.model import Paragraph, Part, Span
from resdiff.recognition import Survey, recognize
from resdiff.recognition.clauses import find_figures

SYMBOLS = ("72/194", "74/175", "78/226")
FIGURES = [(language, row.example) for language in Language.all() for row in language.conditions.figure]


@pytest.fixture(scope="module")
def surveys(corpus):
    return {symbol: recognize(corpus.get(symbol)) for symbol in SYMBOLS}


def test_a_survey_goes_to_json_and_back(surveys):
    for survey in surveys.values():
        assert msgspec.json.decode(msgspec.json.encode(survey), type=Survey) == survey


def test_every_mention_is_quoted_from_the_paragraph_it_names(surveys):
    for survey in surveys.values():
        texts = {p.id: p.text for p in survey.resolution.body} | {"": survey.resolution.title}
        for mention in (*survey.conditions, *survey.figures):
            assert texts[mention.paragraph][mention.start : mention.end] == mention.text
        for mention in survey.names:
            assert texts[mention.paragraph][mention.name.start : mention.name.end] == mention.name.text
        for act in survey.acts:
            assert texts[act.place.paragraph][act.place.start : act.place.end] == act.head
            assert act.text == "\n".join(texts[at.paragraph][at.start : at.end] for at in act.passages)
        for mention in survey.theme_mentions:
            assert 0 <= mention.start < mention.end <= len(texts[mention.paragraph])


@pytest.mark.parametrize(("language", "example"), FIGURES, ids=lambda each: getattr(each, "code", ""))
def test_the_example_of_a_figure_is_one(language, example):
    paragraph = Paragraph("op1", Part.OPERATIVE, "1", 0, "", example, Span(0, 0))
    assert len(list(find_figures(paragraph, language))) == 1


def test_every_part_of_a_survey_is_filled_by_a_real_text(surveys):
    survey = surveys["78/226"]
    assert all(getattr(survey, part) for part in ("acts", "conditions", "names", "citations", "themes"))
    assert {m.theme for m in survey.theme_mentions} == {theme.id for theme in survey.themes}


def test_a_kept_survey_is_judged_like_a_fresh_one(surveys):
    old, new = surveys["72/194"], surveys["74/175"]
    kept = [msgspec.json.decode(msgspec.json.encode(survey), type=Survey) for survey in (old, new)]
    comparison = compare(old.resolution, new.resolution)
    assert judge(comparison, *kept) == judge(comparison, old, new)


def test_a_text_in_another_language_is_known_by_its_citations_alone(corpus):
    spanish = msgspec.structs.replace(corpus.get("72/194"), language="es")
    survey = recognize(spanish)
    assert survey.citations and not (survey.acts or survey.names or survey.themes)


def test_the_survey_of_another_text_is_refused(surveys):
    old, new = surveys["72/194"], surveys["74/175"]
    with pytest.raises(ValueError, match="74/175"):
        judge(compare(old.resolution, new.resolution), new, new)


def test_each_change_is_laid_out_once(corpus, monkeypatch):
    from resdiff.judgement import case

    laid = []
    original = case._sites
    monkeypatch.setattr(case, "_sites", lambda edits: laid.append(edits) or original(edits))
    comparison = judged(compare(corpus.get("72/194"), corpus.get("74/175")))
    assert len(laid) == len(comparison.changes)


def test_the_old_name_says_the_same_and_that_it_is_deprecated(surveys):
    old, new = surveys["72/194"], surveys["74/175"]
    comparison = compare(old.resolution, new.resolution)
    with pytest.warns(DeprecationWarning, match="recognize and judge"):
        assert annotate(comparison) == judge(comparison, old, new)
    assert resdiff.annotate is annotate
