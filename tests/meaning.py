"""Cases of what a change means: Markdown blocks under tests/cases/<stage>/, one a title, picked up by themselves.

A block has ``- old:`` and ``- new:`` lines (one a paragraph; ``pp`` before the text makes it preambular), perhaps the
``- symbol:`` of the old text, and ``- expected:`` lines, one a statement; none for silence.
"""

from pathlib import Path

import pytest
from judging import judged

from resdiff.comparison import compare
from resdiff.model import Comparison, Paragraph, Part, Resolution, Span

CASES = Path(__file__).parent / "cases"


def resolution(texts: list[str], symbol: str = "") -> Resolution:
    """A resolution of these paragraphs, numbered in order."""
    paragraphs, counts = [], {"pp": 0, "op": 0}
    for text in texts:
        kind = "pp" if text.startswith("pp ") else "op"
        counts[kind] += 1
        words = text.removeprefix("pp ")
        part = Part.PREAMBLE if kind == "pp" else Part.OPERATIVE
        number = "" if kind == "pp" else str(counts[kind])
        paragraphs.append(
            Paragraph(f"{kind}{counts[kind]}", part, number, 0, words.split()[0], words, Span(0, len(words)))
        )
    return Resolution(symbol, "", "fr", "", "", tuple(paragraphs))


def compared(old: list[str], new: list[str], symbol: str = "") -> Comparison:
    """The annotated comparison of two texts given as lists of paragraphs."""
    return judged(compare(resolution(old, symbol), resolution(new)))


def cases(stage: str) -> list:
    """The blocks of a stage as parameters: old, new, symbol, expected."""
    found = []
    for path in sorted((CASES / stage).glob("*.md")):
        for block in path.read_text(encoding="utf-8").split("\n## ")[1:]:
            title, _, body = block.partition("\n")
            fields = [line[2:].split(":", 1) for line in body.splitlines() if line.startswith("- ")]
            values = {name: [text.strip() for key, text in fields if key == name] for name, _ in fields}
            sides = values["old"], values["new"], "".join(values.get("symbol", [])), values.get("expected", [])
            found.append(pytest.param(*sides, id=f"{path.stem}: {title.strip()}"))
    assert found, f"no cases for {stage}"
    return found


def flags(comparison: Comparison, prefix: str) -> list[str]:
    """The flags whose code starts so, as ``code: value → value``."""
    told = [flag for change in comparison.changes for flag in change.flags if flag.code.startswith(prefix)]
    return [f"{flag.code}: {' → '.join(value for value in flag.values if value)}" for flag in told]
