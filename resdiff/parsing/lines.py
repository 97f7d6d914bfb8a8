"""The lines of a source, the blocks they are put together to, and how the lines of a block become one line of text.

Blank lines and page breaks are facts of the line after them. What hyphens at line ends become is decided here alone.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from resdiff.language.forms import first_halves, joins, second_halves
from resdiff.model import Span

__all__ = [
    "ROMANS",
    "Block",
    "Kind",
    "Line",
    "cut",
    "ended",
    "hyphenated_words",
    "join_lines",
    "leading_number",
    "lines",
    "starts_low",
]

CASELESS = "\u0400"
"""From here on letters open a paragraph in small letters, or have none: Cyrillic, Arabic, Chinese."""
# A sentence, a clause or a list item is over: its last sign, then at most a footnote call or a closing bracket;
# with the signs of Arabic and of Chinese.
RE_ENDED = r"[.;:,!?…،؛؟。，；：！][\s\u00a0]*(?:\[\^[^\]]+\]|[»”)\]*’\"]|\d{1,3}|[¹²³⁰⁴-⁹]{1,3})?\]?"
SIGNS = frozenset(".;:,!?…،؛؟。，；：！")
"""One of these ends what ends, perhaps with a call or a word behind it."""
# Strings, which ``re`` compiles when they are first used: few texts ask for them.
RE_BROKEN = r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010\u00ad]$"
JOINTS = ("-", "–", "/")  # between numbers: "(2022-" / "2027)", "A/RES/72/" / "194"
RE_WORD = r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*"
RE_DIGITS = re.compile(r"\d+")
ROMANS = (
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x",
    "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
)  # fmt: skip
RE_BLANKS = r"[ \t\r\f\v]+"
UNEVEN = ("  ", "\t", "\r", "\f", "\v")  # one of these is in a line that holds more than single blanks


class Line(Struct, frozen=True):
    """A line that is not blank. ``text`` is stripped, ``start`` and ``end`` are its place in the source.

    ``gap`` says that a blank line or a page break stands before it, ``page`` that it opens a page. A scan that lost
    its form feeds keeps a single blank before the first word of a page; that is what ``indented`` is for. ``ended`` and
    ``low`` are what :func:`ended` and :func:`starts_low` say of it. ``torn`` is the rest of a line that was cut in two.
    """

    text: str
    start: int
    end: int
    gap: bool
    page: bool
    indented: bool
    ended: bool
    low: bool
    torn: bool = False


class Kind(StrEnum):
    """What a block is, before its place among the others says what becomes of it."""

    TEXT = "text"
    NUMBER = "number"  # text that opens with the number of a paragraph
    POINT = "point"  # … with a letter or a small number in brackets
    BULLET = "bullet"  # … with a dash or a dot
    SECTION = "section"
    FORMULA = "formula"
    ANNEX = "annex"
    CLOSING = "closing"  # the meeting, the date, the vote
    NOTE = "note"
    LABEL = "label"  # of a note, alone on its line
    RUNNING_HEAD = "running-head"
    PAGE_NUMBER = "page-number"
    DIRT = "dirt"  # signs that nobody can read
    ANNOTATION = "annotation"  # of a draft, about its text


class Block(Struct, frozen=True):
    """Lines that belong together.

    ``number`` is the number, point letter or note label they open with, ``skip`` its length in print; of text it is the
    number that a draft gives to a paragraph of the preamble.
    """

    kind: Kind
    lines: tuple[Line, ...]
    number: str = ""
    skip: int = 0

    @property
    def span(self) -> Span:
        """Its place in the source."""
        return Span(self.lines[0].start, self.lines[-1].end)

    @property
    def value(self) -> int:
        """The number without what follows it."""
        return leading_number(self.number)

    @property
    def is_bare(self) -> bool:
        """Whether its number stands alone, without the text of its paragraph."""
        return len(self.lines) == 1 and self.skip == len(self.lines[0].text)


def leading_number(label: str) -> int:
    """The number a label begins with: 1 of "1 bis"; 0 where there is none."""
    match = RE_DIGITS.match(label)
    return int(match[0]) if match else 0


def lines(text: str) -> tuple[Line, ...]:
    """The lines of a text that are not blank, in order."""
    found: list[Line] = []
    start, following, page = 0, 0, False  # ``following`` is where the line right after the last one begins
    for row in text.split("\n"):
        for place, piece in enumerate(row.split("\f")):
            page = page or place > 0
            if stripped := piece.strip():
                first, gap = start + piece.index(stripped[0]), page or start != following
                low, over = starts_low(stripped), ended(stripped)
                found.append(Line(stripped, first, first + len(stripped), gap, page, piece[0].isspace(), over, low))
                following, page = start + len(piece) + 1, False
            start += len(piece) + 1
    return tuple(found)


def cut(line: Line, at: int) -> tuple[Line, Line]:
    """The line as two, the second from the first sign after ``at`` on; no gap stands between them."""
    first, second = line.text[:at].rstrip(), line.text[at:].lstrip()
    return (
        replace(line, text=first, end=line.start + len(first), ended=ended(first)),
        Line(
            second,
            line.end - len(second),
            line.end,
            gap=False,
            page=False,
            indented=False,
            ended=line.ended,
            low=starts_low(second),
            torn=True,
        ),
    )


def ended(text: str) -> bool:
    """Whether a paragraph may end with this line: a full stop, a semicolon, a comma, a colon, "; et".

    >>> ended("en la matière ;"), ended("de 1’Office des")
    (True, False)
    """
    last = text[-16:]
    return last[-1] in SIGNS or (not SIGNS.isdisjoint(last) and _ended().search(last) is not None)


@cache
def _ended() -> re.Pattern[str]:
    return re.compile(rf"(?:{RE_ENDED}|[;,]\s+{joins()})$")


def starts_low(text: str) -> bool:
    """Whether a line can only go on what stands before it: no paragraph begins with a small letter, with a comma, or
    with a year whose bracket was opened before.

    >>> starts_low("milieu carcéral, et encourage"), starts_low("1’élaboration"), starts_low("Nations Unies contre")
    (True, True, False)
    >>> starts_low("1978) du 17 mars"), starts_low("1978")
    (True, False)
    """
    first = text[0]
    if text[4:5] == ")" and text[:4].isdecimal():
        return True
    if first.isalpha():
        return first.islower() and text[1:2] != ")"
    return first in ",;:.!?)]»¢…1|I" and (first not in "1|I" or text[1:2] in ("’", "'", "´"))


# ---- one line of text -----------------------------------------------------------------------------------------------


def hyphenated_words(text: str) -> frozenset[str]:
    """The words of a text in small letters, hyphenated ones whole: they say how a word cut in two is written.

    Empty for a text that has no hyphen at a line end.
    """
    return frozenset(re.findall(RE_WORD, text.lower())) if "-\n" in text or "\u00ad\n" in text else frozenset()


def join_lines(block: Sequence[Line], skip: int = 0, words: frozenset[str] = frozenset()) -> str:
    """The text of the lines in one line, without the first ``skip`` characters.

    A hyphen at the end of a line goes when it only cuts a word, and stays when the word is written with it: because
    the text writes it so elsewhere (``words``, see :func:`hyphenated_words`), or because its halves are listed
    ("sous-", "main-d’œuvre"). A capital letter or an elision after it keeps it.

    >>> join_lines(lines("1. Sur l’exé-\\ncution du mandat sous-\\nrégional"), skip=3)
    'Sur l’exécution du mandat sous-régional'
    >>> join_lines(lines("à forte intensité de main-\\nd’œuvre"))
    'à forte intensité de main-d’œuvre'
    >>> join_lines(lines("un cessez-le-\\nfeu, du vice-pré-\\nsident"))
    'un cessez-le-feu, du vice-président'
    """
    kept: list[str] = []
    for piece in (block[0].text[skip:], *(line.text for line in block[1:])):
        if not piece:
            continue
        last = kept[-1] if kept else ""
        between = last.endswith(JOINTS) and last[-2:-1].isdecimal() and piece[0].isdecimal()
        broken = re.search(RE_BROKEN, last) if last[-1:] in ("-", "\u2010", "\u00ad") else None
        closes = piece[0] in ",)]" or (piece[0] == "." and piece[:2] != "..")
        if broken is not None:
            kept[-1] = last if _keeps_hyphen(broken[1], piece, words) else last[:-1]
        elif kept and not between and not closes:
            kept.append(" ")
        kept.append(piece)
    line = "".join(kept)
    return (re.sub(RE_BLANKS, " ", line) if any(blanks in line for blanks in UNEVEN) else line).strip()


def _keeps_hyphen(first: str, piece: str, words: frozenset[str]) -> bool:
    match = re.match(RE_WORD, piece)
    second = match.group().lower() if match else ""
    first = first.lower()
    if not piece[0].islower() or piece[len(second) : len(second) + 1] in ("’", "'"):
        return True
    if f"{first}-{second}" in words:
        return True
    if f"{first}{second}" in words:
        return False
    halves = first_halves()
    return first in halves or first.rpartition("-")[2] in halves or second in second_halves()
