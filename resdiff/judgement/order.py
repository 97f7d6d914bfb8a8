"""In which order what is said of a change is told: precedence is decided here and nowhere else.

No judge looks at what another said, and none takes it back.
"""

from msgspec.structs import replace

from resdiff.judgement.case import Flagged
from resdiff.model import Change, Comparison, FlagCode

__all__ = ["ORDER", "in_order"]

ORDER = (
    FlagCode.DEADLINE_CHANGED,
    FlagCode.DEADLINE_DROPPED,
    FlagCode.DEADLINE_ADDED,
    FlagCode.FIGURE_CHANGED,
    FlagCode.FIGURE_DROPPED,
    FlagCode.FIGURE_ADDED,
    FlagCode.VERB_WEAKER,
    FlagCode.VERB_STRONGER,
    FlagCode.VERB_CHANGED,
    FlagCode.CONDITION_DROPPED,
    FlagCode.ADDRESSEE_CHANGED,
    FlagCode.ACTOR_REPLACED,
    FlagCode.VERB_DROPPED,
    FlagCode.REPORT_DROPPED,
    FlagCode.CONDITION_ADDED,
    FlagCode.VERB_ADDED,
    FlagCode.REPORT_ADDED,
)
"""Flags as a negotiator would tell them: until when and how many, what became weaker or went, then what was added;
others follow."""
RANKS = {code: rank for rank, code in enumerate(ORDER)}


def in_order(comparison: Comparison, flagged: Flagged) -> tuple[Change, ...]:
    """The changes of the comparison with these flags beside their own, the most telling first."""
    flags = [list(change.flags) for change in comparison.changes]
    for place, flag in flagged:
        flags[place].append(flag)
    ranked = (sorted(each, key=lambda flag: RANKS.get(flag.code, len(RANKS))) for each in flags)
    return tuple(replace(c, flags=tuple(f)) if f else c for c, f in zip(comparison.changes, ranked, strict=True))
