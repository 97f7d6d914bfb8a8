"""Resolutions, changes and comparisons made by hand, for every test that wants one.

    resolution("pp Rappelant la Charte,", "Prie l’Office d’agir ;", "op1.a Sans délai ;", symbol="A/RES/74/175")

A row is the text of a paragraph. Before it may stand its id (``pp3``, ``op2``, ``op2.a``, ``annex1.op1``), or ``pp``
for the next preambular paragraph; without either it is the next operative one. Texts that may begin with such a word
are given as a pair: ``("op", text)``, or ``(Part.OPERATIVE, text)``.
"""

import re
from collections import Counter
from pathlib import Path

from judging import judged

from resdiff.comparison import compare
from resdiff.model import Change, Comparison, Kind, Link, Paragraph, Part, Reason, Resolution, Span, Weight

Row = str | tuple[str, str] | Paragraph
KINDS = {Part.PREAMBLE: "pp", Part.OPERATIVE: "op"}

RE_ROW = re.compile(r"((?:(?:annex\d+|[a-z])\.)?(?:pp|op)\d+[\w.-]*|pp|op) ", re.ASCII)
RE_AREA = re.compile(r"(?:annex\d+|[a-z])\.", re.ASCII)
PARTS = {"pp": Part.PREAMBLE, "op": Part.OPERATIVE} | {part.value: part for part in Part}

TEXT = """---
symbol: "A/RES/9{n}/1"
language: "fr"
---

*L’Assemblée générale*,

*Rappelant* sa résolution 8{n}/1 du 18 décembre 2033,

1. *Prie* l’Office d’agir {how} ;

2. *Décide* de rester saisie de la question.
"""
THREE = ("vite", "très vite", "aussitôt")


def paragraph(id_: str, text: str, *, lead: str | None = None, number: str | None = None) -> Paragraph:
    """A paragraph whose part, number and depth are those its id says; the lead is its first word."""
    area = match[0] if (match := RE_AREA.match(id_)) else ""
    base, *points = id_.removeprefix(area).split(".")
    kind = base.rstrip("0123456789-")
    if number is None:
        number = points[-1] if points else base.removeprefix(kind).partition("-")[0] if kind == "op" else ""
    part = Part.ANNEX if area.startswith("annex") else PARTS[kind]
    lead = next(iter(text.split()), "") if lead is None else lead
    return Paragraph(id_, part, number, len(points), lead, text, Span(0, len(text)))


def resolution(*rows: Row, symbol: str = "", title: str = "", language: str = "fr", session: str = "",
               adopted: str = "", **more) -> Resolution:  # fmt: skip
    """A resolution of these rows; ``more`` are the further fields of ``Resolution``."""
    counts: Counter[str] = Counter()
    paragraphs = []
    for row in rows:
        if not isinstance(row, Paragraph):
            id_, text = row if isinstance(row, tuple) else _id_and_text(row)
            id_ = KINDS.get(id_, id_)
            if id_ in PARTS:
                counts[id_] += 1
                id_ = f"{id_}{counts[id_]}"
            row = paragraph(id_, text)
        paragraphs.append(row)
    return Resolution(symbol, title, language, session, adopted, tuple(paragraphs), **more)


def _id_and_text(row: str) -> tuple[str, str]:
    match = RE_ROW.match(row)
    return (match[1], row[match.end() :]) if match else ("op", row)


def change(old, new, edits=(), *, kind: Kind = Kind.MODIFIED, weight: Weight = Weight.SUBSTANTIVE,
           tier: str = "strong", score: float = 1.0, moved: bool = False, renumbered: bool = False,
           flags=()) -> Change:  # fmt: skip
    """What became of the old paragraphs of these ids: ``change("op1", "op2 op3", edits)``; empty for none."""
    link = Link(tuple(old.split()), tuple(new.split()), score, Reason(tier))
    return Change(link, kind, moved, renumbered, weight, tuple(edits), tuple(flags))


def corpus(folder: Path, hows: tuple[str, ...]) -> None:
    """Make of ``folder`` a corpus of one series, ``s``: short texts that differ in how the Office is to act."""
    (folder / "s").mkdir(parents=True, exist_ok=True)
    for path in (folder / "s").glob("*.md"):
        path.unlink()
    for n, how in enumerate(hows):
        (folder / "s" / f"A-RES-9{n}-1.fr.md").write_text(TEXT.format(n=n, how=how), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """What stands in the files of a folder, by their paths in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def compared(old: list[str], new: list[str], symbol: str = "", new_symbol: str = "", adopted: str = "",
             language: str = "fr") -> Comparison:  # fmt: skip
    """The judged comparison of two texts given as rows; ``adopted`` is the date of the new one."""
    before = resolution(*old, symbol=symbol, language=language)
    return judged(compare(before, resolution(*new, symbol=new_symbol, adopted=adopted, language=language)))


def flags(comparison: Comparison, prefix: str) -> list[str]:
    """The flags whose code starts so, as ``code: value → value``."""
    found = [flag for change in comparison.changes for flag in change.flags if flag.code.startswith(prefix)]
    return [f"{flag.code}: {' → '.join(value for value in flag.values if value)}" for flag in found]


def compared_case(case) -> Comparison:
    """The judged comparison of the two texts of a case."""
    texts = (case.text(key) if key in case.values else "" for key in ("symbol", "new symbol", "adopted"))
    return compared(case.lines("old"), case.lines("new"), *texts, case.language)
