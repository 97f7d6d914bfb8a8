"""What is told and in which order: precedence is decided here and nowhere else.

No judge looks at what another said, and none takes it back.
"""

from msgspec.structs import replace

from resdiff.judgement.case import Flagged
from resdiff.model import ActorChange, Change, Comparison, FlagCode, Status, TopicChange

__all__ = ["ORDER", "in_order", "silent_on"]

ORDER = (
    FlagCode.RENEWED,
    FlagCode.ACT,
    FlagCode.REWRITTEN,
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
    FlagCode.REFERENCE_LOST,
    FlagCode.REFERENCE_STALE,
    FlagCode.WORDS_REPLACED,
    FlagCode.WORDS_DROPPED,
    FlagCode.WORDS_ADDED,
    FlagCode.WORDS_MOVED,
    FlagCode.WORDS_SWAPPED,
    FlagCode.REWORDED,
    FlagCode.SAME_SENSE,
)
"""Flags as a negotiator would tell them: until when and how many, what became weaker or went, then what was added;
others follow."""
RANKS = {code: rank for rank, code in enumerate(ORDER)}
PHRASES = (FlagCode.WORDS_REPLACED, FlagCode.WORDS_DROPPED, FlagCode.WORDS_ADDED)
RANKS |= dict.fromkeys(PHRASES, RANKS[FlagCode.WORDS_REPLACED])  # their judge has put the largest first


def in_order(comparison: Comparison, flagged: Flagged) -> tuple[Change, ...]:
    """The changes of the comparison with these flags beside their own, the most telling first."""
    flags = [list(change.flags) for change in comparison.changes]
    for place, flag in flagged:
        flags[place].append(flag)
    ranked = (sorted(each, key=lambda flag: RANKS.get(flag.code, len(RANKS))) for each in flags)
    return tuple(replace(c, flags=tuple(f)) if f else c for c, f in zip(comparison.changes, ranked, strict=True))


def silent_on(
    status: Status, actors: tuple[ActorChange, ...], topics: tuple[TopicChange, ...]
) -> tuple[tuple[ActorChange, ...], tuple[TopicChange, ...]]:
    """The same, none to be told of that status: as gone where the old text stands on, as new beside a torn one."""
    return (
        tuple(replace(a, alone=False) if a.status is status else a for a in actors),
        tuple(replace(t, words="") if t.status is status else t for t in topics),
    )
