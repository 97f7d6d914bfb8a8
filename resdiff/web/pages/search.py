"""Agreed language: where words were adopted, and since when. A search is an address, so that it can be kept."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resdiff.errors import InputError, NotFoundError, ResdiffError
from resdiff.messages import message
from resdiff.reading import one_line
from resdiff.rendering.html.live import Asking
from resdiff.web.desk_jobs import Asked, Indexed, search_file, search_page
from resdiff.web.pages.report import attached, plain_name
from resdiff.web.pages.work import begin
from resdiff.web.sessions import Trouble
from resdiff.web.shown import language_of, page, page_around, served
from resdiff.web.tasks import Say
from resdiff.web.workers import PageError

__all__ = ["NAV", "ROUTES"]

PARTS = ("operative", "preamble", "annex")
LONGEST = 10_000  # characters of a question
FORMS = {"html": "text/html", "json": "application/json"}


async def show(request: Request) -> Response:
    """The form; what was found, where something was asked."""
    asked = _asked(request)
    if not asked.query or request.query_params.get("edit"):
        return await _form(request, asked)
    indexing = request.app.state.indexing
    if indexing.known is None:

        async def work(say: Say) -> str:
            await indexing.ready(say)
            return _address(asked)

        try:
            return await begin(request, "search-title", asked.query[:60], _address(asked, edit="1"), work)
        except (ResdiffError, PageError) as error:
            return await _form(request, asked, error)
    return await _found(request, asked, indexing.known)


async def _form(request: Request, asked: Asked, trouble: Exception | None = None) -> Response:
    known = request.app.state.indexing.known
    told = Trouble(trouble, {}) if trouble else None
    return page(request, "search.html", asked=asked, trouble=told, parts=PARTS, index=known)


async def _found(request: Request, asked: Asked, index: Indexed) -> Response:
    lang = language_of(request)
    say = message("web.search-words", lang=lang)
    asking = Asking("/search", "q", say, asked.query, message("web.search-go", lang=lang))
    files = tuple((f"file-{form}", _address(asked, form)) for form in FORMS)
    edit = (("search-edit", _address(asked, edit="1")),)
    live = page_around(request, first=edit, files=files, asking=asking)
    try:
        return served(
            await request.app.state.workers.run(
                search_page, request.app.state.settings.corpus, index.path, asked, lang, live
            )
        )
    except (ResdiffError, PageError) as error:
        if isinstance(error, InputError | NotFoundError):  # the file of the index was changed or taken away
            request.app.state.indexing.forget()
        return await _form(request, asked, error)


async def download(request: Request) -> Response:
    """The same as a file."""
    form, asked, lang = request.path_params["form"], _asked(request), language_of(request)
    index = request.app.state.indexing.known
    if form not in FORMS or index is None:
        raise PageError("page", 404)
    data = await request.app.state.workers.run(
        search_file, request.app.state.settings.corpus, index.path, asked, form, lang
    )
    return attached(data, f"{plain_name(asked.query[:50])}.{form}", FORMS[form])


def _asked(request: Request) -> Asked:
    """What is asked, each in one line; a part that is none counts for nothing."""
    given = {name: one_line(value[: LONGEST + 1]).strip() for name, value in request.query_params.items()}
    part = given.get("part", "")
    return Asked(
        query=given.get("q", ""),
        near=given.get("near", ""),
        since=given.get("since", "")[:20],
        until=given.get("until", "")[:20],
        part=part if part in PARTS else "",
        language=given.get("language", "")[:3],
    )


def _address(asked: Asked, form: str = "", edit: str = "") -> str:
    named = {
        "q": asked.query, "near": asked.near, "since": asked.since, "until": asked.until, "part": asked.part,
        "language": asked.language, "edit": edit,
    }  # fmt: skip
    return f"/search{f'.{form}' if form else ''}?{urlencode({name: value for name, value in named.items() if value})}"


ROUTES = [Route("/search", show), Route("/search.{form}", download)]
NAV = [("nav-search", "/search")]
