"""A copy that lacks numbered paragraphs: of what may have stood there nobody says that it came or went."""

import json

import pytest
from judging import judged
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.model import Kind
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.rendering import render
from resdiff.report import build
from resdiff.report.summary import figures

HEAD = "Le Conseil de sécurité,\n\nRappelant ses résolutions antérieures sur la situation dans la région,\n\n"
ACTS = (
    "1. Décide de proroger le mandat de la Mission jusqu’au 30 juin 1995 ;",
    "2. Prie les États de protéger les réfugiés et de rouvrir les écoles ;",
    "3. Engage les donateurs à financer le fonds créé par la résolution 831 (1993) ;",
    "4. Demande aux parties de réduire leurs effectifs et leurs dépenses d’armement ;",
    "5. Invite le Comité à publier chaque année la liste des entreprises inscrites ;",
    "6. Prie le Secrétaire général de lui présenter un rapport avant la fin de l’année.",
)


def text(*acts):
    return parse(read((HEAD + "\n\n".join(acts) + "\n").encode()))


WHOLE, LACKING = text(*ACTS), text(*ACTS[3:])


def lone(comparison):
    return [change for change in comparison.changes if not (change.link.old and change.link.new)]


@pytest.mark.parametrize(("old", "new", "lost"), [(WHOLE, LACKING, Kind.REMOVED), (LACKING, WHOLE, Kind.ADDED)])
def test_what_may_stand_in_a_gap_neither_came_nor_went(old, new, lost):
    compared = judged(compare(old, new))
    assert [change.in_gap for change in lone(compared)] == [True] * 3
    counted = figures(compared)
    assert (counted.in_gap, dict(counted.kinds)[lost]) == (3, 0)
    assert "831" not in " ".join(citation.text for citation in compared.citations)
    assert not any("refugees" in topic.id for topic in compared.topics)
    page = render(build(compared), "md").decode().replace("\u00a0", " ")
    quoted = " ".join(page.partition("## Changements")[0].split())
    assert ("(ajouté, ou perdu dans une lacune de l’ancien fichier) :" in quoted) is (lost is Kind.ADDED)
    quotes = "upprimés, ou perdus dans une lacune du nouveau fichier** : - [ancien par. 1](#old-op1) : « Décide"
    assert (quotes in quoted) is (lost is Kind.REMOVED)
    told, side = ("supprimé", "du nouveau") if lost is Kind.REMOVED else ("ajouté", "de l’ancien")
    assert page.count(f"{told}, ou perdu dans une lacune {side} fichier") >= 3
    assert not any(f"· {word}\n" in page or f"3 {word}s" in page for word in ("supprimé", "ajouté"))
    assert sum(change.get("in_gap", False) for change in json.loads(render(compared, "json"))["changes"]) == 3


def test_what_stood_before_the_first_number_may_stand_in_the_gap_too():
    """A page that is lost from its top on may have had the last alinéas; those before one that stands it had not."""
    last = "Agissant en vertu du Chapitre VII de la Charte des Nations Unies,"
    first = "Déplorant les combats qui se poursuivent près de la frontière,"
    formula, recalled, _ = HEAD.split("\n\n", 2)
    whole = parse(read("\n\n".join([formula, first, recalled, last, *ACTS]).encode()))
    lost = {change.link.old: change.in_gap for change in lone(compare(whole, LACKING))}
    assert lost == {("pp1",): False, ("pp3",): True, ("op1",): True, ("op2",): True, ("op3",): True}
    assert not any(change.in_gap for change in lone(compare(whole, WHOLE)))


def test_a_gap_that_both_texts_have_hides_nothing():
    """Numbers that were given up before: a point beside them that went did not stand there."""
    points = (
        "1. Décide que la Mission :",
        "a) Protège les réfugiés ;",
        "b) Rouvre les écoles des deux provinces du Nord ;",
    )
    old, new = text(*points, *ACTS[3:]), text(*points[:2], *ACTS[3:])
    assert [(change.link.old, change.in_gap) for change in lone(compare(old, new))] == [(("op1.b",), False)]


def test_what_stands_on_neither_side_of_the_gap_went():
    """Old paragraph 5 stood between two that stand; the gap is before them."""
    compared = judged(compare(WHOLE, text(ACTS[3], ACTS[5].replace("6.", "5."))))
    assert {change.link.old for change in lone(compared) if not change.in_gap} == {("op5",)}


def test_a_gap_is_where_the_next_number_stands_not_where_two_columns_put_it():
    columns = text(ACTS[3], ACTS[4], ACTS[5])
    (gap,) = (notice for notice in columns.notices if notice.code == "numbers-missing")
    early = replace(columns, notices=(replace(gap, span=columns.body[0].span),))
    assert [change.in_gap for change in lone(compare(early, WHOLE))] == [True] * 3


def test_a_text_with_all_its_numbers_has_no_gap():
    shorter = text("1. Demande aux parties de réduire leurs effectifs et leurs dépenses d’armement ;")
    assert not any(change.in_gap for change in judged(compare(WHOLE, shorter)).changes)


def test_of_many_more_than_a_gap_has_lost_nobody_says_that_they_stood_there():
    whole = text(
        *ACTS[:3], *(f"{number}. Prie la Mission d’ouvrir la route numéro {number}." for number in range(4, 12))
    )
    one = text("1. Félicite les maires de leur accueil ;", "3. Salue la tenue des foires agricoles.")
    assert any(notice.code == "number-missing" for notice in one.notices)
    assert not any(change.in_gap for change in lone(compare(whole, one)))


LONGER = (*ACTS[:5], ACTS[5].replace("année.", "année ;"), "7. Décide de rester saisi de la question.")


@pytest.mark.parametrize(("old", "new", "lost"), [(LONGER, ACTS[:4], Kind.REMOVED), (ACTS[:4], LONGER, Kind.ADDED)])
def test_of_a_text_that_breaks_off_the_end_of_the_other_may_be_lost(old, new, lost):
    """Paragraph 4 ends on ";": what closed the text stood behind it; the last two of the other one may be that."""
    old, new = text(*old), text(*new)
    compared = judged(compare(old, new))
    found = {(change.link.old or change.link.new)[0]: change.in_gap for change in lone(compared)}
    assert found == {"op5": False, "op6": True, "op7": True}
    assert (figures(compared).in_gap, dict(figures(compared).kinds)[lost]) == (2, 1)


def test_of_a_text_that_ends_nothing_is_lost_at_the_end():
    ended = text(*ACTS[:3], ACTS[3].replace(" ;", "."))
    assert not any(change.in_gap for change in lone(compare(WHOLE, ended)))


def test_points_that_a_gap_may_hide_are_quoted_as_such():
    """The copy of the old text breaks off in the list: its points may be those of the new one."""
    points = (
        "a) De prendre les mesures nécessaires à la sécurité de la Mission ;",
        "b) De fournir les informations qui lui sont demandées sur les ventes d’armes ;",
    )
    head = "2. Demande aux gouvernements concernés de coopérer avec la Mission, et notamment :"
    last = "6. Décide de rester saisi de la question."
    old, new = text(ACTS[0], head, last), text(ACTS[0], head, *points, *ACTS[2:5], last)
    page = render(build(judged(compare(old, new))), "md").decode().replace("\u00a0", " ")
    where = "(alinéas [a)](#op2.a) et [b)](#op2.b) ajoutés, ou perdus dans une lacune de l’ancien fichier)"
    assert where in page.partition("## Changements")[0]
