"""The two sides of a change woven into one text, a line a paragraph, for renderers of plain text."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resdiff.model import Edit, Op, Paragraph

__all__ = ["PILCROW", "Piece", "weave"]

PILCROW = "¶"


class Piece(Struct, frozen=True):
    """A run of characters with the edit it belongs to; ``lead`` tells that it is the opening verb."""

    edit: Edit
    text: str
    lead: bool = False


def weave(edits: Sequence[Edit], old: Sequence[Paragraph] = (), new: Sequence[Paragraph] = ()) -> list[list[Piece]]:
    """The edits as lines of pieces.

    A paragraph break that was inserted shows as ¶ before the break; one that was deleted as ¶ within the line.

    >>> edits = (Edit(Op.EQUAL, "a"), Edit(Op.INSERT, " b\\nc"), Edit(Op.EQUAL, "d"))
    >>> [[piece.text for piece in line] for line in weave(edits)]
    [['a', ' b', '¶'], ['c', 'd']]
    """
    lines: list[list[Piece]] = [[]]
    for piece in _with_leads(edits, old, new):
        first, *others = piece.text.split("\n")
        if first:
            lines[-1].append(replace(piece, text=first))
        for text in others:
            if piece.edit.op is not Op.EQUAL:
                lines[-1].append(Piece(piece.edit, PILCROW))
            if piece.edit.op is not Op.DELETE:
                lines.append([])
            if text:
                lines[-1].append(replace(piece, text=text))
    return [line for line in lines if line]


def _with_leads(edits: Sequence[Edit], old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Piece]:
    """The edits as pieces, cut where an opening verb ends. Deleted words count in the old text, others in the new."""
    leads = {True: _leads(old), False: _leads(new)}
    places = {True: 0, False: 0}
    for edit in edits:
        of_old = edit.op is Op.DELETE
        yield from _cut(edit, places[of_old], leads[of_old])
        places[True] += 0 if edit.op is Op.INSERT else len(edit.text)
        places[False] += 0 if edit.op is Op.DELETE else len(edit.text)


def _leads(paragraphs: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """From where to where each lead stands in the paragraphs joined by line ends."""
    spans, start = [], 0
    for paragraph in paragraphs:
        if paragraph.lead and paragraph.text.startswith(paragraph.lead):
            spans.append((start, start + len(paragraph.lead)))
        start += len(paragraph.text) + 1
    return spans


def _cut(edit: Edit, start: int, leads: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    end = start + len(edit.text)
    borders = sorted({start, end, *(border for lead in leads for border in lead if start < border < end)})
    for i in range(len(borders) - 1):
        first, last = borders[i] - start, borders[i + 1] - start
        yield Piece(edit, edit.text[first:last], any(begin <= borders[i] < stop for begin, stop in leads))
