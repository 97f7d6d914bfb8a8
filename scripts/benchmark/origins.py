"""Which edition brought each word, on series whose origins are known: resdiff beside git blame, WikiWho, mwpersistence.

    python -m benchmark.origins [PYTHON_OF_THE_PEERS]      from scripts/; prints the table of docs/benchmarks.md

Every tool is given the same words. Those that look at lines are given one word a line, which suits them best.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean, median

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import lives  # noqa: E402

from resdiff.series.blame import blame  # noqa: E402
from resdiff.series.lineage import trace  # noqa: E402

SEEDS = range(1, 6)
Origins = list[int]
Tool = Callable[[list[lives.Text]], tuple[Origins, float]]

WIKIWHO = """
from WikiWho.wikiwho import Wikiwho
article = Wikiwho("series")
article.analyse_article([
    {"revid": n + 1, "timestamp": f"20{n:02}-01-01T00:00:00Z", "*": text, "userid": 1, "user": "x", "sha1": str(n)}
    for n, text in enumerate(texts)
])
last = article.revisions[article.ordered_revisions[-1]]
from WikiWho.utils import iter_rev_tokens
found = [(word.value, word.origin_rev_id - 1) for word in iter_rev_tokens(last)]
"""
PERSISTENCE = """
import mwpersistence, deltas
state = mwpersistence.DiffState(deltas.SegmentMatcher(tokenizer=deltas.text_split), revert_radius=15)
for n, text in enumerate(texts):
    tokens, _, _ = state.update(text, revision=n)
found = [(str(token), token.revisions[0]) for token in tokens]
"""
RUN = "import json, sys, time\ntexts = json.load(sys.stdin)\nstart = time.process_time()\n{}\n" + (
    "print(json.dumps([found, time.process_time() - start]))"
)


def ours(editions: list[lives.Text]) -> tuple[Origins, float]:
    """resdiff, in this process."""
    texts = lives.resolutions(editions)
    start = time.process_time()
    blamed = blame(trace(texts, words=False))
    spent = time.process_time() - start
    letters = [(letter, run.origin) for each in blamed for run in (*each.runs,) for letter in run.text]
    return _words(letters, editions[-1]), spent


def git(*options: str) -> Tool:
    """``git blame`` of a file with one word a line, a commit an edition."""

    def tool(editions: list[lives.Text]) -> tuple[Origins, float]:
        with tempfile.TemporaryDirectory() as name:

            def call(*words: str) -> str:
                who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
                return subprocess.run(
                    ["git", "-C", name, *who, *words], check=True, capture_output=True, text=True
                ).stdout

            call("init", "-q")
            commits = []
            for text in editions:
                lines = "\n\n".join("\n".join(word for word, _ in paragraph) for paragraph in text)
                Path(name, "text").write_text(lines + "\n", encoding="utf-8")
                call("add", "text")
                call("commit", "-q", "-m", "edition")
                commits.append(call("rev-parse", "HEAD").strip())
            start = time.perf_counter()
            told = call("blame", "-s", "-l", "--root", *options, "text")
            spent = time.perf_counter() - start
        places = {commit: place for place, commit in enumerate(commits)}
        rows = [(line.partition(") ")[2], places[line[:40]]) for line in told.splitlines()]
        return [origin for word, origin in rows if word], spent

    return tool


def peer(python: Path, code: str) -> Tool:
    """A library of another interpreter, which prints its tokens with their origins."""

    def tool(editions: list[lives.Text]) -> tuple[Origins, float]:
        texts = ["\n\n".join(" ".join(word for word, _ in paragraph) for paragraph in text) for text in editions]
        done = subprocess.run(
            [python, "-c", RUN.format(code)], input=json.dumps(texts), check=True, capture_output=True, text=True
        )
        found, spent = json.loads(done.stdout)
        return _words([(letter, origin) for token, origin in found for letter in token], editions[-1]), spent

    return tool


def _words(letters: Sequence[tuple[str, int]], text: lives.Text) -> Origins:
    """The origin of the first letter of each word, whatever the tool calls a token, and whether it folds case."""
    rest = iter([(letter, origin) for letter, origin in letters if letter.isalnum()])
    found = []
    for word, _ in (each for paragraph in text for each in paragraph):
        size = sum(map(str.isalnum, word))
        taken = [next(rest) for _ in range(size)]
        found.append(taken[0][1] if taken else -1)
    return found


def measured(tool: Tool, condition: str) -> tuple[float, float]:
    """The mean share of words with the right origin, and the median time in milliseconds."""
    shares, times = [], []
    for seed in SEEDS:
        editions = lives.series(lives.CONDITIONS[condition], seed)
        true = [origin for paragraph in editions[-1] for word, origin in paragraph if any(map(str.isalnum, word))]
        signs = [any(map(str.isalnum, word)) for paragraph in editions[-1] for word, _ in paragraph]
        got, spent = tool(editions)
        got = [origin for origin, counts in zip(got, signs, strict=True) if counts]
        shares.append(sum(a == b for a, b in zip(true, got, strict=True)) / len(true))
        times.append(spent)
    return mean(shares), 1000 * median(times)


def main() -> None:
    tools = {"resdiff": ours, "git blame -w": git("-w"), "git blame -w -M5 -C -C": git("-w", "-M5", "-C", "-C")}
    if len(sys.argv) > 1:
        python = Path(sys.argv[1])
        tools |= {"WikiWho 1.0.3": peer(python, WIKIWHO), "mwpersistence 0.2.4": peer(python, PERSISTENCE)}
    print("| tool | " + " | ".join(f"{condition} | ms" for condition in lives.CONDITIONS) + " |")
    print("|---" * (1 + 2 * len(lives.CONDITIONS)) + "|")
    for name, tool in tools.items():
        cells = ["{:.4f} | {:.0f}".format(*measured(tool, condition)) for condition in lives.CONDITIONS]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
