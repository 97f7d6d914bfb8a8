"""Citations: how they are read, and which came and went."""

import build
import cases
import pytest
from judging import judged
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.language import FRENCH
from resdiff.model import Notice, Source, Status
from resdiff.parsing import parse
from resdiff.recognition.citations import cited, key_of_symbol


@pytest.mark.parametrize("form", FRENCH.citations.form, ids=lambda form: form.reason)
def test_the_example_of_a_form_is_one_citation(form):
    (citation,) = cited(form.example)
    assert citation.key.startswith(form.sort)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("la résolution A/RES/72/284", "sa résolution 72/284 du 26 juin 2018"),
        ("la résolution S/RES/1373(2001)", "sa résolution 1373 (2001) du 28 septembre 2001"),
    ],
)
def test_one_resolution_in_two_forms_is_one(one, other):
    assert [c.key for c in cited(one)] == [c.key for c in cited(other)]


@pytest.mark.parametrize(
    "text",
    [
        "les 2/3 des États",
        "le Programme mondial (2022-2027)",
        "7 060 soldats et 2 091 policiers",
        "en 2004/05",
        "S/RES",
    ],
)
def test_numbers_that_cite_nothing(text):
    assert cited(text) == ()


def test_a_decision_is_not_a_resolution_of_the_same_number():
    assert [c.label for c in cited("sa résolution 55/2 et sa décision 55/488")] == [
        "résolution 55/2",
        "décision 55/488",
    ]


def test_a_text_without_symbol_has_no_key():
    assert key_of_symbol("") == ""


@pytest.mark.parametrize("case", cases.parameters("citations"))
def test_which_citations_came_and_went(case):
    found = [c for c in build.compared_case(case).citations if c.status is not Status.KEPT]
    said = [
        f"{c.status}: {c.text}"
        + (f" → {c.replaced_by}" if c.replaced_by else "")
        + (f" [{c.routine}]" if c.routine else "")
        for c in found
    ]
    assert said == case.lines("expected")


EDITION = """Le Conseil de sécurité,

Rappelant l’Accord de paix[^1] et le rapport du Secrétaire général[^2],

1. Décide de rester saisi de la question.

[^2]: {}.
"""


def statuses(old, new):
    comparison = judged(compare(parse(Source(old)), parse(Source(new))))
    return {c.text: c.status for c in comparison.citations}


def test_what_stands_in_notes_alone_is_not_new_where_the_old_copy_lost_notes():
    old, new = EDITION.format("S/2003/257"), EDITION.format("S/2003/858") + "\n[^1]: S/2000/1183.\n"
    assert statuses(old, new) == {"S/2003/257": Status.DROPPED}  # the new copy has all its notes
    assert statuses(new, old) == {"S/2003/257": Status.NEW}
    whole = old + "\n[^1]: S/2000/1183.\n"
    assert statuses(whole, new) == {
        "S/2000/1183": Status.KEPT, "S/2003/257": Status.DROPPED, "S/2003/858": Status.NEW,
    }  # fmt: skip


def test_what_is_later_than_the_old_text_is_new_whatever_notes_its_copy_lost():
    earlier = ("S/2005/453", "S/2003/858", "S/2011", "résolution 2037 (XX)")  # of 1951 and of 1965
    later = ("S/PRST/2006/15", "A/62/100", "résolution 1752 (2007)")
    old = "S/RES/1615 (2005)\n\nRésolution 1615 (2005) du 29 juillet 2005\n\n" + EDITION.format("S/2003/257")
    for symbol in (*earlier, *later):
        came = statuses(old, EDITION.format(symbol) + "\n[^1]: S/2000/1183.\n")
        came.pop("S/2003/257")
        assert list(came.values()) == ([Status.NEW] if symbol in later else [])


def test_a_note_that_nothing_calls_may_be_of_another_text_of_the_page():
    old = EDITION.format("S/2003/858") + "\n[^1]: S/2000/1183.\n"
    assert "S/2002/977" not in statuses(old + "\n[^75]: S/2002/977.\n", old)


def test_a_long_list_of_resolutions_is_cited_to_its_end():
    dated = [f"{1200 + k} (2001) du {k} septembre 2001" for k in range(1, 21)]
    found = cited(f"Rappelant ses résolutions {', '.join(dated[:-1])} et {dated[-1]}")
    assert [each.label for each in found] == [f"résolution {1200 + k} (2001)" for k in range(1, 21)]
    assert not cited(f"Rappelant ses décisions {', '.join(dated)}")
    apart = f"Rappelant la résolution 72/194 ; {'mot ' * 90}, l’article 31/12 du règlement"
    assert [each.label for each in cited(apart)] == ["résolution 72/194"]


def test_what_stands_in_a_piece_whose_place_is_lost_is_not_new():
    formula, recital = "Le Conseil de sécurité,", "Rappelant la Charte,"
    start = f"{formula}\n\n{recital}\n\n1. Prie les parties d’agir ;\n\n2. Décide de rester saisi de la question.\n\n"
    vote = "Adoptée à l’unanimité à la 3671e séance.\n\n"
    old = parse(
        Source(f"{start}{vote}d’armes au Libéria qu’il a décrété par sa résolution 788 (1992) du 19 novembre 1992 ;")
    )
    new = parse(Source(start.replace("2. Décide", "2. Rappelle sa résolution 788 (1992) ;\n\n3. Décide") + vote))
    assert [text.body[-1].text for text in (old, new)] == ["Décide de rester saisi de la question."] * 2
    assert [each.text for each in judged(compare(old, new)).citations] == ["résolution 788 (1992)"]
    lost = Notice("fragment", ("d’armes au Libéria",), old.paragraphs[-1].span)
    assert judged(compare(replace(old, notices=(*old.notices, lost)), new)).citations == ()
