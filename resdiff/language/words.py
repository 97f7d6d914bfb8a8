"""The words of a flat text with their places, and phrases of a data table found word by word.

``Phrases`` finds a phrase as it is written; ``WordTable`` finds it however it is spaced or broken, gives what the table
says of it, and reads backwards too.
"""

import re
from collections.abc import Iterable, Iterator, Set
from typing import Generic, TypeVar

from msgspec import Struct

from resdiff.language.fold import fold_phrases

__all__ = ["WordTable", "Words", "fold_phrases", "phrase_words", "split_words"]

RE_WORD = re.compile(r"\w++(?:[-/]\w++)*+'?|[^\w\s\[\]]")
"""A word with its elision ("qu'"), a compound, a symbol, a number, or a sign; the brackets of a draft are nothing."""

Value = TypeVar("Value")


class Words(Struct, frozen=True):
    """The words and signs of a flat text, and where each starts."""

    words: tuple[str, ...]
    starts: tuple[int, ...]

    def end(self, index: int) -> int:
        """Where that word ends."""
        return self.starts[index] + len(self.words[index])

    def index(self, place: int) -> int:
        """The first word that starts at that place or behind it; the number of words when none does.

        >>> split_words("prie l'office").index(6)
        2
        """
        from bisect import bisect_left

        return bisect_left(self.starts, place)


def split_words(plain: str) -> Words:
    """The words and signs of a flat text.

    >>> split_words("prie l'office, [instamment,] d'agir").words
    ('prie', "l'", 'office', ',', 'instamment', ',', "d'", 'agir')
    """
    words, starts, end = tuple(RE_WORD.findall(plain)), [], 0
    for word in words:  # twice as fast as asking each match for its place
        start = plain.find(word, end)
        starts.append(start)
        end = start + len(word)
    return Words(words, tuple(starts))


def phrase_words(phrase: str) -> tuple[str, ...]:
    """The words of a flat phrase, which has no signs: ``("qu'", "il")``."""
    return tuple(phrase.replace("'", "' ").split())


class WordTable(Generic[Value]):
    """Phrases, each with a value, found at a place among words: the longest that stands there.

    >>> WordTable([("au plus tard", "until")]).at(("au", "plus", "tard", "le"), 0)
    (3, 'until')
    """

    def __init__(self, rows: Iterable[tuple[str, Value]], *, backwards: bool = False) -> None:
        self._backwards = backwards
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        known = list(rows)
        for phrase, (_, value) in zip(fold_phrases(phrase for phrase, _ in known), known, strict=True):
            words = phrase_words(phrase)[:: -1 if backwards else 1]
            self._by_first.setdefault(words[0], []).append((words, value))
        for found in self._by_first.values():
            found.sort(key=lambda row: (-len(row[0]), row[0]))
        self._seconds = {first: {phrase[1:2] for phrase, _ in found} for first, found in self._by_first.items()}

    @property
    def firsts(self) -> Set[str]:
        """The words that phrases begin with, or end with where the table reads backwards."""
        return self._by_first.keys()

    def at(self, words: tuple[str, ...], index: int) -> tuple[int, Value] | None:
        """How many words the longest phrase at that place has, and its value; None when none stands there.

        A table that reads backwards finds the phrase that ends with the word at that place.
        """
        if not 0 <= index < len(words):
            return None
        for phrase, value in self._by_first.get(words[index], ()):
            length = len(phrase)
            if self._backwards:
                here = words[index - length + 1 : index + 1][::-1] if index + 1 >= length else ()
            else:
                here = words[index : index + length]
            if here == phrase:
                return length, value
        return None

    def find(self, words: tuple[str, ...], start: int, stop: int) -> Iterator[tuple[int, int, Value]]:
        """Where phrases stand from one word to another, none inside another: the place, the length, the value."""
        seconds, end = self._seconds, start
        for index in [index for index in range(start, stop) if words[index] in seconds]:
            likely = seconds[words[index]]  # most words that open a phrase open none: "de", "en", "à"
            if index < end or (words[index + 1 : index + 2] not in likely and () not in likely):
                continue
            if found := self.at(words, index):
                end = index + found[0]
                yield index, *found
