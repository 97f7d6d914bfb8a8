"""The check of a draft as Markdown: the shares, then each paragraph with its sources as a list."""

from collections.abc import Iterator

from resdiff.messages import message
from resdiff.model import Op, Side, side_text
from resdiff.rendering.agreed import Look
from resdiff.rendering.markdown_text import escape
from resdiff.report import label
from resdiff.report.agreed import about, clause_note, remark_line, shares_line
from resdiff.search.values import ClauseCheck, DraftCheck, ParagraphCheck, Standing

__all__ = ["render_check"]

MARKS = {Op.INSERT: ("<ins>", "</ins>"), Op.DELETE: ("<del>", "</del>"), Op.EQUAL: ("", "")}


def render_check(check: DraftCheck, look: Look) -> bytes:
    """The draft by paragraph: what is new is bold, what is adapted shows the words that came and went."""
    lines = [f"# {escape(message('check.title', check.name or check.title, lang=look.lang))}", ""]
    lines += [escape(about(check, look.lang)), "", f"**{shares_line(check, look.lang)}**", ""]
    for paragraph in check.paragraphs:
        lines += _paragraph(paragraph, look.lang)
    return ("\n".join(lines).rstrip() + "\n").encode()


def _paragraph(paragraph: ParagraphCheck, lang: str) -> Iterator[str]:
    yield f"## {label(paragraph.id, lang)} – {shares_line(paragraph, lang)}"
    yield ""
    yield "".join(map(_words, paragraph.clauses)).strip()
    yield ""
    notes = dict.fromkeys(clause_note(clause, lang) for clause in paragraph.clauses)
    yield from (f"- {escape(note)}" for note in notes)
    yield from (f"- {escape(remark_line(remark, lang))}" for remark in paragraph.remarks)
    yield ""


def _words(clause: ClauseCheck) -> str:
    kept = clause.text.rstrip()
    space = clause.text[len(kept) :]
    if clause.status is Standing.NEW:
        return f"<strong>{_escaped(kept)}</strong>{space}"
    if not clause.edits:
        return _escaped(clause.text)
    shown = "".join(f"{MARKS[e.op][0]}{_escaped(e.text)}{MARKS[e.op][1]}" for e in clause.edits)
    said = side_text(clause.edits, Side.NEW)
    return shown + _escaped(clause.text[len(said) :])


def _escaped(text: str) -> str:
    """A run of text, with the spaces it begins with."""
    return text[: len(text) - len(text.lstrip())] + escape(text)
