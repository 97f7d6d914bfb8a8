"""What is to be written into each paragraph of a Word file, so that its text becomes another one, and what cannot be.

Every character that is inserted or deleted stands in the script of one paragraph of the file. What the structure of the
file does not let be written is left as it is and told: a :class:`Refusal`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from resdiff import symbol as symbols
from resdiff.language import Language
from resdiff.marking.words import edits
from resdiff.model import Op, Weight
from resdiff.onto.pairing import Pair, Pairs, pair
from resdiff.onto.texts import CALL, RE_CALL, RE_NUMBER, Line, Text, expanded, with_calls
from resdiff.places import Layout, Leaf, Lock, NewRow, Piece, Script, Story

__all__ = ["Refusal", "Written", "scripts"]

END = "\u2029"  # the mark of a paragraph in a text that joins several
SPACES = {ord(sign): " " for sign in "\t\n\f\r\v\u00a0\u202f\u2028"}
SAME = SPACES | {0x2011: "-", 0xAD: None}
Step = tuple[Op, str]


class Refusal(Struct, frozen=True):
    """A change that is not written: why, the place (a paragraph of the resolution, or of the file), its words."""

    code: str
    line: Line | None
    old: str = ""
    new: str = ""


class Written(Struct, frozen=True):
    """The scripts of a file, what is left out of them, the lines of the new text that are no part of what is compared
    and that the file has otherwise (the date of adoption, the head of a page), and the rows that come into its tables.
    """

    scripts: tuple[Script, ...]
    refusals: tuple[Refusal, ...]
    apart: tuple[Line, ...] = ()
    rows: tuple[NewRow, ...] = ()


def scripts(
    layout: Layout,
    old: Text,
    new: Text,
    language: Language,
    *,
    hints: Iterable[tuple[int, int]] = (),
    min_weight: Weight = Weight.NONE,
    moves: bool = False,
    rows: bool = True,
) -> Written:
    """What makes the new text of that of the file. ``hints`` are places of lines that a comparison links; changes of
    words that weigh less than ``min_weight`` are left as the file has them. ``moves``: paragraphs that moved whole are
    marked so; ``rows``: new rows are written, else left out.
    """
    writing = _Writing(layout, old, new, language, min_weight, rows=rows)
    olds, news = ([line.text for line in text.lines] for text in (writing.old, writing.new))
    pairs = pair(olds, news, hints, writing.is_one_cell)
    writing.lines(pairs)
    writing.notes()
    made = tuple(writing.scripts(moves=moves))
    return Written(made, tuple(map(writing.told, writing.refusals)), tuple(writing.apart()), tuple(writing.rows))


class _Move(Struct, frozen=True):
    """A paragraph that moves: its line, the paragraph before which it stands now, what goes where it stood."""

    source: Line
    target: int
    pieces: list[Piece]


class _Writing:
    """The scripts being made: of each paragraph what stands before its characters, these, and what stands behind."""

    def __init__(
        self, layout: Layout, old: Text, new: Text, language: Language, min_weight: Weight, *, rows: bool
    ) -> None:
        self.layout = layout
        self._takes_rows = rows
        self.rows: list[NewRow] = []
        self.old, self.new, self._old_calls, self._new_calls = with_calls(old, new)
        self.refusals: list[Refusal] = []
        self._cells = {id(text): _by_cell(text) for text in (self.old, self.new)}
        self._diff = partial(_diffed, language=language, min_weight=min_weight, is_exact=new.is_exact)
        self._before: dict[int, list[Piece]] = {}
        self._own: dict[int, list[Piece]] = {}
        self._after: dict[int, list[Piece]] = {}
        self._gone: set[int] = set()  # paragraphs whose mark goes
        self._deleted: set[int] = set()  # paragraphs that go whole
        self._kept_calls: set[str] = set()
        self._partner: dict[int, Line] = {}  # of a place in the layout the new line that stands there
        self._moving: dict[int, _Move] = {}  # by its number what may be marked as a move

    def is_one_cell(self, old: int, new: int) -> bool:
        """Whether two lines stand alone in the same cell of the same table."""
        cell = self.new.lines[new].cell
        return bool(cell) and self._alone_in(self.old, cell) == old and self._alone_in(self.new, cell) == new

    def _alone_in(self, text: Text, cell: tuple[int, ...]) -> int:
        """The line that is alone in a cell; -1 for none."""
        there = self._cells[id(text)].get(cell, ())
        return there[0] if len(there) == 1 else -1

    # ---- lines ------------------------------------------------------------------------------------------------------

    def lines(self, pairs: Pairs) -> None:
        """The lines of both texts, one after the other: what stands between two pairs goes, and comes."""
        if not self.new.is_whole:
            pairs = self._without_free(pairs)
        self._moved = pairs.moved
        self._title({place for each in pairs.chain for place in each.old})
        at_old = at_new = 0
        ends = Pair((len(self.old.lines),), (len(self.new.lines),))
        for each in pairs.chain:
            self._pair(each)
        for each in (*pairs.chain, ends):
            gone, come = range(at_old, each.old[0]), range(at_new, each.new[0])
            self._delete(gone)
            self._insert(at_old - 1, [self.new.lines[place] for place in come], come)
            at_old, at_new = each.old[-1] + 1, each.new[-1] + 1
        self._close_ends()

    def _without_free(self, pairs: Pairs) -> Pairs:
        """The pairs of what is compared: a head or a date of adoption stays as the file has it."""

        def is_free(each: Pair) -> bool:
            return any(self.old.lines[i].is_free for i in each.old) or any(self.new.lines[j].is_free for j in each.new)

        moved = {j: i for j, i in pairs.moved.items() if not is_free(Pair((i,), (j,)))}
        return Pairs(tuple(each for each in pairs.chain if not is_free(each)), moved)

    def apart(self) -> Iterator[Line]:
        """The lines of the new text that are no part of what is compared, and stand nowhere in the file."""
        if self.new.is_whole:
            return
        there = {" ".join(line.text.translate(SAME).split()) for line in self.old.lines}
        for line in self.new.lines:
            text = " ".join(line.text.translate(SAME).split())
            is_titled = bool(self.new.resolution.title) and self.new.resolution.title in line.text
            if line.is_free and not is_titled and not any(text in other for other in there):
                yield line

    def _pair(self, each: Pair) -> None:
        olds, news = [self.old.lines[i] for i in each.old], [self.new.lines[j] for j in each.new]
        if not self._joins(olds) or (len(news) > 1 and not self._splits(olds)):
            self._pair_firsts(each)
            return
        shown = [_as_in(news[0], olds[0]), *(_as_in(line, olds[-1]) for line in news[1:])]
        steps = self._diff(END.join(line.text for line in olds), END.join(shown), soft=_is_one(olds))
        self._partner |= {line.place: news[0] for line in olds}
        self._put(olds, steps)
        self._check_marker(olds[0], news[0])

    def _title(self, paired: set[int]) -> None:
        """The title, and the number before it, in the line of the file that has it, where no new line does."""
        old, new = self.old.resolution, self.new.resolution
        if self.new.is_whole or not (old.title and new.title):
            return
        for place, line in enumerate(self.old.lines):
            if line.is_free and place not in paired and old.title in line.text:
                text = line.text.replace(old.title, new.title)
                before, after = symbols.short(old.symbol), symbols.short(new.symbol)
                text = text.replace(before, after) if before and after else text
                self._put([line], self._diff(line.text, text, soft=True))
                return

    def _pair_firsts(self, each: Pair) -> None:
        """A pair that cannot be written as one: its first lines on both sides stay together, the others go and come."""
        self._pair(Pair(each.old[:1], each.new[:1]))
        self._delete(each.old[1:])
        self._insert(each.old[-1], [self.new.lines[j] for j in each.new[1:]], each.new[1:])

    def _joins(self, olds: Sequence[Line]) -> bool:
        """Whether the marks between these lines may go."""
        placed = [self.layout.paragraphs[line.place] for line in olds]
        places = [line.place for line in olds]
        follow = places == list(range(places[0], places[0] + len(places)))
        return follow and all(after.follows and not one.is_last for one, after in pairwise(placed))

    def _splits(self, olds: Sequence[Line]) -> bool:
        """Whether a paragraph may end within these lines: nowhere inside a link, a field or a control."""
        leaves = [leaf for line in olds for leaf in self.layout.paragraphs[line.place].leaves]
        return not any(leaf.is_wrapped or leaf.unit or leaf.lock for leaf in leaves)

    def _put(self, olds: Sequence[Line], steps: Sequence[Step]) -> None:
        """The steps of one pair, as pieces of its paragraphs."""
        turn, pieces = 0, _Pieces(self, olds[0].place)
        for op, text in steps:
            for part in re.split(f"({END})", text):
                if part != END:
                    pieces.add(op, part)
                elif op is Op.INSERT:
                    pieces.end()
                else:
                    self._own[olds[turn].place] = self._allowed(olds[turn], pieces.found)
                    self._gone |= {olds[turn].place} if op is Op.DELETE else set()
                    turn += 1
                    pieces = _Pieces(self, olds[turn].place)
        self._own[olds[turn].place] = self._allowed(olds[turn], pieces.found)

    def _check_marker(self, old: Line, new: Line) -> None:
        """An automatic number that the new text does not have cannot be taken away with words."""
        if old.marker and not new.number and not self.new.is_exact and not old.is_free:
            self.refusals.append(Refusal("number", old, old.marker, new.number))

    # ---- what goes --------------------------------------------------------------------------------------------------

    def _delete(self, places: Iterable[int]) -> None:
        for place in places:
            line = self.old.lines[place]
            if (line.is_free and not self.new.is_whole) or not self._may_go(line):
                continue
            paragraph = self.layout.paragraphs[line.place]
            self._deleted.add(line.place)
            self._own[line.place] = [Piece(Op.DELETE, len(paragraph.text))]
            if not paragraph.is_last and not paragraph.keeps:
                self._gone.add(line.place)

    def _may_go(self, line: Line) -> bool:
        """Whether all the text of a paragraph may be deleted; what may not is told."""
        leaves = self.layout.paragraphs[line.place].leaves
        bad = next((leaf for leaf in leaves if leaf.lock and (leaf.is_fixed or leaf.lock is not Lock.FIELD)), None)
        if bad is not None:
            self.refusals.append(Refusal(bad.lock.value, line, line.text, ""))
        return bad is None

    def _close_ends(self) -> None:
        """Where the last paragraphs of a cell or of the file go, let the mark before them go in stead of the last one,
        which cannot: no empty paragraph is left, if both look the same.
        """
        for place in sorted(self._deleted - self._gone):
            first = place
            while first in self._deleted and self.layout.paragraphs[first].follows:
                first -= 1
            before, last = self.layout.paragraphs[first], self.layout.paragraphs[place]
            if first in self._deleted or first in self._after or before.is_last or before.shape != last.shape:
                continue
            if not last.keeps and not before.marker and (before.text.strip() or before.keeps):
                self._gone.add(first)

    # ---- what comes -------------------------------------------------------------------------------------------------

    def _insert(self, before: int, lines: Sequence[Line], numbers: Sequence[int]) -> None:
        """New lines behind the old one at a place: as paragraphs of their own before what follows, or behind it."""
        coming = [(line, n) for line, n in zip(lines, numbers, strict=True) if self.new.is_whole or not line.is_free]
        coming = self._without_rows(coming)
        last = before
        while last + 1 < len(self.old.lines) and self._goes(last + 1):
            last += 1
        for line, number in coming:
            if line.is_boxed:
                self.refusals.append(Refusal(Lock.BOX.value, line, "", line.text))
                continue
            self._insert_line(before, last, line, number)

    # ---- rows -------------------------------------------------------------------------------------------------------

    def _without_rows(self, coming: list[tuple[Line, int]]) -> list[tuple[Line, int]]:
        """The lines that come, but for those that are whole rows of a table and are written as such."""
        rows: dict[tuple[int, ...], list[int]] = {}
        for line, number in coming if self._takes_rows else ():
            if line.cell:
                rows.setdefault(line.cell[:2], []).append(number)
        found: set[int] = set()
        for row, numbers in rows.items():
            there = [number for number, line in enumerate(self.new.lines) if line.cell[:2] == row]
            made = self._row(row, there) if set(there) == set(numbers) else None
            if made is not None:
                self.rows.append(made)
                found.update(numbers)
        return [(line, number) for line, number in coming if number not in found]

    def _row(self, row: tuple[int, ...], numbers: Sequence[int]) -> NewRow | None:
        """A new row, with the look of the one before it in the new text or else of the one behind, where that has as
        many cells and is one with no other.
        """
        beside, is_before = self._row_beside(row)
        models: dict[int, int] = {}  # of each cell of the row beside its first paragraph
        for place, paragraph in enumerate(self.layout.paragraphs):
            if beside and paragraph.cell[:2] == beside:
                models.setdefault(paragraph.cell[2], place)
        places = list(models.values())
        cells: dict[int, list[int]] = {}
        for number in numbers:
            cells.setdefault(self.new.lines[number].cell[2], []).append(number)
        is_plain = places and all(self.layout.paragraphs[place].in_plain_row for place in places)
        if not is_plain or not set(cells) <= set(models) or (self.new.is_exact and set(cells) != set(models)):
            return None
        made = tuple(
            tuple((place, tuple(self._cell_pieces(number, place))) for number in cells.get(cell, ())) or ((place, ()),)
            for cell, place in sorted(models.items())
        )
        return NewRow(places[0] if is_before else self._last_of(beside), made, is_before)

    def _row_beside(self, row: tuple[int, ...]) -> tuple[tuple[int, ...], bool]:
        """The row of the file beside which a new one stands, and whether before it; empty for none."""
        known = {
            line.cell[:2]: self.layout.paragraphs[place].cell[:2] for place, line in self._partner.items() if line.cell
        }
        others = [other for other in known if other[0] == row[0] and known[other]]
        above = max((other for other in others if other < row), default=None)
        below = min((other for other in others if other > row), default=None)
        if above is not None:
            return known[above], False
        return (known[below], True) if below is not None and known[below][1] == 1 else ((), False)

    def _last_of(self, row: tuple[int, ...]) -> int:
        return max(place for place, paragraph in enumerate(self.layout.paragraphs) if paragraph.cell[:2] == row)

    def _cell_pieces(self, number: int, place: int) -> list[Piece]:
        line = self.new.lines[number]
        pieces = _Pieces(self, place)
        model = Line(self.layout.paragraphs[place].text, place=place)
        for part, offset in _looks(self.layout.paragraphs[place].leaves, model, line.text, line):
            pieces.add(Op.INSERT, part, like=(place, offset))
        return pieces.found

    def _goes(self, place: int) -> bool:
        return self.old.lines[place].place in self._deleted

    def _insert_line(self, before: int, last: int, line: Line, number: int) -> None:
        previous = self._body(range(last, -1, -1))
        after = self._body(range(last + 1, len(self.old.lines)))
        if self._fits_before(previous, after, line) and after is not None:
            model = self._model(line, number, self._body(range(before, -1, -1)), after)
            pieces = self._line_pieces(line, number, model, after.place, moving=not after.cell)
            self._before.setdefault(after.place, []).extend([*pieces, _end_of(line, model, pieces)])
        elif self._fits_after(previous, after, line) and previous is not None:
            where = self._after.setdefault(previous.place, [])
            emptied = self._goes(self.old.lines.index(previous))
            self._gone.discard(previous.place)
            self._deleted.discard(previous.place)
            if not emptied or where:
                where.append(Piece(Op.INSERT, is_break=True))
            where.extend(self._line_pieces(line, number, previous, previous.place))
        elif (empty := self._empty(previous, after, line)) >= 0:
            self._before[empty] = self._line_pieces(line, number, Line("", place=empty), empty)
            if not line.cell:
                self._before[empty].append(Piece(Op.INSERT, is_break=True))
        else:
            self.refusals.append(Refusal("cell", line, "", line.text))

    def _body(self, places: Iterable[int]) -> Line | None:
        """The first of these lines that stands in the body."""
        return next((self.old.lines[place] for place in places if not self.old.lines[place].is_boxed), None)

    def _fits_before(self, previous: Line | None, after: Line | None, line: Line) -> bool:
        """Whether a new paragraph may stand before that line: in a cell or in none, as in the new text, and not behind
        words that come last in the paragraph before (LibreOffice takes both for one insertion, and rejects the mark
        between with them).
        """
        if after is None or self._ends_with_insertion(previous) or (line.cell and not after.cell):
            return False
        if after.cell and (previous is None or previous.cell != after.cell):
            return bool(line.cell) and self._cell_of(line) == after.cell
        first = self.layout.paragraphs[after.place].leaves[:1]
        return not any(leaf.lock for leaf in first)

    def _fits_after(self, previous: Line | None, after: Line | None, line: Line) -> bool:
        if previous is None or (line.cell and not previous.cell):
            return False
        if not previous.cell or (after is not None and after.cell == previous.cell):
            return True
        return bool(line.cell) and self._cell_of(line) == previous.cell

    def _cell_of(self, line: Line) -> tuple[int, ...]:
        """The cell of the file that stands for that of a new line: where other lines of that cell have theirs, else the
        one at the same place, where no other cell of that table has changed its place; empty for none.
        """
        cells = [(self.layout.paragraphs[place].cell, new.cell) for place, new in self._partner.items()]
        known = next((old for old, new in cells if old and new == line.cell), ())
        stands = all(old == new for old, new in cells if line.cell[:1] in (old[:1], new[:1]))
        return known or (line.cell if stands else ())

    def _empty(self, previous: Line | None, after: Line | None, line: Line) -> int:
        """An empty paragraph of the file, between two lines, in the cell of a new one; -1 for none."""
        cell = self._cell_of(line)
        if line.cell and not cell:
            return -1
        first = previous.place + 1 if previous else 0
        body = [place for place, each in enumerate(self.layout.paragraphs) if each.story is Story.BODY]
        last = after.place if after else len(body) and body[-1] + 1
        free = (n for n in range(first, last) if n not in self._before and not self.layout.paragraphs[n].text)
        return next((n for n in free if self.layout.paragraphs[n].cell == cell), -1)

    def _ends_with_insertion(self, line: Line | None) -> bool:
        own = self._own.get(line.place, []) if line else []
        return bool(own) and own[-1].op is Op.INSERT

    def _model(self, line: Line, number: int, previous: Line | None, after: Line) -> Line:
        """The line whose look a new paragraph takes: where it moved from, else the neighbour of the same part that is
        numbered as it is, the one before rather than the one behind; else the nearest in the file that is.
        """
        if number in self._moved:
            return self.old.lines[self._moved[number]]

        def likeness(other: Line) -> tuple[bool, bool, bool]:
            same_part = bool(line.ids and other.ids) and _part(line.ids[0]) == _part(other.ids[0])
            same_depth = _shape(line.number) == _shape(other.number)
            return bool(line.number) == bool(other.number), same_part or not line.ids, same_depth

        near = max((each for each in (previous, after) if each is not None), key=likeness)
        if likeness(near)[0]:
            return near
        at = self.old.lines.index(after)
        alike = [n for n, other in enumerate(self.old.lines) if _shape(other.number) == _shape(line.number)]
        body = [n for n in alike if not self.old.lines[n].cell and not self.old.lines[n].is_boxed]
        return self.old.lines[min(body, key=lambda n: abs(n - at))] if body else near

    def _line_pieces(self, line: Line, number: int, model: Line, place: int, *, moving: bool = False) -> list[Piece]:
        """The characters of a new line: those of one that moved look as they did, others as those of its model.

        ``moving``: it stands as a paragraph of its own before that ``place``, so that it may be marked as moved.
        """
        pieces = _Pieces(self, place)
        moved = self._moved.get(number)
        text = _as_in(line, model)
        if moved is not None:
            source = self.old.lines[moved]
            left = self._copy(source, text, pieces)
            if not moving or not _ends_alike(left, pieces.found):
                return pieces.found
            turn = len(self._moving) + 1
            self._moving[turn] = _Move(source, place, _numbered(left, turn))
            return _numbered(pieces.found, turn)
        looks = _looks(self.layout.paragraphs[model.place].leaves, model, text, line)
        for part, offset in looks:
            pieces.add(Op.INSERT, part, like=(model.place, offset))
        return pieces.found

    def _copy(self, source: Line, text: str, pieces: "_Pieces") -> list[Piece]:
        """The text of a line that moved, its words with the look that they have where they stood, those it kept as of
        move 1; what goes there, likewise.
        """
        at = 0
        left = []
        signs = {f"[^{label}]": sign for sign, label in self._old_calls.items()}
        for op, part in self._diff(source.text, text, soft=False):
            if op is Op.INSERT:
                pieces.add(op, part, like=(source.place, max(0, at - 1)))
                continue
            written = expanded(part, self._old_calls)
            left.append(Piece(Op.DELETE, len(written), move=int(op is Op.EQUAL)))
            for offset, run, leaf in _runs(self.layout.paragraphs[source.place].leaves, at, written):
                if op is Op.EQUAL:
                    shown = signs.get(run, run)
                    element = leaf.node if leaf.whole else 0
                    pieces.add(Op.INSERT, shown, like=(source.place, offset), move=1, element=element)
            at += len(written)
        return [piece for piece in left if piece.size]

    def told(self, refusal: Refusal) -> Refusal:
        """A refusal with the calls in its words written out, as they are in the text that has them."""
        old, new = self._old_calls, self._old_calls | self._new_calls
        line = refusal.line and replace(refusal.line, text=expanded(refusal.line.text, new))
        return Refusal(refusal.code, line, expanded(refusal.old, old), expanded(refusal.new, new))

    # ---- what may not be written ------------------------------------------------------------------------------------

    def _allowed(self, line: Line, pieces: list[Piece]) -> list[Piece]:
        """The pieces, those that would change a locked place kept as they are, and told."""
        leaves = self.layout.paragraphs[line.place].leaves
        if not any(leaf.lock or (leaf.whole and len(leaf.text) > 1) for leaf in leaves):
            return pieces
        spans = _spans(leaves)
        found: list[Piece] = []
        at, drop = 0, False
        for turn, piece in enumerate(pieces):
            if piece.op is Op.INSERT:
                inside = next((leaf for start, end, leaf in spans if _inside(at, start, end, leaf, spans)), None)
                if drop or inside is not None:
                    self._refuse(line, inside, new=piece.text, told=drop)
                else:
                    found.append(piece)
                continue
            drop = False
            touched = [each for each in spans if each[0] < at + piece.size and each[1] > at]
            replaced = turn + 1 < len(pieces) and pieces[turn + 1].op is Op.INSERT
            bad = _bad(touched, spans, at, at + piece.size, replaced) if piece.op is Op.DELETE else None
            if bad is not None:
                text = self.layout.paragraphs[line.place].text[at : at + piece.size]
                self._refuse(line, bad, old=text)
                drop = True
            found.append(replace(piece, op=Op.EQUAL) if bad is not None else piece)
            at += piece.size
        return found

    def _refuse(self, line: Line, leaf: Leaf | None, *, old: str = "", new: str = "", told: bool = False) -> None:
        if told and self.refusals:
            last = self.refusals[-1]
            self.refusals[-1] = replace(last, new=last.new + new)
        else:
            self.refusals.append(Refusal(leaf.lock.value or "whole" if leaf else "whole", line, old, new))

    # ---- notes ------------------------------------------------------------------------------------------------------

    def notes(self) -> None:
        """The words of the notes that both texts call."""
        by_label = {note.label: note for note in self.layout.notes}
        news = {note.label: note.text for note in self.new.notes}
        for sign in sorted(self._kept_calls):
            note, text = by_label.get(self._old_calls[sign]), news.get(self._new_calls.get(sign, ""), "")
            if note is None or not text:
                continue
            placed = [place for place in note.paragraphs if self.layout.paragraphs[place].text.strip()]
            parts = [part for part in text.split("\n") if part.strip()]
            line = Line(text, place=placed[0] if placed else -1)
            if len(parts) != len(placed):
                self.refusals.append(Refusal("note-shape", line, "", text))
                continue
            for place, part in zip(placed, parts, strict=True):
                self._note_paragraph(place, part)

    def _note_paragraph(self, place: int, new: str) -> None:
        old = self.layout.paragraphs[place].text
        core = old.strip()
        start = old.find(core)
        own = Line(old, place=place)
        steps = [
            (Op.EQUAL, old[:start]),
            *self._diff(core, new.strip(), soft=False),
            (Op.EQUAL, old[start + len(core) :]),
        ]
        pieces = _Pieces(self, place)
        for op, text in steps:
            pieces.add(op, text)
        self._own[place] = self._allowed(own, pieces.found)

    # ---- the whole --------------------------------------------------------------------------------------------------

    def scripts(self, *, moves: bool) -> Iterator[Script]:
        """The scripts of all paragraphs that change, with those moves that can be marked, where they are asked for."""
        marked = {turn: move for turn, move in self._moving.items() if moves and self._is_certain(move)}
        left = {move.source.place: (turn, move.pieces) for turn, move in marked.items()}
        for place, paragraph in enumerate(self.layout.paragraphs):
            turn, own = left.get(place, (0, self._own.get(place)))
            if own is None:
                own = [Piece(Op.EQUAL, len(paragraph.text))]
            pieces = (*self._before.get(place, ()), *own, *self._after.get(place, ()))
            pieces = tuple(
                piece if piece.move in marked else replace(piece, move=0)
                for piece in pieces
                if piece.size or piece.op is Op.INSERT
            )
            if any(piece.op is not Op.EQUAL for piece in pieces) or place in self._gone:
                yield Script(place, pieces, place in self._gone, place in self._deleted, turn)

    def _is_certain(self, move: _Move) -> bool:
        """Whether both halves of a move can be marked: Word calls a file with one alone unreadable. A paragraph of the
        body that is one element, its text in runs, whose mark goes with it; no field and no call of a note in it,
        and no changes of others in the file.
        """
        place = move.source.place
        paragraph = self.layout.paragraphs[place]
        return (
            not self.layout.pending
            and place in self._gone
            and place in self._deleted
            and place not in self._before
            and place not in self._after
            and len(paragraph.nodes) == 1
            and not paragraph.cell
            and not any(
                leaf.unit or leaf.lock or leaf.is_wrapped or RE_CALL.match(leaf.text) for leaf in paragraph.leaves
            )
            and move.target not in self._deleted
        )

    def call(self, sign: str, like: tuple[int, int]) -> Piece:
        """The call of a note that is inserted."""
        text = next((note.text for note in self.new.notes if note.label == self._new_calls.get(sign)), "")
        return Piece(Op.INSERT, note=text, label=self._old_calls.get(sign, ""), like=like)

    def met(self, text: str) -> int:
        """How many characters of the file these are, calls written out."""
        return len(expanded(text, self._old_calls))

    def keep_calls(self, text: str) -> None:
        """Remember the notes that both texts call here."""
        self._kept_calls |= {sign for sign in text if sign in self._old_calls}


class _Pieces:
    """The pieces of one paragraph, as they are added from its first character to its last."""

    def __init__(self, writing: _Writing, place: int) -> None:
        self._writing, self._place = writing, place
        self._leaves = writing.layout.paragraphs[place].leaves
        self._at = 0
        self._deleted = -1  # where the deleted characters before this place begin
        self.found: list[Piece] = []

    def add(self, op: Op, text: str, like: tuple[int, int] | None = None, move: int = 0, element: int = 0) -> None:
        if not text:
            return
        if op is not Op.INSERT:
            size = self._writing.met(text)
            if op is Op.EQUAL:
                self._writing.keep_calls(text)
            self._deleted = self._at if op is Op.DELETE else -1
            self.found.append(Piece(op, size))
            self._at += size
            return
        near = like or (self._place, self._deleted if self._deleted >= 0 else max(0, self._at - 1))
        where = (near[0], _plain(self._writing.layout.paragraphs[near[0]].leaves, near[1]))
        for part in re.split(f"([{chr(CALL)}-{chr(0x10FFFF)}])", text):
            if part and ord(part[0]) >= CALL:
                self.found.append(self._writing.call(part, where))
            elif part:
                self.found.append(Piece(Op.INSERT, text=part, like=where, move=move, element=element))

    def end(self) -> None:
        """End the paragraph here."""
        self.found.append(Piece(Op.INSERT, is_break=True))


def _numbered(pieces: Iterable[Piece], turn: int) -> list[Piece]:
    """The pieces, those of the only move in them as of the move of that number."""
    return [replace(piece, move=turn if piece.move else 0) for piece in pieces]


def _end_of(line: Line, model: Line, pieces: Iterable[Piece]) -> Piece:
    """The mark that ends a new line with the look of its model, of the move that its pieces are of."""
    is_unlisted = bool(model.marker) and not line.number
    move = max((piece.move for piece in pieces), default=0)
    return Piece(Op.INSERT, is_break=True, like=(model.place, 0), is_unlisted=is_unlisted, move=move)


def _ends_alike(left: Sequence[Piece], come: Sequence[Piece]) -> bool:
    """Whether the last words of a paragraph that moved are those it had: where they are deleted before a mark that
    moves, LibreOffice (25.2) leaves an empty paragraph behind.
    """
    return bool(left and come and left[-1].move and come[-1].move)


# ---- words ----------------------------------------------------------------------------------------------------------


def _diffed(old: str, new: str, *, language: Language, min_weight: Weight, is_exact: bool, soft: bool) -> list[Step]:
    """The steps from one text to the other. Of a text that is not exact the file's own spaces stay, and its marks of
    paragraphs where they only break one paragraph of the resolution (``soft``).
    """
    core = old if is_exact else old.strip(" \t\n\u00a0")
    start = 0 if is_exact else old.find(core)
    view = core if is_exact else core.translate(SPACES)
    found = [(edit.op, edit.text, edit.weight) for edit in edits(view, new if is_exact else new.strip(), language)]
    steps = list(_kept(found, min_weight, is_exact, soft))
    return [(Op.EQUAL, old[:start]), *_spelt(steps, core), (Op.EQUAL, old[start + len(core) :])]


def _kept(found: Sequence[tuple[Op, str, Weight]], min_weight: Weight, is_exact: bool, soft: bool) -> Iterator[Step]:
    """The steps without those that are not to be written."""
    at = 0
    while at < len(found):
        op, text, weight = found[at]
        pair_ = found[at + 1] if at + 1 < len(found) and op is Op.DELETE and found[at + 1][0] is Op.INSERT else None
        gone, come = (text if op is Op.DELETE else ""), (pair_[1] if pair_ else text if op is Op.INSERT else "")
        at += 2 if pair_ else 1
        if op is Op.EQUAL:
            yield op, text
        elif (weight < min_weight and END not in gone + come) or (not is_exact and _is_same(gone, come, soft)):
            yield Op.EQUAL, gone
        else:
            yield Op.DELETE, gone
            yield Op.INSERT, come


def _is_same(gone: str, come: str, soft: bool) -> bool:
    """Whether two runs of characters differ in their spaces alone."""
    if END in come or (END in gone and not soft):
        return False
    one, other = (" ".join(text.translate(SAME).split()) for text in (gone, come))
    return one == other


def _spelt(steps: Iterable[Step], core: str) -> Iterator[Step]:
    """The steps with the characters that the file itself has."""
    at = 0
    for op, text in steps:
        if op is Op.INSERT:
            yield op, text
        else:
            yield op, core[at : at + len(text)]
            at += len(text)


def _by_cell(text: Text) -> dict[tuple[int, ...], list[int]]:
    """The lines that stand in each cell."""
    found: dict[tuple[int, ...], list[int]] = {}
    for place, line in enumerate(text.lines):
        if line.cell:
            found.setdefault(line.cell, []).append(place)
    return found


def _as_in(line: Line, other: Line) -> str:
    """The text of a new line as it is to stand where the other one does: without its number where that is automatic,
    with it, set off as there, where it is typed.
    """
    typed = RE_NUMBER.match(line.text)
    if other.marker:
        is_own = typed is not None and not line.marker and _shape(typed[1]) == _shape(other.marker)
        return line.text[typed.end() :] if typed and is_own else line.text
    if not line.marker or not re.search(r"\w", line.marker):
        return line.text
    there = RE_NUMBER.match(other.text)
    return f"{line.marker}{there[2] if there else ' '}{line.text}"


def _shape(number: str) -> str:
    """The form of a number: figures, letters, and its signs."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "1", number))


def _part(id_: str) -> str:
    return re.sub(r"\d.*", "", id_)


def _is_one(olds: Sequence[Line]) -> bool:
    """Whether lines of the file are one paragraph of the resolution."""
    ids = set(olds[0].ids)
    return bool(ids) and all(ids & set(line.ids) for line in olds)


# ---- looks ----------------------------------------------------------------------------------------------------------


def _looks(leaves: Sequence[Leaf], model: Line, text: str, line: Line) -> list[tuple[str, int]]:
    """A new text in parts (number, opening words, the rest), each with the character of the model it looks as."""
    spans = [each for each in _spans(leaves) if not each[2].whole and each[2].text.strip()]
    if not spans:
        return [(text, 0)]
    longest = max(spans, key=lambda each: each[1] - each[0])[0]
    number = RE_NUMBER.match(text)
    model_number = RE_NUMBER.match(model.text)
    cut = number.end() if number and model_number else 0
    found = [(text[:cut], 0)] if cut else []
    lead = line.lead + len(text) - len(line.text) if line.lead else 0
    if cut < lead < len(text) and model.lead:
        middle = model_number.end() if model_number else 0
        rest = next((start for start, _, _ in spans if start >= model.lead), max(longest, middle))
        return [*found, (text[cut:lead], middle), (text[lead:], rest)]
    return [*found, (text[cut:], longest)]


def _plain(leaves: Sequence[Leaf], offset: int) -> int:
    """The character nearest to one, before it or else behind, that is a letter in a run of text and no call."""
    spans = _spans(leaves)
    before = [each for each in spans if each[0] <= offset and not each[2].whole]
    behind = [each for each in spans if each[0] > offset and not each[2].whole]
    if before:
        return min(offset, before[-1][1] - 1)
    return behind[0][0] if behind else offset


def _runs(leaves: Sequence[Leaf], at: int, text: str) -> Iterator[tuple[int, str, Leaf]]:
    """Characters of a paragraph from a place on, a run of them an element, each with its place."""
    for start, end, leaf in _spans(leaves):
        first, last = max(start, at), min(end, at + len(text))
        if first < last:
            yield first, text[first - at : last - at], leaf


def _spans(leaves: Sequence[Leaf]) -> list[tuple[int, int, Leaf]]:
    """From which character to which each element goes."""
    found, at = [], 0
    for leaf in leaves:
        found.append((at, at + len(leaf.text), leaf))
        at += len(leaf.text)
    return found


def _inside(at: int, start: int, end: int, leaf: Leaf, spans: Sequence[tuple[int, int, Leaf]]) -> bool:
    """Whether a place is inside an element that cannot be cut, or between two of one locked unit."""
    if leaf.whole and start < at < end:
        return True
    if not leaf.lock:
        return False
    first, last = _unit(leaf, spans)
    return first < at < last


def _unit(leaf: Leaf, spans: Sequence[tuple[int, int, Leaf]]) -> tuple[int, int]:
    """From which character to which the locked unit of an element goes."""
    unit = [(start, end) for start, end, other in spans if other.unit == leaf.unit and other.lock is leaf.lock]
    return unit[0][0], unit[-1][1]


def _bad(
    touched: Sequence[tuple[int, int, Leaf]],
    spans: Sequence[tuple[int, int, Leaf]],
    start: int,
    end: int,
    replaced: bool,
) -> Leaf | None:
    """Of the elements that are to be deleted the first that may not be: a locked one, or one that would be cut. A field
    may go whole, not be ``replaced`` by words that do not follow what it shows.
    """
    for first, last, leaf in touched:
        if leaf.whole and (first < start or last > end):
            return leaf
        if leaf.lock:
            unit = _unit(leaf, spans)
            is_all = start <= unit[0] and end >= unit[1]
            if leaf.is_fixed or leaf.lock is not Lock.FIELD or not is_all or replaced:
                return leaf
    return None
