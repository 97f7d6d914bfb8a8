"""From blocks to paragraphs: which blocks go on an earlier one, which part they stand in, which id they have."""

import re
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from resdiff.language.fold import fold
from resdiff.language.forms import alternative, article_heading, joins, misread_letters, months, opens_aside, struck
from resdiff.model import GIVEN_UP, Notice, Part, Span
from resdiff.parsing.lines import CASELESS, ROMANS, Block, Kind, Line, ended, leading_number, starts_low
from resdiff.parsing.openings import (
    adopts_itself,
    asks,
    ends_quotation,
    is_cut_off,
    is_late_letter,
    is_next,
    is_preambular,
    is_quoted,
    lead,
    number_of_command,
    opens_operative,
    opens_preamble,
    surely_opens_preamble,
    undertakes,
)

__all__ = ["Draft", "arrange", "lead_of"]

LAST = 26  # letters of the alphabet
LETTER, BULLET, SECTION = "letter", "bullet", "section"
HEADING = 300  # a heading is no longer than this; those that name a treaty in full have up to 262 characters
RE_LABELLED = r"((?:[IVX]{1,6}|[A-Z]|\d{1,3}|[a-z])\s?[.)])\s"  # what opens a text as a number does
RE_SECTION = r"(?:s|art)\d+\.$"
RE_NUMERAL = r"(?:[IVX]{1,6}|[A-Z])\.?"  # the number of a section
RE_WHOLE_WORD = r"[A-ZÀ-Ý][a-zà-ÿ’']{2,}[ ,]"  # damage of the first word hides what opens a paragraph
# A date; or a resolution of a list, or the year of one whose number the page before ends with: "876" / "(1993) du …"
RE_DATE = r"\d{1,2}[a-z]{0,2} (?P<month>[^\W\d_]+?)(?:\d{2,3})? |\d{3,4} \(\d{4}\)|\(\d{4}\) "
RE_THAT = r"Qu(?:e[ ,]|['’])"
LATER_LETTERS = frozenset("bcdefghjk")  # of points: no first one, and no Roman number
STRUCK = 40  # characters of what stands in the place of a paragraph that was given up
OUT_OF_FLOW = (Kind.RUNNING_HEAD, Kind.PAGE_NUMBER, Kind.DIRT, Kind.NOTE, Kind.LABEL)


class Draft(Struct):
    """A paragraph while its lines are being found."""

    id: str
    part: Part
    number: str
    depth: int
    lines: list[Line]
    skip: int = 0
    heading: bool = False
    until: int = 0  # where a number ends that is printed behind the text

    @property
    def first(self) -> str:
        """Its first line."""
        return self.lines[0].text

    @property
    def last(self) -> str:
        """Its last line."""
        return self.lines[-1].text

    @property
    def span(self) -> Span:
        """Its place in the source; the pieces of a paragraph that was cut may stand in any order there."""
        if len(self.lines) == 1:
            return Span(self.lines[0].start, max(self.lines[0].end, self.until))
        return Span(min([line.start for line in self.lines]), max([self.until, *(line.end for line in self.lines)]))


class Point(Struct, frozen=True):
    """How a point is counted: in letters, roman numbers, numbers or dashes, which one it is, and its step of an id."""

    style: str
    place: int
    name: str


class State(Struct):
    """Where the arranging stands."""

    start: int = 0
    part: Part = Part.PREFACE
    prefix: str = ""  # "annex1." inside an annex
    annexes: int = 0
    owner: str = ""  # the id of the paragraph whose points follow
    points: list[Point] = field(default_factory=list)  # the open points, outermost first
    number: int = 0
    numbered: bool = False
    drafts: list[Draft] = field(default_factory=list)
    asides: list[Draft] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    again: dict[str, int] = field(default_factory=dict)  # how often an id was met that was taken
    broken: bool = False  # a page break, a note or furniture stands between the last draft and this block
    first: bool = False  # the next number is 1
    early: bool = False  # a later text is the first one that asks
    sections: int = 1
    typed: bool = False
    recitals: frozenset[int] = frozenset()  # the numbers of recitals, as a draft prints them
    moved: frozenset[int] = frozenset()  # the numbers of a typed text that has each but once


def arrange(
    blocks: Sequence[Block], start: int, *, typed: bool = False
) -> tuple[list[Draft], list[Draft], list[Notice]]:
    """The paragraphs of the blocks in order, what was given up, and what is strange about their numbers.

    ``start`` is the place in the source where the body begins; what stands before it is the preface. What was ``typed``
    never lost its order to a page of two columns, nor a paragraph to a copy: one that stands elsewhere than its number
    says was moved, and a number that is not there was given up.
    """
    flow = [(block, bool(place) and blocks[place - 1].kind in OUT_OF_FLOW) for place, block in enumerate(blocks)]
    kept = [(block, broken) for block, broken in flow if block.kind not in (*OUT_OF_FLOW, Kind.ANNOTATION)]
    state = State(start=start, typed=typed)
    if not typed and _is_disordered(kept, start):
        from resdiff.parsing.order import put_in_order  # few texts need it

        kept, state.notices = put_in_order(kept, start)
    following = [block for block, _ in kept]
    labels = {block.number: block.value for block in following if typed and block.kind is Kind.NUMBER}
    is_each_once = len(labels) == sum(block.kind is Kind.NUMBER for block in following)
    state.moved = frozenset(labels.values()) if is_each_once else frozenset()
    state.recitals = _recitals(following)
    state.numbered = _is_numbered(following)
    firsts, early = _first_numbers(following), _before_asking(following, start)
    beyond = _beyond(following)
    if beyond < len(kept):
        heading = following[beyond]
        state.notices.append(Notice("another-text", (heading.lines[0].text,), heading.span))
    for place, (block, broken) in enumerate(kept):
        state.broken, state.first, state.early = broken, place in firsts, place in early
        if place >= beyond:
            _new(state, "conclusion", block, Part.CONCLUSION)
            continue
        if block.kind is Kind.FORMULA:
            state.numbered = _is_numbered(following[place + 1 :])
        _place(state, block, following[place + 1 : place + 3])
    return state.drafts, state.asides, state.notices


def _recitals(blocks: list[Block]) -> frozenset[int]:
    """The numbers of recitals that a draft prints, but for those that came in between ("PP2 bis")."""
    labels = (block.number.rstrip(". ") for block in blocks if block.kind is Kind.TEXT)
    return frozenset(int(label) for label in labels if label.isdecimal())


def _beyond(blocks: list[Block]) -> int:
    """The place behind the closing lines where a volume prints the heading of another resolution and its formula."""
    for place, (closing, heading, formula) in enumerate(zip(blocks, blocks[1:], blocks[2:], strict=False), start=1):
        if closing.kind is Kind.CLOSING and formula.kind is Kind.FORMULA and is_next(heading):
            return place
    return len(blocks)


def _is_disordered(flow: list[tuple[Block, bool]], start: int) -> bool:
    """Whether a text may have lost its order: a number that does not follow, a paragraph that is out of place, points
    that do not begin with the first.

    ``start`` is the place in the source where the body begins.
    """
    number = 0
    is_first = True  # of the points of its paragraph
    before: Block | None = None
    for block, _ in flow:
        if block.kind is Kind.POINT and is_first and block.number.lower() in LATER_LETTERS:
            return True
        is_first = block.kind is Kind.NUMBER or (is_first and block.kind is not Kind.POINT)
        if block.kind is Kind.TEXT and block.lines[0].start >= start and ends_quotation(block, before):
            return True
        before = block
        if block.kind is Kind.NUMBER:
            number += 1
            if block.number != str(number) or is_cut_off(block):
                return True
        elif block.kind in (Kind.POINT, Kind.TEXT) and is_late_letter(block):
            return True
        elif block.kind is Kind.TEXT:
            early = block.lines[0].start < start
            if is_quoted(block) and not early:
                return True
            if (number or early) and is_preambular(block):
                return True
            if number_of_command(block) if early else is_next(block):
                return True
    return False


def _is_numbered(blocks: list[Block]) -> bool:
    """Whether a paragraph of the text that these blocks begin has a number; the next formula opens another text."""
    first = next((block for block in blocks if block.kind in (Kind.NUMBER, Kind.FORMULA)), None)
    return first is not None and first.kind is Kind.NUMBER


def _first_numbers(blocks: list[Block]) -> frozenset[int]:
    """The places of the blocks behind which the next number is 1."""
    found, first = set(), False
    for place in range(len(blocks) - 1, -1, -1):
        if first:
            found.add(place)
        block = blocks[place]
        match block.kind:
            case Kind.NUMBER:
                has_text = not block.is_bare or _is_followed(blocks[place + 1 : place + 2])
                first = block.number == "1" and has_text
            case Kind.FORMULA | Kind.ANNEX | Kind.CLOSING:
                first = False
    return frozenset(found)


def _before_asking(blocks: list[Block], start: int) -> frozenset[int]:
    """The places of the sentences before the first one that asks; none of them does.

    A declaration in prose says first how things are. ``start`` is the place in the source where the body begins.
    """
    found: set[int] = set()
    since: list[int] = []  # the sentences that ask nothing, from the beginning of the text on
    asked = False
    for place, block in enumerate(blocks):
        match block.kind:
            case Kind.FORMULA | Kind.ANNEX | Kind.CLOSING:
                since, asked = [], False
            case Kind.TEXT if not asked and block.lines[-1].text[-1] in ".;:" and block.lines[0].start >= start:
                if asked := asks(" ".join(line.text for line in block.lines)):
                    found.update(since)
                since.append(place)
    return frozenset(found)


def _place(state: State, block: Block, after: list[Block]) -> None:
    """Give the block to the paragraph it goes on, or make a paragraph of it."""
    if state.part is Part.PREFACE and block.lines[0].start >= state.start and block.kind is not Kind.FORMULA:
        state.part = Part.PREAMBLE
    match block.kind:
        case Kind.FORMULA:
            if state.part not in (Part.PREFACE, Part.CONCLUSION) and not state.counts.get("formula"):
                state.counts["formula"] = 1  # the first text has none
            _new(state, "preface", block, Part.PREFACE)
            state.part, state.number, state.prefix, state.sections = Part.PREAMBLE, 0, _second_part(state), 1
        case Kind.ANNEX:
            state.annexes += 1
            state.prefix, state.part = f"annex{state.annexes}.", Part.ANNEX
            state.number, state.owner, state.points, state.sections = 0, "", [], 1
            _heading(state, block)
        case Kind.CLOSING:
            _new(state, "conclusion", block, Part.CONCLUSION)
        case Kind.SECTION if state.part is not Part.PREFACE:
            _heading(state, block)
        case Kind.NUMBER:
            _number(state, block, after)
        case Kind.POINT | Kind.BULLET if state.owner:
            _point(state, block, after)
        case _:
            _text(state, block, after)


def _second_part(state: State) -> str:
    """The prefix of the paragraphs of a second resolution under the same symbol: "b." for part B of 36/97 A-B."""
    state.counts["formula"] = state.counts.get("formula", 0) + 1
    return "" if state.counts["formula"] == 1 else f"{chr(96 + min(26, state.counts['formula']))}."


def _new(state: State, id_: str, block: Block, part: Part, *, depth: int = 0, count: bool = True) -> Draft:
    """A new paragraph. ``count`` numbers ids of one sort: preface1, preface2; an id that is taken gets a suffix."""
    if count:
        state.counts[id_] = state.counts.get(id_, 0) + 1
        id_ = f"{id_}{state.counts[id_]}"
    unique = id_
    while unique in state.ids:
        state.again[id_] = state.again.get(id_, 1) + 1
        unique = f"{id_}-{state.again[id_]}"
    state.ids.add(unique)
    draft = Draft(unique, part, block.number, depth, list(block.lines), block.skip)
    state.drafts.append(draft)
    return draft


def _numbers_a_section(draft: Draft) -> bool:
    """Whether a heading is, or ends in, nothing but the number of a section."""
    return draft.heading and re.fullmatch(RE_NUMERAL, draft.last) is not None


def _heading(state: State, block: Block) -> None:
    """A heading; one behind which the numbers begin again opens a section, whose ids say so: "s2.op1", and so does an
    article of an annex: "annex1.art2.op1". The number of a section may stand on a line of its own above its title."""
    last = state.drafts[-1] if state.drafts else None
    if last and block.kind is Kind.TEXT and len(last.lines) == 1 and _numbers_a_section(last):
        last.lines += block.lines
        return
    if state.part is Part.ANNEX and (article := article_heading().match(fold(block.lines[0].text))):
        state.prefix = f"{re.sub(RE_SECTION, '', state.prefix)}art{article['number'] or 1}."
        state.number, state.owner, state.points = 0, "", []
    elif state.first and state.number:
        state.sections += 1
        state.prefix = f"{re.sub(RE_SECTION, '', state.prefix)}s{state.sections}."
        state.number, state.owner, state.points = 0, "", []
    part = Part.OPERATIVE if state.part in (Part.OPERATIVE, Part.PREAMBLE) else state.part
    stem = f"{state.prefix}h" if part is Part.ANNEX else f"{state.prefix}op.h"
    _new(state, stem, block, part).heading = True


def _number(state: State, block: Block, after: list[Block]) -> None:
    alone = block.is_bare
    late = alone and state.drafts and state.drafts[-1].id.endswith(".tail") and opens_operative(state.drafts[-1].first)
    if alone and (not _is_followed(after) or (late and after[0].kind is not Kind.TEXT)):
        _bare_number(state, block)
        return
    value = block.value
    repeated = value == state.number and bool(re.search(r"[a-z]", block.number))
    if value > state.number + 1 and not state.moved.issuperset(range(state.number + 1, value)):
        values = (str(state.number + 1), str(value - 1)) if value > state.number + 2 else (str(value - 1),)
        why = "unused" if state.typed else "missing"
        state.notices.append(Notice(f"numbers-{why}" if len(values) == 2 else f"number-{why}", values, block.span))
    elif value <= state.number and not repeated:
        code = "number-moved" if value in state.moved else "number-again"
        state.notices.append(Notice(code, (block.number,), block.span))
    state.number = value
    if state.part in (Part.PREFACE, Part.PREAMBLE):
        state.part = Part.OPERATIVE
    if _is_struck(block):
        state.notices.append(Notice("number-unused", (block.number,), block.span))
        _give_up(state, f"{state.prefix}op{block.value}", block)
        return
    _operative(state, block, re.sub(r"\s", "", block.number).lower())


def _give_up(state: State, id_: str, block: Block, depth: int = 0) -> None:
    """Keep the line that a draft has in the place of what it gave up."""
    if opens_aside(said := " ".join(line.text for line in block.lines)[block.skip :].lstrip()):
        state.notices.append(Notice("annotation", (said,), block.span))
    unique = f"{id_}{GIVEN_UP}{len(state.asides) + 1}"
    state.asides.append(Draft(unique, state.part, block.number, depth, list(block.lines), block.skip))


def _is_struck(block: Block) -> bool:
    """Whether a draft only keeps the number of a paragraph, or the letter of a point, that it gave up, or says what
    became of it."""
    text = block.lines[0].text[block.skip :].lstrip()
    if text.startswith("[") and opens_aside(text):
        return block.lines[-1].text.endswith("]")
    return len(block.lines) == 1 and len(text) <= STRUCK and struck().fullmatch(text) is not None


def _is_followed(after: list[Block]) -> bool:
    """Whether points or text come behind a number that stands alone."""
    return bool(after) and after[0].kind in (Kind.POINT, Kind.BULLET, Kind.TEXT)


def _bare_number(state: State, block: Block) -> None:
    """A number without text of its own: that of the command before it, which has none, or of a text that is lost."""
    last = state.drafts[-1] if state.drafts else None
    follows = block.value == state.number + 1
    if last and follows and not last.number and last.id.endswith(".tail") and opens_operative(last.first):
        last.number, last.until, last.id = block.number, block.span.end, f"{state.prefix}op{block.value}"
        state.ids.add(last.id)
        state.owner, state.points = last.id, []
    else:
        state.notices.append(Notice("number-missing", (block.number,), block.span))
    state.number = max(state.number, block.value)


def _operative(state: State, block: Block, number: str) -> None:
    state.owner, state.points = _new(state, f"{state.prefix}op{number}", block, state.part, count=False).id, []


# ---- points ---------------------------------------------------------------------------------------------------------


def _point(state: State, block: Block, after: list[Block]) -> None:
    headed = state.drafts[-1].heading
    block = block if headed else _as_printed(state, block, after)
    point = _counted(state, block, after)
    styles = [known.style for known in state.points]
    if headed and point.place == 1 and point.style in styles:  # letters begin again behind a heading
        section = state.points[0].place + 1 if styles[0] == SECTION else 2
        state.points = [Point(SECTION, section, f"s{section}")]
    elif point.style in styles:
        level = styles.index(point.style)
        if point.style == BULLET:
            point = _bullet(state.points[level].place + 1)
        state.points = state.points[:level]
    state.points.append(point)
    names = [known.name for known in state.points]
    depth = len(state.points) - (state.points[0].style == SECTION)
    if _is_struck(block):
        state.notices.append(Notice("point-unused", (f"{state.owner.lstrip('op')} {block.number})",), block.span))
        _give_up(state, ".".join([state.owner, *names]), block, depth)
        return
    _new(state, ".".join([state.owner, *names]), block, state.part, depth=depth, count=False)


def _open(state: State, style: str) -> int:
    """The place of the open point of that style; 0 where none is open."""
    return next((point.place for point in state.points if point.style == style), 0)


def _as_printed(state: State, block: Block, after: list[Block]) -> Block:
    """The point with the letter that was printed, where a scan read another one that breaks the order: "a)", "h)".

    What was printed is told by the shape of the letter, or by its neighbours: a c between c and e is a d, as is "cl".
    """
    read = block.number.lower()
    opened = _open(state, LETTER)
    if opened >= LAST or not read.isalpha() or read in ROMANS[1:] or _letter(read) == opened + 1:
        return block
    printed = chr(97 + opened)
    follows = next((other.number.lower() for other in after if other.kind is Kind.POINT), "")
    shape = misread_letters().get(read, "") == printed and follows != chr(ord(read[0]) + 1)
    may_open = read in ("i", "a") and not block.number.isupper()  # a list within, as "I)" among small letters does not
    between = opened and follows == chr(98 + opened) and not may_open
    again = opened and _letter(read) == opened and not _open(state, "roman")
    torn = opened and len(set(read)) == 2
    return replace(block, number=printed) if shape or between or again or torn else block


def _counted(state: State, block: Block, after: list[Block]) -> Point:
    """How a point is counted; "i)" is a letter only after "h)"."""
    if block.kind is Kind.BULLET:
        return _bullet(1)
    label, *later = block.number.lower().split()
    if label.isdecimal():
        return Point("arabic", int(label), str(int(label)))
    as_letter = Point(LETTER, _letter(label), label)
    if later:  # "b bis", of a draft
        return replace(as_letter, name=f"{label}{later[0]}")
    if label not in ROMANS:
        return as_letter
    as_roman = Point("roman", ROMANS.index(label) + 1, label)
    next_label = next((block.number.lower() for block in after if block.kind is Kind.POINT), "")
    if _open(state, LETTER) == as_letter.place - 1 and not (label == "i" and next_label == "ii"):
        return as_letter
    return as_roman if label == "i" or _open(state, "roman") or len(label) > 1 else as_letter


def _bullet(place: int) -> Point:
    return Point(BULLET, place, str(place))


def _letter(label: str) -> int:
    """Which letter a label is; behind z comes aa, and then bb or ab.

    >>> [_letter(label) for label in ("a", "z", "aa", "bb", "ab")]
    [1, 26, 27, 28, 28]
    """
    last = ord(label[-1]) - 96
    return last + 26 * (len(label) - 1)


# ---- text without a number ------------------------------------------------------------------------------------------


def _text(state: State, block: Block, after: list[Block]) -> None:
    """Text with no number of its own: it goes on the open paragraph, or is a heading, or a paragraph."""
    number = ""  # of a recital, as a draft prints it; a dash or a letter that opens no point stays with its text
    if block.kind is Kind.TEXT:
        number, block = block.number, replace(block, number="")
    if number and _is_struck(block):
        stem = f"{state.prefix}pp"
        state.counts[stem] = max(state.counts.get(stem, 0), leading_number(number))
        state.notices.append(Notice("recital-unused", (number,), block.span))
        _give_up(state, stem, block)
    elif state.part in (Part.PREFACE, Part.CONCLUSION):
        _new(state, state.part.value, block, state.part)
    elif _goes_on(state, block, after):
        state.drafts[-1].lines += block.lines
    elif _is_item(state, block):
        _point(state, replace(block, kind=Kind.BULLET), after)
    elif _is_heading(block, after) or _introduces(state, block, after) or _adopts(block, after):
        _heading(state, block)
    elif _hands_on(state, block, after):
        _heading(state, block)
        state.part, state.owner = Part.OPERATIVE, ""
    elif state.part is Part.ANNEX or (state.part is Part.PREAMBLE and not _is_operative(state, block, after)):
        stem = "p" if state.part is Part.ANNEX else "pp"
        later = _count_recital(state, number) if number and stem == "pp" else ""
        counted = state.counts.get(recitals := f"{state.prefix}pp", 0)
        if stem == "pp" and not number and counted + 1 in state.recitals:  # that of another one
            state.counts[recitals] = max(counted, *state.recitals)
        recital = _new(state, f"{state.prefix}{stem}{later}", block, state.part, count=not later)
        state.owner, state.points = recital.id, []
    elif state.part is Part.OPERATIVE and is_preambular(block):  # of the next section
        state.part = Part.PREAMBLE
        state.owner, state.points = _new(state, f"{state.prefix}pp", block, state.part).id, []
    else:
        state.part = Part.OPERATIVE
        _unnumbered(state, block, after)


def _count_recital(state: State, number: str) -> str:
    """What stands behind "pp" in the id of a paragraph of the preamble that has that number in a draft, "2", "2bis",
    wherever it stands; nothing where another one has it. Those without a number go on behind the highest."""
    value, later = leading_number(number), re.sub(r"^\d+|[\s.]", "", number).lower()
    stem = f"{state.prefix}pp"
    last = state.counts.get(stem, 0)
    state.counts[stem] = max(last, value)
    return f"{value}{later}" if f"{stem}{value}{later}" not in state.ids else ""


def _goes_on(state: State, block: Block, after: list[Block]) -> bool:
    if not state.drafts or state.drafts[-1].heading or state.drafts[-1].part is Part.PREFACE:
        return False
    text, last = block.lines[0].text, state.drafts[-1]
    if block.skip:
        return False
    if text[0] >= CASELESS and block.lines[0].gap and ended(last.last):
        return False
    if starts_low(text):
        tail = last.depth and block.lines[0].gap and not state.broken and last.last[-1] in ";." and " " in text
        return not tail
    if ended(last.last):
        open_ = last.last[-1] == "," or last.last[-1].isdecimal()
        torn = last.part in (Part.PREAMBLE, Part.OPERATIVE) and open_ and _is_torn(state, block)
        return torn and not (opens_preamble(text) or opens_operative(text) or _is_heading(block, after))
    if state.broken:
        return not surely_opens_preamble(text)
    return not (opens_preamble(text) or opens_operative(text))


def _is_torn(state: State, block: Block) -> bool:
    """Whether a text behind a comma is the rest of its paragraph: a date, or the next page."""
    text = block.lines[0].text
    if (text[0].isdecimal() or text[0] == "(") and (date := re.match(RE_DATE, text)):
        return date["month"] is None or fold(date["month"]) in months()
    return state.broken and ended(block.lines[-1].text) and re.match(RE_WHOLE_WORD, text) is not None


def _has_next(text: str) -> bool:
    """Whether a text ends as an item does that is not the last one: "; et"."""
    return re.search(rf"[;,](?:\s{joins()})?$", text) is not None


def _is_item(state: State, block: Block) -> bool:
    """Whether a text is an item of a list whose dash was lost: behind a colon, or behind such an item."""
    text, end = block.lines[0].text, block.lines[-1].text
    if state.part is not Part.OPERATIVE or not state.owner or not text[0].isupper() or not ended(end):
        return False
    if opens_operative(text) or opens_preamble(text) or re.match(RE_LABELLED, text):
        return False
    last = state.drafts[-1]
    if last.last[-1] == ":":
        return not last.heading and _has_next(end)
    return last.depth > 0 and not last.number and _has_next(last.last)


def _is_heading(block: Block, after: list[Block]) -> bool:
    """Whether a text is a heading: short, without a closing sign, and a paragraph begins right after it."""
    text = " ".join(line.text for line in block.lines)
    if len(text) > HEADING or ended(text) or is_quoted(block) or not after:
        return False
    bare = text[block.skip :].lstrip("[")  # "PP2 [Recalling its resolutions,] [United States: delete]"
    if opens_operative(bare) or opens_preamble(bare):
        return False
    following = after[0]
    return following.kind in (Kind.NUMBER, Kind.POINT, Kind.BULLET, Kind.SECTION) or (
        following.kind is Kind.TEXT and not starts_low(following.lines[0].text)
    )


def _introduces(state: State, block: Block, after: list[Block]) -> bool:
    """Whether a text only leads to the numbered paragraph behind it: "Soumet aux États la recommandation suivante :".

    Between the two a heading may stand. Behind the preamble it does so even without a colon: "Adopte … la présente
    recommandation."; and behind the letter of a section: "En ce qui concerne le commerce des armements,".
    """
    text, sign = block.lines[0].text, block.lines[-1].text[-1]
    following = next((other for other in after if not _is_heading(other, after[1:])), block)
    if state.part not in (Part.PREAMBLE, Part.OPERATIVE) or following.kind is not Kind.NUMBER or starts_low(text):
        return False
    if following.value != state.number + 1 or following.is_bare:
        return False
    first = state.part is Part.PREAMBLE and state.number == 0
    last = state.drafts[-1] if state.drafts else None
    titles = sign == "," and last and _numbers_a_section(last) and not opens_preamble(text)
    return sign == ":" or (sign == "." and first and opens_operative(text)) or bool(titles)


def _hands_on(state: State, block: Block, after: list[Block]) -> bool:
    """Whether a command without a number only hands on the text behind it, whose first paragraph has none either."""
    if not (state.part is Part.PREAMBLE and state.numbered and state.number == 0 and after):
        return False
    if block.lines[-1].text[-1] != ":" or not opens_operative(block.lines[0].text):
        return False
    following = after[0]
    return following.kind is Kind.TEXT and not (
        starts_low(following.lines[0].text) or _has_next(following.lines[-1].text)
    )


def _adopts(block: Block, after: list[Block]) -> bool:
    """Whether the last text only adopts what stands before it: "Adopte … la présente recommandation."."""
    last = not after or after[0].kind in (Kind.CLOSING, Kind.ANNEX)
    return last and adopts_itself(" ".join(line.text for line in block.lines))


def _is_operative(state: State, block: Block, after: list[Block]) -> bool:
    """Whether text in the preamble is the first operative paragraph, printed without a number."""
    text = block.lines[0].text[block.skip :]
    if opens_preamble(text) or any(opens_preamble(other.lines[0].text) for other in after if other.kind is Kind.TEXT):
        return False
    if re.match(RE_THAT, text):  # "Considérant" / "Que …;" / "Que …;"
        return False
    if opens_operative(text) or undertakes(" ".join(line.text for line in block.lines)):
        return True
    return block.lines[-1].text[-1] in ".;" and not (state.first and state.numbered) and not state.early


def _unnumbered(state: State, block: Block, after: list[Block]) -> None:
    """Operative text without a number: counted where no paragraph has one, else a lost number or a tail."""
    upcoming = next((other.value for other in after if other.kind is Kind.NUMBER), 0)
    last = not after or after[0].kind in (Kind.CLOSING, Kind.ANNEX)
    lost = opens_operative(block.lines[0].text) and (upcoming == state.number + 2 or last)
    if state.numbered and state.number == 0 and state.first and state.sections == 1:  # before paragraph 1
        state.owner, state.points = _new(state, f"{state.prefix}op.u", block, state.part).id, []
        return
    if not state.numbered or lost or not state.owner:
        if state.numbered:
            state.notices.append(Notice("number-lost", (str(state.number + 1),), block.span))
        state.number += 1
        _operative(state, block, str(state.number))
        return
    if re.match(alternative(), fold(block.lines[0].text)):
        _operative(state, block, f"{state.number}alt")
        return
    if label := re.match(RE_LABELLED, block.lines[0].text):
        state.notices.append(Notice("number-unplaced", (label[1],), block.span))
    _new(state, f"{state.owner}.tail", block, state.part, count=False)


def lead_of(draft: Draft, text: str) -> str:
    """The lead of a paragraph, by the part it stands in; a heading has one where it is a command: "Décide :"."""
    if draft.part in (Part.PREFACE, Part.CONCLUSION) or (draft.heading and not opens_operative(text)):
        return ""
    return lead(text, known=not (draft.part is Part.OPERATIVE and draft.depth == 0 and draft.number != ""))
