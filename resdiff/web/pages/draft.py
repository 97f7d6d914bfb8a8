"""The next edition of a text, begun from its last one."""

import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resdiff.errors import ResdiffError
from resdiff.messages import message
from resdiff.rendering import find_format
from resdiff.web.desk_jobs import Handed, Rolled, roll_file, roll_page, roll_text
from resdiff.web.forms import Form, form_of
from resdiff.web.pages.home import MOST_OFFERED, shelved
from resdiff.web.pages.report import attached, plain_name
from resdiff.web.pages.work import at_length, begin, keep, kept, told, trouble_of
from resdiff.web.shown import language_of, page, page_around, served, session_of
from resdiff.web.tasks import Say
from resdiff.web.workers import PageError

__all__ = ["NAV", "ROUTES"]

FORMS = ("docx", "html", "md", "json")
LAST_SESSION = 999


async def ask(request: Request) -> Response:
    """The form, with what was made before in this session."""
    known = await shelved(request)
    return page(
        request, "draft.html", trouble=trouble_of(request),
        known=known[:MOST_OFFERED], is_more=len(known) > MOST_OFFERED, recent=session_of(request).kept_of(Rolled),
    )  # fmt: skip


async def give(request: Request) -> Response:
    """Take the last edition, perhaps the one before it and the session, and begin the next one."""
    form = await form_of(request, files=2)
    id_ = secrets.token_urlsafe(9)

    async def work(say: Say) -> str:
        corpus = request.app.state.settings.corpus
        made = await at_length(request, say, "roll", roll_text, corpus, text, before, number)
        keep(request, f"draft-{id_}", made, len(made.kept))
        return f"/draft/{id_}"

    try:
        text, before = _handed(form, "text"), _handed(form, "before")
        if text is None:
            raise PageError("text", 422)
        number = _session(form.get("session"))
        return await begin(request, "draft-title", text.name, "/draft", work)
    except (ResdiffError, PageError) as error:
        return told(request, "/draft", error, form)


def _handed(form: Form, name: str) -> Handed | None:
    upload, symbol = form.files.get(f"{name}_file"), form.get(f"{name}_symbol")
    return Handed(upload.name, upload.data) if upload else Handed(symbol) if symbol else None


def _session(given: str) -> int:
    """The number of a session; 0 where none was given. Raises PageError for what is no number."""
    if not given:
        return 0
    if not given.isascii() or not given.isdecimal() or not 0 < int(given[:4]) <= LAST_SESSION:
        raise PageError("number", 422, given[:20])
    return int(given[:4])


def _made(request: Request) -> tuple[str, Rolled]:
    id_ = request.path_params["id"]
    return id_, kept(request, f"draft-{id_}", Rolled)


async def show(request: Request) -> Response:
    """The draft as a page."""
    (id_, made), lang = _made(request), language_of(request)
    files = tuple((f"file-{form}", f"/draft/{id_}.{form}") for form in FORMS)
    live = page_around(request, first=files[:1], files=files[1:])
    return served(await request.app.state.workers.run(roll_page, made.kept, made.name, lang, live))


async def download(request: Request) -> Response:
    """The draft as a file."""
    form, lang = request.path_params["form"], language_of(request)
    _, made = _made(request)
    if form not in FORMS:
        raise PageError("page", 404)
    data = await request.app.state.workers.run(roll_file, made.kept, made.name, form, lang)
    row = find_format(form)
    name = f"{plain_name(made.name)}{message('web.name-draft', lang=lang)}{row.suffixes[0]}"
    return attached(data, name, row.media_type)


ROUTES = [
    Route("/draft", ask),
    Route("/draft", give, methods=["POST"]),
    Route("/draft/{id}.{form}", download),
    Route("/draft/{id}", show),
]
NAV = [("nav-draft", "/draft")]
