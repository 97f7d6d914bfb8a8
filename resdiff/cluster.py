"""The changelog of a corpus on an existing Dask cluster: ``dask scheduler`` and ``dask worker`` (extra ``cluster``).

A task is a batch of series of a second or more; its texts travel with it, so that a worker needs resdiff and nothing
else. What comes back is written by who asked, or the worker writes it itself where the place is shared. A task has no
other effect: it may run twice, on whatever worker, and the bytes are those of one machine.

A worker that dies is none of our business: the scheduler gives its task to another one. A task that took three workers
along is run here, a series at a time, in a process of its own under a limit of memory, and given up when that dies
too. One that has taken long, with nothing else left to do, is given to a second worker as well. A scheduler that goes
away ends the run in one sentence; every series that was done is kept, and the same command does the rest.
"""

import logging
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from resdiff import limits
from resdiff.changelog import Done, Job, Moved, Run, Step, Store
from resdiff.changelog.making import Built, begin, build, finish, give_up, make
from resdiff.corpus import LINKS, Edition, is_own
from resdiff.errors import OutputError, ServiceError, UsageError

__all__ = ["on_cluster"]

BATCH = 16  # pairs of a task: a second or more
FLIGHT = 4  # tasks a worker that are under way
TURN = 1.0  # seconds between two looks at the cluster
SLOW = 60.0  # seconds a task may take before it is given to a second worker too, when there is nothing else to do
_ONE = Lock()  # of the threads of a worker one works at a time: they would only wait for each other


def on_cluster(address: str, *, is_shared: bool) -> Run:
    """What builds series on the cluster at an address, for :func:`resdiff.changelog.build_changelog`.

    Where the place of the reports ``is_shared`` the workers write there, else who asked. Raises UsageError where
    dask.distributed is not installed; the work raises ServiceError when the cluster is not there, or goes away.
    """
    try:
        import distributed  # noqa: F401 - said before any work is planned
    except ImportError as error:
        raise UsageError("extra-missing", address, "cluster") from error

    def run(todo: Sequence[Job], store: Store, step: Step) -> Iterator[Done]:
        if not todo:
            return
        here = [job for job in todo if not _travels(job)]
        away = [job for job in todo if _travels(job)]
        with _Cluster(address, store, is_shared=is_shared) as cluster:
            for done in cluster.work(away):
                step(Moved(done.key, done.pairs, done))
                yield done
        for job in here:  # what cannot be read is told as this machine sees it
            done = make(job, store)
            step(Moved(job.key, done.pairs, done))
            yield done

    return run


# ---- what travels ---------------------------------------------------------------------------------------------------


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


def _work(parcels: Sequence[_Parcel], store: Store | None, code: str) -> list[_Returned]:
    """Build series; done by a worker. Raises ServiceError where its resdiff is another one, OutputError."""
    if code != _code():
        raise ServiceError("cluster-version")
    with _ONE:
        return [_unpacked(parcel, store) for parcel in parcels]


def _unpacked(parcel: _Parcel, store: Store | None) -> _Returned:
    pages: dict[str, bytes] = {}

    def hold(name: str, data: bytes) -> str:
        pages[name] = data
        return sha256(data).hexdigest()

    key = parcel.job.key
    with tempfile.TemporaryDirectory(prefix="resdiff-") as place:
        folder = Path(place) / key
        folder.mkdir()
        for name, data in parcel.files.items():
            (folder / name).write_bytes(data)
        job = _moved(parcel.job, folder)
        if store is None:
            built = build(job, hold)
        else:
            there = begin(job, store)
            built = build(job, lambda name, data: store.put(f"{key}/{name}", data))
            finish(built, store, there)
    return _Returned(built, pages)


@cache
def _code() -> str:
    """The hash of this resdiff: two that differ must not build parts of one changelog."""
    package = Path(__file__).parent
    total = sha256()
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".toml", ".css", ".js") and "corpus_data" not in path.parts:
            total.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


# ---- who asks -------------------------------------------------------------------------------------------------------


class _Batch(Struct):
    """Series that go to a worker together, and since when they are away; twice when the first worker was slow."""

    jobs: tuple[Job, ...]
    since: float = 0.0
    futures: list[Any] = field(default_factory=list)


class _Cluster:
    """A cluster at work for us, until it is left."""

    def __init__(self, address: str, store: Store, *, is_shared: bool) -> None:
        self.address, self.store, self.is_shared = address, store, is_shared
        self.under_way: list[_Batch] = []
        self.client: Any = None
        self.news = Event()  # that a task is done

    def __enter__(self) -> "_Cluster":
        import distributed

        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we say ourselves what goes wrong
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
            self.client.close(timeout=TURN)

    def work(self, jobs: Sequence[Job]) -> Iterator[Done]:
        """What became of each series, as they are done. Raises ServiceError, OutputError."""
        todo = _batches(jobs)
        while True:
            try:
                self._send(todo)
                if not self.under_way:
                    return
                self._wait()
                arrived = [(batch, f) for batch in self.under_way for f in batch.futures if f.done()][:1]
            except (OSError, TimeoutError, RuntimeError) as error:  # of a client whose scheduler went away
                raise ServiceError("cluster-lost", self.address) from error
            for batch, future in arrived:
                self.under_way.remove(batch)
                yield from self._taken(batch, future)
                for each in batch.futures:
                    each.release()

    def _send(self, todo: Iterator[_Batch]) -> None:
        """Keep four tasks a worker under way; when all are, give those that take long to a second worker."""
        room = FLIGHT * max(1, len(self._workers())) - len(self.under_way)
        for _ in range(room):
            batch = next(todo, None)
            if batch is None:
                late = [b for b in self.under_way if len(b.futures) == 1 and time.monotonic() - b.since > SLOW]
                for each in late:
                    each.futures.append(self._submitted(each, without=self._worker_of(each)))
                return
            batch.since = time.monotonic()
            batch.futures.append(self._submitted(batch))
            self.under_way.append(batch)

    def _submitted(self, batch: _Batch, without: str = "") -> Any:  # noqa: ANN401 - a future of a library that is typed by half
        parcels = [_Parcel(job, _files(job)) for job in batch.jobs]
        store = self.store if self.is_shared else None
        others = [each for each in self._workers() if each != without] if without else []
        chosen = {"workers": others, "allow_other_workers": True} if others else {}
        future = self.client.submit(_work, parcels, store, _code(), pure=False, **chosen)
        future.add_done_callback(lambda _: self.news.set())
        return future

    def _workers(self) -> list[str]:
        """The addresses of the workers there are."""
        return sorted(self.client.scheduler_info(n_workers=-1)["workers"])

    def _worker_of(self, batch: _Batch) -> str:
        """The address of the worker that has a task."""
        processing: Mapping[str, Sequence[str]] = self.client.processing()
        key = batch.futures[0].key
        return next((worker for worker, keys in processing.items() if key in keys), "")

    def _wait(self) -> None:
        """Wait until a task is done, or a turn is over. Raises ServiceError when the scheduler is gone."""
        if not self.news.wait(TURN) and self.client.status != "running":
            raise ServiceError("cluster-lost", self.address)
        self.news.clear()

    def _taken(self, batch: _Batch, future: Any) -> Iterator[Done]:  # noqa: ANN401
        """What came back, written here unless it was there; what took workers along is built here."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        try:
            returned: list[_Returned] = future.result(timeout=limits.CLUSTER_SECONDS)
        except KilledWorker:
            yield from (_apart(job, self.store) for job in batch.jobs)
            return
        except (CancelledError, FutureCancelledError, OSError, TimeoutError) as error:
            raise ServiceError("cluster-lost", self.address) from error
        except (ServiceError, OutputError):
            raise
        except Exception as error:
            why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            raise ServiceError("cluster-failed", self.address, why) from error
        for job, each in zip(batch.jobs, returned, strict=True):
            if not self.is_shared:
                there = begin(job, self.store)
                for name, data in each.pages.items():
                    self.store.put(f"{job.key}/{name}", data)
                finish(each.built, self.store, there)
            yield each.built.done


def _batches(jobs: Sequence[Job]) -> Iterator[_Batch]:
    """Series together, a second of work or more."""
    held: list[Job] = []
    for job in jobs:
        held.append(job)
        if sum(len(each.tasks) - len(each.kept) for each in held) >= BATCH:
            yield _Batch(tuple(held))
            held = []
    if held:
        yield _Batch(tuple(held))


# ---- what takes workers along ---------------------------------------------------------------------------------------


def _apart(job: Job, store: Store) -> Done:
    """A series in a process of its own on this machine, under a limit of memory; given up when that dies."""
    try:
        with ProcessPoolExecutor(1, initializer=limits.bind_memory) as pool:
            return pool.submit(make, job, store).result()
    except (BrokenProcessPool, MemoryError):
        return give_up(job, store, "worker-killed")
