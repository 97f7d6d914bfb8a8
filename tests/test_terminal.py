"""The terminal view: wrapped to the width, legible without colour, harmless whatever stands in a text."""

import re
import unicodedata

import pytest
from build import resolution
from hypothesis import given
from hypothesis import strategies as st
from judging import judged

from resdiff.comparison import compare
from resdiff.model import Kind, Notice
from resdiff.parsing import parse
from resdiff.reading import Source
from resdiff.rendering import render
from resdiff.rendering.wrap import Run, columns, wrap
from resdiff.report import Listing, Pair, Sentence, Summary, build, index

RE_COLOUR = re.compile(r"\x1b\[[\d;]*m")


def shown(compared, **options):
    return render(build(compared), "terminal", **options).decode()


def one_paragraph(text):
    return resolution(("op", text), symbol="A/RES/1/1", title=text)


@pytest.mark.slow
def test_no_line_is_wider_than_the_width(real_pair):
    for width in (40, 80, 100):
        assert max(map(columns, shown(real_pair, width=width).splitlines())) <= width


def test_without_colour_there_is_no_escape_and_marks_are_legible(real_pair):
    text = shown(real_pair, color=False, width=80)
    assert "\x1b" not in text
    assert re.search(r"\[-Engage[^\]]*-\]\s*\{\+Demande", text)


def test_colour_changes_nothing_but_the_colours(real_pair):
    assert RE_COLOUR.sub("", shown(real_pair, color=True)) == shown(real_pair, color=False)
    assert "\x1b[32m{+" in shown(real_pair, color=True)


def test_the_summary_comes_before_the_changes_and_provenance_before_both(real_pair):
    text = shown(real_pair)
    assert (
        text.index("traduction de travail")
        < text.index("L’ESSENTIEL")
        < text.index("CHANGEMENTS")
        < text.index("PRÉAMBULE")
    )


def test_the_figures_stand_between_what_matters_most_and_the_rest(real_pair):
    text = shown(real_pair).replace("\xa0", " ")
    leads = len(build(real_pair).find(Summary).leads)
    order = [
        "L’ESSENTIEL",
        "\n 1. ",
        "33 → 49 alinéas et paragraphes",
        f"\n{leads + 1:>2}. ",
        "THÈMES",
        "CHANGEMENTS",
        "CONCORDANCE",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_unchanged_paragraphs_are_folded(real_pair):
    text = shown(real_pair, width=100)
    folded = sum(int(number) for number in re.findall(r"^… (\d+) (?:alinéa|paragraphe)s? inchangé", text, re.MULTILINE))
    wanted = [c for c in real_pair.changes if c.kind is Kind.UNCHANGED and not c.weight and not c.moved]
    assert folded == len(wanted)


@pytest.mark.slow
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_control_character_of_a_text_reaches_the_terminal(old, new):
    compared = compare(one_paragraph(old), one_paragraph(new))
    text = shown(compared, color=False, width=50)
    assert not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069]", text)


def test_an_escape_in_a_text_or_a_notice_is_neutralised():
    old = one_paragraph("Prie \x1b]0;titre\x07l’Office \x9b31m d’agir")
    text = shown(compare(old, one_paragraph("Prie \x1b[2Jl’Office")))
    assert "\x1b" not in text
    assert "\x9b" not in text
    assert "\ufffd[2J" in text
    assert "\x1b" not in shown(compare(resolution(symbol="\x1b[31m", notices=(Notice("x\x1b"),)), old))


@given(st.lists(st.text(max_size=30), max_size=6), st.integers(20, 60))
def test_wrapping_keeps_every_word_and_stays_in_the_width(texts, width):
    lines = wrap([Run(text) for text in texts], width=width, color=False, first="1. ", hang="   ")
    assert all(columns(line) <= width for line in lines)
    joined = re.sub(r"[ \t\n\u2028\u2029]+", "", "".join(lines).removeprefix("1. "))
    wanted = re.sub(r"[ \t\n\u2028\u2029]+", "", "".join(texts))
    assert len(joined) == len(wanted)


def test_wide_characters_count_two_columns():
    assert wrap([Run("联合国大会 决议")], width=10, color=False) == ["联合国大会", "决议"]


def test_a_no_break_space_holds_a_line_together():
    assert wrap([Run("dit\u00a0: non")], width=7, color=False) == ["dit\u00a0:", "non"]


RE_PARTED = re.compile(
    r"^ *(?:\[-|\{\+)*[;:?»]"  # at the head of a line
    r"|«(?:-\]|\+\})*$|(?:\bpar\.|\bPP)$"  # at the end of one
    r"|\b(?:[12]?\d|3[01]|1er)\n *(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre)"
    r"|\b(?:janvier|mars|avril|juin|juillet|septembre|octobre|novembre|décembre)\n *\d{4}",
    re.MULTILINE,
)


@pytest.mark.parametrize("width", [48, 60, 80, 100])
def test_no_line_parts_what_belongs_together(pairs, width):
    for compared in pairs.values():
        text = shown(compared, width=width)
        assert not (found := RE_PARTED.search(text)), text[found.start() - 90 : found.end() + 40]


def test_plain_spaces_hold_where_french_wants_no_break():
    words = "Le 18 décembre 2019 : « oui » ; voir par. 8 et PP 3 de 1805 (2008) ! ? [-par. 4-] {+ ; +} 12 {+mai 2019+}"
    for width in range(20, 60):
        lines = wrap([Run(words)], width=width, color=False)
        assert not (found := RE_PARTED.search("\n".join(lines))), (found, lines)
        assert " ".join(lines) == words


def test_what_belongs_together_but_is_wider_than_a_line_is_parted():
    assert wrap([Run("« " * 12 + "fin")], width=20, color=False) == ["« " * 9 + "«", "« « fin"]


def test_a_front_page_lists_pairs_and_errors():
    page = index(
        (
            Listing(
                "Série", (Pair("72/194", "74/175", "a", Sentence(("33 → 49",))), Pair("1", "2", "b", error="illisible"))
            ),
        )
    )
    text = render(page, "terminal", width=60).decode()
    assert "72/194 → 74/175 – 33 → 49" in text
    assert "1 → 2 – illisible" in text


def test_of_a_draft_with_brackets_of_its_own_what_went_is_marked_in_braces():
    old = "1. Demande aux États [UE : , selon leurs moyens,] d’agir [d’ici à 2027] [avant la fin de 2028], sans délai ;"
    texts = (
        parse(Source(f"L’Assemblée générale,\n\nRappelant la Charte,\n\n{row}\n"))
        for row in (old, "1. Demande aux États d’agir avant la fin de 2028, sans tarder ;")
    )
    page = " ".join(shown(judged(compare(*texts)), width=100).split())
    assert "{-[UE : , selon leurs moyens,]-} d’agir {-[d’ici à 2027] [-}avant la fin de 2028" in page
    assert "[-" not in page.replace("[-}", "") and "entre {- et -}" in page


def test_what_came_into_a_quotation_is_marked_without_colours_too(real_pair):
    page = render(build(real_pair), "terminal", width=100).decode()
    essence = page[page.index("ESSENTIEL") : page.index("CHANGEMENTS")]
    assert "{+soixante-quinzième+}" in essence and "[-soixante-treizième-]" in essence
    assert "entre {+ et +}" in " ".join(essence.split())
