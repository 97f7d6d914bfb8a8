"""What gates say, as files: text, JSON, SARIF, JUnit, annotations of GitHub, Markdown. One module a format, each with
``render(gated, look)``, imported when needed."""

from importlib import import_module

from msgspec import Struct

from resdiff.gates.values import Gated
from resdiff.rendering import pick_format

__all__ = ["FORMS", "Look", "form_for", "render_gates"]

FORMS = {"text": "text", "json": "json", "sarif": "sarif", "junit": "junit", "github": "github", "md": "markdown"}
SUFFIXES = {".txt": "text", ".json": "json", ".sarif": "sarif", ".xml": "junit", ".md": "md"}


class Look(Struct, frozen=True, kw_only=True):
    """The language of the sentences; as text, whether why each rule holds or fails is told, and colours."""

    lang: str = "fr"
    explain: bool = False
    color: bool = False


def form_for(name: str, form: str | None) -> str:
    """The format that was asked for, else that of the suffix of a file, else text. Raises UsageError."""
    return pick_format(name, form, FORMS, SUFFIXES)


def render_gates(gated: Gated, form: str, look: Look) -> bytes:
    """The run in that format."""
    made: bytes = import_module(f"resdiff.rendering.gates.{FORMS[form]}").render(gated, look)
    return made
