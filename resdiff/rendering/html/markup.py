"""HTML that is safe to write: the only way to it escapes whatever comes from a text. And what all of a page shares:
links, the classes that colour changes and statuses.
"""

from collections.abc import Iterable
from typing import LiteralString

from resdiff.model import Change, Kind, Side, Status
from resdiff.report import Address, Inline, Sentence, Strong

__all__ = ["KIND_CLASSES", "LOOKS", "Markup", "anchor", "fill", "inline", "joined", "kind_class", "language", "link"]

KIND_CLASSES = {
    Kind.UNCHANGED: "same",
    Kind.MODIFIED: "mod",
    Kind.ADDED: "add",
    Kind.REMOVED: "del",
    Kind.SPLIT: "spl",
    Kind.MERGED: "spl",
}
# The class that colours a status or the direction of a verb, and a sign; the word beside them says the same.
LOOKS = {
    Status.NEW: ("add", ""),
    Status.EXPANDED: ("mod", ""),
    Status.DROPPED: ("del", ""),
    Status.REDUCED: ("mov", ""),
    Status.KEPT: ("same", ""),
    "stronger": ("add", "↑ "),
    "weaker": ("del", "↓ "),
    "same": ("same", ""),
    "": ("", ""),
}


class Markup(str):
    """Text that is HTML already. Whatever is done to it but ``fill`` and ``joined`` makes plain text of it again, which
    is escaped: a mistake shows on the page and opens nothing."""

    __slots__ = ()


def fill(template: LiteralString, *values: object, **named: object) -> Markup:
    """The template with its ``{}`` and ``{name}`` filled, each value escaped unless it is markup already.

    A template is written in our code, never made of data.

    >>> str(fill("<b>{}</b> {x}", "a < b", x=fill("<i>c</i>")))
    '<b>a &lt; b</b> <i>c</i>'
    """
    return Markup(template.format(*map(_escape, values), **{name: _escape(value) for name, value in named.items()}))


def joined(parts: Iterable[object], by: LiteralString = "") -> Markup:
    """The parts one after the other, what is no markup escaped."""
    return Markup(by.join(map(_escape, parts)))


def _escape(value: object) -> str:
    """The value as text that means itself, between tags and inside an attribute; markup as it is."""
    if type(value) is Markup:
        return value
    text = str(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


def inline(sentence: Sentence, page: str = "") -> Markup:
    """A sentence with its stressed words, and its addresses as links into that page, else into this one."""
    return joined(_part(part, page) for part in sentence.parts)


def _part(part: Inline, page: str) -> str | Markup:
    if isinstance(part, Address):
        return link(part, page)
    return fill("<b>{}</b>", part.text) if isinstance(part, Strong) else part


def link(target: Address, page: str = "") -> Markup:
    """An address as a link: the old text has anchors of its own."""
    name, prefix = ("a o", "old-") if target.side is Side.OLD else ("a", "")
    return fill('<a class="{}" href="{}#{}{}">{}</a>', name, page, prefix, target.id, target.label)


def anchor(change: Change) -> str:
    """The address of a change in the page: its first new paragraph, else its first old one."""
    return change.link.new[0] if change.link.new else f"old-{change.link.old[0]}"


def kind_class(change: Change) -> str:
    """The class that colours a change. A move is seen before all else, what is moved and modified included."""
    return "mov" if change.moved else KIND_CLASSES[change.kind]


def language(spoken: str, page: str) -> Markup:
    """The attribute that tells the language of a text, where it is not that of the page."""
    return Markup("") if (spoken or "fr") == page else fill(' lang="{}"', spoken or "fr")
