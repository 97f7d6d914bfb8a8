"""Tables: their schema, what a mistake in one is told like, copies that are missing or stale, what a wheel brings."""

import os
import shutil
import subprocess
import sys
import tomllib
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resdiff import data
from resdiff.data import schema, strict
from resdiff.errors import DataError
from resdiff.language import FRENCH, Language, may_hold, may_stand, pattern
from resdiff.language.dates import date_pattern
from resdiff.language.fold import fold_same_length

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "resdiff" / "data").glob("*/*.toml"))
CONDITION = """
[[condition]]
sort = "rights"
phrases = ["dans le respect des droits"]
reason = "a safeguard"
example = "agir dans le respect des droits"
"""
REST = """
[reports]
patterns = []
reason = "none"
example = "none"
"""


def name(source):
    return f"{source.parent.name}/{source.stem}"


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_a_table_is_as_its_schema_says(source):
    text = source.read_bytes()
    strict.checked(source, strict.parsed(source, text), schema.TABLES[source.stem])


@pytest.mark.parametrize("source", SOURCES, ids=name)
def test_the_copy_of_a_table_is_the_table(source):
    text = source.read_bytes()
    copy = data.copied(name(source), data.digest(text), dict)
    assert copy is not None, "run scripts/build-data"
    assert copy == tomllib.loads(text.decode("utf-8"))


@pytest.mark.parametrize("stem", schema.TABLES)
def test_a_language_without_a_table_has_it_empty(stem):
    if stem not in schema.COMMON:
        assert Language.of("fr").knows(stem)
        assert not Language.of("xx").knows(stem)
        assert type(getattr(Language.of("xx"), stem)) is schema.TABLES[stem]


EDGES = FRENCH.actors.edges
FLAT = {
    "routine.dated": FRENCH.routine.dated,
    "edges.place": EDGES.place,
    "edges.infinitive": EDGES.infinitive,
}
PRINTED = {
    "edges.goes_on": EDGES.goes_on,
    "edges.dangles": EDGES.dangles,
    "edges.created": EDGES.created,
    "cross_reference": FRENCH.routine.cross_reference,
    "citations.quotes": FRENCH.citations.quotes,
}


@pytest.mark.parametrize("place", FLAT)
def test_the_pattern_of_a_row_finds_its_example(place):
    assert pattern(FLAT[place].pattern).search(fold_same_length(FLAT[place].example))


@pytest.mark.parametrize("place", PRINTED)
def test_the_pattern_of_a_row_finds_its_example_as_printed(place):
    assert pattern(PRINTED[place].pattern).search(PRINTED[place].example)


def test_the_list_of_citations_is_all_of_its_example():
    row = FRENCH.routine.between
    assert pattern(row.pattern.replace("DATE", date_pattern(FRENCH))).fullmatch(fold_same_length(row.example))


@pytest.mark.parametrize("text", ["", "tous les six mois", "Prie l’Office d’aider"])
def test_of_a_language_without_a_table_no_pattern_finds_anything(text):
    other = Language.of("xx")
    rows = (other.routine.dated, other.actors.edges.goes_on, other.actors.key.inside)
    assert not any(pattern(row.pattern).search(text) for row in rows)


# ---- a mistake of a writer -----------------------------------------------------------------------------------------


def told(toml, kind=schema.Conditions):
    file = Path("conditions.toml")
    with pytest.raises(DataError) as caught:
        strict.checked(file, strict.parsed(file, toml.encode()), kind)
    return str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ('phrase = ["x"]', "“conditions.toml”, [[condition]] 2 (agir dans le respect): the key “phrase” is unknown."),
        ("", "“conditions.toml”, [[condition]] 2 (agir dans le respect): the key “phrases” is missing."),
        (
            'phrases = "x"',
            "“conditions.toml”, [[condition]] 2 (agir dans le respect): the value of “phrases” will not do",
        ),
        ("phrases = [1]", "[[condition]] 2 (agir dans le respect): the value of “phrases[1]” will not do"),
    ],
)
def test_a_mistake_is_told_with_file_row_and_key(wrong, sentence):
    row = f'[[condition]]\nsort = "law"\nreason = "r"\nexample = "agir dans le respect"\n{wrong}\n'
    assert sentence in told(CONDITION + row + REST)


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        (
            CONDITION.replace('"rights"', '"right"') + REST,
            "the value of “sort” will not do (Invalid enum value 'right')",
        ),
        ("[[condition]", "The TOML file “conditions.toml” cannot be read: mistake in line 1, column 12."),
        (CONDITION, "[figure]: the key “figure” is missing"),
    ],
)
def test_other_mistakes_name_their_place_too(toml, sentence):
    assert sentence in told(toml)


def test_the_words_of_a_language_are_asked_for_by_section_and_key():
    row = 'words = ["op"]\nreason = "r"\nexample = "op8"\n'
    assert "[preambular]: the key “preambular” is missing" in told(f"[operative]\n{row}", schema.Calls)
    assert "[operative]: the key “of” is unknown" in told(f'[operative]\n{row}of = "x"\n', schema.Calls)
    table = (ROOT / "resdiff" / "data" / "fr" / "rolling.toml").read_text(encoding="utf-8")
    assert "[citation]: the key “alne” is unknown" in told(table.replace("\nalone = ", "\nalne = "), schema.Rolling)


def test_a_message_without_its_english_is_named():
    toml = '[error]\na = { fr = "A", en = "A" }\nb = { fr = "B" }\n'
    assert "[error]: the key “b.en” is missing" in told(toml, schema.Messages)


def test_an_unknown_sort_of_name_is_named():
    toml = (ROOT / "resdiff/data/fr/actors.toml").read_text(encoding="utf-8").replace("\nbody = [", "\nbodies = [")
    assert "[heads]: the key “bodies” is unknown" in told(toml, schema.Actors)


# ---- copies --------------------------------------------------------------------------------------------------------


@pytest.fixture
def copy_of_resdiff(tmp_path):
    """A copy of the package, its tables free to be edited; gives a function that runs it on the shipped pair."""
    shutil.copytree(ROOT / "resdiff", tmp_path / "resdiff", ignore=shutil.ignore_patterns("__pycache__"))

    def run(*args):
        command = [
            sys.executable,
            "-m",
            "resdiff",
            "72/194",
            "74/175",
            "--no-cache",
            "--corpus",
            ROOT / "corpus",
            *args,
        ]
        env = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONSAFEPATH": "1"}
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)

    return run


@pytest.mark.slow
def test_missing_copies_change_nothing(copy_of_resdiff, tmp_path):
    before = copy_of_resdiff("--format", "json")
    shutil.rmtree(tmp_path / "resdiff/data/built")
    after = copy_of_resdiff("--format", "json")
    assert (before.returncode, before.stderr) == (after.returncode, after.stderr) == (0, "")
    assert before.stdout == after.stdout


@pytest.mark.slow
def test_an_edit_takes_effect_at_once(copy_of_resdiff, tmp_path):
    table = tmp_path / "resdiff/data/common/messages.toml"
    table.write_text(table.read_text(encoding="utf-8").replace("L’essentiel", "Le principal"), encoding="utf-8")
    topics = tmp_path / "resdiff/data/fr/topics.toml"
    topics.write_text(topics.read_text(encoding="utf-8").replace('id = "biometrics"', 'id = "bio"'), encoding="utf-8")
    assert "Le principal" in copy_of_resdiff("--format", "md").stdout
    assert '"bio"' in copy_of_resdiff("--format", "json").stdout


def test_a_broken_table_is_one_clear_sentence(copy_of_resdiff, tmp_path):
    table = tmp_path / "resdiff/data/fr/conditions.toml"
    table.write_text(table.read_text(encoding="utf-8").replace("phrases =", "phrase =", 1), encoding="utf-8")
    run = copy_of_resdiff()
    assert run.returncode == 65
    assert "conditions.toml" in run.stderr
    assert "[[condition]] 1" in run.stderr
    assert "la clé «\u00a0phrase\u00a0» est inconnue" in run.stderr
    assert "Traceback" not in run.stderr


def test_broken_messages_are_told_in_plain_english(copy_of_resdiff, tmp_path):
    table = tmp_path / "resdiff/data/common/messages.toml"
    table.write_text(table.read_text(encoding="utf-8") + '\nlost = { fr = "x" }\n', encoding="utf-8")
    run = copy_of_resdiff()
    assert run.returncode == 65
    assert "[system]: the key “lost.en” is missing" in run.stderr
    assert "Traceback" not in run.stderr


# ---- what is delivered ---------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_wheel_brings_the_copies_and_works_alone(tmp_path):
    source = tmp_path / "source"
    shutil.copytree(
        ROOT, source, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", "built", "reports", ".*_cache")
    )
    installer = "uv" if find_spec("uv") else "pip"  # scripts/install brings uv, where it can be had
    build = [sys.executable, "-m", "build", "--installer", installer, "--outdir", tmp_path / "dist", source]
    env = os.environ | {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}  # as scripts/install does
    subprocess.run(build, check=True, env=env)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    by_uv = [sys.executable, "-m", "uv", "pip", "install", "--python", venv / "bin/python"]
    install = by_uv if installer == "uv" else [venv / "bin/pip", "install"]
    subprocess.run([*install, "--quiet", wheel], check=True, env=env)
    built = next(venv.glob("lib/python3*/site-packages/resdiff/data/built"))
    names = {path.relative_to(built).with_suffix("").as_posix() for path in built.rglob("*.json")}
    assert names == {*map(name, SOURCES), "en/topics.index", "fr/topics.index"}  # no words of other people's lists
    report = tmp_path / "report.html"
    subprocess.run([venv / "bin/resdiff", "72/194", "74/175", "--no-cache", "-o", report], cwd=tmp_path, check=True)
    assert report.read_text(encoding="utf-8").count("<del") > 10


NEEDED = ("furniture", "note", "closing", "annex")


def rows_that_need_words():
    for language in Language.all():
        for table in (language.provisions, language.conditions, language.excerpts, language.actors.edges):
            for key in table.__struct_fields__:
                row = getattr(table, key)
                if isinstance(row, schema.Patterns) and row.needs:
                    yield pytest.param(row.patterns, partial(may_hold, row), id=f"{language.code}-{key}")
                elif isinstance(row, schema.RarePattern) and (row.needs or row.ends):
                    yield pytest.param([row.pattern], partial(may_stand, row), id=f"{language.code}-{key}")


@pytest.mark.slow
@pytest.mark.parametrize(("patterns", "may"), list(rows_that_need_words()))
def test_what_a_pattern_finds_holds_a_word_it_needs_or_opens_or_ends_with_one(patterns, may):
    signs = "abcdefghijklmnopqrstuvwxyzéêà0123456789'’,() "
    found = st.one_of([st.from_regex(written, alphabet=signs) for written in patterns])
    found = found.filter(lambda text: not text.endswith("\n"))  # before which "$" finds an end too

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(found)
    def holds(text):
        assert may(text)

    holds()


def routine_rules():
    for language in Language.all():
        for rule in language.routine.rule:
            yield pytest.param(rule, language, id=f"{language.code}-{rule.name}")


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "language"), list(routine_rules()))
def test_what_a_routine_rule_finds_holds_a_word_it_needs(rule, language):
    written = rule.pattern.replace("DATE", date_pattern(language))

    @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(written, alphabet=st.characters(max_codepoint=126)))
    def holds(text):
        assert any(word in text for word in rule.needs)

    holds()


def patterns_under_a_word():
    page = data.load("common", "page", schema.Page)
    parses = [language.parse for language in Language.all()]
    for row in (page.symbol, page.furniture, page.note, *(getattr(each, key) for each in parses for key in NEEDED)):
        for table in filter(lambda each: isinstance(each, dict), msgspec.structs.asdict(row).values()):
            for word, patterns in table.items():
                yield from (pytest.param(word, written, id=f"{word}-{written}"[:40]) for written in patterns)


@pytest.mark.slow
@pytest.mark.parametrize(("word", "written"), list(patterns_under_a_word()))
def test_what_a_pattern_finds_holds_the_word_it_stands_under(word, written):
    @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(written))
    def holds(text):
        assert word in text

    holds()
