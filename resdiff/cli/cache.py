"""The cache: what is known of a text, comparisons of pairs, and reports as they were written, kept from run to run.

A delegate asks for the same pair on the screen, then as a page, then as a Word file; a scan or a PDF costs more to read
than all the rest; a build writes again what it wrote yesterday. The name of a value is a hash of all it was made of:
the texts, and the contents of resdiff's own modules and tables, the versions of the libraries and of Python. An edit of
any of them makes another name, whatever the size and the date of the file. Programs outside (tesseract, LibreOffice)
are not watched: ``--no-cache`` leaves the cache aside.

A value is JSON behind its own hash: one whose bytes are not those that were kept, of the wrong type or under another
name is made again. A folder counts only when it belongs to the person alone, and holds the newest ``MOST`` values.
Nothing that fails here stops a run.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from resdiff import files
from resdiff.errors import OutputError

__all__ = ["folder", "home", "key", "load", "recall", "save"]

MOST = 200  # values of a folder: a comparison of two long resolutions takes half a megabyte
# What has no part in what is kept: ``built`` holds copies of the tables, which count only as long as they are true
# copies. All the rest counts: a name forgotten here costs time, never a wrong result.
NO_PART = {"__pycache__", "built", "corpus_data", "web"}
COUNTED = (".py", ".toml", ".json", ".css", ".js")
Value = TypeVar("Value")


def home() -> Path:
    """The folder for what is dear to make: ``$XDG_CACHE_HOME/resdiff``, else ``~/.cache/resdiff``.

    See https://specifications.freedesktop.org/basedir-spec/latest/: a path that is not absolute does not count. Raises
    OutputError for a user without a home.
    """
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    try:
        return (given if given.is_absolute() else Path("~/.cache").expanduser()) / "resdiff"
    except RuntimeError as error:
        raise OutputError("output-unwritable", "~/.cache", error) from error


def folder(name: str) -> Path | None:
    """A folder below :func:`home`, made when it is missing; None when nothing can be kept there safely."""
    try:
        place = home() / name
    except OutputError:  # a user without a home
        return None
    return place if files.private(place) else None


def recall(place: Path | None, parts: Sequence[object], kind: type[Value], make: Callable[[], Value]) -> Value:
    """The value made of these parts: from the folder where it is there, else made, and kept; None keeps nothing."""
    if place is None:
        return make()
    name = key(msgspec.msgpack.encode(parts))
    value = load(place, name, kind)
    if value is None:
        value = make()
        save(place, name, value)
    return value


def key(*parts: bytes) -> str:
    """The name of what is made of these parts by this code: 40 hexadecimal digits."""
    from hashlib import sha256  # brings a library of ciphers along: not without a cache

    total = sha256(_makers())
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()[:40]


def load(place: Path, name: str, kind: type[Value]) -> Value | None:
    """The value of that name; None when there is none that can be used."""
    try:
        if not files.is_private(place):
            return None
        seal, _, data = (place / f"{name}.json").read_bytes().partition(b"\n")
        return msgspec.json.decode(data, type=kind) if seal == _seal(name, data) else None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def save(place: Path, name: str, value: object) -> None:
    """Keep a value and drop the oldest beyond ``MOST``; a folder that is not safe or cannot be written is no error."""
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not files.is_private(place):
            return
        data = msgspec.json.encode(value)
        files.write(place / f"{name}.json", _seal(name, data) + b"\n" + data, lasting=False)
        ages = sorted((path.stat().st_mtime_ns, path) for path in place.glob("*.json"))
        for _, path in ages[:-MOST]:
            path.unlink(missing_ok=True)
    except (OSError, OutputError, UnicodeEncodeError):
        return


def _seal(name: str, data: bytes) -> bytes:
    """What a value opens with: a disk that loses a bit makes a place in a text point elsewhere, and no type tells."""
    from hashlib import sha256

    return sha256(name.encode() + data).hexdigest().encode()


@cache
def _makers() -> bytes:
    """The hash of all that has a part in what is kept, beside the texts; the same for one process.

    SHA-256, for which processors have instructions: every call reads some millions of bytes for it.
    """
    from hashlib import sha256

    total = sha256(sys.version.encode())
    package = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - a hundred Paths would take the time saved
    for path in sorted(_sources(package)):
        data = _contents(path)
        total.update(f"{path[len(package) :]}\0{len(data)}\0".encode() + data)
    total.update("\0".join(_libraries()).encode(errors="surrogateescape"))
    return total.digest()


def _sources(package: str) -> Iterator[str]:
    """The modules, tables and parts of pages under a folder that have a part in what is kept."""
    for entry in os.scandir(package):
        if entry.name in NO_PART:
            continue
        if entry.is_dir():
            yield from _sources(entry.path)
        elif entry.name.endswith(COUNTED):
            yield entry.path


def _contents(path: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return file.read()
    except OSError:  # a link that leads nowhere, as editors leave them
        return b""


def _libraries() -> list[str]:
    """Every library that can be imported, with its version, by the folders its installer leaves beside it.

    ``importlib.metadata`` says the same in fifty times as long.
    """
    names = []
    for place in sys.path:
        try:
            names += sorted(name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208
        except OSError:  # a zip file, a folder that is not there
            continue
    return names
