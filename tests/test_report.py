"""The report as a value: which blocks, in which order, what a minimum weight leaves out, why paragraphs are linked."""

import json
from typing import get_args

import pytest
from build import resolution
from judging import judged
from msgspec import Struct, structs
from msgspec.structs import replace

from resdiff import model
from resdiff.alignment.odds import HALF, PAIR
from resdiff.comparison import compare
from resdiff.errors import NotFoundError
from resdiff.messages import LANGUAGES, template
from resdiff.model import Kind, Notice, Provenance, Side, Source, Status, TextKind, Weight
from resdiff.parsing import parse
from resdiff.rendering import render
from resdiff.report import (
    Actors,
    Changes,
    Citations,
    Concordance,
    Fact,
    Notices,
    Numbers,
    Picture,
    Report,
    Sentence,
    Summary,
    Title,
    Topic,
    Topics,
    address,
    as_text,
    build,
    entry,
    index,
    label,
    places,
)
from resdiff.report import Provenance as ProvenanceBlock
from resdiff.report.blocks import Block
from resdiff.report.compose import notices, topics
from resdiff.report.explain import explain, reason
from resdiff.report.wording import addresses

EMPTY = resolution()


def block(report, sort):
    return next((found for found in report.blocks if isinstance(found, sort)), None)


@pytest.mark.parametrize(
    ("code", "value", "clean", "scan"),
    [
        ("page-number", "128", True, True),
        ("page-number", "L91", True, False),
        ("running-head", "Conseil de sécurité", True, True),
        ("running-head", "***", False, False),
        ("note-uncalled", "1", True, False),
    ],
)
def test_of_a_scan_only_notices_that_its_damage_cannot_make_are_told(code, value, clean, scan):
    values = (value, "S/1999/815") if code == "note-uncalled" else (value,)
    for scanned, is_told in ((False, clean), (True, scan)):
        text = replace(resolution("Prie l’Office d’agir"), scanned=scanned, notices=(Notice(code, values),))
        told = notices(compare(text, resolution("Prie l’Office d’aider")))
        assert any(notice.code == code for _, notice in told) is is_told


def test_a_notice_about_a_text_without_a_symbol_says_which_text_it_is_about():
    drafts = "1. Prie les États d’agir ;", "2. [Supprimé]", "3. Décide de rester saisie de la question."
    old, new = (parse(Source("\n\n".join(("L’Assemblée générale,", *lines)))) for lines in (drafts, drafts[::2]))
    found = next(block for block in build(judged(compare(old, new))).blocks if isinstance(block, Notices))
    said = {(fact.note, fact.text) for fact in found.facts}
    assert ("ancien texte", "Le numéro 2 ne désigne aucun paragraphe.") in said


def test_blocks_stand_in_the_order_of_the_house(real_pair):
    order = list(Block.__args__)
    ranks = [order.index(type(found)) for found in build(real_pair).blocks]
    assert ranks == sorted(set(ranks))
    assert {Title, ProvenanceBlock, Summary, Numbers, Topics, Picture, Changes, Concordance} <= {
        type(found) for found in build(real_pair).blocks
    }


def dates(report):
    title = block(report, Title)
    return title.old.date, title.new.date


def test_dates_are_written_out(real_pair):
    written = [date.replace("\u00a0", " ") for date in dates(build(real_pair))]
    assert written == ["19 décembre 2017", "18 décembre 2019"]
    assert dates(build(real_pair, lang="en"))[0].replace("\u00a0", " ") == "19 December 2017"


def test_a_title_that_changed_is_told(real_pair, pairs):
    assert block(build(real_pair), Title).edits
    assert not block(build(pairs["74/175", "78/226"]), Title).edits


@pytest.mark.parametrize("kind", [kind for kind in TextKind if kind is not TextKind.OFFICIAL])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_that_is_not_official_says_so(kind, lang):
    text = resolution(symbol="A/RES/72/194", provenance=Provenance(kind))
    official = resolution(symbol="A/RES/74/175", provenance=Provenance(TextKind.OFFICIAL))
    lines = block(build(compare(text, official), lang=lang), ProvenanceBlock).lines
    assert len(lines) == 1
    assert as_text(lines[0]).startswith("72/194")


@pytest.mark.parametrize("kind", [TextKind.OFFICIAL, TextKind.UNKNOWN])
def test_two_official_texts_or_two_files_of_the_reader_have_no_provenance_block(kind):
    old, new = (resolution(symbol=f"A/RES/{number}", provenance=Provenance(kind)) for number in ("72/194", "74/175"))
    assert block(build(compare(old, new)), ProvenanceBlock) is None


def test_numbers_add_up(real_pair):
    numbers = block(build(real_pair), Numbers)
    assert (numbers.old, numbers.new) == (33, 49)
    assert sum(count for _, count in numbers.kinds) == len(real_pair.changes)


POINT = (
    "Assurer la protection des civils qui sont en danger immédiat de violence physique dans sa zone de déploiement ;"
)
OUTER = ("Décide que la Mission, dans la limite de ses moyens, aura le mandat suivant :", f"op1.a {POINT}")


@pytest.mark.parametrize(("olds", "news", "sunk", "risen"), [([POINT], OUTER, 1, 0), (OUTER, [POINT], 0, 1)])
def test_a_paragraph_that_a_subparagraph_takes_up_neither_came_nor_went(olds, news, sunk, risen):
    comparison = judged(compare(resolution(*olds), resolution(*news)))
    numbers = block(build(comparison), Numbers)
    kinds = dict(numbers.kinds)
    assert (numbers.sunk, numbers.risen) == (sunk, risen)
    assert (kinds[Kind.REMOVED], kinds[Kind.ADDED]) == (risen, sunk)


def test_the_concordance_follows_the_old_text_and_has_what_is_new_in_its_place(real_pair):
    rows = block(build(real_pair), Concordance).rows
    order = [paragraph.id for paragraph in real_pair.old.body]
    firsts = [order.index(row.link.old[0]) for row in rows if row.link.old]
    assert firsts == sorted(firsts)
    behind = [paragraph.id for paragraph in real_pair.new.body]
    standing = [row for row in rows if row.link.new and not row.moved]
    places = [behind.index(row.link.new[0]) for row in standing]
    added = [place for place, row in enumerate(standing) if row.kind is Kind.ADDED]
    assert added
    assert all(places[place - 1] < places[place] for place in added if place)


def test_a_minimum_weight_leaves_out_changes_and_what_is_told_of_them_alone(real_pair):
    heavy = build(real_pair, min_weight=Weight.SUBSTANTIVE)
    changes = block(heavy, Changes)
    assert all(row.change.weight is Weight.SUBSTANTIVE for row in changes.rows)
    assert len(changes.rows) + changes.hidden == len(real_pair.changes)
    assert "usage" not in " ".join(map(as_text, block(heavy, Summary).sentences))
    assert len(block(heavy, Concordance).rows) == len(real_pair.changes)


def test_two_texts_without_a_paragraph_make_a_report():
    report = build(compare(EMPTY, EMPTY))
    assert [type(found) for found in report.blocks][:3] == [Title, Summary, Numbers]
    assert "texte sans cote" in report.title


def test_building_does_not_change_between_runs(real_pair):
    assert build(real_pair) == build(real_pair)


def values(sort, seen):
    """Every type that a value of that type may hold, however deep."""
    if isinstance(sort, type) and issubclass(sort, Struct):
        if sort not in seen:
            seen.add(sort)
            for field in structs.fields(sort):
                values(field.type, seen)
        return
    for inner in get_args(sort):
        values(inner, seen)


def test_a_report_holds_no_comparison_and_no_judgement():
    seen = set()
    values(Report, seen)
    assert {Title, Changes, Topic, Fact, model.Paragraph} <= seen
    judged = {model.TopicChange, model.VerbChange, model.ActorChange, model.CitationChange, model.TermChange}
    assert not seen & (judged | {model.Comparison, model.Resolution, model.ObligationChange, model.Notice})


# ---- what every format may tell -----------------------------------------------------------------------------------


def test_who_took_whose_place_is_told_in_the_report():
    text = resolution(symbol="A/RES/74/1")
    actors = (
        model.ActorChange("Bureau", Status.NEW, new=("op1",), acronym="BLT", replaces="Équipe", alone=True),
        model.ActorChange("Équipe", Status.DROPPED, old=("op2",), replaced_by="Bureau", alone=True),
        model.ActorChange("Union", Status.KEPT, ("op3",), ("op3",)),
    )
    citations = (
        model.CitationChange("résolution 72/1", Status.DROPPED, old=("pp1",), replaced_by="résolution 74/1"),
        model.CitationChange("résolution 74/2", Status.NEW, new=("pp2",), routine="series"),
    )
    report = build(replace(compare(text, text), actors=actors, citations=citations))
    assert [(fact.text, fact.acronym, fact.note) for fact in block(report, Actors).facts] == [
        ("Bureau", "BLT", "remplace Équipe"), ("Équipe", "", "cède la place à Bureau"),
    ]  # fmt: skip
    assert [place.label for place in block(report, Actors).facts[1].places] == ["ancien par.\u00a02"]
    cited = block(report, Citations)
    assert [fact.note for fact in cited.facts] == ["cède la place à résolution 74/1"]
    assert [fact.text for fact in cited.routine] == ["résolution 74/2"]


def test_before_the_first_list_is_said_that_it_holds_what_is_sure(pairs):
    lists = [each for each in build(pairs["74/175", "78/226"]).blocks if getattr(each, "before", "")]
    assert len(lists) == 1 and lists[0].before.startswith("Les listes ci-après ne comprennent que")
    assert f"*{lists[0].before}*" in render(build(pairs["74/175", "78/226"]), "md").decode()


def test_a_paragraph_that_cites_in_a_note_alone_is_told_with_that_note():
    new = "Le Conseil de sécurité,\n\nRappelant le rapport[^7],\n\n1. Décide d’agir (S/2007/12).\n\n[^7]: S/2007/439.\n"
    old = new.replace("[^7]: S/2007/439.", "[^7]: S/2005/453.").replace(" (S/2007/12)", "")
    facts = block(build(judged(compare(parse(Source(old)), parse(Source(new))))), Citations).facts
    assert {fact.text: [place.label.replace("\u00a0", " ") for place in fact.places] for fact in facts} == {
        "S/2005/453": ["ancien PP 1, note 7"], "S/2007/12": ["par. 1"], "S/2007/439": ["PP 1, note 7"],
    }  # fmt: skip


def test_what_is_missed_at_its_place_is_referred_to(real_pair):
    changes = block(build(real_pair), Changes)
    said = {reference.text.replace("\u00a0", " "): reference for reference in changes.references}
    moved = said["ancien PP 13 : déplacé, voir PP 3"]
    assert (moved.side, moved.part, moved.target.id) == (Side.OLD, model.Part.PREAMBLE, "pp3")
    assert any(text.startswith("par. 8 : issu de l’ancien par. 3") for text in said)
    lines = list(changes.lines)
    assert len(lines) == len(changes.rows) + len(changes.references)
    assert lines.index(moved) > lines.index(changes.rows[moved.after])


@pytest.mark.parametrize(
    ("symbol", "body"),
    [("A/RES/74/175", "Assemblée générale"), ("A/HRC/RES/41/8", "Conseil des droits de l’homme"),
     ("S/RES/1805 (2008)", "Conseil de sécurité"), ("E/2019/1", "")],
)  # fmt: skip
def test_the_body_that_adopted_the_new_text_is_named(symbol, body):
    text = replace(EMPTY, symbol=symbol)
    assert block(build(compare(EMPTY, text)), Title).body == body


def test_topics_speak_the_language_of_the_reader_and_stand_in_their_rows(pairs):
    report = build(pairs["72/194", "74/175"], lang="en")
    topics = {topic.id: topic for topic in block(report, Topics).topics}
    shown = {id_ for row in block(report, Changes).rows for id_ in row.topics}
    assert shown <= topics.keys() and shown
    quote = next(quote for topic in topics.values() for quote in topic.old)
    assert quote.place.label.startswith("old para.") and quote.text


# ---- addresses ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraph", "french", "english"),
    [
        ("pp3", "PP 3", "PP 3"),
        ("op12", "par. 12", "para. 12"),
        ("op12.a", "par. 12 a)", "para. 12 (a)"),
        ("op12.a.ii", "par. 12 a) ii)", "para. 12 (a) (ii)"),
        ("op12.tail", "par. 12 (suite)", "para. 12 (continued)"),
        ("op4.tail-2", "par. 4 (suite 2)", "para. 4 (continued 2)"),
        ("annex1.op3.tail-12", "annexe, par. 3 (suite 12)", "annex, para. 3 (continued 12)"),
        ("annex1.op3", "annexe, par. 3", "annex, para. 3"),
        ("annex2.pp1", "annexe II, PP 1", "annex II, PP 1"),
        ("op.h1", "intertitre 1", "heading 1"),
        ("annex1.h2", "annexe, intertitre 2", "annex, heading 2"),
        ("annex1.p4", "annexe, par. 4", "annex, para. 4"),
        ("b.op1", "partie B, par. 1", "part B, para. 1"),
        ("op3-2", "par. 3 (2)", "para. 3 (2)"),
        ("pp3.a", "PP 3 a)", "PP 3 (a)"),
        ("op2.a.1", "par. 2 a) 1)", "para. 2 (a) (1)"),
        ("op2.p", "par. 2 p)", "para. 2 (p)"),
        ("op2.h", "par. 2 h)", "para. 2 (h)"),
        ("annex12", "annexe 12", "annex 12"),
    ],
)
def test_a_paragraph_is_called_as_negotiators_call_it(paragraph, french, english):
    assert label(paragraph, "fr").replace("\u00a0", " ") == french
    assert label(paragraph, "en").replace("\u00a0", " ") == english


def test_a_paragraph_of_the_old_text_says_so():
    assert address(Side.OLD, "op3", "fr", marked=True).label == "ancien par.\u00a03"
    several = addresses(Side.OLD, ("op3", "op5"), "fr", marked=True)
    assert "".join(getattr(part, "label", part) for part in several) == "anciens par.\u00a03 et 5"


def test_places_of_changes(real_pair):
    named = {change.link.new: places(change, "fr").replace("\u00a0", " ") for change in real_pair.changes}
    assert named["pp3",] == "PP 13 → PP 3"
    assert named["op1",] == "par. 1"
    assert named["op4", "op8"] == "par. 3 → par. 4, par. 8"


# ---- why ----------------------------------------------------------------------------------------------------------


def test_explain_tells_the_tier_the_score_and_the_rivals(real_pair):
    said = explain(real_pair, "op8").replace("\u00a0", " ")
    assert "Ancien par. 3 → par. 4 et 8 : scindé." in said
    assert "réparti entre plusieurs nouveaux" in said
    assert "Probabilité du lien : 0," in said
    # the id stands in both texts: the change of old paragraph 8 is explained as well
    assert "Ancien par. 8 → par. 13 : modifié." in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_feature_of_a_link_has_a_name(lang):
    assert all(template(f"part.{feature}", lang) for feature in (*PAIR, *HALF))


def test_explain_says_that_two_of_a_doubtful_link_share_little(real_pair):
    (doubtful, *_) = (c for c in real_pair.changes if c.link.old and c.link.new and c.link.score < 1)
    unlike = replace(doubtful, link=replace(doubtful.link, alike=0.2))
    changes = tuple(unlike if change is doubtful else change for change in real_pair.changes)
    said = explain(replace(real_pair, changes=changes), doubtful.link.new[0]).replace("\u00a0", " ")
    assert "À vérifier : les deux alinéas n’ont en commun que 20 % des mots" in said


def test_explain_names_no_rival_below_no_partner():
    """Either nothing is close enough, or what is close is told with its probability."""
    old = resolution("op Prie les États de protéger les témoins ;", "op Engage les donateurs à financer le fonds ;")
    new = resolution("op Prie les États de protéger les témoins ;", "op Invite les universités à former des juges ;")
    said = explain(judged(compare(old, new)), "op2").replace("\u00a0", " ")
    assert said.count("Aucun paragraphe assez proche") == said.count("Aucune paire concurrente") == 2
    assert "Paires" not in said


def test_the_points_of_a_paragraph_renewed_by_its_number_are_renewed_with_it():
    kept = "op1 Engage les donateurs à financer le fonds ;"
    old = resolution(
        kept,
        "op2 Autorise le déploiement du personnel de liaison, qui sera chargé :",
        "op2.a D’établir des contacts avec les commissions militaires ;",
        "op2.b De fournir des conseils techniques aux parties ;",
        symbol="S/RES/1258 (1999)",
    )
    new = resolution(
        kept,
        "op2 Décide de proroger le mandat du personnel déployé en application du paragraphe 2 de la résolution 1258 "
        "(1999) ;",
        symbol="S/RES/1273 (1999)",
    )
    text = render(build(judged(compare(old, new))), "md").decode().replace("\u00a0", " ")
    assert text.count("repris au par. 2 ·") == 1 and text.count("**ancien par. 2 a)** · repris au par. 2\n") == 1
    assert "· supprimé" not in text


def test_a_paragraph_renewed_by_its_number_is_a_link_of_its_own_kind():
    old = resolution(
        "op1 Engage les donateurs à financer le fonds ;",
        "op2 Décide que tous les États gèleront les avoirs des personnes inscrites sur la liste ;",
        symbol="S/RES/1735 (2006)",
    )
    new = resolution(
        "op1 Engage les donateurs à financer le fonds ;",
        "op2 Décide de proroger les mesures énoncées au paragraphe 2 de la résolution 1735 (2006) ;",
        symbol="S/RES/1822 (2008)",
    )
    compared = judged(compare(old, new))
    assert json.loads(render(compared, "json"))["references"] == [{"old": "op2", "new": "op2", "kind": "renewed"}]
    report = build(compared)
    assert "repris au par. 2" in render(report, "md").decode().replace("\u00a0", " ")
    assert "1 repris par renvoi" in render(report, "md").decode().replace("\u00a0", " ")
    assert 'class="k ref"' in render(report, "html").decode()
    assert render(report, "csv").decode("utf-8-sig").splitlines()[2].startswith("par. 2;;repris au par. 2;")


def test_explain_in_english(real_pair):
    assert "PP 13 → PP 3: unchanged." in explain(real_pair, "pp3", "en").replace("\u00a0", " ")


def test_explaining_an_unknown_paragraph_is_an_error(real_pair):
    with pytest.raises(NotFoundError):
        explain(real_pair, "op99")


def test_every_reason_of_the_real_pairs_is_a_sentence(pairs):
    for compared in pairs.values():
        for lang in LANGUAGES:
            for change in compared.changes:
                said = reason(change.link, lang)
                assert said.endswith(".")
                assert change.link.reason.tier not in said.split()[0]


# ---- front page ---------------------------------------------------------------------------------------------------


def test_an_entry_of_the_front_page_holds_the_first_sentences(real_pair):
    pair = entry(build(real_pair), "a_b")
    assert (pair.old, pair.new, pair.stem, len(pair.sentences)) == ("72/194", "74/175", "a_b", 3)
    assert as_text(pair.numbers).startswith("33 → 49 alinéas et paragraphes")
    assert index((), "en").title == "Successive resolutions"


def test_numbers_of_a_single_paragraph_agree():
    old = resolution("Prie", symbol="1")
    assert "1 inchangé" in as_text(entry(build(compare(old, old)), "x").numbers)


def test_several_conditions_of_a_change_are_told_together(real_pair):
    report = build(real_pair)
    changes = next(block for block in report.blocks if isinstance(block, Changes))
    row = next(row for row in changes.rows if row.change.link.new == ("op22",))
    said = as_text(row.remark)
    assert "garanties supprimées\u00a0: « garanties" in said.replace("«\u00a0", "« ")
    assert said.count("supprimée") == 1


@pytest.mark.parametrize(("marked", "leads"), [(0, "01234"), (3, "012"), (6, "01234")])
def test_five_sentences_lead_at_most_and_the_first_where_none_is_marked(marked, leads):
    summary = Summary(tuple(Sentence((str(place),), lead=place < marked) for place in range(7)))
    assert "".join(map(as_text, summary.leads)) == leads
    assert summary.leads + summary.others == summary.sentences


def test_what_names_the_paragraphs_that_are_not_quoted_leads_only_alone():
    last = Sentence(("last",), uncited=True)
    assert Summary((Sentence(("0",)), last)).leads == (Sentence(("0",)),)
    assert Summary((last,)).leads == (last,)


def test_the_dates_stand_apart_from_the_rest_of_the_summary():
    summary = Summary(tuple(Sentence((str(place),), lead=place < 2, dates=place == 4) for place in range(7)))
    assert ["".join(map(as_text, part)) for part in (summary.leads, summary.dates, summary.rest)] == ["01", "4", "2356"]


def test_a_topic_keeps_its_label_where_the_other_text_speaks_of_half_of_it():
    kept = "Souligne l’importance de la coopération entre les parties prenantes de la région ;"
    asked = "Demande aux parties de démobiliser les enfants soldats ;"

    def named(*before):
        compared = judged(compare(resolution(kept, *before), resolution(kept, *before, asked)))
        return [topic.label for topic in topics(compared, "fr").topics]

    assert named("Prie la Mission de veiller à la protection des enfants ;") == ["enfants et conflits armés"]
    assert sorted(named()) == ["enfants", "enfants et conflits armés"]
