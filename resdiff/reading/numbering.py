"""The automatic numbers of a Word file: they stand in no text, only in numbering.xml and in the order of paragraphs."""

import re
from collections.abc import Mapping

from msgspec import Struct, field

__all__ = ["LEVELS", "Level", "Numbering", "formatted"]

LEVELS = 9  # that a list has (ECMA-376 part 1, 17.9.6)
MARKER = 60  # characters of a number with its text: what is longer is no number

RE_PLACE = re.compile(r"%(\d)")
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


class Level(Struct, frozen=True):
    """One level of a list: how its number is written, in which text, from where it starts, whether it starts again."""

    style: str = "decimal"
    text: str = "%1."
    start: int = 1
    restarts: bool = True


class Numbering(Struct):
    """The lists of a file and where each one stands.

    ``lists`` maps the number of a list to its definition and its own starts, ``levels`` a definition to its levels.
    Lists of one definition count on together, until one with a start of its own comes.
    """

    lists: Mapping[str, tuple[str, Mapping[int, int]]]
    levels: Mapping[str, Mapping[int, Level]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    seen: set[tuple[str, int]] = field(default_factory=set)

    def next(self, number: str, depth: int) -> str:
        """The marker of the next paragraph of that list at that depth: "12.", "a)", "–"; empty where it has none."""
        if number not in self.lists or not 0 <= depth < LEVELS:
            return ""
        definition, starts = self.lists[number]
        levels = self.levels.get(definition, {})
        level, counts = levels.get(depth, Level()), self.counts.setdefault(definition, {})
        if depth in starts and (number, depth) not in self.seen:
            counts[depth] = starts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self.seen.add((number, depth))
        for deeper in [d for d in counts if d > depth and levels.get(d, Level()).restarts]:
            del counts[deeper]
        return "–" if level.style == "bullet" else self._marker(level, levels, counts)

    def _marker(self, level: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
        if level.style == "none":
            return RE_PLACE.sub("", level.text[:MARKER]).strip()

        def place(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            other = levels.get(depth, Level())
            return formatted(counts.get(depth, other.start), other.style)

        return RE_PLACE.sub(place, level.text[:MARKER]).strip()[:MARKER]


def formatted(value: int, style: str) -> str:
    """A number as a list writes it.

    >>> [formatted(4, style) for style in ("decimal", "lowerLetter", "lowerRoman", "upperRoman")]
    ['4', 'd', 'iv', 'IV']
    >>> formatted(28, "lowerLetter")
    'bb'
    """
    if value < 1:
        return str(value)
    match style:
        case "lowerLetter" | "upperLetter":
            letter = chr(97 + (value - 1) % 26) * min(1 + (value - 1) // 26, 9)
            return letter.upper() if style == "upperLetter" else letter
        case "lowerRoman" | "upperRoman":
            return _roman(value).upper() if style == "upperRoman" else _roman(value)
        case _:
            return f"{value:02}" if style == "decimalZero" else str(value)


def _roman(value: int) -> str:
    if value > 3999:
        return str(value)
    text = ""
    for worth, sign in ROMAN:
        text += sign * (value // worth)
        value %= worth
    return text + ROMAN_ONES[value]
