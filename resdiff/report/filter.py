"""What is left of a comparison when only changes of a certain weight are told."""

from collections.abc import Iterable

from msgspec.structs import replace

from resdiff.model import Change, Comparison, Flag, Weight

__all__ = ["heavier"]


def heavier(comparison: Comparison, least: Weight) -> Comparison:
    """The comparison without what is told of lighter changes alone; those changes stay, without their flags."""
    if least is Weight.NONE:
        return comparison
    weights: dict[tuple[str, str], Weight] = {}
    for change in comparison.changes:
        weights |= {("old", paragraph): change.weight for paragraph in change.link.old}
        weights |= {("new", paragraph): change.weight for paragraph in change.link.new}

    def heavy(old: Iterable[str], new: Iterable[str]) -> bool:
        places = [*(("old", paragraph) for paragraph in old), *(("new", paragraph) for paragraph in new)]
        return any(weights.get(place, Weight.NONE) >= least for place in places)

    routine_shown = least <= Weight.ROUTINE
    changes = (replace(change, flags=_flags(change, least)) for change in comparison.changes)
    return replace(
        comparison,
        changes=tuple(changes),
        topics=tuple(t for t in comparison.topics if heavy((e.paragraph for e in t.old), (e.paragraph for e in t.new))),
        verbs=tuple(v for v in comparison.verbs if heavy((v.old,), (v.new,))),
        citations=tuple(c for c in comparison.citations if (routine_shown or not c.routine) and heavy(c.old, c.new)),
        actors=tuple(a for a in comparison.actors if heavy(a.old, a.new)),
        terms=tuple(t for t in comparison.terms if heavy(t.paragraphs, t.paragraphs)),
        obligations=tuple(o for o in comparison.obligations if heavy((o.old,), (o.new,))),
    )


def _flags(change: Change, least: Weight) -> tuple[Flag, ...]:
    """The flags of a change that weigh enough; those of routine updates weigh as much as these."""
    if change.weight < least:
        return ()
    return tuple(flag for flag in change.flags if least <= Weight.ROUTINE or not flag.code.startswith("routine-"))
