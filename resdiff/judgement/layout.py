"""Where the edits of a change stand in its two texts: the evidence behind every statement.

A slot is a run of edits with no kept word between them: what is deleted there and what is inserted there stand in
the same place. Edits that are only typographic are no evidence of anything and make no slot; words that moved to or
from another paragraph are neither gone nor new.
"""

from bisect import bisect_left, bisect_right

from msgspec import Struct

from resdiff.model import Change, Edit, Op, Paragraph, Side, Span, Weight

__all__ = ["Place", "Slot", "Texts", "texts"]


class Slot(Struct, frozen=True):
    """One place of a change: the characters deleted there, the characters inserted there, and the edits' indices."""

    old: Span
    new: Span
    edits: tuple[int, ...]

    def on(self, side: Side) -> Span:
        """The characters of the slot on that side."""
        return self.old if side is Side.OLD else self.new


class Place(Struct, frozen=True):
    """A paragraph of a change and where its text starts in the joined text of its side."""

    paragraph: Paragraph
    start: int


class Texts(Struct, frozen=True):
    """A change laid out: its paragraphs on each side with their offsets, its slots."""

    change: Change
    old: tuple[Place, ...]
    new: tuple[Place, ...]
    slots: tuple[Slot, ...]

    def places(self, side: Side) -> tuple[Place, ...]:
        """The paragraphs of that side."""
        return self.old if side is Side.OLD else self.new

    def text(self, side: Side) -> str:
        """The joined text of that side."""
        return "\n".join(place.paragraph.text for place in self.places(side))

    def at(self, side: Side, offset: int) -> str:
        """The id of the paragraph that holds that character of the joined text."""
        return [place.paragraph.id for place in self.places(side) if place.start <= offset][-1]

    def touched(self, side: Side, span: Span) -> tuple[Slot, ...]:
        """The slots whose words on that side overlap the span of the joined text."""
        first = bisect_right(self.slots, span.start, key=lambda slot: slot.on(side).end)
        last = bisect_left(self.slots, span.end, lo=first, key=lambda slot: slot.on(side).start)
        return self.slots[first:last]


def texts(change: Change, old: dict[str, Paragraph], new: dict[str, Paragraph]) -> Texts:
    """The change laid out over the paragraphs of both texts, given by id."""
    return Texts(change, _places(change.link.old, old), _places(change.link.new, new), _slots(change.edits))


def _places(ids: tuple[str, ...], found: dict[str, Paragraph]) -> tuple[Place, ...]:
    result: list[Place] = []
    at = 0
    for name in ids:
        result.append(Place(found[name], at))
        at += len(found[name].text) + 1  # "\n" stands between the paragraphs of a change
    return tuple(result)


def _slots(edits: tuple[Edit, ...]) -> tuple[Slot, ...]:
    result: list[Slot] = []
    run: list[int] = []
    old = new = old_start = new_start = 0
    for index, edit in enumerate(edits):
        if edit.op is Op.EQUAL:
            _close(result, run, Span(old_start, old), Span(new_start, new), edits)
            old, new, run = old + len(edit.text), new + len(edit.text), []
            old_start, new_start = old, new
            continue
        run.append(index)
        old += len(edit.text) if edit.op is Op.DELETE else 0
        new += len(edit.text) if edit.op is Op.INSERT else 0
    _close(result, run, Span(old_start, old), Span(new_start, new), edits)
    return tuple(result)


def _close(result: list[Slot], run: list[int], old: Span, new: Span, edits: tuple[Edit, ...]) -> None:
    """Keep the run as a slot when it holds a change of words that did not merely move to another paragraph."""
    if any(edits[i].weight > Weight.TYPOGRAPHIC and not edits[i].passage for i in run):
        result.append(Slot(old, new, tuple(run)))
