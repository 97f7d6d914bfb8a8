"""A compilation as Markdown, in the marks that delegations write; ``resdiff.reading.layered`` reads them back.

    **Prie** les États Membres [-MEX: ~~de veiller~~-][+FR, CH: **à veiller**+] …
    [1 [-FR, CH: ~~doivent~~-] [+FR: **devraient**+] [+CH: **peuvent**+]]        contested: [1] in the table

A paragraph sign inside a mark is a line end that is proposed or taken out. What is a delegation’s own and no proposal
(numbers, title, masthead) stands in a comment at the end.
"""

import re
from collections.abc import Iterator

import msgspec

from resdiff.compilation import Compilation
from resdiff.layers import RE_CALL, RE_NOTE, Mark, Stretch, lines
from resdiff.messages import message
from resdiff.rendering.compiled.words import cautions, figures, grouped, heading, sign_of, where
from resdiff.rendering.markdown_text import escape
from resdiff.report import word

__all__ = ["escaped", "render"]

SIGNS = {Mark.ADDED: "+", Mark.REMOVED: "-"}
EMPHASIS = {Mark.ADDED: "**", Mark.REMOVED: "~~"}
END = "¶"
# What Markdown, or the reader of these marks, would take for markup.
RE_SPECIAL = re.compile(r"[\\`*_{}\[\]#|~$]")
RE_LINE_START = re.compile(r"^(\s*\d+(?=[.)])|\s*(?=[-+=]))")
ENTITIES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord(END): "&para;"}


def render(compilation: Compilation, options: object) -> bytes:
    """The Markdown of a compilation."""
    lang, name = options.lang, options.name  # type: ignore[attr-defined]  # compiled.Options
    layers = compilation.layers
    base = layers.own[0]
    parts = [
        "<!-- resdiff-compilation -->",
        f"# {escape(heading(compilation, name, lang))}",
        f"{escape(figures(compilation, lang))} {message('compile.legend-md', lang=lang)}",
        "\n".join(f"- {escape(line)}" for line in cautions(compilation, lang)),
        "\n".join(f"> {escape(line)}" for line in base.head),
        "<!-- resdiff-text -->",
        *(_block(line, end) for line, end in lines(layers.stretches)),
        "<!-- resdiff-end -->",
        "\n".join(f"> {escape(line)}" for line in base.tail),
        f"## {message('compile.table', lang=lang)}",
        _table(compilation, lang),
        f"<!-- resdiff-own {_kept(msgspec.json.encode((layers.names, layers.own)).decode())} -->",
    ]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _kept(text: str) -> str:
    """JSON that cannot end the comment in which it stands."""
    return text.replace("--", "-\\u002d").replace(">", "\\u003e")


def _block(line: tuple[Stretch, ...], end: Stretch) -> str:
    """A line of the text with its marks; an empty one is written as a line end alone."""
    found, contest = "", 0
    for stretch, closes in grouped(line, end):
        if stretch.contest != contest:
            found += "]" * bool(contest) + f"[{stretch.contest} " * bool(stretch.contest)
            contest = stretch.contest
        elif contest:
            found += " "
        found += _marked(stretch, closes, first=not found)
    return found + "]" * bool(contest) or END


def _marked(stretch: Stretch, closes: bool, *, first: bool) -> str:
    if stretch.mark is Mark.KEPT:
        return escaped(stretch.text, first=first)
    body = stretch.text.strip()
    head, _, tail = stretch.text.partition(body) if body else (stretch.text, "", "")
    emphasis = EMPHASIS[stretch.mark] if body else ""
    text = f"{head}{emphasis}{escaped(body, first=False)}{emphasis}{tail}{END if closes else ''}"
    sign = SIGNS[stretch.mark]
    return f"[{sign}{', '.join(stretch.names)}: {text}{sign}]"


def escaped(text: str, *, first: bool) -> str:
    """Words that are no markup, calls of footnotes excepted."""
    if first and RE_NOTE.match(text):
        label, _, rest = text.partition(": ")
        return f"{label}: {escaped(rest, first=False)}"
    pieces, at = "", 0
    for call in RE_CALL.finditer(text):
        pieces += RE_SPECIAL.sub(r"\\\g<0>", text[at : call.start()]).translate(ENTITIES) + call[0]
        at = call.end()
    pieces += RE_SPECIAL.sub(r"\\\g<0>", text[at:]).translate(ENTITIES)
    return RE_LINE_START.sub(r"\1\\", pieces) if first else pieces


def _table(compilation: Compilation, lang: str) -> str:
    """Who touched which line."""
    names = compilation.layers.names
    head = [message("compile.column", lang=lang), *map(escape, names)]
    rows = [head, ["---", *(":-:" for _ in names)]]
    for row in compilation.rows:
        rows.append([escape(where(row, lang)), *(_cell(*sign_of(row, name)) for name in names)])
    rows.append([message("compile.total", lang=lang), *map(str, compilation.proposals)])
    return (
        "\n".join("| " + " | ".join(cells) + " |" for cells in rows)
        + "\n\n"
        + "\n\n".join(_contests(compilation, lang))
    )


def _cell(signs: str, contests: tuple[int, ...]) -> str:
    return " ".join([escape(signs), *(f"\\[{number}\\]" for number in contests)]).strip()


def _contests(compilation: Compilation, lang: str) -> Iterator[str]:
    """The contested passages with each wording."""
    for contest in compilation.contests:
        base = contest.base.strip().replace("\n", f" {END} ") or message("compile.nothing", lang=lang)
        said = [message("compile.contest-md", contest.number, escape(base), lang=lang)]
        for wording in contest.wordings:
            text = "".join(edit.text for edit in wording.edits if edit.op != "delete").strip().replace("\n", f" {END} ")
            shown = escape(text) if text else f"*{message('compile.nothing', lang=lang)}*"
            said.append(f"- {escape(', '.join(wording.names))}{word('word.colon', lang)}{shown}")
        yield "\n".join([said[0], "", *said[1:]])
