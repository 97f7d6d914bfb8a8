"""Which deleted and inserted words of a tracked text are one move: whole paragraphs, and passages.

Word pairs both places by a name. It calls a file with a half of a pair unreadable, so a move is marked only where it
is certain: one place on each side, the same words at both, the paragraph mark free to move with a whole paragraph.
Everything else stays deleted and inserted, which says the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from resdiff.model import Change, Op
from resdiff.rendering.word.looks import opening
from resdiff.rendering.word.redline import Line, Piece, carried

__all__ = ["passages", "with_moves"]

Key = tuple[object, ...]

# A paragraph is marked as moved when it kept so much of its text on both sides; one of which less is left is new.
KEPT = 0.5


def with_moves(lines: Sequence[Line]) -> list[Line]:
    """The lines with the name of its move on every line and every piece that moved; the words stay the same."""
    return _passages(_paragraphs(lines))


def passages(change: Change) -> Iterator[tuple[str, str, str]]:
    """The passages that left a change or came into it: the old paragraph, the new one, the words."""
    at = {Op.DELETE: 0, Op.INSERT: 0}
    for edit in change.edits:
        if edit.passage and edit.op is Op.DELETE:
            yield change.olds[at[Op.DELETE]], edit.passage, edit.text
        elif edit.passage and edit.op is Op.INSERT:
            yield edit.passage, change.news[at[Op.INSERT]], edit.text
        for op in at:
            at[op] += edit.text.count("\n") if edit.op in (Op.EQUAL, op) else 0


# ---- paragraphs -----------------------------------------------------------------------------------------------------


def _paragraphs(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a paragraph that moved whole marked as moved: the words it kept and its mark."""
    places = {Op.DELETE: _places(lines, Op.DELETE), Op.INSERT: _places(lines, Op.INSERT)}
    found = list(lines)
    for number, change in enumerate((c for c in places[Op.DELETE] if c in places[Op.INSERT]), start=1):
        for op, there in places.items():
            found[there[change]] = _moved(lines[there[change]], op, f"move{number}")
    return found


def _places(lines: Sequence[Line], op: Op) -> dict[Change, int]:
    """Where the paragraph of each change that moved stands on one side, when it stands there whole and alone."""
    found: dict[Change, int] = {}
    for index, line in enumerate(lines):
        change = line.change
        if not change or not change.moved or (len(change.link.old), len(change.link.new)) != (1, 1):
            continue
        if _keeps(change) and line.end is op and all(piece.op is op for piece in line.pieces):
            found[change] = index
    return found


def _keeps(change: Change) -> bool:
    """Whether a change kept enough to be seen as moved, its last words too: where those are deleted before a paragraph
    mark that moves, LibreOffice leaves an empty paragraph behind.
    """
    size = {op: sum(len(edit.text) for edit in change.edits if edit.op is op) for op in Op}
    other = max(size[Op.DELETE], size[Op.INSERT])
    return change.edits[-1].op is Op.EQUAL and size[Op.EQUAL] >= KEPT * (size[Op.EQUAL] + other)


def _moved(line: Line, op: Op, name: str) -> Line:
    """One side of a move: the number as it was, then the words of the change, those it kept marked as moved."""
    paragraph, change = (line.old if op is Op.DELETE else line.new), line.change
    assert paragraph and change
    pieces = list(line.pieces[:1]) if paragraph.number else []
    rest = opening(paragraph)
    for edit in change.edits:
        if edit.op in (Op.EQUAL, op):
            piece = Piece(op, edit.text[:rest], lead=True, move=name if edit.op is Op.EQUAL else "")
            pieces += [piece, replace(piece, text=edit.text[rest:], lead=False)]
            rest = max(rest - len(edit.text), 0)
    return replace(line, pieces=tuple(carried(line.pieces, pieces)), move=name)


# ---- passages -------------------------------------------------------------------------------------------------------


def _passages(lines: Sequence[Line]) -> list[Line]:
    """The lines, each passage that stands once on both sides, in the same words, marked as moved."""
    keys = {op: Counter(_keys(lines, op)) for op in (Op.DELETE, Op.INSERT)}
    names = {
        key: f"passage{number}"
        for number, key in enumerate((k for k in keys[Op.DELETE] if keys[Op.DELETE][k] == keys[Op.INSERT][k] == 1), 1)
    }
    return [
        replace(line, pieces=tuple(replace(p, move=names.get(_key(line, p), "") or p.move) for p in line.pieces))
        for line in lines
    ]


def _keys(lines: Iterable[Line], op: Op) -> Iterator[Key]:
    return (_key(line, piece) for line in lines for piece in line.pieces if piece.passage and piece.op is op)


def _key(line: Line, piece: Piece) -> Key:
    """The old paragraph, the new one and the words of a passage: the same at both of its places. Empty for none."""
    here = line.old if piece.op is Op.DELETE else line.new
    if not piece.passage or not here:
        return ()
    pair = (here.id, piece.passage) if piece.op is Op.DELETE else (piece.passage, here.id)
    return (*pair, piece.text)
