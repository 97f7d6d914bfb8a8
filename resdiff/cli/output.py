"""Where results go: files by their suffix, standard output, the pager of a terminal."""

import os
import re
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

import click
import msgspec
from msgspec import Struct

from resdiff import files
from resdiff.cli.cache import recall
from resdiff.cli.told import printable
from resdiff.errors import OutputError, ResdiffError, UsageError
from resdiff.messages import explained, message
from resdiff.model import Comparison, Weight
from resdiff.rendering import FORMATS, Format, Needs, find_format, format_of, render

if TYPE_CHECKING:
    from resdiff.report import Report

__all__ = [
    "ColorChoice",
    "LookOptions",
    "asked_date",
    "coloured",
    "deliver",
    "deliver_all",
    "formats_of",
    "hand_out",
    "is_terminal",
    "page",
    "progress",
    "put",
    "say",
    "source_date",
    "spare",
    "terminal_size",
    "today",
]


ColorChoice = Literal["auto", "always", "never"]
"""When to write colours."""


# For whoever has not set them: colours as colours, no second screen, and the letters of French in any locale.
PAGER = "more" if os.name == "nt" else "less"
PAGER_SETTINGS = {"LESS": "FRX", "LV": "-c", "LESSCHARSET": "utf-8"}
SHELL = frozenset("|&;<>()$`")
# -R or -r among the letters of an option of less; those that take a value end the row of letters.
RE_RAW = r"-?[^-+bDhjkoOpPtTxyz#\"]*[rR]|--(?i:raw-control-chars)$"


class LookOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a report looks, in any format; each format takes what is its own (:func:`_options_of`).

    Terminal: ``color``, ``pager``, ``width`` in columns (None: that of the terminal), ``stat``. Markdown: ``md_style``,
    ``compact``. All but JSON: ``label_old`` and ``label_new``, what the two texts are called. Word: ``author`` and
    ``date`` (ISO; empty: SOURCE_DATE_EPOCH, else today for a draft with a ``masthead``, else the adoption), ``layout``,
    ``track_moves``, ``comments``, ``masthead`` (rows "key=value"). JSON: ``json_version``.
    """

    color: ColorChoice = "auto"
    pager: bool = True
    width: int | None = None
    stat: bool = False
    md_style: str = "html"
    label_old: str = ""
    label_new: str = ""
    author: str = "resdiff"
    date: str = ""
    layout: str = "tracked"
    track_moves: bool = False
    comments: bool = True
    masthead: tuple[str, ...] = ()
    compact: bool = False
    json_version: Literal["1", "2"] = "2"


def deliver(
    comparison: Comparison,
    outputs: tuple[str, ...],
    form: str | None,
    look: LookOptions,
    *,
    lang: str = "fr",
    min_weight: Weight = Weight.NONE,
    kept: Path | None = None,
    names: tuple[str, str] = ("", ""),
) -> None:
    """Write the report: to each output in the format of its suffix, or of ``form``, which wins; else to the terminal.

    All formats are rendered before the first file is written, so that a report that cannot be made leaves nothing
    behind. ``kept`` is the folder of the cache where what was written before is found; None keeps nothing. ``names``
    are what the texts are called where nobody says otherwise. Raises UsageError for a format that is none, OutputError.
    """
    wanted = formats_of(outputs, form)
    _all_used(look, [row for _, row in wanted])
    labels = look.label_old or names[0], look.label_new or names[1]
    choices = _choices(look, [row.name for _, row in wanted]) | {"lang": lang, "min_weight": min_weight}
    if any(row.for_terminal for _, row in wanted):
        choices |= _size(look, outputs)
    report = cache(lambda: _report(comparison, labels, lang, min_weight))  # made once, where a format needs it

    def written(row: Format, chosen: dict[str, object]) -> bytes:
        place = None if row.by_program else kept  # another program may be another tomorrow
        parts = (comparison, row.name, chosen, labels)
        subject = (lambda: comparison) if row.needs is Needs.COMPARISON else report
        return recall(place, parts, bytes, lambda: render(subject(), row.name, _own(row, chosen)))

    made = [(name, row, written(row, choices | {"files": _beside(name, outputs)})) for name, row in wanted]
    for turn, (name, row, data) in enumerate(made):
        if name != "-":
            _write(name, data, [done for done, _, _ in made[:turn]])
            say("cli.written", name, lang=lang)
        elif row.for_terminal and not outputs and look.pager:
            page(data, look)
        else:
            put(data)


def _report(comparison: Comparison, labels: tuple[str, str], lang: str, min_weight: Weight) -> "Report":
    from resdiff.reading import one_line  # what is typed may act on a terminal as what is read
    from resdiff.report import build

    return build(comparison, lang=lang, min_weight=min_weight, labels=(one_line(labels[0]), one_line(labels[1])))


def formats_of(outputs: tuple[str, ...], form: str | None) -> list[tuple[str, Format]]:
    """Each output, standard output where there is none, with the format of its suffix, or of ``form``, which wins.

    Raises UsageError for a format that is none.
    """
    return [(name, find_format(form) if form else _format_for(name)) for name in outputs or ("-",)]


def deliver_all(
    outputs: tuple[str, ...],
    form: str | None,
    write: Callable[[str], bytes],
    *,
    lang: str,
    cautions: Iterable[str] = (),
) -> None:
    """Put what ``write`` makes in a format to each output, in the format of its suffix, or of ``form``, which wins.

    All are made before the first is written. A person who asked for files is told the ``cautions`` on the terminal: who
    reads the result there has them before the eyes. Raises UsageError for a format that is none, OutputError.
    """
    hand_out([(name, write(row.name)) for name, row in formats_of(outputs, form)], lang)
    if outputs and is_terminal(sys.stderr):
        for line in cautions:
            click.echo(f"resdiff : {printable(line)}", err=True)


def hand_out(made: Iterable[tuple[str, bytes]], lang: str) -> None:
    """Put each result where it goes: into its file, or on standard output for ``-``. All are made before.

    Raises OutputError, which names what was written before.
    """
    done: list[str] = []
    for name, data in made:
        if name == "-":
            put(data)
            continue
        _write(name, data, done)
        done.append(name)
        say("cli.written", name, lang=lang)


def _beside(name: str, outputs: tuple[str, ...]) -> tuple[str, ...]:
    """The other outputs in the folder of one, as addresses from there.

    >>> _beside("a/x.html", ("a/x.html", "a/à b.docx", "c/x.json", "-"))
    ('%C3%A0%20b.docx',)
    """
    from urllib.parse import quote  # only a page is asked for what lies beside it

    here = Path(name)
    others = (Path(other) for other in outputs if "-" not in (name, other))
    return tuple(quote(other.name) for other in others if other.parent == here.parent and other != here)


def _write(name: str, data: bytes, done: list[str]) -> None:
    """Write an output. Raises OutputError, which names the outputs that were done before."""
    try:
        files.write(Path(name), data)
    except OutputError as error:
        if not done:
            raise
        raise OutputError("output-partly", *error.values, ", ".join(done)) from error


def _format_for(name: str) -> Format:
    return find_format("terminal" if name == "-" else format_of(name))


def _choices(look: LookOptions, formats: Collection[str]) -> dict[str, object]:
    """A look under the names that the options of these formats have."""
    return {
        "color": coloured(look.color),
        "stat": look.stat,
        "style": look.md_style,
        "compact": look.compact,
        "author": look.author,
        "date": _date(look, formats),
        "layout": look.layout,
        "track_moves": look.track_moves,
        "comments": look.comments,
        "masthead": _masthead(look),
        "version": int(look.json_version),
    }


OF_FORMATS = {
    "masthead": "--masthead",
    "track_moves": "--track-moves",
    "layout": "--layout",
    "comments": "--no-comments",
    "compact": "--compact",
    "md_style": "--md-style",
    "json_version": "--json-version",
}
"""Of a look what is no matter of taste, by the option that says it: who asks for it does not want it left out."""
RENAMED = {"md_style": "style", "json_version": "version"}


def _all_used(look: LookOptions, formats: Iterable[Format]) -> None:
    """Raises UsageError for an option that none of the formats has."""
    asked = [each for each in OF_FORMATS.items() if getattr(look, each[0]) != getattr(LookOptions(), each[0])]
    rows = [row.load().Options.__struct_fields__ for row in formats] if asked else []
    for name, option in asked:
        own = RENAMED.get(name, name)
        if not any(own in fields for fields in rows):
            others = [row.name for row in FORMATS.values() if own in row.load().Options.__struct_fields__]
            raise UsageError("look-unused", option, ", ".join(others))


MASTHEAD = {
    "cote": "symbol",
    "organe": "organ",
    "distr": "distribution",
    "original": "original",
    "session": "session",
    "commission": "committee",
    "point": "item",
    "auteurs": "sponsors",
    "date": "date",
}


def _masthead(look: LookOptions) -> dict[str, str] | None:
    """The masthead by the fields of the Word format; raises UsageError for a row that has no such key."""
    if not look.masthead:
        return None
    fields: dict[str, str] = {}
    for row in look.masthead:
        key, _, value = row.partition("=")
        field = MASTHEAD.get(key.strip().lower(), key.strip().lower())
        if field not in MASTHEAD.values() or not value.strip():
            raise UsageError("masthead-invalid", row, ", ".join(MASTHEAD))
        fields[field] = value.strip()
    return fields


def _date(look: LookOptions, formats: Collection[str]) -> str:
    """The date of the changes: as asked for, that of SOURCE_DATE_EPOCH, today's for a draft; empty: the adoption."""
    return asked_date(look.date, formats) or (today() if look.masthead else "")


def asked_date(date: str, formats: Collection[str]) -> str:
    """The date that was asked for, else that of SOURCE_DATE_EPOCH; empty where there is neither.

    Raises UsageError for one that was typed where none of the formats bears it: only RESDIFF_DATE is for all commands.
    """
    if date and "docx" not in formats and date != os.environ.get("RESDIFF_DATE"):
        raise UsageError("look-unused", "--date", "docx")
    return date or source_date()


def today() -> str:
    """The ISO day of what is made or fetched now: that of SOURCE_DATE_EPOCH, else today (UTC)."""
    return (source_date() or datetime.now(UTC).isoformat())[:10]


def spare(outputs: tuple[str, ...], inputs: Callable[[], list[Path]]) -> None:
    """Raises OutputError for an output that would take the place of a file that is read."""
    there = [Path(name) for name in outputs if name != "-" and os.path.lexists(name)]
    read = inputs() if there else []
    for path in there:
        if files.is_one_of(path, read):
            raise OutputError("output-is-input", path)


@contextmanager
def progress(length: int) -> Iterator[Callable[[str], None]]:
    """A bar on the terminal, moved by the function that comes with it; none, and one that does nothing, for 0."""
    if not length:
        yield lambda _: None
        return
    with click.progressbar(length=length, label="resdiff", file=sys.stderr) as bar:
        yield lambda _: bar.update(1)


@contextmanager
def progress_in_pairs(length: int, lang: str) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal with the rate and the rest of the time, moved by so many pairs."""
    begin, done = time.monotonic(), 0

    def rate(_: object) -> str:
        return pair_rate(done, begin, lang)

    with click.progressbar(
        length=length, label="resdiff", file=sys.stderr, show_pos=True, show_eta=True, item_show_func=rate
    ) as bar:

        def step(pairs: int) -> None:
            nonlocal done
            done += pairs
            bar.update(pairs, done)

        yield step


def pair_rate(pairs: int, begin: float, lang: str) -> str:
    """How many pairs were done a second since then."""
    said = f"{pairs / max(0.001, time.monotonic() - begin):.1f}"
    return message("cli.rate", said.replace(".", message("word.decimal", lang=lang)), lang=lang)


def _own(row: Format, choices: dict[str, object]) -> Struct:
    """Of these choices those that the format knows, as its options."""
    options: Struct = msgspec.convert(choices, row.load().Options)
    return options


def _size(look: LookOptions, outputs: tuple[str, ...]) -> dict[str, object]:
    """The width of what a terminal shows, and its height: 0, of which nothing is known, for what goes elsewhere."""
    size = terminal_size()
    height = size.lines if not outputs and is_terminal(sys.stdout) else 0
    return {"width": look.width or size.columns, "height": height}


def coloured(choice: ColorChoice) -> bool:
    """Whether to write colours: ``always``, ``never``, or ``auto``: on a terminal, unless NO_COLOR or TERM=dumb.

    See https://no-color.org; FORCE_COLOR wins over a pipe.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(sys.stdout)


def source_date() -> str:
    """The date of SOURCE_DATE_EPOCH, for builds that must give the same bytes; empty when it is not set.

    See https://reproducible-builds.org/specs/source-date-epoch/. Raises UsageError for what is no date.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(seconds), UTC).isoformat() if seconds.isdecimal() else ""
    except (ValueError, OverflowError, OSError):  # after the year 9999
        raise UsageError("date-invalid", seconds) from None


def put(data: bytes) -> None:
    """Bytes on standard output; nowhere when it was closed (``>&-``)."""
    if sys.stdout is not None:
        sys.stdout.buffer.write(data)


def say(key: str, *values: object, lang: str) -> None:
    """Tell the person something on standard error, on a terminal only."""
    if is_terminal(sys.stderr):
        click.echo(message(key, *values, lang=lang), err=True)


def tell_failures(failed: Iterable[tuple[Path, ResdiffError]], lang: str) -> None:
    """Tell of files that could not be read, or used, why: a line each on standard error."""
    for path, error in failed:
        said = message("cli.failed", path, explained(error, lang), lang=lang)
        click.echo(f"resdiff : {printable(said)}", err=True)


def page(data: bytes, look: LookOptions) -> None:
    """A long text page by page on a terminal; a short one, or one for a pipe, as it is."""
    pager = _pager()
    if not pager or not is_terminal(sys.stdout) or data.count(b"\n") < terminal_size().lines:
        put(data)
        return
    for name, value in PAGER_SETTINGS.items():
        os.environ.setdefault(name, value)
    # asked for colours with --color, a person gets them whatever the pager
    colours = look.color == "always" or (coloured(look.color) and _shows_colours(pager))
    click.echo_via_pager(data.decode(), color=colours)


def _pager() -> list[str]:
    """The call of the pager: PAGER, else ``less``; empty where it is not installed or cannot be understood.

    Nor is one with signs of the shell, which no shell is asked to read.
    """
    import shlex
    import shutil

    given = os.environ.get("PAGER", "")
    try:
        call = shlex.split(given) or [PAGER]
    except ValueError:  # a quotation that is not closed
        return []
    return call if shutil.which(call[0]) and SHELL.isdisjoint(given) else []


def _shows_colours(pager: list[str]) -> bool:
    """Whether it shows ANSI colours, not their codes: ``less`` when its options or LESS hold -R, ``lv`` with -c.

    ``cat`` lets them through; of any other nothing is known.
    """
    program, *options = pager
    name = Path(program).stem
    if name == "less":
        return any(re.match(RE_RAW, option) for option in (*options, *os.environ.get("LESS", "").split()))
    return name == "cat" or (name == "lv" and "-c" in (*options, *os.environ.get("LV", "").split()))


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person reads a stream; None is one that was closed."""
    return stream is not None and stream.isatty()


def terminal_size() -> os.terminal_size:
    """How many columns and lines the terminal has; 80 by 24 where none tells."""
    import shutil  # brings the archive formats along, for which a run that writes a file need not wait

    return shutil.get_terminal_size()
