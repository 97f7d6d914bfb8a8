"""Text as Markdown that gives it back to the letter, and the marks of a change in three styles.

The text of a resolution never becomes markup: whatever could be read as Markdown or HTML is escaped here.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby

from msgspec.structs import replace

from resdiff.model import Op, Side
from resdiff.report import Address, Note, Sentence, Strong, Struck, Words, word
from resdiff.report.woven import Piece, weave

__all__ = ["Style", "anchor", "escape", "link", "listed", "marked", "noted", "said"]

KEPT = 60  # characters left on each side of the border of a mark in the compact form

# What Markdown, GitHub's dialect of it (tables, strike-through, formulas, emoji, bare addresses) or CriticMarkup reads.
RE_SPECIAL = re.compile(r"[\\`*_{}\[\]#|~$]|\+(?=\+)|-(?=-)|:(?=//|\w+:)|(?<=www)\.")
RE_LINE_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")
# CriticMarkup is read after marks were taken away: any run may come to stand at the start of a line, or after a digit.
RE_AFTER_DIGIT = re.compile(r"(?<=\d)[.)]")
RE_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
RE_ID = re.compile(r"[^\w.-]+")


class Style(StrEnum):
    """How marks are written: as ``<ins>`` and ``<del>``, in CriticMarkup, in bold and struck through."""

    HTML = "html"
    CRITIC = "critic"
    EMPHASIS = "emphasis"


STYLES: dict[Style, dict[Op, tuple[str, str]]] = {
    Style.HTML: {Op.INSERT: ("<ins>", "</ins>"), Op.DELETE: ("<del>", "</del>")},
    Style.CRITIC: {Op.INSERT: ("{++", "++}"), Op.DELETE: ("{--", "--}")},
    Style.EMPHASIS: {Op.INSERT: ("**", "**"), Op.DELETE: ("~~", "~~")},
}
# Beside a punctuation mark ** and ~~ do not open or close emphasis (CommonMark, section 6.2); these always do.
TAGS = {Op.INSERT: ("<b>", "</b>"), Op.DELETE: ("<s>", "</s>")}


def escape(text: str) -> str:
    """The text as a line of Markdown: nothing in it is markup.

    >>> print(escape("12. <b>L’eau</b> [*] 3_4"))
    12\\. &lt;b&gt;L’eau&lt;/b&gt; \\[\\*\\] 3\\_4
    """
    return _line_start(_inline(text))


def _line_start(line: str) -> str:
    return RE_LINE_START.sub(r"\1\\", line.lstrip())


def _inline(text: str) -> str:
    """The same within a line, where a number or a hyphen starts no list."""
    clean = RE_SPECIAL.sub(r"\\\g<0>", RE_CONTROL.sub(" ", text))
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def said(sentence: Sentence) -> str:
    """A sentence of the report, its addresses as links; what it tells of several paragraphs line by line."""
    return "<br>".join("".join(map(_part, line)) for line in sentence.lines)


def listed(sentence: Sentence, indent: str) -> str:
    """A sentence as an item of a list: what it tells of several paragraphs as a list in it, which stands ``indent``
    deep."""
    (depth, first), *others = sentence.outline
    told = f"{'- ' * depth}{''.join(map(_part, first))}"
    below = (f"\n{indent}{'  ' * (depth - 1)}- {''.join(map(_part, line))}" for depth, line in others)
    return told.rstrip() + "".join(map(str.rstrip, below))


def _part(part: Words) -> str:
    if isinstance(part, Address):
        return link(part)
    if isinstance(part, Struck):
        return f"<del>{_inline(part.text)}</del>"
    return f"**{_inline(part.text)}**" if isinstance(part, Strong) else _inline(part)


def anchor(side: Side, paragraph: str) -> str:
    """The anchor of a paragraph: its id, with ``old-`` before it for the old text."""
    clean = RE_ID.sub("-", paragraph)
    return clean if side is Side.NEW else f"old-{clean}"


def link(target: Address) -> str:
    """The label of an address, linked to its paragraph."""
    return f"[{_inline(target.label)}](#{anchor(target.side, target.id)})"


# ---- marks ----------------------------------------------------------------------------------------------------------


def marked(pieces: Sequence[Piece], style: Style, *, shorten: bool = False) -> str:
    """One line of woven text with its marks; ``shorten`` leaves out what is far from a border of a mark."""
    groups = [(op, list(group)) for op, group in groupby(pieces, key=lambda piece: piece.edit.op)]
    line = ""
    for index, (op, group) in enumerate(groups):
        if shorten:
            around = (index > 0, index < len(groups) - 1) if op is Op.EQUAL else (True, True)
            group = [replace(piece, text=_shortened(piece.text, *around)) for piece in group]
        line += _emphasised(op, group, first=not line) if style is Style.EMPHASIS else _tagged(op, group, style)
    return _line_start(line).strip()


def noted(note: Note, lang: str, style: Style, *, shorten: bool = False) -> str:
    """A footnote with its marked words, in one line."""
    text = " ".join(marked(line, style, shorten=shorten) for line in weave(note.edits, noise=False))
    return f"*{escape(note.label)}*{word('word.colon', lang)}{text}"


def _tagged(op: Op, pieces: Sequence[Piece], style: Style) -> str:
    """Words in their mark, opening verbs in italics."""
    opening, closing = STYLES[style].get(op, ("", ""))
    text = "".join(map(_words, pieces))
    return f"{opening}{_run_start(text) if style is Style.CRITIC else text}{closing}"


def _words(piece: Piece) -> str:
    """The words of a piece, those of an opening verb in italics, the white space at their ends outside."""
    body = piece.text.strip()
    if not (piece.lead and _tight(body)):
        return _inline(piece.text)
    head, _, tail = piece.text.partition(body)
    return f"{head}*{_inline(body)}*{tail}"


def _run_start(text: str) -> str:
    """The run of words with what would make a list of it escaped, wherever it comes to stand."""
    words = text.lstrip()
    gap = text[: len(text) - len(words)][:1]  # four spaces would make code of it
    start = "\\" if words.startswith(("-", "+", "=", ".", ")")) else ""
    return gap + start + RE_AFTER_DIGIT.sub(r"\\\g<0>", words)


def _emphasised(op: Op, pieces: Sequence[Piece], *, first: bool) -> str:
    """Words in bold or struck through, the white space at their ends outside. There is no room left for italics."""
    text = RE_CONTROL.sub(" ", "".join(piece.text for piece in pieces))
    body = text.strip()
    if op is Op.EQUAL or not body:
        return _inline(text)
    opening, closing = (STYLES[Style.EMPHASIS] if _tight(body) else TAGS)[op]
    head, _, tail = text.partition(body)
    return f"{'' if first else head}{opening}{_inline(body)}{closing}{tail}"


def _tight(text: str) -> bool:
    """Whether emphasis may stand around the text: it begins and ends with a letter or a digit."""
    return text[:1].isalnum() and text[-1:].isalnum()


def _shortened(text: str, after_mark: bool, before_mark: bool) -> str:
    """The text cut to what stands at its ends that count, or to its beginning where none does."""
    if len(text) <= 3 * KEPT:
        return text
    head = text[:KEPT].rpartition(" ")[0] if after_mark or not before_mark else ""
    tail = text[-KEPT:].partition(" ")[2] if before_mark else ""
    return f"{head} […] {tail}"
