"""A concordance as Markdown: a table of what differs, then both texts side by side."""

from typing import Any

from resdiff.messages import message
from resdiff.parallel import Concordance
from resdiff.rendering.markdown_text import escape
from resdiff.rendering.parallel.words import cautions, columns, figures, heading, lines, marks
from resdiff.report import label

__all__ = ["render"]


def render(held: Concordance, options: Any) -> bytes:  # noqa: ANN401 - parallel.Options
    """The concordance as Markdown; words that differ are bold in both texts."""
    lang = options.lang
    heads = columns(held, options.names, lang)
    found = [f"# {escape(heading(held, lang))}", "", escape(figures(held, lang)), ""]
    found += [f"> {escape(line)}" for line in cautions(held, lang)]
    if held.differences:
        titles = (message("parallel.place", lang=lang), message("parallel.sort", lang=lang), *heads)
        found += ["", _row("#", *titles), _row(*["---"] * 5)]
        found += [_row(str(n.number), n.place, n.sort, n.one, n.other) for n in lines(held, lang)]
    texts = [{p.id: p.text for p in text.body} for text in (held.one, held.other)]
    found += ["", f"## {escape(message('parallel.texts', lang=lang))}", "", _row("", *heads), _row(*["---"] * 3)]
    for twins in held.twins:
        cells = [
            _marked(texts[at].get(name, ""), list(marks(held, name, first=at == 0)))
            for at, name in enumerate((twins.one, twins.other))
        ]
        found.append(f"| {_cell(label(twins.one or twins.other, lang))} | {cells[0]} | {cells[1]} |")
    return ("\n".join(found) + "\n").encode()


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell if cell == "---" else _cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    return escape(" ".join(text.split())).replace("|", "\\|")


def _marked(text: str, places: list[tuple[int, int, int]]) -> str:
    shown, end = "", 0
    for start, stop, _ in places:
        shown += _kept(text[end:start]) + f"<strong>{_cell(text[start:stop])}</strong>"
        end = stop
    return shown + _kept(text[end:])


def _kept(text: str) -> str:
    """A run of text with the spaces at its ends."""
    inner = _cell(text)
    return (" " if text[:1].isspace() else "") + inner + (" " if inner and text[-1:].isspace() else "")
