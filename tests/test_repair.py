"""Repair of French read by an English OCR engine: cases in files, laws, real scans against their clean texts."""

import pathlib
import re
import subprocess
import sys
import time
from collections.abc import Iterator

import cases
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from labels import error_rate, words

from resdiff.language import FRENCH
from resdiff.reading import read
from resdiff.repair import SCANNED, dictionary, is_damaged, looks_scanned, rejoin, repair, replay

ROOT = pathlib.Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus/assistance-technique-terrorisme"
SHARED = ROOT.parent / "shared"
SCAN = (CORPUS / "A-RES-74-175.fr.ocr.txt").read_text(encoding="utf-8")
LEVELS = ("safe", "full")

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not beside the project")


CASES = cases.cases_of("repair")
DAMAGED = [case for case in CASES if case.text("expected") != "unchanged"]
REPAIRED = [case for case in DAMAGED if not case.text("fails")]
UNREPAIRED = [case for case in DAMAGED if case.text("fails")]
VALID = [case for case in CASES if case.text("expected") == "unchanged"]


def by_title(case: cases.Case) -> str:
    return case.title


# ---- cases ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", REPAIRED, ids=by_title)
def test_damage_is_repaired_logged_and_repaired_once(case):
    level = case.text("level") or "safe"
    text, fixes = repair(case.text("given"), level)
    assert text == case.text("expected")
    assert replay(case.text("given"), fixes) == text
    assert repair(text, level) == (text, ())


@pytest.mark.parametrize("case", [c for c in REPAIRED if c.text("level")], ids=by_title)
def test_what_is_only_probable_is_left_to_the_full_level(case):
    assert repair(case.text("given"))[0] != case.text("expected")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("case", VALID, ids=by_title)
def test_valid_french_is_left_alone(case, level):
    assert repair(case.text("given"), level) == (case.text("given"), ())


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("case", VALID, ids=by_title)
def test_valid_french_is_left_alone_in_the_middle_of_a_scan(case, level):
    """In a scan every rule is at work: what is whole there must stay so all the same."""
    given = f"\n\n{case.text('given')}\n\n"
    assert given in repair(SCAN[:3000] + given + SCAN[3000:4000], level)[0]


@pytest.mark.parametrize("case", UNREPAIRED, ids=by_title)
def test_known_failures_still_fail(case, request):
    request.applymarker(pytest.mark.xfail(reason=case.why, strict=True))
    assert repair(case.text("given"))[0] == case.text("expected")


@pytest.mark.parametrize("row", FRENCH.repair.rule, ids=lambda row: row.name)
def test_the_example_of_each_rule_holds_and_is_its_work(row):
    read, printed = row.example
    given = f"Prie 1’Office, {read}" if row.scan and looks_scanned(read) < SCANNED else read
    text, fixes = rejoin(given) if row.any else repair(given, row.level)
    assert text.removeprefix("Prie l’Office, ") == printed
    assert row.name in {fix.name for fix in fixes}
    assert not row.any or (row.level == "safe" and not row.scan)  # neither is asked of what holds in any text


@pytest.mark.parametrize("row", FRENCH.repair.confusion, ids=lambda row: f"{row.read}-{row.printed[0]}-{row.rank}")
def test_the_example_of_each_confusion_holds(row):
    read, printed = row.example
    assert repair(f"de maniére {read}, prie 1’Office")[0] == f"de manière {printed}, prie l’Office"


@pytest.mark.parametrize("row", FRENCH.traces.trace, ids=lambda row: f"{row.signs}-{row.example[0]}")
def test_the_example_of_each_trace_looks_scanned_until_it_is_as_printed(row):
    read, printed = row.example
    assert looks_scanned(read) > looks_scanned(printed) == 0.0


@pytest.mark.parametrize("row", FRENCH.traces.misread, ids=lambda row: row.example)
def test_the_example_of_each_misread_word_is_damaged(row):
    assert is_damaged(row.example)


@pytest.mark.parametrize("row", FRENCH.traces.broken, ids=lambda row: row.example)
def test_two_of_the_broken_words_are_damage_one_may_be_meant(row):
    assert is_damaged(f"{row.example} et {row.example}")
    assert not is_damaged(row.example)


def test_every_row_gives_its_reason():
    traces = FRENCH.traces
    for row in (*FRENCH.repair.rule, *FRENCH.repair.confusion, *traces.trace, *traces.broken, *traces.misread):
        assert row.reason.endswith("."), row


# ---- the log --------------------------------------------------------------------------------------------------------


def test_a_fix_tells_its_rule_its_place_and_both_readings():
    _, fixes = repair("de maniére a prévenir")
    assert [(f.name, f.span.start, f.before, f.after) for f in fixes] == [
        ("unknown-word", 3, "maniére", "manière"),
        ("a-grave", 11, "a", "à"),
    ]


def test_spans_count_in_the_text_at_the_time_of_the_fix():
    text = SCAN
    for fix in repair(SCAN)[1]:
        assert text[fix.span.start : fix.span.end] == fix.before, fix
        text = text[: fix.span.start] + fix.after + text[fix.span.end :]
    assert text == repair(SCAN)[0]


def test_off_repairs_nothing():
    assert repair(SCAN, "off") == (SCAN, ())


def test_an_unknown_level_is_refused():
    with pytest.raises(ValueError, match="hard"):
        repair("texte", "hard")


# ---- clean texts ----------------------------------------------------------------------------------------------------


def clean_texts() -> Iterator[pathlib.Path]:
    yield from sorted(CORPUS.glob("*.fr.md"))
    if SHARED.is_dir():
        yield from sorted((SHARED / "ocr").glob("*.clean.txt"))
        yield from sorted((SHARED / "texts/fr-sc").glob("*.txt"))


def is_modern(path: pathlib.Path) -> bool:
    """The old resolutions were typed from print and hold real typing errors ("a Chypre"): no test of a scan."""
    return "_196" not in path.name


@pytest.mark.parametrize("path", tuple(clean_texts()), ids=lambda path: path.stem)
def test_a_clean_text_is_no_scan_and_comes_out_byte_for_byte(path):
    text = path.read_text(encoding="utf-8")
    assert looks_scanned(text) < SCANNED / 5
    for level in LEVELS:
        assert repair(text, level) == (text, ())


@pytest.mark.slow
@needs_shared
@pytest.mark.parametrize(
    "path", [p for p in clean_texts() if is_modern(p) and p.suffix == ".txt"], ids=lambda path: path.stem
)
def test_a_clean_text_behind_a_scan_keeps_every_word(path):
    """Only its apostrophes are set like the scan's before it, and what stuck to a day or a number is set apart."""
    text = path.read_text(encoding="utf-8")
    repaired, _ = repair(SCAN + "\n\n" + text)
    expected = re.sub(r"\b1er(?=\w)|\b\d{4}(?=\(\d{4}\))", r"\g<0> ", text.replace("'", "’"))
    assert repaired.replace("'", "’").endswith("\n\n" + expected)


def test_a_clean_text_does_not_load_the_dictionary():
    code = (
        "import pathlib, sys\nfrom resdiff.repair import looks_scanned, repair\n"
        f"text = pathlib.Path({str(CORPUS / 'A-RES-74-175.fr.md')!r}).read_text(encoding='utf-8')\n"
        "looks_scanned(text), repair(text)\nassert 'simplemma' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_a_word_behind_a_hyphen_does_not_load_the_dictionary():
    """Its copy knows "institution"; to open the list takes as long as a comparison."""
    code = (
        "import sys\nfrom resdiff.repair import rejoin\n"
        "assert rejoin('l’insti-tution du Vice-Président')[0] == 'l’institution du Vice-Président'\n"
        "assert 'simplemma' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_without_its_copy_the_dictionary_says_the_same(monkeypatch):
    words = {word.lower() for sentence in (SCAN, "l’après-midi", "c|d", "Ier") for word in re.split(r"[\s’]", sentence)}
    words = {word[:place] for word in words for place in range(1, len(word) + 1)}
    kept = {word: dictionary.holds(word, FRENCH) for word in words}
    monkeypatch.setattr(dictionary, "_copy", lambda language: None)
    assert {word: dictionary.holds(word, FRENCH) for word in words} == kept
    assert sum(kept.values()) > 300


def test_old_print_is_no_scan():
    """S/RES/192 (1964) is printed with straight apostrophes and capitals without accents: both stay."""
    text = "Exprimant sa gratitude aux Etats qui ont fourni des troupes, en vue de l'application, qu'il a créée;"
    assert looks_scanned(text) == 0.0
    assert repair(text) == (text, ())


def test_english_is_left_alone():
    text = "Calls upon the Office to draft a report on the matter, a model of its kind, & to submit it to the States"
    assert looks_scanned(text) == 0.0
    assert repair(text, "full") == (text, ())


# ---- a and à --------------------------------------------------------------------------------------------------------

RE_A = re.compile(r"(?<![^\s(«])[aà](?=\s)")


def test_a_is_told_from_the_verb_in_the_whole_corpus():
    """Each à of the three texts is made a, as a scan has it: all come back, and no verb "a" is touched."""
    for path in sorted(CORPUS.glob("*.fr.md")):
        text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
        repaired, _ = repair(RE_A.sub("a", text))
        assert RE_A.findall(repaired) == RE_A.findall(text), path.name
        assert RE_A.findall(text).count("a") >= 1


@needs_shared
@pytest.mark.slow
def test_a_is_told_from_the_verb_in_the_security_council_texts():
    """Measured on 38 texts: 109 verbs all kept."""
    kept = total = 0
    for path in sorted((SHARED / "texts/fr-sc").glob("*_20*.txt")):
        text = path.read_text(encoding="utf-8")
        repaired, _ = repair("Prie 1’Office. " * 40 + RE_A.sub("a", text))
        for clean, now in zip(RE_A.findall(text), RE_A.findall(repaired), strict=True):
            assert clean == "à" or now == "a", path.name
            total += clean == "à"
            kept += clean == now == "à"
    assert kept / total >= 0.99


# ---- real scans -----------------------------------------------------------------------------------------------------


def notes_out(scan: str) -> str:
    """The scan of 74/175 without its footnotes, which stand in the flow."""
    for start, end in (
        ("\n5> E/", "\n notam"),
        ("\n~", "\n de la pub"),
        ("\n8 Nations", "\n de genre"),
        ("\n10 Rés", ""),
    ):
        first = scan.index(start)
        scan = scan[:first] + (scan[scan.index(end, first) :] if end else "")
    return scan


def test_the_repaired_scan_of_74_175_is_the_proofread_text():
    markdown = (CORPUS / "A-RES-74-175.fr.md").read_text(encoding="utf-8")
    title = re.search(r'^title: "(.*)"$', markdown, re.MULTILINE)
    assert title
    body = re.sub(r"\[\^\d+\]|\*", "", markdown.split("---\n", 2)[2].split("[^1]:")[0])
    clean = f"74/175. {title[1]}\n{body}"
    scan = notes_out(SCAN)
    assert error_rate(clean, scan) > 0.06
    assert words(repair(scan)[0]) == words(clean)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["A-72-194", "S-1554", "S-1743"])
def test_a_real_scan_loses_at_least_three_quarters_of_its_errors(scan, name):
    """Measured: 8.9 -> 1.8, 6.9 -> 1.1, 9.5 -> 1.5 %."""
    clean, damaged = (scan(f"{name}.{kind}.txt").read_text(encoding="utf-8") for kind in ("clean", "ocr"))
    assert looks_scanned(damaged) >= SCANNED
    assert error_rate(clean, repair(damaged)[0]) <= error_rate(clean, damaged) / 4
    assert error_rate(clean, repair(damaged, "full")[0]) <= error_rate(clean, repair(damaged)[0])


# ---- hyphens of lost line ends --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "pré-compilées, puis précompilées, puis encore pré-compilées",  # more often so than in one
        "le paquet network-manager, écrit NetworkManager dans NetworkManager",  # capitals inside: two words
        "https://un.org/mailing-lists et mailinglists",  # an address
        "les méta-données, puis les métadonnées et les métadonnées",  # both, and the dictionary has it not in one
    ],
)
def test_a_compound_that_the_text_writes_so_stays(text):
    assert rejoin(text) == (text, ())


def test_letters_run_together_are_two_where_an_engine_read_the_text():
    read = "afm de mettre fm à la crise intemationale, conformément aux fms du Gouvemement"
    text, fixes = rejoin(read)
    assert text == "afin de mettre fin à la crise internationale, conformément aux fins du Gouvernement"
    assert {fix.name for fix in fixes} == {"run-together"} and replay(read, fixes) == text
    assert rejoin("et afm de saluer Mme Ameme, en FM")[0] == "et afin de saluer Mme Ameme, en FM"


@pytest.mark.parametrize(
    "cut, whole",
    [
        ("l’insti-tution des Nations Unies", "l’institution des Nations Unies"),  # the dictionary knows it in one
        ("l’Organi-sation, conforme-ment au droit", "l’Organisation, conformement au droit"),
        (
            "d’hono-rer, internatio-nalement, l’Indo-nésie",
            "d’honorer, internationalement, l’Indonésie",
        ),  # no half in -o
        ("la Jor-danie, le Pa-kistan et Bu-dapest", "la Jordanie, le Pakistan et Budapest"),  # names of places
        ("la Tarta-rie, puis de la Tartarie", "la Tartarie, puis de la Tartarie"),  # the text writes it in one
        ("l’inter-national et l’international, international", "l’international et l’international, international"),
    ],
)
def test_a_word_cut_by_a_hyphen_is_whole(cut, whole):
    text, fixes = rejoin(cut)
    assert text == whole
    assert {(fix.name, fix.before, fix.after) for fix in fixes} == {("line-end-hyphen", "-", "")}
    assert replay(cut, fixes) == whole


@pytest.mark.parametrize(
    "text",
    [
        "le Vice-Président et la Guinée-Bissau",  # a capital behind the hyphen
        "sous-régional, ci-après, peut-être, lui-même, anti-terroriste, israélo-syrien",  # compounds
        "l’accord-cadre et l’aide-mémoire de Saint-Pétersbourg, vis-à-vis, cessez-le-feu",
        "la Tarta-rie",  # nobody knows it in one
        "un porte-parole et un mot-clef",  # both halves are words
        "sud-africain, sud-africain et sudafricain",  # the text has it with its hyphen more often
        "a co-operation of the States, and their cooperation with the Office of the United Nations in the region",
        "exé-\ncution",  # the end of a line: the parser joins it
    ],
)
def test_a_hyphen_of_the_word_stays(text):
    assert rejoin(text) == (text, ())


def test_the_first_of_a_month_is_read_in_any_text():
    read_ = "du ter juillet 1996 au 1\" mai 1997, le la avril, à partir du rjanvier 2003, d'ici au le` août"
    assert (
        rejoin(read_)[0]
        == "du 1er juillet 1996 au 1er mai 1997, le 1er avril, à partir du 1er janvier 2003, d'ici au 1er août"
    )
    left = (
        "le II juin, le Il mai, du 1 juin, le 1er mai, en avril, les juin et juillet, du 2l juin, la 1' juin, le 15 mai"
    )
    assert rejoin(left) == (left, ())


def test_the_figures_of_a_symbol_are_read_in_any_text():
    read_ = "S/I994/282 et Add. I . 3 Ibid., document 5/1995/781 et Corr.l; S/I 998/90, Rev.I et A/50/861/Add.l"
    printed = "S/1994/282 et Add.1. 3 Ibid., document S/1995/781 et Corr.1; S/1998/90, Rev.1 et A/50/861/Add.1"
    assert rejoin(read_)[0] == printed
    assert rejoin(printed) == (printed, ())


def test_hyphens_are_left_where_nothing_is_to_be_repaired():
    assert rejoin("l’insti-tution", "off") == ("l’insti-tution", ())


def test_a_text_that_is_read_has_its_words_whole_scanned_or_not():
    source = read("Prie l’insti-tution de contribuer à la lutte.".encode())
    assert (source.text, source.scanned, len(source.fixes)) == (
        "Prie l’institution de contribuer à la lutte.",
        False,
        1,
    )
    scan = read("Prie 1’insti-tution de contribuer a la lutte de maniére intégrée.".encode())
    assert (scan.text, scan.scanned) == ("Prie l’institution de contribuer à la lutte de manière intégrée.", True)
    assert replay("Prie 1’insti-tution de contribuer a la lutte de maniére intégrée.", scan.fixes) == scan.text


@pytest.mark.parametrize(
    "read_, printed",
    [
        (
            "l'Accord d'Abuja', du 19 août 1995\" relatif à la paix",
            "l'Accord d'Abuja, du 19 août 1995 relatif à la paix",
        ),
        ("en Abkhazie (Géorgie)\", et au Liban'';", "en Abkhazie (Géorgie), et au Liban;"),
        ('le "nettoyage ethnique" et l\'Accord de Paris"', 'le "nettoyage ethnique" et l\'Accord de Paris'),
        ('les "Acordos de Paz"\' et Lusaka°,', 'les "Acordos de Paz" et Lusaka,'),  # one mark closes, one is a call
        ('« la paix » au Liban" ;', "« la paix » au Liban ;"),
    ],
)
def test_a_sign_that_is_left_of_the_call_of_a_note_goes(read_, printed):
    text, fixes = rejoin(read_)
    assert text == printed and {fix.name for fix in fixes} == {"call-as-sign"} and replay(read_, fixes) == printed


@pytest.mark.parametrize(
    "text",
    [
        "contre la \"haine raciale\", le 'nettoyage', l'Accord du ''Renville'' et « la paix \"juste\" » ;",
        "pour qu' ils agissent, jusqu' au 1er mai, d' importants programmes, aujourd' hui",
        "en Abkhazie (Géorgie', et réaffirme",  # what was read for the bracket
        'la résolution intitulée "2001 : Année du dialogue", les mots "[des] États" et "… la paix" ;',
        "le mot ‘paix’, et l’expression ‘2 millions d’enfants’ ;",
        "une zone de 30° de latitude, 15' de longitude, à la 2034' séance",
        "the States' right to peace, the parties', and the report of the Chief of Staff' in accordance with the Treaty",
    ],
)
def test_a_sign_that_closes_a_quotation_or_is_an_apostrophe_stays(text):
    assert rejoin(text) == (text, ())


@pytest.mark.slow
def test_many_different_hyphens_take_linear_time():
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = [f"{a}{b}{c}-{d}x" for a in letters for b in letters for c in letters for d in "aeiou"]
    start = time.perf_counter()
    rejoin(" ".join(words))
    assert time.perf_counter() - start < 20  # about 1 s where nothing else runs


# ---- laws -----------------------------------------------------------------------------------------------------------

FRAGMENTS = (
    "1’", "I’", "|’", "’", " ", "  ", "\n", "\n\n", "a", "à", "&", "4", "8", "@", "@’", "Etats", "Office", "maniére",
    "étre", "¢", "é", "è", "cuvre", "soupgonné", "intemational", "Vindépendance", "lutter", "la", "de", "que", "action",
    "?", "®", "*", ",", ";", ".", "5", ">", "%", "~", "n°", "2753 1.", "Nations Unies", "quills", "Jer", "juin", "me",
    "ttre", "relatifs", "l ", "d’ ", "(", "«", "des Nations Unies", "continuer", "sur", "importance des", "qui",
    "1égislative", "C’est", "A", "Ja", "'", "-", "/",
)  # fmt: skip
damaged = st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join)
spaced = st.lists(st.sampled_from(FRAGMENTS), max_size=30).map(" ".join)


@pytest.mark.parametrize("level", LEVELS)
@example(text="cuvre a  ")  # two spaces, and nothing after them
@example(text="a 1’ I’")  # the first fix makes it look scanned
@given(text=st.one_of(damaged, spaced, st.text(), spaced.map(lambda t: SCAN[:400] + t)))
def test_repair_ends_replays_and_is_done_once(level, text):
    repaired, fixes = repair(text, level)
    assert replay(text, fixes) == repaired
    assert repair(repaired, level) == (repaired, ())
    assert 0.0 <= looks_scanned(text) <= 1.0
