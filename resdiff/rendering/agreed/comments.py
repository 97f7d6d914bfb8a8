"""The check of a draft as comments in the person's own Word file; all that is not a comment stays as it was.

The words of the draft are found again in the runs of the file by their letters and digits, in order; a run is cut where
a clause begins or ends within it. Only the part of the text, that of the comments, and the two that name it change: all
other parts keep their bytes.
"""

import zipfile
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from resdiff.errors import InputError
from resdiff.messages import message
from resdiff.model import Op
from resdiff.rendering.agreed import Look
from resdiff.rendering.word.packing import with_parts
from resdiff.rendering.xml import clean
from resdiff.report.agreed import clause_note, remark_line
from resdiff.search.values import ClauseCheck, DraftCheck, ParagraphCheck, Standing

__all__ = ["comment"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
GONE = {True: (f"{W}del", f"{W}moveFrom"), False: (f"{W}ins", f"{W}moveTo")}
NUMBER = 8  # letters and digits that an automatic number may have
FEWEST = 8  # that must stand behind it
EMPTY = b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'

Element = Any  # lxml has no types


class _Letter(Struct, frozen=True):
    """A letter or a digit of the file: the element of text it stands in, and where in it."""

    element: Element
    offset: int


class _Note(Struct, frozen=True):
    """A comment: what it says, a line a paragraph, and the letters it stands at, both included."""

    lines: tuple[str, ...]
    first: int
    last: int


def comment(check: DraftCheck, data: bytes, look: Look, *, accept: bool = True) -> tuple[bytes, int]:
    """The Word file with the comments, and how many paragraphs of the draft were not found in it.

    ``accept`` tells whether the draft was read with its tracked changes. Raises InputError for a file whose parts
    cannot be understood.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
        text = _target(parts, "_rels/.rels", "officeDocument")
        tree = _parsed(parts[text])
        notes, unplaced, letters = _placed(check, tree, look.lang, accept)
        changed, first = _with_comments(parts, text, notes, look)
        _anchor(notes, letters, first)
        changed[text] = _written(tree)
    except (KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:  # lxml's errors are SyntaxErrors
        raise InputError("draft-comments", check.name, str(error)[:100]) from error
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return with_parts(archive, changed), unplaced


# ---- the words of the draft in the file -----------------------------------------------------------------------------


def _placed(check: DraftCheck, tree: Element, lang: str, accept: bool) -> tuple[list[_Note], int, list[_Letter]]:
    """The comments, each with the letters of the file it stands at, and how many paragraphs are not there."""
    letters: list[_Letter] = []
    signs: list[str] = []
    for element, text in _texts(tree, accept):
        for offset, sign in enumerate(text):
            if sign.isalnum():
                letters.append(_Letter(element, offset))
                signs.append(sign)
    whole = "".join(signs)
    notes: list[_Note] = []
    cursor = unplaced = 0
    for paragraph in check.paragraphs:
        wanted = _signs(paragraph.text)
        place, skipped = _find(whole, wanted, cursor)
        if place < 0:
            unplaced += 1
            continue
        cursor = max(cursor, place + len(wanted) - skipped)
        notes += [
            replace(note, first=max(note.first, place))
            for note in _notes(paragraph, place - skipped, lang)
            if note.last >= place
        ]
    return notes, unplaced, letters


def _find(whole: str, wanted: str, cursor: int) -> tuple[int, int]:
    """Where the letters stand, from a place on, else anywhere, and how many at their head do not: an automatic number
    ("1.2 ") is no text of the file. -1 where they do not stand."""
    for skipped in range(min(NUMBER, max(1, len(wanted) - FEWEST))):
        for start in (cursor, 0):
            if (place := whole.find(wanted[skipped:], start)) >= 0:
                return place, skipped
    return -1, 0


def _texts(tree: Element, accept: bool) -> Iterator[tuple[Element, str]]:
    """The elements of text in the order of the file, without those of tracked changes that are not there."""
    gone, tag = GONE[accept], f"{W}t" if accept else (f"{W}t", f"{W}delText")
    for element in tree.iter(tag):
        if element.text and not any(ancestor.tag in gone for ancestor in element.iterancestors()):
            yield element, element.text


def _signs(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _notes(paragraph: ParagraphCheck, place: int, lang: str) -> Iterator[_Note]:
    """A comment for each run of clauses that stand alike; what the paragraph asks otherwise stands in the first."""
    remarks = [remark_line(remark, lang) for remark in paragraph.remarks]
    run: list[ClauseCheck] = []
    for clause in [*paragraph.clauses, None]:
        if run and (clause is None or clause.status is not run[-1].status or clause.status is Standing.ADAPTED):
            size = len(_signs("".join(each.text for each in run)))
            if size:
                yield _Note((*_lines(run, lang), *remarks), place, place + size - 1)
                remarks = []
            place, run = place + size, []
        if clause is not None:
            run.append(clause)


def _lines(run: list[ClauseCheck], lang: str) -> Iterator[str]:
    yield from dict.fromkeys(clause_note(clause, lang) for clause in run)
    for clause in run:
        if clause.source and clause.edits:
            yield message("word.quote", clause.source.text, lang=lang)
            came = [edit.text.strip() for edit in clause.edits if edit.op is Op.INSERT]
            if came:
                yield "+ " + " … ".join(came)


# ---- their anchors --------------------------------------------------------------------------------------------------


def _anchor(notes: list[_Note], letters: list[_Letter], first: int) -> None:
    """Put the marks of the comments into the tree; from the end on, so that places before stay what they are."""
    for number, note in reversed(list(enumerate(notes, first))):
        end, start = letters[note.last], letters[note.first]
        run = _run_of(_cut(end.element, end.offset + 1, after=True))
        mark, reference = _element("commentRangeEnd", number), _element("r")
        reference.append(_element("commentReference", number))
        run.addnext(mark)
        top = mark
        while top.getparent().tag not in (f"{W}p", f"{W}sdtContent"):
            top = top.getparent()
        top.addnext(reference)
        _run_of(_cut(start.element, start.offset, after=False)).addprevious(_element("commentRangeStart", number))


def _run_of(element: Element) -> Element:
    return next(ancestor for ancestor in element.iterancestors() if ancestor.tag == f"{W}r")


def _cut(element: Element, offset: int, *, after: bool) -> Element:
    """Cut a run before that character of its text; the element of text before the cut (``after``) or behind it.

    The element that was there keeps what stands before the cut, so that places in it stay right.
    """
    text = element.text or ""
    run = _run_of(element)
    at_start = offset == 0 and not any(_shows(each) for each in element.itersiblings(preceding=True))
    at_end = offset == len(text) and not any(_shows(each) for each in element.itersiblings())
    if (after and at_end) or (not after and at_start):
        return element
    other = run.makeelement(run.tag, dict(run.attrib))
    if (look := run.find(f"{W}rPr")) is not None:
        other.append(deepcopy(look))
    rest = element.makeelement(element.tag, {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    rest.text = text[offset:]
    following = list(element.itersiblings())
    other.append(rest)
    other.extend(following)
    element.text = text[:offset]
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    other.tail, run.tail = run.tail, None
    run.addnext(other)
    return element if after else rest


def _shows(element: Element) -> bool:
    return bool(element.tag != f"{W}rPr")


def _element(name: str, number: int | None = None) -> Element:
    from lxml import etree

    return etree.Element(f"{W}{name}", {} if number is None else {f"{W}id": str(number)})


# ---- the parts ------------------------------------------------------------------------------------------------------


def _with_comments(parts: dict[str, bytes], text: str, notes: list[_Note], look: Look) -> tuple[dict[str, bytes], int]:
    """The parts that hold the comments or name them, and the number of the first comment of ours."""
    relations = f"{dirname(text)}/_rels/{text.rpartition('/')[2]}.rels".lstrip("/")
    changed: dict[str, bytes] = {}
    try:
        name = _target(parts, relations, "comments")
        comments = _parsed(parts[name])
    except KeyError:
        name = join(dirname(text), "comments.xml")
        while name in parts:
            name = name.replace(".xml", "1.xml")
        comments = _parsed(EMPTY)
        changed |= _named(parts, relations, name, text)
    ids = [int(each.get(f"{W}id", "0")) for each in comments.iter(f"{W}comment")]
    first = max(ids, default=-1) + 1
    for number, note in enumerate(notes, first):
        comments.append(_comment(number, note.lines, look))
    return changed | {name: _written(comments)}, first


def _named(parts: dict[str, bytes], relations: str, name: str, text: str) -> dict[str, bytes]:
    """The two parts that tell of the part of the comments."""
    rows, types = _parsed(parts.get(relations, RELATIONS)), _parsed(parts["[Content_Types].xml"])
    taken = {row.get("Id") for row in rows}
    free = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    target = name.removeprefix(f"{dirname(text)}/") if dirname(text) else name
    rows.append(rows.makeelement(f"{PACKAGE}Relationship", {"Id": free, "Type": f"{REL}/comments", "Target": target}))
    types.append(types.makeelement(f"{TYPES}Override", {"PartName": f"/{name}", "ContentType": KIND}))
    return {relations: _written(rows), "[Content_Types].xml": _written(types)}


def _comment(number: int, lines: tuple[str, ...], look: Look) -> Element:
    author = clean(look.author)
    comment_ = _element("comment", number)
    comment_.set(f"{W}author", author)
    comment_.set(f"{W}initials", author[:2].upper())
    if look.date:
        comment_.set(f"{W}date", look.date if "T" in look.date else f"{look.date}T00:00:00Z")
    for line in lines:
        paragraph, run, text = _element("p"), _element("r"), _element("t")
        text.text = clean(line)
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(text)
        paragraph.append(run)
        comment_.append(paragraph)
    return comment_


def _target(parts: dict[str, bytes], relations: str, kind: str) -> str:
    """The part that some relations name for a purpose. Raises KeyError where they name none that is there."""
    folder = dirname(dirname(relations))
    for row in _parsed(parts[relations]):
        if str(row.get("Type", "")).endswith(f"/{kind}") and row.get("TargetMode") != "External":
            target = str(row.get("Target", ""))
            name = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            if name in parts:
                return name
    raise KeyError(kind)


def _parsed(data: bytes) -> Element:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=False)
    return etree.fromstring(data, parser)


def _written(tree: Element) -> bytes:
    from lxml import etree

    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
