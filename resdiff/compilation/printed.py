"""A text as lines: one a paragraph with its number, one a footnote; calls are single characters while texts are merged.

Two words of a call must never be parted, and the number of a note is no proposal: so a call is a character of a private
area of Unicode that stands for the note, whatever its number in each draft.
"""

from collections.abc import Mapping

from msgspec import Struct

from resdiff.model import Footnote, Paragraph, Part, Resolution

__all__ = ["CALLS", "Line", "body_lines", "frame", "printed", "spelt"]

CALLS = 0xF0000  # the first character of a private area


class Line(Struct, frozen=True):
    """A line of the text that is compared: its id (``op5``, ``note3``), the number in front, the words."""

    id: str
    number: str
    text: str
    depth: int = 0
    lead: str = ""
    part: Part | None = None  # none for a footnote

    @property
    def whole(self) -> str:
        """The line as it is printed."""
        return self.number + self.text


def body_lines(resolution: Resolution, calls: Mapping[str, str]) -> list[Line]:
    """The paragraphs that are compared, then the footnotes; ``calls`` tells the character of each label."""
    found = [
        Line(p.id, f"{p.marker} " if p.number else "", _called(p, resolution.footnotes, calls), p.depth, p.lead, p.part)
        for p in resolution.body
    ]
    met: set[str] = set()
    for id_, note in zip(resolution.note_ids, resolution.footnotes, strict=True):
        if id_ not in met:
            met.add(id_)
            found.append(Line(id_, f"{calls[note.label]}: ", note.text.replace("\n", " ")))
    return found


def _called(paragraph: Paragraph, footnotes: tuple[Footnote, ...], calls: Mapping[str, str]) -> str:
    """The words of a paragraph with the calls of its footnotes."""
    due = sorted((n.offset, place, n.label) for place, n in enumerate(footnotes) if n.paragraph == paragraph.id)
    pieces, start = [], 0
    for offset, _, label in due:
        pieces += [paragraph.text[start:offset], calls[label]]
        start = offset
    return "".join([*pieces, paragraph.text[start:]])


def frame(resolution: Resolution) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines around the text that is compared: title and preface before it, what closes it behind."""
    head = [p.text for p in resolution.paragraphs if p.part is Part.PREFACE]
    if resolution.title and resolution.title not in head:
        head.insert(0, resolution.title)
    return tuple(head), tuple(p.text for p in resolution.paragraphs if p.part is Part.CONCLUSION)


def printed(resolution: Resolution) -> tuple[str, ...]:
    """All lines of a text: head, paragraphs with their numbers and ``[^7]`` for calls, what closes it, footnotes.

    That is what ``take`` gives back to the letter.
    """
    head, tail = frame(resolution)
    calls = {note.label: f"[^{note.label}]" for note in resolution.footnotes}
    lines = [line.whole for line in body_lines(resolution, calls)]
    notes = len(resolution.body)
    return (*head, *lines[:notes], *tail, *lines[notes:])


def spelt(text: str, labels: Mapping[str, str]) -> str:
    """The text with ``[^7]`` for the characters of calls."""
    return text.translate({ord(sign): f"[^{label}]" for sign, label in labels.items()})
