"""The lives and origins as Markdown, for a repository or a note."""

from collections.abc import Iterator

from resdiff.model import Op
from resdiff.rendering.chronicle import ChronicleOptions
from resdiff.rendering.markdown_text import escape
from resdiff.report import word
from resdiff.report.chronicle import Chronicle, LifeRow, Moment, Origins

__all__ = ["blame", "history"]

MARKS = {Op.EQUAL: "{}", Op.INSERT: "<ins>{}</ins>", Op.DELETE: "<del>{}</del>"}


def history(chronicle: Chronicle, _: ChronicleOptions) -> bytes:
    """A table of the lives; of one paragraph its wordings."""
    lines = [f"# {escape(chronicle.title)}", ""]
    if chronicle.paragraph:
        for row in (*chronicle.living, *chronicle.ended):
            lines += _life(row, chronicle)
    else:
        for rows, key in ((chronicle.living, "history.living"), (chronicle.ended, "history.ended")):
            if rows:
                lines += [f"## {word(key, chronicle.lang)} ({len(rows)})", "", *_table(rows, chronicle), ""]
        lines.append(escape(word("history.forms", chronicle.lang)))
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8")


def _table(rows: tuple[LifeRow, ...], chronicle: Chronicle) -> Iterator[str]:
    names = ("paragraph", "opening", "age", "editions", "end")
    yield f"| {' | '.join(word(f'history.{name}', chronicle.lang) for name in names)} |"
    yield "|---|---|---|---|---|"
    for row in rows:
        steps = ", ".join(f"{chronicle.editions[m.edition].name} ({m.said})" for m in row.wordings[1:])
        cells = (row.label, row.opening, chronicle.editions[row.born].dated + row.doubt, steps, row.ending)
        yield f"| {' | '.join(escape(cell).replace('|', '&#124;') for cell in cells)} |"


def _life(row: LifeRow, chronicle: Chronicle) -> Iterator[str]:
    yield f"## {escape(', '.join(filter(None, (row.label, row.since, row.ending))))}"
    yield ""
    for moment in row.moments:
        name = chronicle.editions[moment.edition]
        yield f"- **{escape(f'{name.dated}, {moment.label}')}** – {escape(moment.said)}"
        if moment in row.wordings:
            yield f"  \n  {_marked(moment)}"
    yield ""


def _marked(moment: Moment) -> str:
    return "".join(MARKS[edit.op].format(escape(edit.text)) for edit in moment.edits).replace("\n", "<br>")


def blame(origins: Origins, _: ChronicleOptions) -> bytes:
    """Each paragraph with the edition of each run behind it."""
    lines = [f"# {escape(origins.title)}", ""]
    for row in origins.rows:
        runs = [
            f"{escape(run.text)} <sup>{escape(origins.editions[run.origin].name)}{'?' if run.uncertain else ''}</sup>"
            for run in row.runs
        ]
        lines += [f"**{escape(row.label)}** {''.join(runs)}", ""]
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8")
