"""What a word that nobody knows was perhaps meant for."""

from collections.abc import Iterable

__all__ = ["nearest"]

MOST = 100  # characters of a word that may be a mistake: to compare longer ones takes long
LIKE = 0.7  # how alike two words are spelt, 0 to 1, for one to be a mistake for the other


def nearest(word: str, known: Iterable[str]) -> str:
    """What was perhaps meant by a word that is not known: the one that goes on from it, where there is but one, else
    one that is spelt alike; empty where nothing is."""
    from difflib import get_close_matches  # for a mistake alone

    known = [*known]
    begun = [each for each in known if each.startswith(word)] if word else []
    alike = begun if len(begun) == 1 else get_close_matches(word[:MOST], sorted(known), 1, cutoff=LIKE)
    return next(iter(alike), "")
