"""From lines to blocks: a scanner whose rules stand in one literal list, tried in order at every line.

A rule is a function ``(scan, pos) -> (pos, Block) | None``: it looks at the line ``pos``, and either takes lines from
there on or leaves them to the next rule. The last rule takes anything. So nothing can be dropped: every line ends in
one block, and what is to become of a block is decided later.
"""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from resdiff.data import table
from resdiff.parse.calls import called
from resdiff.parse.leads import opens_operative, opens_preamble
from resdiff.parse.lines import Line
from resdiff.text.fold import fold

__all__ = ["Block", "formula_of", "scan"]

# Lowest likeness of a damaged formula to a real one; "LAssembIée generale," has 0.92, no title of the corpus over 0.6.
FORMULA_RATIO = 0.85
SHORT = 160  # furniture, headings of pages, closing lines are no longer than this; the longest running head has 101
PREFACE = 4000  # characters of the preface that running heads are looked for in
LONG_LINE = 160  # a line of this length was not wrapped by hand or by a printer: the next one is another paragraph
EARLY = 8  # a line that breaks so many characters before the next word had to ends a paragraph: S/RES/1554, PP 2
HIGHEST = 400  # no resolution of the corpora has more operative paragraphs; a higher number is a year or a page

RE_NUMBER = re.compile(
    r"(?:OP|DP|§)?\s?(\d{1,3})(\s?(?:bis|ter|quater|quinquies|[a-z]))?\s?([.,])(?:\s+|$)(?=[^\d\s]|$)", re.IGNORECASE
)
RE_BRACKETED = re.compile(r"\(?(\d{1,3})()(\))(?:\s+|$)(?=\S|$)")
RE_DAMAGED = re.compile(r"([\dlI|OSB]{1,3})\s?[.,]?\s+(?=[A-ZÀ-Ý])")
RE_POINT = re.compile(r"\(?([a-zA-Z]{1,2}|[ivxIVX]{1,6}|\d{1,2})\)(?:\s+|$)(?=\S|$)")
RE_BULLET = re.compile(r"[–—•‣▪●◦·*-](?:\s+|$)(?=\S|$)")
RE_SECTION = re.compile(r"(?:(?:Section|Partie|Chapitre)\s+)?(?:[IVX]{1,6}|[A-H])\.?$")
RE_TITLED = re.compile(r"(?:[IVX]{1,6}|[A-H])\.\s+[A-ZÀ-Ý]")
RE_TITLE = re.compile(r"\d{1,4}/\d{1,3}(?: ?[A-Z])?\s?[.,]\s|\d{1,4} \(\d{4}\)\s?\.|R[ée]solution \d{1,4} \(\d{4}\)")
RE_MARKED = re.compile(r"\[\^([^\]\s]{1,20})\]:\s*")
RE_NOTE = re.compile(r"(\d{1,3}|[%*†‡§~®°?’]{1,2})[>»°*]?\s+(?=[«“A-ZÀ-Ý\[])")
RE_SYMBOL = re.compile(r"\b(?:[AE]|A/HRC|S)/RES/[\w./-]+(?:\s?\(\d{4}\))?")
RE_FUSED = re.compile(r"\S+/res/\S+(?:\s?\(\d{4}\))?\s+(.+)$|(.+?)\s+\S+/res/\S+(?:\s?\(\d{4}\))?$")
RE_APART = re.compile(r"^\S+/res/\S+(?: \(\d{4}\))?\s{3,}\S|\S\s{3,}\S+/res/\S+(?: \(\d{4}\))?$")
RE_LABEL = re.compile(r"\d{1,3}$|[†‡§~°®%]{1,2}$")
_DIGITS = str.maketrans("lI|OSB", "111058")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together. ``number`` is the number, point letter or note label; ``skip`` its length in print.

    ``kind`` is one of text, number, point, bullet, section, formula, annex, closing, note, label, head, page.
    """

    kind: str
    lines: tuple[Line, ...]
    number: str = ""
    skip: int = 0


@dataclass(slots=True)
class Scan:
    """Where the scanner stands: the lines, and what it has seen so far."""

    lines: tuple[Line, ...]
    body: int  # the line of the formula; what stands before it is the preface
    called: frozenset[str]
    symbols: frozenset[str]
    preface: str  # folded: what a running head repeats
    number: int = 0  # the last paragraph number
    note: int = 0  # the last footnote label
    pending: int = 0  # labels whose notes have not come yet
    trailing: bool = False  # the last note ended with the label of the next one
    closed: bool = False
    annexed: bool = False
    width: int = 0  # of the wrapped lines of the text; 0 where lines are not wrapped
    fresh: int = -1  # the line after furniture or a note: a paragraph may begin there
    kinds: list[str] = field(default_factory=list)

    def opens(self, pos: int) -> bool:
        """Whether a paragraph may begin at the line: something ends before it."""
        return self.lines[pos].gap or pos in (0, self.fresh) or self.lines[pos - 1].ended


Found = tuple[int, Block] | None
Rule = Callable[[Scan, int], Found]


def scan(lines: tuple[Line, ...], text: str) -> tuple[tuple[Block, ...], int]:
    """The blocks of the lines, in order, every line in exactly one; and the place in the text where the body begins."""
    body = _find_body(lines)
    symbols = frozenset(fold(found) for line in lines[:body] for found in RE_SYMBOL.findall(line.text))
    preface = fold(" ".join(line.text for line in lines[:body]))[:PREFACE]
    state, blocks, pos = Scan(lines, body, called(text), symbols, preface, width=_width(lines)), [], 0
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


def formula_of(line: str) -> dict[str, str] | None:
    """The row of the formula a line is, in spite of damage by a scan; none when it is none.

    >>> formula_of("L’AssembIée generale,")["organ"]
    'A'
    """
    if not 10 < len(line) < 70:
        return None
    key = _letters(line)
    exact = _formulas().get(key)
    if exact or line[-1] not in ",.;" or key[:1] not in "leti1":
        return exact
    near = difflib.get_close_matches(key, list(_formulas()), n=1, cutoff=FORMULA_RATIO)
    return _formulas()[near[0]] if near else None


@cache
def _formulas() -> dict[str, dict[str, str]]:
    return {_letters(row["text"]): row for row in table("parse")["formula"]}


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


@cache
def _pattern(section: str, key: str) -> re.Pattern[str]:
    return re.compile(table("parse")[section][key])


@cache
def _closings() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row})" for row in table("parse")["closing"]["folded"]))


def _symbol_line() -> re.Pattern[str]:
    return _pattern("symbol", "line")


def _find_body(lines: tuple[Line, ...]) -> int:
    """The line where the body begins: the formula, or else the first line that reads like a paragraph, or else 0."""
    for pos, line in enumerate(lines):
        if formula_of(line.text) or _looks_like_formula(lines, pos):
            return pos
    for pos, line in enumerate(lines):
        number = RE_NUMBER.match(line.text)
        if (number and number[1] == "1") or (
            (line.gap or pos == 0) and (opens_preamble(line.text) or opens_operative(line.text))
        ):
            return pos
    return 0


def _looks_like_formula(lines: tuple[Line, ...], pos: int) -> bool:
    """Whether a body nobody listed speaks here: "La Conférence des Parties," and then "Rappelant …"."""
    text = lines[pos].text
    if not (text.endswith(",") and len(text) < SHORT and text.startswith(("L’", "L'", "Le ", "La ", "Les "))):
        return False
    return pos + 1 < len(lines) and lines[pos + 1].gap and opens_preamble(lines[pos + 1].text)


# ---- rules --------------------------------------------------------------------------------------------------------


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
    if folded in state.symbols or _symbol_line().match(line.text) or _furniture().match(folded):
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
    if line.text == str(state.number + 1) and opens_operative(following) and line.text not in state.called:
        return _take_number(state, pos, line.text, len(line.text), alone=True)
    certain = line.text in state.called or line.text == str(state.note + 1) or not line.text.isdecimal()
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
    state.note = int(match[1]) if match[1].isdecimal() else state.note + 1
    end = _note_end(state, pos)
    text = " ".join(line.text for line in state.lines[pos:end])
    state.trailing = bool(re.search(r"\.\s\d{1,3}$", text))
    state.pending = int(state.trailing)
    return end, Block("note", state.lines[pos:end], match[1], match.end())


def _note_match(state: Scan, pos: int) -> re.Match[str] | None:
    match = RE_NOTE.match(state.lines[pos].text) if pos > state.body else None
    return match if match and _is_note(state, pos, match) else None


def _is_note(state: Scan, pos: int, match: re.Match[str]) -> bool:
    line, rest = state.lines[pos], state.lines[pos].text[match.end() :]
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
    if not (_note_start(line.text) or (first and not line.low and not _numbered(state, pos))):
        return None
    end = _note_end(state, pos)
    state.pending, state.trailing = state.pending - 1, False
    return end, Block("note", state.lines[pos:end])


def _note_start(text: str) -> bool:
    return bool(text) and _pattern("note", "start").match(fold(text[:SHORT])) is not None


def _note_end(state: Scan, pos: int) -> int:
    """The line after a note: a blank line, furniture, another note, or a paragraph that goes on after the break."""
    end = pos + 1
    while end < len(state.lines):
        line, before = state.lines[end], state.lines[end - 1]
        over = before.text.endswith(".") and (line.low or line.indented or RE_NUMBER.match(line.text))
        if line.gap or over or RE_NOTE.match(line.text) or _is_head(state, line):
            break
        end += 1
    return end


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
    return formula_of(line.text) is not None or (pos == state.body and _looks_like_formula(state.lines, pos))


def _annex(state: Scan, pos: int) -> Found:
    if not _opens_annex(state, pos):
        return None
    state.number, state.closed, state.annexed = 0, False, True
    return pos + 1, Block("annex", (state.lines[pos],))


def _opens_annex(state: Scan, pos: int) -> bool:
    line = state.lines[pos]
    if pos <= state.body or len(line.text) > SHORT or not (state.closed or state.opens(pos)):
        return False
    return line.text[0] in "AaÀà" and _pattern("annex", "folded").match(fold(line.text)) is not None


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
        return _symbol_line().match(before.text) is not None or RE_TITLE.match(text) is not None
    if line.low:
        return False
    if not before.ended:
        early = len(before.text) + len(text.partition(" ")[0]) + EARLY < state.width
        return early and state.number == 0 and opens_preamble(text)
    if not line.ended and len(text) < SHORT and pos + 1 < len(state.lines) and _numbered(state, pos + 1):
        return True  # a heading
    return len(before.text) > LONG_LINE or opens_preamble(text) or opens_operative(text)


RULES: list[Rule] = [
    _marked_note,
    _running_head,
    _page_number,
    _label,
    _note_text,
    _note,
    _formula,
    _annex,
    _closing,
    _number,
    _point,
    _bullet,
    _section,
    _text,
]
# What may begin a block in the middle of wrapped lines.
INTERRUPTING: list[Callable[[Scan, int], object]] = [
    lambda state, pos: RE_MARKED.match(state.lines[pos].text),
    _heads,
    _is_page_number,
    _note_match,
    _is_formula,
    _opens_annex,
    _closes,
    _numbered,
    _heads_section,
    lambda state, pos: _item(RE_POINT, state, pos),
    lambda state, pos: _item(RE_BULLET, state, pos),
]
