"""What a repository of a corpus takes from here for its jobs: every step is run, in a scratch repository."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from actlike import Run, evaluated, filled
from test_gates import OLD, ROW, WITHOUT, git, written

ROOT = Path(__file__).resolve().parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
GITLAB = yaml.safe_load((ROOT / "ci/gitlab.yml").read_text("utf-8"))
WORKFLOWS = [ROOT / "ci/github-pull-request.yml", ROOT / "ci/github-pages.yml"]
GH = """#!/usr/bin/env bash
# Stands for the network: keeps what was called, and the body of a comment.
printf '%s\\n' "$*" >> "$CALLS"
for word in "$@"; do [[ $word == body=@* ]] && cp "${word#body=@}" "$CALLS.body"; done
[[ $* == *--paginate* ]] && printf '%s' "$COMMENTS"
exit "${GH_CODE:-0}"
"""


@pytest.fixture
def tools(tmp_path):
    """A folder of programs to put before all others: resdiff as it stands here, and a gh without network."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name, text in {
        "resdiff": f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m resdiff "$@"\n',
        "gh": GH,
        "pip": '#!/bin/sh\necho "pip $*" >> "$CALLS"\n',
    }.items():
        (folder / name).write_text(text, "utf-8")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def repository(tmp_path):
    """A repository of a corpus on whose branch privacy is dropped from a new edition; the base is its first commit."""
    top = tmp_path / "repository"
    written(top / "corpus/abeilles", "A/RES/70/1", "2015-12-01", OLD)
    written(top / "corpus/abeilles", "A/RES/72/1", "2017-12-01", OLD)
    (top / "resdiff.toml").write_text(ROW.format("vie-privee", 'phrase = "vie privée"'), encoding="utf-8")
    git(top, "init", "-q", "-b", "main")
    git(top, "add", ".")
    git(top, "commit", "-qm", "un")
    written(top / "corpus/abeilles", "A/RES/74/1", "2019-12-01", WITHOUT)
    git(top, "add", ".")
    git(top, "commit", "-qm", "deux")
    return top


@pytest.fixture
def environment(tmp_path, tools):
    return {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "CALLS": str(tmp_path / "calls"),
        "COMMENTS": "",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }


def acted(repository, tmp_path, environment, event="pull_request", **inputs):
    """A run of the action on a pull request, with those inputs beside the defaults."""
    base = git(repository, "rev-parse", "HEAD^").strip()
    given = {name: str(row["default"]) for name, row in ACTION["inputs"].items()} | {"token": "t"} | inputs
    github = {"event_name": event, "event": {"pull_request": {"base": {"sha": base}, "number": "7"}, "before": base}}
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    run = Run(repository, home, {"inputs": given, "github": github}, environment)
    return run, run.steps(ACTION["runs"]["steps"], instead={"install"})


# ---- the action ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_action_compares_comments_and_fails_as_the_gates_say(repository, tmp_path, environment):
    run, code = acted(repository, tmp_path, environment)
    assert code == 3, run.printed
    assert (tmp_path / "calls").read_text().count("--method POST repos/un/corpus/issues/7/comments") == 1
    comment = (tmp_path / "calls.body").read_text("utf-8").replace("\xa0", " ")
    assert comment.startswith("<!-- resdiff -->\n")
    assert "74/1 : nouveau texte, comparé à l’édition d’avant, 72/1" in comment
    assert "« vie privée » ne figure plus dans 74/1" in comment
    assert run.summary.read_text("utf-8").replace("\xa0", " ") == comment
    assert "::error file=corpus/abeilles/A-RES-74-1.fr.md,line=" in run.printed["gates"]
    outputs = {name: filled(row["value"], run.context) for name, row in ACTION["outputs"].items()}
    assert outputs["gates"] == "3"
    assert json.loads(Path(outputs["sarif"]).read_text("utf-8"))["runs"][0]["results"]


@pytest.mark.slow
def test_a_later_run_changes_its_comment(repository, tmp_path, environment):
    acted(repository, tmp_path, environment | {"COMMENTS": "41\n42\n"})
    calls = (tmp_path / "calls").read_text()
    assert "--method PATCH repos/un/corpus/issues/comments/41 --field" in calls and "POST" not in calls


@pytest.mark.slow
def test_a_token_that_may_not_write_stops_nothing(repository, tmp_path, environment):
    (repository / "resdiff.toml").write_text(ROW.format("a", 'phrase = "abeilles"'), encoding="utf-8")
    run, code = acted(repository, tmp_path, environment | {"GH_CODE": "1"})
    assert code == 0, run.printed
    assert "::warning" in run.printed["publish"]


@pytest.mark.slow
def test_without_rules_the_action_only_tells(repository, tmp_path, environment):
    (repository / "resdiff.toml").unlink()
    run, code = acted(repository, tmp_path, environment, comment="false")
    assert code == 0, run.printed
    assert "publish" not in run.codes and not (tmp_path / "calls").exists()
    assert filled(ACTION["outputs"]["sarif"]["value"], run.context) == ""


@pytest.mark.slow
def test_broken_rules_and_unreadable_texts_fail_the_action(repository, tmp_path, environment):
    (repository / "resdiff.toml").write_text("[[gate]]\nid = 'a'\n", encoding="utf-8")
    assert acted(repository, tmp_path, environment)[1] == 65
    (repository / "resdiff.toml").write_text(ROW.format("a", 'phrase = "abeilles"'), encoding="utf-8")
    (repository / "corpus/abeilles/A-RES-74-1.fr.md").write_bytes(b"---\nsymbol: [\n---\n\nx\n")
    assert acted(repository, tmp_path, environment)[1] == 74


@pytest.mark.slow
def test_the_action_builds_the_pages(repository, tmp_path, environment):
    run, _ = acted(repository, tmp_path, environment, pages="site", lang="en")
    assert (repository / "site/index.html").exists()
    assert [(name, options["path"]) for name, options in run.used if "upload" in name] == [
        ("actions/upload-artifact@v6", "site")
    ]
    assert "new text" in (tmp_path / "calls.body").read_text("utf-8")


@pytest.mark.slow
def test_a_push_that_makes_a_branch_is_compared_with_the_commit_before(repository, tmp_path, environment):
    run, code = acted(repository, tmp_path, environment, event="push", base="0" * 40)
    assert code == 3 and "publish" not in run.codes
    assert run.context["steps"]["base"]["outputs"]["revision"] == git(repository, "rev-parse", "HEAD^").strip()


@pytest.mark.slow
def test_the_base_is_fetched_into_a_shallow_clone(repository, tmp_path, environment):
    git(repository, "config", "uploadpack.allowAnySHA1InWant", "true")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", str(shallow))
    base = git(repository, "rev-parse", "HEAD^").strip()
    github = {"event_name": "pull_request", "event": {"pull_request": {"base": {"sha": base}, "number": "7"}}}
    given = {name: str(row["default"]) for name, row in ACTION["inputs"].items()}
    run = Run(shallow, tmp_path, {"inputs": given, "github": github}, environment)
    assert run.steps(ACTION["runs"]["steps"], instead={"install"}) == 3, run.printed


def test_nothing_of_an_event_stands_in_a_script():
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert re.search(r"@v\d+$", step["uses"]) if "uses" in step else step["shell"] == "bash"


def test_every_input_and_output_is_used_and_told():
    steps = (ROOT / "action.yml").read_text("utf-8").partition("runs:")[2]
    page = (ROOT / "docs/ci.md").read_text("utf-8")
    for name, row in ACTION["inputs"].items():
        assert f"inputs.{name} " in steps and row["description"] and f"`{name}`" in page
    for row in ACTION["outputs"].values():
        step, output = re.search(r"steps\.(\w+)\.outputs\.(\w+)", row["value"]).groups()
        (written_by,) = [each for each in ACTION["runs"]["steps"] if each.get("id") == step]
        assert f'"{output}=' in written_by["run"]


# ---- workflows, hooks, GitLab, Docker --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_do_no_more_than_it_must(path):
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"]
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False


@pytest.mark.slow
def test_the_pages_workflow_builds_a_site(repository, tmp_path, environment):
    workflow = yaml.safe_load(WORKFLOWS[1].read_text("utf-8"))
    run = Run(repository, tmp_path, {}, environment)
    run.context["steps"]["pages"] = {"outputs": {"base_url": "https://un.example.org/corpus"}}
    assert run.steps(workflow["jobs"]["build"]["steps"]) == 0, run.printed
    assert "pip install git+https://github.com/resdiff/resdiff" in (tmp_path / "calls").read_text()
    assert "https://un.example.org/corpus/" in (repository / "site/atom.xml").read_text("utf-8")
    assert ("actions/upload-pages-artifact@v4", {"path": "site"}) in run.used
    (deploy,) = workflow["jobs"]["deploy"]["steps"]
    assert deploy["uses"].startswith("actions/deploy-pages@")


def test_the_pull_request_workflow_gives_the_action_what_it_has():
    workflow = yaml.safe_load(WORKFLOWS[0].read_text("utf-8"))
    (call,) = [step for step in workflow["jobs"]["resolutions"]["steps"] if "resdiff/resdiff@" in step.get("uses", "")]
    assert set(call["with"]) <= set(ACTION["inputs"])
    upload = workflow["jobs"]["resolutions"]["steps"][-1]
    condition = upload["if"].removeprefix("${{").removesuffix("}}")
    assert evaluated(condition, {"steps": {"resdiff": {"outputs": {"sarif": "x"}}}})
    assert not evaluated(condition, {"steps": {"resdiff": {"outputs": {"sarif": ""}}}})


@pytest.mark.slow
@pytest.mark.parametrize(("job", "code"), [("resdiff-gates", 3), ("pages", 0)])
def test_the_jobs_of_gitlab_run(job, code, repository, tmp_path, environment):
    row = {**GITLAB[".resdiff"], **GITLAB[job]}
    base = git(repository, "rev-parse", "HEAD^").strip()
    variables = {**GITLAB["variables"], "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join([*row["before_script"], *row["script"]])],
        cwd=repository, env={**environment, **variables, "HOME": str(tmp_path)}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    for path in [*row["artifacts"]["paths"], *row["artifacts"].get("reports", {}).values()]:
        assert (repository / path).exists(), path


@pytest.mark.slow
@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_stops_a_bad_commit_and_lets_a_good_one_pass(hook, repository, environment, tmp_path):
    def called():
        env = {**environment, "HOME": str(tmp_path)}
        done = subprocess.run(shlex.split(hook["entry"]), cwd=repository, env=env, capture_output=True, check=False)
        return done.returncode

    assert hook["language"] == "python" and hook["pass_filenames"] is False
    call = [str(tmp_path / "tools/resdiff"), "changelog"]
    subprocess.run(call, cwd=repository, env=environment, check=True, capture_output=True)
    assert called() == 0
    assert re.search(hook["files"], "corpus/abeilles/A-RES-74-1.fr.md")
    written(repository / "corpus/abeilles", "A/RES/72/1", "2017-12-01", WITHOUT)
    assert called() == (3 if hook["id"] == "resdiff-gate" else 74)


def test_the_image_is_made_of_files_that_are_there():
    lines = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
    steps = [line.split(None, 1) for line in lines if line and not line.startswith("#")]
    assert {name for name, _ in steps} <= {"FROM", "WORKDIR", "COPY", "RUN", "CMD"}
    for name, rest in steps:
        if name == "RUN":
            assert subprocess.run(["bash", "-n", "-c", rest], check=False).returncode == 0
    assert json.loads(steps[-1][1]) == ["resdiff", "--help"]
    promised = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text("utf-8"))
    assert {re.match(r"python:([\d.]+)", rest)[1] for name, rest in steps if name == "FROM"} <= {*promised}
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    assert all((ROOT / path).exists() for path in kept)
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert {"README.md", "LICENSE", "corpus", "resdiff", "hatch_build.py", "scripts/build-data"} <= {*kept}
    assert '"corpus" = "resdiff/corpus_data"' in project


# ---- git ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def configured(repository, environment, monkeypatch):
    """The repository with the settings that the documentation tells."""
    page = (ROOT / "docs/ci.md").read_text("utf-8")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    for line in re.findall(r"^    (git config .*)$", page, re.MULTILINE):
        subprocess.run(shlex.split(line), cwd=repository, check=True)
    (repository / ".gitattributes").write_text(re.search(r"^    (\*\S+ diff=resdiff)$", page, re.MULTILINE)[1] + "\n")
    return repository


@pytest.mark.slow
def test_git_diff_and_log_show_paragraphs(configured):
    written(configured / "corpus/abeilles", "A/RES/72/1", "2017-12-01", [OLD[0].replace("protéger", "aimer"), *OLD[1:]])
    shown = git(configured, "diff", "-U0")
    assert "@@ par. 1" in shown.replace("\xa0", " ")
    assert "+Prie les États de aimer les abeilles," in shown
    assert "dans le plein respect" not in shown  # that clause did not change
    log = git(configured, "log", "-p", "-1")
    assert "+[par. 2]" in log.replace("\xa0", " ")


@pytest.mark.slow
def test_the_second_driver_compares_as_resdiff_does(configured):
    written(configured / "corpus/abeilles", "A/RES/72/1", "2017-12-01", [OLD[0].replace("protéger", "aimer"), *OLD[1:]])
    shown = git(configured, "difftool", "-y", "-t", "resdiff")
    assert "[-protéger-]" in shown and "{+aimer+}" in shown
    git(configured, "config", "diff.resdiff.command", "resdiff difftool")
    shown = git(configured, "diff", "HEAD~1")
    assert "Texte ajouté" in shown and "[-protéger-]" in shown


@pytest.mark.slow
@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"\xff" * 90, b"---\nsymbol: [\n---\n\nx\n", b"x"])
def test_git_goes_on_where_a_file_cannot_be_read(configured, data):
    path = configured / "corpus/abeilles/A-RES-74-1.fr.md"
    path.write_bytes(data)
    assert "A-RES-74-1" in git(configured, "diff")
    git(configured, "config", "diff.resdiff.command", "resdiff difftool")
    assert git(configured, "diff").strip()


@pytest.mark.slow
def test_two_broken_states_of_a_file_are_not_the_same(configured):
    path = configured / "corpus/abeilles/A-RES-74-1.fr.md"
    path.write_bytes(b"\0\1")
    git(configured, "add", ".")
    path.write_bytes(b"\0\2")
    assert "sha256" in git(configured, "diff")
