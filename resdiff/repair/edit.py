"""What a fix is: a name, and a function from a text to the edits it wants there."""

from collections.abc import Callable, Iterable
from enum import StrEnum

__all__ = ["Edit", "Level", "NamedFix"]

# Characters start to end (excluded) of the text become another string. Edits come in order and do not overlap.
Edit = tuple[int, int, str]
NamedFix = tuple[str, Callable[[str], Iterable[Edit]]]


class Level(StrEnum):
    """How much is repaired: nothing, what is certain, what is probable too."""

    OFF = "off"
    SAFE = "safe"
    FULL = "full"
