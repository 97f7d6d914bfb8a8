"""What a hostile or clumsy person gives the command: one clear sentence, the right exit code, nothing lost or hung."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from resdiff.symbol import normalise

TEXT = """A/RES/90/1

L’Assemblée générale,

Rappelant sa résolution 88/1 du 18 décembre 2033,

1. Prie le Secrétaire général de lui faire rapport ;

2. Décide de rester saisie de la question.
"""


def clear(errors):
    """One sentence for a person: no traceback, one line, in French."""
    return errors.startswith("resdiff : ") and errors.count("\n") == 1 and "Traceback" not in errors


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom"])
def test_a_device_without_end_is_refused_at_the_size_of_the_largest_file(command, device):
    code, out, errors = command("show", device)
    assert (code, out) == (65, "")
    assert "dépasse 20\u00a0Mo" in errors
    assert clear(errors)


@pytest.fixture
def shell(tmp_path, cache):
    """Run a line of bash where ``$R`` is resdiff: exit code, output, errors."""
    environment = os.environ | {"R": f"{sys.executable} -m resdiff", "XDG_CACHE_HOME": str(cache)}

    def run(line, **env):
        done = subprocess.run(
            ["bash", "-c", line], capture_output=True, cwd=tmp_path, env=environment | env, timeout=60, check=False
        )
        return done.returncode, done.stdout, done.stderr.decode("utf-8")

    return run


ACTING = "\x1b", "\x07", "\u202e", "\x9b", "\n# ici"
SPELT = '"Titre\\u001b[2J\\u0007\\u202e\\u009b\\n# ici"'


@pytest.mark.slow
def test_front_matter_and_tables_spell_nothing_that_acts(command, tmp_path):
    """What no text of YAML or TOML may hold its strings can spell: it would act on a terminal and on a page."""
    shelf = tmp_path / "corpus" / "s"
    shelf.mkdir(parents=True)
    fields = "".join(f"{key}: {SPELT}\n" for key in ("title", "session", "meeting", "agenda_item", "series"))
    source = "".join(f"  {key}: {SPELT}\n" for key in ("note", "url", "sha256"))
    for n in (0, 1):
        head = f'---\nsymbol: "A/RES/9{n}/1"\nlanguage: "fr"\n{fields}source:\n{source}---\n\n'
        body = f"*L’Assemblée générale*,\n\n1. *Prie* l’Office d’agir{' vite' * n} ;\n"
        (shelf / f"A-RES-9{n}-1.fr.md").write_text(head + body, encoding="utf-8")
    (shelf / "series.toml").write_text(f"[title]\nfr = {SPELT}\n")
    (tmp_path / "t.toml").write_text(f'[[topic]]\nid = "x"\nlabel = {SPELT}\npatterns = ["vite"]\n')
    outputs = ["-o", "x.html", "-o", "x.md", "-o", "x.json", "--topics", "t.toml"]
    made = [command("90/1", "91/1", "--corpus", "corpus", *outputs)]
    made += [
        command("90/1", "91/1", "--corpus", "corpus", "--topics", "t.toml"),
        command("topics", "--topics", "t.toml"),
    ]
    made += [command("show", "90/1", "--corpus", "corpus"), command("changelog", "corpus", "-o", "out")]
    assert [code for code, _, _ in made] == [0] * 5
    said = [out + errors for _, out, errors in made]
    said += [path.read_text(encoding="utf-8") for path in (*tmp_path.glob("x.*"), *tmp_path.glob("out/**/*.*"))]
    assert len(said) > 10
    for text in said:
        assert not [sign for sign in ACTING if sign in text]


def test_an_interrupt_while_modules_load_leaves_no_trace(shell):
    interrupt = "import sys, types; sys.modules['resdiff.cli.commands'] = m = types.ModuleType('m'); "
    interrupt += "m.__getattr__ = lambda name: (_ for _ in ()).throw(KeyboardInterrupt()); "
    python = sys.executable
    assert shell(f'{python} -c "{interrupt}from resdiff.cli import main; main()"') == (130, b"", "")


def test_a_closed_output_is_no_crash(shell):
    assert shell("$R 72/194 74/175 >&-") == (0, b"", "")


@pytest.mark.parametrize("call", ["72/194 74/175", "72/194 74/175 --format html", "show 74/175", "topics", "--help"])
def test_a_full_disk_behind_standard_output_is_told(shell, call):
    code, _, errors = shell(f"$R {call} >/dev/full")
    assert code == 73
    assert clear(errors)


def test_a_reader_who_goes_away_is_not_a_difference_of_texts(shell):
    code, _, errors = shell("$R 72/194 74/175 --format json | true; exit ${PIPESTATUS[0]}")
    assert (code, errors) == (141, "")


def test_the_name_of_standard_output_is_a_pipe_to_write_to(shell):
    code, out, errors = shell("$R 72/194 74/175 -o /dev/stdout --format json | tail -c 2")
    assert (code, out, errors) == (0, b"}\n", "")


@pytest.mark.parametrize("call", ["topics", "show 74/175", "--help"])
def test_french_is_printed_under_any_locale(shell, call):
    code, out, errors = shell(f"$R {call}", PYTHONIOENCODING="latin-1")
    assert (code, errors) == (0, "")
    assert "é" in out.decode("utf-8")


@pytest.mark.parametrize("seconds", ["99999999999999999999", "253402300800"])
def test_an_epoch_after_the_last_year_is_told(command, seconds):
    code, _, errors = command("72/194", "74/175", env={"SOURCE_DATE_EPOCH": seconds})
    assert code == 2
    assert clear(errors)


def test_outputs_that_no_system_can_hold_are_told(command, shell, tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    for name in ("loop/x.html", "x" * 260 + ".html"):
        code, _, errors = command("72/194", "74/175", "-o", name)
        assert code == 73
        assert clear(errors)
    code, _, errors = shell("mkdir gone && cd gone && rmdir ../gone && $R 72/194 74/175 -o x.html")
    assert code == 73
    assert clear(errors)


def test_names_too_long_for_a_corpus_are_told(command, tmp_path):
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    for more, wanted in (["--series", "x" * 300], 2), (["--corpus", "x" * 300], 73):
        code, _, errors = command("add", "good.txt", *more)
        assert code == wanted
        assert clear(errors)


def test_figures_of_other_scripts_make_no_symbol():
    assert normalise("٧٢/١٩٤") == normalise("７２/１９４") == ""


@pytest.mark.parametrize(
    "call", [["--format", "xyz"], ["--width", "5"], ["--width", "abc"], ["--lang", "es"], ["78/226"]]
)
def test_a_wrong_value_is_told_in_french(command, call):
    code, _, errors = command("72/194", "74/175", *call)
    assert code == 2
    assert clear(errors)
    assert "il faut" in errors or "trop d’arguments" in errors
    assert " not " not in errors


def test_a_device_without_end_is_no_file_of_topics(command):
    code, _, errors = command("topics", "--topics", "/dev/zero")
    assert code == 65
    assert clear(errors)


@pytest.mark.parametrize("text", ["title = {}", "title = {en = 'x'}", "editions = 3", "editions = [1, 2]"])
def test_a_broken_series_file_is_told_or_done_without(command, tmp_path, text):
    shelf = tmp_path / "corpus" / "s"
    shelf.mkdir(parents=True)
    for number in (1, 2):
        (shelf / f"A-RES-90-{number}.fr.md").write_text(TEXT, encoding="utf-8")
    (shelf / "series.toml").write_text(text)
    code, _, errors = command("changelog", "corpus", "-o", "reports")
    assert (code, errors) == (0, "") or (code == 74 and clear(errors))


@pytest.mark.parametrize("text", ["x=" + "[" * 5000 + "]" * 5000, "x=" + "9" * 9000])
def test_toml_too_deep_or_too_large_is_told(command, tmp_path, text):
    (tmp_path / "x.toml").write_text(text)
    for option in ("--links", "--topics"):
        code, _, errors = command("72/194", "74/175", option, "x.toml")
        assert code == 65
        assert clear(errors)


@pytest.fixture(scope="module")
def built(tmp_path_factory, run_command):
    """The reports of the shipped corpus, built once."""
    folder = tmp_path_factory.mktemp("built")
    assert run_command("changelog", "-o", "reports", cwd=folder)[0] == 0
    return folder / "reports"


@pytest.fixture
def reports(built, tmp_path):
    """Reports of one's own, as the command built them."""
    return shutil.copytree(built, tmp_path / "reports")


@pytest.mark.slow
def test_a_forged_manifest_removes_nothing_outside_the_reports(command, reports, tmp_path):
    (manifest,) = reports.glob("*/manifest.json")
    known = json.loads(manifest.read_text(encoding="utf-8"))
    some = next(iter(known["pairs"].values()))
    victim = tmp_path / "victim.html"
    victim.write_text("précieux", encoding="utf-8")
    known["pairs"] |= {"../victim": some, str(tmp_path / "victim"): some, "s/../../victim": some, "a/../victim": {}}
    known["planned"] = ["../victim.html", "../../victim.html", str(victim), "..", "/"]
    manifest.write_text(json.dumps(known), encoding="utf-8")
    front = reports / "manifest.json"
    above = json.loads(front.read_text(encoding="utf-8"))
    above["files"] |= dict.fromkeys(["../victim.html", str(victim), "s/../../victim.html"], "")
    above["series"] |= {"..": "", "../..": "", ".": ""}
    front.write_text(json.dumps(above), encoding="utf-8")
    assert command("changelog", "-o", "reports")[0] == 0
    assert victim.exists()
    assert front.exists()


@pytest.mark.slow
@pytest.mark.parametrize("broken", [{}, 3, {"line": 3}, {"ways": None}, {"line": {"numbers": [[1, 2, 3, 4]]}}])
def test_a_broken_record_of_the_manifest_is_built_again(command, reports, broken):
    (manifest,) = reports.glob("*/manifest.json")
    before = manifest.read_bytes()
    known = json.loads(before)
    place = next(iter(known["pairs"]))
    known["pairs"][place] = known["pairs"][place] | broken if isinstance(broken, dict) and broken else broken
    manifest.write_text(json.dumps(known), encoding="utf-8")
    code, _, errors = command("changelog", "-o", "reports")
    assert (code, errors) == (0, "")
    assert manifest.read_bytes() == before
