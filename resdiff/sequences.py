"""What keeps its order between two texts, and what left it: the heaviest increasing subsequence."""

from binascii import crc32
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from operator import le

__all__ = ["Pair", "Weight", "heaviest_increasing", "out_of_order"]

FARTHEST = 1 << 16  # places between the ends of a link; beyond it all are as far

Pair = tuple[int, int]  # the place of a link in the old text, and in the new one
Weight = tuple[int, str]  # what it weighs, and a name that mirroring keeps


def heaviest_increasing(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """The places, in order, of the subsequence of ``values`` that never falls and whose ``weights`` sum up to most.

    Weights are positive. Of two subsequences that weigh the same, the one whose last element stands later wins, and so
    on backwards. Needs n log n comparisons: the best sum that ends at a value or below it is a staircase, rising in
    both, and each new element finds its step by halving.

    >>> heaviest_increasing([7, 1, 2, 3], [1, 1, 1, 1]), heaviest_increasing([7, 1, 2, 3], [4, 1, 1, 1])
    ([1, 2, 3], [0])
    """
    if all(map(le, values, values[1:])):  # as most are
        return list(range(len(values)))
    ends: list[int] = []  # the staircase: the values, the sums that end there, the places of the elements that end them
    sums: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, (value, weight) in enumerate(zip(values, weights, strict=True)):
        step = bisect_left(ends, value)
        under = step if step < len(ends) and ends[step] == value else step - 1
        total = weight + (sums[under] if under >= 0 else 0)
        before.append(places[under] if under >= 0 else -1)
        past = step
        while past < len(ends) and sums[past] <= total:
            past += 1
        ends[step:past], sums[step:past], places[step:past] = [value], [total], [place]
    kept, place = [], places[-1] if places else -1
    while place >= 0:
        kept.append(place)
        place = before[place]
    return kept[::-1]


def out_of_order(pairs: Iterable[Pair], weigh: Callable[[int, int], Weight]) -> set[Pair]:
    """The places of the links that are off the heaviest subsequence of links that keep their order.

    Of two neighbours that swapped places only the lighter one is off. When they weigh the same their names decide, and
    of two of one name the one that went farther is off, never the earlier one: so the same one is off when old and new
    change sides. What crosses nothing is on it, and is not weighed.

    >>> out_of_order([(0, 1), (1, 0), (2, 2)], lambda old, new: (5, "a") if new else (9, "b"))
    {(0, 1)}
    """
    crossing = _crossing(sorted(pairs))
    weights = []
    for old, new in crossing:
        weight, name = weigh(old, new)
        weights.append(((weight << 32) + crc32(name.encode()) << 24) + max(0, FARTHEST - abs(old - new)))
    kept = set(heaviest_increasing([new for _, new in crossing], weights))
    return {pair for place, pair in enumerate(crossing) if place not in kept}


def _crossing(ordered: Sequence[Pair]) -> list[Pair]:
    """Those of the links, in the order of the old text, before which one stands later in the new one, or behind which
    one stands earlier."""
    news = [new for _, new in ordered]
    latest, earliest = accumulate(news, max), [*accumulate(reversed(news), min)][::-1]
    return [pair for pair, last, first in zip(ordered, latest, earliest, strict=True) if last != first]
