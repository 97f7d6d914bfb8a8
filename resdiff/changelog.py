"""The changelog of a corpus: a page for every successive pair of every series, a page a series, an index.

    reports/index.html|md|json
    reports/<series>/index.html|md|json
    reports/<series>/A-RES-72-194_A-RES-74-175.fr.html|md|json
    reports/manifest.json                 the content hash each pair was built from

The bytes depend on the texts and on resdiff alone. A pair whose hash stands in the manifest is not built again; a text
that cannot be read spoils its own pairs only, and the index says so.
"""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple, replace

from resdiff import files
from resdiff.comparison import compare
from resdiff.corpus import LINKS, Corpus, Edition, Shelf, load, pins
from resdiff.errors import ResdiffError
from resdiff.judgement import judge
from resdiff.messages import message
from resdiff.model import Comparison, Side
from resdiff.recognition import recognize
from resdiff.rendering import FORMATS, Format, Needs, render
from resdiff.report import Address, Listing, Pair, Report, Sentence, Strong, build, entry, index
from resdiff.version import __version__

__all__ = ["Outcome", "build_changelog", "check_changelog"]

PAGES = tuple(form for form in FORMATS.values() if form.in_changelog)
MANIFEST = "manifest.json"
RE_PLACE = re.compile(r"\w[^/\\\0]*/[^./\\\0][^/\\\0]*")  # a folder of a series and a page in it, nothing above
Step = Callable[[str], None]


def silent(_: str) -> None:
    """The step of a run nobody watches."""


class Task(Struct, frozen=True):
    """A pair to report on: the shelf it stands on, its two editions, the hash of all that its report is made of."""

    shelf: Shelf
    old: Edition
    new: Edition
    digest: str

    @property
    def stem(self) -> str:
        """The name of its pages, below the folder of its series."""
        return _stem(self.old, self.new)

    @property
    def place(self) -> str:
        """The path of its pages below the folder of reports, without suffix."""
        return f"{self.shelf.key}/{self.stem}"


class Outcome(Struct, frozen=True):
    """What a run did: pages built, pairs skipped because nothing changed, and what failed, by pair."""

    built: int
    skipped: int
    failed: tuple[tuple[str, str], ...]


def tasks(corpus: Corpus) -> tuple[Task, ...]:
    """Every successive pair of every series, in order."""
    return tuple(
        Task(shelf, old, new, _digest(shelf, old, new)) for shelf in corpus.shelves for old, new in shelf.pairs()
    )


def build_changelog(
    corpus: Corpus, folder: Path, *, lang: str = "fr", force: bool = False, step: Step = silent
) -> Outcome:
    """Write the changelog of a corpus into a folder; ``step`` is told each pair when it is done.

    Pages of pairs that are no more, or that can no longer be built, are removed. Raises OutputError when the folder
    cannot be written.
    """
    before = _manifest(folder, lang)
    made = _make(tasks(corpus), {} if force else before, folder, lang, step)
    for name, data in (made.pages | made.fronts(corpus, lang)).items():
        files.write(folder / name, data)
    for place in sorted(before.keys() - made.records.keys()):
        for form in PAGES:
            (folder / f"{place}{form.suffixes[0]}").unlink(missing_ok=True)
    return made.outcome


def check_changelog(corpus: Corpus, folder: Path, *, lang: str = "fr", step: Step = silent) -> tuple[str, ...]:
    """The files of the folder that are not, byte for byte, what the corpus makes now; nothing is written."""
    made = _make(tasks(corpus), {}, folder, lang, step)
    wanted = made.pages | made.fronts(corpus, lang)
    here = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    stale = {name for name, data in wanted.items() if name not in here or (folder / name).read_bytes() != data}
    return tuple(sorted(stale | (here - wanted.keys())))


class _Made(Struct):
    """What a run makes, as it grows: pages by path, a record for the manifest and a line for the index by pair."""

    pages: dict[str, bytes]
    records: dict[str, dict[str, Any]]
    lines: dict[str, Pair]
    failed: list[tuple[str, str]]
    skipped: int = 0

    @property
    def outcome(self) -> Outcome:
        """How many pairs were built and skipped, and what failed."""
        return Outcome(len(self.lines) - self.skipped - len(self.failed), self.skipped, tuple(self.failed))

    def fronts(self, corpus: Corpus, lang: str) -> dict[str, bytes]:
        """The pages of the index, those of each series, and the manifest."""
        listings = {shelf.key: self._listing(shelf) for shelf in corpus.shelves if shelf.pairs()}
        below = [
            replace(x, pairs=tuple(replace(p, stem=f"{key}/{p.stem}") for p in x.pairs)) for key, x in listings.items()
        ]
        names = tuple(form.suffixes[0][1:] for form in PAGES)
        fronts = {"index": index(below, lang, names)}
        fronts |= {f"{key}/index": index((x,), lang, names) for key, x in listings.items()}
        pages = {f"{name}.{form}": render(front, form) for name, front in fronts.items() for form in names}
        return pages | {MANIFEST: _dump({"resdiff": __version__, "lang": lang, "pairs": self.records})}

    def _listing(self, shelf: Shelf) -> Listing:
        return Listing(shelf.title, tuple(self.lines[f"{shelf.key}/{_stem(old, new)}"] for old, new in shelf.pairs()))


def _make(todo: tuple[Task, ...], known: dict[str, dict[str, Any]], folder: Path, lang: str, step: Step) -> _Made:
    """Build every pair that is not known under the same hash."""
    made = _Made({}, {}, {}, [])
    for task in todo:
        kept = known.get(task.place, {})
        if kept.get("digest") == task.digest and all(
            (folder / f"{task.place}{form.suffixes[0]}").is_file() for form in PAGES
        ):
            made.records[task.place], made.lines[task.place] = kept, _line(kept)
            made.skipped += 1
        else:
            _build(task, made, lang)
        step(task.stem)
    return made


def _build(task: Task, made: _Made, lang: str) -> None:
    """Build the pages of one pair; what cannot be read becomes a line that says so."""
    try:
        old, new = load(task.old), load(task.new)
        linked = compare(old, new, pins=pins(task.shelf.folder / LINKS))
        earlier = [recognize(load(edition)) for edition in task.shelf.before(task.old)]
        compared = judge(linked, recognize(old), recognize(new), earlier=earlier)
        report = build(compared, lang=lang)
    except ResdiffError as error:
        said = message(f"error.{error.code}", *error.values, lang=lang)
        made.failed.append((task.place, said))
        made.lines[task.place] = Pair(task.old.stem, task.new.stem, task.stem, error=said)
        return
    made.pages |= {f"{task.place}{form.suffixes[0]}": _page(form, compared, report) for form in PAGES}
    made.lines[task.place] = line = entry(report, task.stem)
    made.records[task.place] = _record(task, line)


def _page(form: Format, compared: Comparison, report: Report) -> bytes:
    if form.needs is Needs.COMPARISON:
        return render(compared, form.name, lang=report.lang)
    return render(report, form.name)


def _stem(old: Edition, new: Edition) -> str:
    return f"{old.stem}_{new.stem}.{old.language}"


def _digest(shelf: Shelf, old: Edition, new: Edition) -> str:
    """The hash of all that a report is made of: its two texts, the earlier ones, a person's links."""
    sources = [edition.path for edition in (*shelf.before(old), old, new)] + [shelf.folder / LINKS]
    total = hashlib.sha256()
    for path in sources:
        total.update(hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest())
    return total.hexdigest()


# ---- the manifest: what was built, and the lines of the index for what is skipped -----------------------------------


def _manifest(folder: Path, lang: str) -> dict[str, dict[str, Any]]:
    """The pairs of the last run by place; none when it was another version or language, or is broken."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        same = data["resdiff"] == __version__ and data["lang"] == lang
        return {place: kept for place, kept in data["pairs"].items() if _is_sound(place, kept)} if same else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _is_sound(place: str, kept: Any) -> bool:  # noqa: ANN401 - whatever stands in the file
    """Whether a record is one we wrote: pages of another place are never removed, a broken one is built again."""
    try:
        line = _line(kept)
    except (KeyError, TypeError, ValueError):
        return False
    words = (kept.get("digest"), line.old, line.new, line.stem)
    return RE_PLACE.fullmatch(place) is not None and all(isinstance(word, str) for word in words)


def _record(task: Task, line: Pair) -> dict[str, Any]:
    return {
        "digest": task.digest,
        "old": line.old,
        "new": line.new,
        "stem": line.stem,
        "numbers": _parts(line.numbers),
        "sentences": [_parts(sentence) for sentence in line.sentences],
    }


def _line(record: dict[str, Any]) -> Pair:
    sentences = tuple(_sentence(parts) for parts in record["sentences"])
    return Pair(record["old"], record["new"], record["stem"], _sentence(record["numbers"]), sentences)


def _parts(sentence: Sentence) -> list[Any]:
    """A sentence as JSON: text is a string, stressed words a list of one, an address a list of three."""
    return [part if isinstance(part, str) else list(astuple(part)) for part in sentence.parts]


def _sentence(parts: list[Any]) -> Sentence:
    return Sentence(tuple(p if isinstance(p, str) else Strong(*p) if len(p) == 1 else _address(*p) for p in parts))


def _address(side: str, id: str, label: str) -> Address:  # noqa: A002 - the word of the values
    return Address(Side(side), id, label)


def _dump(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
