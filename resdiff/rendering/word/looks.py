"""How the paragraphs of both texts are set: in which style, and whether Word counts them itself.

Word counts what stands in its lists, so a number that changed only because others came or went is no revision. A list
is what is counted on from one number: the paragraphs of a body, of an annex or of a section, each with its points at
the second and third level. What would come out otherwise than it is printed keeps its number as text: lists with gaps
or double numbers, points after anything but a counted paragraph, "8 bis", dashes.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resdiff.model import Op, Paragraph, Part
from resdiff.report import Texts

__all__ = ["LEVELS", "TITLE", "Look", "Looks", "Place", "looks", "opening"]

RE_AREA = re.compile(r"(?:(?:annex\d+|[a-z]|s\d+|art\d+)\.)*")  # of an id: which body, annex, section, article
LEVELS = 3  # paragraphs, points, points of points
ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
Key = tuple[Op, str]  # a paragraph: the side it is deleted from or inserted on, its id


class Place(Struct, frozen=True):
    """The list that counts a paragraph and the level at which it does; ``start`` is the first number of the list,
    ``is_enclosed`` tells that the points of that level are printed as "(a)", not as "a)"."""

    list: str
    level: int
    start: int
    is_enclosed: bool = False


class Look(Struct, frozen=True):
    """The id of the style of a paragraph, and the place where its number is counted, if it is."""

    style: str
    place: Place | None = None


TITLE = "title"  # the id of the paragraph that is the title


class Slot(Struct, frozen=True):
    """A numbered paragraph of one side: its place if it is counted, the paragraph it belongs to, whether it fits."""

    key: Key
    place: Place
    owner: Key
    fits: bool


class Looks(Struct, frozen=True):
    """Both texts with the numbers that are not counted, and the places of those that are."""

    texts: Texts
    places: Mapping[Key, Place]

    def of(self, op: Op, paragraph: Paragraph) -> Look:
        """How that paragraph of the side that ``op`` deletes from or inserts on is set."""
        return Look(_style(paragraph), self.places.get((op, paragraph.id)))


def looks(texts: Texts, typed: Container[Key] = ()) -> Looks:
    """How both texts are set. The paragraphs ``typed``, and the points of their owners, keep their numbers as text."""
    sides = {Op.DELETE: texts.old, Op.INSERT: texts.new}
    slots = [slot for op, paragraphs in sides.items() for slot in _slots(op, paragraphs)]
    starts: dict[str, set[int]] = {}
    for slot in slots:
        starts.setdefault(slot.place.list, set()).add(slot.place.start)
    broken = {name for name, values in starts.items() if len(values) > 1}
    broken |= {s.place.list for s in slots if not s.place.level and (not s.fits or s.key in typed)}
    forms: dict[tuple[str, int], bool] = {}  # of each level of a list, that of its first point
    for slot in slots:
        forms.setdefault((slot.place.list, slot.place.level), slot.place.is_enclosed)
    owners = {
        slot.owner
        for slot in slots
        if slot.place.level
        and (not slot.fits or slot.key in typed or slot.place.is_enclosed != forms[slot.place.list, slot.place.level])
    }
    places = {
        slot.key: slot.place
        for slot in slots
        if slot.place.list not in broken and not (slot.place.level and slot.owner in owners)
    }
    old, new = (
        tuple(replace(p, number="", label="") if (op, p.id) in places else p for p in paragraphs)
        for op, paragraphs in sides.items()
    )
    return Looks(replace(texts, old=old, new=new), places)


def _slots(op: Op, paragraphs: Sequence[Paragraph]) -> Iterator[Slot]:
    """The paragraphs of one side that a list may count, each with what the list would make of it."""
    lists: dict[str, int] = {}  # of an area: its list at hand; numbers that begin again open another
    last: dict[str, tuple[int, int]] = {}  # of an area: the first and the last number of that list
    chain: list[tuple[str, int]] = []  # the ids of the counted paragraph at hand and of its points, and their numbers
    place, owner = Place("", 0, 1), (op, "")
    for paragraph in paragraphs:
        depth, number = paragraph.depth, paragraph.number
        if not number or depth >= LEVELS:
            continue
        if not depth:
            chain = []
            if not re.fullmatch("[1-9][0-9]{0,3}", number):
                continue
            value, area = int(number), _area(paragraph)
            if area in last and value == 1:
                del last[area]
                lists[area] += 1
            first, before = last.get(area, (value, value - 1))
            last[area] = first, value
            place, owner = Place(f"{area}{lists.setdefault(area, 1)}", 0, first), (op, paragraph.id)
            chain = [(paragraph.id, 0)]
            yield Slot(owner, place, owner, value == before + 1 and not paragraph.label)
        elif len(chain) >= depth and paragraph.id.startswith(f"{chain[depth - 1][0]}."):
            count = chain[depth][1] + 1 if len(chain) > depth else 1
            chain = [*chain[:depth], (paragraph.id, count)]
            key = (op, paragraph.id)
            is_enclosed = paragraph.label == f"({number})"
            fits = number == _point(count, depth) and (is_enclosed or not paragraph.label)
            yield Slot(key, replace(place, level=depth, is_enclosed=is_enclosed), owner, fits)
    # points of anything else are in no list: Word would go on counting those of the paragraph before


def _area(paragraph: Paragraph) -> str:
    match = RE_AREA.match(paragraph.id)
    return match[0] if match else ""


def _point(count: int, level: int) -> str:
    """What Word writes for a point: letters at the second level, small roman figures at the third.

    >>> _point(3, 1), _point(28, 1), _point(14, 2)
    ('c', 'bb', 'xiv')
    """
    if level == 1:
        return chr(97 + (count - 1) % 26) * (1 + (count - 1) // 26)
    return "x" * (count // 10) + ROMAN[count % 10] if count < 40 else ""


def _style(paragraph: Paragraph) -> str:
    match paragraph.part:
        case _ if paragraph.id == TITLE:
            return "ResolutionTitle"
        case Part.CONCLUSION:
            return "Conclusion"
        case _ if paragraph.is_heading:
            return "SectionHeading"
        case _ if paragraph.depth:
            return "Point" if paragraph.depth == 1 else "SubPoint"
        case Part.PREFACE | Part.PREAMBLE:
            return "Preamble"
        case _:
            return "Operative"


def opening(paragraph: Paragraph) -> int:
    """How many of its first characters are set in italics: the verb with its adverb, the body that speaks."""
    text, lead = paragraph.text, paragraph.lead
    if not lead and paragraph.part is Part.PREFACE and text.endswith(","):
        return len(text) - 1
    return len(lead) if text.startswith(lead) else 0
