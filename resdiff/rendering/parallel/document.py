"""A concordance as a Word document: a table of what differs, then both texts side by side; landscape A4."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from resdiff.messages import message
from resdiff.parallel import Concordance
from resdiff.rendering.parallel.words import cautions, columns, figures, heading, lines, marks
from resdiff.rendering.word import AUTHOR, stamp
from resdiff.rendering.word.draft import landscape
from resdiff.rendering.word.packing import undated
from resdiff.rendering.xml import clean
from resdiff.report import label

__all__ = ["render"]

DIFFERENCES = (3.2, 3.0, 9.75, 9.75)  # centimetres; together the width of a landscape A4 page without its margins
TEXTS = (2.7, 11.5, 11.5)
SIZE = 9.5  # points, in the tables


def render(held: Concordance, options: Any) -> bytes:  # noqa: ANN401 - parallel.Options
    """The document as bytes, the same each time."""
    import docx

    lang = options.lang
    document = docx.Document()
    landscape(document)
    title = heading(held, lang)
    _properties(document, title, held.one.adopted or held.other.adopted)
    document.add_heading(clean(title), 1)
    document.add_paragraph(clean(figures(held, lang)))
    for line in cautions(held, lang):
        document.add_paragraph(clean(line), style="List Bullet")
    heads = columns(held, options.names, lang)
    place, sort = message("parallel.place", lang=lang), message("parallel.sort", lang=lang)
    if held.differences:
        document.add_heading(message("parallel.what", lang=lang), 2)
        rows = [
            [[(f"{n.number}. {n.place}", False)], [(n.sort, False)], [(n.one, False)], [(n.other, False)]]
            for n in lines(held, lang)
        ]
        _table(document, (place, sort, *heads), rows, DIFFERENCES)
    document.add_heading(message("parallel.texts", lang=lang), 2)
    _table(document, (place, *heads), _twins(held, lang), TEXTS)
    out = BytesIO()
    document.save(out)
    return undated(out.getvalue())


def _twins(held: Concordance, lang: str) -> list[list[list[tuple[str, bool]]]]:
    """The rows of both texts side by side: the name of a paragraph, and its twins in runs."""
    texts = [{p.id: p.text for p in text.body} for text in (held.one, held.other)]
    missing = message("parallel.no-twin", lang=lang)
    return [
        [
            [(label(twins.one or twins.other, lang), False)],
            *(
                _pieces(texts[at][name], list(marks(held, name, first=at == 0))) if name else [(missing, False)]
                for at, name in enumerate((twins.one, twins.other))
            ),
        ]
        for twins in held.twins
    ]


def _pieces(text: str, places: list[tuple[int, int, int]]) -> list[tuple[str, bool]]:
    """A paragraph in runs, and whether each differs."""
    found, end = [], 0
    for start, stop, _ in places:
        found += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [*found, (text[end:], False)]


def _table(
    document: Any,  # noqa: ANN401 - python-docx has no type for it
    heads: Sequence[str],
    rows: Sequence[Sequence[Sequence[tuple[str, bool]]]],
    widths: Sequence[float],
) -> None:
    """A table with a head that each page repeats; runs that differ stand on yellow."""
    from docx.enum.text import WD_COLOR_INDEX
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    table = document.add_table(rows=1 + len(rows), cols=len(heads), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    first, *others = table.rows
    first._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row, cells in zip((first, *others), ([[(head, False)] for head in heads], *rows), strict=True):
        for cell, width, pieces in zip(row.cells, widths, cells, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            for text, differs in pieces:
                run = paragraph.add_run(clean(text))
                run.font.size = Pt(SIZE)
                run.bold = row is first or None
                if differs:
                    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _properties(document: Any, title: str, day: str) -> None:  # noqa: ANN401 - python-docx has no type for it
    """Title, author and dates; the template's own are the template maker's."""
    properties = document.core_properties
    moment = datetime.fromisoformat(stamp(day, asked=False))
    properties.title, properties.comments = clean(title)[:255], ""
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = moment
