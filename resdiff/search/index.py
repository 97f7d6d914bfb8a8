"""The index of agreed language: one SQLite file with FTS5, made whole or not at all, and kept up to date by hashes.

An index is never written where it stands: a copy beside it is brought up to date and takes its name. So a run that is
killed leaves the old one, and who searches meanwhile searches the old one. What it tells does not depend on the order
in which texts came in.

``sentences`` has a row a wording of a whole sentence, ``places`` one a place where it stands, with the words as printed
there, ``clauses`` one a clause of it, ``wordings`` how many texts have a clause or a sentence, first and last. FTS5
searches the stems, a column of our own, under the id of the sentence.
"""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from weakref import finalize

from msgspec import Struct

from resdiff import data, files
from resdiff import symbol as symbols
from resdiff.errors import InputError, NotFoundError, OutputError, ResdiffError
from resdiff.language import Language
from resdiff.language.segments import clauses, sentences
from resdiff.language.stems import folded, maker, stem, unelided
from resdiff.model import Resolution
from resdiff.search.keys import key_of, without_figures

__all__ = [
    "Built",
    "Document",
    "Entries",
    "Entry",
    "Index",
    "Known",
    "build",
    "entries",
    "entry",
    "is_current",
    "open_index",
]

APPLICATION = 0x52534458  # "RSDX", in the head of the file, where SQLite keeps who made it
FORMAT = 1  # of the tables below; another one is made anew
HEAD = b"SQLite format 3\0"
MEMORY = 32_000  # kilobytes of pages that SQLite keeps
MERGED_FROM = 200  # texts from which on the index of words is merged to one piece: slow, and quicker to search

TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE texts (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, symbol TEXT NOT NULL,
    title TEXT NOT NULL, language TEXT NOT NULL, adopted TEXT NOT NULL, year TEXT NOT NULL,
    series TEXT NOT NULL, place INTEGER);
CREATE TABLE sentences (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL UNIQUE, language TEXT NOT NULL,
    editions INTEGER, years INTEGER);
CREATE TABLE places (sentence INTEGER NOT NULL, text INTEGER NOT NULL, paragraph TEXT NOT NULL, part TEXT NOT NULL,
    printed TEXT NOT NULL);
CREATE TABLE clauses (hash INTEGER NOT NULL, plain INTEGER NOT NULL, sentence INTEGER NOT NULL);
CREATE TABLE wordings (hash INTEGER PRIMARY KEY, plain INTEGER NOT NULL, editions INTEGER NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE TABLE forms (language TEXT NOT NULL, word TEXT NOT NULL, stem TEXT NOT NULL, PRIMARY KEY (language, word))
    WITHOUT ROWID;
CREATE VIRTUAL TABLE stems USING fts5(words, tokenize = 'ascii');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(stems, 'row');
"""
# made when the rows are there: so they are written in order
LOOKUPS = """
CREATE INDEX IF NOT EXISTS places_sentence ON places (sentence);
CREATE INDEX IF NOT EXISTS places_text ON places (text);
CREATE INDEX IF NOT EXISTS clauses_hash ON clauses (hash);
CREATE INDEX IF NOT EXISTS clauses_sentence ON clauses (sentence);
CREATE INDEX IF NOT EXISTS texts_place ON texts (place);
CREATE INDEX IF NOT EXISTS wordings_plain ON wordings (plain);
"""


class Document(Struct, frozen=True):
    """A text to be indexed: its name in the corpus, the hash of its bytes, its series, what reads it.

    ``load`` raises InputError for a text that cannot be read; it then is left out. ``file`` is what it reads, where
    another machine can do the same with the bytes of that file.
    """

    path: str
    sha256: str
    series: str
    load: Callable[[], Resolution]
    file: Path | None = None


class Wording(Struct, frozen=True):
    """What is known of a sentence by its words alone: its stems, in a row and word by word, the keys of its clauses."""

    words: str
    forms: tuple[tuple[str, str], ...]
    clauses: tuple[tuple[int, int], ...]


class Standing(Struct, frozen=True):
    """Where a sentence stands in a text, as printed there; its key."""

    paragraph: str
    part: str
    printed: str
    key: int


class Entry(Struct, frozen=True):
    """A text cut up for the index: what it is called, its sentences in their order, and what is known of each by key.

    ``tongue`` is the language whose words cut it, which of a text in a language without tables is another code.
    """

    symbol: str
    title: str
    language: str
    tongue: str
    adopted: str
    year: str
    sentences: tuple[Standing, ...]
    wordings: dict[int, Wording]


Known = Callable[[int], bool]
Entries = Callable[[Sequence[Document], Known], Iterator[Entry | ResdiffError]]
"""What reads texts and cuts them up, in their order; of sentences that are known already no wording is needed."""


class Built(Struct, frozen=True):
    """What a run did: how many texts came in, went, stayed; those that could not be read, with why."""

    added: int
    removed: int
    kept: int
    failed: tuple[tuple[str, ResdiffError], ...] = ()


class Index(Struct, frozen=True, weakref=True):
    """An index that is open: its file, the connection, how many texts it has; how often stems are met by now.

    It is closed by ``close``, at the latest when nothing holds it any more.
    """

    path: Path
    connection: sqlite3.Connection
    texts: int
    often: dict[str, int]

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """The rows of a query. Raises InputError where the file is damaged."""
        try:
            return self.connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise InputError("index-damaged", self.path) from error

    def languages(self) -> tuple[str, ...]:
        """The languages of its texts, the one with most texts first."""
        found = self.rows("SELECT language FROM texts GROUP BY language ORDER BY count(*) DESC, language")
        return tuple(str(code) for (code,) in found)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()


# ---- opening --------------------------------------------------------------------------------------------------------


def open_index(path: Path) -> Index:
    """The index in that file, to be searched. Raises NotFoundError, and InputError for what is no index, one that
    is damaged, or one that another release of resdiff or of its stemmer made."""
    _check_head(path)
    try:
        # never written where it stands: no lock is needed, nor a folder that can be written
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        raise InputError("index-damaged", path) from error
    try:
        made_by = connection.execute("SELECT value FROM about WHERE name = 'rules'").fetchall()
        (count,) = connection.execute("SELECT count(*) FROM texts").fetchone()
        connection.execute("SELECT rowid FROM stems LIMIT 1").fetchall()
    except sqlite3.Error as error:
        connection.close()
        raise InputError("index-damaged", path) from error
    if made_by != [(_rules(),)]:
        connection.close()
        raise InputError("index-other", path)
    connection.execute("PRAGMA trusted_schema = OFF")  # the file may come from anywhere
    connection.execute(f"PRAGMA cache_size = -{MEMORY}")
    index = Index(path, connection, count, {})
    finalize(index, connection.close)
    return index


def _rules() -> str:
    """What cuts clauses and makes stems: under other rules wordings have other keys."""
    tables = [data.path(f"{code}/segments.toml") for code in data.folders() if data.knows(code, "segments")]
    return f"{maker()} {data.digest(*(table.read_bytes() for table in tables))}"


def _check_head(path: Path) -> None:
    """Raises NotFoundError, or InputError, for what is not an index of this format."""
    try:
        if not path.exists():
            raise NotFoundError("index-missing", path)
        if not path.is_file():
            raise InputError("index-none", path)
        with path.open("rb") as file:
            head = file.read(100)
    except (OSError, ValueError) as error:
        raise InputError("file-unreadable", path, getattr(error, "strerror", None) or error) from error
    made_by, version = int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big")
    if not head.startswith(HEAD) or made_by != APPLICATION:
        raise InputError("index-none", path)
    if version != FORMAT:
        raise InputError("index-newer" if version > FORMAT else "index-older", path)


# ---- building -------------------------------------------------------------------------------------------------------


def entries(documents: Sequence[Document], known: Known) -> Iterator[Entry | ResdiffError]:
    """Each text cut up, or why it cannot be read."""
    for document in documents:
        try:
            yield entry(document.path, document.load(), known)
        except ResdiffError as error:
            yield error


def build(
    path: Path,
    documents: Sequence[Document],
    step: Callable[[str], None] = lambda _: None,
    entries: Entries = entries,
) -> Built:
    """Bring the index in that file up to date with these documents; it is made where there is none.

    What did not change is not read again; ``entries`` reads the others, here or elsewhere: the bytes are the same. A
    text that cannot be read is left out and told. Raises InputError for a file that is no index of ours, which stays as
    it is, OutputError where it cannot be written, and what ``entries`` raises.
    """
    usable = _is_usable(path)
    if usable and not any(_outdated(path, documents)):
        return Built(0, 0, len(documents))
    with files.replaced(path, copy=usable) as beside, _connected(beside, path) as connection:
        if not usable:
            _execute_all(connection, TABLES)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            connection.execute("INSERT INTO about VALUES ('rules', ?)", (_rules(),))
        return _update(connection, documents, step, entries)


def is_current(path: Path, documents: Sequence[Document]) -> bool:
    """Whether the index has these documents as they are, no others, and is whole. Raises what ``open_index`` raises."""
    with closing(open_index(path)) as index:
        try:
            whole = index.connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        except sqlite3.Error:
            whole = False
    if not whole:
        raise InputError("index-damaged", path)
    return not any(_outdated(path, documents))


def _is_usable(path: Path) -> bool:
    """Whether there is an index that can be brought up to date. Raises InputError for another file, OutputError for one
    that is out of reach."""
    try:
        with closing(open_index(path)):
            return True
    except NotFoundError:
        return False
    except InputError as error:
        if error.code == "file-unreadable":  # it is to be written
            raise OutputError("output-unwritable", *error.values) from error
        if error.code in ("index-none", "index-newer"):
            raise
        return False


def _outdated(path: Path, documents: Sequence[Document]) -> tuple[list[Document], list[str]]:
    """The documents that the index lacks or has otherwise, and the paths that it has and that are no more."""
    with closing(open_index(path)) as index:
        return _differences(index.connection, documents)


def _differences(connection: sqlite3.Connection, documents: Sequence[Document]) -> tuple[list[Document], list[str]]:
    there = {path: (sha, series) for path, sha, series in connection.execute("SELECT path, sha256, series FROM texts")}
    wanted = [each for each in documents if there.get(each.path) != (each.sha256, each.series)]
    names = {each.path for each in documents}
    return wanted, [path for path in there if path not in names]


@contextmanager
def _connected(beside: Path, path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the copy, which nobody else sees: no journal is needed, for the copy is thrown away."""
    try:
        with closing(sqlite3.connect(beside, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute(f"PRAGMA cache_size = -{MEMORY}")
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        if "full" in str(error) or "readonly" in str(error):
            number = errno.ENOSPC if "full" in str(error) else errno.EROFS
            raise OSError(number, os.strerror(number)) from error
        raise InputError("index-damaged", path) from error


def _execute_all(connection: sqlite3.Connection, script: str) -> None:
    """The statements of a script within the transaction; ``executescript`` would end it."""
    for statement in filter(str.strip, script.split(";\n")):
        connection.execute(statement)


def _update(
    connection: sqlite3.Connection, documents: Sequence[Document], step: Callable[[str], None], entries: Entries
) -> Built:
    """Take out what went or changed, put in what is new, and count anew."""
    wanted, gone = _differences(connection, documents)
    changed = {each.path for each in wanted}
    there = {str(path) for (path,) in connection.execute("SELECT path FROM texts")}
    for name in sorted({*gone, *(there & changed)}):
        _remove(connection, name)
    _drop_unused(connection)
    added, failed = 0, []
    for document, made in zip(wanted, entries(wanted, partial(_has, connection)), strict=True):
        if isinstance(made, Entry):
            _add(connection, document, made)
            added += 1
        else:
            failed.append((document.path, made))
        step(document.path)
    _execute_all(connection, LOOKUPS)
    _count(connection)
    if added >= MERGED_FROM:
        connection.execute("INSERT INTO stems (stems) VALUES ('optimize')")
    return Built(added, len(gone), len(documents) - len(wanted), tuple(failed))


def _remove(connection: sqlite3.Connection, path: str) -> None:
    (id_,) = connection.execute("SELECT id FROM texts WHERE path = ?", (path,)).fetchone()
    connection.execute("DELETE FROM places WHERE text = ?", (id_,))
    connection.execute("DELETE FROM texts WHERE id = ?", (id_,))


def _drop_unused(connection: sqlite3.Connection) -> None:
    """Take out the sentences that stand nowhere any more."""
    unused = "SELECT id FROM sentences WHERE id NOT IN (SELECT sentence FROM places)"
    for (id_,) in connection.execute(unused).fetchall():
        connection.execute("DELETE FROM stems WHERE rowid = ?", (id_,))
        connection.execute("DELETE FROM clauses WHERE sentence = ?", (id_,))
        connection.execute("DELETE FROM sentences WHERE id = ?", (id_,))


def entry(path: str, resolution: Resolution, known: Known = lambda _: False) -> Entry:
    """A text cut up: each sentence of its body, and where it stands."""
    name = Path(path).stem
    symbol = symbols.normalise(resolution.symbol) or resolution.symbol or symbols.of_file(name) or name
    language = Language.of(resolution.language)
    standing, wordings = [], dict[int, Wording]()
    for paragraph in resolution.body:
        for sentence in sentences(paragraph.text, language):
            if found := folded(sentence):
                key = key_of(found, language)
                standing.append(Standing(paragraph.id, paragraph.part.value, sentence.strip(), key))
                if key not in wordings and not known(key):
                    wordings[key] = _wording(sentence, found, language)
    about = (symbol, resolution.title, resolution.language, language.code)
    return Entry(*about, *_adopted(resolution.adopted, symbol), tuple(standing), wordings)


def _wording(sentence: str, found: list[str], language: Language) -> Wording:
    asked = unelided(sentence)
    rooted = [stem(word, language) for word in asked]
    parts = [found, *filter(None, map(folded, clauses(sentence, language)))]
    keys = {key_of(part, language): key_of(without_figures(part, language), language) for part in parts}
    return Wording(" ".join(rooted), tuple(sorted({*zip(asked, rooted, strict=True)})), tuple(keys.items()))


def _has(connection: sqlite3.Connection, key: int) -> bool:
    """Whether a text that is there has the sentence of a key."""
    return connection.execute("SELECT 1 FROM sentences WHERE hash = ?", (key,)).fetchone() is not None


def _add(connection: sqlite3.Connection, document: Document, made: Entry) -> None:
    """One text: each sentence of its body once, and where it stands."""
    about = (document.path, document.sha256, made.symbol, made.title, made.language, made.adopted, made.year)
    text = connection.execute(
        """INSERT INTO texts (path, sha256, symbol, title, language, adopted, year, series)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (*about, document.series),
    ).lastrowid
    for each in made.sentences:
        row = (_sentence(connection, each.key, made), text, each.paragraph, each.part, each.printed)
        connection.execute("INSERT INTO places VALUES (?, ?, ?, ?, ?)", row)


def _sentence(connection: sqlite3.Connection, key: int, made: Entry) -> int:
    """The id of a sentence; a row of its own where no text had it before."""
    if there := connection.execute("SELECT id FROM sentences WHERE hash = ?", (key,)).fetchone():
        return int(there[0])
    id_ = connection.execute("INSERT INTO sentences (hash, language) VALUES (?, ?)", (key, made.tongue)).lastrowid
    assert id_ is not None
    wording = made.wordings[key]
    connection.execute("INSERT INTO stems (rowid, words) VALUES (?, ?)", (id_, wording.words))
    rows = [(made.tongue, *row) for row in wording.forms]
    connection.executemany("INSERT OR IGNORE INTO forms VALUES (?, ?, ?)", rows)
    connection.executemany("INSERT INTO clauses VALUES (?, ?, ?)", [(*row, id_) for row in wording.clauses])
    return id_


def _count(connection: sqlite3.Connection) -> None:
    """Put the texts in order and tell of each wording how many have it, first and last: all anew, so that the result
    is the same whatever came in when."""
    rows = connection.execute("SELECT id, symbol, adopted, year, path FROM texts").fetchall()
    rows.sort(key=lambda row: (row[2] or row[3] or "9999", symbols.order(row[1]), row[4]))
    connection.executemany("UPDATE texts SET place = ? WHERE id = ?", [(n, row[0]) for n, row in enumerate(rows)])
    connection.execute("DELETE FROM wordings")
    connection.execute(
        """INSERT INTO wordings SELECT c.hash, min(c.plain), count(DISTINCT t.symbol), min(t.place), max(t.place)
        FROM clauses c JOIN places p ON p.sentence = c.sentence JOIN texts t ON t.id = p.text GROUP BY c.hash"""
    )
    connection.execute(
        """UPDATE sentences SET (editions, years) = (SELECT w.editions,
            CASE WHEN f.year <> '' AND l.year <> '' THEN l.year - f.year ELSE 0 END
        FROM wordings w JOIN texts f ON f.place = w.first JOIN texts l ON l.place = w.last
        WHERE w.hash = sentences.hash)"""
    )


def _adopted(given: str, symbol: str) -> tuple[str, str]:
    """The date of a text and its year. A date that its symbol rules out was read where another text was meant: of a
    text of the Security Council the symbol tells the year then, of others when their session opened."""
    year = symbols.year(symbol)
    possible = {year} if symbol.startswith("S/") else {year, str(int(year) + 1)} if year else {given[:4]}
    adopted = given if given[:4] in possible else ""
    return adopted or (year if symbol.startswith("S/") else ""), adopted[:4] or year
