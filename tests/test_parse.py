"""The form of a resolution: one trap a case under cases/parse, laws on any text, and the real texts."""

import json
import time
from collections import Counter
from pathlib import Path

import cases
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resdiff import limits
from resdiff.errors import InputError
from resdiff.model import Header, Part, Resolution, Source
from resdiff.parsing import parse
from resdiff.reading import read

HERE = Path(__file__).resolve().parent
CORPUS = sorted((HERE.parent / "corpus").glob("*/*.fr.md"))
SHARED = HERE.parents[1] / "shared"
REAL = sorted((SHARED / "texts" / "fr-sc").glob("*.txt"))
GOLD = sorted((SHARED / "gold" / "sc-dev").glob("S-*.json"))
# What a resolution is made of, for texts that look like one.
PIECES = st.sampled_from(
    [
        "L’Assemblée générale,", "Rappelant sa résolution 72/194,", "1. Prie les États", "2.", "a) D’agir ;", "–", "12",
        "154", "S/2006/1003.", "5 E/CN.15/2019/5.", "Annexe", "II", "Nations Unies d’Haïti150,", "[^1]", "[^1]: Ibid.",
        "50e séance plénière", "A/RES/74/175", "\f", "\n", "\n\n", " ", "mot-", "2006154,", "i)", "ii)",
        "1 bis. Prie", "*", "Ibid., document S/12342. en matière de", '" S/26001.', "Décision",
        "A sa 2668e séance, le Conseil",
        "Le Conseil de sécurité, Ayant reçu", "Se] félicite]", "S/1995/9143,", '"', "H. Prie", "1.", "h)", "Rappelant,",
    ]
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(max_size=300), st.lists(PIECES, max_size=40).map("\n".join), st.lists(PIECES, max_size=40).map(" ".join)
)


def shown(resolution: Resolution) -> str:
    """A resolution as reviewable text: one line a paragraph, a footnote, a notice."""
    about = [resolution.symbol, resolution.title, resolution.language, resolution.session, resolution.adopted]
    rows = [" | ".join(about)]
    rows += [f"{p.id} | {p.number} | {p.lead} | {p.text}" for p in resolution.paragraphs]
    rows += [f"note {n.label} | {n.text} | {n.paragraph} | {n.offset}" for n in resolution.footnotes]
    rows += [f"notice {n.code} | {' | '.join(n.values)}" for n in resolution.notices]
    return "".join(f"{row.rstrip(' ')}\n" for row in rows)


def covered(source: Source, resolution: Resolution) -> set[int]:
    """The places of the source that stand in the span of a paragraph, a footnote or a notice."""
    spans = [p.span for p in resolution.paragraphs]
    spans += [n.span for n in (*resolution.footnotes, *resolution.notices) if n.span]
    return {place for span in spans for place in range(span.start, span.end)}


def letters(text: str) -> Counter[str]:
    return Counter(c for c in text if c.isalnum())


def lost(source: Source, resolution: Resolution) -> Counter[str]:
    """Letters and digits of the source that stand in no text of the resolution; a note called twice counts once."""
    pieces = [p.number + p.text for p in resolution.paragraphs]
    pieces += {n.label + n.text for n in resolution.footnotes}
    pieces += [n.label for n in resolution.footnotes if n.paragraph]
    left_out = ("running-head", "page-number", "dirt")
    pieces += [source.text[n.span.start : n.span.end] for n in resolution.notices if n.span and n.code in left_out]
    return letters(source.text) - letters(" ".join(pieces))


@pytest.mark.parametrize("case", cases.parameters("parse"))
def test_case(case):
    assert shown(parse(Source(case.text("given"), scanned=bool(case.lines("scanned"))))) == case.text("expected")


@pytest.mark.slow
@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_every_character_is_accounted_for(text):
    source = Source(text)
    places = {place for place, c in enumerate(text) if not c.isspace()}
    assert places <= covered(source, parse(source))


@pytest.mark.slow
@given(ANY_TEXT)
@settings(max_examples=300, deadline=None)
def test_ids_are_unique_and_texts_one_line(text):
    resolution = parse(Source(text))
    ids = [p.id for p in resolution.paragraphs]
    assert len(ids) == len(set(ids))
    assert not any("\n" in p.text for p in resolution.paragraphs)
    assert all(p.text.startswith(p.lead) for p in resolution.paragraphs)


@given(ANY_TEXT)
@settings(max_examples=200, deadline=None)
def test_footnotes_stand_inside_the_text_they_point_to(text):
    resolution = parse(Source(text))
    texts = {p.id: p.text for p in resolution.paragraphs}
    assert all(n.offset <= len(texts[n.paragraph]) for n in resolution.footnotes if n.paragraph)


@pytest.mark.slow
@pytest.mark.parametrize(
    "garbage",
    [
        "a" * 400_000,
        "mot, " * 80_000,
        "1. A\n" * 20_000,
        "12 A\n\n" * 20_000,
        "é’;. 12 (" * 40_000,
        "Prie2006154," * 30_000,
    ],
    ids=["letters", "words", "numbers", "notes", "signs", "calls"],
)
def test_garbage_is_read_in_linear_time(garbage):
    start = time.process_time()
    parse(Source(garbage))
    assert time.process_time() - start < 5  # 0.1 to 0.9 s, whatever else runs


@pytest.mark.slow
@pytest.mark.parametrize("line", ["Prie ;\n\n", "a) Prie ;\n", "– Prie ;\n"], ids=["paragraphs", "points", "dashes"])
def test_more_paragraphs_than_a_resolution_has_are_refused(line):
    source = read(b"1. Prie :\n\n" + (line * limits.PARAGRAPHS).encode(), origin="x.txt")
    with pytest.raises(InputError) as refusal:
        parse(source)
    assert (refusal.value.code, refusal.value.values) == ("text-too-many-paragraphs", ("x.txt", "5"))


def test_the_header_of_the_file_wins_over_what_is_printed():
    header = Header(symbol="A/RES/1/1", title="Titre", adopted="1999-01-01")
    resolution = parse(
        Source("74/175. Autre titre\n\nL’Assemblée générale,\n\n1. Prie les États d’agir.", header=header)
    )
    assert (resolution.symbol, resolution.title, resolution.adopted) == ("A/RES/1/1", "Titre", "1999-01-01")


@pytest.mark.parametrize(
    "printed, symbol, adopted",
    [
        ("Résolution 1743 (2007) du 15 février 2007", "S/RES/1743 (2007)", "2007-02-15"),
        ("S/RES/1743 (2007)", "S/RES/1743 (2007)", ""),
        ("192 (1964). Résolution du 20 juin 1964", "S/RES/192 (1964)", "1964-06-20"),
        ("Résolution 231 (1966) du 1er mars 1966", "S/RES/231 (1966)", "1966-03-01"),
    ],
)
def test_symbols_of_the_security_council(printed, symbol, adopted):
    resolution = parse(Source(f"{printed}\n\nLe Conseil de sécurité,\n\n1. Décide d’agir."))
    assert (resolution.symbol, resolution.adopted) == (symbol, adopted)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_corpus_is_whole(path):
    source = read(path)
    resolution = parse(source)
    numbers = [p.number for p in resolution.body if p.part is Part.OPERATIVE]
    assert numbers == [str(n + 1) for n in range(len(numbers))]
    assert not lost(source, resolution)
    assert resolution.symbol == source.header.symbol


def test_corpus_has_the_paragraphs_of_the_official_texts():
    counts = {}
    for path in CORPUS:
        body = parse(read(path)).body
        counts[path.stem] = (sum(p.part is Part.PREAMBLE for p in body), sum(p.part is Part.OPERATIVE for p in body))
    assert (
        counts.items()
        >= {"A-RES-72-194.fr": (14, 19), "A-RES-74-175.fr": (19, 30), "A-RES-78-226.fr": (20, 36)}.items()
    )


@pytest.mark.parametrize("level", ["off", "safe"])
def test_scan_has_the_paragraphs_of_the_corrected_text(level):
    scan = next((HERE.parent / "corpus").glob("*/A-RES-74-175.fr.ocr.txt"))
    read_by_machine, corrected = parse(read(scan, repair=level)), parse(read(scan.parent / "A-RES-74-175.fr.md"))
    assert [p.id for p in read_by_machine.body] == [p.id for p in corrected.body]


@pytest.mark.skipif(not REAL, reason="the Security Council texts are not here")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_texts_lose_nothing_and_number_without_gap(path):
    source = read(path)
    resolution = parse(source)
    numbers = [int(p.number) for p in resolution.body if p.part is Part.OPERATIVE and p.depth == 0 and p.number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert not lost(source, resolution)
    assert not [
        p.id
        for p in resolution.body
        if "Résolutions adoptées et décisions" in p.text or "Recueil des Traités" in p.text
    ]


@pytest.mark.skipif(not GOLD, reason="the labelled texts are not here")
@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_labelled_structure_is_found(path):
    gold = json.loads(path.read_text())
    text = "\n\n".join([gold["symbol"], "Le Conseil de sécurité,", *(p["text"] for p in gold["paragraphs"])])
    printed = parse(read(text.encode()))  # hyphens that cut a word stand in the labelled text as in the other one
    assert [p.id for p in printed.body] == [p["id"] for p in gold["paragraphs"]]
    raw = next(path for path in REAL if f"_{gold['symbol'][6:10]}_" in path.name)
    headings = (".h",)
    body = {p.id: p.text for p in parse(read(raw)).body if not any(h in p.id for h in headings)}
    assert body == {p.id: p.text for p in printed.body}


@pytest.mark.parametrize("name", ["A-72-194", "S-1554", "S-1743"])
def test_scan_has_the_ids_of_its_clean_text(scan, name):
    clean, damaged = (parse(read(scan(f"{name}.{kind}.txt"))) for kind in ("clean", "ocr"))
    assert [p.id for p in damaged.body] == [p.id for p in clean.body]


# ---- numbers in other forms -----------------------------------------------------------------------------------------

FORMULA = "L’Assemblée générale,\n\nRappelant la Charte,\n\n"


@pytest.mark.parametrize(
    "body, ids",
    [
        ("1) Prie les États ;\n\n2) Demande au Secrétaire général d’agir ;", ["op1", "op2"]),
        ("1. Prie les États ;\n\n2) Demande au Secrétaire général d’agir ;", ["op1", "op2"]),
        ("1. Décide :\n\n1) de faire ;\n\n2) Demande faite ;", ["op1", "op1.1", "op1.2"]),
        ("1. Décide :\n\n1) de faire ;\n\n2) d’agir ;\n\n2) Prie les États ;", ["op1", "op1.1", "op1.2", "op2"]),
        ("1. Prie les États ;\n\n2. &félicite des conclusions ;", ["op1", "op2"]),  # Se, badly scanned
        ("I. Prie les États ;\n\nII. Demande au Secrétaire général d’agir ;", ["op1", "op2"]),
        ("I. Prie les États ;\n\nII. Dispositions finales\n\nII. Décide de rester saisie.", ["op1", "op.h1", "op2"]),
    ],
)
def test_a_command_is_numbered_in_whatever_form_its_number_has(body, ids):
    resolution = parse(read((FORMULA + body).encode()))
    assert [p.id for p in resolution.body[1:]] == ids
    assert not resolution.notices


def test_a_number_that_follows_none_is_told():
    resolution = parse(read(f"{FORMULA}1. Prie les États ;\n\nIV. Demande au Secrétaire général d’agir ;".encode()))
    assert [p.id for p in resolution.body[1:]] == ["op1", "op1.tail"]
    assert [(n.code, n.values) for n in resolution.notices] == [("number-unplaced", ("IV.",))]


@pytest.mark.parametrize(
    "end", ["en 1999", "du", "du 1' janvier 2001 au 31 juillet 2002", "du janvier 2001 au 31 juillet 2002"]
)
def test_the_head_of_a_yearly_volume_is_no_paragraph(end):
    head = f"Résolutions adoptées et décisions prises par le Conseil de sécurité {end}"
    text = f"Le Conseil de sécurité,\n\nRappelant la Charte,\n\n{head}\n\n1. Prie les États d’agir."
    resolution = parse(Source(text))
    assert [p.id for p in resolution.body] == ["pp1", "op1"]
    assert [n.code for n in resolution.notices] == ["running-head"]
