import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

import build
import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import judged
from msgspec.structs import replace

from resdiff import reading, rendering, report
from resdiff.comparison import compare
from resdiff.model import (
    Comparison,
    Edit,
    Evidence,
    Op,
    Provenance,
    Side,
    Status,
    TextKind,
    TopicChange,
    Weight,
)
from resdiff.parsing import parse
from resdiff.rendering.html.pieces import Markup, fill, joined, nested
from resdiff.report import Index, Listing, Pair, Sentence
from resdiff.report.blocks import Semicolon

CORPUS = Path(__file__).parents[1] / "corpus" / "assistance-technique-terrorisme"
XHTML = "{http://www.w3.org/1999/xhtml}"
NASTY = "</style></script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;&lt;${x}{{7*7}}"


def render(what):
    return rendering.render(what, "html")


@cache
def compared():
    old, new = (parse(reading.read(CORPUS / f"A-RES-{symbol}.fr.md")) for symbol in ("72-194", "74-175"))
    return judged(compare(old, new))


@cache
def real(lang="fr"):
    return report.build(compared(), lang=lang)


@cache
def page(lang="fr"):
    return render(real(lang)).decode("utf-8")


def resolution(symbol, *texts, **fields):
    rows = [("op", text) for text in texts]
    return build.resolution(*rows, symbol=symbol, title="Titre", adopted="2019-12-18", **fields)


def built(old, new, **fields):
    return report.build(replace(compare(old, new), **fields))


def tree(data):
    return html5lib.HTMLParser(strict=True).parse(data)


def with_class(root, tag, name):
    return [e for e in root.iter(XHTML + tag) if name in (e.get("class") or "").split()]


OTHER_TEXT = {"o": ("ins",), "n": ("del",)}


def words(element, without):
    """The text of a paragraph without numbers, labels of links, and what belongs to the other text alone."""
    tag, names = element.tag.removeprefix(XHTML), (element.get("class") or "").split()
    if tag in without or {"num", "p", "dw"} & set(names):
        return element.tail or ""
    inner = (element.text or "") + "".join(words(child, without) for child in element)
    return inner + (element.tail or "")


def column(root, side):
    """The text of a side: its paragraphs in the order of the page, by id. One that did not change stands once."""
    prefix, cell, other = ("old-", "o", "n") if side == "old" else ("", "n", "o")
    found = {}
    for row in with_class(root, "article", "row"):
        cells = with_class(row, "div", cell)
        twins = [] if cells else with_class(row, "div", other) if row.get("data-old") and row.get("data-new") else []
        ids = row.get(f"data-{side}").split()
        shown = [p for div in cells or twins for p in div.iter(XHTML + "p")]
        texts = [(p.text or "") + "".join(words(c, OTHER_TEXT[cell]) for c in p) for p in shown]
        assert not cells or [p.get("id") for p in shown] == [prefix + id_ for id_ in ids]
        found |= dict(zip([prefix + id_ for id_ in ids], [text.lstrip(" ") for text in texts], strict=bool(texts)))
    return found


def test_page_is_valid_and_small():
    assert tree(page())[0] is not None
    assert len(page().encode("utf-8")) <= 250_000


def test_page_asks_for_nothing_from_the_network():
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//(?!docs\.un\.org|undocs\.org)", page())
    assert "@import" not in page()
    assert "url(" not in page()


def test_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else():
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page())[1]
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        text = re.search(rf"<{tag}>(.*?)</{tag}>", page(), re.DOTALL)[1]
        digest = b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
        assert f"{directive} 'sha256-{digest}'" in policy.replace("&#39;", "'")
    assert policy.startswith("default-src 'none'")
    assert not re.search(r"\s(?:style|on\w+)=", re.sub(r"<(script|style)>.*?</\1>", "", page(), flags=re.DOTALL))


@pytest.mark.parametrize(("side", "prefix"), [("old", "old-"), ("new", "")])
def test_each_column_holds_its_text_to_the_letter(side, prefix):
    comparison = compared()
    texts = {prefix + p.id: p.text for p in getattr(comparison, side).body}
    shown = column(tree(page()), side)
    assert {id_: text.replace("\u00a0", " ") for id_, text in shown.items()} == texts


def test_a_line_never_begins_with_a_sign_that_french_binds():
    assert not [text for text in column(tree(page()), "new").values() if re.search(" [;:!?»]$|« ", text)]


@given(
    st.lists(st.text("ab é,’¶<&", min_size=1, max_size=30).map(str.strip).filter(bool), min_size=1, max_size=4),
    st.randoms(),
)
@settings(deadline=None)
@pytest.mark.slow
def test_each_column_holds_any_text_to_the_letter(texts, random):
    other = [text.replace("a", "b") if random.random() < 0.5 else text + " a" for text in texts]
    old, new = resolution("A/RES/1/1", *texts), resolution("A/RES/2/1", *other)
    root = tree(render(built(old, new)))
    assert column(root, "old") == {f"old-{p.id}": p.text for p in old.body}
    assert column(root, "new") == {p.id: p.text for p in new.body}


def test_every_paragraph_can_be_linked_to_once():
    ids = [e.get("id") for e in tree(page()).iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    comparison = compared()
    assert {p.id for p in comparison.new.body} <= set(ids)
    assert {f"old-{p.id}" for p in comparison.old.body} <= set(ids)


def test_every_link_of_the_page_leads_somewhere():
    root = tree(page())
    ids = {e.get("id") for e in root.iter()}
    links = {e.get("href") for e in root.iter() if (e.get("href") or "").startswith("#")}
    assert {link for link in links if link[1:] not in ids} == set()


def test_texts_stay_texts():
    evil = resolution(
        f"A/RES/{NASTY}", f"Prie {NASTY}", provenance=Provenance(TextKind.DRAFT, NASTY, "javascript:alert(1)")
    )
    calm = replace(resolution("A/RES/74/175", "Prie les États"), title=NASTY, language='"><script>')
    topic = TopicChange(NASTY, NASTY, Status.NEW, new=(Evidence("op1", NASTY),))
    data = render(built(evil, calm, topics=(topic,)))
    root = html5lib.parse(data.decode("utf-8"))
    assert len(list(root.iter(XHTML + "script"))) == 1
    assert not list(root.iter(XHTML + "img"))
    assert not [e for e in root.iter() if (e.get("href") or "").startswith("javascript")]
    assert f"Prie {NASTY}" in column(root, "old").values()
    assert "{" not in re.search(r"@top-left\{content:\"(.*?)\"", data.decode("utf-8"))[1]


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"])))
@settings(deadline=None)
def test_what_is_filled_in_is_read_back_to_the_letter(text):
    made = fill('<p title="{}">{}</p>{rest}', text, text, rest=joined([text, fill("<b>{}</b>", text)], "<br>"))
    body = html5lib.parse(made).find(f"{XHTML}body")
    assert body[0].get("title") == (body[0].text or "") == (body[2].text or "") == text
    assert (body[0].tail or "") == text


def test_markup_that_was_worked_on_is_plain_text_again():
    bold = fill("<b>{}</b>", "x")
    assert isinstance(bold, Markup)
    for changed in (bold + "<i>", bold.upper(), bold[:3], "".join([bold, "<script>"])):
        assert "<" not in fill("{}", changed)


def test_inserted_and_deleted_words_are_elements_that_are_read_out():
    root = tree(page())
    assert any("biométriques" in "".join(e.itertext()) for e in root.iter(XHTML + "ins"))
    assert any("vie privée" in "".join(e.itertext()) for e in root.iter(XHTML + "del"))
    style = next(root.iter(XHTML + "style")).text
    assert 'ins::before{content:" [ajouté\u00a0:] "}' in style
    assert 'del::before{content:" [supprimé\u00a0:] "}' in style


def test_the_lead_stands_in_italics_on_both_sides():
    leads = {"".join(e.itertext()) for e in tree(page()).iter(XHTML + "i")}
    assert {"Rappelant", "Engage", "Demande"} <= leads


def test_what_stands_elsewhere_is_referred_to():
    see = ["".join(line.itertext()).strip() for line in with_class(tree(page()), "p", "see")]
    assert "ancien PP\u00a013\u00a0: déplacé, voir PP\u00a03" in see
    assert any(text.startswith("par.\u00a08\u00a0: issu de l’ancien par.\u00a03") for text in see)


def test_a_passage_that_moved_is_marked_and_linked():
    edits = (
        Edit(Op.EQUAL, "Prie les"),
        Edit(Op.DELETE, " femmes", Weight.SUBSTANTIVE, "op2"),
        Edit(Op.EQUAL, " États"),
    )
    old, new = resolution("A/RES/1/1", "Prie les femmes États"), resolution("A/RES/2/1", "Prie les États")
    data = render(report.build(Comparison(old, new, (build.change("op1", "op1", edits),)))).decode("utf-8")
    moved = '<del class="m">femmes</del><a class="p" href="#op2">par.\u00a02</a>'
    assert f" {moved} États" in data
    assert f'<span class="dw"> </span>{moved} États' in data


def test_the_parts_have_headings():
    headings = [h.text.strip() for h in tree(page()).iter(XHTML + "h3")]
    assert headings.index("Préambule") < headings.index("Dispositif")


def test_same_report_same_bytes():
    assert render(real()) == render(real())


def test_english_page_keeps_the_texts_french():
    root = tree(page("en"))
    assert next(root.iter(XHTML + "html")).get("lang") == "en"
    assert {p.get("lang") for cell in with_class(root, "div", "n") for p in cell.iter(XHTML + "p")} == {"fr"}
    assert "Side by side" in page("en")
    assert "Côte à côte" not in page("en")


def test_what_falls_due_stands_beside_what_matters_most_whatever_else_is_folded():
    root = tree(page())
    (dates,) = with_class(root, "div", "when")
    assert "".join(dates.itertext()).startswith("Calendrier")
    assert dates in list(with_class(root, "section", "sum")[0].iter())
    folded = with_class(root, "details", "more")[0]
    assert "Calendrier" not in "".join(folded.itertext())
    told = [sentence for sentence in real().find(report.Summary).others if not sentence.dates]
    assert (
        len(told) == len(real().find(report.Summary).others) - 1 == len(folded.find(XHTML + "ul").findall(XHTML + "li"))
    )


def test_the_rest_of_the_summary_tells_of_each_paragraph_in_an_item_of_its_own():
    below, semicolon = Semicolon(""), Semicolon(" ; ")
    said = Sentence(("Supprimés : ", below, "« a »", semicolon, "« b »"))
    both = Sentence(("« c »", semicolon, "ajoutés : ", below, "« d »", semicolon, "« e »."))
    assert nested(said) == "Supprimés : <ul>\n<li>« a » ;</li>\n<li>« b »</li>\n</ul>"
    assert nested(both) == (
        "<ul>\n<li>« c » ;</li>\n<li>ajoutés : <ul>\n<li>« d » ;</li>\n<li>« e ».</li>\n</ul></li>\n</ul>"
    )
    assert nested(Sentence(("Supprimé : ", below, "« a »."))) == "Supprimé : « a »."


def test_picture_has_a_ribbon_for_each_link_and_says_what_it_is():
    comparison = compared()
    pairs = sum(len(c.link.old) * len(c.link.new) for c in comparison.changes)
    bars = sum(len(text.body) for text in (comparison.old, comparison.new))
    assert len(re.findall(r'<path class="k', page())) == pairs
    drawn = re.findall(r"<a href=[^>]+>(<path|<rect)[^>]+/><title>[^<]+</title></a>", page())
    assert (drawn.count("<path"), drawn.count("<rect")) == (pairs, bars)
    assert "PP\u00a013 → PP\u00a03\u00a0: déplacé" in page()


def test_picture_of_hundreds_of_paragraphs_stays_in_its_frame():
    texts = [f"Prie les États de faire {n}" for n in range(600)]
    data = render(built(resolution("A/RES/1/1", *texts), resolution("A/RES/2/1", *texts[:3]))).decode("utf-8")
    ends = [float(x) + float(w) for x, w in re.findall(r'x="([\d.]+)" y="\d+" width="([\d.]+)"', data)]
    assert 990 < max(ends) <= 1001
    assert min(float(x) for x in re.findall(r' x="([-\d.]+)" y="\d+" width', data)) >= 0


def test_empty_texts_make_a_page():
    assert tree(render(built(resolution("A/RES/1/1"), resolution("A/RES/2/1")))) is not None
    assert tree(render(built(resolution("A/RES/1/1"), resolution("A/RES/2/1", "Prie")))) is not None


def test_front_page_lists_pairs_and_failures():
    sentence = Sentence((report.address(Side.NEW, "op22", "fr"), " <b>"))
    pairs = (Pair("72/194", "74/175", "x/a b", sentences=(sentence,)), Pair("1", "2", "y", error="Fichier introuvable"))
    data = render(Index("Résolutions", "fr", (Listing("Série", pairs),))).decode("utf-8")
    assert tree(data) is not None
    assert 'href="x/a%20b.html"' in data
    assert 'href="x/a%20b.html#op22"' in data
    assert "&lt;b&gt;" in data
    assert "Fichier introuvable" in data


def test_a_format_has_one_name_on_the_page_of_a_pair_and_on_the_front_page():
    files = tuple(f"x.{suffix}" for suffix in ("docx", "xlsx", "md", "json"))
    one = rendering.render(real(), "html", files=files).decode()
    pairs = (Pair("72/194", "74/175", "x"),)
    formats = ("html", "docx", "xlsx", "md", "json")
    other = render(Index("Résolutions", "fr", (Listing("Série", pairs),), formats)).decode()
    for file, name in zip(files, ("Word", "Excel", "Markdown", "JSON"), strict=True):
        assert f'<a href="{file}">{name}</a>' in one
        assert f'<a href="{file}">{name}</a>' in other


def test_the_names_of_topics_are_told_apart_by_what_no_name_holds():
    (said, *_) = ("".join(line.itertext()) for line in with_class(tree(page()), "p", "names"))
    topics = [topic.label for topic in real().find(report.Topics).topics if topic.status == Status.NEW]
    assert any("," in topic for topic in topics[:5])
    assert said.partition("\u00a0: ")[2].split("\u00a0· ") == [*topics[:5], "…"]
