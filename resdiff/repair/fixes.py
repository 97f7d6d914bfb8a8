"""The fixes in their order; and the last of them, the numbers of footnotes, which follow from their neighbours."""

import re
from collections.abc import Callable, Iterable, Iterator

from resdiff.language import Language
from resdiff.repair import grammar, rows, spelling
from resdiff.repair.edit import Edit, Level, NamedFix

__all__ = ["FIXES"]

# A note begins a line with its number and no full stop, as in "8 Nations Unies, Recueil des Traités".
RE_NOTE = re.compile(r"^ ?(?:(?P<number>\d{1,3})|(?P<sign>[%~*°®>]))(?: (?=[A-Z«])|[ ]?\n{1,3} ?(?=«))", re.MULTILINE)


def _note_numbers(level: Level, scanned: bool, language: Language) -> Iterator[NamedFix]:
    """The fix of note numbers; only in scans."""
    if scanned:
        yield "footnote-number", _numbers


def _numbers(text: str) -> Iterator[Edit]:
    """A sign between the notes 8 and 10 is the number 9; any other sign is left alone."""
    starts = list(RE_NOTE.finditer(text))
    for earlier, note, later in zip(starts, starts[1:], starts[2:], strict=False):
        if note["sign"] and earlier["number"] and later["number"]:
            number = int(earlier["number"]) + 1
            if int(later["number"]) == number + 1:
                yield note.start("sign"), note.end("sign"), str(number)


# What shows by itself, then words, then what needs the words right, then footnotes.
FIXES: tuple[Callable[[Level, bool, Language], Iterable[NamedFix]], ...] = (
    rows.fixes,
    spelling.fixes,
    grammar.fixes,
    _note_numbers,
)
