"""Footnotes whose number was read as a sign get it back from their neighbours."""

import re
from collections.abc import Iterator

from resdiff.repair.edit import Edit, Level, NamedFix

__all__ = ["fixes"]

# A note begins a line with its number and no full stop, as in "8 Nations Unies, Recueil des Traités".
RE_HEAD = re.compile(r"^ ?(?:(?P<number>\d{1,3})|(?P<sign>[%~*°®>]))(?: (?=[A-Z«])|[ ]?\n{1,3} ?(?=«))", re.MULTILINE)


def fixes(level: Level, scanned: bool) -> Iterator[NamedFix]:
    """The fix of note numbers; only in scans."""
    if scanned:
        yield "footnote-number", _numbers


def _numbers(text: str) -> Iterator[Edit]:
    """A sign between the notes 8 and 10 is the number 9; any other sign is left alone."""
    heads = list(RE_HEAD.finditer(text))
    for earlier, head, later in zip(heads, heads[1:], heads[2:], strict=False):
        if head["sign"] and earlier["number"] and later["number"]:
            number = int(earlier["number"]) + 1
            if int(later["number"]) == number + 1:
                yield head.start("sign"), head.end("sign"), str(number)
