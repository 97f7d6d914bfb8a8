"""From two resolutions to a comparison: kinds, moves, numbers, order, notices, laws."""

import json
from pathlib import Path

import generator
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from test_align import TEXTS, text, unnumbered, versions

from resdiff.comparison import compare
from resdiff.model import Kind, Op, Part, Pin, Weight

HERE = Path(__file__).parent
MIRROR = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED, Kind.SPLIT: Kind.MERGED, Kind.MERGED: Kind.SPLIT}


def by_ids(comparison):
    return {(change.link.old, change.link.new): change for change in comparison.changes}


# ---- labelled pairs -----------------------------------------------------------------------------------------------


def right_kinds(rows, comparison):
    """How many sure rows of the gold have their links and kind, how many there are, and the others."""
    changes = by_ids(comparison)
    sure = [row for row in rows if not row.get("doubtful")]
    found = [changes.get((tuple(row["old"]), tuple(row["new"]))) for row in sure]
    wrong = [row for row, change in zip(sure, found, strict=True) if not change or change.kind != row["kind"]]
    return len(sure) - len(wrong), len(sure), [(row["old"], row["new"], row["kind"]) for row in wrong]


def moves(rows, comparison):
    """The links labelled as moved, and those told as moved, where the label is sure."""
    sure = [row for row in rows if not row.get("doubtful") and not row.get("order_tie")]
    labelled = {(tuple(row["old"]), tuple(row["new"])) for row in sure if row.get("moved")}
    judged = {(tuple(row["old"]), tuple(row["new"])) for row in sure}
    told = {ids for ids, change in by_ids(comparison).items() if change.moved}
    return labelled, told & judged


def test_the_real_pair_has_the_labelled_kinds_and_moves(corpus):
    rows = json.loads((HERE / "gold/alignment/72-194_74-175.json").read_text("utf-8"))
    comparison = compare(corpus.get("72/194"), corpus.get("74/175"))
    right, sure, wrong = right_kinds(rows, comparison)
    print(f"72/194 → 74/175: kinds {right} of {sure}, wrong {wrong}")
    assert right >= 0.94 * sure
    labelled, told = moves(rows, comparison)
    assert labelled == told == {(("pp13",), ("pp3",))}
    assert by_ids(comparison)[("op3",), ("op4", "op8")].kind is Kind.SPLIT


def test_labelled_security_council_pairs_keep_their_kinds_and_moves(shared):
    right = sure = labelled = told = both = 0
    for path in sorted((shared / "gold/sc-dev").glob("[0-9]*-*.json")):
        sides = [json.loads((path.parent / f"S-{n}.json").read_text("utf-8")) for n in path.stem.split("-")]
        old, new = (text(s["symbol"], [(p["id"], unnumbered(p["text"])) for p in s["paragraphs"]]) for s in sides)
        rows, comparison = json.loads(path.read_text("utf-8")), compare(old, new)
        found = right_kinds(rows, comparison)
        print(f"{path.stem}: kinds {found[0]} of {found[1]}, wrong {found[2]}")
        wanted, got = moves(rows, comparison)
        right, sure = right + found[0], sure + found[1]
        labelled, told, both = labelled + len(wanted), told + len(got), both + len(wanted & got)
    print(f"all: kinds {right} of {sure}; moves {both} of {labelled}, {told} told")
    assert right >= 0.94 * sure
    assert both >= 0.8 * labelled
    assert told <= labelled + 1


# ---- kinds, moves, numbers ----------------------------------------------------------------------------------------

FIRST = "Prie instamment les États de ratifier les conventions relatives à la lutte contre le terrorisme ;"
SECOND = "Invite les organisations régionales à échanger leurs pratiques en matière de protection des témoins ;"
THIRD = "Encourage les universités à enseigner le droit humanitaire aux futurs magistrats ;"
LAST = "Décide de rester saisie de la question."


def test_typography_alone_leaves_a_paragraph_unchanged():
    comparison = compare(
        text("A/RES/1/1", [("op1", "Prie l'Office d'appliquer l’Accord cadre ;")]),
        text("A/RES/2/1", [("op1", "Prie l’Office d’appliquer l’Accord-cadre,")]),
    )
    (change,) = comparison.changes
    assert (change.kind, change.weight) == (Kind.UNCHANGED, Weight.TYPOGRAPHIC)


def test_a_changed_word_modifies():
    comparison = compare(
        text("A/RES/1/1", [("op1", FIRST)]), text("A/RES/2/1", [("op1", FIRST.replace("États", "pays"))])
    )
    (change,) = comparison.changes
    assert (change.kind, change.weight, change.moved, change.renumbered) == (
        Kind.MODIFIED,
        Weight.SUBSTANTIVE,
        False,
        False,
    )


def test_a_paragraph_that_only_got_another_number_is_unchanged_and_not_moved():
    old = text("A/RES/1/1", [("op1", FIRST), ("op2", LAST)])
    new = text("A/RES/2/1", [("op1", THIRD), ("op2", FIRST), ("op3", LAST)])
    change = by_ids(compare(old, new))[("op1",), ("op2",)]
    assert (change.kind, change.moved, change.renumbered) == (Kind.UNCHANGED, False, True)


def test_of_two_swapped_neighbours_the_lighter_one_moved():
    old = text("A/RES/1/1", [("op1", FIRST + SECOND), ("op2", THIRD), ("op3", LAST)])
    new = text("A/RES/2/1", [("op1", THIRD), ("op2", FIRST + SECOND), ("op3", LAST)])
    assert [c.link.old for c in compare(old, new).changes if c.moved] == [("op2",)]
    assert [c.link.new for c in compare(new, old).changes if c.moved] == [("op2",)]


def test_a_paragraph_that_went_far_moved():
    rows = [FIRST, SECOND, THIRD, LAST]
    old = text("A/RES/1/1", [(f"op{n}", words) for n, words in enumerate(rows, 1)])
    new = text("A/RES/2/1", [(f"op{n}", words) for n, words in enumerate([*rows[1:], rows[0]], 1)])
    assert [c.link.old for c in compare(old, new).changes if c.moved] == [("op1",)]


def test_going_to_the_preamble_is_a_move():
    old = text("A/RES/1/1", [("op1", FIRST), ("op2", LAST)])
    new = text("A/RES/2/1", [("pp1", FIRST), ("op1", LAST)])
    change = by_ids(compare(old, new))[("op1",), ("pp1",)]
    assert (change.moved, change.renumbered) == (True, False)


def test_a_point_that_went_to_another_paragraph_moved():
    parents = [("op1", FIRST), ("op1.a", "Renforcer les effectifs de police ;"), ("op2", SECOND)]
    old = text("A/RES/1/1", parents)
    new = text("A/RES/2/1", [("op1", FIRST), ("op2", SECOND), ("op2.a", "Renforcer les effectifs de police ;")])
    change = by_ids(compare(old, new))[("op1.a",), ("op2.a",)]
    assert (change.kind, change.moved) == (Kind.UNCHANGED, True)


def test_a_half_that_keeps_its_number_is_not_renumbered():
    old = text("A/RES/1/1", [("op1", FIRST[:-2] + ", et " + SECOND), ("op2", LAST)])
    new = text("A/RES/2/1", [("op1", FIRST), ("op2", SECOND), ("op3", LAST)])
    change = by_ids(compare(old, new))[("op1",), ("op1", "op2")]
    assert (change.kind, change.renumbered) == (Kind.SPLIT, False)
    assert "".join(e.text for e in change.edits if e.op is not Op.DELETE) == f"{FIRST}\n{SECOND}"


def test_changes_follow_the_new_text_and_removed_ones_what_stood_before_them():
    old = text("A/RES/1/1", [("op1", FIRST), ("op2", SECOND), ("op3", LAST)])
    new = text("A/RES/2/1", [("op1", THIRD), ("op2", FIRST), ("op3", LAST)])
    order = [(change.link.old, change.link.new) for change in compare(old, new).changes]
    assert order == [((), ("op1",)), (("op1",), ("op2",)), (("op2",), ()), (("op3",), ("op3",))]


def test_what_was_removed_at_the_start_stands_first():
    old, new = text("A/RES/1/1", [("op1", FIRST), ("op2", LAST)]), text("A/RES/2/1", [("op1", LAST)])
    assert [change.link.old for change in compare(old, new).changes] == [("op1",), ("op2",)]


# ---- notices and title --------------------------------------------------------------------------------------------


def codes(comparison):
    return [notice.code for notice in comparison.notices]


def test_the_same_text_twice_is_told():
    old = text("A/RES/1/1", [("op1", FIRST)])
    assert codes(compare(old, replace(old, symbol="A/RES/2/1"))) == ["same-text"]


def test_texts_in_two_languages_are_told():
    old, new = text("A/RES/1/1", [("op1", FIRST)]), text("A/RES/2/1", [("op1", "Decides to remain seized.")])
    assert codes(compare(old, replace(new, language="en"))) == ["two-languages"]


def test_an_order_that_runs_back_in_time_is_told():
    old, new = text("A/RES/2/1", [("op1", FIRST)]), text("A/RES/1/1", [("op1", SECOND)])
    assert codes(compare(replace(old, adopted="2019-12-18"), replace(new, adopted="2017-12-19"))) == ["reversed"]


def test_a_pin_that_names_a_lost_paragraph_is_told_and_left_out():
    old, new = text("A/RES/1/1", [("op1", FIRST)]), text("A/RES/2/1", [("op1", FIRST), ("op2", LAST)])
    comparison = compare(old, new, pins=[Pin(("op7",), ("op1",)), Pin(("op1",), ("op2",))])
    assert [(notice.code, notice.values) for notice in comparison.notices] == [("pin-unknown", ("op7", "A/RES/1/1"))]
    assert (("op1",), ("op2",)) in by_ids(comparison)


def test_a_new_title_is_told():
    old, new = text("A/RES/1/1", [("op1", FIRST)]), text("A/RES/2/1", [("op1", SECOND)])
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


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_exchanging_the_texts_mirrors_the_changes(old, new):
    assert facts(compare(old, new)) == facts(compare(new, old), mirrored=True)


@pytest.mark.parametrize("condition", ["heavy", "light"])
def test_a_generated_version_read_backwards_is_mirrored(condition):
    for version in versions(condition):
        there, back = compare(version.old, version.new), compare(version.new, version.old)
        assert facts(there) == facts(back, mirrored=True)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_a_text_against_itself_has_no_change(same):
    comparison = compare(same, same)
    assert all(c.kind is Kind.UNCHANGED and not c.moved and not c.renumbered for c in comparison.changes)
    assert [c.link.new for c in comparison.changes] == [(p.id,) for p in same.body]


@given(TEXTS, TEXTS)
@settings(max_examples=100, deadline=None)
def test_every_paragraph_stands_in_one_change_and_the_edits_give_both_texts_back(old, new):
    comparison = compare(old, new)
    for side, other, resolution in (("old", Op.INSERT, old), ("new", Op.DELETE, new)):
        words = {p.id: p.text for p in resolution.body}
        ids = [id_ for change in comparison.changes for id_ in getattr(change.link, side)]
        assert sorted(ids) == sorted(words)
        for change in comparison.changes:
            kept = "".join(e.text for e in change.edits if e.op is not other)
            assert kept == "\n".join(words[id_] for id_ in getattr(change.link, side))


@given(st.lists(st.text(max_size=40), max_size=5), st.lists(st.text(max_size=40), max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_strings_can_be_compared(old, new):
    sides = [
        generator.resolution(symbol, [(Part.OPERATIVE, words) for words in rows])
        for symbol, rows in (("A/RES/1/1", old), ("", new))
    ]
    changes = compare(*sides).changes
    for side, whole in zip(("old", "new"), sides, strict=True):
        assert sorted(id_ for c in changes for id_ in getattr(c.link, side)) == sorted(p.id for p in whole.body)
