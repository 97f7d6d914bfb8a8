"""The tiers: from certain to doubtful, each a function ``(texts, links) -> links``.

``TIERS`` is the whole of the alignment: what a person pinned; what is the same word for word; then pairs that share
much, the bar falling from tier to tier. After each fall a paragraph left alone may join a pair, as a split or a merge.
Nothing here depends on which text is called old: exchanging them exchanges the sides of the links and nothing else.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterator, Sequence, Set
from functools import cache, reduce
from itertools import chain

from resdiff.alignment.odds import (
    HALF,
    NEAR,
    PAIR,
    Nearness,
    alike,
    explained,
    half_features,
    host_link,
    is_hollow,
    is_quoted,
    pair_features,
    probability,
    recalls_another,
)
from resdiff.alignment.texts import (
    SHORTEST,
    Bag,
    Candidates,
    Feature,
    Features,
    Gaps,
    Links,
    Pair,
    Profile,
    Texts,
    Vocabulary,
    nearness,
    prepare,
)
from resdiff.data.schema import StandingClause
from resdiff.language import Language, pattern
from resdiff.language.fold import fold
from resdiff.language.forms import stem
from resdiff.model import Link, Paragraph, Part, Pin, Reason, Resolution, Rival, Side

__all__ = ["TIERS", "Matcher", "align", "does"]

TOLD = 3  # rivals of a link that are told with it
DOUBTFUL = 0.9  # probability of a link below which, or of one by what is said, it is told how alike its paragraphs are

Matcher = Callable[[Texts, Links], Links]
Ranked = tuple[float, int, int, Pair, Features]  # minus the score, how near, the pair and its features
Shares = dict[int, dict[int, int]]  # by place and place on the other side
Competitors = tuple[dict[int, list[Pair]], dict[int, list[Pair]]]  # the pairs that were scored, by old and by new place

# Bars of what two paragraphs share (``Bag.share``, 0 to 1), before it is weighed up.
STRONG, HARDLY = 0.55, 0.15
"""From there on a pair is linked before the likely ones, if it is likely, and below it is not weighed: at .5 or .6, and
at .1, the links of 160 pairs of editions are the same but for three; at .2 they differ in 12 pairs."""
RIVAL, GAIN = 0.3, 0.2
"""What each of two pairs shares at least that a link gives way to, and what both share more than the link together. Of
1,600 pairs of editions, one to three apart, a link gives way in one (69/85, 78/72); of 543 one apart in none, whatever
the bars."""

LIKELY, POSSIBLE = 0.6, 0.15  # bars of probability of pairs
PLACE = PAIR.index("place")
IN_PLACE, REWORDED = 0.3, 0.88
"""Probability of a possible pair between the same neighbours from which nobody asks whether they are near; and how
likely each of two says what the other one does, for them to be linked whatever their words. From .85 to .9 the labelled
pairs have F1 .988 (.986 without), French chains agree to .865 or more (.857), English ones to .967 or more (.967)."""
CLEARLY, ANOTHER, WEIGHED = 0.7, 0.1, 2
"""… and of two operative ones of which nothing else is likelier than that to say what one does, so many others being
weighed: of 35 links that come of it in editions one and two apart readers call 30 one, in whole or in part, of 25 more
from .6 on fourteen."""
A_HALF = 0.8
"""… and of a half: of those from there on in 857 pairs of editions readers call 93 in a hundred one in French and 95 in
English (``tests/gold/halves.csv``, series left out), and 41 and 54 in a hundred of all halves are found;
from .7 on 84 and 93, 47 and 61. A wrong half spoils a paragraph, one that is missed is told as near to it.
"""
ALL_OF_IT = 0.75  # of the weight of an opening, or of a point, that the paragraph has which is now a list
ASKS = 4  # force of an act, on the scale of acts.toml, from which it asks something: encouragements
ALONE = 0.8  # of standing clauses, and of openings; of those met over three editions 84 in a hundred agree
FEWEST_POINTS, MOST_POINTS = 2, 0.5  # linked to each other, of the longer of two lists
START = 400  # characters of a paragraph in which a standing clause says what it does

MANY = 10_000  # pairs of one text that recurs: beyond that they are paired in order

CANDIDATES = 4  # looked at for each paragraph, on each side; 6 and 3 find the same links of generated versions
CROWD = 24  # candidates that tie: of a text that recurs a hundred times the nearest are enough
RARE = 8  # paragraphs: a feature that stands in more is not looked up …
MORE = 400  # … and one more for each so many paragraphs of the texts


def pinned(texts: Texts, links: Links) -> Links:
    """What a person linked; what is forbidden, or would give a pinned paragraph another partner, is ruled out."""
    old, new = ({p.id: place for place, p in enumerate(side)} for side in (texts.old, texts.new))
    links, forbidden = links.copy(), set(links.forbidden)
    for pin in texts.pins:
        olds, news = [old[id_] for id_ in pin.old], [new[id_] for id_ in pin.new]
        pairs = {(i, j) for i in olds for j in news}
        if pin.forbidden:
            forbidden |= pairs
            continue
        for pair in sorted(pairs - links.made.keys()):
            links.link(pair, 1.0, Reason("pinned"))
        forbidden |= {(i, j) for i in olds for j in new.values()} | {(i, j) for i in old.values() for j in news}
    links.forbidden = frozenset(forbidden)
    return links


def exact_paragraphs(texts: Texts, links: Links) -> Links:
    """What is the same word for word; where a text recurs, its neighbours and its place tell which is which."""
    return _link_exact(texts, links, recurring_points=False)


def find_candidates(texts: Texts, links: Links) -> Links:
    """No links, but the pairs that the next tiers look at: for each free paragraph the few that share most with it.

    They come from an inverted index on rare features, so that no text is compared with all others. Paragraphs that
    have a partner are candidates too: a free one may turn out to be a half of them.
    """
    by_old, by_new = _rare_in_common(texts, links)
    pairs = {(i, j) for i, found in by_old.items() if i not in links.news_of for j in _best(found, i)}
    pairs |= {(i, j) for j, found in by_new.items() if j not in links.olds_of for i in _best(found, j)}
    return _with_candidates(links, {pair: _bag(texts, pair) for pair in sorted(pairs - links.forbidden)})


def find_more(texts: Texts, links: Links) -> Links:
    """No links, but more pairs to look at: those that their places speak for, however common their words are.

    Two that stand between the same links, and a free one beside a link. In a long text most of what recurs is rare
    nowhere, and an index on rare features does not find it.
    """
    bags = dict(links.candidates.pairs)
    for pair in set(_neighbours(texts, links)) - links.forbidden - bags.keys():
        bags[pair] = _bag(texts, pair)
    return _with_candidates(links, bags)


def strong_paragraphs(texts: Texts, links: Links) -> Links:
    """Whole paragraphs that share most of what they weigh, before anything is weighed up."""
    return _link_strong(texts, links, points=False)


def exact_points(texts: Texts, links: Links) -> Links:
    """Points that recur word for word, now that their parents are linked: "a) Le nom ;" may stand under several."""
    return _link_exact(texts, links, recurring_points=True)


def strong_points(texts: Texts, links: Links) -> Links:
    """Points that share most of what they weigh."""
    return _link_strong(texts, links, points=True)


def likely(texts: Texts, links: Links) -> Links:
    """Pairs that more speaks for than against, the best first."""
    links = links.copy()
    for minus, _, _, pair, features in _ranked(texts, links, LIKELY):
        if links.is_free(pair):
            links.link(pair, -minus, Reason("likely", explained(PAIR, texts.odds.pair, features)))
    return links


def exchanged(texts: Texts, links: Links) -> Links:
    """Links given up where, but for them, both paragraphs surely had another partner, and share more with the two.

    What shares the long name of a mission with one paragraph became another, and another one became that: so it was
    with paragraphs 1 and 2 of 1598 (2005), paragraphs 3 and 1 of 1634 (2005), which later tiers link as well by now.
    """
    links, gaps = links.copy(), links.gaps(texts)
    for _, _, link, of_old, of_new in sorted(_exchanges(texts, links, gaps)):
        if link in links.made and links.is_free((of_new[0], of_old[1])):
            links.unlink(link)
            for better in (of_old, of_new):
                features = pair_features(texts, links, better, gaps, but=link)
                reason = Reason("likely", explained(PAIR, texts.odds.pair, features))
                links.link(better, probability(texts.odds.pair, features), reason)
    return links


def standing(texts: Texts, links: Links) -> Links:
    """Clauses that most texts of a series have once, in words that change: alone of their kind on either side.

    "Prie le Secrétaire général de lui présenter un rapport avant le 15 juin" and "… de rendre compte d’ici au 30
    septembre" have less in common than either has with others, and are one request.
    """
    links = links.copy()
    old, new = (
        _standing_clauses(texts, side, partners) for side, partners in enumerate((links.news_of, links.olds_of))
    )
    for kind in sorted(old.keys() & new.keys()):
        olds, news = old[kind], new[kind]
        pair = olds[0], news[0]
        if len(olds) == len(news) == 1 and pair not in links.forbidden and not is_quoted(texts, pair):
            links.link(pair, ALONE, Reason("standing"))
    return links


def openings(texts: Texts, links: Links) -> Links:
    """What opens two lists of which most points are linked to each other, whatever words it has.

    "Décide d’élargir le mandat … aux responsabilités suivantes :" and "Réaffirme que la Mission devra :" open one list.
    """
    links = links.copy()
    shared = Counter((texts.old_parents.get(i), texts.new_parents.get(j)) for i, j in links.made)
    sizes = [Counter(parents.values()) for parents in (texts.old_parents, texts.new_parents)]
    for (i, j), points in shared.items():
        if i is None or j is None or points < FEWEST_POINTS or points <= MOST_POINTS * max(sizes[0][i], sizes[1][j]):
            continue
        if links.is_free((i, j)) and (i, j) not in links.forbidden and not is_quoted(texts, (i, j)):
            links.link((i, j), ALONE, Reason("opening"))
    return links


def cut_off(texts: Texts, links: Links) -> Links:
    """Free paragraphs that are word for word the beginning or the end of one with a partner, stand right beside that
    partner, which lacks these words, and so were cut off, or put on, however few words they have."""
    links = links.copy()
    for pair, link in sorted(_cut_off(texts, links)):
        if pair not in links.forbidden and not _joins_heading(texts, pair) and host_link(links, pair) == link:
            links.link(pair, A_HALF, Reason(_completing(links, pair)))
    return links


def likely_halves(texts: Texts, links: Links) -> Links:
    """Free paragraphs that are plainly what a link lacks: the other half of a split or of a merge."""
    return _link_halves(texts, links)


def possible(texts: Texts, links: Links) -> Links:
    """Pairs that few words speak for, and nothing better for either of the two, where their place speaks for them, or
    what they say is near, or one went to another part; and others of one part of which each most likely says what the
    other does."""
    links = links.copy()
    ranked = _ranked(texts, links, POSSIBLE)
    likeness = _Likeness(texts, links)
    for minus, _, _, pair, features in ranked:
        crosses = texts.old[pair[0]].part != texts.new[pair[1]].part
        stayed = -minus >= IN_PLACE and features[PLACE]
        if links.is_free(pair) and (crosses or stayed or likeness.of(pair) >= NEAR):
            links.link(pair, -minus, Reason("possible", explained(PAIR, texts.odds.pair, features)))
    for score, pair in likeness.pairs(links):
        if links.is_free(pair):
            links.link(pair, score, Reason("reworded"))
    return links


def possible_halves(texts: Texts, links: Links) -> Links:
    """The same of what a pair that little speaks for lacks."""
    return _link_halves(texts, links)


def recast(texts: Texts, links: Links) -> Links:
    """A paragraph and the list that says what it said, opening and points, where it has no partner but these."""
    links = links.copy()
    for olds, news in [*_lists(texts, links)]:
        pairs = [(old, new) for old in olds for new in news]
        partners = {pair for pair in links.made if pair[0] in olds or pair[1] in news}
        if partners <= {*pairs} and links.forbidden.isdisjoint(pairs):
            for pair in pairs:
                if pair not in partners:
                    links.link(pair, A_HALF, Reason("split" if len(olds) == 1 else "merge"))
    return links


TIERS: tuple[Matcher, ...] = (
    pinned,
    exact_paragraphs,
    find_candidates,
    strong_paragraphs,
    exact_points,
    strong_points,
    find_more,
    likely,
    exchanged,
    standing,
    cut_off,
    likely_halves,
    possible,
    possible_halves,
    recast,
    openings,
)
CERTAIN = TIERS.index(strong_points) + 1  # of them need no weights


def align(
    old: Resolution,
    new: Resolution,
    pins: Sequence[Pin] = (),
    *,
    without: Set[str] = frozenset(),
    vocabulary: Vocabulary | None = None,
) -> tuple[Link, ...]:
    """The links of two texts: every paragraph of both bodies in exactly one, in the order of the old text, then new.

    A score is the probability that the two belong together: 1 for the same words, 0 for a paragraph with no partner, of
    several linked ones the least. ``without`` names tiers to leave out, to see what each is good for. A ``vocabulary``
    handed to several calls keeps what is known of paragraphs, and changes nothing but the time. Raises ``ValueError``
    for the name of no tier and ``KeyError`` for a pin whose paragraphs are not in the texts.
    """
    if unknown := without - {tier.__name__ for tier in TIERS}:
        raise ValueError(f"no such tier: {', '.join(sorted(unknown))}")
    texts = prepare(old, new, pins, vocabulary)
    tiers = [tier for tier in TIERS if tier.__name__ not in without]
    return tuple(_grouped(texts, reduce(lambda links, tier: tier(texts, links), tiers, Links())))


# ---- the same words --------------------------------------------------------------------------------------------------


def _link_exact(texts: Texts, links: Links, *, recurring_points: bool) -> Links:
    places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, profiles in enumerate((texts.old_profiles, texts.new_profiles)):
        for place, profile in enumerate(profiles):
            places[profile.key][side].append(place)
    links = links.copy()
    for olds, news in places.values():
        if not (olds and news):
            continue
        recurs = len(olds) > 1 or len(news) > 1
        if recurring_points == (recurs and any(i in texts.old_parents for i in olds)):
            for pair in _paired(texts, links, olds, news):
                links.link(pair, 1.0, Reason("exact"))
    return links


def _paired(texts: Texts, links: Links, olds: list[int], news: list[int]) -> list[Pair]:
    """Pairs of paragraphs of one text: in order, the ones in the best company when there are more on one side."""
    points = any(i in texts.old_parents for i in olds)
    if (points or len(olds) != len(news)) and len(olds) * len(news) <= MANY:
        ranked = sorted((-_company(texts, links, i, j), abs(i - j), i + j, i, j) for i in olds for j in news)
        left_old, left_new, chosen = set(olds), set(news), list[Pair]()
        for *_, i, j in ranked:
            if i in left_old and j in left_new and (i, j) not in links.forbidden:
                left_old.remove(i)
                left_new.remove(j)
                chosen.append((i, j))
        if points:
            return chosen
        olds = [i for i in olds if i not in left_old]
        news = [j for j in news if j not in left_new]
    return [pair for pair in zip(olds, news, strict=False) if pair not in links.forbidden]


def _company(texts: Texts, links: Links, i: int, j: int) -> int:
    """How much speaks for two paragraphs of one text: above all linked parents, then neighbours that are the same."""
    around = [(_key(texts.old_profiles, i + step), _key(texts.new_profiles, j + step)) for step in (-1, 1)]
    return 4 * links.parents_linked(texts, (i, j)) + sum([one == other != "" for one, other in around])


def _key(profiles: Sequence[Profile], place: int) -> str:
    return profiles[place].key if 0 <= place < len(profiles) else ""


def _standing_clauses(texts: Texts, side: int, partners: Container[int]) -> dict[tuple[str, Part], list[int]]:
    """The free paragraphs of a side that are standing clauses, by what they do and the part they stand in."""
    found: dict[tuple[str, Part], list[int]] = defaultdict(list)
    rows, parents = texts.language.standing.clause, (texts.old_parents, texts.new_parents)[side]
    for place, paragraph in enumerate((texts.old, texts.new)[side] if rows else ()):
        if place not in partners and place not in parents:
            folded = fold(paragraph.text[:START])
            name = next((row.name for row in rows if does(row, folded)), "")
            if name:
                found[name, paragraph.part].append(place)
    return found


def does(row: StandingClause, folded: str) -> bool:
    """Whether a paragraph does what the clause of a row does; most need no pattern for it."""
    may = (not row.opens or folded.startswith(row.opens)) and any(map(folded.__contains__, row.needs))
    return may and bool(pattern(row.pattern).search(folded))


# ---- candidates ------------------------------------------------------------------------------------------------------


def _rare_in_common(texts: Texts, links: Links) -> tuple[Shares, Shares]:
    """The weight of the rare features that each pair shares, by old and by new place; no pair of two with partners."""
    weights, idf, rare = texts.weights, texts.weights.idf, _rare(texts)
    olds = [features & rare for features in weights.old_features]
    sought, wanted = (  # by the free ones, and by those with a partner, which look for free ones only
        set[Feature]().union(*[features for i, features in enumerate(olds) if (i in links.news_of) is has_partner])
        for has_partner in (False, True)
    )
    whole, free = defaultdict[Feature, list[int]](list), defaultdict[Feature, list[int]](list)
    for j, features in enumerate(weights.new_features):
        for feature in features & sought:
            whole[feature].append(j)
        for feature in features & wanted if j not in links.olds_of else ():
            free[feature].append(j)
    by_old: Shares = {}
    by_new: Shares = {j: {} for j in range(len(texts.new))}
    for i, features in enumerate(olds):
        index = free if i in links.news_of else whole
        found: dict[int, int] = defaultdict(int)
        for feature in features:
            value = idf[feature]
            for j in index.get(feature, ()):
                found[j] += value
        by_old[i] = found
        for j, value in found.items():
            by_new[j][i] = value
    return by_old, by_new


def _neighbours(texts: Texts, links: Links) -> Iterator[Pair]:
    """The pairs that their places speak for: of two that stand between the same links, of a free one beside a link."""
    gaps = links.gaps(texts)
    old: dict[int, list[int]] = defaultdict(list)
    for i in range(len(texts.old)):
        if i not in links.news_of:
            old[gaps[0][i]].append(i)
            yield from ((i, j) for beside in (i - 1, i + 1) for j in links.news_of.get(beside, ()))
    for j in range(len(texts.new)):
        if j not in links.olds_of:
            if len(old[gaps[1][j]]) <= CANDIDATES:
                yield from ((i, j) for i in old[gaps[1][j]])
            yield from ((i, j) for beside in (j - 1, j + 1) for i in links.olds_of.get(beside, ()))


def _bag(texts: Texts, pair: Pair) -> Bag:
    """What two paragraphs have in common, in whatever order."""
    weight = texts.weigh(texts.common(pair))
    return Bag(weight, 2 * weight / max(1, texts.weights.old[pair[0]] + texts.weights.new[pair[1]]))


def _with_candidates(links: Links, bags: dict[Pair, Bag]) -> Links:
    near_new: dict[int, list[tuple[float, int]]] = defaultdict(list)
    near_old: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (i, j), bag in bags.items():
        near_new[i].append((bag.share, j))
        near_old[j].append((bag.share, i))
    links = links.copy()
    nearest = ({at: sorted(found, reverse=True)[:2] for at, found in near.items()} for near in (near_new, near_old))
    links.candidates = Candidates(bags, *nearest)
    return links


def _rare(texts: Texts) -> set[Feature]:
    most = RARE + (len(texts.old) + len(texts.new)) // MORE
    return {feature for feature, often in texts.weights.document_frequency.items() if often <= most}


def _best(found: dict[int, int], place: int) -> list[int]:
    """The places that share most, ties included; of a crowd that ties the nearest."""
    if len(found) <= CANDIDATES:
        return list(found)
    least = sorted(found.values(), reverse=True)[CANDIDATES - 1]
    best = [other for other, value in found.items() if value >= least]
    if len(best) > CROWD:
        best = sorted(best, key=lambda other: (-found[other], abs(other - place), other + place))[:CROWD]
    return best


# ---- by probability --------------------------------------------------------------------------------------------------


def _link_strong(texts: Texts, links: Links, *, points: bool) -> Links:
    """Link the free pairs that share much, the largest share first; without ``points`` whole paragraphs only."""
    links, gaps = links.copy(), links.gaps(texts)
    ranked = [
        (-bag.share, *nearness(pair), pair)
        for pair, bag in links.candidates.pairs.items()
        if bag.share >= STRONG and links.is_free(pair) and not is_quoted(texts, pair)
    ]
    for *_, pair in sorted(ranked):
        if links.is_free(pair) and (points or not texts.has_point(pair)):
            features = pair_features(texts, links, pair, gaps)
            links.scores[pair] = score = probability(texts.odds.pair, features)
            if score >= LIKELY:
                links.link(pair, score, Reason("strong", explained(PAIR, texts.odds.pair, features)))
    return links


def _ranked(texts: Texts, links: Links, bar: float) -> list[Ranked]:
    """The free pairs of that probability, the best first; the place counts as the links so far tell it. Of each free
    pair the score is kept."""
    gaps, ranked = links.gaps(texts), list[Ranked]()
    for pair, bag in links.candidates.pairs.items():
        if bag.share >= HARDLY and links.is_free(pair):
            features = pair_features(texts, links, pair, gaps)
            links.scores[pair] = score = probability(texts.odds.pair, features)
            if score >= bar and not is_quoted(texts, pair) and (score >= LIKELY or not is_hollow(texts, pair)):
                ranked.append((-score, *nearness(pair), pair, features))
    return sorted(ranked)


class _Likeness:
    """How likely two free paragraphs say the same, in whatever words: the geometric mean of how likely each says what
    the other does (:class:`resdiff.alignment.odds.Nearness`), told when it is asked."""

    def __init__(self, texts: Texts, links: Links) -> None:
        self._texts = texts
        rivals = (Rival(texts.old[i].id, texts.new[j].id, score) for (i, j), score in links.scores.items())
        linked = {(Side.OLD, texts.old[i].id) for i in links.news_of} | {
            (Side.NEW, texts.new[j].id) for j in links.olds_of
        }
        # not a field: what refers to itself is kept to the end by a command, which collects no garbage
        nearness = cache(lambda: Nearness(texts.old, texts.new, rivals, linked))
        self._odds = cache(lambda side, id_: nearness().odds(side, (id_,)))

    def of(self, pair: Pair) -> float:
        """How likely those two say the same; nothing where they only recall, and not the same."""
        old, new = self._texts.old[pair[0]], self._texts.new[pair[1]]
        one, other = self._odds(Side.OLD, old.id).get(new.id, 0.0), self._odds(Side.NEW, new.id).get(old.id, 0.0)
        return 0.0 if one and other and recalls_another(old.text, new.text) else math.sqrt(one * other)

    def pairs(self, links: Links) -> list[tuple[float, Pair]]:
        """The free pairs that say the same surely enough for a link, the likeliest first. A recital that says what was
        asked asks nothing: no request is linked with one for that."""
        texts = self._texts
        news = {p.id: j for j, p in enumerate(texts.new) if j not in links.olds_of}
        found = []
        for i, paragraph in enumerate(texts.old if news else ()):
            if i in links.news_of:
                continue
            for new in self._odds(Side.OLD, paragraph.id).keys() & news.keys():
                pair = i, news[new]
                other = texts.new[news[new]]
                is_barred = pair in links.forbidden or self._differ(paragraph, other)
                likely = 0.0 if is_barred else self.of(pair)
                says_it = likely >= REWORDED or (likely >= CLEARLY and self._is_clear(paragraph, other))
                if says_it and not is_quoted(texts, pair) and not is_hollow(texts, pair):
                    found.append((-likely, *nearness(pair), pair))
        return [(-minus, pair) for minus, _, _, pair in sorted(found)]

    def _is_clear(self, old: Paragraph, new: Paragraph) -> bool:
        """Whether both are operative, and nothing else of either text may well say what one of them does, though others
        have some of its words."""
        if not (old.part is new.part is Part.OPERATIVE):
            return False
        odds = (self._odds(Side.OLD, old.id), new.id), (self._odds(Side.NEW, new.id), old.id)
        others = [[each for id_, each in near.items() if id_ != partner] for near, partner in odds]
        return all(len(each) >= WEIGHED and max(each) <= ANOTHER for each in others)

    def _differ(self, old: Paragraph, new: Paragraph) -> bool:
        """Whether two stand in parts between which nothing says the same: a request and a recital, an annex."""
        if old.part is new.part:
            return False
        by_part = {old.part: old, new.part: new}
        if by_part.keys() != {Part.PREAMBLE, Part.OPERATIVE}:
            return True
        return fold(by_part[Part.OPERATIVE].text).startswith(_asking(self._texts.language))


@cache
def _asking(language: Language) -> tuple[str, ...]:
    """The words, folded, with which an operative paragraph opens that asks something."""
    return tuple(f"{fold(form)} " for row in language.acts.verb if row.force >= ASKS for form in row.op)


def _exchanges(texts: Texts, links: Links, gaps: Gaps) -> Iterator[tuple[float, tuple[int, int], Pair, Pair, Pair]]:
    """The links that may be given up, each with a pair of its old and one of its new paragraph, to be sorted: the most
    is gained first."""
    shares = {pair: bag.share for pair, bag in links.candidates.pairs.items() if bag.share >= RIVAL}
    of_old, of_new = defaultdict[int, list[Pair]](list), defaultdict[int, list[Pair]](list)
    for pair in shares:
        of_old[pair[0]].append(pair)
        of_new[pair[1]].append(pair)
    for link, made in links.made.items():
        if made.reason.tier != "likely":
            continue
        ones = [pair for pair in of_old[link[0]] if pair[1] not in links.olds_of]
        others = [pair for pair in of_new[link[1]] if pair[0] not in links.news_of]
        for one in ones:
            for other in others:
                gain = shares[one] + shares[other] - links.candidates.pairs[link].share
                if gain > GAIN and all(_is_likely_but_for(texts, links, pair, gaps, link) for pair in (one, other)):
                    yield -gain, nearness(link), link, one, other


def _is_likely_but_for(texts: Texts, links: Links, pair: Pair, gaps: Gaps, link: Pair) -> bool:
    return probability(texts.odds.pair, pair_features(texts, links, pair, gaps, but=link)) >= LIKELY


def _link_halves(texts: Texts, links: Links) -> Links:
    """Let each free paragraph that is likely enough a half complete a link."""
    links, ranked = links.copy(), list[Ranked]()
    for pair in links.candidates.pairs:
        if (pair[0] in links.news_of) == (pair[1] in links.olds_of):
            continue  # a guest is free and its host is not
        if _joins_heading(texts, pair) or _is_instead(texts, links, pair):
            continue
        if features := half_features(texts, links, pair):
            links.halves[pair] = score = probability(texts.odds.half, features)
            if score >= A_HALF:
                ranked.append((-score, *nearness(pair), pair, features))
    for minus, _, _, pair, features in sorted(ranked):
        if host_link(links, pair):  # the host may have been completed by a better one
            links.link(pair, -minus, Reason(_completing(links, pair), explained(HALF, texts.odds.half, features)))
    return links


def _completing(links: Links, pair: Pair) -> str:
    """What a guest makes of the link of its host: a merge or a split."""
    return "merge" if pair[1] in links.olds_of else "split"


def _joins_heading(texts: Texts, pair: Pair) -> bool:
    """Whether one of two is a heading: what it names, its paragraphs say."""
    return texts.old[pair[0]].is_heading != texts.new[pair[1]].is_heading


def _is_instead(texts: Texts, links: Links, pair: Pair) -> bool:
    """Whether a draft offers the guest in the place of the partner of its host: "2 alt 1" and "2 alt 2"."""
    if not (link := host_link(links, pair)):
        return False
    side, one, other = (texts.old, pair[0], link[0]) if pair[0] != link[0] else (texts.new, pair[1], link[1])
    return stem(side[one].id) == stem(side[other].id)


def _cut_off(texts: Texts, links: Links) -> Iterator[tuple[Pair, Pair]]:
    """The pairs of a guest and a host of which that is so, each with the link of the host."""
    olds, news = ([profile.key for profile in side] for side in (texts.old_profiles, texts.new_profiles))
    for i, j in links.made:
        for step in (-1, 1):
            if 0 <= j + step < len(news) and _was_cut_off(olds[i], news[j], news[j + step], opens=step < 0):
                yield (i, j + step), (i, j)
            if 0 <= i + step < len(olds) and _was_cut_off(news[j], olds[i], olds[i + step], opens=step < 0):
                yield (i + step, j), (i, j)


def _lists(texts: Texts, links: Links) -> Iterator[tuple[list[int], list[int]]]:
    """The places of a paragraph without points of either text, and of those of a list of the other one that are all in
    it: its opening and two points at least, which say most of it together, and have no partner but that paragraph."""
    for old in (True, False):
        own, parents = (texts.old_parents, texts.new_parents) if old else (texts.new_parents, texts.old_parents)
        partners_of = links.olds_of if old else links.news_of
        (features, weights), (others, _) = texts.weights.side(old=old), texts.weights.side(old=not old)
        points_of, near = defaultdict[int, list[int]](list), defaultdict[int, set[int]](set)
        for point, parent in parents.items():
            points_of[parent].append(point)
        lists = {parent: points for parent, points in points_of.items() if not partners_of.keys() >= {parent, *points}}
        listed = {*own, *own.values()}
        for pair in links.candidates.pairs if lists else ():
            host, guest = pair if old else pair[::-1]
            if parents.get(guest) in lists and host not in listed:
                near[parents[guest]].add(host)
        for parent, points in lists.items():
            for host in sorted(near[parent]):
                free = [place for place in (parent, *points) if {*partners_of.get(place, ())} <= {host}]
                if len(free) <= FEWEST_POINTS or free[0] != parent:
                    continue
                within = [place for place in free if _is_within(texts, others[place], features[host])]
                said = texts.weigh(features[host].intersection(chain.from_iterable(others[place] for place in within)))
                if len(within) > FEWEST_POINTS and within[0] == parent and said >= MOST_POINTS * weights[host]:
                    yield ([host], within) if old else (within, [host])


def _is_within(texts: Texts, features: set[Feature], whole: set[Feature]) -> bool:
    """Whether a paragraph with these features says nearly all of a short one."""
    return texts.weigh(features & whole) >= ALL_OF_IT * texts.weigh(features)


def _was_cut_off(whole: str, rest: str, piece: str, *, opens: bool) -> bool:
    """Whether a piece of several words, folded, is the beginning of a paragraph, or its end but for the verb that opens
    the piece, and its partner has nothing of the sort."""
    if opens:
        is_there = whole.startswith(f"{piece} ")
    else:
        piece = piece if whole.endswith(f" {piece}") else piece.partition(" ")[2]
        is_there = whole.endswith(f" {piece}")
    return is_there and piece.count(" ") + 1 >= SHORTEST and piece not in rest


# ---- the links as they are told --------------------------------------------------------------------------------------


def _grouped(texts: Texts, links: Links) -> Iterator[Link]:
    competitors = _competitors(links)
    seen: set[int] = set()
    for i in range(len(texts.old)):
        if i not in seen:
            olds, news = _group(links, i)
            seen |= olds
            yield _link(texts, links, olds, news, competitors)
    for j in range(len(texts.new)):
        if j not in links.olds_of:
            yield _link(texts, links, set(), {j}, competitors)


def _competitors(links: Links) -> Competitors:
    by_old, by_new = defaultdict(list), defaultdict(list)
    for pair in links.scores.keys() | links.halves.keys():
        by_old[pair[0]].append(pair)
        by_new[pair[1]].append(pair)
    return by_old, by_new


def _group(links: Links, i: int) -> tuple[set[int], set[int]]:
    """All paragraphs that are linked with old paragraph ``i``, at one remove or more."""
    olds, news, todo = {i}, set[int](), [i]
    while todo:
        for j in set(links.news_of.get(todo.pop(), ())) - news:
            news.add(j)
            fresh = set(links.olds_of[j]) - olds
            olds |= fresh
            todo += fresh
    return olds, news


def _link(texts: Texts, links: Links, olds: set[int], news: set[int], competitors: Competitors) -> Link:
    ids = tuple(texts.old[i].id for i in sorted(olds)), tuple(texts.new[j].id for j in sorted(news))
    rivals = _rivals(texts, links, olds, news, competitors)
    pairs = [(i, j) for i in olds for j in news if (i, j) in links.made]
    if not pairs:
        return Link(*ids, 0.0, Reason("none", (), rivals))
    # a split or a merge tells why the halves were joined
    joined = [p for p in pairs if links.made[p].reason.tier in ("split", "merge")]
    reason = links.made[min(joined or pairs, key=lambda p: (-links.made[p].score, *nearness(p)))].reason
    parts = tuple((name, round(value, 3)) for name, value in reason.parts if value)
    score = round(min(links.made[p].score for p in pairs), 3)
    ((i, j), *more) = pairs
    is_weighed = not more and (reason.tier in ("reworded", "standing") or (reason.parts and score < DOUBTFUL))
    shares = round(alike(texts.old[i], texts.new[j]), 3) if is_weighed else 1.0
    return Link(*ids, score, Reason(reason.tier, parts, rivals), shares)


def _rivals(texts: Texts, links: Links, olds: set[int], news: set[int], competitors: Competitors) -> tuple[Rival, ...]:
    """The pairs of these paragraphs that scored most and were not linked."""
    near = {p for side, places in zip(competitors, (olds, news), strict=True) for at in places for p in side[at]}
    best = sorted((p for p in near if p not in links.made), key=lambda p: (-links.likelihood(p), *nearness(p)))[:TOLD]
    return tuple(Rival(texts.old[i].id, texts.new[j].id, round(links.likelihood((i, j)), 3)) for i, j in best)
