"""The laws of the whole road: any two texts are read, compared, judged and rendered, and no word is lost on the way.

The laws of one stage stand with the tests of that stage.
"""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from judging import judged

from resdiff.comparison import compare
from resdiff.model import Kind, Op, Source
from resdiff.parsing import parse
from resdiff.rendering import FORMATS, Needs, render
from resdiff.report import build

# Pieces that open every branch of the parser, and strings that no one foresaw between them.
PIECES = st.sampled_from(
    ["L’Assemblée générale,\n\n", "Rappelant sa résolution 72/194,\n\n", "1. Prie l’Office d’aider les États ;\n\n",
     "2. Décide que le mandat expire le 31 décembre 2024 ;\n\n", "a) Les bureaux ;\n", "i) Le droit ;\n", "---\n",
     "Annexe\n\n", "I\n\n", "[^1]", "[^1]: A/74/130.\n", "A/RES/74/175\n", "« ", " »", "\u00ad", "\f", "\x00",
     "\x1b[2J", "\u202e", "\ud7ff", "\ufffe", "<b>&amp;", "|", "=1+1\n", "{{ x }}", "%s{0}", "\r\n"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=20), max_size=10).map("".join)


def whole_road(old, new):
    return judged(compare(*(parse(Source(text)) for text in (old, new))))


def assert_nothing_is_lost(comparison):
    """Each paragraph stands in one change; without what came its edits are the old text, without what went the new."""
    for side, other in (("old", Op.INSERT), ("new", Op.DELETE)):
        words = {p.id: p.text for p in getattr(comparison, side).body}
        ids = [paragraph for change in comparison.changes for paragraph in getattr(change.link, side)]
        assert sorted(ids) == sorted(words)
        for change in comparison.changes:
            kept = "".join(edit.text for edit in change.edits if edit.op is not other)
            assert kept == "\n".join(words[paragraph] for paragraph in (change.olds if side == "old" else change.news))


OPENING = "L’Assemblée générale,\n\n"
SOFT = "Rappelant sa résolution 72/194,\n\n2. Décide que le mandat expire ;\n\nþ+-\x82ØPÓ\xad\x82ØPÓa) Les bureaux ;"
"""A token of a soft hyphen alone is no word."""


@example(old=f"{OPENING * 5}\x82ØPÓþ+-\x82ØPÓa) Les bureaux ;", new=SOFT)
@given(TEXTS, TEXTS)
@settings(max_examples=50, deadline=None)
@pytest.mark.slow
def test_any_two_texts_go_the_whole_road_to_every_format(old, new):
    comparison = whole_road(old, new)
    assert_nothing_is_lost(comparison)
    for lang in ("fr", "en"):
        report = build(comparison, lang=lang)
        for form, row in FORMATS.items():
            if row.by_program:
                continue
            assert render(report, form) if row.needs is Needs.REPORT else render(comparison, form, lang=lang), form


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_any_text_against_itself_has_no_change_and_says_nothing(text):
    comparison = whole_road(text, text)
    assert {change.kind for change in comparison.changes} <= {Kind.UNCHANGED}
    assert not any(change.flags for change in comparison.changes)
    assert not (comparison.verbs or comparison.terms or comparison.obligations)


def test_the_real_pairs_lose_nothing(pairs):
    for comparison in pairs.values():
        assert_nothing_is_lost(comparison)


@pytest.mark.parametrize("symbols", [("72/194", "74/175"), ("74/175", "78/226")], ids="-".join)
def test_the_real_pairs_are_mirrored(pairs, symbols):
    comparison = pairs[symbols]
    mirrored = compare(comparison.new, comparison.old)
    links = {(change.link.old, change.link.new) for change in comparison.changes}
    assert {(change.link.new, change.link.old) for change in mirrored.changes} == links
