"""Word files: automatic numbers, footnotes, tables, text boxes, tracked changes, and files that mean harm."""

import io
import zipfile

import pytest

from resdiff.comparison import compare
from resdiff.errors import InputError
from resdiff.model import Side
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.reading.numbering import Level, Numbering
from resdiff.report.spoken import quoted, spoken

pytestmark = pytest.mark.usefixtures("read_here")

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def word(body, **parts):
    """The bytes of the smallest Word file with that body and those parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMES}>{content}</w:{name}>")
    return out.getvalue()


def p(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(number, depth=0):
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def level(depth, style, text):
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'


LEVELS = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)") + level(2, "lowerRoman", "%3)")
LISTS = (
    f'<w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="8">{level(0, "bullet", "x")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="12"/></w:lvlOverride></w:num>'
)


def blocks(data, **options):
    return read(data, **options).text.rstrip("\n").split("\n\n")


def test_automatic_numbers_are_computed():
    body = "".join(
        [
            p("L’Assemblée générale,"), p("Prie", listed(1)), p("un", listed(1, 1)), p("i", listed(1, 2)),
            p("deux", listed(1, 1)), p("Engage", listed(1)), p("un", listed(1, 1)), p("tiret", listed(2)),
            p("Décide", listed(3)), p("", listed(3)), p("Note", listed(3)), p("sans", listed(0)),
        ]
    )  # fmt: skip
    assert blocks(word(body, numbering=LISTS)) == [
        "L’Assemblée générale,", "1. Prie", "a) un", "i) i", "b) deux", "2. Engage", "a) un", "– tiret",
        "12. Décide", "13. Note", "sans",
    ]  # fmt: skip


def test_a_style_may_carry_the_number():
    styles = (
        f'<w:style w:styleId="Base"><w:pPr>{listed(1)}</w:pPr></w:style>'
        '<w:style w:styleId="Op"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    )
    body = (
        p("Prie", '<w:pStyle w:val="Op"/>') + p("Engage", '<w:pStyle w:val="Op"/>') + p("x", '<w:pStyle w:val="Loop"/>')
    )
    assert blocks(word(body, numbering=LISTS, styles=styles)) == ["1. Prie", "2. Engage", "x"]


def test_levels_may_show_their_parents():
    numbering = Numbering({"1": ("a", {})}, {"a": {0: Level("upperRoman", "%1."), 1: Level("decimal", "%1.%2")}})
    assert [numbering.next("1", depth) for depth in (0, 1, 1, 0, 1)] == ["I.", "I.1", "I.2", "II.", "II.1"]


def test_tracked_changes_are_taken_or_left_and_told():
    body = (
        f"<w:p>{run('Prie ')}<w:del>{'<w:r><w:delText>instamment </w:delText></w:r>'}</w:del>"
        f"<w:ins>{run('de nouveau ')}</w:ins>{run('les États ;')}</w:p>"
    )
    accepted, rejected = read(word(body)), read(word(body), tracked="reject")
    assert accepted.text == "Prie de nouveau les États ;\n"
    assert rejected.text == "Prie instamment les États ;\n"
    assert [n.code for n in (*accepted.notices, *rejected.notices)] == ["tracked-accepted", "tracked-rejected"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    body = p("Prie les", "<w:rPr><w:del/></w:rPr>") + p(" États")
    assert blocks(word(body)) == ["Prie les États"]
    assert blocks(word(body), tracked="reject") == ["Prie les", "États"]


def test_footnotes_become_blocks_of_their_own():
    call = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    notes = (
        f'<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote><w:footnote w:id="5">{p("A/74/1.")}</w:footnote>'
    )
    data = word(f"<w:p>{run('Rappelant la Charte')}{call}{run(',')}</w:p>", footnotes=notes)
    assert blocks(data) == ["Rappelant la Charte[^1],", "[^1]: A/74/1."]
    assert [(n.label, n.text, n.offset) for n in parse(read(data)).footnotes] == [("1", "A/74/1.", 19)]


def test_cells_and_text_boxes_are_blocks():
    cell = f"<w:tc>{p('un')}</w:tc><w:tc>{p('deux')}</w:tc>"
    box = f"<w:p>{run('avant')}<w:r><w:pict><w:txbxContent>{p('boîte')}</w:txbxContent></w:pict></w:r></w:p>"
    assert blocks(word(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>{box}")) == ["un", "deux", "avant", "boîte"]


def test_comments_are_told_with_who_makes_them_and_on_which_words():
    begins, ends = (f'<w:commentRange{which} w:id="1"/>' for which in ("Start", "End"))
    body = f"<w:p>{run('Prie ')}{begins}{run('les États')}{ends}{run(' d’agir')}</w:p>"
    source = read(word(body, comments=f'<w:comment w:id="1" w:author="UE">{p("À garder !")}</w:comment>'))
    values = "UE", "À garder !", "les États", "Prie les États d’agir"
    assert [(n.code, n.values) for n in source.notices] == [("comment", values)]
    assert source.text.strip() == "Prie les États d’agir"


def test_a_comment_is_told_with_its_paragraph():
    begins, ends = (f'<w:commentRange{which} w:id="1"/>' for which in ("Start", "End"))
    head = p("L’Assemblée générale,") + p("OP1. Prie les parties d’agir ;")
    body = f"{head}<w:p>{run('OP2. Prie ')}{begins}{run('les États')}{ends}{run(' d’agir.')}</w:p>"
    said = f'<w:comment w:id="1" w:author="UE">{p("À garder !")}</w:comment>'
    old, new = (parse(read(word(body, **notes))) for notes in ({}, {"comments": said}))
    comparison = compare(old, new)
    [(notice, paragraph)] = spoken(comparison, Side.NEW)
    assert (notice.values[1], paragraph) == ("À garder !", "op2")
    assert quoted(notice, "fr").replace("\u00a0", " ") == "UE, commentaire : « À garder ! »"


def test_of_very_many_comments_the_rest_is_counted():
    comments = "".join(f'<w:comment w:id="{n}" w:author="UE">{p("Non")}</w:comment>' for n in range(40))
    notices = read(word(p("Prie"), comments=comments)).notices
    assert [n.code for n in notices].count("comment-bare") == 30
    assert notices[-1].code == "comments-left" and notices[-1].values == ("10",)


def test_a_file_of_python_docx_is_read():
    from docx import Document

    document = Document()
    document.add_heading("74/175. Assistance technique", 1)
    document.add_paragraph("L’Assemblée générale,")
    document.add_paragraph("Rappelant la Charte,")
    document.add_paragraph("Prie les États d’agir ;", style="List Number")
    document.add_paragraph("Décide d’en rester là.", style="List Number")
    out = io.BytesIO()
    document.save(out)
    resolution = parse(read(out.getvalue()))
    assert resolution.symbol == "A/RES/74/175"
    assert [(q.id, q.number) for q in resolution.body] == [("pp1", ""), ("op1", "1"), ("op2", "2")]


def test_a_real_file_has_the_paragraphs_of_its_text(scan):
    real, clean = parse(read(scan("A-72-194.docx"))), parse(read(scan("A-72-194.clean.txt")))
    assert [(q.id, q.text) for q in real.body] == [(q.id, q.text) for q in clean.body]


def archive(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


ENTITY = (
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    f"<w:document {NAMES}><w:body><w:p>&e;</w:p></w:body></w:document>"
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "make, code",
    [
        (lambda: archive(**{"notes.txt": "x"}), "format-zip"),
        (lambda: archive(**{"[Content_Types].xml": TYPES}), "docx-broken"),
        (lambda: word(p("Prie"))[:300], "docx-broken"),
        (lambda: b"PK\x03\x04" + b"x" * 100, "docx-broken"),
        (lambda: archive(**{"word/document.xml": "<w:document"}), "docx-broken"),
        (lambda: archive(**{"word/document.xml": f"<w:document {NAMES}/>"}), "docx-broken"),
        (lambda: archive(**{"word/document.xml": ENTITY}), "docx-hostile"),
        (lambda: archive(**{"word/document.xml": ENTITY.encode("utf-16")}), "docx-hostile"),
        (lambda: archive(**{"word/document.xml": " " * 160_000_000}), "docx-hostile"),
        (lambda: word("<w:p/>" * 700_000), "docx-hostile"),
        (lambda: word("<w:p " + " ".join(f"a{n}=''" for n in range(1_300_000)) + "/>"), "docx-hostile"),
        (lambda: archive(**{"word/document.xml": "<x/>", "word/vbaProject.bin": "x"}), "docx-macros"),
        (lambda: word(""), "file-empty"),
    ],
    ids=[
        "zip",
        "no-document",
        "cut",
        "no-archive",
        "no-xml",
        "no-body",
        "entity",
        "entity-16",
        "bomb",
        "paragraphs",
        "attributes",
        "macros",
        "empty",
    ],
)
def test_harm_is_refused(make, code):
    data = make()  # not by every worker that collects
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.code == code


# ---- the forms of Word that are not the usual one -------------------------------------------------------------------

RELATION = (
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'
)
OLE = b"\xd0\xcf\x11\xe0" + b"\x00" * 508


def relations(*pairs):
    return f"<Relationships>{''.join(RELATION.format(*pair) for pair in pairs)}</Relationships>"


def test_a_value_that_is_no_number_is_no_trouble():
    broken = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    broken += f'<w:abstractNum w:abstractNumId="7">{level(0, "decimal", "%1.")}</w:abstractNum>'
    for value in ("--5", "-", "", "٣", "²", "9" * 30):
        lists = broken.replace('<w:start w:val="1"/>', f'<w:start w:val="{value}"/>')
        assert blocks(word(p("Prie", listed(1)), numbering=lists))[0].endswith("Prie")


def test_the_parts_are_found_where_the_file_says():
    document = f"<w:document {NAMES}><w:body>{p('Prie', listed(1))}</w:body></w:document>"
    data = archive(
        **{
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("officeDocument", "/word/document22.xml")),
            "word/document22.xml": document,
            "word/_rels/document22.xml.rels": relations(("numbering", "lists.xml")),
            "word/lists.xml": f"<w:numbering {NAMES}>{LISTS}</w:numbering>",
        }
    )
    assert blocks(data) == ["1. Prie"]


def test_the_strict_form_of_the_standard_is_read():
    strict = NAMES.replace(
        "schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main"
    )
    document = f"<w:document {strict}><w:body>{p('Prie')}</w:body></w:document>"
    assert blocks(archive(**{"[Content_Types].xml": TYPES, "word/document.xml": document})) == ["Prie"]


LOCKED_ODT = archive(
    **{
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": "<m:manifest><m:encryption-data/></m:manifest>",
    }
)


@pytest.mark.parametrize(
    "data, code",
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "office-locked"),
        (OLE + b"\xec\xa5" + b"\x00" * 9 + b"\x01" + b"\x00" * 50, "office-locked"),
        (
            b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text" + LOCKED_ODT,
            "office-locked",
        ),
        (archive(**{"[Content_Types].xml": TYPES, "xl/workbook.xml": "<x/>"}), "format-sheet"),
        (archive(**{"[Content_Types].xml": TYPES, "ppt/presentation.xml": "<x/>"}), "format-sheet"),
    ],
    ids=["docx", "doc", "odt", "workbook", "presentation"],
)
def test_what_cannot_be_opened_is_called_by_its_name(data, code):
    with pytest.raises(InputError) as caught:
        read(data)
    assert caught.value.code == code


def test_what_is_left_out_of_a_word_file_is_told_with_its_number():
    math = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>'
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> vu</w:t></w:r>'
    ruby = f"<w:r><w:ruby><w:rt>{run('glose')}</w:rt><w:rubyBase>{run(' base')}</w:rubyBase></w:ruby></w:r>"
    other = f'<x:wrap xmlns:x="urn:x">{run(" enveloppé")}</x:wrap><w:proofErr w:type="spellStart"/>'
    source = read(word(f"<w:p>{run('Prie')}{math}{hidden}{shown}{ruby}{other}</w:p>{math}<w:altChunk/>"))
    assert source.text == "Prie vu base enveloppé\n"
    assert [(n.code, n.values[0]) for n in source.notices] == [
        ("equations-left", "2"),
        ("files-left", "1"),
        ("glosses-left", "1"),
        ("hidden-left", "1"),
        ("wrapped", "1"),
    ]


def test_the_values_of_the_fields_of_a_form_are_read():
    entries = '<w:listEntry w:val="Genève"/><w:listEntry w:val="Vienne"/>'
    choice = (
        f'<w:r><w:fldChar><w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData></w:fldChar></w:r>'
    )
    assert blocks(word(f"<w:p>{run('À ')}{choice}</w:p>")) == ["À Vienne"]


# ---- struck through by hand ----------------------------------------------------------------------------------------

STROKE = "<w:strike/>"


def looked(text, look=STROKE):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def line(*runs, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def told(data, **options):
    return [(notice.code, notice.values) for notice in read(data, **options).notices]


STRUCK = word(line(run("1. Prie "), looked("chaque année"), run(" les États ;")) + line(looked("2. Décide de ")))


def test_words_struck_through_by_their_look_are_read_as_deleted_and_named():
    assert blocks(STRUCK) == ["1. Prie  les États ;"]
    assert told(STRUCK) == [
        ("struck-in", ("chaque année", "1. Prie les États ;")),
        ("struck-left", ("2. Décide de",)),
    ]
    assert blocks(STRUCK, tracked="reject") == ["1. Prie chaque année les États ;", "2. Décide de"]
    assert told(STRUCK, tracked="reject") == [("struck-read", ("2",))]
    assert blocks(STRUCK, author="A")[1:] == ["2. Décide de"]


def test_what_a_delegation_strikes_in_its_own_brackets_is_no_text_that_went():
    offered = word(
        line(run("1. [UK: "), looked("Urges"), run(" Encourages] States [EU, Japan: "), looked("and others"), run("];"))
        + line(run("2. [Decides] "), looked("now"), run(" to [EU: also "), looked("never"), run("] end."))
    )
    assert blocks(offered) == [
        "1. [Urges] [UK: Encourages] States [and others] [EU, Japan: –];",
        "2. [Decides]  to [never] [EU: also] end.",
    ]
    assert told(offered) == [
        ("struck-in", ("now", "2. [Decides] to [never] [EU: also] end.")),
        ("struck-offered", ("3",)),
    ]


def test_what_is_struck_before_the_brackets_of_a_delegation_is_no_text_that_went():
    offered = word(
        line(run("1. Agir dans "), looked("six "), run("[Mali : deux] mois, ")) + line(looked("2. Décide ;"))
    )
    assert blocks(offered) == ["1. Agir dans [six] [Mali : deux] mois,"]
    assert told(offered) == [("struck-left", ("2. Décide ;",)), ("struck-offered", ("1",))]


def test_a_stroke_is_one_of_the_run_or_of_its_style():
    styles = '<w:style w:styleId="barre"><w:rPr><w:strike/></w:rPr></w:style>'
    off = "".join(looked(text, look) for text, look in (("un", '<w:strike w:val="false"/>'), ("deux", "<w:b/>")))
    styled = looked("trois", '<w:rStyle w:val="barre"/>') + looked(
        "quatre", '<w:rStyle w:val="barre"/><w:strike w:val="0"/>'
    )
    assert blocks(word(line(off, looked("zéro", "<w:dstrike/>"), styled), styles=styles)) == ["undeuxquatre"]


def test_a_paragraph_struck_through_keeps_its_number_to_itself():
    rows = [
        line(run("Prie"), properties=listed(1)),
        line(looked("Invite"), properties=listed(1)),
        p("Décide", listed(1)),
    ]
    data = word("".join(rows), numbering=LISTS)
    assert blocks(data) == ["1. Prie", "3. Décide"]
    assert told(data) == [("struck-left", ("2. Invite",))]
    codes = [notice.code for notice in parse(read(data)).notices]
    assert "number-unused" in codes and "number-missing" not in codes


@pytest.mark.parametrize(
    "runs",
    [
        (run("2. "), looked("Invite les États"), run(" ;")),
        (looked("2. Invite les États"), run(" ;")),
        (looked("2. Invite "), run(" "), looked("les États ;")),
    ],
)
def test_of_a_paragraph_struck_through_no_number_or_sign_stays(runs):
    assert blocks(word(p("1. Prie") + line(*runs) + p("3. Décide"))) == ["1. Prie", "3. Décide"]


@pytest.mark.parametrize(
    ("runs", "read_as"),
    [
        ((looked("2."), run(" Prie")), "2. Prie"),
        ((looked("2"), run(". Prie")), "2. Prie"),
        ((looked("P"), run("rie")), "Prie"),
        ((looked("a)"), run(" Agir")), "a) Agir"),
        ((looked("2."), run(" 3. Prie")), "3. Prie"),
        ((looked("P"), run("prie")), "prie"),
        ((run("d’ici à 202"), looked("7"), run("8")), "d’ici à 2028"),
        ((run("les État"), looked("s")), "les État"),
        ((run("Prie"), looked(" "), run("les")), "Prie les"),
    ],
)
def test_a_number_or_a_letter_struck_at_the_head_alone_may_be_a_slip(runs, read_as):
    assert blocks(word(line(*runs))) == [read_as]


def test_a_note_called_in_what_is_struck_through_goes_with_it():
    call = '<w:r><w:rPr><w:strike/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'
    kept = '<w:r><w:footnoteReference w:id="3"/></w:r>'
    second = line(run("Deux"), looked(" fois"))
    note = f'<w:footnote w:id="2">{p("Une.")}</w:footnote><w:footnote w:id="3">{second}</w:footnote>'
    data = word(line(looked("Invite"), call.format(2)) + line(run("Prie"), kept), footnotes=note)
    assert blocks(data) == ["Prie[^1]", "[^1]: Deux"]
    assert told(data) == [("struck-left", ("Invite",)), ("struck-in", ("fois", "Deux"))]


def test_many_strokes_are_counted_behind_the_first():
    data = word("".join(line(run(f"{n}. Prie "), looked("vite")) for n in range(1, 26)))
    assert told(data)[20:] == [("struck-more", ("5",))]


def test_what_others_deleted_is_not_told_as_struck():
    gone = f'<w:del w:id="1" w:author="A">{looked("un").replace("w:t", "w:delText")}</w:del>'
    assert [code for code, _ in told(word(line(run("Prie "), gone)))] == ["tracked-accepted", "tracked-by"]


def test_a_file_that_is_all_struck_through_has_no_text():
    with pytest.raises(InputError) as raised:
        read(word(line(looked("Prie"))))
    assert raised.value.code == "struck-all"


# ---- lists that multiply -------------------------------------------------------------------------------------------

SHARED = '<w:abstractNum w:abstractNumId="7">{}</w:abstractNum>'
ITEM = p("x", listed(1))
MULTIPLYING = {
    "long markers": (ITEM * 3000, SHARED.format(level(0, "decimal", "y" * 100_000))),
    "places in a marker": (ITEM * 300, SHARED.format(level(0, "decimal", "%1" * 500_000))),
    "levels": (
        ITEM,
        SHARED.format("".join(level(n, "decimal", "%1.") for n in range(2000)))
        + "".join(
            f'<w:num w:numId="{n}"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="1">{level(1, "decimal", "%1.")}'
            "</w:lvlOverride></w:num>"
            for n in range(2, 15_000)
        ),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", MULTIPLYING)
def test_lists_cost_what_a_list_of_word_does(name):
    body, lists = MULTIPLYING[name]
    data = word(body, numbering=lists + '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>')
    assert len(data) < 210_000
    source = read(data)  # in a process that may take limits.MEMORY
    assert source.text.count("x") == body.count("<w:t ")
    assert len(source.text) < 100 * body.count("<w:t ")


def test_a_level_past_the_last_one_counts_nothing():
    assert blocks(word(p("Prie", listed(1, 9)) + p("Décide", listed(1, 8)), numbering=LISTS))[0] == "Prie"


@pytest.mark.parametrize("paragraphs, code", [(3000, "line-too-long"), (45_000, "line-too-long")])
def test_paragraphs_that_join_without_end_are_refused(paragraphs, code):
    mark = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'
    with pytest.raises(InputError) as caught:
        read(word(p("z" * 200, mark) * paragraphs))
    assert caught.value.code == code


def test_a_text_that_is_longer_than_any_is_refused_while_it_is_read():
    with pytest.raises(InputError) as caught:
        read(word(p("z" * 100_000) * 60))
    assert caught.value.code == "text-too-long"


@pytest.mark.parametrize(
    "body, code", [("<w:p><w:r><w:drawing/></w:r></w:p>", "docx-pictures"), (p("") + p(" "), "file-empty")]
)
def test_a_file_of_pictures_is_not_called_empty(body, code):
    with pytest.raises(InputError) as caught:
        read(word(body))
    assert caught.value.code == code


def test_a_sign_is_read_from_whatever_font_it_comes():
    symex = 'xmlns:e="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    emoji = (
        f'<mc:AlternateContent {compatible}><mc:Choice Requires="e"><e:symEx {symex} e:font="Emoji" e:char="1F4D6"/>'
        "</mc:Choice><mc:Fallback><w:t>📖</w:t></mc:Fallback></mc:AlternateContent>"
    )
    arrow = '<w:sym w:font="Wingdings" w:char="F0E0"/><w:sym w:font="Times" w:char="2192"/>'
    assert read(word(f"<w:p><w:r><w:t>Voir </w:t>{emoji}{arrow}</w:r></w:p>")).text == "Voir 📖•→\n"
