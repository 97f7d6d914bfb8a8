"""How much a change of words matters: ``weigh(old, new)``.

Typographic: the same letters. Editorial: the same content words, or forms of them, and no word of law won or lost.
Substantive: everything else, and everything in doubt. The knowledge is in ``data/words.toml``.
"""

import re
from collections import Counter
from functools import cache, lru_cache

from resdiff.data import table
from resdiff.model import Weight
from resdiff.text.fold import fold
from resdiff.text.tokens import tokens

__all__ = ["is_content", "weigh"]

# Spellings of the same words may differ in punctuation and space, but not inside a number, nor in % and the like.
SIGNS = "%§&@#+=<>€$£°"
RE_LOOSE = re.compile(rf"(?<!\d)[^\w{SIGNS}]|[^\w{SIGNS}](?!\d)|[^\w{SIGNS}/.,:-]|_")


def weigh(old: str, new: str) -> Weight:
    """The weight of a change of words; either side may be empty.

    >>> weigh("Accord cadre", "Accord-cadre,").label, weigh("continuer de", "continuer à").label
    ('typographic', 'editorial')
    >>> weigh("doit", "peut").label, weigh("et", "ou").label
    ('substantive', 'substantive')
    """
    if _letters(old) == _letters(new):
        return Weight.TYPOGRAPHIC
    old_words, new_words = _words(old), _words(new)
    if _law(old_words) == _law(new_words) and _same_content(_content(old_words), _content(new_words)):
        return Weight.EDITORIAL
    return Weight.SUBSTANTIVE


def is_content(word: str) -> bool:
    """Whether a folded word carries meaning of its own.

    >>> is_content("mandat"), is_content("la")
    (True, False)
    """
    return word not in _light()


def _letters(text: str) -> str:
    """The letters and digits, with the marks that hold a number together: ``72/194``, ``3,5``."""
    return RE_LOOSE.sub("", fold(text))


def _words(text: str) -> tuple[str, ...]:
    """The folded words, numbers and signs."""
    return tuple(word for word in map(fold, tokens(text)) if word and (word[0].isalnum() or word[0] in SIGNS))


def _law(words: tuple[str, ...]) -> Counter[str]:
    """How often each word of law stands, its forms counted as one."""
    return Counter(_laws()[word] for word in words if word in _laws())


@cache
def _laws() -> dict[str, str]:
    """The words of law, each with the word that stands for all of its forms."""
    return {
        word: word if row.get("each") else row["words"][0] for row in table("words")["law"] for word in row["words"]
    }


def _content(words: tuple[str, ...]) -> list[str]:
    """The words that carry meaning, in order: without light words and adverbs of style."""
    rest, at = [], 0
    while at < len(words):
        style = next((p for p in _styles().get(words[at], ()) if words[at : at + len(p)] == p), ())
        if style or words[at] in _light():
            at += len(style) or 1
            continue
        rest.append(words[at])
        at += 1
    return rest


@cache
def _styles() -> dict[str, list[tuple[str, ...]]]:
    """The adverbs of style by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in (phrase.split() for row in table("words")["style"] for phrase in row["phrases"]):
        found.setdefault(phrase[0], []).append(tuple(phrase))
    return found


@cache
def _light() -> frozenset[str]:
    return frozenset(word for row in table("words")["light"] for word in row["words"])


def _same_content(old: list[str], new: list[str]) -> bool:
    return len(old) == len(new) and all(_one_word(*pair) for pair in zip(old, new, strict=True))


@lru_cache(maxsize=4096)
def _one_word(old: str, new: str) -> bool:
    """Whether two words are forms of one: a stem with two endings of one row. A number is only itself.

    A hyphen left over from the end of a line makes no other word: ``exé-cution``.
    """
    if old == new or (old in _laws() and _laws()[old] == _laws().get(new)):
        return True
    if any({old, new} <= set(row["words"]) for row in table("words")["distinct"]):
        return False
    old, new = old.replace("-", ""), new.replace("-", "")
    if not (old.isalpha() and new.isalpha()):
        return False
    return old == new or any(_stems(old, row) & _stems(new, row) for row in range(len(table("words")["inflection"])))


def _stems(word: str, row: int) -> set[str]:
    """What is left of a word without each ending of the row it has."""
    rule = table("words")["inflection"][row]
    return {
        word[: len(word) - len(ending)]
        for ending in rule["endings"]
        if word.endswith(ending) and len(word) - len(ending) >= rule["stem"]
    }
