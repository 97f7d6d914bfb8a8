"""The draft of a next edition on a terminal: what is revised, with a few words around it and its rule."""

import textwrap

from resdiff.drafting import Revision, RollForward
from resdiff.messages import message
from resdiff.rendering.rolled.words import cautions, figures, heading, late, remark
from resdiff.report import label, word

__all__ = ["render"]

AROUND = 60  # characters of the text on each side of a place
BOLD, ADDED, REMOVED, PLAIN = "\x1b[1m", "\x1b[32m", "\x1b[31m", "\x1b[0m"


def render(rolled: RollForward, options: object) -> bytes:
    """The text for a terminal."""
    lang, color, width = options.lang, options.color, options.width  # type: ignore[attr-defined]  # rolled.Options
    title = heading(rolled, options.name, lang)  # type: ignore[attr-defined]
    parts = [f"{BOLD}{title}{PLAIN}" if color else title, figures(rolled, lang)]
    parts += [f"! {line}" for line in cautions(rolled, lang)]
    texts = {paragraph.id: paragraph.text for paragraph in rolled.text.body}
    for turn, revision in enumerate(rolled.revisions, 1):
        place = f"{turn}. {label(revision.paragraph, lang)}{word('word.colon', lang)}"
        said = textwrap.fill(remark(revision, lang), width, initial_indent="   ", subsequent_indent="   ")
        parts.append(f"{place}{_shown(revision, texts[revision.paragraph], color)}\n{said}")
    if rolled.stale:
        parts.append("\n".join([message("draft.stale", lang=lang), *(f"– {line}" for line in late(rolled, lang))]))
    return ("\n\n".join(parts) + "\n").encode()


def _shown(revision: Revision, text: str, color: bool) -> str:
    """The place with the words around it and its marks."""
    before, after = text[: revision.start][-AROUND:], text[revision.end :][:AROUND]
    before = before if len(before) < AROUND else "…" + before.partition(" ")[2]
    after = after if len(after) < AROUND else after.rpartition(" ")[0] + "…"
    codes = (REMOVED, ADDED, PLAIN) if color else ("", "", "")
    if revision.text is None:
        return f"{before}{codes[1]}[{codes[2]}{revision.old}{codes[1]}]{codes[2]}{after}"
    old = f"{codes[0]}[-{revision.old}-]{codes[2]}" if revision.old else ""
    return f"{before}{old}{codes[1]}[+{revision.text}+]{codes[2]}{after}"
