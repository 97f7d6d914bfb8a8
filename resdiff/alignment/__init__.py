"""Which old and new paragraphs belong together: ``align(old, new, pins) -> tuple[Link, ...]``."""

from resdiff.alignment.texts import Vocabulary
from resdiff.alignment.tiers import TIERS, align

__all__ = ["TIERS", "Vocabulary", "align"]
