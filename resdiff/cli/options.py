"""What a person typed, as the options of a command: those of two texts, of one, of a document, of the topics.

The options of a command that has a module of its own stand there; ``typed`` makes either of what click read.
"""

from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

from resdiff.cli.desk import ReadingOptions
from resdiff.cli.output import LookOptions

__all__ = ["DiffOptions", "FetchOptions", "ShowOptions", "TopicsOptions", "VerifyTrackingOptions", "typed"]


class DiffOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two texts, how they are read, what the report holds, how it looks and where it goes.

    ``new`` is None for a Word file whose text is compared with its tracked changes and without, ``by_author`` with
    those of one author at a time; ``swap`` takes the old text for the new one, and the new one for the old.
    ``against`` are adopted texts, or an index of them, in which the words that came are looked up; ``with_old`` and
    ``with_new`` the same two editions in another language, which checks what is said.
    """

    old: str
    new: str | None = None
    swap: bool = False
    by_author: bool = False
    reading: ReadingOptions = ReadingOptions()
    links: Path | None = None
    topics: Path | None = None
    against: Path | None = None
    with_old: str | None = None
    with_new: str | None = None
    lang: str = "fr"
    min_weight: Literal["typographic", "routine", "editorial", "substantive"] | None = None
    explain: str | None = None
    output: tuple[str, ...] = ()
    form: str | None = None
    look: LookOptions = LookOptions()
    exit_code: bool = False
    onto: Path | None = None
    pending: Literal["refuse", "keep"] | None = None


class VerifyTrackingOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A Word file that came back, the one that was sent, and where the first goes with all its changes tracked."""

    returned: Path
    base: Path
    output: str | None = None
    form: Literal["text", "json"] = "text"
    exit_code: bool = False
    date: str = ""
    lang: str = "fr"


class ShowOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text, how it is read, and how the reading is shown."""

    text: str
    reading: ReadingOptions = ReadingOptions()
    repairs: bool = False
    survey: bool = False
    form: Literal["text", "json"] = "text"
    lang: str = "fr"
    look: LookOptions = LookOptions()


class FetchOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A symbol, where it is asked for, and where a copy goes."""

    symbol: str
    reading: ReadingOptions = ReadingOptions()
    form: Literal["pdf", "doc"] = "pdf"
    refresh: bool = False
    output: str | None = None
    lang: str = "fr"


class TopicsOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person's own topics, beside those that resdiff knows, and how those to be listed are called."""

    named: str = ""
    topics: Path | None = None
    lang: str = "fr"


Options = TypeVar("Options", bound=Struct)
PARTS: dict[str, type[Struct]] = {"reading": ReadingOptions, "look": LookOptions}


def typed(kind: type[Options], given: dict[str, object]) -> Options:
    """What click read, as the options of a command; what was not typed takes its default.

    click knows one flat row of names: those of a part (``reading``, ``look``) go into it. A name or a value that the
    options do not have is a mistake in ``commands.py`` and raises msgspec.ValidationError.
    """
    values = {name: value for name, value in given.items() if value is not None}
    for part in [name for name in PARTS if name in kind.__struct_fields__]:
        values[part] = {name: values.pop(name) for name in PARTS[part].__struct_fields__ if name in values}
    return msgspec.convert(values, kind)
