"""The body of the Word document as a table of three columns: the old text, the new text, the remarks."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from resdiff.messages import message
from resdiff.model import Edit, Op, Paragraph, Part
from resdiff.rendering.weave import Piece, weave
from resdiff.rendering.word.draft import Draft, clean
from resdiff.report import Changes, Provenance, Row, Summary, Title, as_text, label, outcome

if TYPE_CHECKING:
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph

__all__ = ["write"]

WIDTHS = (10.3, 10.3, 5.1)  # centimetres; together the width of a landscape A4 page without its margins
SIZE = 9.5  # points, in the table
WHOLE = 1_000  # characters of a cell that still stays on one page; longer ones left half of every page empty
GREEN, RED, GREY = (0x0A, 0x62, 0x31), (0x9C, 0x1C, 0x1C), (0x56, 0x61, 0x70)


def write(draft: Draft) -> None:
    """Write the table into the draft: the title, where the texts come from, the summary, then a row a change."""
    _landscape(draft)
    for block in draft.report.blocks:
        match block:
            case Title():
                _heading(draft, block)
            case Provenance():
                for line in block.lines:
                    _coloured(draft.document.add_paragraph().add_run(clean(as_text(line))), GREY)
            case Summary():
                draft.document.add_paragraph().add_run(message("heading.summary", lang=draft.report.lang)).bold = True
                if block.note:
                    draft.document.add_paragraph().add_run(clean(block.note)).italic = True
                for sentence in block.sentences:
                    draft.document.add_paragraph(clean(as_text(sentence)), style="List Number")
            case Changes():
                _table(draft, block)
            case _:
                pass


def _landscape(draft: Draft) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section = draft.document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)


def _heading(draft: Draft, title: Title) -> None:
    from docx.shared import Pt

    run = draft.document.add_paragraph().add_run(clean(draft.report.title))
    run.bold = True
    run.font.size = Pt(15)
    for text in (title.old, title.new):
        paragraph = draft.document.add_paragraph()
        paragraph.add_run(clean(text.name)).bold = True
        paragraph.add_run(clean(f", {text.date}") if text.date else "")
        paragraph.add_run(clean(f" – {text.title}") if text.title and text.title != text.name else "")


def _table(draft: Draft, block: Changes) -> None:
    from docx.shared import Cm

    lang = draft.report.lang
    table = draft.document.add_table(rows=1, cols=3, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)
    heads = (*draft.title.names, message("heading.remark", lang=lang))
    for cell, text, width in zip(table.rows[0].cells, heads, WIDTHS, strict=True):
        cell.paragraphs[0].add_run(clean(text)).bold = True
        cell.width = Cm(width)
    _repeat(table.rows[0])
    part: Part | None = None
    for row in block.rows:
        if row.part is not part:
            part = row.part
            _part(table, message(f"heading.{part}", lang=lang))
        _row(table, row, lang)
    _set_close(draft, table)


def _set_close(draft: Draft, table: Any) -> None:  # noqa: ANN401 - python-docx has no type for it
    """Set the paragraphs of the table in smaller type and closer than those of a text."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style: Any = draft.document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = draft.document.styles["Normal"]
    style.font.size = Pt(SIZE)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(2)
    style.paragraph_format.line_spacing = 1.0
    for paragraph in table._tbl.iter(qn("w:p")):
        paragraph.style = style.style_id


def _repeat(row: Any) -> None:  # noqa: ANN401 - python-docx has no type for it
    """Have the head of the table repeated on every page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:  # noqa: ANN401 - python-docx has no type for it
    """Have the row start on a new page rather than break."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _part(table: Any, text: str) -> None:  # noqa: ANN401 - python-docx has no type for it
    cells = table.add_row().cells
    heading = cells[0].merge(cells[2]).paragraphs[0]
    heading.paragraph_format.keep_with_next = True
    heading.add_run(text).bold = True


def _row(table: Any, row: Row, lang: str) -> None:  # noqa: ANN401 - python-docx has no type for it
    from docx.shared import Cm

    added = table.add_row()
    if max(sum(len(paragraph.text) for paragraph in side) for side in (row.old, row.new)) <= WHOLE:
        _keep_whole(added)
    cells = added.cells
    for cell, width in zip(cells, WIDTHS, strict=True):
        cell.width = Cm(width)
    _texts(cells[0], row.change.edits, Op.DELETE, row.old, lang)
    _texts(cells[1], row.change.edits, Op.INSERT, row.new, lang)
    became = outcome(row.change, lang)
    cells[2].paragraphs[0].add_run(became).bold = True
    remark = as_text(row.remark)
    if remark.rstrip(".").casefold() != became.casefold():
        cells[2].add_paragraph(clean(remark))


def _texts(cell: "_Cell", edits: Iterable[Edit], own: Op, paragraphs: Sequence[Paragraph], lang: str) -> None:
    """The paragraphs of one side, each under its address, what the other side lacks underlined or struck."""
    # Seen alone, a text is woven like a new one: its places are counted in itself.
    kept = [replace(e, op=Op.INSERT) if e.op is own else e for e in edits if e.op in (own, Op.EQUAL)]
    for index, (paragraph, line) in enumerate(zip(paragraphs, weave(kept, (), paragraphs), strict=False)):
        written = cell.add_paragraph() if index else cell.paragraphs[0]
        _coloured(written.add_run(f"{label(paragraph.id, lang)}  "), GREY)
        for piece in line:
            if not (piece.text == "¶" and "\n" in piece.edit.text):
                _piece(written, piece, own)


def _piece(paragraph: "WordParagraph", piece: Piece, own: Op) -> None:
    run = paragraph.add_run(clean(piece.text))
    run.italic = piece.lead or None
    if piece.edit.op is not Op.EQUAL:
        run.font.strike = own is Op.DELETE or None
        run.font.underline = own is Op.INSERT or None
        _coloured(run, RED if own is Op.DELETE else GREEN)


def _coloured(run: Any, colour: tuple[int, int, int]) -> None:  # noqa: ANN401 - python-docx has no type for it
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor(*colour)
