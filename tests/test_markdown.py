"""The Markdown report: marks in three styles, and the law that the text of a resolution stays text."""

import html
import re
from itertools import pairwise

import pytest
from build import change, resolution
from hypothesis import given
from hypothesis import strategies as st
from judging import judged
from markdown_it import MarkdownIt
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.model import (
    Comparison,
    Edit,
    Evidence,
    Notice,
    Op,
    Provenance,
    Status,
    TextKind,
    TopicChange,
    Weight,
)
from resdiff.rendering import render
from resdiff.rendering.markdown_text import Style, escape, listed, marked
from resdiff.report import Changes, Sentence, Summary, build
from resdiff.report.blocks import Semicolon
from resdiff.report.woven import weave

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HOSTILE = [
    "<script>alert(1)</script>",
    "12. ",
    "*",
    "**a**",
    "_a_",
    "[a](b)",
    "![a](b)",
    "|",
    "`",
    "```",
    "# a",
    "&lt;",
    "~~",
    "---",
    "- a",
    "+ ",
    "> a",
    "\\",
    "===",
    "https://a.org",
    "www.a.org",
    "{++a++}",
    "$x$",
    ":smile:",
    "<!--",
    "&",
    "1)",
    " ",
    "é’«»",
]
TEXT = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8)), max_size=6).map("".join)


def as_read(markdown: str) -> str:
    """The text that a reader sees of one block, white space made equal."""
    page = READER.render(markdown)
    assert page.count("<p>") <= 1 and not re.search(r"<(?!/?(p|ins|del|b|s|strong|em|blockquote)>)", page), page
    return same_space(html.unescape(re.sub(r"<[^>]*>", "", page)))


def same_space(text: str) -> str:
    controls = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text)
    return " ".join(controls.split())


@given(TEXT)
def test_escaped_text_is_read_back_to_the_letter(text):
    assert as_read(escape(text)) == same_space(text)


@pytest.mark.parametrize("style", [Style.HTML, Style.EMPHASIS])
@given(st.lists(st.tuples(st.sampled_from(list(Op)), TEXT), max_size=5))
def test_marked_text_is_read_back_to_the_letter(style, runs):
    edits = tuple(Edit(op, text.replace("\n", " ")) for op, text in runs)
    for line in weave(edits):
        assert as_read("> " + marked(line, style)) == same_space("".join(piece.text for piece in line))


@pytest.mark.parametrize(("kept", "dropped"), [("+", "-"), ("-", "+")])
@given(runs=st.lists(st.tuples(st.sampled_from(list(Op)), TEXT), max_size=5))
def test_critic_marks_accepted_or_rejected_give_one_text_back(kept, dropped, runs):
    edits = tuple(Edit(op, text.replace("\n", " ")) for op, text in runs)
    gone = Op.DELETE if kept == "+" else Op.INSERT
    for line in weave(edits):
        text = marked(line, Style.CRITIC)
        text = re.sub(rf"\{{[{dropped}]{{2}}(.*?)[{dropped}]{{2}}\}}", "", text)
        text = re.sub(rf"\{{[{kept}]{{2}}(.*?)[{kept}]{{2}}\}}", r"\1", text)
        wanted = "".join(piece.text for piece in line if piece.edit.op is not gone)
        assert "".join(as_read("> " + text.lstrip()).split()) == "".join(same_space(wanted).split())


def test_scripts_in_a_text_stay_text(pairs):
    hostile = "Prie <script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:b) ;"
    old, new = resolution(hostile, symbol="A/RES/1/1", title=hostile), resolution(symbol="A/RES/1/2")
    for style in Style:
        page = READER.render(render(build(compare(old, new)), "md", style=style).decode())
        assert not re.search(r"<(script|img)|href=\"javascript", page)


def test_every_link_of_the_real_page_has_its_anchor(pairs):
    for compared in pairs.values():
        page = render(build(compared), "md").decode()
        anchors = set(re.findall(r'<a id="([^"]+)"></a>', page))
        links = set(re.findall(r"\]\(#([^)]+)\)", page))
        assert links
        assert links <= anchors


def replaced(old, new):
    """A change for each paragraph, of which no word was kept."""
    heavy = Weight.SUBSTANTIVE
    return tuple(
        change(o.id, n.id, (Edit(Op.DELETE, o.text, heavy), Edit(Op.INSERT, n.text, heavy)), score=0.5)
        for o, n in zip(old.body, new.body, strict=True)
    )


COMPACT = 8_000  # characters


def compacted(report, **options):
    return render(report, "md", compact=True, **options).decode()


@pytest.mark.slow
def test_the_compact_form_stays_short_and_says_what_it_left_out(real_pair):
    text = "Prie l’Office de fournir une assistance " * 40
    old, new = (
        resolution(*(f"{text}{n} {side} ;" for n in range(1, 420)), symbol="A/RES/1/1", title="Titre " * 20_000)
        for side in ("a", "b")
    )
    page = compacted(build(Comparison(old, new, replaced(old, new))))
    assert len(page) <= COMPACT
    assert re.search(
        r"laisse de côté : le texte de \d+ changements ; \d+ changements, faute de place", page.replace("\xa0", " ")
    )


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("style", list(Style))
def test_the_compact_form_of_real_pairs_holds_what_matters(pairs, style, lang):
    for compared in pairs.values():
        report = build(compared, lang=lang)
        page = compacted(report, style=style)
        changed = [row for row in report.find(Changes).rows if not row.is_quiet]
        assert len(page) <= COMPACT
        assert page.count("<details>") == page.count("</details>") >= 2
        assert f"<summary>{len(changed)} paragra" in page
        assert page.count("\n- **") - 2 == len(changed)
        assert "](#" not in page  # a page of comments has one anchor of each name
        html_page = READER.render(page)
        assert html_page.count("<ol") == 2 and html_page.count("<blockquote>") >= 5


def test_the_compact_form_cuts_whatever_is_long_where_it_may():
    names = ["«" * 3_000, "& " * 3_000, "a" * 3_000, "<b>" * 3_000, "\\*" * 3_000]
    for old_title, new_title in pairwise(names):
        old = resolution(f"Prie {old_title}", title=old_title, provenance=Provenance(TextKind.DRAFT))
        new = resolution(f"Demande {new_title} {old_title}", title=new_title, provenance=Provenance(TextKind.SCAN))
        assert len(compacted(build(judged(compare(old, new))))) <= COMPACT


def test_the_compact_form_names_the_sections_left_out():
    old, new = (resolution(f"Prie l’Office d’aider {n}", symbol=f"A/RES/{n}/1") for n in (1, 2))
    topics = [
        TopicChange(str(n), f"thème {n} " * 10, Status.EXPANDED, new=(Evidence("op1", "thème"),), priority=9)
        for n in range(1500)
    ]
    page = compacted(build(Comparison(old, new, replaced(old, new), topics=tuple(topics))))
    assert len(page) <= COMPACT
    assert page.endswith("la section Thèmes.*\n")


def test_the_compact_form_counts_the_lighter_changes_that_were_left_out(real_pair):
    report = build(real_pair, min_weight=Weight.SUBSTANTIVE)
    hidden = report.find(Changes).hidden
    assert f"*{hidden} changements plus légers ne sont pas montrés.*" in compacted(report)


def test_a_paragraph_that_only_moved_shows_its_beginning_in_the_compact_form(real_pair):
    moved = [change for change in real_pair.changes if change.moved]
    page = compacted(build(replace(real_pair, changes=tuple(moved))))
    assert "> *Réaffirmant* que le terrorisme sous toutes ses formes" in page


@pytest.mark.parametrize("style", list(Style))
def test_the_compact_form_of_five_hundred_paragraphs_stays_short(style):
    rows = ([f"Prie l’Office <{n}> d’agir *{side}* ;" for n in range(1, 501)] for side in ("sans délai", "au plus tôt"))
    old, new = (resolution(*side, symbol="A/RES/1/1", title="Titre") for side in rows)
    page = compacted(build(Comparison(old, new, replaced(old, new))), style=style)
    shown = page.count("\n- **par")
    assert len(page) <= COMPACT
    assert 100 < shown < 500
    assert f"{500 - shown} changements, faute de place" in page.replace("\xa0", " ")


def test_the_page_begins_with_what_matters_and_ends_with_lists(real_pair):
    report = build(real_pair)
    page = render(report, "md").decode()
    order = [
        "## L’essentiel",
        "\n1. ",
        "**33 → 49 alinéas et paragraphes",
        "<summary>La suite de l’essentiel",
        "## Changements",
    ]
    order += ["### Préambule", "### Dispositif", "## Thèmes", "## Concordance des paragraphes"]
    places = [page.index(text) for text in order]
    assert places == sorted(places)
    summary = report.find(Summary)
    assert f"\n{len(summary.leads) + 1}. " in page[page.index(order[3]) :]


def test_notices_stand_below_their_text_and_those_of_one_sort_together():
    notices = [Notice("page-number", (str(n),)) for n in range(3, 9)] + [Notice("running-head", ("Titre",))] * 4
    old = resolution("Prie l’Office", symbol="S/RES/1333 (2000)", notices=(*notices, Notice("no-preamble")))
    new = resolution("Prie l’Office", symbol="S/RES/1574 (2004)", notices=(Notice("page-number", ("118",)),))
    page = render(build(compare(old, new)), "md").decode().replace("\xa0", " ")
    page = page[page.index("## Remarques") :]
    assert page.count("- **S/RES/1333 (2000)**") == page.count("- **S/RES/1574 (2004)**") == 1
    assert "  - Numéros de page laissés de côté : « 3 », « 4 », « 5 », « 6 », « 7 », « 8 ».\n" in page
    assert "  - Titre courant laissé de côté : « Titre » (× 4).\n" in page
    assert page.count("Numéro de page laissé de côté : « 118 ».") == 1


def test_a_no_break_space_is_no_change_that_is_shown():
    old, new = (
        resolution(f"op1 Rappelle le 10{blank}mai 2022 et 1,5{more}{blank}degré ;", title=f"La{blank}Mission")
        for blank, more in (("\u00a0", " et 2"), (" ", ""))
    )
    page = render(build(judged(compare(old, new))), "md").decode()
    assert page.partition("## Changements")[2].count("<del>") == 1 and page.count("<ins>") == 0
    assert "et 2\u00a0</del>" in page and "Titre –" not in page


def test_what_a_sentence_tells_of_several_paragraphs_is_a_list_in_its_item():
    below, semicolon = Semicolon(""), Semicolon(" ; ")
    said = Sentence(("Supprimés : ", below, "« a »", semicolon, "« b »"))
    both = Sentence(("« c »", semicolon, "ajoutés : ", below, "« d »", semicolon, "« e »."))
    assert listed(said, "   ") == "Supprimés :\n   - « a » ;\n   - « b »"
    assert listed(both, "    ") == "- « c » ;\n    - ajoutés :\n      - « d » ;\n      - « e »."
    assert listed(Sentence(("Supprimé : ", below, "« a ».")), "   ") == "Supprimé : « a »."
