"""Runs of styled text as lines of a terminal: wrapped, coloured, harmless.

Widths are columns, not characters: a Chinese character takes two, a combining accent none. Control characters and the
marks that change the direction of writing never reach the terminal.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

from msgspec import Struct

__all__ = ["Run", "columns", "wrap"]

# C0 and C1 controls (ESC and CSI among them), line separators, and the marks of bidirectional writing.
RE_HARMFUL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
RE_PIECE = re.compile(r"[ \t\n\u2028\u2029]+|[^ \t\n\u2028\u2029]+")  # never breaks at a no-break space
REPLACEMENT = "\ufffd"


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
    for word in _words(runs, width - max(columns(first), columns(hang))):
        size = sum(columns(part.text) for part in word)
        if begun and size + 1 > room:
            lines.append([Run(hang)])
            room, begun = width - columns(hang), False
        if begun:
            # a space inside a mark has the look of the mark, so that it is underlined or coloured through
            lines[-1].append(Run(" ", word[0].look if lines[-1][-1].look == word[0].look else ""))
            room -= 1
        lines[-1].extend(word)
        room, begun = room - size, True
    return [_painted(line, color=color) for line in lines]


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


def _words(runs: Iterable[Run], widest: int) -> list[Word]:
    """The words of the runs, those longer than a line cut."""
    words: list[Word] = []
    open_word = False
    for run in runs:
        for piece in RE_PIECE.findall(RE_HARMFUL.sub(REPLACEMENT, run.text)):
            if piece[0] in " \t\n\u2028\u2029":
                open_word = False
            elif open_word:
                words[-1].append(Run(piece, run.look))
            else:
                words.append([Run(piece, run.look)])
                open_word = True
    return [part for word in words for part in _cut(word, max(widest, 1))]


def _cut(word: Word, widest: int) -> list[Word]:
    """The word in parts that fit a line."""
    if sum(columns(part.text) for part in word) <= widest:
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


def _painted(line: list[Run], *, color: bool) -> str:
    """The line with its colours, neighbours of one look under one code."""
    painted = ""
    for look, runs in groupby(line, key=lambda run: run.look):
        text = "".join(run.text for run in runs)
        painted += f"\x1b[{look}m{text}\x1b[0m" if color and look else text
    return painted
