"""The tiers: from certain to doubtful, each a function ``(texts, links) -> links``.

``TIERS`` is the whole of the alignment: what a person pinned; what is the same word for word; then pairs that share
much, the bar falling from tier to tier. After each fall a paragraph left alone may join a pair, as a split or a merge.
Nothing here depends on which text is called old: exchanging them exchanges the sides of the links and nothing else.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from resdiff.alignment.scores import HARDLY, cover, score_parts
from resdiff.alignment.texts import Bag, Candidates, Feature, Gaps, Links, Pair, Profile, Texts
from resdiff.model import Reason

__all__ = ["TIERS", "Matcher"]

Matcher = Callable[[Texts, Links], Links]
Shares = dict[int, dict[int, int]]  # by place and place on the other side

# Bars that a pair must reach, one a tier. On generated versions (tests/generator.py) the links that are true and the
# best ones that are false cross at 0.20 to 0.22; strong and likely only decide who goes first.
STRONG = 0.50
LIKELY = 0.30
CONTEXT = 0.225
SPLIT_SURE = 0.50
SPLIT_LIKELY = 0.35

LEAST = 0.205  # of words shared, wherever the paragraphs stand: paragraphs on one topic share up to that

SURE = 0.8  # a link that scores more is not exchanged for two others …
GAIN = 0.2  # … which together must score so much more
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
    rare = _rare(texts)
    by_old, by_new, unique = _rare_in_common(texts, links, rare)
    pairs = {(i, j) for i, found in by_old.items() if i not in links.news_of for j in _best(found, i)}
    pairs |= {(i, j) for j, found in by_new.items() if j not in links.olds_of for i in _best(found, j)}
    usual_old, usual_new = _usual(texts, rare)
    bags = {}
    for i, j in pairs - links.forbidden:
        weight = by_old[i].get(j, 0) + sum([texts.weights.idf[feature] for feature in usual_old[i] & usual_new[j]])
        share = 2 * weight / (texts.weights.old[i] + texts.weights.new[j]) if weight else 0.0
        bags[i, j] = Bag(weight, share, unique.get((i, j), 0))
    near_new: dict[int, list[tuple[float, int]]] = defaultdict(list)
    near_old: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (i, j), bag in bags.items():
        near_new[i].append((bag.share, j))
        near_old[j].append((bag.share, i))
    links = links.copy()
    nearest = (
        {place: sorted(found, reverse=True)[:2] for place, found in near.items()} for near in (near_new, near_old)
    )
    links.candidates = Candidates(bags, *nearest)
    return links


def strong_paragraphs(texts: Texts, links: Links) -> Links:
    """Whole paragraphs that share much."""
    return _link_best(texts, links, "strong", STRONG, points=False)


def exact_points(texts: Texts, links: Links) -> Links:
    """Points that recur word for word, now that their parents are linked: "a) Le nom ;" may stand under several."""
    return _link_exact(texts, links, recurring_points=True)


def strong(texts: Texts, links: Links) -> Links:
    """Points that share much, and what the links made since speak for."""
    return _link_best(texts, links, "strong", STRONG)


def sure_splits_and_merges(texts: Texts, links: Links) -> Links:
    """Free paragraphs that hold half of what a partner left over, or are held by it by half."""
    return link_splits_and_merges(texts, links, SPLIT_SURE)


def likely(texts: Texts, links: Links) -> Links:
    """Paragraphs that share some, in the best order."""
    return _link_best(texts, links, "likely", LIKELY)


def likely_splits_and_merges(texts: Texts, links: Links) -> Links:
    """Free paragraphs that hold a third of what a partner left over, or are held by it by a third."""
    return link_splits_and_merges(texts, links, SPLIT_LIKELY)


def context(texts: Texts, links: Links) -> Links:
    """Paragraphs that share little, where their place speaks for them."""
    return _link_best(texts, links, "context", CONTEXT)


TIERS: tuple[Matcher, ...] = (
    pinned,
    exact_paragraphs,
    find_candidates,
    strong_paragraphs,
    exact_points,
    strong,
    sure_splits_and_merges,
    likely,
    likely_splits_and_merges,
    context,
)


# ---- the same words -------------------------------------------------------------------------------------------------


def _link_exact(texts: Texts, links: Links, *, recurring_points: bool) -> Links:
    places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, profiles in enumerate((texts.old_profiles, texts.new_profiles)):
        for place, profile in enumerate(profiles):
            places[profile.key][side].append(place)
    links = links.copy()
    for olds, news in places.values():
        recurs = len(olds) > 1 or len(news) > 1
        if recurring_points == (recurs and any(i in texts.old_parents for i in olds)):
            for pair in _paired(texts, links, olds, news):
                links.link(pair, 1.0, Reason("exact", (("words", 1.0),)))
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


# ---- candidates -----------------------------------------------------------------------------------------------------


def _rare_in_common(texts: Texts, links: Links, rare: set[Feature]) -> tuple[Shares, Shares, dict[Pair, int]]:
    """The weight of the rare features that each pair shares, by old and by new place; no pair of two with partners.

    And the weight of those that are unique to the pair: what stands in one other paragraph counts half.
    """
    weights, idf, frequency = texts.weights, texts.weights.idf, texts.weights.document_frequency
    whole: dict[Feature, list[int]] = defaultdict(list)
    free: dict[Feature, list[int]] = defaultdict(list)
    for j, features in enumerate(weights.new_features):
        for feature in features & rare:
            whole[feature].append(j)
            if j not in links.olds_of:
                free[feature].append(j)
    at_all, at_free = set(whole), set(free)  # sets meet faster than the keys of a mapping
    by_old: Shares = {}
    by_new: Shares = defaultdict(dict)
    unique: dict[Pair, int] = defaultdict(int)
    for i, features in enumerate(weights.old_features):
        index, held = (free, at_free) if i in links.news_of else (whole, at_all)
        found: dict[int, int] = defaultdict(int)
        for feature in features & held:
            value = idf[feature]
            for j in index[feature]:
                found[j] += value
            if (often := frequency[feature]) <= 2:
                for j in index[feature]:
                    unique[i, j] += value // often
        by_old[i] = found
        for j, value in found.items():
            by_new[j][i] = value
    return by_old, by_new, unique


def _rare(texts: Texts) -> set[Feature]:
    most = RARE + (len(texts.old) + len(texts.new)) // MORE
    return {feature for feature, often in texts.weights.document_frequency.items() if often <= most}


def _usual(texts: Texts, rare: set[Feature]) -> list[list[set[Feature]]]:
    """The other features of each paragraph of both sides: few, and in most paragraphs."""
    usual = texts.weights.document_frequency.keys() - rare
    return [
        [features & usual for features in side] for side in (texts.weights.old_features, texts.weights.new_features)
    ]


def _best(found: dict[int, int], place: int) -> list[int]:
    """The places that share most, ties included; of a crowd that ties the nearest."""
    if len(found) <= CANDIDATES:
        return list(found)
    least = sorted(found.values(), reverse=True)[CANDIDATES - 1]
    best = [other for other, value in found.items() if value >= least]
    if len(best) > CROWD:
        best = sorted(best, key=lambda other: (-found[other], abs(other - place), other + place))[:CROWD]
    return best


# ---- much in common -------------------------------------------------------------------------------------------------


def _link_best(texts: Texts, links: Links, name: str, bar: float, *, points: bool = True) -> Links:
    """Link the free pairs that score ``bar`` or more, the best first; without ``points`` whole paragraphs only.

    Then links are exchanged where two others score more (``swap_links``).
    """
    links, gaps, ranked = links.copy(), links.gaps(texts), []
    for pair, bag in links.candidates.pairs.items():
        if not links.is_free(pair) or bag.share < HARDLY:
            continue
        if not points and (pair[0] in texts.old_parents or pair[1] in texts.new_parents):
            continue
        parts = score_parts(texts, links, pair, gaps)
        links.scores[pair] = score = round(sum([value for _, value in parts]), 6)
        if score >= bar and parts[0][1] >= LEAST:
            ranked.append((-score, abs(pair[0] - pair[1]), sum(pair), pair, parts))
    for minus, _, _, pair, parts in sorted(ranked):
        if links.is_free(pair):
            links.link(pair, -minus, Reason(name, parts))
    return swap_links(texts, links, gaps)


def swap_links(texts: Texts, links: Links, gaps: Gaps) -> Links:
    """Give up a link where each of its two paragraphs has another likely partner, and both together score more.

    1598 (2005), paragraph 1 shares the long name of a mission with paragraph 1 of 1634 (2005), but it is paragraph 3
    that it became, and paragraph 2 that became paragraph 1.
    """
    links = links.copy()
    for _, _, _, pair, one, other in sorted(_swaps(links)):
        if pair in links.made and one[1] not in links.olds_of and other[0] not in links.news_of:
            links.unlink(pair)
            for better in (one, other):
                links.link(better, links.scores[better], Reason("likely", score_parts(texts, links, better, gaps)))
    return links


def _swaps(links: Links) -> Iterator[tuple[float, int, int, Pair, Pair, Pair]]:
    """The links that may be given up, each with a pair of its old and one of its new paragraph, to be sorted."""
    to_new, to_old = defaultdict(list), defaultdict(list)
    for pair, score in links.scores.items():
        if score >= LIKELY:
            to_new[pair[0]].append(pair)
            to_old[pair[1]].append(pair)
    for i, j in links.made:
        score = links.scores.get((i, j), SURE)
        if score >= SURE or not len(links.news_of[i]) == len(links.olds_of[j]) == 1:
            continue
        others = [pair for pair in to_old[j] if pair[0] not in links.news_of]
        for one in to_new[i]:
            if one[1] not in links.olds_of:
                for other in others:
                    gain = links.scores[one] + links.scores[other] - score
                    if gain > GAIN:
                        yield -gain, abs(i - j), i + j, (i, j), one, other


# ---- halves ---------------------------------------------------------------------------------------------------------


def link_splits_and_merges(texts: Texts, links: Links, bar: float) -> Links:
    """Link each free paragraph to the pair it completes, when it covers ``bar`` of itself or of what was left over."""
    links, ranked = links.copy(), []
    for pair in links.candidates.pairs:
        one_is_free = (pair[0] in links.news_of) != (pair[1] in links.olds_of)
        if one_is_free and (score := cover(texts, links, pair)) >= bar:
            ranked.append((-score, abs(pair[0] - pair[1]), sum(pair), pair))
    for minus, _, _, pair in sorted(ranked):
        if cover(texts, links, pair) >= bar:  # again: the host may have been completed by a better one
            tier = "merge" if pair[1] in links.olds_of else "split"
            links.link(pair, -minus, Reason(tier, (("cover", round(-minus, 3)),)))
    return links
