"""Knowledge as data: ``load("fr", "acts", Acts)`` is ``data/fr/acts.toml``, of the type its schema gives it.

Everything a person of the trade would want to correct without reading code (topics, verbs, repair rules, routine
patterns, the sentences a reader sees) is a row of a table here, with its reason and an example. ``fr/`` holds what is
of the French language, ``common/`` what is of none.

Parsing the TOML takes about as long as comparing two texts, so ``scripts/build-data`` keeps a copy of each table as
JSON in ``built/``, and so does every installation. A copy counts only as long as it was made from the very bytes of its
sources: an edit takes effect at once, and without copies all is the same, only slower.
"""

import os.path
from binascii import crc32
from pathlib import Path
from typing import TypeVar

import msgspec

__all__ = ["built", "copied", "digest", "folders", "knows", "load", "path", "sections"]

_FOLDER = Path(__file__).parent
_PLACE = str(_FOLDER)  # tables are asked for so often that to join Paths takes a millisecond
Table = TypeVar("Table")


def path(name: str) -> Path:
    """The file of that name in the data folder: ``path("fr/acts.toml")``."""
    return _FOLDER / name


def built(name: str) -> Path:
    """Where the copy of that name stands: ``built("fr/verbs")``."""
    return _FOLDER / "built" / f"{name}.json"


def folders() -> tuple[str, ...]:
    """The languages that have a folder of tables, by their codes of two letters."""
    return tuple(sorted(entry.name for entry in _FOLDER.iterdir() if len(entry.name) == 2))


def digest(*sources: bytes) -> str:
    """What tells one state of some files from another: enough to notice an edit, not to withstand an attack."""
    return " ".join(f"{crc32(source):08x}-{len(source)}" for source in sources)


def copied(name: str, made_from: str, kind: type[Table]) -> Table | None:
    """What the copy of that name holds; None when there is none, or none of that type made from that.

    The first line of a copy is the digest of what it was made from, the rest is JSON.
    """
    stamp = f"{made_from}\n".encode()
    try:
        copy = _bytes(f"built/{name}.json")
        return msgspec.json.decode(memoryview(copy)[len(stamp) :], type=kind) if copy.startswith(stamp) else None
    except (OSError, msgspec.MsgspecError):  # the schema moved on; the source says what is missing
        return None


def sections(folder: str, name: str) -> dict[str, msgspec.Raw] | None:
    """The sections of a table as its copy has them, to be decoded one by one; None where no copy is current."""
    return copied(f"{folder}/{name}", digest(_bytes(f"{folder}/{name}.toml")), dict[str, msgspec.Raw])


def knows(folder: str, name: str) -> bool:
    """Whether there is such a table: ``knows("en", "acts")``. A language that a text names may be anything at all."""
    is_code = len(folder) == 2 and folder.isascii() and folder.isalpha()
    return (is_code or folder == "common") and os.path.isfile(f"{_PLACE}/{folder}/{name}.toml")  # noqa: PTH113


def load(folder: str, name: str, kind: type[Table]) -> Table:
    """A table, read anew, of the type of its schema. Raises DataError, which names file, row and key.

    >>> from resdiff.data.schema import Acts
    >>> load("fr", "acts", Acts).verb[0].op
    ('décide', 'décrète')
    """
    text = _bytes(f"{folder}/{name}.toml")
    if (table := copied(f"{folder}/{name}", digest(text), kind)) is not None:
        return table
    from resdiff.data import strict

    source = path(f"{folder}/{name}.toml")
    return strict.checked(source, strict.parsed(source, text), kind)


def _bytes(name: str) -> bytes:
    with open(f"{_PLACE}/{name}", "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()
