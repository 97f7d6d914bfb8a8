"""The HTML report in a real Chromium: its size on a screen, every control, the keyboard, deep links, no script."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from judging import judged
from msgspec.structs import replace

from resdiff import corpus, reading, report
from resdiff.comparison import compare
from resdiff.model import Evidence, Pin, Status, TopicChange
from resdiff.parsing import parse
from resdiff.rendering import render

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")

START = "fr.html"
CORPUS = Path(__file__).parents[2] / "corpus" / "assistance-technique-terrorisme"

TELLS = ("données biométriques", "vie privée")
TOPICS = (
    TopicChange("biometrie", "biométrie", Status.NEW, new=(Evidence("op9", TELLS[0]),), priority=8, words=TELLS[0]),
    TopicChange(
        "vie-privee", "vie privée", Status.DROPPED, old=(Evidence("op12", TELLS[1]),), priority=9, words=TELLS[1]
    ),
    TopicChange("genre", "genre", Status.KEPT, old=(Evidence("op15", "genre"),), new=(Evidence("op25", "genre"),)),
)


POINTS = """\
L’Assemblée générale,

Rappelant sa résolution 70/1 du 1er janvier 2015 sur les obligations {2},

1. Prie instamment les États Membres de prendre les mesures suivantes :

a) Renforcer la coopération internationale contre le terrorisme {0} ;

b) Échanger des renseignements financiers dans les meilleurs délais {1} ;

2. Décide de rester saisie de la question à sa prochaine session {2}.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    old, new = (parse(reading.read(CORPUS / f"A-RES-{symbol}.fr.md")) for symbol in ("72-194", "74-175"))
    comparison = replace(judged(compare(old, new)), topics=TOPICS)
    folder = tmp_path_factory.mktemp("pages")
    for lang in ("fr", "en"):
        (folder / f"{lang}.html").write_bytes(render(report.build(comparison, lang=lang), "html"))
    shipped = report.build(judged(compare(old, new)))
    newest = parse(reading.read(CORPUS / "A-RES-78-226.fr.md"))
    (folder / "long.html").write_bytes(render(report.build(judged(compare(new, newest))), "html"))
    pointed = [parse(reading.read(POINTS.format(*words).encode("utf-8"))) for words in (("a",) * 3, ("b", "b", "a"))]
    (folder / "points.html").write_bytes(render(report.build(compare(*pointed)), "html"))
    around = {"previous": "a.html", "next": "b.html", "index": "index.html", "files": ("a.docx",)}
    (folder / "shipped.html").write_bytes(render(shipped, "html", **around))
    return folder


DESK, PHONE = (1400, 900), (390, 844)
MOST_TABS = 12


def rows(page, more=""):
    return page.locator(f"#changes .row{more}:visible")


def changes(page):
    """The rows that are changes, by their keys: all but what neither changed nor moved."""
    return page.locator("#changes .row:is(:not(.same), [data-moved])")


def choose(page, select, value):
    if not page.locator(".filters").evaluate("e => e.open"):
        page.click(".filters > summary")
    page.select_option(select, value)


def in_sight(page, selector):
    """Whether the element comes into sight, below the top of the window, as soon as the page has scrolled to it."""
    seen = "s => (top => top >= 0 && top < innerHeight)(document.querySelector(s).getBoundingClientRect().top)"
    try:
        page.wait_for_function(seen, arg=selector)
    except playwright.TimeoutError:
        return False
    return True


def inline(page):
    page.get_by_text("En ligne", exact=True).click()


# ---- read in a minute -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "most"), [(DESK, 9), (PHONE, 20)])
def test_as_it_opens_the_page_is_this_many_screens_long(opened, size, most):
    page = opened("shipped.html", *size)
    assert page.evaluate("document.documentElement.scrollHeight / innerHeight") <= most


@pytest.mark.parametrize("place", ["shipped.html", "long.html"])
def test_the_first_screen_holds_what_matters(opened, place):
    page = opened(place)
    for part in ("h1", ".prov", "#leads li:last-child", ".figures", ".pic", "#bar", ".part h3"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= 900, part
    assert 3 <= page.locator("#leads li").count() <= 5
    left, right = (page.locator(part).bounding_box()["height"] for part in (".sum", ".figures"))
    assert min(left, right) / max(left, right) > 0.6  # no empty column


@pytest.mark.parametrize("place", ["shipped.html", "long.html"])
def test_the_first_marked_word_stands_on_the_first_screen_and_a_half(opened, place):
    page = opened(place)
    first = page.locator("#changes .pair :is(ins, del):visible").first.bounding_box()
    assert first["y"] <= 1.5 * 900


@pytest.mark.parametrize("place", ["shipped.html", "long.html"])
def test_few_tabs_lead_from_the_top_to_the_first_change(opened, place):
    page = opened(place)
    is_there = "!!document.activeElement.closest('#changes')"
    tabs = 0
    while tabs <= MOST_TABS and not page.evaluate(is_there):
        page.keyboard.press("Tab")
        tabs += 1
    assert tabs <= MOST_TABS


def test_nothing_is_loaded_but_the_file(opened):
    page = opened("shipped.html")
    page.wait_for_timeout(300)
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0


def test_counters_agree_with_what_is_shown(opened):
    page = opened()
    figures = [int(number) for number in page.locator(".figures dd").all_inner_texts()]
    same = int(page.locator(".figures .same dd").inner_text())
    moved = int(page.locator(".figures dl .mov dd").inner_text())
    alone = page.locator(".row.same[data-moved]").count()  # moved and nothing else: among the unchanged too
    assert sum(figures) - moved == page.locator("#changes .row").count()
    total = changes(page).count()
    assert total == sum(figures) - moved - same + alone
    assert page.locator("#place").inner_text().split()[-1] == str(total)
    choose(page, "#f-kind", "added")
    assert f"sur {total}" in page.locator("#state").inner_text()
    assert f": {rows(page).count()} sur" in page.locator("#state").inner_text()
    assert page.locator("#place").inner_text().split()[-1] == str(rows(page).count())


def test_a_point_counts_as_the_paragraph_it_stands_in(opened):
    page = opened("points.html")
    assert page.locator(".row[data-small]:not(.same)").count() == 2
    assert page.locator(".figures .mod dd").inner_text() == "1"
    assert page.locator("#place").inner_text() == "– sur 1"
    page.click("#next")
    assert page.locator("#place").inner_text() == "1 sur 1"


# ---- views and folds ------------------------------------------------------------------------------------------------


def test_two_views(opened):
    page = opened()
    assert page.locator(".pair .o p:visible").count() > 0
    assert page.locator(".pair .n del:visible").count() == 0
    inline(page)
    assert page.locator(".pair .o p:visible").count() == 0
    assert page.locator(".pair .n del:visible").count() > 0
    page.get_by_text("Côte à côte", exact=True).click()
    assert page.locator(".pair .n del:visible").count() == 0


def test_a_phone_reads_in_one_line_and_may_read_the_old_text_above(opened):
    page = opened("fr.html", *PHONE)
    assert page.locator(".pair .o p:visible").count() == 0
    assert page.locator("#bar").bounding_box()["height"] <= 60
    for control in ("#previous", "#next", "#search"):
        assert page.locator(control).is_visible()
    page.click(".filters > summary")
    page.get_by_text("Côte à côte", exact=True).click()
    assert page.locator(".pair .o p:visible").count() > 0


def test_unchanged_paragraphs_are_folded_and_opened_by_a_click(opened):
    page = opened()
    assert rows(page, ".same:not([data-moved])").count() == 0
    page.locator(".run > summary").first.click()
    assert rows(page, ".same:not([data-moved])").count() > 0


def test_unchanged_paragraphs_are_opened_by_a_search(opened):
    page = opened()
    page.fill("#search", "Rappelant toutes les résolutions")
    playwright.expect(page.locator("#pp1:visible")).to_have_count(1)
    page.fill("#search", "")
    playwright.expect(page.locator("#pp1:visible")).to_have_count(0)


def test_the_search_of_the_browser_sees_what_is_folded(opened):
    page = opened()
    assert page.locator(".g:visible").count() == 0
    page.keyboard.press("Control+f")
    assert page.locator(".g:visible").count() > 0


def test_words_that_stand_in_both_texts_are_folded_and_opened_on_both_sides(opened):
    page = opened()
    row = page.locator(".row:has(.g)").first
    assert row.locator(".g:visible").count() == 0
    row.locator(".g-open").first.click()
    assert row.locator(".g:visible").count() == row.locator(".g").count()
    assert row.locator(".g-open").count() == 0


def test_a_long_sentence_is_read_whole_on_demand(opened):
    page = opened()
    long = page.locator("#leads .long").first
    before = long.bounding_box()["height"]
    page.locator("#leads .read").first.click()
    assert long.bounding_box()["height"] > before
    assert long.evaluate("e => e.scrollHeight <= e.clientHeight + 2")


def test_hide_unchanged(opened):
    page = opened()
    page.click(".filters > summary")
    page.check("#hide-same")
    assert page.locator(".run:visible").count() == 0
    assert rows(page, "[data-moved]").count() == page.locator(".row[data-moved]").count() > 0


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
    assert page.locator(".run:visible").count() == 0


def test_filter_moved(opened):
    page = opened()
    choose(page, "#f-kind", "moved")
    assert rows(page).count() == page.locator(".row[data-moved]").count()


def test_filter_by_part_hides_the_other_heading(opened):
    page = opened()
    choose(page, "#f-part", "preamble")
    assert page.locator("#changes h3:visible").count() == 1
    assert page.locator("#changes h3:visible").inner_text().startswith("Préambule")


def test_filter_by_topic_from_the_list_and_from_the_theme(opened):
    page = opened()
    pill = page.locator(".pill[data-topic]").first
    topic = pill.get_attribute("data-topic")
    choose(page, "#f-topic", topic)
    by_list = rows(page).count()
    assert 0 < by_list < page.locator(".row").count()
    page.click("#reset")
    page.keyboard.press("Escape")
    page.locator(".topics > summary").click()
    pill.locator("summary").click()
    pill.get_by_role("button").click()
    assert rows(page).count() == by_list


def test_theme_opens_its_quotes_with_links(opened):
    page = opened()
    page.locator(".topics > summary").click()
    pill = page.locator(".pill[data-topic]").first
    pill.locator("summary").click()
    assert pill.locator("q:visible").count() > 0
    href = pill.locator("a").first.get_attribute("href")
    pill.locator("a").first.click()
    playwright.expect(page.locator("#changes .row.now")).to_have_count(1)
    assert page.url.endswith(href)


def test_typography_is_marked_on_demand(opened):
    page = opened()
    page.evaluate("document.querySelector('.pair .n p').insertAdjacentHTML('beforeend', '<ins class=t>;</ins>')")
    style = "e => getComputedStyle(e).textDecorationLine"
    mark = page.locator(".pair .n ins.t").first
    assert mark.evaluate(style) == "none"
    page.click(".filters > summary")
    page.check("#noise")
    assert mark.evaluate(style) == "underline"


# ---- search ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["données biométriques", "DONNEES BIOMETRIQUES"])
def test_search_counts_and_highlights(opened, typed):
    page = opened()
    page.fill("#search", typed)
    playwright.expect(page.locator("#state")).to_contain_text("Passages trouvés")
    count = int(re.match(r"Passages trouvés\s: (\d+)", page.locator("#state").inner_text())[1])
    assert count > 0
    assert page.evaluate("CSS.highlights.get('found').size") == count
    found = page.evaluate("[...CSS.highlights.get('found')].map(range => range.toString().toLowerCase())")
    assert set(found) == {"données biométriques"}
    assert rows(page).count() < page.locator(".row").count()


def test_search_across_marked_words_and_without_result(opened):
    page = opened()
    page.fill("#search", "Demande aux États")
    playwright.expect(page.locator("#state")).to_contain_text("Passages trouvés")
    assert page.locator(".row:has(#op4):visible").count() == 1
    page.fill("#search", "xyzzy")
    playwright.expect(page.locator("#state")).to_contain_text("Aucun")
    assert rows(page).count() == 0
    page.locator("#state button").click()
    playwright.expect(page.locator("#state")).to_be_empty()


@pytest.mark.parametrize("view", ["side", "inline"])
def test_search_finds_what_only_the_old_text_says(opened, view):
    page = opened(f"fr.html?view={view}")
    page.fill("#search", "Engage les États Membres à continuer de renforcer")
    playwright.expect(page.locator("#state")).to_contain_text("Passages trouvés")
    assert page.locator(".row:has(#op4):visible").count() == 1


def test_search_finds_a_footnote(opened):
    page = opened()
    page.fill("#search", "Practical Guide for Requesting")
    playwright.expect(page.locator("#state")).to_contain_text("\u00a0: 1 (paragraphes\u00a0: 1)")
    assert page.locator(".row:has(#op6):visible").count() == 1


# ---- from change to change ------------------------------------------------------------------------------------------


def test_next_and_previous_by_buttons_and_keys(opened):
    page = opened()
    current = "document.querySelector('#changes .row.now')?.dataset.new"
    page.click("#next")
    first = page.evaluate(current)
    page.keyboard.press("n")
    second = page.evaluate(current)
    assert first != second
    assert page.evaluate("document.activeElement.dataset.new") == second
    assert page.locator("#place").inner_text().startswith("2 sur ")
    page.keyboard.press("p")
    assert page.evaluate(current) == first
    page.click("#previous")
    assert page.locator("#place").inner_text().split()[0] == page.locator("#place").inner_text().split()[-1]
    assert in_sight(page, "#changes .row.now")


def test_keys_are_letters_in_the_search_field(opened):
    page = opened()
    page.keyboard.press("/")
    page.keyboard.type("pnp")
    assert page.input_value("#search") == "pnp"
    assert page.locator("#changes .row.now").count() == 0


@pytest.mark.parametrize("view", ["side", "inline"])
@pytest.mark.parametrize("place", ["op8", "op4", "op5", "old-op12", "old-op3", "old-op4", "pp3", "concordance"])
def test_deep_links(opened, place, view):
    page = opened(f"fr.html?view={view}#{place}")
    assert in_sight(page, f"[id='{place}']")
    page.evaluate("location.hash = ''")
    page.evaluate("scrollTo(0, 0)")
    page.evaluate(f"location.hash = '{place}'")
    assert in_sight(page, f"[id='{place}']")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_link_lands_on_the_cell_of_its_paragraph(opened, size):
    page = opened("fr.html#op8", *size)
    assert in_sight(page, "#op8")
    page.wait_for_timeout(100)
    assert 0 <= page.locator("#op8").bounding_box()["y"] < 120
    assert page.locator("#op8").inner_text().lstrip().startswith("par.\u00a08")


def test_a_link_shows_what_a_filter_hides(opened):
    page = opened()
    choose(page, "#f-kind", "added")
    page.keyboard.press("Escape")
    page.locator("#concordance > summary").click()
    page.locator("#concordance a[href='#op5']").click()
    playwright.expect(page.locator(".row:has(#op5):visible")).to_have_count(1)
    assert in_sight(page, "#op5")


def test_the_picture_leads_to_the_change(opened):
    page = opened()
    page.locator(".pic a[href='#op8'] path").click(force=True)
    playwright.expect(page.locator(".row.now:has(#op8)")).to_have_count(1)  # following a link takes its time
    playwright.expect(page.locator(".pic .now").first).to_be_attached()
    assert page.url.endswith("#op8")


def test_the_picture_shows_what_is_on_the_screen(opened):
    page = opened("fr.html#op20")
    playwright.expect(page.locator(".pic .b.seen").first).to_be_attached()
    assert page.locator(".pic .seen").count() < page.locator(".pic [data-c]").count() / 2


def test_the_state_stands_in_the_address(opened):
    page = opened()
    inline(page)
    choose(page, "#f-kind", "modified")
    page.fill("#search", "terrorisme")
    playwright.expect(page.locator("#state")).to_contain_text("Passages trouvés")
    page.keyboard.press("Escape")
    page.click("#next")
    state, place = page.locator("#state").inner_text(), page.locator("#place").inner_text()
    assert re.search(r"\?view=inline&kind=modified&q=terrorisme#\w+$", page.url)
    again = opened(page.url.rpartition("/")[2])
    playwright.expect(again.locator("#state")).to_have_text(state)
    assert again.locator("#v-inline").is_checked()
    assert again.input_value("#search") == "terrorisme"
    assert again.locator("#place").inner_text() == place


# ---- copying and correcting -----------------------------------------------------------------------------------------


@pytest.fixture
def copied(opened):
    """Opens the report, presses a button of the row of a paragraph, and reads what was copied."""

    def press(paragraph, button, place="fr.html"):
        page = opened(place, permissions=["clipboard-read", "clipboard-write"])
        page.locator(f".row:has(#{paragraph}) .tools").click()
        page.click(button)
        page.get_by_text("Copié", exact=True).wait_for()
        return page.evaluate("navigator.clipboard.readText()")

    return press


def test_copy_link(copied):
    assert copied("op9", "#copy-link", "fr.html?view=inline").endswith("fr.html?view=inline#op9")


@pytest.mark.parametrize("view", ["side", "inline"])
@pytest.mark.parametrize("side", ["old", "new"])
@pytest.mark.parametrize("paragraph", ["op3", "op4", "op24", "pp3"])
def test_copied_text_is_the_text_of_the_resolution(copied, paragraph, side, view):
    texts = [parse(reading.read(CORPUS / f"A-RES-{symbol}.fr.md")) for symbol in ("72-194", "74-175")]
    change = next(c for c in compare(*texts).changes if paragraph in c.link.new)
    ids, text = (change.link.old, texts[0]) if side == "old" else (change.link.new, texts[1])
    wanted = "\n\n".join(p.text for p in text.body if p.id in ids)
    assert copied(paragraph, f"#copy-{side}", f"fr.html?view={view}").replace("\u00a0", " ") == wanted


def test_links_to_correct_are_lines_of_links_toml(opened):
    page = opened()
    page.locator(".row:has(#op4) .tools").click()
    page.get_by_role("button", name="par. 3 (ancien texte) et par. 8 ne vont pas ensemble").click()
    page.get_by_role("button", name="Fermer").click()
    page.locator(".row:has(#op6) .tools").click()
    page.select_option("#with", "op3")
    page.click("#together")
    with page.expect_download() as download:
        page.click("#save-links")
    assert download.value.suggested_filename == "links.toml"
    found = corpus.pins(Path(download.value.path()))
    assert found == (Pin(("op3",), ("op6",)), Pin(("op3",), ("op8",), forbidden=True))
    page.get_by_role("button", name="Fermer").click()
    assert page.locator("#fixes").inner_text().endswith("2")
    page.click("#fixes")
    assert "[[forbid]]" in page.input_value("#lines")
    page.click("#clear-links")
    assert page.locator("#fixes").is_hidden()


# ---- keyboard, screen reader, no script, paper ----------------------------------------------------------------------


def test_keyboard_alone(opened):
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller aux changements"
    page.keyboard.press("Enter")
    assert page.url.endswith("#changes")
    page.focus("#v-side")
    page.keyboard.press("ArrowRight")
    assert page.locator(".pair .n del:visible").count() > 0
    ring = "getComputedStyle(document.querySelector('#v-inline + span')).outlineStyle"
    assert page.evaluate(ring) == "solid"
    page.focus(".filters > summary")
    page.keyboard.press("Enter")
    assert page.locator("#f-weight:visible").count() == 1
    page.focus("#f-weight")
    page.keyboard.press("Escape")
    assert page.locator("#f-weight:visible").count() == 0
    page.locator(".row:has(#op9) .tools").focus()
    page.keyboard.press("Enter")
    assert page.locator("#copy-new").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "tools"


@pytest.mark.parametrize(("group", "stop"), [(".map", ".pic a"), ("#leads", "#leads a"), (".go", ".go button")])
def test_arrows_go_through_a_group_that_is_one_stop(opened, group, stop):
    page = opened()
    assert page.locator(f"{stop}[tabindex='0']").count() == 1
    page.locator(stop).first.focus()
    page.keyboard.press("ArrowRight")
    focused = "document.activeElement === [...document.querySelectorAll(s)]"
    assert page.evaluate(f"s => {focused}[1] || document.activeElement.matches('.read')", stop)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(f"s => {focused}[0]", stop)
    page.keyboard.press("Tab")
    assert page.evaluate("s => !document.activeElement.closest(s)", group)


def test_screen_reader_hears_insertions_and_deletions(opened):
    page = opened()
    said = page.locator(".row:has(#op4)").aria_snapshot()
    assert "deletion" in said
    assert "insertion" in said
    assert "ajouté" in said
    assert "supprimé" in said


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_without_script_all_is_there_and_the_controls_that_need_it_are_gone(opened, size):
    page = opened("fr.html", *size, java_script_enabled=False)
    assert page.locator("#changes .row p[id]").count() > 49
    for run in page.locator(".run").all():
        run.locator("summary").click()
    assert page.locator("#changes .row :is(.n, .alone) p[id]:not([id^=old-]):visible").count() == 49
    assert page.locator(".g:visible").count() == page.locator(".pair .n .g").count() * (2 if size == DESK else 1)
    assert page.locator(".js:visible").count() == 0
    assert page.locator(".tools").count() == 0
    if size == DESK:
        assert page.locator(".pair .o p:visible").count() > 0
        inline(page)
    assert page.locator(".pair .n del:visible").count() > 0
    page.click(".filters > summary")
    page.get_by_text("Masquer l’inchangé").click()
    assert page.locator(".run:visible").count() == 0


@pytest.mark.parametrize("width", [390, 820, 1024, 1200, 1400])
@pytest.mark.parametrize("view", ["side", "inline"])
def test_nothing_sticks_out(opened, width, view):
    page = opened(f"shipped.html?view={view}", width)
    for folded in page.locator("details:not(.filters)").all():
        folded.evaluate("e => { e.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("view", ["side", "inline"])
def test_prints_on_a4_in_one_line_with_heads_and_page_numbers(opened, view, tmp_path):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed: apt install poppler-utils")
    page = opened(f"shipped.html?view={view}", color_scheme="dark")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    info = subprocess.run(["pdfinfo", tmp_path / "page.pdf"], capture_output=True, text=True, check=True).stdout
    text = subprocess.run(["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True).stdout
    number = int(re.search(r"Pages: +(\d+)", info)[1])
    assert "(A4)" in info
    assert number <= 14
    pages = text.split("\f")[:number]
    assert all(f"{turn} / {number}" in sheet and "De 72/194 à 74/175" in sheet for turn, sheet in enumerate(pages, 1))
    assert "biométriques" in text
    assert "fin d’ajout" not in text
    assert "Chercher" not in text
    assert "mots identiques" not in text
    assert not re.search(r"^\d\.$", text, re.MULTILINE)


def sheets(page, path):
    """The text of each sheet of paper, its lines in one."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed: apt install poppler-utils")
    page.pdf(path=path, prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    return [" ".join(sheet.split()) for sheet in text.split("\f")[:-1]]


def said(page, selector):
    """What stands at the beginning and at the end of each of these on the page."""
    texts = [" ".join(text.split()) for text in page.locator(selector).all_text_contents()]
    return [text[:30] for text in texts], [text[-12:] for text in texts]


PAPER = ("A4", "Letter")


@pytest.mark.parametrize("size", PAPER)
@pytest.mark.parametrize("place", ["fr.html", "en.html", "long.html"])
def test_the_first_sheet_is_whole_and_the_rest_begins_another(opened, place, size, tmp_path):
    page = opened(place, bypass_csp=True)
    assert not page.locator(".then").is_visible()
    page.add_style_tag(content=f"@page{{size:{size}}}")
    first, second, *_ = sheets(page, tmp_path / "page.pdf")
    for part in (*said(page, "#leads .long"), *said(page, ".when"), *said(page, ".figures .big"), *said(page, ".then")):
        assert part and [text for text in part if text not in first] == []
    assert second.startswith(f"{page.title()} resdiff {page.locator('#rest > summary').text_content()}")
    assert [text for text in said(page, "#rest li")[0] if text in first] == []


@pytest.mark.parametrize("size", PAPER)
def test_a_summary_that_fits_one_sheet_is_not_broken(opened, size, tmp_path):
    page = opened("points.html", bypass_csp=True)
    page.add_style_tag(content=f"@page{{size:{size}}}")
    first, *_ = sheets(page, tmp_path / "page.pdf")
    for part in (*said(page, ".sum .long"), *said(page, "#rest li"), *said(page, "#changes h4")):
        assert [text for text in part if text not in first] == []


@pytest.mark.parametrize(("place", "scheme"), [("fr.html", "light"), ("en.html", "light"), ("fr.html", "dark")])
@pytest.mark.parametrize("view", ["side", "inline"])
def test_axe_finds_no_violation(opened, violations, place, scheme, view):
    page = opened(f"{place}?view={view}&q=terrorisme", color_scheme=scheme)
    for folded in page.locator("details").all():
        folded.evaluate("e => { e.open = true }")
    assert violations(page, scheme) == []
    page.evaluate("document.querySelector('.filters').open = false")
    page.locator(".row .tools:visible").first.click()
    page.locator("#together").wait_for(state="attached")
    assert violations(page, scheme, "#tools") == []


@pytest.mark.parametrize("scripted", [True, False])
def test_on_a_phone_a_link_leads_to_a_paragraph_that_nothing_covers(opened, scripted):
    page = opened("shipped.html#op25", *PHONE, java_script_enabled=scripted)
    box = page.locator("#op25").bounding_box()
    seen = page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.closest('p')?.id", [box["x"] + 40, box["y"] + 8])
    assert seen == "op25" and box["y"] < PHONE[1] / 2


def test_every_box_of_the_picture_leads_to_its_paragraph(opened):
    page = opened("shipped.html", *DESK)
    targets = page.eval_on_selector_all(
        ".pic rect.b", "all => all.map(r => r.closest('a')?.getAttribute('href') ?? '')"
    )
    assert len(targets) > 60 and all(page.evaluate("id => !!document.getElementById(id)", t[1:]) for t in targets)


def test_of_two_texts_side_by_side_the_one_that_is_selected_is_copied(opened):
    page = opened("shipped.html", *DESK)
    for side, other in (("n", "o"), ("o", "n")):
        first, last = (page.locator(f".row .pair .{side} p[id]").nth(at) for at in (2, 4))
        first.scroll_into_view_if_needed()
        page.mouse.move(*(first.bounding_box()[key] + 20 for key in "xy"))
        page.mouse.down()
        page.mouse.move(*(last.bounding_box()[key] + 30 for key in "xy"), steps=4)
        page.mouse.up()
        assert len(page.evaluate("getSelection().toString()")) > 100
        styles = [
            page.locator(f".pair .{each}").first.evaluate("e => getComputedStyle(e).userSelect")
            for each in (side, other)
        ]
        assert styles == ["auto", "none"]


def test_what_is_folded_is_printed_and_folded_again(opened):
    page = opened("shipped.html", *DESK)
    folded = "document.querySelectorAll('details:is(.more, .run, .facts):not([open])').length"
    before = page.evaluate(folded)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert before and page.evaluate(folded) == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(folded) == before


def test_axe_finds_no_violation_on_a_phone(opened, violations):
    page = opened("shipped.html", *PHONE)
    assert violations(page) == []
