"""The changelog of a corpus: a page for every successive pair of every series, a page a series, an index.

    reports/index.html|md|json            the latest first; with many pairs, 2023.html|md|json and so on for the years
    reports/atom.xml                      the feed of the latest
    reports/<series>/index.html|md|json
    reports/<series>/atom.xml
    reports/<series>/A-RES-72-194_A-RES-74-175.fr.html|md|json
    reports/<series>/history.fr.html|md|json   every paragraph over all editions, where there are three or more
    reports/<series>/manifest.json        what each of its pairs was built from, the hash of every page
    reports/manifest.json                 the same of the front pages, and the series there are

The bytes depend on the texts and on resdiff alone, whatever the number of processes. ``plan`` says what is to be made
of a series and ``making`` makes it, each page written as it is made; ``fronts`` makes the front pages of the manifests
alone (``ledger``). What is not current is found by the hash of all that it is made of, and of its pages as they lie
there. A text that cannot be read, or a pair that resdiff fails on, spoils its own pages only, and the index says so.
"""

import tempfile
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from resdiff import files
from resdiff.changelog.fronts import write_fronts
from resdiff.changelog.ledger import MANIFEST, FrontLedger, Record, StoryRecord, front_ledger, series_ledger
from resdiff.changelog.making import Done, give_up, make
from resdiff.changelog.plan import Job, Tale, Task, names, plan
from resdiff.changelog.store import Folder, Shadow, Store
from resdiff.corpus import Corpus, Shelf
from resdiff.errors import OutputError
from resdiff.messages import explained
from resdiff.processes import in_processes

__all__ = [
    "Checked",
    "Done",
    "Job",
    "Moved",
    "Outcome",
    "Reason",
    "Run",
    "Stale",
    "Step",
    "Store",
    "build_changelog",
    "check_changelog",
    "pairs",
]

LOOKING = 4  # threads that look whether series are current: they read and hash, which needs no lock
AHEAD = 64  # series that are looked at before they are asked for


class Moved(Struct, frozen=True):
    """How a run gets on: so many pairs of a series more are done; ``done`` is there when the series is."""

    key: str
    pairs: int
    done: Done | None = None


Step = Callable[[Moved], None]
Run = Callable[[Sequence[Job], Store, Step], Iterator[Done]]


def silent(_: Moved) -> None:
    """The step of a run nobody watches."""


class Outcome(Struct, frozen=True):
    """What a run did: pairs built, pairs skipped because nothing changed, and what failed, by pair or file.

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


def pairs(corpus: Corpus, only: Collection[str] | None = None) -> int:
    """How many successive pairs there are in a corpus, or in those series of it. Raises InputError."""
    return sum(len(shelf.pairs()) for shelf in _shelves(corpus, only))


def build_changelog(
    corpus: Corpus,
    folder: Path | Store,
    *,
    lang: str = "fr",
    site: str = "",
    force: bool = False,
    only: Collection[str] | None = None,
    step: Step = silent,
    jobs: int = 1,
    run: Run | None = None,
) -> Outcome:
    """Write the changelog of a corpus into a folder; ``step`` is told each pair when it is done.

    Of more than one of ``jobs`` each is a process that builds a series at a time; the bytes are the same. ``run``
    builds the series elsewhere. With ``only`` no other series is looked at: it stands on the front pages as it was
    built last.
    ``site`` is the address where the folder will lie on the web, for the links of the feeds. Pages of pairs that are no
    more, or that can no longer be built, are removed. What is done when the run is stopped is kept.
    Raises OutputError when the folder cannot be written, or another run writes in it for long.
    """
    run = run or _locally(jobs)
    if not isinstance(folder, Path):
        return _build_all(corpus, folder, _Wanted(lang, site, force, only), step, run)
    if files.is_same(folder, corpus.folder):  # the next run would take the reports for texts
        raise OutputError("output-is-input", folder)
    with files.alone(folder):
        return _build_all(corpus, Folder(folder), _Wanted(lang, site, force, only), step, run)


class _Wanted(Struct, frozen=True):
    """What a run is asked for, as :func:`build_changelog` says."""

    lang: str
    site: str
    force: bool = False
    only: Collection[str] | None = None


def _build_all(corpus: Corpus, store: Store, wanted: _Wanted, step: Step, run: Run) -> Outcome:
    """What :func:`build_changelog` does in a place that nobody else writes in."""
    before = front_ledger(store.read(MANIFEST), wanted.lang, wanted.site)
    here = {shelf.key: "" for shelf in corpus.shelves if shelf.pairs()}
    for key in ("", *sorted(here.keys() | before.series.keys())):
        store.sweep(key)
    if wanted.force:
        before = replace(before, made_of={}, series=dict.fromkeys(before.series, ""))
    begun = replace(before, series=here | before.series)
    if begun != before:
        store.put(MANIFEST, begun.dump())
    done = list(_all_done(_shelves(corpus, wanted.only), store, wanted, step, run))
    after = write_fronts(corpus.shelves, store, begun)
    _remove_strangers(begun, after, corpus, store, wanted.lang)
    store.put(MANIFEST, after.dump())
    return _outcome(done, corpus, wanted.lang)


def _outcome(done: Iterable[Done], corpus: Corpus, lang: str) -> Outcome:
    """What became of all series, in their order."""
    rows = sorted(done, key=lambda each: each.key)
    failed = [failure for each in rows for failure in each.failed]
    return Outcome(
        sum(each.built for each in rows),
        sum(each.kept for each in rows),
        (*failed, *_left_out(corpus, lang)),
        tuple(trace for each in rows for trace in each.traces),
    )


def check_changelog(
    corpus: Corpus,
    folder: Path,
    *,
    lang: str = "fr",
    site: str = "",
    only: Collection[str] | None = None,
    step: Step = silent,
    jobs: int = 1,
) -> Checked:
    """What in the folder is not, byte for byte, what the corpus makes now; nothing is written there."""
    run = _locally(jobs)
    with tempfile.TemporaryDirectory(prefix="resdiff-") as aside:
        shadow = Shadow(Path(aside), Folder(folder))
        shelves = _shelves(corpus, only)
        done = list(_all_done(shelves, shadow, _Wanted(lang, site, force=True), step, run))
        after = write_fronts(corpus.shelves, shadow, FrontLedger(lang=lang, site=site))
        shadow.put(MANIFEST, after.dump())
        wanted = after.files | {MANIFEST: shadow.digest(MANIFEST)}
        for shelf in shelves:
            wanted |= _pages(shelf.key, shadow, lang)
        keys = None if only is None else {shelf.key for shelf in shelves}
        stale = _stale(wanted, folder, keys)
    outcome = _outcome(done, corpus, lang)
    return Checked(stale, outcome.failed, outcome.traces)


def _pages(key: str, store: Store, lang: str) -> dict[str, str]:
    """The hashes of all pages of a series and of its manifest, by name."""
    name = f"{key}/{MANIFEST}"
    ledger = series_ledger(store.read(name), lang)
    hashes = {f"{key}/{page}": digest for page, digest in ledger.pages.items()}
    return hashes | ({name: store.digest(name)} if ledger.pairs else {})


def _stale(wanted: dict[str, str], folder: Path, keys: Collection[str] | None) -> tuple[Stale, ...]:
    """What lies in the folder and is not wanted so; of ``keys`` alone what is too much."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    real = Folder(folder)
    stale = [Stale(name, Reason.MISSING) for name in wanted.keys() - there]
    stale += [Stale(name, Reason.DIFFERENT) for name in wanted.keys() & there if real.digest(name) != wanted[name]]
    extra = there - wanted.keys()
    stale += [Stale(name, Reason.LEFTOVER) for name in extra if keys is None or name.partition("/")[0] in keys]
    return tuple(sorted(stale))


def _left_out(corpus: Corpus, lang: str) -> list[tuple[str, str]]:
    """What in the corpus is not read, with why."""
    return [
        (path.relative_to(corpus.folder).as_posix().encode(errors="replace").decode(), explained(error, lang))
        for path, error in corpus.left_out()
    ]


# ---- the series -----------------------------------------------------------------------------------------------------


def _shelves(corpus: Corpus, only: Collection[str] | None) -> list[Shelf]:
    """The series that are looked at and have pairs."""
    return [shelf for shelf in corpus.shelves if shelf.pairs() and (only is None or shelf.key in only)]


def _all_done(shelves: Sequence[Shelf], store: Store, wanted: _Wanted, step: Step, run: Run) -> Iterator[Done]:
    """What became of each series: of those that are current first, then the others, the longest first."""
    todo = []
    for job, is_current in _looked_at(shelves, store, wanted):
        if is_current:
            done = Done(job.key, 0, len(job.tasks))
            step(Moved(job.key, len(job.tasks), done))
            yield done
        else:
            todo.append(job)
    yield from run(sorted(todo, key=lambda job: (len(job.kept) - len(job.tasks), job.key)), store, step)


def _looked_at(shelves: Iterable[Shelf], store: Store, wanted: _Wanted) -> Iterator[tuple[Job, bool]]:
    """The work on each series, and whether nothing of it is to be done, in their order."""
    todo, under_way = iter(shelves), deque[Future[tuple[Job, bool]]]()
    with ThreadPoolExecutor(LOOKING) as pool:
        while True:
            under_way += [pool.submit(_look_at, s, store, wanted) for s in islice(todo, AHEAD - len(under_way))]
            if not under_way:
                return
            yield under_way.popleft().result()


def _look_at(shelf: Shelf, store: Store, wanted: _Wanted) -> tuple[Job, bool]:
    """The work on a series with what is kept of it, and whether that is all, and all that is there."""
    job = plan(shelf, wanted.lang)
    if wanted.force:
        return job, False
    ledger = series_ledger(store.read(f"{job.key}/{MANIFEST}"), wanted.lang)

    def lies_there(kept: Record | StoryRecord | None, each: Task | Tale) -> bool:
        if kept is None or kept.digest != each.digest or list(kept.pages) != names(each.stem):
            return False
        return all(store.digest(f"{job.key}/{name}") == digest for name, digest in kept.pages.items())

    kept = {t.stem: ledger.pairs[t.stem] for t in job.tasks if lies_there(ledger.pairs.get(t.stem), t)}
    told = {t.stem: ledger.stories[t.stem] for t in job.tales if lies_there(ledger.stories.get(t.stem), t)}
    job = replace(job, kept=kept, told=told)
    return job, job.is_kept and not ledger.planned and ledger.names == set(job.names())


def _locally(jobs: int) -> Run:
    """Building on this machine, in so many processes."""

    def run(todo: Sequence[Job], store: Store, step: Step) -> Iterator[Done]:
        if jobs > 1 and len(todo) > 1:
            lost = partial(give_up, store=store, code="worker-lost")
            for _, done in in_processes(todo, jobs, partial(make, store=store), lost):
                step(Moved(done.key, done.pairs, done))
                yield done
            return
        for job in todo:
            done = make(job, store, lambda number, key=job.key: step(Moved(key, number)))  # type: ignore[misc]
            step(Moved(job.key, 0, done))
            yield done

    return run


def _remove_strangers(before: FrontLedger, after: FrontLedger, corpus: Corpus, store: Store, lang: str) -> None:
    """Remove the front pages that are no more, and all of series that are no more or have no pairs."""
    here = {shelf.key for shelf in corpus.shelves if shelf.pairs()}
    strangers = before.files.keys() - after.files.keys()
    if any("/" in name for name in strangers):  # the one manifest of earlier versions named every page
        strangers -= {name for key in here for name in _pages(key, store, lang)}
    store.remove(strangers)
    for key in sorted(before.series.keys() - here):
        ledger = series_ledger(store.read(f"{key}/{MANIFEST}"), lang)
        store.remove(f"{key}/{name}" for name in ledger.names)
        store.remove([f"{key}/{MANIFEST}"])
