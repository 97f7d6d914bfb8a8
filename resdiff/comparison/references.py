"""References from paragraph to paragraph ("aux paragraphes 10 et 11 ci-dessus") against the new numbers.

``check_cross_references(changes, old, new)`` lowers to routine the numbers that only follow the renumbering, and flags
those that should have followed and did not: an editor forgets them every year. A single number above is left to the
routine rules (``data/routine.toml``), which know it too.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from resdiff.model import Change, Edit, Evidence, Flag, FlagCode, Op, Paragraph, Part, Resolution, Weight

__all__ = ["check_cross_references"]

RE_REFERENCE = re.compile(
    r"\bparagraphes?\s(?P<numbers>\d+(?:(?:,\s|\set\s|\sà\s|\sou\s)\d+)*)"
    r"\s(?:ci-dessus|ci-dessous|ci-après|de\sla\sprésente\srésolution)",
    re.IGNORECASE,
)
RE_ROUTINE = re.compile(r"paragraphe\s\d+\s(?!ci-dessous)", re.IGNORECASE)
# A paragraph is said to have gone elsewhere only where its link is beyond doubt.
CERTAIN = 0.5

Concordance = dict[str, tuple[str, ...]]  # old number and new ones; none for a paragraph that went away


class _Reference(NamedTuple):
    """A reference in the texts of a change, joined: where its numbers stand, the numbers, all its words."""

    start: int
    end: int
    numbers: tuple[str, ...]
    words: str


Pair = tuple[_Reference, _Reference]


def check_cross_references(changes: tuple[Change, ...], old: Resolution, new: Resolution) -> tuple[Change, ...]:
    """The changes, with the references that follow the renumbering lowered and those that do not flagged."""
    olds, news = ({p.id: p for p in side.body} for side in (old, new))
    numbers = _concordance(changes, olds, news)
    return tuple(_checked(change, numbers) for change in changes)


def _concordance(changes: tuple[Change, ...], olds: dict[str, Paragraph], news: dict[str, Paragraph]) -> Concordance:
    """What became of the numbers of the operative part; what is doubtful is left out."""
    found: Concordance = {}
    for change in changes:
        if change.link.new and change.link.score < CERTAIN:
            continue
        became = tuple(number for id_ in change.link.new if (number := _number(news[id_])))
        found.update({number: became for id_ in change.link.old if (number := _number(olds[id_]))})
    return found


def _number(paragraph: Paragraph) -> str:
    return paragraph.number if paragraph.part is Part.OPERATIVE and paragraph.depth == 0 else ""


def _checked(change: Change, numbers: Concordance) -> Change:
    if not change.link.old or not change.link.new:
        return change
    old_text, new_text = ("".join(e.text for e in change.edits if e.op is not op) for op in (Op.INSERT, Op.DELETE))
    old_references, new_references = tuple(_references(old_text)), tuple(_references(new_text))
    if [len(r.numbers) for r in old_references] != [len(r.numbers) for r in new_references]:
        return change  # which one became which is not certain
    pairs = list(zip(old_references, new_references, strict=True))
    flags = [flag for pair in pairs for flag in _stale(pair, change, numbers)]
    good = [pair for pair in pairs if _follows(pair, numbers)]
    edits = _lowered(change.edits, [a for a, _ in good], [b for _, b in good])
    flags += [flag for pair in good for flag in _moved_along(pair, change)]
    weight = max((edit.weight for edit in edits if edit.op is not Op.EQUAL), default=Weight.NONE)
    return replace(change, edits=edits, weight=weight, flags=(*change.flags, *dict.fromkeys(flags)))


def _references(text: str) -> Iterator[_Reference]:
    if "paragraphe" not in text.lower():  # many times as fast as the pattern
        return
    for found in RE_REFERENCE.finditer(text):
        yield _Reference(*found.span("numbers"), tuple(re.findall(r"\d+", found["numbers"])), found[0])


def _follows(pair: Pair, numbers: Concordance) -> bool:
    """Whether the numbers changed, each to one that its paragraph has now."""
    was, now = pair
    if was.numbers == now.numbers or RE_ROUTINE.match(now.words):
        return False
    return all(new in numbers.get(old, ()) for old, new in zip(was.numbers, now.numbers, strict=True))


def _moved_along(pair: Pair, change: Change) -> Iterator[Flag]:
    for old, new in zip(pair[0].numbers, pair[1].numbers, strict=True):
        if old != new:
            yield Flag(FlagCode.REFERENCE_FOLLOWS, (old, new), *_evidence(pair, change))


def _stale(pair: Pair, change: Change, numbers: Concordance) -> Iterator[Flag]:
    """A flag for each number that stayed though the paragraph it names has another one, or went away."""
    for old, new in zip(pair[0].numbers, pair[1].numbers, strict=True):
        became = numbers.get(old)
        if old == new and became is not None and old not in became:
            code = FlagCode.REFERENCE_STALE if became else FlagCode.REFERENCE_LOST
            yield Flag(code, (new, ", ".join(became)), *_evidence(pair, change))


def _evidence(pair: Pair, change: Change) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    was, now = pair
    return (Evidence(change.link.old[0], was.words),), (Evidence(change.link.new[0], now.words),)


def _lowered(edits: tuple[Edit, ...], old: list[_Reference], new: list[_Reference]) -> tuple[Edit, ...]:
    """The edits, routine where they stand within the numbers of these references."""
    found, old_at, new_at = [], 0, 0
    for edit in edits:
        at, references = (old_at, old) if edit.op is Op.DELETE else (new_at, new)
        start, end = at + len(edit.text) - len(edit.text.lstrip()), at + len(edit.text.rstrip())
        if edit.op is not Op.EQUAL and any(r.start <= start and end <= r.end for r in references):
            edit = replace(edit, weight=min(edit.weight, Weight.ROUTINE))
        found.append(edit)
        old_at += len(edit.text) * (edit.op is not Op.INSERT)
        new_at += len(edit.text) * (edit.op is not Op.DELETE)
    return tuple(found)
