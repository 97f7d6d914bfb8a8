"""A compilation as JSON, for programs: docs/drafting.md, and the schema in ``resdiff/data/compilation.schema.json``."""

import msgspec

from resdiff.compilation import Compilation, Contest, Row
from resdiff.rendering.compiled.words import cautions, where

__all__ = ["FORMAT", "VERSION", "render"]

FORMAT = "resdiff-compilation"
VERSION = 1


def render(compilation: Compilation, options: object) -> bytes:
    """The JSON of a compilation, keys and rows in a fixed order."""
    lang = options.lang  # type: ignore[attr-defined]  # compiled.Options
    made = {
        "format": FORMAT,
        "version": VERSION,
        "lang": lang,
        "base": {
            "symbol": compilation.base.symbol,
            "title": compilation.base.title,
            "language": compilation.base.language,
        },
        "delegations": [
            {"name": name, "proposals": number}
            for name, number in zip(compilation.layers.names, compilation.proposals, strict=True)
        ],
        "rows": [_row(row, lang) for row in compilation.rows],
        "contests": [_contest(contest) for contest in compilation.contests],
        "notices": [{"code": notice.code, "values": notice.values} for notice in compilation.notices],
        "cautions": cautions(compilation, lang),
        "layers": msgspec.to_builtins(compilation.layers),
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


def _row(row: Row, lang: str) -> dict[str, object]:
    return {
        "paragraph": row.line,
        "label": where(row, lang),
        "new": row.new,
        "removed_by": row.gone,
        "proposals": [
            {"does": touch.sign.value, "delegations": touch.names, "contest": touch.contest or None}
            for touch in row.touches
        ],
    }


def _contest(contest: Contest) -> dict[str, object]:
    wordings = [
        {"delegations": each.names, "text": "".join(edit.text for edit in each.edits if edit.op != "delete")}
        for each in contest.wordings
    ]
    return {"number": contest.number, "paragraph": contest.line, "base": contest.base, "wordings": wordings}
