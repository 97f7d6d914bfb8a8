"""A compilation on a terminal: the lines that someone touches, with their marks, and who touched what."""

from resdiff.compilation import Compilation
from resdiff.layers import Mark, Stretch, lines
from resdiff.messages import message
from resdiff.rendering.compiled.words import cautions, figures, grouped, heading, table

__all__ = ["render"]

SIGNS = {Mark.ADDED: "+", Mark.REMOVED: "-"}
CODES = {Mark.ADDED: "\x1b[1;32m", Mark.REMOVED: "\x1b[9;31m"}
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"
AROUND = 60  # characters of kept words shown on each side of a mark


def render(compilation: Compilation, options: object) -> bytes:
    """The text for a terminal."""
    lang, color, width = options.lang, options.color, options.width  # type: ignore[attr-defined]  # compiled.Options
    title = heading(compilation, options.name, lang)  # type: ignore[attr-defined]
    parts = [f"{BOLD}{title}{PLAIN}" if color else title, figures(compilation, lang)]
    parts += [f"! {line}" for line in cautions(compilation, lang)]
    for line, end in lines(compilation.layers.stretches):
        if end.mark is not Mark.KEPT or any(stretch.mark is not Mark.KEPT for stretch in line):
            parts.append(_wrapped(_line(line, end), width, color))
    parts += [message("compile.table", lang=lang), _table(compilation, lang)]
    return ("\n\n".join(parts) + "\n").encode()


def _line(line: tuple[Stretch, ...], end: Stretch) -> list[tuple[Mark, str]]:
    """The pieces of a line with their marks in words, kept words far from any left out."""
    groups = list(grouped(line, end))
    found: list[tuple[Mark, str]] = []
    contest = 0
    for place, (stretch, closes) in enumerate(groups):
        if stretch.contest != contest:
            found.append((Mark.KEPT, "]" * bool(contest) + f"[{stretch.contest} " * bool(stretch.contest)))
            contest = stretch.contest
        if stretch.mark is Mark.KEPT:
            found.append((Mark.KEPT, _cut(stretch.text, first=not place, last=place == len(groups) - 1)))
        else:
            sign = SIGNS[stretch.mark]
            text = f"[{sign}{', '.join(stretch.names)}: {stretch.text}{'¶' if closes else ''}{sign}]"
            found.append((stretch.mark, text))
    return [*found, (Mark.KEPT, "]" * bool(contest))]


def _cut(text: str, *, first: bool, last: bool) -> str:
    """Kept words, without those far from a mark."""
    if len(text) <= 2 * AROUND + 20:
        return text
    head = text[: AROUND // 2 if first else AROUND]
    tail = "" if last else text[-AROUND:].partition(" ")[2]
    return f"{head.rpartition(' ')[0]} […] {tail}"


def _wrapped(pieces: list[tuple[Mark, str]], width: int, color: bool) -> str:
    """The pieces in lines of that width, each word in the colour of its mark."""
    rows, at = [""], 0
    for mark, text in pieces:
        code = CODES.get(mark, "") if color else ""
        for place, word in enumerate(text.split(" ")):
            gap = " " if place else ""
            if at + len(gap) + len(word) > width and at:
                rows.append("")
                gap, at = "", 0
            shown = f"{code}{word}{PLAIN}" if code and word else word
            rows[-1] += gap + shown
            at += len(gap) + len(word)
    return "\n".join(rows)


def _table(compilation: Compilation, lang: str) -> str:
    """Who touched which line, in columns."""
    rows = table(compilation, lang)
    widths = [max(len(cells[column]) for cells in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(cells, widths, strict=True)).rstrip() for cells in rows)
