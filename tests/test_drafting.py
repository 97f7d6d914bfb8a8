"""The next edition begun from the last one: what is proposed, what is asked, and what is left alone."""

import json
from io import BytesIO

import chains
import jsonschema
import pytest
from build import resolution
from msgspec.structs import replace
from wordprocessing import faults

from resdiff.comparison import compare
from resdiff.data import path
from resdiff.drafting import draft_lines, note_numbers, roll
from resdiff.drafting.cycle import cycle_of, shifted
from resdiff.judgement import judge
from resdiff.language import Language
from resdiff.language.dates import ordinal, spelt_ordinal
from resdiff.language.fold import fold_same_length
from resdiff.layers import Mark
from resdiff.model import Part
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.recognition import recognize
from resdiff.rendering.rolled import MODULES, Options, render_draft

FRENCH = Language.of("fr")
OPENING = "Le Conseil de sécurité,\n\n"


def council(number, year, day, preamble, operative):
    """A resolution of the Security Council."""
    head = f"Résolution {number} ({year}) du {day}\n\n{OPENING}"
    body = "\n\n".join([*preamble, *(f"{n}. {text}" for n, text in enumerate(operative, 1))])
    return parse(read((head + body + "\n").encode()))


def rolled(before, now, **options):
    old, new = (recognize(each) for each in (before, now))
    return roll(new, judge(compare(before, now), old, new), **options)


def found(result):
    return [(r.rule, r.old, r.text) for r in result.revisions]


PARTS = (
    ["Décide de proroger jusqu’au {} le mandat de la Force ;", "Demande aux parties d’appliquer les accords ;"],
    ["Rappelant ses résolutions {},", "Prenant acte du rapport du Secrétaire général en date du {},"],
)


def pair(first, second, *, report=("14 janvier 2004", "20 juillet 2004"), ends=("31 juillet 2004", "31 janvier 2005")):
    editions = []
    for at, (number, year, day) in enumerate(((1525, 2004, "30 janvier 2004"), (1553, 2004, "29 juillet 2004"))):
        recalled = (first, second)[at]
        preamble = [recalled, PARTS[1][1].format(report[at])]
        editions.append(council(number, year, day, preamble, [PARTS[0][0].format(ends[at]), PARTS[0][1]]))
    return editions


def test_the_last_edition_takes_the_place_of_the_one_before_as_it_did():
    result = rolled(
        *pair(
            "Rappelant sa résolution 1496 (2003) du 31 juillet 2003,",
            "Rappelant sa résolution 1525 (2004) du 30 janvier 2004,",
        )
    )
    assert found(result)[0] == ("last-edition", "1525 (2004) du 30 janvier 2004", "1553 (2004) du 29 juillet 2004")


def test_the_last_edition_is_added_where_the_one_before_was():
    result = rolled(
        *pair(
            "Rappelant ses résolutions 1373 (2001) du 28 septembre 2001 et 1496 (2003) du 31 juillet 2003,",
            "Rappelant ses résolutions 1373 (2001) du 28 septembre 2001, 1496 (2003) du 31 juillet 2003 et 1525 (2004) "
            "du 30 janvier 2004,",
        )
    )
    (rule, old, text), *_ = found(result)
    assert rule == "last-edition-added"
    assert (old, text) == (
        " et 1525 (2004) du 30 janvier 2004",
        ", 1525 (2004) du 30 janvier 2004 et 1553 (2004) du 29 juillet 2004",
    )


def test_the_last_edition_that_came_for_another_gives_way_in_turn():
    before, now = pair(
        "Rappelant toutes ses résolutions sur la question, notamment la résolution 1496 (2003) du 31 juillet 2003,",
        "Rappelant toutes ses résolutions sur la question, dont la plus récente, 1525 (2004) du 30 janvier 2004,",
    )
    (rule, _, text), *_ = found(rolled(before, now))
    assert (rule, text) == ("last-edition", "1553 (2004) du 29 juillet 2004")


def test_what_the_last_edition_decided_is_left_alone():
    """In the operative part the last edition is cited for what it decided: the next one need not have decided it."""
    text = "Approuve le déploiement de la Force conformément aux dispositions de la résolution {} ;"
    before = council(1525, 2004, "30 janvier 2004", ["Rappelant la Charte,"], [text.format("1496 (2003)"), PARTS[0][1]])
    cited = "Se félicite que la Force, créée par sa résolution 1525 (2004), soit déployée ;"
    now = council(1553, 2004, "29 juillet 2004", ["Rappelant la Charte,"], [PARTS[0][1], cited])
    result = rolled(before, now)
    assert not result.updates
    assert [stale.paragraph for stale in result.stale] == ["op2"]


def test_a_list_that_recalls_one_resolution_becomes_plural():
    before, now = pair(
        "Rappelant toutes ses résolutions sur la question,",
        "Rappelant toutes ses résolutions sur la question, dont sa résolution 1525 (2004) du 30 janvier 2004,",
    )
    (rule, _, text), *_ = found(rolled(before, now))
    assert rule.startswith("last-edition-")
    assert text == "ses résolutions 1525 (2004) du 30 janvier 2004 et 1553 (2004) du 29 juillet 2004"


def test_paragraphs_of_the_last_edition_are_left_alone_and_told():
    before, now = pair(
        "Rappelant le paragraphe 5 de sa résolution 1496 (2003) du 31 juillet 2003,",
        "Rappelant le paragraphe 5 de sa résolution 1525 (2004) du 30 janvier 2004,",
    )
    result = rolled(before, now)
    assert not result.updates
    assert [(s.paragraph, s.cited, s.later) for s in result.stale] == [("pp1", "1525 (2004)", "1553 (2004)")]


def test_reports_and_ends_of_mandates_are_asked_never_proposed():
    result = rolled(*pair("Rappelant la Charte,", "Rappelant la Charte,"))
    assert not result.updates
    asked = {revision.rule: revision for revision in result.questions}
    assert asked["report"].old == "20 juillet 2004"
    assert asked["deadline"].old == "jusqu’au 31 janvier 2005"
    assert asked["deadline"].hint == "31 juillet 2005"


def test_a_report_of_years_ago_and_a_day_far_ahead_are_left_alone():
    before, now = pair(
        "Rappelant la Charte,", "Rappelant la Charte,", report=("22 mai 2000",) * 2, ends=("31 décembre 2015",) * 2
    )
    assert not rolled(before, now).revisions


def test_a_meeting_that_was_to_come_is_asked_and_one_that_was_over_is_not():
    text = "Attend avec intérêt la Conférence qui se tiendra à Bonn le {} ;"
    for day, asked in (("12 octobre 2004", ["event"]), ("12 octobre 2000", [])):
        editions = [
            council(number, 2004, adopted, ["Rappelant la Charte,"], [text.format(day), PARTS[0][1]])
            for number, adopted in ((1525, "30 janvier 2004"), (1553, "29 juillet 2004"))
        ]
        assert [r.rule for r in rolled(*editions).questions] == asked


def test_without_an_edition_before_nothing_of_the_last_one_is_proposed():
    _, now = pair("Rappelant la Charte,", "Rappelant sa résolution 1525 (2004) du 30 janvier 2004,")
    result = roll(recognize(now))
    assert not result.updates
    assert [notice.code for notice in result.notices] == ["draft-first"]


def test_a_comparison_with_another_text_is_refused():
    before, now = pair("Rappelant la Charte,", "Rappelant la Charte,")
    old, new = recognize(before), recognize(now)
    with pytest.raises(ValueError):
        roll(old, judge(compare(before, now), old, new))


@pytest.mark.slow
def test_the_real_series_is_rolled_forward(corpus):
    first, last, following = (corpus.get(each) for each in ("72/194", "74/175", "78/226"))
    result = rolled(first, last, session=78)
    assert found(result) == [
        ("last-edition", "72/194 du 19 décembre 2017", "74/175 du 18 décembre 2019"),
        ("session-pace", "soixante-quinzième session", None),
    ]
    assert result.revisions[0].quotes
    assert result.revisions[1].hint == "soixante-dix-neuvième session"
    # all that 78/226 changed as a matter of routine is proposed or asked, and nothing else is
    surveys = recognize(last), recognize(following)
    judged = judge(compare(last, following), *surveys)
    routine = {id_ for c in judged.changes if any("routine" in f.code for f in c.flags) for id_ in c.link.old}
    assert {revision.paragraph for revision in result.revisions} == routine


def test_a_session_of_its_own_is_asked(corpus):
    result = rolled(corpus.get("74/175"), corpus.get("78/226"), session=80)
    assert [(r.rule, r.hint) for r in result.questions] == [("session-now", "quatre-vingtième session")]


@pytest.mark.parametrize(
    ("before", "rule"),
    [("soixante-treizième", "session"), ("soixante-quatorzième", "session-ahead"), ("", "session-ahead")],
)
def test_a_session_is_proposed_where_the_edition_before_had_one_as_far_ahead(before, rule):
    words = "Prie le Secrétaire général de lui présenter{} un rapport sur l’application de la présente résolution."
    texts = [
        replace(resolution((Part.OPERATIVE, words.format(f", à sa {session} session," * bool(session)))), session=own)
        for own, session in (("72", before), ("74", "soixante-quinzième"))
    ]
    result = rolled(*texts, session=76)
    assert [(r.rule, r.text or r.hint) for r in result.revisions] == [(rule, "soixante-dix-septième session")]


@pytest.mark.parametrize(("session", "rule"), [(76, "session"), (78, "session-pace"), (0, "session-pace")])
def test_a_session_is_proposed_where_the_next_edition_is_known_to_keep_the_pace(corpus, session, rule):
    result = rolled(corpus.get("72/194"), corpus.get("74/175"), session=session)
    assert [r.rule for r in result.revisions if r.rule.startswith("session")] == [rule]
    assert [n.values for n in result.notices if n.code == "draft-pace"] == ([] if session else [("76",)])


def test_a_budget_period_is_asked():
    period = "Prie l’Office d’agir au titre de l’exercice biennal {} ;"
    texts = [
        council(number, year, f"30 janvier {year}", ["Rappelant la Charte,"], [period.format(years), PARTS[0][1]])
        for number, year, years in ((1525, 2004, "2004-2005"), (1653, 2006, "2006-2007"))
    ]
    assert [(r.rule, r.old, r.hint) for r in rolled(*texts).questions] == [("period", "2006-2007", "2008-2009")]


def test_the_text_of_the_last_edition_comes_back(corpus):
    first, last = corpus.get("72/194"), corpus.get("74/175")
    result = rolled(first, last, session=78)
    for line in draft_lines(last, result.revisions):
        paragraph = next(p for p in last.paragraphs if p.id == line.id)
        assert "".join(piece.text for piece in line.pieces if piece.mark is not Mark.ADDED) == paragraph.text
    numbers = note_numbers(last)
    assert list(dict.fromkeys(numbers.values())) == [str(n) for n in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("value", range(1, 200))
def test_ordinals_are_read_back(value):
    written = fold_same_length(spelt_ordinal(value, FRENCH))
    first, joint, rest = written.partition(" et ")
    assert ordinal(f"{first}-{rest}" if joint else written.removeprefix("cent "), FRENCH) in (value, value - 100)


def test_days_are_shifted_by_months():
    assert [shifted("2004-08-31", 1), shifted("2003-12-31", 2), shifted("2004-07-30", 6), shifted("2004-13", 1)] == [
        *("2004-09-30", "2004-02-29", "2005-01-30"),
        "",
    ]
    text = resolution((Part.OPERATIVE, "Prie les États d’agir ;"))
    assert cycle_of(text, None, 0).day == ""


def test_every_rule_of_the_table_has_its_sentence_and_its_example():
    from resdiff.messages import message

    for rule in FRENCH.rolling.rule:
        assert message(f"draft.rule-{rule.name}", "x", "y")
        assert rule.of or rule.pattern or rule.name == "deadline"
        assert rule.example[0] != rule.example[1]


@pytest.mark.slow
def test_every_format_holds_the_draft(corpus):
    from docx import Document

    result = rolled(corpus.get("74/175"), corpus.get("78/226"), session=80)
    made = {form: render_draft(result, form, Options(name="78/226")) for form in MODULES}
    assert made == {form: render_draft(result, form, Options(name="78/226")) for form in MODULES}
    for form in ("terminal", "html", "md"):
        assert "78/226 du 19 décembre 2023" in made[form].decode().replace("\\", "")
    assert faults(made["docx"]) == []
    assert len(list(Document(BytesIO(made["docx"])).comments)) == 3  # two revisions, and what is said of the whole
    old = parse(read(made["docx"], tracked="reject"))
    assert [p.text for p in old.body] == [p.text for p in corpus.get("78/226").body]
    assert len(old.footnotes) == len(corpus.get("78/226").footnotes)
    schema = json.loads(path("draft.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(made["json"]), schema)


@pytest.mark.chains
@pytest.mark.slow
def test_what_is_proposed_is_what_the_next_edition_has(shared):
    """The promise of docs/drafting.md, over the chains of the Security Council."""
    import runpy
    from pathlib import Path

    score = runpy.run_path(str(Path(__file__).parents[1] / "scripts/score-draft"))
    counts = score["score"](shared / "texts/fr-sc-all", surveyed=chains.survey, judged=chains.judged)
    right, wrong = (sum(found[what] for found in counts.values()) for what in ("right", "wrong"))
    assert right >= 120
    assert right >= 0.95 * (right + wrong)
