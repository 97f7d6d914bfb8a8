"""Who is there and what they gave: in memory alone, of each person apart, bounded in number and in bytes."""

import secrets
import time
from collections import OrderedDict
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from resdiff import limits
from resdiff import symbol as symbols
from resdiff.model import Pin
from resdiff.web.corrections import Correction
from resdiff.web.jobs import Compared, Reading
from resdiff.web.tasks import Task

__all__ = ["Pair", "Session", "Sessions", "Text", "Tokens", "Trouble"]

Value = TypeVar("Value")


class Text(Struct, frozen=True):
    """A text that a person gave: a file with its name and bytes, or a symbol of the corpus; and how it was read."""

    name: str
    reading: Reading
    data: bytes = b""
    symbol: str = ""
    corrections: tuple[Correction, ...] = ()
    tracked: str = "accept"

    @property
    def is_word(self) -> bool:
        """Whether it is a Word file, onto which tracked changes can be written."""
        return self.data.startswith(b"PK\x03\x04") and self.name.lower().endswith(".docx")


class Pair(Struct, frozen=True):
    """Two texts to compare, one of which may be missing yet; how they are called, which part, a person's links, and the
    comparison once it was made."""

    id: str
    old: Text | None = None
    new: Text | None = None
    labels: tuple[str, str] = ("", "")
    part: str = ""
    pins: tuple[Pin, ...] = ()
    compared: Compared | None = None
    troubles: tuple[Exception | None, Exception | None] = (None, None)
    """Why what was given last on a side could not be read."""
    at: float = 0.0

    @property
    def names(self) -> tuple[str, str]:
        """What the two texts are called: as the person does, else by their symbols, else by their files."""
        texts = (self.old, self.new)
        named = [
            label or (text and (symbols.short(text.reading.symbol) or text.name)) or "–"
            for label, text in zip(self.labels, texts, strict=True)
        ]
        return named[0], named[1]

    @property
    def size(self) -> int:
        """Bytes that it holds."""
        texts = sum(len(text.data) + len(text.reading.kept) for text in (self.old, self.new) if text)
        return texts + (len(self.compared.kept) if self.compared else 0)


class Trouble(Struct, frozen=True):
    """Why what a form gave could not be used, and what was typed in it, so that nobody types it twice."""

    error: Exception
    typed: dict[str, str]


class Session:
    """One person: the language of the pages, the pairs, and the long work, the latest last."""

    def __init__(self) -> None:
        self.lang = ""
        self.pairs: OrderedDict[str, Pair] = OrderedDict()
        self.tasks: OrderedDict[str, Task] = OrderedDict()
        self.troubles: dict[str, Trouble] = {}  # by the address of the form
        self._kept: OrderedDict[str, tuple[object, int]] = OrderedDict()

    def put(self, pair: Pair) -> Pair:
        """Keep a pair, in the place of the one with its id; the oldest goes where there are too many."""
        self.pairs[pair.id] = pair
        self.pairs.move_to_end(pair.id)
        while len(self.pairs) > limits.PAIRS:
            self.pairs.popitem(last=False)
        return pair

    def keep(self, key: str, value: object, size: int) -> None:
        """Keep what another page made, of so many bytes, under a key of its own; the oldest goes where there are too
        many."""
        self._kept[key] = value, size
        self._kept.move_to_end(key)
        while len(self._kept) > limits.PAIRS:
            self._kept.popitem(last=False)

    def kept(self, key: str) -> object | None:
        """What was kept under that key; None where it is gone."""
        return self._kept[key][0] if key in self._kept else None

    def kept_of(self, kind: type[Value]) -> list[tuple[str, Value]]:
        """What was kept of that type, with its keys, the latest first."""
        return [(key, value) for key, (value, _) in reversed(self._kept.items()) if isinstance(value, kind)]

    def drop_oldest(self) -> bool:
        """Let the oldest go of what other pages made, else the oldest pair but the last; whether there was any."""
        if self._kept:
            self._kept.popitem(last=False)
        elif len(self.pairs) > 1:
            self.pairs.popitem(last=False)
        else:
            return False
        return True

    def change(self, pair: Pair, **fields: object) -> Pair:
        """Keep a pair with other fields; what it was compared as no longer counts."""
        return self.put(replace(pair, compared=None, **fields))

    @property
    def working(self) -> int:
        """How many pieces of long work are under way."""
        return sum(not task.is_over for task in self.tasks.values())

    @property
    def recent(self) -> list[Pair]:
        """The pairs that were compared, the latest first."""
        return [pair for pair in reversed(self.pairs.values()) if pair.compared]

    @property
    def size(self) -> int:
        """Bytes that are kept of this person."""
        return sum(pair.size for pair in self.pairs.values()) + sum(size for _, size in self._kept.values())


class Sessions:
    """All who are there, by the value of their cookie; the one who was away longest goes first."""

    def __init__(self) -> None:
        self._all: OrderedDict[str, Session] = OrderedDict()

    def open(self) -> str:
        """A new one: the value of its cookie."""
        key = secrets.token_urlsafe(32)
        self._all[key] = Session()
        while len(self._all) > limits.SESSIONS:
            self._all.popitem(last=False)
        return key

    def find(self, key: str) -> Session | None:
        """The one of that cookie."""
        session = self._all.get(key)
        if session is not None:
            self._all.move_to_end(key)
        return session

    @property
    def working(self) -> int:
        """How many pieces of long work are under way, of all people."""
        return sum(session.working for session in self._all.values())

    def make_room(self) -> None:
        """Let the oldest things go while all together hold too much, of who was away longest first."""
        held = sum(session.size for session in self._all.values())
        for session in self._all.values():
            before = session.size
            while held > limits.HELD and session.drop_oldest():
                held += session.size - before
                before = session.size


class Tokens:
    """Tokens that open a session once each. A new one is made whenever one was used: for the next person."""

    MOST = 20

    def __init__(self) -> None:
        self._open: OrderedDict[str, float] = OrderedDict()

    def mint(self) -> str:
        """A token that was not used yet."""
        token = secrets.token_urlsafe(24)
        self._open[token] = time.time()
        while len(self._open) > self.MOST:
            self._open.popitem(last=False)
        return token

    def take(self, token: str) -> bool:
        """Whether it opens a session; it never does again."""
        found = next((each for each in self._open if secrets.compare_digest(each.encode(), token.encode())), None)
        if found is None:
            return False
        del self._open[found]
        return True
