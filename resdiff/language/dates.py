"""Dates as resolutions write them, in flat text: "1er juillet 2024", "31 decembre"."""

import re

__all__ = ["DATE", "when"]

_MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
           "decembre")  # fmt: skip
DATE = rf"\d{{1,2}}(?:er)? (?:{'|'.join(_MONTHS)})(?: \d{{4}})?"
"""The pattern of a date, with its year or without, for the patterns of the tables."""
_RE_DATE = re.compile(rf"(\d{{1,2}})(?:er)? ({'|'.join(_MONTHS)})(?: (\d{{4}}))?")


def when(text: str) -> tuple[int, int, int]:
    """The year, month (0 to 11) and day of the first date in a flat text, for putting dates in order.

    A text without a date counts by its first year; what is not there is 0.

    >>> when("le 1er juillet 2024") > when("le 31 decembre 2023") > when("pour 2023")
    True
    """
    if date := _RE_DATE.search(text):
        return int(date[3] or 0), _MONTHS.index(date[2]), int(date[1])
    return int((re.findall(r"\d{4}", text) or ["0"])[0]), 0, 0
