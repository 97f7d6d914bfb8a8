"""The command ``parallel``: one text in two languages, held against itself."""

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from resdiff.cli.desk import Desk, ReadingOptions
from resdiff.cli.output import LookOptions, coloured, deliver_all, spare
from resdiff.errors import DIFFERENT, NotFoundError
from resdiff.model import Comparison, Notice, Resolution

if TYPE_CHECKING:
    from resdiff.parallel import Concordance

__all__ = ["ParallelOptions", "run_parallel", "with_other_language"]

LANGUAGES = ("fr", "en")
"""Those that are looked for in a corpus where one symbol is given for both texts."""


class ParallelOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The text in one language and in the other (None: both of the corpus), how they are read, where the page goes."""

    one: str
    other: str | None = None
    reading: ReadingOptions = ReadingOptions()
    lang: str = "fr"
    output: tuple[str, ...] = ()
    form: str | None = None
    look: LookOptions = LookOptions()
    exit_code: bool = False


def run_parallel(options: ParallelOptions) -> int:
    """Hold the text against itself and deliver. The exit code is 1 with ``--exit-code`` when something differs."""
    desk = Desk.of(options.reading)
    spare(options.output, lambda: desk.inputs(options.one, options.other))
    one, other = _texts(desk, options)
    from resdiff.parallel import hold

    held = hold(desk.survey(one), desk.survey(other))
    _deliver(held, options)
    return DIFFERENT if options.exit_code and held.differences else 0


def _texts(desk: Desk, options: ParallelOptions) -> tuple[Resolution, Resolution]:
    """Both texts. Raises NotFoundError where the corpus has a symbol in one language alone."""
    if options.other is not None:
        return desk.resolution(options.one), desk.resolution(options.other)
    one = desk.resolution(options.one)
    wanted = next(code for code in LANGUAGES if code != (one.language or LANGUAGES[0]))
    reading = replace(desk.options, language=wanted)
    try:
        other = replace(desk, options=reading).resolution(options.one)
    except NotFoundError as error:
        raise NotFoundError("other-language", options.one, wanted) from error
    if other.language == one.language:  # a file was named, and is one text
        raise NotFoundError("other-language", options.one, wanted)
    return one, other


def _deliver(held: "Concordance", options: ParallelOptions) -> None:
    """Write the page to each output."""
    from resdiff.rendering.parallel import Options, render_parallel

    look = Options(
        names=(options.one, options.other or options.one),
        lang=options.lang,
        color=coloured(options.look.color),
        width=options.look.width or 100,
    )
    deliver_all(options.output, options.form, lambda form: render_parallel(held, form, look), lang=options.lang)


def with_other_language(compared: Comparison, old: str, new: str, desk: Desk, lang: str) -> Comparison:
    """A comparison checked by the same two editions in another language, with a notice for each paragraph that changed
    in one language alone, or stands in one alone.
    """
    from resdiff.parallel import hold
    from resdiff.parallel.changes import changed_alone, checked
    from resdiff.rendering.parallel.words import tongue
    from resdiff.report import label

    other = desk.compare(old, new)
    held = hold(desk.survey(compared.new), desk.survey(other.new))
    names = tongue(held.one.language, lang, alone=False), tongue(held.other.language, lang, alone=False)
    notices = [
        Notice("changed-alone", (label(each.twins.one, lang), changing[:1].upper() + changing[1:], standing))
        for each in changed_alone(compared, other, held.twins)
        for changing, standing in (names if each.in_one else names[::-1],)
    ]
    for twins in held.twins:
        if not (twins.one and twins.other):
            stands = names if twins.one else names[::-1]
            notices.append(Notice("stands-alone", (label(twins.one or twins.other, lang), *stands)))
    found = checked(compared, other, held.twins)
    return replace(found, notices=(*found.notices, *notices))
