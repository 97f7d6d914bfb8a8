"""Words of a text shortened so that they can be quoted: at the end of a clause, never in a name, never before what is
asked.

A quotation that was shortened ends in " …"; without it, it is the text to the letter.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from resdiff.judgement.quoting import shorten
from resdiff.language import Language, pattern
from resdiff.language.fold import fold, fold_same_length
from resdiff.marking.weight import is_content, openings
from resdiff.recognition.survey import Act

__all__ = ["CUT", "act_quote", "as_line", "point_quote", "shortened"]

CUT = " …"
EARLIEST = 0.5
"""Share of the room that a quotation cut at the end of a clause fills at least: less would say too little."""
WHOLE = 1.15
"""How far beyond its room a text may run and still be quoted whole."""
LATEST = 1.25
"""How far beyond its room a quotation may run to the end of its clause."""
ASKED = 3
"""Words from the verb of what is asked on that a quotation holds at least: its phrase goes on."""
ROOM = 30
"""Characters that what is to be done takes with its object."""
ACTION_REACH = 160
"""Characters behind who is asked in which what is to be done stands; farther off it is another clause."""
CHARACTERS = 7
"""Characters of a word with the space behind it."""
DUTY_REACH = 100
"""Characters of what is asked in which that verb stands."""
INTRODUCED = 70
"""Characters up to which the opening of a list is quoted with its first point."""
RE_SIGN = re.compile(r"[,;:](?=\s)")
SIGNS = " ,;:.\u00a0"
ENDS = SIGNS + "’'"
PAIRS = (("(", ")"), ("«", "»"), ("“", "”"), ("[", "]"))


class _Marks(NamedTuple):
    """The patterns of a language, compiled; those it has not match nothing."""

    clause: re.Pattern[str]
    phrase: re.Pattern[str]
    dangling: re.Pattern[str]
    tail: re.Pattern[str]
    hanging: re.Pattern[str]
    duty: re.Pattern[str]
    aside: re.Pattern[str]


@cache
def _marks_of(language: Language) -> _Marks:
    return _Marks(*(pattern(getattr(language.excerpts, name).pattern) for name in _Marks._fields))


def as_line(text: str, language: Language) -> str:
    """The text in one line, without the spaces and signs at its ends and the way to a next clause."""
    line = " ".join(text.split()).strip(SIGNS)
    tail = _marks_of(language).tail.search(fold_same_length(line))
    return line[: tail.start()].rstrip(SIGNS) if tail else line


def shortened(text: str, language: Language, most: int, least: int = 0) -> str:
    """The first words of a text, about ``most`` characters and ``least`` at least, " …" where something was left out.

    >>> french = Language.of("fr")
    >>> shortened("Prie l’Office d’aider les États, afin de renforcer la coopération", french, 40)
    'Prie l’Office d’aider les États …'
    >>> shortened("Prie l’Office d’aider les États", french, 40)
    'Prie l’Office d’aider les États'
    """
    line = as_line(text, language)
    if len(line) <= WHOLE * most:
        return line
    marks = _marks_of(language)
    cuts = (
        *((RE_SIGN, EARLIEST * most, most), (marks.clause, EARLIEST * most, most)),
        *((RE_SIGN, most, LATEST * most), (marks.clause, most, LATEST * most), (marks.phrase, EARLIEST * most, most)),
    )
    for mark, first, last in cuts:
        good = [end for end in _ends(mark, line, language) if max(least, first) <= end <= max(last, LATEST * least)]
        if good:
            return line[: good[-1] if last <= most else good[0]].rstrip(ENDS) + CUT
    words = line[: max(most, least)].split(" ")[:-1]
    while len(words) > 1 and _is_light(words[-1].strip(",;:"), language):
        words.pop()
    return " ".join(words).rstrip(ENDS) + CUT


def _ends(mark: re.Pattern[str], line: str, language: Language) -> Iterator[int]:
    """The places where the line can be cut: what stands before is whole."""
    marks, flat = _marks_of(language), fold_same_length(line)
    for found in mark.finditer(flat):
        before = line[: found.start()].rstrip()
        last = before.rpartition(" ")[2].strip(SIGNS)
        in_name = mark is marks.phrase and last[:1].isupper()
        whole = all(before.count(opening) <= before.count(closing) for opening, closing in PAIRS)
        if whole and not in_name and not _is_light(last, language) and not marks.dangling.search(flat[: len(before)]):
            yield len(before)


def _is_light(word: str, language: Language) -> bool:
    folded = fold(word)
    return folded in openings(language) or not is_content(folded, language)


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
    if len(quote) <= LATEST * room or not act.action:
        return quote
    least = min(room, fold_same_length(quote).find(act.action) + ROOM)
    return shortened(quote.removesuffix(CUT), language, room, least)


def _unhung(quote: str, language: Language) -> str:
    """A quotation that was cut, without the words at its end that ask for another one."""
    before = quote.removesuffix(CUT)
    hanging = _marks_of(language).hanging.search(fold_same_length(before)) if before != quote else None
    return before[: hanging.start()] + CUT if hanging else quote


def point_quote(text: str, language: Language, most: int) -> str:
    """The first words of a paragraph without a verb of its own, with what must be done where it says that."""
    duty = _marks_of(language).duty.search(fold_same_length(text))
    return shortened(text, language, most, duty.end() if duty and duty.start() < DUTY_REACH else 0)


def _asked_end(act: Act, text: str, language: Language) -> int:
    """The character of an act at which what is asked is named."""
    flat, marks = fold_same_length(text), _marks_of(language)
    asked = max(text.find(act.object[:40]) if act.object else 0, 0)
    done = flat.find(act.action, asked, asked + len(act.addressee) + ACTION_REACH) if act.action else -1
    if (duty := marks.duty.search(flat)) and duty.start() < asked + DUTY_REACH:
        done = max(done, duty.end())
    if done >= 0 and (aside := marks.aside.match(flat, done)):
        done = aside.end()
    words = list(re.finditer(r"\S+", text[max(asked, done) :]))[:ASKED]
    return max(asked, done) + words[-1].end() if words else 0
