"""Links against what readers said of pairs and of halves, each weighed by how many such cases it was drawn from."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

from chains import compared
from fitting import by_pair
from judging import judged as as_judged

from resdiff.model import Side

pytestmark = [pytest.mark.chains, pytest.mark.slow]

GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="module")
def files(shared):
    return {path.stem: path for path in (shared / "texts").rglob("*.txt")}


def judged(files, labels, lang) -> Iterator[tuple[dict[str, str], set[tuple[str, str]]]]:
    """Each row of a file of labels in a language, with the links of its two texts."""
    for names, rows in by_pair(GOLD / labels):
        if names[0].endswith("_FR") != (lang == "fr"):
            continue
        changes = compared(*(files[name] for name in names)).changes
        links = {(old, new) for change in changes for old in change.link.old for new in change.link.new}
        yield from ((row, links) for row in rows)


def share(rows) -> float:
    """What of the weight of the rows is right."""
    return sum(weight for weight, right in rows if right) / sum(weight for weight, _ in rows)


@pytest.mark.parametrize(("lang", "precision", "recall"), [("fr", 0.93, 0.38), ("en", 0.94, 0.48)])
def test_what_is_linked_as_a_half_is_one(files, lang, precision, recall):
    told, halves = [], []
    for row, links in judged(files, "halves.csv", lang):
        ids = (row["host"], row["guest"])
        is_told = (ids if row["side"] == "old" else ids[::-1]) in links
        weight, is_half = float(row["stands_for"]), row["label"] == "yes"
        told += [(weight, is_half)] * is_told
        halves += [(weight, is_told)] * is_half
    print(f"{lang}: precision {share(told):.3f}, recall {share(halves):.3f}")
    assert share(told) >= precision and share(halves) >= recall


@pytest.mark.parametrize(("lang", "precision"), [("fr", 0.89), ("en", 0.89)])
def test_few_pairs_that_are_linked_have_but_a_theme_in_common(files, lang, precision):
    told = [
        (float(row["stands_for"]), row["label"] != "no")
        for row, links in judged(files, "pairs.csv", lang)
        if (row["old_paragraph"], row["new_paragraph"]) in links
    ]
    print(f"{lang}: {share(told):.3f}")
    assert share(told) >= precision


def test_pointers_lead_where_readers_found_what_is_said(files):
    """Three in four of the paragraphs named beside one without a link say it, in whole or in part. A fifth of the pairs
    of texts stands for all."""
    told, others = [], []
    for names, rows in [*by_pair(GOLD / "pointers.csv")][::5]:
        found = as_judged(compared(*(files[name] for name in names)))
        sides = {Side.OLD: [], Side.NEW: []}
        for kin in (*found.neighbours, *found.kin):
            sides[kin.side].append((kin.paragraph, kin.other))
        named = {*sides[Side.OLD], *((other, own) for own, other in sides[Side.NEW])}
        for row in rows:
            is_one = row["label"] in ("same", "part")
            (told if (row["old_paragraph"], row["new_paragraph"]) in named else others).append(is_one)
    print(f"{sum(told)} of {len(told)}, of the others {sum(others)} of {len(others)}")
    assert len(told) >= 30 and sum(told) / len(told) >= 0.75
    assert sum(others) / len(others) <= 0.65
