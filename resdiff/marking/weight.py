"""How much a change of words matters: ``change_weight(old, new)``.

Typographic: the same letters. Editorial: the same content words, or forms of them, and no word of law won or lost.
Substantive: everything else, and everything in doubt. The knowledge is in ``data/fr/words.toml``.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from resdiff.data.schema import Distinct, Inflection
from resdiff.language import Language
from resdiff.language.fold import (
    REMEMBERED,
    Memo,
    WordTable,
    by_phrase,
    fold,
    folded_words_with,
    key,
    phrase_words,
    tokens,
    units,
)
from resdiff.model import Edit, Op, Weight

__all__ = [
    "SHORT_STEM",
    "change_weight",
    "denies",
    "halvings",
    "heaviest",
    "is_call",
    "is_content",
    "is_law",
    "openings",
    "same_word",
    "says",
    "sense",
    "spelling_weight",
    "stem_halvings",
    "units_weight",
]

Units = tuple[str, ...]
SHORT = 2  # letters of a word that means nothing by itself: "du", "ci"
SHORT_STEM = 5  # letters of a stem by which a verb and its noun are one: "menace", "menacer"
RAREST = 8  # halvings of a word of which nothing is known

# Spellings of the same words may differ in punctuation and space, but not inside a number, nor in % and the like.
SIGNS = "%§&@#+=<>€$£°"
# A sign beyond Latin-1 in a set of characters would take four times as long to compile: the one there is looked for
# behind it.
_LOOSE = SIGNS.replace("€", "")
# What a scan leaves of the call of a note: signs for the raised figures, or before them.
RE_CALL = r"['’‘\"“”*°]{1,2}(?:(?: ?\d){1,3}['’\"”]?)?\s?"
RE_LOOSE = re.compile(rf"[\W_](?<![{_LOOSE}])(?<!€)(?:(?<=_)|(?<!\d.)|(?!\d)|(?<![/.,:-]))", re.DOTALL)


def change_weight(old: str, new: str, language: Language) -> Weight:
    """The weight of a change of words; either side may be empty.

    >>> french = Language.of("fr")
    >>> change_weight("Accord cadre", "Accord-cadre,", french).label
    'typographic'
    >>> change_weight("ES-10/17", "ES- 10/17", french).label, change_weight("ES-10/17", "ES-10/18", french).label
    ('typographic', 'substantive')
    >>> change_weight("continuer de", "continuer à", french).label, change_weight("doit", "peut", french).label
    ('editorial', 'substantive')
    """
    return units_weight(units(old), units(new), language)


def units_weight(old: Units, new: Units, language: Language) -> Weight:
    """The same for texts that are already cut into units."""
    if _accents_differ(old, new, language):
        return Weight.SUBSTANTIVE
    old_words, new_words = _words(old), _words(new)
    if _same_letters(old_words, new_words):
        return Weight.TYPOGRAPHIC
    if _law(old_words, language) != _law(new_words, language):
        return Weight.SUBSTANTIVE
    is_same = _same_content(_content(old_words, language), _content(new_words, language), language)
    return Weight.EDITORIAL if is_same and not _is_aim(old_words, new_words, language) else Weight.SUBSTANTIVE


def spelling_weight(old: str, new: str, language: Language) -> Weight:
    """The weight of writing a word otherwise: typographic, unless the accent makes another word.

    >>> french = Language.of("fr")
    >>> spelling_weight("Etat", "État", french).label, spelling_weight("traite", "traité", french).label
    ('typographic', 'substantive')
    """
    return Weight.SUBSTANTIVE if _accents_differ((old,), (new,), language) else Weight.TYPOGRAPHIC


def is_call(run: str) -> bool:
    """Whether a run behind a word is what a scan leaves of the call of a note: a sign or two, and up to three digits.

    >>> [is_call(run) for run in ("'73", "' 8 1", "''", "'7'", " 73", "1994")]
    [True, True, True, True, False, False]
    """
    return bool(re.fullmatch(RE_CALL, run))


def heaviest(edits: Sequence[Edit]) -> Weight:
    """What the heaviest of the edits of a paragraph weighs; a blank in the place of another, which may break no line,
    weighs nothing: nobody sees it.

    >>> gone, came = (Edit(*row, Weight.TYPOGRAPHIC) for row in ((Op.DELETE, " "), (Op.INSERT, "\u00a0")))
    >>> heaviest([gone, came]).label, heaviest([gone]).label
    ('none', 'typographic')
    """
    blanks = [edit.op is not Op.EQUAL and edit.text.isspace() for edit in edits]
    unseen = {place for place, pair in enumerate(pairwise(blanks)) if all(pair)}
    return max(
        (edit.weight for place, edit in enumerate(edits) if not {place, place - 1} & unseen), default=Weight.NONE
    )


def _accents_differ(old: Units, new: Units, language: Language) -> bool:
    """Whether a word of one side stands on the other with an accent that makes another word of it."""
    if not (old and new):
        return False
    words, others = ({unit.strip().lower() for unit in side} & _accented(language) for side in (old, new))
    return not {fold(word) for word in words - others}.isdisjoint(fold(word) for word in others - words)


@cache
def _accented(language: Language) -> frozenset[str]:
    return frozenset(word for row in language.words.accents for word in row.words)


@cache
def openings(language: Language) -> frozenset[str]:
    """The words a phrase begins with, folded: a mark may begin with one, a moved passage does not end with one."""
    return frozenset(language.words.openings.words)


def is_content(word: str, language: Language) -> bool:
    """Whether a folded word carries meaning of its own.

    >>> is_content("mandat", Language.of("fr")), is_content("la", Language.of("fr"))
    (True, False)
    """
    return word not in _light(language)


def is_law(meaning: str, language: Language) -> bool:
    """Whether what ``sense`` gives for a word is a word of law.

    >>> [is_law(word, Language.of("fr")) for word in ("doivent", *sense("doivent", Language.of("fr")))]
    [False, True]
    """
    return meaning in _law_words(language)


def denies(meaning: str, language: Language) -> bool:
    """Whether what ``sense`` gives for a word denies what it stands in.

    >>> [denies(word, Language.of("fr")) for word in sense("n’a guère progressé", Language.of("fr"))]
    [True, True, False]
    """
    return meaning in _denials(language)


def halvings(word: str, language: Language) -> int:
    """In how few texts a flat word stands, as halvings: three of one that stands in an eighth of them; as of a rare one
    in a language without a table of frequencies.

    >>> [halvings(word, Language.of("fr")) for word in ("resolution", "dispositions", "telemedecine")]
    [0, 1, 8]
    """
    return stem_halvings(language).get(word[:SHORT_STEM], language.frequency.rare or RAREST)


class _Halvings(dict[str, int]):
    """How rare the stems of the bands are; of another what a rare one tells, one in a language without a table."""

    def __init__(self, language: Language) -> None:
        super().__init__({stem: band.halvings for band in language.frequency.band for stem in band.stems})
        self._rare = language.frequency.rare if self else 1

    def __missing__(self, stem: str) -> int:
        return self._rare


@cache
def stem_halvings(language: Language) -> dict[str, int]:
    """How much each stem, cut short, tells; each tells one in a language without a table of frequencies."""
    return _Halvings(language)


def _same_letters(old: Units, new: Units) -> bool:
    """Whether words have the same letters and digits, with the marks that hold a number together: ``72/194``, ``3,5``.

    What a word begins with is always one of these.
    """
    if not (old and new) or old[0][0] != new[0][0]:
        return not (old or new)
    old_letters, new_letters = (RE_LOOSE.sub("", " ".join(words)) for words in (old, new))
    return old_letters == new_letters


def _words(run: Units) -> Units:
    """The folded words, numbers and signs."""
    return tuple([word for word in map(key, run) if word and (word[0].isalnum() or word[0] in SIGNS)])


def _law(words: Units, language: Language) -> list[str]:
    """The words of law, the forms and synonyms of each as one, in an order of their own."""
    laws, single = _laws(language), _single(language)
    meant = [single.get(word, word) for word in _joined(words, language)]
    return sorted([laws[word] for word in meant if word in laws])


def _is_aim(old: Units, new: Units, language: Language) -> bool:
    """Whether words that join two things which are asked gave way to such as make one the aim of the other, or took
    their place; words around them may have stayed.

    >>> said = ("and", "to", "obtain"), ("in", "order", "to", "obtain"), ("as", "well", "as", "to", "obtain")
    >>> [_is_aim(said[0], other, Language.of("en")) for other in said]
    [False, True, False]
    """
    if not (old and new):
        return False
    before = next((k for k, pair in enumerate(zip(old, new, strict=False)) if len({*pair}) > 1), 0)
    old, new = old[before:], new[before:]
    behind = next((k for k, pair in enumerate(zip(old[::-1], new[::-1], strict=False)) if len({*pair}) > 1), 0)
    said = tuple(" ".join(words[: len(words) - behind]) for words in (old, new))
    aims = language.words.aims
    return any(one in aims.joins and other in aims.words for one, other in (said, said[::-1]))


@cache
def _laws(language: Language) -> dict[str, str]:
    """The words of law, each with the word that stands for all of its forms."""
    return {word: word if row.each else row.words[0] for row in language.words.law for word in row.words}


@lru_cache(maxsize=REMEMBERED)  # judges and remarks ask for the same words again: two times in five in one pair
def sense(text: str, language: Language) -> Units:
    """What the words of a text mean, in order: the words of law and the words of content, one word for synonyms.

    >>> sense("afin d’aider tous les États, en outre", Language.of("fr"))
    ('aider', 'tout', 'etats')
    """
    words = tuple(filter(None, map(_WORDS.__getitem__, tokens(text))))
    return tuple(filter(None, map(_senses(language).__getitem__, _joined(words, language))))


def says(word: str, language: Language) -> bool:
    """Whether a folded token has a sense of its own: what ``sense`` finds in a text of one token, in a look.

    >>> [says(word, Language.of("fr")) for word in ("aider", "en", "72/194", ",")]
    [True, False, True, False]
    """
    return bool(_WORDS[word] and _senses(language)[word])


_WORDS = folded_words_with(SIGNS)


@cache
def _senses(language: Language) -> Memo[str, str]:
    """What each word means: nothing where it is light, only joins, or is short."""
    single, laws, light = _single(language), _laws(language), _light(language)
    law_words, linking = _law_words(language), _linking(language)

    def sense_of(word: str) -> str:
        meant = single.get(word, word)
        meaning = laws.get(meant, meant)
        joins = meaning in linking or (len(meaning) <= SHORT and not meaning[:1].isdigit())
        return meaning if meant not in light and (meaning in law_words or not joins) else ""

    return Memo(sense_of)


def _content(words: Units, language: Language) -> list[str]:
    """The words that carry meaning, in order: no light words, no adverbs of style, one word for synonyms."""
    light, single = _light(language), _single(language)
    meant = [single.get(word, word) for word in _joined(words, language)]
    return [word for word in meant if word and word not in light]


def _joined(words: Units, language: Language) -> Sequence[str]:
    """The words in order, one for a phrase of several; "" for one of style."""
    table = _phrases(language)
    if table.firsts.isdisjoint(words):  # as in most runs of a few words
        return words
    joined, done = list[str](), 0
    for at, length, meaning in table.find(words, 0, len(words)):
        joined += words[done:at]
        joined.append(meaning)
        done = at + length
    joined += words[done:]
    return joined


@cache
def _meanings(language: Language) -> dict[str, str]:
    """Adverbs of style, which mean nothing, and synonyms, which mean the first of their row: that means itself."""
    meanings = {phrase: "" for row in language.words.style for phrase in row.phrases}
    meanings |= {phrase: row.phrases[0] for row in language.words.synonyms for phrase in row.phrases}
    return by_phrase(meanings.items())


@cache
def _single(language: Language) -> dict[str, str]:
    """Those of one word, which need no search."""
    return {phrase: meaning for phrase, meaning in _meanings(language).items() if len(phrase_words(phrase)) == 1}


@cache
def _phrases(language: Language) -> WordTable[str]:
    """Those of several words."""
    return WordTable(row for row in _meanings(language).items() if row[0] not in _single(language))


@cache
def _light(language: Language) -> frozenset[str]:
    return frozenset(word for row in language.words.light for word in row.words)


@cache
def _denials(language: Language) -> frozenset[str]:
    return frozenset(_laws(language)[word] for row in language.words.law if row.denies for word in row.words)


@cache
def _law_words(language: Language) -> frozenset[str]:
    return frozenset(_laws(language).values())


@cache
def _linking(language: Language) -> frozenset[str]:
    """The words that only join, and what stands for the synonyms that do."""
    joined = (row.phrases[0] for row in language.words.synonyms if row.joins)
    return frozenset((*joined, *(word for row in language.words.linking for word in row.words)))


def _same_content(old: list[str], new: list[str], language: Language) -> bool:
    return len(old) == len(new) and all(_one_word(*pair, language) for pair in zip(old, new, strict=True))


@lru_cache(maxsize=4096)
def _one_word(old: str, new: str, language: Language) -> bool:
    """Whether two words are forms of one: a stem with two endings of one row. A number is only itself.

    A hyphen left over from the end of a line makes no other word: ``exé-cution``.
    """
    laws = _laws(language)
    if old == new or (old in laws and laws[old] == laws.get(new)):
        return True
    if any(_tells_apart(row, old, new) for row in language.words.distinct):
        return False
    old, new = old.replace("-", ""), new.replace("-", "")
    if not (old.isalpha() and new.isalpha()):
        return False
    return old == new or same_word(old, new, language)


def same_word(old: str, new: str, language: Language) -> bool:
    """Whether two folded words can be forms of one: a stem with two endings of one row.

    >>> same_word("combattre", "combattent", Language.of("fr")), same_word("action", "acte", Language.of("fr"))
    (True, False)
    """
    rows = (row for row in language.words.inflection if old[: row.stem] == new[: row.stem])
    return any(not _stems(old, row).isdisjoint(_stems(new, row)) for row in rows)


def _stems(word: str, row: Inflection) -> set[str]:
    """What is left of a word without each ending of the row it has."""
    return {
        word[: len(word) - len(ending)]
        for ending in row.endings
        if word.endswith(ending) and len(word) - len(ending) >= row.stem
    }


def _tells_apart(row: Distinct, old: str, new: str) -> bool:
    """Whether a row says that two words are different ones: two of its words, or one and one of ``other``."""
    others = row.other or row.words
    return (old in row.words and new in others) or (new in row.words and old in others)
