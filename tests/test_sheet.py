"""The changes as a table: CSV and Excel hold the same cells, and no cell does anything."""

import csv
import io
import zipfile

import pytest
from build import change, compared, resolution
from hypothesis import given, settings
from hypothesis import strategies as st

from resdiff.model import Comparison, Edit, Kind, Op
from resdiff.rendering import render
from resdiff.report import Changes, build

openpyxl = pytest.importorskip("openpyxl")
FRENCH = ["ancien numéro", "nouveau numéro", "changement", "portée", "ancien texte", "nouveau texte", "observations"]
ENGLISH = ["old number", "new number", "kind", "weight", "old text", "new text", "remark"]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://a.b")', "＝1+1", "\n=1"]


def csv_rows(report, separator=";"):
    data = render(report, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def excel_rows(report):
    page = opened(report).active
    return [[cell or "" for cell in row] for row in page.iter_rows(values_only=True)]


def opened(report, **how):
    return openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")), **how)


def one_change(old, new):
    """A report of two texts of one paragraph."""
    kind = Kind.MODIFIED if old and new else Kind.ADDED if new else Kind.REMOVED
    edits = [Edit(Op.DELETE, old)] * bool(old) + [Edit(Op.INSERT, new)] * bool(new)
    rows = [resolution(("op1", text)) if text else resolution() for text in (old, new)]
    return build(Comparison(*rows, (change("op1" * bool(old), "op1" * bool(new), tuple(edits), kind=kind),)))


def test_a_line_for_each_change_with_both_texts(pairs):
    for pair in pairs.values():
        head, *lines = csv_rows(build(pair))
        assert head == FRENCH
        paragraphs = [line for line in lines if not (line[0] + line[1]).startswith("note")]
        assert len(paragraphs) == len(pair.changes)
        old, new = ({p.text for p in side.body} for side in (pair.old, pair.new))
        assert {text for line in paragraphs for text in line[4].split("\n") if text} == old
        assert {text for line in paragraphs for text in line[5].split("\n") if text} == new


def test_a_footnote_stands_below_the_paragraph_that_calls_it(pairs):
    """With its words on the sides that have it, whether they can be compared or not."""
    seen = 0
    for pair in pairs.values():
        report = build(pair)
        changes = report.find(Changes)
        shown = [note for row in changes.rows for note in row.notes]
        lines = [line for line in csv_rows(report) if line[0].startswith("note") or line[1].startswith("note")]
        assert len(lines) == len(shown) + len(changes.notes)
        for note, line in zip([*shown, *changes.notes], lines, strict=True):
            assert (bool(line[0]), bool(line[1])) == (bool(line[4]), bool(line[5])) == (bool(note.old), bool(note.new))
        seen += len(lines)
    assert seen >= 10


def test_what_became_of_a_paragraph_stands_in_one_column(real_pair):
    lines = csv_rows(build(real_pair))
    assert ["PP 13", "PP 3", "inchangé, déplacé", "aucune"] in [line[:4] for line in lines]
    split = next(line for line in lines if line[1] == "par. 4, par. 8")
    assert (split[0], split[2]) == ("par. 3", "scindé, renuméroté")
    assert split[5].count("\n") == 1


def test_english_has_commas_and_the_same_mark(real_pair):
    assert csv_rows(build(real_pair, lang="en"), ",")[0] == ENGLISH


def test_lighter_changes_are_left_out_as_in_every_format(real_pair):
    from resdiff.model import Weight

    assert len(csv_rows(build(real_pair, min_weight=Weight.SUBSTANTIVE))) < len(csv_rows(build(real_pair)))


@pytest.mark.slow
def test_excel_holds_the_same_cells(pairs):
    for pair in pairs.values():
        for lang, separator in (("fr", ";"), ("en", ",")):
            report = build(pair, lang=lang)
            assert excel_rows(report) == [[c.replace("\r\n", "\n") for c in r] for r in csv_rows(report, separator)]


def test_excel_keeps_its_head_in_view_and_the_same_bytes(real_pair):
    report = build(real_pair)
    book = opened(report)
    page = book.active
    assert (page.title, page.freeze_panes, page.auto_filter.ref) == ("Changements", "C2", f"A1:G{page.max_row}")
    assert all(cell.alignment.wrap_text for row in page.iter_rows() for cell in row)
    assert all(page.column_dimensions[letter].width > 10 for letter in "ABCDEFG")
    assert str(book.properties.created) == "2019-12-18 00:00:00"
    data = render(report, "xlsx")
    assert data == render(build(real_pair), "xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_words_that_changed_are_struck_through_and_underlined(real_pair):
    page = opened(build(real_pair), rich_text=True).active
    old, new = next((row[4].value, row[5].value) for row in page.iter_rows(min_row=2) if row[0].value == "par. 19")
    assert [run.text for run in old if not isinstance(run, str) and run.font.strike] == ["soixante-treizième"]
    assert [run.text for run in new if not isinstance(run, str) and run.font.u] == ["soixante-quinzième"]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("side", ["old", "new"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(text, side):
    report = one_change(**({"old": "Prie", "new": "Prie"} | {side: text}))
    column = 4 if side == "old" else 5
    cell = csv_rows(report)[1][column]
    assert cell == f"'{text}"
    written = opened(report).active.cell(2, column + 1)
    assert written.data_type == "s"
    assert written.value == text.replace("\r", "\n")
    with zipfile.ZipFile(io.BytesIO(render(report, "xlsx"))) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
        assert not [name for name in packed.namelist() if "rels" in name and b"http://a.b" in packed.read(name)]


@pytest.mark.parametrize("text", ["x" * 40_000, "\U0001f30d" * 20_000, "mot " * 10_000])
def test_a_cell_that_is_too_long_for_excel_is_cut_and_says_so(text):
    for report in (one_change(text, "court"), one_change("court", text), one_change("", text)):
        page = opened(report).active
        longest = max((cell.value or "" for row in page.iter_rows() for cell in row), key=len)
        assert longest.endswith(" […]")
        assert len(longest.encode("utf-16-le")) // 2 <= 32_767
        assert text in {cell for row in csv_rows(report) for cell in row}


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_makes_a_workbook_that_opens(old, new):
    report = build(compared([f"Prie {old}"], [f"Prie {new}"]))
    assert len(excel_rows(report)) == len(csv_rows(report))


def test_empty_texts_make_a_head_and_no_line():
    empty = resolution()
    report = build(Comparison(empty, empty, ()))
    assert csv_rows(report) == excel_rows(report) == [FRENCH]
