"""Pairs of texts with known links: labelled by a person, or generated."""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from resdiff import Corpus, limits, locate
from resdiff.model import Part

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

import generator  # noqa: E402 - the tests are no package

__all__ = ["SIZES", "Entry", "Pair", "generated", "labelled"]

SIZES = (50, 150, 500, 2000, 5000)
SEEDS = {50: (901, 902, 903), 150: (901, 902, 903), 500: (901,), 2000: (901,), 5000: (901,)}  # no test uses these
RE_NUMBER = re.compile(r"(?:\d+\.|\(?[a-z]{1,2}\)|[ivx]+\))\s+")
RE_PARTICIPLE = re.compile(r"(?:\w+ant|Consciente?)\b")
RE_CLOSING = re.compile(r"\d+e séance plénière|\d+ \w+ \d{4}")
OPERATIVE, MOST_OPERATIVE = 0.4, 900  # a share, and no more: numbers of four digits number no paragraph of a resolution
LARGEST = limits.PARAGRAPHS - limits.PARAGRAPHS // 50  # the next version is longer, and has to be read as well
SECURITY_COUNCIL = ROOT.parent / "shared" / "gold" / "sc-dev"


@dataclass(frozen=True)
class Entry:
    """Old and new paragraphs that belong together; a doubtful one counts neither way."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    changed: bool
    doubtful: bool = False

    @property
    def links(self) -> set[tuple[str, str]]:
        return {(old, new) for old in self.old for new in self.new}


@dataclass(frozen=True)
class Pair:
    """Two texts: their paragraphs by id, their true links, and the files resdiff reads."""

    name: str
    size: int
    old: dict[str, str]
    new: dict[str, str]
    entries: tuple[Entry, ...]
    files: tuple[str, str]

    def links(self, *, doubtful: bool) -> set[tuple[str, str]]:
        return {link for entry in self.entries if entry.doubtful is doubtful for link in entry.links}

    @property
    def changed(self) -> int:
        return sum(entry.changed for entry in self.entries)


def labelled(folder: Path) -> Iterator[Pair]:
    """The pairs a person labelled: the shipped one, then those of the Security Council where they are present."""
    corpus = Corpus(locate(ROOT / "corpus"))
    sides = [_bare({p.id: p.text for p in corpus.get(symbol).body}) for symbol in ("72/194", "74/175")]
    entries = _entries(ROOT / "tests/gold/alignment/72-194_74-175.json")
    yield Pair("72/194 → 74/175", len(sides[1]), *sides, entries, ("72/194", "74/175"))
    for path in sorted(SECURITY_COUNCIL.glob("[0-9]*.json")):
        yield _security_council(path, folder)


def _security_council(path: Path, folder: Path) -> Pair:
    sides, files = [], []
    for symbol in path.stem.split("-"):
        text = json.loads((path.parent / f"S-{symbol}.json").read_text("utf-8"))
        body = [p["text"] for p in text["paragraphs"]]
        files.append(_written(folder / f"S-{symbol}.txt", [text["symbol"], "Le Conseil de sécurité,", *body]))
        sides.append(_bare({p["id"]: p["text"] for p in text["paragraphs"]}))
    name = "S/RES/" + path.stem.replace("-", " → ")
    return Pair(name, len(sides[1]), sides[0], sides[1], _entries(path), (files[0], files[1]))


def _entries(path: Path) -> tuple[Entry, ...]:
    rows = json.loads(path.read_text("utf-8"))
    return tuple(
        Entry(tuple(r["old"]), tuple(r["new"]), r["kind"] != "unchanged", bool(r.get("doubtful"))) for r in rows
    )


def generated(folder: Path, sizes: tuple[int, ...] = SIZES) -> Iterator[Pair]:
    """Next versions of 74/175, grown to each size; several of the small sizes, to count links on enough of them."""
    for size in sizes:
        for seed in SEEDS[size]:
            yield _generated(folder, size, seed)


def _generated(folder: Path, size: int, seed: int) -> Pair:
    names = ("A-RES-72-194.fr", "A-RES-74-175.fr", "A-RES-78-226.fr")
    bank = [row for name in names for row in generator.shipped(name) if not RE_CLOSING.match(row[1])]
    seeds = [row for row in generator.shipped(names[1]) if not RE_CLOSING.match(row[1])]
    operative = min(round(size * OPERATIVE), MOST_OPERATIVE)
    counts = {Part.PREAMBLE: min(size, LARGEST) - operative, Part.OPERATIVE: operative}
    grown = [row for part, count in counts.items() for row in _grown(seeds, bank, part, count, seed)]
    version = generator.next_version(grown, [text for _, text in bank], generator.CONDITIONS["medium"], seed)
    texts = (version.old, version.new)
    sides = [{p.id: _opened(p.part, p.text) for p in text.body} for text in texts]
    files = []
    for name, text, side in zip(("old", "new"), texts, sides, strict=True):
        body = [f"{p.number}. {side[p.id]}" if p.number else side[p.id] for p in text.body]
        files.append(_written(folder / f"{size}-{seed}-{name}.txt", [text.symbol, "L’Assemblée générale,", *body]))
    return Pair(f"{size}", size, sides[0], sides[1], _drawn(version, *sides), (files[0], files[1]))


def _grown(
    seeds: list[generator.Seed], bank: list[generator.Seed], part: Part, size: int, seed: int
) -> list[generator.Seed]:
    """As many paragraphs of one part, the new ones out of paragraphs of the same part."""
    own = [text for of, text in bank if of is part]
    rows = [row for row in generator.grown(seeds, own, size * 3, seed) if row[0] is part]
    return rows[:size]


def _opened(part: Part, text: str) -> str:
    """The text as a paragraph of a resolution opens: with a capital, in the preamble with a participle."""
    if part is Part.PREAMBLE and not RE_PARTICIPLE.match(text):
        return f"Notant que {text[:1].lower()}{text[1:]}"
    return text[:1].upper() + text[1:]


def _drawn(version: generator.Version, old: dict[str, str], new: dict[str, str]) -> tuple[Entry, ...]:
    linked = [Entry(olds, news, [old[i] for i in olds] != [new[i] for i in news]) for olds, news in version.groups]
    known = [{i for entry in linked for i in side(entry)} for side in (lambda e: e.old, lambda e: e.new)]
    alone = [Entry((i,), (), True) for i in old if i not in known[0]]
    alone += [Entry((), (i,), True) for i in new if i not in known[1]]
    return tuple(linked + alone)


def _written(path: Path, paragraphs: list[str]) -> str:
    path.write_text("\n\n".join(paragraphs) + "\n", "utf-8")
    return str(path)


def _bare(paragraphs: dict[str, str]) -> dict[str, str]:
    """The paragraphs without their numbers, on one line each."""
    return {
        id_: RE_NUMBER.sub("", " ".join(text.split()), count=1) if RE_NUMBER.match(text) else text.strip()
        for id_, text in paragraphs.items()
    }
