"""Programs outside, LibreOffice and tesseract: they end at their limits, and with us; a script plays the program."""

import errno
import os
import signal
import subprocess
import sys
import tempfile
import time

import pytest

from resdiff import limits, outside
from resdiff.errors import OutputError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the program is a script")


@pytest.fixture
def program(tmp_path):
    """A program that does what these lines of Python say; the files it leaves are in the folder."""

    def make(lines):
        path = tmp_path / "soffice"
        path.write_text(f"#!{sys.executable}\nimport os, subprocess, sys, time\n{lines}\n", encoding="utf-8")
        path.chmod(0o755)
        return [str(path)]

    return make


def is_over(number):
    """Whether a process is no more; one that nobody has asked after yet is."""
    try:
        with open(f"/proc/{number}/stat", encoding="ascii") as file:  # noqa: PTH123
            return file.read().split()[2] == "Z"
    except FileNotFoundError:
        return True


def wait_for(check):
    end = time.monotonic() + 10
    while not check() and time.monotonic() < end:
        time.sleep(0.05)
    assert check()


def test_what_a_program_prints_comes_back(program, tmp_path):
    assert outside.run(program("print('texte')"), tmp_path, 20) == b"texte\n"
    assert outside.run(program("print('texte'); sys.exit(3)"), tmp_path, 20) is None
    assert outside.run([str(tmp_path / "none")], tmp_path, 20) is None


def test_a_full_disk_for_temporary_files_is_told_as_such(monkeypatch, tmp_path):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path / "page.pgm"))

    with pytest.raises(OutputError) as error, outside.workplace() as folder:
        full(folder)
    assert error.value.values == (str(tmp_path / "page.pgm"), os.strerror(errno.ENOSPC))
    assert not folder.exists()
    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(OutputError), outside.workplace():
        pass


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps every limit")
@pytest.mark.parametrize(
    "lines",
    [
        "while True: pass",
        "bytearray(2 * 2**30)",
        "open('large', 'wb').write(bytes(60_000_000))",
        "subprocess.run([sys.executable, '-c', 'bytearray(2 * 2**30)'], check=True)",
    ],
    ids=["time", "memory", "disk", "what it starts"],
)
def test_a_program_ends_at_its_limits(program, tmp_path, monkeypatch, lines):
    monkeypatch.setattr(outside, "PROGRAM_SECONDS", 1)
    monkeypatch.chdir(tmp_path)
    assert outside.run(program(lines), tmp_path, 20) is None
    large = tmp_path / "large"
    assert not large.exists() or large.stat().st_size <= limits.PROGRAM_FILE


CHILD = "print(subprocess.Popen(['sleep', '60']).pid, file=open('child', 'w'), flush=True)\n"


@pytest.mark.slow
def test_what_takes_too_long_is_stopped_with_what_it_started(program, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    start = time.monotonic()
    assert outside.run(program(f"{CHILD}time.sleep(60)"), tmp_path, 1.5) is None
    assert time.monotonic() - start < 10
    wait_for(lambda: is_over(int((tmp_path / "child").read_text())))


def _as_from_a_terminal():
    """What a job in the background, or ``nohup``, has ignored is heard again."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_who_is_told_to_end_leaves_nothing(program, tmp_path, number):
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 1. Prie ;}")
    work = tmp_path / "work"
    work.mkdir()
    program(f"os.chdir({str(tmp_path)!r})\n{CHILD}time.sleep(60)")
    environment = os.environ | {"TMPDIR": str(work), "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    run = subprocess.Popen(
        [sys.executable, "-m", "resdiff", "show", "a.rtf", "--repair", "off"],
        cwd=tmp_path,
        env=environment,
        stderr=subprocess.DEVNULL,
        preexec_fn=_as_from_a_terminal,
    )
    wait_for(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text())
    run.send_signal(number)
    assert run.wait(20) == 130
    assert list(work.iterdir()) == []
    wait_for(lambda: is_over(int((tmp_path / "child").read_text())))
