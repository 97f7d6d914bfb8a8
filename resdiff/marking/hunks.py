"""A script of hunks: what the diff finds in a pair of texts, and what the passes of ``tidy`` work on.

A hunk holds units of the old and the new text. A unit is a token with the white space before it: a marked word
brings its own space along: ``A B`` → ``A, B`` inserts ``,`` and a deleted adjective takes the space before it away.
"""

from functools import lru_cache

from msgspec import Struct

from resdiff.language.fold import fold

__all__ = ["Hunk", "key"]


class Hunk(Struct, frozen=True):
    """Units that are kept (same number, same keys on both sides) or that changed.

    The ``old`` units of all hunks of a script, joined, are the old text to the letter; the ``new`` ones the new text.
    """

    kept: bool
    old: tuple[str, ...]
    new: tuple[str, ...]


@lru_cache(maxsize=65536)
def key(unit: str) -> str:
    """The key of a unit: equal keys are the same word, whatever the white space before it.

    >>> key(" État") == key("Etat")
    True
    """
    return fold(unit.strip())
