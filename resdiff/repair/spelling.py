"""Unknown words become the one known word they were; capitals get their accent; split words are joined."""

import re
from collections.abc import Iterator
from functools import cache, partial

from resdiff.language import Language
from resdiff.language.fold import fold
from resdiff.repair.edit import Edit, Level, NamedFix
from resdiff.repair.words import is_known, reading

__all__ = ["fixes"]

RE_WORD = re.compile(r"(?<![\w/.¢@])(?=[|¢\d_]{0,9}[^\W\d_])\|?[\w¢]++(?![/@])")
# A74, 50e, 2004347 are no damaged words.
RE_FIGURES = re.compile(r"\d.*\d|^\d+(?:er|re|ère|e|es|ème|nd|nde|o)?$|^[A-Z\d]+$")
RE_PAIR = re.compile(r"(?<![\w’'/-])([a-zà-ÿœ]{2,12}) (?=([a-zà-ÿœ]{2,14})(?![\w’'/-]))")
LONGEST = 30  # letters: "anticonstitutionnellement" has 25
SHORTEST = 3  # letters of a word that is repaired: below, too many readings are known
SHORTEST_JOINED = 4  # "rô le"


def fixes(level: Level, scanned: bool, language: Language) -> Iterator[NamedFix]:
    """The fixes of words. Only in scans: an unknown word of a clean text is its author's."""
    if scanned:
        yield "capital-accent", partial(_capitals, language)
        yield "unknown-word", partial(_unknown, language)
        yield "split-word", partial(_split, language)


@cache
def _accented(language: Language) -> dict[str, str]:
    """Capitalised words by their form without the first accent: Etats -> États, Haiti -> Haïti."""
    words = (*language.repair.names.capitals, *language.repair.names.known)
    plain = {fold(w).capitalize(): w for w in words}
    return plain | {"E" + w[1:]: w for w in words if w[0] == "É"}


def _capitals(language: Language, text: str) -> Iterator[Edit]:
    """Names and capitals that lost their accent, from the two lists."""
    for match in re.finditer(r"(?<![\w/.])[A-Z]\w{3,}", text):
        printed = _accented(language).get(match[0])
        if printed and printed != match[0]:
            yield match.start(), match.end(), printed


def _unknown(language: Language, text: str) -> Iterator[Edit]:
    """Words that no dictionary knows and that have one known reading."""
    for match in RE_WORD.finditer(text):
        word = match[0]
        if not _is_damaged(word):
            continue
        printed = reading(word, language)
        after_apostrophe = text[max(0, match.start() - 1) : match.start()] in ("’", "'")
        if printed and not (after_apostrophe and "’" in printed):
            yield match.start(), match.end(), printed


def _is_damaged(word: str) -> bool:
    """Whether the word may be looked at: long enough, no acronym, no number."""
    if word.isupper() or len(word) > LONGEST:
        return False
    if "¢" in word or word[0] in "I|":
        return len(word) > 1
    return len(word) >= SHORTEST and not RE_FIGURES.search(word)


def _split(language: Language, text: str) -> Iterator[Edit]:
    """Two fragments that make a known word when one of them is none: "me ttre"."""
    position = 0
    for match in RE_PAIR.finditer(text):
        first, second = match[1], match[2]
        if match.start() < position or len(first + second) < SHORTEST_JOINED:
            continue
        if not (_stands(first, language) and _stands(second, language)) and is_known(first + second, language):
            position = match.end(2)
            yield match.start(), position, first + second


def _stands(fragment: str, language: Language) -> bool:
    """Whether the fragment is a word of its own."""
    return is_known(fragment, language) or reading(fragment, language) is not None
