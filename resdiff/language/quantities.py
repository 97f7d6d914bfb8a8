"""Numbers in words, dates and terms of a flat text, by their value: "cent quatre-vingts jours" is 180 days.

The words are ``data/fr/quantities.toml``.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from resdiff.data.schema import Rhythm
from resdiff.language import FRENCH
from resdiff.language.dates import Timing, Unit
from resdiff.language.words import Words, WordTable, fold_phrases

__all__ = ["Time", "find_times", "number", "ordinal"]

RE_DAY = re.compile(r"\d{1,2}(?:er)?")
RE_PARTS = re.compile(r"[ -]+")
FILLERS = 6
"""How many fillers may stand between a cue and its number: "jusqu’à la fin du mois de mai"."""
LONGEST = 6
"""How many words a number may have: "quatre vingt dix huit mille"."""


class Time(NamedTuple):
    """A time with its cue: the first word and the word behind the last one, its value, unit and timing.

    The value is the number, or the ISO date, of month or of day.
    """

    first: int
    stop: int
    value: int | str
    unit: Unit
    timing: Timing


def number(words: Sequence[str] | str) -> int | None:
    """The value of a number in figures or in words; None when it is none.

    >>> number("cent quatre-vingts"), number("soixante-dix-huit"), number("mille deux cents"), number("45")
    (180, 78, 1200, 45)
    """
    text = words if isinstance(words, str) else " ".join(words)
    figures = text.replace(" ", "")
    if figures.isdigit():
        return int(figures)
    values = FRENCH.quantities.number.words
    total, below = 0, 0
    for word in RE_PARTS.split(text):
        value = values.get(word)
        if value is None:
            if word != "et":
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


def ordinal(word: str) -> int | None:
    """The number of an ordinal; None when it is none.

    >>> ordinal("soixante-quinzieme"), ordinal("cinquante-neuvieme"), ordinal("premiere"), ordinal("75e")
    (75, 59, 1, 75)
    """
    rules = FRENCH.quantities.number
    if word[:-1].isdigit() and word[-1] == "e":
        return int(word[:-1])
    if word in rules.ordinals:
        return rules.ordinals[word]
    stem = word.removesuffix(rules.ordinal_ending)
    if stem == word:
        return None
    tens, dash, last = stem.rpartition("-")
    if last in rules.ordinals:
        return (number(tens) or 0) + rules.ordinals[last]
    return number(stem) or number(tens + dash + last + "e") or (number(stem + "s") if stem else None)


# ---- times ---------------------------------------------------------------------------------------------------------


@cache
def _months() -> dict[str, int]:
    return {month: number for number, month in enumerate(FRENCH.words.dates.months, 1)}


@cache
def _unit_words(name: str) -> frozenset[str]:
    words = FRENCH.quantities.unit.get(name, ())
    return frozenset(fold_phrases(words)) if isinstance(words, tuple) else frozenset()


@cache
def _units() -> dict[str, Unit]:
    return {word: unit for unit in Unit for word in _unit_words(unit.value)}


@cache
def _fillers() -> frozenset[str]:
    return frozenset(fold_phrases(FRENCH.quantities.filler.words))


@cache
def _cues(place: str) -> dict[str, WordTable[Timing]]:
    """For dates, numbers and sessions the cues before them (read backwards) or after them."""
    found: dict[str, list[tuple[str, Timing]]] = {}
    for row in FRENCH.quantities.timing:
        cues = row.before if place == "before" else row.after
        found.setdefault(row.of, []).extend((cue, Timing(row.kind)) for cue in cues)
    return {kind: WordTable(cues, backwards=place == "before") for kind, cues in found.items()}


@cache
def _rhythms() -> WordTable[Rhythm]:
    return WordTable((words, row) for row in FRENCH.quantities.rhythm for words in row.words)


@cache
def _triggers() -> frozenset[str]:
    return frozenset((*_months(), *_units(), *_rhythms().firsts))


def find_times(words: Words) -> Iterator[Time]:
    """The times of a flat text that a cue makes an end, a beginning, a delay, a length or a rhythm; from left to right.

    >>> from resdiff.language.words import split_words
    >>> [(t.value, t.unit.value) for t in find_times(split_words("dans un delai de soixante jours, puis chaque annee"))]
    [(60, 'day'), (1, 'year')]
    """
    triggers, seen = _triggers(), 0
    for index in [index for index, word in enumerate(words.words) if word in triggers]:
        if index < seen:
            continue
        word, found = words.words[index], None
        if word in _months():
            found = _date(words.words, index)
        elif word in _units():
            found = _term(words.words, index)
        elif rhythm := _rhythms().at(words.words, index):
            row = rhythm[1]
            found = Time(index, index + rhythm[0], row.value, Unit(row.unit), Timing.EVERY)
        if found:
            seen = found.stop
            yield found


def _date(words: tuple[str, ...], month: int) -> Time | None:
    """The date whose month stands there, with its year, when a cue stands before or behind it."""
    if month + 1 >= len(words) or not (len(words[month + 1]) == 4 and words[month + 1].isdigit()):
        return None
    value = f"{words[month + 1]}-{_months()[words[month]]:02}"
    first = month
    if month and RE_DAY.fullmatch(words[month - 1]):
        first, value = month - 1, f"{value}-{int(words[month - 1].removesuffix('er')):02}"
    elif month > 1 and words[month - 1] == "er" and words[month - 2] == "1":
        first, value = month - 2, f"{value}-01"
    return _cued(words, first, month + 2, value, Unit.DATE, "date")


def _term(words: tuple[str, ...], place: int) -> Time | None:
    """The number of units that ends there, when a cue stands before or behind it."""
    unit, stop, last = _units()[words[place]], place + 1, place
    if unit is Unit.SESSION:
        return _session(words, place)
    if unit is Unit.DAY and words[stop : stop + 1] and words[stop] in _unit_words("workdays"):
        unit, stop = Unit.WORKDAY, stop + 1
    while last and words[last - 1] in _fillers():
        last -= 1
    first = last
    while first and last - first < LONGEST and (number(words[first - 1 : last]) is not None):
        first -= 1
    value = number(words[first:last]) if first < last else None
    return _cued(words, first, stop, value, unit, "number") if value else None


def _session(words: tuple[str, ...], place: int) -> Time | None:
    value = ordinal(words[place - 1]) if place else None
    first = place - 1
    if value and place > 2 and words[place - 2] == "et" and (tens := number(words[place - 3])):
        first, value = place - 3, tens + value  # "trente et unième"
    return _cued(words, first, place + 1, value, Unit.SESSION, "session") if value else None


def _cued(words: tuple[str, ...], first: int, stop: int, value: int | str, unit: Unit, kind: str) -> Time | None:
    """The time with its cue, fillers between them."""
    before = first - 1
    for _ in range(FILLERS + 1):
        if cue := _cues("before")[kind].at(words, before):
            timing = cue[1]
            after = _cues("after")[kind].at(words, stop)
            return Time(before - cue[0] + 1, stop + (after[0] if after else 0), value, unit, timing)
        if before < 0 or words[before] not in _fillers():
            break
        before -= 1
    if after := _cues("after")[kind].at(words, stop):
        return Time(first, stop + after[0], value, unit, after[1])
    return None
