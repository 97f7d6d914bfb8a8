"""Whether resdiff costs more than the page says: ratios of this run beside those of the committed tables.

Seconds differ from machine to machine; how many times as long as ``import click``, or as the real pair, does not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmark.measure import FRESH, Result
from benchmark.processes import Cost

__all__ = ["Budget", "budgets", "compared"]

TIME = 1.2  # how many times the committed ratio is allowed: runs on a busy machine differ by a tenth
MEMORY = 1.1
CLICK = "import click"
DASH = "–"


@dataclass(frozen=True)
class Budget:
    """One figure of the page: what it is of, what stands there, how many times of that is allowed."""

    name: str
    committed: float
    allowed: float


def budgets(page: str) -> dict[str, Budget]:
    """The figures of the committed page by name: times of fresh formats and of sizes as ratios, peak memory in MB.

    Raises ValueError where the page has not the tables that are looked for.
    """
    found: dict[str, Budget] = {}
    for row in _rows(page, "One comparison, as a process"):
        if row[0] != CLICK:
            found[f"{row[0]}, fresh × {CLICK}"] = Budget(row[0], _number(row[4]), TIME)
            found[f"{row[0]}, peak MB"] = Budget(row[0], _number(row[6]), MEMORY)
    for row in _rows(page, "Size"):
        found[f"{row[0]} paragraphs × the real pair"] = Budget(row[0], _number(row[2]), TIME)
        found[f"{row[0]} paragraphs, peak MB"] = Budget(row[0], _number(row[4]), MEMORY)
        if row[5] != DASH:
            found[f"{row[0]} paragraphs in html × the real pair"] = Budget(row[0], _number(row[6]), TIME)
            found[f"{row[0]} paragraphs in html, peak MB"] = Budget(row[0], _number(row[7]), MEMORY)
    if not found:
        raise ValueError("no tables of budgets in the page")
    return found


def measured(costs: Mapping[str, Cost], results: Sequence[Result]) -> dict[str, float]:
    """The figures of this run, by the names of :func:`budgets`."""
    click = costs[CLICK].median
    found = {}
    for name, cost in costs.items():
        if name.endswith(FRESH):
            found[f"{name.removesuffix(FRESH)}, fresh × {CLICK}"] = cost.median / click
            found[f"{name.removesuffix(FRESH)}, peak MB"] = cost.peak
    for result in results:
        if not result.pair.name.isdigit():
            continue
        size = f"{result.pair.size:,} paragraphs"
        for form, name, cost in (("json", size, result.cost), ("html", f"{size} in html", result.html)):
            if cost and cost.seconds:
                found[f"{name} × the real pair"] = cost.median / costs[form + FRESH].median
                found[f"{name}, peak MB"] = cost.peak
    return found


def compared(page: str, costs: Mapping[str, Cost], results: Sequence[Result]) -> tuple[str, bool]:
    """A line a figure, this run beside the page, and whether all are within their budgets."""
    lines, is_good = [], True
    now = measured(costs, results)
    for name, budget in budgets(page).items():
        if name not in now:
            continue
        ratio = now[name] / budget.committed
        is_within = ratio <= budget.allowed
        is_good = is_good and is_within
        mark = "" if is_within else "  OVER"
        lines.append(f"{name:<40} {now[name]:8.2f}  committed {budget.committed:8.2f}  × {ratio:.2f}{mark}")
    return "\n".join(lines), is_good


def _rows(page: str, heading: str) -> Iterator[list[str]]:
    """The rows of the first table under a heading, without its head."""
    section = re.split(r"^## ", page.partition(f"## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    table = [line for line in section.splitlines() if line.startswith("|")][2:]
    for line in table:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def _number(cell: str) -> float:
    return float(cell.replace(",", "").split()[0])
