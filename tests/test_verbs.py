"""Verbs of command: the ladder, and how verbs differ between linked paragraphs."""

import build
import cases
import pytest

from resdiff.language import FRENCH
from resdiff.recognition.commands import find_commands

VERBS = FRENCH.verbs.verb
ADVERBS = FRENCH.verbs.adverb


@pytest.mark.parametrize("row", VERBS, ids=lambda row: row.id)
def test_the_example_of_a_verb_is_found_under_its_row(row):
    found = [c.id for id_ in ("op1", "pp1") for c in find_commands(build.paragraph(id_, row.example), FRENCH)]
    assert found == [row.kin or row.id]


@pytest.mark.parametrize("row", ADVERBS, ids=lambda row: row.words[0])
def test_the_example_of_an_adverb_is_read_with_its_verb(row):
    (command,) = find_commands(build.paragraph("op1", row.example), FRENCH)
    adverb = row.example[command.start : command.end]
    assert any(word in adverb for word in row.words)
    assert (any(word in command.text for word in row.words)) == (row.sort != "neutral")


def test_every_form_belongs_to_one_row():
    for form in ("op", "pp"):
        forms = [text for row in VERBS for text in getattr(row, form)]
        assert len(forms) == len(set(forms))


def test_every_scale_is_explained():
    scales = {scale for row in VERBS for scale in row.scales}
    scales |= {scale for row in ADVERBS for scale in row.set}
    assert scales == set(FRENCH.verbs.scales)


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("Prie l’Office de fournir sur demande une assistance", ["Prie"]),
        ("Prend note de la demande et de la note du Secrétaire général", ["Prend note"]),
        ("Souligne qu’il importe de coopérer, et, à cet égard, prend acte avec satisfaction du rapport",
         ["Souligne", "prend acte avec satisfaction"]),
        ("Déplore et condamne dans les termes les plus énergiques toute attaque",
         ["Déplore", "condamne dans les termes les plus énergiques"]),
        ("Encourage la Mission à inviter les parties et à prier le Comité", ["Encourage"]),
    ],
)  # fmt: skip
def test_finite_verbs_are_found_and_nothing_else(text, verbs):
    assert [c.text for c in find_commands(build.paragraph("op1", text), FRENCH)] == verbs


@pytest.mark.parametrize("case", cases.parameters("verbs"))
def test_what_is_said_of_verbs(case):
    comparison = build.compared_case(case)
    said = [f"{v.old} {v.old_verb} → {v.new} {v.new_verb} ({v.direction})" for v in comparison.verbs]
    said += build.flags(comparison, "verb-added") + build.flags(comparison, "verb-dropped")
    assert said == case.lines("expected")


def test_a_comparison_and_its_mirror_say_opposite_things():
    old = ["Encourage les États Membres à coopérer avec l’Office et à lui communiquer leurs informations"]
    new = ["Prie instamment les États Membres de coopérer avec l’Office et de lui communiquer leurs informations"]
    assert [v.direction for v in build.compared(old, new).verbs] == ["stronger"]
    assert [v.direction for v in build.compared(new, old).verbs] == ["weaker"]
