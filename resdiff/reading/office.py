"""Old Word, WordPerfect, RTF and OpenDocument files: LibreOffice makes a Word file of them, ``docx`` reads it.

LibreOffice runs without a window, in a private folder with a profile of its own that is made for the one file: macros
never run, links are never followed, whatever the person's own settings are. The name of the file is ours, so that
nothing in it reaches a shell or a path.
"""

import hashlib
import io
import os
import shutil
import zipfile
import zlib
from pathlib import Path

from resdiff.errors import InputError
from resdiff.limits import OFFICE_MANIFEST, OFFICE_SECONDS, PARTS, PROGRAM_FILE, UNPACKED
from resdiff.model import Source
from resdiff.reading import apart, outside

__all__ = ["read"]

# What an archive raises that is none, is damaged, or has no such part.
DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)
PROGRAMS = ("soffice", "libreoffice")
# By what a LibreOffice with that profile is found: always in /tmp, and left there when it is killed.
SOCKET = "/tmp/OSL_PIPE_{}_SingleOfficeIPC_{}"
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


def read(data: bytes, name: str, *, tracked: str = "accept", author: str | None = None) -> Source:
    """The text of a file that LibreOffice can open. Raises InputError when it is not installed, or cannot read it."""
    if _is_locked(data):
        raise InputError("office-locked", name)
    if _is_huge(data):
        raise InputError("reader-stopped", name)
    program = next((found for found in map(shutil.which, PROGRAMS) if found), None)
    if program is None:
        raise InputError("office-missing", name)
    if data.startswith(OLE) and WORD not in data:
        raise InputError("office-failed", name)
    with outside.workplace() as folder:
        made = _converted(program, folder, data, name)
    source = apart.read("docx", made, name, tracked=tracked, author=author)
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
    except DAMAGED:
        return False


def _is_huge(data: bytes) -> bool:
    """Whether an OpenDocument says that it is, unpacked, more than a Word file may be."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except DAMAGED:
        return False
    return len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED


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
    try:
        is_done = outside.run(call, folder, OFFICE_SECONDS) is not None
    finally:
        if os.name == "posix":
            _socket(folder).unlink(missing_ok=True)
    if not is_done or not made.is_file() or made.stat().st_size > PROGRAM_FILE:
        raise InputError("office-failed", name)
    return made.read_bytes()


def _socket(folder: Path) -> Path:
    """Where LibreOffice puts its socket: it spells the MD5 of the address of its profile, byte by byte."""
    address = (folder / "profile").as_uri().encode("utf-16-le")
    digest = hashlib.md5(address, usedforsecurity=False).digest()
    return Path(SOCKET.format(os.getuid(), "".join(f"{byte:x}" for byte in digest)))
