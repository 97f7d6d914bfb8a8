"""The sentences a reader sees, in French and in English, from one table.

A message is a row of ``data/common/messages.toml`` with one string a language; ``{0}``, ``{1}`` are filled with values.
French is UN French: typographic apostrophe, « guillemets », a no-break space before ``; : ! ?`` and inside guillemets.
"""

import errno
import os
from collections.abc import Sequence
from functools import cache

import msgspec

from resdiff.data import load, sections
from resdiff.data.message import Message, Messages
from resdiff.errors import DataError, ResdiffError

__all__ = [
    "LANGUAGES",
    "explained",
    "message",
    "message_or_code",
    "messages",
    "plural",
    "reason",
    "section",
    "template",
]

LANGUAGES = ("fr", "en")


def message(key: str, *values: object, lang: str = "fr") -> str:
    """The message of that key in that language, filled with the values.

    >>> message("error.file-missing", "x.txt").replace("\\u00a0", " ")
    'Fichier introuvable : « x.txt ».'
    """
    return template(key, lang).format(*values)


@cache
def template(key: str, lang: str) -> str:
    """The message of that key as it stands in the table, not filled. Raises KeyError when there is none.

    >>> template("kind.modified", "fr")
    'modifié'
    """
    group, _, name = key.partition(".")
    text: str = getattr(section(group)[name], lang)
    return text


def message_or_code(key: str, values: Sequence[str], lang: str) -> str:
    """The message of that key, filled; a message that is not in the table is told by its code and its values.

    One that counts, by its first value, has a form for one and one for many. A new flag or notice without its sentence,
    or with other values than it expects, must not stop a run.
    """
    try:
        group, _, name = key.partition(".")
        if values and values[0].isdecimal() and f"{name}-one" in section(group):
            key += f"-{plural(int(values[0]), lang)}"
        return message(key, *values, lang=lang)
    except (KeyError, IndexError):
        return " ".join([key.partition(".")[2], *values])


def plural(number: int, lang: str) -> str:
    """The form that so many take, ``one`` or ``many``: zero is singular in French, plural in English.

    >>> plural(0, "fr"), plural(0, "en")
    ('one', 'many')
    """
    return "one" if number == 1 or (lang == "fr" and not number) else "many"


def explained(error: ResdiffError, lang: str) -> str:
    """What went wrong, in the language of the reader; in plain English where the table of messages itself is broken."""
    try:
        return message(f"error.{error.code}", *(reason(value, lang) for value in error.values), lang=lang)
    except DataError as broken:
        return str(broken)


def reason(value: str, lang: str) -> str:
    """The value, or the message for it where it is what a system says of a file: "No such file or directory"."""
    known = {os.strerror(getattr(errno, name)): name for name in section("system")}
    return message(f"system.{known[value]}", lang=lang) if value in known else value


@cache
def section(name: str) -> dict[str, Message]:
    """The messages of a section by their names. A call says little: of a copy of the table no other one is decoded."""
    copy = _sections()
    return messages()[name] if copy is None else msgspec.json.decode(copy[name], type=dict[str, Message])


@cache
def _sections() -> dict[str, msgspec.Raw] | None:
    return sections("common", "messages")


@cache
def messages() -> Messages:
    """The whole table: the messages of a section by their names."""
    return load("common", "messages", Messages)
