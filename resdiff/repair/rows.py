"""The damage that shows by itself: one regular expression a row of ``data/fr/repair.toml``."""

import re
from collections.abc import Iterator
from functools import cache, partial
from itertools import takewhile

from resdiff.data.schema import RepairRule
from resdiff.language import Language
from resdiff.repair.edit import Edit, Level, NamedFix

__all__ = ["everywhere", "fixes"]


def fixes(level: Level, scanned: bool, language: Language) -> Iterator[NamedFix]:
    """The rows that hold at this level, in their order; those of any text come behind them, see :func:`everywhere`."""
    for row in language.repair.rule:
        if not row.any and (scanned or not row.scan) and (level is Level.FULL or row.level == "safe"):
            yield row.name, partial(_find, row, language)


def everywhere(language: Language) -> Iterator[NamedFix]:
    """The rows of what nobody writes, of any text; all of them are certain."""
    return ((row.name, partial(_find, row, language)) for row in language.repair.rule if row.any)


@cache
def _pattern(written: str, language: Language) -> re.Pattern[str]:
    return re.compile(written.replace("MONTH", "|".join(language.parse.date.months)))


def _find(row: RepairRule, language: Language, text: str) -> Iterator[Edit]:
    """The edits of one row."""
    if row.needs in text:
        for match in _pattern(row.pattern, language).finditer(text):
            after = match.expand(row.to)
            kept = sum(1 for _ in takewhile(lambda p: p[0] == p[1], zip(match[0], after, strict=False)))
            # The log shows what changed, not what stood before it.
            yield match.start() + kept, match.end(), after[kept:]
