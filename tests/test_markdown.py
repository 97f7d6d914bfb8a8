"""The Markdown report: marks in three styles, and the law that the text of a resolution stays text."""

import html
import re

import pytest
from build import change, resolution
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from resdiff.comparison import compare
from resdiff.model import (
    Comparison,
    Edit,
    Evidence,
    Op,
    Status,
    TopicChange,
    Weight,
)
from resdiff.rendering import render
from resdiff.rendering.markdown_text import Style, escape, marked
from resdiff.rendering.weave import weave
from resdiff.report import build

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


def test_the_compact_form_stays_short_and_says_what_it_left_out(real_pair):
    text = "Prie l’Office de fournir une assistance " * 40
    old, new = (
        resolution(*(f"{text}{n} {side} ;" for n in range(1, 120)), symbol="A/RES/1/1", title="Titre " * 20_000)
        for side in ("a", "b")
    )
    page = render(build(Comparison(old, new, replaced(old, new))), "md", compact=True).decode()
    assert len(page) < 60_000
    assert re.search(r"laisse de côté.: \d+ changements, faute de place", page)
    assert len(render(build(real_pair), "md", compact=True).decode()) < 60_000


def test_the_compact_form_names_one_section_left_out_in_the_singular():
    old, new = (resolution(f"Prie l’Office d’aider {n}", symbol=f"A/RES/{n}/1") for n in (1, 2))
    topics = [TopicChange(str(n), f"thème {n} " * 10, Status.KEPT, new=(Evidence("op1", ""),)) for n in range(1500)]
    page = render(build(Comparison(old, new, replaced(old, new), topics=tuple(topics))), "md", compact=True).decode()
    assert len(page) < 60_000
    assert page.endswith("la section Thèmes.*\n")


def test_a_paragraph_that_only_moved_shows_its_beginning_in_the_compact_form(real_pair):
    page = render(build(real_pair), "md", compact=True).decode()
    assert "> *Réaffirmant* que le terrorisme sous toutes ses formes" in page


@pytest.mark.parametrize("style", list(Style))
def test_the_compact_form_of_five_hundred_paragraphs_stays_short(style):
    rows = ([f"Prie l’Office <{n}> d’agir *{side}* ;" for n in range(1, 501)] for side in ("sans délai", "au plus tôt"))
    old, new = (resolution(*side, symbol="A/RES/1/1", title="Titre") for side in rows)
    page = render(build(Comparison(old, new, replaced(old, new))), "md", compact=True, style=style).decode()
    shown = page.count("\n> ") - page.count("\n> ⚠")
    assert len(page) < 60_000
    assert 100 < shown < 500
    assert f"{500 - shown} changements, faute de place" in page.replace("\xa0", " ")
