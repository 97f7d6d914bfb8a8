"""Verbs of command in linked paragraphs: which gave way to which, how strongly, which came and went.

Commands of linked paragraphs are paired by what their clauses say, then compared inside a scale both verbs stand on;
across scales a verb is other, never weaker.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from resdiff.judgement.case import Case, ChangeLayout, Couple, Flagged, content_stems
from resdiff.language import Language, pattern
from resdiff.language.fold import fold_same_length
from resdiff.model import Evidence, Flag, FlagCode, Kind, Side, VerbChange
from resdiff.recognition.survey import Act, Command, Family, Survey

__all__ = ["asks_others", "is_redirected", "judge_commands", "pair_commands"]

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
RE_WORD = re.compile(r"[^\W\d_]{4,}|\d[\d/]+")
RE_HEAVY = re.compile(r"[^\W\d_]{4,}")
CHANGED = {"weaker": FlagCode.VERB_WEAKER, "stronger": FlagCode.VERB_STRONGER, "same": FlagCode.VERB_CHANGED}


# ---- pairing --------------------------------------------------------------------------------------------------------


def pair_commands(case: Case) -> tuple[tuple[Couple, ...], ...]:
    """For every change its old and new commands, paired by what they ask; none for one that is unchanged."""
    old, new = _by_paragraph(case.old), _by_paragraph(case.new)
    return tuple(
        ()
        if layout.change.kind is Kind.UNCHANGED
        else _paired(
            [c for place in layout.old for c in old.get(place.paragraph.id, ())],
            [c for place in layout.new for c in new.get(place.paragraph.id, ())],
        )
        for layout in case.layouts
    )


def _by_paragraph(survey: Survey) -> dict[str, list[Command]]:
    found: dict[str, list[Command]] = {}
    for command in survey.commands:
        found.setdefault(command.paragraph, []).append(command)
    return found


def _paired(old: list[Command], new: list[Command]) -> tuple[Couple, ...]:
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


@lru_cache(maxsize=4096)
def _words(clause: str) -> frozenset[str]:
    """The words of a clause that carry meaning: four letters and more, numbers."""
    return frozenset(RE_WORD.findall(fold_same_length(clause)))


def _likeness(old: Command, new: Command) -> float:
    """How far two clauses say the same: shared words over all, or over the shorter one; the same verb counts a bit."""
    old_words, new_words = _words(old.clause), _words(new.clause)
    shared = len(old_words & new_words)
    if not shared:
        return 0.0
    dice = 2 * shared / (len(old_words) + len(new_words))
    within = 0.7 * shared / max(5, min(len(old_words), len(new_words)))
    return max(dice, within) + 0.06 * (old.id == new.id) + 0.04 * (old.lead and new.lead)


# ---- comparing ------------------------------------------------------------------------------------------------------


def judge_commands(case: Case) -> tuple[tuple[VerbChange, ...], Flagged]:
    """The verbs that gave way to others, and flags on the changes in which verbs changed, came or went."""
    changes: list[VerbChange] = []
    flagged: Flagged = []
    acts = {side: _acts(case.survey(side)) for side in (Side.OLD, Side.NEW)}
    for place, (layout, couples) in enumerate(zip(case.layouts, case.couples, strict=True)):
        if not (layout.old and layout.new):
            continue
        for old, new in couples:
            if old and new:
                if _gave_way(layout, old, new, case.language) and not _still_there(old, new, couples):
                    direction = _weighed(old, new, _act_of(old, acts[Side.OLD]), _act_of(new, acts[Side.NEW]))
                    lead = old.lead and new.lead
                    changes.append(VerbChange(old.paragraph, new.paragraph, old.text, new.text, direction, lead))
                    code = FlagCode.VERB_CHANGED if _only_state(old, new) else CHANGED[direction]
                    flag = Flag(code, (old.text, new.text), _evidence(old), _evidence(new))
                    flagged.append((place, flag))
            elif new and _is_news(layout, Side.NEW, new, case.old.commands):
                flagged.append((place, Flag(FlagCode.VERB_ADDED, (_excerpt(new),), (), _evidence(new))))
            elif old and _is_news(layout, Side.OLD, old, case.new.commands):
                flagged.append((place, Flag(FlagCode.VERB_DROPPED, (_excerpt(old),), _evidence(old), ())))
    return tuple(changes), flagged


ASKING = frozenset({Family.DECIDE, Family.DEMAND, Family.REQUEST, Family.RECOMMEND, Family.ENCOURAGE})
STEP = 1.0
"""Least difference of force of two acts that ask or decide, for one to be stronger: below it readers disagree."""
STATING = frozenset({"statements", "recalls"})
"""Scales of which readers do not see the steps: "Rappelant" and "Réaffirmant"."""


def _acts(survey: Survey) -> dict[str, list[Act]]:
    found: dict[str, list[Act]] = {}
    for act in survey.acts:
        found.setdefault(act.paragraph, []).append(act)
    return found


def _act_of(command: Command, acts: dict[str, list[Act]]) -> Act | None:
    """The act whose verb the command is."""
    here = (act for act in acts.get(command.paragraph, ()) if act.passages[0].start < command.end)
    return max(here, key=lambda act: act.passages[0].start, default=None)


def _weighed(old: Command, new: Command, was: Act | None, now: Act | None) -> str:
    """``stronger``, ``weaker`` or ``same``: of what is asked or decided by the force of the whole phrases, softeners
    and duties too; of all else by the scales."""
    if was is None or now is None or not {was.family, now.family} <= ASKING:
        return _direction(old, new)
    if abs(now.force - was.force) < STEP:
        return "same"
    return "stronger" if now.force > was.force else "weaker"


def _only_state(old: Command, new: Command) -> bool:
    return dict(old.strength).keys() & dict(new.strength).keys() <= STATING


def _still_there(old_command: Command, new_command: Command, couples: Iterable[Couple]) -> bool:
    """Whether one side has both verbs, each with words of the clause: then neither gave way to the other.

    From S/RES/1582 (2005) to S/RES/1615 (2005) "réaffirme également le droit de tous les réfugiés de retourner" became
    "réaffirme également les droits de tous les réfugiés et souligne qu’ils ont le droit de retourner".
    """
    free = [(old, new) for old, new in couples if not (old and new)]
    kept = any(new and new.id == old_command.id and _likeness(old_command, new) >= SIMILAR for _, new in free)
    return kept or any(old and old.id == new_command.id and _likeness(old, new_command) >= SIMILAR for old, _ in free)


def _gave_way(layout: ChangeLayout, old: Command, new: Command, language: Language) -> bool:
    """Whether the verb of a clause gave way to another one; not where the clause went to the other part, nor where
    others are asked now: "Encourage les États" is no weaker "Prie l’Office"."""
    if (old.paragraph[:2] == "pp") != (new.paragraph[:2] == "pp"):
        return False
    least = SURE if dict(old.strength).keys() & dict(new.strength).keys() else SURE_ACROSS
    if _is_same(old, new) or _likeness(old, new) < least or is_redirected(old, new, language):
        return False
    return _verb_changed(layout, Side.OLD, old) or _verb_changed(layout, Side.NEW, new)


def _is_news(layout: ChangeLayout, side: Side, command: Command, others: tuple[Command, ...]) -> bool:
    """Whether a clause without a partner stands in changed words and is said nowhere on the other side."""
    if not _verb_changed(layout, side, command) or _is_said(layout, side.other, command):
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


def _verb_changed(layout: ChangeLayout, side: Side, command: Command) -> bool:
    """Whether the verb itself stands in words that changed."""
    return layout.is_touched(side, command.paragraph, command.start, command.end)


def _is_said(layout: ChangeLayout, side: Side, command: Command) -> bool:
    """Whether the paragraphs of that side say what the clause says, under another verb."""
    wanted, words = _words(command.clause), set(RE_WORD.findall(fold_same_length(layout.text(side))))
    return len(wanted & words) >= SAID * len(wanted)


# ---- who is asked ---------------------------------------------------------------------------------------------------


def is_redirected(old: Command, new: Command, language: Language) -> bool:
    """Whether two requests ask quite different ones: "les États Membres" and "tous les États" are none such."""
    shared = set(RE_HEAVY.findall(fold_same_length(old.addressee))) & set(
        RE_HEAVY.findall(fold_same_length(new.addressee))
    )
    return asks_others(old, new, language) and not shared


def asks_others(old: Command, new: Command, language: Language) -> bool:
    """Whether both addressees are known and differ."""
    names = fold_same_length(old.addressee), fold_same_length(new.addressee)
    pronoun = pattern(language.verbs.addressee.pronoun.pattern)
    if not all(name and not pronoun.match(name) for name in names) or _same(*names, language):
        return False
    was, now = content_stems(old.addressee), content_stems(new.addressee)
    return 2 * len(was & now) < min(len(was), len(now))


def _same(old: str, new: str, language: Language) -> bool:
    """Whether two addressees are one: equal, or one the short form of the other; "tous les États" are "les États"."""
    every = pattern(language.verbs.addressee.every.pattern)
    shorter, longer = sorted((every.sub("", re.sub(r"^l' ?", "l' ", name)).split() for name in (old, new)), key=len)
    return longer[: len(shorter)] == shorter


# ---- quoting --------------------------------------------------------------------------------------------------------


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
