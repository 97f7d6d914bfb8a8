"""The cache: the same result, never stale, never in the way, and a text that is compared with several is read once."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from resdiff import parsing, recognition
from resdiff.cli import cache, output
from resdiff.cli.desk import Desk, ReadingOptions
from resdiff.cli.output import LookOptions
from resdiff.model import Resolution

TEXT = "A/RES/90/1\n\nL’Assemblée générale,\n\n1. Prie le Secrétaire général de lui faire rapport ;\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def other(tmp_path):
    path = tmp_path / "y.txt"
    path.write_text(TEXT.replace("rapport", "compte rendu"), encoding="utf-8")
    return path


@pytest.fixture
def readings(monkeypatch):
    """What was done so far to which text, by the name of the stage and the last word of the text."""
    done = []

    def counted(stage, last_word):
        def count(text, **given):
            done.append((stage.__name__, last_word(text)))
            return stage(text, **given)

        return count

    monkeypatch.setattr(parsing, "parse", counted(parsing.parse, lambda source: source.text.split()[-2]))
    surveyed = counted(recognition.recognize, lambda resolution: resolution.body[-1].text.split()[-2])
    monkeypatch.setattr(recognition, "recognize", surveyed)
    return done


@pytest.fixture
def fresh():
    """What made a value is hashed once a process; here it is hashed again at each call of this function."""
    yield cache._makers.cache_clear
    cache._makers.cache_clear()


def values(tmp_path):
    return sorted((tmp_path / "cache").glob("*.json"))


def test_a_reading_comes_back_the_same(corpus, tmp_path):
    resolution = Desk(ReadingOptions(corpus=corpus.folder)).resolution("74/175")
    cache.save(tmp_path / "cache", "x", resolution)
    assert cache.load(tmp_path / "cache", "x", Resolution) == resolution
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


def test_a_text_is_read_once(file, tmp_path, readings):
    reader = Desk(cache=tmp_path / "cache")
    assert reader.resolution(str(file)) == reader.resolution(str(file))
    assert len(values(tmp_path)) == len(readings) == 1


@pytest.mark.slow
def test_a_pair_that_shares_a_text_reads_only_the_other_one(file, other, tmp_path, readings):
    third = tmp_path / "z.txt"
    third.write_text(TEXT.replace("faire rapport", "parler"), encoding="utf-8")
    reader = Desk(cache=tmp_path / "cache")
    reader.compare(str(file), str(other))
    assert sorted(readings) == [(stage, word) for stage in ("parse", "recognize") for word in ("rapport", "rendu")]
    reader.compare(str(file), str(third))
    reader.compare(str(third), str(other))
    assert readings[4:] == [("parse", "parler"), ("recognize", "parler")]


@pytest.mark.slow
def test_another_process_reads_no_text_that_the_cache_has(tmp_path, corpus):
    """The third run imports no reader: both texts are known, though this pair was never compared."""
    asked = "import os, sys; from resdiff.cli import main\nos._exit = sys.exit\n"
    asked += "try: main()\nfinally: print('resdiff.parsing' in sys.modules)"

    def run(*args):
        environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path), "RESDIFF_CORPUS": str(corpus.folder)}
        call = [sys.executable, "-c", asked, *args, "-o", str(tmp_path / "x.json")]
        done = subprocess.run(call, env=environment, capture_output=True, text=True, check=True).stdout.strip()
        return done, len(list((tmp_path / "resdiff/results").iterdir()))

    assert run("72/194", "74/175") == ("True", 5)  # two texts, what is known of each, the comparison
    assert run("74/175", "78/226") == ("True", 8)  # one text more
    assert run("72/194", "78/226") == ("False", 9)
    assert run("72/194", "78/226") == ("False", 9)


def test_an_edit_or_another_way_of_reading_is_another_reading(file, tmp_path):
    reader = Desk(cache=tmp_path / "cache")
    reader.resolution(str(file))
    file.write_text(TEXT.replace("rapport", "compte rendu"), encoding="utf-8")
    assert "compte rendu" in reader.resolution(str(file)).body[0].text
    Desk(ReadingOptions(repair="off"), tmp_path / "cache").resolution(str(file))
    assert len(values(tmp_path)) == 3


def test_an_edit_that_keeps_size_and_date_is_seen(file, tmp_path):
    reader, about = Desk(cache=tmp_path / "cache"), file.stat()
    reader.resolution(str(file))
    file.write_text(TEXT.replace("rapport", "exposes"), encoding="utf-8")
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (about.st_size, about.st_mtime_ns)
    assert "exposes" in reader.resolution(str(file)).body[0].text


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"symbol": 3}', b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_reading_is_made_again(file, tmp_path, damage):
    reader = Desk(cache=tmp_path / "cache")
    first = reader.resolution(str(file))
    (only,) = values(tmp_path)
    only.write_bytes(damage)
    assert reader.resolution(str(file)) == first
    assert only.read_bytes() != damage


def test_a_value_that_lost_a_bit_is_made_again_though_its_type_is_right(file, other, tmp_path):
    """A place in a text that points elsewhere would break the report, or mark the wrong words."""
    reader = Desk(cache=tmp_path / "cache")
    first = reader.compare(str(file), str(other))
    for path in values(tmp_path):
        sound = path.read_bytes()
        for place in [n for n, byte in enumerate(sound) if 48 <= byte <= 57][-40::4]:
            path.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
            assert reader.compare(str(file), str(other)) == first
        path.write_bytes(sound)


def test_a_value_under_the_name_of_another_is_made_again(file, other, tmp_path):
    reader = Desk(cache=tmp_path / "cache")
    reader.resolution(str(file))
    (one,) = values(tmp_path)
    second = reader.resolution(str(other))
    (two,) = set(values(tmp_path)) - {one}
    one.replace(two)
    assert reader.resolution(str(other)) == second


# ---- the name of a value --------------------------------------------------------------------------------------------


def test_the_key_depends_on_every_part():
    assert cache.key(b"x", b".txt") != cache.key(b"x", b".md") != cache.key(b"y", b".md")
    assert cache.key(b"x", b".txt") == cache.key(b"x", b".txt")
    assert cache.key(b"a", b"bc") != cache.key(b"ab", b"c")


def test_the_key_depends_on_the_contents_of_our_own_files(tmp_path, monkeypatch, fresh):
    """An edit that keeps the size and the date of a module, a table or a style makes another name.

    One of the local page does not, nor one of a copy of a table, which is no copy any more.
    """
    module, table, style = tmp_path / "parsing/x.py", tmp_path / "data/x.toml", tmp_path / "rendering/x.css"
    page, copy = tmp_path / "web/x.py", tmp_path / "built/x.json"
    for path in (module, table, style, page, copy):
        path.parent.mkdir()
        path.write_text("a = 1\n")
    (tmp_path / "cli").mkdir()
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "cli/cache.py"))

    def key():
        fresh()
        return cache.key(b"x")

    before = key()
    for path in (module, table, style, page, copy):
        about = path.stat()
        path.write_text("a = 2\n")
        os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
        after = key()
        assert (after == before) == (path in (page, copy))
        before = after
    module.rename(module.with_name("y.py"))
    assert key() != before
    (tmp_path / "data/gone.toml").symlink_to("nowhere")
    key()


def test_every_stage_has_a_part_but_those_that_only_show():
    package = Path(cache.__file__).parent.parent
    counted = {Path(path).relative_to(package).parts[0] for path in cache._sources(str(package))}
    assert {"reading", "parsing", "alignment", "marking", "comparison", "judgement", "recognition"} <= counted
    assert {"data", "language", "repair", "model.py", "symbol.py", "report", "rendering"} <= counted
    assert not counted & cache.NO_PART


def test_the_key_depends_on_the_versions_of_the_libraries(tmp_path, monkeypatch, fresh):
    names = cache._libraries()
    assert [name for name in names if name.lower().startswith("msgspec-")]
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "absent.zip")])
    keys = set()
    for name in ("lxml-5.0.dist-info", "lxml-5.1.dist-info"):
        (tmp_path / name).mkdir()
        fresh()
        keys.add(cache.key(b"x"))
        (tmp_path / name).rmdir()
    assert len(keys) == 2


# ---- the folder -----------------------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_made_is_no_error(file, tmp_path):
    (tmp_path / "cache").write_text("un fichier")
    assert Desk(cache=tmp_path / "cache").resolution(str(file)).symbol == "A/RES/90/1"


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o777, 0o702])
def test_a_folder_that_others_can_open_is_not_used(tmp_path, monkeypatch, mode):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    place = cache.folder("results")
    assert place == tmp_path / "resdiff/results"
    cache.save(place, "x", ["planted"])
    place.chmod(mode)
    assert cache.folder("results") is None
    assert cache.load(place, "x", list[str]) is None
    cache.save(place, "y", ["y"])
    assert [path.name for path in place.iterdir()] == ["x.json"]


def test_a_home_of_caches_that_depends_on_where_one_stands_is_none(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", "caches")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.home() == tmp_path / ".cache" / "resdiff"


def test_a_folder_of_another_person_or_behind_a_link_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    place = cache.folder("results")
    monkeypatch.setattr(os, "geteuid", lambda: place.stat().st_uid + 1)
    assert cache.folder("results") is None
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    assert cache.folder("results") is None


def test_a_home_that_is_none_keeps_nothing(monkeypatch, tmp_path):
    for home in ("/proc/nowhere", str(tmp_path / "x" / "\0"), "/dev/null"):
        monkeypatch.setattr(cache, "home", lambda home=home: Path(home))
        assert cache.folder("results") is None


def test_a_full_disk_stops_nothing(file, tmp_path, monkeypatch):
    def full(*_, **__):
        raise cache.OutputError("output-unwritable", "x", "No space left on device")

    monkeypatch.setattr(cache.files, "write", full)
    reader = Desk(cache=tmp_path / "cache")
    assert reader.resolution(str(file)).symbol == "A/RES/90/1"
    assert values(tmp_path) == []


@pytest.mark.slow
def test_without_the_cache_the_command_says_the_same(command):
    assert command("72/194", "74/175") == command("72/194", "74/175", "--no-cache")


@pytest.mark.slow
def test_without_the_cache_nothing_is_written(command, tmp_path):
    place = tmp_path / "caches"
    assert command("72/194", "74/175", "--no-cache", "-o", "x.html", env={"XDG_CACHE_HOME": str(place)})[0] == 0
    assert command("show", "74/175", env={"XDG_CACHE_HOME": str(place)})[0] == 0
    assert not place.exists()


def test_a_comparison_is_made_once_and_again_when_anything_it_rests_on_changes(file, other, tmp_path):
    reader = Desk(cache=tmp_path / "cache")
    first = reader.compare(str(file), str(other))
    assert len(values(tmp_path)) == 5
    assert reader.compare(str(file), str(other)) == first == Desk().compare(str(file), str(other))
    links = tmp_path / "links.toml"
    links.write_text('[[forbid]]\nold = "op1"\nnew = "op1"\n')
    assert {c.kind for c in reader.compare(str(file), str(other), links).changes} == {"added", "removed"}
    assert len(values(tmp_path)) == 6


def test_a_report_is_written_once_and_again_when_anything_it_rests_on_changes(file, other, tmp_path, monkeypatch):
    made, render = [], output.render
    monkeypatch.setattr(output, "render", lambda what, form, options: made.append(form) or render(what, form, options))
    comparison = Desk().compare(str(file), str(other))

    def written(name="x.html", what=comparison, kept=tmp_path / "cache", beside=(), lang="fr", **look):
        there = tmp_path / name
        there.unlink(missing_ok=True)
        outputs = (str(there), *(str(tmp_path / each) for each in beside))
        output.deliver(what, outputs, None, LookOptions(**look), lang=lang, kept=kept)
        return there.read_bytes()

    first = written()
    assert written() == first == written(kept=None)
    assert made == ["html", "html"]  # the second of the three was kept
    others = [written(lang="en"), written(label_old="base"), written(beside=["x.csv"])]
    assert len({first, *others}) == len(others) + 1
    plain = written("x.md")
    assert len({first, plain, written("x.md", md_style="critic"), written("x.json"), written("x.json", lang="en")}) == 5
    other.write_text(TEXT.replace("rapport", "connaissance"), encoding="utf-8")
    assert written("x.md", Desk().compare(str(file), str(other))) != plain
    made.clear()
    assert written("x.md") == plain
    assert made == []
    for path in values(tmp_path):
        path.write_bytes(path.read_bytes()[:-9] + b'AAAAAAA="')
    assert written("x.md") == plain
    assert made == ["md"]


def test_what_another_program_writes_is_not_kept(real_pair, tmp_path, monkeypatch):
    monkeypatch.setattr(output, "render", lambda *_: b"%PDF")
    output.deliver(real_pair, (str(tmp_path / "x.pdf"),), None, LookOptions(), kept=tmp_path / "cache")
    assert values(tmp_path) == []
    output.deliver(real_pair, (str(tmp_path / "x.md"),), None, LookOptions(), kept=tmp_path / "cache")
    assert len(values(tmp_path)) == 1


def test_only_the_newest_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "MOST", 3)
    for name in "abcde":
        cache.save(tmp_path / "cache", name, [name])
    assert [path.stem for path in values(tmp_path)] == ["c", "d", "e"]
