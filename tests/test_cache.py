"""Readings kept from run to run: the same result, never stale, never in the way."""

import stat

import pytest

from resdiff.cli import cache
from resdiff.cli.desk import Desk, compared
from resdiff.model import Resolution

TEXT = "A/RES/90/1\n\nL’Assemblée générale,\n\n1. Prie le Secrétaire général de lui faire rapport ;\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def readings(tmp_path):
    return sorted((tmp_path / "cache").glob("*.json"))


def test_a_reading_comes_back_the_same(corpus, tmp_path):
    resolution = corpus.get("74/175")
    cache.save(tmp_path / "cache", "x", resolution)
    assert cache.load(tmp_path / "cache", "x", Resolution) == resolution
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


def test_a_text_is_read_once(file, tmp_path, monkeypatch):
    desk = Desk(cache=tmp_path / "cache")
    first = desk.resolution(str(file))
    assert len(readings(tmp_path)) == 1
    monkeypatch.setattr(Desk, "_read", lambda *_: pytest.fail("read again"))
    assert desk.resolution(str(file)) == first


def test_an_edit_or_another_way_of_reading_is_another_reading(file, tmp_path):
    desk = Desk(cache=tmp_path / "cache")
    desk.resolution(str(file))
    file.write_text(TEXT.replace("rapport", "compte rendu"), encoding="utf-8")
    assert "compte rendu" in desk.resolution(str(file)).body[0].text
    Desk(cache=tmp_path / "cache", repair="off").resolution(str(file))
    assert len(readings(tmp_path)) == 3


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"symbol": 3}', b"\xff\xfe"])
def test_a_damaged_reading_is_made_again(file, tmp_path, damage):
    desk = Desk(cache=tmp_path / "cache")
    first = desk.resolution(str(file))
    (only,) = readings(tmp_path)
    only.write_bytes(damage)
    assert desk.resolution(str(file)) == first
    assert only.read_bytes() != damage


def test_a_folder_that_cannot_be_made_is_no_error(file, tmp_path):
    (tmp_path / "cache").write_text("un fichier")
    assert Desk(cache=tmp_path / "cache").resolution(str(file)).symbol == "A/RES/90/1"


def test_the_key_depends_on_the_readers():
    assert cache.key(b"x", b".txt") != cache.key(b"x", b".md") != cache.key(b"y", b".md")
    assert cache.key(b"x", b".txt") == cache.key(b"x", b".txt")
    assert cache.key(b"a", b"bc") != cache.key(b"ab", b"c")


def test_without_the_cache_the_command_says_the_same(command):
    assert command("72/194", "74/175") == command("72/194", "74/175", "--no-cache")


def test_a_comparison_is_made_once_and_again_when_anything_it_rests_on_changes(file, tmp_path):
    other = tmp_path / "y.txt"
    other.write_text(TEXT.replace("rapport", "compte rendu"), encoding="utf-8")
    desk = Desk(cache=tmp_path / "cache")
    first = compared(desk, str(file), str(other))
    assert len(readings(tmp_path)) == 3
    assert compared(desk, str(file), str(other)) == first == compared(Desk(), str(file), str(other))
    links = tmp_path / "links.toml"
    links.write_text('[[forbid]]\nold = "op1"\nnew = "op1"\n')
    assert {c.kind for c in compared(desk, str(file), str(other), links).changes} == {"added", "removed"}
    assert len(readings(tmp_path)) == 4


def test_only_the_newest_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "MOST", 3)
    for name in "abcde":
        cache.save(tmp_path / "cache", name, [name])
    assert [path.stem for path in readings(tmp_path)] == ["c", "d", "e"]
