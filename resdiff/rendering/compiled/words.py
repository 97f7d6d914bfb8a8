"""The words around a compiled text that all formats share: its heading, what is strange, who touched which line."""

from collections.abc import Iterator

from resdiff.compilation import Compilation, Row, Sign
from resdiff.layers import Stretch
from resdiff.messages import message
from resdiff.report import counted, label, word

__all__ = ["SIGNS", "cautions", "figures", "grouped", "heading", "place", "sign_of", "table", "where"]

SIGNS = {Sign.ADD: "+", Sign.REMOVE: "−", Sign.REPLACE: "≠"}
PLACES = (("compile-agreed", 0), ("compile-moved", 1), ("compile-moved", 2))  # values of notices that name a paragraph
COLUMNS = ("add", "remove", "replace")


def heading(compilation: Compilation, name: str, lang: str) -> str:
    """The heading of a compilation: what it is, on which base."""
    return message("compile.heading", name or compilation.base.title or word("word.untitled", lang), lang=lang)


def figures(compilation: Compilation, lang: str) -> str:
    """How many proposals of how many delegations, and how many passages are contested."""
    contests = len(compilation.contests)
    total = sum(len(row.touches) for row in compilation.rows)
    parts = [
        counted("compile.delegations", len(compilation.layers.names), lang),
        counted("compile.proposals", total, lang),
        counted("compile.contests", contests, lang) if contests else message("compile.contests-none", lang=lang),
    ]
    return message("compile.figures", *parts, lang=lang)


def cautions(compilation: Compilation, lang: str) -> list[str]:
    """What is strange about the drafts, a sentence each."""
    said = []
    for notice in compilation.notices:
        values = [label(v, lang) if (notice.code, at) in PLACES else v for at, v in enumerate(notice.values)]
        said.append(message(f"notice.{notice.code}", *values, lang=lang))
    for own in compilation.layers.own:
        changed = [(n.shown.strip(" ."), n.printed.strip(" .")) for n in own.numbers if n.printed]
        if own.name and changed:
            ends = (changed[0], *changed[1:][-1:])
            pairs = " … ".join(f"{shown} → {printed}" for shown, printed in ends)
            said.append(message("notice.compile-renumbered", own.name, pairs, lang=lang))
    return said


def where(row: Row, lang: str) -> str:
    """What a row of the table is about: a paragraph, or what comes in behind it."""
    if row.new and not row.line:
        return message("compile.at-head", lang=lang)
    return message("compile.behind", place(row.line, lang), lang=lang) if row.new else place(row.line, lang)


def place(line: str, lang: str) -> str:
    """What a line of the text is called: a paragraph, or a footnote."""
    if line.startswith("note"):
        return message("compile.note", line.removeprefix("note"), lang=lang)
    return label(line, lang)


def sign_of(row: Row, name: str) -> tuple[str, tuple[int, ...]]:
    """The signs of what a delegation does in a row, each once, and the contested passages among them."""
    own = [touch for touch in row.touches if name in touch.names]
    contests = tuple(dict.fromkeys(touch.contest for touch in own if touch.contest))
    return " ".join(dict.fromkeys(SIGNS[touch.sign] for touch in own)), contests


def table(compilation: Compilation, lang: str) -> list[list[str]]:
    """Who touched which line, in cells: the names of the delegations, a row a line, how many proposals each has."""
    names = compilation.layers.names
    rows = [[message("compile.column", lang=lang), *names]]
    for row in compilation.rows:
        signs = [sign_of(row, name) for name in names]
        cells = (" ".join([sign, *(f"[{number}]" for number in contests)]).strip() for sign, contests in signs)
        rows.append([where(row, lang), *cells])
    return [*rows, [message("compile.total", lang=lang), *map(str, compilation.proposals)]]


def grouped(line: tuple[Stretch, ...], end: Stretch) -> Iterator[tuple[Stretch, bool]]:
    """The stretches of a line, neighbours of one mark and one set of names joined; whether the line end belongs to it.

    A line end that is inserted or deleted goes with the words before it where they are marked alike.
    """
    joined: list[Stretch] = []
    for stretch in line:
        last = joined[-1] if joined else None
        if last and _alike(last, stretch):
            joined[-1] = Stretch(last.mark, last.text + stretch.text, last.names, last.contest)
        else:
            joined.append(stretch)
    closes = end.mark != "kept"
    if closes and not (joined and _alike(joined[-1], end)):
        joined.append(end)
    for place_, stretch in enumerate(joined):
        yield stretch, closes and place_ == len(joined) - 1


def _alike(first: Stretch, second: Stretch) -> bool:
    return (first.mark, first.names, first.contest) == (second.mark, second.names, second.contest)
