"""Lossless French words: the tokens of a text, joined, are the text.

An elision is a word of its own (``l’``, ``d’``, ``qu’``, ``jusqu’``), a hyphenated word is one word, a symbol or a
number is one word (``A/RES/74/175``, ``1373 (2001)`` is two, ``1er``, ``3,5``, ``n°``), each punctuation mark one,
each run of white space one.
"""

import re
from functools import lru_cache

from resdiff.language.fold import fold

__all__ = ["is_space", "is_word", "key", "tokens", "units"]

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
