"""Where each character of a Word file stands: the walk of :mod:`resdiff.reading.docx`, with the elements it passed."""

from binascii import crc32
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from resdiff.places import Layout, Leaf, Lock, NoteAt, PlacedParagraph, Story
from resdiff.reading import one_line
from resdiff.reading.docx import (
    DELETED,
    INSERTED,
    MC,
    RE_RAISED,
    Passed,
    W,
    Walk,
    call_or_raised,
    is_hidden,
    notes,
    paths,
    walked,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["read"]

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
TEXTS = frozenset({f"{W}t", f"{W}delText"})
NOTES = {"footnote": "footnotes", "endnote": "endnotes"}
# Fields that show words a person types, not such as Word finds by itself.
TYPED = frozenset({"HYPERLINK", "FORMTEXT", "QUOTE"})
# What a control may be that no person types into freely.
CHOSEN = frozenset(
    {
        *(f"{W}{name}" for name in ("dataBinding", "dropDownList", "comboBox", "date", "picture", "showingPlcHdr")),
        *(f"{W}{name}" for name in ("citation", "bibliography", "equation")),
        *(f"{space}{name}" for space in (W14, W15) for name in ("checkbox", "dataBinding", "repeatingSection")),
    }
)
OPEN = frozenset({"", "unlocked", "sdtLocked"})  # whose text may be changed
WRAPPED = frozenset(f"{W}{name}" for name in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "sdt", "sdtContent"))
CHANGES = INSERTED | DELETED
# What a paragraph may hold beside its text, and keeps.
HELD = frozenset(
    {
        *(f"{W}{name}" for name in ("drawing", "pict", "object", "sectPr", "altChunk", "subDoc", "control")),
        f"{MC}AlternateContent",
    }
)

# What makes a row more than its cells: cells that go on in other rows, tables in it, cells that come or go.
ODD_IN_ROWS = tuple(f"{W}{name}" for name in ("vMerge", "tbl", "cellIns", "cellDel", "cellMerge", "customXml"))


def read(data: bytes, name: str, *, tracked: str = "accept") -> Layout:
    """What stands where in a Word file, its tracked changes taken as accepted or rejected (``tracked``).

    Raises InputError as :func:`resdiff.reading.docx.read` does.
    """
    walk, parts = walked(data, name, tracked)
    list(notes(walk, parts))  # which has the walk pass the notes
    found = _Finder(walk, parts)
    paragraphs = list(found.paragraphs(walk.passed, "document"))
    called = []
    for (kind, id_), label in walk.notes.items():
        placed = list(found.paragraphs(walk.noted.get((kind, id_), ()), NOTES[kind], Story.NOTE))
        called.append(NoteAt(kind, id_, label, tuple(range(len(paragraphs), len(paragraphs) + len(placed)))))
        paragraphs += placed
    changes = [
        change for part in ("document", *NOTES.values()) if part in parts for change in parts[part].iter(*CHANGES)
    ]
    authors = dict.fromkeys(one_line(change.get(f"{W}author", "")).strip() for change in changes)
    lie = paths(data)
    there = {part: path for part, path in lie.items() if part in ("document", *NOTES.values())}
    by = tuple(filter(None, authors))
    settings = lie.get("settings", "")
    return Layout(
        tuple(paragraphs), tuple(called), there, len(changes), by, settings, name, bool(walk.struck | walk.offered)
    )


class _Finder:
    """The places of the elements of all parts that hold text, and the fields that they stand in."""

    def __init__(self, walk: Walk, parts: "dict[str, Element]") -> None:
        self._walk = walk
        self._nodes: dict[Element, int] = {}
        self._tables: set[Element] = set()
        self._cells: dict[Element, tuple[int, ...]] = {}
        self._fields: dict[Element, tuple[int, Lock, bool]] = {}
        for part in ("document", *NOTES.values()):
            if part in parts:
                self._nodes |= {element: place for place, element in enumerate(parts[part].iter())}
                self._find_fields(parts[part])

    def _find_fields(self, root: "Element") -> None:
        """Which elements stand in a field: the outermost one, what it locks, whether it goes beyond its paragraph."""
        open_: list[tuple[Element, list[str], list[Element]]] = []
        for element in root.iter():
            if element.tag == f"{W}fldChar":
                kind = element.get(f"{W}fldCharType")
                if kind == "begin":
                    open_.append((element, [], []))
                elif kind == "end" and open_:
                    self._close_field(open_.pop(), element, is_inner=bool(open_))
            elif element.tag in (f"{W}instrText", f"{W}delInstrText") and open_:
                open_[-1][1].append(element.text or "")
            for _, _, inside in open_:
                inside.append(element)
        for begin, code, inside in open_:  # one that is never closed: what follows its paragraph is text
            own = [element for element in inside if _paragraph_of(element) is _paragraph_of(begin)]
            self._close_field((begin, code, own), None, is_inner=False)

    def _close_field(
        self, begun: "tuple[Element, list[str], list[Element]]", end: "Element | None", *, is_inner: bool
    ) -> None:
        begin, code, inside = begun
        name = "".join(code).split()[:1]
        lock = Lock.NONE if name and name[0].upper() in TYPED else Lock.FIELD
        is_whole = end is not None and _paragraph_of(begin) is _paragraph_of(end)
        if is_inner and lock is Lock.NONE:
            return
        for element in inside:
            self._fields[element] = (self._nodes[begin], lock, not is_whole)

    def paragraphs(self, passed: Iterable[Passed], part: str, story: Story = Story.BODY) -> Iterator[PlacedParagraph]:
        """The paragraphs that the walk passed, those that go on in one another as one."""
        groups: list[list[Passed]] = []
        for each in passed:
            going = next((group for group in reversed(groups) if not group[-1].ends), None) if each.goes_on else None
            if going is None:
                groups.append([each])
            else:
                going.append(each)
        before: Element | None = None
        for group in groups:
            yield self._paragraph(group, part, story, before)
            before = group[-1].element

    def _paragraph(self, group: list[Passed], part: str, story: Story, before: "Element | None") -> PlacedParagraph:
        first, last = group[0].element, group[-1].element
        box = next(first.iterancestors(f"{W}txbxContent"), None)
        properties = last.find(f"{W}pPr")
        return PlacedParagraph(
            part=part,
            nodes=tuple(self._nodes[each.element] for each in group),
            leaves=tuple(leaf for each in group for leaf in self._leaves(each, is_boxed=box is not None)),
            story=story if box is None else Story.BOX,
            marker=next((each.marker for each in group if each.marker), ""),
            shape=0 if properties is None else crc32(_written(properties)),
            follows=before is not None and _next(before) is first,
            is_last=_is_last(last),
            keeps=any(_keeps(each.element, self._walk) for each in group),
            cell=self._cell(first),
            in_plain_row=_in_plain_row(first),
        )

    def _cell(self, paragraph: "Element") -> tuple[int, ...]:
        """The innermost cell that a paragraph stands in: the table in document order, its row, the cell of that row."""
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        table = None if cell is None else next(cell.iterancestors(f"{W}tbl"), None)
        if cell is None or table is None:
            return ()
        if table not in self._tables:
            self._tables.add(table)
            for row_place, row in enumerate(table.iterfind(f"{W}tr"), start=1):
                places = enumerate(row.iterfind(f"{W}tc"), start=1)
                self._cells |= {each: (len(self._tables), row_place, place) for place, each in places}
        return self._cells.get(cell, ())

    def _leaves(self, passed: Passed, *, is_boxed: bool) -> Iterator[Leaf]:
        for text, element in passed.pieces:
            if not text and element.tag not in TEXTS:
                continue
            shown = RE_RAISED.sub(lambda match: call_or_raised(self._walk, match[1]), text)
            if element.tag == f"{W}tab" or element.tag == f"{W}ptab":
                shown = "\t"
            whole = element.tag not in TEXTS or shown != element.text
            if not shown:
                continue
            unit, lock, is_fixed = self._fields.get(element, (0, Lock.NONE, False))
            chain = [element, *element.iterancestors()]
            chain = chain[: chain.index(passed.element)]
            if not lock:
                unit, lock, is_fixed = self._locked(passed.element, chain, unit, is_fixed)
            if is_boxed:
                lock = Lock.BOX
            top = chain[-1] if chain else element
            wrapped = any(each.tag != f"{W}r" and each.tag not in CHANGES for each in chain if each is not element)
            yield Leaf(self._nodes[element], shown, whole, lock, unit, is_fixed, self._nodes[top], wrapped)

    def _locked(
        self, paragraph: "Element", chain: "list[Element]", unit: int, is_fixed: bool
    ) -> tuple[int, Lock, bool]:
        """What locks an element, from the innermost of what it stands in to the outermost control around it."""
        inner = {id(element) for element in chain}
        for element in (*chain, *paragraph.iterancestors()):
            tag = element.tag
            if tag == f"{W}sdt" and not _is_free(element):
                return self._nodes[element], Lock.CONTROL, True
            if id(element) not in inner or element is chain[0]:
                continue
            if tag == f"{W}fldSimple":
                code = element.get(f"{W}instr", "").split()[:1]
                is_typed = bool(code) and code[0].upper() in TYPED
                return self._nodes[element], Lock.NONE if is_typed else Lock.FIELD, True
            if tag != f"{W}r" and tag not in WRAPPED and tag not in CHANGES:
                return self._nodes[element], Lock.OTHER, True
        return unit, Lock.NONE, is_fixed


def _is_free(control: "Element") -> bool:
    """Whether a person may type anything into a content control."""
    properties = control.find(f"{W}sdtPr")
    if properties is None:
        return True
    lock = properties.find(f"{W}lock")
    is_open = lock is None or lock.get(f"{W}val", "") in OPEN
    return is_open and not any(child.tag in CHOSEN for child in properties)


def _paragraph_of(element: "Element") -> "Element | None":
    return next(element.iterancestors(f"{W}p"), None)


def _written(element: "Element") -> bytes:
    """An element as bytes, the same for two that say the same."""
    from lxml import etree

    made: bytes = etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
    return made


def _next(element: "Element") -> "Element | None":
    """What follows an element and holds text: marks of ranges and of proofreading do not count."""
    return next((each for each in element.itersiblings() if each.tag in (f"{W}p", f"{W}tbl", f"{W}sdt")), None)


def _in_plain_row(paragraph: "Element") -> bool:
    row = next(paragraph.iterancestors(f"{W}tr"), None)
    return row is not None and next(row.iter(*ODD_IN_ROWS), None) is None and row.find(f"{W}sdt") is None


def _is_last(paragraph: "Element") -> bool:
    """Whether the mark of a paragraph must stay: at the end of what holds it, of a section, and between two tables."""
    after = _next(paragraph)
    if after is None or paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return True
    return bool(after.tag != f"{W}p")


def _keeps(paragraph: "Element", walk: Walk) -> bool:
    """Whether a paragraph holds more than the text that is read, or one end of a field that goes beyond it."""
    begun = 0
    for element in paragraph.iter():
        if element.tag in HELD or str(element.tag).endswith("}oMath"):
            return True
        if element in walk.struck or (element.tag == f"{W}r" and is_hidden(element)):
            return True
        if element.tag == f"{W}fldChar":
            begun += {"begin": 1, "end": -1}.get(element.get(f"{W}fldCharType", ""), 0)
            if begun < 0:
                return True
    return begun != 0
