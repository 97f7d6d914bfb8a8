"""The lines of a source: what the scanner steps over. Blank lines and page breaks are facts of the line after them."""

import re
from typing import NamedTuple

__all__ = ["Line", "ended", "lines", "starts_low"]

RE_LINE = re.compile(r"[^\n\f]+|\f")
# A sentence, a clause or a list item is over: its last sign, then at most a footnote call or a closing bracket.
RE_ENDED = re.compile(
    r"(?:[.;:,!?…][\s\u00a0]*(?:\[\^[^\]]+\]|[»”)\]*’\"]|\d{1,3})?|[;,]\s+(?:et|ou|and|or|y|o)(?:\s*/\s*ou)?)$"
)


class Line(NamedTuple):
    """A line that is not blank. ``text`` is stripped, ``start`` and ``end`` are its place in the source.

    ``gap`` tells that a blank line or a page break stands before it, ``page`` that it opens a page. A scan that lost
    its form feeds keeps a single blank before the first word of a page; that is what ``indented`` is for. ``ended`` and
    ``low`` are what :func:`ended` and :func:`starts_low` say of it.
    """

    text: str
    start: int
    end: int
    gap: bool
    page: bool
    indented: bool
    ended: bool
    low: bool


def lines(text: str) -> tuple[Line, ...]:
    """The lines of a text that are not blank, in order."""
    found: list[Line] = []
    page, end_before = False, -1
    for match in RE_LINE.finditer(text):
        piece = match.group()
        stripped = piece.strip()
        if piece == "\f":
            page = True
        if not stripped:
            continue
        start = match.start() + piece.index(stripped[0])
        gap = page or match.start() != end_before + 1
        low, over = starts_low(stripped), ended(stripped)
        found.append(Line(stripped, start, start + len(stripped), gap, page, piece[0].isspace(), over, low))
        page, end_before = False, match.end()
    return tuple(found)


def ended(text: str) -> bool:
    """Whether a paragraph may end with this line: a full stop, a semicolon, a comma, a colon, "; et".

    >>> ended("en la matière ;"), ended("de 1’Office des")
    (True, False)
    """
    return text[-1] in ".;:,!?…" or RE_ENDED.search(text[-16:]) is not None


def starts_low(text: str) -> bool:
    """Whether a line can only go on what stands before it: no paragraph begins with a small letter or with a comma.

    >>> starts_low("milieu carcéral, et encourage"), starts_low("1’élaboration"), starts_low("Nations Unies contre")
    (True, True, False)
    """
    first = text[0]
    if first.isalpha():
        return first.islower() and text[1:2] != ")"
    return first in ",;:.!?)]»¢…1|I" and (first not in "1|I" or text[1:2] in ("’", "'", "´"))
