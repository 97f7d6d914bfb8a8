"""The two values that go through the tiers: the texts, which stay, and the links, of which each tier hands on its own.

Places are the ranks of paragraphs in their bodies; a pair is an old place and a new place.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from msgspec import Struct, field

from resdiff.alignment.features import Profile, Run, Weights, common_runs, idf_weights, profiles
from resdiff.model import Paragraph, Pin, Reason, Resolution
from resdiff.sequences import out_of_order

__all__ = ["Bag", "Candidates", "Gaps", "Links", "Made", "Pair", "Texts", "prepare"]

Pair = tuple[int, int]
Near = dict[int, list[tuple[float, int]]]
Gaps = tuple[list[int], list[int]]


class Texts(Struct, frozen=True):
    """Two bodies and what is known of them before anything is linked. ``runs`` remembers what it found."""

    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    old_profiles: tuple[Profile, ...]
    new_profiles: tuple[Profile, ...]
    weights: Weights
    symbols: tuple[str, str]  # of the two texts, as they cite each other: "72/194", "1553 (2004)"
    old_parents: dict[int, int]  # the place of a point and that of the paragraph it stands in
    new_parents: dict[int, int]
    pins: tuple[Pin, ...]
    found_runs: dict[Pair, tuple[Run, ...]] = field(default_factory=dict)

    def runs(self, pair: Pair) -> tuple[Run, ...]:
        """The runs of words that the two have in common."""
        if pair not in self.found_runs:
            self.found_runs[pair] = common_runs(self.old_profiles[pair[0]], self.new_profiles[pair[1]])
        return self.found_runs[pair]


class Bag(NamedTuple):
    """What two paragraphs have in any order: the weight, as a share of both, and what of the weight is theirs alone."""

    weight: int
    share: float
    unique: int


class Candidates(Struct, frozen=True):
    """The pairs that are looked at, with what they share, and the two best shares of each old and new paragraph."""

    pairs: dict[Pair, Bag] = {}
    near_new: Near = {}  # by old place: shares and new places
    near_old: Near = {}


class Made(NamedTuple):
    """A link as a tier made it."""

    score: float
    reason: Reason


class Links(Struct):
    """The links made so far, and what the tiers found out on the way.

    A tier takes a ``copy``, makes and unmakes links in it and hands it on; the links it was given stay as they were.
    ``scores`` holds the last score of every pair looked at, for the rivals of a link.
    """

    made: dict[Pair, Made] = {}
    news_of: dict[int, tuple[int, ...]] = {}  # the partners of an old place, in the order they were linked
    olds_of: dict[int, tuple[int, ...]] = {}
    forbidden: frozenset[Pair] = frozenset()
    candidates: Candidates = Candidates()
    scores: dict[Pair, float] = {}

    def copy(self) -> "Links":
        """The same links, to go on from."""
        partners = dict(self.news_of), dict(self.olds_of)
        return Links(dict(self.made), *partners, self.forbidden, self.candidates, dict(self.scores))

    def link(self, pair: Pair, score: float, reason: Reason) -> None:
        """Make a link; both paragraphs may have others."""
        i, j = pair
        self.made[pair] = Made(score, reason)
        self.news_of[i] = (*self.news_of.get(i, ()), j)
        self.olds_of[j] = (*self.olds_of.get(j, ()), i)

    def unlink(self, pair: Pair) -> None:
        """Take a link that is the only one of both its paragraphs back."""
        del self.made[pair], self.news_of[pair[0]], self.olds_of[pair[1]]

    def is_free(self, pair: Pair) -> bool:
        """Whether neither paragraph has a partner."""
        return pair[0] not in self.news_of and pair[1] not in self.olds_of

    def parents_linked(self, texts: Texts, pair: Pair) -> int:
        """1 when the parents of two points are linked to each other, -1 when one is linked elsewhere, else 0."""
        above, below = texts.old_parents.get(pair[0]), texts.new_parents.get(pair[1])
        if (above, below) in self.made:
            return 1
        return -1 if above in self.news_of or below in self.olds_of else 0

    def gaps(self, texts: Texts) -> Gaps:
        """For each old and each new paragraph, how many links that keep their order stand before it or at it.

        Two paragraphs with the same number stand between the same neighbours.
        """
        off = out_of_order([(i, j, _heaviness(texts, i, j), _name(texts, i, j)) for i, j in self.made])
        kept = self.made.keys() - off
        return _counted(len(texts.old), {i for i, _ in kept}), _counted(len(texts.new), {j for _, j in kept})


def _heaviness(texts: Texts, i: int, j: int) -> int:
    return 1 + min(texts.weights.old[i], texts.weights.new[j])


def _name(texts: Texts, i: int, j: int) -> str:
    return "\n".join(sorted((texts.old_profiles[i].key, texts.new_profiles[j].key)))


def _counted(size: int, marks: set[int]) -> list[int]:
    return list(accumulate([place in marks for place in range(size)]))


def prepare(old: Resolution, new: Resolution, pins: Sequence[Pin] = ()) -> Texts:
    """What the tiers need to know of two texts, and a person's word on them."""
    olds, news = old.body, new.body
    old_profiles, new_profiles = profiles([p.text for p in olds], [p.text for p in news])
    weights = idf_weights(old_profiles, new_profiles)
    symbols = old.symbol.rpartition("/RES/")[2], new.symbol.rpartition("/RES/")[2]
    parents = _parents(olds), _parents(news)
    return Texts(olds, news, old_profiles, new_profiles, weights, symbols, *parents, tuple(pins))


def _parents(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """The place of each point with the place of its parent: ``op12.a`` stands in ``op12``."""
    places = {p.id: place for place, p in enumerate(paragraphs)}
    above = {place: places.get(p.id.rpartition(".")[0]) for place, p in enumerate(paragraphs)}
    return {place: parent for place, parent in above.items() if parent is not None}
