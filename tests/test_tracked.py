"""Tracked changes: of everybody, of nobody, of one author; and a Word file alone as two texts."""

import json

import pytest
from test_docx import LISTS, blocks, listed, p, run, word

from resdiff.errors import InputError
from resdiff.parsing import parse
from resdiff.reading import read

pytestmark = pytest.mark.usefixtures("read_here")


def by(author, kind, inner, more=""):
    """A tracked change of that author."""
    name = f' w:author="{author}"' if author is not None else ""
    return f'<w:{kind} w:id="1"{name}{more}>{inner}</w:{kind}>'


def gone(text):
    return f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'


def ended(*marks, numbered=1):
    """The properties of a paragraph of a list whose mark was inserted or deleted."""
    return f"{listed(numbered)}<w:rPr>{''.join(marks)}</w:rPr>"


def paragraph(properties, *pieces):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(pieces)}</w:p>"


HEAD = p("74/175. Assistance technique") + p("L’Assemblée générale,") + p("Rappelant la Charte des Nations Unies,")
NOTED = run("Note avec satisfaction le rapport du Secrétaire général ;")
ANNE, BERNARD, CARLA = "Anne Dupont", "Bernard Martin", "Carla"
DRAFT = HEAD + "".join(
    [
        paragraph(listed(1), by(BERNARD, "del", gone("Prie")), by(BERNARD, "ins", run("Prie instamment")),
                  run(" l’Office d’aider les États Membres qui le demandent ;")),
        # a whole paragraph that Anne deleted
        paragraph(ended(by(ANNE, "del", "")), by(ANNE, "del", gone("Encourage les États à coopérer entre eux ;"))),
        # a whole paragraph that Anne inserted, part of which Bernard deleted
        paragraph(ended(by(ANNE, "ins", "")),
                  by(ANNE, "ins", run("Engage les États à protéger les victimes")
                     + by(BERNARD, "del", gone(" du terrorisme et leurs familles")) + run(" ;"))),
        # Carla moved the last paragraph but one here
        paragraph(ended(by(CARLA, "moveTo", "")), by(CARLA, "moveTo", NOTED)),
        paragraph(listed(1), run("Demande à l’Office de faire rapport à sa prochaine session ;")),
        paragraph(ended(by(CARLA, "moveFrom", "")), by(CARLA, "moveFrom", NOTED)),
        paragraph(listed(1), run("Décide de rester saisie de la question.")),
    ]
)  # fmt: skip


def draft(body=DRAFT):
    return word(body, numbering=LISTS)


def operative(data, **options):
    return [(q.number, q.text) for q in parse(read(data, **options)).body if q.part == "operative"]


OLD = [
    ("1", "Prie l’Office d’aider les États Membres qui le demandent ;"),
    ("2", "Encourage les États à coopérer entre eux ;"),
    ("3", "Demande à l’Office de faire rapport à sa prochaine session ;"),
    ("4", "Note avec satisfaction le rapport du Secrétaire général ;"),
    ("5", "Décide de rester saisie de la question."),
]


def test_all_changes_are_rejected_or_accepted_with_the_numbers_that_follow():
    assert operative(draft(), tracked="reject") == OLD
    assert operative(draft()) == [
        ("1", "Prie instamment l’Office d’aider les États Membres qui le demandent ;"),
        ("2", "Engage les États à protéger les victimes ;"),
        ("3", "Note avec satisfaction le rapport du Secrétaire général ;"),
        ("4", "Demande à l’Office de faire rapport à sa prochaine session ;"),
        ("5", "Décide de rester saisie de la question."),
    ]


def test_the_changes_of_one_author_stand_on_the_old_text():
    assert [text for _, text in operative(draft(), author=ANNE)] == [
        OLD[0][1], "Engage les États à protéger les victimes du terrorisme et leurs familles ;",
        OLD[2][1], OLD[3][1], OLD[4][1],
    ]  # fmt: skip
    assert [text for _, text in operative(draft(), author=CARLA)] == [
        OLD[0][1], OLD[1][1], OLD[3][1], OLD[2][1], OLD[4][1],
    ]  # fmt: skip
    first, *others = operative(draft(), author=BERNARD)
    assert first[1].startswith("Prie instamment") and others == OLD[1:]
    assert operative(draft(), author="nobody") == OLD


def test_the_authors_are_told_and_what_of_one_cannot_be_shown_alone():
    told = [(n.code, n.values) for n in read(draft()).notices]
    assert told == [("tracked-accepted", ()), *(("tracked-by", (name,)) for name in (BERNARD, ANNE, CARLA))]
    told = [(n.code, n.values) for n in read(draft(), author=BERNARD).notices]
    assert told[:2] == [("tracked-only", (BERNARD,)), ("tracked-nested", (BERNARD, "1"))]


def both(body, **options):
    return blocks(word(body, numbering=LISTS), **options), blocks(word(body, numbering=LISTS), tracked="reject")


def test_a_paragraph_behind_a_deleted_one_keeps_its_number():
    deleted = paragraph(ended(by("A", "del", "")), by("A", "del", gone("Note ;")))
    body = paragraph(listed(1), run("Prie ;")) + deleted + deleted + paragraph(listed(1), run("Décide."))
    assert both(body) == (["1. Prie ;", "2. Décide."], ["1. Prie ;", "2. Note ;", "3. Note ;", "4. Décide."])


def test_the_last_paragraph_is_not_lost_with_its_mark():
    body = paragraph(listed(1), run("Prie ;")) + paragraph(ended(by("A", "del", "")), run("Décide."))
    assert both(body) == (["1. Prie ;", "2. Décide."],) * 2


def test_the_last_paragraph_of_a_box_or_a_cell_is_not_lost_with_its_mark():
    last = paragraph(ended(by("A", "del", ""), numbered=0), run("fin"))
    box = f"<w:p>{run('Prie')}<w:r><w:pict><w:txbxContent>{last}</w:txbxContent></w:pict></w:r></w:p>{p('Décide')}"
    assert both(box) == (["Prie", "fin", "Décide"],) * 2
    cells = f"<w:tbl><w:tr><w:tc>{last}</w:tc><w:tc>{p('à côté')}</w:tc></w:tr></w:tbl>{p('Décide')}"
    assert both(cells) == (["fin", "à côté", "Décide"],) * 2


def test_a_deleted_mark_before_a_table_joins_nothing():
    body = paragraph(ended(by("A", "del", "")), run("Prie")) + f"<w:tbl><w:tr><w:tc>{p('un')}</w:tc></w:tr></w:tbl>"
    assert both(body) == (["1. Prie", "un"],) * 2


@pytest.mark.parametrize("level", ["tr", "tc"])
def test_rows_and_cells_that_came_or_went(level):
    kinds = {"tr": ("ins", "del"), "tc": ("cellIns", "cellDel")}[level]

    def cell(text, kind):
        mark = f"<w:{level}Pr>{by('A', kind, '')}</w:{level}Pr>"
        row = f"<w:tc>{p(text)}</w:tc>"
        return f"<w:tr>{mark}{row}</w:tr>" if level == "tr" else f"<w:tr><w:tc>{mark}{p(text)}</w:tc></w:tr>"

    body = f"<w:tbl>{cell('venu', kinds[0])}{cell('parti', kinds[1])}<w:tr><w:tc>{p('là')}</w:tc></w:tr></w:tbl>"
    assert both(body) == (["venu", "là"], ["parti", "là"])


def test_a_number_that_a_tracked_change_gave_is_taken_with_it():
    before = '<w:pPrChange w:id="1" w:author="A"><w:pPr/></w:pPrChange>'
    body = paragraph(f"{listed(1)}{before}", run("Prie ;")) + paragraph(
        f"<w:rPr>{by('A', 'ins', '')}</w:rPr>", run("x")
    )
    assert both(body) == (["1. Prie ;", "x"], ["Prie ;", "x"])


def test_a_change_without_an_author_belongs_to_nobody():
    body = f"<w:p>{by(None, 'ins', run('un'))}{by('', 'ins', run(' deux'))}{by('A', 'ins', run(' trois'))}</w:p>"
    data = word(p("Prie") + body)
    assert blocks(data, author="A") == ["Prie", "trois"]
    assert [n.values for n in read(data).notices if n.code == "tracked-by"] == [("A",)]


def test_authors_by_the_thousand_are_not_all_named():
    changes = "".join(by(f"A{n}", "ins", run("x")) for n in range(3000))
    told = [n for n in read(word(f"<w:p>{changes}</w:p>")).notices if n.code == "tracked-by"]
    assert len(told) == 50


def test_the_name_of_an_author_acts_on_no_terminal():
    data = word(f"<w:p>{run('Prie')}{by('A&#x202e;nne&#10;# x', 'ins', run(' les États'))}</w:p>")
    (name,) = (n.values[0] for n in read(data).notices if n.code == "tracked-by")
    assert name == "Anne # x"
    assert blocks(data, author=name) == ["Prie les États"]


def test_deep_nests_end():
    inner = run("x")
    for n in range(60):
        inner = by(f"A{n % 3}", ("ins", "del")[n % 2], inner)
    for options in ({}, {"tracked": "reject"}, {"author": "A1"}):
        assert read(word(f"<w:p>{run('Prie')}{inner}</w:p>"), **options).text.startswith("Prie")


# ---- one file on the command line -----------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path):
    (tmp_path / "projet.docx").write_bytes(draft())
    return "projet.docx"


def document(said):
    return json.loads(said)


def test_a_word_file_alone_is_its_old_text_and_its_new_one(command, project):
    code, said, errors = command(project, "--format", "json")
    assert (code, errors) == (0, "")
    found = document(said)
    assert [q["text"] for q in found["old"]["paragraphs"] if q["part"] == "operative"] == [text for _, text in OLD]
    kinds = {change["kind"] for change in found["changes"]}
    assert {"modified", "unchanged"} <= kinds
    assert any(change["moved"] for change in found["changes"])
    assert found["notices"][-1]["code"] == "tracked-against"
    assert [n["values"] for n in found["notices"] if n["code"] == "tracked-by"] == [[BERNARD], [ANNE], [CARLA]]
    assert command(project, "--exit-code", "--format", "json")[0] == 1


def test_each_author_has_a_report(command, project, tmp_path):
    code, _, errors = command(project, "--by-author", "-o", "x.json", "-o", "x.html")
    assert (code, errors) == (0, "")
    names = ["anne-dupont", "bernard-martin", "carla"]
    assert sorted(path.name for path in tmp_path.glob("x*")) == sorted(
        f"x-{name}.{form}" for name in names for form in ("json", "html")
    )
    anne, bernard, carla = (document((tmp_path / f"x-{name}.json").read_text("utf-8")) for name in names)
    assert {c["kind"] for c in anne["changes"]} > {"unchanged"} and not any(c["moved"] for c in anne["changes"])
    assert [c["new"] for c in bernard["changes"] if c["kind"] == "modified"] == [["op1"]]
    assert {c["kind"] for c in carla["changes"]} == {"unchanged"} and any(c["moved"] for c in carla["changes"])
    assert [n["values"] for n in carla["notices"] if n["code"] == "tracked-author"] == [[CARLA]]
    page = (tmp_path / "x-carla.html").read_text("utf-8")
    assert "le nouveau n’accepte que celles dont l’auteur est Carla" in page


@pytest.mark.slow
def test_the_reports_of_the_authors_follow_each_other_on_the_terminal(command, project):
    code, said, _ = command(project, "--by-author", "--color", "never")
    assert code == 0
    places = [" ".join(said.split()).find(f"l’auteur est {name}") for name in ("Bernard", "Anne", "Carla")]
    assert -1 not in places and places == sorted(places)
    decoder, stream, found = json.JSONDecoder(), command(project, "--by-author", "--format", "json")[1].strip(), []
    while stream:
        one, end = decoder.raw_decode(stream)
        found, stream = [*found, one], stream[end:].strip()
    assert len(found) == 3


@pytest.mark.parametrize("form", ["html", "docx", "csv"])
def test_what_cannot_follow_another_wants_a_file(command, project, form):
    code, said, errors = command(project, "--by-author", "--format", form)
    assert (code, said) == (2, "") and f"-o rapport.{form}" in errors and errors.count("\n") == 1


@pytest.mark.slow
def test_a_file_without_changes_alone_is_a_mistake(command, tmp_path):
    (tmp_path / "net.docx").write_bytes(word(HEAD))
    (tmp_path / "net.txt").write_text("L’Assemblée générale,\n\n1. Prie les États d’agir.\n", "utf-8")
    formatted = p("Prie", '<w:rPr><w:b/><w:rPrChange w:id="1" w:author="A"><w:rPr/></w:rPrChange></w:rPr>')
    (tmp_path / "gras.docx").write_bytes(word(HEAD + formatted))
    commented = word(HEAD, comments=f'<w:comment w:id="1" w:author="A">{p("Non !")}</w:comment>')
    (tmp_path / "note.docx").write_bytes(commented)
    for name in ("net.docx", "net.txt", "gras.docx", "note.docx"):
        for more in ((), ("--by-author",)):
            code, said, errors = command(name, *more)
            assert (code, said) == (2, "") and "n’a pas de modifications suivies" in errors, name
            assert errors.count("\n") == 1


def test_changes_that_name_nobody_have_no_authors(command, tmp_path):
    (tmp_path / "x.docx").write_bytes(word(HEAD + f"<w:p>{by(None, 'ins', run('1. Prie les États d’agir.'))}</w:p>"))
    assert command("x.docx", "--format", "json")[0] == 0
    code, said, errors = command("x.docx", "--by-author")
    assert (code, said) == (2, "") and "sans --by-author" in errors


def test_a_symbol_named_alone_wants_another_text(command):
    code, said, errors = command("72/194")
    assert (code, said) == (2, "") and "il manque « NOUVEAU »" in errors.replace("\xa0", " ")


@pytest.mark.parametrize("name", ["nulle-part.docx", "x" * 400, "a\udcff"])
def test_a_file_named_alone_that_is_not_there_is_told_as_that(command, name):
    code, said, errors = command(name)
    assert (code, said) == (66, "") and errors.count("\n") == 1


def test_options_that_do_not_go_with_one_file(command, project):
    for options in (("--tracked", "reject"), ("--swap",)):
        code, said, errors = command(project, *options)
        assert (code, said) == (2, "") and options[0] in errors and errors.count("\n") == 1
    code, said, errors = command("72/194", "74/175", "--by-author")
    assert (code, said) == (2, "") and "--by-author" in errors


def test_a_broken_file_alone_is_told_as_ever(command, tmp_path):
    (tmp_path / "x.docx").write_bytes(draft()[:400])
    (tmp_path / "leer.docx").write_bytes(b"")
    assert command("x.docx")[0] == command("leer.docx")[0] == command(".")[0] == 65


def test_a_word_file_comes_from_standard_input(command):
    code, said, _ = command("-", "--format", "json", given=draft())
    assert code == 0 and document(said)["notices"][-1]["code"] == "tracked-against"


def test_no_report_takes_the_place_of_the_file(command, project, tmp_path):
    (tmp_path / "x-carla.docx").write_bytes(draft())
    before = (tmp_path / "x-carla.docx").read_bytes()
    code, _, errors = command("x-carla.docx", "--by-author", "-o", "x.docx")
    assert code == 73 and errors.count("\n") == 1
    assert (tmp_path / "x-carla.docx").read_bytes() == before


@pytest.mark.slow
def test_the_word_file_of_an_author_has_the_changes_of_that_author(command, project, tmp_path):
    assert command(project, "--by-author", "-o", "x.docx")[0] == 0
    source = read(tmp_path / "x-bernard-martin.docx")
    assert [n.values for n in source.notices if n.code == "tracked-by"] == [(BERNARD,)]
    assert command(project, "--by-author", "-o", "y.docx", "--author", "Mission")[0] == 0
    source = read(tmp_path / "y-carla.docx")
    assert [n.values for n in source.notices if n.code == "tracked-by"] in ([("Mission",)], [])


@pytest.mark.parametrize("output", ["/", ".", "", "x", "projet.docx/x.md", "x.xyz"])
def test_what_cannot_be_written_by_author_is_one_sentence(command, project, tmp_path, output):
    before = sorted(tmp_path.iterdir())
    code, said, errors = command(project, "--by-author", "-o", output)
    assert code in (2, 73) and said == "" and errors.count("\n") == 1 and "resdiff lui-même" not in errors
    assert sorted(tmp_path.iterdir()) == before


def test_the_name_of_an_author_is_text_in_every_report(command, tmp_path):
    name = "&lt;img src=x onerror=alert(1)&gt; [x](http://y) | `z`"
    (tmp_path / "x.docx").write_bytes(word(f"{HEAD}<w:p>{run('1. Prie')}{by(name, 'ins', run(' les États.'))}</w:p>"))
    assert command("x.docx", "--by-author", "-o", "r.html", "-o", "r.md", "-o", "r.docx")[0] == 0
    page, text = (next(tmp_path.glob(f"r-*.{form}")).read_text("utf-8") for form in ("html", "md"))
    assert "<img" not in page and "&lt;img src=x" in page
    assert "<img" not in text and "[x](http" not in text and "`z`" not in text


def test_names_of_files_stay_in_their_folder(command, tmp_path):
    changes = "".join(by(name, "ins", run("x ")) for name in ("../../etc/x", "CON", "...", "é" * 200, "../../ETC/X"))
    (tmp_path / "x.docx").write_bytes(word(f"{HEAD}<w:p>{changes}</w:p>"))
    (tmp_path / "out").mkdir()
    assert command("x.docx", "--by-author", "-o", "out/r.json")[0] == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "r-auteur.json", "r-con.json", "r-etc-x-2.json", "r-etc-x.json", f"r-{'é' * 40}.json",
    ]  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "x.docx"]


@pytest.mark.slow
def test_our_own_word_report_gives_both_texts_back(command, tmp_path):
    assert command("72/194", "74/175", "-o", "r.docx")[0] == 0
    found = document(command("r.docx", "--format", "json")[1])
    assert (found["old"]["symbol"], found["new"]["symbol"]) == ("A/RES/72/194", "A/RES/74/175")


@pytest.mark.slow
def test_authors_that_have_no_report_are_told(command, tmp_path):
    many = "".join(f"<w:p>{by(f'Auteur {n}', 'ins', run(f'{n}. Prie les États d’agir.'))}</w:p>" for n in range(1, 53))
    nobody = f"<w:p>{by(None, 'ins', run('53. Prie les États d’agir.'))}</w:p>"
    (tmp_path / "x.docx").write_bytes(word(HEAD + many + nobody))
    assert command("x.docx", "--by-author", "--format", "md", "-o", "x.md")[0] == 0
    reports = sorted(tmp_path.glob("x-*.md"))
    said = reports[0].read_text("utf-8").replace("\u00a0", " ")
    assert len(reports) == 50 and "(2 auteurs)" in said and "ne disent pas qui les a faites" in said


# ---- all of it came, or went ---------------------------------------------------------------------------------------


def all_of_it(kind):
    words = gone if kind == "del" else run
    return word(paragraph(ended(by("A", kind, ""), numbered=0), by("A", kind, words("Décide d’agir sans délai."))))


@pytest.mark.parametrize(
    ("kind", "taken", "code"), [("del", "accept", "tracked-all-deleted"), ("ins", "reject", "tracked-all-inserted")]
)
def test_what_is_all_deleted_or_inserted_is_not_called_empty(kind, taken, code):
    other = {"accept": "reject", "reject": "accept"}[taken]
    assert blocks(all_of_it(kind), tracked=other) == ["Décide d’agir sans délai."]
    with pytest.raises(InputError) as caught:
        read(all_of_it(kind), tracked=taken)
    assert caught.value.code == code


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "told"), [("del", "removed"), ("ins", "added")])
@pytest.mark.parametrize("options", [(), ("--by-author",)])
def test_a_file_that_is_all_deleted_or_inserted_is_compared_with_nothing(command, tmp_path, kind, told, options):
    (tmp_path / "x.docx").write_bytes(all_of_it(kind))
    code, out, errors = command("x.docx", "--format", "json", *options)
    assert (code, errors) == (0, "")
    document = json.loads(out[out.index("{") :])
    assert [change["kind"] for change in document["changes"]] == [told]
    assert command("x.docx", "-o", "y.docx")[0] == 0
    assert command("show", "x.docx", "--tracked", {"del": "accept", "ins": "reject"}[kind])[0] == 65
