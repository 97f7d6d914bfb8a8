"""Programs that are not ours and read what we cannot, LibreOffice and tesseract: under limits, stopped with all they
started.

The limits are set before the program begins, by an interpreter that becomes the program: they hold for whatever it
starts, and go on to hold when we are killed.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from resdiff.errors import OutputError
from resdiff.limits import PROGRAM_FILE, PROGRAM_MEMORY, PROGRAM_SECONDS

__all__ = ["run", "workplace"]

BOUND = """
import os, resource, sys
names, call = ("RLIMIT_CPU", "RLIMIT_AS", "RLIMIT_FSIZE"), sys.argv[4:]
for what, most in zip(map(resource.__dict__.get, names), map(int, sys.argv[1:4])):
    hard = resource.getrlimit(what)[1]
    try:
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    except (OSError, ValueError):
        pass
os.execv(call[0], call)
"""
# A proxy that answers nothing: should a link be followed all the same, it ends on this machine.
NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder of the person alone for one file, gone afterwards. Raises OutputError when the disk will not have it."""
    try:
        with tempfile.TemporaryDirectory(prefix="resdiff-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    except OSError as error:
        raise OutputError("output-unwritable", error.filename or tempfile.tempdir, error.strerror or error) from error


def run(call: list[str], folder: Path, seconds: float) -> bytes | None:
    """What a program prints; None when it fails, comes to its limits, or takes longer than that by the clock.

    ``call`` begins with its whole path. It and what it started are stopped then, or when we are interrupted; its
    temporary files and its settings lie in ``folder``, which is the caller's to remove.
    """
    environment = os.environ | NO_NETWORK | {"TMPDIR": str(folder), "HOME": str(folder), "OMP_THREAD_LIMIT": "1"}
    try:
        running = subprocess.Popen(
            [*_bound(), *call],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError:
        return None
    try:
        said = running.communicate(timeout=seconds)[0]
        return said if running.returncode == 0 else None
    except subprocess.TimeoutExpired:
        return None
    finally:
        _stop(running)


def _bound() -> list[str]:
    """What sets the limits and becomes the program; nothing where the system has none."""
    if os.name != "posix":
        return []
    return [sys.executable, "-I", "-S", "-c", BOUND, *map(str, (PROGRAM_SECONDS, PROGRAM_MEMORY, PROGRAM_FILE))]


def _stop(running: "subprocess.Popen[bytes]") -> None:
    """Stop what a program started with it; it may have ended before them."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):  # none is left
            os.killpg(running.pid, signal.SIGKILL)
    elif running.poll() is None:
        running.kill()
    running.wait()
    if running.stdout:
        running.stdout.close()
