"""Changelogs of corpora that are large, or only looked at in part."""

import json
import re
import shutil
import subprocess

import build
import pytest
from changelogs import many, site

from resdiff.changelog import build_changelog, check_changelog, making, remote
from resdiff.corpus import Corpus
from resdiff.errors import OutputError, UsageError
from resdiff.rendering import render
from resdiff.report import Outline, outline


@pytest.fixture
def corpus(tmp_path):
    """Two series of three editions."""
    build.corpus(tmp_path / "corpus", build.THREE)
    shutil.copytree(tmp_path / "corpus" / "s", tmp_path / "corpus" / "t")
    return Corpus(tmp_path / "corpus")


def edit(corpus, key, edition=0):
    text = corpus.folder / key / f"A-RES-9{edition}-1.fr.md"
    text.write_text(text.read_text("utf-8").replace("vite", "tout de suite"), "utf-8")


# ---- each text once -------------------------------------------------------------------------------------------------


def test_a_text_is_read_once_and_compared_once_whatever_the_number_of_pairs(tmp_path, monkeypatch):
    build.corpus(tmp_path / "corpus", ("vite", "plus vite", "très vite", "aussitôt", "enfin"))
    asked = {"load": [], "compare": [], "recognize": []}

    def counted(name, real):
        def count(*given, **named):
            asked[name].append(given)
            return real(*given, **named)

        return count

    for name in asked:
        monkeypatch.setattr(making, name, counted(name, getattr(making, name)))
    monkeypatch.setattr("resdiff.series.lineage.compare", None)  # not asked at all: lives are led on
    monkeypatch.setattr("resdiff.series.lineage._changes", None)
    assert build_changelog(Corpus(tmp_path / "corpus"), tmp_path / "out").failed == ()
    assert {name: len(calls) for name, calls in asked.items()} == {"load": 5, "compare": 4, "recognize": 5}
    assert "s/history.fr.html" in build.tree(tmp_path / "out")


# ---- in part --------------------------------------------------------------------------------------------------------


def test_only_what_is_named_is_looked_at_and_the_others_stay_on_the_front_pages(corpus, tmp_path):
    build_changelog(corpus, tmp_path / "out")
    before = build.tree(tmp_path / "out")
    for key in "st":
        edit(corpus, key)
    outcome = build_changelog(Corpus(corpus.folder), tmp_path / "out", only=["s"])
    assert (outcome.built, outcome.skipped) == (2, 0)
    after = build.tree(tmp_path / "out")
    changed = {name.partition("/")[0] for name in after if after[name] != before.get(name)}
    assert "s" in changed
    assert "t" not in changed
    assert len(json.loads(after["index.json"])["series"]) == 2
    assert check_changelog(Corpus(corpus.folder), tmp_path / "out", only=["s"]).stale == ()
    stale = check_changelog(Corpus(corpus.folder), tmp_path / "out").stale
    assert {each.name.partition("/")[0] for each in stale} >= {"t"}


def test_a_series_that_was_never_built_is_left_out_where_it_is_not_named(corpus, tmp_path):
    build_changelog(corpus, tmp_path / "out", only=["s"])
    pages = build.tree(tmp_path / "out")
    assert len(json.loads(pages["index.json"])["series"]) == 1
    assert not [name for name in pages if name.startswith("t/")]
    build_changelog(corpus, tmp_path / "out")
    build_changelog(corpus, tmp_path / "whole")
    assert build.tree(tmp_path / "out") == build.tree(tmp_path / "whole")


def test_a_series_that_is_not_there_is_one_sentence(command, corpus):
    code, _, errors = command("changelog", "corpus", "--only", "u")
    assert (code, errors.count("\n")) == (66, 1)
    assert "« u »" in errors.replace("\u00a0", " ")


def test_a_series_is_named_by_a_symbol_too_and_the_one_that_goes_on_so_is_proposed(command, corpus, tmp_path):
    shutil.rmtree(corpus.folder / "t")
    (corpus.folder / "s").rename(corpus.folder / "s-1946")
    assert "s-1946" in command("changelog", "corpus", "--only", "s")[2]
    assert command("changelog", "corpus", "-o", "out", "--only", "90/1")[0] == 0
    assert (tmp_path / "out" / "s-1946" / "index.html").exists()


@pytest.mark.slow
def test_git_tells_which_series_changed(command, corpus, tmp_path):
    def git(*call):
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@x", *call], cwd=tmp_path, check=True)

    git("init", "-q")
    git("add", "corpus")
    git("commit", "-qm", "textes")
    assert command("changelog", "corpus")[0] == 0
    before = build.tree(tmp_path / "reports")
    for key in "st":
        edit(corpus, key)
    git("commit", "-qam", "corrige")
    git("checkout", "-q", "HEAD~1", "--", "corpus/t")
    (tmp_path / "reports" / "t" / "history.fr.md").write_text("pas regardé")
    code, _, errors = command("changelog", "corpus", "--since", "HEAD~1")
    assert (code, "Deux séries ont" in errors) == (74, True)  # the texts of the two are no more the same
    after = build.tree(tmp_path / "reports")
    assert after["t/history.fr.md"].decode() == "pas regardé"
    assert after["s/A-RES-90-1_A-RES-91-1.fr.md"] != before["s/A-RES-90-1_A-RES-91-1.fr.md"]
    for revision, wanted in (("nulle-part", 66), ("--help", 2), ("", 2)):
        code, _, errors = command("changelog", "corpus", "--since", revision)
        assert (code, errors.count("\n")) == (wanted, 1), revision


def test_where_git_tells_nothing_that_is_one_sentence(command, corpus):
    code, _, errors = command("changelog", "corpus", "--since", "HEAD")
    assert (code, errors.count("\n")) == (66, 1)
    assert "git" in errors


# ---- nothing to tell ------------------------------------------------------------------------------------------------


def test_a_corpus_of_single_texts_is_an_error_with_the_way_out(command, tmp_path):
    build.corpus(tmp_path / "corpus", build.THREE[:1])
    code, _, errors = command("changelog", "corpus")
    assert (code, errors.count("\n")) == (66, 1)
    assert "resdiff add" in errors
    assert not (tmp_path / "reports").exists()


def test_a_folder_of_plain_texts_is_an_error_with_the_way_out(command, tmp_path):
    (tmp_path / "textes" / "2019").mkdir(parents=True)
    (tmp_path / "textes" / "2019" / "a.txt").write_text(build.TEXT.format(n=1, how="vite"), "utf-8")
    code, _, errors = command("changelog", "textes")
    assert (code, errors.count("\n")) == (66, 1)
    assert "resdiff add textes --corpus corpus" in errors


def test_a_corpus_of_which_nothing_can_be_read_is_an_error(command, tmp_path):
    (tmp_path / "corpus" / "s").mkdir(parents=True)
    (tmp_path / "corpus" / "s" / "A-RES-90-1.fr.md").symlink_to("/etc/passwd")
    code, _, errors = command("changelog", "corpus")
    assert (code, errors.count("\n")) == (66, 1)
    assert "A-RES-90-1.fr.md" in errors


# ---- how it gets on -------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_in_the_log_of_a_job_each_series_is_a_line(command, corpus):
    code, said, errors = command("changelog", "corpus", "--jobs", "1", env={"CI": "true"})
    assert (code, said) == (0, "")
    assert [line.partition("\u00a0:")[0] for line in errors.splitlines()] == ["s", "t"]
    assert re.search(r"\(4 sur 4\s; [\d,]+ par seconde, reste 0:00\)", errors)
    assert command("changelog", "corpus", env={"CI": "true"})[2] == ""  # nothing was to be done


# ---- elsewhere than in a folder -------------------------------------------------------------------------------------


def test_a_place_on_the_net_holds_the_same_bytes(corpus, tmp_path):
    fsspec = pytest.importorskip("fsspec", reason="the extra “cluster” is not installed")
    system = fsspec.filesystem("memory")
    build_changelog(corpus, tmp_path / "out")
    for _ in range(2):
        outcome = build_changelog(corpus, remote.remote("memory://seau/rapports"))
        names = {name.removeprefix("/seau/rapports/"): name for name in system.find("/seau/rapports")}
        assert {name: system.cat_file(path) for name, path in names.items()} == build.tree(tmp_path / "out")
    assert (outcome.built, outcome.skipped) == (0, 4)
    shutil.rmtree(corpus.folder / "t")
    build_changelog(Corpus(corpus.folder), remote.remote("memory://seau/rapports"))
    assert not [name for name in system.find("/seau/rapports") if "/t/" in name]
    system.rm("/seau", recursive=True)


@pytest.mark.parametrize("address", ["inconnu://x", "s3:///"])
def test_a_place_that_nothing_speaks_to_is_told(address):
    pytest.importorskip("fsspec", reason="the extra “cluster” is not installed")
    with pytest.raises((UsageError, OutputError)):
        remote.remote(address).put("index.html", b"x")


# ---- front pages of many --------------------------------------------------------------------------------------------


def outlined(series):
    """The series with outlines in the places of their pairs."""
    return {
        key: type(listing)(listing.title, tuple(outline(pair, pair.stem) for pair in listing.pairs))
        for key, listing in series.items()
    }


@pytest.mark.slow
def test_a_large_corpus_has_a_page_of_search_and_lists_of_series_by_letter():
    pages = site(outlined(many(3_000)))
    assert {stem for stem in pages if "/" not in stem and not stem.isdigit()} == {"index", "search", "series-s"}
    top = pages["index"]
    assert top.brief
    assert all(isinstance(pair, Outline) for _, pair in top.shown)
    assert "application/json" not in render(top, "html").decode()
    assert 'href="series-s.html"' in render(top, "html").decode()
    assert "(series-s.md)" in render(top, "md").decode()
    document = json.loads(render(top, "json"))
    assert [(row["count"], row["pairs"]) for row in document["series"]] == [(10, [])] * 300
    assert document["series"][0]["page"]["json"] == "serie-000/index.json"
    found = render(pages["search"], "html").decode()
    data = json.loads(re.search(r'id="data">(.*?)</script>', found)[1])
    assert len(data["pairs"]) == 3_000
    letters = render(pages["series-s"], "html").decode()
    assert letters.count('/index.html"><bdi>') == 300
    assert "<script" not in letters


def test_titles_are_sorted_without_accents_and_those_without_letter_stand_last():
    from resdiff.report import front

    letters = [front._letter(title) for title in ("Élections", "« Œuvre »", "1540 (2004)", "L’eau", "安全")]
    assert letters == ["e", "o", "0", "l", "0"]


@pytest.mark.parametrize(
    "words", [["changelog", "-o", "out"], ["gate", "--gate", "routine-only"], ["changed", "--since", "HEAD"]]
)
def test_without_a_corpus_of_ones_own_nothing_is_done_with_the_shipped_one(command, tmp_path, words):
    """Else a job of CI that names its folder wrong would publish other people's resolutions, and fail on them."""
    code, _, errors = command(*words, env={"RESDIFF_CORPUS": ""})
    assert (code, errors.count("\n")) == (66, 1)
    assert "resdiff add DOSSIER --corpus corpus" in errors.replace("\u00a0", " ")
    assert not any(tmp_path.iterdir())
