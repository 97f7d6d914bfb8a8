"""Quotes that fit a line: to the letter, cut only where a phrase begins that a reader can do without.

A text is a chain of phrases. One that begins with a preposition or with a verb behind "de" may go on behind " … ", and
what stands before it may be left out; one that begins with a bare noun or verb, with "et" or "ou", goes on with what
stands before it and stays with it. The words are ``data/fr/provisions.toml``.

``shorten`` quotes with gaps. ``shortened`` quotes without, for words that are told as added: what stands there is the
text to the letter. ``act_quote`` quotes an act by the one, and by the other where that would lose what it asks.

Of a change a stretch of words is quoted, with so many kept ones around it, its context, that it makes sense alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from math import fsum
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from resdiff.judgement.case import meanings
from resdiff.language import Language, find, find_any, may_stand, pattern
from resdiff.language.fold import REMEMBERED, fold, fold_phrases, fold_same_length, is_word, tokens
from resdiff.marking.weight import is_content, openings, says
from resdiff.model import Edit, Op, Paragraph, Weight
from resdiff.recognition.clauses import words_of
from resdiff.recognition.names import names
from resdiff.recognition.survey import Act, Family

__all__ = [
    "BINDING",
    "CLAUSE_SIGNS",
    "CUT",
    "LEFT_OUT",
    "NAMED_BY",
    "REACH",
    "SHORT",
    "Context",
    "Marks",
    "Run",
    "Site",
    "Token",
    "Tokens",
    "act_quote",
    "as_line",
    "asked_behind",
    "both_sides",
    "context_of_clause",
    "context_of_one",
    "context_of_phrase",
    "cut_before",
    "lay_out_tokens",
    "left_to",
    "letter_of",
    "marks_of",
    "needed_of",
    "opens_phrase",
    "point_quote",
    "reach_of",
    "shorten",
    "shortened",
    "sign_behind",
    "width",
    "without_article",
    "without_openers",
]


# ---- where a text may be cut ----------------------------------------------------------------------------------------

SIGNS = " ,;:.\u00a0"  # at the ends of a quotation, which goes without them
NAMED_BY = 180
"""Words by which a paragraph, or an act of one, is named where it is not quoted for its changes: nearly all are whole,
of 3 385 English operative paragraphs .999, of 660 French ones all; with 140 one English one in seventy is cut."""


class Marks(Struct, frozen=True):
    """What tells where a text of a language may be cut, and what it holds: beginnings of flat phrases, and patterns."""

    starts: tuple[str, ...]
    links: tuple[str, ...]
    asides: tuple[str, ...]
    inserted: tuple[str, ...]
    limits: tuple[str, ...]
    hanging: tuple[str, ...]
    joining: tuple[str, ...]
    verbs: re.Pattern[str]
    orphans: re.Pattern[str]
    hollow: re.Pattern[str]
    resuming: re.Pattern[str]


@cache
def marks_of(language: Language) -> Marks:
    """The marks of that language; of one without a table they find nothing but commas and semicolons."""
    table = language.provisions
    flat = (table.cuts, table.ties, table.links, table.asides, table.limits)
    cuts, ties, links, asides, limits = (_openings(row.phrases) for row in flat)
    return Marks(
        starts=(*cuts, *ties),
        links=(*links, *cuts),
        asides=(*asides, *links, *cuts),
        inserted=asides,
        limits=tuple(f" {limit}" for limit in limits),
        hanging=tuple(f" {word}" for word in table.joins.phrases),
        joining=tuple(f"{word} " for word in table.joins.phrases[:1]),
        verbs=_pattern(table.links.patterns),
        orphans=_pattern(table.orphans.patterns),
        hollow=re.compile(rf"\b(?:{'|'.join(table.hollow.patterns) or '(?!)'})"),
        resuming=_pattern(table.resuming.patterns),
    )


def _openings(phrases: Iterable[str]) -> tuple[str, ...]:
    """The phrases flat, each with the space behind it, or its apostrophe."""
    return tuple(phrase if phrase.endswith("'") else f"{phrase} " for phrase in fold_phrases(phrases))


def _pattern(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for any of them; of none one that finds nothing."""
    return re.compile("|".join(patterns) or "(?!)")


# ---- with gaps ------------------------------------------------------------------------------------------------------

SHORTEST = 12  # words that stay at least: less would leave out what is asked
STUB = 3  # words: a shorter phrase before a gap ("et, à cet effet") says nothing
SLACK = 4  # words by which a whole text may be longer than asked: a cut would save nothing
WHOLE, TOO_LONG = 1.25, 1.6
"""How many times as long as asked a text may be and still be quoted whole, and a quote before it is cut where it has no
sign."""
ASIDE = 0.2  # what an aside counts beside what is asked
BINDING = 1000.0  # what a phrase weighs that limits or threatens: more than all words that came
GAP = " … "
NOTHING: Mapping[str, float] = MappingProxyType({})


class _Phrase(Struct, frozen=True):
    """A phrase, as printed and flat: whether it may follow a gap, whether what stands before it can do without it,
    whether it begins an exception, what it weighs, how many words it has."""

    text: str
    flat: str
    free: bool
    loose: bool
    excepts: bool
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
) -> str:
    """The text in about ``most`` words, in one line, with " … " where words are left out.

    The phrases up to ``needed`` characters stay, save asides between commas without the words ``keep``: the verb, who
    is asked, what he is to do. Of the others those stay that limit or threaten, then those in which the beginnings of
    words weigh most that ``weights`` holds.

    >>> text = "Prie l’Office, agissant avec ses partenaires, d’aider les États à recueillir des preuves"
    >>> shorten(text, Language.of("fr"), 8, needed=len(text))
    'Prie l’Office … d’aider les États à recueillir des preuves'
    """
    marks = marks_of(language)
    text = _whole(text, marks, language)
    if _length(text) <= max(most + SLACK, WHOLE * most):
        return text
    said = ""
    for everywhere in (False, True):
        phrases = _phrases(text, language, weights, everywhere=everywhere)
        said = _chosen(phrases, most, needed, fold_same_length(keep), marks)
        if _length(said) <= TOO_LONG * most:  # else there is hardly a sign in it
            break
    return said


def _whole(text: str, marks: Marks, language: Language) -> str:
    """The text in one line, without "et, à cet égard," at its end; it stays before points."""
    opens = text.rstrip().endswith(":")
    text = " ".join(text.split()).rstrip(" ,;.:")
    text = text if opens else text[: _tail(text, language)]
    before, _, last = text.rpartition(",")
    if before.endswith(marks.hanging) and f"{fold_same_length(last.strip())} ".startswith(marks.asides):
        text = before
    return _closed(text, marks).rstrip(" ,;.:")


def _phrases(text: str, language: Language, weights: Mapping[str, float], *, everywhere: bool) -> list[_Phrase]:
    """The phrases of a text, each as heavy as it is by itself and by the ``weights`` of the stems that stand in it."""
    rows = weights.items()
    return [
        replace(phrase, weight=phrase.weight + fsum([more for stem, more in rows if stem in phrase.flat]))
        for phrase in _cut(text, language, everywhere=everywhere)
    ]


@lru_cache(maxsize=256)
def _cut(text: str, language: Language, *, everywhere: bool) -> tuple[_Phrase, ...]:
    """The text cut behind a sign and before a verb that "et" joins, ``everywhere`` also where a phrase begins without a
    sign; never within brackets or quotation marks. A phrase that binds weighs most.

    What follows no sign tells which one is meant ("les mesures prises pour étendre son autorité"): it stays.
    """
    marks, flat = marks_of(language), fold_same_length(text)
    threats, exceptions = language.provisions.threats, language.excerpts.excepting
    threatens = find_any(threats, flat) is not None
    excepting = pattern(exceptions.pattern if may_stand(exceptions, flat) else "")
    phrases: list[_Phrase] = []
    excepted = False  # what stands in an exception goes with it
    hangs = False  # what stood before says nothing yet: "de lui présenter, une fois que …, des propositions"
    for start, end in pairwise((*_cuts(flat, marks, everywhere=everywhere), len(text))):
        words = flat[start:end]
        binds = any(map(f" {words}".__contains__, marks.limits)) + (threatens and find_any(threats, words) is not None)
        opens = words.startswith(marks.links) or bool(marks.verbs.match(words))
        signed = start > 1 and flat[start - 2] in ",;:"
        free = (binds and not find_any(language.provisions.latter, words)) or (opens and not marks.orphans.match(words))
        loose = not hangs and (bool(binds) or opens or words.startswith(marks.asides))
        count = words.count(" ") + (end == len(text))
        joined = not signed and words.startswith(marks.joining)
        excepts = not excepted and bool(excepting.match(words.rstrip(SIGNS)))
        phrases.append(
            _Phrase(
                text=text[start:end],
                flat=words,
                free=bool(free and loose and not joined and not excepted),
                loose=excepts or (loose and not excepted),
                excepts=excepts,
                weight=BINDING * binds,
                words=count,
            )
        )
        excepted = (excepts or excepted) and not words.rstrip().endswith(";")
        # what is inserted in few words lets the clause hang on: "n’envisagera pas, dans l’immédiat, de"
        between = bool(binds) or words.startswith(marks.inserted) or count < STUB
        hangs = (hangs and between) or _is_hollow(text[start:end], marks)
    return tuple(_with_subjects(phrases, marks))


def _cuts(flat: str, marks: Marks, *, everywhere: bool) -> list[int]:
    """Where the phrases of a flat text begin."""
    cuts = [0]
    space = flat.find(" ")
    while space >= 0:
        signed = flat[space - 1] in ",;:" and not flat[space + 1].isdigit()
        joined = flat.startswith(marks.joining, space + 1) and bool(marks.verbs.match(flat, space + 1))
        if signed or joined or (everywhere and flat.startswith(marks.starts, space + 1)):
            before = flat[cuts[-1] : space]
            # the letter of a point ("l’alinéa b)") closes no bracket
            if before.rfind("(") <= before.rfind(")") and before.count('"') % 2 == 0:
                cuts.append(space + 1)
        space = flat.find(" ", space + 1)
    return cuts


def _is_hollow(said: str, marks: Marks) -> bool:
    """Whether a phrase says nothing without the one behind it; one that ends in a name ("d’Ivoire") does."""
    last = said.rstrip(" ,;:").replace("’", " ").replace("'", " ").rpartition(" ")[2]
    return not last[:1].isupper() and bool(marks.hollow.search(fold_same_length(said)))


def _with_subjects(phrases: Sequence[_Phrase], marks: Marks) -> list[_Phrase]:
    """The phrases; one that goes on behind an insertion stays with its subject, which stands before it, and so does
    what was inserted."""
    found = [*phrases]
    for k, phrase in enumerate(phrases):
        if k and marks.resuming.match(phrase.flat):
            first = next((j for j in range(k - 1, 0, -1) if not found[j].loose), 0)
            found[first + 1 : k + 1] = [replace(p, free=False, loose=False) for p in found[first + 1 : k + 1]]
    return found


def _chosen(phrases: list[_Phrase], most: int, needed: int, keep: str, marks: Marks) -> str:
    """The phrases that are needed, and as many more as there is room for, those that weigh most."""
    kept = _needed(phrases, needed, keep, marks, most)
    needed_ones = frozenset(kept)
    room = round(WHOLE * most) - sum(phrases[k].words for k in kept)
    while run := _best_run(phrases, kept, room):
        kept |= run
        room -= sum(phrases[k].words for k in run)
    return _joined(phrases, kept, needed_ones, marks)


def _needed(phrases: list[_Phrase], needed: int, keep: str, marks: Marks, most: int) -> set[int]:
    """The phrases that stay: up to ``needed`` characters without asides, and as many more as make sense alone."""
    kept: set[int] = set()
    length = words = 0
    for k, phrase in enumerate(phrases):
        goes_on = not phrase.free and k - 1 not in kept  # "…, en coopération avec l’Union, le Conseil et l’Office, de"
        before = k > 0 and length + len(phrase.text) < needed and not (keep and keep in phrase.flat)
        aside = before and (goes_on or f"{phrase.flat} ".startswith(marks.asides))
        if length > needed and words >= SHORTEST and (phrase.loose or words >= TOO_LONG * most):
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
    """A phrase with those behind it that go on with it; nothing where there is no room for all of them, save a phrase
    that binds: half an exception would except what it leaves out."""
    ends = (k for k in range(start + 1, len(phrases)) if k in kept or phrases[k].loose)
    run = range(start, next(ends, len(phrases)))
    if sum(phrases[k].words for k in run) <= room:
        return set(run)
    return {start} if phrases[start].weight >= BINDING and not phrases[start].excepts else set()


def _joined(phrases: list[_Phrase], kept: set[int], needed: frozenset[int], marks: Marks) -> str:
    """The phrases kept, with gaps; a stub before a gap is left out, save of those that are ``needed``."""
    last = len(phrases) - 1
    shown = [k for k in sorted(kept) if k in needed or k == last or k + 1 in kept or phrases[k].words >= STUB]
    said = ""
    for place, k in enumerate(shown):
        if place and shown[place - 1] + 1 != k:
            said = _closed(said, marks) + GAP
        said += phrases[k].text
    said = _closed(said, marks)
    return said if shown[-1] + 1 == len(phrases) else said + GAP.rstrip()


def _closed(said: str, marks: Marks) -> str:
    """The words without the sign and the "et" they end with."""
    said = said.rstrip(" ,;:")
    return said.removesuffix(next(filter(said.endswith, marks.hanging), "")).rstrip(" ,;:")


def _length(text: str) -> int:
    return len(text.split())


# ---- without gaps ---------------------------------------------------------------------------------------------------

CUT, LEFT_OUT = " …", "… "
"""What ends a quotation that is cut, and what opens one that does not begin its paragraph."""
TAIL = 80
"""Characters in which the way to a next clause stands."""
EARLIEST = 0.5
"""Share of the room that a quotation cut at the end of a clause fills at least: less would say too little."""
NEARLY = 1.15
"""How far beyond its room a text may run and still be quoted whole."""
LATEST = 1.25
"""How far beyond its room a quotation may run to the end of its clause."""
RE_SIGN = r"[,;:](?=\s)"
ENDS = SIGNS + "’'"
PAIRS = (("(", ")"), ("«", "»"), ("“", "”"), ("[", "]"))


@lru_cache(maxsize=REMEMBERED)  # the judges and the report quote the same paragraphs
def as_line(text: str, language: Language) -> str:
    """The text in one line, without the spaces and signs at its ends and the way to a next clause: that to the points
    of a list is part of what opens it."""
    line = " ".join(text.split()).strip(SIGNS)
    tail = len(line) if text.rstrip().endswith(":") else _tail(line, language)
    return line[:tail].rstrip(SIGNS) if tail < len(line) else line


def _tail(line: str, language: Language) -> int:
    """Where the way to a next clause begins at the end of a line, looked for among its last characters."""
    last = max(0, len(line) - TAIL)
    found = find(language.excerpts.tail, fold_same_length(line[last:]))
    return last + found.start() if found else len(line)


def shortened(text: str, language: Language, most: int, least: int = 0) -> str:
    """The first words of a text, about ``most`` characters and ``least`` at least, " …" where something was left out.

    >>> french = Language.of("fr")
    >>> shortened("Prie l’Office d’aider les États, afin de renforcer la coopération", french, 40)
    'Prie l’Office d’aider les États …'
    >>> shortened("Prie l’Office d’aider les États", french, 40)
    'Prie l’Office d’aider les États'
    """
    line = as_line(text, language)
    if len(line) <= NEARLY * most:
        return line
    clause, phrase = language.excerpts.clause.pattern, language.excerpts.phrase.pattern
    cuts = (
        *((RE_SIGN, EARLIEST * most, most), (clause, EARLIEST * most, most)),
        *((RE_SIGN, most, LATEST * most), (clause, most, LATEST * most), (phrase, EARLIEST * most, most)),
    )
    for mark, first, last in cuts:
        ends = _ends(mark, line, max(last, LATEST * least), language)
        good = [end for end in ends if end >= max(least, first)]
        if good:
            return line[: good[-1] if last <= most else good[0]].rstrip(ENDS) + CUT
    words = line[: max(most, least)].split(" ")[:-1]
    while len(words) > 1 and _is_light(words[-1].strip(",;:"), language):
        words.pop()
    end = len(" ".join(words))
    end = next((name.end for name in names(line, language) if name.start < end < name.end <= LATEST * most), end)
    return line[:end].rstrip(ENDS) + CUT


def _ends(mark: str, line: str, latest: float, language: Language) -> Iterator[int]:
    """The places up to the latest where the line can be cut, at what a pattern finds: what stands before is whole."""
    excerpts, flat = language.excerpts, fold_same_length(line)
    for found in pattern(mark).finditer(flat):
        before = line[: found.start()].rstrip()
        if len(before) > latest:
            return
        last = before.rpartition(" ")[2].strip(SIGNS)
        in_name = mark == excerpts.phrase.pattern and last[:1].isupper()
        whole = all(before.count(opening) <= before.count(closing) for opening, closing in PAIRS)
        halved = any(find(half, flat[: len(before)]) for half in (excerpts.dangling, excerpts.excepting))
        if whole and not in_name and not _is_light(last, language) and not halved:
            yield len(before)


def _is_light(word: str, language: Language) -> bool:
    folded = fold(word)
    return folded in openings(language) or not is_content(folded, language)


def cut_before(rest: str, quote: str) -> str:
    """A quotation with the sign of a cut where words stand in the ``rest`` behind it."""
    if quote.endswith(CUT) or not any(map(str.isalnum, rest)):
        return quote
    return f"{quote.rstrip(' ,;:')}{CUT}"


# ---- an act, a point of a list --------------------------------------------------------------------------------------

LONGEST_NAME = 28  # words of the one asked
POINTED = 60  # of its first characters in which an act points to something before it, or up to its verb
SHORT_ACT = 25  # words of an act that is nothing without what it points to
BARE = 12  # words of a verb that leaves what it asks to the next one, with the one it asks
ASKED_OF_ONE = frozenset({Family.REQUEST, Family.DEMAND, Family.ENCOURAGE})
"""Families whose verbs have the one they ask for their object."""
ASKED = 3
"""Words from the verb of what is asked on that a quotation holds at least: its phrase goes on."""
ROOM = 30
"""Characters that what is to be done takes with its object."""
ACTION_REACH = 160
"""Characters behind who is asked in which what is to be done stands; farther off it is another clause."""
CHARACTERS = 7
"""Characters of a word with the space behind it."""
DUTY_REACH = 100
"""Characters of what is asked in which the verb stands that says what must be done: "doivent"."""
INTRODUCED = 70
"""Characters up to which the opening of a list is quoted with its first point."""


def needed_of(act: Act, text: str, language: Language) -> int:
    """How many characters of an act say who is asked and to do what: past the verb behind him and an aside."""
    flat = fold_same_length(" ".join(text.split()))
    if len(act.addressee.split()) > LONGEST_NAME:  # what follows the name was taken for a part of it
        return len(act.head)
    start = max(0, flat.find(fold_same_length(" ".join(act.object[:40].split()))))
    end = start + _word_end(flat[start:], act.action)
    if flat.startswith(",", len(act.head)):
        end = _resumed(flat, len(act.head) + 1, marks_of(language)) or end  # "Décide, eu égard au rapport, d’autoriser"
    aside = flat.find(",", end + 1) if flat[end : end + 1] == "," else -1  # "reconduire, pour un an, les mesures"
    return aside + len(", x") if aside > 0 else end


def asked_behind(addressee: str, text: str, language: Language) -> int:
    """How many characters of a text say who is asked and to do what, where an aside stands between the two; else 0."""
    flat, name = fold_same_length(" ".join(text.split())), fold_same_length(addressee)
    end = flat.find(name) + len(name)
    return _resumed(flat, end + 1, marks_of(language)) if name in flat and flat.startswith(",", end) else 0


def _word_end(flat: str, word: str) -> int:
    """Where a word ends in a flat text; 0 where it does not stand."""
    at = flat.find(word) if word else -1
    while at >= 0:
        end = at + len(word)
        if not (flat[at - 1 : at].isalnum() or flat[end : end + 1].isalnum()):
            return end
        at = flat.find(word, end)
    return 0


def _resumed(flat: str, start: int, marks: Marks) -> int:
    """Where the verb ends with which a flat text goes on behind an aside; 0 where it does not."""
    comma = flat.find(", ", start)
    while comma >= 0:
        if found := marks.verbs.match(flat, comma + 2):
            return found.end()
        comma = flat.find(", ", comma + 1)
    return 0


def reach_of(act: Act, needed: int) -> int:
    """In how many of its first characters an act points to something before it: all of a short one."""
    return len(act.text) if len(act.text.split()) <= SHORT_ACT else max(POINTED, needed)


def without_article(name: str, language: Language) -> str:
    """A name without its article: it may stand contracted in the text ("au Gouvernement").

    >>> [without_article(name, Language.of("fr")) for name in ("le Gouvernement", "l’Office des Nations Unies")]
    ['Gouvernement', 'Office des Nations Unies']
    >>> [without_article(name, Language.of("en")) for name in ("the Office", "Member States")]
    ['Office', 'Member States']
    """
    flat, articles = fold_same_length(name), words_of("grammar", "articles", language)
    written = (article if article.endswith("'") else f"{article} " for article in articles)
    return name[next((len(each) for each in written if flat.startswith(each)), 0) :]


def act_quote(act: Act, language: Language, most: int) -> str:
    """What an act does, in its own words, about ``most`` of them: its verb, who is asked and what, asides between them
    left out; the first point where the verb stands alone before a list."""
    first, *points = act.text.split("\n")
    text = f"{first} {points[0]}" if points and len(first) <= INTRODUCED else first
    text = as_line(text, language)
    needed, room = _asked_end(act, first, language), CHARACTERS * most
    quote = _unhung(shorten(text, language, most, needed=needed, keep=act.addressee), language)
    asked = act.addressee.split()[:2][-1:]  # the noun: its article may stand in "aux"
    if act.action not in fold_same_length(quote) or any(word.rstrip(",") not in quote for word in asked):
        return shortened(text, language, room, min(needed, room))
    if len(quote) <= TOO_LONG * room or not act.action:
        return quote
    least = min(room, fold_same_length(quote).find(act.action) + ROOM)
    return shortened(quote.removesuffix(CUT), language, room, least)


def _asked_end(act: Act, text: str, language: Language) -> int:
    """The character of an act at which what is asked is named."""
    flat, excerpts = fold_same_length(text), language.excerpts
    asked = max(text.find(act.object[:40]) if act.object else 0, 0)
    done = flat.find(act.action, asked, asked + len(act.addressee) + ACTION_REACH) if act.action else -1
    if (duty := find(excerpts.duty, flat)) and duty.start() < asked + DUTY_REACH:
        done = max(done, duty.end())
    if done >= 0 and may_stand(excerpts.aside, flat) and (aside := pattern(excerpts.aside.pattern).match(flat, done)):
        done = aside.end()
    words = list(re.finditer(r"\S+", text[max(asked, done) :]))[:ASKED]
    return max(asked, done) + words[-1].end() if words else 0


def _unhung(quote: str, language: Language) -> str:
    """A quotation that was cut, without the words at its end that ask for another one."""
    before = quote.removesuffix(CUT)
    hanging = find(language.excerpts.hanging, fold_same_length(before)) if before != quote else None
    return before[: hanging.start()] + CUT if hanging else quote


def left_to(act: Act, acts: Sequence[Act], paragraph: Paragraph) -> str:
    """The words right before an act of a paragraph whose verbs leave to it what they ask or hail: "Calls upon Member
    States, and" before "invites the private sector, to invest"; nothing where there are none."""
    start = act.passages[0].start
    for before in reversed(acts[: acts.index(act)]):
        is_bare = not before.object or (before.addressee == before.action == "" and before.family in ASKED_OF_ONE)
        if not (is_bare and (act.action or not before.object) and len(before.text.split()) <= BARE):
            break
        start = before.passages[0].start
    return " ".join(paragraph.text[start : act.passages[0].start].split())


def point_quote(text: str, language: Language, most: int) -> str:
    """The first words of a paragraph without a verb of its own, with what must be done where it says that."""
    duty = find(language.excerpts.duty, fold_same_length(text))
    return shortened(text, language, most, duty.end() if duty and duty.start() < DUTY_REACH else 0)


def letter_of(point: Paragraph, language: Language) -> str:
    """The letter of a point as it is printed: "a) ", in English "(a) "; nothing for a dash, nor for a paragraph."""
    letter = point.number.strip("().")
    is_letter = letter.replace(" ", "").isalnum()  # "b bis"
    return language.provisions.signs.letter.format(letter) if point.depth and is_letter else ""


def sign_behind(point: Paragraph, language: Language) -> str:
    """What stands behind a point, before the next one: the sign, with the "or" that it ends with, without which all of
    them would be asked for."""
    signs = language.provisions.signs
    words = point.text.rstrip(" ,;").split()
    ends = signs.alternative and words[-1:] == [signs.alternative]
    return f"{signs.semicolon}{signs.alternative} " if ends else signs.semicolon


# ---- the words around a change --------------------------------------------------------------------------------------

NEAR = 150  # characters of kept words next to a change that may be quoted with it
AROUND = 5  # kept words that a quotation takes in on each side at most
REACH = 14  # … and at most where it takes in a clause
BRIDGE = 3  # kept words that do not hold two changes apart
SHORT = 4
"""Tokens up to which a stretch is quoted with words around it: two words and the blank between them say little alone.
With 3, or 5, the summaries of 7, or 4, of 60 pairs are others, for the most part in what stands first."""
FEWEST_WORDS = 3  # of each side of what is quoted as replaced
OPENING, CLOSING = frozenset("(«“["), frozenset(")»”]")
CLAUSE_SIGNS = frozenset(",;:.")
Run = tuple[int, int]
"""The first token of a stretch and the one behind its last."""
Context = tuple[int, int]
"""How many kept words before a stretch, and behind it, are quoted with it."""


def width(run: Run) -> int:
    """How many tokens a stretch has."""
    return run[1] - run[0]


@lru_cache(maxsize=4096)
def opens_phrase(word: str, language: Language) -> bool:
    """Whether a phrase can begin with a folded word: a preposition, a conjunction, an article.

    >>> [opens_phrase(word, Language.of("fr")) for word in ("dans", "mandat", "l'")]
    [True, False, True]
    """
    means = is_content(word, language) and meanings(word, language)
    return is_word(word) and (word in openings(language) or word.endswith("'") or not means)


def without_openers(text: str, language: Language) -> str:
    """A text without the words at its end that only open what is not there.

    >>> without_openers("de la présente résolution, et une ", Language.of("fr"))
    'de la présente résolution,'
    """
    while (words := text.rstrip(" \n,;:.")) and opens_phrase(fold(words.rpartition(" ")[2]), language):
        text = words.rpartition(" ")[0]
    return text.rstrip()


class Token(Struct, frozen=True, gc=False):
    """A word or a sign of a text: where it stands, folded, whether it was kept, whether it is one to be told of."""

    start: int
    end: int
    word: str
    kept: bool
    told: bool


class Site(Struct, frozen=True):
    """The tokens that went and those that came in one place."""

    old: Run
    new: Run

    def up_to(self, other: "Site") -> "Site":
        """This site and one behind it as one, with what was kept between them."""
        return Site((self.old[0], other.old[1]), (self.new[0], other.new[1]))


class Tokens(Struct, frozen=True):
    """A text and its tokens; of long kept stretches only those near a change."""

    text: str
    found: list[Token]
    language: Language

    def slice(self, run: Run) -> str:
        """The words of a stretch as printed."""
        first, last = run
        return self.text[self.found[first].start : self.found[last - 1].end] if first < last else ""

    def words(self, run: Run) -> int:
        """How many words, not signs, a stretch has."""
        return sum(is_word(token.word) for token in self.found[run[0] : run[1]])

    def kept_from(self, place: int, step: int) -> int:
        """How many tokens behind a place (``step`` 1), or before it (-1), were kept one after another."""
        taken, here = 0, place if step > 0 else place - 1
        while taken < REACH and 0 <= here < len(self.found) and self.found[here].kept:
            taken, here = taken + 1, here + step
        return taken

    def to_sign(self, place: int, step: int) -> int:
        """How many kept words stand from a place, behind it (``step`` 1) or before it (-1), to the next sign; none
        where it is too far."""
        if place == (0 if step < 0 else len(self.found)):
            return 0
        for taken in range(REACH):
            here = place + taken if step > 0 else place - 1 - taken
            if not 0 <= here < len(self.found):
                return taken
            token = self.found[here]
            if not is_word(token.word) and token.word in CLAUSE_SIGNS:
                return taken
            if not token.kept:
                return 0
        return 0

    def phrase(self, first: int) -> int:
        """How many kept words stand from there to the end of a phrase."""
        taken, opens = 0, True
        for token in self.found[first : first + AROUND]:
            opened, opens = opens, opens_phrase(token.word, self.language)
            if not token.kept or not is_word(token.word) or (opens and not opened):
                break
            taken += 1
        return taken

    def left(self, run: Run, *, content: bool = False) -> int:
        """How many kept words before a stretch belong to its phrase; with ``content`` at least one that has a sense."""
        first, taken, has = run[0], 0, not content
        while taken < AROUND and first > taken:
            before = self.found[first - taken - 1]
            opens = first - taken < len(self.found) and opens_phrase(self.found[first - taken].word, self.language)
            if opens and has and not opens_phrase(before.word, self.language):
                break
            if not before.kept or not is_word(before.word):
                break
            taken += 1
            has = has or says(before.word, self.language)
        return taken

    def right(self, run: Run) -> int:
        """How many kept words behind a stretch belong to its phrase: none where it ends in a noun phrase of its own."""
        inside = self.found[run[0] : run[1]]
        if not inside:
            return 0
        first, last = inside[0].word, inside[-1].word
        is_more = opens_phrase(first, self.language) or sum(says(token.word, self.language) for token in inside) > 1
        is_whole = last[:1].isdigit() or (is_more and not opens_phrase(last, self.language))
        return 0 if is_whole and not self._lacks_noun(run) else self.phrase(run[1])

    def _lacks_noun(self, run: Run) -> bool:
        """Whether the noun of the last words of a stretch was kept behind them: "equal pay for equal | work"."""
        if not self.language.excerpts.noun_last or run[0] >= run[1] or run[1] >= len(self.found):
            return False
        here, there = self.found[run[1] - 1].word, self.found[run[1]]
        if not ((is_word(here) or here.isdigit()) and there.kept and is_word(there.word)):
            return False
        if run[0] and there.word in self.language.provisions.joins.phrases:  # "in a | safe, full | and … way"
            return self.found[run[0] - 1].word in words_of("grammar", "one", self.language)
        return not (opens_phrase(there.word, self.language) or opens_phrase(here, self.language))

    def complement(self, run: Run) -> int:
        """How many kept words behind a stretch complete its last noun: "du Pacte" behind "de l’Initiative"."""
        follows = run[1] < len(self.found) and self.found[run[1]].word in self.language.excerpts.complement.words
        return self.phrase(run[1]) if follows else 0

    def is_whole(self, run: Run) -> bool:
        """Whether no kept words behind a stretch belong to its phrase."""
        return self.right(run) == 0 and self.complement(run) == 0

    def opened(self, run: Run) -> Run:
        """The stretch with the kept function words that open it: "du" before "8 janvier"."""
        first, last = run
        if first < last and not opens_phrase(self.found[first].word, self.language):
            while first and self.found[first - 1].kept and opens_phrase(self.found[first - 1].word, self.language):
                first -= 1
        return first, last

    def trimmed(self, run: Run) -> Run:
        """The stretch without kept words and signs at its ends, and without words behind its last one of content."""
        first, last = run
        while first < last and (not self.found[first].told or self._is_sign(first, OPENING)):
            first += 1
        while last > first + 1 and (
            not self.found[last - 1].told
            or self._is_sign(last - 1, CLOSING)
            or opens_phrase(self.found[last - 1].word, self.language)
        ):
            last -= 1
        return first, last

    def _is_sign(self, place: int, but: frozenset[str]) -> bool:
        """Whether a token is a sign, none of those."""
        word = self.found[place].word
        return not is_word(word) and word not in but

    def without_signs(self, run: Run) -> Run:
        """The stretch without the signs that stand at its ends."""
        first, last = run
        while first < last and self.found[first].word in CLAUSE_SIGNS:
            first += 1
        while first < last and self.found[last - 1].word in CLAUSE_SIGNS:
            last -= 1
        return first, last

    def is_balanced(self, run: Run) -> bool:
        """Whether every bracket of a stretch is opened and closed in it."""
        depths = self._depths(run)
        return not depths or (min(depths) >= 0 and depths[-1] == 0)

    def _depths(self, run: Run) -> list[int]:
        """How many brackets are open behind each token of a stretch, those of the stretch alone."""
        depths, depth = [], 0
        for token in self.found[run[0] : run[1]]:
            depth += (token.word in OPENING) - (token.word in CLOSING)
            depths.append(depth)
        return depths

    def alone(self, run: Run) -> Run:
        """The stretch as it can be quoted alone: trimmed, no bracket open, no word at its end that begins what is not
        in it, and with the kept words without which its last one says nothing."""
        return self._completed(self._undangled(self._closed(self.trimmed(run))))

    def _closed(self, run: Run) -> Run:
        """The stretch with the kept sign that closes a bracket it opens; else without what is not closed in it."""
        first, last = run
        depths = self._depths(run)
        depth = depths[-1] if depths else 0
        if depth > 0 and last < len(self.found) and self.found[last].word in CLOSING:
            return first, last + 1
        if depths and min(depths) < 0:
            return self.trimmed((first + 1 + max(n for n, d in enumerate(depths) if d < 0), last))
        if depth > 0:
            return first, first + max(n for n, d in enumerate(depths) if d > 0 and not (n and depths[n - 1] > 0))
        return run

    def _undangled(self, run: Run) -> Run:
        """The stretch without words at its end that begin what is not in it: "en vue", "afin"."""
        leading = self.language.excerpts.leading.words
        first, last = run = self._with_noun(run)
        while last > first + 1 and self.found[last - 1].word in leading:
            last -= 1
        return self.trimmed((first, last)) if last < run[1] else run

    def _with_noun(self, run: Run) -> Run:
        """The stretch without its last member where the noun of that was kept behind it, else with the noun."""
        if not self._lacks_noun(run):
            return run
        first, last = run
        joins = {",", ";", *self.language.provisions.joins.phrases}
        cut = next((place for place in range(last - 1, first + SHORT, -1) if self.found[place].word in joins), 0)
        return self.trimmed((first, cut)) if cut else (first, last + self.phrase(last))

    def _completed(self, run: Run) -> Run:
        """The stretch with the kept words behind it without which its last word says nothing: "du secteur | de la
        sécurité", "à faciliter | la réinsertion", "à la pleine | application des accords"."""
        first, last = run
        table = self.language.excerpts
        if first >= last or last >= len(self.found):
            return run
        behind = last
        while behind < len(self.found) and not self.found[behind].kept:  # "de", of "de | la sécurité", came too
            behind += 1
        joint = [token.word for token in self.found[last : behind + 1]]
        if joint[0] in table.complement.words and all(opens_phrase(word, self.language) for word in joint[:-1]):
            whole = self._up_to(run, behind + self.phrase(behind))
            return self._completed(whole) if whole != run and self._governs(whole) else whole
        here, there = self.found[last - 1], self.found[last]
        if last - first < 2 or not there.kept or not opens_phrase(self.found[last - 2].word, self.language):
            return run
        opens = opens_phrase(there.word, self.language)
        if self._governs(run):
            return self._up_to(run, last + self.phrase(last)) if opens else run
        added = self.complement((last, last + 1)) if is_word(there.word) and is_word(here.word) and not opens else 0
        return self._up_to(run, last + 1 + added) if added and not table.noun_last else run

    def _governs(self, run: Run) -> bool:
        """Whether a stretch ends in a verb that may ask for an object: "à faciliter"."""
        ending = self.slice((max(run[0], run[1] - 2), run[1]))
        return find(self.language.excerpts.governing, fold_same_length(ending)) is not None

    def _up_to(self, run: Run, last: int) -> Run:
        """The stretch up to that token, without the function words that would end it, where no bracket stays open."""
        while last > run[1] and opens_phrase(self.found[last - 1].word, self.language):
            last -= 1
        return (run[0], last) if self.is_balanced((run[0], last)) else run


def lay_out_tokens(
    old_text: str, new_text: str, edits: tuple[Edit, ...], language: Language
) -> tuple[Tokens, Tokens, list[Site]]:
    """The tokens of both texts, and the sites where words of substance came or went; those with only a few kept words
    between them are one.

    >>> from resdiff.marking.words import edits
    >>> french, was, now = Language.of("fr"), "Prie l’Office d’aider les États", "Prie l’Office de conseiller les États"
    >>> old, new, (site,) = lay_out_tokens(was, now, edits(was, now, french), french)
    >>> old.slice(site.old), new.slice(site.new), new.slice(new.alone(site.new))
    ('d’aider', 'de conseiller', 'de conseiller les États')
    >>> both_sides(old, new, site, context_of_phrase(old, new, site))
    ('l’Office d’aider', 'l’Office de conseiller')
    >>> both_sides(old, new, site, context_of_clause(old, new, site))
    ('Prie l’Office d’aider les États', 'Prie l’Office de conseiller les États')
    """
    old, new = Tokens(old_text, [], language), Tokens(new_text, [], language)
    return old, new, _merged(new, [*_token_sites(old, new, edits)])


def _token_sites(old: Tokens, new: Tokens, edits: tuple[Edit, ...]) -> Iterator[Site]:
    """Fills in the tokens; the sites."""
    old_at = new_at = 0
    first: Run | None = None
    heavy = False
    for edit in (*edits, Edit(Op.EQUAL, "")):
        kept = edit.op is Op.EQUAL
        if kept and first:
            if heavy:
                yield Site((first[0], len(old.found)), (first[1], len(new.found)))
            first, heavy = None, False
        elif not kept and first is None:
            first = len(old.found), len(new.found)
        told = not kept and edit.weight > Weight.ROUTINE and not edit.passage
        heavy = heavy or (told and edit.weight is Weight.SUBSTANTIVE)
        words = _tokens_near(edit.text) if kept else _tokens_of(edit.text, 0)
        if edit.op is not Op.INSERT:
            old.found.extend([Token(old_at + start, old_at + end, word, kept, told) for start, end, word in words])
            old_at += len(edit.text)
        if edit.op is not Op.DELETE:
            new.found.extend([Token(new_at + start, new_at + end, word, kept, told) for start, end, word in words])
            new_at += len(edit.text)


def _tokens_near(text: str) -> list[tuple[int, int, str]]:
    """The tokens of kept words, of a long stretch only those near its ends: a quotation takes in no others."""
    head, tail = text.rfind(" ", 0, NEAR), text.find(" ", max(0, len(text) - NEAR))
    if len(text) <= 2 * NEAR or head < 0 or tail < 0:
        return _tokens_of(text, 0)
    return [*_tokens_of(text[:head], 0), (head, head + 1, ";"), *_tokens_of(text[tail:], tail)]


def _tokens_of(text: str, at: int) -> list[tuple[int, int, str]]:
    found = tokens(text)
    starts = accumulate(map(len, found), initial=at)
    return [
        (start, start + len(token), fold(token))
        for token, start in zip(found, starts, strict=False)
        if not token.isspace()
    ]


def _merged(new: Tokens, sites: Sequence[Site]) -> list[Site]:
    """The sites, those as one between which hardly anything was kept: a few words that say nothing."""
    merged: list[Site] = []
    for site in sites:
        between = new.found[merged[-1].new[1] : site.new[0]] if merged else []
        is_bridge = len(between) <= BRIDGE and all(is_word(t.word) and not says(t.word, new.language) for t in between)
        if merged and is_bridge:
            merged[-1] = merged[-1].up_to(site)
        else:
            merged.append(site)
    return merged


def context_of_phrase(old: Tokens, new: Tokens, site: Site) -> Context:
    """How many kept words before and behind a site belong to its phrase: more before it where one side would be a word
    alone ("le tenir")."""
    left = max(old.left(site.old), new.left(site.new))
    right = max(old.right(site.old), new.right(site.new))
    is_bare = min(width(site.old), width(site.new)) + left + right < FEWEST_WORDS
    return max(left, FEWEST_WORDS - 1) if is_bare else left, right


def context_of_clause(old: Tokens, new: Tokens, site: Site) -> Context:
    """How many kept words before and behind a site belong to its clause."""
    left = min(side.to_sign(run[0], -1) for side, run in ((old, site.old), (new, site.new)))
    right = min(side.to_sign(run[1], 1) for side, run in ((old, site.old), (new, site.new)))
    return left, right or context_of_phrase(old, new, site)[1]


def context_of_one(here: Tokens, run: Run, there: Tokens, opposite: Run) -> Context:
    """How many kept words before and behind a stretch belong to its phrase, where nothing of the other side is told."""
    right = max(here.right(run), there.right(opposite)) or here.complement(run)
    return here.left(run, content=not right), right


def both_sides(old: Tokens, new: Tokens, site: Site, context: Context) -> tuple[str, str] | None:
    """Both sides of a site with so many kept words before and behind it; None where a bracket would stay open."""
    left = min(context[0], old.kept_from(site.old[0], -1), new.kept_from(site.new[0], -1))
    right = min(context[1], old.kept_from(site.old[1], 1), new.kept_from(site.new[1], 1))
    if not left and not right and min(width(site.old), width(site.new)) <= SHORT:
        return None
    runs = [side.without_signs((run[0] - left, run[1] + right)) for side, run in ((old, site.old), (new, site.new))]
    if not all(side.is_balanced(run) for side, run in zip((old, new), runs, strict=True)):
        return None
    was, now = old.slice(runs[0]), new.slice(runs[1])
    return (was, now) if was and now else None
