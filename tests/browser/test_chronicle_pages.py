"""The life of a series and the origins of its words in a real Chromium: links, phone, dark, print, accessibility."""

import shutil

import lives
import pytest

from resdiff.rendering.chronicle import ChronicleOptions, render_chronicle
from resdiff.report.chronicle import chronicle, origins
from resdiff.series.blame import blame
from resdiff.series.lineage import trace

pytestmark = pytest.mark.slow
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if not CHROMIUM:
    pytest.skip("no Chromium found: apt install chromium", allow_module_level=True)


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory, corpus):
    """The shipped series, and one of ten editions."""
    folder = tmp_path_factory.mktemp("chronicle")
    shipped = trace([corpus.get(symbol) for symbol in ("72/194", "74/175", "78/226")])
    long = trace(lives.resolutions(lives.series(lives.CONDITIONS["stressed"], 1)))
    options = ChronicleOptions(index="index.html")
    pages = {
        "shipped": chronicle(shipped),
        "one": chronicle(shipped, "en", "op12"),
        "long": chronicle(long),
        "blame": origins(shipped, blame(shipped)),
        "words": origins(long, blame(long), "en"),
    }
    for name, what in pages.items():
        (folder / f"{name}.html").write_bytes(render_chronicle(what, "html", options))
    return folder


@pytest.fixture
def opened(chromium, folder):
    """Opens a page; whatever it complains about, or asks of the network, fails the test."""
    contexts, complaints = [], []

    def open_page(place, width=1400, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request.url.startswith("file:") or complaints.append(request.url))
        name, _, anchor = place.partition("#")
        page.goto(f"file://{folder}/{name}.html{'#' + anchor if anchor else ''}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["shipped", "one", "blame", "words"])
def test_axe_finds_no_violation(opened, place, scheme):
    page = opened(place, color_scheme=scheme)
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("place", ["shipped", "long", "blame", "words"])
def test_nothing_is_wider_than_the_window(opened, place, width):
    page = opened(place, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_line_of_the_picture_opens_its_life(opened):
    page = opened("shipped")
    assert page.locator("details[open]").count() == 0
    page.locator("svg a").nth(4).click()
    life = page.locator("details[open]")
    assert life.count() == 1
    assert page.url.endswith("#" + life.get_attribute("id"))


def test_the_address_opens_a_life(opened):
    page = opened("long#l7")
    assert page.locator("details[open]").get_attribute("id") == "l7"


def test_without_script_a_life_is_opened_by_hand(opened):
    page = opened("shipped", java_script_enabled=False)
    page.locator("summary").first.click()
    assert page.locator("details[open] p").first.is_visible()


def test_each_run_names_its_edition(opened):
    page = opened("blame")
    run = page.locator("#op9 .w", has_text="guide pratique").first
    assert run.get_attribute("title") == "74/175 (2019)"
    assert "74/175" in run.inner_text()
