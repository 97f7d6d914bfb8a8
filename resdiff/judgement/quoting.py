"""Quotes that fit a line: to the letter, cut only where a phrase begins that a reader can do without.

A text is a chain of phrases. One that begins with a preposition or with a verb behind "de" may go on behind " … ", and
what stands before it may be left out; one that begins with a bare noun or verb, with "et" or "ou", goes on with what
stands before it and stays with it. The words are ``data/fr/provisions.toml``.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from resdiff.language import Language
from resdiff.language.fold import fold_same_length
from resdiff.recognition.survey import Act

__all__ = ["BINDING", "Marks", "marks_of", "needed_of", "shorten"]

SHORTEST = 12  # words that stay at least: less would leave out what is asked
STUB = 3  # words: a shorter phrase before a gap ("et, à cet effet") says nothing
SLACK = 4  # words by which a whole text may be longer than asked: a cut would save nothing
ASIDE = 0.2  # what an aside counts beside what is asked
BINDING = 1000.0  # what a phrase weighs that limits or threatens: more than all words that came
GAP = " … "
NOTHING: Mapping[str, float] = MappingProxyType({})
RE_ELIDED = re.compile(r"…(?: …|,)+")
RE_HANGING = re.compile(r",?(?: (?:et|ou|mais))$")


class Marks(NamedTuple):
    """What tells where a text of a language may be cut, and what it holds."""

    ends: re.Pattern[str]
    links: re.Pattern[str]
    resumed: re.Pattern[str]
    asides: re.Pattern[str]
    limits: re.Pattern[str]
    threats: re.Pattern[str]
    pointing: re.Pattern[str]
    formal: re.Pattern[str]
    hollow: re.Pattern[str]


@cache
def marks_of(language: Language) -> Marks:
    """The marks of that language; of one without a table they find nothing but commas and semicolons."""
    table = language.provisions
    cuts, ties, links, asides, limits = (
        _any_of(row.phrases) for row in (table.cuts, table.ties, table.links, table.asides, table.limits)
    )
    verbs = "|".join(table.links.patterns) or "(?!)"
    return Marks(
        re.compile(rf"(?<=[,;:]) (?!\d)| (?=(?:{cuts}|{ties})(?: |(?<=')))"),
        re.compile(rf"(?:{links}|{cuts})(?:\s|(?<='))|{verbs}"),
        re.compile(rf", (?:{verbs})"),
        re.compile(rf"(?:{asides}|{links}|{cuts})(?:\s|$|(?<='))"),
        re.compile(rf"\b(?:{limits})"),
        *(_pattern(row.patterns) for row in (table.threats, table.pointing, table.formal, table.hollow)),
    )


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(fold_same_length(phrase)) for phrase in phrases) or "(?!)"


def _pattern(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or "(?!)")


class _Phrase(NamedTuple):
    """A phrase, as printed and flat: whether it may follow a gap, what it weighs, how many words it has."""

    text: str
    flat: str
    free: bool
    weight: float
    words: int


def shorten(
    text: str,
    language: Language,
    most: int,
    *,
    needed: int = 0,
    keep: str = "",
    weights: Mapping[str, float] = NOTHING,
    without: str = "",
) -> str:
    """The text in about ``most`` words, in one line, with " … " where words are left out.

    The phrases up to ``needed`` characters stay, save asides between commas without the words ``keep``: the verb, who
    is asked, what he is to do. Of the others those stay that limit or threaten, then those in which the beginnings of
    words weigh most that ``weights`` holds. The words ``without``, that stand beside the quote, are left out of a text
    that is too long.

    >>> text = "Prie l’Office, agissant avec ses partenaires, d’aider les États à recueillir des preuves"
    >>> shorten(text, Language.of("fr"), 8, needed=len(text))
    'Prie l’Office … d’aider les États à recueillir des preuves'
    """
    marks = marks_of(language)
    text = _whole(text, marks)
    if _length(text) <= most + SLACK:
        return text
    phrases = _phrases(text, marks, weights)
    kept = _needed(phrases, needed, fold_same_length(keep), marks)
    least = max(kept)
    room = most - sum(phrases[k].words for k in kept) + (_length(without) if without else 0)
    while run := _best_run(phrases, kept, room):
        kept |= run
        room -= sum(phrases[k].words for k in run)
    said = _joined(phrases, kept, least)
    return RE_ELIDED.sub("…", said.replace(without, "…", 1)) if without else said


def _whole(text: str, marks: Marks) -> str:
    """The text in one line, without "et, à cet égard," at its end."""
    text = " ".join(text.split()).rstrip(" ,;.:")
    before, _, last = text.rpartition(",")
    if RE_HANGING.search(before) and marks.asides.match(fold_same_length(last.strip())):
        text = before
    return RE_HANGING.sub("", text).rstrip(" ,;.:")


def needed_of(act: Act, text: str, language: Language) -> int:
    """How many characters of an act say who is asked and to do what: past the verb behind him and an aside."""
    flat = fold_same_length(" ".join(text.split()))
    start = max(0, flat.find(fold_same_length(" ".join(act.object[:40].split()))))
    found = re.search(rf"\b{re.escape(act.action)}\b", flat[start:]) if act.action else None
    end = start + (found.end() if found else 0)
    resumed = marks_of(language).resumed
    if flat[len(act.head) :].startswith(",") and (again := resumed.search(flat, len(act.head) + 1)):
        end = again.end()  # "Décide, eu égard au rapport, d’autoriser"
    aside = flat.find(",", end + 1) if flat[end : end + 1] == "," else -1  # "reconduire, pour un an, les mesures"
    return aside + len(", x") if aside > 0 else end


def _phrases(text: str, marks: Marks, weights: Mapping[str, float]) -> list[_Phrase]:
    return [
        phrase._replace(weight=phrase.weight + sum(weights[stem] for stem in weights if stem in phrase.flat))
        for phrase in _cut(text, marks)
    ]


@lru_cache(maxsize=256)
def _cut(text: str, marks: Marks) -> tuple[_Phrase, ...]:
    """The text cut where a phrase ends, never within brackets or quotation marks; a phrase that binds weighs most."""
    flat = fold_same_length(text)
    cuts = [0]
    for match in marks.ends.finditer(flat):
        before = flat[cuts[-1] : match.start()]
        is_open = before.count("(") != before.count(")") or before.count('"') % 2
        if not is_open:
            cuts.append(match.end())
    phrases = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        words = flat[start:end]
        binds = bool(marks.limits.search(words)) + bool(marks.threats.search(words))
        free = bool(binds or marks.links.match(words))
        count = words.count(" ") + (end == len(text))
        phrases.append(_Phrase(text[start:end], words, free, BINDING * binds, count))
    return tuple(phrases)


def _needed(phrases: list[_Phrase], needed: int, keep: str, marks: Marks) -> set[int]:
    """The phrases that stay: up to ``needed`` characters without asides, and as many more as make sense alone."""
    kept: set[int] = set()
    length = words = 0
    for k, phrase in enumerate(phrases):
        goes_on = not phrase.free and k - 1 not in kept  # "…, en coopération avec l’Union, le Conseil et l’Office, de"
        before = k > 0 and length + len(phrase.text) < needed and not (keep and keep in phrase.flat)
        aside = before and (goes_on or bool(marks.asides.match(phrase.flat)))
        whole = words >= SHORTEST and not (k and marks.hollow.search(phrases[k - 1].flat))
        if length > needed and whole and (phrase.free or words >= 2 * SHORTEST):
            break
        if not aside:
            kept.add(k)
            words += phrase.words
        length += len(phrase.text)
    return kept


def _best_run(phrases: list[_Phrase], kept: set[int], room: int) -> set[int]:
    """The run of phrases that weighs most of those for which there is room; where none weighs, what comes next."""
    last = max(kept)
    starts = [k for k, phrase in enumerate(phrases) if k not in kept and (phrase.free or k - 1 in kept)]
    runs = [_run(phrases, start, kept, room) for start in starts]
    best = max(runs, key=lambda run: _worth(phrases, run, last), default=set())
    return best if _worth(phrases, best, last) else next((run for run in runs if last + 1 in run), set())


def _worth(phrases: list[_Phrase], run: set[int], last: int) -> float:
    """What a run weighs; an aside before the last phrase that stays tells less than what follows that."""
    return sum(phrases[k].weight for k in run) * (ASIDE if run and max(run) < last else 1.0)


def _run(phrases: list[_Phrase], start: int, kept: set[int], room: int) -> set[int]:
    """A phrase with those behind it that go on with it, as far as there is room; nothing where there is none."""
    run: set[int] = set()
    for k in range(start, len(phrases)):
        room -= phrases[k].words
        binds = k == start and phrases[k].weight >= BINDING
        if k in kept or (k > start and phrases[k].free) or (room < 0 and not binds):
            break
        run.add(k)
    return run


def _joined(phrases: list[_Phrase], kept: set[int], least: int) -> str:
    """The phrases kept, with gaps; behind the ``least`` that stays a stub before a gap is left out."""
    shown = sorted(kept)
    shown = [
        k
        for k in shown
        if not (
            k > least and phrases[k].words < STUB and phrases[k].free and k + 1 not in kept and k + 1 < len(phrases)
        )
    ]
    said = ""
    for place, k in enumerate(shown):
        if place and shown[place - 1] + 1 != k:
            said = said.rstrip(" ,;:") + GAP
        said += phrases[k].text
    said = said.rstrip(" ,;:")
    return said if shown[-1] + 1 == len(phrases) else said + GAP.rstrip()


def _is_stub(phrase: _Phrase) -> bool:
    return phrase.free and phrase.words < STUB


def _length(text: str) -> int:
    return len(text.split())
