"""Where a changelog lies: a folder, what a check only looks at, or a place on the net that fsspec knows.

Names are paths below it with slashes. What is written is there whole or not at all.
"""

import errno
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from resdiff import files
from resdiff.changelog.ledger import MANIFEST
from resdiff.errors import OutputError

__all__ = ["Folder", "Shadow", "Store", "digest_of"]

NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def digest_of(data: bytes) -> str:
    """The hash by which a file is known, 64 hexadecimal digits; empty for what is empty."""
    return sha256(data).hexdigest() if data else ""


class Store(Protocol):
    """What the pages are written to and read back from."""

    def put(self, name: str, data: bytes) -> str:
        """Write a file unless it is there as it should be; its hash comes back. Raises OutputError."""

    def read(self, name: str) -> bytes:
        """The bytes of a file; none where there is none that can be read."""

    def digest(self, name: str) -> str:
        """The hash of a file; empty when there is none that can be read, or it is empty."""

    def remove(self, names: Iterable[str]) -> None:
        """Remove files of ours, and folders of series that are empty then. Raises OutputError."""

    def sweep(self, key: str) -> None:
        """Remove from the folder of a series what a run that was killed had half written."""


class Folder(Struct, frozen=True):
    """A folder of this machine, or one that several share."""

    path: Path

    def put(self, name: str, data: bytes) -> str:
        """Write a file unless it is there as it should be; its hash comes back. Raises OutputError."""
        wanted = digest_of(data)
        if self.digest(name) != wanted:
            if not files.stays(self.path / name, self.path):  # reports that came with a repository may be links
                raise OutputError("link-outside", self.path / name)
            files.write(self.path / name, data, lasting=False)  # what a power cut spoils is built again
        return wanted

    def read(self, name: str) -> bytes:
        """The bytes of a file; none where there is none that can be read."""
        return files.contents(self.path / name)

    def digest(self, name: str) -> str:
        """The hash of a file; empty when there is none that can be read, or it is empty."""
        return digest_of(self.read(name))

    def remove(self, names: Iterable[str]) -> None:
        """Remove files of ours, and folders of series that are empty then. Raises OutputError."""
        top = self.path.resolve()
        for name in sorted(names):
            path = self.path / name
            if path.parent.resolve() not in (top, top / path.parent.name):  # a link leads out of the reports
                continue
            try:
                path.unlink()
                if path.parent != self.path and not any(path.parent.iterdir()):
                    path.parent.rmdir()
            except OSError as error:
                if error.errno in NOT_ALLOWED and not path.is_dir():
                    raise OutputError("output-unwritable", path, error.strerror) from error
                continue  # gone before, a folder, a name that no system can hold

    def sweep(self, key: str) -> None:
        """Remove from the folder of a series what a run that was killed had half written."""
        files.sweep(self.path / key)


class Shadow(Struct, frozen=True):
    """What a check makes: manifests lie in a folder of its own, of pages only the hash is taken.

    The manifests of series that are not looked at are those of the ``real`` reports.
    """

    aside: Path
    real: Store

    def put(self, name: str, data: bytes) -> str:
        """Take the hash of a file, and keep it aside where it is a manifest."""
        if Path(name).name == MANIFEST:
            files.write(self.aside / name, data, lasting=False)
        return digest_of(data)

    def read(self, name: str) -> bytes:
        """The manifest made, else the one of the reports."""
        return files.contents(self.aside / name) or self.real.read(name)

    def digest(self, name: str) -> str:
        """The hash of :meth:`read`."""
        return digest_of(self.read(name))

    def remove(self, names: Iterable[str]) -> None:
        """Nothing."""

    def sweep(self, key: str) -> None:
        """Nothing."""
