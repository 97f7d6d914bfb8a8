"""On what condition, until when, how many: conditions, deadlines and figures where they stand in a paragraph.

The phrases and patterns are ``data/conditions.toml``.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from resdiff.data import table
from resdiff.language.dates import DATE
from resdiff.language.phrases import Phrases, fold_same_length
from resdiff.model import Paragraph
from resdiff.recognition.survey import Condition, TimedMention

__all__ = ["find_conditions", "find_deadlines", "find_figures"]

RE_TIMED = re.compile(r"\d|jours|semaines|mois|\bans?\b|annee")
"""What every deadline and every figure holds: a digit or a unit of time."""
NUMBER = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)"


def find_conditions(paragraph: Paragraph) -> Iterator[Condition]:
    """The conditions of a paragraph, from left to right, none inside another.

    >>> text = "Prie les États de coopérer, conformément au droit international"
    >>> from resdiff.model import Part, Span
    >>> [c.text for c in find_conditions(Paragraph("op1", Part.OPERATIVE, "1", 0, "Prie", text, Span(0, 0)))]
    ['conformément au droit international']
    """
    phrases, rows = _phrases()
    for start, phrase in phrases.find(fold_same_length(paragraph.text)):
        end = start + len(phrase)
        number, row = rows[phrase]
        text = paragraph.text[start:end]
        yield Condition(paragraph.id, start, end, text, number, row["sort"], bool(row.get("full")))


@cache
def _phrases() -> tuple[Phrases, dict[str, tuple[int, dict[str, Any]]]]:
    """All the phrases of conditions; for each the number of its row, and the row."""
    rows = table("conditions")["condition"]
    found = {fold_same_length(text): (number, row) for number, row in enumerate(rows) for text in row["phrases"]}
    return Phrases(found), found


def find_deadlines(paragraph: Paragraph) -> Iterator[TimedMention]:
    """The deadlines of a paragraph: "jusqu’au 15 octobre 2007", "dans les soixante jours", "tous les six mois"."""
    return _timed(paragraph, "deadline")


def find_figures(paragraph: Paragraph) -> Iterator[TimedMention]:
    """The figures of a paragraph that tell how many are authorised: "un effectif de 1 200 hommes"."""
    return _timed(paragraph, "figure")


def _timed(paragraph: Paragraph, sort: str) -> Iterator[TimedMention]:
    plain = fold_same_length(paragraph.text)
    if RE_TIMED.search(plain):
        for match in _pattern(sort).finditer(plain):
            yield TimedMention(paragraph.id, *match.span(), paragraph.text[slice(*match.span())])


@cache
def _pattern(sort: str) -> re.Pattern[str]:
    """All the patterns of a sort of row as one, with what their capitals stand for filled in."""
    rows = (row["pattern"] for row in table("conditions")[sort])
    filled = (row.replace("DATE", DATE).replace("COUNT", r"[\w-]+").replace("NUMBER", NUMBER) for row in rows)
    return re.compile("|".join(f"(?:{row})" for row in filled))
