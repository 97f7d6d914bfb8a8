"""The table of formats, their options, what renderers know, and the concordance as CSV."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from build import resolution
from hypothesis import given
from hypothesis import strategies as st

from resdiff import rendering
from resdiff.comparison import compare
from resdiff.errors import UsageError
from resdiff.messages import LANGUAGES, message, messages
from resdiff.model import (
    Change,
    Comparison,
    Edit,
    Evidence,
    Flag,
    Kind,
    Link,
    Nearest,
    Notice,
    Op,
    Provenance,
    Provision,
    Reason,
    Rival,
    Side,
    Status,
    TextKind,
    TimeChange,
    TopicChange,
    VerbChange,
    Weight,
)
from resdiff.rendering import FORMATS, Needs, find_format, format_of, options_type, render
from resdiff.rendering.markdown import Style
from resdiff.report import Changes, Concordance, Listing, Pair, Summary, as_text, build, entry, index


@pytest.mark.parametrize(
    ("name", "wanted"), [("a.md", "md"), ("A.HTML", "html"), ("x/y.json", "json"), ("a.csv", "csv")]
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


# ---- the table of formats -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", FORMATS.values(), ids=FORMATS)
def test_a_row_of_the_table_is_complete(row):
    assert FORMATS[row.name] is row
    assert re.fullmatch(r"[\w.+-]+/[\w.+-]+", row.media_type)
    for name in (row.name, row.name.upper(), *row.aliases, *(suffix[1:] for suffix in row.suffixes)):
        assert find_format(name) is row
    for suffix in row.suffixes:
        assert format_of(f"rapport{suffix}") == row.name
    module = row.load()
    assert hasattr(module, "render_index") is row.has_index
    assert options_type(row.name) is module.Options
    assert module.Options() == module.Options(), "every option has a default"
    assert module.Options.__struct_config__.frozen


def test_every_module_of_the_table_is_a_renderer_and_every_name_is_one_format():
    names = [name for row in FORMATS.values() for name in {row.name, *row.aliases, *(s[1:] for s in row.suffixes)}]
    assert len(names) == len(set(names))
    assert [row.name for row in FORMATS.values() if row.in_changelog] == ["html", "md", "json"]
    assert [row.name for row in FORMATS.values() if row.for_terminal] == ["terminal"]


def test_what_a_format_is_not_made_of_is_refused(real_pair):
    with pytest.raises(UsageError, check=lambda error: error.code == "format-needs-comparison"):
        render(build(real_pair), "json")
    with pytest.raises(UsageError, check=lambda error: error.code == "format-needs-report"):
        render(real_pair, "html")


# ---- options ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "options", "code", "values"),
    [
        ("md", {"styel": "html"}, "option-unknown", ("styel", "md", "style")),
        ("docx", {"auteur": "x"}, "option-unknown", ("auteur", "docx", "author")),
        ("terminal", {"compact": True}, "option-unknown", ("compact", "terminal")),
        ("csv", {"style": "html"}, "option-none", ("style", "csv")),
        ("md", {"style": "bold"}, "option-invalid", ("style", "md", "bold", "html, critic, emphasis")),
        ("docx", {"layout": "poster"}, "option-invalid", ("layout", "docx", "poster", "tracked, table")),
        ("terminal", {"color": "yes"}, "option-invalid", ("color", "terminal", "yes", "True, False")),
        ("terminal", {"width": "large"}, "option-invalid", ("width", "terminal", "large", "int")),
    ],
)
def test_an_option_that_cannot_be_is_an_error_that_says_what_can(real_pair, form, options, code, values):
    with pytest.raises(UsageError) as caught:
        render(build(real_pair), form, **options)
    assert caught.value.code == code
    assert caught.value.values[: len(values)] == values
    for lang in LANGUAGES:
        assert values[-1] in message(f"error.{code}", *caught.value.values, lang=lang)


def test_a_language_or_a_weight_that_does_not_exist_is_named(real_pair):
    with pytest.raises(UsageError, match="fr, en"):
        render(real_pair, "json", lang="de")
    with pytest.raises(UsageError, match=r"Weight\.ROUTINE"):
        render(real_pair, "json", min_weight="heavy")


def test_options_are_given_whole_or_one_by_one(real_pair):
    report, options = build(real_pair), options_type("md")
    critic = render(report, "md", style="critic")
    assert render(report, "md", options(style=Style.CRITIC)) == critic != render(report, "md")
    assert render(report, "md", options(compact=True), style="critic") == render(
        report, "md", compact=True, style=Style.CRITIC
    )
    with pytest.raises(TypeError):
        render(report, "html", options())


def test_a_front_page_in_a_format_without_one_is_an_error():
    with pytest.raises(UsageError):
        render(index(()), "csv")


@pytest.mark.parametrize("name", ["terminal", "md", "json", "csv"])
def test_every_text_format_takes_two_empty_texts(name):
    empty = resolution()
    compared = compare(empty, empty)
    assert render(compared if FORMATS[name].needs is Needs.COMPARISON else build(compared), name)


# ---- what renderers know ------------------------------------------------------------------------------------------

RENDERERS = sorted(Path(rendering.__file__).parent.rglob("*.py"))
# What is drawn beside reports: the values of another stage, and the section of the sentences about them.
OWN = {
    "agreed": ("resdiff.search.values.",),
    "compiled": ("resdiff.compilation.", "resdiff.layers."),
    "gates": ("resdiff.gates.", "resdiff.version."),
    "parallel": ("resdiff.parallel.",),
    "rolled": ("resdiff.drafting.", "resdiff.layers."),
    "word": ("resdiff.places.",),
}
SECTIONS = {
    "agreed": {"search", "check"},
    "chronicle": {"history", "blame"},
    "compiled": {"compile", "notice"},  # what is strange about a draft is told by its code
    "gates": {"gate", "changed"},
    "parallel": {"parallel"},
    "rolled": {"draft", "compile", "notice"},
}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.slow
@pytest.mark.parametrize("path", RENDERERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_renderer_knows_the_blocks_and_nothing_of_how_they_were_found(path):
    for name in imported(path):
        if not name.startswith("resdiff.") or name.startswith(OWN.get(path.parent.name, ("-",))):
            continue
        home = name.split(".")[1]
        if path.stem == "pdf" and home in ("outside", "limits"):  # a program that is not ours does its work
            continue
        assert home in ("errors", "messages", "model", "rendering", "report", "sequences"), name
        if home == "model" and path.stem not in ("__init__", "json"):
            known = {"Change", "Edit", "Kind", "Link", "Op", "Paragraph", "Part", "Side", "Status", "Weight"}
            known |= {"side_text"}  # how edits spell a side
            known |= {"NoteChange", "NoteKind"} if path.parent.name == "rolled" else set()
            assert name.rpartition(".")[2] in known, "what is said of a change stands in a block"


def test_a_renderer_says_only_the_words_around_the_blocks():
    """Sentences on the two texts are made in ``report``: here are headings, the names of closed sets, controls."""
    around = {"front", "heading", "kind", "weight", "status", "page", "word", "column", "changes", "word-file", "error"}
    sections = set(messages())
    for path in RENDERERS:
        allowed = around | SECTIONS.get(path.parent.name, set())
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("word", "message", "counted"):
                text = ast.unparse(node.args[0]).lstrip("f").strip("'\"")
                section = text.partition(".")[0]
                assert section not in sections or section in allowed, f"{path.name}: {text}"


def test_json_is_made_of_the_comparison_and_says_what_the_report_says(real_pair):
    document, report = json.loads(render(real_pair, "json")), build(real_pair)
    assert [line["text"] for line in document["summary"]] == [as_text(s) for s in report.find(Summary).sentences]
    assert [change["remark"] for change in document["changes"]] == [
        as_text(row.remark) for row in report.find(Changes).rows
    ]
    assert document["concordance"] == [
        {"old": list(change.link.old), "new": list(change.link.new)} for change in report.find(Concordance).rows
    ]


def test_json_loads_nothing_heavy():
    code = (
        "import sys, resdiff.rendering.json;print(sorted({'docx', 'markdown_it', 'yaml', 'click'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---- golden pages: one small comparison made by hand, hostile words and all -----------------------------------------


def small():
    """Two texts of four paragraphs: one kept, one moved with a changed verb, one split, one added, one removed."""
    old = resolution(
        "pp Rappelant la Charte [1] | <script>alert(1)</script>,",
        "Prie l’Office d’aider les États et de rendre compte ;",
        "Engage les États à protéger la vie privée ;",
        "Souligne `le droit` # 2 ;",
        symbol="A/RES/72/1",
        title="Titre *ancien*",
        adopted="2017-12-01",
        notices=(Notice("inconnu", ("x",)),),
        provenance=Provenance(TextKind.TRANSLATION),
    )
    new = resolution(
        f"pp {old.body[0].text}",
        "Demande aux États de protéger les données biométriques ;",
        "Prie l’Office d’aider les États ;",
        "Prie l’Office de rendre compte ;",
        "Décide de <b>rester</b> saisie.",
        symbol="A/RES/74/1",
        title="Titre *nouveau*",
        adopted="2019-12-18",
        provenance=Provenance(TextKind.OFFICIAL),
    )
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
    reason = Reason("strong", (("share", 0.81),), (Rival("op3", "op1", 0.2),))
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
    quote = new.body[4].text.rstrip(" ;.")
    return Comparison(
        old, new, changes,
        title=(
            Edit(Op.EQUAL, "Titre *"), Edit(Op.DELETE, "ancien", heavy),
            Edit(Op.INSERT, "nouveau", heavy), Edit(Op.EQUAL, "*"),
        ),
        topics=(
            TopicChange("biometrics", "données biométriques", Status.NEW, "", (),
                        (Evidence("op1", "les données biométriques"),),
                        labels=(("fr", "données biométriques"), ("en", "biometric data")), priority=8, article="les",
                        words="données biométriques"),
            TopicChange("privacy", "vie privée", Status.DROPPED, "", (Evidence("op2", "la vie privée"),), (),
                        labels=(("fr", "vie privée"), ("en", "privacy")), priority=9, article="la", words="vie privée"),
        ),
        verbs=(VerbChange("op2", "op1", "Engage", "Demande", "same"),),
        provisions=(Provision(Side.NEW, ("op4",), quote, quote, "les États", 20.0, Nearest("op3", 0.25)),),
        calendar=(TimeChange("", "avant le 28 février", "", "op4", "de lui faire rapport avant le 28 février"),),
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
    page = render(small() if form == "json" else build(small()), form, **options)
    file_regression.check(page, fullpath=golden, binary=True, extension="")


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


@pytest.mark.slow
@given(st.lists(st.text(max_size=40), max_size=3), st.lists(st.text(max_size=40), max_size=3))
def test_no_text_breaks_a_text_format(old, new):
    old, new = (resolution(*(("op", text) for text in side)) for side in (old, new))
    compared = compare(old, new)
    for form in ("terminal", "md", "csv"):
        render(build(compared), form).decode("utf-8")
    render(compared, "json").decode("utf-8")
