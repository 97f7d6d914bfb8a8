"""Runs of styled text as lines of a terminal: wrapped, coloured, harmless.

Widths are columns, not characters: a Chinese character takes two, a combining accent none. Control characters and the
marks that change the direction of writing never reach the terminal. No line begins with ``;`` ``:`` ``!`` ``?`` or
``»``, or ends with ``«``, even where the space before them is a plain one; dates and "par. 8" stay on one line.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby

from msgspec import Struct

from resdiff.messages import LANGUAGES, template

__all__ = ["Run", "columns", "counted_whole", "painted", "wrap"]

# C0 and C1 controls (ESC and CSI among them), line separators, and the marks of bidirectional writing.
RE_HARMFUL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
RE_PIECE = re.compile(r"[ \t\n\u2028\u2029]+|[^ \t\n\u2028\u2029]+")  # never breaks at a no-break space
REPLACEMENT = "\ufffd"
SPACES = " \t\n\u2028\u2029"
# The marks of a change around a word count for nothing when it is asked whether it may be parted from its neighbour.
BEFORE, AFTER = r"(?:[\[{]-|\{\+|[(«“])*", r"(?:-[\]}]|\+\})*"
RE_CLOSES = re.compile(rf"(?:[\[{{]-|\{{\+)*{AFTER}(?:[;:!?»%]|$)")
RE_OPENS = re.compile(rf"«{AFTER}$")
RE_NUMBER = re.compile(rf"{BEFORE}(?:\d|[IVXL]+\b)")
RE_DAY = re.compile(rf"{BEFORE}(?:\d\d?|1er){AFTER}$")
RE_YEAR = re.compile(rf"{BEFORE}\d{{4}}\b")


class Run(Struct, frozen=True):
    """Text with the ANSI codes of its look: "1", "1;32", or none."""

    text: str
    look: str = ""


Word = list[Run]  # what stands between two spaces; its parts may look different


def wrap(runs: Iterable[Run], *, width: int, color: bool, first: str = "", hang: str = "") -> list[str]:
    """The runs as lines no wider than ``width``; ``first`` begins the first line, ``hang`` the others.

    >>> wrap([Run("Prie l’Office d’aider les États")], width=16, color=False, hang="  ")
    ['Prie l’Office', '  d’aider les', '  États']
    """
    lines: list[list[Run]] = [[Run(first)]]
    room = width - columns(first)
    begun = False
    widest = max(width - max(columns(first), columns(hang)), 1)
    for chunk in _chunks(_words(runs), widest):
        size = _size(chunk)
        if begun and size + 1 > room:
            lines.append([Run(hang)])
            room, begun = width - columns(hang), False
        if begun:
            lines[-1].append(_space(lines[-1], chunk))
            room -= 1
        lines[-1].extend(chunk)
        room, begun = room - size, True
    return [painted(line, color=color) for line in lines]


def _space(before: Word, after: Word) -> Run:
    """A space between two words; inside a mark it has the look of the mark, to be underlined or coloured through."""
    return Run(" ", after[0].look if before[-1].look == after[0].look else "")


def _size(word: Word) -> int:
    return sum(columns(part.text) for part in word)


def counted_whole(text: str) -> str:
    """The text with each number kept beside what it counts.

    >>> counted_whole("33 → 49 alinéas, 1 ajouté")
    '33 → 49\\xa0alinéas, 1\\xa0ajouté'
    """
    return re.sub(r"(?<=\d) (?=\w)", "\u00a0", text)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> columns("État"), columns("E\\u0301tat"), columns("联合国")
    (4, 4, 6)
    """
    if text.isascii():
        return len(text)
    return sum(map(_column, text))


def _column(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _words(runs: Iterable[Run]) -> list[Word]:
    """The words of the runs: what stands between two spaces."""
    words: list[Word] = []
    open_word = False
    for run in runs:
        for piece in RE_PIECE.findall(RE_HARMFUL.sub(REPLACEMENT, run.text)):
            if piece[0] in SPACES:
                open_word = False
            elif open_word:
                words[-1].append(Run(piece, run.look))
            else:
                words.append([Run(piece, run.look)])
                open_word = True
    return words


def _chunks(words: list[Word], widest: int) -> Iterator[Word]:
    """What stays on one line: words that belong together, joined by their spaces; those longer than a line cut."""
    chunk: list[Word] = []
    before = Traits()
    for word in words:
        after = _traits("".join(part.text for part in word))
        if chunk and not before.holds(after):
            yield from _fitted(chunk, widest)
            chunk = []
        chunk.append(word)
        before = after
    yield from _fitted(chunk, widest)


def _fitted(chunk: list[Word], widest: int) -> Iterator[Word]:
    """The words of a chunk as one; one by one where together they are longer than a line."""
    whole: Word = []
    for word in chunk:
        whole += [_space(whole, word), *word] if whole else word
    if _size(whole) <= widest:
        yield from [whole] if whole else []
        return
    for word in chunk:
        yield from _cut(word, widest)


class Traits(Struct, frozen=True):
    """What a word is to its neighbours."""

    closes: bool = False  # stands at no head of a line: « ; », « » »
    opens: bool = False  # stands at no end of a line: « « »
    label: bool = False  # "par.", before its number
    number: bool = False
    day: bool = False
    month: bool = False
    year: bool = False

    def holds(self, after: "Traits") -> bool:
        """Whether no line may end between this word and the one after it."""
        if self.opens or after.closes:
            return True
        return (self.label and after.number) or (self.day and after.month) or (self.month and after.year)


@lru_cache(maxsize=4096)
def _traits(text: str) -> Traits:
    """What that word is to its neighbours.

    >>> [_traits(a).holds(_traits(b)) for a, b in (("mot", ";"), ("«", "mot"), ("par.", "8"), ("18", "mai"))]
    [True, True, True, True]
    >>> [_traits(a).holds(_traits(b)) for a, b in (("mai", "2019"), ("le", "18"), ("{+mai", "2019+},"), ("a", "b"))]
    [True, False, True, False]
    """
    return Traits(
        closes=bool(RE_CLOSES.match(text)),
        opens=bool(RE_OPENS.search(text)),
        label=bool(_label().match(text)),
        number=bool(RE_NUMBER.match(text)),
        day=bool(RE_DAY.match(text)),
        month=text.strip("[]{}+-,.;()").lower() in _listed("months"),
        year=bool(RE_YEAR.match(text)),
    )


@cache
def _listed(name: str) -> frozenset[str]:
    """The words of a list in the languages of the messages, in small letters."""
    return frozenset(word.lower() for lang in LANGUAGES for word in template(f"word.{name}", lang).split())


@cache
def _label() -> re.Pattern[str]:
    """What a number belongs to: "par.", "résolution"."""
    return re.compile(rf"{BEFORE}(?:{'|'.join(map(re.escape, _listed('held')))}){AFTER}$", re.IGNORECASE)


def _cut(word: Word, widest: int) -> list[Word]:
    """The word in parts that fit a line."""
    if _size(word) <= widest:
        return [word]
    parts: list[Word] = [[]]
    room = widest
    for run in word:
        for character in run.text:
            if (size := _column(character)) > room and parts[-1]:
                parts.append([])
                room = widest
            parts[-1].append(Run(character, run.look))
            room -= size
    return parts


def painted(line: Iterable[Run], *, color: bool) -> str:
    """The runs as one line with their colours, neighbours of one look under one code; harmless as all that is shown."""
    shown = ""
    for look, runs in groupby(line, key=lambda run: run.look):
        text = RE_HARMFUL.sub(REPLACEMENT, "".join(run.text for run in runs))
        shown += f"\x1b[{look}m{text}\x1b[0m" if color and look else text
    return shown
