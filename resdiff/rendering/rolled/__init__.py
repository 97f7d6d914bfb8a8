"""The draft of a next edition in the formats in which it can be read: ``render_draft(roll, form, options) -> bytes``.

What is proposed is a tracked change, or a mark; what a person must decide stands in brackets; each with its remark.
"""

from typing import TYPE_CHECKING

from msgspec import Struct

from resdiff.drafting import RollForward
from resdiff.rendering import renderer_in

if TYPE_CHECKING:
    from resdiff.rendering.html.live import Live

__all__ = ["MODULES", "Options", "render_draft"]

MODULES = {"terminal": "terminal", "html": "page", "md": "markdown", "docx": "document", "json": "data"}
"""The module of each format that can hold a draft."""


class Options(Struct, frozen=True, kw_only=True):
    """``name`` is what the last edition is called, ``lang`` the language of the words around the text, ``date`` an ISO
    date for tracked changes (empty: the day the last edition was adopted), ``author`` who makes them, ``color`` whether
    a terminal shows colours, ``width`` its columns; ``live`` is what a page has besides that is served."""

    name: str = ""
    lang: str = "fr"
    date: str = ""
    author: str = ""
    color: bool = False
    width: int = 100
    live: "Live | None" = None


def render_draft(rolled: RollForward, form: str, options: Options | None = None) -> bytes:
    """The bytes of a draft in the format of that name. Raises UsageError for one that cannot hold it."""
    written: bytes = renderer_in(__name__, MODULES, form, "draft-format").render(rolled, options or Options())
    return written
