"""The draft of a next edition as JSON: docs/drafting.md, and the schema in ``resdiff/data/draft.schema.json``."""

import msgspec

from resdiff.drafting import RollForward
from resdiff.rendering.rolled.words import cautions, remark
from resdiff.report import label

__all__ = ["FORMAT", "VERSION", "render"]

FORMAT = "resdiff-draft"
VERSION = 1


def render(rolled: RollForward, options: object) -> bytes:
    """The JSON of a draft, keys and rows in a fixed order."""
    lang = options.lang  # type: ignore[attr-defined]  # rolled.Options
    text, cycle = rolled.text, rolled.cycle
    texts = {paragraph.id: paragraph.text for paragraph in text.body}
    made = {
        "format": FORMAT,
        "version": VERSION,
        "lang": lang,
        "last": {"symbol": text.symbol, "title": text.title, "language": text.language, "adopted": text.adopted},
        "next": {"session": cycle.session or None, "expected": cycle.day or None},
        "revisions": [
            {
                "paragraph": revision.paragraph,
                "label": label(revision.paragraph, lang),
                "does": "ask" if revision.is_open else "update",
                "rule": revision.rule,
                "start": revision.start,
                "end": revision.end,
                "old": texts[revision.paragraph][revision.start : revision.end],
                "new": revision.text,
                "hint": revision.hint or None,
                "remark": remark(revision, lang),
            }
            for revision in rolled.revisions
        ],
        "stale": [{"paragraph": s.paragraph, "cited": s.cited, "later": s.later} for s in rolled.stale],
        "cautions": cautions(rolled, lang),
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"
