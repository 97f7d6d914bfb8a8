"""The docs are true: pages exist, generated ones are current, messages are complete and well typed."""

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
