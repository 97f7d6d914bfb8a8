"""The text of printed pages, from the place and size of its pieces: lines, running heads, notes, calls, paragraphs.

What geometry knows is certain, so it is decided here and not left to the parser, which sees letters alone: a running
head stands apart at the top of a page and is repeated, a note is set small under a rule, a call is raised and small, a
paragraph begins where the space above it is wider or where its first line is set in.

Measured on resolutions in the layout of the United Nations: body of 10 points on 12 to 13, notes of 8.5 below a rule,
calls of 6.5 raised by 3, running heads of 8.5 in the top 70 points, job number of 7 in the bottom 70.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct, field

from resdiff.language.fold import fold
from resdiff.language.forms import furniture, joins
from resdiff.model import Notice

__all__ = ["QUOTED", "Page", "Piece", "typeset"]

TWICE = 0.12  # of the size: what stands that close to the same letters is printed twice, to look bold
SMALLEST = 3.0  # points: what is smaller is not meant to be read
RAISED = 0.12  # of the size of the line: how far above it a call stands at least (0.3 in Word, 0.33 in LibreOffice)
CALL_SIZE = 0.85  # of the size of the line: a call is no larger (0.65 in Word, 0.58 in LibreOffice)
NOTE_SIZE = 0.93  # of the size of the body: a note is no larger (0.85)
APART = 0.15  # em between two words at least; a blank is 0.25
COLUMN = 4.0  # em between two pieces of one height that are no words of one line
EVEN = 3.0  # points by which the gaps of a line spread over its width differ at most
WIDE = 1.25  # of the leading: more space than that sets a paragraph apart (1.5 in the layout of the UN)
INDENT = 6.0  # points a first line is set in at least (28 in the layout of the UN)
BUCKET = 8.0  # points: lines are looked for by height
QUOTED = 60  # letters of what is left out that its notice shows
MARGIN = 0.13  # of the height of a page: heads and feet stand in it

RE_LABEL = re.compile(r"(\d{1,3}|[*†‡§]{1,3})\s*(?=[^\s\d.,:;)/-])")
RE_STOPPED = re.compile(r"(\d{1,3})\.\s+")  # a label with a full stop, if it is called
RE_NUMBERED = re.compile(r"\d{1,3}\.\s+[A-ZÀ-Ý]")
RE_CALLS = re.compile(r"(\d{1,3}|[*†‡§]{1,3})(?:\s?,\s?(\d{1,3}|[*†‡§]{1,3}))*")
RE_MARKER = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,6})[.)]|[–—•▪·*-]|PP\s?\d{1,3}|[IVX]{1,5}\.?)$")
RE_RULE = re.compile(r"[_\u2014\u2500-]{3,}$")
RE_BLANKS = re.compile(r"[ \t]+")
RE_HELD = re.compile("(.{0,3})\x02(\\d+):([^\x03]*)\x03", re.DOTALL)  # a call, until the notes are known
RE_UNIT = re.compile(r"(?:^|[\s\d])[kcdm]?m$")
RE_SYMBOL = re.compile(r"^\S{1,6}/res/\S+(?: \(\d{4}\))?\s*|\s*\S{1,6}/res/\S+(?: \(\d{4}\))?$")
RE_ENDED = re.compile(r"[.;:,!?…»”)][\s\u00a0]*(?:\x02[^\x03]*\x03)*$")


class Piece(NamedTuple):
    """Glyphs in one size on one baseline; lengths in points, ``base`` from the foot of the page."""

    text: str
    left: float
    right: float
    base: float
    size: float


class Page(Struct, frozen=True):
    """A page as it is drawn: its height, its pieces, the heights of its level rules."""

    height: float
    pieces: tuple[Piece, ...]
    rules: tuple[float, ...] = ()


class Row(Struct):
    """A line of print. ``label`` is a raised label that opens it; ``size`` that of its largest letters."""

    page: int
    base: float
    size: float
    left: float
    right: float
    pieces: list[Piece] = field(default_factory=list)
    text: str = ""
    label: str = ""


class Measure(Struct, frozen=True):
    """What a document is set in: the size of its body, the leading, the left margin of each page, indents or not."""

    size: float
    leading: float
    margins: tuple[float, ...]
    indents: bool


def typeset(pages: Sequence[Page]) -> tuple[str, tuple[Notice, ...]]:
    """The text of the pages, a blank line between paragraphs, a form feed where a page ends between two of them, notes
    last as ``[^7]: …``; and a notice for each running head and page number left out, and for letters too small to be
    read. Linear in the pieces.
    """
    rows = [_rows(page, number) for number, page in enumerate(pages)]
    measure = _measure(pages, rows)
    notices: list[Notice] = []
    kept: list[list[Row]] = []
    notes: list[list[Row]] = []
    for page, here, aside in zip(pages, rows, _furniture(pages, rows, measure), strict=True):
        notices += [Notice(code, (row.text,)) for code, row in aside]
        gone = {id(row) for _, row in aside}
        body = [row for row in here if id(row) not in gone]
        cut = _notes_start(page, body, measure.size)
        kept.append(body[:cut])
        notes.append([row for row in body[cut:] if not RE_RULE.match(row.text)])
    found, names, loose = _notes(notes, [_calls(here) for here in kept])
    text = _called(_flow([[*here, *more] for here, more in zip(kept, loose, strict=True)], measure), names)
    small = " ".join(piece.text for page in pages for piece in page.pieces if piece.size < SMALLEST).split()
    if small:
        notices.append(Notice("small-left", (str(len("".join(small))), " ".join(small)[:QUOTED])))
    return text + "".join(f"\n\n[^{label}]: {note}" for label, note in found.items()) + "\n", tuple(notices)


# ---- rows -----------------------------------------------------------------------------------------------------------


def _rows(page: Page, number: int) -> list[Row]:
    """The lines of a page, top down. Large pieces come first, so that raised ones find the line they are on."""
    buckets: dict[int, list[Row]] = defaultdict(list)
    readable = _once([piece for piece in page.pieces if piece.size >= SMALLEST and piece.text.strip()])
    for piece in sorted(readable, key=lambda p: (-p.size, -p.base, p.left)):
        row = _row_of(piece, buckets)
        if row is None:
            row = Row(number, piece.base, piece.size, piece.left, piece.right)
            buckets[int(piece.base // BUCKET)].append(row)
        row.pieces.append(piece)
        row.left, row.right = min(row.left, piece.left), max(row.right, piece.right)
    lines = (part for bucket in buckets.values() for row in bucket for part in _columns(row))
    rows = sorted(lines, key=lambda row: (-row.base, row.left))
    for row in rows:
        _compose(row)
    return [row for row in rows if row.text or row.label]


def _once(pieces: list[Piece]) -> list[Piece]:
    """The pieces without those that print the same letters again on the same place, a little aside."""
    kept: list[Piece] = []
    seen: dict[tuple[str, int, int], Piece] = {}
    for piece in pieces:
        across, up = int(piece.left // 2), int(piece.base // 2)
        around = (seen.get((piece.text, x, y)) for x in (across - 1, across, across + 1) for y in (up - 1, up, up + 1))
        near = TWICE * piece.size
        if not any(p and abs(p.left - piece.left) < near and abs(p.base - piece.base) < near for p in around):
            kept.append(piece)
            seen[piece.text, across, up] = piece
    return kept


def _row_of(piece: Piece, buckets: dict[int, list[Row]]) -> Row | None:
    """The line a piece stands on: of its height, or below it when it is small, raised and near."""
    place = int(piece.base // BUCKET)
    for row in (row for at in (place, place + 1, place - 1) for row in buckets.get(at, ())):
        above = piece.base - row.base
        if abs(above) <= 0.25 * min(row.size, piece.size * 1.5):
            return row
        near = row.left - 3 * row.size <= piece.left <= row.right + row.size
        if 0 < above <= 0.6 * row.size and piece.size <= CALL_SIZE * row.size and near:
            return row
    return None


def _columns(row: Row) -> list[Row]:
    """A line torn where two pieces are too far apart to be words of one line; a number stays with its paragraph."""
    parts: list[list[Piece]] = []
    pieces = sorted(row.pieces, key=lambda p: (p.left, -p.base))
    widest = COLUMN * row.size
    wide = [b.left - a.right for a, b in pairwise(pieces) if b.left - a.right > widest]
    if len(wide) > 1 and max(wide) - min(wide) < EVEN:  # one line of few words, spread over the whole width
        widest = max(wide)
    right = 0.0
    for piece in pieces:
        if not parts or (piece.left - right > widest and not _is_bare_marker(parts[-1])):
            parts.append([])
        right = max(right, piece.right) if parts[-1] else piece.right
        parts[-1].append(piece)
    return [
        Row(row.page, row.base, max(p.size for p in part), part[0].left, max(p.right for p in part), part)
        for part in parts
    ]


def _is_bare_marker(pieces: list[Piece]) -> bool:
    """Whether pieces are a number alone: what follows on the line belongs to it, however far."""
    alone = "".join(piece.text for piece in pieces).strip() if len(pieces) < 4 else ""
    return RE_MARKER.match(alone) is not None


def _compose(row: Row) -> None:
    """Write the text of a line from its pieces; calls are held between signs that no text has."""
    kept: list[str] = []
    right = row.left
    for piece in row.pieces:
        text = piece.text
        raised = piece.size <= CALL_SIZE * row.size and piece.base - row.base >= RAISED * row.size
        apart = piece.left - right > APART * row.size and not raised  # justified lines draw a call away from its word
        if kept and apart and not (kept[-1][-1:].isspace() or text[0].isspace()):
            kept.append(" ")
        right = piece.right
        if raised and RE_CALLS.fullmatch(text.strip()):
            labels = [label.strip() for label in text.split(",")]
            if not kept and len(labels) == 1:
                row.label = labels[0]
                continue
            text = "".join(f"\x02{row.page}:{label}\x03" for label in labels)
        kept.append(text)
    row.text = RE_BLANKS.sub(" ", "".join(kept)).strip(" \t")


def _measure(pages: Sequence[Page], rows: Sequence[Sequence[Row]]) -> Measure:
    """The measure of a document, by what is most frequent in it."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            sizes[round(piece.size, 1)] += len(piece.text)
    size = _most_frequent(sizes, 10.0)
    body = [[row for row in here if abs(row.size - size) < 0.6] for here in rows]
    pairs = [(a, b) for here in body for a, b in pairwise(here)]
    gaps = Counter(round(2 * (a.base - b.base)) / 2 for a, b in pairs if 0.9 * size < a.base - b.base < 2.2 * size)
    leading = _most_frequent(gaps, 1.2 * size)
    lefts: Counter[float] = Counter(round(row.left) for here in body for row in here)
    usual = _most_frequent(lefts, 0.0)
    margins = tuple(_margin(here, usual) for here in body)
    opening = [b.left > margins[b.page] + INDENT for a, b in pairs if a.base - b.base > WIDE * leading]
    return Measure(size, leading, margins, sum(opening) * 2 > len(opening))


def _most_frequent(counts: Mapping[float, int], otherwise: float) -> float:
    return max(sorted(counts), key=lambda value: counts[value]) if counts else otherwise


def _margin(rows: Sequence[Row], usual: float) -> float:
    """The left margin of a page; of a page with few lines, that of the document."""
    lefts: Counter[float] = Counter(round(row.left) for row in rows)
    most = _most_frequent(lefts, usual)
    return most if lefts[most] >= 3 else usual


# ---- running heads and feet -----------------------------------------------------------------------------------------


def _furniture(pages: Sequence[Page], rows: Sequence[Sequence[Row]], measure: Measure) -> list[list[tuple[str, Row]]]:
    """The lines of each page that belong to the page and not to the text, each with the code of its notice."""
    zones = [_zones(page, here, measure) for page, here in zip(pages, rows, strict=True)]
    seen = Counter(text for head, foot in zones for text in {fold(row.text) for row in (*head, *foot)})
    first = " ".join(fold(" ".join(row.text for row in rows[0])).split()) if rows else ""
    return [
        [
            *((_code(row), row) for row in head if number and _is_running_head(row, seen, first)),
            *((_code(row), row) for row in foot if _is_foot(row, seen, foot)),
        ]
        for number, (head, foot) in enumerate(zones)
    ]


def _zones(page: Page, rows: Sequence[Row], measure: Measure) -> tuple[list[Row], list[Row]]:
    """The lines in the head of a page, down to the first wide gap, and those in its foot."""
    head: list[Row] = []
    for row, after in zip(rows, [*rows[1:], None], strict=False):
        if row.base < page.height * (1 - MARGIN):
            break
        head.append(row)
        if after is None or row.base - after.base > 1.5 * measure.leading:
            break
    apart = head and (head[-1] is rows[-1] or head[-1].base - rows[len(head)].base > 1.5 * measure.leading)
    foot = [row for row in rows if row.base < page.height * MARGIN]
    return (head if apart else [row for row in head if row.size <= NOTE_SIZE * measure.size]), foot


def _is_running_head(row: Row, seen: Counter[str], first: str) -> bool:
    """Whether a line in the head of a page is none of the text: a symbol, a page number, what other pages repeat."""
    folded = fold(row.text)
    if furniture().begins(folded) or folded.isdecimal():
        return True
    rest = " ".join(RE_SYMBOL.sub("", folded).split())
    if not rest:
        return True
    return not row.text.endswith((".", ";", ",")) and (seen[folded] > 1 or (len(rest) > 8 and rest in first))


def _is_foot(row: Row, seen: Counter[str], foot: Sequence[Row]) -> bool:
    """Whether a line in the foot of a page is a page number, a job number, or what each page repeats."""
    folded = fold(row.text)
    if RE_RULE.match(row.text):
        return False
    lowest = row.base <= foot[-1].base + 2
    if furniture().begins(folded) or (lowest and (folded.isdecimal() or RE_SYMBOL.fullmatch(folded))):
        return True
    return lowest and seen[folded] > 1 and not row.label and not row.text.endswith((".", ";", ","))


def _code(row: Row) -> str:
    return "page-number" if re.fullmatch(r"[\W\d]+|(?i:page\W*[\d\W]+(?:sur\W*\d+)?)", row.text) else "running-head"


# ---- notes ----------------------------------------------------------------------------------------------------------


def _notes_start(page: Page, rows: Sequence[Row], size: float) -> int:
    """The place among the lines of a page where its notes begin: small print below a rule, or with a label called."""
    small = len(rows)
    while small and (rows[small - 1].size <= NOTE_SIZE * size or RE_RULE.match(rows[small - 1].text)):
        small -= 1
    for place in range(small, len(rows)):
        row, above = rows[place], rows[place - 1].base if place else page.height
        if RE_RULE.match(row.text) or any(row.base < rule < above for rule in page.rules):
            return place
    called = _calls(rows)
    for place in range(small, len(rows)):
        match = RE_LABEL.match(rows[place].text)
        if rows[place].label in called or (match and match[1] in called):
            return place
    return len(rows)


def _calls(rows: Sequence[Row]) -> set[str]:
    """The labels of the notes that these lines call."""
    return {match[3] for row in rows for match in RE_HELD.finditer(row.text)}


def _notes(
    pages: Sequence[Sequence[Row]], calls: Sequence[set[str]]
) -> tuple[dict[str, str], list[dict[str, str]], list[list[Row]]]:
    """The notes by label; for each page the labels printed there, and its lines that are of no note.

    A label that two pages print is made two. ``calls`` holds the labels that each page calls. Of no note is what no
    label leads, and what opens as a numbered paragraph: small print of the text.
    """
    found: dict[str, list[str]] = {}
    names: list[dict[str, str]] = []
    loose: list[list[Row]] = []
    name = ""
    for number, rows in enumerate(pages):
        here: dict[str, str] = {}
        loose.append([])
        outside = False
        for row in rows:
            label, text = _note_label(row, name, calls[number] - here.keys())
            if label:
                name = label if label not in found else f"{label}.{number + 1}"
                here[label], found[name] = name, []
            outside = not name or (not label and (outside or RE_NUMBERED.match(row.text) is not None))
            if outside:
                loose[-1].append(row)
            else:
                found[name].append(RE_HELD.sub(r"\1\3", text))
        names.append(here)
    return {label: "\n".join(line for line in lines if line) for label, lines in found.items()}, names, loose


def _note_label(row: Row, last: str, called: set[str]) -> tuple[str, str]:
    """The label a line of the notes begins with, empty where the line goes on, and its text.

    A label that is not raised, and stands close to its text, counts when the page calls it or the sequence wants it.
    """
    if row.label:
        return row.label, row.text
    match = RE_LABEL.match(row.text) or RE_STOPPED.match(row.text)
    follows = (
        match is not None
        and match.re is RE_LABEL
        and last.isdecimal()
        and match[1].isdecimal()
        and int(match[1]) == int(last) + 1
    )
    if match and (match[1] in called or follows):
        return match[1], row.text[match.end() :]
    return "", row.text


def _called(text: str, names: Sequence[dict[str, str]]) -> str:
    """The text with its calls as ``[^7]``: of a note on their page, else of one elsewhere. Square metres stay."""
    anywhere = {label: name for here in reversed(names) for label, name in here.items()}

    def call(match: re.Match[str]) -> str:
        label = match[3]
        if label in "23" and RE_UNIT.search(match[1]):
            return f"{match[1]}{'²' if label == '2' else '³'}"
        return f"{match[1]}[^{names[int(match[2])].get(label, anywhere.get(label, label))}]"

    return RE_HELD.sub(call, text)


# ---- paragraphs -----------------------------------------------------------------------------------------------------


def _flow(pages: Sequence[Sequence[Row]], measure: Measure) -> str:
    """The lines one below the other, paragraphs set apart."""
    kept: list[str] = []
    before: Row | None = None
    for rows in pages:
        for row in rows:
            if before is not None:
                kept.append(_between(before, row, measure))
            label = f"\x02{row.page}:{row.label}\x03" if row.label else ""
            kept.append(label + row.text)
            before = row
    return "".join(kept)


def _between(before: Row, row: Row, measure: Measure) -> str:
    """What stands between two lines: a line end, a blank line, or the end of a page."""
    set_in = row.left > measure.margins[row.page] + INDENT
    if before.page != row.page:
        goes_on = (
            measure.indents
            and not set_in
            and not before.text.endswith((".", ";"))
            and not RE_MARKER.match(row.text.split()[0])
        )
        return "\n" if goes_on else "\n\f"
    gap = before.base - row.base
    if (
        gap > WIDE * max(measure.leading, 1.2 * min(row.size, before.size))
        or gap < 2
        or abs(row.size - before.size) > 1.5
    ):
        return "\n\n"
    opens = measure.indents and set_in and before.left <= measure.margins[row.page] + INDENT
    return "\n\n" if opens and (RE_ENDED.search(before.text) or re.search(rf";\s+{joins()}$", before.text)) else "\n"
