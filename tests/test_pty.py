"""The command on a real terminal: what a person sees who types the first command of the README."""

import os
import re
import select
import struct
import sys
import time
from pathlib import Path

import pytest
from test_accession import APART, ASKED, BODY, OTHER

pty = pytest.importorskip("pty", reason="a system without pseudo-terminals")
import fcntl  # noqa: E402
import shutil  # noqa: E402
import termios  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
OLD, NEW = "72/194", "74/175"
COLOUR = "\x1b[1m"
LIMIT = 60.0  # seconds

needs_less = pytest.mark.skipif(not shutil.which("less"), reason="less is not installed")


def typed(*args, columns=80, rows=24, keys="q", corpus=ROOT / "corpus", **environment):
    """What a terminal of that size receives, and the exit code; the keys are pressed once it is quiet."""
    process, terminal = pty.fork()
    if process == 0:
        unset = ("LESS", "PAGER", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "LESSOPEN")
        kept = {name: value for name, value in os.environ.items() if name not in unset}
        kept |= {"TERM": "xterm-256color", "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
        call = [sys.executable, "-m", "resdiff", *args, "--corpus", str(corpus)]
        os.execve(sys.executable, call, kept | environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    seen, pressed, end = b"", False, time.monotonic() + LIMIT
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.4)[0]:
            try:
                seen += os.read(terminal, 65536)
            except OSError:  # the other end is closed
                break
        elif seen and not pressed:
            os.write(terminal, keys.encode())
            pressed = True
    os.close(terminal)
    return seen.decode(), os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def shown(seen):
    """The text without the codes that a terminal takes for colours, places and modes."""
    return re.sub(r"\x1b(?:\[[?\d;]*[a-zA-Z]|[=>])|\r", "", seen)


@pytest.mark.slow
@needs_less
def test_the_pager_shows_colours_and_no_codes():
    seen, code = typed(OLD, NEW)
    assert code == 0
    assert COLOUR in seen
    assert "ESC" not in seen and "^[" not in seen
    assert "De 72/194 à 74/175" in shown(seen)
    assert len(shown(seen).splitlines()) < 30  # one screen, then it waits


@pytest.mark.slow
@needs_less
def test_letters_of_french_are_shown_in_any_locale():
    seen, _ = typed(OLD, NEW, LC_ALL="C")
    assert "décembre" in seen and "<C3>" not in seen


@pytest.mark.slow
@needs_less
@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({"LESS": "-F"}, False),
        ({"LESS": "-FRX"}, True),
        ({"PAGER": "less"}, True),
        ({"PAGER": "less -R", "LESS": "-F"}, True),
        ({"LESS": "-Perreur"}, False),
        ({"NO_COLOR": "1"}, False),
    ],
)
def test_colours_are_left_out_for_a_pager_that_cannot_show_them(environment, coloured):
    seen, code = typed(OLD, NEW, **environment)
    assert code == 0
    assert ("\x1b[1mDe 72/194" in seen) is coloured
    assert "ESC[" not in seen
    assert "De 72/194" in shown(seen)


@pytest.mark.slow
@pytest.mark.parametrize("pager", ["more", "no-such-pager", 'le"ss'])
def test_any_pager_or_none_leaves_the_report_to_be_read(pager):
    seen, code = typed(OLD, NEW, PAGER=pager, keys="qq")
    assert code == 0
    assert "De 72/194 à 74/175" in shown(seen)
    assert "Traceback" not in seen


def test_who_begins_a_draft_is_told_how_the_session_is_given():
    seen, code = typed("draft", NEW)
    assert code == 0
    assert "la 76e est supposée" in shown(seen).replace("\n", " ")
    assert shown(seen).count("--session") == 1


@pytest.mark.parametrize(("editions", "is_shown"), [(9, True), (3, False)])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_long_work_of_gates_shows_how_it_gets_on(tmp_path, editions, is_shown, jobs):
    for series in "ab" if is_shown else "a":
        for number in range(editions):
            file = tmp_path / series / f"A-RES-{50 + 2 * number}-{ord(series)}.fr.md"
            file.parent.mkdir(exist_ok=True)
            front = f'---\nsymbol: "A/RES/{50 + 2 * number}/{ord(series)}"\nlanguage: "fr"\n---\n\n'
            file.write_text(front + BODY, encoding="utf-8")
    seen, code = typed("gate", "--gate", "phrase=Secrétaire général", "--jobs", jobs, "--no-cache", corpus=tmp_path)
    assert code == 0
    assert ("16/16" in shown(seen)) == is_shown
    assert "respectées" in shown(seen)


def test_a_dumb_terminal_gets_plain_text_at_once():
    seen, code = typed(OLD, NEW, TERM="dumb")
    assert code == 0
    assert "\x1b" not in seen
    assert "CONCORDANCE" in seen


def test_a_short_report_comes_without_a_pager():
    seen, code = typed(OLD, NEW, "--min-weight", "substantive", rows=4000)
    assert code == 0
    assert "\x1b[?1h" not in seen  # what less sends when it begins


@pytest.mark.parametrize(("columns", "rows"), [(80, 45), (120, 32)])
def test_one_screen_needs_no_pager(columns, rows):
    seen, code = typed(OLD, NEW, "--stat", columns=columns, rows=rows)
    assert code == 0
    assert "\x1b[?1h" not in seen
    assert len(shown(seen).splitlines()) <= rows
    assert "45 paragraphes changés" in shown(seen)
    assert "\x1b[32m+" in seen


@pytest.mark.slow
def test_the_report_ends_in_order_when_its_reader_does():
    seen, code = typed(OLD, NEW, keys="q", PAGER="less +G")
    assert code == 0 and "Traceback" not in seen


@pytest.mark.parametrize(("key", "folder"), [("r", "a-res-90-1"), ("x\nn", "a-res-91-7"), ("l", None)])
def test_the_series_of_a_doubtful_text_is_asked(tmp_path, key, folder):
    texts = {
        "A/RES/90/1": BODY.replace("1. *Prie*", f"1. *Prie* {ASKED}, et *prie*"),
        "A/RES/91/7": f"{OTHER}{APART}\n5. *Décide* de rester saisie de la question.\n",
    }
    for symbol, body in texts.items():
        front = f'---\nsymbol: "{symbol}"\nlanguage: "fr"\n---\n\n'
        (tmp_path / f"{symbol[-1]}.md").write_text(front + body, "utf-8")
    assert typed("add", str(tmp_path / "1.md"), corpus=tmp_path / "corpus")[1] == 0
    seen, code = typed("add", str(tmp_path / "7.md"), corpus=tmp_path / "corpus", keys=f"{key}\n")
    assert code == 0 and seen.count("L’y ranger (r)") == 1 + key.count("\n")
    found = [path.parent.name for path in (tmp_path / "corpus").rglob("A-RES-91-7.fr.md")]
    assert found == ([folder] if folder else [])
