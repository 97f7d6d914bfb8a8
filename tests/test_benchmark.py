"""The readers of other tools' output, the costs of processes and the page of scripts/bench."""

import cProfile
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from benchmark import outputs, texts
from benchmark.check import budgets, compared
from benchmark.measure import FRESH, Result, score
from benchmark.page import page
from benchmark.processes import Cost, interleaved
from benchmark.texts import ROOT, Entry, Pair, generated

from resdiff import parse, read
from resdiff.comparison import compare
from resdiff.judgement import judge
from resdiff.recognition import recognize
from resdiff.rendering import render
from resdiff.report import build

OLD = ["Rappelant la résolution 1,", "Prie le Comité de faire ceci ;", "Décide de rester saisie.", "Engage les États ;"]
NEW = [
    "Engage tous les États ;",
    "Rappelant la résolution 2,",
    "Prie instamment le Comité de faire ceci ;",
    "Neuf.",
    OLD[2],
]
LINKS = {(0, 1), (1, 2), (2, 4), (3, 0)}


def test_wikidiff2_tells_links_by_the_bytes_before_the_old_line(tmp_path):
    starts = [len("".join(f"{words}\n" for words in OLD[:at]).encode()) for at in range(len(OLD))]
    move = {"type": 5, "lineNumber": 1, "moveInfo": {"id": "in", "linkId": "out"}, "offset": {"from": None, "to": 0}}
    rows = [
        move | {"highlightRanges": [{"start": 7, "length": 5, "type": 0}]},
        {"type": 3, "lineNumber": 2, "offset": {"from": starts[0], "to": None}, "highlightRanges": [{}, {}]},
        {"type": 3, "lineNumber": 3, "offset": {"from": starts[1], "to": None}, "highlightRanges": [{}]},
        {"type": 1, "lineNumber": 4, "offset": {"from": None, "to": 90}},
        {"type": 0, "lineNumber": 5, "offset": {"from": starts[2], "to": 99}},
        {"type": 4, "moveInfo": {"id": "out", "linkId": "in"}, "offset": {"from": starts[3], "to": None}},
    ]
    output = tmp_path / "out"
    output.write_text(json.dumps({"diff": rows}), "utf-8")
    assert outputs.wikidiff2("", output, OLD, NEW) == outputs.Told(LINKS, 5)


def test_prosediff_tells_links_in_rows_and_moves(tmp_path):
    def row(kind, old, new, words="", pair=""):
        cells = "".join(
            f'<td class="no l">{n or ""}<span>x</span></td><td class="code">{words}</td>' for n in (old, new)
        )
        return f'<tr class="{kind}" data-pair="{pair}">{cells}</tr>'

    rows = [
        row("moved-in", 0, 1, "<ins>tous</ins>", pair="1"),
        row("replace first-change", 1, 2, "<del>1</del><ins>2</ins>"),
        row("replace", 2, 3),
        row("insert", 0, 4),
        row("equal", 3, 5),
        row("moved-out", 4, 0, pair="1"),
    ]
    output = tmp_path / "page.html"
    output.write_text(f"<table><tbody>{''.join(rows)}</tbody></table>", "utf-8")
    told = outputs.prosediff("", output, OLD, NEW)
    assert told.links == LINKS
    assert told.runs == 2 + 4 + 1  # each cell of the rows above holds the marks; the added paragraph is one


def word(tmp_path, body):
    output = tmp_path / "out.docx"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(output, "w") as file:
        file.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
    return output


def run(words):
    return f"<w:r><w:t>{words}</w:t></w:r>"


def mark(kind):
    return f"<w:pPr><w:rPr><w:{kind}/></w:rPr></w:pPr>"


def test_a_word_file_with_tracked_changes_tells_kept_paragraphs_and_moves(tmp_path):
    output = word(
        tmp_path,
        f"<w:p>{mark('ins')}<w:moveToRangeStart w:name='m'/><w:moveTo>{run(NEW[0])}</w:moveTo></w:p>"
        f"<w:p>{run('Rappelant la résolution ')}<w:del>{run('1')}</w:del><w:ins>{run('2')}</w:ins>{run(',')}</w:p>"
        f"<w:p>{run('Prie ')}<w:ins>{run('instamment ')}</w:ins>{run('le Comité de faire ceci ;')}</w:p>"
        f"<w:p>{mark('ins')}<w:ins>{run('Neuf.')}</w:ins></w:p>"
        f"<w:p>{run(OLD[2])}</w:p>"
        f"<w:p>{mark('del')}<w:moveFromRangeStart w:name='m'/><w:moveFrom>{run(OLD[3])}</w:moveFrom></w:p>",
    )
    assert outputs.tracked("", output, OLD, NEW) == outputs.Told(LINKS, 6)


def test_two_paragraphs_that_keep_a_word_only_are_no_link(tmp_path):
    kept = f"<w:del>{run('Rappelant la résolution 1')}</w:del>{run(',')}<w:ins>{run(NEW[1])}</w:ins>"
    assert outputs.tracked("", word(tmp_path, f"<w:p>{kept}</w:p>"), OLD, NEW).links == set()


def test_flat_tools_tell_runs_and_no_links(tmp_path):
    output = tmp_path / "out"
    assert outputs.bracketed("Prie [-le-] {+un+} Comité\n{+neuf+}", output, OLD, NEW) == outputs.Told(None, 3)
    patch = "diff --git a b\n--- a\n+++ b\n@@ -1 +1 @@\n Prie\n-le\n+un\n Comité\n~\n"
    assert outputs.git(patch, output, OLD, NEW).runs == 2
    output.write_text('{"changes": [{"type": "replace"}, {"type": "retain"}, {"type": "insert"}]}')
    assert outputs.redlines("", output, OLD, NEW).runs == 3


# ---- scores and costs ---------------------------------------------------------------------------------------------

PAIR = Pair(
    "50",
    50,
    {"op1": "a", "op2": "b"},
    {"op1": "a", "op2": "c"},
    (Entry(("op1",), ("op1",), False), Entry(("op2",), ("op2",), True, doubtful=True)),
    ("a.txt", "b.txt"),
)


def result(tool, links, seconds=1.0, runs=2):
    return Result(tool, PAIR, Cost([seconds], [20.0]), links, runs)


def test_a_doubtful_label_counts_neither_way():
    assert score([result("resdiff", {("op1", "op1"), ("op2", "op2")})]) == (1.0, 1.0, 1.0)
    assert score([result("resdiff", {("op1", "op1"), ("op2", "op1")})]) == (0.5, 1.0, pytest.approx(2 / 3))
    assert score([result("flat", None)]) is None


def test_a_command_that_takes_too_long_is_stopped_and_told_as_endless():
    costs = interleaved({"sleep": [sys.executable, "-c", "import time; time.sleep(60)"]}, 1, limit=0.3)
    assert costs["sleep"].stopped
    assert costs["sleep"].median == float("inf")


def test_the_peak_memory_of_a_process_is_its_own():
    commands = {mb: [sys.executable, "-c", f"x = bytearray({mb} << 20); print(len(x))"] for mb in (0, 80)}
    costs = interleaved(commands, 1)
    assert costs[80].printed.strip() == str(80 << 20)
    assert 70 < costs[80].peak - costs[0].peak < 90


def test_the_page_says_where_a_peer_is_ahead_and_where_a_target_is_missed():
    seconds = {"import click": 0.1, "json": 0.3, "json --no-cache": 0.5, "html": 0.9, "html --no-cache": 1.0}
    costs = {name: Cost([second], [20.0]) for name, second in seconds.items()}
    results = [result("resdiff", set()), result("peer", {("op1", "op1")}, 0.5), result("flat", None, 2.0)]
    text = page(costs, results, {"peer": "1.0", "flat": "2.0"}, ["absent"], 3)
    assert "| json | 300 | 3.0 | 500 | 5.0 | ≤ 5 (met) |" in text
    assert "| html | 900 | 9.0 | 1,000 | 10.0 | ≤ 7 (**not met**) |" in text
    assert "Not behind resdiff: peer on 50 (ahead)." in text
    assert "Faster than resdiff: peer (everywhere)." in text
    assert "Without links: flat." in text
    assert "Not installed, so skipped: absent." in text


def test_the_sizes_are_told_in_json_and_as_a_page_with_how_they_grow():
    costs = {name: Cost([0.4], [20.0]) for name in ("import click", "json", f"json{FRESH}", "html", f"html{FRESH}")}
    seconds = {"150": (1.0, 1.1), "2000": (9.0, 10.0), "5000": (27.5, 29.0)}
    pairs = {size: Pair(size, int(size), {}, {}, (), ("", "")) for size in seconds}
    results = [
        Result("resdiff", pairs[size], Cost([json], [100.0]), set(), 0, Cost([html], [120.0]))
        for size, (json, html) in seconds.items()
    ]
    text = page(costs, results, {}, [], 3)
    assert "| 2,000 | 9,000 | 22.5 | 9.0 | 100 | 10,000 | 25.0 | 120 |" in text
    assert "at most 10 times 150 paragraphs (met)" in " ".join(text.split())
    assert "For 5,000: at most 3 times 2,000 (**not met**)" in " ".join(text.split())


def test_what_is_said_of_other_tools_is_kept_where_resdiff_is_measured_alone():
    costs = {"import click": Cost([0.1], [9.0]), f"json{FRESH}": Cost([0.3], [9.0]), f"html{FRESH}": Cost([0.3], [9.0])}
    before = page(costs, [result("resdiff", set()), result("peer", set(), 0.5)], {"peer": "1.0"}, [], 3)
    alone = page(costs, [result("resdiff", set(), 2.0)], {}, [], 3, before)
    others = before.partition("## Links beside")[2].partition("## Run it again")[0]
    assert "Versions: peer 1.0." in others and others in alone
    assert "of an earlier run" in alone and "of an earlier run" not in before
    assert page(costs, [result("resdiff", set(), 2.0)], {}, [], 3, alone) == alone


@pytest.mark.skipif(sys.prefix == sys.base_prefix, reason="no virtual environment")
def test_the_script_goes_on_in_the_virtual_environment():
    called = [sys._base_executable, ROOT / "scripts" / "bench", "--alone"]
    done = subprocess.run(called, env=os.environ | {"VENV": sys.prefix}, capture_output=True, text=True)
    assert done.returncode == 2 and "--alone goes with --write" in done.stderr


def test_generated_files_are_read_as_the_paragraphs_they_were_made_of(tmp_path):
    pair = next(generated(tmp_path, (50,)))
    assert [p.id for p in parse(read(Path(pair.files[0]))).body] == list(pair.old)


def calls(pair):
    """How often each function is called for the two texts of a pair, from their files to JSON and a page."""
    with cProfile.Profile() as profile:
        old, new = (parse(read(Path(file))) for file in pair.files)
        comparison = judge(compare(old, new), recognize(old), recognize(new))
        render(comparison, "json"), render(build(comparison), "html")
    profile.create_stats()
    return {place: row[1] for place, row in profile.stats.items()}


@pytest.mark.slow
def test_for_twice_the_text_no_function_is_called_four_times_as_often(tmp_path, monkeypatch):
    """What counts is a hundredth of all calls; a loop over all paragraphs for each of them is soon more."""
    monkeypatch.setattr(texts, "SEEDS", {50: (901,), 300: (901,), 600: (901,)})
    few, once, twice = map(calls, generated(tmp_path, (50, 300, 600)))  # the first fills what is kept of our tables
    grown = {place: (once[place], many) for place, many in twice.items() if many > sum(twice.values()) / 100}
    assert len(grown) > 5 and few
    assert not {place: counts for place, counts in grown.items() if counts[1] > 3 * counts[0]}


# ---- budgets --------------------------------------------------------------------------------------------------------

COMMITTED = """\
## One comparison, as a process

| format | ms | × import click | fresh, ms | fresh, × | target | peak MB |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
| import click | 44 | 1.0 |  |  |  | 13 |
| json | 97 | 2.2 | 300 | 6.0 | ≤ 5 (**not met**) | 37 |

## Size

| paragraphs | ms | × the real pair | × 150 | peak MB | html, ms | html, × the real pair | html, peak MB | precision |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| 2,000 | 5,344 | 17.7 | 9.2 | 141 | 5,600 | 16.8 | 150 | 0.964 |

## Links

| not | a | budget |
"""


def spent(click, json, large, memory=37.0, page=None):
    """What a run measured: seconds of processor time, MB."""
    costs = {"import click": Cost([click], [13.0]), "json": Cost([0.1], [30.0])}
    costs |= {f"{form}{FRESH}": Cost([json], [memory]) for form in ("json", "html")}
    pair = Pair("2000", 2000, {}, {}, (), ("", ""))
    return costs, [Result("resdiff", pair, Cost([large], [141.0]), set(), 0, Cost([page or large], [150.0]))]


def test_the_budgets_are_read_from_the_page_as_it_is_committed():
    assert {name: budget.committed for name, budget in budgets(COMMITTED).items()} == {
        "json, fresh × import click": 6.0,
        "json, peak MB": 37.0,
        "2,000 paragraphs × the real pair": 17.7,
        "2,000 paragraphs, peak MB": 141.0,
        "2,000 paragraphs in html × the real pair": 16.8,
        "2,000 paragraphs in html, peak MB": 150.0,
    }
    with pytest.raises(ValueError, match="no tables"):
        budgets("# Benchmarks\n")
    assert budgets((ROOT / "docs" / "benchmarks.md").read_text("utf-8")).keys() >= budgets(COMMITTED).keys()


@pytest.mark.parametrize(
    ("run", "over"),
    [
        (spent(0.05, 0.3, 5.3), []),
        (spent(0.5, 3.0, 53.0), []),  # a machine ten times as slow
        (spent(0.05, 0.45, 5.3), ["json, fresh × import click"]),
        (spent(0.05, 0.3, 9.0, page=5.0), ["2,000 paragraphs × the real pair"]),
        (spent(0.05, 0.3, 5.3, page=9.0), ["2,000 paragraphs in html × the real pair"]),
        (spent(0.05, 0.3, 5.3, memory=50.0), ["json, peak MB"]),
    ],
)
def test_what_costs_more_than_the_page_says_is_told(run, over):
    told, is_good = compared(COMMITTED, *run)
    assert [line.partition("  ")[0] for line in told.splitlines() if line.endswith("OVER")] == over
    assert is_good == (not over)
