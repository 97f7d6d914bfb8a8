"""What a draft sets in square brackets, since it is not agreed yet, and from which words it takes them away.

Only words that stand in both texts are told of: what came with its brackets is told as new. A bracket in the place of
a round one sets nothing apart.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from msgspec import Struct

from resdiff.judgement.case import Case, ChangeLayout, Flagged
from resdiff.judgement.quoting import CUT, shortened
from resdiff.language import Language
from resdiff.language.forms import square_brackets
from resdiff.language.unsettled import before_name, behind_tag, side_by_side
from resdiff.model import Evidence, Flag, FlagCode, Side

__all__ = ["judge_brackets"]

LETTERS = 120  # of the words between two brackets that are quoted
STAYED = 5  # letters of what was in brackets that stand without them, for these to be lifted though most of it went
FEW, NEAR = 2, 80  # words between brackets that need others around them, and letters on either side that may be those
RE_BEFORE = re.compile(r"(?:[^\s\[\]]+\s+){0,3}[^\s\[\]]*$")
RE_AFTER = re.compile(r"[^\s\[\]]*(?:\s+[^\s\[\]]+){0,3}")
RE_LONG_WORDING = r"(\[[^\[\]]{40}[^\[\]\s]*)\s[^\[\]]{20,}?((?:\s[^\s\[\]]+){2}\])"
CODES = {Side.NEW: FlagCode.BRACKETED, Side.OLD: FlagCode.UNBRACKETED}
Closes = Mapping[int, int]  # where the bracket that opens at a place of a text closes


def judge_brackets(case: Case) -> Flagged:
    """Flags on linked paragraphs: words that are in brackets now, and words that are no more."""
    layouts = [(place, layout) for place, layout in enumerate(case.layouts) if layout.old and layout.new]
    closes = {side: {place: square_brackets(layout.text(side)) for place, layout in layouts} for side in CODES}
    over = {
        side: _over_several([(place, layout.text(side), closes[side][place]) for place, layout in layouts])
        for side in CODES
    }
    return [
        (place, _flag(layout, side, bracket, case.language))
        for place, layout in layouts
        for side in CODES
        for bracket in _told(layout, side, {own: closes[own][place] for own in CODES}, over[side].get(place, ()))
    ]


def _over_several(texts: Iterable[tuple[int, str, Closes]]) -> dict[int, list[tuple[int, int]]]:
    """By the place of a change, where a bracket begins or ends that opens before one paragraph and closes behind a
    later one, the other end being that of the paragraph.

    >>> _over_several([(3, "[a;", {}), (4, "b;", {}), (7, "c;]", {}), (8, "d]", {})])
    {3: [(0, 3)], 7: [(-1, 2)]}
    """
    found: dict[int, list[tuple[int, int]]] = {}
    opened: tuple[int, str] | None = None
    for place, text, closes in texts:
        last = len(text.rstrip(" ;.,")) - 1
        if text.startswith("[") and 0 not in closes:
            opened = place, text
        elif opened and text[last : last + 1] == "]" and last not in closes.values():
            found |= {opened[0]: [(0, len(opened[1]))], place: [(-1, last)]}
            opened = None
    return found


class _Bracket(Struct, frozen=True):
    """A bracket that one side of a change alone has: where its signs stand, -1 and the end where the other half is in
    another paragraph; where its words begin, behind a name; where the wordings to choose from, of which it is one,
    begin and end; whether some of its words came or went with it."""

    first: int
    last: int
    begins: int
    start: int
    stop: int
    is_changed: bool

    @property
    def is_choice(self) -> bool:
        """Whether it is one of several wordings."""
        return self.stop - self.start > self.last + 1 - self.first

    @property
    def is_named(self) -> bool:
        """Whether it says who wants its words."""
        return self.begins > self.first + 1 > 0


def _told(
    layout: ChangeLayout, side: Side, closes: Mapping[Side, Closes], over: Iterable[tuple[int, int]]
) -> Iterator[_Bracket]:
    """The brackets that are on that side of a change alone, around words that are on both: what is within brackets that
    are told of is not told again, and of wordings to choose from all are."""
    brackets = sorted([*closes[side].items(), *over])
    if not brackets:
        return
    text, other = layout.text(side), layout.text(side.other)
    choices = side_by_side(text, closes[side])
    own = [edit.op is side.op for edit in layout.change.edits if edit.op is not side.other.op for _ in edit.text]
    letters = [at for at, sign in enumerate(text) if sign.isalnum()]
    owned = [0, *accumulate(own[at] for at in letters)]  # of so many letters
    until = 0
    for first, last in brackets:
        begins = behind_tag(text, first) if first >= 0 else 0
        is_own = all(own[at] for at in (first, last) if 0 <= at < len(own))
        if last <= until or not is_own or f"({text[begins:last]})" in other:
            continue
        begin, end = bisect_left(letters, begins), bisect_left(letters, before_name(text, first, last))
        changed = owned[end] - owned[begin]
        is_lifted = side is Side.OLD and end - begin - changed >= STAYED
        if begin == end or (2 * changed >= end - begin and not is_lifted):
            continue
        if side is Side.OLD and own[letters[begin]] and not _is_whole(text, first, last):
            continue
        start, stop = choices.get(first, (max(first, 0), last + 1))
        if not _stands_in(closes[side.other], other, *layout.opposite(side, start, stop)):
            until = stop
            yield _Bracket(first, last, begins, start, stop, changed > 0)


def _flag(layout: ChangeLayout, side: Side, at: _Bracket, language: Language) -> Flag:
    """A flag with the words of a bracket and where they stand in both texts; few ones with those around them."""
    text, other = layout.text(side), layout.text(side.other)
    inside, is_old = text[at.begins : at.last], side is Side.OLD
    is_short = not (at.is_choice or at.is_named) and inside.count(" ") < FEW
    around = slice(*_around(text, at.start, at.stop)) if is_short else slice(at.start, at.stop)
    there = other[slice(*layout.opposite(side, around.start, around.stop))]
    if at.is_choice or is_short or at.is_changed or (at.is_named and is_old):
        chosen = text[around]
    else:
        chosen = inside if is_old else text[at.first + 1 : at.last]  # with the names of those who did
    if is_old:
        then, now = chosen, other if _is_whole(text, at.first, at.last) else there
    else:
        then, now = (there if at.is_choice or is_short else "") or chosen, chosen
    here = layout.paragraph_at(side, max(at.first, 0))
    opposite = layout.paragraph_at(side.other, max(other.find(inside), 0))
    old, new = (here, opposite) if is_old else (opposite, here)
    words = _shown(now, language)
    return Flag(CODES[side], (words,), (Evidence(old, _shown(then, language)),), (Evidence(new, words),))


def _is_whole(text: str, first: int, last: int) -> bool:
    """Whether a bracket holds a paragraph as a whole."""
    return first == 0 and last >= len(text.rstrip(" ;.,")) - 1


def _stands_in(closes: Closes, text: str, start: int, stop: int) -> bool:
    """Whether a stretch of a text is in brackets, or has some, that do not hold the text as a whole: what was in
    brackets before was not put there.

    >>> _stands_in({3: 11}, "by [30 June] at", 4, 8), _stands_in({3: 11}, "by [30 June] at", 0, 2)
    (True, False)
    """
    return any(first < stop and start <= last and not _is_whole(text, first, last) for first, last in closes.items())


def _around(text: str, first: int, last: int) -> tuple[int, int]:
    """Where a few words begin and end that stand around a stretch of a text: a single one says little by itself."""
    before = RE_BEFORE.search(text[max(first - NEAR, 0) : first])
    after = RE_AFTER.match(text[last : last + NEAR])
    return first - len(before[0]) if before else first, last + (after.end() if after else 0)


def _shown(words: str, language: Language) -> str:
    """The words in one line, of long ones the beginning: of wordings to choose from that of each."""
    line = " ".join(words.split()).strip(" ,;.")
    if len(line) <= LETTERS:
        return line
    if line.count("[") > 1 and line.startswith("["):
        return re.sub(RE_LONG_WORDING, rf"\1{CUT}\2", line)
    return shortened(line, language, LETTERS)
