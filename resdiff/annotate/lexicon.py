"""Finding the topics of a text: every word is looked up in one index, then short sequences are followed.

The index stands in ``data/topics.index.json``, built from ``data/topics.toml`` by ``scripts/build-topics``: all
inflected forms of all patterns are in it, so that nothing is compiled and no dictionary is loaded at the start.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from resdiff.annotate.patterns import DROPPED, GAP
from resdiff.data import path
from resdiff.text.fold import fold
from resdiff.text.tokens import is_space, is_word, tokens

__all__ = ["Hit", "Lexicon", "Topic", "load_lexicon"]

SOFT, HARD = -1, -2  # a comma stops a word sequence but not a gap; ; . : stop both
_HARD = frozenset(".;:!?")


class Topic(Struct, frozen=True):
    """A topic that can be found. ``match`` says how close the UNBIS concept ``unbis`` comes: exact, close, broad."""

    id: str
    fr: str
    en: str
    article: str = ""
    priority: int = 5
    unbis: str = ""
    match: str = ""


class Hit(Struct, frozen=True):
    """A topic found in characters ``start`` to ``end`` of a text.

    ``hint`` marks words too weak to make a topic; ``name`` numbers the term of art, by group and in it.
    """

    topic: int
    start: int
    end: int
    hint: bool = False
    name: tuple[int, int] | None = None


# A word of the text: the numbers of the pattern words it may be (or SOFT, HARD), and where it stands.
_Word = tuple[tuple[str, ...] | int, int, int]


class _Pattern(Struct, frozen=True):
    """A pattern after its first word. ``role``: match, hint, unless, mask, context."""

    topic: int
    role: str
    context: str
    name: tuple[int, int] | None
    words: tuple[str, ...]


_Found = list[tuple[_Pattern, int, int]]


class Lexicon:
    """Topics and the index of their patterns. A class, for it remembers the words it has looked up."""

    def __init__(self, index: Mapping[str, Any]) -> None:
        self.topics: tuple[Topic, ...] = tuple(Topic(*row) for row in index["topics"])
        self._patterns: dict[str, str] = index["patterns"]
        self._forms: dict[str, str] = index["forms"]
        self._heads: dict[str, str] = index["heads"]
        self._refused: dict[str, str] = index["refused"]
        self._lengths = sorted({len(head) for head in self._heads})
        self._seen: dict[str, tuple[str, ...] | int | None] = {}
        self._opened: dict[str, tuple[list[_Pattern], dict[str, list[_Pattern]]]] = {}

    def find(self, text: str) -> list[Hit]:
        """The hits in a text, in its order; hits of one topic do not overlap."""
        found = self._followed(self._words(text))
        contexts = {pattern.context for pattern, _, _ in found if pattern.role == "context"} | {""}
        masks = [(start, end) for pattern, start, end in found if pattern.role == "mask"]
        unless: dict[int, list[tuple[int, int]]] = {}
        hits: list[Hit] = []
        for pattern, start, end in found:
            if pattern.context not in contexts:
                continue
            if pattern.role == "unless":
                unless.setdefault(pattern.topic, []).append((start, end))
            elif pattern.role in ("match", "hint"):
                hits.append(Hit(pattern.topic, start, end, pattern.role == "hint", pattern.name))
        return _apart([h for h in hits if not _covered(h, masks) and not _touched(h, unless.get(h.topic, ()))])

    def _words(self, text: str) -> list[_Word]:
        words: list[_Word] = []
        seen, end = self._seen, 0
        for token in tokens(text):
            start, end = end, end + len(token)
            if token == " ":
                continue
            if token not in seen:
                seen[token] = self._looked_up(token)
            value = seen[token]
            if value is not None:
                words.append((value, start, end))
        return words

    def _looked_up(self, token: str) -> tuple[str, ...] | int | None:
        """The numbers of the pattern words a token may be; None for what does not count, SOFT or HARD for a break."""
        if is_space(token):
            return None
        if not is_word(token):
            return HARD if token in _HARD else SOFT
        key = fold(token)
        if key in DROPPED:
            return None
        numbers = self._forms.get(key, "").split()
        refused = self._refused.get(token.casefold(), "").split()
        numbers = [number for number in numbers if number not in refused]
        for length in self._lengths:
            numbers += self._heads.get(key[:length], "").split() if len(key) >= length else ()
        return tuple(numbers)

    def _followed(self, words: list[_Word]) -> _Found:
        """Every pattern found, with its first and last character."""
        found: _Found = []
        following = [value for value, _, _ in words[1:]] + [HARD]
        for position, (value, start, end) in enumerate(words):
            if not value or isinstance(value, int):
                continue
            for number in value:
                loose, strict = self._starting(number)
                candidates = loose
                beside = following[position]
                if strict and beside and not isinstance(beside, int):
                    candidates = loose + [pattern for second in beside for pattern in strict.get(second, ())]
                for pattern in candidates:
                    last = _follow(words, position, pattern.words) if pattern.words else position
                    if last >= 0:
                        found.append((pattern, start, words[last][2] if last > position else end))
        return found

    def _starting(self, number: str) -> tuple[list[_Pattern], dict[str, list[_Pattern]]]:
        """The patterns whose first word has that number, opened when first needed; strict ones by their second word."""
        if number not in self._opened:
            loose: list[_Pattern] = []
            strict: dict[str, list[_Pattern]] = {}
            for row in filter(None, self._patterns.get(number, "").split("|")):
                pattern = _opened(row)
                near = pattern.words and pattern.words[0] != "."
                (strict.setdefault(pattern.words[0], []) if near else loose).append(pattern)
            self._opened[number] = loose, strict
        return self._opened[number]


def _opened(row: str) -> _Pattern:
    topic, role, context, name, words = row.split(":")
    group, _, term = name.partition(".")
    return _Pattern(int(topic or -1), role, context, (int(group), int(term)) if name else None, tuple(words.split()))


def _follow(words: list[_Word], position: int, sequence: tuple[str, ...]) -> int:
    """The last word of a pattern that starts at this word and goes on with the sequence, or -1."""
    leap = False
    for wanted in sequence:
        if wanted == ".":
            leap = True
            continue
        position = _leap(words, position, wanted) if leap else _step(words, position, wanted)
        if position < 0:
            return -1
        leap = False
    return position


def _step(words: list[_Word], position: int, wanted: str) -> int:
    """The next word if it is the wanted one, or -1."""
    position += 1
    return position if position < len(words) and _is(words[position][0], wanted) else -1


def _leap(words: list[_Word], position: int, wanted: str) -> int:
    """The place of the wanted word after at most GAP others in the same clause, or -1."""
    skipped = 0
    for place in range(position + 1, len(words)):
        value = words[place][0]
        if _is(value, wanted):
            return place
        skipped += value != SOFT
        if value == HARD or skipped > GAP:
            return -1
    return -1


def _is(value: tuple[str, ...] | int, wanted: str) -> bool:
    return not isinstance(value, int) and wanted in value


def _covered(hit: Hit, spans: list[tuple[int, int]]) -> bool:
    return any(start <= hit.start and hit.end <= end for start, end in spans)


def _touched(hit: Hit, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < hit.end and hit.start < end for start, end in spans)


def _apart(hits: list[Hit]) -> list[Hit]:
    """Of hits of one topic that overlap the surest, then the longest; in the order of the text."""
    kept: list[Hit] = []
    taken: dict[int, list[tuple[int, int]]] = {}
    for hit in sorted(hits, key=lambda h: (h.hint, h.start - h.end, h.name is None, h.start)):
        spans = taken.setdefault(hit.topic, [])
        if not _touched(hit, spans):
            spans.append((hit.start, hit.end))
            kept.append(hit)
    return sorted(kept, key=lambda h: (h.start, h.topic))


@cache
def load_lexicon() -> Lexicon:
    """The topics that come with resdiff."""
    return Lexicon(json.loads(path("topics.index.json").read_text(encoding="utf-8")))
