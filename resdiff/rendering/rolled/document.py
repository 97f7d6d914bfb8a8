"""The draft of a next edition as a Word document: tracked changes on the last one, a comment on each, real footnotes.

"Reject all" gives the text of the last edition; its footnotes count from 1, as Word numbers them.
"""

from typing import Any

from resdiff.drafting import DraftLine, Piece, RollForward, draft_lines, note_numbers
from resdiff.layers import Mark
from resdiff.model import Edit, NoteChange, NoteKind, Op, Part, Side, Weight
from resdiff.rendering.rolled.words import cautions, figures, heading, late, remark
from resdiff.rendering.word import AUTHOR, stamp
from resdiff.rendering.word.draft import REVISIONS, Draft, append
from resdiff.rendering.word.footnotes import Footnotes
from resdiff.rendering.xml import clean
from resdiff.report import Call, Note, Report, Sentence, Text, Texts, Title

__all__ = ["kept_note", "render"]

OPS = {Mark.ADDED: Op.INSERT, Mark.REMOVED: Op.DELETE}


def render(rolled: RollForward, options: Any) -> bytes:  # noqa: ANN401 - rolled.Options
    """The document as bytes. Raises UsageError for a date that cannot be understood."""
    lang = options.lang
    title = heading(rolled, options.name, lang)
    texts = Text(options.name, language=rolled.text.language), Text(title, language=rolled.text.language)
    notes = _notes(rolled)
    calls = tuple(
        Call(Side.NEW, note.paragraph, note.offset, notes[note_numbers(rolled.text)[note.label]])
        for note in rolled.text.footnotes
    )
    report = Report(title, lang, (Title(*texts), Texts((), (), (), (), calls)))
    date = stamp(options.date or rolled.text.adopted, asked=bool(options.date))
    draft = Draft(report, options.author or AUTHOR, date)
    footnotes = Footnotes(draft)
    said = [figures(rolled, lang), *cautions(rolled, lang), *late(rolled, lang)]
    if rolled.text.title and rolled.text.title not in (p.text for p in rolled.text.paragraphs):
        _title(draft, rolled.text.title, "\n".join(said))
        said = []
    for line in draft_lines(rolled.text, rolled.revisions):
        _line(draft, line, rolled, notes, footnotes, "\n".join(said), lang)
        said = []
    footnotes.close()
    return draft.packed()


def _notes(rolled: RollForward) -> dict[str, Note]:
    """The footnotes, kept, by their new numbers."""
    numbers = note_numbers(rolled.text)
    found: dict[str, Note] = {}
    for note in rolled.text.footnotes:
        number = numbers[note.label]
        found.setdefault(number, kept_note(number, note.text))
    return found


def kept_note(number: str, text: str) -> Note:
    """A footnote that nobody changed."""
    words = (Edit(Op.EQUAL, text),) if text else ()
    change = NoteChange(f"note{number}", f"note{number}", NoteKind.UNCHANGED, Weight.NONE, words)
    return Note(change, number, number, "", number)


def _title(draft: Draft, title: str, said: str) -> None:
    paragraph = draft.document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    _commented(draft, paragraph._p, [Piece(Mark.KEPT, title)], said, bold=True)


def _line(
    draft: Draft,
    line: DraftLine,
    rolled: RollForward,
    notes: dict[str, Note],
    footnotes: Footnotes,
    said: str,
    lang: str,
) -> None:
    """A paragraph; the pieces of one revision under one comment."""
    from docx.shared import Cm

    paragraph = draft.document.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(1.2 * line.depth) if line.depth else None
    if not line.depth and line.part is not Part.PREFACE:
        paragraph.paragraph_format.first_line_indent = Cm(1.2)
    pieces = [*([Piece(Mark.KEPT, line.number)] if line.number else []), *line.pieces]
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if piece.call:
            if piece.call in notes:
                footnotes.call(paragraph._p, Op.EQUAL, notes[piece.call])
            at += 1
            continue
        end = at + 1
        while piece.remark and end < len(pieces) and pieces[end].remark == piece.remark:
            end += 1
        about = remark(rolled.revisions[piece.remark - 1], lang) if piece.remark else said
        said = said if piece.remark else ""
        _commented(draft, paragraph._p, pieces[at:end], about)
        at = end


def _commented(draft: Draft, holder: Any, pieces: list[Piece], about: str, *, bold: bool = False) -> None:  # noqa: ANN401
    """Runs, each in its revision, under a comment where something is said of them."""
    id_ = draft.comment(Sentence((line,)) for line in about.split("\n")) if about else ""
    if id_:
        append(holder, "w:commentRangeStart", {"w:id": id_})
    for piece in pieces:
        op = OPS.get(piece.mark, Op.EQUAL)
        inside = holder if op is Op.EQUAL else append(holder, REVISIONS[op], draft.revision())
        run = append(inside, "w:r", {})
        if piece.lead or bold:
            append(append(run, "w:rPr", {}), "w:b" if bold else "w:i", {})
        append(run, "w:delText" if op is Op.DELETE else "w:t", {"xml:space": "preserve"}).text = clean(piece.text)
    if id_:
        append(holder, "w:commentRangeEnd", {"w:id": id_})
        run = append(holder, "w:r", {})
        append(append(run, "w:rPr", {}), "w:rStyle", {"w:val": "CommentReference"})
        append(run, "w:commentReference", {"w:id": id_})
