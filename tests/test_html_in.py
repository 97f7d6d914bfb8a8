"""Web pages: new ones and old ones, with the calls and notes that their links tie together, without what is no text."""

import time

import pytest
from printing import flat_document, needs_office, printed

from resdiff.errors import InputError
from resdiff.model import Part
from resdiff.parsing import parse
from resdiff.reading import read


def content(source):
    resolution = parse(source)
    body = [(p.id, p.text) for p in resolution.paragraphs if p.part is not Part.PREFACE]
    return body, [(n.label, n.text, n.paragraph, n.offset) for n in resolution.footnotes]


def page(body, head=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def blocks(data, **options):
    return read(data, **options).text.strip("\n").split("\n\n")


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize("name", ["72/194", "74/175", "78/226"])
@pytest.mark.parametrize("form", ["html", "xhtml"])
def test_a_page_saved_by_a_word_processor_is_read_back_word_for_word(corpus, tmp_path, name, form):
    source = read(corpus.find(name)[1].path)
    again = read(printed(flat_document(source), tmp_path, form))
    assert content(again) == content(source)
    assert parse(again).title == source.header.title


def test_calls_and_notes_are_tied_by_their_links():
    body = (
        "<p>Rappelant sa résolution<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a>,</p>"
        "<p>1. Prie le Secrétaire général<sup><a href='#_ftn2' name='_ftnref2'>2</a></sup> d’agir.</p>"
        "<div id='ftn1'><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Résolution 60/288.</p></div>"
        "<div id='ftn2'><p><a href='#_ftnref2' name='_ftn2'><sup>2</sup></a>\u00a0A/72/495.</p></div>"
    )
    assert blocks(page(body)) == [
        "Rappelant sa résolution[^1],",
        "1. Prie le Secrétaire général[^2] d’agir.",
        "[^1]: Résolution 60/288.",
        "[^2]: A/72/495.",
    ]


def test_a_note_that_is_a_list_item_and_one_of_two_paragraphs():
    body = (
        "<p>Rappelant<a href='#n1'>1</a> et<a href='#n2'>2</a>,</p>"
        "<ol><li id='n1'>Résolution 60/288.</li><li id='n2'><p>Voir A/72/495.</p></li></ol>"
    )
    assert blocks(page(body))[-2:] == ["[^1]: Résolution 60/288.", "[^2]: Voir A/72/495."]


def test_raised_numbers_without_links_are_raised_and_ordinals_are_not():
    body = "<p>le 1<sup>er</sup> juillet, la Stratégie<sup>3</sup>, 12 km<sup>2</sup></p>"
    assert blocks(page(body)) == ["le 1er juillet, la Stratégie³, 12 km²"]


def test_a_note_called_twice_is_called_twice():
    body = "<p>Un<a href='#a'>1</a> et deux<sup>1</sup>.</p><p id='a'>1. Texte.</p>"
    assert blocks(page(body))[0] == "Un[^1] et deux[^1]."


def test_an_old_page_in_capitals_tables_and_line_ends():
    data = (
        "<HTML><HEAD><META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=windows-1252'>"
        "<TITLE>A/RES/48/1</TITLE></HEAD><BODY BGCOLOR=#FFFFFF><TABLE BORDER=0><TR><TD>&nbsp;&nbsp;&nbsp;"
        "L’Assemblée générale,<BR><BR>&nbsp;&nbsp;Rappelant la\nCharte,<BR>&nbsp;<BR>Notant l’œuvre accomplie,</TD>"
        "</TR><TR><TD>1.</TD><TD>Prie les États d’agir ;</TD></TR></TABLE></BODY></HTML>"
    ).encode("cp1252")
    assert blocks(data) == [
        "L’Assemblée générale,",
        "Rappelant la Charte,",
        "Notant l’œuvre accomplie,",
        "1. Prie les États d’agir ;",
    ]


def test_scripts_menus_and_what_is_hidden_are_no_text():
    body = (
        "<nav>Accueil</nav><script>var a = 'Prie';</script><style>p {}</style><div style='display: none'>caché</div>"
        "<!-- remarque --><p hidden>caché</p><p>Prie <del>instamment </del>les États</p> et la suite"
    )
    assert blocks(page(body, "<title>Titre</title>")) == ["Prie les États", "et la suite"]


def test_what_is_struck_through_is_read_as_deleted_and_named():
    body = (
        "<p>1. Prie <s>vite </s>les États</p><p>2. <strike>Invite</strike> ;</p><p><s>3.</s> Note</p>"
        "<p>4. Décide <span style='color: red; text-decoration: line-through'>de</span> finir</p>"
        "<table><tr><td>5.</td><td><s>Exige</s></td></tr><tr><td>6.</td><td>Prie</td></tr></table>"
    )
    assert blocks(page(body)) == ["1. Prie les États", "3. Note", "4. Décide  finir", "6. Prie"]
    assert [(n.code, n.values) for n in read(page(body)).notices] == [
        ("struck-in", ("vite", "1. Prie les États")),
        ("struck-left", ("2. Invite",)),
        ("struck-in", ("de", "4. Décide finir")),
        ("struck-left", ("5. Exige",)),
    ]
    tracked = [notice.code for notice in read(page("<p>Prie <del>vite </del>les États</p>")).notices]
    assert tracked == ["tracked-accepted"]


def test_what_a_delegation_strikes_in_its_own_brackets_is_no_text_that_went():
    source = read(page("<p>1. [UK: <s>Urges</s> Encourages] States [EU: <s>and <b>others</b></s>];</p>"))
    assert source.text == "1. [Urges] [UK: Encourages] States [and others] [EU: –];\n"
    assert [(n.code, n.values) for n in source.notices] == [("struck-offered", ("2",))]


def test_lists_get_their_numbers():
    body = "<ol start=3><li>Prie<li>Décide<ol type=a><li>de un<li>de deux</ol></ol><ul><li>point</ul>"
    assert blocks(page(body)) == ["3. Prie", "4. Décide", "a) de un", "b) de deux", "– point"]


def test_text_set_as_it_was_typed_keeps_its_lines():
    assert blocks(page("<pre>L’Assemblée\ngénérale,\n\n   Rappelant</pre>")) == ["L’Assemblée\ngénérale,", "Rappelant"]


def test_a_page_is_known_by_its_start_and_a_piece_of_one_by_its_name():
    assert blocks(b"  <html><body><p>Prie</p>") == ["Prie"]
    assert blocks(b"<?xml version='1.0' encoding='utf-8'?>\n<html><body><p>Prie &eacute;</p></body></html>") == [
        "Prie é"
    ]
    assert blocks("<p>Décide</p>".encode(), origin="page.htm") == ["Décide"]
    assert blocks("<p>Décide</p>".encode(), origin="note.txt") == ["<p>Décide</p>"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 20_000,
        "<b>" * 100_000 + "Prie",
        "<p>" + "&eacute;" * 100_000,
        "<ol>" * 5_000 + "<li>x",
        "<a href='#a'>1</a>" * 30_000 + "<p id=a>1",
        "<sup>" * 50_000 + "1",
        "<table>" * 5_000 + "<td>x",
        "<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">Prie",
        "<p " + " ".join(f"a{n}='>'" for n in range(300_000)) + ">Prie",
        "<p " + "a/" * 300_000 + ">Prie",
        ("<p " + " ".join(f"a{n}=1" for n in range(500)) + ">Prie") * 1000,
        "<a href='#b'><div>" * 1_000 + "<i></i>" * 100_000,
        "".join(f"<a href='#a{n}'>1</a>" for n in range(37_000)) + "".join(f"<p id=a{n}>1" for n in range(37_000)),
        "<form><div>" * 900 + "<i></i>" * 100_000,
    ],
    ids=range(14),
)
def test_a_hostile_page_takes_no_time(body):
    start = time.process_time()
    try:
        assert "&eacute;" not in read(page(body)).text
    except InputError as error:
        assert error.code in ("html-hostile", "html-deep", "text-too-many-paragraphs", "file-empty")
    assert time.process_time() - start < 5


@pytest.mark.parametrize("tag", ["font size=2", "b", "span style='x'", "font><i><u"])
def test_a_page_with_tags_that_nobody_closed_is_read_whole(tag):
    body = "".join(f"<p><{tag}>Alinéa {n}, mots" for n in range(3000))
    assert len(blocks(page(body))) == 3000


def test_a_page_too_deep_to_be_read_whole_is_refused():
    with pytest.raises(InputError, check=lambda error: error.code == "html-deep"):
        read(page("<div>" * 3000 + "<p>Prie</p>"))


def test_the_head_of_an_article_is_text_and_that_of_a_page_is_not():
    article = b"<article><header><h1>91/1. Titre</h1></header><p>Un</p></article>"
    text = read(b"<html><body><header>Menu</header>" + article + b"</body></html>", origin="x.html").text
    assert text.split("\n\n") == ["91/1. Titre", "Un\n"]


def test_what_is_left_out_is_told_with_its_number():
    body = (
        "<p>Prie <math><mi>x</mi></math>les États</p><p hidden>Perdu</p><p style='display:none'>Caché</p>"
        "<input name=a value=Paris><input type=hidden value=x><textarea>Rome</textarea><textarea></textarea>"
        "<select><option>a<option selected>b</select><iframe src=x></iframe><ruby>漢<rp>(</rp><rt>kan</rt></ruby>"
    )
    source = read(page(body))
    assert source.text == "Prie les États\n\n漢\n"
    assert [(n.code, n.values[0]) for n in source.notices] == [
        ("equations-left", "1"),
        ("fields-left", "3"),
        ("glosses-left", "1"),
        ("hidden-left", "2"),
        ("objects-left", "1"),
    ]


def test_a_page_whose_text_stands_in_a_form_is_read():
    search = "<form>Rechercher <input></form>"
    text = "<p>L’Assemblée générale,</p>" + "<p>Rappelant la Charte des Nations Unies,</p>" * 20
    assert len(blocks(page(f"{search}<form id=aspnet>{text}</form>"))) == 21


@pytest.mark.slow
def test_nothing_is_fetched_for_a_page(httpserver):
    address = httpserver.url_for("/x")
    data = (
        f'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "{address}.dtd" [<!ENTITY e SYSTEM "{address}"><!ENTITY f '
        f'SYSTEM "file:///etc/passwd">]><html><head>'
        f'<link rel="stylesheet" href="{address}"/></head><body><p>Prie &e;&f;</p>'
        f'<img src="{address}"/><iframe src="{address}"></iframe></body></html>'
    )
    text = read(data.encode()).text
    assert text.startswith("Prie")
    assert "root:" not in text
    assert httpserver.log == []


def test_a_page_of_tags_alone_is_refused():
    with pytest.raises(InputError, check=lambda error: error.code == "html-hostile"):
        read(page("<i></i>" * 80_000))
