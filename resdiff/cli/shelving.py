"""The commands about what stands in a corpus: ``add`` and ``series``."""

import shlex
import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Literal

import click
from msgspec import Struct

from resdiff.accession import (
    Doubt,
    Doubtful,
    Entered,
    Entering,
    Left,
    Why,
    command,
    enter,
    enter_all,
    found,
    move,
    refuse,
)
from resdiff.cli.desk import ReadingOptions
from resdiff.cli.output import is_terminal, progress, tell_failures
from resdiff.cli.show import account, why
from resdiff.cli.told import printable
from resdiff.corpus import Corpus, Shelf, locate
from resdiff.errors import INCOMPLETE, NotFoundError, ResdiffError, UsageError
from resdiff.messages import message
from resdiff.model import TextKind
from resdiff.spelling import nearest
from resdiff.symbol import file_stem, normalise, short

__all__ = ["AddOptions", "SeriesOptions", "run_add", "run_series"]


class AddOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Files and folders, how they are read, and where in the corpus they go.

    ``doubtful`` is what becomes of a text whose series is doubtful; None asks on a terminal, as ``ask`` does.
    """

    files: tuple[Path, ...]
    reading: ReadingOptions = ReadingOptions()
    symbol: str | None = None
    series: str | None = None
    kind: TextKind | None = None
    doubtful: Literal["ask", "nearest", "new", "skip"] | None = None
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
    held = {path: found([path]) for path in options.files}
    paths = list(dict.fromkeys(chain.from_iterable(held.values())))
    if paths == list(held) and len(paths) == 1:
        corpus = _corpus(options.reading)
        done = enter(paths[0], corpus, _how(options), symbol=options.symbol, decide=_Decider(options))
        click.echo(_left(done, options.lang) if isinstance(done, Left) else _account(done, corpus, options.lang))
        _tell_next([done], corpus, options.lang)
        return 0
    if options.symbol:
        raise UsageError("symbol-many")
    empty = [path for path, files in held.items() if not files]
    if not paths:
        raise NotFoundError("editions-none", empty[0])
    return _add_all(paths, empty, options)


def _add_all(paths: list[Path], empty: list[Path], options: AddOptions) -> int:
    """Enter these files; of the folders that are empty it is told that nothing entered. 74 where one did not."""
    lang, corpus = options.lang, _corpus(options.reading)
    watched = is_terminal(sys.stderr)
    done: list[tuple[Path, Entered | Left | ResdiffError]] = []
    done += [(path, NotFoundError("editions-none", path)) for path in empty]
    for path, error in [] if watched else done:
        _tell(path, error, corpus, lang)
    with progress(2 * len(paths) if watched else 0) as step:  # each is read, then written
        for path, entered in enter_all(paths, corpus, _how(options), step=step, decide=_Decider(options)):
            step(path.name)
            done.append((path, entered))
            if not watched:  # else told when the bar is gone
                _tell(path, entered, corpus, lang)
    for path, entered in done if watched else ():
        _tell(path, entered, corpus, lang)
    if sum(isinstance(each, ResdiffError) and each.code == "series-doubtful" for _, each in done) > 1:
        call = command(options.files, corpus, _how(options), "--doubtful", "nearest")
        click.echo(message("show.next-doubtful", call, lang=lang))
    _tell_next([entered for _, entered in done], corpus, lang)
    return INCOMPLETE if any(isinstance(entered, ResdiffError) for _, entered in done) else 0


class _Decider(Struct, frozen=True):
    """Decides on texts whose series is doubtful as the options say: always alike, or as who sits there answers."""

    options: AddOptions

    def __call__(self, doubt: Doubt) -> Doubtful:
        """What becomes of that text. Raises UsageError where a person has to be asked, and none is there."""
        wanted, lang = self.options.doubtful or "ask", self.options.lang
        if wanted != "ask":
            return Doubtful(wanted)
        if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
            return refuse(doubt)
        click.echo(err=True)  # below a bar that may be there
        said = message("show.doubtful", doubt.symbol, doubt.file, doubt.series, doubt.beside, lang=lang)
        click.echo(printable(said), err=True)
        keys = message("show.doubtful-keys", lang=lang)
        answer = ""
        while len(answer) != 1 or answer not in keys:
            asked = message("show.doubtful-ask", lang=lang)
            answer = click.prompt(asked, default="", show_default=False, err=True).strip().lower()[:1]
        return tuple(Doubtful)[keys.index(answer)]


def _tell(path: Path, entered: Entered | Left | ResdiffError, corpus: Path, lang: str) -> None:
    """How a text entered, or why it did not."""
    if isinstance(entered, ResdiffError):
        tell_failures([(path, entered)], lang)
    elif isinstance(entered, Left):
        click.echo(_left(entered, lang))
    else:
        place = entered.resolution.symbol, entered.path, why(entered, lang)
        out = _way_out(entered, corpus)
        key = "show.entered-doubtful" if out else "show.entered-line"
        click.echo(message(key, *place, *([out] if out else []), lang=lang))


def _account(entered: Entered, corpus: Path, lang: str) -> str:
    """All that is told of one text that entered."""
    out = _way_out(entered, corpus)
    return account(entered, lang) + (f"\n{message('show.taken-out', out, lang=lang)}" if out else "")


def _left(left: Left, lang: str) -> str:
    doubt = left.doubt
    return printable(message("show.left", doubt.symbol, doubt.series, doubt.beside, doubt.here, lang=lang))


def _way_out(entered: Entered, corpus: Path) -> str:
    """The command that takes a text out of the series that is the nearest one and no more; empty for any other."""
    if entered.why is not Why.NEAREST:
        return ""
    symbol = entered.resolution.symbol
    return shlex.join(["resdiff", "series", short(symbol), "--to", file_stem(symbol).lower(), "--corpus", str(corpus)])


def _tell_next(done: Iterable[Entered | Left | ResdiffError], corpus: Path, lang: str) -> None:
    """The command that comes next, where a text entered beside another one."""
    series = {each.path.parent for each in done if isinstance(each, Entered)}
    if any(len({path.name for path in folder.glob("*.*.md")}) > 1 for folder in series):
        call = shlex.join(["resdiff", "changelog", str(corpus), "-o", "reports"])
        click.echo(message("show.next-changelog", call, lang=lang))


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
    tell_failures(corpus.left_out(), lang)
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
