"""A text made flat for searching, at the same length, and phrases of the data tables compiled against it.

Flat text has no case, no accent, one apostrophe and one space, and every character stands where it stood, so that
what is found in it can be quoted from the text as printed.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

__all__ = ["flat", "pattern"]

_SIGNS = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"}
_SPACES = "\t\n\u00a0\u202f\u2009\u2003"


@cache
def _table() -> dict[int, str]:
    """The character each character is flattened to; Latin letters lose their accent, œ and æ stay."""
    letters = {n: unicodedata.normalize("NFD", chr(n))[0] for n in range(0xE0, 0x180)}
    return letters | {ord(c): to for c, to in _SIGNS.items()} | {ord(c): " " for c in _SPACES}


@lru_cache(maxsize=4096)
def flat(text: str) -> str:
    """The text without case and accents, as long as the text.

    >>> flat("L’État prie,")
    "l'etat prie,"
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter like İ that lower case makes longer
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(_table())


def pattern(phrases: Iterable[str]) -> str:
    """An alternation that finds any of the phrases in a flat text, the longest first.

    >>> pattern(["mis en œuvre", "noté"])
    'mis\\\\ en\\\\ (?:œ|oe)uvre|note'
    """
    flattened = sorted({flat(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace("œ", "(?:œ|oe)") for phrase in flattened)
