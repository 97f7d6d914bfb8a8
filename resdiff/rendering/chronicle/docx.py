"""The origins of the words as a Word file: the text, and a comment on each run that came after the first edition."""

from io import BytesIO

from resdiff.errors import UsageError
from resdiff.rendering.chronicle import FORMS, ChronicleOptions
from resdiff.rendering.word.packing import undated
from resdiff.rendering.xml import clean
from resdiff.report import word
from resdiff.report.chronicle import Chronicle, Origins

__all__ = ["blame", "history"]

DATE = "1970-01-01T00:00:00Z"  # of the comments: the bytes depend on the texts alone
AUTHOR = "resdiff"


def history(_: Chronicle, __: ChronicleOptions) -> bytes:
    """Lives are a picture and a table, not a document. Raises UsageError."""
    raise UsageError("format-not-here", "docx", ", ".join(form for form in FORMS if form != "docx"))


def blame(origins: Origins, _: ChronicleOptions) -> bytes:
    """Each paragraph under its number."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    document.core_properties.title = clean(origins.title)
    document.core_properties.author = AUTHOR
    document.add_heading(clean(origins.title), 1)
    for row in origins.rows:
        line = document.add_paragraph()
        line.add_run(clean(f"{row.label} ")).bold = True
        for run in row.runs:
            shown = line.add_run(clean(run.text))
            if not run.origin:
                continue
            said = origins.editions[run.origin].dated
            if run.uncertain:
                said = f"{said} ({word('blame.uncertain', origins.lang)})"
            comment = document.add_comment(shown, clean(said), AUTHOR, AUTHOR[:2].upper())
            comment._comment_elm.set(qn("w:date"), DATE)
    made = BytesIO()
    document.save(made)
    return undated(made.getvalue())
