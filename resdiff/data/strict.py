"""Reading a table from its TOML, strictly: what is wrong is told with file, row and key.

Only what was edited since its copy was built passes here, and a person's own topics.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from resdiff.errors import DataError

__all__ = ["Fault", "checked", "fault", "parsed", "unreadable"]

Table = TypeVar("Table")
Rows = dict[str, Any]
"""What a TOML file holds: of any type, for it is this module that finds out where it is not what a schema says."""
RE_STEP = re.compile(r"\[(\d+)\]|\[(\.\.\.)\]|\.([^.\[\]`]+)")
RE_FIELD = re.compile(r"(?:(missing required)|unknown) field `([^`]+)`")
RE_AT = re.compile(r"\(at line (\d+), column (\d+)\)$")
RE_KEY = re.compile(r"^Invalid enum value '(.+)'$")  # of a dict whose keys are a closed set
NAMES = ("id", "name", "example", "reason")  # the first of these that a row has tells it from its neighbours
LONGEST = 60  # characters of such a name


class Fault(Struct, frozen=True):
    """What is wrong with a table: data-missing, data-unknown or data-value, its row (section and number) and key."""

    code: str
    row: str
    name: str
    key: str
    detail: str


def parsed(file: Path, text: bytes) -> Rows:
    """The rows of a TOML file. Raises DataError when it is none."""
    try:
        return tomllib.loads(text.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DataError(*unreadable(file, error)) from error


def unreadable(file: object, error: Exception) -> tuple[str, ...]:
    """The code of the message for a TOML file that cannot be read, and its values: the file, and where the mistake is.
    What the reader of TOML says itself is in English.
    """
    if at := RE_AT.search(str(error)):
        return "toml-broken-at", str(file), at[1], at[2]
    if isinstance(error, UnicodeDecodeError):
        return "toml-encoding", str(file)
    if isinstance(error, ValueError | RecursionError):
        return "toml-unfinished", str(file)
    return "toml-broken", str(file), str(getattr(error, "strerror", None) or error)


def checked(file: Path, rows: Rows, kind: type[Table]) -> Table:
    """The rows as the type of their schema. Raises DataError for the first thing that is wrong."""
    try:
        return msgspec.convert(rows, kind)
    except msgspec.ValidationError as error:
        wrong = fault(rows, kind, error)
        row = f"{wrong.row} ({wrong.name})" if wrong.name else wrong.row
        raise DataError(wrong.code, file, row, wrong.key, wrong.detail) from error


def fault(rows: Rows, kind: type[Any], error: msgspec.ValidationError) -> Fault:
    """Where and what the mistake is that converting the rows to the type met."""
    detail, _, place = str(error).partition(" - at ")
    steps = _steps(rows, kind, error, place)
    code = "data-value"
    if field := RE_FIELD.search(detail):
        code = "data-missing" if field[1] else "data-unknown"
        steps.append(field[2])
    elif (key := RE_KEY.search(detail)) and place.startswith("`key`"):
        code = "data-unknown"
        steps.append(key[1])
    section, *rest = steps or [""]
    if rest and isinstance(rest[0], int):
        number, *keys = rest
        row = rows[str(section)][number]
        return Fault(code, f"[[{section}]] {int(number) + 1}", _name(row), _joined(keys), detail)
    return Fault(code, f"[{section}]", "", _joined(rest or [section]), detail)


def _steps(rows: Rows, kind: type[Any], error: msgspec.ValidationError, place: str) -> list[str | int]:
    """The keys and numbers that lead to the mistake."""
    here: Any = rows
    steps: list[str | int] = []
    for number, anything, name in RE_STEP.findall(place):
        if anything:
            if not isinstance(here, dict):
                break
            step: str | int = _culprit(here, rows, kind, error)
        else:
            step = int(number) if number else name
        steps.append(step)
        here = here[step]
    return steps


def _culprit(section: Rows, rows: Rows, kind: type[Any], error: msgspec.ValidationError) -> str:
    """The key of the section whose value brings the error about; msgspec does not name it."""
    kept = dict(section)
    for key, value in kept.items():
        section.clear()
        section[key] = value
        try:
            msgspec.convert(rows, kind)
        except msgspec.ValidationError as again:
            if str(again) == str(error):
                break
    section.update(kept)
    return key


def _name(row: object) -> str:
    """What tells a row from its neighbours; empty where nothing does."""
    if not isinstance(row, dict):
        return ""
    for key in NAMES:
        value = row.get(key)
        text = value[0] if isinstance(value, list) and value else value
        if isinstance(text, str) and text:
            return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return ""


def _joined(steps: list[str | int]) -> str:
    """``["phrases", 2]`` as a person counts: ``phrases[3]``."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")
