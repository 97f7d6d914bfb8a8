"""How a page is made: the templates, the sentences, what goes wrong as a page.

A template is filled with values, each escaped, and with ``t("name", …)``, the sentence ``web.name`` in the language of
the reader.
"""

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from resdiff import symbol as symbols
from resdiff.errors import InputError, NotFoundError, ResdiffError
from resdiff.messages import LANGUAGES, explained, message
from resdiff.rendering.html.live import Asking, Live
from resdiff.rendering.html.pieces import icon, icons
from resdiff.report import label
from resdiff.report.wording import date
from resdiff.version import __version__
from resdiff.web.workers import PageError

if TYPE_CHECKING:
    from resdiff.web.jobs import Page
    from resdiff.web.sessions import Session

__all__ = [
    "error_page",
    "language_of",
    "opening_page",
    "page",
    "page_around",
    "refusal_page",
    "said",
    "served",
    "session_of",
    "status_of",
    "turned",
]

# sentences of the commands that name an option: here there is a form for it
OTHERWISE = {
    "compile-authors",
    "compile-base",
    "compile-base-tracked",
    "compile-nothing",
    "editions-language",
    "editions-one",
    "pdf-scanned",
    "series-unknown",
    "symbol-language",
    "symbol-shipped",
    "symbol-unknown",
    "tracked-all-deleted",
    "tracked-all-inserted",
}
STATUS = {InputError: 422, NotFoundError: 404, ResdiffError: 400}
RE_PATH = r"(?:[A-Za-z]:)?[/\\](?:[^/\\\s«»“”:;,]+[/\\])*([^/\\\s«»“”:;,]*)"  # a path of a machine, and its last name


@lru_cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("resdiff.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.globals |= {"icon": lambda name: Markup(icon(name)), "icons": Markup(icons()), "version": __version__}
    made.filters |= {"short": symbols.short, "date": date, "grouped": grouped, "label": label, "place": place}
    return made


def grouped(number: int, lang: str) -> str:
    """A number with its thousands set apart.

    >>> grouped(2456, "fr"), grouped(2456, "en")
    ('2\\u202f456', '2,456')
    """
    return f"{number:,}".replace(",", "\u202f" if lang == "fr" else ",")


def place(id_: str, lang: str) -> str:
    """What people call a paragraph, or what stands before and behind those that are compared.

    >>> place("op3", "fr").replace("\\xa0", " "), place("preface2", "fr"), place("conclusion1", "en")
    ('par. 3', 'en-tête', 'end')
    """
    beside = next((part for part in ("preface", "conclusion") if id_.startswith(part)), "")
    return message(f"web.place-{beside}", lang=lang) if beside else label(id_, lang)


def session_of(request: Request) -> "Session":
    """The session of who asks; there is one for every page but that of an error."""
    session: Session = request.scope["session_of_page"]
    return session


def language_of(request: Request) -> str:
    """The language of the pages: as chosen (``?lang=en``), and kept; else French, or English where the browser asks for
    that and not for French."""
    session: Session | None = request.scope.get("session_of_page")
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        if session is not None:
            session.lang = asked
        return asked
    if session is not None and session.lang:
        return session.lang
    wanted = [each.strip()[:2].lower() for each in request.headers.get("accept-language", "").split(",")]
    return next((each for each in wanted if each in LANGUAGES), LANGUAGES[0])


def page(request: Request, template: str, status: int = 200, **values: object) -> Response:
    """A page made of a template, with ``t``, ``lang`` and the parts of the house that lead to each other."""
    lang = language_of(request)
    sentence = partial(_sentence, lang)
    nav = getattr(request.scope.get("app", None), "state", None)
    filled = _environment().get_template(template).render(
        t=sentence,
        said=lambda error: said(error, lang),
        lang=lang,
        other="en" if lang == "fr" else "fr",
        path=request.url.path,
        turned=turned(request),
        nav=getattr(nav, "nav", ()) if "session_of_page" in request.scope else (),
        **values,
    )  # fmt: skip
    return HTMLResponse(filled, status)


def turned(request: Request) -> str:
    """The address of the same page in the other language, as its question."""
    other = "en" if language_of(request) == "fr" else "fr"
    return "?" + urlencode({**request.query_params, "lang": other})


def page_around(
    request: Request,
    *ways: tuple[str, str],
    first: tuple[tuple[str, str], ...] = (),
    files: tuple[tuple[str, str], ...] = (),
    asking: Asking | None = None,
) -> Live:
    """What stands above a page of a renderer: the pages of the house, then ``ways``, then the other language; the
    files, ``first`` what most people want. Names are those of sentences."""
    lang = language_of(request)

    def told(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple((_sentence(lang, name), address) for name, address in rows)

    nav = tuple(request.app.state.nav)
    room = "/" + request.url.path.split("/")[1]
    return Live(
        here=room,
        home="/",
        ways=told((*nav, *ways, ("language", turned(request)))),
        first=told(first),
        files=told(files),
        asking=asking,
    )


def served(made: "Page") -> Response:
    """A page of a renderer under its own policy."""
    policy = f"{made.policy}; frame-ancestors 'none'"
    return Response(made.html, media_type="text/html", headers={"content-security-policy": policy})


def _sentence(lang: str, name: str, *values: object) -> str:
    return message(name if "." in name else f"web.{name}", *values, lang=lang)


# ---- what goes wrong ------------------------------------------------------------------------------------------------


def said(error: Exception, lang: str) -> str:
    """What went wrong in one sentence, without a path of this machine."""
    if isinstance(error, PageError):
        return message(f"web.no-{error.code}", *error.values, lang=lang)
    if isinstance(error, ResdiffError):
        values = [re.sub(rf"^{RE_PATH}$", r"\1", value) for value in error.values]
        if error.code in OTHERWISE:
            return message(f"web.said-{error.code}", *values, lang=lang)
        return explained(type(error)(error.code, *values), lang)
    if isinstance(error, HTTPException):
        return message("web.no-page" if error.status_code == 404 else "web.no-form", lang=lang)
    return message("web.no-fault", lang=lang)


def error_page(request: Request, error: Exception) -> Response:
    """The page of what went wrong."""
    if isinstance(error, PageError):
        return refusal_page(request, error)
    return page(
        request, "error.html", status_of(error), sentence=said(error, language_of(request)), is_in=_is_in(request)
    )


def status_of(error: Exception) -> int:
    """The status of the answer that tells it."""
    if isinstance(error, PageError):
        return error.status
    if isinstance(error, HTTPException):
        return error.status_code
    if isinstance(error, ResdiffError):
        return next(code for kind, code in STATUS.items() if isinstance(error, kind))
    return 500


def refusal_page(request: Request, refused: PageError) -> Response:
    """The page of what is refused."""
    sentence = said(refused, language_of(request))
    return page(request, "error.html", refused.status, sentence=sentence, is_in=_is_in(request))


def _is_in(request: Request) -> bool:
    return "session_of_page" in request.scope


def opening_page(request: Request) -> bytes:
    """The page behind the address that opens a session."""
    return bytes(page(request, "open.html").body)
