"""The table of formats, and the concordance as CSV."""

import csv
import io
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resdiff.comparison import compare
from resdiff.errors import UsageError
from resdiff.model import (
    Change,
    Comparison,
    Edit,
    Evidence,
    Flag,
    Kind,
    Link,
    Notice,
    Op,
    Paragraph,
    Part,
    Provenance,
    Reason,
    Resolution,
    Rival,
    Span,
    Status,
    TextKind,
    TopicChange,
    VerbChange,
    Weight,
)
from resdiff.rendering import FORMATS, format_of, render
from resdiff.report import Listing, Pair, build, entry, index


@pytest.mark.parametrize(
    ("name", "wanted"), [("a.md", "markdown"), ("A.HTML", "html"), ("x/y.json", "json"), ("a.csv", "csv")]
)
def test_a_suffix_asks_for_a_format(name, wanted):
    assert format_of(name) == wanted


@pytest.mark.parametrize("name", ["a.xyz", "a", ".md2", ""])
def test_an_unknown_suffix_is_an_error(name):
    with pytest.raises(UsageError):
        format_of(name)


def test_formats_are_called_by_name_or_by_suffix(real_pair):
    report = build(real_pair)
    assert render(report, "md") == render(report, "markdown")
    with pytest.raises(UsageError):
        render(report, "xyz")


def test_options_of_other_formats_are_left_aside(real_pair):
    report = build(real_pair)
    assert render(report, "json", color=True, compact=True) == render(report, "json")


def test_a_front_page_in_a_format_without_one_is_an_error():
    with pytest.raises(UsageError):
        render(index(()), "csv")


@pytest.mark.parametrize("name", ["terminal", "markdown", "json", "csv"])
def test_every_text_format_takes_two_empty_texts(name):
    empty = Resolution("", "", "fr", "", "", ())
    assert name in FORMATS
    assert render(build(compare(empty, empty)), name)


def test_json_loads_nothing_heavy():
    code = (
        "import sys, resdiff.rendering.json;"
        "print(sorted({'jinja2', 'docx', 'markdown_it', 'yaml', 'click'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---- CSV ----------------------------------------------------------------------------------------------------------


def rows(report):
    data = render(report, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_concordance_has_a_line_for_each_change(real_pair):
    head, *lines = rows(build(real_pair))
    assert head == ["ancien", "nouveau", "changement", "déplacé", "renuméroté", "portée"]
    assert len(lines) == len(real_pair.changes)
    assert ["PP 13", "PP 3", "inchangé", "oui", "oui", "aucun"] in [[*line[:4], "oui", line[5]] for line in lines]
    assert rows(build(real_pair, lang="en"))[0] == ["old", "new", "kind", "moved", "renumbered", "weight"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum"])
def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(name):
    empty = Resolution("", "", "fr", "", "", ())
    change = Change(Link((name,), (), 0.0, Reason("none")), Kind.REMOVED, False, False, Weight.SUBSTANTIVE, ())
    cell = rows(build(Comparison(empty, empty, (change,))))[1][0]
    assert not cell.startswith(("=", "+", "-", "@"))


# ---- golden pages: one small comparison made by hand, hostile words and all -----------------------------------------

PREAMBLE, OPERATIVE = Part.PREAMBLE, Part.OPERATIVE


def paragraph(name, lead, text):
    part, number = (PREAMBLE, "") if name.startswith("pp") else (OPERATIVE, name.removeprefix("op"))
    return Paragraph(name, part, number, 0, lead, text, Span(0, 0))


def small():
    """Two texts of four paragraphs: one kept, one moved with a changed verb, one split, one added, one removed."""
    old = Resolution(
        "A/RES/72/1", "Titre *ancien*", "fr", "", "2017-12-01",
        (
            paragraph("pp1", "Rappelant", "Rappelant la Charte [1] | <script>alert(1)</script>,"),
            paragraph("op1", "Prie", "Prie l’Office d’aider les États et de rendre compte ;"),
            paragraph("op2", "Engage", "Engage les États à protéger la vie privée ;"),
            paragraph("op3", "Souligne", "Souligne `le droit` # 2 ;"),
        ),
        notices=(Notice("inconnu", ("x",)),), provenance=Provenance(TextKind.TRANSLATION),
    )  # fmt: skip
    new = Resolution(
        "A/RES/74/1", "Titre *nouveau*", "fr", "", "2019-12-18",
        (
            paragraph("pp1", "Rappelant", old.body[0].text),
            paragraph("op1", "Demande", "Demande aux États de protéger les données biométriques ;"),
            paragraph("op2", "Prie", "Prie l’Office d’aider les États ;"),
            paragraph("op3", "Prie", "Prie l’Office de rendre compte ;"),
            paragraph("op4", "Décide", "Décide de <b>rester</b> saisie."),
        ),
        provenance=Provenance(TextKind.OFFICIAL),
    )  # fmt: skip
    heavy = Weight.SUBSTANTIVE
    verb = (Edit(Op.DELETE, "Engage les", heavy), Edit(Op.INSERT, "Demande aux", heavy), Edit(Op.EQUAL, " États "))
    swap = (
        Edit(Op.DELETE, "à", Weight.EDITORIAL),
        Edit(Op.INSERT, "de", Weight.EDITORIAL),
        Edit(Op.EQUAL, " protéger "),
    )
    theme = (
        Edit(Op.DELETE, "la vie privée", heavy),
        Edit(Op.INSERT, "les données biométriques", heavy),
        Edit(Op.EQUAL, " ;"),
    )
    cut = (
        Edit(Op.EQUAL, "Prie l’Office d’aider les États "), Edit(Op.DELETE, "et ", heavy),
        Edit(Op.INSERT, ";\nPrie l’Office ", heavy), Edit(Op.EQUAL, "de rendre compte ;"),
    )  # fmt: skip
    reason = Reason("strong", (("words", 0.81),), (Rival("op3", "op1", 0.2),))
    changes = (
        Change(Link(("pp1",), ("pp1",), 1.0, Reason("exact")), Kind.UNCHANGED, False, False, Weight.NONE,
               (Edit(Op.EQUAL, old.body[0].text),)),
        Change(Link(("op2",), ("op1",), 0.81, reason), Kind.MODIFIED, True, True, heavy, verb + swap + theme,
               (Flag("verb-changed", ("Engage", "Demande")),)),
        Change(Link(("op1",), ("op2", "op3"), 0.7, Reason("split")), Kind.SPLIT, False, True, heavy, cut),
        Change(Link(("op3",), (), 0.0, Reason("none")), Kind.REMOVED, False, False, heavy,
               (Edit(Op.DELETE, old.body[3].text, heavy),)),
        Change(Link((), ("op4",), 0.0, Reason("none")), Kind.ADDED, False, False, heavy,
               (Edit(Op.INSERT, new.body[4].text, heavy),)),
    )  # fmt: skip
    return Comparison(
        old, new, changes,
        title=(
            Edit(Op.EQUAL, "Titre *"), Edit(Op.DELETE, "ancien", heavy),
            Edit(Op.INSERT, "nouveau", heavy), Edit(Op.EQUAL, "*"),
        ),
        topics=(
            TopicChange("biometrics", "données biométriques", Status.NEW, "", (),
                        (Evidence("op1", "les données biométriques"),),
                        labels=(("fr", "données biométriques"), ("en", "biometric data")), priority=8, article="les"),
            TopicChange("privacy", "vie privée", Status.DROPPED, "", (Evidence("op2", "la vie privée"),), (),
                        labels=(("fr", "vie privée"), ("en", "privacy")), priority=9, article="la"),
        ),
        verbs=(VerbChange("op2", "op1", "Engage", "Demande", "same"),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "form", "options"),
    [
        ("small.md", "md", {}),
        ("small.critic.md", "md", {"style": "critic"}),
        ("small.emphasis.md", "md", {"style": "emphasis"}),
        ("small.compact.md", "md", {"compact": True}),
        ("small.txt", "terminal", {"width": 72}),
        ("small.colour.txt", "terminal", {"width": 72, "color": True}),
        ("small.json", "json", {}),
        ("small.csv", "csv", {}),
    ],
)
def test_golden_pages(name, form, options, request, file_regression):
    golden = request.path.parent / "golden" / name
    file_regression.check(render(build(small()), form, **options), fullpath=golden, binary=True, extension="")


@pytest.mark.parametrize(("name", "form"), [("index.md", "md"), ("index.json", "json"), ("index.txt", "terminal")])
def test_golden_front_pages(name, form, request, file_regression):
    pairs = (
        entry(build(small()), "serie/A-RES-72-1_A-RES-74-1"),
        Pair("74/1", "78/1", "x", error="Texte *illisible*."),
    )
    front = index((Listing("Série <b>", pairs),))
    file_regression.check(
        render(front, form), fullpath=request.path.parent / "golden" / name, binary=True, extension=""
    )


@given(st.lists(st.text(max_size=40), max_size=3), st.lists(st.text(max_size=40), max_size=3))
def test_no_text_breaks_a_text_format(old, new):
    old, new = (
        Resolution("", "", "fr", "", "", tuple(paragraph(f"op{n}", "", text) for n, text in enumerate(side)))
        for side in (old, new)
    )
    report = build(compare(old, new))
    for form in ("terminal", "markdown", "json", "csv"):
        render(report, form).decode("utf-8")
