"""The runs of words that two paragraphs have in common: what was carried over, as against what merely recurs."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Run", "runs"]

SHORTEST = 3  # words; two in a row are chance
OFTEN = 8  # a pair of words that recurs more often tells nothing, and would make the search quadratic


class Run(NamedTuple):
    """``length`` words that stand at ``old`` in the one text and at ``new`` in the other."""

    length: int
    old: int
    new: int


def runs(old: Sequence[str], new: Sequence[str]) -> tuple[Run, ...]:
    """The common runs of three words and more, the longest first, none overlapping another.

    >>> runs("sur demande et de manière intégrée".split(), "de manière intégrée sur demande".split())
    (Run(length=3, old=3, new=0),)
    """
    taken_old, taken_new = bytearray(len(old)), bytearray(len(new))
    found = []
    for run in sorted(_all(old, new), key=lambda r: (-r.length, abs(r.old - r.new), r.old + r.new, old[r.old])):
        length, i, j = run
        # no shorter one can have taken the middle alone: the ends tell
        if taken_old[i] or taken_old[i + length - 1] or taken_new[j] or taken_new[j + length - 1]:
            continue
        taken_old[i : i + length] = taken_new[j : j + length] = b"\1" * length
        found.append(run)
    return tuple(found)


def _all(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Every run that cannot be made longer."""
    pairs_old, pairs_new = list(zip(old, old[1:], strict=False)), list(zip(new, new[1:], strict=False))
    count = Counter(pairs_old)
    where: dict[tuple[str, str], list[int]] = defaultdict(list)
    for j, pair in enumerate(pairs_new):
        if pair in count:
            where[pair].append(j)
    found = []
    for i, pair in enumerate(pairs_old):
        places = where.get(pair, ())
        if not places or len(places) > OFTEN or count[pair] > OFTEN:
            continue
        for j in places:
            if i and j and old[i - 1] == new[j - 1] and _seen(pairs_old[i - 1], where, count):
                continue
            length = 2
            while i + length < len(old) and j + length < len(new) and old[i + length] == new[j + length]:
                length += 1
            if length >= SHORTEST:
                found.append(Run(length, i, j))
    return found


def _seen(pair: tuple[str, str], where: dict[tuple[str, str], list[int]], count: Counter[tuple[str, str]]) -> bool:
    """Whether a run that begins one word earlier was looked at."""
    return len(where[pair]) <= OFTEN and count[pair] <= OFTEN
