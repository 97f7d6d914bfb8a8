"""The two texts as lines: those of the file with their places in it, those of the new text as they are to stand there.

The call of a note is one character in a line, the same in both texts where the note is the same one, so that a
comparison of words keeps it or takes it whole.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resdiff.errors import InputError
from resdiff.model import Paragraph, Part, Resolution, Source
from resdiff.onto.pairing import similarity
from resdiff.parsing import parse
from resdiff.places import Layout, Story

__all__ = ["CALL", "Line", "Note", "Text", "expanded", "of_layout", "of_resolution", "of_source", "with_calls"]

CALL = 0x100000  # the first character that stands for a call: of a private plane, where no font of Word has any
MOST_CALLS = 0x8000
RE_CALL = re.compile(r"\[\^(e?\d{1,6})\]")
# A number as it is typed before a text: "12.", "a)", "(iv)", "–"; with what sets it off.
RE_NUMBER = re.compile(r"[ \t\u00a0]*(\(?(?:\d{1,4}|[a-zA-Z]|[ivxl]{1,7})(?:[.)]|\.\))|[-–—•])([ \t\u00a0\u202f]+)")


class Note(Struct, frozen=True):
    """A note: what calls it, its words, a paragraph of it a line."""

    label: str
    text: str


class Line(Struct, frozen=True):
    """A paragraph of a text. ``marker`` is its number where that is no part of ``text``.

    ``place`` is the paragraph of the layout, ``cell`` the cell of a table, ``ids`` the paragraphs of the
    resolution that it holds, ``lead`` the size of its opening words. ``is_free`` tells that it is no part of what is
    compared: the head of a page, a title that the other text has elsewhere; ``is_boxed``, that it is in a text box.
    """

    text: str
    marker: str = ""
    place: int = -1
    cell: tuple[int, ...] = ()
    ids: tuple[str, ...] = ()
    lead: int = 0
    is_free: bool = False
    is_boxed: bool = False

    @property
    def number(self) -> str:
        """Its number, typed or not."""
        found = RE_NUMBER.match(self.text)
        return self.marker or (found[1] if found else "")


class Text(Struct, frozen=True):
    """A text as lines, its notes in the order of their calls, and what it says as a resolution.

    ``is_exact`` tells that its spaces, tabs and line ends are those that were typed, ``is_whole`` that what it does not
    have is not there: else a title and what stands on a page alone may be missing.
    """

    lines: tuple[Line, ...]
    notes: tuple[Note, ...]
    resolution: Resolution
    is_exact: bool = True
    is_whole: bool = True


def of_layout(layout: Layout, *, empty: bool = False) -> Text:
    """The text of a Word file as it is read; with its ``empty`` paragraphs where those of the other text are known."""
    lines: list[Line] = []
    notes = tuple(
        Note(note.label, "\n".join(filter(None, (layout.paragraphs[each].text.strip() for each in note.paragraphs))))
        for note in layout.notes
    )
    for place, paragraph in enumerate(layout.paragraphs):
        is_shown = bool(paragraph.text.strip(" \t\n")) or (empty and paragraph.story is Story.BODY)
        if paragraph.story is not Story.NOTE and is_shown:
            is_boxed = paragraph.story is Story.BOX
            lines.append(Line(paragraph.text, paragraph.marker, place, paragraph.cell, is_boxed=is_boxed))
    blocks = [_block(line) for line in lines]
    text = "\n\n".join([*blocks, *(f"[^{note.label}]: {note.text}" for note in notes)]) + "\n"
    resolution = parse(Source(text, origin=layout.name))
    return Text(tuple(_told(lines, blocks, resolution)), notes, resolution)


def _block(line: Line) -> str:
    """The line as the reader gives it."""
    text = f"{line.marker} {line.text}" if line.marker else line.text
    return text.replace("\t", " ").strip(" \t\n")


def _told(lines: Sequence[Line], blocks: Sequence[str], resolution: Resolution) -> Iterable[Line]:
    """The lines with the paragraphs of the resolution that they hold; those that hold none are free."""
    start, at = 0, 0
    paragraphs = sorted(resolution.paragraphs, key=lambda paragraph: paragraph.span.start)
    for line, block in zip(lines, blocks, strict=True):
        end = start + len(block)
        while at < len(paragraphs) and paragraphs[at].span.end <= start:
            at += 1
        held = [p for p in paragraphs[at:] if p.span.start < end] if at < len(paragraphs) else []
        held = held[: next((n for n, p in enumerate(held) if p.span.start >= end), len(held))]
        framing = all(p.part in (Part.PREFACE, Part.CONCLUSION) for p in held)
        yield replace(line, ids=tuple(p.id for p in held), lead=_lead(line, held), is_free=framing)
        start = end + 2


def _lead(line: Line, held: Sequence[Paragraph]) -> int:
    """The characters of a line up to the end of its opening words; 0 where it has none."""
    if len(held) != 1 or not held[0].lead:
        return 0
    at = line.text.find(held[0].lead)
    return at + len(held[0].lead) if 0 <= at < 12 else 0


def of_source(source: Source) -> Text:
    """A text whose paragraphs stand one a block, as they stand."""
    found = [block.strip(" \t\n") for block in re.split(r"\n[ \t]*\n+", source.text.replace("\f", "\n\n"))]
    called = [(re.match(r"\[\^(e?\d{1,6})\]:[ \t]*", block), block) for block in found]
    notes = tuple(Note(match[1], block[match.end() :].strip()) for match, block in called if match)
    blocks = [block for match, block in called if block and not match]
    resolution = parse(
        replace(source, text="\n\n".join([*blocks, *(block for match, block in called if match)]) + "\n")
    )
    lines = _told([Line(block) for block in blocks], blocks, resolution)
    return Text(tuple(lines), notes, resolution, is_exact=False)


def of_resolution(resolution: Resolution) -> Text:
    """The text of a resolution, a paragraph a line: what belongs to a page alone is not in it."""
    calls: dict[str, list[tuple[int, str]]] = {}
    for note in resolution.footnotes:
        if note.paragraph:
            calls.setdefault(note.paragraph, []).append((note.offset, note.label))
    lines = []
    for paragraph in resolution.paragraphs:
        text = paragraph.text
        for offset, label in sorted(calls.get(paragraph.id, ()), reverse=True):
            text = f"{text[:offset]}[^{label}]{text[offset:]}"
        lead = len(paragraph.lead) if text.startswith(paragraph.lead) else 0
        is_free = paragraph.part in (Part.PREFACE, Part.CONCLUSION)
        lines.append(Line(text, paragraph.marker, ids=(paragraph.id,), lead=lead, is_free=is_free))
    notes = dict.fromkeys(Note(note.label, note.text) for note in resolution.footnotes if note.label and note.text)
    return Text(tuple(lines), tuple(notes), resolution, is_exact=False, is_whole=False)


# ---- notes ----------------------------------------------------------------------------------------------------------


def with_calls(old: Text, new: Text) -> tuple[Text, Text, dict[str, str], dict[str, str]]:
    """Both texts with their calls as characters; what each character is in the old text and in the new, by label.

    Raises InputError for a text that has such characters of its own.
    """
    if any(sign >= chr(CALL) for text in (old, new) for line in text.lines for sign in line.text):
        raise InputError("onto-private")
    pairs = _note_pairs(old.notes, new.notes)
    olds = {note.label: chr(CALL + place) for place, note in enumerate(old.notes[:MOST_CALLS])}
    news = {
        note.label: chr(CALL + pairs.get(place, MOST_CALLS + place))
        for place, note in enumerate(new.notes[:MOST_CALLS])
    }
    marked = [
        replace(text, lines=tuple(replace(line, text=_marked(line.text, signs)) for line in text.lines))
        for text, signs in ((old, olds), (new, news))
    ]
    back_old, back_new = ({sign: label for label, sign in signs.items()} for signs in (olds, news))
    return marked[0], marked[1], back_old, back_new


def _marked(text: str, signs: dict[str, str]) -> str:
    return RE_CALL.sub(lambda match: signs.get(match[1], match[0]), text)


def expanded(text: str, labels: dict[str, str]) -> str:
    """A text with its calls written out: ``[^3]``."""
    return "".join(f"[^{labels[sign]}]" if sign in labels else sign for sign in text)


def _note_pairs(old: Sequence[Note], new: Sequence[Note]) -> dict[int, int]:
    """Which new note is which old one: those that read the same first, then the likest, in the order of the text."""
    pairs: dict[int, int] = {}
    free = dict.fromkeys(range(len(old)))
    for place, note in enumerate(new):
        same = next((each for each in free if old[each].text == note.text), None)
        if same is not None:
            pairs[place] = same
            del free[same]
    for place, note in enumerate(new):
        if place in pairs:
            continue
        scored = [(similarity(old[each].text, note.text), -abs(each - place), each) for each in free]
        best = max(scored, default=(0.0, 0, -1))
        if best[0] >= 0.5:
            pairs[place] = best[2]
            del free[best[2]]
    return pairs
