"""What was understood, kept from run to run: readings of texts, and comparisons of pairs.

A delegate asks for the same pair on the screen, then as a page, then as a Word file; a scan or a PDF costs more to read
than all the rest. A value is kept under the hash of all it was made of, and of the code and tables of resdiff that made
it: an edit of either makes another name. It is JSON, checked against the types of the values when it is loaded; what
cannot be loaded is made again. The folder belongs to the person alone and holds the newest ``MOST`` values.
"""

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from resdiff import files
from resdiff.errors import OutputError

__all__ = ["key", "load", "save"]

MOST = 200  # values of a folder: a comparison of two long resolutions takes half a megabyte
MAKERS = (
    "alignment",
    "comparison",
    "data",
    "judgement",
    "language",
    "marking",
    "parsing",
    "reading",
    "recognition",
    "repair",
    "model.py",
    "symbol.py",
    "version.py",
)
Value = TypeVar("Value")


def key(*parts: bytes) -> str:
    """The name under which what is made of these parts is kept."""
    total = hashlib.blake2b(_makers(), digest_size=20)
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


def load(folder: Path, name: str, kind: type[Value]) -> Value | None:
    """The value of that name; None when there is none that can be used."""
    try:
        return msgspec.json.decode((folder / f"{name}.json").read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError):
        return None


def save(folder: Path, name: str, value: object) -> None:
    """Keep a value; a folder that cannot be written is no error."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        files.write(folder / f"{name}.json", msgspec.json.encode(value))
        kept = sorted((path.stat().st_mtime_ns, path) for path in folder.glob("*.json"))
        for _, path in kept[:-MOST]:
            path.unlink(missing_ok=True)
    except (OSError, OutputError):
        return


@cache
def _makers() -> bytes:
    """Name, size and time of every file of resdiff that has a part in what is kept."""
    package = Path(__file__).parent.parent
    places = [f"{package}/{part}" for part in MAKERS]
    inside = [f"{folder}/{name}" for place in places for folder, _, names in os.walk(place) for name in names]
    paths = sorted(path for path in (*inside, *places) if path.endswith((".py", ".toml", ".json")))
    about = [(path, os.stat(path)) for path in paths]  # noqa: PTH116 - a hundred Paths would take half the time saved
    return "".join(f"{path} {stat.st_size} {stat.st_mtime_ns}\n" for path, stat in about).encode()
