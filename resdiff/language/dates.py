"""Dates as resolutions write them, in flat text: "1er juillet 2024", "31 decembre"; what times are counted in."""

import re
from enum import StrEnum
from functools import cache

from resdiff.language import Language

__all__ = ["Timing", "Unit", "date_pattern", "when"]


def date_pattern(language: Language) -> str:
    """The pattern of a date, with its year or without, for the patterns of the tables; it has no groups.

    In a language whose months are not known it matches nothing.

    >>> bool(re.fullmatch(date_pattern(Language.of("fr")), "1er juillet 2024"))
    True
    """
    return rf"\d{{1,2}}(?:er)? (?:{_months(language)})(?: \d{{4}})?"


def _months(language: Language) -> str:
    return "|".join(language.words.dates.months) or "(?!)"  # that matches nowhere


class Unit(StrEnum):
    """What a quantity counts; a date and a session of an organ are units too."""

    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    DATE = "date"
    SESSION = "session"


class Timing(StrEnum):
    """What the words around a time make of it."""

    UNTIL = "until"  # "jusqu’au", "au plus tard le"
    FROM = "from"  # "à compter du"
    WITHIN = "within"  # "dans les soixante jours"
    DURING = "during"  # "pour une période de six mois"
    EVERY = "every"  # "tous les trois mois"
    SESSION = "session"  # "à sa soixante-quinzième session"


def when(text: str, language: Language) -> tuple[int, int, int]:
    """The year, month (0 to 11) and day of the first date in a flat text, for putting dates in order.

    A text without a date counts by its first year; what is not there is 0.

    >>> french = Language.of("fr")
    >>> when("le 1er juillet 2024", french) > when("le 31 decembre 2023", french) > when("pour 2023", french)
    True
    """
    if date := _date(language).search(text):
        return int(date[3] or 0), language.words.dates.months.index(date[2]), int(date[1])
    return int((re.findall(r"\d{4}", text) or ["0"])[0]), 0, 0


@cache
def _date(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(\d{{1,2}})(?:er)? ({_months(language)})(?: (\d{{4}}))?")
