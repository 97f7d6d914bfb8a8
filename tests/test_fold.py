"""The key under which two words are the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resdiff.language.fold import fold, fold_same_length


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("État", "Etat"),
        ("l’État", "l'Etat"),
        ("mise en œuvre", "mise en oeuvre"),
        ("Laetitia", "Lætitia"),
        ("sous‑régional", "sous-régional"),
        ("50\u00a0%", "50 %"),
        ("coopé\u00adration", "coopération"),
        ("RÉSOLUTION", "résolution"),
    ],
)
def test_spellings_of_one_word_have_one_key(old, new):
    assert fold(old) == fold(new)


@pytest.mark.parametrize(
    ("old", "new"),
    [("doit", "doivent"), ("72/194", "74/175"), ("combattre", "combattent"), ("ou", "et"), ("n’est", "est")],
)
def test_different_words_have_different_keys(old, new):
    assert fold(old) != fold(new)


@given(st.text())
def test_folding_twice_is_folding_once_and_leaves_no_accent(text):
    key = fold(text)

    assert fold(key) == key
    assert not any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", key))


@given(st.text(alphabet=st.characters(max_codepoint=0x17F) | st.sampled_from("’‘“”«»–—…œ\u202f\u2009")))
def test_flat_text_is_every_character_flat(text):
    assert fold_same_length(text) == "".join(map(fold_same_length, text))
