"""The fit: rows of features with their labels, and the logistic sum that tells them apart best."""

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from typing import NamedTuple

import labels as persons
from sklearn.linear_model import LogisticRegression

from linking.labels import Step, far_pairs, forged, steps_by, without_some
from linking.texts import ALL, FOLDS, Chain, Labelled, weighed_by
from resdiff.alignment import TIERS
from resdiff.alignment.odds import HALF, half_features, pair_features
from resdiff.alignment.texts import Links, Odds, prepare
from resdiff.alignment.tiers import CERTAIN
from resdiff.model import Resolution

__all__ = ["fit"]

FAR = {"fr": 900, "en": 500}  # pairs of editions to learn from, by language
TYPED = 3.0  # what a label of a person weighs against one that nobody typed
GLUED = 0.3  # what a half weighs that was made: of the cases met in real texts one in ten is a half, of made ones most
EASIEST = 0.10  # share from which pairs are learned from: below that of the aligner, for so the bars are steeper
INVERSE_RIDGE = 3.0
NO_HALF = (-99.0, *[0.0] * len(HALF))

Weights = dict[int, tuple[float, ...]]


class Row(NamedTuple):
    """A case: its features, whether the two belong together, what it counts, the fold of its series."""

    features: tuple[float, ...]
    label: int
    weight: float
    fold: int


def fit(chains: Sequence[Chain], pairs: Sequence[Labelled]) -> dict[int, Odds]:
    """Weights that leave the series of each fold out, and under ``ALL`` those of all.

    In two rounds: the steps from edition to edition are linked by the certain tiers first, then by the weights of the
    first round, which know twice as many links whose words changed much, and which links are none of two alone.
    """
    return _round(chains, pairs, steps_by(_round(chains, pairs, steps_by({}))))


def _round(chains: Sequence[Chain], pairs: Sequence[Labelled], step: Step) -> dict[int, Odds]:
    of_pairs = _fitted(_pair_rows(chains, pairs, step))
    alone = {fold: Odds(weights, NO_HALF) for fold, weights in of_pairs.items()}
    of_halves = _fitted(_half_rows(chains, pairs, alone, step))
    return {fold: Odds(of_pairs[fold], of_halves[fold]) for fold in of_pairs}


def _fitted(found: Iterator[Row]) -> Weights:
    rows = list(found)
    return {fold: _without(rows, fold) for fold in (*range(FOLDS), ALL)}


def _without(rows: list[Row], fold: int) -> tuple[float, ...]:
    used = [row for row in rows if row.fold != fold]
    model = LogisticRegression(C=INVERSE_RIDGE, max_iter=3000)
    model.fit([row.features for row in used], [row.label for row in used], [row.weight for row in used])
    return tuple(round(float(value), 2) for value in (model.intercept_[0], *model.coef_[0]))


# ---- pairs ----------------------------------------------------------------------------------------------------------

Label = Callable[[str, str], int | None]


def _pair_rows(chains: Sequence[Chain], pairs: Sequence[Labelled], step: Step) -> Iterator[Row]:
    for pair in pairs:
        yield from _of_pairs(pair.old, pair.new, _typed(pair), TYPED, pair.fold)
    for language, most in FAR.items():
        own = [chain for chain in chains if chain.folder.startswith(language)]
        for far in far_pairs(own, (1, 2, 3, 4, 5), most, 5, step):
            short = without_some(far, f"pairs {far.chain.name} {far.steps}")
            yield from _of_pairs(short.old, short.new, short.label, 1.0, far.chain.fold)


def _of_pairs(old: Resolution, new: Resolution, label: Label, weight: float, fold: int) -> Iterator[Row]:
    """The free pairs after the certain tiers."""
    texts = prepare(old, new)
    links = reduce(lambda links, tier: tier(texts, links), TIERS[:CERTAIN], Links())
    gaps = links.gaps(texts)
    for pair, bag in links.candidates.pairs.items():
        if bag.share >= EASIEST and links.is_free(pair):
            known = label(old.body[pair[0]].id, new.body[pair[1]].id)
            if known is not None:
                yield Row(pair_features(texts, links, pair, gaps), known, weight, fold)


def _typed(pair: Labelled) -> Label:
    """What a person says of two paragraphs; None where they did not know."""
    sure, unsure = persons.sure(pair.rows), persons.unsure(pair.rows)
    return lambda old, new: 1 if (old, new) in sure else None if (old, new) in unsure else 0


# ---- halves ---------------------------------------------------------------------------------------------------------

HalfLabel = Callable[[str, str, bool], int | None]


def _half_rows(chains: Sequence[Chain], pairs: Sequence[Labelled], alone: dict[int, Odds], step: Step) -> Iterator[Row]:
    for pair in pairs:
        of_pair = _typed(pair)
        yield from _of_halves(pair.old, pair.new, lambda o, n, _, of=of_pair: of(o, n), TYPED, pair.fold, alone)
    for language, most in FAR.items():
        own = [chain for chain in chains if chain.folder.startswith(language)]
        for far in far_pairs(own, (1, 2, 3, 4), most, 11, step):
            cut = forged(far, f"halves {far.chain.name} {far.steps}")
            if cut:
                yield from _of_halves(cut.old, cut.new, cut.label, 1.0, far.chain.fold, alone)


def _of_halves(
    old: Resolution, new: Resolution, label: HalfLabel, weight: float, fold: int, alone: dict[int, Odds]
) -> Iterator[Row]:
    """The cases of halves after all pairs."""
    with weighed_by(alone[fold]):
        texts = prepare(old, new)
    links = reduce(lambda links, tier: tier(texts, links), TIERS, Links())
    for pair in links.candidates.pairs:
        features = half_features(texts, links, pair)
        if features is not None:
            known = label(old.body[pair[0]].id, new.body[pair[1]].id, pair[0] not in links.news_of)
            if known is not None:
                yield Row(features, known, GLUED if known and weight != TYPED else weight, fold)
