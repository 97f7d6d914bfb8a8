"""Where the rules of ``rolling.toml`` and ``routine.toml`` find something in a paragraph."""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from resdiff.language import Language, pattern
from resdiff.language.dates import date_pattern, ordinal, spelt_ordinal
from resdiff.language.fold import fold_same_length
from resdiff.model import Paragraph, Resolution

__all__ = ["Place", "Session", "find_places", "find_sessions", "sessions_ahead", "written_date"]

FAR = 5  # sessions ahead for which a report is asked, at most


class Place(Struct, frozen=True):
    """Characters of a paragraph that a rule finds, and its flat text."""

    start: int
    end: int
    plain: str


@cache
def _pattern(rule: str, language: Language) -> re.Pattern[str]:
    """The pattern of a rule: its own, or that of the routine rule whose places it takes."""
    row = next(row for row in language.rolling.rule if row.name == rule)
    written = row.pattern or next(r.pattern for r in language.routine.rule if r.name == row.of)
    return re.compile(written.replace("DATE", date_pattern(language)))


def find_places(rule: str, paragraph: Paragraph, language: Language) -> Iterator[Place]:
    """The places of a rule in a paragraph, in order."""
    found = _pattern(rule, language)
    plain = fold_same_length(paragraph.text)
    group = "site" if "site" in found.groupindex else 0
    for match in found.finditer(plain):
        yield Place(match.start(group), match.end(group), plain)


class Session(Place, frozen=True):
    """A session of the body that adopted a text: its ordinal by value, in words or in figures, and the word for it."""

    value: int
    in_figures: bool
    word: str

    def spelt(self, value: int, language: Language) -> str:
        """Another session, written as this one."""
        mark = language.quantities.number.ordinal_marks[0]
        return f"{f'{value}{mark}' if self.in_figures else spelt_ordinal(value, language)} {self.word}"


def find_sessions(paragraph: Paragraph, language: Language) -> Iterator[Session]:
    """The sessions in a paragraph; not those of a body that is named behind them."""
    for place in find_places("session", paragraph, language):
        start, words = place.start, place.plain[place.start : place.end].rpartition(" ")[0]
        if joint := pattern(language.rolling.sessions.joint).search(place.plain, 0, start):
            start, words = joint.start(), f"{joint[1]}-{words}"
        value = ordinal(words, language)
        if value and not pattern(language.rolling.sessions.other).match(place.plain, place.end):
            word = paragraph.text[start : place.end].rpartition(" ")[2]
            yield Session(start, place.end, place.plain, value, words[0].isdigit(), word)


def sessions_ahead(paragraph: Paragraph, text: Resolution, language: Language) -> Iterator[tuple[Session, int]]:
    """The sessions to come in a paragraph, and how far each is from that of the text; none for a text without one."""
    now = int(text.session) if text.session.isdecimal() else 0
    for session in find_sessions(paragraph, language) if now else ():
        if now < session.value <= now + FAR:
            yield session, session.value - now


def written_date(iso: str, language: Language) -> str:
    """An ISO day as a text of that language writes it; empty for what is no day.

    >>> written_date("2019-12-18", Language.of("fr")), written_date("2024-07-01", Language.of("fr"))
    ('18 décembre 2019', '1er juillet 2024')
    """
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", iso)
    if not match or not language.knows("rolling"):
        return ""
    day, month = int(match[3]), language.parse.date.months[int(match[2]) - 1]
    return f"{language.rolling.first_day.words[0] if day == 1 else day} {month} {match[1]}"
