"""What a paragraph looks like to the aligner: the beginnings of its words, and how rare each is in the two texts.

A head is the beginning of a folded word, so that inflection ("engage", "engageant") and scanning noise at the end of a
word do not count. Pairs of neighbouring heads tell a clause that was carried over from words that merely recur. Weights
are whole numbers, so that a sum is the same in any order: a score is the same in both directions to the last digit.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from resdiff.text.fold import fold

__all__ = ["Profile", "Weights", "profile", "weigh"]

RE_WORD = re.compile(r"[a-z0-9]+(?:/[a-z0-9]+)*")
HEAD = 5  # letters of a word that count; 4 and 6 are within 0.002 of F1
SCALE = 1000  # weights are thousandths

Feature = tuple[object, int]


@dataclass(frozen=True, slots=True)
class Profile:
    """A paragraph as the aligner sees it: ``key`` is the same for texts that differ in typography alone."""

    key: str
    heads: tuple[str, ...]
    features: frozenset[Feature]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature counts, in how many paragraphs it stands, and what the features of each paragraph sum to."""

    weight: dict[Feature, int]
    spread: dict[Feature, int]
    old: tuple[int, ...]
    new: tuple[int, ...]

    def of(self, features: Iterable[Feature]) -> int:
        """The weight of these features together."""
        return sum(map(self.weight.__getitem__, features))

    def of_heads(self, heads: Iterable[str]) -> int:
        """The weight of these words together."""
        weight = self.weight
        return sum([weight[head, 1] for head in heads])


def profile(text: str) -> Profile:
    """The profile of a paragraph text.

    >>> profile("Prie l’Office d’aider,").key == profile("Prie l'office d'aider ;").key
    True
    >>> profile("Engageant les États").heads
    ('engag', 'les', 'etats')
    """
    words = RE_WORD.findall(fold(text))
    heads = tuple([word if word[0].isdigit() else word[:HEAD] for word in words])
    pairs = zip(heads, heads[1:], strict=False)
    return Profile(" ".join(words), heads, frozenset(_numbered(heads) + _numbered(pairs)))


def _numbered(items: Iterable[object]) -> list[Feature]:
    """Each item with its rank among its equals, so that a set of features counts like a multiset."""
    seen: dict[object, int] = {}
    found: list[Feature] = []
    for item in items:
        seen[item] = rank = seen.get(item, 0) + 1
        found.append((item, rank))
    return found


def weigh(old: Sequence[Profile], new: Sequence[Profile]) -> Weights:
    """The weights of all features of two texts: the logarithm of how rare they are in the text that has more of them.

    The larger of the two counts, not their sum: a paragraph that was kept is one paragraph, not two.
    """
    in_old, in_new = (Counter([f for p in side for f in p.features]) for side in (old, new))
    spread = dict(in_old)
    for feature, count in in_new.items():
        spread[feature] = max(count, in_old.get(feature, 0))
    size = max(len(old), len(new)) + 1
    rarity = {k: max(1, round(SCALE * (math.log(size / (k + 0.5)) + 0.1))) for k in set(spread.values())}
    weight = {feature: rarity[count] for feature, count in spread.items()}
    old_sums, new_sums = (tuple(sum([weight[f] for f in p.features]) for p in side) for side in (old, new))
    return Weights(weight, spread, old_sums, new_sums)
