"""What is asked: verbs of command with their clauses, who is asked, on what condition, until when, how many.

The ladder of verbs is ``data/fr/verbs.toml``, the phrases and patterns of conditions ``data/fr/conditions.toml``. A
paragraph may hold several verbs ("Encourage … et prie l’Office …"): each with its clause is a :class:`Command`.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from resdiff.data import schema
from resdiff.language import Language, pattern
from resdiff.language.dates import date_pattern
from resdiff.language.fold import Phrases, WordTable, by_phrase, fold_same_length, split_words
from resdiff.model import Paragraph, Part
from resdiff.recognition.survey import Command, Condition, TimedMention

__all__ = ["PARTNERS", "find_commands", "find_conditions", "find_deadlines", "find_figures"]

PARTNERS = 14
"""Words quoted behind "en coopération avec", and of a request for a report: enough to know it in a margin."""
RE_START = re.compile(r"\W*(?=,? ?([^\s,;:.]+)|)")  # as ``clause.head`` of the verbs, where a paragraph begins
RE_GAP = re.compile(r",? ?")
RE_NEXT = re.compile(r" ([^\s,;:.']+'?)")


class _Ladder(Struct, frozen=True):
    """The verbs of a part of a text and their adverbs, rows by flat form; ``openings``: the first words of both;
    ``head``: where a clause may begin, ``doing``: where what is to be done begins."""

    language: Language
    verbs: dict[str, schema.Verb]
    verb_phrases: Phrases
    adverbs: dict[str, schema.Adverb]
    adverb_phrases: Phrases
    openings: frozenset[str]
    head: re.Pattern[str]
    doing: re.Pattern[str]


@cache
def _ladder(language: Language, *, preamble: bool) -> _Ladder:
    rows = language.verbs
    verbs = by_phrase((form, row) for row in rows.verb for form in (row.pp if preamble else row.op))
    adverbs = by_phrase((word, row) for row in rows.adverb for word in row.words)
    verb_phrases, adverb_phrases = Phrases(verbs), Phrases(adverbs)
    openings = frozenset(verb_phrases.firsts | adverb_phrases.firsts)
    doing = rows.clause.doing.pattern.replace("INFINITIVE", rows.clause.infinitive.pattern)
    patterns = pattern(rows.clause.head.pattern), pattern(doing)
    return _Ladder(language, verbs, verb_phrases, adverbs, adverb_phrases, openings, *patterns)


class _Found(Struct, frozen=True):
    """A verb found: where the words before it begin, its form, where it stands, its adverbs, where they end."""

    head: int
    form: str
    start: int
    adverbs: tuple[int, ...]
    end: int


def find_commands(paragraph: Paragraph, language: Language) -> tuple[Command, ...]:
    """The verbs of command of a paragraph with their clauses, in order.

    >>> from resdiff.model import Span
    >>> text = "Encourage les États à coopérer, et prie instamment l’Office de les aider"
    >>> paragraph = Paragraph("op1", Part.OPERATIVE, "1", 0, "Encourage", text, Span(0, 0))
    >>> [c.text for c in find_commands(paragraph, Language.of("fr"))]
    ['Encourage', 'prie instamment']
    """
    ladder = _ladder(language, preamble=paragraph.part is Part.PREAMBLE)
    plain = fold_same_length(paragraph.text)
    start = RE_START.match(plain)
    every = (start, *ladder.head.finditer(plain, start.end())) if start else ()  # it always matches, if nothing
    heads = [match for match in every if match[1] in ladder.openings]
    found = [f for match in heads if (f := _verb(plain, ladder, match.start(), match.end()))]
    stops = [*(f.head for f in found), len(plain)][1:]
    return tuple(_command(paragraph, ladder, f, stop) for f, stop in zip(found, stops, strict=True))


def _verb(plain: str, ladder: _Ladder, head: int, place: int) -> _Found | None:
    """The verb that opens the clause there, perhaps after an adverb: "et, à cet égard, prend acte"."""
    start, verb = place, ladder.verb_phrases.at(plain, place)
    if not verb:
        start = _past_adverbs(plain, ladder, place)[1]
        start += plain[start : start + 1] == " "
        verb = ladder.verb_phrases.at(plain, start)
    row = ladder.verbs.get(verb)
    if row is None or (head and row.opens):
        return None
    adverbs, end = _past_adverbs(plain, ladder, start + len(verb))
    follows = RE_NEXT.match(plain, start + len(verb))
    if row.after and not adverbs and not (follows and follows[1] in row.after.split("|")):
        return None
    return _Found(head, verb, start, adverbs, end)


def _past_adverbs(plain: str, ladder: _Ladder, place: int) -> tuple[tuple[int, ...], int]:
    """Where each adverb stands from that place on, and where the last one ends; commas may set them off."""
    found: list[int] = []
    end = place
    while True:
        start = RE_GAP.match(plain, end).end()  # type: ignore[union-attr]
        adverb = ladder.adverb_phrases.at(plain, start)
        if not adverb:
            return tuple(found), end
        found.append(start)
        end = start + len(adverb)


def _command(paragraph: Paragraph, ladder: _Ladder, found: _Found, stop: int) -> Command:
    row, plain = ladder.verbs[found.form], fold_same_length(paragraph.text)
    adverbs = [(at, ladder.adverb_phrases.at(plain, at)) for at in found.adverbs]
    kept = [(at, adverb) for at, adverb in adverbs if ladder.adverbs[adverb].sort != "neutral"]
    words = [(found.start, found.form), *kept]
    strength = _strength(row, [ladder.adverbs[adverb] for _, adverb in kept])
    clause, flat_clause = paragraph.text[found.end : stop], plain[found.end : stop]
    doing = ladder.doing.search(flat_clause)
    asks = any(scale == "requests" for scale, _ in strength)
    return Command(
        paragraph=paragraph.id,
        start=found.start,
        end=found.end,
        asked_end=found.end + (doing.start() if doing else 0),
        stop=stop,
        id=row.kin or row.id,
        text=" ".join(paragraph.text[at : at + len(word)] for at, word in words),
        head=paragraph.text[found.start : found.end],
        strength=strength,
        lead=found.head == 0,
        clause=clause,
        addressee=_addressee(clause, flat_clause, doing.start(), ladder.language) if asks and doing else "",
        report=_report(clause, flat_clause, ladder.language) if asks else "",
    )


def _strength(row: schema.Verb, adverbs: Iterable[schema.Adverb]) -> tuple[tuple[str, float], ...]:
    scales = dict(row.scales)
    for adverb in adverbs:
        if adverb.sort == "tone":
            scales = dict(adverb.set) if {"reception", "statements"} & scales.keys() else scales
        elif scales.keys() & adverb.set.keys():
            scales |= {scale: max(value, scales[scale]) for scale, value in adverb.set.items()}
        else:
            scales = {scale: value + 0.5 for scale, value in scales.items()}
    return tuple(sorted(scales.items()))


# ---- who is asked, for which report ---------------------------------------------------------------------------------


def _addressee(clause: str, plain: str, doing: int, language: Language) -> str:
    """Who a request asks, as printed but with the article alone; empty when that cannot be told.

    The words between the verb and what is to be done: "Demande aux États Membres de coopérer" asks "les États
    Membres". Without an infinitive behind it ("Encourage les efforts de paix") nobody is asked.
    """
    rows = language.verbs.clause
    end = pattern(rows.end.pattern).search(plain, 0, doing)
    if end and pattern(rows.more.pattern).match(end[0]):
        return ""  # "au Maroc et au Front": more than one is asked
    words = clause[: end.start() if end else doing].strip()
    return _with_article(words, language) if len(words.split()) <= PARTNERS else ""


def _with_article(words: str, language: Language) -> str:
    """The words without the preposition of the verb: "aux États" is "les États"."""
    first, _, rest = words.partition(" ")
    article = language.verbs.addressee.articles.get(fold_same_length(first))
    return words if article is None else f"{article} {rest}".lstrip()


def _report(clause: str, plain: str, language: Language) -> str:
    """The words with which a request asks for a report; empty when it asks for none."""
    asked = _asked_reports(language).search(plain)
    if not asked:
        return ""
    words = clause[asked.start() :].split()
    return " ".join(words[:PARTNERS]).rstrip(" ,;.") + (" …" if len(words) > PARTNERS else "")


@cache
def _asked_reports(language: Language) -> re.Pattern[str]:
    return _any_of(language.conditions.reports.patterns)


# ---- on what condition, until when, how many ------------------------------------------------------------------------


NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)"


def find_conditions(paragraph: Paragraph, language: Language) -> Iterator[Condition]:
    """The conditions of a paragraph, from left to right, none inside another.

    >>> text = "Prie les États de coopérer, conformément au droit international"
    >>> from resdiff.model import Part, Span
    >>> paragraph = Paragraph("op1", Part.OPERATIVE, "1", 0, "Prie", text, Span(0, 0))
    >>> [c.text for c in find_conditions(paragraph, Language.of("fr"))]
    ['conformément au droit international']
    """
    words = split_words(fold_same_length(paragraph.text))
    for index, length, (number, row) in _phrases(language).find(words.words, 0, len(words.words)):
        start, end = words.starts[index], words.end(index + length - 1)
        yield Condition(paragraph.id, start, end, paragraph.text[start:end], number, row.sort, row.full)


@cache
def _phrases(language: Language) -> WordTable[tuple[int, schema.Condition]]:
    """All the phrases of conditions, each with the number of its row, and the row."""
    rows = enumerate(language.conditions.condition)
    return WordTable((text, (number, row)) for number, row in rows for text in row.phrases)


def find_deadlines(paragraph: Paragraph, language: Language) -> Iterator[TimedMention]:
    """The deadlines of a paragraph: "jusqu’au 15 octobre 2007", "dans les soixante jours", "tous les six mois"."""
    return _timed(paragraph, _deadlines(language), language)


def find_figures(paragraph: Paragraph, language: Language) -> Iterator[TimedMention]:
    """The figures of a paragraph that tell how many are authorised: "un effectif de 1 200 hommes"."""
    return _timed(paragraph, _figures(language), language)


def _timed(paragraph: Paragraph, wanted: re.Pattern[str], language: Language) -> Iterator[TimedMention]:
    plain = fold_same_length(paragraph.text)
    if pattern(language.conditions.timed.pattern).search(plain):
        for match in wanted.finditer(plain):
            yield TimedMention(paragraph.id, *match.span(), paragraph.text[slice(*match.span())])


@cache
def _deadlines(language: Language) -> re.Pattern[str]:
    return _any_of(_filled(row.pattern, language) for row in language.conditions.deadline)


@cache
def _figures(language: Language) -> re.Pattern[str]:
    return _any_of(_filled(row.pattern, language) for row in language.conditions.figure)


def _filled(written: str, language: Language) -> str:
    """The pattern of a row with what its capitals stand for."""
    return written.replace("DATE", date_pattern(language)).replace("COUNT", r"[\w-]+").replace("NUMBER", NUMBER)


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """All the patterns as one."""
    return pattern("|".join(f"(?:{each})" for each in patterns))
