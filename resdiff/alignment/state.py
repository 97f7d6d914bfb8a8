"""The state of an alignment: what is known of two texts, which paragraphs are linked so far, what pairs have in common.

Places are the ranks of paragraphs in their bodies; a pair is an old place and a new place.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nlargest
from typing import NamedTuple

from msgspec import Struct, field

from resdiff.alignment.features import Feature, Profile, Weights, profiles, weigh
from resdiff.alignment.moves import off_chain
from resdiff.alignment.runs import Run, runs
from resdiff.model import Paragraph, Reason, Resolution

__all__ = ["HARDLY", "Board", "Pair", "board", "look_up"]

CANDIDATES = 4  # looked at for each paragraph, on each side; 6 and 3 find the same links of generated versions
CROWD = 24  # candidates that tie: of a text that recurs a hundred times the nearest are enough
RARE = 8  # paragraphs: a feature that stands in more is not looked up …
MORE = 400  # … and one more for each so many paragraphs of the texts
NEARLY = 0.5  # paragraphs that share this much are not searched for common runs: the runs would say the same
HARDLY = 0.16  # … nor those that share less: no labelled link but halves of splits shares less than 0.2

Pair = tuple[int, int]


class Shared(NamedTuple):
    """What two paragraphs have in common, as a share of both (``words``, ``runs``) or of the shorter (``within``).

    ``own`` is the share of it that stands in no other paragraph of the two texts; what stands in one other counts half.
    """

    words: float
    runs: float
    within: float
    own: float


class Bag(NamedTuple):
    """What two paragraphs share in any order: its weight, as a share of both, and what of the weight is their own."""

    weight: int
    share: float
    own: int


class Board(Struct):
    """The two texts, the candidate pairs with the weight they share, and the links made so far."""

    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    old_profiles: tuple[Profile, ...]
    new_profiles: tuple[Profile, ...]
    weights: Weights
    symbols: tuple[str, str]  # of the two texts, as they cite each other: "72/194", "1553 (2004)"
    old_parents: dict[int, int]  # the place of a point and that of the paragraph it stands in
    new_parents: dict[int, int]
    candidates: dict[Pair, Bag] = field(default_factory=dict)
    near_new: dict[int, list[tuple[float, int]]] = field(default_factory=dict)  # the two best shares of an old one
    near_old: dict[int, list[tuple[float, int]]] = field(default_factory=dict)
    links: dict[Pair, float] = field(default_factory=dict)
    reasons: dict[Pair, Reason] = field(default_factory=dict)
    news_of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    olds_of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    scores: dict[Pair, float] = field(default_factory=dict)  # the last score of every pair looked at, for the rivals
    shared: dict[Pair, Shared] = field(default_factory=dict)
    found_runs: dict[Pair, tuple[Run, ...]] = field(default_factory=dict)

    def link(self, pair: Pair, score: float, reason: Reason) -> None:
        """Put a link on the board."""
        self.links[pair], self.reasons[pair] = score, reason
        self.news_of[pair[0]].append(pair[1])
        self.olds_of[pair[1]].append(pair[0])

    def unlink(self, pair: Pair) -> None:
        """Take a link off the board."""
        del self.links[pair], self.reasons[pair]
        self.news_of[pair[0]].remove(pair[1])
        self.olds_of[pair[1]].remove(pair[0])

    def free(self, pair: Pair) -> bool:
        """Whether neither paragraph has a partner."""
        return not self.news_of.get(pair[0]) and not self.olds_of.get(pair[1])

    def runs(self, pair: Pair) -> tuple[Run, ...]:
        """The runs of words that the two have in common."""
        if pair not in self.found_runs:
            self.found_runs[pair] = runs(self.old_profiles[pair[0]], self.new_profiles[pair[1]])
        return self.found_runs[pair]

    def share(self, pair: Pair) -> Shared:
        """What the two have in common."""
        if pair not in self.shared:
            self.shared[pair] = self._share(pair)
        return self.shared[pair]

    def _share(self, pair: Pair) -> Shared:
        common, words, own = self.candidates[pair]
        if words < HARDLY:
            return Shared(words, 0.0, 0.0, 0.0)
        if words >= NEARLY:
            shorter = min(self.weights.old[pair[0]], self.weights.new[pair[1]])
            return Shared(words, words, common / shorter, own / common)
        weight, other = self.weights.old_words[pair[0]], self.weights.new_words[pair[1]]
        kept = sum([sum(weight[run.old : run.old + run.length]) for run in self.runs(pair)])
        old, new = sum(weight), sum(other)
        return Shared(words, 2 * kept / (old + new), kept / min(old, new), own / common)

    def share_elsewhere(self, pair: Pair) -> float:
        """The share of words that each of the two has in common with some other paragraph: the smaller of both."""
        i, j = pair
        by_old = [share for share, n in self.near_new[i] if n != j]
        by_new = [share for share, o in self.near_old[j] if o != i]
        return min(max(by_old, default=0.0), max(by_new, default=0.0))

    def kin(self, pair: Pair) -> int:
        """1 when the parents of two points are linked to each other, -1 when one is linked elsewhere, else 0."""
        above, below = self.old_parents.get(pair[0]), self.new_parents.get(pair[1])
        if above is None and below is None:
            return 0
        if above is not None and below is not None and (above, below) in self.links:
            return 1
        settled = (above is not None and self.news_of.get(above)) or (below is not None and self.olds_of.get(below))
        return -1 if settled else 0

    def gaps(self) -> tuple[list[int], list[int]]:
        """For each old and each new paragraph, how many links of the heaviest chain stand before it or at it.

        Two paragraphs with the same number stand between the same neighbours.
        """
        off = off_chain([(i, j, self._heaviness(i, j), self._name(i, j)) for i, j in self.links])
        chain = set(self.links) - off
        return _counted(len(self.old), {i for i, _ in chain}), _counted(len(self.new), {j for _, j in chain})

    def _heaviness(self, i: int, j: int) -> int:
        return 1 + min(self.weights.old[i], self.weights.new[j])

    def _name(self, i: int, j: int) -> str:
        return "\n".join(sorted((self.old_profiles[i].key, self.new_profiles[j].key)))


def _counted(size: int, marks: set[int]) -> list[int]:
    found, count = [], 0
    for place in range(size):
        count += place in marks
        found.append(count)
    return found


def board(old: Resolution, new: Resolution) -> Board:
    """An empty board for two texts."""
    olds, news = old.body, new.body
    old_profiles, new_profiles = profiles([p.text for p in olds], [p.text for p in news])
    weights = weigh(old_profiles, new_profiles)
    symbols = old.symbol.rpartition("/RES/")[2], new.symbol.rpartition("/RES/")[2]
    parents = _parents(olds), _parents(news)
    return Board(olds, news, old_profiles, new_profiles, weights, symbols, *parents)


def _parents(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """The place of each point with the place of its parent: ``op12.a`` stands in ``op12``."""
    places = {p.id: place for place, p in enumerate(paragraphs)}
    above = {place: places.get(p.id.rpartition(".")[0]) for place, p in enumerate(paragraphs)}
    return {place: parent for place, parent in above.items() if parent is not None}


def look_up(board: Board, forbidden: set[Pair]) -> None:
    """Fill in the candidates: for each paragraph without partner the few that share most of its rare features.

    Settled paragraphs are candidates too: a free one may turn out to be a half of them.
    """
    by_old, by_new = _rare_in_common(board)
    pairs = {(i, j) for i, found in by_old.items() if not board.news_of.get(i) for j in _best(found, i)}
    pairs |= {(i, j) for j, found in by_new.items() if not board.olds_of.get(j) for i in _best(found, j)}
    near_new: dict[int, list[tuple[float, int]]] = defaultdict(list)
    near_old: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for i, j in pairs - forbidden:
        board.candidates[i, j] = bag = _bag(board, i, j)
        near_new[i].append((bag.share, j))
        near_old[j].append((bag.share, i))
    board.near_new.update({i: nlargest(2, found) for i, found in near_new.items()})
    board.near_old.update({j: nlargest(2, found) for j, found in near_old.items()})


def _bag(board: Board, i: int, j: int) -> Bag:
    weights = board.weights
    both = weights.old_features[i] & weights.new_features[j]
    spreads = Counter(map(weights.spread.__getitem__, both))
    common = sum([weights.rarity[spread] * often for spread, often in spreads.items()])
    own = sum([weights.rarity[spread] // spread * spreads[spread] for spread in (1, 2) if spread in spreads])
    return Bag(common, 2 * common / (weights.old[i] + weights.new[j]) if common else 0.0, own)


def _rare_in_common(board: Board) -> tuple[dict[int, dict[int, int]], dict[int, dict[int, int]]]:
    """The weight of the rare features that each pair shares, by old and by new place; no pair of two settled ones."""
    weights, spread, rarity = board.weights, board.weights.spread, board.weights.rarity
    most = RARE + (len(board.old) + len(board.new)) // MORE
    rare = {feature for feature, often in spread.items() if often <= most}
    whole: dict[Feature, list[int]] = defaultdict(list)
    free: dict[Feature, list[int]] = defaultdict(list)
    for j, features in enumerate(weights.new_features):
        for feature in features & rare:
            whole[feature].append(j)
            if not board.olds_of.get(j):
                free[feature].append(j)
    at_all, at_free = set(whole), set(free)  # sets meet faster than the keys of a mapping
    by_old: dict[int, dict[int, int]] = {}
    by_new: dict[int, dict[int, int]] = defaultdict(dict)
    for i, features in enumerate(weights.old_features):
        index, held = (free, at_free) if board.news_of.get(i) else (whole, at_all)
        found: dict[int, int] = defaultdict(int)
        for feature in features & held:
            value = rarity[spread[feature]]
            for j in index[feature]:
                found[j] += value
        by_old[i] = found
        for j, value in found.items():
            by_new[j][i] = value
    return by_old, by_new


def _best(found: dict[int, int], place: int) -> list[int]:
    """The places that share most, ties included; of a crowd that ties the nearest."""
    if len(found) <= CANDIDATES:
        return list(found)
    least = nlargest(CANDIDATES, found.values())[-1]
    best = [other for other, value in found.items() if value >= least]
    if len(best) > CROWD:
        best = sorted(best, key=lambda other: (-found[other], abs(other - place), other + place))[:CROWD]
    return best
