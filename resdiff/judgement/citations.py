"""Citations of two texts: which came, which went, which took the place of which.

What is cited only in footnotes counts where both texts have footnotes: a text without any has lost them.
"""

import re
from collections.abc import Iterable, Iterator

from resdiff.judgement.case import Case, ChangeLayout, Flagged
from resdiff.model import CitationChange, Side, Span, Status
from resdiff.recognition.citations import cited
from resdiff.recognition.survey import Citation, CitationMention

__all__ = ["judge_citations"]

SORTS = ("resolution", "decision", "treaty", "document")


def judge_citations(case: Case, routine: Flagged) -> tuple[CitationChange, ...]:
    """The citations of both texts; ``routine`` are the flags of routine edits, whose rule a citation that one of them
    brought up to date bears."""
    with_notes = bool(case.comparison.old.footnotes and case.comparison.new.footnotes)
    sides = [[m for m in s.citations if with_notes or not m.noted] for s in (case.old, case.new)]
    old, new = _places(sides[0]), _places(sides[1])
    shown = _in_changed_words(case)
    replaced = _replaced(case)
    labels = {m.citation.key: m.citation.label for side in sides for m in side}
    rules = _rules(routine)
    return tuple(
        CitationChange(
            labels[key],
            _status(key in old, key in new),
            old.get(key, ()),
            new.get(key, ()),
            routine=rules.get(labels[key], ""),
            replaced_by=labels.get(replaced.get(key, ""), "") if key not in new else "",
        )
        for key in sorted(labels, key=_order)
        if (key in old and key in new) or key in shown
    )


def _rules(routine: Flagged) -> dict[str, str]:
    """The rule that explains each citation of a routine edit, by its label."""
    return {
        citation.label: flag.code.removeprefix("routine-")
        for _, flag in routine
        for value in flag.values
        for citation in cited(f"résolution {value}")
    }


def _order(key: str) -> tuple[str, tuple[int, ...], str]:
    """Resolutions, then the rest; numbers in order of number."""
    sort, _, number = key.partition(":")
    return str(SORTS.index(sort)), tuple(int(n) for n in re.findall(r"\d+", number)), number


def _status(in_old: bool, in_new: bool) -> Status:
    return Status.KEPT if in_old and in_new else Status.NEW if in_new else Status.DROPPED


def _places(mentions: Iterable[CitationMention]) -> dict[str, tuple[str, ...]]:
    """The ids of the paragraphs that cite each key, each once, in order."""
    places: dict[str, dict[str, None]] = {}
    for m in mentions:
        places.setdefault(m.citation.key, {}).update({m.paragraph: None} if m.paragraph else {})
    return {key: tuple(ids) for key, ids in places.items()}


def _in_changed_words(case: Case) -> set[str]:
    """The keys that stand in words which came or went, or in a footnote."""
    keys = {m.citation.key for survey in (case.old, case.new) for m in survey.citations if m.noted}
    for layout in case.layouts:
        for side in (Side.OLD, Side.NEW) if layout.sites else ():
            keys.update(c.key for c, span in _spans(layout, side) if layout.touched(side, span))
    return keys


def _spans(layout: ChangeLayout, side: Side) -> Iterator[tuple[Citation, Span]]:
    for place in layout.places(side):
        for citation in cited(place.paragraph.text):
            yield citation, Span(place.start + citation.start, place.start + citation.end)


def _replaced(case: Case) -> dict[str, str]:
    """For each citation deleted alone in a site where another alone is inserted, that other one."""
    found: dict[str, str] = {}
    for layout in case.layouts:
        for site in layout.sites:
            gone, come = (
                [c.key for c, span in _spans(layout, side) if site in layout.touched(side, span)]
                for side in (Side.OLD, Side.NEW)
            )
            if len(gone) == len(come) == 1 and gone != come:
                found.setdefault(gone[0], come[0])
    return found
