"""Sentences and clauses: joined they are the text again, and a clause is cut alike wherever it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resdiff.language import Language
from resdiff.language.segments import FEWEST, clauses, sentences
from resdiff.language.stems import folded, stem, unelided, words

FRENCH, ENGLISH = Language.of("fr"), Language.of("en")
PIECES = [
    "prie",
    "l’Office",
    "d’aider",
    ",",
    ";",
    " ",
    "et",
    "y compris",
    "afin de",
    ".",
    "(",
    ")",
    "«",
    "»",
    "États",
    "no 5",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join) | st.text(max_size=200))
@pytest.mark.parametrize("language", [FRENCH, ENGLISH, Language.of("xx")], ids=lambda language: language.code)
def test_joined_they_are_the_text(language, text):
    assert "".join(sentences(text, language)) == text
    assert "".join(clauses(text, language)) == text
    assert all(sentences(text, language)) and all(clauses(text, language))


@pytest.mark.parametrize(
    ("language", "table"), [(FRENCH, "openers"), (FRENCH, "cuts"), (ENGLISH, "openers"), (ENGLISH, "cuts")]
)
def test_the_example_of_a_row_is_cut_where_it_says(language, table):
    example = getattr(language.segments, table).example
    assert list(clauses(example.replace("| ", ""), language)) == example.replace("| ", "|").split("|")


def test_an_abbreviation_ends_no_sentence():
    for language in (FRENCH, ENGLISH):
        text = language.segments.abbreviations.example.replace("| ", "")
        assert sentences(text, language) == (text,)


def test_no_clause_is_a_scrap():
    text = "Prie l’Office, agissant seul, et, à cet égard, dans le cadre de son mandat, d’aider les États"
    assert all(len(folded(clause)) >= FEWEST for clause in clauses(text, FRENCH))


def test_a_list_is_not_cut_into_its_items_nor_what_is_enclosed():
    listed = "la collecte, l’analyse, la préservation, la conservation et l’échange des preuves"
    assert clauses(listed, FRENCH) == (listed,)
    enclosed = "le rapport intitulé « Agir ensemble, y compris avec les États, afin de vaincre »"
    assert clauses(enclosed, FRENCH) == (enclosed,)


def test_a_clause_that_came_leaves_the_others_as_they_were():
    old = "Prie l’Office d’aider les États Membres, en vue de renforcer leurs capacités nationales, et de faire rapport"
    new = old.replace("Membres,", "Membres, y compris ceux qui sont le plus touchés,")
    assert set(clauses(old, FRENCH)) < set(clauses(new, FRENCH))


def test_words_know_where_they_stand():
    text = "L’œuvre d’Électre, 72/194"
    assert [text[word.start : word.end] for word in words(text)] == ["L", "œuvre", "d", "Électre", "72", "194"]
    assert unelided(text) == ["oeuvre", "electre", "72", "194"]


@pytest.mark.parametrize(
    ("one", "other"), [("electronique", "electroniques"), ("regional", "regionaux"), ("etat", "etats")]
)
def test_forms_of_a_word_have_one_stem(one, other):
    assert stem(one, FRENCH) == stem(other, FRENCH)
