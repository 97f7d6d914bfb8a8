"""What stands around the text of a Word file: the masthead of a draft, what the file is, its language, comments."""

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import build
import pytest
import wordprocessing
from lxml import etree

from resdiff import reading, rendering, report
from resdiff.comparison import compare
from resdiff.errors import UsageError
from resdiff.parsing import parse
from resdiff.rendering.word import Masthead

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROWS = ("pp Rappelant la Charte,", "Prie les États d’agir ;", "Décide de rester saisie de la question.")
DRAFT = Masthead(
    symbol="A/C.3/80/L.21", distribution="limitée", original="anglais", session="80", committee="Troisième Commission",
    item="71 b)", sponsors="France et Mexique", date="26 novembre 2026",
)  # fmt: skip


def made(lang="fr", language="fr", **options):
    old, new = (
        build.resolution(*rows, symbol=s, title="Titre", language=language)
        for s, rows in (("A/RES/1/1", ROWS), ("A/RES/2/1", (*ROWS[:2], "Note le rapport ;", "Décide.")))
    )
    return rendering.render(report.build(compare(old, new), lang=lang), "docx", **options)


def texts(data, kind):
    """The text of each header or foot of the file."""
    with ZipFile(BytesIO(data)) as file:
        names = sorted(name for name in file.namelist() if re.match(f"word/{kind}\\d", name))
        parts = [etree.fromstring(file.read(name)) for name in names]
    return ["\n".join("".join(t.text for t in p.iter(f"{W}t")) for p in part.iter(f"{W}p")) for part in parts]


@pytest.mark.slow
def test_a_masthead_is_on_the_first_page_and_not_in_the_text():
    data = made(masthead=DRAFT)
    assert wordprocessing.faults(data) == []
    first = max(texts(data, "header"), key=len).splitlines()
    assert [line for line in first if line] == [
        "1/1 → 2/1 – document de travail, non officiel", "Nations Unies", "A/C.3/80/L.21", "Assemblée générale",
        "Distr. limitée", "26 novembre 2026", "Français", "Original\u00a0: anglais", "80e session",
        "Troisième Commission", "Point 71 b) de l’ordre du jour", "France et Mexique\u00a0: projet de résolution",
    ]  # fmt: skip
    assert [foot.strip() for foot in texts(data, "footer")] == ["1", "1"]
    assert reading.read(data).text == reading.read(made()).text


def test_a_masthead_is_in_the_language_of_the_text():
    data = made(lang="fr", language="en", masthead=Masthead(session="80", item="71 (b)"))
    said = "\n".join(texts(data, "header")).split("\n")
    assert {"United Nations", "English", "Session 80", "Agenda item 71 (b)"} <= set(said)


@pytest.mark.parametrize("value", ["", "x" * 5000, "<w:del>&", "a\x00\x0b\u202eb", "\n\n"])
def test_hostile_values_of_a_masthead_stay_text(value):
    given = dict.fromkeys(Masthead.__struct_fields__, value)
    data = made(masthead=Masthead(**given))
    assert wordprocessing.faults(data) == []
    assert max(len(line) for text in texts(data, "header") for line in text.splitlines()) <= 2050


@pytest.mark.parametrize("layout", ["tracked", "table"])
@pytest.mark.parametrize(("lang", "said"), [("fr", "document de travail, non officiel"), ("en", "working document")])
def test_every_page_says_that_the_file_is_not_official(layout, lang, said):
    assert said in texts(made(language=lang, layout=layout), "header")[0]


@pytest.mark.parametrize(("language", "tag"), [("fr", "fr-FR"), ("en", "en-US"), ("es", "es-ES"), ("", "fr-FR")])
def test_the_file_is_in_the_language_of_the_text(language, tag):
    with ZipFile(BytesIO(made(language=language))) as file:
        styles = etree.fromstring(file.read("word/styles.xml"))
    assert {e.get(f"{W}val") for e in styles.iter(f"{W}lang")} == {tag}


@pytest.mark.slow
def test_without_comments_there_are_none():
    with ZipFile(BytesIO(made(comments=False))) as file:
        assert "comment" not in file.read("word/document.xml").decode()
    data = made(comments=False)
    assert reading.read(data).text == reading.read(made()).text
    assert [n.code for n in reading.read(data).notices] == ["tracked-accepted", "tracked-by"]


def test_labels_name_the_texts_but_not_in_them():
    texts_ = [build.resolution(*ROWS, symbol=s, title="Titre") for s in ("A/RES/1/1", "A/RES/2/1")]
    built = report.build(compare(*texts_), labels=("base", " projet\n du 26 "))
    assert "base" in built.title and "projet du 26" in built.title
    data = rendering.render(built, "docx")
    assert texts(data, "header")[0].startswith("base → projet du 26 – ")
    assert [parse(reading.read(data, tracked=how)).symbol for how in ("accept", "reject")] == ["A/RES/2/1", "A/RES/1/1"]
    assert "projet du 26" in rendering.render(built, "html").decode()


# ---- the command ---------------------------------------------------------------------------------------------------


PAIR = ("72/194", "74/175")


def revision_dates(path):
    with ZipFile(path) as file:
        return {e.get(f"{W}date")[:10] for e in etree.fromstring(file.read("word/document.xml")).iter(f"{W}ins")}


@pytest.mark.slow
def test_a_draft_is_of_today_unless_the_build_says_otherwise(command, tmp_path):
    draft, plain = tmp_path / "draft.docx", tmp_path / "plain.docx"
    days = {datetime.now(UTC).date().isoformat()}
    assert command(*PAIR, "-o", draft, "--masthead", "cote=A/C.3/80/L.21", "--masthead", "point=109")[0] == 0
    assert command(*PAIR, "-o", plain)[0] == 0
    assert revision_dates(draft) <= days | {datetime.now(UTC).date().isoformat()}
    assert revision_dates(plain) == {"2019-12-18"}
    reproducible = {"SOURCE_DATE_EPOCH": "1700000000"}
    given = ("-o", draft, "--masthead", "symbol=A/C.3/80/L.21", "--no-comments")
    assert command(*PAIR, *given, env=reproducible)[0] == 0
    assert revision_dates(draft) == {"2023-11-14"}
    assert "A/C.3/80/L.21" in max(texts(draft.read_bytes(), "header"), key=len)


@pytest.mark.parametrize("row", ["pointe=109", "109", "point= "])
def test_a_row_that_is_none_is_refused_before_anything_is_written(command, tmp_path, row):
    code, _, errors = command(*PAIR, "-o", tmp_path / "x.docx", "--masthead", row)
    assert code == 2
    assert "En-tête incompréhensible" in errors and "cote, organe" in errors
    assert not (tmp_path / "x.docx").exists()


def test_a_masthead_that_is_none_is_refused():
    with pytest.raises(UsageError):
        made(masthead={"head": "x"})
