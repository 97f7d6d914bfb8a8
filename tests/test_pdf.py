"""PDF files: the printed page gives back the text, its notes and its fields; what cannot be read is one sentence."""

import os
import shutil
import time

import pytest
from handmade_pdf import drawn, pdf, stream
from printing import flat_document, needs_office, printed

from resdiff import limits
from resdiff.errors import InputError
from resdiff.messages import message
from resdiff.model import Part
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.reading.layout import Measure, Page, Piece, Row, _between, typeset
from resdiff.reading.pdf import _knows_french
from resdiff.reading.pdf_glyphs import HUGE, picture, runs

NAMES = ("72/194", "74/175", "78/226")


def content(source):
    """What must be the same: the paragraphs below the title, and the notes with their places."""
    resolution = parse(source)
    body = [(p.id, p.text) for p in resolution.paragraphs if p.part is not Part.PREFACE]
    return body, [(n.label, n.text, n.paragraph, n.offset) for n in resolution.footnotes]


def refusal(data, **options):
    with pytest.raises(InputError) as caught:
        read(data, **options)
    sentence = message(f"error.{caught.value.code}", *caught.value.values)
    assert sentence.endswith((".", "?"))
    assert "{" not in sentence
    return caught.value.code


# ---- printed pages --------------------------------------------------------------------------------------------------


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("indent", "hyphenate"), [("1cm", "true"), ("0cm", "false")])
def test_a_printed_resolution_is_read_back_word_for_word(corpus, tmp_path, name, indent, hyphenate):
    source = read(corpus.find(name)[1].path)
    data = printed(flat_document(source, indent=indent, hyphenate=hyphenate), tmp_path, "pdf")
    again = read(data)
    assert content(again) == content(source)
    resolution = parse(again)
    assert (resolution.symbol, resolution.adopted) == (source.header.symbol, source.header.adopted)
    assert resolution.title == source.header.title
    assert again.header.agenda_item == "109"
    told = [notice.values[0] for notice in again.notices if notice.code in ("running-head", "page-number")]
    assert source.header.symbol in told
    assert sum(text.startswith("17-23043") for text in told) >= 4


@pytest.mark.slow
@pytest.mark.parametrize("name", ["A-72-194", "S-1554", "S-1743"])
def test_real_pages_give_the_proof_read_text(scan, name):
    clean = read(scan(f"{name}.clean.txt"))
    assert content(read(scan(f"{name}.pdf"))) == content(clean)


@needs_office
@pytest.mark.slow
def test_a_printed_resolution_enters_a_corpus_with_its_fields(command, corpus, tmp_path):
    source = read(corpus.find("74/175")[1].path)
    (tmp_path / "x.pdf").write_bytes(printed(flat_document(source), tmp_path, "pdf"))
    assert command("add", "x.pdf", "--corpus", "mien", "--series", "essai", "--kind", "official")[0] == 0
    again = read(tmp_path / "mien/essai/A-RES-74-175.fr.md")
    assert content(again) == content(source)
    header = again.header
    assert (header.agenda_item, header.adopted) == ("109", "2019-12-18")
    assert header.title == source.header.title


# ---- what the page knows --------------------------------------------------------------------------------------------


def line(text, base, *, left=80.0, size=10.0):
    return Piece(text, left, left + 5 * len(text), base, size)


def page(*pieces, rules=()):
    return Page(792.0, pieces, rules)


BODY = [
    line("Rappelant sa résolution 70/291 du 1er juillet 2016, intitulée", 700, left=108),
    line("« Examen de la Stratégie »,", 688),
    line("Prenant acte du rapport du Secrétaire général sur la question,", 670, left=108),
    line("et de la suite qui y a été donnée,", 658),
]


def test_a_raised_number_is_a_call_and_the_small_print_its_note():
    call = Piece("7", 210, 214, 691.3, 6.5)
    note = (Piece("7", 80, 83, 63, 5.5), line("Résolution 60/288.", 60, left=88, size=8.5))
    text, _ = typeset([page(*BODY, call, *note, rules=(75.0,))])
    assert "« Examen de la Stratégie »,[^7]\n\nPrenant acte" in text
    assert text.endswith("\n\n[^7]: Résolution 60/288.\n")


def test_a_call_that_a_justified_line_drew_away_is_on_its_word():
    text, _ = typeset(
        [
            page(
                *BODY,
                line("le 19 décembre 2006", 640),
                Piece("1", 176.2, 179.5, 643.3, 6.5),
                line(", et", 640, left=179.5),
            )
        ]
    )
    assert "2006[^1], et" in text


def test_a_note_goes_on_on_the_next_page():
    one = page(*BODY, Piece("1", 210, 214, 691.3, 6.5), line("1 Voir le rapport de la", 60, size=8.5), rules=(75.0,))
    two = page(*BODY, line("Troisième Commission.", 60, size=8.5), rules=(75.0,))
    text, _ = typeset([one, two])
    assert text.endswith("[^1]: Voir le rapport de la\nTroisième Commission.\n")


def test_two_pages_that_both_print_a_note_1_keep_both_apart():
    pages = [
        page(*BODY, Piece("1", 210, 214, 691.3, 6.5), line(f"1 {note}", 60, size=8.5), rules=(75.0,))
        for note in ("Résolution 60/288.", "A/72/495.")
    ]
    text, _ = typeset(pages)
    assert "»,[^1]\n" in text
    assert "»,[^1.2]\n" in text
    assert text.endswith("[^1]: Résolution 60/288.\n\n[^1.2]: A/72/495.\n")


def test_small_print_at_the_end_is_no_note_without_its_call():
    text, _ = typeset([page(*BODY, line("18 décembre 2019", 120, size=8.5), line("1. Les États", 108, size=8.5))])
    assert text.endswith("18 décembre 2019\n1. Les États\n")


def test_small_print_below_a_rule_without_a_label_stays_in_the_text():
    small = [line("3. Décide de rester saisie", 60, size=8.5), line("de la question.", 50, size=8.5)]
    text, _ = typeset([page(*BODY, *small, rules=(75.0,))])
    assert text.endswith("3. Décide de rester saisie\nde la question.\n")


def test_a_numbered_paragraph_in_small_print_is_not_the_end_of_a_note():
    call = Piece("1", 210, 214, 691.3, 6.5)
    note = line("1 Résolution 60/288.", 70, size=8.5)
    small = [line("3. Décide de rester saisie", 60, size=8.5), line("de la question.", 50, size=8.5)]
    text, _ = typeset([page(*BODY, call, note, *small, rules=(75.0,))])
    assert "3. Décide de rester saisie\nde la question." in text.partition("[^1]: ")[0]
    assert text.endswith("[^1]: Résolution 60/288.\n")


def test_a_label_with_a_full_stop_is_one_when_it_is_called():
    call = Piece("1", 210, 214, 691.3, 6.5)
    text, _ = typeset([page(*BODY, call, line("1. Résolution 60/288.", 60, size=8.5), rules=(75.0,))])
    assert text.endswith("[^1]: Résolution 60/288.\n")


@pytest.mark.parametrize("shift", [0, 0.3, 0.6, 0.9, 1.1])
def test_letters_printed_twice_for_bold_are_read_once(shift):
    words = [
        (80, 700, "Le Conseil"),
        (130, 700, "a"),
        (80, 688, "de"),
        (80, 676, "de"),
        (80, 664, "Prie"),
        (80, 652, "ll"),
    ]
    drawing = "BT /F 10 Tf {:g} {:g} Td ({}) Tj ET "
    pages = ["".join(drawing.format(x + s, y - s, word) for s in shifts for x, y, word in words) for shifts in (
        (0,), (0, shift))]  # fmt: skip
    once, twice = (read(drawn(content.encode())).text for content in pages)
    assert twice == once == "Le Conseil a\nde\nde\nPrie\nll\n"


def test_each_letter_printed_twice_is_read_once():
    widths = zip((b"P", b"r", b"i", b"e"), (0, 5.26, 3.03, 2.48), strict=True)
    letters = b" ".join(b"%g 0 Td (%s) Tj 0.3 0 Td (%s) Tj" % (width, c, c) for c, width in widths)
    assert read(drawn(b"BT /F 10 Tf 80 700 Td " + letters + b" ET")).text == "Prie\n"


def test_values_of_forms_and_comments_are_told():
    data = drawn(b"BT /F 10 Tf 80 700 Td (Le Conseil de securite,) Tj ET")
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(Geneve)/Rect[80 600 200 620]>>"
    empty = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(b)/Rect[80 500 200 520]>>"
    remark = b"<</Type/Annot/Subtype/FreeText/Contents(non)/Rect[80 400 200 420]>>"
    data = data.replace(b"/Contents 4 0 R", b"/Annots[%s%s%s]/Contents 4 0 R" % (field, empty, remark))
    found = [(n.code, n.values[0]) for n in read(data).notices]
    assert found == [("fields-left", "1"), ("comments-left", "1")]


def test_a_page_without_text_among_others_is_no_trouble():
    assert typeset([page(), page(*BODY), page()])[0].startswith("Rappelant")


def test_a_rule_of_underscores_parts_the_notes():
    call = Piece("1", 210, 214, 691.3, 6.5)
    text, _ = typeset([page(*BODY, call, line("__________________", 90), line("1 Résolution 60/288.", 78, size=8.5))])
    assert text.endswith("\n\n[^1]: Résolution 60/288.\n")
    assert "____" not in text


def test_square_metres_are_no_call():
    text, _ = typeset([page(*BODY, line("une surface de 12 km", 640), Piece("2", 180.5, 184, 643.3, 6.5))])
    assert "12 km²" in text


def test_a_raised_word_stays_in_its_word():
    text, _ = typeset(
        [page(*BODY, line("le 1", 640), Piece("er", 100.2, 106, 643.3, 6.5), line("juillet", 640, left=109))]
    )
    assert "le 1er juillet" in text


def test_heads_and_feet_that_pages_repeat_are_told_and_left_out():
    def one(number):
        return page(
            line("A/RES/72/194", 745, size=8.5),
            line("Lutte contre le terrorisme", 745, left=300, size=8.5),
            *BODY,
            line(f"{number}/3", 36, size=7),
            line("18-00123", 36, left=500, size=7),
        )

    text, notices = typeset([page(line("A/RES/72/194", 745), *BODY), one(2), one(3)])
    assert text.count("A/RES/72/194") == 1
    assert "18-00123" not in text
    assert [n.values[0] for n in notices].count("Lutte contre le terrorisme") == 2
    assert {n.code for n in notices} == {"running-head", "page-number"}


def test_a_line_of_text_at_the_top_of_a_page_is_no_head():
    pages = [page(line("Nations Unies contre la drogue et le crime ;", 745), *BODY) for _ in range(3)]
    text, notices = typeset(pages)
    assert text.count("Nations Unies contre la drogue et le crime ;") == 3
    assert notices == ()


def test_a_paragraph_goes_on_over_a_page_break_although_a_capital_follows():
    last = line("et félicite l’Office des", 640)
    text, _ = typeset([page(*BODY, last), page(line("Nations Unies de ses travaux,", 712), *BODY)])
    assert "l’Office des\nNations Unies de ses travaux,\n\nRappelant" in text


def test_a_number_far_from_its_paragraph_stays_with_it():
    text, _ = typeset([page(*BODY, line("12.", 640), line("Prie le Secrétaire général ;", 640, left=160))])
    assert "12. Prie le Secrétaire général" in text


def test_the_time_to_set_a_page_grows_with_its_pieces_only():
    pieces = [line("mot", 700 - 0.01 * n, left=80 + n % 400, size=3 + (n % 50) / 10) for n in range(20_000)]
    start = time.process_time()
    typeset([page(*pieces)])
    assert time.process_time() - start < 5


# ---- pictures of pages ----------------------------------------------------------------------------------------------


def pictured(width, height, grey):
    """A page of one grey picture."""
    shape = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (width, height)
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        stream(b"612 0 0 792 0 0 cm /I Do"),
        stream(grey, shape),
    )


def test_a_scan_without_text_is_told_with_the_way_out():
    assert refusal(pictured(8, 8, b"\xff" * 64)) == "pdf-scanned"
    assert "--ocr" in message("error.pdf-scanned", "scan.pdf")


def reads_french():
    program = shutil.which("tesseract")
    return program is not None and _knows_french(program)


@pytest.mark.slow
@pytest.mark.skipif(not reads_french(), reason="tesseract is not installed, or without its French data")
def test_a_scan_is_read_when_asked(scan):
    head, _, grey = picture(scan("A-72-194.pdf").read_bytes(), 0).partition(b" 255\n")
    width, height = map(int, head.split()[1:])
    source = read(pictured(width, height, grey), ocr=True)
    assert source.scanned
    assert [n.values for n in source.notices if n.code == "pages-recognised"] == [("1",)]
    paragraphs = {p.text for p in parse(source).body}
    clean = {p.text for p in parse(read(scan("A-72-194.clean.txt"))).body[:10]}
    assert len(paragraphs & clean) >= 7  # of 10 on that page; 9 where it was written


def test_a_scan_without_tesseract_names_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert refusal(pictured(8, 8, b"\xff" * 64), ocr=True) == "ocr-missing"


@pytest.mark.skipif(os.name == "nt", reason="the program is a script")
@pytest.mark.parametrize(
    "languages, recognised, code",
    [
        ("eng\\nosd", "exit 0", "ocr-language"),
        ("eng\\nfra", "exit 1", "ocr-failed"),
        ("afra", "exit 0", "ocr-language"),
    ],
)
def test_a_tesseract_without_french_names_what_to_install(monkeypatch, tmp_path, languages, recognised, code):
    program = tmp_path / "tesseract"
    listed = f"[ $1 = --list-langs ] && {{ printf 'List of available languages (2):\\n{languages}\\n'; exit 0; }}"
    program.write_text(f"#!/bin/sh\n{listed}\n{recognised}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert refusal(pictured(8, 8, b"\xff" * 64), ocr=True) == code
    assert "tesseract" in message(f"error.{code}", "scan.pdf")
    assert "tesseract-ocr-fra" in message("error.ocr-language", "scan.pdf")


# ---- what cannot be read --------------------------------------------------------------------------------------------


def blank(count):
    kids = b" ".join(b"3 0 R" for _ in range(count))
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>",
    )


def test_a_plain_page_is_read():
    assert read(drawn(b"BT /F 10 Tf 80 700 Td (Le Conseil de securite,) Tj ET")).text == "Le Conseil de securite,\n"


LINES = ("1. Prie le Secretaire general", "de lui faire rapport ;", "2. Decide de rester saisie.")


def lines_drawn(matrix, lines=LINES):
    """Lines one below the other on a page that the matrix turns."""
    return b"q %s cm BT /F 10 Tf 14 TL %s ET Q " % (matrix, b" ".join(b"(%s) '" % line.encode() for line in lines))


@pytest.mark.slow
@pytest.mark.parametrize(
    "matrix",
    [b"1 0 0 1 80 700", b"0 1 -1 0 100 80", b"-1 0 0 -1 500 100", b"0 -1 1 0 500 700", b".9998 .02 -.02 .9998 80 700"],
    ids=["level", "upwards", "upside down", "downwards", "askew"],
)
@pytest.mark.parametrize("shown", [b"", b"/Rotate 90", b"/Rotate 270"], ids=["", "seen turned", "the other way"])
def test_a_page_that_is_turned_is_read_as_if_it_were_not(matrix, shown):
    data = drawn(lines_drawn(matrix)).replace(b"/Type/Page/", shown + b"/Type/Page/")
    assert read(data).text.split() == " ".join(LINES).split()
    assert read(data).notices == ()


@pytest.mark.parametrize("matrix", [b"0 1 -1 0 40 300", b".7 .7 -.7 .7 200 300"], ids=["upright", "slanting"])
def test_what_is_written_across_a_page_is_left_out_and_told(matrix):
    source = read(drawn(lines_drawn(b"1 0 0 1 80 700") + lines_drawn(matrix, ("PROJET 4",))))
    assert source.text.split() == " ".join(LINES).split()
    assert [(n.code, n.values) for n in source.notices] == [("across-left", ("7", "PROJET 4"))]


def test_letters_too_small_to_be_read_are_left_out_and_told():
    source = read(drawn(lines_drawn(b"1 0 0 1 80 700") + lines_drawn(b".1 0 0 .1 80 30", ("Powered by X",))))
    assert source.text.split() == " ".join(LINES).split()
    assert [(n.code, n.values) for n in source.notices] == [("small-left", ("10", "Powered by X"))]


def test_a_blank_last_page_is_no_scan():
    text = b"BT /F 10 Tf 80 700 Td (Le Conseil de securite,) Tj ET"
    data = drawn(text).replace(b"/Kids[3 0 R]/Count 1>>", b"/Kids[3 0 R 6 0 R]/Count 2>>")
    page = b"6 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>\nendobj\ntrailer"
    assert read(data.replace(b"trailer", page)).notices == ()


@pytest.mark.parametrize("keep", [9, 100, 5000, 20000])
def test_a_damaged_file_is_one_sentence(scan, keep):
    data = scan("A-72-194.pdf").read_bytes()[:keep]
    assert refusal(data) in ("pdf-broken", "pdf-scanned")


@needs_office
@pytest.mark.slow
def test_a_locked_file_is_one_sentence(corpus, tmp_path):
    lock = (
        'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
        '"DocumentOpenPassword":{"type":"string","value":"secret"}}'
    )
    source = read(corpus.find("72/194")[1].path)
    assert refusal(printed(flat_document(source), tmp_path, lock)) == "pdf-encrypted"


def test_too_many_pages_are_refused():
    with pytest.raises(ValueError, match=str(HUGE)):
        runs(blank(limits.PAGES + 1))
    assert refusal(blank(limits.PAGES + 1)) == "pdf-hostile"


@pytest.mark.slow
def test_a_file_that_unpacks_to_gigabytes_is_refused_in_time():
    bomb = drawn(b"BT /F 10 Tf (a) Tj " + b" " * 700_000_000)
    start = time.monotonic()
    assert refusal(bomb) in ("pdf-hostile", "pdf-broken", "pdf-scanned")
    assert time.monotonic() - start < 20


@pytest.mark.slow
def test_a_page_that_never_ends_is_refused_in_time():
    busy = drawn(b"q 1 0 0 1 0 0 cm " * 3_000_000 + b"BT /F 10 Tf (a) Tj ET ")
    start = time.monotonic()
    refusal(busy)
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    ("end", "expected"),
    [(" ; et", "\n\n"), ("; and", "\n\n"), ("; and/or", "\n\n"), (" et", "\n"), (", and", "\n"), ("; les", "\n")],
)
def test_an_item_but_the_last_ends_a_paragraph_in_either_language(end, expected):
    measure = Measure(10.0, 12.0, (72.0,), indents=True)
    before = Row(0, 500.0, 10.0, 72.0, 300.0, text=f"a) word{end}")
    assert _between(before, Row(0, 488.0, 10.0, 92.0, 300.0, text="b) word"), measure) == expected
