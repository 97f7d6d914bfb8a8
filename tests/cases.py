"""The cases under tests/cases: one format for every stage, explained in tests/cases/README.md.

    ## What is shown
    Why it is so, in a line or two.
    - old: Prie l’Office d’agir ;
    - new: Prie l’Office d’agir sans délai ;
    - expected: …

A value stands on its line, or in a fenced block below it, each line of which then ends with a line end. Characters
that nobody sees are written so that they are seen: ``\\n``, ``\\f``, ``\\_`` for a no-break space. Whatever the reader
does not understand is a ``CaseError`` that names the file and the line.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
NOTHING = "nothing"  # the value that says: none, on purpose

# The keys of each stage, and how often one may stand in a case.
ONCE, MAYBE, MANY = (1, 1), (0, 1), (1, 10_000)
TWO_TEXTS = {"language": MAYBE, "symbol": MAYBE, "new symbol": MAYBE, "old": MANY, "new": MANY, "expected": MANY}
FORMS = {
    "acts": {"language": MAYBE, "given": MANY, "adopted": MAYBE, "expected": MANY},
    "calendar": TWO_TEXTS | {"adopted": MAYBE},
    "provisions": TWO_TEXTS | {"adopted": MAYBE},
    **dict.fromkeys(("actors", "align", "citations", "obligations"), TWO_TEXTS),
    **dict.fromkeys(("remarks", "routine", "topics", "verbs"), TWO_TEXTS),
    "notes": {"old": ONCE, "new": ONCE, "expected": MANY, "scanned": MAYBE},
    "parse": {"given": ONCE, "expected": ONCE, "scanned": MAYBE},
    "repair": {"given": ONCE, "expected": ONCE, "level": MAYBE, "fails": MAYBE},
    "words": {"old": ONCE, "new": ONCE, "expected": ONCE, "weights": ONCE, "scanned": MAYBE},
}

FENCE = "```"
SIGNS = {"n": "\n", "f": "\f", "t": "\t", "r": "\r", "_": "\u00a0", "\\": "\\"}
WRITTEN = {character: f"\\{sign}" for sign, character in SIGNS.items()}
RE_FIELD = re.compile(r"- ([a-z]+(?: [a-z]+)?):(?: +(.*))?")
RE_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|(.?))")


class CaseError(ValueError):
    """A file of cases that cannot be read; it begins with ``file:line:``."""


@dataclass
class Case:
    """One block: its title under the name of its file, why it is so, and the values of each key in their order."""

    where: str
    title: str
    why: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)

    def lines(self, key: str) -> list[str]:
        """Every value of a key; none where the key is absent or says ``nothing``."""
        values = self.values.get(key, [])
        return [] if values == [NOTHING] else [unescape(value) for value in values]

    def text(self, key: str) -> str:
        """The one value of a key; empty where there is none."""
        return "".join(self.lines(key))

    @property
    def language(self) -> str:
        """The language of its texts: French, where it says no other."""
        return self.text("language") or "fr"


def parameters(stage: str) -> list:
    """The cases of a stage for ``pytest.mark.parametrize("case", …)``, each under its title."""
    return [pytest.param(case, id=case.title) for case in cases_of(stage)]


def cases_of(stage: str, *, folder: Path = CASES) -> list[Case]:
    """All cases of a stage, file by file. Raises CaseError, also when there is no case."""
    paths = sorted((folder / stage).glob("*.md"))
    if not paths:
        raise CaseError(f"{folder / stage}:1: no file of cases")
    return [case for path in paths for case in read_cases(path, FORMS[stage])]


def read_cases(path: Path, form: dict[str, tuple[int, int]]) -> list[Case]:
    """The cases of one file, whose keys are those of ``form``. Raises CaseError."""
    cases: list[Case] = []
    lines = enumerate(path.read_text("utf-8").split("\n"), 1)
    for number, line in lines:
        where = f"{path}:{number}"
        if line.startswith("## "):
            cases.append(Case(where, f"{path.stem}: {_seen(where, line[3:].strip())}"))
        elif cases and (match := RE_FIELD.fullmatch(line)):
            value = match[2] or _fenced(where, lines, path)
            cases[-1].values.setdefault(match[1], []).append(_seen(where, value))
        elif line.startswith(("- ", FENCE)) or (cases and cases[-1].values and line.strip()):
            raise CaseError(f"{where}: this line belongs to no key")
        elif cases and line.strip():
            cases[-1].why = f"{cases[-1].why} {line.strip()}".strip()
    if not cases:
        raise CaseError(f"{path}:1: no case; a case begins with ## and a title")
    for place, case in enumerate(cases):
        _check(case, form)
        if case.title in {other.title for other in cases[:place]}:
            raise CaseError(f"{case.where}: another case has this title")
    return cases


def _fenced(where: str, lines: Iterator[tuple[int, str]], path: Path) -> str:
    """The lines of the fenced block that follows a key, each with its line end; blank lines may stand before it."""
    opening = next(((number, line) for number, line in lines if line.strip()), (0, ""))
    if opening[1] != FENCE:
        raise CaseError(f"{where}: no value; write {NOTHING} where none is meant")
    block = []
    for number, line in lines:
        if line == FENCE:
            return "".join(block) or NOTHING
        block.append(_seen(f"{path}:{number}", line) + "\n")
    raise CaseError(f"{path}:{opening[0]}: this block does not end")


def _check(case: Case, form: dict[str, tuple[int, int]]) -> None:
    for key, values in case.values.items():
        if key not in form:
            raise CaseError(f"{case.where}: “{key}” is no key here; the keys are {', '.join(form)}")
        if NOTHING in values and len(values) > 1:
            raise CaseError(f"{case.where}: “{key}” is {NOTHING} and something")
        for value in values:
            _unescape(value, case.where)
    for key, (least, most) in form.items():
        if not least <= len(case.values.get(key, [])) <= most:
            raise CaseError(f"{case.where}: “{key}” is missing or stands more than once")


# ---- characters that nobody sees ----------------------------------------------------------------------------------


def escape(text: str) -> str:
    """The text on one line, all of it visible: what ``unescape`` makes the text of again."""
    written = "".join(WRITTEN.get(c) or (_code(c) if _is_unseen(c) else c) for c in text)
    if text == NOTHING:
        return _code("n") + written[1:]
    return re.sub(r"^ | $", lambda _: _code(" "), written)


def unescape(written: str) -> str:
    return _unescape(written, "")


def _unescape(written: str, where: str) -> str:
    def character(match: re.Match[str]) -> str:
        if code := match[1] or match[2]:
            return chr(int(code, 16))
        if match[3] not in SIGNS:
            raise CaseError(f"{where}: “{match[0]}” is no sign; a backslash is written \\\\")
        return SIGNS[match[3]]

    return RE_ESCAPE.sub(character, written)


def _seen(where: str, written: str) -> str:
    """The line, when every character of it can be seen: what an editor may change unnoticed is written as a sign."""
    for c in written:
        if _is_unseen(c) and c != "\n":
            raise CaseError(f"{where}: a character that nobody sees; write {WRITTEN.get(c) or _code(c)}")
    if written.rstrip(" ") != written:
        raise CaseError(f"{where}: a space at the end of a line; write {_code(' ')}")
    return written


def _is_unseen(c: str) -> bool:
    """Spaces but the common one, marks that stand on another letter, control and format characters."""
    return c != " " and unicodedata.category(c)[0] in "ZCM"


def _code(c: str) -> str:
    return f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}"
