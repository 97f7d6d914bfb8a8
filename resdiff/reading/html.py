"""Web pages: the text of a page one paragraph a block, with the calls and the notes that its links tie together.

Written for the pages of the document service, of un.org and for what word processors save, new and old: tables for the
layout, ``<BR><BR>`` between paragraphs, no-break spaces for indents. Scripts, styles, menus and what is hidden are no
text. Nothing is loaded from anywhere: the parser gets the text alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct, field

from resdiff.errors import InputError
from resdiff.limits import ATTRIBUTES, TAGS
from resdiff.model import Notice, Source
from resdiff.reading.numbering import formatted
from resdiff.reading.struck import as_proposals, in_proposal, is_emptied, is_slip, marked
from resdiff.reading.struck import notices as struck_notices

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["read"]

# Letters of a form that is a control of the page, a search or a list; some put their whole text in one.
SHORT_FORM = 400
LOOKED_AT = 2000  # elements looked at to know how much text is in one
DROPPED = frozenset(
    [
        "script",
        "style",
        "head",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "nav",
        "header",
        "footer",
        "aside",
        "title",
        "audio",
        "video",
        "canvas",
        "del",
        "rt",
        "rp",
    ]
)
# What is left out and told, by its tag: the code of its notice.
TOLD = {
    "math": "equations-left",
    "rt": "glosses-left",
    **dict.fromkeys(("input", "textarea", "select"), "fields-left"),
    **dict.fromkeys(("iframe", "object", "embed", "svg"), "objects-left"),
}
FRAMES = frozenset(("iframe", "object", "embed"))  # what they show is elsewhere
UNTYPED = frozenset(("hidden", "submit", "button", "reset", "image", "checkbox", "radio", "password", "file"))
BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "blockquote",
        "center",
        "pre",
        "hr",
        "body",
        "html",
        "section",
        "article",
        "main",
        "address",
        "figure",
        "figcaption",
        "fieldset",
        "legend",
        "details",
        "summary",
        "form",
    ]
)
LIST_SIGNS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}

RE_DECLARED = re.compile(r"\s*(?:<\?xml[^>]*\?>)?\s*(?:<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)?", re.IGNORECASE | re.DOTALL)
RE_OURS = re.compile(r"[\x00-\x03]")  # signs the walk uses: no text has them
# A tag as the parser reads it: its attributes, quoted or not, up to the sign that closes it.
RE_TAG = re.compile(
    r"""<[a-zA-Z][^\s/>]*+((?:[\s/]*+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+|[\s/]*+=)*+)"""
)
RE_ATTRIBUTE = re.compile(r"""[\s/]*+(?:[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+|=)""")
# Tags that only dress letters: without them the text is the same, and the page less deep.
RE_DRESS = re.compile(r"</?(?:font|b|i|u|em|strong|span|big|small|tt|center|o:p)\b[^<>]*>", re.IGNORECASE)
RE_BLANKS = re.compile(r"[ \t\r\n\f]+")
RE_LABEL = re.compile(r"[\[(]?\s*(\d{1,3}|[*†‡§]{1,3}|[ivx]{1,5}|[a-z])\s*[\])]?\.?$")
RE_PRINTED = re.compile(r"^\s*[\[(]?\s*(?:\d{1,3}|[*†‡§]{1,3}|[ivx]{1,5})\s*[\])]?[.\s\u00a0]\s*")
RE_MARKER = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,6})[.)]|[–—•·*-])$")
RE_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
RE_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
RAISED = str.maketrans("1234567890", "¹²³⁴⁵⁶⁷⁸⁹⁰")
RE_RAISED = re.compile("(.{0,3})\x03([^\x03]*)\x03")
RE_UNIT = re.compile(r"(?:^|[\s\d])[kcdm]?m$")
RE_AWAITED = re.compile("\x02[^:\x02]*:$")
NOTE = "\x02"  # opens a note in the walk: no text has it


class Walk(Struct):
    """The walk over a page: the notes its links point to (target to label), and what was found."""

    calls: dict["HtmlElement", str]  # links that are calls, and their labels
    labels: frozenset["HtmlElement"]  # links that are printed labels of notes
    targets: dict[str, str]  # names of places where notes begin, and their labels
    blocks: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    counters: list[int] = field(default_factory=list)  # of the open lists
    deleted: bool = False
    struck: list[str] = field(default_factory=list)  # of the block at hand, what is left out as struck through
    strokes: list[tuple[str, str]] = field(default_factory=list)  # of all blocks, each with what stays of its block
    left: Counter[str] = field(default_factory=Counter)  # what was left out and is told


def read(text: str, name: str) -> Source:
    """The text of a page, notes last as ``[^7]: …``; a notice for each sort of thing that is left out.

    Raises InputError for a page with too many tags, too many attributes in one, or tags too deep in each other.
    """
    if text.count("<") > TAGS or any(_attributes(tag) > ATTRIBUTES for tag in RE_TAG.findall(text)):
        raise InputError("html-hostile", name)
    text = RE_DECLARED.sub("", RE_OURS.sub("", text), count=1)
    root = _root(text, name)
    if root is None:
        root = _root(RE_DRESS.sub("", text), name)
    if root is None:
        raise InputError("html-deep", name)
    walk = _links(root)
    for event, element in _events(root):
        STEPS[event](walk, element)
    _flush(walk)
    body, notes = _split_notes(walk)
    notices = [*([Notice("tracked-accepted")] if walk.deleted else []), *struck_notices(walk.strokes)]
    notices += [Notice(what, (str(count),)) for what, count in sorted(walk.left.items())]
    return Source("\n\n".join([*body, *notes]) + "\n", "text/html", notices=tuple(notices))


def _attributes(tag: str) -> int:
    """The number of attributes in what a tag holds behind its name."""
    return sum(1 for _ in RE_ATTRIBUTE.finditer(tag)) if len(tag) > 2 * ATTRIBUTES else 0


def _root(text: str, name: str) -> "HtmlElement | None":
    """The tree of a page; none when the parser cut it, for its tags are too deep in each other."""
    import lxml.etree
    import lxml.html

    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError) as error:
        raise InputError("file-empty", name) from error
    return None if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log) else root


def _events(root: "HtmlElement") -> Iterator[tuple[str, "HtmlElement"]]:
    """Elements as they open and close, without what is dropped or hidden; by hand, so that depth costs no stack."""
    stack: list[tuple[HtmlElement, Iterator[HtmlElement]]] = []
    yield "start", root
    stack.append((root, iter(root)))
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", element
        elif _is_dropped(child):
            yield "left", child
            yield "end", child
        elif _is_struck(child):
            yield "struck", child
            yield "end", child
        else:
            yield "start", child
            stack.append((child, iter(child)))


def _is_struck(element: "HtmlElement") -> bool:
    """Whether an element is struck through by its look, and that is no slip of the hand."""
    if element.tag not in ("s", "strike") and not RE_STRUCK.search(element.get("style", "")):
        return False
    if not (passage := "".join(islice(element.itertext(), LOOKED_AT))).strip():
        return False
    return not (_opens_block(element) and is_slip(passage, element.tail or ""))


def _opens_block(element: "HtmlElement") -> bool:
    """Whether nothing stands before an element in its block."""
    while element.tag not in BLOCKS:
        around, before = element.getparent(), element.getprevious()
        if around is None or before is not None or (around.text or "").strip():
            return False
        element = around
    return True


def _is_dropped(element: "HtmlElement") -> bool:
    if not isinstance(element.tag, str) or _is_hidden(element):
        return True
    if element.tag in DROPPED:  # the head of an article has its title, that of a page its name and its menus
        return element.tag != "header" or next(element.iterancestors("article", "main"), None) is None
    return element.tag == "form" and _letters(element) < SHORT_FORM


def _is_hidden(element: "HtmlElement") -> bool:
    return element.get("hidden") is not None or bool(RE_HIDDEN.search(element.get("style", "")))


def _letters(element: "HtmlElement") -> int:
    """How many letters are in an element, as far as is looked."""
    inside = islice(element.iter(), LOOKED_AT)
    pieces = (piece for part in inside for piece in (part.text, part.tail if part is not element else ""))
    return sum(len(piece.strip()) for piece in pieces if piece)


# ---- notes ----------------------------------------------------------------------------------------------------------


def _links(root: "HtmlElement") -> Walk:
    """The links of a page that are calls of notes, by what they point to: a place further down; the way back points up.

    Only links whose text is a label count, so that a table of contents has none.
    """
    places: dict[str, int] = {}
    links: list[tuple[int, HtmlElement, str, str]] = []
    for place, element in enumerate(root.iter()):
        if not isinstance(element.tag, str):
            continue
        for key in (element.get("id"), element.get("name")):
            if key:
                places.setdefault(key, place)
        href = element.get("href", "") if element.tag == "a" else ""
        target = href.rpartition("#")[2] if "#" in href else ""
        label = RE_LABEL.match(_short_text(element)) if target else None
        if label:
            links.append((place, element, target, label[1]))
    calls: dict[HtmlElement, str] = {}
    targets: dict[str, str] = {}
    taken: set[str] = set()
    for place, element, target, printed in links:
        if places.get(target, -1) > place:
            if target not in targets:
                targets[target] = f"{printed}.{len(targets) + 1}" if printed in taken else printed
                taken.add(targets[target])
            calls[element] = targets[target]
    return Walk(calls, frozenset(element for _, element, _, _ in links if element not in calls), targets)


def _short_text(element: "HtmlElement") -> str:
    """The text in an element when it is short enough to be a label."""
    text = ""
    if sum(1 for _ in islice(element.iter(), 41)) > 40:  # a label is in one or two elements
        return ""
    for piece in element.itertext():
        text += piece
        if len(text) > 20:
            return ""
    return text.replace("\u00a0", " ").strip()


def _split_notes(walk: Walk) -> tuple[list[str], list[str]]:
    """The blocks of the body and those of the notes; a note goes on until the next one begins."""
    body: list[str] = []
    notes: dict[str, str] = {}
    for block in walk.blocks:
        before, *parts = block.split(NOTE)
        if before.strip():
            body.append(before.strip())
        for part in parts:
            label, _, text = part.partition(":")
            notes[label] = (notes[label] + "\n" if label in notes else "") + RE_PRINTED.sub("", text).strip()
    again = [RE_RAISED.sub(lambda match: match[1] + _call_or_raised(match, notes), block) for block in body]
    return again, [f"[^{label}]: {text}" for label, text in notes.items()]


def _call_or_raised(match: re.Match[str], notes: dict[str, str]) -> str:
    """Raised digits without a link: the call of a note that is there, as when one is called twice; else as raised."""
    called = match[2] in notes and not RE_UNIT.search(match[1])
    return f"[^{match[2]}]" if called else match[2].translate(RAISED)


# ---- the walk -------------------------------------------------------------------------------------------------------


def _open(walk: Walk, element: "HtmlElement") -> None:
    tag = element.tag
    if tag in BLOCKS:
        _flush(walk, cell=tag in ("td", "th", "p", "div"))
    if tag in ("ol", "ul"):
        start = element.get("start", "1")
        walk.counters.append(int(start) if start.isdecimal() and len(start) < 5 else 1)
    elif tag == "li" and element.get("id") not in walk.targets:
        walk.pieces.append(_sign(walk, element))
    elif tag == "br":
        walk.pieces.append("\n")
    _target(walk, element)
    if element in walk.calls:
        walk.pieces.append(f"[^{walk.calls[element]}]")
    elif element.text:
        _add_inside(walk, element, element.text)


def _target(walk: Walk, element: "HtmlElement") -> None:
    """Begin a note where a call points to."""
    for key in (element.get("id"), element.get("name")):
        if key in walk.targets:
            walk.pieces.append(f"{NOTE}{walk.targets.pop(key)}:")


def _add_inside(walk: Walk, element: "HtmlElement", text: str) -> None:
    """Add the text inside an element: raised digits as raised, labels of notes not at all; a run of blanks and line
    ends is one blank, but in ``<pre>``."""
    parents = [element, *_parents(element)]
    if any(parent in walk.calls or parent in walk.labels for parent in parents):
        return
    if parents[0].tag == "sup" and text.strip().isdecimal():
        text = f"\x03{text.strip()}\x03"
    is_set = any(parent.tag == "pre" for parent in parents)
    walk.pieces.append(text.replace("\r\n", "\n") if is_set else RE_BLANKS.sub(" ", text))


def _parents(element: "HtmlElement") -> list["HtmlElement"]:
    """The three elements around one, if there are as many: a call is a link around or inside ``<sup>``."""
    found = []
    for _ in range(3):
        parent = element.getparent()
        if parent is None:
            break
        found.append(parent)
        element = parent
    return found


def _sign(walk: Walk, element: "HtmlElement") -> str:
    """The number or dash of a list item, which a page does not spell out."""
    around = element.getparent()
    if around is None or around.tag != "ol" or not walk.counters:
        return "– "
    value = element.get("value", "")
    number = int(value) if value.isdecimal() and len(value) < 5 else walk.counters[-1]
    walk.counters[-1] = number + 1
    kind = around.get("type", "1")
    if kind not in LIST_SIGNS:
        return f"{number}. "
    return f"{formatted(number, LIST_SIGNS[kind])}) "


def _left(walk: Walk, element: "HtmlElement") -> None:
    """Count what is left out with a meaning that a reader may miss."""
    if not isinstance(element.tag, str):
        return
    what = TOLD.get(element.tag, "hidden-left" if _is_hidden(element) and element.tag not in DROPPED else "")
    if what and (element.tag in FRAMES or (_value_of(element) if what == "fields-left" else _letters(element))):
        walk.left[what] += 1


def _value_of(element: "HtmlElement") -> str:
    """What a field of a form holds."""
    if element.tag == "input":
        return "" if element.get("type", "").lower() in UNTYPED else element.get("value", "").strip()
    if element.tag == "textarea":
        return (element.text or "").strip()
    return " ".join(option.text or "" for option in element if option.get("selected") is not None).strip()


def _strike(walk: Walk, element: "HtmlElement") -> None:
    """Leave out what is struck through, as a deletion that is accepted; what a delegation strikes in its own brackets
    or before them stays."""
    passage = "".join(element.itertext())
    if in_proposal(walk.pieces, element.tail or ""):
        walk.pieces.append(marked(RE_BLANKS.sub(" ", passage)))
        walk.left["struck-offered"] += 1
    else:
        walk.struck.append(passage)


def _close(walk: Walk, element: "HtmlElement") -> None:
    tag = element.tag
    if tag == "del" and (element.text or len(element)):
        walk.deleted = True
    if tag in ("ol", "ul") and walk.counters:
        walk.counters.pop()
    if tag in BLOCKS:
        _flush(walk, cell=tag in ("td", "th", "p", "div"))
    around = element.getparent()
    if element.tail and around is not None:
        _add_inside(walk, around, element.tail)


def _flush(walk: Walk, *, cell: bool = False) -> None:
    """End the block at hand. Two line ends in it part it; a number alone in its cell waits for its paragraph."""
    text = as_proposals("".join(walk.pieces))
    if walk.struck:
        text = _without_struck(walk, text)
    plain = text.strip(" \t\n\u00a0\u202f\u3000")
    if cell and RE_MARKER.match(plain):
        walk.pieces[:] = [plain, " "]
        return
    if RE_AWAITED.search(plain):
        return
    walk.pieces.clear()
    for block in re.split(r"\n[ \t\u00a0]*\n\s*", text):
        lines = (line.strip(" \t\u00a0\u202f\u3000") for line in block.split("\n"))
        if joined := "\n".join(line for line in lines if line):
            walk.blocks.append(joined)


def _without_struck(walk: Walk, text: str) -> str:
    """What stays of a block of which something is struck through; nothing where that is its label at most."""
    if is_emptied(text):
        walk.strokes.append((" ".join([text.strip(" \u00a0;,"), *walk.struck]), ""))
        walk.pieces.clear()
        text = ""
    else:
        walk.strokes += [(passage, text) for passage in walk.struck]
    walk.struck.clear()
    return text


STEPS: dict[str, Callable[[Walk, "HtmlElement"], None]] = {
    "start": _open,
    "left": _left,
    "struck": _strike,
    "end": _close,
}
