"""The changelog of a corpus: complete, deterministic, incremental, and never spoilt by one broken text."""

import json
import os
import re
import shutil
import subprocess
import sys
import time

import build
import pytest

from resdiff import limits
from resdiff.changelog import Reason, Stale, build_changelog, check_changelog, making
from resdiff.comparison import compare
from resdiff.corpus import Corpus, load
from resdiff.errors import OutputError
from resdiff.report.chronicle import chronicle

SERIES = "assistance-technique-terrorisme"


@pytest.fixture
def mine(corpus, tmp_path, pages, remembered):
    """A corpus of one's own; what is made of it is made anew once, beside the ``pages`` that it must be the same as."""
    shutil.copytree(corpus.folder, tmp_path / "corpus")
    return Corpus(tmp_path / "corpus")


@pytest.fixture(scope="session")
def pages(corpus, tmp_path_factory):
    """The pages of the shipped corpus, built once."""
    folder = tmp_path_factory.mktemp("pages")
    assert build_changelog(corpus, folder).built == 2
    return folder


@pytest.fixture
def out(mine, pages, tmp_path):
    """A folder of one's own with the pages of the corpus ``mine``."""
    return shutil.copytree(pages, tmp_path / "out")


@pytest.mark.slow
def test_every_pair_has_its_pages_and_an_index(mine, tmp_path):
    outcome = build_changelog(mine, tmp_path / "out")
    assert (outcome.built, outcome.skipped, outcome.failed) == (2, 0, ())
    names = build.tree(tmp_path / "out")
    assert f"{SERIES}/A-RES-72-194_A-RES-74-175.fr.html" in names
    assert f"{SERIES}/A-RES-74-175_A-RES-78-226.fr.json" in names
    assert {"index.html", "index.md", "index.json", f"{SERIES}/index.md", "manifest.json"} <= names.keys()


@pytest.mark.skipif(os.name == "nt", reason="who makes links there must be allowed to")
@pytest.mark.parametrize("name", ["index.html", "s", "manifest.json", "s/index.md", "atom.xml"])
@pytest.mark.parametrize("where", ["file", "nothing yet", "folder", "device", "pipe"])
def test_reports_that_came_with_links_are_not_written_through(tmp_path, name, where):
    """A repository may hold reports that lead to a file of the person, or to what never ends."""
    build.corpus(tmp_path / "corpus", ("vite", "aussitôt"))
    place = tmp_path / "out" / name
    place.parent.mkdir(parents=True)
    victim = tmp_path / "victim"
    match where:
        case "file":
            victim.write_text("précieux")
        case "folder":
            victim.mkdir()
        case "device":
            victim = "/dev/zero"
        case "pipe":
            os.mkfifo(victim)
    place.symlink_to(victim)
    with pytest.raises(OutputError):
        build_changelog(Corpus(tmp_path / "corpus"), tmp_path / "out")
    match where:
        case "file":
            assert victim.read_text() == "précieux"
        case "nothing yet":
            assert not victim.exists()
        case "folder":
            assert list(victim.iterdir()) == []


@pytest.mark.slow
def test_what_did_not_change_is_not_built_again_and_the_bytes_are_the_same(mine, out):
    first = build.tree(out)
    outcome = build_changelog(mine, out)
    assert (outcome.built, outcome.skipped) == (0, 2)
    assert build.tree(out) == first
    assert build_changelog(mine, out, force=True).built == 2
    assert build.tree(out) == first
    assert check_changelog(mine, out).stale == ()


@pytest.mark.slow
def test_a_correction_rebuilds_its_pairs_only(mine, out):
    text = mine.folder / SERIES / "A-RES-78-226.fr.md"
    text.write_text(text.read_text(encoding="utf-8").replace("biométriques", "biologiques"), encoding="utf-8")
    assert check_changelog(mine, out).stale
    outcome = build_changelog(Corpus(mine.folder), out)
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


def test_pages_of_a_text_that_left_are_removed(mine, out):
    (mine.folder / SERIES / "A-RES-78-226.fr.md").unlink()
    build_changelog(Corpus(mine.folder), out)
    assert not [name for name in build.tree(out) if "78-226" in name]


@pytest.mark.slow
def test_the_command_tells_what_is_stale(command, mine, tmp_path):
    assert command("changelog", "corpus", "-o", "out")[0] == 0
    assert command("changelog", "corpus", "-o", "out", "--check")[0] == 0
    (tmp_path / "out" / "index.html").write_text("autre")
    code, _, errors = command("changelog", "corpus", "-o", "out", "--check")
    assert code == 74
    assert "index.html" in errors


@pytest.mark.slow
def test_a_manifest_that_is_damaged_only_costs_time(mine, out):
    first = build.tree(out)
    (out / "manifest.json").write_text("[]")
    (out / SERIES / "manifest.json").write_text("[]")
    assert build_changelog(mine, out).built == 2
    assert build.tree(out) == first


def test_a_page_that_the_manifest_does_not_vouch_for_is_built_again(mine, out):
    first = build.tree(out)
    (out / f"{SERIES}/A-RES-72-194_A-RES-74-175.fr.html").write_text("d’un autre texte", encoding="utf-8")
    outcome = build_changelog(mine, out)
    assert (outcome.built, outcome.skipped) == (1, 1)
    assert build.tree(out) == first


@pytest.mark.slow
def test_what_is_left_over_is_told_from_what_is_not_current(command, mine, out):
    (out / "index.html").write_text("autre")
    (out / "index.md").unlink()
    (out / SERIES / "A-RES-1-1_A-RES-2-2.fr.html").write_text("d’une série d’hier")
    assert check_changelog(mine, out).stale == (
        Stale(f"{SERIES}/A-RES-1-1_A-RES-2-2.fr.html", Reason.LEFTOVER),
        Stale("index.html", Reason.DIFFERENT),
        Stale("index.md", Reason.MISSING),
    )
    code, _, errors = command("changelog", "corpus", "-o", "out", "--check")
    assert code == 74
    assert ["de trop" in line for line in errors.splitlines()] == [True, False, False]
    build_changelog(mine, out)
    assert [stale.reason for stale in check_changelog(mine, out).stale] == [Reason.LEFTOVER]  # not ours: it stays


def test_a_line_of_the_index_comes_from_the_texts_not_from_a_manifest_of_another_hand(mine, out):
    first = build.tree(out)
    manifest = json.loads(first[f"{SERIES}/manifest.json"])
    for record in manifest["pairs"].values():
        record["line"]["sentences"] = [["Rien ne change."]]
    (out / SERIES / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    build_changelog(mine, out)
    assert build.tree(out) == first


@pytest.mark.slow
def test_a_broken_table_of_one_series_spoils_that_series_only(command, mine, tmp_path):
    tables = ("editions = 3", "editions = [1]", 'editions = ["A/RES/1/1"', "[title\nfr = 'x'", "\x00")
    for name, table in enumerate(tables):
        shutil.copytree(mine.folder / SERIES, mine.folder / f"autre-{name}")
        (mine.folder / f"autre-{name}" / "series.toml").write_text(table)
    code, _, errors = command("changelog", "corpus", "-o", "out")
    assert code == 74
    names = build.tree(tmp_path / "out")
    assert f"{SERIES}/A-RES-72-194_A-RES-74-175.fr.html" in names
    for name, table in enumerate(tables):
        assert [line for line in errors.splitlines() if f"autre-{name}" in line and "series.toml" in line]
        # the order of the editions is not known where the table has one and is broken
        assert (f"autre-{name}/A-RES-72-194_A-RES-74-175.fr.html" in names) == ("editions" not in table)
    assert command("show", "72/194", "--corpus", "corpus")[0] == 0


def test_the_index_of_a_series_that_left_is_removed(mine, out):
    shutil.rmtree(mine.folder / SERIES)
    build_changelog(Corpus(mine.folder), out, lang="en")
    assert {path.name for path in out.iterdir()} == {
        "atom.xml", "index.html", "index.json", "index.md", "manifest.json"
    }  # fmt: skip


@pytest.mark.slow
def test_what_a_killed_run_left_is_swept(mine, tmp_path):
    for folder in (tmp_path / "out", tmp_path / "out" / SERIES):
        folder.mkdir(parents=True)
        (folder / ".resdiff-999999999-0").write_text("à demi")
    build_changelog(mine, tmp_path / "out")
    assert check_changelog(mine, tmp_path / "out").stale == ()


# ---- what lies beside a page ----------------------------------------------------------------------------------------


def beside(folder, stem):
    """The addresses in the page of a pair that lead to other files."""
    page = (folder / SERIES / f"{stem}.fr.html").read_text(encoding="utf-8")
    return set(re.findall(r'href="([^"#]+\.(?:html|md|json))"', page))


FIRST, SECOND = "A-RES-72-194_A-RES-74-175", "A-RES-74-175_A-RES-78-226"


def test_the_page_of_a_pair_leads_to_those_beside_it(pages):
    first = {"index.html", f"{SECOND}.fr.html", f"{FIRST}.fr.md", f"{FIRST}.fr.json"}
    assert beside(pages, FIRST) == first
    assert beside(pages, SECOND) == {"index.html", f"{FIRST}.fr.html", f"{SECOND}.fr.md", f"{SECOND}.fr.json"}


def test_an_edition_that_comes_or_goes_changes_the_page_beside_it_only(mine, out):
    first = build.tree(out)
    text = mine.folder / SERIES / "A-RES-78-226.fr.md"
    data = text.read_bytes()
    text.unlink()
    outcome = build_changelog(Corpus(mine.folder), out)
    assert (outcome.built, outcome.skipped) == (1, 0)
    assert f"{SECOND}.fr.html" not in beside(out, FIRST)
    changed = {name for name, page in build.tree(out).items() if page != first[name] and FIRST in name}
    assert changed == {f"{SERIES}/{FIRST}.fr.html"}
    text.write_bytes(data)
    assert build_changelog(Corpus(mine.folder), out).built == 2
    assert build.tree(out) == first


@pytest.mark.slow
def test_no_page_leads_to_a_pair_that_failed(mine, out):
    text = mine.folder / SERIES / "A-RES-78-226.fr.md"
    data = text.read_bytes()
    text.write_text("---\nsymbol: [\n---\n")
    assert build_changelog(Corpus(mine.folder), out).built == 1
    assert f"{SECOND}.fr.html" not in beside(out, FIRST)
    again = build_changelog(Corpus(mine.folder), out)
    assert (again.built, again.skipped, len(again.failed)) == (0, 1, 1)
    assert check_changelog(Corpus(mine.folder), out).stale == ()
    text.write_bytes(data)
    assert build_changelog(Corpus(mine.folder), out).built == 2
    assert f"{SECOND}.fr.html" in beside(out, FIRST)


@pytest.mark.slow
def test_pages_of_years_come_and_go_with_the_number_of_pairs(mine, out, monkeypatch):
    first = build.tree(out)
    monkeypatch.setattr("resdiff.report.blocks.LATEST", 1)
    monkeypatch.setattr("resdiff.report.front.LATEST", 1)
    build_changelog(mine, out, force=True)
    years = {f"{year}.{form}" for year in (2019, 2023) for form in ("html", "md", "json")}
    assert build.tree(out).keys() - first.keys() == years
    assert check_changelog(mine, out).stale == ()
    monkeypatch.undo()
    build_changelog(mine, out, force=True)
    assert build.tree(out) == first


# ---- the command: where the site lies, and what is wrong with a call -------------------------------------------------


@pytest.mark.slow
def test_the_feeds_have_the_address_of_the_site(command, mine, tmp_path):
    call = ("changelog", "corpus", "-o", "out", "--site-url", "https://exemple.org/r")
    assert command(*call)[0] == 0
    feeds = [(tmp_path / "out" / name).read_text(encoding="utf-8") for name in ("atom.xml", f"{SERIES}/atom.xml")]
    assert all(f'href="https://exemple.org/r/{SERIES}/{FIRST}.fr.html"' in feed for feed in feeds)
    assert command(*call, "--check")[0] == 0
    code, _, errors = command("changelog", "corpus", "-o", "out", "--check")
    assert code == 74
    assert re.findall(r"out/\S*\.\w+", errors) == [f"out/{SERIES}/atom.xml", "out/atom.xml", "out/manifest.json"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    [
        "exemple.org",
        "ftp://exemple.org",
        "https://",
        "https://[::1",
        "javascript:alert(1)",
        "https://x.org/?a",
        "https://é.org",
        "https://x.org/a b",
        'https://x.org/"',
    ],
)
def test_what_is_no_address_of_a_site_is_one_sentence(command, mine, tmp_path, address):
    code, _, errors = command("changelog", "corpus", "-o", "out", "--site-url", address)
    assert code == 2
    assert errors.startswith("resdiff : «")
    assert errors.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_without_resolutions_is_one_sentence(command, tmp_path):
    (tmp_path / "vide" / "serie").mkdir(parents=True)
    (tmp_path / "vide" / "notes.txt").write_text("rien")
    code, _, errors = command("changelog", "vide", "-o", "out")
    assert code == 66
    assert "aucune résolution" in errors
    assert errors.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_file_where_the_reports_should_go_is_one_sentence(command, mine, tmp_path):
    (tmp_path / "out").write_text("un fichier")
    code, _, errors = command("changelog", "corpus", "-o", "out")
    assert code == 73
    assert errors.count("\n") == 1
    assert "un fichier porte déjà ce nom" in errors
    assert (tmp_path / "out").read_text() == "un fichier"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ('[title]\nfr = "Pêche"\nen = "Fishing"', "Fishing"),
        ('[title]\nfr = "Pêche"', "Pêche"),
        ('title = "Pêche"', "Pêche"),
    ],
)
def test_a_series_is_called_in_the_language_of_the_reader(mine, tmp_path, table, wanted):
    (mine.folder / SERIES / "series.toml").write_text(table, encoding="utf-8")
    build_changelog(Corpus(mine.folder), tmp_path / "out", lang="en")
    assert f"<bdi>{wanted}</bdi>" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


# ---- one pair fails -------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault", [IndexError("string index out of range"), RecursionError(), MemoryError(), KeyError(3)]
)
def test_a_fault_of_ours_spoils_one_pair_and_is_one_line(mine, tmp_path, monkeypatch, fault):
    real = making.compare

    def faulty(old, new, **options):
        if new.symbol.endswith("78/226"):
            raise fault
        return real(old, new, **options)

    monkeypatch.setattr(making, "compare", faulty)
    outcome = build_changelog(mine, tmp_path / "out")
    assert outcome.built == 1
    ((place, why),) = outcome.failed
    assert place.endswith("A-RES-74-175_A-RES-78-226.fr")
    assert type(fault).__name__ in why
    assert type(fault).__name__ in (tmp_path / "out" / "index.md").read_text(encoding="utf-8")
    assert "faulty" in outcome.traces[0]
    assert check_changelog(mine, tmp_path / "out").stale == ()
    assert check_changelog(mine, tmp_path / "out").failed == outcome.failed


@pytest.mark.slow
def test_what_is_not_read_of_a_corpus_is_told(command, mine, tmp_path):
    shelf = mine.folder / SERIES
    os.mkfifo(shelf / "A-RES-80-1.fr.md")
    (shelf / "A-RES-81-1.fr.md").symlink_to("/etc/passwd")
    with (shelf / "A-RES-82-1.fr.md").open("wb") as file:
        file.truncate(3_000_000_000)  # nothing of it is written to the disk
    code, _, errors = command("changelog", "corpus", "-o", "out")
    assert code == 74
    lines = errors.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("resdiff : ") for line in lines)
    assert "20\u00a0Mo" in errors
    outcome = build_changelog(mine, tmp_path / "again")
    assert (outcome.built, outcome.skipped, len(outcome.failed)) == (2, 0, 3)  # no pair of them failed
    assert not [name for name in build.tree(tmp_path / "out") if "80-1" in name or "81-1" in name]


@pytest.mark.slow
def test_an_interrupt_is_one_sentence(mine, tmp_path):
    line = "import signal,sys; from resdiff.changelog import making as c; from resdiff.cli import main\n"
    line += "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a job in the background ignores it
    line += (
        "c._page = lambda *a: signal.raise_signal(signal.SIGINT)\nsys.argv = ['resdiff', 'changelog', 'corpus']\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", line], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode == 130
    assert done.stderr.decode("utf-8").startswith("resdiff : Interrompu")
    assert done.stderr.count(b"\n") == 1


# ---- series told as a whole -----------------------------------------------------------------------------------------


@pytest.fixture
def three(tmp_path, remembered):
    build.corpus(tmp_path / "corpus", build.THREE)
    return Corpus(tmp_path / "corpus")


def test_a_series_of_three_is_told_as_a_whole_and_its_page_leads_there(three, tmp_path):
    build_changelog(three, tmp_path / "out")
    pages = build.tree(tmp_path / "out")
    assert {"s/history.fr.html", "s/history.fr.md", "s/history.fr.json"} <= pages.keys()
    assert 'href="history.fr.html"' in pages["s/index.html"].decode()
    assert "(history.fr.md)" in pages["s/index.md"].decode()
    assert 'href="index.html"' in pages["s/history.fr.html"].decode()
    assert check_changelog(three, tmp_path / "out").stale == ()


def test_what_is_told_of_a_series_is_kept_until_a_text_changes(three, tmp_path, monkeypatch):
    build_changelog(three, tmp_path / "out")
    before = build.tree(tmp_path / "out")
    traced = []
    monkeypatch.setattr(making, "chronicle", lambda *given: traced.append(given) or chronicle(*given))
    build_changelog(three, tmp_path / "out")
    assert (traced, build.tree(tmp_path / "out")) == ([], before)
    build.corpus(three.folder, ("vite", "peu à peu", "aussitôt"))
    build_changelog(Corpus(three.folder), tmp_path / "out")
    assert len(traced) == 1
    assert "peu à peu" in build.tree(tmp_path / "out")["s/history.fr.html"].decode()


def test_a_series_that_is_two_again_has_its_page_no_more(three, tmp_path):
    build_changelog(three, tmp_path / "out")
    build.corpus(three.folder, build.THREE[:2])
    build_changelog(Corpus(three.folder), tmp_path / "out")
    assert not [name for name in build.tree(tmp_path / "out") if "history" in name]


def test_a_fault_of_ours_on_a_series_is_one_line(three, tmp_path, monkeypatch):
    def broken(*_):
        raise RuntimeError("faute")

    monkeypatch.setattr(making, "chronicle", broken)
    outcome = build_changelog(three, tmp_path / "out")
    assert [place for place, _ in outcome.failed] == ["s/history.fr"]
    assert "history.fr" not in build.tree(tmp_path / "out")["s/index.html"].decode()


# ---- several series at once -----------------------------------------------------------------------------------------


@pytest.fixture
def many(tmp_path):
    """A corpus of four series of three editions."""
    build.corpus(tmp_path / "corpus", build.THREE)
    for name in "tuv":
        shutil.copytree(tmp_path / "corpus" / "s", tmp_path / "corpus" / name)
    return Corpus(tmp_path / "corpus")


@pytest.mark.slow
def test_the_bytes_are_the_same_whatever_the_number_of_processes(many, tmp_path):
    steps = {1: [], 3: []}
    outcomes = [build_changelog(many, tmp_path / str(n), step=steps[n].append, jobs=n) for n in steps]
    assert outcomes[0] == outcomes[1]
    for moved in steps.values():
        assert sum(each.pairs for each in moved) == 8
        assert sorted(each.done.key for each in moved if each.done) == ["s", "t", "u", "v"]
    assert build.tree(tmp_path / "1") == build.tree(tmp_path / "3")
    assert check_changelog(many, tmp_path / "3", jobs=3).stale == ()
    again = build_changelog(many, tmp_path / "3", jobs=3)
    assert (again.built, again.skipped) == (0, 8)


def test_a_fault_in_another_process_spoils_its_own_pairs(many, tmp_path, monkeypatch):
    def faulty(old, new, **given):
        if old.symbol == "A/RES/90/1" and "mal" in old.title:
            raise RuntimeError("faute")
        return compare(old, new, **given)

    for path in (many.folder / "t").glob("*.md"):
        path.write_text(path.read_text("utf-8").replace("language:", 'title: "mal"\nlanguage:'), "utf-8")
    monkeypatch.setattr(making, "compare", faulty)
    outcome = build_changelog(many, tmp_path / "out", jobs=2)
    assert [place for place, _ in outcome.failed if "_" in place] == ["t/A-RES-90-1_A-RES-91-1.fr"]
    assert outcome.built == 7


def test_a_process_that_dies_takes_no_other_series_along(many, tmp_path, monkeypatch):
    parent = os.getpid()

    def deadly(edition):
        if edition.path.parent.name == "t" and os.getpid() != parent:
            os._exit(9)
        return load(edition)

    monkeypatch.setattr(making, "load", deadly)
    outcome = build_changelog(many, tmp_path / "out", jobs=2)
    assert {place.partition("/")[0] for place, _ in outcome.failed} == {"t"}
    assert all("deux fois" in why for _, why in outcome.failed)
    assert outcome.built == 6
    assert "t/history.fr.html" not in build.tree(tmp_path / "out")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="no other system ends a process with its parent")
def test_a_run_that_is_killed_leaves_no_process_that_holds_the_folder(many, tmp_path):
    code = "import resdiff.changelog.making as c, sys, time; load = c.load\n"
    code += "def slow(e): time.sleep(3); return load(e)\nc.load = slow\n"
    code += (
        "from pathlib import Path\nfrom resdiff.changelog import build_changelog\nfrom resdiff.corpus import Corpus\n"
    )
    code += "build_changelog(Corpus(Path(sys.argv[1])), Path(sys.argv[2]), jobs=2)"
    run = subprocess.Popen([sys.executable, "-c", code, many.folder, tmp_path / "out"])
    time.sleep(2.5)
    run.kill()
    run.wait()
    start = time.monotonic()
    assert build_changelog(many, tmp_path / "out").built == 8
    assert time.monotonic() - start < limits.LOCK_SECONDS / 2
