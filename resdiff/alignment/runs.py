"""The runs of words that two paragraphs have in common: what was carried over, as against what merely recurs."""

from typing import NamedTuple

from resdiff.alignment.features import Profile

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

    >>> from resdiff.alignment.features import profiles
    >>> runs(*profiles(["sur demande et de manière intégrée", "de manière intégrée sur demande"])[0])
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
    """Every run that cannot be made longer, from the pairs of words that both have.

    A place in both texts is one number; one word further in both is ``step`` more. The last word begins no pair, so
    that no run goes on from one row of numbers to the next.
    """
    here, there, width = old.pairs(), new.pairs(), len(new.codes)
    starts: set[int] = set()
    for pair in here.keys() & there.keys():
        olds, news = here[pair], there[pair]
        if len(olds) == len(news) == 1:
            starts.add(olds[0] * width + news[0])
        elif len(olds) <= OFTEN and len(news) <= OFTEN:
            starts.update([i * width + j for i in olds for j in news])
    found, step = [], width + 1
    for start in starts:
        if start - step in starts:
            continue
        end = start + step
        while end in starts:
            end += step
        length = (end - start) // step + 1
        if length >= SHORTEST:
            found.append(Run(length, *divmod(start, width)))
    return found
