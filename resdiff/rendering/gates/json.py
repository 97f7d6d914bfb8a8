"""Gates as JSON: a contract, ``data/gates.schema.json``. A line a member of each list, as in the JSON of a pair."""

from typing import Final

from resdiff.gates.sentences import result_line, why
from resdiff.gates.values import Gated, Judged, Outcome, Pair, Result, Spot
from resdiff.rendering.gates import Look
from resdiff.rendering.json import in_lines

__all__ = ["render"]

FORMAT = "resdiff-gates"
VERSION: Final = 1
Value = dict[str, object]


def render(gated: Gated, look: Look) -> bytes:
    """All that a run found."""
    lang = look.lang
    counting = [result.gate.severity for result in gated.results if result.counts]
    document: Value = {
        "format": FORMAT,
        "version": VERSION,
        "lang": lang,
        "failed": gated.failed(),
        "counts": {
            "pairs": len(gated.judged),
            "errors": counting.count("error"),
            "warnings": counting.count("warning"),
            "notes": counting.count("note"),
            "accepted": sum(not result.counts for result in gated.results),
            "uncompared": len(gated.uncompared),
        },
        "gates": [
            {"id": g.id, "family": g.family, "severity": g.severity, "guard": g.guard, "message": g.said(lang)}
            for g in gated.gates
        ],
        "outcomes": [_outcome(judged, outcome, lang) for judged in gated.judged for outcome in judged.outcomes],
        "results": [_result(result, lang) for result in gated.results],
        "uncompared": [{**_pair(each.pair), "why": each.why} for each in gated.uncompared],
        "cautions": [{**_pair(j.pair), "caution": caution} for j in gated.judged for caution in j.cautions],
        "idle": [gate.id for gate in gated.idle],
        "unused": [row.fingerprint for row in gated.unused],
    }
    return in_lines(document)


def _pair(pair: Pair) -> Value:
    return {"old": pair.old, "new": pair.new, "series": pair.series, "language": pair.language}


def _outcome(judged: Judged, outcome: Outcome, lang: str) -> Value:
    return {
        **_pair(judged.pair),
        "gate": outcome.gate.id,
        "verdict": outcome.verdict,
        "why": [why(each, lang) for each in (*(fault.why for fault in outcome.faults), *outcome.whys)],
    }


def _result(result: Result, lang: str) -> Value:
    row = result.accepted
    return {
        **_pair(result.pair),
        "gate": result.gate.id,
        "severity": result.gate.severity,
        "fingerprint": result.fingerprint,
        "standing": result.standing,
        "message": result_line(result, lang),
        "quote": result.fault.quote,
        "old_paragraphs": list(result.fault.old),
        "new_paragraphs": list(result.fault.new),
        "old_place": _spot(result.old),
        "new_place": _spot(result.new),
        "accepted": {"reason": row.reason, "until": row.until.isoformat()} if row else None,
    }


def _spot(spot: Spot) -> Value:
    return {"file": spot.file, "line": spot.line}
