"""What added and changed paragraphs of the operative part do, in their own words, the weightiest first.

Nothing is called new here: a text may ask in other words what an earlier one asked. A provision is told when words of
its clause came and say something that the old text does not say as a whole; it is quoted, cut at the end of a clause.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Literal

from resdiff.judgement.case import Case, ChangeLayout, content_stems
from resdiff.language import Language
from resdiff.language.fold import fold_same_length
from resdiff.model import Kind, Paragraph, Part, Provision, Side
from resdiff.recognition.citations import key_of_symbol
from resdiff.recognition.survey import Command

__all__ = ["judge_provisions"]

FEWEST = 4  # stems that must have come for a changed clause to be told: fewer are told by the remark
CARRIED = 0.75  # share of the stems of a clause that one old paragraph has, for it to be the same in other words
LONGEST = 42  # words of a quote: three lines of a page
DROPPED_WORDS = 24  # … of a request that is made no more
SHORTEST = 16  # … and so many at least, where the text has them: less would leave out what is asked
RE_CLAUSE_END = re.compile(r"(?<=[,;:])\s+|\s+(?=(?:afin|pour|en vue|conformément|notamment|y compris)\s)")
"""Where a quote may be cut; not before "et": half of "prévenir et combattre" would mislead."""
RE_HEADING = re.compile(r"\.h\d")
RANKS = {"decisions": 40.0, "requests": 20.0, "blame": 16.0, "reception": 4.0, "statements": 6.0, "recalls": 4.0}
DECIDING = frozenset({"décider", "proroger", "autoriser", "créer", "adopter", "désigner"})
DEMANDING = 4.0  # place on the scale of requests from which a request binds
TIMED = 12.0  # what a deadline adds
ADDED = 4.0  # what it adds that the whole paragraph was added
MOST_COUNTED = 12  # stems that came, of which each adds one
LONG_NAME = 16  # words of the one asked that are quoted whole
POINTING = 10.0  # what a clause loses that points to something said before it: "ces actes", "à cette fin"
RE_POINTING = re.compile(r"\b(?:ces|cet|cette|ledit|ladite|lesdit\w+|celui-ci|celle-ci|ceux-ci|celles-ci)\b")
THREATENING = 25.0  # what a threat adds
RENEWING = 20.0  # what a renewal adds, and a renewal is told though its words stayed
RENEWED_EARLY = 60  # characters behind the verb in which it stands
TAKEN_UP = 3  # one in so many stems of a dropped request in one new paragraph, and it may be made in other words
RARE, TWO_RARE = 2, 2  # paragraphs of the old text that have a rare stem; so many of them together are no chance
BINDING = 15.0  # what a demand adds to a request


def judge_provisions(case: Case) -> tuple[Provision, ...]:
    """What the changed operative paragraphs do, the weightiest first, then the requests that are made no more.

    Each is quoted to the letter.
    """
    return (*_made(case), *_dropped(case))


def _dropped(case: Case) -> Iterator[Provision]:
    """The requests that open old paragraphs without a partner and of which no new paragraph says a third.

    A decision stands until it is ended: that a text does not repeat it says nothing. Nor is anything told as dropped
    by a text that refers to paragraphs of the old one: it may have been carried out.
    """
    number = key_of_symbol(case.comparison.old.symbol).partition(":")[2]
    if number and any(_refers(p.text, number) for p in case.comparison.new.body):
        return
    new_stems = [content_stems(p.text) for p in case.comparison.new.paragraphs]
    gone = {place.paragraph.id for layout in case.layouts if not layout.new for place in layout.old}
    texts = {p.id: p.text for p in case.comparison.old.body}
    often = Counter(stem for text in texts.values() for stem in content_stems(text))
    for command in case.old.commands:
        if command.paragraph not in gone or not command.lead or "requests" not in dict(command.strength):
            continue
        clause = texts[command.paragraph][command.start : command.stop]
        stems = content_stems(clause) - content_stems(command.addressee)
        rare = frozenset(stem for stem in stems if often[stem] <= RARE)
        if len(stems) >= FEWEST and not any(_may_take_up(stems, rare, there) for there in new_stems):
            asked = command.asked_end - command.end if command.addressee else 0
            yield Provision(Side.OLD, command.paragraph, _quoted(case, clause, command, asked, DROPPED_WORDS))


def _may_take_up(stems: frozenset[str], rare: frozenset[str], there: frozenset[str]) -> bool:
    """Whether a new paragraph may make a request in other words: it has a third of its stems, or two that are rare."""
    return TAKEN_UP * len(stems & there) >= len(stems) or len(rare & there) >= TWO_RARE


def _refers(text: str, number: str) -> bool:
    """Whether a paragraph refers to paragraphs of the resolution of that number."""
    plain = re.sub(r"\s", "", fold_same_length(text))
    return "paragraphe" in plain and number in plain


def _made(case: Case) -> tuple[Provision, ...]:
    """What the changed paragraphs of the new text do, the weightiest first, those of one weight as they stand."""
    old_stems = {p.id: content_stems(p.text) for p in case.comparison.old.body}
    timed = {mention.paragraph for mention in case.new.deadlines}
    layouts = {place.paragraph.id: layout for layout in case.layouts for place in layout.new}
    found: list[tuple[float, Provision]] = []
    for paragraph, start, stop, command in _clauses(case):
        layout = layouts[paragraph.id]
        clause = paragraph.text[start:stop]
        renews = command.id in DECIDING and _holds(case, "renewals", clause[:RENEWED_EARLY])
        if layout.change.kind is Kind.UNCHANGED and not renews:
            continue
        came = _came(layout, paragraph, start, stop) - _linked_stems(layout, old_stems)
        says_more = len(came - content_stems(command.addressee)) >= FEWEST
        if not renews and (not says_more or _carried(clause, old_stems)):
            continue
        rank = _rank(command) + min(len(came), MOST_COUNTED) + ADDED * (not layout.old)
        rank += TIMED * (paragraph.id in timed) + THREATENING * _holds(case, "threats", clause) + RENEWING * renews
        rank -= POINTING * bool(RE_POINTING.search(clause))
        asked = command.asked_end - command.end if command.paragraph == paragraph.id and command.addressee else 0
        found.append((rank, Provision(Side.NEW, paragraph.id, _quoted(case, clause, command, asked))))
    return tuple(provision for _, provision in sorted(found, key=lambda each: -each[0]))


def _clauses(case: Case) -> Iterator[tuple[Paragraph, int, int, Command]]:
    """The clauses of the operative part of the new text, each with where it stands and the verb that governs it; a
    point without a verb hangs on the one above it."""
    commands: dict[str, list[Command]] = {}
    for command in case.new.commands:
        commands.setdefault(command.paragraph, []).append(command)
    governing: Command | None = None
    for paragraph in case.comparison.new.body:
        if paragraph.part is not Part.OPERATIVE or RE_HEADING.search(paragraph.id):
            continue
        own = commands.get(paragraph.id, [])
        governing = own[-1] if own else governing if paragraph.depth else None
        if governing is not None and not own:
            yield paragraph, 0, len(paragraph.text), governing
        for command in own:
            yield paragraph, command.start, command.stop, command


def _holds(case: Case, name: Literal["threats", "renewals"], clause: str) -> bool:
    """Whether a clause holds one of the patterns of that name."""
    pattern = _pattern(case.new.language, name)
    return pattern is not None and bool(pattern.search(fold_same_length(clause)))


@cache
def _pattern(language: str, name: Literal["threats", "renewals"]) -> re.Pattern[str] | None:
    """The patterns of that name as one; None in a language without any: an empty pattern would match everything."""
    conditions = Language.of(language).conditions
    patterns = (conditions.threats if name == "threats" else conditions.renewals).patterns
    return re.compile("|".join(patterns)) if patterns else None


def _rank(command: Command) -> float:
    scales = dict(command.strength)
    best = max((RANKS[scale] + step for scale, step in scales.items()), default=5.0)
    if command.id in DECIDING:
        best = max(best, RANKS["decisions"])
    return best + BINDING * (scales.get("requests", 0.0) >= DEMANDING)


def _came(layout: ChangeLayout, paragraph: Paragraph, start: int, stop: int) -> frozenset[str]:
    """The stems of the words of those characters that came; all of them where the paragraph was added."""
    if not layout.old:
        return content_stems(paragraph.text[start:stop])
    span = layout.span(Side.NEW, paragraph.id, start, stop)
    text = layout.text(Side.NEW)
    came: frozenset[str] = frozenset()
    for site in layout.touched(Side.NEW, span):
        came = came | content_stems(text[max(site.new.start, span.start) : min(site.new.end, span.end)])
    return came


def _linked_stems(layout: ChangeLayout, old_stems: dict[str, frozenset[str]]) -> set[str]:
    return {stem for place in layout.old for stem in old_stems[place.paragraph.id]}


def _carried(clause: str, old_stems: dict[str, frozenset[str]]) -> bool:
    """Whether one paragraph of the old text says nearly all that the clause says."""
    stems = content_stems(clause)
    return any(len(stems & there) >= CARRIED * len(stems) for there in old_stems.values())


def _quoted(case: Case, clause: str, command: Command, asked: int, most: int = LONGEST) -> str:
    """The clause to its first ends, ``most`` words at most; the one asked by his first words where they are many.

    A threat that stands behind the end is quoted too.

    ``asked`` is how many characters behind the verb say who is asked.
    """
    verb = len(command.head)
    who = clause[verb : verb + asked]
    if len(who.split()) <= LONG_NAME or "," not in who:
        quote = _shortened(clause, most)
    else:
        first = f"{clause[:verb]}{who[: who.index(',')]}, …"
        quote = f"{first} {_shortened(clause[verb + asked :], max(SHORTEST, most - len(first.split())))}"
    pattern = _pattern(case.new.language, "threats")
    threat = pattern.search(fold_same_length(clause)) if pattern else None
    if threat is None or not quote.endswith("…") or clause[threat.start() : threat.end()] in quote:
        return quote
    start = max(clause.rfind(",", 0, threat.start()), clause.rfind(" et ", 0, threat.start())) + 1
    return f"{quote} {_shortened(clause[start:], SHORTEST)}"


def _shortened(text: str, most: int) -> str:
    """The first words of a text, cut where a phrase ends, " …" where something was left out."""
    text = " ".join(text.strip(" \u00a0,;:.").split())
    if text.count(" ") < most:
        return text
    ends = [m.start() for m in RE_CLAUSE_END.finditer(text) if SHORTEST <= text.count(" ", 0, m.start()) + 1 <= most]
    cut = text[: ends[-1]] if ends else " ".join(text.split()[:most])
    return cut.rstrip(" ,;:") + " …"
