"""A compilation in the formats in which it can be read, and taken apart again (``resdiff.reading.layered``).

One module a format, as for reports: ``render(compilation, options) -> bytes``. The marks are those that delegations
write: ``[+FR, CH: …+]`` in bold, ``[-MEX: …-]`` struck through, contested words in brackets with each name.
"""

from typing import TYPE_CHECKING

from msgspec import Struct

from resdiff.compilation import Compilation
from resdiff.rendering import renderer_in

if TYPE_CHECKING:
    from resdiff.rendering.html.live import Live

__all__ = ["MODULES", "Options", "render_compilation"]

MODULES = {"terminal": "terminal", "html": "page", "md": "markdown", "docx": "document", "json": "data"}
"""The module of each format that can hold a compilation."""


class Options(Struct, frozen=True, kw_only=True):
    """``name`` is what the base is called, ``lang`` the language of the words around the text, ``date`` an ISO date for
    tracked changes (empty: the day the base was adopted), ``color`` whether a terminal shows colours, ``width`` its
    columns; ``live`` is what a page has besides that is served."""

    name: str = ""
    lang: str = "fr"
    date: str = ""
    color: bool = False
    width: int = 100
    live: "Live | None" = None


def render_compilation(compilation: Compilation, form: str, options: Options | None = None) -> bytes:
    """The bytes of a compilation in the format of that name. Raises UsageError for one that cannot hold it."""
    written: bytes = renderer_in(__name__, MODULES, form, "compile-format").render(compilation, options or Options())
    return written
