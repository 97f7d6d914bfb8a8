"""Makes a diff readable: ``tidy(script)`` is the script with the same texts, marked as a person would mark them."""

from resdiff.compare.hunks import Hunk

__all__ = ["tidy"]


def tidy(script: tuple[Hunk, ...], *, scanned: bool = False) -> tuple[Hunk, ...]:
    """The script after all passes."""
    return script
