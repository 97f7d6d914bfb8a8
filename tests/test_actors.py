"""Names of bodies, programmes and instruments: how they are read, and which came and went."""

import build
import cases
import pytest
from judging import judged

from resdiff.comparison import compare
from resdiff.language import FRENCH, Language
from resdiff.model import Status
from resdiff.recognition.names import name_key, names


@pytest.mark.parametrize("row", FRENCH.actors.known, ids=lambda row: row.name)
def test_a_known_name_is_read_whole(row):
    found = names(f"Prie instamment {row.name} de coopérer", FRENCH)
    if row.name != "Nations Unies":  # stands inside other names, opens none
        assert (found[0].text, found[0].key) == (row.name, name_key(row.name, FRENCH))


def test_a_committee_is_the_same_with_and_without_its_parent():
    one = "Comité créé par la résolution 1267 (1999)"
    other = "Comité du Conseil de sécurité créé par la résolution 1267 (1999)"
    assert name_key(one, FRENCH) == name_key(other, FRENCH)


def test_an_acronym_names_one_body():
    acronyms = [row.acronym for row in FRENCH.actors.known if row.acronym]
    assert len(acronyms) == len(set(acronyms))


@pytest.mark.parametrize("elided", ["s'", "s’", "n’", "qu’", "j’"])
@pytest.mark.parametrize("head", ["la Force de protection des Nations Unies", "la Mission des Nations Unies en Haïti"])
def test_no_name_ends_in_an_elision(head, elided):
    found = names(f"en vue de permettre à {head} de {elided}acquitter de son mandat", FRENCH)
    assert found
    assert not [name.text for name in found if name.text.endswith(("'", "’"))]


def test_a_name_that_ends_in_a_sign_spoils_no_comparison():
    from resdiff.judgement.names import _initials

    assert _initials("force de protection de nations unies de s'", FRENCH) == "fpnus"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("du Groupe de travail sur la justice pénale, les ripostes juridiques et la lutte contre le financement du "
         "terrorisme, qui", "Groupe de travail sur la justice pénale, les ripostes juridiques et la lutte contre le "
         "financement du terrorisme"),
        ("par le Groupe de travail sur la gestion des frontières et l’application de la loi dans le contexte",
         "Groupe de travail sur la gestion des frontières et l’application de la loi"),
        ("l’Ensemble de règles minima des Nations Unies pour le traitement des détenus (Règles Nelson Mandela), et",
         "Ensemble de règles minima des Nations Unies pour le traitement des détenus"),
        ("au Représentant spécial du Secrétaire général pour Haïti, notamment",
         "Représentant spécial du Secrétaire général pour Haïti"),
        ("de communiquer à l’Office des informations pertinentes", "Office"),
        ("prie la Mission de redoubler d’efforts", "Mission"),
        ("le mandat de la Mission des Nations Unies pour la stabilisation d’Haïti, établi",
         "Mission des Nations Unies pour la stabilisation d’Haïti"),
        ("la Convention sur la sécurité du personnel des Nations Unies et du personnel associé,",
         "Convention sur la sécurité du personnel des Nations Unies et du personnel associé"),
        ("le Comité du Conseil de sécurité créé par la résolution 1267 (1999) et les autres",
         "Comité du Conseil de sécurité créé par la résolution 1267 (1999)"),
        ("avec le Bureau de lutte contre le terrorisme et les autres entités", "Bureau de lutte contre le terrorisme"),
        ("le Comité contre le terrorisme et sa Direction exécutive", "Comité contre le terrorisme"),
        ("l’approbation par le Parlement de la Déclaration de politique générale", "Déclaration de politique générale"),
        ("demande au Gouvernement ivoirien pour la réorganisation des services", "Gouvernement ivoirien"),
        ("de la Mission des Nations Unies au Libéria en", "Mission des Nations Unies au Libéria"),
        ("la Charte des Nations Unies et du droit international", "Charte des Nations Unies"),
        ("du Plan de réforme de la Police nationale d’Haïti150 et", "Plan de réforme de la Police nationale d’Haïti"),
        ("le Programme mondial de prévention du terrorisme et de lutte contre le terrorisme (2022-2027) de l’Office",
         "Programme mondial de prévention du terrorisme et de lutte contre le terrorisme"),
        ("dans le « Manuel sur les enfants recrutés par des groupes terroristes : le rôle du système judiciaire »",
         "Manuel sur les enfants recrutés par des groupes terroristes : le rôle du système judiciaire"),
    ],
)  # fmt: skip
def test_a_name_ends_where_it_should(text, name):
    assert names(text, FRENCH)[0].text == name


@pytest.mark.parametrize("text", ["les États Membres qui le demandent", "la lutte contre le VIH", "au paragraphe XIII"])
def test_what_names_no_actor(text):
    assert names(text, FRENCH) == ()


@pytest.mark.parametrize("case", cases.parameters("actors"))
def test_which_actors_came_and_went(case):
    found = [a for a in build.compared_case(case).actors if a.status is not Status.KEPT]
    said = [f"{a.status}: {a.name}" + (f" → {a.replaced_by}" if a.replaced_by else "") for a in found]
    assert said == case.lines("expected")


@pytest.mark.parametrize(
    ("language", "was", "now"),
    [
        ("en", "Recalls that the Government set up an independent commission of inquiry",
         "Notes the report of the Independent Commission of Enquiry established by Myanmar in 2018"),
        ("fr", "Remercie le Haut Commissariat des Nations Unies aux droits de l’homme",
         "Remercie le Haut Commissariat aux droits de l’homme"),
    ],
)  # fmt: skip
def test_a_name_that_the_other_text_spells_otherwise_or_without_whose_it_is_neither_came_nor_went(language, was, now):
    assert not any(actor.alone for actor in build.compared([was], [now], language=language).actors)


def test_the_actors_of_the_real_pair(pairs):
    comparison = pairs["72/194", "74/175"]
    status = {actor.name: actor.status for actor in comparison.actors}
    assert status["Organisation internationale de police criminelle (INTERPOL)"] is Status.NEW
    assert status["Comité contre le terrorisme"] in (Status.KEPT, Status.REDUCED)
    gone = next(a for a in comparison.actors if a.name.startswith("Équipe spéciale"))
    assert gone.replaced_by == "Pacte mondial de coordination contre le terrorisme"
    assert not any(name.endswith((" de", " des", " et", " du", ",")) for name in status)


def test_a_name_that_was_misread_is_the_beginning_of_a_longer_one():
    old = "Soulignant l’importance de l’Accord de paix d’{} pour le règlement pacifique du conflit au Rwanda"
    new = "Rend hommage aux efforts déployés dans le cadre de l’Accord de paix d’Arushe, et invite à les poursuivre"
    for place, told in (("Arusha", []), ("Abidjan", ["Accord de paix d’Arushe"])):
        actors = judged(compare(build.resolution(old.format(place)), build.resolution(new))).actors
        assert [a.name for a in actors if "Arushe" in a.name] == told


@pytest.mark.parametrize(
    "named",
    [
        "la Convention générale sur les privilèges et immunités des Nations Unies",
        "l’Acte d’engagement pour une ville province sans armes",
        "le Bureau des institutions démocratiques et des droits de l’homme",
        "l’Envoyé spécial du Secrétaire général pour l’Éthiopie et l’Afrique",
        "l’Accord quadripartite sur le rapatriement librement consenti des réfugiés",
        "le commandant de la Force de la Mission et son personnel",
        "le Gouvernement du Royaume-Uni de Grande-Bretagne et d’Irlande du Nord",
        "le Programme relatif à la poursuite de la mise en œuvre d’Action 21",
        "le Protocole de Lusakan, en application du Protocole de Lusaka",  # the call of a note
        "le Conseil de coordination des parties géorgienne et abkhaze",
        "que cela permettra à la Mission d’informer les groupes de population",
        "le Plan d’action coordonné",
    ],
)
def test_a_name_that_is_not_whole_is_not_told(named):
    actors = build.compared(["Prend note du rapport"], [f"Prend note du rapport et rappelle {named}"]).actors
    told = {actor.name for actor in actors if actor.alone}
    assert told <= {"Protocole de Lusaka"}


@pytest.mark.parametrize(
    ("old", "government", "is_told"),
    [
        ("Invite les autorités rwandaises à aider", "Gouvernement du Rwanda", False),
        ("Agit", "Gouvernement du Rwanda", True),
        ("Demande au Gouvernement érythréen d’aider", "Gouvernement de l’État d’Érythrée", False),
        ("Salue la paix au Libéria", "Gouvernement national de transition du Libéria", True),  # another one
    ],
)
def test_a_government_is_new_only_where_its_state_was_not_named(old, government, is_told):
    new = f"Engage le {government} à aider les parties"
    actors = build.compared([old, "Prend note du rapport"], [new, "Prend note du rapport"]).actors
    assert any(actor.name == government for actor in actors if actor.alone) is is_told


@pytest.mark.parametrize(
    ("language", "within", "alone"),
    [
        (
            "fr",
            "Salue le Protocole facultatif à la Convention relative aux droits de l’enfant",
            "Salue la Convention relative aux droits de l’enfant",
        ),
        (
            "fr",
            "Salue le Protocole se rapportant à la Convention relative au statut des réfugiés",
            "Salue la Convention relative au statut des réfugiés",
        ),
        (
            "en",
            "Welcomes the Optional Protocol to the Convention on the Rights of the Child",
            "Welcomes the Convention on the Rights of the Child",
        ),
        (
            "en",
            "Welcomes the Agreement under the United Nations Convention on the Law of the Sea",
            "Welcomes the United Nations Convention on the Law of the Sea",
        ),
    ],
)
def test_the_name_of_a_treaty_in_that_of_another_is_not_told(language, within, alone):
    for text, is_told in ((within, False), (alone, True)):
        actors = build.compared([text.split()[0]], [text], language=language).actors
        names = [actor.name for actor in actors if actor.alone]
        assert any(name.startswith(("Convention", "United Nations Convention")) for name in names) is is_told, names


def test_a_name_that_goes_on_behind_a_year_is_not_told_by_its_beginning():
    new = "Notes the work of the High-level Panel on Financial Accountability for Achieving the 2030 Agenda"
    actors = build.compared(["Notes the work"], [new], language="en").actors
    assert not any(actor.name.endswith("Achieving") for actor in actors if actor.alone)


@pytest.mark.parametrize(
    ("rest", "is_told"), [(", du développement rural et du renforcement des moyens", False), ("", True)]
)
def test_a_name_that_goes_on_behind_a_comma_is_not_told_by_its_beginning(rest, is_told):
    actors = build.compared(["Prend note du rapport"], [f"Salue la Décennie des infrastructures{rest}"]).actors
    assert any(actor.name == "Décennie des infrastructures" for actor in actors if actor.alone) is is_told


@pytest.mark.parametrize(
    ("named", "language"),
    [
        ("Urges States to ratify the Convention on the Rights of the Child and the Optional Protocols thereto", "en"),
        ("Engage les États à ratifier la Convention de Genève et le Protocole facultatif s’y rapportant", "fr"),
    ],
)
def test_a_protocol_is_not_told_without_what_it_is_a_protocol_to(named, language):
    actors = build.compared([named.partition(" ")[0]], [named], language=language).actors
    told = {actor.name for actor in actors if actor.alone}
    assert told and not any("Protoco" in name for name in told)


@pytest.mark.parametrize(
    ("named", "sort"),
    [
        ("the Convention on the Rights of the Child", "instrument"),
        ("the Agenda for Sustainable Development", "programme"),
        ("the Committee for Programme and Coordination", "body"),
    ],
)
def test_an_english_name_is_of_the_sort_that_its_head_tells(named, sort):
    texts = [
        build.resolution(f"Calls upon Member States to implement {named}{more}", language="en")
        for more in ("", " and to report to the Secretary-General")
    ]
    (actor,) = (actor for actor in judged(compare(*texts)).actors if actor.name in named)
    assert actor.sort == sort


@pytest.mark.parametrize(
    ("named", "language", "is_told"),
    [
        ("Prend acte des appels du Président de l’Organisation de la Conférence islamique", "fr", ["Organisation"]),
        ("Notes the work of the U4 Anti-Corruption Resource Centre", "en", []),
        ("Notes the Stolen Asset Recovery (StAR) Initiative Global Focal Point Network", "en", []),
    ],
)
def test_a_name_whose_beginning_is_lost_or_that_stands_within_another_is_not_told(named, language, is_told):
    actors = build.compared([named.partition(" ")[0]], [named], language=language).actors
    assert [actor.name.split()[0] for actor in actors if actor.alone] == is_told


def test_a_name_is_told_where_its_words_stand_far_apart_in_the_other_text_alone():
    said = "Souligne que le programme de chaque État doit tenir compte, dans un contexte mondial, de l’aide alimentaire"
    near = "Salue le programme mondial d’aide alimentaire"
    for old, alone in ((said, True), (near, False)):
        came = "Remercie le Programme alimentaire mondial"
        texts = build.resolution(old, symbol="A/RES/1/1"), build.resolution(old, came)
        (actor,) = (each for each in judged(compare(*texts)).actors if each.status is Status.NEW)
        assert actor.alone is alone


def test_a_name_before_a_noun_is_not_short_for_both():
    whole = "Reaffirms the Global Compact for Safe, Orderly and Regular Migration ;"
    old = build.resolution(whole, "Decides to remain seized of the matter", language="en")
    based = "pp Recalling that the Global Compact is based on principles,"
    came = "pp Noting the forum and the Global Compact Champion of its first year,"
    new = build.resolution(based, came, whole, language="en")
    named = [actor for actor in judged(compare(old, new)).actors if actor.status is Status.NEW]
    assert [(actor.name, actor.new) for actor in named] == [("Global Compact Champion", ("pp2",))]


@pytest.mark.parametrize(
    ("came", "name"),
    [
        ("le concours que le Programme des Nations Unies pour le développement et la Mission ont prêté",
         "Programme des Nations Unies pour le développement"),
        ("l’appui du Groupe des Amis du Secrétaire général et de l’Organisation pour la sécurité et la coopération en "
         "Europe", "Groupe des Amis du Secrétaire général"),
        ("le Groupe des Amis du Secrétaire général pour la Géorgie et l’Organisation pour la sécurité et la "
         "coopération en Europe", "Groupe des Amis du Secrétaire général pour la Géorgie"),
        ("l’Accord quadripartite du 4 avril 1994", "Accord quadripartite"),
    ],
)  # fmt: skip
def test_a_name_that_stands_whole_is_told_whatever_follows(came, name):
    actors = build.compared(["Prend note du rapport"], [f"Prend note du rapport et salue {came}"]).actors
    assert name in {actor.name for actor in actors if actor.alone}


def test_an_acronym_of_two_letters_is_looked_for_as_a_word():
    new = "Prend note de la quatrième réunion quadripartite"
    for more, alone in (("", True), (" et du rapport de l’UA", False)):
        comparison = build.compared(["Engage l’Union africaine à continuer", new], [new + more])
        told = [actor.name for actor in comparison.actors if actor.alone]
        assert told == (["Union africaine"] if alone else [])


def test_a_name_is_gone_from_a_text_that_says_all_anew_but_not_from_one_that_renews_the_old():
    old = build.resolution("Engage l’Union africaine à appuyer le processus de paix", "Décide de suivre la situation",
                           symbol="S/RES/1466 (2003)", adopted="2003-03-14")  # fmt: skip
    anew = ["Salue les élections tenues au Burundi", "Prie les parties de désarmer les milices sans tarder"]
    renews = "Décide de reconduire les mesures imposées par la résolution 1466 (2003)"
    for rows, alone in ((anew, True), ([*anew, renews], False)):
        new = build.resolution(*rows, symbol="S/RES/1586 (2005)", adopted="2005-03-14")
        (actor,) = judged(compare(old, new)).actors
        assert actor.name == "Union africaine" and actor.alone is alone


@pytest.mark.parametrize(
    ("named", "is_told"),
    [
        ("the United Nations Convention to Combat Desertification in Those Countries Experiencing Drought", True),
        ("the Special Representative of the Secretary-General for Children and Armed Conflict", False),
    ],
)
def test_a_known_english_name_is_told_but_not_as_the_beginning_of_another(named, is_told):
    actors = build.compared(["Notes the report"], [f"Notes the report and {named}"], language="en").actors
    told = {actor.name for actor in actors if actor.alone}
    assert told == ({"United Nations Convention to Combat Desertification"} if is_told else set())


def test_the_numeral_of_a_session_is_no_acronym():
    assert names("in its resolution 3281 (XXIX) of 12 December 1974", Language.of("en")) == ()


@pytest.mark.parametrize(("whole", "is_told"), [(3, True), (0, False)])
def test_a_word_behind_one_mention_of_several_makes_no_longer_name(whole, is_told):
    office = "the Office for Mountain Cooperation"
    old = [
        f"Requests {office} and the Secretary to continue",
        *(f"Welcomes the work of {office}, in {n}" for n in range(whole)),
    ]
    actors = build.compared(old, ["Recalls the situation in the region"], language="en").actors
    assert [actor.alone for actor in actors if actor.name == "Office for Mountain Cooperation"] == [is_told]


def test_a_name_with_the_adjective_of_a_country_may_go_on_in_the_other_text():
    old, new = (
        "Salue la Police nationale timoraise",
        "Salue la Police nationale du Timor-Leste de l’exercice",
    )
    assert not any(actor.alone for actor in build.compared([old], [new]).actors)
