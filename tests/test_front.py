"""The front pages of a changelog: which pairs stand where, what they say, how large they grow, the feed."""

import json
import re
from urllib.parse import urlsplit

import build
import html5lib
import pytest
from changelogs import SAID, TITLE, many, pair, site
from lxml import etree
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.model import Kind
from resdiff.rendering import render
from resdiff.rendering.atom import feed
from resdiff.report import Listing, Pair, Text, entry, index
from resdiff.report import build as report
from resdiff.report.blocks import LATEST

XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"
NASTY = "</script></style><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;\u202e{0}]]>"


def html(front):
    return render(front, "html").decode("utf-8")


def tree(data):
    return html5lib.HTMLParser(strict=True).parse(data)


def links(data):
    return {a.get("href") for a in tree(data).iter(f"{XHTML}a")}


# ---- which pairs, in which order ------------------------------------------------------------------------------------


def test_the_latest_come_first_over_all_series_and_those_without_date_last():
    series = {
        "a": Listing("A", (pair(2, "2001-01-01"), pair(3, "2005-01-01"))),
        "b": Listing("B", (pair(5, ""), pair(6, "2003-01-01"))),
    }
    front = site(series)["index"]
    assert [row.new for _, row in front.latest] == ["3/1", "6/1", "2/1", "5/1"]
    for form in ("html", "md"):
        data = render(front, form).decode("utf-8")
        places = [data.index(f"{n - 1}/1 → {n}/1") for n in (3, 6, 2, 5)]
        assert places == sorted(places)


def test_the_page_of_a_series_keeps_the_order_of_its_editions():
    listing = Listing("A", (pair(2, "2001-01-01"), pair(3, ""), pair(4, "1999-01-01")))
    front = site({"a": listing})["a/index"]
    assert [row.new for _, row in front.latest] == ["4/1", "3/1", "2/1"]
    editions = re.search(r'<ol class="editions">(.*?)</ol>', html(front), re.DOTALL)[1]
    assert re.findall(r">(\d/1)<|<li>(\d/1)", editions) == [("", "1/1"), ("2/1", ""), ("3/1", ""), ("4/1", "")]


def test_the_year_of_a_symbol_stands_for_a_date_that_is_not_known():
    row = Pair("1804 (2008)", "1805 (2008)", "x")
    assert (row.adopted, row.date) == ("2008", "2008")
    assert '<time datetime="2008">2008</time>' in html(index((Listing("Série", (row,)),)))


def test_pages_lead_to_those_beside_them_and_to_the_one_above():
    series = {key: Listing(key.upper(), (pair(2),)) for key in ("a", "b b", "c")}
    pages = site(series)
    assert set(pages) == {"index", "a/index", "b b/index", "c/index"}
    assert {"../index.html", "../a/index.html", "../c/index.html"} <= links(html(pages["b b/index"]))
    assert "b%20b/index.html" in links(html(pages["index"]))
    assert "../b%20b/index.md" in render(pages["a/index"], "md").decode()


@pytest.mark.slow
def test_no_page_leads_to_one_that_is_not_there():
    """Every address of every page of 200 pairs is a page, the file of a pair, the feed, or a place in the page."""
    pages = site(many(200))
    files = {f"{stem}.html" for stem in pages} | {f"{stem}.md" for stem in pages}
    files |= {
        f"{key}/{row.stem}.{form}" for key, x in many(200).items() for row in x.pairs for form in ("html", "md", "json")
    }
    files |= {"atom.xml", *(f"{key}/atom.xml" for key in many(200))}
    for stem, front in pages.items():
        folder = stem.rpartition("/")[0]
        for href in links(html(front)):
            path = urlsplit(href).path
            place = path.removeprefix("../") if path.startswith("../") else f"{folder}/{path}".lstrip("/")
            assert not path or place in files, (stem, href)


# ---- many pairs -----------------------------------------------------------------------------------------------------


def test_of_many_pairs_the_first_page_has_the_latest_and_a_page_each_year():
    pages = site(many(200))
    front, years = pages["index"], [stem for stem in pages if stem.isdecimal()]
    assert years == ["1993", "1992", "1991", "1990"]
    assert len(front.shown) == LATEST < len(front.latest) == 200
    assert sum(len(pages[year].latest) for year in years) == 200
    assert [way.page for way in front.years] == years
    assert pages["1992"].previous.page == "1991"
    assert pages["1992"].next.page == "1993"
    assert pages["1990"].previous is None


def test_few_pairs_need_no_pages_of_years():
    assert not [stem for stem in site(many(LATEST)) if stem.isdecimal()]
    assert "undated" not in site(many(LATEST))


def test_what_has_no_date_has_a_page_of_its_own():
    series = many(100) | {"x": Listing("X", (pair(500, ""),))}
    assert [row.new for _, row in site(series)["undated"].latest] == ["500/1"]
    assert "Sans date" in html(site(series)["undated"])


@pytest.mark.slow
def test_a_thousand_pairs_make_pages_of_bounded_size():
    pages = site(many(1000))
    sizes = {stem: len(render(front, "html")) for stem, front in pages.items()}
    assert sizes["index"] < 400_000
    assert max(size for stem, size in sizes.items() if stem != "index") < 200_000
    assert len(render(pages["index"], "md")) < 150_000


def test_what_is_not_on_the_page_is_data_for_the_search():
    front = site(many(200))["index"]
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', html(front))[1])
    assert len(data["pairs"]) == 200 - LATEST
    stem, old, new, _, title, series, topics = data["pairs"][0]
    assert (stem, old, new) == ("serie-014/A-RES-150-1_A-RES-151-1.fr", "150/1", "151/1")
    assert (data["words"][title], data["words"][series]) == (TITLE, "Série 14")
    assert [data["words"][n] for n in topics[:2]] == ["thème 0", "thème 1"]


# ---- what a pair says -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_pair_has_date_title_figures_sentence_and_topics(lang):
    data = html(site({"a": Listing("Série", (pair(4),))}, lang)["index"])
    assert tree(data) is not None
    assert '<time datetime="2019-12-18">' in data
    assert re.findall(r"<text [^>]*>(.\d+)</text>", data) == ["+18", "−3", "≠22"]
    assert TITLE in data
    assert data.count(SAID) == 1
    assert "thème 0\u00a0· thème 1" in data
    assert 'href="a/A-RES-3-1_A-RES-4-1.fr.html#op6"' in data


def test_the_bars_are_shares_of_all_paragraphs():
    data = html(index((Listing("Série", (pair(4),)),)))
    widths = [float(w) for w in re.findall(r'class="bar" d="M44 \d+h([\d.]+)v', data)]
    assert widths == [pytest.approx(110 * n / 50, abs=0.06) for n in (18, 3, 22)]


def test_nothing_has_no_sign():
    row = replace(pair(4), kinds=((Kind.ADDED, 3), (Kind.UNCHANGED, 7)))
    data = html(index((Listing("Série", (row,)),)))
    assert re.findall(r"<text [^>]*>([^<]+)</text>", data) == ["+3", "0", "0"]


def test_a_title_that_only_says_the_symbol_is_not_said_again():
    row = Pair(
        "1804\u00a0(2008)",
        "1805\u00a0(2008)",
        "x",
        texts=(Text("", title=""), Text("", title="Résolution 1805 (2008)")),
    )
    assert row.title == ""


def test_what_failed_is_told_before_all_else():
    rows = (pair(2), Pair("2/1", "3/1", "y", error="Fichier <introuvable>"))
    for form, said in (("html", "Fichier &lt;introuvable&gt;"), ("md", "Fichier")):
        data = render(site({"a": Listing("A", rows)})["index"], form).decode("utf-8")
        assert data.index(said) < data.index("1/1 → 2/1")


def test_a_corpus_without_pairs_makes_a_page_that_says_so():
    front = site({})["index"]
    assert "Aucune édition" in html(front)
    assert tree(html(front)) is not None
    assert render(front, "md").decode() == "# Résolutions successives\n"


@pytest.mark.parametrize("title", [NASTY, "x" * 2000, "\u202bעברית\u202c", "\x00\uffff"])
def test_no_title_breaks_a_page(title):
    listing = {"a": Listing(title, (pair(4, title=title), pair(5, title=title)))} | many(60)
    for front in site(listing).values():
        data = html(front)
        assert "<script>alert" not in data
        assert "<img" not in data
        assert data.count("</script>") == 1 + data.count('<script type="application/json"')
        assert "<img" not in render(front, "md").decode()
        if front.feed:
            etree.fromstring(feed(front))


def test_a_title_without_end_is_cut():
    old, new = (build.resolution(("op", "Prie"), symbol=f"A/RES/{n}/1", title="x" * 2000) for n in (1, 2))
    row = entry(report(compare(old, new)), "x")
    assert row.title == "x" * 298 + "\u00a0…"
    assert site({"a": Listing("y" * 2000, (row,))})["index"].blocks[0].title == "y" * 298 + "\u00a0…"


# ---- the feed -------------------------------------------------------------------------------------------------------

# What RFC 4287 wants, as lists of elements: those that must be there once, those that may.
FEED = {"id": "1", "title": "1", "updated": "1", "author": "+", "generator": "?", "link": "*", "entry": "*"}
ENTRY = {"id": "1", "title": "1", "updated": "1", "published": "?", "link": "+", "category": "*", "summary": "?"}
RE_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")  # RFC 3339


def check(element, grammar):
    """Element by element what sections 4.1.1 and 4.1.2 of RFC 4287 ask for."""
    names = [child.tag.removeprefix(ATOM) for child in element]
    assert set(names) <= set(grammar)
    for name, often in grammar.items():
        assert often in "*+" or names.count(name) <= 1
        assert often not in "1+" or name in names
    for each in element.iterfind(f"{ATOM}updated"):
        assert RE_INSTANT.fullmatch(each.text)
    assert urlsplit(element.findtext(f"{ATOM}id")).scheme  # an absolute address
    alternates = [link for link in element.iterfind(f"{ATOM}link") if link.get("rel") == "alternate"]
    assert len({(link.get("type"), link.get("hreflang")) for link in alternates}) == len(alternates)


def read(data):
    root = etree.fromstring(data)
    assert root.tag == f"{ATOM}feed"
    check(root, FEED)
    entries = root.findall(f"{ATOM}entry")
    for each in entries:
        check(each, ENTRY)
    ids = [each.findtext(f"{ATOM}id") for each in entries]
    assert len(set(ids)) == len(ids)
    return root, entries


def hrefs(root, rel):
    return [link.get("href") for link in root.iter(f"{ATOM}link") if link.get("rel") == rel]


def test_the_feed_has_the_latest_with_the_dates_of_the_texts():
    root, entries = read(feed(site(many(200))["index"]))
    assert len(entries) == 50
    assert root.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated") == "1993-10-25T00:00:00Z"
    assert entries[0].findtext(f"{ATOM}title").startswith("200/1 → 201/1 – Assistance")
    assert [c.get("label") for c in entries[0].iterfind(f"{ATOM}category")] == ["thème 0", "thème 1", "thème 2"]


def test_what_has_no_day_is_not_in_the_feed():
    rows = (pair(2, ""), pair(3, "2008"), pair(4, "2008-02-31x"), pair(5, "2008-02-29"))
    _, entries = read(feed(site({"a": Listing("A", rows)})["index"]))
    assert [each.findtext(f"{ATOM}title")[:9] for each in entries] == ["4/1 → 5/1"]
    read(feed(site({})["index"]))


def test_links_are_relative_or_begin_with_the_address_of_the_site():
    pages = site({"a b": Listing("A", (pair(2),))})
    root, _ = read(feed(pages["index"]))
    assert hrefs(root, "alternate") == ["index.html", "a%20b/A-RES-1-1_A-RES-2-1.fr.html"]
    assert hrefs(root, "self") == []
    root, _ = read(feed(pages["index"], site="https://x.org/r/"))
    assert hrefs(root, "alternate")[1] == "https://x.org/r/a%20b/A-RES-1-1_A-RES-2-1.fr.html"
    assert hrefs(root, "self") == ["https://x.org/r/atom.xml"]
    root, _ = read(feed(pages["a b/index"], site="https://x.org/r/", key="a b"))
    assert hrefs(root, "alternate")[1] == "https://x.org/r/a%20b/A-RES-1-1_A-RES-2-1.fr.html"
    assert hrefs(root, "self") == ["https://x.org/r/a%20b/atom.xml"]


def test_an_entry_keeps_its_identifier():
    """Whatever comes after it, wherever the site lies, and in the feed of its series as in that of all."""
    few, more = (site({"a": Listing("A", rows)}) for rows in ((pair(2),), (pair(2), pair(3))))
    ids = [
        [each.findtext(f"{ATOM}id") for each in read(data)[1]][-1]
        for data in (
            feed(few["index"]),
            feed(more["index"], site="https://x.org/"),
            feed(more["a/index"], key="a"),
        )
    ]
    assert len(set(ids)) == 1
    feeds = [feed(few["index"]), feed(few["index"], site="https://x.org/"), feed(few["a/index"], key="a")]
    assert len({read(data)[0].findtext(f"{ATOM}id") for data in feeds}) == 3
