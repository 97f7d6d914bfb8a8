"""Verbs of command: what a paragraph does, how strongly, and how that differs between linked paragraphs.

The ladder is ``data/verbs.toml``. A paragraph may hold several verbs ("Encourage … et prie l’Office …"): each with
its clause is a :class:`Command`. Commands of linked paragraphs are paired by what their clauses say, then compared
inside a scale both verbs stand on; across scales a verb is other, never weaker.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from resdiff.data import table
from resdiff.judgement.layout import Place, Texts, texts
from resdiff.language.phrases import Phrases, flat
from resdiff.model import Change, Comparison, Evidence, Flag, Kind, Paragraph, Part, Side, Span, VerbChange

__all__ = ["Command", "commands", "pairs", "verbs"]

EXCERPT = 14
"""Words of an added or dropped clause that a flag quotes: enough to name its object, short enough for a margin."""
SIMILAR = 0.3
"""Least likeness of two clauses to be partners: on 45 pairs of resolutions, clauses of linked paragraphs that say
different things score 0.15 to 0.2, different verbs of one clause 0.34 and more."""
SIMILAR_ALONE = 0.2
"""The same where each side has one verb only, and the link itself speaks for the pair."""
RE_FIRST_WORDS = re.compile(rf"(?:\S+\s+){{0,{EXCERPT - 1}}}\S+")
MOST_PAIRS = 10_000
"""Pairs of clauses that are weighed for one change; the longest paragraphs read hold 7 verbs each. A text with more is
no resolution, and nothing is said of its verbs."""
SURE = 0.45
SURE_ACROSS = 0.6
"""Least likeness of two clauses for a change of verb to be told, inside a scale and across scales. On 45 pairs of
resolutions, read by hand, changes below these are clauses that share a subject and say different things:
"Condamnant toutes les atteintes" and "Conscient que le respect" score 0.46."""
SAID = 0.75
"""Share of the words of a clause that the other side has, for the clause to be neither added nor dropped: in 78/226
op2 "invite les États Membres à appliquer" became part of "Encourage … à appliquer" (1.0)."""
ELSEWHERE = 0.8
"""Likeness of a clause to one of any other paragraph for it to have moved: from pp5 to pp9 of S/RES/1826 (2008)
"soulignant que les auteurs de tels actes doivent être traduits en justice" scores 0.92."""
RE_HEAD = re.compile(r"(?:^\W*|[,;:] (?:et |mais |ou )?| et )(?=,? ?([^\s,;:.]+)|)")
"""Where a clause may begin, and the first word of it."""
RE_GAP = re.compile(r",? ?")
RE_NEXT = re.compile(r" ([^\s,;:.']+'?)")
RE_WORD = re.compile(r"[^\W\d_]{4,}|\d[\d/]+")


class Command(Struct, frozen=True):
    """A verb with its clause: ``start`` to ``end`` the verb and its adverbs, to ``stop`` the clause.

    ``text`` is the verb as printed with the adverbs that matter, ``head`` with all of them.
    """

    paragraph: str
    start: int
    end: int
    stop: int
    id: str
    text: str
    head: str
    strength: tuple[tuple[str, float], ...]
    lead: bool
    clause: str
    words: frozenset[str]


# ---- finding ------------------------------------------------------------------------------------------------------


@cache
def _rows(form: str) -> dict[str, dict[str, Any]]:
    """The row of each flat verb form; ``form`` is ``op`` or ``pp``."""
    return {flat(text): row for row in table("verbs")["verb"] for text in row.get(form, ())}


@cache
def _forms(form: str) -> Phrases:
    return Phrases(_rows(form))


@cache
def _adverbs() -> dict[str, dict[str, Any]]:
    return {flat(word): row for row in table("verbs")["adverb"] for word in row["words"]}


@cache
def _adverb_phrases() -> Phrases:
    return Phrases(_adverbs())


@cache
def _openings(form: str) -> frozenset[str]:
    """The first words of verbs and of adverbs."""
    return frozenset(_forms(form).firsts | _adverb_phrases().firsts)


class _Found(Struct, frozen=True):
    """A verb found: where the words before it begin, its form, where it stands, its adverbs, where they end."""

    head: int
    form: str
    start: int
    adverbs: tuple[int, ...]
    end: int


@lru_cache(maxsize=2048)
def commands(paragraph: Paragraph) -> tuple[Command, ...]:
    """The verbs of command of a paragraph with their clauses, in order.

    >>> text = "Encourage les États à coopérer, et prie instamment l’Office de les aider"
    >>> [c.text for c in commands(Paragraph("op1", Part.OPERATIVE, "1", 0, "Encourage", text, Span(0, 0)))]
    ['Encourage', 'prie instamment']
    """
    form = "pp" if paragraph.part is Part.PREAMBLE else "op"
    plain = flat(paragraph.text)
    heads = [match for match in RE_HEAD.finditer(plain) if match[1] in _openings(form)]
    found = [f for match in heads if (f := _verb(plain, form, match.start(), match.end()))]
    stops = [*(f.head for f in found), len(plain)][1:]
    return tuple(_command(paragraph, form, f, stop) for f, stop in zip(found, stops, strict=True))


def _verb(plain: str, form: str, head: int, place: int) -> _Found | None:
    """The verb that opens the clause there, perhaps after an adverb: "et, à cet égard, prend acte"."""
    start, verb = place, _forms(form).at(plain, place)
    if not verb:
        start = _past_adverbs(plain, place)[1]
        start += plain[start : start + 1] == " "
        verb = _forms(form).at(plain, start)
    row = _rows(form).get(verb)
    if row is None or (head and row.get("opens")):
        return None
    adverbs, end = _past_adverbs(plain, start + len(verb))
    follows = RE_NEXT.match(plain, start + len(verb))
    after = row.get("after")
    if after and not adverbs and not (follows and follows[1] in after.split("|")):
        return None
    return _Found(head, verb, start, adverbs, end)


def _past_adverbs(plain: str, place: int) -> tuple[tuple[int, ...], int]:
    """Where each adverb stands from that place on, and where the last one ends; commas may set them off."""
    found: list[int] = []
    end = place
    while True:
        start = RE_GAP.match(plain, end).end()  # type: ignore[union-attr]
        adverb = _adverb_phrases().at(plain, start)
        if not adverb:
            return tuple(found), end
        found.append(start)
        end = start + len(adverb)


def _command(paragraph: Paragraph, form: str, found: _Found, stop: int) -> Command:
    row, plain = _rows(form)[found.form], flat(paragraph.text)
    adverbs = [(at, _adverb_phrases().at(plain, at)) for at in found.adverbs]
    kept = [(at, adverb) for at, adverb in adverbs if _adverbs()[adverb]["sort"] != "neutral"]
    words = [(found.start, found.form), *kept]
    return Command(
        paragraph.id, found.start, found.end, stop, row.get("kin", row["id"]),
        " ".join(paragraph.text[at : at + len(word)] for at, word in words),
        paragraph.text[found.start : found.end],
        _strength(row, [adverb for _, adverb in kept]), found.head == 0, paragraph.text[found.end : stop],
        frozenset(RE_WORD.findall(plain[found.end : stop])),
    )  # fmt: skip


def _strength(row: dict[str, Any], adverbs: Iterable[str]) -> tuple[tuple[str, float], ...]:
    scales: dict[str, float] = dict(row.get("scales", {}))
    for adverb in adverbs:
        rule = _adverbs()[adverb]
        if rule["sort"] == "tone":
            scales = dict(rule["set"]) if {"reception", "statements"} & scales.keys() else scales
        elif scales.keys() & rule.get("set", {}).keys():
            scales |= {scale: max(value, scales[scale]) for scale, value in rule["set"].items()}
        else:
            scales = {scale: value + 0.5 for scale, value in scales.items()}
    return tuple(sorted(scales.items()))


# ---- pairing ------------------------------------------------------------------------------------------------------


def pairs(laid: Texts) -> tuple[tuple[Command | None, Command | None], ...]:
    """The commands of both sides of a change, paired by what they ask; one without a partner stands beside None."""
    return _pairs(*(tuple(place.paragraph for place in places) for places in (laid.old, laid.new)))


@lru_cache(maxsize=1024)
def _pairs(
    old_paragraphs: tuple[Paragraph, ...], new_paragraphs: tuple[Paragraph, ...]
) -> tuple[tuple[Command | None, Command | None], ...]:
    old = [c for paragraph in old_paragraphs for c in commands(paragraph)]
    new = [c for paragraph in new_paragraphs for c in commands(paragraph)]
    if len(old) == len(new) == 1 and _likeness(old[0], new[0]) >= SIMILAR_ALONE:
        return ((old[0], new[0]),)
    if len(old) * len(new) > MOST_PAIRS:
        return ()
    ranked = sorted(((-_likeness(o, n), i, j) for i, o in enumerate(old) for j, n in enumerate(new)))
    partner: dict[int, int] = {}
    for score, i, j in ranked:
        if -score >= SIMILAR and i not in partner and j not in partner.values():
            partner[i] = j
    found = [(o, new[partner[i]] if i in partner else None) for i, o in enumerate(old)]
    return tuple(found) + tuple((None, n) for j, n in enumerate(new) if j not in partner.values())


def _likeness(old: Command, new: Command) -> float:
    """How far two clauses say the same: shared words over all, or over the shorter one; the same verb counts a bit."""
    shared = len(old.words & new.words)
    if not shared:
        return 0.0
    dice = 2 * shared / (len(old.words) + len(new.words))
    within = 0.7 * shared / max(5, min(len(old.words), len(new.words)))
    return max(dice, within) + 0.06 * (old.id == new.id) + 0.04 * (old.lead and new.lead)


# ---- comparing ----------------------------------------------------------------------------------------------------


def verbs(comparison: Comparison) -> Comparison:
    """The comparison with its changes of verbs, and flags on the changes they stand in."""
    old, new = ({p.id: p for p in side.body} for side in (comparison.old, comparison.new))
    told = _Told([], [], *([c for p in side.body for c in commands(p)] for side in (comparison.old, comparison.new)))
    changes: list[Change] = []
    for change in comparison.changes:
        told.flags = []
        if change.link.old and change.link.new and change.kind is not Kind.UNCHANGED:
            laid = texts(change, old, new)
            couples = pairs(laid)
            for old_command, new_command in couples:
                if old_command and new_command:
                    if not _still_there(old_command, new_command, couples):
                        _changed(laid, old_command, new_command, told)
                elif new_command and _is_news(laid, Side.NEW, new_command, told.old):
                    told.flags.append(Flag("verb-added", (_excerpt(new_command),), (), _evidence(new_command)))
                elif old_command and _is_news(laid, Side.OLD, old_command, told.new):
                    told.flags.append(Flag("verb-dropped", (_excerpt(old_command),), _evidence(old_command), ()))
        changes.append(replace(change, flags=change.flags + tuple(told.flags)))
    return replace(comparison, changes=tuple(changes), verbs=tuple(told.verbs))


class _Told(Struct):
    """What is told so far, and all the commands of both texts."""

    verbs: list[VerbChange]
    flags: list[Flag]
    old: list[Command]
    new: list[Command]


def _still_there(
    old_command: Command, new_command: Command, couples: Iterable[tuple[Command | None, Command | None]]
) -> bool:
    """Whether one side has both verbs, each with words of the clause: then neither gave way to the other.

    From S/RES/1582 (2005) to S/RES/1615 (2005) "réaffirme également le droit de tous les réfugiés de retourner" became
    "réaffirme également les droits de tous les réfugiés et souligne qu’ils ont le droit de retourner".
    """
    free = [(old, new) for old, new in couples if not (old and new)]
    kept = any(new and new.id == old_command.id and _likeness(old_command, new) >= SIMILAR for _, new in free)
    return kept or any(old and old.id == new_command.id and _likeness(old, new_command) >= SIMILAR for old, _ in free)


def _changed(laid: Texts, old: Command, new: Command, told: _Told) -> None:
    """Tell the verb of a clause that gave way to another one; none where the clause went to the other part."""
    if (old.paragraph[:2] == "pp") != (new.paragraph[:2] == "pp"):
        return
    direction = _direction(old, new)
    least = SURE if dict(old.strength).keys() & dict(new.strength).keys() else SURE_ACROSS
    if _is_same(old, new) or _likeness(old, new) < least:
        return
    if not (_shown(laid, Side.OLD, old) or _shown(laid, Side.NEW, new)):
        return
    lead = old.lead and new.lead
    told.verbs.append(VerbChange(old.paragraph, new.paragraph, old.text, new.text, direction, lead))
    code = "verb-changed" if direction == "same" else f"verb-{direction}"
    told.flags.append(Flag(code, (old.text, new.text), _evidence(old), _evidence(new)))


def _is_news(laid: Texts, side: Side, command: Command, others: list[Command]) -> bool:
    """Whether a clause without a partner stands in changed words and is said nowhere on the other side."""
    other = Side.NEW if side is Side.OLD else Side.OLD
    if not _shown(laid, side, command) or _said(laid, other, command):
        return False
    return not any(c.id == command.id and _likeness(c, command) >= ELSEWHERE for c in others)


def _is_same(old: Command, new: Command) -> bool:
    """Whether the verbs are one, and as strong: "Prend note" and "Note"."""
    shared = dict(old.strength).keys() & dict(new.strength).keys()
    alike = old.strength == new.strength or (bool(shared) and _direction(old, new) == "same")
    return old.id == new.id and alike


def _direction(old: Command, new: Command) -> str:
    """``stronger``, ``weaker`` or ``same``: only scales both verbs stand on can tell, and they must agree."""
    held, holds = dict(old.strength), dict(new.strength)
    steps = {(holds[scale] > held[scale]) - (holds[scale] < held[scale]) for scale in held.keys() & holds.keys()}
    return {1: "stronger", -1: "weaker"}.get(steps.pop(), "same") if len(steps) == 1 else "same"


def _shown(laid: Texts, side: Side, command: Command) -> bool:
    """Whether the verb itself stands in words that changed."""
    start = _place(laid.places(side), command.paragraph).start
    return bool(laid.touched(side, Span(start + command.start, start + command.end)))


def _said(laid: Texts, side: Side, command: Command) -> bool:
    """Whether the paragraphs of that side say what the clause says, under another verb."""
    words = set(RE_WORD.findall(flat(laid.text(side))))
    return len(command.words & words) >= SAID * len(command.words)


def _place(places: Iterable[Place], paragraph: str) -> Place:
    return next(place for place in places if place.paragraph.id == paragraph)


def _evidence(command: Command) -> tuple[Evidence, ...]:
    return (Evidence(command.paragraph, _first_words(command)),)


def _excerpt(command: Command) -> str:
    """The verb and the first words of its clause, cut at a word."""
    cut = _first_words(command)
    more = len(cut) < len(f"{command.head}{command.clause}".rstrip(" \u00a0,;:."))
    return cut[:1].lower() + cut[1:] + (" …" if more else "")


def _first_words(command: Command) -> str:
    """The same as printed."""
    found = RE_FIRST_WORDS.match(f"{command.head}{command.clause}")
    return found[0].rstrip(" \u00a0,;:.") if found else command.head
