"""How a text was adopted, and that it was adopted otherwise than the one before."""

import json

import build
import pytest
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.language import Language
from resdiff.model import Ballot, Source, Vote, VoteKind
from resdiff.parsing import parse
from resdiff.parsing.openings import vote
from resdiff.rendering import render
from resdiff.report import as_text
from resdiff.report.summary import summarize

UNANIMOUS, NONE = Vote(VoteKind.UNANIMOUS), Vote(VoteKind.NONE)
LINES = [
    ("fr", "Adoptée à l’unanimité à la 5502e séance.", UNANIMOUS),
    ("fr", "Adoptée o l'unanimité à la 2351' séance.", UNANIMOUS),
    ("fr", "Adoptée à 1 'unanimité à la 4333e séance.", UNANIMOUS),
    ("fr", "[Adoptée sans vote.]", NONE),
    ("fr", "Adoptée à la 4026e séance sans qu'il soit procédé à un vote.", NONE),
    ("fr", "Adoptée à la 5473e séance sans avoir été mise aux voix.", NONE),
    ("fr", "Adoptée à la 359e séance par 14 voix contre zéro65.", Vote(VoteKind.RECORDED, 14)),
    ("fr", "Adoptée par 12 voix contre une (Cuba), avec 2 abstentions (Chine, Royaume-Uni et Yé-men).",
     Vote(VoteKind.RECORDED, 12, 1, 2, "Cuba", "Chine, Royaume-Uni et Yémen")),
    ("fr", "Adoptée à la 1549' séance par 13 voix contre zéro, avec 2 abstentions (France, d'Irlande (lu Nord).",
     Vote(VoteKind.RECORDED, 13, 0, 2)),
    ("fr", "Adoptée à la 437e séance par 12 voix contre zéro, avec 2 abs-", Vote(VoteKind.RECORDED, 12, 0, 2)),
    ("fr", "Adoptée à la 2512e séance par 13 voix contre zéro, avec 2", Vote(VoteKind.RECORDED, 13, 0, 2)),
    ("fr", "Adoptée à la 437e séance par 12 voix contre zéro, avec", None),
    ("fr", "Adoptée à la 864e séance [37].", None),
    ("fr", "A la même séance, le Conseil a décidé, à l'unanimité, d'inviter le représentant du Yémen.", None),
    ("en", "[Adopted without a vote.]", NONE),
    ("en", "[Adopted by a recorded vote of 27 to 13, with 7 abstentions. The voting was as follows:",
     Vote(VoteKind.RECORDED, 27, 13, 7)),
    ("en", "Adopted at the 4162nd meeting by 14 votes to none, with 1 abstention (Russian Federation).",
     Vote(VoteKind.RECORDED, 14, 0, 1, "", "Russian Federation")),
    ("es", "Aprobada por unanimidad en la 5502a sesión.", None),
]  # fmt: skip


@pytest.mark.parametrize(("language", "line", "expected"), LINES)
def test_a_closing_line_tells_how_a_text_was_adopted(language, line, expected):
    assert vote([line], Language.of(language)) == expected


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_example_of_a_form_is_one(language):
    for form in Language.of(language).votes.form:
        assert vote([form.example], Language.of(language)).kind == form.kind


def test_the_first_line_on_it_tells_and_no_later_one_which_may_be_of_another_text():
    lines = ["50e séance plénière", "18 décembre 2019", "Adoptée à la 2218e séance par 12 vois contre zéro, avec"]
    assert vote([*lines, "Adoptée à l’unanimité à la 2219e séance."], Language.of("fr")) is None
    assert vote([*lines[:2], "[Adoptée sans vote.]"], Language.of("fr")) == NONE


def test_a_text_is_read_with_its_vote():
    text = "Le Conseil de sécurité,\n\nRappelant la Charte,\n\n1. Décide de rester saisi de la question.\n\n{}"
    assert parse(Source(text.format("Adoptée à l’unanimité à la 5502e séance."))).vote == UNANIMOUS
    assert parse(Source(text.format(""))).vote is None


SAID = [
    (UNANIMOUS, Vote(VoteKind.RECORDED, 14, 0, 1, "", "Fédération de Russie"),
     "par 14 voix contre zéro, avec une abstention (Fédération de Russie) ; l’ancien, à l’unanimité."),
    (Vote(VoteKind.RECORDED, 27, 15, 5), Vote(VoteKind.RECORDED, 25, 16, 6),
     "par 25 voix contre 16, avec 6 abstentions ; l’ancien, par 27 voix contre 15, avec 5 abstentions."),
    (Vote(VoteKind.RECORDED, 14, 1, 0, "Cuba"), NONE, "sans vote ; l’ancien, par 14 voix contre une (Cuba)."),
    (UNANIMOUS, UNANIMOUS, ""),
    (None, UNANIMOUS, ""),
    (UNANIMOUS, None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("was", "now", "expected"), SAID)
def test_another_vote_is_told(was, now, expected):
    old = build.resolution("Prie l’Office d’aider les États à lutter contre le terrorisme", vote=was)
    new = build.resolution("Prie l’Office d’aider les États parties à lutter contre la criminalité", vote=now)
    lines = [as_text(line).replace("\u00a0", " ") for line in summarize(compare(old, new), "fr")]
    assert [line for line in lines if line.startswith("Vote")] == [f"Vote : texte adopté {expected}"] * bool(expected)


def test_the_votes_of_both_texts_are_told_in_json():
    old, new = (build.resolution("Prie l’Office d’agir", vote=each) for each in (UNANIMOUS, None))
    votes = json.loads(render(compare(old, new), "json"))["votes"]
    assert votes["new"] is None
    assert votes["old"] == {
        "kind": "unanimous",
        "yes": 0,
        "no": 0,
        "abstaining": 0,
        "against": "",
        "abstained": "",
        "roll": {},
    }
    assert "votes" not in json.loads(render(compare(old, new), "json", version=1))


ROLL = {
    "en": [
        "[Adopted by a recorded vote of 3 to 2, with 1 abstention. The voting was as follows:",
        "In favour:",
        "Algeria, Bolivia (Plurinational State of) and Bosnia and Herzegovina",
        "Against:",
        "Gabon**, United Kingdom of Great Britain and Northern Ireland",
        "Abstaining: Cuba]",
    ],
    "fr": [
        "[Adoptée par 3 voix contre 2, avec une abstention. Les voix se sont réparties comme suit :",
        "Ont voté pour :",
        "Algérie, Bolivie (État plurinational de) et Bosnie-Herzégovine",
        "Ont voté contre :",
        "Gabon et Royaume-Uni de Grande-Bretagne et d’Irlande du Nord",
        "Se sont abstenus : Cuba.]",
    ],
}


@pytest.mark.parametrize("language", ROLL)
def test_a_roll_tells_how_each_voted(language):
    found = vote(ROLL[language], Language.of(language))
    assert [ballot.value for ballot in found.roll.values()] == ["yes", "yes", "yes", "no", "no", "abstaining"]
    assert [*found.roll][1].startswith("Boliv") and [*found.roll][4].endswith(("Northern Ireland", "d’Irlande du Nord"))
    assert found.abstained == "Cuba" and found.against.startswith("Gabon, ")


def test_a_roll_that_does_not_add_up_is_none():
    found = vote(["Adopted by a recorded vote of 3 to 1.", "Against:", "Cuba, Gabon"], Language.of("en"))
    assert found.roll == {} and found.against == ""


def test_what_breaks_off_is_no_vote():
    assert vote(["Adoptée à la 3758e séance par 14 voix contre zéro,"], Language.of("fr")) is None


def test_who_voted_otherwise_is_named_and_of_many_the_others_are_counted():
    names = [f"État {place}" for place in range(12)]
    was, now = (
        Vote(VoteKind.RECORDED, 12, 0, 0, roll=dict.fromkeys(names, ballot)) for ballot in (Ballot.YES, Ballot.NO)
    )
    text = "Prie l’Office d’aider les États {}à lutter contre le terrorisme"
    for shown, said in ((2, "État 0 (pour, puis contre) et État 1 (pour, puis contre)."), (12, "et 4 autres.")):
        old, new = (
            build.resolution(text.format(word), vote=replace(each, roll=dict([*each.roll.items()][:shown])))
            for word, each in (("", was), ("parties ", now))
        )
        line = next(as_text(line) for line in summarize(compare(old, new), "fr") if "Vote" in as_text(line))
        assert "Ont changé de vote\u00a0: État 0 (pour, puis contre)" in line and line.endswith(said)
