"""The head of the first page of a draft, as the documents of the United Nations have it.

It stands in the header of that page, so that the text of the document stays that of the resolution, to the letter.
"""

from copy import deepcopy
from typing import Any

from msgspec import Struct

from resdiff.messages import message
from resdiff.rendering.word.draft import Draft, append, page_number
from resdiff.rendering.xml import clean

__all__ = ["Masthead", "head"]

LINE = 200  # characters of a line; sponsors may fill ten
WIDTHS = (9.0, 6.0)  # centimetres; together what A4 leaves between its margins


class Masthead(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands at the head of a draft; what is empty is left out.

    ``symbol`` ("A/C.3/80/L.21"), ``organ`` ("Assemblée générale"), ``distribution`` ("limitée"), ``date``,
    ``original`` (the language it was written in, "anglais"), ``session`` ("Quatre-vingtième session", or its number),
    ``committee``, ``item`` of the agenda ("71 b)") and ``sponsors`` ("France et Mexique").
    """

    symbol: str = ""
    organ: str = ""
    distribution: str = ""
    date: str = ""
    original: str = ""
    session: str = ""
    committee: str = ""
    item: str = ""
    sponsors: str = ""


def head(draft: Draft, masthead: Masthead) -> None:
    """Write the masthead into the header of the first page, whose foot has a number as the others have."""
    from docx.oxml.ns import qn

    section = draft.document.sections[0]
    section.different_first_page_header_footer = True
    page_number(section.first_page_footer.paragraphs[0])
    lang = draft.text_lang
    header = section.first_page_header
    running = section.header.paragraphs[0]._p
    rows = _rows(draft, masthead, lang)
    table = _table(header, rows)
    header._element.remove(header.paragraphs[0]._p)
    table._tbl.addprevious(deepcopy(running))
    _border(table)
    for text, bold in _lines(masthead, lang):
        run = header.add_paragraph().add_run(text)
        run.bold = bold
    header.add_paragraph()
    for reference in reversed(section._sectPr.findall(qn("w:headerReference"))):
        section._sectPr.insert(0, reference)  # all of them before the feet, as Word writes them


def _rows(draft: Draft, masthead: Masthead, lang: str) -> list[tuple[list[str], list[str]]]:
    organ = masthead.organ or draft.title.body
    language = message(f"word-file.language-{lang}", lang=lang)
    right = [
        _worded("distribution", masthead.distribution, lang),
        _line(masthead.date),
        language,
        _worded("original", masthead.original, lang),
    ]
    return [
        ([message("word-file.united-nations", lang=lang)], [_line(masthead.symbol)]),
        ([_line(organ)], [line for line in right if line]),
    ]


def _lines(masthead: Masthead, lang: str) -> list[tuple[str, bool]]:
    """The lines below, each with whether it is bold."""
    session = _line(masthead.session)
    session = _worded("session", session, lang) if session.isdecimal() else session
    item = _line(masthead.item)
    item = _worded("item", item, lang) if item[:1].isdecimal() else item
    sponsors = _worded("sponsors", masthead.sponsors, lang, 10 * LINE)
    lines = [(session, True), (_line(masthead.committee), False), (item, False), (sponsors, True)]
    return [(text, bold) for text, bold in lines if text]


def _worded(what: str, value: str, lang: str, most: int = LINE) -> str:
    line = _line(value, most)
    return message(f"word-file.masthead-{what}", line, lang=lang) if line else ""


def _line(text: str, most: int = LINE) -> str:
    line = " ".join(clean(text).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _table(header: Any, rows: list[tuple[list[str], list[str]]]) -> Any:  # noqa: ANN401 - python-docx has no type for it
    from docx.shared import Cm, Pt

    table = header.add_table(rows=len(rows), cols=2, width=Cm(sum(WIDTHS)))
    table.autofit = False
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for column, (cell, width, lines) in enumerate(zip(row.cells, WIDTHS, texts, strict=True)):
            cell.width = Cm(width)
            for index, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if not index else cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(0)
                run = paragraph.add_run(line)
                if number and not column:
                    run.bold, run.font.size = True, Pt(16)
                elif not number:
                    run.font.size = Pt(13)
    return table


def _border(table: Any) -> None:  # noqa: ANN401 - python-docx has no type for it
    """A thin rule under the first row, a thick one under the second."""
    for row, size in zip(table.rows, ("4", "18"), strict=True):
        for cell in row.cells:
            borders = append(cell._tc.get_or_add_tcPr(), "w:tcBorders", {})
            append(borders, "w:bottom", {"w:val": "single", "w:sz": size, "w:space": "0", "w:color": "000000"})
