"""The text of a next edition with its marks: lines cut into pieces, each of which bears the number of its remark."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from resdiff.drafting.revision import Revision
from resdiff.layers import Mark
from resdiff.model import Paragraph, Part, Resolution

__all__ = ["DraftLine", "Piece", "draft_lines", "note_numbers"]


class Piece(Struct, frozen=True):
    """Words that are kept, added or removed; ``remark`` is the number of the revision they belong to, 0 for none.

    ``call`` is the label of a footnote that is called there, under its new number; such a piece has no words.
    """

    mark: Mark
    text: str
    remark: int = 0
    call: str = ""
    lead: bool = False


class DraftLine(Struct, frozen=True):
    """A paragraph with its number in front, and its pieces."""

    id: str
    part: Part
    depth: int
    number: str
    pieces: tuple[Piece, ...]


def note_numbers(text: Resolution) -> dict[str, str]:
    """The number of each footnote in the next edition: from 1, in the order of the calls; those nobody calls last."""
    called = dict.fromkeys(n.label for n in text.footnotes if n.paragraph)
    order = dict.fromkeys([*called, *(n.label for n in text.footnotes)])
    return {label: str(turn) for turn, label in enumerate(order, 1)}


def draft_lines(text: Resolution, revisions: Sequence[Revision]) -> Iterator[DraftLine]:
    """The lines of the text with these revisions, numbered from 1 in their order."""
    numbers = note_numbers(text)
    for paragraph in text.paragraphs:
        if paragraph.part is Part.CONCLUSION:
            continue  # the meeting and the day of the last edition
        own = [(turn, r) for turn, r in enumerate(revisions, 1) if r.paragraph == paragraph.id]
        calls = sorted((n.offset, numbers[n.label]) for n in text.footnotes if n.paragraph == paragraph.id)
        pieces = tuple(_with_lead(paragraph, _with_calls(_pieces(paragraph, own), calls)))
        number = f"{paragraph.marker} " if paragraph.number else ""
        yield DraftLine(paragraph.id, paragraph.part, paragraph.depth, number, pieces)


def _pieces(paragraph: Paragraph, own: Sequence[tuple[int, Revision]]) -> Iterator[Piece]:
    """The words of a paragraph with its revisions; what is open stands in brackets that are added."""
    at = 0
    for turn, revision in own:
        yield Piece(Mark.KEPT, paragraph.text[at : revision.start])
        words = paragraph.text[revision.start : revision.end]
        if revision.text is None:
            yield Piece(Mark.ADDED, "[", turn)
            yield Piece(Mark.KEPT, words, turn)
            yield Piece(Mark.ADDED, "]", turn)
        else:
            yield from _replaced(words, revision.text, turn)
        at = revision.end
    yield Piece(Mark.KEPT, paragraph.text[at:])


def _replaced(old: str, new: str, turn: int) -> Iterator[Piece]:
    """Old and new words, those they share at both ends kept."""
    olds, news = old.split(" "), new.split(" ")
    start = end = 0
    shortest = min(len(olds), len(news)) if old else 0
    while start < shortest and olds[start] == news[start]:
        start += 1
    while end < shortest - start and olds[-1 - end] == news[-1 - end]:
        end += 1
    head, tail = (" ".join(olds[:start]) + " ") if start else "", (" " + " ".join(olds[-end:])) if end else ""
    yield Piece(Mark.KEPT, head, turn)
    yield Piece(Mark.REMOVED, old[len(head) : len(old) - len(tail)], turn)
    yield Piece(Mark.ADDED, new[len(head) : len(new) - len(tail)], turn)
    yield Piece(Mark.KEPT, tail, turn)


def _with_calls(pieces: Iterator[Piece], calls: Sequence[tuple[int, str]]) -> Iterator[Piece]:
    """The pieces with the calls of footnotes at their places in the text as it was."""
    at, due = 0, list(calls)
    for piece in pieces:
        if piece.mark is Mark.ADDED:
            yield piece
            continue
        start, end = at, at + len(piece.text)
        while due and due[0][0] <= end and (due[0][0] < end or not due[0][0] or piece.text):
            offset, label = due.pop(0)
            if offset > start:
                yield _cut(piece, start - at, offset - at)
            yield Piece(Mark.KEPT, "", 0, label)
            start = max(start, offset)
        if start < end:
            yield _cut(piece, start - at, end - at)
        at = end
    yield from (Piece(Mark.KEPT, "", 0, label) for _, label in due)


def _cut(piece: Piece, start: int, end: int) -> Piece:
    return Piece(piece.mark, piece.text[start:end], piece.remark)


def _with_lead(paragraph: Paragraph, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces with the opening verb apart, where it is kept."""
    rest = len(paragraph.lead) if paragraph.text.startswith(paragraph.lead) else 0
    for piece in pieces:
        if rest and piece.mark is Mark.KEPT and piece.text:
            yield Piece(piece.mark, piece.text[:rest], piece.remark, lead=True)
            piece, rest = _cut(piece, rest, len(piece.text)), max(rest - len(piece.text), 0)
        if piece.text or piece.call:
            yield piece
