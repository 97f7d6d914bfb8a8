"""The summary and the remarks: sentences of a comparison made by hand, each with the French a delegate should read."""

import json
import re

import build as made
import pytest
from judging import judged
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.model import (
    ActorChange,
    Comparison,
    Evidence,
    Flag,
    FlagCode,
    Kin,
    Kind,
    Loss,
    Nearest,
    ObligationChange,
    Provision,
    Side,
    Status,
    TimeChange,
    TopicChange,
    VerbChange,
    Weight,
)
from resdiff.parsing import parse
from resdiff.reading import Source
from resdiff.rendering import render
from resdiff.report import Address, Sentence, Strong, Struck, Summary, as_text, build, summary
from resdiff.report.blocks import Changes, Semicolon
from resdiff.report.compose import numbers_line
from resdiff.report.material import reworded
from resdiff.report.remarks import Remarks, Whereabouts
from resdiff.report.summary import REWORDING, SummaryLine, _named_in, _votes, _without_lightest, figures
from resdiff.report.wording import with_article


def resolution(symbol, *texts):
    return made.resolution(*texts, symbol=symbol, title="Titre")


OLD = resolution("A/RES/72/1", "Prie l’Office d’agir ;", "Engage les États à agir ;", "Souligne le droit ;")
NEW = resolution("A/RES/74/1", "Prie l’Office d’agir vite ;", "Demande aux États d’agir ;", "Encourage l’échange ;")


def change(old, new, kind=Kind.MODIFIED, **facts):
    return made.change(" ".join(old), " ".join(new), facts.pop("edits", ()), kind=kind, **facts)


CHANGES = (
    change(("op1",), ("op1",)),
    change(("op2",), ("op2",)),
    change(("op3",), (), Kind.REMOVED),
    change((), ("op3",), Kind.ADDED),
)


def comparison(**facts):
    return Comparison(OLD, NEW, **{"changes": CHANGES, **facts})


def told(compared, lang="fr"):
    """The sentences of the summary with plain spaces."""
    report = build(compared, lang=lang)
    summary = next(block for block in report.blocks if isinstance(block, Summary))
    return [as_text(sentence).replace("\u00a0", " ") for sentence in summary.sentences]


def topic(name, label, article, status, *, old=(), new=(), priority=9, words=None):
    """A topic; ``words`` are those that passed the counter-test, by default its label."""
    evidence = (tuple(Evidence(paragraph, label) for paragraph in side) for side in (old, new))
    words = label if words is None else words
    return TopicChange(name, label, status, "", *evidence, priority=priority, article=article, words=words)


def provision(paragraph, quote, group="decide", *, side=Side.NEW, brief="", rank=50.0):
    loss = Loss.UNREPEATED if side is Side.OLD else Loss.NONE
    return Provision(side, (paragraph,), quote, brief or quote, group, rank, Nearest("", 0.0), loss=loss)


def test_the_weightiest_paragraphs_have_a_sentence_each():
    provisions = (
        provision("op3", "Décide de proroger jusqu’au 31 janvier 2010 le mandat de l’Opération"),
        provision("op1", "Prie l’Office d’aider les États"),
        provision("op3", "prie le Secrétaire général d’en rendre compte"),
    )
    between = " et se félicite de tout ce que les États ont fait, avec l’aide de l’Office et de beaucoup d’autres" * 2
    both = f"{provisions[0].quote}{between}, et {provisions[2].quote}."
    new = resolution("A/RES/74/1", "Prie l’Office d’aider les États ;", "Demande aux États d’agir ;", both)
    sentences = told(Comparison(OLD, new, CHANGES, provisions=provisions))
    assert sentences[:2] == [
        "Paragraphe 3 (ajouté) : « Décide de proroger jusqu’au 31 janvier 2010 le mandat de l’Opération » "
        "et « prie le Secrétaire général d’en rendre compte ».",
        "Paragraphe 1 : « Prie l’Office d’aider les États ».",
    ]


def test_a_quotation_says_that_it_does_not_begin_its_paragraph():
    first = (
        "Salue l’Office des progrès qu’il a faits avec ses partenaires dans les régions, prie les États de coopérer ;"
    )
    new = resolution("A/RES/74/1", first, "Engage les États :", "Encourage ;")
    provisions = (
        provision("op1", "prie les États de coopérer"),
        provision("op2", "Engage les États : a) à agir", rank=40.0),
    )
    assert told(Comparison(OLD, new, CHANGES, provisions=provisions))[:2] == [
        "Paragraphe 1 : « … prie les États de coopérer ».",
        "Paragraphe 2 : « Engage les États : a) à agir ».",
    ]


def test_the_next_acts_share_a_sentence_those_that_ask_the_same_one_together():
    office = "l’Office des Nations Unies contre la drogue et le crime"
    provisions = (
        *[provision(f"op{k}", f"Décide {k}") for k in range(1, 6)],
        provision("op7", f"Prie {office} d’aider", office, rank=30.0),
        provision("op6", f"Encourage {office} à agir", office, rank=20.0),
        provision("op8", "Engage les États à coopérer", "les États", rank=15.0),
        provision("op9", "Se félicite des progrès accomplis", "welcome", rank=-1.0),
    )
    asked = (f"Encourage {office}", f"Prie {office}", "Engage les États", "Se félicite")
    new = resolution("A/RES/74/1", *["Décide"] * 5, *asked)
    assert told(Comparison(OLD, new, CHANGES, provisions=provisions))[5:7] == [
        f"Par. 6 : « Encourage {office} à agir » ; par. 7 : « Prie {office} d’aider ».",
        "Par. 8 : « Engage les États à coopérer ».",
    ]


@pytest.mark.parametrize(("old", "where"), [((), " (ajouté)"), (("op1",), "")])
def test_a_paragraph_of_which_most_is_quoted_is_quoted_whole(old, where):
    acts = "Décide de proroger le mandat de l’Opération", "prie le Secrétaire général d’en rendre compte"
    changes = (change(old, ("op1",), Kind.MODIFIED if old else Kind.ADDED),)
    provisions = tuple(provision("op1", act) for act in acts)

    def lead(between):
        new = resolution("A/RES/74/1", f"{acts[0]}{between} et {acts[1]} ;")
        return told(Comparison(OLD, new, changes, provisions=provisions))[0]

    aside = ", accueille avec satisfaction ce que les États ont fait"
    assert lead(aside) == f"Paragraphe 1{where} : « {acts[0]}{aside} et {acts[1]} »."
    assert lead(aside * 4) == f"Paragraphe 1{where} : « {acts[0]} » et « {acts[1]} »."


def test_two_acts_of_a_list_between_which_hardly_a_word_stands_are_one_quotation():
    acts = "Décide de proroger le mandat du Groupe", "prie le Secrétaire général de le charger : a) d’enquêter"
    new = resolution("A/RES/74/1", f"{acts[0]}, et prie le Secrétaire général de le charger :", "op1.a d’enquêter ;")
    changes = (change((), ("op1",), Kind.ADDED), change((), ("op1.a",), Kind.ADDED))
    provisions = tuple(provision("op1", act) for act in acts)
    lead = told(Comparison(OLD, new, changes, provisions=provisions))[0]
    assert lead == f"Paragraphe 1 (ajouté) : « {acts[0]}, et {acts[1]} »."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            ["Exige la fin des combats", "Prie l’Office d’aider les États", "Crée un fonds pour l’eau"],
            ["Prie l’Office d’aider les États", "Crée un fonds pour l’eau", "Exige la fin des combats"],
            "Ordre du texte : ancien par. 1 déplacé (par. 3).",
        ),
        (
            ["pp Soulignant que l’eau est un droit de chacun,", "Crée un fonds pour l’assainissement"],
            ["Souligne que l’eau est un droit de chacun", "Crée un fonds pour l’assainissement"],
            "Ordre du texte : ancien PP 1 passé au dispositif (par. 1).",
        ),
        (
            ["Engage les États à fournir une aide financière, et à appuyer les travaux de l’Institut", "Crée un fonds"],
            [
                "Engage les États à fournir une aide financière",
                "Les engage à appuyer les travaux de l’Institut",
                "Crée un fonds",
            ],
            "Ordre du texte : ancien par. 1 scindé (par. 1 et 2).",
        ),
    ],
)
def test_what_moved_or_was_split_is_told_where_there_is_little_else(old, new, said):
    assert said in told(made.compared(old, new))


def test_an_act_that_went_at_the_end_of_a_paragraph_is_shown_there():
    kept = "Engage les États à prévenir la radicalisation et le recrutement de terroristes en milieu carcéral"
    went = ", et encourage l’Office à intensifier son assistance technique en la matière"
    compared = judged(compare(*(resolution(f"A/RES/{n}/1", text) for n, text in ((72, f"{kept}{went}"), (74, kept)))))
    assert told(replace(compared, provisions=(provision("op1", kept),)))[0] == f"Paragraphe 1 : « {kept}[{went}] »."


def test_lighter_paragraphs_fill_the_room_there_is_and_give_way_first():
    new = resolution("A/RES/74/1", *["Décide"] * 5, *["Prie"] * 14, "Prend note du rapport")
    changes = tuple(change((), (f"op{k}",), Kind.ADDED) for k in range(1, 21))
    heavy = [provision(f"op{k}", f"Décide {k}", rank=90.0 - k) for k in range(1, 6)]
    light = provision("op20", "Prend note du rapport", "note", rank=3.0)
    said = "Par. 20 (ajouté) : « Prend note du rapport »."
    assert said in told(Comparison(OLD, new, changes, provisions=(*heavy, light)))
    others = [provision(f"op{k}", f"Prie {k}", f"l’organe {k}", rank=40.0 - k) for k in range(6, 18)]
    crowded = Comparison(OLD, new, changes, provisions=(*heavy, *others, light))
    assert said not in told(crowded)


def test_a_request_that_is_made_no_more_is_quoted_with_its_old_number():
    provisions = (provision("op3", "Prie l’Office d’aider les États", side=Side.OLD),)
    assert told(comparison(provisions=provisions))[0] == (
        "Le texte ne reprend pas « Prie l’Office d’aider les États » (ancien par. 3)."
    )


def test_what_a_paragraph_most_likely_says_in_other_words_is_told_with_it():
    def close(paragraph, quote, near):
        return Provision(Side.OLD, (paragraph,), quote, quote, "", 5.0, Nearest(near, 0.4), loss=Loss.CLOSE)

    provisions = (
        provision("op3", "Prie l’Office d’aider les États", side=Side.OLD),
        close("op8", "Exige que les parties coopèrent", "pp4"),
        close("op9", "Demande un rapport", "op7"),
        close("op1", "Prie l’Office d’agir", "op7"),  # which has a link: its marks show what went
    )
    neighbours = (Kin(Side.OLD, "op8", "pp4", 0.6),)  # op9 and op7 point to one another nowhere
    assert told(comparison(provisions=provisions, neighbours=neighbours))[0] == (
        "Le texte ne reprend pas « Prie l’Office d’aider les États » (ancien par. 3) ; supprimés ou récrits (le "
        "nouveau texte peut en reprendre le contenu ailleurs, en d’autres termes) : "
        "ancien par. 8 (voir aussi le PP 4) : « Exige que les parties coopèrent » ; "
        "ancien par. 9 : « Demande un rapport »."
    )
    alone = comparison(provisions=provisions[1:], neighbours=neighbours)
    assert told(alone)[0].startswith(
        "Supprimés ou récrits (le nouveau texte peut en reprendre le contenu ailleurs, en d’autres termes) : "
        "ancien par. 8 (voir aussi le PP 4) : « Exige"
    )
    assert told(alone, "en")[0].startswith(
        "Removed or rewritten (the new text may say as much elsewhere, in other words): "
        "old para. 8 (see also PP 4): “Exige que les parties coopèrent”; old para. 9"
    )


def test_an_opening_that_says_nothing_is_quoted_with_its_first_point():
    kept = "op1 Engage les donateurs à financer le fonds ;"
    points = "op2.a Que les forces se retirent sans plus tarder ;", "op2.b Que le calendrier soit respecté ;"
    renewing = "op2 Se félicite du retrait, et rappelle le paragraphe 2 de la résolution 1304 (2000) ;"
    old = resolution("S/RES/1304 (2000)", kept, "op2 Exige également :", *points)
    said = told(judged(compare(old, resolution("S/RES/1355 (2001)", kept, renewing))))
    (gone,) = (each for each in said if each.startswith("Supprimé"))
    assert gone.endswith(": « Exige également : a) Que les forces se retirent sans plus tarder … ».")


def test_of_many_losses_eight_are_told_those_first_that_nothing_comes_close_to():
    gone = [provision(f"op{k}", f"Prie {k}", side=Side.OLD) for k in range(1, 9)]
    close = [replace(each, loss=Loss.CLOSE, nearest=Nearest("op1", 0.4)) for each in gone]
    for far, near in ((0, 4), (4, 4), (5, 3), (8, 2)):
        sentences = told(comparison(provisions=(*gone[:far], *close)))
        lost, _, doubtful = next(line for line in sentences if "termes) : " in line).partition("termes) : ")
        assert (lost.count("« Prie"), doubtful.count("« Prie")) == (min(far, 6), near)


def test_topics_are_told_in_the_words_of_the_text_and_share_their_address():
    topics = (
        topic("a", "vie privée", "la", Status.DROPPED, old=("op3",), priority=9),
        topic("b", "garanties d’une procédure régulière", "les", Status.DROPPED, old=("op3",), priority=9),
    )
    assert told(comparison(topics=topics))[0] == (
        "Le texte ne mentionne plus « vie privée » ni « garanties d’une procédure régulière » "
        "(ancien par. 3 ; supprimé)."
    )
    kin = (Kin(Side.OLD, "op3", "op3", 0.6),)
    assert "supprimé" not in told(comparison(topics=topics, kin=kin))[0]


def test_a_topic_that_did_not_pass_its_counter_test_is_not_told():
    topics = (topic("a", "corruption", "la", Status.DROPPED, old=("op3",), words=""),)
    assert not any("corruption" in sentence for sentence in told(comparison(topics=topics)))


def test_new_topics_are_listed_by_priority_each_with_its_paragraphs():
    topics = (
        topic("a", "prisons", "les", Status.NEW, new=("op2", "op3"), priority=7),
        topic("c", "sport", "le", Status.NEW, new=("op3",), priority=9),
        topic("b", "éducation", "l’", Status.NEW, new=("op1", "op2"), priority=8),
    )
    assert told(comparison(topics=topics))[0] == (
        "Le texte mentionne désormais « éducation » (par. 1 et 2) et « prisons » (par. 2 et 3)."
    )


def test_more_topics_than_a_sentence_holds_are_counted():
    topics = tuple(topic(f"t{n}", f"thème{n}", "le", Status.NEW, new=("op2", "op3")) for n in range(9))
    assert told(comparison(topics=topics))[0].endswith("« thème5 » et 3 autres thèmes (par. 2 et 3).")


def test_a_topic_that_no_changed_paragraph_shows_is_not_told():
    changes = (change(("op1",), ("op1",), Kind.UNCHANGED, weight=Weight.NONE), *CHANGES[1:])
    topics = (topic("a", "santé", "la", Status.EXPANDED, old=("op1",), new=("op1",)),)
    assert not any("santé" in sentence for sentence in told(comparison(changes=changes, topics=topics)))


def test_the_subject_of_the_series_itself_is_not_told():
    topics = (topic("a", "lutte contre le terrorisme", "la", Status.EXPANDED, new=("op1",), priority=1),)
    assert not any("terrorisme" in sentence for sentence in told(comparison(topics=topics)))


def test_a_topic_known_from_an_earlier_edition_says_so():
    found = TopicChange(
        "a",
        "sport",
        Status.NEW,
        "",
        (),
        (Evidence("op2", "sport"), Evidence("op3", "sport")),
        article="le",
        priority=8,
        earlier="A/RES/70/1",
        words="sport",
    )
    assert (
        told(comparison(topics=(found,)))[0] == "Le texte mentionne désormais « sport » (par. 2 et 3 ; déjà dans 70/1)."
    )


def test_an_actor_that_took_the_place_of_another_in_two_paragraphs_is_told_once():
    actors = (
        ActorChange("Pacte mondial", Status.NEW, (), ("op1", "op2"), replaces="Équipe spéciale", alone=True),
        ActorChange("Équipe spéciale", Status.DROPPED, ("op1", "op2"), (), replaced_by="Pacte mondial"),
        ActorChange("Société d’astronomie", Status.NEW, (), ("op1",), replaces="Société de physique", alone=True),
        ActorChange("Société de physique", Status.DROPPED, ("op1",), (), replaced_by="Société d’astronomie"),
        ActorChange("Union interparlementaire", Status.NEW, (), ("op1", "op2", "op3"), alone=True),
        ActorChange("Comité spécial", Status.NEW, (), ("op2",)),
    )
    sentences = told(comparison(actors=actors))
    assert sentences[0] == (
        "Le texte nomme le Pacte mondial (par. 1 et 2) là où l’ancien nommait l’Équipe spéciale. "
        "Le texte mentionne désormais l’Union interparlementaire (par. 1, 2 et 3)."
    )
    assert not any("ne mentionne plus" in sentence or "Comité spécial" in sentence for sentence in sentences)


@pytest.mark.parametrize(
    ("direction", "wanted"),
    [
        ("weaker", "Verbe affaibli : « Demande aux États d’agir », au lieu de « Engage » (par. 2)."),
        ("stronger", "Verbe renforcé : « Demande aux États d’agir », au lieu de « Engage » (par. 2)."),
    ],
)
def test_a_verb_is_told_with_its_direction(direction, wanted):
    verbs = (VerbChange("op2", "op2", "Engage", "Demande", direction, clause="Demande aux États d’agir"),)
    assert told(comparison(verbs=verbs))[0] == wanted


def test_a_condition_that_is_a_topic_is_not_told_twice():
    topics = (topic("a", "vie privée", "la", Status.DROPPED, old=("op1",)),)
    duties = (
        ObligationChange("condition", "droit au respect de la vie privée", Status.DROPPED, "op1", "op1", "rights"),
        ObligationChange("condition", "dans le respect des droits de l’homme", Status.DROPPED, "op2", "op2", "rights"),
        ObligationChange("condition", "sur demande", Status.DROPPED, "op2", "op2", "request"),
    )
    assert "Garantie supprimée : « dans le respect des droits de l’homme » (ancien par. 2)." in told(
        comparison(topics=topics, obligations=duties)
    )


def test_routine_updates_are_folded_in_the_last_sentence():
    flags = (Flag("routine-last-edition", ("70/1", "72/1")), Flag("routine-last-edition-added", ("", "71/5")))
    changes = (change(("op1",), ("op1",), flags=flags, weight=Weight.ROUTINE), *CHANGES[1:])
    assert told(comparison(changes=changes))[-2] == (
        "Mises à jour d’usage : 70/1 → 72/1 (par. 1) ; ajout de 71/5 (par. 1)."
    )


def test_counts_agree_in_number():
    assert told(comparison())[-2] == (
        "Le texte compte toujours 3 alinéas et paragraphes : 1 ajouté, 1 supprimé, 2 modifiés."
    )


def test_the_paragraphs_that_changed_and_are_not_quoted_are_named_last():
    assert told(comparison())[-1] == "Autres changements, non cités ici : par. 1 et 2."
    assert told(comparison(), "en")[-1] == "Other changes, not quoted here: paras. 1 and 2."


def test_two_equal_texts_make_one_sentence():
    assert told(compare(OLD, OLD)) == ["Les deux textes sont identiques."]
    assert told(compare(OLD, OLD), "en") == ["The two texts are identical."]


def test_two_texts_that_differ_in_typography_make_one_sentence():
    other = resolution("A/RES/74/1", "Prie l'Office d'agir ;", "Engage les Etats à agir ;", "Souligne le droit ;")
    assert told(compare(OLD, other)) == ["Les deux textes ne diffèrent que par la typographie."]


def test_there_are_never_more_than_twelve_sentences_and_one_on_what_they_do_not_quote(pairs):
    for compared in pairs.values():
        *said, last = told(compared)
        assert 5 <= len(said) + (not last.startswith("Autre")) <= 12


@pytest.mark.parametrize(
    ("was", "now", "is_named"),
    [
        ("à sa soixante-dix-septième session", "à sa soixante-dix-neuvième session", False),  # routine
        ("les États de la région", "les Etats de la région", False),  # form
        ("l’action menée par la Commission", "l’action menée par la Commission contre l’impunité des auteurs", True),
        ("le rapport annuel de la Commission", "le rapport annuel que lui adresse la Commission", True),
    ],
)
def test_what_is_form_or_routine_is_not_named_and_wording_is(monkeypatch, was, now, is_named):
    monkeypatch.setattr("resdiff.report.summary._substance", lambda *_: [])
    monkeypatch.setattr("resdiff.report.material.MOST_REWORDED", 0)
    rest = ", et souligne qu’il importe de le publier dans toutes les langues officielles"
    said = told(made.compared([STAYS, f"Rappelle {was}{rest}"], [f"{STAYS} vite", f"Rappelle {now}{rest}"]))
    brief = said[-1].partition(" Le reste reprend")[0]
    if is_named:
        assert brief.startswith("Autres changements, en bref : par. 1 : « vite » ; par. 2 : « ")
    else:
        assert brief == "Autre changement, en bref : par. 1 : « vite »."


def test_the_paragraphs_that_no_sentence_quotes_are_told_apart_in_the_json():
    *said, last = json.loads(render(comparison(), "json"))["summary"]
    assert last["uncited"] and not any(each["uncited"] for each in said)
    assert [each["id"] for each in last["addresses"]] == ["op1", "op2"]


def test_every_address_of_the_summary_is_a_paragraph_of_its_text(pairs):
    for compared in pairs.values():
        ids = {Side.OLD: {p.id for p in compared.old.body}, Side.NEW: {p.id for p in compared.new.body}}
        summary = next(block for block in build(compared).blocks if isinstance(block, Summary))
        addresses = [part for sentence in summary.sentences for part in sentence.parts if isinstance(part, Address)]
        assert addresses
        assert all(found.id in ids[found.side] for found in addresses)


def test_the_real_pair_says_what_a_delegate_must_hear(real_pair):
    said = " ".join(told(real_pair))
    for words in (
        "Paragraphe 9 (ajouté) : « Prie l’Office des Nations Unies contre la drogue et le crime",
        "l’échange de preuves électroniques et scientifiques",
        "enregistrer et échanger des données biométriques",
        "Le texte ne mentionne plus « garanties d’une procédure régulière » ni « vie privée » (ancien par. 12)",
        "Prie également le Secrétaire général de lui présenter, à sa [soixante-treizième] soixante-quinzième session,",
        "Le texte nomme le Pacte mondial de coordination contre le terrorisme",
        "là où l’ancien nommait l’Équipe spéciale de lutte contre le terrorisme",
    ):
        assert words.casefold() in said.casefold(), words


# ---- what else changed -----------------------------------------------------------------------------------------------


MONTHLY = "Prie le commandement de lui présenter des rapports {} sur l’exécution de son mandat"
STANDING = [
    "Décide de proroger le mandat de la Mission",
    "Exige des parties qu’elles déposent les armes",
    "Approuve les travaux faits, et ceux qui furent déployés dans le Nord",
]


def filled(old, new, acts=STANDING):
    """The sentences after those on the acts that stand."""
    compared = replace(made.compared([*acts, *old], [*acts, *new]), calendar=(), obligations=(), verbs=())
    quoted = [provision(f"op{number}", act) for number, act in enumerate(acts, 1)]
    return told(replace(compared, provisions=quoted, topics=(), actors=()))[len(acts) :]


def test_where_there_is_room_what_else_changed_in_words_is_told():
    """Of a paragraph of which nothing else is told; what only came for words that say as little is left to the text."""
    lines = filled([MONTHLY.format("mensuels")], [MONTHLY.format("trimestriels")])
    assert lines == [f"Par. 4 : « {MONTHLY.format('[mensuels] trimestriels')} »."]
    (line,) = filled(["Constate les efforts déployés dans l’Est"], ["Constate les efforts menés dans l’Est"])
    assert line == "Autre changement, en bref : par. 4 : « [déployés] menés »."


def test_paragraphs_that_changed_alike_are_told_together(monkeypatch):
    monkeypatch.setattr("resdiff.report.material.MOST_REWORDED", 0)
    acts = [f"Constate que la Force {{}}protège {what}" for what in ("les villes et les ports", "les marchés du Nord")]
    lines = filled([act.format("multinationale ") for act in acts], [act.format("") for act in acts])
    assert lines == ["Autres changements, en bref : par. 4 et 5 : « [multinationale] »."]


def test_a_paragraph_in_which_words_only_changed_places_is_not_named_last():
    words = "Engage les organisations {} à publier leurs données sur la pêche dans les eaux du Nord".format
    assert filled([words("internationales et régionales")], [words("régionales et internationales")]) == []


def test_what_is_told_in_brief_and_goes_on_ends_with_one_stop(monkeypatch):
    monkeypatch.setattr("resdiff.report.material.MOST_REWORDED", 0)
    monkeypatch.setattr("resdiff.report.summary._substance", lambda *_: [])
    monkeypatch.setattr("resdiff.report.redline.MORE", 0)
    monkeypatch.setattr("resdiff.report.summary.FEWEST_WORDS", 1)
    monkeypatch.setattr("resdiff.report.summary.MOST_WORDS", 1)
    words = "Engage les organisations {} à publier leurs données sur les poissons et les oiseaux des eaux du Nord {}"
    assert filled([words.format("", "")], [words.format("savantes", "et froides")]) == [
        "Autre changement, en bref : par. 4 : « savantes », etc."
    ]


@pytest.mark.parametrize(
    ("language", "was", "now", "shown"),
    [
        ("en", "Decides that the Force shall not enter the port and shall not leave the camp before dawn",
         "Decides that the Force shall enter the port and shall not leave the camp before dawn", "“[not]”"),
        ("fr", "Décide que nul n’entrera, sauf accord du Comité, et que nul ne sortira sauf accord du Comité",
         "Décide que nul n’entrera, et que nul ne sortira sauf accord du Comité", "« [sauf accord du Comité] »"),
    ],
)  # fmt: skip
def test_a_word_that_binds_is_told_in_brief_though_the_other_version_has_it_too(monkeypatch, language, was, now, shown):
    monkeypatch.setattr("resdiff.report.material.MOST_REWORDED", 0)
    monkeypatch.setattr("resdiff.report.summary._substance", lambda *_: [])
    compared = replace(made.compared([was], [now], language=language), provisions=(), verbs=(), obligations=())
    assert shown in told(compared, language)[-1]


def test_a_clause_that_came_is_told_though_the_paragraph_says_its_words_elsewhere(monkeypatch):
    monkeypatch.setattr("resdiff.report.material.MOST_REWORDED", 0)
    monkeypatch.setattr("resdiff.report.summary._substance", lambda *_: [])
    role = "in its capacity as an observer of the General Assembly in accordance with resolution {}"
    text = "Takes note of the work of the Agency{}, and of the contributions of the Alliance, " + role.format("76/123")
    compared = made.compared([text.format("")], [text.format(f", {role.format('66/110')}")], language="en")
    assert told(replace(compared, provisions=(), citations=()), "en")[-1].startswith(
        f"Other change, in brief: para. 1: “{role.format('66/110')}”"
    )


def test_merged_paragraphs_are_told_in_brief_by_their_words_and_many_by_their_numbers(monkeypatch):
    monkeypatch.setattr("resdiff.report.material.MOST_REWORDED", 0)
    monkeypatch.setattr("resdiff.report.summary._substance", lambda *_: [])
    notes = [f"Note que le port numéro {number} de la région a reçu des navires{{}}" for number in range(30)]
    old = [act.format("") for act in notes]
    (line,) = filled(old, [act.format(" rapides") for act in notes])
    with_words, without = (", ".join(map(str, numbers)) for numbers in (range(4, 23), range(24, 33)))
    assert line == f"Autres changements, en bref : par. {with_words} et 23 : « rapides » ; par. {without} et 33."
    halves = "Prie l’Office de former les agents des ports", "engage les États à verser leurs contributions"
    *_, line = filled([halves[0], halves[1].capitalize()], [f"{halves[0]}, et {halves[1]} sans retard"])
    assert line == "Autre changement, en bref : par. 4 (réunit les anciens par. 4 et 5) : « sans retard »."


def test_what_only_went_to_the_preamble_is_no_part_of_the_rest(monkeypatch):
    """Where its own sentence gave way to heavier ones."""
    monkeypatch.setattr("resdiff.report.summary.WRITERS", ())
    recital = "{} avec satisfaction de l’ouverture du port franc de la région du Nord et des travaux de la Commission"
    old = [*STANDING, recital.format("Se félicite")]
    compared = made.compared(old, [f"pp {recital.format('Se félicitant')}", *STANDING])
    assert told(replace(compared, verbs=()))[-1].startswith(
        "Autre changement, non cité ici : PP 1 (de l’ancien par. 4). Le reste reprend"
    )


def test_what_a_draft_says_of_its_text_is_told_though_the_text_is_the_same():
    acts = "1. Urges States to act;", "2. Requests the Office to report;", "3. Decides to remain seized."
    remark = "[Russian Federation: delete paragraph 2]"
    drafts = [("The General Assembly,", *acts), ("The General Assembly,", *acts[:2], remark, acts[2])]
    old, new = (parse(Source("\n\n".join(lines))) for lines in drafts)
    assert told(judged(compare(old, new)), "en") == [
        "The paragraphs of the two texts are identical.",
        f"New remarks on the draft: “{remark}”, after para. 2.",
    ]
    assert told(judged(compare(new, old)), "en")[1:] == [
        f"Remarks no longer in the draft: “{remark}”, after old para. 2."
    ]
    changed = parse(Source("\n\n".join((*drafts[1], "4. Invites States to report annually."))))
    assert f"New remarks on the draft: “{remark}”, after para. 2." in told(judged(compare(old, changed)), "en")


def drafts(*texts):
    """Drafts of the General Assembly, each of the lines of its preamble and of its operative part."""
    return [parse(Source("\n\n".join(("The General Assembly,", *lines)))) for lines in texts]


ACTS = "OP1 Urges States to act;", "OP2 Requests the Office to report annually;", "OP3 Decides to remain seized."


def test_the_alternative_that_is_left_of_a_draft_is_told_as_kept():
    offered = "OP2 alt [Chile, Peru] Invites the Office to share what it has learned with all States;"
    old, new = drafts((*ACTS[:2], offered, ACTS[2]), (ACTS[0], offered.replace(" alt [Chile, Peru]", ""), ACTS[2]))
    said = told(judged(compare(old, new)), "en")
    assert "Alternative kept: old para. 2 alt, now para. 2." in said
    assert any(line.startswith("Removed: old para. 2 (alternative kept: para. 2):") for line in said)
    assert not any("Chile" in line for line in said)


def test_alternatives_are_no_halves_of_what_they_stand_for():
    whole = (
        "OP2 Invites the Secretary-General to ensure the integrity of the system, and improved coordination of funds;"
    )
    first = "OP2 alt 1 Invites the Secretary-General to ensure the integrity of the system;"
    second = "OP2 alt 2 Requests the Secretary-General to improve coordination of funds;"
    old, new = drafts((ACTS[0], whole, ACTS[2]), (ACTS[0], first, second, ACTS[2]))
    said = " ".join(told(judged(compare(old, new)), "en"))
    assert "split" not in said and "2 alt 2" in said


def test_of_two_that_changed_places_in_a_draft_the_one_with_another_label_has_moved():
    recitals = [f"PP{n} Recalling {what}," for n, what in enumerate(("the Charter", "all treaties", "the forum"), 1)]
    turned = recitals[0], recitals[2].replace("PP3", "PP1 bis (former PP3)"), recitals[1]
    old, new = drafts((*recitals, *ACTS), (*turned, *ACTS))
    assert told(judged(compare(old, new)), "en") == ["Order of the text: old PP 3 moved (PP 1 bis)."]


def test_the_last_paragraph_of_a_draft_is_told_where_it_took_the_place_of_another():
    last = "OP3 Decides to continue its consideration of this matter under the agenda item."
    old, new = drafts(ACTS, (*ACTS[:2], last))
    said = " ".join(told(judged(compare(old, new)), "en"))
    assert "Decides to remain seized" in said and "Decides to continue its consideration" in said


def test_what_stands_behind_a_paragraph_of_a_draft_without_a_number_is_told():
    old, new = drafts(ACTS, (*ACTS[:2], "Invites donors to provide resources;", ACTS[2]))
    assert told(judged(compare(old, new)), "en")[0] == (
        "Added: para. 2 (continued): “Invites donors to provide resources”."
    )


def test_what_stood_behind_a_paragraph_of_a_draft_without_a_number_is_told_when_it_goes():
    old, new = drafts((*ACTS[:2], "Calls upon States to refrain from coercive measures;", ACTS[2]), ACTS)
    said = told(judged(compare(old, new)), "en")
    assert said[0] == "Removed: old para. 2 (continued): “Calls upon States to refrain from coercive measures”."


def test_a_mandate_that_stands_as_it_was_does_not_lead_what_is_told_of_a_draft():
    mandate = "OP3 Decides to extend the mandate of the Special Rapporteur for a period of three years."
    old, new = drafts((*ACTS[:2], mandate), ("PP1 Recalling the Charter,", *ACTS[:2], mandate))
    assert not any("extend the mandate" in line for line in told(judged(compare(old, new)), "en"))


def test_a_paragraph_that_a_remark_stands_behind_is_told_too():
    changed = ACTS[1].replace("annually", "every two years to the Council")
    old, new = drafts(ACTS, (ACTS[0], f"{changed} (USA, Japan: delete)", "EU: reservation on OP3", ACTS[2]))
    said = " ".join(told(judged(compare(old, new)), "en"))
    assert "“(USA, Japan: delete)”, after para. 2" in said and "“EU: reservation on OP3”, after para. 2" in said
    assert "every two years to the Council" in said


def test_a_remark_is_told_beside_the_paragraph_that_it_stands_behind_which_is_not_folded():
    old, new = drafts(ACTS, (ACTS[0], "[Chile: delete OP1]", *ACTS[1:]))
    report = build(judged(compare(old, new)), lang="en")
    rows = next(block for block in report.blocks if isinstance(block, Changes)).rows
    assert [as_text(row.remark) for row in rows] == ["new remark: “[Chile: delete OP1]”", "", ""]
    assert [row.is_quiet for row in rows] == [False, True, True]


def test_a_remark_that_goes_into_the_paragraph_is_not_told_as_gone():
    recital = "PP1 [Noting that the situation remains a threat,]"
    old, new = drafts((recital, "[Chile: delete]", *ACTS), (f"{recital} [Chile, Peru: delete]", *ACTS))
    assert not any("no longer" in line for line in told(judged(compare(old, new)), "en"))


def test_a_status_in_a_label_is_a_remark():
    old, new = drafts(ACTS, (ACTS[0], ACTS[1].replace("OP2", "OP2 (agreed ad ref)"), ACTS[2]))
    assert told(judged(compare(old, new)), "en") == [
        "The paragraphs of the two texts are identical.",
        "New remarks on the draft: “OP2 (agreed ad ref)”.",
    ]


def test_names_that_went_with_their_brackets_are_no_change_of_words():
    said = "PP1 Recalling the Charter, [{}while rejecting intolerance,]"
    old, new = drafts((said.format("Pakistan: "), *ACTS), (said.format("").replace("[", "").replace("]", ""), *ACTS))
    lines = told(judged(compare(old, new)), "en")
    quoted = "“[Pakistan: while rejecting intolerance,]” becomes “while rejecting intolerance”"
    assert lines[0] == f"Square brackets lifted: PP 1: {quoted}."
    assert not any("Pakistan" in line for line in lines[1:])


def test_brackets_put_around_words_that_stood_are_marked_in_what_is_quoted():
    mandate = "Décide de proroger{} le mandat jusqu’au {} ;"
    new = mandate.format(" encore une fois", "[15 avril 2007] [31 janvier 2007]")
    compared = made.compared([mandate.format("", "15 avril 2007")], [new])
    sentence = next(block for block in build(compared, lang="fr").blocks if isinstance(block, Summary)).sentences[0]
    assert [part.text for part in sentence.parts if isinstance(part, Strong)][1:] == ["[", "]", "[31 janvier 2007]"]


def test_what_was_in_brackets_before_is_not_told_as_put_there():
    said = "OP2 Requests the Office to report by [30 June{}] {}on the situation of all States;"
    old, new = drafts(
        (ACTS[0], said.format(" 2009", "[Chile: 31 December 2008] "), ACTS[2]),
        (ACTS[0], said.format("", "2009 ").replace("[30", "[31 March] [30"), ACTS[2]),
    )
    said = told(judged(compare(old, new)), "en")
    assert "Still in square brackets: para. 2." in said and not any(line.startswith("Put in") for line in said)


def test_where_a_paragraph_was_taken_from_is_told_nowhere():
    sources = "(78/175 OP2)", "(A/RES/78/175, OP2, updated)", "(NEW)", "[based on OP2 of 78/175]"
    for source in sources:
        old, new = drafts(ACTS, (ACTS[0], f"{ACTS[1]} {source}", ACTS[2]))
        assert told(judged(compare(old, new)), "en") == ["The two texts are identical."], source


def test_what_a_session_is_moved_to_in_a_negotiation_is_no_update():
    said = "OP2 Requests the Office to report to the General Assembly at its {} session;"
    old, new = drafts((ACTS[0], said.format("eighty-second"), ACTS[2]), (ACTS[0], said.format("eighty-third"), ACTS[2]))
    compared = judged(compare(old, new))
    assert all(change.weight is not Weight.ROUTINE for change in compared.changes)
    assert any(line.startswith("Calendar") and "eighty-third" in line for line in told(compared, "en"))


def test_lines_that_say_what_became_of_a_recital_take_no_number():
    recitals = [f"PP{n}. Rappelant {what}," for n, what in enumerate(("la Charte", "les traités", "la décision"), 1)]
    lines = "PP1 approuvé ad referendum.", "Supprimé par la facilitatrice en première lecture.", "Égypte : à revoir"
    acts = "OP1. Prie les États d’agir ;", "OP2. Décide de rester saisie de la question."
    text = parse(Source("\n\n".join(("L’Assemblée générale,", recitals[0], *lines, *recitals[1:], *acts))))
    assert [p.id for p in text.body] == ["pp1", "pp2", "pp3", "op1", "op2"]
    unknown = parse(Source("\n\n".join(("L’Assemblée générale,", recitals[0], "Notant ceci,", *recitals[1:], *acts))))
    assert [p.id for p in unknown.body] == ["pp1", "pp4", "pp2", "pp3", "op1", "op2"]


def test_a_remark_in_brackets_that_begins_with_a_label_is_no_paragraph():
    for remark in ("[OP2 agreed ad ref]", "[OP2 closed]", "[OP2: pending]", "Note by the main sponsors: OP2 is open."):
        old, new = drafts(ACTS, (*ACTS[:2], remark, ACTS[2]))
        assert [p.id for p in new.body] == ["op1", "op2", "op3"], remark
        quoted = f"New remarks on the draft: “{remark.rstrip('.')}”, after para. 2."
        said = "Said to be agreed in the draft: para. 2." if "agreed" in remark else quoted
        assert said in told(judged(compare(old, new)), "en")


def test_an_agreement_is_told_by_paragraph_and_once_whatever_its_words():
    old, new = drafts(
        (ACTS[0], "OP1 agreed ad ref", *ACTS[1:]),
        (f"{ACTS[0]} (agreed ad ref)", f"{ACTS[1]} (agreed ad ref)", ACTS[2], "OP1 and OP2: agreed"),
    )
    said = told(judged(compare(old, new)), "en")
    assert "Said to be agreed in the draft: para. 2." in said
    assert "New remarks on the draft: “OP1 and OP2: agreed”, after para. 3." in said
    assert not any("no longer" in line or "No longer" in line for line in said)


def test_a_split_alone_is_told_with_both_halves():
    whole = "OP2 Requests the Office to report annually, and notes that States were encouraged to take measures;"
    halves = "OP2 Requests the Office to report annually;", "OP3 Notes that States were encouraged to take measures;"
    old, new = drafts((ACTS[0], whole, ACTS[2]), (ACTS[0], *halves, ACTS[2].replace("OP3", "OP4")))
    assert told(judged(compare(old, new)), "en")[-1].startswith("Order of the text: old para. 2 split (paras. 2 and 3)")


def test_an_extract_that_begins_with_the_first_recital_is_read_whole():
    text = parse(Source("\n\n".join(("PP1 Recalling the Charter,", "PP2 Noting the treaties,", *ACTS))))
    assert [p.id for p in text.body] == ["pp1", "pp2", "op1", "op2", "op3"]


def test_a_recital_that_a_draft_numbers_anew_is_renumbered():
    old, new = drafts(("PP1 Recalling the Charter,", *ACTS), ("PP1 Noting,", "PP2 Recalling the Charter,", *ACTS))
    assert [change.renumbered for change in compare(old, new).changes if change.link.old == ("pp1",)] == [True]


def test_a_condition_that_is_proposed_stands_with_who_wants_it():
    said = "OP2 Requests the Office {}to report annually to the Council;"
    old, new = drafts(
        (ACTS[0], said.format(""), ACTS[2]), (ACTS[0], said.format("[Chile: , within existing resources,] "), ACTS[2])
    )
    assert [duty.text for duty in judged(compare(old, new)).obligations if duty.sort == "condition"] == [
        "[Chile: within existing resources]"
    ]


def test_a_paragraph_of_which_but_brackets_were_lifted_is_told_with_them_alone():
    said = "OP1 {} States to cooperate fully with the Office and to share their experience with all others;"
    old, new = drafts((said.format("[Urges] [Mali: Invites]"), *ACTS[1:]), (said.format("Urges"), *ACTS[1:]))
    assert told(judged(compare(old, new)), "en")[0] == (
        "Square brackets lifted: para. 1: “[Urges] [Mali: Invites]” becomes “Urges”."
    )
    assert not any("share their experience" in line for line in told(judged(compare(old, new)), "en"))


def test_what_went_and_the_brackets_of_a_draft_lead():
    kept = "OP1 [Urges] States to cooperate;", "OP2 Requests the Office to report annually;"
    old, new = drafts(
        (*kept, "OP3 Condemns all abductions of civilians;"), (kept[0].replace("[Urges]", "Urges"), kept[1])
    )
    report = build(judged(compare(old, new)), lang="en")
    sentences = next(block for block in report.blocks if isinstance(block, Summary)).sentences
    assert [(as_text(each)[:7], each.lead) for each in sentences][:2] == [("Removed", True), ("Square ", True)]


def test_verbs_of_a_draft_that_are_shown_elsewhere_are_named_with_the_others():
    acts = "OP1 {} States to establish a fund for the victims by 2030;", "OP2 Takes note{} of the report;", ACTS[2]
    old, new = drafts(
        (acts[0].format("Urges"), acts[1].format(" with appreciation"), acts[2]),
        (acts[0].format("Invites").replace("2030", "2035"), acts[1].format(""), acts[2]),
    )
    said = next(line for line in told(judged(compare(old, new)), "en") if line.startswith("Weaker verbs"))
    assert "“Takes note [with appreciation] of" in said and said.endswith("see also para. 1.")


def test_two_lifted_brackets_of_a_paragraph_are_told_each_with_what_stands_now():
    said = "OP1 {} States to support the health systems of all countries {};"
    old, new = drafts(
        (said.format("[Urges] [Mali: Invites]", "[Peru: and their services]"), *ACTS[1:]),
        (said.format("Urges", "and their services"), *ACTS[1:]),
    )
    assert (
        "Square brackets lifted: para. 1: “[Urges] [Mali: Invites]” becomes “Urges”; "
        "“[Peru: and their services]” becomes “and their services”."
    ) in told(judged(compare(old, new)), "en")


def test_a_session_is_told_though_another_one_is_to_be_chosen():
    said = "OP2 Requests the Expert to report to the Council at its {} session and to the Assembly at its {} session;"
    old, new = drafts(
        (ACTS[0], said.format("sixtieth", "eightieth"), ACTS[2]),
        (ACTS[0], said.format("[sixtieth] [EU: sixty-third]", "eighty-first"), ACTS[2]),
    )
    said = told(judged(compare(old, new)), "en")
    assert any(line.startswith("Calendar") and "eighty-first" in line for line in said)
    assert any("“sixtieth” becomes “[sixtieth] [EU: sixty-third]”" in line for line in said)


def test_an_alternative_to_a_paragraph_that_stands_is_no_doubtful_one():
    offered = "OP2 alt (Egypt) Requests the Office to report every two years to the Economic and Social Council;"
    recital = "PP1 Noting the reports of the Office to the Council,"
    old, new = drafts((recital, *ACTS), (*ACTS[:2], offered, ACTS[2]))
    said = " ".join(told(judged(compare(old, new)), "en"))
    assert "2 alt (added, an alternative to para. 2)" in said


def test_a_point_whose_letter_alone_is_left_is_surely_gone():
    points = "(a) To draft laws on the reform of prisons;", "(b) To train judges on the laws of prisons;"
    opening = "OP2 Requests the Office to help States:"
    old, new = drafts(
        (ACTS[0], opening, *points, ACTS[2]), (ACTS[0], opening, points[0], "(b) [Deleted]", "OP3 Urges all to reform;")
    )
    assert not any("rewritten" in line and "2 (b)" in line for line in told(judged(compare(old, new)), "en"))


def test_who_proposes_words_in_a_paragraph_is_told_each_by_name():
    old, new = drafts(ACTS, (ACTS[0].replace("States", "States [EU, Chile: and donors]"), *ACTS[1:]))
    assert "Wording proposed by: EU (para. 1); Chile (para. 1)." in told(judged(compare(old, new)), "en")
    old, new = drafts(ACTS, ("[Chile, Peru – new paragraph: Recalling the Charter,]", *ACTS))
    assert "Wording proposed by: Chile (PP 1); Peru (PP 1)." in told(judged(compare(old, new)), "en")


def test_who_proposes_a_paragraph_of_a_draft_is_told_once():
    acts = ["OP1 Urges States to act;", "OP2 Requests the Office to provide assistance to developing countries;"]
    alternatives = [
        "OP2 alt 1 (Egypt) Requests the Office to provide sustained assistance to all countries;",
        "OP2 alt 2 (EU): Invites the Office to provide assistance within existing resources;",
    ]
    drafts = [acts, [acts[0], *alternatives], [acts[0], alternatives[0]]]
    first, second, third = (
        parse(Source("\n\n".join(("The General Assembly,", "PP1 Recalling the Charter,", *lines)))) for lines in drafts
    )
    said = "Wording proposed by: Egypt (para. 2 alt 1); EU (para. 2 alt 2)."
    assert said in told(judged(compare(first, second)), "en")
    assert not any(line.startswith("Wording proposed by") for line in told(judged(compare(second, third)), "en"))


def test_a_point_that_came_to_a_list_whose_opening_is_quoted_is_told():
    last = "2. Decides to remain seized of the matter."
    lists = [f"1. Requests the Office to offer advice to {whom} in order:" for whom in ("States", "Member States")]
    points = "(a) To draft laws;", "(b) To reform prisons;", "(c) To train judges;"
    old, new = (
        parse(Source("\n\n".join(("The General Assembly,", opening, *own, last))))
        for opening, own in zip(lists, (points[:2], points), strict=True)
    )
    assert "para. 1 (c) (added): “To train judges”" in told(judged(compare(old, new)), "en")[-1]


def test_a_heading_that_came_to_a_draft_and_a_point_that_nothing_quotes_are_told_by_their_words():
    acts = "1. Urges States to act;", "2. Requests the Office to report;", "3. Decides to remain seized."
    drafts = ["The General Assembly,", *acts], ["The General Assembly,", acts[0], "Early warning", *acts[1:]]
    old, new = (parse(Source("\n\n".join(lines))) for lines in drafts)
    line = told(judged(compare(old, new)), "en")[-1]
    assert line.startswith("Other change, in brief: heading 1 (added): “Early warning”.")
    line = told(judged(compare(new, old)), "en")[-1]
    assert line.startswith("Other change, in brief: old heading 1 (removed): “Early warning”.")


def test_a_note_above_a_draft_is_a_remark_on_it_and_no_title():
    draft = "The General Assembly,", "1. Urges States to act;", "2. Decides to remain seized."
    note = "Note by the facilitator: text in brackets has not been discussed."
    old, new = (parse(Source("\n\n".join((*above, *draft)))) for above in (("Water",), ("Water", note)))
    assert new.title == "Water"
    assert told(judged(compare(old, new)), "en")[1:] == [f"New remarks on the draft: “{note.rstrip('.')}”."]


def test_what_went_is_told_however_much_else_is(monkeypatch):
    monkeypatch.setattr("resdiff.report.summary.MOST_SENTENCES", 6)
    stands = "Prie l’Office d’aider les États à former leurs juges"
    asks = (
        "ratifier la Convention contre la corruption",
        "verser des contributions volontaires",
        "publier leurs comptes",
    )
    asks += "signaler les naufrages", "cartographier les récifs", "archiver les jugements", "vacciner les troupeaux"
    came = [f"Demande aux pays de la région de {each}" for each in asks]
    compared = made.compared([stands, "Demande aux ports de recenser les navires"], [f"{stands} et procureurs", *came])
    *_, last = (line for line in told(compared) if "ajouté" in line)
    assert last.endswith("supprimé : ancien par. 2 : « Demande aux ports de recenser les navires ».")


def in_brief(old, new, language="fr"):
    """The line on what is not quoted, of texts of which nothing else is told."""
    compared = replace(made.compared(old, new, language=language), provisions=(), verbs=(), obligations=())
    return told(replace(compared, calendar=(), topics=(), actors=()), language)[-1]


def test_an_act_that_came_is_told_in_brief_though_the_old_text_has_its_words(monkeypatch):
    monkeypatch.setattr("resdiff.report.material.MOST_REWORDED", 0)
    monkeypatch.setattr("resdiff.report.summary._substance", lambda *_: [])
    stands = "Note que les parties participent activement aux réunions"
    meets = "Se félicite de la réunion {} parties, tenue à Bonn dans les locaux que le pays hôte a mis à disposition"
    new = f"{meets.format('entre les')}, et exhorte les parties à participer activement aux réunions"
    line = in_brief([stands, meets.format("des")], [stands, new])
    assert line.startswith("Autre changement, en bref : par. 2 : « et exhorte les parties à participer activement aux")


def test_of_many_paragraphs_the_heavier_ones_are_told_by_their_words(monkeypatch):
    monkeypatch.setattr("resdiff.report.material.MOST_REWORDED", 0)
    monkeypatch.setattr("resdiff.report.summary._substance", lambda *_: [])
    monkeypatch.setattr("resdiff.report.summary.MOST_GISTS", 1)
    ports, boats = "Note que les ports du Nord ont reçu des navires{}", "Note que les marins demandent des vivres{}"
    new = [ports.format(" rapides"), boats.format(" et des médicaments contre la fièvre jaune")]
    line = in_brief([ports.format(""), boats.format("")], new)
    assert line == ("Autres changements, en bref : par. 2 : « et des médicaments contre la fièvre jaune » ; par. 1.")


def test_a_paragraph_told_in_brief_has_the_old_ones_that_may_stand_in_it_beside_it(monkeypatch):
    monkeypatch.setattr("resdiff.report.material.MOST_REWORDED", 0)
    monkeypatch.setattr("resdiff.report.summary._substance", lambda *_: [])
    was, gone = "Note que les ports ont reçu des navires", "Salue le rôle des pêcheurs"
    compared = replace(made.compared([was, gone], [f"{was} rapides"]), provisions=(), verbs=(), obligations=())
    near = replace(compared, neighbours=(Kin(Side.OLD, "op2", "op1", 0.6),))
    assert told(near)[-1] == "Autre changement, en bref : par. 1 (voir aussi l’ancien par. 2) : « rapides »."
    assert told(compared)[-1] == "Autre changement, en bref : par. 1 : « rapides »."


def test_where_few_paragraphs_are_told_in_brief_more_words_of_each_are_shown(monkeypatch):
    monkeypatch.setattr("resdiff.report.material.MOST_REWORDED", 0)
    monkeypatch.setattr("resdiff.report.summary._substance", lambda *_: [])
    came = "ainsi que des armateurs, des pêcheurs, des ports, des criées et des conserveries de la côte orientale"
    words = [f"Prend note du rapport numéro {number} des savants{{}} sur le thon" for number in range(4, 24)]
    for many in (1, 20):
        acts = words[:many]
        (line,) = filled([act.format("") for act in acts], [act.format(f", {came},") for act in acts])
        assert (came in line) is (many == 1)


def test_what_is_told_in_brief_are_words_that_changed_before_such_as_only_moved(monkeypatch):
    monkeypatch.setattr("resdiff.report.material.MOST_REWORDED", 0)
    monkeypatch.setattr("resdiff.report.summary._substance", lambda *_: [])
    here = "Engage les armateurs {} à publier leurs prises de thon et de hareng dans les eaux du Nord{}"
    there = "Note que les ports {} de la région ont adopté des plans de gestion de la flotte pour dix ans{}"
    moved = ", en tenant pleinement compte des populations insulaires et de leurs pratiques de pêche"
    old, new = (
        [here.format("", moved), there.format("", "")],
        [here.format("savants", ""), there.format("francs", moved)],
    )
    assert filled(old, new) == [
        "Autres changements, en bref : par. 4 (à rapprocher aussi du par. 5) : « savants », etc. ; "
        "par. 5 (à rapprocher aussi de l’ancien par. 4) : « francs », etc."
    ]


def test_of_what_else_changed_the_operative_part_comes_first_and_what_only_recalls_last():
    old = [f"pp Rappelant la résolution 60/1 sur {what}" for what in ("la pêche côtière", "la marine marchande")]
    new = [f"pp Rappelant la résolution 60/1 sur {what}" for what in ("les récifs coralliens", "le pavillon national")]
    noted = [f"pp Préoccupé par {what} dans la région des Grands Lacs" for what in ("la famine", "la sécheresse")]
    lines = filled([*old, noted[0], MONTHLY.format("mensuels")], [*new, noted[1], MONTHLY.format("trimestriels")])
    places = re.findall(r"(?:Par\.|par\.|PP) \d+ :", " ".join(lines))
    assert places[0] == "Par. 4 :" and places[1:] == ["PP 3 :", "PP 1 :", "PP 2 :"]


def test_where_there_is_no_room_what_else_changed_shares_a_line(monkeypatch):
    """With others of its kind, or with acts."""
    monkeypatch.setattr(summary, "MOST_SENTENCES", 6)
    acts = [f"Décide de financer le projet numéro {number} de la région" for number in range(1, 7)]
    reports = "des rapports {} sur l’exécution de son mandat et {}"
    asked = [f"Prie la Mission de lui présenter {reports.format(*how)}" for how in (
        ("mensuels", "un calendrier"), ("trimestriels", "une évaluation chiffrée"),
    )]  # fmt: skip
    old, new = made.resolution(*acts, asked[0]), made.resolution(*acts, asked[1])
    bare = replace(judged(compare(old, new)), calendar=(), obligations=(), verbs=(), topics=(), actors=())
    lines = told(replace(bare, provisions=[provision(f"op{n}", act) for n, act in enumerate(acts, 1)]))
    assert len(lines) == 6 and lines[5].startswith("Par. 6 : «") and "par. 7 : « Prie la Mission" in lines[5]
    more = judged(compare(old, made.resolution(*acts, asked[1], "Sait gré aux donateurs de leurs contributions")))
    bare = replace(more, calendar=(), obligations=(), verbs=(), topics=(), actors=())
    last = told(replace(bare, provisions=[provision(f"op{n}", act) for n, act in enumerate(acts, 1)]))[5]
    assert 0 < last.find("par. 7 :") < last.find("ajouté : par. 8 :")  # which did not come


def test_lines_on_what_changed_are_joined_where_there_are_too_many():
    first, rest = REWORDING
    said = ("Décide d’agir", "."), ("par. 1 : b", "."), ("par. 2 : c", ".")
    lines = [SummaryLine(*line) for line in zip(said, (_votes, first, rest), (0, 1, 4), strict=True)]
    lines = _without_lightest(lines, "fr")
    assert [as_text(Sentence(line.parts)) for line in lines] == ["Décide d’agir.", "par. 1 : b\u00a0; par. 2 : c."]
    lines = _without_lightest(lines, "fr")  # what is no such line is left out
    assert [line.write for line in lines] == [_votes]


# ---- articles -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "Office des Nations Unies contre la drogue et le crime",
            "l’Office des Nations Unies contre la drogue et le crime",
        ),
        ("Équipe spéciale", "l’Équipe spéciale"),
        ("Haut-Commissariat pour les réfugiés", "le Haut-Commissariat pour les réfugiés"),
        ("Convention de Mérida", "la Convention de Mérida"),
        ("Règles de Bangkok", "les Règles de Bangkok"),
        ("INTERPOL", "INTERPOL"),
        ("Chose inconnue", "«\u00a0Chose inconnue\u00a0»"),
    ],
)
def test_a_name_takes_the_article_of_its_noun(name, wanted):
    assert with_article(name).text == wanted


# ---- what single changes say -----------------------------------------------------------------------------------


def test_a_paragraph_is_not_taken_for_the_unchanged_one_of_its_number_in_the_old_text():
    changes = (change(("op3",), ("op1",), Kind.UNCHANGED, weight=Weight.NONE), change((), ("op3",), Kind.ADDED))
    topics = (topic("a", "sport", "le", Status.NEW, new=("op2", "op3")),)
    assert (
        told(comparison(changes=changes, topics=topics))[0] == "Le texte mentionne désormais « sport » (par. 2 et 3)."
    )


def test_a_ceiling_that_changed_is_told_one_that_went_is_not():
    seen = (Evidence("op1", ""),), (Evidence("op1", ""),)
    flags = (
        Flag("figure-changed", ("7 200 soldats", "7 060 soldats"), *seen),
        Flag("figure-dropped", ("8 115 hommes",), seen[0]),
    )
    assert told(comparison(changes=(change(("op1",), ("op1",), flags=flags), *CHANGES[1:])))[0] == (
        "Chiffre : « 7 200 soldats » devient « 7 060 soldats » (par. 1)."
    )


def test_the_calendar_has_what_was_set_moved_and_given_up():
    calendar = (
        TimeChange("jusqu’au 15 octobre 2007", "jusqu’au 15 octobre 2008", "op1", "op1", "… jusqu’au 15 octobre 2008"),
        TimeChange("", "avant le 28 février", "", "op2", "un rapport avant le 28 février"),
        TimeChange("d’ici au 31 mars", "", "op3", "", "un plan d’ici au 31 mars"),
    )
    assert told(comparison(calendar=calendar))[0] == (
        "Calendrier : « … jusqu’au 15 octobre 2008 », au lieu de « jusqu’au 15 octobre 2007 » (par. 1) ; "
        "« un rapport avant le 28 février » (par. 2) ; « un plan d’ici au 31 mars », échéance non reprise "
        "(ancien par. 3)."
    )


GOODS = [*enumerate(("fer", "bois", "sel", "riz", "lin", "thé", "blé", "cuir", "miel", "coton", "sucre", "café"), 2)]
GOODS += [*enumerate(("cacao", "vin", "lait"), len(GOODS) + 2)]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "« Prie le Secrétaire général de lui présenter, à sa [73e] 74e session, un rapport » (par. 1)."),
        (", compte tenu de la pandémie", "« à sa 74e session », au lieu de « à sa 73e session » (par. 1)."),
    ],
)
def test_the_calendar_marks_what_changed_in_an_act_and_repeats_none_that_is_quoted(more, said):
    texts = (f"Prie le Secrétaire général de lui présenter, à sa {n}e session, un rapport" for n in (73, 74))
    old, new = (made.resolution(text + more + " ;") for text, more in zip(texts, (more, ""), strict=True))
    assert f"Calendrier : {said}" in told(judged(compare(old, new)))


def test_a_reference_that_follows_the_numbers_says_that_it_is_one():
    flags = (Flag("routine-reference", ("19", "21")),)
    changes = (change(("op1",), ("op1",), flags=flags, weight=Weight.ROUTINE), *CHANGES[1:])
    assert told(comparison(changes=changes))[-2] == (
        "Mises à jour d’usage : renvoi au paragraphe 19 → au paragraphe 21 (par. 1)."
    )


def test_a_narrower_topic_of_the_same_paragraphs_stands_for_the_wider_one():
    topics = (
        topic("a", "enfants", "les", Status.NEW, new=("op2", "op3")),
        topic("b", "enfants et conflits armés", "les", Status.NEW, new=("op2", "op3")),
    )
    assert told(comparison(topics=topics))[0] == (
        "Le texte mentionne désormais « enfants et conflits armés » (par. 2 et 3)."
    )


def test_a_topic_of_less_weight_is_neither_told_as_new_nor_as_gone():
    topics = (
        topic("a", "prisons", "les", Status.NEW, new=("op3",), priority=6),
        topic("b", "budget", "le", Status.DROPPED, old=("op3",), priority=8),
    )
    assert not any("prisons" in sentence or "budget" in sentence for sentence in told(comparison(topics=topics)))


def test_headings_and_points_are_not_counted_and_a_point_that_changed_changes_its_paragraph():
    heading = made.paragraph("op.h1", "I")
    old = resolution("A/RES/72/1", heading, "op1 Prie l’Office :", "op1.a D’agir ;", "op2 Souligne le droit ;")
    points = "op1.a D’agir vite ;", "op1.b De le dire ;"
    new = resolution("A/RES/74/1", "op1 Prie l’Office :", *points, "op2 Souligne le droit ;")
    changes = (
        change(("op.h1",), (), Kind.REMOVED),
        replace(change(("op1",), ("op1",), Kind.UNCHANGED, weight=Weight.NONE), in_points=True),
        change(("op1.a",), ("op1.a",)),
        change((), ("op1.b",), Kind.ADDED),
        change(("op2",), ("op2",), Kind.UNCHANGED, weight=Weight.NONE),
    )
    found = figures(Comparison(old, new, changes))
    counted = {kind: number for kind, number in found.kinds if number}
    assert (found.old, found.new, counted) == (2, 2, {Kind.UNCHANGED: 1})
    assert (found.inside, found.points) == (1, ((Kind.ADDED, 1, 0), (Kind.REMOVED, 0, 0)))
    rewritten = replace(changes[3], may_stand=True)
    found = figures(Comparison(old, new, (*changes[:3], rewritten, *changes[4:])))
    assert {row: count for row, count in found.others if count} == {"inside": 1}
    assert {row: count for row, count in found.in_kept if count} == {"points-added-or-rewritten": 1}
    told = as_text(numbers_line(found, "fr")).replace("\u00a0", " ")
    assert told == (
        "2 → 2 alinéas et paragraphes : 1 inchangé, 1 touché dans ses alinéas ; "
        "dans des paragraphes conservés, 1 alinéa de liste ajouté ou récrit"
    )


def test_what_went_to_the_other_part_is_counted_among_what_moved():
    old = resolution("A/RES/72/1", "pp1 Rappelant le droit,", "op1 Souligne le droit ;", "op2 Salue l’Office ;")
    new = resolution("A/RES/74/1", "pp1 Soulignant le droit,", "pp2 Saluant l’Office,", "op1 Rappelle le droit ;")
    links = (("pp1", "op1"), ("op1", "pp1"), ("op2", "pp2"))
    changes = [replace(change((here,), (there,)), moved=True) for here, there in links]
    told = as_text(numbers_line(figures(Comparison(old, new, changes)), "fr")).replace("\u00a0", " ")
    assert told == "3 → 3 alinéas et paragraphes : 3 modifiés ; dont 2 passés au préambule, 1 passé au dispositif"
    within = replace(changes[0], link=replace(changes[0].link, new=("pp1",)))
    told = as_text(numbers_line(figures(Comparison(old, new, [within, *changes[1:]])), "fr")).replace("\u00a0", " ")
    assert told.endswith("dont 3 déplacés (dont 2 passés au préambule)")


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (("Souligne le droit ;", "Salue l’Office ;"), "Le reste reprend l’ancien texte tel quel."),
        (
            ("Souligne également le droit ;", "Salue l’Office ;"),
            "Le reste reprend l’ancien texte, à des retouches et mises à jour près.",
        ),
        (("Condamne le vol et le recel de biens publics ;", "Appuie la réforme des douanes ;"), ""),
    ],
)
def test_of_a_text_most_of_which_stands_the_summary_says_so(standing, said):
    old = made.resolution("Prie l’Office d’agir ;", "Souligne le droit ;", "Salue l’Office ;", symbol="A/RES/72/1")
    new = made.resolution("Prie l’Office d’agir dans les trente jours ;", *standing, symbol="A/RES/74/1")
    last = [*told(judged(compare(old, new)))][-1]
    assert last == said if said else "Le reste" not in last


def test_a_paragraph_to_which_another_one_leads_is_not_told_by_that():
    place, other = (Address(Side.NEW, id_, id_) for id_ in ("pp28", "pp29"))
    said = (place, " (à rapprocher aussi du ", other, ") : « … »", Semicolon(" ; "), other, " : « … »")
    assert _named_in([said[:4]]) == {"pp28"}
    assert _named_in([said]) == {"pp28", "pp29"}
    assert _named_in([("« … » (", place, ")")]) == {"pp28"}


def test_paragraphs_that_are_but_retouched_are_counted_among_those_that_changed():
    old = made.resolution("Prie l’Office d’agir", "Souligne le droit", symbol="A/RES/72/1")
    new = made.resolution("Prie également l’Office d’agir", "Souligne le droit des femmes", symbol="A/RES/74/1")
    said = as_text(numbers_line(figures(judged(compare(old, new))), "fr")).replace("\u00a0", " ")
    assert said == "2 → 2 alinéas et paragraphes : 2 modifiés ; dont 1 retouche"


def test_a_paragraph_that_was_brought_up_to_date_and_retouched_counts_as_brought_up_to_date():
    recital = "pp Prenant {} des rapports du Haut Représentant, notamment du plus récent, en date du {}"
    old = made.resolution(recital.format("acte", "5 mai 1999"), "Souligne le droit", symbol="S/RES/1247 (1999)")
    new = made.resolution(recital.format("note", "16 octobre 2002"), "Souligne le droit", symbol="S/RES/1491 (2003)")
    said = as_text(numbers_line(figures(judged(compare(old, new))), "fr")).replace("\u00a0", " ")
    assert said == "2 → 2 alinéas et paragraphes : 1 inchangé, 1 modifié ; dont 1 mise à jour"


def test_what_moved_is_counted_beside_the_links_that_are_doubtful():
    old = resolution("A/RES/72/1", "op1 Souligne le droit ;", "op2 Salue l’Office ;")
    new = resolution("A/RES/74/1", "op1 Salue l’Office ;", "op2 Appuie les lois ;")
    moved = replace(change(("op2",), ("op1",)), moved=True)
    doubtful = change(("op1",), ("op2",), score=0.2)
    told = as_text(numbers_line(figures(Comparison(old, new, [moved, doubtful])), "fr")).replace("\u00a0", " ")
    assert told.endswith("dont 1 déplacé, 1 rapprochement à vérifier")


def test_what_is_not_repeated_may_be_kept_by_reference():
    """The new text keeps provisions of a third resolution in force by their numbers, which the old one did not name."""
    renewed = "Décide que les dispositions de la résolution 986 (1995){} demeureront en vigueur pendant 180 jours ;"
    levy = "Décide que le taux de déduction des fonds déposés au compte séquestre sera de 25 pour cent ;"
    texts = [
        made.resolution(renewed.format(kept), *others, symbol=symbol)
        for kept, others, symbol in (
            ("", (levy,), "S/RES/1330 (2000)"),
            (" et celles des paragraphes 6 à 13 de la résolution 1360 (2001)", (), "S/RES/1447 (2002)"),
        )
    ]
    said = [*told(judged(compare(*texts)))]
    assert any(
        "peut être maintenu par renvoi" in each and "6 à 13 de la résolution 1360 (2001)" in each for each in said
    )
    assert not any("par renvoi" in each for each in told(judged(compare(*reversed(texts)))))
    told_how = made.resolution(
        "Réaffirme que les États doivent, lorsqu’ils proposent au Comité d’inscrire des noms sur la Liste, "
        "se conformer au paragraphe 5 de la résolution 1360 (2001) ;",
        symbol="S/RES/1447 (2002)",
    )
    assert not any("par renvoi" in each for each in told(judged(compare(texts[0], told_how))))


def test_a_point_changes_the_paragraph_of_its_own_side():
    """Old paragraph 1 became paragraph 2 word for word: that the new paragraph 1 has points does not change it."""
    old = resolution("A/RES/72/1", "op1 Souligne le droit ;")
    new = resolution("A/RES/74/1", "op1 Prie l’Office :", "op1.a D’agir ;", "op2 Souligne le droit ;")
    changes = compare(old, new).changes
    assert {change.link.new: change.in_points for change in changes} == {
        ("op1",): False,
        ("op1.a",): False,
        ("op2",): False,
    }
    counted = {kind: number for kind, number in figures(Comparison(old, new, changes)).kinds if number}
    assert counted == {Kind.ADDED: 1, Kind.UNCHANGED: 1}


def test_a_point_of_a_point_and_one_that_went_to_another_list_change_what_opens_them():
    lists = "op1 Prie l’Office d’établir :", "op2 Invite les États à former :"
    deep = "op1.a Des guides :", "op1.a.i Sur les preuves électroniques ;"
    tasks = "op2.a Des juges et des procureurs ;", "op2.b Des gardiens de prison ;"
    old = resolution("A/RES/72/1", lists[0], *deep, lists[1], *tasks)
    deeper = resolution("A/RES/74/1", lists[0], deep[0], "op1.a.i Sur les preuves matérielles ;", lists[1], *tasks)
    changed = {change.link.new[0] for change in compare(old, deeper).changes if change.in_points}
    assert changed == {"op1", "op1.a"}
    other = resolution("A/RES/74/1", lists[0], *deep, "op1.b Des gardiens de prison ;", lists[1], tasks[0])
    changes = compare(old, other).changes
    assert ("op2.b",) in [change.link.old for change in changes if change.link.new == ("op1.b",)]
    assert {change.link.new[0] for change in changes if change.in_points} == {"op1", "op2"}


def test_a_paragraph_whose_points_alone_changed_is_not_called_unchanged():
    old = resolution("A/RES/72/1", "op1 Prie l’Office :", "op1.a D’agir ;", "op2 Souligne le droit ;")
    new = resolution("A/RES/74/1", "op1 Prie l’Office :", "op1.a D’agir sans tarder ;", "op2 Souligne le droit ;")
    compared = judged(compare(old, new))
    page = render(build(compared), "md").decode().replace("\u00a0", " ")
    assert "**par. 1** · touché dans ses alinéas\n" in page and "<summary>1 paragraphe inchangé" in page
    assert [c.get("in_points", False) for c in json.loads(render(compared, "json"))["changes"]] == [True, False, False]


def test_a_half_of_a_change_is_not_told_as_its_other_half():
    """What a clause with two more things in it says is no other form of what stood in its first place."""
    asked = (
        "Demande aux parties de coopérer pleinement et sans retard avec la Mission dans l’exécution de son mandat, et "
        "de lui faciliter la tâche, notamment en établissant à son intention une liaison aérienne directe à haute "
        "altitude entre Asmara et Addis-Abeba, ce qui "
    )
    before, after = (
        "éviterait à la Mission des frais supplémentaires non nécessaires",
        "lui éviterait des frais supplémentaires inutiles, et en levant toutes les restrictions sur les visas pour le "
        "personnel de la Mission et ses partenaires",
    )
    found = told(made.compared([asked + before], [asked + after]))
    assert after in re.sub(r"\[[^]]*\] ?", "", found[0])  # without what went
    assert not any("non nécessaires » devient" in sentence for sentence in found)


def test_an_act_that_became_another_is_told_though_all_its_words_stand_elsewhere():
    beside = (
        "Welcomes the continued observance of international days by all States, which decide to observe them ;",
        "Decides to observe the Decade ;",
    )
    day = " International Mother Earth Day annually on 22 April ;"
    acts = ("Decides to continue to observe", "Welcomes the continued observance of")
    old, new = (made.resolution(*beside, act + day, symbol="A/RES/72/1", language="en") for act in acts)
    found = told(judged(compare(old, new)), lang="en")
    assert found[0] == (
        "Paragraph 3: “[Decides to continue to observe] Welcomes the continued observance of International Mother "
        "Earth Day annually on 22 April”."
    )


def test_a_paragraph_of_a_doubtful_link_did_not_cross_though_an_act_of_it_became_another():
    flag = Flag("words-replaced", ("Se déclare préoccupé par les cas", "Se déclarant préoccupé par l’augmentation"))
    doubtful = made.change("op3", "pp1", score=0.7, moved=True)
    new = resolution("A/RES/74/1", "pp Se déclarant préoccupé par l’augmentation ;")
    crossed = "Du dispositif au préambule : ancien par. 3 (PP 1)."
    assert crossed not in told(Comparison(OLD, new, changes=(replace(doubtful, flags=(flag,)),)))
    assert crossed in told(Comparison(OLD, new, changes=(made.change("op3", "pp1", score=0.9, moved=True),)))


def test_each_word_of_an_operative_paragraph_in_the_language_of_negotiation_may_be_told():
    """Of a recital, and of a translation, words that stand elsewhere in both texts weigh too little."""
    rows = [
        "pp Noting the other provisions of international customary law,",
        "Expresses its concern that such a measure runs counter to peremptory norms and other provisions of law ;",
    ]
    new = rows[1].replace("and other provisions of law", "of international law")
    compared = judged(compare(*(made.resolution(*each, language="en") for each in (rows, [rows[0], new]))))
    changed = next(each for each in compared.changes if each.link.new == ("op1",))
    assert Remarks.of(compared, "en").weight(changed) >= summary.LEAST_OF_THE_REST


def test_what_may_be_an_old_paragraph_is_quoted_with_the_words_of_that():
    acts = (provision("op1", "Prie l’Office d’agir vite", "ask"),)
    said = " ".join(told(comparison(changes=(change(("op1",), ("op1",), score=0.2),), provisions=acts)))
    where = "Paragraphe 1 (rapprochement à vérifier avec l’ancien par. 1)"
    assert f"{where} : « Prie l’Office d’agir vite » ; ancien par. 1 : « Prie l’Office d’agir »" in said


def test_the_calendar_says_that_a_paragraph_goes_on_behind_the_act_it_quotes():
    act = "Prie le Secrétaire général de lui présenter un rapport le 30 juin 2022 au plus tard"
    new = made.resolution(f"op1 {act}, et prie la Mission de l’aider", f"op2 {act}")
    times = [TimeChange("", "30 juin 2022", "", id_, act) for id_ in ("op1", "op2")]
    said = told(Comparison(OLD, new, changes=(change(("op1",), ("op1",)),), calendar=tuple(times)))
    assert f"Calendrier : « {act} … » (par. 1) ; « {act} » (par. 2)." in said


def test_the_calendar_quotes_no_act_within_one_that_it_quotes():
    decided = "décide d’inscrire la question à l’ordre du jour de sa quatre-vingtième session"
    act = f"Prie le Secrétaire général de lui présenter un rapport à sa soixantième session et {decided}"
    times = (
        TimeChange("", "soixantième session", "", "op1", act),
        TimeChange("", "quatre-vingtième session", "", "op1", decided),
    )
    new = made.resolution(f"op1 {act}")
    said = told(Comparison(OLD, new, changes=(change(("op1",), ("op1",)),), calendar=times))
    assert f"Calendrier : « {act} » (par. 1)." in said


NOTES = "pp Notant que la situation reste grave,"
GUARD = (
    "Autorise les États à agir en mer pour une période de six mois (à compter du 1er juin), en respectant le droit ;"
)
GUARDS = (
    "Autorise les États et les organisations régionales à agir en mer pour une période de douze mois "
    "(à compter du 2 juin), en respectant le droit ;"
)


def test_the_words_that_came_are_stressed_and_no_others():
    report = build(
        judged(compare(resolution("S/RES/1816 (2008)", NOTES, GUARD), resolution("S/RES/1846 (2008)", NOTES, GUARDS)))
    )
    (summary,) = [block for block in report.blocks if isinstance(block, Summary)]
    quoted = next(sentence for sentence in summary.sentences if "Autorise" in as_text(sentence))
    assert [part.text for part in quoted.parts if isinstance(part, Strong)] == [
        "et les organisations régionales",
        "douze",
        "2",
    ]


def test_nothing_is_stressed_of_a_paragraph_that_is_all_new():
    old, new = resolution("S/RES/1816 (2008)", NOTES), resolution("S/RES/1846 (2008)", NOTES, GUARDS)
    report = build(judged(compare(old, new)))
    (summary,) = [block for block in report.blocks if isinstance(block, Summary)]
    quoted = [sentence for sentence in summary.sentences if not sentence.dates]
    assert not [part for sentence in quoted for part in sentence.parts if isinstance(part, Strong)]


def test_the_calendar_has_each_time_that_was_set_though_it_is_quoted():
    asked = "Prie le Secrétaire général de lui présenter, dans les trente jours, puis tous les trois mois, un rapport"
    old = made.resolution("Souligne le droit ;", symbol="A/RES/72/1")
    new = made.resolution(
        "Souligne le droit ;", asked, "Entend atteindre ces objectifs d’ici à 2030", symbol="A/RES/74/1"
    )
    (said,) = (said for said in told(judged(compare(old, new))) if said.startswith("Calendrier"))
    assert said == "Calendrier : « dans les trente jours » (par. 2) ; « tous les trois mois » (par. 2)."


def test_what_came_into_a_paragraph_is_stressed_though_another_one_said_it():
    stands = "Engage les parties à coopérer avec la Mission pleinement et à assurer la sécurité de son personnel ;"
    added = ", et leur demande de coopérer pleinement avec la Mission et d’assurer la sécurité de tout son personnel ;"
    olds, news = [NOTES, GUARD, stands], [NOTES, GUARD.replace("six", "douze")[:-2] + added, stands]
    report = build(judged(compare(resolution("S/RES/1816 (2008)", *olds), resolution("S/RES/1846 (2008)", *news))))
    (summary,) = [block for block in report.blocks if isinstance(block, Summary)]
    quoted = next(sentence for sentence in summary.sentences if "Autorise" in as_text(sentence))
    assert [part.text for part in quoted.parts if isinstance(part, Struck)] == ["six"]
    assert [part.text for part in quoted.parts if isinstance(part, Strong)] == ["douze", added[2:-2]]


def test_of_many_recitals_without_a_link_those_that_hold_something_are_named_by_their_words():
    kept = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    recalled = [f"pp Rappelant sa résolution 60/{n} du 4 décembre 2005" for n in range(1, 8)]
    held = "Soulignant que les forces afghanes doivent respecter les droits des femmes"
    holds = "Rappelant le droit de chacun à un environnement propre, sain et durable, que la communauté reconnaît"
    sentences = told(made.compared([*recalled, f"pp {held}", f"pp {holds}", kept], [kept]))
    unlinked = next(line for line in sentences if line.startswith("Supprimés"))
    assert f"ancien PP 8 : « {held} »" in unlinked
    assert "ancien PP 9 : « Rappelant le droit de chacun à un environnement propre" in unlinked
    assert "60/1" not in unlinked


def test_an_operative_paragraph_that_nothing_is_linked_to_is_told_as_such():
    """One of which some may stand in the new text is told apart, to be checked, in the list and in the numbers."""
    kept = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    asked = "Engage les parties à poursuivre les efforts engagés avec le concours de la Mission"
    new = "Constate que le processus de paix a progressé dans la région"
    compared = made.compared([kept, asked, "Prend note du rapport"], [kept, new])
    found = told(compared)
    assert found[1] == f"Supprimés : ancien par. 2 : « {asked} » ; ancien par. 3 : « Prend note du rapport »."
    doubted = tuple(replace(c, may_stand=c.link.old == ("op2",)) for c in compared.changes)
    found = told(replace(compared, changes=doubted))
    assert found[1].replace("\u00a0", " ") == (
        "Supprimé : ancien par. 3 : « Prend note du rapport » ; supprimé ou récrit (le nouveau texte peut en "
        f"reprendre le contenu ailleurs, en d’autres termes) : ancien par. 2 : « {asked} »."
    )
    numbers = figures(replace(compared, changes=doubted)).told
    assert [(row, number) for row, _, number in numbers if "removed" in row] == [
        ("removed", 1),
        ("removed-or-rewritten", 1),
    ]


def test_a_paragraph_that_nothing_is_linked_to_is_named_by_all_it_does():
    kept = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    cut = "Approuve la réduction de la Mission à 1 700 hommes, et prie les banques de financer la pêche et la forêt"
    found = told(made.compared([kept, cut], [kept]))
    assert f"« {cut} » (ancien par. 2)" in found[0]


def test_the_calendar_tells_where_the_date_of_what_is_to_come_moved():
    held = "Attend avec intérêt la quinzième session de la Conférence, qui se tiendra à la Barbade du {}"
    matters = ("armes", "mines", "réfugiés", "prisons", "élections", "ports", "routes", "écoles", "forêts", "pêches")
    asked = [f"Prie le Secrétaire général d’étudier la question des {what} dans la région" for what in matters]
    old, new = ([held.format(when)] for when in ("18 au 23 octobre 2020", "25 au 30 avril 2021"))
    compared = made.compared(old, [*new, *asked, *asked], adopted="2020-12-21")
    (said,) = (each for each in told(compared) if each.startswith("Calendrier"))
    assert "à la Barbade du [18 au 23 octobre 2020] 25 au 30 avril 2021 » (par. 1)" in said


def test_a_long_request_that_nothing_is_linked_to_is_named_with_what_it_asks():
    kept = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    asked = (
        "Prie le Secrétaire général, agissant en étroite consultation avec le Groupe de travail sur les sociétés de "
        "pêche et les autres entreprises de la côte, à la lumière du rapport de la mission chargée d’étudier l’effet "
        "de la surpêche sur les droits civils, économiques, sociaux et culturels des habitants de toutes les îles, et "
        "dans l’esprit de la recommandation faite au paragraphe 117 dudit rapport, de constituer une base de données "
        "de toutes les entreprises inscrites, mise à jour chaque année, et d’en transmettre le contenu au Conseil"
    )
    found = told(made.compared([kept, asked], [kept]))
    assert "« Prie le Secrétaire général … de constituer une base de données de toutes les entreprises" in found[1]


def test_an_added_paragraph_that_no_sentence_names_is_named_at_the_end():
    kept = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    matters = ("armes", "mines", "réfugiés", "prisons", "élections", "ports", "routes", "écoles", "forêts", "pêches")
    asked = [f"Prie le Secrétaire général d’étudier la question des {what} dans la région" for what in matters * 2]
    compared = made.compared([kept], [kept, *asked, "Sait gré aux donateurs de leurs contributions au fonds"])
    last = told(compared)[-1]
    assert "également ajoutés : " in last.lower()
    assert "« Sait gré aux donateurs de leurs contributions au fonds »" in last
    assert len(told(compared)) <= 12
    doubted = tuple(replace(c, may_stand="Sait" in "".join(e.text for e in c.edits)) for c in compared.changes)
    last = told(replace(compared, changes=doubted))[-1]
    last = last.replace("\u00a0", " ")
    assert "des pêches dans la région » ; également ajouté ou récrit : par. 22 : « Sait gré" in last


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (0, "ancien par. 2 : « Sait gré à la Mission des tâches suivantes : a) Aider le Gouvernement à juger ; b)"),
        (60, "ancien par. 2 : « Sait gré à la Mission des tâches suivantes » et ses 2 alinéas"),
    ],
)
def test_a_list_that_went_is_named_with_its_points_or_where_they_are_long_with_their_number(more, said):
    kept = "op1 Souligne l’importance de la coopération entre les parties prenantes de la région"
    points = [
        f"op2.{letter} Aider le Gouvernement à {what}{', de la façon la meilleure' * more} ;"
        for letter, what in (("a", "juger"), ("b", "voter"))
    ]
    old = made.resolution(kept, "op2 Sait gré à la Mission des tâches suivantes :", *points)
    assert said in " ".join(told(judged(compare(old, made.resolution(kept)))))


@pytest.mark.parametrize(
    ("more", "said"),
    [(0, "« Décide : … ; b) De juger les pillards ; c) De voter »"), (90, "« Décide » et ses alinéas b) et c)")],
)
def test_of_a_list_of_which_a_point_goes_on_the_others_are_named(more, said):
    """Its opening went with what it opened, and may be read before what goes on."""
    kept = "op1 Souligne l’importance de la coopération entre les parties prenantes de la région"
    point = "De reconduire le mandat de la Mission des Nations Unies jusqu’au 30 juin"
    others = f"op2.b De juger les pillards{' de la ville' * more} ;", f"op2.c De voter{' sans délai' * more} ;"
    old = made.resolution(kept, "op2 Décide :", f"op2.a {point} ;", *others)
    compared = judged(compare(old, made.resolution(kept, f"op2 Décide {point[0].lower()}{point[1:]} ;")))
    assert ("op2.a",) in [change.link.old for change in compared.changes if change.link.new]
    (lone,) = [change for change in compared.changes if change.link.old == ("op2",)]
    assert lone.may_stand and said in " ".join(told(compared))


def test_of_a_list_that_went_the_or_between_its_points_stays():
    kept = "op1 Souligne l’importance de la coopération entre les parties prenantes de la région"
    points = "op2.a Que l’appareil n’ait atterri ; ou", "op2.b Que le vol n’ait été approuvé ;"
    old = made.resolution(kept, "op2 Interdit aux avions de quitter le pays, à moins :", *points)
    said = " ".join(told(judged(compare(old, made.resolution(kept))))).replace("\u00a0", " ")
    assert "à moins : a) Que l’appareil n’ait atterri ; ou b) Que le vol n’ait été approuvé »" in said


def test_a_decision_whose_points_say_what_is_named_before_requests_are():
    kept = "op1 Souligne l’importance de la coopération entre les parties prenantes de la région"
    asked = [f"op{n} Prie le Comité d’étudier la question numéro {n} du commerce du {what} ;" for n, what in GOODS]
    decided = [f"op{len(GOODS) + 3} Décide que les États devront :"]
    points = [f"op{len(GOODS) + 3}.{x} Rompre {what} ;" for x, what in (("a", "leurs relations"), ("b", "les vols"))]
    old = made.resolution(kept, *asked, *decided, *points)
    assert "Décide que les États devront : a) Rompre leurs relations" in " ".join(
        told(judged(compare(old, made.resolution(kept))))
    )


def test_that_the_council_remains_seized_is_named_in_a_draft_alone():
    kept = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    texts = [kept], [kept, "Décide de rester activement saisi de la question"]
    assert "saisi" not in " ".join(told(made.compared(*texts, "S/RES/1 (2001)", "S/RES/2 (2002)")))
    assert "Ajouté : par. 2 : « Décide de rester" in " ".join(told(made.compared(*texts)))


@pytest.mark.parametrize("noted", ["the work of the Investigation Team", "the report of the Team"])
def test_a_welcome_in_place_of_a_note_is_told_as_beside_its_paragraph(noted):
    stays = "Urges Member States to cooperate with the Office in the collection of evidence"
    old, new = (made.resolution(stays, f"{verb} {noted}", language="en") for verb in ("Notes", "Welcomes"))
    assert told(judged(compare(old, new)), "en")[0] == f"Stronger verb: para. 2: “[Notes] Welcomes {noted}”."


DECIDED = [
    f"Décide de créer {what} chargée de surveiller la frontière commune et d’en rendre compte"
    for what in ("une mission", "une force", "une commission", "une équipe", "une cellule")
]
STAYS = "Prie le Secrétaire général de lui faire rapport sur la question à sa prochaine session ;"


def test_a_verb_of_a_quoted_paragraph_is_named_alone_and_the_preamble_comes_last():
    verbs = (
        VerbChange("pp1", "pp1", "Se félicitant", "Notant", "weaker"),
        VerbChange("op2", "op2", "Exige", "Demande", "weaker"),
        VerbChange("op1", "op1", "demande", "exige", "stronger", lead=False),
        VerbChange("op3", "op3", "Prie", "Prend note", "weaker", settled=True),
    )
    assert told(comparison(verbs=verbs))[0] == (
        "Verbes affaiblis : « Exige » devient « Demande » (par. 2) ; « Se félicitant » devient « Notant » (PP 1) ; "
        "verbe renforcé : « demande » devient « exige » (par. 1)."
    )


@pytest.mark.parametrize(("verb", "is_told"), [("Décide", True), ("Constate avec inquiétude", False)])
def test_what_a_paragraph_forbade_is_told_where_its_quotation_strikes_nothing(monkeypatch, verb, is_told):
    """S/RES/1747 (2007), par. 5, S/RES/1803 (2008), par. 8: an embargo on arms, then on other articles."""
    monkeypatch.setattr("resdiff.report.remarks.Redline.whole", lambda *_: ())  # as of a long paragraph
    same = "que tous les États Membres de l’Organisation, à partir de leur territoire ou au moyen de leurs navires"
    was = f"{verb} {same}, n’acquièrent aucune arme ni matériel connexe que produisent des usines de la Colonie"
    compared = made.compared([was], [f"{verb} {same}, empêcheront la vente de technologies nucléaires sensibles"])
    (change,) = compared.changes
    remarks = Remarks.of(compared, "fr")
    shown = ("« … empêcheront la vente de technologies nucléaires sensibles »",)
    said = as_text(Sentence(remarks.with_more(shown, remarks.redlines.redline(change), ("op1",))))
    assert (f"; ancien par. 1 : « {was} »" in said.replace("\u00a0", " ")) is is_told
    assert said.endswith("(et d’autres modifications)") is not is_told


def test_points_that_are_quoted_with_their_list_are_not_quoted_again(monkeypatch):
    """S/RES/1868 (2009): points d), e) and f) of par. 4 in the second sentence and in the eleventh."""
    monkeypatch.setattr("resdiff.report.summary.MOST_SENTENCES", 6)
    was = {
        "op1": "Décide que la Mission aura pour mandat de :",
        "op1.a": "Offrir ses bons offices pour appuyer l’exécution de programmes de réconciliation ;",
        "op1.b": "Appuyer les efforts entrepris pour améliorer la gouvernance et lutter contre la corruption ;",
    }
    now = {
        "op1": "Décide que la Mission aura pour mandat, conformément aux priorités fixées par le Conseil, de :",
        "op1.a": "Offrir ses bons offices pour favoriser la mise en œuvre de programmes de réconciliation nationale ;",
        "op1.b": "Renforcer les mesures prises pour améliorer la gouvernance locale et lutter contre la corruption ;",
    }
    said = told(judged(compare(*(made.resolution(*rows.items()) for rows in (was, now)))))
    assert sum("programmes de réconciliation" in line for line in said) == 1


def test_a_time_of_an_act_that_is_quoted_as_gone_is_told_alone():
    """S/RES/981 (1995), S/RES/990 (1995): the request for a report was quoted whole twice."""
    asked = "Prie le Secrétaire général de lui présenter tous les quatre mois un rapport sur les progrès accomplis"
    other = "Demande aux États Membres de coopérer avec l’Office dans la lutte contre le trafic de migrants"
    said = told(made.compared([other, asked], [f"{other} et contre la traite des personnes"]))
    assert sum("un rapport sur les progrès" in line for line in said) == 1
    assert any("« tous les quatre mois », échéance non reprise (ancien par. 2)" in line for line in said)


def test_a_verb_of_which_a_line_gave_way_is_told(monkeypatch):
    monkeypatch.setattr("resdiff.report.summary.MOST_SENTENCES", 2)
    was = [STAYS, "Exige des parties qu’elles respectent le cessez-le-feu dans toute la région"]
    now = [STAYS, "Demande aux parties de respecter le cessez-le-feu dans toute la région"]
    assert any("Exige" in line for line in told(made.compared(was, [*now, *DECIDED])))


def test_what_changed_in_a_half_of_a_paragraph_that_was_split_is_told():
    stays = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    one = (
        "Constate que l’Office a aidé des États qui en ont fait la demande à rédiger des lois contre le trafic d’armes"
    )
    two = "constate que les États échangent des données sur les navires qui entrent dans leurs ports de commerce"
    more = " et des munitions de gros calibre destinées aux milices du désert"
    halves = one + more, two[0].upper() + two[1:]
    compared = made.compared([stays, f"{one}, et {two}"], [stays, *halves])
    assert [change.kind for change in compared.changes] == [Kind.UNCHANGED, Kind.SPLIT]
    ((line,),), _ = reworded(compared, {}, Remarks.of(compared, "fr"), {})
    # the half whose words are shown is named
    assert as_text(Sentence(line)).replace("\u00a0", " ") == (
        f"par. 2 (issu de l’ancien par. 2, scindé) : « {one}[, et constate]{more} »"
    )
    # what a sentence of its own shows is not told again
    assert reworded(compared, {}, Remarks.of(compared, "fr"), {"op2": [line]}) == ([], [])


def test_what_opens_the_other_half_of_a_split_is_not_struck_at_the_end_of_the_first():
    stays = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    one = "Constate que l’Office a aidé des États{} qui en ont fait la demande à rédiger des lois sur les armes"
    two = "constate que les États échangent des données sur les navires qui entrent dans leurs ports de commerce"
    more = " et des milices du désert munies d’armes de gros calibre"
    halves = f"{one.format(more)} ;", two[0].upper() + two[1:]
    compared = made.compared([stays, f"{one.format('')} et leur demande, et {two}"], [stays, *halves])
    assert [change.kind for change in compared.changes] == [Kind.UNCHANGED, Kind.SPLIT]
    ((line,),), _ = reworded(compared, {}, Remarks.of(compared, "fr"), {})
    assert "[" not in as_text(Sentence(line))


def test_an_added_paragraph_is_told_with_the_one_that_most_likely_said_it_before():
    before = replace(provision("op3", "Encourage l’échange"), counterpart="op2")
    compared = comparison(provisions=(before,))
    named = replace(compared, neighbours=(Kin(Side.NEW, "op3", "op2", 0.6),))
    assert told(named)[0] == "Paragraphe 3 (ajouté ou récrit ; voir aussi l’ancien par. 2) : « Encourage l’échange »."
    # an act alone that looks alike is no evidence enough to send a reader there
    assert "voir" not in told(compared)[0]


def test_a_paragraph_of_which_much_more_changed_is_shown_whole_and_a_long_one_says_so():
    kept = "Souligne que le sort des enfants est une des questions les plus pressantes de la région"
    went = "désarmement, démobilisation, mutilations, enlèvements, scolarité, santé, traumatismes, vérité"
    for times in (1, 72):
        asked = f"{kept}, {'et des pays qui en sont voisins ou le seront ' * times}"
        old = resolution(
            "A/RES/72/1", f"{asked}, et engage les États à y remédier par les programmes suivants : {went}"
        )
        new = resolution("A/RES/74/1", f"{asked} et prie instamment les États d’y remédier")
        act = provision("op1", "Souligne que le sort des enfants")
        line = told(replace(judged(compare(old, new)), provisions=(act,)))[0]
        assert line.endswith("» (et d’autres modifications).") is (times > 1)
        assert ("vérité]" in line) is (times == 1)


def test_an_act_of_which_a_condition_went_is_shown():
    noted = "Takes note of the work of the Network on global health"
    asked = "and requests the Office to strengthen{} its capacity-building in Africa, Asia and Latin America"
    old, new = (f"{noted}, {asked.format(each)}" for each in (", within existing resources,", ""))
    kept = "Encourages States to cooperate in the field of global health"
    compared = judged(compare(*(made.resolution(kept, each, language="en") for each in (old, new))))
    assert any("strengthen[, within existing resources,] its capacity" in line for line in told(compared, "en"))


@pytest.mark.parametrize(("score", "said"), [(0.9, "réunit"), (0.6, "réunit peut-être")])
def test_a_merger_is_named_with_what_else_may_be_read_in_one_bracket(score, said):
    merged = change(("op1", "op2"), ("op1",), Kind.MERGED)
    merged = replace(merged, link=replace(merged.link, score=score))
    act, kin = provision("op1", "Prie l’Office d’agir vite"), (Kin(Side.OLD, "op3", "op1", 0.9),)
    line = told(Comparison(OLD, NEW, (merged,), provisions=(act,), kin=kin))[0]
    assert f"({said} les anciens par. 1 et 2 ; à rapprocher aussi de l’ancien par. 3)" in line.replace("\xa0", " ")


def test_what_changed_is_told_with_a_lost_paragraph_that_most_likely_said_it_too():
    act = provision("op1", "Prie l’Office d’agir vite")
    for old, said in ((["op3"], " (à rapprocher aussi de l’ancien par. 3)"), (["op3", *"abcd"], "")):
        kin = tuple(Kin(Side.OLD, paragraph, "op1", 0.9) for paragraph in old)
        assert told(comparison(provisions=(act,), kin=kin))[0] == f"Paragraphe 1{said} : « Prie l’Office d’agir vite »."


def test_a_time_that_moved_in_several_paragraphs_that_are_quoted_is_told_once():
    acts = [provision(f"op{n}", f"Approuve le budget {n} pour la période de 150 jours") for n in (1, 2)]
    times = [TimeChange("180 jours", "150 jours", f"op{n}", f"op{n}", "période de 150 jours") for n in (1, 2)]
    (line,) = [line for line in told(comparison(provisions=acts, calendar=times)) if line.startswith("Calendrier")]
    assert line == "Calendrier : « 150 jours », au lieu de « 180 jours » (par. 1 et 2)."


def test_a_list_of_which_a_point_may_have_stood_elsewhere_is_told_as_such():
    new = resolution("A/RES/74/1", "Décide d’agir :", "op1.a D’aider les États ;", "op1.b De former des juges.")
    changes = tuple(change((), (id_,), Kind.ADDED) for id_ in ("op1", "op1.a", "op1.b"))
    quote = "Décide d’agir : a) D’aider les États ; b) De former des juges"
    quoted = Provision(Side.NEW, ("op1", "op1.a", "op1.b"), quote, quote, "decide", 40.0, Nearest("", 0.0))
    for paragraph, said in (
        ("op1", " (ajouté ou récrit ; à rapprocher de l’ancien par. 2)"),
        ("op1.b", " (à rapprocher en partie de l’ancien par. 2)"),
    ):
        kin = (Kin(Side.NEW, paragraph, "op2", 0.9),)
        assert told(Comparison(OLD, new, changes, provisions=(quoted,), kin=kin))[0].startswith(f"Paragraphe 1{said} :")


def test_of_a_list_that_stands_the_points_that_may_be_rewritten_are_told_as_such():
    points = "D’aider les États ;", "De former des juges ;", "De publier un guide."
    new = resolution(
        "A/RES/74/1", "Décide d’agir :", *(f"op1.{a} {text}" for a, text in zip("abc", points, strict=True))
    )
    came = [replace(change((), (f"op1.{a}",), Kind.ADDED), may_stand=a in "bc") for a in "abc"]
    ids = ("op1", "op1.a", "op1.b", "op1.c")
    quote = "Décide d’agir : a) D’aider les États ; b) De former des juges ; c) De publier un guide"
    quoted = Provision(Side.NEW, ids, quote, quote, "decide", 40.0, Nearest("", 0.0))
    changes = change(("op1",), ("op1",)), *came
    line = told(Comparison(OLD, new, changes, provisions=(quoted,)))[0].replace("\xa0", " ")
    assert line.startswith("Paragraphe 1 (alinéas b) et c) ajoutés ou récrits) :")
    line = told(Comparison(OLD, new, changes[:3], provisions=(quoted,)))[0].replace("\xa0", " ")
    assert line.startswith("Paragraphe 1 (alinéa b) ajouté ou récrit) :")
    line = told(Comparison(OLD, new, changes[:2], provisions=(quoted,)))[0].replace("\xa0", " ")
    assert line.startswith("Paragraphe 1 :")


def test_an_old_paragraph_that_is_named_beside_an_act_is_listed_with_it():
    kept = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    went, came = "Engage les parties à former des magistrats", "Encourage l’échange de navires de pêche"
    compared = replace(made.compared([kept, went], [kept, came]), kin=())
    compared = replace(compared, neighbours=(Kin(Side.NEW, "op2", "op2", 0.6),))
    beside = replace(provision("op2", came), counterpart="op2")
    assert told(replace(compared, provisions=(beside,)))[:2] == [
        f"Paragraphe 2 (ajouté ou récrit ; voir aussi l’ancien par. 2) : « {came} ».",
        "Supprimé ou récrit (le nouveau texte peut en reprendre le contenu ailleurs, en d’autres termes) : "
        f"ancien par. 2 (voir aussi le par. 2) : « {went} ».",
    ]


def test_an_added_paragraph_is_named_with_what_it_asks_at_its_end():
    kept = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    places = ", ".join(f"dans la province numéro {number}" for number in range(1, 60))
    asked = "demande que tous les engagements pris soient tenus"
    for last, said in ((asked, f" … {asked} »."), ("salue l’accueil reçu", " … ».")):
        came = f"Se félicite de la visite que le Secrétaire général a faite {places}, et {last}"
        compared = replace(made.compared([kept], [kept, came]), provisions=(), kin=())
        line = next(each for each in told(compared) if "jouté : " in each)
        assert line.startswith("Ajouté : par. 2 : « Se félicite de la visite") and line.endswith(said)


def test_of_many_paragraphs_without_a_link_some_have_their_words_the_others_are_named_from_the_first_to_the_last():
    old = [f"pp Constatant le progrès numéro {number}" for number in range(4)]
    old += [f"Constate la crise numéro {number}" for number in range(20)]
    found = told(made.compared(old, ["Décide de créer un tribunal pénal international"]))
    assert " : ancien par. 1 : « Constate la crise numéro 0 » ; ancien par. 2 : « " in found[-1]
    assert found[-1].endswith(" : « Constate la crise numéro 13 » ; anciens PP 1 à 4 et anciens par. 15 à 20.")


def test_what_a_text_has_that_the_new_one_asks_to_apply_is_told_as_what_stands():
    asked = "Engage les partenaires à financer la construction de laboratoires régionaux de chimie"
    kept = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    old = made.resolution(asked, kept, symbol="S/RES/1345 (2001)")
    found = told(judged(compare(old, made.resolution(kept, "Demande que la résolution 1345 (2001) soit appliquée"))))
    assert found[-2] == (
        f"De l’ancien texte, que le nouveau demande d’appliquer, non rapprochés : ancien par. 1 : « {asked} »."
    )


def test_points_that_went_from_a_list_that_stands_are_named_but_for_those_of_a_mandate_that_goes_on():
    kept = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    gone = "op2.a De veiller au respect des normes dans les ports"
    lists = [
        (
            "Prie le Groupe d’aider les États de la région :",
            "Prie le Groupe d’aider les États de la région sans tarder :",
        ),
        (
            "Décide de proroger pour un an le mandat du Groupe :",
            "Décide de proroger pour deux ans le mandat du Groupe :",
        ),
    ]
    said = [
        any("par. 2 a)" in sentence for sentence in told(made.compared([kept, was, gone], [kept, now])))
        for was, now in lists
    ]
    assert said == [True, False]


def test_of_a_list_that_stands_the_point_that_came_is_stressed():
    olds = ["op1 Prie instamment les États :", "op1.a De renforcer la coopération avec la Mission ;"]
    came = "op1.b D’établir un registre public des bateaux saisis au large des côtes et de leurs équipages ;"
    report = build(
        judged(compare(resolution("S/RES/1816 (2008)", *olds), resolution("S/RES/1846 (2008)", *olds, came)))
    )
    (summary,) = [block for block in report.blocks if isinstance(block, Summary)]
    quoted = next(sentence for sentence in summary.sentences if "registre" in as_text(sentence))
    assert [part.text for part in quoted.parts if isinstance(part, Strong)] == [came[6:-2]]


def test_old_recitals_that_nothing_is_linked_to_are_named_where_they_are_few_and_else_those_that_do_not_recall():
    kept = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    old = ["pp Rappelant la Charte des Nations Unies,", "pp Touché par le sort des pêcheurs des deux îles,"]
    found = told(made.compared([*old, kept], [kept]))
    assert "ancien PP 1 : « Rappelant la Charte des Nations Unies »" in found[0]
    assert "ancien PP 2 : « Touché par le sort des pêcheurs des deux îles »" in found[0]
    many = [f"pp Rappelant la déclaration des {who}," for who in ("juges", "maires", "ports", "îles", "élus")]
    assert told(made.compared([*old, *many, kept], [kept]))[0] == (
        "Supprimés : ancien PP 2 : « Touché par le sort des pêcheurs des deux îles » ; anciens PP 1 et 3 à 7."
    )


def test_a_section_of_which_nothing_is_linked_is_named_by_its_title():
    kept = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    gone = [f"Prie le Bureau de tenir à jour le registre des {what} du canton" for what in ("lacs", "ponts", "puits")]
    title = made.paragraph("op.h1", "Registres du canton")
    found = " ".join(told(made.compared([kept, title, *gone], [kept])))
    assert "sections entières non rapprochées : « Registres du canton » (anciens par. 2 à 4)" in found
    beside = told(made.compared([kept, title, *gone], [kept, gone[0]]))
    assert not any("sections entières" in line for line in beside)


def test_what_is_renewed_by_its_number_is_not_told_as_lost():
    lost = provision("op3", "Exige que les parties coopèrent", side=Side.OLD)
    renewed = Flag(FlagCode.RENEWED, ("Réaffirme le paragraphe 3",), (), (Evidence("op1", ""),))
    for flags, said in (((), True), ((renewed,), False)):
        gone = change(("op3",), (), Kind.REMOVED, flags=flags)
        lines = told(Comparison(OLD, NEW, (gone,), provisions=(lost,)))
        assert any("ne reprend pas" in line for line in lines) is said


def test_what_renews_old_paragraphs_by_their_numbers_says_which():
    quote = "Réaffirme les paragraphes 2 et 3"
    flag = Flag(FlagCode.RENEWED, (quote,), (), (Evidence("op1", ""),))
    gone = (change((id_,), (), Kind.REMOVED, flags=(flag,)) for id_ in ("op3", "op2"))
    changes = (*gone, change((), ("op1",), Kind.ADDED))
    made_of = Comparison(OLD, NEW, changes, provisions=(provision("op1", quote),))
    assert told(made_of)[0].startswith("Paragraphe 1 (reprend par renvoi les anciens par. 2 et 3) : « ")


def test_beside_paragraphs_that_are_named_many_others_are_counted():
    asked = [f"Prie l’Office de former les agents du district {n} à la pêche, au tri ou à la forge" for n in range(60)]
    kept = [f"Salue l’ouverture de la route numéro {n} par les autorités portuaires" for n in range(60)]
    last = "Décide de rester saisie de la question"
    for before, after, said in (
        (asked, [], r"; anciens par\. \d+ à 60\.$"),
        ([each for pair in zip(asked, kept, strict=True) for each in pair], kept, r"; et \d+ autres\.$"),
    ):
        texts = resolution("A/RES/72/1", *before), resolution("A/RES/74/1", *after, last)
        line = next(each for each in told(judged(compare(*texts))) if "district 1 " in each)
        assert re.search(said, line)


def test_the_calendar_has_the_days_that_were_set_though_their_acts_are_quoted_above():
    stays = "Prie le Secrétaire général de lui faire rapport sur la coopération entre les parties de la région"
    review = "Décide de réexaminer les mesures visées au paragraphe 1 le 15 février 2008 au plus tard"
    goal = "Engage les États à réduire la pauvreté d’ici à 2030"
    compared = made.compared([stays], [stays, review, goal])
    days = [line for line in told(compared) if line.startswith("Calendrier")]
    assert days == ["Calendrier : « 15 février 2008 au plus tard » (par. 2)."]


def test_a_list_is_told_with_the_paragraphs_that_became_its_points():
    asks = "Demande aux autorités militaires des deux parties de respecter l’intégrité de la zone tampon de la Force"
    mines = "Engage les deux parties à éliminer sans tarder tous les champs de mines qui se trouvent dans la zone"
    points = "op1.a D’engager des pourparlers sur les munitions réelles ;", f"op1.b {mines} ;"
    made_of = made.compared([asks, mines], [f"op1 {asks} :", *points])
    assert ("op2",) in [change.link.old for change in made_of.changes if change.link.new == ("op1.b",)]
    where = as_text(Sentence(Whereabouts.of(made_of, "fr").at(["op1"]))).replace("\u00a0", " ")
    assert where == "par. 1 (reçoit en alinéas de liste l’ancien par. 2)"


def test_a_list_is_told_with_the_paragraph_that_became_several_of_its_points():
    old, new = made.resolution("Prie A", "Prie B"), made.resolution("op1 Prie :", "op1.a A ;", "op1.b B ;")
    links = (("op1",), ("op1",), Kind.MODIFIED, 0.2), (("op2",), ("op1.a", "op1.b"), Kind.SPLIT, 0.95)
    changes = [change(olds, news, kind, score=score) for olds, news, kind, score in links]
    compared = Comparison(old, new, changes)
    assert Whereabouts.of(compared, "fr").sunk == {"op1": ["op2"]}


def test_of_a_split_paragraph_the_half_that_no_act_quotes_is_told_too():
    stays = "Souligne l’importance de la coopération entre les parties prenantes de la région"
    renewed = (
        "de proroger cette autorisation si l’application de l’Accord de paix et l’évolution de la situation l’exigent"
    )
    force = (
        "Autorise les États Membres à {} de douze mois la Force{} déployée dans le pays, sous un commandement unifié"
    )
    was = force.format("maintenir pour une nouvelle période", " de stabilisation")
    old = f"{was}, et se déclare décidé à réexaminer la situation en vue {renewed}"
    new = force.format("créer pour une première période", " de stabilisation multinationale")
    compared = made.compared([stays, old], [stays, new, f"Exprime son intention d’étudier la possibilité {renewed}"])
    assert [change.kind for change in compared.changes] == [Kind.UNCHANGED, Kind.SPLIT]
    first, other = told(compared)
    assert first.startswith("Paragraphe 2 (issu de l’ancien par. 2, scindé) : « Autorise les États Membres à")
    assert other.startswith("Par. 3 (issu de l’ancien par. 2, scindé) : « ") and "étudier la possibilité" in other


def test_of_an_added_list_the_points_are_named_that_the_old_text_had():
    civilians = "a) D’assurer la protection des civils et des humanitaires sous la menace de violences physiques ;"
    arms = "b) De tenir à jour un registre des armes saisies aux postes frontière de la région des Grands Lacs ;"
    last = "2. Décide de rester saisi de la question."
    old = ["1. Autorise la Mission à prendre les mesures voulues :", civilians, last]
    new = ["1. Décide que la force de la région aura pour mandat :", civilians, arms, last]
    texts = (parse(Source("Le Conseil de sécurité,\n\n" + "\n\n".join(text))) for text in (old, new))
    found = compare(*texts)
    assert "; alinéa a) issu de l’ancien par. 1)" in "\n".join(told(judged(found)))
    doubted = tuple(
        replace(each, link=replace(each.link, score=0.2)) if each.link.new == ("op1.a",) else each
        for each in found.changes
    )
    said = "\n".join(told(judged(replace(found, changes=doubted))))
    assert "; rapprochement à vérifier de l’alinéa a) avec l’ancien par. 1)" in said


def test_a_date_that_went_alone_is_told_in_brief(monkeypatch):
    monkeypatch.setattr("resdiff.report.summary._substance", lambda *_: [])
    kept = "Prie les États de mettre fin aux hostilités dans l’ensemble de la région"
    found = made.compared([f"{kept} d’ici à 2030"], [kept])
    adopted = {"old": replace(found.old, symbol="A/RES/72/1"), "new": replace(found.new, symbol="A/RES/74/1")}
    line = told(replace(found, calendar=(), obligations=(), **adopted))[-1]
    assert line.startswith("Autre changement, en bref : par. 1 : « [d’ici à 2030] »")
