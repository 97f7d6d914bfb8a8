"""The check of a draft: what is agreed, adapted, new, with its source; as comments in the draft's own file too."""

import io
import json
import zipfile

import build as by_hand
import docx
import jsonschema
import pytest
from test_search import document, documents, resolution

from resdiff.cli.search import CheckOptions, run_check
from resdiff.data import path as data_path
from resdiff.errors import InputError
from resdiff.model import Op
from resdiff.rendering.agreed import Look, comments, render_check
from resdiff.rendering.agreed.comments import comment
from resdiff.report.agreed import shares
from resdiff.search.draft import check
from resdiff.search.index import Document, build, open_index
from resdiff.search.nearest import bare
from resdiff.search.values import Standing

SCHEMA = json.loads(data_path("check.schema.json").read_text("utf-8"))
DRAFT = [
    "Rappelant la Charte,",
    "Encourage les États à recueillir des preuves électroniques, y compris auprès de juridictions étrangères, "
    "au plus tard le 9 juillet 2020, et leur demande de protéger les abeilles sauvages des montagnes ;",
]


@pytest.fixture
def index(tmp_path):
    build(tmp_path / "i", documents())
    index = open_index(tmp_path / "i")
    yield index
    index.close()


def checked(index, texts=DRAFT):
    return check(index, resolution("", "", texts), "projet")


def test_each_clause_stands_as_it_should(index):
    found = [(clause.text, clause.status.value) for clause in checked(index).clauses]
    assert [status for _, status in found] == ["agreed", "adapted", "agreed", "adapted", "new"]


def test_a_clause_of_everyday_words_is_found_among_many_that_share_them(tmp_path):
    wording = "et demande en outre au Secrétaire général de faire état"
    long = (
        f"Se félicite des progrès accomplis dans la région, {wording}, dans son rapport, de la situation des réfugiés"
    )
    others = [f"Demande à l’État numéro {n} de faire d’un général et d’un secrétaire au besoin" for n in range(50)]
    build(tmp_path / "i", [document("A/RES/70/1", "2015-12-01", ["Rappelant la Charte,", long, *others])])
    index = open_index(tmp_path / "i")
    found = checked(index, ["Se réjouissant,", "Remercie les experts, et demande au Secrétaire général de faire état"])
    clause = found.clauses[-1]
    index.close()
    assert (clause.status, clause.source and clause.source.text) == (Standing.ADAPTED, wording)


def test_clauses_joined_are_the_paragraph_and_shares_close(index, corpus):
    result = check(index, corpus.get("74/175"), "x")
    for paragraph in result.paragraphs:
        assert "".join(clause.text for clause in paragraph.clauses) == paragraph.text
        assert paragraph.agreed + paragraph.adapted + paragraph.new == sum(c.words for c in paragraph.clauses)
        assert sum(shares(paragraph).values()) == 100
    assert result.agreed == sum(paragraph.agreed for paragraph in result.paragraphs)
    assert sum(shares(result).values()) == 100


def test_an_agreed_clause_tells_where_since_when_and_how_often(index):
    clause = next(c for c in checked(index).clauses if c.text.startswith("y compris"))
    assert clause.status is Standing.AGREED and clause.source
    source = clause.source
    assert (source.symbol, source.first, source.since, source.editions) == ("A/RES/72/1", "A/RES/70/1", "2015-12-01", 2)


def test_edits_make_the_clause_of_its_source(index, corpus):
    adapted = [c for c in check(index, corpus.get("72/194"), "x").clauses if c.edits] + [
        c for c in checked(index).clauses if c.edits
    ]
    assert adapted
    for clause in adapted:
        assert "".join(e.text for e in clause.edits if e.op is not Op.INSERT) == clause.source.text
        assert "".join(e.text for e in clause.edits if e.op is not Op.DELETE) == bare(clause.text)


def test_figures_alone_are_told_as_such(index):
    clause = next(c for c in checked(index).clauses if "juillet" in c.text)
    assert clause.figures and clause.source.text.startswith("au plus tard le 5 juin 2018")


def test_every_clause_of_an_adopted_text_is_agreed(tmp_path, corpus):
    text = corpus.get("74/175")
    build(tmp_path / "own", [Document("x", "1", "s", lambda: text)])
    assert {clause.status for clause in check(open_index(tmp_path / "own"), text).clauses} == {Standing.AGREED}


def test_words_within_a_longer_clause_are_agreed(index):
    (clause,) = checked(index, ["auprès de juridictions étrangères"]).clauses
    assert clause.status is Standing.AGREED and clause.source.paragraph == "op1"


def test_another_verb_and_conditions_are_told(tmp_path):
    old = "Prie instamment les États de coopérer entre eux pour recueillir des preuves, dans le cadre de leur mandat ;"
    new = old.replace("Prie instamment", "Encourage vivement").replace(
        "dans le cadre de leur mandat", "sans délai aucun"
    )
    new = new.replace("les États de", "les États à")
    build(
        tmp_path / "i", [Document("A/RES/70/1", "1", "s", lambda: resolution("A/RES/70/1", "2015-12-01", ["x", old]))]
    )
    result = check(open_index(tmp_path / "i"), resolution("", "", ["y", new]))
    told = {(remark.kind, remark.source) for paragraph in result.paragraphs for remark in paragraph.remarks}
    assert ("verb", "Prie instamment") in told
    assert any(kind == "condition-dropped" for kind, _ in told)


@pytest.mark.parametrize(
    ("texts", "language", "code"), [(["…", "?"], "fr", "draft-empty"), (["x y"], "en", "draft-language")]
)
def test_a_draft_of_nothing_or_in_another_language_is_refused(index, texts, language, code):
    draft = by_hand.resolution(*texts, language=language)
    with pytest.raises(InputError) as caught:
        check(index, draft, "p")
    assert caught.value.code == code


def test_the_json_is_as_its_schema_says(index):
    document = json.loads(render_check(checked(index), "json", Look()))
    jsonschema.validate(document, SCHEMA)
    assert [clause["status"] for clause in document["clauses"]].count("new") == 1
    assert all((clause["source"] is None) == (clause["status"] == "new") for clause in document["clauses"])


@pytest.mark.parametrize("form", ["text", "json", "html", "md", "docx"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_format_is_the_same_twice_and_holds_the_draft(index, form, lang):
    result = checked(index)
    made = render_check(result, form, Look(lang=lang))
    assert made == render_check(result, form, Look(lang=lang))
    if form != "docx":
        assert "abeilles" in made.decode()


def test_nothing_of_a_draft_becomes_markup(index):
    page = render_check(
        checked(index, ["x", "Prie <script>alert(1)</script> les États d’agir"]), "html", Look()
    ).decode()
    assert "<script" not in page and "&lt;script&gt;" in page


# ---- Word -----------------------------------------------------------------------------------------------------------


def word_file(texts, *, before=()):
    document = docx.Document()
    for text in texts:
        paragraph = document.add_paragraph()
        third = len(text) // 3
        for place, part in enumerate((text[:third], text[third : 2 * third], text[2 * third :])):
            paragraph.add_run(part).bold = place == 1
    for text in before:
        document.add_comment(document.paragraphs[0].runs, text, "Autre")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("before", [(), ("déjà là",)])
def test_comments_leave_the_rest_of_a_word_file_alone(index, before):
    data = word_file(DRAFT, before=before)
    made, unplaced = comment(checked(index), data, Look(author="Moi", date="2026-01-02"))
    old, new = parts(data), parts(made)
    changed = {name for name in new if old.get(name) != new[name]}
    may = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert unplaced == 0 and changed <= may and old.keys() <= new.keys()
    document = docx.Document(io.BytesIO(made))
    assert [p.text for p in document.paragraphs] == DRAFT
    assert [c.text for c in document.comments][: len(before)] == list(before)
    ids = [c.comment_id for c in document.comments]
    assert len(set(ids)) == len(ids) == 5 + len(before)


def test_a_comment_stands_at_the_words_of_its_clause(index):
    made, _ = comment(checked(index), word_file(DRAFT), Look())
    document = docx.Document(io.BytesIO(made))
    number = next(c.comment_id for c in document.comments if c.text.startswith("Nouveau"))
    inside, words = False, ""
    for element in document.element.body.iter():
        name = element.tag.rpartition("}")[2]
        if name in ("commentRangeStart", "commentRangeEnd") and element.values() == [str(number)]:
            inside = name == "commentRangeStart"
        elif inside and name == "t":
            words += element.text
    assert words == "et leur demande de protéger les abeilles sauvages des montagnes"


def test_a_run_that_is_cut_keeps_its_look(index):
    made, _ = comment(checked(index), word_file(DRAFT), Look())
    third = len(DRAFT[1]) // 3
    runs = docx.Document(io.BytesIO(made)).paragraphs[1].runs
    assert "".join(run.text for run in runs if run.bold) == DRAFT[1][third : 2 * third]


def test_comments_without_a_place_are_told_and_are_exit_code_74(index, tmp_path, monkeypatch, capsys):
    (tmp_path / "projet.docx").write_bytes(word_file(DRAFT))
    monkeypatch.setattr(comments, "comment", lambda *_, **__: (b"PK", 2))
    options = CheckOptions(
        draft=str(tmp_path / "projet.docx"), against=tmp_path / "i", output=(str(tmp_path / "x.docx"),)
    )
    assert run_check(options) == 74
    assert "2" in capsys.readouterr().err and (tmp_path / "x.docx").read_bytes() == b"PK"
    monkeypatch.setattr(comments, "comment", lambda *_, **__: (b"PK", 0))
    assert run_check(options) == 0


def test_a_paragraph_that_is_not_in_the_file_is_counted(index):
    _, unplaced = comment(checked(index), word_file(DRAFT[:1]), Look())
    assert unplaced == 1


def test_the_command_comments_a_word_file(command, tmp_path):
    (tmp_path / "texts").mkdir()
    adopted = "L’Assemblée générale,\n\n1. Prie les États de recueillir des preuves électroniques ;\n"
    (tmp_path / "texts" / "A-RES-70-1.txt").write_text(adopted, "utf-8")
    (tmp_path / "p.docx").write_bytes(
        word_file(["L’Assemblée générale,", "1. Prie les États de recueillir des preuves ;"])
    )
    code, _, errors = command("check", "p.docx", "--against", "texts", "-o", "relu.docx", "-o", "relu.json")
    assert (code, errors) == (0, "")
    assert list(docx.Document(tmp_path / "relu.docx").comments)
    assert json.loads((tmp_path / "relu.json").read_text("utf-8"))["clauses"][0]["source"]["symbol"] == "A/RES/70/1"


@pytest.mark.parametrize(
    ("call", "exit_code"),
    [(("check", "none.docx"), 66), (("check", "empty.txt"), 65), (("check", "p.txt", "--against", "none"), 66),
     (("check", "p.txt", "-o", "p.txt"), 73), (("check", "p.txt", "-o", "x.csv"), 2), (("check", "en.txt"), 65),
     (("check", "p.txt", "--against", "p.txt"), 65)],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence(command, tmp_path, call, exit_code):
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "p.txt").write_text("L’Assemblée générale,\n\n1. Prie les États d’agir ;\n", "utf-8")
    (tmp_path / "en.txt").write_text(
        "The General Assembly,\n\n1. Requests the States to act with the Office ;\n", "utf-8"
    )
    code, said, errors = command(*call)
    assert (code, said) == (exit_code, "") and errors.startswith("resdiff : ") and errors.count("\n") == 1
