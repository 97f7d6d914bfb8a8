"""A resolution written as Markdown is read back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resdiff.model import Footnote, Header, Paragraph, Part, Resolution, Span
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.record import markdown


def again(resolution, header=None):
    return parse(read(markdown(resolution, header or Header()).encode()))


def told(resolution):
    return [(p.id, p.number, p.lead, p.text) for p in resolution.body], [
        (n.label, n.paragraph, n.offset, n.text) for n in resolution.footnotes
    ]


@pytest.mark.parametrize("symbol", ["72/194", "74/175", "78/226"])
def test_the_shipped_texts_come_back_the_same(corpus, symbol):
    resolution = corpus.get(symbol)
    assert told(again(resolution)) == told(resolution)


@pytest.mark.parametrize("dash", ["–", "-", "•", "*", "·"])
def test_points_with_a_dash_come_back_as_points(dash):
    paragraphs = (
        Paragraph("op1", Part.OPERATIVE, "1", 0, "Décide", "Décide du mandat suivant :", Span(0, 0)),
        Paragraph("op1.a", Part.OPERATIVE, "a", 1, "", "Observation :", Span(0, 0)),
        Paragraph("op1.a.1", Part.OPERATIVE, dash, 2, "", "Surveiller le cessez-le-feu ;", Span(0, 0)),
        Paragraph("op1.a.2", Part.OPERATIVE, dash, 2, "", "Assurer la liaison ;", Span(0, 0)),
        Paragraph("op1.b", Part.OPERATIVE, "b", 1, "", "Ordre public.", Span(0, 0)),
    )
    back = again(Resolution("A/RES/90/1", "Titre", "fr", "90", "", paragraphs))
    assert [(p.id, p.number, p.depth, p.text) for p in back.body] == [
        (p.id, p.number, p.depth, p.text) for p in paragraphs
    ]


def test_a_call_whose_note_is_lost_comes_back():
    paragraphs = (Paragraph("op1", Part.OPERATIVE, "1", 0, "Prie", "Prie l’Office ;", Span(0, 0)),)
    footnotes = (Footnote("18", "", "op1", 13), Footnote("19", "S/2005/135.", "op1", 13))
    resolution = Resolution("A/RES/90/1", "Titre", "fr", "90", "", paragraphs, footnotes)
    assert told(again(resolution)) == told(resolution)
    assert " \n" not in markdown(resolution, Header())


SPECIAL = "Prie l’Office <script> & *étoiles* _soulignés_ [crochets] `accents` \\ ~ | # de faire"


def test_special_characters_stay_text():
    paragraphs = (
        Paragraph("pp1", Part.PREAMBLE, "", 0, "", "Rappelant [1] ^ et 1. rien,", Span(0, 0)),
        Paragraph("op1", Part.OPERATIVE, "1", 0, "Prie", f"{SPECIAL} ;", Span(0, 0)),
    )
    back = again(Resolution("A/RES/90/1", "Titre : « a » # b", "fr", "90", "2035-12-18", paragraphs))
    assert [p.text for p in back.body] == [p.text for p in paragraphs]
    assert (back.symbol, back.title, back.adopted) == ("A/RES/90/1", "Titre : « a » # b", "2035-12-18")


@pytest.mark.parametrize("start", ["12.", "1)", "2019.", "# ", "- ", "+ ", "~", "=", "| "])
def test_the_start_of_a_paragraph_without_a_number_stays_text(start):
    text = f"{start} Rappelant la Charte,"
    paragraph = Paragraph("pp1", Part.PREAMBLE, "", 0, "", text, Span(0, 0))
    written = markdown(Resolution("A/RES/90/1", "Titre", "fr", "90", "", (paragraph,)), Header())
    assert read(written.encode()).text == f"{text}\n"


@given(st.lists(st.text("aéœ’ *_[]<>&`\\#1.)(;,:!-+~|", min_size=1, max_size=60), min_size=1, max_size=4))
def test_any_paragraph_comes_back_the_same(bodies):
    texts = [f"Prie {' '.join(body.split())} fin ;" for body in bodies]
    paragraphs = tuple(
        Paragraph(f"op{k}", Part.OPERATIVE, str(k), 0, "Prie", " ".join(text.split()), Span(0, 0))
        for k, text in enumerate(texts, 1)
    )
    back = again(Resolution("A/RES/90/1", "Titre", "fr", "90", "", paragraphs))
    assert [p.text for p in back.body] == [p.text for p in paragraphs]
