"""Writing files so that nothing is ever half-written, nothing lands outside its folder, and no source is overwritten.

A file is written beside its target, then renamed over it; what must outlast a power cut is on the disk by then. Who
writes several files that belong together holds their folder meanwhile.
"""

import errno
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from resdiff import limits
from resdiff.errors import InputError, OutputError

__all__ = [
    "alone",
    "contents",
    "inside",
    "is_one_of",
    "is_private",
    "is_same",
    "private",
    "replaced",
    "stays",
    "sweep",
    "write",
]

BESIDE = ".resdiff-{}-{}"  # the process, a turn: what is being written
RE_BESIDE = r"\.resdiff-(\d{1,10})-\d{1,10}"
RE_NAME = r"\w[\w. ()–-]*"  # a file or a folder, never a way out of one, nor hidden, nor an option
LONGEST_NAME = 200  # bytes; systems take 255, and some writers add to a name
OTHERS = 0o077  # the permissions of a folder that are not its owner's
OTHERS_WRITE = 0o022
HELD = frozenset({errno.EWOULDBLOCK, errno.EACCES})  # another process holds a lock
PAUSE = 0.05  # seconds between two tries to get it


def inside(folder: Path, *names: str) -> Path:
    """The path below the folder of these names, each one folder or file; all names that texts give come through here.

    Raises InputError for a name that leads elsewhere or that not every system can hold.

    >>> inside(Path("corpus"), "serie", "A-RES-74-175.fr.md").as_posix()
    'corpus/serie/A-RES-74-175.fr.md'
    """
    for name in names:
        try:
            fits = re.fullmatch(RE_NAME, name) is not None and len(name.encode()) <= LONGEST_NAME
        except UnicodeEncodeError:  # bytes that are no UTF-8
            fits = False
        if not fits:
            raise InputError("name-unsafe", name)
    return folder.joinpath(*names)


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, through links of any kind; what is not there is the same as nothing."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def is_one_of(output: Path, inputs: Iterable[Path]) -> bool:
    """Whether an output is one of the files read; a device or a pipe is none, whoever reads it."""
    try:
        return output.is_file() and any(is_same(output, each) for each in inputs)
    except (OSError, ValueError):
        return False


def contents(path: Path) -> bytes:
    """The bytes of a file; none of what is not there, cannot be read, or is no file: a pipe or a device has no end."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except (OSError, ValueError):
        return b""


def stays(path: Path, folder: Path) -> bool:
    """Whether what is written to a path below a folder lies in it: no link leads out, no pipe or device is there."""
    try:
        is_plain = path.is_file() or path.is_dir() or not path.exists()
        return is_plain and path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a ring of links
        return False


def private(place: Path, *, readable: bool = False) -> bool:
    """Make a folder of ours, or take the one that is there; False when it cannot be used. Nothing is raised."""
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        return is_private(place, readable=readable) and os.access(place, os.W_OK)
    except (OSError, ValueError):  # a read-only home, a NUL in its name
        return False


def is_private(place: Path, *, readable: bool = False) -> bool:
    """Whether a folder, not a link to one, belongs to this person alone: no other can put a value in it.

    Nor look into it, unless it may be ``readable``. Raises OSError for what is not there.
    """
    about = place.lstat()
    if not hasattr(os, "geteuid"):  # Windows: the folder lies in the person's own, which others cannot write
        return place.is_dir()
    closed = OTHERS_WRITE if readable else OTHERS
    return stat.S_ISDIR(about.st_mode) and about.st_uid == os.geteuid() and not about.st_mode & closed


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder, made when it is missing, so that another process that asks for it waits until we are done.

    The folder itself is locked: nothing is left in it, and the system lets go when a process dies. Where a system or
    a network disk locks no folder nobody waits. Raises OutputError after ``limits.LOCK_SECONDS``.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise OutputError("output-unwritable", folder, getattr(error, "strerror", None) or error) from error
    held = _held(folder)
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def _held(folder: Path) -> int | None:
    """The lock of a folder, which closing gives back; None where there is none to be had."""
    try:
        import fcntl

        place = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):  # Windows
        return None
    end = time.monotonic() + limits.LOCK_SECONDS
    while True:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return place
        except OSError as error:
            if error.errno not in HELD:
                os.close(place)
                return None
            if time.monotonic() > end:
                os.close(place)
                raise OutputError("folder-held", folder) from error
        except BaseException:
            os.close(place)
            raise
        time.sleep(PAUSE)


def write(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Put the data in the file, whole or not at all; folders that are missing are made.

    A file that is there keeps its mode; one that may not be written is left alone. A link is followed; a device or a
    pipe (``/dev/stdout``) is written to as it is. ``lasting`` waits until the disk has it, so that a power cut loses
    neither the old file nor the new one; what can be made again need not. Raises OutputError when the place cannot be
    written; the old file is then as it was.
    """
    try:
        # asked before the link is followed: /dev/stdout leads to pipe:[1234], which is no path
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
        else:
            if path.is_file() and not os.access(path, os.W_OK):  # to take its place, its folder alone is asked
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            _replace(path.resolve(), data, lasting)
    except (OSError, RuntimeError, ValueError) as error:  # a name too long, links in a ring, a folder removed, NUL
        raise OutputError("output-unwritable", path, _why(error)) from error


def _replace(path: Path, data: bytes, lasting: bool) -> None:
    """Write a new file beside the target and give it the name of the target; what stops this leaves no file behind.

    The standard library's ``tempfile`` would do, at the price of its own imports (shutil, random) in every run.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:  # said in the words that the system has for links in a ring, or for a file further up
        path.parent.stat()
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None
    for turn in count():
        beside = path.parent / BESIDE.format(os.getpid(), turn)
        try:
            file = beside.open("xb")  # a file of its own: never one that is there, nor through a link
            break
        except FileExistsError:  # another thread, or what a killed process left
            continue
    try:
        with file:
            if path.is_file():  # before the first byte: what others may not read they never may
                beside.chmod(stat.S_IMODE(path.stat().st_mode))
            file.write(data)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        beside.replace(path)
        if lasting:
            _keep_names(path.parent)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def replaced(path: Path, *, copy: bool = False) -> Iterator[Path]:
    """A file of our own beside the target, a copy of it or an empty one, that takes its place when the block is done.

    For what a program writes bit by bit. Another resdiff that writes in the folder is waited for. A block that fails,
    or a process that is killed, leaves the old file as it was. Raises OutputError where the place cannot be written.
    """
    try:
        with alone(path.resolve().parent):
            path = path.resolve()
            sweep(path.parent)
            if path.is_file() and not os.access(path, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            yield from _beside(path, copy)
    except (OSError, RuntimeError, ValueError) as error:
        raise OutputError("output-unwritable", path, _why(error)) from error


def _why(error: Exception) -> object:
    """What a system says of a failure; a ring of links Python finds by itself, and says so in words of its own."""
    if isinstance(error, RuntimeError):
        return os.strerror(errno.ELOOP)
    return getattr(error, "strerror", None) or error


def _beside(path: Path, copy: bool) -> Iterator[Path]:
    """The file beside, then its new name."""
    beside = path.parent / BESIDE.format(os.getpid(), 0)
    try:
        with beside.open("xb") as file:
            if copy:
                mode = stat.S_IMODE(path.stat().st_mode)
                beside.chmod(mode)
                with path.open("rb") as old:
                    while piece := old.read(1 << 20):
                        file.write(piece)
        yield beside
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(path)
        _keep_names(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def _keep_names(folder: Path) -> None:
    """Have the disk keep the names in a folder, where the system can be asked to."""
    try:
        place = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folder
        return
    try:
        os.fsync(place)
    except OSError:  # a network disk that keeps names by itself
        pass
    finally:
        os.close(place)


def sweep(folder: Path) -> None:
    """Remove from a folder what :func:`write` left there when its process was killed; what is being written stays."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError:
        return
    for name in names:
        match = re.fullmatch(RE_BESIDE, name, re.ASCII)
        if match and _is_over(int(match[1])):
            try:
                (folder / name).unlink(missing_ok=True)
            except OSError:  # not ours to remove
                continue


def _is_over(process: int) -> bool:
    """Whether a process is no more. So is one of our own number: containers repeat it, and we sweep before we write."""
    if process == os.getpid():
        return True
    if os.name != "posix":  # no signal there asks a process whether it lives
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:  # it lives, and is another person's
        return False
    return False
