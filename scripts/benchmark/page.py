"""docs/benchmarks.md, from the measurements."""

import os
import platform
import statistics
import textwrap
from collections.abc import Callable, Sequence

from benchmark.measure import FRESH, Result, score
from benchmark.processes import Cost
from resdiff import __version__

__all__ = ["page"]

SIZES = [
    "paragraphs",
    "ms",
    "× the real pair",
    "× 150",
    "peak MB",
    "html, ms",
    "html, × the real pair",
    "html, peak MB",
    "precision",
    "recall",
    "F1 of links",
]
TARGETS = {"json": 5, "html": 7, "docx": 12}  # times import click, fresh
MEMORY = 70  # MB, on the real pair
RESDIFF = "resdiff"
REAL = "72/194 → 74/175"
DASH = "–"

INTRODUCTION = """# Benchmarks

Written by `scripts/bench --write`. Every figure comes from one run on one machine: read the ratios, not the seconds.
A figure is the median of several whole processes (start of the interpreter, imports, reading, comparing, writing) after
one run to warm up: {rounds} for each format, {turns} for each tool. The commands take turns, so that whatever else the
machine does slows them alike. Time is processor time, all cores together: what else ran does not count. Memory is the
peak of the process and of those it starts.

{machine}.
"""

EARLIER = "\nWhat is said beside other tools is of an earlier run.\n"
OTHERS, AGAIN = "## Links beside other tools\n", "## Run it again\n"
RERUN = f"""{AGAIN}
    pip install -e '.[bench]'                     # the peers written in Python
    apt-get install wdiff dwdiff php-cli php-wikidiff2
    scripts/bench --quick                         # resdiff alone, the small sizes: a minute
    scripts/bench --peers                         # everything, on the terminal
    scripts/bench --write                         # everything, into this page
    scripts/bench --write --alone                 # resdiff alone, and the other tools as they stand here
    scripts/bench --check                         # time and memory against this page, as ratios: by hand, and at night

`--peers-python PATH` takes the Python peers from another environment. A peer that is not installed is skipped and
named.
"""

READ = """## What each tool was given, and how its output was read

resdiff gets the two whole texts as files (of the labelled pair of the General Assembly, the two symbols) and has to
find the paragraphs itself. The peers get the paragraphs ready made, one a line or one a Word paragraph, without their
numbers: what is easiest for them. Times and memory are of the process that does so, reading and writing included.

- **prosediff** pairs paragraphs; links are the rows of its page with both sides, and the two ends of its moves.
- **docx-trackdiff** and **python-redlines** (its Docxodus engine) write a Word file with tracked changes. An old and a
  new paragraph are linked when at least a fifth of the letters of the shorter one are kept, or as the ends of a move.
- **wikidiff2** (MediaWiki) tells the line of each kept, changed and moved paragraph in its inline JSON.
- **xmldiff** matches nodes; its update of a text is the whole text, so it has no word marks.
- **redlines**, **git --word-diff**, **wdiff**, **dwdiff** and **diff-match-patch** (raw, with its semantic clean-up)
  compare one string of words with another. They have no paragraphs, so no links, and nothing to align.
  diff-match-patch compares letters and stops refining after one second, which leaves long blocks marked whole: few
  runs, not good ones.

Old and new paragraphs that belong together, splits and merges included, are one link for each two of them; doubtful
labels count neither way. None of the peers tells a split or a merge.
"""


def page(
    costs: dict[str, Cost],
    results: Sequence[Result],
    versions: dict[str, str],
    skipped: Sequence[str],
    rounds: int,
    kept: str = "",
) -> str:
    """The whole page; ``kept`` is a page of before, whose figures of the other tools stay as they stand."""
    peers = [name for name in dict.fromkeys(r.tool for r in results) if name != RESDIFF]
    machine = f"resdiff {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    turns = max(1, rounds // 3)
    parts = [
        INTRODUCTION.format(rounds=rounds, turns=turns, machine=f"{machine}, {os.cpu_count()} cores"),
        _whole(costs),
        _sizes(costs, results),
    ]
    if peers:
        parts += [_links(results, peers), _times(results, peers), _marks(results, peers), READ]
        parts.append(_versions(versions, skipped))
    elif kept:
        parts[0] += EARLIER
        parts.append(f"{OTHERS}{kept.partition(OTHERS)[2].partition(AGAIN)[0]}".removesuffix("\n"))
    return "\n".join([*parts, RERUN])


# ---- resdiff ------------------------------------------------------------------------------------------------------


def _whole(costs: dict[str, Cost]) -> str:
    click = costs["import click"].median
    rows = [["import click", _ms(click), "1.0", "", "", "", f"{costs['import click'].peak:.0f}"]]
    for name in (name for name in costs if name + FRESH in costs):
        again, fresh = costs[name], costs[name + FRESH]
        ratio, target = fresh.median / click, TARGETS.get(name)
        wanted = f"≤ {target} ({_met(ratio <= target)})" if target else ""
        kept = [_ms(again.median), f"{again.median / click:.1f}"]
        peak = f"{max(again.peak, fresh.peak):.0f}"
        rows.append([name, *kept, _ms(fresh.median), f"{ratio:.1f}", wanted, peak])
    most = max(cost.peak for cost in costs.values())
    return _section(
        "One comparison, as a process",
        """`resdiff 72/194 74/175 --format …` beside `python -c "import click"`, the least that a command of this kind
        costs. resdiff keeps from run to run what it read and compared: the first columns are those of a pair asked for
        again, the columns “fresh” (`--no-cache`) those of texts it never saw. The targets are for fresh texts, and all
        that follows on this page is fresh.""",
        _table(["format", "ms", "× import click", "fresh, ms", "fresh, ×", "target", "peak MB"], rows),
        f"Peak memory at most {most:.0f} MB; the target is under {MEMORY} ({_met(most < MEMORY)}).",
    )


def _sizes(costs: dict[str, Cost], results: Sequence[Result]) -> str:
    mine = [r for r in results if r.tool == RESDIFF and r.pair.name.isdigit()]
    real, real_page = (costs[form + FRESH].median for form in ("json", "html"))
    medium = _time(mine, RESDIFF, "150")
    rows = []
    for name in _names(mine):
        seconds, here = _time(mine, RESDIFF, name), _of(mine, RESDIFF, name)
        ratios = [f"{seconds / real:.1f}", f"{seconds / medium:.1f}", f"{here[0].cost.peak:.0f}"]
        page = here[0].html
        drawn = [_ms(page.median), f"{page.median / real_page:.1f}", f"{page.peak:.0f}"] if page else [DASH] * 3
        figures = (f"{figure:.3f}" for figure in score(here) or ())
        rows.append([_head(name), _ms(seconds), *ratios, *drawn, *figures])
    return _section(
        "Size",
        """A next version made from 74/175 grown to each size: two thirds of its paragraphs edited, some moved, split,
        merged, added and removed; three versions of each of the small sizes, to count links on enough of them. The
        first columns are of JSON, those after them of the page.""",
        _table(SIZES, rows),
        _growth(mine, 40 * real),
    )


def _growth(mine: Sequence[Result], most: float) -> str:
    """Whether the cost of the large sizes grows as their length does: 13 times 150 are 2,000, 2.5 times that 5,000."""
    sizes = {r.pair.name: (r.cost.median, r.html.median) for r in reversed(mine) if r.cost.seconds and r.html}
    told = []
    if {"150", "2000"} <= sizes.keys():
        is_linear = all(large <= 10 * small for large, small in zip(sizes["2000"], sizes["150"], strict=True))
        told.append(
            f"""Targets for 2,000 paragraphs: under 40 times the real pair ({_met(sizes["2000"][0] < most)}), at most
            10 times 150 paragraphs ({_met(is_linear)}), in JSON and as a page."""
        )
    if {"2000", "5000"} <= sizes.keys():
        is_linear = all(large <= 3 * small for large, small in zip(sizes["5000"], sizes["2000"], strict=True))
        told.append(f"For 5,000: at most 3 times 2,000 ({_met(is_linear)}), in either.")
    return " ".join(told)


# ---- peers --------------------------------------------------------------------------------------------------------


def _links(results: Sequence[Result], peers: Sequence[str]) -> str:
    flat = [tool for tool in peers if not _pairs(results, tool)]
    return _section(
        "Links beside other tools",
        """F1 of the links between paragraphs. The first columns are pairs that a person labelled, the last ones are
        generated.""",
        _by_pair(results, peers, _f1),
        f"Without links: {', '.join(flat)}.",
        _behind(results, peers),
    )


def _f1(results: Sequence[Result]) -> str:
    found = score(results) if results and not any(r.cost.stopped for r in results) else None
    return f"{found[2]:.3f}" if found else DASH


def _behind(results: Sequence[Result], peers: Sequence[str]) -> str:
    """Where a peer has links as good as resdiff's or better, in words."""
    lines = []
    for name in _names(results):
        mine = score(_of(results, RESDIFF, name))
        for tool in peers:
            theirs = score(_of(results, tool, name)) if _f1(_of(results, tool, name)) != DASH else None
            if mine and theirs and theirs[2] >= mine[2]:
                lines.append(f"{tool} on {_head(name)} ({'level' if theirs[2] == mine[2] else 'ahead'})")
    return f"Not behind resdiff: {', '.join(lines)}." if lines else "Every peer is behind resdiff on every pair."


def _times(results: Sequence[Result], peers: Sequence[str]) -> str:
    names = [name for name in _names(results) if name == REAL or name.isdigit()]
    heads = [_head(name) for name in names]
    times = [["resdiff, ms", "", *(_ms(_time(results, RESDIFF, name)) for name in names)]]
    for tool in peers:
        kind = "pairs" if _pairs(results, tool) else "flat"
        times.append([tool, kind, *(_ratio(results, tool, name, lambda cost: cost.median) for name in names)])
    peaks = [["resdiff, MB", *(f"{_of(results, RESDIFF, name)[0].cost.peak:.0f}" for name in names)]]
    peaks += [[tool, *(_ratio(results, tool, name, lambda cost: cost.peak) for name in names)] for tool in peers]
    return _section(
        "Time and memory beside other tools",
        """As multiples of resdiff's: 2.0 takes twice as long, 0.5 half as long. Kinds: “pairs” finds which paragraph
        goes with which, “flat” does not. resdiff also reads the form of the text and tells what the changes mean.""",
        _table(["time", "kind", *heads], times),
        _faster(results, peers, names),
        _table(["peak memory", *heads], peaks),
    )


def _faster(results: Sequence[Result], peers: Sequence[str], names: Sequence[str]) -> str:
    """Which tools are faster processes, and where."""
    told = []
    for tool in peers:
        where = [_head(name) for name in names if _time(results, tool, name) < _time(results, RESDIFF, name)]
        if where:
            told.append(f"{tool} ({'everywhere' if len(where) == len(names) else ', '.join(where)})")
    return (
        f"""Faster than resdiff: {", ".join(told)}. A compiled tool starts in a few milliseconds; a Python process
        with a command line cannot."""
        if told
        else "None is faster than resdiff."
    )


def _ratio(results: Sequence[Result], tool: str, name: str, figure: Callable[[Cost], float]) -> str:
    theirs, mine = _of(results, tool, name), _of(results, RESDIFF, name)
    if not theirs:
        return DASH
    cost = theirs[0].cost
    if cost.stopped:  # how long it ran tells the least it would take; its memory tells nothing
        return f"> {cost.seconds[0] / mine[0].cost.median:.0f}" if figure(cost) == float("inf") else DASH
    ratio = figure(cost) / figure(mine[0].cost)
    return f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2g}"


def _marks(results: Sequence[Result], peers: Sequence[str]) -> str:
    return _section(
        "Marks a reader sees",
        """Runs of words marked as deleted or inserted, for each paragraph that changed. Fewer is calmer, as long as the
        links are right: a paragraph wrongly shown as removed and added is two calm runs.""",
        _by_pair(results, peers, _fragments),
    )


def _fragments(results: Sequence[Result]) -> str:
    counts = [r.runs / r.pair.changed for r in results if r.runs is not None]
    return f"{statistics.fmean(counts):.1f}" if counts and len(counts) == len(results) else DASH


def _versions(versions: dict[str, str], skipped: Sequence[str]) -> str:
    here = ", ".join(f"{name} {version}" for name, version in versions.items())
    return f"Versions: {here}.\n" + (f"Not installed, so skipped: {', '.join(skipped)}.\n" if skipped else "")


# ---- what is where ------------------------------------------------------------------------------------------------


def _names(results: Sequence[Result]) -> list[str]:
    return list(dict.fromkeys(r.pair.name for r in results))


def _of(results: Sequence[Result], tool: str, name: str) -> list[Result]:
    return [r for r in results if r.tool == tool and r.pair.name == name]


def _pairs(results: Sequence[Result], tool: str) -> bool:
    """Whether the tool pairs paragraphs."""
    return any(r.links is not None for r in results if r.tool == tool)


def _time(results: Sequence[Result], tool: str, name: str) -> float:
    """Seconds on the first pair of that name, the one that was timed in turn; endless where it did not run."""
    found = _of(results, tool, name)
    return found[0].cost.median if found else float("inf")


# ---- Markdown -----------------------------------------------------------------------------------------------------


def _section(title: str, *parts: str) -> str:
    """A heading, then prose, wrapped, and tables, as they are."""
    laid = [part if part.startswith("|") else textwrap.fill(" ".join(part.split()), 118) for part in parts if part]
    return "\n\n".join([f"## {title}", *laid, ""])


def _by_pair(results: Sequence[Result], peers: Sequence[str], cell: Callable[[Sequence[Result]], str]) -> str:
    """A table of the tools by the pairs; a tool that has nothing to tell is left out."""
    names = _names(results)
    rows = [[tool, *(cell(_of(results, tool, name)) for name in names)] for tool in (RESDIFF, *peers)]
    return _table(["", *map(_head, names)], [row for row in rows if set(row[1:]) != {DASH}])


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _head(name: str) -> str:
    return f"{int(name):,}" if name.isdigit() else name


def _met(well: bool) -> str:
    return "met" if well else "**not met**"


def _ms(seconds: float) -> str:
    return f"{round(seconds * 1000):,}" if seconds != float("inf") else DASH
