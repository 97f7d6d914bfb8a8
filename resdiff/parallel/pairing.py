"""The paragraphs of a text in two languages, twin by twin: the order of the text holds in both.

Two paragraphs are alike by their facts, by words that both languages share ("terrorisme", "terrorism"), by their length
and by their number. The best way through both texts in order is found by dynamic programming (Needleman and Wunsch).
"""

from math import log

from msgspec import Struct

from resdiff.language.fold import fold_same_length, split_words
from resdiff.model import Paragraph
from resdiff.parallel.facts import Fact

__all__ = ["Side", "pair"]

STEM = 5
"""How many letters two languages share of a word of one root."""
SAME_PLACE, STEMS, FACTS, LENGTHS = 0.35, 1.0, 1.0, 0.25
"""What the same id, shared stems, shared facts and like lengths count for."""
ALONE = 0.42
"""What a pair must reach to be better than two paragraphs without a twin."""


class Side(Struct, frozen=True):
    """A paragraph with its facts."""

    paragraph: Paragraph
    facts: tuple[Fact, ...]


def pair(one: tuple[Side, ...], other: tuple[Side, ...]) -> list[tuple[int | None, int | None]]:
    """The places of twins in both lists, in order; None where a paragraph has none."""
    marks, others = [_marks(side) for side in one], [_marks(side) for side in other]
    weights = _weights([*marks, *others])
    rows, columns = len(one), len(other)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    likeness = [
        [_likeness(one[i], other[j], marks[i], others[j], weights) - ALONE for j in range(columns)] for i in range(rows)
    ]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    found: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < rows and j < columns:
        if likeness[i][j] > 0 and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((i, None))
            i += 1
        else:
            found.append((None, j))
            j += 1
    return [*found, *((n, None) for n in range(i, rows)), *((None, n) for n in range(j, columns))]


def _marks(side: Side) -> frozenset[str]:
    """The facts of a paragraph and the stems of its words."""
    words = split_words(fold_same_length(side.paragraph.text)).words
    stems = (word[:STEM] for word in words if len(word) > STEM and word.isalpha())
    return frozenset([*stems, *(f"{fact.kind}={fact.value}" for fact in side.facts if not fact.weak)])


def _weights(all_marks: list[frozenset[str]]) -> dict[str, float]:
    """The weight of each mark: what few paragraphs have tells more."""
    counts: dict[str, int] = {}
    for marks in all_marks:
        for mark in marks:
            counts[mark] = counts.get(mark, 0) + 1
    return {mark: log(1 + len(all_marks) / count) for mark, count in counts.items() if count > 1}


def _likeness(
    one: Side, other: Side, marks: frozenset[str], others: frozenset[str], weights: dict[str, float]
) -> float:
    """How like two paragraphs are, from 0 upwards; what only one of all paragraphs has says nothing."""
    shared = sum(weights.get(mark, 0.0) for mark in marks & others)
    either = min(sum(weights.get(mark, 0.0) for mark in each) for each in (marks, others)) or 1.0
    short, long = sorted((len(one.paragraph.text) + 1, len(other.paragraph.text) + 1))
    return STEMS * shared / either + SAME_PLACE * (one.paragraph.id == other.paragraph.id) + LENGTHS * short / long
