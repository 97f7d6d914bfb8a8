"""From lines to blocks: a scanner whose rules stand in one literal list, tried in order at every line.

A rule says whether a block of its kind begins at a line, and takes lines from there on. The last rule takes anything.
So nothing can be dropped: every line ends in one block, and what is to become of a block is decided later.

A bare number is the hardest: it numbers a paragraph, or a page when a page break or a running head stands beside it, or
a footnote when the text calls it or a note follows, and otherwise is furniture of the page too.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from resdiff.language.fold import fold
from resdiff.language.forms import (
    annex_heading,
    annex_title,
    closing_line,
    furniture,
    in_draft,
    joins,
    later,
    next_text,
    note_over,
    note_sign,
    note_start,
    opens_aside,
    reference_words,
    section_word,
    sure_note,
    sure_note_end,
    symbol_line,
)
from resdiff.parsing.lines import CASELESS, ROMANS, Block, Kind, Line, cut, leading_number
from resdiff.parsing.notes import RAISED, RE_WORN_INNER, called_labels
from resdiff.parsing.openings import (
    find_body,
    formula_end,
    formula_of,
    looks_like_formula,
    opens_operative,
    opens_preamble,
    surely_opens_preamble,
)

__all__ = ["scan"]

NEAR = 24  # characters at the start of a line in which the sign of a note stands
OPENING = 60  # lines at the start of a text in which the formula is looked for
PREFACE = 4000  # characters of the preface that running heads are looked for in
ANNEX = 5  # letters in capitals: "ANNEX A. Members"
LABEL = 3  # digits of the number of a paragraph or of a note
SYMBOLS = 7  # letters of the longest word between symbols: "annexes"
NOTES = 600  # a block of notes that is known by what it ends with is no longer than this
DATED = 24  # … in whose last signs stands the year of a supplement or the number of a document
REST = 60  # what is left of a note on a line of its own is shorter than this
SHORT = 160  # furniture, headings of pages, closing lines are no longer than this; the longest running head has 101
STRAY, LONGEST_DIRT = 4, 80  # signs of a line without a word, and of one of which much is none, …
MOST_WORN = 0.35  # … so much of it
LONG_LINE = 160  # a line of this length was not wrapped by hand or by a printer: the next one is another paragraph
EARLY = 8  # a line that breaks so many characters before the next word had to ends a paragraph: S/RES/1554, PP 2
CLOSES = "[AaÀRrDFL-'" + "0123456789"  # what a closing line begins with, worn or not, or the text behind it
HIGHEST = 400  # no resolution of the corpora has more operative paragraphs; a higher number is a year or a page

RE_READ_11 = r"11 [a-zà-ÿ]{2}"  # "18. 11 importe": what a scan makes of "Il importe"
RE_BRACKETED = r"\(?(\d{1,3})()(\))(?:\s+|$)(?=\S|$)"
RE_DAMAGED = r"\[?((?:[\dlILH|OSB]\s?){1,3})\s?[.,:]?\s+(?=[A-ZÀ-Ý])"
RE_ROMAN = r"([IVX]{1,5})\s?[.)]\s+(?=[A-ZÀ-Ý])"
DAMAGED = "0123456789lILH|OSBVX[.,:)"  # nothing else stands before the first space of such a number
RE_FIRST_POINT = r"\(?[ai]\)\s"  # "10. a) Le Gouvernement": a paragraph that is all points
NUMBERED = 14  # characters of a line among which the sign behind the letter or number of a point stands
POINTED = frozenset(")）°")
BULLETS = tuple("–—•‣▪●◦·*-")
RE_BULLET = r"(.)(?:\s+|$)(?=\S|$)"
RE_SECTION = r"(?:[IVX]{1,6}|[A-H])\.?$"
SECTION = 2  # words of such a heading
RE_TITLED = r"(?:[IVX]{1,6}|[A-H])\.\s+[A-ZÀ-Ý]"
RE_TITLE = r"\d{1,4}/\d{1,3}(?: ?[A-Z])?\s?[.,]\s|\d{1,4} \(\d{4}\)\s?\.|R[ée]solution \d{1,4} \(\d{4}\)"
RE_SYMBOL = r"\b(?:[AE]|A/HRC|S)/RES/[\w./-]+(?:\s?\(\d{4}\))?"
RE_NUMBERED_LINE = r"\d{1,3}\s?[.,]\s"
MARK = "[^"  # of a note whose format says where it begins and ends
RE_MARKED_NOTE = re.compile(r"\[\^([^\]\s]{1,20})\]:\s*")
RE_NOTE = (
    r"(?:\[(?=\d{1,3}\]))?(\d{1,3}|[¹²³⁰⁴-⁹]{1,3}|[%*†‡§~®°?’]{1,2})(?:[>»°*]|(?<=\[\d)\]|(?<=\[\d\d)\])?"
    r"\s+(?=[«“A-ZÀ-Ý\[])"
)
# What is left of the label of a note, and the first letter of its text: '" Ibid.', "I° Documents", "25/1995/37".
RE_WORN_LABEL = (
    r"(?P<label>(?:\S{1,4}\s){1,2}(?=[Iil1]bid|Document S/)|\d{1,2}[a-z]|\d\s\d{1,2}|"
    r"[^\sa-zà-ÿ«(\[/]{0,5}(?:[il]|[a-z](?=[°’'\"]))?[°’'\"]?|[b-df-hj-np-tv-z])\s?(?=[A-Z5il1])"
)
WORN = str.maketrans("°lIi’'OS", "01111105", '"*^=')  # what stands for a digit of a label, and what for none
# Nothing but signs and what is left of a number or of a label: "35D", "2°6", "L91".
RE_STRAY = r"[^\w«»]{0,3}[\dIl]{0,2}[^\w«»]{0,3}$|(?=.*\d)(?:[A-Z\d][°*'’\"]?){2,4}$"
# What no word has, nor a figure, a symbol or the call of a note: a sign within it, or before it.
RE_WORN = r"[■∎\\<>{}^~]|[^\W\d_][,;:!?*]+(?=[^\W\d_])|[a-z]\.[A-Za-z]|\d[^\W\d_]+\d|(?<!\w)[,;!]\w|\([(,]"
RE_CLOSED = r"(?:[^\s\[\]]+\]+[,.;:]?(?:\s|$)){4,}$"  # words of several lines run into one: "visée] au] février] …"
RE_LONG_WORD = r"[^\W\d_]{4}"
# The next note on the line of one whose own beginning is worn: "… annexe. 144 S/2001/14.", "119S12002/2. 120 S/2002/3."
RE_NEXT_NOTE = r"[.;]\s(\d{1,3}[°'’\"]?)\s(?:[S5s8A]/(?:PRST/)?I?\d|[S58][I1l](?:19|20)\d\d[/1Il]\d|[(Iil1/]{1,2}bid\b)"
RE_NEXT_LABEL = re.compile(r"[.;]\s\d")  # without which none is looked for
RE_SYMBOL_ALONE = r"[A-Z]{1,3}/\d[\d/]*\b"  # "CD/1147 du 25 mars 1992."
RE_DIGIT = re.compile(r"\d")
RE_WORN_WORD = r"\S{1,3}\s[A-Z]"  # what is left of a label may be a small letter: "lo Documents"
LONGEST_ANNOTATION = 400  # characters of a line of a draft about its text
RE_LABEL = r"\d{1,3}$|[†‡§~°®%]{1,2}$"
# The two sides of a running head read as one line: a symbol and a title; or far apart, a symbol and anything.
RE_TWO_SIDES = r"\S+/res/\S+(?:\s?\(\d{4}\))?\s+(.+)$|(.+?)\s+\S+/res/\S+(?:\s?\(\d{4}\))?$"
RE_FAR_APART = r"^\S+/res/\S+(?: \(\d{4}\))?\s{3,}\S|\S\s{3,}\S+/res/\S+(?: \(\d{4}\))?$"
RE_VOTE = r"[.;] (?=Adopt)"
VOTE = (". Adopt", "; Adopt")
RE_WITHIN = re.compile(r"[,;][^\S\n\f]+(\d{1,2})\s?\.[^\S\n\f]+(?=[A-ZÀ-Ý])")  # "… du Liban, 1. Décide"
RE_HEADED = r"([A-ZÀ-Ý][^\d.,;:!?]{5,90})\s(\d{1,2})\s?\.\s(?=[A-ZÀ-Ý])"
BESIDE = (Kind.RUNNING_HEAD, Kind.PAGE_NUMBER, Kind.DIRT, Kind.NOTE, Kind.LABEL, Kind.ANNOTATION)
CAPITALS = frozenset(roman.upper() for roman in ROMANS)
# What a scan reads for digits: "L Décide", "H. Note", "1 1 . Autorise".
DIGITS = str.maketrans({"l": "1", "I": "1", "L": "1", "|": "1", "O": "0", "S": "5", "B": "8", "H": "11", " ": ""})


@cache
def _number_pattern() -> re.Pattern[str]:
    """The number of a paragraph and what stands around it, at the beginning of a line: "1.", "OP2 bis.", "§ 3."."""
    return re.compile(
        rf"(?:[OoDd][Pp]|§|\.)?\s?(\d{{1,3}})(\s?(?:(?i:{in_draft()})|[a-zA-Z]))?"
        r"\s?([.,]|、|[-–](?=\s[\u0590-\u08ff]))\.?(?:\s+|$|(?=[^\W\d_ªº¹²³]|\[[A-ZÀ-Ý]))(?=[^\d\s]|11 [a-zà-ÿ]{2}|$)"
    )


@cache
def _point_pattern() -> re.Pattern[str]:
    """The letter or the number of a point at the beginning of a line: "a)", "(b bis)", "1°"."""
    return re.compile(
        rf"\.?[(（]?([a-zA-Z]{{1,2}}(?:\s{later()})?|[ivxIVX]{{1,6}}|\d{{1,2}}|[\u0621-\u064a])"
        r"(?:[)）](?:\s+|$)(?=\S|$)|(?<=\d)°\s+(?=[A-ZÀ-Ý]))"
    )


@cache
def _symbols_pattern() -> re.Pattern[str]:
    """Notes that are nothing but symbols of documents, with their labels: "142 S/2001/14. 143", "I S/1999/836 et Add.
    1."."""
    return re.compile(
        r"(?=.*\b(?:[AESaes5]/\S*|st)\d)(?:(?:[AESaes5]/[\w/.-]*\d[\w/.-]*|st\d{4}/\d+|"
        rf"{joins()}|Add|Corr|Rev|annexes?|[\dIlO]{{1,4}}|[A-Z][a-z]{{1,2}}|[IVX]+)(?:[\s.,;:'’\"°*\[\]]+|$))+$"
    )


@cache
def _preamble_pattern() -> re.Pattern[str]:
    """The same of a paragraph of the preamble, which only drafts number: "PP2 bis (new)", "PP2 bis (Mexico)"."""
    return re.compile(rf"PP\s?(\d{{1,3}}(?:\s?\.?\s?{in_draft()}|[a-z])?)\s?[.,:)]?\s+(?=(?:\([^()]+\) )?[A-ZÀ-Ý\[«“])")


class Scan(Struct):
    """Where the scanner stands: the lines, and what it has seen so far."""

    lines: tuple[Line, ...]
    body: int  # the line of the formula; what stands before it is the preface
    text: str
    symbols: frozenset[str]
    preface: str  # folded: what a running head repeats
    width: int  # of the wrapped lines of the text; 0 where lines are not wrapped
    signs: frozenset[int] = frozenset()  # where the lines begin that may be notes without a label
    scanned: bool = False
    drafted: bool = False
    number: int = 0  # the last paragraph number
    first: int = 0  # the first one
    bracketed: bool = False  # the last one stood in a bracket: "2)"
    item: int = 0  # the last number in brackets of a point of that paragraph
    note: int = 0  # the last footnote label
    pending: int = 0  # labels whose notes have not come yet
    trailing: bool = False  # the last note ended with the label of the next one
    resumed: tuple[int, int] = (-1, -1)  # a number, and the line where the paragraph after it, or a first one, begins
    closed: bool = False  # the closing lines have begun
    annexed: bool = False
    fresh: int = -1  # the line after furniture or a note: a paragraph may begin there
    last: Kind = Kind.TEXT  # of the last block
    ended: bool = True  # the last paragraph is over, so that what is none cannot go on it
    called: frozenset[str] | None = None  # the labels that look called in the text, once they were asked for

    def opens(self, pos: int) -> bool:
        """Whether a paragraph may begin at the line: something ends before it."""
        return self.lines[pos].gap or pos in (0, self.fresh) or self.lines[pos - 1].ended

    def calls(self, label: str) -> bool:
        """Whether the text seems to call a note of that label."""
        if self.called is None:
            self.called = called_labels(self.text)
        return label in self.called


Taken = tuple[int, Block]  # the line after a block, and the block


class Rule(Struct, frozen=True):
    """How blocks of one kind are recognised.

    ``begins`` says whether one begins at a line: anything true, which ``take`` is given. ``take`` may still decline.
    ``interrupts`` are blocks that may begin in the middle of wrapped lines.
    """

    begins: Callable[[Scan, int], Any]
    take: Callable[[Scan, int, Any], Taken | None]
    interrupts: bool = False


def scan(
    lines: tuple[Line, ...], text: str, *, scanned: bool = False, drafted: bool = False
) -> tuple[tuple[Block, ...], int]:
    """The blocks of the lines, in order, every line in exactly one; and the place in the text where the body begins.

    ``scanned`` says that an engine read the text, so that a line may be one that nobody can read; ``drafted`` that it
    has the labels of a draft, so that names alone may stand behind a paragraph, on a line of their own.
    """
    sign = note_sign()
    unmarked = (line for line in lines if line.gap and not line.text.startswith(MARK))
    signs = frozenset(line.start for line in unmarked if sign.search(line.text, 0, NEAR))
    if signs:
        lines = tuple(piece for line in lines for piece in (_pieces(line) if line.start in signs else (line,)))
    if any(behind in text for behind in VOTE):
        lines = tuple(piece for line in lines for piece in _closing_apart(line))
    lines = _with_numbers_apart(lines)
    body = find_body(lines)
    if lines and formula_of(lines[body].text) is None:
        lines = _parted(lines)
        body = find_body(lines)
    symbols = frozenset(fold(found) for line in lines[:body] for found in re.findall(RE_SYMBOL, line.text))
    preface = fold(" ".join(line.text for line in lines[:body]))[:PREFACE]
    state, blocks, pos = Scan(lines, body, text, symbols, preface, _width(lines), signs, scanned, drafted), [], 0
    while pos < len(lines):
        pos, block = _take(state, pos)
        blocks.append(block)
        state.last = block.kind
        if block.kind in (Kind.TEXT, Kind.NUMBER, Kind.POINT, Kind.BULLET):
            state.ended = block.lines[-1].ended
        state.fresh = pos if block.kind in BESIDE else -1
    return tuple(blocks), lines[body].start if lines else 0


def _closing_apart(line: Line) -> tuple[Line, ...]:
    """The line, cut before the vote that is printed behind the last paragraph: "… de la question. Adoptée à …"."""
    match = re.search(RE_VOTE, line.text)
    return cut(line, match.end()) if match and closing_line().begins(fold(line.text[match.end() :])) else (line,)


def _pieces(line: Line) -> tuple[Line, ...]:
    """The line, or the note it is and the text that goes on behind it."""
    over = note_over().search(line.text) if sure_note().search(fold(line.text[:SHORT])) else None
    return cut(line, over.end()) if over else (line,)


def _with_numbers_apart(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, cut before the commands that begin in the midst of one: a number is missing then, or the last one.

    So does a paragraph whose heading stands before its number: "BUTS DE LA RECHERCHE 8. Les ministères".
    """
    numbered = [line for line in lines if line.text[0].isdecimal() and _number_pattern().match(line.text)]
    values = [leading_number(line.text) for line in numbered]
    if values == list(range(1, len(values) + 1)) and not (numbered and RE_WITHIN.search(numbered[-1].text)):
        return lines
    have = frozenset(values)
    return tuple(piece for line in lines for piece in _numbered_pieces(line, have))


def _numbered_pieces(line: Line, have: frozenset[int]) -> tuple[Line, ...]:
    """The line, cut before each command whose number goes on those at line starts and stands at none."""
    if heading := _heading_apart(line, have):
        return heading
    places, last = [], 0
    for match in RE_WITHIN.finditer(line.text):
        value = int(match[1])
        follows = value - 1 in have or value + 1 in have or value - 1 == last
        if follows and value not in have and opens_operative(line.text[match.end() :]):
            places.append(match.start() + 1)
            last = value
    pieces: list[Line] = []
    for place in reversed(places):
        line, rest = cut(line, place)
        pieces.append(rest)
    return (line, *reversed(pieces))


def _heading_apart(line: Line, have: frozenset[int]) -> tuple[Line, ...]:
    """The line, cut between a heading and the number between its neighbours at line starts; nothing if it has none."""
    match = re.match(RE_HEADED, line.text) if line.gap else None
    if match is None or fold(match[1].rpartition(" ")[2]) in reference_words():  # "Article 3. Les États"
        return ()
    value = int(match[2])
    if value in have or value + 1 not in have or (value > 1 and value - 1 not in have):
        return ()
    heading, rest = cut(line, match.end(1))
    return heading, replace(rest, gap=True, torn=False)


def _parted(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the formula on a line of its own, where the first paragraph goes on behind it."""
    for pos, line in enumerate(lines[:OPENING]):
        if (end := formula_end(line.text)) and opens_preamble(line.text[end:].lstrip()):
            formula, rest = cut(line, end)
            return (*lines[:pos], formula, replace(rest, gap=True), *lines[pos + 1 :])
    return lines


def _width(lines: tuple[Line, ...]) -> int:
    """The width to which the lines were wrapped: that of the longest tenth; 0 where paragraphs are single lines."""
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    return width if width < LONG_LINE else 0


def _take(state: Scan, pos: int) -> Taken:
    for rule in RULES:
        if (found := rule.begins(state, pos)) and (taken := rule.take(state, pos, found)) is not None:
            return taken
    raise AssertionError("the last rule takes anything")


def _line(state: Scan, pos: int, kind: Kind) -> Taken:
    return pos + 1, Block(kind, (state.lines[pos],))


def _take_line(kind: Kind) -> Callable[[Scan, int, Any], Taken]:
    """A line that is a block by itself, and changes nothing of what comes."""
    return lambda state, pos, found: _line(state, pos, kind)


# ---- aside of the text: running heads, page numbers, footnotes ------------------------------------------------------


def _running_head(state: Scan, pos: int) -> bool:
    return pos > state.body and _is_running_head(state, state.lines[pos])


def _is_running_head(state: Scan, line: Line) -> bool:
    """Whether a line is the symbol, a furniture of documents, or a symbol beside words of the preface."""
    wide = " " * 8 in line.text  # a layout keeps the sides of a page apart
    if len(line.text) > SHORT and not wide:
        return False
    folded = fold(line.text)
    if folded in state.symbols or symbol_line().begins(line.text) or furniture().begins(folded):
        return True
    if "/res/" not in folded:
        return False
    if re.search(RE_FAR_APART, folded):
        return True
    match = re.match(RE_TWO_SIDES, folded)
    title = " ".join((match[1] or match[2] or "").split()) if match else ""
    return len(title) > 8 and title in state.preface


def _page_number(state: Scan, pos: int) -> bool:
    """A bare number is a page number when a page break, a running head or an end of the text stands beside it."""
    line = state.lines[pos]
    if pos <= state.body or len(line.text) > 4 or not line.text.isdecimal():
        return False
    if pos + 1 == len(state.lines) or line.page or state.lines[pos + 1].page:
        return True
    return _is_running_head(state, state.lines[pos - 1]) or _is_running_head(state, state.lines[pos + 1])


def _take_page_number(state: Scan, pos: int, found: bool) -> Taken:
    state.pending = 0
    return _line(state, pos, Kind.PAGE_NUMBER)


def _dirt(state: Scan, pos: int) -> bool:
    """A line that stands alone and is dirt of the page, or what is left of a label: a few signs without a word; or
    what a scan makes of a stamp or of a worn note, and beside it what has no long word either."""
    line = state.lines[pos]
    if pos <= state.body or not _stands_alone(state, pos):
        return False
    if len(line.text) <= STRAY and not line.low and re.match(RE_STRAY, line.text):
        return True
    if "]" in line.text and "[" not in line.text and re.match(RE_CLOSED, line.text):
        return True
    if not state.scanned:
        return False
    if _is_worn(line):
        return True
    beside = state.last is Kind.DIRT or (pos + 1 < len(state.lines) and _is_worn(state.lines[pos + 1]))
    return beside and len(line.text) <= LONGEST_DIRT and not re.search(RE_LONG_WORD, line.text)


def _stands_alone(state: Scan, pos: int) -> bool:
    return state.lines[pos].gap and (pos + 1 == len(state.lines) or state.lines[pos + 1].gap)


def _is_worn(line: Line) -> bool:
    """Whether much of a line is no word; what ends as a paragraph does may be one."""
    if len(line.text) > LONGEST_DIRT or line.ended:
        return False
    worn = sum(len(word) for word in line.text.split() if re.search(RE_WORN, word))
    return worn >= MOST_WORN * len(line.text.replace(" ", ""))


def _marked_note(state: Scan, pos: int) -> re.Match[str] | None:
    return RE_MARKED_NOTE.match(state.lines[pos].text)


def _take_marked_note(state: Scan, pos: int, match: re.Match[str]) -> Taken:
    end = pos + 1
    while end < len(state.lines) and not state.lines[end].gap and not _marked_note(state, end):
        end += 1
    return end, Block(Kind.NOTE, state.lines[pos:end], match[1], match.end())


def _starred_note(state: Scan, pos: int) -> bool:
    """Whether the text ends with a note to its title: "* Au nom des États Membres …", the only line with that sign."""
    line = state.lines[pos]
    if pos <= state.body or not line.gap or not line.text.startswith("* ") or state.lines[pos - 1].text[-1] != ".":
        return False
    return not any(other.text.startswith("*") for other in state.lines if other is not line)


def _take_starred_note(state: Scan, pos: int, found: bool) -> Taken:
    end = _note_end(state, pos)
    return end, Block(Kind.NOTE, state.lines[pos:end], "*", 2)


def _label(state: Scan, pos: int) -> bool:
    """Whether a line is nothing but what may be the label of a note, and stands where one may."""
    line = state.lines[pos]
    if pos <= state.body or len(line.text) > LABEL or not (line.gap or state.pending):
        return False
    return re.match(RE_LABEL, line.text) is not None


def _take_label(state: Scan, pos: int, found: bool) -> Taken | None:
    """A footnote label alone on its line: its note comes in a later block. Else a bare number is a page number."""
    label = state.lines[pos].text
    following = state.lines[pos + 1].text if pos + 1 < len(state.lines) else ""
    certain = state.calls(label) or label == str(state.note + 1) or not label.isdecimal()
    later = label.isdecimal() and int(label) > state.note and not state.pending
    is_note = _starts_note(following) or sure_note().begins(fold(following[:SHORT]))
    if not (certain or (later and is_note)):
        return _line(state, pos, Kind.PAGE_NUMBER) if label.isdecimal() else None
    state.pending += 1
    state.note = int(label) if label.isdecimal() else state.note + 1
    return pos + 1, Block(Kind.LABEL, (state.lines[pos],), label)


def _note_text(state: Scan, pos: int) -> bool:
    """Whether the text of a note begins whose label stood alone before it."""
    line = state.lines[pos]
    if not state.pending or not line.gap:
        return False
    if _starts_note(line.text):
        return True
    first = state.trailing or state.last is Kind.LABEL
    return first and not (line.low or re.match(RE_NUMBERED_LINE, line.text) or surely_opens_preamble(line.text))


def _take_note_text(state: Scan, pos: int, found: bool) -> Taken:
    end = _note_end(state, pos)
    state.pending, state.trailing = state.pending - 1, False
    return end, Block(Kind.NOTE, state.lines[pos:end])


def _note(state: Scan, pos: int) -> re.Match[str] | None:
    """A label and the text of its note on one line."""
    line = state.lines[pos]
    match = _labelled(line.text) if pos > state.body else None
    if match is None or match[1].translate(RAISED) != match[1]:
        return match
    if state.closed and closing_line().begins(fold(line.text[:SHORT])):  # "19 December 2023" below the meeting
        return None
    rest = line.text[match.end() :]
    if not match[1].isdecimal():
        return match if _starts_note(rest) else None
    if match.string[match.end(1)] == "°" and _counts_on(state, pos, int(match[1])):
        return None
    if (int(match[1]) == state.number + 1 and opens_operative(rest)) or _damaged_number(state, pos):
        return None
    ends = state.lines[pos - 1].ended or int(match[1]) == state.note + 1
    return match if line.gap or (_starts_note(rest) and ends) else None


def _labelled(text: str) -> re.Match[str] | None:
    """The label that a line begins with, when what follows it may be its note: few lines open with such a word."""
    word, *rest = text.split(maxsplit=1)
    if not rest or len(word) > LABEL + 1 or word[0].isalpha() or word[-1].isalpha() or word[-1] in ".,":
        return None
    return None if rest[0][0].islower() else re.match(RE_NOTE, text)


def _counts_on(state: Scan, pos: int, value: int) -> bool:
    """Whether "2°" counts the next item of a list: the first one behind a colon or a comma, each later one in turn."""
    before = state.lines[pos - 1].text
    return before[-1] in ":;," and value == state.item + 1


def _take_note(state: Scan, pos: int, match: re.Match[str]) -> Taken:
    label = match[1].translate(RAISED)
    state.note = int(label) if label.isdecimal() else state.note + 1
    end = _note_end(state, pos)
    text = " ".join(line.text for line in state.lines[pos:end])
    state.trailing = bool(re.search(r"\.\s\d{1,3}$", text))
    state.pending = int(state.trailing)
    return end, Block(Kind.NOTE, state.lines[pos:end], label, match.end())


def _worn_note(state: Scan, pos: int) -> re.Match[str] | None:
    """A note whose label is worn or lost: it opens with words with which nothing else does."""
    line = state.lines[pos]
    if line.start not in state.signs or pos <= state.body:
        return None
    match = re.match(RE_WORN_LABEL, line.text)
    return match if match and sure_note().begins(fold(line.text[match.end() :][:SHORT])) else None


def _take_worn_note(state: Scan, pos: int, match: re.Match[str]) -> Taken:
    """The note; its label is told only where it follows the last one, is called, or stands before the next one.

    One of signs alone is the one before the next where that stands on the line.
    """
    printed, text = match["label"], state.lines[pos].text
    label, following = printed.translate(WORN), _next_note(text)
    before = _label_before(following) if following else ""
    if not RE_DIGIT.search(printed):  # a sign may be any number, but not the first one where it says "Ibid."
        label = before or (label if label != "1" or fold(text[match.end() :][1:4]) != "bid" else "")
    known = label.isdecimal() and (label in (str(state.note + 1), before) or state.calls(label))
    state.note = int(label) if known else state.note
    end = _note_end(state, pos)
    return end, Block(Kind.NOTE, state.lines[pos:end], label if known else "", match.end())


def _next_note(text: str) -> re.Match[str] | None:
    """The label of the next note on a line, and the beginning of its text."""
    start = text[:SHORT]
    return re.search(RE_NEXT_NOTE, start) if RE_NEXT_LABEL.search(start) else None


def _label_before(following: re.Match[str]) -> str:
    """The label before that of the next note on a line; empty where a scan wore that too, "3°" may be 30, or that of a
    note between."""
    between = re.search(RE_WORN_INNER, following.string[: following.start() + 1])
    return str(int(following[1]) - 1) if following[1].isdecimal() and not between else ""


def _told_by_end(state: Scan, pos: int) -> tuple[str, int] | None:
    """Label and its length in print of notes whose beginning is worn, where what follows tells them: the next note on
    the line, or the supplement of the official records that they end with. No paragraph opens so.
    """
    line = state.lines[pos]
    if pos <= state.body or not line.gap:
        return None
    following = _next_note(line.text)
    supplement = following is None and _ends_as_note(state, pos)
    if not (following or supplement) or opens_preamble(line.text) or opens_operative(line.text):
        return None
    if following is None:
        number = _number_pattern().match(line.text)
        return None if number and opens_operative(line.text[number.end() :]) else ("", 0)
    label = _label_before(following)
    goes_on = label == str(state.note)  # the note before it was cut
    if line.low and not goes_on:
        return None
    return "" if goes_on else label, len(label) if line.text.startswith(label) else 0


def _ends_as_note(state: Scan, pos: int) -> bool:
    line = state.lines[pos]
    if len(line.text) > NOTES or (line.low and re.match(RE_WORN_WORD, line.text) is None):
        return False
    whole = state.lines[pos : pos + 1 if _stands_alone(state, pos) else _note_end(state, pos)]
    text = " ".join(line.text for line in whole)
    dated = RE_DIGIT.search(text, max(0, len(text) - DATED))
    return dated is not None and len(text) <= NOTES and sure_note_end().search(fold(text)) is not None


def _take_told_by_end(state: Scan, pos: int, found: tuple[str, int]) -> Taken:
    label, skip = found
    state.note = int(label) if label else state.note
    end = _note_end(state, pos)
    return end, Block(Kind.NOTE, state.lines[pos:end], label, skip)


def _rest_of_note(state: Scan, pos: int) -> bool:
    """Whether a block is the rest of a note, or a symbol that lost its label among notes: no paragraph goes on here."""
    line = state.lines[pos]
    if state.last is not Kind.NOTE or not (line.gap and state.ended) or len(line.text) > SHORT:
        return False
    if re.match(RE_SYMBOL_ALONE, line.text) or sure_note().begins(fold(line.text)):
        return True
    torn = state.lines[pos - 1].text[-1].isalpha() and line.text[-1] == "." and len(line.text) < REST
    return torn and line.text[0].isdecimal() and _number_pattern().match(line.text) is None


def _take_rest_of_note(state: Scan, pos: int, found: bool) -> Taken:
    end = _note_end(state, pos)
    return end, Block(Kind.NOTE, state.lines[pos:end])


def _symbols_alone(state: Scan, pos: int) -> bool:
    """A block of nothing but symbols of documents: notes whose labels are worn, the last one perhaps of the next."""
    line = state.lines[pos]
    if pos <= state.body or not line.gap or "/" not in line.text or len(line.text) > SHORT:
        return False
    if any(len(word) > SYMBOLS and word.isalpha() for word in line.text.split()):
        return False
    return _symbols_pattern().match(line.text) is not None


def _starts_note(text: str) -> bool:
    return bool(text) and note_start().match(fold(text[:SHORT])) is not None


def _note_end(state: Scan, pos: int) -> int:
    """The line after a note: a blank line, furniture, another note, or a paragraph that goes on after the break."""
    end = pos + 1
    while end < len(state.lines):
        line, before = state.lines[end], state.lines[end - 1]
        over = before.text.endswith(".") and (line.low or line.indented or re.match(RE_NUMBERED_LINE, line.text))
        if line.gap or line.torn or over or _labelled(line.text) or _is_running_head(state, line):
            break
        end += 1
    return end


# ---- the parts: formula, annex, closing lines, sections -------------------------------------------------------------


def _formula(state: Scan, pos: int) -> bool:
    line = state.lines[pos]
    if pos < state.body or not (line.gap or pos == state.body):
        return False
    if state.annexed and state.last is not Kind.SECTION:  # a formula quoted in an annex opens no part of the resolution
        return False
    return formula_of(line.text) is not None or looks_like_formula(state.lines, pos)


def _take_formula(state: Scan, pos: int, found: bool) -> Taken:
    state.number, state.closed = 0, False
    return _line(state, pos, Kind.FORMULA)


def _annex(state: Scan, pos: int) -> bool:
    line = state.lines[pos]
    if pos <= state.body or line.text[0] not in "AaÀà" or not (state.closed or state.opens(pos)):
        return False
    if line.gap and line.text[:ANNEX].isupper() and annex_title().match(fold(line.text[:SHORT])):
        return True
    return len(line.text) <= SHORT and annex_heading().match(fold(line.text)) is not None


def _take_annex(state: Scan, pos: int, found: bool) -> Taken:
    state.number, state.closed, state.annexed = 0, False, True
    return _line(state, pos, Kind.ANNEX)


def _closing(state: Scan, pos: int) -> bool:
    """The meeting, the date, the vote. After it, all that is no note and no annex belongs to it."""
    line = state.lines[pos]
    if state.closed or pos <= state.body or not state.opens(pos):
        return state.closed
    if line.text[0] not in CLOSES:
        return False
    folded = fold(line.text[:SHORT])
    if closing_line().begins(folded):
        return True
    return line.gap and next_text().begins(folded) and _has_asked(state, pos) and not _resumes(state, pos)


def _has_asked(state: Scan, pos: int) -> bool:
    """Whether a command stands before a line, numbered or not."""
    return state.number > 0 or any(opens_operative(line.text) for line in state.lines[state.body : pos] if line.gap)


def _resumes(state: Scan, pos: int) -> bool:
    """Whether a later line is the next paragraph: then what stands here was printed beside the text, not after it."""
    number, place = state.resumed
    if number != state.number or place < pos:
        state.resumed = (
            state.number,
            next((at for at in range(pos + 1, len(state.lines)) if _numbered(state, at)), len(state.lines)),
        )
    place = state.resumed[1]
    return place < len(state.lines) and (state.first > 1 or _numbered(state, place) != "1")


def _numbered(state: Scan, pos: int) -> str:
    """The number of the command a line is, when it is the next one, or a first one."""
    text = state.lines[pos].text
    match = _number_pattern().match(text) or _damaged(text, RE_DAMAGED)
    label = match[1].translate(DIGITS) if match and opens_operative(text[match.end() :]) else ""
    return label if label in ("1", str(state.number + 1)) else ""


def _take_closing(state: Scan, pos: int, found: bool) -> Taken:
    state.closed = True
    return _line(state, pos, Kind.CLOSING)


def _section(state: Scan, pos: int) -> bool:
    """Whether a line is "II", "Section A", or "I. Dispositions générales"."""
    line = state.lines[pos]
    if pos <= state.body or not state.opens(pos):
        return False
    cut = not state.lines[pos - 1].ended and pos + 1 < len(state.lines) and state.lines[pos + 1].low  # dirt
    brief = line.gap and not cut and len(line.text.split(maxsplit=SECTION)) <= SECTION
    alone = brief and re.match(rf"(?:{section_word()}\s+)?{RE_SECTION}", line.text) is not None
    return alone or (not line.ended and len(line.text) < SHORT and re.match(RE_TITLED, line.text) is not None)


# ---- paragraphs and points ------------------------------------------------------------------------------------------


def _bare_number(state: Scan, pos: int) -> tuple[str, int] | None:
    """A number that lost its full stop, alone on its line, and then a verb of command."""
    text = state.lines[pos].text
    if text != str(state.number + 1) or state.calls(text) or pos + 1 == len(state.lines) or pos <= state.body:
        return None
    return (text, len(text)) if opens_operative(state.lines[pos + 1].text) else None


def _number(state: Scan, pos: int) -> tuple[str, int] | None:
    """The number a line begins with and its length in print, when it numbers a paragraph."""
    text = state.lines[pos].text
    if pos < state.body:
        return None
    match = _number_pattern().match(text) or _bracketed(state, text)
    if match and _is_number(state, pos, match):
        return match[1] + (match[2] or ""), match.end()
    return _damaged_number(state, pos)


def _damaged_number(state: Scan, pos: int) -> tuple[str, int] | None:
    """The next number and its length in print, where a command follows what a scan made of it: "1 I . Demande"."""
    text = state.lines[pos].text
    match = _damaged(text, RE_DAMAGED, RE_ROMAN)
    if match is None or not state.opens(pos) or not opens_operative(text[match.end() :]):
        return None
    readings = (match[1].translate(DIGITS), str(ROMANS.index(match[1].lower()) + 1) if match[1] in CAPITALS else "")
    label = str(state.number + 1)
    return (label, match.end()) if label in readings else None


def _damaged(text: str, *patterns: str) -> re.Match[str] | None:
    """What the first of the patterns that fits says of a line, where all before its first space may be a number."""
    if text.split(maxsplit=1)[0].strip(DAMAGED):
        return None
    return next(filter(None, (re.match(written, text) for written in patterns)), None)


def _bracketed(state: Scan, text: str) -> re.Match[str] | None:
    """A number in brackets, "2)", when it numbers a paragraph: the first one, or a command with no "1)" before it.

    Where the paragraph before it has its number in a bracket, no command is needed. What stands in a list
    under a paragraph follows its neighbours there, and is a point.
    """
    match = re.match(RE_BRACKETED, text) if ")" in text[: LABEL + 2] else None
    if match is None or state.number == 0:
        return match
    value = int(match[1])
    follows = value == state.number + 1 and value != state.item + 1
    goes_on = state.bracketed and state.item == 0
    return match if follows and (goes_on or opens_operative(text[match.end() :])) else None


def _is_number(state: Scan, pos: int, match: re.Match[str]) -> bool:
    """Whether digits at a line start number a paragraph: they follow the sequence, and a paragraph may begin here."""
    line, value, rest = state.lines[pos], int(match[1]), state.lines[pos].text[match.end() :]
    if match[2] and value not in (state.number, state.number + 1):
        return False  # "1 l." is what is left of 11
    begins = rest[:1].isupper() or rest[:1] in "«[“¢(’&" or (rest[:1].isalpha() and rest[:1] >= CASELESS)
    if rest and not (begins or re.match(RE_FIRST_POINT, rest) or (match[3] == "." and re.match(RE_READ_11, rest))):
        return False
    if not rest and (pos + 1 == len(state.lines) or state.lines[pos + 1].low):
        return False
    following = value == state.number + 1 or (value == state.number and bool(match[2]))
    if match[3] == "," or not (line.gap or pos == 0):
        heading = state.number == 0 and len(state.lines[pos - 1].text) < SHORT // 2
        return following and (state.opens(pos) or heading or opens_operative(rest))
    return following or 0 < value <= HIGHEST


def _take_number(state: Scan, pos: int, found: tuple[str, int]) -> Taken:
    label, skip = found
    alone = skip == len(state.lines[pos].text)
    state.number, state.item, state.pending = leading_number(label), 0, 0
    state.first = state.first or state.number
    state.bracketed = state.lines[pos].text[:skip].rstrip().endswith(")")
    end = _gather(state, pos + 1 if alone and _is_plain(state, pos + 1) else pos)
    return end, Block(Kind.NUMBER, state.lines[pos:end], " ".join(label.split()), skip)


def _bullet(state: Scan, pos: int) -> re.Match[str] | None:
    text = state.lines[pos].text
    likely = text.startswith(BULLETS) and pos > state.body and state.opens(pos)
    return re.match(RE_BULLET, text) if likely else None


def _take_item(kind: Kind) -> Callable[[Scan, int, re.Match[str]], Taken | None]:
    """A point or a bullet; where its letter or dash stands alone on its line, the text is the next block."""

    def take(state: Scan, pos: int, match: re.Match[str]) -> Taken | None:
        alone = match.end() == len(state.lines[pos].text)
        if alone and not _is_plain(state, pos + 1):
            return None
        end = _gather(state, pos + alone)
        if match[1].isdecimal():
            state.item = int(match[1])
        return end, Block(kind, state.lines[pos:end], match[1], match.end())

    return take


def _point(state: Scan, pos: int) -> re.Match[str] | None:
    text = state.lines[pos].text
    likely = pos > state.body and state.opens(pos) and not POINTED.isdisjoint(text[:NUMBERED])
    return _point_pattern().match(text) if likely else None


def _preamble_number(state: Scan, pos: int) -> re.Match[str] | None:
    text = state.lines[pos].text
    likely = text.startswith("PP") and pos >= state.body and state.opens(pos)
    return _preamble_pattern().match(text) if likely else None


def _take_preamble(state: Scan, pos: int, match: re.Match[str]) -> Taken:
    """A preambular paragraph numbered as in a draft: "PP3. Rappelant"."""
    end = _gather(state, pos)
    return end, Block(Kind.TEXT, state.lines[pos:end], match[1], match.end())


def _annotation(state: Scan, pos: int) -> bool:
    """Whether a line speaks of a draft: "[Égypte : supprimer le paragraphe 2]", "OP1 agreed ad ref"."""
    line = state.lines[pos]
    if (
        not (state.drafted and pos > state.body and line.gap and state.opens(pos))
        or len(line.text) > LONGEST_ANNOTATION
    ):
        return False
    from resdiff.language.unsettled import is_annotation  # few texts need it

    return is_annotation(line.text)


def _remark_behind(state: Scan, pos: int) -> bool:
    """Whether a line right behind a paragraph of a draft says but whose it is, or what somebody thinks of it."""
    text = state.lines[pos].text
    is_apart = text[:1] + text[-1:] in ("()", "[]") or text.isupper()
    if not (state.drafted and pos > state.body and is_apart):
        return False
    from resdiff.language.unsettled import is_remark

    return state.lines[pos - 1].text[-1] in ";,.]" and is_remark(text, names=True)


def _take_annotation(state: Scan, pos: int, found: bool) -> Taken:
    """A line alone: what follows it may be of the text; an aside is as long as its block."""
    end = _gather(state, pos) if opens_aside(state.lines[pos].text) else pos + 1
    return end, Block(Kind.ANNOTATION, state.lines[pos:end])


def _take_text(state: Scan, pos: int, found: bool) -> Taken:
    end = _gather(state, pos)
    return end, Block(Kind.TEXT, state.lines[pos:end])


# ---- where text ends ------------------------------------------------------------------------------------------------


def _gather(state: Scan, pos: int) -> int:
    """The line after the text that begins at ``pos``: it ends at a blank line, at furniture, or where two are glued."""
    end = pos + 1
    while end < len(state.lines) and end != state.body and not state.lines[end].gap and not _glued(state, end):
        if _interrupts(state, end):
            break
        end += 1
    return end


def _is_plain(state: Scan, pos: int) -> bool:
    return pos < len(state.lines) and not _interrupts(state, pos)


def _interrupts(state: Scan, pos: int) -> bool:
    """Whether a block of its own begins at the line. A line in small letters opens few, and most lines are such."""
    line = state.lines[pos]
    if line.low and line.text[0].isalpha() and line.text[0] not in "lp" and ")" not in line.text[:7]:
        return state.closed
    return any(rule.begins(state, pos) for rule in RULES if rule.interrupts)


def _glued(state: Scan, pos: int) -> bool:
    """Whether a paragraph begins at a line that no blank line sets apart: "… entre elles," / "Prenant acte …"."""
    before, line = state.lines[pos - 1], state.lines[pos]
    text = line.text
    if pos <= state.body:
        return symbol_line().begins(before.text) or re.match(RE_TITLE, text) is not None
    if line.low:
        return False
    if not before.ended:
        early = len(before.text) + len(text.partition(" ")[0]) + EARLY < state.width
        return early and state.number == 0 and opens_preamble(text)
    if not line.ended and len(text) < SHORT and pos + 1 < len(state.lines) and _number(state, pos + 1):
        return True  # a heading
    return len(before.text) > LONG_LINE or opens_preamble(text) or opens_operative(text)


# In this order. Aside of the text, what is certain comes first.
RULES: tuple[Rule, ...] = (
    Rule(_bare_number, _take_number),
    Rule(_marked_note, _take_marked_note, interrupts=True),
    Rule(_starred_note, _take_starred_note),
    Rule(_running_head, _take_line(Kind.RUNNING_HEAD), interrupts=True),
    Rule(_page_number, _take_page_number, interrupts=True),
    Rule(_label, _take_label),
    Rule(_note_text, _take_note_text),
    Rule(_note, _take_note, interrupts=True),
    Rule(_worn_note, _take_worn_note, interrupts=True),
    Rule(_symbols_alone, _take_line(Kind.NOTE)),
    Rule(_told_by_end, _take_told_by_end),
    Rule(_rest_of_note, _take_rest_of_note),
    Rule(_formula, _take_formula, interrupts=True),
    Rule(_annex, _take_annex, interrupts=True),
    Rule(_closing, _take_closing, interrupts=True),
    Rule(_number, _take_number, interrupts=True),
    Rule(_remark_behind, _take_line(Kind.ANNOTATION), interrupts=True),
    Rule(_point, _take_item(Kind.POINT), interrupts=True),
    Rule(_bullet, _take_item(Kind.BULLET), interrupts=True),
    Rule(_preamble_number, _take_preamble, interrupts=True),
    Rule(_annotation, _take_annotation),
    Rule(_section, _take_line(Kind.SECTION), interrupts=True),
    Rule(_dirt, _take_line(Kind.DIRT)),
    Rule(lambda state, pos: True, _take_text),
)
