"""Processes that read, compare and render for the page: warm, few, each job under limits, ended past them.

A text may be built to keep a reader busy for ever, and one that crashes a library must not take the page with it. A
job is a function of a module of ours and values that can be pickled; what it raises comes back. A process that is
killed, by a limit or from outside, loses the one job it was at; another one takes its place.
"""

import asyncio
import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from resdiff import limits
from resdiff.errors import ResdiffError
from resdiff.web.steps import STEP, tell

__all__ = ["JobError", "PageError", "Workers"]

Value = TypeVar("Value")
Step = Callable[[int, int], None]

MADE, RAISED, FAULT = "made", "raised", "fault"
START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
PATIENCE = 1.0  # seconds that a process has to stop what it started, before it is killed


class PageError(Exception):
    """What the page does not do, as the name of a sentence (``web.no-<code>``) and the status of the answer."""

    def __init__(self, code: str, status: int, *values: object) -> None:
        super().__init__(code, status, *values)
        self.code, self.status, self.values = code, status, values


class JobError(Exception):
    """A fault of ours in a job: the type of the exception and where in our code, nothing of the text."""


class Workers:
    """A few processes, and the jobs that wait for one.

    ``run`` gives what a job returns, and raises what it raises (ResdiffError), PageError when it took too long, its
    process ended, or too many wait, JobError for a fault of ours.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._waiting = 0
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: set[_Worker] = set()
        self._threads = ThreadPoolExecutor(2 * count, "worker")
        self._closed = False

    async def start(self) -> None:
        """Start the processes; those that ask before they are ready wait."""
        for _ in range(self.count):
            await self._hire()

    async def close(self) -> None:
        """End the processes, and what they are at."""
        self._closed = True
        for worker in list(self._all):
            await asyncio.to_thread(worker.end)
        self._all.clear()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def run(
        self,
        job: Callable[..., Value],
        *given: object,
        seconds: float = limits.JOB_SECONDS,
        on_step: Step | None = None,
    ) -> Value:
        """What ``job(*given)`` returns, made by one of the processes within so many seconds.

        ``on_step`` is called, in another thread, with what the job says of itself (:mod:`resdiff.web.steps`). Who is
        cancelled ends the process with the job: so a long one is stopped.
        """
        worker = await self._free()
        loop = asyncio.get_running_loop()
        try:
            kind, said = await loop.run_in_executor(self._threads, worker.ask, job, given, seconds, on_step)
        except asyncio.CancelledError:
            await asyncio.shield(loop.run_in_executor(None, worker.end))
            raise
        except TimeoutError:
            await loop.run_in_executor(self._threads, worker.end)
            raise PageError("slow", 503, int(seconds)) from None
        except (EOFError, OSError):
            await loop.run_in_executor(self._threads, worker.end)
            raise PageError("lost", 503) from None
        finally:
            await asyncio.shield(self._give_back(worker))
        if kind == RAISED:
            raise said
        if kind == FAULT:
            raise JobError(said)
        value: Value = said
        return value

    async def _free(self) -> "_Worker":
        """A process that has nothing to do. Raises PageError where too many wait for one."""
        if self._waiting >= limits.JOBS:
            raise PageError("busy", 503)
        self._waiting += 1
        try:
            worker = await self._idle.get()
            while not worker.is_alive:  # killed while it had nothing to do: nobody loses anything
                await self._give_back(worker)
                worker = await self._idle.get()
        finally:
            self._waiting -= 1
        return worker

    async def _give_back(self, worker: "_Worker") -> None:
        if worker.is_alive:
            self._idle.put_nowait(worker)
        elif not self._closed:
            self._all.discard(worker)
            await self._hire()

    async def _hire(self) -> None:
        worker = await asyncio.get_running_loop().run_in_executor(self._threads, _Worker)
        self._all.add(worker)
        self._idle.put_nowait(worker)

    @property
    def processes(self) -> list[int]:
        """The numbers of the processes."""
        return [worker.process.pid for worker in self._all if worker.process.pid]


class _Worker:
    """One process and the pipe to it; only the one who has taken it from the idle ones may ask."""

    def __init__(self) -> None:
        context: Any = multiprocessing.get_context(START)
        if START == "forkserver":  # what is loaded before they are copied is shared
            context.set_forkserver_preload(["resdiff.web.warm"])
        self.link, far = context.Pipe()
        self.process = context.Process(target=_work, args=(far,), name="resdiff-worker", daemon=True)
        self.process.start()
        far.close()

    @property
    def is_alive(self) -> bool:
        return bool(self.process.is_alive()) and not self.link.closed

    def ask(self, job: Callable[..., Any], given: tuple[object, ...], seconds: float, on_step: Step | None) -> Any:  # noqa: ANN401
        """How the job ended, and its value. Raises TimeoutError, and EOFError or OSError when the process is gone."""
        self.link.send((job, given, seconds))
        end = time.monotonic() + seconds
        while self.link.poll(max(0.0, end - time.monotonic())):
            kind, said = self.link.recv()
            if kind != STEP:
                return kind, said
            if on_step:
                on_step(*said)
        raise TimeoutError

    def end(self) -> None:
        """End the process: it is told to, so that it stops what it started, and killed when it does not listen."""
        self.process.terminate()
        self.process.join(PATIENCE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(PATIENCE)
        with contextlib.suppress(OSError):
            self.link.close()


# ---- in the process -------------------------------------------------------------------------------------------------


def _work(link: Connection) -> None:
    """Answer jobs until the page goes away."""
    if hasattr(os, "setsid"):
        os.setsid()  # Ctrl-C at the terminal is for the page, which ends us
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    import resdiff.web.warm  # noqa: F401 - loaded already where processes fork

    tell(link)
    with contextlib.suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        while True:
            job, given, seconds = link.recv()
            _bind(seconds)
            link.send(_answer(job, given))


def _answer(job: Callable[..., object], given: tuple[object, ...]) -> tuple[str, object]:
    try:
        return MADE, job(*given)
    except (ResdiffError, PageError) as error:
        return RAISED, error
    except MemoryError:
        return RAISED, PageError("slow", 503, int(limits.JOB_SECONDS))
    except Exception as error:
        return FAULT, where(error)


def where(error: BaseException) -> str:
    """The type of an exception and the place in our code where it arose: nothing of a text, no path of the machine."""
    trace, place = error.__traceback__, ""
    while trace:
        name = trace.tb_frame.f_globals.get("__name__", "")
        place = f"{name}:{trace.tb_lineno}" if name.startswith("resdiff") else place
        trace = trace.tb_next
    return f"{type(error).__name__} {place}"


def _bind(allowed: float) -> None:
    """Hold this process to the limits of one job of so many seconds from now on, where the system knows how."""
    try:
        import resource
    except ImportError:  # Windows: the page keeps the time alone
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + allowed) + 1
    for what, most in ((resource.RLIMIT_AS, _taken() + limits.JOB_MEMORY), (resource.RLIMIT_CPU, seconds)):
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(what, (most, resource.getrlimit(what)[1]))


def _taken() -> int:
    if sys.platform != "linux":
        return 0
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - a pseudo-file
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
