"""Resolutions, decisions, documents and treaties that a text cites.

The forms of all languages (``data/fr/citations.toml``) are looked for, whatever the language of the text: symbols and
numbers are written alike in all. Two ways of writing one citation are one: ``A/RES/72/284`` and ``résolution 72/284``.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from resdiff.data.schema import CitationForm
from resdiff.language import Language
from resdiff.language.fold import fold_same_length
from resdiff.model import Resolution
from resdiff.recognition.survey import Citation, CitationMention

__all__ = ["cited", "find_citations", "key_of_symbol"]

RE_DIGIT = re.compile(r"[\d(](?:(?<=\d)|[XVI])")  # begins with one set of characters, which is searched fast
REACH = 300
"""How far before a number the word "résolution" may stand: S/RES/206 (1965) lists six numbers with their dates."""


@cache
def _forms() -> tuple[tuple[CitationForm, re.Pattern[str], re.Pattern[str] | None], ...]:
    rows = (row for language in Language.all() for row in language.citations.form)
    return tuple((row, re.compile(row.pattern), re.compile(row.after) if row.after else None) for row in rows)


@lru_cache(maxsize=4096)
def cited(text: str) -> tuple[Citation, ...]:
    """The citations of a text, in order.

    >>> [c.label for c in cited("ses résolutions 1373 (2001) et 72/284, et le document A/72/111")]
    ['résolution 1373 (2001)', 'résolution 72/284', 'A/72/111']
    """
    if not RE_DIGIT.search(text):
        return ()
    plain = fold_same_length(text)
    found = [
        _citation(row, text, match)
        for row, pattern, after in _forms()
        for match in pattern.finditer(plain)
        if after is None or after.search(_clause(plain, match.end(1), row.other))
    ]
    return tuple(sorted(found, key=lambda c: (c.start, c.key)))


def _clause(plain: str, end: int, other: str) -> str:
    """The words before a number that may tell what it numbers, from the last word that tells another sort."""
    clause = plain[max(0, end - REACH) : end]
    clause = clause[clause.rfind(";") + 1 :]
    return clause[clause.rfind(other) + len(other) :] if other and other in clause else clause


def _citation(row: CitationForm, text: str, match: re.Match[str]) -> Citation:
    start, end = match.span(1)
    printed = " ".join(text[start:end].split())
    key = re.sub(r"\s", "", match[1]).rstrip(".")
    return Citation(f"{row.sort}:{key}", row.label.format(printed.rstrip(".")), match.start(), end)


def key_of_symbol(symbol: str) -> str:
    """The key under which a text is cited: of ``A/RES/72/194`` and of ``S/RES/1743 (2007)``.

    >>> key_of_symbol("A/RES/72/194"), key_of_symbol("S/RES/1743(2007)")
    ('resolution:72/194', 'resolution:1743(2007)')
    """
    number = re.sub(r"^(?:[a-z.\d]+/)*res/|^resolution\s+", "", fold_same_length(symbol).strip())
    return "resolution:" + re.sub(r"\s", "", number) if number else ""


def find_citations(resolution: Resolution) -> Iterator[CitationMention]:
    """The citations of a text: paragraph by paragraph, then those of its footnotes."""
    for paragraph in resolution.body:
        yield from (CitationMention(paragraph.id, citation) for citation in cited(paragraph.text))
    for note in resolution.footnotes:
        yield from (CitationMention(note.paragraph, citation, noted=True) for citation in cited(note.text))
