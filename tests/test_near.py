"""Which paragraph of the edition beside says what one says that came or went: as readers found, and whichever way."""

import sys
from pathlib import Path

import build
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

from fitting import by_pair

from resdiff.alignment.odds import RIVAL, Near, Nearness
from resdiff.model import Rival, Side
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.series.lineage import trace

LABELS = Path(__file__).parent / "gold" / "near.csv"

GUIDE = "Prie l’Office d’établir un guide pratique sur les preuves électroniques ;"
PRISON = "Engage les États Membres à prévenir la radicalisation dans les prisons, notamment par la formation ;"
TRAINED = "Prie l’Office de former, dans les prisons, ceux qui préviennent la radicalisation ;"
JUDGES = "Demande aux juges d’ouvrir leurs registres ;"


def bodies(old, new):
    return build.resolution(*old).body, build.resolution(*new).body


def test_the_likeliest_has_the_rare_words_and_none_says_a_matter_of_its_own():
    nearness = Nearness(*bodies([GUIDE, PRISON, JUDGES], [GUIDE, JUDGES, TRAINED]))
    assert nearness.likeliest(Side.NEW, ("op3",)).id == "op2"
    assert nearness.likeliest(Side.OLD, ("op2",)).id == "op3"
    assert Nearness(*bodies([GUIDE], [JUDGES])).likeliest(Side.NEW, ("op1",)) == Near()


def test_turned_round_two_texts_are_as_near():
    old, new = bodies([GUIDE, PRISON, JUDGES], [JUDGES, GUIDE, TRAINED])
    rival = Rival("op2", "op3", 0.2)
    there = Nearness(old, new, [rival])
    back = Nearness(new, old, [Rival("op3", "op2", 0.2)])
    for ids in (("op1",), ("op2",), ("op2", "op3")):
        assert there.features(Side.OLD, ids) == back.features(Side.NEW, ids)


def test_one_word_in_common_leads_nowhere():
    """The first word of "Exige également :" opens it and tells nothing, so that the other one would be all it says."""
    demand = "Exige également que toutes les parties mettent fin à leur assistance ;"
    nearness = Nearness(*bodies(["Exige également :", GUIDE], [GUIDE, demand]))
    near = nearness.likeliest(Side.OLD, ("op1",))
    assert nearness.odds(Side.OLD, ("op1",))["op2"] > 0.5
    assert (near.id, near.beside) == ("", ())


def test_what_the_aligner_thought_of_two_speaks_for_them():
    old, new = bodies([GUIDE, PRISON, JUDGES], [GUIDE, JUDGES, TRAINED])
    alone, weighed = Nearness(old, new), Nearness(old, new, [Rival("op2", "op3", 0.3)])
    assert weighed.likeliest(Side.NEW, ("op3",)).probability > alone.likeliest(Side.NEW, ("op3",)).probability


def test_one_that_stands_word_for_word_is_less_likely_to_have_been_cut_up():
    kept, gone = bodies([GUIDE, PRISON, JUDGES], [GUIDE, PRISON, JUDGES, TRAINED]), bodies([PRISON], [TRAINED])
    found = [Nearness(*pair).likeliest(Side.NEW, ids).probability for pair, ids in ((kept, ("op4",)), (gone, ("op1",)))]
    assert found[0] < found[1]


def test_one_without_a_link_that_is_nearer_than_a_partner_rivals_it():
    old, new = bodies([JUDGES, PRISON, GUIDE], [TRAINED, GUIDE])
    for partner, rivalled in (("op1", True), ("op2", False)):
        nearness = Nearness(old, new, [Rival("op2", "op1", 0.4)], {(Side.OLD, partner), (Side.NEW, "op1")})
        assert nearness.odds(Side.NEW, ("op1",))["op2"] > RIVAL
        assert nearness.is_rivalled(partner, "op1") is rivalled


@pytest.mark.slow
def test_lives_point_where_readers_found_what_came_and_what_went(shared):
    """Of what is told as near, or linked, five in six at least are, and of what is told flat few stand whole somewhere.
    An eighth of the labels are faults of earlier reports: the harder ones."""
    files = {path.stem: path for path in (shared / "texts").rglob("*.txt")}
    right, missed, flat = [], [], []
    for names, rows in by_pair(LABELS):
        lineage = trace([parse(read(files[name])) for name in names])
        for row in rows:
            side = Side(row["side"])
            life = lineage.life(int(side is Side.NEW), row["paragraph"])
            linked = [id_ for step in life.steps if step.edition == int(side is Side.OLD) for id_ in step.ids]
            near = life.born_near if side is Side.NEW else life.dropped_near
            if linked:
                (right if set(linked) & set(row["there"].split()) else missed).append(row)
            elif near:
                (right if near in row["there"].split() else missed).append(row)
            elif not (life.steps[0].uncertain if side is Side.NEW else life.dropped_uncertain):
                flat.append(row["label"] == "same")
    assert len(right) >= 45 and len(right) >= 0.83 * len(right + missed), missed
    assert len(flat) >= 350 and sum(flat) <= 0.02 * len(flat)
