"""The pages beside the report in a real Chromium: each from its form to its files, on a phone, without script."""

import re
import zipfile
from pathlib import Path

import pytest
from test_web_pages import is_accessible, opened, server  # noqa: F401 - fixtures
from visitors import word_file

playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")

TEXT = """\
L’Assemblée générale,

Rappelant sa résolution 74/175 du 18 décembre 2019,

1. Engage les États Membres à renforcer la coopération internationale ;

2. Prie l’Office d’étudier les ballons dirigeables des archipels lointains ;

3. Décide de rester saisie de la question.
"""
TOOLS = ("series", "search", "check", "compile", "draft")
PHONE = {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """A base as a Word file, and two drafts on it."""
    folder = tmp_path_factory.mktemp("texts")
    drafts = {"base": TEXT, "a": TEXT.replace("Engage", "Exhorte"), "b": TEXT.replace("Engage", "Invite")}
    for name, text in drafts.items():
        (folder / f"{name}.docx").write_bytes(word_file(text))
    return folder


def looks_right(page):
    """No violation and nothing wider than the window: wide, dark, on a phone."""
    for size, scheme in (({"width": 1400, "height": 900}, "light"), (PHONE, "light"), (PHONE, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        is_accessible(page)
    page.set_viewport_size({"width": 1400, "height": 900})
    page.emulate_media(color_scheme="light")


def saved(page, name):
    with page.expect_download() as file:
        page.get_by_role("link", name=name).first.click()
    return Path(file.value.path()).read_bytes()


@pytest.mark.parametrize("tool", TOOLS)
def test_each_form_is_one_click_away_and_accessible(opened, tool):  # noqa: F811
    page = opened()
    page.click(f'nav a[href="/{tool}"]')
    page.wait_for_url(f"**/{tool}")
    looks_right(page)
    page.click(".tongue")
    assert page.locator("html").get_attribute("lang") == "en"
    is_accessible(page)


def test_a_series_a_paragraph_and_the_origins(opened):  # noqa: F811
    page = opened()
    page.click('nav a[href="/series"]')
    page.get_by_role("button", name="Vie des paragraphes").click()
    page.wait_for_url("**/lives")
    looks_right(page)
    page.locator("svg a").nth(3).click()
    playwright.expect(page.locator("details[open]")).not_to_have_count(0)  # following a link takes its time
    page.fill(".ask input", "par. 9")
    page.keyboard.press("Enter")
    page.wait_for_url("**par=par*")
    playwright.expect(page.locator("details.life")).to_have_count(1)
    looks_right(page)
    page.get_by_role("link", name="Origine des mots").click()
    page.wait_for_url("**/origins*")
    page.get_by_role("link", name="Tous les paragraphes").click()
    looks_right(page)
    assert saved(page, "Word").startswith(b"PK")


def test_words_are_searched_and_refined(opened):  # noqa: F811
    page = opened()
    page.click('nav a[href="/search"]')
    page.fill("#q", "preuves électroniques")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark")
    looks_right(page)
    page.get_by_role("link", name="Affiner la recherche").click()
    page.fill("#since", "2023")
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_selector("mark")
    assert page.locator("article").count() >= 1
    page.go_back()
    playwright.expect(page.locator("#q")).to_have_value("preuves électroniques")


def test_a_draft_is_checked_in_its_own_file(opened, texts):  # noqa: F811
    page = opened()
    page.click('nav a[href="/check"]')
    page.set_input_files("input[name=text_file]", texts / "base.docx")
    page.get_by_role("button", name="Relire").click()
    page.wait_for_url("**/check/*")
    looks_right(page)
    (texts / "saved.docx").write_bytes(saved(page, "Word, commentaires dans mon fichier"))
    with zipfile.ZipFile(texts / "saved.docx") as packed:
        assert "word/comments.xml" in packed.namelist()


def test_drafts_are_compiled_and_taken_out(opened, texts):  # noqa: F811
    page = opened()
    page.click('nav a[href="/compile"]')
    page.set_input_files("input[name=base_file]", texts / "base.docx")
    for row, name in enumerate("ab", 1):
        page.fill(f"input[name=name_{row}]", name.upper())
        page.set_input_files(f"input[name=draft_{row}]", texts / f"{name}.docx")
    page.get_by_role("button", name="Réunir les projets").click()
    page.wait_for_url("**/compile/*")
    playwright.expect(page.locator(".cf")).to_have_count(1)
    looks_right(page)
    page.get_by_role("link", name="Extraire le texte").click()
    looks_right(page)
    assert "Invite" in saved(page, "Texte de B, Texte brut").decode()


def test_a_next_edition_is_begun(opened):  # noqa: F811
    page = opened()
    page.click('nav a[href="/draft"]')
    page.fill("#text-symbol", "78/226")
    page.get_by_role("button", name="Commencer le projet").click()
    page.wait_for_url("**/draft/*")
    looks_right(page)
    assert saved(page, "Word").startswith(b"PK")


def test_what_is_wrong_is_told_on_the_form(opened, tmp_path):  # noqa: F811
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    page = opened()
    page.click('nav a[href="/check"]')
    page.set_input_files("input[name=text_file]", tmp_path / "image.png")
    page.fill("#lines", "Décide de rester saisie de la question.")
    page.get_by_role("button", name="Relire").click()
    assert "image.png" in page.locator("[role=alert]").inner_text()
    assert page.locator("#lines").input_value() == "Décide de rester saisie de la question."
    looks_right(page)


def test_it_all_works_without_script(opened, texts):  # noqa: F811
    page = opened(java_script_enabled=False)
    page.click('nav a[href="/series"]')
    page.get_by_role("button", name="Vie des paragraphes").click()
    page.wait_for_url("**/lives")
    page.click('nav a[href="/check"]')
    page.set_input_files("input[name=text_file]", texts / "base.docx")
    page.get_by_role("button", name="Relire").click()
    page.wait_for_url(re.compile("/check/"))
    playwright.expect(page.locator("article.p")).to_have_count(4)
    page.click('nav a[href="/search"]')
    page.fill("#q", "coopération")
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_selector("mark")
