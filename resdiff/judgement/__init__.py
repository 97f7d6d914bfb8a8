"""What a change means: ``annotate(comparison)`` adds weight, verbs, obligations, actors, citations, topics, terms.

Every stage takes a comparison and gives back a richer one, or what it found; none looks at more than the values it is
given. Routine edits come first, since what is routine is no evidence; flags are put in order of importance at the end.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from resdiff.judgement.citations import citations
from resdiff.judgement.names import actors
from resdiff.judgement.obligations import obligations
from resdiff.judgement.routine import routine, told
from resdiff.judgement.terms import terms
from resdiff.judgement.themes import topics as found_topics
from resdiff.judgement.verbs import verbs
from resdiff.model import Change, Comparison, Resolution

if TYPE_CHECKING:
    from resdiff.recognition.patterns import Rule

__all__ = ["annotate"]

ORDER = (
    "deadline-changed",
    "deadline-dropped",
    "deadline-added",
    "figure-changed",
    "figure-dropped",
    "figure-added",
    "verb-weaker",
    "verb-stronger",
    "verb-changed",
    "condition-dropped",
    "addressee-changed",
    "actor-replaced",
    "verb-dropped",
    "report-dropped",
    "condition-added",
    "verb-added",
    "report-added",
)
"""Flags as a negotiator would tell them: until when and how many, what became weaker or went, then what was added;
others follow."""


def annotate(
    comparison: Comparison, *, earlier: Sequence[Resolution] = (), topics: "Sequence[Rule]" = ()
) -> Comparison:
    """The comparison with all that can be said of its changes.

    ``earlier`` holds earlier editions of the series, oldest first; ``topics`` are rules of a user's own beside ours.
    What is said in words of French (verbs, obligations, names, topics, terms) is left out for other languages.
    """
    stages = (
        (routine, verbs, obligations, actors, citations, told) if _french(comparison) else (routine, citations, told)
    )
    for stage in stages:
        comparison = stage(comparison)
    return replace(
        comparison,
        changes=tuple(_in_order(change) for change in comparison.changes),
        topics=found_topics(comparison, earlier=earlier, extra=topics),
        terms=terms(comparison),
    )


def _french(comparison: Comparison) -> bool:
    """Whether both texts are French, or do not say what they are."""
    return {comparison.old.language, comparison.new.language} <= {"", "fr"}


def _in_order(change: Change) -> Change:
    rank = {code: place for place, code in enumerate(ORDER)}
    return replace(change, flags=tuple(sorted(change.flags, key=lambda flag: rank.get(flag.code, len(ORDER)))))
