"""The commands ``compile`` and ``draft`` as a person calls them."""

import json
from io import BytesIO
from zipfile import ZipFile

import jsonschema
import pytest
from docx import Document
from test_docx import p, run, word
from test_tracked import by, paragraph
from wordprocessing import faults

from resdiff.compilation import printed
from resdiff.data import path
from resdiff.parsing import parse
from resdiff.reading import read

BASE = """L’Assemblée générale,

Rappelant la Charte des Nations Unies,

1. Prie les États Membres de prévenir le terrorisme ;

2. Encourage l’Office à aider les États qui le demandent ;
"""
FR = BASE.replace("prévenir", "prévenir efficacement").replace("aider", "soutenir")
CH = BASE.replace("aider", "conseiller").replace("2. Enc", "2. Salue l’action des juges ;\n\n3. Enc")


@pytest.fixture
def drafts(tmp_path):
    for name, text in (("base", BASE), ("fr", FR), ("ch", CH)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    return ["compile", "base.txt", "FR=fr.txt", "CH=ch.txt"]


@pytest.fixture
def resdiff(tmp_path, monkeypatch, capsysbinary):
    """A call in a folder of its own: exit code, standard output, standard error."""
    from resdiff.cli.commands import resdiff as commands
    from resdiff.cli.told import run as call

    monkeypatch.chdir(tmp_path)

    def called(*args):
        code = call(commands, [*args])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return called


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["docx", "html", "md", "json"])
def test_each_text_comes_back_out_of_the_file(suffix, drafts, resdiff):
    assert resdiff(*drafts, "-o", f"c.{suffix}")[0] == 0
    for name, text in (("FR", FR), ("CH", CH), ("BASE", BASE)):
        code, out, err = resdiff("compile", "--take", name, f"c.{suffix}")
        assert (code, out, err) == (0, text, "")


@pytest.mark.slow
def test_a_text_is_taken_as_word_and_markdown(drafts, resdiff, tmp_path):
    resdiff(*drafts, "-o", "c.docx")
    for suffix in ("docx", "md", "txt"):
        assert resdiff("compile", "--take", "FR", "c.docx", "-o", f"x.{suffix}")[0] == 0
        taken = parse(read(tmp_path / f"x.{suffix}"))
        assert [q.text for q in taken.body] == [q.text for q in parse(read(FR.encode())).body]
    assert resdiff("compile", "--take", "FR", "c.docx", "-o", "x.pdf")[0] == 2


@pytest.mark.slow
def test_the_word_file_says_who_proposes_what(drafts, resdiff, tmp_path):
    resdiff(*drafts, "-o", "c.docx")
    data = (tmp_path / "c.docx").read_bytes()
    assert faults(data) == []
    xml = ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert all(f'w:author="{name}"' in xml for name in ("FR", "CH", "FR, CH", "resdiff"))
    accepted = "\n".join(q.text for q in parse(read(data, author="FR")).paragraphs)
    assert "prévenir efficacement" in accepted
    assert "juges" not in accepted
    rejected = "\n".join(q.text for q in parse(read(data, tracked="reject")).paragraphs)
    assert all(q.text in rejected for q in parse(read(BASE.encode())).body)
    document = Document(BytesIO(data))
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Passage", "FR", "CH"]


def test_the_json_is_as_its_schema_says(drafts, resdiff):
    code, out, _ = resdiff(*drafts, "--format", "json")
    found = json.loads(out)
    assert code == 0
    jsonschema.validate(found, json.loads(path("compilation.schema.json").read_text("utf-8")))
    assert [(c["base"], [w["text"] for w in c["wordings"]]) for c in found["contests"]] == [
        ("aider", ["soutenir", "conseiller"])
    ]


def test_the_page_needs_neither_network_nor_script(drafts, resdiff):
    _, out, _ = resdiff(*drafts, "--format", "html")
    assert "http://" not in out.replace("http://www.w3.org", "")
    assert out.count("<script") == 1  # the layers, as data
    assert 'id="d1"' in out
    assert ":has(#d0:not(:checked))" in out


def test_what_is_contested_can_fail_a_job(drafts, resdiff):
    assert resdiff(*drafts, "--exit-code")[0] == 1
    assert resdiff(*drafts[:3], "--exit-code")[0] == 0


def test_what_drafts_say_beside_their_text_is_told_since_the_compilation_does_not_have_it(resdiff, tmp_path):
    note, remark = "Note du facilitateur : à revoir.", "[Égypte : supprimer le paragraphe 2]"
    (tmp_path / "base.txt").write_text(f"{BASE}\n\n{note}\n", "utf-8")
    (tmp_path / "fr.txt").write_text(f"{BASE}\n\n{remark}\n\n{note}\n", "utf-8")
    code, out, err = resdiff("compile", "base.txt", "fr.txt")
    assert code == 0
    assert [out.count(said) + err.count(said) for said in (note, remark)] == [1, 1]


def test_a_file_of_several_authors_is_one_proposal_an_author_or_told(resdiff, tmp_path):
    (tmp_path / "base.txt").write_text(BASE, "utf-8")
    body = p("L’Assemblée générale,") + p("Rappelant la Charte des Nations Unies,")
    changed = by("France", "del", "<w:r><w:delText>les</w:delText></w:r>") + by("France", "ins", run("tous les"))
    body += paragraph("", run("1. Prie "), changed, run(" États Membres de prévenir le terrorisme ;"))
    added = by("Suisse", "ins", run("vite "))
    body += paragraph("", run("2. Encourage l’Office à aider "), added, run("les États qui le demandent ;"))
    (tmp_path / "tous.docx").write_bytes(word(body))
    code, out, err = resdiff("compile", "base.txt", "FR=tous.docx")
    assert (code, out) == (2, "")
    assert "France, Suisse" in err
    code, out, _ = resdiff("compile", "base.txt", "tous.docx")
    assert code == 0
    assert "[+France: " in out
    assert "[+Suisse: " in out
    assert resdiff("compile", "base.txt", "FR=tous.docx", "--tracked", "accept")[0] == 0
    assert resdiff("compile", "tous.docx", "FR=base.txt")[0] == 2
    assert resdiff("compile", "tous.docx", "tous.docx")[0] == 0  # its text without any of them is the base


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("base.txt",), 2),
        (("base.txt", "FR=nulle-part.txt"), 66),
        (("base.txt", "FR=fr.txt", "FR=ch.txt"), 2),
        (("base.txt", "BASE=fr.txt"), 2),
        (("base.txt", "A,B=fr.txt"), 2),
        (("base.txt", "FR=vide.txt"), 65),
        (("base.txt", "FR=fr.txt", "-o", "c.pdf"), 2),
        (("base.txt", "FR=fr.txt", "-o", "fr.txt", "--format", "md"), 73),
        (("base.txt", "FR=fr.txt", "-o", "fr.txt/c.md"), 73),
        (("base.txt", "FR=fr.txt", "--date", "demain", "--format", "docx"), 2),
        (("--take", "FR", "base.txt"), 65),
        (("--take", "FR", "base.txt", "FR=fr.txt"), 2),
    ],
)
def test_a_bad_call_is_one_sentence_and_leaves_nothing(args, expected, drafts, resdiff, tmp_path):
    (tmp_path / "vide.txt").write_text("\n", "utf-8")
    before = sorted(tmp_path.iterdir())
    code, out, err = resdiff("compile", *args)
    assert (code, out, err.count("\n")) == (expected, "", 1)
    assert sorted(tmp_path.iterdir()) == before


def test_a_compilation_is_no_draft_and_an_unknown_name_is_told(drafts, resdiff):
    for suffix in ("md", "json", "html"):
        resdiff(*drafts, "-o", f"c.{suffix}")
        assert resdiff("compile", "base.txt", f"FR=c.{suffix}")[0] == 65
    code, _, err = resdiff("compile", "--take", "MEX", "c.md")
    assert code == 66
    assert "FR, CH, BASE" in err


# ---- draft ----------------------------------------------------------------------------------------------------------


def test_the_next_edition_is_begun(resdiff, tmp_path):
    code, _, _ = resdiff(
        "draft", "74/175", "--session", "76", "-o", "p.docx", "-o", "p.html", "-o", "p.md", "-o", "p.json"
    )
    assert code == 0
    found = json.loads((tmp_path / "p.json").read_text("utf-8"))
    assert [r["rule"] for r in found["revisions"]] == ["last-edition", "session"]
    drafted = parse(read(tmp_path / "p.docx"))
    assert any("sa résolution 74/175 du 18 décembre 2019" in q.text for q in drafted.body)
    assert "<script" not in (tmp_path / "p.html").read_text("utf-8")


def test_a_file_with_an_edition_given_before_it(resdiff, tmp_path, corpus):
    for symbol in ("72/194", "74/175"):
        lines = printed(corpus.get(symbol))
        (tmp_path / f"{symbol[:2]}.txt").write_text("\n\n".join([f"{symbol}. {lines[0]}", *lines[1:]]), "utf-8")
    code, out, _ = resdiff("draft", "74.txt", "--before", "72.txt", "--session", "78", "--format", "json")
    assert code == 0
    assert next(r["new"] for r in json.loads(out)["revisions"]).startswith("74/175")


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("74/175", "--session", "70"), 2),
        (("74/175", "--session", "x"), 2),
        (("74/175", "--before", "74/175"), 2),
        (("74/175", "--before", "78/226"), 2),
        (("74/175", "-o", "p.csv"), 2),
        (("nulle-part.txt",), 66),
        (("english.txt",), 2),
        (("74/175", "-o", "english.txt/p.md"), 73),
    ],
)
def test_a_bad_call_of_draft_is_one_sentence(args, expected, resdiff, tmp_path):
    (tmp_path / "english.txt").write_text(
        "The General Assembly,\n\nRecalling the Charter,\n\n1. Requests the States ;", "utf-8"
    )
    before = sorted(tmp_path.iterdir())
    code, out, err = resdiff("draft", *args)
    assert (code, out, err.count("\n")) == (expected, "", 1)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.slow
def test_what_is_cited_in_an_older_form_is_told(resdiff, tmp_path, corpus):
    """A corpus that has a later text of a series that the paragraph cites; and an edition that the corpus has not."""
    import shutil

    folder = tmp_path / "corpus"
    shutil.copytree(corpus.folder, folder)
    (folder / "strategie").mkdir()
    for symbol, adopted in (("72/284", "2018-06-26"), ("75/291", "2021-06-30")):
        session, _, number = symbol.partition("/")
        front = f'---\nsymbol: A/RES/{symbol}\nlanguage: fr\nsession: "{session}"\nadopted: "{adopted}"\n---\n\n'
        body = "*L’Assemblée générale*,\n\n1. *Réaffirme* la Stratégie antiterroriste mondiale ;\n"
        (folder / "strategie" / f"A-RES-{session}-{number}.fr.md").write_text(front + body, "utf-8")
    code, out, _ = resdiff("draft", "74/175", "--corpus", "corpus", "--session", "78", "--format", "json", "--no-cache")
    assert code == 0
    assert {"paragraph": "pp10", "cited": "72/284", "later": "75/291"} in json.loads(out)["stale"]

    last = corpus.find("78/226")[1].path.read_text("utf-8").replace("A/RES/78/226", "A/RES/80/900")
    (tmp_path / "projet.md").write_text(last, "utf-8")
    code, out, _ = resdiff("draft", "projet.md", "--format", "json", "--no-cache")
    assert code == 0
    assert json.loads(out)["revisions"][0]["new"].startswith("80/900 du")
