"""What a paragraph looks like to the aligner: the beginnings of its words, and how rare each is in the two texts.

A head is the beginning of a folded word, so that inflection ("engage", "engageant") and scanning noise at the end of a
word do not count. Pairs of neighbouring heads tell a clause that was carried over from words that merely recur. Weights
are whole numbers, so that a sum is the same in any order: a score is the same in both directions to the last digit.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, count, pairwise

from msgspec import Struct

from resdiff.language.fold import fold

__all__ = ["Feature", "Profile", "Weights", "profiles", "weigh"]

RE_WORD = re.compile(r"[a-z0-9]+(?:/[a-z0-9]+)*")
HEAD = 5  # letters of a word that count; 4 and 6 are within 0.002 of F1
SCALE = 1000  # weights are thousandths

# A feature is a number, which is hashed and compared five times as fast as words: a head, or a pair of heads, and how
# many of its equals stand before it. No text has a million heads.
Feature = int
PAIR = 1_000_003
AGAIN = 1 << 42


class Profile(Struct):
    """A paragraph as the aligner sees it.

    ``key`` is the same for texts that differ in typography alone; ``heads`` are its words, ``codes`` their numbers.
    """

    key: str
    heads: tuple[str, ...]
    codes: tuple[int, ...]
    places: dict[Feature, list[int]] | None = None  # what ``pairs`` found

    def pairs(self) -> dict[Feature, list[int]]:
        """Where each two neighbouring heads stand."""
        if self.places is None:
            self.places = defaultdict(list)
            for place, pair in enumerate(_pairs(self.codes)):
                self.places[pair].append(place)
        return self.places


class Weights(Struct, frozen=True):
    """What the paragraphs of each side weigh, and their features that stand in both texts, each set like a multiset.

    ``spread`` tells in how many paragraphs such a feature stands, ``rarity`` how much one counts that stands in so
    many; ``old`` and ``new`` are the sums of all features of each paragraph, ``old_words`` and ``new_words`` the weight
    of each of its words.
    """

    spread: dict[Feature, int]
    rarity: dict[int, int]
    old_features: tuple[set[Feature], ...]
    new_features: tuple[set[Feature], ...]
    old: tuple[int, ...]
    new: tuple[int, ...]
    old_words: tuple[tuple[int, ...], ...]
    new_words: tuple[tuple[int, ...], ...]


def profiles(*sides: Sequence[str]) -> list[tuple[Profile, ...]]:
    """The profiles of the paragraph texts of each side; the same text has the same profile.

    >>> [(one, other)] = zip(*profiles(["Prie l’Office d’aider,"], ["Prie l'office d'aider ;"]))
    >>> one.key == other.key
    True
    >>> profiles(["Engageant les États"])[0][0].heads
    ('engag', 'les', 'etats')
    """
    numbers: defaultdict[str, int] = defaultdict(count(1).__next__)
    found = {text: _profile(text, numbers) for text in dict.fromkeys(chain.from_iterable(sides))}
    return [tuple([found[text] for text in side]) for side in sides]


def _profile(text: str, numbers: dict[str, int]) -> Profile:
    words = RE_WORD.findall(fold(text))
    heads = tuple([word[:HEAD] if word[0] > "9" else word for word in words])
    return Profile(" ".join(words), heads, tuple(map(numbers.__getitem__, heads)))


def _pairs(codes: tuple[int, ...]) -> list[Feature]:
    return [one * PAIR + other for one, other in pairwise(codes)]


def _features(profile: Profile) -> set[Feature]:
    """Heads and pairs, each with its rank among its equals, so that the set counts like a multiset."""
    features: set[Feature] = set()
    for found in (profile.codes, _pairs(profile.codes)):
        single = set(found)
        features |= single
        if len(single) < len(found):
            for feature, often in Counter(found).items():
                if often > 1:
                    features.update(range(feature + 2 * AGAIN, feature + (often + 1) * AGAIN, AGAIN))
    return features


def weigh(old: Sequence[Profile], new: Sequence[Profile]) -> Weights:
    """The weights of two texts: of a feature, the logarithm of how rare it is in the text that has more of it.

    The larger of the two counts, not their sum: a paragraph that was kept is one paragraph, not two.
    """
    features = {key: _features(profile) for key, profile in {p.key: p for p in (*old, *new)}.items()}
    sides = [[features[p.key] for p in side] for side in (old, new)]
    in_old, in_new = (Counter(chain.from_iterable(side)) for side in sides)
    spread = {feature: max(in_old[feature], in_new[feature]) for feature in in_old.keys() & in_new.keys()}
    every = {**in_old, **in_new, **spread}
    size = max(len(old), len(new)) + 1
    rarity = {k: max(1, round(SCALE * (math.log(size / (k + 0.5)) + 0.1))) for k in set(every.values())}
    weight = {feature: rarity[often] for feature, often in every.items()}.__getitem__
    both = set(spread)
    common = {key: found & both for key, found in features.items()}
    old_common, new_common = (tuple([common[p.key] for p in side]) for side in (old, new))
    old_sums, new_sums = (tuple([sum(map(weight, found)) for found in side]) for side in sides)
    old_words, new_words = (tuple([tuple(map(weight, p.codes)) for p in side]) for side in (old, new))
    return Weights(spread, rarity, old_common, new_common, old_sums, new_sums, old_words, new_words)
