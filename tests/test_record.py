"""A resolution written as Markdown is read back the same."""

import pytest
from build import paragraph, resolution
from hypothesis import given
from hypothesis import strategies as st

from resdiff.model import Footnote, Header
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.record import markdown

ABOUT = {"symbol": "A/RES/90/1", "title": "Titre", "session": "90"}


def again(resolution, header=None):
    return parse(read(markdown(resolution, header or Header()).encode()))


def told(resolution):
    return [(p.id, p.number, p.lead, p.text) for p in resolution.body], [
        (n.label, n.paragraph, n.offset, n.text) for n in resolution.footnotes
    ]


@pytest.mark.parametrize("symbol", ["72/194", "74/175", "78/226"])
def test_the_shipped_texts_come_back_the_same(corpus, symbol):
    shipped = corpus.get(symbol)
    assert told(again(shipped)) == told(shipped)


@pytest.mark.parametrize("dash", ["–", "-", "•", "*", "·"])
def test_points_with_a_dash_come_back_as_points(dash):
    paragraphs = (
        paragraph("op1", "Décide du mandat suivant :"),
        paragraph("op1.a", "Observation :", lead=""),
        paragraph("op1.a.1", "Surveiller le cessez-le-feu ;", number=dash, lead=""),
        paragraph("op1.a.2", "Assurer la liaison ;", number=dash, lead=""),
        paragraph("op1.b", "Ordre public.", lead=""),
    )
    back = again(resolution(*paragraphs, **ABOUT))
    assert [(p.id, p.number, p.depth, p.text) for p in back.body] == [
        (p.id, p.number, p.depth, p.text) for p in paragraphs
    ]


def test_a_call_whose_note_is_lost_comes_back():
    footnotes = (Footnote("18", "", "op1", 13), Footnote("19", "S/2005/135.", "op1", 13))
    called = resolution("Prie l’Office ;", footnotes=footnotes, **ABOUT)
    assert told(again(called)) == told(called)
    assert " \n" not in markdown(called, Header())


SPECIAL = "Prie l’Office <script> & *étoiles* _soulignés_ [crochets] `accents` \\ ~ | # de faire"


def test_special_characters_stay_text():
    texts = ["Rappelant [1] ^ et 1. rien,", f"{SPECIAL} ;"]
    about = ABOUT | {"title": "Titre : « a » # b", "adopted": "2035-12-18"}
    back = again(resolution(("pp", texts[0]), ("op", texts[1]), **about))
    assert [p.text for p in back.body] == texts
    assert (back.symbol, back.title, back.adopted) == ("A/RES/90/1", "Titre : « a » # b", "2035-12-18")


@pytest.mark.parametrize("start", ["12.", "1)", "2019.", "# ", "- ", "+ ", "~", "=", "| "])
def test_the_start_of_a_paragraph_without_a_number_stays_text(start):
    text = f"{start} Rappelant la Charte,"
    written = markdown(resolution(("pp", text), **ABOUT), Header())
    assert read(written.encode()).text == f"{text}\n"


@given(st.lists(st.text("aéœ’ *_[]<>&`\\#1.)(;,:!-+~|", min_size=1, max_size=60), min_size=1, max_size=4))
def test_any_paragraph_comes_back_the_same(bodies):
    texts = [" ".join(f"Prie {body} fin ;".split()) for body in bodies]
    back = again(resolution(*texts, **ABOUT))
    assert [p.text for p in back.body] == texts
