"""The summary: at most twelve sentences, most important first, each with its addresses."""

from resdiff.model import Comparison, Kind, Weight
from resdiff.report.blocks import Sentence
from resdiff.report.phrase import say, sentence

__all__ = ["summarize"]


def summarize(comparison: Comparison, lang: str) -> tuple[Sentence, ...]:
    """The sentences of the summary."""
    added = sum(len(change.link.new) for change in comparison.changes if change.kind is Kind.ADDED)
    removed = sum(len(change.link.old) for change in comparison.changes if change.kind is Kind.REMOVED)
    if all(change.weight is Weight.NONE and not change.moved for change in comparison.changes):
        return (sentence(say("summary.identical", lang=lang)),)
    return (sentence(say("summary.counts", str(added), str(removed), lang=lang)),)
