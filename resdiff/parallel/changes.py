"""Two editions in two languages: each language checks what is said of the other.

A paragraph that changed in one language alone was translated anew, or one translation is late; what is said of its
words is then no change of the resolution. A theme that is new in one language and stood in both editions of the other
was there all along.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from resdiff.model import Change, Comparison, Status, Weight
from resdiff.parallel import Twins

__all__ = ["Lonely", "changed_alone", "checked"]

CAME_OR_WENT = frozenset({Status.NEW, Status.DROPPED})


class Lonely(Struct, frozen=True):
    """Twins of the new edition of which one changed in substance and the other did not; whether it is the first."""

    twins: Twins
    in_one: bool


def changed_alone(one: Comparison, other: Comparison, twins: tuple[Twins, ...]) -> Iterator[Lonely]:
    """The paragraphs of the new edition that changed in one language alone, in the order of the text.

    ``twins`` are those of the new edition. What came whole or went whole is told where an edition is held against
    itself: as a paragraph without a twin.
    """
    changes, others = _by_paragraph(one), _by_paragraph(other)
    for each in twins:
        change, twin = changes.get(each.one), others.get(each.other)
        if change and twin and change.link.old and twin.link.old and _quiet(change) is not _quiet(twin):
            substance = change if _quiet(twin) else twin
            if substance.weight is Weight.SUBSTANTIVE:
                yield Lonely(each, in_one=substance is change)


def checked(one: Comparison, other: Comparison, twins: tuple[Twins, ...]) -> Comparison:
    """The first comparison without what the other language refutes.

    A paragraph that changed in the first language alone is a change of wording and has no flags; a theme that came or
    went is not told where the other language has it in both editions.
    """
    retranslated = {each.twins.one for each in changed_alone(one, other, twins) if each.in_one}
    lasting = {topic.id for topic in other.topics if topic.status not in CAME_OR_WENT}
    return replace(
        one,
        changes=tuple(
            replace(change, flags=(), weight=Weight.EDITORIAL) if retranslated & set(change.link.new) else change
            for change in one.changes
        ),
        topics=tuple(t for t in one.topics if t.status not in CAME_OR_WENT or t.id not in lasting),
    )


def _quiet(change: Change) -> bool:
    """Whether a change is none of the text: a space, a date, a session in words."""
    return change.weight <= Weight.ROUTINE


def _by_paragraph(comparison: Comparison) -> dict[str, Change]:
    return {name: change for change in comparison.changes for name in change.link.new}
