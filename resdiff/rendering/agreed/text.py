"""A search and the check of a draft on a terminal: marks are read without colour, ``[-dropped-]`` ``{+added+}``."""

from collections.abc import Iterator

from resdiff.messages import message
from resdiff.model import Op
from resdiff.rendering.agreed import Look
from resdiff.rendering.wrap import Run, wrap
from resdiff.report import label
from resdiff.report.agreed import (
    about,
    adopted,
    clause_note,
    fit,
    found_line,
    grouped,
    lasted,
    remark_line,
    shares_line,
    variants_line,
)
from resdiff.search.values import ClauseCheck, DraftCheck, Found, Hit, ParagraphCheck, Standing

__all__ = ["render_check", "render_found"]

BOLD, FAINT, RED, GREEN, YELLOW, MATCH = "1", "2", "31", "32", "33", "1;4"
LOOKS = {Standing.AGREED: FAINT, Standing.ADAPTED: YELLOW, Standing.NEW: GREEN}
SIGNS = {Standing.AGREED: "=", Standing.ADAPTED: "~", Standing.NEW: "+"}
MARKS = {Op.INSERT: ("{+", "+}", GREEN), Op.DELETE: ("[-", "-]", RED), Op.EQUAL: ("", "", "")}
INDENT = "   "
WIDEST = 100


def render_found(found: Found, look: Look) -> bytes:
    """The hits by series, each with the words asked for between ``*``."""
    lines = _wrapped([Run(found_line(found, look.lang), BOLD)], look)
    groups = grouped(found)
    number = 0
    for series, hits in groups:
        if len(groups) > 1:
            lines += ["", *_wrapped([Run(series or message("search.no-series", lang=look.lang), BOLD)], look)]
        for hit in hits:
            number += 1
            lines += ["", *_hit(hit, number, look)]
    return _bytes(lines)


def _hit(hit: Hit, number: int, look: Look) -> Iterator[str]:
    lang = look.lang
    yield from _wrapped([Run(f"{number}. {adopted(hit, lang)}", BOLD), Run(f" – {lasted(hit, lang)}")], look)
    yield from _wrapped(list(_marked(hit)), look, INDENT)
    yield from _wrapped([Run(fit(hit, lang), FAINT)], look, INDENT)
    if variants := variants_line(hit, lang):
        yield from _wrapped([Run(variants, FAINT)], look, INDENT)


def _marked(hit: Hit) -> Iterator[Run]:
    end = 0
    for start, stop in hit.matches:
        yield Run(hit.text[end:start])
        yield Run(f"*{hit.text[start:stop]}*", MATCH)
        end = stop
    yield Run(hit.text[end:])


def render_check(check: DraftCheck, look: Look) -> bytes:
    """The draft by paragraph: each clause with its sign (``=`` agreed, ``~`` adapted, ``+`` new) and its source."""
    lines = _wrapped([Run(about(check, look.lang), BOLD)], look)
    lines += _wrapped([Run(shares_line(check, look.lang))], look)
    signs = ", ".join(f"{sign} {message(f'check.{way.value}', lang=look.lang)}" for way, sign in SIGNS.items())
    lines += _wrapped([Run(signs, FAINT)], look)
    for paragraph in check.paragraphs:
        lines += ["", *_paragraph(paragraph, look)]
    return _bytes(lines)


def _paragraph(paragraph: ParagraphCheck, look: Look) -> Iterator[str]:
    head = f"{label(paragraph.id, look.lang)} – {shares_line(paragraph, look.lang)}"
    yield from _wrapped([Run(head, BOLD)], look)
    for clause in paragraph.clauses:
        sign = SIGNS[clause.status]
        yield from _wrapped([*_words(clause)], look, f" {sign} ", INDENT)
        if clause.status is not Standing.NEW:
            yield from _wrapped([Run(clause_note(clause, look.lang), FAINT)], look, INDENT + INDENT)
    for remark in paragraph.remarks:
        yield from _wrapped([Run(remark_line(remark, look.lang))], look, " ! ", INDENT)


def _words(clause: ClauseCheck) -> Iterator[Run]:
    if not clause.edits:
        yield Run(clause.text, LOOKS[clause.status])
        return
    for edit in clause.edits:
        before, after, colour = MARKS[edit.op]
        text = edit.text.strip() if edit.op is not Op.EQUAL else edit.text
        lead = edit.text[: len(edit.text) - len(edit.text.lstrip())] if edit.op is not Op.EQUAL else ""
        tail = edit.text[len(edit.text.rstrip()) :] if edit.op is not Op.EQUAL else ""
        yield Run(f"{lead}{before}{text}{after}{tail}", colour)


def _wrapped(runs: list[Run], look: Look, first: str = "", hang: str | None = None) -> list[str]:
    width = max(20, min(look.width, WIDEST))
    return wrap(runs, width=width, color=look.color, first=first, hang=first if hang is None else hang)


def _bytes(lines: list[str]) -> bytes:
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode()
