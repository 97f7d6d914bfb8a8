"""What needs no translation in a paragraph, by its value: numbers, dates, sessions, symbols, names, conditions.

"à sa soixante-quinzième session" and "at its seventy-fifth session" are session 75; "conformément au droit interne" and
"in accordance with domestic law" are one condition. Names and conditions are the rows of ``data/common/twins.toml``.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from itertools import takewhile

from msgspec import Struct

from resdiff.language import Language
from resdiff.language.dates import number, ordinal
from resdiff.language.fold import Words, WordTable, fold_same_length, split_words
from resdiff.parallel.rows import COLUMNS, table
from resdiff.recognition.citations import cited

__all__ = ["Fact", "FactKind", "answered", "find_facts"]

SMALLEST = 3
"""Numbers in words below it are no figures: "les deux" is "both", "premier" an adverb; "third" may be "tiers"."""
LONGEST = 6  # words of a number
RE_FIGURES = re.compile(
    r"(?<![\w/.,;:’'»”)])(?:\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)|\d+)(?:[.,]\d+)*"
    r"(?:(?<=[.,]\d{3})(?:[\u00a0\u202f ]\d{3})+(?!\d))?(?![\w/])"  # "1.602 176 634"
)
RE_SPACES, RE_GROUPS = re.compile(r"[\u00a0\u202f ]"), re.compile(r"[\u00a0\u202f ]|,(?=\d{3}(?!\d))")
RE_ROMAN = re.compile(r"\b[IVX]{2,5}(?=e?\b)")
RE_DIGITS = re.compile(r"\d+")
RE_NUMBERED = re.compile(r"\b[A-Z]{2,}-?(\d+)\b")  # "WG2": « le Groupe de travail 2 »
ROMAN = {"I": 1, "V": 5, "X": 10}


class FactKind(StrEnum):
    """What sort of thing stands alike in every language."""

    NUMBER = "number"
    DATE = "date"
    SESSION = "session"
    SYMBOL = "symbol"
    NAME = "name"
    COUNTRY = "country"
    CONDITION = "condition"


COUNTED = frozenset({FactKind.NUMBER, FactKind.SESSION, FactKind.SYMBOL})


class Fact(Struct, frozen=True):
    """A fact: its value, equal in all languages, and the words that say it with their place in the text.

    Words that are ``weak`` may say something else too: they answer those of the other text and ask for no answer.
    """

    kind: FactKind
    value: str
    text: str
    start: int
    end: int
    weak: bool = False


def find_facts(text: str, language: Language) -> tuple[Fact, ...]:
    """The facts of a text in the order of the text, none inside another.

    >>> [fact.value for fact in find_facts("la résolution 72/194 du 19 décembre 2017", Language.of("fr"))]
    ['resolution:72/194', '2017-12-19']
    """
    plain = fold_same_length(text)
    found: list[Fact] = []
    for each in (
        _symbols(text),
        _dates(text, plain, language),
        _phrases(text, plain, language),
        _figures(text, language),
        _spelt(text, plain, language),
    ):
        found += [fact for fact in each if not any(_overlap(fact, other) for other in found)]
    return tuple(sorted(found, key=lambda fact: fact.start))


def _overlap(one: Fact, other: Fact) -> bool:
    """Whether two facts share characters; two that one phrase says do not count."""
    return one.start < other.end and other.start < one.end and (one.start, one.end) != (other.start, other.end)


def answered(fact: Fact, text: str, facts: tuple[Fact, ...], language: Language) -> bool:
    """Whether a text says what a fact of its twin says: by the same value, or by a name cut down to its noun.

    >>> english = Language.of("en")
    >>> fact, = find_facts("l’Office des Nations Unies contre la drogue et le crime", Language.of("fr"))
    >>> answered(fact, "requests the Office to assist", (), english)
    True
    """
    if any(other.kind is fact.kind and other.value == fact.value for other in facts):
        return True
    if fact.kind in COUNTED:  # a meeting is a session, "resolution 7 of 1948" is "résolution 7 (1948)"
        known = {other.value for other in facts if other.kind in (FactKind.NUMBER, FactKind.SESSION)}
        known.update(
            digits for other in facts if other.kind is FactKind.SYMBOL for digits in RE_DIGITS.findall(other.text)
        )
        known.update(RE_NUMBERED.findall(text))
        return known.issuperset(RE_DIGITS.findall(fact.text) if fact.kind is FactKind.SYMBOL else [fact.value])
    if fact.kind is not FactKind.NAME:
        return False
    plain = fold_same_length(text)
    for other in facts:  # a full name is no short form of another one
        plain = plain[: other.start] + " " * (other.end - other.start) + plain[other.end :]
    return bool(_heads(language).get(fact.value, frozenset()) & set(split_words(plain).words))


# ---- symbols, dates, figures -----------------------------------------------------------------------------------------


def _symbols(text: str) -> Iterator[Fact]:
    for each in cited(text):
        yield Fact(FactKind.SYMBOL, each.key, text[each.start : each.end], each.start, each.end)


@cache
def _date(language: Language) -> re.Pattern[str]:
    months = "|".join(map(fold_same_length, language.parse.date.months)) or "(?!)"
    day = r"(\d{1,2})(?:er|st|nd|rd|th)?"
    return re.compile(rf"\b(?:{day} (?:of )?)?({months})\b(?: {day}(?=,? \d{{4}}\b))?,?(?: (\d{{4}})\b)?")


def _dates(text: str, plain: str, language: Language) -> Iterator[Fact]:
    for match in _date(language).finditer(plain):
        before, month, behind, year = match.groups()
        day = before or behind  # "January 1st, 1981"
        if day or year:  # "may" and "mars" are words too
            number_of_month = [*map(fold_same_length, language.parse.date.months)].index(month) + 1
            value = "-".join((year or "", f"{number_of_month:02}", day.zfill(2) if day else ""))
            yield Fact(FactKind.DATE, value.strip("-"), text[slice(*match.span())], *match.span())


def _figures(text: str, language: Language) -> Iterator[Fact]:
    """Numbers in figures, and in Roman ones."""
    grouped = RE_GROUPS if table().thousands.signs.get(language.code) == "," else RE_SPACES
    for match in RE_FIGURES.finditer(text):
        value = grouped.sub("", match[0]).replace(",", ".")
        yield Fact(FactKind.NUMBER, value.lstrip("0") or "0", match[0], *match.span())
    for match in RE_ROMAN.finditer(text):
        yield Fact(FactKind.NUMBER, str(_roman(match[0])), match[0], *match.span())


def _roman(text: str) -> int:
    values = [ROMAN[letter] for letter in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _spelt(text: str, plain: str, language: Language) -> Iterator[Fact]:
    """Numbers in words; before "session" the number of a session."""
    words = split_words(plain)
    index = 0
    while index < len(words.words):
        length, value, ordered = _number_at(words, index, language)
        if length:
            stop = index + length
            start, end = words.starts[index], words.end(stop - 1)
            session = any(word in SESSION for word in words.words[stop : stop + 2]) if ordered else False
            if session:
                yield Fact(FactKind.SESSION, str(value), text[start:end], start, end)
            elif value >= SMALLEST + ordered:
                yield Fact(FactKind.NUMBER, str(value), text[start:end], start, end)
            index = stop
        else:
            index += 1


SESSION = frozenset({"session", "sessions"})


def _number_at(words: Words, index: int, language: Language) -> tuple[int, int, bool]:
    """How many words the longest number at a place has, its value, and whether it is an ordinal; zeros for none."""
    known = language.quantities.number.words
    row = list(takewhile(lambda word: _is_number(word, known), words.words[index : index + LONGEST]))
    after = words.words[index + len(row)] if index + len(row) < len(words.words) else ""
    if after and (value := ordinal(after, language)):
        return len(row) + 1, value + ((number(row, language) or 0) if row else 0), True
    while row and row[-1] in JOINING:
        row.pop()
    if row and row[0] not in JOINING:
        return len(row), number(row, language) or 0, False
    counted, _, _ = after.partition("-")  # "four-year"
    return (1, known[counted], False) if not row and counted in known else (0, 0, False)


def _is_number(word: str, known: Mapping[str, int]) -> bool:
    return all(part in known or part in JOINING for part in word.split("-"))


JOINING = frozenset({"et", "and"})


# ---- names and conditions --------------------------------------------------------------------------------------------


@cache
def _phrase_table(code: str) -> WordTable[tuple[tuple[FactKind, str, bool], ...]]:
    """The phrases of a language with what each says, which may be two things: "domestic and international law"."""
    rows: dict[str, list[tuple[FactKind, str, bool]]] = {}
    for row in table().condition if code in COLUMNS else ():
        for phrase in (row.fr, row.en)[COLUMNS[code]]:
            rows.setdefault(phrase, []).append((FactKind.CONDITION, row.id, False))
        for phrase in row.answers:
            rows.setdefault(phrase, []).append((FactKind.CONDITION, row.id, True))
    for kind, names in ((FactKind.NAME, table().names), (FactKind.COUNTRY, table().countries)):
        for pair in names.pairs if code in COLUMNS else ():
            for phrase in pair[COLUMNS[code]].split("|"):
                rows.setdefault(phrase, []).append((kind, _value(pair), False))
    return WordTable((phrase, tuple(keys)) for phrase, keys in rows.items())


def _phrases(text: str, plain: str, language: Language) -> Iterator[Fact]:
    words = split_words(plain)
    for index, length, keys in _phrase_table(language.code).find(words.words, 0, len(words.words)):
        start, end = words.starts[index], words.end(index + length - 1)
        if plain[start:end] in _acronyms(language.code) and not text[start:end].isupper():  # "who" is no organization
            continue
        for kind, value, weak in keys:
            yield Fact(kind, value, text[start:end], start, end, weak)


@cache
def _acronyms(code: str) -> frozenset[str]:
    names = (name for pair in table().names.pairs for name in pair[COLUMNS[code]].split("|"))
    return frozenset(fold_same_length(name) for name in names if name.isupper())


def _value(pair: tuple[str, str]) -> str:
    """The value of a name: its first way of writing in French."""
    return pair[0].partition("|")[0]


@cache
def _heads(language: Language) -> dict[str, frozenset[str]]:
    """The noun under which each name is named again: "l’Office", "the Office"."""
    if language.code not in COLUMNS:
        return {}
    column = COLUMNS[language.code]
    return {
        _value(pair): frozenset(_head(name, language.code) for name in pair[column].split("|"))
        for pair in table().names.pairs
    }


RE_COMPLEMENT = re.compile(r" (?:of|on|for|against|to|in|and|among) ")


def _head(name: str, code: str) -> str:
    plain = fold_same_length(name)
    if code == "en":
        return RE_COMPLEMENT.split(plain)[0].split()[-1]
    return plain.split()[0]
