"""The Word file: accept all is the new text, reject all the old one, to the letter; and what Word wants of a file."""

import json
import re
import shutil
import subprocess
from functools import cache
from io import BytesIO
from itertools import pairwise, product
from pathlib import Path
from zipfile import ZipFile

import build
import pytest
import wordprocessing
from hypothesis import given, settings
from hypothesis import strategies as st
from judging import judged
from lxml import etree
from msgspec.structs import replace
from turns import in_turn

from resdiff import reading, rendering, report
from resdiff.comparison import compare
from resdiff.errors import UsageError
from resdiff.model import (
    Comparison,
    Edit,
    Footnote,
    Kind,
    Notice,
    Op,
    Paragraph,
    Part,
    Provenance,
    Span,
    TextKind,
    Weight,
)
from resdiff.parsing import parse

pytestmark = pytest.mark.usefixtures("read_here")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CORPUS = Path(__file__).parents[1] / "corpus" / "assistance-technique-terrorisme"
EDITIONS = ("72-194", "74-175", "78-226")


# ---- a small reader of tracked changes, of its own mind ------------------------------------------------------------


def part(data, name="word/document.xml"):
    with ZipFile(BytesIO(data)) as file:
        return etree.fromstring(file.read(name))


def lines(data, *, accept):
    """The paragraphs of the document once all changes are accepted, or rejected, numbered as Word does: what stands
    between two marks that stay is one paragraph, set as the second of them says.
    """
    dropped = {f"{W}{name}" for name in (("del", "moveFrom") if accept else ("ins", "moveTo"))}
    found, line, counts = [], "", {}
    for paragraph in part(data).iter(f"{W}p"):
        for run in paragraph.iter(f"{W}t", f"{W}delText"):
            is_call = run.getparent().find(f"{W}rPr/{W}rStyle[@{W}val='FootnoteReference']") is not None
            if not is_call and not any(parent.tag in dropped for parent in run.iterancestors()):
                line += run.text or ""
        if not any(mark.tag in dropped for mark in paragraph.iterfind(f"{W}pPr/{W}rPr/*")):
            former = paragraph.find(f"{W}pPr/{W}pPrChange/{W}pPr")
            properties = paragraph.find(f"{W}pPr") if accept or former is None else former
            found.append(counted(data, properties, counts) + line)
            line = ""
    assert line == ""
    return found


ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"]


def counted(data, properties, counts):
    """The number of a paragraph in its list, as printed; nothing where it is in none."""
    if properties is None or properties.find(f"{W}numPr") is None:
        return ""
    list_, level = (properties.find(f"{W}numPr/{W}{name}").get(f"{W}val") for name in ("numId", "ilvl"))
    (definition,) = part(data, "word/numbering.xml").findall(f"{W}abstractNum[@{W}abstractNumId='{list_}']")
    level = int(level)
    form = definition.findall(f"{W}lvl")[level].find(f"{W}lvlText").get(f"{W}val")
    start = int(definition.findall(f"{W}lvl")[level].find(f"{W}start").get(f"{W}val"))
    here = counts.setdefault(list_, {})
    here[level] = here.get(level, start - 1) + 1
    for deeper in [one for one in here if one > level]:
        del here[deeper]
    value = here[level]
    letter = chr(97 + (value - 1) % 26) * (1 + (value - 1) // 26)
    number = (str(value), letter, ROMAN[min(value, len(ROMAN)) - 1])[level]
    return form.replace(f"%{level + 1}", number) + " "


def drafted(old, new, head="Titre"):
    """The file on two texts of these lines, below a title and the body that speaks."""
    texts = (parse(reading.Source("\n\n".join([head, "L’Assemblée générale,", *rows]) + "\n")) for rows in (old, new))
    return render(report.build(judged(compare(*texts))))


def render(built, **options):
    return rendering.render(built, "docx", **options)


def printed(resolution, name):
    """A resolution as its paragraphs are printed: title, unless it is in the preface, numbers, texts."""
    title = f"{name}. {resolution.title}" if resolution.symbol else resolution.title
    preface = " ".join(p.text for p in resolution.paragraphs if p.part is Part.PREFACE)
    found = [title] if title and resolution.title not in preface else []
    for p in resolution.paragraphs:
        number = f"{p.marker} " if p.number else ""
        found.append(number + p.text)
    return found


def assert_reversible(comparison):
    """The file with moves as deletions and insertions, once it and the one with real moves are found right."""
    built = report.build(comparison)
    names = next(block.names for block in built.blocks if isinstance(block, report.Title))
    files = [render(built), render(built, track_moves=True)]
    for data in files:
        assert lines(data, accept=True) == printed(comparison.new, names[1])
        assert lines(data, accept=False) == printed(comparison.old, names[0])
        assert wordprocessing.faults(data) == []
    assert wordprocessing.faults(render(built, layout="table")) == []
    return files[0]


# ---- texts ---------------------------------------------------------------------------------------------------------


@cache
def edition(symbol):
    return parse(reading.read(CORPUS / f"A-RES-{symbol}.fr.md"))


@cache
def compared(old="72-194", new="74-175"):
    return compare(edition(old), edition(new))


@cache
def real():
    return report.build(compared())


@cache
def tracked():
    return render(real())


def resolution(symbol, items):
    """A resolution of rows as ``build`` takes them, with a title and a date."""
    return build.resolution(*items, symbol=symbol, title="Titre", adopted="2019-12-18")


SENTENCES = (
    "Rappelant sa résolution sur la coopération internationale",
    "Prie le Secrétaire général de lui présenter un rapport",
    "Engage les États Membres à renforcer la gestion des frontières et à échanger des informations",
    "Souligne qu’il importe de protéger les droits de l’homme, la vie privée et la liberté d’expression",
    "Décide de rester saisie de la question",
    "Invite les organisations compétentes à fournir une assistance technique aux États qui le demandent",
)


@st.composite
def bodies(draw):
    """Paragraphs made of few sentences, so that old and new share, repeat, split, merge and reorder them."""
    formula = draw(st.sampled_from(([], ["L’Assemblée générale,"])))
    preamble = draw(st.lists(st.sampled_from(SENTENCES), max_size=3))
    operative = draw(st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), max_size=6))
    ends = draw(st.lists(st.sampled_from(("50e séance plénière", "18 décembre 2019")), max_size=2))
    return (
        [(Part.PREFACE, text) for text in formula]
        + [(Part.PREAMBLE, f"{text},") for text in preamble]
        + [(Part.OPERATIVE, f"{', '.join(group)} ;") for group in operative]
        + [(Part.CONCLUSION, text) for text in ends]
    )


@st.composite
def linked(draw):
    """A comparison with any links at all: crossing, many to many, moved or not; edits as coarse as they come."""
    old, new = (
        resolution(symbol, [(Part.OPERATIVE, text) for text in draw(st.lists(st.sampled_from(SENTENCES), max_size=5))])
        for symbol in ("A/RES/1/1", "A/RES/2/1")
    )
    groups = {}
    for side, body in enumerate((old.body, new.body)):
        for paragraph in body:
            groups.setdefault(draw(st.integers(0, 4)), ([], []))[side].append(paragraph)
    changes = []
    for group in groups.values():
        before, after = ("\n".join(p.text for p in paragraphs) for paragraphs in group)
        edits = (Edit(Op.EQUAL, before),) if before == after else (Edit(Op.DELETE, before), Edit(Op.INSERT, after))
        ids = [" ".join(p.id for p in paragraphs) for paragraphs in group]
        shown = tuple(edit for edit in edits if edit.text)
        changes.append(build.change(*ids, shown, tier="pinned", moved=draw(st.booleans())))
    return Comparison(old, new, tuple(changes))


# ---- accept all is the new text, reject all the old one ------------------------------------------------------------


@pytest.mark.parametrize(("old", "new"), [EDITIONS[:2], EDITIONS[1:], EDITIONS[::2], EDITIONS[1::-1]])
@pytest.mark.slow
def test_shipped_pairs_are_reversible(old, new):
    assert_reversible(compare(edition(old), edition(new)))


def security_council(shared):
    """Twelve pairs of the Security Council, none of them shipped: as (old, new)."""
    files = {re.search(r"RES_0*(\d+)_", path.name)[1]: path for path in (shared / "texts" / "fr-sc").glob("*.txt")}
    pairs = [path.stem.split("-") for path in sorted((shared / "gold" / "sc-dev").glob("[0-9]*.json"))]
    pairs += [("1535", "1787"), ("1787", "1805"), ("1551", "1575"), ("1722", "1785")]
    return [[parse(reading.read(files[number])) for number in pair] for pair in pairs]


@pytest.mark.slow
def test_security_council_pairs_are_reversible(shared):
    for old, new in security_council(shared):
        assert_reversible(compare(old, new))


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(bodies(), bodies())
def test_any_pair_is_reversible(old, new):
    assert_reversible(compare(resolution("A/RES/1/1", old), resolution("A/RES/2/1", new)))


@pytest.mark.slow
@settings(deadline=None, max_examples=45)
@given(linked())
def test_any_links_are_reversible(comparison):
    assert_reversible(comparison)


@pytest.mark.parametrize(("how", "symbol"), [("accept", "74-175"), ("reject", "72-194")])
def test_our_own_reader_gets_the_resolution_back(tmp_path, how, symbol):
    (tmp_path / "x.docx").write_bytes(tracked())
    got, want = parse(reading.read(tmp_path / "x.docx", tracked=how)), edition(symbol)
    assert (got.symbol, got.title, got.adopted) == (want.symbol, want.title, want.adopted)
    assert [(p.id, p.number, p.lead, p.text) for p in got.body] == [(p.id, p.number, p.lead, p.text) for p in want.body]


@pytest.mark.parametrize("layout", ["tracked", "table"])
def test_what_xml_cannot_hold_does_not_stop_the_file(layout):
    bad = "Prie\x00 les\x0c États\ufffe"
    old, new = (replace(resolution("A/RES/1/1", [(Part.OPERATIVE, bad + more)]), title=bad) for more in ("", " !"))
    data = render(report.build(compare(old, new)), author="\x01", layout=layout)
    assert "Prie� les� États�" in "".join(t.text for t in part(data).iter(f"{W}t"))


# Words inserted at the end of a paragraph before inserted paragraphs: LibreOffice takes both for one insertion.
ENDS = (
    (["Prie les États d’agir", "Décide"], ["Prie les États d’agir sans délai", "Invite le PNUD ;", "Note", "Décide"]),
    (["Prie les États d’agir bientôt", "Décide"], ["Prie les États d’agir sans délai", "Invite le PNUD ;", "Décide"]),
    (["Prie les États d’agir"], ["Prie les États d’agir sans délai", "Invite le PNUD ;"]),
    (["Prie les États d’agir", "Décide ;"], ["Prie les États d’agir sans délai", "Consciente, décide ;"]),
    (
        ["Prie les États d’agir bientôt", "Note le rapport"],
        ["Prie les États d’agir sans délai", "Rappelle la Charte", "Invite le PNUD ;"],
    ),
)


def ending(old, new):
    texts = [[(Part.OPERATIVE, text) for text in side] for side in (old, new)]
    return resolution("A/RES/1/1", texts[0]), resolution("A/RES/2/1", texts[1])


@pytest.mark.slow
@pytest.mark.parametrize("pair", [*ENDS, *(pair[::-1] for pair in ENDS)])
def test_a_kept_paragraph_mark_never_stands_between_two_insertions(pair):
    data = assert_reversible(compare(*ending(*pair)))
    paragraphs = list(part(data).iter(f"{W}p"))
    for line, following in pairwise(paragraphs):
        ends, begins = (
            [e.tag for e in p if e.tag in (f"{W}ins", f"{W}del") or e.find(f"{W}t") is not None]
            for p in (line, following)
        )
        if ends[-1:] == [f"{W}ins"] and line.find(f"{W}pPr/{W}rPr/{W}ins") is None:
            assert begins[:1] != [f"{W}ins"]


# The first paragraph that calls a note, at ^, comes or goes whole: alone, among others, with one that takes its place,
# after the title, after one that is set in otherwise; or becomes one with another.
CALLING = (
    (["pp Rappelant", "pp Ayant examiné le rapport du Comité^,", "Décide"], ["pp Rappelant", "Décide"]),
    (
        ["pp Rappelant", "pp Notant sa visite", "pp Ayant examiné ce rapport^,", "pp Conscient de tout", "Décide^"],
        ["pp Rappelant", "Décide^"],
    ),
    (
        ["pp Rappelant", "pp Ayant examiné le rapport du Comité^,", "pp Consciente^", "Décide"],
        ["pp Rappelant", "pp Remerciant le Secrétaire général de ses efforts^,", "pp Consciente^", "Décide"],
    ),
    (["pp Ayant examiné le rapport du Comité^,", "pp Rappelant", "Décide"], ["pp Rappelant", "Décide"]),
    (["op1 Prie :", "op1.a Le PNUD^", "op1.b Le BIT", "op2 Décide"], ["op1 Prie :", "op1.b Le BIT", "op2 Décide"]),
    (["op1 Prie :", "op1.a Le BIT", "op2 Invite le PNUD^", "op3 Note"], ["op1 Prie :", "op1.a Le BIT", "op3 Note"]),
    (
        ["pp Rappelant", "pp Ayant examiné le rapport du Comité^,", "op1 Décide"],
        ["pp Rappelant", "pp Consciente des efforts du PNUD,", "pp Notant que tout a changé^,", "op1 Décide"],
    ),
    (
        ["op1 Prie :", "op1.a Le PNUD^ ;", "op2 Décide"],
        ["op1 Prie :", "op2 Invite les États à coopérer, dans :", "op2.a Les régions ;", "op3 Décide"],
    ),
    (["op1 Prie :", "op1.a Le PNUD^ ;", "op2 Décide"], ["op1 Prie :", "op2 Invite les États à coopérer", "op3 Décide"]),
    (
        ["op1 Prie les États d’agir sans délai^ ;", "op2 Invite l’Office à coopérer avec tous ;", "op3 Décide"],
        ["op1 Prie les États d’agir sans délai^ et invite l’Office à coopérer avec tous ;", "op2 Décide"],
    ),
)  # fmt: skip


def calling(old, new):
    found = []
    for symbol, rows in (("A/RES/1/1", old), ("A/RES/2/1", new)):
        text = build.resolution(*(row.replace("^", "") for row in rows), symbol=symbol, title="Titre")
        notes = [
            Footnote(str(number), f"{place.text}, annexe.", place.id, row.index("^") - len(row) + len(place.text) + 1)
            for number, (row, place) in enumerate(zip(rows, text.body, strict=True), start=1)
            if "^" in row
        ]
        found.append(replace(text, footnotes=tuple(notes), provenance=Provenance(TextKind.OFFICIAL)))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("pair", [*CALLING, *(pair[::-1] for pair in CALLING)])
def test_the_mark_of_the_paragraph_that_calls_the_first_note_is_kept(pair):
    data = assert_reversible(compare(*calling(*pair)))
    paragraphs = list(part(data).iter(f"{W}p"))
    at, first = next((n, p) for n, p in enumerate(paragraphs) if p.find(f".//{W}footnoteReference") is not None)
    mark = first.find(f"{W}pPr/{W}rPr/*")
    # between two insertions LibreOffice needs none that is kept
    ending, following = ([e.tag for e in p if e.tag in (f"{W}ins", f"{W}del", f"{W}r")] for p in paragraphs[at:][:2])
    assert mark is None or {mark.tag, ending[-1], following[0]} == {f"{W}ins"}


HEAD = ("L’Assemblée générale,", "Rappelant la Charte,")
LABELS = {
    "preambular": (
        ["PP1bis Consciente du rôle des villes,", "1. Prie les États d’agir."],
        ["Consciente du rôle éminent des villes,", "1. Prie les États d’agir."],
    ),
    "given up": (
        ["1. Prie le BIT ;", "2. [supprimé]", "3. Invite le PNUD."],
        ["1. Prie le BIT ;", "2. Invite le PNUD."],
    ),
    "given up in both": (
        ["1. Prie le BIT ;", "2. [supprimé]", "3. Invite le PNUD."],
        ["1. Prie le FAO ;", "2. [supprimé]", "3. Invite le PNUD."],
    ),
    "given up now": (
        ["1. Prie le BIT ;", "2. Note le rapport ;", "3. Invite le PNUD."],
        ["1. Prie le BIT ;", "2. (supprimé)", "3. Invite le PNUD."],
    ),
    "point given up": (
        ["1. Prie le BIT :", "a) D’agir ;", "b) [Supprimé]", "c) De lire."],
        ["1. Prie le BIT :", "a) D’agir ;", "b) De lire."],
    ),
    "recital given up": (
        ["PP3 [Supprimé]", "PP4 Consciente du rôle des villes,", "1. Prie."],
        ["PP3 Consciente du rôle éminent des villes,", "1. Prie."],
    ),
    "remark": (
        ["1. Prie le BIT ;", "[Fédération de Russie : supprimer le paragraphe 2]", "2. Note."],
        ["1. Prie le BIT ;", "2. Note bien."],
    ),
    "remark in both": (
        ["1. Prie le BIT ;", "[Égypte : supprimer le paragraphe 2]", "2. Note."],
        ["1. Prie le BIT ;", "[Égypte : supprimer le paragraphe 2]", "2. Note bien."],
    ),
    "point": (
        ["1. Prie le BIT :", "[a) D’agir ;]", "b) De lire."],
        ["1. Prie le BIT :", "a) D’agir vite ;", "b) De lire."],
    ),
    "point in both": (["1. Prie le BIT :", "[a) D’agir ;]"], ["1. Prie le BIT :", "[a) D’agir vite ;]"]),
    "bracket behind": (["1. Prie le BIT :", "[a) D’agir ;]"], ["1. Prie le BIT :", "a) [D’agir ;]"]),
    "paragraph": (["[1. Prie le BIT ;]", "[2 bis] Invite le PNUD."], ["1. Prie le BIT ;", "2. Invite le PNUD."]),
    "names": (
        ["OP1. Prie le BIT ;", "[OP2. Invite le PNUD ;]"],
        ["OP1. Prie tout le BIT ;", "OP2 bis Invite le PNUD ;"],
    ),
    "other texts": (["[1. Prie le BIT ;]", "2. Note."], ["[1. Demande au PNUD un rapport ;]", "2. Note."]),
    "enclosed": (
        ["1. Prie le BIT :", "(a) D’agir ;", "(b) De lire :", "(i) Tout ;", "(ii) Bien."],
        [
            "1. Prie le BIT :",
            "(a) De lire :",
            "(i) Tout.",
        ],
    ),
    "enclosed now": (
        ["1. Prie le BIT :", "a) D’agir ;", "b) De lire."],
        ["1. Prie le BIT :", "(a) D’agir vite ;", "(b) De lire."],
    ),
}


def labelled(old, new):
    return [parse(reading.Source("\n\n".join([*HEAD, *rows]) + "\n")) for rows in (old, new)]


@pytest.mark.slow
def test_libreoffice_accepts_and_rejects_the_same(tmp_path):
    python = next((p for p in ("/usr/bin/python3", shutil.which("python3")) if p and _speaks_uno(p)), None)
    if not python or not shutil.which("soffice"):
        pytest.skip("no LibreOffice with its Python bridge: apt install libreoffice-writer-nogui python3-uno")
    pairs = [[edition(name) for name in pair] for pair in pairwise(EDITIONS)]
    pairs += [ending(*pair) for ends in ENDS for pair in (ends, ends[::-1])]
    pairs += [calling(*pair) for calls in CALLING for pair in (calls, calls[::-1])]
    shared = Path(__file__).resolve().parents[2] / "shared"
    pairs += in_turn(security_council(shared), 4) if shared.is_dir() else []
    wanted = {}
    for number, (old, new) in enumerate([*LABELS.values(), *(pair[::-1] for pair in LABELS.values())]):
        path = tmp_path / f"label{number}.docx"
        path.write_bytes(render(report.build(compare(*labelled(old, new))), comments=False))
        wanted[str(path)] = {"accept": [*HEAD, *new], "reject": [*HEAD, *old]}
    for number, ((old, new), moves) in enumerate(product(pairs, (False, True))):
        built = report.build(compare(old, new))
        names = next(block.names for block in built.blocks if isinstance(block, report.Title))
        path = tmp_path / f"{number}.docx"
        # LibreOffice without a screen crashes on any file that has comments (25.2).
        path.write_bytes(render(built, track_moves=moves, comments=False))
        wanted[str(path)] = {"accept": printed(new, names[1]), "reject": printed(old, names[0])}
    command = [python, Path(__file__).with_name("libreoffice.py"), tmp_path / "profile", *wanted]
    done = subprocess.run(command, capture_output=True, check=True, timeout=240).stdout
    assert json.loads(done) == wanted


def _speaks_uno(python):
    return subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("texts", LABELS.values(), ids=LABELS)
def test_the_labels_of_drafts_come_back_as_they_are_printed(texts):
    for old, new in (texts, texts[::-1]):
        built = report.build(judged(compare(*labelled(old, new))))
        for moves in (False, True):
            data = render(built, track_moves=moves)
            assert lines(data, accept=True) == [*HEAD, *new]
            assert lines(data, accept=False) == [*HEAD, *old]
            assert wordprocessing.faults(data) == []


def test_points_in_brackets_are_counted_so():
    rows = ["1. Prie le BIT :", "(a) D’agir ;", "(b) De lire."]
    data = drafted(rows, [rows[0], rows[1].replace("agir", "agir vite"), rows[2]])
    assert [e.get(f"{W}val") for e in part(data).iter(f"{W}ilvl")] == ["0", "1", "1"]
    assert "(%2)" in [e.get(f"{W}val") for e in part(data, "word/numbering.xml").iter(f"{W}lvlText")]


def masthead(*head, ends="agir"):
    text = "\n\n".join([*head, "L’Assemblée générale,", "Rappelant la Charte,", f"1. Prie les États d’{ends}."])
    return parse(reading.Source(f"{text}\n"))


DRAFTED = ("Coopération internationale face aux inondations", "Projet révisé {} – 14 novembre")
NUMBERED_HEADS = ("74/175. Assistance technique", "72/194. Assistance technique à fournir")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([DRAFTED[0], DRAFTED[1].format(1)], [DRAFTED[0], DRAFTED[1].format(2)]),
        ([DRAFTED[1].format(1), DRAFTED[0]], [DRAFTED[1].format(2), DRAFTED[0]]),
        ([DRAFTED[0]], ["Coopération face aux inondations"]),
        ([NUMBERED_HEADS[0]], [NUMBERED_HEADS[1]]),
        ([DRAFTED[0]], []),
        ([], [DRAFTED[0], DRAFTED[1].format(2)]),
        (["A/RES/72/194", "Assistance technique", "à fournir"], [NUMBERED_HEADS[0]]),
    ],
)
def test_no_line_of_the_masthead_is_written_twice_or_lost(old, new):
    for before, after in ((old, new), (new, old)):
        data = render(report.build(compare(masthead(*before), masthead(*after, ends="agir vite"))))
        for accept, head in ((True, after), (False, before)):
            found = lines(data, accept=accept)
            assert found[: found.index("L’Assemblée générale,")] == head
        assert wordprocessing.faults(data) == []


def test_a_title_that_one_copy_has_in_its_preface_alone_is_not_put_in_again():
    told = "Assistance technique"
    bare = replace(masthead(), title=told)
    data = render(report.build(compare(bare, masthead(told, ends="agir vite"))))
    assert [lines(data, accept=accept)[:2] for accept in (True, False)] == [[told, "L’Assemblée générale,"]] * 2
    assert told not in revised(part(data))
    assert next(e.get(f"{W}val") for e in part(data).iter(f"{W}pStyle")) == "ResolutionTitle"


def test_a_split_in_place_inserts_a_paragraph_mark():
    old = resolution("A/RES/1/1", [(Part.OPERATIVE, "Prie les États d’agir, et les invite à coopérer ;")])
    news = [(Part.OPERATIVE, text) for text in ("Prie les États d’agir ;", "Les invite à coopérer ;")]
    edits = (
        Edit(Op.EQUAL, "Prie les États d’agir"),
        Edit(Op.DELETE, ", et les"),
        Edit(Op.INSERT, " ;\nLes"),
        Edit(Op.EQUAL, " invite à coopérer ;"),
    )
    change = build.change("op1", "op1 op2", edits, kind=Kind.SPLIT, tier="split")
    data = assert_reversible(Comparison(old, resolution("A/RES/2/1", news), (change,)))
    assert len(part(data).findall(f".//{W}pPr/{W}rPr/{W}ins")) == 1
    assert "scindé" in comments(data).casefold()


# ---- numbers and styles --------------------------------------------------------------------------------------------


def tracked_rows(old, new):
    """The body of the file on two texts given as rows."""
    texts = (build.resolution(*rows, symbol=s, title="Titre") for s, rows in (("A/RES/1/1", old), ("A/RES/2/1", new)))
    return part(assert_reversible(compare(*texts)))


def revised(body):
    """The words of each revision, of the insertions first, but for those of the title."""
    runs = [e for p in list(body.iter(f"{W}p"))[1:] for tag in ("ins", "del") for e in p.findall(f"{W}{tag}")]
    return ["".join(t.text for t in run.iter(f"{W}t", f"{W}delText")) for run in runs]


PLAIN = (
    "op1 Prie les États d’agir ;",
    "op2 Invite le PNUD :",
    "op2.a À coopérer ;",
    "op2.b À conclure ;",
    "op3 Décide.",
)


def test_a_number_that_only_shifts_is_no_revision():
    new = ["op1 Note le rapport du PNUD ;", *(row.replace("op2", "op3").replace("op1", "op2") for row in PLAIN[:4])]
    body = tracked_rows(PLAIN, [*new, "op4 Décide."])
    assert revised(body) == ["Note le rapport du PNUD ;"]
    levels = [e.get(f"{W}val") for e in body.iter(f"{W}ilvl")]
    assert levels == ["0", "0", "0", "1", "1", "0"]
    assert not list(body.iter(f"{W}pPrChange"))


NUMBERED = {
    "gap": (PLAIN, [PLAIN[0], "op4 Décide."]),
    "twice": (PLAIN, [PLAIN[0], "op1-2 Invite le BIT ;", PLAIN[4].replace("3", "2")]),
    "bis": (PLAIN, [PLAIN[0], build.paragraph("op1-2", "Note le rapport ;", number="1 bis"), *PLAIN[1:]]),
    "points with a gap": (PLAIN, [*PLAIN[:2], "op2.a À coopérer ;", "op2.c À conclure ;", PLAIN[4]]),
    "point to paragraph": (PLAIN, [*PLAIN[:3], "op3 À conclure ;", "op4 Décide."]),
    "paragraph to point": (PLAIN, ["op1 Prie les États d’agir ;", "op1.a Invite la CNUDCI :", "op2 Décide."]),
    "preamble to paragraph": (["pp Rappelant la Charte,", *PLAIN], ["op1 Rappelant la Charte,", "op2 Décide."]),
    "points of the preamble": (["pp Rappelant :", "pp1.a La Charte ;", "pp1.b Le Pacte,"], ["pp Rappelant :", *PLAIN]),
    "annex": ([*PLAIN, "annex1.op1 Les États"], [*PLAIN, "annex1.op1 Les États", "annex1.op2 Le PNUD"]),
    "begins late": (["op4 Prie", "op5 Décide."], ["op1 Prie", "op2 Décide."]),
    "letters past z": ([*PLAIN[:2], *(f"op2.{chr(97 + n)} Point {n}" for n in range(26)), "op2.aa Dernier"], PLAIN),
    "of nothing": ([], PLAIN),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", NUMBERED)
def test_odd_numbers_come_out_as_printed(name):
    for old, new in (NUMBERED[name], NUMBERED[name][::-1]):
        texts = [build.resolution(*rows, symbol=s, title="Titre") for s, rows in (("A/1", old), ("A/2", new))]
        data = assert_reversible(compare(*texts))
        for how, text in (("accept", texts[1]), ("reject", texts[0])):
            read = reading.read(data, tracked=how).text.rstrip("\n").split("\n\n")[1:]
            assert read == printed(text, "")[1:]


def test_where_one_text_has_a_gap_both_keep_their_numbers_as_text():
    body = tracked_rows(*NUMBERED["gap"])
    assert not list(body.iter(f"{W}numPr"))
    assert {"3", "4"} <= set(revised(body))


def test_a_paragraph_between_two_numbers_has_its_own_as_text_and_the_others_are_counted():
    body = tracked_rows(*NUMBERED["bis"])
    assert revised(body) == ["1 bis. Note le rapport ;"]
    assert len(list(body.iter(f"{W}numPr"))) == len(PLAIN)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edits", "seen"),
    [
        ([(Op.EQUAL, "Prie les États"), (Op.INSERT, "\xa0"), (Op.EQUAL, ";")], ["\xa0;", ";"]),
        ([(Op.EQUAL, "Prie l’"), (Op.DELETE, " "), (Op.INSERT, "\xa0"), (Op.EQUAL, "Organisation")], ["l’\xa0", "l’ "]),
        ([(Op.EQUAL, "Prie "), (Op.INSERT, " "), (Op.EQUAL, "instamment ;")], [" instamment", "instamment"]),
        ([(Op.DELETE, " "), (Op.EQUAL, "Prie les États ;")], ["Prie", " Prie"]),
        ([(Op.EQUAL, "Prie les États "), (Op.DELETE, "de "), (Op.EQUAL, "agir ;")], ["de "]),
    ],
)
def test_no_revision_is_only_a_blank(edits, seen):
    edits = tuple(Edit(op, text) for op, text in edits)
    texts = ["".join(e.text for e in edits if e.op in (Op.EQUAL, op)) for op in (Op.DELETE, Op.INSERT)]
    sides = [
        build.resolution(("op", text), symbol=s, title="Titre") for s, text in zip(("A/1", "A/2"), texts, strict=True)
    ]
    body = part(assert_reversible(Comparison(*sides, (build.change("op1", "op1", edits),))))
    assert revised(body) == seen


def test_what_was_set_otherwise_says_how():
    rows = (
        ("pp Rappelant la Charte,", *PLAIN),
        ("op1 Rappelant la Charte,", *(row for row in PLAIN if "op1 " not in row)),
    )
    old, new = (build.resolution(*side, symbol=s, title="Titre") for s, side in zip(("A/1", "A/2"), rows, strict=True))
    kept = [(p.id, p.id, p.text) for p in new.body[1:]]
    changes = [
        build.change(a, b, (Edit(Op.EQUAL, words),)) for a, b, words in [("pp1", "op1", old.body[0].text), *kept]
    ]
    gone = build.change("op1", "", (Edit(Op.DELETE, old.body[1].text),), kind=Kind.REMOVED)
    body = part(assert_reversible(Comparison(old, new, (*changes, gone))))
    changed = next(p for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pPrChange") is not None)
    styles = [changed.find(f"{W}pPr/{path}{W}pStyle").get(f"{W}val") for path in ("", f"{W}pPrChange/{W}pPr/")]
    assert styles == ["Operative", "Preamble"]


def test_styles_have_names_in_the_language_of_the_report():
    plain = [build.paragraph(*row.split(" ", 1)) for row in PLAIN]
    rows = [
        Paragraph("preface1", Part.PREFACE, "", 0, "", "L’Assemblée générale,", Span(0, 1)),
        ("pp", "Rappelant la Charte,"),
        Paragraph("op.h1", Part.OPERATIVE, "", 0, "", "Financement", Span(0, 1)),
        *plain,
        Paragraph("conclusion1", Part.CONCLUSION, "", 0, "", "50e séance plénière", Span(0, 1)),
    ]
    texts = [build.resolution(*rows, symbol=s, title="Titre") for s in ("A/RES/1/1", "A/RES/2/1")]
    data = {lang: render(report.build(compare(*texts), lang=lang)) for lang in ("fr", "en")}
    names = {}
    for lang, file in data.items():
        root = part(file, "word/styles.xml")
        names[lang] = {s.get(f"{W}styleId"): s.find(f"{W}name").get(f"{W}val") for s in root.iter(f"{W}style")}
    used = [e.get(f"{W}val") for e in part(data["fr"]).iter(f"{W}pStyle")]
    assert used == [
        "ResolutionTitle", "Preamble", "Preamble", "SectionHeading", "Operative", "Operative", "Point", "Point",
        "Operative", "Conclusion",
    ]  # fmt: skip
    assert [names["fr"][id_] for id_ in ("Preamble", "Operative")] == ["Préambule", "Dispositif"]
    assert [names["en"][id_] for id_ in ("Preamble", "Operative")] == ["Preambular paragraph", "Operative paragraph"]
    italic = [e.getparent().getparent() for e in part(data["fr"]).iter(f"{W}i")]
    assert "".join(t.text for t in italic[0].iter(f"{W}t")) == "L’Assemblée générale"


# ---- what Word wants -----------------------------------------------------------------------------------------------


def comments(data):
    return "\n".join("".join(t.text for t in c.iter(f"{W}t")) for c in part(data, "word/comments.xml"))


def test_numbers_are_unique():
    tags = [f"{W}{name}" for name in ("ins", "del", "bookmarkStart", "commentReference")]
    ids = [element.get(f"{W}id") for element in part(tracked()).iter(*tags)]
    assert len(ids) == len(set(ids)) > 100


def test_every_comment_is_anchored_once():
    known = sorted(c.get(f"{W}id") for c in part(tracked(), "word/comments.xml"))
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(e.get(f"{W}id") for e in part(tracked()).iter(W + tag)) == known


def test_deleted_words_are_deleted_text_and_spaces_are_kept():
    body = part(tracked())
    assert not [t for d in body.iter(f"{W}del") for t in d.iter(f"{W}t")]
    assert not [t for t in body.iter(f"{W}delText") if not any(a.tag == f"{W}del" for a in t.iterancestors())]
    space = "{http://www.w3.org/XML/1998/namespace}space"
    assert {t.get(space) for t in body.iter(f"{W}t", f"{W}delText")} == {"preserve"}


def test_a_comment_sets_what_came_in_bold_and_strikes_what_went():
    data = drafted(
        ["1. Engage les États à ratifier [sans délai] la Convention [no 2]."],
        ["1. Invite les États à ratifier la Convention [no 2]."],
    )
    *_, comment = part(data, "word/comments.xml")
    runs = {"".join(run.itertext()): run.find(f"{W}rPr") for run in comment.iter(f"{W}r")}
    looks = {text: [e.tag for e in look] for text, look in runs.items() if look is not None}
    assert looks["Engage"] == looks["[sans délai]"] == [f"{W}strike", f"{W}color"] and looks["Invite"] == [f"{W}b"]
    whole = "«\xa0Engage Invite les États à ratifier [sans délai] la Convention [no 2]\xa0»"
    assert "".join(comment.itertext()).endswith(whole)
    assert wordprocessing.faults(data) == []


def test_every_mark_of_a_comment_is_one_of_its_legend():
    data = render(report.build(judged(compare(edition("74-175"), edition("78-226")))))
    said = comments(data)
    assert "en gras, ceux que le texte gagne" in said and "barrés, ceux qu’il y perd" in said
    marks = [e.tag for e in part(data, "word/comments.xml").iter(f"{W}b", f"{W}strike")]
    assert {marks.count(f"{W}b") > 9, marks.count(f"{W}strike") > 9} == {True}
    assert not [text for text in said.split("«") if "[" in text.partition("»")[0]]


def test_a_move_is_told_at_both_places():
    assert comments(tracked()).count("Déplacé\u00a0: PP\u00a013 → PP\u00a03") == 2


def test_author_and_date():
    data = render(real(), author="Délégation de la Côte d’Ivoire", date="2026-11-24")
    revisions = [*part(data).iter(f"{W}ins", f"{W}del"), *part(data, "word/comments.xml")]
    assert {r.get(f"{W}author") for r in revisions} == {"Délégation de la Côte d’Ivoire"}
    assert {r.get(f"{W}date") for r in revisions} == {"2026-11-24T00:00:00Z"}
    assert {r.get(f"{W}date") for r in part(tracked()).iter(f"{W}ins")} == {"2019-12-18T00:00:00Z"}


@pytest.mark.parametrize("options", [{"date": "hier"}, {"layout": "poster"}])
def test_what_cannot_be_understood_is_refused(options):
    with pytest.raises(UsageError):
        render(real(), **options)


def test_texts_without_a_date_or_a_symbol():
    old, new = (replace(resolution("", [(Part.OPERATIVE, "Prie" + more)]), adopted="?") for more in ("", " les États"))
    data = assert_reversible(compare(old, new))
    assert {r.get(f"{W}date") for r in part(data).iter(f"{W}ins")} == {"1970-01-01T00:00:00Z"}


def test_same_report_same_bytes_without_a_clock():
    data = render(real())
    assert data == tracked()
    with ZipFile(BytesIO(data)) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert file.namelist()[0] == "[Content_Types].xml"


def test_word_goes_on_tracking_and_knows_the_language():
    names = [etree.QName(e).localname for e in part(tracked(), "word/settings.xml")]
    assert names.index("trackRevisions") < names.index("defaultTabStop")
    assert "fr-FR" in [e.get(f"{W}val") for e in part(tracked(), "word/styles.xml").iter(f"{W}lang")]


def test_leads_are_italic_and_paragraphs_are_bookmarked():
    body = part(tracked())
    italic = [run for run in body.iter(f"{W}r") if run.find(f"{W}rPr/{W}i") is not None]
    assert {"Rappelant", "Demande"} <= {"".join(t.text for t in run.iter(f"{W}t")) for run in italic}
    names = [b.get(f"{W}name") for b in body.iter(f"{W}bookmarkStart")]
    assert {"op8", "old_op12", "pp3", "old_pp13"} <= set(names)
    assert len(names) == len(set(names))


def test_markup_in_texts_stays_text():
    old = resolution("A/RES/1/1", [(Part.OPERATIVE, 'Prie <w:del> & "l’État" ]]>')])
    assert_reversible(compare(old, resolution("A/RES/2/1", [(Part.OPERATIVE, "Prie </w:p> & 'l’État'")])))


def test_table_layout_holds_both_texts():
    comparison = compared()
    body = part(render(real(), layout="table"))
    assert body.find(f".//{W}pgSz").get(f"{W}orient") == "landscape"
    for column, text in enumerate((comparison.old, comparison.new)):
        cells = [row.findall(f"{W}tc")[column] for row in body.iter(f"{W}tr") if len(row.findall(f"{W}tc")) == 3]
        found = "\n".join("".join(t.text for t in p.iter(f"{W}t")) for cell in cells for p in cell.iter(f"{W}p"))
        assert [p.id for p in text.body if p.text not in found] == []
    assert not list(body.iter(f"{W}ins", f"{W}del"))


def test_table_layout_numbers_every_sentence_but_the_one_on_what_is_not_quoted(real_pair):
    built = report.build(real_pair)
    last = report.as_text(built.find(report.Summary).sentences[-1])
    body = part(render(built, layout="table"))
    styles = {"".join(t.text for t in p.iter(f"{W}t")): p.find(f".//{W}pStyle") for p in body.iter(f"{W}p")}
    assert built.find(report.Summary).sentences[-1].uncited and styles[last].get(f"{W}val") == "ListContinue"


def test_table_layout_prints_no_remark_that_only_repeats_its_paragraph(real_pair):
    built = report.build(real_pair)
    repeated = [report.as_text(row.remark) for row in built.find(report.Changes).rows if row.repeats]
    remarks = [row.findall(f"{W}tc")[2] for row in part(render(built, layout="table")).iter(f"{W}tr") if len(row) > 2]
    said = {"".join(t.text for t in p.iter(f"{W}t")) for cell in remarks for p in cell.iter(f"{W}p")}
    assert len(repeated) > 3
    assert not said & set(repeated)


@pytest.mark.parametrize("layout", ["tracked", "table"])
def test_both_layouts_tell_what_the_report_tells_of_the_texts(layout):
    old, new = calling(["Prie les États^ ;", "Décide^"], ["Prie instamment les États^ ;", "Décide^"])
    new = replace(new, footnotes=(*new.footnotes, Footnote("9", "Résolution 60/288.", "", 0)))
    notice = Notice("number-missing", ("7",))
    built = report.build(judged(replace(compare(old, new), notices=(notice,))), min_weight=Weight.SUBSTANTIVE)
    data = render(built, layout=layout)
    told = comments(data) if layout == "tracked" else "\n".join(paragraph_texts(data))
    blocks = {type(block): block for block in built.blocks}
    assert report.as_text(report.numbers_line(blocks[report.Numbers], "fr")) in told
    assert (
        report.counted("changes.hidden", blocks[report.Changes].hidden, "fr") in told and blocks[report.Changes].hidden
    )
    assert all(fact.text in told for fact in blocks[report.Notices].facts) and blocks[report.Notices].facts
    assert all(report.as_text(sentence) in told for sentence in blocks[report.Summary].sentences)


def broken(data):
    """The texts of a document, and the first of those that begin a page."""
    breaks = [p for p in part(data).iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    return paragraph_texts(data), ["".join(t.text for t in p.iter(f"{W}t")) for p in breaks]


def test_the_first_page_of_the_table_is_whole(real_pair):
    built = report.build(real_pair)
    summary = built.find(report.Summary)
    texts, breaks = broken(render(built, layout="table"))
    figures = report.as_text(report.numbers_line(built.find(report.Numbers), "fr"))
    said = [report.as_text(each) for each in (*summary.leads, *summary.dates)]
    first = [*(text.replace("[", "").replace("]", "") for text in said), figures]
    rest = sum(not each.uncited for each in summary.rest)
    at = texts.index(first[0])
    assert texts[at : at + len(first)] == first
    then, *others = texts[at + len(first) :]
    assert then == f"La suite\u00a0: {rest} autres points de l’essentiel · Changements"
    below = sum(len(each.lines) for each in summary.rest)  # of several paragraphs each has a line of its own
    assert below > rest > 4 and breaks == others[:1] and others[below] == "72/194"


def test_the_table_breaks_no_page_of_a_summary_that_fits_one():
    old, new = calling(["Prie les États d’agir ;", "Décide^"], ["Prie instamment les États d’agir ;", "Décide^"])
    assert broken(render(report.build(judged(compare(old, new))), layout="table"))[1] == []


def test_the_table_shows_a_note_that_nothing_calls():
    old, new = calling(["Prie les États^ ;"], ["Prie les États ;"])
    old = replace(old, footnotes=(*old.footnotes, Footnote("9", "Résolution 60/288.", "", 0)))
    built = report.build(judged(compare(old, replace(new, footnotes=(Footnote("1", "Résolution 70/1.", "", 0),)))))
    assert built.find(report.Changes).notes
    told = "\n".join(paragraph_texts(render(built, layout="table")))
    assert "Résolution 60/288." in told and "Résolution 70/1." in told


def paragraph_texts(data):
    return ["".join(t.text for t in p.iter(f"{W}t")) for p in part(data).iter(f"{W}p")]


HOSTILE = (
    "Prie " + "les États Membres " * 60_000 + ";",  # one megabyte
    "Prie \u202eالجمعية العامة\u202c et עברית ;",
    "Prie 👩‍👩‍👧‍👦 🇫🇷 𝒜 e\u0301 ;",
    "Prie \x0b\x1f\x7f\u0085\u2028\ud7ff\ufffe ;",
    "  deux  espaces \t et une tabulation  ",
    "] ]> &amp; <w:t> <!-- --> <?xml?>",
)


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("options", [{}, {"track_moves": True}, {"layout": "table"}], ids=str)
def test_word_opens_what_hostile_texts_give(text, options):
    old = resolution("A/RES/1/1", [(Part.PREAMBLE, text), (Part.OPERATIVE, text), (Part.OPERATIVE, "Décide ;")])
    new = resolution("A/RES/2/1", [(Part.OPERATIVE, "Décide ;"), (Part.OPERATIVE, text.replace("e", "i"))])
    assert wordprocessing.faults(render(report.build(compare(old, new)), **options)) == []


# ---- moves marked as such ------------------------------------------------------------------------------------------


@cache
def moving():
    return report.build(compared("74-175", "78-226"))


def test_moves_are_marked_when_asked_only():
    marks = [f"{W}{name}" for name in ("moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart")]
    assert not list(part(render(moving())).iter(*marks))
    body = part(render(moving(), track_moves=True))
    names = [sorted(e.get(f"{W}name") for e in body.iter(tag)) for tag in marks[2:]]
    assert names[0] == names[1] and {"move1", "passage1"} <= set(names[0])


def test_a_moved_paragraph_takes_its_mark_along():
    body = part(render(real(), track_moves=True))
    for way in ("From", "To"):
        moved = next(p for p in body.iter(f"{W}p") if p.find(f"{W}move{way}RangeStart") is not None)
        assert moved.find(f"{W}pPr/{W}rPr/{W}move{way}") is not None
        assert "".join(t.text for t in moved.iter(f"{W}t")).startswith("Réaffirmant que le terrorisme sous toutes")
        assert moved.getnext().tag == f"{W}move{way}RangeEnd"


def test_a_paragraph_of_which_little_is_left_is_no_move():
    old = resolution("A/RES/1/1", [(Part.OPERATIVE, "Prie le PNUD de rendre compte ;"), (Part.OPERATIVE, "Décide ;")])
    new = resolution("A/RES/2/1", [(Part.OPERATIVE, "Décide ;"), (Part.OPERATIVE, "Invite la CNUDCI à agir ;")])
    edits = (Edit(Op.DELETE, "Prie le PNUD de rendre compte"), Edit(Op.INSERT, "Invite la CNUDCI à agir"),
             Edit(Op.EQUAL, " ;"))  # fmt: skip
    kept = (Edit(Op.EQUAL, "Décide ;"),)
    changes = (
        build.change("op1", "op2", edits, moved=True, renumbered=True),
        build.change("op2", "op1", kept, renumbered=True),
    )
    comparison = Comparison(old, new, changes)
    assert_reversible(comparison)
    assert not list(part(render(report.build(comparison), track_moves=True)).iter(f"{W}moveTo"))


@pytest.mark.parametrize("built", [real, moving])
def test_every_moved_passage_is_told_in_a_comment(built):
    data, told = render(built()), comments(render(built()))
    passages = [(c, e) for c in built().find(report.Texts).changes for e in c.edits if e.passage]
    assert passages or built is real
    for _, edit in passages:
        assert " ".join(edit.text.split())[:40] in told
    assert told.count("Passage déplacé\u00a0: ") >= len(passages)
    assert wordprocessing.faults(data) == []


# ---- the check itself ----------------------------------------------------------------------------------------------


def spoilt(pattern, repl, name="word/document.xml"):
    out = BytesIO()
    with ZipFile(BytesIO(render(moving(), track_moves=True))) as given, ZipFile(out, "w") as written:
        for item in given.namelist():
            text = given.read(item)
            written.writestr(item, re.sub(pattern, repl, text.decode(), count=1) if item == name else text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("pattern", "repl", "fault"),
    [
        (r"<w:delText ([^>]*)>([^<]*)</w:delText>", r"<w:t \1>\2</w:t>", "t inside del"),
        (r"<w:moveFromRangeEnd[^>]*/>", "", "moveFrom"),
        (r'w:name="move1"', 'w:name="move9"', "moves that do not pair"),
        (r"<w:ins w:id=\"\d+\"", '<w:ins w:id="1"', "used 2 times"),
        (r"<w:commentReference [^>]*/>", "", "commentReference and the comments"),
        (r"<w:i/>", "<w:i/><w:b/>", "out of order"),
        (r"(<w:pPr>.*?</w:pPr>)(<w:\w+ [^>]*>)", r"\2\1", "not the first child"),
        (r' xml:space="preserve"> ', "> ", "spaces that Word would drop"),
    ],
)
def test_the_check_finds_what_word_stumbles_over(pattern, repl, fault):
    try:
        found = wordprocessing.faults(spoilt(pattern, repl))
    except etree.XMLSyntaxError:
        pytest.fail("the spoilt part is no XML: nothing was checked")
    assert any(fault in one for one in found), found


def test_the_check_finds_settings_out_of_order():
    data = spoilt(r"(<w:settings[^>]*>)(.*)<w:trackRevisions/>", r"\1<w:trackRevisions/>\2", "word/settings.xml")
    assert any("children of settings out of order" in one for one in wordprocessing.faults(data))


def test_a_masthead_in_one_line_and_in_several_says_the_same():
    body = (
        "Le Conseil des droits de l’homme,\n\nRappelant la Charte,\n\n1. Prie les États d’agir ;\n\n2. Décide de {}.\n"
    )
    one = "Conseil des droits de l’homme Soixante et unième session"
    several = one.replace(" Soixante", "\n\nSoixante")
    texts = (
        parse(reading.Source(f"{head}\n\nProjet (Rév. {n})\n\n{body.format(end)}"))
        for head, n, end in ((one, 1, "poursuivre"), (several, 2, "conclure"))
    )
    block = next(b for b in report.build(compare(*texts)).blocks if isinstance(b, report.Texts))
    marked = [[(e.op.value, e.text) for e in f.edits if e.op is not Op.EQUAL] for f in block.frames]
    assert [*filter(None, marked)] == [[("delete", " "), ("insert", "\n"), ("delete", "1"), ("insert", "2")]]
