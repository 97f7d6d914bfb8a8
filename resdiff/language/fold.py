"""Text folded for comparing and for searching, cut into words, and phrases of the data tables found in it.

``fold`` gives the key under which two words are the same word: comparing uses the key, showing uses the text. Case,
accents, ligatures, apostrophes, quotes, hyphens and spaces do not make another word. So a scan against a clean copy of
itself shows no change, and a real change of accent or case can still be told as typographic.

``fold_same_length`` gives flat text: no case, no accent, one apostrophe and one space, and every character stands where
it stood, so that what is found in it can be quoted from the text as printed. ``œ`` and ``æ`` stay.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Set
from functools import cache, cached_property, lru_cache
from itertools import chain, compress
from operator import sub
from typing import Generic, TypeVar

from msgspec import Struct

from resdiff import limits

__all__ = [
    "REMEMBERED",
    "Apart",
    "Memo",
    "Phrases",
    "WordTable",
    "Words",
    "are_letters",
    "by_phrase",
    "fold",
    "fold_all",
    "fold_phrases",
    "fold_same_length",
    "folded_line",
    "folded_words",
    "folded_words_of",
    "folded_words_with",
    "is_space",
    "is_word",
    "key",
    "letters",
    "phrase_words",
    "small",
    "split_words",
    "token_pattern",
    "tokens",
    "units",
    "words_in",
]

REMEMBERED = 4 * limits.PARAGRAPHS
"""Texts for which a function keeps what it found, where several stages ask for each paragraph: those of two of the
longest texts and their acts. With fewer, one pass over all drives out what the next one asks for."""
MOST_WORDS = 1 << 15
"""Words of which what was found is kept: some hundred texts have so many, and they take a few megabytes."""
Key = TypeVar("Key")
Value = TypeVar("Value")

_SAME = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
        "œ": "oe", "æ": "ae", "ﬁ": "fi", "ﬂ": "fl", "…": "...",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u00ad": None, "\u200b": None, "\u200d": None,
        "\ufeff": None,
    }
)  # fmt: skip
# The letters of French and its neighbours in one step; what is rarer takes the long way.
_PLAIN = {
    ord(c): unicodedata.normalize("NFD", c)[0] for c in map(chr, range(0xC0, 0x17F)) if unicodedata.decomposition(c)
}
_SAME |= {letter: plain for letter, plain in _PLAIN.items() if not plain.isspace()}
# The same for what Latin-1 holds, small letters too, where a table of bytes does it twenty times as fast; a soft hyphen
# goes away, and what is not one sign there ("æ", "ß") takes the long way.
_LONG_WAY = "\0"
_LATIN = bytes(
    ord(plain if len(plain) == 1 and plain <= "\xff" else _LONG_WAY)
    for plain in (chr(code).casefold().translate(_SAME) for code in range(256))
)
_SOFT_HYPHEN = b"\xad"


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The key of a word, or of any text.

    >>> fold("L’État") == fold("l'Etat")
    True
    >>> fold("mise en œuvre")
    'mise en oeuvre'
    >>> fold("combattre") == fold("combattent")
    False
    """
    if word.isascii():
        return word.lower().replace("`", "'")
    latin = word.replace("’", "'").replace("œ", "oe")
    plain = _plain(latin) or _plain(latin.replace("“", '"').replace("”", '"').replace("…", "..."))
    if not plain or _LONG_WAY in plain:
        plain = word.casefold().translate(_SAME)
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def fold_all(words: Iterable[str]) -> list[str]:
    """The keys of the words of a table, folded as one text: a tenth of the time of folding each."""
    joined = "|".join(words)
    return fold(joined).split("|") if joined else []


def _plain(latin: str) -> str:
    """The key of what Latin-1 can hold; empty for anything else."""
    try:
        return latin.encode("latin-1").translate(_LATIN, _SOFT_HYPHEN).decode("latin-1")
    except UnicodeEncodeError:
        return ""


class Memo(dict[Key, Value]):
    """What a function finds of each key, found once; when there are ``most`` it begins anew, so that a long run does
    not grow with the vocabulary of all it reads.

    A table and no function with a cache: ``map(memo.__getitem__, words)`` calls nothing for a word that was met.

    >>> lengths = Memo(len, most=2)
    >>> [lengths[word] for word in ("le", "Comité", "le", "des")], dict(lengths)
    ([2, 6, 2, 3], {'des': 3})
    """

    def __init__(self, find: Callable[[Key], Value], most: int = MOST_WORDS) -> None:
        super().__init__()
        self._find, self._most = find, most

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._most:
            self.clear()
        self[key] = found = self._find(key)
        return found


def folded_words_with(signs: str) -> Memo[str, str]:
    """Each token folded; empty for a sign, but for those given.

    >>> words = folded_words_with("%")
    >>> words["États"], words["%"], words[";"]
    ('etats', '%', '')
    """
    return Memo(lambda token: fold(token) if token[:1].isalnum() or token[:1] in signs else "")


folded_words = folded_words_with("")  # one for all who look words up so


class Apart(dict[int, int]):
    """A table for ``str.translate``: letters, digits and some signs as they are, a space for anything else.

    With it a folded text falls into words in a fifth of the time of a pattern.

    >>> "resolution 72/194, l'annexe".translate(Apart("/")).split()
    ['resolution', '72/194', 'l', 'annexe']
    """

    def __init__(self, signs: str) -> None:
        super().__init__({ord(sign): ord(sign) for sign in signs})

    def __missing__(self, code: int) -> int:
        self[code] = code if chr(code).isalnum() else ord(" ")
        return self[code]


_APART = Apart("_")


def folded_words_of(text: str) -> list[str]:
    """The words of a text in order, folded.

    >>> folded_words_of("L’État prie l’Office,")
    ['l', 'etat', 'prie', 'l', 'office']
    """
    return fold(text).translate(_APART).split()


def folded_line(text: str) -> str:
    """The words of a text, folded, with one space between them.

    >>> folded_line("L’État,  prie")
    'l etat prie'
    """
    return " ".join(folded_words_of(text))


def words_in(texts: Iterable[str]) -> set[str]:
    """The words of some texts, folded, each once.

    >>> sorted(words_in(["L’État prie,", "l’Office"]))
    ['etat', 'l', 'office', 'prie']
    """
    return {*folded_words_of(" ".join(texts))}


# ---- flat text ------------------------------------------------------------------------------------------------------

_SIGNS = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"}
RE_FIRST = re.compile(r"[^\s,;:.]+")
LATIN, WESTERN = "latin-1", "cp1252"
_SPACES = "\t\n\u00a0\u202f\u2009\u2003"


@cache
def _flattened() -> dict[int, str]:
    """What each small letter and each sign is flattened to: a table for ``str.translate``."""
    letters = {code: unicodedata.normalize("NFD", chr(code))[0] for code in range(0xE0, 0x180)}
    return str.maketrans(letters | _SIGNS | dict.fromkeys(_SPACES, " "))


@cache
def _flattened_bytes(encoding: str) -> bytes:
    """The same in small letters for an encoding of one byte a character: a table for ``bytes.translate``."""
    signs = bytes(range(256)).decode(encoding, "replace").lower()
    return signs.translate(_flattened()).encode(encoding, "replace")


@lru_cache(maxsize=REMEMBERED)
def fold_same_length(text: str) -> str:
    """The text without case and accents, as long as the text.

    >>> fold_same_length("L’État prie,")
    "l'etat prie,"
    """
    latin = text.replace("’", "'").replace("\u202f", " ")
    for encoding in (LATIN, WESTERN):  # the first is the faster, the second has all that French needs
        try:
            flat = latin.encode(encoding).translate(_flattened_bytes(encoding))
            return flat.decode(LATIN if flat.isascii() else encoding)
        except UnicodeEncodeError:
            pass
    return small(text).translate(_flattened())


def small(text: str) -> str:
    """A text in small letters, as long as the text: a letter like İ, which lower case makes longer, stays.

    >>> small("L’İstanbul")
    'l’İstanbul'
    """
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def fold_phrases(phrases: Iterable[str]) -> list[str]:
    """Phrases in flat letters, folded as one text: a tenth of the time of folding each."""
    joined = "|".join(phrases)
    return fold_same_length(joined).split("|") if joined else []


def by_phrase(rows: Iterable[tuple[str, Value]]) -> dict[str, Value]:
    """What belongs to each phrase of a table, by the phrase in flat letters; the last row wins."""
    phrases, values = zip(*rows, strict=True) if (rows := list(rows)) else ((), ())
    return dict(zip(fold_phrases(phrases), values, strict=True))


class Phrases:
    """Phrases of a data table, found at a place of a flat text: the longest that stands there as whole words.

    A dictionary by first word: compiling the verbs as one regular expression took 200 ms.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, tuple[str, ...]] = {}
        for phrase in sorted(set(fold_phrases(phrases)), key=lambda phrase: (-len(phrase), phrase)):
            first = RE_FIRST.match(phrase)[0]  # type: ignore[index]
            self._by_first[first] = (*self._by_first.get(first, ()), phrase)

    @property
    def firsts(self) -> Set[str]:
        """The flat words that phrases begin with."""
        return self._by_first.keys()

    def find(self, plain: str) -> Iterator[tuple[int, str]]:
        """Where phrases stand in a flat text, from left to right, none inside another.

        >>> list(Phrases(["sur demande"]).find("de fournir, sur demande, une aide"))
        [(12, 'sur demande')]
        """
        end = 0
        for word in RE_FIRST.finditer(plain):
            phrases, start = self._by_first.get(word[0]), word.start()
            if phrases and start >= end and (phrase := _longest(phrases, plain, start)):
                end = start + len(phrase)
                yield start, phrase

    def at(self, plain: str, place: int) -> str:
        """The longest phrase that stands at that place of a flat text; empty when none does.

        >>> Phrases(["prend note", "prend"]).at("prend note du rapport", 0)
        'prend note'
        """
        first = RE_FIRST.match(plain, place)
        return _longest(self._by_first[first[0]], plain, place) if first and first[0] in self._by_first else ""


def _longest(phrases: tuple[str, ...], plain: str, place: int) -> str:
    """The first of the phrases, the longest first, that stands at that place as whole words; empty when none does."""
    for phrase in phrases if plain.startswith(phrases, place) else ():
        end = place + len(phrase)
        if plain.startswith(phrase, place) and not (plain[end : end + 1].isalnum() and phrase[-1].isalnum()):
            return phrase
    return ""


# ---- letters and figures alone --------------------------------------------------------------------------------------

# A text is looked through at once, as bytes of an encoding that has all that French needs; others take the long way.
_WESTERN = bytes(range(256)).decode(WESTERN, "replace")
_SMALL = _WESTERN.lower().encode(WESTERN, "replace")
_IS_LETTER = bytes(map(str.isalnum, _WESTERN))
_NO_LETTERS = bytes(code for code in range(256) if not _IS_LETTER[code])


def letters(text: str) -> str:
    """The letters and figures of a text alone, small: what is left of it whatever its signs, blanks and line ends.

    >>> letters("n’a guère œuvré (2019)"), letters("İstanbul")
    ('naguèreœuvré2019', 'İstanbul')
    """
    try:
        return text.encode(WESTERN).translate(_SMALL, _NO_LETTERS).decode(WESTERN)
    except UnicodeEncodeError:
        return small("".join(filter(str.isalnum, text)))


def are_letters(text: str) -> bytes:
    """1 for each letter or figure of a text, 0 for each sign and blank.

    >>> are_letters("par. 9")
    b'\\x01\\x01\\x01\\x00\\x00\\x01'
    """
    try:
        return text.encode(WESTERN).translate(_IS_LETTER)
    except UnicodeEncodeError:
        return bytes(map(str.isalnum, text))


# ---- words and signs ------------------------------------------------------------------------------------------------

# The first row is a short cut for the plain word, which most are; the others say what a word can be. Possessive
# quantifiers (++) keep the reading of a long word linear. Small and capital letters are both written out: ignoring case
# in a range of letters costs a millisecond to compile.
WORD = r"""
      [a-zA-Zà-ÿÀ-ÖØ-Þ]++(?=[ \n,;])
    | (?i:aujourd[’']hui | presqu[’']île | prud[’']hom\w+)       # an apostrophe inside a word
    | (?:[a-zA-Z][a-zA-Z0-9.]*+/)+[\w./-]*\w(?:\s?\([ivxlcIVXLC\d-]+\))?    # A/RES/74/175, S/RES/1805 (2008)
    | [A-Z]{1,3}-\d+/\d+(?!\w)                                   # ES-10/17
    | \d+(?:[/.-]\d+|\u200d?[–−]\u200d?\d+|,\d++(?!/))*(?i:er|re|ère|e|ème|o|°)?(?!\w)  # 3,5, 2022–27; not 2020,76/69
    | [^\W\d_]++[’'](?=\w|\Z)                                    # l’, d’, qu’, jusqu’, lorsqu’
    | [^\W_]++(?:[-‐‑\u00ad\u200b\u200d]+[^\W_]++)*+              # words, hyphenated words, soft hyphens inside
    | _+ | \S
    """
RE_TOKEN = re.compile(rf"\s+ | {WORD}", re.VERBOSE | re.DOTALL)
CHINESE = ("\u3040", "\u9fff")
RE_ACROSS = re.compile(r" [\s(]")  # where a token may go on behind a space


@lru_cache(maxsize=REMEMBERED)
def tokens(text: str) -> tuple[str, ...]:
    """The tokens of a text, white space included: joined, they give it back to the letter.

    >>> tokens("Prie l’Office d’aider,")
    ('Prie', ' ', 'l’', 'Office', ' ', 'd’', 'aider', ',')
    >>> tokens("sa résolution 72/194 du 1er juillet")
    ('sa', ' ', 'résolution', ' ', '72/194', ' ', 'du', ' ', '1er', ' ', 'juillet')
    >>> tokens("ES-10/17 et S-26/2")
    ('ES-10/17', ' ', 'et', ' ', 'S-26/2')
    """
    *most, last = text.split(" ")
    if not most or RE_ACROSS.search(text):
        return tuple(token_pattern(text).findall(text))
    return (*chain.from_iterable(map(_BEFORE_SPACE.__getitem__, most)), *_AT_END[last])


def token_pattern(text: str) -> re.Pattern[str]:
    """The pattern of the tokens of a text."""
    return RE_TOKEN if text.isascii() or max(text) < CHINESE[0] else _chinese_token()


@cache
def _chinese_token() -> re.Pattern[str]:
    """The same where words have no spaces: sign by sign. To compile so wide a range takes a millisecond."""
    return re.compile(rf"[{'-'.join(CHINESE)}] | {RE_TOKEN.pattern}", RE_TOKEN.flags)


def _cut(word: str, *behind: str) -> list[str]:
    """The tokens of what stands before a space, and the space, or at the end."""
    is_plain = word.isascii() and word.isalpha()  # for which the pattern has nothing to say
    return [word, *behind] if is_plain else token_pattern(word).findall("".join((word, *behind)))


_BEFORE_SPACE, _AT_END = Memo[str, list[str]](lambda word: _cut(word, " ")), Memo(_cut)


@lru_cache(maxsize=4096)
def units(text: str) -> tuple[str, ...]:
    """The tokens of a text, each with the white space before it; white space at the end of the text is one of its own.

    >>> units("Prie l’Office ;")
    ('Prie', ' l’', 'Office', ' ;')
    """
    rest = iter(tokens(text))
    return tuple([token + next(rest, "") if token.isspace() else token for token in rest])


@lru_cache(maxsize=65536)
def key(unit: str) -> str:
    """The key of a unit: equal keys are the same word, whatever the white space before it.

    >>> key(" État") == key("Etat")
    True
    """
    return fold(unit.strip())


def is_space(token: str) -> bool:
    """Whether the token is white space."""
    return token.isspace()


@lru_cache(maxsize=65536)  # most words recur
def is_word(token: str) -> bool:
    """Whether the token is a word, a number or a symbol: anything with a letter or a digit."""
    return token.isalnum() or any(map(str.isalnum, token))


# ---- words of a flat text -------------------------------------------------------------------------------------------

RE_FLAT_WORD = r"\w++(?:[-/]\w++)*+'?|[^\w\s\[\]]"
"""A word with its elision ("qu'"), a compound, a symbol, a number, or a sign; the brackets of a draft are nothing."""
EDGES = ("- ", " -", "/ ", " /", "--", "-/", "/-", "//", "-'", "/'")
"""Where a hyphen or a slash joins no two words, and only the pattern tells what is one."""
LETTERS = b"abcdefghijklmnopqrstuvwxyz0123456789 _-/'"
"""What is in most flat texts and no sign to set apart."""


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
        return bisect_left(self.starts, place)


@lru_cache(maxsize=REMEMBERED)  # several ask for those of one paragraph
def split_words(plain: str) -> Words:
    """The words and signs of a flat text.

    >>> split_words("prie l'office, [instamment,] d'agir").words
    ('prie', "l'", 'office', ',', 'instamment', ',', "d'", 'agir')
    """
    words, end = _flat_words(plain), 0
    ends = [end := plain.find(word, end) + len(word) for word in words]
    return Words(tuple(words), tuple(map(sub, ends, map(len, words))))


def _flat_words(plain: str) -> list[str]:
    """The same without places: signs are set apart and the text cut at spaces, in half the time of the pattern."""
    spaced = f" {plain} ".replace("'", "' ")
    for sign in {*plain.encode(errors="ignore").translate(None, LETTERS).decode()}:
        if not sign.isalnum():
            spaced = spaced.replace(sign, " " if sign in "[]" else f" {sign} ")
    joins = "-" in plain or "/" in plain
    return re.findall(RE_FLAT_WORD, plain) if joins and any(map(spaced.__contains__, EDGES)) else spaced.split()


def phrase_words(phrase: str) -> tuple[str, ...]:
    """The words of a flat phrase, which has no signs: ``("qu'", "il")``."""
    return tuple(phrase.replace("'", "' ").split())


class WordTable(Generic[Value]):
    """Phrases, each with a value, found at a place among words: the longest that stands there.

    >>> WordTable([("au plus tard", "until")]).at(("au", "plus", "tard", "le"), 0)
    (3, 'until')
    """

    def __init__(self, rows: Iterable[tuple[str, Value]], *, backwards: bool = False) -> None:
        known = list(rows)
        self._backwards = backwards
        self._values: dict[tuple[str, ...], Value] = {}
        for phrase, (_, value) in zip(fold_phrases(phrase for phrase, _ in known), known, strict=True):
            self._values.setdefault(phrase_words(phrase), value)
        self._lengths: dict[str, dict[int, None]] = {}  # of the phrases with that first word, the longest first
        for words in sorted(self._values, key=len, reverse=True):
            self._lengths.setdefault(words[-1 if backwards else 0], {})[len(words)] = None

    @property
    def firsts(self) -> Set[str]:
        """The words that phrases begin with, or end with where the table reads backwards."""
        return self._lengths.keys()

    @cached_property
    def seconds(self) -> dict[str, Set[str]]:
        """The words that may follow each first word; none where the first word may stand alone."""
        seconds: dict[str, set[str]] = {}
        for words in self._values:
            seconds.setdefault(words[0], set()).update(words[1:2])
        return seconds | {first: frozenset() for first, lengths in self._lengths.items() if 1 in lengths}

    def at(self, words: tuple[str, ...], index: int) -> tuple[int, Value] | None:
        """How many words the longest phrase at that place has, and its value; None when none stands there.

        A table that reads backwards finds the phrase that ends with the word at that place.
        """
        if not 0 <= index < len(words):
            return None
        for length in self._lengths.get(words[index], ()):
            phrase = words[max(0, index - length + 1) : index + 1] if self._backwards else words[index : index + length]
            if (value := self._values.get(phrase)) is not None:
                return len(phrase), value
        return None

    def find(self, words: tuple[str, ...], start: int, stop: int) -> Iterator[tuple[int, int, Value]]:
        """Where phrases stand from one word to another, none inside another: the place, the length, the value."""
        table, end = self.seconds, start
        for index in compress(range(start, stop), map(table.__contains__, words[start:stop])):
            seconds = table[words[index]]  # most words that open a phrase open none: "de", "en", "à"
            if index < end or (seconds and (index + 1 >= stop or words[index + 1] not in seconds)):
                continue
            if found := self.at(words, index):
                end = index + found[0]
                yield index, *found
