"""What no list of topics foresaw: noun phrases that stand in one of the two texts only, the most telling first.

French noun phrases are cut by rule: words in a row, joined by "de"; a determiner, a preposition, a verb or a sign ends
them. A phrase counts when the other text has it nowhere. Its score:

    rarity x length x spread

rarity  the mean over its words: 1 for a word that the other text lacks, 0.3 for one it has, each times 0.3 where the
        word is common in resolutions (``data/terms.toml``)
length  0.8 for one word, 1.6 for two, 1.7 for three, 1.5 beyond: two or three words name a thing best
spread  the square root of the number of occurrences, a quarter more where the phrase begins with a capital

Phrases that share their rare words are told once, by the best.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from math import sqrt
from typing import NamedTuple

from msgspec import Struct

from resdiff.data import table
from resdiff.language.fold import fold
from resdiff.language.tokens import is_word, tokens
from resdiff.model import Comparison, Resolution, Status, TermChange
from resdiff.recognition.noun_phrases import BREAK, LONGEST, SILENT, Key, formulas, light_key, noun_phrases, phrase_keys

__all__ = ["judge_terms"]

MOST = 20  # terms kept a side: two screens of a report
LEAST = 0.45  # a score under this is a phrase of common words
KNOWN, COMMON = 0.3, 0.3  # what is left of the weight of a word the other text has, of a common word
LENGTHS = {1: 0.8, 2: 1.6, 3: 1.7}
LONG = 1.5
ALIKE = 0.75  # how close a word damaged by a scan comes to the word it was
SHORT, ALIKE_SHORT = 4, 0.6  # a key of so few letters keeps two of three: « liées » read as « liges »
NAME = 1.25  # what a capital adds
INSIDE = 0.8  # the share of its occurrences inside a longer phrase that makes a phrase a part of it


class _Other(NamedTuple):
    """What the other text has: its words, and those of the phrases asked for that stand in it."""

    words: frozenset[str]
    phrases: frozenset[Key]


class _Term(Struct):
    """A phrase of one text, as first printed, with the paragraphs that have it."""

    text: str
    paragraphs: list[str]
    count: int = 0
    score: float = 0.0


def judge_terms(comparison: Comparison) -> tuple[TermChange, ...]:
    """The noun phrases of the new text only, then those of the old text only, each the most telling first."""
    scanned = comparison.old.scanned or comparison.new.scanned
    partners = _partners(comparison) if scanned else {}
    new = _one_side(comparison.new, comparison.old, Status.NEW, partners.get(Status.NEW))
    return new + _one_side(comparison.old, comparison.new, Status.DROPPED, partners.get(Status.DROPPED))


def _one_side(
    here: Resolution, there: Resolution, status: Status, partners: Mapping[str, str] | None
) -> tuple[TermChange, ...]:
    phrases = _all_phrases(here, frozenset(p.text for p in there.body))
    known = _known(there, phrases)
    found = _candidates(phrases, known)
    if partners is not None:
        found = _undamaged(found, known, here, partners)
    for key, term in found.items():
        term.score = _score(key, term, known)
    ranked = sorted(_unfolded(found), key=lambda key: (-found[key].score, key))
    told = _distinct([key for key in ranked if found[key].score >= LEAST], known)
    return tuple(
        TermChange(found[k].text, status, tuple(found[k].paragraphs), round(found[k].score, 3)) for k in told[:MOST]
    )


def _known(there: Resolution, phrases: Collection[Key]) -> _Other:
    """The words of the other text, and the phrases that stand in it: "de" not counted, broken where its own break."""
    keys: list[str] = []
    for text in (there.title, *(p.text for p in there.body)):
        keys += [key for key in phrase_keys(text) if key not in SILENT]
        keys.append(BREAK)
    rows: set[Key] = set()
    for length in range(1, LONGEST + 1):
        asked = {key for key in phrases if len(key) == length}
        rows |= asked.intersection(zip(*(keys[n:] for n in range(length)), strict=False))
    return _Other(frozenset(keys), frozenset(rows))


def _all_phrases(here: Resolution, same: Collection[str]) -> dict[Key, _Term]:
    """The phrases of a text, but of the paragraphs that stand in the other text to the letter (``same``)."""
    found: dict[Key, _Term] = {}
    for paragraph in (p for p in here.body if p.text not in same):
        for key, start, end in noun_phrases(paragraph):
            term = found.get(key)
            if term is None:
                term = found[key] = _Term(paragraph.text[start:end].replace("'", "’"), [])
            term.count += 1
            if term.paragraphs[-1:] != [paragraph.id]:
                term.paragraphs.append(paragraph.id)
    return found


def _candidates(phrases: dict[Key, _Term], known: _Other) -> dict[Key, _Term]:
    """The phrases that the other text lacks, but formulas and phrases of common words that both have."""
    plain = known.words & _common()
    left_out = known.phrases | formulas()
    return {key: term for key, term in phrases.items() if key not in left_out and not plain.issuperset(key)}


def _undamaged(
    found: dict[Key, _Term], known: _Other, here: Resolution, partners: Mapping[str, str]
) -> dict[Key, _Term]:
    """The phrases without those whose new words are, but for a letter or two, words of the linked paragraph."""
    texts = {p.id: p.text for p in here.body}
    kept = {}
    for key, term in found.items():
        first = term.paragraphs[0]
        strange = [word for word in key if word not in known.words]
        missing = sorted(_words(partners.get(first, "")) - _words(texts[first]))
        if not strange or not all(_alike(word, missing) for word in strange):
            kept[key] = term
    return kept


def _alike(word: str, others: Sequence[str]) -> bool:
    from difflib import get_close_matches  # for scans alone: not at the start

    cutoff = ALIKE if len(word) > SHORT else ALIKE_SHORT
    return bool(get_close_matches(word, others, n=1, cutoff=cutoff))


def _words(text: str) -> set[str]:
    return {light_key(fold(token)) for token in tokens(text) if is_word(token)}


def _partners(comparison: Comparison) -> dict[Status, dict[str, str]]:
    """For the phrases of either text: the old or new text that each paragraph is linked with."""
    old = {p.id: p.text for p in comparison.old.body}
    new = {p.id: p.text for p in comparison.new.body}
    to_old: dict[str, str] = {}
    to_new: dict[str, str] = {}
    for change in comparison.changes:
        to_old |= dict.fromkeys(change.link.new, " ".join(old[i] for i in change.link.old))
        to_new |= dict.fromkeys(change.link.old, " ".join(new[i] for i in change.link.new))
    return {Status.NEW: to_old, Status.DROPPED: to_new}


def _score(key: Key, term: _Term, known: _Other) -> float:
    rarity = sum((KNOWN if k in known.words else 1.0) * (COMMON if k in _common() else 1.0) for k in key) / len(key)
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


def _distinct(ranked: Sequence[Key], known: _Other) -> list[Key]:
    """The phrases that share no new word with a better one."""
    told: list[Key] = []
    seen: set[str] = set()
    for key in ranked:
        telling = {k for k in key if k not in known.words} or {k for k in key if k not in _common()}
        if not telling & seen:
            told.append(key)
        seen |= telling
    return told


@cache
def _common() -> frozenset[str]:
    return frozenset(light_key(fold(word)) for word in table("terms")["common"]["words"].split())
