"""A series: the life of each paragraph over its editions, of one paragraph, and where the words come from."""

import secrets
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resdiff.errors import ResdiffError
from resdiff.messages import message
from resdiff.rendering import find_format
from resdiff.rendering.html.live import Asking
from resdiff.web.desk_jobs import Handed, Traced, View, series_file, series_page, trace_texts
from resdiff.web.forms import form_of
from resdiff.web.pages.home import MOST_OFFERED, shelved
from resdiff.web.pages.report import attached, plain_name
from resdiff.web.pages.work import at_length, begin, keep, kept, told, trouble_of
from resdiff.web.shown import language_of, page, page_around, served, session_of
from resdiff.web.tasks import Say
from resdiff.web.workers import PageError

__all__ = ["NAV", "ROUTES"]

MOST_FILES = 20
NAMES = {"docx": "taken-docx"}  # of files that are not called as those of a report
FORMS: dict[View, tuple[str, ...]] = {"lives": ("html", "md", "json"), "origins": ("docx", "html", "md", "json")}


async def ask(request: Request) -> Response:
    """The form, with what was made before in this session."""
    known = await shelved(request)
    series = {text.series: text.series_title for text in known}
    return page(
        request, "series.html", trouble=trouble_of(request), series=series,
        known=known[:MOST_OFFERED], is_more=len(known) > MOST_OFFERED, recent=session_of(request).kept_of(Traced),
    )  # fmt: skip


async def give(request: Request) -> Response:
    """Take a series, a symbol, or files, and trace them."""
    form = await form_of(request, files=MOST_FILES)
    view: View = "origins" if form.get("view") == "origins" else "lives"
    symbol, paragraph = form.get("text_symbol"), form.get("paragraph")
    files = tuple(Handed(upload.name, upload.data) for upload in form.several)
    handed = files or ((Handed(symbol),) if symbol else ())
    id_ = secrets.token_urlsafe(9)

    async def work(say: Say) -> str:
        corpus = request.app.state.settings.corpus
        made = await at_length(request, say, "trace", trace_texts, corpus, form.get("series"), handed, view)
        keep(request, f"series-{id_}", made, len(made.kept))
        return _address(id_, view, paragraph)

    titles = {text.series: text.series_title for text in await shelved(request)}
    about = ", ".join(each.name for each in handed[:3]) or titles.get(form.get("series"), form.get("series"))
    try:
        if not handed and not form.get("series"):
            raise PageError("text", 422)
        return await begin(request, "series-title", about, "/series", work)
    except (ResdiffError, PageError) as error:
        return told(request, "/series", error, form)


def _address(id_: str, view: View, paragraph: str, form: str = "") -> str:
    asked = f"?{urlencode({'par': paragraph})}" if paragraph else ""
    return f"/series/{id_}/{view}{f'.{form}' if form else ''}{asked}"


def _traced(request: Request) -> tuple[str, Traced, View]:
    id_, view = request.path_params["id"], request.path_params["view"]
    made = kept(request, f"series-{id_}", Traced)
    if view not in FORMS:
        raise PageError("page", 404)
    return id_, made, view


async def show(request: Request) -> Response:
    """The lives or the origins, of one paragraph where one is asked for."""
    id_, made, view = _traced(request)
    lang, paragraph = language_of(request), request.query_params.get("par", "")[:200].strip()
    asking = Asking(
        f"/series/{id_}/{view}", "par", message("web.series-paragraph", lang=lang), paragraph,
        message("web.series-see", lang=lang),
    )  # fmt: skip
    other: View = "origins" if view == "lives" else "lives"
    ways = [(f"series-{other}", _address(id_, other, paragraph))]
    ways += [("series-all", _address(id_, view, ""))] if paragraph else []
    files = tuple((NAMES.get(form, f"file-{form}"), _address(id_, view, paragraph, form)) for form in FORMS[view])
    is_word = FORMS[view][0] == "docx"
    live = page_around(request, *ways, first=files[:is_word], files=files[is_word:], asking=asking)
    return served(await request.app.state.workers.run(series_page, made.kept, view, lang, paragraph, live))


async def download(request: Request) -> Response:
    """The same as a file."""
    _, made, view = _traced(request)
    form, lang = request.path_params["form"], language_of(request)
    if form not in FORMS[view]:
        raise PageError("page", 404)
    paragraph = request.query_params.get("par", "")[:200].strip()
    data = await request.app.state.workers.run(series_file, made.kept, view, form, lang, paragraph)
    row = find_format(form)
    name = f"{plain_name(made.name)}{message(f'web.name-{view}', lang=lang)}{row.suffixes[0]}"
    return attached(data, name, row.media_type)


ROUTES = [
    Route("/series", ask),
    Route("/series", give, methods=["POST"]),
    Route("/series/{id}/{view}.{form}", download),
    Route("/series/{id}/{view}", show),
]
NAV = [("nav-series", "/series")]
