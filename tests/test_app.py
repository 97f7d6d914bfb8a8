"""The folder that scripts/build-app makes: built, unpacked elsewhere, started and driven without any Python around."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("PyInstaller", reason="pyinstaller is not installed: pip install 'resdiff[app]'")
pytestmark = pytest.mark.slow

from handmade_pdf import drawn  # noqa: E402
from serving import left, processes, serving  # noqa: E402
from test_web import NEW, OLD  # noqa: E402
from visitors import word_file  # noqa: E402

ROOT = Path(__file__).parents[1]
MOST = 150_000_000  # bytes, unpacked


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder as a person unpacks it; RESDIFF_APP names a zip that is there already."""
    place = tmp_path_factory.mktemp("app")
    packed = os.environ.get("RESDIFF_APP")
    if not packed:
        subprocess.run([sys.executable, ROOT / "scripts/build-app", "--out", place / "dist"], check=True)
        (packed,) = (place / "dist").glob("*.zip")
    with zipfile.ZipFile(packed) as file:
        file.extractall(place / "dossier à moi")
    shutil.rmtree(place / "dist", ignore_errors=True)
    made = place / "dossier à moi" / "resdiff"
    (made / "resdiff").chmod(0o755)  # zipfile forgets it; unzip, Finder and Explorer do not need it
    return made


@pytest.fixture
def bare(tmp_path):
    """The surroundings of a machine without Python, and a home that is empty."""
    return {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def test_it_is_one_folder_with_all_in_it(folder):
    assert sum(path.stat().st_size for path in folder.rglob("*")) < MOST
    inside = folder / "_internal" / "resdiff"
    for name in ("web/templates/home.html", "web/static/web.js", "data/fr/topics.toml", "data/built/fr/topics.json"):
        assert (inside / name).is_file(), name
    assert any((inside / "corpus_data").rglob("*.md"))


def test_the_page_of_the_folder_compares_two_texts_and_ends(folder, bare, tmp_path):
    call = [folder / "resdiff", "serve", "--no-browser", "--port", "0"]
    with serving(call, env=bare, cwd=tmp_path) as page:
        client = page.visitor()
        home = client.get("/").text
        assert "Comparer deux textes" in home
        assert "74/175" in home
        for old in (("old.txt", OLD.encode()), ("base.docx", word_file(OLD))):
            files = {"old_file": old, "new_file": ("new.txt", NEW.encode())}
            report = client.post("/texts", files=files, data={"then": "compare"})
            assert report.url.path.endswith("/report"), report.text
            assert "instamment" in report.text
        at = re.match(r"/texts/[\w-]+", report.url.path)[0]
        for name, start in (
            ("onto?take=1", b"PK"),
            ("report.docx", b"PK"),
            ("report.xlsx", b"PK"),
            ("report.json", b"{"),
        ):
            assert client.get(f"{at}/{name}").content.startswith(start), name
        pdf = drawn(b"BT /F 12 Tf 72 700 Td (Prie le Secretaire general de lui presenter un rapport.) Tj ET")
        read = client.post("/texts", files={"old_file": ("a.pdf", pdf)})
        assert "Prie le Secretaire general" in read.text
        assert client.get("/aide").status_code == 200
        started = processes(page.process.pid)
        assert started
        assert page.stop() in (0, 130)
    assert left(started) == set()


def test_a_double_click_opens_the_page_and_a_second_one_another(folder, bare, tmp_path):
    nowhere = bare | {"PATH": str(tmp_path)}  # no browser is found there, so the address is told
    with serving([folder / "resdiff"], env=nowhere) as first, serving([folder / "resdiff"], env=nowhere) as second:
        bases = [page.visitor().base_url for page in (first, second)]
        assert bases[0] != bases[1]
        assert [page.stop() for page in (first, second)] in ([0, 0], [130, 130])


def test_the_command_of_the_folder_is_the_command(folder, bare, tmp_path):
    run = subprocess.run(
        [folder / "resdiff", "72/194", "74/175", "--format", "json"],
        env=bare,
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    same = subprocess.run(
        [sys.executable, "-m", "resdiff", "72/194", "74/175", "--format", "json", "--corpus", ROOT / "corpus"],
        capture_output=True, cwd=ROOT, check=True, env=os.environ | {"XDG_CACHE_HOME": str(tmp_path)},
    )  # fmt: skip
    assert run.stdout == same.stdout
