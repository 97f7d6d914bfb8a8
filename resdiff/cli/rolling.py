"""The command ``draft``: the next edition of a text, begun from its last one."""

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from resdiff import symbol as symbols
from resdiff.cli.desk import Desk, ReadingOptions
from resdiff.cli.output import LookOptions, asked_date, coloured, deliver_all, formats_of, say, spare, tell_failures
from resdiff.comparison import doubts
from resdiff.errors import UsageError
from resdiff.language import Language

if TYPE_CHECKING:
    from resdiff.drafting import RollForward
    from resdiff.model import Resolution

__all__ = ["DraftOptions", "rolled", "run_draft"]

GIVEN_BY = {"draft-first": "cli.give-before", "draft-pace": "cli.give-session", "draft-session": "cli.give-session"}
"""What a person at a terminal is told to give for a better draft. The draft names no option: others read it."""


class DraftOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The last edition, the one before it (None: the one of the corpus), the session of the next one, how they are
    read, where the draft goes."""

    text: str
    before: str | None = None
    session: int = 0
    reading: ReadingOptions = ReadingOptions()
    lang: str = "fr"
    output: tuple[str, ...] = ()
    form: str | None = None
    look: LookOptions = LookOptions()


def run_draft(options: DraftOptions) -> int:
    """Begin the next edition and deliver it."""
    desk = Desk.of(options.reading)
    spare(options.output, lambda: desk.inputs(options.text, options.before))
    begun = rolled(desk, options.text, options.before, options.session)
    tell_failures(desk.left_out.items(), options.lang)
    _deliver(begun, options)
    for hint in dict.fromkeys(GIVEN_BY[notice.code] for notice in begun.notices if notice.code in GIVEN_BY):
        say(hint, lang=options.lang)
    return 0


def rolled(desk: Desk, name: str, before: str | None, session: int) -> "RollForward":
    """The next edition of a text, begun from it and from the edition before it (None: the one of the corpus), for a
    session (0: the one that follows). Raises what the desk raises, and UsageError for a language whose rules are not
    written, for a session that is over, and for an edition before it that comes after it, or is the same."""
    text = desk.resolution(name)
    if not Language.of(text.language).knows("rolling"):
        raise UsageError("edition-language", name, text.language)
    if session and text.session.isdecimal() and session <= int(text.session):
        raise UsageError("draft-session", session, text.session)
    earlier = desk.resolution(before) if before else desk.edition_before(text)
    if before and earlier and _comes_after(earlier, text):
        raise UsageError("draft-before", before, name)
    from resdiff.drafting import roll

    compared = desk.judged(earlier, text) if earlier else None
    return roll(desk.survey(text), compared, session=session, later=desk.later_editions(text))


def _comes_after(one: "Resolution", other: "Resolution") -> bool:
    """Whether the one says itself that it is later than the other, or is the same."""
    is_same = one.body == other.body or (bool(one.symbol) and one.symbol == other.symbol)
    return is_same or any(notice.code.startswith("reversed") for notice in doubts(one, other))


def _deliver(begun: "RollForward", options: DraftOptions) -> None:
    """Write the draft to each output, and tell its cautions."""
    from resdiff.rendering.rolled import Options, render_draft
    from resdiff.rendering.rolled.words import cautions

    wanted = [row.name for _, row in formats_of(options.output, options.form)]
    look = Options(
        name=symbols.short(begun.text.symbol) or Path(options.text).name,
        lang=options.lang,
        date=asked_date(options.look.date, wanted),
        author=options.look.author,
        color=coloured(options.look.color),
        width=options.look.width or 100,
    )
    told = cautions(begun, options.lang)
    deliver_all(
        options.output, options.form, lambda form: render_draft(begun, form, look), lang=options.lang, cautions=told
    )
