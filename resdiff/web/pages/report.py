"""The report, live, and the files made of it."""

import re
import unicodedata
from urllib.parse import quote

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resdiff.messages import message
from resdiff.rendering import find_format
from resdiff.rendering.html import Live
from resdiff.web.jobs import TABLE, Compared, compare, live_page, render_report, word_onto
from resdiff.web.pages.texts import both, pair_of
from resdiff.web.sessions import Pair
from resdiff.web.shown import language_of, page, served, session_of
from resdiff.web.workers import PageError

__all__ = ["ROUTES", "attached", "compared", "plain_name"]

FILES = ("docx", TABLE, "pdf", "html", "xlsx", "csv", "md", "json")
AUTHOR = "resdiff"


async def compared(request: Request, pair: Pair) -> Compared:
    """The comparison of a pair, made when it was not yet, and kept with it."""
    if pair.compared:
        return pair.compared
    old, new = both(pair)
    state = request.app.state
    made: Compared = await state.workers.run(
        compare, state.settings.corpus, old.reading.kept, new.reading.kept, pair.part, pair.pins
    )
    session = session_of(request)
    if session.pairs.get(pair.id) is pair:  # it may have been changed in another tab
        session.put(replace(pair, compared=made))
        state.sessions.make_room()
    return made


async def show(request: Request) -> Response:
    """The report as a page."""
    pair, lang = pair_of(request), language_of(request)
    made = await compared(request, pair)
    shown = await request.app.state.workers.run(live_page, made.kept, lang, pair.labels, _live(pair, lang))
    return served(shown)


def _live(pair: Pair, lang: str) -> Live:
    """The addresses around the report of a pair."""
    at, other = f"/texts/{pair.id}", "en" if lang == "fr" else "fr"

    def said(name: str, address: str) -> tuple[str, str]:
        return message(f"web.{name}", lang=lang), address

    onto = (said("file-onto", f"{at}/onto"),) if can_write_onto(pair) else ()
    files = tuple(said(f"file-{form}", f"{at}/report.{form}") for form in FILES)
    toml = (said("file-links", f"{at}/links.toml"),) if pair.pins else ()
    return Live(
        home="/",
        ways=(
            said("nav-home", "/"),
            said("nav-read", at),
            said("nav-links", f"{at}/links"),
            said("nav-help", "/aide"),
            said("language", f"{at}/report?lang={other}"),
        ),
        first=onto or files[:1],
        files=(*(files if onto else files[1:]), *toml),
        links=f"{at}/links",
    )


def can_write_onto(pair: Pair) -> bool:
    """Whether the new text can be written into the person's own file: the old text is a Word file, and all of both was
    compared."""
    return bool(pair.old and pair.old.is_word and pair.old.tracked == "accept" and not pair.part)


async def download(request: Request) -> Response:
    """The report as a file of another format."""
    form = request.path_params["form"]
    if form not in FILES:
        raise PageError("page", 404)
    pair, lang = pair_of(request), language_of(request)
    made = await compared(request, pair)
    data = await request.app.state.workers.run(render_report, made.kept, form, lang, pair.labels)
    row = find_format("docx" if form == TABLE else form)
    mark = message("web.name-table", lang=lang) if form == TABLE else ""
    return attached(data, f"{_stem(pair.names)}{mark}{row.suffixes[0]}", row.media_type)


async def onto(request: Request) -> Response:
    """The person's own Word file with the changes tracked; where it lacks any, a page that tells them and saves it."""
    pair, lang = pair_of(request), language_of(request)
    old, new = both(pair)
    if not can_write_onto(pair):
        raise PageError("page", 404)
    workers = request.app.state.workers
    data, lacking = await workers.run(word_onto, old.data, old.name, new.reading.kept, AUTHOR, lang)
    if lacking and not request.query_params.get("take"):
        at = f"/texts/{pair.id}"
        return page(
            request, "saved.html", title=message("web.file-onto", lang=lang), lacking=lacking, file=f"{at}/onto?take=1",
            lead=message("web.onto-lacks", old.name, lang=lang), back=f"{at}/report",
            back_name=message("web.links-back", lang=lang),
        )  # fmt: skip
    stem = old.name.rpartition(".")[0]
    return attached(data, f"{stem}{message('web.name-onto', lang=lang)}.docx", find_format("docx").media_type)


def attached(data: bytes, name: str, media_type: str) -> Response:
    """A file to save under that name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w. -]", "-", plain).strip() or "resdiff"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=media_type, headers={"content-disposition": disposition})


def _stem(names: tuple[str, str]) -> str:
    """The name of the files of a comparison: those of its texts.

    >>> _stem(("72/194", "projet du 3 mai.docx"))
    '72-194 – projet du 3 mai'
    """
    return " – ".join(plain_name(name) for name in names)


def plain_name(name: str) -> str:
    """What a text is called, as the name of a file, without a suffix.

    >>> plain_name("A/RES/74/175"), plain_name("projet.docx"), plain_name("***")
    ('A-RES-74-175', 'projet', 'texte')
    """
    bare = re.sub(r"\.(?:docx?|pdf|odt|rtf|txt|md|html?)$", "", name, flags=re.IGNORECASE)
    return re.sub(r"[^\w().’ →-]+", "-", bare).strip("- ")[:60] or "texte"


ROUTES = [
    Route("/texts/{id}/report", show),
    Route("/texts/{id}/report.{form}", download),
    Route("/texts/{id}/onto", onto),
]
