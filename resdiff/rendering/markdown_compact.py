"""The compact form of the Markdown report: a comment on a pull request, of 8,000 characters at most.

What matters most and the figures stand open; below, folded, the rest of the summary, each paragraph that changed, the
heaviest with their words, then the lists, as far as there is room. A last line says what was left out. There are no
links: a page holds many comments, and their anchors would be the same.
"""

import re
from collections.abc import Iterator, Mapping

from resdiff.messages import plural
from resdiff.model import Part
from resdiff.rendering.cutting import cut
from resdiff.rendering.markdown_text import Style, escape, marked, noted, said
from resdiff.report import (
    Changes,
    Numbers,
    Provenance,
    Report,
    Row,
    Sentence,
    Summary,
    Title,
    as_text,
    counted,
    numbers_line,
    outcomes,
    places,
    word,
)
from resdiff.report.woven import weave

__all__ = ["compact"]

LONGEST = 8_000  # characters; a comment on GitHub holds 65,536, and nobody reads one that long
RESERVE = 600  # of them for the line that says what was left out
NAME, TITLE, NOTE, LEAD, OTHER, FIGURES, PLACES, WORDS = 80, 200, 250, 420, 200, 500, 120, 450  # of a part, at most
MOST_OTHERS, MOST_NOTES = 7, 4  # sentences
RE_LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\(#[^)\s]*\)")  # ours: in a text the brackets are escaped


def compact(report: Report, style: Style, lists: Mapping[str, str]) -> str:
    """The report in at most 8,000 characters; ``lists`` are its lists under their headings, the first needed first."""
    lang = report.lang
    parts = [*_head(report), *_summary(report)]
    room = LONGEST - RESERVE - sum(len(part) + 2 for part in parts)
    if others := _others(report):
        parts.append(_fold(word("changes.rest", lang), others))
        room -= len(parts[-1]) + 2
    changed, left_out = _changes(report, style, room - 2)
    parts += [changed] if changed else []
    room -= len(changed) + 2
    missing = []
    for heading, text in lists.items():
        fold = _fold(heading, RE_LINK.sub(r"\1", text))
        if len(fold) + 2 <= room:
            parts.append(fold)
            room -= len(fold) + 2
        else:
            missing.append(heading)
    if missing:
        row = f"changes.sections-{plural(len(missing), lang)}"
        left_out.append(word(row, lang).format(", ".join(missing)))
    block = report.find(Changes)
    if block and block.hidden:
        parts.append(f"*{counted('changes.hidden', block.hidden, lang)}*")
    if left_out:
        parts.append(f"*{escape(word('changes.compact', lang).format(word('word.semicolon', lang).join(left_out)))}*")
    return "\n\n".join(parts) + "\n"


def _fold(summary: str, text: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>\n\n{text}\n\n</details>"


# ---- what stands open -----------------------------------------------------------------------------------------------


def _head(report: Report) -> Iterator[str]:
    """The names of the two texts, what each is about, what sort of copy it is."""
    lang, title, provenance = report.lang, report.find(Title), report.find(Provenance)
    if title:
        yield "# " + word("heading.report", lang).format(*(_fitted(name, NAME, lang) for name in title.names))
        lines = []
        for text in (title.old, title.new):
            name = f"- **{_fitted(text.name, NAME, lang)}**"
            lines.append(f"{name} – {_fitted(text.about, TITLE, lang)}" if text.about else name)
        yield "\n".join(lines)
    if provenance:
        yield "\n>\n".join(f"> ⚠ {_said(line, NOTE, lang)}" for line in provenance.lines[:MOST_NOTES])


def _summary(report: Report) -> Iterator[str]:
    """What matters most, and the figures."""
    lang, summary, numbers = report.lang, report.find(Summary), report.find(Numbers)
    if summary:
        leads = enumerate(summary.leads, start=1)
        yield "\n".join(f"{number}. {_said(line, LEAD, lang)}" for number, line in leads)
    if numbers:
        yield f"**{_said(numbers_line(numbers, lang), FIGURES, lang)}**"


def _others(report: Report) -> str:
    summary = report.find(Summary)
    if not summary:
        return ""
    told = [line for line in summary.others if not line.uncited]
    others = enumerate(told[:MOST_OTHERS], start=len(summary.leads) + 1)
    return "\n".join(f"{number}. {_said(line, OTHER, report.lang)}" for number, line in others)


# ---- the paragraphs that changed ------------------------------------------------------------------------------------


def _changes(report: Report, style: Style, room: int) -> tuple[str, list[str]]:
    """A line each paragraph that changed, with its words where there is room; and what was left out."""
    lang, block = report.lang, report.find(Changes)
    rows = [row for row in block.rows if not row.is_quiet] if block else []
    shown: dict[int, str] = {}
    summary = counted("changes.changed", len(rows), lang)
    room -= len(_fold(summary, ""))
    order = sorted(range(len(rows)), key=lambda index: _rank(rows[index]))
    for index in order:
        line = _line(rows[index], lang)
        if len(line) + 1 <= room:
            shown[index] = line
            room -= len(line) + 1
    bare = len(shown)
    for index in order:
        words = _words(rows[index], lang, style) if index in shown else ""
        if words and len(words) <= min(room, WORDS):
            shown[index] += words
            room -= len(words)
            bare -= 1
    notes = [f"- {noted(note, lang, style, shorten=True)}" for note in (block.notes if block else ())]
    fitting = [note for note in notes if (room := room - len(note) - 1) >= 0]
    quiet = len(block.rows) - len(rows) if block else 0
    missing = len(rows) - len(shown) + len(notes) - len(fitting)
    counts = {"unchanged": quiet, "wordless": bare, "left-out": missing}
    left_out = [counted(f"changes.{name}", number, lang) for name, number in counts.items() if number]
    lines = "\n".join([*(shown[index] for index in sorted(shown)), *fitting])
    return (_fold(summary, lines) if lines else ""), left_out


def _rank(row: Row) -> tuple[int, bool]:
    """The heaviest first; of those that weigh the same, what decides before what recalls."""
    return -row.weight, bool(row.old or row.new) and row.part is Part.PREAMBLE


def _line(row: Row, lang: str) -> str:
    return (
        f"- **{_fitted(places(row.change, lang), PLACES, lang)}** · {', '.join(outcomes(row.change, lang, row.notes))}"
    )


def _words(row: Row, lang: str, style: Style) -> str:
    """The words that changed, and a few around them, as a quotation below the line."""
    lines = [marked(line, style, shorten=True) for line in weave(row.change.edits, row.old, row.new, noise=False)]
    lines += [noted(note, lang, style, shorten=True) for note in row.notes]
    return "\n  > " + "\n  >\n  > ".join(lines) if lines else ""


# ---- what fits ------------------------------------------------------------------------------------------------------


def _said(sentence: Sentence, room: int, lang: str) -> str:
    """The sentence as Markdown; a long one cut, without what is stressed in it."""
    whole = RE_LINK.sub(r"\1", said(sentence))
    return whole if len(whole) <= room else _fitted(as_text(sentence), room, lang)


def _fitted(text: str, room: int, lang: str) -> str:
    """The text as Markdown, cut so that no more than so many characters are written."""
    whole, size = escape(text), room
    while len(whole) > room and size:
        whole = escape(cut(text, size, lang))
        size = size * 9 // 10
    return whole
