"""Terms: noun phrases of one text only."""

from pathlib import Path

import pytest
from build import resolution
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import judged
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.language.fold import fold
from resdiff.model import Status
from resdiff.parsing import parse
from resdiff.reading import read

ROOT = Path(__file__).resolve().parents[1]
SERIES = ROOT / "corpus" / "assistance-technique-terrorisme"
THEMES = [
    "preuves électroniques",
    "données biométriques",
    "INTERPOL",
    "Pacte mondial",
    "infrastructures essentielles",
    "dossiers passagers",
    "médias sociaux",
    "éducation",
    "détenus",
    "intégrité territoriale",
    "Union interparlementaire",
]


def told(old, new, status=Status.NEW):
    return [t.text for t in judged(compare(old, new)).terms if t.status is status]


def corpus(symbol):
    return parse(read(SERIES / f"A-RES-{symbol}.fr.md"))


BASE = "Prie l’Office de fournir une assistance aux États Membres"


def test_the_first_fifteen_new_terms_hold_the_themes_no_list_foresaw():
    first = " | ".join(told(corpus("72-194"), corpus("74-175"))[:15])
    missed = [theme for theme in THEMES if fold(theme) not in fold(first)]
    assert len(missed) <= 2, (missed, first)


def test_what_left_the_text_is_told_too():
    gone = told(corpus("72-194"), corpus("74-175"), Status.DROPPED)
    assert {"Équipe spéciale", "vie privée", "procédure régulière"} <= set(gone)


def test_a_phrase_whose_words_another_copy_ran_together_is_not_told():
    printed, together = "les preuves électroniques et la biométrie", "lespreuvesélectroniques et la biométrie vocale"
    texts = [
        resolution(f"op1 {BASE} ; {what} ;", f"op2 Décide de rester saisi {how} ;")
        for what, how in ((printed, "de la question"), (together, "du rapport final"))
    ]
    assert told(*texts) == ["biométrie vocale", "rapport final"]
    assert told(*texts, Status.DROPPED) == []


@pytest.mark.parametrize("pair", [("72-194", "74-175"), ("74-175", "78-226")])
def test_at_most_forty_each_found_on_its_side_only(pair):
    old, new = map(corpus, pair)
    found = judged(compare(old, new)).terms
    assert 0 < len(found) <= 40
    sides = {Status.NEW: (new, old), Status.DROPPED: (old, new)}
    for term in found:
        here, there = sides[term.status]
        first = next(p for p in here.body if p.id == term.paragraphs[0])
        assert term.text in first.text.replace("'", "’")
        assert not any(fold(f" {term.text} ") in fold(f" {p.text} ") for p in there.body), term


def test_better_terms_come_first():
    for status in (Status.NEW, Status.DROPPED):
        scores = [t.score for t in judged(compare(corpus("72-194"), corpus("74-175"))).terms if t.status is status]
        assert scores == sorted(scores, reverse=True)


def test_the_other_way_round_new_is_dropped():
    old, new = corpus("72-194"), corpus("74-175")
    assert told(old, new) == told(new, old, Status.DROPPED)


def test_a_text_against_itself_has_none():
    text = corpus("74-175")
    assert judged(compare(text, text)).terms == ()


@pytest.mark.parametrize(
    "formula",
    [
        "à cet égard",
        "le cas échéant",
        "selon qu’il convient",
        "sur demande",
        "dans le cadre de son mandat",
        "à ce sujet",
    ],
)
def test_a_formula_is_no_term(formula):
    assert told(resolution(f"{BASE} ;"), resolution(f"{BASE}, {formula} ;")) == []


def test_a_verb_is_no_term():
    assert (
        told(resolution(f"{BASE} ;"), resolution(f"{BASE} afin de recueillir et d’enregistrer, accroissant ainsi ;"))
        == []
    )


def test_the_plural_and_the_feminine_are_no_other_term():
    old = resolution(f"{BASE} contre une cible vulnérable et un port privé ;")
    new = resolution(f"{BASE} contre des cibles vulnérables et des ports privés ;")
    assert told(old, new) == []


def test_of_words_that_the_other_text_has_no_phrase_is_new():
    old = resolution("A/RES/1/1", f"{BASE} sur certaines parties du territoire occupé de l’Angola")
    new = resolution("A/RES/2/1", f"{BASE} sur le territoire de l’Angola et sur les ports de pêche occupés")
    assert told(old, new) == ["ports de pêche"]


def test_a_phrase_ends_before_an_adverb_and_goes_on_behind_no_name():
    new = "que le Comité suive la situation, qu’il soit fréquemment informé, en Abkhazie uniquement"
    assert not [each for each in told(resolution(f"{BASE} ;"), resolution(f"{BASE}, {new} ;")) if " " in each]


def test_words_that_do_not_agree_are_no_phrase():
    came = "la tenue d’élections présidentielle et législatives, la configuration et la taille actuelles de la Mission"
    assert not {"élections présidentielle", "taille actuelles"} & {
        *told(resolution(f"{BASE} ;"), resolution(f"{BASE}, {came} ;"))
    }


@pytest.mark.parametrize(
    ("came", "cut"),
    [
        ("des rapports d’activité mensuels", "activité mensuels"),
        ("l’assistance technique offertes", "assistance technique offertes"),
        ("les droits de l’homme reconnus", "homme reconnus"),
        ("le respect de l’embargo sur les armes viendra en aide", "armes viendra"),
    ],
)
def test_what_is_cut_from_a_phrase_or_runs_into_a_verb_is_no_term(came, cut):
    assert cut not in told(resolution(f"{BASE} ;"), resolution(f"{BASE}, {came} ;"))


def test_a_singular_and_what_it_is_of_are_a_term():
    assert told(resolution(f"{BASE} ;"), resolution(f"{BASE} contre le trafic de drogues ;")) == ["trafic de drogues"]


def test_a_part_of_a_word_with_a_hyphen_is_no_new_word():
    old, new = resolution(f"{BASE} dans le Nord-Kivu ;"), resolution(f"{BASE} dans le Nord ;")
    assert told(old, new) == []


def test_a_common_noun_that_stands_once_is_no_term():
    assert told(resolution(f"{BASE} ;"), resolution(f"{BASE} sur le déminage ;")) == []


def test_a_phrase_is_told_once():
    new = resolution(f"{BASE} sur les glaciers alpins ;", "Note la fonte des glaciers alpins ;")
    assert told(resolution(f"{BASE} ;"), new) == ["glaciers alpins"]


def test_a_name_is_not_cut_short():
    new = resolution(f"{BASE} au sein du Pacte mondial de coordination ;")
    assert told(resolution(f"{BASE} ;"), new) == ["Pacte mondial de coordination"]


def test_of_a_scan_nothing_is_told():
    clean, other = (resolution(f"{BASE}{more} ;") for more in ("", " sur les glaciers alpins"))
    assert told(clean, other) == ["glaciers alpins"]
    assert judged(compare(clean, replace(other, scanned=True))).terms == ()


def test_another_language_has_none():
    assert judged(compare(resolution("Recalls ;", language="en"), resolution("Note les glaciers ;"))).terms == ()


@given(st.text(alphabet=st.sampled_from("aé l’de des Office NATO; ,.\n’'«»-"), max_size=120))
@settings(max_examples=40, deadline=None)
def test_any_text_has_terms_of_its_own_words(text):
    here = resolution(text)
    for term in judged(compare(resolution(BASE), here)).terms:
        assert fold(term.text) in fold(text)
