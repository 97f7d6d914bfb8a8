"""Tracked changes written into the runs of a given Word file: its looks, its sections and unknown markup stay.

Only elements that a script touches are made anew; a run is cut where a change begins or ends, and both halves keep its
properties. The parts that hold text are written again, every other part of the file is taken over byte for byte.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import count, groupby, pairwise
from typing import Any

import msgspec
from msgspec import Struct

from resdiff.model import Op
from resdiff.places import Layout, NewRow, Piece, PlacedParagraph, Script, Scripts
from resdiff.rendering.word.packing import with_parts
from resdiff.rendering.xml import clean

__all__ = ["write"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode())
BREAK = f"{W}resdiffBreak"  # where a paragraph is to end, while the file is being written
MARKS = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))  # in the order of the schema
OTHERS = frozenset(MARKS)
TEXTS = (f"{W}t", f"{W}delText")
# What a cut run hands to both its halves with the text beside it: it shows nothing of its own.
SHOWN_NOT = frozenset(f"{W}{name}" for name in ("lastRenderedPageBreak", "softHyphen"))
SIGNS = {"\t": "tab", "\n": "br", "\f": "br"}
TYPES = "[Content_Types].xml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DOCUMENT_TYPE = f"{WORD_TYPE}.document.main+xml".encode()
# What a template says it is, or a file that may have macros: Word opens neither under the name of a document.
OTHER_TYPES = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.template"
    rb"|ms-word\.(?:document|template)\.macroEnabled(?:Template)?)\.main\+xml"
)
OFFICE_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATED = "http://purl.oclc.org/ooxml/officeDocument/relationships"
RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
SEPARATORS = {"separator": "-1", "continuationSeparator": "0"}  # as Word writes them; notes count from 1
NOTES = {"footnote": "footnotes", "endnote": "endnotes"}
# What stands before w:trackRevisions in the settings (ECMA-376 part 1, 17.15.1.78 and annex A).
BEFORE_TRACKING = (
    *("writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime"),
    *("doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText"),
    *("printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts"),
    *("saveFormsData", "mirrorMargins", "alignBordersAndEdges", "bordersDoNotSurroundHeader"),
    *("bordersDoNotSurroundFooter", "gutterAtTop", "hideSpellingErrors", "hideGrammaticalErrors"),
    *("activeWritingStyle", "proofState", "formsDesign", "attachedTemplate", "linkStyles", "stylePaneFormatFilter"),
    *("stylePaneSortMethod", "documentType", "mailMerge", "revisionView"),
)
AFTER_LOOK = frozenset(f"{W}{name}" for name in ("sectPr", "pPrChange"))
# What stands once in a file, and is left behind when a paragraph or a note is copied.
IDENTITIES = (f"{W14}paraId", f"{W14}textId")
RANGES = re.compile(r"(bookmark|comment\w*|moveFromRange|moveToRange|perm)(Start|End|Reference)$|^commentReference$")

Element = Any  # lxml has no types


class _Unit(Struct, eq=False):
    """Characters ``start`` to ``end`` of a paragraph in one element, and what becomes of them."""

    start: int
    end: int
    element: Element
    op: Op
    unit: int = 0
    move: int = 0


def write(data: bytes, name: str, asked: str) -> bytes:
    """The file with the scripts of ``asked`` (:class:`resdiff.places.Scripts` as JSON) written into it.

    Its layout is that of these very bytes.
    """
    scripts = msgspec.json.decode(asked, type=Scripts)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part: archive.read(path) for part, path in scripts.layout.parts.items()}
        file = _File(scripts, parts, _last_id(archive))
        for script in scripts.scripts:
            _Paragraph(file, script).write()
        file.mark_rows()
        file.add_rows(scripts.rows)
        main = scripts.layout.parts["document"]
        paths = {kind: f"{posixpath.dirname(main)}/{kind}.xml".lstrip("/") for kind in NOTES.values()}
        changed = {(paths | scripts.layout.parts)[part]: raw for part, raw in file.packed().items()}
        changed |= _as_document(archive)
        for kind in file.opened:
            changed |= _registered(archive, main, kind, paths[kind], changed, is_strict=file.is_strict)
        if settings := scripts.layout.settings:
            changed |= _tracking(settings, archive.read(settings))
        return with_parts(archive, changed)


def _last_id(archive: zipfile.ZipFile) -> int:
    """The highest number that a part gives to a change, a comment or a bookmark."""
    found = [0]
    for part in archive.namelist():
        if part.endswith(".xml"):
            found += [int(number) for number in re.findall(rb""":id\s*=\s*["'](\d{1,9})["']""", archive.read(part))]
    return max(found)


def _as_document(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The list of types with the file as a document, where it says that it is something else."""
    types = _given(archive, TYPES)
    made = OTHER_TYPES.sub(DOCUMENT_TYPE, types)
    return {TYPES: made} if made != types else {}


def _registered(
    archive: zipfile.ZipFile, main: str, kind: str, path: str, changed: dict[str, bytes], *, is_strict: bool
) -> dict[str, bytes]:
    """The list of types and the relations of the main part, with a new part of notes in them (ECMA-376 part 2, 9)."""
    from lxml import etree

    folder, leaf = posixpath.split(main)
    relations = f"{folder}/_rels/{leaf}.rels".lstrip("/")
    given = {name: changed.get(name) or _given(archive, name) for name in (TYPES, relations)}
    types, related = (etree.fromstring(raw or f'<Relationships xmlns="{RELATED}"/>'.encode()) for raw in given.values())
    about = {"PartName": f"/{path}", "ContentType": f"{WORD_TYPE}.{kind}+xml"}
    etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Override", about)
    taken = {relation.get("Id") for relation in related}
    id_ = next(name for name in (f"rId{number}" for number in count(1)) if name not in taken)
    office = STRICT_RELATED if is_strict else OFFICE_RELATED
    about = {"Id": id_, "Type": f"{office}/{kind}", "Target": posixpath.relpath(path, folder or ".")}
    etree.SubElement(related, f"{{{etree.QName(related).namespace}}}Relationship", about)
    made = {TYPES: types, relations: related}
    return {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        for name, root in made.items()
    }


def _tracking(name: str, raw: bytes) -> dict[str, bytes]:
    """The settings with which what is edited next is tracked too; nothing where they have it, or cannot be read."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        return {}
    space = f"{{{etree.QName(root).namespace}}}"
    there = root.find(f"{space}trackRevisions")
    if there is not None and there.get(f"{space}val", "1") not in ("0", "false", "off"):
        return {}
    if there is not None:
        root.remove(there)
    before = {f"{space}{name}" for name in BEFORE_TRACKING}
    root.insert(sum(child.tag in before for child in root), etree.Element(f"{space}trackRevisions", nsmap=root.nsmap))
    return {name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)}


def _given(archive: zipfile.ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.namelist() else b""


# ---- the file -------------------------------------------------------------------------------------------------------


class _File:
    """The parts being written, and the numbers that their changes and notes share."""

    def __init__(self, scripts: Scripts, parts: dict[str, bytes], last: int) -> None:
        from lxml import etree

        self.layout: Layout = scripts.layout
        self.turned = scripts.turned
        self._scripts = scripts.scripts
        self._about = {f"{W}author": clean(scripts.author), f"{W}date": scripts.date}
        self._ids = count(last + 1)
        self._strict = {part: STRICT[0] in raw[:100_000] for part, raw in parts.items()}
        self.is_strict = self._strict["document"]
        self._roots: dict[str, Element] = {}
        self._nodes: dict[str, list[Element]] = {}
        for part, raw in parts.items():
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
            self._roots[part] = etree.fromstring(raw.replace(*STRICT) if self._strict[part] else raw, parser)
            self._nodes[part] = list(self._roots[part].iter())
        touched = [*(script.paragraph for script in scripts.scripts), *(row.beside for row in scripts.rows)]
        self._changed = {self.layout.paragraphs[place].part for place in touched}
        self._moves: dict[int, str] = {}
        starts = self._roots["document"].iter(f"{W}moveFromRangeStart", f"{W}moveToRangeStart")
        self._taken = {start.get(f"{W}name") for start in starts}
        self.opened: list[str] = []  # parts of notes that the file did not have

    def packed(self) -> dict[str, bytes]:
        """The parts that changed, as bytes."""
        from lxml import etree

        made = {}
        for part in sorted(self._changed):
            tree = self._roots[part].getroottree()
            standalone = tree.docinfo.standalone
            raw: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=standalone)
            made[part] = raw.replace(STRICT[1], STRICT[0]) if self._strict[part] else raw
        return made

    def element(self, part: str, node: int) -> Element:
        return self._nodes[part][node]

    def change(self, op: Op, move: int = 0) -> Element:
        """A new element that marks what it holds as inserted or deleted, or as half of a move."""
        return self.new(self.name(op, move), {f"{W}id": str(next(self._ids)), **self._about})

    def name(self, op: Op, move: int = 0) -> str:
        """The name of such an element."""
        if (op is Op.INSERT) is not self.turned:
            return "moveTo" if move else "ins"
        return "moveFrom" if move else "del"

    def range(self, way: str, move: int) -> tuple[Element, Element]:
        """Both ends of one half of a move (``From`` or ``To``); a name pairs the halves (17.13.5.23 and 28)."""
        if move not in self._moves:
            free = (f"move{number}" for number in count(1))
            self._moves[move] = next(name for name in free if name not in self._taken)
            self._taken.add(self._moves[move])
        id_ = {f"{W}id": str(next(self._ids))}
        about = {**id_, **self._about, f"{W}name": self._moves[move]}
        return self.new(f"move{way}RangeStart", about), self.new(f"move{way}RangeEnd", id_)

    def new(self, name: str, attributes: dict[str, str] | None = None) -> Element:
        from lxml import etree

        return etree.Element(f"{W}{name}", attributes or {}, nsmap={"w": W[1:-1]})

    def shows_deleted(self, op: Op) -> bool:
        """Whether text that a script inserts or deletes is deleted text in the file."""
        return (op is Op.DELETE) is not self.turned

    def mark_rows(self) -> None:
        """Say of the rows of tables whose paragraphs all go that they go."""
        placed = [self.layout.paragraphs[script.paragraph] for script in self._scripts if script.goes]
        gone = dict.fromkeys(self.element(each.part, node) for each in placed for node in each.nodes)
        rows = dict.fromkeys(next(paragraph.iterancestors(f"{W}tr"), None) for paragraph in gone)
        for row in rows:
            if row is None or not set(gone).issuperset(row.iter(f"{W}p")):
                continue
            about = row.find(f"{W}trPr")
            if about is None:
                about = self.new("trPr")
                row.insert(sum(child.tag == f"{W}tblPrEx" for child in row), about)
            about.insert(sum(child.tag != f"{W}trPrChange" for child in about), self.change(Op.DELETE))

    def add_rows(self, rows: Sequence[NewRow]) -> None:
        """The rows that come, each in the look of the one beside it; several beside one in their order."""
        last: dict[Element, Element] = {}
        for row in rows:
            placed = self.layout.paragraphs[row.beside]
            model = next(self.element(placed.part, placed.nodes[0]).iterancestors(f"{W}tr"))
            made = self._row(model, row)
            if row.is_before:
                model.addprevious(made)
            else:
                last.get(model, model).addnext(made)
                last[model] = made

    def _row(self, model: Element, row: NewRow) -> Element:
        made = self.new("tr")
        for name in ("tblPrEx", "trPr"):
            if (given := model.find(f"{W}{name}")) is not None:
                made.append(_unchanged(given))
        about = made.find(f"{W}trPr")
        if about is None:
            about = self.new("trPr")
            made.append(about)
        about.append(self.change(Op.INSERT))
        for cell, paragraphs in zip(model.iterfind(f"{W}tc"), row.cells, strict=True):
            new = self.new("tc")
            if (given := cell.find(f"{W}tcPr")) is not None:
                new.append(_unchanged(given))
            for place, pieces in paragraphs:
                paragraph = self.new("p")
                paragraph.append(self.shape(place, unlisted=False))
                if pieces:
                    paragraph.append(self.inserted(pieces))
                new.append(paragraph)
            made.append(new)
        return made

    def inserted(self, pieces: Sequence[Piece]) -> Element:
        """A mark with these pieces in it, all of one move or of none."""
        mark = self.change(Op.INSERT, pieces[0].move)
        for piece in pieces:
            if piece.note is not None:
                mark.append(self.call(piece))
                continue
            sign = self._sign(piece)
            run = self.new("r")
            look = self.letters(piece.like) if sign is None else _letters_of(_run_of(sign))
            run.extend([] if look is None else [look])
            if sign is None:
                self.fill_run(run, piece.text, deleted=self.shows_deleted(Op.INSERT))
            elif sign.tag == f"{W}r":
                self.fill_run(run, "".join(sign.itertext(*TEXTS)), deleted=self.shows_deleted(Op.INSERT))
            else:
                run.append(_bare(sign))
            mark.append(run)
        return mark

    def _sign(self, piece: Piece) -> Element | None:
        """What a piece copies that no letter shows: a sign of a symbol font, a run of raised digits."""
        if not piece.element:
            return None
        element = self.element(self.layout.paragraphs[piece.like[0]].part, piece.element)
        return element if element.tag in (f"{W}sym", f"{W}r") else None

    # ---- looks ------------------------------------------------------------------------------------------------------

    def letters(self, like: tuple[int, int]) -> Element | None:
        """A copy of the properties of the run at a character of a paragraph."""
        if like[0] < 0:
            return None
        placed = self.layout.paragraphs[like[0]]
        at = 0
        for leaf in placed.leaves:
            at += len(leaf.text)
            if like[1] < at:
                return _letters_of(_run_of(self.element(placed.part, leaf.node)))
        return None

    def shape(self, place: int, *, unlisted: bool) -> Element:
        """A copy of the properties of a paragraph, for one that is new."""
        placed = self.layout.paragraphs[place]
        given = self.element(placed.part, placed.nodes[-1]).find(f"{W}pPr")
        shape = self.new("pPr") if given is None else deepcopy(given)
        for child in [child for child in shape if child.tag in AFTER_LOOK]:
            shape.remove(child)
        look = shape.find(f"{W}rPr")
        for mark in [] if look is None else [m for m in look if m.tag in OTHERS or m.tag == f"{W}rPrChange"]:
            look.remove(mark)
        if unlisted:
            self._unlist(shape)
        return shape

    def _unlist(self, shape: Element) -> None:
        """Take a paragraph out of its list, that of its style too (ECMA-376 part 1, 17.9.18: list 0 is none)."""
        number = shape.find(f"{W}numPr")
        if number is None:
            number = self.new("numPr")
            before = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
            shape.insert(sum(child.tag in {f"{W}{name}" for name in before} for child in shape), number)
        for child in list(number):
            number.remove(child)
        number.append(self.new("numId", {f"{W}val": "0"}))

    # ---- notes ------------------------------------------------------------------------------------------------------

    def call(self, piece: Piece) -> Element:
        """A run with the call of a new note, which is written too."""
        given = next((note for note in self.layout.notes if note.label == piece.label), None)
        kind = given.kind if given else "footnote"
        id_ = self._note(kind, given.id if given else "", piece.note or "")
        run = self.new("r")
        look = self._call_look(kind)
        if look is not None:
            run.append(look)
        run.append(self.new(f"{kind}Reference", {f"{W}id": id_}))
        return run

    def _call_look(self, kind: str) -> Element | None:
        """The properties of the calls that are there; raised where there is none."""
        there = next(self._roots["document"].iter(f"{W}{kind}Reference"), None)
        if there is not None and (look := _letters_of(_run_of(there))) is not None:
            return look
        look = self.new("rPr")
        look.append(self.new("vertAlign", {f"{W}val": "superscript"}))
        return look

    def _note(self, kind: str, like: str, text: str) -> str:
        """Write a new note, as a copy of the one with that id or in the look of another; its id."""
        part = NOTES[kind]
        root = self._roots.get(part)
        if root is None:
            root = self._opened(kind)
        self._changed.add(part)
        there = [note for note in root if note.tag == f"{W}{kind}" and note.get(f"{W}type") in (None, "normal")]
        model = next((note for note in there if note.get(f"{W}id") == like), there[0] if there else None)
        id_ = str(
            max((int(note.get(f"{W}id", "0")) for note in root if note.get(f"{W}id", "").isdecimal()), default=0) + 1
        )
        made = self.new(kind) if model is None else deepcopy(model)
        made.set(f"{W}id", id_)
        _strip(made)
        if model is None or not like or _plain_text(made).split() != text.split():
            self._fill(made, kind, text)
        root.append(made)
        return id_

    def _opened(self, kind: str) -> Element:
        """The root of a part of notes that the file did not have, with the lines that separate notes from the text."""
        root = self._roots[NOTES[kind]] = self.new(NOTES[kind])
        self.opened.append(NOTES[kind])
        self._strict[NOTES[kind]] = self._strict["document"]
        for name, id_ in SEPARATORS.items():
            note = self.new(kind, {f"{W}type": name, f"{W}id": id_})
            note.append(self.new("p"))
            note[0].append(self.new("r"))
            note[0][0].append(self.new(name))
            root.append(note)
        return root

    def _fill(self, note: Element, kind: str, text: str) -> None:
        """Give a copied note other words: the shape of its first paragraph and of its number stays."""
        first = note.find(f"{W}p")
        shape = None if first is None else first.find(f"{W}pPr")
        runs = [] if first is None else list(first.iter(f"{W}r"))
        number = next((run for run in runs if run.find(f"{W}{kind}Ref") is not None), None)
        worded = next((run for run in runs if run.find(f"{W}t") is not None), None)
        if number is None:
            number = self.new("r")
            number.append(self._call_look(kind))
            number.append(self.new(f"{kind}Ref"))
        for child in list(note):
            note.remove(child)
        for turn, words in enumerate(text.split("\n")):
            paragraph = self.new("p")
            paragraph.extend([] if shape is None else [deepcopy(shape)])
            paragraph.extend([] if turn else [number])
            run = self.new("r")
            look = None if worded is None else _letters_of(worded)
            run.extend([] if look is None else [look])
            self.fill_run(run, words if turn else f" {words}", deleted=False)
            paragraph.append(run)
            note.append(paragraph)

    def fill_run(self, run: Element, text: str, *, deleted: bool) -> None:
        """Put text into a run: tabs and line ends as the elements that show them."""
        for is_sign, part in groupby(text, key=lambda sign: sign in SIGNS):
            if is_sign:
                for sign in part:
                    run.append(self.new(SIGNS[sign], {f"{W}type": "page"} if sign == "\f" else {}))
            else:
                element = self.new("delText" if deleted else "t")
                element.text = clean("".join(part))
                element.set(SPACE, "preserve")
                run.append(element)


# ---- a paragraph ----------------------------------------------------------------------------------------------------


class _Paragraph:
    """One paragraph being written: cut where changes begin and end, marked, and filled."""

    def __init__(self, file: _File, script: Script) -> None:
        self._file, self._script = file, script
        self._placed: PlacedParagraph = file.layout.paragraphs[script.paragraph]
        self._elements = [file.element(self._placed.part, node) for node in self._placed.nodes]
        self._ours: set[Element] = set()
        self._units: list[_Unit] = []

    def write(self) -> None:
        ops, inserted = self._spread()
        self._cut(ops, sorted(inserted))
        self._part_runs(set(inserted))
        self._mark_deleted()
        for offset in sorted(inserted):
            self._insert(offset, inserted[offset])
        if self._script.mark_goes:
            self._mark(self._elements[-1], Op.DELETE, self._script.move)
        for element in self._elements:
            self._split(element)

    # ---- cutting ----------------------------------------------------------------------------------------------------

    def _spread(self) -> tuple[list[tuple[int, int, Piece]], dict[int, list[Piece]]]:
        """The runs of characters by what becomes of them, and what is inserted at each place."""
        ops: list[tuple[int, int, Piece]] = []
        inserted: dict[int, list[Piece]] = {}
        at = 0
        for piece in self._script.pieces:
            if piece.op is Op.INSERT:
                inserted.setdefault(at, []).append(piece)
            else:
                ops.append((at, at + piece.size, piece))
                at += piece.size
        return ops, inserted

    def _cut(self, ops: Sequence[tuple[int, int, Piece]], places: Sequence[int]) -> None:
        """Cut the elements of text where changes begin and end."""
        cuts = sorted({*(start for start, _, _ in ops), *places})
        at = 0
        for leaf in self._placed.leaves:
            element, end = self._file.element(self._placed.part, leaf.node), at + len(leaf.text)
            bounds = [at, *(cut for cut in cuts if at < cut < end and not leaf.whole), end]
            for first, last in pairwise(bounds):
                piece = next((piece for start, stop, piece in ops if start <= first < stop), Piece(Op.EQUAL))
                if first > at:
                    element = self._cut_text(element, first - bounds[bounds.index(first) - 1])
                unit = 0 if leaf.is_fixed else leaf.unit
                self._units.append(_Unit(first, last, element, piece.op, unit, piece.move))
            at = end

    def _cut_text(self, element: Element, size: int) -> Element:
        """Cut an element of text after so many characters; the new second half."""
        rest = deepcopy(element)
        text = element.text
        element.text, rest.text = text[:size], text[size:]
        for half in (element, rest):
            if half.text != half.text.strip():
                half.set(SPACE, "preserve")
        tail, element.tail, rest.tail = element.tail, None, element.tail
        element.addnext(rest)
        rest.tail = tail
        return rest

    def _part_runs(self, inserted: set[int]) -> None:
        """Part the runs that hold both what is changed and what is not, or where something is inserted."""
        dead = dict.fromkeys(self._fields(), 0) | {
            unit.element: unit.move for unit in self._units if unit.op is Op.DELETE
        }
        begins = {unit.element for unit in self._units if unit.start in inserted}
        runs = dict.fromkeys(_run_of(unit.element) for unit in self._units)
        runs |= dict.fromkeys(_run_of(element) for element in dead)
        self._dead: list[tuple[Element, int]] = []  # runs that go, each with the number of its move
        for run in runs:
            groups: list[tuple[int | None, list[Element]]] = []
            for child in [child for child in run if child.tag != f"{W}rPr"]:
                fate = dead.get(child, dead.get(run))
                joins = groups and (child.tag in SHOWN_NOT or groups[-1][0] == fate)
                if joins and child not in begins:
                    groups[-1][1].append(child)
                else:
                    groups.append((fate, [child]))
            self._dead += [(part, fate) for part, fate in _parted(run, groups) if fate is not None]

    def _fields(self) -> set[Element]:
        """The marks and the instructions of the fields all text of which goes."""
        by_unit: dict[int, set[Op]] = {}
        for unit in self._units:
            by_unit.setdefault(unit.unit, set()).add(unit.op)
        found: set[Element] = set()
        for node in (unit for unit, ops in by_unit.items() if unit and ops == {Op.DELETE}):
            begin = self._file.element(self._placed.part, node)
            if begin.tag == f"{W}fldChar":
                found |= set(_field(begin))
        return found

    # ---- marking ----------------------------------------------------------------------------------------------------

    def _mark_deleted(self) -> None:
        """Wrap the runs that go, neighbours in one mark."""
        for run, move in self._dead:
            name = self._file.name(Op.DELETE, move)
            if name == "del":
                _as_deleted(run)
            held = self._lifted(run)
            before = held.getprevious()
            if before is not None and before in self._ours and before.tag == f"{W}{name}":
                before.append(held)
                continue
            mark = self._file.change(Op.DELETE, move)
            held.addprevious(mark)
            mark.tail, held.tail = held.tail, None
            mark.append(held)
            self._ours.add(mark)

    def _lifted(self, run: Element) -> Element:
        """The run, or the deletion of another that it stands in, where ours must stand around that: of this run alone,
        for what stands before and after it gets the same change anew.
        """
        parent = run.getparent()
        if parent.tag not in (f"{W}del", f"{W}moveFrom") or not self._file.turned:
            return run
        before = list(run.itersiblings(preceding=True))[::-1]
        after = list(run.itersiblings())
        for siblings, place in ((before, parent.addprevious), (after, parent.addnext)):
            if siblings:
                twin = self._twin(parent)
                twin.extend(siblings)
                place(twin)
        return parent

    def _twin(self, change: Element) -> Element:
        """An empty change like that one, of the same author and day, under a number of its own."""
        twin = self._file.change(Op.INSERT)
        id_ = twin.get(f"{W}id")
        twin = self._file.new(change.tag.removeprefix(W), dict(change.attrib))
        twin.set(f"{W}id", id_)
        return twin

    def _mark(self, paragraph: Element, op: Op, move: int = 0) -> None:
        """Say that the mark of a paragraph is inserted or deleted, or that the whole paragraph moved."""
        shape = paragraph.find(f"{W}pPr")
        if shape is None:
            shape = self._file.new("pPr")
            paragraph.insert(0, shape)
        look = shape.find(f"{W}rPr")
        if look is None:
            look = self._file.new("rPr")
            shape.insert(sum(child.tag not in AFTER_LOOK for child in shape), look)
        mark = self._file.change(op, move)
        before = MARKS[: MARKS.index(mark.tag)]
        look.insert(sum(child.tag in before for child in look), mark)
        if move:
            start, end = self._file.range("From" if op is Op.DELETE else "To", move)
            shape.addnext(start)
            end.tail, paragraph.tail = paragraph.tail, None
            paragraph.addnext(end)

    # ---- inserting --------------------------------------------------------------------------------------------------

    def _insert(self, offset: int, pieces: list[Piece]) -> None:
        """What is inserted at a place; new paragraphs before the first character or behind the last by themselves."""
        breaks = [place for place, piece in enumerate(pieces) if piece.is_break]
        size = len(self._placed.text)
        head = breaks[-1] + 1 if breaks and offset == 0 and (size or pieces[-1].is_break) else 0
        tail = breaks[0] if breaks and offset == size and offset else len(pieces)
        if head:
            first = self._elements[0]
            shape = first.find(f"{W}pPr")
            self._put(pieces[:head], None if shape is None else shape, first)
        if own := pieces[head:tail]:
            holder, anchor = self._anchor(offset)
            self._put(own, anchor, holder)
        if rest := pieces[tail:]:
            last = self._elements[-1]
            self._put(rest, last[-1] if len(last) else None, last)

    def _put(self, pieces: Sequence[Piece], anchor: Element | None, holder: Element) -> None:
        """Write pieces behind an element, or at the start of what holds them; text that follows text in one mark."""
        for (is_break, _), group in groupby(pieces, key=lambda piece: (piece.is_break, piece.move)):
            run = list(group)
            for element in [self._broken(piece) for piece in run] if is_break else [self._inserted(run)]:
                if anchor is None:
                    holder.insert(0, element)
                else:
                    element.tail, anchor.tail = anchor.tail, None
                    anchor.addnext(element)
                anchor = element

    def _inserted(self, pieces: Sequence[Piece]) -> Element:
        mark = self._file.inserted(pieces)
        self._ours.add(mark)
        return mark

    def _broken(self, piece: Piece) -> Element:
        element = self._file.new("resdiffBreak", {"move": str(piece.move)} if piece.move else {})
        place = piece.like[0] if piece.like[0] >= 0 else self._script.paragraph
        element.append(self._file.shape(place, unlisted=piece.is_unlisted))
        return element

    def _anchor(self, offset: int) -> tuple[Element, Element | None]:
        """Where to insert at a place: what holds it and the element before it, out of what ends or begins there."""
        before = next((unit for unit in reversed(self._units) if unit.end <= offset), None)
        after = next((unit for unit in self._units if unit.start >= offset), None)
        if before is not None:
            anchor = _run_of(before.element)
            if before.unit and (after is None or after.unit != before.unit):
                anchor = self._end_of_field(before.unit, anchor)
            takes_place = before.op is Op.DELETE and before.end == offset  # of words that went: where these stood
            return self._behind(anchor, None if after is None else _run_of(after.element), stays=takes_place)
        if after is None:
            last = self._elements[-1]
            return last, last[-1] if len(last) else None
        anchor = _run_of(after.element)
        if after.unit:
            begin = self._file.element(self._placed.part, after.unit)
            anchor = _run_of(begin) if begin.tag == f"{W}fldChar" else begin
        while anchor.getparent().tag != f"{W}p":
            anchor = anchor.getparent()
        return anchor.getparent(), anchor.getprevious()

    def _behind(self, anchor: Element, after: Element | None, *, stays: bool) -> tuple[Element, Element]:
        """The place behind an element, out of every mark; and out of what ends there, unless it ``stays`` in it."""
        while (parent := anchor.getparent()).tag != f"{W}p":
            goes_on = after is not None and parent in set(after.iterancestors())
            if parent.tag in OTHERS:
                if goes_on and (rest := list(anchor.itersiblings())):
                    twin = self._twin(parent)
                    twin.extend(rest)
                    parent.addnext(twin)
                    if parent in self._ours:
                        self._ours.add(twin)
            elif goes_on or stays:
                break
            anchor = parent
        return parent, anchor

    def _end_of_field(self, node: int, anchor: Element) -> Element:
        begin = self._file.element(self._placed.part, node)
        if begin.tag != f"{W}fldChar":
            return anchor
        last = list(_field(begin))[-1:]
        return _run_of(last[0]) if last and last[0].get(f"{W}fldCharType") == "end" else anchor

    # ---- parting ----------------------------------------------------------------------------------------------------

    def _split(self, paragraph: Element) -> None:
        """End a paragraph at every break in it: what stands before goes into a new one, whose mark is inserted."""
        for mark in list(paragraph.iterchildren(BREAK)):
            made = self._file.new("p", {key: value for key, value in paragraph.attrib.items() if key not in IDENTITIES})
            made.append(mark[0])
            for child in list(mark.itersiblings(preceding=True))[::-1]:
                if child.tag != f"{W}pPr":
                    made.append(child)
            paragraph.remove(mark)
            paragraph.addprevious(made)
            self._mark(made, Op.INSERT, int(mark.get("move", "0")))


# ---- elements -------------------------------------------------------------------------------------------------------


def _run_of(element: Element) -> Element:
    """The run that an element stands in, or is."""
    while element.tag != f"{W}r":
        element = element.getparent()
    return element


def _bare(element: Element) -> Element:
    """A copy of an element without the text behind it."""
    copy = deepcopy(element)
    copy.tail = None
    return copy


def _letters_of(run: Element) -> Element | None:
    """A copy of the properties of a run, without the changes that are told of them."""
    given = run.find(f"{W}rPr")
    if given is None:
        return None
    look = _bare(given)
    for child in [child for child in look if child.tag in OTHERS or child.tag == f"{W}rPrChange"]:
        look.remove(child)
    return look


def _parted(run: Element, groups: Sequence[tuple[int | None, list[Element]]]) -> Iterator[tuple[Element, int | None]]:
    """The runs of these groups of children, in order; the first one is the run that was there."""
    if groups:
        yield run, groups[0][0]
    last = run
    for fate, children in groups[1:]:
        made = run.makeelement(run.tag, dict(run.attrib), run.nsmap)
        if (look := run.find(f"{W}rPr")) is not None:
            made.append(deepcopy(look))
        made.extend(children)
        made.tail, last.tail = last.tail, None
        last.addnext(made)
        last = made
        yield made, fate


def _field(begin: Element) -> Iterator[Element]:
    """What stands in a field, from its first mark to its last, fields in it too: what runs hold."""
    paragraph = next(begin.iterancestors(f"{W}p"))
    depth = 0
    for element in paragraph.iter():
        if element is begin:
            depth = 1
            yield element
        elif depth and element.getparent().tag == f"{W}r" and element.tag != f"{W}rPr":
            if element.tag == f"{W}fldChar":
                depth += {"begin": 1, "end": -1}.get(element.get(f"{W}fldCharType", ""), 0)
            yield element
            if not depth:
                return


def _unchanged(properties: Element) -> Element:
    """A copy of the properties of a row or a cell, without the changes that are told of them."""
    made = _bare(properties)
    told = {*OTHERS, *(f"{W}{name}Change" for name in ("trPr", "tcPr", "tblPrEx"))}
    told |= {f"{W}{name}" for name in ("cellIns", "cellDel", "cellMerge")}
    for child in [child for child in made if child.tag in told]:
        made.remove(child)
    return made


def _as_deleted(run: Element) -> None:
    """The text and the instructions of a run as deleted ones."""
    for child in run:
        if child.tag == f"{W}t":
            child.tag = f"{W}delText"
        elif child.tag == f"{W}instrText":
            child.tag = f"{W}delInstrText"


def _strip(copied: Element) -> None:
    """Take out of a copy what stands once in a file: identities, ends of ranges, changes of others."""
    for element in list(copied.iter()):
        if not isinstance(element.tag, str):
            continue
        for key in IDENTITIES:
            element.attrib.pop(key, None)
        if RANGES.search(element.tag.rpartition("}")[2]) and element.getparent() is not None:
            element.getparent().remove(element)
    for change in list(copied.iter(*OTHERS)):
        parent = change.getparent()
        if parent.tag == f"{W}rPr" or change.tag in (f"{W}del", f"{W}moveFrom"):
            parent.remove(change)
            continue
        for child in list(change):
            change.addprevious(child)
        parent.remove(change)


def _plain_text(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))
