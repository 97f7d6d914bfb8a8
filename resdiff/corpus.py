"""The corpus: a folder a series, a Markdown file a resolution and language, corrected by hand, read by ``git diff``.

corpus/<series>/series.toml           title of the series, its editions in order
corpus/<series>/A-RES-74-175.fr.md    a resolution
corpus/<series>/links.toml            a person's last word on links, where there is one
"""

import itertools
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec import Struct

from resdiff import symbol as symbols
from resdiff.errors import InputError, NotFoundError
from resdiff.model import Pin, Resolution

__all__ = ["Corpus", "Edition", "Shelf", "is_folder", "load", "locate", "pins"]

LINKS = "links.toml"
SERIES = "series.toml"
NEAREST = 3  # symbols named when one is not found


class Edition(Struct, frozen=True):
    """One text of the corpus: the stem of its file (its symbol, see ``symbol.file_stem``), its language, its file."""

    stem: str
    language: str
    path: Path


class Shelf(Struct, frozen=True):
    """A series on the shelf: its folder and its editions, oldest first."""

    folder: Path
    editions: tuple[Edition, ...]

    @property
    def key(self) -> str:
        """The name of the folder."""
        return self.folder.name

    @property
    def title(self) -> str:
        """The title that ``series.toml`` gives, else the key."""
        title = _toml(self.folder / SERIES).get("title", self.key)
        return str(title.get("fr") or self.key) if isinstance(title, dict) else str(title)

    def pairs(self) -> tuple[tuple[Edition, Edition], ...]:
        """Each edition with the next one in the same language."""
        languages = sorted({edition.language for edition in self.editions})
        rows = [[e for e in self.editions if e.language == language] for language in languages]
        return tuple(pair for row in rows for pair in itertools.pairwise(row))

    def before(self, edition: Edition) -> tuple[Edition, ...]:
        """The earlier editions in the same language, oldest first."""
        same = [e for e in self.editions if e.language == edition.language]
        return tuple(same[: same.index(edition)]) if edition in same else ()


def locate(given: Path | None) -> Path:
    """The folder of the corpus: the one given, else ``./corpus``, else the one that came with resdiff.

    Raises NotFoundError when the folder given is not there.
    """
    if given is not None:
        if not is_folder(given):
            raise NotFoundError("corpus-missing", given)
        return given
    package = Path(__file__).parent
    for folder in (Path("corpus"), package / "corpus_data", package.parent / "corpus"):
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
    """The texts under one folder; files are found once and read when they are asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def shelves(self) -> tuple[Shelf, ...]:
        """All series, by key."""
        folders = sorted(path for path in self.folder.iterdir() if path.is_dir() and not path.name.startswith("."))
        shelves = (_shelf(folder) for folder in folders)
        return tuple(shelf for shelf in shelves if shelf.editions)

    def find(self, symbol: str, language: str = "fr") -> tuple[Shelf, Edition]:
        """The text of that symbol and its series. Raises NotFoundError, with the nearest symbols."""
        wanted = symbols.normalise(symbol) or symbol
        stem = symbols.file_stem(wanted)
        found = [(shelf, edition) for shelf in self.shelves for edition in shelf.editions if edition.stem == stem]
        for shelf, edition in found:
            if edition.language == language:
                return shelf, edition
        if found:
            others = ", ".join(sorted({edition.language for _, edition in found}))
            raise NotFoundError("symbol-language", symbols.short(wanted), language, others)
        raise NotFoundError("symbol-unknown", symbols.short(wanted), self.folder, self._nearest(stem))

    def _nearest(self, stem: str) -> str:
        """The symbols most like a stem, as a person writes them."""
        import difflib

        from resdiff.reading import read

        here = {edition.stem: edition for shelf in self.shelves for edition in shelf.editions}
        near = difflib.get_close_matches(stem, sorted(here), NEAREST, cutoff=0.0)
        return ", ".join(symbols.short(read(here[name].path).header.symbol) or name for name in near) or "–"

    def get(self, symbol: str, language: str = "fr") -> Resolution:
        """The resolution of that symbol, parsed. Raises NotFoundError, InputError."""
        return load(self.find(symbol, language)[1])


def load(edition: Edition) -> Resolution:
    """The resolution of an edition, parsed."""
    from resdiff.parsing import parse
    from resdiff.reading import read

    return parse(read(edition.path))


def pins(path: Path) -> tuple[Pin, ...]:
    """A person's last word on links, from a TOML file: ``[[link]]`` and ``[[forbid]]`` rows with ``old`` and ``new``.

    Empty when there is no such file. Raises InputError when the file is broken.
    """
    table = _toml(path)
    try:
        return tuple(
            Pin(_ids(row["old"]), _ids(row["new"]), forbidden=name == "forbid")
            for name in ("link", "forbid")
            for row in table.get(name, ())
        )
    except (KeyError, TypeError) as error:
        raise InputError("links-broken", path, error) from error


def _ids(value: object) -> tuple[str, ...]:
    ids = [value] if isinstance(value, str) else value
    if not isinstance(ids, list) or not all(isinstance(i, str) for i in ids):
        raise TypeError(value)
    return tuple(ids)


def _toml(path: Path) -> dict[str, Any]:
    """The table of a TOML file; an empty one when there is no such file."""
    if not path.exists():
        return {}
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError("toml-broken", path, getattr(error, "strerror", None) or error) from error


def _shelf(folder: Path) -> Shelf:
    """The series of a folder. Editions stand in the order of their symbols, or of ``series.toml`` if it names them all.

    Symbols alone would not do where the numbering changed: 3541 (XXX) comes before 31/1.
    """
    about = folder / SERIES
    listed = _toml(about).get("editions", ()) if about.is_file() and b"editions" in about.read_bytes() else ()
    if not isinstance(listed, list | tuple) or not all(isinstance(name, str) for name in listed):
        raise InputError("toml-broken", about, "editions")
    rank = {symbols.file_stem(symbols.normalise(name) or name): place for place, name in enumerate(listed)}
    editions = [_edition(path) for path in folder.glob("*.*.md")]
    if rank.keys() >= {edition.stem for edition in editions}:
        editions.sort(key=lambda e: (rank[e.stem], e.language))
    else:
        editions.sort(key=lambda e: (symbols.order(e.stem), e.language))
    return Shelf(folder, tuple(editions))


def _edition(path: Path) -> Edition:
    stem, _, language = path.stem.rpartition(".")
    return Edition(stem, language, path)
