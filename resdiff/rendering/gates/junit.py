"""Gates as JUnit XML: a suite a pair, a case a gate. What counts and is an error is a failure; what could not be
compared is an error; a gate with nothing to look at, or whose results are all accepted, is skipped."""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr as quoted

from resdiff.gates.sentences import pair_line, result_line, said, standing_line, why
from resdiff.gates.values import Gated, Judged, Outcome, Result, Uncompared, Verdict
from resdiff.messages import message
from resdiff.rendering.gates import Look
from resdiff.rendering.xml import clean

__all__ = ["render"]


def render(gated: Gated, look: Look) -> bytes:
    """The suites, in the order of the pairs; those that could not be compared last."""
    suites = [_suite(each, look.lang) for each in gated.judged] + [_lost(each, look.lang) for each in gated.uncompared]
    tests = sum(len(each.outcomes) for each in gated.judged) + len(gated.uncompared)
    failures = sum(_is_failure(o, _of(j, o)) for j in gated.judged for o in j.outcomes)
    head = f'<testsuites name="resdiff" tests="{tests}" failures="{failures}" errors="{len(gated.uncompared)}">'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>"]
    return ("\n".join(lines) + "\n").encode()


def _of(judged: Judged, outcome: Outcome) -> list[Result]:
    return [result for result in judged.results if result.gate.id == outcome.gate.id]


def _is_failure(outcome: Outcome, results: list[Result]) -> bool:
    return outcome.gate.severity == "error" and any(result.counts for result in results)


def _is_skipped(outcome: Outcome, results: list[Result]) -> bool:
    return outcome.verdict is Verdict.IDLE or bool(results and not any(result.counts for result in results))


def _suite(judged: Judged, lang: str) -> str:
    mine = [(outcome, _of(judged, outcome)) for outcome in judged.outcomes]
    failures = sum(_is_failure(*each) for each in mine)
    skipped = sum(_is_skipped(*each) for each in mine)
    name = quoted(clean(pair_line(judged.pair, lang)))
    head = f'<testsuite name={name} tests="{len(mine)}" failures="{failures}" errors="0" skipped="{skipped}">'
    return "\n".join([head, *(line for each in mine for line in _case(judged, *each, lang)), "</testsuite>"])


def _case(judged: Judged, outcome: Outcome, results: list[Result], lang: str) -> Iterator[str]:
    place = results[0].new if results and results[0].new.file else None
    at = f' file={quoted(clean(place.file))} line="{place.line}"' if place else ""
    name = quoted(clean(pair_line(judged.pair, lang)))
    yield f"<testcase name={quoted(outcome.gate.id)} classname={name}{at}>"
    told = [" – ".join(filter(None, (result_line(r, lang), standing_line(r, lang)))) for r in results]
    text = "\n".join(told or [said(why(each, lang)) for each in outcome.whys])
    if _is_failure(outcome, results):
        counting = [line for line, result in zip(told, results, strict=True) if result.counts]
        head = f"<failure type={quoted(outcome.gate.family)} message={quoted(clean(counting[0]))}>"
        yield f"{head}{_body(text)}</failure>"
    elif _is_skipped(outcome, results):
        yield f"<skipped message={quoted(clean(text))}/>"
    elif text:
        yield f"<system-out>{_body(text)}</system-out>"
    yield "</testcase>"


def _lost(failed: Uncompared, lang: str) -> str:
    name = quoted(clean(pair_line(failed.pair, lang)))
    said = quoted(clean(message("gate.uncompared", pair_line(failed.pair, lang), failed.why, lang=lang)))
    return (
        f'<testsuite name={name} tests="1" failures="0" errors="1" skipped="0">\n<testcase name="comparison" '
        f'classname={name}>\n<error type="uncompared" message={said}/>\n</testcase>\n</testsuite>'
    )


def _body(text: str) -> str:
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
