"""Who touched which line of the base, and how."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby

from msgspec import Struct

from resdiff.compilation.printed import Line
from resdiff.compilation.script import starts_of
from resdiff.layers import Mark, Stretch

__all__ = ["Row", "Sign", "Touch", "rows"]


class Sign(StrEnum):
    """What a proposal does to words."""

    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"


class Touch(Struct, frozen=True):
    """What these delegations propose at one place; ``contest`` numbers the contested passage, 0 for none."""

    sign: Sign
    names: tuple[str, ...]
    contest: int = 0


class Row(Struct, frozen=True):
    """The proposals on one line of the base (``line`` is its id) or, ``new``, the lines that come in behind it.

    New lines at the head of the text have no id. ``gone`` are those who take the whole line out.
    """

    line: str
    touches: tuple[Touch, ...]
    new: bool = False
    gone: tuple[str, ...] = ()


def rows(names: Sequence[str], lines: Sequence[Line], stretches: Sequence[Stretch]) -> tuple[Row, ...]:
    """The lines that someone touches, in order."""
    found: list[tuple[str, bool, Touch, tuple[str, ...]]] = []
    starts = starts_of(lines)
    at = place = 0
    done: set[int] = set()
    for index, stretch in enumerate(stretches):
        while place < len(lines) and at >= starts[place + 1]:
            place += 1
        if stretch.mark is not Mark.KEPT and index not in done:
            group = _group(stretches, index)
            done |= set(range(index, index + len(group)))
            # whole lines that come in between two lines
            comes = stretch.mark is Mark.ADDED and at == starts[place] and stretch.text.endswith("\n")
            line = lines[place - 1].id if comes and place else "" if comes else lines[min(place, len(lines) - 1)].id
            found += [(line, comes, touch, gone) for touch, gone in _touches(names, group, at, starts)]
        at += len(stretch.text) * (stretch.mark is not Mark.ADDED)
    return tuple(
        Row(line, tuple(each[2] for each in part), new, tuple(dict.fromkeys(n for each in part for n in each[3])))
        for (line, new), group in groupby(found, key=lambda each: each[:2])
        for part in (list(group),)
    )


def _group(stretches: Sequence[Stretch], index: int) -> list[Stretch]:
    """The stretches of one proposal, or of one contested passage."""
    first = stretches[index]
    group = [first]
    for stretch in stretches[index + 1 :]:
        same = stretch.contest == first.contest if first.contest else _replaces(first, stretch) and len(group) == 1
        if not same or stretch.mark is Mark.KEPT:
            break
        group.append(stretch)
    return group


def _replaces(first: Stretch, stretch: Stretch) -> bool:
    marks = (first.mark, stretch.mark) == (Mark.REMOVED, Mark.ADDED)
    return marks and first.names == stretch.names and not stretch.contest


def _touches(
    names: Sequence[str], group: Sequence[Stretch], at: int, starts: Sequence[int]
) -> list[tuple[Touch, tuple[str, ...]]]:
    """What the stretches of a group propose, and for each who takes the whole line out."""
    removed = group[0].text if group[0].mark is Mark.REMOVED else ""
    adding: dict[tuple[str, ...], str] = {s.names: s.text for s in group if s.mark is Mark.ADDED}
    if group[0].mark is Mark.REMOVED:
        silent = tuple(name for name in group[0].names if not any(name in own for own in adding))
        adding |= {silent: ""} if silent else {}
    is_line = bool(removed) and at in starts and at + len(removed) in starts
    found = []
    for own in sorted(adding, key=lambda own: names.index(own[0])):
        text = adding[own]
        sign = Sign.REMOVE if removed and not text else Sign.REPLACE if removed else Sign.ADD
        found.append((Touch(sign, own, group[0].contest), own if is_line and not text else ()))
    return found
