"""How much code one pair enters on its way from two files to a page: by the façade, and by the command."""

import subprocess
import sys

import pytest

NOTED = """
import sys
entered = set()

def note(frame, event, _):
    module = frame.f_globals.get("__name__", "")
    if event == "call" and frame.f_code.co_flags & 1 and module.startswith("resdiff"):  # 1: a function, no class body
        entered.add(module)
"""
FACADE = """
sys.setprofile(note)
from pathlib import Path
from resdiff import build, compare, judge, parse, read, recognize, render
old, new = (parse(read(Path(name))) for name in sys.argv[1:])
page = render(build(judge(compare(old, new), recognize(old), recognize(new))), "html")
sys.setprofile(None)
assert page.startswith(b"<!doctype html>")
print("\\n".join(sorted(entered)))
"""
COMMAND = """
import os
leave = os._exit

def told(code):
    sys.setprofile(None)
    print("\\n".join(sorted(entered)), flush=True)
    leave(code)

os._exit = told  # at its end the process goes at once
sys.argv[1:] = ["--no-cache", *sys.argv[1:], "-o", "page.html"]
sys.setprofile(note)
from resdiff.cli import main
main()
"""


@pytest.mark.parametrize(("road", "most"), [(FACADE, 55), (COMMAND, 66)], ids=["facade", "command"])
def test_one_pair_enters_few_modules(road, most, corpus, tmp_path):
    files = [str(corpus.find(symbol, "fr")[1].path.absolute()) for symbol in ("72/194", "74/175")]
    call = [sys.executable, "-c", NOTED + road, *files]
    run = subprocess.run(call, capture_output=True, text=True, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    entered = run.stdout.split()
    assert 30 < len(entered) <= most, "\n".join(entered)
