"""What needs no translation in a paragraph, by its value: numbers, dates, sessions, symbols, names, conditions.

"à sa soixante-quinzième session" and "at its seventy-fifth session" are session 75; "conformément au droit interne" and
"in accordance with domestic law" are one condition. Names and conditions are the rows of ``data/common/twins.toml``.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from itertools import takewhile

from msgspec import Struct

from resdiff.language import Language
from resdiff.language.dates import number, ordinal
from resdiff.language.fold import Words, WordTable, fold_same_length, split_words
from resdiff.language.forms import day_mark, month_joint
from resdiff.parallel.rows import COLUMNS, table
from resdiff.recognition.citations import cited

__all__ = ["Fact", "FactKind", "answered", "find_facts"]

SMALLEST = 3
"""Numbers in words below it only answer figures: "les deux" is "both", "premier" an adverb; "third" may be "tiers"."""
LONGEST = 6  # words of a number
BLANK = r"[\u00a0\u202f ]"
RE_FIGURES = re.compile(  # behind a slash a number is of a symbol, but not in "platinum/10 %" and "1/1.602"
    r"(?<![\w.,;:’'»”)])(?:(?<!/)|(?<=[a-z]/)|(?<=\b1/)(?=\d+[.,]\d))"
    rf"(?:\d+[.,]\d{{3}}(?:{BLANK}\d{{3}})+(?:{BLANK}\d{{1,2}})?(?!\d)"  # "1.602 176 53"
    rf"|(?:\d{{1,3}}(?:(?:,|{BLANK})\d{{3}})+(?!\d)|\d+)(?:[.,]\d+)*(?:(?<=[.,]\d{{3}})(?:{BLANK}\d{{3}})+(?!\d))?)"
    r"(?![\w/])"
)
RE_SPACES, RE_GROUPS = re.compile(BLANK), re.compile(r",(?=\d{3}(?!\d))")
RE_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
RE_LISTED = re.compile(r"[^,]+")
RE_ROMAN = re.compile(r"\b[IVX]{2,5}(?=e?\b)")
RE_DIGITS = re.compile(r"\d+")
# "WG2": « le Groupe de travail 2 »; both numbers of "CIPM/106-21" and of "103/08".
RE_NUMBERED = re.compile(r"(?:\b[A-Z][A-Za-z]+[-/]?|(?<=\d)/)0*(\d+)\b|\b(\d+)(?=/\d)")
RE_RANGE = re.compile(r"(?<![\d/.,])(\d{1,3})(?:\s?[-–]\s?| à | to )(\d{1,3})(?![\d/]|[.,]\d)")
RANGE = 12
"""How many numbers a range names at most."""
MONTH_AND_DAY = 5
"""The length of a date without its year: "11-12"."""
RE_BEFORE = re.compile(r"([a-z°]+)[^\w°]{1,3}$")
NAME = 20
"""How many characters before a number the word that it numbers begins at most."""
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
    A number that ``names`` says which one: "paragraphe 2", "second". Weak words that say how many do not answer it.
    """

    kind: FactKind
    value: str
    text: str
    start: int
    end: int
    weak: bool = False
    names: bool = False


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
        _figures(text, plain, language),
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
    if fact.names:
        facts = tuple(other for other in facts if other.names or not other.weak)
    if any(other.kind is fact.kind and other.value == fact.value for other in facts):
        return True
    if fact.kind in COUNTED:
        wanted = RE_DIGITS.findall(fact.text) if fact.kind is FactKind.SYMBOL else [fact.value]
        return _counted(text, facts).issuperset(wanted)
    if fact.kind is FactKind.DATE:  # a date may leave out the year that the text has said
        return any(_same_day(fact.value, other.value) for other in facts if other.kind is FactKind.DATE)
    if fact.kind is not FactKind.NAME:
        return False
    plain = fold_same_length(text)
    for other in facts:  # a full name is no short form of another one
        plain = plain[: other.start] + " " * (other.end - other.start) + plain[other.end :]
    return bool(_heads(language).get(fact.value, frozenset()) & set(split_words(plain).words))


def _counted(text: str, facts: tuple[Fact, ...]) -> set[str]:
    """Every number that a text says, as a number or as a part of something.

    A meeting is a session, "resolution 7 of 1948" is "résolution 7 (1948)", and "6 to 10" says 8.
    """
    known = {other.value for other in facts if other.kind in (FactKind.NUMBER, FactKind.SESSION)}
    for other in facts:
        if other.kind is FactKind.SYMBOL:
            known.update(RE_DIGITS.findall(other.text))
        elif other.kind is FactKind.DATE:
            known.add(other.value.partition("-")[0])  # the year
    known.update(digits for found in RE_NUMBERED.findall(text) for digits in found if digits)
    for first, last in RE_RANGE.findall(text):
        if 0 < int(last) - int(first) <= RANGE:
            known.update(map(str, range(int(first), int(last) + 1)))
    return known


def _same_day(one: str, other: str) -> bool:
    """Whether two dates are of one day and month, and one of them has no year."""
    short, long = sorted((one, other), key=len)
    return len(short) == MONTH_AND_DAY < len(long) and long.endswith(f"-{short}")


# ---- symbols, dates, figures -----------------------------------------------------------------------------------------


def _symbols(text: str) -> Iterator[Fact]:
    for each in cited(text):
        yield Fact(FactKind.SYMBOL, each.key, text[each.start : each.end], each.start, each.end)


@cache
def _date(language: Language) -> re.Pattern[str]:
    months = "|".join(_months(language)) or "(?!)"
    short = "|".join(_shortened(language)) or "(?!)"
    month = rf"(?:{months})\b|(?:{short})(?:\.|\b(?= \d{{4}}\b))"  # "Sept. 2014"
    day = rf"(\d{{1,2}}){day_mark()}?"
    return re.compile(rf"\b(?:{day} (?:{month_joint()} )?)?({month})(?: {day}(?=,? \d{{4}}\b))?,?(?: (\d{{4}})\b)?")


def _months(language: Language) -> list[str]:
    return [*map(fold_same_length, language.parse.date.months)]


def _shortened(language: Language) -> Iterator[str]:
    """The first letters of months that are those of no other one."""
    months = _months(language)
    for length in (4, 3):
        starts = [month[:length] for month in months if len(month) > length]
        yield from (start for start in starts if sum(month.startswith(start) for month in months) == 1)


def _dates(text: str, plain: str, language: Language) -> Iterator[Fact]:
    for match in _date(language).finditer(plain):
        before, month, behind, year = match.groups()
        day = before or behind  # "January 1st, 1981"
        if day or year:  # "may" and "mars" are words too
            start = month.rstrip(".")
            number_of_month = next(n for n, name in enumerate(_months(language), 1) if name.startswith(start))
            value = "-".join((year or "", f"{number_of_month:02}", day.zfill(2) if day else ""))
            yield Fact(FactKind.DATE, value.strip("-"), text[slice(*match.span())], *match.span())


def _figures(text: str, plain: str, language: Language) -> Iterator[Fact]:
    """Numbers in figures, with the word or sign that multiplies them, and Roman ones."""
    for match in RE_FIGURES.finditer(text):
        start, end = match.span()
        if _is_list(match[0], language):  # "25-28,1992,60"
            for piece in RE_LISTED.finditer(text, start, end):
                yield Fact(FactKind.NUMBER, piece[0].lstrip("0") or "0", piece[0], *piece.span())
            continue
        value = _value_of(match[0], language)
        if scale := _scale(language).match(plain, end):
            end = scale.end()
            value = _times(value, language.quantities.number.scales[scale[1]])
        names = _is_named(plain, start)
        yield Fact(FactKind.NUMBER, value.lstrip("0") or "0", text[start:end], start, end, names=names)
    for match in RE_ROMAN.finditer(text):
        names = _is_named(plain, match.start())
        yield Fact(FactKind.NUMBER, str(_roman(match[0])), match[0], *match.span(), names=names)


def _is_named(plain: str, start: int) -> bool:
    """Whether the word before a number says what it is the number of."""
    match = RE_BEFORE.search(plain, max(0, start - NAME), start)
    return match is not None and match[1] in _naming()


@cache
def _naming() -> frozenset[str]:
    return frozenset(table().naming.words)


def _parts_thousands(language: Language) -> bool:
    return table().thousands.signs.get(language.code) == ","


def _is_list(figures: str, language: Language) -> bool:
    """Whether commas stand between numbers, and not within one."""
    return figures.count(",") > 1 and not (_parts_thousands(language) and RE_THOUSANDS.fullmatch(figures))


def _value_of(figures: str, language: Language) -> str:
    """The value of a number in figures; a comma in one whose thousands blanks part is a decimal sign.

    >>> [_value_of(figures, Language.of("en")) for figures in ("25,812", "25 812,807", "1.602 176 53")]
    ['25812', '25812.807', '1.60217653']
    """
    together = RE_SPACES.sub("", figures)
    if together == figures and _parts_thousands(language):
        together = RE_GROUPS.sub("", together)
    return together.replace(",", ".")


@cache
def _scale(language: Language) -> re.Pattern[str]:
    """A word or a sign behind figures that multiplies them: "2 millions", "400 k€"."""
    words = "|".join(map(re.escape, language.quantities.number.scales)) or "(?!)"
    return re.compile(rf"[\u00a0\u202f -]?({words})(?!\w)")


def _times(value: str, scale: int) -> str:
    """A decimal number times a scale.

    >>> _times("1.2", 1_000_000), _times(".0005", 1000)
    ('1200000', '0.5')
    """
    whole, _, parts = value.partition(".")
    total, rest = divmod(int(whole + parts) * scale, 10 ** len(parts))
    return f"{total}.{rest:0{len(parts)}}".rstrip("0") if rest else str(total)


def _roman(text: str) -> int:
    values = [ROMAN[letter] for letter in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _spelt(text: str, plain: str, language: Language) -> Iterator[Fact]:
    """Numbers in words; before "session" the number of a session. Small ones, and round ones, are weak."""
    rules = language.quantities.number
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
            else:
                weak = value < SMALLEST + ordered
                yield Fact(FactKind.NUMBER, str(value), text[start:end], start, end, weak, names=ordered)
            index = stop
        else:
            if about := rules.about.get(words.words[index]):
                start, end = words.starts[index], words.end(index)
                yield Fact(FactKind.NUMBER, str(about), text[start:end], start, end, weak=True)
            index += 1


SESSION = frozenset({"session", "sessions"})


def _number_at(words: Words, index: int, language: Language) -> tuple[int, int, bool]:
    """How many words the longest number at a place has, its value, and whether it is an ordinal; zeros for none."""
    known, joining = language.quantities.number.words, language.quantities.number.joined
    row = list(takewhile(lambda word: _is_number(word, language), words.words[index : index + LONGEST]))
    after = words.words[index + len(row)] if index + len(row) < len(words.words) else ""
    if after and (value := ordinal(after, language)):
        return len(row) + 1, value + ((number(row, language) or 0) if row else 0), True
    while row and row[-1] in joining:
        row.pop()
    if row and row[0] not in joining:
        scale = language.quantities.number.scales.get(after, 1)  # "two million"
        return len(row) + (scale > 1), (number(row, language) or 0) * scale, False
    counted, _, _ = after.partition("-")  # "four-year"
    return (1, known[counted], False) if not row and counted in known else (0, 0, False)


def _is_number(word: str, language: Language) -> bool:
    rules = language.quantities.number
    return all(part in rules.words or part in rules.joined for part in word.split("-"))


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
        _value(pair): frozenset(_noun(name, language) for name in pair[column].split("|"))
        for pair in table().names.pairs
    }


def _noun(name: str, language: Language) -> str:
    """The noun of a name, folded: its first word, or its last one before a complement, as the language has it."""
    words = fold_same_length(name).split()
    before = language.actors.complements.words
    if not before:
        return words[0]
    return words[next((place for place in range(1, len(words)) if words[place] in before), len(words)) - 1]
