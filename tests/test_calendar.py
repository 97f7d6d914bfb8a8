"""Dates, periods and sessions that a text sets, moves or gives up."""

import build
import cases
import pytest
from judging import judged

from resdiff.comparison import compare


@pytest.mark.parametrize("case", cases.parameters("calendar"))
def test_case(case):
    comparison = build.compared_case(case)
    moved = build.flags(comparison, "date-changed")
    assert [*map(told, comparison.calendar), *moved] == case.lines("expected")


def told(change):
    place = change.new_paragraph or f"ancien {change.old_paragraph}"
    return f"{place}: {change.old or 'nothing'} → {change.new or 'nothing'}"


def test_a_session_in_an_aside_is_quoted_with_the_act_before_it():
    head = "Requests the Secretary-General to include, in his report on the implementation of the present resolution"
    sections = ", ".join(f"a section on the progress made in the fields of justice in region {k}" for k in "abcdefgh")
    old, new = (f"{head} at its {session} session, {sections}" for session in ("seventy-sixth", "seventy-ninth"))
    (change,) = judged(compare(*(build.resolution(text, language="en") for text in (old, new)))).calendar
    assert change.clause == f"{head} at its seventy-ninth session …"


def test_of_a_time_deep_in_a_long_act_what_is_due_then_is_told_with_its_other_times():
    before = " and".join(
        f" to examine the situation of group {number} in all parts of the country" for number in range(9)
    )
    due = "to report on reparations to the Council, at its {} session, and to the General Assembly, at its {} session"
    text = f"Requests the Special Rapporteur{before}, and {due}, in full cooperation with States"
    times = ("fifty-fourth", "seventy-eighth"), ("fifty-seventh", "seventy-ninth")
    old, new = (build.resolution(text.format(*each), language="en") for each in times)
    assert [change.clause for change in judged(compare(old, new)).calendar] == [f"… {due.format(*times[1])} …"] * 2


@pytest.mark.parametrize(
    ("speaks", "when", "said"),
    [("The Human Rights Council,", "at its eightieth session", "General Assembly at its eightieth session"),
     ("The General Assembly,", "at its eightieth session", "at its eightieth session"),
     ("", "at its eightieth session", "at its eightieth session"),
     ("The Human Rights Council,", "at the eightieth session", "at the eightieth session")],
)  # fmt: skip
def test_a_session_of_another_body_is_told_with_whose_it_is(speaks, when, said):
    opening = build.paragraph("preface1", speaks)
    new = f"Requests the Special Rapporteur to submit a report to the General Assembly {when}"
    texts = ("Welcomes the work programme of the Special Rapporteur", new)
    old, new = (build.resolution(*([opening] * bool(speaks)), text, language="en") for text in texts)
    assert [change.new for change in judged(compare(old, new)).calendar] == [said]


def test_resolutions_that_went_and_one_that_came_are_no_date_that_became_another():
    before = "pp Réaffirmant les exigences qu’il y a formulées,"
    kept, after = "1640 (2005) du 23 novembre 2005", "et la déclaration de son Président en date du 24 février 2006,"
    gone = "1661 (2006) du 14 mars 2006 et 1670 (2006) du 13 avril 2006"
    old = f"{before} notamment les résolutions {kept}, {gone}, {after}"
    listed = f"1320 (2000) du 15 septembre 2000, 1430 (2002) du 14 août 2002, 1466 (2003) du 14 mars 2003, {kept}"
    new = f"{before} en particulier les résolutions {listed} et 1678 (2006) du 15 mai 2006, {after}"
    comparison = build.compared([old], [new], "S/RES/1678 (2006)", "S/RES/1681 (2006)", "2006-05-31")
    assert build.flags(comparison, "date-changed") == []
    assert build.flags(comparison, "reworded") == [
        f"reworded: {gone}",
        "reworded: et 1678 (2006) du 15 mai 2006",
    ]


def test_a_delay_that_stands_counted_in_other_words_gave_way_to_no_other_one():
    """S/RES/1330 (2000), par. 5: the first report is due as before, the second one a week earlier."""
    behind = "sur la base des observations faites par le personnel des Nations Unies en Iraq"
    old = (
        "Prie le Secrétaire général de lui présenter, 90 jours après l’entrée en vigueur du paragraphe 1, puis avant "
        f"la fin de la période de 180 jours, {behind}, un premier et un deuxième rapport"
    )
    new = (
        "Prie le Secrétaire général de lui présenter un rapport complet 90 jours après son entrée en vigueur, et de "
        f"lui présenter une semaine au moins avant la fin de la période de 180 jours, {behind}, un rapport"
    )
    comparison = build.compared([old], [new])
    assert build.flags(comparison, "deadline-changed") == []
    assert [(change.old, change.new) for change in comparison.calendar] == [
        ("", "une semaine au moins avant la fin de la période de 180 jours")
    ]
    moved = build.compared([old], [old.replace("90 jours", "60 jours")])
    (flag,) = build.flags(moved, "deadline-changed")
    assert flag.startswith("deadline-changed: 90 jours après")
