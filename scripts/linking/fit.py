"""The fit: rows of features with their labels, and the logistic sum that tells them apart best."""

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import NamedTuple

from sklearn.linear_model import LogisticRegression

from linking.labels import ANY, Far, Forged, Step, far_pairs, forged, steps_by, without_some
from linking.texts import ALL, FOLDS, Chain, weighed_by
from resdiff.alignment import TIERS
from resdiff.alignment.odds import half_features, pair_features
from resdiff.alignment.texts import Links, Odds, Texts, prepare
from resdiff.alignment.tiers import CERTAIN

__all__ = ["fit"]

PAIRS = {"fr": 900, "en": 350}  # pairs of editions to learn from, by language
GLUED = 0.3  # what a half weighs that was made: of the cases met in real texts one in ten is a half, of made ones most
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


def fit(chains: Sequence[Chain]) -> dict[int, Odds]:
    """Weights that leave the series of each fold out, and under ``ALL`` those of all.

    The steps from edition to edition are linked by the certain tiers first, then by the weights that those labels give:
    each round knows more links whose words changed much. No label of a person is among them; those are left to measure
    with.
    """
    odds = _alone(_fitted(_pair_rows(chains, {}, steps_by({}))))
    for sure in SURE:
        odds = _alone(_fitted(_pair_rows(chains, odds, steps_by(odds, sure))))
    of_halves = _fitted(_half_rows(chains, odds, steps_by(odds, max(SURE))))
    return {fold: Odds(odds[fold].pair, of_halves[fold]) for fold in odds}


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


def _half_rows(chains: Sequence[Chain], alone: dict[int, Odds], step: Step) -> Iterator[Row]:
    """The cases of halves after all pairs, where paragraphs were cut and glued."""
    for language, most in PAIRS.items():
        own = [chain for chain in chains if chain.folder.startswith(language)]
        for far in far_pairs(own, (1, 2, 3, 4), most, 11, step):
            cut = forged(far, f"halves {far.chain.name} {far.steps}")
            if cut:
                with weighed_by(alone[far.chain.fold]):
                    texts = prepare(cut.old, cut.new)
                yield from _of_halves(texts, cut, far.chain.fold)


def _of_halves(texts: Texts, cut: Forged, fold: int) -> Iterator[Row]:
    links = reduce(lambda links, tier: tier(texts, links), TIERS, Links())
    for pair in links.candidates.pairs:
        features = half_features(texts, links, pair)
        if features is not None:
            known = cut.label(texts.old[pair[0]].id, texts.new[pair[1]].id, pair[0] not in links.news_of)
            if known is not None:
                yield Row(features, known, GLUED if known else 1.0, fold)
