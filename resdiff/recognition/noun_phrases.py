"""French noun phrases, cut by rule: words in a row, joined by "de"; a determiner, a preposition, a verb or a sign ends
them. The words that end them are ``data/terms.toml``.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from resdiff.data import table
from resdiff.language.fold import fold
from resdiff.language.tokens import is_space, tokens
from resdiff.model import Paragraph

__all__ = ["BREAK", "LONGEST", "SILENT", "Key", "formulas", "light_key", "noun_phrases", "phrase_keys"]

LONGEST = 4  # words of a phrase, "de" not counted

Key = tuple[str, ...]


class _Run(NamedTuple):
    """Words in a row, with where each starts and ends; at which of them a phrase may begin, before which it may end."""

    keys: list[str]
    spans: list[tuple[int, int]]
    firsts: list[int]
    lasts: list[int]


def noun_phrases(paragraph: Paragraph) -> Iterator[tuple[Key, int, int]]:
    """Every phrase of a paragraph and where it stands: from a noun that may begin one to the end of a group of words,
    LONGEST at most."""
    for keys, spans, firsts, lasts in _runs(paragraph):
        for first in firsts:
            for last in lasts:
                if first < last <= first + LONGEST:
                    yield tuple(keys[first:last]), spans[first][0], spans[last - 1][1]


def _runs(paragraph: Paragraph) -> Iterator[_Run]:
    """The longest rows of words that "de" or nothing joins."""
    found = tokens(paragraph.text)
    run = _Run([], [], [], [])
    before = ""
    for token, kind, end in zip(found, phrase_keys(paragraph.text), accumulate(map(len, found)), strict=True):
        if kind == _SPACE or (kind == _ARTICLE and before == _OF and run.keys):
            continue
        if kind not in _SIGNS:
            place = len(run.keys)
            if before in _OPENS or token[:2].isupper():
                run.firsts.append(place)
            if before == _OF and place:
                run.lasts.append(place)
            run.keys.append(kind)
            run.spans.append((end - len(token), end))
        elif run.keys and kind != _OF:
            yield _closed(run)
            run = _Run([], [], [], [])
        before = kind
    if run.firsts:
        yield _closed(run)


def _closed(run: _Run) -> _Run:
    run.lasts.append(len(run.keys))
    return run


# What a token is to a noun phrase, when it is no word of it: none of these can be the key of a word.
_SPACE, _OF, _ARTICLE, _OPENER, BREAK = " ", "de ", "le ", "ce ", "."
_SIGNS = frozenset([_SPACE, _OF, _ARTICLE, _OPENER, BREAK])
SILENT = frozenset([_SPACE, _OF, _ARTICLE])
_OPENS = frozenset([_OF, _ARTICLE, _OPENER])
_FIXED = (
    dict.fromkeys(["de", "d'", "du", "des"], _OF)
    | dict.fromkeys(["la", "l'", "le", "les"], _ARTICLE)
    | dict.fromkeys(["un", "une", "au", "aux", "ce", "cet", "cette", "ces", "chaque", "en"], _OPENER)
    | dict.fromkeys(["son", "sa", "ses", "leur", "leurs", "nos"], _OPENER)
)


@lru_cache(maxsize=1024)
def phrase_keys(text: str) -> tuple[str, ...]:
    """What each token of a text is: every text is asked twice, as the one and as the other."""
    return tuple(map(_kind, tokens(text)))


@lru_cache(maxsize=16384)
def _kind(token: str) -> str:
    """The key of a word that can stand in a noun phrase, else one of the signs above."""
    if is_space(token):
        return _SPACE
    plain = fold(token)
    if plain in _FIXED:
        return _FIXED[plain]
    if plain in _breaks() or len(plain) < 3 or not plain.replace("-", "").isalpha():
        return BREAK
    return BREAK if _is_verb(token) else light_key(plain)


def _is_verb(token: str) -> bool:
    """Whether a word ends like a verb and is none of the nouns and adjectives that do. A capital makes a name of it."""
    if token[:1].isupper() or token.endswith(("ment", "ments")) or not token.endswith(_endings()):
        return False
    return light_key(fold(token)) not in _exceptions()


@lru_cache(maxsize=16384)
def light_key(plain: str) -> str:
    """A folded word without its plural and its feminine: enough to tell phrases apart.

    >>> light_key("regionaux"), light_key("electroniques"), light_key("privees")
    ('regional', 'electroniqu', 'prive')
    """
    if plain.endswith("aux") and len(plain) > 5:
        return plain[:-3] + "al"
    word = plain[:-1] if len(plain) > 3 and plain[-1] in "sx" else plain
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


# ---- data ---------------------------------------------------------------------------------------------------------


@cache
def _breaks() -> frozenset[str]:
    return frozenset(fold(word) for word in table("terms")["breaks"]["words"].split())


@cache
def _endings() -> tuple[str, ...]:
    return tuple(table("terms")["verbs"]["endings"].split())


@cache
def _exceptions() -> frozenset[str]:
    return frozenset(light_key(fold(word)) for word in table("terms")["verbs"]["exceptions"].split())


@cache
def formulas() -> frozenset[Key]:
    """The phrases that are formulas of every resolution, as keys."""
    phrases = table("terms")["formulas"]["phrases"]
    return frozenset(tuple(k for k in map(_kind, tokens(phrase)) if k not in _SIGNS) for phrase in phrases)
