"""One file a format behind one table: ``render(report, "html") -> bytes``.

A renderer is a module with ``render(report, *, …) -> bytes`` and, when a changelog may list it, ``render_index``. It is
imported when it is asked for: a run that prints JSON never loads jinja2 or python-docx.
"""

from importlib import import_module
from pathlib import PurePath
from typing import Any

from resdiff.errors import UsageError
from resdiff.report import Index, Report

__all__ = ["FORMATS", "format_of", "render"]

# Format: its module here, the suffixes of its files. A suffix is another name of the format.
FORMATS: dict[str, tuple[str, tuple[str, ...]]] = {
    "terminal": ("terminal", ()),
    "html": ("html", (".html", ".htm")),
    "markdown": ("markdown", (".md", ".markdown")),
    "json": ("json", (".json",)),
    "csv": ("csv", (".csv",)),
    "docx": ("word", (".docx",)),
}
_NAMES = {suffix[1:]: name for name, (_, suffixes) in FORMATS.items() for suffix in suffixes}


def render(report: Report | Index, format: str, **options: Any) -> bytes:  # noqa: A002, ANN401 - any renderer's options
    """The report as the bytes of a file in that format, called by its name or by a suffix: ``markdown`` or ``md``.

    Options that the format does not know are left aside, so that one set of options serves several outputs. Raises
    ``UsageError`` for an unknown format, and for a front page in a format that has none.
    """
    renderer = import_module(f"resdiff.rendering.{FORMATS[_known(format)][0]}")
    if isinstance(report, Index) and not hasattr(renderer, "render_index"):
        raise UsageError("format-no-index", format)
    write = renderer.render_index if isinstance(report, Index) else renderer.render
    known = write.__kwdefaults__ or {}
    written: bytes = write(report, **{name: value for name, value in options.items() if name in known})
    return written


def format_of(path: str | PurePath) -> str:
    """The format that the suffix of a file name asks for; raises ``UsageError`` when it asks for none.

    >>> format_of("rapport.md"), format_of("A.HTML")
    ('markdown', 'html')
    """
    return _known(PurePath(path).suffix[1:] or str(path))


def _known(name: str) -> str:
    found = _NAMES.get(name.lower(), name.lower())
    if found not in FORMATS:
        raise UsageError("format-unknown", name, ", ".join(FORMATS))
    return found
