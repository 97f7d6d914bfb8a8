"""Reading a table from its TOML, strictly: what is wrong is told with file, row and key.

Only what was edited since its copy was built passes here, and a person's own topics.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import msgspec.inspect
from msgspec import Struct

from resdiff.errors import DataError
from resdiff.spelling import nearest

__all__ = ["Fault", "checked", "fault", "parsed", "unreadable"]

Table = TypeVar("Table")
Rows = dict[str, Any]
"""What a TOML file holds: of any type, for it is this module that finds out where it is not what a schema says."""
RE_STEP = re.compile(r"\[(\d+)\]|\[(\.\.\.)\]|\.([^.\[\]`]+)")
RE_FIELD = re.compile(r"(?:(missing required)|unknown) field `([^`]+)`")
RE_AT = re.compile(r"\(at line (\d+), column (\d+)\)$")
RE_KEY = re.compile(r"^Invalid enum value '(.+)'$")  # of a dict whose keys are a closed set
WANTED = {
    "data-empty": r"of length >= 1$",
    "data-long": r"`str` of length <= (\d+)$",
    "data-like": r"`str` matching regex",
    "data-least": r"`int` >= (\d+)$",
    "data-most": r"`int` <= (\d+)$",
    "data-date": r"^Expected `date|encoded date$",
    "data-text-or-list": r"^Expected `str \| array",
    "data-text-or-table": r"^Expected `str \| object",
    "data-text": r"^Expected `str",
    "data-list": r"^Expected `array",
    "data-table": r"^Expected `object",
    "data-number": r"^Expected `int",
    "data-bool": r"^Expected `bool",
}
"""What msgspec says of a value that will not do, under the code of the sentence that says what is wanted instead."""
NAMES = ("id", "name", "example", "reason")  # the first of these that a row has tells it from its neighbours
LONGEST = 60  # characters of such a name


class Fault(Struct, frozen=True):
    """What is wrong with a table, as the code of its sentence (data-missing, data-unknown, what is wanted of a value),
    its row (section and number) and key, what msgspec says, and what else the sentence tells: the value, what it may
    be, the name that was perhaps meant."""

    code: str
    row: str
    name: str
    key: str
    detail: str
    more: tuple[str, ...] = ()


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
        raise DataError(wrong.code, file, row, wrong.key, wrong.detail, *wrong.more) from error


def fault(rows: Rows, kind: type[Any], error: msgspec.ValidationError) -> Fault:
    """Where and what the mistake is that converting the rows to the type met."""
    detail, _, place = str(error).partition(" - at ")
    steps = _steps(rows, kind, error, place)
    code, more = _wanted(detail, rows, kind, steps)
    if field := RE_FIELD.search(detail):
        code, more = "data-missing", ()
        if not field[1]:
            near = nearest(field[2], _known(kind, steps))
            code, more = ("data-unknown-near", (near,)) if near else ("data-unknown", ())
        steps.append(field[2])
    elif (key := RE_KEY.search(detail)) and place.startswith("`key`"):
        code, more = "data-unknown", ()
        steps.append(key[1])
    section, *rest = steps or [""]
    if rest and isinstance(rest[0], int):
        number, *keys = rest
        row = rows[str(section)][number]
        return Fault(code, f"[[{section}]] {int(number) + 1}", _name(row), _joined(keys), detail, more)
    return Fault(code, f"[{section}]", "", _joined(rest or [section]), detail, more)


def _wanted(detail: str, rows: Rows, kind: type[Any], steps: list[str | int]) -> tuple[str, tuple[str, ...]]:
    """The code of the sentence that says what a value should be, and what else it tells."""
    if detail.startswith("Invalid enum value") and (known := _known(kind, steps)):
        value = _at(rows, steps)
        given = (value if isinstance(value, str) else str(value).lower())[:LONGEST]
        choices = ", ".join(known)
        if len(known) == 1:
            return "data-only", tuple(known)
        near = nearest(given, known)
        return ("data-choice-near", (given, choices, near)) if near else ("data-choice", (given, choices))
    for code, said in WANTED.items():
        if found := re.search(said, detail):
            like = _example(kind, steps) if code == "data-like" else ""
            if code != "data-like" or like:
                return code, (like or (found[1] if found.re.groups else ""),)
    return "data-value", ()


def _at(rows: Rows, steps: list[str | int]) -> object:
    """What stands where these steps lead."""
    here: Any = rows
    for step in steps:
        here = here[step]
    return here


def _known(kind: type[Any], steps: list[str | int]) -> list[str]:
    """What may stand where these steps lead: the keys of a table, or the values of a closed set."""
    found: list[str] = []
    for there in _types(kind, steps):
        if isinstance(there, msgspec.inspect.StructType):
            found += [field.encode_name for field in there.fields]
        elif isinstance(there, msgspec.inspect.LiteralType):
            found += [value if isinstance(value, str) else str(value).lower() for value in there.values]
        elif isinstance(there, msgspec.inspect.EnumType):
            found += [str(each.value) for each in there.cls]
    return found


def _example(kind: type[Any], steps: list[str | int]) -> str:
    """An example of the value that is wanted there, where its schema has one."""
    for there in _types(kind, steps, is_bare=False):
        if isinstance(there, msgspec.inspect.Metadata):
            return str((there.extra_json_schema or {}).get("examples", [""])[0])
    return ""


def _types(kind: type[Any], steps: list[str | int], *, is_bare: bool = True) -> list[msgspec.inspect.Type]:
    """The types that may stand where these steps lead; where they are not bare, with what is said of them beside."""
    here = [msgspec.inspect.type_info(kind)]
    for step in steps:
        here = [inner for each in _bare(here) for inner in _inside(each, step)]
    return _bare(here) if is_bare else _apart(here)


def _apart(kinds: list[msgspec.inspect.Type]) -> list[msgspec.inspect.Type]:
    """Each of several types that may stand at a place."""
    inner = [each.types if isinstance(each, msgspec.inspect.UnionType) else (each,) for each in kinds]
    return [each for several in inner for each in several]


def _bare(kinds: list[msgspec.inspect.Type]) -> list[msgspec.inspect.Type]:
    apart = _apart(kinds)
    if not any(isinstance(each, msgspec.inspect.Metadata) for each in apart):
        return apart
    return _bare([each.type if isinstance(each, msgspec.inspect.Metadata) else each for each in apart])


def _inside(kind: msgspec.inspect.Type, step: str | int) -> list[msgspec.inspect.Type]:
    """The types of a value that stands in one of that type, under a key or a number."""
    if isinstance(kind, msgspec.inspect.StructType):
        return [field.type for field in kind.fields if field.encode_name == step]
    if isinstance(kind, msgspec.inspect.DictType):
        return [kind.value_type]
    if isinstance(kind, msgspec.inspect.ListType | msgspec.inspect.VarTupleType | msgspec.inspect.SetType):
        return [kind.item_type]
    if isinstance(kind, msgspec.inspect.TupleType) and isinstance(step, int):
        return [*kind.item_types[step : step + 1]]
    return []


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
