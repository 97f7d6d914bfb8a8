"""From two resolutions to a comparison: kinds, moves, numbers, order, notices, laws."""

from pathlib import Path

import pytest
from build import resolution
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from test_align import TEXTS, versions

from resdiff.comparison import compare
from resdiff.model import Kind, Op, Pin, Weight

HERE = Path(__file__).parent
MIRROR = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED, Kind.SPLIT: Kind.MERGED, Kind.MERGED: Kind.SPLIT}


def by_ids(comparison):
    return {(change.link.old, change.link.new): change for change in comparison.changes}


# ---- kinds, moves, numbers ----------------------------------------------------------------------------------------

FIRST = "Prie instamment les États de ratifier les conventions relatives à la lutte contre le terrorisme ;"
SECOND = "Invite les organisations régionales à échanger leurs pratiques en matière de protection des témoins ;"
THIRD = "Encourage les universités à enseigner le droit humanitaire aux futurs magistrats ;"
LAST = "Décide de rester saisie de la question."


def test_typography_alone_leaves_a_paragraph_unchanged():
    comparison = compare(
        resolution("Prie l'Office d'appliquer l’Accord cadre ;", symbol="A/RES/1/1"),
        resolution("Prie l’Office d’appliquer l’Accord-cadre,", symbol="A/RES/2/1"),
    )
    (change,) = comparison.changes
    assert (change.kind, change.weight) == (Kind.UNCHANGED, Weight.TYPOGRAPHIC)


def test_a_changed_word_modifies():
    comparison = compare(
        resolution(FIRST, symbol="A/RES/1/1"), resolution(FIRST.replace("États", "pays"), symbol="A/RES/2/1")
    )
    (change,) = comparison.changes
    assert (change.kind, change.weight, change.moved, change.renumbered) == (
        Kind.MODIFIED,
        Weight.SUBSTANTIVE,
        False,
        False,
    )


def test_a_paragraph_that_only_got_another_number_is_unchanged_and_not_moved():
    old = resolution(FIRST, LAST, symbol="A/RES/1/1")
    new = resolution(THIRD, FIRST, LAST, symbol="A/RES/2/1")
    change = by_ids(compare(old, new))[("op1",), ("op2",)]
    assert (change.kind, change.moved, change.renumbered) == (Kind.UNCHANGED, False, True)


def test_of_two_swapped_neighbours_the_lighter_one_moved():
    old = resolution(FIRST + SECOND, THIRD, LAST, symbol="A/RES/1/1")
    new = resolution(THIRD, FIRST + SECOND, LAST, symbol="A/RES/2/1")
    assert [c.link.old for c in compare(old, new).changes if c.moved] == [("op2",)]
    assert [c.link.new for c in compare(new, old).changes if c.moved] == [("op2",)]


def test_what_only_a_half_crosses_did_not_move_where_the_other_half_stayed():
    whole = f"{FIRST[:-2]}, et {SECOND[0].lower()}{SECOND[1:-2]} dans toutes les régions du monde ;"
    halves = f"{FIRST}", f"{SECOND[:-2]} dans toutes les régions du monde ;"
    old = resolution("Salue le rapport ;", whole, LAST, symbol="A/RES/1/1")
    new = resolution(halves[0], "Salue le rapport ;", halves[1], LAST, symbol="A/RES/2/1")
    changes = compare(old, new).changes
    assert Kind.SPLIT in {change.kind for change in changes}
    assert not any(change.moved for change in (*changes, *compare(new, old).changes))


def test_a_point_that_became_a_paragraph_moved_and_not_what_it_went_behind():
    old = resolution(("op1", "Demande aux États :"), ("op1.a", FIRST + SECOND), ("op2", THIRD), ("op3", LAST))
    new = resolution(("op1", "Demande aux États :"), ("op2", THIRD), ("op3", FIRST + SECOND), ("op4", LAST))
    moved = [(c.link.old, c.link.new) for c in compare(old, new).changes if c.moved]
    assert moved == [(("op1.a",), ("op3",))]


HEADED = (("op.h1", "Coordination entre les organismes"), ("op.h2", "Examen et suite donnée"))


def test_neither_a_paragraph_nor_the_heading_it_went_behind_moved():
    (first, second), (one, *others) = HEADED, [("op", text) for text in (FIRST, SECOND, THIRD)]
    old = resolution(first, one, second, *others, symbol="A/RES/1/1")
    new = resolution(first, second, one, *others, symbol="A/RES/2/1")
    assert not any(change.moved for change in (*compare(old, new).changes, *compare(new, old).changes))


def test_a_heading_that_went_behind_another_one_moved_with_its_paragraphs():
    (first, second), (one, *others) = HEADED, [("op", text) for text in (FIRST, SECOND, THIRD)]
    old = resolution(first, one, second, *others, symbol="A/RES/1/1")
    new = resolution(second, *others, first, one, symbol="A/RES/2/1")
    assert [c.link.old for c in compare(old, new).changes if c.moved] == [("op.h1",), ("op1",)]


def test_a_paragraph_that_went_far_moved():
    rows = [FIRST, SECOND, THIRD, LAST]
    old = resolution(*rows, symbol="A/RES/1/1")
    new = resolution(*rows[1:], rows[0], symbol="A/RES/2/1")
    assert [c.link.old for c in compare(old, new).changes if c.moved] == [("op1",)]


def test_of_two_that_cross_the_one_that_went_farther_moved_whatever_it_kept():
    """The third keeps its place though what was first, and is longer, went behind it."""
    added = "Félicite le Gouvernement de ses progrès ;", "Prie le Comité de se réunir chaque année ;"
    old = resolution(FIRST + SECOND, "Salue le don de vivres ;", THIRD, LAST, symbol="A/RES/1/1")
    new = resolution(*added, THIRD, FIRST + SECOND, LAST, symbol="A/RES/2/1")
    changes = compare(old, new).changes
    assert [(c.link.old, c.link.new) for c in changes if c.moved] == [(("op1",), ("op4",))]
    assert [(c.link.old, c.link.new) for c in compare(new, old).changes if c.moved] == [(("op4",), ("op1",))]


def test_going_to_the_preamble_is_a_move():
    old = resolution(FIRST, LAST, symbol="A/RES/1/1")
    new = resolution(("pp1", FIRST), LAST, symbol="A/RES/2/1")
    change = by_ids(compare(old, new))[("op1",), ("pp1",)]
    assert (change.moved, change.renumbered) == (True, False)


def test_what_went_to_the_preamble_moves_nothing_that_stayed():
    danger = "Note avec une vive préoccupation les dangers que courent encore les populations civiles de la région,"
    stays = ["pp Rappelant la Charte des Nations Unies,", "Prend note du rapport ;"]
    end = "Décide de rester saisi de la question."
    old, new = resolution(*stays, danger, end), resolution(f"pp {danger}", *stays, end)
    assert [change.link.old for change in compare(old, new).changes if change.moved] == [("op2",)]


def test_a_point_that_went_to_another_paragraph_moved():
    old = resolution(FIRST, "op1.a Renforcer les effectifs de police ;", SECOND, symbol="A/RES/1/1")
    new = resolution(FIRST, SECOND, "op2.a Renforcer les effectifs de police ;", symbol="A/RES/2/1")
    change = by_ids(compare(old, new))[("op1.a",), ("op2.a",)]
    assert (change.kind, change.moved) == (Kind.UNCHANGED, True)


def test_a_point_that_went_to_another_paragraph_says_nothing_of_the_order_of_the_others():
    points = ["a Aider les tribunaux ;", "b Aider les prisons ;"]
    long = f"Renforcer les effectifs de police dans toutes les provinces, {SECOND[:-2].lower()} {LAST[:-2].lower()} ;"
    old = resolution(FIRST, "op1.a Juger ;", SECOND, *(f"op2.{p}" for p in points), f"op2.c {long}", symbol="A/RES/1/1")
    new = resolution(FIRST, "op1.a Juger ;", f"op1.b {long}", SECOND, *(f"op2.{p}" for p in points), symbol="A/RES/2/1")
    assert [c.link.old for c in compare(old, new).changes if c.moved] == [("op2.c",)]


def test_a_half_that_keeps_its_number_is_not_renumbered():
    old = resolution(FIRST[:-2] + ", et " + SECOND, LAST, symbol="A/RES/1/1")
    new = resolution(FIRST, SECOND, LAST, symbol="A/RES/2/1")
    change = by_ids(compare(old, new))[("op1",), ("op1", "op2")]
    assert (change.kind, change.renumbered) == (Kind.SPLIT, False)
    assert "".join(e.text for e in change.edits if e.op is not Op.DELETE) == f"{FIRST}\n{SECOND}"


def test_the_paragraphs_of_a_merger_are_marked_as_the_new_one_has_their_words():
    """In the order of the old text one of the two would be struck whole, and its words told as new."""
    demand = "Demande aux parties de n’épargner aucun effort pour surmonter leur méfiance mutuelle"
    stress = "Souligne que le processus de négociation nécessitera des concessions de part et d’autre"
    old = resolution(f"{stress} ;", f"{demand} ;", symbol="A/RES/1/1")
    new = resolution(f"{demand} et souligne{stress.removeprefix('Souligne')} ;", symbol="A/RES/2/1")
    for change, turned in ((compare(old, new).changes[0], "olds"), (compare(new, old).changes[0], "news")):
        assert getattr(change, turned) == ("op2", "op1")
        assert (change.link.old, change.link.new) in ((("op1", "op2"), ("op1",)), (("op1",), ("op1", "op2")))
        kept = [edit.text for edit in change.edits if edit.op is Op.EQUAL]
        assert demand in kept[0] and stress.removeprefix("Souligne ") in kept[-1]


def test_a_heading_is_no_half_of_a_paragraph():
    before, point = (
        "op1 Décide que la Mission a pour mandat :",
        "op1.a Assurer une formation à divers membres de l’armée",
    )
    old = resolution(before, point, ("op.h1", "Réforme du secteur de la sécurité"))
    new = resolution(before, f"{point}, dans le cadre de la réforme du secteur de la sécurité")
    assert by_ids(compare(old, new)).keys() == {(("op1",), ("op1",)), (("op1.a",), ("op1.a",)), (("op.h1",), ())}


def test_changes_follow_the_new_text_and_removed_ones_what_stood_before_them():
    old = resolution(FIRST, SECOND, LAST, symbol="A/RES/1/1")
    new = resolution(THIRD, FIRST, LAST, symbol="A/RES/2/1")
    order = [(change.link.old, change.link.new) for change in compare(old, new).changes]
    assert order == [((), ("op1",)), (("op1",), ("op2",)), (("op2",), ()), (("op3",), ("op3",))]


def test_no_removed_paragraph_stands_between_the_points_of_a_list():
    before, points = "Décide de créer un groupe d’experts chargé :", (FIRST, SECOND, THIRD)
    labelled = [(f"op1.{label}", text) for label, text in zip("abc", points, strict=True)]
    gone = ("op2.a", "De communiquer ses observations"), ("op2.b", "De se rendre dans la région")
    old = resolution(("op1", FIRST), ("op2", "Engage le Secrétariat :"), *gone, symbol="A/RES/1/1")
    new = resolution(("op1", before), *labelled, symbol="A/RES/2/1")
    order = [change.link.old or change.link.new for change in compare(old, new).changes]
    assert order == [("op1",), ("op1",), ("op1.b",), ("op1.c",), ("op2",), ("op2.a",), ("op2.b",)]


def test_a_recital_that_went_among_the_commands_stands_there_and_what_went_behind_it_too():
    between, gone = "Rappelant la base juridique du mandat de la Mission", "Prie le Groupe de surveiller les ports"
    old = resolution(("pp1", f"Notant {THIRD}"), FIRST, LAST, ("pp2", between), ("op3", gone), symbol="A/RES/1/1")
    new = resolution(("pp1", f"Notant {THIRD}"), FIRST, LAST, symbol="A/RES/2/1")
    order = [change.link.old for change in compare(old, new).changes]
    assert order == [("pp1",), ("op1",), ("op2",), ("pp2",), ("op3",)]


def test_what_was_removed_at_the_start_stands_first():
    old, new = resolution(FIRST, LAST, symbol="A/RES/1/1"), resolution(LAST, symbol="A/RES/2/1")
    assert [change.link.old for change in compare(old, new).changes] == [("op1",), ("op2",)]


# ---- notices and title --------------------------------------------------------------------------------------------


def codes(comparison):
    return [notice.code for notice in comparison.notices]


def test_the_same_text_twice_is_told():
    old = resolution(FIRST, symbol="A/RES/1/1")
    assert codes(compare(old, replace(old, symbol="A/RES/2/1"))) == ["same-text"]


def test_texts_in_two_languages_are_told():
    old, new = resolution(FIRST, symbol="A/RES/1/1"), resolution("Decides to remain seized.", symbol="A/RES/2/1")
    assert codes(compare(old, replace(new, language="en"))) == ["two-languages"]


def test_an_order_that_runs_back_in_time_is_told():
    old, new = resolution(FIRST, symbol="A/RES/2/1"), resolution(SECOND, symbol="A/RES/1/1")
    assert codes(compare(replace(old, adopted="2019-12-18"), replace(new, adopted="2017-12-19"))) == ["reversed"]


def test_a_pin_that_names_a_lost_paragraph_is_told_and_left_out():
    old, new = resolution(FIRST, symbol="A/RES/1/1"), resolution(FIRST, LAST, symbol="A/RES/2/1")
    comparison = compare(old, new, pins=[Pin(("op7",), ("op1",)), Pin(("op1",), ("op2",))])
    assert [(notice.code, notice.values) for notice in comparison.notices] == [("pin-unknown", ("op7", "A/RES/1/1"))]
    assert (("op1",), ("op2",)) in by_ids(comparison)


def test_of_a_text_written_anew_as_many_paragraphs_are_told_as_in_the_figures():
    """Points and headings are no paragraphs of their own."""
    kept = "Prie le Secrétaire général de lui présenter un rapport sur l’application de la présente résolution"
    olds = [
        f"Engage les États parties à la convention numéro {k} à la ratifier sans tarder davantage" for k in "abcdefghij"
    ]
    news = [
        f"Félicite la mission déployée dans la province {k} des résultats remarquables obtenus" for k in "klmnopqrst"
    ]
    points = [f"op12.{k} De veiller au respect du cessez-le-feu dans le secteur {k}" for k in "abcdefgh"]
    old = resolution(kept, *olds)
    new = resolution(kept, *news, "Décide que la Mission a pour mandat :", *points)
    (notice,) = [each for each in compare(old, new).notices if each.code == "written-anew"]
    assert notice.values == (f"{round(100 * 21 / 23)}",)


def test_a_new_title_is_told():
    old, new = resolution(FIRST, symbol="A/RES/1/1"), resolution(SECOND, symbol="A/RES/2/1")
    edits = compare(replace(old, title="Assistance technique"), replace(new, title="Assistance juridique")).title
    assert [(e.op, e.text) for e in edits if e.op is not Op.EQUAL] == [
        (Op.DELETE, "technique"),
        (Op.INSERT, "juridique"),
    ]
    assert compare(old, replace(new, title="Assistance juridique")).title == ()


# ---- laws ---------------------------------------------------------------------------------------------------------


def facts(comparison, *, mirrored=False):
    """The changes without their edits; mirrored as if the texts had changed sides."""
    rows = set()
    for change in comparison.changes:
        old, new, kind = change.link.old, change.link.new, change.kind
        if mirrored:
            old, new, kind = new, old, MIRROR.get(kind, kind)
        rows.add((old, new, kind, change.moved, change.renumbered, change.weight))
    return rows


@pytest.mark.slow
@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_exchanging_the_texts_mirrors_the_changes(old, new):
    assert facts(compare(old, new)) == facts(compare(new, old), mirrored=True)


@pytest.mark.slow
@pytest.mark.parametrize("condition", ["heavy", "light"])
def test_a_generated_version_read_backwards_is_mirrored(condition):
    for version, _ in versions(condition):
        there, back = compare(version.old, version.new), compare(version.new, version.old)
        assert facts(there) == facts(back, mirrored=True)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_a_text_against_itself_has_no_change(same):
    comparison = compare(same, same)
    assert all(c.kind is Kind.UNCHANGED and not c.moved and not c.renumbered for c in comparison.changes)
    assert [c.link.new for c in comparison.changes] == [(p.id,) for p in same.body]


@pytest.mark.slow
@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_every_paragraph_stands_in_one_change_and_the_edits_give_both_texts_back(old, new):
    comparison = compare(old, new)
    for side, other, text in (("old", Op.INSERT, old), ("new", Op.DELETE, new)):
        words = {p.id: p.text for p in text.body}
        ids = [id_ for change in comparison.changes for id_ in getattr(change.link, side)]
        assert sorted(ids) == sorted(words)
        for change in comparison.changes:
            kept = "".join(e.text for e in change.edits if e.op is not other)
            assert kept == "\n".join(words[id_] for id_ in (change.olds if side == "old" else change.news))


@given(st.lists(st.text(max_size=40), max_size=5), st.lists(st.text(max_size=40), max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_strings_can_be_compared(old, new):
    sides = [
        resolution(*(("op", words) for words in rows), symbol=symbol)
        for symbol, rows in (("A/RES/1/1", old), ("", new))
    ]
    changes = compare(*sides).changes
    for side, whole in zip(("old", "new"), sides, strict=True):
        assert sorted(id_ for c in changes for id_ in getattr(c.link, side)) == sorted(p.id for p in whole.body)
