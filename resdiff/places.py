"""What stands where in a Word file, and what is to be written there: reading gives the one, writing takes the other.

An element is named by its place in its part, in document order, so that two processes that parse the same bytes mean
the same one. Characters of a paragraph count as they are read, without its automatic number.
"""

from enum import StrEnum

from msgspec import Struct

from resdiff.model import Op

__all__ = ["Layout", "Leaf", "Lock", "NewRow", "NoteAt", "Piece", "PlacedParagraph", "Script", "Scripts", "Story"]


class Lock(StrEnum):
    """Why text may not be changed where it stands: what writes it would write it again, or its shape would break."""

    NONE = ""
    FIELD = "field"  # the result of a field: a number of a page, a reference
    CONTROL = "control"  # a content control that is locked, bound to data, a list or a date
    BOX = "box"  # a text box: an old copy of it stands beside it in the file
    OTHER = "other"  # markup that is not known, the gloss over a word


class Story(StrEnum):
    """In which text of the file a paragraph stands."""

    BODY = "body"
    BOX = "box"
    NOTE = "note"


class Leaf(Struct, frozen=True, array_like=True):
    """An element that holds characters. ``whole`` can be taken or left, never cut: a tab, a break, the call of a note.

    ``lock`` says why it may not be changed; ``unit`` is the field or control it belongs to (0: none), which may go when
    all of it goes, unless ``is_fixed``. ``top`` is the child of the paragraph that it stands in, ``is_wrapped`` whether
    that is more than a run.
    """

    node: int
    text: str
    whole: bool = False
    lock: Lock = Lock.NONE
    unit: int = 0
    is_fixed: bool = False
    top: int = 0
    is_wrapped: bool = False


class PlacedParagraph(Struct, frozen=True):
    """A paragraph of a Word file: its elements (several where a mark between them is deleted), and what holds its text.

    ``marker`` is its automatic number, as printed; paragraphs of one ``shape`` have the same properties. ``follows``
    tells that the paragraph before it in the layout stands directly before it in the file, ``is_last`` that its mark
    cannot go: nothing follows it there that its text could go on in. ``keeps`` tells that it holds more than text, so
    that it stays when its text goes. ``cell`` is the cell of a table it stands in: table, row, cell, counted from 1;
    empty for none. ``in_plain_row`` tells that the cells of its row are its own, none of them
    one with others above or below, none with a table in it.
    """

    part: str
    nodes: tuple[int, ...]
    leaves: tuple[Leaf, ...]
    story: Story = Story.BODY
    marker: str = ""
    shape: int = 0
    follows: bool = False
    is_last: bool = False
    keeps: bool = False
    cell: tuple[int, ...] = ()
    in_plain_row: bool = False

    @property
    def text(self) -> str:
        """Its characters, the calls of notes as ``[^3]``."""
        return "".join(leaf.text for leaf in self.leaves)


class NoteAt(Struct, frozen=True):
    """A note that is called: ``kind`` is footnote or endnote, ``id`` its own in the file, ``label`` what calls it.

    ``paragraphs`` are places in ``Layout.paragraphs``.
    """

    kind: str
    id: str
    label: str
    paragraphs: tuple[int, ...]


class Layout(Struct, frozen=True):
    """What stands where in a Word file: the paragraphs in the order they are read, those of the notes last.

    ``parts`` are those of the file that hold text (document, footnotes, endnotes), each with its name in it.
    ``pending`` counts the tracked changes that nobody has accepted or rejected, ``authors`` are who made them.
    ``settings`` is the name of that part, empty where there is none; ``name`` is what the file is called. ``struck``
    tells that words are left out because they are struck through by hand, which the text without changes has.
    """

    paragraphs: tuple[PlacedParagraph, ...]
    notes: tuple[NoteAt, ...] = ()
    parts: dict[str, str] = {}
    pending: int = 0
    authors: tuple[str, ...] = ()
    settings: str = ""
    name: str = ""
    struck: bool = False


class Piece(Struct, frozen=True, array_like=True):
    """Characters of a paragraph of the file: ``size`` of its own are kept or deleted, or ``text`` is inserted.

    An inserted ``is_break`` ends the paragraph there. ``note`` is the text of a note whose call is inserted, ``label``
    the note of the file that it copies, if any. ``like`` is the paragraph and the character whose look new text takes;
    what a break ends looks as that paragraph, or with -1 as the one it is written in. ``is_unlisted`` takes it out of
    the list that this one belongs to. ``move`` is the number of the move that deleted or inserted text and marks belong
    to (0: none): it stands twice in a file, where the text goes and where it comes. ``element`` is what the text is in
    the paragraph that ``like`` names, where that is more than letters: a sign of a symbol font, raised digits.
    """

    op: Op
    size: int = 0
    text: str = ""
    is_break: bool = False
    note: str | None = None
    label: str = ""
    like: tuple[int, int] = (-1, 0)
    is_unlisted: bool = False
    move: int = 0
    element: int = 0


class Script(Struct, frozen=True):
    """What becomes of one paragraph: its pieces from the first character to the last, and whether its mark goes.

    With ``goes`` the whole paragraph is gone in the new text, though its mark may have to stay: a row of a table whose
    paragraphs all go is itself deleted. ``move`` is the number of the move that the mark belongs to, 0 for none.
    """

    paragraph: int
    pieces: tuple[Piece, ...]
    mark_goes: bool = False
    goes: bool = False
    move: int = 0


class NewRow(Struct, frozen=True):
    """A row that comes into a table, ``beside`` the row of that paragraph of the file, behind it or before it.

    It looks as that one: of each of its cells the paragraphs, each the paragraph it looks as and its pieces.
    """

    beside: int
    cells: tuple[tuple[tuple[int, tuple[Piece, ...]], ...], ...]
    is_before: bool = False


class Scripts(Struct, frozen=True):
    """What is to be written into a file, by whom and when (as Word writes it).

    With ``turned`` the file is the later of the two texts: what a script deletes of it was inserted, and what it
    inserts was deleted.
    """

    layout: Layout
    scripts: tuple[Script, ...]
    author: str
    date: str
    turned: bool = False
    rows: tuple[NewRow, ...] = ()
