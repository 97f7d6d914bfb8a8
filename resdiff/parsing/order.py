"""Blocks in the order in which they are read, where a text lost it.

Old volumes print two columns, and a scan reads them line by line across both. The paragraphs of such a text are whole,
but those of the right column stand among those of the left one: preambular ones between operative ones, 1 2 7 3 8, and
at times before the opening formula. Their numbers and the letters of their points say where they belong; what these do
not say is left as it was printed. Decisions that a volume prints beside a text are put behind it, and numbers that are
worn or misread are given back where their neighbours leave only one reading.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, zip_longest
from operator import itemgetter

from msgspec import Struct, field
from msgspec.structs import replace

from resdiff.model import Notice
from resdiff.parsing.lines import ROMANS, Block, Kind, cut
from resdiff.parsing.openings import (
    ends_quotation,
    is_cut_off,
    is_late_letter,
    is_next,
    is_preambular,
    is_quoted,
    number_of_command,
    opens_operative,
    opens_preamble,
    surely_opens_preamble,
)

__all__ = ["Flow", "put_in_order"]

Flow = list[tuple[Block, bool]]  # blocks of the text, each with whether a page break or a note stands before it

RE_LEFT = re.compile(r"\(?([\[Il\d][Il\d ]{0,2})\s?[.,](?:\s|$)\s*")  # what is left of a number: "I.", "[7.", "1 1."
LEFT = str.maketrans("[Il", "111", " ")
NEAR = 20  # paragraphs between which the points of one may stand
FEWEST = 3  # words of a piece of text that may be missed somewhere
FRAGMENT = 60  # characters of such a piece that a notice shows
RE_WORN_LABEL = r"[\"'“]{1,2}\s"  # of a note, before its text: no quotation mark has a blank behind it, but "«"


def put_in_order(flow: Flow, start: int) -> tuple[Flow, list[Notice]]:
    """The blocks in the order in which they are read, and what was done; as they are where nothing tells the order."""
    formulas = [place for place, (block, _) in enumerate(flow) if block.kind is Kind.FORMULA]
    body = next((place for place, (block, _) in enumerate(flow) if block.lines[0].start >= start), 0)
    begins = [place + 1 for place in formulas] or [body]
    head, found, behind, notices = flow[: begins[0]], [], [], []
    for begin, until in zip(begins, [*formulas[1:], len(flow)], strict=True):
        ends = (place for place in range(begin, until) if flow[place][0].kind in (Kind.ANNEX, Kind.CLOSING))
        last = next(ends, until)
        early = _beside(head) if begin == begins[0] else []
        page = _straighten(flow[begin:last], early)
        head = [pair for pair in head if pair[0] not in page.early]
        found += [*page.flow, *flow[last : until + 1]]
        behind += page.behind
        notices += page.notices
    rest = ((replace(block, kind=Kind.CLOSING, number="", skip=0), broken) for block, broken in behind)
    return [*head, *found, *rest], notices


class Page(Struct):
    """The blocks of a text in order, those that do not belong to it, and those that stood before its formula."""

    flow: Flow
    behind: Flow
    early: list[Block] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def _straighten(flow: Flow, early: Flow) -> Page:
    """The blocks behind a formula, and those that stood ``early`` before it, in order; as they are, without those of
    another text, where nothing tells that they lost it."""
    flow, behind = _without_next(flow)
    aside = _named("paragraph-beside", (block for block, _ in behind if _is_passage(block)))
    flow = _with_letters(_with_numbers(flow))
    numbers = [block.value for block, _ in flow if block.kind is Kind.NUMBER]
    beside = [(_numbered(block), broken) for block, broken in early]
    if _foreign([*(block.value for block, _ in beside if block.kind is Kind.NUMBER), *numbers]):
        beside = [pair for pair in beside if pair[0].kind is not Kind.NUMBER]
    units, orphans = _units([*beside, *flow])
    if not (_gather(units) or beside or _foreign(numbers) or _is_across(units)):
        return Page(flow, behind, notices=aside)
    lost = _join(units, orphans)
    other = _foreign([unit.number for unit in units if unit.number])
    high = [pair[0] for pair in beside]
    preamble = [unit for unit in units if not unit.number]
    preamble.sort(key=lambda unit: unit.blocks[0][0] in high)  # the column that begins higher is the right one
    operative = [unit for unit in units if unit.number]
    foreign, operative = operative[:other], operative[other:]
    behind = [*behind, *(pair for unit in foreign for pair in unit.blocks), *(orphan.pair for orphan in lost)]
    if len({unit.number for unit in operative}) == len(operative):
        operative.sort(key=lambda unit: unit.number)
    pieces = [orphan.pair[0] for orphan in lost if orphan.is_piece]
    beyond = [unit.blocks[0][0] for unit in foreign]
    ordered = [pair for unit in (*preamble, *operative) for pair in unit.blocks]
    moved = [block for block, _ in early if _numbered(block) in high]
    places = [block.lines[0].start for block, _ in ordered]
    notices = [Notice("columns")] if moved or places != sorted(places) else []
    notices += [*aside, *_named("paragraph-beside", beyond), *_named("fragment", pieces)]
    return Page(ordered, behind, moved, notices)


def _named(code: str, blocks: Iterable[Block]) -> list[Notice]:
    """A notice of that code for each of the blocks, with how it begins."""
    return [Notice(code, (_beginning(block.lines[0].text),), block.span) for block in blocks]


def _beginning(text: str) -> str:
    """What a text begins with, cut behind a word."""
    return text if len(text) <= FRAGMENT else text[: FRAGMENT + 1].rpartition(" ")[0] or text[:FRAGMENT]


def _is_passage(block: Block) -> bool:
    """Whether what stands beside the text is more than a heading, dirt of the page or a note whose label is worn."""
    text = block.lines[0].text
    return _has_words(block) and not text.isupper() and re.match(RE_WORN_LABEL, text) is None


def _has_words(block: Block) -> bool:
    return sum(line.text.count(" ") for line in block.lines) + 1 >= FEWEST


# ---- what stands beside the text ------------------------------------------------------------------------------------


def _without_next(flow: Flow) -> tuple[Flow, Flow]:
    """The blocks without decisions and quoted statements that stand among them, and these.

    A paragraph, a point, or the rest of a paragraph that was cut ends such a decision.
    """
    kept: Flow = []
    aside: Flow = []
    inside = False
    commanded = False  # a command has come: one without a number behind a decision is of the next text then
    for pair, behind in zip_longest(flow, flow[1:]):
        block, last = pair[0], kept[-1][0] if kept else None
        text = block.lines[0]
        cut = last is not None and not last.lines[-1].ended
        opens = surely_opens_preamble(text.text) or is_preambular(block) or (not commanded and _is_whole_command(block))
        inside = block.kind is Kind.TEXT and not opens and not (text.low and cut) and (inside or is_next(block))
        first = last is None and behind is not None and surely_opens_preamble(behind[0].lines[0].text)
        stated = is_quoted(block) and not cut and (first or (last is not None and not _quotes(last)))
        away = inside or (block.kind is Kind.TEXT and (stated or ends_quotation(block, last)))
        commanded = commanded or (not away and (block.kind is Kind.NUMBER or _is_whole_command(block)))
        (aside if away else kept).append(pair)
    return kept, aside


def _is_whole_command(block: Block) -> bool:
    return opens_operative(block.lines[0].text) and block.lines[-1].text[-1] in ";."


def _quotes(block: Block) -> bool:
    """Whether a quotation may stand behind a block: behind a colon, or behind another one."""
    return block.lines[-1].text[-1] == ":" or is_quoted(block)


def _beside(head: Flow) -> Flow:
    """The paragraphs right before the formula: the column beside it begins higher. A title or a date ends them."""
    found: Flow = []
    for pair in reversed([pair for pair in head if pair[0].kind is not Kind.FORMULA]):
        block = pair[0]
        if block.kind is Kind.TEXT and (is_preambular(block) or number_of_command(block)):
            found.append(pair)
        elif not block.lines[0].low and any(c.isalpha() for c in block.lines[0].text):
            break
    return found[::-1]


def _numbered(block: Block) -> Block:
    match = number_of_command(block)
    return replace(block, kind=Kind.NUMBER, number=match[1], skip=match.end()) if match else block


# ---- numbers --------------------------------------------------------------------------------------------------------


def _with_numbers(flow: Flow) -> Flow:
    """The blocks with the numbers that are worn: the "I." of a command in a text that has a 2 and no 1.

    It may stand alone, before its text, behind it or where the text was cut: "1. 2002 ;", "Prend note du rapport de".
    """
    have = {block.value for block, _ in flow if block.kind is Kind.NUMBER}
    found: Flow = []
    rest = iter(enumerate(flow))
    for place, (block, broken) in rest:
        after = flow[place + 1][0] if place + 1 < len(flow) else block
        number = _worn(block, have)
        if number is None:
            found.append((block, broken))
            continue
        before = found[-1][0] if found else None
        if _opens_command(number, after):
            found.append((number, broken))
        elif (
            before and _is_place(number, before) and (before.lines[-1].text[-1] == "-" or not _is_place(number, after))
        ):
            found[-1] = _around(number, before), found[-1][1]
        elif _is_place(number, after):
            next(rest)
            found.append((_around(number, after), broken))
        else:
            found.append((block, broken))
            continue
        have.add(number.value)
    return _with_misread_numbers(found, have)


def _worn(block: Block, have: set[int]) -> Block | None:
    """The block with the number that is left at its start, where the text has none of that value but a neighbour."""
    text = block.lines[0].text
    if block.kind is Kind.NUMBER:
        return block if is_cut_off(block) else None
    match = RE_LEFT.match(text) if block.kind in (Kind.TEXT, Kind.SECTION) else None
    value = int(match[1].translate(LEFT)) if match else 0
    if match is None or value in have or not (value + 1 in have or value - 1 in have):
        return None
    return Block(Kind.NUMBER, block.lines, str(value), match.end())


def _is_place(number: Block, text: Block) -> bool:
    """Whether a text may be that of a worn number: a command, and one that was cut where more stands by the number."""
    is_command = text.kind is Kind.TEXT and opens_operative(text.lines[0].text)
    return is_command and (number.is_bare or not text.lines[-1].ended)


def _opens_command(number: Block, after: Block) -> bool:
    """Whether a worn number stands before its own text: a verb of command, or any words before the next number."""
    text = number.lines[0].text[number.skip :]
    between = after.kind is Kind.NUMBER and after.value == number.value + 1 and text[:1].isupper()
    return opens_operative(text) or between or text.startswith("ln")  # "lnsiste"


def _around(number: Block, text: Block) -> Block:
    """The paragraph of a number and of the text beside it; what stands behind the number is the end of that text."""
    line, *rest = number.lines
    if 0 < number.skip < len(line.text):
        line, piece = cut(line, number.skip)
        rest = [piece, *rest]
    return replace(number, lines=(line, *text.lines, *rest), skip=len(line.text))


def _with_misread_numbers(flow: Flow, have: set[int]) -> Flow:
    """The blocks with numbers whose neighbours leave only one reading: 2, 5, 4 is 2, 3, 4 in a text that has no 3."""
    places = [place for place, (block, _) in enumerate(flow) if block.kind is Kind.NUMBER]
    for before, here, after in zip(places, places[1:], places[2:], strict=False):
        value, (block, broken) = flow[before][0].value + 1, flow[here]
        if value not in have and flow[after][0].value == value + 1 and block.number.isdecimal():
            flow[here] = replace(block, number=str(value)), broken
    return flow


def _with_letters(flow: Flow) -> Flow:
    """The blocks with the letters of points that were printed behind their text: "D’assurer la protection ;", "a)"; or
    between its lines: "l) biens ;", "Assurer la libre circulation des personnes et des"."""
    found: Flow = []
    for block, broken in flow:
        before = found[-1][0] if found else None
        if before and _is_end_alone(before) and not (block.lines[0].low or block.lines[-1].ended):
            found[-1] = _around(before, replace(block, kind=Kind.TEXT)), found[-1][1]
            continue
        likely = before is not None and before.kind is Kind.TEXT and before.lines[0].text[0].isupper()
        if before and likely and is_late_letter(block):
            letter, *rest = block.lines
            label = letter.text.strip("()")
            found[-1] = Block(Kind.POINT, (letter, *before.lines, *rest), label, len(letter.text)), found[-1][1]
        else:
            found.append((block, broken))
    return found


def _is_end_alone(point: Block) -> bool:
    """Whether a point has nothing but the last words of one."""
    text = point.lines[0].text[point.skip :].strip()
    is_end = len(point.lines) == 1 and text[:1].islower() and point.lines[0].ended
    return point.kind is Kind.POINT and is_end and text.count(" ") + 1 < FEWEST


def _foreign(numbers: Sequence[int]) -> int:
    """How many of the numbers, the first ones, are those of another text of the page.

    They do not begin with 1, and what comes behind them has each number once, from 1 on, and some of theirs too.
    """
    first = numbers.index(1) if 1 in numbers else 0
    own = numbers[first:]
    whole = len(own) > 1 and own == list(range(1, len(own) + 1))
    return first if whole and not set(own).isdisjoint(numbers[:first]) else 0


# ---- paragraphs with all that belongs to them -----------------------------------------------------------------------


class Unit(Struct, eq=False):
    """A paragraph with its points and the pieces it was cut into; ``number`` is 0 for one of the preamble."""

    number: int
    blocks: Flow = field(default_factory=list)

    @property
    def cut(self) -> int:
        """Behind which of its blocks the text breaks off, counted from 1; 0 where it breaks off nowhere.

        A command ends with no comma, and a number at the end may be the call of a note.
        """
        for place, (block, _) in enumerate(self.blocks, 1):
            line = block.lines[-1]
            goes_on = place < len(self.blocks) and self.blocks[place][0].kind is Kind.TEXT
            broken = line.text[-1] == "," if self.number else False
            if (
                not goes_on
                and block.kind is not Kind.SECTION
                and (broken or line.text[-1].isalpha() or line.text[-1] == "-")
            ):
                return place
        return 0

    @property
    def is_open(self) -> bool:
        """Whether the text that stands behind it may go on it."""
        line = self.blocks[-1][0].lines[-1]
        return not line.ended or (self.number > 0 and line.text[-1] == ",")

    @property
    def point(self) -> str:
        """The label of its last point."""
        return next((b.number.lower() for b, _ in reversed(self.blocks) if b.kind is Kind.POINT), "")

    @property
    def labels(self) -> list[str]:
        """The labels of its points."""
        return [block.number.lower() for block, _ in self.blocks if block.kind is Kind.POINT]

    def take_points(self) -> list[Flow]:
        """Its points, each with the blocks behind it; they are its own no more."""
        starts = [place for place, (block, _) in enumerate(self.blocks) if block.kind is Kind.POINT]
        points = [self.blocks[start:end] for start, end in pairwise([*starts, len(self.blocks)])]
        del self.blocks[min(starts, default=len(self.blocks)) :]
        return points


class Orphan(Struct):
    """A piece of text of which nobody knows which paragraph it goes on; the one that stands open before it, if any."""

    pair: tuple[Block, bool]
    likely: Unit | None

    @property
    def is_piece(self) -> bool:
        """Whether it is more than dirt of the page."""
        return _has_words(self.pair[0])


def _units(flow: Flow) -> tuple[list[Unit], list[Orphan]]:
    """The paragraphs as printed, with their points; and the pieces that may go on none of them."""
    units: list[Unit] = []
    waiting: Flow = []  # headings: they belong to what comes behind them
    orphans: list[Orphan] = []
    operative = False
    for pair in flow:
        block = pair[0]
        if block.kind is Kind.SECTION:
            waiting.append(pair)
        elif block.kind is Kind.NUMBER or not units or _opens(block, operative=operative):
            units.append(Unit(block.value if block.kind is Kind.NUMBER else 0, [*waiting, pair]))
            waiting, operative = [], operative or block.kind is Kind.NUMBER
        elif block.kind is Kind.POINT:
            _owner(units, block).blocks.append(pair)
        elif block.kind is Kind.TEXT and block.lines[0].low and not _goes_on(units, pair):
            orphans.append(Orphan(pair, units[-1] if units[-1].is_open else None))
        else:
            units[-1].blocks.append(pair)
    if waiting and units:
        units[-1].blocks += waiting
    return units, orphans


def _goes_on(units: Sequence[Unit], pair: tuple[Block, bool]) -> bool:
    """Whether a piece of text surely goes on the last paragraph: one that is open and, behind a page break, the only
    one in both parts of the text that is; of two columns that end on one page each goes on somewhere else."""
    is_alone = len({unit.number > 0 for unit in units if unit.is_open and unit.cut}) < 2
    return units[-1].is_open and (is_alone or not pair[1])


def _opens(block: Block, *, operative: bool) -> bool:
    """Whether a paragraph of the preamble begins; behind a command (``operative``) only one with its comma, or with an
    opening that stands in no sentence."""
    text = block.lines[0].text
    if block.kind is not Kind.TEXT:
        return False
    if operative:
        return is_preambular(block) or surely_opens_preamble(text)
    return opens_preamble(text)


def _owner(units: list[Unit], point: Block) -> Unit:
    """The paragraph whose points this one goes on: the nearest that has the letter before it, or ends with a colon."""
    before = _before(point.number.lower())
    for unit in units[: -NEAR - 1 : -1]:
        if unit.point in before if before else unit.blocks[-1][0].lines[-1].text[-1] == ":":
            return unit
    return units[-1]


def _gather(units: Sequence[Unit]) -> bool:
    """Give points that stand among paragraphs of another column to the one whose list they complete, where that is one
    alone: "a) h) i)" under 12, "b) c)" under 13 and "d) e) f) g)" under 10 are the points of 12. Whether any were."""
    strays = [unit for unit in units if not _is_list(unit.labels)]
    hosts = [unit for unit in units if "a" in unit.labels and _is_list(_labels({unit, *strays}))]
    if not strays or len(hosts) != 1:
        return False
    points = [point for unit in {*strays, hosts[0]} for point in unit.take_points()]
    labels = _read_again(point[0][0].number.lower() for point in points)
    for label, ((block, broken), *rest) in sorted(zip(labels, points, strict=True), key=itemgetter(0)):
        hosts[0].blocks += [(replace(block, number=label), broken), *rest]
    return True


def _labels(units: Iterable[Unit]) -> list[str]:
    return sorted(_read_again(label for unit in units for label in unit.labels))


def _read_again(labels: Iterable[str]) -> list[str]:
    """The labels of a list, the "l" that was read as a figure given back: it stands behind a "k"."""
    read = list(labels)
    return ["l" if label == "1" and "k" in read else label for label in read]


def _is_list(labels: Sequence[str]) -> bool:
    """Whether points have the letters from "a" on, each once and in order; no points have."""
    return all(label == chr(ord("a") + place) for place, label in enumerate(labels))


def _before(label: str) -> tuple[str, ...]:
    """What may stand before a label among points: "b" before "c", "i" before "ii"; nothing before the first one."""
    found = []
    if len(label) == 1 and label.isalpha() and label not in "ai":
        found.append(chr(ord(label) - 1))
    if label in ROMANS[1:]:
        found.append(ROMANS[ROMANS.index(label) - 1])
    if label.isdecimal() and label != "1":
        found.append(str(int(label) - 1))
    return tuple(found)


def _is_across(units: list[Unit]) -> bool:
    """Whether paragraphs of two columns alternate: numbers out of order, or the preamble again without a heading."""
    numbers = [unit.number for unit in units if unit.number]
    if numbers != sorted(numbers):
        return len(set(numbers)) == len(numbers)
    if any(unit.blocks[0][0].kind is Kind.SECTION for unit in units):
        return False
    first = next((place for place, unit in enumerate(units) if unit.number), len(units))
    return any(not unit.number for unit in units[first:])


def _join(units: list[Unit], orphans: Sequence[Orphan]) -> list[Orphan]:
    """Give the pieces to the paragraphs that were cut, in the order in which both are read, where there are as many of
    these, else those that stand behind an open paragraph to that one; and those that are left."""
    cut = sorted([unit for unit in units if unit.cut], key=lambda unit: unit.number > 0)
    pieces = [orphan for orphan in orphans if orphan.is_piece]
    if len(cut) == len(pieces):
        for unit, orphan in zip(cut, pieces, strict=True):
            unit.blocks.insert(unit.cut, orphan.pair)
        return [orphan for orphan in orphans if not orphan.is_piece]
    for orphan in orphans:
        if orphan.likely:
            orphan.likely.blocks.append(orphan.pair)
    return [orphan for orphan in orphans if not orphan.likely]
