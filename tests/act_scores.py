"""Scores of acts against the labels in ../shared/gold/acts: ``python tests/act_scores.py [-v]`` prints them."""

import json
import sys
from collections import defaultdict
from pathlib import Path

from resdiff.language.fold import fold_same_length
from resdiff.model import Part, Resolution
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.recognition.acts import find_acts
from resdiff.recognition.survey import HERE, Act

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
UNLABELLED = {"seized": "none", "start": "none", "except": "none", "": "none"}
"""Effects that the labels have and the project does not."""


def text_of(shared: Path, name: str) -> Resolution:
    """The text with that name in the labels."""
    path = next(ROOT.glob(f"corpus/*/{name}.md"), None) or shared / "texts/fr-sc-all" / f"{name}.txt"
    return parse(read(path))


def scores(shared: Path, failures: list[str] | None = None) -> dict[str, float]:
    """Shares of labels found and of finds labelled, by what was labelled; what failed is added to ``failures``."""
    labels = defaultdict(list)
    for label in json.loads((shared / "gold/acts/labels.json").read_text(encoding="utf-8")):
        labels[label["text"]].append(label)
    counts: dict[str, list[bool]] = defaultdict(list)
    said = [] if failures is None else failures
    for name, wanted in labels.items():
        resolution = text_of(shared, name)
        operative = {p.id for p in resolution.body if p.part is Part.OPERATIVE}
        acts = [act for act in find_acts(resolution) if act.paragraph in operative]
        _score(name, wanted, acts, counts, said)
    shares = {what: sum(values) / len(values) for what, values in counts.items()}
    recall, precision = shares["act recall"], shares["act precision"]
    return shares | {"act F1": 2 * recall * precision / (recall + precision)}


def _score(name: str, wanted: list[dict], acts: list[Act], counts: dict[str, list[bool]], said: list[str]) -> None:
    left = list(acts)
    for label in wanted:
        act = next((a for a in left if a.paragraph == label["paragraph"] and _same_start(a, label)), None)
        counts["act recall"].append(act is not None)
        if act is None:
            said.append(f"{name} {label['paragraph']}: not found: {label['anchor']}")
            continue
        left.remove(act)
        for what, right in _judged(act, label):
            counts[what].append(right)
            if not right:
                said.append(f"{name} {label['paragraph']} {what}: {label} ≠ {act}")
    counts["act precision"] += [True] * (len(acts) - len(left)) + [False] * len(left)
    said += [f"{name} {act.paragraph}: not labelled: {act.head} … {act.text[:60]}" for act in left]


def _plain(text: str) -> str:
    return " ".join(fold_same_length(text).replace(",", " ").split())


def _same_start(act: Act, label: dict) -> bool:
    return _plain(act.text).startswith(_plain(label["anchor"])[:12])


def _judged(act: Act, label: dict):
    yield "verb and family", (act.verb, act.family.value) == (label["verb"], label["family"])
    if label["addressee"]:
        yield "addressee recall", _plain(label["addressee"]) in _plain(act.addressee)
    if act.addressee:
        wanted = _plain(label["addressee"])
        yield "addressee precision", bool(wanted) and wanted in _plain(act.addressee)
    effect = UNLABELLED.get(label["effect"], label["effect"])
    found = "none" if act.effect in ("reaffirm", "uphold") else act.effect.value  # the labels do not tell what is kept
    yield "effect", found == effect
    if effect != "none":
        yield "effect recall", found == effect
    if found != "none":
        yield "effect precision", found == effect
    cited = _references(act)
    wanted_references = [r for r in label["references"] if not r.endswith(":prev")]
    for reference in wanted_references:
        number, _, paragraphs = reference.partition(":")
        yield "reference recall", all((number, p) in cited for p in _numbers(paragraphs))
    known = {(r.partition(":")[0], p) for r in wanted_references for p in _numbers(r.partition(":")[2])}
    if wanted_references:
        for reference in sorted(cited):
            whole = not reference[1] and reference[0] in {number for number, _ in known}
            yield "reference precision", whole or reference in known
    times = {f"{q.value} {q.unit.value}" for q in act.deadlines} | {str(q.value) for q in act.deadlines}
    times |= {f"session {q.value}" for q in act.deadlines if q.unit == "session"}
    for deadline in label["deadlines"]:
        yield "deadline recall", deadline in times
    for quantity in act.deadlines:
        forms = {str(quantity.value), f"{quantity.value} {quantity.unit.value}", f"session {quantity.value}"}
        yield "deadline precision", bool(forms & set(label["deadlines"]))


def _references(act: Act) -> set[tuple[str, str]]:
    return {
        (HERE if r.number == HERE else r.number, paragraph)
        for r in act.references
        for paragraph in (r.paragraphs or ("",))
        if r.number
    }


def _numbers(listed: str) -> list[str]:
    first, _, last = listed.partition("-")
    return [str(n) for n in range(int(first), int(last or first) + 1)] if first else [""]


if __name__ == "__main__":
    wrong: list[str] = []
    for what, share in sorted(scores(SHARED, wrong).items()):
        print(f"{what:22} {share:.3f}")
    print("\n".join(wrong) if "-v" in sys.argv else f"{len(wrong)} failures")
