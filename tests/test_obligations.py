"""Addressees, conditions, deadlines, reports: what came and went."""

import build
import cases
import pytest

from resdiff.language import FRENCH
from resdiff.recognition.commands import find_commands

CONDITIONS = FRENCH.conditions


@pytest.mark.parametrize("row", CONDITIONS.condition, ids=lambda row: row.example)
def test_the_example_of_a_condition_holds_it(row):
    assert any(phrase.casefold() in row.example.casefold() for phrase in row.phrases)
    assert row.reason


def test_a_phrase_belongs_to_one_condition():
    phrases = [phrase for row in CONDITIONS.condition for phrase in row.phrases]
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize("row", CONDITIONS.deadline, ids=lambda row: row.reason)
def test_the_example_of_a_deadline_is_read(row):
    text = f"Prie le Comité de poursuivre ses travaux {row.example}"
    later = text.translate(str.maketrans({"7": "9"})).replace("deux", "trois").replace("douze", "six")
    assert build.flags(build.compared([text], [later]), "deadline-changed")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Prie l’Office des Nations Unies contre la drogue et le crime de fournir une aide",
         "l’Office des Nations Unies contre la drogue et le crime"),
        ("Demande aux États Membres de coopérer", "les États Membres"),
        ("Demande également à tous les États, compte tenu du contexte, d’agir", "tous les États"),
        ("Prie instamment le Secrétaire général de lui présenter un rapport", "le Secrétaire général"),
        ("Demande au Comité d’y remédier", "le Comité"),
        ("Demande à la Mission d’appuyer le processus", "la Mission"),
        ("Engage les États Membres qui ne l’ont pas encore fait à devenir parties", "les États Membres"),
        ("Encourage les efforts de paix", ""),
        ("Exige qu’aucun acte de violence ne soit commis", ""),
        ("Se félicite de la décision de la Mission de continuer", ""),
    ],
)  # fmt: skip
def test_who_is_asked(text, asked):
    (command,) = find_commands(build.paragraph("op1", text), FRENCH)
    assert command.addressee == asked


@pytest.mark.parametrize("case", cases.parameters("obligations"))
def test_which_obligations_came_and_went(case):
    comparison = build.compared_case(case)
    said = [f"{o.sort} {o.status}: {o.text}" for o in comparison.obligations]
    told = said + build.flags(comparison, "deadline") + build.flags(comparison, "figure")
    assert told == case.lines("expected")
