"""Words that a text brings and that were adopted elsewhere before: ``borrowed(index, comparison)``."""

from collections import Counter

from msgspec import Struct

from resdiff.language import Language
from resdiff.language.segments import clauses
from resdiff.language.stems import folded
from resdiff.model import Borrowed, Change, Comparison, Op, Paragraph
from resdiff.search.index import Index
from resdiff.search.nearest import nearest

__all__ = ["borrowed"]

SHORTEST, ENOUGH = 4, 10
"""Words of the shortest clause that is looked for, and of all that a paragraph has from one place for it to be told:
fewer are a formula that stands everywhere ("à la demande du Secrétaire général")."""
MOSTLY = 0.8  # share of the characters of a clause that must be new for the clause to be


class _Line(Struct, frozen=True):
    """A paragraph of the new text of a change, and which of its characters came."""

    paragraph: Paragraph
    came: tuple[bool, ...]


def borrowed(index: Index, comparison: Comparison) -> tuple[Borrowed, ...]:
    """The clauses that came and that another text has to the letter, up to typography, in the order of the new text.

    Each with the text that had it first; the two texts compared are no others, nor is one that was adopted later.
    """
    language = Language.of(comparison.new.language)
    if language.code not in index.languages():
        return ()
    body = {paragraph.id: paragraph for paragraph in comparison.new.body}
    found = []
    for change in comparison.changes:
        for line in _lines(change, body):
            start = 0
            for clause in clauses(line.paragraph.text, language):
                came = line.came[start : start + len(clause)]
                start += len(clause)
                if len(folded(clause)) < SHORTEST or sum(came) < MOSTLY * len(clause):
                    continue
                if source := _first(index, clause, comparison, language):
                    found.append(Borrowed(line.paragraph.id, clause.strip(), *source))
    words = Counter[tuple[str, str, str]]()
    for each in found:
        words[each.paragraph, each.symbol, each.source] += len(folded(each.text))
    return tuple(each for each in found if words[each.paragraph, each.symbol, each.source] >= ENOUGH)


def _lines(change: Change, body: dict[str, Paragraph]) -> list[_Line]:
    """The new paragraphs of a change; of one that came or changed."""
    came = [edit.op is Op.INSERT for edit in change.edits if edit.op is not Op.DELETE for _ in edit.text]
    lines, start = [], 0
    for id_ in change.news if any(came) else ():
        end = start + len(body[id_].text)
        lines.append(_Line(body[id_], tuple(came[start:end])))
        start = end + 1  # "\n" stands between the paragraphs of a change
    return lines


def _first(index: Index, clause: str, comparison: Comparison, language: Language) -> tuple[str, str, str] | None:
    """The text that had a clause first, its paragraph and date; None where no other has it."""
    near = nearest(index, clause, language)
    if near is None or not near.verbatim:
        return None
    marks = ", ".join("?" * len(near.sentences))
    rows = index.rows(
        f"""SELECT t.symbol, p.paragraph, t.adopted FROM places p JOIN texts t ON t.id = p.text
        WHERE p.sentence IN ({marks}) ORDER BY t.place, p.rowid""",
        *near.sentences,
    )
    own, adopted = {comparison.old.symbol, comparison.new.symbol}, comparison.new.adopted
    for symbol, paragraph, date in (tuple(map(str, row)) for row in rows):
        if symbol not in own and not (date and adopted and date >= adopted):
            return symbol, paragraph, date
    return None
