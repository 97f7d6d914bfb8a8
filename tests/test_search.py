"""The index of agreed language, and what is found in it."""

import hashlib
import json
import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import build as by_hand
import jsonschema
import pytest
from conftest import ROOT, person
from msgspec.structs import replace

from resdiff import report
from resdiff.comparison import compare
from resdiff.data import path as data_path
from resdiff.errors import InputError, NotFoundError, OutputError, ResdiffError, UsageError
from resdiff.language import Language
from resdiff.language.segments import clauses
from resdiff.language.stems import folded
from resdiff.model import Part
from resdiff.rendering import render
from resdiff.report.agreed import found_line
from resdiff.search.borrowed import borrowed
from resdiff.search.find import Filter, search
from resdiff.search.index import APPLICATION, Document, build, is_current, open_index
from resdiff.search.query import LONGEST, parse_query
from resdiff.search.values import Fit

FRENCH = Language.of("fr")
SCHEMA = json.loads(data_path("search.schema.json").read_text("utf-8"))
TEXTS = {
    "A/RES/70/1": (
        "2015-12-01",
        [
            "Rappelant la Charte,",
            "Prie les États de recueillir des preuves électroniques, y compris auprès de juridictions étrangères, "
            "au plus tard le 3 mai 2016 ;",
        ],
    ),
    "A/RES/72/1": (
        "2017-12-01",
        [
            "Rappelant la charte,",
            "Engage les États à recueillir des preuves électroniques, y compris auprès de juridictions étrangères, "
            "au plus tard le 5 juin 2018 ;",
        ],
    ),
    "A/RES/74/1": (
        "2019-12-01",
        [
            "Rappelant la Charte,",
            "Invite l’Office à échanger la preuve électronique et les autres preuves ;",
            "Note que les preuves scientifiques ne sont pas électroniques.",
        ],
    ),
}


QUOTES = str.maketrans("«»“”", "    ")


def resolution(symbol, date, texts, language="fr"):
    rows = ((Part.OPERATIVE, text) for text in texts[1:])
    return by_hand.resolution((Part.PREAMBLE, texts[0]), *rows, symbol=symbol, adopted=date, language=language)


def document(symbol, date, texts, language="fr"):
    text = resolution(symbol, date, texts, language)
    return Document(symbol, hashlib.sha256(repr(text).encode()).hexdigest(), "s", lambda: text)


def documents(texts=TEXTS):
    return [document(symbol, *rest) for symbol, rest in texts.items()]


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "x.index"
    build(path, documents())
    index = open_index(path)
    yield index
    index.close()


def hits(index, words, only=Filter(), most=50):  # noqa: B008 - frozen
    return search(index, parse_query(words), only, most).hits


def told(index):
    """All that an index says, without the numbers that depend on what came in when."""
    rows = index.connection.execute(
        """SELECT t.symbol, t.place, p.paragraph, p.printed, w.editions, w.first, w.last, w.plain FROM clauses c
        JOIN places p ON p.sentence = c.sentence JOIN texts t ON t.id = p.text JOIN wordings w ON w.hash = c.hash"""
    )
    return sorted(rows)


# ---- what is found --------------------------------------------------------------------------------------------------


def test_the_wording_that_stands_best_and_lasted_longest_comes_first(made):
    found = hits(made, "preuves électroniques")
    assert [hit.fit for hit in found] == sorted((hit.fit for hit in found), key=list(Fit).index)
    assert found[0].fit is Fit.EXACT and found[0].text[slice(*found[0].matches[0])] == "preuves électroniques"
    assert any(hit.fit is Fit.INFLECTED and hit.symbol == "A/RES/74/1" for hit in found)


def test_one_wording_is_one_hit_with_its_editions(made):
    (hit,) = hits(made, '"auprès de juridictions étrangères"')
    assert (hit.symbol, hit.first, hit.last, hit.editions, hit.years) == (
        "A/RES/70/1",
        "A/RES/70/1",
        "A/RES/72/1",
        2,
        2,
    )
    assert hit.texts == ("A/RES/70/1", "A/RES/72/1")
    assert hit.context[hit.offset :].startswith(hit.text) and hit.text.startswith("y compris")


def test_typography_makes_no_other_wording(made):
    (hit,) = hits(made, "charte")
    assert hit.editions == 3 and hit.text == "Rappelant la Charte"


def test_other_figures_are_a_class_of_their_own(tmp_path):
    said = "Décide de proroger le mandat jusqu’au 30 novembre 19{}."
    texts = {f"S/RES/{n} (19{n})": (f"19{n}-05-30", ["x", said.format(n)]) for n in range(80, 84)}
    build(tmp_path / "i", documents(texts))
    (hit,) = hits(open_index(tmp_path / "i"), "proroger le mandat")
    assert hit.editions == 1 and len(hit.variants) == 3
    assert {variant.editions for variant in hit.variants} == {1}


@pytest.mark.parametrize(
    ("query", "symbols"),
    [
        ("électron*", {"A/RES/70/1", "A/RES/72/1", "A/RES/74/1"}),
        ("preuves -électroniques", set()),
        ("juridictions", {"A/RES/70/1"}),
        ("l’Office", {"A/RES/74/1"}),
        ('"électroniques preuves"', set()),
        ("nulle part", set()),
        ("scientif* -juridictions", {"A/RES/74/1"}),
    ],
)
def test_phrases_beginnings_and_what_is_not_wanted(made, query, symbols):
    assert {hit.symbol for hit in hits(made, query)} == symbols


def test_years_parts_and_what_stands_near(made):
    assert {hit.symbol for hit in hits(made, "preuves", Filter(since="2018"))} == {"A/RES/74/1"}
    assert {hit.last for hit in hits(made, "preuves", Filter(until="2016"))} == {"A/RES/70/1"}
    assert not hits(made, "preuves", Filter(part=Part.PREAMBLE))
    near = search(made, parse_query("preuves", near="juridictions"))
    assert {hit.symbol for hit in near.hits} == {"A/RES/70/1", "A/RES/72/1"}
    assert not search(made, parse_query("preuves", near="office absent")).hits


def test_a_passage_is_found_by_what_is_near_it(made):
    changed = "Prie instamment les États de recueillir rapidement des preuves électroniques et de les garder"
    assert hits(made, changed)[0].symbol == "A/RES/70/1"


def test_every_sentence_is_found_by_its_own_words_and_nothing_else_is(tmp_path, corpus):
    texts = [corpus.get(symbol) for symbol in ("72/194", "74/175")]
    build(tmp_path / "i", [Document(t.symbol, t.symbol, "s", lambda t=t: t) for t in texts])
    index = open_index(tmp_path / "i")
    everything = " | ".join(" ".join(folded(p.text)) for text in texts for p in text.body)
    for paragraph in texts[1].body[::6]:
        for clause in clauses(paragraph.text, FRENCH):
            found = hits(index, f'"{clause.translate(QUOTES)}"')
            assert found and " ".join(folded(clause)) in " ".join(folded(found[0].context))
            assert all(" ".join(folded(hit.text)) in everything for hit in found)


# ---- the index ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_texts_that_come_one_by_one_make_the_same_index(tmp_path, seed):
    given = documents()
    build(tmp_path / "all", given)
    chosen = random.Random(seed)
    chosen.shuffle(given)
    for count in range(1, len(given) + 1):
        build(tmp_path / "steps", given[:count])
    whole, steps = open_index(tmp_path / "all"), open_index(tmp_path / "steps")
    assert told(whole) == told(steps)
    assert hits(whole, "preuves") == hits(steps, "preuves")


def test_a_text_that_went_or_changed_is_not_found_any_more(tmp_path):
    build(tmp_path / "i", documents())
    texts = TEXTS | {"A/RES/72/1": ("2017-12-01", ["Rappelant la Charte,", "Prend acte du rapport."])}
    del texts["A/RES/74/1"]
    done = build(tmp_path / "i", documents(texts))
    assert (done.added, done.removed, done.kept) == (1, 1, 1)
    build(tmp_path / "anew", documents(texts))
    assert told(open_index(tmp_path / "i")) == told(open_index(tmp_path / "anew"))
    assert {hit.symbol for hit in hits(open_index(tmp_path / "i"), "preuves")} == {"A/RES/70/1"}


def test_what_is_current_is_not_written(tmp_path):
    path = tmp_path / "i"
    build(path, documents())
    before = path.stat().st_mtime_ns
    assert build(path, documents()).kept == 3
    assert path.stat().st_mtime_ns == before and is_current(path, documents())
    assert not is_current(path, documents()[:2])


def test_a_text_that_cannot_be_read_is_left_out_and_told(tmp_path):
    def broken():
        raise InputError("file-empty", "x")

    done = build(tmp_path / "i", [*documents(), Document("x", "1", "s", broken)])
    assert [name for name, _ in done.failed] == ["x"] and done.added == 3


KILLED = """
import sys, time
sys.path[:0] = {paths!r}
from test_search import TEXTS, document
from resdiff.search.index import Document, build

def slow():
    print("writing", flush=True)
    time.sleep(30)

more = document("A/RES/76/1", "2021-12-01", ["Rappelant la Charte,", "Prie les États d’agir."])
build(__import__("pathlib").Path({path!r}), [more, Document("slow", "2", "s", slow)])
"""


def test_a_run_that_is_killed_leaves_the_old_index(tmp_path):
    path = tmp_path / "i"
    build(path, documents())
    before = path.read_bytes()
    code = KILLED.format(paths=[str(ROOT), str(ROOT / "tests")], path=str(path))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"writing\n"
        process.send_signal(signal.SIGKILL)
    assert path.read_bytes() == before
    build(path, documents()[:2])  # which clears away what was left
    assert [each.name for each in tmp_path.iterdir()] == ["i"]


# ---- what will not do -----------------------------------------------------------------------------------------------


def spoilt(path, how):
    """A file that is no index to be used, made of one that is."""
    data = path.read_bytes()
    if how == "text":
        path.write_text("bonjour")
    elif how == "cut":
        path.write_bytes(data[: len(data) // 3])
    elif how == "noise":
        path.write_bytes(data[:200] + b"\xff" * (len(data) - 200))
    elif how == "empty":
        path.write_bytes(b"")
    elif how in ("newer", "older"):
        path.write_bytes(data[:60] + (99 if how == "newer" else 0).to_bytes(4, "big") + data[64:])
    elif how == "other":
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA application_id = 5")
        connection.close()


@pytest.mark.parametrize(
    ("how", "code"),
    [("text", "index-none"), ("empty", "index-none"), ("other", "index-none"), ("cut", "index-damaged"),
     ("noise", "index-damaged"), ("newer", "index-newer"), ("older", "index-older")],
)  # fmt: skip
def test_what_is_no_index_is_told(tmp_path, how, code):
    path = tmp_path / "i"
    build(path, documents())
    spoilt(path, how)
    with pytest.raises(InputError) as caught:
        hits(open_index(path), "preuves")
    assert caught.value.code == code


@pytest.mark.parametrize("how", ["text", "other", "newer"])
def test_what_is_not_ours_is_not_written_over(tmp_path, how):
    path = tmp_path / "i"
    build(path, documents())
    spoilt(path, how)
    before = path.read_bytes()
    with pytest.raises(ResdiffError):
        build(path, documents())
    assert path.read_bytes() == before


def test_an_index_made_under_other_rules_is_told_and_made_anew(tmp_path):
    path = tmp_path / "i"
    build(path, documents())
    connection = sqlite3.connect(path)
    connection.execute("UPDATE about SET value = 'snowball 0'")
    connection.commit()
    connection.close()
    with pytest.raises(InputError) as caught:
        open_index(path)
    assert caught.value.code == "index-other"
    assert build(path, documents()).added == 3


@pytest.mark.parametrize("how", ["older", "cut"])
def test_an_index_that_cannot_be_used_is_made_anew(tmp_path, how):
    path = tmp_path / "i"
    build(path, documents())
    spoilt(path, how)
    assert build(path, documents()).added == 3
    assert hits(open_index(path), "preuves")


def test_an_index_that_another_program_holds_is_searched_all_the_same(tmp_path):
    path = tmp_path / "i"
    build(path, documents())
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    assert hits(open_index(path), "preuves")
    other.close()


@person
def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError):
            build(tmp_path / "i", documents())
    finally:
        tmp_path.chmod(0o700)


def test_a_missing_index_is_told(tmp_path):
    with pytest.raises(NotFoundError):
        open_index(tmp_path / "none")


@pytest.mark.parametrize("words", ["", "  ", "?!", '"', "«»", "-preuves", "*", "l’", "\0", '"" ""'])
def test_a_query_without_a_word_is_refused(words):
    with pytest.raises(UsageError) as caught:
        parse_query(words)
    assert caught.value.code == "query-empty"


def test_a_query_without_end_is_refused():
    with pytest.raises(UsageError) as caught:
        parse_query("a" * 100_000)
    assert caught.value.code == "query-too-long"


@pytest.mark.parametrize(
    "words",
    ['preuves" OR "1', "preuves) OR (a", "NEAR(preuves etats)", "words:preuves", "preuves AND", "preuves NOT",
     "^preuves",
     "a'; DROP TABLE texts; --", "preuves + *", "((((((((((", "*preuves*", "%_", "𝕏 ﷽ 字", "pr\u0000euves",
     "x " * (LONGEST // 2)],
)  # fmt: skip
def test_the_syntax_of_the_machine_is_only_words(made, words):
    try:
        search(made, parse_query(words))
    except UsageError as error:
        assert error.code == "query-empty"
    assert hits(made, "preuves")


# ---- the command ----------------------------------------------------------------------------------------------------


def test_the_command_prints_what_the_schema_says(command):
    code, said, _ = command("search", "preuves électroniques", "--format", "json")
    document_ = json.loads(said)
    jsonschema.validate(document_, SCHEMA)
    assert code == 0 and document_["hits"][0]["symbol"] == "A/RES/74/175"
    assert "preuves électroniques" in document_["hits"][0]["text"]


@pytest.mark.slow
def test_an_index_is_made_checked_and_searched(command, tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("L’Assemblée générale,\n\n1. Prie les États d’agir vite ;\n", "utf-8")
    (tmp_path / "texts" / "bad.docx").write_bytes(b"\x00\x01")
    code, said, errors = command("index", "texts", "-o", "x.index")
    assert code == 74 and "x.index" in said and "bad.docx" in errors
    (tmp_path / "texts" / "bad.docx").unlink()
    assert command("index", "texts", "-o", "x.index", "--check")[0] == 0
    (tmp_path / "texts" / "b.txt").write_text("L’Assemblée générale,\n\n1. Note tout ;\n", "utf-8")
    assert command("index", "texts", "-o", "x.index", "--check")[0] == 74
    code, said, _ = command("search", "agir", "--index", "x.index")
    assert code == 0 and "*agir*" in said
    code, said, _ = command("search", "note", "--corpus", "texts", "--format", "json")  # brought up to date
    assert json.loads(said)["hits"][0]["symbol"] == "b"


@pytest.mark.parametrize(
    ("call", "exit_code"),
    [
        (("search", "?!"), 2),
        (("search", "x", "--since", "jadis"), 2),
        (("search", "x", "--index", "none.index"), 66),
        (("search", "x", "--language", "zz"), 2),
        (("search", "x", "--corpus", "none"), 66),
        (("search", "x", "-o", "x.docx"), 2),
        (("index", "empty", "-o", "x"), 66),
    ],
)
def test_what_is_wrong_is_one_sentence(command, tmp_path, call, exit_code):
    (tmp_path / "empty").mkdir()
    code, said, errors = command(*call)
    assert (code, said) == (exit_code, "") and errors.startswith("resdiff : ") and errors.count("\n") == 1


def test_the_page_is_whole_and_escapes(command, tmp_path):
    code, _, errors = command("search", "preuves <b>électroniques</b>", "-o", "x.html")
    assert (code, errors) == (0, "")
    page = (tmp_path / "x.html").read_text("utf-8")
    assert "<b>électroniques" not in page and "http" not in page.replace("http-equiv", "") and "<script" not in page


def test_two_runs_print_the_same(command):
    assert command("search", "terrorisme", "--format", "json") == command("search", "terrorisme", "--format", "json")


def test_the_head_of_a_file_tells_that_it_is_ours(tmp_path):
    build(tmp_path / "i", documents())
    assert int.from_bytes((tmp_path / "i").read_bytes()[68:72], "big") == APPLICATION


# ---- what a new text has from elsewhere -----------------------------------------------------------------------------

TRAINING = "de former les personnels pénitentiaires à la prévention de la radicalisation et à la réadaptation"
LAST = ["Rappelant la Charte,", "Prie l’Office d’aider les États à lutter contre le terrorisme ;"]
EDITIONS = {
    "A/RES/60/1": ("2005-12-01", ["Rappelant la Charte,", f"Engage le Fonds, avec les États, {TRAINING} ;"]),
    "A/RES/70/1": ("2015-12-01", LAST),
    "A/RES/72/1": (
        "2017-12-01",
        [
            *LAST,
            f"Prie également l’Office, à la demande des États, {TRAINING} ;",
            "Invite les États à verser des contributions volontaires à cette fin ;",
        ],
    ),
}


def test_new_words_say_where_they_were_adopted_before(tmp_path):
    build(tmp_path / "x.index", documents(EDITIONS))
    first, old, new = (resolution(symbol, *rest) for symbol, rest in EDITIONS.items())
    with closing(open_index(tmp_path / "x.index")) as index:
        found = borrowed(index, compare(old, new))
        assert borrowed(index, compare(old, first)) == ()  # the others that have it are later
    assert [(each.paragraph, each.symbol, each.source) for each in found] == [("op2", "A/RES/60/1", "op1")]
    assert TRAINING in found[0].text
    told_of = report.build(replace(compare(old, new), borrowed=found))
    for form in ("terminal", "md", "html"):
        assert "déjà dans 60/1, par.\u00a01" in render(told_of, form).decode()


@pytest.mark.slow
def test_the_command_looks_new_words_up(command, tmp_path):
    code, out, _ = command("74/175", "78/226", "--against", ROOT / "corpus", "--format", "json")
    assert code == 0
    assert {each["symbol"] for each in json.loads(out)["borrowed"]} <= {"A/RES/72/194"}
    (tmp_path / "x.index").write_bytes(b"nothing")
    code, _, errors = command("74/175", "78/226", "--against", tmp_path / "x.index")
    assert (code, errors.count("\n")) == (65, 1)


def test_the_texts_that_are_counted_are_those_of_the_hits(made):
    found = search(made, parse_query("scientifiques"), Filter(), 50)
    assert [hit.texts for hit in found.hits] == [("74/1",)] or len(found.hits[0].texts) == 1
    said = found_line(found, "fr")
    assert said.endswith("1 texte sur 3") and found_line(found, "en").endswith("1 text of 3")


def test_an_index_that_cannot_be_written_is_told_as_such(command, tmp_path):
    code, _, errors = command("index", ROOT / "corpus", "-o", "n" * 300)
    assert (code, errors.count("\n")) == (73, 1)
    assert list(tmp_path.iterdir()) == []
