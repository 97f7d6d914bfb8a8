"""The manifests: what an earlier run built, from what, so that nothing is built twice and nothing foreign is removed.

``<series>/manifest.json`` has a record for each pair, with its line of the front pages, and one for each telling of the
whole; ``manifest.json`` above has the hash of each of those and of each front page. Behind each stands the hash of its
bytes: what another hand changed counts for nothing. A manifest is written before the first page it vouches for, with
the names of all that will be, and after the last: whenever a run is stopped, the next one knows what is ours.
"""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct, field

from resdiff.report import UNDATED, Pair
from resdiff.version import __version__

__all__ = ["FEED", "MANIFEST", "FrontLedger", "Record", "SeriesLedger", "StoryRecord", "front_ledger", "series_ledger"]

MANIFEST = "manifest.json"
FEED = "atom.xml"
# what a manifest may name as ours: a page of a series, or a front page; nothing above, nothing hidden
RE_KEY = r"\w[^/\\\0]*"
RE_PAGE = r"[^./\\\0][^/\\\0]*\.(?:html|md|json)"
RE_FRONT = rf"(?:index|search|series-\w|\d{{4}}|{UNDATED})\.(?:html|md|json)|{re.escape(FEED)}"
RE_FILE = rf"(?:{RE_KEY}/)?(?:{RE_FRONT})|{RE_KEY}/{RE_PAGE}"


class Record(Struct, frozen=True):
    """What is kept of a pair: by what it is known to be current, the hash of each page by name, the stems of the pairs
    before and after it that its pages lead to, and its line of the front pages, a :class:`Pair` as JSON.

    The digest of a pair that could not be built is empty: it is tried again.
    """

    digest: str
    pages: dict[str, str]
    ways: tuple[str, str]
    line: Raw

    @property
    def pair(self) -> Pair:
        """The line. Raises ValidationError where it is none."""
        return msgspec.json.decode(self.line, type=Pair)


class StoryRecord(Struct, frozen=True):
    """What is kept of a series told as a whole: by what it is known to be current, the hash of each page by name."""

    digest: str
    pages: dict[str, str]


class SeriesLedger(Struct, frozen=True):
    """The manifest of one series: records by the stems of their pages, below its folder.

    ``planned`` are the names of pages under way: of a run that was stopped they may be there.
    """

    resdiff: str = __version__
    lang: str = ""
    planned: tuple[str, ...] = ()
    pairs: dict[str, Record] = field(default_factory=dict)
    stories: dict[str, StoryRecord] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """The names of all pages that are ours, below the folder of the series."""
        return {*self.planned, *self.pages}

    @property
    def pages(self) -> dict[str, str]:
        """The hash of each page that the records vouch for, by name."""
        tables = [record.pages for record in self.pairs.values()] + [told.pages for told in self.stories.values()]
        return {name: digest for table in tables for name, digest in table.items()}

    def dump(self) -> bytes:
        """The manifest as a file."""
        return _dump({"resdiff": self.resdiff, "lang": self.lang, "planned": list(self.planned)},
                     {"pairs": self.pairs, "stories": self.stories})  # fmt: skip


class FrontLedger(Struct, frozen=True):
    """The manifest of all: the hash of each front page, and of what it was made of, by name; that of the manifest of
    each series (empty: not yet sure)."""

    resdiff: str = __version__
    lang: str = ""
    site: str = ""
    files: dict[str, str] = field(default_factory=dict)
    made_of: dict[str, str] = field(default_factory=dict)
    series: dict[str, str] = field(default_factory=dict)

    def dump(self) -> bytes:
        """The manifest as a file."""
        return _dump({"resdiff": self.resdiff, "lang": self.lang, "site": self.site},
                     {"files": self.files, "made_of": self.made_of, "series": self.series})  # fmt: skip


Ledger = TypeVar("Ledger", SeriesLedger, FrontLedger)


def series_ledger(data: bytes, lang: str) -> SeriesLedger:
    """The manifest of a series; of another version or language, or changed by another hand, only the names it has."""
    read = _read(data, SeriesLedger)
    own = {name for name in read.names if re.fullmatch(RE_PAGE, name)}
    if (read.resdiff, read.lang, own) == (__version__, lang, read.names) and _is_sealed(data) and _has_lines(read):
        return read
    return SeriesLedger(lang=lang, planned=tuple(sorted(own)))


def front_ledger(data: bytes, lang: str, site: str) -> FrontLedger:
    """The manifest of all; of another version, language or address, or changed by another hand, only the names."""
    read = _read(data, FrontLedger)
    files = {name: digest for name, digest in read.files.items() if re.fullmatch(RE_FILE, name)}
    series = {key: digest for key, digest in read.series.items() if re.fullmatch(RE_KEY, key)}
    if (read.resdiff, read.lang, read.site) == (__version__, lang, site) and _is_sealed(data):
        return FrontLedger(lang=lang, site=site, files=files, made_of=read.made_of, series=series)
    return FrontLedger(lang=lang, site=site, files=dict.fromkeys(files, ""), series=dict.fromkeys(series, ""))


def _has_lines(ledger: SeriesLedger) -> bool:
    """Whether every pair has a line of the front pages."""
    try:
        return all(record.pair.stem for record in ledger.pairs.values())
    except (ValueError, RecursionError):
        return False


def _read(data: bytes, kind: type[Ledger]) -> Ledger:
    try:
        return msgspec.json.decode(data, type=kind)
    except (ValueError, RecursionError):
        return kind()


# ---- the file -------------------------------------------------------------------------------------------------------


def _dump(values: Mapping[str, object], tables: Mapping[str, Mapping[str, object]]) -> bytes:
    """The manifest as JSON with a line for each row of its tables, so that ``git diff`` shows which changed."""
    members = [(name, msgspec.json.encode(value)) for name, value in values.items()]
    members += [(name, _in_lines(sorted(table.items()))) for name, table in tables.items()]
    body = b"{\n" + b"".join(b' "%s": %s,\n' % (name.encode(), value) for name, value in members)
    return body + _seal(body)


def _in_lines(rows: Iterable[tuple[str, object]]) -> bytes:
    lines = (msgspec.json.encode(name) + b": " + msgspec.json.encode(value) for name, value in rows)
    return b"{\n  " + b",\n  ".join(lines) + b"\n }"


def _seal(body: bytes) -> bytes:
    return b' "sha256": "%s"\n}\n' % sha256(body).hexdigest().encode()


def _is_sealed(data: bytes) -> bool:
    """Whether the hash behind a manifest is that of what stands before it."""
    body, mark, _ = data.rpartition(b' "sha256": ')
    return bool(mark) and data == body + _seal(body)
