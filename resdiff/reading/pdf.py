"""PDF files: read in a process apart, under limits; the text made by ``layout``; scans read by tesseract when asked.

A page without text is a picture: the sentence says so, and names the way out. With ``ocr``, such pages, and those that
a picture covers, are read again from the picture.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from resdiff import outside
from resdiff.errors import InputError
from resdiff.language.forms import agenda_item, masthead
from resdiff.limits import OCR_PAGES, OCR_SECONDS, WAIT
from resdiff.model import Header, Notice, Source
from resdiff.reading.layout import QUOTED, Page, Piece, typeset

if TYPE_CHECKING:
    from resdiff.reading.pdf_glyphs import Drawn  # that program runs in a process of its own

__all__ = ["read", "typeset_runs"]

GLYPHS = Path(__file__).with_name("pdf_glyphs.py")
CODES = {3: "pdf-encrypted", 4: "pdf-broken"}  # exit codes of that program; a crash or a limit is "pdf-hostile"
FEW = 3  # letters: a page with fewer has no text
SPECK = 0.02  # of a page: an emblem or a bar code is no picture of a text
FEW_LINES = 20  # lines drawn on a blank page at most; letters drawn as outlines are hundreds
COVERED = 0.5  # of a page: a larger picture is that of the page
UNREADABLE = 0.2  # of the letters that have no meaning: a font without names of its glyphs; a sound file has none

RE_SYMBOL = re.compile(r"^[AES]/(?:HRC/)?RES/(?:[A-Z]{1,2}-)?\d+(?:/\d+)?(?: [A-Z])?(?: \(\d{4}\))?$", re.MULTILINE)
MASTHEAD = 1500  # characters of a first page in which its masthead stands


def read(data: bytes, name: str, *, ocr: bool = False) -> Source:
    """The text of a PDF, paragraphs set apart. Raises InputError for what is damaged, locked, hostile or a picture."""
    drawn: list[Drawn] = json.loads(_program(data, name, "runs"))
    pictured = sorted({*_bare(drawn), *(n for n, page in enumerate(drawn) if page["picture"] > COVERED)})
    if ocr and pictured:
        return _from_pictures(data, name, [_page(page) for page in drawn], pictured)
    return typeset_runs(drawn, name)


def typeset_runs(drawn: "Sequence[Drawn]", name: str) -> Source:
    """The text of pages as ``pdf_glyphs.runs`` gives them. Raises InputError when none has any text."""
    bare = _bare(drawn)
    if len(bare) == len(drawn):
        raise InputError("pdf-scanned", name)
    text, notices = typeset([_page(page) for page in drawn])
    shown = [n for n in bare if drawn[n]["picture"] > SPECK or drawn[n]["drawn"] > FEW_LINES]  # the others are blank
    if shown:
        notices = (*notices, Notice("pages-without-text", (", ".join(str(number + 1) for number in shown),)))
    fields, remarks = sum(page["fields"] for page in drawn), sum(page["remarks"] for page in drawn)
    for code, count in (("fields-left", fields), ("comments-left", remarks)):
        if count:
            notices = (*notices, Notice(code, (str(count),)))
    if across := "".join(page["across"] for page in drawn).split():
        notices = (*notices, Notice("across-left", (str(len("".join(across))), " ".join(across)[:QUOTED])))
    pictured = any(page["picture"] > COVERED for page in drawn)
    return Source(text, "application/pdf", notices=notices, header=Header() if pictured else _masthead(text))


def _bare(drawn: "Sequence[Drawn]") -> list[int]:
    """The pages without text: no letter, or letters of a font that does not say what they are."""
    texts = ["".join(run[0] for run in page["runs"] if run[0]) for page in drawn]
    counts = [sum(not c.isspace() for c in text) for text in texts]
    return [
        number
        for number, (text, count) in enumerate(zip(texts, counts, strict=True))
        if count < FEW or text.count("\ufffd") > UNREADABLE * count
    ]


def _page(drawn: "Drawn") -> Page:
    pieces = tuple(Piece(*run) for run in drawn["runs"])
    return Page(drawn["size"][1], pieces, tuple(sorted(rule[2] for rule in drawn["rules"])))


def _program(data: bytes, name: str, *task: str) -> bytes:
    """What the program that reads the pages answers. It has no network, no files: bytes in, bytes out."""
    path = os.pathsep.join(sys.path)
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(GLYPHS), *task],
            input=data,
            capture_output=True,
            timeout=WAIT,
            env=os.environ | {"PYTHONPATH": path},
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise InputError("pdf-hostile", name) from error
    if done.returncode != 0:
        raise InputError(CODES.get(done.returncode, "pdf-hostile"), name)
    return done.stdout


def _masthead(text: str) -> Header:
    """What the first page of an official document prints above the title; nothing where it has no such masthead.

    Its title and its date stand in the flow as well, where the parser reads them.
    """
    top = text[:MASTHEAD]
    symbol = RE_SYMBOL.search(top)
    if not (symbol and masthead().search(top)):
        return Header()
    return Header(symbol=symbol[0], agenda_item=agenda_item(top))


# ---- scans ----------------------------------------------------------------------------------------------------------


def _from_pictures(data: bytes, name: str, pages: Sequence[Page], pictured: Sequence[int]) -> Source:
    """The text with the pages that are pictures read by tesseract."""
    program = shutil.which("tesseract")
    if program is None:
        raise InputError("ocr-missing", name)
    if not _knows_french(program):
        raise InputError("ocr-language", name)
    if len(pictured) > OCR_PAGES:
        raise InputError("ocr-too-long", name, OCR_PAGES)
    texts: list[str] = []
    notices: list[Notice] = []
    for number, page in enumerate(pages):
        if number in pictured:
            texts.append(_recognised(program, _program(data, name, "picture", str(number)), name))
        else:
            text, more = typeset([page])
            texts.append(text)
            notices += more
    read_pages = ", ".join(str(number + 1) for number in pictured)
    text = "\n\f".join(text.strip("\f\n") for text in texts) + "\n"
    return Source(text, "application/pdf", notices=(*notices, Notice("pages-recognised", (read_pages,))), scanned=True)


def _knows_french(program: str) -> bool:
    """Whether tesseract has its French data: it lists them, one a line, under the folder where they lie."""
    call = [program, "--list-langs"]
    try:
        done = subprocess.run(call, stdin=subprocess.DEVNULL, capture_output=True, timeout=OCR_SECONDS, check=False)
    except (subprocess.TimeoutExpired, OSError):
        return False
    return b"fra" in (done.stdout + b"\n" + done.stderr).split()  # old ones list on the other output


def _recognised(program: str, picture: bytes, name: str) -> str:
    """The text of a picture, by tesseract with its French data, in a folder that nobody else can read."""
    with outside.workplace() as folder:
        page = folder / "page.pgm"
        page.write_bytes(picture)
        call = [program, str(page), "stdout", "-l", "fra", "--dpi", "300"]
        text = outside.run(call, folder, OCR_SECONDS)
    if text is None:
        raise InputError("ocr-failed", name)
    return text.decode("utf-8", errors="replace")
