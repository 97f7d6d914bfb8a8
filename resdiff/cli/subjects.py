"""What a person names for gates: texts in their order, a series, a folder, a Word file, or the whole corpus."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from resdiff import files
from resdiff import symbol as symbols
from resdiff.cli.desk import Desk
from resdiff.cli.revisions import Changed
from resdiff.cli.told import inert
from resdiff.corpus import LINKS, SERIES, Corpus, Edition, Shelf, edition_at, in_order, is_folder, listed_in
from resdiff.errors import NotFoundError, ResdiffError, UsageError
from resdiff.gates.values import Pair, Uncompared
from resdiff.messages import explained, message
from resdiff.model import Resolution

__all__ = ["Subject", "Text", "Wanted", "left_out", "subjects"]


class Wanted(Struct, frozen=True):
    """The texts that were named, whether only the last pair of each series counts, or those of which a text changed
    since a revision of git, and the language of messages."""

    texts: tuple[str, ...] = ()
    latest: bool = False
    since: str = ""
    lang: str = "fr"


class Text(Struct, frozen=True):
    """A text as it was named: the argument, what it is called, its file where it has one."""

    given: str
    called: str
    path: Path | None

    @property
    def name(self) -> str:
        """What it is called before it is read."""
        return _plain(self.called or (self.path.stem.rpartition(".")[0] if self.path else self.given))

    @property
    def file(self) -> str:
        """Its file as it is called from where we stand; the whole path where it lies elsewhere."""
        if self.path is None:
            return ""
        whole = self.path.resolve()
        here = Path.cwd()
        return _plain(whole.relative_to(here).as_posix() if whole.is_relative_to(here) else str(whole))

    def symbol(self, resolution: Resolution) -> str:
        """What it is called when it was read: by its symbol, else as its file."""
        return _plain(symbols.short(resolution.symbol)) if resolution.symbol else self.name


class Subject(Struct, frozen=True):
    """Texts in their order, and which pairs of neighbours are judged; the series they are and its editions in their
    language, where they are one.

    ``is_tracked`` is a Word file whose text is compared without its tracked changes and with them.
    """

    texts: tuple[Text, ...]
    pairs: tuple[int, ...]
    shelf: Shelf | None = None
    row: tuple[Edition, ...] = ()
    fault: ResdiffError | None = None
    is_tracked: bool = False

    @property
    def language(self) -> str:
        """The language of its editions; empty for texts that are none."""
        return self.row[0].language if self.row else ""


def subjects(wanted: Wanted, desk: Desk) -> list[Subject]:
    """What a person named. Raises NotFoundError and UsageError for names that lead nowhere."""
    names = wanted.texts
    is_tracked = len(names) == 1 and _is_file(names[0])
    if (len(names) > 1 or is_tracked) and (wanted.latest or wanted.since):
        raise UsageError("gate-named", "--latest" if wanted.latest else "--since")
    if len(names) > 1:
        return [_named(names, desk)]
    if is_tracked:
        text = Text(names[0], *_found(names[0], desk))
        before = message("gate.untracked", text.called, lang=wanted.lang)
        return [Subject((replace(text, called=before), text), (0,), is_tracked=True)]
    shelves = _shelves(names, desk)
    changed = Changed.since(wanted.since, shelves[0].folder.parent) if wanted.since and shelves else None
    found = [subject for shelf in shelves for subject in _of_shelf(shelf, wanted, changed)]
    if not found and not changed:
        raise UsageError("gate-pairs", names[0] if names else shelves[0].folder.parent)
    return found


def _is_file(name: str) -> bool:
    """Whether one text that is named alone is a file."""
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # no file can be called so
        return False


def _named(names: tuple[str, ...], desk: Desk) -> Subject:
    """Texts named one by one. Two neighbours of one series are judged as that series is, so that what is accepted there
    is accepted here."""
    texts = tuple(Text(name, *_found(name, desk)) for name in names)
    size = len(texts)
    with suppress(ResdiffError, OSError):  # no corpus, or one that cannot be read
        for shelf, editions in [(each, row) for each in desk.shelved.shelves for row in each.rows()]:
            first = _place(texts[0], editions)
            if first >= 0 and [_place(text, editions) for text in texts] == [*range(first, first + size)]:
                pairs = tuple(range(first, first + size - 1))
                return Subject(tuple(map(_edition, editions)), pairs, shelf, editions)
    return Subject(texts, tuple(range(size - 1)))


def _found(name: str, desk: Desk) -> tuple[str, Path | None]:
    """What a text is called, and its file. Raises NotFoundError for a symbol that is not in the corpus, a file that is
    not there."""
    if name == "-":
        return name, None
    path = Path(name)
    with suppress(OSError, ValueError):
        if path.exists():
            return path.name, path
    if not symbols.normalise(name):
        desk.resolution(name)  # says what is wrong with the name
    if desk.options.fetch:
        return name, None
    return symbols.short(symbols.normalise(name) or name), desk.shelved.find(name, desk.options.language)[1].path


def _place(text: Text, row: Sequence[Edition]) -> int:
    """Where a text stands among the editions of a series; -1 where it does not."""
    if text.path is None:
        return -1
    return next((n for n, edition in enumerate(row) if files.is_same(edition.path, text.path)), -1)


def _edition(edition: Edition) -> Text:
    return Text(str(edition.path), "", edition.path)


def _shelves(names: tuple[str, ...], desk: Desk) -> list[Shelf]:
    """The series that a person named, or all. Raises NotFoundError."""
    if not names:
        return _all(desk.shelved)
    (name,) = names
    path = Path(name)
    if is_folder(path):
        here = path.resolve()
        own = [shelf for shelf in Corpus(here.parent).shelves if shelf.key == here.name]
        return own or _all(Corpus(path))
    corpus = desk.shelved
    if by_key := [shelf for shelf in corpus.shelves if shelf.key == name]:
        return by_key
    if not symbols.normalise(name):
        desk.resolution(name)  # says what is wrong with the name
        raise UsageError("editions-one", name)
    return [corpus.find_any(name)[0]]


def _all(corpus: Corpus) -> list[Shelf]:
    if not corpus.shelves:
        raise NotFoundError("corpus-empty", corpus.folder)
    return [*corpus.shelves]


def _of_shelf(shelf: Shelf, wanted: Wanted, changed: Changed | None) -> Iterator[Subject]:
    """The pairs of a series in each language."""
    if shelf.fault:
        yield Subject((), (), shelf, fault=shelf.fault)
        return
    rows = [editions for editions in shelf.rows() if len(editions) > 1]
    before = _pairs_before(shelf, changed) if changed else set()
    for editions in rows:
        pairs = [*range(len(editions) - 1)][-1 if wanted.latest else 0 :]
        if changed and not changed.has(shelf.folder / LINKS):
            neighbours = [*pairwise(editions)]
            pairs = [n for n in pairs if neighbours[n] not in before or any(changed.has(e.path) for e in neighbours[n])]
        if pairs:
            yield Subject(tuple(map(_edition, editions)), tuple(pairs), shelf, editions)


def left_out(wanted: Wanted, found: Sequence[Subject]) -> list[Uncompared]:
    """What lies in a corpus that is judged as a whole, and cannot be read."""
    shelves = [subject.shelf for subject in found if subject.shelf]
    is_whole = not wanted.texts or files.is_same(Path(wanted.texts[0]), shelves[0].folder.parent) if shelves else False
    if not is_whole:
        return []
    corpus = Corpus(shelves[0].folder.parent)
    faults = {shelf.folder / SERIES for shelf in shelves if shelf.fault}
    rows = [(path, why) for path, why in corpus.left_out() if path not in faults]
    names = [path.relative_to(corpus.folder).as_posix().encode(errors="replace").decode() for path, _ in rows]
    return [Uncompared(Pair(name, ""), explained(why, wanted.lang)) for name, (_, why) in zip(names, rows, strict=True)]


def _pairs_before(shelf: Shelf, changed: Changed) -> set[tuple[Edition, Edition]]:
    """The neighbours of a series as it was then: an edition may have been taken out since, or the order changed."""
    here = shelf.folder.resolve()
    gone = [shelf.folder / path.name for path, way in changed.files.items() if way == "D" and path.parent == here]
    there = [each for each in shelf.editions if changed.way(each.path) != "A"]
    there += [edition_at(path) for path in gone if path.suffix == ".md"]
    there = in_order(there, _order_before(shelf.folder / SERIES, changed))
    rows = ([each for each in there if each.language == language] for language in {each.language for each in there})
    return {pair for row in rows for pair in pairwise(row)}


def _order_before(about: Path, changed: Changed) -> tuple[str, ...]:
    """The order of the editions that a table gave then; none where there was none, or a broken one."""
    with suppress(ResdiffError):
        if changed.way(about) in ("M", "D"):
            return listed_in(changed.before(about), about)
        if not changed.way(about) and about.is_file():
            return listed_in(about.read_bytes(), about)
    return ()


def _plain(name: str) -> str:
    """A name of a text or a file as it may stand in a line."""
    return inert(name.encode(errors="replace").decode())
