"""The changes as an Excel workbook: the columns of the CSV, with the words of each side marked.

XlsxWriter, not openpyxl: it is loaded in a tenth of the time, and dates its parts 1980, so that the same report gives
the same bytes. No cell holds a formula, a link or a number: each is written as text, whatever it begins with.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from resdiff.rendering import sheet
from resdiff.rendering.xml import clean
from resdiff.report import Report, Title, word

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Options", "render"]

Words = tuple[tuple[str, bool], ...]

# Characters of a line of each column.
WIDTHS = {"old": 12, "new": 12, "kind": 18, "weight": 13, "old-text": 70, "new-text": 70, "remark": 45}
LONGEST = 32_767  # UTF-16 units of a cell, says Excel; https://support.microsoft.com/office/1672b34d
CUT = " […]"
SHEET_NAME = 31  # characters
GRID: dict[str, object] = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D3DAE2"}
GONE, CAME = "#9C2B14", "#00573F"
LOOKS: dict[str, dict[str, object]] = {
    "head": GRID | {"bold": True, "bg_color": "#E7ECF2", "valign": "vcenter"},
    "cell": GRID,
    "quiet": GRID | {"font_color": "#5F6B76"},
    # a whole paragraph is plain, for its line says what became of it; of words the line under or through them tells
    "old-text": GRID | {"font_color": GONE},
    "new-text": GRID | {"font_color": CAME},
    "gone": {"font_color": GONE, "font_strikeout": True},
    "came": {"font_color": CAME, "underline": 1},
}


class Options(Struct, frozen=True, kw_only=True):
    """A table takes no options."""


def render(report: Report, options: Options) -> bytes:
    """The workbook as bytes: one sheet, a line a change, its head in view, ready to be filtered and printed."""
    import xlsxwriter

    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    created = _moment(report.find(Title))
    book.set_properties({"title": clean(report.title)[:255], "author": "resdiff", "created": created})
    page = book.add_worksheet(word("heading.changes", report.lang)[:SHEET_NAME])
    looks = {name: book.add_format(look) for name, look in LOOKS.items()}
    last = _fill(page, report, looks)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, last, len(sheet.COLUMNS) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&C&P / &N")
    book.close()
    return packed.getvalue()


def _moment(title: Title | None) -> "datetime":
    """The day the new text was adopted: a file that must come out the same has no better date, and none before 1980."""
    from datetime import datetime

    first = datetime(1980, 1, 1)
    try:
        adopted = datetime.fromisoformat(title.new.adopted if title else "").replace(tzinfo=None)
    except ValueError:
        return first
    return max(adopted, first)


def _fill(page: Any, report: Report, looks: dict[str, Any]) -> int:  # noqa: ANN401 - of a library without types
    """Write the head and the lines; the number of the last line."""
    for column, (name, said) in enumerate(zip(sheet.COLUMNS, sheet.head(report.lang), strict=True)):
        page.set_column(column, column, WIDTHS[name])
        page.write_string(0, column, said, looks["head"])
    number = 0
    for number, line in enumerate(sheet.lines(report), start=1):
        cell = looks["quiet" if line.is_quiet else "cell"]
        for column, (name, text) in enumerate(zip(sheet.COLUMNS, line.cells, strict=True)):
            words = {"old-text": line.old_words, "new-text": line.new_words}.get(name, ((text, False),))
            runs = _fitting(words)
            if len(runs) > 1:
                mark = looks["gone" if name == "old-text" else "came"]
                parts = [part for text, own in runs for part in ((mark, text) if own else (text,))]
                page.write_rich_string(number, column, *parts, cell)
            else:
                text, own = runs[0] if runs else ("", False)
                page.write_string(number, column, text, looks[name] if own else cell)
    return number


def _fitting(words: Words) -> list[tuple[str, bool]]:
    """The words as Excel takes them, cut where a cell is full.

    >>> cut = _fitting((("a" * 32_000, False), ("b" * 1_000, True)))
    >>> sum(len(text) for text, _ in cut), cut[1][0][-6:]
    (32767, 'bb […]')
    """
    runs = [(clean(text), own) for text, own in words]
    if sum(_size(text) for text, _ in runs) <= LONGEST:
        return runs
    room, kept = LONGEST - len(CUT), []
    for text, own in runs:
        part = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
        room -= _size(part)
        if part:
            kept.append((part, own))
    return [*kept[:-1], (kept[-1][0] + CUT, kept[-1][1])]


def _size(text: str) -> int:
    """How long a text is for Excel."""
    return len(text.encode("utf-16-le")) // 2
