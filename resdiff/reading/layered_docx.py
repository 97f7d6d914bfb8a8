"""The layers of a compilation in a Word file: its tracked changes by their authors, in the paragraphs of its text."""

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from resdiff.errors import InputError
from resdiff.layers import Layers, Mark, Own, Stretch
from resdiff.limits import PARTS, UNPACKED
from resdiff.model import Source
from resdiff.reading.docx import xml_part
from resdiff.reading.office import DAMAGED

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["read"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VT = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
STYLE, PROPERTY = "compiled text", "resdiff-own"  # see rendering/compiled/document.py
JOINER = "\u2060"  # behind the number of each call
APPARATUS = "resdiff"
MARKS = {f"{W}ins": Mark.ADDED, f"{W}moveTo": Mark.ADDED, f"{W}del": Mark.REMOVED, f"{W}moveFrom": Mark.REMOVED}
KEPT = (Mark.KEPT, "")
Marked = tuple[Mark, str]


def read(data: bytes, name: str) -> Source:
    """A source whose text is the layers as JSON. Raises InputError for what is no compilation, or hostile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > PARTS or sum(info.file_size for info in infos) > UNPACKED:
                raise InputError("docx-hostile", name)
            document, styles = (xml_part(archive, f"word/{part}.xml", name) for part in ("document", "styles"))
            there = "docProps/custom.xml" in archive.namelist()
            custom = xml_part(archive, "docProps/custom.xml", name) if there else None
    except DAMAGED as error:
        raise InputError("compilation-none", name) from error
    wanted = {
        style.get(f"{W}styleId", "")
        for style in styles.iter(f"{W}style")
        if (own := style.find(f"{W}name")) is not None and own.get(f"{W}val", "").lower() == STYLE
    }
    stretches: list[Stretch] = []
    paragraphs = [list(_paragraph(p)) for p in document.iter(f"{W}p") if _style(p) in wanted]
    while paragraphs and paragraphs[-1] == [Stretch(Mark.KEPT, "\n")]:
        paragraphs.pop()  # an empty one parts the text from what stands behind it
    for paragraph in paragraphs:
        stretches += paragraph
    if not wanted or not stretches:
        raise InputError("compilation-none", name)
    names, own = _own(custom)
    met = dict.fromkeys(who for stretch in stretches for who in stretch.names)
    return Source(msgspec.json.encode(Layers(names or tuple(met), _joined(stretches), own)).decode())


def _own(custom: "Element | None") -> tuple[tuple[str, ...], tuple[Own, ...]]:
    """The names and what is each delegation’s own; empty where the file has lost them."""
    for held in custom.iter() if custom is not None else ():
        if held.get("name") == PROPERTY:
            text = "".join(value.text or "" for value in held.iter(f"{VT}lpwstr"))
            try:
                return msgspec.json.decode(text, type=tuple[tuple[str, ...], tuple[Own, ...]])
            except msgspec.MsgspecError:
                break
    return (), ()


# ---- the text -------------------------------------------------------------------------------------------------------


def _style(paragraph: "Element") -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""


def _paragraph(paragraph: "Element") -> Iterator[Stretch]:
    """The stretches of a paragraph and its line end; brackets and names between them are left out."""
    for child in paragraph:
        yield from _marked(child, KEPT)
    marks = [(MARKS[mark.tag], mark) for mark in paragraph.iterfind(f"{W}pPr/{W}rPr/*") if mark.tag in MARKS]
    ends = [_stretch((mark, element.get(f"{W}author", "")), "\n") for mark, element in marks]
    yield from ends[:1] or [Stretch(Mark.KEPT, "\n")]


def _marked(element: "Element", around: Marked) -> Iterator[Stretch]:
    """The stretches in an element, under the revision around it: who deletes what another inserted takes it away."""
    if element.tag == f"{W}pPr":
        return
    if element.tag == f"{W}r":
        text = "".join(_text(part) for part in element)
        raised = element.find(f"{W}rPr/{W}vertAlign")
        if text and raised is not None and raised.get(f"{W}val") == "superscript":
            text = "".join(f"[^{label}]" for label in text.split(JOINER) if label)
        if text and around[1] != APPARATUS:
            yield _stretch(around, text)
        return
    if element.tag in MARKS:
        mark = MARKS[element.tag], element.get(f"{W}author", "")
        if around[0] is Mark.ADDED and mark[0] is Mark.REMOVED:
            return  # words that one inserted and another deleted stand in no text any more
        around = mark
    for child in element:
        yield from _marked(child, around)


def _text(part: "Element") -> str:
    if part.tag in (f"{W}t", f"{W}delText"):
        return part.text or ""
    return {f"{W}tab": "\t", f"{W}noBreakHyphen": "\u2011"}.get(str(part.tag), "")


def _stretch(marked: Marked, text: str) -> Stretch:
    mark, author = marked
    if mark is Mark.KEPT or author == APPARATUS:
        return Stretch(Mark.KEPT, text)
    return Stretch(mark, text, tuple(name.strip() for name in author.split(",")))


def _joined(stretches: list[Stretch]) -> tuple[Stretch, ...]:
    """Neighbours of one sort as one."""
    found: list[Stretch] = []
    for stretch in stretches:
        last = found[-1] if found else None
        if last and (last.mark, last.names) == (stretch.mark, stretch.names):
            found[-1] = Stretch(last.mark, last.text + stretch.text, last.names)
        else:
            found.append(stretch)
    return tuple(found)
