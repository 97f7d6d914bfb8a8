"""A place of a text that its next edition revises."""

from msgspec import Struct

__all__ = ["Revision"]


class Revision(Struct, frozen=True):
    """Characters ``start`` to ``end`` of a paragraph, and what becomes of them by a rule of ``rolling.toml``.

    ``text`` takes their place; None where a person must decide. ``old`` are the words that stand there, ``hint`` what
    they might become where that can be said. ``quotes``: what an earlier edition said stands behind them, and must be
    read again.
    """

    paragraph: str
    start: int
    end: int
    rule: str
    old: str
    text: str | None = None
    hint: str = ""
    quotes: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a person must decide."""
        return self.text is None

    def overlaps(self, other: "Revision") -> bool:
        """Whether both bear on one place."""
        return self.paragraph == other.paragraph and self.start < other.end and other.start < self.end
