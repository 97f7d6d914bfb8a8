"""The footnotes of the tracked text, as real ones of Word: the call is tracked in the text, the words in the note.

python-docx knows no footnotes: the part that holds them is made here (ECMA-376 part 1, 17.11).
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from resdiff.model import Edit, Op
from resdiff.rendering.word.draft import REVISIONS, Draft, append
from resdiff.rendering.word.redline import spoken
from resdiff.rendering.xml import clean
from resdiff.report import Note, Texts

__all__ = ["Footnotes"]

PART = "/word/footnotes.xml"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
SEPARATORS = {"separator": "-1", "continuationSeparator": "0"}  # as Word writes them; notes count from 1
SIZE = 8.5  # points
SPACES = {"xml:space": "preserve"}


class Footnotes:
    """The footnotes written so far, and the calls that a second call of the same note points to."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._root: Any = None
        self._count = 0
        self._places = {Op.DELETE: 0, Op.INSERT: 0}  # the number of the last note once all is rejected, and accepted
        self._written: dict[tuple[Note, Op], tuple[str, dict[Op, int]]] = {}
        texts = draft.report.find(Texts)
        calls = Counter((call.side, call.note) for call in texts.calls) if texts else {}
        self._again = {note for (_, note), number in calls.items() if number > 1}

    def call(self, paragraph: Any, op: Op, note: Note) -> None:  # noqa: ANN401 - lxml has no types
        """Write a call at the end of a paragraph, kept, inserted or deleted, and its note unless that is there."""
        edits = spoken(note, op)
        if earlier := self._written.get((note, Op.EQUAL)) or self._written.get((note, op)):
            self._refer(paragraph, op, *earlier)
            return
        self._count += 1
        for side in self._places:
            self._places[side] += op in (Op.EQUAL, side)
        bookmark, id_ = f"_Note{self._count}", str(next(self._draft.ids))
        self._written[note, op] = bookmark, dict(self._places)
        if note in self._again:
            append(paragraph, "w:bookmarkStart", {"w:id": id_, "w:name": bookmark})
        append(_raised(self._holder(paragraph, op)), "w:footnoteReference", {"w:id": str(self._count)})
        if note in self._again:
            append(paragraph, "w:bookmarkEnd", {"w:id": id_})
        self._note(edits if op is Op.EQUAL else [replace(edit, op=op) for edit in edits])

    def _holder(self, paragraph: Any, op: Op) -> Any:  # noqa: ANN401 - lxml has no types
        """Where runs go that are kept, inserted or deleted."""
        tag = REVISIONS.get(op)
        return append(paragraph, tag, self._draft.revision()) if tag else paragraph

    def _refer(self, paragraph: Any, op: Op, bookmark: str, places: dict[Op, int]) -> None:  # noqa: ANN401
        """A second call: a field that shows the number of the first. Where that is one in the old text and another in
        the new, the number is tracked too.
        """
        holder = self._holder(paragraph, op)
        append(_raised(holder), "w:fldChar", {"w:fldCharType": "begin"})
        instruction = append(_raised(holder), "w:delInstrText" if op is Op.DELETE else "w:instrText", SPACES)
        instruction.text = f" NOTEREF {bookmark} \\f \\h "
        append(_raised(holder), "w:fldChar", {"w:fldCharType": "separate"})
        if op is not Op.EQUAL:
            _number(holder, op, places[op])
        elif places[Op.DELETE] == places[Op.INSERT]:
            _number(holder, op, places[Op.INSERT])
        else:
            for side, place in places.items():
                _number(self._holder(paragraph, side), side, place)
        append(_raised(holder), "w:fldChar", {"w:fldCharType": "end"})

    def _note(self, edits: Iterable[Edit]) -> None:
        """The note itself, its words tracked."""
        if self._root is None:
            self._root = self._opened()
        note = append(self._root, "w:footnote", {"w:id": str(self._count)})
        paragraph = append(note, "w:p", {})
        append(append(paragraph, "w:pPr", {}), "w:pStyle", {"w:val": "FootnoteText"})
        append(_raised(paragraph), "w:footnoteRef", {})
        _words(paragraph, Op.EQUAL, " ")
        for edit in edits:
            _words(self._holder(paragraph, edit.op), edit.op, edit.text.replace("\n", " "))

    def _opened(self) -> Any:  # noqa: ANN401 - lxml has no types
        """The root of the part, with the lines that separate notes from the text; the styles of the notes."""
        from docx.oxml import OxmlElement

        root: Any = OxmlElement("w:footnotes")
        for name, id_ in SEPARATORS.items():
            note = append(root, "w:footnote", {"w:type": name, "w:id": id_})
            append(append(append(note, "w:p", {}), "w:r", {}), f"w:{name}", {})
        self._styles()
        return root

    def _styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        styles: Any = self._draft.document.styles
        text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
        text.base_style = styles["Normal"]
        text.font.size = Pt(SIZE)
        text.paragraph_format.space_after = Pt(0)
        text.paragraph_format.line_spacing = 1.0
        text.element.set(_qn("w:styleId"), "FootnoteText")
        reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
        reference.font.superscript = True
        reference.element.set(_qn("w:styleId"), "FootnoteReference")

    def close(self) -> None:
        """Give the document its part of footnotes, once all of them are written."""
        if self._root is None:
            return
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import XmlPart

        main = self._draft.document.part
        part = XmlPart(PackURI(PART), CONTENT_TYPE, self._root, main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _raised(holder: Any) -> Any:  # noqa: ANN401 - lxml has no types
    """A new run in the look of a call."""
    run = append(holder, "w:r", {})
    append(append(run, "w:rPr", {}), "w:rStyle", {"w:val": "FootnoteReference"})
    return run


def _number(holder: Any, op: Op, number: int) -> None:  # noqa: ANN401 - lxml has no types
    append(_raised(holder), "w:delText" if op is Op.DELETE else "w:t", SPACES).text = str(number)


def _words(holder: Any, op: Op, words: str) -> None:  # noqa: ANN401 - lxml has no types
    text = append(append(holder, "w:r", {}), "w:delText" if op is Op.DELETE else "w:t", SPACES)
    text.text = clean(words)


def _qn(tag: str) -> str:
    from docx.oxml.ns import qn

    return qn(tag)
