"""The HTML report in a real Chromium: every control, the keyboard, deep links, no script, accessibility."""

import re
import shutil
from pathlib import Path

import pytest
from judging import judged
from msgspec.structs import replace

from resdiff import reading, report
from resdiff.comparison import compare
from resdiff.model import Evidence, Status, TopicChange
from resdiff.parsing import parse
from resdiff.rendering import render

pytestmark = pytest.mark.slow
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if not CHROMIUM:
    pytest.skip("no Chromium found: apt install chromium", allow_module_level=True)

CORPUS = Path(__file__).parents[2] / "corpus" / "assistance-technique-terrorisme"


TOPICS = (
    TopicChange("biometrie", "biométrie", Status.NEW, new=(Evidence("op9", "données biométriques"),)),
    TopicChange("vie-privee", "vie privée", Status.DROPPED, old=(Evidence("op12", "vie privée"),)),
    TopicChange("genre", "genre", Status.KEPT, old=(Evidence("op15", "genre"),), new=(Evidence("op25", "genre"),)),
)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    old, new = (parse(reading.read(CORPUS / f"A-RES-{symbol}.fr.md")) for symbol in ("72-194", "74-175"))
    comparison = replace(judged(compare(old, new)), topics=TOPICS)
    folder = tmp_path_factory.mktemp("pages")
    for lang in ("fr", "en"):
        (folder / f"{lang}.html").write_bytes(render(report.build(comparison, lang=lang), "html"))
    return folder


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, files):
    """Opens the report; whatever the page complains about fails the test."""
    contexts, complaints = [], []

    def open_page(place="fr.html", **options):
        context = chromium.new_context(viewport={"width": 1400, "height": 900}, **options)
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request.url.startswith("file:") or complaints.append(request.url))
        page.goto(f"file://{files}/{place}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def rows(page, more=""):
    return page.locator(f"#changes tr[data-kind]{more}:visible")


def choose(page, select, value):
    if not page.locator(".filters").evaluate("e => e.open"):
        page.click(".filters > summary")
    page.select_option(select, value)


def in_sight(page, selector):
    """Whether the element comes into sight, below the top of the window, as soon as the page has scrolled to it."""
    seen = "s => (top => top >= 0 && top < innerHeight)(document.querySelector(s).getBoundingClientRect().top)"
    try:
        page.wait_for_function(seen, arg=selector, timeout=3000)
    except playwright.TimeoutError:
        return False
    return True


def test_two_views(opened):
    page = opened()
    assert page.locator("td.new:visible").count() > 0
    assert page.locator("td.both:visible").count() == 0
    page.get_by_text("En ligne", exact=True).click()
    assert page.locator("tr[data-kind=modified] :is(td.old, td.new):visible").count() == 0
    assert page.locator("tr[data-kind] :is(td.both, td.whole):visible").count() == page.locator("tr[data-kind]").count()
    page.get_by_text("Côte à côte", exact=True).click()
    assert page.locator("td.both:visible").count() == 0


def test_hide_unchanged(opened):
    page = opened()
    page.check("#hide-same")
    assert rows(page, "[data-kind=unchanged]:not([data-moved])").count() == 0
    assert rows(page, "[data-moved]").count() == page.locator("tr[data-moved]").count() > 0
    assert re.match(r"\d+ changements montrés sur \d+", page.locator("#state").inner_text())


@pytest.mark.parametrize("weight", ["2", "3", "4"])
def test_filter_by_weight(opened, weight):
    page = opened()
    choose(page, "#f-weight", weight)
    shown = rows(page).evaluate_all("rows => rows.map(row => +row.dataset.weight)")
    assert shown
    assert min(shown) >= int(weight)


@pytest.mark.parametrize("kind", ["added", "removed", "split", "modified"])
def test_filter_by_kind(opened, kind):
    page = opened()
    choose(page, "#f-kind", kind)
    assert set(rows(page).evaluate_all("rows => rows.map(row => row.dataset.kind)")) == {kind}


def test_filter_moved(opened):
    page = opened()
    choose(page, "#f-kind", "moved")
    assert rows(page).count() == page.locator("tr[data-moved]").count()


def test_filter_by_part_hides_the_other_heading(opened):
    page = opened()
    choose(page, "#f-part", "preamble")
    assert page.locator("#changes h3:visible").all_inner_texts() == ["Préambule"]


def test_filter_by_topic_from_the_list_and_from_the_theme(opened):
    page = opened()
    pill = page.locator(".pill[data-topic]").first
    topic = pill.get_attribute("data-topic")
    choose(page, "#f-topic", topic)
    by_list = rows(page).count()
    assert 0 < by_list < page.locator("tr[data-kind]").count()
    page.click("#reset")
    assert rows(page).count() == page.locator("tr[data-kind]").count()
    pill.locator("summary").click()
    pill.get_by_role("button").click()
    assert rows(page).count() == by_list


def test_theme_opens_its_quotes_with_links(opened):
    page = opened()
    pill = page.locator(".pill[data-topic]").first
    pill.locator("summary").click()
    assert pill.locator("q:visible").count() > 0
    href = pill.locator("a").first.get_attribute("href")
    pill.locator("a").first.click()
    playwright.expect(page.locator("#changes tr.now")).to_have_count(1)
    assert page.url.endswith(href)


def test_typography_need_not_be_marked(opened):
    page = opened()
    style = "e => getComputedStyle(e).textDecorationLine"
    mark = page.locator(".marks ins.t")
    assert mark.evaluate(style) == "underline"
    page.click(".filters > summary")
    page.uncheck("#noise")
    assert mark.evaluate(style) == "none"


@pytest.mark.parametrize("typed", ["données biométriques", "DONNEES BIOMETRIQUES"])
def test_search_counts_and_highlights(opened, typed):
    page = opened()
    page.fill("#search", typed)
    playwright.expect(page.locator("#state")).to_contain_text("passages")
    count = int(re.match(r"(\d+) passages dans \d+", page.locator("#state").inner_text())[1])
    assert count > 0
    assert page.evaluate("CSS.highlights.get('found').size") == count
    found = page.evaluate("[...CSS.highlights.get('found')].map(range => range.toString().toLowerCase())")
    assert set(found) == {"données biométriques"}
    assert rows(page).count() < page.locator("tr[data-kind]").count()


def test_search_across_marked_words_and_without_result(opened):
    page = opened()
    page.fill("#search", "Demande aux États")
    playwright.expect(page.locator("#state")).to_contain_text("passages")
    assert page.locator("tr:has(#op4):visible").count() == 1
    page.fill("#search", "xyzzy")
    playwright.expect(page.locator("#state")).to_contain_text("Aucun")
    assert rows(page).count() == 0
    page.locator("#state button").click()
    assert rows(page).count() == page.locator("tr[data-kind]").count()


def test_next_and_previous_by_buttons_and_keys(opened):
    page = opened()
    current = "document.querySelector('#changes tr.now')?.dataset.c"
    page.click("#next")
    first = page.evaluate(current)
    page.keyboard.press("n")
    second = page.evaluate(current)
    assert first != second
    assert page.evaluate("document.activeElement.dataset.c") == second
    assert page.locator("#place").inner_text().startswith("2 sur ")
    page.keyboard.press("p")
    assert page.evaluate(current) == first
    page.click("#previous")
    assert page.locator("#place").inner_text().split()[0] == page.locator("#place").inner_text().split()[-1]
    assert in_sight(page, "#changes tr.now")


def test_keys_are_letters_in_the_search_field(opened):
    page = opened()
    page.keyboard.press("/")
    page.keyboard.type("pnp")
    assert page.input_value("#search") == "pnp"
    assert page.locator("#changes tr.now").count() == 0


@pytest.mark.parametrize("view", ["side", "inline"])
@pytest.mark.parametrize("place", ["op8", "old-op12", "pp3", "concordance"])
def test_deep_links(opened, place, view):
    page = opened(f"fr.html#{place}")
    assert in_sight(page, f"[id='{place}']")
    page.evaluate("location.hash = ''")
    if view == "inline":
        page.get_by_text("En ligne", exact=True).click()
    page.evaluate(f"location.hash = '{place}'")
    assert in_sight(page, f"[id='{place}']")


def test_a_link_shows_what_a_filter_hides(opened):
    page = opened()
    choose(page, "#f-kind", "added")
    page.keyboard.press("Escape")
    page.locator("#concordance a[href='#op5']").click()
    playwright.expect(page.locator("tr:has(#op5):visible")).to_have_count(1)
    assert in_sight(page, "#op5")


def test_the_picture_leads_to_the_change(opened):
    page = opened()
    page.locator("svg a[href='#op8'] path").click(force=True)
    playwright.expect(page.locator("tr.now:has(#op8)")).to_have_count(1)  # following a link takes its time
    playwright.expect(page.locator("svg .now").first).to_be_attached()
    assert page.url.endswith("#op8")


def test_the_picture_shows_what_is_on_the_screen(opened):
    page = opened("fr.html#op20")
    playwright.expect(page.locator("svg .b.seen").first).to_be_attached()
    assert page.locator("svg .seen").count() < page.locator("svg [data-c]").count() / 2


def test_copy_link(opened):
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    page.locator("td.new .num[href='#op9'] + .copy").click()
    page.get_by_text("Lien copié").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith("fr.html#op9")


def test_keyboard_alone(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller aux changements"
    page.keyboard.press("Enter")
    assert page.url.endswith("#changes")
    page.focus("#v-side")
    page.keyboard.press("ArrowRight")
    assert page.locator("td.both:visible").count() > 0
    ring = "getComputedStyle(document.querySelector('#v-inline + span')).outlineStyle"
    assert page.evaluate(ring) == "solid"
    page.focus(".filters > summary")
    page.keyboard.press("Enter")
    assert page.locator("#f-weight:visible").count() == 1
    page.focus("#f-weight")
    page.keyboard.press("Escape")
    assert page.locator("#f-weight:visible").count() == 0


def test_screen_reader_hears_insertions_and_deletions(opened):
    page = opened()
    said = page.locator("tr:has(#op4)").aria_snapshot()
    assert "deletion" in said
    assert "insertion" in said
    assert "ajouté" in said
    assert "supprimé" in said


def test_without_script_all_is_there_and_the_controls_that_need_it_are_gone(opened):
    page = opened(java_script_enabled=False)
    assert page.locator("#changes tr[data-kind] td.new p:visible").count() == 49
    assert page.locator("#changes tr[data-kind] td.old p:visible").count() == 33
    assert page.locator(".js:visible").count() == 0
    page.get_by_text("En ligne", exact=True).click()
    assert page.locator("td.both:visible").count() > 0
    page.get_by_text("Masquer l’inchangé").click()
    assert rows(page, "[data-kind=unchanged]:not([data-moved])").count() == 0


@pytest.mark.parametrize("width", [390, 768, 1024, 1400])
@pytest.mark.parametrize("view", ["side", "inline"])
def test_nothing_sticks_out(opened, width, view):
    page = opened()
    page.set_viewport_size({"width": width, "height": 900})
    if view == "inline":
        page.get_by_text("En ligne", exact=True).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("view", ["side", "inline"])
def test_prints_on_a4_without_the_words_for_screen_readers(opened, view, tmp_path):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed: apt install poppler-utils")
    import subprocess

    page = opened()
    if view == "inline":
        page.get_by_text("En ligne", exact=True).click()
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    info = subprocess.run(["pdfinfo", tmp_path / "page.pdf"], capture_output=True, text=True, check=True).stdout
    text = subprocess.run(["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert "(A4)" in info
    assert int(re.search(r"Pages: +(\d+)", info)[1]) <= 25
    assert "biométriques" in text
    assert "fin d’ajout" not in text
    assert "Chercher" not in text


@pytest.mark.parametrize("place", ["fr.html", "en.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["side", "inline"])
def test_axe_finds_no_violation(opened, place, scheme, view):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    page = opened(place, color_scheme=scheme)
    if view == "inline":
        page.check("#v-inline", force=True)
    for pill in page.locator("details:not(.filters)").all()[:4]:
        pill.evaluate("e => { e.open = true }")
    found = axe.Axe().run(page, options={"resultTypes": ["violations"]})
    said = [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found.response["violations"]]
    assert said == []
