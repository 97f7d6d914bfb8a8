"""Addressees, conditions, deadlines, reports: what came and went."""

import build
import cases
import pytest

from resdiff.judgement.acts import who_is_asked
from resdiff.language import FRENCH
from resdiff.recognition.acts import find_acts

CONDITIONS = FRENCH.conditions


@pytest.mark.parametrize("row", CONDITIONS.condition, ids=lambda row: row.example)
def test_the_example_of_a_condition_holds_it(row):
    assert any(phrase.casefold() in row.example.casefold() for phrase in row.phrases)
    assert row.reason


def test_a_phrase_belongs_to_one_condition():
    phrases = [phrase for row in CONDITIONS.condition for phrase in row.phrases]
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize(
    "deadline",
    ["Décide de proroger jusqu’au 15 octobre 2007 le mandat de la Mission", "pour une nouvelle période de douze mois",
     "dans les douze mois suivant son adoption", "de lui faire rapport deux fois par an", "tous les douze mois"],
)  # fmt: skip
def test_a_deadline_is_read_in_any_clause_and_told_by_its_value(deadline):
    text = f"Prie le Comité de poursuivre ses travaux {deadline}"
    later = text.translate(str.maketrans({"7": "9"})).replace("deux", "trois").replace("douze", "six")
    assert build.flags(build.compared([text], [later]), "deadline-changed")
    assert not build.flags(build.compared([text], [text.replace("douze", "12")]), "deadline-changed")


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
    (act,) = find_acts(build.resolution(text))
    assert who_is_asked(act, FRENCH) == asked


@pytest.mark.parametrize("case", cases.parameters("obligations"))
def test_which_obligations_came_and_went(case):
    comparison = build.compared_case(case)
    said = [f"{o.sort} {o.status}: {o.text}" for o in comparison.obligations]
    told = said + build.flags(comparison, "deadline") + build.flags(comparison, "figure")
    assert told == case.lines("expected")


def test_the_list_has_every_condition_of_a_linked_paragraph(pairs):
    duties = pairs["74/175", "78/226"].obligations
    said = {(str(duty.status), duty.text, duty.old, duty.new) for duty in duties if duty.sort == "condition"}
    assert {
        ("dropped", "selon qu’il convient", "op15", "op16"),
        ("new", "le cas échéant", "op13", "op22"),
        ("new", "conformément à leur droit interne", "", "op28"),  # in a request that is new as a whole
    } <= said


def test_a_report_is_listed_though_the_new_text_asks_for_as_many():
    old = ["Prie le Secrétaire général de lui rendre compte, dans trois mois, de la situation en Abkhazie (Géorgie)"]
    new = ["Prie le Secrétaire général d’aider les parties à dialoguer et de l’informer des mesures de confiance"]
    duties = build.compared(old, new).obligations
    assert {(duty.sort, str(duty.status)) for duty in duties} == {("report", "new"), ("report", "dropped")}
