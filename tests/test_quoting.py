"""Quotes that fit a line: cut where a phrase begins, never before what is asked, its limit or its object."""

import pytest
from build import resolution

from resdiff.judgement.quoting import asked_behind, left_to, needed_of, shorten, shortened
from resdiff.language import Language
from resdiff.recognition import recognize

FRENCH = Language.of("fr")

QUOTES = [
    pytest.param(
        "Souligne que les opérations menées par les Forces armées doivent, conformément au mandat défini à l’alinéa g "
        "du paragraphe 3, être planifiées conjointement avec la Mission, compte tenu des moyens de chacune des deux "
        "et de ce que prévoient les accords en vigueur",
        12,
        "Souligne que les opérations menées par les Forces armées doivent … être planifiées conjointement avec la "
        "Mission …",
        id="what must be done stands behind an aside",
    ),
    pytest.param(
        "Demande à toutes les parties d’assurer le plein accès, en toute sécurité et sans entrave, du personnel "
        "humanitaire à tous ceux qui ont besoin de secours, conformément au droit international applicable, compte "
        "tenu des risques et des moyens",
        10,
        "Demande à toutes les parties d’assurer le plein accès, en toute sécurité et sans entrave, du personnel "
        "humanitaire à tous ceux qui ont besoin de secours …",
        id="whose access it is stands behind an aside",
    ),
    pytest.param(
        "Prie le Gouvernement d’élaborer et d’appliquer d’urgence, avec l’appui de la communauté internationale, une "
        "stratégie globale de réforme, compte tenu des recommandations formulées par la table ronde tenue en février, "
        "et des moyens de ses partenaires",
        10,
        "Prie le Gouvernement d’élaborer et d’appliquer d’urgence, avec l’appui de la communauté internationale, une "
        "stratégie globale de réforme …",
        id="what is to be applied without delay stands behind an aside",
    ),
    pytest.param(
        "Prie l’Office des Nations Unies contre la drogue et le crime, en coopération avec l’Organisation "
        "internationale de police criminelle et les autres entités compétentes, de fournir une assistance technique "
        "aux États",
        20,
        "Prie l’Office des Nations Unies contre la drogue et le crime … de fournir une assistance technique aux États",
        id="an aside goes, never what is asked",
    ),
    pytest.param(
        "Autorise les forces françaises à user de tous les moyens nécessaires, afin de protéger les civils et les "
        "convois humanitaires, conformément à l’accord avec la Mission, dans la limite de leurs capacités",
        18,
        "Autorise les forces françaises à user de tous les moyens nécessaires, afin de protéger les civils et les "
        "convois humanitaires … dans la limite de leurs capacités",
        id="what limits a permission stays",
    ),
    pytest.param(
        "Décide en outre de reconduire, pour la période spécifiée au paragraphe 1 ci-dessus, les mesures financières "
        "imposées par la résolution 1596 (2005), conformément à la pratique du Comité et à ses directives",
        14,
        "Décide en outre de reconduire … les mesures financières imposées par la résolution 1596 (2005) …",
        id="what is renewed stands behind an aside",
    ),
    pytest.param(
        "Exige que les Gouvernements de la région prennent toutes les mesures voulues pour faire cesser l’utilisation "
        "de leurs territoires, notamment en contrôlant les frontières et les aéroports de leurs provinces",
        12,
        "Exige que les Gouvernements de la région prennent toutes les mesures voulues pour faire cesser l’utilisation "
        "de leurs territoires …",
        id="measures stand with what they are for",
    ),
    pytest.param(
        "Engage, conformément à l’engagement qu’il a pris devant le Conseil, le Front révolutionnaire uni à assurer la "
        "libre circulation des personnes et des biens dans toutes les régions du pays, y compris les ports",
        14,
        "Engage … le Front révolutionnaire uni à assurer la libre circulation des personnes et des biens dans toutes "
        "les régions du pays …",
        id="the one asked stays behind an aside",
    ),
    pytest.param(
        "Encourage la Force à poursuivre son action, en tenant compte de ce qu’elle apporte aux travaux de "
        "la Commission et des mesures que le Gouvernement a prises pour étendre son autorité dans tout le sud du pays",
        26,
        "Encourage la Force à poursuivre son action, en tenant compte de ce qu’elle apporte aux travaux de "
        "la Commission et des mesures que le Gouvernement a prises pour étendre son autorité dans tout le sud du pays",
        id="what follows no sign tells which one is meant and stays",
    ),
    pytest.param(
        "Demande au Secrétaire général de solliciter l’accord des pays qui fournissent du personnel à la Mission en "
        "Sierra Leone, à la Mission au Libéria et à l’Opération en Côte d’Ivoire, en vue du redéploiement du personnel "
        "d’une mission à l’autre selon que de besoin",
        16,
        "Demande au Secrétaire général de solliciter l’accord des pays qui fournissent du personnel à la Mission en "
        "Sierra Leone, à la Mission au Libéria et à l’Opération en Côte d’Ivoire …",
        id="a list is whole",
    ),
    pytest.param(
        "Déclare que, l’Union ayant accepté l’ensemble des propositions faites par le Représentant spécial et les "
        "représentants des trois États et que les négociations étant en cours, il n’envisagera pas, dans "
        "l’immédiat, de prendre des mesures supplémentaires à l’encontre de l’Union, comme le prévoit la résolution",
        24,
        "Déclare que, l’Union ayant accepté l’ensemble des propositions faites par le Représentant spécial et les "
        "représentants des trois États et que les négociations étant en cours, il n’envisagera pas, dans "
        "l’immédiat, de prendre des mesures supplémentaires à l’encontre de l’Union …",
        id="what is denied stands with its denial",
    ),
    pytest.param(
        "Encourage les deux parties à poursuivre le dialogue et, à cet effet",
        10,
        "Encourage les deux parties à poursuivre le dialogue",
        id="no connective hangs at the end",
    ),
]


@pytest.mark.parametrize(("text", "most", "wanted"), QUOTES)
def test_a_quote(text, most, wanted):
    (act, *_) = recognize(resolution(text)).acts
    keep = act.addressee.partition(" ")[2]
    assert shorten(text, FRENCH, most, needed=needed_of(act, text, FRENCH), keep=keep) == wanted


def test_the_words_that_weigh_most_are_kept():
    asked = "Engage tous les États de la région à coopérer pleinement avec le Tribunal"
    purpose = "afin de permettre la fin de ses travaux"
    text = f"{asked}, en arrêtant les inculpés et en protégeant les témoins de leurs crimes, {purpose}"
    assert shorten(text, FRENCH, 22, weights={"travaux": 1.0}) == f"{asked} … {purpose}"


def test_half_an_exception_is_not_quoted():
    rule = "Tous articles, biens et technologies énumérés dans la circulaire que le Comité a publiée"
    exception = (
        "sauf la fourniture, conformément aux conditions fixées au paragraphe 5, d’articles destinés aux réacteurs"
    )
    assert shorten(f"{rule}, {exception} à eau légère", FRENCH, 10) == f"{rule} …"
    assert shorten(f"{rule}, {exception}", FRENCH, 30) == f"{rule}, {exception}"
    assert shortened(f"{rule}, {exception} à eau légère", FRENCH, 110) == f"{rule} …"


def test_what_leads_to_the_next_act_is_no_end_of_a_quotation_and_stays_before_points():
    english = Language.of("en")
    said = "Decides to continue considering the situation at its eighty-first session, and in that regard"
    assert shorten(said, english, 40) == "Decides to continue considering the situation at its eighty-first session"
    assert shorten(f"{said}:", english, 40) == said


def test_the_letter_of_a_point_closes_no_bracket():
    asked = "de procéder immédiatement à une inspection sur place des capacités nucléaires déclarées par le pays"
    text = f"Prie le Directeur, agissant conformément au plan visé à l’alinéa b) du paragraphe 9, {asked}"
    assert shorten(text, FRENCH, 16, needed=len(text) - 40) == f"Prie le Directeur … {asked}"


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        (
            "en",
            "Calls upon Member States, and invites regional organizations, to integrate the goals",
            "Calls upon Member States, and",
        ),
        ("en", "Welcomes and encourages the efforts of all actors in society", "Welcomes and"),
        (
            "fr",
            "Exhorte tous les États et encourage les organisations régionales à coopérer",
            "Exhorte tous les États et",
        ),
        ("en", "Requests the Office to report, and invites regional organizations to integrate the goals", ""),
        ("fr", "Se félicite du rapport, et prie le Secrétaire général de lui en présenter un autre", ""),
    ],
)
def test_the_verbs_that_leave_to_the_next_one_what_they_ask_or_hail_are_quoted_with_it(language, text, left):
    asked = resolution(text, language=language)
    acts = recognize(asked).acts
    assert left_to(acts[1], acts, asked.body[0]) == left


def test_what_is_asked_of_somebody_may_stand_behind_an_aside():
    text = "Prie l’Envoyé spécial, agissant en consultation étroite avec les parties, d’intensifier ses bons offices"
    end = asked_behind("l’Envoyé spécial", text, FRENCH)
    assert text[:end].endswith("d’intensifier")
    assert asked_behind("l’Envoyé spécial", text.replace(", agissant", " d’agir"), FRENCH) == 0
    assert asked_behind("la Mission", text, FRENCH) == 0


def test_the_way_to_a_next_clause_is_no_place():
    act = "Prie l’Office d’inclure des observations sur le trafic de précurseurs vers l’Afghanistan"
    assert shortened(f"{act} et dans ce pays ;", FRENCH, 200) == f"{act} et dans ce pays"
    assert shortened(f"{act} et, dans ce contexte,", FRENCH, 200) == act
