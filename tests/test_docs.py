"""The docs are true: pages exist, generated ones are current, messages are complete and well typed."""

import ast
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

from resdiff.data import table

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
MESSAGES = [(f"{section}.{name}", row) for section, rows in table("messages").items() for name, row in rows.items()]


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_every_link_of_a_page_leads_somewhere(document):
    for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (document.parent / target).exists(), target


def test_the_page_of_the_command_is_current():
    run = subprocess.run([sys.executable, ROOT / "scripts/build-docs", "--check"], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()


@pytest.mark.parametrize(("key", "row"), MESSAGES, ids=[key for key, _ in MESSAGES])
def test_every_message_is_there_in_both_languages_with_the_same_values(key, row):
    assert row.keys() == {"fr", "en"}
    fields = [{field for _, field, _, _ in string.Formatter().parse(row[lang]) if field is not None} for lang in row]
    assert fields[0] == fields[1]


@pytest.mark.parametrize(("key", "row"), MESSAGES, ids=[key for key, _ in MESSAGES])
def test_french_is_typeset_as_the_united_nations_do(key, row):
    text = row["fr"]
    assert "'" not in re.sub(r"'resdiff\[\w+\]'", "", text)
    assert not re.search(r" [;:!?»]|« ", text), "a no-break space is wanted"
    assert not re.search(r"\b(?:Etat|etat|oeuvre)", text)


def texts_of_the_code():
    """The strings of the modules, a slot as ``\0``: what may name a message."""
    for module in (ROOT / "resdiff").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values)
    for rows in (ROOT / "resdiff/data").rglob("*.toml"):  # a rule names its flag
        if rows.stem not in ("messages", "topics"):
            yield from re.findall(r'"([\w-]+)"', rows.read_text(encoding="utf-8"))


def test_every_message_is_used():
    """A name made of a section and a slot alone, ``notice.{code}``, is no use of a message: its code must be there."""
    known = set(texts_of_the_code())
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
