"""The texts that weights are fitted on and measured with: chains of successive editions, and labelled pairs."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock
from zlib import crc32

from resdiff import Corpus, locate, parse, read
from resdiff.alignment.texts import Odds
from resdiff.errors import ResdiffError
from resdiff.model import Resolution

__all__ = ["ALL", "FOLDS", "ROOT", "Chain", "Labelled", "chains", "labelled", "weighed_by"]

ROOT = Path(__file__).resolve().parents[2]
FOLDS = 5  # a series is wholly in one, so that a text is scored by weights that saw no edition of it
ALL = FOLDS  # the name of the weights that leave no series out


@dataclass(frozen=True)
class Chain:
    """Successive editions of one resolution, in order, by the names of their files."""

    name: str
    folder: str
    files: tuple[str, ...]
    texts: tuple[Resolution, ...]

    @property
    def fold(self) -> int:
        return crc32(self.name.encode()) % FOLDS


@dataclass(frozen=True)
class Labelled:
    """Two texts and what a person said of them."""

    name: str
    old: Resolution
    new: Resolution
    rows: list[dict]
    fold: int


def chains(folder: Path) -> Iterator[Chain]:
    """The chains below ``folder``, of each ``CHAINS.json``: names of files by the name of their series."""
    for path in sorted(folder.rglob("CHAINS.json")):
        for name, files in json.loads(path.read_text("utf-8")).items():
            found = [(file, text) for file in files if (text := _parsed(path.parent / file))]
            yield Chain(name, path.parent.name, tuple(f for f, _ in found), tuple(t for _, t in found))


def _parsed(path: Path) -> Resolution | None:
    try:
        return parse(read(path))
    except ResdiffError:
        return None


def weighed_by(odds: Odds) -> AbstractContextManager[object]:
    """A place where texts are compared with these weights, not those of the table."""
    return mock.patch("resdiff.alignment.texts.shipped_odds", lambda: odds)


def labelled(folder: Path, series: list[Chain]) -> Iterator[Labelled]:
    """The labelled pairs: the shipped ones, then those of ``folder`` whose paragraphs stand beside their labels."""
    corpus = Corpus(locate(ROOT / "corpus"))
    for path in sorted((ROOT / "tests/gold/alignment").glob("*_*.json")):
        old, new = (corpus.get(name.replace("-", "/")) for name in path.stem.split("_"))
        yield Labelled(path.stem, old, new, json.loads(path.read_text("utf-8")), crc32(b"74/175") % FOLDS)
    for path in sorted(folder.rglob("[0-9]*-[0-9]*.json")):
        names = path.stem.split("-")
        if all((path.parent / f"S-{name}.json").exists() for name in names):
            old, new = (_made(path.parent / f"S-{name}.json") for name in names)
            own = [chain.fold for chain in series if any(f"_{names[0]}_" in file for file in chain.files)]
            fold = own[0] if own else crc32(path.stem.encode()) % FOLDS
            yield Labelled(path.stem, old, new, json.loads(path.read_text("utf-8")), fold)


def _made(path: Path) -> Resolution:
    """A labelled text, read as if it were a file of its paragraphs."""
    text = json.loads(path.read_text("utf-8"))
    body = [text["symbol"], "Le Conseil de sécurité,", *(p["text"] for p in text["paragraphs"])]
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / f"{path.stem}.txt"
        file.write_text("\n\n".join(body) + "\n", "utf-8")
        return parse(read(file))
