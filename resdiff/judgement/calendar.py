"""Dates, periods and sessions that the operative part of the new text sets, moves or gives up.

Times are compared by value ("cent quatre-vingts jours" is 180 days), act by act: those of linked paragraphs, and those
of two acts that renew the same thing though no link joins them. A time that the old text has anywhere is not told as
set.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from resdiff.judgement.case import Case, content_stems
from resdiff.judgement.quoting import marks_of
from resdiff.language import Language
from resdiff.language.dates import Unit
from resdiff.language.fold import fold_same_length
from resdiff.model import Part, Side, TimeChange
from resdiff.recognition.survey import Act, Effect, Quantity

__all__ = ["judge_calendar"]

SAME = 0.6  # share of the stems of what two acts bear on, for them to renew the same thing
WORDS, AROUND = 18, 8  # words quoted with a time; so many before and behind it where its verb stands apart
JOINING = 4  # letters of a word that joins: "et", "pour"
RE_BREAK = re.compile(r"[,;:.]")
DURATIONS = frozenset({Unit.HOUR, Unit.DAY, Unit.WORKDAY, Unit.WEEK, Unit.MONTH, Unit.YEAR})


class _Timed(NamedTuple):
    """A time of an act of the operative part."""

    act: Act
    time: Quantity

    @property
    def value(self) -> tuple[int | str, Unit]:
        return self.time.value, self.time.unit

    @property
    def kind(self) -> tuple[bool, Unit | None, str]:
        """What two times share where one takes the place of the other: a date, a session or a period, its timing."""
        lasts = self.time.unit in DURATIONS
        return lasts, None if lasts else self.time.unit, self.time.timing.value


def judge_calendar(case: Case) -> tuple[TimeChange, ...]:
    """What changed of the calendar, in the order of the new text, then what is gone in that of the old one."""
    old, new = (_times(case, side) for side in (Side.OLD, Side.NEW))
    had, has = ({timed.value for timed in times} for times in (old, new))
    moved, came, left = _by_change(case, old, new)
    again = _one_to_one(came, left, lambda before, after: _renews_the_same(before.act, after.act))
    paired = {id(timed.time) for couple in again for timed in couple}
    turned = [_change(case, before, after) for before, after in (*moved, *again)]
    set_anew = [_change(case, None, t) for t in came if id(t.time) not in paired and t.value not in had]
    kept = {paragraph for change in case.comparison.changes if change.link.new for paragraph in change.link.old}
    gone = [t for t in left if id(t.time) not in paired and t.value not in has and not _is_past(case, t)]
    given_up = [_change(case, t, None) for t in gone if t.time.place.paragraph in kept]
    places = {paragraph.id: place for place, paragraph in enumerate(case.comparison.new.body)}
    stands = sorted([*turned, *set_anew], key=lambda change: places[change.new_paragraph])
    return tuple(_once([*stands, *given_up]))


def _times(case: Case, side: Side) -> list[_Timed]:
    body = case.comparison.old.body if side is Side.OLD else case.comparison.new.body
    operative = {paragraph.id for paragraph in body if paragraph.part is Part.OPERATIVE}
    return [_Timed(act, time) for act in case.survey(side).acts for time in act.deadlines if act.paragraph in operative]


Couples = list[tuple[_Timed, _Timed]]


def _by_change(case: Case, old: list[_Timed], new: list[_Timed]) -> tuple[Couples, list[_Timed], list[_Timed]]:
    """Times that took the place of others in one change; those of the new text and of the old one left over."""
    moved: Couples = []
    came: list[_Timed] = []
    left: list[_Timed] = []
    for layout in case.layouts:
        before, after = (
            [t for t in times if t.time.place.paragraph in {place.paragraph.id for place in layout.places(side)}]
            for side, times in ((Side.OLD, old), (Side.NEW, new))
        )
        gone = [t for t in before if t.value not in {a.value for a in after}]
        come = [t for t in after if t.value not in {b.value for b in before}]
        here = _one_to_one(come, gone, lambda old, new: True)
        moved += here
        taken = {id(timed.time) for couple in here for timed in couple}
        came += [t for t in come if id(t.time) not in taken]
        left += [t for t in gone if id(t.time) not in taken]
    return moved, came, left


def _one_to_one(came: list[_Timed], left: list[_Timed], may: Callable[[_Timed, _Timed], bool]) -> Couples:
    """An old and a new time of one kind, where neither has another one it may have taken the place of."""
    couples = [(b, a) for a in came for b in left if a.kind == b.kind and may(b, a)]
    olds, news = (Counter(id(couple[k].time) for couple in couples) for k in (0, 1))
    return [(b, a) for b, a in couples if olds[id(b.time)] == news[id(a.time)] == 1]


def _is_past(case: Case, timed: _Timed) -> bool:
    """Whether a date is over when the new text is adopted: that it is gone says nothing."""
    return timed.time.unit is Unit.DATE and str(timed.time.value) <= case.comparison.new.adopted


def _renews_the_same(old: Act, new: Act) -> bool:
    if old.effect is Effect.NONE or old.effect is not new.effect:
        return False
    before, after = (content_stems(act.object) for act in (old, new))
    return len(before & after) >= SAME * min(len(before), len(after))


def _change(case: Case, old: _Timed | None, new: _Timed | None) -> TimeChange:
    timed = new or old
    assert timed is not None
    return TimeChange(
        old=old.time.text if old else "",
        new=new.time.text if new else "",
        old_paragraph=old.time.place.paragraph if old else "",
        new_paragraph=new.time.place.paragraph if new else "",
        clause=_clause(timed, case.language),
    )


def _clause(timed: _Timed, language: Language) -> str:
    """The time with the words that say what is due: from the verb of the act, or from the last one before the time.

    Where neither is near, the time stands alone: a head put before words that it does not govern would mislead.
    """
    time, act = timed.time, timed.act
    text = " ".join(act.text.split("\n")[_passage(timed)].split())
    said = " ".join(time.text.split())
    at = text.find(said)
    if at < 0:
        return said
    if len(text[:at].split()) + len(said.split()) <= WORDS:
        return _until_break(text, at + len(said), WORDS - len(text[: at + len(said)].split()))
    asked = [match.start() for match in marks_of(language).verbs.finditer(fold_same_length(text[:at]))]
    start = asked[-1] if asked and not set(",;:") & set(text[asked[-1] : at]) else at
    if len(text[start:at].split()) > AROUND or start == at:
        return f"… {said}"
    return f"… {_until_break(text[start:], at + len(said) - start, AROUND)}"


def _passage(timed: _Timed) -> int:
    """Which passage of its act holds the time."""
    return next(k for k, at in enumerate(timed.act.passages) if at.paragraph == timed.time.place.paragraph)


def _until_break(text: str, stop: int, room: int) -> str:
    """The text to the end of the phrase behind ``stop``, or of the next one behind a comma.

    So many words behind it at most, none that joins ("et", "pour") at its end.
    """
    crossing = text[stop : stop + 1] == "," and room >= AROUND
    after = RE_BREAK.split(text[stop + crossing :], maxsplit=1)[0].split()
    shown = after[: max(room, 0)]
    while shown and len(shown[-1]) <= JOINING:
        shown.pop()
    said = " ".join([text[:stop] + ("," if shown and crossing else ""), *shown])
    return said if len(shown) == len(after) or not shown else f"{said} …"


def _once(changes: list[TimeChange]) -> list[TimeChange]:
    """Each change of a value once: the same date may stand in several places."""
    found: dict[tuple[str, str], TimeChange] = {}
    for change in changes:
        found.setdefault((change.old, change.new), change)
    return list(found.values())
