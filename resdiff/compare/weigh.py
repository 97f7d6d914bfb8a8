"""How much a change of words matters: ``weigh(old, new)``."""

import unicodedata

from resdiff.model import Weight
from resdiff.text.fold import fold

__all__ = ["weigh"]


def weigh(old: str, new: str) -> Weight:
    """The weight of a change of words."""
    if _letters(old) == _letters(new):
        return Weight.TYPOGRAPHIC
    return Weight.SUBSTANTIVE


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if unicodedata.category(c)[0] not in "PZC")
