"""The check of a draft as a Word file of ours, for a draft that is none: its text, and comments with the sources."""

from io import BytesIO

from resdiff.messages import message
from resdiff.rendering.agreed import Look
from resdiff.rendering.agreed.comments import comment
from resdiff.rendering.word.packing import undated
from resdiff.rendering.xml import clean
from resdiff.report import label
from resdiff.report.agreed import about, shares_line
from resdiff.search.values import DraftCheck

__all__ = ["render_check"]


def render_check(check: DraftCheck, look: Look) -> bytes:
    """The file: the shares, then each paragraph under its number."""
    import docx

    document = docx.Document()
    title = clean(message("check.title", check.name or check.title, lang=look.lang))
    document.core_properties.title = title
    document.core_properties.author = clean(look.author)
    document.add_heading(title, 1)
    document.add_paragraph(clean(about(check, look.lang)))
    document.add_paragraph(clean(shares_line(check, look.lang)))
    for paragraph in check.paragraphs:
        line = document.add_paragraph()
        line.add_run(clean(f"{label(paragraph.id, look.lang)} ")).bold = True
        line.add_run(clean(paragraph.text))
    out = BytesIO()
    document.save(out)
    return comment(check, undated(out.getvalue()), look)[0]
