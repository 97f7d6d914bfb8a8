"""The desk: finds the texts a person named, reads them, compares them, and keeps what may be asked for again.

A text is a file, ``-`` for standard input, or a symbol, looked up in the corpus and, when that is allowed, at the
document service of the United Nations.
"""

import os
import sys
from contextlib import suppress
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from resdiff import limits
from resdiff import symbol as symbols
from resdiff.cli import cache
from resdiff.cli.output import today
from resdiff.corpus import LINKS, SERIES, Corpus, Edition, Shelf, locate, readable
from resdiff.corpus import pins as read_pins
from resdiff.errors import InputError, NotFoundError, OutputError, ResdiffError, ServiceError, UsageError
from resdiff.model import Age, Comparison, Notice, Pin, Provenance, Resolution, Source, TextKind
from resdiff.spelling import nearest

if TYPE_CHECKING:
    from resdiff.fetch import Fetched
    from resdiff.recognition import Survey
    from resdiff.recognition.theme_patterns import Rule

__all__ = ["Desk", "ReadingOptions"]

MOST_NEIGHBOURS = 40  # editions of a corpus among which the one is looked for on which a draft was written
MOST_NAMES = 2_000  # files of a folder among which a mistyped one is looked for


class ReadingOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a text is looked for and how it is read.

    ``corpus`` is the folder to look in, None the usual ones (see :func:`resdiff.corpus.locate`); ``language`` is that
    of the texts. ``ocr`` has pictures read; ``fetch`` asks the document service for what the corpus has not, at the
    address ``service`` (empty: its own), and keeps what comes in the folder ``documents`` (None: that of the caches).
    ``repair`` is how far the damage of a scan is repaired, ``tracked`` how the tracked changes of a Word file are
    taken, ``tracked_author`` who alone made those that are accepted (None: all); ``cache`` keeps what was read from run
    to run.
    """

    corpus: Path | None = None
    language: str = "fr"
    repair: Literal["off", "safe", "full"] = "safe"
    tracked: Literal["accept", "reject"] = "accept"
    tracked_author: str | None = None
    ocr: bool = False
    fetch: bool = False
    documents: Path | None = None
    service: str = ""
    cache: bool = False


class Desk(Struct, frozen=True, dict=True):
    """How texts are found and read, the folder of the cache (None keeps nothing), and the day it is (ISO).

    ``given`` are texts that were handed over, as bytes or as a file of the corpus, each under the name it has here:
    such a name is never taken for a path. Nothing is read before it is asked for. Its functions raise NotFoundError and
    InputError for a text that is not there or cannot be read, UsageError and ServiceError when fetching goes wrong.
    """

    options: ReadingOptions = ReadingOptions()
    cache: Path | None = None
    today: str = ""
    given: dict[str, bytes | Path] = {}

    @classmethod
    def of(cls, options: ReadingOptions) -> "Desk":
        """The desk of a command: it keeps what it read where the options allow, and knows the day when it may fetch."""
        return cls(options, cache.folder("results") if options.cache else None, today() if options.fetch else "")

    def read(self, given: str) -> tuple[Source, Resolution]:
        """The text a person named, read now. A file that exists wins over a symbol spelt alike."""
        where, document = self._find(given)
        source, resolution = self._read(where, given)
        return source, _official(resolution, document) if document else resolution

    def resolution(self, given: str) -> Resolution:
        """The text a person named, from the cache where that is possible."""
        where, document = self._find(given)
        resolution = self._recall(where, given)
        return _official(resolution, document) if document else resolution

    def survey(self, resolution: Resolution, topics: "tuple[Rule, ...]" = ()) -> "Survey":
        """All that is known of one text, with a person's own topics, from the cache where that is possible.

        So what is known of a text that is compared with ten others is found once.
        """
        from resdiff.recognition import Survey, recognize

        return cache.recall(self.cache, (resolution, topics), Survey, lambda: recognize(resolution, topics=topics))

    def compare(self, old: str, new: str, links: Path | None = None, topics: Path | None = None) -> Comparison:
        """The comparison of two texts a person named, with all that can be said of it, from the cache where possible.

        ``links`` is a person's own file of links, ``topics`` one of topics, beside those that resdiff knows.
        """
        if old == new == "-":
            raise UsageError("stdin-twice")
        first, second = self.resolution(old), self.resolution(new)
        earlier, fixed = self._series(first, second)
        return self._judged(first, second, (*fixed, *_load_pins(links)), earlier, _load_topics(topics))

    def compare_editions(self, shelf: Shelf, old: Edition, new: Edition, links: Path | None = None) -> Comparison:
        """:meth:`compare` of two editions of a series that was found already: no other is looked for."""
        first, second = (self._recall(each.path, str(each.path)) for each in (old, new))
        earlier = readable(shelf.before(old), self.edition)
        return self._judged(first, second, (*shelf.pins(), *_load_pins(links)), tuple(earlier), ())

    def tracked_changes(
        self, given: str, links: Path | None = None, topics: Path | None = None, *, by_author: bool = False
    ) -> list[Comparison]:
        """The text of a Word file without its tracked changes against the text with them: with all of them, or with
        those of one author, in a comparison for each.

        Raises UsageError for a file that has none, or that names no author.
        """
        where, _ = self._find(given)
        before, after = self._both(where, given)
        if not {notice.code for notice in after.notices} & {"tracked-accepted", "tracked-rejected"}:
            raise UsageError("one-text", given)
        authors = [notice.values[0] for notice in after.notices if notice.code == "tracked-by"]
        if by_author and not authors:
            raise UsageError("no-author", given)
        fixed, extra = _load_pins(links), _load_topics(topics)
        texts = [(Notice("tracked-against"), after)]
        if by_author:
            each = {a: self._of(where, given, "accept", a) or _emptied(after) for a in authors}
            texts = [(Notice("tracked-author", (author,)), text) for author, text in each.items()]
        told = {"tracked-accepted", "tracked-rejected", "tracked-only"}  # by the notice of the two texts together
        before = _without(before, {*told, "struck-read", "tracked-by", "tracked-by-more", "tracked-by-nobody"})
        texts = [(notice, _without(text, {*told, "tracked-by"} if by_author else told)) for notice, text in texts]
        compared = [(notice, self._judged(before, text, fixed, (), extra)) for notice, text in texts]
        return [replace(each, notices=(notice, *each.notices)) for notice, each in compared]

    def authors(self, given: str) -> tuple[str, ...]:
        """Who made the tracked changes of a text, in order; ``""`` for changes of nobody who is named."""
        where, _ = self._find(given)
        notices = self._taken("accept")._recall(where, given).notices
        codes = {notice.code for notice in notices}
        named = [notice.values[0] for notice in notices if notice.code == "tracked-by"]
        if "tracked-accepted" not in codes:
            return ()
        return (*named, "") if not named or "tracked-by-nobody" in codes else tuple(named)

    def proposal(self, given: str, author: str | None = None, *, tracked: str = "accept") -> Resolution:
        """A text with its tracked changes taken so, or with those of one author alone."""
        where, _ = self._find(given)
        return self._taken(tracked, author)._recall(where, given)

    def neighbours(self, resolution: Resolution) -> list[Resolution]:
        """The other editions of its series in the corpus, or of all series where it is in none; at most a few dozen."""
        try:
            shelves = self.shelved.shelves
        except ResdiffError:  # no corpus, or one that cannot be read
            return []
        stem = symbols.file_stem(resolution.symbol) if resolution.symbol else ""
        own = [shelf for shelf in shelves if stem in {edition.stem for edition in shelf.editions}]
        editions = [edition for shelf in own or shelves for edition in shelf.editions]
        there = [e for e in editions if e.stem != stem and e.language == (resolution.language or "fr")]
        return list(readable(there[:MOST_NEIGHBOURS], self.edition))

    def judged(self, old: Resolution, new: Resolution, pins: tuple[Pin, ...] = ()) -> Comparison:
        """The comparison of two texts with all that can be said of it, from the cache where possible; ``pins`` are a
        person's own links, beside those of the series."""
        earlier, fixed = self._series(old, new)
        return self._judged(old, new, (*fixed, *pins), earlier, ())

    def edition_before(self, text: Resolution) -> Resolution | None:
        """The edition before a text in its series; of a text that the corpus has not, the latest edition it cites there
        that has something in common with it. None where there is none."""
        language = text.language or "fr"
        with suppress(ResdiffError):
            shelf, edition = self.shelved.find(text.symbol, language)
            before = readable(reversed(shelf.before(edition)), self.edition)
            return next(before, None)
        cited = {symbols.file_stem(each) for p in text.body for each in symbols.found(p.text)}
        with suppress(ResdiffError):
            editions = [e for shelf in self.shelved.shelves for e in shelf.editions if e.language == language]
            there = sorted((e for e in editions if e.stem in cited), key=lambda e: symbols.order(e.stem), reverse=True)
            for other in readable(there, self.edition):
                if "little-in-common" not in {n.code for n in self.judged(other, text).notices}:
                    return other
        return None

    def later_editions(self, text: Resolution) -> dict[str, tuple[str, str]]:
        """Of each series of the corpus but that of a text, by the key under which an edition is cited, its symbol and
        that of the latest one."""
        from resdiff.recognition.citations import key_of_symbol

        found: dict[str, tuple[str, str]] = {}
        with suppress(ResdiffError):  # no corpus, or one that cannot be read
            own = symbols.file_stem(text.symbol) if text.symbol else ""
            for shelf in self.shelved.shelves:
                stems = [e.stem for e in shelf.editions if e.language == (text.language or "fr")]
                if shelf.fault or own in stems or len(stems) < 2:
                    continue
                *before, last = [symbols.short(each) for each in map(_symbol, stems)]
                found |= {key_of_symbol(each): (each, last) for each in before if each}
        return found

    def _both(self, where: Path | bytes, given: str) -> tuple[Resolution, Resolution]:
        """The text of a Word file without its tracked changes and with them. Of one that is all inserted, or all
        deleted, one has no words, and the notices of the other. Raises InputError for a file without any words.
        """
        before, after = (self._of(where, given, tracked) for tracked in ("reject", "accept"))
        if before is None and after is None:
            raise InputError("file-empty", given)
        known = after or before
        assert known
        return before or _emptied(known), after or _emptied(known)

    def _of(self, where: Path | bytes, given: str, tracked: str, author: str | None = None) -> Resolution | None:
        """The text of a Word file with its tracked changes taken so; None where nothing is left of it then."""
        try:
            return self._taken(tracked, author)._recall(where, given)
        except InputError as error:
            if error.code not in ("tracked-all-deleted", "tracked-all-inserted"):
                raise
            return None

    def _taken(self, tracked: str, author: str | None = None) -> "Desk":
        """The same desk, where tracked changes are taken so."""
        return replace(self, options=replace(self.options, tracked=tracked, tracked_author=author))

    def _judged(
        self,
        old: Resolution,
        new: Resolution,
        fixed: tuple[Pin, ...],
        earlier: tuple[Resolution, ...],
        topics: "tuple[Rule, ...]",
    ) -> Comparison:
        """The comparison of two texts, from the cache where possible."""

        def made() -> Comparison:
            from resdiff.comparison import compare
            from resdiff.judgement import judge

            first, second, *before = (self.survey(text, topics) for text in (old, new, *earlier))
            judged = judge(compare(old, new, pins=fixed), first, second, earlier=before)
            return replace(judged, ages=_ages((*earlier, old), fixed)) if earlier else judged

        return cache.recall(self.cache, (old, new, fixed, earlier, topics), Comparison, made)

    def fetch(self, symbol: str, *, form: str = "pdf", refresh: bool = False) -> "Fetched":
        """The document of that symbol, from what was fetched before or from the service."""
        from resdiff.fetch import Service, fetch

        wanted, folder = self.options, self.documents
        service = Service(base=wanted.service.rstrip("/")) if wanted.service else Service()
        return fetch(symbol, folder, self.today, language=wanted.language, form=form, refresh=refresh, service=service)

    @property
    def documents(self) -> Path | None:
        """The folder for what is fetched; None for a person without a home."""
        try:
            return self.options.documents or cache.home() / "documents"
        except OutputError:
            return None

    def inputs(self, *given: str | Path | None) -> list[Path]:
        """The files that a comparison may read: those named, and the corpus, where other editions are looked up."""
        paths = [Path("/dev/stdin") if name == "-" else Path(name) for name in given if name]
        try:
            for shelf in self.shelved.shelves:
                paths += [shelf.folder / SERIES, shelf.folder / LINKS, *(edition.path for edition in shelf.editions)]
        except ResdiffError:  # no corpus, or one that cannot be read
            pass
        return paths

    @cached_property
    def shelved(self) -> Corpus:
        """The corpus, whose folder is looked into once. Raises NotFoundError when the folder is not there."""
        return Corpus(locate(self.options.corpus))

    def _find(self, given: str) -> "tuple[bytes | Path, Fetched | None]":
        """Where the text is that a person named, or its bytes; with the document, when it was fetched."""
        if given in self.given:
            return self.given[given], None
        if given == "-":
            return (sys.stdin.buffer.read(limits.FILE + 1) if sys.stdin else b""), None
        path = Path(given)
        if _is_there(path) or os.path.lexists(given.replace("\0", "")):  # a link that leads nowhere says so when read
            return path, None
        if not symbols.normalise(given):
            if near := self._nearest(path, given):
                raise NotFoundError("file-near", given, near)
            return path, None
        try:
            return self.shelved.find(given, self.options.language)[1].path, None
        except NotFoundError:
            if not self.options.fetch:
                raise
            document = self.fetch(given)
            return document.data, document

    def _nearest(self, path: Path, given: str) -> str:
        """The file beside it, or the symbol of the corpus, that was perhaps meant by a name that leads nowhere."""
        names: dict[str, str] = {}
        with suppress(OSError, ValueError):  # a folder that is not there
            names = {each.name: str(path.with_name(each.name)) for each in islice(path.parent.iterdir(), MOST_NAMES)}
        if near := nearest(path.name, names):
            return names[near]
        with suppress(ResdiffError):  # no corpus, or one that cannot be read
            return self.shelved.like(given)
        return ""

    def edition(self, edition: Edition) -> Resolution:
        """The text of an edition of the corpus, called by the stem of its file."""
        try:
            return self._recall(edition.path, edition.stem)
        except ResdiffError as error:
            self.left_out[edition.path] = error
            raise

    @cached_property
    def left_out(self) -> dict[Path, ResdiffError]:
        """The editions of the corpus that could not be read, and why: they do not stop what is made of the others."""
        return {}

    def _recall(self, where: bytes | Path, name: str) -> Resolution:
        """A text as parsed, under the hash of its bytes and of the way it is read."""
        data = _bytes_of(where) if self.cache else None
        if data is None:
            return self._read(where, name)[1]
        suffix = where.suffix.lower() if isinstance(where, Path) else ""
        wanted = self.options
        way = suffix.encode(errors="replace"), wanted.repair, wanted.ocr, wanted.tracked, wanted.tracked_author
        return cache.recall(self.cache, (data, *way), Resolution, lambda: self._read(where, name)[1])

    def _read(self, where: bytes | Path, name: str) -> tuple[Source, Resolution]:
        from resdiff.parsing import parse
        from resdiff.reading import read

        way = self.options
        source = read(
            where, origin=name, repair=way.repair, tracked=way.tracked, author=way.tracked_author, ocr=way.ocr
        )
        return source, parse(source)

    def _series(self, old: Resolution, new: Resolution) -> tuple[tuple[Resolution, ...], tuple[Pin, ...]]:
        """Of two editions of one series in the corpus: the editions before the old one, and a person's links."""
        try:
            corpus = self.shelved
            shelf, edition = corpus.find(old.symbol, old.language)
            if corpus.find(new.symbol, new.language)[0].key != shelf.key:
                return (), ()
        except NotFoundError:
            return (), ()
        earlier = readable(shelf.before(edition), self.edition)
        return tuple(earlier), shelf.pins()


def _symbol(stem: str) -> str:
    """The symbol of which a file of the corpus bears the name; empty for one of another form.

    >>> _symbol("A-RES-74-175"), _symbol("S-RES-1805-2008")
    ('A/RES/74/175', 'S/RES/1805 (2008)')
    """
    organ, _, number = stem.partition("-RES-")
    first, _, last = number.partition("-")
    return symbols.normalise(
        f"S/RES/{first} ({last})" if organ == "S" else f"{organ.replace('-', '/')}/RES/{first}/{last}"
    )


def _ages(editions: tuple[Resolution, ...], fixed: tuple[Pin, ...]) -> tuple[Age, ...]:
    """Since when each paragraph of the last of these editions stands in their series."""
    from resdiff.series.lineage import Tracer  # two texts of no series need none

    tracer = Tracer(fixed, words=False)
    for text in editions:
        tracer.lead_on(text)
    return tracer.ages()


def _emptied(resolution: Resolution) -> Resolution:
    """The resolution of which no words are left."""
    return replace(resolution, paragraphs=(), footnotes=())


def _without(resolution: Resolution, codes: set[str]) -> Resolution:
    """The resolution without the notices of those codes."""
    return replace(resolution, notices=tuple(n for n in resolution.notices if n.code not in codes))


def _official(resolution: Resolution, document: "Fetched") -> Resolution:
    """The resolution as the official text, with the address and the hash of the document that the service sent.

    A text without a symbol of its own is not called official: nothing in it says that it is the one asked for. Raises
    ServiceError for another one than was asked for; a part (36/97 C) may come in the document of the whole (36/97).
    """
    own = symbols.normalise(resolution.symbol) or resolution.symbol
    if own and own != document.symbol and not document.symbol.startswith(f"{own} "):
        by_hand = f"https://docs.un.org/{document.language}/{document.symbol.replace(' ', '%20')}"
        raise ServiceError("service-other", symbols.short(document.symbol), symbols.short(own), by_hand)
    kind = TextKind.OFFICIAL if own else TextKind.UNKNOWN
    about = Provenance(kind, url=document.url, sha256=document.sha256)
    return replace(resolution, symbol=resolution.symbol or document.symbol, provenance=about)


def _bytes_of(where: bytes | Path) -> bytes | None:
    """The bytes of a text; None for what is no file, cannot be read, or is too large: reading says so better."""
    if isinstance(where, bytes):
        return where
    try:
        return where.read_bytes() if where.is_file() and where.stat().st_size < limits.FILE else None
    except OSError:
        return None


def _is_there(path: Path) -> bool:
    """Whether there is a file or folder; a name the system cannot hold (too long, a NUL byte) is none."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _load_pins(path: Path | None) -> tuple[Pin, ...]:
    """A person's own links."""
    if path is None:
        return ()
    if not _is_there(path):
        raise NotFoundError("file-missing", path)
    return read_pins(path)


def _load_topics(path: Path | None) -> "tuple[Rule, ...]":
    """A person's own topics."""
    if path is None:
        return ()
    from resdiff.recognition.themes import read_topics

    return read_topics(path)
