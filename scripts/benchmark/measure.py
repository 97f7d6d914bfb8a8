"""The measurements: formats of the real pair, sizes, and every tool on every pair."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmark.outputs import Told, resdiff
from benchmark.peers import Peer, write_inputs
from benchmark.processes import Cost, interleaved
from benchmark.texts import Pair

__all__ = ["FRESH", "Result", "formats", "score", "tools"]

FORMATS = ("json", "html", "docx", "md", "terminal")
RESDIFF = "resdiff"
HTML = "resdiff, html"
FRESH = " --no-cache"


@dataclass(frozen=True)
class Result:
    """What one tool did on one pair; links by id. Of resdiff on a generated pair ``html`` is what the page cost."""

    tool: str
    pair: Pair
    cost: Cost
    links: set[tuple[str, str]] | None
    runs: int | None
    html: Cost | None = None


def command() -> list[str]:
    """The resdiff of this environment, started as a user starts it."""
    script = Path(sys.executable).parent / "resdiff"
    return [str(script)] if script.exists() else [sys.executable, "-m", "resdiff"]


def formats(rounds: int, folder: Path) -> dict[str, Cost]:
    """The cost of ``import click`` and of the real pair in each format, read before (``json``) or not (FRESH)."""
    commands = {"import click": [sys.executable, "-c", "import click"]}
    for name in FORMATS:
        output = ["-o", str(folder / "report.docx")] if name == "docx" else []
        commands[name] = [*command(), "72/194", "74/175", "--format", name, *output]
        commands[name + FRESH] = [*commands[name], "--no-cache"]
    return _sound(interleaved(commands, rounds))


def _sound(costs: dict[str, Cost]) -> dict[str, Cost]:
    for name, cost in costs.items():
        if cost.code:
            raise SystemExit(f"{name}: exit code {cost.code}\n{cost.printed[-500:]}")
    return costs


def tools(
    pairs: Iterable[Pair], peers: Sequence[Peer], python: Path, folder: Path, rounds: int, limit: float
) -> list[Result]:
    """Every tool on every pair. What is timed is the first pair of a name; the links of all count."""
    results: list[Result] = []
    timed: set[str] = set()
    for pair in pairs:
        print(f"  {pair.name}", file=sys.stderr)
        gone = {r.tool for r in results if r.cost.stopped and r.pair.size < pair.size}
        results += _on(
            pair, [p for p in peers if p.name not in gone], python, folder, 0 if pair.name in timed else rounds, limit
        )
        timed.add(pair.name)
    return results


def _on(pair: Pair, peers: Sequence[Peer], python: Path, folder: Path, rounds: int, limit: float) -> list[Result]:
    old, new = folder / "old", folder / "new"
    for stem, paragraphs in ((old, pair.old), (new, pair.new)):
        write_inputs(stem, list(paragraphs.values()))
    outputs = {peer.name: folder / f"{at}.{'docx' if peer.reads == 'docx' else 'out'}" for at, peer in enumerate(peers)}
    commands = {RESDIFF: [*command(), *pair.files, "--format", "json", "--no-cache"]}
    if rounds and pair.name.isdigit():
        commands[HTML] = [*command(), *pair.files, "--format", "html", "--no-cache"]
    commands |= {peer.name: peer.call(python, old, new, outputs[peer.name]) for peer in peers}
    costs = interleaved(commands, rounds, limit)
    _sound({name: costs[name] for name in (RESDIFF, HTML) if name in costs})
    results = [Result(RESDIFF, pair, costs[RESDIFF], *resdiff(costs[RESDIFF].printed), costs.get(HTML))]
    for peer in peers:
        told = _told(peer, pair, costs[peer.name], outputs[peer.name])
        results.append(Result(peer.name, pair, costs[peer.name], _by_id(told, pair), told.runs))
    return results


def _told(peer: Peer, pair: Pair, cost: Cost, output: Path) -> Told:
    if cost.stopped:
        return Told()
    return peer.told(cost.printed, output, list(pair.old.values()), list(pair.new.values()))


def _by_id(told: Told, pair: Pair) -> set[tuple[str, str]] | None:
    if told.links is None:
        return None
    old, new = list(pair.old), list(pair.new)
    return {(old[a], new[b]) for a, b in told.links if a < len(old) and b < len(new)}


def score(results: Iterable[Result]) -> tuple[float, float, float] | None:
    """Precision, recall and F1 of the links of some results together; none where the tool has no links."""
    right = wrong = lost = 0
    for result in results:
        if result.links is None:
            return None
        sure, doubtful = (result.pair.links(doubtful=which) for which in (False, True))
        right += len(result.links & sure)
        wrong += len(result.links - sure - doubtful)
        lost += len(sure - result.links)
    precision, recall = right / max(1, right + wrong), right / max(1, right + lost)
    return precision, recall, 2 * right / max(1, 2 * right + wrong + lost)
