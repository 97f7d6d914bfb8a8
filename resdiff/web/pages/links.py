"""Links that a person corrects: by a click in the report, or on this page, which needs no script."""

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from resdiff.corpus import pins_of
from resdiff.model import Pin
from resdiff.web.forms import form_of, gone_to
from resdiff.web.jobs import Compared
from resdiff.web.pages.report import attached, compared
from resdiff.web.pages.texts import pair_of
from resdiff.web.shown import page, session_of
from resdiff.web.workers import PageError

__all__ = ["ROUTES", "added", "as_toml"]

MOST_PINS = 500


async def show(request: Request) -> Response:
    """All links, a row each, and the forms that correct them."""
    pair = pair_of(request)
    made = await compared(request, pair)
    sides = [
        [(key.partition(".")[2], text) for key, text in made.texts.items() if key.startswith(f"{side}.")]
        for side in ("old", "new")
    ]
    return page(request, "links.html", pair=pair, made=made, sides=sides)


async def correct(request: Request) -> Response:
    """Join or part paragraphs, or take corrections back, and compare again."""
    pair, form = pair_of(request), await form_of(request)
    made = await compared(request, pair)
    pins = pair.pins
    if form.get("do") == "undo":
        pins = pins[:-1]
    elif form.get("do") == "clear":
        pins = ()
    elif "lines" in form.fields:
        for pin in pins_of(form.get("lines")):
            pins = added(pins, pin)
    else:
        pins = added(pins, Pin((form.get("old"),), (form.get("new"),), forbidden=form.get("do") == "part"))
    if len(pins) > MOST_PINS or not all(_is_known(pin, made) for pin in pins):
        raise PageError("form", 400)
    session_of(request).change(replace(pair, compared=None), pins=pins)
    new = next((id_ for pin in pins[-1:] for id_ in pin.new), "")
    if form.get("from") == "links":
        return gone_to(f"/texts/{pair.id}/links")
    return gone_to(f"/texts/{pair.id}/report{f'#{new}' if new else ''}")


def _is_known(pin: Pin, made: Compared) -> bool:
    """Whether both texts have the paragraphs of a link."""
    ids = [*(f"old.{id_}" for id_ in pin.old), *(f"new.{id_}" for id_ in pin.new)]
    return bool(pin.old and pin.new) and all(id_ in made.texts for id_ in ids)


def added(pins: tuple[Pin, ...], pin: Pin) -> tuple[Pin, ...]:
    """The corrections with one more, which stands against those that said otherwise of the same paragraphs.

    >>> joined, parted = Pin(("op1",), ("op2",)), Pin(("op1",), ("op2",), forbidden=True)
    >>> added(added((), joined), parted) == (parted,)
    True
    """

    def is_against(other: Pin) -> bool:
        touches = bool({*other.old} & {*pin.old} and {*other.new} & {*pin.new})
        return touches and (other.forbidden != pin.forbidden or other == pin)

    return (*(other for other in pins if not is_against(other)), pin)


def as_toml(pins: tuple[Pin, ...]) -> str:
    """The corrections as ``links.toml``.

    >>> print(as_toml((Pin(("op1",), ("op2", "op3")), Pin(("op4",), ("op4",), forbidden=True))), end="")
    [[link]]
    old = "op1"
    new = ["op2", "op3"]
    <BLANKLINE>
    [[forbid]]
    old = "op4"
    new = "op4"
    """
    rows = (f"[[{'forbid' if p.forbidden else 'link'}]]\nold = {_ids(p.old)}\nnew = {_ids(p.new)}\n" for p in pins)
    return "\n".join(rows)


def _ids(ids: tuple[str, ...]) -> str:
    quoted = [f'"{id_}"' for id_ in ids]
    return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"


async def save(request: Request) -> Response:
    """The corrections as a file, for ``--links`` or the folder of the series."""
    return attached(as_toml(pair_of(request).pins).encode(), "links.toml", "application/toml")


ROUTES = [
    Route("/texts/{id}/links", show),
    Route("/texts/{id}/links", correct, methods=["POST"]),
    Route("/texts/{id}/links.toml", save),
]
