"""The concordance as CSV for a spreadsheet: RFC 4180, UTF-8 with a byte order mark so that Excel shows accents."""

import csv
import io
from collections.abc import Iterator, Sequence

from msgspec import Struct

from resdiff.report import Changes, Concordance, Report, label, word

__all__ = ["Options", "render"]

COLUMNS = ("old", "new", "kind", "moved", "renumbered", "weight", "renewed")
# What a spreadsheet runs: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Options(Struct, frozen=True, kw_only=True):
    """A table takes no options."""


def render(report: Report, options: Options) -> bytes:
    """One line a change, in the order of the old text: its numbers in both texts and what became of it."""
    lang = report.lang
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(word(f"column.{name}", lang) for name in COLUMNS)
    concordance = report.find(Concordance)
    for change in concordance.rows if concordance else ():
        cells = (
            _labels(change.link.old, lang),
            _labels(change.link.new, lang),
            word(f"kind.{change.kind}", lang),
            word(f"word.{'yes' if change.moved else 'no'}", lang),
            word(f"word.{'yes' if change.renumbered else 'no'}", lang),
            word(f"weight.{change.weight.label}", lang),
            _labels(change.renewed_in, lang),
        )
        writer.writerow(map(_harmless, cells))
    for note in _notes(report):
        writer.writerow(map(_harmless, note))
    return output.getvalue().encode("utf-8-sig")


def _notes(report: Report) -> Iterator[tuple[str, ...]]:
    """One line a footnote that is shown, behind the paragraphs: "note 4", "note 5"."""
    lang, changes = report.lang, report.find(Changes)
    shown = [*(note for row in changes.rows for note in row.notes), *changes.notes] if changes else []
    for note in shown:
        renumbered = word(f"word.{'yes' if note.change.renumbered else 'no'}", lang)
        weight = word(f"weight.{note.change.weight.label}", lang)
        yield note.old, note.new, note.outcome, word("word.no", lang), renumbered, weight, ""


def _labels(paragraphs: Sequence[str], lang: str) -> str:
    return ", ".join(label(paragraph, lang) for paragraph in paragraphs).replace("\u00a0", " ")


def _harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would take for a formula.

    >>> _harmless("=1+1"), _harmless("PP 3")
    ("'=1+1", 'PP 3')
    """
    return f"'{cell}" if cell.startswith(FORMULA) else cell
