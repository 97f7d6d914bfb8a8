"""The keys of wordings: equal keys are the same words of one language, up to typography."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from hashlib import blake2b

from resdiff.language import Language
from resdiff.language.dates import ordinal
from resdiff.language.fold import fold, fold_same_length
from resdiff.language.forms import months

__all__ = ["FIGURE", "key_of", "without_figures"]

RE_ROMAN = re.compile(r"(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
FIGURE = "0"


def key_of(folded: Sequence[str], language: Language) -> int:
    """The key of some folded words: 64 bits, as SQLite takes them."""
    digest = blake2b(f"{language.code} {' '.join(folded)}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def without_figures(folded: Iterable[str], language: Language) -> list[str]:
    """The words with one sign for each figure in a row: numbers, in words too, Roman ones, months.

    >>> without_figures("soit jusqu au 30 novembre 1994".split(), Language.of("fr"))
    ['soit', 'jusqu', 'au', '0']
    """
    kept: list[str] = []
    for word in folded:
        is_figure = _is_figure(word, language)
        if not (is_figure and kept and kept[-1] == FIGURE):
            kept.append(FIGURE if is_figure else word)
    return kept


@lru_cache(maxsize=65536)
def _is_figure(word: str, language: Language) -> bool:
    if any(map(str.isdigit, word)) or word in _numbers(language):
        return True
    ending = language.quantities.number.ordinal_ending
    spelt = bool(ending) and word.endswith((ending, f"{ending}s")) and ordinal(word.removesuffix("s"), language)
    return bool(spelt) or (len(word) > 1 and RE_ROMAN.fullmatch(word) is not None)


@cache
def _numbers(language: Language) -> frozenset[str]:
    """What counts as a figure: the months of all languages, the numbers of this one."""
    table = language.quantities.number
    spelt = {piece for word in (*table.words, *table.ordinals) for piece in fold_same_length(word).split("-")}
    return frozenset({fold(month) for month in months()} | (spelt - table.words_too))
