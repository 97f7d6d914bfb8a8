"""The damage that shows by itself: one regular expression a row of ``data/repair.toml``."""

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import takewhile

from resdiff.data import table
from resdiff.repair.edit import Edit, Level, NamedFix

__all__ = ["fixes"]


def fixes(level: Level, scanned: bool) -> Iterator[NamedFix]:
    """The rows that hold at this level, in their order."""
    for name, row_level, needs_scan, find in _rows():
        if (scanned or not needs_scan) and (level is Level.FULL or row_level is Level.SAFE):
            yield name, find


@cache
def _rows() -> tuple[tuple[str, Level, bool, Callable[[str], Iterator[Edit]]], ...]:
    """Each row as its name, its level, whether it needs a scan, and its function."""
    return tuple(
        (
            row["name"],
            Level(row["level"]),
            bool(row.get("scan", False)),
            partial(_find, re.compile(row["pattern"]), row["to"], row.get("needs", "")),
        )
        for row in table("repair")["rule"]
    )


def _find(pattern: re.Pattern[str], to: str, needs: str, text: str) -> Iterator[Edit]:
    """The edits of one row."""
    if needs in text:
        for match in pattern.finditer(text):
            after = match.expand(to)
            kept = sum(1 for _ in takewhile(lambda p: p[0] == p[1], zip(match[0], after, strict=False)))
            # The log shows what changed, not what stood before it.
            yield match.start() + kept, match.end(), after[kept:]
