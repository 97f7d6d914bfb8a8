"""Tracked changes onto a given Word file: both texts come out of it, and everything else in it stays."""

import io
import json
import random
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import revisions
from lxml import etree
from msgspec import Struct
from revisions import W
from test_docx import LISTS, listed, p, word
from turns import in_turn
from wordedits import edited, kept_look, packed
from wordprocessing import faults

from resdiff.errors import InputError, UsageError
from resdiff.onto import Pending, untracked, write_onto
from resdiff.reading import read

pytestmark = pytest.mark.usefixtures("read_here")

WILD = Path(__file__).parents[2] / "shared" / "texts" / "wild"
HEAD = p("74/175. Assistance technique") + p("L’Assemblée générale,") + p("Rappelant la Charte des Nations Unies,")
ENDING = "<w:sectPr><w:pgSz w:w='11906' w:h='16838'/></w:sectPr>"
BOLD, ITALIC = "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:i/></w:rPr>"


def r(text, look=""):
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*inner, shape=""):
    return f"<w:p><w:pPr>{shape}</w:pPr>{''.join(inner)}</w:p>"


def file(*paragraphs, **parts):
    return word("".join(paragraphs) + ENDING, **parts)


def onto(old, new, **options):
    """What is written onto the old file for the text of the new one; both laws hold where nothing is left out."""
    made = write_onto(old, read(new), **options)
    assert revisions.paragraphs(revisions.settled(made.data, "reject")) == revisions.paragraphs(
        revisions.settled(old, "reject")
    )
    if not made.left_out:
        assert texts(made.data, "accept") == texts(new, "accept")
    assert not [fault for fault in faults(made.data) if "without id" not in fault]
    return made


def texts(data, way):
    return revisions.texts(revisions.settled(data, way))


class Made(Struct):
    data: bytes


def main(made):
    return etree.fromstring(revisions.parts(made.data)["word/document.xml"])


def changes(root):
    """What is inserted and deleted, in order."""
    return [
        (each.tag.removeprefix(W), "".join(t.text for t in each.iter(f"{W}t", f"{W}delText")))
        for each in root.iter(f"{W}ins", f"{W}del")
        if each.getparent().tag != f"{W}rPr"
    ]


# ---- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_looks_stay_character_by_character():
    old = file(para(r("Prie", ITALIC), r(" les États de coopérer ", ""), r("sans délai", BOLD), r(" entre eux ;")))
    made = onto(old, file(p("Prie instamment les États de coopérer sans retard entre eux ;")))
    assert changes(main(made)) == [("ins", " instamment"), ("del", "délai"), ("ins", "retard")]
    bold = [each for each in main(made).iter(f"{W}r") if each.find(f"{W}rPr/{W}b") is not None]
    assert ["".join(run.itertext()) for run in bold] == ["sans ", "délai", "retard"]


@pytest.mark.slow
def test_every_other_part_stays_byte_for_byte():
    old = file(p("Prie les États ;"), styles='<w:style w:styleId="a"/>', theme="<w:a/>", settings="<w:trackRevisions/>")
    made = onto(old, file(p("Prie tous les États ;")))
    before, after = revisions.parts(old), revisions.parts(made.data)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ("<w:zoom/><w:defaultTabStop w:val='708'/>", ["zoom", "trackRevisions", "defaultTabStop"]),
        ("<w:trackRevisions/>", ["trackRevisions"]),
        ("<w:view w:val='print'/><w:trackRevisions w:val='false'/>", ["view", "trackRevisions"]),
        ("", ["trackRevisions"]),
    ],
)
def test_what_is_edited_next_is_tracked_too(settings, wanted):
    old = file(p("Prie les États ;"), settings=settings)
    made = onto(old, file(p("Prie tous les États ;")))
    root = etree.fromstring(revisions.parts(made.data)["word/settings.xml"])
    assert [child.tag.removeprefix(W) for child in root] == wanted
    assert root.find(f"{W}trackRevisions").get(f"{W}val") is None


@pytest.mark.slow
def test_settings_that_cannot_be_read_stay():
    old = file(p("Prie les États ;"))
    given = revisions.parts(old) | {"word/settings.xml": b"<w:settings"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, raw in given.items():
            archive.writestr(name, raw)
    made = write_onto(out.getvalue(), read(file(p("Prie tous les États ;"))))
    assert revisions.parts(made.data)["word/settings.xml"] == b"<w:settings"


@pytest.mark.slow
def test_the_same_call_gives_the_same_bytes():
    old, new = file(p("Prie les États ;"), p("Décide.")), file(p("Prie ces États ;"), p("Nouveau."), p("Décide."))
    assert onto(old, new).data == onto(old, new).data


@pytest.mark.slow
def test_texts_that_are_the_same_leave_the_file_as_it_is():
    old = file(p("Prie les États ;"))
    made = write_onto(old, read(old))
    assert made.data == old and made.touched == 0


@pytest.mark.slow
def test_unknown_markup_stays_to_the_letter():
    odd = '<w:foo w:bar="1"><x:y xmlns:x="urn:x">é</x:y></w:foo>'
    old = file(para(r("Prie"), odd, r(" les États ;")))
    made = onto(old, file(p("Prie tous les États ;")))
    assert b'<x:y xmlns:x="urn:x">' in revisions.parts(made.data)["word/document.xml"]


@pytest.mark.slow
def test_tabs_and_line_ends_are_written_as_such():
    old = file(para(r("Un"), "<w:r><w:tab/></w:r>", r("deux")))
    made = onto(old, file(para(r("Un"), "<w:r><w:tab/></w:r>", r("trois"), "<w:r><w:br/></w:r>", r("quatre"))))
    assert [child.tag.removeprefix(W) for child in main(made).find(f".//{W}ins/{W}r")] == ["t", "br", "t"]


# ---- paragraphs -----------------------------------------------------------------------------------------------------


def marks(root):
    return [[mark.tag.removeprefix(W) for mark in q.iterfind(f"{W}pPr/{W}rPr/*")] for q in root.iter(f"{W}p")]


FIRST, SECOND, THIRD = (
    "Prie les États Membres de coopérer entre eux ;",
    "Demande au Secrétaire général de lui faire rapport ;",
    "Décide de rester saisie de la question.",
)


def test_paragraphs_come_and_go_with_their_marks():
    made = onto(file(p(FIRST), p(SECOND), p(THIRD)), file(p(FIRST), p("Souligne l’importance du droit."), p(THIRD)))
    assert ["ins"] in marks(main(made)) and ["del"] in marks(main(made))


@pytest.mark.slow
def test_a_paragraph_behind_the_last_one_takes_its_mark():
    made = onto(file(p(FIRST), p(THIRD)), file(p(FIRST), p(THIRD), p("Souligne l’importance du droit.")))
    assert marks(main(made)) == [[], ["ins"], []]


@pytest.mark.slow
def test_last_paragraphs_that_go_leave_no_empty_one():
    made = onto(file(p(FIRST), p(SECOND), p(THIRD)), file(p(FIRST)))
    assert marks(main(made)) == [["del"], ["del"], []]
    assert len(list(revisions.settled(made.data, "accept").iter(f"{W}p"))) == 1


@pytest.mark.slow
def test_a_paragraph_is_split_and_merged():
    whole = file(p(f"{FIRST} {SECOND}"), p(THIRD))
    split = onto(whole, file(p(FIRST), p(SECOND), p(THIRD)))
    assert marks(main(split)) == [["ins"], [], []]
    merged = onto(file(p(FIRST), p(SECOND), p(THIRD)), whole)
    assert marks(main(merged)) == [["del"], [], []]


@pytest.mark.slow
def test_what_moved_keeps_its_look():
    old = file(para(r("Prie", ITALIC), r(FIRST[4:])), p(SECOND), p(THIRD))
    made = onto(old, file(p(SECOND), p(THIRD), p(FIRST)))
    moved = [each for each in main(made).iter(f"{W}ins") if len(each)][-1]
    assert ["".join(run.itertext()) for run in moved if run.find(f"{W}rPr/{W}i") is not None] == ["Prie"]


def test_what_moved_is_marked_as_moved_when_asked():
    old, new = file(p(FIRST), p(SECOND), p(THIRD)), file(p(SECOND), p(FIRST), p(THIRD))
    made = onto(old, new, moves=True)
    moved = [each for each in main(made).iter(f"{W}moveFrom", f"{W}moveTo") if each.getparent().tag != f"{W}rPr"]
    texts_ = {"".join(each.itertext()) for each in moved}
    assert len(moved) == 2 and len(texts_) == 1 and texts_ <= {FIRST, SECOND}
    assert sorted(marks(main(made))) == [[], [], ["moveFrom"], ["moveTo"]]
    assert onto(old, new).data.count(b"moveFrom") == 0


@pytest.mark.slow
def test_what_moved_and_changed_is_a_move_with_changes_in_it():
    long = "Prie le Secrétaire général de présenter aux États Membres un rapport détaillé sur cette question ;"
    old = file(p(long), p(FIRST), p(SECOND), p(THIRD))
    new = file(p(FIRST), p(SECOND), p(long.replace("détaillé", "succinct")), p(THIRD))
    made = onto(old, new, moves=True)
    root = main(made)
    assert changes(root) == [("del", "détaillé"), ("ins", "succinct")]
    assert [each.get(f"{W}name") for each in root.iter(f"{W}moveFromRangeStart", f"{W}moveToRangeStart")] == [
        "move1"
    ] * 2


@pytest.mark.slow
def test_a_sign_of_a_symbol_font_moves_as_such():
    sign = '<w:r><w:rPr><w:b/></w:rPr><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    signed = para(r("Prie les États "), sign, r(" d’agir sans délai ;"))
    made = onto(file(signed, p(FIRST), p(THIRD)), file(p(FIRST), p(THIRD), signed))
    signs = list(main(made).iter(f"{W}sym"))
    assert [each.getparent().getparent().tag for each in signs] == [f"{W}del", f"{W}ins"]
    assert len({revisions.key(each.getparent()) for each in signs}) == 1


@pytest.mark.slow
def test_hidden_words_stay_in_their_paragraph():
    hidden = r("caché ", "<w:rPr><w:vanish/></w:rPr>")
    made = write_onto(file(p(FIRST), para(hidden, r("Prie les États ;")), p(THIRD)), read(file(p(FIRST), p(THIRD))))
    left = [list(each.itertext()) for each in revisions.settled(made.data, "accept").iter(f"{W}p")]
    assert left == [[FIRST], ["caché "], [THIRD]]


def test_words_struck_through_by_hand_stay_in_their_paragraph():
    struck = r("vite ", "<w:rPr><w:strike/></w:rPr>")
    body = (p(FIRST), para(r("Prie "), struck, r("les États ;")), p(THIRD))
    made = write_onto(file(*body), read(file(p(FIRST), p("Prie tous les États ;"), p(THIRD))))
    left = ["".join(each.itertext()) for each in revisions.settled(made.data, "accept").iter(f"{W}p")]
    assert left == [FIRST, "Prie tous vite les États ;", THIRD]
    gone = write_onto(file(*body), read(file(p(FIRST), p(THIRD))))
    assert ["".join(e.itertext()) for e in revisions.settled(gone.data, "accept").iter(f"{W}p")] == [
        FIRST,
        "vite ",
        THIRD,
    ]


def test_signs_that_stand_for_calls_are_refused():
    with pytest.raises(InputError) as refused:
        write_onto(file(p(FIRST)), read(file(p(f"{FIRST} \U00100000"))))
    assert refused.value.code == "onto-private"


@pytest.mark.slow
def test_a_section_and_a_picture_keep_their_paragraph():
    section = f"<w:p><w:pPr><w:sectPr/></w:pPr>{r(SECOND)}</w:p>"
    picture = para(r("Figure de la page."), "<w:r><w:drawing/></w:r>")
    made = onto(file(p(FIRST), section, picture, p(THIRD)), file(p(FIRST), p(THIRD)))
    accepted = revisions.settled(made.data, "accept")
    assert len(list(accepted.iter(f"{W}sectPr"))) == 2 and len(list(accepted.iter(f"{W}drawing"))) == 1


# ---- numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_new_paragraph_between_two_numbered_ones_is_numbered():
    old = file(HEAD, p(FIRST, listed(1)), p(THIRD, listed(1)), numbering=LISTS)
    text = f"{HEAD_TEXT}\n\n1. {FIRST}\n\n2. {SECOND}\n\n3. {THIRD}\n"
    made = write_onto(old, read(text.encode()))
    assert not made.left_out
    inserted = next(q for q in main(made).iter(f"{W}p") if q.find(f"{W}pPr/{W}rPr/{W}ins") is not None)
    assert inserted.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") == "1"
    assert changes(main(made)) == [("ins", SECOND)]
    assert read(made.data).text.split("\n\n")[-3:] == [f"1. {FIRST}", f"2. {SECOND}", f"3. {THIRD}\n"]


HEAD_TEXT = "74/175. Assistance technique\n\nL’Assemblée générale,\n\nRappelant la Charte des Nations Unies,"


def test_typed_numbers_are_tracked():
    old = file(HEAD, p(f"1.\t{FIRST}"), p(f"2.\t{THIRD}"))
    text = f"{HEAD_TEXT}\n\n1. {FIRST}\n\n2. {SECOND}\n\n3. {THIRD}\n"
    made = write_onto(old, read(text.encode()))
    assert changes(main(made)) == [("ins", f"2. {SECOND}"), ("del", "2"), ("ins", "3")]


def test_an_automatic_number_that_differs_is_told():
    old = file(HEAD, p(FIRST, listed(1)), p(THIRD, listed(1)), numbering=LISTS)
    made = write_onto(old, read(f"{HEAD_TEXT}\n\n4. {FIRST}\n\n5. {THIRD}\n".encode()))
    assert {refusal.code for refusal in made.left_out} == {"number"}


# ---- tables, links, fields, controls, boxes -------------------------------------------------------------------------


def table(*rows):
    cells = ("".join(f"<w:tc><w:tcPr/>{p(text)}</w:tc>" for text in row) for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


@pytest.mark.slow
def test_the_words_of_cells_are_tracked():
    old = file(p(FIRST), table(("un", "deux"), ("trois", "quatre")), p(THIRD))
    made = onto(old, file(p(FIRST), table(("un", "dix mille"), ("trois", "quatre")), p(THIRD)))
    assert changes(main(made)) == [("del", "deux"), ("ins", "dix mille")]


@pytest.mark.slow
def test_a_row_that_goes_is_deleted_as_a_row():
    old = file(p(FIRST), table(("un", "deux"), ("trois", "quatre"), ("cinq", "six")), p(THIRD))
    made = onto(old, file(p(FIRST), table(("un", "deux"), ("cinq", "six")), p(THIRD)))
    assert [row.find(f"{W}trPr/{W}del") is not None for row in main(made).iter(f"{W}tr")] == [False, True, False]


@pytest.mark.slow
def test_a_new_row_comes_as_a_row():
    for place in range(3):
        rows = [("un", "deux"), ("cinq", "six")]
        old = file(p(FIRST), table(*rows), p(THIRD))
        rows.insert(place, ("trois mille", "quatre"))
        made = onto(old, file(p(FIRST), table(*rows), p(THIRD)))
        assert not made.left_out
        come = [row.find(f"{W}trPr/{W}ins") is not None for row in main(made).iter(f"{W}tr")]
        assert come == [at == place for at in range(3)]
        assert len(list(revisions.settled(made.data, "reject").iter(f"{W}tr"))) == 2


@pytest.mark.slow
def test_new_rows_look_as_the_one_beside():
    cell = "<w:tc><w:tcPr><w:shd w:fill='FF0000'/></w:tcPr>{}</w:tc>"
    rows = [
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell.format(para(r(a, BOLD)))}{cell.format(p(b))}</w:tr>"
        for a, b in (("un", "deux"), ("trois mille", "quatre"), ("cinq", "six cents"))
    ]
    old, new = (
        file(p(FIRST), f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(each)}</w:tbl>", p(THIRD)) for each in (rows[:1], rows)
    )
    made = onto(old, new)
    come = list(main(made).iter(f"{W}tr"))[1:]
    assert [revisions.key(tc.find(f"{W}tcPr")) for row in come for tc in row.iter(f"{W}tc")] == [
        revisions.key(main(made).find(f".//{W}tcPr"))
    ] * 4
    assert ["".join(b.getparent().getparent().itertext()) for row in come for b in row.iter(f"{W}b")] == [
        "trois mille",
        "cinq",
    ]


@pytest.mark.slow
def test_a_row_that_does_not_fit_is_left_out_and_told():
    old = file(p(FIRST), table(("un", "deux"), ("cinq", "six")), p(THIRD))
    wide = file(p(FIRST), table(("un", "deux"), ("trois mille", "quatre", "de trop"), ("cinq", "six")), p(THIRD))
    made = onto(old, wide)
    assert {refusal.code for refusal in made.left_out} == {"cell"} and made.touched == 0
    merged = table(("un", "deux")).replace("<w:tcPr/>", "<w:tcPr><w:vMerge/></w:tcPr>")
    tall = merged.replace("</w:tbl>", f"<w:tr>{f'<w:tc><w:tcPr/>{p(THIRD)}</w:tc>' * 2}</w:tr></w:tbl>")
    made = onto(file(p(FIRST), merged, p(SECOND)), file(p(FIRST), tall, p(SECOND)))
    assert {refusal.code for refusal in made.left_out} == {"cell"}


@pytest.mark.slow
def test_words_of_a_link_are_tracked_in_it():
    old = file(para(r("Voir "), f"<w:hyperlink>{r('le site de l’Office')}</w:hyperlink>", r(" et agir.")))
    made = onto(old, file(p("Voir le site du Conseil et agir.")))
    assert main(made).find(f".//{W}hyperlink/{W}del") is not None


def field(code, shown):
    def mark(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return f"{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{mark('separate')}{r(shown)}{mark('end')}"


@pytest.mark.slow
def test_the_result_of_a_field_is_left_out_and_told():
    old = file(para(r("Voir la page "), field("PAGEREF x", "12"), r(" du rapport annexé.")))
    made = onto(old, file(p("Voir la page 13 du rapport annexé.")))
    assert [(each.code, each.old, each.new) for each in made.left_out] == [("field", "12", "13")]


@pytest.mark.slow
def test_a_field_without_an_end_locks_its_own_paragraph_alone():
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>'
    old = file(para(begun, r("Prie les États ;")), p(FIRST), p(THIRD))
    made = onto(old, file(para(begun, r("Prie les États ;")), p(SECOND), p(THIRD)))
    assert not made.left_out
    edits = untracked(file(para(begun, r("Prie les États ;")), p(SECOND), p(THIRD)), old).edits
    assert edits


@pytest.mark.slow
def test_what_is_left_out_has_its_calls_written_out():
    space = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    inner = "<v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox>"
    boxed = f"<w:r><w:pict><v:shape {space}>{inner}</v:shape></w:pict></w:r>"
    notes = noted("Résolution 1.")
    old, new = (
        file(para(r(FIRST)), para(boxed.format(para(r(words), call(1)))), p(THIRD), footnotes=notes)
        for words in ("Dans la boîte", "Dans une autre boîte")
    )
    told = write_onto(old, read(new)).left_out
    assert told and not any(sign > "\U000f0000" for each in told for sign in f"{each.old}{each.new}{each.line.text}")


@pytest.mark.slow
def test_a_field_goes_whole():
    old = file(p(FIRST), para(r("Voir la page "), field("PAGEREF x", "12"), r(" du rapport.")), p(THIRD))
    made = onto(old, file(p(FIRST), p(THIRD)))
    accepted = revisions.settled(made.data, "accept")
    assert not list(accepted.iter(f"{W}fldChar", f"{W}instrText"))


def control(properties, text):
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{r(text)}</w:sdtContent></w:sdt>"


@pytest.mark.slow
@pytest.mark.parametrize("lock", ['<w:lock w:val="contentLocked"/>', "<w:dataBinding/>", "<w:dropDownList/>"])
def test_a_locked_control_is_left_out_and_told(lock):
    old = file(para(r("Fait à "), control(lock, "Genève"), r(" le premier mai.")))
    made = onto(old, file(p("Fait à Vienne le premier mai.")))
    assert [each.code for each in made.left_out] == ["control"] and made.touched == 0


@pytest.mark.slow
def test_a_free_control_is_written_into():
    old = file(para(r("Fait à "), control("<w:text/>", "Genève"), r(" le premier mai.")))
    made = onto(old, file(p("Fait à Vienne le premier mai.")))
    assert main(made).find(f".//{W}sdtContent/{W}ins") is not None


@pytest.mark.slow
def test_a_text_box_is_left_out_and_told():
    box = f"<w:r><w:pict><w:txbxContent>{{}}</w:txbxContent></w:pict></w:r>"  # noqa: F541
    old = file(para(r(FIRST), box.format(p("Note dans la marge"))), p(THIRD))
    made = onto(old, file(para(r(FIRST), box.format(p("Note dans la page"))), p(THIRD)))
    assert [each.code for each in made.left_out] == ["box"] and made.touched == 0


# ---- bookmarks, comments, ids ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_bookmarks_and_comments_stay_and_no_id_is_used_twice():
    marked = (
        '<w:bookmarkStart w:id="41" w:name="ici"/><w:commentRangeStart w:id="42"/>',
        '<w:commentRangeEnd w:id="42"/><w:r><w:commentReference w:id="42"/></w:r><w:bookmarkEnd w:id="41"/>',
    )
    comment = f'<w:comment w:id="42" w:author="A" w:date="2020-01-01T00:00:00Z">{p("Non !")}</w:comment>'
    old = file(para(r("Prie les "), marked[0], r("États Membres"), marked[1], r(" d’agir ;")), comments=comment)
    made = onto(old, file(p("Prie les États parties d’agir ;")))
    tags = [element.tag.removeprefix(W) for element in main(made).iter()]
    assert all(
        tags.count(tag) == 1 for tag in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentReference")
    )
    ids = [each.get(f"{W}id") for each in main(made).iter(f"{W}ins", f"{W}del")]
    assert len(set(ids)) == len(ids) and set(ids).isdisjoint({"41", "42"})


# ---- notes ----------------------------------------------------------------------------------------------------------

NUMBER = "<w:r><w:footnoteRef/></w:r>"


def call(number):
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


def noted(*notes):
    return "".join(
        f'<w:footnote w:id="{n}"><w:p>{NUMBER}{r(f" {text}")}</w:p></w:footnote>' for n, text in enumerate(notes, 1)
    )


@pytest.mark.slow
def test_the_words_of_a_note_are_tracked_in_it():
    old = file(
        para(r("Rappelant la Charte"), call(1), r(" et le droit,")), footnotes=noted("Recueil des Traités, vol. 1.")
    )
    new = file(
        para(r("Rappelant la Charte"), call(1), r(" et le droit,")), footnotes=noted("Recueil des Traités, vol. 2.")
    )
    made = onto(old, new)
    notes = etree.fromstring(revisions.parts(made.data)["word/footnotes.xml"])
    assert changes(notes) == [("del", "1"), ("ins", "2")] and changes(main(made)) == []
    assert read(made.data).text == read(new).text and read(made.data, tracked="reject").text == read(old).text


@pytest.mark.slow
def test_a_new_call_brings_its_note():
    old = file(para(r("Rappelant la Charte"), call(1), r(" et le droit,")), footnotes=noted("Résolution 1."))
    new = file(
        para(r("Rappelant la Charte"), call(1), r(" et le droit"), call(2), r(",")),
        footnotes=noted("Résolution 1.", "Voir la convention de Vienne."),
    )
    made = onto(old, new)
    assert read(made.data).text == read(new).text and read(made.data, tracked="reject").text == read(old).text


@pytest.mark.slow
def test_a_file_without_notes_gets_the_part_for_them():
    new = file(para(r("Rappelant la Charte"), call(1), r(" et le droit,")), footnotes=noted("Résolution 1."))
    made = write_onto(file(p("Rappelant la Charte et le droit,")), read(new))
    parts = revisions.parts(made.data)
    assert b"/word/footnotes.xml" in parts["[Content_Types].xml"]
    assert b'Target="footnotes.xml"' in parts["word/_rels/document.xml.rels"]
    assert read(made.data).text == read(new).text


@pytest.mark.slow
def test_a_call_that_goes_is_deleted():
    old = file(para(r("Rappelant la Charte"), call(1), r(" et le droit,")), footnotes=noted("Résolution 1."))
    made = onto(old, file(p("Rappelant la Charte et le droit,")))
    assert main(made).find(f".//{W}del/{W}r/{W}footnoteReference") is not None


# ---- changes of others ----------------------------------------------------------------------------------------------


def by(author, kind, inner):
    return f'<w:{kind} w:id="7" w:author="{author}" w:date="2020-01-01T00:00:00Z">{inner}</w:{kind}>'


DRAFT = file(para(r("Prie les États"), by("Anne", "ins", r(" parties et signataires")), r(" d’agir sans délai ;")))


def test_a_file_with_changes_of_others_is_refused():
    with pytest.raises(UsageError) as error:
        write_onto(DRAFT, read(DRAFT), name="projet.docx")
    assert error.value.code == "onto-pending" and "Anne" in str(error.value)


@pytest.mark.slow
def test_changes_of_others_stay_under_new_ones():
    made = write_onto(
        DRAFT, read(file(p("Prie les États parties d’agir bientôt ;"))), author="Bernard", pending=Pending.KEEP
    )
    assert texts(made.data, "accept") == ["Prie les États parties d’agir bientôt ;"]
    assert texts(made.data, "reject") == texts(DRAFT, "reject")
    inner = main(made).find(f".//{W}ins/{W}del")
    assert (inner.get(f"{W}author"), inner.getparent().get(f"{W}author")) == ("Bernard", "Anne")


@pytest.mark.slow
def test_tracked_changes_of_format_stay():
    change = '<w:rPrChange w:id="3" w:author="A" w:date="2020-01-01T00:00:00Z"><w:rPr/></w:rPrChange>'
    formatted = f"<w:rPr><w:b/>{change}</w:rPr>"
    old = file(para(r("Prie les États ", formatted), r("d’agir ;")))
    made = onto(old, file(p("Prie tous les États d’agir ;")))
    assert {each.getparent().getparent().tag for each in main(made).iter(f"{W}rPrChange")} == {f"{W}r"}
    assert main(made).find(f".//{W}ins/{W}r/{W}rPr/{W}rPrChange") is None


@pytest.mark.slow
def test_the_strict_form_stays_strict():
    transitional, strict = W[1:-1].encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, raw in revisions.parts(file(p(FIRST), p(THIRD))).items():
            archive.writestr(name, raw.replace(transitional, strict))
    made = write_onto(out.getvalue(), read(file(p(FIRST), p(SECOND), p(THIRD))))
    raw = revisions.parts(made.data)["word/document.xml"]
    assert strict in raw and transitional not in raw and read(made.data).text.split("\n\n")[1] == SECOND


def with_bytes(data, *pairs):
    """The file with bytes of its parts put in the place of others."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, raw in revisions.parts(data).items():
            for old, new in pairs:
                raw = raw.replace(old, new)
            archive.writestr(name, raw)
    return out.getvalue()


@pytest.mark.slow
def test_the_relation_of_a_new_part_is_of_the_form_of_the_file():
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    old = with_bytes(file(p("Rappelant la Charte et le droit,")), (W[1:-1].encode(), strict))
    new = file(para(r("Rappelant la Charte"), call(1), r(" et le droit,")), footnotes=noted("Résolution 1."))
    related = revisions.parts(write_onto(old, read(new)).data)["word/_rels/document.xml.rels"]
    assert b"http://purl.oclc.org/ooxml/officeDocument/relationships/footnotes" in related


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind",
    [
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
        b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_a_template_is_written_as_a_document(kind):
    document = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = b'<Override PartName="/word/document.xml" ContentType="'
    old = with_bytes(file(p(FIRST)), (b'content-types"/>', b'content-types">' + types + kind + b'"/></Types>'))
    made = write_onto(old, read(file(p(FIRST), p(SECOND))))
    assert types + document in revisions.parts(made.data)["[Content_Types].xml"]
    assert kind not in revisions.parts(made.data)["[Content_Types].xml"]


@pytest.mark.slow
def test_ids_are_counted_however_they_are_written():
    marked = para(
        "<w:bookmarkStart w:id = '7' w:name='ici'/>", r("Prie les États d’agir ;"), "<w:bookmarkEnd w:id='7'/>"
    )
    made = onto(file(marked), file(p("Prie tous les États d’agir ;")))
    assert min(int(each.get(f"{W}id")) for each in main(made).iter(f"{W}ins", f"{W}del")) > 7


# ---- what was not tracked -------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_edits_without_a_mark_are_found_and_marked():
    base = file(p(FIRST), p(SECOND), p(THIRD))
    sent = write_onto(base, read(file(p(FIRST), p(SECOND.replace("rapport", "part")), p(THIRD))), author="Anne")
    root = main(sent)
    body = root.find(f"{W}body")
    for text in root.iter(f"{W}t"):
        text.text = text.text.replace("Membres", "parties")
    body.remove(body[2])
    returned = packed(sent.data, root)
    found = untracked(returned, base)
    assert [(each.base, each.returned) for each in found.edits] == [("Membres", "parties"), (f"{THIRD}", "")] or [
        (each.base.strip(), each.returned) for each in found.edits
    ] == [("Membres", "parties"), (THIRD, "")]
    assert texts(found.data, "reject") == texts(base, "reject")
    assert texts(found.data, "accept") == texts(returned, "accept")
    authors = {each.get(f"{W}author") for each in main(found).iter(f"{W}ins", f"{W}del")}
    assert authors == {"Anne", "sans suivi"}


@pytest.mark.slow
def test_of_a_file_that_tracks_everything_nothing_is_told():
    base = file(p(FIRST), p(SECOND), p(THIRD))
    sent = write_onto(base, read(file(p(THIRD), p(SECOND.replace("rapport", "part")))))
    found = untracked(sent.data, base)
    assert found.edits == () and found.data == sent.data


@pytest.mark.slow
def test_text_that_came_untracked_and_went_tracked_bears_both_marks():
    base = file(p("Prie les États d’agir ;"))
    returned = file(
        para(r("Prie les "), by("Anne", "del", "<w:r><w:delText>petits </w:delText></w:r>"), r("États d’agir ;"))
    )
    found = untracked(returned, base)
    assert [(each.base, each.returned) for each in found.edits] in ([("", "petits ")], [("", " petits")])
    assert texts(found.data, "reject") == texts(base, "reject") == texts(found.data, "accept")


# ---- the law --------------------------------------------------------------------------------------------------------

LAW = file(
    HEAD,
    para(r("Réaffirmant", ITALIC), r(" que le terrorisme constitue une menace,")),
    p(FIRST, listed(1)),
    para(r("Prie", ITALIC), r(" le Secrétaire général", BOLD), r(" de faire rapport,"), shape=listed(1)),
    table(("un", "deux mots"), ("trois", "quatre")),
    para(r("Voir "), f"<w:hyperlink>{r('le site de l’Office')}</w:hyperlink>", r(" et agir.")),
    p(SECOND),
    p(THIRD),
    numbering=LISTS,
)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_both_texts_come_out_of_the_file(seed):
    new = edited(LAW, random.Random(seed), 4)
    for moves in (False, True):
        made = onto(LAW, new.data, moves=moves)
        kept = kept_look(made.data, new)
        assert kept.runs >= 0.99 * kept.characters, kept.lost


def _wild():
    return sorted(WILD.glob("*.docx")) if WILD.is_dir() else []


@pytest.mark.slow
@pytest.mark.parametrize("path", _wild(), ids=lambda path: path.name[-30:])
def test_files_of_others_come_out_too(path):
    old = path.read_bytes()
    for seed in in_turn(range(6), 3):
        new = edited(old, random.Random(seed), 3).data
        try:
            made = write_onto(old, read(new), moves=seed < 3)
        except (UsageError, InputError) as error:
            assert error.code in ("onto-pending", "file-empty", "docx-pictures")
            continue
        before, after = (revisions.paragraphs(revisions.settled(data, "reject")) for data in (old, made.data))
        assert before == after
        if not made.left_out:
            assert texts(made.data, "accept") == texts(new, "accept")
        kept, there = revisions.parts(old), revisions.parts(made.data)
        text = {revisions.main_part(old), "word/footnotes.xml", "word/endnotes.xml", "word/settings.xml"}
        assert [name for name in kept if kept[name] != there[name] and name not in text] == []


@pytest.mark.slow
def test_libreoffice_reads_both_texts(tmp_path):
    """LibreOffice itself takes all changes, one way and the other."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    python = next((p for p in ("/usr/bin/python3", sys.executable) if _speaks_uno(p)), None)
    if python is None:
        pytest.skip("no Python here speaks to LibreOffice")
    new, paths = {}, []
    for seed in range(6):
        new[seed] = edited(LAW, random.Random(seed), 4).data
        for name, data in (("out", onto(LAW, new[seed], moves=seed > 2).data), ("new", new[seed]), ("old", LAW)):
            paths.append(tmp_path / f"{seed}.{name}.docx")
            paths[-1].write_bytes(packed_whole(data))
    tool = Path(__file__).with_name("libreoffice.py")
    done = subprocess.run([python, tool, tmp_path / "profile", *paths], capture_output=True, check=True)
    said = {Path(path).name: ways for path, ways in json.loads(done.stdout).items()}
    for seed in range(6):
        for way, other in (("accept", "new"), ("reject", "old")):
            got, wanted = said[f"{seed}.out.docx"][way], said[f"{seed}.{other}.docx"]["accept"]
            assert [text.strip() for text in got if text.strip()] == [text.strip() for text in wanted if text.strip()]


def _speaks_uno(python):
    return Path(python).exists() and not subprocess.run([python, "-c", "import uno"], capture_output=True).returncode


def packed_whole(data):
    """The small file with what LibreOffice asks for: types and relations."""
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    more = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{types}.document.main+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{types}.numbering+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/numbering" Target="numbering.xml"/></Relationships>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in (revisions.parts(data) | more).items():
            archive.writestr(name, raw)
    return out.getvalue()


def test_the_table_of_fidelity_names_tests_that_are_there():
    page = (Path(__file__).parents[1] / "docs" / "word.md").read_text("utf-8")
    table = page.partition("## Fidelity of a file that is written onto")[2].partition("\n## ")[0]
    named = re.findall(r"`(test_\w+)` \|$", table, re.MULTILINE)
    here = Path(__file__).read_text("utf-8")
    assert len(named) > 25 and [name for name in named if f"def {name}(" not in here] == []


# ---- the command ----------------------------------------------------------------------------------------------------


@pytest.fixture
def base(tmp_path):
    (tmp_path / "base.docx").write_bytes(file(HEAD, p(f"1. {FIRST}"), p(f"2. {THIRD}")))
    (tmp_path / "new.txt").write_text(f"{HEAD_TEXT}\n\n1. {FIRST}\n\n2. {SECOND}\n\n3. {THIRD}\n", "utf-8")
    return "base.docx"


def test_the_command_writes_onto_the_file(command, base, tmp_path):
    code, said, errors = command(base, "new.txt", "--onto", base, "-o", "x.docx", "--author", "France", "--exit-code")
    assert (code, said, errors) == (1, "", "")
    assert [q[:2] for q in read(tmp_path / "x.docx").text.split("\n\n")[-3:]] == ["1.", "2.", "3."]
    assert [n.values for n in read(tmp_path / "x.docx").notices if n.code == "tracked-by"] == [("France",)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--onto", "base.docx"), 2),
        (("--onto", "base.docx", "-o", "x.html"), 2),
        (("--onto", "base.docx", "-o", "x.docx", "--swap"), 2),
        (("--onto", "base.docx", "-o", "x.docx", "--explain", "op1"), 2),
        (("--pending", "keep"), 2),
        (("--onto", "base.docx", "-o", "base.docx"), 73),
        (("--onto", "nulle-part.docx", "-o", "x.docx"), 66),
        (("--onto", "new.txt", "-o", "x.docx"), 65),
        (("--onto", "leer.docx", "-o", "x.docx"), 65),
        (("--onto", "kaputt.docx", "-o", "x.docx"), 65),
        (("--onto", ".", "-o", "x.docx"), 65),
        (("--onto", "autre.docx", "-o", "x.docx"), 2),
        (("--onto", "base.docx", "-o", "kaputt.docx/x.docx"), 73),
    ],
)
def test_a_wrong_call_is_one_sentence_and_writes_nothing(command, base, tmp_path, more, code):
    (tmp_path / "leer.docx").write_bytes(b"")
    (tmp_path / "kaputt.docx").write_bytes((tmp_path / base).read_bytes()[:300])
    (tmp_path / "autre.docx").write_bytes(file(HEAD, p("1. Tout autre chose que cela."), p("2. Et encore autrement.")))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    done, said, errors = command(base, "new.txt", *more)
    assert (done, said) == (code, "") and errors.count("\n") == 1 and "resdiff lui-même" not in errors
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_is_left_out_is_told_and_is_exit_code_74(command, tmp_path):
    (tmp_path / "base.docx").write_bytes(file(para(r("Voir la page "), field("PAGEREF x", "12"), r(" du rapport."))))
    (tmp_path / "new.docx").write_bytes(file(p("Voir la page 13 du rapport.")))
    code, _, errors = command("base.docx", "new.docx", "--onto", "base.docx", "-o", "x.docx")
    assert code == 74 and "« 12 »" in errors.replace("\u00a0", " ") and "champ" in errors
    assert (tmp_path / "x.docx").exists()


@pytest.mark.slow
def test_a_draft_is_of_today_unless_a_day_is_given(command, base, tmp_path):
    for more, env, day in (
        ((), {}, datetime.now(UTC).date().isoformat()),
        (("--date", "2026-01-02"), {}, "2026-01-02"),
        ((), {"SOURCE_DATE_EPOCH": "86400"}, "1970-01-02"),
    ):
        assert command(base, "new.txt", "--onto", base, "-o", "x.docx", *more, env=env)[0] == 0
        root = main(Made((tmp_path / "x.docx").read_bytes()))
        assert {each.get(f"{W}date")[:10] for each in root.iter(f"{W}ins", f"{W}del")} == {day}


@pytest.mark.slow
def test_verify_tracking_tells_and_writes(command, base, tmp_path):
    (tmp_path / "rendu.docx").write_bytes(file(HEAD, p(f"1. {FIRST}"), p(f"2. {THIRD.replace('saisie', 'privée')}")))
    code, said, errors = command("verify-tracking", "rendu.docx", "--base", base, "-o", "x.docx", "--exit-code")
    assert (code, errors) == (1, "") and "« saisie » devenu « privée »" in said.replace("\u00a0", " ")
    assert [n.values for n in read(tmp_path / "x.docx").notices if n.code == "tracked-by"] == [("sans suivi",)]
    code, said, _ = command("verify-tracking", "rendu.docx", "--base", base, "--format", "json")
    assert code == 0 and [(e["paragraph"], e["base"], e["returned"]) for e in json.loads(said)["edits"]] == [
        ("op2", "saisie", "privée")
    ]
    code, said, _ = command("verify-tracking", base, "--base", base, "--exit-code")
    assert code == 0 and "est suivi" in said


@pytest.mark.slow
@pytest.mark.parametrize(("name", "code"), [("nulle.docx", 66), ("new.txt", 65), (".", 65)])
def test_verify_tracking_refuses_what_it_cannot_read(command, base, name, code):
    for call_ in ((name, "--base", base), (base, "--base", name)):
        done, said, errors = command("verify-tracking", *call_)
        assert (done, said) == (code, "") and errors.count("\n") == 1
