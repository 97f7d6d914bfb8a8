"""The labels that weights of links are fitted on: nobody typed them, so what they say must be right by making."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

from linking.labels import far_pairs, forged, steps_by, without_some
from linking.texts import Chain

SYMBOLS = ("72/194", "74/175", "78/226")


@pytest.fixture(scope="module")
def far(corpus):
    texts = tuple(corpus.get(symbol) for symbol in SYMBOLS)
    (pair,) = far_pairs([Chain("series", "fr", SYMBOLS, texts)], (2,), 10, 1, steps_by({}))
    return pair


def test_steps_put_together_are_the_labels_of_a_far_pair(far):
    assert far.steps == 2 and len(far.links) >= 20
    old, new = next(iter(far.links.items()))
    assert far.label(old, new) == 1
    assert far.label(old, "op99") == far.label("op99", new) == 0
    assert far.label("op99", "op99") is None


def test_a_partner_taken_away_leaves_an_orphan_that_belongs_to_nothing(far):
    short = without_some(far, "seed")
    news = {p.id for p in short.new.body}
    orphans = {old for old, new in far.links.items() if new not in news}
    assert orphans
    assert all(short.label(old, new) == 0 for old in orphans for new in news)
    assert without_some(far, "seed") == short != without_some(far, "another")


def test_halves_that_were_cut_and_glued_are_labelled(far):
    made = [cut for seed in range(40) if (cut := forged(far, f"seed {seed}"))]
    assert len(made) > 30
    for cut in made:
        for old, new in cut.halves:
            assert cut.label(old, new, True) == cut.label(old, new, False) == 1
    parts = {
        tuple(next(p.part for p in text.paragraphs if p.id == id_) for text, id_ in ((cut.old, o), (cut.new, n)))
        for cut in made
        for o, n in cut.halves
        if any(p.id == o for p in cut.old.paragraphs) and any(p.id == n for p in cut.new.paragraphs)
    }
    assert len(parts) > 2  # some went from one part to the other
