"""The report on one screen of a terminal: what matters most, the figures, a line each paragraph that changed.

The bar of a line tells how many words came and went, like that of ``git diff --stat``: ``+`` is a word that came, ``-``
one that went, or several of them where the longest bar would be too long. On a screen that is too low the lines stand
in columns.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from resdiff.model import Edit, Kind, Op
from resdiff.rendering.cutting import cut
from resdiff.rendering.wrap import Run, columns, counted_whole, painted, wrap
from resdiff.report import (
    MOST_LEADS,
    Changes,
    Note,
    Numbers,
    Provenance,
    Report,
    Row,
    Summary,
    Title,
    as_text,
    counted,
    numbers_line,
    outcome,
    places,
    reset,
    word,
)

__all__ = ["stat"]

Write = Callable[..., list[str]]

BOLD, RED, GREEN, YELLOW, FAINT = "1", "31", "32", "33", "2"
LEAD_LINES = 2  # lines of a sentence; the whole of it is in the report
FEWEST_LEADS = 3  # sentences; fewer than all where the screen is too low for them
LONGEST_NAME = 60  # characters: a text without a symbol is called by its title
LONGEST_PLACE = 26  # columns: "par. 3 → par. 4, par. 8"
LONGEST_BAR = 40
LEAST_BESIDE = 14  # columns of a line for its figure and its bar
LEAST_FOR_WORDS = 56  # columns of a line that says what became of the paragraph
CELL, GAP = 36, "  "  # columns of a line that stands beside others, and what is between two
MORE = "…"


class Bar(Struct, frozen=True):
    """A line: where the paragraph stands, what became of it, how many words came and went."""

    place: str
    became: str
    came: int
    went: int

    @property
    def words(self) -> int:
        """How many words changed."""
        return self.came + self.went


def stat(report: Report, *, width: int, height: int, color: bool) -> Iterator[str]:
    """The lines, no wider than ``width``; with a ``height`` in lines, what is too long for it stands in columns."""
    write = partial(wrap, width=width, color=color)
    changes, lang = report.find(Changes), report.lang
    rows = [row for row in changes.rows if not row.is_quiet] if changes else []
    bars = [_bar(row, lang) for row in rows] + [_note(note) for note in (changes.notes if changes else ())]
    notes = [note for row in rows for note in row.notes] + [*(changes.notes if changes else ())]
    counts = {
        "changed": sum(map(_has_changed, rows)),
        "notes": sum(note.change.differs for note in notes),
        "words-came": sum(bar.came for bar in bars),
        "words-went": sum(bar.went for bar in bars),
    }
    told = ", ".join(counted(f"changes.{name}", number, lang) for name, number in counts.items() if number)
    total = write([Run(told, BOLD)]) if told else []
    if changes and changes.hidden:
        total += write([Run(counted("changes.hidden", changes.hidden, lang), FAINT)])
    lowest = -(-len(bars) // _most_across(width))
    for leads in (MOST_LEADS, MOST_LEADS - 1, FEWEST_LEADS, MOST_LEADS):  # all of them where fewer are no help
        head = [*_head(report, write, width), *_summary(report, write, width, leads)]
        room = height - len(head) - len(total) - 1 if height else len(bars)
        if room >= lowest:
            break
    yield from head
    yield from (painted(line, color=color) for line in _table(bars, width, max(room, lowest, 1)))
    yield from (*total, "")


def _head(report: Report, write: Write, width: int) -> Iterator[str]:
    lang, title, provenance = report.lang, report.find(Title), report.find(Provenance)
    if title:
        names = [cut(name, LONGEST_NAME, lang) for name in title.names]
        yield from write([Run(word("heading.report", lang).format(*names), BOLD)])
        for name, text in zip(names, (title.old, title.new), strict=True):
            if text.about:
                shown = cut(text.about, max(width - columns(name) - 6, 1), lang)
                yield from write([Run(name, BOLD), Run(f" – {shown}")], hang="   ")
    for line in provenance.lines if provenance else ():
        yield from write([Run("! ", YELLOW), Run(as_text(line), YELLOW)], hang="  ")
    yield ""


def _summary(report: Report, write: Write, width: int, most: int) -> Iterator[str]:
    """What matters most, so many sentences in two lines each, and the figures."""
    lang, summary, numbers = report.lang, report.find(Summary), report.find(Numbers)
    room = LEAD_LINES * (width - 4) * 9 // 10 - 4  # a line is seldom full, and a cut quotation is closed
    for number, sentence in enumerate(summary.leads[:most] if summary else (), start=1):
        yield from write([Run(cut(as_text(sentence), room, lang))], first=f"{number:>2}. ", hang="    ")
    if numbers:
        short = replace(numbers, retouched=0, updated=0)  # what is so the bars show
        yield from write([Run(counted_whole(as_text(numbers_line(short, lang))), BOLD)])
        yield ""


# ---- a line each paragraph that changed -----------------------------------------------------------------------------


def _has_changed(row: Row) -> bool:
    """Whether the paragraph did, and not a footnote of it alone, nor its typography alone."""
    return row.change.kind is not Kind.UNCHANGED or row.change.moved or row.change.in_points


def _bar(row: Row, lang: str) -> Bar:
    """The words of the paragraph and of the footnotes that it calls; where these alone changed, their place is named:
    the line may have no room to say so."""
    change, became = row.change, outcome(row.change, lang, row.notes)
    edits = [edit for words in (change.edits, *(note.edits for note in row.notes)) for edit in words]
    came, went = (_words(edits, op) for op in (Op.INSERT, Op.DELETE))
    where = [places(change, lang)]
    if not _has_changed(row):
        where += [note.new or note.old for note in row.notes if note.change.differs]
        became = ", ".join(filter(None, [became, reset(change, lang, row.notes)]))
    return Bar(_fitted(", ".join(where), LONGEST_PLACE), became, came, went)


def _note(note: Note) -> Bar:
    """The bar of a footnote that no paragraph calls."""
    came, went = (_words(note.edits, op) for op in (Op.INSERT, Op.DELETE))
    return Bar(note.new or note.old, note.outcome, came, went)


def _words(edits: Sequence[Edit], op: Op) -> int:
    """How many words came or went, as a word processor counts them: between spaces, with a letter or a digit.

    >>> _words((Edit(Op.EQUAL, "Prie "), Edit(Op.INSERT, "l’Office, 2 fois ; ")), Op.INSERT)
    3
    """
    words = (word for edit in edits if edit.op is op for word in edit.text.split())
    return sum(any(map(str.isalnum, word)) for word in words)


def _table(bars: Sequence[Bar], width: int, room: int) -> Iterator[list[Run]]:
    """The lines, in as many columns as keep them within ``room`` lines, and as the width allows."""
    across = max(min(-(-len(bars) // room), _most_across(width)), 1)
    size = (width - len(GAP) * (across - 1)) // across
    down = -(-len(bars) // across)
    cells = _cells(bars, size, alone=across == 1)
    for start in range(down):
        line: list[Run] = []
        for cell in cells[start::down]:
            filled = sum(columns(run.text) for run in line)
            ends = (size + len(GAP)) * (-(-filled // (size + len(GAP))))
            line += [Run(" " * (ends - filled)), *cell]
        yield line


def _most_across(width: int) -> int:
    return max((width + len(GAP)) // (CELL + len(GAP)), 1)


def _cells(bars: Sequence[Bar], size: int, *, alone: bool) -> list[list[Run]]:
    """Each line as runs no wider than ``size``; one that stands alone says in words what became of the paragraph."""
    alone = alone and size >= LEAST_FOR_WORDS
    place = min(max((columns(bar.place) for bar in bars), default=0), max(size - LEAST_BESIDE, size // 2))
    became = max((columns(bar.became) for bar in bars), default=0) + len(GAP) if alone else 0
    figures = max((len(str(bar.words)) for bar in bars), default=0)
    room = max(min(size - place - became - figures - len(GAP) - 1, LONGEST_BAR), 1)
    most = max((bar.words for bar in bars), default=0)
    return [
        [
            Run(_padded(_fitted(bar.place, place), place) + GAP, BOLD),
            Run(_padded(bar.became, became) if alone else ""),
            Run(f"{bar.words:>{figures}} "),
            *_drawn(bar, most, room, alone=alone),
        ]
        for bar in bars
    ]


def _drawn(bar: Bar, most: int, room: int, *, alone: bool = True) -> list[Run]:
    """The bar: a sign a word, or fewer where the longest would not fit; a side that has a word has a sign.

    Where nothing but the place changed and no word says so, the bar does.

    >>> [run.text for run in _drawn(Bar("", "", 30, 1), most=60, room=20)]
    ['++++++++++', '-']
    """
    if not bar.words:
        return [] if alone else [Run(_fitted(bar.became, room), FAINT)]
    scale = min(room / most, 1.0)
    came, went = (max(int(words * scale), 1) if words else 0 for words in (bar.came, bar.went))
    if came + went > room > 1:  # a side of few words was given its sign
        came, went = (room - 1, 1) if came > went else (1, room - 1)
    return [Run("+" * came, GREEN), Run("-" * went, RED)]


def _padded(text: str, size: int) -> str:
    return text + " " * (size - columns(text))


def _fitted(text: str, size: int) -> str:
    """The text in so many columns."""
    return text if columns(text) <= size else text[: max(size - 1, 0)] + MORE
