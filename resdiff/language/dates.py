"""Dates, numbers in words and terms of a flat text, by their value: "cent quatre-vingts jours" is 180 days.

The words are ``data/fr/quantities.toml``.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import compress, takewhile

from msgspec import Struct

from resdiff.data.schema import Rhythm
from resdiff.language import Language
from resdiff.language.fold import Words, WordTable, fold_phrases

__all__ = [
    "LASTING",
    "Time",
    "Timing",
    "Unit",
    "date_pattern",
    "find_times",
    "is_ahead",
    "number",
    "ordinal",
    "spelt_ordinal",
    "when",
]

DAY = r"(?:\d{1,2}(?:er)?|[ijlpt]er)"  # a scan reads the 1 of "1er" as a letter
RE_DAY = re.compile(DAY)
RE_ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
MISREAD = frozenset(("er", '"', "«", "»", "*", "`", "°", "."))
"""What a scan makes of the end of "1er", and what a converter sets apart."""
RE_PARTS = re.compile(r"[ -]+")
FILLERS = 6
"""How many fillers may stand between a cue and its number: "jusqu’à la fin du mois de mai"."""
YEARS = frozenset(str(year) for year in range(1945, 2100))
LARGEST = 200  # ordinals are written up to it; the General Assembly will have that many sessions in 2144
LONGEST = 6
"""How many words a number may have: "quatre vingt dix huit mille"."""


def date_pattern(language: Language) -> str:
    """The pattern of a date, with its year or without, for the patterns of the tables; it has no groups.

    In a language whose months are not known it matches nothing.

    >>> bool(re.fullmatch(date_pattern(Language.of("fr")), "1er juillet 2024"))
    True
    """
    return rf"{DAY} (?:{_months(language)})(?: \d{{4}})?"


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


LASTING = (Timing.UNTIL, Timing.DURING)
"""How long something lasts."""


def when(text: str, language: Language) -> tuple[int, int, int]:
    """The year, month (0 to 11) and day of the first date in a flat text, for putting dates in order.

    A text without a date counts by its first year; what is not there is 0.

    >>> french = Language.of("fr")
    >>> when("le 1er juillet 2024", french) > when("le 31 decembre 2023", french) > when("pour 2023", french)
    True
    """
    if date := _date(language).search(text):
        return int(date[3] or 0), language.words.dates.months.index(date[2]), _day(date[1])
    return int((re.findall(r"\d{4}", text) or ["0"])[0]), 0, 0


def is_ahead(text: str, day: str, language: Language, *, or_then: bool = False) -> bool:
    """Whether a date in a flat text is later than a day; of a month or a year that day may be in it with ``or_then``.
    Nothing is later than what is no day.

    >>> english = Language.of("en")
    >>> [is_ahead(text, "2020-12-21", english) for text in ("from 25 to 30 april 2021", "in 2020", "3 june 2020")]
    [True, False, False]
    >>> is_ahead("in 2020", "2020-12-21", english, or_then=True), is_ahead("in 2020", "soon", english)
    (True, False)
    """
    if not re.fullmatch(RE_ISO, day):
        return False
    today = [*map(int, day.split("-"))]
    months = language.words.dates.months
    for of, named, number in _any_date(language).findall(text):
        told = [int(number), *([months.index(named) + 1, *([_day(of)] if of else [])] if named else [])]
        if told > today[: len(told)] or (or_then and not of and told == today[: len(told)]):
            return True
    return False


@cache
def _any_date(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:({DAY}) )?({_months(language)}) )?((?:19|20)\d\d)\b")


@cache
def _date(language: Language) -> re.Pattern[str]:
    return re.compile(rf"({DAY}) ({_months(language)})(?: (\d{{4}}))?")


def _day(word: str) -> int:
    """The number of a day of the month.

    >>> [_day(word) for word in ("31", "1er", "ler", "ter")]
    [31, 1, 1, 1]
    """
    figures = word.removesuffix("er")
    return int(figures) if figures.isdigit() else 1


# ---- numbers --------------------------------------------------------------------------------------------------------


class Time(Struct, frozen=True):
    """A time with its cue: the first word and the word behind the last one, its value, unit and timing.

    The value is the number, or the ISO date, of year, of month or of day.
    """

    first: int
    stop: int
    value: int | str
    unit: Unit
    timing: Timing


def number(words: Sequence[str] | str, language: Language) -> int | None:
    """The value of a number in figures or in words; None when it is none.

    >>> [number(words, Language.of("fr")) for words in ("cent quatre-vingts", "soixante-dix-huit", "mille deux cents")]
    [180, 78, 1200]
    """
    text = words if isinstance(words, str) else " ".join(words)
    figures = text.replace(" ", "")
    if figures.isdigit():
        return int(figures)
    rules = language.quantities.number
    values, joined = rules.words, rules.joined
    total, below = 0, 0
    for word in RE_PARTS.split(text):
        value = values.get(word)
        if value is None:
            if word not in joined:
                return None
        elif value == 1000:
            total, below = total + max(below, 1) * 1000, 0
        elif value == 100 and 0 < below < 10:
            below *= 100
        elif value == 20 and below % 100 == 4:
            below += 76  # quatre-vingts
        else:
            below += value
    return total + below


def ordinal(word: str, language: Language) -> int | None:
    """The number of an ordinal; None when it is none.

    >>> [ordinal(word, Language.of("fr")) for word in ("soixante-quinzieme", "cinquante-neuvieme", "premiere", "75e")]
    [75, 59, 1, 75]
    """
    rules = language.quantities.number
    figures = next((word[: -len(mark)] for mark in rules.ordinal_marks if word.endswith(mark)), "")
    if figures.isdigit():
        return int(figures)
    if word in rules.ordinals:
        return rules.ordinals[word]
    if not rules.ordinal_ending:  # "seventy-fifth"
        tens, dash, last = word.rpartition("-")
        value = number(tens, language) if dash and last in rules.ordinals else None
        return value + rules.ordinals[last] if value else None
    stem = word.removesuffix(rules.ordinal_ending)
    if stem == word:
        return None
    tens, dash, last = stem.rpartition("-")
    if last in rules.ordinals:
        return (number(tens, language) or 0) + rules.ordinals[last]
    spelt = (stem, tens + dash + last + "e", stem + "s")
    return next((value for words in spelt if (value := number(words, language))), None)


def spelt_ordinal(value: int, language: Language) -> str:
    """The ordinal of a number from 1 to 199 in words, feminine as a session is; empty where it cannot be written.

    >>> [spelt_ordinal(value, Language.of("fr")) for value in (1, 21, 71, 78, 80, 91, 101)]
    ['première', 'vingt et unième', 'soixante et onzième', 'soixante-dix-huitième', 'quatre-vingtième', \
'quatre-vingt-onzième', 'cent unième']
    """
    words = language.quantities.spelt
    if value == 1:
        return words.first
    if 0 < value <= len(words.units):
        return words.units[value - 1]
    ten = max((int(each) for each in words.tens if int(each) <= value), default=0)
    rest = value - ten
    if not ten or value >= LARGEST:
        return ""
    stem, whole = words.tens[str(ten)]
    if not rest:
        return whole
    following = words.units[rest - 1] if rest <= len(words.units) else spelt_ordinal(rest, language)
    if rest in (1, 11) and stem in words.joined:
        return f"{stem}{words.by}{following}"
    return f"{stem}{' ' if ten == 100 else '-'}{following}"


# ---- times ---------------------------------------------------------------------------------------------------------


@cache
def _month_numbers(language: Language) -> dict[str, int]:
    return {month: number for number, month in enumerate(language.words.dates.months, 1)}


@cache
def _unit_words(name: str, language: Language) -> frozenset[str]:
    words = language.quantities.unit.get(name, ())
    return frozenset(fold_phrases(words)) if isinstance(words, tuple) else frozenset()


@cache
def _units(language: Language) -> dict[str, Unit]:
    return {word: unit for unit in Unit for word in _unit_words(unit.value, language)}


@cache
def _fillers(language: Language) -> frozenset[str]:
    return frozenset(fold_phrases(language.quantities.filler.words))


@cache
def _cues(place: str, language: Language) -> dict[str, WordTable[Timing]]:
    """For dates, numbers and sessions the cues before them (read backwards) or after them."""
    found: dict[str, list[tuple[str, Timing]]] = {}
    for row in language.quantities.timing:
        cues = row.before if place == "before" else row.after
        found.setdefault(row.of, []).extend((cue, Timing(row.kind)) for cue in cues)
    return {kind: WordTable(cues, backwards=place == "before") for kind, cues in found.items()}


@cache
def _rhythms(language: Language) -> WordTable[Rhythm]:
    return WordTable((words, row) for row in language.quantities.rhythm for words in row.words)


@cache
def _parts_of_year(language: Language) -> WordTable[int]:
    """What stands before a year and names a part of it, read backwards, with the month in which that ends."""
    return WordTable(((words, row.month) for row in language.quantities.part for words in row.words), backwards=True)


@cache
def _triggers(language: Language) -> frozenset[str]:
    years = YEARS if language.quantities.part else ()
    return frozenset((*_month_numbers(language), *_units(language), *_rhythms(language).firsts, *years))


def find_times(words: Words, code: str = "") -> Iterator[Time]:
    """The times of a flat text that a cue makes an end, a beginning, a delay, a length or a rhythm; from left to right.

    ``code`` is the language of the text.

    >>> from resdiff.language.fold import split_words
    >>> [(t.value, t.unit.value) for t in find_times(split_words("dans un delai de soixante jours, puis chaque annee"))]
    [(60, 'day'), (1, 'year')]
    >>> [t.value for t in find_times(split_words("d'ici a 2030, au premier semestre de 2026, fin 2027, en 2015"))]
    ['2030', '2026-06', '2027-12']
    """
    language = Language.of(code)
    triggers, seen = _triggers(language), 0
    for index in compress(range(len(words.words)), map(triggers.__contains__, words.words)):
        if index < seen:
            continue
        word, found = words.words[index], None
        if word in _month_numbers(language):
            found = _dated(words.words, index, language)
        elif word in _units(language):
            found = _term(words.words, index, language)
        elif word in YEARS:
            found = _in_year(words.words, index, language)
        elif rhythm := _rhythms(language).at(words.words, index):
            row = rhythm[1]
            found = Time(index, index + rhythm[0], row.value, Unit(row.unit), Timing.EVERY)
        if found:
            seen = found.stop
            yield found


def _dated(words: tuple[str, ...], month: int, language: Language) -> Time | None:
    """The date whose month stands there, with its year, when a cue stands before or behind it."""
    if month + 1 >= len(words) or not (len(words[month + 1]) == 4 and words[month + 1].isdigit()):
        return None
    value = f"{words[month + 1]}-{_month_numbers(language)[words[month]]:02}"
    misread = takewhile(MISREAD.__contains__, words[month - 1 : max(0, month - 3) : -1])
    day = month - 1 - len([*misread])
    if day >= 0 and RE_DAY.fullmatch(words[day]) and (day == month - 1 or _day(words[day]) == 1):
        first, value = day, f"{value}-{_day(words[day]):02}"
    else:
        first = _start_of_month(words, month, language)
    return _cued(words, first, month + 2, value, Unit.DATE, "date", language)


def _start_of_month(words: tuple[str, ...], month: int, language: Language) -> int:
    """Where a month begins that stands without a day: at the part of it that is named ("première semaine de mai", "fin
    mai")."""
    part = next((place for place in (month - 1, month - 2) if words[max(0, place)] in _month_parts(language)), -1)
    if part < 0:
        return month
    return part - (part > 0 and ordinal(words[part - 1], language) is not None)


@cache
def _month_parts(language: Language) -> frozenset[str]:
    return frozenset(fold_phrases(language.quantities.month_part.words))


def _in_year(words: tuple[str, ...], place: int, language: Language) -> Time | None:
    """The year that stands there, with the part of it that is named, which needs no cue: "premier semestre de 2024"."""
    part = _parts_of_year(language).at(words, place - 1)
    length, month = part or (0, 0)
    first, value = place - length, f"{words[place]}-{month:02}" if month else words[place]
    cued = _cued(words, first, place + 1, value, Unit.DATE, "date" if part else "year", language)
    return cued or (Time(first, place + 1, value, Unit.DATE, Timing.UNTIL) if part else None)


def _term(words: tuple[str, ...], place: int, language: Language) -> Time | None:
    """The number of units that ends there, when a cue stands before or behind it."""
    unit, stop, last = _units(language)[words[place]], place + 1, place
    if unit is Unit.SESSION:
        return _session(words, place, language)
    if unit is Unit.DAY and words[stop : stop + 1] and words[stop] in _unit_words("workdays", language):
        unit, stop = Unit.WORKDAY, stop + 1
    while last and words[last - 1] in _fillers(language):
        last -= 1
    first = last
    while first and last - first < LONGEST and (number(words[first - 1 : last], language) is not None):
        first -= 1
    value = number(words[first:last], language) if first < last else _one(words, last, place, language)
    return _cued(words, first, stop, value, unit, "number", language) if value else None


def _one(words: tuple[str, ...], last: int, place: int, language: Language) -> int | None:
    """1 where an article alone stands before a unit between cues: "dans le mois suivant l’adoption"."""
    before, after = _cues("before", language)["number"], _cues("after", language)["number"]
    alone = place - last == 1 and words[last] in _unit_words("articles", language)
    return 1 if alone and before.at(words, last - 1) and after.at(words, place + 1) else None


def _session(words: tuple[str, ...], place: int, language: Language) -> Time | None:
    value = ordinal(words[place - 1], language) if place else None
    first, joined = place - 1, language.quantities.number.joined
    if value and place > 2 and words[place - 2] in joined and (tens := number(words[place - 3], language)):
        first, value = place - 3, tens + value  # "trente et unième"
    while value and first > 1 and words[first - 1] in joined and ordinal(words[first - 2], language):
        first -= 2  # "at its seventy-ninth and eightieth sessions": the last of them
    return _cued(words, first, place + 1, value, Unit.SESSION, "session", language) if value else None


def _cued(
    words: tuple[str, ...], first: int, stop: int, value: int | str, unit: Unit, kind: str, language: Language
) -> Time | None:
    """The time with its cue, fillers between them, but before a year alone: "guided by the 2030 Agenda"."""
    before = first - 1
    for _ in range(FILLERS + 1):
        if cue := _cues("before", language)[kind].at(words, before):
            timing = cue[1]
            after = _cues("after", language)[kind].at(words, stop)
            return Time(before - cue[0] + 1, stop + (after[0] if after else 0), value, unit, timing)
        if before < 0 or kind == "year" or words[before] not in _fillers(language):
            break
        before -= 1
    if after := _cues("after", language)[kind].at(words, stop):
        return Time(first, stop + after[0], value, unit, after[1])
    return None
