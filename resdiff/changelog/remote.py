"""Reports in a place on the net that fsspec knows (``s3://…``, ``gs://…``, ``memory://…``): the extra ``cluster``.

An object there is whole or not at all. Where it is a file, it is written beside under another name, and renamed.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import uuid4

from msgspec import Struct

from resdiff.changelog.store import digest_of
from resdiff.errors import OutputError, UsageError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

__all__ = ["Remote", "remote"]

RENAMED = frozenset({"file", "local", "sftp", "ssh", "smb", "hdfs"})  # systems with files that can be half written


class Remote(Struct, frozen=True):
    """A folder by its address; each process that writes in it opens it anew."""

    address: str

    def put(self, name: str, data: bytes) -> str:
        """Write a file unless it is there as it should be; its hash comes back. Raises OutputError."""
        wanted = digest_of(data)
        if self.digest(name) != wanted:
            system, place = self._at(name)
            try:
                system.makedirs(place.rpartition("/")[0], exist_ok=True)
                if RENAMED.isdisjoint(_protocols(system)):
                    system.pipe_file(place, data)
                else:
                    beside = f"{place.rpartition('/')[0]}/.resdiff-{uuid4().hex}"
                    system.pipe_file(beside, data)
                    system.mv(beside, place)
            except Exception as error:  # of whatever library speaks to that place
                raise OutputError("output-unwritable", f"{self.address}/{name}", _why(error)) from error
        return wanted

    def read(self, name: str) -> bytes:
        """The bytes of a file; none where there is none. Raises OutputError where the place does not answer."""
        system, place = self._at(name)
        try:
            data: bytes = system.cat_file(place)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return b""
        except Exception as error:
            raise OutputError("output-unwritable", f"{self.address}/{name}", _why(error)) from error
        return data

    def digest(self, name: str) -> str:
        """The hash of a file; empty when there is none, or it is empty."""
        return digest_of(self.read(name))

    def remove(self, names: Iterable[str]) -> None:
        """Remove files of ours; folders that are empty then are no matter there. Raises OutputError."""
        for name in sorted(names):
            system, place = self._at(name)
            try:
                system.rm_file(place)
            except FileNotFoundError:
                continue
            except Exception as error:
                raise OutputError("output-unwritable", f"{self.address}/{name}", _why(error)) from error

    def sweep(self, key: str) -> None:
        """Nothing: what is half written there has no name of ours, and another machine may be writing it."""

    def _at(self, name: str) -> tuple["AbstractFileSystem", str]:
        from fsspec.core import url_to_fs

        system, place = url_to_fs(f"{self.address}/{name}")
        return system, place


def remote(address: str) -> Remote:
    """The place at an address. Raises UsageError where nothing here speaks to such places, or it cannot be reached."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError("extra-missing", address, "cluster") from error
    try:
        url_to_fs(address)
    except Exception as error:
        raise UsageError("place-unknown", address, _why(error)) from error
    return Remote(address.rstrip("/"))


def _protocols(system: "AbstractFileSystem") -> set[str]:
    return {system.protocol} if isinstance(system.protocol, str) else set(system.protocol)


def _why(error: Exception) -> str:
    """What went wrong, in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
