"""The verbs of two twins whose force differs: "Prie instamment" where the other text has "Invites"."""

from collections.abc import Iterator, Sequence

from resdiff.parallel.rows import table
from resdiff.recognition.survey import Act, Family

__all__ = ["clashes"]

FAR = 1.5
"""How far apart two forces are that no translator takes for one: from "invite" to "prie" on the scale of the acts."""
ONE_FAMILY = (
    frozenset({Family.REQUEST, Family.RECOMMEND, Family.ENCOURAGE, Family.DEMAND}),
    frozenset({Family.STRESS, Family.AFFIRM}),
    frozenset({Family.NOTE, Family.WELCOME, Family.SUPPORT, Family.CONSIDER, Family.RECALL}),
    frozenset({Family.CONCERN, Family.CONDEMN}),
)
"""Families between which the two languages choose; the force tells within the first."""


def clashes(one: Sequence[Act], other: Sequence[Act]) -> Iterator[tuple[Act, Act]]:
    """Two acts in one place of which one binds otherwise.

    All acts of a paragraph are set over against each other where both texts have as many, else the first ones alone:
    the verb that opens a paragraph opens it in both. A verb in no table tells nothing.
    """
    if len(one) != len(other):
        one, other = one[:1], other[:1]
    for act, twin in zip(one, other, strict=False):
        if act.verb and twin.verb and _differ(act, twin):
            yield act, twin


def _differ(act: Act, twin: Act) -> bool:
    """Whether two verbs that no row of the table has as translations of each other are far apart, or of two families
    between which the languages do not choose.
    """
    verbs = ((act.verb, twin.verb), (twin.verb, act.verb))
    if any(one in row.fr and other in row.en for row in table().verb for one, other in verbs):
        return False
    if abs(act.verb_force - twin.verb_force) >= FAR:
        return True
    return act.family is not twin.family and not any({act.family, twin.family} <= each for each in ONE_FAMILY)
