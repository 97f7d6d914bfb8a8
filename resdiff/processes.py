"""Several processes, each doing a piece of a long work at a time: which is done first does not matter to the result.

At most two pieces a process are under way, so that memory does not grow with the work. A process that dies takes those
under way along: each is then done once more in a process of its own, and given up when that one dies too.
"""

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

__all__ = ["cores", "in_processes"]

PARENT_DEATH = 1  # PR_SET_PDEATHSIG of prctl(2)
AHEAD = 2  # pieces a process

Piece = TypeVar("Piece")
Made = TypeVar("Made")


def cores() -> int:
    """How many processes may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(
    work: Iterable[Piece], number: int, do: Callable[[Piece], Made], lost: Callable[[Piece], Made]
) -> Iterator[tuple[Piece, Made]]:
    """Each piece with what ``do`` makes of it in one of so many processes, or ``lost`` where that took two along, as
    they are done. Raises what ``do`` raises."""
    todo = iter(work)
    pool = _pool(number)
    under_way: dict[Future[Made], Piece] = {}
    try:
        while True:
            for piece in islice(todo, AHEAD * number - len(under_way)):
                under_way[pool.submit(_stoppable, do, piece)] = piece
            if not under_way:
                return
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            suspects = []
            for future in done:
                try:
                    made = future.result()
                except BrokenProcessPool:
                    suspects = list(under_way.values())
                    break
                yield under_way.pop(future), made
            if suspects:
                pool.shutdown(wait=True, cancel_futures=True)
                under_way, pool = {}, _pool(number)
                for piece in suspects:
                    yield piece, _again(piece, do, lost)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _again(piece: Piece, do: Callable[[Piece], Made], lost: Callable[[Piece], Made]) -> Made:
    """A piece that was under way when a process died."""
    try:
        with _pool(1) as pool:
            return pool.submit(_stoppable, do, piece).result()
    except BrokenProcessPool:
        return lost(piece)


def _pool(number: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(number, initializer=_begin, initargs=(os.getpid(),))


def _begin(parent: int) -> None:
    """What a process of ours does first: Ctrl-C is not for it, and where the system can it ends with its parent, whose
    locks it has too. It lives long: unlike the command it looks for cycles of values."""
    gc.freeze()
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGKILL)
        if os.getppid() != parent:  # it died before it was asked for
            os._exit(1)


def _stoppable(do: Callable[[Piece], Made], piece: Piece) -> Made:
    """A piece in a process of its own; Ctrl-C stops it in the middle."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return do(piece)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
