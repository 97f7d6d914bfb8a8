"""What persons said of real pairs, and how far resdiff agrees: the labels of tests/gold and of ../shared/gold.

A row of an alignment names old and new paragraphs that belong together, their kind, and whether they moved. It is the
product of its sides, unless ``links`` names the pairs; ``part_links``, ``optional_links`` and ``doubtful_links``, and
all of a row marked ``doubtful``, count neither way.
"""

import difflib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from resdiff.language.fold import fold
from resdiff.model import Comparison

GOLD = Path(__file__).parent / "gold"
Pairs = set[tuple[str, str]]


def read(sort: str, old: str, new: str):
    """The labels of one shipped pair: ``read("alignment", "72/194", "74/175")``."""
    return json.loads((GOLD / sort / f"{old.replace('/', '-')}_{new.replace('/', '-')}.json").read_text("utf-8"))


@dataclass
class Score:
    """Pairs of paragraphs found, wrongly found and lost; rows whose kind is right; moves. Scores add up."""

    right: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)
    kinds: int = 0
    rows: int = 0
    wrong_kinds: list[dict] = field(default_factory=list)
    moves: int = 0
    moves_labelled: int = 0
    moves_told: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + len(self.lost))

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + len(self.wrong) + len(self.lost))

    def __str__(self) -> str:
        return (
            f"P {self.precision:.4f} R {self.recall:.4f} F1 {self.f1:.4f}, kinds {self.kinds} of {self.rows}, "
            f"moves {self.moves} of {self.moves_labelled} ({self.moves_told} told); wrong {self.wrong}, lost "
            f"{self.lost}, other kinds {[(row['old'], row['new'], row['kind']) for row in self.wrong_kinds]}"
        )


def score(rows: list[dict], comparison: Comparison) -> Score:
    """How far a comparison agrees with the rows of an alignment."""
    changes = {(change.link.old, change.link.new): change for change in comparison.changes}
    found = {pair for sides in changes for pair in _product(*sides)}
    of_sure, of_unsure = sure(rows), unsure(rows)
    judged = [row for row in rows if not row.get("doubtful")]
    own = [changes.get(_sides(row)) for row in judged]
    off = [row for row, change in zip(judged, own, strict=True) if not change or change.kind != row["kind"]]
    told = {pair for sides, change in changes.items() if change.moved for pair in _product(*sides)}
    moved = {pair for row in judged if row.get("moved") and not row.get("order_tie") for pair in _product(*_sides(row))}
    even = {pair for row in judged if not row.get("order_tie") for pair in _product(*_sides(row))}
    return Score(
        len(found & of_sure), sorted(found - of_sure - of_unsure), sorted(of_sure - found),
        len(judged) - len(off), len(judged), off, len(told & moved), len(moved), len(told & even),
    )  # fmt: skip


def _sides(row: dict) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(row["old"]), tuple(row["new"])


def _product(old, new) -> Pairs:
    return {(o, n) for o in old for n in new}


def _named(row: dict, *keys: str) -> Pairs:
    return {tuple(pair) for key in keys for pair in row.get(key, ())}


def sure(rows: list[dict]) -> Pairs:
    return {
        pair for row in rows if not row.get("doubtful") for pair in _named(row, "links") or _product(*_sides(row))
    }  # fmt: skip


def unsure(rows: list[dict]) -> Pairs:
    beside = {p for row in rows for p in _named(row, "part_links", "optional_links", "doubtful_links")}
    doubtful = {p for row in rows if row.get("doubtful") for p in _product(*_sides(row))}
    rest = {p for row in rows if row.get("links") for p in _product(*_sides(row)) - _named(row, "links")}
    return beside | doubtful | rest


# ---- topics and actors --------------------------------------------------------------------------------------------


def missed_topics(labels: dict, comparison: Comparison) -> list[str]:
    """The labelled topics that no topic of the comparison answers: label, status and a paragraph that shows it."""
    return [
        f"{wanted['topic']} ({', '.join(wanted['status'])})"
        for wanted in labels["topics"]
        if not any(_answers(topic, wanted) for topic in comparison.topics)
    ]


def _answers(topic, wanted: dict) -> bool:
    side = "old" if wanted["status"] == ["dropped"] else "new"
    shown = {evidence.paragraph for evidence in getattr(topic, side)}
    named = any(fold(alias) in fold(topic.label) for alias in wanted["aliases"])
    return named and topic.status in wanted["status"] and (not wanted[side] or bool(shown & set(wanted[side])))


def missed_actors(labels: dict, comparison: Comparison) -> list[str]:
    """The labelled actors that are not told with a status a careful reader would accept."""
    return [
        f"{wanted['name']} ({', '.join(wanted['status'])})"
        for wanted in labels.get("actors", [])
        if not any(
            actor.status in wanted["status"]
            and any(fold(name) in fold(actor.name) for name in wanted.get("aliases") or [wanted["name"]])
            for actor in comparison.actors
        )
    ]


# ---- scans --------------------------------------------------------------------------------------------------------


def words(text: str) -> list[str]:
    """Words and marks, running heads apart: taking those out is not the work of repair."""
    text = re.sub(r"(?m)^(?:A|S|AV)/?RES/\d+(?:/\d+)?(?: \(\d+\))?$\n?", "", text)
    return re.findall(r"[^\W_]+|[^\w\s]", text.replace("'", "’"))


def error_rate(clean: str, read: str) -> float:
    """Words inserted, deleted or replaced, for each word of the clean text."""
    blocks = difflib.SequenceMatcher(None, words(clean), words(read), autojunk=False).get_opcodes()
    wrong = sum(max(b - a, d - c) for op, a, b, c, d in blocks if op != "equal")
    return wrong / len(words(clean))


# ---- the summary --------------------------------------------------------------------------------------------------


def is_said(row: dict, summary: list[dict]) -> bool:
    """Whether a sentence of a summary (of the JSON) says what a row of ``must_know`` holds.

    It stands at one of the paragraphs of the row and has two fifths of the content words of one of its quotes: a
    proxy for a reading, not a reading.
    """
    places = {id_.partition(".")[0] for id_ in (*row["old"], *row["new"])}
    quotes = [stems for quote in (*row["quotes"], row["what"]) if (stems := _stems(quote))]
    return any(
        places & {address["id"].partition(".")[0] for address in sentence.get("addresses", [])}
        and any(len(stems & _stems(sentence["text"])) >= 0.4 * min(len(stems), 14) for stems in quotes)
        for sentence in summary
    )


def _stems(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z0-9]{4,}", fold(text))}
