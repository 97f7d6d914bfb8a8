"""French words: lossless tokens of a printed text, the words of a flat one, and phrases of a data table found in them.

The tokens of a text, joined, are the text. An elision is a word of its own (``l’``, ``d’``, ``qu’``, ``jusqu’``), a
hyphenated word is one word, a symbol or a number is one word (``A/RES/74/175``, ``1373 (2001)`` is two, ``1er``,
``3,5``, ``n°``), each punctuation mark one, each run of white space one.

The words of a flat text come with their places. ``WordTable`` finds phrases among them however they are spaced or
broken, gives what the table says of each, and reads backwards too.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from typing import Generic, TypeVar

from msgspec import Struct

from resdiff.language.fold import fold, fold_phrases

__all__ = [
    "WordTable",
    "Words",
    "is_space",
    "is_word",
    "key",
    "phrase_words",
    "split_words",
    "tokens",
    "units",
]

# The first row is a short cut for the plain word, which most are; the others say what a word can be. Possessive
# quantifiers (++) keep the reading of a long word linear. Small and capital letters are both written out: ignoring case
# in a range of letters costs a millisecond to compile.
WORD = r"""
      [a-zA-Zà-ÿÀ-ÖØ-Þ]++(?=[ \n,;])
    | (?i:aujourd[’']hui | presqu[’']île | prud[’']hom\w+)       # an apostrophe inside a word
    | (?:[a-zA-Z][a-zA-Z0-9.]*+/)+[\w./-]*\w(?:\s?\([ivxlcIVXLC\d-]+\))?    # A/RES/74/175, S/RES/1805 (2008)
    | \d+(?:[/.,-]\d+)*(?i:er|re|ère|e|ème|o|°)?(?!\w)          # 72/194, 3,5, 2022-2027, 1er, 50e
    | [^\W\d_]++[’'](?=\w|\Z)                                    # l’, d’, qu’, jusqu’, lorsqu’
    | [^\W_]++(?:[-‐‑\u00ad\u200b]+[^\W_]++)*+                    # words, hyphenated words, soft hyphens inside
    | _+ | \S
    """
RE_TOKEN = re.compile(rf"\s+ | {WORD}", re.VERBOSE | re.DOTALL)


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """The tokens of a text, white space included: joined, they give it back to the letter.

    >>> tokens("Prie l’Office d’aider,")
    ('Prie', ' ', 'l’', 'Office', ' ', 'd’', 'aider', ',')
    >>> tokens("sa résolution 72/194 du 1er juillet")
    ('sa', ' ', 'résolution', ' ', '72/194', ' ', 'du', ' ', '1er', ' ', 'juillet')
    """
    return tuple(RE_TOKEN.findall(text))


@lru_cache(maxsize=4096)
def units(text: str) -> tuple[str, ...]:
    """The tokens of a text, each with the white space before it; white space at the end of the text is one of its own.

    >>> units("Prie l’Office ;")
    ('Prie', ' l’', 'Office', ' ;')
    """
    rest = iter(tokens(text))
    return tuple([token + next(rest, "") if token.isspace() else token for token in rest])


@lru_cache(maxsize=65536)
def key(unit: str) -> str:
    """The key of a unit: equal keys are the same word, whatever the white space before it.

    >>> key(" État") == key("Etat")
    True
    """
    return fold(unit.strip())


def is_space(token: str) -> bool:
    """Whether the token is white space."""
    return token.isspace()


def is_word(token: str) -> bool:
    """Whether the token is a word, a number or a symbol: anything with a letter or a digit."""
    return any(c.isalnum() for c in token)


# ---- words of a flat text -------------------------------------------------------------------------------------------

RE_FLAT_WORD = re.compile(r"\w++(?:[-/]\w++)*+'?|[^\w\s\[\]]")
"""A word with its elision ("qu'"), a compound, a symbol, a number, or a sign; the brackets of a draft are nothing."""
EDGES = ("- ", " -", "/ ", " /", "--", "-/", "/-", "//", "-'", "/'")
"""Where a hyphen or a slash joins no two words, and only the pattern tells what is one."""
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzœæ0123456789 _-/'")
"""What is in most flat texts and no sign to set apart."""

Value = TypeVar("Value")


class Words(Struct, frozen=True):
    """The words and signs of a flat text, and where each starts."""

    words: tuple[str, ...]
    starts: tuple[int, ...]

    def end(self, index: int) -> int:
        """Where that word ends."""
        return self.starts[index] + len(self.words[index])

    def index(self, place: int) -> int:
        """The first word that starts at that place or behind it; the number of words when none does.

        >>> split_words("prie l'office").index(6)
        2
        """
        return bisect_left(self.starts, place)


@lru_cache(maxsize=256)  # several ask for those of one paragraph
def split_words(plain: str) -> Words:
    """The words and signs of a flat text.

    >>> split_words("prie l'office, [instamment,] d'agir").words
    ('prie', "l'", 'office', ',', 'instamment', ',', "d'", 'agir')
    """
    words, starts, end = _flat_words(plain), [], 0
    for word in words:
        start = plain.find(word, end)
        starts.append(start)
        end = start + len(word)
    return Words(tuple(words), tuple(starts))


def _flat_words(plain: str) -> list[str]:
    """The same without places: signs are set apart and the text cut at spaces, in half the time of the pattern."""
    spaced = f" {plain} ".replace("'", "' ")
    for sign in set(plain) - LETTERS:
        if not sign.isalnum():
            spaced = spaced.replace(sign, " " if sign in "[]" else f" {sign} ")
    return RE_FLAT_WORD.findall(plain) if any(edge in spaced for edge in EDGES) else spaced.split()


def phrase_words(phrase: str) -> tuple[str, ...]:
    """The words of a flat phrase, which has no signs: ``("qu'", "il")``."""
    return tuple(phrase.replace("'", "' ").split())


class WordTable(Generic[Value]):
    """Phrases, each with a value, found at a place among words: the longest that stands there.

    >>> WordTable([("au plus tard", "until")]).at(("au", "plus", "tard", "le"), 0)
    (3, 'until')
    """

    def __init__(self, rows: Iterable[tuple[str, Value]], *, backwards: bool = False) -> None:
        known = list(rows)
        self._backwards = backwards
        self._values: dict[tuple[str, ...], Value] = {}
        lengths: dict[str, set[int]] = {}
        self.seconds: dict[str, set[str]] = {}
        """The words that may follow each first word; none where the first word may stand alone."""
        for phrase, (_, value) in zip(fold_phrases(phrase for phrase, _ in known), known, strict=True):
            words = phrase_words(phrase)
            self._values.setdefault(words, value)
            lengths.setdefault(words[-1 if backwards else 0], set()).add(len(words))
            self.seconds.setdefault(words[0], set()).update(words[1:2])
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        for words in self._values:
            if len(words) == 1:
                self.seconds[words[0]] = set()

    @property
    def firsts(self) -> Set[str]:
        """The words that phrases begin with, or end with where the table reads backwards."""
        return self._lengths.keys()

    def at(self, words: tuple[str, ...], index: int) -> tuple[int, Value] | None:
        """How many words the longest phrase at that place has, and its value; None when none stands there.

        A table that reads backwards finds the phrase that ends with the word at that place.
        """
        if not 0 <= index < len(words):
            return None
        for length in self._lengths.get(words[index], ()):
            phrase = words[max(0, index - length + 1) : index + 1] if self._backwards else words[index : index + length]
            if (value := self._values.get(phrase)) is not None:
                return len(phrase), value
        return None

    def find(self, words: tuple[str, ...], start: int, stop: int) -> Iterator[tuple[int, int, Value]]:
        """Where phrases stand from one word to another, none inside another: the place, the length, the value."""
        table, end = self.seconds, start
        for index in [index for index, word in enumerate(words[start:stop], start) if word in table]:
            seconds = table[words[index]]  # most words that open a phrase open none: "de", "en", "à"
            if index < end or (seconds and (index + 1 >= stop or words[index + 1] not in seconds)):
                continue
            if found := self.at(words, index):
                end = index + found[0]
                yield index, *found
