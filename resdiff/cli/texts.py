"""From what a person types to a resolution: a file, ``-`` for standard input, or a symbol of the corpus."""

import sys
from pathlib import Path

from msgspec import Struct

from resdiff import symbol as symbols
from resdiff.corpus import LINKS, Corpus, load, locate, pins
from resdiff.errors import NotFoundError, UsageError
from resdiff.ingest import read
from resdiff.model import Comparison, Pin, Resolution, Source
from resdiff.parse import parse

__all__ = ["Desk", "compared"]


class Desk(Struct, frozen=True):
    """How texts are to be read: the corpus to look in, the language wanted, how far scans are repaired."""

    corpus: Path | None = None
    language: str = "fr"
    repair: str = "safe"

    def opened(self, given: str) -> tuple[Source, Resolution]:
        """The text a person named, as read and as understood. A file that exists wins over a symbol spelt alike."""
        source = read(self._bytes_or_path(given), origin=given, repair=self.repair)
        return source, parse(source)

    def _bytes_or_path(self, given: str) -> bytes | Path:
        if given == "-":
            return sys.stdin.buffer.read()
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
        return tuple(load(e) for e in shelf.before(edition)), pins(shelf.folder / LINKS)


def _is_there(path: Path) -> bool:
    """Whether there is a file or folder; a name the system cannot hold (too long, a NUL byte) is none."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def compared(desk: Desk, old: str, new: str, links: Path | None = None, topics: Path | None = None) -> Comparison:
    """The annotated comparison of two texts a person named."""
    from resdiff.annotate import annotate
    from resdiff.annotate.topics import load as load_topics
    from resdiff.compare import compare

    if old == new == "-":
        raise UsageError("stdin-twice")
    first, second = desk.opened(old)[1], desk.opened(new)[1]
    earlier, fixed = desk.context(first, second)
    if links is not None:
        if not links.is_file():
            raise NotFoundError("file-missing", links)
        fixed = (*fixed, *pins(links))
    extra = load_topics(topics) if topics is not None else ()
    return annotate(compare(first, second, pins=fixed), earlier=earlier, topics=extra)
