"""The front pages of a changelog in a real Chromium: search, keyboard, no script, narrow windows, accessibility."""

from urllib.parse import urljoin

import pytest
from changelogs import many, site
from msgspec.structs import replace

from resdiff.rendering import render
from resdiff.report import Listing, Pair

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")

START = "index.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """60 pairs of six series, one with a title of its own and one that failed."""
    folder = tmp_path_factory.mktemp("site")
    series = many(60)
    first = series["serie-000"]
    old, new = first.pairs[0].texts
    other = replace(first.pairs[0], texts=(old, replace(new, title="Pêche à la baleine")))
    series["longue"] = Listing("x" * 2000, tuple(replace(row, stem=f"b{row.stem}") for row in first.pairs))
    series["serie-000"] = Listing(first.title, (other, *first.pairs[1:], Pair("11/1", "12/1", "x", error="illisible")))
    for stem, front in site(series).items():
        place = folder / f"{stem}.html"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(render(front, "html"))
    return folder


def search(page, words):
    page.fill("#find", words)
    page.keyboard.press("Enter")


def names(page):
    return page.locator(".pairs > li:visible h3, #hits > li a:visible").all_inner_texts()


@pytest.mark.parametrize("words", ["58/1", "THÈME 22 58/1", "serie 5 58/1", "58/1 1991"])
def test_a_symbol_a_topic_a_series_is_found_among_the_pairs_on_the_page(opened, words):
    page = opened()
    search(page, words)
    assert names(page) == ["58/1 → 59/1", "57/1 → 58/1"]
    assert page.locator("#state").inner_text() == "2 comparaisons trouvées."
    assert page.locator("main > nav:visible").count() == 0


@pytest.mark.parametrize("words", ["peche baleine", "BALEINE", "1/1 2/1 pêche"])
def test_a_title_is_found_among_those_that_are_not_on_the_page(opened, folder, words):
    page = opened()
    search(page, words)
    assert names(page) == ["1/1 → 2/1"]
    href = page.locator("#hits a").get_attribute("href")
    assert href == "serie-000/A-RES-1-1_A-RES-2-1.fr.html"
    assert page.locator("#hits p").inner_text() == "Pêche à la baleine"


def test_what_is_nowhere_is_said_and_an_empty_search_shows_all(opened):
    page = opened()
    before = names(page)
    search(page, "zzz")
    assert names(page) == []
    assert "Aucune cote" in page.locator("#state").inner_text()
    search(page, "  ")
    assert names(page) == before
    assert page.locator("#state").inner_text() == ""
    assert page.locator("main > nav:visible").count() == 2


def test_the_address_holds_the_search(opened):
    page = opened()
    search(page, "baleine & pêche")
    assert page.url.endswith("#q=baleine%20%26%20p%C3%AAche")
    search(page, "baleine")
    page.goto(page.url.replace("#q=baleine", "?x#q=baleine"))
    assert names(page) == ["1/1 → 2/1"]
    page.goto(page.url.replace("#q=baleine", "#q=%E0%A4%A"))  # no text
    assert page.locator("#find").is_visible()


def test_the_keyboard_reaches_the_search_and_the_pairs(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.pairs > li') !== null")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("a/b")
    assert page.input_value("#find") == "a/b"


def test_an_edition_leads_to_what_it_changed(opened):
    page = opened("serie-005/index.html")
    page.locator(".editions a").first.click()
    playwright.expect(page.locator("li:target h3")).to_have_text("51/1 → 52/1")


def test_without_script_all_is_there_but_the_search(opened):
    page = opened(java_script_enabled=False)
    assert page.locator(".pairs > li:visible").count() == 50
    assert page.locator("#find:visible").count() == 0
    assert page.locator(".failed li:visible").count() == 1
    link = page.get_attribute(".years a >> text=1990", "href")  # a click is lost on a busy machine, now and then
    page.goto(urljoin(page.url, link))
    assert page.url.endswith("/1990.html")
    assert page.locator(".pairs > li:visible").count() == 63


@pytest.mark.parametrize("place", ["index.html", "1990.html", "serie-000/index.html", "longue/index.html"])
@pytest.mark.parametrize("width", [1400, 820, 390, 320])
def test_nothing_is_wider_than_the_window(opened, place, width):
    page = opened(place, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("place", ["index.html", "1990.html", "serie-000/index.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(opened, violations, place, scheme):
    assert violations(opened(place, color_scheme=scheme), scheme) == []
