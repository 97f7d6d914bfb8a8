"""From two resolutions to a comparison: ``compare(old, new)``.

align ─ which paragraphs belong together ─▶ changes ─ kind, moves, words ─▶ passages ─ clauses that moved
                                                        └ references ─ numbers that follow
"""

from collections.abc import Sequence

from resdiff.alignment import align
from resdiff.comparison.changes import changes
from resdiff.marking.passages import mark
from resdiff.marking.references import follow
from resdiff.marking.words import edits
from resdiff.model import Comparison, Edit, Notice, Pin, Resolution

__all__ = ["compare"]


def compare(old: Resolution, new: Resolution, *, pins: Sequence[Pin] = ()) -> Comparison:
    """The two resolutions side by side: every paragraph of both in exactly one change.

    ``pins`` are a person's last word on what belongs together; a pin that names a paragraph the texts do not hold is
    left out and told in a notice.
    """
    known, notices = _known(old, new, pins)
    found = follow(mark(changes(old, new, align(old, new, known))), old, new)
    return Comparison(old, new, found, title=_title(old, new), notices=(*notices, *_notices(old, new)))


def _title(old: Resolution, new: Resolution) -> tuple[Edit, ...]:
    if not old.title or not new.title:
        return ()
    return edits(old.title, new.title, scanned=old.scanned or new.scanned)


def _known(old: Resolution, new: Resolution, pins: Sequence[Pin]) -> tuple[tuple[Pin, ...], tuple[Notice, ...]]:
    """The pins whose paragraphs are all there, and a notice for each paragraph that is not."""
    held = [({p.id for p in side.body}, side.symbol) for side in (old, new)]
    good, notices = [], []
    for pin in pins:
        lost = [
            Notice("pin-unknown", (id_, symbol))
            for ids, (body, symbol) in zip((pin.old, pin.new), held, strict=True)
            for id_ in ids
            if id_ not in body
        ]
        notices += lost
        if not lost:
            good.append(pin)
    return tuple(good), tuple(notices)


def _notices(old: Resolution, new: Resolution) -> tuple[Notice, ...]:
    """What is strange about the two texts together."""
    found = []
    if [p.text for p in old.body] == [p.text for p in new.body]:
        found.append(Notice("same-text", (old.symbol, new.symbol)))
    if old.language and new.language and old.language != new.language:
        found.append(Notice("two-languages", (old.symbol, old.language, new.symbol, new.language)))
    if old.adopted and new.adopted and old.adopted > new.adopted:
        found.append(Notice("reversed", (old.symbol, old.adopted, new.symbol, new.adopted)))
    return tuple(found)
