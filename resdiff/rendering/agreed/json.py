"""A search and the check of a draft as JSON: ``data/search.schema.json``, ``data/check.schema.json``."""

import msgspec

from resdiff.rendering.agreed import Look
from resdiff.report.agreed import shares
from resdiff.search.values import ClauseCheck, DraftCheck, Found, Hit, ParagraphCheck

__all__ = ["render_check", "render_found"]

VERSION = 1
Value = dict[str, object]


def render_found(found: Found, look: Look) -> bytes:
    """The hits, the best first, one a line."""
    about: Value = {
        "format": "resdiff-search",
        "version": VERSION,
        "query": found.query,
        "total": found.total,
        "capped": found.capped,
        "texts": found.texts,
    }
    return _document(about, {"hits": [_hit(hit) for hit in found.hits]})


def render_check(check: DraftCheck, look: Look) -> bytes:
    """The clauses of a draft in order, one a line, and the shares by paragraph and in all."""
    about: Value = {
        "format": "resdiff-check",
        "version": VERSION,
        "draft": check.name,
        "title": check.title,
        "language": check.language,
        "texts": check.texts,
        "words": _words(check),
        "shares": {way.value: percent for way, percent in shares(check).items()},
    }
    lists = {
        "paragraphs": [_paragraph(paragraph) for paragraph in check.paragraphs],
        "clauses": [_clause(clause) for clause in check.clauses],
        "remarks": [msgspec.to_builtins(remark) for p in check.paragraphs for remark in p.remarks],
    }
    return _document(about, lists)


def _hit(hit: Hit) -> Value:
    value: Value = msgspec.to_builtins(hit)
    return {**value, "matches": [list(span) for span in hit.matches]}


def _words(counted: DraftCheck | ParagraphCheck) -> Value:
    return {"agreed": counted.agreed, "adapted": counted.adapted, "new": counted.new}


def _paragraph(paragraph: ParagraphCheck) -> Value:
    return {
        "paragraph": paragraph.id,
        "part": paragraph.part.value,
        "words": _words(paragraph),
        "shares": {way.value: percent for way, percent in shares(paragraph).items()},
    }


def _clause(clause: ClauseCheck) -> Value:
    source: Value | None = None
    if clause.source:
        source = msgspec.to_builtins(clause.source)
        del source["language"]
    return {
        "paragraph": clause.paragraph,
        "text": clause.text,
        "status": clause.status.value,
        "source": source,
        "edits": [{"op": edit.op.value, "text": edit.text, "weight": edit.weight.label} for edit in clause.edits],
        "figures": clause.figures,
        "likeness": clause.likeness,
        "start": clause.start,
        "words": clause.words,
    }


def _document(about: Value, lists: dict[str, list[Value]]) -> bytes:
    """One document with a row of a list a line, so that two documents can be compared."""
    lines = [f"{_line(key)}: {_line(value)}" for key, value in about.items()]
    for key, rows in lists.items():
        inner = ",\n  ".join(map(_line, rows))
        lines.append(f"{_line(key)}: [\n  {inner}\n ]" if rows else f"{_line(key)}: []")
    return ("{\n " + ",\n ".join(lines) + "\n}\n").encode()


def _line(value: object) -> str:
    return msgspec.json.encode(value).decode()
