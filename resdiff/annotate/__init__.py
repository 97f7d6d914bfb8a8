"""What a change means: ``annotate(comparison)`` adds weight, verbs, obligations, actors, citations, topics, terms.

Every stage takes a comparison and gives back a richer one; none looks at more than the values it is given. Routine
edits come first, since what is routine is no evidence; flags are put in order of importance at the end.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from resdiff.annotate.actors import actors
from resdiff.annotate.citations import citations
from resdiff.annotate.obligations import obligations
from resdiff.annotate.routine import routine, told
from resdiff.annotate.verbs import verbs
from resdiff.model import Change, Comparison, Resolution

__all__ = ["annotate"]

ORDER = (
    "verb-weaker",
    "verb-stronger",
    "verb-changed",
    "condition-dropped",
    "addressee-changed",
    "actor-replaced",
    "verb-dropped",
    "deadline-changed",
    "report-dropped",
    "condition-added",
    "verb-added",
    "report-added",
)
"""Flags as a negotiator would tell them: what became weaker or went first, then what was added; others follow."""


def annotate(comparison: Comparison, *, earlier: Sequence[Resolution] = (), topics: Sequence[Any] = ()) -> Comparison:
    """The comparison with all that can be said of its changes.

    ``earlier`` holds earlier editions of the series, oldest first; ``topics`` rows of a user's own topic table.
    """
    for stage in (routine, verbs, obligations, actors, citations, told):
        comparison = stage(comparison)
    return replace(comparison, changes=tuple(_in_order(change) for change in comparison.changes))


def _in_order(change: Change) -> Change:
    rank = {code: place for place, code in enumerate(ORDER)}
    return replace(change, flags=tuple(sorted(change.flags, key=lambda flag: rank.get(flag.code, len(ORDER)))))
