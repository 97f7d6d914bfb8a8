"""The body of the Word document as a table of three columns: the old text, the new text, the remarks."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from msgspec.structs import replace

from resdiff.messages import message
from resdiff.model import Edit, Op, Paragraph, Part, Side
from resdiff.rendering.paper import Column, lines
from resdiff.rendering.word.draft import RED, Draft, add_run, as_notice, below, landscape, say_line
from resdiff.rendering.xml import clean
from resdiff.report import (
    Changes,
    Note,
    Notices,
    Numbers,
    Provenance,
    Report,
    Row,
    Sentence,
    Summary,
    Title,
    as_text,
    counted,
    label,
    numbered,
    numbers_line,
    outcome,
)
from resdiff.report.woven import as_seen, weave

__all__ = ["write"]

WIDTHS = (10.3, 10.3, 5.1)  # centimetres; together the width of a landscape A4 page without its margins
DEEPER = ("List Continue", "List Bullet 2", "List Bullet 3")  # what stands below a sentence that has a number
SIZE = 9.5  # points, in the table
# The first page: the height between its margins, in points, and the styles of what stands on it. Lines are as far apart
# as is said, so that another font does not take more room.
PAGE = 480.0
HEAD, NOTE, LEAD, REST = "Summary Head", "Summary Note", "Summary Lead", "List Number"
TITLE_SIZE, HEAD_SIZE, NOTE_SIZE, REST_SIZE = 15.0, 10.5, 8.5, 9.5
WIDE, SENTENCES = Column(728.0, 1.25, between=4.0), Column(705.0, 1.25, between=3.0)
WHOLE = 1_000  # characters of a cell that still stays on one page; longer ones left half of every page empty
GREEN, GREY = (0x0A, 0x62, 0x31), (0x56, 0x61, 0x70)


def write(draft: Draft) -> None:
    """Write the table into the draft: the title, where the texts come from, what matters most of the summary, the
    figures and what follows, all on the first page; the rest of the summary, then a row for each change and each
    footnote without a call, what a minimum weight left out, what is strange about the texts.
    """
    landscape(draft.document)
    summary = draft.report.find(Summary) or Summary(())
    breaks = _set_first_page(draft, summary)
    for block in draft.report.blocks:
        match block:
            case Title():
                _heading(draft, block)
            case Provenance():
                for line in block.lines:
                    _coloured(draft.document.add_paragraph(style=NOTE).add_run(clean(as_text(line))), GREY)
            case Summary():
                _leads(draft, block)
            case Numbers():
                _numbers(draft, block, summary, breaks=breaks)
            case Changes():
                _table(draft, block)
                if block.hidden:
                    hidden = counted("changes.hidden", block.hidden, draft.report.lang)
                    draft.document.add_paragraph().add_run(hidden).italic = True
            case Notices():
                heading = draft.document.add_paragraph()
                heading.paragraph_format.keep_with_next = True
                heading.add_run(message("heading.notices", lang=draft.report.lang)).bold = True
                for notice in block.facts:
                    draft.document.add_paragraph(clean(as_notice(notice, draft.report.lang)), style="List Bullet")
            case _:
                pass


def _set_first_page(draft: Draft, summary: Summary) -> bool:
    """Give the document the styles of the summary, in such a size that what matters most ends on the first page with
    the figures; whether its rest begins another: not where all of it stands on the first, nor where that is too short
    for what matters most."""
    from docx.shared import Pt

    report, provenance, numbers = draft.report, draft.report.find(Provenance), draft.report.find(Numbers)
    head = [f"{text.name}, {text.date} – {text.title}" for text in (draft.title.old, draft.title.new)]
    head += [message("heading.summary", lang=report.lang), _then(report, summary)]
    head += [as_text(numbers_line(numbers, report.lang))] if numbers else []
    notes, first = [*(lines(provenance.lines) if provenance else ()), summary.note], summary.first
    room = PAGE - TITLE_SIZE * 2 - WIDE.height(head, HEAD_SIZE) - WIDE.height(notes, NOTE_SIZE)
    size = SENTENCES.largest(lines(first), room)
    for name, base, column, points in (
        (HEAD, "Normal", WIDE, HEAD_SIZE),
        (NOTE, "Normal", WIDE, NOTE_SIZE),
        (LEAD, REST, SENTENCES, size),
    ):
        _style(draft, name, base, points, column.between, points * column.leading)
    for name in (REST, *DEEPER):
        draft.document.styles[name].font.size = Pt(REST_SIZE)
    left = room - SENTENCES.height(lines(first), size)
    return 0 <= left < SENTENCES.height(lines(summary.rest), REST_SIZE)


def _then(report: Report, summary: Summary) -> str:
    """What comes after the first page; empty where nothing does."""
    changes = report.find(Changes)
    ways = [numbered("page.others", summary.rest, report.lang)] if summary.rest else []
    ways += [message("heading.changes", lang=report.lang)] if changes and changes.rows else []
    return f"{message('word.colon', lang=report.lang)}{' · '.join(ways)}" if ways else ""


def _heading(draft: Draft, title: Title) -> None:
    from docx.shared import Pt

    run = draft.document.add_paragraph().add_run(clean(draft.report.title))
    run.bold = True
    run.font.size = Pt(TITLE_SIZE)
    for text in (title.old, title.new):
        paragraph = draft.document.add_paragraph(style=HEAD)
        paragraph.add_run(clean(text.name)).bold = True
        paragraph.add_run(clean(f", {text.date}") if text.date else "")
        paragraph.add_run(clean(f" – {text.title}") if text.title and text.title != text.name else "")


def _leads(draft: Draft, summary: Summary) -> None:
    """What matters most, under its heading."""
    heading = draft.document.add_paragraph(style=HEAD)
    heading.add_run(message("heading.summary", lang=draft.report.lang)).bold = True
    if summary.note:
        draft.document.add_paragraph(style=NOTE).add_run(clean(summary.note)).italic = True
    for sentence in summary.first:
        _say(draft.document.add_paragraph(style=LEAD)._p, sentence)


def _numbers(draft: Draft, numbers: Numbers, summary: Summary, *, breaks: bool) -> None:
    """The figures and what follows, then the rest of the summary; that on a page of its own where it ``breaks``."""
    draft.document.add_paragraph(clean(as_text(numbers_line(numbers, draft.report.lang))), style=HEAD)
    if then := _then(draft.report, summary):
        paragraph = draft.document.add_paragraph(style=HEAD)
        paragraph.add_run(message("heading.then", lang=draft.report.lang)).bold = True
        paragraph.add_run(then)
    for place, sentence in enumerate(summary.rest):
        paragraph = draft.document.add_paragraph(style=DEEPER[0] if sentence.uncited else REST)
        if breaks and not place:
            paragraph.paragraph_format.page_break_before = True
        _say_as_list(draft, paragraph, sentence)


def _say_as_list(draft: Draft, paragraph: Any, sentence: Sentence) -> None:  # noqa: ANN401
    """A sentence of which each paragraph that it tells of is a paragraph, below what opens them, else beside the first
    one, which has the number."""
    (least, first), *others = sentence.outline
    say_line(paragraph._p, first)
    for depth, line in others:
        style = DEEPER[min(depth - least, len(DEEPER) - 1)]
        say_line(draft.document.add_paragraph(style=style)._p, line)


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
    below(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # repeated on every page
    part: Part | None = None
    done: list[Any] = []  # beside the table: the library looks through all its rows for each new one
    like = _taken(table, table.add_row())
    for row in block.rows:
        if row.part is not part:
            part = row.part
            done.append(_part(table, message(f"heading.{part}", lang=lang)))
        done.append(_row(like, row, lang))
    if block.notes:
        done.append(_part(table, message("heading.uncalled", lang=lang)))
        done += [_noted(like, note, lang) for note in block.notes]
    table._tbl.extend(done)
    _set_close(draft, table)


def _set_close(draft: Draft, table: Any) -> None:  # noqa: ANN401 - python-docx has no type for it
    """Set the paragraphs of the table in smaller type and closer than those of a text."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style = _style(draft, "Table Text", "Normal", SIZE, 2.0, 0.0)
    style.paragraph_format.space_before, style.paragraph_format.line_spacing = Pt(2), 1.0
    for paragraph in table._tbl.iter(qn("w:p")):
        paragraph.style = style.style_id


def _style(draft: Draft, name: str, base: str, size: float, after: float, line: float) -> Any:  # noqa: ANN401
    """A new style of paragraphs, like another one but in type of that size, in points, with that room after each and
    from line to line; none is as much as the font has."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    style: Any = draft.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = draft.document.styles[base]
    style.font.size = Pt(size)
    style.paragraph_format.space_after = Pt(after)
    if line:
        style.paragraph_format.line_spacing = Pt(line)
    return style


def _part(table: Any, text: str) -> Any:  # noqa: ANN401 - python-docx has no type for it
    """The row of a heading, taken out of the table."""
    added = table.add_row()
    cells = added.cells
    heading = cells[0].merge(cells[2]).paragraphs[0]
    heading.paragraph_format.keep_with_next = True
    heading.add_run(text).bold = True
    return _taken(table, added)


def _taken(table: Any, row: Any) -> Any:  # noqa: ANN401 - python-docx has no type for it
    """The element of a row, taken out of its table."""
    table._tbl.remove(row._tr)
    return row._tr


def _row(like: Any, row: Row, lang: str) -> Any:  # noqa: ANN401 - python-docx has no type for it
    """The row of a change: a copy of an empty one, filled.

    The library takes milliseconds for what is a row of three cells with a dozen runs, and has thousands to write.
    """
    added = deepcopy(like)
    if max(sum(len(paragraph.text) for paragraph in side) for side in (row.old, row.new)) <= WHOLE:
        below(added.get_or_add_trPr(), "w:cantSplit")  # it begins a new page rather than break
    old, new, remarks = added.tc_lst
    _texts(old, row.change.edits, Op.DELETE, row.old, lang)
    _texts(new, row.change.edits, Op.INSERT, row.new, lang)
    for note in row.notes:
        _note(old, note, Side.OLD, lang)
        _note(new, note, Side.NEW, lang)
    became = outcome(row.change, lang, row.notes)
    add_run(remarks.p_lst[0], became, "b")
    if as_text(row.beside).rstrip(".").casefold() not in ("", became.casefold()):
        _say(below(remarks, "w:p"), row.beside)
    return added


def _noted(like: Any, note: Note, lang: str) -> Any:  # noqa: ANN401 - python-docx has no type for it
    """The row of a footnote that no paragraph shown calls."""
    added = deepcopy(like)
    for cell, side in zip(added.tc_lst, Side, strict=False):
        _note(cell, note, side, lang)
    return added


def _texts(cell: Any, edits: Sequence[Edit], own: Op, paragraphs: Sequence[Paragraph], lang: str) -> None:  # noqa: ANN401
    """The paragraphs of one side, each under its address, what the other side lacks underlined or struck."""
    # Seen alone, a text is woven like a new one: its places are counted in itself.
    kept = [replace(e, op=Op.INSERT) if e.op is own else e for e in as_seen(edits) if e.op in (own, Op.EQUAL)]
    mark, colour = ("strike", RED) if own is Op.DELETE else ("u", GREEN)
    for index, (paragraph, line) in enumerate(zip(paragraphs, weave(kept, (), paragraphs), strict=False)):
        written = below(cell, "w:p") if index else cell.p_lst[0]
        add_run(written, f"{label(paragraph.id, lang)}  ", colour=GREY)
        for piece in line:
            if piece.is_break:
                continue
            lead = ("i",) if piece.lead else ()
            if piece.edit.op is Op.EQUAL:
                add_run(written, clean(piece.text), *lead)
            else:
                add_run(written, clean(piece.text), *lead, mark, colour=colour)


def _note(cell: Any, note: Note, side: Side, lang: str) -> None:  # noqa: ANN401
    """A footnote of one side below its paragraph, where that side has it."""
    words = note.of(side)
    if not words:
        return
    is_empty = len(cell.p_lst) == 1 and not len(cell.p_lst[0])
    written = cell.p_lst[0] if is_empty else below(cell, "w:p")
    add_run(written, f"{note.label}{message('word.colon', lang=lang)}", colour=GREY)
    mark, colour = ("strike", RED) if side is Side.OLD else ("u", GREEN)
    for edit in words:
        if edit.op is Op.EQUAL:
            add_run(written, clean(edit.text))
        else:
            add_run(written, clean(edit.text), mark, colour=colour)


def _say(paragraph: Any, sentence: Sentence) -> None:  # noqa: ANN401
    """A sentence with its stressed and struck words; what it tells of several paragraphs line by line."""
    for place, line in enumerate(sentence.lines):
        if place:
            below(below(paragraph, "w:r"), "w:br")
        say_line(paragraph, line)


def _coloured(run: Any, colour: tuple[int, int, int]) -> None:  # noqa: ANN401 - python-docx has no type for it
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor(*colour)
