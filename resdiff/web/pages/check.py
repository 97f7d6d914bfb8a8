"""A draft beside all that was adopted: what is agreed, adapted, new; as comments in the person's own Word file."""

import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resdiff.errors import ResdiffError
from resdiff.messages import message
from resdiff.rendering import find_format
from resdiff.web.desk_jobs import Checked, check_draft, check_file, check_page, comment_draft
from resdiff.web.forms import Form, form_of
from resdiff.web.jobs import read_edition, read_upload
from resdiff.web.pages.home import MOST_OFFERED, shelved
from resdiff.web.pages.report import attached, plain_name
from resdiff.web.pages.work import at_length, begin, keep, kept, told, trouble_of
from resdiff.web.sessions import Text
from resdiff.web.shown import language_of, page, page_around, served, session_of
from resdiff.web.tasks import Say
from resdiff.web.workers import PageError

__all__ = ["NAV", "ROUTES"]

FORMS = ("docx", "html", "md", "json")


async def ask(request: Request) -> Response:
    """The form, with what was made before in this session."""
    known = await shelved(request)
    return page(
        request, "check.html", trouble=trouble_of(request),
        known=known[:MOST_OFFERED], is_more=len(known) > MOST_OFFERED, recent=session_of(request).kept_of(Checked),
    )  # fmt: skip


async def give(request: Request) -> Response:
    """Take a draft, and check it: a file, a symbol, or lines that were pasted."""
    form = await form_of(request, files=1)
    id_ = secrets.token_urlsafe(9)

    async def work(say: Say) -> str:
        say("read", 0, 0)
        draft = await _read(request, form)
        index = await request.app.state.indexing.ready(say)
        word = draft.data if draft.is_word else b""
        made = await at_length(
            request, say, "check", check_draft, index.path, draft.reading.kept, draft.name, word
        )  # fmt: skip
        keep(request, f"check-{id_}", made, len(made.kept) + len(word))
        return f"/check/{id_}"

    upload = form.files.get("text_file")
    about = upload.name if upload else form.get("text_symbol")
    pasted = message("web.pasted", lang=language_of(request))
    try:
        if not upload and not about and not form.get("lines").strip():
            raise PageError("text", 422)
        return await begin(request, "check-title", about or pasted, "/check", work)
    except (ResdiffError, PageError) as error:
        return told(request, "/check", error, form)


async def _read(request: Request, form: Form) -> Text:
    """The draft that a form gives, read."""
    state, upload, symbol = request.app.state, form.files.get("text_file"), form.get("text_symbol")
    if upload:
        reading = await state.workers.run(read_upload, upload.data, upload.name, "accept", ())
        return Text(upload.name, reading, data=upload.data)
    if symbol:
        reading = await state.workers.run(read_edition, state.settings.corpus, symbol, ())
        return Text(symbol, reading, symbol=symbol)
    name = message("web.pasted", lang=language_of(request))
    reading = await state.workers.run(read_upload, form.get("lines").encode(), name, "accept", ())
    return Text(name, reading)


def _checked(request: Request) -> tuple[str, Checked]:
    id_ = request.path_params["id"]
    return id_, kept(request, f"check-{id_}", Checked)


async def show(request: Request) -> Response:
    """The check as a page."""
    (id_, made), lang = _checked(request), language_of(request)
    own = (("file-comments", f"/check/{id_}/comments"),) if made.word else ()
    files = (*own, *((f"file-check-{form}", f"/check/{id_}.{form}") for form in FORMS))
    live = page_around(request, first=files[:1], files=files[1:])
    return served(await request.app.state.workers.run(check_page, made.kept, lang, live))


async def comments(request: Request) -> Response:
    """The person's own Word file with comments; where some found no place, a page that tells it and saves the file."""
    (id_, made), lang = _checked(request), language_of(request)
    if not made.word:
        raise PageError("page", 404)
    data, lacking = await request.app.state.workers.run(comment_draft, made.kept, made.word, lang)
    if lacking and not request.query_params.get("take"):
        return page(
            request, "saved.html", title=message("web.file-comments", lang=lang), lacking=(lacking,),
            lead=message("web.comments-lack", made.name, lang=lang), file=f"/check/{id_}/comments?take=1",
            back=f"/check/{id_}", back_name=message("web.check-back", lang=lang),
        )  # fmt: skip
    name = f"{made.name.rpartition('.')[0]}{message('web.name-comments', lang=lang)}.docx"
    return attached(data, name, find_format("docx").media_type)


async def download(request: Request) -> Response:
    """The check as a file."""
    form, lang = request.path_params["form"], language_of(request)
    _, made = _checked(request)
    if form not in FORMS:
        raise PageError("page", 404)
    data = await request.app.state.workers.run(check_file, made.kept, form, lang)
    row = find_format(form)
    name = f"{plain_name(made.name)}{message('web.name-check', lang=lang)}{row.suffixes[0]}"
    return attached(data, name, row.media_type)


ROUTES = [
    Route("/check", ask),
    Route("/check", give, methods=["POST"]),
    Route("/check/{id}/comments", comments),
    Route("/check/{id}.{form}", download),
    Route("/check/{id}", show),
]
NAV = [("nav-check", "/check")]
