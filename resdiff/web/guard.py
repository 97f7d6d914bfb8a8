"""What stands before every page: who may ask, how much may be sent, what the answer forbids the browser.

In this order, and none can be turned off: the name under which the page is asked for (a page elsewhere that has its own
name lead to this machine asks under that name, and its Origin is the same as its Host), the method, the session, where
the request comes from, how much it sends and how long that takes. What goes wrong inside is told in one sentence, and
logged by its type and place alone.
"""

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from resdiff import limits
from resdiff.web.sessions import Sessions, Tokens
from resdiff.web.shown import error_page, opening_page, refusal_page
from resdiff.web.workers import PageError, where

__all__ = ["LOOPBACK", "OPENING", "POLICY", "Guard", "origin_of"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
OPENING, HEALTH, STATIC = "/open", "/healthz", "/static/"
SAFE = ("GET", "HEAD")
OWN = ("same-origin", "none")  # Sec-Fetch-Site of what our pages, or a person who types an address, ask for
SMALL = 200_000  # bytes of a request that is a form without files
DRAINED = 300_000_000  # bytes of a refused request that are let go by
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "same-origin",  # "no-referrer" would take the Origin from our own forms
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Guard:
    """An ASGI application around the pages. ``names`` are the hosts under which they may be asked for."""

    def __init__(self, app: App, names: tuple[str, ...], sessions: Sessions, tokens: Tokens, cookie: str) -> None:
        self.app, self.names, self.sessions, self.tokens, self.cookie = app, names, sessions, tokens, cookie
        self.on_opened: Callable[[], None] = lambda: None
        self._uploads = asyncio.Semaphore(limits.UPLOADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no page of ours speaks otherwise
            await send({"type": "websocket.close", "code": 1008})
            return
        started = False

        async def protected(message: MutableMapping[str, Any]) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("content-security-policy", POLICY)
            await send(message)

        try:
            await self._answer(scope, receive, protected)
        except Exception as error:  # a fault of ours: nothing of it reaches a page or a log but its type and place
            answer = error_page(Request(scope), error)
            if answer.status_code == 500:
                print(f"resdiff : {where(error)}", file=sys.stderr)
            if not started:
                await answer(scope, receive, protected)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if host_of(request.headers) not in self.names:
            await PlainTextResponse("resdiff: unknown host\n", 421)(scope, receive, send)
            return
        path, method = scope["path"], scope["method"]
        if path == HEALTH and method in SAFE:
            await PlainTextResponse("ok\n")(scope, receive, send)
            return
        if path == OPENING and method in SAFE:
            await self._open(request)(scope, receive, send)
            return
        if path.startswith(STATIC) and method in SAFE:
            await self.app(scope, receive, send)
            return
        why = self._refused(request)
        if why:
            await _drained(receive)  # a browser that is still sending does not see what is answered
            await refusal_page(request, why)(scope, receive, send)
            return
        async with self._bounded(request.headers, receive) as bounded:
            await self.app(scope, bounded, send)

    def _open(self, request: Request) -> Response:
        """The session of a token that was not used yet, as a cookie; the page it leads to goes on by itself, so that
        the cookie is sent wherever the address was clicked."""
        if not self.tokens.take(request.query_params.get("token", "")):
            return refusal_page(request, PageError("token", 403))
        self.on_opened()
        answer: Response = HTMLResponse(opening_page(request))
        answer.set_cookie(self.cookie, self.sessions.open(), httponly=True, samesite="strict", path="/")
        return answer

    def _refused(self, request: Request) -> PageError | None:
        """Why a request is refused; None for one that may go on, with its session."""
        headers, method = request.headers, request.method
        if method not in (*SAFE, "POST"):
            return PageError("method", 405)
        site = headers.get("sec-fetch-site")
        if site is not None and site not in OWN:
            return PageError("origin", 403)
        session = self.sessions.find(request.cookies.get(self.cookie, ""))
        if session is None:
            return PageError("session", 403)
        if method not in SAFE and origin_of(headers) != headers.get("origin"):
            return PageError("origin", 403)
        request.scope["session_of_page"] = session
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > limits.UPLOAD:
            return PageError("large", 413, limits.FILE // 1_000_000)
        return None

    @contextlib.asynccontextmanager
    async def _bounded(self, headers: Headers, receive: Receive) -> AsyncIterator[Receive]:
        """What is received, no more than may be sent, and no longer; few large ones at once."""
        length = headers.get("content-length", "0")
        is_large = "transfer-encoding" in headers or int(length) > SMALL
        taken, end = 0, time.monotonic() + limits.UPLOAD_SECONDS
        is_whole = False

        async def bounded() -> MutableMapping[str, Any]:
            nonlocal taken, is_whole
            if is_whole:  # what follows a request is that its sender goes away, whenever that is
                return await receive()
            try:
                async with asyncio.timeout(max(0.0, end - time.monotonic())):
                    message = await receive()
            except TimeoutError:
                raise PageError("slow-upload", 408, int(limits.UPLOAD_SECONDS)) from None
            taken += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            if taken > limits.UPLOAD:
                raise PageError("large", 413, limits.FILE // 1_000_000)
            return message

        if not is_large:
            yield bounded
            return
        async with self._uploads:
            end = time.monotonic() + limits.UPLOAD_SECONDS
            yield bounded


async def _drained(receive: Receive) -> None:
    """Let what is sent go by, up to a bound of bytes and of time; nothing of it is kept."""
    taken = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(limits.UPLOAD_SECONDS):
            while taken < DRAINED:
                message = await receive()
                taken += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return


def host_of(headers: Headers) -> str:
    """The name a page was asked for under, without its port; empty for one that is none.

    >>> [host_of(Headers({"host": h})) for h in ("LOCALHOST:8000", "[::1]:8000", "a.example:1", "a@127.0.0.1")]
    ['localhost', '::1', 'a.example', '']
    """
    if len(headers.getlist("host")) != 1:
        return ""
    given = headers["host"]
    if any(sign in given for sign in "@/\\?# "):
        return ""
    try:
        return urlsplit(f"//{given}").hostname or ""
    except ValueError:
        return ""


def origin_of(headers: Headers) -> str:
    """The origin that our own pages have, asked for under this name: that alone may send anything."""
    return f"http://{headers.get('host', '')}"
