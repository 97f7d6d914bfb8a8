"""The words of a text under which it is found: the elision off, folded, then the stem, in this order.

A stemmer expects "l’" to be cut already, and accents to be gone: "l’électronique" and "électroniques" are one word
then. Each word knows where it stands, so that what was found can be shown as printed. Stems are those of Snowball
(https://snowballstem.org); a language it does not know keeps its folded words.
"""

import re
from functools import cache

from msgspec import Struct

from resdiff.language import Language
from resdiff.language.fold import Memo, fold_same_length

__all__ = ["Word", "folded", "maker", "stem", "stems", "unelided", "words"]

RE_WORD = re.compile(r"[^\W_]+")
STEMMERS = {"fr": "french", "en": "english", "es": "spanish", "ru": "russian"}
_LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss"}


class Word(Struct, frozen=True):
    """A word: folded, and where it stands. An elided one ("l’") has no stem: nobody looks for it."""

    folded: str
    start: int
    end: int
    elided: bool = False


def words(text: str) -> tuple[Word, ...]:
    """The words of a text, in order; what a hyphen or a slash joins are several.

    >>> [word.folded for word in words("l’État, 72/194, mise en œuvre")]
    ['l', 'etat', '72', '194', 'mise', 'en', 'oeuvre']
    """
    flat = fold_same_length(text)
    spelt = str if flat.isascii() else _plain
    found, elisions = [], _elisions()
    for match in RE_WORD.finditer(flat):
        word, (start, end) = match[0], match.span()
        found.append(Word(spelt(word), start, end, word in elisions and flat.startswith("'", end)))
    return tuple(found)


def folded(text: str) -> list[str]:
    """The folded words of a text alone: what is alike but for typography has the same.

    >>> folded("L’État  prie,") == folded("l'Etat prie")
    True
    """
    return RE_WORD.findall(_plain(fold_same_length(text)))


def unelided(text: str) -> list[str]:
    """The folded words of a text without those that are elided.

    >>> unelided("jusqu’à l’adoption d’un accord")
    ['a', 'adoption', 'un', 'accord']
    """
    return RE_WORD.findall(_elided().sub(" ", _plain(fold_same_length(text))))


def stems(found: tuple[Word, ...], language: Language) -> list[str]:
    """The stem of each word, empty for one that is elided.

    >>> stems(words("d’électroniques mesures"), Language.of("fr"))
    ['', 'electron', 'mesur']
    """
    known = _stems(language.code)
    return ["" if word.elided else known[word.folded] for word in found]


def stem(folded: str, language: Language) -> str:
    """The stem of a folded word."""
    return _stems(language.code)[folded]


def maker() -> str:
    """What made the stems: another release may make others."""
    import Stemmer

    return f"snowball {Stemmer.version()}"


@cache
def _elisions() -> frozenset[str]:
    """The words before an apostrophe, of all languages: a question is asked in any of them."""
    return frozenset(word for language in Language.all() for word in language.segments.elided.words)


@cache
def _elided() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(_elisions()))})'")


def _plain(flat: str) -> str:
    if not flat.isascii():
        for letter, letters in _LETTERS.items():
            flat = flat.replace(letter, letters)
    return flat


@cache
def _stems(code: str) -> Memo[str, str]:
    """The stems of a language: a text has few words that others have not."""
    import Stemmer

    stemmer = Stemmer.Stemmer(STEMMERS[code], 0) if code in STEMMERS else None
    return Memo(lambda word: stemmer.stemWord(word) if stemmer and not word.isdigit() else word)
