"""From what a person types to a resolution: a file, ``-`` for standard input, or a symbol of the corpus."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from resdiff import symbol as symbols
from resdiff.cli import cache
from resdiff.cli.online import Online, official
from resdiff.corpus import LINKS, Corpus, locate, pins
from resdiff.errors import NotFoundError, UsageError
from resdiff.model import Comparison, Pin, Resolution, Source

if TYPE_CHECKING:
    from resdiff.fetch import Fetched

__all__ = ["Desk", "compared"]

LARGE = 20_000_000  # bytes; reading refuses what is larger


class Desk(Struct, frozen=True):
    """How texts are to be read: the corpus to look in, the language wanted, how far scans are repaired.

    ``cache`` is the folder where what was understood is kept from run to run; None keeps nothing.
    """

    corpus: Path | None = None
    language: str = "fr"
    repair: str = "safe"
    cache: Path | None = None
    ocr: bool = False
    tracked: str = "accept"
    online: Online | None = None

    def opened(self, given: str) -> tuple[Source, Resolution]:
        """The text a person named, as read and as understood. A file that exists wins over a symbol spelt alike."""
        where, got = self._found(given)
        source, resolution = self._read(where, given)
        return source, official(resolution, got) if got else resolution

    def resolution(self, given: str) -> Resolution:
        """The text a person named, as understood, from what was kept where that is possible."""
        where, got = self._found(given)
        resolution = self._understood(where, given)
        return official(resolution, got) if got else resolution

    def _found(self, given: str) -> "tuple[bytes | Path, Fetched | None]":
        """Where the text is that a person named; a symbol that is not in the corpus is fetched, with ``online``."""
        try:
            return self._bytes_or_path(given), None
        except NotFoundError:
            if self.online is None:
                raise
            got = self.online.fetched(given, self.language)
            return got.path, got

    def _understood(self, where: bytes | Path, name: str) -> Resolution:
        data = _small(where)
        if self.cache is None or isinstance(where, bytes) or data is None:
            return self._read(where, name)[1]
        how = f"{where.suffix.lower()} {self.repair} {self.ocr} {self.tracked}"
        key = cache.key(data, how.encode())
        known = cache.load(self.cache, key, Resolution)
        if known is None:
            known = self._read(where, name)[1]
            cache.save(self.cache, key, known)
        return known

    def _read(self, where: bytes | Path, name: str) -> tuple[Source, Resolution]:
        from resdiff.parsing import parse
        from resdiff.reading import read

        source = read(where, origin=name, repair=self.repair, tracked=self.tracked, ocr=self.ocr)
        return source, parse(source)

    def _bytes_or_path(self, given: str) -> bytes | Path:
        if given == "-":
            return sys.stdin.buffer.read(LARGE + 1) if sys.stdin else b""
        path = Path(given)
        if _is_there(path) or not symbols.normalise(given):
            return path
        return self.shelved.find(given, self.language)[1].path

    @property
    def shelved(self) -> Corpus:
        """The corpus. Raises NotFoundError when the folder is not there."""
        return Corpus(locate(self.corpus))

    def context(self, old: Resolution, new: Resolution) -> tuple[tuple[Resolution, ...], tuple[Pin, ...]]:
        """Of two editions of one series in the corpus: the editions before the old one, and a person's links."""
        try:
            shelf, edition = self.shelved.find(old.symbol, old.language)
            if self.shelved.find(new.symbol, new.language)[0].key != shelf.key:
                return (), ()
        except NotFoundError:
            return (), ()
        earlier = (self._understood(each.path, each.stem) for each in shelf.before(edition))
        return tuple(earlier), pins(shelf.folder / LINKS)


def _small(where: bytes | Path) -> bytes | None:
    """The bytes of a file that is worth keeping; None for standard input, what is no file, or what is too large."""
    if isinstance(where, bytes):
        return None
    try:
        return where.read_bytes() if where.is_file() and where.stat().st_size < LARGE else None
    except OSError:
        return None


def _is_there(path: Path) -> bool:
    """Whether there is a file or folder; a name the system cannot hold (too long, a NUL byte) is none."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def compared(desk: Desk, old: str, new: str, links: Path | None = None, topics: Path | None = None) -> Comparison:
    """The annotated comparison of two texts a person named, from what was kept where that is possible."""
    if old == new == "-":
        raise UsageError("stdin-twice")
    first, second = desk.resolution(old), desk.resolution(new)
    earlier, fixed = desk.context(first, second)
    if links is not None:
        if not links.is_file():
            raise NotFoundError("file-missing", links)
        fixed = (*fixed, *pins(links))
    extra = _extra(topics)
    if desk.cache is None:
        return _made(first, second, fixed, earlier, extra)
    key = cache.key(msgspec.json.encode([first, second, fixed, earlier, extra]))
    known = cache.load(desk.cache, key, Comparison)
    if known is None:
        known = _made(first, second, fixed, earlier, extra)
        cache.save(desk.cache, key, known)
    return known


def _made(
    old: Resolution, new: Resolution, fixed: Sequence[Pin], earlier: Sequence[Resolution], topics: Sequence[Any]
) -> Comparison:
    from resdiff.comparison import compare
    from resdiff.judgement import judge
    from resdiff.recognition import recognize

    first, second, *before = (recognize(text, topics=topics) for text in (old, new, *earlier))
    return judge(compare(old, new, pins=fixed), first, second, earlier=before)


def _extra(topics: Path | None) -> tuple[Any, ...]:
    """A person's own topics."""
    if topics is None:
        return ()
    from resdiff.recognition.themes import read_topics

    return read_topics(topics)
