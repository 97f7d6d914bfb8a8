"""What the scanner makes and what it knows: blocks, the state of a scan, the shape of a rule."""

import re
from collections.abc import Callable
from functools import cache

from msgspec import Struct, field

from resdiff.data import table
from resdiff.parsing.calls import called
from resdiff.parsing.lines import Line

__all__ = ["SHORT", "Block", "Found", "Rule", "Scan", "pattern"]

SHORT = 160  # furniture, headings of pages, closing lines are no longer than this; the longest running head has 101


class Block(Struct, frozen=True):
    """Lines that belong together. ``number`` is the number, point letter or note label; ``skip`` its length in print.

    ``kind`` is one of text, number, point, bullet, section, formula, annex, closing, note, label, head, page.
    """

    kind: str
    lines: tuple[Line, ...]
    number: str = ""
    skip: int = 0


class Scan(Struct):
    """Where the scanner stands: the lines, and what it has seen so far."""

    lines: tuple[Line, ...]
    body: int  # the line of the formula; what stands before it is the preface
    text: str
    symbols: frozenset[str]
    preface: str  # folded: what a running head repeats
    number: int = 0  # the last paragraph number
    note: int = 0  # the last footnote label
    pending: int = 0  # labels whose notes have not come yet
    trailing: bool = False  # the last note ended with the label of the next one
    closed: bool = False
    annexed: bool = False
    width: int = 0  # of the wrapped lines of the text; 0 where lines are not wrapped
    fresh: int = -1  # the line after furniture or a note: a paragraph may begin there
    kinds: list[str] = field(default_factory=list)
    called: frozenset[str] | None = None  # the labels that look called in the text, once they were asked for

    def opens(self, pos: int) -> bool:
        """Whether a paragraph may begin at the line: something ends before it."""
        return self.lines[pos].gap or pos in (0, self.fresh) or self.lines[pos - 1].ended

    def calls(self, label: str) -> bool:
        """Whether the text seems to call a note of that label."""
        if self.called is None:
            self.called = called(self.text)
        return label in self.called


Found = tuple[int, Block] | None
Rule = Callable[[Scan, int], Found]


@cache
def pattern(section: str, key: str) -> re.Pattern[str]:
    """The regular expression of that row of ``data/parse.toml``."""
    return re.compile(table("parse")[section][key])
