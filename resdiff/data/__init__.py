"""Knowledge as data: ``table("verbs")`` is the content of ``data/verbs.toml``.

Everything a person of the trade would want to correct without reading code (topics, verbs, repair rules, routine
patterns, the sentences a reader sees) is a row of a table here, with its reason and an example.

Parsing TOML costs more than a whole comparison, so ``scripts/build-data`` keeps each table beside it as JSON. That
copy counts only as long as it was made from the very bytes of the TOML: an edit takes effect at once.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["built", "digest", "path", "table"]

_FOLDER = Path(__file__).parent


def path(name: str) -> Path:
    """The file of that name in the data folder."""
    return _FOLDER / name


def built(name: str) -> Path:
    """Where the JSON copy of a table stands."""
    return _FOLDER / "built" / f"{name}.json"


def digest(text: bytes) -> str:
    """What tells one TOML from another."""
    return hashlib.blake2b(text, digest_size=16).hexdigest()


@cache
def table(name: str) -> dict[str, Any]:
    """The table ``data/<name>.toml``, read once.

    >>> sorted(table("messages"))[:2]
    ['changes', 'cli']
    """
    text = path(f"{name}.toml").read_bytes()
    copy = _copy(name)
    if copy.get("digest") == digest(text):
        rows: dict[str, Any] = copy["table"]
        return rows
    import tomllib

    return tomllib.loads(text.decode())


def _copy(name: str) -> dict[str, Any]:
    try:
        copy: dict[str, Any] = json.loads(built(name).read_bytes())
    except (OSError, ValueError):
        return {}
    return copy
