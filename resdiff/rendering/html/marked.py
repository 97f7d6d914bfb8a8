"""The words of a change as marked HTML, a paragraph at a time: inserted, deleted, kept, the lead in italics.

Every text is escaped here; what comes out is safe to stand in a page.
"""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape
from msgspec.structs import replace

from resdiff.model import Change, Edit, Op, Paragraph, Side, Weight
from resdiff.rendering.weave import Piece, weave
from resdiff.report import address

__all__ = ["both_texts", "one_text", "title_words"]

TAGS = {Op.INSERT: "ins", Op.DELETE: "del"}
# The lighter a mark weighs, the quieter it looks; a substantive one needs no class.
CLASSES = {Weight.TYPOGRAPHIC: "t", Weight.ROUTINE: "r", Weight.EDITORIAL: "e"}

# The space that French typography binds to the sign: a line of the page must not begin with a semicolon.
RE_BOUND = re.compile(r" (?=[;:!?»])|(?<=«) ")


def one_text(change: Change, side: Side, paragraphs: Sequence[Paragraph], lang: str) -> list[Markup]:
    """The paragraphs of one side, with what the other side lacks marked."""
    own = Op.DELETE if side is Side.OLD else Op.INSERT
    # Seen alone, the old text is woven like a new one: its places are counted in itself.
    edits = [replace(e, op=Op.INSERT) if e.op is own else e for e in change.edits if e.op in (own, Op.EQUAL)]
    return [_markup(_without_mark(line), lang, own) for line in weave(edits, (), paragraphs)]


def both_texts(change: Change, old: Sequence[Paragraph], new: Sequence[Paragraph], lang: str) -> list[Markup]:
    """The two sides woven into one text; a paragraph mark that came or went shows as ¶."""
    return [_markup(line, lang) for line in weave(change.edits, old, new)]


def title_words(edits: Iterable[Edit], lang: str) -> Markup:
    """The two titles woven into one."""
    return _markup([Piece(edit, edit.text) for edit in edits], lang)


def _without_mark(line: Sequence[Piece]) -> Sequence[Piece]:
    """The line without the ¶ at its end: where one text stands alone, its paragraphs speak for themselves."""
    marked = bool(line) and line[-1].text == "¶" and "\n" in line[-1].edit.text
    return line[:-1] if marked else line


def _markup(pieces: Iterable[Piece], lang: str, changed: Op | None = None) -> Markup:
    return Markup("").join(_marked(piece, changed or piece.edit.op, lang) for piece in pieces)


def _marked(piece: Piece, op: Op, lang: str) -> Markup:
    text = escape(RE_BOUND.sub("\u00a0", piece.text))
    if piece.lead:
        text = Markup("<i>{}</i>").format(text)
    if piece.edit.op is Op.EQUAL:
        return text
    name = "m" if piece.edit.passage else CLASSES.get(piece.edit.weight, "")
    opening = Markup('{} class="{}"').format(TAGS[op], name) if name else TAGS[op]
    return Markup("<{}>{}</{}>{}").format(opening, text, TAGS[op], _passage(piece.edit, op, lang))


def _passage(edit: Edit, op: Op, lang: str) -> Markup:
    """The link to where the words went, or came from."""
    if not edit.passage:
        return Markup("")
    side = Side.NEW if op is Op.DELETE else Side.OLD
    target = address(side, edit.passage, lang, marked=True)
    anchor = edit.passage if side is Side.NEW else f"old-{edit.passage}"
    return Markup('<a class="p" href="#{}">{}</a>').format(anchor, target.label)
