"""A concordance as JSON: docs/parallel.md, and the schema in ``resdiff/data/parallel.schema.json``."""

from typing import Any

import msgspec

from resdiff.parallel import Concordance, Quote
from resdiff.rendering.parallel.words import cautions
from resdiff.report import label

__all__ = ["FORMAT", "VERSION", "render"]

FORMAT = "resdiff-parallel"
VERSION = 1


def render(held: Concordance, options: Any) -> bytes:  # noqa: ANN401 - parallel.Options
    """The JSON of a concordance, keys and rows in a fixed order."""
    lang = options.lang
    made = {
        "format": FORMAT,
        "version": VERSION,
        "lang": lang,
        "texts": [
            {"symbol": text.symbol, "title": text.title, "language": text.language, "adopted": text.adopted}
            for text in (held.one, held.other)
        ],
        "twins": [{"one": each.one or None, "other": each.other or None} for each in held.twins],
        "differences": [
            {
                "sort": difference.sort.value,
                "label": label(difference.one.paragraph or difference.other.paragraph, lang),
                "value": difference.value or None,
                "one": _quote(difference.one),
                "other": _quote(difference.other),
            }
            for difference in held.differences
        ],
        "cautions": cautions(held, lang),
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


def _quote(quote: Quote) -> dict[str, Any] | None:
    """The words of one side; None where its paragraph is missing, an empty text where the words are."""
    if not quote.paragraph:
        return None
    return {"paragraph": quote.paragraph, "text": quote.text, "start": quote.start, "end": quote.end}
