"""The index of the corpus, for all who are there: made or brought up to date once while the page runs.

It lies where the command keeps it, in the folder of the caches; where there is none, in a private temporary folder that
goes with the page. Nothing is written beside the texts.
"""

import asyncio
import contextlib
import tempfile
from pathlib import Path

from resdiff import limits
from resdiff.cli.search import index_place
from resdiff.corpus import locate
from resdiff.errors import OutputError
from resdiff.web.desk_jobs import Indexed, make_index
from resdiff.web.tasks import Say
from resdiff.web.workers import Workers

__all__ = ["Indexing"]


class Indexing:
    """The index, and who waits for it."""

    def __init__(self, workers: Workers, corpus: Path | None, at_length: asyncio.Semaphore) -> None:
        self._workers, self._corpus, self._at_length = workers, corpus, at_length
        self._making: asyncio.Task[Indexed] | None = None
        self._waiting: list[Say] = []
        self._apart: tempfile.TemporaryDirectory[str] | None = None

    @property
    def known(self) -> Indexed | None:
        """The index, where it is there by now."""
        made = self._making
        return made.result() if made and made.done() and not made.cancelled() and not made.exception() else None

    async def ready(self, say: Say) -> Indexed:
        """The index, made where it is not there yet; ``say`` is told how far it is. When nobody waits any more, the
        work is stopped. Raises what making it raises."""
        if self._making is None or (self._making.done() and not self.known):
            self._making = asyncio.ensure_future(self._make())
        making = self._making
        self._waiting.append(say)
        try:
            return await asyncio.shield(making)
        finally:
            self._waiting.remove(say)
            if not self._waiting and not making.done():
                making.cancel()
                self._making = None

    def forget(self) -> None:
        """Make it anew when it is asked for next: somebody took the file away, or changed it."""
        self._making = None

    def close(self) -> None:
        """Let go of the temporary folder."""
        if self._apart:
            self._apart.cleanup()

    async def _make(self) -> Indexed:
        place = await asyncio.to_thread(self._place)
        async with self._at_length:
            return await self._workers.run(
                make_index, self._corpus, place, seconds=limits.INDEX_SECONDS, on_step=self._told
            )

    def _place(self) -> Path:
        place = index_place(locate(self._corpus))
        if place:
            return place
        with contextlib.suppress(OSError):
            self._apart = self._apart or tempfile.TemporaryDirectory(prefix="resdiff-")
            return Path(self._apart.name) / "index"
        raise OutputError("output-unwritable", "index", "")

    def _told(self, done: int, total: int) -> None:
        for say in list(self._waiting):
            say("index", done, total)
