"""Writing files so that nothing is ever half-written: beside the target, then renamed over it."""

import errno
import os
from itertools import count
from pathlib import Path

from resdiff.errors import OutputError

__all__ = ["write"]


def write(path: Path, data: bytes) -> None:
    """Put the data in the file, whole or not at all; folders that are missing are made.

    A link is followed; a device or a pipe (``/dev/stdout``) is written to as it is. Raises OutputError when the place
    cannot be written; the old file is then as it was.
    """
    try:
        # asked before the link is followed: /dev/stdout leads to pipe:[1234], which is no path
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
        else:
            path = path.resolve()
            _replace(path, data)
    except (OSError, RuntimeError, ValueError) as error:  # a name too long, links in a ring, a folder removed, NUL
        raise OutputError("output-unwritable", path, getattr(error, "strerror", None) or error) from error


def _replace(path: Path, data: bytes) -> None:
    """Write a new file beside the target and give it the name of the target; what stops this leaves no file behind.

    The standard library's ``tempfile`` would do, at the price of its own imports (shutil, random) in every run.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:  # said in the words that the system has for a file further up
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None
    for turn in count():
        beside = path.parent / f".resdiff-{os.getpid()}-{turn}"
        try:
            file = beside.open("xb")  # a file of its own: never one that is there, nor through a link
            break
        except FileExistsError:  # another thread, or what a killed process left
            continue
    try:
        with file:
            file.write(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
