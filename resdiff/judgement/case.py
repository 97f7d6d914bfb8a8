"""What every judge is given: the two texts as compared and as recognized, each change laid out once."""

from msgspec import Struct

from resdiff.judgement.layout import ChangeLayout
from resdiff.model import Comparison, Flag, Side
from resdiff.recognition import Survey
from resdiff.recognition.survey import Command

__all__ = ["Case", "Couple", "Flagged"]

Couple = tuple[Command | None, Command | None]
"""An old and a new command that ask the same; one without a partner stands beside None."""

Flagged = list[tuple[int, Flag]]
"""What a judge says of single changes: the place of the change in the comparison, and a flag."""


class Case(Struct, frozen=True):
    """A comparison with the surveys of its two texts. ``layouts`` and ``couples`` stand in the order of the changes."""

    comparison: Comparison
    old: Survey
    new: Survey
    layouts: tuple[ChangeLayout, ...]
    couples: tuple[tuple[Couple, ...], ...] = ()

    def survey(self, side: Side) -> Survey:
        """The survey of that side."""
        return self.old if side is Side.OLD else self.new

    @property
    def is_scanned(self) -> bool:
        """Whether one of the texts came from a scan."""
        return self.comparison.old.scanned or self.comparison.new.scanned
