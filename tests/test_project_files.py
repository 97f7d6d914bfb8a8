"""The files around the code hold together: workflows, hooks, forms, the site, the guide to the tables."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORMS = sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")
FILES = [*sorted(ROOT.glob(".github/**/*.yml")), ROOT / ".pre-commit-config.yaml", ROOT / "mkdocs.yml"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TABLES = [tomllib.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "resdiff/data").rglob("*.toml")]
GUIDE = (ROOT / "docs/guide-donnees.md").read_text(encoding="utf-8")


def name(path):
    return path.relative_to(ROOT).as_posix()


def content(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def jobs(path):
    return content(path)["jobs"].values()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_yaml_file_is_a_mapping(path):
    assert isinstance(content(path), dict)


# ---- workflows ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_a_workflow_runs_only_our_scripts(path):
    calls = [step["run"] for job in jobs(path) for step in job["steps"] if "run" in step]
    assert calls
    for call in calls:
        assert "\n" not in call
        assert re.match(r"scripts/[\w-]+( |$)", call), call
        assert (ROOT / call.split()[0]).stat().st_mode & 0o100, call


def test_what_resdiff_costs_is_checked_every_night():
    nightly = ROOT / ".github/workflows/nightly.yml"
    assert content(nightly)[True]["schedule"]  # YAML takes the word "on" for true
    assert [step["run"] for job in jobs(nightly) for step in job["steps"] if "run" in step][
        -1
    ] == "scripts/bench --check"


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_a_workflow_may_do_no_more_than_it_must(path):
    assert content(path)["permissions"] == {"contents": "read"}
    assert content(path)["concurrency"]
    granted = [job["permissions"] for job in jobs(path) if "permissions" in job]
    assert granted in ([], [{"id-token": "write"}])
    for job in jobs(path):
        assert job["timeout-minutes"]
        for step in job["steps"]:
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_an_action_is_pinned_to_its_major_version(path):
    for action in [step["uses"] for job in jobs(path) for step in job["steps"] if "uses" in step]:
        assert re.search(r"@(release/)?v\d+$", action), action


def test_the_versions_of_python_that_are_checked_are_those_that_are_promised():
    checked = content(ROOT / ".github/workflows/checks.yml")["jobs"]["check"]["strategy"]["matrix"]["python"]
    named = [re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", line) for line in PROJECT["classifiers"]]
    assert checked == [found[1] for found in named if found]
    assert PROJECT["requires-python"] == f">={checked[0]}"


# ---- hooks and forms ------------------------------------------------------------------------------------------------


def test_every_hook_is_our_own_check():
    check = (ROOT / "scripts/check").read_text(encoding="utf-8")
    repositories = content(ROOT / ".pre-commit-config.yaml")["repos"]
    assert [repository["repo"] for repository in repositories] == ["local"]
    for hook in repositories[0]["hooks"]:
        assert hook["language"] == "system"
        tool = hook["entry"].split()[0]
        assert tool == "scripts/check" or tool.removeprefix(".venv/bin/") in check


@pytest.mark.parametrize("path", FORMS, ids=name)
def test_an_issue_form_asks_in_both_languages(path):
    form = content(path)
    assert form.keys() == {"name", "description", "title", "labels", "body"}
    assert " / " in form["name"] and " / " in form["description"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in fields}) == len(fields)
    assert any(field.get("validations", {}).get("required") for field in fields)


# ---- the site -------------------------------------------------------------------------------------------------------


def test_every_page_is_on_the_site_once():
    groups = content(ROOT / "mkdocs.yml")["nav"]
    entries = [
        entry
        for group in groups
        for value in group.values()
        for entry in (value if isinstance(value, list) else [group])
    ]
    pages = [page for entry in entries for page in entry.values()]
    assert sorted(pages) == sorted(path.relative_to(ROOT / "docs").as_posix() for path in ROOT.glob("docs/**/*.md"))


def test_the_site_loads_nothing_from_elsewhere():
    assert content(ROOT / "mkdocs.yml")["theme"]["font"] is False


# ---- the guide to the tables ----------------------------------------------------------------------------------------


def rows(table):
    """The rows of a table by section; a section that is one row counts as a list of one."""
    return [(key, row) for key, value in table.items() for row in (value if isinstance(value, list) else [value])]


def shortened(short, row):
    """Whether a row of the guide is that of a table, perhaps with shorter lists and fewer keys."""
    if isinstance(short, dict):
        return isinstance(row, dict) and all(key in row and shortened(value, row[key]) for key, value in short.items())
    if isinstance(short, list):
        return isinstance(row, list) and all(each in row for each in short)
    return short == row


@pytest.mark.parametrize("block", re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL))
def test_an_example_of_the_guide_is_a_row_of_a_table(block):
    known = [row for table in TABLES for row in rows(table)]
    for key, short in rows(tomllib.loads(block)):
        assert any(key == section and shortened(short, row) for section, row in known), block


def test_the_cases_of_the_guide_are_cases():
    """The lines of old and new, under their title; how silence is written is the matter of the stage."""
    cases = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests/cases").rglob("*.md"))
    for block in re.findall(r"```markdown\n(.*?)```", GUIDE, re.DOTALL):
        assert block.removesuffix("- expected: nothing\n").strip() in cases


def test_the_guide_is_typeset_as_the_united_nations_do():
    prose = re.sub(r"```.*?```|^    .*$|`[^`\n]*`|\]\([^)]*\)", "", GUIDE, flags=re.DOTALL | re.MULTILINE)
    assert "'" not in prose
    assert not re.search(r"[ \n][;:!?»]|«[ \n]", prose), "a no-break space is wanted"
    assert not re.search(r"\b(?:[Ee]tat|oeuvre)", prose)
