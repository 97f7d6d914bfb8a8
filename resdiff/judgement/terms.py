"""What no list of topics foresaw: noun phrases that stand in one of the two texts only, the most telling first.

French noun phrases are cut by rule: words in a row, joined by "de"; a determiner, a preposition, a verb or a sign ends
them. A phrase counts when the other text has it nowhere. Its score:

    rarity x length x spread

rarity  the mean over its words: 1 for a word that the other text lacks, 0.3 for one it has, each times 0.3 where the
        word is common in resolutions (``data/fr/terms.toml``)
length  0.8 for one word, 1.6 for two, 1.7 for three, 1.5 beyond: two or three words name a thing best
spread  the square root of the number of occurrences, a quarter more where the phrase begins with a capital

Phrases that share their rare words are told once, by the best. A word of which the other text has another form
("stabilisation", "stabiliser") is no rare one, and of a single common noun ("issue", "volet") nothing is learnt.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import accumulate, compress, count
from math import sqrt

from msgspec import Struct

from resdiff.language import Language, pattern
from resdiff.language.fold import REMEMBERED, Memo, fold, is_space, letters, tokens
from resdiff.marking.weight import halvings
from resdiff.model import Comparison, Op, Paragraph, Resolution, Status, TermChange
from resdiff.recognition.clauses import its_own
from resdiff.recognition.names import names

__all__ = ["judge_terms", "noun_phrases"]

MOST = 15  # terms kept a side: a screen of a report
LEAST = 0.85  # a score under this is a phrase of common words
KNOWN, COMMON = 0.3, 0.3  # what is left of the weight of a word the other text has, of a common word
LENGTHS = {1: 0.8, 2: 1.6, 3: 1.7}
LONG = 1.5
LEAST_HALVINGS = 4  # a single word tells something that stands in a sixteenth of the texts at most
STEM = 6  # letters by which two forms are of one word
NAME = 1.25  # what a capital adds
FEWEST_LETTERS = 10  # of a phrase that is known where its words are run together: fewer may stand across two words
INSIDE = 0.8  # the share of its occurrences inside a longer phrase that makes a phrase a part of it


Key = tuple[str, ...]
Stretch = tuple[int, int]
"""Characters of a paragraph, from the first to the one behind the last."""


class _Term(Struct):
    """A phrase of one text, as first printed, with the paragraphs that have it."""

    text: str
    paragraphs: list[str]
    count: int = 0
    score: float = 0.0


def judge_terms(comparison: Comparison, language: Language) -> tuple[TermChange, ...]:
    """The noun phrases of the new text only, then those of the old text only, each the most telling first. None where a
    text is a scan: half of what it has alone are words cut or misread."""
    if comparison.old.scanned or comparison.new.scanned:
        return ()
    texts = ((text.title, *(its_own(p.text) for p in text.body)) for text in (comparison.old, comparison.new))
    old, new = (frozenset().union(*(phrase_keys(each, language) for each in text)) - _SIGNS for text in texts)
    came = _one_side(comparison, Status.NEW, new, old, language)
    return came + _one_side(comparison, Status.DROPPED, old, new, language)


def _one_side(
    comparison: Comparison, status: Status, words: frozenset[str], there: frozenset[str], language: Language
) -> tuple[TermChange, ...]:
    here, other = comparison.new, comparison.old
    if status is Status.DROPPED:
        here, other = other, here
    known = there.union(*(word.split("-") for word in there if "-" in word))  # "Nord-Kivu" is in the north
    begun = {word[:STEM] for word in known if len(word) >= STEM}
    new = {word for word in words - known if word[:STEM] not in begun}
    found = _candidates(here, _changed(comparison, status), new, language)
    for key, term in found.items():
        term.score = _score(key, term, known, language)
    ranked = sorted(_unfolded(found), key=lambda key: (-found[key].score, key))
    whole = letters(" ".join(paragraph.text for paragraph in other.body))
    telling = [
        key
        for key in ranked
        if found[key].score >= LEAST and not _outruns_name(found[key], language) and not _stands_in(found[key], whole)
    ]
    told = _distinct(telling, known)
    return tuple(
        TermChange(found[k].text, status, tuple(found[k].paragraphs), round(found[k].score, 3)) for k in told[:MOST]
    )


def _changed(comparison: Comparison, status: Status) -> dict[str, list[Stretch]]:
    """From where to where words of each paragraph of a text came, or went; where others stood between two of them."""
    here, other = (comparison.new, Op.DELETE) if status is Status.NEW else (comparison.old, Op.INSERT)
    lengths = {paragraph.id: len(paragraph.text) for paragraph in here.body}
    found: dict[str, list[Stretch]] = {}
    for change in comparison.changes:
        marks, end = list[Stretch](), 0
        for edit in change.edits:
            start, end = end, end + (0 if edit.op is other else len(edit.text))
            if edit.op is not Op.EQUAL:
                marks.append((start, end))
        at = 0
        for id_ in change.link.new if status is Status.NEW else change.link.old:
            found[id_] = [(start - at, end - at) for start, end in marks]
            at += lengths[id_] + 1
    return found


def _candidates(
    here: Resolution, changed: Mapping[str, Sequence[Stretch]], new: Set[str], language: Language
) -> dict[Key, _Term]:
    """The phrases of a text, some words of which changed, with a ``new`` word, that the other text lacks: of words that
    it has it may say the same otherwise ("le territoire de l’Angola", "certaines parties du territoire"). No formulas.
    """
    left_out, torn = formulas(language), pattern(language.terms.torn.pattern)
    found: dict[Key, _Term] = {}
    for paragraph in (p for p in here.body if changed[p.id]):
        for key, phrase in noun_phrases(paragraph, changed[paragraph.id], new, language):
            term = found.get(key)
            if term is None:
                text = "".join(tokens(its_own(paragraph.text))[phrase]).replace("'", "’")
                tells = len(key) > 1 or text[0].isupper() or halvings(key[0], language) >= LEAST_HALVINGS
                if key in left_out or not tells or torn.fullmatch(fold(text)):
                    continue
                term = found[key] = _Term(text, [])
            term.count += 1
            if term.paragraphs[-1:] != [paragraph.id]:
                term.paragraphs.append(paragraph.id)
    return found


def _score(key: Key, term: _Term, known: Set[str], language: Language) -> float:
    rarity = sum((KNOWN if k in known else 1.0) * (COMMON if k in _common(language) else 1.0) for k in key) / len(key)
    name = NAME if term.text[0].isupper() else 1.0
    return rarity * LENGTHS.get(len(key), LONG) * sqrt(term.count) * name


def _unfolded(found: dict[Key, _Term]) -> list[Key]:
    """The phrases without names cut short: "Pacte mondial" where it is "Pacte mondial de coordination"."""
    inside: set[Key] = set()
    for key, term in found.items():
        if not term.text[0].isupper():
            continue
        parts = {key[a:b] for a in range(len(key)) for b in range(a + 1, len(key) + 1)} - {key}
        inside.update(part for part in parts if part in found and term.count >= INSIDE * found[part].count)
    return [key for key in found if key not in inside]


def _outruns_name(term: _Term, language: Language) -> bool:
    """Whether a phrase begins with a name and goes on behind it: "Comité suive", "Office du module"."""
    named = next(iter(names(term.text, language)), None) if term.text[0].isupper() else None
    return named is not None and term.text.startswith(named.text) and term.text != named.text


def _stands_in(term: _Term, whole: str) -> bool:
    """Whether a phrase is among all letters of the other text, whose words another copy ran together or tore."""
    own = letters(term.text)
    return len(own) >= FEWEST_LETTERS and own in whole


def _distinct(ranked: Sequence[Key], known: Set[str]) -> list[Key]:
    """The phrases that share no new word with a better one."""
    told: list[Key] = []
    seen: set[str] = set()
    for key in ranked:
        new = {word for word in key if word not in known}
        if not new & seen:
            told.append(key)
        seen |= new
    return told


@cache
def _common(language: Language) -> frozenset[str]:
    return frozenset(map(_without_agreement, fold(language.terms.common.words).split()))


# ---- noun phrases ---------------------------------------------------------------------------------------------------


LONGEST = 4  # words of a phrase, "de" not counted


def noun_phrases(
    paragraph: Paragraph, changed: Sequence[Stretch], new: Set[str], language: Language
) -> Iterator[tuple[Key, slice]]:
    """Every phrase of a paragraph with a ``new`` word and its tokens, in the rows of words that changed: from a noun
    that may begin one to the end of a group of words, LONGEST at most."""
    text = its_own(paragraph.text)
    found, kinds = tokens(text), phrase_keys(text, language)
    borders, ahead = [*accumulate(map(len, found), initial=0)], [*reversed(changed)]
    for places, firsts, lasts in _runs(found, kinds, new):
        while ahead and ahead[-1][1] <= borders[places[0]]:
            ahead.pop()
        if not ahead or ahead[-1][0] >= borders[places[-1] + 1]:
            continue
        words = [kinds[place] for place in places]
        for first in firsts:
            for last in lasts:
                if first < last <= first + LONGEST and not new.isdisjoint(words[first:last]):
                    yield tuple(words[first:last]), slice(places[first], places[last - 1] + 1)


_Run = tuple[list[int], list[int], list[int]]
"""The tokens of words in a row; at which of the words a phrase may begin, before which it may end."""


def _runs(found: Sequence[str], kinds: tuple[str, ...], new: Set[str]) -> Iterator[_Run]:
    """The longest rows of words that "de" or nothing joins, where a phrase may begin in them, between two breaks that
    have a new word between them."""
    kinds, stop = (*kinds, BREAK), 0
    for start in compress(count(), map(new.__contains__, kinds)):
        if start >= stop:
            stop = kinds.index(BREAK, start)
            while start and kinds[start - 1] != BREAK:
                start -= 1
            yield from _runs_between(found, kinds, start, stop)


def _runs_between(found: Sequence[str], kinds: Sequence[str], start: int, stop: int) -> Iterator[_Run]:
    """The rows between two breaks, the second of which ends the last of them."""
    places: list[int] = []
    firsts: list[int] = []
    lasts: list[int] = []
    before = ""
    for place, kind in enumerate(kinds[start : stop + 1], start):
        if kind == _SPACE:
            continue
        if kind not in _SIGNS:
            if before in _OPENS or found[place][:2].isupper():
                firsts.append(len(places))
            if before == _OF and places:
                lasts.append(len(places))
            places.append(place)
        elif kind == _ARTICLE and before == _OF and places:
            continue
        elif kind != _OF and places:
            if firsts:
                yield places, firsts, [*lasts, len(places)]
            places, firsts, lasts = [], [], []
        before = kind


# What a token is to a noun phrase, when it is no word of it: none of these can be the key of a word.
_SPACE, _OF, _ARTICLE, _OPENER, BREAK = " ", "de ", "le ", "ce ", "."
_SIGNS = frozenset([_SPACE, _OF, _ARTICLE, _OPENER, BREAK])
_OPENS = frozenset([_OF, _ARTICLE, _OPENER])


@lru_cache(maxsize=REMEMBERED)
def phrase_keys(text: str, language: Language) -> tuple[str, ...]:
    """What each token of a text is: every text is asked twice, as the one and as the other."""
    return tuple(map(_kinds(language).__getitem__, tokens(text)))


class _Kinds:
    """The key of each word that can stand in a noun phrase; else one of the signs above."""

    def __init__(self, language: Language) -> None:
        self._fixed, self._breaks = _fixed(language), frozenset(fold(language.terms.breaks.words).split())
        verbs = language.terms.verbs
        self._adverbs, self._endings, self._nouns = (
            tuple(row.split()) for row in (verbs.adverbs, verbs.endings, verbs.nouns)
        )
        self._exceptions = frozenset(map(_without_agreement, fold(verbs.exceptions).split()))

    def of(self, token: str) -> str:
        """What a token is."""
        if is_space(token):
            return _SPACE
        plain = fold(token)
        if plain in self._fixed:
            return self._fixed[plain]
        if plain in self._breaks or len(plain) < 3 or not plain.replace("-", "").isalpha():
            return BREAK
        word = _without_agreement(plain)
        return BREAK if self._is_verb(token, word) else word

    def _is_verb(self, token: str, word: str) -> bool:
        """Whether a word ends like a verb or an adverb and is none of the nouns and adjectives that do. A capital makes
        a name of it.

        ``word`` is the same without agreement.
        """
        if token[:1].isupper():
            return False
        is_one = token.endswith(self._adverbs) or (token.endswith(self._endings) and not token.endswith(self._nouns))
        return is_one and word not in self._exceptions


@cache
def _kinds(language: Language) -> Memo[str, str]:
    return Memo(_Kinds(language).of)


# ---- data -----------------------------------------------------------------------------------------------------------


def _fixed(language: Language) -> dict[str, str]:
    """The small words of a noun phrase, and which sign each is."""
    rows = language.terms.determiners
    signs = ((rows.of, _OF), (rows.articles, _ARTICLE), (rows.openers, _OPENER))
    return {word: sign for words, sign in signs for word in fold(words).split()}


@cache
def formulas(language: Language) -> frozenset[Key]:
    """The phrases that are formulas of every resolution, as keys."""
    phrases = language.terms.formulas.phrases
    return frozenset(tuple(k for k in phrase_keys(phrase, language) if k not in _SIGNS) for phrase in phrases)


def _without_agreement(folded: str) -> str:
    """A folded word without its plural and its feminine.

    >>> _without_agreement("regionaux"), _without_agreement("electroniques"), _without_agreement("privees")
    ('regional', 'electroniqu', 'prive')
    """
    if folded.endswith("aux") and len(folded) > 5:
        return folded[:-3] + "al"
    word = folded[:-1] if len(folded) > 3 and folded[-1] in "sx" else folded
    return word[:-1] if word.endswith("e") and len(word) > 4 else word
