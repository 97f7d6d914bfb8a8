"""Which old and new paragraphs belong together: ``align(old, new, pins) -> tuple[Link, ...]``.

From certain to doubtful: what a person pinned; what is the same word for word; then pairs that share much, in tiers.
After each tier a paragraph left alone may join a pair, as a split or a merge. Candidates come from an inverted index on
rare features, so that no text is compared with all others. Nothing here depends on which text is called old: exchanging
them exchanges the sides of the links and nothing else.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from resdiff.compare.board import HARDLY, Board, Pair, board, look_up
from resdiff.compare.joins import join
from resdiff.model import Link, Pin, Reason, Resolution, Rival

__all__ = ["align"]

# Scores run from 0 to about 1.3.
STRONG = 0.50
LIKELY = 0.30
CONTEXT = 0.21
SPLIT_SURE = 0.50
SPLIT_LIKELY = 0.35

LEAST = 0.19  # of words shared, wherever they stand
RUNS = 0.5  # how much of the score comes from runs of words rather than words
WITHIN = 0.1  # a paragraph that stands whole inside a longer one
IN_PLACE = 0.05  # between the same neighbours
AWAY = 0.03  # for each linked paragraph in between, up to three
BESIDE = 0.04  # the neighbour before, or after, is linked to the neighbour
OTHER_PART = -0.10  # from the preamble to the operative part, or back
QUOTED = -0.15  # "sa résolution 72/194, dans laquelle elle a engagé l’Office à …": 74/175, preambular paragraph 9
RE_QUOTES = re.compile(r"\b(?:dans|par) lesquel|\b(?:dans|par) laquelle (?:elle|il) ", re.IGNORECASE)
KIN = 0.08  # points of linked parents
RIVALS = 3

Parts = tuple[tuple[str, float], ...]
Gaps = tuple[list[int], list[int]]


def align(old: Resolution, new: Resolution, pins: Sequence[Pin] = ()) -> tuple[Link, ...]:
    """The links of two texts: every paragraph of both bodies in exactly one of them.

    The ids that ``pins`` name must be in the texts.
    """
    state = board(old, new)
    forbidden = _pin(state, pins)
    _exact(state, forbidden)
    look_up(state, forbidden)
    _tier(state, "strong", STRONG)
    join(state, SPLIT_SURE)
    _tier(state, "likely", LIKELY)
    join(state, SPLIT_LIKELY)
    _tier(state, "context", CONTEXT)
    return _links(state)


# ---- certain ------------------------------------------------------------------------------------------------------


def _pin(state: Board, pins: Sequence[Pin]) -> set[Pair]:
    """Make the pinned links; the pairs that are ruled out, because they are forbidden or a pin has the paragraph."""
    old, new = ({p.id: place for place, p in enumerate(side)} for side in (state.old, state.new))
    forbidden, settled = set(), (set(), set())
    for pin in pins:
        pairs = {(old[o], new[n]) for o in pin.old for n in pin.new}
        if pin.forbidden:
            forbidden |= pairs
            continue
        settled[0].update(old[o] for o in pin.old)
        settled[1].update(new[n] for n in pin.new)
        for pair in sorted(pairs - set(state.links)):
            state.link(pair, 1.0, Reason("pinned"))
    return forbidden | {(i, j) for i in settled[0] for j in new.values()} | {(i, j) for i in old.values() for j in settled[1]}


def _exact(state: Board, forbidden: set[Pair]) -> None:
    """Link what is the same word for word; where a text recurs, the neighbours and then the place tell which is which."""
    places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, profiles in enumerate((state.old_profiles, state.new_profiles)):
        for place, profile in enumerate(profiles):
            places[profile.key][side].append(place)
    for olds, news in places.values():
        for pair in _paired(state, olds, news, forbidden):
            state.link(pair, 1.0, Reason("exact", (("words", 1.0),)))


MANY = 10_000  # pairs of one text that recurs: beyond that they are paired in order


def _paired(state, olds, news, forbidden):
    if len(olds) == len(news) or len(olds) * len(news) > MANY:
        return [pair for pair in zip(olds, news, strict=False) if pair not in forbidden]
    ranked = sorted((-_company(state, i, j), abs(i - j), i + j, i, j) for i in olds for j in news if (i, j) not in forbidden)
    taken = set(), set()
    for *_, i, j in ranked:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
    pairs = zip(sorted(taken[0]), sorted(taken[1]), strict=True)
    return [pair for pair in pairs if pair not in forbidden]


def _company(state, i, j):
    return sum(_key(state.old_profiles, i + step) == _key(state.new_profiles, j + step) != None for step in (-1, 1))


def _key(profiles, place):
    return profiles[place].key if 0 <= place < len(profiles) else None


# ---- likely -------------------------------------------------------------------------------------------------------


def _tier(state: Board, name: str, bar: float) -> None:
    """Link the free pairs that score ``bar`` or more, the best first."""
    gaps = state.gaps()
    ranked = []
    for pair in state.candidates:
        if not state.free(pair) or state.share(pair).words < HARDLY:
            continue
        parts = _parts(state, pair, gaps)
        state.scores[pair] = score = sum([value for _, value in parts])
        if score >= bar and parts[0][1] >= LEAST:
            ranked.append((-score, abs(pair[0] - pair[1]), sum(pair), pair, parts))
    for minus, _, _, pair, parts in sorted(ranked):
        if state.free(pair):
            state.link(pair, -minus, Reason(name, parts))


def _parts(state: Board, pair: Pair, gaps: Gaps) -> Parts:
    """The named parts of the score of a pair: what the texts share, and where they stand."""
    i, j = pair
    shared = state.share(pair)
    words = (1 - RUNS) * shared.words + RUNS * shared.runs + WITHIN * shared.within
    beside = BESIDE * sum([(i + step, j + step) in state.links for step in (-1, 1)])
    if state.old[i].part != state.new[j].part:
        quoted = QUOTED if _quotes(state.old[i].text) != _quotes(state.new[j].text) else 0.0
        return ("words", words), ("beside", beside), ("part", OTHER_PART), ("quoted", quoted)
    away = abs(gaps[0][i] - gaps[1][j])
    place = -AWAY * min(away - 1, 3) if away else IN_PLACE
    return ("words", words), ("beside", beside), ("place", place)


def _quotes(text: str) -> bool:
    return bool(RE_QUOTES.search(text))


# ---- links --------------------------------------------------------------------------------------------------------


def _links(state: Board) -> tuple[Link, ...]:
    """The links of the board, grouped, in the order of the new text, what was removed last."""
    found, seen = [], set()
    for i in range(len(state.old)):
        if i in seen:
            continue
        olds, news = _group(state, i)
        seen |= olds
        found.append(_link(state, olds, news))
    alone = [j for j in range(len(state.new)) if not state.olds_of.get(j)]
    return (*found, *(_link(state, set(), {j}) for j in alone))


def _group(state: Board, i: int) -> tuple[set[int], set[int]]:
    olds, news, todo = {i}, set(), [i]
    while todo:
        for j in state.news_of.get(todo.pop(), ()):
            if j not in news:
                news.add(j)
                fresh = set(state.olds_of[j]) - olds
                olds |= fresh
                todo += fresh
    return olds, news


def _link(state: Board, olds: set[int], news: set[int]) -> Link:
    ids = tuple(state.old[i].id for i in sorted(olds)), tuple(state.new[j].id for j in sorted(news))
    pairs = [(i, j) for i in olds for j in news if (i, j) in state.links]
    if not pairs:
        return Link(*ids, 0.0, Reason("none"))
    best = max(pairs, key=lambda p: (state.links[p], -abs(p[0] - p[1]), sum(p)))
    score = min(state.links[p] for p in pairs)
    return Link(*ids, round(score, 3), state.reasons[best])
