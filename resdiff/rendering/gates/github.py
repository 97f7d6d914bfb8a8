"""Gates as workflow commands of GitHub: each becomes an annotation at its line. What is accepted makes none."""

from resdiff.gates.sentences import figures, pair_line, result_line
from resdiff.gates.values import Gated, Result
from resdiff.messages import message
from resdiff.rendering.gates import Look

__all__ = ["render"]

LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def render(gated: Gated, look: Look) -> bytes:
    """A command a result that counts, errors first: GitHub shows ten of each kind a step. The figures end it."""
    counting = sorted((r for r in gated.results if r.counts), key=lambda r: [*LEVELS].index(r.gate.severity))
    lost = [message("gate.uncompared", pair_line(f.pair, look.lang), f.why, lang=look.lang) for f in gated.uncompared]
    lines = [f"::error title=resdiff::{_text(told)}" for told in lost]
    lines += [_command(result, look.lang) for result in counting]
    lines.append(figures(gated, look.lang))
    return ("\n".join(lines) + "\n").encode()


def _command(result: Result, lang: str) -> str:
    at = f"file={_property(result.new.file)},line={result.new.line}," if result.new.file else ""
    title = _property(f"{result.gate.id}, {pair_line(result.pair, lang)}")
    return f"::{LEVELS[result.gate.severity]} {at}title={title}::{_text(result_line(result, lang))}"


def _text(text: str) -> str:
    """What a command takes as its message, in one line."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
