"""On which line of its file each paragraph stands: ``lines_of(data, resolution) -> dict[id, line]``.

Reading joins lines, takes syntax away and repairs, so that characters of a text are none of its file. But the words
come in the same order: each paragraph is looked for by its first ones, from where the last was found. A file that is
no text (Word, PDF) has one line.
"""

from bisect import bisect_right

from resdiff.language.fold import folded_line
from resdiff.model import Resolution

__all__ = ["lines_of"]

BEGINNINGS = (30, 12, 6, 3)  # words by which a paragraph is looked for: the longest that is found counts


def lines_of(data: bytes, resolution: Resolution) -> dict[str, int]:
    """The line, from 1, of each paragraph; of one that is not found that of the paragraph before it."""
    try:
        text = data.decode("utf-8") if b"\0" not in data else ""
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    starts: list[int] = []
    words: list[str] = []
    size = 1
    for written in text.split("\n"):
        plain = folded_line(written)
        starts.append(size)
        words.append(plain)
        size += len(plain) + 1 if plain else 0
    whole = f" {' '.join(filter(None, words))} "
    found: dict[str, int] = {}
    at, line = 0, 1
    for paragraph in resolution.paragraphs:
        place = _found(whole, folded_line(paragraph.text).split(), at)
        if place >= 0:
            at = place + 1
            line = bisect_right(starts, at)
        found[paragraph.id] = line
    return found


def _found(whole: str, words: list[str], start: int) -> int:
    """Where the first words stand behind that place, else anywhere; -1 for nowhere."""
    for most in BEGINNINGS:
        if not words or (most < BEGINNINGS[0] and len(words) <= most and most != BEGINNINGS[-1]):
            continue
        sought = f" {' '.join(words[:most])} "
        place = whole.find(sought, start)
        if place < 0 and most == BEGINNINGS[0]:
            place = whole.find(sought)
        if place >= 0:
            return place
    return -1
