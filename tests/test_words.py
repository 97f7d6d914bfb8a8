"""Word marks: cases by the hundred in tests/cases/words, the laws that hold for any two texts."""

import re
import time
from itertools import pairwise

import build
import cases
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.language import FRENCH, Language
from resdiff.marking import words
from resdiff.marking.tidy import PASSES, tidy
from resdiff.marking.weight import change_weight
from resdiff.marking.words import edits
from resdiff.model import Edit, Op, Weight
from resdiff.repair import repair

ALL = cases.cases_of("words")


def edits_of(case: cases.Case, *, back: bool = False) -> tuple[Edit, ...]:
    texts = case.text("old"), case.text("new")
    return edits(*(texts[::-1] if back else texts), FRENCH, scanned=case.text("scanned") == "yes")


def marks(found: tuple[Edit, ...]) -> str:
    """The edits on one line: ``{-deleted-}{+inserted+}``."""
    shown = {Op.EQUAL: "{}", Op.DELETE: "{{-{}-}}", Op.INSERT: "{{+{}+}}"}
    return "".join(shown[edit.op].format(edit.text) for edit in found)


def weights(found: tuple[Edit, ...]) -> str:
    """The weight of each change, a delete and the insert after it being one."""
    after = zip(found, (*found[1:], Edit(Op.EQUAL, "")), strict=True)
    changes = [edit for edit, following in after if edit.op is not Op.EQUAL and (edit.op, following.op) != PAIR]
    return ", ".join(edit.weight.label for edit in changes)


PAIR = (Op.DELETE, Op.INSERT)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.title)
def test_case_is_marked_as_a_delegate_would(case):
    found = edits_of(case)

    assert marks(found) == case.text("expected")
    assert weights(found) == case.text("weights")


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.title)
def test_case_read_backwards_exchanges_insertions_and_deletions(case):
    assert mirrored(edits_of(case, back=True)) == mirrored(edits_of(case), turn=False)


def test_there_are_cases_enough():
    assert len(ALL) >= 120


@pytest.mark.parametrize("left_out", PASSES, ids=lambda improve: improve.__name__)
def test_each_pass_is_needed_by_a_case(left_out, monkeypatch):
    rest = tuple(improve for improve in PASSES if improve is not left_out)
    monkeypatch.setattr(words, "tidy", lambda script, language: tidy(script, language, passes=rest))

    spoilt = [case for case in ALL if marks(edits_of(case)) != case.text("expected")]

    assert spoilt


def test_untidied_marks_are_not_the_expected_ones(monkeypatch):
    monkeypatch.setattr(words, "tidy", lambda script, language: script)

    spoilt = [case.title for case in ALL if marks(edits_of(case)) != case.text("expected")]

    assert "72-194_74-175: Noun phrases replaced around a kept et" in spoilt
    assert "72-194_74-175: A place inserted into an enumeration" in spoilt
    assert "agreement: A word with an elision replaced" in spoilt
    assert len(spoilt) >= 15


# ---- laws --------------------------------------------------------------------------------------------------------

WORDS = "les des États états Etats de la l’ l' d’ Office et , ; ou 17 décembre 2015 2017 ( ) « » peut doit à 1373 ne"
PIECES = st.lists(
    st.sampled_from([*(w if w.endswith(("’", "'")) else f"{w} " for w in WORDS.split()), "\n"]), max_size=24
)
TEXTS = PIECES.map("".join) | st.text(max_size=60)


def side(found: tuple[Edit, ...], without: Op) -> str:
    return "".join(edit.text for edit in found if edit.op is not without)


def mirrored(found: tuple[Edit, ...], turn: bool = True) -> list[list[tuple[str, str, int]]]:
    """The edits between equal ones, in a fixed order, insertions and deletions exchanged when ``turn``."""
    other = {Op.EQUAL: "equal", Op.DELETE: "insert" if turn else "delete", Op.INSERT: "delete" if turn else "insert"}
    groups: list[list[tuple[str, str, int]]] = [[]]
    for edit in found:
        if edit.op is Op.EQUAL:
            groups.append([])
        groups[-1].append((other[edit.op], edit.text, int(edit.weight)))
    return [sorted(group) for group in groups]


@pytest.mark.parametrize("scanned", [False, True], ids=["clean", "scanned"])
@settings(max_examples=300, deadline=None)
@given(old=TEXTS, new=TEXTS)
@pytest.mark.slow
def test_both_texts_come_back_to_the_letter(scanned, old, new):
    found = edits(old, new, FRENCH, scanned=scanned)

    assert side(found, Op.INSERT) == old
    assert side(found, Op.DELETE) == new


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(old=TEXTS, new=TEXTS)
@example(old="\n", new=", 17 ")
@example(old=", 17 ", new="\n")
@example(old="États, et 17 à l’Office", new="États ;\n2015 à l’Office")
def test_edits_are_normal(old, new):
    found = edits(old, new, FRENCH)

    assert all(edit.text for edit in found)
    assert all((edit.weight is Weight.NONE) == (edit.op is Op.EQUAL) for edit in found)
    for at, (edit, following) in enumerate(pairwise(found)):
        assert edit.op is not following.op
        if (edit.op, following.op) == PAIR[::-1]:  # only where a paragraph is cut, or two are joined
            first = found[at - 1]
            assert first.op is Op.DELETE and "\n" in (first.text[-1], edit.text[-1])
        if (edit.op, following.op) == PAIR:
            assert edit.weight is following.weight


@settings(max_examples=200, deadline=None)
@given(old=TEXTS, new=TEXTS)
def test_exchanging_the_texts_mirrors_the_edits(old, new):
    assert mirrored(edits(new, old, FRENCH)) == mirrored(edits(old, new, FRENCH), turn=False)


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_a_text_against_itself_has_no_change(text):
    assert all(edit.op is Op.EQUAL for edit in edits(text, text, FRENCH))


# ---- bounds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vocabulary", [7919, 97], ids=["many words", "few words"])
def test_long_unrelated_texts_take_no_time(vocabulary):
    old = " ".join(f"m{n * n * 31 % vocabulary}" for n in range(3000))
    new = " ".join(f"m{n * n * n * 17 % vocabulary}" for n in range(3000))
    edits("un", "deux", FRENCH)  # the library is imported at the first change
    start = time.process_time()

    found = edits(old, new, FRENCH)

    assert time.process_time() - start < 0.5
    assert side(found, Op.INSERT) == old


def test_a_long_text_with_two_changes_keeps_the_rest():
    old = " ".join(f"mot{n}" for n in range(2000))
    new = old.replace("mot500 ", "").replace("mot1500", "autre")

    assert [e.text for e in edits(old, new, FRENCH) if e.op is not Op.EQUAL] == [" mot500", "mot1500", "autre"]


# ---- weights -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Accord cadre", "Accord-cadre,", Weight.TYPOGRAPHIC),
        ("mise en oeuvre", "mise en œuvre", Weight.TYPOGRAPHIC),
        ("", ",", Weight.TYPOGRAPHIC),
        ("continuer de", "continuer à", Weight.EDITORIAL),
        ("régional", "régionaux", Weight.EDITORIAL),
        ("engager", "engagées", Weight.EDITORIAL),
        ("", "également", Weight.EDITORIAL),
        ("en outre", "de nouveau", Weight.EDITORIAL),
        ("tout", "toutes", Weight.EDITORIAL),
        ("doit", "doivent", Weight.EDITORIAL),
        ("doit", "peut", Weight.SUBSTANTIVE),
        ("doit", "devrait", Weight.SUBSTANTIVE),
        ("applique", "appliquerait", Weight.SUBSTANTIVE),
        ("et", "ou", Weight.SUBSTANTIVE),
        ("", "ne", Weight.SUBSTANTIVE),
        ("tous les", "les", Weight.SUBSTANTIVE),
        ("avec", "sans", Weight.SUBSTANTIVE),
        ("", "le cas échéant", Weight.SUBSTANTIVE),
        ("", "selon qu’il convient", Weight.SUBSTANTIVE),
        ("72/194", "74/175", Weight.SUBSTANTIVE),
        ("3,5", "35", Weight.SUBSTANTIVE),
        ("50 %", "50", Weight.SUBSTANTIVE),
        ("Cour", "cours", Weight.SUBSTANTIVE),
        ("fond", "Fonds", Weight.SUBSTANTIVE),
        ("instamment", "", Weight.SUBSTANTIVE),
    ],
)
def test_a_change_of_words_weighs(old, new, expected):
    assert change_weight(old, new, FRENCH) is expected
    assert change_weight(new, old, FRENCH) is expected


# ---- real scans --------------------------------------------------------------------------------------------------


RE_HEAD = re.compile(r" ?\S*RES/\d+(?:/\d+| \(\d+\))")


def blocks(text: str) -> list[str]:
    """The blocks of a text, without the symbol that stands at the head of a page."""
    return [RE_HEAD.sub("", " ".join(block.split())) for block in re.split(r"\n\s*\n", text) if block.strip()]


def likest(text: str, others: list[str]) -> str:
    words = set(text.split())
    return max(others, key=lambda other: len(words & set(other.split())) / len(words | set(other.split())))


@pytest.mark.parametrize("name", ["A-72-194", "S-1554", "S-1743"])
@pytest.mark.parametrize("repaired", [False, True], ids=["raw", "repaired"])
def test_a_scan_shows_nothing_that_did_not_change(scan, name, repaired):
    clean = blocks(scan(f"{name}.clean.txt").read_text(encoding="utf-8"))
    read = scan(f"{name}.ocr.txt").read_text(encoding="utf-8")
    damaged = blocks(repair(read)[0] if repaired else read)
    pairs = [(text, likest(text, damaged)) for text in clean]
    pairs = [(old, new) for old, new in pairs if abs(len(old) - len(new)) < 0.05 * len(old) + 5]

    found = [edits(old, new, FRENCH, scanned=True) for old, new in pairs]

    assert len(pairs) > 25
    assert [marks(one) for one in found if any(edit.weight > Weight.TYPOGRAPHIC for edit in one)] == []


# ---- the language that is handed down -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code", "expected"),
    [
        ("continuer de", "continuer à", "fr", Weight.EDITORIAL),
        ("continuer de", "continuer à", "en", Weight.SUBSTANTIVE),  # nothing is known of words that weigh little there
        ("traite", "traité", "fr", Weight.SUBSTANTIVE),
        ("traite", "traité", "en", Weight.TYPOGRAPHIC),
    ],
)
def test_a_change_is_weighed_by_the_language_that_is_handed_down(old, new, code, expected):
    assert change_weight(old, new, Language.of(code)) is expected


def test_a_comparison_hands_the_language_of_its_texts_down():
    old, new = (build.resolution(f"Prie l’Office de continuer {word} lutter.") for word in ("de", "à"))
    (change,) = compare(old, new).changes
    (other,) = compare(replace(old, language="en"), replace(new, language="en")).changes
    (mixed,) = compare(replace(old, language="fr"), replace(new, language="en")).changes
    assert [c.weight for c in (change, other, mixed)] == [Weight.EDITORIAL, Weight.SUBSTANTIVE, Weight.SUBSTANTIVE]
