"""References from paragraph to paragraph, against the new numbers."""

import pytest
from build import resolution

from resdiff.comparison import compare
from resdiff.model import Op, Weight

FIRST = "Prie instamment les États de ratifier les conventions relatives à la lutte contre le terrorisme ;"
SECOND = "Invite les organisations régionales à échanger leurs pratiques en matière de protection des témoins ;"
FRESH = "Encourage les universités à enseigner le droit humanitaire aux futurs magistrats ;"


def compared(before, after, fresh=True):
    """Two texts whose paragraphs 1 and 2 became 2 and 3, and the change of the last one, which refers to them."""
    old = resolution(FIRST, SECOND, before, symbol="A/RES/1/1")
    rows = [FRESH, FIRST, SECOND, after] if fresh else [FIRST, SECOND, after]
    new = resolution(*rows, symbol="A/RES/2/1")
    (change,) = (c for c in compare(old, new).changes if c.link.old == ("op3",))
    return change


def codes(change):
    return [(flag.code, flag.values) for flag in change.flags]


def test_a_list_that_follows_the_numbering_is_routine():
    change = compared("Décide de suivre les mesures visées aux paragraphes 1 et 2 ci-dessus ;",
                      "Décide de suivre les mesures visées aux paragraphes 2 et 3 ci-dessus ;")  # fmt: skip
    assert change.weight is Weight.ROUTINE
    assert codes(change) == [("reference-follows", ("1", "2")), ("reference-follows", ("2", "3"))]


@pytest.mark.parametrize("words", ["au paragraphe 2 ci-dessus", "au paragraphe 2 de la présente résolution"])
def test_a_number_that_did_not_follow_is_flagged(words):
    same = f"Décide de suivre les mesures visées {words} ;"
    change = compared(same, same)
    assert codes(change) == [("reference-stale", ("2", "3"))]
    assert change.flags[0].new[0].paragraph == "op4"
    assert change.weight is Weight.NONE


def test_a_number_of_a_paragraph_that_went_away_is_flagged():
    same = "Décide de suivre les mesures visées au paragraphe 1 ci-dessus ;"
    old = resolution(FIRST, SECOND, same, symbol="A/RES/1/1")
    new = resolution(FRESH, SECOND, same, symbol="A/RES/2/1")
    (change,) = (c for c in compare(old, new).changes if c.link.old == ("op3",))
    assert codes(change) == [("reference-lost", ("1", ""))]


def test_numbers_that_stayed_right_are_left_alone():
    same = "Décide de suivre les mesures visées aux paragraphes 1 et 2 ci-dessus ;"
    assert codes(compared(same, same, fresh=False)) == []


def test_paragraphs_of_another_resolution_are_no_references():
    same = "Décide de suivre les mesures visées au paragraphe 2 de la résolution 72/194 ;"
    assert codes(compared(same, same)) == []


def test_another_change_keeps_its_weight():
    change = compared("Décide de suivre les mesures visées aux paragraphes 1 et 2 ci-dessus ;",
                      "Décide de contrôler les mesures visées aux paragraphes 2 et 3 ci-dessus ;")  # fmt: skip
    assert change.weight is Weight.SUBSTANTIVE
    weights = [(e.text.strip(), e.weight) for e in change.edits if e.op is Op.INSERT]
    assert weights[0] == ("contrôler", Weight.SUBSTANTIVE)
    assert {weight for _, weight in weights[1:]} == {Weight.ROUTINE}
