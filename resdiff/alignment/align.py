"""Which old and new paragraphs belong together: ``align(old, new, pins) -> tuple[Link, ...]``.

From certain to doubtful: what a person pinned; what is the same word for word; then pairs that share much, in tiers.
After each tier a paragraph left alone may join a pair, as a split or a merge. Candidates come from an inverted index on
rare features, so that no text is compared with all others. Nothing here depends on which text is called old: exchanging
them exchanges the sides of the links and nothing else.
"""

from collections import defaultdict
from collections.abc import Sequence

from resdiff.alignment.features import Profile
from resdiff.alignment.joins import join
from resdiff.alignment.scores import Gaps, score_parts
from resdiff.alignment.state import HARDLY, Board, Pair, board, look_up
from resdiff.model import Link, Pin, Reason, Resolution, Rival

__all__ = ["align"]

# Bars that a pair must reach, one a tier. On generated versions (tests/generator.py) the links that are true and the
# best ones that are false cross at 0.20 to 0.22; strong and likely only decide who goes first.
STRONG = 0.50
LIKELY = 0.30
CONTEXT = 0.225
SPLIT_SURE = 0.50
SPLIT_LIKELY = 0.35

LEAST = 0.205  # of words shared, wherever the paragraphs stand: paragraphs on one topic share up to that

SURE = 0.8  # a link that scores more is not exchanged for two others …
GAIN = 0.2  # … which together must score so much more
MANY = 10_000  # pairs of one text that recurs: beyond that they are paired in order
RIVALS = 3  # told with each link


def align(old: Resolution, new: Resolution, pins: Sequence[Pin] = ()) -> tuple[Link, ...]:
    """The links of two texts: every paragraph of both bodies in exactly one of them.

    The ids that ``pins`` name must be in the texts.
    """
    state = board(old, new)
    forbidden = _pin(state, pins)
    _exact(state, forbidden, points=False)
    look_up(state, forbidden)
    _tier(state, "strong", STRONG, points=False)
    _exact(state, forbidden, points=True)
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
    forbidden: set[Pair] = set()
    for pin in pins:
        olds, news = [old[id_] for id_ in pin.old], [new[id_] for id_ in pin.new]
        pairs = {(i, j) for i in olds for j in news}
        if pin.forbidden:
            forbidden |= pairs
            continue
        for pair in sorted(pairs - set(state.links)):
            state.link(pair, 1.0, Reason("pinned"))
        forbidden |= {(i, j) for i in olds for j in new.values()} | {(i, j) for i in old.values() for j in news}
    return forbidden


def _exact(state: Board, forbidden: set[Pair], *, points: bool) -> None:
    """Link what is the same word for word; where a text recurs, its neighbours and its place tell which is which.

    Points that recur wait (``points``) until their parents are linked: "a) Le nom ;" may stand under several.
    """
    places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, profiles in enumerate((state.old_profiles, state.new_profiles)):
        for place, profile in enumerate(profiles):
            places[profile.key][side].append(place)
    for olds, news in places.values():
        recur = len(olds) > 1 or len(news) > 1
        if points != (recur and any(i in state.old_parents for i in olds)):
            continue
        for pair in _paired(state, olds, news, forbidden):
            state.link(pair, 1.0, Reason("exact", (("words", 1.0),)))


def _paired(state: Board, olds: list[int], news: list[int], forbidden: set[Pair]) -> list[Pair]:
    """Pairs of paragraphs of one text: in order, the ones in the best company when there are more on one side."""
    alike = len(olds) == len(news) and not any(i in state.old_parents for i in olds)
    if not alike and len(olds) * len(news) <= MANY:
        ranked = sorted((-_company(state, i, j), abs(i - j), i + j, i, j) for i in olds for j in news)
        left_old, left_new, chosen = set(olds), set(news), list[Pair]()
        for *_, i, j in ranked:
            if i in left_old and j in left_new and (i, j) not in forbidden:
                left_old.remove(i)
                left_new.remove(j)
                chosen.append((i, j))
        if any(i in state.old_parents for i in olds):
            return chosen
        olds = [i for i in olds if i not in left_old]
        news = [j for j in news if j not in left_new]
    return [pair for pair in zip(olds, news, strict=False) if pair not in forbidden]


def _company(state: Board, i: int, j: int) -> int:
    """How much speaks for two paragraphs of one text: above all linked parents, then neighbours that are the same."""
    around = [(_key(state.old_profiles, i + step), _key(state.new_profiles, j + step)) for step in (-1, 1)]
    return 4 * state.kin((i, j)) + sum([one == other != "" for one, other in around])


def _key(profiles: Sequence[Profile], place: int) -> str:
    return profiles[place].key if 0 <= place < len(profiles) else ""


# ---- likely -------------------------------------------------------------------------------------------------------


def _tier(state: Board, name: str, bar: float, *, points: bool = True) -> None:
    """Link the free pairs that score ``bar`` or more, the best first; without ``points`` whole paragraphs only."""
    gaps = state.gaps()
    ranked = []
    for pair in state.candidates:
        if not state.free(pair) or state.share(pair).words < HARDLY:
            continue
        if not points and (pair[0] in state.old_parents or pair[1] in state.new_parents):
            continue
        parts = score_parts(state, pair, gaps)
        state.scores[pair] = score = round(sum([value for _, value in parts]), 6)
        if score >= bar and parts[0][1] >= LEAST:
            ranked.append((-score, abs(pair[0] - pair[1]), sum(pair), pair, parts))
    for minus, _, _, pair, parts in sorted(ranked):
        if state.free(pair):
            state.link(pair, -minus, Reason(name, parts))
    _exchange(state, gaps)


def _exchange(state: Board, gaps: Gaps) -> None:
    """Give up a link where each of its two paragraphs has another likely partner, and both together score more.

    1598 (2005), paragraph 1 shares the long name of a mission with paragraph 1 of 1634 (2005), but it is paragraph 3
    that it became, and paragraph 2 that became paragraph 1.
    """
    by_old, by_new = _rivals(state)
    ranked = []
    for i, j in state.links:
        alone = len(state.news_of[i]) == len(state.olds_of[j]) == 1
        if not alone or state.scores.get((i, j), SURE) >= SURE:
            continue
        others_new = [p for p in by_old[i] if state.scores[p] >= LIKELY and not state.olds_of.get(p[1])]
        others_old = [p for p in by_new[j] if state.scores[p] >= LIKELY and not state.news_of.get(p[0])]
        for one in others_new:
            for other in others_old:
                gain = state.scores[one] + state.scores[other] - state.scores[i, j]
                if gain > GAIN:
                    ranked.append((-gain, abs(i - j), i + j, (i, j), one, other))
    for *_, pair, one, other in sorted(ranked):
        if pair in state.links and not state.olds_of.get(one[1]) and not state.news_of.get(other[0]):
            state.unlink(pair)
            for found in (one, other):
                state.link(found, state.scores[found], Reason("likely", score_parts(state, found, gaps)))


# ---- links --------------------------------------------------------------------------------------------------------


def _links(state: Board) -> tuple[Link, ...]:
    """The links of the board, grouped: in the order of the old text, then what is new."""
    rivals = _rivals(state)
    found: list[Link] = []
    seen: set[int] = set()
    for i in range(len(state.old)):
        if i not in seen:
            olds, news = _group(state, i)
            seen |= olds
            found.append(_link(state, olds, news, rivals))
    alone = [j for j in range(len(state.new)) if not state.olds_of.get(j)]
    return (*found, *(_link(state, set(), {j}, rivals) for j in alone))


def _group(state: Board, i: int) -> tuple[set[int], set[int]]:
    """All paragraphs that are linked with old paragraph ``i``, at one remove or more."""
    olds, news, todo = {i}, set[int](), [i]
    while todo:
        for j in set(state.news_of.get(todo.pop(), ())) - news:
            news.add(j)
            fresh = set(state.olds_of[j]) - olds
            olds |= fresh
            todo += fresh
    return olds, news


def _link(state: Board, olds: set[int], news: set[int], rivals: tuple[dict[int, list[Pair]], ...]) -> Link:
    ids = tuple(state.old[i].id for i in sorted(olds)), tuple(state.new[j].id for j in sorted(news))
    near = {p for side, places in zip(rivals, (olds, news), strict=True) for place in places for p in side[place]}
    others = sorted(near - set(state.links), key=lambda p: (-state.scores[p], abs(p[0] - p[1]), sum(p)))[:RIVALS]
    told = tuple(Rival(state.old[i].id, state.new[j].id, round(state.scores[i, j], 3)) for i, j in others)
    pairs = [(i, j) for i in olds for j in news if (i, j) in state.links]
    if not pairs:
        return Link(*ids, 0.0, Reason("none", (), told))
    # a split or a merge tells why the halves were joined
    joined = {p for p in pairs if state.reasons[p].tier in ("split", "merge")}
    best = min(joined or pairs, key=lambda p: (-state.links[p], abs(p[0] - p[1]), sum(p)))
    reason = state.reasons[best]
    parts = tuple((name, round(value, 3)) for name, value in reason.parts if value)
    return Link(*ids, round(min(state.links[p] for p in pairs), 3), Reason(reason.tier, parts, told))


def _rivals(state: Board) -> tuple[dict[int, list[Pair]], dict[int, list[Pair]]]:
    """The pairs that were scored, by old and by new place."""
    by_old: dict[int, list[Pair]] = defaultdict(list)
    by_new: dict[int, list[Pair]] = defaultdict(list)
    for pair in state.scores:
        by_old[pair[0]].append(pair)
        by_new[pair[1]].append(pair)
    return by_old, by_new
