"""The changelog of a corpus: a page for every successive pair of every series, a page a series, an index.

    reports/index.html|md|json            the latest first; with many pairs, 2023.html|md|json and so on for the years
    reports/atom.xml                      the feed of the latest
    reports/<series>/index.html|md|json
    reports/<series>/atom.xml
    reports/<series>/A-RES-72-194_A-RES-74-175.fr.html|md|json
    reports/<series>/history.fr.html|md|json   every paragraph over all editions, where there are three or more
    reports/manifest.json                 what each pair was built from, and the hash of every file

The bytes depend on the texts and on resdiff alone. A pair is not built again when the manifest has the hash of all
that it is made of, and of its pages as they lie there. The manifest is written first, with the names of all that will
be, and last, with what is: whenever a run is stopped, the next one knows what is ours and what to build again. A text
that cannot be read, or a pair that resdiff fails on, spoils its own pages only, and the index says so.
"""

import ctypes
import errno
import hashlib
import os
import re
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from enum import StrEnum
from itertools import groupby, islice
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from resdiff import files, limits
from resdiff.comparison import compare
from resdiff.corpus import LINKS, Corpus, Edition, Shelf, is_own, load, readable
from resdiff.errors import OutputError, ResdiffError
from resdiff.judgement import judge
from resdiff.messages import explained, message
from resdiff.model import Comparison, Resolution
from resdiff.recognition import Survey, recognize
from resdiff.rendering import FORMATS, Format, Needs, options_type, render
from resdiff.rendering.atom import feed
from resdiff.rendering.chronicle import ChronicleOptions, render_chronicle
from resdiff.report import UNDATED, Listing, Pair, Report, Way, build, entry, fronts
from resdiff.report.chronicle import chronicle
from resdiff.series.lineage import ages, trace
from resdiff.version import __version__

__all__ = ["Checked", "Outcome", "Reason", "Stale", "build_changelog", "check_changelog"]

PAGES = tuple(form for form in FORMATS.values() if form.in_changelog)
MANIFEST = "manifest.json"
PARENT_DEATH = 1  # PR_SET_PDEATHSIG of prctl(2)
AHEAD = 2  # series a process that are built ahead of what is written
LONG = 3  # editions of a series that is told as a whole
FEED = "atom.xml"
NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
# what a manifest may name as ours: a page of a series, or an index; nothing above, nothing hidden
RE_PLACE = re.compile(r"\w[^/\\\0]*/[^./\\\0][^/\\\0]*")
RE_FILE = re.compile(
    rf"(?:{RE_PLACE.pattern}|index|\d{{4}}|{UNDATED})\.(?:{'|'.join(form.suffixes[0][1:] for form in PAGES)})"
    rf"|(?:\w[^/\\\0]*/)?{re.escape(FEED)}"
)
Step = Callable[[str], None]


def silent(_: str) -> None:
    """The step of a run nobody watches."""


class Task(Struct, frozen=True):
    """A pair to report on: the shelf it stands on, its two editions, the hash of all that its report is made of.

    ``previous`` and ``next`` are the stems of the pairs before and after it, empty at the ends of its series.
    """

    shelf: Shelf
    old: Edition
    new: Edition
    digest: str
    previous: str = ""
    next: str = ""

    @property
    def stem(self) -> str:
        """The name of its pages, below the folder of its series."""
        return _stem(self.old, self.new)

    @property
    def place(self) -> str:
        """The path of its pages below the folder of reports, without suffix."""
        return f"{self.shelf.key}/{self.stem}"

    def ways(self, failed: Collection[str]) -> tuple[str, str]:
        """The stems before and after it, save those whose pair failed: there is no page to lead to."""
        before, after = (
            stem if f"{self.shelf.key}/{stem}" not in failed else "" for stem in (self.previous, self.next)
        )
        return before, after


class Story(Struct, frozen=True):
    """A series to tell as a whole: its shelf, its editions of one language, the hash of all that is told of."""

    shelf: Shelf
    editions: tuple[Edition, ...]
    digest: str

    @property
    def place(self) -> str:
        """The path of its pages below the folder of reports, without suffix."""
        return f"{self.shelf.key}/{self.stem}"

    @property
    def stem(self) -> str:
        """The name of its pages."""
        return f"history.{self.editions[0].language}"


class Outcome(Struct, frozen=True):
    """What a run did: pages built, pairs skipped because nothing changed, and what failed, by pair or file.

    ``traces`` are those of failures that are a fault of resdiff.
    """

    built: int
    skipped: int
    failed: tuple[tuple[str, str], ...]
    traces: tuple[str, ...] = ()


class Reason(StrEnum):
    """Why a file of the reports is not current."""

    MISSING = "missing"
    DIFFERENT = "different"
    LEFTOVER = "leftover"


class Stale(Struct, frozen=True, order=True):
    """A file of the reports that is not current: its path below their folder, and why."""

    name: str
    reason: Reason


class Checked(Struct, frozen=True):
    """What a check found: files that are not current, and what fails, as in :class:`Outcome`."""

    stale: tuple[Stale, ...]
    failed: tuple[tuple[str, str], ...] = ()
    traces: tuple[str, ...] = ()


def tasks(corpus: Corpus) -> tuple[Task, ...]:
    """Every successive pair of every series, in order."""
    return tuple(task for shelf in corpus.shelves for task in _tasks(shelf))


def _tasks(shelf: Shelf) -> Iterator[Task]:
    """The pairs of a series with those before and after them, which are of the same language."""
    for _, row in groupby(shelf.pairs(), key=lambda pair: pair[0].language):
        pairs = list(row)
        stems = ["", *(_stem(old, new) for old, new in pairs), ""]
        for (old, new), before, after in zip(pairs, stems, stems[2:], strict=False):
            yield Task(shelf, old, new, _digest(shelf, _sources(shelf, old, new)), before, after)


def _sources(shelf: Shelf, old: Edition, new: Edition) -> tuple[Edition, ...]:
    """The editions that the pages of a pair are made of."""
    return (*shelf.before(old), old, new)


def stories(corpus: Corpus) -> tuple[Story, ...]:
    """Every series of three editions or more in one language: of two the page of the pair tells all."""
    return tuple(
        Story(shelf, editions, _digest(shelf, editions))
        for shelf in corpus.shelves
        for editions in shelf.rows()
        if len(editions) >= LONG
    )


def build_changelog(
    corpus: Corpus,
    folder: Path,
    *,
    lang: str = "fr",
    site: str = "",
    force: bool = False,
    step: Step = silent,
    jobs: int = 1,
) -> Outcome:
    """Write the changelog of a corpus into a folder; ``step`` is told each pair when it is done.

    Of more than one of ``jobs`` each is a process that builds a series at a time; the bytes are the same.

    ``site`` is the address where the folder will lie on the web, for the links of the feeds. Pages of pairs that are no
    more, or that can no longer be built, are removed. What is done when the run is stopped is kept.
    Raises OutputError when the folder cannot be written, or another run writes in it for long.
    """
    if files.is_same(folder, corpus.folder):  # the next run would take the reports for texts
        raise OutputError("output-is-input", folder)
    with files.alone(folder):
        return _build_all(corpus, folder, _Made(lang, site, jobs=jobs), force, step)


def _build_all(corpus: Corpus, folder: Path, made: "_Made", force: bool, step: Step) -> Outcome:
    """What :func:`build_changelog` does in a folder that nobody else writes in."""
    todo, lang = tasks(corpus), made.lang
    for place in sorted({folder, *(folder / shelf.key for shelf in corpus.shelves)}):
        files.sweep(place)
    before = _manifest(folder, lang)
    known = {} if force else {t.place: kept for t in todo if (kept := _current(t, before, folder))}
    planned = before.files | {name: "" for task in todo if task.place not in known for name in _names(task.place)}
    told = {story.place: pages for story in stories(corpus) if not force and (pages := before.told(story, folder))}
    planned |= {name: "" for story in stories(corpus) if story.place not in told for name in _names(story.place)}
    planned |= {name: before.files.get(name, "") for name in _front_names(corpus)}
    _write_manifest(folder, _Manifest(__version__, lang, planned, known, told))
    try:
        for name, data in _files(corpus, todo, known, told, made, step):
            made.files[name] = _put(folder, name, data)
        _remove(folder, planned.keys() - made.files.keys())
    except KeyboardInterrupt:
        _write_manifest(
            folder, _Manifest(__version__, lang, planned | made.files, known | made.records, told | made.stories)
        )
        raise
    _write_manifest(folder, _Manifest(__version__, lang, made.files, made.records, made.stories))
    made.failed += _left_out(corpus, lang)
    return made.outcome


def check_changelog(
    corpus: Corpus, folder: Path, *, lang: str = "fr", site: str = "", step: Step = silent, jobs: int = 1
) -> Checked:
    """What in the folder is not, byte for byte, what the corpus makes now; nothing is written."""
    made = _Made(lang, site, jobs=jobs)
    wanted = dict(_files(corpus, tasks(corpus), {}, {}, made, step))
    made.files = {name: _sha256(data) for name, data in wanted.items()}
    wanted[MANIFEST] = _dump(_Manifest(__version__, lang, made.files, made.records, made.stories))
    here = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    stale = [Stale(name, Reason.MISSING) for name in wanted.keys() - here]
    stale += [Stale(n, Reason.DIFFERENT) for n in wanted.keys() & here if _hash_of(folder / n) != _sha256(wanted[n])]
    stale += [Stale(name, Reason.LEFTOVER) for name in here - wanted.keys()]
    return Checked(tuple(sorted(stale)), (*made.failed, *_left_out(corpus, lang)), tuple(made.traces))


def _left_out(corpus: Corpus, lang: str) -> list[tuple[str, str]]:
    """What in the corpus is not read, with why."""
    return [
        (path.relative_to(corpus.folder).as_posix().encode(errors="replace").decode(), explained(error, lang))
        for path, error in corpus.left_out()
    ]


class _Record(Struct, frozen=True):
    """What the manifest keeps of a pair: by what it is known to be current, the stems of the pairs before and after it
    that its pages lead to, and its line of the index."""

    digest: str
    pages: dict[str, str]
    ways: tuple[str, str]
    line: Pair


class _Series(Struct):
    """The texts of one series as they were read, and what is known of each: an edition is read once, and recognized
    once, however many pairs it stands in or before."""

    key: str = ""
    texts: dict[Path, Resolution] = field(default_factory=dict)
    surveys: dict[int, tuple[Resolution, Survey]] = field(default_factory=dict)

    def text(self, edition: Edition) -> Resolution:
        """The text of an edition. Raises InputError."""
        if edition.path not in self.texts:
            self.texts[edition.path] = load(edition)
        return self.texts[edition.path]

    def survey(self, text: Resolution) -> Survey:
        """What is known of a text."""
        if id(text) not in self.surveys:
            self.surveys[id(text)] = text, recognize(text)  # the text is kept, and its id with it
        return self.surveys[id(text)][1]


class _Told(Struct, frozen=True):
    """What the manifest keeps of a series told as a whole: by what it is known to be current."""

    digest: str
    pages: dict[str, str]


class _Made(Struct):
    """What a run makes, as it grows: the hash of each file by its path, a record for the manifest and a line for the
    index by pair, a record by series told as a whole."""

    lang: str
    site: str = ""
    jobs: int = 1
    files: dict[str, str] = field(default_factory=dict)
    records: dict[str, _Record] = field(default_factory=dict)
    lines: dict[str, Pair] = field(default_factory=dict)
    stories: dict[str, _Told] = field(default_factory=dict)
    failed: list[tuple[str, str]] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)
    series: _Series = field(default_factory=_Series)

    def absorb(self, other: "_Made") -> None:
        """Take in what another process made of a series."""
        self.files |= other.files
        self.records |= other.records
        self.lines |= other.lines
        self.stories |= other.stories
        self.failed += other.failed
        self.traces += other.traces
        self.kept |= other.kept

    def shelf(self, shelf: Shelf) -> _Series:
        """The texts of a series; those of the series before are let go."""
        if self.series.key != shelf.key:
            self.series = _Series(shelf.key)
        return self.series

    @property
    def outcome(self) -> Outcome:
        """How many pairs were built and skipped, and what failed."""
        built = len(self.lines) - len(self.kept) - sum(bool(line.error) for line in self.lines.values())
        return Outcome(built, len(self.kept), tuple(self.failed), tuple(self.traces))

    def keep(self, task: Task, record: _Record) -> None:
        """Take a pair as an earlier run left it."""
        self.records[task.place], self.lines[task.place] = record, record.line
        self.files |= record.pages
        self.kept.add(task.place)

    def fronts(self, corpus: Corpus) -> Iterator[tuple[str, bytes]]:
        """The pages of the index, of the years and of each series, and the feeds."""
        listings = {shelf.key: self._listing(shelf) for shelf in corpus.shelves if shelf.pairs()}
        names = tuple(form.suffixes[0][1:] for form in PAGES)
        for stem, front in fronts(listings, self.lang, names, FEED):
            yield from ((f"{stem}.{form}", render(front, form)) for form in names)
            if front.feed:
                key = stem.rpartition("/")[0]
                yield f"{key}/{FEED}" if key else FEED, feed(front, site=self.site, key=key)

    def _listing(self, shelf: Shelf) -> Listing:
        pairs = tuple(self.lines[f"{shelf.key}/{_stem(old, new)}"] for old, new in shelf.pairs())
        told = [Story(shelf, editions, "") for editions in shelf.rows()]
        lives = tuple(Way(x.stem, x.editions[0].language) for x in told if x.place in self.stories)
        return Listing(shelf.title_in(self.lang), pairs, lives=lives)


def _names(place: str) -> list[str]:
    return [f"{place}{form.suffixes[0]}" for form in PAGES]


def _front_names(corpus: Corpus) -> list[str]:
    """The front pages that will surely be; which years there are is known when the texts were read."""
    keys = [f"{shelf.key}/" for shelf in corpus.shelves if shelf.pairs()]
    return [name for key in ("", *keys) for name in (*_names(f"{key}index"), f"{key}{FEED}")]


def _files(
    corpus: Corpus,
    todo: Sequence[Task],
    known: dict[str, _Record],
    told: dict[str, _Told],
    made: _Made,
    step: Step,
) -> Iterator[tuple[str, bytes]]:
    """Every file of a changelog with its contents, save the pages that are kept: by series, the front pages last."""
    tales = {key: tuple(group) for key, group in groupby(stories(corpus), key=lambda story: story.shelf.key)}
    batches = []
    for key, group in groupby(todo, key=lambda task: task.shelf.key):
        pairs, tale = tuple(group), tales.get(key, ())
        kept = {task.place: known[task.place] for task in pairs if task.place in known}
        kept_tales = {story.place: told[story.place] for story in tale if story.place in told}
        batches.append(_Batch(pairs, tale, kept, kept_tales, made.lang, made.site))
    if made.jobs > 1 and sum(not batch.is_kept for batch in batches) > 1:
        yield from _shared_out(batches, made, step)
    else:
        for batch in batches:
            yield from batch.files(made, step)
    yield from made.fronts(corpus)


class _Batch(Struct, frozen=True):
    """A series to report on: its pairs, what is told of it as a whole, the records of what is kept."""

    pairs: tuple[Task, ...]
    tales: tuple[Story, ...]
    known: dict[str, _Record]
    told: dict[str, _Told]
    lang: str
    site: str

    @property
    def is_kept(self) -> bool:
        """Whether there is nothing to build."""
        return len(self.known) == len(self.pairs) and len(self.told) == len(self.tales)

    def files(self, made: _Made, step: Step) -> Iterator[tuple[str, bytes]]:
        """The pages of the series that are not kept."""
        yield from _pairs(self.pairs, self.known, made, step)
        for story in self.tales:
            if story.place in self.told:
                made.stories[story.place] = self.told[story.place]
                made.files |= self.told[story.place].pages
            else:
                yield from _tell(story, made).items()

    def alone(self) -> tuple[_Made, list[tuple[str, bytes]]]:
        """All that is made of the series, in a process of its own; Ctrl-C stops it in the middle."""
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            made = _Made(self.lang, self.site)
            pages = list(self.files(made, silent))
            made.series = _Series()  # the texts stay here
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        return made, pages

    def lost(self, made: _Made) -> None:
        """Put down that the process which built the series died, twice."""
        said = message("error.worker-lost", lang=made.lang)
        for task in self.pairs:
            made.failed.append((task.place, said))
            made.lines[task.place] = Pair(task.old.stem, task.new.stem, task.stem, error=said)


def _shared_out(batches: Sequence[_Batch], made: _Made, step: Step) -> Iterator[tuple[str, bytes]]:
    """The pages of all series, in their order, each built by one of several processes.

    At most two series a process are under way or wait to be written, so that memory does not grow with the corpus. A
    series whose process dies is built once more, in one of its own: another may have taken it along.
    """
    waiting, todo = deque[tuple[_Batch, Future[tuple[_Made, list[tuple[str, bytes]]]] | None]](), iter(batches)
    pool = _pool(made.jobs)
    try:
        while True:
            for batch in islice(todo, AHEAD * made.jobs - len(waiting)):
                waiting.append((batch, None if batch.is_kept else _submit(pool, batch)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            if future is None:
                yield from batch.files(made, step)
                continue
            try:
                done, pages = future.result()
            except BrokenProcessPool:
                pool = _pool(made.jobs)  # what waited behind it is begun again
                waiting = deque((each, None if each.is_kept else _submit(pool, each)) for each, _ in waiting)
                try:
                    with _pool(1) as other:
                        done, pages = _submit(other, batch).result()
                except BrokenProcessPool:
                    batch.lost(made)
                    continue
            made.absorb(done)
            for task in batch.pairs:
                step(task.stem)
            yield from pages
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, initializer=_begin, initargs=(os.getpid(),))


def _begin(parent: int) -> None:
    """What a process of ours does first: Ctrl-C is not for it, and where the system can it ends with its parent, whose
    lock on the folder it has too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGKILL)
        if os.getppid() != parent:  # it died before it was asked for
            os._exit(1)


def _submit(pool: ProcessPoolExecutor, batch: _Batch) -> Future[tuple[_Made, list[tuple[str, bytes]]]]:
    return pool.submit(batch.alone)


def _pairs(todo: Sequence[Task], known: dict[str, _Record], made: _Made, step: Step) -> Iterator[tuple[str, bytes]]:
    """The pages of the pairs of a series.

    Which pairs fail is known when all were tried, and a page must not lead to one of those: the pages beside a pair
    that failed, or that is new, are then built again.
    """
    for task in todo:
        if task.place in known:
            made.keep(task, known[task.place])
        else:
            yield from _build(task, made).items()
        step(task.stem)
    failed = {place for place, _ in made.failed}
    for task in todo:
        if task.place not in failed and made.records[task.place].ways != task.ways(failed):
            yield from _build(task, made).items()


def _build(task: Task, made: _Made) -> dict[str, bytes]:
    """The pages of one pair; what cannot be built becomes a line that says so."""
    made.kept.discard(task.place)
    ways = task.ways({place for place, _ in made.failed})
    try:
        shelf = made.shelf(task.shelf)
        old, new = shelf.text(task.old), shelf.text(task.new)
        linked = compare(old, new, pins=task.shelf.pins())
        earlier = [*map(shelf.survey, readable(task.shelf.before(task.old), shelf.text))]
        compared = judge(linked, shelf.survey(old), shelf.survey(new), earlier=earlier)
        if before := [each.resolution for each in earlier]:
            lineage = trace([*before, old], task.shelf.pins(), words=False)
            compared = replace(compared, ages=ages(lineage, len(before)))
        report = build(compared, lang=made.lang)
        pages = {f"{task.place}{form.suffixes[0]}": _page(form, compared, report, task.stem, ways) for form in PAGES}
        line = entry(report, task.stem)
    except Exception as error:  # a fault of ours on one pair is no reason to lose all the others
        said = _failure(error, task.place, made)
        made.lines[task.place] = Pair(task.old.stem, task.new.stem, task.stem, error=said)
        return {}
    made.lines[task.place] = line
    made.records[task.place] = _record(task, ways, line, {name: _sha256(data) for name, data in pages.items()})
    return pages


def _tell(story: Story, made: _Made) -> dict[str, bytes]:
    """The pages of a series told as a whole; what cannot be told has none."""
    try:
        texts = list(readable(story.editions, made.shelf(story.shelf).text))
        lives = chronicle(trace(texts, story.shelf.pins()), made.lang)
        options = ChronicleOptions(index="index.html")
        names = dict(zip(_names(story.place), PAGES, strict=True))
        pages = {name: render_chronicle(lives, form.name, options) for name, form in names.items()}
    except Exception as error:  # as with a pair
        _failure(error, story.place, made)
        return {}
    is_same = story.digest == _digest(story.shelf, story.editions)  # else a text was changed meanwhile
    hashes = {name: _sha256(data) for name, data in pages.items()}
    made.stories[story.place] = _Told(story.digest if is_same else "", hashes)
    return pages


def _failure(error: Exception, place: str, made: _Made) -> str:
    """Keep what failed, with the trace of a fault of ours; in one sentence."""
    if isinstance(error, ResdiffError):
        said = explained(error, made.lang)
    else:
        said = message("error.internal", f"{type(error).__name__} : {error}"[:200], lang=made.lang)
        made.traces.append(f"{place}\n{''.join(traceback.format_exception(error))}")
    made.failed.append((place, said))
    return said


def _page(form: Format, compared: Comparison, report: Report, stem: str, ways: tuple[str, str]) -> bytes:
    """The file of a pair in one format; of what lies beside it a format is given what it has an option for."""
    suffix, index = form.suffixes[0], f"index{form.suffixes[0]}"
    previous, following = (f"{quote(each)}{suffix}" if each else "" for each in ways)
    others = tuple(f"{quote(stem)}{other.suffixes[0]}" for other in PAGES if other is not form)
    beside: dict[str, Any] = {
        "lang": report.lang,
        "index": index,
        "previous": previous,
        "next": following,
        "files": others,
    }
    known = options_type(form.name).__struct_fields__
    what = compared if form.needs is Needs.COMPARISON else report
    return render(what, form.name, **{name: value for name, value in beside.items() if name in known})


def _stem(old: Edition, new: Edition) -> str:
    return f"{old.stem}_{new.stem}.{old.language}"


def _digest(shelf: Shelf, editions: Sequence[Edition]) -> str:
    """The hash of all that a page is made of: its texts, those before them, a person's links."""
    sources = [edition.path for edition in editions] + [shelf.folder / LINKS]
    total = hashlib.sha256()
    for path in sources:
        total.update(hashlib.sha256(_contents(path)).digest())
    return total.hexdigest()


def _contents(path: Path) -> bytes:
    """The bytes of a file of the corpus; nothing of one that is too large or cannot be read, which reading says."""
    try:
        return path.read_bytes() if is_own(path) and path.stat().st_size <= limits.FILE else b""
    except OSError:
        return b""


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# ---- the folder of reports ------------------------------------------------------------------------------------------


def _put(folder: Path, name: str, data: bytes) -> str:
    """Write a file unless it is there as it should be; its hash comes back."""
    wanted = _sha256(data)
    if _hash_of(folder / name) != wanted:
        if not files.stays(folder / name, folder):  # reports that came with a repository may be links
            raise OutputError("link-outside", folder / name)
        files.write(folder / name, data, lasting=False)  # what a power cut spoils is built again
    return wanted


def _hash_of(path: Path) -> str:
    """The hash of a file; empty when there is none that can be read, or it is empty."""
    data = files.contents(path)
    return _sha256(data) if data else ""


def _remove(folder: Path, ours: set[str]) -> None:
    """Remove what an earlier run made and this one did not, and folders of series that are empty then."""
    top = folder.resolve()
    for name in sorted(ours):
        path = folder / name
        if path.parent.resolve() not in (top, top / path.parent.name):  # a link leads out of the reports
            continue
        try:
            path.unlink()
            if path.parent != folder and not any(path.parent.iterdir()):
                path.parent.rmdir()
        except OSError as error:
            if error.errno in NOT_ALLOWED and not path.is_dir():
                raise OutputError("output-unwritable", path, error.strerror) from error
            continue  # gone before, a folder, a name that no system can hold


# ---- the manifest: what was built, and the lines of the index for what is skipped -----------------------------------


class _Manifest(Struct):
    """What stands in the manifest: by whom and in which language, the hash of each file (empty: not yet sure), the
    record of each pair and of each series told as a whole. As it is written, the hash of all this stands behind it."""

    resdiff: str
    lang: str
    files: dict[str, str] = field(default_factory=dict)
    pairs: dict[str, _Record] = field(default_factory=dict)
    stories: dict[str, _Told] = field(default_factory=dict)

    def told(self, story: Story, folder: Path) -> _Told | None:
        """The record of a series whose pages are, as they lie there, what it makes; None when it is to be told."""
        kept = self.stories.get(story.place)
        return kept if kept and _lies_there(kept, story, folder) else None


Kept = TypeVar("Kept", _Record, _Told)


class _Written(Struct):
    """The manifest as it lies there, before its records are known to be ours."""

    resdiff: str
    lang: str
    files: dict[str, str] = field(default_factory=dict)
    pairs: dict[str, object] = field(default_factory=dict)
    stories: dict[str, object] = field(default_factory=dict)
    sha256: str = ""


def _manifest(folder: Path, lang: str) -> _Manifest:
    """The manifest of the last run; without pairs when it was another version or language, or was changed since by
    another hand (it has the lines of the index); empty when it is broken."""
    try:
        data = msgspec.json.decode(files.contents(folder / MANIFEST), type=_Written)
    except (ValueError, RecursionError):
        return _Manifest(__version__, lang)
    same = data.resdiff == __version__ and data.lang == lang and data.sha256 == _seal(data)
    pairs = {place: _sound(place, row, _Record) for place, row in data.pairs.items()} if same else {}
    told = {place: _sound(place, row, _Told) for place, row in data.stories.items()} if same else {}
    hashes = {name: digest for name, digest in data.files.items() if RE_FILE.fullmatch(name)}
    return _Manifest(
        data.resdiff,
        data.lang,
        hashes,
        {place: row for place, row in pairs.items() if row},
        {place: row for place, row in told.items() if row},
    )


def _write_manifest(folder: Path, manifest: _Manifest) -> None:
    _put(folder, MANIFEST, _dump(manifest))


def _current(task: Task, before: _Manifest, folder: Path) -> _Record | None:
    """The record of a pair whose pages are, as they lie there, what this pair makes; None when it is to be built."""
    kept = before.pairs.get(task.place)
    return kept if kept and _lies_there(kept, task, folder) else None


def _lies_there(kept: _Record | _Told, wanted: Task | Story, folder: Path) -> bool:
    """Whether the pages of a record are made of what is wanted now, and lie there as they were written."""
    if kept.digest != wanted.digest or list(kept.pages) != _names(wanted.place):
        return False
    return all(_hash_of(folder / name) == digest for name, digest in kept.pages.items())


def _sound(place: str, kept: object, kind: type[Kept]) -> Kept | None:
    """A record that we wrote; a broken one is none, and is built again."""
    try:
        record = msgspec.convert(kept, kind)
    except (TypeError, ValueError):
        return None
    return record if RE_PLACE.fullmatch(place) else None


def _record(task: Task, ways: tuple[str, str], line: Pair, pages: dict[str, str]) -> _Record:
    sources = _sources(task.shelf, task.old, task.new)
    is_same = task.digest == _digest(task.shelf, sources)  # else a text was changed meanwhile
    return _Record(task.digest if is_same else "", pages, ways, line)


def _dump(manifest: _Manifest) -> bytes:
    """The manifest as JSON with a line for each file and for each pair, so that ``git diff`` shows which changed."""
    members = {
        "resdiff": msgspec.json.encode(manifest.resdiff),
        "lang": msgspec.json.encode(manifest.lang),
        "files": _in_lines(manifest.files),
        "pairs": _in_lines(manifest.pairs),
        "stories": _in_lines(manifest.stories),
        "sha256": msgspec.json.encode(_seal(manifest)),
    }
    return b"{\n" + b",\n".join(b' "%s": %s' % (name.encode(), value) for name, value in members.items()) + b"\n}\n"


def _in_lines(table: Mapping[str, object]) -> bytes:
    rows = (msgspec.json.encode(name) + b": " + msgspec.json.encode(value) for name, value in sorted(table.items()))
    return b"{\n  " + b",\n  ".join(rows) + b"\n }"


def _seal(manifest: _Manifest | _Written) -> str:
    """The hash of what a manifest says, whatever its form."""
    said = [manifest.resdiff, manifest.lang, manifest.files, manifest.pairs, manifest.stories]
    return _sha256(msgspec.json.encode(said, order="sorted"))
