"""The body of the Word document with tracked changes: paragraphs, revisions, comments, bookmarks."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from resdiff.messages import message
from resdiff.model import Kind, Link, Op, Part, Weight
from resdiff.rendering.word.draft import REVISIONS, Draft, append, as_notice
from resdiff.rendering.word.footnotes import Footnotes
from resdiff.rendering.word.looks import TITLE, Look
from resdiff.rendering.word.moves import passages, with_moves
from resdiff.rendering.word.redline import Line, Piece, redline
from resdiff.rendering.word.styles import add_lists, add_styles
from resdiff.rendering.xml import clean
from resdiff.report import (
    Changes,
    Notices,
    Numbers,
    Provenance,
    Sentence,
    Summary,
    Texts,
    as_text,
    counted,
    label,
    numbers_line,
)
from resdiff.report.wording import sentence

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as WordParagraph

__all__ = ["write"]

MOVES = {Op.INSERT: "w:moveTo", Op.DELETE: "w:moveFrom"}
OPENING = 80  # characters of a passage by which a comment calls it


def write(draft: Draft, *, track_moves: bool = False, comments: bool = True) -> None:
    """Write the tracked text into the draft: every paragraph of both texts, the title too, with comments on them unless
    they are not wanted.
    """
    texts = draft.report.find(Texts)
    assert texts
    lines = redline(texts, moves=track_moves)
    lines = with_moves(lines) if track_moves else lines
    remarks = _remarks(draft)
    open_comments: set[tuple[object, ...]] = set()
    add_styles(draft)
    looks = [look for line in lines for look in (line.look, line.former) if look]
    page = Page(draft, Footnotes(draft), add_lists(draft, (look.place for look in looks if look.place)))
    title = next((line for line in lines if TITLE in {p.id for p in (line.old, line.new) if p}), None)
    for line in lines:
        if line is title:
            _paragraph(page, line, _preface(draft) if comments else ())
            continue
        remark = tuple(_remark(line, remarks, draft.report.lang))
        key = (remark, line.change.link if line.change else None, line.old is None, line.new is None)
        said = remark if comments and line.first and key not in open_comments else ()
        open_comments.add(key)
        _paragraph(page, line, said)
    page.notes.close()


class Page(Struct, frozen=True):
    """The document being written, its footnotes, and its lists by their names."""

    draft: Draft
    notes: Footnotes
    lists: dict[str, str]


# ---- comments -------------------------------------------------------------------------------------------------------


def _preface(draft: Draft) -> list[Sentence]:
    """The comment on the title: where the texts come from, the summary, the figures, what is strange about them."""
    said: list[Sentence] = []
    lang = draft.report.lang
    for block in draft.report.blocks:
        if isinstance(block, Provenance):
            said += block.lines
        elif isinstance(block, Summary):
            said += [Sentence(("– ", *each.parts)) for each in block.sentences]
            said += [Sentence((block.note,))] if block.note else []
        elif isinstance(block, Numbers):
            said.append(numbers_line(block, lang))
        elif isinstance(block, Changes) and block.hidden:
            said.append(Sentence((counted("changes.hidden", block.hidden, lang),)))
        elif isinstance(block, Notices):
            said += [Sentence((as_notice(notice, lang),)) for notice in block.facts]
    return said


def _remarks(draft: Draft) -> dict[Link, Sentence]:
    """The remark of each change that says more than its kind."""
    lang = draft.report.lang
    kinds = {"", *(message(f"kind.{kind}", lang=lang).casefold() for kind in Kind)}
    changes = draft.report.find(Changes)
    found = {row.change.link: row.remark for row in changes.rows} if changes else {}
    return {link: said for link, said in found.items() if as_text(said).strip().rstrip(".").casefold() not in kinds}


def _remark(line: Line, remarks: dict[Link, Sentence], lang: str) -> list[Sentence]:
    """What to say of a line in the margin: that it moved, or was split or merged, and the remark of its change."""
    change = line.change
    if change is None:
        return []
    gone = [_passage(*passage, lang) for passage in passages(change)]
    if change.weight is Weight.NONE and not change.moved:
        return [Sentence((text,)) for text in gone]
    remark = remarks.get(change.link, Sentence(()))
    kind = "moved" if change.moved else str(change.kind)
    place = ""
    if kind in ("moved", "split", "merged") and message(f"kind.{kind}", lang=lang) not in as_text(remark):
        old, new = (", ".join(label(id_, lang) for id_ in ids) for ids in (change.link.old, change.link.new))
        place = message(f"word-file.{kind}", old, new, lang=lang)
    return [sentence(parts) for parts in ((place,), remark.parts, *((text,) for text in gone)) if any(parts)]


def _passage(old: str, new: str, text: str, lang: str) -> str:
    """From where to where a passage went, and its first words."""
    words = " ".join(text.split())
    opening = words if len(words) <= OPENING else words[:OPENING].rpartition(" ")[0] + "…"
    return message("word-file.passage", label(old, lang), label(new, lang), opening, lang=lang)


# ---- paragraphs -----------------------------------------------------------------------------------------------------


def _paragraph(page: Page, line: Line, comment: Sequence[Sentence]) -> None:
    draft = page.draft
    paragraph = draft.document.add_paragraph()
    range_id = _range_start(draft, paragraph, line.end, line.move) if line.move else ""
    _bookmarked(page, paragraph, line, comment)
    if range_id:  # after the paragraph: its mark moves with it
        end = append(paragraph._p, f"{MOVES[line.end]}RangeEnd", {"w:id": range_id})
        paragraph._p.addnext(end)
    _properties(page, paragraph, line)


def _properties(page: Page, paragraph: "WordParagraph", line: Line) -> None:
    """How the paragraph is set; that its mark is inserted, deleted or moved; how it was set, where that is tracked."""
    properties = paragraph._p.get_or_add_pPr()
    look = line.look or line.former
    if look:
        _set(page, properties, look)
    if line.end is not Op.EQUAL:
        marks = MOVES if line.move else REVISIONS
        append(append(properties, "w:rPr", {}), marks[line.end], page.draft.revision())
    if look and line.former and line.former != look:
        change = append(properties, "w:pPrChange", page.draft.revision())
        _set(page, append(change, "w:pPr", {}), line.former)


def _set(page: Page, properties: Any, look: Look) -> None:  # noqa: ANN401 - lxml has no types
    append(properties, "w:pStyle", {"w:val": look.style})
    if look.place:
        number = append(properties, "w:numPr", {})
        append(number, "w:ilvl", {"w:val": str(look.place.level)})
        append(number, "w:numId", {"w:val": page.lists[look.place.list]})


def _bookmarked(page: Page, paragraph: "WordParagraph", line: Line, comment: Sequence[Sentence]) -> None:
    """The words of a line between the bookmarks of its paragraphs: ``op12_a`` is op12.a, ``old_op12`` an old one."""
    names = []
    if line.first and line.old and line.old.part not in (Part.PREFACE, Part.CONCLUSION):
        names.append(f"old_{line.old.id.replace('.', '_')}")
    if line.first and line.new and line.new.part not in (Part.PREFACE, Part.CONCLUSION):
        names.append(line.new.id.replace(".", "_"))
    ids = [str(next(page.draft.ids)) for _ in names]
    for id_, name in zip(ids, names, strict=True):
        append(paragraph._p, "w:bookmarkStart", {"w:id": id_, "w:name": name[:40]})
    _fill(page, paragraph, line.pieces, comment)
    for id_ in ids:
        append(paragraph._p, "w:bookmarkEnd", {"w:id": id_})


def _fill(page: Page, paragraph: "WordParagraph", pieces: Iterable[Piece], comment: Sequence[Sentence]) -> None:
    """Runs, what is deleted or inserted in one go inside one revision; the comment spans them all."""
    draft = page.draft
    id_ = draft.comment(comment) if comment else ""
    if id_:
        append(paragraph._p, "w:commentRangeStart", {"w:id": id_})
    for (op, note, move), run in groupby(pieces, key=lambda piece: (piece.op, piece.note, piece.move)):
        if note:
            for _ in run:  # one note may be called twice at one place
                page.notes.call(paragraph._p, op, note)
        elif move:
            for piece in run:
                _moved(draft, paragraph, piece)
        else:
            tag = REVISIONS.get(op)
            holder = append(paragraph._p, tag, draft.revision()) if tag else paragraph._p
            for piece in run:
                _run(holder, piece)
    if id_:
        append(paragraph._p, "w:commentRangeEnd", {"w:id": id_})
        run_ = append(paragraph._p, "w:r", {})
        append(append(run_, "w:rPr", {}), "w:rStyle", {"w:val": "CommentReference"})
        append(run_, "w:commentReference", {"w:id": id_})


def _moved(draft: Draft, paragraph: "WordParagraph", piece: Piece) -> None:
    """A run that moved; one that moved alone inside the range of its move."""
    range_id = _range_start(draft, paragraph, piece.op, piece.move) if piece.passage else ""
    _run(append(paragraph._p, MOVES[piece.op], draft.revision()), piece)
    if range_id:
        append(paragraph._p, f"{MOVES[piece.op]}RangeEnd", {"w:id": range_id})


def _range_start(draft: Draft, paragraph: "WordParagraph", op: Op, move: str) -> str:
    """Open one half of a move, paired with the other by its name; the id that closes it."""
    attributes = draft.revision() | {"w:name": move}
    append(paragraph._p, f"{MOVES[op]}RangeStart", attributes)
    return attributes["w:id"]


def _run(holder: Any, piece: Piece) -> None:  # noqa: ANN401 - lxml has no types
    run = append(holder, "w:r", {})
    if piece.lead:
        append(append(run, "w:rPr", {}), "w:i", {})
    text = append(run, "w:delText" if piece.op is Op.DELETE and not piece.move else "w:t", {"xml:space": "preserve"})
    text.text = clean(piece.text)
