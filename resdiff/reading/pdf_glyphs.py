"""What stands on the pages of a PDF: runs of glyphs with their place and size. A program of its own, run by ``pdf.py``.

A PDF is read in a process apart, under limits of memory and time, because the library that reads it is written in C++
and a hostile file may crash it, keep it busy for ever or unpack to gigabytes. So this file imports nothing of ours but
the limits: it takes the bytes on standard input, and answers with JSON (``runs``) or the picture of a page
(``picture 3``).
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from ctypes import byref, c_double
from typing import Any, NamedTuple, TypedDict

from resdiff import limits
from resdiff.limits import ANNOTATIONS, GLYPHS, OBJECTS, PAGES, PIXELS, RUNS

__all__ = ["BROKEN", "ENCRYPTED", "HUGE", "main", "picture", "runs"]

ENCRYPTED, BROKEN, HUGE = 3, 4, 5  # exit codes
PASSWORD = 4  # FPDF_ERR_PASSWORD
HYPHENS = frozenset("\x02\ufffe\u00ad")  # how the library gives a hyphen at a line end
UNPRINTED = "\x01"  # a blank that is no glyph: the words stand apart
SAME_LINE = 0.3  # points two glyphs of a run may differ in height
TWICE = 0.12  # of the size: a letter that close to the same one is printed twice, to look bold
SAME_PLACE = 0.01  # points: the letters of a ligature, "ff", have one place
BACK = 0.3  # of the size: how far left of the last letter the next one of a run may begin
WIDGET, REMARKS = 20, frozenset((1, 3))  # sorts of annotations: a field of a form; a note, a text laid on the page
THIN = 2.5  # points: the height of a drawn rule
LEVEL = 0.18  # tangent of 10 degrees: what leans more is no line of a page that was laid askew
SLANTING = 4  # no quarter of a turn


class Glyph(NamedTuple):
    """A letter, its ends and its baseline along its own line, its size, the quarters of a turn that it is drawn at."""

    letter: str
    left: float
    right: float
    base: float
    size: float
    turn: int


Run = tuple[str, float, float, float, float]
"""Letters that are drawn in a row: the text, left, right, baseline, size."""


Box = tuple[float, float, float, float]
"""Left, lower, right and upper end of something."""


class Drawn(TypedDict):
    """What is drawn on a page, lengths in points from the lower left corner.

    ``rules`` are [left, right, height], ``picture`` the share of the page that a picture covers, ``drawn`` the number
    of pictures and lines, ``fields`` and ``remarks`` that of values of forms and of comments, ``across`` the letters
    that are drawn in another direction than most, and are in no run. A page of which most are turned is turned back.
    """

    size: tuple[float, float]
    runs: list[Run]
    rules: list[list[float]]
    picture: float
    drawn: int
    fields: int
    remarks: int
    across: str


def runs(data: bytes) -> list[Drawn]:
    """The pages, one after the other.

    Raises ValueError with an exit code for what cannot be read.
    """
    with _opened(data) as document:
        if len(document) > PAGES:
            raise ValueError(HUGE)
        pages, glyphs, count = [], 0, 0
        for number in range(len(document)):
            page = _page(document, number)
            glyphs += sum(len(run[0]) for run in page["runs"])
            count += len(page["runs"])
            if glyphs > GLYPHS or count > RUNS:
                raise ValueError(HUGE)
            pages.append(page)
        return pages


def picture(data: bytes, number: int) -> bytes:
    """A page as a grey picture (PGM), about 300 dots an inch, smaller where the page is larger than A4."""
    with _opened(data) as document:
        page = document[number]
        width, height = page.get_size()
        scale = min(300 / 72, math.sqrt(PIXELS / max(1.0, width * height)))
        bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
        rows = memoryview(bitmap.buffer)
        lines = b"".join(
            bytes(rows[y * bitmap.stride : y * bitmap.stride + bitmap.width]) for y in range(bitmap.height)
        )
        return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + lines


def _opened(data: bytes) -> Any:  # noqa: ANN401 - the library has no types
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError(ENCRYPTED if getattr(error, "err_code", 0) == PASSWORD else BROKEN) from error


def _page(document: Any, number: int) -> Drawn:  # noqa: ANN401
    """One page; a page that cannot be loaded has nothing on it."""
    import pypdfium2

    try:
        page = document[number]
        size = _size_of(page)
        glyphs = list(_glyphs(page.get_textpage(), size))
    except pypdfium2.PdfiumError:
        return Drawn(size=(0, 0), runs=[], rules=[], picture=0.0, drawn=0, fields=0, remarks=0, across="")
    turn = _turn_of_most(glyphs)
    rules, covered, drawn = _drawn(page, size, turn)
    fields, remarks = _annotations(page)
    return {
        "size": size if turn % 2 == 0 else size[::-1],
        "runs": list(_runs(glyph for glyph in glyphs if glyph.turn == turn)),
        "rules": rules,
        "picture": covered,
        "drawn": drawn,
        "fields": fields,
        "remarks": remarks,
        "across": "".join(glyph.letter for glyph in glyphs if glyph.turn != turn).replace(UNPRINTED, " "),
    }


def _size_of(page: Any) -> tuple[float, float]:  # noqa: ANN401
    """Width and height of a page as it is drawn on: a reader of it may see it turned."""
    width, height = page.get_size()
    return (height, width) if page.get_rotation() % 180 else (width, height)


def _turn_of_most(glyphs: Iterable[Glyph]) -> int:
    """The direction of most letters of a page, level when as many are; a slanting one is none of them."""
    turns = Counter(glyph.turn for glyph in glyphs if glyph.turn != SLANTING)
    return max(sorted(turns), key=lambda turn: turns[turn], default=0)


def _annotations(page: Any) -> tuple[int, int]:  # noqa: ANN401
    """How many fields of forms hold a value, and how many comments a text, on a page: neither is in its print."""
    import pypdfium2.raw as raw

    fields = remarks = 0
    for place in range(min(raw.FPDFPage_GetAnnotCount(page), ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, place)
        if not annotation:
            continue
        sort = raw.FPDFAnnot_GetSubtype(annotation)
        # The length is that in bytes of UTF-16 with its end: a text of none has two.
        fields += sort == WIDGET and raw.FPDFAnnot_GetStringValue(annotation, b"V", None, 0) > 2
        remarks += sort in REMARKS and raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0) > 2
        raw.FPDFPage_CloseAnnot(annotation)
    return fields, remarks


def _runs(glyphs: Iterable[Glyph]) -> Iterator[Run]:
    """Glyphs that follow each other on one baseline in one size, as the page draws them."""
    run: Run | None = None
    last = ("", 0.0)  # the letter before, and its place
    for letter, left, right, base, size, _ in glyphs:
        apart = run is not None and (
            abs(base - run[3]) > SAME_LINE
            or abs(size - run[4]) > 0.2
            or left - run[2] > size
            or left < max(run[2] - size, last[1] - BACK * size)
        )
        if letter == last[0] and not apart and SAME_PLACE < abs(left - last[1]) < TWICE * size:
            continue
        last = (letter, left)
        if run is None or apart:
            if run is not None:
                yield _spelt(run)
            run = ("", left, right, base, size)
        run = (run[0] + letter, run[1], max(run[2], right), run[3], run[4])
    if run is not None:
        yield _spelt(run)


def _spelt(run: Run) -> Run:
    """A run with the blanks that the library saw inside it; one at its end is left to its place on the page."""
    text, left, right, base, size = run
    text = text.rstrip(UNPRINTED).replace(UNPRINTED, " ")
    return text, round(left, 2), round(right, 2), round(base, 2), round(size, 2)


def _glyphs(text: Any, page: tuple[float, float]) -> Iterator[Glyph]:  # noqa: ANN401
    """Each glyph as if its line were level; blanks that the library sees between words take no place."""
    import pypdfium2.raw as raw

    handle = text.raw
    x, y, box = c_double(), c_double(), raw.FS_RECTF()
    to_x, to_y, to_box = byref(x), byref(y), byref(box)
    sizes: dict[float, float] = {}  # by the height of the box, which a font gives all its letters: a third of the time
    last = Glyph("", 0.0, 0.0, 0.0, 0.0, 0)
    turn, height_of_line = 0, math.nan
    for place in range(min(text.count_chars(), GLYPHS)):
        code = raw.FPDFText_GetUnicode(handle, place)
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if letter in "\r\n\x01":
            height_of_line = math.nan
            continue
        if letter.isspace() and raw.FPDFText_IsGenerated(handle, place) == 1:
            if last.size:
                yield last._replace(letter=UNPRINTED, left=last.right)
            continue
        raw.FPDFText_GetCharOrigin(handle, place, to_x, to_y)
        raw.FPDFText_GetLooseCharBox(handle, place, to_box)
        if turn or y.value != height_of_line:  # letters of one height stand on a level line, which most are
            turn, height_of_line = _turn(handle, place), y.value
        left, right, base, height = x.value, box.right, y.value, box.top - box.bottom
        if turn:
            left, base, _, _ = _turned_back((left, base, left, base), turn, page)
            _, low, right, high = _turned_back((box.left, box.bottom, box.right, box.top), turn, page)
            height = high - low
        height = round(height, 3)
        size = sizes.get(height) or sizes.setdefault(height, _size(handle, place))
        if not math.isfinite(left + right + base + size):
            continue
        last = Glyph("-" if letter in HYPHENS else letter, left, max(left, right), base, size, turn)
        yield last


def _turn(handle: Any, place: int) -> int:  # noqa: ANN401
    """The quarters of a turn, against the clock, at which a glyph is drawn; 0 in a mirror, SLANTING for none."""
    import pypdfium2.raw as raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, place, byref(matrix))
    along, up = matrix.a, matrix.b
    if abs(up) <= LEVEL * abs(along):
        return 2 if along < 0 and matrix.d < 0 else 0
    if abs(along) <= LEVEL * abs(up):
        return 1 if up > 0 else 3
    return SLANTING


def _turned_back(box: Box, turn: int, page: tuple[float, float]) -> Box:
    """Where a box stands when the page is turned so that what runs in that direction is level."""
    (left, low, right, high), (width, height) = box, page
    match turn:
        case 1:
            return low, width - right, high, width - left
        case 2:
            return width - right, height - high, width - left, height - low
        case 3:
            return height - high, left, height - low, right
        case _:
            return box


def _size(handle: Any, place: int) -> float:  # noqa: ANN401
    """The size of a glyph as it stands on the page: that of its font, stretched as the page is."""
    import pypdfium2.raw as raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, place, byref(matrix))
    return round(float(raw.FPDFText_GetFontSize(handle, place)) * math.hypot(matrix.c, matrix.d), 2)


def _drawn(page: Any, size: tuple[float, float], turn: int) -> tuple[list[list[float]], float, int]:  # noqa: ANN401
    """The level lines drawn on a page, the share of it that its largest picture covers, how many things are drawn."""
    import pypdfium2.raw as raw

    rules, covered, seen = [], 0.0, 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        seen += 1
        if seen > OBJECTS:
            break
        left, low, right, high = _turned_back(item.get_bounds(), turn, size)
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            covered = max(covered, (right - left) * (high - low) / max(1.0, size[0] * size[1]))
        elif high - low < THIN and right - left > 20:
            rules.append([round(left, 1), round(right, 1), round(low, 1)])
    return rules, round(covered, 2), seen


def main() -> int:
    """The exit code of a run: 0, or why the file cannot be read."""
    limits.bind()
    data = sys.stdin.buffer.read()
    try:
        answer = picture(data, int(sys.argv[2])) if sys.argv[1] == "picture" else json.dumps(runs(data)).encode()
    except ValueError as error:
        return error.args[0] if error.args and isinstance(error.args[0], int) else BROKEN
    except MemoryError:
        return HUGE
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
