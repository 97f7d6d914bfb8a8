"""The life of a series and the origins of its words in a real Chromium: links, phone, dark, print, accessibility."""

import lives
import pytest

from resdiff.rendering.chronicle import ChronicleOptions, render_chronicle
from resdiff.rendering.chronicle.html import FIRST_SHEET
from resdiff.report.chronicle import chronicle, origins
from resdiff.series.blame import blame
from resdiff.series.lineage import trace

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["shipped.html", "one.html", "blame.html", "words.html"])
def test_axe_finds_no_violation(opened, violations, place, scheme):
    assert violations(opened(place, color_scheme=scheme), scheme) == []


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("place", ["shipped.html", "long.html", "blame.html", "words.html"])
def test_nothing_is_wider_than_the_window(opened, place, width):
    page = opened(place, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_line_of_the_picture_opens_its_life(opened):
    page = opened("shipped.html")
    assert page.locator("details[open]").count() == 0
    page.locator("svg a").nth(4).click()
    life = page.locator("details[open]")
    playwright.expect(life).to_have_count(1)  # following a link takes its time
    assert page.url.endswith("#" + life.get_attribute("id"))


def test_the_address_opens_a_life(opened):
    page = opened("long.html#l7")
    assert page.locator("details[open]").get_attribute("id") == "l7"


def test_without_script_a_life_is_opened_by_hand(opened):
    page = opened("shipped.html", java_script_enabled=False)
    page.locator("summary").first.click()
    assert page.locator("details[open] p").first.is_visible()


def test_each_run_names_its_edition(opened):
    page = opened("blame.html")
    run = page.locator("#op9 .w", has_text="guide pratique").first
    assert run.get_attribute("title") == "74/175 (2019)"
    assert "74/175" in run.inner_text()


def test_a_long_picture_is_drawn_in_sheets_on_paper(opened):
    page = opened("shipped.html")
    drawn = "[...document.querySelectorAll('.lives > svg')].map(svg => svg.getBoundingClientRect().height > 0)"
    assert page.evaluate(drawn) == [True, False, False]
    page.emulate_media(media="print")
    assert page.evaluate(drawn) == [False, True, True]
    assert page.evaluate("document.querySelectorAll('#lines a').length") > FIRST_SHEET


def test_a_picture_that_fits_a_page_is_drawn_once(opened):
    page = opened("one.html")
    page.emulate_media(media="print")
    assert page.locator(".lives > svg").count() == 1 and page.locator(".lives > svg").is_visible()
