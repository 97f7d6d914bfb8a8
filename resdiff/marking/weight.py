"""How much a change of words matters: ``change_weight(old, new)``.

Typographic: the same letters. Editorial: the same content words, or forms of them, and no word of law won or lost.
Substantive: everything else, and everything in doubt. The knowledge is in ``data/fr/words.toml``.
"""

import re
from collections import Counter
from functools import cache, lru_cache

from resdiff.data.schema import Distinct
from resdiff.language import FRENCH
from resdiff.language.fold import fold
from resdiff.language.grammar import same_word
from resdiff.language.tokens import key, units
from resdiff.model import Weight

__all__ = ["change_weight", "is_content", "openings", "spelling_weight", "units_weight"]

Units = tuple[str, ...]

# Spellings of the same words may differ in punctuation and space, but not inside a number, nor in % and the like.
SIGNS = "%§&@#+=<>€$£°"
RE_LOOSE = re.compile(rf"(?<!\d)[^\w{SIGNS}]|[^\w{SIGNS}](?!\d)|[^\w{SIGNS}/.,:-]|_")


def change_weight(old: str, new: str) -> Weight:
    """The weight of a change of words; either side may be empty.

    >>> change_weight("Accord cadre", "Accord-cadre,").label, change_weight("continuer de", "continuer à").label
    ('typographic', 'editorial')
    >>> change_weight("doit", "peut").label, change_weight("et", "ou").label
    ('substantive', 'substantive')
    """
    return units_weight(units(old), units(new))


def units_weight(old: Units, new: Units) -> Weight:
    """The same for texts that are already cut into units."""
    if _accents_differ(old, new):
        return Weight.SUBSTANTIVE
    if _letters(old) == _letters(new):
        return Weight.TYPOGRAPHIC
    old_words, new_words = _words(old), _words(new)
    if _law(old_words) == _law(new_words) and _same_content(_content(old_words), _content(new_words)):
        return Weight.EDITORIAL
    return Weight.SUBSTANTIVE


def spelling_weight(old: str, new: str) -> Weight:
    """The weight of writing a word otherwise: typographic, unless the accent makes another word.

    >>> spelling_weight("Etat", "État").label, spelling_weight("traite", "traité").label
    ('typographic', 'substantive')
    """
    return Weight.SUBSTANTIVE if _accents_differ((old,), (new,)) else Weight.TYPOGRAPHIC


def _accents_differ(old: Units, new: Units) -> bool:
    """Whether a word of one side stands on the other with an accent that makes another word of it."""
    if not (old and new):
        return False
    words, others = ({unit.strip().lower() for unit in side} & _accented() for side in (old, new))
    return not {fold(word) for word in words - others}.isdisjoint(fold(word) for word in others - words)


@cache
def _accented() -> frozenset[str]:
    return frozenset(word for row in FRENCH.words.accents for word in row.words)


@cache
def openings() -> frozenset[str]:
    """The words a phrase begins with, folded: a mark may begin with one, a moved passage does not end with one."""
    return frozenset(FRENCH.words.openings.words)


def is_content(word: str) -> bool:
    """Whether a folded word carries meaning of its own.

    >>> is_content("mandat"), is_content("la")
    (True, False)
    """
    return word not in _light()


def _letters(run: Units) -> str:
    """The letters and digits, with the marks that hold a number together: ``72/194``, ``3,5``."""
    return RE_LOOSE.sub("", " ".join(map(key, run)))


def _words(run: Units) -> Units:
    """The folded words, numbers and signs."""
    return tuple(word for word in map(key, run) if word and (word[0].isalnum() or word[0] in SIGNS))


def _law(words: tuple[str, ...]) -> Counter[str]:
    """How often each word of law stands, its forms counted as one."""
    return Counter(_laws()[word] for word in words if word in _laws())


@cache
def _laws() -> dict[str, str]:
    """The words of law, each with the word that stands for all of its forms."""
    return {word: word if row.each else row.words[0] for row in FRENCH.words.law for word in row.words}


def _content(words: tuple[str, ...]) -> list[str]:
    """The words that carry meaning, in order: no light words, no adverbs of style, one word for synonyms."""
    rest, at = [], 0
    while at < len(words):
        phrase, meaning = next(
            (p for p in _phrases().get(words[at], ()) if words[at : at + len(p[0])] == p[0]), ((), "")
        )
        if not phrase:
            phrase, meaning = (words[at],), "" if words[at] in _light() else words[at]
        if meaning:
            rest.append(meaning)
        at += len(phrase)
    return rest


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Adverbs of style, which mean nothing, and synonyms, which mean the first of their row, by their first word."""
    meanings = {phrase: "" for row in FRENCH.words.style for phrase in row.phrases}
    meanings |= {phrase: row.phrases[0] for row in FRENCH.words.synonyms for phrase in row.phrases}
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase in sorted(meanings, key=lambda phrase: (-len(phrase), phrase)):
        words = tuple(phrase.replace("'", "' ").split())
        found.setdefault(words[0], []).append((words, meanings[phrase]))
    return found


@cache
def _light() -> frozenset[str]:
    return frozenset(word for row in FRENCH.words.light for word in row.words)


def _same_content(old: list[str], new: list[str]) -> bool:
    return len(old) == len(new) and all(_one_word(*pair) for pair in zip(old, new, strict=True))


@lru_cache(maxsize=4096)
def _one_word(old: str, new: str) -> bool:
    """Whether two words are forms of one: a stem with two endings of one row. A number is only itself.

    A hyphen left over from the end of a line makes no other word: ``exé-cution``.
    """
    if old == new or (old in _laws() and _laws()[old] == _laws().get(new)):
        return True
    if any(_tells_apart(row, old, new) for row in FRENCH.words.distinct):
        return False
    old, new = old.replace("-", ""), new.replace("-", "")
    if not (old.isalpha() and new.isalpha()):
        return False
    return old == new or same_word(old, new, FRENCH)


def _tells_apart(row: Distinct, old: str, new: str) -> bool:
    """Whether a row says that two words are different ones: two of its words, or one and one of ``other``."""
    others = row.other or row.words
    return (old in row.words and new in others) or (new in row.words and old in others)
