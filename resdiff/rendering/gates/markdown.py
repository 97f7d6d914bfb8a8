"""Gates as Markdown, for a comment on a pull request: a table of what was found, accepted results folded."""

from resdiff.gates.sentences import figures, pair_line, said, standing_line, why
from resdiff.gates.values import Gated, Result
from resdiff.messages import message
from resdiff.rendering.gates import Look
from resdiff.rendering.markdown_text import escape

__all__ = ["render"]

MOST = 50  # results in a table
LARGEST = 15_000  # characters of it: a comment holds 65,536, and the report stands in it too


def render(gated: Gated, look: Look) -> bytes:
    """The table, what could not be compared, the figures."""
    lang = look.lang
    lines = [f"## {message('gate.heading', lang=lang)}", "", escape(figures(gated, lang)), ""]
    for each in gated.uncompared:
        told = message("gate.uncompared", pair_line(each.pair, lang), each.why, lang=lang)
        lines += [f"> ✗ {_cell(told)}", ""]
    counting = [result for result in gated.results if result.counts]
    accepted = [result for result in gated.results if not result.counts]
    if counting:
        lines += _table(counting, lang)
    elif not (accepted or gated.uncompared) and gated.judged:
        lines += [message("gate.all-hold", lang=lang), ""]
    lines += [_accepted(result, lang) for result in accepted[:MOST]]
    if gated.idle:
        lines += ["", escape(message("gate.idle", ", ".join(gate.id for gate in gated.idle), lang=lang))]
    return ("\n".join(lines).rstrip() + "\n").encode()


def _table(results: list[Result], lang: str) -> list[str]:
    names = [message(f"gate.column-{name}", lang=lang) for name in ("severity", "rule", "where", "what")]
    lines = [f"| {' | '.join(names)} |", "| --- | --- | --- | --- |"]
    shown = 0
    for result in results[:MOST]:
        severity = message(f"gate.severity-{result.gate.severity}", lang=lang)
        what = f"{_cell(result.gate.said(lang))}<br>{_cell(said(why(result.fault.why, lang)))}"
        if expired := standing_line(result, lang):
            what += f"<br>{_cell(expired)}"
        row = f"| {severity} | `{result.gate.id}` | {_cell(pair_line(result.pair, lang))} | {what} |"
        if sum(map(len, lines)) + len(row) > LARGEST:
            break
        lines.append(row)
        shown += 1
    left = len(results) - shown
    return [*lines, *([f"| | | | +{left} |"] if left > 0 else []), ""]


def _accepted(result: Result, lang: str) -> str:
    """What is accepted, until when and why: what a reviewer is asked to let pass."""
    told = pair_line(result.pair, lang), said(why(result.fault.why, lang)), standing_line(result, lang)
    return f"- ~ `{result.gate.id}` {' – '.join(map(_cell, told))}"


def _cell(text: str) -> str:
    """The text in a cell: in one line, naming nobody (an @ would call a person)."""
    return escape(text).replace("@", "@\u200b")
