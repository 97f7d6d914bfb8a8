"""Several drafts as one text: each comes back to the letter, contested is what two changed, nothing is lost."""

import random
import re
from io import BytesIO
from itertools import combinations, islice, permutations
from pathlib import Path

import pytest
from build import resolution
from docx import Document
from docx.oxml.ns import qn
from generator import CONDITIONS, next_version, shipped
from msgspec.structs import replace

from resdiff.compilation import Delegation, Sign, compile_drafts, nearer, printed
from resdiff.compilation.merging import merged
from resdiff.compilation.script import Hunk
from resdiff.errors import InputError, UsageError
from resdiff.language.forms import latin_numbers
from resdiff.layers import Layers, Mark, canonical, take
from resdiff.model import Part
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.reading.layered import read_layers
from resdiff.rendering.compiled import MODULES, Options, render_compilation

NAMES = ("FR", "CH", "MEX", "G77 et Chine", "États-Unis", "UE")
FORMATS = [form for form in MODULES if form != "terminal"]
BASE = """L’Assemblée générale,

Rappelant la Charte des Nations Unies,

Considérant qu’il importe de protéger les civils,

1. Prie les États Membres de prévenir le terrorisme, et de combattre son financement ;

2. Encourage l’Office à aider les États qui le demandent ;

3. Décide de rester saisie de la question.
"""


def text(words, **changes):
    """A text with some of its words replaced, by keyword order: ``old=new`` pairs given as tuples."""
    return parse(read(words.encode()))


def draft(name, *changes, base=BASE):
    """The base with words replaced, as the draft of a delegation."""
    for old, new in changes:
        assert old in base, old
        base = base.replace(old, new, 1)
    return Delegation(name, text(base))


def compiled(*drafts):
    return compile_drafts(text(BASE), drafts)


def stretches(compilation, mark):
    return [(s.text.strip(), s.names, bool(s.contest)) for s in compilation.layers.stretches if s.mark is mark]


def assert_comes_back(compilation, base, drafts, layers=None):
    layers = layers or compilation.layers
    for each in drafts:
        assert take(layers, each.name) == printed(each.text), each.name
    assert take(layers) == printed(base)


# ---- what delegations do --------------------------------------------------------------------------------------------


def test_proposals_on_other_words_compose():
    found = compiled(draft("FR", ("prévenir", "prévenir efficacement")), draft("CH", ("financement", "développement")))
    assert stretches(found, Mark.ADDED) == [("efficacement", ("FR",), False), ("développement", ("CH",), False)]
    assert not found.contests


def test_one_proposal_of_several_stands_under_all_their_names():
    found = compiled(draft("FR", ("aider", "soutenir")), draft("CH"), draft("MEX", ("aider", "soutenir")))
    assert stretches(found, Mark.ADDED) == [("soutenir", ("FR", "MEX"), False)]
    assert found.proposals == (1, 0, 1)
    assert [notice.values for notice in found.notices if notice.code == "compile-same"] == [("CH",)]


def test_other_words_for_the_same_words_are_contested_and_both_stand_there():
    found = compiled(draft("FR", ("aider", "soutenir")), draft("CH", ("aider", "conseiller")))
    assert stretches(found, Mark.REMOVED) == [("aider", ("FR", "CH"), True)]
    assert stretches(found, Mark.ADDED) == [("soutenir", ("FR",), True), ("conseiller", ("CH",), True)]
    (contest,) = found.contests
    assert (contest.line, contest.base) == ("op2", "aider")


def test_no_space_stands_behind_a_bracket_that_opens():
    changes = [("FR", ("à aider", "à soutenir")), ("CH", ("à aider", "à conseiller")), ("MEX", ("à aider", "à"))]
    added = [("FR", ("protéger", "vraiment protéger")), ("CH", ("protéger", "mieux protéger"))]
    for drafts in (changes, changes[:2], added):
        found = compiled(*(draft(name, change) for name, change in drafts))
        assert found.contests
        for p in Document(BytesIO(render_compilation(found, "docx", Options(name="base")))).element.body.iter(
            qn("w:p")
        ):
            said = "".join(t.text or "" for t in p.iter(qn("w:t"), qn("w:delText")))
            assert not re.search(r"\w\[|\[\d+  | : {2}|\w {2,}", said), said


def test_other_words_at_one_place_are_contested():
    found = compiled(draft("FR", ("aider", "aider toujours")), draft("CH", ("aider", "aider vite")))
    assert [w.names for w in found.contests[0].wordings] == [("FR",), ("CH",)]


def test_a_paragraph_that_one_deletes_and_another_edits_is_contested():
    gone = ("2. Encourage l’Office à aider les États qui le demandent ;\n\n", "")
    drafts = [draft("FR", gone), draft("CH", ("aider", "soutenir"))]
    found = compiled(*drafts)
    assert len(found.contests) == 1
    assert_comes_back(found, text(BASE), drafts)
    row = next(row for row in found.rows if row.line == "op2")
    assert row.gone == ("FR",)
    assert [(touch.sign, touch.names) for touch in row.touches] == [(Sign.REMOVE, ("FR",)), (Sign.REPLACE, ("CH",))]


def test_words_at_the_head_of_a_paragraph_that_another_deletes_are_contested():
    gone = ("Considérant qu’il importe de protéger les civils,\n\n", "")
    found = compiled(draft("FR", gone), draft("CH", ("Considérant qu’il", "Ayant à l’esprit et considérant qu’il")))
    assert len(found.contests) == 1


def test_paragraphs_at_one_place_stand_one_after_the_other():
    new = "2. Encourage l’Office"
    drafts = [
        draft("FR", (new, f"2. Salue l’action des juges ;\n\n{new}"), ("3. D", "4. D"), ("2. Enc", "3. Enc")),
        draft("CH", (new, f"2. Invite les parlements à légiférer ;\n\n{new}"), ("3. D", "4. D"), ("2. Enc", "3. Enc")),
    ]
    found = compiled(*drafts)
    added = stretches(found, Mark.ADDED)
    assert [names for _, names, contested in added if not contested] == [("FR",), ("CH",)]
    assert all(words.startswith("1 bis. ") for words, _, _ in added)
    assert not found.contests
    assert_comes_back(found, text(BASE), drafts)


def test_the_numbers_of_all_that_comes_in_at_one_place_are_read_again():
    things = ("juges", "maires", "préfets", "gardes", "experts", "avocats", "témoins", "victimes", "otages")
    added = [f"{number}. Salue l’action des {who} ;" for number, who in enumerate(things, 2)]
    each = draft("FR", ("2. Enc", "\n\n".join([*added, "11. Enc"])), ("3. D", "12. D"))
    (row,) = [words for words, _, _ in stretches(compiled(each), Mark.ADDED)]
    proposed = text(f"L’Assemblée générale,\n\n1. Prie les États d’agir ;\n\n{row}")
    later = [f"op1{mark}" for mark in latin_numbers()]
    assert [paragraph.id for paragraph in proposed.body] == ["op1", *later]
    assert later[-1] == "op1decies"


def test_numbers_that_follow_are_no_proposal():
    each = draft("FR", ("1. Prie", "1. Salue l’Office ;\n\n2. Prie"), ("2. Enc", "3. Enc"), ("3. D", "4. D"))
    found = compiled(each)
    assert [row.line for row in found.rows] == ["pp2"]
    assert_comes_back(found, text(BASE), [each])


def test_a_moved_paragraph_is_told():
    moved = "Rappelant la Charte des Nations Unies,\n\n"
    rest = "Considérant qu’il importe de protéger les civils,\n\n"
    each = draft("FR", (moved + rest, rest + moved))
    found = compiled(each)
    assert [notice.code for notice in found.notices] == ["compile-moved"]
    assert_comes_back(found, text(BASE), [each])


def test_split_and_merge_come_back():
    drafts = [
        draft(
            "FR",
            ("terrorisme, et de combattre son financement", "terrorisme ;\n\n2. Prie de combattre son financement"),
        ),
        draft("CH", (" ;\n\n2. Encourage", ", et encourage")),
    ]
    assert_comes_back(compiled(*drafts), text(BASE), drafts)


def test_a_passage_marked_as_agreed_and_touched_is_told():
    base = BASE.replace("demandent ;", "demandent ; [agreed ad ref]")
    each = draft("FR", ("aider", "soutenir"), base=base)
    found = compile_drafts(text(base), [each])
    assert [(n.code, n.values) for n in found.notices] == [("compile-agreed", ("op2", "FR"))]
    assert any("[agreed ad ref]" in line for line in take(found.layers, "FR"))


def test_a_draft_of_another_text_is_told():
    other = Path(__file__).parents[1] / "corpus/assistance-technique-terrorisme"
    texts = {name: parse(read(other / f"A-RES-{name}.fr.md")) for name in ("72-194", "74-175", "78-226")}
    changed = replace(texts["74-175"], symbol="")
    assert nearer(changed, texts["72-194"], texts.values()).symbol == "A/RES/74/175"
    assert nearer(changed, texts["74-175"], texts.values()) is None
    stranger = Delegation("FR", resolution((Part.OPERATIVE, "Invite les pêcheurs à préserver le thon rouge. " * 30)))
    assert "compile-little" in {n.code for n in compile_drafts(texts["74-175"], [stranger]).notices}


@pytest.mark.parametrize("name", ["", "A,B", "x" * 41, "[FR]", "FR:CH", "a\nb"])
def test_a_name_that_no_mark_can_hold_is_refused(name):
    with pytest.raises(UsageError):
        compiled(draft(name))


def test_bad_calls_are_refused():
    for drafts in ([], [draft("FR"), draft("FR")], [draft(str(n)) for n in range(31)]):
        with pytest.raises(UsageError):
            compiled(*drafts)


# ---- laws -----------------------------------------------------------------------------------------------------------


def generated(seed, number):
    """A base and drafts made of it, each a version of its own."""
    bank = [words for _, words in shipped("A-RES-78-226.fr")]
    seeds = shipped("A-RES-72-194.fr")
    strengths = [CONDITIONS[("light", "medium", "heavy")[(seed + n) % 3]] for n in range(number)]
    versions = [next_version(seeds, bank, strength, 100 * seed + n) for n, strength in enumerate(strengths)]
    return versions[0].old, [Delegation(name, each.new) for name, each in zip(NAMES, versions, strict=False)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_generated_drafts_come_back_from_every_format(seed):
    base, drafts = generated(seed, 3 + seed)
    found = compile_drafts(base, drafts)
    assert_comes_back(found, base, drafts)
    form = FORMATS[seed % len(FORMATS)]
    assert_comes_back(found, base, drafts, read_layers(render_compilation(found, form, Options(name="72/194")), form))


@pytest.mark.slow
def test_drafts_of_real_editions_come_back(corpus):
    base = corpus.get("72/194")
    drafts = [Delegation("FR", corpus.get("74/175")), Delegation("CH", corpus.get("78/226"))]
    found = compile_drafts(base, drafts)
    for form in FORMATS:
        assert_comes_back(found, base, drafts, read_layers(render_compilation(found, form), form))


@pytest.mark.slow
def test_drafts_of_many_real_texts_come_back(shared):
    """Each text with the next one of its kind as drafts of it: numbers, notes and page furniture as found."""
    paths = sorted((shared / "texts/fr-sc").rglob("*.txt"))[:6]
    texts = [parse(read(path)) for path in paths]
    for base, *others in zip(texts, texts[1:], texts[2:], strict=False):
        drafts = [Delegation(name, other) for name, other in zip(NAMES, others, strict=False)]
        assert_comes_back(compile_drafts(base, drafts), base, drafts)


@pytest.mark.parametrize("lost", [("2",), ("1", "2")])
def test_a_note_that_lost_its_number_comes_back_without_it(lost):
    notes = "\n[^1]: Résolution 217 A (III).\n\n[^2]: Voir le document S/1.\n\n[^3]: Voir le document S/2.\n"
    base = text(BASE.replace("Charte", "Charte[^1]") + notes)
    own = text(BASE.replace("Charte", "Charte[^1]") + notes.replace("S/1", "S/1, annexe"))
    own = replace(own, footnotes=tuple(replace(n, label="") if n.label in lost else n for n in own.footnotes))
    drafts = [Delegation("FR", own), draft("CH", ("prévenir", "réprimer"))]
    found = compile_drafts(base, drafts)
    for form in FORMATS:
        assert_comes_back(found, base, drafts, read_layers(render_compilation(found, form), form))


def hunks(rng, base):
    """Hunks that do not touch one another, as those of one draft."""
    found, at = [], 0
    while at < len(base) and len(found) < 4:
        start = min(at + rng.randint(0, 9), len(base))
        end = min(start + rng.choice((0, 0, 1, 3, 6)), len(base))
        words = rng.choice(("", " a", " b", " a b")) if end > start else rng.choice((" a", " b", " c d"))
        found.append(Hunk(start, end, words))
        at = end + 1
    return found


@pytest.mark.parametrize("seed", range(60))
def test_contested_is_what_two_changed_and_nothing_else(seed):
    rng = random.Random(seed)
    base = "un deux trois quatre cinq six sept huit\n"
    scripts = [(name, hunks(rng, base)) for name in NAMES[: rng.randint(2, 5)]]
    found = merged(base, scripts)
    layers = Layers(tuple(name for name, _ in scripts), found)
    for name, own in scripts:
        wanted, at = "", 0
        for hunk in own:
            wanted, at = wanted + base[at : hunk.start] + hunk.text, hunk.end
        assert canonical(layers, name) == wanted + base[at:]
    assert canonical(layers) == base
    disputes = {
        frozenset((one, other))
        for (one, ones), (other, others) in combinations(scripts, 2)
        for a in ones
        for b in others
        if a != b and collide(a, b)
    }
    contested: dict[int, set[str]] = {}
    for stretch in found:
        if stretch.contest:
            contested.setdefault(stretch.contest, set()).update(stretch.names)
    said = {frozenset(pair) for names in contested.values() for pair in combinations(sorted(names), 2)}
    assert disputes <= {frozenset(pair) for pair in said}
    assert bool(disputes) == bool(contested)


def collide(a, b):
    """Whether two hunks bear on the same words: a common character, words put into what goes, one place."""
    if a.start == a.end and b.start == b.end:
        return a.start == b.start
    if a.start == a.end or b.start == b.end:
        point, span = (a, b) if a.start == a.end else (b, a)
        return span.start < point.start < span.end
    return max(a.start, b.start) < min(a.end, b.end)


@pytest.mark.slow
def test_the_order_of_the_drafts_changes_the_order_of_names_alone():
    base, drafts = generated(1, 3)
    known = None
    for order in islice(permutations(drafts), 0, None, 2):
        found = compile_drafts(base, order)
        shape = sorted((s.mark, s.text, tuple(sorted(s.names)), bool(s.contest)) for s in found.layers.stretches)
        known = known or shape
        assert shape == known
    again = compile_drafts(base, order)
    for form in MODULES:
        assert render_compilation(found, form) == render_compilation(again, form)


@pytest.mark.slow
def test_six_delegations_take_less_than_a_second():
    import time

    base, drafts = generated(2, 6)
    compile_drafts(base, drafts)
    start = time.process_time()
    render_compilation(compile_drafts(base, drafts), "html")
    assert time.process_time() - start < 3  # a second, on a machine that does nothing else


@pytest.mark.parametrize("data", [b"", b"# titre\n", b"{}", b"PK\x03\x04 rien", b"\x00\xff", b'{"layers": 3}'])
def test_what_is_no_compilation_is_refused(data):
    with pytest.raises(InputError):
        read_layers(data, "x")


@pytest.mark.slow
def test_a_word_file_that_libreoffice_saved_gives_every_text_back(tmp_path):
    """The layers stand in tracked changes and in a property: LibreOffice keeps both."""
    import shutil
    import subprocess

    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    for seed in (0, 1):
        base, drafts = generated(seed, 4)
        path = tmp_path / f"c{seed}.docx"
        path.write_bytes(render_compilation(compile_drafts(base, drafts), "docx", Options(name="72/194")))
        call = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "docx"]
        subprocess.run([*call, "--outdir", tmp_path / "saved", path], check=True, capture_output=True, timeout=120)
        layers = read_layers(tmp_path / "saved" / path.name, path.name)
        assert_comes_back(None, base, drafts, layers)
