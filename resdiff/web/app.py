"""The pages put together with what stands before them."""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path

from msgspec import Struct
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resdiff.errors import ResdiffError
from resdiff.rendering.html.pieces import ours
from resdiff.web.guard import LOOPBACK, Guard
from resdiff.web.indexing import Indexing
from resdiff.web.sessions import Sessions, Tokens
from resdiff.web.shown import error_page
from resdiff.web.workers import PageError, Workers

__all__ = ["PAGES", "Settings", "make_app"]

PAGES = ("home", "texts", "report", "links", "series", "search", "check", "compile", "draft", "work", "help")
STATIC = Path(__file__).parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"}
MOST_WORKERS = 4


class Settings(Struct, frozen=True, kw_only=True):
    """Where the page listens and what it shows: ``host`` as bound, other ``names`` under which it may be asked for, the
    corpus (None: the usual ones), how many workers (0: one for each core, at least two)."""

    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    corpus: Path | None = None
    workers: int = 0


def make_app(settings: Settings) -> Guard:
    """The application. ``tokens.mint()`` of it opens a session once; its lifespan starts and ends the workers."""
    modules = [import_module(f"resdiff.web.pages.{name}") for name in PAGES]
    routes = [route for module in modules for route in module.ROUTES]
    workers = Workers(settings.workers or min(MOST_WORKERS, max(2, os.cpu_count() or 2)))

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await workers.start()
        try:
            yield
        finally:
            await workers.close()
            app.state.indexing.close()

    handlers = dict.fromkeys((HTTPException, ResdiffError, PageError, Exception), on_error)
    app = Starlette(routes=[*routes, Route("/static/{name}", static)], lifespan=lifespan, exception_handlers=handlers)
    app.router.redirect_slashes = False
    app.state.workers, app.state.settings = workers, settings
    app.state.sessions = Sessions()
    app.state.at_length = asyncio.Semaphore(max(1, workers.count - 1))  # a worker is left for what takes a moment
    app.state.indexing = Indexing(workers, settings.corpus, app.state.at_length)
    app.state.nav = tuple(row for module in modules for row in getattr(module, "NAV", ()))
    return Guard(app, names_of(settings), app.state.sessions, Tokens(), f"resdiff-{settings.port}")


def names_of(settings: Settings) -> tuple[str, ...]:
    """The hosts under which the page may be asked for: those of the loopback, the one it is bound to, and those
    given. Bound to all addresses of the machine, its own name and theirs too.

    >>> names_of(Settings())
    ('127.0.0.1', 'localhost', '::1')
    """
    own: tuple[str, ...] = (settings.host,)
    if settings.host in ("0.0.0.0", "::", ""):
        with contextlib.suppress(OSError):
            host = socket.gethostname()
            own = (host, *(str(row[4][0]) for row in socket.getaddrinfo(host, None)))
    return tuple(dict.fromkeys(name.lower() for name in (*LOOPBACK, *own, *settings.names) if name))


async def on_error(request: Request, error: Exception) -> Response:
    """What went wrong, as a page."""
    return error_page(request, error)


async def static(request: Request) -> Response:
    """A style sheet, a script or a picture of ours: those that lie in one folder, and the style of the report."""
    name = request.path_params["name"]
    known = {path.name: path for path in STATIC.iterdir()}
    if name == "page.css":
        return Response(ours("page.css").text, media_type=KINDS[".css"])
    if name not in known:
        return Response(status_code=404)
    return Response(known[name].read_bytes(), media_type=KINDS.get(known[name].suffix, "application/octet-stream"))
