"""The draft of a next edition as Markdown: marks in the text, numbered remarks below it."""

from resdiff.drafting import Piece, RollForward, draft_lines, note_numbers
from resdiff.layers import Mark
from resdiff.messages import message
from resdiff.rendering.compiled.markdown import escaped
from resdiff.rendering.rolled.words import cautions, figures, heading, late, remark
from resdiff.report import label, word

__all__ = ["render"]

MARKS = {Mark.ADDED: ("[+", "+]", "**"), Mark.REMOVED: ("[-", "-]", "~~")}


def render(rolled: RollForward, options: object) -> bytes:
    """The Markdown of a draft."""
    lang, name = options.lang, options.name  # type: ignore[attr-defined]  # rolled.Options
    parts = [
        "<!-- resdiff-draft -->",
        f"# {escaped(heading(rolled, name, lang), first=False)}",
        escaped(figures(rolled, lang), first=True),
    ]
    parts += ["\n".join(f"- {escaped(line, first=True)}" for line in cautions(rolled, lang))]
    if rolled.text.title and rolled.text.title not in (p.text for p in rolled.text.paragraphs):
        parts.append(f"**{escaped(rolled.text.title, first=False)}**")
    for line in draft_lines(rolled.text, rolled.revisions):
        text = "".join(_piece(piece, line.pieces[place + 1 :]) for place, piece in enumerate(line.pieces))
        parts.append(escaped(line.number, first=True) + text)
    numbers = note_numbers(rolled.text)
    notes = {numbers[note.label]: note.text for note in rolled.text.footnotes}
    parts += [f"[^{number}]: {escaped(text, first=False)}" for number, text in notes.items()]
    parts.append(f"## {message('draft.remarks', lang=lang)}")
    rows = [
        f"{turn}. {escaped(label(revision.paragraph, lang), first=False)}{word('word.colon', lang)}"
        f"{escaped(remark(revision, lang), first=False)}"
        for turn, revision in enumerate(rolled.revisions, 1)
    ]
    parts.append("\n".join(rows) or message("draft.nothing", lang=lang))
    if rolled.stale:
        parts.append(f"## {message('draft.stale', lang=lang)}")
        parts.append("\n".join(f"- {escaped(line, first=True)}" for line in late(rolled, lang)))
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _piece(piece: Piece, following: tuple[Piece, ...]) -> str:
    """Words with their mark; the number of a remark stands behind the last words it is about."""
    if piece.call:
        return f"[^{piece.call}]"
    text = escaped(piece.text, first=False)
    if piece.mark is not Mark.KEPT:
        opening, closing, emphasis = MARKS[piece.mark]
        body = piece.text.strip()
        head, _, tail = piece.text.partition(body)
        text = f"{head}**{escaped(body, first=False)}**{tail}"
        if body not in ("[", "]"):
            text = f"{opening}{head}{emphasis}{escaped(body, first=False)}{emphasis}{tail}{closing}"
    ends = piece.remark and all(other.remark != piece.remark for other in following)
    return f"{text}<sup>{piece.remark}</sup>" if ends else text
