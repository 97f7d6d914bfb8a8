"""The sentences of gates, in the language of the reader: every format says the same."""

from resdiff.gates.rules import Gate
from resdiff.gates.values import Beside, Gated, Pair, Result, Standing, Value, Why
from resdiff.messages import message, message_or_code
from resdiff.report.blocks import Sentence
from resdiff.report.explain import FindingKind
from resdiff.report.wording import addresses, as_text, inner

__all__ = ["figures", "pair_line", "result_line", "said", "standing_line", "title", "why"]

FOUND = {f"finding-{kind}": kind for kind in FindingKind}


def why(reason: Why, lang: str) -> str:
    """Why a gate holds or fails."""
    values = [_value(value, lang) for value in reason.values]
    section, _, code = reason.code.rpartition(".")
    if section:
        return message_or_code(reason.code, values, lang)
    if code in FOUND:
        quoted = [message("word.quote", inner(value, lang), lang=lang) for value in values]
        return message(f"explain.{FOUND[code]}", *quoted, lang=lang)
    if code == "words-kept" and not values[1]:
        code = "words-kept-title"
    return message(f"gate.{code}", *(value or message("gate.the-new-text", lang=lang) for value in values), lang=lang)


def _value(value: Value, lang: str) -> str:
    """Words as they stand in a quotation; places as people call them."""
    if isinstance(value, str):
        return inner(value, lang)
    if isinstance(value, Beside):
        return message("gate.part-note", value.note, lang=lang) if value.note else message("gate.part-title", lang=lang)
    return as_text(Sentence(addresses(value.side, value.ids, lang, marked=True, most=6)))


def result_line(result: Result, lang: str) -> str:
    """What was found: the message of the rule, then why."""
    return f"{result.gate.said(lang)} {said(why(result.fault.why, lang))}"


def said(text: str) -> str:
    """A statement as a sentence: a capital, a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "…")) else f"{text}."


def standing_line(result: Result, lang: str) -> str:
    """That a result is accepted, or was; empty where nobody accepted it."""
    if result.accepted is None:
        return ""
    key = "accepted" if result.standing is Standing.ACCEPTED else "expired"
    return message(f"gate.{key}", result.accepted.until.isoformat(), result.accepted.reason, lang=lang)


def pair_line(pair: Pair, lang: str) -> str:
    """Which texts were compared, with their series."""
    old = pair.old or message("gate.old-text", lang=lang)
    line = message("gate.pair", old, pair.new, lang=lang) if pair.new else old
    return message("gate.in-series", line, pair.series, lang=lang) if pair.series else line


def title(gate: Gate, lang: str) -> str:
    """A rule with its family and severity, and its message."""
    family = message(f"gate.family-{gate.family}", lang=lang)
    severity = message(f"gate.severity-{gate.severity}", lang=lang)
    return message("gate.title", gate.id, family, severity, gate.said(lang), lang=lang)


def figures(gated: Gated, lang: str) -> str:
    """The figures of a run."""
    counting = [r.gate.severity for r in gated.results if r.counts]
    counts = [counting.count(severity) for severity in ("error", "warning", "note")]
    accepted = sum(not r.counts for r in gated.results)
    values = (len(gated.judged), len(gated.gates), *counts, accepted, len(gated.uncompared))
    return message("gate.figures", *values, lang=lang)
