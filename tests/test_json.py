"""The JSON contract: every key of its versions, valid by the schemas that ship, described, deterministic."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from judging import judged

from resdiff.comparison import compare
from resdiff.data import path
from resdiff.language.dates import Timing, Unit
from resdiff.model import Kind, NoteKind, Source, Weight
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.recognition.survey import Effect, Family, Role
from resdiff.rendering import render
from resdiff.report import Listing, Pair, Sentence, index
from resdiff.report.acts import ActStatus

SCHEMA = json.loads(path("comparison.schema.json").read_text("utf-8"))
FIRST = json.loads(path("comparison-1.schema.json").read_text("utf-8"))
PAGE = Path(__file__).resolve().parent.parent / "docs" / "json.md"


@pytest.fixture
def document(real_pair):
    return json.loads(render(real_pair, "json"))


@pytest.mark.parametrize("schema", [FIRST, SCHEMA], ids=["1", "2"])
def test_the_schemas_are_themselves_valid(schema):
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_real_pair_is_valid_in_both_languages(real_pair, lang):
    jsonschema.validate(json.loads(render(real_pair, "json", lang=lang)), SCHEMA)


def test_a_text_against_itself_is_valid(real_pair):
    jsonschema.validate(json.loads(render(compare(real_pair.old, real_pair.old), "json")), SCHEMA)


def test_the_keys_of_the_contract_are_all_there(document):
    assert (document["format"], document["version"]) == ("resdiff-comparison", 2)
    assert {"symbol", "title", "language", "adopted", "provenance", "paragraphs"} <= document["old"].keys()
    assert {"id", "part", "number", "lead", "text"} <= document["new"]["paragraphs"][0].keys()
    change = {"old", "new", "kind", "moved", "renumbered", "weight", "score", "reason", "edits", "flags"}
    assert all(change <= found.keys() for found in document["changes"])
    assert all({"old", "new", "from", "to", "direction"} <= verb.keys() for verb in document["verbs"])


def test_every_id_stands_in_exactly_one_change(document):
    for side in ("old", "new"):
        told = [paragraph for change in document["changes"] for paragraph in change[side]]
        assert sorted(told) == sorted(paragraph["id"] for paragraph in document[side]["paragraphs"])


def test_edits_give_both_texts_back(document):
    texts = {side: {p["id"]: p["text"] for p in document[side]["paragraphs"]} for side in ("old", "new")}
    for change in document["changes"]:
        for side, left_out in (("old", "insert"), ("new", "delete")):
            joined = "".join(edit["text"] for edit in change["edits"] if edit["op"] != left_out)
            assert joined == "\n".join(texts[side][paragraph] for paragraph in change[side])


def test_the_same_comparison_gives_the_same_bytes(real_pair):
    first = render(real_pair, "json")
    assert first == render(real_pair, "json")
    assert first.endswith(b"}\n") and "é".encode() in first


def test_a_minimum_weight_leaves_lighter_changes_out_and_counts_them(real_pair):
    document = json.loads(render(real_pair, "json", min_weight=Weight.SUBSTANTIVE))
    assert {change["weight"] for change in document["changes"]} == {"substantive"}
    assert document["hidden"] == len(real_pair.changes) - len(document["changes"])
    jsonschema.validate(document, SCHEMA)


def test_the_front_page_links_its_pages_and_tells_errors():
    pairs = (Pair("72/194", "74/175", "a_b", Sentence(("33 → 49",))), Pair("1/1", "2/2", "c_d", error="illisible"))
    document = json.loads(render(index((Listing("Série", pairs),)), "json"))
    assert document["series"][0]["pairs"][0]["pages"]["md"] == "a_b.md"
    assert document["series"][0]["pairs"][1] == {"old": "1/1", "new": "2/2", "error": "illisible"}


# ---- versions -------------------------------------------------------------------------------------------------------


def properties(schema):
    """Every object of a schema with the keys that it describes, by where it stands."""
    found = [("", schema)]
    while found:
        place, node = found.pop()
        if isinstance(node, list):
            found += [(f"{place}[{k}]", each) for k, each in enumerate(node)]
        elif isinstance(node, dict):
            if isinstance(node.get("properties"), dict):
                yield place, node
            found += [(f"{place}.{key}", each) for key, each in node.items()]


def test_every_key_is_described():
    for place, node in properties(SCHEMA):
        bare = [key for key, each in node["properties"].items() if len(each.get("description", "")) < 6]
        assert not bare, (place, bare)
        assert set(node.get("required", ())) <= node["properties"].keys(), place


def test_the_second_version_has_every_key_of_the_first():
    second = dict(properties(SCHEMA))
    for place, node in properties(FIRST):
        assert node["properties"].keys() <= second[place]["properties"].keys(), place
        assert set(node.get("required", ())) <= set(second[place].get("required", ())), place


def test_the_first_version_can_still_be_had(real_pair, document):
    first = json.loads(render(real_pair, "json", version=1))
    jsonschema.validate(first, FIRST)
    assert first["version"] == 1
    assert set(document) - set(first) == set(SCHEMA["properties"]) - set(FIRST["properties"])
    assert all(first[key] == document[key] for key in first if key != "version")


@pytest.mark.slow
def test_the_command_writes_the_version_asked_for(command):
    assert json.loads(command("72/194", "74/175", "--format", "json")[1])["version"] == 2
    assert json.loads(command("72/194", "74/175", "--format", "json", "--json-version", "1")[1])["version"] == 1
    code, said, errors = command("72/194", "74/175", "--format", "json", "--json-version", "3")
    assert (code, said) == (2, "") and "1, 2" in errors and errors.count("\n") == 1


def undescribed(value, schema, place="$"):
    """The keys of a document that its schema does not know."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    if "oneOf" in schema:
        schema = next((each for each in schema["oneOf"] if ("$ref" in each) == isinstance(value, dict)), {})
        yield from undescribed(value, schema, place)
    elif isinstance(value, list):
        for each in value:
            yield from undescribed(each, schema.get("items", {}), f"{place}[]")
    elif isinstance(value, dict):
        for key, each in value.items():
            known = schema.get("properties", {}).get(key, schema.get("additionalProperties"))
            if known is None:
                yield f"{place}.{key}"
            else:
                yield from undescribed(each, known, f"{place}.{key}")


PAIRS = [("1702", "1743"), ("1535", "1566"), ("1533", "1552"), ("1390", "1526"), ("1493", "1533"), ("1551", "1575")]


def council(shared, number):
    return parse(read(next((shared / "texts" / "fr-sc-all").glob(f"S_RES_{number}_*_FR.txt"))))


@pytest.fixture(scope="module", params=["shipped", "council"])
def documents(request, pairs):
    """Comparisons of the shipped corpus, or of the Security Council, with what JSON makes of them."""
    compared = pairs.values()
    if request.param == "council":
        shared = request.getfixturevalue("shared")
        compared = [judged(compare(council(shared, a), council(shared, b))) for a, b in PAIRS]
    return [(comparison, json.loads(render(comparison, "json"))) for comparison in compared]


@pytest.mark.slow
def test_real_pairs_are_valid_and_hold_nothing_undescribed(documents):
    for _, document in documents:
        jsonschema.validate(document, SCHEMA)
        assert not set(undescribed(document, SCHEMA))


@pytest.mark.slow
@pytest.mark.parametrize("text", ["", "x", "Prie.", "1. Prie les États d’agir ;\n\n1. Prie les États d’agir ;"])
def test_odd_texts_are_valid(text):
    odd, plain = parse(Source(text)), parse(Source("L’Assemblée générale,\n\n1. Prie les États d’agir."))
    for comparison in (judged(compare(odd, plain)), judged(compare(plain, odd)), compare(odd, odd)):
        document = json.loads(render(comparison, "json"))
        jsonschema.validate(document, SCHEMA)
        assert not set(undescribed(document, SCHEMA))


def enumeration(name, key):
    node = SCHEMA["$defs"][name]
    return set((node["properties"][key] if key else node).get("enum", ()))


def test_the_closed_sets_are_those_of_the_code():
    assert enumeration("act_pair", "status") == set(ActStatus)
    assert enumeration("act_pair", "kind") == set(Kind)
    assert enumeration("footnote", "kind") == set(NoteKind)
    assert enumeration("act", "family") == set(Family)
    assert enumeration("effect", None) == set(Effect)
    assert enumeration("time", "unit") == set(Unit)
    assert enumeration("time", "timing") == set(Timing)
    assert enumeration("reference", "role") == set(Role)


# ---- footnotes ------------------------------------------------------------------------------------------------------


def test_every_footnote_of_both_texts_stands_in_one_row(documents):
    for comparison, document in documents:
        for side, other in (("old", "insert"), ("new", "delete")):
            beside = {note["values"][0] for note in document["notices"] if note["code"] == "note-beside"}
            notes = {n["id"]: n["text"] for n in document[side]["footnotes"] if n["label"] not in beside}
            rows = {row[side]: row for row in document["footnotes"] if row[side]}
            assert rows.keys() == notes.keys()
            for id_, row in rows.items():
                assert "".join(edit["text"] for edit in row["edits"] if edit["op"] != other) == notes[id_]
                assert set(row[f"{side}_paragraphs"]) <= {p["id"] for p in document[side]["paragraphs"]}
        assert document["hidden_footnotes"] == 0
        heavy = json.loads(render(comparison, "json", min_weight=Weight.SUBSTANTIVE))
        assert heavy["hidden_footnotes"] == len(document["footnotes"]) - len(heavy["footnotes"])


# ---- acts and renewals ----------------------------------------------------------------------------------------------


def test_every_act_of_both_texts_stands_in_one_pair(documents):
    from resdiff.recognition import recognize

    for comparison, document in documents:
        for side in ("old", "new"):
            there = {paragraph["id"] for paragraph in document[side]["paragraphs"]}
            survey = recognize(getattr(comparison, side))
            want = sorted((a.paragraph, a.place.start, a.head) for a in survey.acts if a.verb and a.paragraph in there)
            got = [row[side] for row in document["acts"] if row[side]]
            assert sorted((a["paragraph"], a["head"]) for a in got) == sorted((p, head) for p, _, head in want)


def test_the_words_of_an_act_are_where_it_says(documents):
    for _, document in documents:
        for side in ("old", "new"):
            texts = {p["id"]: p["text"] for p in document[side]["paragraphs"]}
            for act in (row[side] for row in document["acts"] if row[side]):
                words = [texts[at["paragraph"]][at["start"] : at["end"]] for at in act["passages"]]
                assert act["head"] in words[0] and act["passages"][0]["paragraph"] == act["paragraph"]
                for each in (*act["conditions"], *act["times"], *act["references"]):
                    assert each["text"] in texts[each["paragraph"]]


def test_what_is_told_of_an_act_is_told_of_its_words(documents):
    """No difference without the flag, the time or the finding that it repeats, and none of those twice."""
    told = 0
    for _, document in documents:
        flags = {flag["code"]: [] for change in document["changes"] for flag in change["flags"]}
        for change in document["changes"]:
            for flag in change["flags"]:
                quoted = [
                    each["quote"] for each in flag["old"] + flag["new"]
                ]  # none of a paragraph where it stands now
                flags[flag["code"]].append([*filter(None, quoted)])
        for row in document["acts"]:
            for each in row["differences"]:
                told += 1
                quotes = [words for words in (each["old"], each["new"]) if words]
                if each["code"].startswith("time-") or each["code"] == "request-gone":
                    kinds = [(f["kind"], f["quotes"]) for f in document["findings"]]
                    assert (each["code"], quotes) in kinds
                else:
                    assert quotes in flags[each["code"]]
    assert told > 20


def test_a_pair_says_how_it_stands(documents):
    for _, document in documents:
        for row in document["acts"]:
            both = bool(row["old"] and row["new"])
            assert both == (row["nearest"] is None) == (row["status"] in ("kept", "changed"))
            assert (row["status"] == "kept") <= (not row["differences"])
            assert (row["status"] in ("changed", "new", "gone")) <= bool(row["differences"])
            assert row["old"] or row["new"]


OLD = """S/RES/1807 (2008)

Le Conseil de sécurité,

Agissant en vertu du Chapitre VII de la Charte des Nations Unies,

1. Décide que les États doivent empêcher la fourniture d’armes jusqu’au 31 décembre 2008 ;

2. Prie le Secrétaire général de présenter un rapport dans un délai de trente jours ;

3. Décide de rester saisi de la question[^1].

[^1]: S/2008/43, annexe.
"""
NEW = """S/RES/1857 (2008)

Le Conseil de sécurité,

Agissant en vertu du Chapitre VII de la Charte des Nations Unies,

1. Décide de proroger jusqu’au 30 novembre 2009 les mesures imposées au paragraphe 1 de la résolution 1807 (2008) ;

2. Prie instamment le Secrétaire général de présenter un rapport dans un délai de soixante jours, sur demande ;

3. Décide de rester saisi de la question[^1].

[^1]: S/2008/773, annexe II.
"""


def acts_of(old, new):
    return json.loads(render(judged(compare(*(parse(Source(text)) for text in (old, new)))), "json"))


def test_an_act_carries_what_is_told_of_it():
    document = acts_of(OLD, NEW)
    row = next(row for row in document["acts"] if row["new"] and row["new"]["paragraph"] == "op2")
    assert (row["status"], row["kind"]) == ("changed", "modified")
    assert {d["code"] for d in row["differences"]} >= {"time-moved"}
    assert row["new"]["addressee"] == "le Secrétaire général"
    assert [(t["value"], t["unit"], t["timing"]) for t in row["new"]["times"]] == [(60, "day", "within")]
    stays = next(row for row in document["acts"] if row["new"] and row["new"]["paragraph"] == "op3")
    assert (stays["status"], stays["differences"]) == ("kept", [])


def test_a_renewal_names_the_paragraphs_of_the_old_text():
    renewal = acts_of(OLD, NEW)["renewals"][0]
    assert (renewal["side"], renewal["paragraph"], renewal["effect"]) == ("new", "op1", "renew")
    assert renewal["old"] == ["op1"]
    reference = renewal["references"][0]
    assert (reference["resolution"], reference["paragraphs"], reference["role"]) == ("1807", ["1"], "object")
    assert [(t["value"], t["timing"]) for t in renewal["times"]] == [("2009-11-30", "until")]


def test_a_renewal_of_points_names_those_alone():
    old = OLD.replace("la fourniture d’armes jusqu’au", "la fourniture :\n\na) D’armes ;\n\nb) De munitions, jusqu’au")
    new = NEW.replace("imposées au paragraphe 1", "imposées à l’alinéa b) du paragraphe 1")
    assert acts_of(old, new)["renewals"][0]["old"] == ["op1.b"]


def test_texts_in_another_language_have_no_acts():
    spanish = "La Asamblea General,\n\nRecordando la Carta,\n\n1. Pide a todos los Estados que actúen;\n"
    document = acts_of(spanish, spanish)
    assert (document["acts"], document["renewals"]) == ([], [])


def test_a_minimum_weight_leaves_out_the_acts_of_lighter_changes(real_pair):
    document = json.loads(render(real_pair, "json", min_weight=Weight.SUBSTANTIVE))
    shown = {(side, p) for change in document["changes"] for side in ("old", "new") for p in change[side]}
    for row in document["acts"]:
        assert any((side, row[side]["paragraph"]) in shown for side in ("old", "new") if row[side])
    assert len(document["acts"]) < len(real_pair.acts)


# ---- the page -------------------------------------------------------------------------------------------------------


def examples(language):
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.fixture
def folder(real_pair, tmp_path):
    (tmp_path / "comparison.json").write_bytes(render(real_pair, "json"))
    return tmp_path


@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
@pytest.mark.parametrize("example", examples("sh"))
def test_the_examples_with_jq_run(folder, example):
    if any(word in example for word in ("request-gone", ".renewals", ".footnotes")):  # this pair may have none
        (folder / "comparison.json").write_bytes(render(judged(compare(*map(parse, map(Source, (OLD, NEW))))), "json"))
    clauses = [{"status": "new", "paragraph": "op1", "text": "Prie l’Office d’agir ;"}]  # as check.schema.json says
    (folder / "relu.json").write_text(json.dumps({"clauses": clauses}), "utf-8")
    done = subprocess.run(["sh", "-c", example], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() or "request-gone" in example


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("pandas") is None, reason="pandas is not installed")
def test_the_examples_with_pandas_run(folder, document):
    told = sum(len(row["differences"]) for row in document["acts"])
    code = "\n".join([*examples("python"), f"assert len(told) == {told}"])
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") > 60


def test_the_page_names_every_key(document):
    page = PAGE.read_text("utf-8")
    plain = {"format", "lang", "title", "provenance", "hidden", "references"}
    assert not [key for key in document if f"`{key}`" not in page and key not in plain]
