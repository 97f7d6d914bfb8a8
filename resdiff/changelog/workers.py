"""Several processes, each building a series at a time; the bytes are those of one.

At most two series a process are under way, so that memory does not grow with the corpus. A process that dies takes
those under way along: each is then built once more in a process of its own, and given up when that one dies too.
"""

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from resdiff.changelog.making import Done, begin, finish, give_up, make
from resdiff.changelog.plan import Job
from resdiff.changelog.store import Store
from resdiff.messages import message

__all__ = ["in_processes"]

PARENT_DEATH = 1  # PR_SET_PDEATHSIG of prctl(2)
AHEAD = 2  # series a process


def in_processes(work: Iterable[Job], store: Store, number: int) -> Iterator[Done]:
    """What became of each series, as they are done. Raises OutputError when nothing can be written."""
    todo = iter(work)
    pool = _pool(number)
    under_way: dict[Future[Done], Job] = {}
    try:
        while True:
            for job in islice(todo, AHEAD * number - len(under_way)):
                under_way[pool.submit(_alone, job, store)] = job
            if not under_way:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            suspects = []
            for future in done:
                try:
                    yield future.result()
                    del under_way[future]
                except BrokenProcessPool:
                    suspects = list(under_way.values())
                    break
            if suspects:
                pool.shutdown(wait=True, cancel_futures=True)
                under_way, pool = {}, _pool(number)
                for job in suspects:
                    yield _again(job, store)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _again(job: Job, store: Store) -> Done:
    """A series that was under way when a process died."""
    try:
        with _pool(1) as pool:
            return pool.submit(_alone, job, store).result()
    except BrokenProcessPool:
        built = give_up(job, message("error.worker-lost", lang=job.lang))
        finish(built, store, begin(job, store))
        return built.done


def _pool(number: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(number, initializer=_begin, initargs=(os.getpid(),))


def _begin(parent: int) -> None:
    """What a process of ours does first: Ctrl-C is not for it, and where the system can it ends with its parent, whose
    lock on the folder it has too. It lives long: unlike the command it looks for cycles of values."""
    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGKILL)
        if os.getppid() != parent:  # it died before it was asked for
            os._exit(1)


def _alone(job: Job, store: Store) -> Done:
    """A series in a process of its own; Ctrl-C stops it in the middle."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return make(job, store)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
