"""What a draft sets in square brackets, since it is not agreed yet, and from which words it takes them away.

Only words that stand in both texts are told of: what came with its brackets is told as new. A bracket in the place of
a round one sets nothing apart.
"""

from collections.abc import Iterator

from resdiff.judgement.case import Case, ChangeLayout, Flagged
from resdiff.judgement.quoting import shortened
from resdiff.language import Language
from resdiff.model import Evidence, Flag, FlagCode, Side

__all__ = ["judge_brackets"]

LETTERS = 120  # of the words between two brackets that are quoted
CODES = {Side.NEW: FlagCode.BRACKETED, Side.OLD: FlagCode.UNBRACKETED}


def judge_brackets(case: Case) -> Flagged:
    """Flags on linked paragraphs: words that are in brackets now, and words that are no more."""
    return [
        (place, flag)
        for place, layout in enumerate(case.layouts)
        if layout.old and layout.new
        for side in (Side.NEW, Side.OLD)
        for flag in _flags(layout, side, case.language)
    ]


def _flags(layout: ChangeLayout, side: Side, language: Language) -> Iterator[Flag]:
    """What is in brackets on that side of a change alone, each as a flag with where the words stand in both texts."""
    text, other = layout.text(side), layout.text(side.other)
    own = [edit.op is side.op for edit in layout.change.edits if edit.op is not side.other.op for _ in edit.text]
    for first, last in _pairs(text):
        inside = text[first + 1 : last]
        if not (own[first] and own[last]) or f"({inside})" in other:
            continue
        letters = [own[at] for at in range(first + 1, last) if text[at].isalnum()]
        if letters and 2 * sum(letters) < len(letters):
            words = " ".join(inside.split()).strip(" ,;.")
            words = words if len(words) <= LETTERS else shortened(words, language, LETTERS)
            at, there = _paragraph(layout, side, first), _paragraph(layout, side.other, other.find(inside))
            old, new = (there, at) if side is Side.NEW else (at, there)
            yield Flag(CODES[side], (words,), (Evidence(old, words),), (Evidence(new, words),))


def _paragraph(layout: ChangeLayout, side: Side, at: int) -> str:
    """The paragraph in which a character of that side of a change stands; the first one for none."""
    return next((place.paragraph.id for place in layout.places(side)[::-1] if place.start <= max(at, 0)), "")


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Where brackets open and where they close, those within others first.

    >>> [*_pairs("[a [b] c] d] [e")]
    [(3, 5), (0, 8)]
    """
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign == "[":
            opened.append(at)
        elif sign == "]" and opened:
            yield opened.pop(), at
