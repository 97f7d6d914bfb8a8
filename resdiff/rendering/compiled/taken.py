"""One text taken out of a compilation: plain, as Markdown, or as a Word file to go on with."""

from collections.abc import Sequence

from resdiff.errors import UsageError
from resdiff.layers import Mark, Stretch

__all__ = ["SUFFIXES", "render"]

SUFFIXES = ("", ".txt", ".md", ".docx")


def render(lines: Sequence[str], suffix: str) -> bytes:
    """The lines as a file of that suffix, ``.txt``, ``.md`` or ``.docx``; plain for none. Raises UsageError."""
    if suffix.lower() not in SUFFIXES:
        raise UsageError("take-format", suffix, ", ".join(SUFFIXES[1:]))
    if suffix.lower() == ".docx":
        return _word(lines)
    if suffix.lower() == ".md":
        from resdiff.rendering.compiled.markdown import escaped

        return ("\n\n".join(escaped(line, first=True) for line in lines) + "\n").encode()
    return ("\n\n".join(lines) + "\n").encode()


def _word(lines: Sequence[str]) -> bytes:
    """A Word file, one paragraph a line, in which Word tracks what is changed from here on."""
    from resdiff.rendering.compiled.document import words
    from resdiff.rendering.word import AUTHOR, stamp
    from resdiff.rendering.word.draft import Draft
    from resdiff.report import Report, Text, Title

    title = lines[0] if lines else ""
    draft = Draft(Report(title, "fr", (Title(Text(""), Text("")),)), AUTHOR, stamp("", asked=False))
    for line in lines:
        words(draft, draft.document.add_paragraph()._p, Stretch(Mark.KEPT, line), "")
    return draft.packed()
