"""Which paragraph of the edition beside says what one says that came or went: ``Nearness(old, new)``.

A paragraph without a link may still be one rewritten, cut from another, or taken up by it. How likely a paragraph of
the other text is that one six features tell – the shares of the rarer words of both that are no names, how far the next
best is behind on either side, the place, what the aligner thought of the two – weighed in ``data/common/near.toml`` as
``scripts/fit-near`` fits them to paragraphs that readers looked for (``tests/gold/near.csv``).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain

from msgspec import Struct
from msgspec.structs import astuple

from resdiff.alignment.odds import probability
from resdiff.data import load
from resdiff.data.schema import NearOdds
from resdiff.language.fold import fold
from resdiff.model import Resolution, Rival, Side

__all__ = ["FEATURES", "NEAR", "Near", "Nearness"]

FEATURES = NearOdds.__struct_fields__[1:]

NEAR, UNSURE = 0.65, 0.2
"""How likely a paragraph says what another one says, for the two to be told as near, and for that to be told as
possible. Of 754 paragraphs that readers looked for, weighed with an eighth of the series left out, 57 are told with
one, of which 45 are the one they found and 4 stand elsewhere. Of the 548 below the second 7 stand whole somewhere, 133
in part; of the 149 between, 12 and 76. The higher the first, the more of those that are told are right."""

SHORT, STEM = 4, 6  # letters of words that say nothing, letters of the longer ones that count

FEW, LIKELY = 32, 5
"""A word that more paragraphs of a text have leads to none of them; how many are looked at of those the others lead to.
Else the time grows with the square of a text."""

LEAST_LINKED = 0.002  # probability of a link: below it all are as unlikely

RE_WORDS = re.compile("[a-z]+")
RE_NAMED = re.compile(r"(?<!^)\b[^\W\d_a-zà-ÿœ]\w+")  # a word with a capital that opens nothing

Features = tuple[float, ...]


class Near(Struct, frozen=True):
    """A paragraph of the other text, and how likely it says what was looked for; none where no paragraph has its
    words."""

    id: str = ""
    probability: float = 0.0


class Nearness:
    """Two texts, each asked which of its paragraphs says what some of the other one say.

    ``rivals`` are pairs that the aligner weighed up and did not link. Rare words tell what a paragraph is about, and
    weigh by their square; formulas are many common ones, and the verb it opens with tells what is done.
    """

    def __init__(self, old: Resolution, new: Resolution, rivals: Iterable[Rival] = ()) -> None:
        weights = _weights(old, new)
        self._texts = {Side.OLD: _Text(old, weights), Side.NEW: _Text(new, weights)}
        self._rivals: dict[tuple[Side, str], dict[str, float]] = {}
        for rival in rivals:
            for side, here, there in ((Side.OLD, rival.old, rival.new), (Side.NEW, rival.new, rival.old)):
                scores = self._rivals.setdefault((side, here), {})
                scores[there] = max(rival.score, scores.get(there, 0.0))

    def likeliest(self, side: Side, ids: tuple[str, ...]) -> Near:
        """Of the other text the paragraph that most likely says what those of this side say together."""
        weights = _odds()
        found = [(probability(weights, row), id_) for id_, row in self.features(side, ids).items()]
        best, id_ = max(found, key=lambda pair: pair[0], default=(0.0, ""))
        return Near(id_, best)

    def features(self, side: Side, ids: tuple[str, ...]) -> dict[str, Features]:
        """What speaks for each paragraph of the other text that has some of their words, as in ``NearOdds``. A heading
        says nothing that a paragraph does."""
        here, there = self._texts[side], self._texts[side.other]
        mine, at, is_heading = here.matter(ids), here.place(ids[0]), _is_heading(ids[0])
        links = {id_: score for own in ids for id_, score in self._rivals.get((side, own), {}).items()}
        shares = {id_: s for id_, s in there.shares(mine, links).items() if _is_heading(id_) == is_heading}
        first, second, *_ = (*sorted(shares.values(), reverse=True), 0.0, 0.0)
        rows: dict[str, Features] = {}
        for id_, share in shares.items():
            other = there.matter((id_,))
            rivals = [each for own, each in here.shares(other).items() if own not in ids]
            said = here.weigh((mine & other) - here.names(ids) - there.names((id_,)))
            link = links.get(id_, 0.0)
            rows[id_] = (
                math.sqrt(said / max(1.0, here.weigh(mine))),
                math.sqrt(said / max(1.0, there.weigh(other))),
                share - (second if share == first else first),
                share - max(rivals, default=0.0),
                abs(at - there.place(id_)),
                math.log((link + LEAST_LINKED) / (1 + LEAST_LINKED - link)),
            )
        return rows


class _Text:
    """A text as what its paragraphs are about."""

    def __init__(self, text: Resolution, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._ids = [paragraph.id for paragraph in text.body]
        self._ranks = {id_: rank for rank, id_ in enumerate(self._ids)}
        self._texts = [paragraph.text for paragraph in text.body]
        self._matters = [_matter(each) for each in self._texts]
        self._sizes = [self.weigh(stems) for stems in self._matters]
        self._having: dict[str, list[int]] = {}
        for rank, stems in enumerate(self._matters):
            for stem in stems:
                self._having.setdefault(stem, []).append(rank)
        self._likeliest: dict[frozenset[str], list[int]] = {}

    def matter(self, ids: tuple[str, ...]) -> frozenset[str]:
        """The beginnings of the longer words of these paragraphs together."""
        return frozenset().union(*[self._matters[self._ranks[id_]] for id_ in ids])

    def names(self, ids: tuple[str, ...]) -> frozenset[str]:
        """Those of them that are written with a capital."""
        return frozenset().union(*[_names(self._texts[self._ranks[id_]]) for id_ in ids])

    def place(self, id_: str) -> float:
        """How far a paragraph stands from the beginning, 0 to 1."""
        return self._ranks[id_] / len(self._ranks)

    def weigh(self, stems: Iterable[str]) -> float:
        """What these words weigh together, the same in whatever order they come."""
        return math.fsum([self._weights[stem] for stem in stems])

    def shares(self, matter: frozenset[str], also: Iterable[str] = ()) -> dict[str, float]:
        """What the paragraphs that have most of that matter, and those asked for, have in common with it: twice, by the
        sum of both."""
        size = self.weigh(matter)
        if matter not in self._likeliest:
            self._likeliest[matter] = self._find(matter, size)
        ranks = dict.fromkeys([*self._likeliest[matter], *sorted(self._ranks[id_] for id_ in also)])
        return {
            self._ids[rank]: 2 * self.weigh(matter & self._matters[rank]) / max(1.0, size + self._sizes[rank])
            for rank in ranks
        }

    def _find(self, matter: frozenset[str], size: float) -> list[int]:
        shared: dict[int, float] = {}
        for stem in sorted(matter & self._having.keys()):
            if len(places := self._having[stem]) <= FEW:
                for rank in places:
                    shared[rank] = shared.get(rank, 0.0) + self._weights[stem]
        return sorted(shared, key=lambda rank: (-shared[rank] / (size + self._sizes[rank]), rank))[:LIKELY]


def _is_heading(id_: str) -> bool:
    return id_.rpartition(".")[2].startswith("h")


@lru_cache(maxsize=1)
def _odds() -> Features:
    weights: Features = astuple(load("common", "near", NearOdds))
    return weights


def _weights(*texts: Resolution) -> dict[str, float]:
    """What the longer words of these texts weigh: more the fewer paragraphs of one text have them."""
    counts = [Counter(chain.from_iterable(_stems(p.text) for p in text.body)) for text in texts]
    size = 1 + max(len(text.body) for text in texts)
    return {stem: (math.log(size / (max(c[stem] for c in counts) + 0.5)) + 0.1) ** 2 for stem in counts[0] | counts[1]}


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text, folded: inflection does not count."""
    return frozenset(_beginnings(text))


@lru_cache(maxsize=4096)
def _matter(text: str) -> frozenset[str]:
    """The same without the first of them, with which a paragraph opens."""
    return frozenset(_beginnings(text)[1:])


@lru_cache(maxsize=4096)
def _names(text: str) -> frozenset[str]:
    return frozenset(_beginnings(" ".join(RE_NAMED.findall(text))))


@lru_cache(maxsize=4096)
def _beginnings(text: str) -> tuple[str, ...]:
    return tuple([word[:STEM] for word in RE_WORDS.findall(fold(text)) if len(word) > SHORT])
