"""The concordance as CSV for a spreadsheet: RFC 4180, UTF-8 with a byte order mark so that Excel shows accents."""

import csv
import io
from collections.abc import Sequence

from msgspec import Struct

from resdiff.report import Concordance, Report, label, word

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
    return output.getvalue().encode("utf-8-sig")


def _labels(paragraphs: Sequence[str], lang: str) -> str:
    return ", ".join(label(paragraph, lang) for paragraph in paragraphs).replace("\u00a0", " ")


def _harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would take for a formula.

    >>> _harmless("=1+1"), _harmless("PP 3")
    ("'=1+1", 'PP 3')
    """
    return f"'{cell}" if cell.startswith(FORMULA) else cell
