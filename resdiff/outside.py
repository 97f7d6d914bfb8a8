"""Programs that are not ours and do what we cannot, LibreOffice, tesseract and Chromium: under limits, stopped with all
they started.

The limits are set before the program begins, by an interpreter that becomes the program: they hold for whatever it
starts, and go on to hold when we are killed.

LibreOffice runs without a window, in a private folder with a profile of its own that is made for the one file: macros
never run, links are never followed, whatever the person's own settings are. The name of the file is ours, so that
nothing in it reaches a shell or a path.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from resdiff.errors import OutputError
from resdiff.limits import OFFICE_SECONDS, PROGRAM_FILE, PROGRAM_MEMORY, PROGRAM_SECONDS

__all__ = ["convert", "office", "run", "workplace"]

BOUND = """
import os, resource, sys
names, call = ("RLIMIT_CPU", "RLIMIT_AS", "RLIMIT_FSIZE"), sys.argv[4:]
for what, most in zip(map(resource.__dict__.get, names), map(int, sys.argv[1:4])):
    if not most:
        continue
    hard = resource.getrlimit(what)[1]
    try:
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    except (OSError, ValueError):
        pass
os.execv(call[0], call)
"""
# A proxy that answers nothing: should a link be followed all the same, it ends on this machine.
NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")

PROGRAMS = ("soffice", "libreoffice")
# By what a LibreOffice with that profile is found: always in /tmp, and left there when it is killed.
SOCKET = "/tmp/OSL_PIPE_{}_SingleOfficeIPC_{}"
# No macro, no active content, no link to anywhere is followed, and no field or link is brought up to date.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder of the person alone for one file, gone afterwards. Raises OutputError when the disk will not have it."""
    try:
        with tempfile.TemporaryDirectory(prefix="resdiff-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    except OSError as error:
        raise OutputError("output-unwritable", error.filename or tempfile.tempdir, error.strerror or error) from error


def run(call: list[str], folder: Path, seconds: float, *, memory: int = PROGRAM_MEMORY) -> bytes | None:
    """What a program prints; None when it fails, comes to its limits, or takes longer than that by the clock.

    ``call`` begins with its whole path. It and what it started are stopped then, or when we are interrupted; its
    temporary files and its settings lie in ``folder``, which is the caller's to remove. ``memory`` is the address space
    that it may take, in bytes; 0 sets no limit.
    """
    environment = os.environ | NO_NETWORK | {"TMPDIR": str(folder), "HOME": str(folder), "OMP_THREAD_LIMIT": "1"}
    try:
        running = subprocess.Popen(
            [*_bound(memory), *call],
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


def _bound(memory: int) -> list[str]:
    """What sets the limits and becomes the program; nothing where the system has none."""
    if os.name != "posix":
        return []
    return [sys.executable, "-I", "-S", "-c", BOUND, *map(str, (PROGRAM_SECONDS, memory, PROGRAM_FILE))]


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


# ---- LibreOffice ----------------------------------------------------------------------------------------------------


def office() -> str | None:
    """The path of LibreOffice; None where it is not installed."""
    return next((found for found in map(shutil.which, PROGRAMS) if found), None)


def convert(program: str, data: bytes, suffix: str, form: str) -> bytes | None:
    """What LibreOffice makes of a file in a format, "pdf" or "docx:MS Word 2007 XML"; None when it makes nothing.

    ``suffix`` is that of the file, ".in" for one that it shall know by its content.
    """
    with workplace() as folder:
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS, encoding="utf-8")
        given, made = folder / f"text{suffix}", folder / "out" / f"text.{form.partition(':')[0]}"
        given.write_bytes(data)
        call = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
            *("--convert-to", form, "--outdir", str(made.parent), str(given)),
        ]
        try:
            is_done = run(call, folder, OFFICE_SECONDS) is not None
        finally:
            if os.name == "posix":
                _socket(folder).unlink(missing_ok=True)
        return made.read_bytes() if is_done and made.is_file() and made.stat().st_size <= PROGRAM_FILE else None


def _socket(folder: Path) -> Path:
    """Where LibreOffice puts its socket: it spells the MD5 of the address of its profile, byte by byte."""
    address = (folder / "profile").as_uri().encode("utf-16-le")
    digest = hashlib.md5(address, usedforsecurity=False).digest()
    return Path(SOCKET.format(os.getuid(), "".join(f"{byte:x}" for byte in digest)))
