"""The rules for what stands aside of the text: running heads, page numbers, footnotes.

A bare number is the hardest: it numbers a page when a page break or a running head stands beside it, a footnote when
the text calls it or a note follows, and otherwise is furniture too.
"""

import re
from collections.abc import Callable
from functools import cache

from resdiff.data import table
from resdiff.language.fold import fold
from resdiff.parsing.blocks import SHORT, Block, Found, Rule, Scan, pattern
from resdiff.parsing.calls import RAISED
from resdiff.parsing.leads import opens_operative
from resdiff.parsing.lines import Line

__all__ = ["ASIDE", "BEGINS_ASIDE"]

RE_NUMBERED = re.compile(r"\d{1,3}\s?[.,]\s")
RE_MARKED = re.compile(r"\[\^([^\]\s]{1,20})\]:\s*")
RE_NOTE = re.compile(r"(\d{1,3}|[¹²³⁰⁴-⁹]{1,3}|[%*†‡§~®°?’]{1,2})[>»°*]?\s+(?=[«“A-ZÀ-Ý\[])")
RE_FUSED = re.compile(r"\S+/res/\S+(?:\s?\(\d{4}\))?\s+(.+)$|(.+?)\s+\S+/res/\S+(?:\s?\(\d{4}\))?$")
RE_APART = re.compile(r"^\S+/res/\S+(?: \(\d{4}\))?\s{3,}\S|\S\s{3,}\S+/res/\S+(?: \(\d{4}\))?$")
RE_LABEL = re.compile(r"\d{1,3}$|[†‡§~°®%]{1,2}$")


def _marked_note(state: Scan, pos: int) -> Found:
    match = RE_MARKED.match(state.lines[pos].text)
    if match is None:
        return None
    end = pos + 1
    while end < len(state.lines) and not state.lines[end].gap and not RE_MARKED.match(state.lines[end].text):
        end += 1
    return end, Block("note", state.lines[pos:end], match[1], match.end())


def _running_head(state: Scan, pos: int) -> Found:
    return (pos + 1, Block("head", (state.lines[pos],))) if _heads(state, pos) else None


def _heads(state: Scan, pos: int) -> bool:
    return pos > state.body and _is_head(state, state.lines[pos])


def _is_head(state: Scan, line: Line) -> bool:
    if len(line.text) > SHORT:
        return False
    folded = fold(line.text)
    if folded in state.symbols or pattern("symbol", "line").match(line.text) or _furniture().match(folded):
        return True
    return _fused(state, folded)


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row})" for row in table("parse")["furniture"].values()))


def _fused(state: Scan, folded: str) -> bool:
    """Whether a line is a symbol beside words of the preface: the two sides of a running head, read as one."""
    if "/res/" not in folded:
        return False
    if RE_APART.search(folded):
        return True
    match = RE_FUSED.match(folded)
    rest = " ".join((match[1] or match[2] or "").split()) if match else ""
    return len(rest) > 8 and rest in state.preface


def _page_number(state: Scan, pos: int) -> Found:
    if not _is_page_number(state, pos):
        return None
    state.pending = 0
    return pos + 1, Block("page", (state.lines[pos],))


def _is_page_number(state: Scan, pos: int) -> bool:
    """A bare number is a page number when a page break, a running head or an end of the text stands beside it."""
    line = state.lines[pos]
    if pos <= state.body or len(line.text) > 4 or not line.text.isdecimal():
        return False
    if pos + 1 == len(state.lines) or line.page or state.lines[pos + 1].page:
        return True
    return _is_head(state, state.lines[pos - 1]) or _is_head(state, state.lines[pos + 1])


def _label(state: Scan, pos: int) -> Found:
    """A footnote label alone on its line: its note comes in a later block. Else a bare number is a page number."""
    line = state.lines[pos]
    if pos <= state.body or not (line.gap or state.pending) or not RE_LABEL.match(line.text):
        return None
    following = state.lines[pos + 1].text if pos + 1 < len(state.lines) else ""
    certain = state.calls(line.text) or line.text == str(state.note + 1) or not line.text.isdecimal()
    later = line.text.isdecimal() and int(line.text) > state.note and not state.pending
    if not (certain or (later and _note_start(following))):
        return (pos + 1, Block("page", (line,))) if line.text.isdecimal() else None
    state.pending += 1
    state.note = int(line.text) if line.text.isdecimal() else state.note + 1
    return pos + 1, Block("label", (line,), line.text)


def _note(state: Scan, pos: int) -> Found:
    match = _note_match(state, pos)
    if match is None:
        return None
    label = match[1].translate(RAISED)
    state.note = int(label) if label.isdecimal() else state.note + 1
    end = _note_end(state, pos)
    text = " ".join(line.text for line in state.lines[pos:end])
    state.trailing = bool(re.search(r"\.\s\d{1,3}$", text))
    state.pending = int(state.trailing)
    return end, Block("note", state.lines[pos:end], label, match.end())


def _note_match(state: Scan, pos: int) -> re.Match[str] | None:
    match = RE_NOTE.match(state.lines[pos].text) if pos > state.body else None
    return match if match and _is_note(state, pos, match) else None


def _is_note(state: Scan, pos: int, match: re.Match[str]) -> bool:
    line, rest = state.lines[pos], state.lines[pos].text[match.end() :]
    if match[1].translate(RAISED) != match[1]:
        return True
    if not match[1].isdecimal():
        return _note_start(rest)
    if int(match[1]) == state.number + 1 and opens_operative(rest):
        return False
    return line.gap or (_note_start(rest) and (state.lines[pos - 1].ended or int(match[1]) == state.note + 1))


def _note_text(state: Scan, pos: int) -> Found:
    """The text of a note whose label stood alone before it."""
    line = state.lines[pos]
    if not state.pending or not line.gap:
        return None
    first = state.trailing or state.kinds[-1] == "label"
    if not (_note_start(line.text) or (first and not line.low and not RE_NUMBERED.match(line.text))):
        return None
    end = _note_end(state, pos)
    state.pending, state.trailing = state.pending - 1, False
    return end, Block("note", state.lines[pos:end])


def _note_start(text: str) -> bool:
    return bool(text) and pattern("note", "start").match(fold(text[:SHORT])) is not None


def _note_end(state: Scan, pos: int) -> int:
    """The line after a note: a blank line, furniture, another note, or a paragraph that goes on after the break."""
    end = pos + 1
    while end < len(state.lines):
        line, before = state.lines[end], state.lines[end - 1]
        over = before.text.endswith(".") and (line.low or line.indented or RE_NUMBERED.match(line.text))
        if line.gap or over or RE_NOTE.match(line.text) or _is_head(state, line):
            break
        end += 1
    return end


# In this order: what is certain comes first.
ASIDE: list[Rule] = [_marked_note, _running_head, _page_number, _label, _note_text, _note]
# What of it may begin in the middle of wrapped lines.
BEGINS_ASIDE: list[Callable[[Scan, int], object]] = [
    lambda state, pos: RE_MARKED.match(state.lines[pos].text),
    _heads,
    _is_page_number,
    _note_match,
]
