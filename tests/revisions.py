"""All tracked changes of a Word file accepted or rejected on its XML, by rules of its own: another hand than resdiff's.

By mark, as Word does it: what is inserted goes when it is rejected whatever it holds, and a paragraph whose mark goes
runs on into the next one, which keeps its own properties.
"""

import io
import zipfile
from copy import deepcopy

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COMING = {f"{W}ins", f"{W}moveTo"}
GOING = {f"{W}del", f"{W}moveFrom"}
RANGES = {f"{W}move{way}Range{end}" for way in ("From", "To") for end in ("Start", "End")}
SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {info.filename: file.read(info) for info in file.infolist()}


def main_part(data):
    return next(name for name in parts(data) if name.startswith("word/document") and name.endswith(".xml"))


def settled(data, way, part=None):
    """The root of a part with all changes taken that way, ``accept`` or ``reject``."""
    root = etree.fromstring(parts(data)[part or main_part(data)])
    go, stay = (GOING, COMING) if way == "accept" else (COMING, GOING)
    for row in list(root.iter(f"{W}tr")):
        if any(row.find(f"{W}trPr/{tag}") is not None for tag in go):
            row.getparent().remove(row)
    gone = set()
    for paragraph in root.iter(f"{W}p"):
        look = paragraph.find(f"{W}pPr/{W}rPr")
        for mark in [] if look is None else [m for m in look if m.tag in go | stay]:
            gone |= {paragraph} if mark.tag in go else set()
            look.remove(mark)
        if look is not None and not len(look) and paragraph.get("touched") is None:
            look.getparent().remove(look)
        shape = paragraph.find(f"{W}pPr")
        if shape is not None and not len(shape):
            paragraph.remove(shape)
    for element in list(root.iter(*go)):
        if element.getparent() is not None:
            element.getparent().remove(element)
    for element in list(root.iter(*stay)):
        for child in list(element):
            element.addprevious(child)
        element.getparent().remove(element)
    for element in list(root.iter(*RANGES)):
        element.getparent().remove(element)
    for name, plain in (("delText", "t"), ("delInstrText", "instrText")):
        for element in root.iter(W + name):
            element.tag = W + plain
    for paragraph in sorted(gone, key=lambda p: -list(root.iter(f"{W}p")).index(p)):
        after = next((each for each in paragraph.itersiblings() if each.tag == f"{W}p"), None)
        assert after is not None, "the mark of the last paragraph goes"
        inner = [child for child in paragraph if child.tag != f"{W}pPr"]
        place = 1 if len(after) and after[0].tag == f"{W}pPr" else 0
        after[place:place] = inner
        paragraph.getparent().remove(paragraph)
    return root


def new_rows(data):
    """The rows of tables that are marked as inserted."""
    root = etree.fromstring(parts(data)[main_part(data)])
    return [row for row in root.iter(f"{W}tr") if row.find(f"{W}trPr/{W}ins") is not None]


EMPTY = False


def key(element):
    """An element as text, whatever its prefixes and declarations."""
    if element is None:
        return ""
    copy = deepcopy(element)
    copy.tail = None
    return etree.tostring(copy, method="c14n", exclusive=True).decode() if len(copy) or copy.attrib else ""


def letters(paragraph):
    """Each character of a paragraph with the properties of its run; other things in runs by their name."""
    for run in paragraph.iter(f"{W}r"):
        if next(run.iterancestors(f"{W}p")) is not paragraph:
            continue
        look = key(run.find(f"{W}rPr"))
        for child in run:
            if child.tag == f"{W}t":
                yield from ((sign, look) for sign in child.text or "")
            elif child.tag != f"{W}rPr" and isinstance(child.tag, str):
                yield child.tag, look


def paragraphs(root):
    """Each paragraph: its properties, and its letters."""
    return [(key(p.find(f"{W}pPr")), list(letters(p))) for p in root.iter(f"{W}p")]


def texts(root):
    """The text of each paragraph that has any, those of copies for old programs left out."""
    found = []
    for paragraph in root.iter(f"{W}p"):
        if any(each.tag.endswith("}Fallback") for each in paragraph.iterancestors()):
            continue
        text = ""
        for element in paragraph.iter():
            if next(element.iterancestors(f"{W}p"), None) is not paragraph or not isinstance(element.tag, str):
                continue
            if any(each.tag.endswith("}Fallback") for each in element.iterancestors()):
                continue
            text += (element.text or "") if element.tag == f"{W}t" else SIGNS.get(element.tag, "")
        found.append(text.strip(" \n\t"))
    return found if EMPTY else [text for text in found if text]
