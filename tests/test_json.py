"""The JSON contract: every key of version 1, valid by the schema that ships, deterministic."""

import json

import jsonschema
import pytest

from resdiff.comparison import compare
from resdiff.data import path
from resdiff.model import Weight
from resdiff.rendering import render
from resdiff.report import Listing, Pair, Sentence, index

SCHEMA = json.loads(path("comparison.schema.json").read_text("utf-8"))


@pytest.fixture
def document(real_pair):
    return json.loads(render(real_pair, "json"))


def test_the_schema_is_itself_valid():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_real_pair_is_valid_in_both_languages(real_pair, lang):
    jsonschema.validate(json.loads(render(real_pair, "json", lang=lang)), SCHEMA)


def test_a_text_against_itself_is_valid(real_pair):
    jsonschema.validate(json.loads(render(compare(real_pair.old, real_pair.old), "json")), SCHEMA)


def test_the_keys_of_the_contract_are_all_there(document):
    assert (document["format"], document["version"]) == ("resdiff-comparison", 1)
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
