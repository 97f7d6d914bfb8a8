"""Which texts are read from the right: their language, and the letters by which a run of them is told."""

__all__ = ["RE_RIGHT_TO_LEFT", "RIGHT_TO_LEFT"]

RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur"))
RE_RIGHT_TO_LEFT = r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
"""A letter of Hebrew, Arabic and their neighbours (Unicode, bidirectional classes R and AL)."""
