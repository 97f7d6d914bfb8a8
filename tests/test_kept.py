"""Readings kept from run to run: the same result, never stale, never in the way."""

import stat

import pytest

from resdiff.cli import kept
from resdiff.cli.texts import Desk

TEXT = "A/RES/90/1\n\nL’Assemblée générale,\n\n1. Prie le Secrétaire général de lui faire rapport ;\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def readings(tmp_path):
    return sorted((tmp_path / "kept").glob("*.json"))


def test_a_reading_comes_back_the_same(corpus, tmp_path):
    resolution = corpus.get("74/175")
    kept.save(tmp_path / "kept", "x", resolution)
    assert kept.load(tmp_path / "kept", "x") == resolution
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o700


def test_a_text_is_read_once(file, tmp_path, monkeypatch):
    desk = Desk(readings=tmp_path / "kept")
    first = desk.resolution(str(file))
    assert len(readings(tmp_path)) == 1
    monkeypatch.setattr(Desk, "_read", lambda *_: pytest.fail("read again"))
    assert desk.resolution(str(file)) == first


def test_an_edit_or_another_way_of_reading_is_another_reading(file, tmp_path):
    desk = Desk(readings=tmp_path / "kept")
    desk.resolution(str(file))
    file.write_text(TEXT.replace("rapport", "compte rendu"), encoding="utf-8")
    assert "compte rendu" in desk.resolution(str(file)).body[0].text
    Desk(readings=tmp_path / "kept", repair="off").resolution(str(file))
    assert len(readings(tmp_path)) == 3


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"symbol": 3}', b"\xff\xfe"])
def test_a_damaged_reading_is_made_again(file, tmp_path, damage):
    desk = Desk(readings=tmp_path / "kept")
    first = desk.resolution(str(file))
    (only,) = readings(tmp_path)
    only.write_bytes(damage)
    assert desk.resolution(str(file)) == first
    assert only.read_bytes() != damage


def test_a_folder_that_cannot_be_made_is_no_error(file, tmp_path):
    (tmp_path / "kept").write_text("un fichier")
    assert Desk(readings=tmp_path / "kept").resolution(str(file)).symbol == "A/RES/90/1"


def test_the_key_depends_on_the_readers():
    assert kept.key(b"x", ".txt") != kept.key(b"x", ".md") != kept.key(b"y", ".md")
    assert kept.key(b"x", ".txt") == kept.key(b"x", ".txt")


def test_without_the_cache_the_command_says_the_same(command):
    assert command("72/194", "74/175") == command("72/194", "74/175", "--no-cache")
