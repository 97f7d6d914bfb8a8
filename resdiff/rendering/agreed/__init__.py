"""Agreed language as files: what a search found, and the check of a draft. One module a format, imported when needed.

Each has ``render_found`` or ``render_check`` or both; the table says which. Comments in a person's own Word file are
made by ``comments``, which is given that file.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct

from resdiff.rendering import pick_format
from resdiff.search.values import DraftCheck, Found

if TYPE_CHECKING:
    from resdiff.rendering.html.live import Live

__all__ = ["Look", "format_for", "render_check", "render_found"]

FOUND = {"text": "text", "json": "json", "html": "html"}
CHECK = {"text": "text", "json": "json", "html": "html", "md": "markdown", "docx": "word"}
SUFFIXES = {".txt": "text", ".json": "json", ".html": "html", ".htm": "html", ".md": "md", ".docx": "docx"}


class Look(Struct, frozen=True, kw_only=True):
    """How it looks: the language of the sentences, and on a terminal the width in columns and whether with colours;
    in Word who comments, and when (ISO, empty: no date); ``live`` is what a page has besides that is served."""

    lang: str = "fr"
    width: int = 100
    color: bool = False
    author: str = "resdiff"
    date: str = ""
    live: "Live | None" = None


def format_for(name: str, form: str | None, *, draft: bool) -> str:
    """The format that was asked for, else that of the suffix of a file, else text. Raises UsageError."""
    possible = CHECK if draft else FOUND
    return pick_format(name, form, possible, SUFFIXES)


def render_found(found: Found, form: str, look: Look) -> bytes:
    """What a search found, in that format."""
    made: bytes = import_module(f"resdiff.rendering.agreed.{FOUND[form]}").render_found(found, look)
    return made


def render_check(check: DraftCheck, form: str, look: Look) -> bytes:
    """The check of a draft, in that format; as a Word file it is one of ours."""
    made: bytes = import_module(f"resdiff.rendering.agreed.{CHECK[form]}").render_check(check, look)
    return made
