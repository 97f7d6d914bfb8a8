"""The rules that a person sets for a corpus: ``[[gate]]`` rows, and the ``[[accepted]]`` rows that let a result pass.

They stand in ``resdiff.toml``, or in the ``series.toml`` of a series, for that series alone. A row that the schema does
not know, or that guards nothing or two things, is refused with its file, row and key: a gate that cannot fail is worse
than none.
"""

import tomllib
import unicodedata
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from resdiff import limits
from resdiff.data.schema import Row
from resdiff.data.strict import checked, parsed, unreadable
from resdiff.errors import DataError, InputError, NotFoundError, UsageError
from resdiff.language.fold import folded_line
from resdiff.messages import section
from resdiff.model import FlagCode
from resdiff.reading import one_line
from resdiff.recognition.themes import catalogue
from resdiff.report.calling import is_call
from resdiff.report.explain import FindingKind
from resdiff.spelling import nearest

__all__ = ["EVERY", "GUARDS", "Accepted", "Bilingual", "Gate", "Guard", "Rules", "from_call", "read_rules"]

EVERY = "*"
"""Stands for all: all verbs, all paragraphs of a part."""
Name = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$", examples=["vie-privee"])]
Said = Annotated[str, Meta(min_length=1, max_length=2_000)]
OneOrMore = Said | tuple[Said, ...]


class Guard(StrEnum):
    """What a gate guards: its key in the row."""

    THEME = "theme"
    NAME = "name"
    PHRASE = "phrase"
    CONDITION = "condition"
    VERBS = "verbs"
    UNCHANGED = "unchanged"
    UNCHANGED_WITH = "unchanged-with"
    AT_MOST = "at-most"
    ROUTINE_ONLY = "routine-only"
    FINDING = "finding"
    NOTICE = "notice"


GUARDS = tuple(Guard)


class Bilingual(Row, frozen=True):
    """A message in French, and perhaps in English."""

    fr: Said
    en: str = ""


class Gate(Row, frozen=True, rename="kebab", kw_only=True):
    """A rule: what it guards, how severe it is when that goes, and what is then said.

    Exactly one of the guards is set. ``phrase`` and ``name`` of several wordings are content with any one of them.
    ``scope`` is how far the words of ``phrase`` and ``condition`` may go: ``text`` wants them anywhere in the new text,
    ``paragraph`` in the paragraphs that go on from each one that had them. ``part`` looks at one part of the
    resolution, ``series`` at those series alone. ``weight`` is the least change that counts against ``unchanged``.
    """

    id: Name
    message: Said | Bilingual
    family: Literal["mandat", "garanties", "rédactionnel", "redactionnel", "technique"]
    severity: Literal["error", "warning", "note"] = "error"
    reason: str = ""
    series: tuple[str, ...] = ()
    part: Literal["preamble", "operative", "annex"] | None = None
    scope: Literal["text", "paragraph"] | None = None
    weight: Literal["typographic", "routine", "editorial", "substantive"] | None = None
    theme: Said | None = None
    name: OneOrMore | None = None
    phrase: OneOrMore | None = None
    condition: OneOrMore | None = None
    verbs: OneOrMore | None = None
    unchanged: OneOrMore | None = None
    unchanged_with: OneOrMore | None = None
    at_most: Annotated[int, Meta(ge=0, le=100_000)] | None = None
    routine_only: Literal[True] | None = None
    finding: OneOrMore | None = None
    notice: OneOrMore | None = None

    @property
    def guards(self) -> tuple[Guard, ...]:
        """What is set; one guard in a rule that was read."""
        return tuple(each for each in GUARDS if getattr(self, each.replace("-", "_")) is not None)

    @property
    def guard(self) -> Guard:
        """What it guards."""
        return self.guards[0]

    @property
    def words(self) -> tuple[str, ...]:
        """What its guard names, one or more."""
        value = getattr(self, self.guard.replace("-", "_"))
        return value if isinstance(value, tuple) else (str(value),)

    def said(self, lang: str) -> str:
        """Its message in that language, else in French."""
        if isinstance(self.message, str):
            return self.message
        return (self.message.en if lang == "en" else "") or self.message.fr

    def is_for(self, series: str) -> bool:
        """Whether it looks at that series; of texts of no series every rule is for."""
        return not self.series or not series or series in self.series


class Accepted(Row, frozen=True):
    """A result that a person lets pass: until which day, and why. ``gate``, ``where`` and ``quote`` are for reading."""

    fingerprint: Annotated[str, Meta(pattern=r"^[0-9a-f]{16}$", examples=["0123456789abcdef"])]
    reason: Annotated[str, Meta(min_length=1, max_length=2_000)]
    until: date
    gate: str = ""
    where: str = ""
    quote: str = ""


class Rules(Struct, frozen=True):
    """What stands in a file of rules."""

    gates: tuple[Gate, ...] = ()
    accepted: tuple[Accepted, ...] = ()

    def __add__(self, other: "Rules") -> "Rules":
        return Rules((*self.gates, *other.gates), (*self.accepted, *other.accepted))


class _File(Row, frozen=True):
    """``resdiff.toml``."""

    gate: tuple[Gate, ...] = ()
    accepted: tuple[Accepted, ...] = ()


def read_rules(path: Path, *, series: str = "") -> Rules:
    """The rules of a file; of the ``series.toml`` of a ``series`` its gates alone, for that series.

    Raises NotFoundError, InputError for what cannot be read, DataError for a row that is not as its schema says.
    """
    rows = one_line(parsed(path, _bytes(path)))  # what a file says must not act on a terminal, or in the log of a job
    if series:
        for key in rows:  # what else stands there is not ours, but for a table that is mistyped
            if key not in _File.__struct_fields__ and (near := nearest(key, _File.__struct_fields__)):
                raise DataError("data-unknown-near", path, f"[{key}]", key, "", near)
        rows = {key: rows[key] for key in _File.__struct_fields__ if key in rows}
    file = checked(path, rows, _File)
    for number, gate in enumerate(file.gate, 1):
        _check(gate, path, f"[[gate]] {number} ({gate.id})")
    for number, row in enumerate(file.accepted, 1):
        if not row.reason.strip():
            raise InputError("gate-reason", path, f"[[accepted]] {number}")
    gates = [replace(each, family=FAMILIES.get(each.family, each.family)) for each in file.gate]
    _check_names(gates, path)
    return Rules(tuple(replace(g, series=(series,)) for g in gates) if series else tuple(gates), file.accepted)


# What a rule of a call is about, where it is no guarantee.
FAMILY_OF = {Guard.AT_MOST: "rédactionnel", Guard.ROUTINE_ONLY: "rédactionnel", Guard.NOTICE: "technique"}
FAMILIES: dict[str, Literal["rédactionnel"]] = {"redactionnel": "rédactionnel"}  # typed without the accent


def from_call(given: str, number: int = 1) -> Gate:
    """A rule typed in the call: ``phrase=vie privée``, ``at-most=3``, ``routine-only``. Raises UsageError."""
    key, _, value = given.partition("=")
    key, value = key.strip(), value.strip()
    if key not in GUARDS or (not value and key != Guard.ROUTINE_ONLY):
        raise UsageError("gate-call", given, ", ".join(GUARDS))
    typed: object = value
    if key == Guard.AT_MOST:
        typed = int(value) if value.isdecimal() and len(value) < 6 else value
    elif key == Guard.ROUTINE_ONLY:
        typed = True
    place = Path("--gate")
    said = one_line(unicodedata.normalize("NFC", f"{key} {value}".strip())[:2_000])
    row = {"id": f"{key}-{number}", "message": said, "family": FAMILY_OF.get(Guard(key), "garanties"), key: typed}
    gate = checked(place, {"gate": [row]}, _File).gate[0]
    _check(gate, place, f"[[gate]] {number}")
    return gate


def _bytes(path: Path) -> bytes:
    """The bytes of a table, in NFC. Raises NotFoundError, InputError."""
    try:
        if not path.exists():
            raise NotFoundError("file-missing", path)
        if path.is_dir():
            raise InputError("file-directory", path)
        if not path.is_file():  # a pipe or a device may have no end
            raise InputError("file-not-own", path)
        with path.open("rb") as file:
            data = file.read(limits.TABLE + 1)
    except (OSError, ValueError) as error:
        raise InputError("file-unreadable", path, getattr(error, "strerror", None) or error) from error
    if len(data) > limits.TABLE:
        raise InputError("file-too-large", path, limits.TABLE // 1_000_000)
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8-sig")).encode()
    except UnicodeDecodeError as error:
        raise InputError(*unreadable(path, error)) from error


def _check_names(gates: Iterable[Gate], path: Path) -> None:
    """Raises InputError for a name that two rules have."""
    seen: set[str] = set()
    for gate in gates:
        if gate.id in seen:
            raise InputError("gate-twice", path, gate.id)
        seen.add(gate.id)


ALLOWED = {
    "scope": {Guard.PHRASE, Guard.CONDITION},
    "weight": {Guard.UNCHANGED, Guard.UNCHANGED_WITH},
}
"""Keys that only some guards understand: beside another they would say what nobody does."""
FINDINGS = frozenset({*map(str, FlagCode), *map(str, FindingKind)})
"""What a gate on findings may name: flags of one change, and kinds of findings."""
WITH_WORDS = (Guard.THEME, Guard.NAME, Guard.PHRASE, Guard.CONDITION, Guard.UNCHANGED_WITH)


def _check(gate: Gate, path: Path, row: str) -> None:
    """Raises InputError for what a schema cannot say of a rule."""
    if len(gate.guards) != 1:
        raise InputError("gate-guards", path, row, ", ".join(gate.guards) or "–", ", ".join(GUARDS))
    guard = gate.guard
    for key, guards in ALLOWED.items():
        if getattr(gate, key) is not None and guard not in guards:
            raise InputError("gate-key", path, row, key, guard)
    if not gate.words:
        raise InputError("gate-empty", path, row, guard)
    for words in gate.words if guard in WITH_WORDS else ():
        if not folded_line(words):
            raise InputError("gate-empty", path, row, guard)
    if guard is Guard.THEME and not _themes(gate.words[0]):
        raise _unknown(THEME_UNKNOWN, (path, row, gate.words[0]), _theme_names(gate.words[0]))
    for code in gate.words if guard is Guard.FINDING else ():
        if code not in FINDINGS:
            raise _unknown(
                ("gate-finding", "gate-finding-near"), (path, row, code), FINDINGS, ", ".join(sorted(FINDINGS))
            )
    for code in gate.words if guard is Guard.NOTICE else ():
        if code not in (known := _notices()):
            raise _unknown(NOTICE_UNKNOWN, (path, row, code), known, ", ".join(sorted(known)))
    for call in gate.words if guard is Guard.UNCHANGED else ():
        if call != EVERY and not is_call(call) and not call.startswith("annex"):
            number = "".join(filter(str.isdecimal, call))
            calls = [f"par. {number}", f"PP {number}"] if number else ["annexe"]
            raise _unknown(PARAGRAPH_UNKNOWN, (path, row, call), calls)


THEME_UNKNOWN = "gate-theme", "gate-theme-near"
FINDING_UNKNOWN = "gate-finding", "gate-finding-near"
NOTICE_UNKNOWN = "gate-notice", "gate-notice-near"
PARAGRAPH_UNKNOWN = "gate-paragraph", "gate-paragraph-near"


def _unknown(codes: tuple[str, str], told: tuple[object, ...], known: Iterable[str], *choices: str) -> InputError:
    """That the last of what is told names nothing: the first code with the choices, or the second one with what was
    perhaps meant."""
    near = nearest(str(told[-1]), known)
    return InputError(codes[1], *told, near) if near else InputError(codes[0], *told, *choices)


def _notices() -> frozenset[str]:
    """The codes of all notices: one that counts has a sentence for one and one for many."""
    return frozenset(code.removesuffix("-one").removesuffix("-many") for code in section("notice"))


def _theme_names(called: str) -> dict[str, None]:
    """What themes are called in the language in which one was meant: their ids, or their names."""
    ways = ([each.id for each in catalogue()], [each.fr for each in catalogue()], [each.en for each in catalogue()])
    return dict.fromkeys(next((way for way in ways if nearest(called, way)), ()))


def _themes(called: str) -> list[str]:
    """The ids of the themes that are called so."""
    wanted = folded_line(called)
    return [
        each.id for each in catalogue() if wanted in (folded_line(each.id), folded_line(each.fr), folded_line(each.en))
    ]


def theme_ids(gate: Gate) -> frozenset[str]:
    """The ids of the themes that a gate on a theme names."""
    return frozenset(_themes(gate.words[0]))


def is_toml(data: bytes) -> bool:
    """Whether the bytes are a TOML file."""
    try:
        tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return False
    return True
