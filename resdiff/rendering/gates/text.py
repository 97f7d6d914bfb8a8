"""Gates on a terminal and in the log of a job: what fails, by pair; with ``explain`` what holds too, and why."""

from collections.abc import Iterator

from resdiff.gates.sentences import figures, pair_line, said, standing_line, title, why
from resdiff.gates.values import Gated, Judged, Outcome, Result, Spot, Verdict
from resdiff.messages import message
from resdiff.rendering.gates import Look

__all__ = ["render"]

BOLD, FAINT, RED, YELLOW, GREEN = "1", "2", "31", "33", "32"
SIGNS = {"error": ("✗", RED), "warning": ("!", YELLOW), "note": ("·", FAINT)}


def render(gated: Gated, look: Look) -> bytes:
    """A block a pair that has something to tell, the figures last."""
    lines: list[str] = []
    for judged in gated.judged:
        lines += _pair(judged, look)
    for failed in gated.uncompared:
        told = message("gate.uncompared", pair_line(failed.pair, look.lang), failed.why, lang=look.lang)
        lines.append(_painted(f"✗ {told}", RED, look))
    if gated.idle:
        lines.append(message("gate.idle", ", ".join(gate.id for gate in gated.idle), lang=look.lang))
    if gated.unused:
        lines.append(message("gate.unused", ", ".join(row.fingerprint for row in gated.unused), lang=look.lang))
    if not gated.results and not gated.uncompared and gated.judged and len(gated.idle) < len(gated.gates):
        lines.append(message("gate.all-hold", lang=look.lang))
    lines.append(figures(gated, look.lang))
    return ("\n".join(lines) + "\n").encode()


def _pair(judged: Judged, look: Look) -> Iterator[str]:
    shown = [o for o in judged.outcomes if look.explain or o.verdict is Verdict.FAILS]
    if not shown and not (judged.cautions and look.explain):
        return
    yield _painted(pair_line(judged.pair, look.lang), BOLD, look)
    if shown:
        yield from (f"  {message('gate.caution', caution, lang=look.lang)}" for caution in judged.cautions)
    for outcome in shown:
        mine = [result for result in judged.results if result.gate.id == outcome.gate.id]
        yield from _outcome(outcome, mine, look)
    yield ""


def _outcome(outcome: Outcome, results: list[Result], look: Look) -> Iterator[str]:
    yield f"  {_painted(*_sign(outcome, results), look)} {title(outcome.gate, look.lang)}"
    if look.explain:
        yield f"      {said(message(f'gate.verdict-{outcome.verdict}', lang=look.lang))}"
    for result in results:
        yield f"      {said(why(result.fault.why, look.lang))}"
        mark = message("gate.fingerprint", result.fingerprint, lang=look.lang)
        yield _painted(f"      {_where(result.new)}, {mark}", FAINT, look)
        if standing := standing_line(result, look.lang):
            yield f"      {said(standing)}"
    for reason in outcome.whys if look.explain else ():
        yield f"      {said(why(reason, look.lang))}"


def _sign(outcome: Outcome, results: list[Result]) -> tuple[str, str]:
    """The sign of an outcome and its colour; of what fails and is accepted, ``~``."""
    if outcome.verdict is not Verdict.FAILS:
        return ("✓", GREEN) if outcome.verdict is Verdict.HOLDS else ("–", FAINT)
    return SIGNS[outcome.gate.severity] if any(result.counts for result in results) else ("~", FAINT)


def _where(spot: Spot) -> str:
    return f"{spot.file}:{spot.line}" if spot.file else "-"


def _painted(text: str, colour: str, look: Look) -> str:
    return f"\033[{colour}m{text}\033[0m" if look.color else text
