"""Knowledge as data: ``table("verbs")`` is the content of ``data/verbs.toml``.

Everything a person of the trade would want to correct without reading code (topics, verbs, repair rules, routine
patterns, the sentences a reader sees) is a row of a table here, with its reason and an example.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["path", "table"]

_FOLDER = Path(__file__).parent


def path(name: str) -> Path:
    """The file of that name in the data folder."""
    return _FOLDER / name


@cache
def table(name: str) -> dict[str, Any]:
    """The table ``data/<name>.toml``, read once.

    >>> sorted(table("messages"))[:2]
    ['error', 'notice']
    """
    with path(f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
