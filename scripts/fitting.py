"""What the scripts that fit weights to labels of readers share: the labels by pair, the fold of a series, the table.

A file of labels is a CSV whose columns ``old`` and ``new`` name two texts. FOLDER holds those texts, at any depth, and
beside them ``CHAINS.json``: the name of a series, and the names of the files of its editions.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from zlib import crc32

from resdiff import compare, parse, read, recognize
from resdiff.judgement.case import Case, lay_out

FOLDS = 8
Weights = tuple[float, ...]


def labelled(folder: Path, labels: Path) -> Iterator[tuple[Case, int, list[dict[str, str]]]]:
    """Each pair of texts that labels name, the fold of its series, and its rows; pairs that are not in the folder are
    told and left out."""
    files = {path.stem: path for path in folder.rglob("*.txt")}
    series = {
        Path(name).stem: f"{chains.parent.name} {key}"
        for chains in folder.rglob("CHAINS.json")
        for key, names in json.loads(chains.read_text("utf-8")).items()
        for name in names
    }
    for (old, new), rows in by_pair(labels):
        if old not in files or new not in files:
            print(f"left out: {old}, {new}", file=sys.stderr)
            continue
        comparison = compare(*(parse(read(files[name])) for name in (old, new)))
        case = Case(comparison, recognize(comparison.old), recognize(comparison.new), lay_out(comparison))
        yield case, crc32(series.get(old, old).encode()) % FOLDS, rows


def by_pair(labels: Path) -> Iterator[tuple[tuple[str, str], list[dict[str, str]]]]:
    """The names of two texts and what a file of labels says of them, pair by pair."""
    with labels.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for (old, new), same in groupby(rows, key=itemgetter("old", "new")):
        yield (old, new), list(same)


def table(head: str, features: Sequence[str], weights: Weights, folds: Sequence[Weights]) -> str:
    """The weights as a table: beside each the least and the most it becomes when the series of a fold are left out."""
    lines = [
        f"{name} = {weights[at]}  # {min(fold[at] for fold in folds)} to {max(fold[at] for fold in folds)}\n"
        for at, name in enumerate(("base", *features))
    ]
    return "".join((head, *lines))


def options(description: str | None) -> argparse.Namespace:
    """The folder of texts, and whether the table is to be written."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder of texts")
    parser.add_argument("--write", action="store_true", help="keep the weights in the table")
    return parser.parse_args()
