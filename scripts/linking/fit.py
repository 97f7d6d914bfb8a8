"""The fit: rows of features with their labels, and the logistic sum that tells them apart best."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

from sklearn.linear_model import LogisticRegression

from linking.labels import ANY, Far, Half, Step, far_pairs, halves, steps_by, without_some
from linking.texts import ALL, FOLDS, Chain, weighed_by
from resdiff.alignment import TIERS
from resdiff.alignment.odds import half_features, pair_features
from resdiff.alignment.texts import Links, Odds, Pair, Texts, prepare
from resdiff.alignment.tiers import CERTAIN
from resdiff.model import Reason

__all__ = ["fit_halves", "fit_pairs"]

PAIRS = {"fr": 900, "en": 350}  # pairs of editions to learn from, by language
SURE = (0.9, 0.6)  # probability of a step, in the second and in the third round
EASIEST = 0.10  # share from which pairs are learned from: below that of the aligner, for so the bars are steeper
INVERSE_RIDGE = 3.0

Weights = dict[int, tuple[float, ...]]


class Row(NamedTuple):
    """A case: its features, whether the two belong together, what it counts, the fold of its series."""

    features: tuple[float, ...]
    label: int
    weight: float
    fold: int


def fit_pairs(chains: Sequence[Chain]) -> dict[int, Odds]:
    """Weights of pairs that leave the series of each fold out, and under ``ALL`` those of all; no half is one.

    The steps from edition to edition are linked by the certain tiers first, then by the weights that those labels give:
    each round knows more links whose words changed much. No label of a person is among them; those are left to measure
    with.
    """
    odds = _alone(_fitted(_pair_rows(chains, {}, steps_by({}))))
    for sure in SURE:
        odds = _alone(_fitted(_pair_rows(chains, odds, steps_by(odds, sure))))
    return odds


def fit_halves(chains: Sequence[Chain], odds: Mapping[int, Odds]) -> dict[int, Odds]:
    """The same weights of pairs, with those of halves beside them: fitted to what readers said of halves."""
    weights = _fitted(_half_rows(chains, odds))
    return {fold: Odds(odds[fold].pair, weights[fold]) for fold in odds}


def _alone(of_pairs: Weights) -> dict[int, Odds]:
    """The weights of pairs, where no half is one."""
    return {fold: Odds(weights, ANY.half) for fold, weights in of_pairs.items()}


def _fitted(found: Iterator[Row]) -> Weights:
    rows = list(found)
    return {fold: _without(rows, fold) for fold in (*range(FOLDS), ALL)}


def _without(rows: list[Row], fold: int) -> tuple[float, ...]:
    used = [row for row in rows if row.fold != fold]
    model = LogisticRegression(C=INVERSE_RIDGE, max_iter=3000)
    model.fit([row.features for row in used], [row.label for row in used], [row.weight for row in used])
    return tuple(round(float(value), 2) for value in (model.intercept_[0], *model.coef_[0]))


# ---- pairs ----------------------------------------------------------------------------------------------------------


def _pair_rows(chains: Sequence[Chain], odds: dict[int, Odds], step: Step) -> Iterator[Row]:
    for language, most in PAIRS.items():
        own = [chain for chain in chains if chain.folder.startswith(language)]
        for far in far_pairs(own, (1, 2, 3, 4, 5), most, 5, step):
            short = without_some(far, f"pairs {far.chain.name} {far.steps}")
            with weighed_by(odds.get(far.chain.fold, ANY)):
                texts = prepare(short.old, short.new)
            yield from _of_pairs(texts, short)


def _of_pairs(texts: Texts, far: Far) -> Iterator[Row]:
    """The free pairs after the certain tiers."""
    links = reduce(lambda links, tier: tier(texts, links), TIERS[:CERTAIN], Links())
    gaps = links.gaps(texts)
    for pair, bag in links.candidates.pairs.items():
        if bag.share >= EASIEST and links.is_free(pair):
            known = far.label(texts.old[pair[0]].id, texts.new[pair[1]].id)
            if known is not None:
                yield Row(pair_features(texts, links, pair, gaps), known, 1.0, far.chain.fold)


# ---- halves ---------------------------------------------------------------------------------------------------------


def _half_rows(chains: Sequence[Chain], odds: Mapping[int, Odds]) -> Iterator[Row]:
    """The halves that readers judged, beside the partners that they were judged beside."""
    for chain, old, new, judged in halves(chains):
        with weighed_by(odds[chain.fold]):
            texts = prepare(old, new)
        candidates = reduce(lambda links, tier: tier(texts, links), TIERS, Links()).candidates
        places = [{p.id: place for place, p in enumerate(side)} for side in (texts.old, texts.new)]
        for half in judged:
            hosts, guests = places if half.of_old else places[::-1]
            links = Links(candidates=candidates)
            for partner in half.partners:
                links.link(_pair(half, hosts[half.host], guests[partner]), 1.0, Reason("likely"))
            pair = _pair(half, hosts[half.host], guests[half.guest])
            if pair in candidates.pairs and (features := half_features(texts, links, pair)):
                yield Row(features, half.label, half.stands_for, chain.fold)


def _pair(half: Half, host: int, other: int) -> Pair:
    return (host, other) if half.of_old else (other, host)
