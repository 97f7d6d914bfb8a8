"""The body of the Word document with tracked changes: paragraphs, revisions, comments, bookmarks."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from resdiff.messages import message
from resdiff.model import Kind, Link, Op, Part, Weight
from resdiff.rendering.word.draft import REVISIONS, Draft, append
from resdiff.rendering.word.footnotes import Footnotes
from resdiff.rendering.word.moves import passages, with_moves
from resdiff.rendering.word.redline import Line, Piece, redline
from resdiff.rendering.xml import clean
from resdiff.report import Changes, Provenance, Summary, Texts, Title, as_text, label

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as WordParagraph

__all__ = ["write"]

MOVES = {Op.INSERT: "w:moveTo", Op.DELETE: "w:moveFrom"}
OPENING = 80  # characters of a passage by which a comment calls it


def write(draft: Draft, *, track_moves: bool = False) -> None:
    """Write the tracked text into the draft: the title, then every paragraph of both texts."""
    texts = draft.report.find(Texts)
    assert texts
    head = _title(draft.title)
    remarks = _remarks(draft)
    open_comments: set[tuple[object, ...]] = set()
    notes = Footnotes(draft)
    lines = redline(texts, head)
    for index, line in enumerate(with_moves(lines) if track_moves else lines):
        if head and not index:
            _heading(draft, line, _preface(draft), notes)
            continue
        text = _remark(line, remarks, draft.report.lang)
        key = (text, line.change.link if line.change else None, line.old is None, line.new is None)
        said = text if line.first and key not in open_comments else ""
        open_comments.add(key)
        _paragraph(draft, line, said, notes)
    notes.close()


# ---- comments -------------------------------------------------------------------------------------------------------


def _preface(draft: Draft) -> str:
    """The comment on the title: where the texts come from, and the summary."""
    lines: list[str] = []
    for block in draft.report.blocks:
        if isinstance(block, Provenance):
            lines += [as_text(line) for line in block.lines]
        elif isinstance(block, Summary):
            lines += [f"– {as_text(sentence)}" for sentence in block.sentences]
    return "\n".join(lines)


def _remarks(draft: Draft) -> dict[Link, str]:
    """The remark of each change that says more than its kind."""
    lang = draft.report.lang
    kinds = {message(f"kind.{kind}", lang=lang).casefold() for kind in Kind}
    changes = draft.report.find(Changes)
    found = {row.change.link: as_text(row.remark).strip() for row in changes.rows} if changes else {}
    return {link: text for link, text in found.items() if text.rstrip(".").casefold() not in kinds}


def _remark(line: Line, remarks: dict[Link, str], lang: str) -> str:
    """What to say of a line in the margin: that it moved, or was split or merged, and the remark of its change."""
    change = line.change
    if change is None:
        return ""
    gone = [_passage(*passage, lang) for passage in passages(change)]
    if change.weight is Weight.NONE and not change.moved:
        return "\n".join(gone)
    remark = remarks.get(change.link, "")
    kind = "moved" if change.moved else str(change.kind)
    place = ""
    if kind in ("moved", "split", "merged") and message(f"kind.{kind}", lang=lang) not in remark:
        old, new = (", ".join(label(id_, lang) for id_ in ids) for ids in (change.link.old, change.link.new))
        place = message(f"word-file.{kind}", old, new, lang=lang)
    return "\n".join(text[:1].upper() + text[1:] for text in (place, remark, *gone) if text)


def _passage(old: str, new: str, text: str, lang: str) -> str:
    """From where to where a passage went, and its first words."""
    words = " ".join(text.split())
    opening = words if len(words) <= OPENING else words[:OPENING].rpartition(" ")[0] + "…"
    return message("word-file.passage", label(old, lang), label(new, lang), opening, lang=lang)


# ---- paragraphs -----------------------------------------------------------------------------------------------------


def _title(title: Title) -> tuple[Piece, ...]:
    """The title of the resolution, its number as text; changes of both are tracked."""
    old, new = (f"{text.name}. " if text.symbol else "" for text in (title.old, title.new))
    pieces = [Piece(Op.EQUAL, old)] if old == new else [Piece(Op.DELETE, old), Piece(Op.INSERT, new)]
    if title.edits:
        pieces += [Piece(edit.op, edit.text.replace("\n", " ")) for edit in title.edits]
    elif title.old.title == title.new.title:
        pieces.append(Piece(Op.EQUAL, title.new.title))
    else:
        pieces += [Piece(Op.DELETE, title.old.title), Piece(Op.INSERT, title.new.title)]
    return tuple(piece for piece in pieces if piece.text)


def _heading(draft: Draft, line: Line, comment: str, notes: Footnotes) -> None:
    paragraph = draft.document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    _fill(draft, paragraph, line.pieces, comment, notes, bold=True)
    if line.end is not Op.EQUAL:
        _mark_end(draft, paragraph, line.end)


def _paragraph(draft: Draft, line: Line, comment: str, notes: Footnotes) -> None:
    from docx.shared import Cm

    paragraph = draft.document.add_paragraph()
    shown = line.new or line.old
    if shown:
        depth = shown.depth
        paragraph.paragraph_format.left_indent = Cm(1.2 * depth) if depth else None
        ends = shown.part is Part.CONCLUSION
        paragraph.paragraph_format.first_line_indent = None if ends or depth else Cm(1.2)
        if ends:
            _aligned_right(paragraph)
    range_id = _range_start(draft, paragraph, line.end, line.move) if line.move else ""
    _bookmarked(draft, paragraph, line, comment, notes)
    if range_id:  # after the paragraph: its mark moves with it
        end = append(paragraph._p, f"{MOVES[line.end]}RangeEnd", {"w:id": range_id})
        paragraph._p.addnext(end)
    if line.end is not Op.EQUAL:
        _mark_end(draft, paragraph, line.end, moved=bool(line.move))


def _aligned_right(paragraph: "WordParagraph") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _bookmarked(draft: Draft, paragraph: "WordParagraph", line: Line, comment: str, notes: Footnotes) -> None:
    """The words of a line between the bookmarks of its paragraphs: ``op12_a`` is op12.a, ``old_op12`` an old one."""
    names = []
    if line.first and line.old and line.old.part not in (Part.PREFACE, Part.CONCLUSION):
        names.append(f"old_{line.old.id.replace('.', '_')}")
    if line.first and line.new and line.new.part not in (Part.PREFACE, Part.CONCLUSION):
        names.append(line.new.id.replace(".", "_"))
    ids = [str(next(draft.ids)) for _ in names]
    for id_, name in zip(ids, names, strict=True):
        append(paragraph._p, "w:bookmarkStart", {"w:id": id_, "w:name": name[:40]})
    _fill(draft, paragraph, line.pieces, comment, notes)
    for id_ in ids:
        append(paragraph._p, "w:bookmarkEnd", {"w:id": id_})


def _fill(
    draft: Draft,
    paragraph: "WordParagraph",
    pieces: Iterable[Piece],
    comment: str,
    notes: Footnotes,
    *,
    bold: bool = False,
) -> None:
    """Runs, each deleted or inserted one inside its revision; the comment spans them all."""
    id_ = draft.comment(comment) if comment else ""
    if id_:
        append(paragraph._p, "w:commentRangeStart", {"w:id": id_})
    for piece in pieces:
        if piece.note:
            notes.call(paragraph._p, piece.op, piece.note)
        else:
            _piece(draft, paragraph, piece, bold)
    if id_:
        append(paragraph._p, "w:commentRangeEnd", {"w:id": id_})
        run = append(paragraph._p, "w:r", {})
        append(append(run, "w:rPr", {}), "w:rStyle", {"w:val": "CommentReference"})
        append(run, "w:commentReference", {"w:id": id_})


def _piece(draft: Draft, paragraph: "WordParagraph", piece: Piece, bold: bool) -> None:
    """A run, inside its revision if it has one; one that moved alone inside the range of its move."""
    if not piece.move:
        tag = REVISIONS.get(piece.op)
        _run(append(paragraph._p, tag, draft.revision()) if tag else paragraph._p, piece, bold)
        return
    range_id = _range_start(draft, paragraph, piece.op, piece.move) if piece.passage else ""
    _run(append(paragraph._p, MOVES[piece.op], draft.revision()), piece, bold)
    if range_id:
        append(paragraph._p, f"{MOVES[piece.op]}RangeEnd", {"w:id": range_id})


def _range_start(draft: Draft, paragraph: "WordParagraph", op: Op, move: str) -> str:
    """Open one half of a move, paired with the other by its name; the id that closes it."""
    attributes = draft.revision() | {"w:name": move}
    append(paragraph._p, f"{MOVES[op]}RangeStart", attributes)
    return attributes["w:id"]


def _run(holder: Any, piece: Piece, bold: bool) -> None:  # noqa: ANN401 - lxml has no types
    run = append(holder, "w:r", {})
    if piece.lead or bold:
        properties = append(run, "w:rPr", {})
        append(properties, "w:b" if bold else "w:i", {})
    text = append(run, "w:delText" if piece.op is Op.DELETE and not piece.move else "w:t", {"xml:space": "preserve"})
    text.text = clean(piece.text)


def _mark_end(draft: Draft, paragraph: "WordParagraph", op: Op, *, moved: bool = False) -> None:
    """Say that the paragraph mark itself is inserted, deleted or moved."""
    properties = paragraph._p.get_or_add_pPr()
    append(append(properties, "w:rPr", {}), (MOVES if moved else REVISIONS)[op], draft.revision())
