"""The Markdown report: marks in three styles, and the law that the text of a resolution stays text."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from resdiff.model import Edit, Op
from resdiff.render.markdown_text import escape, marked
from resdiff.render.weave import weave

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


@pytest.mark.parametrize("style", ["html", "emphasis"])
@given(st.lists(st.tuples(st.sampled_from(list(Op)), TEXT), max_size=5))
def test_marked_text_is_read_back_to_the_letter(style, runs):
    edits = tuple(Edit(op, text.replace("\n", " ")) for op, text in runs)
    for line in weave(edits):
        assert as_read("> " + marked(line, style)) == same_space("".join(piece.text for piece in line))
