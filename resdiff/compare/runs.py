"""The runs of words that two paragraphs have in common: what was carried over, as against what merely recurs."""

from typing import NamedTuple

from resdiff.compare.features import Profile

__all__ = ["Run", "runs"]

SHORTEST = 3  # words; two in a row are chance
OFTEN = 8  # a pair of words that recurs more often tells nothing, and would make the search quadratic


class Run(NamedTuple):
    """``length`` words that stand at ``old`` in the one text and at ``new`` in the other."""

    length: int
    old: int
    new: int


def runs(old: Profile, new: Profile) -> tuple[Run, ...]:
    """The common runs of three words and more, the longest first, none overlapping another.

    >>> from resdiff.compare.features import profile
    >>> runs(profile("sur demande et de manière intégrée"), profile("de manière intégrée sur demande"))
    (Run(length=3, old=3, new=0),)
    """
    taken_old, taken_new = bytearray(len(old.heads)), bytearray(len(new.heads))
    found = []
    ranked = sorted(_all(old, new), key=lambda r: (-r[0], abs(r[1] - r[2]), r[1] + r[2], old.heads[r[1]]))
    for run in ranked:
        length, i, j = run
        # the longer ones came first, so that one that takes the middle takes an end too
        if taken_old[i] or taken_old[i + length - 1] or taken_new[j] or taken_new[j + length - 1]:
            continue
        taken_old[i : i + length] = taken_new[j : j + length] = b"\1" * length
        found.append(run)
    return tuple(found)


def _all(old: Profile, new: Profile) -> list[Run]:
    """Every run that cannot be made longer, from the pairs of words that both have."""
    starts = set()
    for pair in old.pairs.keys() & new.pairs.keys():
        here, there = old.pairs[pair], new.pairs[pair]
        if len(here) <= OFTEN and len(there) <= OFTEN:
            starts.update([(i, j) for i in here for j in there])
    found = []
    for i, j in starts:
        if (i - 1, j - 1) in starts:
            continue
        length = 2
        while (i + length - 1, j + length - 1) in starts:
            length += 1
        if length >= SHORTEST:
            found.append(Run(length, i, j))
    return found
