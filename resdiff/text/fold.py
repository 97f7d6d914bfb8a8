"""The key under which two words are the same word: comparing uses the key, showing uses the text.

Case, accents, ligatures, apostrophes, quotes, hyphens and spaces do not make another word. So a scan against a clean
copy of itself shows no change, and a real change of accent or case can still be told as typographic.
"""

import unicodedata
from functools import lru_cache

__all__ = ["fold"]

_SAME = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
        "œ": "oe", "æ": "ae", "ﬁ": "fi", "ﬂ": "fl", "…": "...",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u00ad": None, "\u200b": None, "\ufeff": None,
    }
)  # fmt: skip
# The letters of French and its neighbours in one step; what is rarer takes the long way.
_PLAIN = {
    ord(c): unicodedata.normalize("NFD", c)[0] for c in map(chr, range(0xC0, 0x17F)) if unicodedata.decomposition(c)
}
_SAME |= {letter: plain for letter, plain in _PLAIN.items() if not plain.isspace()}


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The key of a word, or of any text.

    >>> fold("L’État") == fold("l'Etat")
    True
    >>> fold("mise en œuvre")
    'mise en oeuvre'
    >>> fold("combattre") == fold("combattent")
    False
    """
    lowered = word.casefold().translate(_SAME)
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
