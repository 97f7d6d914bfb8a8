"""How likely it is that two paragraphs belong together: named features, weighed and summed up to a probability.

The weights are fitted (``scripts/fit-links``) and stand in ``data/common/links.toml``. Nothing in a feature depends on
which text is called old. The strongest of a pair is the margin over its best rival: two paragraphs on one topic share
its names with everybody, a true partner shares most with its own.

A paragraph without a link may still be one rewritten, cut from another, or taken up by it: ``Nearness`` tells how
likely one of the other text says what it says, by weights of their own (``scripts/fit-near``, ``near.toml`` beside it).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from operator import itemgetter
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import astuple, replace

from resdiff.alignment.texts import Features, Gaps, Links, Pair, Run, Texts
from resdiff.data import load
from resdiff.data.schema import HalfOdds, NearOdds, PairOdds
from resdiff.language import pattern
from resdiff.language.fold import fold
from resdiff.model import Link, Paragraph, Part, Resolution, Rival, Side, is_heading

__all__ = [
    "HALF",
    "MAY_SAY",
    "NEAR",
    "NEARNESS",
    "PAIR",
    "PERHAPS",
    "Near",
    "Nearness",
    "alike",
    "explained",
    "half_features",
    "host_link",
    "is_hollow",
    "is_quoted",
    "pair_features",
    "probability",
    "recalls_another",
]

Value = TypeVar("Value")

PAIR, HALF, NEARNESS = (kind.__struct_fields__[1:] for kind in (PairOdds, HalfOdds, NearOdds))
UNIT = 1000.0  # the weights of words are thousandths

LEAST_SHARED = 4.0
"""What is no half at all is not weighed: a guest must share so much with its host, in the weights of words (of each
the logarithm of how rare it is), …"""
LEAST_PART = 0.08  # … this share of its own weight, of that shared and of what the partner of the host left over, …
LEAST_LEFT, LEAST_LEFT_IN_RUNS = 1.5, 3.0
"""… and of what the partner left over so much in any order, or so much in runs.

The bars stand below what the fitted weights call a half: each at 0 alone, of 543 pairs of editions one has other links,
without the first."""
FAR = 5  # places: farther away is as far
ENOUGH = 4  # words that say something, for what a paragraph shares of them to tell that it is the other one
OPENING = 0.9  # of what both have in runs: more of it in how they open is a formula of the house


def probability(weights: Features, features: Features) -> float:
    """How likely it is that what has these features belongs together."""
    total = weights[0] + sum([weight * value for weight, value in zip(weights[1:], features, strict=True)])
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 6)


def explained(names: tuple[str, ...], weights: Features, features: Features) -> tuple[tuple[str, float], ...]:
    """What each feature adds to the odds, as their logarithm; ``names`` are ``PAIR`` or ``HALF``."""
    return tuple([(name, w * x) for name, w, x in zip(names, weights[1:], features, strict=True)])


# ---- a pair ----------------------------------------------------------------------------------------------------------


def pair_features(texts: Texts, links: Links, pair: Pair, gaps: Gaps, *, but: Pair | None = None) -> Features:
    """The features of a candidate, in the order of ``PairOdds``: what its texts share, then where they stand.

    ``but`` is a pair that is no rival.
    """
    if but:
        return _of_words(texts, links, pair, but) + _of_place(texts, pair, gaps)
    if pair not in texts.found_features:
        texts.found_features[pair] = _of_words(texts, links, pair)
    return texts.found_features[pair] + _of_place(texts, pair, gaps)


def _of_words(texts: Texts, links: Links, pair: Pair, but: Pair | None = None) -> Features:
    i, j = pair
    bag = links.candidates.pairs[pair]
    kept, _ = _kept(texts, pair)
    lead = texts.old_profiles[i].codes[:1] == texts.new_profiles[j].codes[:1]
    part, other = texts.old[i].part, texts.new[j].part
    shorter = min(texts.weigh(texts.old_profiles[i].codes), texts.weigh(texts.new_profiles[j].codes))
    return (
        bag.share,
        kept / max(1, shorter),
        bag.share - _best_rival(texts, links, pair, but),
        float(lead),
        float(part != other),
        float(lead and part != other and part is not Part.ANNEX is not other),
        math.log1p(texts.unique(pair) / UNIT),
    )


def _kept(texts: Texts, pair: Pair) -> tuple[int, float]:
    """The weight of the runs of words that both have, and the share of it that only opens them."""
    codes = texts.old_profiles[pair[0]].codes
    kept = opening = 0
    for run in texts.runs(pair):
        weighs = texts.weigh(codes[run.old : run.old + run.length])
        kept += weighs
        if run.old == 0 == run.new:
            opening = weighs
    return kept, opening / max(1, kept)


def _best_rival(texts: Texts, links: Links, pair: Pair, but: Pair | None) -> float:
    """The largest share that one of the two has with a third paragraph; what only quotes it is no rival."""
    rivals = [(share, (pair[0], j)) for share, j in links.candidates.near_new[pair[0]]]
    rivals += [(share, (i, pair[1])) for share, i in links.candidates.near_old[pair[1]]]
    rivals = [(share, rival) for share, rival in rivals if rival not in (pair, but)]
    return max([share for share, rival in rivals if not is_quoted(texts, rival)], default=0.0)


def _of_place(texts: Texts, pair: Pair, gaps: Gaps) -> Features:
    """Between the same neighbours, or how far from them; from one part to the other there is no place to keep."""
    if texts.old[pair[0]].part != texts.new[pair[1]].part:
        return 0.0, 0.0
    away = abs(gaps[0][pair[0]] - gaps[1][pair[1]])
    return float(away == 0), min(max(away - 1, 0), 4) / 4


def is_hollow(texts: Texts, pair: Pair) -> bool:
    """Whether what two paragraphs share makes no link by itself: a quotation on one side, or only how both open."""
    if _quotes(texts, 0, pair[0]) != _quotes(texts, 1, pair[1]):
        return True
    return texts.unique(pair) < UNIT and _kept(texts, pair)[1] > OPENING


def recalls_another(old: str, new: str) -> bool:
    """Whether two paragraphs only recall, and not the same: their numbers are others, and hardly a word of what they
    have in common is more than "resolution" and a month.

    >>> one = "Réaffirmant sa résolution 51/187 du 16 décembre 2008,"
    >>> recalls_another(one, "Rappelant sa résolution 56/192 du 16 décembre 1995,"), recalls_another(one, one)
    (True, False)
    """
    if len(_matter(old) & _matter(new)) > OF_A_CITATION:
        return False
    cited, others = ({*re.findall(RE_CITED, text)} for text in (old, new))
    return bool(cited and others) and cited.isdisjoint(others)


def is_quoted(texts: Texts, pair: Pair) -> bool:
    """Whether one of two of another part tells what the other said, or of the very text in which it stands."""
    old, new = texts.old[pair[0]], texts.new[pair[1]]
    if old.part == new.part:
        return False
    for paragraph, other in ((old, texts.symbols[1]), (new, texts.symbols[0])):
        cites = paragraph.part is Part.PREAMBLE and other and other in paragraph.text
        if cites and re.search(rf"(?<![\d/]){re.escape(other)}(?!\d)", paragraph.text):
            return True
    return _quotes(texts, 0, pair[0]) != _quotes(texts, 1, pair[1])


def _quotes(texts: Texts, side: int, place: int) -> bool:
    """Whether a preambular paragraph tells what an earlier resolution said."""
    if (side, place) not in texts.found_quotes:
        paragraph, words = (texts.old, texts.new)[side][place], texts.language.citations.quotes.pattern
        is_preamble = paragraph.part is Part.PREAMBLE and words != ""
        texts.found_quotes[side, place] = is_preamble and bool(pattern(words).search(paragraph.text))
    return texts.found_quotes[side, place]


def alike(old: Paragraph, new: Paragraph) -> float:
    """What two paragraphs have in common of the words that say something, names left out: twice, by the sum of both, or
    half of what the shorter one has of them, where that is more and it has some. One that was cut down is the same."""
    names = _names(old.text) | _names(new.text)
    one, other = _stems(old.text) - names, _stems(new.text) - names
    shared, shorter = len(one & other), min(len(one), len(other))
    return max(2 * shared / max(1, len(one) + len(other)), shared / (2 * shorter) if shorter >= ENOUGH else 0.0)


# ---- the half of a split or a merge ----------------------------------------------------------------------------------


def host_link(links: Links, pair: Pair) -> Pair | None:
    """The link that a free paragraph would complete: that of its host; None where it is no case."""
    i, j = pair
    news, olds = links.news_of.get(i, ()), links.olds_of.get(j, ())
    if bool(news) == bool(olds):
        return None
    link = (i, news[0]) if news else (olds[0], j)
    if len(links.news_of[link[0]]) > 1 or len(links.olds_of[link[1]]) > 1:
        return None
    return None if links.made[link].reason.tier in ("exact", "pinned") else link


def half_features(texts: Texts, links: Links, pair: Pair) -> Features | None:
    """The features of a guest that joins a host, in the order of ``HalfOdds``; None when it is no case."""
    if not (link := host_link(links, pair)):
        return None
    if (pair, link) not in texts.found_halves:
        texts.found_halves[pair, link] = _of_half(texts, links, pair, link)
    return texts.found_halves[pair, link]


def _of_half(texts: Texts, links: Links, pair: Pair, link: Pair) -> Features | None:
    bag = links.candidates.pairs[pair]
    if bag.weight < LEAST_SHARED * UNIT or is_quoted(texts, pair):
        return None
    if recalls_another(texts.old[pair[0]].text, texts.new[pair[1]].text):
        return None
    of_old = link[0] == pair[0]  # a split: the host is old
    features, weights = texts.weights.side(old=not of_old)
    host, guest = pair if of_old else pair[::-1]
    partner = link[of_old]
    least = LEAST_PART * weights[guest]
    if bag.weight < least:
        return None
    weight = texts.weigh(texts.left(link, old=of_old) & features[guest])
    if weight < least:
        return None
    if weight < LEAST_LEFT * UNIT and _left_in_runs(texts, pair, link, of_old=of_old) < LEAST_LEFT_IN_RUNS * UNIT:
        return None
    texts_of_hosts, texts_of_guests = (texts.old, texts.new) if of_old else (texts.new, texts.old)
    return (
        weight / max(1, weights[guest]),
        min(FAR, abs(guest - partner) - 1) / FAR,
        float(texts.old[pair[0]].part != texts.new[pair[1]].part),
        bag.share - _best_rival(texts, links, pair, link),
        math.log1p(_said(texts_of_hosts[host], texts_of_guests[guest], texts_of_guests[partner])),
    )


def _left_in_runs(texts: Texts, pair: Pair, link: Pair, *, of_old: bool) -> int:
    """The weight of the words of the host in runs that it has in common with the guest, and not with its partner."""
    host = texts.old_profiles[pair[0]] if of_old else texts.new_profiles[pair[1]]
    with_guest, with_partner = (set(_places_in(texts.runs(each), of_old=of_old)) for each in (pair, link))
    return texts.weigh([host.codes[at] for at in with_guest - with_partner])


def _said(host: Paragraph, guest: Paragraph, partner: Paragraph) -> int:
    """How many words that say something both have and the partner has not; a name tells of whom, not what is said."""
    said = _stems(host.text) & _stems(guest.text)
    left = said.difference(_names(host.text), _names(guest.text), _stems(partner.text))
    return len(left - _named_in_both(host.text, guest.text)) if left else 0


def _named_in_both(text: str, other: str) -> frozenset[str]:
    """The stems of the long names that two texts have, with what is small in them: "Mission des Nations Unies pour
    l’organisation d’un référendum au Sahara occidental". Each goes from a capital to the word behind the last one."""
    found: set[str] = set()
    end = 0
    for capital in RE_NAMED.finditer(text):
        if capital.start() < end:
            continue
        end = capital.end()
        goes_on = text[capital.start() : end + 2] in other  # by a space and a letter at least
        for further in RE_NAME_ENDS.finditer(text, end) if goes_on else ():
            if text[capital.start() : further.end()] not in other:
                break
            end = further.end()
        found.update(_beginnings(text[capital.start() : end]))
    return frozenset(found)


def _places_in(runs: tuple[Run, ...], *, of_old: bool) -> Iterator[int]:
    """The places of the words of the old or of the new paragraph that stand in the runs."""
    for run in runs:
        start = run.old if of_old else run.new
        yield from range(start, start + run.length)


# ---- what says what one without a link says --------------------------------------------------------------------------

NEAR, PERHAPS = 0.8, 0.35
"""How likely a paragraph says what another one says, for the two to be told as near, and how likely any of a text says
some of it, for the likeliest to be asked by its acts. Whether a birth or an end is doubted has a bar of its own.

Of 1,278 paragraphs that readers looked for (``tests/gold/near.csv``), weighed with an eighth of the series left out, 53
are told with one, of which 47 are the one they found; of the 30 from .7 on 21, and 2 stand elsewhere: these are named
beside. A pointer that is right spares a reader two mistakes, a loss and a novelty that are none, and one that is wrong
makes one or two.
"""

MAY_SAY, MOST_BESIDE = 0.5, 2
"""How likely a paragraph says some of what one without a link and without kin does, for it to be named beside that:
more likely than not; and how many are. With an eighth of the series left out 130 of 1,278 paragraphs that readers
looked for are told with such, 80 of them with the right one. Of 54 pointers of sixteen reports that stood between .25
and this bar fifteen led readers elsewhere, of the 58 that were left eight."""

LONG, STEM = 5, 6  # letters from which on a word says something, and letters of it that count
BEGINNING = 10  # such words with which a paragraph begins; from 8 to 16 of them the folds tell as much
CLOSE = 3  # such words that follow one and are close to it: "plan … organisation" says more than either of the two

RIVAL = 0.7
"""How likely one without a link says what a paragraph with a doubtful one does, more likely than its partner, for the
link to be told as to be checked. Of 114 such links over two editions 72 agree with the way over the middle, 20 have
another partner there, 22 none; of the other 2,859 that are told as sure 2,614 agree, 33 have another."""

FEW, LIKELY = 32, 5
"""A word that more paragraphs of a text have leads to none of them; how many are looked at of those the others lead to.
Else the time grows with the square of a text."""

LEAST_LINKED = 0.002  # probability of a link: below it all are as unlikely

FEWEST = 2
"""Words that one must share with a paragraph for that to be named: "Exige également :" has one that counts."""

OF_A_CITATION = 2  # words of one that tell nothing of what is cited
RE_CITED = r"\d+/\d+|\d+ \(\d{4}\)"

RE_BEGINNING = re.compile(rf"([a-z]{{{LONG},{STEM}}})[a-z]*")
_JOINT = r"(?:\s|[’']|-(?=\S))"  # before a letter; one set of them all would be dear to compile
# Up to the next capital not far behind, with one small word more.
RE_NAME_ENDS = re.compile(
    rf"(?:{_JOINT}[^\W\d_A-ZÀ-Ý][^\s,;.:()]*){{0,6}}?{_JOINT}[A-ZÀ-Ý][^\s,;.:()]*(?:\s[a-zà-ÿ]+)?"
)
RE_NAMED = re.compile(r"[^\W\d_a-zà-ÿ](?<=\W[^œ])\w+")  # a word with a capital that opens nothing


class Near(Struct, frozen=True):
    """The paragraphs of the other text that may say what was looked for, with how likely each does, the likeliest
    first, and how likely any of that text says some of it; none where no paragraph has its words."""

    among: tuple[tuple[str, float], ...] = ()
    somewhere: float = 0.0

    @classmethod
    def of(cls, odds: Iterable[tuple[str, float]]) -> "Near":
        """The same of those odds; of equals the first one is the likeliest.

        >>> near = Near.of([("op1", 0.1), ("op2", 0.3), ("op3", 0.5)])
        >>> near.id, near.somewhere, near.beside
        ('op3', 0.685, (('op3', 0.5),))
        >>> Near.of([("op1", 0.49), ("op2", 0.2)]).beside
        ()
        """
        among = sorted(odds, key=itemgetter(1), reverse=True)
        return cls(tuple(among), round(1 - math.prod(sorted(1 - each for _, each in among)), 6))

    @property
    def id(self) -> str:
        """The likeliest."""
        return self.among[0][0] if self.among else ""

    @property
    def probability(self) -> float:
        """How likely that one says it."""
        return self.among[0][1] if self.among else 0.0

    @property
    def beside(self) -> tuple[tuple[str, float], ...]:
        """Those that are named where none is likely enough to be told as near."""
        return tuple(each for each in self.among[:MOST_BESIDE] if each[1] >= MAY_SAY)


class Nearness:
    """The paragraphs of two texts, each asked which of them says what some of the other text say.

    ``rivals`` are pairs that the aligner weighed up, ``linked`` the paragraphs that it linked. Rare words tell
    what a paragraph is about, and weigh by their square; formulas are many common ones, and the verb it opens
    with tells what is done.
    """

    def __init__(
        self,
        old: Sequence[Paragraph],
        new: Sequence[Paragraph],
        rivals: Iterable[Rival] = (),
        linked: Collection[tuple[Side, str]] = frozenset(),
    ) -> None:
        self._linked = linked
        self._texts = _two_texts(*(tuple([(p.id, p.text) for p in body]) for body in (old, new)))
        self._rivals: dict[tuple[Side, str], dict[str, float]] = {}
        for rival in rivals:
            for side, here, there in ((Side.OLD, rival.old, rival.new), (Side.NEW, rival.new, rival.old)):
                scores = self._rivals.setdefault((side, here), {})
                scores[there] = max(rival.score, scores.get(there, 0.0))

    @classmethod
    def of(cls, old: Resolution, new: Resolution, links: Iterable[Link]) -> "Nearness":
        """The nearness of two texts that were aligned."""
        links = list(links)
        linked = {each for link in links if link.old and link.new for each in link.sided}
        return cls(old.body, new.body, [rival for link in links for rival in link.reason.rivals], linked)

    def likeliest(self, side: Side, ids: tuple[str, ...]) -> Near:
        """Of the other text the paragraph that most likely says what those of this side say together; none that has but
        one word of it, though that may be a word of what stands there."""
        near = Near.of(self.odds(side, ids).items())
        mine, there = self._texts[side].matter(ids), self._texts[side.other]
        return replace(near, among=tuple([each for each in near.among if len(mine & there.matter(each[:1])) >= FEWEST]))

    def is_rivalled(self, old: str, new: str) -> bool:
        """Whether one without a link likely says what one of two linked paragraphs does, and more than its partner."""
        for side, paragraph, partner in ((Side.OLD, old, new), (Side.NEW, new, old)):
            odds = self.odds(side, (paragraph,))
            free = [each for id_, each in odds.items() if (side.other, id_) not in self._linked]
            if max(free, default=0.0) > max(RIVAL, odds.get(partner, 0.0)):
                return True
        return False

    def odds(self, side: Side, ids: tuple[str, ...]) -> dict[str, float]:
        """How likely each paragraph of the other text that has some of their words says what those of this side do."""
        weights = _near_odds()
        return {id_: probability(weights, row) for id_, row in self.features(side, ids).items()}

    def features(self, side: Side, ids: tuple[str, ...]) -> dict[str, Features]:
        """What speaks for each paragraph of the other text that has some of their words, as in ``NearOdds``. A heading
        says nothing that a paragraph does."""
        here, there = self._texts[side], self._texts[side.other]
        mine, at, heads = here.matter(ids), here.place(ids[0]), is_heading(ids[0])
        names, size = here.names(ids), max(1.0, here.weigh(mine))
        links = {id_: score for own in ids for id_, score in self._rivals.get((side, own), {}).items()}
        shares = {id_: s for id_, s in there.shares(mine, links).items() if is_heading(id_) == heads}
        opening, couples = here.opening(ids[0]), here.couples(ids)
        coupled = max(1.0, here.weigh_couples(couples))
        margins = _margins(shares)
        openings = _margins({id_: here.alike(opening, there.opening(id_)) for id_ in shares})
        rows: dict[str, Features] = {}
        for id_, share in shares.items():
            is_taken = (side.other, id_) in self._linked  # by a paragraph that recalls the same
            if is_taken and len(ids) == 1 and recalls_another(here.text(ids[0]), there.text(id_)):
                continue
            other = there.matter((id_,))
            said = here.weigh((mine & other) - names - there.names((id_,)))
            link = links.get(id_, 0.0)
            rows[id_] = (
                math.sqrt(said / size),
                math.sqrt(said / max(1.0, there.size(id_))),
                margins[id_],
                share - here.best(other, but=ids),
                abs(at - there.place(id_)),
                math.log((link + LEAST_LINKED) / (1 + LEAST_LINKED - link)),
                float((side.other, id_) not in self._linked),
                openings[id_],
                math.sqrt(here.weigh_couples(couples & there.couples((id_,))) / coupled),
            )
        return rows


def _margins(shares: Mapping[str, float]) -> dict[str, float]:
    """By how much each share leads over the best of the others."""
    first, second, *_ = (*sorted(shares.values(), reverse=True), 0.0, 0.0)
    return {id_: share - (second if share == first else first) for id_, share in shares.items()}


_Body = tuple[tuple[str, str], ...]
"""The ids and the texts of the paragraphs of a text."""
_Couple = tuple[str, str]


class _Text:
    """A text as what its paragraphs are about."""

    def __init__(self, body: _Body, weights: "_Weights") -> None:
        self._weights = weights
        self._ids = [id_ for id_, _ in body]
        self._ranks = {id_: rank for rank, id_ in enumerate(self._ids)}
        self._texts = [text for _, text in body]
        self._matters = [_matter(each) for each in self._texts]
        self._leading = _leading(body)
        self._likeliest: dict[frozenset[str], dict[int, float]] = {}

    def matter(self, ids: tuple[str, ...]) -> frozenset[str]:
        """The beginnings of the longer words of these paragraphs together."""
        return _together([self._matters[self._ranks[id_]] for id_ in ids])

    def text(self, id_: str) -> str:
        """The words of a paragraph."""
        return self._texts[self._ranks[id_]]

    def names(self, ids: tuple[str, ...]) -> frozenset[str]:
        """Those of them that are written with a capital."""
        return _together([_names(self._texts[self._ranks[id_]]) for id_ in ids])

    def opening(self, id_: str) -> frozenset[str]:
        """Those with which a paragraph begins: what it is about, before its conditions and its reasons."""
        return _opening(self._texts[self._ranks[id_]])

    def couples(self, ids: tuple[str, ...]) -> frozenset[_Couple]:
        """Those that stand close to each other in one of these paragraphs, by two, in either order."""
        return _together([_couples(self._texts[self._ranks[id_]]) for id_ in ids])

    def alike(self, one: frozenset[str], other: frozenset[str]) -> float:
        """What two sets of words have in common: twice, by the sum of both."""
        return 2 * self.weigh(one & other) / max(1.0, self.weigh(one) + self.weigh(other))

    def place(self, id_: str) -> float:
        """How far a paragraph stands from the beginning, 0 to 1."""
        return self._ranks[id_] / len(self._ranks)

    def size(self, id_: str) -> float:
        """What the matter of a paragraph weighs."""
        return self._sizes[self._ranks[id_]]

    @cached_property
    def _sizes(self) -> list[float]:
        return [self.weigh(matter) for matter in self._matters]

    def weigh(self, stems: Iterable[str]) -> float:
        """What these words weigh together, the same in whatever order they come."""
        return math.fsum(map(self._weights.__getitem__, stems))

    def weigh_couples(self, couples: Iterable[_Couple]) -> float:
        """What both words of these couples weigh together."""
        return self.weigh(chain.from_iterable(couples))

    def shares(self, matter: frozenset[str], also: Iterable[str] = ()) -> dict[str, float]:
        """What the paragraphs that have most of that matter, and those asked for, have in common with it: twice, by the
        sum of both."""
        found = self._most(matter)
        asked = sorted(self._ranks[id_] for id_ in also)
        shares = found | self._shares(matter, [rank for rank in asked if rank not in found]) if asked else found
        return {self._ids[rank]: share for rank, share in shares.items()}

    def best(self, matter: frozenset[str], but: Collection[str]) -> float:
        """The greatest of these shares, save those of some paragraphs; nothing where no other has any."""
        left_out = {self._ranks[id_] for id_ in but}
        return max([share for rank, share in self._most(matter).items() if rank not in left_out], default=0.0)

    def _most(self, matter: frozenset[str]) -> dict[int, float]:
        """The shares of the paragraphs that have most of that matter, by rank, found once."""
        if matter not in self._likeliest:
            self._likeliest[matter] = self._shares(matter, self._find(matter))
        return self._likeliest[matter]

    def _shares(self, matter: frozenset[str], ranks: Iterable[int]) -> dict[int, float]:
        size = self.weigh(matter)
        return {
            rank: 2 * self.weigh(matter & self._matters[rank]) / max(1.0, size + self._sizes[rank]) for rank in ranks
        }

    def _find(self, matter: frozenset[str]) -> list[int]:
        """The ranks of the paragraphs that have most of that matter, by the words that lead to few."""
        shared: dict[int, float] = {}
        for stem in sorted(matter & self._leading.keys()):  # in one order, for what floats sum up to depends on it
            weight = self._weights[stem]
            for rank in self._leading[stem]:
                shared[rank] = shared.get(rank, 0.0) + weight
        size, sizes = self.weigh(matter), self._sizes
        having = [rank for rank, weight in shared.items() if weight]
        return sorted(having, key=lambda rank: (-shared[rank] / (size + sizes[rank]), rank))[:LIKELY]


def _together(sets: Sequence[frozenset[Value]]) -> frozenset[Value]:
    """All that is in some sets; of one, as most often, that one."""
    return sets[0] if len(sets) == 1 else frozenset().union(*sets)


@lru_cache(maxsize=1)
def _near_odds() -> Features:
    weights: Features = astuple(load("common", "near", NearOdds))
    return weights


class _Weights(dict[str, float]):
    """What the longer words of two texts weigh, each when it is asked: more the fewer paragraphs of one text have
    it."""

    def __init__(self, old: _Body, new: _Body) -> None:
        self._counts = _counts(old), _counts(new)
        self._size = 1 + max(len(old), len(new))

    def __missing__(self, stem: str) -> float:
        old, new = self._counts
        often = max(old.get(stem, 0), new.get(stem, 0))
        weight = self[stem] = (math.log(self._size / (often + 0.5)) + 0.1) ** 2
        return weight


@lru_cache(maxsize=2)  # of two texts the aligner asks first, then what is said of their paragraphs
def _two_texts(old: _Body, new: _Body) -> dict[Side, _Text]:
    """Both texts as what their paragraphs are about."""
    weights = _Weights(old, new)
    return {Side.OLD: _Text(old, weights), Side.NEW: _Text(new, weights)}


@lru_cache(maxsize=8)  # each edition of a series is first the new text, then the old one
def _counts(body: _Body) -> Counter[str]:
    """In how many of these paragraphs each of their longer words stands."""
    return Counter(chain.from_iterable([_stems(text) for _, text in body]))


@lru_cache(maxsize=8)
def _leading(body: _Body) -> dict[str, list[int]]:
    """The ranks of the paragraphs that each word of their matter leads to; none of a word that too many have."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for rank, (_, text) in enumerate(body):
        for stem in _matter(text):
            having[stem].append(rank)
    return {stem: ranks for stem, ranks in having.items() if len(ranks) <= FEW}


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text, folded: inflection does not count."""
    return frozenset(_beginnings(text))


@lru_cache(maxsize=4096)
def _matter(text: str) -> frozenset[str]:
    """The same without the first of them, with which a paragraph opens."""
    return frozenset(_beginnings(text)[1:])


@lru_cache(maxsize=4096)
def _opening(text: str) -> frozenset[str]:
    """The first of these."""
    return frozenset(_beginnings(text)[1 : 1 + BEGINNING])


@lru_cache(maxsize=4096)
def _couples(text: str) -> frozenset[_Couple]:
    """Those that stand close to each other, by two, whichever of them comes first."""
    words = _beginnings(text)
    close = chain.from_iterable([zip(words, words[step:], strict=False) for step in range(1, CLOSE + 1)])
    return frozenset([(one, other) if one < other else (other, one) for one, other in close if one != other])


@lru_cache(maxsize=4096)
def _names(text: str) -> frozenset[str]:
    return frozenset(_beginnings(" ".join(RE_NAMED.findall(text))))


@lru_cache(maxsize=4096)
def _beginnings(text: str) -> tuple[str, ...]:
    return tuple(RE_BEGINNING.findall(fold(text)))
