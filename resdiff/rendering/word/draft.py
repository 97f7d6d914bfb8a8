"""The Word document being written: its look, its properties, the numbers its parts share, its bytes.

The bytes depend on the report alone: dates come in, the parts of the file are sorted and bear no time.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any

from resdiff.messages import LANGUAGES as WORDED
from resdiff.messages import message
from resdiff.model import Op
from resdiff.rendering.direction import RE_RIGHT_TO_LEFT, RIGHT_TO_LEFT
from resdiff.rendering.word.packing import undated
from resdiff.rendering.xml import clean
from resdiff.report import Address, Fact, Inline, Report, Sentence, Strong, Struck, Title

if TYPE_CHECKING:
    from docx.document import Document

__all__ = [
    "RED",
    "REVISIONS",
    "Draft",
    "add_run",
    "append",
    "as_notice",
    "below",
    "landscape",
    "page_number",
    "say_line",
]

REVISIONS = {Op.INSERT: "w:ins", Op.DELETE: "w:del"}
MADE_BY = "resdiff"
RED = (0x9C, 0x1C, 0x1C)  # of words that went

LANGUAGES = {"fr": "fr-FR", "en": "en-US", "es": "es-ES", "ar": "ar-SA", "ru": "ru-RU", "zh": "zh-CN", "pt": "pt-PT"}
# In the settings, w:trackRevisions stands before these (ECMA-376 part 1, 17.15.1.78).
AFTER_TRACK = ("doNotTrackMoves", "doNotTrackFormatting", "documentProtection", "defaultTabStop")


def append(parent: Any, tag: str, attributes: dict[str, str]) -> Any:  # noqa: ANN401 - lxml has no types
    """A new last child of an element, with these attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set("{http://www.w3.org/XML/1998/namespace}space" if name == "xml:space" else qn(name), value)
    parent.append(element)
    return element


class Draft:
    """The document being written: its body, and the numbers that its revisions, comments and bookmarks share."""

    def __init__(self, report: Report, author: str, date: str) -> None:
        import docx

        title = report.find(Title)
        assert title
        self.report = report
        self.title = title
        self.language = LANGUAGES.get(title.new.language or "fr", "fr-FR")
        # the language of what stands in the document beside the text: its own, where there are words in it
        self.text_lang = title.new.language if title.new.language in WORDED else report.lang
        self.author = clean(author)
        self.date = date
        self.document: Document = docx.Document()
        self.ids = count(1)
        self.comments: list[Any] = []  # their elements, beside the document until it is packed
        _properties(self)
        _styles(self)

    def comment(self, said: Iterable[Sentence]) -> str:
        """The id of a new comment with a paragraph for each sentence, its stressed and struck words set as such.

        The library looks through all comments that are there for each new one, so it never sees more than one.
        """
        from docx.oxml.ns import qn

        comment = self.document.comments.add_comment("", self.author, self.author[:2].upper())
        for place, sentence in enumerate(said):
            paragraph = comment.add_paragraph() if place else comment.paragraphs[0]
            say_line(paragraph._p, sentence.parts)
        element: Any = comment._comment_elm
        id_ = str(next(self.ids))
        element.set(qn("w:id"), id_)
        element.set(qn("w:date"), self.date)
        element.getparent().remove(element)
        self.comments.append(element)
        return id_

    def revision(self) -> dict[str, str]:
        """The attributes of a new revision: its number, who made it and when."""
        return {"w:id": str(next(self.ids)), "w:author": self.author, "w:date": self.date}

    def packed(self) -> bytes:
        """The file, with its parts sorted and without a time."""
        raw = BytesIO()
        if self.comments:
            self.document.comments._comments_elm.extend(self.comments)
        if RIGHT_TO_LEFT.intersection((self.title.old.language, self.title.new.language)):
            set_right_to_left(self.document.element.body)
        self.document.save(raw)
        return undated(raw.getvalue())


# What stands behind w:bidi in the properties of a paragraph and behind w:rtl in those of a run (ECMA-376 part 1, 17.3).
AFTER_BIDI = (
    *("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc"),
    *(
        "textDirection",
        "textAlignment",
        "textboxTightWrap",
        "outlineLvl",
        "divId",
        "cnfStyle",
        "rPr",
        "sectPr",
        "pPrChange",
    ),
)
AFTER_RTL = ("cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange")


def set_right_to_left(root: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Have every paragraph and every run below an element that holds letters read from the right set so."""
    from docx.oxml.ns import qn

    texts = (qn("w:t"), qn("w:delText"))
    for sort, holder, mark, after in (("w:r", "w:rPr", "w:rtl", AFTER_RTL), ("w:p", "w:pPr", "w:bidi", AFTER_BIDI)):
        for element in root.iter(qn(sort)):
            if any(re.search(RE_RIGHT_TO_LEFT, text.text or "") for text in element.iter(*texts)):
                _put(element, holder, mark, after)


def _put(element: Any, holder: str, mark: str, after: tuple[str, ...]) -> None:  # noqa: ANN401 - lxml has no types
    """Put a mark into the properties of a paragraph or of a run, in the order that the schema asks for."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = element.find(qn(holder))
    if properties is None:
        properties = OxmlElement(holder)
        element.insert(0, properties)
    behind = {qn(f"w:{name}") for name in after}
    place = next((k for k, child in enumerate(properties) if child.tag in behind), len(properties))
    properties.insert(place, OxmlElement(mark))


def _properties(draft: Draft) -> None:
    """Title, author and dates of the file; the template's own are the template maker's. By its category it is known,
    when it is read again, that nobody made its comments."""
    properties = draft.document.core_properties
    moment = datetime.fromisoformat(draft.date)
    properties.title = clean(draft.report.title)[:255]
    properties.author = properties.last_modified_by = draft.author[:255]
    properties.created = properties.modified = moment
    properties.comments = ""
    properties.category = MADE_BY
    properties.language = draft.language


def _styles(draft: Draft) -> None:
    """The look of a resolution: Times, ten and a half points, A4; comments and marks in the same type."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = draft.document
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    fonts: Any = normal.element.rPr.rFonts
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), "Times New Roman")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), draft.language)
    normal.element.rPr.append(language)
    for default in document.styles.element.iter(qn("w:lang")):  # those of the template are its maker's
        default.set(qn("w:val"), draft.language)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(3)
    section.top_margin = section.bottom_margin = Cm(2.5)
    _running_heads(draft)
    _track(document)


def _running_heads(draft: Draft) -> None:
    """The two symbols at the head of each page, and that the file is no official one; its number at the foot."""
    from docx.shared import Pt

    section = draft.document.sections[0]
    head = section.header.paragraphs[0]
    working = message("word-file.working-document", lang=draft.text_lang)
    head.add_run(clean(f"{' → '.join(draft.title.names)} – {working}")).font.size = Pt(8.5)
    page_number(section.footer.paragraphs[0])


def landscape(document: "Document") -> None:
    """Turn the page of a document, with narrower margins, for a table that needs the width."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)


def page_number(foot: Any) -> None:  # noqa: ANN401 - python-docx has no type for it
    """The number of the page, in the middle of an empty paragraph."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = foot.add_run()
    run.font.size = Pt(8.5)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "1"), ("end", "")):
        element = OxmlElement("w:instrText" if not kind else "w:t" if kind == "text" else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def say_line(paragraph: Any, line: Sequence[Inline]) -> None:  # noqa: ANN401 - lxml has no types
    """Add words to a paragraph, those that are stressed in bold, those that went struck through."""
    for part in line:
        match part:
            case Strong(text):
                add_run(paragraph, clean(text), "b")
            case Struck(text):
                add_run(paragraph, clean(text), "strike", colour=RED)
            case Address():
                add_run(paragraph, clean(part.label))
            case str(text):
                add_run(paragraph, clean(text))
            case _:
                add_run(paragraph, clean(part.text))


def add_run(paragraph: Any, text: str, *marks: str, colour: tuple[int, int, int] | None = None) -> None:  # noqa: ANN401
    """Add letters with these marks (``b``, ``i``, ``strike``, ``u``), in the order that the schema asks for."""
    from docx.oxml.ns import qn

    added = below(paragraph, "w:r")
    if marks or colour:
        look = below(added, "w:rPr")
        for mark in marks:
            if mark != "u":
                below(look, f"w:{mark}")
        if colour:
            below(look, "w:color").set(qn("w:val"), "{:02X}{:02X}{:02X}".format(*colour))
        if "u" in marks:
            below(look, "w:u").set(qn("w:val"), "single")
    added.text = text


def below(parent: Any, name: str) -> Any:  # noqa: ANN401 - an element of XML
    """A new last child of an element, without attributes; made faster than by :func:`append`."""
    from docx.oxml.ns import qn
    from lxml.etree import SubElement

    return SubElement(parent, qn(name))


def as_notice(notice: Fact, lang: str) -> str:
    """A notice in one line, behind the symbol of the text it is about."""
    return f"{notice.note}{message('word.colon', lang=lang)}{notice.text}" if notice.note else notice.text


def _track(document: "Document") -> None:
    """Have Word track what a delegate changes from here on."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    settings = document.settings.element
    following = next((e for name in AFTER_TRACK for e in settings.findall(qn(f"w:{name}"))), None)
    if following is not None:
        following.addprevious(OxmlElement("w:trackRevisions"))
