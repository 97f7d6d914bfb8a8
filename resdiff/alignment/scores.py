"""How well two paragraphs fit: the named parts of a score, from what their texts share and from where they stand.

A score runs from below 0 to about 1.3. The weights were set on generated versions (tests/generator.py) and looked at on
43 pairs of Security Council resolutions; F1 there moves by less than 0.001 when any one of them is off by a third.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from resdiff.alignment.texts import Bag, Gaps, Links, Pair, Run, Texts
from resdiff.language import Language, pattern
from resdiff.model import Paragraph, Part

__all__ = ["HARDLY", "Parts", "Shared", "cover", "score_parts"]

NEARLY = 0.5  # paragraphs that share this much are not searched for common runs: the runs would say the same
HARDLY = 0.16  # … nor those that share less: no labelled link but halves of splits shares less than 0.2

# What the texts share.
RUNS = 0.5  # how much comes from runs of words, the rest from words in any order
CONTAINMENT = 0.1  # a paragraph that stands whole inside a longer one
UNIQUE = 0.3  # how much of what is shared stands nowhere else: a third of it with true links, none with most false ones
ENOUGH = 0.5  # … more than that tells no more
USUAL = 0.25  # … and this neither adds nor takes away
COMMON = -0.3  # nothing of its own, and each of the two shares as much with another: an opening of a dozen paragraphs
NOTHING = 0.05
MUCH = 0.6  # what shares more is near enough the same text, however often it stands there
AS_MUCH = 0.1

# Where they stand.
IN_PLACE = 0.05  # between the same neighbours
AWAY = -0.03  # for each linked paragraph in between but the first, up to three
NEIGHBOUR = 0.04  # the paragraph before is linked to the one before, or the one after to the one after
PARENT = 0.08  # a point whose parent is linked to the parent of the other; as much off when it is linked elsewhere
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

# The half of a split or a merge. It holds at least this much of its host in runs the first partner does not hold: the
# weight of about eight words of middling rarity. Shorter clauses recur by themselves ("sur les questions relatives à").
HALF = 8_000
HOST = 0.08  # … and at least this share of the host
QUOTATION = 3.0  # what the first partner holds too is a quotation, not a half: at most so many times the rest
IN_ANY_ORDER = 0.2  # of the shorter one must stand in the other for a search to be worth while
HALF_IN_OTHER_PART = 0.3  # 1535 (2004): the long name of a committee is no clause that went to the preamble
FAR = 0.03  # for each paragraph between the two halves, up to five

Parts = tuple[tuple[str, float], ...]


class Shared(Struct, frozen=True):
    """What two paragraphs have in common, as a share of both (``words``, ``runs``) or of the shorter (``containment``).

    ``unique_share`` is the share of it that stands in no other paragraph of the two texts; what stands in one other
    counts half.
    """

    words: float
    runs: float
    containment: float
    unique_share: float


def score_parts(texts: Texts, links: Links, pair: Pair, gaps: Gaps) -> Parts:
    """The named parts of the score of a candidate; the first, ``words``, is what the texts share wherever they stand.

    The names are those of the JSON contract: ``own`` is the unique share, ``within`` the containment is part of
    ``words``, ``beside`` tells of linked neighbours, ``kin`` of linked parents.
    """
    i, j = pair
    shared = _shared(texts, links.candidates.pairs[pair], pair)
    return (
        ("words", (1 - RUNS) * shared.words + RUNS * shared.runs + CONTAINMENT * shared.containment),
        ("own", UNIQUE * (min(shared.unique_share, ENOUGH) - USUAL)),
        ("common", COMMON * _is_common(shared, links, pair)),
        ("beside", NEIGHBOUR * sum([(i + step, j + step) in links.made for step in (-1, 1)])),
        ("kin", PARENT * links.parents_linked(texts, pair)),
        ("lead", LEAD * (texts.old_profiles[i].codes[:1] == texts.new_profiles[j].codes[:1])),
        ("depth", DEPTH * (texts.old[i].depth != texts.new[j].depth)),
        *_place(texts, pair, gaps),
    )


# ---- what the texts share -------------------------------------------------------------------------------------------


def _shared(texts: Texts, bag: Bag, pair: Pair) -> Shared:
    if bag.share >= NEARLY:
        shorter = min(texts.weights.old[pair[0]], texts.weights.new[pair[1]])
        return Shared(bag.share, bag.share, bag.weight / shorter, bag.unique / bag.weight)
    weight, other = texts.weights.old_words[pair[0]], texts.weights.new_words[pair[1]]
    kept = sum([sum(weight[run.old : run.old + run.length]) for run in texts.runs(pair)])
    old, new = sum(weight), sum(other)
    return Shared(bag.share, 2 * kept / (old + new), kept / min(old, new), bag.unique / bag.weight)


def _is_common(shared: Shared, links: Links, pair: Pair) -> bool:
    """Whether the two share nothing of their own, and no more than each shares with others."""
    if shared.unique_share >= NOTHING or shared.words >= MUCH:
        return False
    i, j = pair
    by_old = [share for share, n in links.candidates.near_new[i] if n != j]
    by_new = [share for share, o in links.candidates.near_old[j] if o != i]
    return min(max(by_old, default=0.0), max(by_new, default=0.0)) > shared.words - AS_MUCH


# ---- where they stand -----------------------------------------------------------------------------------------------


def _place(texts: Texts, pair: Pair, gaps: Gaps) -> Parts:
    old, new = texts.old[pair[0]], texts.new[pair[1]]
    if old.part != new.part:
        quoted = _quotes(old, texts.symbols[1], texts.language) != _quotes(new, texts.symbols[0], texts.language)
        return ("part", OTHER_PART), ("quoted", QUOTED * quoted)
    away = abs(gaps[0][pair[0]] - gaps[1][pair[1]])
    place = AWAY * min(away - 1, 3) if away else IN_PLACE
    return ("place", place), ("cited", CITED * _cite_others(old.text, new.text, texts.symbols))


def _quotes(paragraph: Paragraph, symbol: str, language: Language) -> bool:
    """Whether a preambular paragraph tells what an earlier resolution said, or cites the other text."""
    if paragraph.part is not Part.PREAMBLE:
        return False
    quotes = pattern(language.citations.quotes.pattern)
    return bool(quotes.search(paragraph.text)) or (symbol != "" and symbol in paragraph.text)


def _cite_others(old: str, new: str, symbols: tuple[str, str]) -> bool:
    """Whether both open by citing resolutions, but none in common, and neither rolls over to the other text."""
    if not all(RE_SYMBOL.search(text, 0, OPENING) for text in (old, new)):
        return False
    if not set(RE_SYMBOL.findall(old)).isdisjoint(RE_SYMBOL.findall(new)):
        return False
    return not any(symbol and symbol in text for symbol, text in zip(symbols, (new, old), strict=True))


# ---- halves ---------------------------------------------------------------------------------------------------------


def cover(texts: Texts, links: Links, pair: Pair) -> float:
    """How well a free paragraph completes one that has a partner, from 0 for no case to about 1.

    The larger share of two that stands in their common runs: of the free paragraph, or of what the partner left over
    of its host.
    """
    i, j = pair
    news, olds = links.news_of.get(i, ()), links.olds_of.get(j, ())
    if bool(news) == bool(olds):
        return 0.0
    least = IN_ANY_ORDER * min(texts.weights.old[i], texts.weights.new[j])
    if links.candidates.pairs[pair].weight < max(HALF, least):
        return 0.0
    partners = [(i, n) for n in news] or [(o, j) for o in olds]
    if any(_is_whole(links, partner, split=bool(news)) for partner in partners):
        return 0.0
    host, guest = texts.weights.old_words[i], texts.weights.new_words[j]
    if not news:
        host, guest = guest, host
    used = {at for partner in partners for at in _held(texts.runs(partner), of_old=bool(news))}
    held = set(_held(texts.runs(pair), of_old=bool(news)))
    fresh = sum([host[at] for at in held - used])
    stale = sum([host[at] for at in held & used])
    apart = texts.old[i].part != texts.new[j].part
    if fresh < max(HALF * (1 + apart), HOST * sum(host)) or stale > QUOTATION * fresh:
        return 0.0
    far = min(abs(j - n) if news else abs(i - o) for o, n in partners)
    left = sum(host) - sum([host[at] for at in used])
    return max(fresh / sum(guest), fresh / left) - FAR * min(far - 1, 5) - HALF_IN_OTHER_PART * apart


def _held(runs: tuple[Run, ...], *, of_old: bool) -> Iterator[int]:
    """The places of the words of the old or of the new paragraph that stand in the runs."""
    for run in runs:
        start = run.old if of_old else run.new
        yield from range(start, start + run.length)


def _is_whole(links: Links, pair: Pair, *, split: bool) -> bool:
    """Whether a link takes no other half: it is sure, or would make a group with several paragraphs on both sides."""
    i, j = pair
    beside = links.olds_of[j] if split else links.news_of[i]
    return links.made[pair].reason.tier in ("exact", "pinned") or len(beside) > 1
