"""Gates: what must not change between two editions, as rules that a person writes, and what became of it.

``read_rules(path)`` reads the rules, ``judge_gate(gate, comparison)`` says of each whether it holds, fails or has
nothing to look at. The command puts the files, the fingerprints and what is accepted to it; ``rendering.gates`` writes
text, JSON, SARIF, JUnit, annotations and Markdown.
"""

from resdiff.gates.judge import judge_gate
from resdiff.gates.rules import Gate, Rules, read_rules
from resdiff.gates.values import Gated, Judged, Outcome, Result, Verdict

__all__ = ["Gate", "Gated", "Judged", "Outcome", "Result", "Rules", "Verdict", "judge_gate", "read_rules"]
