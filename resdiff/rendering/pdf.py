"""The report as PDF: Chromium prints the HTML page, or LibreOffice the Word document in three columns.

One of the two must be installed; Edge and Chrome are Chromium. It runs under a limit of time, in a folder that is
removed, without the network. The same Chromium gives the same bytes: the moments that it writes into the file are
replaced by the day the new text was adopted. Another version may give others, and LibreOffice never gives the same.
"""

import os
import re
import shutil
from pathlib import Path

from msgspec import Struct

from resdiff import outside
from resdiff.errors import OutputError
from resdiff.limits import PRINT_SECONDS, PROGRAM_FILE
from resdiff.rendering import html, word
from resdiff.report import Report, Title

__all__ = ["Options", "browser", "render"]

BROWSERS = (
    "chromium-headless-shell",  # has no window to draw: what works least first
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
# Where they stand on systems that put no program on the path.
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
PRINT = (
    *("--headless", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--no-first-run", "--no-default-browser-check"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9"),  # the page asks for nothing; nor may it
    *("--no-pdf-header-footer", "--print-to-pdf-no-header", "--generate-pdf-document-outline"),
)
RE_NODE = re.compile(rb"\(node(\d{8})\)")  # the name of a cell of a table, by the node of the page that it was
RE_DATE = re.compile(rb"(/(?:CreationDate|ModDate) ?\(D:)(\d{14})([^)]{0,12}\))")
START, END = b"%PDF-", b"%%EOF"


class Options(Struct, frozen=True, kw_only=True):
    """A page on paper takes no options."""


def render(report: Report, options: Options) -> bytes:
    """The file as bytes. Raises OutputError when neither program is installed, or none makes the file."""
    program, office = browser(), outside.office()
    if not program and not office:
        raise OutputError("pdf-missing")
    made = _printed(program, html.render(report, html.Options())) if program else None
    if made is None and office:
        table = word.render(report, word.Options(layout=word.Layout.TABLE))
        made = outside.convert(office, table, ".docx", "pdf")
    if made is None or not made.startswith(START) or END not in made[-1024:]:
        raise OutputError("pdf-failed")
    return _undated(_counted(made), report)


def browser() -> str | None:
    """The path of a Chromium; None where none is installed."""
    named = (found for found in map(shutil.which, BROWSERS) if found)
    return next(named, None) or next((place for place in PLACES if Path(place).is_file()), None)


def _printed(program: str, page: bytes) -> bytes | None:
    """What a Chromium prints of a page; None when it prints nothing.

    The superuser has no sandbox, nor have many containers: where it does not begin with one it is asked without, for
    the page is ours and runs nothing but our script.
    """
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    for sandbox in [["--no-sandbox"]] if is_root else [[], ["--no-sandbox"]]:
        with outside.workplace() as folder:
            given, made = folder / "page.html", folder / "page.pdf"
            given.write_bytes(page)
            call = [program, *PRINT, *sandbox, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}"]
            # it reserves more address space than there is memory
            done = outside.run([*call, given.as_uri()], folder, PRINT_SECONDS, memory=0)
            if done is not None and made.is_file() and made.stat().st_size <= PROGRAM_FILE:
                return made.read_bytes()
    return None


def _counted(made: bytes) -> bytes:
    """The file with its cells counted from 1 in the order of their names, byte for byte as long: what number a node of
    the page gets hangs on what else Chromium was at.

    >>> _counted(b"/ID (node00000357) /ID (node00000361) /Headers [(node00000357)]")
    b'/ID (node00000001) /ID (node00000002) /Headers [(node00000001)]'
    """
    names = {name: b"(node%08d)" % place for place, name in enumerate(sorted({*RE_NODE.findall(made)}), 1)}
    return RE_NODE.sub(lambda found: names[found[1]], made)


def _undated(made: bytes, report: Report) -> bytes:
    """The file with the day of the new text in the place of the moment it was made, byte for byte as long."""
    title = report.find(Title)
    day = re.sub(r"\D", "", title.new.adopted if title else "")[:8]
    stamp = (day if len(day) == 8 else "19800101").encode() + b"000000"
    return RE_DATE.sub(lambda found: found[1] + stamp + found[3], made)
