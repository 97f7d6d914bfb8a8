"""From lines to blocks: a scanner whose rules stand in one literal list, tried in order at every line.

A rule is a function ``(scan, pos) -> (pos, Block) | None``: it looks at the line ``pos``, and either takes lines from
there on or leaves them to the next rule. The last rule takes anything. So nothing can be dropped: every line ends in
one block, and what is to become of a block is decided later.
"""

import re
from collections.abc import Callable
from functools import cache

from resdiff.data import table
from resdiff.language.fold import fold
from resdiff.parsing.aside import ASIDE, BEGINS_ASIDE
from resdiff.parsing.blocks import SHORT, Block, Found, Rule, Scan, pattern
from resdiff.parsing.formulas import find_body, formula_of, looks_like_formula
from resdiff.parsing.leads import opens_operative, opens_preamble
from resdiff.parsing.lines import Line

__all__ = ["scan"]

PREFACE = 4000  # characters of the preface that running heads are looked for in
LONG_LINE = 160  # a line of this length was not wrapped by hand or by a printer: the next one is another paragraph
EARLY = 8  # a line that breaks so many characters before the next word had to ends a paragraph: S/RES/1554, PP 2
HIGHEST = 400  # no resolution of the corpora has more operative paragraphs; a higher number is a year or a page

RE_NUMBER = re.compile(
    r"(?:OP|DP|§)?\s?(\d{1,3})(\s?(?:bis|ter|quater|quinquies|[a-z]))?\s?([.,])(?:\s+|$|(?=[A-ZÀ-Ý]))(?=[^\d\s]|$)",
    re.IGNORECASE,
)
RE_PREAMBLE_NUMBER = re.compile(r"PP\s?(\d{1,3}(?:\s?(?:bis|ter|quater))?)\s?[.,:)]?\s+(?=[A-ZÀ-Ý])")
RE_BRACKETED = re.compile(r"\(?(\d{1,3})()(\))(?:\s+|$)(?=\S|$)")
RE_DAMAGED = re.compile(r"([\dlI|OSB]{1,3})\s?[.,]?\s+(?=[A-ZÀ-Ý])")
RE_POINT = re.compile(r"\(?([a-zA-Z]{1,2}|[ivxIVX]{1,6}|\d{1,2})\)(?:\s+|$)(?=\S|$)")
RE_BULLET = re.compile(r"[–—•‣▪●◦·*-](?:\s+|$)(?=\S|$)")
RE_SECTION = re.compile(r"(?:(?:Section|Partie|Chapitre)\s+)?(?:[IVX]{1,6}|[A-H])\.?$")
RE_TITLED = re.compile(r"(?:[IVX]{1,6}|[A-H])\.\s+[A-ZÀ-Ý]")
RE_TITLE = re.compile(r"\d{1,4}/\d{1,3}(?: ?[A-Z])?\s?[.,]\s|\d{1,4} \(\d{4}\)\s?\.|R[ée]solution \d{1,4} \(\d{4}\)")
RE_SYMBOL = re.compile(r"\b(?:[AE]|A/HRC|S)/RES/[\w./-]+(?:\s?\(\d{4}\))?")
_DIGITS = str.maketrans("lI|OSB", "111058")


def scan(lines: tuple[Line, ...], text: str) -> tuple[tuple[Block, ...], int]:
    """The blocks of the lines, in order, every line in exactly one; and the place in the text where the body begins."""
    body = find_body(lines)
    symbols = frozenset(fold(found) for line in lines[:body] for found in RE_SYMBOL.findall(line.text))
    preface = fold(" ".join(line.text for line in lines[:body]))[:PREFACE]
    state, blocks, pos = Scan(lines, body, text, symbols, preface, width=_width(lines)), [], 0
    while pos < len(lines):
        for rule in RULES:
            if (found := rule(state, pos)) is not None:
                break
        assert found is not None
        pos, block = found
        blocks.append(block)
        state.kinds.append(block.kind)
        state.fresh = pos if block.kind in ("head", "page", "note", "label") else -1
    return tuple(blocks), lines[body].start if lines else 0


def _width(lines: tuple[Line, ...]) -> int:
    """The width to which the lines were wrapped: that of the longest tenth; 0 where paragraphs are single lines."""
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    return width if width < LONG_LINE else 0


@cache
def _closings() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row})" for row in table("parse")["closing"]["folded"]))


# ---- rules -----------------------------------------------------------------------------------------------------------


def _bare_number(state: Scan, pos: int) -> Found:
    """A number that lost its full stop, alone on its line, and then a verb of command."""
    line = state.lines[pos]
    if line.text != str(state.number + 1) or state.calls(line.text) or pos + 1 == len(state.lines):
        return None
    if pos <= state.body or not opens_operative(state.lines[pos + 1].text):
        return None
    return _take_number(state, pos, line.text, len(line.text), alone=True)


def _formula(state: Scan, pos: int) -> Found:
    if not _is_formula(state, pos):
        return None
    state.number, state.closed = 0, False
    return pos + 1, Block("formula", (state.lines[pos],))


def _is_formula(state: Scan, pos: int) -> bool:
    line = state.lines[pos]
    if pos < state.body or not (line.gap or pos == state.body):
        return False
    if state.annexed and state.kinds[-1] != "section":  # a formula quoted in an annex opens no part of the resolution
        return False
    return formula_of(line.text) is not None or (pos == state.body and looks_like_formula(state.lines, pos))


def _annex(state: Scan, pos: int) -> Found:
    if not _opens_annex(state, pos):
        return None
    state.number, state.closed, state.annexed = 0, False, True
    return pos + 1, Block("annex", (state.lines[pos],))


def _opens_annex(state: Scan, pos: int) -> bool:
    line = state.lines[pos]
    if pos <= state.body or len(line.text) > SHORT or not (state.closed or state.opens(pos)):
        return False
    return line.text[0] in "AaÀà" and pattern("annex", "folded").match(fold(line.text)) is not None


def _closing(state: Scan, pos: int) -> Found:
    """The meeting, the date, the vote. After it, all that is no note and no annex belongs to it."""
    if not _closes(state, pos):
        return None
    state.closed = True
    return pos + 1, Block("closing", (state.lines[pos],))


def _closes(state: Scan, pos: int) -> bool:
    line = state.lines[pos]
    if state.closed or pos <= state.body or not state.opens(pos):
        return state.closed
    return line.text[0] in "[AaRr" + "0123456789" and _closings().match(fold(line.text[:SHORT])) is not None


def _number(state: Scan, pos: int) -> Found:
    numbered = _numbered(state, pos)
    if numbered is None:
        return None
    label, skip = numbered
    return _take_number(state, pos, label, skip, alone=skip == len(state.lines[pos].text))


def _numbered(state: Scan, pos: int) -> tuple[str, int] | None:
    """The number a line begins with and its length in print, when it numbers a paragraph."""
    line = state.lines[pos]
    if pos < state.body:
        return None
    match = RE_NUMBER.match(line.text) or (RE_BRACKETED.match(line.text) if state.number == 0 else None)
    if match and _is_number(state, pos, match):
        return match[1] + (match[2] or ""), match.end()
    match = RE_DAMAGED.match(line.text)
    if match and state.opens(pos) and opens_operative(line.text[match.end() :]):
        label = match[1].translate(_DIGITS)
        return (label, match.end()) if int(label) == state.number + 1 else None
    return None


def _is_number(state: Scan, pos: int, match: re.Match[str]) -> bool:
    """Whether digits at a line start number a paragraph: they follow the sequence, and a paragraph may begin here."""
    line, value, rest = state.lines[pos], int(match[1]), state.lines[pos].text[match.end() :]
    if match[2] and not match[2].strip().isalpha():
        return False
    if rest and not (rest[0].isupper() or rest[0] in "«[“¢(’"):
        return False
    if not rest and (pos + 1 == len(state.lines) or state.lines[pos + 1].low):
        return False
    following = value == state.number + 1 or (value == state.number and bool(match[2]))
    if match[3] == "," or not (line.gap or pos == 0):
        heading = state.number == 0 and len(state.lines[pos - 1].text) < SHORT // 2
        return following and (state.opens(pos) or heading or opens_operative(rest))
    return following or 0 < value <= HIGHEST


def _take_number(state: Scan, pos: int, label: str, skip: int, *, alone: bool) -> tuple[int, Block]:
    state.number = int(re.match(r"\d+", label)[0])  # type: ignore[index]
    state.pending = 0
    end = _gather(state, pos + 1 if alone and _is_plain(state, pos + 1) else pos)
    return end, Block("number", state.lines[pos:end], " ".join(label.split()), skip)


def _is_plain(state: Scan, pos: int) -> bool:
    return pos < len(state.lines) and not _interrupts(state, pos)


def _interrupts(state: Scan, pos: int) -> bool:
    """Whether a block of its own begins at the line. A line in small letters is told off early: most lines are such."""
    line = state.lines[pos]
    if line.low and line.text[0].isalpha() and line.text[0] not in "lp" and ")" not in line.text[:7]:
        return state.closed
    return any(begins(state, pos) for begins in INTERRUPTING)


def _point(state: Scan, pos: int) -> Found:
    match = _item(RE_POINT, state, pos)
    return _take_item(state, pos, "point", match[1], match.end()) if match else None


def _item(pattern: re.Pattern[str], state: Scan, pos: int) -> re.Match[str] | None:
    line = state.lines[pos]
    return pattern.match(line.text) if pos > state.body and state.opens(pos) else None


def _bullet(state: Scan, pos: int) -> Found:
    match = _item(RE_BULLET, state, pos)
    return _take_item(state, pos, "bullet", state.lines[pos].text[0], match.end()) if match else None


def _take_item(state: Scan, pos: int, kind: str, number: str, skip: int) -> Found:
    """A point or a bullet; where its letter or dash stands alone on its line, the text is the next block."""
    last = pos
    if skip == len(state.lines[pos].text):
        if not _is_plain(state, pos + 1):
            return None
        last = pos + 1
    end = _gather(state, last)
    return end, Block(kind, state.lines[pos:end], number, skip)


def _preamble_number(state: Scan, pos: int) -> Found:
    """A preambular paragraph numbered as in a draft: "PP3. Rappelant"; its place says the number, so it is not kept."""
    match = _item(RE_PREAMBLE_NUMBER, state, pos)
    if match is None:
        return None
    end = _gather(state, pos)
    return end, Block("text", state.lines[pos:end], "", match.end())


def _section(state: Scan, pos: int) -> Found:
    return (pos + 1, Block("section", (state.lines[pos],))) if _heads_section(state, pos) else None


def _heads_section(state: Scan, pos: int) -> bool:
    """Whether a line is "II", "Section A", or "I. Dispositions générales"."""
    line = state.lines[pos]
    if pos <= state.body or not state.opens(pos):
        return False
    alone = line.gap and RE_SECTION.match(line.text) is not None
    return alone or (not line.ended and len(line.text) < SHORT and RE_TITLED.match(line.text) is not None)


def _text(state: Scan, pos: int) -> tuple[int, Block]:
    end = _gather(state, pos)
    return end, Block("text", state.lines[pos:end])


def _gather(state: Scan, pos: int) -> int:
    """The line after the text that begins at ``pos``: it ends at a blank line, at furniture, or where two are glued."""
    end = pos + 1
    while end < len(state.lines) and end != state.body and not state.lines[end].gap and not _glued(state, end):
        if _interrupts(state, end):
            break
        end += 1
    return end


def _glued(state: Scan, pos: int) -> bool:
    """Whether a paragraph begins at a line that no blank line sets apart: "… entre elles," / "Prenant acte …"."""
    before, line = state.lines[pos - 1], state.lines[pos]
    text = line.text
    if pos <= state.body:
        return pattern("symbol", "line").match(before.text) is not None or RE_TITLE.match(text) is not None
    if line.low:
        return False
    if not before.ended:
        early = len(before.text) + len(text.partition(" ")[0]) + EARLY < state.width
        return early and state.number == 0 and opens_preamble(text)
    if not line.ended and len(text) < SHORT and pos + 1 < len(state.lines) and _numbered(state, pos + 1):
        return True  # a heading
    return len(before.text) > LONG_LINE or opens_preamble(text) or opens_operative(text)


RULES: list[Rule] = [
    _bare_number,
    *ASIDE,
    _formula,
    _annex,
    _closing,
    _number,
    _point,
    _bullet,
    _preamble_number,
    _section,
    _text,
]
# What may begin a block in the middle of wrapped lines.
INTERRUPTING: list[Callable[[Scan, int], object]] = [
    *BEGINS_ASIDE,
    _is_formula,
    _opens_annex,
    _closes,
    _numbered,
    _heads_section,
    lambda state, pos: _item(RE_PREAMBLE_NUMBER, state, pos),
    lambda state, pos: _item(RE_POINT, state, pos),
    lambda state, pos: _item(RE_BULLET, state, pos),
]
