"""The links: cases as files, the labelled pairs, generated versions, the laws."""

import random
from functools import cache
from pathlib import Path

import build
import cases
import generator
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from resdiff.alignment import TIERS
from resdiff.alignment import align as align_links
from resdiff.alignment.odds import alike
from resdiff.alignment.texts import Links, prepare
from resdiff.alignment.tiers import does
from resdiff.judgement.case import ALIKE
from resdiff.language import FRENCH
from resdiff.language.fold import fold
from resdiff.model import Part, Pin

HERE = Path(__file__).parent


def linked(old, new, pins=()):
    return {(link.old, link.new) for link in align_links(old, new, pins)}


def pairs_of(links):
    return {(o, n) for olds, news in links for o in olds for n in news}


# ---- cases --------------------------------------------------------------------------------------------------------


def texts_of(case):
    old = build.resolution(*case.lines("old"), symbol=case.text("symbol"), language=case.language)
    return old, build.resolution(*case.lines("new"), symbol=case.text("new symbol"), language=case.language)


def wanted(case):
    """The links of a case, as rows ``op1 → op1 op3`` or ``op2 → nothing``."""
    rows = (row.split("→") for row in case.lines("expected"))
    return {tuple(tuple(id_ for id_ in side.split() if id_ != "nothing") for side in row) for row in rows}


@pytest.mark.parametrize("case", cases.parameters("align"))
def test_case(case):
    assert linked(*texts_of(case)) == wanted(case)


@pytest.mark.parametrize("case", cases.parameters("align"))
def test_case_read_backwards(case):
    old, new = texts_of(case)
    assert linked(new, old) == {(news, olds) for olds, news in wanted(case)}


# ---- generated versions -------------------------------------------------------------------------------------------

BANK = [t for name in ("A-RES-72-194.fr", "A-RES-74-175.fr", "A-RES-78-226.fr") for _, t in generator.shipped(name)]
# F1 of links over three shipped texts and two seeds each, less one point
FLOORS = {"light": 0.985, "medium": 0.975, "heavy": 0.955, "siblings": 0.965, "scanned": 0.97}


@cache
def versions(condition):
    """The generated versions of a condition, each with its links; several tests look at them."""
    made = [
        generator.next_version(generator.shipped(name), BANK, generator.CONDITIONS[condition], seed)
        for name in ("A-RES-72-194.fr", "A-RES-74-175.fr", "A-RES-78-226.fr")
        for seed in (11, 12)
    ]
    return [(version, linked(version.old, version.new)) for version in made]


@pytest.mark.parametrize("condition", sorted(generator.CONDITIONS))
def test_generated_versions_keep_their_floor(condition):
    right = found = true = 0
    for version, links in versions(condition):
        got = pairs_of(links)
        right, found, true = right + len(got & version.links), found + len(got), true + len(version.links)
    f1 = 2 * right / (found + true)
    print(f"{condition}: precision {right / found:.4f}, recall {right / true:.4f}, F1 {f1:.4f}")
    assert f1 >= FLOORS[condition]


def test_generated_splits_and_merges_are_found_whole():
    groups = got = 0
    for version, links in versions("heavy"):
        many = [group for group in version.groups if len(group[0]) + len(group[1]) > 2]
        groups, got = groups + len(many), got + sum(group in links for group in many)
    print(f"splits and merges found whole: {got} of {groups}")
    assert groups >= 20
    assert got >= 0.85 * groups


def test_the_same_seed_makes_the_same_version():
    seeds = generator.shipped("A-RES-72-194.fr")
    one, other = (generator.next_version(seeds, BANK, generator.CONDITIONS["heavy"], 5) for _ in range(2))
    assert one == other


# ---- tiers --------------------------------------------------------------------------------------------------------

RATIFY = "Prie instamment les États de ratifier les conventions relatives à la lutte contre le terrorisme"
TRAIN = "Invite les organisations régionales à former des magistrats, des enquêteurs et des gardiens de prison"
WITNESS = "de protéger les témoins, les victimes et leurs familles contre toute forme de représailles"
FUNDS = "Engage les donateurs à verser des contributions volontaires au fonds créé par le Secrétaire général"
TEACH = "Encourage les universités à former des magistrats et"
NAME = "Le nom ;"
REST = [("op7", FUNDS), ("op8", "Décide de rester saisie de la question"), ("op9", TRAIN)]

ASKED = [(f"op{n}", f"Prie également les parties de réparer {what}") for n, what in enumerate(
    ("la route du col", "le pont du fleuve", "le phare", "l’école de filles", "la digue", "le marché", "les puits"), 20
)]  # fmt: skip
NUMBERED = [(f"op{n}", f"{(RATIFY, WITNESS)[n % 2]}, {(FUNDS, TRAIN)[n % 2]} {n}") for n in range(2, 31)]

# For each tier two texts that need it, and what is lost without it: old ids, new ids, the tier that is told.
NEED = {
    "pinned": (
        [("op1", RATIFY), ("op2", TRAIN)],
        [("op1", RATIFY), ("op2", TRAIN)],
        {("op1", "op2", "pinned")},
    ),
    "exact_paragraphs": ([("op1", RATIFY)], [("op1", RATIFY)], {("op1", "op1", "exact")}),
    "find_candidates": ([("op1", RATIFY)], [("op1", f"{RATIFY} sans délai")], {("op1", "op1", "strong")}),
    "strong_paragraphs": (  # their points follow them
        [("op1", RATIFY), ("op1.a", NAME), ("op2", TRAIN), ("op2.a", NAME)],
        [("op1", f"{TRAIN} sans délai"), ("op1.a", NAME), ("op2", f"{RATIFY} sans délai"), ("op2.a", NAME)],
        {("op1.a", "op2.a", "exact"), ("op2.a", "op1.a", "exact")},
    ),
    "exact_points": (
        [("op1", RATIFY), ("op1.a", NAME), ("op2", TRAIN), ("op2.a", NAME)],
        [("op1", RATIFY), ("op1.a", NAME), ("op2", TRAIN), ("op2.a", NAME)],
        {("op1.a", "op1.a", "exact"), ("op2.a", "op2.a", "exact")},
    ),
    "strong_points": (
        [("op1", RATIFY), ("op1.a", WITNESS)],
        [("op1", RATIFY), ("op1.a", f"{WITNESS} ou de vengeance")],
        {("op1.a", "op1.a", "strong")},
    ),
    "find_more": (  # its words stand everywhere: none is rare before the other paragraphs are linked
        [("op1", f"{RATIFY} 1"), *NUMBERED],
        [("op1", f"{RATIFY} 101"), *NUMBERED],
        {("op1", "op1", "likely")},
    ),
    "likely": (
        [("op1", RATIFY), ("op2", TRAIN)],
        [("op1", RATIFY), ("op2", f"{TRAIN}, {TEACH} à publier les travaux de leurs professeurs, {WITNESS}, {FUNDS}")],
        {("op2", "op2", "likely")},
    ),
    "exchanged": (  # the long name of a mission
        [
            (
                "op1",
                "Décide de proroger le mandat de la Mission des Nations Unies chargée de préparer la consultation "
                "populaire dans la région des lacs jusqu’au 31 octobre 2005 ;",
            ),
            (
                "op2",
                "Affirme la nécessité du plein respect des accords militaires conclus avec la Mission s’agissant "
                "du cessez-le-feu ;",
            ),
            ("op3", FUNDS),
            ("op4", RATIFY),
        ],
        [
            (
                "op1",
                "Réaffirme que les accords militaires de cessez-le-feu conclus avec la Mission des Nations Unies "
                "chargée de préparer la consultation populaire dans la région des lacs doivent être pleinement "
                "respectés ;",
            ),
            ("op2", FUNDS),
            ("op3", "Décide de proroger le mandat de la Mission jusqu’au 30 avril 2006 ;"),
            ("op4", RATIFY),
        ],
        {("op1", "op3", "likely"), ("op2", "op1", "likely")},
    ),
    "standing": (
        [
            ("op1", RATIFY),
            (
                "op2",
                "Prie en outre le Secrétaire général de présenter le 15 juin au plus tard un rapport sur la Mission",
            ),
            ("op3", TRAIN),
        ],
        [
            ("op1", RATIFY),
            ("op2", TRAIN),
            ("op3", "Demande au Secrétaire général de rendre compte chaque mois des progrès accomplis"),
        ],
        {("op2", "op3", "standing")},
    ),
    "cut_off": (  # words that many paragraphs have
        [("op1", f"Prie également les parties, {RATIFY}"), *ASKED, *REST],
        [("op1", "Prie également les parties"), ("op2", RATIFY), *ASKED, *REST],
        {("op1", "op1 op2", "split")},
    ),
    "likely_halves": (  # else another paragraph takes the half
        [
            ("op1", f"{RATIFY}, et {WITNESS}"),
            ("op2", "Engage les États à protéger les témoins, les victimes et leurs familles dans les prisons"),
            *REST,
        ],
        [("op1", RATIFY), ("op2", f"Prie les États {WITNESS}"), *REST],
        {("op1", "op1 op2", "split")},
    ),
    "possible": (
        [("op1", RATIFY), ("op2", TRAIN)],
        [("op1", RATIFY), ("op2", f"{TEACH} à publier les travaux de leurs professeurs")],
        {("op2", "op2", "possible")},
    ),
    "possible_halves": (
        [("op1", f"{TRAIN}, et à protéger les témoins, les victimes et leurs familles"), ("op2", RATIFY)],
        [
            ("op1", f"{TEACH} à publier les travaux de leurs professeurs"),
            (
                "op2",
                "Prie les États de protéger les témoins, les victimes et leurs familles, sous le contrôle des "
                "tribunaux, en faisant appel aux meilleures pratiques connues et aux enseignements tirés des procès "
                "récents, et de publier chaque année la liste des mesures prises à cet effet",
            ),
            ("op3", RATIFY),
        ],
        {("op1", "op1 op2", "split")},
    ),
    "recast": (
        [
            (
                "op1",
                "Engage les dirigeants à prendre en compte le retour des personnes déplacées, à donner publiquement à "
                "la population l’assurance que son identité sera respectée, et à entreprendre sans délai d’honorer "
                "les engagements pris au sujet des conseillers de police ;",
            ),
            ("op2", RATIFY),
        ],
        [
            ("op1", "Engage les dirigeants à :"),
            ("op1.a", "Prendre en compte le retour des personnes déplacées ;"),
            ("op1.b", "Donner publiquement à la population l’assurance que son identité sera respectée ;"),
            ("op1.c", "Entreprendre d’honorer les engagements pris au sujet des conseillers de police ;"),
            ("op2", RATIFY),
        ],
        {("op1", "op1 op1.a op1.b op1.c", "split")},
    ),
    "openings": (
        [("op1", "Décide d’élargir le mandat de la Mission :"), ("op1.a", RATIFY), ("op1.b", TRAIN)],
        [("op1", "Réaffirme en outre que le personnel devra :"), ("op1.a", RATIFY), ("op1.b", TRAIN)],
        {("op1", "op1", "opening")},
    ),
}
NAMES = [tier.__name__ for tier in TIERS]


def reasons(old, new, pins=(), without=frozenset()):
    links = align_links(build.resolution(*old), build.resolution(*new), pins, without=without)
    return {(" ".join(link.old), " ".join(link.new), link.reason.tier) for link in links if link.old and link.new}


def test_every_tier_has_its_name_and_a_pair_that_needs_it():
    assert list(NEED) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_tier_left_out_is_missed(name):
    old, new, lost = NEED[name]
    pins = (Pin(("op1",), ("op2",)),) if name == "pinned" else ()
    assert reasons(old, new, pins) - reasons(old, new, pins, without={name}) == lost


@pytest.mark.parametrize("clause", FRENCH.standing.clause, ids=lambda clause: clause.name)
def test_the_example_of_a_standing_clause_is_one(clause):
    folded = fold(clause.example)
    assert next(row.name for row in FRENCH.standing.clause if does(row, folded)) == clause.name


def test_two_standing_clauses_of_a_kind_are_not_told_apart():
    ask = "Prie le Secrétaire général de lui présenter un rapport"
    old = [("op1", RATIFY), ("op2", f"{ask} sur la Mission"), ("op3", f"{ask} sur les mines")]
    new = [("op1", RATIFY), ("op2", "Demande au Secrétaire général de rendre compte chaque mois des progrès accomplis")]
    assert reasons(old, new) == {("op1", "op1", "exact")}


def test_to_recall_one_resolution_is_no_standing_clause():
    old = [
        ("pp1", "Rappelant sa résolution 71/291 du 15 juin 2017, par laquelle elle a créé le Bureau,"),
        ("op1", RATIFY),
    ]
    new = [("pp1", "Rappelant sa résolution 55/25 du 15 novembre 2000, qui ouvre la Convention,"), ("op1", RATIFY)]
    assert reasons(old, new) == {("op1", "op1", "exact")}


def test_without_any_tier_nothing_is_linked():
    assert reasons(*NEED["possible"][:2], without=frozenset(NAMES)) == set()


AID = (
    "Demande à tous les États et organisations internationales de s’associer aux efforts déployés pour fournir une "
    "aide humanitaire à la population"
)
HELP = (
    "Engage les pays voisins et les organisations humanitaires à apporter leur contribution à la population et leur "
    "coopération aux efforts ainsi déployés"
)


SAME_WORDS = [("op2", RATIFY), ("op3", TRAIN), ("op4", "Décide de rester saisi de la question")]


def test_what_says_the_same_in_other_words_is_linked_but_for_what_was_asked_with_a_recital():
    assert ("op1", "op5", "reworded") in reasons([("op1", AID), *SAME_WORDS], [*SAME_WORDS, ("op5", HELP)])
    recital = ("pp1", HELP.replace("Engage", "Engageant"))
    assert {tier for *_, tier in reasons([("op1", AID), *SAME_WORDS], [recital, *SAME_WORDS])} == {"exact"}


def test_of_two_that_nothing_else_says_less_is_asked(monkeypatch):
    """Where another paragraph may well say it too, or none is there to be weighed, what is but likely makes no link."""
    monkeypatch.setattr("resdiff.alignment.tiers._Likeness.of", lambda *_: 0.75)
    beside = [("op6", "Invite les organisations à évaluer leur aide"), ("op7", "Salue les efforts de la population")]
    old, new = [("op1", AID), *SAME_WORDS, *beside], [*SAME_WORDS, ("op5", HELP), *beside]
    assert ("op1", "op5", "reworded") in reasons(old, new)
    assert {tier for *_, tier in reasons(old[:-2], new[:-2])} == {"exact"}
    monkeypatch.setattr("resdiff.alignment.tiers.ANOTHER", 0.0)
    assert {tier for *_, tier in reasons(old, new)} == {"exact"}


def test_what_asks_nothing_is_linked_with_the_recital_that_says_it_in_other_words():
    view = ("op1", AID.replace("Demande à", "Salue").replace("de s’associer", "qui s’associent"))
    recital = ("pp1", HELP.replace("Engage", "Remerciant"))
    assert ("op1", "pp1", "reworded") in reasons([view, *SAME_WORDS], [recital, *SAME_WORDS])


def test_few_words_make_no_link_of_what_is_not_near(monkeypatch):
    assert ("op2", "op2", "possible") in reasons(*NEED["possible"][:2])
    monkeypatch.setattr("resdiff.alignment.tiers._Likeness.of", lambda *_: 0.69)
    assert {tier for *_, tier in reasons(*NEED["possible"][:2])} == {"exact"}


def test_a_tier_that_is_none_is_refused():
    with pytest.raises(ValueError, match="no such tier: guess"):
        align_links(OLD, NEW, without={"guess", "likely"})


def test_a_tier_leaves_the_links_it_was_given_as_they_were():
    for version, _ in versions("heavy"):
        texts, links = prepare(version.old, version.new, [Pin(("op1",), ("op2",))]), Links()
        for tier in TIERS:
            before = repr(links)
            after = tier(texts, links)
            assert repr(links) == before
            links = after


# ---- far pairs ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_far_editions_keep_apart_what_has_no_partner(corpus):
    """72/194 and 78/226, by what the steps over 74/175 say, with partners taken away so that orphans are left."""
    first, middle, last = (corpus.get(symbol) for symbol in ("72/194", "74/175", "78/226"))
    steps = [
        {link.old[0]: link.new[0] for link in align_links(*pair) if link.score >= 0.9 and is_single(link)}
        for pair in ((first, middle), (middle, last))
    ]
    labels = {one: steps[1][two] for one, two in steps[0].items() if two in steps[1]}
    assert len(labels) >= 24
    right = wrong = lost = 0
    for seed in range(12):
        rng = random.Random(seed)
        gone = {i for i in labels if rng.random() < 0.15}, {i for i in labels.values() if rng.random() < 0.15}
        old, new = (without_paragraphs(text, ids) for text, ids in zip((first, last), gone, strict=True))
        true = {(one, two) for one, two in labels.items() if one not in gone[0] and two not in gone[1]}
        orphans = {labels[i] for i in gone[0]} | {i for i, two in labels.items() if two in gone[1]}
        found = pairs_of(linked(old, new))
        right, lost = right + len(found & true), lost + len(true - found)
        wrong += sum(one in orphans or two in orphans for one, two in found - true)
    print(f"far pairs: {right} right, {wrong} wrong, {lost} lost")
    assert right >= 0.99 * (right + lost)
    assert right >= 0.975 * (right + wrong)


def is_single(link):
    return len(link.old) == len(link.new) == 1


def without_paragraphs(text, ids):
    return replace(text, paragraphs=tuple(p for p in text.paragraphs if p.id not in ids))


# ---- reasons and pins ---------------------------------------------------------------------------------------------


def test_a_link_tells_its_tier_its_parts_and_its_rivals(corpus):
    links = {link.new: link for link in align_links(corpus.get("72/194"), corpus.get("74/175")) if link.new}
    split = links["op4", "op8"]
    assert split.old == ("op3",)
    assert split.reason.tier == "split"
    changed = links["op12",]
    assert changed.reason.tier == "strong"
    assert changed.score > 0.9
    assert dict(changed.reason.parts)["share"] > 1
    rivals = {(rival.old, rival.new): rival.score for link in links.values() for rival in link.reason.rivals}
    assert rivals and all(0 <= score < 1 for score in rivals.values())


OLD, NEW = (
    build.resolution("Prie les États d’agir sans délai ;", "Décide de rester saisie de la question.", symbol=symbol)
    for symbol in ("A/RES/1/1", "A/RES/2/1")
)


def test_a_pin_wins_over_the_same_words():
    pins = (Pin(("op1",), ("op2",)),)
    assert linked(OLD, NEW, pins) == {(("op1",), ("op2",)), (("op2",), ()), ((), ("op1",))}


def test_a_forbidden_link_is_never_made():
    pins = (Pin(("op1",), ("op1",), forbidden=True),)
    assert linked(OLD, NEW, pins) == {(("op1",), ()), ((), ("op1",)), (("op2",), ("op2",))}


def test_a_pin_with_an_empty_side_keeps_a_paragraph_alone():
    assert linked(OLD, NEW, (Pin(("op1",), ()),)) == {(("op1",), ()), ((), ("op1",)), (("op2",), ("op2",))}


def test_a_pin_may_name_several_paragraphs():
    pins = (Pin(("op1", "op2"), ("op1",)),)
    assert linked(OLD, NEW, pins) == {(("op1", "op2"), ("op1",)), ((), ("op2",))}


# ---- laws ---------------------------------------------------------------------------------------------------------

CLAUSES = [clause for words in BANK[:40] for clause in words.split(", ") if 3 < len(clause.split()) < 25][:60]
PARAGRAPHS = st.lists(st.sampled_from(CLAUSES), min_size=0, max_size=4).map(", ".join) | st.text(max_size=20)
TEXTS = st.lists(st.tuples(st.sampled_from([Part.PREAMBLE, Part.OPERATIVE]), PARAGRAPHS), max_size=9).map(
    lambda rows: build.resolution(*rows, symbol="A/RES/1/1")
)


@pytest.mark.slow
@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_every_paragraph_stands_in_exactly_one_link(old, new):
    links = align_links(old, new)
    assert sorted(i for link in links for i in link.old) == sorted(p.id for p in old.body)
    assert sorted(i for link in links for i in link.new) == sorted(p.id for p in new.body)
    assert all(min(len(link.old), len(link.new)) <= 1 for link in links)


@pytest.mark.slow
@given(TEXTS, TEXTS)
@settings(max_examples=150, deadline=None)
def test_exchanging_the_texts_exchanges_the_sides(old, new):
    there = {(link.old, link.new, link.score) for link in align_links(old, new)}
    assert {(link.new, link.old, link.score) for link in align_links(new, old)} == there


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_text_is_linked_to_itself_word_for_word(same):
    assert {(link.old, link.new, link.reason.tier) for link in align_links(same, same)} == {
        ((p.id,), (p.id,), "exact") for p in same.body
    }


@pytest.mark.parametrize("condition", ["heavy", "siblings"])
def test_a_generated_version_read_backwards_gives_the_same_links(condition):
    for version, links in versions(condition):
        assert links == {(news, olds) for olds, news in linked(version.new, version.old)}


def test_a_text_of_one_repeated_paragraph_is_linked_in_order():
    old, new = (build.resolution(*["Prie les États d’agir ;"] * count) for count in (200, 170))
    links = align_links(old, new)
    pairs = [(int(link.old[0][2:]), int(link.new[0][2:])) for link in links if link.old and link.new]
    assert len(pairs) == 170
    assert pairs == sorted(pairs, key=lambda pair: pair[1])


def test_a_paragraph_that_was_cut_down_is_alike():
    whole = (
        "Demande aux États de contribuer à l’exécution des tâches, notamment en élaborant un instrument contraignant "
        "sur le développement à partir du projet du rapporteur, comme le Conseil l’a décidé en septembre dernier"
    )
    others = "Demande aux États de financer la remise en état des routes et la réfection des écoles endommagées"
    old, short, other = build.resolution(whole, "Demande aux États de contribuer à l’exécution des tâches", others).body
    assert alike(old, short) == alike(short, old) == 0.5 > ALIKE > alike(old, other)
