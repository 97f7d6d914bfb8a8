"""The report as PDF: a browser or LibreOffice makes it, or one sentence names both; never half a file."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from build import resolution

from resdiff import outside
from resdiff.comparison import compare
from resdiff.errors import OutputError
from resdiff.rendering import pdf, render
from resdiff.report import build

OLD, NEW = "72/194", "74/175"
needs_chromium = pytest.mark.skipif(not pdf.browser(), reason="no Chromium is installed")
needs_office = pytest.mark.skipif(not outside.office(), reason="LibreOffice is not installed")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
posix = pytest.mark.skipif(os.name != "posix", reason="the program is a script")


@pytest.fixture(scope="module")
def report():
    old, new = resolution("Prie l’Office d’aider"), resolution("Demande à l’Office d’aider", adopted="2019-12-18")
    return build(compare(old, new))


@pytest.fixture
def place(monkeypatch):
    """A folder for all temporary files; its path is short, for a socket of Chromium stands below it."""
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


def text_of(data):
    return subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


@needs_chromium
@needs_poppler
@pytest.mark.slow
def test_chromium_prints_the_page_the_same_each_time(report, place, monkeypatch):
    monkeypatch.setattr(outside, "office", lambda: None)
    made = render(report, "pdf")
    assert "Demande" in text_of(made) and "Prie" in text_of(made)
    assert b"D:20191218000000" in made
    time.sleep(1.1)
    assert render(report, "pdf") == made
    assert list(place.iterdir()) == []


@needs_office
@needs_poppler
@pytest.mark.slow
def test_libreoffice_prints_where_there_is_no_browser(report, place, monkeypatch):
    monkeypatch.setattr(pdf, "browser", lambda: None)
    made = render(report, "pdf")
    assert "Demande" in text_of(made) and "Prie" in text_of(made)
    assert list(place.iterdir()) == []


@needs_chromium
@pytest.mark.slow
def test_the_command_writes_it(command, tmp_path):
    code, out, errors = command(OLD, NEW, "-o", "x.pdf")
    assert (code, out, errors) == (0, "", "")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF-")
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]


def test_without_a_program_one_sentence_names_both(command, tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"before")
    nowhere = {"PATH": str(tmp_path)}
    code, out, errors = command(OLD, NEW, "-o", "y.html", "-o", "x.pdf", env=nowhere)
    assert (code, out, errors.count("\n")) == (73, "", 1)
    assert "Chromium" in errors and "LibreOffice" in errors
    assert (tmp_path / "x.pdf").read_bytes() == b"before"
    assert not (tmp_path / "y.html").exists()
    assert "Chromium" in command(OLD, NEW, "-o", "x.pdf", "--lang", "en", env=nowhere)[2]


WAYS = {
    "fails": "sys.exit(1)",
    "prints nothing": "",
    "writes half": "open(made, 'wb').write(b'%PDF-1.4 half of it')",
    "writes another thing": "open(made, 'wb').write(b'<html>%%EOF')",
    "writes too much": "open(made, 'wb').write(b'%PDF-' + bytes(40_000_000) + b'%%EOF')",
    "takes too long": "import subprocess; subprocess.Popen(['sleep', '60']); time.sleep(60)",
    "dies": "os.kill(os.getpid(), 11)",
}


@pytest.mark.slow
@posix
@pytest.mark.parametrize("way", WAYS)
def test_a_browser_that_does_not_do_its_work_leaves_nothing(report, tmp_path, place, monkeypatch, way):
    program = tmp_path / "chromium"
    made = "made = next(each for each in sys.argv if each.startswith('--print-to-pdf=')).partition('=')[2]"
    program.write_text(f"#!{sys.executable}\nimport os, sys, time\n{made}\n{WAYS[way]}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(pdf, "browser", lambda: str(program))
    monkeypatch.setattr(outside, "office", lambda: None)
    monkeypatch.setattr(pdf, "PRINT_SECONDS", 1.0)
    begun = time.monotonic()
    with pytest.raises(OutputError, check=lambda error: error.code == "pdf-failed"):
        render(report, "pdf")
    assert time.monotonic() - begun < 10
    assert list(place.iterdir()) == []


@posix
def test_the_browser_is_asked_for_no_network_and_for_no_folder_of_the_person(report, monkeypatch):
    seen = []

    def look(call, folder, seconds, *, memory):
        seen.append(call)
        (folder / "page.pdf").write_bytes(b"%PDF-1.4 %%EOF")
        return b""

    monkeypatch.setattr(outside, "run", look)
    monkeypatch.setattr(pdf, "browser", lambda: "/usr/bin/chromium")
    assert render(report, "pdf") == b"%PDF-1.4 %%EOF"
    (call,) = seen
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in call
    assert any(each.startswith("--user-data-dir=") and "resdiff-" in each for each in call)
    assert ("--no-sandbox" in call) is (os.geteuid() == 0)


@posix
def test_without_a_sandbox_a_browser_is_asked_again(report, monkeypatch):
    seen = []

    def look(call, folder, seconds, *, memory):
        seen.append("--no-sandbox" in call)
        if seen[-1]:
            (folder / "page.pdf").write_bytes(b"%PDF-1.4 %%EOF")
        return b"" if seen[-1] else None

    monkeypatch.setattr(outside, "run", look)
    monkeypatch.setattr(pdf.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(pdf, "browser", lambda: "/usr/bin/chromium")
    assert render(report, "pdf")
    assert seen == [False, True]
