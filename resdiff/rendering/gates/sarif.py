"""Gates as SARIF 2.1.0 (OASIS), for code scanning and editors.

What a person accepted stays in the file, marked as suppressed: a result that is left out is taken for mended, and comes
back as new. Results are known again by their fingerprint, not by their line. A comparison that could not be made is an
invocation that did not succeed, with its notification: never a file without results.
"""

from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

import msgspec

from resdiff.gates.sentences import pair_line, result_line
from resdiff.gates.values import Gated, Result, Spot, Standing
from resdiff.messages import message
from resdiff.rendering.gates import Look
from resdiff.version import __version__

__all__ = ["render"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOME = "https://github.com/resdiff/resdiff"
ROOT = "%SRCROOT%"
Value = dict[str, object]


def render(gated: Gated, look: Look) -> bytes:
    """One run with a rule for each gate."""
    lang = look.lang
    run: Value = {
        "tool": {
            "driver": {
                "name": "resdiff",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": HOME,
                "rules": [_rule(gated, number, lang) for number in range(len(gated.gates))],
            }
        },
        "invocations": [_invocation(gated, lang)],
        "columnKind": "unicodeCodePoints",
        "results": [_result(result, gated, lang) for result in gated.results],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _rule(gated: Gated, number: int, lang: str) -> Value:
    gate = gated.gates[number]
    rule: Value = {
        "id": gate.id,
        "shortDescription": {"text": gate.said(lang)},
        "defaultConfiguration": {"level": gate.severity},
        "properties": {"tags": [gate.family], "guard": gate.guard},
    }
    if gate.reason:
        rule["fullDescription"] = {"text": gate.reason}
    return rule


def _invocation(gated: Gated, lang: str) -> Value:
    failures = [
        {"level": "error", "message": {"text": message("gate.uncompared", pair_line(f.pair, lang), f.why, lang=lang)}}
        for f in gated.uncompared
    ]
    cautions = [
        {"level": "warning", "message": {"text": f"{pair_line(judged.pair, lang)} : {caution}"}}
        for judged in gated.judged
        for caution in judged.cautions
    ]
    return {"executionSuccessful": not failures, "toolExecutionNotifications": [*failures, *cautions]}


def _result(result: Result, gated: Gated, lang: str) -> Value:
    ids = [gate.id for gate in gated.gates]
    value: Value = {
        "ruleId": result.gate.id,
        "ruleIndex": ids.index(result.gate.id),
        "level": result.gate.severity,
        "message": {"text": result_line(result, lang)},
        "fingerprints": {"resdiff/v1": result.fingerprint},
        "partialFingerprints": {"primaryLocationLineHash": f"{result.fingerprint}:1"},
        "suppressions": _suppressions(result),
        "properties": {"pair": pair_line(result.pair, lang), "quote": result.fault.quote, "standing": result.standing},
    }
    if result.new.file:
        value["locations"] = [{"physicalLocation": _location(result.new)}]
    if result.old.file:
        text = result.pair.old or message("gate.old-text", lang=lang)
        value["relatedLocations"] = [{"id": 0, "physicalLocation": _location(result.old), "message": {"text": text}}]
    return value


def _suppressions(result: Result) -> list[Value]:
    """Where one result has this property all must (section 3.27.23): an empty list means not suppressed."""
    row = result.accepted
    if row is None or result.standing is not Standing.ACCEPTED:
        return []
    about = {"until": row.until.isoformat()}
    return [{"kind": "external", "status": "accepted", "justification": row.reason, "properties": about}]


def _location(spot: Spot) -> Value:
    return {"artifactLocation": _artifact(spot.file), "region": {"startLine": spot.line}}


def _artifact(file: str) -> Value:
    """A file of the tree by its path from the root; any other by its whole address."""
    if PurePosixPath(file).is_absolute():
        return {"uri": f"file://{quote(file)}"}
    if PureWindowsPath(file).is_absolute():
        return {"uri": PureWindowsPath(file).as_uri()}
    return {"uri": quote(file), "uriBaseId": ROOT}
