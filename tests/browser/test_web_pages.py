"""The local page in a real Chromium, as a delegate goes: two PDFs, what was read, the report, a link, a Word file."""

import html
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
pytest.importorskip("uvicorn", reason="the extra resdiff[web] is not installed")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if not CHROMIUM:
    pytest.skip("no Chromium found: apt install chromium", allow_module_level=True)

ROOT = Path(__file__).parents[2]
OLD = """\
L’Assemblée générale,
Rappelant sa résolution 70/1 du 25 septembre 2015, intitulée « Transformer notre monde »,
Consciente des difficultés que connaissent les pays en développement,
1. Prie le Secrétaire général de lui présenter un rapport à sa soixante-dixième session ;
2. Engage les États Membres à coopérer pleinement avec l’Office ;
3. Décide de rester saisie de la question."""
NEW = (
    OLD.replace("Prie le", "Prie instamment le")
    .replace("pleinement ", "")
    .replace("3. Décide", "3. Note le rapport ;\n4. Décide")
)


class Server:
    """``resdiff serve`` as a person starts it; ``address()`` is the next one that opens a session."""

    def __init__(self, cache):
        environment = os.environ | {"XDG_CACHE_HOME": str(cache), "PYTHONUNBUFFERED": "1"}
        call = [
            sys.executable,
            "-m",
            "resdiff",
            "serve",
            "--no-browser",
            "--port",
            "0",
            "--corpus",
            str(ROOT / "corpus"),
        ]
        self.process = subprocess.Popen(call, stderr=subprocess.PIPE, text=True, env=environment)

    def address(self):
        for line in self.process.stderr:
            if found := re.search(r"http\S+/open\?token=\S+", line):
                return found[0]
        raise AssertionError("the page ended")


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    started = Server(tmp_path_factory.mktemp("cache"))
    yield started
    started.process.send_signal(signal.SIGINT)
    assert started.process.wait(15) in (0, 130)
    started.process.stderr.close()


@pytest.fixture(scope="module")
def pdfs(chromium, tmp_path_factory):
    """The two texts printed: PDF files as people have them."""
    folder, page = tmp_path_factory.mktemp("pdf"), chromium.new_page()
    for name, text in (("ancien", OLD), ("nouveau", NEW)):
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
        page.set_content(f"<body style='font:12pt serif;width:16cm'>{lines}")
        page.pdf(path=folder / f"{name}.pdf", format="A4")
    page.close()
    return [folder / "ancien.pdf", folder / "nouveau.pdf"]


@pytest.fixture
def opened(chromium, server):
    """Opens the page for a new person; whatever the browser complains about fails the test."""
    contexts, complaints = [], []

    def open_page(width=1400, height=900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="fr-FR", **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        address = server.address()
        for _ in range(60):
            try:
                page.goto(address)
                break
            except playwright.Error:
                time.sleep(0.25)
        page.wait_for_url("**/")
        page.wait_for_load_state()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def is_accessible(page):
    found = axe.Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_way_from_two_pdfs_to_a_word_file(opened, pdfs):
    page = opened()
    is_accessible(page)
    page.set_input_files("input[name=old_file]", pdfs[0])
    page.set_input_files("input[name=new_file]", pdfs[1])
    page.get_by_role("button", name="Lire les textes").click()
    page.wait_for_url("**/texts/*")
    assert page.locator(".counts dd").all_inner_texts()[:2] == ["2", "3"]
    is_accessible(page)
    page.get_by_role("button", name="Comparer", exact=True).click()
    page.wait_for_url("**/report")
    assert page.locator("#changes ins", has_text="instamment").count() >= 1
    is_accessible(page)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Word, modifications suivies").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"PK")
    page.reload()
    assert page.locator("#changes").count() == 1
    page.go_back()
    assert "Voici ce qui a été lu" in page.locator("h1").inner_text()
    second = page.context.new_page()
    second.goto(page.url.partition("/texts")[0])
    assert second.locator(".rc li").count() == 1


def test_a_link_is_parted_by_a_click_and_compared_again_at_once(opened, pdfs):
    page = opened()
    page.set_input_files("input[name=old_file]", pdfs[0])
    page.set_input_files("input[name=new_file]", pdfs[1])
    page.get_by_role("button", name="Comparer sans vérifier").click()
    page.wait_for_url("**/report")
    page.locator('.row[data-new="op1"] button.tools').click()
    page.locator("#apart button").first.click()
    page.wait_for_url("**/report#op1")
    page.wait_for_selector('.row.add[data-new="op1"]')
    page.locator(".save summary").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="links.toml").click()
    assert Path(saved.value.path()).read_text() == '[[forbid]]\nold = "op1"\nnew = "op1"\n'
    page.get_by_role("link", name="Corriger les liens").click()
    is_accessible(page)
    page.get_by_role("button", name="Tout annuler").click()
    page.get_by_role("link", name="Retour au rapport").click()
    page.wait_for_selector('.row.mod[data-new="op1"]')


def test_without_script_on_a_phone_in_the_dark(opened, pdfs):
    page = opened(390, 844, java_script_enabled=False, color_scheme="dark")
    page.set_input_files("input[name=old_file]", pdfs[0])
    page.fill("input[name=new_symbol]", "74/175")
    page.get_by_role("button", name="Lire les textes").click()
    page.get_by_role("button", name="Comparer", exact=True).click()
    assert page.locator("#changes").count() == 1
    page.get_by_role("link", name="Corriger les liens").click()
    page.get_by_role("button", name="Vont ensemble", exact=True).click()
    assert page.locator(".pins li").count() == 1


def test_a_broken_file_is_told_and_another_one_taken(opened, pdfs, tmp_path):
    page = opened()
    broken = tmp_path / "coupé.docx"
    broken.write_bytes(b"PK\x03\x04" + bytes(90))
    page.set_input_files("input[name=old_file]", broken)
    page.set_input_files("input[name=new_file]", pdfs[1])
    page.get_by_role("button", name="Lire les textes").click()
    assert "coupé.docx" in page.get_by_role("alert").inner_text()
    is_accessible(page)
    page.set_input_files("input[name=old_file]", pdfs[0])
    page.locator("section[data-side=old]").get_by_role("button", name="Lire", exact=True).click()
    page.wait_for_function("document.querySelectorAll('.counts').length === 2")
    assert page.get_by_role("alert").count() == 0


def test_what_is_too_large_is_told_where_the_browser_was_still_sending(chromium, server, tmp_path):
    large = tmp_path / "gros.pdf"
    large.write_bytes(b"%PDF-1.7 " + bytes(60_000_000))
    context = chromium.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(server.address())
    page.wait_for_url("**/")
    page.set_input_files("input[name=old_file]", large)
    page.get_by_role("button", name="Lire les textes").click()
    page.wait_for_selector("[role=alert]", timeout=30_000)
    assert "20 Mo" in page.get_by_role("alert").inner_text()
    context.close()
