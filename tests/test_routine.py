"""Edits that only bring a text up to date, and edits that only look like it."""

import build
import cases
import pytest

from resdiff.language import FRENCH
from resdiff.model import Weight

RULES = FRENCH.routine.rule
OWN = {"last-edition": "A/RES/72/194"}


@pytest.mark.parametrize("rule", [r for r in RULES if r.check != "renumbered"], ids=lambda rule: rule.name)
def test_the_example_of_a_rule_is_routine(rule):
    old, new = ([f"pp Rappelant en particulier {text}"] for text in rule.example)
    comparison = build.compared(old, new, OWN.get(rule.name, ""))
    (change,) = comparison.changes
    assert [flag.code for flag in change.flags] == [f"routine-{rule.name}"]
    assert change.weight is Weight.ROUTINE


@pytest.mark.parametrize("case", cases.parameters("routine"))
def test_what_is_routine(case):
    comparison = build.compared_case(case)
    weights = [change.weight.label for change in comparison.changes if change.weight]
    assert build.flags(comparison, "routine") + weights == case.lines("expected")


def test_only_the_edits_of_the_citation_are_routine_in_a_paragraph_that_changed():
    old = ["pp Rappelant sa résolution 70/177 du 17 décembre 2015, dans laquelle elle a engagé l’Office à agir"]
    new = ["pp Rappelant sa résolution 72/194 du 19 décembre 2017, dans laquelle elle a prié le Comité d’agir"]
    (change,) = build.compared(old, new, "A/RES/72/194").changes
    weights = {edit.text.strip(): edit.weight for edit in change.edits if edit.op != "equal"}
    assert change.weight is Weight.SUBSTANTIVE
    assert all(weight is Weight.ROUTINE for text, weight in weights.items() if any(c.isdigit() for c in text))
    assert any(weight is Weight.SUBSTANTIVE for weight in weights.values())


def test_a_cross_reference_follows_its_paragraph():
    report = "Prie le Secrétaire général de lui présenter un rapport sur les progrès accomplis dans la région"
    old = [report, "Demande au Comité d’examiner le rapport visé au paragraphe 1 ci-dessus dans les meilleurs délais"]
    new = [
        "Condamne fermement toutes les violations graves commises contre les enfants",
        report,
        "Demande au Comité d’examiner le rapport visé au paragraphe 2 ci-dessus dans les meilleurs délais",
    ]
    assert build.flags(build.compared(old, new), "routine") == ["routine-reference: 1 → 2"]
