"""Old Word, WordPerfect, RTF and OpenDocument files: LibreOffice makes a Word file of them, ``docx`` reads it."""

import io
import zipfile
import zlib

from resdiff import outside
from resdiff.errors import InputError
from resdiff.limits import OFFICE_MANIFEST, PARTS, UNPACKED
from resdiff.model import Source
from resdiff.reading import apart

__all__ = ["read"]

# What an archive raises that is none, is damaged, or has no such part.
DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)
OLE = b"\xd0\xcf\x11\xe0"
WORD = "WordDocument".encode("utf-16-le")  # the stream that makes of such a container a Word file
LOCKED = "EncryptedPackage".encode("utf-16-le")  # the stream of a container that holds a locked file
OLD_WORD = b"\xec\xa5"  # opens the stream of the text; the bit 0x100 of the word at 10 says that it is encrypted
# What LibreOffice cannot open it takes for plain text: its first bytes show as letters.
UNREAD = ("ÐÏ", "ÿWPC", "{\\rtf")


def read(data: bytes, name: str, *, tracked: str = "accept", author: str | None = None) -> Source:
    """The text of a file that LibreOffice can open. Raises InputError when it is not installed, or cannot read it."""
    if _is_locked(data):
        raise InputError("office-locked", name)
    if _is_huge(data):
        raise InputError("reader-stopped", name)
    program = outside.office()
    if program is None:
        raise InputError("office-missing", name)
    if data.startswith(OLE) and WORD not in data:
        raise InputError("office-failed", name)
    made = outside.convert(program, data, ".in", "docx:MS Word 2007 XML")
    if made is None:
        raise InputError("office-failed", name)
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
