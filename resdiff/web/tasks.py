"""Long work: what it is at, how far it is, how it ended; who asked for it sees it, waits for it, stops it.

A task is of one person. What it makes is kept in the session, under the address to which it leads.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable

__all__ = ["Say", "Task"]

Say = Callable[[str, int, int], None]
"""Told what the work is at (the name of a sentence, ``web.work-<name>``), how many steps of how many are done."""


class Task:
    """A piece of long work. ``work`` is given what it tells its steps to, from any thread, and gives back the address
    of what it made; ``name`` is the name of the sentence for all of it, ``about`` what that is of, ``back`` the address
    of the form it came from."""

    def __init__(self, name: str, about: str, back: str, work: Callable[[Say], Awaitable[str]]) -> None:
        self.id = secrets.token_urlsafe(9)
        self.name, self.about, self.back = name, about, back
        self.phase, self.done, self.total = "", 0, 0
        self.address = ""
        self.error: Exception | None = None
        self.is_stopped = False
        self.watchers = 0  # pages that are told of it just now
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._running = asyncio.ensure_future(self._run(work))

    @property
    def is_over(self) -> bool:
        """Whether it made what it had to, failed, or was stopped."""
        return bool(self.address or self.error or self.is_stopped)

    async def _run(self, work: Callable[[Say], Awaitable[str]]) -> None:
        try:
            self.address = await work(self._said)
        except asyncio.CancelledError:
            self.is_stopped = True
        except Exception as error:  # told where the task is looked at
            self.error = error
        finally:
            self._tell()

    def _said(self, phase: str, done: int, total: int) -> None:
        self._loop.call_soon_threadsafe(self._step, phase, done, total)

    def _step(self, phase: str, done: int, total: int) -> None:
        if not self.is_over:
            self.phase, self.done, self.total = phase, done, total
            self._tell()

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def changed(self, seconds: float) -> None:
        """Return when something changed, or after so many seconds."""
        changed = self._changed
        try:
            async with asyncio.timeout(seconds):
                await changed.wait()
        except TimeoutError:
            return

    async def over(self, seconds: float) -> bool:
        """Whether it is over after so many seconds at most."""
        await asyncio.wait({self._running}, timeout=seconds)
        return self.is_over

    def stop(self) -> None:
        """End it: the process that is at it is ended."""
        self._running.cancel()
