"""How far it is from one edition to the next: in sessions, and in months."""

from msgspec import Struct

from resdiff.model import Resolution

__all__ = ["Cycle", "cycle_of", "months_between", "shifted"]


class Cycle(Struct, frozen=True):
    """From this edition to the next: its session (0: not known), by how many sessions, by how many months (0: not
    known), and the ISO day on which it may be adopted (empty: not known). ``is_given`` tells that a person said at
    which session it is; ``keeps_pace``, that it is as many sessions on as this edition is from the one before."""

    session: int = 0
    sessions: int = 0
    months: int = 0
    day: str = ""
    is_given: bool = False
    keeps_pace: bool = False


def cycle_of(text: Resolution, before: Resolution | None, session: int) -> Cycle:
    """The cycle from a text on: to the session that is given, else as far as from the text before it to this one."""
    own, last = _number(text.session), _number(before.session) if before else 0
    step = max(session - own, 0) if session and own else max(own - last, 0) if own and last else 0
    months = months_between(before.adopted, text.adopted) if before else 0
    if step and not months:
        months = 12 * step
    if session and own and last and own > last:
        months = round(months * step / (own - last))
    day = shifted(text.adopted, months) if months else ""
    keeps_pace = step > 0 and last > 0 and step == own - last
    return Cycle(own + step if step else 0, step, months, day, bool(session), keeps_pace)


def _number(session: str) -> int:
    return int(session) if session.isdecimal() else 0


def months_between(first: str, last: str) -> int:
    """The months between two ISO days, to the nearest one; 0 where one is not known, or they are out of order.

    >>> months_between("2017-12-19", "2019-12-18"), months_between("2004-01-30", "2004-07-29"), months_between("", "x")
    (24, 6, 0)
    """
    try:
        (y1, m1, d1), (y2, m2, d2) = ((int(part) for part in day.split("-")) for day in (first, last))
    except ValueError:
        return 0
    return max(round((12 * (y2 - y1) + m2 - m1) + (d2 - d1) / 30), 0)


def shifted(day: str, months: int) -> str:
    """The ISO day so many months later, the last of a month where it has fewer days; empty for what is no day.

    >>> shifted("2004-07-31", 6), shifted("2004-01-31", 1), shifted("2019-12-18", 24), shifted("", 6)
    ('2005-01-31', '2004-02-29', '2021-12-18', '')
    """
    try:
        year, month, date = map(int, day.split("-"))
    except ValueError:
        return ""
    year, month = year + (month - 1 + months) // 12, (month - 1 + months) % 12 + 1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    longest = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    ends = date == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][int(day.split("-")[1]) - 1]
    return f"{year:04}-{month:02}-{longest if ends else min(date, longest):02}"
