"""Two runs at once end as one after the other, or one refuses in a sentence; a power cut loses no text."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time

import build
import pytest

from resdiff import files, limits
from resdiff.changelog import build_changelog, check_changelog, making
from resdiff.corpus import Corpus, load
from resdiff.errors import OutputError

locks = pytest.mark.skipif(os.name != "posix", reason="no folder is locked there")


def at_once(folder, *calls):
    """Run these commands at once: exit code and errors of each."""
    runs = [
        subprocess.Popen([sys.executable, "-m", "resdiff", *call], cwd=folder, stderr=subprocess.PIPE) for call in calls
    ]
    said = [run.communicate(timeout=60)[1].decode() for run in runs]
    return [(run.returncode, errors) for run, errors in zip(runs, said, strict=True)]


@locks
@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_changelog_begun_in_the_middle_of_another_is_built_after_it(tmp_path, lang):
    corpus = Corpus(tmp_path / "corpus")
    build.corpus(corpus.folder, build.THREE)
    build_changelog(corpus, tmp_path / "wanted", lang=lang)
    others = []

    def begin_another(_):
        if not others:
            call = [sys.executable, "-m", "resdiff", "changelog", "corpus", "-o", "out", "--lang", lang]
            others.append(subprocess.Popen(call, cwd=tmp_path))
            with contextlib.suppress(subprocess.TimeoutExpired):
                others[0].wait(2)

    build_changelog(corpus, tmp_path / "out", step=begin_another)
    assert others[0].wait(30) == 0
    assert build.tree(tmp_path / "out") == build.tree(tmp_path / "wanted")
    assert check_changelog(corpus, tmp_path / "out", lang=lang).stale == ()


def test_a_text_that_changes_while_its_page_is_built_is_built_again(tmp_path, monkeypatch):
    corpus = Corpus(tmp_path / "corpus")
    build.corpus(corpus.folder, build.THREE)
    build_changelog(corpus, tmp_path / "wanted")

    def change(edition):
        build.corpus(corpus.folder, ("vite", "peu à peu", "aussitôt"))
        return load(edition)

    with monkeypatch.context() as patched:
        patched.setattr(making, "load", change)
        build_changelog(corpus, tmp_path / "out")
    build.corpus(corpus.folder, build.THREE)
    build_changelog(corpus, tmp_path / "out")
    assert build.tree(tmp_path / "out") == build.tree(tmp_path / "wanted")


@pytest.mark.slow
@locks
def test_two_changelogs_at_once_are_one(tmp_path):
    build.corpus(tmp_path / "corpus", build.THREE)
    build_changelog(Corpus(tmp_path / "corpus"), tmp_path / "wanted")
    assert at_once(tmp_path, *[["changelog", "corpus", "-o", "out"]] * 2) == [(0, "")] * 2
    assert build.tree(tmp_path / "out") == build.tree(tmp_path / "wanted")


@pytest.mark.slow
@locks
@pytest.mark.parametrize("series", [["--series", "s"], []])
def test_two_texts_added_at_once_are_both_there(tmp_path, series):
    for n in (1, 2):
        (tmp_path / f"{n}.md").write_text(build.TEXT.format(n=n, how="vite"), encoding="utf-8")
    runs = at_once(tmp_path, *(["add", f"{n}.md", *series, "--corpus", "corpus"] for n in (1, 2)))
    assert [code for code, _ in runs] == [0, 0]
    made = build.tree(tmp_path / "corpus")
    shutil.rmtree(tmp_path / "corpus")
    orders = []
    for order in ((1, 2), (2, 1)):
        for n in order:
            assert at_once(tmp_path, ["add", f"{n}.md", *series, "--corpus", "corpus"])[0][0] == 0
        orders.append(build.tree(tmp_path / "corpus"))
        shutil.rmtree(tmp_path / "corpus")
    assert made in orders


@locks
@pytest.mark.parametrize(("other", "codes"), [("vite", [0, 0]), ("enfin", [0, 73])])
def test_one_of_two_that_add_the_same_resolution_in_other_words_refuses(tmp_path, other, codes):
    for name, how in (("1.md", "vite"), ("2.md", other)):
        (tmp_path / name).write_text(build.TEXT.format(n=1, how=how), encoding="utf-8")
    runs = at_once(tmp_path, *[["add", name, "--corpus", "corpus"] for name in ("1.md", "2.md")])
    assert sorted(code for code, _ in runs) == codes
    assert len([name for name in build.tree(tmp_path / "corpus") if name.endswith(".md")]) == 1


@locks
def test_who_waits_too_long_says_so_and_writes_nothing(tmp_path, monkeypatch):
    build.corpus(tmp_path / "corpus", build.THREE)
    monkeypatch.setattr(limits, "LOCK_SECONDS", 0.2)
    with (
        files.alone(tmp_path / "out"),
        pytest.raises(OutputError, check=lambda error: error.code == "folder-held"),
    ):
        build_changelog(Corpus(tmp_path / "corpus"), tmp_path / "out")
    assert build.tree(tmp_path / "out") == {}
    build_changelog(Corpus(tmp_path / "corpus"), tmp_path / "out")


@locks
def test_who_is_killed_holds_nothing(tmp_path):
    line = f"from pathlib import Path; from resdiff import files\nwith files.alone(Path({str(tmp_path / 'out')!r})): "
    line += "print('held', flush=True); import time; time.sleep(60)"
    run = subprocess.Popen([sys.executable, "-c", line], stdout=subprocess.PIPE)
    assert run.stdout.readline() == b"held\n"
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()
    begun = time.monotonic()
    with files.alone(tmp_path / "out"):
        assert time.monotonic() - begun < 1
    assert list((tmp_path / "out").iterdir()) == []


def test_what_must_last_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    done = []
    monkeypatch.setattr(os, "fsync", lambda _: done.append("synced"))
    real = files.Path.replace
    monkeypatch.setattr(files.Path, "replace", lambda *paths: done.append("named") or real(*paths))
    files.write(tmp_path / "x", b"texte")
    assert done == ["synced", "named", "synced"]  # the bytes, then the name
    done.clear()
    files.write(tmp_path / "x", b"texte", lasting=False)
    assert done == ["named"]
