"""What each command does, once its options are read; loaded only when a command runs, so that ``--help`` is quick."""

import os
import shutil
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from resdiff.cli.desk import Desk, compared
from resdiff.cli.online import Online
from resdiff.cli.output import cache_folder, cache_subfolder, coloured, deliver, say
from resdiff.errors import UsageError
from resdiff.messages import message
from resdiff.model import Kind, Weight

__all__ = ["add", "changelog", "diff", "fetch", "show", "topics"]

DIFFERENT = 1
INCOMPLETE = 74


def diff(old: str, new: str, options: dict[str, Any]) -> int:
    """Compare, report, deliver. The exit code is 1 with ``--exit-code`` when the texts differ."""
    desk = _desk(options, cache_subfolder("understood") if options["cache"] else None)
    comparison = compared(desk, old, new, options["links"], options["topics"])
    if options["explain"]:
        from resdiff.report.explain import explain

        click.echo(explain(comparison, options["explain"], lang=options["lang"]))
    else:
        deliver(comparison, options["output"], options["form"], _look(options))
    differs = any(change.kind is not Kind.UNCHANGED for change in comparison.changes)
    return DIFFERENT if options["exit_code"] and differs else 0


def _look(options: dict[str, Any]) -> dict[str, Any]:
    """The options that renderers understand; each takes what is its own."""
    return {
        "lang": options["lang"],
        "min_weight": Weight[(options["min_weight"] or "none").upper()],
        "color": coloured(options["color"]),
        "width": options["width"] or shutil.get_terminal_size().columns,
        "pager": options["pager"],
        "style": options["md_style"],
        "compact": options["compact"],
        "author": options["author"],
        "date": options["date"] or _epoch(),
        "layout": options["layout"],
        "track_moves": options["track_moves"],
    }


def _epoch() -> str:
    """The date of SOURCE_DATE_EPOCH, for builds that must give the same bytes; empty when it is not set.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(seconds), UTC).isoformat() if seconds.isdecimal() else ""
    except (ValueError, OverflowError, OSError):  # after the year 9999
        raise UsageError("date-invalid", seconds) from None


def _desk(options: dict[str, Any], cache: Path | None = None) -> Desk:
    online = _online(options) if options["fetch"] else None
    return Desk(
        options["corpus"],
        options["language"],
        options["repair"],
        cache,
        options["ocr"],
        options["tracked"],
        online,
    )


def _online(options: dict[str, Any]) -> Online:
    """How to reach the document service. The day is that of SOURCE_DATE_EPOCH, else today."""
    day = (_epoch() or datetime.now(UTC).isoformat())[:10]
    return Online(options["documents"] or cache_folder() / "documents", day, options["service"] or "")


def fetch(symbol: str, options: dict[str, Any]) -> None:
    """Fetch a document, keep it, say where it is and what it is."""
    from resdiff import files

    online = _online(options)
    got = online.fetched(symbol, options["language"], form=options["form"], refresh=options["refresh"])
    if options["output"] == "-":
        sys.stdout.buffer.write(got.path.read_bytes())
        return
    if options["output"]:
        files.write(Path(options["output"]), got.path.read_bytes())
    told = (f"{got.symbol} ({got.language})", got.media_type, got.url, got.sha256, got.date, got.path)
    for key, value in zip(("symbol", "media-type", "url", "sha256", "fetched", "kept"), told, strict=True):
        click.echo(f"{message(f'show.{key}', lang=options['lang']):<12} {value}")


def show(text: str, options: dict[str, Any]) -> None:
    """Print how a text was read."""
    from resdiff.cli.show import as_json, as_text

    desk = _desk(options)
    source, resolution = desk.opened(text)
    if options["form"] == "json":
        click.echo(as_json(source, resolution, options["lang"]))
    else:
        click.echo(
            as_text(source, resolution, options["lang"], repairs=options["repairs"]), color=coloured(options["color"])
        )


def add(file: Path, options: dict[str, Any]) -> None:
    """Enter a text in the corpus and say what was repaired and what is doubtful."""
    from resdiff.accession import enter
    from resdiff.cli.show import account

    entered = enter(
        file,
        options["corpus"] or Path("corpus"),
        symbol=options["symbol"],
        series=options["series"],
        kind=options["kind"],
        repair=options["repair"],
        ocr=options["ocr"],
        tracked=options["tracked"],
        force=options["force"],
    )
    click.echo(account(entered, options["lang"]))


def changelog(folder: Path | None, options: dict[str, Any]) -> int:
    """Build the reports of a corpus, or check them; what failed is told pair by pair."""
    from resdiff.changelog import build_changelog, check_changelog, silent, tasks
    from resdiff.corpus import Corpus, locate

    corpus, lang, output = Corpus(locate(folder)), options["lang"], options["output"]
    bar: Any = nullcontext()
    if sys.stderr is not None and sys.stderr.isatty():
        bar = click.progressbar(length=len(tasks(corpus)), label="resdiff", file=sys.stderr)
    with bar as progress:
        step = (lambda _: progress.update(1)) if progress else silent
        if options["check"]:
            stale = check_changelog(corpus, output, lang=lang, step=step)
            lines = [message("cli.stale", output / name, lang=lang) for name in stale]
        else:
            outcome = build_changelog(corpus, output, lang=lang, force=options["force"], step=step)
            lines = [message("cli.failed", place, why, lang=lang) for place, why in outcome.failed]
            say("cli.built", outcome.built, outcome.skipped, len(outcome.failed), lang=lang)
    for line in lines:
        click.echo(f"resdiff : {line}", err=True)
    return INCOMPLETE if lines else 0


def topics(options: dict[str, Any]) -> None:
    """Print the topics resdiff knows, one a line: identifier, label."""
    from resdiff.recognition.themes import catalogue, read_topics

    extra = read_topics(options["topics"]) if options["topics"] else ()
    for topic in catalogue(extra):
        click.echo(f"{topic.id:<32} {topic.en if options['lang'] == 'en' else topic.fr}")
