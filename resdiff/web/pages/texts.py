"""« Voici ce qui a été lu » : two texts, how they were read, and what a person corrects of that before comparing."""

import asyncio
import secrets
import time

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resdiff.errors import ResdiffError
from resdiff.web.corrections import Correction, Sort
from resdiff.web.forms import Form, form_of, gone_to
from resdiff.web.jobs import read_edition, read_upload
from resdiff.web.pages.home import MOST_OFFERED, shelved
from resdiff.web.sessions import Pair, Text
from resdiff.web.shown import page, session_of
from resdiff.web.workers import PageError

__all__ = ["ROUTES", "both", "pair_of"]

SIDES = ("old", "new")
LONGEST_LABEL = 60
TRACKED = "tracked-accepted"  # the notice of a Word file that has tracked changes


async def give(request: Request) -> Response:
    """Take two texts, or one, or the last two editions of a series; each is a symbol or a file."""
    form = await form_of(request, files=2)
    if form.get("series"):
        form = await _editions(request, form)
    pair = await _read(request, Pair(secrets.token_urlsafe(9)), form)
    if form.get("then") == "compare" and pair.old and pair.new and not any(pair.troubles):
        return gone_to(f"/texts/{pair.id}/report")
    return gone_to(f"/texts/{pair.id}")


async def _editions(request: Request, form: Form) -> Form:
    """The last two editions of a series as the texts of a form."""
    found = [text.symbol for text in await shelved(request) if text.series == form.get("series")]
    if len(found) < 2:
        raise PageError("series", 422)
    return Form({"old_symbol": found[1], "new_symbol": found[0], "then": "compare"}, {})


async def _read(request: Request, pair: Pair, form: Form) -> Pair:
    """The pair with the texts that a form gives, each read; what could not be read is told on its side."""
    session = session_of(request)
    found = await asyncio.gather(*(_text(request, form, side) for side in SIDES))
    texts, troubles = [pair.old, pair.new], list(pair.troubles)
    for place, one in enumerate(found):
        if one is not None:
            texts[place] = one if isinstance(one, Text) else texts[place]
            troubles[place] = None if isinstance(one, Text) else one
    given = session.change(
        pair, old=texts[0], new=texts[1], troubles=(troubles[0], troubles[1]), pins=(), part="", at=time.time()
    )
    request.app.state.sessions.make_room()
    return given


async def _text(request: Request, form: Form, side: str) -> Text | Exception | None:
    """The text of one side, read; why it cannot be read; None where the form gives none."""
    upload, symbol = form.files.get(f"{side}_file"), form.get(f"{side}_symbol")
    state = request.app.state
    try:
        if upload is not None:
            reading = await state.workers.run(read_upload, upload.data, upload.name, "accept", ())
            return Text(upload.name, reading, data=upload.data)
        if symbol:
            reading = await state.workers.run(read_edition, state.settings.corpus, symbol, ())
            return Text(symbol, reading, symbol=symbol)
    except (ResdiffError, PageError) as error:
        return error
    return None


def pair_of(request: Request) -> Pair:
    """The pair whose id the address has, of this session alone. Raises PageError."""
    pair = session_of(request).pairs.get(request.path_params["id"])
    if pair is None:
        raise PageError("pair", 404)
    return pair


def both(pair: Pair) -> tuple[Text, Text]:
    """Both texts of a pair. Raises PageError where one is missing."""
    if pair.old is None or pair.new is None:
        raise PageError("one-text", 422)
    return pair.old, pair.new


async def show(request: Request) -> Response:
    """What was read of both texts."""
    pair = pair_of(request)
    texts = [text for text in (pair.old, pair.new) if text]
    parts = (
        [part for part in texts[0].reading.parts if all(part in text.reading.parts for text in texts)] if texts else []
    )
    known = (await shelved(request))[:MOST_OFFERED]
    # the words of a file without its tracked changes and with them are another pair
    tracked = [text.name for text in texts if TRACKED in {code for code, _ in text.reading.notices}]
    return page(request, "texts.html", pair=pair, parts=parts, known=known, tracked=tracked)


async def read_again(request: Request) -> Response:
    """Take another text on one side."""
    pair = await _read(request, pair_of(request), await form_of(request, files=2))
    return gone_to(f"/texts/{pair.id}")


async def swap(request: Request) -> Response:
    """The old text for the new one, and the new one for the old."""
    pair = pair_of(request)
    pins = tuple(replace(pin, old=pin.new, new=pin.old) for pin in pair.pins)
    changed = session_of(request).change(
        pair, old=pair.new, new=pair.old, labels=pair.labels[::-1], troubles=pair.troubles[::-1], pins=pins
    )
    return gone_to(f"/texts/{changed.id}")


async def settle(request: Request) -> Response:
    """Take what the texts are called and which part is compared, and go to the report."""
    pair, form = pair_of(request), await form_of(request)
    both(pair)
    labels = (form.get("label_old")[:LONGEST_LABEL], form.get("label_new")[:LONGEST_LABEL])
    part = form.get("part")
    if (labels, part) != (pair.labels, pair.part):
        session_of(request).change(pair, labels=labels, part=part, pins=pair.pins if part == pair.part else ())
    return gone_to(f"/texts/{pair.id}/report")


async def correct(request: Request) -> Response:
    """Correct how one text was read, or take the last correction back; all that stand are replayed."""
    pair, form = pair_of(request), await form_of(request)
    side = form.get("side")
    text = getattr(pair, side) if side in SIDES else None
    if text is None:
        raise PageError("form", 400)
    corrections = text.corrections[:-1] if form.get("do") == "undo" else (*text.corrections, _correction(form))
    state = request.app.state
    job, *given = (
        (read_upload, text.data, text.name, text.tracked)
        if text.data
        else (read_edition, state.settings.corpus, text.symbol)
    )
    trouble: Exception | None = None
    try:
        reading = await state.workers.run(job, *given, corrections)
        text = replace(text, reading=reading, corrections=corrections)
    except (ResdiffError, PageError) as error:
        trouble = error
    troubles = (trouble, pair.troubles[1]) if side == "old" else (pair.troubles[0], trouble)
    session_of(request).change(pair, troubles=troubles, pins=(), **{side: text})
    return gone_to(f"/texts/{pair.id}#{side}-correct")


def _correction(form: Form) -> Correction:
    try:
        return Correction(Sort(form.get("sort")), form.get("paragraph"), form.get("words"))
    except ValueError:
        raise PageError("form", 400) from None


async def own_changes(request: Request) -> Response:
    """Compare the text of a Word file without its tracked changes to the text with them."""
    pair = pair_of(request)
    text = next((t for t in (pair.new, pair.old) if t and t.is_word), None)
    if text is None:
        raise PageError("form", 400)
    workers = request.app.state.workers
    before, after = await asyncio.gather(
        *(workers.run(read_upload, text.data, text.name, way, ()) for way in ("reject", "accept"))
    )
    old = replace(text, reading=before, corrections=(), tracked="reject")
    new = replace(text, reading=after, corrections=(), tracked="accept")
    own = session_of(request).put(Pair(secrets.token_urlsafe(9), old, new, at=time.time()))
    return gone_to(f"/texts/{own.id}/report")


ROUTES = [
    Route("/texts", give, methods=["POST"]),
    Route("/texts/{id}", show),
    Route("/texts/{id}/read", read_again, methods=["POST"]),
    Route("/texts/{id}/swap", swap, methods=["POST"]),
    Route("/texts/{id}/settle", settle, methods=["POST"]),
    Route("/texts/{id}/correct", correct, methods=["POST"]),
    Route("/texts/{id}/own-changes", own_changes, methods=["POST"]),
]
