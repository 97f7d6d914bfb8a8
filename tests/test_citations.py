"""Citations: how they are read, and which came and went."""

import build
import cases
import pytest

from resdiff.language import FRENCH
from resdiff.model import Status
from resdiff.recognition.citations import cited, key_of_symbol


@pytest.mark.parametrize("form", FRENCH.citations.form, ids=lambda form: form.reason)
def test_the_example_of_a_form_is_one_citation(form):
    (citation,) = cited(form.example)
    assert citation.key.startswith(form.sort)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("la résolution A/RES/72/284", "sa résolution 72/284 du 26 juin 2018"),
        ("la résolution S/RES/1373(2001)", "sa résolution 1373 (2001) du 28 septembre 2001"),
    ],
)
def test_one_resolution_in_two_forms_is_one(one, other):
    assert [c.key for c in cited(one)] == [c.key for c in cited(other)]


@pytest.mark.parametrize(
    "text",
    [
        "les 2/3 des États",
        "le Programme mondial (2022-2027)",
        "7 060 soldats et 2 091 policiers",
        "en 2004/05",
        "S/RES",
    ],
)
def test_numbers_that_cite_nothing(text):
    assert cited(text) == ()


def test_a_decision_is_not_a_resolution_of_the_same_number():
    assert [c.label for c in cited("sa résolution 55/2 et sa décision 55/488")] == [
        "résolution 55/2",
        "décision 55/488",
    ]


def test_a_text_without_symbol_has_no_key():
    assert key_of_symbol("") == ""


@pytest.mark.parametrize("case", cases.parameters("citations"))
def test_which_citations_came_and_went(case):
    found = [c for c in build.compared_case(case).citations if c.status is not Status.KEPT]
    said = [
        f"{c.status}: {c.text}"
        + (f" → {c.replaced_by}" if c.replaced_by else "")
        + (f" [{c.routine}]" if c.routine else "")
        for c in found
    ]
    assert said == case.lines("expected")
