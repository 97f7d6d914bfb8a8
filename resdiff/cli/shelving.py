"""The commands about what stands in a corpus: ``add`` and ``series``."""

import sys
from pathlib import Path

import click
from msgspec import Struct

from resdiff.accession import Entered, Entering, enter, enter_all, found, move
from resdiff.cli.desk import ReadingOptions
from resdiff.cli.french import nearest, printable
from resdiff.cli.output import is_terminal, progress
from resdiff.cli.show import account, why
from resdiff.corpus import Corpus, Shelf, locate
from resdiff.errors import INCOMPLETE, NotFoundError, ResdiffError, UsageError
from resdiff.messages import explained, message
from resdiff.model import TextKind
from resdiff.symbol import normalise

__all__ = ["AddOptions", "SeriesOptions", "run_add", "run_series"]


class AddOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Files and folders, how they are read, and where in the corpus they go."""

    files: tuple[Path, ...]
    reading: ReadingOptions = ReadingOptions()
    symbol: str | None = None
    series: str | None = None
    kind: TextKind | None = None
    force: bool = False
    lang: str = "fr"


class SeriesOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A series of the corpus, or a symbol that goes ``to`` another series."""

    named: str = ""
    to: str = ""
    corpus: Path | None = None
    lang: str = "fr"


def run_add(options: AddOptions) -> int:
    """Enter texts in the corpus: of one say what was repaired and what is doubtful, of many why each stands where."""
    paths = found(options.files)
    if paths == list(options.files) and len(paths) == 1:
        entered = enter(paths[0], _corpus(options.reading), _how(options), symbol=options.symbol)
        click.echo(account(entered, options.lang))
        return 0
    if options.symbol:
        raise UsageError("symbol-many")
    if not paths:
        raise NotFoundError("editions-none", options.files[0])
    return _add_all(paths, options)


def _add_all(paths: list[Path], options: AddOptions) -> int:
    lang, failed = options.lang, 0
    watched = is_terminal(sys.stderr)
    done: list[tuple[Path, Entered | ResdiffError]] = []
    with progress(2 * len(paths) if watched else 0) as step:  # each is read, then written
        for path, entered in enter_all(paths, _corpus(options.reading), _how(options), step=step):
            step(path.name)
            failed += isinstance(entered, ResdiffError)
            if watched:  # told when the bar is gone
                done.append((path, entered))
            else:
                _tell(path, entered, lang)
    for path, entered in done:
        _tell(path, entered, lang)
    return INCOMPLETE if failed else 0


def _tell(path: Path, entered: Entered | ResdiffError, lang: str) -> None:
    """How a text entered, or why it did not."""
    if isinstance(entered, ResdiffError):
        _tell_failure(path, entered, lang)
    else:
        place = entered.resolution.symbol, entered.path, why(entered, lang)
        click.echo(message("show.entered-line", *place, lang=lang))


def _how(options: AddOptions) -> Entering:
    reading = options.reading
    return Entering(
        series=options.series,
        kind=options.kind,
        repair=reading.repair,
        tracked=reading.tracked,
        ocr=reading.ocr,
        force=options.force,
    )


def _corpus(reading: ReadingOptions) -> Path:
    return reading.corpus or Path("corpus")


def _tell_failure(path: Path, error: ResdiffError, lang: str) -> None:
    said = message("cli.failed", path, explained(error, lang), lang=lang)
    click.echo(f"resdiff : {printable(said)}", err=True)


def run_series(options: SeriesOptions) -> int:
    """List the series of a corpus, or the editions of one; put a text into another series."""
    folder, lang = locate(options.corpus), options.lang
    if options.to:
        if not options.named:
            raise UsageError("series-nothing")
        for path in move(options.named, options.to, folder):
            click.echo(message("show.moved", options.named, options.to, path, lang=lang))
        return 0
    corpus = Corpus(folder)
    if not corpus.shelves:
        raise NotFoundError("corpus-empty", folder)
    if options.named:
        for edition in _shelf(options.named, corpus).editions:
            click.echo(f"{edition.stem:<24} {edition.language}  {edition.path}")
        return 0
    for shelf in corpus.shelves:
        ends = " – ".join(dict.fromkeys((shelf.editions[0].stem, shelf.editions[-1].stem)))
        click.echo(f"{shelf.key:<40} {len(shelf.editions):>3}  {ends}  {shelf.title_in(lang)}")
    for path, error in corpus.left_out():
        _tell_failure(path, error, lang)
    return 0


def _shelf(key: str, corpus: Corpus) -> Shelf:
    """The series of that name, or that has the text of that symbol."""
    shelves = {shelf.key: shelf for shelf in corpus.shelves}
    if key not in shelves and normalise(key):
        return corpus.find_any(key)[0]
    if key not in shelves:
        near = nearest(key, shelves)
        raise NotFoundError(*(("series-near", key, near) if near else ("series-unknown", key)))
    return shelves[key]
