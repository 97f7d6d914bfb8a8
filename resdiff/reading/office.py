"""Old Word, WordPerfect, RTF and OpenDocument files: LibreOffice makes a Word file of them, ``docx`` reads it.

LibreOffice runs without a window, in a private folder with a profile of its own that is made for the one file: macros
never run, links are never followed, whatever the person's own settings are. The name of the file is ours, so that
nothing in it reaches a shell or a path.
"""

import io
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
import zlib
from pathlib import Path

from resdiff.errors import InputError
from resdiff.limits import OFFICE_BYTES, OFFICE_MANIFEST, OFFICE_SECONDS
from resdiff.model import Source
from resdiff.reading import apart

__all__ = ["read"]

PROGRAMS = ("soffice", "libreoffice")
OLE = b"\xd0\xcf\x11\xe0"
WORD = "WordDocument".encode("utf-16-le")  # the stream that makes of such a container a Word file
LOCKED = "EncryptedPackage".encode("utf-16-le")  # the stream of a container that holds a locked file
OLD_WORD = b"\xec\xa5"  # opens the stream of the text; the bit 0x100 of the word at 10 says that it is encrypted
UNREAD = (
    "ÐÏ",
    "ÿWPC",
    "{\\rtf",
)  # what LibreOffice cannot open it takes for plain text: its first bytes show as letters
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
# A proxy that answers nothing: should a link be followed all the same, it ends on this machine.
NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")


def read(data: bytes, name: str, *, tracked: str = "accept") -> Source:
    """The text of a file that LibreOffice can open. Raises InputError when it is not installed, or cannot read it."""
    if _is_locked(data):
        raise InputError("office-locked", name)
    program = next((found for found in map(shutil.which, PROGRAMS) if found), None)
    if program is None:
        raise InputError("office-missing", name)
    if data.startswith(OLE) and WORD not in data:
        raise InputError("office-failed", name)
    with tempfile.TemporaryDirectory(prefix="resdiff-") as folder:
        made = _converted(program, Path(folder), data, name)
    source = apart.read("docx", made, name, tracked=tracked)
    if source.text.lstrip().startswith(UNREAD):
        raise InputError("office-failed", name)
    return source


def _is_locked(data: bytes) -> bool:
    """Whether a password is asked for: of a Word file new (a parcel in a container) or old, or of an OpenDocument."""
    if data.startswith(OLE):
        start = next((at for at in range(512, len(data), 512) if data.startswith(OLD_WORD, at)), -1)
        return LOCKED in data or (start > 0 and bool(data[start + 11 : start + 12] and data[start + 11] & 1))
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("META-INF/manifest.xml") as file:
            return b"encryption-data" in file.read(OFFICE_MANIFEST)
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        return False


def _converted(program: str, folder: Path, data: bytes, name: str) -> bytes:
    """The Word file that LibreOffice makes of the bytes."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS, encoding="utf-8")
    given, made = folder / "text.in", folder / "out" / "text.docx"
    given.write_bytes(data)
    call = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made.parent), str(given)),
    ]
    if not _ran(call, folder) or not made.is_file() or made.stat().st_size > OFFICE_BYTES:
        raise InputError("office-failed", name)
    return made.read_bytes()


def _ran(call: list[str], folder: Path) -> bool:
    """Whether a program ended well within its time; it and what it started are stopped otherwise."""
    environment = os.environ | NO_NETWORK | {"TMPDIR": str(folder), "HOME": str(folder)}
    try:
        running = subprocess.Popen(
            call,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return running.wait(OFFICE_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _stop(running)


def _stop(running: "subprocess.Popen[bytes]") -> None:
    if running.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()
        running.wait()
