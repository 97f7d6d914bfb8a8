"""Finding the topics of a text: every word is looked up in one index, then short sequences are followed.

The index is compiled from ``data/fr/topics.toml`` and kept with the copies of the tables (``scripts/build-data``): all
inflected forms of all patterns are in it, so that nothing is compiled and no dictionary is loaded at the start.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain, compress, count
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from resdiff.data import copied, digest, path
from resdiff.data.schema import BEGINNING, TopicIndex
from resdiff.language import Language
from resdiff.language.fold import REMEMBERED, Memo, fold, is_space, is_word, tokens
from resdiff.model import Resolution
from resdiff.recognition.survey import Theme, ThemeMention

if TYPE_CHECKING:
    from resdiff.recognition.theme_patterns import Rule

__all__ = ["Hit", "Lexicon", "catalogue", "find_themes", "load_lexicon", "read_topics"]

GAP = 4  # words that "..." may skip: « preuves admissibles, y compris numériques » needs three
SOFT, HARD = (",",), (";",)  # no number of a word: a comma stops a sequence but not a gap; ; . : stop both
_HARD = frozenset(".;:!?")


class Hit(Struct, frozen=True):
    """A topic found in characters ``start`` to ``end`` of a text.

    ``hint`` marks words too weak to make a topic; ``name`` numbers the term of art, by group and in it.
    """

    topic: int
    start: int
    end: int
    hint: bool = False
    name: tuple[int, int] | None = None


# The numbers of the pattern words that a word may be, or SOFT or HARD.
_Numbers = tuple[str, ...]


class _Pattern(Struct, frozen=True):
    """A pattern after its first word. ``role``: match, hint, unless, mask, context; ``needs``: its words, no gaps."""

    topic: int
    role: str
    context: str
    name: tuple[int, int] | None
    words: tuple[str, ...]
    needs: frozenset[str]


class _Word(Struct, frozen=True):
    """What a word is to the patterns: its numbers, and the patterns that may begin with it.

    ``alone`` are whole with it, ``gapped`` go on after a gap, ``strict`` with the very next word. Those two are rows of
    the index by the number of that next word, for most never meet it and need not be opened. ``begins`` tells whether
    there is any. ``contexts`` are those that it makes by itself.
    """

    numbers: _Numbers
    begins: bool = False
    contexts: set[str] = set()
    alone: list[_Pattern] = []
    gapped: dict[str, list[str]] = {}
    strict: dict[str, list[str]] = {}


_COMMA, _STOP, _NOTHING = _Word(SOFT), _Word(HARD), _Word(())


class _Words(Struct):
    """The words of a text that count, the place of each among the tokens, and where those start, and the last ends."""

    words: list[_Word]
    places: list[int]
    borders: list[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the characters of the words from one to another start and end."""
        return self.borders[self.places[first]], self.borders[self.places[last] + 1]


_Found = list[tuple[_Pattern, int, int]]


class Lexicon:
    """Topics and the index of their patterns. A class, for it remembers the words and the texts it has looked up."""

    def __init__(self, index: TopicIndex, language: Language) -> None:
        self._uncounted = language.uncounted
        self.topics: tuple[Theme, ...] = tuple(Theme(*row) for row in index.topics)
        self._patterns = index.patterns
        self._forms = index.forms
        self._heads: dict[str, list[tuple[str, list[str]]]] = {}
        for head in sorted(index.heads, key=len):
            self._heads.setdefault(head[0], []).append((head, index.heads[head].split()))
        self._refused = index.refused
        self._seen = Memo(self.look_up)
        self._made: dict[_Numbers, _Word] = {}
        self._found = Memo(self._find, most=REMEMBERED)  # two versions have whole paragraphs in common

    def find(self, text: str) -> list[Hit]:
        """The hits in a text, in its order; hits of one topic do not overlap."""
        return self._found[text]

    def _find(self, text: str) -> list[Hit]:
        words = self._words(text)
        rows, contexts = _followed(words.words)
        found = [(pattern, *words.span(first, last)) for pattern, first, last in rows if pattern.context in contexts]
        masks = [(start, end) for pattern, start, end in found if pattern.role == "mask"]
        unless: dict[int, list[tuple[int, int]]] = {}
        hits: list[Hit] = []
        for pattern, start, end in found:
            if pattern.role == "unless":
                unless.setdefault(pattern.topic, []).append((start, end))
            elif pattern.role != "mask":
                hits.append(Hit(pattern.topic, start, end, pattern.role == "hint", pattern.name))
        if masks:
            hits = [hit for hit in hits if not any(start <= hit.start and hit.end <= end for start, end in masks)]
        if unless:
            hits = [replace(hit, hint=True) if _touched(hit, unless.get(hit.topic, ())) else hit for hit in hits]
        return _apart(hits)

    def _words(self, text: str) -> _Words:
        found = tokens(text)
        words = list(map(self._seen.__getitem__, found))
        borders = list(accumulate(map(len, found), initial=0))
        return _Words(list(filter(None, words)), list(compress(count(), words)), borders)

    def look_up(self, token: str) -> _Word | None:
        """What a token is to the patterns; None for what does not count."""
        if is_space(token):
            return None
        if not (token[0].isalnum() or is_word(token)):
            return _STOP if token in _HARD else _COMMA
        key = fold(token)
        if key in self._uncounted:
            return None
        numbers = self._numbers_of(key)
        if numbers and (refused := self._refused.get(token.casefold())):
            numbers = [number for number in numbers if number not in refused.split()]
        for head, more in self._heads.get(key[:1], ()):
            if key.startswith(head):
                numbers += more
        return self._word(tuple(numbers)) if numbers else _NOTHING

    def _numbers_of(self, form: str) -> list[str]:
        """The numbers of a folded form, found among those that begin like it: of thousands a text has some hundreds."""
        together = self._forms.get(form[:BEGINNING], "")
        _, found, after = together.partition(f"|{form} ")
        return after[: after.index("|")].split() if found else []

    def _word(self, numbers: _Numbers) -> _Word:
        """The word of these numbers, made once for all forms that have them."""
        if numbers not in self._made:
            rows = [self._patterns[number].split("|") for number in numbers if number in self._patterns]
            self._made[numbers] = self._begun(numbers, rows) if rows else _Word(numbers)
        return self._made[numbers]

    def _begun(self, numbers: _Numbers, rows: list[list[str]]) -> _Word:
        """The word of these numbers, with the patterns that begin with it."""
        word = _Word(numbers, begins=True)
        for row in chain.from_iterable(rows):
            rest = row[row.rindex(":") + 1 :]
            if not rest:
                pattern = _opened(row)
                if pattern.role == "context":
                    word.contexts.add(pattern.context)
                else:
                    word.alone.append(pattern)
            elif rest[0] == ".":
                word.gapped.setdefault(rest.split(" ", 2)[1], []).append(row)
            else:
                word.strict.setdefault(rest.split(" ", 1)[0], []).append(row)
        return word


def _followed(words: list[_Word]) -> tuple[_Found, set[str]]:
    """Every pattern found, with its first and last word, and the contexts there are, the empty one among them.

    A pattern that needs a word that is nowhere is not looked for.
    """
    found: _Found = []
    contexts = {""}
    numbers = [word.numbers for word in words]
    present = frozenset(chain.from_iterable(numbers))
    for position, (word, following) in enumerate(zip(words, [*numbers[1:], HARD], strict=False)):
        if not word.begins:
            continue
        contexts |= word.contexts
        for pattern in word.alone:
            found.append((pattern, position, position))
        longer: list[str] = []
        if word.gapped and not present.isdisjoint(word.gapped):
            longer += [row for number, rows in word.gapped.items() if number in present for row in rows]
        for number in following if word.strict else ():
            if number in word.strict:
                longer += word.strict[number]
        for pattern in map(_opened, longer):
            if pattern.needs <= present and (last := _follow(words, position, pattern.words)) >= 0:
                if pattern.role == "context":
                    contexts.add(pattern.context)
                else:
                    found.append((pattern, position, last))
    return found, contexts


@lru_cache(maxsize=4096)
def _opened(row: str) -> _Pattern:
    topic, role, context, name, rest = row.split(":")
    group, _, term = name.partition(".")
    words = tuple(rest.split())
    needs = frozenset(words) - {"."}
    return _Pattern(int(topic or -1), role, context, (int(group), int(term)) if name else None, words, needs)


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
    return position if position < len(words) and wanted in words[position].numbers else -1


def _leap(words: list[_Word], position: int, wanted: str) -> int:
    """The place of the wanted word after at most GAP others in the same clause, or -1."""
    skipped = 0
    for place in range(position + 1, len(words)):
        numbers = words[place].numbers
        if wanted in numbers:
            return place
        skipped += numbers is not SOFT
        if numbers is HARD or skipped > GAP:
            return -1
    return -1


def _touched(hit: Hit, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < hit.end and hit.start < end for start, end in spans)


def _apart(hits: list[Hit]) -> list[Hit]:
    """Of hits of one topic that overlap the surest, then the longest; in the order of the text."""
    kept: list[Hit] = []
    taken: dict[int, list[tuple[int, int]]] = {}
    for hit in sorted(hits, key=lambda h: (h.hint, h.start - h.end, h.name is None, h.start)):
        spans = taken.setdefault(hit.topic, [])
        place = bisect_left(spans, (hit.start, hit.end))  # of spans that are apart, only the neighbours can touch
        if not (spans and _touched(hit, spans[max(0, place - 1) : place + 1])):
            spans.insert(place, (hit.start, hit.end))
            kept.append(hit)
    return sorted(kept, key=lambda h: (h.start, h.topic))


@cache
def load_lexicon(language: Language) -> Lexicon:
    """The topics that come with resdiff, as they are written in that language; none where it has no table of them."""
    if not language.knows("topics"):
        return Lexicon(TopicIndex((), {}, {}, {}, {}), language)
    if (index := copied(copy_name(language), made_from(language), TopicIndex)) is not None:
        return Lexicon(index, language)
    from resdiff.recognition import theme_patterns  # a second with the dictionary it needs

    return Lexicon(theme_patterns.compiled(language), language)


def copy_name(language: Language) -> str:
    """The name of the copy of the index."""
    return f"{language.code}/topics.index"


def made_from(language: Language) -> str:
    """What the index is made from: the topics, the words that do not count in them, the code that compiles them."""
    code = ("recognition/theme_patterns.py", "language/fold.py", "language/inflection.py")
    makers = (f"{language.code}/topics.toml", *(f"../{name}" for name in code))
    return digest(*(path(maker).read_bytes() for maker in makers), " ".join(sorted(language.uncounted)).encode())


# ---- the themes of a text -------------------------------------------------------------------------------------------


def find_themes(
    resolution: Resolution, own: "Sequence[Rule]" = ()
) -> tuple[tuple[Theme, ...], tuple[ThemeMention, ...]]:
    """The themes of a text, title and paragraphs, with where they are mentioned; a theme of ``own`` replaces the one
    of its id that comes with resdiff."""
    language = Language.of(resolution.language)
    replaced = frozenset(rule.id for rule in own)
    lexicons = [load_lexicon(language)]
    if own:
        from resdiff.recognition.theme_patterns import compile_rules  # reads a dictionary: not at the start

        lexicons.append(Lexicon(compile_rules(own, language), language))
    defined: dict[str, Theme] = {}
    mentions: list[ThemeMention] = []
    for lexicon in lexicons:
        left_out = replaced if lexicon is lexicons[0] else frozenset[str]()
        for place, text in (("", resolution.title), *((p.id, p.text) for p in resolution.body)):
            for hit in lexicon.find(text):
                theme = lexicon.topics[hit.topic]
                if theme.id not in left_out:
                    defined[theme.id] = theme
                    mentions.append(ThemeMention(place, theme.id, hit.start, hit.end, hit.hint, hit.name))
    return tuple(defined[id_] for id_ in sorted(defined)), tuple(mentions)


def read_topics(path: Path) -> "tuple[Rule, ...]":
    """The themes a person wrote in a TOML file; see docs/writing-a-topic.md.

    Raises NotFoundError, and InputError with what is wrong and where.
    """
    from resdiff.recognition.theme_patterns import read_rules  # for a person's own themes alone: not at the start

    return read_rules(path, Language.of(""))  # of whatever language: what is wrong in one is wrong in all


def catalogue(own: "Sequence[Rule]" = ()) -> tuple[Theme, ...]:
    """Every theme that can be found, in the order of the tables; a theme of ``own`` replaces the one of its id."""
    replaced = {rule.id for rule in own}
    known = {theme.id: theme for language in Language.all() for theme in load_lexicon(language).topics}
    shipped = tuple(theme for theme in known.values() if theme.id not in replaced)
    return shipped + tuple(Theme(r.id, r.fr, r.en, r.article, r.priority, r.unbis, r.match) for r in own)
