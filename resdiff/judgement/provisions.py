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
    """What the changed paragraphs of the new text do."""
    commands: dict[str, list[Command]] = {}
    for command in case.new.commands:
        commands.setdefault(command.paragraph, []).append(command)
    timed = {m.paragraph for m in case.new.deadlines}
    old_stems = {p.id: content_stems(p.text) for p in case.comparison.old.body}
    found: list[tuple[float, int, Provision]] = []
    governing: Command | None = None
    order = {paragraph.id: place for place, paragraph in enumerate(case.comparison.new.body)}
    layouts = {place.paragraph.id: layout for layout in case.layouts for place in layout.new}
    for paragraph in case.comparison.new.body:
        if paragraph.part is not Part.OPERATIVE or RE_HEADING.search(paragraph.id):
            continue
        own = commands.get(paragraph.id, [])
        governing = own[-1] if own else governing if paragraph.depth else None
        layout = layouts[paragraph.id]
        for start, stop, command in _clauses(paragraph, own, governing):
            clause = paragraph.text[start:stop]
            renews = command.id in DECIDING and _any(case, "renewals", clause[:RENEWED_EARLY])
            came = _came(layout, paragraph, start, stop) - _linked_stems(layout, old_stems)
            told = len(came - content_stems(command.addressee)) >= FEWEST and not _carried(clause, old_stems)
            if not (renews or (told and layout.change.kind is not Kind.UNCHANGED)):
                continue
            rank = _rank(command) + TIMED * (paragraph.id in timed) + min(len(came), 12) + 4 * (not layout.old)
            rank += THREATENING * _any(case, "threats", clause) + RENEWING * renews
            rank -= POINTING * bool(RE_POINTING.search(clause))
            asked = command.asked_end - command.end if command.paragraph == paragraph.id and command.addressee else 0
            found.append(
                (rank, order[paragraph.id], Provision(Side.NEW, paragraph.id, _quoted(case, clause, command, asked)))
            )
    ranked = sorted(found, key=lambda each: (-each[0], each[1]))
    return tuple(provision for _, _, provision in ranked)


def _clauses(paragraph: Paragraph, own: list[Command], governing: Command | None) -> Iterator[tuple[int, int, Command]]:
    """The clauses of a paragraph with the verb that governs each; a point without a verb hangs on that above it."""
    if not own and governing is not None:
        yield 0, len(paragraph.text), governing
    for command in own:
        yield command.start, command.stop, command


def _any(case: Case, name: Literal["threats", "renewals"], clause: str) -> bool:
    """Whether a clause holds one of the patterns of that name."""
    return bool(_pattern(case.new.language, name).search(fold_same_length(clause)))


@cache
def _pattern(language: str, name: Literal["threats", "renewals"]) -> re.Pattern[str]:
    conditions = Language.of(language).conditions
    return re.compile("|".join(conditions.threats.patterns if name == "threats" else conditions.renewals.patterns))


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
    threat = _pattern(case.new.language, "threats").search(fold_same_length(clause))
    if not threat or not quote.endswith("…") or clause[threat.start() : threat.end()] in quote:
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
