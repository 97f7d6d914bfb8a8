"""Writing files so that nothing is ever half-written: beside the target, then renamed over it."""

import os
from pathlib import Path

from resdiff.errors import OutputError

__all__ = ["write"]


def write(path: Path, data: bytes) -> None:
    """Put the data in the file, whole or not at all; folders that are missing are made.

    A link is followed; a device or a pipe (``/dev/stdout``) is written to as it is. Raises OutputError when the place
    cannot be written; the old file is then as it was.
    """
    import tempfile

    try:
        # asked before the link is followed: /dev/stdout leads to pipe:[1234], which is no path
        special = path.exists() and not path.is_file() and not path.is_dir()
        path = path if special else path.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a name too long, links in a ring, a folder removed, NUL
        raise OutputError("output-unwritable", path, getattr(error, "strerror", None) or error) from error
    if special:
        _write_through(path, data)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise OutputError("output-unwritable", path, error.strerror or error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(beside).chmod(0o666 & ~_umask())
        Path(beside).replace(path)
    except OSError as error:
        Path(beside).unlink(missing_ok=True)
        raise OutputError("output-unwritable", path, error.strerror or error) from error


def _write_through(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OutputError("output-unwritable", path, error.strerror or error) from error


def _umask() -> int:
    """The mask of the process, which can be read only by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
