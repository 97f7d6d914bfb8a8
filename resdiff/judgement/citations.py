"""Resolutions, documents and treaties cited: which came, which went, which took the place of which.

The forms are ``data/citations.toml``. Two ways of writing one citation are one: ``A/RES/72/284`` and ``résolution
72/284``. What is cited only in footnotes counts where both texts have footnotes: a text without any has lost them.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from resdiff.data import table
from resdiff.judgement.layout import Texts, texts
from resdiff.language.phrases import flat
from resdiff.model import CitationChange, Comparison, Resolution, Side, Span, Status

__all__ = ["Citation", "citations", "cited", "key_of_symbol"]

RE_DIGIT = re.compile(r"\d|\([XVI]+")
SORTS = ("resolution", "decision", "treaty", "document")
REACH = 300
"""How far before a number the word "résolution" may stand: S/RES/206 (1965) lists six numbers with their dates."""


class Citation(Struct, frozen=True):
    """One citation in a text: its key, how it is shown, where it stands."""

    key: str
    label: str
    start: int
    end: int


@cache
def _forms() -> tuple[tuple[dict[str, Any], re.Pattern[str], re.Pattern[str] | None], ...]:
    rows = table("citations")["form"]
    return tuple(
        (row, re.compile(row["pattern"]), re.compile(row["after"]) if "after" in row else None) for row in rows
    )


@lru_cache(maxsize=4096)
def cited(text: str) -> tuple[Citation, ...]:
    """The citations of a text, in order.

    >>> [c.label for c in cited("ses résolutions 1373 (2001) et 72/284, et le document A/72/111")]
    ['résolution 1373 (2001)', 'résolution 72/284', 'A/72/111']
    """
    if not RE_DIGIT.search(text):
        return ()
    plain = flat(text)
    found = [
        _citation(row, text, match)
        for row, pattern, after in _forms()
        for match in pattern.finditer(plain)
        if after is None or after.search(_clause(plain, match.end(1), row["sort"]))
    ]
    return tuple(sorted(found, key=lambda c: (c.start, c.key)))


def _clause(plain: str, end: int, sort: str) -> str:
    """The words before a number that may tell what it numbers, from the last word that tells another sort."""
    clause = plain[max(0, end - REACH) : end]
    clause = clause[clause.rfind(";") + 1 :]
    other = "decision" if sort == "resolution" else "resolution"
    return clause[clause.rfind(other) + len(other) :] if other in clause else clause


def _citation(row: dict[str, Any], text: str, match: re.Match[str]) -> Citation:
    start, end = match.span(1)
    printed = " ".join(text[start:end].split())
    key = re.sub(r"\s", "", match[1]).rstrip(".")
    sort = row["sort"]
    label = {"resolution": f"résolution {printed}", "decision": f"décision {printed}"}.get(sort, printed.rstrip("."))
    if sort == "treaty":
        label = f"Recueil des Traités, vol. {printed}"
    return Citation(f"{sort}:{key}", label, match.start(), end)


def key_of_symbol(symbol: str) -> str:
    """The key under which a text is cited: of ``A/RES/72/194`` and of ``S/RES/1743 (2007)``.

    >>> key_of_symbol("A/RES/72/194"), key_of_symbol("S/RES/1743(2007)")
    ('resolution:72/194', 'resolution:1743(2007)')
    """
    number = re.sub(r"^(?:[a-z.\d]+/)*res/|^resolution\s+", "", flat(symbol).strip())
    return "resolution:" + re.sub(r"\s", "", number) if number else ""


# ---- comparing ----------------------------------------------------------------------------------------------------


def citations(comparison: Comparison) -> Comparison:
    """The comparison with the citations of both texts."""
    notes = bool(comparison.old.footnotes and comparison.new.footnotes)
    old, new = _places(comparison.old, notes), _places(comparison.new, notes)
    shown = _shown(comparison)
    replaced = _replaced(comparison)
    labels = {c.key: c.label for side in (comparison.old, comparison.new) for c in _all(side, notes)}
    found = [
        CitationChange(
            labels[key], _status(key in old, key in new), old.get(key, ()), new.get(key, ()),
            replaced_by=labels.get(replaced.get(key, ""), "") if key not in new else "",
        )
        for key in sorted(labels, key=_order)
        if (key in old and key in new) or key in shown
    ]  # fmt: skip
    return replace(comparison, citations=tuple(found))


def _order(key: str) -> tuple[str, tuple[int, ...], str]:
    """Resolutions, then the rest; numbers in order of number."""
    sort, _, number = key.partition(":")
    return str(SORTS.index(sort)), tuple(int(n) for n in re.findall(r"\d+", number)), number


def _status(in_old: bool, in_new: bool) -> Status:
    return Status.KEPT if in_old and in_new else Status.NEW if in_new else Status.DROPPED


def _all(resolution: Resolution, notes: bool) -> Iterator[Citation]:
    for paragraph in resolution.body:
        yield from cited(paragraph.text)
    for note in resolution.footnotes if notes else ():
        yield from cited(note.text)


def _places(resolution: Resolution, notes: bool) -> dict[str, tuple[str, ...]]:
    """The ids of the paragraphs that cite each key, each once, in order."""
    places: dict[str, dict[str, None]] = {}
    for paragraph in resolution.body:
        for citation in cited(paragraph.text):
            places.setdefault(citation.key, {})[paragraph.id] = None
    for note in resolution.footnotes if notes else ():
        for citation in cited(note.text):
            places.setdefault(citation.key, {}).update({note.paragraph: None} if note.paragraph else {})
    return {key: tuple(ids) for key, ids in places.items()}


def _shown(comparison: Comparison) -> set[str]:
    """The keys that stand in words which came or went, or in a footnote."""
    keys = {c.key for side in (comparison.old, comparison.new) for note in side.footnotes for c in cited(note.text)}
    for laid in _laid(comparison):
        for side in (Side.OLD, Side.NEW):
            keys.update(c.key for c, span in _spans(laid, side) if laid.touched(side, span))
    return keys


def _laid(comparison: Comparison) -> Iterator[Texts]:
    """The changes in which words came or went."""
    old, new = ({p.id: p for p in side.body} for side in (comparison.old, comparison.new))
    for change in comparison.changes:
        laid = texts(change, old, new)
        if laid.slots:
            yield laid


def _spans(laid: Texts, side: Side) -> Iterator[tuple[Citation, Span]]:
    for place in laid.places(side):
        for citation in cited(place.paragraph.text):
            yield citation, Span(place.start + citation.start, place.start + citation.end)


def _replaced(comparison: Comparison) -> dict[str, str]:
    """For each citation deleted alone in a slot where another alone is inserted, that other one."""
    found: dict[str, str] = {}
    for laid in _laid(comparison):
        for slot in laid.slots:
            gone, come = (
                [c.key for c, span in _spans(laid, side) if slot in laid.touched(side, span)]
                for side in (Side.OLD, Side.NEW)
            )
            if len(gone) == len(come) == 1 and gone != come:
                found.setdefault(gone[0], come[0])
    return found
