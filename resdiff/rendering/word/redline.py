"""The two texts as one run of tracked paragraphs: accept all is the new text, reject all the old one, to the letter.

Both orders must come out of one document. Linked paragraphs that keep their order on both sides stand once, with
their edits; all others (moved, added, removed, the second half of a split that went elsewhere) are deleted whole at
their old place and inserted whole at their new one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, product

from msgspec import Struct
from msgspec.structs import replace

from resdiff.model import Change, Edit, Op, Paragraph
from resdiff.rendering.word.looks import Key, Look, Looks, looks, opening
from resdiff.report import Call, Note, Texts
from resdiff.sequences import heaviest_increasing

__all__ = ["Line", "Piece", "carried", "redline", "spoken"]


class Piece(Struct, frozen=True):
    """Characters of one line, kept, inserted or deleted; ``lead`` tells that they are opening words.

    ``passage`` is the paragraph on the other side where the words stand when they moved there, ``move`` the name of
    the move whose half they are, where moves are marked as such. The call of a footnote is a piece without text.
    """

    op: Op
    text: str
    lead: bool = False
    passage: str = ""
    move: str = ""
    note: Note | None = None


class Line(Struct, frozen=True):
    """A paragraph of the document. ``end`` is what happens to its paragraph mark.

    ``change`` is the change it shows, ``first`` tells that it is the first line of that change at this place. ``move``
    is the name of the move that takes the paragraph with its mark along, where moves are marked as such. ``look`` is
    how it is set once all is accepted, ``former`` how once all is rejected; None where it is not there then.
    """

    pieces: tuple[Piece, ...]
    end: Op = Op.EQUAL
    old: Paragraph | None = None
    new: Paragraph | None = None
    change: Change | None = None
    first: bool = True
    move: str = ""
    look: Look | None = None
    former: Look | None = None


class Unit(Struct, frozen=True):
    """Old and new paragraphs that stand in one place of the document, from ``start`` of each text on."""

    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    edits: tuple[Edit, ...]
    change: Change | None = None
    starts: tuple[int, int] = (0, 0)
    kept: int = 0


def redline(texts: Texts, *, moves: bool = False) -> list[Line]:
    """The paragraphs of both texts, title, preface and conclusion too, as tracked lines. With ``moves``, what moved
    keeps its own paragraph mark.

    A text without any paragraph costs the title its paragraph mark; without a title too, an empty paragraph stays.
    """
    typed: set[Key] = set()
    while True:
        found = looks(texts, typed)
        lines = _set(_redline(found, moves=moves), found)
        # LibreOffice does not take back that a number went to another level or list, or became text in one (25.2).
        if not (clashing := set(_clashing(lines)) - typed):
            return lines
        typed |= clashing


def _redline(found: Looks, *, moves: bool) -> list[Line]:
    texts = found.texts
    old, new = texts.old, texts.new
    changes = {id_: change for change in texts.changes for id_ in change.link.old}
    origins = {id_: change for change in texts.changes for id_ in change.link.new}
    lines: list[Line] = []
    at_old = at_new = 0
    for unit in _chain([*_framing(texts), *_linked(texts)]):
        lines += _whole(old[at_old : unit.starts[0]], Op.DELETE, changes)
        lines += _whole(new[at_new : unit.starts[1]], Op.INSERT, origins)
        lines += _lines(unit)
        at_old, at_new = unit.starts[0] + len(unit.old), unit.starts[1] + len(unit.new)
    ended = _ended(lines, old[at_old:], new[at_new:], changes, origins)
    visible = [replace(line, pieces=tuple(_visible(line.pieces))) for line in ended]
    return _follow_before(_clear_first_call(_apart(with_calls(visible, texts.calls)), found), found, moves=moves)


# ---- how they are set -----------------------------------------------------------------------------------------------


def _set(lines: Sequence[Line], found: Looks) -> list[Line]:
    """The lines with their looks. Where lines become one paragraph because the marks between them are not there, Word
    sets it as the last of them says and LibreOffice as the first, so all say how.
    """
    looks_ = {op: _side_looks(lines, op, found) for op in (Op.DELETE, Op.INSERT)}
    return [
        replace(line, look=look, former=former)
        for line, look, former in zip(lines, looks_[Op.INSERT], looks_[Op.DELETE], strict=True)
    ]


def _side_looks(lines: Sequence[Line], op: Op, found: Looks) -> list[Look | None]:
    """The look of each line on one side: that of the paragraph it is part of; None for lines with nothing there."""
    looks_: list[Look | None] = []
    paragraph: list[int] = []  # the lines that make one paragraph on that side
    look: Look | None = None
    for index, line in enumerate(lines):
        here = line.old if op is Op.DELETE else line.new
        looks_.append(None)
        if line.end in (Op.EQUAL, op) or any(piece.op in (Op.EQUAL, op) for piece in line.pieces):
            look = look or (found.of(op, here) if here else None)
            paragraph.append(index)
        if line.end in (Op.EQUAL, op):
            for at in paragraph:
                looks_[at] = look
            paragraph, look = [], None
    return looks_


def _clashing(lines: Iterable[Line]) -> Iterator[Key]:
    """The paragraphs whose number is to be text, because one is counted at another place than the other, or a point is
    counted on one side alone."""
    seen: set[str] = set()
    for line in lines:
        begins = line.old is not None and line.old.id not in seen
        seen |= {line.old.id} if line.old else set()
        new, old = (look.place if look else None for look in (line.look, line.former))
        if begins and line.old and new and old and (new.list, new.level) != (old.list, old.level):
            yield (Op.INSERT, line.new.id) if line.new and old.level <= new.level else (Op.DELETE, line.old.id)
        elif begins and line.old and line.new and line.look and line.former and not (new and old):
            yield from [(Op.INSERT, line.new.id)] * bool(new and new.level)
            yield from [(Op.DELETE, line.old.id)] * bool(old and old.level)


# ---- which paragraphs stand in one place ----------------------------------------------------------------------------


def _linked(texts: Texts) -> Iterator[Unit]:
    """The linked paragraphs that may stand in one place: a whole link when its paragraphs follow one another on both
    sides, else the pair of it that shares most words. What moved stands in two places.
    """
    old, new = _places(texts.old), _places(texts.new)
    for change in texts.changes:
        if change.moved or not change.link.old or not change.link.new:
            continue
        olds, news = [old[id_] for id_ in change.olds], [new[id_] for id_ in change.news]
        if _follow(olds) and _follow(news):
            yield _unit(olds, news, change.edits, change)
        else:
            pairs = [
                _unit([olds[i]], [news[j]], _restricted(change.edits, i, j), change)
                for i, j in product(range(len(olds)), range(len(news)))
            ]
            yield max(pairs, key=lambda unit: unit.kept)


def _follow(places: Sequence[tuple[int, Paragraph]]) -> bool:
    return [index for index, _ in places] == list(range(places[0][0], places[0][0] + len(places)))


def _unit(
    olds: Sequence[tuple[int, Paragraph]],
    news: Sequence[tuple[int, Paragraph]],
    edits: tuple[Edit, ...],
    change: Change | None = None,
) -> Unit:
    kept = sum(len(edit.text) for edit in edits if edit.op is Op.EQUAL)
    old, new = (tuple(paragraph for _, paragraph in places) for places in (olds, news))
    return Unit(old, new, edits, change, (olds[0][0], news[0][0]), kept)


def _restricted(edits: Iterable[Edit], old: int, new: int) -> tuple[Edit, ...]:
    """The edits of one old and one new paragraph of a link: words kept on one side only are inserted or deleted."""
    found: list[Edit] = []
    at_old = at_new = 0
    for edit in edits:
        for index, text in enumerate(edit.text.split("\n")):
            if index:
                at_old += edit.op is not Op.INSERT
                at_new += edit.op is not Op.DELETE
            in_old = edit.op is not Op.INSERT and at_old == old
            in_new = edit.op is not Op.DELETE and at_new == new
            if text and (in_old or in_new):
                op = Op.EQUAL if in_old and in_new else Op.DELETE if in_old else Op.INSERT
                found.append(replace(edit, op=op, text=text))
    return tuple(found)


def _framing(texts: Texts) -> Iterator[Unit]:
    """What stands around the body."""
    old, new = _places(texts.old), _places(texts.new)
    for frame in texts.frames:
        yield _unit([old[id_] for id_ in frame.old], [new[id_] for id_ in frame.new], frame.edits)


def _places(paragraphs: Iterable[Paragraph]) -> dict[str, tuple[int, Paragraph]]:
    return {paragraph.id: (index, paragraph) for index, paragraph in enumerate(paragraphs)}


def _chain(units: Iterable[Unit]) -> list[Unit]:
    """The units that keep their order on both sides, those that share most words: the heaviest increasing chain."""
    ordered = sorted(units, key=lambda unit: unit.starts)
    kept = heaviest_increasing([unit.starts[1] for unit in ordered], [unit.kept + 1 for unit in ordered])
    return [ordered[index] for index in kept]


# ---- from units to lines --------------------------------------------------------------------------------------------


def _lines(unit: Unit) -> list[Line]:
    """The lines of a unit: a line end in an edit ends a line, and its edit says what happens to the paragraph mark."""
    lines: list[Line] = []
    at = {Op.DELETE: 0, Op.INSERT: 0}
    pieces = _numbers(unit, Op.EQUAL, at)
    done = {Op.DELETE: 0, Op.INSERT: 0}  # characters of the current paragraph of each side
    for edit in unit.edits:
        sides = [op for op in at if edit.op in (Op.EQUAL, op)]
        for index, text in enumerate(edit.text.split("\n")):
            if index:
                lines.append(_line(unit, pieces, edit.op, at, first=not lines))
                for op in sides:
                    at[op], done[op] = at[op] + 1, 0
                pieces = _numbers(unit, edit.op, at)
            for op, words in _behind_label(unit, edit.op, text, at, done):
                pieces += _pieces(unit, replace(edit, op=op), words, at, done)
            for op in sides:
                done[op] += len(text)
    return [*lines, _line(unit, pieces, Op.EQUAL, at, first=not lines)]


def _line(unit: Unit, pieces: list[Piece], end: Op, at: dict[Op, int], *, first: bool) -> Line:
    old, new = unit.old[at[Op.DELETE]], unit.new[at[Op.INSERT]]
    return Line(tuple(piece for piece in pieces if piece.text), end, old, new, unit.change, first)


def _behind_label(unit: Unit, op: Op, text: str, at: dict[Op, int], done: dict[Op, int]) -> list[tuple[Op, str]]:
    """The text of an edit, each with what becomes of it, without the bracket with which the label of its paragraph
    begins on a side, and which opens the text there."""
    sides = [side for side in at if op in (Op.EQUAL, side)]
    paragraphs = {Op.DELETE: unit.old[at[Op.DELETE]], Op.INSERT: unit.new[at[Op.INSERT]]}
    labelled = [side for side in sides if text and not done[side] and _hidden(paragraphs[side])]
    if not labelled:
        return [(op, text)]
    return [*((side, text[0]) for side in sides if side not in labelled), (op, text[1:])]


def _hidden(paragraph: Paragraph) -> int:
    """How many characters of a text its label shows: the bracket in "[a) Établir", of which the text has it, too.

    It is printed before the label, and opens what is behind it.
    """
    return int(paragraph.label.startswith("[") and "]" not in paragraph.label and paragraph.text.startswith("["))


def _pieces(unit: Unit, edit: Edit, text: str, at: dict[Op, int], done: dict[Op, int]) -> list[Piece]:
    """The text cut where the lead of its paragraph ends; kept words count in the new one."""
    side = Op.DELETE if edit.op is Op.DELETE else Op.INSERT
    paragraph = (unit.old if side is Op.DELETE else unit.new)[at[side]]
    rest = max(opening(paragraph) - done[side], 0)
    lead = Piece(edit.op, text[:rest], lead=True, passage=edit.passage)
    return [lead, Piece(edit.op, text[rest:], passage=edit.passage)]


def _numbers(unit: Unit, op: Op, at: dict[Op, int]) -> list[Piece]:
    """The printed numbers at the head of a line: of both sides, or of the side that begins a paragraph here."""
    old = _number(unit.old[at[Op.DELETE]]) if op is not Op.INSERT else ""
    new = _number(unit.new[at[Op.INSERT]]) if op is not Op.DELETE else ""
    if op is Op.EQUAL and old == new:
        return [Piece(Op.EQUAL, old)]
    shared = old[-2:] if old[-2:] == new[-2:] and not old[-2:-1].isalnum() else ""
    shared = old.lstrip("[") if old.lstrip("[") == new.lstrip("[") else shared  # a bracket before it came or went
    cut = len(shared)
    return [
        Piece(Op.DELETE, old[: len(old) - cut]),
        Piece(Op.INSERT, new[: len(new) - cut]),
        Piece(Op.EQUAL, shared),
    ]


def _number(paragraph: Paragraph) -> str:
    """The number as it is printed: "12. " for a paragraph, "a) " for a point, "– " for one with a dash, "[2 bis] "."""
    printed = paragraph.label or paragraph.marker
    return f"{printed} " if printed else ""


def _whole(paragraphs: Iterable[Paragraph], op: Op, changes: dict[str, Change]) -> list[Line]:
    """Paragraphs that stand here for one side only."""
    found = []
    for paragraph in paragraphs:
        old, new = (paragraph, None) if op is Op.DELETE else (None, paragraph)
        start, rest = _hidden(paragraph), opening(paragraph)
        pieces = (
            Piece(op, _number(paragraph)),
            Piece(op, paragraph.text[start:rest], lead=True),
            Piece(op, paragraph.text[max(start, rest) :]),
        )
        shown = tuple(piece for piece in pieces if piece.text)
        found.append(Line(shown, op, old, new, changes.get(paragraph.id)))
    return found


def _ended(
    lines: list[Line],
    old: Sequence[Paragraph],
    new: Sequence[Paragraph],
    changes: dict[str, Change],
    origins: dict[str, Change],
) -> list[Line]:
    """The lines with the last paragraphs of both texts. The last mark of a document can be neither inserted nor
    deleted: the last paragraphs of both sides share it, or the mark before them is tracked in its stead.
    """
    tail_old, tail_new = _whole(old, Op.DELETE, changes), _whole(new, Op.INSERT, origins)
    if tail_old and tail_new:
        last_old, last_new = tail_old[-1], tail_new[-1]
        shared = replace(last_new, pieces=(*last_old.pieces, *last_new.pieces), end=Op.EQUAL, old=last_old.old)
        return [*lines, *tail_old[:-1], *tail_new[:-1], shared]
    tail = tail_old or tail_new
    if not tail:
        return lines
    op = tail[-1].end
    for index in range(len(lines) - 1, -1, -1):
        if lines[index].end is Op.EQUAL:
            lines[index] = replace(lines[index], end=op)
            break
    return [*lines, *tail[:-1], replace(tail[-1], end=Op.EQUAL)]


def _apart(lines: list[Line]) -> list[Line]:
    """The lines, no kept paragraph mark between words inserted at the end of a line and words inserted after it:
    LibreOffice takes all of it for one insertion, and the mark goes with it when that is rejected (25.2).

    Words deleted there go between. Where there are none, the insertion begins with the mark of the line, as it does
    when a person goes on typing, and the last paragraph inserted gives its own; before a paragraph that stays, the
    last word that was kept is deleted and inserted. A line turned so may begin with an insertion now: it is asked
    again of those before.
    """
    found = list(lines)
    while (turned := _once_apart(found)) != found:
        found = turned
    return found


def _once_apart(given: Sequence[Line]) -> list[Line]:
    lines = list(given)
    for index, line in enumerate(lines):
        after = next((n for n in range(index + 1, len(lines)) if not _is_inserted(lines[n])), len(lines)) - 1
        joined = after > index or (index + 1 < len(lines) and _begins_inserted(lines[index + 1]))
        if line.end is not Op.EQUAL or not joined or line.pieces[-1:] == () or line.pieces[-1].op is not Op.INSERT:
            continue
        runs = [list(group) for _, group in groupby(line.pieces, key=lambda piece: piece.op)]
        if len(runs) > 1 and runs[-2][0].op is Op.DELETE:
            runs[-2:] = runs[:-3:-1]
            lines[index] = replace(line, pieces=tuple(piece for run in runs for piece in run))
        elif after > index:
            lines[index] = replace(line, end=Op.INSERT)
            lines[after] = replace(lines[after], end=Op.EQUAL)
        elif len(runs) > 1 and (last := RE_LAST_WORD.search(runs[-2][-1].text)):
            kept = runs[-2].pop()
            word = replace(kept, text=last[0])
            runs[-2].append(replace(kept, text=kept.text[: last.start()]))
            runs[-1:] = [[replace(word, op=Op.INSERT)], runs[-1], [replace(word, op=Op.DELETE)]]
            pieces = (piece for run in runs for piece in run)
            lines[index] = replace(line, pieces=tuple(piece for piece in pieces if piece.text or piece.note))
    return lines


def _is_inserted(line: Line) -> bool:
    return line.end is Op.INSERT and all(piece.op is Op.INSERT for piece in line.pieces)


# ---- blanks ---------------------------------------------------------------------------------------------------------

RE_LAST_WORD, RE_FIRST_WORD = re.compile(r"\S+\s*$"), re.compile(r"\s*\S+")


def _visible(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, no blank deleted or inserted alone, which nobody sees: the shorter word beside goes with it."""
    sites = [list(group) for _, group in groupby(pieces, key=lambda piece: piece.op is Op.EQUAL)]
    for index, site in enumerate(sites):
        texts = ["".join(piece.text for piece in site if piece.op is op) for op in (Op.DELETE, Op.INSERT)]
        if (
            site[0].op is Op.EQUAL
            or any(piece.passage for piece in site)
            or not any(t and not t.strip() for t in texts)
        ):
            continue
        before = RE_LAST_WORD.search(sites[index - 1][-1].text) if index else None
        after = RE_FIRST_WORD.match(sites[index + 1][0].text) if index + 1 < len(sites) else None
        if before and (not after or len(before[0]) <= len(after[0])):
            beside = sites[index - 1][-1]
            sites[index - 1][-1] = replace(beside, text=beside.text[: before.start()])
            word = replace(beside, text=before[0])
            sites[index] = [p for op in (Op.DELETE, Op.INSERT) for p in (replace(word, op=op), *_of(site, op))]
        elif after:
            beside = sites[index + 1][0]
            sites[index + 1][0] = replace(beside, text=beside.text[after.end() :])
            word = replace(beside, text=after[0])
            sites[index] = [p for op in (Op.DELETE, Op.INSERT) for p in (*_of(site, op), replace(word, op=op))]
    return (piece for site in sites for piece in site if piece.text or piece.note)


def _of(pieces: Iterable[Piece], op: Op) -> list[Piece]:
    return [piece for piece in pieces if piece.op is op]


# ---- footnote calls -------------------------------------------------------------------------------------------------


def with_calls(lines: list[Line], calls: Iterable[Call]) -> list[Line]:
    """The lines, cut where a footnote is called. A call that stands at one place of both texts is kept.

    A note without words on that side is not called: where its text is lost a notice says so. What is accepted is the
    new text to the letter, so one that a copy has lost is deleted here, though nowhere told as removed.
    """
    waiting: dict[tuple[Op, str], list[tuple[int, Note]]] = {}
    for call in calls:
        waiting.setdefault((call.side.op, call.paragraph), []).append((call.offset, call.note))
    if not waiting:
        return lines
    done: dict[tuple[Op, str], int] = {}  # characters of the paragraph in the lines so far; its number counts before 0
    found = []
    for line in lines:
        here = {op: (op, p.id) for op, p in ((Op.DELETE, line.old), (Op.INSERT, line.new)) if p}
        for op, paragraph in ((Op.DELETE, line.old), (Op.INSERT, line.new)):
            if paragraph:
                done.setdefault((op, paragraph.id), _hidden(paragraph) - len(_number(paragraph)))
        pieces: list[Piece] = []
        for piece in line.pieces:
            due: dict[int, dict[Op, list[Note]]] = {}
            for op, key in here.items():
                if piece.op not in (Op.EQUAL, op):
                    continue
                end = done[key] + len(piece.text)
                queue = waiting.get(key, [])
                while queue and queue[0][0] <= end:
                    offset, note = queue.pop(0)
                    due.setdefault(max(0, offset - done[key]), {}).setdefault(op, []).append(note)
                done[key] = end
            pieces += _cut(piece, due)
        found.append(replace(line, pieces=tuple(_kept(pieces))))
    return found


def _cut(piece: Piece, due: dict[int, dict[Op, list[Note]]]) -> Iterator[Piece]:
    """The piece with the calls due at these places of it."""
    start = 0
    for place in sorted(due):
        if place > start:
            yield replace(piece, text=piece.text[start:place])
        start = place
        old, came = due[place].get(Op.DELETE, []), [*due[place].get(Op.INSERT, [])]
        for note in old:
            stays = note in came
            if stays:
                came.remove(note)  # once: it may be called twice in one of the texts alone
            yield Piece(Op.EQUAL if stays else Op.DELETE, "", note=note)
        yield from (Piece(Op.INSERT, "", note=note) for note in came)
    if start < len(piece.text) or not due:
        yield replace(piece, text=piece.text[start:])


def _kept(pieces: list[Piece]) -> list[Piece]:
    """The pieces, a call behind words that were replaced kept: deleted, then inserted with nothing kept between."""
    found = list(pieces)
    for index, piece in enumerate(pieces):
        if not piece.note or piece.op is Op.EQUAL:
            continue
        after = next((n for n in range(index + 1, len(pieces)) if pieces[n].note or pieces[n].op is piece.op), 0)
        between = pieces[index + 1 : after]
        if not after or pieces[after].note != piece.note or any(p.op is Op.EQUAL for p in between):
            continue
        if pieces[after].op not in (piece.op, Op.EQUAL):
            found[index], found[after] = replace(piece, note=None), replace(pieces[after], op=Op.EQUAL)
    return [piece for piece in found if piece.text or (piece.note and spoken(piece.note, piece.op))]


def spoken(note: Note, op: Op) -> tuple[Edit, ...]:
    """The words of a note that is kept, inserted or deleted with its call."""
    return tuple(edit for edit in note.change.edits if edit.op in (Op.EQUAL, op) or op is Op.EQUAL)


def _clear_first_call(lines: list[Line], found: Looks) -> list[Line]:
    """The lines, the mark of the paragraph that calls the first note of all kept, if that one comes or goes whole.

    LibreOffice reads all notes where the first is called, and forgets meanwhile that the mark of that paragraph is
    tracked (25.2): an empty paragraph would stay. So the mark is shared, with a paragraph of the other text that comes
    or goes beside it or with the one that stays before.
    """
    at = next((index for index, line in enumerate(lines) if any(piece.note for piece in line.pieces)), 0)
    if at and lines[at].end is not Op.EQUAL and not _is_whole(lines[at]):
        return _unmixed(lines, at)
    if not at or not _is_whole(lines[at]):
        return lines
    start = next(index for index in range(at, -1, -1) if not index or not _is_whole(lines[index - 1]))
    end = next(index for index in range(at, len(lines)) if not _is_whole(lines[index]))
    ways = (range(at + 1, end), range(at - 1, start - 1, -1))  # the nearest each way: none of its own side is passed
    nearest = [next((i for i in way if lines[i].end is not lines[at].end), None) for way in ways]
    here = _look(lines[at], found)
    alike = [_look(lines[index], found) == here if index is not None else False for index in nearest]
    partner = next((index for index, is_alike in zip(nearest, alike, strict=True) if is_alike), None)
    if _is_inserted(lines[at]) and _begins_inserted(lines[at + 1]):
        # LibreOffice takes what is inserted on both sides of a mark for one insertion, and sets what comes behind it
        # like this paragraph.
        after = next(line for line in lines[at + 1 :] if not _is_inserted(line))
        partner = next((index for index in (partner, *nearest) if index is not None), None)
        return lines if _look(after, found) == here or partner is None else _sharing(lines, at, partner, last=True)
    before = {_look(line, found) for line in lines[max(start - 1, 0) : at + 1]}
    if partner is not None and (len(before) > 1 or lines[start - 1].end is not Op.EQUAL):
        return _sharing(lines, at, partner)
    return lines if not start or lines[start - 1].end is not Op.EQUAL else _ending_before(lines, start, at)


def _unmixed(lines: list[Line], at: int) -> list[Line]:
    """The lines, those of a split or merge there as whole paragraphs, the first ones with a call in one."""
    end = next(index for index in range(at, len(lines)) if lines[index].end is Op.EQUAL)
    start = next(
        (i + 1 for i in range(at - 1, -1, -1) if lines[i].end is Op.EQUAL or lines[i].change != lines[at].change), 0
    )
    group, after = lines[start : end + 1], lines[end + 1 : end + 2]
    if any(line.change != lines[at].change for line in group):
        return lines
    gone, come = _side_lines(group, Op.DELETE), _side_lines(group, Op.INSERT)
    here = [next((n for n, line in enumerate(side) if any(p.note for p in line.pieces)), 0) for side in (gone, come)]
    old, new = gone[here[0]], come[here[1]]
    between = here[1] + 1 < len(come) or (here[0] + 1 == len(gone) and bool(after) and _begins_inserted(after[0]))
    pieces = (*new.pieces, *old.pieces) if between else (*old.pieces, *new.pieces)
    shared = replace(new, pieces=pieces, end=Op.EQUAL, old=old.old)
    before, behind = [*gone[: here[0]], *come[: here[1]]], [*come[here[1] + 1 :], *gone[here[0] + 1 :]]
    made = [replace(line, first=not number) for number, line in enumerate([*before, shared, *behind])]
    return [*lines[:start], *made, *lines[end + 1 :]]


def _side_lines(group: Iterable[Line], op: Op) -> list[Line]:
    """The paragraphs of one side of a unit, each a line that goes or comes whole."""
    found: list[Line] = []
    pieces: list[Piece] = []
    for line in group:
        pieces += [replace(piece, op=op) for piece in line.pieces if piece.op in (Op.EQUAL, op)]
        if line.end in (Op.EQUAL, op):
            old, new = (line.old, None) if op is Op.DELETE else (None, line.new)
            found.append(Line(tuple(pieces), op, old, new, line.change))
            pieces = []
    return found


def _follow_before(lines: list[Line], found: Looks, *, moves: bool) -> list[Line]:
    """The lines, those that come or go whole with a call among them, and set otherwise than what follows, with the mark
    before each in stead of its own: LibreOffice sets what follows like the paragraph with the call otherwise (25.2).
    """
    start = 1
    while start < len(lines):
        end = next((index for index in range(start, len(lines)) if not _is_whole(lines[index])), len(lines))
        run, before = lines[start:end], lines[start - 1]
        if end < len(lines) and run and before.end is Op.EQUAL:
            after = _look(lines[end], found)
            noted = any(any(p.note for p in line.pieces) and _look(line, found) != after for line in run)
            taken = _is_inserted(run[-1]) and _begins_inserted(lines[end])
            ends = {_look(line, found).place for line in (before, run[-1])} - {None}
            first = not any(piece.note for line in lines[: start - 1] for piece in line.pieces)  # whose mark stays
            moved = moves and any(line.change and line.change.moved for line in run)
            if noted and not (taken or first or moved) and len(ends) < 2:
                lines = _ending_before(lines, start, end - 1)
        start = end + 1
    return lines


def _sharing(lines: list[Line], at: int, partner: int, *, last: bool = False) -> list[Line]:
    """The lines, two that come and go whole in the place of the first as one with a kept mark; what goes stands first
    unless it is to stand ``last``, between two insertions.
    """
    gone, come = sorted((lines[at], lines[partner]), key=lambda line: line.end is Op.INSERT)
    pieces = (*come.pieces, *gone.pieces) if last else (*gone.pieces, *come.pieces)
    shared = replace(come, pieces=pieces, end=Op.EQUAL, old=gone.old)
    return [shared if index == at else line for index, line in enumerate(lines) if index != partner]


def _ending_before(lines: list[Line], start: int, last: int) -> list[Line]:
    """The lines, each from ``start`` to ``last`` coming or going with the mark before it in stead of its own."""
    ends = [*(line.end for line in lines[start : last + 1]), Op.EQUAL]
    moved = [replace(line, end=end) for line, end in zip(lines[start - 1 : last + 1], ends, strict=True)]
    return [*lines[: start - 1], *moved, *lines[last + 1 :]]


def _is_whole(line: Line) -> bool:
    """Whether all of a paragraph, its mark too, comes or goes."""
    return line.end is not Op.EQUAL and all(piece.op is line.end for piece in line.pieces)


def _begins_inserted(line: Line) -> bool:
    return line.pieces[0].op is Op.INSERT if line.pieces else line.end is Op.INSERT


def _look(line: Line, found: Looks) -> Look:
    """How a line is set: as its new text is, where it has one."""
    shown = line.new or line.old
    assert shown
    return found.of(Op.INSERT if line.new else Op.DELETE, shown)


def carried(calls: Iterable[Piece], pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with the calls among ``calls``, which are the same characters, cut otherwise."""
    due: list[tuple[int, Piece]] = []
    at = 0
    for piece in calls:
        due += [(at, piece)] if piece.note else []
        at += len(piece.text)
    found: list[Piece] = []
    at = 0
    for piece in pieces:
        start = 0
        while due and due[0][0] <= at + len(piece.text):
            place, call = due.pop(0)
            found += [replace(piece, text=piece.text[start : place - at]), call]
            start = place - at
        found.append(replace(piece, text=piece.text[start:]))
        at += len(piece.text)
    return [piece for piece in found if piece.text or piece.note]
