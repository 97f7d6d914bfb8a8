"""The encoding of a text: UTF-8 or UTF-16 by their marks, cp1252 or Mac Roman by what reads like French."""

import codecs
import re
import unicodedata

from resdiff.model import Notice

__all__ = ["decode", "looks_binary"]

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a text has none of: NUL and most control characters. One in a thousand is allowed for stray escapes of printers.
CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\v\x1b\x1a")
CONTROL_SHARE = 0.001
SAMPLE = 200_000  # bytes looked at
# Signs a French text has that ASCII has not. Any other counts against an encoding: à read as ˆ, é as Ž, ’ as Õ.
FRENCH = frozenset("éèêëàâäçîïôöùûüœæÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆ’‘“”«»–—…°€\u00a0\u202f")
RE_LINE_END = re.compile(r"\r\n?|[\u2028\u2029\x85]")


def looks_binary(data: bytes) -> bool:
    """Whether the bytes are no text: a NUL, or more control characters than a printer leaves."""
    if data.startswith(tuple(bom for bom, name in BOMS if name != "utf-8-sig")):
        return False
    sample = data[:SAMPLE]
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    return b"\x00" in data or controls > CONTROL_SHARE * len(sample)


def decode(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """The text of the bytes, NFC with ``\\n`` line ends, and a notice where its encoding had to be guessed.

    >>> decode("l’œuvre à Genève".encode("cp1252"))[0], decode("l’œuvre à Genève".encode("mac_roman"))[0]
    ('l’œuvre à Genève', 'l’œuvre à Genève')
    """
    text, encoding, lost = _decoded(data)
    notices = [Notice("encoding-guessed", (encoding,))] if encoding in ("cp1252", "mac_roman") else []
    if lost:
        notices.append(Notice("encoding-lost", (str(lost),)))
    return unicodedata.normalize("NFC", RE_LINE_END.sub("\n", text)), tuple(notices)


def _decoded(data: bytes) -> tuple[str, str, int]:
    """The text, the encoding, and how many characters could not be read."""
    for bom, name in BOMS:
        if data.startswith(bom):
            text = data.decode(name, errors="replace")
            return text, name, text.count("\ufffd")
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        pass
    # UTF-8 with a few broken bytes stays UTF-8: read as cp1252, each of its accents would be two wrong letters.
    candidates = [
        (_likeness(data[:SAMPLE].decode(name, errors="replace")), -rank, name)
        for rank, name in enumerate(("cp1252", "mac_roman", "utf-8"))
    ]
    name = max(candidates)[2]
    text = data.decode(name, errors="replace")
    return text, name, text.count("\ufffd")


def _likeness(text: str) -> int:
    """How much a decoding reads like French: its signs that French has, minus twice those it has not."""
    other = [c for c in text if c > "\x7f"]
    good = sum(c in FRENCH for c in other)
    return good - 2 * (len(other) - good)
