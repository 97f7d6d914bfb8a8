"""The form of a resolution in every language resdiff knows of: a text is parsed before its language is known.

What the languages say in ``parse.toml`` is taken together, and with what is of no language, ``common/page.toml``.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain

from resdiff.data import load
from resdiff.data.schema import Needed, Page
from resdiff.language import Language, pattern
from resdiff.language.fold import fold_all

__all__ = [
    "Forms",
    "annex_heading",
    "annex_title",
    "article_heading",
    "closing_line",
    "counts",
    "first_halves",
    "formulas",
    "furniture",
    "misread_letters",
    "months",
    "next_text",
    "note_over",
    "note_sign",
    "note_start",
    "own_annex",
    "reference_words",
    "second_halves",
    "session_words",
    "sure_note",
    "sure_note_end",
    "symbol_line",
]


class Forms:
    """What one of many patterns says, of which a text needs few: one is compiled when a text first holds its word."""

    def __init__(self, tables: Iterable[Needed]) -> None:
        self._rows = tuple((word, written) for table in tables for word, each in table.items() for written in each)

    def begins(self, text: str) -> bool:
        """Whether one of the patterns is found at the beginning of a text."""
        return any(word in text and pattern(written).match(text) for word, written in self._rows)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in a text where one of the patterns is found."""
        found = (pattern(written).search(text) for word, written in self._rows if word in text)
        return min(filter(None, found), key=re.Match.start, default=None)


@cache
def symbol_line() -> Forms:
    """A symbol alone on its line, as printed."""
    return Forms([_page().symbol.line])


@cache
def furniture() -> Forms:
    """A folded line of page furniture: running heads, page and job numbers."""
    return Forms([*(language.parse.furniture.folded for language in Language.all()), _page().furniture.folded])


@cache
def note_start() -> re.Pattern[str]:
    """The beginning of a folded footnote."""
    rows = (row for language in Language.all() for row in language.parse.note.folded)
    return _any((*rows, *_page().note.folded))


@cache
def sure_note() -> Forms:
    """The beginning of a folded block that is a footnote, whatever its label."""
    return Forms([*(language.parse.note.sure for language in Language.all()), _page().note.sure])


@cache
def note_sign() -> re.Pattern[str]:
    """What stands near the start of a footnote that :func:`sure_note` knows, as printed."""
    rows = (row for language in Language.all() for row in language.parse.note.signs)
    return _any((*rows, *_page().note.signs))


@cache
def sure_note_end() -> Forms:
    """With what a folded block ends that is a footnote, whatever it begins with."""
    return Forms(language.parse.note.ends for language in Language.all())


@cache
def note_over() -> re.Pattern[str]:
    """Where a footnote ends behind which the text goes on."""
    return _any(language.parse.note.over for language in Language.all() if language.parse.note.over)


@cache
def next_text() -> Forms:
    """A folded line that belongs to the text printed after a resolution."""
    return Forms(language.parse.closing.next for language in Language.all())


@cache
def closing_line() -> Forms:
    """A folded line that closes a resolution."""
    return Forms(language.parse.closing.folded for language in Language.all())


@cache
def annex_heading() -> re.Pattern[str]:
    """A folded heading that opens an annex: "annexe II", "appendice :"."""
    return re.compile(rf"^(?:{_annexes()})(?:\s+(?:[ivxl]+|[a-z]|\d{{1,2}}))?\s*[.:]?$")


@cache
def annex_title() -> re.Pattern[str]:
    """The beginning of a folded heading with the title of an annex, or the list of the annexes, on the same line."""
    return re.compile(rf"^(?:{_annexes()})\s(?:[ivxl]+|[a-z]|\d{{1,2}})(?:[.:]|\s?[-–—])?\s\S")


@cache
def article_heading() -> re.Pattern[str]:
    """A folded heading of an article of an annex, with its number, or the word for the first: "article premier"."""
    forms = [language.parse.annex for language in Language.all()]
    names, firsts = "|".join(w for row in forms for w in row.articles), "|".join(w for row in forms for w in row.first)
    return re.compile(rf"^(?:{names})\s+(?:(?P<number>\d{{1,2}})|{firsts})\s*[.:]?$")


def _annexes() -> str:
    return "|".join(row for language in Language.all() for row in language.parse.annex.folded)


@cache
def own_annex() -> Forms:
    """A folded reference of a text to an annex of its own."""
    return Forms(language.parse.annex.own for language in Language.all())


def misread_letters() -> dict[str, str]:
    """The letters of points that a scan reads, each with the one that was printed."""
    return _page().letter.misread


@cache
def formulas() -> dict[str, tuple[str, str]]:
    """Organ and language by the opening formula as printed.

    >>> formulas()["Le Conseil de sécurité,"]
    ('S', 'fr')
    """
    return {row.text: (row.organ, language.code) for language in Language.all() for row in language.parse.formula}


@cache
def months() -> dict[str, int]:
    """The number of a month, 1 to 12, by its folded name.

    >>> months()["aout"], months()["may"]
    (8, 5)
    """
    listed = (fold_all(language.parse.date.months) for language in Language.all())
    return {name: number for names in listed for number, name in enumerate(names, 1)}


@cache
def session_words() -> frozenset[str]:
    """The folded words of which the number of a session is made: "soixante", "quinzieme", "seventy", "fifth".

    >>> sorted(session_words() & {"soixante", "quinzieme", "et", "soixantieme", "seventy", "fifth", "and"})
    ['fifth', 'quinzieme', 'seventy', 'soixante', 'soixantieme']
    """
    tables = [language.quantities.spelt for language in Language.all() if language.knows("quantities")]
    spelt = (
        word for words in tables for word in (words.first, *words.units, *chain.from_iterable(words.tens.values()))
    )
    return frozenset(part for word in fold_all(spelt) if " " not in word for part in word.split("-"))


@cache
def reference_words() -> frozenset[str]:
    """Folded words before a number that make it a reference and no footnote call: "paragraphe 11"."""
    return frozenset(fold_all(word for language in Language.all() for word in language.parse.note.reference))


@cache
def counts() -> re.Pattern[str]:
    """What stands behind a number that counts: it is no footnote call. "90 jours"."""
    words = "|".join(sorted(fold_all(word for language in Language.all() for word in language.parse.note.counted)))
    return re.compile(rf"\s?(?:{words or '(?!)'})\b")


@cache
def first_halves() -> frozenset[str]:
    """Halves before a hyphen at the end of a line that keep it: "sous-"."""
    return frozenset().union(*(language.parse.hyphen.before for language in Language.all()))


@cache
def second_halves() -> frozenset[str]:
    """Halves after a hyphen at the end of a line that keep it: "-même"."""
    return frozenset().union(*(language.parse.hyphen.after for language in Language.all()))


@cache
def _page() -> Page:
    return load("common", "page", Page)


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))
