"""What a person corrects in a reading: a line that is a footnote, two paragraphs that are one, one that is two.

A correction counts in the text as it was when it was made, so that all can be replayed in order, and the last one taken
back. The text is read again after each: ids and numbers are those that the parser gives.
"""

import re
from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from resdiff.errors import ResdiffError
from resdiff.model import Footnote, Paragraph, Resolution, Source, Span

__all__ = ["Correction", "CorrectionError", "Sort", "corrected"]

Parse = Callable[[Source], Resolution]
RE_LABEL = r"\s*[\[(]?\^?(\d{1,3}|\*{1,3})(?!\d)[\])]?[.:]?\s*"


class Sort(StrEnum):
    """What is wrong with a reading."""

    NOTE = "note"  # the paragraph is a footnote
    JOIN = "join"  # the paragraph and the one behind it are one
    SPLIT = "split"  # the paragraph is two: the second begins with ``words``


class Correction(Struct, frozen=True):
    """A correction of the paragraph with that id; ``words`` begin the second of two."""

    sort: Sort
    paragraph: str
    words: str = ""


class CorrectionError(ResdiffError):
    """A correction that does not fit the text: no such paragraph, none behind it, no such words; or one that the parser
    does not follow."""

    exit_code = 65


def corrected(source: Source, corrections: tuple[Correction, ...], parse: Parse) -> tuple[Source, Resolution]:
    """The source and its resolution with these corrections, in order. Raises CorrectionError."""
    resolution = parse(source)
    notes: list[Footnote] = []
    for correction in corrections:
        paragraph = next((p for p in resolution.paragraphs if p.id == correction.paragraph), None)
        if paragraph is None:
            raise CorrectionError("correction-place", correction.paragraph)
        if correction.sort is Sort.NOTE:
            notes.append(_as_note(paragraph, source.text[paragraph.span.start : paragraph.span.end]))
        source = _respelt(source, _text(source, resolution, paragraph, correction))
        read = parse(source)
        more = len(read.paragraphs) - len(resolution.paragraphs)
        is_followed = more > 0 if correction.sort is Sort.SPLIT else more < 0
        if not is_followed:  # a number in a line opens a paragraph all the same
            raise CorrectionError("correction-undone", correction.paragraph)
        resolution = _with_notes(read, notes)
    return source, resolution


def _text(source: Source, resolution: Resolution, paragraph: Paragraph, correction: Correction) -> str:
    """The text of the source with one correction made."""
    text, (start, end) = source.text, (paragraph.span.start, paragraph.span.end)
    if correction.sort is Sort.NOTE:
        return text[:start].rstrip() + "\n\n" + text[end:].lstrip("\n")
    if correction.sort is Sort.JOIN:
        following = min(
            (p for p in resolution.paragraphs if p.span.start >= end), key=lambda p: p.span.start, default=None
        )
        if following is None:
            raise CorrectionError("correction-last", paragraph.id)
        between = text[end : following.span.start].strip()  # a running head, a footnote: it stands behind both
        rest = text[following.span.end :]
        joined = _one_line(text[start:end]) + " " + _one_line(text[following.span.start : following.span.end])
        return text[:start] + joined + (f"\n\n{between}" if between else "") + rest
    words = correction.words.split()
    found = re.compile(r"\s+".join(map(re.escape, words))).search(text, start, end) if words else None
    if found is None or not text[start : found.start()].strip():
        raise CorrectionError("correction-words", " ".join(words), paragraph.id)
    return text[: found.start()].rstrip() + "\n\n" + text[found.start() :]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _respelt(source: Source, text: str) -> Source:
    """The source with another text: its pages are where form feeds set them apart."""
    pages, start = [], 0
    for page in text.split("\f"):
        pages.append(Span(start, start + len(page)))
        start += len(page) + 1
    return replace(source, text=text, pages=tuple(pages))


# ---- footnotes ------------------------------------------------------------------------------------------------------


def _as_note(paragraph: Paragraph, raw: str) -> Footnote:
    """A paragraph as a footnote, with the number that it begins with where it stands, or that the parser took for its
    own.

    >>> _as_note(Paragraph("pp3", "preamble", "", 0, "", "E/CN.15/2019/5.", Span(0, 20)), "[7] E/CN.15/2019/5.").label
    '7'
    """
    standing, kept = re.match(RE_LABEL, raw), re.match(RE_LABEL, paragraph.text)
    label = standing[1] if standing else paragraph.number
    return Footnote(label, paragraph.text[kept.end() if kept and kept[1] == label else 0 :].strip())


def _with_notes(resolution: Resolution, notes: list[Footnote]) -> Resolution:
    """The resolution with these footnotes, each tied to its call: the one that lacked its note, else the one place of
    the text that can be it alone."""
    for note in notes:
        lacking = [n for n in resolution.footnotes if n.label == note.label and n.paragraph and not n.text]
        if note.label and lacking:
            tied = tuple(replace(n, text=note.text) if n in lacking else n for n in resolution.footnotes)
            lost = {"call-unmet", "calls-unmet"} if all(n.text for n in tied) else set()
            notices = tuple(n for n in resolution.notices if n.code not in lost)
            resolution = replace(resolution, footnotes=tied, notices=notices)
        else:
            resolution = _called(resolution, note)
    return resolution


def _called(resolution: Resolution, note: Footnote) -> Resolution:
    """The resolution with one footnote more; where one place alone can be its call, it is taken out of the text."""
    paragraphs = resolution.paragraphs
    places = [(at, found) for at, p in enumerate(paragraphs) if note.label for found in _calls(note.label, p.text)]
    if len(places) == 1:
        at, found = places[0]
        called = paragraphs[at]
        bare = called.text[: found.start()] + called.text[found.end() :]
        note = replace(note, paragraph=called.id, offset=found.start())
        paragraphs = (*paragraphs[:at], replace(called, text=bare), *paragraphs[at + 1 :])
    return replace(resolution, paragraphs=paragraphs, footnotes=(*resolution.footnotes, note))


def _calls(label: str, text: str) -> list[re.Match[str]]:
    """Where the number of a note hangs on a word: "terrorisme7,", "Convention [7]"."""
    number = re.escape(label)
    return list(re.finditer(rf"(?<=[^\W\d_])\s?\[{number}\]|(?<=[^\W\d_»)]){number}(?![\w.,]?\d|\w)", text))
