"""Files are written whole or not at all."""

import os

import pytest

from resdiff import files
from resdiff.errors import OutputError


def test_a_file_is_written_with_its_folders(tmp_path):
    files.write(tmp_path / "a" / "b.txt", b"texte")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"texte"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]


def test_a_file_is_replaced_through_a_link(tmp_path):
    (tmp_path / "real.txt").write_text("ancien")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    files.write(tmp_path / "link.txt", b"nouveau")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"nouveau"


def test_a_folder_in_the_way_is_an_error_and_leaves_nothing(tmp_path):
    (tmp_path / "x.html").mkdir()
    with pytest.raises(OutputError) as error:
        files.write(tmp_path / "x.html", b"")
    assert error.value.code == "output-unwritable"
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]


def test_a_file_in_place_of_the_folder_is_an_error(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(OutputError):
        files.write(tmp_path / "x" / "y.html", b"")


def test_a_device_is_written_to_not_replaced():
    files.write(files.Path(os.devnull), b"rien")
    assert not files.Path(os.devnull).is_file()
