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
