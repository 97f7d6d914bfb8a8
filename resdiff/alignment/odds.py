"""How likely it is that two paragraphs belong together: named features, weighed and summed up to a probability.

The weights are fitted (``scripts/fit-links``) and stand in ``data/common/links.toml``. Nothing in a feature depends on
which text is called old. The strongest of a pair is the margin over its best rival: two paragraphs on one topic share
its names with everybody, a true partner shares most with its own.
"""

import math
from collections.abc import Iterator

from resdiff.alignment.texts import Feature, Features, Gaps, Links, Pair, Run, Texts
from resdiff.data.schema import HalfOdds, PairOdds
from resdiff.language import pattern
from resdiff.model import Paragraph, Part

__all__ = [
    "HALF",
    "PAIR",
    "explained",
    "half_features",
    "host_pairs",
    "is_hollow",
    "is_quoted",
    "pair_features",
    "probability",
]

PAIR, HALF = PairOdds.__struct_fields__[1:], HalfOdds.__struct_fields__[1:]
UNIT = 1000.0  # the weights of words are thousandths

# What is no half at all. The weight of three or four middling words, in runs of two.
LEAST_SHARED, LEAST_RUNS, LEAST_NEW = 4.0, 3.0, 1.5
LEAST_PART = 0.08  # of the guest must be shared, and new to the host's partner
ENOUGH = 2.0  # times as much stale as fresh: more tells no more
FAR = 5  # places: farther away is as far
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


def _of_words(texts: Texts, links: Links, pair: Pair, *no_rivals: Pair) -> Features:
    i, j = pair
    bag = links.candidates.pairs[pair]
    kept, _ = _kept(texts, pair)
    lead = texts.old_profiles[i].codes[:1] == texts.new_profiles[j].codes[:1]
    part, other = texts.old[i].part, texts.new[j].part
    shorter = min(sum(texts.weights.old_words[i]), sum(texts.weights.new_words[j]))
    return (
        bag.share,
        kept / max(1, shorter),
        bag.share - _best_rival(texts, links, pair, *no_rivals),
        float(lead),
        float(part != other),
        float(lead and part != other and part is not Part.ANNEX is not other),
        math.log1p(bag.unique / UNIT),
    )


def _kept(texts: Texts, pair: Pair) -> tuple[int, float]:
    """The weight of the runs of words that both have, and the share of it that only opens them."""
    weight = texts.weights.old_words[pair[0]]
    kept = opening = 0
    for run in texts.runs(pair):
        weighs = sum(weight[run.old : run.old + run.length])
        kept += weighs
        if run.old == 0 == run.new:
            opening = weighs
    return kept, opening / max(1, kept)


def _best_rival(texts: Texts, links: Links, pair: Pair, *no_rivals: Pair) -> float:
    """The largest share that one of the two has with a third paragraph; what only quotes it is no rival."""
    rivals = [(share, (pair[0], j)) for share, j in links.candidates.near_new[pair[0]]]
    rivals += [(share, (i, pair[1])) for share, i in links.candidates.near_old[pair[1]]]
    excluded = (pair, *no_rivals)
    return max([share for share, rival in rivals if rival not in excluded and not is_quoted(texts, rival)], default=0.0)


def _of_place(texts: Texts, pair: Pair, gaps: Gaps) -> Features:
    """Between the same neighbours, or how far from them; from one part to the other there is no place to keep."""
    if texts.old[pair[0]].part != texts.new[pair[1]].part:
        return 0.0, 0.0
    away = abs(gaps[0][pair[0]] - gaps[1][pair[1]])
    return float(away == 0), min(max(away - 1, 0), 4) / 4


def is_hollow(texts: Texts, links: Links, pair: Pair) -> bool:
    """Whether what two paragraphs share makes no link by itself: a quotation on one side, or only how both open."""
    if _quotes(texts, 0, pair[0]) != _quotes(texts, 1, pair[1]):
        return True
    return links.candidates.pairs[pair].unique < UNIT and _kept(texts, pair)[1] > OPENING


def is_quoted(texts: Texts, pair: Pair) -> bool:
    """Whether one of two of another part tells what the other said, or of the very text in which it stands."""
    old, new = texts.old[pair[0]], texts.new[pair[1]]
    if old.part == new.part:
        return False
    told = [symbol for place, symbol in ((old, texts.symbols[1]), (new, texts.symbols[0])) if _cites(place, symbol)]
    return bool(told) or _quotes(texts, 0, pair[0]) != _quotes(texts, 1, pair[1])


def _cites(paragraph: Paragraph, symbol: str) -> bool:
    return paragraph.part is Part.PREAMBLE and symbol != "" and symbol in paragraph.text


def _quotes(texts: Texts, side: int, place: int) -> bool:
    """Whether a preambular paragraph tells what an earlier resolution said."""
    if (side, place) not in texts.found_quotes:
        paragraph, words = (texts.old, texts.new)[side][place], texts.language.citations.quotes.pattern
        is_preamble = paragraph.part is Part.PREAMBLE and words != ""
        texts.found_quotes[side, place] = is_preamble and bool(pattern(words).search(paragraph.text))
    return texts.found_quotes[side, place]


# ---- the half of a split or a merge ----------------------------------------------------------------------------------


def host_pairs(links: Links, pair: Pair) -> tuple[Pair, ...]:
    """The links that a free paragraph would complete: those of its host; none where it is no case."""
    i, j = pair
    news, olds = links.news_of.get(i, ()), links.olds_of.get(j, ())
    if bool(news) == bool(olds):
        return ()
    partners = tuple([(i, n) for n in news] or [(o, j) for o in olds])
    if len(partners) > 1 or len(links.news_of[partners[0][0]]) > 1 or len(links.olds_of[partners[0][1]]) > 1:
        return ()
    return () if any(links.made[p].reason.tier in ("exact", "pinned") for p in partners) else partners


def half_features(texts: Texts, links: Links, pair: Pair) -> Features | None:
    """The features of a guest that joins a host, in the order of ``HalfOdds``; None when it is no case."""
    if not (host_links := host_pairs(links, pair)):
        return None
    if (pair, host_links) not in texts.found_halves:
        texts.found_halves[pair, host_links] = _of_half(texts, links, pair, host_links)
    return texts.found_halves[pair, host_links]


def _of_half(texts: Texts, links: Links, pair: Pair, host_links: tuple[Pair, ...]) -> Features | None:
    bag = links.candidates.pairs[pair]
    if bag.weight < LEAST_SHARED * UNIT or is_quoted(texts, pair):
        return None
    of_old = host_links[0][0] == pair[0]  # a split: the host is old
    hosts, guests = texts.sides if of_old else texts.sides[::-1]
    host, guest = pair if of_old else pair[::-1]
    partners = [link[of_old] for link in host_links]
    if bag.weight < LEAST_PART * guests.weight[guest]:
        return None
    first = set[Feature]().union(*[guests.features[partner] for partner in partners])
    shared = hosts.features[host] & guests.features[guest]
    new = shared - first
    weight = texts.weigh(new)
    if weight < LEAST_PART * guests.weight[guest]:
        return None
    used = {at for link in host_links for at in _held(texts.runs(link), of_old=of_old)}
    held = set(_held(texts.runs(pair), of_old=of_old))
    words = hosts.words[host]
    fresh, stale = (sum([words[at] for at in places]) for places in (held - used, held & used))
    if weight < LEAST_NEW * UNIT and fresh < LEAST_RUNS * UNIT:
        return None
    left = hosts.weight[host] - texts.weigh(hosts.features[host] & first)
    lead = hosts.profiles[host].codes[:1]
    return (
        weight / max(1, guests.weight[guest]),
        weight / (left + UNIT),
        min(ENOUGH, stale / (fresh + UNIT / 2)),
        (min([FAR, *[abs(guest - partner) - 1 for partner in partners]])) / FAR,
        float(texts.old[pair[0]].part != texts.new[pair[1]].part),
        bag.share - _best_rival(texts, links, pair, *host_links),
        math.log1p(
            texts.weigh({feature for feature in new if texts.weights.document_frequency[feature] <= texts.own}) / UNIT
        ),
        float(lead == guests.profiles[guest].codes[:1] != guests.profiles[partners[0]].codes[:1]),
    )


def _held(runs: tuple[Run, ...], *, of_old: bool) -> Iterator[int]:
    """The places of the words of the old or of the new paragraph that stand in the runs."""
    for run in runs:
        start = run.old if of_old else run.new
        yield from range(start, start + run.length)
