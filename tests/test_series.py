"""The life of a text: every paragraph in one life, every word of one origin; what is asked for is found and told."""

import io
import json
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import build
import jsonschema
import lives
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from resdiff import report
from resdiff.cli.commands import SERIES_FORMS
from resdiff.cli.series import split_off
from resdiff.comparison import compare
from resdiff.data import path as data_path
from resdiff.errors import UsageError
from resdiff.model import Kind, Op
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.rendering import render
from resdiff.rendering.chronicle import FORMS, ChronicleOptions, render_chronicle
from resdiff.report.chronicle import Origins, chronicle, origins
from resdiff.series.blame import blame
from resdiff.series.lineage import Tracer, What, trace

GUIDE = "Prie l’Office d’établir un guide pratique sur les preuves électroniques ;"
REPORT = "Prie le Secrétaire général de lui présenter à sa prochaine session un rapport sur la question ;"
PRISON = "Engage les États Membres à prévenir la radicalisation dans les prisons, notamment par la formation ;"
PROSE = st.lists(st.sampled_from([GUIDE, REPORT, PRISON, f"{GUIDE[:-2]}, et l’en remercie ;", "Décide d’agir ;"]),
                 min_size=1, max_size=5)  # fmt: skip


def texts(*editions):
    return [
        build.resolution(*rows, symbol=f"A/RES/{70 + n}/1", adopted=f"{2015 + n}-12-18")
        for n, rows in enumerate(editions)
    ]


def told(life):
    return [(step.edition, " ".join(step.ids), step.what.value) for step in life.steps]


@pytest.fixture(scope="module")
def shipped(corpus):
    return trace([corpus.get(symbol) for symbol in ("72/194", "74/175", "78/226")])


# ---- lives ----------------------------------------------------------------------------------------------------------


def test_a_life_is_born_changes_is_dropped_and_returns():
    longer = PRISON.replace(" ;", " des personnels ;")
    lineage = trace(texts([GUIDE, PRISON], [REPORT, GUIDE], [GUIDE, longer]))
    assert [told(life) for life in lineage.lives] == [
        [(0, "op1", "born"), (1, "op2", "copied"), (2, "op1", "copied")],
        [(0, "op2", "born"), (2, "op2", "returned")],
        [(1, "op1", "born")],
    ]
    assert [life.dropped for life in lineage.lives] == [None, None, 2]
    assert lineage.life(2, "op2").born == 0


def test_a_report_of_the_year_is_touched_up_and_not_changed():
    old = "Prend note du rapport du Secrétaire général (A/70/100) établi en application de la résolution 70/1 ;"
    lineage = trace(texts([old, GUIDE], [old.replace("A/70/100", "A/71/90").replace("70/1 ", "70/1 "), GUIDE]))
    assert lineage.life(1, "op1").steps[-1].what is What.EDITED


def test_what_is_merged_goes_on_in_the_longer_one():
    both = f"{PRISON[:-2]}, et {GUIDE[:1].lower()}{GUIDE[1:]}"
    lineage = trace(texts([PRISON, GUIDE], [both], [both]))
    assert [told(life) for life in lineage.lives] == [
        [(0, "op1", "born"), (1, "op1", "merged"), (2, "op1", "copied")],
        [(0, "op2", "born"), (1, "op1", "merged")],
    ]
    assert [life.into for life in lineage.lives] == [None, 0]


def test_what_is_merged_goes_on_in_the_one_of_which_most_is_kept():
    longer = (
        f"{PRISON[:-2]}, salue les résultats obtenus par les établissements et demande que tous les moyens voulus "
        "soient fournis sans tarder ;"
    )
    lineage = trace(texts([longer, AID], [f"{AID[:-2]}, et engage {PRISON[7:]}"]))
    assert len(longer) > len(AID)
    assert [life.into for life in lineage.lives] == [1, None]


def test_what_is_taken_up_again_beside_what_came_of_its_other_half_returns():
    half = (
        "Demande à tous les États de coordonner leurs efforts concernant les personnes disparues{} rappelle "
        "l’importance de la participation des victimes et de leurs familles"
    )
    whole = (
        f"{half.format(',')}, et attend avec intérêt l’exposé que le Secrétaire général fera sur les moyens de faire "
        "la lumière sur le sort des disparus et le rapport qui suivra ;"
    )
    other = (
        "Accueille avec satisfaction l’exposé que le Secrétaire général a fait sur les moyens de faire la lumière sur "
        "le sort des disparus, prend note du rapport qui a suivi et de ses conclusions sur la part que prennent les "
        "associations de femmes, demande que les restes soient identifiés, que les documents soient gardés et que les "
        "bourreaux soient poursuivis, et engage les donateurs à soutenir davantage ces associations ;"
    )
    lineage = trace(texts([GUIDE, whole], [GUIDE], [GUIDE, other, f"{half.format(' et')} ;"]))
    assert told(lineage.lives[1]) == [(0, "op2", "born"), (2, "op3", "returned")]


def test_of_a_split_one_half_may_go():
    both = f"{PRISON[:-2]}, et {GUIDE[:1].lower()}{GUIDE[1:]}"
    lineage = trace(texts([both, REPORT], [PRISON, GUIDE, REPORT], [GUIDE, REPORT]))
    assert told(lineage.lives[0])[1] == (1, "op1 op2", "split")
    assert lineage.lives[0].steps[2].gone == ("op1",)


AID = (
    "Demande à tous les États et organisations internationales de s’associer aux efforts déployés pour fournir une "
    "aide humanitaire à la population ;"
)
HELP = (
    "Engage les pays voisins à apporter à la population leur contribution et aux efforts humanitaires déployés leur "
    "coopération, sans préjudice du droit des réfugiés ;"
)
AIDED = "Demande à tous les États et organisations internationales de fournir une aide à la population ;"
OTHERS = [
    "Demande aux juges d’ouvrir leurs registres ;",
    "Demande aux douanes de saisir les armes ;",
    "Demande aux banques de geler les comptes ;",
    "Demande aux écoles d’enseigner les langues ;",
]


def test_what_was_written_anew_elsewhere_is_told_as_a_doubt():
    lineage = trace(texts([AID, GUIDE, PRISON, REPORT], [GUIDE, PRISON, REPORT, HELP]))
    assert [life.perhaps for life in lineage.lives] == [None] * 4 + [0]
    assert (lineage.lives[0].dropped, lineage.lives[4].born) == (1, 1)
    rows = chronicle(lineage).lives
    assert rows[0].ending == "absent depuis 71/1 (2016), peut-être devenu 71/1, par.\u00a04"
    assert rows[4].since == "depuis 71/1 (2016), peut-être issu de 70/1, par.\u00a01"


def test_what_shares_too_little_is_no_doubt():
    drought = "Demande aux États d’aider la population touchée par la sécheresse ;"
    lineage = trace(texts([drought, GUIDE, PRISON, REPORT], [GUIDE, PRISON, REPORT, HELP]))
    assert [life.perhaps for life in lineage.lives] == [None] * 5


def test_what_was_taken_up_again_after_all_became_nothing_else():
    lineage = trace(texts([AID, GUIDE, PRISON, REPORT], [GUIDE, PRISON, REPORT, HELP], [GUIDE, PRISON, HELP, AID]))
    assert [step.what for step in lineage.lives[0].steps] == [What.BORN, What.RETURNED]
    assert [life.perhaps for life in lineage.lives] == [None] * 5


def test_what_stood_in_for_what_was_taken_up_again_is_told_as_a_doubt():
    lineage = trace(texts([AID, GUIDE, PRISON, REPORT], [GUIDE, PRISON, REPORT, HELP], [AID, GUIDE, PRISON, REPORT]))
    assert [step.what for step in lineage.lives[0].steps] == [What.BORN, What.RETURNED]
    assert [life.perhaps for life in lineage.lives] == [None] * 4 + [0]
    rows = chronicle(lineage).lives
    assert (rows[0].ending, rows[4].since) == ("", "depuis 71/1 (2016), peut-être issu de 70/1, par.\u00a01")


def test_what_takes_up_in_other_words_what_went_long_ago_is_told_as_a_doubt():
    visit = (
        "Envisage, selon qu’il conviendra, une visite du Président du Comité dans les pays de la région afin d’assurer "
        "la pleine application des mesures imposées ;"
    )
    again = (
        "Prie le Comité d’organiser, lorsque les circonstances s’y prêteront, des visites de son Président dans "
        "certains pays de la région, en vue d’assurer que les mesures imposées sont appliquées ;"
    )
    lineage = trace(texts([GUIDE, PRISON, visit], [GUIDE, PRISON], [GUIDE, PRISON, again]))
    assert (lineage.life(2, "op3").born, lineage.life(2, "op3").perhaps) == (2, 2)


def test_what_comes_beside_a_paragraph_on_its_matter_is_told_with_it():
    lineage = trace(texts([GUIDE, PRISON, AID, *OTHERS], [GUIDE, PRISON, HELP, AIDED, *OTHERS]))
    assert [(life.born, life.born_near) for life in lineage.lives if life.born] == [(1, "op3")]
    assert lineage.life(1, "op4").born == 0  # what stands may be near it as well
    row = chronicle(lineage).lives[-1]
    assert row.since == "depuis 71/1 (2016) sous cette forme, proche de 70/1, par.\u00a03"
    assert chronicle(lineage, "en").lives[-1].since == "since 71/1 (2016) in this form, near 70/1, para.\u00a03"


def test_what_goes_from_beside_a_paragraph_on_its_matter_is_told_with_it():
    lineage = trace(texts([GUIDE, PRISON, HELP, AIDED, *OTHERS], [GUIDE, PRISON, AID, *OTHERS]))
    assert [(life.dropped, life.dropped_near) for life in lineage.lives if life.dropped] == [(1, "op3")]
    row = chronicle(lineage).lives[2]
    assert row.ending == "absent depuis 71/1 (2016) sous cette forme, proche de 71/1, par.\u00a03"


@pytest.mark.parametrize("form", ["text", "html", "md"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_paragraph_that_is_near_is_told_in_every_format(form, turned):
    shorter, longer = [GUIDE, PRISON, AID, *OTHERS], [GUIDE, PRISON, HELP, AIDED, *OTHERS]
    told_ = chronicle(trace(texts(longer, shorter) if turned else texts(shorter, longer)))
    assert "sous cette forme, proche de" in render_chronicle(told_, form, ChronicleOptions()).decode()


def test_what_went_and_what_may_have_come_of_it_are_both_doubtful():
    longer = (
        "Demande aux douanes de saisir les armes à feu et les munitions, aux banques de geler les comptes des "
        "trafiquants, aux écoles d’enseigner les langues nationales, aux juges d’ouvrir leurs registres aux familles "
        "des disparus, et à tous les États voisins de fournir une aide à la population déplacée ;"
    )
    short = "Se félicite de la réunion des familles des disparus ;"  # of which most is said there, and the rest is not
    lineage = trace(texts([GUIDE, PRISON, longer], [GUIDE, PRISON, short]))
    assert (lineage.lives[2].dropped_near, lineage.lives[3].born_near) == ("", "")
    assert (lineage.lives[2].dropped_uncertain, lineage.lives[3].steps[0].uncertain) == (True, True)


def test_what_comes_on_a_matter_of_its_own_is_near_nothing():
    lineage = trace(texts([GUIDE, AID, REPORT], [GUIDE, AID, PRISON, REPORT]))
    assert [(life.born_near, life.dropped_near) for life in lineage.lives] == [("", "")] * 4
    assert chronicle(lineage).lives[3].since == "depuis 71/1 (2016)"


def test_formulas_of_the_house_make_nothing_near():
    asks = "Prie l’Office d’aider, dans le cadre de son mandat, les États Membres qui le demandent à {} ;"
    matters = ["protéger les témoins", "former les juges", "surveiller les frontières", "geler les avoirs suspects"]
    first = [asks.format(matter) for matter in matters]
    lineage = trace(texts(first, [*first, asks.format("évaluer leurs programmes")]))
    assert [life.born_near for life in lineage.lives if life.born] == [""]


def test_what_stands_far_from_a_paragraph_must_share_more_with_it_to_be_near():
    kept = AID.replace("à tous les États", "aux États").replace("humanitaire ", "")
    alike = (
        "Engage les pays voisins et les organisations humanitaires à apporter une aide à la population et leur "
        "soutien ;"
    )
    beside = trace(texts([GUIDE, AID, *OTHERS], [GUIDE, alike, kept, *OTHERS]))
    apart = trace(texts([GUIDE, AID, *OTHERS], [GUIDE, kept, *OTHERS, alike]))
    assert [life.born_near for lineage in (beside, apart) for life in lineage.lives if life.born] == ["op2", ""]


def test_what_was_taken_up_again_is_absent_beside_nothing():
    lineage = trace(texts([GUIDE, PRISON, HELP, AID], [GUIDE, PRISON, AID], [GUIDE, PRISON, HELP, AID]))
    assert [step.what for step in lineage.lives[2].steps] == [What.BORN, What.RETURNED]
    assert (lineage.lives[2].dropped, lineage.lives[2].dropped_near) == (None, "")


def test_a_link_that_more_speaks_against_is_uncertain():
    lineage = trace(texts([GUIDE, AID, REPORT], [GUIDE, HELP, REPORT], [GUIDE, HELP, REPORT]))
    assert [step.uncertain for step in lineage.lives[1].steps] == [False, True, False]
    assert chronicle(lineage).lives[1].moments[1].said == "modifié (suite incertaine)"


@pytest.mark.slow
@given(st.lists(PROSE, min_size=2, max_size=4))
def test_every_paragraph_stands_in_one_life(editions):
    lineage = trace(texts(*editions))
    for number, text in enumerate(lineage.editions):
        for paragraph in text.body:
            life = lineage.life(number, paragraph.id)
            assert life.born <= number
            assert any(step.edition == number and paragraph.id in step.ids for step in life.steps)
        going_on = [
            id_
            for life in lineage.lives
            for step in (life.steps if life.into is None else life.steps[:-1])
            for id_ in step.ids
            if step.edition == number
        ]
        assert sorted(going_on) == sorted(paragraph.id for paragraph in text.body)
    for life in lineage.lives:
        assert all(before.edition < after.edition for before, after in pairwise(life.steps))
        assert life.dropped is None or life.dropped == life.steps[-1].edition + 1
        assert not life.born_near or life.born_near in {p.id for p in lineage.editions[life.born - 1].body}
        assert not life.dropped_near or life.dropped_near in {p.id for p in lineage.editions[life.dropped].body}
        if life.perhaps is not None:
            stood = {step.edition for step in lineage.lives[life.perhaps].steps}
            assert min(stood) < life.born and not stood & set(range(life.born, life.steps[-1].edition + 1))
    doubts = [life.perhaps for life in lineage.lives if life.perhaps is not None]
    assert len(doubts) == len(set(doubts))


@pytest.mark.parametrize("pair", [(0, 1), (1, 2), (2, 1)])
def test_of_two_editions_it_says_what_the_comparison_says(shipped, pair):
    old, new = (shipped.editions[number] for number in pair)
    lineage = trace([old, new])
    for change in compare(old, new).changes:
        lived = {lineage.place(0, id_) for id_ in change.link.old}
        if change.kind is Kind.ADDED:
            assert all(lineage.life(1, id_).born == 1 for id_ in change.link.new)
        elif change.kind is Kind.REMOVED:
            assert all(lineage.lives[place].dropped == 1 for place in lived)
        else:
            assert all(lineage.lives[place].steps[-1].edition == 1 for place in lived)


def test_an_edition_in_the_middle_makes_no_birth_later(shipped):
    apart = trace([shipped.editions[0], shipped.editions[2]])
    births = {
        paragraph.id: (apart.life(1, paragraph.id).born, shipped.life(2, paragraph.id).born)
        for paragraph in shipped.editions[2].body
    }
    from_the_first = {id_ for id_, (without, with_it) in births.items() if without == 0}
    assert len(from_the_first) > 20
    assert [id_ for id_ in from_the_first if births[id_][1] != 0] == []


# ---- blame ----------------------------------------------------------------------------------------------------------


def joined(paragraph):
    return "".join(run.text for run in paragraph.runs)


@pytest.mark.slow
@given(st.lists(PROSE, min_size=1, max_size=4))
def test_every_word_has_one_origin_and_the_runs_are_the_text(editions):
    lineage = trace(texts(*editions))
    blamed = blame(lineage)
    assert [(each.id, joined(each)) for each in blamed] == [(p.id, p.text) for p in lineage.editions[-1].body]
    for run in (run for each in blamed for run in each.runs):
        assert 0 <= run.origin < len(editions)
        words = [word.strip(",;") for word in run.text.split()]
        assert all(word in " ".join(editions[run.origin]) for word in words)


FLOORS = {"calm": 0.995, "stressed": 0.992}


@pytest.mark.slow
@pytest.mark.parametrize("condition", lives.CONDITIONS)
def test_generated_origins_keep_their_floor(condition):
    right = total = 0
    for seed in (1,):
        editions = lives.series(lives.CONDITIONS[condition], seed)
        for paragraph, blamed in zip(editions[-1], blame(trace(lives.resolutions(editions))), strict=True):
            origins_ = [run.origin for run in blamed.runs for _ in run.text]
            at = 0
            for word, origin in paragraph:
                first = next((place for place, sign in enumerate(word) if sign.isalnum()), 0)
                right, total, at = right + (origins_[at + first] == origin), total + 1, at + len(word) + 1
    print(f"{condition}: {right / total:.4f} of {total} words")
    assert right / total >= FLOORS[condition]


def test_a_long_phrase_that_left_and_came_back_keeps_its_first_origin():
    phrase = "notamment par la formation des personnels pénitentiaires et par des échanges de bonnes pratiques"
    with_it = f"Engage les États Membres à prévenir la radicalisation dans les prisons, {phrase} ;"
    without = "Engage les États Membres à prévenir la radicalisation dans les prisons ;"
    (paragraph,) = blame(trace(texts([with_it], [without], [with_it])))
    assert {run.origin for run in paragraph.runs} == {0}


def test_the_little_words_of_a_short_paragraph_come_from_no_long_one_that_went():
    long = (
        "Se félicite de la création de la Commission, de la désignation par le Président de ses membres et de la tenue "
        "de la première des réunions sur la réconciliation, et prie les parties de coopérer avec elle à la recherche "
        "de la paix ;"
    )
    short = "Note la levée de la sanction par le Conseil et la visite de la capitale ;"
    (_, paragraph) = blame(trace(texts([GUIDE, long], [GUIDE, short])))
    assert joined(paragraph) == short
    assert {run.origin for run in paragraph.runs} == {1}


def test_a_little_word_amid_what_came_came_with_it():
    old = "Rend hommage aux forces et demande le retour des contingents en Sierra Leone ;"
    new = (
        "Rend hommage aux forces et, compte tenu des vœux exprimés par toutes les régions, appuie le Président des "
        "contingents en Sierra Leone ;"
    )
    (_, paragraph) = blame(trace(texts([GUIDE, old], [GUIDE, new])))
    assert [run.text.strip() for run in paragraph.runs if run.origin == 0] == [
        "Rend hommage aux forces et,",
        "des contingents en Sierra Leone ;",
    ]


def test_a_formula_of_the_house_is_carried_from_nowhere():
    (_, paragraph) = blame(trace(texts([GUIDE], [GUIDE, "Prie l’Office d’établir un plan d’action ;"])))
    assert {run.origin for run in paragraph.runs} == {1}


def test_what_was_put_elsewhere_in_its_own_paragraph_keeps_its_origin():
    before = (
        "Prie le Comité de rendre compte, tous les six mois au moins, de ses travaux et de ceux du Groupe d’experts ;"
    )
    after = (
        "Prie le Comité de rendre compte de ses travaux et de ceux du Groupe d’experts, tous les six mois au moins ;"
    )
    (paragraph, _) = blame(trace(texts([before, GUIDE], [after, GUIDE])))
    assert {run.origin for run in paragraph.runs} == {0}


def test_a_name_that_many_paragraphs_bear_is_carried_from_none():
    name = "la commission chargée de la prévention du crime et de la justice pénale"
    first = [f"{verb} {name}{more} ;" for verb, more in (
        ("Encourage", ""), ("Remercie", " de son rapport annuel"), ("Invite", " à tenir sa session à Vienne"),
        ("Félicite", " et son secrétariat"))]  # fmt: skip
    last = f"Engage les pays donateurs à verser des contributions volontaires pour que {name} puisse se réunir ;"
    assert {run.origin for run in blame(trace(texts(first, [*first, last])))[4].runs} == {1}
    assert {run.origin for run in blame(trace(texts(first[:3], [*first[:3], last])))[3].runs} == {0, 1}


def test_a_long_run_is_not_torn_by_the_few_of_its_words_that_stood_in_the_paragraph():
    reform = "la réforme du secteur de la sécurité"
    run = (
        "les mesures seront ajustées en fonction de la situation, en particulier des progrès accomplis dans "
        f"{reform} et dans le désarmement des groupes armés"
    )
    first = f"Se félicite de {reform}, que le Gouvernement a menée à bien avec les pays voisins ;"
    last = f"Se félicite de ce que {run}, que le Gouvernement a menée à bien avec les pays voisins ;"
    blamed = blame(trace(texts([first, GUIDE], [first, GUIDE, f"Décide que {run} ;"], [first, GUIDE], [last, GUIDE])))
    assert [(part.text, part.origin) for part in blamed[0].runs] == [
        ("Se félicite de", 0),
        (" ce", 3),
        (f" que {run},", 1),
        (" que le Gouvernement a menée à bien avec les pays voisins ;", 0),
    ]


LONG_NAME = "la République démocratique du Congo et la Mission des Nations Unies pour la Stabilisation en République"


@pytest.mark.parametrize("name", ["la République démocratique du Congo et la Mission des Nations Unies", LONG_NAME])
def test_a_name_is_carried_from_no_other_paragraph(name):
    first = f"Remercie le Gouvernement de {name} de leur aide ;"
    last = f"Prie l’Office d’aider le Gouvernement de {name}, dans la limite de ses moyens ;"
    (_, paragraph) = blame(trace(texts([first], [first, last])))
    assert {run.origin for run in paragraph.runs} == {1}


def test_a_long_name_that_left_its_paragraph_comes_back_to_it():
    head, end = (
        "Prie l’Office d’aider les pays voisins",
        "à rendre leurs frontières plus sûres, dans la limite de ses moyens ;",
    )
    named = f"{head} et, au besoin, le Gouvernement de {LONG_NAME}, toutes parties étant consultées, {end}"
    again = f"{head}, puis sans attendre le Gouvernement de {LONG_NAME}, {end}"
    (paragraph,) = blame(trace(texts([named], [f"{head} {end}"], [again])))
    assert {run.origin for run in paragraph.runs if "Mission des Nations" in run.text} == {0}


def runs_of(*editions):
    """The runs of the only paragraph of the last edition."""
    (paragraph,) = blame(trace(texts(*editions)))
    return [(run.text.strip(), run.origin) for run in paragraph.runs]


def test_a_run_copied_from_a_paragraph_that_keeps_it_is_of_uncertain_origin():
    phrase = "dans le plein respect des droits de l’homme et du droit international applicable"
    first, second = f"Invite les États à coopérer, {phrase} ;", f"Prie l’Office d’aider les prisons, {phrase} ;"
    third = f"Se félicite des travaux de la Commission, {phrase} ;"
    editions = texts([first], [first, second.replace(phrase, "sans délai")], [first, second], [first, second, third])
    runs = {joined(each): each.runs for each in blame(trace(editions))}
    assert [(run.origin, run.uncertain) for run in runs[first]] == [(0, False)]
    assert [(run.origin, run.uncertain) for run in runs[third] if phrase in run.text] == [(0, True)]


@pytest.mark.parametrize(("longer", "origin"), [("", (1, False)), (" et dans celles de la Somalie", (0, True))])
def test_a_short_formula_amid_words_that_came_came_with_them(longer, origin):
    formula = "contre la piraterie commise au large des côtes somaliennes" + longer
    first = f"Engage les États à lutter {formula} ;"
    second = f"Se félicite de la réunion du groupe de contact chargé de la lutte {formula} et attend son rapport ;"
    (*_, blamed) = blame(trace(texts([first], [first, second])))
    (run,) = [run for run in blamed.runs if formula in run.text]
    assert (run.origin, run.uncertain) == origin


def test_a_little_word_older_than_what_stands_beside_it_is_told_with_the_older_one():
    offered = ["assistance de fond", "conseils de fond", "conseils de juristes"]
    drafts = [f"Prie l’Office de continuer à fournir {each} aux États qui le demandent ;" for each in offered]
    (paragraph,) = blame(trace(texts(*([draft] for draft in drafts))))
    told_ = {run.text.strip(): (run.origin, run.uncertain) for run in paragraph.runs}
    assert (told_["conseils de"], told_["juristes"]) == ((1, False), (2, False))


def test_of_a_little_word_around_which_the_others_were_replaced_one_by_one_the_origin_is_uncertain():
    runs = runs_of(
        ["Prie l’Office d’aider les magistrats de la région à former des agents"],
        ["Prie l’Office d’aider les tribunaux de ville à former des agents"],
    )
    assert runs[1] == ("tribunaux de ville", 1)
    replaced = ["aider les magistrats de Dakar à former", "aider les tribunaux de Bamako à former"]
    (paragraph,) = blame(trace(texts(*([f"Prie l’Office d’{each} des agents"] for each in replaced))))
    told_ = {run.text.strip(): (run.origin, run.uncertain) for run in paragraph.runs}
    assert (told_["tribunaux"], told_["de"], told_["Bamako"]) == ((1, False), (0, True), (1, False))


def test_a_year_that_was_appended_to_a_list_leaves_the_one_before_it_alone():
    old = "Rappelant ses résolutions 1495 (2003) du 31 juillet 2003 et 1541 (2004) du 29 avril 2004 sur le Sahara ;"
    runs = runs_of([old], [old.replace("avril 2004", "avril 2004 et 1570 (2004) du 28 octobre 2004")])
    assert runs[1] == ("et 1570 (2004) du 28 octobre 2004", 1)


def test_what_came_behind_a_comma_begins_behind_it():
    runs = runs_of(
        ["Demande la libération de tous les défenseurs des droits de l’homme, y compris dans les prisons ;"],
        ["Demande la libération de tous les défenseurs des droits de l’homme, en particulier des femmes défenseurs des "
         "droits de l’homme, y compris dans les prisons ;"],
    )  # fmt: skip
    assert runs[1] == ("en particulier des femmes défenseurs des droits de l’homme,", 1)


def test_the_month_of_another_date_came_with_it():
    runs = runs_of(
        ["Rappelant la résolution 1429 (2002) du 30 juillet 2002 et toutes ses résolutions sur le Sahara occidental ;"],
        ["Rappelant la résolution 1495 (2003) du 31 juillet 2003 et toutes ses résolutions sur le Sahara occidental ;"],
    )
    assert ("31 juillet 2003", 1) in runs or ("1495 (2003) du 31 juillet 2003", 1) in runs


def test_words_put_elsewhere_were_put_to_one_place():
    runs = runs_of(
        ["Exprime son intention de suivre l’établissement de la liste électorale et prie le Secrétaire général de l’en "
         "tenir informé sans délai ;"],
        ["Prie le Secrétaire général de suivre l’établissement de la liste électorale et de le tenir informé, avant la "
         "fin de septembre, de la publication de la liste électorale provisoire ;"],
    )  # fmt: skip
    assert "de la liste électorale provisoire" in " ".join(text for text, origin in runs if origin == 1)


@pytest.mark.parametrize(
    ("text", "filled", "told"),
    [
        ("Décide de proroger le mandat de la Mission {}", ["des Nations ;", "de Nations ;", "des Nations ;"],
         [("Décide de proroger le mandat de la Mission des Nations ;", 0)]),
        ("{} rapport du Comité,", ["Notant que le", "Prenant acte du", "Notant que le"],
         [("Notant que le rapport du Comité,", 0)]),
        ("Invite les États à fournir des vivres et une aide de six mois {} ;",
         ["prenant fin le matin du vote", "renouvelable", "prenant fin le matin du dernier jour"],
         [("Invite les États à fournir des vivres et une aide de six mois prenant fin le matin du", 0),
          ("dernier jour ;", 2)]),
        ("Remercie les {}", ["pays voisins et les États de la paix ;", "pays voisins ;", "États voisins ;"],
         [("Remercie les", 0), ("États", 2), ("voisins ;", 0)]),
    ],
)  # fmt: skip
def test_what_left_and_came_back_beside_the_same_words_keeps_its_origin(text, filled, told):
    assert runs_of(*([text.format(each)] for each in filled)) == told


def test_of_two_paragraphs_that_became_one_each_gives_its_words():
    services = "la santé, l’eau, le logement"
    needs = "que les pauvres des régions rurales et urbaines attendent des autorités de leur pays ;"
    first = f"Invite les États à garantir à tous un accès équitable à l’éducation, {services} et aux services publics"
    both = first.replace("l’éducation,", "l’éducation, la nutrition,") + f" {needs}"
    (paragraph,) = blame(trace(texts([f"{first} ;", f"Cite la nutrition, {services} {needs}"], [both])))
    assert {run.origin for run in paragraph.runs} == {0}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("promote family intergenerational solidarity", "promote intergenerational family solidarity"),
        ("promote a voluntary, safe and just return", "promote a safe, voluntary and just return"),
        ("promote adequate health care services", "promote adequate healthcare services"),
        ("promote the rights of asylum seekers", "promote the rights of asylum-seekers"),
    ],
)
def test_words_that_changed_places_or_are_spelled_in_one_keep_their_origin(before, after):
    text = "Calls upon all Member States to {} in the whole region and to report on it without delay ;"
    assert {origin for _, origin in runs_of([text.format(before)], [text.format(after)])} == {0}


def test_a_date_is_one_and_as_young_as_what_is_new_of_it():
    text = "Décide que le mandat de la Force est prorogé jusqu’au {}, dans l’espoir que la paix sera rétablie ;"
    editions = [text.format(day) for day in ("26 mars 1965", "15 juin 1966", "15 mars 1966")]
    assert ("15 mars 1966,", 2) in runs_of(*([edition] for edition in editions))


def test_a_name_amid_much_that_came_came_with_it():
    old = "Prend acte du rapport que le Conseil a consacré à la Déclaration des Nations Unies et à son application ;"
    new = (
        "Prend acte du rapport que le Conseil a consacré aux lois et décisions par lesquelles des pays ont appliqué "
        "la Déclaration des Nations Unies partout, ainsi que celui des experts sur sa diffusion et à son application ;"
    )
    assert [origin for text, origin in runs_of([old], [new]) if "Nations Unies" in text] == [1]


def test_a_little_word_amid_much_that_came_later_stands_there_since_then():
    offered = [
        "assistance de fond",
        "conseils détaillés de fond",
        "conseils détaillés de juristes de haut niveau et sans frais",
    ]
    drafts = [f"Prie l’Office de continuer à fournir {each} aux États qui le demandent ;" for each in offered]
    assert ("conseils détaillés de", 1) in runs_of(*([draft] for draft in drafts))


ROOT = Path(__file__).resolve().parent
LABELLED = json.loads((ROOT / "gold" / "origins" / "words.json").read_text(encoding="utf-8"))
"""Words of real series drawn at random, twelve a series; the edition that brought each was read from the texts. A word
is found by a quote that stands once in its paragraph; several editions are named where either may be said."""


def rightly_traced(series, folder):
    """The labelled words of a series whose origin is as read, and the others."""
    blamed = {each.id: each.runs for each in blame(trace(editions_of(series, folder), words=False))}
    right, wrong = [], []
    for label in series["words"]:
        runs = blamed[label["paragraph"]]
        text = "".join(run.text for run in runs)
        at = text.index(label["word"], text.index(label["quote"]))
        origin = [run.origin for run in runs for _ in run.text][at]
        (right if origin in label["origins"] else wrong).append(label["quote"])
    return right, wrong


def editions_of(series, folder):
    return [parse(read(folder / series["texts"] / name)) for name in series["editions"]]


def test_the_words_of_the_shipped_series_have_the_origin_that_was_read():
    (shipped_words,) = [series for series in LABELLED if series["texts"].startswith("corpus/")]
    right, wrong = rightly_traced(shipped_words, ROOT.parent)
    assert (len(right), wrong) == (12, [])


@pytest.mark.slow
def test_the_words_of_real_series_have_the_origin_that_was_read(shared):
    found = [rightly_traced(each, shared / "texts") for each in LABELLED if not each["texts"].startswith("corpus/")]
    right, wrong = ([quote for sides in found for quote in sides[place]] for place in (0, 1))
    assert len(right) >= 44, wrong
    assert len(right) + len(wrong) == 48


# ---- in the report of a pair ----------------------------------------------------------------------------------------


def ages(editions, *, words=True):
    """Since when the paragraphs of each edition stand, as the lives are led on."""
    tracer = Tracer(words=words)
    for text in editions:
        tracer.lead_on(text)
        yield tracer.ages()


@pytest.mark.slow
def test_the_age_of_a_paragraph_is_the_same_without_its_words(shipped):
    told = list(ages(shipped.editions))
    assert list(ages(shipped.editions, words=False)) == told
    assert told[0] == ()
    assert {age.at_least for age in told[2]} == {True, False}


@pytest.mark.slow
def test_what_went_says_since_when_it_stood(corpus):
    old, new = corpus.get("74/175"), corpus.get("78/226")
    aged = replace(compare(old, new), ages=list(ages([corpus.get("72/194"), old]))[1])
    rows = {row.change.link.old: row for row in report.build(aged).find(report.Changes).rows if row.change.link.old}
    assert rows["pp17",].origin == "y figurait depuis 74/175 (2019)"
    assert rows["op3",].origin == "y figurait depuis 72/194 (2017) au moins"
    assert rows["op2",].since == "depuis 74/175 (2019)"  # its birth is doubted, too little for a report to say so
    assert rows["pp1",].since and not rows["pp1",].origin
    for form in ("terminal", "md", "html"):
        assert "depuis 74/175 (2019)" in render(report.build(aged), form).decode()
    assert report.build(compare(old, new)).find(report.Changes).rows[0].since == ""


# ---- what is told ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("form", [form for form in FORMS if form != "docx"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_format_tells_it(shipped, form, lang):
    page = render_chronicle(chronicle(shipped, lang), form, ChronicleOptions()).decode()
    assert "78/226" in page
    page = render_chronicle(origins(shipped, blame(shipped), lang, "par. 9"), form, ChronicleOptions()).decode()
    assert "preuves électroniques" in page
    assert page.endswith("\n")


def test_in_word_each_run_that_came_later_bears_a_comment(shipped):
    what = origins(shipped, blame(shipped), "fr", "par. 9")
    data = render_chronicle(what, "docx", ChronicleOptions())
    assert data == render_chronicle(what, "docx", ChronicleOptions())
    source = read(data, tracked="reject")
    assert "".join(run.text for run in what.rows[0].runs) in source.text
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        comments = archive.read("word/comments.xml").decode()
    later = [run for row in what.rows for run in row.runs if run.origin]
    assert comments.count("<w:comment ") == len(later)
    assert comments.count("78/226 (2023)") == sum(run.origin == 2 for run in later)
    with pytest.raises(UsageError):
        render_chronicle(chronicle(shipped), "docx", ChronicleOptions())


def test_the_command_offers_every_format():
    assert tuple(FORMS) == (*SERIES_FORMS, "docx")


@pytest.mark.parametrize("name", ["history", "blame"])
def test_the_json_is_as_its_schema_says(shipped, name):
    what = chronicle(shipped) if name == "history" else origins(shipped, blame(shipped))
    document = json.loads(render_chronicle(what, "json", ChronicleOptions()))
    schema = json.loads(data_path(f"{name}.schema.json").read_text("utf-8"))
    jsonschema.validate(document, schema)
    assert [edition["symbol"] for edition in document["editions"]] == ["A/RES/72/194", "A/RES/74/175", "A/RES/78/226"]
    if name == "blame":
        runs = {row["id"]: "".join(run["text"] for run in row["runs"]) for row in document["paragraphs"]}
        assert runs == {paragraph.id: paragraph.text for paragraph in shipped.editions[-1].body}


def test_a_paragraph_is_told_with_all_its_wordings(shipped):
    (row,) = chronicle(shipped, paragraph="par. 12").living
    assert row.since == "depuis 72/194 (2017) au moins"
    assert [moment.label for moment in row.moments] == ["par.\u00a03", "par.\u00a04 et 8", "par.\u00a012"]
    for before, after in pairwise(row.moments):
        old = "".join(edit.text for edit in after.edits if edit.op is not Op.INSERT)
        new = "".join(edit.text for edit in after.edits if edit.op is not Op.DELETE)
        assert new == after.text
        assert set(old.split("\n")) <= set(before.text.split("\n"))


# ---- the commands ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_series_is_named_by_a_symbol_a_key_a_folder_or_its_texts(command, corpus):
    shelf = corpus.shelves[0]
    files = [edition.path for edition in shelf.editions if edition.language == "fr"]
    ways = [["78/226"], [shelf.key], [shelf.folder], files]
    told_ = [command("history", *way, "--format", "json") for way in ways]
    assert [code for code, _, _ in told_] == [0] * 4
    assert len({out for _, out, _ in told_}) == 1


@pytest.fixture
def torn_corpus(corpus, tmp_path):
    """A copy of the series whose edition in the middle cannot be read."""
    folder = tmp_path / "corpus" / corpus.shelves[0].key
    folder.mkdir(parents=True)
    for edition in corpus.shelves[0].editions:
        (folder / edition.path.name).write_bytes(edition.path.read_bytes())
    (folder / "A-RES-74-175.fr.md").write_bytes(bytes(range(256)))
    return folder


@pytest.mark.parametrize("call", ["history 78/226", "blame 78/226", "draft 78/226", "history corpus/{}"])
def test_an_edition_that_cannot_be_read_is_told(command, torn_corpus, call):
    """Its words would be taken for those of the next one."""
    code, out, errors = command(*call.format(torn_corpus.name).split(), "--corpus", "corpus")
    assert code == 0 and "78/226" in out
    assert errors.count("\n") == 1 and "A-RES-74-175.fr.md : " in errors.replace("\u00a0", " ")


def test_what_is_left_out_of_a_folder_that_is_no_series_is_told(command, torn_corpus, tmp_path):
    folder = tmp_path / "textes"
    folder.mkdir()
    for path in torn_corpus.glob("*.md"):
        (folder / path.name.replace(".fr.md", ".txt")).write_bytes(path.read_bytes())
    (folder / "vide.txt").write_bytes(b"")
    code, out, errors = command("history", folder)
    assert code == 0 and "78/226" in out
    assert [line.split()[2] for line in errors.splitlines()] == [
        str(folder / name) for name in ("A-RES-74-175.txt", "vide.txt")
    ]


def test_a_text_without_a_symbol_is_so_called_where_it_is_in_another_language(command, tmp_path):
    (tmp_path / "a.txt").write_text("*L’Assemblée générale*,\n\n1. *Prie* l’Office d’agir.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("*The General Assembly*,\n\n1. *Requests* the Office to act.\n", encoding="utf-8")
    _, _, errors = command("history", "a.txt", "b.txt")
    assert "texte sans cote (fr), texte sans cote (en)" in errors.replace("\u00a0", " ")


def test_blame_of_an_edition_knows_no_later_one(command):
    code, out, _ = command("blame", "74/175", "--format", "json")
    assert code == 0
    assert [edition["symbol"] for edition in json.loads(out)["editions"]] == ["A/RES/72/194", "A/RES/74/175"]


@pytest.mark.parametrize("call", [("par. 9",), ("par.", "9"), ("op9",), ("§", "9"), ("PP", "3"), ("op9.a",)])
def test_a_paragraph_is_called_as_people_call_it(call):
    assert split_off(("78/226", *call)) == (("78/226",), " ".join(call))


@pytest.mark.parametrize("form", ["text", "html"])
def test_the_shares_of_blame_make_a_hundred_percent(shipped, form):
    page = render_chronicle(origins(shipped, blame(shipped)), form, ChronicleOptions()).decode()
    shown = [int(number) for number in re.findall(r"\b(\d+)[\u00a0\u202f ]%(?!\")", page)]
    assert (len(shown), sum(shown)) == (3, 100)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=30))
def test_shares_in_percent_are_whole_and_near(sizes):
    shares = tuple(size / max(1, sum(sizes)) for size in sizes)
    percents = Origins("fr", "", (), (), shares).percents
    assert sum(percents) == (100 if any(sizes) else 0)
    assert all(bool(percent) == bool(size) for percent, size in zip(percents, sizes, strict=True))
    if all(size == 0 or 100 * size >= sum(sizes) for size in sizes):
        assert all(abs(percent - 100 * share) < 1 for percent, share in zip(percents, shares, strict=True))


def test_one_paragraph_alone_is_told(command):
    code, out, _ = command("blame", "78/226", "par.", "9")
    assert (code, "par.\u00a09" in out, "par.\u00a010" in out) == (0, True, False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["history", "78/226", "par. 99"], 66, "le plus proche\u00a0: par.\u00a036"),
        (["blame", "78/226", "PP 77"], 66, "le plus proche\u00a0: PP\u00a020"),
        (["history", "99/999"], 66, "n’est pas dans le corpus"),
        (["history", "nulle-part.txt"], 66, "introuvable"),
        (["history", "vide"], 66, "aucun texte que resdiff sache lire"),
        (["history", "seul.txt"], 2, "au moins deux éditions"),
        (["history", "78/226", "-o", "x.exe"], 2, "Format inconnu"),
        (["history", "78/226", "-o", "dossier.html"], 73, "dossier.html"),
        (["history"], 2, "SÉRIE"),
        (["blame", "binaire", "seul.txt"], 65, "binaire"),
    ],
)
def test_bad_input_is_one_sentence(command, tmp_path, args, code, words):
    (tmp_path / "vide").mkdir()
    (tmp_path / "dossier.html").mkdir()
    (tmp_path / "seul.txt").write_text("L’Assemblée générale,\n\n1. Prie l’Office d’agir ;\n", encoding="utf-8")
    (tmp_path / "binaire").write_bytes(bytes(range(256)) * 20)
    done, out, errors = command(*args)
    assert done == code, errors
    assert words in errors
    assert not out
    assert "Traceback" not in errors
