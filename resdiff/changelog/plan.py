"""What a changelog is to hold: the pairs of each series, the series told as a whole, the hash of what each is made of.

The unit of work is a series: its texts are read once, whatever the number of pairs they stand in or before.
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from resdiff import limits
from resdiff.changelog.ledger import Record, StoryRecord
from resdiff.corpus import LINKS, Edition, Shelf, is_own
from resdiff.rendering import FORMATS

__all__ = ["HISTORY", "PAGES", "Job", "Tale", "Task", "names", "plan", "stem_of"]

PAGES = tuple(form for form in FORMATS.values() if form.in_changelog)
LONG = 3  # editions of a series that is told as a whole
HISTORY = "history."  # how the pages of that are called; no pair is called so, which has two symbols


class Task(Struct, frozen=True):
    """A pair to report on: the key of its series, its two editions, the hash of all that its report is made of.

    ``previous`` and ``next`` are the stems of the pairs before and after it, empty at the ends of its series.
    """

    key: str
    old: Edition
    new: Edition
    digest: str
    previous: str = ""
    next: str = ""

    @property
    def stem(self) -> str:
        """The name of its pages, below the folder of its series."""
        return stem_of(self.old, self.new)

    @property
    def place(self) -> str:
        """The path of its pages below the folder of reports, without suffix."""
        return f"{self.key}/{self.stem}"

    @property
    def ways(self) -> tuple[str, str]:
        """The stems before and after it."""
        return self.previous, self.next


class Tale(Struct, frozen=True):
    """A series to tell as a whole: its key, its editions of one language, the hash of all that is told of."""

    key: str
    editions: tuple[Edition, ...]
    digest: str

    @property
    def stem(self) -> str:
        """The name of its pages."""
        return f"{HISTORY}{self.editions[0].language}"

    @property
    def place(self) -> str:
        """The path of its pages below the folder of reports, without suffix."""
        return f"{self.key}/{self.stem}"


class Job(Struct, frozen=True):
    """The work on one series: its pairs, what is told of it as a whole, and the records of what is kept, by stem."""

    shelf: Shelf
    lang: str
    tasks: tuple[Task, ...]
    tales: tuple[Tale, ...]
    kept: dict[str, Record] = {}
    told: dict[str, StoryRecord] = {}

    @property
    def key(self) -> str:
        """The name of the folder of the series, among the texts and among the reports."""
        return self.shelf.key

    @property
    def is_kept(self) -> bool:
        """Whether there is nothing to build."""
        ways = all(task.stem in self.kept and self.kept[task.stem].ways == task.ways for task in self.tasks)
        return ways and len(self.told) == len(self.tales)

    def names(self) -> list[str]:
        """The names of all pages of the series, below its folder."""
        stems = [*(task.stem for task in self.tasks), *(tale.stem for tale in self.tales)]
        return [name for stem in stems for name in names(stem)]


def plan(shelf: Shelf, lang: str) -> Job:
    """The work on a series, of which nothing is kept."""
    hashes = {edition: _hash(edition.path) for edition in shelf.editions}
    pins = _hash(shelf.folder / LINKS)

    def digest(editions: Sequence[Edition]) -> str:
        return hashlib.sha256(b"".join([*(hashes[edition] for edition in editions), pins])).hexdigest()

    tasks: list[Task] = []
    for row in shelf.rows():
        tasks += _tasks(shelf.key, row, [digest(row[: number + 1]) for number in range(len(row))])
    tales = (Tale(shelf.key, row, digest(row)) for row in shelf.rows() if len(row) >= LONG)
    return Job(shelf, lang, tuple(tasks), tuple(tales))


def _tasks(key: str, row: Sequence[Edition], digests: Sequence[str]) -> Iterator[Task]:
    """The pairs of the editions of one language, each with those before and after it; a digest for each edition."""
    stems = ["", *(stem_of(old, new) for old, new in pairwise(row)), ""]
    for place, (old, new) in enumerate(pairwise(row)):
        yield Task(key, old, new, digests[place + 1], stems[place], stems[place + 2])


def names(stem: str) -> list[str]:
    """The names of the pages of that stem, one a format."""
    return [f"{stem}{form.suffixes[0]}" for form in PAGES]


def stem_of(old: Edition, new: Edition) -> str:
    """The name of the pages of a pair, below the folder of its series."""
    return f"{old.stem}_{new.stem}.{old.language}"


def _hash(path: Path) -> bytes:
    """The hash of a file of the corpus; that of nothing for one that is too large or cannot be read, which reading
    says."""
    try:
        data = path.read_bytes() if is_own(path) and path.stat().st_size <= limits.FILE else b""
    except OSError:
        data = b""
    return hashlib.sha256(data).digest()
