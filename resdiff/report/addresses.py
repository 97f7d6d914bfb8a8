"""Paragraphs as negotiators call them: "PP 3", "par. 12 a)", "annexe, par. 3", "ancien par. 12" in the old text."""

import re
from collections.abc import Sequence

from resdiff.model import Change, Side
from resdiff.report.blocks import Address
from resdiff.report.phrase import Parts, join, word

__all__ = ["address", "addresses", "label", "places"]

RE_STEP = re.compile(r"(pp(?=\d)|op|annex(?=\d)|[ph](?=\d)|tail(?=\d*$))?(\w*?)(?:-(\d+))?")
NO_BREAK = "\u00a0"
RE_PLAIN = re.compile(r"(pp|op)(\d+)$")


def label(paragraph: str, lang: str) -> str:
    """What a negotiator calls a paragraph.

    >>> [label(id, "fr") for id in ("pp3", "op12", "op12.a", "op12.a.ii", "op12.tail", "annex1.op3", "annex2")]
    ['PP\\xa03', 'par.\\xa012', 'par.\\xa012\\xa0a)', 'par.\\xa012\\xa0a)\\xa0ii)', 'par.\\xa012 (suite)', \
'annexe, par.\\xa03', 'annexe\\xa0II']
    """
    words = ""
    for index, step in enumerate(paragraph.split(".")):
        match = RE_STEP.fullmatch(step)
        kind, number, again = match.groups(default="") if match else ("", step, "")
        words += _step(kind, number, lang, first=index == 0, opened=bool(words))
        words += f" ({again})" if again else ""
    return words or paragraph


def _step(kind: str, number: str, lang: str, *, first: bool, opened: bool) -> str:
    """The words of one step of an id: a paragraph, a point below it, an annex, a part, a heading."""
    comma = ", " if opened else ""
    if kind in ("pp", "op", "p", "h"):
        head = {"pp": "pp", "h": "heading"}.get(kind, "op")
        # "op" alone only says in which part a heading stands
        return f"{comma}{word(f'word.{head}', lang)}\u00a0{number}" if number else ""
    if kind == "annex":
        return comma + word("word.annex", lang) + _roman(number)
    if kind == "tail":
        return f" ({word('word.tail', lang)})"
    if first:
        return word("word.part", lang).format(number.upper())
    return f"{NO_BREAK if opened else ''}{word('word.point', lang).format(number)}"


def address(side: Side, paragraph: str, lang: str, *, marked: bool = False) -> Address:
    """The address of a paragraph; ``marked`` says "ancien" before one of the old text.

    >>> address(Side.OLD, "op12", "fr", marked=True).label
    'ancien par.\\xa012'
    """
    text = label(paragraph, lang)
    if marked and side is Side.OLD:
        text = word("word.old-paragraph", lang).format(text)
    return Address(side, paragraph, text)


def addresses(
    side: Side, paragraphs: Sequence[str], lang: str, *, marked: bool = False, most: int = 0, long: bool = False
) -> Parts:
    """The addresses of several paragraphs as a list in a sentence, the common word said once.

    After the first ``most`` of them (0: all) an ellipsis stands for the rest. ``long`` says "paragraphe", not "par.".

    >>> "".join(getattr(p, "label", p) for p in addresses(Side.NEW, ("pp19", "op6", "op7"), "fr"))
    'PP\\xa019, par.\\xa06 et 7'
    """
    shown = paragraphs[:most] if most else paragraphs
    items: list[Parts] = []
    for index, paragraph in enumerate(shown):
        kind = RE_PLAIN.match(paragraph)
        before = RE_PLAIN.match(shown[index - 1]) if index else None
        if kind and before and kind[1] == before[1]:
            items.append((Address(side, paragraph, kind[2]),))
            continue
        after = RE_PLAIN.match(shown[index + 1]) if index + 1 < len(shown) else None
        several = bool(kind and after and kind[1] == after[1])
        items.append((_first(side, paragraph, lang, marked=marked, several=several, long=long),))
    if len(shown) < len(paragraphs):
        return join([*items, ("…",)], lang, last=", ")
    return join(items, lang)


def _first(side: Side, paragraph: str, lang: str, *, marked: bool, several: bool, long: bool) -> Address:
    """The address that says the common word; in the plural before others of its kind."""
    text = label(paragraph, lang)
    if (long or several) and (plain := RE_PLAIN.match(paragraph)) and plain[1] == "op":
        name = f"word.op-{'long' if long else 'short'}-{'many' if several else 'one'}"
        text = f"{word(name, lang)}\u00a0{plain[2]}"
    if marked and side is Side.OLD:
        text = word("word.old-paragraphs" if several else "word.old-paragraph", lang).format(text)
    return Address(side, paragraph, text)


def places(change: Change, lang: str) -> str:
    """Where a change stands: "PP 3 → PP 2", "par. 4" where the number is the same, "ancien PP 2" when removed."""
    old, new = ([label(paragraph, lang) for paragraph in side] for side in (change.link.old, change.link.new))
    if not new:
        return word("word.old-paragraph", lang).format(", ".join(old))
    return ", ".join(new) if old in (new, []) else f"{', '.join(old)} → {', '.join(new)}"


def _roman(number: str) -> str:
    """The number of a second or later annex; the first is called by no number."""
    numerals = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    value = int(number or 1)
    if value <= 1:
        return ""
    return "\u00a0" + (numerals[value - 1] if value <= len(numerals) else str(value))
