"""The local page in a real Chromium, as a delegate goes: two PDFs, what was read, the report, a link, a Word file."""

import html
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from browsers import PATIENCE

pytest.importorskip("uvicorn", reason="the extra resdiff[web] is not installed")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

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
        context.set_default_timeout(PATIENCE)
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
    playwright.expect(page.locator("#changes")).to_have_count(1)
    page.go_back()
    assert "Voici ce qui a été lu" in page.locator("h1").inner_text()
    second = page.context.new_page()
    second.goto(page.url.partition("/texts")[0])
    playwright.expect(second.locator(".rc li")).to_have_count(1)


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
    playwright.expect(page.locator("#changes")).to_have_count(1)
    page.get_by_role("link", name="Corriger les liens").click()
    page.get_by_role("button", name="Vont ensemble", exact=True).click()
    playwright.expect(page.locator(".pins li")).to_have_count(1)


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
    playwright.expect(page.locator(".counts")).to_have_count(2)
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
    page.wait_for_selector("[role=alert]", timeout=PATIENCE)
    assert "20 Mo" in page.get_by_role("alert").inner_text()
    context.close()


def in_word(path, text, running="Projet de la France"):
    """A text as a person's own Word file: its font, a bold word, a running head."""
    from docx import Document

    made = Document()
    made.sections[0].header.paragraphs[0].text = running
    for line in text.splitlines():
        paragraph = made.add_paragraph()
        first, _, rest = line.partition(" ")
        paragraph.add_run(first).bold = True
        paragraph.add_run(f" {rest}").font.name = "Arial"
    made.save(path)
    return path


def test_the_way_from_two_word_files_and_what_accepting_and_rejecting_all_gives(opened, tmp_path):
    from revisions import main_part, parts, settled, texts

    page = opened()
    old, new = (in_word(tmp_path / f"{name}.docx", text) for name, text in (("base", OLD), ("projet", NEW)))
    page.set_input_files("input[name=old_file]", old)
    page.set_input_files("input[name=new_file]", new)
    page.get_by_role("button", name="Lire les textes").click()
    page.wait_for_url("**/texts/*")
    is_accessible(page)
    page.get_by_role("button", name="Comparer", exact=True).click()
    page.wait_for_url("**/report")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Word, suivi dans mon fichier").click()
    assert saved.value.suggested_filename == "base – modifications suivies.docx"
    data = Path(saved.value.path()).read_bytes()
    for way, text in (("accept", NEW), ("reject", OLD)):
        assert [line for line in texts(settled(data, way)) if line] == text.splitlines()
    heads = [part for name, part in parts(data).items() if "header" in name]
    assert any(b"Projet de la France" in part for part in heads)
    assert b"Arial" in parts(data)[main_part(data)]
    with page.expect_download() as saved:
        page.locator(".save summary").click()
        page.get_by_role("link", name="Word, modifications suivies").click()
    data = Path(saved.value.path()).read_bytes()
    words = {way: " ".join(texts(settled(data, way))) for way in ("accept", "reject")}
    assert "Prie instamment le" in words["accept"]
    assert "Prie le" in words["reject"]
    assert "instamment" not in words["reject"]


def test_the_way_by_symbols_and_the_keyboard_alone(opened):
    page = opened()
    page.locator("#old-symbol").focus()
    page.keyboard.type("72/194")
    page.locator("#new-symbol").focus()
    page.keyboard.type("A/RES/74/175")
    page.keyboard.press("Enter")
    page.wait_for_url("**/texts/*")
    playwright.expect(page.locator(".rd h2", has_text="Lu dans le corpus")).to_have_count(2)
    is_accessible(page)
    compare = page.get_by_role("button", name="Comparer", exact=True)
    compare.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/report")
    assert "72/194" in page.locator("h1").inner_text()
    is_accessible(page)


def test_the_help_in_each_language_on_a_desk_and_on_a_phone(opened):
    page = opened()
    page.get_by_role("link", name="Aide").click()
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 844})
        for lang, other in (("fr", "English"), ("en", "Français")):
            page.locator(f"html[lang={lang}]").wait_for()  # the address is there before the page
            for picture in page.locator(".steps img").all():
                picture.scroll_into_view_if_needed()
                picture.evaluate("image => image.decode()")
                assert picture.evaluate("image => image.naturalWidth") == 1000
            is_accessible(page)
            page.get_by_role("link", name=other).click()
            page.wait_for_url(f"**/aide?lang={'en' if lang == 'fr' else 'fr'}")


def test_a_worker_that_is_killed_is_told_in_a_sentence_and_the_next_try_works(chromium, server):
    """The workers are held, so that both are at work when they are killed."""
    from serving import processes

    context = chromium.new_context(locale="fr-FR")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(server.address())
    page.wait_for_url("**/")
    page.fill("input[name=old_symbol]", "72/194")
    page.fill("input[name=new_symbol]", "74/175")
    (forks,) = (number for number in processes(server.process.pid) if processes(number))
    workers = processes(forks)
    assert workers
    for number in workers:
        os.kill(number, signal.SIGSTOP)
    page.get_by_role("button", name="Lire les textes").click(no_wait_after=True)
    time.sleep(1)
    for number in workers:
        os.kill(number, signal.SIGKILL)
    page.wait_for_selector("[role=alert]")
    assert "Le processus qui faisait ce travail s’est arrêté" in page.get_by_role("alert").first.inner_text()
    page.goto(page.url.partition("/texts")[0])
    page.fill("input[name=old_symbol]", "72/194")
    page.fill("input[name=new_symbol]", "74/175")
    page.get_by_role("button", name="Comparer sans vérifier").click()
    page.wait_for_url("**/report")
    context.close()


def test_a_script_in_a_report_can_send_and_read_nothing(chromium, server):
    """What the policy of the report holds back, asked of the browser itself: it complains, as it should."""
    context = chromium.new_context(locale="fr-FR")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(server.address())
    page.wait_for_url("**/")
    home = page.url
    page.fill("input[name=old_symbol]", "72/194")
    page.fill("input[name=new_symbol]", "74/175")
    page.get_by_role("button", name="Comparer sans vérifier").click()
    page.wait_for_url("**/report")
    fetched = "place => fetch(place).then(() => 'read', () => 'held back')"
    assert page.evaluate(fetched, home) == "held back"
    assert page.evaluate("document.cookie") == ""
    run = (
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = true'})), window.ran"
    )
    assert page.evaluate(run) is None
    context.close()
