"""A text in two languages, held against itself, in the formats in which it can be read:
``render_parallel(concordance, form, options) -> bytes``.

What differs stands first, a row each; then both texts side by side, with what differs marked in them.
"""

from msgspec import Struct

from resdiff.parallel import Concordance
from resdiff.rendering import renderer_in

__all__ = ["MODULES", "Options", "render_parallel"]

MODULES = {"terminal": "terminal", "html": "page", "md": "markdown", "docx": "document", "json": "data"}
"""The module of each format that can hold a concordance."""


class Options(Struct, frozen=True, kw_only=True):
    """``names`` are what the two texts are called, ``lang`` the language of the words around them, ``color`` whether a
    terminal shows colours, ``width`` its columns."""

    names: tuple[str, str] = ("", "")
    lang: str = "fr"
    color: bool = False
    width: int = 100


def render_parallel(held: Concordance, form: str, options: Options | None = None) -> bytes:
    """The bytes of a concordance in the format of that name. Raises UsageError for one that cannot hold it."""
    written: bytes = renderer_in(__name__, MODULES, form, "parallel-format").render(held, options or Options())
    return written
