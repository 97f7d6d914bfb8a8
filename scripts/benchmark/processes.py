"""How long a whole process takes and how much memory it holds at most."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Cost", "interleaved", "once"]

SLOW = 30.0  # seconds of processor time: a command slower than this is run once, and timed by that run

# A process inherits the peak memory of the one that starts it, so a bare interpreter starts it: what takes less than
# such an interpreter (about 9 MB) is told as that.
LAUNCHER = """
import json, os, signal, sys
limit, log, argv = float(sys.argv[1]), sys.argv[2], sys.argv[3:]
out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
null = os.open(os.devnull, os.O_RDWR)
files = [(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, null, 2)]
child = os.posix_spawnp(argv[0], argv, os.environ, file_actions=files, setpgroup=0)
def stop(*_):
    os.killpg(child, signal.SIGKILL)
signal.signal(signal.SIGALRM, stop)
signal.setitimer(signal.ITIMER_REAL, limit)
_, status, usage = os.wait4(child, 0)
print(json.dumps([usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status)]))
"""


@dataclass
class Cost:
    """The runs of one command: seconds of processor time each, peak memory in MB, what it printed last.

    Processor time, because on a shared machine the time by the clock tells what else ran: the same 2,000 paragraphs
    took 9 seconds by the clock, and 31 with three other jobs on two cores.
    """

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    code: int = 0
    printed: str = ""

    @property
    def stopped(self) -> bool:
        """Whether the time ran out."""
        return self.code < 0

    @property
    def median(self) -> float:
        """Seconds; endless when the time ran out."""
        return float("inf") if self.stopped else statistics.median(self.seconds)

    @property
    def peak(self) -> float:
        """Peak memory in MB."""
        return max(self.memory)


def once(command: Sequence[str], cost: Cost, limit: float) -> None:
    """Run the command and add what it took to the cost."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "stdout"
        launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, str(limit), str(log), *command]
        told = subprocess.run(launcher, env=_environment(), capture_output=True, text=True, check=True).stdout
        cost.printed = log.read_text("utf-8", "replace")
    seconds, kilobytes, cost.code = json.loads(told)
    cost.seconds.append(seconds)
    cost.memory.append(kilobytes / 1024)


def interleaved(commands: Mapping[str, Sequence[str]], rounds: int, limit: float = 120.0) -> dict[str, Cost]:
    """The cost of each command, by name: one run to warm up, then one of each in turn, ``rounds`` times.

    Turn by turn, because what else the machine does then slows all of them alike. A slow command keeps its first run.
    """
    costs = {name: Cost() for name in commands}
    for name, command in commands.items():
        once(command, costs[name], limit)
    quick = [name for name, cost in costs.items() if cost.seconds[0] < SLOW and cost.code == 0]
    for name in quick:
        costs[name] = Cost(printed=costs[name].printed)
    for _ in range(rounds):
        for name in quick:
            once(commands[name], costs[name], limit)
    return costs


def _environment() -> dict[str, str]:
    """The environment with what a second run finds (compiled modules, readings) kept in a folder of its own."""
    aside = Path(tempfile.gettempdir()) / "resdiff-bench"
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(aside / "compiled"), "XDG_CACHE_HOME": str(aside / "cache")}
