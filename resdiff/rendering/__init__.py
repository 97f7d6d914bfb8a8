"""One file a format behind one table: ``render(report, "html") -> bytes``.

A renderer is a module with ``Options``, ``render(what, options) -> bytes`` and, when a changelog may list its pages,
``render_index(index, options) -> bytes``. It is imported when it is asked for: a run that prints JSON never loads
python-docx. A new format is one file and one row of ``FORMATS``; the command, the changelog and ``resdiff.render`` read
that table and nothing else.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import PurePath
from types import ModuleType
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from resdiff.errors import UsageError

if TYPE_CHECKING:
    from resdiff.model import Comparison
    from resdiff.report import Index, Report

__all__ = [
    "FORMATS",
    "Format",
    "Needs",
    "find_format",
    "format_of",
    "options_type",
    "pick_format",
    "render",
    "renderer_in",
]


class Needs(StrEnum):
    """What a format is made of: all that is known of the two texts, or what a reader is told of them."""

    COMPARISON = "comparison"
    REPORT = "report"


class Format(Struct, frozen=True):
    """A row of the table: how a format is called, and who may use it for what."""

    name: str  # what a person types
    module: str  # below this package
    suffixes: tuple[str, ...]  # of its files; none for what is only shown
    media_type: str
    aliases: tuple[str, ...] = ()  # other names; a suffix without its dot is one too
    needs: Needs = Needs.REPORT
    has_index: bool = False  # whether it can write the front page of a changelog
    by_program: bool = False  # whether a program that is not ours makes it, and must be installed
    for_terminal: bool = False  # whether it is text to be read on a terminal, through a pager

    @property
    def in_changelog(self) -> bool:
        """Whether a changelog writes it: a file that the front page can list."""
        return self.has_index and bool(self.suffixes)

    def load(self) -> ModuleType:
        """The module that writes it."""
        return import_module(f"resdiff.rendering.{self.module}")


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROWS = (
    Format("terminal", "terminal", (), "text/plain", has_index=True, for_terminal=True),
    Format("html", "html", (".html", ".htm"), "text/html", has_index=True),
    Format("md", "markdown", (".md", ".markdown"), "text/markdown", has_index=True),
    Format("docx", "word", (".docx",), _WORD, aliases=("word",)),
    Format("pdf", "pdf", (".pdf",), "application/pdf", by_program=True),
    Format("json", "json", (".json",), "application/json", needs=Needs.COMPARISON, has_index=True),
    Format("csv", "csv", (".csv",), "text/csv"),
    Format("xlsx", "xlsx", (".xlsx",), _EXCEL, aliases=("excel",)),
)
FORMATS: dict[str, Format] = {row.name: row for row in _ROWS}


def find_format(name: str) -> Format:
    """The format of that name: its own, another, or a suffix without its dot, in any case. Raises ``UsageError``.

    >>> find_format("markdown").name, find_format("HTM").name
    ('md', 'html')
    """
    wanted = name.lower()
    for row in _ROWS:
        if wanted == row.name or wanted in row.aliases or f".{wanted}" in row.suffixes:
            return row
    raise UsageError("format-unknown", name, ", ".join(FORMATS))


def renderer_in(package: str, modules: Mapping[str, str], form: str, refused: str) -> ModuleType:
    """The module of a package that draws something of its own in that format, by the names of its ``modules``.

    Raises UsageError: the code ``refused`` for a format that cannot hold it.
    """
    row = find_format(form)
    if row.name not in modules:
        raise UsageError(refused, row.name, ", ".join(modules))
    return import_module(f"{package}.{modules[row.name]}")


def pick_format(name: str, form: str | None, possible: Collection[str], suffixes: Mapping[str, str]) -> str:
    """The format that was asked for, else that of the suffix of a file, else text. Raises UsageError for no possible
    one."""
    suffix = PurePath(name).suffix
    wanted = form or ("text" if name == "-" else suffixes.get(suffix.lower(), suffix))
    if wanted not in possible:
        raise UsageError("format-not-here", wanted or name, ", ".join(possible))
    return wanted


def format_of(path: str | PurePath) -> str:
    """The name of the format that the suffix of a file name asks for; raises ``UsageError`` when it asks for none.

    >>> format_of("rapport.md"), format_of("A.HTML")
    ('md', 'html')
    """
    return find_format(PurePath(path).suffix[1:] or str(path)).name


def options_type(name: str) -> type[Struct]:
    """The type of the options of that format: a frozen Struct whose every field has a default."""
    options: type[Struct] = find_format(name).load().Options
    return options


def render(
    what: "Report | Index | Comparison",
    format: str,  # noqa: A002 - the word of the trade
    options: Struct | None = None,
    **named: Any,  # noqa: ANN401 - checked against the options of the format
) -> bytes:
    """The bytes of a file in that format, called by its name, another name or a suffix: ``md`` or ``markdown``.

    Most formats are made of a report, JSON of the comparison itself (``Format.needs``); a front page of an index. The
    options are given as the type that ``options_type`` tells, or one by one: ``render(report, "md", style="critic")``.

    Raises ``UsageError`` for an unknown format, for what the format is not made of, for a front page in a format that
    has none, for an option that the format does not know, and for a value that an option cannot have.
    """
    row = find_format(format)
    renderer = row.load()
    write = _writer(row, renderer, what)
    chosen = renderer.Options() if options is None else options
    if not isinstance(chosen, renderer.Options):
        raise TypeError(f"{row.name} takes {renderer.__name__}.Options, not {type(chosen).__module__}.Options")
    if named:
        from resdiff.rendering.options import checked

        chosen = checked(chosen, named, row.name)
    written: bytes = write(what, chosen)
    return written


def _writer(row: Format, renderer: ModuleType, what: object) -> Any:  # noqa: ANN401 - a function of the renderer
    """The function of the renderer that writes what is given."""
    from resdiff.model import Comparison
    from resdiff.report import Index

    if isinstance(what, Index):
        if not row.has_index:
            raise UsageError("format-no-index", row.name)
        return renderer.render_index
    given = Needs.COMPARISON if isinstance(what, Comparison) else Needs.REPORT
    if given is not row.needs:
        raise UsageError(f"format-needs-{row.needs}", row.name)
    return renderer.render
