"""One text taken out of a compilation: plain, as Markdown, or as a Word file to go on with."""

from collections.abc import Sequence

from resdiff.errors import UsageError
from resdiff.layers import RE_CALL, RE_NOTE

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
    """A Word file, one paragraph a line, with real footnotes, in which Word tracks what is changed from here on."""
    from resdiff.model import Op, Side
    from resdiff.rendering.rolled.document import kept_note
    from resdiff.rendering.word import AUTHOR, stamp
    from resdiff.rendering.word.draft import Draft
    from resdiff.rendering.word.footnotes import Footnotes
    from resdiff.report import Call, Report, Text, Texts, Title

    notes = {}
    for line in lines:
        if RE_NOTE.match(line):
            label, _, text = line.removeprefix("[^").partition("]: ")
            notes[label] = kept_note(label, text)
    body = [line for line in lines if not RE_NOTE.match(line)]
    called = [match[1] for line in body for match in RE_CALL.finditer(line)]
    calls = tuple(Call(Side.NEW, "", 0, notes[label]) for label in called if label in notes)
    titles = Title(Text(""), Text(""))
    draft = Draft(
        Report(lines[0] if lines else "", "fr", (titles, Texts((), (), (), (), calls))), AUTHOR, stamp("", asked=False)
    )
    footnotes = Footnotes(draft)
    for line in body:
        paragraph, at = draft.document.add_paragraph(), 0
        for call in RE_CALL.finditer(line):
            paragraph.add_run(line[at : call.start()])
            if call[1] in notes:
                footnotes.call(paragraph._p, Op.EQUAL, notes[call[1]])
            at = call.end()
        paragraph.add_run(line[at:])
    footnotes.close()
    return draft.packed()
