"""The report as a Word document: tracked changes on the old text, or three columns side by side.

Tracked (the default): "accept all" gives the new text, "reject all" the old one, numbers included; remarks, moves and
the summary are comments. General Assembly practice asks for proposals in this form, on the last adopted text.
Table: a landscape page with the old text, the new text and the remarks.
"""

from datetime import UTC, datetime
from enum import StrEnum

from msgspec import Struct

from resdiff.errors import UsageError
from resdiff.rendering.word import table, tracked
from resdiff.rendering.word.draft import Draft
from resdiff.rendering.word.masthead import Masthead, head
from resdiff.report import Report, Title

__all__ = ["Layout", "Masthead", "Options", "render", "stamp"]

AUTHOR = "resdiff"
EPOCH = "1970-01-01T00:00:00Z"
FIRST_YEAR = 1000  # of which all digits are written


class Layout(StrEnum):
    """Tracked changes on one text, or the two texts side by side."""

    TRACKED = "tracked"
    TABLE = "table"


class Options(Struct, frozen=True, kw_only=True):
    """Who made the tracked changes and when, the layout, how moves are marked, and what stands around the text.

    ``date`` is an ISO date or time, by default the day the new text was adopted. With ``track_moves``, what moved bears
    Word's own marks of a move rather than being deleted and inserted. Without ``comments`` the tracked text has none.
    ``masthead`` is the head of the first page of a draft.
    """

    author: str = ""
    date: str = ""
    layout: Layout = Layout.TRACKED
    track_moves: bool = False
    comments: bool = True
    masthead: Masthead | None = None


def render(report: Report, options: Options) -> bytes:
    """The document as bytes. Raises UsageError for a date that cannot be understood."""
    title = report.find(Title)
    adopted = title.new.adopted if title else ""
    date = stamp(options.date or adopted, asked=bool(options.date))
    draft = Draft(report, options.author or AUTHOR, date)
    if options.layout is Layout.TABLE:
        table.write(draft)
    else:
        tracked.write(draft, track_moves=options.track_moves, comments=options.comments)
    if options.masthead is not None:
        head(draft, options.masthead)
    return draft.packed()


def stamp(date: str, *, asked: bool) -> str:
    """The date as Word writes it. A date of a text that is no date counts as none; one that was asked for is an error.

    >>> stamp("2019-12-18", asked=False), stamp("", asked=False), stamp("2026-11-24T12:00:00+01:00", asked=True)
    ('2019-12-18T00:00:00Z', '1970-01-01T00:00:00Z', '2026-11-24T11:00:00Z')
    """
    try:
        moment = datetime.fromisoformat(date)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        moment = None
    if moment is not None and moment.year >= FIRST_YEAR:
        return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    if asked:
        raise UsageError("date-invalid", date)
    return EPOCH
