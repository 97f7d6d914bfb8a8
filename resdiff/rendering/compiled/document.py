"""A compilation as a Word document: each proposal a tracked change whose author is the delegation, or all of them.

"Reject all" gives the base; to accept the changes of one delegation, and reject the others, gives its text. A contested
passage stands in brackets: the words of the base, deleted by all who contest them, then each wording under its names;
brackets and names are insertions of resdiff. ``resdiff.reading.layered_docx`` reads the layers back from those marks,
also after LibreOffice or Word saved the file; numbers and mastheads that are no proposal are kept in a property.
"""

from typing import Any

import msgspec
from msgspec.structs import replace

from resdiff.compilation import Compilation
from resdiff.layers import RE_CALL, Mark, Stretch, lines
from resdiff.messages import message
from resdiff.model import Op
from resdiff.rendering.compiled.words import cautions, figures, heading, table
from resdiff.rendering.word import AUTHOR, stamp
from resdiff.rendering.word.draft import REVISIONS, Draft, append
from resdiff.rendering.xml import clean
from resdiff.report import Report, Text, Title

__all__ = ["PROPERTY", "STYLE", "render", "words"]

STYLE = "Compiled text"
"""The name of the style by which a reader knows the paragraphs of the text from those around it."""
PROPERTY = "resdiff-own"
"""The name of the property that keeps what is a delegation’s own."""
JOINER = "\u2060"  # nobody sees it; it parts two calls whose runs a word processor makes one
OPS = {Mark.ADDED: Op.INSERT, Mark.REMOVED: Op.DELETE}
SPACES = {"xml:space": "preserve"}


def render(compilation: Compilation, options: Any) -> bytes:  # noqa: ANN401 - compiled.Options
    """The document as bytes. Raises UsageError for a date that cannot be understood."""
    lang, layers = options.lang, compilation.layers
    title = heading(compilation, options.name, lang)
    texts = Text(options.name or "–", language=compilation.base.language), Text(", ".join(layers.names))
    report = Report(title, lang, (Title(*texts),))
    draft = Draft(report, AUTHOR, stamp(options.date or compilation.base.adopted, asked=bool(options.date)))
    style = _style(draft)
    _said(draft, title, bold=True)
    for line in (figures(compilation, lang), message("compile.legend-word", lang=lang), *cautions(compilation, lang)):
        _said(draft, line, small=True)
    for line in layers.own[0].head:
        _said(draft, line)
    leads = {line.number + line.lead: len(line.number) for line in compilation.lines if line.lead}
    end = Stretch(Mark.KEPT, "")
    for stretches, end in lines(layers.stretches):
        _line(draft, stretches, end, leads, style)
    if end.mark is not Mark.KEPT:  # a mark that comes or goes joins its paragraph to the next: LibreOffice (25.2) gives
        _styled(draft, style)  # both one style, so an empty one of the text stands between
    for line in layers.own[0].tail:
        _said(draft, line)
    _table(draft, compilation, lang)
    _keep(draft, compilation)
    return draft.packed()


def _style(draft: Draft) -> str:
    """The id of the style of the text, which is made here."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    style: Any = draft.document.styles.add_style(STYLE, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = draft.document.styles["Normal"]
    style.paragraph_format.first_line_indent = Cm(1.2)
    return str(style.style_id)


def _said(draft: Draft, text: str, *, bold: bool = False, small: bool = False) -> None:
    """A paragraph that is no part of the text that is compared."""
    from docx.shared import Pt

    run = draft.document.add_paragraph().add_run(clean(text))
    run.bold = bold or None
    run.font.size = Pt(9) if small else None


# ---- the text -------------------------------------------------------------------------------------------------------


def _styled(draft: Draft, style: str) -> Any:  # noqa: ANN401 - python-docx has no types
    """A new paragraph of the text. The library would look through all styles for each."""
    paragraph = draft.document.add_paragraph()
    append(paragraph._p.get_or_add_pPr(), "w:pStyle", {"w:val": style})
    return paragraph


def _line(draft: Draft, stretches: tuple[Stretch, ...], end: Stretch, leads: dict[str, int], style: str) -> None:
    """A paragraph with its revisions, and what happens to its mark."""
    paragraph = _styled(draft, style)
    holder, contest = paragraph._p, 0
    for place, stretch in enumerate(stretches):
        if contest and stretch.contest != contest:
            _apparatus(draft, holder, "]")
        blank = stretch.text[: len(stretch.text) - len(stretch.text.lstrip(" "))] if stretch.contest else ""
        if stretch.contest and stretch.contest != contest:
            words(draft, holder, replace(stretch, text=blank), "")  # no bracket has a space behind it
            _apparatus(draft, holder, f"[{stretch.contest} ")
        elif stretch.contest:
            _apparatus(draft, holder, " / " if stretches[place - 1].mark is Mark.ADDED else " " * (not blank))
            words(draft, holder, replace(stretch, text=blank), "")
        contest = stretch.contest
        if contest and stretch.mark is Mark.ADDED:
            _apparatus(draft, holder, f"{', '.join(stretch.names)} : ", bold=True)
        own = replace(stretch, text=stretch.text.removeprefix(blank))
        words(draft, holder, own, "" if place else _lead(own, leads))
    gone = contest and all(stretch.mark is Mark.REMOVED for stretch in stretches)
    _apparatus(draft, holder, " –]" if gone else "]" * bool(contest))
    if end.mark is not Mark.KEPT:
        properties = paragraph._p.get_or_add_pPr()
        append(append(properties, "w:rPr", {}), REVISIONS[OPS[end.mark]], _revision(draft, end))


def _lead(stretch: Stretch, leads: dict[str, int]) -> str:
    """The number and the opening verb with which a stretch begins, where both are kept."""
    return max((lead for lead in leads if stretch.text.startswith(lead)), key=len, default="")


def words(draft: Draft, holder: Any, stretch: Stretch, lead: str) -> None:  # noqa: ANN401 - lxml has no types
    """The runs of a stretch inside its revision: opening verbs in italics, calls raised."""
    op = OPS.get(stretch.mark, Op.EQUAL)
    if not stretch.text:
        return
    if op is not Op.EQUAL:
        holder = append(holder, REVISIONS[op], _revision(draft, stretch))
    text, at = stretch.text, 0
    if lead:
        start = len(lead) - len(lead.lstrip("0123456789. "))
        _run(holder, text[:start], op)
        _run(holder, text[start : len(lead)], op, "w:i")
        at = len(lead)
    for call in RE_CALL.finditer(text, at):
        _run(holder, text[at : call.start()], op)
        _run(holder, f"{call[1]}{JOINER}" if call[1] else call[0], op, "w:vertAlign" if call[1] else "")
        at = call.end()
    _run(holder, text[at:], op)


def _run(holder: Any, text: str, op: Op, look: str = "") -> None:  # noqa: ANN401
    if not text:
        return
    run = append(holder, "w:r", {})
    if look:
        append(append(run, "w:rPr", {}), look, {"w:val": "superscript"} if look == "w:vertAlign" else {})
    append(run, "w:delText" if op is Op.DELETE else "w:t", SPACES).text = clean(text)


def _revision(draft: Draft, stretch: Stretch) -> dict[str, str]:
    return draft.revision() | {"w:author": clean(", ".join(stretch.names))}


def _apparatus(draft: Draft, holder: Any, text: str, *, bold: bool = False) -> None:  # noqa: ANN401
    """Brackets and names, which are in no text."""
    if text:
        _run(append(holder, "w:ins", draft.revision()), text, Op.INSERT, "w:b" if bold else "")


# ---- what stands around it ------------------------------------------------------------------------------------------


def _table(draft: Draft, compilation: Compilation, lang: str) -> None:
    """Who touched which line."""
    from docx.shared import Pt

    _said(draft, message("compile.table", lang=lang), bold=True)
    rows = table(compilation, lang)
    added = draft.document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for place, cells in enumerate(rows):
        row = added.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(clean(text))
            run.font.size, run.bold = Pt(8.5), (place in (0, len(rows) - 1)) or None
        if not place:  # repeated on each page
            append(row._tr.get_or_add_trPr(), "w:tblHeader", {})


def _keep(draft: Draft, compilation: Compilation) -> None:
    """Keep what is a delegation’s own in a property of the file (ECMA-376 part 1, 22.3): word processors keep those."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    props = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    types = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    root = etree.Element(f"{{{props}}}Properties", nsmap={None: props, "vt": types})
    held = etree.SubElement(root, f"{{{props}}}property", fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", pid="2")
    held.set("name", PROPERTY)
    layers = compilation.layers
    etree.SubElement(held, f"{{{types}}}lpwstr").text = msgspec.json.encode((layers.names, layers.own)).decode()
    package = draft.document.part.package
    kind = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    package.relate_to(Part(PackURI("/docProps/custom.xml"), kind, blob, package), relation)
