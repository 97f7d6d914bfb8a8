"""What changed paragraphs do, quoted, and the counter-tests of what is told as new or gone."""

import re

import build
import cases
import pytest
from judging import judged
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.judgement.case import whole_text
from resdiff.judgement.provisions import _with_lead_in
from resdiff.model import Loss, Pin, Reason, Rival, Side, Status


@pytest.mark.parametrize("case", cases.parameters("provisions"))
def test_case(case):
    comparison = build.compared_case(case)
    assert [told(provision) for provision in comparison.provisions] == case.lines("expected")


def told(provision):
    """A provision as the cases write it."""
    where = {Loss.NONE: "", Loss.UNLINKED: "sans lien ancien ", Loss.UPHELD: "demeure ancien "}.get(
        provision.loss, "ancien "
    )
    said = f"{where}{' '.join(provision.paragraphs)}: {provision.quote}"
    return (
        f"{said} ({provision.nearest.paragraph})" if provision.loss in (Loss.RECITED, Loss.CLOSE, Loss.SAID) else said
    )


RE_GAP = re.compile(r" … | …$|… | ; (?:[a-z]\) )?| : (?:… )?(?:[a-z]\) )?")


def test_every_quote_stands_in_the_paragraphs_it_names(pairs):
    for comparison in pairs.values():
        texts = {Side.OLD: comparison.old, Side.NEW: comparison.new}
        assert comparison.provisions
        for provision in comparison.provisions:
            text = " ".join(p.text for p in texts[provision.side].body if p.id in provision.paragraphs)
            for quote in (provision.quote, provision.brief):
                for part in filter(None, RE_GAP.split(quote)):
                    assert part.strip() in " ".join(text.split())


def test_the_weightiest_comes_first_and_no_old_paragraph_says_it(pairs):
    for comparison in pairs.values():
        made = [provision for provision in comparison.provisions if provision.side is Side.NEW]
        assert [p.rank for p in made] == sorted((p.rank for p in made), reverse=True)
        assert all(p.nearest.share < 1.0 for p in made)


def test_a_text_against_itself_does_nothing_new(corpus):
    text = corpus.get("74/175")
    assert judged(compare(text, text)).provisions == ()


@pytest.mark.parametrize(
    ("words", "may"),
    [
        ("preuves électroniques", False),
        ("organisme humanitaire", True),
        ("humanitaires organismes", True),  # in any order and form
        ("état de droit", True),
        ("droit des états", True),
        ("organisme électronique", False),
    ],
)
def test_whether_a_text_may_say_it(words, may):
    text = build.resolution("Prie les organismes humanitaires d’aider les États, dans le respect de l’état de droit")
    assert whole_text(text).may_say(words) is may


def test_what_is_told_as_new_or_gone_stands_nowhere_else(pairs):
    for comparison in pairs.values():
        old, new = whole_text(comparison.old), whole_text(comparison.new)
        known = [topic for topic in comparison.topics if topic.words]
        assert {topic.status for topic in known} <= {Status.NEW, Status.DROPPED}
        for topic in known:
            assert not (old if topic.status is Status.NEW else new).may_say(topic.words)
        for actor in (a for a in comparison.actors if a.alone):
            assert not (old if actor.status is Status.NEW else new).may_say(actor.name.partition(" (")[0])


def test_what_went_points_to_the_paragraph_that_is_shown_beside_its_own():
    exige = (
        "Exige que toutes les parties au conflit cessent immédiatement les hostilités, acceptent un cessez-le-feu et "
        "mettent fin à la violence et au carnage insensés dans lesquels est plongé le Rwanda"
    )
    constate = (
        "pp Constatant avec préoccupation que, à ce jour, les parties n’ont ni cessé les hostilités, ni accepté un "
        "cessez-le-feu, ni mis fin à la violence et au carnage dont les civils sont victimes"
    )
    demande = (
        "Demande que les parties arrêtent les combats, acceptent un cessez-le-feu et mettent fin aux massacres dans "
        "les régions qu’elles contrôlent"
    )
    kept = "Invite les organisations régionales à former des magistrats, des enquêteurs et des gardiens de prison"
    texts = [build.resolution(*rows) for rows in ((exige, kept), (constate, demande, kept))]
    apart = compare(*texts)
    pinned = compare(*texts, pins=(Pin(("op1",), ("op1",)),))
    reason = Reason("possible", rivals=(Rival("op1", "pp1", 0.1),))
    (linked,) = (change for change in pinned.changes if change.link.old == ("op1",))
    doubtful = replace(linked, link=replace(linked.link, score=0.2, reason=reason))
    doubtful = replace(pinned, changes=tuple(doubtful if change is linked else change for change in pinned.changes))
    for comparison, where in ((apart, "pp1"), (doubtful, "op1")):
        (lost,) = (each for each in judged(comparison).provisions if each.side is Side.OLD)
        assert lost.nearest.paragraph == where


def test_what_the_new_text_refers_to_by_its_number_goes_with_that():
    old = [
        "Prie tous les États de fournir des renseignements facilitant l’identification des personnes inscrites",
        "Invite les organisations régionales à former des magistrats, des enquêteurs et des gardiens de prison",
    ]
    new = [
        "Invite les organisations régionales à former des magistrats, des enquêteurs et des gardiens de prison",
        "Décide que qui propose un nom doit fournir les précisions visées au paragraphe 1 de la résolution 72/194",
    ]
    comparison = build.compared(old, new, "A/RES/72/194", "A/RES/74/175")
    assert [(kin.paragraph, kin.other, kin.probability) for kin in comparison.kin if kin.side is Side.OLD] == [
        ("op1", "op2", 1.0)
    ]


@pytest.mark.parametrize(
    ("named", "renewed"), [("l’alinéa b du paragraphe 2", {"op2.b"}), ("paragraphe 2", {"op2", "op2.a", "op2.b"})]
)
def test_of_a_list_only_the_points_that_are_named_are_renewed(named, renewed):
    points = "op2.a Fermer les bureaux de la compagnie ;", "op2.b Geler les fonds de la milice ;"
    rows = "op1 Salue le rapport", "op2 Décide que les États devront :", *points
    old = build.resolution(*rows, symbol="S/RES/1333 (2000)")
    new = build.resolution(f"op1 Réaffirme les mesures prévues à {named} de la résolution 1333 (2000)")
    changes = judged(compare(old, new)).changes
    assert {id_ for change in changes if change.renewed_in for id_ in change.link.old} == renewed


@pytest.mark.parametrize(
    ("said", "renewed"),
    [
        (
            "Poursuivre les tâches visées aux alinéas a et b du paragraphe 2 de la résolution 1 (2005)",
            {"op2.a", "op2.b"},
        ),
        ("De s’acquitter des tâches prévues au paragraphe 2 de la résolution 1 (2005)", {"op2", "op2.a", "op2.b"}),
        ("Évaluer les tâches visées aux alinéas a et b du paragraphe 2 de la résolution 1 (2005)", set()),
        ("Accomplir les tâches voulues à la lumière du paragraphe 2 de la résolution 1 (2005)", set()),
    ],
)
def test_tasks_that_a_point_takes_over_by_their_number_are_renewed(said, renewed):
    old = [
        "op1 Exige un cessez-le-feu ;",
        "op2 Prie le Groupe :",
        "op2.a D’enquêter sur les exportations de diamants ;",
    ]
    old += ["op2.b De former les douaniers des provinces"]
    new = [
        "op1 Exige un cessez-le-feu ;",
        "op2 Décide de reconstituer l’Équipe, qui sera chargée de :",
        f"op2.a {said} ;",
    ]
    texts = [build.resolution(*rows, symbol=f"S/RES/{n} ({y})") for rows, n, y in ((old, 1, 2005), (new, 2, 2006))]
    changes = judged(compare(*texts)).changes
    assert {id_ for change in changes if change.renewed_in for id_ in change.link.old} == renewed


@pytest.mark.parametrize(("paragraphs", "is_renewed"), [("20 et 22", True), ("20", False)])
def test_a_paragraph_is_renewed_by_the_numbers_it_renewed_where_all_of_them_are(paragraphs, is_renewed):
    asked = "Décide de reconduire jusqu’au {} les mesures visées aux paragraphes {} de la résolution 1493 (2003){}"
    kept = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    ending = ", à la lumière du fait que les parties ont manqué à leur obligation de déposer les armes à la frontière"
    old = build.resolution(kept, asked.format("31 juillet 2005", "20 et 22", ending))
    new = build.resolution(kept, asked.format("15 février 2008", paragraphs, ""))
    comparison = judged(compare(old, new, pins=[Pin(("op2",), ())]))
    (change,) = (change for change in comparison.changes if change.link.old == ("op2",))
    assert bool(change.renewed_in) is is_renewed


def test_the_opening_of_a_list_keeps_what_leads_to_it_and_shows_where_it_is_cut():
    region = "Demande à la République démocratique du Congo"
    whole = f"{region} de coopérer sans réserve dans l’est de la République démocratique du Congo, notamment :"
    assert _with_lead_in(f"{region} …", whole) == f"{region} …"
    assert _with_lead_in(whole.partition(", notamment")[0], whole) == whole.removesuffix(" :")
    assert _with_lead_in("…", "…") == ""
