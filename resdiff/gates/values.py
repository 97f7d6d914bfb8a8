"""What the gates of a corpus come to: frozen values, without a sentence. ``rendering.gates`` says them."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from resdiff.gates.rules import Accepted, Gate
from resdiff.model import Side

__all__ = [
    "At",
    "Beside",
    "Fault",
    "Gated",
    "Judged",
    "Outcome",
    "Pair",
    "Result",
    "Spot",
    "Standing",
    "Uncompared",
    "Value",
    "Verdict",
    "Why",
]


class Verdict(StrEnum):
    """What a gate says of a pair."""

    HOLDS = "holds"
    FAILS = "fails"
    IDLE = "idle"  # the old text has nothing that it guards


class Standing(StrEnum):
    """Whether a result counts."""

    OPEN = "open"
    ACCEPTED = "accepted"
    EXPIRED = "expired"  # it was accepted until a day that is over: it counts again


class At(Struct, frozen=True):
    """Paragraphs of one of the two texts, in a sentence."""

    side: Side
    ids: tuple[str, ...]


class Beside(Struct, frozen=True):
    """What is no paragraph, in a sentence: a footnote by its number, the title where there is none."""

    note: str = ""


Value = str | At | Beside
"""What fills a slot of a sentence: words, or places."""


class Why(Struct, frozen=True):
    """Why a gate holds or fails: ``gate.<code>`` of the messages, and what fills it."""

    code: str
    values: tuple[Value, ...] = ()


class Fault(Struct, frozen=True):
    """Where a gate fails: the old and the new paragraphs, the words it rests on, why.

    ``sign`` is by what it is known again beside its rule: no words of the text where something else tells it apart, so
    that it is the same in every language of the text. ``is_whole`` says that it is one of the text as a whole, in
    whatever paragraphs.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    quote: str
    why: Why
    sign: str = ""
    is_whole: bool = False


class Outcome(Struct, frozen=True):
    """What a gate says of a comparison, before anybody knows in which files it stands."""

    gate: Gate
    verdict: Verdict
    faults: tuple[Fault, ...] = ()
    whys: tuple[Why, ...] = ()


class Spot(Struct, frozen=True):
    """A line of a file, from 1: of the paragraph, or of where it would stand. ``file`` is empty for standard input."""

    file: str
    line: int


class Pair(Struct, frozen=True):
    """Two texts: how they are called, the series they are of, and their files."""

    old: str
    new: str
    series: str = ""
    language: str = ""
    old_file: str = ""
    new_file: str = ""


class Result(Struct, frozen=True):
    """A fault with its place in the files, its fingerprint, and whether it counts."""

    gate: Gate
    pair: Pair
    fault: Fault
    fingerprint: str
    old: Spot
    new: Spot
    standing: Standing = Standing.OPEN
    accepted: Accepted | None = None

    @property
    def counts(self) -> bool:
        """Whether it is not accepted."""
        return self.standing is not Standing.ACCEPTED


class Judged(Struct, frozen=True):
    """A pair with what each gate says of it, all results, and what is strange about its texts: notices by code."""

    pair: Pair
    outcomes: tuple[Outcome, ...]
    results: tuple[Result, ...]
    cautions: tuple[str, ...] = ()


class Uncompared(Struct, frozen=True):
    """A pair that could not be compared, and why, in the language of the run."""

    pair: Pair
    why: str


class Gated(Struct, frozen=True):
    """A run: all gates, what was judged, what could not be, and which rules did nothing."""

    gates: tuple[Gate, ...]
    judged: tuple[Judged, ...]
    uncompared: tuple[Uncompared, ...] = ()
    unused: tuple[Accepted, ...] = ()

    @property
    def results(self) -> tuple[Result, ...]:
        """The results of all pairs."""
        return tuple(result for each in self.judged for result in each.results)

    @property
    def idle(self) -> tuple[Gate, ...]:
        """The gates that no pair had anything for: perhaps misspelt."""
        if not self.judged:
            return ()
        busy = {o.gate.id for each in self.judged for o in each.outcomes if o.verdict is not Verdict.IDLE}
        return tuple(gate for gate in self.gates if gate.id not in busy)

    def failed(self, severities: Iterable[str] = ("error",)) -> bool:
        """Whether a result of one of these severities counts."""
        return any(result.counts and result.gate.severity in set(severities) for result in self.results)
