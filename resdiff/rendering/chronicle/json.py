"""The lives and origins as JSON: ``data/history.schema.json`` and ``data/blame.schema.json``.

An edition is called by its place among ``editions``, from 0: two texts may have no symbol, or the same.
"""

from resdiff.rendering.chronicle import ChronicleOptions
from resdiff.rendering.json import in_lines
from resdiff.report.chronicle import Chronicle, EditionName, LifeRow, Origins

__all__ = ["blame", "history"]

VERSION = 1


def history(chronicle: Chronicle, _: ChronicleOptions) -> bytes:
    """The lives in the order of their births; of one paragraph, its own and those that were merged into it."""
    places = {place: rank for rank, place in enumerate(sorted(chronicle.told))}
    return in_lines(
        {
            "format": "resdiff-history",
            "version": VERSION,
            "editions": [_edition(edition) for edition in chronicle.editions],
            "lives": [_life(chronicle.lives[place], places) for place in places],
        }
    )


def blame(origins: Origins, _: ChronicleOptions) -> bytes:
    """The paragraphs of the last edition, whose runs join to their texts."""
    return in_lines(
        {
            "format": "resdiff-blame",
            "version": VERSION,
            "editions": [_edition(edition) for edition in origins.editions],
            "paragraphs": [
                {
                    "id": row.id,
                    "runs": [{"text": run.text, "origin": run.origin, "uncertain": run.uncertain} for run in row.runs],
                }
                for row in origins.rows
            ],
        }
    )


def _edition(edition: EditionName) -> dict[str, object]:
    return {"symbol": edition.symbol, "adopted": edition.adopted}


def _life(row: LifeRow, places: dict[int, int]) -> dict[str, object]:
    return {
        "born": row.born,
        "steps": [
            {
                "edition": moment.edition,
                "ids": moment.ids,
                "what": moment.what,
                "moved": moment.moved,
                "uncertain": moment.uncertain,
                "gone": moment.gone,
            }
            for moment in row.moments
        ],
        "dropped": row.dropped,
        "into": None if row.into is None else places.get(row.into),
        "perhaps": None if row.perhaps is None else places.get(row.perhaps),
        "born_near": row.born_near or None,
        "dropped_near": row.dropped_near or None,
        "dropped_uncertain": row.dropped_uncertain,
    }
