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
# The same for what Latin-1 holds, where a table of bytes does it twenty times as fast; a soft hyphen goes away.
_LATIN = bytes(ord(value) if len(value := _SAME.get(code) or chr(code)) == 1 else code for code in range(256))
_SOFT_HYPHEN = b"\xad"


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
    lowered = word.casefold()
    if lowered.isascii():
        return lowered.replace("`", "'")
    try:
        latin = lowered.replace("’", "'").replace("œ", "oe").replace("æ", "ae").encode("latin-1")
        plain = latin.translate(_LATIN, _SOFT_HYPHEN).decode("latin-1")
    except UnicodeEncodeError:
        plain = lowered.translate(_SAME)
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
