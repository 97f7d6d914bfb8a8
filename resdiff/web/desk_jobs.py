"""What the workers do for the pages beside the report: a series, agreed language, a draft, proposals, a next edition.

Each is the function behind a command of the same desk, on texts that were handed over. What is made goes to the page as
bytes (``kept``), which it keeps and gives back.
"""

from contextlib import closing
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from resdiff import symbol as symbols
from resdiff.cli.compiling import compiled
from resdiff.cli.desk import Desk, ReadingOptions
from resdiff.cli.rolling import rolled
from resdiff.cli.search import documents_of, query_filter
from resdiff.cli.series import editions_of, in_order
from resdiff.compilation import Compilation
from resdiff.corpus import Corpus, Shelf, locate
from resdiff.drafting import RollForward
from resdiff.errors import NotFoundError, UsageError
from resdiff.layers import Layers, take
from resdiff.messages import message
from resdiff.model import Pin, Resolution
from resdiff.reading.layered import read_layers
from resdiff.rendering import agreed, chronicle
from resdiff.rendering import compiled as compiling
from resdiff.rendering import rolled as rolling
from resdiff.rendering.compiled import taken
from resdiff.rendering.html import Live
from resdiff.report import counted
from resdiff.report.chronicle import chronicle as told
from resdiff.report.chronicle import origins
from resdiff.search.index import build, open_index
from resdiff.search.values import DraftCheck
from resdiff.series.blame import blame
from resdiff.series.lineage import Lineage, trace
from resdiff.web.jobs import Known, Page, find_edition, served
from resdiff.web.steps import step

__all__ = [
    "Asked",
    "Checked",
    "Compiled",
    "Handed",
    "Indexed",
    "Layered",
    "Rolled",
    "Traced",
    "check_draft",
    "check_file",
    "check_page",
    "comment_draft",
    "compile_file",
    "compile_page",
    "compile_texts",
    "make_index",
    "read_compilation",
    "roll_file",
    "roll_page",
    "roll_text",
    "search_file",
    "search_page",
    "series_file",
    "series_page",
    "take_text",
    "trace_texts",
]

MOST_HITS = 40
View = Literal["lives", "origins"]


class Handed(Struct, frozen=True):
    """A text that a person gave: a file with its name and bytes or, without bytes, a symbol of the corpus."""

    name: str
    data: bytes | None = None


class Traced(Struct, frozen=True):
    """The life of a series as bytes; what the series is called, and what the paragraphs of its last text are."""

    kept: bytes
    name: str
    title: str
    paragraphs: tuple[str, ...]


class Indexed(Struct, frozen=True):
    """An index of the corpus: its file, how many texts it has, how many could not be read, the languages of the
    texts."""

    path: Path
    texts: int
    failed: int
    languages: tuple[str, ...]


class Asked(Struct, frozen=True):
    """What is looked for, and in which texts; empty is any."""

    query: str
    near: str = ""
    since: str = ""
    until: str = ""
    part: str = ""
    language: str = ""


class Checked(Struct, frozen=True):
    """The check of a draft as bytes, what the draft is called, and its own Word file (empty: it is none)."""

    kept: bytes
    name: str
    word: bytes = b""


class Layered(Struct, frozen=True):
    """The layers of a compilation as bytes, what it is called, whose texts are in it, and whether each can be had to
    the letter."""

    kept: bytes
    name: str
    names: tuple[str, ...]
    is_whole: bool


class Compiled(Struct, frozen=True):
    """A compilation as bytes, and its layers."""

    kept: bytes
    layered: Layered


class Rolled(Struct, frozen=True):
    """The draft of a next edition as bytes, and what the text is called."""

    kept: bytes
    name: str


def _desk(corpus: Path | None, *handed: Handed) -> tuple[Desk, list[str]]:
    """A desk that has these texts, and the names it has them under. Raises NotFoundError."""
    given: dict[str, bytes | Path] = {}
    for each in handed:
        if each.data is None:
            name, _, edition = find_edition(corpus, each.name)
            given[_free(name, given)] = edition.path
        else:
            given[_free(each.name, given)] = each.data
    return replace(Desk(ReadingOptions(corpus=corpus)), given=given), list(given)


def _free(name: str, taken_: dict[str, bytes | Path]) -> str:
    """That name, or the next one that no other text has.

    >>> _free("a.docx", {"a.docx": b""}), _free("72/194", {})
    ('a (2).docx', '72/194')
    """
    stem, dot, suffix = name.rpartition(".") if "." in name else (name, "", "")
    number, free = 1, name
    while free in taken_:
        number += 1
        free = f"{stem} ({number}){dot}{suffix}"
    return free


# ---- a series -------------------------------------------------------------------------------------------------------


def trace_texts(corpus: Path | None, series: str, handed: tuple[Handed, ...], view: View) -> Traced:
    """The lives of the paragraphs of a series of the corpus, by its key; of the series of a symbol, for origins up to
    that text; or of the files given. Raises NotFoundError, InputError, UsageError where there are fewer than two."""
    texts, pins, name = _editions(corpus, series, handed, view)
    lineage = trace(texts, pins, step=step)
    last = lineage.editions[-1]
    return Traced(
        kept=msgspec.msgpack.encode(lineage),
        name=name,
        title=last.title,
        paragraphs=tuple(p.id for p in last.body if p.is_whole),
    )


def _editions(
    corpus: Path | None, series: str, handed: tuple[Handed, ...], view: View
) -> tuple[list[Resolution], tuple[Pin, ...], str]:
    if len(handed) > 1 or (handed and handed[0].data is not None):
        desk, names = _desk(corpus, *handed)
        if len(names) < 2:
            raise UsageError("editions-one", names[0])
        texts = in_order([desk.resolution(name) for name in names])
        return texts, (), " → ".join((_called(texts[0], names[0]), _called(texts[-1], names[-1])))
    if handed:
        name, shelf, edition = find_edition(corpus, handed[0].name)
        language = edition.language
    else:
        shelf = _shelf(corpus, series)
        spoken = [edition.language for edition in shelf.editions]
        name, language = series, "fr" if "fr" in spoken or not spoken else spoken[0]
    desk = Desk(ReadingOptions(corpus=corpus, language=language))
    # the desk is asked for files of the corpus alone, by their own paths
    texts = editions_of(shelf, name, desk, to_the_end=view == "lives")
    return texts, shelf.pins(), " → ".join(_called(text, name) for text in (texts[0], texts[-1]))


def _shelf(corpus: Path | None, key: str) -> Shelf:
    found = next((shelf for shelf in Corpus(locate(corpus)).shelves if shelf.key == key), None)
    if found is None:
        raise NotFoundError("series-unknown", key, "")
    return found


def _called(text: Resolution, name: str) -> str:
    return symbols.short(text.symbol) or name


def series_page(kept: bytes, view: View, lang: str, paragraph: str, live: Live) -> Page:
    """The lives, or the origins, as a page; of one paragraph where one is called. Raises NotFoundError."""
    return served(series_file(kept, view, "html", lang, paragraph, live))


def series_file(kept: bytes, view: View, form: str, lang: str, paragraph: str, live: Live | None = None) -> bytes:
    """The same as a file; ``live`` is for a page that is served. Raises NotFoundError."""
    lineage = msgspec.msgpack.decode(kept, type=Lineage)
    options = chronicle.ChronicleOptions(live=live)
    if view == "lives":
        return chronicle.render_chronicle(told(lineage, lang, paragraph), form, options)
    return chronicle.render_chronicle(origins(lineage, blame(lineage), lang, paragraph), form, options)


# ---- agreed language ------------------------------------------------------------------------------------------------


def make_index(corpus: Path | None, place: Path) -> Indexed:
    """The index of the corpus in that file, brought up to date. Raises NotFoundError, InputError, OutputError."""
    documents = documents_of(locate(corpus))
    seen = 0

    def told_of(_: str) -> None:
        nonlocal seen
        seen += 1
        step(seen, len(documents))

    done = build(place, documents, told_of)
    with closing(open_index(place)) as index:
        return Indexed(place, index.texts, len(done.failed), index.languages())


def search_page(corpus: Path | None, place: Path, asked: Asked, lang: str, live: Live) -> Page:
    """What was found, as a page. Raises UsageError for a query that is none, InputError for a damaged index."""
    return served(search_file(corpus, place, asked, "html", lang, live))


def search_file(
    corpus: Path | None, place: Path, asked: Asked, form: str, lang: str, live: Live | None = None
) -> bytes:
    """The same as a file; ``live`` is for a page that is served."""
    from resdiff.search.find import search
    from resdiff.search.query import parse_query

    query = parse_query(asked.query, asked.near)
    only = query_filter(asked.since, asked.until, asked.part, asked.language)
    with closing(open_index(place)) as index:
        found = search(index, query, only, MOST_HITS)
    if form == "html":  # people know a series by its title, programs by its key
        titles = {shelf.key: shelf.title_in(lang) for shelf in Corpus(locate(corpus)).shelves}
        hits = tuple(replace(hit, series=titles.get(hit.series, hit.series)) for hit in found.hits)
        found = replace(found, hits=hits)
    return agreed.render_found(found, form, agreed.Look(lang=lang, live=live))


def check_draft(place: Path, known: bytes, name: str, word: bytes) -> Checked:
    """The check of a draft that was read. Raises InputError for one without a word, or in a language that the index
    has not."""
    from resdiff.search.draft import check

    with closing(open_index(place)) as index:
        checked = check(index, msgspec.json.decode(known, type=Known).resolution, name, step=step)
    return Checked(msgspec.msgpack.encode(checked), name, word)


def check_page(kept: bytes, lang: str, live: Live) -> Page:
    """The check as a page."""
    return served(check_file(kept, "html", lang, live))


def check_file(kept: bytes, form: str, lang: str, live: Live | None = None) -> bytes:
    """The check as a file; ``live`` is for a page that is served."""
    return agreed.render_check(msgspec.msgpack.decode(kept, type=DraftCheck), form, agreed.Look(lang=lang, live=live))


def comment_draft(kept: bytes, word: bytes, lang: str) -> tuple[bytes, str]:
    """The person's own Word file with the check as comments, and what it lacks of them as a sentence. Raises
    InputError."""
    from resdiff.rendering.agreed.comments import comment

    data, unplaced = comment(msgspec.msgpack.decode(kept, type=DraftCheck), word, agreed.Look(lang=lang))
    return data, message("check.unplaced", counted("check.paragraphs", unplaced, lang), lang=lang) if unplaced else ""


# ---- proposals ------------------------------------------------------------------------------------------------------


def compile_texts(
    corpus: Path | None,
    base: Handed,
    drafts: tuple[tuple[str, Handed], ...],
    pending: Literal["accept", "reject"] | None,
) -> Compiled:
    """The drafts on the base as one text; without a draft, the proposals of all authors in the base, a Word file with
    tracked changes. Raises NotFoundError, InputError, UsageError."""
    desk, (name, *names) = _desk(corpus, base, *(draft for _, draft in drafts))
    if not drafts and not desk.authors(name):
        raise UsageError("compile-nothing")
    given = [(who, file) for (who, _), file in zip(drafts, names, strict=True)] or [("", name)]
    made = compiled(desk, name, given, pending, is_shared=not drafts)
    called = _called(made.base, name)
    return Compiled(msgspec.msgpack.encode(made), _layered(made.layers, called))


def _layered(layers: Layers, name: str) -> Layered:
    return Layered(msgspec.msgpack.encode(layers), name, layers.names, bool(layers.own))


def compile_page(kept: bytes, name: str, lang: str, live: Live) -> Page:
    """The compilation as a page."""
    return served(compile_file(kept, name, "html", lang, live))


def compile_file(kept: bytes, name: str, form: str, lang: str, live: Live | None = None) -> bytes:
    """The compilation as a file; ``live`` is for a page that is served."""
    made = msgspec.msgpack.decode(kept, type=Compilation)
    return compiling.render_compilation(made, form, compiling.Options(name=name, lang=lang, live=live))


def read_compilation(data: bytes, name: str) -> Layered:
    """The layers of a compilation that resdiff wrote and somebody may have worked on. Raises InputError."""
    return _layered(read_layers(data, name), name)


def take_text(kept: bytes, name: str, suffix: str) -> bytes:
    """The text of one delegation out of a compilation, of the base where the name is empty. Raises UsageError."""
    return taken.render(take(msgspec.msgpack.decode(kept, type=Layers), name), suffix)


# ---- a next edition -------------------------------------------------------------------------------------------------


def roll_text(corpus: Path | None, text: Handed, before: Handed | None, session: int) -> Rolled:
    """The next edition of a text, begun from it and from the edition before it (None: the one of the corpus). Raises
    NotFoundError, InputError, UsageError."""
    desk, (name, *rest) = _desk(corpus, text, *([before] if before else []))
    made = rolled(desk, name, rest[0] if rest else None, session)
    return Rolled(msgspec.msgpack.encode(made), _called(made.text, name))


def roll_page(kept: bytes, name: str, lang: str, live: Live) -> Page:
    """The draft as a page."""
    return served(roll_file(kept, name, "html", lang, live))


def roll_file(kept: bytes, name: str, form: str, lang: str, live: Live | None = None) -> bytes:
    """The draft as a file; ``live`` is for a page that is served."""
    made = msgspec.msgpack.decode(kept, type=RollForward)
    return rolling.render_draft(made, form, rolling.Options(name=name, lang=lang, live=live))
