"""Plain text: nothing is known of its form, the parser finds it."""

from resdiff.model import Source

__all__ = ["read"]


def read(text: str, name: str) -> Source:
    """The text as a source. Lines, wrapped or not, and form feeds stay as they are."""
    return Source(text)
