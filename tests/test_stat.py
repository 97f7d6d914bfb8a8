"""The report on one screen: what matters most, the figures, and a bar for each paragraph that changed."""

import re

import pytest
from build import compared, resolution
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.model import Footnote, Op
from resdiff.rendering import render
from resdiff.rendering.wrap import columns
from resdiff.report import Changes, build, outcome

RE_COLOUR = re.compile(r"\x1b\[[\d;]*m")
RE_BAR = re.compile(r"\d+ (\+*)(-*)(?:déplacé)?…?$")


def stat(report, **options):
    return render(report, "terminal", stat=True, **options).decode()


def bars(text):
    """The lines of the paragraphs: from the blank line after the figures to the total."""
    return text.split("\n\n")[-1].splitlines()[:-1]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_line_for_each_paragraph_that_changed(pairs, lang):
    for pair in pairs.values():
        report = build(pair, lang=lang)
        changed = [row for row in report.find(Changes).rows if not row.is_quiet]
        text = stat(report)
        assert len(bars(text)) == len(changed)
        assert f"{len(changed)} paragra" in text.splitlines()[-1]


def test_the_bar_shows_how_many_words_came_and_went(real_pair):
    lines = bars(stat(build(real_pair)).replace("\xa0", " "))
    assert re.fullmatch(r"par\. 19 → par\. 30 +modifié +2 \+-", lines[-1])
    assert re.fullmatch(r"PP 13 → PP 3 +déplacé +0 ?", next(line for line in lines if line.startswith("PP 13")))
    assert re.fullmatch(r"par\. 26 +ajouté +156 \++", next(line for line in lines if line.startswith("par. 26")))
    assert re.fullmatch(r"ancien PP 2 +supprimé ou récrit +18 -+", lines[0])


def test_the_words_of_the_total_are_those_of_the_edits():
    text = stat(build(compared(["Prie l’Office d’agir"], ["Prie l’Office d’agir vite et bien"])))
    assert text.splitlines()[-1] == "1 paragraphe changé, 3 mots ajoutés"


@pytest.mark.slow
@pytest.mark.parametrize("width", [20, 30, 48, 60, 80, 120, 200])
@pytest.mark.parametrize("height", [0, 10, 24, 40, 60])
def test_no_line_is_wider_than_the_screen(real_pair, width, height):
    text = stat(build(real_pair), width=width, height=height)
    assert max(map(columns, text.splitlines())) <= width


@pytest.mark.parametrize(("width", "height"), [(80, 40), (80, 50), (100, 40), (120, 32), (160, 30)])
def test_two_editions_fit_a_screen_of_their_width(pairs, width, height):
    text = stat(build(pairs["72/194", "74/175"]), width=width, height=height)
    assert text.count("\n") < height
    assert len(re.findall(r"^ \d\. ", text, re.MULTILINE)) >= 3


def test_columns_hold_what_lines_hold(real_pair):
    report = build(real_pair)
    alone = [re.sub(r" +(?:ajouté|modifié|supprimé|scindé)(?: ou récrit)?", "", line) for line in bars(stat(report))]
    beside = " ".join(bars(stat(report, width=120, height=30)))
    for line in alone:
        place = re.split(r"  ", line)[0]
        assert place in beside


def test_colours_change_nothing_else(real_pair):
    report = build(real_pair)
    coloured = stat(report, color=True)
    assert RE_COLOUR.sub("", coloured) == stat(report)
    assert "\x1b[32m+" in coloured and "\x1b[31m-" in coloured


def test_identical_texts_have_no_bar():
    text = resolution("Prie l’Office d’agir")
    assert "Les deux textes sont identiques." in stat(build(compare(text, text)))
    assert "mots ajoutés" not in stat(build(compare(text, text)))
    assert stat(build(compare(resolution(), resolution())))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200), st.integers(20, 130), st.integers(0, 50))
def test_whatever_stands_in_a_text_reaches_no_terminal(old, new, width, height):
    old, new = (resolution(("op1", f"Prie {text}"), symbol=text, title=text) for text in (old, new))
    text = stat(build(compare(old, new)), width=width, height=height)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    assert max(map(columns, text.split("\n"))) <= width


def test_a_bar_never_hides_a_side(real_pair):
    rows = [row for row in build(real_pair).find(Changes).rows if not row.is_quiet]
    lines = bars(stat(build(real_pair), width=62))
    for row, line in zip(rows, lines, strict=True):
        came, went = RE_BAR.search(line).groups()
        sides = {e.op for e in row.change.edits if any(map(str.isalnum, e.text))}
        assert (bool(came), bool(went)) == (Op.INSERT in sides, Op.DELETE in sides), line


def noted(first, second, *notes):
    """A text of two paragraphs, the first one with footnotes."""
    calls = tuple(Footnote(str(n), words, "pp1", 3) for n, words in enumerate(notes, start=1))
    return resolution(("pp1", first), ("op1", second), footnotes=calls)


RECALLS, ASKS = "Rappelant sa résolution 70/177 du 17 décembre 2015", "Prie l’Office d’agir"


@pytest.mark.parametrize(
    ("new", "line", "total"),
    [
        (noted(RECALLS, ASKS, "Voir A/70/100, annexe", "Voir l’acte."), "PP 1, note 1 seule une note change 3 +--",
         "1 note changée, 1 mot ajouté, 2 mots retirés"),
        (noted(RECALLS, ASKS, "Voir A/70/80, chapitre 1"), "PP 1, note 1, note 2 seules des notes changent 4 +---",
         "2 notes changées, 1 mot ajouté, 3 mots retirés"),
        (noted(RECALLS + ", et agissant", ASKS, "Voir A/70/100, annexe", "Voir l’acte."), "PP 1 modifié 5 +++--",
         "1 paragraphe changé, 1 note changée, 3 mots ajoutés, 2 mots retirés"),
        (noted(RECALLS, ASKS, "Voir A/70/100, chapitre 1 ;", "Voir l’acte."),
         "PP 1 inchangé, sauf la typographie d’une note 0", ""),
        (noted(RECALLS, ASKS + " ;", "Voir A/70/100, chapitre 1", "Voir l’acte."),
         "par. 1 inchangé, sauf la typographie 0", ""),
    ],
)  # fmt: skip
def test_a_paragraph_with_another_note_is_not_told_as_changed(new, line, total):
    old = noted(RECALLS, ASKS, "Voir A/70/100, chapitre 1", "Voir l’acte.")
    last = stat(build(compare(old, new)), width=100).split("\n\n")[-1].splitlines()
    assert [" ".join(each.replace("\xa0", " ").split()) for each in last] == [line, *([total] if total else [])]


def test_a_paragraph_that_moved_says_that_its_note_is_another_too():
    old = noted(RECALLS, ASKS, "Voir A/70/100, chapitre 1")
    (change,) = (each for each in compare(old, noted(RECALLS, ASKS, "Voir l’annexe")).changes if "pp1" in each.olds)
    notes = next(row.notes for row in build(compare(old, noted(RECALLS, ASKS, "Voir l’annexe"))).find(Changes).rows)
    assert outcome(replace(change, moved=True), "fr", notes) == "seule une note change, déplacé"
