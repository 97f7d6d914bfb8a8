"""Clauses that moved from one paragraph to another."""

import build
from hypothesis import given, settings
from hypothesis import strategies as st

from resdiff.language import FRENCH
from resdiff.marking.words import edits, mark_moved
from resdiff.model import Change, Kind, Op, Weight

CLAUSE = (
    "en prenant en considération l’Ensemble de règles minima pour le traitement des détenus (Règles Nelson Mandela)"
)
OFFICE = "l’Office des Nations Unies contre la drogue et le crime"


def moved(changes):
    return mark_moved(changes, FRENCH)


def change(old: dict[str, str], new: dict[str, str]) -> Change:
    """A change between paragraphs, as the comparison makes it."""
    found = edits("\n".join(old.values()), "\n".join(new.values()), FRENCH)
    kind = Kind.MODIFIED if old and new else Kind.REMOVED if old else Kind.ADDED
    return build.change(" ".join(old), " ".join(new), found, kind=kind, tier="likely")


def passages(changes: tuple[Change, ...]) -> list[tuple[Op, str, str]]:
    return [(edit.op, edit.text, edit.passage) for c in changes for edit in c.edits if edit.passage]


def side(one: Change, without: Op) -> str:
    return "".join(edit.text for edit in one.edits if edit.op is not without)


def test_a_clause_that_moved_to_another_paragraph_is_marked_on_both_sides():
    found = moved(
        (
            change({"op1": f"Engage les États, {CLAUSE}, à agir ;"}, {"op1": "Engage les États à agir ;"}),
            change({"op9": "Prie l’Office d’aider ;"}, {"op12": f"Prie l’Office d’aider, {CLAUSE} ;"}),
        )
    )

    assert passages(found) == [(Op.DELETE, CLAUSE, "op12"), (Op.INSERT, CLAUSE, "op1")]


def test_of_two_clauses_exchanged_in_a_paragraph_the_shorter_one_moved():
    aim = "à prendre toutes les mesures voulues pour prévenir la radicalisation"
    old, new = f"Encourage les États, {CLAUSE}, {aim} ;", f"Encourage les États {aim}, {CLAUSE} ;"

    assert passages(moved((change({"op26": old}, {"op32": new}),))) == [
        (Op.INSERT, aim, "op26"),
        (Op.DELETE, aim, "op32"),
    ]


def test_a_passage_names_the_paragraph_of_a_split_it_stands_in():
    found = moved(
        (
            change({"op3": f"Engage les États, {CLAUSE} ;"}, {"op3": "Engage les États ;"}),
            change({"op5": "Prie ;"}, {"op6": "Prie instamment ;", "op7": f"Demande, {CLAUSE} ;"}),
        )
    )

    assert passages(found) == [(Op.DELETE, CLAUSE, "op7"), (Op.INSERT, CLAUSE, "op3")]


def test_a_removed_and_an_added_paragraph_can_share_a_passage():
    found = moved((change({"op8": f"Rappelle, {CLAUSE}, sa décision."}, {}), change({}, {"pp2": f"Notant, {CLAUSE},"})))

    assert [where for _, _, where in passages(found)] == ["pp2", "op8"]


def test_what_is_left_of_a_change_is_weighed_anew():
    found = moved(
        (
            change({"op1": f"Engage les États, {CLAUSE}, à agir ;"}, {"op1": "Engage les États à agir ;"}),
            change({"op2": "Prie l’Office d’aider ;"}, {"op2": f"Prie l’Office d’aider, {CLAUSE} ;"}),
        )
    )

    assert {e.weight for c in found for e in c.edits if e.op is not Op.EQUAL and not e.passage} == {Weight.TYPOGRAPHIC}
    assert {e.weight for c in found for e in c.edits if e.passage} == {Weight.SUBSTANTIVE}


def test_the_name_of_an_office_kept_elsewhere_is_no_passage():
    changes = (
        change({"op1": f"Prie {OFFICE} d’aider ;"}, {"op1": "Prie d’aider ;"}),
        change({"op2": "Engage les États ;"}, {"op2": f"Engage les États et {OFFICE} ;"}),
        change({"op3": f"Remercie {OFFICE} ;"}, {"op3": f"Remercie {OFFICE} ;"}),
    )

    assert moved(changes) == changes


def test_few_words_are_no_passage():
    changes = (
        change({"op1": "Prie les États, sur demande, d’aider ;"}, {"op1": "Prie les États d’aider ;"}),
        change({"op2": "Engage les États ;"}, {"op2": "Engage les États, sur demande ;"}),
    )

    assert moved(changes) == changes


TEXTS = st.lists(st.sampled_from(["un deux trois quatre cinq six", "sept", "huit neuf", ",", "mandat"]), max_size=6)
CHANGES = st.lists(st.tuples(TEXTS, TEXTS), max_size=4)


@settings(max_examples=200, deadline=None)
@given(CHANGES)
def test_passages_give_both_texts_back_to_the_letter(rows):
    changes = tuple(
        change({f"op{n}": " ".join(old)}, {f"op{n}": " ".join(new)}) for n, (old, new) in enumerate(rows, 1)
    )

    for before, after in zip(changes, moved(changes), strict=True):
        assert side(after, Op.INSERT) == side(before, Op.INSERT)
        assert side(after, Op.DELETE) == side(before, Op.DELETE)
        assert all(edit.text for edit in after.edits)


@settings(max_examples=200, deadline=None)
@given(CHANGES)
def test_a_passage_stands_in_the_paragraph_it_names(rows):
    changes = tuple(
        change({f"op{n}": " ".join(old)}, {f"op{n}": " ".join(new)}) for n, (old, new) in enumerate(rows, 1)
    )
    texts = {Op.DELETE: {}, Op.INSERT: {}}
    for one in changes:
        texts[Op.DELETE][one.link.new[0]] = side(one, Op.DELETE)
        texts[Op.INSERT][one.link.old[0]] = side(one, Op.INSERT)

    for op, text, where in passages(moved(changes)):
        assert " ".join(text.replace(",", " ").split()) in " ".join(texts[op][where].replace(",", " ").split())
