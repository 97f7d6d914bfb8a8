"""What French and English say alike: the table ``data/common/twins.toml``, loaded once."""

from functools import cache

from resdiff.data import load
from resdiff.data.schema import Twins

__all__ = ["COLUMNS", "table"]

COLUMNS = {"fr": 0, "en": 1}
"""The column that a language has in the pairs of names."""


@cache
def table() -> Twins:
    """The rows that are known."""
    return load("common", "twins", Twins)
