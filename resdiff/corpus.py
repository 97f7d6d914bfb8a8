"""The corpus: a folder a series, a Markdown file a resolution and language, corrected by hand, read by ``git diff``.

corpus/<series>/series.toml           title of the series, its editions in order
corpus/<series>/A-RES-74-175.fr.md    a resolution
corpus/<series>/links.toml            a person's last word on links, where there is one
"""

import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from resdiff import limits
from resdiff import symbol as symbols
from resdiff.errors import InputError, NotFoundError, ResdiffError
from resdiff.model import Pin, Resolution
from resdiff.spelling import nearest

__all__ = [
    "Corpus",
    "Edition",
    "Shelf",
    "edition_at",
    "in_order",
    "is_folder",
    "is_own",
    "listed_in",
    "load",
    "locate",
    "pins",
    "pins_of",
    "readable",
]

LINKS = "links.toml"
SERIES = "series.toml"
# Where the corpus that came with resdiff stands: in the package that is installed, beside it in the sources.
SHIPPED = (Path(__file__).parent / "corpus_data", Path(__file__).parents[1] / "corpus")
ORGANS = "", "A-RES-", "S-RES-"  # beginnings of a stem that a person leaves out
MOST = 40  # characters of a name that may stand for a symbol
LIKE = 0.7  # how alike a name is spelt to a symbol, 0 to 1, for one to be a mistake for the other
NEAREST = 3  # symbols named when one is not found


class Edition(Struct, frozen=True):
    """One text of the corpus: the stem of its file (its symbol, see ``symbol.file_stem``), its language, its file."""

    stem: str
    language: str
    path: Path


class Shelf(Struct, frozen=True):
    """A series on the shelf: its folder, its editions, oldest first, and what is wrong with its ``series.toml``.

    Where something is, nobody knows the order of the editions: each can be read, none is compared with the next.
    """

    folder: Path
    editions: tuple[Edition, ...]
    fault: ResdiffError | None = None

    @property
    def key(self) -> str:
        """The name of the folder."""
        return self.folder.name

    @property
    def title(self) -> str:
        """The title in French."""
        return self.title_in("fr")

    def title_in(self, lang: str) -> str:
        """The title that ``series.toml`` gives in that language, else in French, else the key."""
        try:
            title = _about(self.folder).get("title", self.key)
        except InputError:
            return self.key
        return str(title.get(lang) or title.get("fr") or self.key) if isinstance(title, dict) else str(title)

    def pairs(self) -> tuple[tuple[Edition, Edition], ...]:
        """Each edition with the next one in the same language; none where the order is not known."""
        return tuple(pair for row in self.rows() for pair in itertools.pairwise(row))

    def rows(self) -> tuple[tuple[Edition, ...], ...]:
        """The editions of each language, oldest first; none where the order is not known."""
        if self.fault:
            return ()
        languages = sorted({edition.language for edition in self.editions})
        return tuple(tuple(e for e in self.editions if e.language == language) for language in languages)

    def pins(self) -> tuple[Pin, ...]:
        """A person's last word on links in this series. Raises InputError when the file is broken."""
        links = self.folder / LINKS
        return pins(links) if is_own(links) else ()

    def before(self, edition: Edition) -> tuple[Edition, ...]:
        """The earlier editions in the same language, oldest first."""
        same = [e for e in self.editions if e.language == edition.language and not self.fault]
        return tuple(same[: same.index(edition)]) if edition in same else ()


def locate(given: Path | None, *, own: bool = False) -> Path:
    """The folder of the corpus: the one given, else ``./corpus``, else the one that came with resdiff, but where it has
    to be one's ``own``: nobody means the shipped one who says "all".

    Raises NotFoundError when the folder given is not there, or none is.
    """
    if given is not None:
        if not is_folder(given):
            raise NotFoundError("corpus-missing", given)
        return given
    places = [Path("corpus")] if own else [Path("corpus"), *SHIPPED]
    for folder in places:
        if folder.is_dir():
            return folder
    raise NotFoundError("corpus-missing", "corpus")


def is_folder(path: Path) -> bool:
    """Whether there is such a folder; a name the system cannot hold (too long, a NUL byte) is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


class Corpus:
    """The texts under one folder; files are found once and read when they are asked for.

    What looks into the folder raises InputError when it cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def shelves(self) -> tuple[Shelf, ...]:
        """All series, by key."""
        shelves = (_shelf(folder) for folder in self._folders() if _refusal(folder) is None)
        return tuple(shelf for shelf in shelves if shelf.editions)

    def left_out(self) -> tuple[tuple[Path, ResdiffError], ...]:
        """What lies in the corpus and is not read, with why, and each symbol under which two series differ."""
        return self._left_out

    @cached_property
    def _left_out(self) -> tuple[tuple[Path, ResdiffError], ...]:
        folders = [(folder, _refusal(folder)) for folder in self._folders()]
        refused = [(folder, why) for folder, why in folders if why]
        read = [folder for folder, why in folders if not why]
        refused += [(path, why) for folder in read for path in _texts(folder) if (why := _refusal(path))]
        refused += [
            (shelf.folder / SERIES, why) for shelf in self.shelves if (why := shelf.fault or _fault(shelf.folder))
        ]
        places: dict[tuple[str, str], list[Edition]] = {}
        for edition in (edition for shelf in self.shelves for edition in shelf.editions):
            places.setdefault((edition.stem, edition.language), []).append(edition)
        twice = [(editions[0].path, why) for editions in places.values() if (why := _ambiguity(editions))]
        return tuple(sorted([*refused, *twice], key=lambda row: row[0]))

    def _folders(self) -> list[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if path.is_dir() and not path.name.startswith("."))
        except OSError as error:
            raise InputError("file-unreadable", self.folder, error.strerror) from error

    def find(self, symbol: str, language: str = "fr") -> tuple[Shelf, Edition]:
        """The text of that symbol and its series; of two series that hold the same text, the first.

        Raises NotFoundError, with the nearest symbols, or with the files where two series differ.
        """
        wanted = symbols.normalise(symbol) or symbol
        stem = symbols.file_stem(wanted)
        found = self._standing(stem)
        right = [(shelf, edition) for shelf, edition in found if edition.language == language]
        if len(right) > 1 and (ambiguity := _ambiguity([edition for _, edition in right])):
            raise ambiguity
        if right:
            return right[0]
        if found:
            others = ", ".join(sorted({edition.language for _, edition in found}))
            raise NotFoundError("symbol-language", symbols.short(wanted), language, others)
        raise self._unknown(wanted, stem)

    def find_any(self, symbol: str) -> tuple[Shelf, Edition]:
        """The text of that symbol in whatever language, and its series. Raises NotFoundError."""
        stem = symbols.file_stem(symbols.normalise(symbol) or symbol)
        if found := self._standing(stem):
            return found[0]
        raise self._unknown(symbol, stem)

    def _unknown(self, symbol: str, stem: str) -> NotFoundError:
        """That a text is not here: it may be in the corpus that came with resdiff; else the nearest are told."""
        others = (place for place in SHIPPED if place.is_dir() and not place.samefile(self.folder))
        if there := next((place for place in others if Corpus(place)._standing(stem)), None):
            return NotFoundError("symbol-shipped", symbols.short(symbol), self.folder, there)
        return NotFoundError("symbol-unknown", symbols.short(symbol), self.folder, self._nearest(stem))

    def _standing(self, stem: str) -> list[tuple[Shelf, Edition]]:
        """All texts of that symbol, each with its series."""
        return [(shelf, edition) for shelf in self.shelves for edition in shelf.editions if edition.stem == stem]

    def _nearest(self, stem: str) -> str:
        """The symbols most like a stem, as a person writes them."""
        import difflib

        here = {edition.stem: edition for shelf in self.shelves for edition in shelf.editions}
        near = difflib.get_close_matches(stem, sorted(here), NEAREST, cutoff=0.0)
        return ", ".join(_said(here[name]) for name in near) or "–"

    def like(self, given: str) -> str:
        """The symbol of the corpus that was perhaps meant by what is none: 74-175, 74/l75; empty when none is near."""
        import difflib

        stems = {edition.stem: edition for shelf in self.shelves for edition in shelf.editions}
        short = {stem.removeprefix(organ): edition for stem, edition in stems.items() for organ in ORGANS}
        near = difflib.get_close_matches(symbols.file_stem(given[:MOST].upper()), sorted(short), 1, cutoff=LIKE)
        return _said(short[near[0]]) if near else ""

    def get(self, symbol: str, language: str = "fr") -> Resolution:
        """The resolution of that symbol, parsed. Raises NotFoundError, InputError."""
        return load(self.find(symbol, language)[1])


def _said(edition: Edition) -> str:
    """The symbol of an edition as a person writes it; the stem of its file where the text cannot be read."""
    from resdiff.reading import read

    try:
        return symbols.short(read(edition.path).header.symbol) or edition.stem
    except ResdiffError:
        return edition.stem


def load(edition: Edition) -> Resolution:
    """The resolution of an edition, parsed."""
    from resdiff.parsing import parse
    from resdiff.reading import read

    return parse(read(edition.path))


def readable(editions: Iterable[Edition], read: Callable[[Edition], Resolution] = load) -> Iterator[Resolution]:
    """The resolutions of those editions that can be read: one that cannot spoils no comparison but its own."""
    for edition in editions:
        try:
            yield read(edition)
        except ResdiffError:
            continue


class _LinkRow(Struct, frozen=True):
    """A row of ``links.toml``: the ids of old and of new paragraphs."""

    old: str | tuple[str, ...]
    new: str | tuple[str, ...]


class _Links(Struct, frozen=True):
    """What stands in ``links.toml``."""

    link: tuple[_LinkRow, ...] = ()
    forbid: tuple[_LinkRow, ...] = ()


def pins(path: Path) -> tuple[Pin, ...]:
    """A person's last word on links, from a TOML file: ``[[link]]`` and ``[[forbid]]`` rows with ``old`` and ``new``.

    Empty when there is no such file. Raises InputError when the file is broken.
    """
    return _pins(_toml(path), path)


def pins_of(text: str, name: str = LINKS) -> tuple[Pin, ...]:
    """A person's last word on links, from the text of such a file, which errors call ``name``. Raises InputError."""
    import tomllib

    from resdiff.data.strict import unreadable
    from resdiff.reading import one_line

    try:
        return _pins(one_line(tomllib.loads(text)), name)
    except (ValueError, RecursionError) as error:
        raise InputError(*unreadable(name, error)) from error


def _pins(table: dict[str, object], name: str | Path) -> tuple[Pin, ...]:
    for key in table:  # a table of another name is left aside, but for one that is mistyped
        if key not in _Links.__struct_fields__ and (near := nearest(key, _Links.__struct_fields__)):
            raise InputError("links-broken", name, f"[{key}]\u00a0: {near} ?")
    try:
        links = msgspec.convert(table, _Links)
    except msgspec.ValidationError as error:
        from resdiff.data.strict import fault

        wrong = fault(table, _Links, error)
        raise InputError("links-broken", name, f"{wrong.row}\u00a0: {wrong.key} ?") from error
    rows = [(row, False) for row in links.link] + [(row, True) for row in links.forbid]
    return tuple(Pin(_ids(row.old), _ids(row.new), forbidden=forbidden) for row, forbidden in rows)


def _ids(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _toml(path: Path) -> dict[str, object]:
    """The table of a TOML file; an empty one when there is no such file."""
    if not path.exists():
        return {}
    from resdiff.data.strict import unreadable  # with the reader of TOML: most folders need neither

    try:
        with path.open("rb") as file:  # a device has no size and no end
            data = file.read(limits.TABLE + 1)
    except (OSError, ValueError) as error:
        raise InputError(*unreadable(path, error)) from error
    return _toml_of(data, path)


def _toml_of(data: bytes, path: Path) -> dict[str, object]:
    """The table of a TOML file whose contents are that. Raises InputError."""
    from resdiff.data.strict import unreadable

    if len(data) > limits.TABLE:
        raise InputError("file-too-large", path, limits.TABLE // 1_000_000)
    try:
        return _table(data)
    except (ValueError, RecursionError) as error:
        raise InputError(*unreadable(path, error)) from error


@lru_cache(maxsize=1024)
def _table(data: bytes) -> dict[str, object]:
    """The table that stands in the bytes of a TOML file: of a series its order, its title and its faults are asked for
    one by one. Raises ValueError, RecursionError."""
    import tomllib

    from resdiff.reading import one_line  # with the reader of TOML: most folders need neither

    return one_line(tomllib.loads(data.decode("utf-8")))


def _shelf(folder: Path) -> Shelf:
    """The series of a folder. Editions stand in the order of their symbols, or of ``series.toml`` if it names them all.

    Symbols alone would not do where the numbering changed: 3541 (XXX) comes before 31/1.
    """
    editions = [edition_at(path) for path in _texts(folder) if _refusal(path) is None]
    listed: tuple[str, ...] = ()
    fault = None
    try:
        listed = _listed(folder)
    except InputError as error:
        fault = error
    return Shelf(folder, tuple(in_order(editions, listed)), fault)


def in_order(editions: Iterable[Edition], listed: Sequence[str]) -> list[Edition]:
    """Editions in the order of the symbols ``listed`` if these are all of theirs, else of their own."""
    editions = list(editions)
    rank = {symbols.file_stem(symbols.normalise(name) or name): place for place, name in enumerate(listed)}
    if rank.keys() >= {edition.stem for edition in editions}:
        return sorted(editions, key=lambda e: (rank[e.stem], e.language))
    return sorted(editions, key=lambda e: (symbols.order(e.stem), e.language))


def _listed(folder: Path) -> tuple[str, ...]:
    """The editions that ``series.toml`` names, in their order. Raises InputError when it names some and is broken."""
    about = folder / SERIES
    if b"editions" not in _contents(about):  # the reader of TOML takes time to load
        return ()
    return _named_in(_about(folder), about)


def listed_in(data: bytes, about: Path) -> tuple[str, ...]:
    """The editions that ``series.toml`` named when it was ``data``. Raises InputError when it was broken."""
    return _named_in(_toml_of(data, about), about)


def _named_in(table: Mapping[str, object], about: Path) -> tuple[str, ...]:
    listed = table.get("editions", ())
    if not isinstance(listed, list | tuple) or not all(isinstance(name, str) for name in listed):
        raise InputError("toml-broken", about, "editions")
    return tuple(listed)


def _about(folder: Path) -> dict[str, object]:
    """What stands in ``series.toml``; nothing where there is none of our own. Raises InputError when it is broken."""
    about = folder / SERIES
    return _toml(about) if is_own(about) else {}


def _fault(folder: Path) -> InputError | None:
    """What is wrong with ``series.toml``."""
    try:
        _about(folder)
    except InputError as error:
        return error
    return None


def _contents(path: Path) -> bytes:
    """The first bytes of a file of ours, as many as are read of a table; none of one that cannot be read."""
    try:
        if not is_own(path):
            return b""
        with path.open("rb") as file:
            return file.read(limits.TABLE)
    except OSError:
        return b""


def _texts(folder: Path) -> Iterator[Path]:
    """What lies in the folder of a series under the name of a text; hidden files are a system's or an editor's."""
    return (path for path in folder.glob("*.*.md") if not path.name.startswith("."))


def is_own(path: Path) -> bool:
    """Whether this is a file of the corpus: not a pipe or a device, which may have no end, nor a link out of it."""
    try:
        inside = not path.is_symlink() or path.resolve().is_relative_to(path.parent.parent.resolve())
        return inside and path.is_file()
    except (OSError, RuntimeError):  # a ring of links
        return False


def _refusal(path: Path) -> ResdiffError | None:
    """Why a folder of a series, or a text in one, is not read; None when it is."""
    if not path.name.isprintable():  # bytes that are no UTF-8, a line end
        return InputError("name-unprintable", path.with_name("".join(c if c.isprintable() else "�" for c in path.name)))
    if path.is_dir() and not path.name.endswith(".md"):
        top = path.parent.resolve()
        if path.is_symlink() and not path.resolve().is_relative_to(top):
            return InputError("file-not-own", path)
        return None if os.access(path, os.R_OK | os.X_OK) else InputError("file-forbidden", path)
    return None if is_own(path) else InputError("file-not-own", path)


def _ambiguity(editions: list[Edition]) -> NotFoundError | None:
    """What says that the same symbol stands for two texts; None when there is one, or all are the same."""
    from resdiff.reading import file_bytes

    if len(editions) < 2:
        return None
    try:
        texts = {file_bytes(edition.path, str(edition.path)) for edition in editions}
    except ResdiffError:  # one that cannot be read is another text
        texts = {b"", b"?"}
    if len(texts) == 1:
        return None
    places = " ; ".join(str(edition.path) for edition in editions)
    return NotFoundError("symbol-twice", editions[0].stem, places)


def edition_at(path: Path) -> Edition:
    """The edition that a file of that name is."""
    stem, _, language = path.stem.rpartition(".")
    return Edition(stem, language, path)
