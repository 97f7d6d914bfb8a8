"""Files are written whole or not at all."""

import errno
import os
import stat

import pytest
from conftest import person

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
    for path in (tmp_path / "x" / "y.html", tmp_path / "x" / "y" / "z.html"):
        with pytest.raises(OutputError) as error:
            files.write(path, b"")
        assert error.value.values[1] == os.strerror(errno.ENOTDIR)


@pytest.mark.parametrize("stop", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()])
def test_what_stops_the_writing_leaves_the_old_file_alone(tmp_path, monkeypatch, stop):
    def fail(*_):
        raise stop

    (tmp_path / "x.txt").write_text("ancien")
    monkeypatch.setattr(files.Path, "replace", fail)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        files.write(tmp_path / "x.txt", b"nouveau")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("x.txt", "ancien")]


def test_a_file_left_by_another_is_not_touched(tmp_path):
    left = tmp_path / f".resdiff-{os.getpid()}-0"
    left.symlink_to(tmp_path / "elsewhere.txt")
    files.write(tmp_path / "x.txt", b"texte")
    assert left.is_symlink()
    assert not (tmp_path / "elsewhere.txt").exists()
    assert (tmp_path / "x.txt").read_bytes() == b"texte"


def test_the_mask_of_the_process_applies(tmp_path):
    mask = os.umask(0o027)
    try:
        files.write(tmp_path / "x.txt", b"texte")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "x.txt").stat().st_mode) == 0o640


def test_a_device_is_written_to_not_replaced():
    files.write(files.Path(os.devnull), b"rien")
    assert not files.Path(os.devnull).is_file()


def test_a_file_that_only_its_owner_reads_stays_so(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("ancien")
    path.chmod(0o600)
    files.write(path, b"nouveau")
    assert (stat.S_IMODE(path.stat().st_mode), path.read_bytes()) == (0o600, b"nouveau")


@person
def test_a_file_that_may_not_be_written_is_left_alone(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("ancien")
    path.chmod(0o400)
    with pytest.raises(OutputError):
        files.write(path, b"nouveau")
    assert path.read_text() == "ancien"


def test_what_a_killed_process_left_is_swept_and_what_another_writes_is_not(tmp_path):
    for name in (
        f".resdiff-{os.getpid()}-0",
        ".resdiff-999999999-3",
        f".resdiff-{os.getppid()}-0",
        ".resdiff-x-1",
        "a",
    ):
        (tmp_path / name).write_text("")
    files.sweep(tmp_path)
    files.sweep(tmp_path / "nowhere")
    assert {path.name for path in tmp_path.iterdir()} == {f".resdiff-{os.getppid()}-0", ".resdiff-x-1", "a"}
