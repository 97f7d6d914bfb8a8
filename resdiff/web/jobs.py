"""What the workers do for the pages: read a text, compare two, make a file. Functions of values, without a state.

What is read and compared goes to the page as bytes (``kept``), which it keeps and gives back, and as the little that
its pages show.
"""

from collections import Counter
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from resdiff import symbol as symbols
from resdiff.cli.desk import Desk, ReadingOptions
from resdiff.cli.onto import unwritten
from resdiff.corpus import Corpus, Edition, Shelf, locate
from resdiff.errors import NotFoundError, ResdiffError
from resdiff.model import Comparison, Paragraph, Part, Pin, Resolution, Side, Source
from resdiff.onto import Pending, write_onto
from resdiff.parsing import parse
from resdiff.reading import one_line, read
from resdiff.rendering import find_format, html, render
from resdiff.rendering.html.pieces import policy_in
from resdiff.rendering.word import Layout, stamp
from resdiff.report import build
from resdiff.web.corrections import Correction, corrected
from resdiff.web.steps import step

__all__ = [
    "Compared",
    "Edge",
    "Known",
    "Page",
    "Reading",
    "Shelved",
    "catalogue",
    "compare",
    "find_edition",
    "live_page",
    "read_edition",
    "read_upload",
    "render_report",
    "served",
    "word_onto",
]

MOST_LISTED = 3_000  # texts of a corpus whose symbols complete what is typed
MOST_REPAIRS = 40  # sorts of repairs shown
WHOLE, PREAMBLE, OPERATIVE, ANNEX = "", "preamble", "operative", "annex"


class Edge(Struct, frozen=True):
    """A paragraph as a form names it: its id, its place in the text that was read, its text."""

    id: str
    start: int
    end: int
    text: str


class Reading(Struct, frozen=True):
    """What a page shows of a text that was read, and the text itself as bytes.

    ``counts`` are alinéas, paragraphs, words and notes; ``numbers`` the first and last of the operative part;
    ``repairs`` the most frequent repairs, what was replaced, by what, how often, ``repaired`` how many there were in
    all; ``notices`` code and values of each, equal ones once. ``parts`` are those that can be compared alone.
    """

    kept: bytes
    symbol: str
    title: str
    language: str
    adopted: str
    kind: str
    counts: tuple[int, int, int, int]
    begin: str
    numbers: tuple[int, int]
    is_torn: bool
    scanned: bool
    repairs: tuple[tuple[str, str, int], ...]
    repaired: int
    notices: tuple[tuple[str, tuple[str, ...]], ...]
    parts: tuple[str, ...]
    paragraphs: tuple[Edge, ...]


class Known(Struct, frozen=True):
    """A text read: what is kept of it."""

    source: Source
    resolution: Resolution


class Compared(Struct, frozen=True):
    """A comparison as bytes, and what the list of comparisons and the page of links show of it.

    ``kinds`` is how many paragraphs became what; a row of ``links`` the old and new ids of a link and what became of
    them, ``texts`` the beginning of each paragraph by its side and id.
    """

    kept: bytes
    title: str
    kinds: tuple[tuple[str, int], ...]
    links: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...]
    texts: dict[str, str]


class Page(Struct, frozen=True):
    """A page with the policy under which it may be shown."""

    html: bytes
    policy: str


# ---- reading --------------------------------------------------------------------------------------------------------


def read_upload(data: bytes, name: str, tracked: str, corrections: tuple[Correction, ...]) -> Reading:
    """A file that a person gave, read, with its tracked changes taken so and their corrections of the reading replayed.
    Raises InputError."""
    return _reading(read(data, origin=one_line(name), tracked=tracked), corrections)


def read_edition(corpus: Path | None, symbol: str, corrections: tuple[Correction, ...]) -> Reading:
    """The text of a symbol in the corpus, in French where it has that. Raises NotFoundError, InputError."""
    name, _, edition = find_edition(corpus, symbol)
    return _reading(read(edition.path, origin=name), corrections)


def find_edition(corpus: Path | None, symbol: str) -> tuple[str, Shelf, Edition]:
    """The name of a symbol, its series and its text in the corpus, in French where it has that.

    Raises NotFoundError.
    """
    wanted = symbols.normalise(symbol)
    if not wanted:
        raise NotFoundError("symbol-none", symbol)
    shelved = Corpus(locate(corpus))
    try:
        found = shelved.find(wanted)
    except NotFoundError as error:
        if error.code != "symbol-language":
            raise
        found = shelved.find_any(wanted)
    return symbols.short(wanted), *found


def _reading(source: Source, corrections: tuple[Correction, ...]) -> Reading:
    source, resolution = corrected(replace(source, data=b""), corrections, parse)
    body = resolution.body
    heads = [p for p in body if p.is_whole]
    words = sum(len(p.text.split()) for p in body)
    # what a call names twice is one note
    counts = (
        sum(p.part is Part.PREAMBLE for p in heads),
        sum(p.part is Part.OPERATIVE for p in heads),
        words,
        len(set(resolution.note_ids)),
    )
    numbers = [int(p.number) for p in heads if p.part is Part.OPERATIVE and p.number.isdecimal()]
    fixes = Counter((fix.before, fix.after) for fix in source.fixes).most_common(MOST_REPAIRS)
    return Reading(
        kept=msgspec.json.encode(Known(source, resolution)),
        symbol=resolution.symbol,
        title=resolution.title,
        language=resolution.language,
        adopted=resolution.adopted,
        kind=resolution.provenance.kind.value,
        counts=counts,
        begin=next((p.text for p in body), ""),
        numbers=(numbers[0], numbers[-1]) if numbers else (0, 0),
        is_torn=resolution.is_torn,
        scanned=resolution.scanned,
        repairs=tuple((before, after, times) for (before, after), times in fixes),
        repaired=len(source.fixes),
        notices=tuple(dict.fromkeys((n.code, n.values) for n in resolution.notices)),
        parts=tuple(dict.fromkeys(_part(p) for p in body)),
        paragraphs=tuple(Edge(p.id, p.span.start, p.span.end, p.text) for p in resolution.paragraphs),
    )


def _part(paragraph: Paragraph) -> str:
    """The part that a paragraph stands in, as a person may choose it: that of the resolution, or a lettered one.

    >>> from resdiff.model import Span
    >>> [_part(Paragraph(i, Part.OPERATIVE, "1", 0, "", "x", Span(0, 1))) for i in ("op1", "b.op1")]
    ['operative', 'b']
    """
    letter, dot, _ = paragraph.id.partition(".")
    return letter if dot and len(letter) == 1 else paragraph.part.value


class Shelved(Struct, frozen=True):
    """A text of the corpus for who looks for it: its symbol as people write it, its title, the key of its series."""

    symbol: str
    title: str
    series: str
    series_title: str


def catalogue(corpus: Path | None) -> tuple[Shelved, ...]:
    """The texts of the corpus, newest of each series first; those that cannot be read are left out."""
    try:
        shelves = Corpus(locate(corpus)).shelves
    except ResdiffError:
        return ()
    editions = [(shelf, edition) for shelf in shelves for edition in reversed(shelf.editions)][:MOST_LISTED]
    titles = {shelf.key: shelf.title for shelf in shelves}
    found: dict[str, Shelved] = {}
    for done, (shelf, edition) in enumerate(editions):
        symbol, title = _head(edition)
        if symbol:
            found.setdefault(symbol, Shelved(symbol, title, shelf.key, titles[shelf.key]))
        step(done + 1, len(editions))
    return tuple(found.values())


def _head(edition: Edition) -> tuple[str, str]:
    try:
        header = read(edition.path, origin=edition.stem).header
    except ResdiffError:
        return "", ""
    return symbols.short(header.symbol) or "", header.title


# ---- comparing ------------------------------------------------------------------------------------------------------


def compare(corpus: Path | None, old: bytes, new: bytes, part: str, pins: tuple[Pin, ...]) -> Compared:
    """The comparison of two texts that were read, or of one part of each, with all that can be said of it.

    Where both stand in one series of the corpus, its earlier editions and links count, as for the command.
    """
    texts = [_only(msgspec.json.decode(text, type=Known).resolution, part) for text in (old, new)]
    desk = Desk(ReadingOptions(corpus=corpus))
    comparison = desk.judged(texts[0], texts[1], pins)
    return _compared(comparison, texts[0], texts[1])


def _only(text: Resolution, part: str) -> Resolution:
    """The text with one of its parts alone; with the whole where it has no such part."""
    kept = [p for p in text.body if _part(p) == part]
    if not part or not kept:
        return text
    ids = {p.id for p in kept}
    return replace(
        text,
        paragraphs=tuple(p for p in text.paragraphs if p.id in ids),
        footnotes=tuple(note for note in text.footnotes if note.paragraph in ids),
    )


def _compared(comparison: Comparison, old: Resolution, new: Resolution) -> Compared:
    whole = {Side.OLD: {p.id for p in old.body if p.is_whole}, Side.NEW: {p.id for p in new.body if p.is_whole}}
    kinds = Counter(
        change.kind.value
        for change in comparison.changes
        if whole[Side.OLD].intersection(change.link.old) or whole[Side.NEW].intersection(change.link.new)
    )
    texts = {
        f"{side.value}.{p.id}": p.text[:120] for side, text in ((Side.OLD, old), (Side.NEW, new)) for p in text.body
    }
    return Compared(
        kept=msgspec.json.encode(comparison),
        title=new.title or old.title,
        kinds=tuple(sorted(kinds.items())),
        links=tuple((c.link.old, c.link.new, c.kind.value) for c in comparison.changes),
        texts=texts,
    )


# ---- making files ---------------------------------------------------------------------------------------------------

TABLE = "table"  # the Word file in columns, which has the suffix of the one with tracked changes


def render_report(kept: bytes, form: str, lang: str, labels: tuple[str, str]) -> bytes:
    """A comparison as a file of that format, ``table`` for the Word file in columns. Raises UsageError, OutputError."""
    comparison = msgspec.json.decode(kept, type=Comparison)
    if form == "json":
        return render(comparison, "json", lang=lang)
    report = build(comparison, lang=lang, labels=one_line(labels))
    if form == TABLE:
        return render(report, "docx", layout=Layout.TABLE)
    row = find_format(form)
    if row.by_program:
        _unbind()
    return render(report, row.name)


def _unbind() -> None:
    """Take the limit of memory back for a program that is not ours, which has its own."""
    try:
        import resource
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def live_page(kept: bytes, lang: str, labels: tuple[str, str], live: html.Live) -> Page:
    """The report as a page with what only one that is served has, and the policy of its own style and script."""
    report = build(msgspec.json.decode(kept, type=Comparison), lang=lang, labels=one_line(labels))
    return served(html.render(report, html.Options(live=live)))


def served(page: bytes) -> Page:
    """A page of a renderer with the policy that it states."""
    return Page(page, policy_in(page))


def word_onto(data: bytes, name: str, new: bytes, author: str, lang: str) -> tuple[bytes, tuple[str, ...]]:
    """The person's own Word file with the new text as tracked changes, and what it lacks of it, a sentence each.

    Tracked changes that it has already stay under the new ones. Raises InputError, UsageError.
    """
    known = msgspec.json.decode(new, type=Known)
    date = stamp(known.resolution.adopted, asked=False)
    made = write_onto(data, known.source, name=name, author=author, date=date, pending=Pending.KEEP)
    return made.data, tuple(unwritten(made, lang))
