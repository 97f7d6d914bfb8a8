"""A text that bears the proposals of several delegations, each under its name: one layer a delegation.

The text is one run of characters, cut into stretches: kept words stand in the base and in every proposal; added words
stand in the proposals of those who are named; removed words in the base and in the proposals of all others. So each
text comes back from the stretches alone, to the letter, and the base with them.

A line end ends a paragraph and is a character like any other: who inserts or deletes it joins or parts paragraphs.
The call of a footnote is written ``[^7]``, its note a line that begins ``[^7]: ``.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

__all__ = ["RE_CALL", "RE_NOTE", "Layers", "Mark", "Own", "Printed", "Stretch", "canonical", "lines", "take"]

RE_CALL = re.compile(r"\[\^([^\]\s]*)\]")  # a note that lost its number has an empty one
RE_NOTE = re.compile(r"\[\^[^\]\s]*\]: ")


class Mark(StrEnum):
    """What is proposed for the words of a stretch."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


class Stretch(Struct, frozen=True):
    """Words that are kept, or that the delegations of these names add or remove.

    ``contest`` is the number of the contested passage to which they belong, from 1; 0 for none.
    """

    mark: Mark
    text: str
    names: tuple[str, ...] = ()
    contest: int = 0


class Printed(Struct, frozen=True, array_like=True):
    """How a line of a draft begins where that is no proposal: ``shown`` (its number in the compilation), ``printed``
    (the one in the draft)."""

    line: int
    shown: str
    printed: str


class Own(Struct, frozen=True, omit_defaults=True):
    """What belongs to the text of one delegation (the base has an empty name) and is no proposal.

    ``head`` and ``tail`` are its lines around the text: title, masthead, meeting and date. ``numbers`` are the
    paragraph numbers it prints otherwise, ``calls`` the footnotes it calls otherwise: (in the compilation, printed).
    """

    name: str = ""
    head: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    numbers: tuple[Printed, ...] = ()
    calls: tuple[tuple[str, str], ...] = ()


class Layers(Struct, frozen=True):
    """The stretches of a text with the names of all delegations, in the order in which they were given."""

    names: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    own: tuple[Own, ...] = ()


def take(layers: Layers, name: str = "") -> tuple[str, ...]:
    """The lines of the text of one delegation, to the letter; those of the base where no name is given.

    Where the layers lost what is a delegation's own, numbers and calls are those of the compilation.

    >>> kept = Stretch(Mark.KEPT, "Prie "), Stretch(Mark.KEPT, "les États")
    >>> layers = Layers(("FR", "CH"), (kept[0], Stretch(Mark.ADDED, "tous ", ("FR",)), kept[1]))
    >>> take(layers, "FR"), take(layers)
    (('Prie tous les États',), ('Prie les États',))
    """
    own = next((own for own in layers.own if own.name == name), Own(name))
    body = canonical(layers, name).removesuffix("\n").split("\n")
    for number in own.numbers:
        if number.line < len(body) and body[number.line].startswith(number.shown):
            body[number.line] = number.printed + body[number.line].removeprefix(number.shown)
    calls = dict(own.calls)
    body = [RE_CALL.sub(lambda match: f"[^{calls.get(match[1], match[1])}]", line) for line in body]
    notes = next((place for place, line in enumerate(body) if RE_NOTE.match(line)), len(body))
    return (*own.head, *body[:notes], *own.tail, *body[notes:])


def canonical(layers: Layers, name: str = "") -> str:
    """The text of one delegation under the numbers of the compilation, each line closed by a line end."""
    return "".join(stretch.text for stretch in layers.stretches if _has(stretch, name))


def _has(stretch: Stretch, name: str) -> bool:
    """Whether the text of a delegation has the words of a stretch."""
    return stretch.mark is Mark.KEPT or (name in stretch.names) == (stretch.mark is Mark.ADDED)


def lines(stretches: tuple[Stretch, ...]) -> Iterator[tuple[tuple[Stretch, ...], Stretch]]:
    """The stretches line by line: those with words, and the one whose line end closes the line, without words.

    A last line without a line end is closed by one that is kept.
    """
    line: list[Stretch] = []
    for stretch in stretches:
        for place, text in enumerate(stretch.text.split("\n")):
            if place:
                yield tuple(line), replace(stretch, text="")
                line = []
            if text:
                line.append(replace(stretch, text=text))
    if line:
        yield tuple(line), Stretch(Mark.KEPT, "")
