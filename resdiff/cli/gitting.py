"""What git calls to show a text: ``resdiff git-textconv`` writes it paragraph by paragraph, ``resdiff difftool``
compares two versions of a file.

git stops a whole ``git log -p`` when what it calls fails. So what cannot be read is shown as it is, or told; it never
looks as if nothing had changed.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from resdiff import limits
from resdiff import symbol as symbols
from resdiff.cli.changed import compared
from resdiff.cli.output import ColorChoice, LookOptions, deliver, put
from resdiff.errors import ResdiffError, UsageError
from resdiff.language import Language
from resdiff.language.segments import clauses
from resdiff.messages import explained, message
from resdiff.model import Part, Resolution
from resdiff.parsing import parse
from resdiff.reading import read
from resdiff.report import label

__all__ = ["DifftoolOptions", "GitTextconvOptions", "run_difftool", "run_textconv"]

NOTHING = "/dev/null"
# What git hands over: path, old file, hash and mode, new file, hash and mode; of a renamed file two words more.
EXTERNAL = (7, 9)
BESIDE = (Part.PREFACE, Part.CONCLUSION)
"""What is no paragraph, and has no name."""


class GitTextconvOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file that git wants to be shown."""

    text: str
    lang: str = "fr"


class DifftoolOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words that git calls with."""

    given: tuple[str, ...]
    lang: str = "fr"
    color: ColorChoice = "auto"


def run_textconv(options: GitTextconvOptions) -> int:
    """Write a text by its paragraphs, a clause a line; a file that is no text as it is."""
    try:
        data = "\n".join(_lines(parse(read(Path(options.text))), options.lang)) + "\n"
        put(data.encode())
    except ResdiffError as error:
        put(_as_it_is(Path(options.text), explained(error, options.lang), options.lang))
    return 0


def _lines(text: Resolution, lang: str) -> Iterator[str]:
    """The head, then each paragraph under its label; so ``xfuncname`` finds where a hunk is."""
    yield " ".join(filter(None, (symbols.short(text.symbol), text.title)))
    language = Language.of(text.language)
    for paragraph in text.paragraphs:
        yield f"[{label(paragraph.id, lang)}]" if paragraph.part not in BESIDE else ""
        yield from (clause.strip() for clause in clauses(paragraph.text, language))
    for note in dict.fromkeys((note.label, note.text) for note in text.footnotes):
        yield f"[note {note[0]}]"
        yield note[1]


def _as_it_is(path: Path, why: str, lang: str) -> bytes:
    """The bytes of a file where they are text; else why it cannot be read, with their hash, so that a change shows."""
    total, data = hashlib.sha256(), b""
    with suppress(OSError, ValueError):
        if path.is_file():  # a pipe or a device may have no end
            with path.open("rb") as file:
                for piece in iter(lambda: file.read(limits.FILE), b""):
                    total.update(piece)
                    data = data or piece
            if path.stat().st_size <= limits.FILE and b"\0" not in data and data.decode("utf-8"):
                return data
    told = message("changed.unreadable", f"{why} sha256:{total.hexdigest()[:16]}", lang=lang)
    return f"{told}\n".encode()


def run_difftool(options: DifftoolOptions) -> int:
    """Compare what git names; what has one side only is told with its text."""
    name, old, new = _sides(options.given)
    try:
        if old == NOTHING or new == NOTHING:
            way = "added" if old == NOTHING else "removed"
            put(f"{message(f'changed.whole-{way}', name, lang=options.lang)}\n".encode())
            return run_textconv(GitTextconvOptions(text=old if new == NOTHING else new, lang=options.lang))
        comparison = compared(*(parse(read(Path(each), origin=name)) for each in (old, new)))
        color: ColorChoice = options.color
        if color == "auto" and os.environ.get("GIT_PAGER_IN_USE") and not os.environ.get("NO_COLOR"):
            color = "always"  # git's own pager shows them
        deliver(comparison, (), "terminal", LookOptions(color=color, pager=False), lang=options.lang)
    except ResdiffError as error:
        why = message("changed.failed", name, explained(error, options.lang).rstrip("."), lang=options.lang)
        put(f"{why}\n".encode())
    return 0


def _sides(given: tuple[str, ...]) -> tuple[str, str, str]:
    """The name of the file, and where its two versions are. Raises UsageError for a call that is none of git's."""
    if len(given) in EXTERNAL:
        return given[0], given[1], given[4]
    if len(given) in (2, 3):
        return given[2] if len(given) == 3 else Path(given[1]).name, given[0], given[1]
    raise UsageError("difftool-call")
