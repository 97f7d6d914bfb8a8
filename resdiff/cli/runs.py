"""What ``diff``, ``show``, ``fetch`` and ``topics`` do; loaded when a command runs, so that ``--help`` is quick.

What a command needs of the stages it imports itself: to fetch a text loads no report, to compare two no service.
"""

import errno
import os
import re
import sys
from itertools import chain, count
from pathlib import Path

import click
from msgspec.structs import replace

from resdiff import files
from resdiff.cli import cache
from resdiff.cli.desk import Desk
from resdiff.cli.options import DiffOptions, FetchOptions, ShowOptions, TopicsOptions
from resdiff.cli.output import LookOptions, coloured, deliver, is_terminal, put, say, spare, today
from resdiff.cli.told import printable
from resdiff.errors import DIFFERENT, NotFoundError, OutputError, UsageError
from resdiff.messages import message
from resdiff.model import Comparison, Kind, Resolution, Weight
from resdiff.rendering import find_format
from resdiff.spelling import nearest

__all__ = ["run_diff", "run_fetch", "run_show", "run_topics"]

LONGEST_MARK = 80  # bytes of the name of an author in that of a file


def run_diff(options: DiffOptions) -> int:
    """Compare, report, deliver. The exit code is 1 with ``--exit-code`` when paragraphs or footnotes differ."""
    desk = Desk.of(options.reading)
    if options.onto is not None:
        from resdiff.cli.onto import run_onto

        return run_onto(options, options.onto, desk)
    if options.pending is not None:
        raise UsageError("onto-alone", "--pending")
    for name, is_given in (("-o", options.output), ("--format", options.form)) if options.explain else ():
        if is_given:
            raise UsageError("explain-output", name)
    spare(options.output, lambda: desk.inputs(options.old, options.new, options.links, options.topics))
    compared = _compared(options, desk)
    if options.against is not None:
        from resdiff.cli.search import told_where

        compared = told_where(compared, options.against, options.lang)
    if options.with_old or options.with_new:
        from resdiff.cli.paralleling import with_other_language

        if not (options.with_old and options.with_new and options.new):
            raise UsageError("with-both")
        compared = [with_other_language(compared[0], options.with_old, options.with_new, desk, options.lang)]
    outputs = _outputs(options, compared)
    kept = cache.folder("reports") if options.reading.cache else None
    for _, names, _ in outputs if options.by_author else ():
        spare(names, lambda: desk.inputs(options.old, options.links, options.topics))
    for comparison, names, look in outputs:
        if options.explain:
            _explain(comparison, options.explain, options)
            continue
        weight = Weight[options.min_weight.upper()] if options.min_weight else Weight.NONE
        called = _file_names(comparison, options)
        deliver(comparison, names, options.form, look, lang=options.lang, min_weight=weight, kept=kept, names=called)
        _warn(comparison, options)
        _offer_ocr(comparison.old, comparison.new, lang=options.lang)
    differs = any(change.kind is not Kind.UNCHANGED for each in compared for change in each.changes)
    differs = differs or any(note.differs for each in compared for note in each.notes)
    return DIFFERENT if options.exit_code and differs else 0


def _file_names(comparison: Comparison, options: DiffOptions) -> tuple[str, str]:
    """The names of the two files, where nothing else tells the texts apart, since two states of a draft have one title
    and no symbol; of a file alone whose text has neither. Empty where a text has a name of its own."""
    texts = comparison.old, comparison.new
    old, new = Path(options.old).name, Path(options.new or "").name
    if not (old and new) or "-" in (old, new) or old == new:
        return "", ""
    said = [text.symbol or text.title for text in texts]
    if said[0].split() == said[1].split() and not texts[0].symbol:
        return old, new
    return "" if said[0] else old, "" if said[1] else new


def _explain(comparison: Comparison, asked: str, options: DiffOptions) -> None:
    """Print on what rests what is said of a paragraph, under the name of the author where each has a comparison."""
    from resdiff.report.explain import explain

    if options.by_author:
        click.echo(_author(comparison))
    click.echo(explain(comparison, asked, lang=options.lang))


def _compared(options: DiffOptions, desk: Desk) -> list[Comparison]:
    """The comparison of two texts, or those of one text with its tracked changes."""
    if options.new is None:
        if options.reading.tracked != "accept" or options.swap:
            raise UsageError("one-text-option", "--swap" if options.swap else "--tracked")
        return desk.tracked_changes(options.old, options.links, options.topics, by_author=options.by_author)
    if options.by_author:
        raise UsageError("two-texts-option", "--by-author")
    old, new = (options.new, options.old) if options.swap else (options.old, options.new)
    return [desk.compare(old, new, options.links, options.topics)]


AUTHOR = "tracked-author"
"""The notice that names whose changes are shown."""
ONE_AFTER_ANOTHER = ("terminal", "md", "json")
"""Formats of which several reports may follow each other on standard output."""


def _outputs(options: DiffOptions, compared: list[Comparison]) -> list[tuple[Comparison, tuple[str, ...], LookOptions]]:
    """Where each comparison goes, and how it looks: that of an author to files of its own, named after the author, who
    is the author of the changes in a Word file too."""
    if not options.by_author:
        return [(compared[0], options.output, options.look)]
    form = find_format(options.form).name if options.form else "terminal"
    shown = len(compared) > 1 and not options.explain and "-" in (options.output or "-")
    if shown and form not in ONE_AFTER_ANOTHER:
        raise UsageError("by-author-output", form)
    authors = [_author(each) for each in compared]
    is_free = options.look.author == LookOptions().author
    return [
        (
            each,
            tuple([_marked(name, mark) for name in options.output]),
            replace(options.look, author=author) if is_free else options.look,
        )
        for each, author, mark in zip(compared, authors, _marks(authors), strict=True)
    ]


def _author(comparison: Comparison) -> str:
    """Whose tracked changes a comparison shows."""
    return next(notice.values[0] for notice in comparison.notices if notice.code == AUTHOR)


def _marks(authors: list[str]) -> list[str]:
    """What tells the files of each author from those of the others: the letters and figures of the name.

    >>> _marks(["Anne-Marie Dupont (France)", "../..", "anne marie dupont, France"])
    ['anne-marie-dupont-france', 'auteur', 'anne-marie-dupont-france-2']
    """
    found: list[str] = []
    for author in authors:
        plain = re.sub(r"[\W_]+", "-", author.lower()).strip("-").encode()[:LONGEST_MARK].decode(errors="ignore")
        plain = plain or "auteur"
        found.append(next(mark for mark in chain([plain], (f"{plain}-{n}" for n in count(2))) if mark not in found))
    return found


def _marked(name: str, mark: str) -> str:
    """The name of an output with a mark behind its stem; standard output has none, nor has what is no file."""
    path = Path(name)
    is_file = name != "-" and path.name
    return str(path.with_name(f"{path.stem}-{mark}{path.suffix}")) if is_file else name


REVERSED = frozenset({"reversed", "reversed-symbols"})


def _warn(comparison: Comparison, options: DiffOptions) -> None:
    """Tell a person at a terminal what would mislead whoever opens the report later, with the way out."""
    codes = {notice.code for notice in comparison.notices}
    if options.new is None or codes.isdisjoint({*REVERSED, "little-in-common"}):
        return
    if not is_terminal(sys.stderr) or (not options.output and is_terminal(sys.stdout)):
        return  # nobody to tell, or the report on the screen says it
    from resdiff.report import as_text
    from resdiff.report.compose import cautions

    told = [as_text(line) for line in cautions(comparison, options.lang)]
    if not codes.isdisjoint(REVERSED):
        told.append(message("cli.swap", lang=options.lang))
    click.echo(f"resdiff : {printable(' '.join(told))}", err=True)


def run_show(options: ShowOptions) -> int:
    """Print how a text was read, or what is known of it."""
    from resdiff.cli.show import as_json, as_text, survey_as_json, survey_as_text

    desk = Desk.of(options.reading)
    source, resolution = desk.read(options.text)
    if options.survey:
        survey = desk.survey(resolution)
        is_json = options.form == "json"
        view = survey_as_json(survey) if is_json else survey_as_text(source, survey, options.lang)
    elif options.form == "json":
        view = as_json(source, resolution, options.lang)
    else:
        view = as_text(source, resolution, options.lang, repairs=options.repairs)
    click.echo(view, color=coloured(options.look.color))
    _offer_ocr(resolution, lang=options.lang)
    return 0


def _offer_ocr(*texts: Resolution, lang: str) -> None:
    """Tell a person at a terminal how the pages of a text that are pictures are read."""
    if any(notice.code == "pages-without-text" for text in texts for notice in text.notices):
        say("cli.give-ocr", lang=lang)


def run_fetch(options: FetchOptions) -> int:
    """Fetch a document, keep it, say where it is and what it is; or put it on standard output."""
    from resdiff.cli.show import describe

    desk = Desk(options.reading, today=today())
    if not options.output and desk.documents is None:  # said before the service is asked
        raise OutputError("output-unwritable", "~/.cache", os.strerror(errno.ENOENT))
    document = desk.fetch(options.symbol, form=options.form, refresh=options.refresh)
    if options.output == "-":
        put(document.data)
        return 0
    if options.output:
        spare((options.output,), lambda: [document.path] if document.path else [])
        files.write(Path(options.output), document.data)
    elif document.path is None:
        raise OutputError("documents-unkept", document.symbol, desk.documents or "~/.cache")
    click.echo(describe(document, options.lang))
    return 0


def run_topics(options: TopicsOptions) -> int:
    """Print the topics resdiff knows, or those that are called so, one a line: identifier, label."""
    from resdiff.recognition.themes import catalogue, read_topics

    known = catalogue(read_topics(options.topics) if options.topics else ())
    labels = {theme.id: theme.en if options.lang == "en" else theme.fr for theme in known}
    wanted = options.named.casefold()
    found = {id_: label for id_, label in labels.items() if wanted in id_ or wanted in label.casefold()}
    if not found:
        ways = {name: f"{id_} ({label})" for id_, label in labels.items() for name in (id_, label.casefold())}
        near = nearest(wanted, ways)
        values = ("topic-near", options.named, ways[near]) if near else ("topic-unknown", options.named)
        raise NotFoundError(*values)
    for id_, label in found.items():
        click.echo(f"{id_:<32} {label}")
    return 0
