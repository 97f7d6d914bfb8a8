"""Entering a text in the corpus: read, repair, parse, write the Markdown, say what is doubtful."""

import json
import re
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from resdiff import files
from resdiff import symbol as symbols
from resdiff.corpus import SERIES, Corpus, is_folder
from resdiff.errors import InputError, OutputError, UsageError
from resdiff.model import Header, Part, Provenance, Resolution, Source, TextKind
from resdiff.parsing import parse
from resdiff.reading import file_bytes, read
from resdiff.record import markdown

__all__ = ["Entered", "enter"]

RE_FOLDER = re.compile(r"\w[\w.-]{0,79}")  # one folder of the corpus, never a path out of it


class Entered(Struct, frozen=True):
    """A text that entered the corpus: its file, the one it replaced, how it was read."""

    path: Path
    replaced: Path | None
    source: Source
    resolution: Resolution


def enter(
    file: Path,
    corpus: Path,
    *,
    symbol: str | None = None,
    series: str | None = None,
    kind: str | None = None,
    repair: str = "safe",
    tracked: str = "accept",
    ocr: bool = False,
    force: bool = False,
) -> Entered:
    """Write the text of a file into the corpus folder, which is made when it is missing.

    A scan keeps its raw text beside it, as ``.ocr.txt``, or its file as ``.ocr.pdf``. Raises UsageError for a symbol
    that is none, InputError for a text without symbol or paragraphs, OutputError when the text is there already and
    ``force`` is not given, or when another run writes in the corpus for long.
    """
    if series and not RE_FOLDER.fullmatch(series):
        raise UsageError("series-none", series)
    data = file_bytes(file, file.name)
    source = read(data, origin=file.name, repair=repair, tracked=tracked, ocr=ocr)
    resolution = _named(parse(source), file, symbol)
    name = f"{symbols.file_stem(resolution.symbol)}.{resolution.language or 'fr'}.md"
    files.inside(corpus, name)  # refused before anything is made
    with files.alone(corpus):
        shelf = series or _shelf(resolution, corpus)
        path = files.inside(corpus, shelf, name)
        text = markdown(resolution, _header(source, shelf, kind, resolution.language)).encode()
        there = is_folder(path.parent) and path.exists()
        if there and not force:
            raise OutputError("edition-exists", path)
        kept = path.with_suffix(".md.bak") if there else None
        scan = path.with_suffix(".ocr.txt" if source.media_type.startswith("text/") else f".ocr{file.suffix.lower()}")
        _stay_inside(corpus, path, path.with_suffix(".md.bak"), scan, path.parent / SERIES)
        if kept and files.is_same(file, kept):
            raise OutputError("output-is-input", kept)
        files.sweep(path.parent)
        _about(path.parent, shelf, resolution.title)
        if source.scanned:
            files.write(scan, data)
        # the text comes last: a run that was stopped is repeated as if it had never been, and the old text is not lost
        if kept and path.read_bytes() != text:
            files.write(kept, path.read_bytes())
        files.write(path, text)
    return Entered(path, kept, source, resolution)


def _stay_inside(corpus: Path, *paths: Path) -> None:
    """Raises OutputError for a path that a link leads out of the corpus, even to where nothing is yet."""
    for path in paths:
        if not files.stays(path, corpus):
            raise OutputError("link-outside", path)


def _named(resolution: Resolution, file: Path, symbol: str | None) -> Resolution:
    """The resolution under the symbol given, or its own."""
    if symbol and not symbols.normalise(symbol):
        raise UsageError("symbol-none", symbol)
    full = symbols.normalise(symbol or resolution.symbol)
    if not full:
        raise InputError("symbol-needed", file)
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


def _shelf(resolution: Resolution, corpus: Path) -> str:
    """The series whose editions the preamble cites, or else a new one named after the symbol."""
    preamble = " ".join(p.text for p in resolution.paragraphs if p.part is Part.PREAMBLE)
    stems = {symbols.file_stem(symbols.normalise(word)) for word in symbols.found(preamble)}
    if is_folder(corpus):
        for shelf in Corpus(corpus).shelves:
            here = {edition.stem for edition in shelf.editions}
            if here & (stems | {symbols.file_stem(resolution.symbol)}):
                return shelf.key
    return symbols.file_stem(resolution.symbol).lower()


def _about(folder: Path, key: str, title: str) -> None:
    """Give a new series its ``series.toml``."""
    about = folder / SERIES
    if not about.exists():
        name = json.dumps(title or key, ensure_ascii=False)
        files.write(about, f"key = {json.dumps(key)}\n\n[title]\nfr = {name}\n".encode())
