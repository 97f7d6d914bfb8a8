"""The opening formula: where the body of a text begins, and which organ speaks."""

import re
from functools import cache

from resdiff.data import table
from resdiff.language.fold import fold
from resdiff.parsing.blocks import SHORT
from resdiff.parsing.leads import opens_operative, opens_preamble
from resdiff.parsing.lines import Line

__all__ = ["find_body", "formula_of", "looks_like_formula"]

# Lowest likeness of a damaged formula to a real one; "LAssembIée generale," has 0.92, no title of the corpus over 0.6.
FORMULA_RATIO = 0.85
RE_FIRST_NUMBER = re.compile(r"(?:OP|DP|§)?\s?1\s?[.,](?:\s+[^\d\s]|$)", re.IGNORECASE)


def formula_of(line: str) -> dict[str, str] | None:
    """The row of the formula a line is, in spite of damage by a scan; none when it is none.

    >>> formula_of("L’AssembIée generale,")["organ"]
    'A'
    """
    if not 10 < len(line) < 70:
        return None
    key = _letters(line)
    exact = _formulas().get(key)
    if exact or line[-1] not in ",.;" or key[:1] not in "leti1":
        return exact
    import difflib  # needed for scans alone

    near = difflib.get_close_matches(key, list(_formulas()), n=1, cutoff=FORMULA_RATIO)
    return _formulas()[near[0]] if near else None


@cache
def _formulas() -> dict[str, dict[str, str]]:
    return {_letters(row["text"]): row for row in table("parse")["formula"]}


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


def find_body(lines: tuple[Line, ...]) -> int:
    """The line where the body begins: the formula, or else the first line that reads like a paragraph, or else 0."""
    for pos, line in enumerate(lines):
        if formula_of(line.text) or looks_like_formula(lines, pos):
            return pos
    for pos, line in enumerate(lines):
        opens = (line.gap or pos == 0) and (opens_preamble(line.text) or opens_operative(line.text))
        if opens or RE_FIRST_NUMBER.match(line.text):
            return pos
    return 0


def looks_like_formula(lines: tuple[Line, ...], pos: int) -> bool:
    """Whether a body nobody listed speaks here: "La Conférence des Parties," and then "Rappelant …"."""
    text = lines[pos].text
    if not (text.endswith(",") and len(text) < SHORT and text.startswith(("L’", "L'", "Le ", "La ", "Les "))):
        return False
    return pos + 1 < len(lines) and lines[pos + 1].gap and opens_preamble(lines[pos + 1].text)
