"""Lossless words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resdiff.language.tokens import is_space, is_word, tokens, units


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’Office", ["l’", "Office"]),
        ("d'aider", ["d'", "aider"]),
        ("jusqu’au", ["jusqu’", "au"]),
        ("aujourd’hui", ["aujourd’hui"]),
        ("à celles-ci,", ["à", " ", "celles-ci", ","]),
        ("sous-régional", ["sous-régional"]),
        ("A/RES/74/175", ["A/RES/74/175"]),
        ("E/CN.15/2019/5.", ["E/CN.15/2019/5", "."]),
        ("70/291 du 1er juillet", ["70/291", " ", "du", " ", "1er", " ", "juillet"]),
        ("(2022-2027)", ["(", "2022-2027", ")"]),
        ("50e séance", ["50e", " ", "séance"]),
        ("3,5 %", ["3,5", " ", "%"]),
        ("coopé\u00adration", ["coopé\u00adration"]),
        ("l’", ["l’"]),
        ("", []),
    ],
)
def test_words_of_the_trade_are_whole(text, expected):
    assert list(tokens(text)) == expected


@given(st.text())
def test_tokens_and_units_give_the_text_back(text):
    assert "".join(tokens(text)) == text
    assert "".join(units(text)) == text


@given(st.text(alphabet="ab’'-/.,;: \n()19é", max_size=40))
def test_a_unit_is_a_token_with_the_space_before_it(text):
    words = [token for token in tokens(text) if not is_space(token)]
    found = [unit.strip() for unit in units(text) if unit.strip()]

    assert found == words


def test_a_word_holds_a_letter_or_a_digit():
    assert [token for token in tokens("« 1er, no 2 »") if is_word(token)] == ["1er", "no", "2"]
