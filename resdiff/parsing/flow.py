"""One line of text from wrapped lines: joined with blanks, and hyphens at line ends resolved."""

import re
from collections.abc import Sequence
from functools import cache

from resdiff.data import table

__all__ = ["flowed", "halves"]

RE_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
RE_YEARS = re.compile(r"\d[-–/]$")  # "(2022-" / "2027)", "A/RES/72/" / "194"
RE_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
RE_BLANKS = re.compile(r"[ \t\r\f\v]+")


def halves(text: str) -> frozenset[str]:
    """The words of a text in small letters, hyphenated ones whole: they tell how a word cut in two is written."""
    return frozenset(RE_WORD.findall(text.lower())) if "-\n" in text or "\u00ad\n" in text else frozenset()


def flowed(pieces: Sequence[str], words: frozenset[str] = frozenset()) -> str:
    """The pieces as one line.

    A hyphen at the end of a piece goes when it only cuts a word, and stays when the word is written with it: because
    the text writes it so elsewhere, or because its halves are listed ("sous-", "main-d’œuvre"). A capital letter or an
    elision after it keeps it.

    >>> flowed(["sur l’exé-", "cution du mandat sous-", "régional"])
    'sur l’exécution du mandat sous-régional'
    >>> flowed(["à forte intensité de main-", "d’œuvre"])
    'à forte intensité de main-d’œuvre'
    """
    kept: list[str] = []
    for piece in pieces:
        last = kept[-1] if kept else ""
        between = RE_YEARS.search(last) and piece[0].isdecimal()
        broken = RE_BROKEN.search(last) if last[-1:] in ("-", "\u2010", "\u00ad") else None
        if (
            broken is None
            and kept
            and not between
            and not (piece[0] in ",)]" or (piece[0] == "." and piece[:2] != ".."))
        ):
            kept.append(" ")
        elif broken is not None and not _keeps(broken[1], piece, words):
            kept[-1] = last[:-1]
        kept.append(piece)
    return RE_BLANKS.sub(" ", "".join(kept)).strip()


@cache
def _listed(side: str) -> frozenset[str]:
    return frozenset(table("parse")["hyphen"][side])


def _keeps(first: str, piece: str, words: frozenset[str]) -> bool:
    match = RE_WORD.match(piece)
    second = match.group().lower() if match else ""
    if not piece[0].islower() or piece[len(second) : len(second) + 1] in ("’", "'"):
        return True
    if f"{first.lower()}-{second}" in words:
        return True
    if f"{first.lower()}{second}" in words:
        return False
    return first.lower() in _listed("before") or second in _listed("after")
