"""How well two paragraphs fit: the named parts of a score, from what their texts share and from where they stand.

A score runs from below 0 to about 1.3. The weights were set on generated versions (tests/generator.py) and looked at on
43 pairs of Security Council resolutions; F1 there moves by less than 0.001 when any one of them is off by a third.
"""

import re

from resdiff.alignment.state import Board, Pair
from resdiff.model import Paragraph, Part

__all__ = ["Gaps", "Parts", "score_parts"]

# What the texts share.
RUNS = 0.5  # how much comes from runs of words, the rest from words in any order
WITHIN = 0.1  # a paragraph that stands whole inside a longer one
OWN = (
    0.3  # for how much of what is shared stands nowhere else: a third of it with true links, none with most false ones
)
ENOUGH = 0.5  # … more than that tells no more
USUAL = 0.25  # … and this neither adds nor takes away
COMMON = -0.3  # nothing of its own, and each of the two shares as much with another: an opening of a dozen paragraphs
NOTHING = 0.05
MUCH = 0.6  # what shares more is near enough the same text, however often it stands there
AS_MUCH = 0.1

# Where they stand.
IN_PLACE = 0.05  # between the same neighbours
AWAY = -0.03  # for each linked paragraph in between but the first, up to three
BESIDE = 0.04  # the paragraph before is linked to the one before, or the one after to the one after
KIN = 0.08  # a point whose parent is linked to the parent of the other; as much off when it is linked elsewhere
DEPTH = -0.10  # a paragraph and a point
LEAD = 0.03  # the same first word
OTHER_PART = -0.14  # from the preamble to the operative part, or back

# What is another paragraph though the words recur.
# "Rappelant sa résolution 52/133 du 12 décembre 1997", "Rappelant sa résolution 71/194 du 19 décembre 2016"
CITED = -0.20
OPENING = 60  # characters: "Rappelant également en particulier sa résolution 1712 (2006)"
RE_SYMBOL = re.compile(r"\b\d{1,3}/\d{1,3}\b|\b\d{2,4} ?\([12S][\dIVXL-]+\)")
# "sa résolution 72/194, dans laquelle elle a engagé l’Office à …": 74/175, preambular paragraph 9
QUOTED = -0.6
RE_QUOTES = re.compile(r"\b(?:dans|par) lesquel|\b(?:dans|par) laquelle (?:elle|il) ", re.IGNORECASE)

Parts = tuple[tuple[str, float], ...]
Gaps = tuple[list[int], list[int]]


def score_parts(board: Board, pair: Pair, gaps: Gaps) -> Parts:
    """The named parts of the score of a pair; the first, ``words``, is what the texts share wherever they stand."""
    i, j = pair
    shared = board.share(pair)
    return (
        ("words", (1 - RUNS) * shared.words + RUNS * shared.runs + WITHIN * shared.within),
        ("own", OWN * (min(shared.own, ENOUGH) - USUAL)),
        ("common", COMMON * _common(board, pair)),
        ("beside", BESIDE * sum([(i + step, j + step) in board.links for step in (-1, 1)])),
        ("kin", KIN * board.kin(pair)),
        ("lead", LEAD * (board.old_profiles[i].heads[:1] == board.new_profiles[j].heads[:1])),
        ("depth", DEPTH * (board.old[i].depth != board.new[j].depth)),
        *_place(board, pair, gaps),
    )


def _place(board: Board, pair: Pair, gaps: Gaps) -> Parts:
    old, new = board.old[pair[0]], board.new[pair[1]]
    if old.part != new.part:
        quoted = _quotes(old, board.symbols[1]) != _quotes(new, board.symbols[0])
        return ("part", OTHER_PART), ("quoted", QUOTED * quoted)
    away = abs(gaps[0][pair[0]] - gaps[1][pair[1]])
    place = AWAY * min(away - 1, 3) if away else IN_PLACE
    return ("place", place), ("cited", CITED * _cite_others(old.text, new.text, board.symbols))


def _common(board: Board, pair: Pair) -> bool:
    """Whether the two share nothing of their own, and no more than each shares with others."""
    shared = board.share(pair)
    if shared.own >= NOTHING or shared.words >= MUCH:
        return False
    return board.share_elsewhere(pair) > shared.words - AS_MUCH


def _quotes(paragraph: Paragraph, symbol: str) -> bool:
    """Whether a preambular paragraph tells what an earlier resolution said, or cites the other text."""
    if paragraph.part is not Part.PREAMBLE:
        return False
    return bool(RE_QUOTES.search(paragraph.text)) or (symbol != "" and symbol in paragraph.text)


def _cite_others(old: str, new: str, symbols: tuple[str, str]) -> bool:
    """Whether both open by citing resolutions, but none in common, and neither rolls over to the other text."""
    if not all(RE_SYMBOL.search(text, 0, OPENING) for text in (old, new)):
        return False
    if not set(RE_SYMBOL.findall(old)).isdisjoint(RE_SYMBOL.findall(new)):
        return False
    return not any(symbol and symbol in text for symbol, text in zip(symbols, (new, old), strict=True))
