"""The labels that weights of links are fitted on: nobody typed them, so what they say must be right by making."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

from linking import labels
from linking.labels import Half, far_pairs, halves, steps_by, without_some
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


def test_what_readers_said_of_halves_is_found_in_the_texts(corpus, tmp_path, monkeypatch):
    head = "old,new,side,host,guest,partners,label,stands_for"
    rows = ("72-194,74-175,old,op14,op16,op15,yes,1.5", "a,b,old,op1,op2,op1,no,1.0")
    (tmp_path / "halves.csv").write_text("\n".join((head, *rows, "")), "utf-8")
    monkeypatch.setattr(labels, "HALVES", tmp_path / "halves.csv")
    files = tuple(f"{symbol.replace('/', '-')}.txt" for symbol in SYMBOLS)
    chain = Chain("series", "fr", files, tuple(map(corpus.get, SYMBOLS)))
    ((found, old, new, (half,)),) = halves([chain])
    assert (found, old.symbol, new.symbol) == (chain, "A/RES/72/194", "A/RES/74/175")
    assert half == Half(of_old=True, host="op14", guest="op16", partners=("op15",), label=1, stands_for=1.5)
