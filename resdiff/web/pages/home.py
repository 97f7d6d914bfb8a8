"""The first page: two texts to give, a series to choose, what was compared in this session."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from resdiff.language.fold import fold
from resdiff.web.jobs import Shelved, catalogue
from resdiff.web.shown import page, session_of

__all__ = ["NAV", "ROUTES", "shelved"]

MOST_OFFERED = 400  # symbols that stand in the page itself
MOST_FOUND = 20  # symbols found for what is typed


async def home(request: Request) -> Response:
    """The first page."""
    known = await shelved(request)
    series = {text.series: text.series_title for text in known}
    return page(
        request, "home.html", recent=session_of(request).recent, known=known[:MOST_OFFERED], series=series,
        is_more=len(known) > MOST_OFFERED,
    )  # fmt: skip


async def symbols(request: Request) -> Response:
    """The texts of the corpus whose symbol or title has what was typed, as JSON, for completion."""
    wanted = fold(request.query_params.get("q", "")[:100]).split()
    found = [
        {"symbol": text.symbol, "title": text.title}
        for text in await shelved(request)
        if all(word in fold(f"{text.symbol} {text.title}") for word in wanted)
    ]
    return JSONResponse(found[:MOST_FOUND])


async def shelved(request: Request) -> tuple[Shelved, ...]:
    """The texts of the corpus, read once while the page runs."""
    state = request.app.state
    if not hasattr(state, "catalogue"):
        state.catalogue = asyncio.ensure_future(state.workers.run(catalogue, state.settings.corpus, seconds=120.0))
    try:
        found: tuple[Shelved, ...] = await asyncio.shield(state.catalogue)
    except Exception:
        del state.catalogue  # tried again by who asks next
        return ()
    return found


ROUTES = [Route("/", home), Route("/symbols", symbols)]
NAV = [("nav-home", "/")]
