"""Bytes to a Source: size, format, encoding, repair. One file a format behind one table.

A format is a row of :data:`FORMATS`: a name, a function that recognises the bytes, and the module that reads them. It
is recognised by its content, never by its name alone; plain text comes last and takes what is left.
"""

import codecs
import errno
import importlib
import os
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from resdiff import limits
from resdiff.errors import InputError, NotFoundError
from resdiff.messages import LANGUAGES, message
from resdiff.model import Header, Notice, Source, Span

__all__ = ["decode", "file_bytes", "looks_binary", "one_line", "read"]

Value = TypeVar("Value")

OF_PRINT = ("text/plain", "application/pdf")  # the forms of what was scanned: nobody scans to Word
MAGIC_ZIP = b"PK\x03\x04"
ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"  # first in the archive, and not packed: a rule of the format
HTML = (b"<!doctype html", b"<html", b"<head", b"<meta", b"<body", b"<title")
BLANK = b"\xef\xbb\xbf \t\r\n"


class Format(Struct, frozen=True):
    """How a file format is recognised, by its bytes and its suffix, and the module here whose ``read`` reads it.

    Its reader takes the text, decoded, or with ``options`` (the names of those it knows) the bytes. ``apart`` has it
    read in a process of its own, under limits of time and memory; those that call another program do so themselves.
    """

    name: str
    matches: Callable[[bytes, str], bool]
    module: str
    options: tuple[str, ...] | None = None
    apart: bool = False


class Refused(Struct, frozen=True):
    """A format that is recognised and not read: the error says the way out."""

    code: str
    matches: Callable[[bytes, str], bool]


def _begins(*magics: bytes) -> Callable[[bytes, str], bool]:
    return lambda data, suffix: data.startswith(magics)


def _is_html(data: bytes, suffix: str) -> bool:
    """A page says so at its start; a piece of one only by its name. Of XML, what holds a page."""
    start = data[:3000].lstrip(BLANK).lower()
    named = suffix in (".htm", ".html", ".xhtml") and start.startswith(b"<")
    return start.startswith(HTML) or named or (start.startswith((b"<?xml", b"<!--")) and b"<html" in start)


def _is_xml(data: bytes, suffix: str) -> bool:
    return data[:3000].lstrip(BLANK).startswith(b"<?xml") and not _is_html(data, suffix)


def _is_odt(data: bytes, suffix: str) -> bool:
    return data.startswith(MAGIC_ZIP) and ODT in data[:200]


def _is_markdown(data: bytes, suffix: str) -> bool:
    start = data[:5].removeprefix(b"\xef\xbb\xbf")
    return suffix in (".md", ".markdown") or start.startswith((b"---\n", b"---\r"))


OWN = 10_000  # characters of a report that are looked at: its heading, and that of its first parts
OWN_PAGE = b'<meta name="generator" content="resdiff">'
OWN_DOCUMENT = rb'"format": ?"resdiff-'
OWN_MARKDOWN = b"<!-- resdiff-"
OWN_PARTS = ("summary", "numbers", "changes")
OWN_FIGURES = r"\d+ → \d+ (?:alinéas et )?paragra"
OWN_PAIR = r"- .{1,80} → .{1,80} \(\[(?:html|md|json)\]\("  # a pair on the front page of a changelog as Markdown
LEAST_CELLS = 5  # columns of a concordance


def _is_own_page(data: bytes, suffix: str) -> bool:
    """Whether it is a page, or a document for programs, that resdiff wrote."""
    start = data[:OWN].lstrip(BLANK)
    is_page = start[:100].lower().startswith(HTML) and OWN_PAGE in start
    is_marked = start.startswith(OWN_MARKDOWN)  # a compilation, or the draft of a next edition
    return is_page or is_marked or (start.startswith(b"{") and re.search(OWN_DOCUMENT, start[:200]) is not None)


def _is_own_report(text: str) -> bool:
    """Whether a text is a report of resdiff in words: its heading comes first, then that of a part of it, or its
    figures; or the front page of a changelog, or a concordance."""
    lines = [line.strip("#\ufeff ").lower() for line in text[:OWN].splitlines() if line.strip("#\ufeff ")]
    first = lines[0] if lines else ""
    if any("→" in line and re.match(OWN_PAIR, line) for line in lines[1:2]):
        return True
    cells = [cell.strip('" ') for cell in re.split("[;,\t]", first)]
    for lang in LANGUAGES:
        heading, *parts = (message(f"heading.{row}", "\n", "\n", lang=lang).lower() for row in ("report", *OWN_PARTS))
        before, between, _ = heading.split("\n")
        if first.startswith(before) and between in first:
            return not set(parts).isdisjoint(lines) or re.search(OWN_FIGURES, text[:OWN]) is not None
        columns = (message(f"column.{row}", lang=lang).lower() for row in ("old", "new"))
        if len(cells) >= LEAST_CELLS and all(cell.startswith(head) for cell, head in zip(cells, columns, strict=False)):
            return True
        if first == message("heading.index", lang=lang).lower() and len(lines) > 1:
            return True
    return False


REFUSED: tuple[Refused, ...] = (
    Refused("own-report", _is_own_page),
    Refused("format-xml", _is_xml),
    Refused(
        "format-picture",
        _begins(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF"),
    ),
)

# Control characters, overrides of the direction of writing, what is no character at all, and the arrow ⇐ that a
# conversion of word processor files leaves where one of its own codes stood.
RE_ACTING = r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff\u21d0]"
UNSEEN = "\u200b\u200d\u2060"  # what joins or parts letters
RE_UNSEEN = rf"(?<=\s)[{UNSEEN}]+|[{UNSEEN}]+(?=\s)"
RE_BREAK = r"\s*[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]\s*"

# No file can be called so: a name too long, a folder that is a file; a NUL byte is a ValueError without a number.
NO_SUCH_NAME = frozenset({errno.ENAMETOOLONG, errno.ENOTDIR, errno.ENOENT})

# What is said of a Word file without a text: its tracked changes, taken otherwise, would give one, or pictures hold it.
UNTEXTED = {
    "tracked-accepted": "tracked-all-deleted",
    "tracked-only": "tracked-all-deleted",
    "tracked-rejected": "tracked-all-inserted",
    "struck-left": "struck-all",
    "pictures-only": "docx-pictures",
}

FORMATS: tuple[Format, ...] = (
    Format("pdf", lambda data, suffix: data[:1024].lstrip(BLANK).startswith(b"%PDF"), "pdf", ("ocr",)),
    Format("doc", _begins(b"\xd0\xcf\x11\xe0"), "office", ("tracked", "author")),
    Format("wpd", _begins(b"\xffWPC"), "office", ("tracked", "author")),
    Format("rtf", _begins(b"{\\rtf"), "office", ("tracked", "author")),
    Format("odt", _is_odt, "office", ("tracked", "author")),
    Format("docx", _begins(MAGIC_ZIP), "docx", ("tracked", "author"), apart=True),
    Format("html", _is_html, "html", apart=True),
    Format("markdown", _is_markdown, "md"),
    Format("text", lambda data, suffix: True, "txt"),
)


def read(
    given: Path | bytes,
    *,
    origin: str = "",
    repair: str = "safe",
    tracked: str = "accept",
    author: str | None = None,
    ocr: bool = False,
) -> Source:
    """The text of a file or of bytes, ready to be parsed.

    ``origin`` names it in messages; ``repair`` is how far a scan is repaired: ``off``, ``safe`` or ``full``;
    ``tracked`` takes the tracked changes of a Word file as accepted (``accept``) or not (``reject``), those of
    one ``author`` alone where one is named; ``ocr`` has the pages of a PDF that are pictures read by tesseract.

    Raises NotFoundError where there is no such file, InputError where there is one that cannot be read.

    >>> read("L’Assemblée générale,\\r\\n".encode()).text
    'L’Assemblée générale,\\n'
    """
    name = origin or (str(given) if isinstance(given, Path) else "-")
    data = given if isinstance(given, bytes) else file_bytes(given, name)
    suffix = given.suffix.lower() if isinstance(given, Path) else Path(origin).suffix.lower()
    if len(data) > limits.FILE:
        raise InputError("file-too-large", name, limits.FILE // 1_000_000)
    if not data.strip(b"\xef\xbb\xbf \t\r\n\f\v"):
        raise InputError("file-empty", name)
    for refused in REFUSED:
        if refused.matches(data, suffix):
            raise InputError(refused.code, name)
    source = _read(data, suffix, name, {"tracked": tracked, "author": author, "ocr": ocr})
    if not source.text.strip():
        codes = {notice.code for notice in source.notices}
        raise InputError(next((code for taken, code in UNTEXTED.items() if taken in codes), "file-empty"), name)
    _check_size(source.text, name)
    if _is_own_report(source.text):
        raise InputError("own-report", name)
    source = replace(source, data=data, origin=name)
    return _paged(_repaired(_printable(source), repair))


def file_bytes(path: Path, name: str) -> bytes:
    """The bytes of a file, one more than is accepted at most; ``name`` names it in errors, which are those of read."""
    try:
        if path.is_dir():
            raise InputError("file-directory", name)
        if path.stat().st_size > limits.FILE:
            raise InputError("file-too-large", name, limits.FILE // 1_000_000)
        if path.is_fifo():
            return _piped(path, name)
        with path.open("rb") as file:  # a device (/dev/zero) has no size and no end
            return file.read(limits.FILE + 1)
    except FileNotFoundError:
        raise NotFoundError("file-missing", name) from None
    except PermissionError:
        raise InputError("file-forbidden", name) from None
    except (OSError, ValueError) as error:
        if getattr(error, "errno", errno.ENOENT) in NO_SUCH_NAME:
            raise NotFoundError("file-missing", name) from None
        raise InputError("file-unreadable", name, getattr(error, "strerror", None) or error) from None


def _piped(path: Path, name: str) -> bytes:
    """The bytes of a pipe, up to one more than is accepted. Raises InputError where nobody writes into it: to open it,
    or to read it, as any other file would wait for ever.
    """
    end = time.monotonic() + limits.PIPE_SECONDS
    place = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with open(place, "rb", buffering=0) as file:  # noqa: PTH123 - what is open has no path
        while True:
            try:
                first = os.read(place, 1 << 16)
            except BlockingIOError:  # there is a writer, who takes his time
                first = None
            if first != b"":
                break
            if time.monotonic() > end:
                raise InputError("file-silent", name, f"{limits.PIPE_SECONDS:g}")
            time.sleep(0.05)
        os.set_blocking(place, True)
        data = bytearray(first or b"")
        while len(data) <= limits.FILE and (more := file.read(1 << 20)):
            data += more
        return bytes(data[: limits.FILE + 1])


def _read(data: bytes, suffix: str, name: str, options: dict[str, str | bool | None]) -> Source:
    """What the reader of the format makes of the bytes; formats made of text are decoded first."""
    form = next(form for form in FORMATS if form.matches(data, suffix))
    if form.apart:
        from resdiff.reading import apart

        reader = partial(apart.read, form.module)
    else:
        reader = importlib.import_module(f"resdiff.reading.{form.module}").read
    if form.options is not None:
        made: Source = reader(data, name, **{option: options[option] for option in form.options})
        return made
    if looks_binary(data):
        raise InputError("file-binary", name)
    text, notices = decode(data)
    (_check_length if form.name == "html" else _check_size)(text, name)  # a page has its pictures in its lines
    source: Source = reader(text, name)
    return replace(source, notices=(*notices, *source.notices))


def _printable(source: Source) -> Source:
    """The source without characters that no resolution holds and that would act on a terminal, a page or in Word, and
    without those that nobody sees, where they do nothing: the joiner before the blank of "2015–2030, the New Urban"."""
    seen = re.sub(RE_UNSEEN, "", source.text) if any(map(source.text.__contains__, UNSEEN)) else source.text
    text, count = _without_acting(seen)
    header = msgspec.convert(one_line(msgspec.to_builtins(source.header)), Header)
    notices = [replace(notice, values=tuple(map(one_line, notice.values))) for notice in source.notices]
    if count:
        notices.append(Notice("characters-dropped", (str(count),)))
    return replace(source, text=text, header=header, notices=tuple(notices))


def _without_acting(text: str) -> tuple[str, int]:
    """The text without the characters that act, and how many they were.

    >>> _without_acting("Titre\\x1b[31m\\u202e")
    ('Titre[31m', 2)
    """
    bare = text.replace("\n", "").replace("\u00a0", "").replace("\u202f", "")
    if bare.isprintable() and "⇐" not in bare:  # a quick look, which most texts pass
        return text, 0
    return re.subn(RE_ACTING, "", text)


def one_line(value: Value) -> Value:
    """A value as a table or front matter has it, every string in it one line of characters that do not act.

    YAML, TOML and JSON can spell what no text of theirs may hold: ``"\\u001b[2J"``.

    >>> one_line({"fr": ["Titre\\x1b\\n# autre", 3]})
    {'fr': ['Titre # autre', 3]}
    """
    made: object = value
    if isinstance(value, str):
        made, _ = _without_acting(value)
        if "".join(made.splitlines()) != made:
            made = re.sub(RE_BREAK, " ", made)
    elif isinstance(value, dict):
        made = {one_line(key): one_line(each) for key, each in value.items()}
    elif isinstance(value, list):
        made = [one_line(each) for each in value]
    return made  # type: ignore[return-value]  # the same shape


def _repaired(source: Source, level: str) -> Source:
    """The source with the damage of a scan repaired, when it looks scanned, and in any text words that a hyphen cuts.

    A clean text comes back as it is, and so does a file of the corpus: a person has read it, and what it says stands.
    What OCR made just now is a scan, and so is what is older than files, however well they read.
    """
    if source.header != Header():
        return source
    from resdiff import repair

    scanned = source.scanned or repair.looks_scanned(source.text) >= repair.SCANNED
    text, fixes = repair.repair(source.text, level) if scanned else (source.text, ())
    scanned = scanned or repair.is_damaged(text) or (source.media_type in OF_PRINT and repair.was_printed(text))
    text, joined = repair.rejoin(text, level)
    return replace(source, text=text, fixes=(*fixes, *joined), scanned=scanned)


def _paged(source: Source) -> Source:
    """The source with the spans of its pages: form feeds set them apart."""
    pages: list[Span] = []
    start = 0
    for page in source.text.split("\f"):
        pages.append(Span(start, start + len(page)))
        start += len(page) + 1
    return replace(source, pages=tuple(pages))


# ---- encoding -------------------------------------------------------------------------------------------------------


BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a text has none of: NUL and most control characters. One in a thousand is allowed for stray escapes of printers.
CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\v\x1b\x1a")
CONTROL_SHARE = 0.001
SAMPLE = 200_000  # bytes looked at
WIDE = 0.8  # of the upper bytes of letters that are nought; an apostrophe or a dash has another
# Signs that texts of Western Europe have and ASCII has not, those of French and those of its neighbours. Any other
# counts against an encoding (à read as ˆ, é as Ž, ’ as Õ), and so does a capital behind a small letter (GenÇve).
EXPECTED = frozenset("éèêëàâäçîïôöùûüœæÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆ’‘“”«»–—…°€\u00a0\u202f")
NEIGHBOURS = frozenset("áíóúñãõìòßÁÍÓÚÑÃÕÌÒ¿¡ºª·ăşţĂŞŢ")
ENCODINGS = ("cp1252", "mac_roman", "iso8859_15", "cp850", "cp1250", "utf-8")  # the first of equals is taken
NAMES = {"iso8859_15": "iso-8859-15"}
RE_MISPLACED = r"(?<=[a-zà-ÿ])[À-ÖØ-ÞŒŞŢĂ]|(?<=[a-zà-ÿ])[“”«»–—…°](?=[a-zà-ÿ])|(?<![a-z0-9à-ÿ])[ºª]|[a-z]þ"
LINE_ENDS = ("\r\n", "\r", "\u2028", "\u2029", "\x85")


def looks_binary(data: bytes) -> bool:
    """Whether the bytes are no text: a NUL, or more control characters than a printer leaves."""
    if data.startswith(tuple(bom for bom, name in BOMS if name != "utf-8-sig")) or _wide(data):
        return False
    sample = data[:SAMPLE]
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    return b"\x00" in data or controls > CONTROL_SHARE * len(sample)


def _wide(data: bytes) -> str:
    """The encoding of a text of two or four bytes a letter without a mark at its start; empty for any other text.

    The letters of a Western text have their upper bytes nought, and no lower byte is; and a text has blanks.
    """
    sample = data[: SAMPLE - SAMPLE % 4]
    if len(sample) < 8 or b"\x00" not in sample[:8]:
        return ""
    noughts = [sample[place::4].count(0) / len(sample[place::4]) for place in range(4)]
    shape = "".join("0" if share > WIDE else "x" if share == 0 else "?" for share in noughts)
    name = {"x000": "utf-32-le", "000x": "utf-32-be", "x0x0": "utf-16-le", "0x0x": "utf-16-be"}.get(shape, "")
    return name if name and " " in sample.decode(name, errors="replace") else ""


def decode(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """The text of the bytes, NFC with ``\\n`` line ends, and a notice where its encoding had to be guessed.

    >>> decode("l’œuvre à Genève".encode("cp1252"))[0], decode("l’œuvre à Genève".encode("mac_roman"))[0]
    ('l’œuvre à Genève', 'l’œuvre à Genève')
    """
    text, encoding, lost = _decoded(data)
    known = encoding.startswith("utf")
    notices = [] if known else [Notice("encoding-guessed", (NAMES.get(encoding, encoding),))]
    if lost:
        notices.append(Notice("encoding-lost", (str(lost),)))
    for end in LINE_ENDS:
        text = text.replace(end, "\n")
    return unicodedata.normalize("NFC", text), tuple(notices)


def _decoded(data: bytes) -> tuple[str, str, int]:
    """The text, the encoding, and how many characters could not be read."""
    name = next((name for bom, name in BOMS if data.startswith(bom)), "") or _wide(data)
    if not name:
        try:
            return data.decode("utf-8"), "utf-8", 0
        except UnicodeDecodeError:
            # One with a few broken bytes stays UTF-8: read as cp1252, each of its accents would be two wrong letters.
            sample = data[:SAMPLE]
            name = max(ENCODINGS, key=lambda each: _likeness(sample.decode(each, errors="replace")))
    text = data.decode(name, errors="replace")
    return text, name, text.count("\ufffd")


def _likeness(text: str) -> int:
    """How much a decoding reads like French: its signs that French has, minus twice those that no neighbour has.

    The letters of the neighbours count half: a text that reads as French is French.
    """
    other = Counter(c for c in text if c > "\x7f")
    good = sum(count for c, count in other.items() if c in EXPECTED)
    near = sum(count for c, count in other.items() if c in NEIGHBOURS)
    bad = other.total() - good - near + len(re.findall(RE_MISPLACED, text))
    return 2 * good + near - 4 * bad


def _check_size(text: str, name: str) -> None:
    """Raise InputError, in one sentence, for a text that is too large to be a resolution."""
    _check_length(text, name)
    if text.count("\n") + text.count("\f") > limits.LINES:
        raise InputError("text-too-many-lines", name, limits.LINES // 1000)
    lines = text.split("\n") if len(text) > limits.LINE else ()
    if any(len(line) > limits.LINE for line in lines):
        raise InputError("line-too-long", name, limits.LINE // 1000)


def _check_length(text: str, name: str) -> None:
    """Raise InputError for a text of too many characters: asked before a reader is given it."""
    if len(text) > limits.CHARACTERS:
        raise InputError("text-too-long", name, limits.CHARACTERS // 1_000_000)
