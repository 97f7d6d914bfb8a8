"""Topics: the table and its index, what is found, what is said of two texts."""

import json
import tempfile
from pathlib import Path

import cases
import pytest
from build import resolution
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import judged
from msgspec.structs import replace

from resdiff.comparison import compare
from resdiff.data import path
from resdiff.errors import InputError, NotFoundError
from resdiff.language import FRENCH, Language
from resdiff.language.fold import fold
from resdiff.model import Status, TopicChange
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.recognition import themes
from resdiff.recognition.theme_patterns import compile_rules, read_rules
from resdiff.recognition.themes import Lexicon, catalogue, load_lexicon, read_topics
from resdiff.report.blocks import Told
from resdiff.report.wording import told_status

ROOT = Path(__file__).resolve().parents[1]
SERIES = ROOT / "corpus" / "assistance-technique-terrorisme"
RULES = read_rules(path("fr/topics.toml"), FRENCH)
ENGLISH = Language.of("en")
MIRROR = {"new": "dropped", "dropped": "new", "expanded": "reduced", "reduced": "expanded", "kept": "kept"}


GAP = """Le Conseil de sécurité,

Rappelant ses résolutions antérieures sur la situation dans la région,

2. Prie le Comité d’agir ;

3. Reste saisi de la question.
"""


def topics(comparison, *, earlier=(), extra=()):
    """What is said of the themes of two texts."""
    return judged(comparison, earlier=earlier, topics=extra).topics


def corpus(symbol):
    return parse(read(SERIES / f"A-RES-{symbol}.fr.md"))


def statuses(old, new, **options):
    return {t.id: t.status.value for t in topics(compare(old, new), **options)}


# ---- the table ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_without_its_copy_the_index_is_compiled_and_the_same(monkeypatch):
    kept = load_lexicon(FRENCH)
    monkeypatch.setattr(themes, "copied", lambda name, made_from, kind: None)
    compiled = load_lexicon.__wrapped__(FRENCH)
    assert compiled.topics == kept.topics
    sentences = [sentence for rule in RULES for sentence in rule.examples_match]
    assert [compiled.find(sentence) for sentence in sentences] == [kept.find(sentence) for sentence in sentences]


def test_the_table_has_ninety_topics_and_each_is_complete():
    assert len(RULES) >= 90
    for rule in RULES:
        assert rule.examples_match and rule.examples_not, rule.id
        assert rule.reason and rule.en and 1 <= rule.priority <= 9, rule.id
        assert rule.article in {"", "le", "la", "les", "l’"}, rule.id
        assert "'" not in rule.fr, rule.id
        assert bool(rule.unbis) == bool(rule.match), rule.id
        assert not rule.unbis or rule.unbis.startswith("http://metadata.un.org/thesaurus/100"), rule.id


def test_labels_are_told_apart():
    assert len({fold(rule.fr) for rule in RULES}) == len(RULES)
    assert len({fold(rule.en) for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_of_a_topic(rule):
    number = next(n for n, r in enumerate(RULES) if r.id == rule.id)
    lexicon = load_lexicon(FRENCH)
    for sentence in rule.examples_match:
        assert any(h.topic == number and not h.hint for h in lexicon.find(sentence)), sentence
    for sentence in rule.examples_not:
        assert not [h for h in lexicon.find(sentence) if h.topic == number and not h.hint], sentence


def test_the_english_topics_are_the_french_ones_and_their_examples_hold():
    rules, lexicon = read_rules(path("en/topics.toml"), ENGLISH), load_lexicon(ENGLISH)
    assert [(r.id, r.fr, r.en) for r in rules] == [(r.id, r.fr, r.en) for r in RULES]
    for number, rule in enumerate(rules):
        for sentence in rule.examples_match:
            assert any(h.topic == number and not h.hint for h in lexicon.find(sentence)), sentence
        for sentence in rule.examples_not:
            assert not any(h.topic == number and not h.hint for h in lexicon.find(sentence)), sentence


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_heading_in_capitals_has_the_same_topic(rule):
    number = next(n for n, r in enumerate(RULES) if r.id == rule.id)
    heading = rule.examples_match[0].upper()
    assert any(h.topic == number and not h.hint for h in load_lexicon(FRENCH).find(heading)), heading


# ---- finding ------------------------------------------------------------------------------------------------------


def found(text, patterns, **more):
    rows = [f'[[topic]]\nid = "x"\nlabel = "x"\npatterns = {json.dumps(patterns, ensure_ascii=False)}']
    rows += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in more.items()]
    return [text[h.start : h.end] for h in lexicon_of("\n".join(rows)).find(text) if not h.hint]


def lexicon_of(toml):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "topics.toml"
        file.write_text(toml, encoding="utf-8")
        return Lexicon(compile_rules(read_rules(file, FRENCH), FRENCH), FRENCH)


@pytest.mark.slow
def test_words_are_found_in_all_their_forms_and_elisions_do_not_count():
    assert found("l’échange de preuves électroniques", ["preuve électronique"]) == ["preuves électroniques"]
    assert found("aux fins de l’extradition", ["extradition"]) == ["extradition"]
    assert found("les relations commerciales et commerciaux", ["commercial"]) == ["commerciales", "commerciaux"]


@pytest.mark.slow
def test_a_gap_stays_in_its_clause():
    assert found("des preuves admissibles, y compris numériques", ["preuve ... numérique"])
    assert not found("des preuves ; les données numériques", ["preuve ... numérique"])
    assert not found("des preuves un deux trois quatre cinq six numériques", ["preuve ... numérique"])


def test_words_in_a_row_do_not_leap_over_a_comma():
    assert not found("les enfants, soldats et autres", ["enfant soldat"])


def test_a_context_must_stand_in_the_text():
    assert found("les mines et les munitions", ["mine & munition"]) == ["mines"]
    assert not found("les mines de sel", ["mine & munition"])


def test_counter_patterns_take_hits_away():
    assert found("le genre et ce genre de cas", ["genre"], unless=["=ce genre"]) == ["genre"]


def test_an_accent_tells_two_words_apart_where_there_is_one():
    assert not found("des groupes armés", ["arme"])
    assert found("des armes", ["arme"]) == ["armes"]


def test_an_acronym_and_an_exact_form():
    assert found("les matières NRBC", ["NRBC"]) == ["NRBC"]
    assert not found("le jeune État", ["=jeunes"])


@given(st.text(alphabet=st.sampled_from("aeé droits l’homme; ,.preuves électroniques\n’'«»"), max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_searched_and_hits_lie_in_it(text):
    for hit in load_lexicon(FRENCH).find(text):
        assert 0 <= hit.start < hit.end <= len(text)


# ---- two texts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases.parameters("topics"))
def test_case(case):
    """Rows ``privacy: dropped``; ``small-arms: absent`` for a topic that must not be found."""
    expected = dict(row.split(": ") for row in case.lines("expected"))
    said = statuses(*(resolution(*case.lines(side), language=case.language) for side in ("old", "new")))
    assert {key: said.get(key, "absent") for key in expected} == expected


@pytest.mark.parametrize("symbol", ["72-194", "74-175", "78-226"])
def test_a_text_against_itself_keeps_all(symbol):
    text = corpus(symbol)
    told = topics(compare(text, text))
    assert told and {t.status for t in told} == {Status.KEPT}


@pytest.mark.slow
@pytest.mark.parametrize("pair", [("72-194", "74-175"), ("74-175", "78-226")])
def test_the_other_way_round_is_the_mirror(pair):
    old, new = map(corpus, pair)
    forward, back = statuses(old, new), statuses(new, old)
    assert {key: MIRROR[value] for key, value in forward.items()} == back


def test_a_topic_is_shown_by_words_of_its_label_where_a_paragraph_has_them():
    old = resolution("A/RES/72/1", "Notes the situation ;", language="en")
    between = "through global access to affordable and effective vaccines, the sharing of knowledge and full financing,"
    said = f"Notes that vaccines against COVID-19, {between} bring the pandemic to an end ;"
    new = resolution("A/RES/74/1", said, language="en")
    compared = judged(compare(old, new))
    (told,) = (topic for topic in compared.topics if topic.id == "pandemics")
    assert told.new[0].quote.endswith("bring the pandemic to an end")


@pytest.mark.parametrize("pair", [("72-194", "74-175"), ("74-175", "78-226")])
def test_quotes_are_words_of_the_paragraph_and_short(pair):
    old, new = map(corpus, pair)
    for told in topics(compare(old, new)):
        for side, evidence in ((old, told.old), (new, told.new)):
            texts = {p.id: p.text.replace("'", "’") for p in side.body}
            for item in evidence:
                assert item.quote.removeprefix("… ").removesuffix(" …") in texts[item.paragraph]
                assert len(item.quote) <= 90


def test_new_topics_come_first_the_weightiest_before_all():
    told = topics(compare(corpus("72-194"), corpus("74-175")))
    order = list(Status)
    keys = [(order.index(t.status), -t.priority) for t in told]
    assert keys == sorted(keys)


def test_a_change_of_name_is_told():
    old = resolution("Condamne le trafic d’objets du patrimoine culturel ;")
    new = resolution("Condamne le trafic de biens culturels ;")
    told = {t.id: t for t in topics(compare(old, new))}
    assert told["cultural-property"].status is Status.KEPT
    assert told["cultural-property"].renamed == ("objets du patrimoine culturel", "biens culturels")


def test_gender_under_its_old_name_is_not_new():
    old = resolution("Prie l’Office de tenir compte de la problématique femmes-hommes dans ses mesures ;")
    new = resolution("Prie l’Office de tenir compte des questions de genre dans ses mesures ;")
    told = {t.id: t for t in topics(compare(old, new))}["gender"]
    assert told.status is Status.KEPT
    assert told.renamed == ("problématique femmes-hommes", "questions de genre")


def test_both_names_in_one_text_are_no_change_of_name():
    old = resolution("Note le blanchiment d’argent ;")
    new = resolution("Note le blanchiment d’argent ;", "Note le blanchiment de capitaux ;")
    assert {t.id: t.renamed for t in topics(compare(old, new))}["money-laundering"] is None


def test_a_topic_of_the_old_title_is_not_new():
    old = resolution("Décide d’agir ;", title="Sport pour le développement et la paix")
    new = resolution("Décide d’agir par le sport ;")
    assert statuses(old, new)["sport"] == "kept"


def test_the_latest_earlier_edition_that_had_the_topic_is_named():
    first = resolution("Note le tourisme ;", symbol="A/RES/1", adopted="2001-01-01")
    second = resolution("Note le tourisme ;", symbol="A/RES/2", adopted="2002-01-01")
    third = resolution("Note le sport ;", symbol="A/RES/3", adopted="2003-01-01")
    old, new = resolution("Décide ;"), resolution("Décide le tourisme durable et la pêche ;")
    told = {t.id: t.earlier for t in topics(compare(old, new), earlier=(third, first, second))}
    assert told["tourism"] == "A/RES/2"
    assert told["oceans"] == ""


def test_a_text_in_another_language_has_no_topics():
    old, new = resolution("Recalls privacy;", language="en"), resolution("Prie de respecter la vie privée ;")
    assert topics(compare(old, new)) == ()


# ---- scans --------------------------------------------------------------------------------------------------------


def test_a_damaged_word_is_neither_new_nor_dropped():
    clean = resolution("Prie l’Office d’échanger des données biométriques avec les États ;")
    scan = resolution("Prie l’Office d’échanger des données bioniétriques avec les États ;", scanned=True)
    assert statuses(scan, clean)["biometrics"] == "kept"
    assert statuses(clean, scan)["biometrics"] == "kept"


def test_a_stray_comma_of_a_scan_makes_nothing_new():
    clean = resolution("Prie l’Office d’aider la société civile ;")
    scan = resolution("Prie l’Office d’aider la société, civile ;", scanned=True)
    assert statuses(scan, clean)["civil-society"] == "kept"


def test_a_real_change_in_a_scan_is_still_told():
    old = resolution("Prie l’Office d’aider les États dans leurs enquêtes ;", scanned=True)
    new = resolution("Prie l’Office d’aider les États à recueillir des données biométriques dans leurs enquêtes ;")
    assert statuses(old, new)["biometrics"] == "new"


@pytest.mark.slow
def test_the_raw_scan_tells_the_same_as_its_proof_read_text():
    old, scan = corpus("72-194"), parse(read(SERIES / "A-RES-74-175.fr.ocr.txt"))
    assert scan.scanned
    assert statuses(old, scan) == statuses(old, corpus("74-175"))
    assert set(statuses(corpus("74-175"), scan).values()) == {"kept"}


@pytest.mark.parametrize("name", ["A-72-194", "S-1554", "S-1743"])
def test_a_scan_against_its_clean_text_keeps_all(scan, name):
    clean, damaged = (parse(read(scan(f"{name}.{kind}.txt"))) for kind in ("clean", "ocr"))
    assert set(statuses(clean, damaged).values()) == {"kept"}
    assert set(statuses(damaged, clean).values()) == {"kept"}


# ---- a user's own -------------------------------------------------------------------------------------------------

OWN = """
[[topic]]
id = "glaciers"
label = { fr = "glaciers", en = "glaciers" }
article = "les"
priority = 9
patterns = ["glacier", "neige éternel"]
"""


@pytest.fixture
def own(tmp_path):
    file = tmp_path / "topics.toml"
    file.write_text(OWN, encoding="utf-8")
    return read_topics(file)


def test_a_user_adds_a_topic(own):
    old, new = resolution("Note ;"), resolution("Note la fonte des glaciers et des neiges éternelles ;")
    told = {t.id: t for t in topics(compare(old, new), extra=own)}
    assert told["glaciers"].status is Status.NEW
    assert told["glaciers"].labels == (("fr", "glaciers"), ("en", "glaciers"))
    assert [t.id for t in catalogue(own)][-1] == "glaciers"


def test_a_user_replaces_a_topic(own):
    mine = (replace(own[0], id="sport"),)
    old, new = resolution("Note ;"), resolution("Note le sport ;")
    assert "sport" not in statuses(old, new, extra=mine)
    assert len(catalogue(mine)) == len(catalogue())


def test_a_file_that_is_no_toml_says_where(tmp_path):
    file = tmp_path / "topics.toml"
    file.write_text("[[topic]", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_topics(file)
    assert (caught.value.code, caught.value.values[1:]) == ("toml-broken-at", ("1", "8"))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "[[topic]]"),
        ('[[topic]]\nid = "a"\npatterns = ["b"]', "label.fr"),
        ('[[topic]]\nlabel = "a"\npatterns = ["b"]', "id"),
        ('[[topic]]\nid = "a"\nlabel = "a"', "patterns"),
        ('[[topic]]\nid = "a"\nlabel = "a"\npatterns = "b"', "patterns"),
        ('[[topic]]\nid = "a"\nlabel = "a"\npatterns = ["b (c"]', "b (c"),
        ('[[topic]]\nid = "a"\nlabel = "a"\npatterns = ["b ..."]', "b ..."),
        ('[[topic]]\nid = "a"\nlabel = "a"\npatterns = ["la"]', "« la »"),
        ('[[topic]]\nid = "a"\nlabel = "a"\npatterns = ["b"]\npriority = "high"', "priority"),
        ('[[topic]]\nid = "a"\nlabel = "a"\npatterns = ["b"]\n' * 2, "a"),
        ('topic = "a"', "[[topic]]"),
        ("topic = [1]", "[[topic]] 1"),
    ],
)
def test_a_broken_file_says_where(tmp_path, text, where):
    file = tmp_path / "topics.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_topics(file)
    assert caught.value.code == "topics-broken"
    assert where in " ".join(caught.value.values)


def test_the_example_of_the_guide_holds(tmp_path):
    guide = (ROOT / "docs" / "writing-a-topic.md").read_text(encoding="utf-8")
    file = tmp_path / "topics.toml"
    file.write_text(guide.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    (rule,) = read_topics(file)
    lexicon = Lexicon(compile_rules([rule], FRENCH), FRENCH)
    assert all(lexicon.find(sentence) for sentence in rule.examples_match)
    assert not any(lexicon.find(sentence) for sentence in rule.examples_not)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(NotFoundError):
        read_topics(tmp_path / "none.toml")


def test_an_expanded_topic_names_the_paragraphs_that_grew():
    old = ["Engage les États à protéger les enfants ;", "Prie le Comité de poursuivre ses travaux ;"]
    new = [*old[:1], "Prie le Comité de poursuivre ses travaux sur la protection des enfants ;"]
    told = {t.id: t for t in topics(compare(resolution(*old), resolution(*new)))}
    assert (told["children"].status, told["children"].shown) == (Status.EXPANDED, ("op2",))


@pytest.mark.parametrize(
    ("status", "facts", "expected"),
    [
        (Status.NEW, {"words": "glaciers", "priority": 9}, Told.NEW),
        (Status.NEW, {"words": "glaciers", "priority": 6}, None),
        (Status.NEW, {"priority": 9}, None),
        (Status.EXPANDED, {"priority": 9}, Told.EXPANDED),
        (Status.EXPANDED, {"priority": 8}, None),
        (Status.EXPANDED, {"hinted": True, "priority": 9}, None),
        (Status.REDUCED, {"priority": 9}, None),
        (Status.DROPPED, {"words": "glaciers", "priority": 9}, Told.DROPPED),
        (Status.DROPPED, {"words": "glaciers", "priority": 8}, None),
        (Status.DROPPED, {"priority": 9}, None),
        (Status.KEPT, {"priority": 9}, None),
    ],
)
def test_a_topic_grew_only_where_both_texts_speak_of_it(status, facts, expected):
    assert told_status(TopicChange("glaciers", "glaciers", status, **facts)) is expected


def test_a_topic_of_which_the_other_text_has_but_a_hint_did_not_grow():
    """ "Trafficking" alone is too weak to be trafficking in persons, and strong enough to forbid calling that new."""
    old = ["Condamne la traite et le trafic ;"]
    new = ["Condamne la traite et le trafic ;", "Condamne la traite des personnes et aide les victimes de la traite ;"]
    told = {t.id: t for t in topics(compare(resolution(*old), resolution(*new)))}["human-trafficking"]
    assert (told.status, told.hinted, told_status(told)) == (Status.EXPANDED, True, None)


def test_what_a_gap_of_the_other_copy_may_hold_makes_no_topic():
    acts = ["op1 Demande aux États de protéger les enfants ;", "op2 Prie le Comité d’agir ;", "op3 Reste saisi ;"]
    old, new = resolution(*acts), parse(read(GAP.encode()))
    assert [notice.code for notice in new.notices] == ["number-missing"]
    for compared in (compare(old, new), compare(new, old)):
        assert "children" not in {topic.id for topic in topics(compared)}
