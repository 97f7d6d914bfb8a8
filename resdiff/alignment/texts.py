"""The two values that go through the tiers: the texts, which stay, and the links, of which each tier hands on its own.

Places are the ranks of paragraphs in their bodies; a pair is an old place and a new place. What a paragraph looks like
to the aligner are the prefixes of its words, so that inflection ("engage", "engageant") and scanning noise at the end
of a word do not count; pairs of neighbouring prefixes tell a clause that was carried over from words that merely recur.
What counts sessions is one word, whichever of them: the next edition names the next one.
Weights are whole numbers, so that a sum is the same in any order: a score is the same in both directions to the last
digit.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, chain, count, pairwise

from msgspec import Struct, field
from msgspec.structs import astuple

from resdiff.data import load
from resdiff.data.schema import LinkOdds
from resdiff.language import Language
from resdiff.language.fold import Apart, fold
from resdiff.language.forms import session_words
from resdiff.model import Paragraph, Pin, Reason, Resolution
from resdiff.sequences import out_of_order

__all__ = [
    "Bag",
    "Candidates",
    "Feature",
    "Gaps",
    "Links",
    "Made",
    "Pair",
    "Profile",
    "Run",
    "Texts",
    "Vocabulary",
    "Weights",
    "common_runs",
    "idf_weights",
    "nearness",
    "prepare",
]

RE_WORD = r"[a-z0-9]+(?:/[a-z0-9]+)*"
RE_OTHER_LETTER = r"[\u0370-\u1fff\u3040-\ud7ff]"  # letters that are not Latin; those of Chinese are words
RE_OTHER_WORD = r"[\u3040-\u9fff]|[^\W_\u3040-\u9fff]+(?:/[^\W_\u3040-\u9fff]+)*"
APART = Apart("/")
SLASHES = ("/ ", " /", "//")
"""Where a slash joins no two words, and only the pattern tells what is one."""
PREFIX = 5  # letters of a word that count; 4 and 6 are within 0.002 of F1
ORDINAL = "0th"  # stands for whatever counts a session
SCALE = 1000  # weights are thousandths
SHORTEST = 3  # words of a common run; two in a row are chance
LONG, RECURS = 400, 50  # paragraphs of both texts: beyond so many a word of two stands in one more for each so many
OFTEN = 8  # a pair of words that recurs more often tells nothing, and would make the search quadratic

Feature = int
"""A prefix, a pair of prefixes, or one of either that recurs: each is given the next number, which is the same object
wherever it stands, so that sets of them are compared twice as fast as those of words."""

SIDES = 8  # texts of which a vocabulary keeps in how many paragraphs each feature stands


class Profile(Struct):
    """A paragraph as the aligner sees it.

    ``key`` is the same for texts that differ in typography alone; ``codes`` are the numbers of the prefixes of its
    ``words``.
    """

    key: str
    words: tuple[str, ...]
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
    weight of every feature, in thousandths; ``old`` and ``new`` are the sums of each paragraph.
    """

    document_frequency: dict[Feature, int]
    idf: dict[Feature, int]
    old_features: tuple[set[Feature], ...]
    new_features: tuple[set[Feature], ...]
    old: tuple[int, ...]
    new: tuple[int, ...]

    def side(self, *, old: bool) -> tuple[tuple[set[Feature], ...], tuple[int, ...]]:
        """The features of the paragraphs of the old or of the new text, and what those of each weigh."""
        return (self.old_features, self.old) if old else (self.new_features, self.new)


class Run(Struct, frozen=True):
    """``length`` words that stand at ``old`` in the one text and at ``new`` in the other."""

    length: int
    old: int
    new: int


# ---- one paragraph --------------------------------------------------------------------------------------------------


class _Numbers(dict[str, Feature]):
    """A number for each word: that of its prefix."""

    def __init__(self, fresh: Iterator[Feature]) -> None:
        super().__init__()
        self._fresh = fresh

    def __missing__(self, word: str) -> Feature:
        prefix = _prefix(word)
        self[word] = self[prefix] if prefix != word else next(self._fresh)
        return self[word]


class Vocabulary:
    """The numbers of words and what was found of paragraphs by them, so that each is looked at once for many texts."""

    def __init__(self) -> None:
        fresh = count()
        self._numbers = _Numbers(fresh)
        self._pairs = defaultdict[tuple[Feature, Feature], Feature](fresh.__next__)
        self._again = defaultdict[tuple[Feature, int], Feature](fresh.__next__)
        self._profiles: dict[str, Profile] = {}
        self._features: dict[str, set[Feature]] = {}
        self._counts: dict[tuple[str, ...], Counter[Feature]] = {}

    def profiles(self, side: Sequence[str]) -> tuple[Profile, ...]:
        """The profiles of these paragraph texts; the same text has the same profile.

        >>> one, other = Vocabulary().profiles(["Prie l’Office d’aider,", "Prie l'office d'aider ;"])
        >>> one.key == other.key
        True
        >>> one, other = Vocabulary().profiles(["Engageant les États", "Engage les pays"])
        >>> [a == b for a, b in zip(one.codes, other.codes)]
        [True, True, False]
        """
        for text in side:
            if text not in self._profiles:
                self._profiles[text] = self._profile(text)
        return tuple([self._profiles[text] for text in side])

    def features(self, profile: Profile) -> set[Feature]:
        """The features of a paragraph, a set that nobody changes."""
        if profile.key not in self._features:
            self._features[profile.key] = self._multiset(profile)
        return self._features[profile.key]

    def counts(self, side: Sequence[Profile]) -> Counter[Feature]:
        """In how many paragraphs of a text each feature stands. The last few are kept: each edition of a series is the
        new text first, then the old one."""
        keys = tuple([profile.key for profile in side])
        if keys not in self._counts:
            while len(self._counts) >= SIDES:
                del self._counts[next(iter(self._counts))]
            self._counts[keys] = Counter(chain.from_iterable(map(self.features, side)))
        return self._counts[keys]

    def _profile(self, text: str) -> Profile:
        words = tuple(_words(fold(text)))
        codes = tuple(map(self._numbers.__getitem__, words))
        return Profile(" ".join(words), words, codes, tuple(map(self._pairs.__getitem__, pairwise(codes))))

    def _multiset(self, profile: Profile) -> set[Feature]:
        """Prefixes and pairs, each with its rank among its equals, so that the set counts like a multiset."""
        counts = Counter(profile.codes + profile.pairs)
        features = set(counts)
        for feature, often in counts.items():
            while often > 1:
                features.add(self._again[feature, often])
                often -= 1
        return features


def _prefix(word: str) -> str:
    if word in session_words():
        return ORDINAL
    return word[:PREFIX] if word[0] > "9" else word


def _words(plain: str) -> list[str]:
    """The words of a folded text; cut at the signs, in a third of the time of the pattern, where that says the same."""
    apart = f" {plain.translate(APART)} "
    if not apart.isascii() or any(map(apart.__contains__, SLASHES)):
        return re.findall(RE_OTHER_WORD if re.search(RE_OTHER_LETTER, plain) else RE_WORD, plain)
    return apart.split()


# ---- two texts ------------------------------------------------------------------------------------------------------


def idf_weights(old: Sequence[Profile], new: Sequence[Profile], vocabulary: Vocabulary | None = None) -> Weights:
    """The weights of two texts: of a feature, the logarithm of how rare it is in the text that has more of it.

    The larger of the two counts, not their sum: a paragraph that was kept is one paragraph, not two.
    """
    vocabulary = vocabulary or Vocabulary()
    sides = [[vocabulary.features(profile) for profile in side] for side in (old, new)]
    in_old, in_new = vocabulary.counts(old), vocabulary.counts(new)
    frequency = {feature: max(in_old[feature], in_new[feature]) for feature in in_old.keys() & in_new.keys()}
    size = max(len(old), len(new)) + 1
    often = {*in_old.values(), *in_new.values()}
    idf = {n: max(1, round(SCALE * (math.log(size / (n + 0.5)) + 0.1))) for n in often}
    weight = {feature: idf[n] for counts in (in_old, in_new, frequency) for feature, n in counts.items()}
    weigh = weight.__getitem__
    distinct = {profile.key: profile for profile in (*old, *new)}
    sums = {key: sum(map(weigh, vocabulary.features(profile))) for key, profile in distinct.items()}
    old_sums, new_sums = (tuple([sums[profile.key] for profile in side]) for side in (old, new))
    return Weights(frequency, weight, tuple(sides[0]), tuple(sides[1]), old_sums, new_sums)


# ---- two paragraphs -------------------------------------------------------------------------------------------------


def common_runs(old: Profile, new: Profile) -> tuple[Run, ...]:
    """The runs of three words and more that both have, the longest first, none overlapping another.

    >>> common_runs(*Vocabulary().profiles(["sur demande et de manière intégrée", "de manière intégrée sur demande"]))
    (Run(length=3, old=3, new=0),)
    """
    taken_old, taken_new = bytearray(len(old.words)), bytearray(len(new.words))
    found = []
    ranked = sorted(
        _longest(old, new), key=lambda r: (-r.length, abs(r.old - r.new), r.old + r.new, _prefix(old.words[r.old]))
    )
    for run in ranked:
        length, i, j = run.length, run.old, run.new
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


# ---- the texts and the links ----------------------------------------------------------------------------------------


Pair = tuple[int, int]
Near = dict[int, list[tuple[float, int]]]
Gaps = tuple[list[int], list[int]]
Features = tuple[float, ...]


class Odds(Struct, frozen=True):
    """The weights of the features of a pair and of a half, each with the constant first."""

    pair: Features
    half: Features


@cache
def shipped_odds() -> Odds:
    """The weights of ``data/common/links.toml``."""
    odds = load("common", "links", LinkOdds)
    return Odds(astuple(odds.pair), astuple(odds.half))


def nearness(pair: Pair) -> tuple[int, int]:
    """What orders pairs that score the same: how far apart their places are, then how early they stand."""
    return abs(pair[0] - pair[1]), sum(pair)


class Texts(Struct, frozen=True):
    """Two bodies and what is known of them before anything is linked. What is ``found`` is kept when it is first asked
    for."""

    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    old_profiles: tuple[Profile, ...]
    new_profiles: tuple[Profile, ...]
    weights: Weights
    symbols: tuple[str, str]  # of the two texts, as they cite each other: "72/194", "1553 (2004)"
    old_parents: dict[int, int]  # the place of a point and that of the paragraph it stands in
    new_parents: dict[int, int]
    pins: tuple[Pin, ...]
    language: Language
    odds: Odds
    found_runs: dict[Pair, tuple[Run, ...]] = field(default_factory=dict)
    found_features: dict[Pair, Features] = field(default_factory=dict)
    found_halves: dict[tuple[Pair, Pair], Features | None] = field(default_factory=dict)
    found_left: dict[tuple[Pair, bool], set[Feature]] = field(default_factory=dict)
    found_quotes: dict[tuple[int, int], bool] = field(default_factory=dict)

    def weigh(self, features: Iterable[Feature]) -> int:
        """What these features weigh together."""
        return sum(map(self.weights.idf.__getitem__, features))

    def common(self, pair: Pair) -> set[Feature]:
        """What two paragraphs have in common, in whatever order."""
        return self.weights.old_features[pair[0]] & self.weights.new_features[pair[1]]

    def left(self, pair: Pair, *, old: bool) -> set[Feature]:
        """What the old one of two paragraphs has and the new one has not, or the other way round."""
        if (pair, old) not in self.found_left:
            features, others = self.weights.old_features[pair[0]], self.weights.new_features[pair[1]]
            self.found_left[pair, old] = features - others if old else others - features
        return self.found_left[pair, old]

    def unique(self, pair: Pair) -> int:
        """What of the weight of what two paragraphs have in common is theirs alone: in the two of them, and in a few
        more of long texts, in which words recur by chance."""
        idf, often = self.weights.idf, self.weights.document_frequency
        own = 2 + max(0, len(self.old) + len(self.new) - LONG) // RECURS
        return sum([idf[feature] // often[feature] for feature in self.common(pair) if often[feature] <= own])

    def has_point(self, pair: Pair) -> bool:
        """Whether one of the two is a point of another paragraph."""
        return pair[0] in self.old_parents or pair[1] in self.new_parents

    def runs(self, pair: Pair) -> tuple[Run, ...]:
        """The runs of words that the two have in common."""
        if pair not in self.found_runs:
            self.found_runs[pair] = common_runs(self.old_profiles[pair[0]], self.new_profiles[pair[1]])
        return self.found_runs[pair]


class Bag(Struct, frozen=True):
    """What two paragraphs have in any order: the weight, and as a share of both."""

    weight: int
    share: float


class Candidates(Struct, frozen=True):
    """The pairs that are looked at, with what they share, and the two best shares of each old and new paragraph."""

    pairs: dict[Pair, Bag] = {}
    near_new: Near = {}  # by old place: shares and new places
    near_old: Near = {}


class Made(Struct, frozen=True):
    """A link as a tier made it."""

    score: float
    reason: Reason


class Links(Struct):
    """The links made so far, and what the tiers found out on the way.

    A tier takes a ``copy``, makes and unmakes links in it and hands it on; the links it was given stay as they were.
    ``scores`` holds the last score of every pair looked at, ``halves`` that of a pair as a half, for the rivals of a
    link.
    """

    made: dict[Pair, Made] = {}
    news_of: dict[int, tuple[int, ...]] = {}  # the partners of an old place, in the order they were linked
    olds_of: dict[int, tuple[int, ...]] = {}
    forbidden: frozenset[Pair] = frozenset()
    candidates: Candidates = Candidates()
    scores: dict[Pair, float] = {}
    halves: dict[Pair, float] = {}

    def copy(self) -> "Links":
        """The same links, to go on from."""
        partners = dict(self.news_of), dict(self.olds_of)
        return Links(dict(self.made), *partners, self.forbidden, self.candidates, dict(self.scores), dict(self.halves))

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

    def likelihood(self, pair: Pair) -> float:
        """How likely a pair is that was looked at, as a link of its own or as a half."""
        return max(self.scores.get(pair, 0.0), self.halves.get(pair, 0.0))

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

        def weigh(i: int, j: int) -> tuple[int, str]:
            name = "\n".join(sorted((texts.old_profiles[i].key, texts.new_profiles[j].key)))  # the same both ways
            return 1 + min(texts.weights.old[i], texts.weights.new[j]), name

        off = out_of_order(self.made, weigh)
        marks, last = list[Pair](), (-1, -1)
        for pair in sorted(self.made.keys() - off):  # of the links of one paragraph one counts, on both sides
            if pair[0] > last[0] and pair[1] > last[1]:
                marks.append(last := pair)
        return _counted(len(texts.old), {i for i, _ in marks}), _counted(len(texts.new), {j for _, j in marks})


def _counted(size: int, marks: set[int]) -> list[int]:
    """For each of so many places, how many marks stand before it or at it."""
    return list(accumulate([place in marks for place in range(size)]))


def prepare(old: Resolution, new: Resolution, pins: Sequence[Pin] = (), vocabulary: Vocabulary | None = None) -> Texts:
    """What the tiers need to know of two texts, and a person's word on them."""
    olds, news = old.body, new.body
    vocabulary = vocabulary or Vocabulary()
    old_profiles, new_profiles = (vocabulary.profiles([p.text for p in side]) for side in (olds, news))
    weights = idf_weights(old_profiles, new_profiles, vocabulary)
    symbols = old.symbol.rpartition("/RES/")[2], new.symbol.rpartition("/RES/")[2]
    parents, language = (_parents(olds), _parents(news)), Language.shared(old.language, new.language)
    return Texts(
        olds,
        news,
        old_profiles,
        new_profiles,
        weights,
        symbols,
        *parents,
        tuple(pins),
        language,
        shipped_odds(),
    )


def _parents(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """The place of each point with the place of its parent: ``op12.a`` stands in ``op12``."""
    places = {p.id: place for place, p in enumerate(paragraphs)}
    above = {place: places.get(p.id.rpartition(".")[0]) for place, p in enumerate(paragraphs)}
    return {place: parent for place, parent in above.items() if parent is not None}
