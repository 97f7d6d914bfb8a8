"""The footnotes that the scanner took out of the flow: labels met with their notes."""

import re
from collections.abc import Iterable

from msgspec import Struct

from resdiff.model import Span
from resdiff.parsing.blocks import Block
from resdiff.parsing.flow import flowed

__all__ = ["Note", "notes"]

RE_INNER = re.compile(r"(?<=[.;])\s+(\d{1,3})(?:\s+(?=[«“A-ZÀ-Ý\[])|$)")
RE_SENTENCE = re.compile(r"(?<=\.)\s+(?=[A-ZÀ-Ý«])")


class Note(Struct, frozen=True):
    """A footnote as found: its label, its text, where it stands."""

    label: str
    text: str
    span: Span


def notes(blocks: Iterable[Block]) -> tuple[Note, ...]:
    """The footnotes of the label and note blocks, in order; a note may share its line with the next one."""
    found: list[Note] = []
    waiting: list[tuple[str, Span]] = []
    texts: list[tuple[str, Span]] = []
    for block in blocks:
        span = Span(block.lines[0].start, block.lines[-1].end)
        if block.kind == "label":
            if texts:
                found += _meet(waiting, texts)
                waiting, texts = [], []
            waiting.append((block.number, span))
        elif block.kind == "note" and block.number:
            found += _meet(waiting, texts)
            waiting, texts = [], []
            pieces = list(_pieces(block.number, _joined(block)))
            found += [Note(label, text, span) for label, text in pieces if text]
            waiting += [(label, span) for label, text in pieces if not text]
        elif block.kind == "note":
            label = waiting[-1][0] if waiting else "0"
            first, *more = list(_pieces(label, _joined(block)))
            texts.append((first[1], span))
            for other, text in more:
                waiting.append((other, span))
                texts += [(text, span)] if text else []
    return (*found, *_meet(waiting, texts))


def _joined(block: Block) -> str:
    first, *more = (line.text for line in block.lines)
    return flowed([piece for piece in (first[block.skip :], *more) if piece])


def _pieces(label: str, text: str) -> Iterable[tuple[str, str]]:
    """The notes of one line: "30 S/2005/398 et Add.1. 31 S/2005/135." is two, as the labels follow each other."""
    start = 0
    for match in RE_INNER.finditer(text):
        if label.isdecimal() and int(match[1]) == int(label) + 1:
            yield label, text[start : match.start()].strip()
            label, start = match[1], match.end()
    yield label, text[start:].strip()


def _meet(labels: list[tuple[str, Span]], texts: list[tuple[str, Span]]) -> list[Note]:
    """Labels that stood alone with the texts that came after them: one by one, or sentence by sentence."""
    if len(texts) < len(labels):
        split = [(piece, span) for text, span in texts for piece in RE_SENTENCE.split(text)]
        texts = split if len(split) == len(labels) else texts
    if len(texts) > len(labels) > 0:
        kept, more = texts[: len(labels) - 1], texts[len(labels) - 1 :]
        texts = [*kept, (" ".join(text for text, _ in more), Span(more[0][1].start, more[-1][1].end))]
    padded = [*texts, *([("", None)] * (len(labels) - len(texts)))]
    met = []
    for (label, place), (text, span) in zip(labels, padded, strict=False):
        met.append(Note(label, text, Span(min(place.start, span.start), max(place.end, span.end)) if span else place))
    return met + [Note("", text, span) for text, span in ([] if labels else texts)]
