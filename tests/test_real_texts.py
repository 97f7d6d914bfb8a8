"""Real resolutions of the Security Council, raw, with page furniture and footnotes in the flow."""

import json
import re
from itertools import pairwise

import chains
import pytest
from once import clock
from turns import in_turn

from resdiff.model import Part
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.rendering import render
from resdiff.report import build

RE_FURNITURE = re.compile(
    r"S/RES/\d+ \(\d{4}\)\s+\S+ \S+ \S|Résolutions? (?:et décisions )?(?:adoptées? par le )?Conseil de sécurité,? \d"
    r"|\b\d\d-\d{5}\b|\d+e année|Documents officiels du Conseil de sécurité\s*,?\s*$"
)


@pytest.fixture(scope="module")
def resolutions(shared):
    paths = sorted((shared / "texts" / "fr-sc").glob("*.txt"))
    assert len(paths) >= 50
    return {path.name: parse(read(path)) for path in paths}


def numbers(resolution):
    """The numbers of the operative paragraphs, as (number, letter)."""
    top = (p.number for p in resolution.paragraphs if p.part is Part.OPERATIVE and p.depth == 0 and p.number)
    return [int(match[0]) for number in top if (match := re.match(r"\d+", number))]


def test_operative_numbers_run_without_gap_or_the_gap_is_told(resolutions):
    for name, resolution in resolutions.items():
        found = numbers(resolution)
        missing = set(range(1, max(found, default=0) + 1)) - set(found)
        told = {n.values[0] for n in resolution.notices if n.code.startswith("number-")}
        assert {str(number) for number in missing} <= told, name
        assert found == sorted(found) or told, name


def test_most_resolutions_number_their_operative_part(resolutions):
    assert sum(bool(numbers(resolution)) for resolution in resolutions.values()) >= 45


def test_no_running_head_stands_inside_a_paragraph(resolutions):
    for name, resolution in resolutions.items():
        for paragraph in resolution.body:
            assert not RE_FURNITURE.search(paragraph.text), f"{name} {paragraph.id}"


@pytest.mark.chains
@pytest.mark.slow
@pytest.mark.parametrize(("name", "parts"), [("fr-sc-all", 3), ("en-ga", 12)])
def test_no_successive_pair_fails_or_takes_long(shared, name, parts):
    """The successive pairs of the chains in turn, and one whose name ended in an elision."""
    folder = shared / "texts" / name
    series = json.loads((folder / "CHAINS.json").read_text(encoding="utf-8"))
    pairs = in_turn([pair for _, names in sorted(series.items()) for pair in pairwise(names)], parts)
    pairs += [("S_RES_0982_1995_FR.txt", "S_RES_0998_1995_FR.txt")] if name == "fr-sc-all" else []
    for old, new in dict.fromkeys(pairs):
        start = clock()
        report = build(chains.judged(folder / old, folder / new))
        assert render(report, "md"), f"{old} {new}"
        assert clock() - start < 10, f"{old} {new}"
