"""The remark of a change: the one line a negotiator would write in the margin."""

from resdiff.model import Change, Comparison
from resdiff.report.blocks import Sentence
from resdiff.report.phrase import word

__all__ = ["remark"]


def remark(change: Change, comparison: Comparison, lang: str) -> Sentence:
    """The remark of a change."""
    return Sentence((word(f"kind.{change.kind}", lang),))
