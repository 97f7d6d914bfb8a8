"""Where results go: files by their suffix, standard output, the pager of a terminal."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import click

from resdiff import files
from resdiff.model import Comparison
from resdiff.rendering import FORMATS, Needs, find_format, format_of, options_type, render

__all__ = ["cache_folder", "cache_subfolder", "coloured", "deliver", "say"]


def coloured(choice: str) -> bool:
    """Whether to write colours: ``always``, ``never``, or ``auto``: on a terminal, unless NO_COLOR or TERM=dumb.

    See https://no-color.org; FORCE_COLOR wins over a pipe.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout is not None and sys.stdout.isatty())


def cache_folder(given: Path | None = None) -> Path:
    """Where what is dear to make is kept: the folder given, else ``$XDG_CACHE_HOME/resdiff`` or ``~/.cache/resdiff``.

    See https://specifications.freedesktop.org/basedir-spec/latest/.
    """
    home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    return given or Path(home) / "resdiff"


def cache_subfolder(name: str) -> Path | None:
    """A folder of the cache, such as what was ``understood``; None when nothing can be kept there."""
    folder = cache_folder() / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (OSError, RuntimeError):  # a read-only home, a user without one
        return None
    return folder if os.access(folder, os.W_OK) else None


def deliver(comparison: Comparison, outputs: tuple[str, ...], form: str | None, options: dict[str, Any]) -> None:
    """Write the report: to each output in the format of its suffix, or of ``form``, which wins; else to the terminal.

    All formats are rendered before the first file is written, so that a failure leaves nothing behind.
    """
    names = [form or _form_of(name) for name in outputs or ("-",)]
    written = _rendered(comparison, names, options)
    if not outputs:
        _show(written[names[0]], names[0], options)
        return
    made = [(name, written[wanted]) for name, wanted in zip(outputs, names, strict=True)]
    for name, data in made:
        if name == "-":
            _put(data)
        else:
            files.write(Path(name), data)
            say("cli.written", name, lang=options["lang"])


def _rendered(comparison: Comparison, names: list[str], options: dict[str, Any]) -> dict[str, bytes]:
    """The bytes of each format; the report is built once, and only when a format needs it."""
    wanted = {name: find_format(name) for name in names}
    subjects: dict[Needs, Any] = {Needs.COMPARISON: comparison}
    if any(row.needs is Needs.REPORT for row in wanted.values()):
        from resdiff.report import build

        subjects[Needs.REPORT] = build(comparison, lang=options["lang"], min_weight=options["min_weight"])
    return {name: render(subjects[row.needs], name, **_own(row.name, options)) for name, row in wanted.items()}


def _own(form: str, options: dict[str, Any]) -> dict[str, Any]:
    """The options of the call that the format knows."""
    return {name: options[name] for name in options_type(form).__struct_fields__ if name in options}


def _form_of(name: str) -> str:
    return "terminal" if name == "-" else format_of(name)


def _show(data: bytes, form: str, options: dict[str, Any]) -> None:
    """Put a result on standard output; a long text on a terminal goes through the pager."""
    text_form = FORMATS[form].for_terminal
    height = shutil.get_terminal_size().lines
    if (
        text_form
        and options.get("pager")
        and sys.stdout is not None
        and sys.stdout.isatty()
        and data.count(b"\n") > height
    ):
        click.echo_via_pager(data.decode("utf-8"), color=options.get("color"))
    else:
        _put(data)


def _put(data: bytes) -> None:
    """Bytes on standard output; nowhere when it was closed (``>&-``)."""
    if sys.stdout is not None:
        sys.stdout.buffer.write(data)


def say(key: str, *values: object, lang: str) -> None:
    """Tell the person something on standard error, on a terminal only."""
    from resdiff.messages import message

    if sys.stderr is not None and sys.stderr.isatty():
        click.echo(message(key, *values, lang=lang), err=True)
