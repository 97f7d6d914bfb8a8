"""Which links are moves: those off the heaviest chain of links that keep their order."""

from collections.abc import Sequence
from zlib import crc32

__all__ = ["Step", "off_chain"]

Step = tuple[int, int, int, str]  # place in the old text, place in the new text, weight, a name that mirroring keeps


def off_chain(steps: Sequence[Step]) -> set[tuple[int, int]]:
    """The places of the links that are off the heaviest increasing chain, found with a Fenwick tree of maxima.

    Of two neighbours that swapped places only the lighter one is off. When they weigh the same their names decide,
    never their places: so the same one is off when old and new change sides.

    >>> off_chain([(0, 1, 5, "a"), (1, 0, 9, "b"), (2, 2, 5, "c")])
    {(0, 1)}
    """
    ordered = sorted(steps, key=lambda s: (s[0], s[1]))
    size = max((s[1] for s in ordered), default=0) + 1
    tree: list[tuple[int, int]] = [(0, -1)] * (size + 1)
    before: list[int] = []
    last = (0, -1)
    for place, (_, new, weight, name) in enumerate(ordered):
        total, previous = _best(tree, new + 1)
        before.append(previous)
        total += (weight << 32) + crc32(name.encode())
        _raise(tree, new + 1, (total, place))
        last = max(last, (total, place))
    kept = set()
    place = last[1]
    while place >= 0:
        kept.add(place)
        place = before[place]
    return {(s[0], s[1]) for place, s in enumerate(ordered) if place not in kept}


def _best(tree: list[tuple[int, int]], upto: int) -> tuple[int, int]:
    best = (0, -1)
    while upto > 0:
        best = max(best, tree[upto])
        upto -= upto & -upto
    return best


def _raise(tree: list[tuple[int, int]], at: int, value: tuple[int, int]) -> None:
    while at < len(tree):
        tree[at] = max(tree[at], value)
        at += at & -at
