"""Footnotes: the notes that the scanner took out of the flow, and their calls inside the paragraphs.

A note is sure where the format marks it (``[^7]``). In a text that lost its superscripts a call is a number glued to a
word or to a year ("d’Haïti150,", "2006154,"); it counts when it cannot be anything else, or when a note of that number
stands in the text and the sequence of calls agrees.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from resdiff.data import table
from resdiff.model import Span
from resdiff.parse.scan import Block
from resdiff.text.fold import fold

__all__ = ["Note", "calls", "notes"]

RE_INNER = re.compile(r"(?<=[.;])\s+(\d{1,3})(?:\s+(?=[«“A-ZÀ-Ý\[])|$)")
RE_SENTENCE = re.compile(r"(?<=\.)\s+(?=[A-ZÀ-Ý«])")
RE_CALL = re.compile(
    r"""
      \[\^(?P<marked>[^\]\s]{1,20})\]                                         # [^7]
    | \s?\[(?P<boxed>\d{1,3})\]                                               # Secrétaire général [7]
    | \]\s?(?P<torn>\d{1,3})\]                                                # Direction] 325]
    | (?<=[\])»”])\s?(?P<closed>[1-9]\d{0,2})(?=[\s,;.:)]|$)                  # (l’Accord d’Accra III)17
    | (?<=[a-zûé]\s[12]\d\d\d)(?P<dated>[1-9]\d{0,2})(?![\d/])                # décembre 2006154
    | (?<=\b[12]\d\d\d)(?P<year>[1-9]\d{0,2})(?=[\s,;.)]|$)                   # in 2006154: only with its note
    | (?<=[^\W\d_]{3})(?P<split>[1-9]\d?\s\d{1,2})(?=\s?[,;.])                # Ouagadougou2 73 ;
    | (?<=[^\W\d_A-Z]{2}[^\W\d_])(?P<glued>[1-9]\d{0,2})(?=[\s,;.:)»\]]|$)  # d’Haïti150
    | (?<=[A-ZÉ]{3})(?P<acronym>[1-9]\d{0,2})(?=[\s,;.:)]|$)                # MINUSTAH12: only with its note
    | (?<=[\w’»)])\s(?P<spaced>[1-9]\d{0,2})(?=\s?[,;.])                      # l’Atlantique Nord 11,
    """,
    re.VERBOSE,
)
RE_LAST_WORD = re.compile(r"[^\s(«]+$")


@dataclass(frozen=True, slots=True)
class Note:
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
    text = " ".join(line.text for line in block.lines)
    return text[block.skip :]


def _pieces(label: str, text: str) -> Iterable[tuple[str, str]]:
    """The notes of one line: "30 S/2005/398 et Add.1. 31 S/2005/135." is two, as long as the labels follow each other."""
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


# ---- calls --------------------------------------------------------------------------------------------------------


@cache
def _references() -> frozenset[str]:
    return frozenset(fold(word) for word in table("parse")["note"]["reference"])


@cache
def _months() -> frozenset[str]:
    return frozenset(fold(word) for word in table("parse")["date"]["months"])


def calls(text: str, known: frozenset[str], last: int) -> tuple[str, tuple[tuple[str, int], ...], int]:
    """The text without its footnote calls, the calls as (label, offset in that text), and the highest label so far.

    ``known`` holds the labels of the notes found in the document, ``last`` the highest label called before.

    >>> calls("en date du 19 décembre 2006154, et prend note", frozenset(), 0)
    ('en date du 19 décembre 2006, et prend note', (('154', 26),), 154)
    >>> calls("les activités du G20, au paragraphe 11, et du CO2", frozenset(), 10)[1]
    ()
    """
    kept: list[str] = []
    found: list[tuple[str, int]] = []
    start = length = 0
    for match in RE_CALL.finditer(text):
        label = match[match.lastgroup or 0].replace(" ", "")
        if not _is_call(match, label, text, known, last):
            continue
        kept.append(text[start : match.start()])
        length += match.start() - start
        found.append((label, length))
        start = match.end()
        last = int(label) if label.isdecimal() else last
        if text[start : start + 2] in (" ,", " .") or (text[start : start + 2] == " ;" and text[match.start()] == " "):
            start += text[start + 1] in ",."
    kept.append(text[start:])
    return "".join(kept), tuple(found), last


def _is_call(match: re.Match[str], label: str, text: str, known: frozenset[str], last: int) -> bool:
    kind = match.lastgroup
    if kind in ("marked", "boxed", "torn"):
        return True
    if kind in ("year", "acronym", "split"):
        return label in known
    if kind == "closed":
        return label in known or int(label) > last - 50
    word = RE_LAST_WORD.search(text[max(0, match.start() - 40) : match.start()])
    before = fold(word.group()) if word else ""
    if kind == "dated":
        month = fold(text[max(0, match.start() - 16) : match.start() - 5]).split()[-1:]
        return label in known or month[0] in _months()
    if kind == "glued":
        return before.rpartition("'")[2] not in _references() or label in known
    return before not in _references() and int(label) == last + 1
