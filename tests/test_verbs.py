"""Verbs of command: the scales they are weighed on, and how verbs differ between linked paragraphs."""

import build
import cases
import pytest

from resdiff.language import FRENCH
from resdiff.model import FlagCode, Side
from resdiff.recognition.acts import find_acts, weighing
from resdiff.recognition.survey import Family
from resdiff.report.acts import ActStatus, act_rows
from resdiff.report.remarks import Whereabouts

VERBS = FRENCH.acts.verb


def acts(text, id_="op1"):
    return [act for act in find_acts(build.resolution((id_, text))) if act.verb]


@pytest.mark.parametrize("row", VERBS, ids=lambda row: row.id)
def test_the_example_of_a_verb_is_found_under_its_row(row):
    assert [act.verb for act in acts(row.example) or acts(row.example, "pp1")] == [row.id]


@pytest.mark.parametrize("row", FRENCH.acts.adverb, ids=lambda row: row.words[0])
def test_the_example_of_an_adverb_is_read_with_its_verb(row):
    (act,) = acts(row.example)
    assert any(word in act.head for word in row.words)
    assert any(word in weighing(act.head, FRENCH) for word in row.words) == (row.sort != "neutral")


def test_every_form_belongs_to_one_row():
    for form in ("op", "pp"):
        forms = [text for row in VERBS for text in getattr(row, form)]
        assert len(forms) == len(set(forms))


def test_another_verb_that_says_the_same_is_of_the_same_force():
    rows = {row.id: row for row in VERBS}
    for row in (row for row in VERBS if row.kin):
        (one,), (other,) = acts(row.example), acts(rows[row.kin].example)
        assert one.kin == other.verb and one.verb_force == other.verb_force


def test_a_scale_holds_families_that_there_are():
    assert all(set(row.families) <= set(Family) for row in FRENCH.acts.scale)


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
        ("Salue l’action de la Mission, et la prie également instamment d’aider les parties",
         ["Salue", "prie instamment"]),
    ],
)  # fmt: skip
def test_finite_verbs_are_found_and_nothing_else(text, verbs):
    assert [weighing(act.head, FRENCH) for act in acts(text)] == verbs


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


@pytest.mark.parametrize(
    ("gained", "found"),
    [
        ("le caractère inacceptable des changements démographiques causés par le conflit dans les provinces", "op2"),
        ("les changements apportés au calendrier des élections dans les provinces", ""),
    ],
)
def test_an_act_that_went_has_the_paragraph_beside_it_where_its_words_came(gained, found):
    stays = "Souligne que les parties doivent élaborer un règlement politique de tous les différends"
    rights = "le droit imprescriptible des réfugiés de regagner leurs foyers dans la sécurité et la dignité"
    gone = "réaffirme que les changements démographiques résultant du conflit dans les provinces sont inacceptables"
    shorter, longer = [stays, f"Rappelle {gained} et {rights}"], [f"{stays}, et {gone}", f"Rappelle {rights}"]
    for olds, news, code, side in (
        (longer, shorter, FlagCode.VERB_DROPPED, Side.NEW),
        (shorter, longer, FlagCode.VERB_ADDED, Side.OLD),
    ):
        compared = build.compared(olds, news)
        change = compared.changes[0]
        (flag,) = (flag for flag in change.flags if flag.code is code)
        evidence = flag.new if side is Side.NEW else flag.old
        assert [each.paragraph for each in evidence] == ([found] if found else [])
        # in the list of acts it is gone, or new, all the same, and a reader of the paragraph is led to the other one
        status = ActStatus.GONE if side is Side.NEW else ActStatus.NEW
        assert status in [row.status for row in act_rows(compared)]
        assert [*Whereabouts.of(compared, "fr").beyond.get("op1", ())] == ([(side, found)] if found else [])
