"""What was given by mistake is told before it misleads: the wrong order, two subjects, a report for a text."""

import errno
import json
import os
import pty
import re
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from chains import compared
from msgspec.structs import replace

from resdiff import limits
from resdiff.cli.output import LookOptions, deliver
from resdiff.cli.output import _pager as pager_of
from resdiff.comparison import compare
from resdiff.errors import InputError, UsageError
from resdiff.messages import reason
from resdiff.model import Source
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.rendering import FORMATS, Needs, render
from resdiff.report import Listing, Pair, Provenance, Sentence, as_text, build, index

ROOT = Path(__file__).resolve().parent.parent


def codes(comparison):
    return [notice.code for notice in comparison.notices]


def on_top(comparison, lang="fr"):
    return [as_text(line) for line in build(comparison, lang=lang).find(Provenance).lines]


# ---- the wrong order ------------------------------------------------------------------------------------------------


def test_texts_in_the_wrong_order_are_told_on_top(real_pair):
    turned = compare(real_pair.new, real_pair.old)
    assert codes(turned)[0] == "reversed"
    assert on_top(turned)[0].replace("\xa0", " ") == (
        "L’ordre semble inversé : 74/175 (18 décembre 2019) est plus récente que 72/194 (19 décembre 2017)."
    )
    assert on_top(turned, "en")[0].startswith("The order seems reversed")
    assert "reversed" not in codes(real_pair)


def texts(*symbols):
    body = "L’Assemblée générale,\n\nRappelant la Charte,\n\n1. Prie les États d’agir ;\n"
    return [replace(parse(Source(body)), symbol=symbol, adopted="") for symbol in symbols]


@pytest.mark.parametrize(
    "later, earlier",
    [
        ("A/RES/74/175", "A/RES/72/194"), ("A/RES/74/175", "A/RES/74/9"), ("A/RES/104/1", "A/RES/74/175"),
        ("S/RES/1857 (2008)", "S/RES/1807 (2008)"), ("A/RES/36/97 C", "A/RES/35/97 C"),
    ],
)  # fmt: skip
def test_symbols_tell_the_order_where_no_dates_do(later, earlier):
    assert "reversed-symbols" in codes(compare(*texts(later, earlier)))
    assert "reversed-symbols" not in codes(compare(*texts(earlier, later)))


@pytest.mark.parametrize(
    "one, other",
    [
        ("A/RES/72/194", "A/RES/3201(S-VI)"), ("S/RES/1807 (2008)", "A/RES/72/194"), ("A/C.3/74/L.5", "A/C.3/72/L.5"),
        ("", "A/RES/72/194"), ("A/RES/36/97 C", "A/RES/36/97 A"), ("A/RES/72/194", "A/RES/72/194"),
    ],
)  # fmt: skip
def test_symbols_of_two_rows_tell_no_order(one, other):
    found = compare(*texts(one, other)), compare(*texts(other, one))
    assert not any("reversed" in code for comparison in found for code in codes(comparison))


def test_dates_win_over_symbols():
    old, new = texts("A/RES/74/175", "A/RES/72/194")
    assert "reversed-symbols" not in codes(
        compare(replace(old, adopted="2019-01-01"), replace(new, adopted="2020-01-01"))
    )


def test_swap_turns_the_texts(command):
    turned = json.loads(command("74/175", "72/194", "--swap", "--format", "json")[1])
    plain = json.loads(command("72/194", "74/175", "--format", "json")[1])
    assert turned == plain and "reversed" not in {notice["code"] for notice in turned["notices"]}


def told_at_a_terminal(tmp_path, *args):
    """What a person whose terminal shows the errors of a call reads there."""
    ours, theirs = pty.openpty()
    call = [sys.executable, "-m", "resdiff", *args, "--no-cache"]
    environment = os.environ | {"RESDIFF_CORPUS": str(ROOT / "corpus")}
    run = subprocess.run(call, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=theirs, check=False)
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    assert run.returncode == 0
    return said.decode("utf-8").replace("\r\n", "\n").replace("\xa0", " ")


@pytest.mark.slow
def test_a_person_who_writes_a_file_is_told_at_once(tmp_path):
    said = told_at_a_terminal(tmp_path, "74/175", "72/194", "-o", "x.html")
    assert re.search(r"resdiff : L’ordre semble inversé.*--swap\.\n", said)
    said = told_at_a_terminal(tmp_path, "74/175", "72/194", "-o", "x.html", "--lang", "en")
    assert "The order seems reversed" in said and "To put them in order: --swap." in said
    assert "inversé" not in told_at_a_terminal(tmp_path, "72/194", "74/175", "-o", "x.html")


# ---- two subjects ---------------------------------------------------------------------------------------------------

OTHER = "Le Conseil de sécurité,\n\nRappelant sa résolution 1244 (1999),\n\n" + "\n\n".join(
    f"{n}. Décide que la Force {verb} au nord du fleuve jusqu’à nouvel ordre, sous le commandement du général ;"
    for n, verb in enumerate(("patrouille", "se retire", "construit des ponts", "désarme les milices"), 1)
)


WORKS = (
    "ponts",
    "écoles",
    "puits",
    "hôpitaux",
    "routes",
    "digues",
    "navires",
    "convois",
    "juges",
    "bergers",
    "mines",
    "camps",
)


def test_texts_with_little_in_common_are_told_on_top(real_pair):
    comparison = compare(real_pair.old, parse(Source(OTHER)))
    assert "little-in-common" in codes(comparison)
    assert any("très peu en commun" in line for line in on_top(comparison))


def test_texts_of_one_title_are_about_one_subject_however_little_they_have_in_common(real_pair):
    other = replace(parse(Source(OTHER)), title=real_pair.old.title.upper())
    assert "little-in-common" not in codes(compare(real_pair.old, other))


def test_successive_editions_have_enough_in_common(pairs):
    assert not any("little-in-common" in codes(comparison) for comparison in pairs.values())


def ended(lines):
    """The paragraphs of a text that is whole: one that ends on a semicolon breaks off."""
    return "\n\n".join(lines).removesuffix(" ;") + "."


def test_a_text_that_is_written_anew_is_told_as_such_with_the_share_that_has_no_counterpart():
    kept = [f"{n}. Encourage la coopération entre les services de police numéro {n} ;" for n in range(1, 7)]
    old = [f"{n}. Prie les donateurs de financer {what} ;" for n, what in enumerate(WORKS[:6], 7)]
    new = [f"{n}. Condamne les attaques contre {what} ;" for n, what in enumerate(WORKS[6:], 7)]
    comparison = compare(*(parse(Source(ended(kept + rest))) for rest in (old, new)))
    assert "written-anew" in codes(comparison)
    assert any("en grande partie récrit" in line and "50" in line for line in on_top(comparison))
    assert "written-anew" not in codes(compare(*(parse(Source(ended(kept + old[:4]))),) * 2))


def test_a_text_that_was_cut_down_or_extended_is_not_told_as_written_anew():
    long = [f"{n}. Prie les donateurs de financer {what} ;" for n, what in enumerate(WORKS[:12], 1)]
    short = [*long[:2], *(f"{n}. {words} ;" for n, words in enumerate(["Encourage les États à coopérer"] * 8, 3))]
    gone = [f"{n}. Condamne les attaques contre {what} ;" for n, what in enumerate(WORKS * 3, len(short) + 1)][:24]
    whole, part = (parse(Source(ended(lines))) for lines in (short + gone, short))
    for old, new, code, said in ((whole, part, "cut-down", "Texte abrégé"), (part, whole, "extended", "Texte étoffé")):
        comparison = compare(old, new)
        assert [each for each in codes(comparison) if each in ("written-anew", "cut-down", "extended")] == [code]
        assert any(said in line and "24 des 34" in line for line in on_top(comparison))


def test_a_text_that_is_hardly_shorter_was_not_cut_down_though_most_of_the_other_has_no_counterpart():
    kept = [
        f"{n}. Prie les donateurs de financer {what}{', et de le dire' * 20} ;" for n, what in enumerate(WORKS[:10], 1)
    ]
    gone = [f"{n}. Condamne les attaques contre {what} ;" for n, what in enumerate(WORKS * 3, 11)][:24]
    whole, part = (parse(Source(ended(lines))) for lines in (kept + gone, kept))
    told = {"written-anew", "cut-down", "extended", "old-alone", "new-alone"}
    for old, new, code in ((whole, part, "old-alone"), (part, whole, "new-alone")):
        assert told.intersection(codes(compare(old, new))) == {code}


def test_short_texts_and_texts_without_paragraphs_say_nothing_of_it():
    short = [parse(Source(f"1. {words} ;\n")) for words in ("Prie les États d’agir", "Décide d’attendre", "")]
    assert not any("little-in-common" in codes(compare(one, other)) for one in short for other in short)


@pytest.mark.chains
@pytest.mark.slow
def test_few_successive_texts_of_the_security_council_are_told(shared):
    """Of the successive pairs none that readers took for two editions may be told by mistake: one in a hundred."""
    folder = shared / "texts" / "fr-sc-all"
    series = json.loads((folder / "CHAINS.json").read_text("utf-8")).values()
    couples = sorted({pair for names in series for pair in pairwise(names)})[::4]
    told = [pair for pair in couples if "little-in-common" in codes(compared(*(folder / name for name in pair)))]
    assert len(told) <= len(couples) / 100, told


# ---- a report for a text --------------------------------------------------------------------------------------------


def refused(data, name):
    with pytest.raises(InputError) as caught:
        read(data, origin=name)
    assert caught.value.values == (name,)
    return caught.value.code


STYLES = {
    "md": [{}, {"compact": True}, {"style": "critic"}],
    "docx": [{"layout": "table"}],
    "terminal": [{}, {"width": 60}],
}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("form", [pytest.param(f, marks=pytest.mark.slow) if f == "pdf" else f for f in FORMATS])
def test_a_report_is_no_text(pairs, lang, form):
    for comparison in pairs.values():
        subject = comparison if FORMATS[form].needs is Needs.COMPARISON else build(comparison, lang=lang)
        lang_of = {"lang": lang} if FORMATS[form].needs is Needs.COMPARISON else {}
        for options in STYLES.get(form, [{}]):
            data = render(subject, form, **options, **lang_of)
            code = refused(data, f"x{(*FORMATS[form].suffixes, '.txt')[0]}")
            assert code == "own-report" or (data[:2] == b"PK" and code == "format-sheet")


@pytest.mark.parametrize("form", [name for name, row in FORMATS.items() if row.in_changelog])
def test_a_front_page_is_no_text(form):
    pairs = (Pair("72/194", "74/175", "a_b", Sentence(("33 → 49",)), (Sentence(("Un mot.",)),)),)
    assert refused(render(index((Listing("Série", pairs),)), form), f"x.{form}") == "own-report"


def test_the_first_version_of_the_json_is_no_text(real_pair):
    assert refused(render(real_pair, "json", version=1), "x.json") == "own-report"


@pytest.mark.parametrize(
    "text",
    [
        "De la paix à la guerre\n\nL’Assemblée générale,\n\n1. Prie les États d’agir ;\n",
        "# De 72/194 à 74/175\n\nL’Assemblée générale,\n\n1. Prie les États d’agir ;\n",
        "Ancien, nouveau, modifié : trois mots.\n\nL’Assemblée générale,\n",
        "Changements\n\nDe 72/194 à 74/175\n",
        '{"format": "autre", "version": 1}',
        '<!doctype html><head><meta name="generator" content="autre"></head><p>1. Prie les États.</p>',
        "Résolutions successives",
    ],
)
def test_a_text_that_only_looks_like_a_report_is_read(text):
    assert read(text.encode(), origin="x.html" if text.startswith("<") else "x.txt").text.strip()


@pytest.mark.slow
def test_the_command_says_what_it_was_given(command, tmp_path):
    assert command("72/194", "74/175", "-o", "rapport.html", "-o", "rapport.md", "-o", "rapport.json")[0] == 0
    for name in ("rapport.html", "rapport.md", "rapport.json"):
        for call in ((name, "78/226"), ("78/226", name), (name,), ("show", name), ("add", name, "--corpus", "c")):
            code, said, errors = command(*call)
            assert (code, said) == (65, ""), call
            assert "est un rapport fait par resdiff" in errors and name in errors and errors.count("\n") == 1
    assert not (tmp_path / "c").exists()


# ---- what an option, a name or a pipe cannot do ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "outputs", "form"),
    [
        ({"masthead": ("cote=A/1",)}, ("x.html",), None),
        ({"track_moves": True}, (), None),
        ({"layout": "table"}, ("x.md", "x.json"), None),
        ({"comments": False}, ("x.docx",), "json"),
        ({"compact": True}, ("x.docx",), None),
        ({"md_style": "critic"}, ("x.json",), None),
        ({"json_version": "1"}, ("x.md",), None),
    ],
)
def test_an_option_that_no_format_has_is_refused(real_pair, tmp_path, monkeypatch, option, outputs, form):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as error:
        deliver(compare(real_pair.old, real_pair.new), outputs, form, LookOptions(**option))
    assert error.value.code == "look-unused" and not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize(
    "call",
    [
        ("72/194", "74/175"),
        ("72/194", "74/175", "-o", "x.md"),
        ("draft", "74/175", "-o", "x.html"),
        ("compile", "72/194", "FR=74/175"),
        ("verify-tracking", "x.docx", "--base", "y.docx"),
    ],
)
def test_a_date_that_no_format_bears_is_refused(command, tmp_path, call):
    for name in ("x.docx", "y.docx"):
        (tmp_path / name).write_bytes(b"PK")
    code, said, errors = command(*call, "--date", "2026-11-26")
    assert (code, said) == (2, "") and "--date" in errors and "docx" in errors
    assert "--date" not in command(*call, env={"RESDIFF_DATE": "2026-11-26"})[2]


def test_an_option_that_one_of_the_formats_has_is_taken(real_pair, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    deliver(compare(real_pair.old, real_pair.new), ("x.md", "x.json"), None, LookOptions(compact=True))
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("call", "code", "told"),
    [
        ("72/194 74/175 --explain op8 -o x.md", 2, "--explain"),
        ("72/194 74/175 --explain op8 --format json", 2, "--format"),
        ("72/194 74/175 -o x.docx --masthead cote=A --onto x", 2, "--masthead"),
        ("compile 74/175 BASE=x.txt", 2, "BASE=x.txt"),
        ("compile 74/175 FR=", 2, "FR="),
        ("compile 74/175 =x", 2, "délégation"),
        ("loop 74/175", 65, "trop de liens symboliques"),
        ("history loop", 65, "trop de liens symboliques"),
        ("72/194 74/175 -o loop/x.md", 73, "trop de liens symboliques"),
        ("index nowhere", 66, "donnez le chemin"),
        ("changelog nowhere", 66, "donnez le chemin"),
    ],
)
def test_a_call_that_cannot_be_is_one_sentence_with_its_code(command, tmp_path, call, code, told):
    (tmp_path / "loop").symlink_to("loop")
    done, said, errors = command(*call.split())
    assert (done, said, errors.count("\n")) == (code, "", 1) and told in errors
    assert [path.name for path in tmp_path.iterdir()] == ["loop"]


def test_a_pipe_that_nobody_writes_into_is_told(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(limits, "PIPE_SECONDS", 0.1)
    with pytest.raises(InputError) as error:
        read(tmp_path / "pipe")
    assert error.value.code == "file-silent"


def test_a_pipe_is_read_however_slow_its_writer_is(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(limits, "PIPE_SECONDS", 10.0)
    words = b"L\xe2\x80\x99Assembl\xc3\xa9e g\xc3\xa9n\xc3\xa9rale,"

    def write():
        with (tmp_path / "pipe").open("wb", buffering=0) as pipe:
            for at in range(0, len(words), 5):
                pipe.write(words[at : at + 5])
                time.sleep(0.02)

    writer = threading.Thread(target=write)
    writer.start()
    assert read(tmp_path / "pipe").text.strip() == words.decode()
    writer.join()


@pytest.mark.slow
def test_texts_of_a_series_out_of_order_or_of_two_languages_are_told(command, tmp_path):
    english = "The General Assembly,\n\nRecalling the Charter,\n\n1. Requests the Secretary-General to report;\n"
    (tmp_path / "en.txt").write_text(english)
    done, _, errors = command("history", "78/226", "74/175", "en.txt")
    assert done == 0 and "L’ordre semble inversé" in errors and "même langue" in errors
    done, _, errors = command("blame", "72/194", "74/175")
    assert (done, errors) == (0, "")


@pytest.mark.slow
def test_an_index_that_cannot_be_kept_says_where_else(command):
    done, said, errors = command("index", ROOT / "corpus", env={"XDG_CACHE_HOME": "/proc"})
    assert (done, said) == (73, "") and "/proc/resdiff" in errors and "-o" in errors


@pytest.mark.parametrize("given", ["less | cat", "less; true", "$(less)", "less > x"])
def test_a_pager_with_signs_of_the_shell_is_none(monkeypatch, given):
    monkeypatch.setenv("PAGER", given)
    assert pager_of() == []


@pytest.mark.parametrize("number", ["ELOOP", "EPERM", "EBUSY", "EFBIG", "EINVAL", "ENODEV", "ETXTBSY"])
def test_what_a_system_says_is_said_in_french(number):
    said = reason(os.strerror(getattr(errno, number)), "fr")
    assert said != os.strerror(getattr(errno, number))
