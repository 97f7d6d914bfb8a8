"""The changelog of a corpus: complete, deterministic, incremental, and never spoilt by one broken text."""

import json
import shutil

import pytest

from resdiff.changelog import build_changelog, check_changelog
from resdiff.corpus import Corpus

SERIES = "assistance-technique-terrorisme"


@pytest.fixture
def mine(corpus, tmp_path):
    shutil.copytree(corpus.folder, tmp_path / "corpus")
    return Corpus(tmp_path / "corpus")


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_pair_has_its_pages_and_an_index(mine, tmp_path):
    outcome = build_changelog(mine, tmp_path / "out")
    assert (outcome.built, outcome.skipped, outcome.failed) == (2, 0, ())
    names = tree(tmp_path / "out")
    assert f"{SERIES}/A-RES-72-194_A-RES-74-175.fr.html" in names
    assert f"{SERIES}/A-RES-74-175_A-RES-78-226.fr.json" in names
    assert {"index.html", "index.md", "index.json", f"{SERIES}/index.md", "manifest.json"} <= names.keys()


def test_what_did_not_change_is_not_built_again_and_the_bytes_are_the_same(mine, tmp_path):
    build_changelog(mine, tmp_path / "out")
    first = tree(tmp_path / "out")
    outcome = build_changelog(mine, tmp_path / "out")
    assert (outcome.built, outcome.skipped) == (0, 2)
    assert tree(tmp_path / "out") == first
    assert build_changelog(mine, tmp_path / "out", force=True).built == 2
    assert tree(tmp_path / "out") == first
    assert check_changelog(mine, tmp_path / "out") == ()


def test_a_correction_rebuilds_its_pairs_only(mine, tmp_path):
    build_changelog(mine, tmp_path / "out")
    text = mine.folder / SERIES / "A-RES-78-226.fr.md"
    text.write_text(text.read_text(encoding="utf-8").replace("biométriques", "biologiques"), encoding="utf-8")
    assert check_changelog(mine, tmp_path / "out")
    outcome = build_changelog(Corpus(mine.folder), tmp_path / "out")
    assert (outcome.built, outcome.skipped) == (1, 1)


def test_a_broken_text_spoils_its_own_pairs_only(mine, tmp_path):
    (mine.folder / SERIES / "A-RES-78-226.fr.md").write_text("---\nsymbol: [\n---\n")
    outcome = build_changelog(mine, tmp_path / "out")
    assert outcome.built == 1
    ((place, why),) = outcome.failed
    assert place.endswith("A-RES-74-175_A-RES-78-226.fr")
    assert why in (tmp_path / "out" / "index.md").read_text(encoding="utf-8").replace("\\", "") or "78-226" in place
    assert not (tmp_path / "out" / f"{place}.html").exists()
    assert json.loads((tmp_path / "out" / "index.json").read_text(encoding="utf-8"))


def test_pages_of_a_text_that_left_are_removed(mine, tmp_path):
    build_changelog(mine, tmp_path / "out")
    (mine.folder / SERIES / "A-RES-78-226.fr.md").unlink()
    build_changelog(Corpus(mine.folder), tmp_path / "out")
    assert not [name for name in tree(tmp_path / "out") if "78-226" in name]


def test_the_command_tells_what_is_stale(command, mine, tmp_path):
    assert command("changelog", "corpus", "-o", "out")[0] == 0
    assert command("changelog", "corpus", "-o", "out", "--check")[0] == 0
    (tmp_path / "out" / "index.html").write_text("autre")
    code, _, errors = command("changelog", "corpus", "-o", "out", "--check")
    assert code == 74
    assert "index.html" in errors


def test_a_manifest_that_is_damaged_only_costs_time(mine, tmp_path):
    build_changelog(mine, tmp_path / "out")
    (tmp_path / "out" / "manifest.json").write_text("[]")
    assert build_changelog(mine, tmp_path / "out").built == 2
