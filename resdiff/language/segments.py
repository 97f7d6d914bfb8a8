"""A paragraph cut into sentences, a sentence into clauses: ``clauses(text, language)``; joined they are the text again.

A clause is what drafters take up from text to text as it stands: it ends behind a semicolon or a colon, behind a comma
where a small word or a participle goes on, and before an aim, a ground or a second request. A cut depends on the words
around it alone, so that a clause is cut alike wherever it stands: a paragraph that gained a clause keeps the others.
The words are ``data/<code>/segments.toml``.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from resdiff.language import Language
from resdiff.language.fold import fold_phrases, fold_same_length

__all__ = ["clauses", "sentences"]

FEWEST = 4  # words of a clause: a shorter one ("et, à cette fin,") belongs to what follows it
RE_STOP = re.compile(r"[.!?][»”\"')\]]*\s+(?=[«“\"(]?\s?[A-ZÀ-ÖØ-Þ])")
RE_LAST_WORD = re.compile(r"[^\W_]+$")
RE_ENCLOSED = re.compile(r"«[^»]*»|“[^”]*”|\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\"")
RE_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def sentences(text: str, language: Language) -> tuple[str, ...]:
    """The sentences of a text, each with the white space behind it.

    >>> sentences("Les preuves sont là. Il faut agir, dit M. Dupont.", Language.of("fr"))
    ('Les preuves sont là. ', 'Il faut agir, dit M. Dupont.')
    """
    short = _abbreviations(language)
    stops = [0]
    for found in RE_STOP.finditer(text):
        last = RE_LAST_WORD.search(text, 0, found.start())
        word = last[0] if last else ""
        if text[found.start()] == "." and (len(word) == 1 or word.lower() in short):
            continue
        stops.append(found.end())
    return _between(text, stops)


@lru_cache(maxsize=4096)
def clauses(text: str, language: Language) -> tuple[str, ...]:
    """The clauses of a text, sentence by sentence, each with the white space behind it; in a language without a table
    its sentences and what semicolons part.

    >>> text = "Prie l’Office d’aider les États, y compris ceux qui le demandent, et de lui faire rapport ;"
    >>> clauses(text, Language.of("fr"))
    ('Prie l’Office d’aider les États, ', 'y compris ceux qui le demandent, ', 'et de lui faire rapport ;')
    """
    return tuple(clause for sentence in sentences(text, language) for clause in _cut(sentence, language))


def _cut(sentence: str, language: Language) -> tuple[str, ...]:
    flat = fold_same_length(sentence)
    enclosed = [found.span() for found in RE_ENCLOSED.finditer(sentence)]
    places = sorted({*_places(flat, language)})
    free = [place for place in places if not any(start < place < end for start, end in enclosed)]
    return _between(sentence, _with_words(flat, [0, *free]))


def _places(flat: str, language: Language) -> Iterator[int]:
    """Where a clause may begin in a flat sentence."""
    table, never = language.segments.openers, frozenset(fold_phrases(language.segments.openers.never))
    for found in _cuts(language).finditer(flat):
        word = RE_WORD.match(flat, found.end())
        if found.lastgroup == "participle" and (not word or word[0] in never or not word[0].endswith(table.endings)):
            continue
        yield found.end()


@cache
def _cuts(language: Language) -> re.Pattern[str]:
    """Patterns that end where a clause begins."""
    table = language.segments
    opens, anywhere = _any(table.openers.phrases), _any(table.cuts.phrases)
    joins, verbs = _any(table.cuts.joins), _any(language.leads.operative.first)
    return re.compile(
        rf"[;:] (?=\S)|, (?={opens})|,? ?(?<=[ ])(?={anywhere})|(?<=[ ])(?={joins}{verbs})|(?P<participle>, (?=\w))"
    )


def _any(phrases: tuple[str, ...]) -> str:
    """One of the phrases as whole words with the space behind it, or none; one that ends in an apostrophe as it is."""
    flat = sorted({phrase if phrase.endswith("'") else f"{phrase} " for phrase in fold_phrases(phrases)})
    return f"(?:{'|'.join(map(re.escape, flat))})" if flat else "(?!)"


def _with_words(flat: str, starts: list[int]) -> list[int]:
    """Those of the places that leave to each clause its fewest words: what is short goes with what follows it, and the
    last with what is before it."""
    kept = [0]
    bounds = [*starts[1:], len(flat)]
    begin = 0
    for end in bounds:
        if len(RE_WORD.findall(flat, begin, end)) >= FEWEST:
            kept.append(end)
            begin = end
    if kept[-1] < len(flat) and len(kept) > 1:
        kept.pop()
    return kept if kept[-1] < len(flat) else kept[:-1]


def _between(text: str, starts: list[int]) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True) if end > start)


@cache
def _abbreviations(language: Language) -> frozenset[str]:
    return frozenset(language.segments.abbreviations.words)
