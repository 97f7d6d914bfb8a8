"""Word files: paragraphs with their automatic numbers, footnotes, tables, text boxes; tracked changes taken or not.

The XML is walked directly: the usual readers leave out list numbers, footnotes and everything inserted or deleted. A
file is refused before it is unpacked when it would be enormous, holds macros, or declares entities.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct, field

from resdiff.errors import InputError
from resdiff.limits import CHARACTERS, ELEMENTS, LINE, PART, PARTS, RELATIONS, UNPACKED
from resdiff.model import Notice, Source
from resdiff.reading import one_line
from resdiff.reading.numbering import LEVELS, Level, Numbering
from resdiff.reading.struck import as_proposals, in_proposal, is_emptied, is_slip, marked, opening
from resdiff.reading.struck import notices as struck_notices

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["RE_RAISED", "Passed", "Walk", "call_or_raised", "is_hidden", "notes", "paths", "read", "walked"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W16SE = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
MAIN = "word/document.xml"
ROOT = "_rels/.rels"  # says which part is the main one: Word on the web calls it document2.xml
TYPES = "[Content_Types].xml"
# A file in the strict form of the standard has the same words under other names.
STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode())
NAMED = ("numbering", "styles", "footnotes", "endnotes", "comments")
RE_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
# Elements that only wrap what is read: links, smart tags, fields, content controls.
WRAPPERS = frozenset(
    f"{W}{name}" for name in ("hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml", "dir", "bdo")
)
INSERTED = frozenset({f"{W}ins", f"{W}moveTo", f"{W}cellIns"})
DELETED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}cellDel"})
STROKES = ("strike", "dstrike")
CORE = "docProps/core.xml"
MADE_HERE = b">resdiff</cp:category>"
MOST_COMMENTS, COMMENT, COMMENTED = 30, 300, 80  # that are told; characters of one, and of the words that it is on
MOST_AUTHORS = 50  # authors of tracked changes that are named: a file with more was made by no committee
RE_RAISED = re.compile("\x03([^\x03]*)\x03")  # digits set high, until the notes are known; XML has no such sign
RAISED = str.maketrans("1234567890", "¹²³⁴⁵⁶⁷⁸⁹⁰")
# Equations are of a namespace of their own, which the strict form of the standard calls otherwise.
EQUATION, EQUATIONS = "}oMath", "}oMathPara"
INSERTED_FILE = f"{W}altChunk"
PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
# What holds no text of the document: properties, the instructions of fields, the glosses over a word.
SILENT = frozenset(
    f"{W}{name}"
    for name in (
        *("pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx", "sdtPr", "sdtEndPr", "rubyPr"),
        *("instrText", "delInstrText", "fldChar", "numPr", "fldData"),
    )
)
SIGNS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": ""}


class Passed(Struct):
    """A paragraph that the walk passed, with its pieces of text and the element each came from.

    ``goes_on`` tells that it goes on one whose mark is deleted, ``ends`` that its own mark is there. ``struck`` are the
    passages that are left out because they are struck through by their look.
    """

    element: "Element"
    pieces: "list[tuple[str, Element]]" = field(default_factory=list)
    marker: str = ""
    goes_on: bool = False
    ends: bool = True
    struck: list[str] = field(default_factory=list)


class Walk(Struct):
    """The walk over a document: what it is read with, and what it found."""

    numbering: Numbering
    styles: dict[str, tuple[str, int]]
    accept: bool
    name: str = ""  # of the file, for errors
    characters: int = 0  # of all paragraphs so far
    author: str | None = None  # whose changes are accepted; None: everybody's
    raised: frozenset[str] = frozenset()  # styles of letters that are set high
    striking: frozenset[str] = frozenset()  # styles of letters that are struck through
    struck: "set[Element]" = field(default_factory=set)  # runs left out for that
    offered: "set[Element]" = field(default_factory=set)  # runs struck in a proposal, which stay
    blocks: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)  # text boxes anchored in the paragraph at hand
    notes: dict[tuple[str, str], str] = field(default_factory=dict)  # kind and id to label, in the order of the calls
    counts: dict[str, int] = field(default_factory=dict)
    open: str | None = None  # text of a paragraph whose mark is deleted: the next one goes on it
    tracked: bool = False
    left: Counter[str] = field(default_factory=Counter)  # what was left out and is told, by the code of its notice
    passed: list[Passed] = field(default_factory=list)  # in the order of the blocks
    noted: dict[tuple[str, str], list[Passed]] = field(default_factory=dict)  # those of each note, by kind and id
    nested: int = 0  # changes of that author in what others inserted, which is not there
    is_report: bool = False  # the file was made here: its comments are no delegate's

    def takes(self, change: "Element") -> bool:
        """Whether a tracked change is accepted."""
        return self.accept and self.author in (None, _author(change))

    def has(self, change: "Element") -> bool:
        """Whether the text has what stands in a tracked change: what was inserted and accepted, or deleted and not."""
        self.tracked = True
        is_there = self.takes(change) == (change.tag in INSERTED)
        if not is_there and self.author is not None and self.accept and change.tag in INSERTED:
            self.nested += sum(_author(inner) == self.author for inner in change.iter(*INSERTED, *DELETED))
        return is_there


def read(data: bytes, name: str, tracked: str, author: str | None = None) -> Source:
    """The text of a Word file, one paragraph a block.

    ``tracked`` is ``accept`` (inserted text is there, deleted text is not, nor what is struck through by its look) or
    ``reject`` (the other way round); with an ``author`` the changes of that one alone are accepted. Raises InputError
    for what is no Word file, is damaged, holds macros, or is hostile.
    """
    walk, parts = walked(data, name, tracked, author)
    texts = list(notes(walk, parts))
    blocks = [*(RE_RAISED.sub(lambda match: call_or_raised(walk, match[1]), block) for block in walk.blocks), *texts]
    return Source(
        "\n\n".join(blocks) + "\n",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        notices=_notices(walk, parts),
    )


def walked(data: bytes, name: str, tracked: str, author: str | None = None) -> "tuple[Walk, dict[str, Element]]":
    """The walk over the body of a Word file, and the parts that are read, by what they are. Raises as :func:`read`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, name)
            parts = {part: xml_part(archive, path, name) for part, path in _wanted(archive).items()}
            is_report = MADE_HERE in _core(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
    ) as error:
        raise InputError("docx-broken", name) from error
    body = parts["document"].find(f"{W}body")
    if body is None:
        raise InputError("docx-broken", name)
    walk = Walk(
        _numbering(parts),
        _styles(parts),
        accept=tracked != "reject",
        name=name,
        author=author,
        raised=_lettering(parts, lambda style: _value(style, "rPr/vertAlign") == "superscript"),
        striking=_lettering(parts, _strikes),
        is_report=is_report,
    )
    _walk(walk, body)
    _close(walk)
    return walk, parts


def paths(data: bytes) -> dict[str, str]:
    """Where the parts that are read lie in a file that could be read, by what they are, and its ``settings``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return _wanted(archive, (*NAMED, "settings"))


# ---- the archive ----------------------------------------------------------------------------------------------------


def _check(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise InputError("office-locked", name)
    if any(part.startswith(("xl/", "ppt/")) for part in names):
        raise InputError("format-sheet", name)
    if MAIN not in names and ROOT not in names:
        raise InputError("format-zip" if TYPES not in names else "docx-broken", name)
    if any(part.endswith("vbaProject.bin") for part in names):
        raise InputError("docx-macros", name)
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise InputError("docx-hostile", name)


def _wanted(archive: zipfile.ZipFile, named: Iterable[str] = NAMED) -> dict[str, str]:
    """The parts that are read, by what they are, and where they lie: as the file says, else in the usual places."""
    names = set(archive.namelist())
    main = _related(archive, ROOT, "").get("officeDocument", MAIN)
    if main not in names and (main := MAIN) not in names:
        raise ValueError("no main part")
    folder, _, leaf = main.rpartition("/")
    relations = _related(archive, f"{folder}/_rels/{leaf}.rels", folder)
    places = {part: relations.get(part, f"{folder}/{part}.xml") for part in named}
    return {"document": main, **{part: place for part, place in places.items() if place in names}}


def _core(archive: zipfile.ZipFile) -> bytes:
    """What the file says of itself: its title, its authors."""
    is_there = CORE in archive.namelist() and archive.getinfo(CORE).file_size <= RELATIONS
    return archive.read(CORE) if is_there else b""


def _related(archive: zipfile.ZipFile, part: str, folder: str) -> dict[str, str]:
    """What a part of relations says: the last word of each type, and the part it leads to."""
    if part not in archive.namelist() or archive.getinfo(part).file_size > RELATIONS:
        return {}
    found: dict[str, str] = {}
    for relation in RE_RELATION.findall(archive.read(part)):
        fields = dict(re.findall(r"""\b(Type|Target)\s*=\s*["']([^"']*)["']""", relation.decode("utf-8", "replace")))
        target = fields.get("Target", "")
        place = target.lstrip("/") if target.startswith("/") or not folder else posixpath.normpath(f"{folder}/{target}")
        found.setdefault(fields.get("Type", "").rpartition("/")[2], place)
    return found


def xml_part(archive: zipfile.ZipFile, part: str, name: str) -> "Element":
    """The XML of one part. A size that lies, a document type, an entity: refused."""
    from lxml import etree

    with archive.open(part) as file:
        raw = file.read(PART + 1)
    if len(raw) > PART or raw.count(b"<") > ELEMENTS or raw.count(b"=") > 2 * ELEMENTS:
        raise InputError("docx-hostile", name)
    if raw[:RELATIONS].find(STRICT[0]) >= 0:
        raw = raw.replace(*STRICT)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise InputError("docx-broken", name) from error
    if root.getroottree().docinfo.doctype:
        raise InputError("docx-hostile", name)
    return root


# ---- lists ----------------------------------------------------------------------------------------------------------


def _value(element: "Element", path: str, default: str = "") -> str:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/"))) if element is not None else None
    return default if found is None else found.get(f"{W}val", default)


def _number(text: str, default: int = 0) -> int:
    return int(text) if text.removeprefix("-").isdecimal() and len(text) < 9 else default


def _numbering(parts: dict[str, "Element"]) -> Numbering:
    root = parts.get("numbering")
    if root is None:
        return Numbering({}, {})
    levels = {
        d.get(f"{W}abstractNumId", ""): {
            depth: _level(lv) for lv in d.iter(f"{W}lvl") if (depth := _depth(lv)) < LEVELS
        }
        for d in root.iter(f"{W}abstractNum")
    }
    lists: dict[str, tuple[str, dict[int, int]]] = {}
    for num in root.iter(f"{W}num"):
        key, definition = num.get(f"{W}numId", ""), _value(num, "abstractNumId")
        starts = {}
        for override in num.iter(f"{W}lvlOverride"):
            if (depth := _depth(override)) >= LEVELS:
                continue
            if start := _value(override, "startOverride"):
                starts[depth] = _number(start, 1)
            if (own := override.find(f"{W}lvl")) is not None:
                definition = _own_definition(levels, definition, key, depth, _level(own))
        lists[key] = (definition, starts)
    return Numbering(lists, levels)


def _depth(level: "Element") -> int:
    """The depth that a level of a list is for; what is no number of one is past all levels."""
    depth = _number(level.get(f"{W}ilvl", "0"), LEVELS)
    return depth if depth >= 0 else LEVELS


def _own_definition(levels: dict[str, dict[int, Level]], definition: str, key: str, depth: int, level: Level) -> str:
    """A definition of its own for a list that changes a level of the shared one."""
    own = f"{definition}/{key}"
    levels[own] = {**levels.get(own, levels.get(definition, {})), depth: level}
    return own


def _level(element: "Element") -> Level:
    style, text = _value(element, "numFmt", "decimal"), _value(element, "lvlText")
    return Level(style, text, _number(_value(element, "start", "1"), 1), _value(element, "lvlRestart") != "0")


def _styles(parts: dict[str, "Element"]) -> dict[str, tuple[str, int]]:
    """The list and depth of each paragraph style that numbers its paragraphs, through the styles it is based on."""
    root = parts.get("styles")
    if root is None:
        return {}
    own = {s.get(f"{W}styleId", ""): (_value(s, "basedOn"), s.find(f"{W}pPr/{W}numPr")) for s in root.iter(f"{W}style")}
    found: dict[str, tuple[str, int] | None] = {}
    for style in own:
        at, passed = style, []
        while at in own and at not in found:
            passed.append(at)
            base, number = own[at]
            found[at] = None if number is None else (_value(number, "numId"), _number(_value(number, "ilvl", "0")))
            if number is not None:
                break
            at = base
        found |= dict.fromkeys(passed, found.get(at))
    return {style: number for style, number in found.items() if number is not None}


def _marker(walk: Walk, paragraph: "Element") -> str:
    """The automatic number of a paragraph, its own or that of its style; the former one where its change is refused."""
    properties = paragraph.find(f"{W}pPr")
    changed = paragraph.find(f"{W}pPr/{W}pPrChange")
    if changed is not None and not walk.takes(changed):
        properties = changed.find(f"{W}pPr")
    styled = walk.styles.get(_value(properties, "pStyle"), ("", 0))
    number = _value(properties, "numPr/numId", styled[0])
    depth = _number(_value(properties, "numPr/ilvl", str(styled[1])))
    return walk.numbering.next(number, depth) if number not in ("", "0") else ""


# ---- the text -------------------------------------------------------------------------------------------------------


def _walk(walk: Walk, parent: "Element") -> None:
    """The blocks of a body, a cell, a text box, in order. Iterative over depth is not needed: the parser limits it."""
    for child in parent:
        if child.tag == f"{W}p":
            _paragraph(walk, child)
        elif child.tag in DELETED or child.tag in INSERTED:
            if walk.has(child):
                _walk(walk, child)
        elif child.tag in (f"{W}tr", f"{W}tc"):
            # a row or a cell that was inserted or deleted says so in its properties
            if all(walk.has(change) for change in _marks(child, "trPr", "tcPr")):
                _close(walk)
                _walk(walk, child)
                _close(walk)
        elif child.tag == f"{W}tbl" or child.tag in WRAPPERS:
            _walk(walk, child)
        elif child.tag == f"{MC}AlternateContent":
            _walk(walk, next(iter(child), child))
        elif _is_unknown(walk, child):
            _walk(walk, child)


def _is_unknown(walk: Walk, element: "Element") -> bool:
    """Whether an element that nobody listed holds text, which is read then; what is left out for good is counted."""
    tag = element.tag
    if tag in SILENT or not isinstance(tag, str):
        return False
    if tag.endswith((EQUATION, EQUATIONS)):
        walk.left["equations-left"] += sum(1 for part in element.iter() if str(part.tag).endswith(EQUATION))
        return False
    if tag == INSERTED_FILE:
        walk.left["files-left"] += 1
        return False
    found = next(element.iter(f"{W}t"), None) is not None
    walk.left["wrapped"] += found
    return found


def is_hidden(run: "Element") -> bool:
    """Whether a run is set as hidden text, which Word neither shows nor prints."""
    return _is_set(run, "vanish")


def _is_struck(walk: Walk, run: "Element") -> bool:
    """Whether a run is struck through by its look, its own or that of its style."""
    if any(run.find(f"{W}rPr/{W}{name}") is not None for name in STROKES):
        return _strikes(run)
    return _value(run, "rPr/rStyle") in walk.striking


def _strikes(element: "Element") -> bool:
    """Whether what a run or a style says of letters strikes them through."""
    return any(_is_set(element, name) for name in STROKES)


def _words(*runs: "Element") -> str:
    return "".join(text.text or "" for run in runs for text in run.iter(f"{W}t", f"{W}delText"))


def _leave_struck(walk: Walk, paragraph: "Element") -> list[str]:
    """Have the walk leave out what is struck through in a paragraph, as a deletion that is accepted; the passages.

    Nobody is named for it, so the text has it where the changes of one author are asked for. What a delegation strikes
    within its own brackets stays.
    """
    is_kept = not walk.accept or walk.author is not None
    if is_kept or not any(_is_struck(walk, run) for run in paragraph.iter(f"{W}r")):
        return []
    shown = [run for run in _outermost(paragraph, f"{W}r") if not _is_gone(run)]
    stretches = [(struck, list(group)) for struck, group in groupby(shown, key=lambda run: _is_struck(walk, run))]
    passages: list[str] = []
    stays: list[str] = []
    gone: list[Element] = []
    for place, (struck, group) in enumerate(stretches):
        text = _words(*group)
        rest = "".join(_words(*after) for _, after in stretches[place + 1 : place + 2])
        is_first = not passages and not "".join(stays).strip()
        is_left_out = struck and text.strip() and not (is_first and is_slip(text, rest))
        if is_left_out and in_proposal(stays, rest):
            walk.offered.update(group)
            walk.left["struck-offered"] += 1
            stays.append(text)
        elif is_left_out:
            passages.append(text)
            gone += group
        else:
            stays.append(text)
    if passages and is_emptied("".join(stays)):
        passages, gone = [_words(*shown)], shown
    walk.struck.update(run for run in gone if next(run.iter(*PICTURES), None) is None)
    return passages


def _is_gone(run: "Element") -> bool:
    """Whether the text has a run no more once all changes are accepted, whatever its look, or never showed it."""
    return is_hidden(run) or any(around.tag in DELETED for around in run.iterancestors())


def _is_set(run: "Element", name: str) -> bool:
    """Whether a run has that look, which is on or off."""
    look = run.find(f"{W}rPr/{W}{name}")
    return look is not None and look.get(f"{W}val", "true") not in ("0", "false", "off")


def _author(change: "Element") -> str:
    """Who made a tracked change, in one line; empty where it does not say."""
    author: str = change.get(f"{W}author", "")
    return one_line(author).strip()


def _marks(element: "Element", *properties: str) -> list["Element"]:
    """The tracked changes that the properties of an element tell of the whole of it."""
    found = (mark for name in properties for mark in element.iterfind(f"{W}{name}/*"))
    return [mark for mark in found if mark.tag in INSERTED or mark.tag in DELETED]


def _paragraph(walk: Walk, paragraph: "Element") -> None:
    passed = Passed(paragraph, goes_on=walk.open is not None)
    walk.passed.append(passed)
    joined = walk.open or ""
    passed.struck = _leave_struck(walk, paragraph)
    passed.pieces = list(_runs(walk, paragraph))
    text = as_proposals("".join(piece for piece, _ in passed.pieces))
    # one that goes on another has no number; behind one that is gone altogether it has its own
    marker = "" if joined.strip() or not (text.strip() or passed.struck) else _marker(walk, paragraph)
    if marker and not text.strip():  # the number of what is struck through is counted, and shown
        passed.struck[0], marker = f"{marker} {passed.struck[0]}", ""
    whole = joined + (f"{marker} {text}" if marker else text)
    stays = [walk.has(mark) for mark in _marks(paragraph, f"pPr/{W}rPr")]
    walk.open = whole
    _bound(walk, len(marker) + len(text), len(whole))
    passed.marker, passed.ends = marker, all(stays)
    if passed.ends:
        _close(walk)
    boxes, walk.boxes = walk.boxes, []
    walk.blocks += boxes


def _bound(walk: Walk, added: int, line: int) -> None:
    """Raise InputError for more characters than a text may have: numbers and joined paragraphs multiply them."""
    walk.characters += added
    if walk.characters > CHARACTERS:
        raise InputError("text-too-long", walk.name, CHARACTERS // 1_000_000)
    if line > LINE:
        raise InputError("line-too-long", walk.name, LINE // 1000)


def _close(walk: Walk) -> None:
    """End the paragraph at hand: nothing goes on it."""
    whole, walk.open = (walk.open or "").strip(" \t\n"), None
    if whole:
        walk.blocks.append(whole)


def _runs(walk: Walk, parent: "Element") -> "Iterator[tuple[str, Element]]":
    """The pieces of text of a paragraph, or of an element in it, in order, each with the element that holds it."""
    for child in parent:
        tag = child.tag
        if tag == f"{W}r":
            is_read = child not in walk.struck and child not in walk.offered and bool(_words(child).strip())
            walk.left["struck-read"] += is_read and _is_struck(walk, child)
        if tag in INSERTED or tag in DELETED:
            if walk.has(child):
                yield from _runs(walk, child)
        elif child in walk.struck:
            continue
        elif child in walk.offered:
            yield marked(_words(child)), child
        elif tag == f"{W}r" and is_hidden(child):
            walk.left["hidden-left"] += any((text.text or "").strip() for text in child.iter(f"{W}t"))
        elif tag == f"{W}r" and _is_raised(walk, child):
            pieces = list(_runs(walk, child))
            text = "".join(piece for piece, _ in pieces)
            yield from [(f"\x03{text}\x03", child)] if text.isdecimal() and len(text) < 4 else pieces
        elif tag == f"{W}r" or tag in WRAPPERS:
            yield from _runs(walk, child)
        elif tag in (f"{W}t", f"{W}delText"):
            yield child.text or "", child
        elif tag in SIGNS:
            yield SIGNS[tag], child
        elif tag == f"{W}br":
            yield "\f" if child.get(f"{W}type") == "page" else "\n", child
        elif tag in (f"{W}sym", f"{W16SE}symEx"):
            yield _symbol(child), child
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            yield _call(walk, child), child
        elif tag == f"{MC}AlternateContent":
            yield from _runs(walk, next(iter(child), child))
        elif tag in PICTURES:
            _boxes(walk, child)
        elif tag == f"{W}ruby":
            walk.left["glosses-left"] += 1
            yield from _runs(walk, child.find(f"{W}rubyBase") if child.find(f"{W}rubyBase") is not None else child)
        elif tag == f"{W}fldChar" and (choice := _choice(child)):
            yield choice, child
        elif _is_unknown(walk, child):
            yield from _runs(walk, child)


def _choice(field: "Element") -> str:
    """What a list of a form shows: the entry chosen, which stands in no run of the text; else nothing."""
    shown = field.find(f"{W}ffData/{W}ddList")
    entries = [] if shown is None else [entry.get(f"{W}val", "") for entry in shown.findall(f"{W}listEntry")]
    place = _number(_value(shown, "result") or _value(shown, "default")) if entries else 0
    return entries[place] if 0 <= place < len(entries) else ""


def _symbol(element: "Element") -> str:
    """A sign of a symbol font; Word keeps those of old fonts in the private area, where they mean nothing."""
    code = element.get(f"{W}char") or element.get(f"{W16SE}char", "")
    value = int(code, 16) if 0 < len(code) <= 5 and all(c in "0123456789abcdefABCDEF" for c in code) else 0
    is_sign = 32 <= value < 0xD800 or 0x10000 <= value < 0xF0000
    return chr(value) if is_sign else "•" if 0xF000 <= value <= 0xF0FF else ""


def _boxes(walk: Walk, drawing: "Element") -> None:
    for box in _outermost(drawing, f"{W}txbxContent"):
        outer, walk.blocks = walk.blocks, []
        opened, walk.open = walk.open, None
        _walk(walk, box)
        _close(walk)  # the mark of its last paragraph may be deleted: nothing goes on behind a box
        walk.boxes += walk.blocks
        walk.blocks, walk.open = outer, opened


def _outermost(element: "Element", tag: str) -> Iterator["Element"]:
    """What has that tag in an element and stands in nothing else that has it: the walk meets the inner ones itself."""
    for child in element:
        if child.tag == tag:
            yield child
        else:
            yield from _outermost(child, tag)


# ---- notes ----------------------------------------------------------------------------------------------------------


def _call(walk: Walk, reference: "Element") -> str:
    """The call of a note, numbered by the order of calls; endnotes count on their own."""
    kind = "footnote" if reference.tag == f"{W}footnoteReference" else "endnote"
    key = (kind, reference.get(f"{W}id", ""))
    if key not in walk.notes:
        walk.counts[kind] = count = walk.counts.get(kind, 0) + 1
        walk.notes[key] = f"{'' if kind == 'footnote' else 'e'}{count}"
    return f"[^{walk.notes[key]}]"


def _is_raised(walk: Walk, run: "Element") -> bool:
    return _value(run, "rPr/vertAlign") == "superscript" or _value(run, "rPr/rStyle") in walk.raised


def _lettering(parts: dict[str, "Element"], is_so: "Callable[[Element], bool]") -> frozenset[str]:
    """The styles of letters that are so."""
    return frozenset(style.get(f"{W}styleId", "") for style in parts.get("styles", ()) if is_so(style))


def call_or_raised(walk: Walk, digits: str) -> str:
    """Raised digits: the call of a note that is there, as when one is called twice; else as raised."""
    return f"[^{digits}]" if digits in walk.notes.values() else digits.translate(RAISED)


def notes(walk: Walk, parts: dict[str, "Element"]) -> Iterator[str]:
    """The notes that are called, as blocks of their own."""
    texts: dict[tuple[str, str], str] = {}
    for kind in ("footnote", "endnote"):
        for note in parts.get(f"{kind}s", ()):
            pieces: list[str] = []
            noted = walk.noted[kind, note.get(f"{W}id", "")] = []
            for paragraph in _outermost(note, f"{W}p"):
                struck = _leave_struck(walk, paragraph)
                noted.append(Passed(paragraph, list(_runs(walk, paragraph)), struck=struck))
                pieces.append("".join(piece for piece, _ in noted[-1].pieces).strip())
                pieces += walk.boxes
                walk.boxes = []
            text = as_proposals("\n".join(piece for piece in pieces if piece))
            texts[kind, note.get(f"{W}id", "")] = RE_RAISED.sub(lambda match: match[1].translate(RAISED), text)
    for key, label in list(walk.notes.items()):
        yield f"[^{label}]: {texts.get(key, '')}"


def _notices(walk: Walk, parts: dict[str, "Element"]) -> tuple[Notice, ...]:
    notices = list(_tracked(walk, parts)) if walk.tracked else []
    notices += struck_notices(_struck(walk))
    notices += [Notice(what, (str(count),)) for what, count in sorted(walk.left.items()) if count]
    if not walk.blocks and next(parts["document"].iter(*PICTURES), None) is not None:
        notices.append(Notice("pictures-only"))
    comments = [*parts["comments"].iterfind(f"{W}comment")] if "comments" in parts else []
    told = [] if walk.is_report else comments[:MOST_COMMENTS]
    passages = _commented(walk, parts["document"], {comment.get(f"{W}id", "") for comment in told}) if told else {}
    notices += filter(None, (_comment(comment, passages) for comment in told))
    if left := len(comments) - len(told):
        notices.append(Notice("comments-left", (str(left),)))
    return tuple(notices)


def _commented(walk: Walk, document: "Element", ids: set[str]) -> dict[str, tuple[str, str]]:
    """The words that these comments are on, by their ids, the first ones of long passages, and the first words of the
    paragraphs that they begin in."""
    found: dict[str, str] = {}
    places: dict[str, str] = {}
    texts = {each.element: each for each in walk.passed}
    within: set[str] = set()
    for element in document.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t", f"{W}delText", f"{W}p"):
        id_ = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart" and id_ in ids:
            within.add(id_)
            around = next((texts[each] for each in element.iterancestors(f"{W}p") if each in texts), None)
            places[id_] = opening("".join(piece for piece, _ in around.pieces), COMMENTED) if around else ""
        elif element.tag == f"{W}commentRangeEnd":
            within.discard(id_)
        else:
            words = " " if element.tag == f"{W}p" else element.text or ""
            for each in [each for each in within if len(found.get(each, "")) <= COMMENTED]:
                found[each] = found.get(each, "") + words
    return {id_: (said, places.get(id_, "")) for id_, said in found.items()}


def _comment(comment: "Element", passages: dict[str, tuple[str, str]]) -> Notice | None:
    """A comment: who makes it, what it says, on which words and in what paragraph; None where it says nothing."""
    lines = ("".join(text.text or "" for text in line.iter(f"{W}t")) for line in comment.iter(f"{W}p"))
    said = opening(" ".join(lines), COMMENT).rstrip(".")
    words, place = passages.get(comment.get(f"{W}id", ""), ("", ""))
    on = opening(words, COMMENTED)
    author = opening(_author(comment), COMMENTED) or "?"
    if not said:
        return None
    return Notice("comment", (author, said, on, place)) if on else Notice("comment-bare", (author, said))


def _struck(walk: Walk) -> Iterator[tuple[str, str]]:
    """The passages that are left out as struck through, each with what stays of its paragraph."""
    for passed in (*walk.passed, *(each for key in walk.notes for each in walk.noted.get(key, ()))):
        text = as_proposals("".join(piece for piece, _ in passed.pieces)) if passed.struck else ""
        stays = f"{passed.marker} {text}".strip()
        yield from ((passage, stays) for passage in passed.struck)


def _tracked(walk: Walk, parts: dict[str, "Element"]) -> Iterator[Notice]:
    """How the tracked changes were taken, and who made them, in the order of their first ones."""
    if walk.author is not None and walk.accept:
        yield Notice("tracked-only", (walk.author,))
    else:
        yield Notice("tracked-accepted" if walk.accept else "tracked-rejected")
    if walk.nested:
        yield Notice("tracked-nested", (walk.author or "", str(walk.nested)))
    read = [parts[part] for part in ("document", "footnotes", "endnotes") if part in parts]
    authors = dict.fromkeys(_author(change) for part in read for change in part.iter(*INSERTED, *DELETED))
    named = [author for author in authors if author]
    yield from [Notice("tracked-by", (author,)) for author in named[:MOST_AUTHORS]]
    if len(named) > MOST_AUTHORS:
        yield Notice("tracked-by-more", (str(len(named) - MOST_AUTHORS),))
    if named and len(named) < len(authors):
        yield Notice("tracked-by-nobody")
