"""The drafts of several delegations as one text, and the text of one of them taken out of it again."""

import secrets
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resdiff.errors import ResdiffError
from resdiff.messages import message
from resdiff.rendering import find_format
from resdiff.web.desk_jobs import (
    Compiled,
    Handed,
    Layered,
    compile_file,
    compile_page,
    compile_texts,
    read_compilation,
    take_text,
)
from resdiff.web.forms import Form, form_of
from resdiff.web.pages.home import MOST_OFFERED, shelved
from resdiff.web.pages.report import attached, plain_name
from resdiff.web.pages.work import at_length, begin, keep, kept, told, trouble_of
from resdiff.web.shown import language_of, page, page_around, served, session_of
from resdiff.web.tasks import Say
from resdiff.web.workers import PageError

__all__ = ["NAV", "ROUTES"]

ROWS = 8  # drafts that the form has room for
FORMS = ("docx", "html", "md", "json")
TAKEN = ("docx", "md", "txt")
PENDING: dict[str, Literal["accept", "reject"]] = {"accept": "accept", "reject": "reject"}
PLAIN = "text/plain; charset=utf-8"


async def ask(request: Request) -> Response:
    """The form, with what was made before in this session."""
    known = await shelved(request)
    return page(
        request, "compile.html", trouble=trouble_of(request), rows=range(1, ROWS + 1),
        known=known[:MOST_OFFERED], is_more=len(known) > MOST_OFFERED, recent=session_of(request).kept_of(Compiled),
    )  # fmt: skip


async def give(request: Request) -> Response:
    """Take the base and the drafts, and compile them."""
    form = await form_of(request, files=ROWS + 1)
    id_ = secrets.token_urlsafe(9)

    async def work(say: Say) -> str:
        corpus = request.app.state.settings.corpus
        made = await at_length(request, say, "compile", compile_texts, corpus, base, drafts, pending)
        keep(request, f"compile-{id_}", made, len(made.kept) + len(made.layered.kept))
        return f"/compile/{id_}"

    try:
        base, drafts, pending = _given(form)
        return await begin(request, "compile-title", base.name, "/compile", work)
    except (ResdiffError, PageError) as error:
        return told(request, "/compile", error, form)


def _given(form: Form) -> tuple[Handed, tuple[tuple[str, Handed], ...], Literal["accept", "reject"] | None]:
    """The base, the drafts with the names of their delegations, and how tracked changes are taken. Raises PageError
    where the base is missing, and for a name without a draft."""
    upload, symbol = form.files.get("base_file"), form.get("base_symbol")
    if not upload and not symbol:
        raise PageError("base", 422)
    drafts = []
    for row in range(1, ROWS + 1):
        name, draft = form.get(f"name_{row}"), form.files.get(f"draft_{row}")
        if draft:
            drafts.append((name, Handed(draft.name, draft.data)))
        elif name:
            raise PageError("named", 422, name)
    base = Handed(upload.name, upload.data) if upload else Handed(symbol)
    return base, tuple(drafts), PENDING.get(form.get("pending"))


def _compiled(request: Request) -> tuple[str, Compiled]:
    id_ = request.path_params["id"]
    return id_, kept(request, f"compile-{id_}", Compiled)


async def show(request: Request) -> Response:
    """The compilation as a page."""
    (id_, made), lang = _compiled(request), language_of(request)
    files = tuple((f"file-{form}", f"/compile/{id_}.{form}") for form in FORMS)
    live = page_around(request, ("compile-take", f"/compile/{id_}/texts"), first=files[:1], files=files[1:])
    return served(await request.app.state.workers.run(compile_page, made.kept, made.layered.name, lang, live))


async def download(request: Request) -> Response:
    """The compilation as a file."""
    form, lang = request.path_params["form"], language_of(request)
    _, made = _compiled(request)
    if form not in FORMS:
        raise PageError("page", 404)
    data = await request.app.state.workers.run(compile_file, made.kept, made.layered.name, form, lang)
    row = find_format(form)
    name = f"{plain_name(made.layered.name)}{message('web.name-compile', lang=lang)}{row.suffixes[0]}"
    return attached(data, name, row.media_type)


async def give_compilation(request: Request) -> Response:
    """Take a compilation that somebody may have worked on, to take a text out of it."""
    form = await form_of(request, files=1)
    upload, id_ = form.files.get("compilation_file"), secrets.token_urlsafe(9)

    async def work(say: Say) -> str:
        assert upload
        made = await at_length(request, say, "read", read_compilation, upload.data, upload.name)
        keep(request, f"layers-{id_}", made, len(made.kept))
        return f"/compile/{id_}/texts"

    try:
        if not upload:
            raise PageError("text", 422)
        return await begin(request, "compile-take", upload.name, "/compile", work)
    except (ResdiffError, PageError) as error:
        return told(request, "/compile", error, form)


def _layered(request: Request) -> Layered:
    """The layers of a compilation that was made here, or given."""
    id_ = request.path_params["id"]
    made = session_of(request).kept(f"compile-{id_}")
    return made.layered if isinstance(made, Compiled) else kept(request, f"layers-{id_}", Layered)


async def texts(request: Request) -> Response:
    """Whose texts are in a compilation, each to be saved alone."""
    id_, made = request.path_params["id"], _layered(request)
    is_here = session_of(request).kept(f"compile-{id_}") is not None
    return page(request, "taken.html", made=made, id=id_, forms=TAKEN, is_here=is_here)


async def take_out(request: Request) -> Response:
    """The text of one delegation, by its place; 0 is the base."""
    made, form, place = _layered(request), request.path_params["form"], request.path_params["place"]
    if form not in TAKEN or place > len(made.names):
        raise PageError("page", 404)
    name = made.names[place - 1] if place else ""
    data = await request.app.state.workers.run(take_text, made.kept, name, f".{form}")
    kind = PLAIN if form == "txt" else find_format(form).media_type
    called = name or message("web.base", lang=language_of(request))
    return attached(data, f"{plain_name(made.name)} – {plain_name(called)}.{form}", kind)


ROUTES = [
    Route("/compile", ask),
    Route("/compile", give, methods=["POST"]),
    Route("/compile/texts", give_compilation, methods=["POST"]),
    Route("/compile/{id}/texts", texts),
    Route("/compile/{id}/texts/{place:int}.{form}", take_out),
    Route("/compile/{id}.{form}", download),
    Route("/compile/{id}", show),
]
NAV = [("nav-compile", "/compile")]
