"""What a paragraph looks like to the aligner: the prefixes of its words, how rare each is, the runs two share.

A prefix is the beginning of a folded word, so that inflection ("engage", "engageant") and scanning noise at the end of
a word do not count. Pairs of neighbouring prefixes tell a clause that was carried over from words that merely recur.
Weights are whole numbers, so that a sum is the same in any order: a score is the same in both directions to the last
digit.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, count, pairwise
from typing import NamedTuple

from msgspec import Struct

from resdiff.language.fold import fold

__all__ = ["Feature", "Profile", "Run", "Weights", "common_runs", "idf_weights", "profiles"]

RE_WORD = re.compile(r"[a-z0-9]+(?:/[a-z0-9]+)*")
PREFIX = 5  # letters of a word that count; 4 and 6 are within 0.002 of F1
SCALE = 1000  # weights are thousandths
SHORTEST = 3  # words of a common run; two in a row are chance
OFTEN = 8  # a pair of words that recurs more often tells nothing, and would make the search quadratic

# A feature is a number, which is hashed and compared five times as fast as words: a prefix, or a pair of prefixes, and
# how many of its equals stand before it. No text has a million prefixes.
Feature = int
PAIR = 1_000_003
AGAIN = 1 << 42


class Profile(Struct):
    """A paragraph as the aligner sees it.

    ``key`` is the same for texts that differ in typography alone; ``prefixes`` are its words, ``codes`` their numbers.
    """

    key: str
    prefixes: tuple[str, ...]
    codes: tuple[int, ...]
    pairs: tuple[Feature, ...]  # of neighbouring words
    found: tuple[dict[Feature, int], dict[Feature, list[int]]] | None = None  # what ``places`` found

    def places(self) -> tuple[dict[Feature, int], dict[Feature, list[int]]]:
        """Where each pair of neighbouring words stands: those that stand once, those that recur."""
        if self.found is None:
            once: dict[Feature, int] = {}
            again: dict[Feature, list[int]] = {}
            for place, pair in enumerate(self.pairs):
                if once.setdefault(pair, place) != place:
                    again.setdefault(pair, [once[pair]]).append(place)
            for pair in again:
                del once[pair]
            self.found = once, again
        return self.found


class Weights(Struct, frozen=True):
    """The features of the paragraphs of each side, each set like a multiset, and what they weigh.

    ``document_frequency`` tells in how many paragraphs a feature stands that both texts have. ``idf`` is the
    weight of every feature, in thousandths; ``old`` and ``new`` are the sums of each paragraph, ``old_words`` and
    ``new_words`` the weight of each of its words.
    """

    document_frequency: dict[Feature, int]
    idf: dict[Feature, int]
    old_features: tuple[set[Feature], ...]
    new_features: tuple[set[Feature], ...]
    old: tuple[int, ...]
    new: tuple[int, ...]
    old_words: tuple[tuple[int, ...], ...]
    new_words: tuple[tuple[int, ...], ...]


class Run(NamedTuple):
    """``length`` words that stand at ``old`` in the one text and at ``new`` in the other."""

    length: int
    old: int
    new: int


# ---- one paragraph ------------------------------------------------------------------------------------------------


def profiles(*sides: Sequence[str]) -> list[tuple[Profile, ...]]:
    """The profiles of the paragraph texts of each side; the same text has the same profile.

    >>> [(one, other)] = zip(*profiles(["Prie l’Office d’aider,"], ["Prie l'office d'aider ;"]))
    >>> one.key == other.key
    True
    >>> profiles(["Engageant les États"])[0][0].prefixes
    ('engag', 'les', 'etats')
    """
    numbers: defaultdict[str, int] = defaultdict(count(1).__next__)
    found = {text: _profile(text, numbers) for text in dict.fromkeys(chain.from_iterable(sides))}
    return [tuple([found[text] for text in side]) for side in sides]


def _profile(text: str, numbers: dict[str, int]) -> Profile:
    words = RE_WORD.findall(fold(text))
    prefixes = tuple([word[:PREFIX] if word[0] > "9" else word for word in words])
    codes = tuple(map(numbers.__getitem__, prefixes))
    return Profile(" ".join(words), prefixes, codes, tuple([one * PAIR + other for one, other in pairwise(codes)]))


def _features(profile: Profile) -> set[Feature]:
    """Prefixes and pairs, each with its rank among its equals, so that the set counts like a multiset."""
    counts = Counter(profile.codes + profile.pairs)
    features = set(counts)
    for feature, often in [item for item in counts.items() if item[1] > 1]:
        features.update(range(feature + 2 * AGAIN, feature + (often + 1) * AGAIN, AGAIN))
    return features


# ---- two texts ----------------------------------------------------------------------------------------------------


def idf_weights(old: Sequence[Profile], new: Sequence[Profile]) -> Weights:
    """The weights of two texts: of a feature, the logarithm of how rare it is in the text that has more of it.

    The larger of the two counts, not their sum: a paragraph that was kept is one paragraph, not two.
    """
    features = {key: _features(profile) for key, profile in {p.key: p for p in (*old, *new)}.items()}
    sides = [[features[p.key] for p in side] for side in (old, new)]
    in_old, in_new = (Counter(chain.from_iterable(side)) for side in sides)
    frequency = {feature: max(often, in_new[feature]) for feature, often in in_old.items() if feature in in_new}
    every = {**in_old, **in_new, **frequency}
    size = max(len(old), len(new)) + 1
    idf = {n: max(1, round(SCALE * (math.log(size / (n + 0.5)) + 0.1))) for n in set(every.values())}
    weight = {feature: idf[often] for feature, often in every.items()}
    weigh = weight.__getitem__
    old_sums, new_sums = (tuple([sum(map(weigh, found)) for found in side]) for side in sides)
    old_words, new_words = (tuple([tuple(map(weigh, p.codes)) for p in side]) for side in (old, new))
    return Weights(frequency, weight, tuple(sides[0]), tuple(sides[1]), old_sums, new_sums, old_words, new_words)


# ---- two paragraphs -----------------------------------------------------------------------------------------------


def common_runs(old: Profile, new: Profile) -> tuple[Run, ...]:
    """The runs of three words and more that both have, the longest first, none overlapping another.

    >>> common_runs(*profiles(["sur demande et de manière intégrée", "de manière intégrée sur demande"])[0])
    (Run(length=3, old=3, new=0),)
    """
    taken_old, taken_new = bytearray(len(old.prefixes)), bytearray(len(new.prefixes))
    found = []
    ranked = sorted(_longest(old, new), key=lambda r: (-r[0], abs(r[1] - r[2]), r[1] + r[2], old.prefixes[r[1]]))
    for run in ranked:
        length, i, j = run
        # the longer ones came first, so that one that takes the middle takes an end too
        if taken_old[i] or taken_old[i + length - 1] or taken_new[j] or taken_new[j + length - 1]:
            continue
        taken_old[i : i + length] = taken_new[j : j + length] = b"\1" * length
        found.append(run)
    return tuple(found)


def _longest(old: Profile, new: Profile) -> list[Run]:
    """Every run that cannot be made longer, from the pairs of words that both have.

    A place in both texts is one number; one word further in both is ``step`` more. The last word begins no pair, so
    that no run goes on from one row of numbers to the next.
    """
    width = len(new.codes)
    (here, here_again), (there, there_again) = old.places(), new.places()
    starts = {here[pair] * width + there[pair] for pair in here.keys() & there.keys()}
    for pair in here_again.keys() | there_again.keys() if here_again or there_again else ():
        olds = here_again.get(pair) or ([here[pair]] if pair in here else ())
        news = there_again.get(pair) or ([there[pair]] if pair in there else ())
        if len(olds) <= OFTEN and len(news) <= OFTEN:
            starts.update([i * width + j for i in olds for j in news])
    found, step = [], width + 1
    for start in starts:
        if start - step in starts:
            continue
        end = start + step
        while end in starts:
            end += step
        length = (end - start) // step + 1
        if length >= SHORTEST:
            found.append(Run(length, *divmod(start, width)))
    return found
