"""The changelog and the index of a corpus on an existing Dask cluster: ``dask scheduler``, ``dask worker`` (extra
``cluster``).

A task is a batch of a second of work or more; its texts travel with it, so that a worker needs resdiff and nothing
else. What comes back is written by who asked, or the worker writes its pages itself where the place is shared. A task
has no other effect: it may run twice, on whatever worker, and the bytes are those of one machine.

A worker that dies is none of our business: the scheduler gives its task to another one. A task that took three workers
along is run here, piece by piece, in a process of its own under a limit of memory, and given up when that dies too. One
that has taken long, with nothing else left to do, is given to a second worker as well. A scheduler that goes away ends
the run in one sentence, and so does a cluster to which no worker comes back. Of a changelog every series that was done
is kept, and the same command does the rest; an index is made whole or not at all.
"""

import logging
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from resdiff import files, limits
from resdiff.changelog import Done, Job, Moved, Run, Step, Store
from resdiff.changelog.making import Built, begin, build, finish, give_up, make
from resdiff.corpus import LINKS, Edition, is_own
from resdiff.errors import InputError, OutputError, ResdiffError, ServiceError, UsageError
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.search.index import Document, Entries, Entry, Known, entries, entry

__all__ = ["indexing_on_cluster", "on_cluster"]

BATCH = 16  # pairs of a task: a second or more
TEXTS = 100  # texts of a task: a second or more of cutting them up
BYTES = 10_000_000  # of the files that travel with a task; a hundred resolutions have a third of it
FLIGHT = 4  # tasks a worker that are under way
TURN = 1.0  # seconds between two looks at the cluster
SLOW = 60.0  # seconds a task may take before it is given to a second worker too, when there is nothing else to do
TALKERS = ("distributed", "distributed.client", "tornado", "tornado.application", "asyncio")  # each with its own level
_ONE = Lock()  # of the threads of a worker one works at a time: they would only wait for each other


def on_cluster(address: str, *, is_shared: bool) -> Run:
    """What builds series on the cluster at an address, for :func:`resdiff.changelog.build_changelog`.

    Where the place of the reports ``is_shared`` the workers write there, else who asked. Raises UsageError where
    dask.distributed is not installed; the work raises ServiceError when the cluster is not there, or goes away.
    """
    _ask_for_dask(address)

    def run(todo: Sequence[Job], store: Store, step: Step) -> Iterator[Done]:
        away: list[Job] = []
        here: list[Job] = []
        for job in todo:
            (away if _travels(job) else here).append(job)
        for done in _series(address, away, store, is_shared=is_shared) if away else ():
            step(Moved(done.key, done.pairs, done))
            yield done
        for job in here:  # what cannot be read is told as this machine sees it
            done = make(job, store)
            step(Moved(job.key, done.pairs, done))
            yield done

    return run


def indexing_on_cluster(address: str) -> Entries:
    """What cuts texts up on the cluster at an address, for :func:`resdiff.search.index.build`.

    The index itself is written by who asked. Raises what :func:`on_cluster` raises.
    """
    _ask_for_dask(address)

    def run(documents: Sequence[Document], known: Known) -> Iterator[Entry | ResdiffError]:
        if not documents:
            return
        with _Cluster(address) as cluster:
            for batch, made in cluster.work(
                _together(documents), lambda batch: (_cut_up, _texts(batch)), in_order=True
            ):
                found = made if made is not None else [_cut_apart(each) for each in batch]
                for document, each in zip(batch, found, strict=True):
                    # what cannot be read is told as this machine sees it
                    yield each if each is not None else next(entries([document], known))

    return run


def _ask_for_dask(address: str) -> None:
    """Raises UsageError where dask.distributed is not installed, before any work is planned."""
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise UsageError("extra-missing", address, "cluster") from error


# ---- series ---------------------------------------------------------------------------------------------------------


class _Parcel(Struct, frozen=True):
    """A series on its way: the work, and the contents of its files by their names."""

    job: Job
    files: dict[str, bytes]


class _Returned(Struct, frozen=True):
    """A series that comes back: what became of it, and its pages by their names; none that were written there."""

    built: Built
    pages: dict[str, bytes]


def _travels(job: Job) -> bool:
    """Whether every text of a series can be read, so that another machine says of it what this one does."""
    paths = [edition.path for edition in job.shelf.editions]
    try:
        return all(is_own(path) and path.stat().st_size <= limits.FILE for path in paths) and bool(_files(job))
    except OSError:
        return False


def _files(job: Job) -> dict[str, bytes]:
    links = job.shelf.folder / LINKS
    paths = [*(edition.path for edition in job.shelf.editions), *([links] if is_own(links) else [])]
    return {path.name: path.read_bytes() for path in paths}


def _moved(job: Job, folder: Path) -> Job:
    """The work with its texts in another folder."""

    def there(edition: Edition) -> Edition:
        return replace(edition, path=folder / edition.path.name)

    return replace(
        job,
        shelf=replace(job.shelf, folder=folder, editions=tuple(map(there, job.shelf.editions))),
        tasks=tuple(replace(task, old=there(task.old), new=there(task.new)) for task in job.tasks),
        tales=tuple(replace(tale, editions=tuple(map(there, tale.editions))) for tale in job.tales),
    )


def _build(parcels: Sequence[_Parcel], store: Store | None) -> list[_Returned]:
    """Build series; done by a worker. Raises OutputError."""
    return [_unpacked(parcel, store) for parcel in parcels]


def _unpacked(parcel: _Parcel, store: Store | None) -> _Returned:
    pages: dict[str, bytes] = {}

    def put(name: str, data: bytes) -> str:
        if store is not None:
            return store.put(f"{key}/{name}", data)
        pages[name] = data
        return sha256(data).hexdigest()

    key = parcel.job.key
    with tempfile.TemporaryDirectory(prefix="resdiff-") as place:
        folder = Path(place) / key
        folder.mkdir()
        for name, data in parcel.files.items():
            (folder / name).write_bytes(data)
        built = build(_moved(parcel.job, folder), put)
    return _Returned(built, pages)


def _series(address: str, jobs: Sequence[Job], store: Store, *, is_shared: bool) -> Iterator[Done]:
    """What became of each series, as they are done. Raises ServiceError, OutputError."""
    place = store if is_shared else None
    there: dict[str, set[str]] = {}

    def packed(batch: Sequence[Job]) -> tuple[Callable[..., list[_Returned]], list[_Parcel], Store | None]:
        # Manifests are written here alone: a second worker may come to a series when the first has long finished it.
        there.update({job.key: begin(job, store) for job in batch})
        return _build, [_Parcel(job, _files(job)) for job in batch], place

    with _Cluster(address) as cluster:
        for batch, returned in cluster.work(_batches(jobs), packed):
            if returned is None:
                yield from (_apart(make, job, store) or give_up(job, store, "worker-killed") for job in batch)
                continue
            for job, each in zip(batch, returned, strict=True):
                for name, data in each.pages.items():
                    store.put(f"{job.key}/{name}", data)
                finish(each.built, store, there[job.key])
                yield each.built.done


def _batches(jobs: Sequence[Job]) -> Iterator[tuple[Job, ...]]:
    """Series together, a second of work or more."""
    held: list[Job] = []
    for job in jobs:
        held.append(job)
        if sum(len(each.tasks) - len(each.kept) for each in held) >= BATCH:
            yield tuple(held)
            held = []
    if held:
        yield tuple(held)


# ---- texts of an index ----------------------------------------------------------------------------------------------


class _Text(Struct, frozen=True):
    """A text on its way: its name in the corpus, the contents of its file; none of one that is read where it lies."""

    path: str
    data: bytes


def _together(documents: Sequence[Document]) -> Iterator[tuple[Document, ...]]:
    """Texts together, in their order: a second of work, or as much as may travel at once."""
    held: list[Document] = []
    size = 0
    for document in documents:
        own = _size(document.file)
        if held and (len(held) == TEXTS or size + own > BYTES):
            yield tuple(held)
            held, size = [], 0
        held.append(document)
        size += own
    yield tuple(held)


def _size(file: Path | None) -> int:
    """The bytes of a file that travels; none of any other, which is read where it lies."""
    try:
        size = file.stat().st_size if file else 0
    except OSError:
        return 0
    return size if size <= limits.FILE else 0


def _texts(documents: Sequence[Document]) -> list[_Text]:
    return [_Text(each.path, _data(each.file)) for each in documents]


def _data(file: Path | None) -> bytes:
    return files.contents(file) if file and _size(file) else b""


def _cut_up(texts: Sequence[_Text]) -> list[Entry | None]:
    """Cut texts up; done by a worker. None is one that it cannot read."""
    return [_cut(text) for text in texts]


def _cut(text: _Text) -> Entry | None:
    if not text.data:
        return None
    with tempfile.TemporaryDirectory(prefix="resdiff-") as place:
        file = Path(place) / Path(text.path).name
        file.write_bytes(text.data)
        try:
            return entry(text.path, parse(read(file)))
        except ResdiffError:
            return None


def _cut_apart(document: Document) -> Entry | ResdiffError | None:
    """A text of a batch that took three workers along."""
    made = _apart(_cut_up, _texts([document]))
    return made[0] if made else InputError("text-killed")


# ---- the cluster ----------------------------------------------------------------------------------------------------


def _checked(code: str, function: Callable[..., Any], *values: object) -> Any:  # noqa: ANN401 - what the function gives
    """Do a task; done by a worker. Raises ServiceError where its resdiff is another one than asks."""
    if code != _code():
        raise ServiceError("cluster-version")
    with _ONE:
        return function(*values)


@cache
def _code() -> str:
    """The hash of this resdiff: two that differ must not build parts of one changelog."""
    package = Path(__file__).parent
    total = sha256()
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".toml", ".css", ".js") and "corpus_data" not in path.parts:
            total.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


class _Batch(Struct, eq=False):
    """Pieces that go to a worker together, and since when they are away; twice when the first worker was slow."""

    pieces: tuple[Any, ...]
    since: float = 0.0
    futures: list[Any] = field(default_factory=list)

    @property
    def done(self) -> Any:  # noqa: ANN401 - a future of a library that is typed by half
        """The future that is done, None while none is."""
        return next((future for future in self.futures if future.done()), None)


Piece = TypeVar("Piece")
Packed = Callable[[tuple[Piece, ...]], tuple[Any, ...]]
"""What a task does with its pieces: a function, and what it is given."""


class _Cluster:
    """A cluster at work for us, until it is left."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.under_way: list[_Batch] = []
        self.client: Any = None
        self.news = Event()  # that a task is done
        self.manned = time.monotonic()  # when a worker was last seen
        self.warnings = warnings.catch_warnings(action="ignore")

    def __enter__(self) -> "_Cluster":
        import distributed  # which sets the levels of its loggers

        self.warnings.__enter__()  # we say ourselves what goes wrong
        for logger in TALKERS:  # for good: a client may talk after it was closed
            logging.getLogger(logger).setLevel(logging.CRITICAL + 1)
        try:
            client: Any = distributed.Client  # not typed
            self.client = client(self.address, timeout=limits.CLUSTER_SECONDS, set_as_default=False)
            self.client.wait_for_workers(1, timeout=limits.CLUSTER_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            self.__exit__()
            code = "cluster-empty" if self.client else "cluster-unreachable"
            raise ServiceError(code, self.address) from error
        return self

    def __exit__(self, *_: object) -> None:
        if self.client:
            for batch in self.under_way:
                for future in batch.futures:
                    future.release()
            with suppress(OSError, TimeoutError, RuntimeError):  # a scheduler that is gone may fail the closing as well
                self.client.close(timeout=TURN)
        self.warnings.__exit__(None, None, None)

    def work(
        self, batches: Iterator[tuple[Piece, ...]], packed: Packed[Piece], *, in_order: bool = False
    ) -> Iterator[tuple[tuple[Piece, ...], Any]]:
        """Each batch with what its function gave, None where it took three workers along: as they are done, or
        ``in_order``; those that wait for their turn count as under way. Raises ServiceError, OutputError."""
        while True:
            try:
                self._send(batches, packed)
                if not self.under_way:
                    return
                first = self.under_way[:1] if in_order else self.under_way
                batch = next((each for each in first if each.done), None)
                if batch is None:
                    self._wait()
                    continue
            except (OSError, TimeoutError, RuntimeError) as error:  # of a client whose scheduler went away
                raise ServiceError("cluster-lost", self.address) from error
            self.under_way.remove(batch)
            yield batch.pieces, self._result(batch.done)
            for each in batch.futures:
                each.release()

    def _send(self, batches: Iterator[tuple[Piece, ...]], packed: Packed[Piece]) -> None:
        """Keep four tasks a worker under way; when all are, give those that take long to a second worker."""
        room = FLIGHT * max(1, len(self._workers())) - len(self.under_way)
        for _ in range(room):
            pieces = next(batches, None)
            if pieces is None:
                old = time.monotonic() - SLOW
                late = [
                    each for each in self.under_way if len(each.futures) == 1 and each.since < old and not each.done
                ]
                for each in late:
                    each.futures.append(self._submitted(packed(each.pieces), without=self._worker_of(each)))
                return
            batch = _Batch(pieces, time.monotonic())
            batch.futures.append(self._submitted(packed(pieces)))
            self.under_way.append(batch)

    def _submitted(self, task: tuple[Any, ...], without: str = "") -> Any:  # noqa: ANN401
        others = [each for each in self._workers() if each != without] if without else []
        chosen = {"workers": others, "allow_other_workers": True} if others else {}
        future = self.client.submit(_checked, _code(), *task, pure=False, **chosen)
        future.add_done_callback(lambda _: self.news.set())
        return future

    def _workers(self) -> list[str]:
        """The addresses of the workers there are; none where the scheduler went away this moment."""
        return sorted(self.client.scheduler_info(n_workers=-1).get("workers", ()))

    def _worker_of(self, batch: _Batch) -> str:
        """The address of the worker that has a task."""
        processing: Mapping[str, Sequence[str]] = self.client.processing()
        key = batch.futures[0].key
        return next((worker for worker, keys in processing.items() if key in keys), "")

    def _wait(self) -> None:
        """Wait until a task is done, or a turn is over. Raises ServiceError when the scheduler is gone, and when no
        worker has come for as long as one is waited for at the start: the tasks would wait for ever."""
        if not self.news.wait(TURN):
            if self.client.status != "running":
                raise ServiceError("cluster-lost", self.address)
            now = time.monotonic()
            self.manned = now if self._workers() else self.manned
            if now - self.manned > limits.CLUSTER_SECONDS:
                raise ServiceError("cluster-deserted", self.address)
        self.news.clear()

    def _result(self, future: Any) -> Any:  # noqa: ANN401
        """What came back; None of what took three workers along, or went with the worker that held it and is not made
        again in time: that is done here. Raises ServiceError, OutputError."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        try:
            return future.result(timeout=limits.CLUSTER_SECONDS)
        except KilledWorker:
            return None
        except TimeoutError as error:
            if self.client.status != "running":
                raise ServiceError("cluster-lost", self.address) from error
            return None
        except (CancelledError, FutureCancelledError, OSError) as error:
            raise ServiceError("cluster-lost", self.address) from error
        except (ServiceError, OutputError):
            raise
        except Exception as error:
            why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            raise ServiceError("cluster-failed", self.address, why) from error


Made = TypeVar("Made")


def _apart(function: Callable[..., Made], *values: object) -> Made | None:
    """What a function gives in a process of its own on this machine, under a limit of memory; None when that dies."""
    try:
        with ProcessPoolExecutor(1, initializer=limits.bind_memory) as pool:
            return pool.submit(function, *values).result()
    except (BrokenProcessPool, MemoryError):
        return None
