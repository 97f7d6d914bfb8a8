"""``resdiff index``, ``search`` and ``check``: what each does, and the options it takes.

An index that nobody named lies in the folder of the caches, one a corpus, and is brought up to date before it is
searched: that takes reading the bytes of the corpus, and what is new in it.
"""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click
from msgspec import Struct
from msgspec.structs import replace

from resdiff import files, limits
from resdiff.cli import cache
from resdiff.cli.desk import Desk, ReadingOptions
from resdiff.cli.output import LookOptions, asked_date, coloured, hand_out
from resdiff.cli.told import printable
from resdiff.corpus import Corpus, Edition, load, locate
from resdiff.errors import INCOMPLETE, INTERRUPTED, NotFoundError, OutputError, ResdiffError, UsageError
from resdiff.messages import explained, message
from resdiff.model import Comparison, Part, Resolution, Source
from resdiff.rendering.agreed import Look, format_for, render_check, render_found
from resdiff.search.index import Document, Entries, Index, build, entries, is_current, open_index
from resdiff.symbol import normalise

if TYPE_CHECKING:
    from resdiff.search.find import Filter
    from resdiff.search.values import DraftCheck

__all__ = [
    "CheckOptions",
    "IndexOptions",
    "SearchOptions",
    "documents_of",
    "index_place",
    "query_filter",
    "run_check",
    "run_index",
    "run_search",
]

SUFFIXES = frozenset((".txt", ".md", ".docx", ".pdf", ".html", ".htm"))
Formats = Literal["text", "json", "html", "md", "docx"]


class IndexOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A corpus, or any folder of texts, the file of its index, and the cluster that reads the texts, if one does."""

    corpus: Path | None = None
    output: Path | None = None
    cluster: str = ""
    check: bool = False
    lang: str = "fr"


class SearchOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is looked for, in which texts of which index, and where the hits go."""

    query: str
    near: str = ""
    since: str = ""
    until: str = ""
    part: Literal["operative", "preamble", "annex"] | None = None
    language: str = ""
    index: Path | None = None
    corpus: Path | None = None
    most: int = 20
    form: Formats | None = None
    output: str = "-"
    lang: str = "fr"
    look: LookOptions = LookOptions()


class CheckOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A draft, what it is compared with, and where the result goes."""

    draft: str
    against: Path | None = None
    reading: ReadingOptions = ReadingOptions()
    form: Formats | None = None
    output: tuple[str, ...] = ()
    lang: str = "fr"
    look: LookOptions = LookOptions()


# ---- the commands ---------------------------------------------------------------------------------------------------


def run_index(options: IndexOptions) -> int:
    """Bring the index of a corpus up to date, or say whether it is."""
    folder = locate(options.corpus)
    documents = documents_of(folder)
    lang = options.lang
    path = options.output or index_place(folder)
    if path is None:
        raise OutputError("index-unkept", cache.home())
    if options.check:
        if is_current(path, documents):
            count = _counted("search.texts", len(documents), lang)
            click.echo(message("cli.index-current", path, count, lang=lang))
            return 0
        click.echo(f"resdiff : {printable(message('cli.index-stale', path, lang=lang))}", err=True)
        return INCOMPLETE
    try:
        done = build(path, documents, entries=_entries(options.cluster))
    except KeyboardInterrupt:  # the old index stands as it was
        return INTERRUPTED
    click.echo(message("cli.indexed", path, done.added, done.removed, done.kept, len(done.failed), lang=lang))
    _tell_failed(done.failed, lang)
    return INCOMPLETE if done.failed else 0


def _entries(cluster: str) -> Entries:
    """What reads the texts: this machine, or a cluster. Raises UsageError."""
    if not cluster:
        return entries
    from resdiff.cluster import indexing_on_cluster

    return indexing_on_cluster(cluster)


def run_search(options: SearchOptions) -> int:
    """Search, and put the hits where they go."""
    from resdiff.search.find import search
    from resdiff.search.query import parse_query

    if options.index and options.corpus:
        raise UsageError("index-or-corpus")
    form = format_for(options.output, options.form, draft=False)
    query = parse_query(options.query, options.near)
    only = query_filter(options.since, options.until, options.part or "")
    with _opened(options.index or options.corpus, options.lang) as index:
        if options.language and options.language not in index.languages():
            raise UsageError("language-unindexed", options.language, ", ".join(index.languages()) or "–")
        only = replace(only, language=options.language)
        found = search(index, query, only, options.most)
    hand_out([(options.output, render_found(found, form, _look(options.look, options.lang, form)))], options.lang)
    return 0


def _called(given: str, draft: Resolution) -> str:
    """What a draft is called: its file, or the symbol that a person typed."""
    if given == "-":
        return draft.title or given
    return given if normalise(given) and not Path(given).exists() else Path(given).name


def run_check(options: CheckOptions) -> int:
    """Check a draft, and put the result where it goes. All files are made before the first is written.

    The exit code is 74 where a comment found no place in a Word file.
    """
    from resdiff.search.draft import check

    names = options.output or ("-",)
    forms = [format_for(name, options.form, draft=True) for name in names]
    desk = Desk(options.reading, cache.folder("results") if options.reading.cache else None)
    source, draft = desk.read(options.draft)
    for name in names:
        if name != "-" and files.is_one_of(Path(name), [Path(options.draft)]):
            raise OutputError("output-is-input", name)
    name = _called(options.draft, draft)
    with _opened(options.against or options.reading.corpus, options.lang) as index:
        checked = check(index, draft, name)
    looks = [_look(options.look, options.lang, form, forms) for form in forms]
    made = [_made(checked, form, look, source, options) for form, look in zip(forms, looks, strict=True)]
    hand_out([(name, data) for name, (data, _) in zip(names, made, strict=True)], options.lang)
    if lost := max(unplaced for _, unplaced in made):
        said = message("check.unplaced", _counted("check.paragraphs", lost, options.lang), lang=options.lang)
        click.echo(f"resdiff : {printable(said)}", err=True)
        return INCOMPLETE
    return 0


def _made(checked: "DraftCheck", form: str, look: Look, source: Source, options: CheckOptions) -> tuple[bytes, int]:
    """The result in a format, and how many paragraphs are not found in a draft that is a Word file, which gets the
    comments itself."""
    is_word = source.data.startswith(b"PK") and source.media_type.endswith("wordprocessingml.document")
    if form != "docx" or not is_word:
        return render_check(checked, form, look), 0
    from resdiff.rendering.agreed.comments import comment

    return comment(checked, source.data, look, accept=options.reading.tracked == "accept")


def told_where(compared: list[Comparison], against: Path, lang: str) -> list[Comparison]:
    """The comparisons with where their new words were adopted before, in an index or a folder of texts."""
    from resdiff.search.borrowed import borrowed

    with _opened(against, lang) as index:
        return [replace(each, borrowed=borrowed(index, each)) for each in compared]


def _look(look: LookOptions, lang: str, form: str, forms: Collection[str] = ()) -> Look:
    """How one of the forms looks that are made."""
    width = look.width or (shutil.get_terminal_size().columns if form == "text" else 0)
    return Look(
        lang=lang,
        width=width,
        color=coloured(look.color),
        author=look.author,
        date=asked_date(look.date, forms or (form,)),
    )


def query_filter(since: str, until: str, part: str, language: str = "") -> "Filter":
    """Which texts count, as a person said it; empty is any. Raises UsageError for what is no year."""
    from resdiff.search.find import Filter

    return Filter(_year(since), _year(until), Part(part) if part else None, language)


def _year(given: str) -> str:
    """A year, or the year of a date. Raises UsageError."""
    if given and not re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", given, re.ASCII):
        raise UsageError("query-year", given)
    return given[:4]


def _counted(key: str, count: int, lang: str) -> str:
    from resdiff.report import counted  # needed for a sentence at the end alone

    return counted(key, count, lang)


def _tell_failed(failed: tuple[tuple[str, ResdiffError], ...], lang: str) -> None:
    for name, why in failed:
        line = message("cli.failed", name, explained(why, lang), lang=lang)
        click.echo(f"resdiff : {printable(line)}", err=True)


# ---- the index of a corpus ------------------------------------------------------------------------------------------


@contextmanager
def _opened(given: Path | None, lang: str) -> Iterator[Index]:
    """An index: the file given, or that of a folder of texts, brought up to date first."""
    if given is not None and not given.is_dir():
        with closing(open_index(given)) as index:
            yield index
        return
    folder = locate(given)
    with tempfile.TemporaryDirectory() as apart:
        path = index_place(folder) or Path(apart) / "index"  # a person without a home keeps none
        done = build(path, documents_of(folder))
        _tell_failed(done.failed, lang)
        with closing(open_index(path)) as index:
            yield index


def index_place(folder: Path) -> Path | None:
    """Where the index of a corpus is kept: a file in the folder of the caches, named after the path of the corpus."""
    place = cache.folder("indexes")
    name = hashlib.blake2b(str(folder.resolve()).encode(errors="surrogateescape"), digest_size=8).hexdigest()
    return place / f"{name}.index" if place else None


def documents_of(folder: Path) -> list[Document]:
    """The texts of a corpus of ours, or of any folder. Raises NotFoundError where there is none."""
    corpus = Corpus(folder)
    editions = [(shelf.key, edition) for shelf in corpus.shelves for edition in shelf.editions]
    found = [_edition(folder, key, edition) for key, edition in editions] or [*_files(folder)]
    if not found:
        raise NotFoundError("index-empty", folder)
    return found


def _edition(folder: Path, series: str, edition: Edition) -> Document:
    return Document(_name(edition.path, folder), _hash(edition.path), series, partial(load, edition), edition.path)


def _files(folder: Path) -> Iterator[Document]:
    """The files of a folder, and of those below it, that may be texts; what is hidden or no plain file is left out."""
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inner.parts)
        if path.suffix.lower() not in SUFFIXES or hidden or path.is_symlink() or not path.is_file():
            continue
        series = inner.parent.as_posix() if len(inner.parts) > 1 else ""
        yield Document(_name(path, folder), _hash(path), series, partial(_read, path), path)


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix().encode(errors="replace").decode()


def _hash(path: Path) -> str:
    """The hash of the bytes of a file; of one that cannot be read none, and reading it says why."""
    try:
        with path.open("rb") as file:
            return hashlib.sha256(file.read(limits.FILE + 1)).hexdigest()
    except OSError:
        return ""


def _read(path: Path) -> Resolution:
    from resdiff.parsing import parse
    from resdiff.reading import read

    return parse(read(path))
