"""The language of a text: keys for comparing, lossless words, dates, forms of words, and its tables.

    Language.of(comparison.new.language).conditions.figure

A text whose language nobody could tell counts as French. What is known of a language is a folder of tables,
``data/fr``; a language without a table has it empty (``Language.of("es").acts.verb`` is ``()``), and ``knows`` tells,
for a stage that has nothing to say then.
"""

import re
from functools import cache, cached_property
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import fields

from resdiff import data
from resdiff.data import schema

__all__ = ["FRENCH", "Language", "find", "find_any", "may_hold", "may_stand", "pattern"]

Table = TypeVar("Table")
DEFAULT = "fr"
MIXED = "mul"  # the code for several languages in ISO 639-2


class _Table(Generic[Table]):
    """A table of a language as an attribute, loaded when it is first asked for."""

    def __init__(self, kind: type[Table]) -> None:
        self.kind = kind

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, language: "Language", owner: type) -> Table:
        table = data.load(language.code, self.name, self.kind) if language.knows(self.name) else self.empty
        language.__dict__[self.name] = table  # where the next reading finds it
        return table

    @cached_property
    def empty(self) -> Table:
        """The table of every language of which nothing is known: none of them changes."""
        return _empty(self.kind)


class Language:
    """What is known of a language, by its code; ``Language.of`` gives one value a code, and its tables never change."""

    acts = _Table(schema.Acts)
    actors = _Table(schema.Actors)
    articles = _Table(schema.Articles)
    calls = _Table(schema.Calls)
    citations = _Table(schema.Citations)
    conditions = _Table(schema.Conditions)
    excerpts = _Table(schema.Excerpts)
    frequency = _Table(schema.Frequency)
    leads = _Table(schema.Leads)
    noise = _Table(schema.Noise)
    parse = _Table(schema.Parse)
    provisions = _Table(schema.Provisions)
    quantities = _Table(schema.Quantities)
    repair = _Table(schema.Repair)
    rolling = _Table(schema.Rolling)
    routine = _Table(schema.Routine)
    segments = _Table(schema.Segments)
    standing = _Table(schema.Standing)
    terms = _Table(schema.Terms)
    topics = _Table(schema.Topics)
    traces = _Table(schema.Traces)
    votes = _Table(schema.Votes)
    words = _Table(schema.WordMarks)

    def __init__(self, code: str) -> None:
        self.code = code

    @staticmethod
    @cache
    def of(code: str) -> "Language":
        """The language of that code: ``fr``, ``en``; French where a text has none.

        >>> Language.of("") == Language.of("fr"), Language.of("es").acts.verb
        (True, ())
        """
        return Language(code) if code else Language.of(DEFAULT)

    @staticmethod
    def shared(one: str, other: str) -> "Language":
        """The language of two texts, by the code of each; where they differ, one of which nothing is known.

        >>> Language.shared("fr", "").code, Language.shared("fr", "en").knows("words")
        ('fr', False)
        """
        return Language.of(one or other if one == other or not (one and other) else MIXED)

    @staticmethod
    @cache
    def all() -> "tuple[Language, ...]":
        """The languages of which anything is known, for what is asked before the language of a text is.

        >>> [language.code for language in Language.all()]
        ['ar', 'en', 'es', 'fr', 'pt', 'ru', 'zh']
        """
        return tuple(map(Language.of, data.folders()))

    def knows(self, table: str) -> bool:
        """Whether anything is known of that language in a table.

        >>> Language.of("fr").knows("acts"), Language.of("es").knows("acts")
        (True, False)
        """
        return data.knows(self.code, table)

    @cached_property
    def uncounted(self) -> frozenset[str]:
        """The words that do not count between the words of a pattern, folded: articles, "de", "à"."""
        return frozenset(self.words.uncounted.words)

    def or_any_with(self, table: str) -> "Language":
        """This language if it has that table, else the first that has: for what is written alike in every language.

        >>> Language.of("es").or_any_with("routine").code
        'en'
        """
        return next((language for language in (self, *Language.all()) if language.knows(table)), self)


@cache
def pattern(written: str) -> re.Pattern[str]:
    """A pattern of a table, compiled; where a language has none, one that matches nowhere.

    >>> bool(pattern("").search("")), bool(pattern(Language.of("fr").routine.dated.pattern).search("session"))
    (False, True)
    """
    return re.compile(written or "(?!)")


def find(row: schema.RarePattern, flat: str) -> re.Match[str] | None:
    """The first place in a flat text where the pattern of a row stands.

    >>> find(Language.of("fr").excerpts.tail, "souligne la necessite d'agir et, a cet egard")[0]
    ' et, a cet egard'
    """
    return pattern(row.pattern).search(flat) if may_stand(row, flat) else None


def may_stand(row: schema.RarePattern, flat: str) -> bool:
    """Whether a flat text has a word that the pattern of a row needs, or ends as it does: a look that spares most
    searches."""
    return not (row.needs or row.ends) or any(map(flat.__contains__, row.needs)) or flat.endswith(row.ends)


def may_hold(row: schema.Patterns, flat: str) -> bool:
    """Whether a flat text has a word that the patterns of a row need: a look that spares most searches."""
    return not row.needs or any(map(flat.__contains__, row.needs)) or flat.startswith(row.opens)


def find_any(row: schema.Patterns, flat: str) -> re.Match[str] | None:
    """The first place in a flat text where one of the patterns of a row stands.

    >>> find_any(Language.of("fr").provisions.formal, "decide de rester saisi de la question")[0]
    'rester saisi'
    """
    return _any_of(row.patterns).search(flat) if may_hold(row, flat) else None


@cache
def _any_of(written: tuple[str, ...]) -> re.Pattern[str]:
    return pattern("|".join(written))


def _empty(kind: type[Table]) -> Table:
    """A table without a row: every list of it is empty, every section too."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        return kind(**{field.name: _empty(field.type) for field in fields(kind)})
    return kind()


FRENCH = Language.of(DEFAULT)
"""For what tries the tables of French, and for nothing that reads a text: that is given its language."""
