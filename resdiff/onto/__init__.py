"""Tracked changes onto a given Word file: its text becomes another one, everything else in it stays.

    made = write_onto(Path("base.docx").read_bytes(), read(Path("nouveau.pdf")), date="2026-11-26")
    made.data, made.left_out

The file is read and written in processes of their own, under the limits of a reader. What was written is read back:
where accepting all changes does not give the new text, or rejecting all the old one, nothing is given.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.errors import InputError, UsageError
from resdiff.language import Language
from resdiff.model import Header, Kind, Op, Resolution, Source, Weight
from resdiff.onto.pairing import pair, similarity
from resdiff.onto.scripts import Refusal, Written, scripts
from resdiff.onto.texts import RE_CALL, Line, Text, of_layout, of_resolution, of_source
from resdiff.parsing import parse
from resdiff.places import Layout, Lock, NewRow, Piece, Script, Scripts, Story
from resdiff.reading import apart

__all__ = ["Onto", "Pending", "Refusal", "Untracked", "UntrackedEdit", "differs_from", "untracked", "write_onto"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = b"PK\x03\x04"
FORMLESS = frozenset({"no-resolution", "no-operative", "no-preamble"})  # notices of what is no whole resolution
AS_IT_STANDS = 0.3  # of the words of a text that its blocks share with the file, for which they are its paragraphs


class Pending(StrEnum):
    """What to do with tracked changes that the file has already."""

    REFUSE = "refuse"
    KEEP = "keep"  # the new ones stand on the text as it is when all of them are accepted


class Onto(Struct, frozen=True):
    """The file with the tracked changes, how many paragraphs they touch, and what could not be written.

    ``apart`` are lines of the new text that are no part of what is compared and that the file keeps otherwise.
    """

    data: bytes
    touched: int
    left_out: tuple[Refusal, ...] = ()
    apart: tuple[Line, ...] = ()


def write_onto(
    data: bytes,
    new: Source,
    *,
    name: str = "-",
    author: str = "resdiff",
    date: str = "1970-01-01T00:00:00Z",
    min_weight: Weight = Weight.NONE,
    pending: Pending = Pending.REFUSE,
    tracked: str = "accept",
    moves: bool = False,
) -> Onto:
    """The Word file ``data`` with tracked changes that make its text the one of ``new``.

    ``moves`` marks paragraphs that moved whole as moved, not as deleted and inserted, where both places can be marked.
    ``tracked`` says how the changes of the new text are taken, if that is a Word file; ``date`` is as Word writes it.
    Raises InputError for a file that cannot be read or written, UsageError for one that has tracked changes already.
    """
    layout = layout_of(data, name)
    if layout.pending and pending is Pending.REFUSE:
        raise UsageError("onto-pending", name, layout.pending, ", ".join(layout.authors) or "?")
    old = of_layout(layout, empty=_is_word(new))
    text = new_text(new, old, tracked=tracked)
    language = Language.shared(old.resolution.language, text.resolution.language)
    written = scripts(layout, old, text, language, hints=_hints(old, text), min_weight=min_weight, moves=moves)
    made = _written(data, name, Scripts(layout, written.scripts, author, date, rows=written.rows))
    return Onto(
        made,
        len(written.scripts) + len(written.rows),
        (*written.refusals, *_numbers(made, text, written)),
        written.apart,
    )


class UntrackedEdit(Struct, frozen=True):
    """What one paragraph of a returned file has otherwise than the file that was sent, and no change tells: ``base``
    became ``returned``; a line end is that of a paragraph. ``line`` is the paragraph, as the returned file has it.
    """

    line: Line
    base: str
    returned: str


class Untracked(Struct, frozen=True):
    """The edits of a returned file that were not tracked, and the file with these tracked too."""

    data: bytes
    edits: tuple[UntrackedEdit, ...]


def untracked(
    returned: bytes,
    base: bytes,
    *,
    name: str = "-",
    base_name: str = "-",
    author: str = "sans suivi",
    date: str = "1970-01-01T00:00:00Z",
) -> Untracked:
    """What was changed in a Word file without being tracked since the file ``base`` was sent.

    Both are read with their tracked changes rejected. In ``data``, all changes rejected, is the text of the base, all
    accepted, that of the returned file, whose own tracked changes stay as they are. The results of fields, which Word
    itself writes again, do not count, nor does the look of the text. Raises InputError.
    """
    layout = layout_of(returned, name, "reject")
    old, text = of_layout(layout, empty=True), of_layout(layout_of(base, base_name, "reject"), empty=True)
    language = Language.shared(old.resolution.language, text.resolution.language)
    written = scripts(layout, old, text, language, hints=_hints(old, text), rows=False)
    asked = Scripts(layout, written.scripts, author, date, turned=True)
    edits = [edit for script in written.scripts for edit in _edits(layout, old, script)]
    refused = [
        UntrackedEdit(each.line or Line(each.old or each.new), each.new, each.old)
        for each in written.refusals
        if each.code not in (Lock.FIELD, "number")
    ]
    return Untracked(_written(returned, name, asked), (*edits, *refused))


def _edits(layout: Layout, old: Text, script: Script) -> Iterator[UntrackedEdit]:
    """The words of one paragraph that only one of the two files has, those that stand beside each other together."""
    text, at = layout.paragraphs[script.paragraph].text, 0
    line = next((line for line in old.lines if line.place == script.paragraph), Line(text, place=script.paragraph))
    base = returned = ""
    for piece in (*script.pieces, Piece(Op.EQUAL)):
        if piece.op is Op.EQUAL and (base or returned):
            yield UntrackedEdit(line, base, returned)
            base = returned = ""
        if piece.op is Op.INSERT:
            base += "\n" if piece.is_break else piece.text if piece.note is None else f"[{piece.note}]"
            continue
        returned += text[at : at + piece.size] if piece.op is Op.DELETE else ""
        at += piece.size
    if script.mark_goes and len(script.pieces) != 1:
        yield UntrackedEdit(line, "", "\n")


def differs_from(data: bytes, name: str, other: Resolution) -> str:
    """The first words that a Word file has otherwise than a resolution; empty where it has the same text."""
    own = of_layout(layout_of(data, name)).resolution
    for change in compare(other, own).changes:
        if change.kind is not Kind.UNCHANGED:
            words = next((edit.text for edit in change.edits if edit.op is not Op.EQUAL and edit.text.strip()), "")
            return " ".join(words.split())
    return ""


def layout_of(data: bytes, name: str, tracked: str = "accept") -> Layout:
    """What stands where in a Word file. Raises InputError for what is none, or cannot be read."""
    if not data.startswith(ZIP):
        raise InputError("onto-format", name)
    return msgspec.json.decode(apart.call("resdiff.reading.docx_layout:read", data, name, tracked=tracked), type=Layout)


def new_text(new: Source, old: Text, *, tracked: str = "accept") -> Text:
    """The new text as lines: of a Word file those it has; of another the paragraphs of the resolution that it is. Its
    blocks as they stand, where it is none, or where each is a line and most are paragraphs of the file.
    """
    if _is_word(new):
        return of_layout(layout_of(new.data, new.origin, tracked), empty=True)
    if new.header == Header():
        blocks = of_source(new)
        is_whole = _is_none(blocks.resolution) or _is_none(old.resolution)
        is_wrapped = any("\n" in line.text for line in blocks.lines)
        if is_whole or (not is_wrapped and _shares(old, blocks) >= AS_IT_STANDS):
            return replace(blocks, is_whole=is_whole)
    return of_resolution(parse(new))


def _is_word(source: Source) -> bool:
    """Whether a text comes from a file in the present format of Word: where each of its characters stands is known."""
    return source.media_type == DOCX and source.data.startswith(ZIP) and b"word/" in source.data


def _shares(old: Text, new: Text) -> float:
    """The share of a text that its lines have in common with those of the file, 0 to 1."""
    olds, news = [line.text for line in old.lines], [line.text for line in new.lines]
    paired = sum(
        len(news[j]) * similarity(olds[each.old[0]], news[j]) for each in pair(olds, news).chain for j in each.new
    )
    return paired / max(1, sum(map(len, news)))


def _hints(old: Text, new: Text) -> Iterator[tuple[int, int]]:
    """The lines whose paragraphs a comparison of the two resolutions links, where both are resolutions."""
    if any(_is_none(text.resolution) for text in (old, new)):
        return
    olds, news = ({id_: place for place, line in enumerate(text.lines) for id_ in line.ids} for text in (old, new))
    for change in compare(old.resolution, new.resolution).changes:
        if not change.moved:
            yield from ((olds[i], news[j]) for i in change.link.old for j in change.link.new if i in olds and j in news)


def _is_none(resolution: Resolution) -> bool:
    return not FORMLESS.isdisjoint(notice.code for notice in resolution.notices)


# ---- written, and read back -----------------------------------------------------------------------------------------


def _written(data: bytes, name: str, asked: Scripts) -> bytes:
    """The file with the scripts written into it. Raises InputError where it does not read back as it should."""
    said = msgspec.json.encode(asked).decode()
    made = (
        apart.call("resdiff.rendering.word.onto:write", data, name, asked=said) if asked.scripts or asked.rows else data
    )
    before = _texts(asked.layout)
    after = list(_accepted(asked.layout, asked.scripts, asked.rows))
    rejected, accepted = (_texts(layout_of(made, name, way)) for way in ("reject", "accept"))
    if asked.turned:
        before, after = after, _texts(layout_of(data, name))
    elif asked.layout.pending or asked.layout.struck:
        before = _texts(layout_of(data, name, "reject"))
    if not (_same(rejected, before) and _same(accepted, after)):
        raise InputError("onto-failed", name)
    return made


def _texts(layout: Layout) -> list[str]:
    return [layout.paragraphs[place].text for place in _shown(layout)]


def _shown(layout: Layout) -> list[int]:
    """The paragraphs of the body, then those of text boxes: where a box is anchored may be another paragraph now."""
    stories = (Story.BODY, Story.BOX)
    return [n for story in stories for n, paragraph in enumerate(layout.paragraphs) if paragraph.story is story]


def _same(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two runs of paragraphs read the same, whatever the numbers of their notes; empty ones do not count."""
    first, second = ([RE_CALL.sub("[^]", text).strip(" \t\n") for text in side] for side in (one, other))
    return [text for text in first if text] == [text for text in second if text]


def _accepted(layout: Layout, written: Iterable[Script], rows: Iterable[NewRow]) -> Iterator[str]:
    """The paragraphs of a file when all that is written into it is accepted."""
    by_place = {script.paragraph: script for script in written}
    coming: dict[tuple[int, bool], list[str]] = {}
    for row in rows:
        texts = [_text_of(pieces) for cell in row.cells for _, pieces in cell]
        coming.setdefault((row.beside, row.is_before), []).extend(texts)
    text = ""
    for place in _shown(layout):
        paragraph, script = layout.paragraphs[place], by_place.get(place)
        yield from coming.get((place, True), ())
        if script is None:
            text += paragraph.text
        else:
            at = 0
            for piece in script.pieces:
                if piece.is_break:
                    yield text
                    text = ""
                elif piece.op is Op.INSERT:
                    text += _text_of((piece,))
                else:
                    text += paragraph.text[at : at + piece.size] if piece.op is Op.EQUAL else ""
                    at += piece.size
        if script is None or not script.mark_goes:
            yield text
            text = ""
        yield from coming.get((place, False), ())


def _text_of(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text if piece.note is None else "[^0]" for piece in pieces)


def _numbers(made: bytes, new: Text, written: Written) -> Iterator[Refusal]:
    """The automatic numbers of the file, all changes accepted, that are not those of the new text."""
    if written.refusals:
        return
    lines, others = (
        [line for line in text.lines if line.text.strip()] for text in (of_layout(layout_of(made, "-")), new)
    )
    if len(lines) != len(others):
        return
    for line, wanted in zip(lines, others, strict=True):
        if line.marker and wanted.number != line.number:
            yield Refusal("number", line, line.marker, wanted.number)
