"""A connection on which a request begins in time: who sends its head a letter a minute holds a place for long.

uvicorn bounds how long a connection may rest between two requests, and how large a head is, not how long the head may
take. What follows the head is bounded by ``guard``.
"""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from resdiff import limits

__all__ = ["Punctual"]


class Punctual(H11Protocol):
    """The protocol of uvicorn, which closes a connection whose next request has no whole head after
    ``HEAD_SECONDS``, counted from when it was opened, or from the first byte of that request."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401
        """Begin to count."""
        super().connection_made(transport)
        self._count()

    def data_received(self, data: bytes) -> None:
        """Take what came; the head is whole, or goes on to be waited for."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._count()
        else:
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count no longer."""
        self._stop()
        super().connection_lost(exc)

    def _count(self) -> None:
        if self._late is None and not self.transport.is_closing():
            self._late = self.loop.call_later(limits.HEAD_SECONDS, self.transport.abort)

    def _stop(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
