"""The two sides of a change woven into one text, a line a paragraph, for renderers of plain text."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resdiff.model import Edit, Op, Paragraph

__all__ = ["PILCROW", "Piece", "as_seen", "weave"]

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
    for piece in _with_leads(as_seen(edits), old, new):
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


def as_seen(edits: Sequence[Edit]) -> list[Edit]:
    """The edits as an eye tells them apart: a blank that took the place of another blank, at either end of an exchange
    too, is kept, in the letters of the new text. A no-break space is no change to be shown.

    >>> [(e.op.value, e.text) for e in as_seen([Edit(Op.DELETE, " et 2 "), Edit(Op.INSERT, "\u00a0")])]
    [('delete', ' et 2'), ('equal', '\xa0')]
    """
    found: list[Edit] = []
    for edit in edits:
        before = found[-1] if found else None
        if before and before.op is Op.DELETE and edit.op is Op.INSERT and _has_blank(before, edit):
            found[-1:] = _parted(before, edit)
        else:
            found.append(edit)
    return found


def _has_blank(*exchange: Edit) -> bool:
    """Whether one of the two is a blank alone, and none breaks a paragraph."""
    return any(e.text.isspace() for e in exchange) and not any("\n" in e.text for e in exchange)


def _parted(gone: Edit, come: Edit) -> list[Edit]:
    """The exchange, what is a blank on both sides kept: before the rest, or behind it."""
    was, now = gone.text, come.text
    if was[-1].isspace() and now[-1].isspace():
        parts = [replace(gone, text=was[:-1]), replace(come, text=now[:-1]), Edit(Op.EQUAL, now[-1])]
    elif was[0].isspace() and now[0].isspace():
        parts = [Edit(Op.EQUAL, now[0]), replace(gone, text=was[1:]), replace(come, text=now[1:])]
    else:
        parts = [gone, come]
    return [part for part in parts if part.text]


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
