"""The footnotes of two texts: which belong together, what became of them, and that every format shows it."""

import csv
import io
import json
from functools import cache

import build
import cases
import jsonschema
import pytest
import wordprocessing
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import judged
from msgspec.structs import replace

from resdiff import reading, report
from resdiff.comparison import compare
from resdiff.data import path
from resdiff.model import (
    Edit,
    Footnote,
    NoteChange,
    NoteKind,
    Op,
    Provenance,
    Side,
    Source,
    TextKind,
    Weight,
    footnotes_beside,
)
from resdiff.parsing import parse
from resdiff.parsing.notes import calls
from resdiff.rendering import render
from resdiff.report.blocks import Note

pytestmark = pytest.mark.usefixtures("read_here")

MARKS = {Op.EQUAL: "{}", Op.DELETE: "{{-{}-}}", Op.INSERT: "{{+{}+}}"}
OTHER = {NoteKind.ADDED: NoteKind.REMOVED, NoteKind.REMOVED: NoteKind.ADDED}
TURNED = {Op.INSERT: Op.DELETE, Op.DELETE: Op.INSERT, Op.EQUAL: Op.EQUAL}


def told(note):
    """A note as the cases write it."""
    sides = ((note.old, note.old_paragraphs), (note.new, note.new_paragraphs))
    old, new = (f"{id_} ({' '.join(paragraphs)})" if id_ else "nothing" for id_, paragraphs in sides)
    words = "".join(MARKS[edit.op].format(edit.text) for edit in note.edits)
    return f"{old} → {new} {note.kind} {note.weight.label}: {words}".rstrip()


def compared(case):
    texts = (parse(Source(case.text(side), scanned="scanned" in case.values)) for side in ("old", "new"))
    return compare(*texts)


# ---- cases ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases.parameters("notes"))
def test_case(case):
    comparison = compared(case)
    notices = [n for n in comparison.notices if n.code.startswith("notes")]
    assert [*map(told, comparison.notes), *(f"notice {n.code} {' '.join(n.values)}" for n in notices)] == case.lines(
        "expected"
    )


@pytest.mark.parametrize("case", cases.parameters("notes"))
def test_every_case_keeps_the_laws(case):
    assert_lawful(compared(case))


# ---- laws -----------------------------------------------------------------------------------------------------------


def assert_lawful(comparison):
    """Each note of the text in one change, its words to the letter; the other way round says the opposite."""
    for side, other in (("old", Op.INSERT), ("new", Op.DELETE)):
        text = getattr(comparison, side)
        beside = footnotes_beside(text.footnotes)
        notes = zip(text.note_ids, text.footnotes, strict=True)
        words = {id_: note.text for id_, note in notes if note not in beside}
        changes = {getattr(change, side): change for change in comparison.notes if getattr(change, side)}
        assert sorted(changes) == sorted(words)
        assert len(changes) == sum(bool(getattr(change, side)) for change in comparison.notes)
        for id_, change in changes.items():
            assert "".join(edit.text for edit in change.edits if edit.op is not other) == words[id_]
    mirrored = compare(comparison.new, comparison.old)
    assert {turned(note) for note in comparison.notes} == set(mirrored.notes)


def turned(note):
    edits = [replace(edit, op=TURNED[edit.op]) for edit in note.edits]
    for i in range(len(edits) - 1):
        if (edits[i].op, edits[i + 1].op) == (Op.INSERT, Op.DELETE):
            edits[i], edits[i + 1] = edits[i + 1], edits[i]
    return replace(
        note,
        old=note.new, new=note.old, old_number=note.new_number, new_number=note.old_number,
        old_paragraphs=note.new_paragraphs, new_paragraphs=note.old_paragraphs,
        kind=OTHER.get(note.kind, note.kind), edits=tuple(edits),
    )  # fmt: skip


SENTENCES = (
    "Rappelant sa résolution sur la coopération internationale",
    "Prie le Secrétaire général de lui présenter un rapport",
    "Engage les États Membres à renforcer la gestion des frontières",
    "Décide de rester saisie de la question",
)
TEXTS = (
    "", "A/78/1.", "A/79/55, annexe.", "Ibid.", "Nations Unies, Recueil des Traités, vol. 2225, n° 39574.",
    "Nations Unies, Recueil des Traités, vol. 1577, n° 27531.", "Résolution 217 A (III).",
)  # fmt: skip


@st.composite
def noted(draw, *, anywhere=True):
    """A resolution of few sentences with notes in them, some called twice, some never, some without text; unless
    ``anywhere``, calls stand behind words."""
    rows = [f"{s} ;" for s in draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))]
    text = build.resolution(*rows, scanned=draw(st.booleans()))
    notes = []
    for number in range(draw(st.integers(0, 5))):
        words = draw(st.sampled_from(TEXTS))
        places = draw(st.lists(st.sampled_from(text.body), max_size=2)) or [None]
        for place in places:
            ends = [at for at in range(1, len(place.text)) if place.text[at] == " "] if place else [0]
            offset = draw(st.integers(0, len(place.text)) if place and anywhere else st.sampled_from(ends))
            notes.append(Footnote(str(draw(st.integers(number, number + 1))), words, place.id if place else "", offset))
    return replace(text, footnotes=tuple(notes))


@pytest.mark.slow
@given(noted(), noted())
@settings(max_examples=150, deadline=None)
def test_any_notes_keep_the_laws(old, new):
    assert_lawful(compare(old, new))


@given(noted())
@settings(max_examples=50, deadline=None)
def test_a_text_against_itself_has_no_note_that_differs(text):
    assert not any(note.differs or note.weight for note in compare(text, text).notes)


def test_a_working_translation_without_notes_has_lost_them(pairs):
    for symbols, code in ((("72/194", "74/175"), "notes-old"), (("74/175", "78/226"), "notes-new")):
        comparison = pairs[symbols]
        assert {note.kind for note in comparison.notes} == {NoteKind.UNCOMPARED}
        assert code in [notice.code for notice in comparison.notices]
        assert_lawful(comparison)


def test_an_official_text_without_notes_has_none():
    new = replace(parse(Source(NEW)), provenance=Provenance(TextKind.OFFICIAL))
    old = replace(new, footnotes=(), provenance=Provenance(TextKind.OFFICIAL))
    assert [note.kind for note in compare(old, new).notes] == [NoteKind.ADDED] * 2
    scan = replace(old, provenance=Provenance(TextKind.SCAN))
    assert [note.kind for note in compare(scan, new).notes] == [NoteKind.UNCOMPARED] * 2


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        ("Voir S/2007/651.", "Voir S/2008/705.", Weight.ROUTINE),
        ("A/78/1, annexe.", "A/79/55, annexe.", Weight.ROUTINE),
        ("A/78/1, annexe.", "A/79/55, annexe II.", Weight.SUBSTANTIVE),
        ("S/2008/705.", "S/2007/651.", Weight.SUBSTANTIVE),
        ("Résolution 49/59, annexe.", "Nations Unies, Recueil des Traités, vol. 2051.", Weight.SUBSTANTIVE),
    ],
)
def test_the_symbol_of_the_next_report_is_routine(old, new, weight):
    texts = (parse(Source(OLD.replace("A/78/1, annexe.", note))) for note in (old, new))
    (note, _) = judged(compare(*texts)).notes
    assert (note.kind, note.weight) == (NoteKind.MODIFIED, weight)
    assert "".join(edit.text for edit in note.edits if edit.op is not Op.INSERT) == old


@pytest.mark.slow
def test_ten_thousand_notes_take_no_time_to_speak_of():
    def text(turn):
        calls = "".join(f" mot{n}[^{n}]" for n in range(1, 5001))
        notes = "\n\n".join(f"[^{n}]: A/{n + turn}/1, document {n}." for n in range(1, 5001))
        return parse(Source(f"L’Assemblée générale,\n\nRappelant{calls},\n\n{notes}"))

    comparison = compare(text(0), text(7))
    assert len(comparison.notes) == 5000
    assert {note.kind for note in comparison.notes} == {NoteKind.MODIFIED}


# ---- what a reader sees ---------------------------------------------------------------------------------------------

OLD = """L’Assemblée générale,

Rappelant la Déclaration[^1],

1. Décide de rester saisie de la question[^2].

[^1]: A/78/1, annexe.

[^2]: Résolution 60/288.
"""
NEW = OLD.replace("A/78/1, annexe", "A/79/55, annexe II")


@cache
def changed(lang="fr", **options):
    return report.build(judged(compare(parse(Source(OLD)), parse(Source(NEW)))), lang=lang, **options)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (OLD, NEW, "Les paragraphes sont identiques\u00a0; notes de bas de page\u00a0: 1 modifiée."),
        (OLD, OLD, "Les deux textes sont identiques."),
        (OLD, OLD.replace("[^2]", "[^3]"), "Les deux textes sont identiques."),
        (
            OLD,
            NEW.replace("Déclaration[", "déclaration["),
            "Les paragraphes ne diffèrent que par la typographie\u00a0; notes de bas de page\u00a0: 1 modifiée.",
        ),
        (
            OLD,
            OLD.replace("[^2]: Résolution 60/288.\n", ""),
            "Les paragraphes sont identiques\u00a0; notes de bas de page\u00a0: 1 non comparée.",
        ),
    ],
    ids=["note", "same", "number", "typography", "lost"],
)
def test_texts_are_called_identical_only_with_their_notes(old, new, said):
    built = report.build(judged(compare(*(parse(Source(text)) for text in (old, new)))))
    assert [report.as_text(line) for line in built.find(report.Summary).sentences] == [said]


def test_a_changed_note_stands_under_its_paragraph_and_is_counted_apart():
    rows = changed().find(report.Changes).rows
    assert [[note.label for note in row.notes] for row in rows] == [["Note 1, modifiée"], []]
    assert [row.is_quiet for row in rows] == [False, True]
    numbers = changed().find(report.Numbers)
    assert dict(numbers.notes) == dict.fromkeys(NoteKind, 0) | {NoteKind.MODIFIED: 1, NoteKind.UNCHANGED: 1}
    line = report.as_text(report.numbers_line(numbers, "fr"))
    assert line == "2 → 2 alinéas et paragraphes\u00a0: 2 inchangés\u00a0; notes de bas de page\u00a0: 1 modifiée"


@pytest.mark.parametrize(
    ("was", "now", "label"),
    [
        ("S/1999/202.", "", "Ancienne note 31, non comparée"),
        ("", "S/1999/147.", "Note 32, non comparée"),
        ("S/1999/202.", "S/1999/147.", "Note 32 (ancienne note 31), modifiée"),
    ],
)
def test_a_note_that_is_not_compared_is_called_by_the_text_whose_words_it_shows(was, now, label):
    texts = [
        replace(
            build.resolution("op1 Prie le Comité d’agir ;"),
            footnotes=(Footnote(number, words, "op1", len("Prie le Comité")),),
        )
        for number, words in (("31", was), ("32", now))
    ]
    blocks = report.build(judged(compare(*texts)))
    (note,) = [note for row in blocks.find(report.Changes).rows for note in row.notes]
    assert note.label.replace("\u00a0", " ") == label


def test_a_minimum_weight_counts_for_notes_too():
    heavy = changed(min_weight=Weight.SUBSTANTIVE).find(report.Changes)
    assert [[note.label for note in row.notes] for row in heavy.rows] == [["Note 1, modifiée"]]
    assert heavy.hidden == 1


def test_a_note_without_a_call_is_shown_behind_the_paragraphs():
    texts = [parse(Source(text.replace("question[^2]", "question"))) for text in (OLD, NEW)]
    lost = replace(texts[1], footnotes=(*texts[1].footnotes[:1], Footnote("2", "Résolution 60/287.")))
    block = report.build(judged(compare(texts[0], lost))).find(report.Changes)
    assert {note.label for note in block.notes} == {"Ancienne note 2, non comparée", "Note 2, non comparée"}


MARKED = {
    "html": '<b>Note 1, modifiée</b> <span><del class="r">A/78/1</del><ins class="r">A/79/55</ins>, annexe <ins>II<',
    "md": "> *Note 1, modifiée*\u00a0: <del>A/78/1</del><ins>A/79/55</ins>, annexe<ins> II</ins>.",
    "terminal": "Note 1, modifiée\u00a0: [-A/78/1-]{+A/79/55+}, annexe {+II+}.",
    "csv": "note 1;note 1;modifiée;fond;A/78/1, annexe.;A/79/55, annexe II.;",
}


@pytest.mark.parametrize("form", MARKED)
def test_a_changed_note_is_shown_with_its_marks(form):
    page = render(changed(), form).decode("utf-8-sig")
    page = page.replace('<span lang="fr">', "<span>").replace('<span class="dw j"> </span>', "")
    assert MARKED[form] in page
    assert "Résolution 60/288" not in page, "what is the same in both is not repeated"


def test_the_table_of_word_shows_the_note_on_both_sides():
    import docx

    cells = docx.Document(io.BytesIO(render(changed(), "docx", layout="table"))).tables[0].rows[2].cells
    assert cells[0].text.endswith("Note 1, modifiée\u00a0: A/78/1, annexe.")
    assert cells[1].text.endswith("Note 1, modifiée\u00a0: A/79/55, annexe II.")
    assert cells[2].text.startswith("seule une note change")


@pytest.mark.parametrize("track_moves", [False, True])
def test_the_tracked_notes_are_those_of_either_text(track_moves):
    old, new = (parse(Source(text)) for text in (OLD, NEW.replace("Déclaration[", "Déclaration universelle[")))
    data = render(report.build(judged(compare(old, new))), "docx", track_moves=track_moves)
    for how, text in (("accept", new), ("reject", old)):
        again = parse(reading.read(data, tracked=how))
        assert places(again) == places(text)


def test_a_note_that_is_called_twice_at_one_place_is_written_twice():
    text = build.resolution("Décide de rester saisie de la question.")
    twice = replace(text, footnotes=(Footnote("1", "A/78/1.", "op1", 6),) * 2)
    read = parse(reading.read(render(report.build(compare(twice, twice)), "docx")))
    assert [(note.paragraph, note.offset, note.text) for note in read.footnotes] == [("op1", 6, "A/78/1.")] * 2


def test_a_note_that_is_called_once_more_at_one_place_is_written_once_more():
    text = build.resolution("Décide de rester saisie de la question.")
    once, twice = (replace(text, footnotes=(Footnote("1", "A/78/1.", "op1", 6),) * times) for times in (1, 2))
    data = render(report.build(compare(once, twice)), "docx")
    called = [len(parse(reading.read(data, tracked=how)).footnotes) for how in ("reject", "accept")]
    assert called == [1, 2]


def places(resolution):
    return [(note.label, note.text, note.paragraph, note.offset) for note in resolution.footnotes]


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(noted(anywhere=False), noted(anywhere=False), st.booleans())
def test_any_tracked_notes_are_those_of_either_text(old, new, track_moves):
    data = render(report.build(compare(old, new)), "docx", track_moves=track_moves)
    assert wordprocessing.faults(data) == []
    for how, text in (("accept", new), ("reject", old)):
        again = parse(reading.read(data, tracked=how))
        wanted = sorted((n.paragraph, n.offset, n.text) for n in text.footnotes if n.text and n.paragraph)
        # a note whose text one side has lost is called on both
        assert sorted((n.paragraph, n.offset, n.text) for n in again.footnotes if n.text) == wanted


def test_a_note_that_two_paragraphs_call_is_one_note_in_word():
    text = OLD.replace("question[^2]", "question[^2], comme le dit la Déclaration[^1]")
    old, new = (parse(Source(t)) for t in (text, text.replace("A/78/1", "A/79/55")))
    data = render(report.build(judged(compare(old, new))), "docx")
    assert places(parse(reading.read(data, tracked="accept"))) == places(new)
    assert places(parse(reading.read(data, tracked="reject"))) == places(old)


def test_the_json_holds_every_note_by_its_schema():
    comparison = compare(parse(Source(OLD)), parse(Source(NEW)))
    document = json.loads(render(comparison, "json"))
    jsonschema.validate(document, json.loads(path("comparison.schema.json").read_text("utf-8")))
    assert [(n["old"], n["new"], n["kind"], n["old_paragraphs"]) for n in document["footnotes"]] == [
        ("note1", "note1", "modified", ["pp1"]),
        ("note2", "note2", "unchanged", ["op1"]),
    ]
    assert [note["id"] for note in document["new"]["footnotes"]] == ["note1", "note2"]
    heavy = json.loads(render(comparison, "json", min_weight=Weight.SUBSTANTIVE))
    assert (len(heavy["footnotes"]), heavy["hidden_footnotes"], heavy["hidden"]) == (1, 1, 2)


def test_a_spreadsheet_runs_nothing_of_a_note():
    old, new = (parse(Source(OLD.replace("^1", f"^{label}"))) for label in ("=1+1", "=2+2"))
    rows = list(csv.reader(io.StringIO(render(report.build(judged(compare(old, new))), "csv").decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if cell.startswith("=")]


@pytest.mark.parametrize(("new", "code"), [(NEW, 1), (OLD, 0), (OLD.replace("[^2]", "[^3]"), 0)])
def test_the_exit_code_counts_notes(command, tmp_path, new, code):
    for name, text in (("old.md", OLD), ("new.md", new)):
        (tmp_path / name).write_text(text, "utf-8")
    outcome, _, errors = command("diff", "old.md", "new.md", "--exit-code", "--format", "json")
    assert outcome == code, errors


def test_a_number_glued_to_the_word_it_refers_to_calls_no_note():
    assert calls("under agenda item10, for a period of one year", frozenset(), 9)[1] == ()


def test_a_note_that_is_not_compared_is_shown_in_the_words_of_the_text_whose_note_it_is():
    """S/RES/1391 (2002) and S/RES/1553 (2004): the words of both ran together, "S12001/1079. 157S/2004/560"."""
    edits = (Edit(Op.DELETE, "S12001/1079. 157"), Edit(Op.INSERT, "S/2004/560."))
    change = NoteChange("note155", "note154", NoteKind.UNCOMPARED, Weight.NONE, edits)
    note = Note(change, "note 155", "note 154", "non comparée", "Note 154, non comparée")
    assert note.edits == note.of(Side.NEW) == (Edit(Op.EQUAL, "S/2004/560."),)
    assert note.of(Side.OLD) == (Edit(Op.EQUAL, "S12001/1079. 157"),)
    lost = replace(note, change=replace(change, new="", edits=edits[:1]))
    assert lost.edits == lost.of(Side.OLD)
