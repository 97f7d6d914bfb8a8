"""What was understood of a text, kept from run to run: reading a scan or a PDF again costs more than comparing.

A reading is kept under the hash of the bytes, of how they are to be read, and of the code and tables that read them;
so nothing kept is ever stale. It is JSON, checked against the types of the values when it is loaded; what cannot be
loaded is read again. The folder belongs to the person alone.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from resdiff import files
from resdiff.errors import OutputError
from resdiff.model import Resolution

__all__ = ["key", "load", "save"]

READERS = ("ingest", "parse", "text", "data", "model.py", "version.py")


def key(data: bytes, *how: str) -> str:
    """The name under which the reading of these bytes is kept."""
    total = hashlib.blake2b(data, digest_size=20)
    total.update("\0".join([*how, *_readers()]).encode())
    return total.hexdigest()


def load(folder: Path, name: str) -> Resolution | None:
    """The reading of that name; None when there is none that can be used."""
    try:
        return msgspec.json.decode((folder / f"{name}.json").read_bytes(), type=Resolution)
    except (OSError, msgspec.MsgspecError):
        return None


def save(folder: Path, name: str, resolution: Resolution) -> None:
    """Keep a reading; a folder that cannot be written is no error."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        files.write(folder / f"{name}.json", msgspec.json.encode(resolution))
    except (OSError, OutputError):
        return


def _readers() -> Iterable[str]:
    """Name, size and time of every file that has a part in reading."""
    package = Path(__file__).parent.parent
    for part in READERS:
        place = package / part
        inside = [Path(folder, name) for folder, _, names in os.walk(place) for name in names]
        for path in sorted(inside or [place]):
            if path.suffix in (".py", ".toml"):
                about = path.stat()
                yield f"{path} {about.st_size} {about.st_mtime_ns}"
