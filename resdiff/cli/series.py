"""The commands about a series: ``history`` and ``blame``; which texts a person means by what was named."""

from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Literal

import click
from msgspec import Struct

from resdiff import symbol as symbols
from resdiff.cli.desk import Desk, ReadingOptions
from resdiff.cli.output import ColorChoice, LookOptions, coloured, hand_out, page, spare, tell_failures, terminal_size
from resdiff.cli.told import printable
from resdiff.comparison import doubts
from resdiff.corpus import Corpus, Shelf, is_folder, readable
from resdiff.errors import InputError, NotFoundError, ResdiffError, UsageError
from resdiff.model import Pin, Resolution
from resdiff.rendering.chronicle import ChronicleOptions, find_form, render_chronicle
from resdiff.report import as_text
from resdiff.report.calling import is_call
from resdiff.report.chronicle import Chronicle, Origins, chronicle, origins
from resdiff.report.compose import caution
from resdiff.series.blame import blame
from resdiff.series.lineage import trace

__all__ = ["EditionsOptions", "editions_of", "in_order", "run_blame", "run_history", "split_off"]

MOST = 500
"""Texts of a folder that are taken for one series; more are a library."""


class EditionsOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The texts a person named, perhaps with a paragraph behind them; how they are read, and where the result goes."""

    texts: tuple[str, ...]
    reading: ReadingOptions = ReadingOptions()
    lang: str = "fr"
    output: tuple[str, ...] = ()
    form: Literal["text", "html", "md", "json", "docx"] | None = None
    color: ColorChoice = "auto"
    pager: bool = True
    width: int | None = None


def run_history(options: EditionsOptions) -> int:
    """What became of each paragraph over all editions, or of one paragraph."""
    names, paragraph = split_off(options.texts)
    texts, pins = _editions(names, options, to_the_end=True)
    _warn(texts, options.lang)
    _deliver(chronicle(trace(texts, pins), options.lang, paragraph), options)
    return 0


def run_blame(options: EditionsOptions) -> int:
    """Which edition brought the words of the last text, or of one of its paragraphs."""
    names, paragraph = split_off(options.texts)
    texts, pins = _editions(names, options, to_the_end=False)
    _warn(texts, options.lang)
    lineage = trace(texts, pins, words=False)
    _deliver(origins(lineage, blame(lineage), options.lang, paragraph), options)
    return 0


def _warn(texts: list[Resolution], lang: str) -> None:
    """Tell of texts that follow each other what speaks against it: their order, their languages."""
    for old, new in pairwise(texts):
        for notice in doubts(old, new):
            click.echo(f"resdiff : {printable(as_text(caution(notice, lang)))}", err=True)


def split_off(given: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The texts named, and the paragraph that is called behind them: "par. 9" as one word or two.

    >>> split_off(("78/226", "par. 9")), split_off(("78/226", "par.", "9")), split_off(("a.txt", "b.txt"))
    ((('78/226',), 'par. 9'), (('78/226',), 'par. 9'), (('a.txt', 'b.txt'), ''))
    """
    for size in (2, 1):
        call = " ".join(given[-size:])
        if len(given) > size and is_call(call) and not Path(given[-1]).exists():
            return given[:-size], call
    return given, ""


def _editions(
    names: tuple[str, ...], options: EditionsOptions, *, to_the_end: bool
) -> tuple[list[Resolution], tuple[Pin, ...]]:
    """The texts that a person means, oldest first, and a person's links where they are a series of the corpus.

    One name is that of a series, of a folder, or of a text of a series, which is taken as a whole or, not
    ``to_the_end``, up to that text. Several are texts in the order they are given in. Raises UsageError where there
    are fewer than two.
    """
    _wanted(options)  # a format that is none is said before anything is read
    desk = Desk.of(options.reading)
    spare(options.output, lambda: desk.inputs(*names))
    if len(names) > 1:
        return [desk.resolution(name) for name in names], ()
    (name,) = names
    if shelf := _shelf(name, desk):
        texts = editions_of(shelf, name, desk, to_the_end=to_the_end)
        tell_failures(desk.left_out.items(), options.lang)
        return texts, shelf.pins()
    if is_folder(Path(name)):
        return _folder(Path(name), desk, options.lang), ()
    desk.resolution(name)  # says what is wrong with the name
    raise UsageError("editions-one", name)


def _shelf(name: str, desk: Desk) -> Shelf | None:
    """The series of that name, with that folder, or with that text; None where the corpus has none."""
    path = Path(name)
    if is_folder(path):
        here = path.resolve()
        shelves = Corpus(here.parent).shelves
        return next((shelf for shelf in shelves if shelf.key == here.name and len(shelf.editions) > 1), None)
    with suppress(ResdiffError):  # no corpus, or one that cannot be read
        corpus = desk.shelved
        by_key = {shelf.key: shelf for shelf in corpus.shelves}
        if name in by_key:
            return by_key[name]
        return corpus.find_any(name)[0] if symbols.normalise(name) else None
    return None


def editions_of(shelf: Shelf, name: str, desk: Desk, *, to_the_end: bool) -> list[Resolution]:
    """The texts of a series, oldest first, up to the one that is named. Raises UsageError for fewer than two."""
    if shelf.fault:
        raise shelf.fault
    editions = [each for each in shelf.editions if each.language == desk.options.language]
    stem = symbols.file_stem(symbols.normalise(name) or name)
    stems = [each.stem for each in editions]
    if stem in stems and not to_the_end:
        editions = editions[: stems.index(stem) + 1]
    texts = list(readable(editions, desk.edition))
    if len(texts) < 2:
        others = sorted({row[0].language for row in shelf.rows() if len(row) > 1} - {desk.options.language})
        raise (
            UsageError("editions-language", name, desk.options.language, ", ".join(others))
            if others
            else UsageError("editions-one", name)
        )
    return texts


def _folder(folder: Path, desk: Desk, lang: str) -> list[Resolution]:
    """The texts of a folder that is no series, by the day of their adoption, else by their symbols. What is left out is
    told: an edition that cannot be read, and nobody misses, would be taken for one that never was."""
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        raise InputError("file-unreadable", folder, error.strerror) from error
    if len(paths) > MOST:
        raise UsageError("folder-large", folder, len(paths), MOST)
    texts = []
    for path in paths:
        try:
            text = desk.resolution(str(path))
            if not text.body:
                raise InputError("edition-bodyless", path.name)
            texts.append(text)
        except InputError as error:
            tell_failures([(path, error)], lang)
    if not texts:
        raise NotFoundError("editions-none", folder)
    if len(texts) < 2:
        raise UsageError("editions-one", folder)
    return in_order(texts)


def in_order(texts: list[Resolution]) -> list[Resolution]:
    """Texts by the day of their adoption, else by their symbols."""
    is_dated = all(text.adopted for text in texts)
    return sorted(texts, key=lambda text: (text.adopted if is_dated else "", symbols.order(text.symbol)))


def _wanted(options: EditionsOptions) -> list[tuple[str, str]]:
    """Each output with its format."""
    return [(name, options.form or ("text" if name == "-" else find_form(name))) for name in options.output or ("-",)]


def _deliver(what: Chronicle | Origins, options: EditionsOptions) -> None:
    """Write the result to each output in the format of its suffix, or of ``form``, which wins; else to the terminal."""
    wanted = _wanted(options)
    look = ChronicleOptions(color=coloured(options.color), width=options.width or terminal_size().columns)
    made = [(name, render_chronicle(what, form, look)) for name, form in wanted]  # all before the first is written
    if not options.output and options.pager and wanted[0][1] == "text":
        page(made[0][1], LookOptions(color=options.color))
    else:
        hand_out(made, options.lang)
