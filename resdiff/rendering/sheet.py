"""The report as a table, a line a change, for programs that know rows and columns: what CSV and Excel both hold.

A footnote that is shown has a line of its own below the paragraph that calls it.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from resdiff.model import Edit, Op, Side
from resdiff.report import Changes, Note, Report, Row, as_text, label, outcomes, word

__all__ = ["COLUMNS", "Line", "head", "lines"]

COLUMNS = ("old", "new", "kind", "weight", "old-text", "new-text", "remark")


class Line(Struct, frozen=True):
    """One change: its numbers in both texts, what became of it, its words on both sides with their marks, the remark.

    The words of a side are runs of text, each with whether it stands on that side alone. ``is_quiet``: nothing changed.
    """

    old: str
    new: str
    kind: str
    weight: str
    old_words: tuple[tuple[str, bool], ...]
    new_words: tuple[tuple[str, bool], ...]
    remark: str
    is_quiet: bool = False

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts of the line, in the order of the columns."""
        old, new = ("".join(text for text, _ in words) for words in (self.old_words, self.new_words))
        return self.old, self.new, self.kind, self.weight, old, new, self.remark


def head(lang: str) -> tuple[str, ...]:
    """The names of the columns."""
    return tuple(word(f"column.{name}", lang) for name in COLUMNS)


def lines(report: Report) -> Iterator[Line]:
    """The changes in the order of the new text, removed paragraphs where they stood; last the notes that none calls."""
    changes = report.find(Changes)
    for row in changes.rows if changes else ():
        yield _line(row, report.lang)
        yield from (_note(note, report.lang) for note in row.notes)
    yield from (_note(note, report.lang) for note in (changes.notes if changes else ()))


def _line(row: Row, lang: str) -> Line:
    change = row.change
    return Line(
        _labels(change.link.old, lang),
        _labels(change.link.new, lang),
        ", ".join(outcomes(change, lang, row.notes)).replace("\u00a0", " "),
        word(f"weight.{change.weight.label}", lang),
        _words(change.edits, Op.DELETE),
        _words(change.edits, Op.INSERT),
        as_text(row.beside),
        row.is_quiet,
    )


def _note(note: Note, lang: str) -> Line:
    """A footnote, by the number it has in either text."""
    kinds = [note.outcome, *([word("kind.renumbered", lang)] if note.change.renumbered else [])]
    return Line(
        note.old.replace("\u00a0", " "),
        note.new.replace("\u00a0", " "),
        ", ".join(kinds),
        word(f"weight.{note.change.weight.label}", lang),
        _words(note.of(Side.OLD), Op.DELETE),
        _words(note.of(Side.NEW), Op.INSERT),
        "",
    )


def _words(edits: Sequence[Edit], own: Op) -> tuple[tuple[str, bool], ...]:
    """The words of one side, which are its own and those that both share, neighbours of one sort together."""
    shown = (edit for edit in edits if edit.op in (own, Op.EQUAL) and edit.text)
    return tuple(("".join(edit.text for edit in run), op is own) for op, run in groupby(shown, lambda edit: edit.op))


def _labels(paragraphs: Sequence[str], lang: str) -> str:
    """Plain spaces: who looks for "par. 8" in a column types no other."""
    return ", ".join(label(paragraph, lang) for paragraph in paragraphs).replace("\u00a0", " ")
