"""The docs are true: pages exist, generated ones are current, messages are complete and well typed."""

import ast
import inspect
import re
import string
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import resdiff
from resdiff import alignment, compilation, drafting
from resdiff.data.schema import HalfOdds, PairOdds
from resdiff.marking import words
from resdiff.messages import messages

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "tests/cases/README.md"])
HOUSE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
MESSAGES = [(f"{section}.{name}", row) for section, rows in messages().items() for name, row in rows.items()]


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_every_link_of_a_page_leads_somewhere(document):
    for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (document.parent / target).exists(), target


PATH = r"(?:resdiff|docs|scripts|tests|corpus|reports)/[\w./-]+|(?:cli|reading|recognition|rendering|judgement)/\w+\.py"


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_every_path_a_page_names_is_there(document):
    text = document.read_text(encoding="utf-8")
    for place in re.findall(rf"`({PATH})`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        found = (ROOT / place).exists() or (ROOT / "resdiff" / place).exists()
        assert found or place.startswith("resdiff/data/built"), place


def test_the_floors_of_the_house_are_those_of_its_contract():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    floors = [set(layer.split(" : ")) for layer in project["tool"]["importlinter"]["contracts"][0]["layers"]]
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", HOUSE, re.MULTILINE)
    assert [set(re.findall(r"`(\w+)`", names)) for _, names in rows] == floors
    assert [int(number) for number, _ in rows] == [*reversed(range(len(floors)))]


@pytest.mark.parametrize("written", re.findall(r"^- \*\*\w+\*\* `([^`]+)`[.:]", HOUSE, re.MULTILINE))
def test_a_stage_takes_what_the_page_says(written):
    declared = ast.parse(f"def {written}: ...").body[0]
    known = {**vars(alignment), **vars(words), **vars(compilation), **vars(drafting)}
    stage = known.get(declared.name) or getattr(resdiff, declared.name)
    names = [each.arg for each in (*declared.args.args, *declared.args.kwonlyargs)]
    real = [name for name, each in inspect.signature(stage).parameters.items() if each.kind is not each.VAR_KEYWORD]
    assert names == real


@pytest.mark.parametrize("page", ["README.md", "docs/api.md"])
def test_the_example_in_python_runs(page, corpus, tmp_path, monkeypatch):
    for name in ("72-194", "74-175"):
        text = corpus.find(name.replace("-", "/"), "fr")[1].path.read_bytes()
        (tmp_path / f"{name}.txt").write_bytes(text)
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(example, page, "exec"), {})
    assert (tmp_path / "rapport.html").read_bytes().startswith(b"<!doctype html>")


def test_the_page_of_the_command_is_current():
    run = subprocess.run([sys.executable, ROOT / "scripts/build-docs", "--check"], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()


def test_every_message_is_there_in_both_languages_with_the_same_values():
    def fields(text):
        return {part[1] for part in string.Formatter().parse(text)} - {None}

    assert not [key for key, row in MESSAGES if fields(row.fr) != fields(row.en)]


def test_french_is_typeset_as_the_united_nations_do():
    texts = {key: re.sub(r"'resdiff\[\w+\][^']*'", "", row.fr) for key, row in MESSAGES}
    assert not [key for key, text in texts.items() if "'" in text]
    assert not [key for key, text in texts.items() if re.search(r" [;:!?»]|« ", text)], "a no-break space is wanted"
    assert not [key for key, text in texts.items() if re.search(r"\b(?:Etat|etat|oeuvre)", text)]


def test_what_others_read_names_no_option_of_the_command():
    """A notice stands in a report, a draft and a page of the local server: who reads it types no command."""
    told = [
        (key, text) for key, row in MESSAGES for text in (row.fr, row.en) if key.startswith(("notice.", "web.said-"))
    ]
    assert len(told) > 100
    assert not [key for key, text in told if re.search(r"(?<![\w-])--?[a-z]", text)]


def texts_of_the_code():
    """The strings of the modules, a slot as ``\0``: what may name a message."""
    for module in (ROOT / "resdiff").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values)
    for template in (ROOT / "resdiff/web/templates").glob(
        "*.html"
    ):  # t("name"), t("count-" ~ name), t("a" if b else "c")
        for call in re.findall(r"\bt\((.*?)\)", template.read_text(encoding="utf-8")):
            yield from (f"web.{text}{slot and chr(0)}" for text, slot in re.findall(r'"([\w.-]+)"( ~ )?', call))
    for rows in (ROOT / "resdiff/data").rglob("*.toml"):  # a rule names its flag
        if rows.stem not in ("messages", "topics"):
            yield from re.findall(r'"([\w-]+)"', rows.read_text(encoding="utf-8"))


@pytest.mark.slow
def test_every_message_is_used():
    """A name made of a section and a slot alone, ``notice.{code}``, is no use of a message: its code must be there."""
    known = {*texts_of_the_code(), *PairOdds.__struct_fields__, *HalfOdds.__struct_fields__}
    forms = {text for text in known if "\0" in text and not re.fullmatch(r"\0.*|\w+\.\0", text, re.DOTALL)}
    made = re.compile("|".join(re.escape(form).replace("\0", ".+") for form in sorted(forms)))
    unused = []
    for key, _ in MESSAGES:
        section, _, name = key.partition(".")
        names = {name, re.sub(r"-(?:one|many)$", "", name)}
        names |= {f"{section}.{each}" for each in names}
        if section != "system" and not names & known and not any(map(made.fullmatch, names)):
            unused.append(key)
    assert unused == []


@pytest.mark.parametrize(("page", "least"), [("word.md", 30), ("security.md", 30)])
def test_every_test_that_a_page_names_is_there(page, least):
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / page).read_text(encoding="utf-8")))
    tests = (module.read_text(encoding="utf-8") for module in (ROOT / "tests").rglob("test_*.py"))
    assert len(named) > least
    assert named <= {name for text in tests for name in re.findall(r"^def (test_\w+)\(", text, re.MULTILINE)}
