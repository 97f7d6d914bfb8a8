"""How much code one pair enters on its way from two files to a page."""

import subprocess
import sys
from pathlib import Path

MOST = 55
ROAD = """
import sys
from pathlib import Path
entered = set()

def note(frame, event, _):
    module = frame.f_globals.get("__name__", "")
    if event == "call" and frame.f_code.co_flags & 1 and module.startswith("resdiff"):  # 1: a function, no class body
        entered.add(module)

sys.setprofile(note)
from resdiff import build, compare, judge, parse, read, recognize, render
old, new = (parse(read(Path(name))) for name in sys.argv[1:])
page = render(build(judge(compare(old, new), recognize(old), recognize(new))), "html")
sys.setprofile(None)
assert page.startswith(b"<!doctype html>")
print("\\n".join(sorted(entered)))
"""


def test_one_pair_enters_few_modules(corpus):
    files = [str(corpus.find(symbol, "fr")[1].path) for symbol in ("72/194", "74/175")]
    run = subprocess.run([sys.executable, "-c", ROAD, *map(str, map(Path, files))], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    entered = run.stdout.split()
    assert 30 < len(entered) <= MOST, "\n".join(entered)
