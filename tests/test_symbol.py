"""Symbols: every printed form, back and forth."""

import pytest

from resdiff import symbol

FORMS = {
    "72/194": "A/RES/72/194",
    "A/RES/72/194": "A/RES/72/194",
    "a/res/72/194": "A/RES/72/194",
    " 72/194 ": "A/RES/72/194",
    "S/RES/1805 (2008)": "S/RES/1805 (2008)",
    "1805 (2008)": "S/RES/1805 (2008)",
    "S/RES/1805(2008)": "S/RES/1805 (2008)",
    "1805\u00a0(2008)": "S/RES/1805 (2008)",
    "A/RES/103(I)": "A/RES/103(I)",
    "A/RES/3201(S-VI)": "A/RES/3201(S-VI)",
    "A/RES/2252(ES-V)": "A/RES/2252(ES-V)",
    "A/RES/S-13/2": "A/RES/S-13/2",
    "A/RES/ES-10/24": "A/RES/ES-10/24",
    "A/RES/36/97 C": "A/RES/36/97 C",
    "A/RES/73/102 A-B": "A/RES/73/102 A-B",
    "A/RES/181 A (II)": "A/RES/181 A (II)",
    "A/HRC/RES/41/8": "A/HRC/RES/41/8",
    "E/RES/2019/5": "E/RES/2019/5",
    "A/RES/72/194/Corr.1": "A/RES/72/194/Corr.1",
    "https://docs.un.org/fr/A/RES/72/194": "A/RES/72/194",
    "undocs.org/A/RES/72/194": "A/RES/72/194",
}


@pytest.mark.parametrize(("written", "full"), FORMS.items())
def test_every_printed_form_is_understood(written, full):
    assert symbol.normalise(written) == full


@pytest.mark.parametrize("full", sorted(set(FORMS.values())))
def test_a_full_symbol_stays_itself_and_its_short_form_leads_back(full):
    assert symbol.normalise(full) == full
    assert symbol.normalise(symbol.short(full)) == full


@pytest.mark.parametrize(
    "text", ["", "rapport.txt", "72", "72/", "../72/194", "72/194/x", "A/72/111", "74/175\n75/1", "x" * 5000]
)
def test_what_is_no_symbol_is_told(text):
    assert symbol.normalise(text) == ""


def test_file_stems_hold_no_separator_and_are_distinct():
    stems = {symbol.file_stem(full) for full in FORMS.values()}
    assert len(stems) == len(set(FORMS.values()))
    assert all(not set(stem) & set("/\\ ():") for stem in stems)


def test_symbols_sort_as_people_count():
    assert sorted(["A/RES/104/1", "A/RES/9/2", "S/RES/1 (1946)"], key=symbol.order) == [
        "A/RES/9/2",
        "A/RES/104/1",
        "S/RES/1 (1946)",
    ]
