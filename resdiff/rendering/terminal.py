"""The report on a terminal: what matters most, the figures, the rest, then the changes, wrapped to the width.

Marks are read without colour, as wdiff prints them: ``[-supprimé-]`` ``{+ajouté+}``; in texts with square brackets
of their own ``{-supprimé-}``. A text never drives the terminal: control characters and marks that reverse the direction
of writing are shown as ``\\ufffd``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from resdiff.model import Kind, Op
from resdiff.rendering.stat import stat
from resdiff.rendering.wrap import Run, counted_whole, wrap
from resdiff.report import (
    Address,
    Changes,
    Concordance,
    Index,
    Listing,
    Note,
    Notices,
    Numbers,
    Provenance,
    Report,
    Row,
    Sentence,
    Struck,
    Summary,
    Texts,
    Title,
    Told,
    Topics,
    Words,
    as_text,
    counted,
    label,
    legend,
    numbers_line,
    outcomes,
    places,
    topic_names,
    unchanged,
    word,
)
from resdiff.report.woven import Piece, weave

__all__ = ["Options", "render", "render_index"]

NARROWEST, WIDEST = 20, 100  # columns; a longer line of prose is tiring to read
INDENT = "   "
NARROW = "\u00a0"  # no-break: a pair of numbers stays on one line
SHORTEST_LIST = 4  # folded paragraphs are named up to here, counted beyond

BOLD, FAINT, ITALIC, RED, GREEN, YELLOW, BLUE, CYAN = "1", "2", "3", "31", "32", "33", "34", "36"
MARKS = {Op.INSERT: ("{+", "+}", GREEN), Op.DELETE: ("[-", "-]", RED), Op.EQUAL: ("", "", "")}
IN_BRACKETS = MARKS | {Op.DELETE: ("{-", "-}", RED)}  # of texts that have square brackets of their own
KINDS = {
    Kind.ADDED: GREEN,
    Kind.REMOVED: RED,
    Kind.MODIFIED: YELLOW,
    Kind.SPLIT: CYAN,
    Kind.MERGED: CYAN,
    Kind.UNCHANGED: FAINT,
}
STATUS = {Told.NEW: GREEN, Told.DROPPED: RED}  # of the others: yellow

Lines = Iterator[str]
Marks = Mapping[Op, tuple[str, str, str]]


class Write(Struct, frozen=True):
    """What makes lines of runs, and how words that came or went are marked in them."""

    width: int
    color: bool
    marks: Marks

    def __call__(self, runs: Iterable[Run], *, first: str = "", hang: str = "") -> list[str]:
        """The runs as lines; ``first`` begins the first line, ``hang`` the others."""
        return wrap(runs, width=self.width, color=self.color, first=first, hang=hang)


class Options(Struct, frozen=True, kw_only=True):
    """Whether to write ANSI colours, and how many columns the terminal has; a line takes 20 to 100 of them.

    ``stat`` tells no more than fits a screen (see ``stat``), which has ``height`` lines; of 0 nothing is known.
    """

    color: bool = False
    width: int = 80
    stat: bool = False
    height: int = 0

    @property
    def write(self) -> Write:
        """What makes lines of runs."""
        return Write(min(max(self.width, NARROWEST), WIDEST), self.color, MARKS)


def render(report: Report, options: Options) -> bytes:
    """The report for a terminal."""
    if options.stat:
        width = max(options.width, NARROWEST)
        lines = list(stat(report, width=width, height=options.height, color=options.color))
    else:
        write = replace(options.write, marks=IN_BRACKETS) if _is_bracketed(report) else options.write
        lines = [line for section in _sections(report, write) for line in (*section, "")]
    return "\n".join(lines).encode("utf-8", "replace")


def _is_bracketed(report: Report) -> bool:
    """Whether a paragraph that changed has square brackets of its own."""
    texts = report.find(Texts)
    changed = [change for change in texts.changes if change.kind is not Kind.UNCHANGED] if texts else []
    return any("[" in edit.text for change in changed for edit in change.edits)


def _sections(report: Report, write: Write) -> Iterator[list[str]]:
    """The lines of each section that has any."""
    blocks = {type(block): block for block in report.blocks}
    for kind, show in SECTIONS:
        lines = list(show(blocks[kind], report.lang, write)) if kind in blocks else []
        if lines:
            yield lines


def render_index(index: Index, options: Options) -> bytes:
    """The front page of a changelog."""
    write = options.write
    lines = [*write([Run(index.title, BOLD)]), ""]
    for listing in index.blocks:
        lines += [*_listing(listing, write), ""]
    return "\n".join(lines).encode()


# ---- the head -------------------------------------------------------------------------------------------------------


def _title(block: Title, lang: str, write: Write) -> Lines:
    yield from write([Run(word("heading.report", lang).format(*block.names), BOLD)])
    for text in (block.old, block.new):
        if text.about:
            yield from write([Run(text.name, BOLD), Run(f" – {text.about}")], hang=INDENT)
    if block.edits:
        for line in weave(block.edits, noise=False):
            yield from write([Run(f"{word('heading.title', lang)} – "), *_marked(line, write.marks)], hang=INDENT)


def _provenance(block: Provenance, lang: str, write: Write) -> Lines:
    for line in block.lines:
        yield from write(
            [Run("! ", YELLOW), *chain.from_iterable(_runs(part, write.marks, YELLOW) for part in line.lines)],
            hang="  ",
        )


def _leads(block: Summary, lang: str, write: Write) -> Lines:
    """What matters most."""
    yield from _heading("summary", lang, write)
    yield from _listed(block.leads, 1, write)


def _numbers(block: Numbers, lang: str, write: Write) -> Lines:
    yield from write([Run(counted_whole(as_text(numbers_line(block, lang))), BOLD)])


def _others(block: Summary, lang: str, write: Write) -> Lines:
    """The rest of the summary, and what is quoted in all of it."""
    yield from _listed(block.others, len(block.leads) + 1, write)
    if block.note:
        signs = [write.marks[op][:2] for op in (Op.INSERT, Op.DELETE)]
        yield from write([Run(legend(lang, signs), FAINT)], first=INDENT, hang=INDENT)


def _listed(sentences: Sequence[Sentence], start: int, write: Write) -> Lines:
    for number, sentence in enumerate(sentences, start):
        yield from _said(sentence, write, first="    " if sentence.uncited else f"{number:>2}. ", hang="    ")


def _topics(block: Topics, lang: str, write: Write) -> Lines:
    if block.topics:
        yield from _heading("topics", lang, write)
    for status, topics in groupby(block.topics, key=lambda topic: topic.status):
        names = topic_names(topic.label for topic in topics)
        name = word(f"status.{status}-many", lang)
        runs = [Run(name, STATUS.get(status, YELLOW)), Run(f"{word('word.colon', lang)}{names}")]
        yield from write(runs, first=INDENT, hang=INDENT * 2)


def _concordance(block: Concordance, lang: str, write: Write) -> Lines:
    """Old numbers and new numbers, one after the other: the table of other formats in the fewest lines."""
    yield from _heading("concordance", lang, write)
    pairs = (
        f"{_labels(change.link.old, lang)}{NARROW}→{NARROW}{_labels(change.link.new, lang)}" for change in block.rows
    )
    yield from write([Run(f"{NARROW}· ".join(pairs))], first=INDENT, hang=INDENT)


def _labels(paragraphs: Sequence[str], lang: str) -> str:
    return ", ".join(label(paragraph, lang) for paragraph in paragraphs) or "–"


def _notices(block: Notices, lang: str, write: Write) -> Lines:
    yield from _heading("notices", lang, write)
    for text, notices in groupby(block.facts, key=lambda notice: notice.note):
        yield from write([Run(text, BOLD)], first=INDENT) if text else ()
        for notice in notices:
            yield from write([Run(notice.text)], first=f"{INDENT}– ", hang=INDENT + "  ")


# ---- changes --------------------------------------------------------------------------------------------------------


def _changes(block: Changes, lang: str, write: Write) -> Lines:
    """The changes by part; unchanged neighbours folded into one line."""
    yield from _heading("changes", lang, write)
    for part, rows in groupby(block.rows, key=lambda row: row.part):
        yield from ["", *write([Run(word(f"heading.{part}", lang).upper(), BOLD)])]
        for folded, group in groupby(rows, key=lambda row: row.is_quiet):
            if folded:
                yield from ["", *_fold(list(group), lang, write)]
            else:
                for row in group:
                    yield from ["", *_row(row, lang, write)]
    if block.notes:
        yield from ["", *write([Run(word("heading.uncalled", lang).upper(), BOLD)])]
        for note in block.notes:
            yield from _note(note, lang, write)
    if block.hidden:
        yield from ["", *write([Run(counted("changes.hidden", block.hidden, lang), FAINT)])]


def _fold(rows: Sequence[Row], lang: str, write: Write) -> list[str]:
    said = unchanged(len(rows), rows[0].part, lang)
    named = ", ".join(places(row.change, lang) for row in rows)
    text = f"{said}{word('word.colon', lang)}{named}" if len(rows) <= SHORTEST_LIST else said
    return write([Run(text, FAINT)], first="… ", hang=INDENT)


def _row(row: Row, lang: str, write: Write) -> Lines:
    """One change: where it stands and what became of it, the remark, the marked text."""
    change = row.change
    became = ", ".join(filter(None, [*outcomes(change, lang, row.notes), row.origin]))
    yield from write([Run(places(change, lang), BOLD), Run(f" · {became}", KINDS[row.kind])])
    if row.beside.parts:
        yield from _said(row.beside, write, first=INDENT, hang=INDENT, look=ITALIC)
    for line in weave(change.edits, row.old, row.new, noise=False):
        yield from write(list(_marked(line, write.marks)), first=INDENT, hang=INDENT)
    for note in row.notes:
        yield from _note(note, lang, write)


def _note(note: Note, lang: str, write: Write) -> Lines:
    """A footnote with its marked words, below the paragraph that calls it."""
    words = [run for line in weave(note.edits, noise=False) for run in _marked(line, write.marks)]
    runs = [Run(f"{note.label}{word('word.colon', lang)}", FAINT), *words]
    yield from write(runs, first=INDENT * 2, hang=INDENT * 2)


def _marked(pieces: Iterable[Piece], marks: Marks) -> Iterator[Run]:
    """Words with their marks; the white space at their ends stands outside."""
    for op, group in groupby(pieces, key=lambda piece: piece.edit.op):
        text = "".join(piece.text for piece in group)
        opening, closing, look = marks[op]
        body = text.strip(" ")
        head, _, tail = text.partition(body) if body else (text, "", "")
        yield from (Run(head), Run(f"{opening}{body}{closing}" if body else "", look), Run(tail))


# ---- words ----------------------------------------------------------------------------------------------------------


def _heading(name: str, lang: str, write: Write) -> list[str]:
    return write([Run(word(f"heading.{name}", lang).upper(), BOLD)])


def _said(sentence: Sentence, write: Write, *, first: str, hang: str, look: str = "") -> Lines:
    """A sentence; what it tells of several paragraphs line by line."""
    for place, line in enumerate(sentence.lines):
        yield from write(_runs(line, write.marks, look), first=hang if place else first, hang=hang)


def _runs(parts: Sequence[Words], marks: Marks, look: str = "") -> Iterator[Run]:
    """The words of a sentence; in a quotation what came and what went has the marks of the changes."""
    open_quotations = 0
    for part in parts:
        if isinstance(part, str):
            open_quotations += sum((char in "«“") - (char in "»”") for char in part)
            yield Run(part, look)
        elif isinstance(part, Address):
            yield Run(part.label, CYAN)
        elif isinstance(part, Struck) or open_quotations > 0:
            opening, closing, marked = marks[Op.DELETE if isinstance(part, Struck) else Op.INSERT]
            yield Run(f"{opening}{part.text}{closing}", marked)
        else:
            yield Run(part.text, f"{look};{BOLD}".lstrip(";"))


# In the order of a reader; a block may be shown in two places.
SECTIONS: tuple[tuple[type, Callable[[Any, str, Write], Lines]], ...] = (
    (Title, _title),
    (Provenance, _provenance),
    (Summary, _leads),
    (Numbers, _numbers),
    (Summary, _others),
    (Topics, _topics),
    (Changes, _changes),
    (Concordance, _concordance),
    (Notices, _notices),
)


# ---- front page -----------------------------------------------------------------------------------------------------


def _listing(listing: Listing, write: Write) -> Lines:
    yield from write([Run(listing.title, BOLD)])
    for pair in listing.pairs:
        said = pair.error or as_text(pair.numbers)
        yield from write(
            [Run(f"{pair.old} → {pair.new}", CYAN), Run(f" – {said}", RED if pair.error else "")], hang=INDENT
        )
        for sentence in pair.sentences:
            yield from write([Run(as_text(sentence))], first=INDENT, hang=INDENT)
