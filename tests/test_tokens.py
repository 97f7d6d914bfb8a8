"""Lossless words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resdiff.language.fold import WordTable, is_space, is_word, split_words, token_pattern, tokens, units


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


@given(st.text(alphabet="aSv’'-/.,;: \n\u00a0()19é", max_size=40) | st.text())
def test_a_text_cut_at_its_spaces_has_the_tokens_of_the_pattern(text):
    assert list(tokens(text)) == token_pattern(text).findall(text)


@given(st.text(alphabet="ab’'-/.,;: \n()19é", max_size=40))
def test_a_unit_is_a_token_with_the_space_before_it(text):
    words = [token for token in tokens(text) if not is_space(token)]
    found = [unit.strip() for unit in units(text) if unit.strip()]

    assert found == words


def test_a_word_holds_a_letter_or_a_digit():
    assert [token for token in tokens("« 1er, no 2 »") if is_word(token)] == ["1er", "no", "2"]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_phrase_at_the_edge_of_a_text_is_no_longer_than_it_is(backwards):
    table = WordTable([("sur demande", 2), ("sur sa demande", 3), ("sur toute demande", 3)], backwards=backwards)
    words = ("sur", "demande")
    assert table.at(words, 1 if backwards else 0) == (2, 2)


@pytest.mark.parametrize(
    "plain", ["d'agir", "aujourd'hui, -et/ou- [a]", "s/res/1373 (2001)", "« l'un » ; l'autre", "", "- a"]
)
def test_words_stand_where_they_say(plain):
    found = split_words(plain)
    assert [plain[start : start + len(word)] for start, word in zip(found.starts, found.words, strict=True)] == list(
        found.words
    )
    assert "".join(found.words) == "".join(c for c in plain if not (c.isspace() or c in "[]"))
