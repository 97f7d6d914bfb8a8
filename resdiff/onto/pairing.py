"""Which lines of two texts belong together, for writing one onto the other: a chain that keeps its order, and moves.

The links of a comparison come in as hints. Whatever is paired, both texts come out of the file to the letter; a good
pair only makes the marks readable.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from msgspec import Struct

from resdiff.sequences import heaviest_increasing

__all__ = ["Pair", "Pairs", "pair", "similarity"]

ALIKE = 0.4  # of the words of two lines, 0 to 1, from which on they are one line that changed
ALIKE_MOVED = 0.6  # the same for two that stand at different places
LEAST_MOVED = 5  # words of a line that may be told as moved
HINT = 0.35  # how much the link of a comparison counts beside the likeness of words
RIVALS = 6  # lines with which each one is compared
OFTEN = 40  # lines that share a word that then tells nothing


class Pair(Struct, frozen=True):
    """Lines that follow one another on both sides and belong together."""

    old: tuple[int, ...]
    new: tuple[int, ...]


class Pairs(Struct, frozen=True):
    """The pairs in the order of both texts, and of each new line that moved the old one."""

    chain: tuple[Pair, ...]
    moved: dict[int, int]


@lru_cache(maxsize=20_000)
def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def similarity(one: str, other: str) -> float:
    """The share of words that two texts have in common, 0 to 1 (Dice, each word as often as it stands)."""
    first, second = _words(one), _words(other)
    size = first.total() + second.total()
    return 2 * (first & second).total() / size if size else float(one.strip() == other.strip())


def pair(
    old: Sequence[str],
    new: Sequence[str],
    hints: Iterable[tuple[int, int]] = (),
    same: Callable[[int, int], bool] | None = None,
) -> Pairs:
    """The pairs of lines of two texts. ``hints`` are pairs of places that a comparison links; ``same`` tells of lines
    that are alone between others on both sides whether they stand in one place, whatever their words.
    """
    hinted = set(hints)
    scores = dict.fromkeys(_exact(old, new), 2.0)
    for each in {*_candidates(old, new), *hinted}:
        score = similarity(old[each[0]], new[each[1]])
        score += HINT if each in hinted else 0.0
        if score >= ALIKE:
            scores[each] = max(score, scores.get(each, 0.0))
    for gap in _gaps(_chain(scores, old, new), len(old), len(new)):
        scores |= dict.fromkeys(_lone(gap, old, new, same), ALIKE)
    chain = _chain(scores, old, new)
    pairs = list(_grown(chain, old, new))
    used_old = {place for each in pairs for place in each.old}
    used_new = {place for each in pairs for place in each.new}
    return Pairs(tuple(pairs), _moved(scores, used_old, used_new, old, new))


def _exact(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The lines of the longest common runs."""
    keys = [[" ".join(text.split()) for text in side] for side in (old, new)]
    for block in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_matching_blocks():
        yield from ((block.a + step, block.b + step) for step in range(block.size))


def _candidates(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """For each new line the old ones that share most of its rare words."""
    index: dict[str, list[int]] = {}
    for place, text in enumerate(old):
        for word in _words(text):
            index.setdefault(word, []).append(place)
    for place, text in enumerate(new):
        votes: Counter[int] = Counter()
        for word in _words(text):
            holders = index.get(word, ())
            if len(holders) <= OFTEN:
                votes.update(dict.fromkeys(holders, 1 + 8 // max(1, len(holders))))
        yield from ((other, place) for other, _ in sorted(votes.items(), key=lambda v: (-v[1], v[0]))[:RIVALS])


def _chain(scores: dict[tuple[int, int], float], old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs that keep their order on both sides and share most, each line once."""
    ordered = sorted(scores, key=lambda each: (each[0], -each[1]))  # of one old line no two new ones can rise
    weights = [1 + int(scores[i, j] * 10 * min(len(old[i]), len(new[j]))) for i, j in ordered]
    kept = heaviest_increasing([j for _, j in ordered], weights)
    found: list[tuple[int, int]] = []
    for i, j in (ordered[place] for place in kept):
        if found and found[-1][1] == j:
            if scores[i, j] > scores[found[-1]]:
                found[-1] = (i, j)
        else:
            found.append((i, j))
    return found


def _gaps(chain: Sequence[tuple[int, int]], olds: int, news: int) -> Iterator[tuple[range, range]]:
    """The runs of lines between the pairs of a chain."""
    at_old = at_new = 0
    for i, j in (*chain, (olds, news)):
        if i > at_old and j > at_new:
            yield range(at_old, i), range(at_new, j)
        at_old, at_new = i + 1, j + 1


def _lone(
    gap: tuple[range, range],
    old: Sequence[str],
    new: Sequence[str],
    same: Callable[[int, int], bool] | None,
) -> Iterator[tuple[int, int]]:
    """Lines that stand in one place on both sides; and short ones, as many on both sides, one after the other."""
    olds, news = gap
    if same is not None:
        yield from ((i, j) for i in olds for j in news if same(i, j))
    if len(olds) == len(news):
        for i, j in zip(olds, news, strict=True):
            sizes = _words(old[i]).total(), _words(new[j]).total()
            if max(sizes) <= 3 or not (old[i] and new[j]):
                yield i, j


def _grown(chain: Sequence[tuple[int, int]], old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """The pairs, each with the free lines beside it that were split off from it or merged into it."""
    bounds = [(-1, -1), *chain, (len(old), len(new))]
    taken_old = taken_new = -1
    for place, (i, j) in enumerate(chain, start=1):
        after = bounds[place + 1]
        olds, news = [i], [j]
        if j - 1 > max(bounds[place - 1][1], taken_new) and _gains(old[i], new[j], new[j - 1], before=True):
            news.insert(0, j - 1)
        elif j + 1 < after[1] and _gains(old[i], new[j], new[j + 1], before=False):
            news.append(j + 1)
        elif i - 1 > max(bounds[place - 1][0], taken_old) and _gains(new[j], old[i], old[i - 1], before=True):
            olds.insert(0, i - 1)
        elif i + 1 < after[0] and _gains(new[j], old[i], old[i + 1], before=False):
            olds.append(i + 1)
        taken_old, taken_new = olds[-1], news[-1]
        yield Pair(tuple(olds), tuple(news))


def _gains(whole: str, half: str, other: str, *, before: bool) -> bool:
    """Whether two lines together are likelier one line of the other text than the first of them alone."""
    joined = f"{other} {half}" if before else f"{half} {other}"
    rest = _words(whole) - _words(half)
    shared = (rest & _words(other)).total()
    return shared >= 4 and shared >= 0.6 * _words(other).total() and similarity(whole, joined) > similarity(whole, half)


def _moved(
    scores: dict[tuple[int, int], float],
    used_old: set[int],
    used_new: set[int],
    old: Sequence[str],
    new: Sequence[str],
) -> dict[int, int]:
    """Of each new line that is in no pair the old one, in none either, that it comes from."""
    found: dict[int, int] = {}
    exact: dict[str, list[int]] = {}
    for place, text in enumerate(old):
        if place not in used_old:
            exact.setdefault(" ".join(text.split()), []).append(place)
    free = [
        *((3.0, i, j) for j, text in enumerate(new) for i in exact.get(" ".join(text.split()), ())),
        *((score, i, j) for (i, j), score in scores.items()),
    ]
    for score, i, j in sorted(free, key=lambda each: (-each[0], each[2], each[1])):
        if i in used_old or j in used_new or score < ALIKE_MOVED:
            continue
        if min(_words(old[i]).total(), _words(new[j]).total()) >= LEAST_MOVED:
            found[j] = i
            used_old.add(i)
            used_new.add(j)
    return found
