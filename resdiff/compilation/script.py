"""What a draft does to its base, in places of the base: replace, insert and delete, word by word and line by line.

The lines are linked as any two texts are (``compare``), the words of linked lines marked as any others (``edits``).
Links that keep their order stay in one place; a paragraph that moved is deleted where it stood and inserted where it
stands now. A number that only follows is no proposal: a kept paragraph keeps the number of the base, one that comes in
is 5 bis, as negotiators say.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from resdiff.compilation.printed import Line
from resdiff.language import Language
from resdiff.language.forms import latin_numbers
from resdiff.layers import Printed
from resdiff.marking.words import edits
from resdiff.model import Comparison, Op
from resdiff.sequences import heaviest_increasing

__all__ = ["Hunk", "Script", "script", "starts_of"]

RE_NUMBER = re.compile(r"(\d+)\. ")


class Hunk(Struct, frozen=True, order=True):
    """Characters ``start`` to ``end`` of the base give way to ``text``.

    ``whole``: whole lines, which come in between two lines of the base or go.
    """

    start: int
    end: int
    text: str
    whole: bool = False


class Script(Struct, frozen=True):
    """What a draft does: its hunks in order, the numbers it prints otherwise, the lines it moved (base, draft)."""

    hunks: tuple[Hunk, ...]
    numbers: tuple[Printed, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()


class _Unit(Struct, frozen=True):
    """Lines of the base and of the draft that stand in one place: from, up to."""

    old: tuple[int, int]
    new: tuple[int, int]
    weight: int


def script(base: Sequence[Line], draft: Sequence[Line], comparison: Comparison, language: Language) -> Script:
    """What the draft does to the lines of the base; base and draft are those that were compared."""
    units = _chain(_units(base, draft, comparison))
    shown, numbers = _numbered(base, draft, units)
    starts = starts_of(base)
    hunks: list[Hunk] = []
    at_old = at_new = 0
    for unit in (*units, _Unit((len(base), len(base)), (len(draft), len(draft)), 0)):
        if coming := "".join(f"{line}\n" for line in shown[at_new : unit.new[0]]):
            hunks.append(Hunk(starts[at_old], starts[at_old], coming, whole=True))  # behind what stood before it
        hunks += [Hunk(starts[line], starts[line + 1], "", whole=True) for line in range(at_old, unit.old[0])]
        hunks += _hunks(base, shown, unit, starts[unit.old[0]], language)
        at_old, at_new = unit.old[1], unit.new[1]
    moved = [change.link for change in comparison.changes if change.moved and change.link.old and change.link.new]
    return Script(tuple(hunks), numbers, tuple((link.old[0], link.new[0]) for link in moved))


def starts_of(base: Sequence[Line]) -> list[int]:
    """Where each line of the base begins in its text, and where the text ends."""
    starts = [0]
    for line in base:
        starts.append(starts[-1] + len(line.whole) + 1)
    return starts


# ---- which lines stand in one place ---------------------------------------------------------------------------------


def _units(base: Sequence[Line], draft: Sequence[Line], comparison: Comparison) -> Iterable[_Unit]:
    """The links whose lines follow one another on both sides, or, of others, the first two lines; footnotes too."""
    olds, news = ({line.id: place for place, line in enumerate(lines)} for lines in (base, draft))
    links = [(c.link.old, c.link.new, c.edits) for c in comparison.changes if not c.moved]
    links += [((note.old,), (note.new,), note.edits) for note in comparison.notes if note.old and note.new]
    for old_ids, new_ids, words in links:
        if not old_ids or not new_ids:
            continue
        old, new = [olds[id_] for id_ in old_ids], [news[id_] for id_ in new_ids]
        if not (_follow(old) and _follow(new)):
            old, new = old[:1], new[:1]
        weight = 1 + sum(len(edit.text) for edit in words if edit.op is Op.EQUAL)
        yield _Unit((old[0], old[-1] + 1), (new[0], new[-1] + 1), weight)


def _follow(places: Sequence[int]) -> bool:
    return list(places) == list(range(places[0], places[0] + len(places)))


def _chain(units: Iterable[_Unit]) -> list[_Unit]:
    """The units that keep their order on both sides, those that share most words."""
    ordered = sorted(units, key=lambda unit: (unit.old, unit.new))
    kept = heaviest_increasing([unit.new[0] for unit in ordered], [unit.weight for unit in ordered])
    chain: list[_Unit] = []
    for place in kept:
        unit = ordered[place]
        if not chain or (unit.old[0] >= chain[-1].old[1] and unit.new[0] >= chain[-1].new[1]):
            chain.append(unit)
    return chain


# ---- numbers --------------------------------------------------------------------------------------------------------


def _numbered(
    base: Sequence[Line], draft: Sequence[Line], units: Sequence[_Unit]
) -> tuple[list[str], tuple[Printed, ...]]:
    """The lines of the draft under the numbers of the compilation, and which it prints otherwise."""
    # the lines of a unit keep the numbers of the base, from its first on, as many as it has on both sides
    kept = {new: old for unit in units for new, old in zip(range(*unit.new), range(*unit.old), strict=False)}
    numbers: list[Printed] = []
    shown: list[str] = []
    last, turn = "", 0
    for place, line in enumerate(draft):
        number = line.number
        if place in kept:
            own = base[kept[place]].number
            number = own if bool(own) == bool(number) else number
            last, turn = (number, 0) if RE_NUMBER.fullmatch(own) and not line.depth else (last, turn)
        elif RE_NUMBER.fullmatch(number) and not line.depth and line.part is not None and turn < len(latin_numbers()):
            following = f"{last[:-2]} {latin_numbers()[turn]}. " if last else number
            number, turn = following, turn + bool(last)
        if number != line.number:
            numbers.append(Printed(place, number, line.number))
        shown.append(number + line.text)
    return shown, tuple(numbers)


# ---- words ----------------------------------------------------------------------------------------------------------


def _hunks(base: Sequence[Line], shown: Sequence[str], unit: _Unit, start: int, language: Language) -> Iterable[Hunk]:
    """What is replaced in the lines of a unit."""
    old = "\n".join(line.whole for line in base[slice(*unit.old)])
    new = "\n".join(shown[slice(*unit.new)])
    if old == new:
        return
    at, deleted, inserted = start, "", ""
    for edit in edits(old, new, language):
        if edit.op is Op.DELETE:
            deleted += edit.text
        elif edit.op is Op.INSERT:
            inserted += edit.text
        else:
            if deleted or inserted:
                yield Hunk(at, at + len(deleted), inserted)
            at, deleted, inserted = at + len(deleted) + len(edit.text), "", ""
    if deleted or inserted:
        yield Hunk(at, at + len(deleted), inserted)
