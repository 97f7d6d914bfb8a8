"""The report as a Word document: tracked changes on the old text, or three columns side by side.

Tracked (the default): "accept all" gives the new text, "reject all" the old one, numbers included; remarks, moves and
the summary are comments. General Assembly practice asks for proposals in this form, on the last adopted text.
Table: a landscape page with the old text, the new text and the remarks.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from resdiff.errors import UsageError
from resdiff.report import Report

__all__ = ["render"]

AUTHOR = "resdiff"
EPOCH = "1970-01-01T00:00:00Z"


def render(
    report: Report, *, author: str = "", date: str = "", layout: str = "tracked", track_moves: bool = False
) -> bytes:
    """The document as bytes. ``date`` is an ISO date or time, by default the day the new text was adopted.

    With ``track_moves``, what moved bears Word's own marks of a move rather than being deleted and inserted.

    Raises UsageError for a layout or a date that cannot be understood.
    """
    from resdiff.rendering.word import table, tracked
    from resdiff.rendering.word.draft import Draft

    writers: dict[str, Callable[[Draft], None]] = {
        "tracked": partial(tracked.write, track_moves=track_moves),
        "table": table.write,
    }
    if layout not in writers:
        raise UsageError("layout-unknown", layout, ", ".join(writers))
    draft = Draft(report, author or AUTHOR, _stamp(date or report.comparison.new.adopted, asked=bool(date)))
    writers[layout](draft)
    return draft.packed()


def _stamp(date: str, *, asked: bool) -> str:
    """The date as Word writes it. A date of a text that is no date counts as none; one that was asked for is an error.

    >>> _stamp("2019-12-18", asked=False), _stamp("", asked=False), _stamp("2026-11-24T12:00:00+01:00", asked=True)
    ('2019-12-18T00:00:00Z', '1970-01-01T00:00:00Z', '2026-11-24T11:00:00Z')
    """
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        if asked:
            raise UsageError("date-invalid", date) from None
        return EPOCH
    moment = moment.astimezone(UTC) if moment.tzinfo else moment
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
