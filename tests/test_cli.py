"""The command as a person uses it: outputs, exit codes, one clear sentence for whatever is wrong."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import click
import pytest
from click.testing import CliRunner

from resdiff import data
from resdiff.cli import (
    changed,
    compiling,
    gating,
    gitting,
    options,
    paralleling,
    publishing,
    rolling,
    runs,
    search,
    series,
    serving,
    shelving,
)
from resdiff.cli.commands import resdiff
from resdiff.cli.told import ValueOption
from resdiff.data.message import Help

OLD, NEW = "72/194", "74/175"
TEXT = """A/RES/90/1

L’Assemblée générale,

Rappelant sa résolution 88/1 du 18 décembre 2033,

1. Prie le Secrétaire général de lui faire rapport ;

2. Décide de rester saisie de la question.
"""


def clear(errors):
    """One sentence for a person: no traceback, one line, in French."""
    return errors.startswith("resdiff : ") and errors.count("\n") == 1 and "Traceback" not in errors


def test_two_states_of_a_draft_are_called_by_their_files(command, tmp_path):
    body = "L’Assemblée générale,\n\nRappelant la Charte,\n\n1. Prie les États d’agir ;\n\n2. Décide {} saisie.\n"
    zero, rev = tmp_path / "zero.txt", tmp_path / "rev1.txt"
    zero.write_text("Droit à l’eau\n\n" + body.format("de rester"), "utf-8")
    rev.write_text("Droit à l’eau\n\n" + body.format("de demeurer"), "utf-8")
    assert command(str(zero), str(rev))[1].startswith("De zero.txt à rev1.txt\n")
    assert command(str(zero), str(rev), "--label-new", "Rév. 1")[1].startswith("De zero.txt à Rév. 1\n")
    rev.write_text("Droit à l’assainissement\n\n" + body.format("de demeurer"), "utf-8")
    assert command(str(zero), str(rev))[1].startswith("De Droit à l’eau à Droit à l’assainissement\n")


@pytest.mark.slow
def test_two_symbols_are_compared_without_naming_a_command(command):
    code, out, errors = command(OLD, NEW)
    assert (code, errors) == (0, "")
    assert "72/194" in out
    assert "traduction de travail" in out
    assert "\x1b[" not in out
    assert command("diff", OLD, NEW)[1] == out


@pytest.mark.parametrize("symbol", ["72/194", "A/RES/72/194", "a/res/72/194", "https://docs.un.org/fr/A/RES/72/194"])
def test_every_spelling_of_a_symbol_finds_the_text(command, symbol):
    code, out, _ = command(symbol, NEW, "--format", "json")
    assert code == 0
    assert json.loads(out)["old"]["symbol"] == "A/RES/72/194"


@pytest.mark.slow
def test_several_outputs_in_one_run(command, tmp_path):
    code, out, _ = command(OLD, NEW, "-o", "x.html", "-o", "x.md", "-o", "sub/x.json", "-o", "x.csv")
    assert (code, out) == (0, "")
    assert (tmp_path / "x.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert json.loads((tmp_path / "sub/x.json").read_text(encoding="utf-8"))["format"] == "resdiff-comparison"
    assert (tmp_path / "x.md").stat().st_size > 1000


def test_a_page_leads_to_what_is_written_beside_it(command, tmp_path):
    assert command(OLD, NEW, "-o", "x.html", "-o", "à b.docx", "-o", "sub/x.json")[0] == 0
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert '<a href="%C3%A0%20b.docx">Word</a>' in page
    assert "x.json" not in page


def test_the_format_wins_over_the_suffix(command, tmp_path):
    assert command(OLD, NEW, "-o", "x.html", "--format", "json")[0] == 0
    assert json.loads((tmp_path / "x.html").read_text(encoding="utf-8"))["version"] == 2


def test_a_dash_is_standard_input_and_output(command):
    code, out, _ = command("-", NEW, "-o", "-", "--format", "json", given=TEXT.encode())
    assert code == 0
    assert json.loads(out)["old"]["symbol"] == "A/RES/90/1"


@pytest.mark.slow
def test_the_same_bytes_every_time(command):
    runs = [command(OLD, NEW, "--format", form)[1] for form in ("json", "html", "json", "html")]
    assert runs[:2] == runs[2:]


def test_colour_is_asked_for_or_not(command):
    assert "\x1b[" in command(OLD, NEW, "--color", "always")[1]
    assert "\x1b[" in command(OLD, NEW, env={"FORCE_COLOR": "1"})[1]
    assert "\x1b[" not in command(OLD, NEW, env={"FORCE_COLOR": "1", "NO_COLOR": "1"})[1]


@pytest.mark.slow
def test_exit_code_tells_whether_the_texts_differ(command):
    assert command(OLD, NEW, "--exit-code")[0] == 1
    assert command(NEW, NEW, "--exit-code")[0] == 0


@pytest.mark.slow
def test_the_same_text_twice_is_told(command):
    code, out, errors = command(NEW, NEW)
    assert (code, errors) == (0, "")
    assert "mot pour mot" in " ".join(out.split())


@pytest.mark.slow
def test_english_when_asked(command):
    code, out, _ = command(OLD, NEW, "--lang", "en")
    assert code == 0
    assert "working translation" in out
    assert "not in the corpus" in command("72/195", NEW, "--lang", "en")[2]


@pytest.mark.slow
def test_minimum_weight_leaves_rows_out(command):
    full = json.loads(command(OLD, NEW, "--format", "json")[1])
    less = json.loads(command(OLD, NEW, "--format", "json", "--min-weight", "substantive")[1])
    assert len(full["changes"]) >= len(less["changes"])
    assert len(command(OLD, NEW, "--min-weight", "substantive")[1]) < len(command(OLD, NEW)[1])


def test_explain_says_why_a_paragraph_is_linked(command):
    code, out, _ = command(OLD, NEW, "--explain", "op8")
    assert code == 0
    assert "par.\u00a03" in out
    code, _, errors = command(OLD, NEW, "--explain", "op99")
    assert code == 66 or code == 2
    assert clear(errors)


@pytest.mark.slow
def test_help_has_examples_and_exit_codes(command):
    code, out, _ = command("--help")
    assert code == 0
    assert "resdiff 72/194 74/175" in out
    assert "Codes de sortie" in out
    assert command()[1] == out
    for name in ("diff", "show", "add", "changelog", "topics"):
        assert command(name, "--help")[0] == 0


ENGLISH = re.compile(r"\b(?:INTEGER|RANGE|TEXT|PATH|FILENAME|BOOLEAN|COMMAND|ARGS|default|required)\b")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["", *resdiff.commands])
def test_the_help_has_no_english_of_click(command, name):
    code, out, _ = command(*name.split(), "--help")
    assert code == 0
    assert ENGLISH.findall(out) == []


def texts_of_the_help():
    """What stands in the help of all commands, a paragraph each."""
    for each in (resdiff, *resdiff.commands.values()):
        yield from (part for text in (each.help, each.short_help) if text for part in text.split("\n\n"))
        for param in each.params:
            yield from filter(None, (param.metavar, getattr(param, "help", "")))
    yield resdiff.subcommand_metavar


def test_every_text_of_the_help_has_its_english_and_none_is_left_over():
    told = {" ".join(text.split()) for text in texts_of_the_help()} - {""}
    rows = data.load("common", "help", Help).text
    known = {" ".join(row.fr.split()) for row in rows}
    assert (told - known, known - told, len(rows)) == (set(), set(), len(known))


@pytest.mark.parametrize("name", ["", *resdiff.commands])
def test_the_help_is_in_the_language_that_is_asked_for(name):
    """French words of what is not translated are those of examples and of choices."""
    told = {lang: CliRunner().invoke(resdiff, [*name.split(), "--help"], obj=lang).output for lang in ("fr", "en")}
    assert "Usage\u00a0:" in told["fr"] and "Usage:" in told["en"]
    french = re.compile(r"\b(?:[Ll]e|[Ll]es|[Dd]es|une?|[Oo]ù|texte|FICHIER|DOSSIER|COTE|défaut|aide)\b")
    assert french.search(told["fr"]) and not french.search(told["en"].replace("En français", "")), told["en"]
    options = {
        lang: re.findall(r"^  (?:-\w, )?(--[\w-]+)", text.partition("\nOptions")[2], re.MULTILINE)
        for lang, text in told.items()
    }
    assert options["fr"] == options["en"]


@pytest.mark.parametrize(
    ("call", "begins"),
    [
        ("--help --lang en", "Usage: resdiff [OPTIONS] [COMMAND]"),
        ("--lang en --help", "Usage: resdiff [OPTIONS] [COMMAND]"),
        ("-h --lang=en", "Usage: resdiff [OPTIONS] [COMMAND]"),
        ("--lang=en", "Usage: resdiff [OPTIONS] [COMMAND]"),
        ("--lang fr --help", "Usage\u00a0: resdiff [OPTIONS] [COMMANDE]"),
        ("blame --help --lang en", "Usage: resdiff blame [OPTIONS] SERIES"),
        ("--lang en blame --help", "Usage: resdiff blame [OPTIONS] SERIES"),
        ("--lang en --version", "resdiff "),
    ],
)
def test_the_language_stands_before_the_command_or_behind_it(command, call, begins):
    code, out, errors = command(*call.split())
    assert (code, errors) == (0, "")
    assert out.startswith(begins)


def test_what_is_missing_is_called_in_the_language_of_the_call(command):
    assert "“SYMBOL|FILE” is missing" in command("show", "--lang", "en")[2]


@pytest.mark.parametrize("name", [name for name in resdiff.commands if name != "serve"])
def test_an_empty_argument_is_a_missing_one(command, name):
    """A variable of the shell that is not set: it was the folder where we stand."""
    more = ["--base", "x.docx"] if name == "verify-tracking" else ["--since", "HEAD"] if name == "changed" else []
    code, out, errors = command(name, "", *more)
    assert (code, out, errors.count("\n")) == (2, "", 1)
    assert errors.startswith("resdiff : il manque «") and "« [" not in errors.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ("--explain", "il manque une valeur après « --explain », comme dans « --explain op8 » ;"),
        ("72/194 74/175 -o", "il manque une valeur après « -o », comme dans « -o rapport.html » ;"),
        ("72/194 74/175 --md-style", "il manque une valeur après « --md-style », comme dans « --md-style html » ;"),
        ("changelog --output", "il manque une valeur après « --output », comme dans « --output reports » ;"),
        ("72/194 74/175 --lang en --explain", "a value is missing after “--explain”, as in “--explain op8”;"),
        ("72/194 74/175 --no-cache=3", "l’option « --no-cache » ne prend pas de valeur ;"),
    ],
)
def test_a_value_that_is_missing_or_too_many_is_told_with_its_option(command, call, sentence):
    code, out, errors = command(*call.split())
    assert (code, out) == (2, "")
    assert errors.replace("\u00a0", " ").startswith(f"resdiff : {sentence}")


@pytest.mark.parametrize(("name", "form"), resdiff.commands.items())
def test_every_option_that_takes_a_value_has_an_example_that_it_takes(name, form):
    for option in form.params:
        if isinstance(option, click.Option) and not option.is_flag and not isinstance(option.type, click.Choice):
            assert isinstance(option, ValueOption), option.name
            assert option.type_cast_value(click.Context(form), [option.example] if option.multiple else option.example)


def test_version(command):
    assert command("--version")[1].startswith("resdiff ")


HOMES = (
    changed,
    compiling,
    gating,
    gitting,
    options,
    paralleling,
    publishing,
    rolling,
    search,
    series,
    serving,
    shelving,
)
OPTIONS = dict.fromkeys(("history", "blame"), series.EditionsOptions)
for command_name in resdiff.commands:
    options_name = f"{command_name.title().replace('-', '')}Options"
    found = [getattr(home, options_name) for home in HOMES if hasattr(home, options_name)]
    OPTIONS |= {command_name: found[0]} if found else {}


def test_every_command_has_options_of_its_own():
    assert OPTIONS.keys() == resdiff.commands.keys()


@pytest.mark.parametrize("name", OPTIONS)
def test_what_may_be_typed_is_what_the_options_take(name):
    """Every option of click has its field, every choice its member, and nothing typed gives the defaults."""
    params = [param for param in resdiff.commands[name].params if param.expose_value]
    samples = {Path: Path("x"), tuple[Path, ...]: (Path("x"),), tuple[str, ...]: ("x",)}
    types = get_type_hints(OPTIONS[name])
    needed = {param.name: samples.get(types[param.name], "x") for param in params if param.required}
    assert options.typed(OPTIONS[name], needed | {p.name: None for p in params if not p.required}) == OPTIONS[name](
        **needed
    )
    for param in params:
        for choice in param.type.choices if isinstance(param.type, click.Choice) else ():
            given = (choice,) if param.multiple else choice
            assert choice in str(options.typed(OPTIONS[name], needed | {param.name: given}))
    with pytest.raises(options.msgspec.ValidationError):
        options.typed(OPTIONS[name], needed | {"nope": 1})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("args", "absent"),
    [
        (["--help"], "resdiff.model resdiff.cli.runs"),
        (
            ["diff", OLD, NEW, "-o", "x.json"],
            "resdiff.cli.show resdiff.accession resdiff.fetch shutil tempfile jinja2 docx",
        ),
        (["show", NEW], "resdiff.rendering.terminal resdiff.report resdiff.judgement resdiff.fetch resdiff.accession"),
        (["topics"], "resdiff.rendering.terminal resdiff.report resdiff.parsing resdiff.cli.show"),
        (["fetch", "rapport.txt"], "resdiff.rendering.terminal resdiff.parsing resdiff.judgement"),
    ],
)
def test_a_run_loads_what_it_needs(tmp_path, corpus, args, absent):
    code = "import os, sys; from resdiff.cli import main\nos._exit = sys.exit\n"
    code += f"try: main()\nfinally: sys.exit(str(sys.modules.keys() & set({absent.split()})))"
    environment = os.environ | {"RESDIFF_CORPUS": str(corpus.folder), "XDG_CACHE_HOME": str(tmp_path)}
    call = [sys.executable, "-c", code, *args]
    run = subprocess.run(call, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert run.stderr.endswith("set()\n")


# ---- wrong calls and bad input --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "args",
    [
        ("72/194",),
        ("72/194", "74/175", "78/226"),
        ("72/194", "74/175", "--nope"),
        ("72/194", "74/175", "--format", "odt"),
        ("72/194", "74/175", "-o", "x.xyz"),
        ("72/194", "74/175", "-o", "x"),
        ("72/194", "74/175", "--min-weight", "heavy"),
        ("-", "-"),
        ("show",),
    ],
)
def test_a_wrong_call_is_one_sentence_and_exit_2(command, args):
    code, out, errors = command(*args)
    assert (code, out) == (2, "")
    assert clear(errors)


def test_an_unknown_symbol_names_the_nearest(command):
    code, _, errors = command("72/195", NEW)
    assert code == 66
    assert clear(errors)
    assert "72/194" in errors
    assert "resdiff add" in errors


BAD_FILES = {
    "empty.txt": (b"", 65),
    "blank.txt": (b" \n\n\t\n", 65),
    "binary.txt": (bytes(range(256)) * 40, 65),
    "nul.txt": (b"L\x00A\x00" * 100, 65),
    "image.png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, 65),
    "huge.txt": (b"mot " * (5 * 2**20 + 10), 65),
    "front.md": (b"---\nsymbol: [\n---\n\nTexte.\n", 65),
    "front2.md": (b"---\nsymbol: {a: 1}\n---\n\nTexte.\n", 65),
    "fake.docx": (b"PK\x03\x04 pas une archive", 65),
    "fake.pdf": (b"%PDF-1.7 pas un pdf", 65),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_one_sentence(command, tmp_path, name):
    data, wanted = BAD_FILES[name]
    (tmp_path / name).write_bytes(data)
    code, out, errors = command(name, NEW, "-o", "x.html")
    assert (code, out) == (wanted, "")
    assert clear(errors)
    assert not (tmp_path / "x.html").exists()


@pytest.mark.parametrize("name", ["nowhere.txt", "x" * 300, "a\nb.txt", "~/nowhere.txt", "/proc/self/mem/x"])
def test_a_file_that_is_not_there_is_one_sentence(command, name):
    code, _, errors = command(name, NEW)
    assert code == 66
    assert clear(errors)


def test_a_folder_is_one_sentence(command, tmp_path):
    (tmp_path / "dossier").mkdir()
    code, _, errors = command("dossier", NEW)
    assert code in (65, 66)
    assert clear(errors)


def test_a_corpus_that_is_not_there_is_one_sentence(command):
    code, _, errors = command(OLD, NEW, "--corpus", "nulle-part")
    assert code == 66
    assert clear(errors)


@pytest.mark.parametrize("name", ["nulle-part.toml", "x" * 300, "dossier"])
def test_links_that_are_not_there_are_one_sentence(command, tmp_path, name):
    (tmp_path / "dossier").mkdir()
    code, out, errors = command(OLD, NEW, "--links", name)
    assert (code, out) == (65 if name == "dossier" else 66, "")
    assert clear(errors)


def test_a_person_without_a_home_is_one_sentence(command):
    code, _, errors = command("fetch", "70/177", env={"XDG_CACHE_HOME": "", "HOME": "~"})
    assert code == 73
    assert clear(errors)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "Ceci n’est pas une résolution.\n\nC’est une recette de cuisine.\n",
        "A/RES/90/1\n\nL’Assemblée générale,\n\nRappelant ses résolutions,\n",
        "The General Assembly,\n\nRecalling its resolution 72/194,\n\n1. Urges Member States to act;\n",
        "1. Prie instamment tout le monde ;\n",
        "<script>alert(1)</script>\n\n1. Prie « <b>tous</b> » | * _ ` de faire ;\n",
        "\x1b[31mrouge\x1b[0m\n\n1. Prie le lecteur ;\n",
        "mot " * 20000,
    ],
)
def test_a_strange_text_never_stops_the_run(command, tmp_path, text):
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    files = [f"x.{form}" for form in ("json", "html", "md")]
    code, out, errors = command("x.txt", NEW, "-o", "-", *(word for name in files for word in ("-o", name)))
    assert (code, errors) == (0, "")
    made = {"terminal": out, **{name: (tmp_path / name).read_text(encoding="utf-8") for name in files}}
    for name, said in made.items():
        assert said
        assert "\x1b" not in said
        assert name in ("terminal", "x.json") or "<script>alert" not in said


def test_what_cannot_be_written_leaves_nothing(command, tmp_path):
    (tmp_path / "x.md").mkdir()
    code, _, errors = command(OLD, NEW, "-o", "x.md")
    assert code == 73
    assert clear(errors)
    assert "dossier" in errors
    assert list((tmp_path / "x.md").iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_without_write_permission_is_one_sentence(command, tmp_path):
    (tmp_path / "fermé").mkdir()
    (tmp_path / "fermé").chmod(stat.S_IRUSR | stat.S_IXUSR)
    code, _, errors = command(OLD, NEW, "-o", "fermé/x.html")
    assert code == 73
    assert clear(errors)


# ---- show, add, topics ----------------------------------------------------------------------------------------------


def test_show_prints_what_is_known_of_a_text(command):
    code, out, _ = command("show", NEW, "--survey")
    assert code == 0
    assert "l’Office des Nations Unies contre la drogue et le crime" in out
    assert all(f"{kind} (" in out for kind in ("Verbes", "Conditions", "Noms", "Textes cités", "Thèmes"))
    known = json.loads(command("show", NEW, "--survey", "--format", "json")[1])
    assert known["symbol"] == "A/RES/74/175" and "resolution" not in known
    assert {"acts", "conditions", "names", "citations", "theme_mentions"} <= known.keys()


def test_show_prints_the_structure(command):
    code, out, _ = command("show", NEW)
    assert code == 0
    assert "op30" in out
    assert "pp19" in out
    assert json.loads(command("show", NEW, "--format", "json")[1])["symbol"] == "A/RES/74/175"


def test_show_says_how_many_characters_were_left_out(command, tmp_path):
    for stray, said in (("\u202e", "1 caractère de commande"), ("\u202e\u2066", "2 caractères de commande")):
        (tmp_path / "x.txt").write_text(TEXT.replace("Prie", f"Pr{stray}ie", 1), encoding="utf-8")
        code, out, errors = command("show", "x.txt")
        assert (code, errors) == (0, "")
        assert said in out
        notices = json.loads(command("show", "x.txt", "--format", "json")[1])["notices"]
        assert any(said in each["message"] for each in notices)


def test_add_enters_a_text_that_can_then_be_named(command, tmp_path):
    (tmp_path / "x.txt").write_text(TEXT, encoding="utf-8")
    code, out, errors = command("add", "x.txt", "--corpus", "mien", "--series", "essai")
    assert (code, errors) == (0, "")
    assert "90/1" in out
    assert (tmp_path / "mien/essai/A-RES-90-1.fr.md").exists()
    assert command("90/1", "90/1", "--corpus", "mien")[0] == 0


def test_add_counts_paragraphs_and_not_their_points(command, tmp_path):
    points = ["2. Décide du mandat suivant :", "Sécurité", "a) Observer la trêve :", "– Agir ;", "b) Aider ;"]
    start = ["Résolution 1609 (2005) du 24 juin 2005", "Le Conseil de sécurité,", "Rappelant la Charte,", "1. Agit ;"]
    text = "\n\n".join([*start, *points, "3. Décide d’agir.\n"])
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    out = command("add", "x.txt", "--corpus", "mien")[1]
    assert "(alinéas de préambule\u00a0: 1\u00a0; paragraphes de dispositif\u00a0: 3)" in out


def test_add_never_loses_a_text(command, tmp_path):
    (tmp_path / "x.txt").write_text(TEXT, encoding="utf-8")
    command("add", "x.txt", "--corpus", "mien", "--series", "essai")
    kept = tmp_path / "mien/essai/A-RES-90-1.fr.md"
    kept.write_text(kept.read_text(encoding="utf-8").replace("rapport", "compte rendu"), encoding="utf-8")
    code, _, errors = command("add", "x.txt", "--corpus", "mien", "--series", "essai")
    assert code == 73
    assert clear(errors)
    assert "resdiff add x.txt --corpus mien --series essai --force" in errors
    assert "compte rendu" in kept.read_text(encoding="utf-8")
    assert command("add", "x.txt", "--corpus", "mien", "--series", "essai", "--force")[0] == 0
    assert "compte rendu" in kept.with_suffix(".md.bak").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "code"),
    [(("--symbol", "n’importe quoi"), 2), (("--series", "../../dehors"), 2), (("--series", ""), 2)],
)
def test_add_refuses_what_it_cannot_name(command, tmp_path, args, code):
    (tmp_path / "x.txt").write_text(TEXT, encoding="utf-8")
    done, _, errors = command("add", "x.txt", "--corpus", "mien", *args)
    assert done == code
    assert clear(errors)
    assert not (tmp_path.parent / "dehors").exists()


def test_add_of_a_text_without_paragraphs_writes_nothing(command, tmp_path):
    (tmp_path / "x.txt").write_text("A/RES/90/1\n", encoding="utf-8")
    code, _, errors = command("add", "x.txt", "--corpus", "mien")
    assert code == 65
    assert clear(errors)
    assert not (tmp_path / "mien").exists()


def test_topics_are_listed(command):
    code, out, _ = command("topics")
    assert code == 0
    assert len(out.splitlines()) >= 80


def test_a_fault_of_ours_is_one_sentence_and_its_trace_is_for_who_asks(capsys, monkeypatch):
    from resdiff.cli import told

    def fail(*_):
        raise IndexError("string index out of range")

    monkeypatch.setattr(runs, "run_topics", fail)
    assert told.run(resdiff, ["topics"]) == 70
    errors = capsys.readouterr().err
    assert clear(errors)
    assert "IndexError" in errors
    assert told.run(resdiff, ["topics", "--debug"]) == 70
    assert "Traceback" in capsys.readouterr().err


# ---- outputs that are inputs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["old.txt", "./old.txt", "link.txt", "hard.txt", "corpus/s/A-RES-90-1.fr.md"])
def test_an_output_that_is_an_input_is_refused(command, tmp_path, name):
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(TEXT, encoding="utf-8")
    new.write_text(TEXT.replace("Prie", "Invite"), encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(old)
    (tmp_path / "hard.txt").hardlink_to(old)
    (tmp_path / "corpus" / "s").mkdir(parents=True)
    (tmp_path / "corpus" / "s" / "A-RES-90-1.fr.md").write_text(TEXT, encoding="utf-8")
    code, _, errors = command("old.txt", "new.txt", "--corpus", "corpus", "-o", "x.json", "-o", name, "--format", "md")
    assert code == 73
    assert clear(errors)
    assert "l’un des fichiers lus" in errors
    assert (tmp_path / name).read_text(encoding="utf-8") == TEXT
    assert not (tmp_path / "x.json").exists()
    assert command("new.txt", "old.txt", "--corpus", "corpus", "-o", name, "--format", "md")[0] == 73


def test_the_file_behind_standard_input_is_an_input(tmp_path):
    for name in ("old.txt", "new.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    call = [sys.executable, "-m", "resdiff", "-", "new.txt", "-o", "old.txt", "--format", "md"]
    with (tmp_path / "old.txt").open("rb") as given:
        done = subprocess.run(call, stdin=given, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 73
    assert (tmp_path / "old.txt").read_text(encoding="utf-8") == TEXT


def test_reports_are_not_written_into_the_corpus_itself(command, tmp_path):
    (tmp_path / "corpus" / "s").mkdir(parents=True)
    code, _, errors = command("changelog", "corpus", "-o", "./corpus")
    assert code == 73
    assert clear(errors)


def test_a_changelog_is_not_written_to_the_output(command, tmp_path):
    code, _, errors = command("changelog", "corpus", "-o", "-")
    assert code == 2 and "dossier" in errors and not list(tmp_path.glob("-*"))


def test_what_was_written_before_a_failure_is_told(command, tmp_path):
    (tmp_path / "folder.md").mkdir()
    code, _, errors = command(OLD, NEW, "-o", "x.json", "-o", "folder.md")
    assert code == 73
    assert clear(errors)
    assert "rien n’a été écrit" not in errors
    assert "déjà écrit\u00a0: x.json" in errors
    assert (tmp_path / "x.json").exists()


@pytest.mark.parametrize("options", [("--explain", ""), ("--links", ""), ("--date", ""), ("--topics", "")])
def test_an_empty_value_is_a_missing_one(command, options):
    code, said, errors = command("72/194", "74/175", *options)
    assert (code, said) == (2, "") and options[0] in errors and errors.count("\n") == 1


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_a_date_that_no_calendar_of_word_knows_is_refused(command, date):
    code, said, errors = command("72/194", "74/175", "--date", date, "-o", "x.docx")
    assert (code, said) == (2, "") and date in errors and errors.count("\n") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("resdiff show resdi", "file,resdi"),
        ("resdiff diff 72/194 74/175 -o re", "file,re"),
        ("resdiff gate --corpus co", "file,co"),
        ("resdiff diff --format ht", "plain,html"),
    ],
)
def test_a_shell_completes_names_of_files_where_one_may_stand(typed, said):
    asked = {"_RESDIFF_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    done = subprocess.run(
        [Path(sys.prefix) / "bin" / "resdiff"], env={**os.environ, **asked}, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [said]
