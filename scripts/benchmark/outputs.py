"""What the output of each tool tells: which old paragraph goes with which new one, and how many runs are marked."""

import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate, groupby, product
from pathlib import Path
from xml.etree import ElementTree

__all__ = [
    "Told",
    "bracketed",
    "diff_match_patch",
    "git",
    "prosediff",
    "redlines",
    "resdiff",
    "tracked",
    "wikidiff2",
    "xmldiff",
]

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ENOUGH = 0.2  # of the letters of the shorter paragraph: two that keep less in common in a Word file are no link


@dataclass(frozen=True)
class Told:
    """Links as pairs of places (none when the tool has no paragraphs), and marked runs (none without word marks)."""

    links: set[tuple[int, int]] | None = None
    runs: int | None = None


def resdiff(printed: str) -> tuple[set[tuple[str, str]], int]:
    """The links by id, and the deleted and inserted runs, of resdiff's own JSON."""
    changes = json.loads(printed)["changes"]
    links = {(old, new) for change in changes for old in change["old"] for new in change["new"]}
    return links, sum(edit["op"] != "equal" for change in changes for edit in change["edits"])


# ---- tools that pair paragraphs -----------------------------------------------------------------------------------


class Rows(HTMLParser):
    """The table of prosediff's page: of each row, its kind, the number of its pair and the cells' own lines."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, str, list[int | None], int]] = []
        self.cell, self.marks, self.row = "", 0, ("", "")
        self.numbers: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if tag == "tr":
            self.row, self.numbers, self.marks = (classes[0] if classes else "", given.get("data-pair") or ""), [], 0
        elif tag == "td":
            self.cell = "number" if "no" in classes else "words"
            if self.cell == "number":
                self.numbers.append(None)
        elif tag in ("ins", "del"):
            self.marks += 1

    def handle_data(self, data: str) -> None:
        if self.cell == "number" and data.strip().isdigit():
            self.numbers[-1] = int(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and len(self.numbers) == 2:
            self.rows.append((*self.row, self.numbers, self.marks))
        elif tag == "td":
            self.cell = ""


def prosediff(_: str, output: Path, __: list[str], ___: list[str]) -> Told:
    """Rows with a line on both sides are links; so are the two ends of a move."""
    page = Rows()
    page.feed(output.read_text("utf-8"))
    links, runs = set(), 0
    ends: dict[str, list[set[int]]] = defaultdict(lambda: [set(), set()])
    for kind, pair, (old, new), marks in page.rows:
        if old and new:
            links.add((old - 1, new - 1))
        elif pair and kind.startswith("moved"):
            ends[pair][old is None].add((old or new or 0) - 1)
        runs += marks or (kind in ("insert", "delete"))
    for olds, news in ends.values():
        links |= set(product(olds, news))
    return Told(links, runs)


def wikidiff2(_: str, output: Path, old: list[str], new: list[str]) -> Told:
    """Kept and changed lines are links, by the offsets they have; so are the two ends of a move."""
    places = {start: at for at, start in enumerate(accumulate((len(w.encode()) + 1 for w in old), initial=0))}
    rows = json.loads(output.read_text("utf-8"))["diff"]
    ends = {row["moveInfo"]["id"]: row for row in rows if "moveInfo" in row}
    links, runs = set(), 0
    for row in rows:
        ranges = row.get("highlightRanges", [])
        runs += len(ranges) or (row["type"] in (1, 2))
        origin = ends[row["moveInfo"]["linkId"]] if row["type"] == 5 else row
        place = places.get(origin["offset"]["from"])
        if row["type"] in (0, 3, 5) and place is not None and row["lineNumber"] <= len(new):
            links.add((place, row["lineNumber"] - 1))
    return Told(links, runs)


def xmldiff(_: str, output: Path, __: list[str], ___: list[str]) -> Told:
    """The nodes it matched; the text of a node is one unit, so there are no marks on words."""
    return Told({(old, new) for old, new in json.loads(output.read_text("utf-8"))})


def tracked(_: str, output: Path, old: list[str], new: list[str]) -> Told:
    """Links of a Word file with tracked changes: an old and a new paragraph with enough kept letters in common."""
    body = ElementTree.fromstring(zipfile.ZipFile(output).read("word/document.xml")).find(f"{WORD}body")
    at_old = at_new = 0
    kept: dict[tuple[int, int], int] = defaultdict(int)
    moves: dict[str, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    runs, name = 0, ""
    for paragraph in body.iter(f"{WORD}p") if body is not None else ():
        pieces = list(_pieces(paragraph))
        for kind, words, mark in pieces:
            name = mark or name
            if kind == "kept":
                kept[at_old, at_new] += len(words)
            elif kind in ("moveFrom", "moveTo"):
                moves[name][kind == "moveTo"].add(at_new if kind == "moveTo" else at_old)
        runs += sum(kind != "kept" for kind, _ in groupby(kind for kind, words, _ in pieces if words))
        fate = _fate(paragraph)
        at_old += fate != "ins"
        at_new += fate != "del"
    links = {link for link, letters in kept.items() if letters >= ENOUGH * _shorter(link, old, new)}
    for olds, news in moves.values():
        links |= set(product(olds, news))
    return Told(links, runs)


def _pieces(paragraph: ElementTree.Element) -> Iterator[tuple[str, str, str]]:
    """The runs of text of a paragraph: kept, ins, del, moveFrom or moveTo, with the name of a move that starts."""
    for child in paragraph:
        tag = child.tag.removeprefix(WORD)
        if tag in ("moveFromRangeStart", "moveToRangeStart"):
            yield tag.removesuffix("RangeStart"), "", child.get(f"{WORD}name", "")
        words = "".join(t.text or "" for t in child.iter() if t.tag in (f"{WORD}t", f"{WORD}delText"))
        if words:
            yield tag if tag in ("ins", "del", "moveFrom", "moveTo") else "kept", words, ""


def _fate(paragraph: ElementTree.Element) -> str:
    """Whether the end of a paragraph was inserted or deleted."""
    for kind in ("ins", "del", "moveFrom", "moveTo"):
        if paragraph.find(f"{WORD}pPr/{WORD}rPr/{WORD}{kind}") is not None:
            return {"moveFrom": "del", "moveTo": "ins"}.get(kind, kind)
    return ""


def _shorter(link: tuple[int, int], old: list[str], new: list[str]) -> float:
    sides = [len(side[at]) for side, at in zip((old, new), link, strict=True) if at < len(side)]
    return min(sides) if len(sides) == 2 else float("inf")


# ---- tools that compare one string of words with another ----------------------------------------------------------


def redlines(_: str, output: Path, __: list[str], ___: list[str]) -> Told:
    """A replaced run counts as two: what went and what came."""
    changes = json.loads(output.read_text("utf-8"))["changes"]
    cost = {"replace": 2, "insert": 1, "delete": 1}
    return Told(runs=sum(cost.get(change["type"], 0) for change in changes))


def diff_match_patch(_: str, output: Path, __: list[str], ___: list[str]) -> Told:
    return Told(runs=sum(op != 0 for op, _ in json.loads(output.read_text("utf-8"))))


def git(printed: str, _: Path, __: list[str], ___: list[str]) -> Told:
    """A line of the porcelain is a run; the head of the patch ends with its first ``@@``."""
    rows = printed.split("\n@@", 1)[-1].splitlines()[1:]
    return Told(runs=sum(row[:1] in "+-" and len(row) > 1 for row in rows))


def bracketed(printed: str, _: Path, __: list[str], ___: list[str]) -> Told:
    return Told(runs=len(re.findall(r"\[-.*?-\]|\{\+.*?\+\}", printed, re.DOTALL)))
