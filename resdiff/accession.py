"""Entering texts in the corpus: read, repair, parse, find the series, write the Markdown, say what is doubtful.

The series of a text is found by evidence, which is told: it cites an edition of it, it has its title, it is much like
it; how much of both texts is the same has to agree. What is neither sure nor unlikely is decided by who calls, and
refused where nobody decides.
"""

import json
import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import count
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from resdiff import files
from resdiff import symbol as symbols
from resdiff.comparison import compare, kept_characters
from resdiff.corpus import SERIES, Corpus, Shelf, is_folder, is_own, load, readable
from resdiff.errors import InputError, OutputError, ResdiffError, UsageError
from resdiff.language.fold import fold
from resdiff.model import Header, Part, Provenance, Resolution, Source, TextKind
from resdiff.parsing import parse
from resdiff.reading import file_bytes, read
from resdiff.record import markdown

__all__ = ["Doubt", "Doubtful", "Entered", "Entering", "Left", "Why", "command", "enter", "enter_all", "found", "move"]

RE_FOLDER = re.compile(r"\w[\w.-]{0,79}")  # one folder of the corpus, never a path out of it
CITED, TITLED, LIKE = 0.2, 0.1, 0.45
"""What must be the same in both texts (Dice, by characters) for a series to be sure: where the text cites it, where it
has its title, and without either. Of 150 successive pairs of the Security Council 139 cite, and two in three of those
have as much in common; of 159 citations of a text of another chain 10 do, all on the same subject."""
DOUBTFUL = 0.5  # of that, the share from which on a person is asked
NEAREST = 3  # series that are compared with a text that cites none of theirs
MOST = 5_000  # files taken from one folder; one that has more is refused


class Why(StrEnum):
    """Why a text stands in its series."""

    GIVEN = "given"  # a person said so
    HERE = "here"  # the corpus has this resolution there
    UNCHANGED = "unchanged"  # it is there already, to the letter
    CITED = "cited"  # it cites an edition of it
    TITLED = "titled"  # it has the title of an edition
    ALIKE = "alike"
    FIRST = "first"  # it is the first of a series
    NEAREST = "nearest"  # none is nearer, though it is doubtful
    APART = "apart"  # it begins one, though it may continue another


class Entered(Struct, frozen=True):
    """A text that entered the corpus: its file, the one it replaced, how it was read, why it stands in that series.

    ``beside`` is the symbol of the edition that told so, empty where none did.
    """

    path: Path
    replaced: Path | None
    source: Source
    resolution: Resolution
    why: Why = Why.GIVEN
    beside: str = ""


class Doubtful(StrEnum):
    """What becomes of a text that may continue a series and may not."""

    NEAREST = "nearest"  # it goes into that series
    NEW = "new"  # it begins one of its own
    SKIP = "skip"  # it does not enter


class Doubt(Struct, frozen=True):
    """A text that may continue a ``series`` and may not.

    ``beside`` is the edition that tells so, ``own`` the name of a series that the text would begin; ``here`` and
    ``anew`` are the whole commands that enter it in the one or the other.
    """

    file: Path
    symbol: str
    series: str
    beside: str
    own: str
    here: str
    anew: str


class Left(Struct, frozen=True):
    """A text that was left where it is because its series is doubtful."""

    doubt: Doubt


class Entering(Struct, frozen=True, kw_only=True):
    """How texts enter: the series and the kind they are given (None: as found), how they are read, and whether they
    take the place of what is there already.
    """

    series: str | None = None
    kind: str | None = None
    repair: str = "safe"
    tracked: str = "accept"
    ocr: bool = False
    force: bool = False


AS_FOUND = Entering()
Decide = Callable[[Doubt], Doubtful]


def refuse(doubt: Doubt) -> Doubtful:
    """What decides where nobody does: raises UsageError, with the commands that would."""
    raise UsageError("series-doubtful", doubt.symbol, doubt.series, doubt.beside, doubt.here, doubt.anew)


class _Read(Struct, frozen=True):
    """A file as it was read, before it has a place; ``given`` is the symbol that a person gave it."""

    file: Path
    data: bytes
    source: Source
    resolution: Resolution
    given: str | None

    def call(self, corpus: Path, how: Entering, *more: str) -> str:
        """The whole command that enters it as this run does, and with more."""
        return command([self.file], corpus, how, *(["--symbol", self.given] if self.given else []), *more)


class _Place(Struct, frozen=True):
    """The series of a text, why, and the edition that told so."""

    key: str
    why: Why
    beside: str = ""


class _UnsureError(Exception):
    """The likeliest series of a text is doubtful; ``own`` is the one that it would begin."""

    def __init__(self, likeliest: _Place, own: str) -> None:
        super().__init__()
        self.likeliest, self.own = likeliest, own


def enter(
    file: Path, corpus: Path, how: Entering = AS_FOUND, *, symbol: str | None = None, decide: Decide = refuse
) -> Entered | Left:
    """Write the text of a file into the corpus folder, which is made when it is missing.

    What becomes of one whose series is doubtful is what ``decide`` says. A scan keeps its raw text beside it, as
    ``.ocr.txt``, or its file as ``.ocr.pdf``. Raises UsageError for a symbol that is none and where a doubt is not
    decided, InputError for a text without symbol or paragraphs, OutputError when the resolution is there already in
    other words and ``force`` is not given, or when another run writes in the corpus for long.
    """
    _check(how.series)
    return _put(_read(file, corpus, how, symbol), corpus, how, decide)


def enter_all(
    paths: Iterable[Path],
    corpus: Path,
    how: Entering = AS_FOUND,
    *,
    step: Callable[[str], None] = lambda _: None,
    decide: Decide = refuse,
) -> Iterator[tuple[Path, Entered | Left | ResdiffError]]:
    """Enter many files, the oldest text first: each with how it entered, or why it did not.

    What becomes of those whose series is doubtful is what ``decide`` says, each in its turn. All are read before the
    first is written, so that an edition finds those before it. Of two files with the same resolution the second does
    not enter, but a copy of the first is there already. ``step`` is called with each file when it has been read. Raises
    UsageError for a series that is none.
    """
    _check(how.series)
    texts: list[_Read] = []
    for path in paths:
        try:
            texts.append(_read(path, corpus, how))
        except ResdiffError as error:
            yield path, error
        step(path.name)
    seen: dict[tuple[str, str], _Read] = {}
    for text in sorted(texts, key=_age):
        key = text.resolution.symbol, text.resolution.language
        first = seen.get(key)
        if first and first.data != text.data:
            yield text.file, InputError("symbol-again", text.file, symbols.short(key[0]), first.file)
            continue
        try:
            entered = _put(text, corpus, how, decide)
        except ResdiffError as error:
            yield text.file, error
            continue
        yield text.file, entered
        if isinstance(entered, Entered):
            seen.setdefault(key, text)


def found(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named, hidden ones left out. Raises InputError for a folder that
    cannot be read, UsageError for one with more files than are taken."""
    files_: list[Path] = []
    for path in paths:
        if not is_folder(path):
            files_.append(path)
            continue
        try:
            here = sorted(each for each in path.rglob("*") if not any(p.startswith(".") for p in each.parts[-2:]))
        except OSError as error:
            raise InputError("file-unreadable", path, error.strerror) from error
        here = [each for each in here if each.is_file() and not each.is_symlink()]
        if len(here) > MOST:
            raise UsageError("folder-large", path, len(here), MOST)
        files_ += here
    return list(dict.fromkeys(files_))


def _age(text: _Read) -> tuple[str, tuple[object, ...]]:
    """By the year, then by the symbol: a text that lost its date is not older than all others."""
    symbol = text.resolution.symbol
    return text.resolution.adopted[:4] or symbols.year(symbol), symbols.order(symbol)


def _check(series: str | None) -> None:
    if series and not RE_FOLDER.fullmatch(series):
        raise UsageError("series-none", series)


def _read(file: Path, corpus: Path, how: Entering, symbol: str | None = None) -> _Read:
    data = file_bytes(file, file.name)
    source = read(data, origin=file.name, repair=how.repair, tracked=how.tracked, ocr=how.ocr)
    return _Read(file, data, source, _named(parse(source), file, symbol, command([file], corpus, how)), symbol)


def _put(text: _Read, corpus: Path, how: Entering, decide: Decide) -> Entered | Left:
    """Write what was read into the corpus. Nobody else waits for who decides."""
    try:
        return _written(text, corpus, how, _Place(how.series, Why.GIVEN) if how.series else None)
    except _UnsureError as unsure:
        likeliest, own = unsure.likeliest, unsure.own
    here, anew = (text.call(corpus, how, "--series", key) for key in (likeliest.key, own))
    symbol = symbols.short(text.resolution.symbol)
    doubt = Doubt(text.file, symbol, likeliest.key, likeliest.beside, own, here, anew)
    decided = decide(doubt)
    if decided is Doubtful.SKIP:
        return Left(doubt)
    place = (likeliest.key, Why.NEAREST) if decided is Doubtful.NEAREST else (own, Why.APART)
    return _written(text, corpus, how, _Place(*place, likeliest.beside))


def command(given: Iterable[Path], corpus: Path, how: Entering, *more: str) -> str:
    """The whole command that enters files so, with more options."""
    call = ["resdiff", "add", *map(str, given), "--corpus", str(corpus)]
    call += ["--series", how.series] if how.series else []
    call += ["--kind", how.kind] if how.kind else []
    call += ["--repair", how.repair] if how.repair != AS_FOUND.repair else []
    call += ["--tracked", how.tracked] if how.tracked != AS_FOUND.tracked else []
    call += [name for name, asked in (("--ocr", how.ocr), ("--force", how.force)) if asked]
    return shlex.join([*call, *more])


def _written(text: _Read, corpus: Path, how: Entering, place: _Place | None) -> Entered:
    """The text as it was written into the corpus, in that series or, for None, in the one that it continues.

    Raises _UnsureError where that is doubtful.
    """
    source, resolution = text.source, text.resolution
    name = f"{symbols.file_stem(resolution.symbol)}.{resolution.language or 'fr'}.md"
    files.inside(corpus, name)  # refused before anything is made
    with files.alone(corpus):
        place = place or _place(resolution, corpus)
        path = files.inside(corpus, place.key, name)
        contents = markdown(resolution, _header(source, place.key, how.kind, resolution.language)).encode()
        there = is_folder(path.parent) and path.exists()
        if there and is_own(path) and path.read_bytes() == contents:
            return Entered(path, None, source, resolution, Why.UNCHANGED)
        if there and not how.force:
            raise OutputError("edition-exists", path, text.call(corpus, how, "--force"))
        kept = _beside(path, contents) if there else None
        suffix = ".ocr.txt" if source.media_type.startswith("text/") else f".ocr{text.file.suffix.lower()}"
        scan = path.with_suffix(suffix)
        _stay_inside(corpus, path, *([kept] if kept else []), scan, path.parent / SERIES)
        files.sweep(path.parent)
        _about(path.parent, place.key, resolution.title)
        if source.scanned:
            files.write(scan, text.data)
        # the text comes last: a run that was stopped is repeated as if it had never been, and the old text is not lost
        if kept and path.read_bytes() != contents:
            files.write(kept, path.read_bytes())
        files.write(path, contents)
    return Entered(path, kept, source, resolution, place.why, place.beside)


def _beside(path: Path, contents: bytes) -> Path:
    """Where the text that is replaced is kept: beside it, under the first name that no other text has."""
    old = path.read_bytes()
    for turn in count(1):
        kept = path.with_suffix(".md.bak" if turn == 1 else f".md.{turn}.bak")
        if old == contents or not kept.is_file() or files.contents(kept) == old:
            return kept
    raise AssertionError("numbers end nowhere")


def _stay_inside(corpus: Path, *paths: Path) -> None:
    """Raises OutputError for a path that a link leads out of the corpus, even to where nothing is yet."""
    for path in paths:
        if not files.stays(path, corpus):
            raise OutputError("link-outside", path)


def _named(resolution: Resolution, file: Path, symbol: str | None, again: str) -> Resolution:
    """The resolution under the symbol given, or its own; ``again`` is the command that would enter it."""
    if symbol and not symbols.normalise(symbol):
        raise UsageError("symbol-none", symbol)
    full = symbols.normalise(symbol or resolution.symbol)
    if not full:
        raise InputError("symbol-needed", file, again)
    if not resolution.body:
        raise InputError("no-paragraphs", file)
    return replace(resolution, symbol=full)


def _header(source: Source, series: str, kind: str | None, language: str) -> Header:
    """What the front matter says: of the header of the file, completed with where the text comes from."""
    given = source.header.provenance
    guess = TextKind.SCAN if source.scanned else given.kind
    url = given.url or _address(source.header.symbol, language)
    provenance = Provenance(TextKind(kind) if kind else guess, given.note, url, source.sha256)
    return replace(source.header, series=series, provenance=provenance)


def _address(symbol: str, language: str) -> str:
    return f"https://docs.un.org/{language}/{symbol.replace(' ', '%20')}" if symbol else ""


# ---- the series of a text -------------------------------------------------------------------------------------------


def _place(resolution: Resolution, corpus: Path) -> _Place:
    """The series that the text continues, or a new one named after its symbol. Raises _UnsureError."""
    stem = symbols.file_stem(resolution.symbol)
    new = _Place(stem.lower(), Why.FIRST)
    shelves = Corpus(corpus).shelves if is_folder(corpus) else ()
    for shelf in shelves:
        if any(edition.stem == stem for edition in shelf.editions):
            return _Place(shelf.key, Why.HERE)
    rated = sorted(_rated(resolution, shelves), key=lambda each: -each[0])
    if not rated or rated[0][0] < DOUBTFUL:
        return new
    likelihood, place = rated[0]
    if likelihood < 1:
        raise _UnsureError(place, stem.lower())
    return place


def _rated(resolution: Resolution, shelves: Iterable[Shelf]) -> Iterator[tuple[float, _Place]]:
    """The series that a text may continue, each with what it has in common as a share of what makes it sure."""
    preamble = " ".join(p.text for p in resolution.paragraphs if p.part is Part.PREAMBLE)
    cited = {symbols.file_stem(symbols.normalise(word)) for word in symbols.found(preamble)}
    title, words = fold(resolution.title), _words(resolution)
    likely: list[tuple[float, Why, str, Resolution]] = []
    others: list[tuple[float, str, Resolution]] = []
    for shelf in shelves:
        here = [edition for edition in shelf.editions if edition.language == (resolution.language or "fr")]
        last = next(readable([e for e in here if e.stem in cited][::-1] or here[::-1]), None)
        if last is None:
            continue
        if any(edition.stem in cited for edition in here):
            likely.append((CITED, Why.CITED, shelf.key, last))
        elif title and fold(last.title) == title:
            likely.append((TITLED, Why.TITLED, shelf.key, last))
        else:
            theirs = _words(last)
            others.append((len(words & theirs) / max(1, len(words | theirs)), shelf.key, last))
    others.sort(key=lambda each: -each[0])
    likely += [(LIKE, Why.ALIKE, key, last) for _, key, last in others[:NEAREST]]
    for least, why, key, last in likely:
        yield _in_common(last, resolution) / least, _Place(key, why, symbols.short(last.symbol))


def _words(resolution: Resolution) -> frozenset[str]:
    return frozenset(fold(word) for paragraph in resolution.body for word in paragraph.text.split() if len(word) > 4)


def _in_common(one: Resolution, other: Resolution) -> float:
    """Twice the characters that stand in both, in paragraphs that belong together, by those of both texts."""
    kept = kept_characters(compare(one, other).changes)
    return 2 * kept / max(1, sum(len(paragraph.text) for text in (one, other) for paragraph in text.body))


def move(symbol: str, series: str, corpus: Path) -> list[Path]:
    """Put a resolution into another series of the corpus, in every language, with all that stands beside it.

    The new paths come back. A series that is left without texts is removed. Raises UsageError, NotFoundError,
    OutputError where a text stands there already.
    """
    _check(series)
    with files.alone(corpus):
        shelf, edition = Corpus(corpus).find_any(symbol)
        folder = files.inside(corpus, series)
        if folder == shelf.folder:
            return []
        here = sorted(path for path in shelf.folder.glob(f"{edition.stem}.*") if is_own(path))
        _stay_inside(corpus, *here, *(folder / path.name for path in here), folder / SERIES)
        if taken := next((folder / path.name for path in here if (folder / path.name).exists()), None):
            raise OutputError("edition-there", taken)
        _about(folder, series, load(edition).title)
        for path in here:
            data = path.read_bytes()
            files.write(folder / path.name, _RE_SERIES.sub(b"series: " + json.dumps(series).encode(), data, count=1))
        for path in here:
            path.unlink()
        if not any(shelf.folder.glob("*.*.md")):
            (shelf.folder / SERIES).unlink(missing_ok=True)
            if not any(shelf.folder.iterdir()):
                shelf.folder.rmdir()
    return [folder / path.name for path in here]


_RE_SERIES = re.compile(rb'^series: ".*"$', re.MULTILINE)


def _about(folder: Path, key: str, title: str) -> None:
    """Give a new series its ``series.toml``."""
    about = folder / SERIES
    if not about.exists():
        name = json.dumps(title or key, ensure_ascii=False)
        files.write(about, f"key = {json.dumps(key)}\n\n[title]\nfr = {name}\n".encode())
