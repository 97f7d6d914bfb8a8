"""Paragraphs without a link that took each other's place: which are kin, and what a reader is told of them."""

import json
from types import SimpleNamespace

import pytest
from build import resolution
from judging import judged
from msgspec.structs import replace

from resdiff.alignment.odds import MAY_SAY, NEAR, Nearness
from resdiff.comparison import compare
from resdiff.judgement.losses import _Lost, _with_kin
from resdiff.model import Kind, Loss, Nearest, Pin, Side
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.rendering import render
from resdiff.rendering.json import Options
from resdiff.rendering.json import render as as_json
from resdiff.report import build
from resdiff.report.explain import explain

OLD = [
    "Invite également toutes les parties, notamment le Gouvernement de la République démocratique du Congo, à "
    "continuer d’apporter leur concours au déploiement et aux opérations de la Mission, y compris en appliquant "
    "intégralement les dispositions de l’accord sur le statut des forces ;",
    "Décide de rester saisi de la question.",
]
NEW = [
    "Demande à toutes les parties au conflit de coopérer pleinement au déploiement et aux opérations de la Mission, "
    "notamment grâce à l’application intégrale des dispositions de l’Accord sur le statut des forces sur tout le "
    "territoire de la République démocratique du Congo, et réaffirme qu’il incombe à toutes les parties d’assurer la "
    "sécurité du personnel des Nations Unies ainsi que du personnel associé ;",
    "Décide de rester saisi de la question.",
]
PROPOSALS = "Prie le Secrétaire général de lui présenter des propositions"


def unlinked(old, new):
    """The judged comparison of two texts whose first paragraphs a person said are no link."""
    first, second = resolution(*old), resolution(*new)
    apart = Pin((first.body[0].id,), (second.body[0].id,), forbidden=True)
    return judged(compare(first, second, pins=[apart]))


def said_in_part():
    """That of two texts of which the new one may say a part of what the old one’s first paragraph says."""
    old = f"{PROPOSALS} sur la réforme de l’armée, des douanes et de la gendarmerie ;"
    new = (
        "Engage les donateurs à financer la formation des juges, la réforme des douanes et de la gendarmerie, "
        "l’entretien des prisons, la construction des hôpitaux et des écoles ;"
    )
    return unlinked([old, OLD[1]], [new, NEW[1]])


def test_a_rewrite_without_a_link_is_kin_and_both_places_say_so():
    found = unlinked(OLD, NEW)
    here, there = found.kin
    assert {(kin.old, kin.new) for kin in (here, there)} == {("op1", "op1")} and NEAR <= there.probability < 1
    text = render(build(found), "md").decode().replace("\u00a0", " ")
    assert "**par. 1** · ajouté ou récrit · à rapprocher de l’[ancien par. 1]" in text
    assert "**ancien par. 1** · supprimé ou récrit · à rapprocher du [par. 1]" in text
    assert "sans équivalent repéré" not in text.lower()  # the old one is named beside the new one
    assert json.loads(as_json(found, Options(version=2)))["kin"] == [
        {"side": kin.side, "paragraph": "op1", "other": "op1", "probability": round(kin.probability, 2)}
        for kin in (here, there)
    ]


def test_of_two_reports_nobody_knows_whether_one_took_the_place_of_the_other():
    old = "Prie le Secrétaire général de lui faire rapport sur l’application de la résolution dans dix jours ;"
    new = "Prie le Secrétaire général de lui faire rapport sur l’application de la résolution et sur la Mission ;"
    assert unlinked([old, OLD[1]], [new, NEW[1]]).kin == ()


def test_what_refers_to_a_paragraph_by_its_number_is_kin_to_that_and_not_to_what_is_worded_like_it():
    old = [
        "Prie le Secrétaire général de rétablir, jusqu’au 15 février 2008, le Groupe d’experts ;",
        "Décide de reconduire, pour la période spécifiée au paragraphe 3 ci-dessous, les mesures sur les transports ;",
    ]
    new = "Décide de proroger, pour la période spécifiée, le mandat visé au paragraphe 1 de la résolution 70/1 ;"
    first = resolution(*old, symbol="A/RES/70/1")
    second = resolution(new, symbol="A/RES/71/1")
    apart = [Pin((paragraph.id,), ("op1",), forbidden=True) for paragraph in first.body]
    found = judged(compare(first, second, pins=apart)).kin
    assert [(kin.side, kin.paragraph, kin.other, kin.probability) for kin in found if kin.side is Side.NEW] == [
        (Side.NEW, "op1", "op1", 1.0)
    ]


def test_what_names_one_paragraph_in_passing_is_kin_to_the_one_it_is_worded_like():
    old = [
        "Décide que les dispositions de la résolution 60/1 demeureront en vigueur pendant 180 jours ;",
        "Décide d’étudier les ajustements à la Liste d’articles sujets à examen et ses modalités d’application et de "
        "procéder ensuite régulièrement à des examens approfondis de la Liste ;",
    ]
    new = (
        "Décide de procéder à un examen approfondi de la Liste d’articles sujets à examen et de ses modalités "
        "d’application 90 jours après le début de la période définie au paragraphe 1 de la résolution 70/1, et ensuite "
        "régulièrement à des examens approfondis de la Liste ;"
    )
    first = resolution(*old, symbol="A/RES/70/1")
    second = resolution(new, symbol="A/RES/71/1")
    apart = [Pin((paragraph.id,), ("op1",), forbidden=True) for paragraph in first.body]
    found = judged(compare(first, second, pins=apart))
    near = {kin.other for kin in (*found.kin, *found.neighbours) if kin.side is Side.NEW and kin.paragraph == "op1"}
    assert near == {"op2"}


def test_what_names_many_paragraphs_in_passing_is_kin_to_none_of_them_and_what_keeps_one_is():
    old = [
        "Décide que tous les États empêcheront la fourniture des articles énumérés ci-après ;",
        "Décide de créer un comité composé de tous les membres du Conseil ;",
        "Prie le Directeur général de présenter un rapport ;",
    ]
    new = [
        "Invite les États à la vigilance envers ceux que visent les paragraphes 1 et 3 de la résolution 70/1 et à "
        "informer le comité créé en application du paragraphe 2 de cette résolution ;",
        "Décide que le mandat énoncé au paragraphe 2 de la résolution 70/1 s’étendra aux présentes mesures ;",
    ]
    first, second = resolution(*old, symbol="A/RES/70/1"), resolution(*new, symbol="A/RES/71/1")
    apart = [Pin((one.id,), (other.id,), forbidden=True) for one in first.body for other in second.body]
    found = judged(compare(first, second, pins=apart)).kin
    sure = [(kin.side, kin.paragraph, kin.other) for kin in found if kin.probability == 1.0]
    assert sure == [(Side.OLD, "op2", "op2"), (Side.NEW, "op2", "op2")]


def test_of_one_that_may_stand_in_part_the_reader_is_told_where_to_look():
    found = said_in_part()
    assert found.kin == ()
    assert [(kin.side, kin.paragraph, kin.other) for kin in found.neighbours] == [
        (side, "op1", "op1") for side in (Side.OLD, Side.NEW)
    ]
    text = render(build(found), "md").decode().replace("\u00a0", " ")
    assert "**par. 1** · ajouté ou récrit · voir aussi l’[ancien par. 1]" in text
    assert "**ancien par. 1** · supprimé ou récrit · voir aussi le [par. 1]" in text
    assert "[Paragraphe 1](#op1) (ajouté ou récrit ; voir aussi l’[ancien par. 1](#old-op1)) : « Engage" in text
    there = json.loads(as_json(found, Options(version=2)))["neighbours"]
    assert [(each["side"], each["paragraph"], each["other"]) for each in there] == [
        (s, "op1", "op1") for s in ("old", "new")
    ]


def test_why_it_stands_alone_names_what_the_page_points_to():
    found = said_in_part()
    said = explain(found, "ancien par. 1").replace("\u00a0", " ").splitlines()
    assert said[:2] == [
        "Ancien par. 1 : supprimé ou récrit.",
        "Ce qu’il dit se lit peut-être dans l’autre texte en d’autres termes : trop peu pour un lien.",
    ]
    assert said[2].startswith("Ce qui en dit peut-être une partie, avec la probabilité : ancien par. 1 → par. 1 (0,")
    assert len(said) == 3 and said[2].count("→") == 1  # each is named beside the other, and it is one pair


def test_what_shares_words_that_tell_of_much_is_named_beside_none():
    old = f"{PROPOSALS} sur la réforme de l’armée et de la police ;"
    new = "Engage les donateurs à financer la réforme de la police, l’entretien des prisons et celui des écoles ;"
    found = unlinked([old, OLD[1]], [new, NEW[1]])
    assert Nearness.of(found.old, found.new, [c.link for c in found.changes]).odds(Side.OLD, ("op1",))["op1"] >= MAY_SAY
    assert found.neighbours == ()


def test_one_that_another_names_names_it_too():
    old = f"{PROPOSALS} sur la réforme de l’armée, des douanes et de la gendarmerie ;"
    new = (
        "Engage les donateurs à financer la formation des juges et des greffiers, la réforme des douanes et de la "
        "gendarmerie, l’entretien des prisons, la construction des hôpitaux, des écoles, des marchés couverts, des "
        "routes nationales et des barrages, et le retour des réfugiés dans leurs villages d’origine, et salue les "
        "efforts consentis par les pêcheurs, les paysans et les artisans pour nourrir les habitants des alentours ;"
    )
    found = unlinked([old, OLD[1]], [new, NEW[1]])
    nearness = Nearness.of(found.old, found.new, [change.link for change in found.changes])
    there, back = (nearness.odds(side, ("op1",))["op1"] for side in (Side.OLD, Side.NEW))
    assert back < MAY_SAY <= there
    assert {(kin.side, kin.paragraph, kin.other) for kin in found.neighbours} == {
        (side, "op1", "op1") for side in (Side.OLD, Side.NEW)
    }


def test_a_demand_that_only_a_recital_recalls_is_not_said_to_be_restated():
    demand = (
        "Exige que le Gouvernement s’abstienne de commettre des actes d’agression contre la Tunisie et ses voisins ;"
    )
    recital = f"Rappelant qu’il avait exigé{demand.removeprefix('Exige').removesuffix(' ;')},"
    other = "Décide de rester saisi de la question."
    first, second = resolution(demand, other), resolution(("pp1", recital), other)
    apart = Pin((first.body[0].id,), (second.body[0].id,), forbidden=True)
    found = judged(compare(first, second, pins=[apart]))
    assert [kin.other for kin in found.kin if kin.side is Side.OLD] == ["pp1"]
    text = render(build(found), "md").decode().replace("\u00a0", " ")
    said = "**Supprimé ou récrit** (le nouveau texte peut en reprendre le contenu ailleurs, en d’autres termes) : "
    assert f"{said}[ancien par. 1](#old-op1) (à rapprocher du [PP 1](#pp1)) : « Exige que le Gouvernement" in text


def test_a_recital_that_only_recalls_what_the_other_text_does_not_cite_is_surely_added():
    """Its words ("créé", "lutte") may well stand there: what it recalls does not."""
    office = "le Bureau de lutte contre le terrorisme"
    acts = [
        f"Se félicite que l’Assemblée ait créé {office} et prie le Secrétaire général d’en accroître les moyens ;",
        "Demande aux États de verser des contributions volontaires au fonds pour les réfugiés ;",
    ]
    recital = f"pp Rappelant sa résolution 71/291, par laquelle elle a créé {office},"
    citing = "pp Ayant à l’esprit la résolution 71/291 et la situation des pêcheurs de la côte,"

    def added(*before):
        went = [acts[0], acts[1].replace("les réfugiés", "les victimes de la traite")]
        compared = judged(compare(resolution(*before, *went), resolution(*before, recital, *acts)))
        return next(change for change in compared.changes if not change.link.old)

    assert not added().may_stand and added(citing).may_stand


def test_a_recital_that_only_recalls_names_the_one_that_names_it():
    """Else the one would be told as perhaps rewritten there, and the other as surely new."""
    listed = "pp Noting the resolution by which the Council condemned coercive measures, that trade in drugs suffers,"
    recital = (
        "pp Recalling further Human Rights Council resolution 43/15 of 22 June 2020, on coercive measures and drugs,"
    )
    act = "Calls upon all States to stop adopting unilateral coercive measures ;"
    first, second = (resolution(text, act, language="en") for text in (listed, recital))
    found = judged(compare(first, second, pins=[Pin(("pp1",), ("pp1",), forbidden=True)]))
    assert {(kin.side, kin.other) for kin in found.kin} == {(Side.OLD, "pp1"), (Side.NEW, "pp1")}


def test_a_link_that_another_paragraph_rivals_is_told_as_to_be_checked():
    """What the new one asks an old one asks that nothing is linked to, and its partner hardly any of it."""
    fund = "Engage les donateurs à verser des contributions volontaires au Fonds pour les réfugiés ;"
    first, second = resolution(fund, *OLD), resolution(*NEW)
    pins = [Pin(("op1",), ("op1",)), Pin(("op2",), ("op1",), forbidden=True)]
    linked, *others = compare(first, second, pins=pins).changes
    doubtful = replace(linked, link=replace(linked.link, score=0.8))
    found = judged(replace(compare(first, second, pins=pins), changes=(doubtful, *others)))
    assert [change.link.rivalled for change in found.changes] == [True, False, False]
    text = render(build(found), "md").decode().replace("\u00a0", " ")
    assert "**par. 1** · modifié · rapprochement à vérifier" in text
    assert "À vérifier : un autre alinéa ou paragraphe, sans lien," in explain(found, "par. 1").replace("\u00a0", " ")
    told = json.loads(as_json(found, Options(version=2)))["changes"]
    assert [change.get("rivalled", False) for change in told] == [True, False, False]


def test_what_says_another_thing_is_not_kin():
    old = "Condamne le trafic de diamants bruts et demande aux États d’en interdire l’importation ;"
    new = "Engage les donateurs à verser des contributions volontaires au fonds pour les réfugiés ;"
    assert unlinked([old, OLD[1]], [new, NEW[1]]).kin == ()


@pytest.mark.parametrize(
    ("nearest", "alone", "there", "became", "loss"),
    [
        ("op3", {"op2"}, {"op3"}, "", Loss.CLOSE),
        ("op3", {"op2"}, {"op3"}, "op4", Loss.UNLINKED),  # another one became that
        ("op3", {"op2"}, set(), "", Loss.UNLINKED),  # it says what another old paragraph said
        ("op5", {"op2"}, {"op3"}, "", Loss.UNLINKED),
        ("", {"op2"}, {"op3"}, "", Loss.UNLINKED),
        ("", set(), set(), "", Loss.CLOSE),
    ],
)
def test_where_an_act_may_stand_is_named_where_its_whole_paragraph_points_too(nearest, alone, there, became, loss):
    lost = _Lost(None, "op2", ("", ""), 1.0, Nearest("op3", 0.5), Loss.CLOSE)
    kinship = SimpleNamespace(
        of=lambda side, _: became if side is Side.NEW else "",
        nearest=lambda *_: nearest,
        alone={Side.OLD: alone, Side.NEW: there},
    )
    told = _with_kin(lost, kinship)
    assert (told.loss, told.nearest.paragraph) == (loss, "op3" if loss is Loss.CLOSE else "")


@pytest.mark.parametrize(("second", "may_stand"), [(6, True), (2, False)])
def test_what_came_may_have_stood_in_a_gap_of_the_old_copy(second, may_stand):
    """Wherever it stands now: it may have been moved."""
    before = "Le Conseil de sécurité,\n\nRappelant toutes ses résolutions sur la question,\n\n"
    came = "1. Condamne les massacres de pêcheurs sur la côte ;\n\n"
    stood = "{}. Demande aux parties de coopérer avec la Mission ;\n\n{}. Décide de rester saisi de la question.\n"
    old = parse(read((before + stood.format(1, second)).encode()))
    new = parse(read((before + came + stood.format(2, 3)).encode()))
    (change,) = (change for change in judged(compare(old, new)).changes if change.link.new == ("op1",))
    assert change.may_stand is may_stand and not (change.in_gap or change.link.old)


@pytest.mark.parametrize(
    ("data", "went", "may_stand"),
    [
        ("recueillies", " et les procureurs", True),
        ("biométriques", " et les procureurs", False),
        ("recueillies", "", False),
    ],
)
def test_what_brings_a_theme_is_doubted_less_and_what_comes_where_nothing_went_is_not(data, went, may_stand):
    kept = [
        "Prie le Secrétaire général de continuer à fournir une assistance technique aux États qui le demandent pour "
        "former les juges ;",
        "Engage les donateurs à financer la formation des policiers ;",
    ]
    old = [kept[0].replace("les juges", f"les juges{went}"), kept[1], OLD[1]]
    came = (
        "Prie l’Organisation de continuer à fournir une assistance aux États qui le demandent pour enregistrer des "
        f"données {data} et repérer les combattants ;"
    )
    found = judged(compare(resolution(*old), resolution(*kept, came, OLD[1])))
    (change,) = (change for change in found.changes if not change.link.old)
    assert change.link.new == ("op3",) and change.may_stand is may_stand


@pytest.mark.parametrize(
    ("recital", "may_stand"),
    [
        (
            "Rappelant également les dispositions de la résolution 1551 (2004) concernant l’application à titre "
            "provisoire des accords sur le statut des forces,",
            True,
        ),
        ("Rappelant sa résolution 1551 (2004) du 9 juillet 2004,", False),
    ],
)
def test_a_recital_that_recalls_what_the_old_text_says_is_not_surely_new(recital, may_stand):
    kept = "op1 Décide de rester saisi de la question"
    old = resolution("op1 Salue le don de vivres ;", kept.replace("op1", "op2"), symbol="S/RES/1551 (2004)")
    new = resolution(f"pp1 {recital}", kept, symbol="S/RES/1785 (2007)")
    (added,) = (change for change in judged(compare(old, new)).changes if change.link.new == ("pp1",))
    assert (added.kind, added.may_stand) == (Kind.ADDED, may_stand)


def test_what_stands_as_it_was_says_nothing_of_what_went():
    rest = (
        "la capacité du Haut-Commissariat, y compris sa structure de terrain à Séoul, d’appliquer les recommandations "
        "du groupe d’experts indépendants sur la responsabilité, de constituer un répertoire central de preuves et de "
        "faire examiner tous les témoignages par des spécialistes"
    )
    kept, gone = f"Salue les mesures prises pour renforcer {rest}", f"Décide de renforcer pendant deux ans {rest}"
    found = judged(compare(resolution(kept, gone, OLD[1]), resolution(kept, OLD[1])))
    assert [change.link.old for change in found.changes if not change.link.new] == [("op2",)]
    assert not (found.kin or found.neighbours)
