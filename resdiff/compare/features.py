"""What a paragraph looks like to the aligner: the beginnings of its words, and how rare each is in the two texts.

A head is the beginning of a folded word, so that inflection ("engage", "engageant") and scanning noise at the end of a
word do not count. Pairs of neighbouring heads tell a clause that was carried over from words that merely recur. Weights
are whole numbers, so that a sum is the same in any order: a score is the same in both directions to the last digit.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from resdiff.text.fold import fold

__all__ = ["Profile", "Weights", "profile", "weigh"]

RE_WORD = re.compile(r"[a-z0-9]+(?:/[a-z0-9]+)*")
HEAD = 5  # letters of a word that count; 4 and 6 are within 0.002 of F1
SCALE = 1000  # weights are thousandths

Feature = tuple[object, int]


class Profile(Struct, frozen=True):
    """A paragraph as the aligner sees it.

    ``key`` is the same for texts that differ in typography alone; ``heads`` are its words; ``pairs`` tells where each
    two neighbouring heads stand; ``features`` are heads and pairs, each with its rank among its equals, so that the set
    counts like a multiset.
    """

    key: str
    heads: tuple[str, ...]
    pairs: dict[tuple[str, str], list[int]]
    features: frozenset[Feature]


class Weights(Struct, frozen=True):
    """How much each feature counts and in how many paragraphs it stands.

    ``old`` and ``new`` hold the sum of the features of each paragraph, ``old_words`` and ``new_words`` the weight of
    each of its words.
    """

    weight: dict[Feature, int]
    spread: dict[Feature, int]
    old: tuple[int, ...]
    new: tuple[int, ...]
    old_words: tuple[tuple[int, ...], ...]
    new_words: tuple[tuple[int, ...], ...]


@lru_cache(maxsize=4096)
def profile(text: str) -> Profile:
    """The profile of a paragraph text.

    >>> profile("Prie l’Office d’aider,").key == profile("Prie l'office d'aider ;").key
    True
    >>> profile("Engageant les États").heads
    ('engag', 'les', 'etats')
    """
    words = RE_WORD.findall(fold(text))
    heads = tuple([word if word[0].isdigit() else word[:HEAD] for word in words])
    pairs: dict[tuple[str, str], list[int]] = {}
    for place, pair in enumerate(pairwise(heads)):
        pairs.setdefault(pair, []).append(place)
    counts = Counter(heads)
    features: list[Feature] = [(head, 1) for head in counts]
    features += [(pair, 1) for pair in pairs]
    features += [(head, rank) for head, count in counts.items() if count > 1 for rank in range(2, count + 1)]
    features += [(pair, rank) for pair, at in pairs.items() if len(at) > 1 for rank in range(2, len(at) + 1)]
    return Profile(" ".join(words), heads, pairs, frozenset(features))


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
    of_head = {feature[0]: value for feature, value in weight.items() if feature[1] == 1}
    old_sums, new_sums = (tuple(sum([weight[f] for f in p.features]) for p in side) for side in (old, new))
    old_words, new_words = (tuple(tuple([of_head[head] for head in p.heads]) for p in side) for side in (old, new))
    return Weights(weight, spread, old_sums, new_sums, old_words, new_words)
