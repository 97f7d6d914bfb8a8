"""The lives and origins on a terminal.

A paragraph is a line: its name, a sign an edition, since when. The signs stand for themselves without colours. Of one
paragraph each wording is written out, with the marks of the terminal report.
"""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from resdiff.rendering.chronicle import ChronicleOptions
from resdiff.rendering.terminal import BLUE, BOLD, CYAN, FAINT, GREEN, MARKS, NARROWEST, RED, WIDEST, YELLOW
from resdiff.rendering.wrap import Run, wrap
from resdiff.report import word
from resdiff.report.chronicle import Chronicle, EditionName, LifeRow, Moment, Origins, What

__all__ = ["blame", "history"]

SIGNS = {
    What.BORN: ("●", GREEN),
    What.RETURNED: ("○", GREEN),
    What.SPLIT: ("<", CYAN),
    What.MERGED: (">", CYAN),
    What.CHANGED: ("≠", YELLOW),
    What.EDITED: ("≈", ""),
    What.MOVED: ("↕", BLUE),
    What.COPIED: ("─", FAINT),
}
ABSENT, END = " ", "×"
INDENT = "   "


def history(chronicle: Chronicle, options: ChronicleOptions) -> bytes:
    """A line a life; of one paragraph its wordings one under the other."""
    lines = _lives(chronicle, options) if chronicle.paragraph else _table(chronicle, options)
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _write(options: ChronicleOptions) -> partial[list[str]]:
    return partial(wrap, width=min(max(options.width, NARROWEST), WIDEST), color=options.color)


def _table(chronicle: Chronicle, options: ChronicleOptions) -> Iterator[str]:
    lang, write = chronicle.lang, _write(options)
    yield from write([Run(chronicle.title, BOLD)])
    yield ""
    for place, edition in enumerate(chronicle.editions, 1):
        yield f"{place:>4}  {edition.name:<14} {edition.date}".rstrip()
    width = max((len(row.label) for row in chronicle.lives), default=0)
    ruler = "".join(str(place % 10) for place in range(1, len(chronicle.editions) + 1))
    for rows, key in ((chronicle.living, "history.living"), (chronicle.ended, "history.ended")):
        if not rows:
            continue
        yield ""
        yield from write([Run(f"{word(key, lang)} ({len(rows)})", BOLD)])
        yield f"{'':<{width}}  {ruler}"
        for row in rows:
            strip = "".join(_paint(*sign, color=options.color) for sign in _strip(row, len(chronicle.editions)))
            told = row.ending or row.since
            room = options.width - width - len(chronicle.editions) - len(told) - 6
            opening = row.opening if len(row.opening) <= room else row.opening[: max(0, room - 1)] + "…"
            yield f"{row.label:<{width}}  {strip}  {told}{'  ' + opening if room > 8 else ''}"
    yield ""
    legend = [f"{sign} {word(f'history.{what}', lang).partition(' (')[0]}" for what, (sign, _) in SIGNS.items()]
    yield from write([Run(f"{word('history.signs', lang)}{word('word.colon', lang)}{', '.join(legend)}", FAINT)])
    yield from write([Run(word("history.forms", lang), FAINT)])


def _strip(row: LifeRow, editions: int) -> Iterator[tuple[str, str]]:
    """A sign and its colour for each edition."""
    moments = {moment.edition: moment for moment in row.moments}
    for place in range(editions):
        if place in moments:
            yield SIGNS[moments[place].what]
        else:
            yield (END, RED) if place == row.dropped else (ABSENT, "")


def _paint(text: str, style: str, *, color: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if color and style else text


def _lives(chronicle: Chronicle, options: ChronicleOptions) -> Iterator[str]:
    """The wordings of each life told, with what became of it between them."""
    write = _write(options)
    for row in (*chronicle.living, *chronicle.ended):
        yield from write([Run(f"{row.label}, {row.since}", BOLD), *([Run(f", {row.ending}")] if row.ending else [])])
        for is_same, group in groupby(row.moments, key=lambda moment: moment not in row.wordings):
            moments = list(group)
            if is_same:
                yield from _unchanged(moments, chronicle, write)
                continue
            for moment in moments:
                yield ""
                name = _named(chronicle.editions[moment.edition], moment)
                yield from write([Run(name, BOLD), Run(f" – {moment.said}")])
                yield from write(list(_marked(moment)), hang=INDENT, first=INDENT)
        yield ""


def _named(edition: EditionName, moment: Moment) -> str:
    return f"{edition.dated}, {moment.label}"


def _unchanged(moments: list[Moment], chronicle: Chronicle, write: partial[list[str]]) -> Iterator[str]:
    names = ", ".join(_named(chronicle.editions[moment.edition], moment) for moment in moments)
    yield ""
    said = word("history.copied", chronicle.lang)
    yield from write([Run(f"{names}{word('word.colon', chronicle.lang)}{said}", FAINT)])


def _marked(moment: Moment) -> Iterator[Run]:
    for edit in moment.edits:
        before, after, style = MARKS[edit.op]
        yield Run(f"{before}{edit.text}{after}", style)


# ---- blame ----------------------------------------------------------------------------------------------------------


def blame(origins: Origins, options: ChronicleOptions) -> bytes:
    """The text with the edition of each run in the margin, as annotated sources are printed."""
    return ("\n".join(_blame(origins, options)) + "\n").encode("utf-8", "replace")


def _blame(origins: Origins, options: ChronicleOptions) -> Iterator[str]:
    lang, write = origins.lang, _write(options)
    yield from write([Run(origins.title, BOLD)])
    yield ""
    margin = max(len(edition.name) for edition in origins.editions) + 2
    for edition, share, percent in zip(origins.editions, origins.shares, origins.percents, strict=True):
        if share:
            said = word("blame.share", lang).format(percent)
            yield f"{edition.name:<{margin}}{said:>6}  {'█' * round(30 * share)}  {edition.date}".rstrip()
    for row in origins.rows:
        yield ""
        yield from write([Run(row.label, BOLD)])
        for run in row.runs:
            name = origins.editions[run.origin].name + ("?" if run.uncertain else "")
            newest = run.origin == len(origins.editions) - 1
            yield from write(
                [Run(run.text.strip() or run.text, GREEN if newest else "")],
                first=f"{name:<{margin}}",
                hang=" " * margin,
            )
