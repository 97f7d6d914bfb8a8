"""Characters that act instead of being read: on a terminal, on a page, in a Word file."""

import re
from typing import TypeVar

__all__ = ["one_line", "without_acting"]

Value = TypeVar("Value")

# Control characters, overrides of the direction of writing, what is no character at all, and the arrow ⇐ that a
# conversion of word processor files leaves where one of its own codes stood.
RE_ACTING = r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff\u21d0]"
RE_BREAK = r"\s*[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]\s*"


def without_acting(text: str) -> tuple[str, int]:
    """The text without the characters that act, and how many they were.

    >>> without_acting("Titre\\x1b[31m\\u202e")
    ('Titre[31m', 2)
    """
    bare = text.replace("\n", "").replace("\u00a0", "").replace("\u202f", "")
    if bare.isprintable() and "⇐" not in bare:  # a quick look, which most texts pass
        return text, 0
    return re.subn(RE_ACTING, "", text)


def one_line(value: Value) -> Value:
    """A value as a table or front matter has it, every string in it one line of characters that do not act.

    YAML, TOML and JSON can spell what no text of theirs may hold: ``"\\u001b[2J"``.

    >>> one_line({"fr": ["Titre\\x1b\\n# autre", 3]})
    {'fr': ['Titre # autre', 3]}
    """
    made: object = value
    if isinstance(value, str):
        made = re.sub(RE_BREAK, " ", without_acting(value)[0])
    elif isinstance(value, dict):
        made = {one_line(key): one_line(each) for key, each in value.items()}
    elif isinstance(value, list):
        made = [one_line(each) for each in value]
    return made  # type: ignore[return-value]  # the same shape
