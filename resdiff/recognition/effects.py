"""What an act does to earlier provisions: renews, extends, amends, replaces, ends, reaffirms them, or creates a body.

Only the verb that the act governs tells it ("décide de lever les mesures"), with what it bears on: "mettre fin aux
hostilités" ends no provision. The verbs are in ``data/fr/acts.toml``.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from resdiff.data.schema import ActEffect, ActVerb
from resdiff.language import FRENCH
from resdiff.language.words import fold_phrases
from resdiff.recognition.clauses import (
    OF,
    SUBJECT,
    THAT,
    Asked,
    Clause,
    adverbs,
    aside_end,
    finite_verbs,
    infinitive_at,
    words_of,
)
from resdiff.recognition.survey import Effect, Family

__all__ = ["effect"]

NEAR, BEFORE = 14, 25
"""How many words behind a verb its object may begin, how many before a verb in the passive its subject."""
GOVERNING = (*THAT, *OF)


class _Stem(NamedTuple):
    words: tuple[str, ...]
    effect: Effect
    on: frozenset[str]
    subject: bool


@cache
def _stems() -> tuple[_Stem, ...]:
    return tuple(
        _Stem(tuple(stem.replace("'", "' ").split()), Effect(row.id), _provisions(row), row.subject)
        for row in FRENCH.acts.effect
        for stem in row.stems
    )


def _provisions(row: ActEffect) -> frozenset[str]:
    return frozenset(fold_phrases(row.on))


@cache
def _stems_of(word: str) -> tuple[_Stem, ...]:
    """The stems whose first word that word is."""
    return tuple(stem for stem in _stems() if _fits(stem.words[0], word))


def _fits(stem: str, word: str) -> bool:
    return word.startswith(stem[:-1]) if stem.endswith("*") else word == stem


def effect(clauses: list[Clause], row: ActVerb, family: Family, who: Asked) -> Effect:
    """What the act does to earlier provisions, by its own verb or by the first verb it governs that does something."""
    own = Effect(row.effect)
    if own is Effect.REAFFIRM:
        said = {clauses[0].word(clauses[0].start + k) for k in range(NEAR)}
        again = not said.isdisjoint(words_of("governed", "provisions")) and not _is_hollow(clauses[0], clauses[0].start)
        own = own if again else Effect.NONE
    elif own is not Effect.NONE:
        return own
    if family in words_of("governed", "families"):
        allowed = frozenset(Effect)
    elif family is Family.REQUEST:
        allowed = frozenset(map(Effect, words_of("governed", "requests")))
        clauses = [clauses[0]._replace(start=max(clauses[0].start, who.at)), *clauses[1:]]
    else:
        return own
    found = (_effect_at(clause, verb) for clause, verb in _governed(clauses))
    return next((e for e in found if e is not Effect.NONE and e in allowed), own)


def _governed(clauses: list[Clause]) -> Iterator[tuple[Clause, int]]:
    """The verbs that an act governs: infinitives behind "de", the finite verb of its clauses with "que".

    Those of points count where the words before the points govern none, or where a point begins with "que": points
    behind "le Comité sera chargé" tell what the Committee does.
    """
    verbs = list(_governed_in(clauses[0]))
    yield from ((clauses[0], verb) for verb in verbs)
    for point in clauses[1:]:
        if point.word(point.start) in THAT:
            yield from ((point, verb) for verb in _main_verb(point, point.start + 1))
        elif not verbs:
            bare = infinitive_at(point, point.start + (point.word(point.start) in OF))
            yield from ((point, verb) for verb in (bare,) if verb >= 0)


def _is_hollow(clause: Clause, start: int) -> bool:
    """Whether the clause only says that something is needed or wanted."""
    return any(clause.word(k) in words_of("governed", "hollow") for k in range(start, start + 7))


def _governed_in(clause: Clause) -> Iterator[int]:
    start, any_yet = clause.start, False
    while aside := aside_end(clause, start):
        start = aside
    hollow = _is_hollow(clause, start)
    words = clause.words.words
    for index in [k for k in range(start, clause.stop) if words[k] in GOVERNING]:
        word, before = words[index], clause.word(index - 1)
        if index > start and before not in ("et", ",", ";", ":"):
            continue
        if word in OF and (verb := infinitive_at(clause, index + 1)) >= 0:
            any_yet = True
            yield verb
        elif word in THAT and not hollow and (before == "et" or not any_yet):
            any_yet = True
            yield from _main_verb(clause, index + 1)


def _main_verb(clause: Clause, start: int) -> Iterator[int]:
    """The verb of a clause, past its auxiliary."""
    for verb in finite_verbs(clause, start, start + SUBJECT):
        index = verb
        while clause.word(index) in words_of("governed", "auxiliaries") or adverbs().at(clause.words.words, index):
            index += 1
        yield index
        return


def _effect_at(clause: Clause, verb: int) -> Effect:
    """The effect of the verb there, with its clitic and what it bears on."""
    for first in (verb, verb - 1):
        for stem in _stems_of(clause.word(first)):
            words = [clause.word(first + k) for k in range(len(stem.words))]
            if not all(map(_fits, stem.words, words)):
                continue
            if clause.word(first - 1) in ("ne", "n'") or (stem.on and not _bears_on(clause, verb, stem)):
                continue
            return stem.effect
    return Effect.NONE


def _bears_on(clause: Clause, verb: int, stem: _Stem) -> bool:
    """Whether what the verb bears on is a provision: behind it, before it in the passive or as its subject."""
    passive = clause.word(verb - 1) in words_of("governed", "auxiliaries")
    reach = BEFORE if clause.word(verb + 1) == "," else NEAR  # an aside stands between them
    places = range(verb - BEFORE, verb) if passive or stem.subject else range(verb + 1, verb + reach)
    for index in places:
        if clause.word(index) == ";":
            return False
        if clause.word(index) in stem.on:
            return True
    return False
