"""What a change means: the laws that hold over all its parts."""

import random
from math import fsum

import build
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from judging import judged
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.judgement.case import Places, Said, whole_text
from resdiff.judgement.order import ORDER, without_renewed
from resdiff.language import Language
from resdiff.language.fold import folded_line
from resdiff.messages import LANGUAGES
from resdiff.model import Evidence, Flag, FlagCode, Nearest, Notice, Status, Weight
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.rendering import render
from resdiff.report import build as report_of

SYMBOLS = ("72/194", "74/175", "78/226")
SCANS = ("A-72-194", "S-1554", "S-1743")


def silent(comparison):
    """Whether nothing is said of what changed."""
    return (
        not comparison.verbs
        and not comparison.obligations
        and all(actor.status is Status.KEPT for actor in comparison.actors)
        and all(citation.status is Status.KEPT for citation in comparison.citations)
        and not any(change.flags for change in comparison.changes)
    )


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_text_against_itself_says_nothing(corpus, symbol):
    text = corpus.get(symbol)
    assert silent(judged(compare(text, text)))


@pytest.mark.parametrize("name", SCANS)
def test_a_scan_against_its_clean_text_says_nothing(scan, name):
    clean, read_by_machine = (parse(read(scan(f"{name}.{sort}.txt"))) for sort in ("clean", "ocr"))
    assert silent(judged(compare(clean, read_by_machine)))
    assert silent(judged(compare(read_by_machine, clean)))


def test_every_statement_names_paragraphs_that_are_there(pairs):
    for comparison in pairs.values():
        old, new = ({p.id for p in side.body} for side in (comparison.old, comparison.new))
        for verb in comparison.verbs:
            assert verb.old in old and verb.new in new
        for named in (*comparison.actors, *comparison.citations):
            assert set(named.old) <= old and set(named.new) <= new
        for obligation in comparison.obligations:
            assert obligation.old in old | {""} and obligation.new in new | {""}


def test_every_flag_quotes_words_of_the_paragraph_it_names(pairs):
    for comparison in pairs.values():
        texts = [{p.id: p.text.casefold() for p in side.body} for side in (comparison.old, comparison.new)]
        for change in comparison.changes:
            for flag in change.flags:
                for side, evidence in zip(texts, (flag.old, flag.new), strict=True):
                    for e in evidence:
                        assert e.quote.removesuffix(" …").casefold() in side[e.paragraph]


def test_the_edits_of_a_change_stay_the_same_words(pairs):
    for comparison in pairs.values():
        plain = compare(comparison.old, comparison.new)
        for before, after in zip(plain.changes, comparison.changes, strict=True):
            assert [(e.op, e.text) for e in before.edits] == [(e.op, e.text) for e in after.edits]
            assert all(b.weight >= a.weight for b, a in zip(before.edits, after.edits, strict=True))


def test_flags_come_in_order_of_importance(pairs):
    order = {code: place for place, code in enumerate(ORDER)}
    # of phrases the largest is told first, whether it came, went or took the place of another
    order |= dict.fromkeys((FlagCode.WORDS_ADDED, FlagCode.WORDS_DROPPED), order[FlagCode.WORDS_REPLACED])
    for comparison in pairs.values():
        for change in comparison.changes:
            ranks = [order.get(flag.code, len(order)) for flag in change.flags]
            assert ranks == sorted(ranks)


def test_every_flag_code_has_its_sentence_in_each_language():
    from resdiff.language import FRENCH
    from resdiff.messages import messages

    codes = set(FlagCode)
    assert {f"routine-{rule.name}" for rule in FRENCH.routine.rule} <= codes
    assert set(messages()["flag"]) == codes
    for message in messages()["flag"].values():
        assert set(message.__struct_fields__) == set(LANGUAGES)


def test_typographic_edits_are_evidence_of_nothing():
    old = ["Prie l’Organisation mondiale des douanes d’aider, conformément au droit international, les États Membres"]
    new = [old[0].replace("é", "e").replace("’", "'").replace("Organisation", "organisation")]
    comparison = build.compared(old, new)
    assert max(change.weight for change in comparison.changes) <= Weight.TYPOGRAPHIC
    assert silent(comparison)


def test_a_text_in_another_language_is_not_read_as_french():
    old, new = (
        replace(build.resolution(text), language="en")
        for text in ("Note the Organisation du Conseil, et prie", "Note the Union, et invite le Conseil")
    )
    comparison = judged(compare(old, new))
    assert not comparison.verbs and not comparison.actors and not comparison.obligations


WORDS = st.sampled_from(
    ["Prie", "et prie", ", et", "l’Office", "Convention", "relative", "à", "aux droits", "de", "l’enfant", "(", ")",
     "«", "Manuel", "»", "sur demande", "72/194", "résolution", "1373 (2001)", ",", ";", "jusqu’au", "15 octobre 2007",
     "Comité", "du", "des", "contre", "le terrorisme", "İ", "ﬁn", "œuvre", "paragraphe 2 ci-dessus", "un rapport"]
)  # fmt: skip
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=4)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS, PARAGRAPHS)
@example(["Prie , et , et Prie"], ["et prie , et et prie"])  # of the replaced words but one side means something
def test_no_words_break_it(old, new):
    comparison = build.compared([f"x{t}" for t in old], new, "A/RES/72/194")
    assert len(comparison.changes) > 0


@settings(max_examples=60, deadline=None)
@given(PARAGRAPHS)
def test_any_text_against_itself_says_nothing(texts):
    assert silent(build.compared(texts, texts, "A/RES/72/194"))


TORN = (Notice("numbers-missing", ("6", "10")),)


@pytest.mark.slow
def test_of_a_torn_text_nobody_knows_what_it_does_not_say(corpus):
    """A page that is missing took paragraphs with it: nothing is told as gone from such a text, or new beside one."""
    old, new = corpus.get("72/194"), corpus.get("74/175")
    whole = judged(compare(old, new))
    assert any(t.words for t in whole.topics if t.status is Status.DROPPED)
    without_gone = judged(compare(old, replace(new, notices=TORN)))
    assert not any(t.words for t in without_gone.topics if t.status is Status.DROPPED)
    assert not any(a.alone for a in without_gone.actors if a.status is Status.DROPPED)
    without_new = judged(compare(replace(old, notices=TORN), new))
    assert not any(t.words for t in without_new.topics if t.status is Status.NEW)


@pytest.mark.parametrize(
    ("notice", "told"),
    [
        (TORN[0], "72/194\u00a0: les paragraphes 6 à 10 manquent dans ce fichier"),
        (Notice("number-missing", ("6",)), "72/194\u00a0: le paragraphe 6 manque dans ce fichier"),
        (Notice("number-again", ("6",)), "72/194\u00a0: des numéros de paragraphe manquent"),
        (Notice("unfinished", ("d’ici au 4 avril 1994 ;",)), "72/194\u00a0: la fin du texte manque peut-être"),
    ],
)
def test_a_torn_text_is_told_on_top_of_the_page(corpus, notice, told):
    old, new = corpus.get("72/194"), corpus.get("74/175")
    page = render(report_of(compare(replace(old, notices=(notice,)), new)), "md").decode()
    assert told in page.partition("## ")[0]


def test_a_torn_text_is_called_by_its_label(corpus):
    old, new = corpus.get("72/194"), corpus.get("74/175")
    report = report_of(compare(replace(old, notices=TORN), new), labels=("rev1.txt", "rev2.txt"))
    assert "rev1.txt\u00a0: les paragraphes 6 à 10 manquent" in render(report, "md").decode().replace("\\", "")


@pytest.mark.parametrize("seed", range(40))
def test_the_nearest_passage_is_found_in_all_at_once_as_one_by_one(seed):
    chance = random.Random(seed)
    words = [f"mot{number}" for number in range(chance.choice((3, 30, 200)))]
    weights = [1 / number for number in range(1, len(words) + 1)]  # some words stand nearly everywhere
    many = chance.choice((0, 1, 5, 2_000))
    passages = [frozenset(chance.choices(words, weights, k=chance.randint(0, 90))) for _ in range(many)]
    places = Places(passages)
    wanted = frozenset([*chance.sample(words, 3), *(passages[-1] if passages else ()), "ailleurs"])
    but = {place for place in range(len(passages)) if chance.random() < 0.05}
    there = [(len(wanted & passage), -n) for n, passage in enumerate(passages) if n not in but]
    count, place = max(there, default=(0, 0))
    bits = sum(1 << place for place in but)
    found = places.most(wanted, bits)
    assert found[0] == count
    assert not count or found == (count, -place)
    heavy = {word: chance.choice((0.0, 0.1, 0.25, chance.random())) for word in sorted(wanted)}
    said = [(fsum(heavy[word] for word in wanted & passage), -n) for n, passage in enumerate(passages) if n not in but]
    weight, place = max(said, default=(0.0, 0))
    assert places.heaviest(heavy, bits) == ((weight, -place) if weight else (0.0, 0))
    few = frozenset(chance.sample(words, 2))
    assert places.have_one_with(few) == any(few <= passage for passage in passages)


def test_the_closest_paragraph_says_the_words_of_a_clause_in_their_order():
    texts = {
        "op1": "Exige la recherche des survivants des avions abattus",
        "op2": "Abattus, des avions : la recherche de survivants",
        "op3": "Souligne l’importance de la coopération",
    }
    said = Said(texts.items(), Language.of("fr"))
    assert said.closest("la recherche des survivants des avions abattus") == Nearest("op1", 1.0)
    assert said.nearest("abattus les avions, survivants : recherche").share == 1.0
    assert 0.0 < said.closest("survivants abattus : la recherche des avions").share < 1.0
    assert said.closest("abattus avions par la coopération", without="la coopération").paragraph == "op2"
    assert said.closest("ventes de charbon") == said.closest("") == Nearest("", 0.0)


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_what_most_paragraphs_have_too_little_of_is_left_out_and_nothing_else(corpus, symbol):
    text = corpus.get(symbol)
    said = Said(((p.id, p.text) for p in text.body), Language.of("fr"))
    chance = random.Random(symbol)
    for paragraph in text.body:
        clause = " ".join(chance.sample(words := paragraph.text.split(), min(len(words), 20)))
        every = said.shares(clause)
        best, but = max((words for words, _ in every.values()), default=0.0), chance.sample(said.names, 3)
        kept = {
            place: (words, runs)
            for place, (words, runs) in every.items()
            if words > 0.1 and (words > 0.4 * best or said.names[place] in but)
        }
        assert said.shares(clause, least=0.1, of_best=0.4, but=but) == kept
        nearest = max((((words + runs) / 2, -place) for place, (words, runs) in every.items()), default=(0.0, 0))
        assert said.closest(clause) == (
            Nearest(said.names[-nearest[1]], nearest[0]) if nearest[0] else Nearest("", 0.0)
        )


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_text_holds_what_is_cut_out_of_it_anywhere(corpus, symbol):
    text = corpus.get(symbol)
    whole, chance = whole_text(text), random.Random(symbol)
    other = whole_text(corpus.get(SYMBOLS[SYMBOLS.index(symbol) - 1]))
    for paragraph in text.body:
        line = folded_line(paragraph.text)
        for _ in range(20):
            start = chance.randrange(len(line))
            words = line[start : start + chance.randrange(1, 80)].strip()
            assert whole.holds(words)
            assert other.holds(words) == (words in other.folded)


def test_what_is_renewed_by_its_number_counts_as_one_with_a_partner():
    old = build.resolution(*(f"Prie {letter}" for letter in "ABCD"))
    compared = replace(compare(old, build.resolution()), notices=(Notice("cut-down", ("4", "4")), Notice("same-text")))
    renewed = Flag(FlagCode.RENEWED, ("Réaffirme",), (), (Evidence("op1", ""),))
    for number, kept in ((0, ["cut-down", "same-text"]), (4, ["same-text"])):
        changes = [replace(each, flags=(renewed,) * (place < number)) for place, each in enumerate(compared.changes)]
        assert [notice.code for notice in without_renewed(replace(compared, changes=tuple(changes)))] == kept


def test_the_share_without_a_partner_is_told_without_what_is_renewed():
    things = ("navires", "phares", "marins", "quais", "grues", "bacs", "digues", "docks", "balises", "chalands")
    asks = [f"Prie les ports de recenser les {each}" for each in things]
    new = [
        "Réaffirme les paragraphes 1, 2 et 3 de la résolution 1698 (2006)",
        *(f"Salue {each}" for each in "ABCDEFGHI"),
    ]
    title = "Ports et navires"
    before = build.resolution(*asks, symbol="S/RES/1698 (2006)", title=title)
    compared = judged(compare(before, build.resolution(*new, symbol="S/RES/1771 (2007)", title=title)))
    assert [notice.values for notice in compared.notices if notice.code == "written-anew"] == [("80",)]  # 16 of 20


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        ("Interdit la pêche au-delà de 800 mètres de fond", "Interdit la pêche au-delà de 1 000 mètres de fond", False),
        ("Aide les États et les organisations de la région", "Aide les États ou les organisations de la région", False),
        ("pp Rappelant ses résolutions 12, 14 et 16,", "pp Rappelant ses résolutions 12, 14 ou 16,", True),
    ],
)
def test_what_changed_a_number_or_a_word_of_law_is_no_wording(old, new, is_same):
    (change,) = build.compared([old], [new]).changes
    assert (FlagCode.SAME_SENSE in {flag.code for flag in change.flags}) is is_same
