"""The lives of a series, and the origins of its words, in each format: ``render_chronicle(chronicle, "html")``.

A format is a module with ``history(chronicle, options)`` and ``blame(origins, options)`` and a row of ``FORMS``.
"""

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

from msgspec import Struct

from resdiff.errors import UsageError
from resdiff.report.chronicle import Chronicle, Origins

if TYPE_CHECKING:
    from resdiff.rendering.html.live import Live

__all__ = ["FORMS", "ChronicleOptions", "find_form", "render_chronicle"]

FORMS = {
    "text": (".txt",),
    "html": (".html", ".htm"),
    "md": (".md", ".markdown"),
    "json": (".json",),
    "docx": (".docx",),
}
"""The formats, each a module here, and the suffixes of their files. A Word file is made of origins alone."""


class ChronicleOptions(Struct, frozen=True, kw_only=True):
    """Of text on a terminal: whether it has colours, and how many columns. Of a page: the address of the index of its
    series, where there is one; ``live`` is what a page has besides that is served."""

    color: bool = False
    width: int = 80
    index: str = ""
    live: "Live | None" = None


def find_form(name: str) -> str:
    """The format that a name or the suffix of a file asks for. Raises UsageError."""
    wanted = PurePath(name).suffix.lower()
    for form, suffixes in FORMS.items():
        if name == form or wanted in suffixes:
            return form
    raise UsageError("format-unknown", name, ", ".join(FORMS))


def render_chronicle(what: Chronicle | Origins, form: str, options: ChronicleOptions) -> bytes:
    """The bytes of a file in that format."""
    module = import_module(f"resdiff.rendering.chronicle.{form}")
    write = module.history if isinstance(what, Chronicle) else module.blame
    written: bytes = write(what, options)
    return written
