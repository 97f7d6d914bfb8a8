"""The changes as CSV for a spreadsheet: RFC 4180, UTF-8 with a byte order mark so that Excel shows accents.

Excel takes the separator that the settings of the person's system name: a semicolon where decimals have a comma, as in
French.
"""

import csv
import io

from msgspec import Struct

from resdiff.rendering import sheet
from resdiff.report import Report, word

__all__ = ["Options", "render"]

# What a spreadsheet runs, also in its wide form: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Options(Struct, frozen=True, kw_only=True):
    """A table takes no options."""


def render(report: Report, options: Options) -> bytes:
    """One line a change: its numbers in both texts, what became of it, both texts, the remark."""
    output = io.StringIO()
    separator = ";" if word("word.decimal", report.lang) == "," else ","
    writer = csv.writer(output, delimiter=separator)
    writer.writerow(sheet.head(report.lang))
    writer.writerows(map(_harmless, line.cells) for line in sheet.lines(report))
    return output.getvalue().encode("utf-8-sig", "replace")


def _harmless(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would take for a formula.

    >>> _harmless("=1+1"), _harmless("PP 3")
    ("'=1+1", 'PP 3')
    """
    return f"'{cell}" if cell.startswith(FORMULA) else cell
