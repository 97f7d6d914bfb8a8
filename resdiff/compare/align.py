"""Which old and new paragraphs belong together: ``align(old, new, pins) -> tuple[Link, ...]``.

From certain to doubtful: what a person pinned, what is the same word for word, then pairs that share much, in tiers;
after each tier a paragraph left alone may join a pair as a split or a merge, when it holds what the first partner left
over. Candidates come from an inverted index on rare features, so that no text is compared with all others.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nlargest

from resdiff.compare.features import Feature, Profile, Weights, profile, weights
from resdiff.compare.moves import Step, off_chain
from resdiff.model import Link, Paragraph, Pin, Reason, Resolution, Rival

__all__ = ["align"]

STRONG = 0.50
LIKELY = 0.30
CONTEXT = 0.2
SPLIT_SURE = 0.50
SPLIT_LIKELY = 0.40
CANDIDATES = 6
RARE = 40  # features of a paragraph that are looked up in the index

Pair = tuple[int, int]


@dataclass(slots=True)
class Board:
    """The state of an alignment: what is known of the two texts, and who is linked to whom so far."""

    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    old_profiles: list[Profile]
    new_profiles: list[Profile]
    weights: Weights
    old_totals: list[int]
    new_totals: list[int]
    forbidden: set[Pair]
    shared: dict[Pair, int] = field(default_factory=dict)
    old_links: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    new_links: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    links: dict[Pair, Reason] = field(default_factory=dict)
    scores: dict[Pair, float] = field(default_factory=dict)

    def link(self, pair: Pair, score: float, reason: Reason) -> None:
        self.old_links[pair[0]].append(pair[1])
        self.new_links[pair[1]].append(pair[0])
        self.links[pair], self.scores[pair] = reason, score

    def unlink(self, pair: Pair) -> None:
        self.old_links[pair[0]].remove(pair[1])
        self.new_links[pair[1]].remove(pair[0])
        del self.links[pair], self.scores[pair]

    def free(self, pair: Pair) -> bool:
        return not self.old_links.get(pair[0]) and not self.new_links.get(pair[1])


def align(old: Resolution, new: Resolution, pins: Sequence[Pin] = ()) -> tuple[Link, ...]:
    board = _board(old.body, new.body, pins)
    _exact(board)
    _candidates(board)
    _tier(board, "strong", STRONG)
    _join(board, SPLIT_SURE)
    _tier(board, "likely", LIKELY)
    _join(board, SPLIT_LIKELY)
    _tier(board, "context", CONTEXT)
    return _links(board)


def _board(old, new, pins):
    op, np_ = [profile(p.text) for p in old], [profile(p.text) for p in new]
    w = weights(op, np_)
    return Board(old, new, op, np_, w, [w.total(p.features) for p in op], [w.total(p.features) for p in np_], set())


def _exact(board):
    where = defaultdict(lambda: ([], []))
    for i, p in enumerate(board.old_profiles):
        where[p.key][0].append(i)
    for j, p in enumerate(board.new_profiles):
        where[p.key][1].append(j)
    for olds, news in where.values():
        for pair in zip(olds, news):
            board.link(pair, 1.0, Reason("exact"))


def _candidates(board):
    pairs = set()
    for a, b, flip in ((board.old_profiles, board.new_profiles, False), (board.new_profiles, board.old_profiles, True)):
        index = defaultdict(list)
        for j, p in enumerate(b):
            for f in p.features:
                index[f].append(j)
        links = board.new_links if flip else board.old_links
        for i, p in enumerate(a):
            if links.get(i):
                continue
            spread = board.weights.spread
            rare = sorted((f for f in p.features if f in index), key=lambda f: spread[f])[:RARE]
            found = defaultdict(int)
            for f in rare:
                wgt = board.weights.weight[f]
                for j in index[f]:
                    found[j] += wgt
            for j in nlargest(CANDIDATES, found, key=found.__getitem__):
                pairs.add((j, i) if flip else (i, j))
    for i, j in pairs - board.forbidden:
        board.shared[i, j] = board.weights.total(board.old_profiles[i].features & board.new_profiles[j].features)


ALPHA = 0.3


def _sim(board, pair):
    i, j = pair
    x, wa, wb = board.shared[pair], board.old_totals[i], board.new_totals[j]
    dice = 2 * x / (wa + wb)
    cont = x / min(wa, wb)
    return dice, cont


def _tier(board, name, bar):
    gaps = _gaps(board)
    ranked = []
    for pair in board.shared:
        if not board.free(pair):
            continue
        i, j = pair
        dice, cont = _sim(board, pair)
        base = (1 - ALPHA) * dice + ALPHA * min(cont, 2 * dice)
        go, gn = gaps
        away = abs(go[i] - gn[j])
        parts = [("words", base)]
        adj = 0.05 if away == 0 else -0.03 * min(away, 3)
        if board.old[i].part != board.new[j].part:
            adj -= 0.08
        near = _near(board, i, j)
        adj += 0.04 * near
        parts += [("place", adj)]
        score = base + adj
        if score >= bar:
            ranked.append((-score, abs(i - j), i + j, i, j, tuple(parts)))
    for minus, _, _, i, j, parts in sorted(ranked):
        if board.free((i, j)):
            board.link((i, j), -minus, Reason(name, parts))


def _near(board, i, j):
    return ((i - 1, j - 1) in board.links) + ((i + 1, j + 1) in board.links)


def _gaps(board):
    off = off_chain([(i, j, min(board.old_totals[i], board.new_totals[j]), "|".join(sorted((board.old_profiles[i].key, board.new_profiles[j].key)))) for i, j in board.links])
    on = sorted(set(board.links) - off)
    def count(n, marks):
        out, k = [], 0
        marks = sorted(marks)
        for x in range(n):
            while k < len(marks) and marks[k] <= x:
                k += 1
            out.append(k)
        return out
    return count(len(board.old), {i for i, _ in on}), count(len(board.new), {j for _, j in on})


def _join(board, bar):
    ranked = []
    for (i, j), x in board.shared.items():
        io, jo = board.old_links.get(i), board.new_links.get(j)
        if bool(io) == bool(jo):
            continue
        if io:  # j is free: split of i
            if any(board.links[i, q].tier == "exact" for q in io) or any(len(board.new_links[q]) > 1 for q in io):
                continue
            rem = board.old_profiles[i].features.difference(*(board.new_profiles[q].features for q in io))
            r = board.weights.total(rem & board.new_profiles[j].features)
            whole, host, left = board.new_totals[j], board.old_totals[i], board.weights.total(rem)
            dist = min(abs(j - q) for q in io)
        else:
            if any(board.links[q, j].tier == "exact" for q in jo) or any(len(board.old_links[q]) > 1 for q in jo):
                continue
            rem = board.new_profiles[j].features.difference(*(board.old_profiles[q].features for q in jo))
            r = board.weights.total(rem & board.old_profiles[i].features)
            whole, host, left = board.old_totals[i], board.new_totals[j], board.weights.total(rem)
            dist = min(abs(i - q) for q in jo)
        cover, leftcover = r / whole, r / left if left else 0
        if r < 0.08 * host:
            continue
        score = max(cover, leftcover)
        if score >= bar:
            ranked.append((-score, dist, abs(i - j), i + j, i, j, bool(io)))
    for minus, _, _, _, i, j, split in sorted(ranked):
        if split and not board.new_links.get(j) and board.old_links.get(i):
            board.link((i, j), -minus, Reason("split"))
        elif not split and not board.old_links.get(i) and board.new_links.get(j):
            board.link((i, j), -minus, Reason("merge"))


def _links(board):
    out = []
    for i, js in sorted(board.old_links.items()):
        for j in js:
            if len(board.new_links[j]) == 1 and j == js[0]:
                out.append(Link((board.old[i].id,), tuple(board.new[q].id for q in sorted(js)), min(board.scores[i, q] for q in js), board.links[i, j]))
    for j, is_ in sorted(board.new_links.items()):
        if len(is_) > 1:
            out.append(Link(tuple(board.old[q].id for q in sorted(is_)), (board.new[j].id,), min(board.scores[q, j] for q in is_), board.links[is_[0], j]))
    for i, p in enumerate(board.old):
        if not board.old_links.get(i):
            out.append(Link((p.id,), (), 0.0, Reason("none")))
    for j, p in enumerate(board.new):
        if not board.new_links.get(j):
            out.append(Link((), (p.id,), 0.0, Reason("none")))
    return tuple(out)
