"""Which old and new paragraphs belong together: ``align(old, new, pins) -> tuple[Link, ...]``."""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from functools import reduce

from resdiff.alignment.odds import alike
from resdiff.alignment.texts import Links, Pair, Texts, Vocabulary, nearness, prepare
from resdiff.alignment.tiers import TIERS
from resdiff.model import Link, Pin, Reason, Resolution, Rival

__all__ = ["TIERS", "Vocabulary", "align"]

RIVALS = 3  # told with each link
DOUBTFUL = 0.9  # probability of a link below which it is told how alike its paragraphs are

Competitors = tuple[dict[int, list[Pair]], dict[int, list[Pair]]]  # the pairs that were scored, by old and by new place


def align(
    old: Resolution,
    new: Resolution,
    pins: Sequence[Pin] = (),
    *,
    without: Set[str] = frozenset(),
    vocabulary: Vocabulary | None = None,
) -> tuple[Link, ...]:
    """The links of two texts: every paragraph of both bodies in exactly one, in the order of the old text, then new.

    A score is the probability that the two belong together: 1 for the same words, 0 for a paragraph with no partner, of
    several linked ones the least. ``without`` names tiers to leave out, to see what each is good for. A ``vocabulary``
    handed to several calls keeps what is known of paragraphs, and changes nothing but the time. Raises ``ValueError``
    for the name of no tier and ``KeyError`` for a pin whose paragraphs are not in the texts.
    """
    if unknown := without - {tier.__name__ for tier in TIERS}:
        raise ValueError(f"no such tier: {', '.join(sorted(unknown))}")
    texts = prepare(old, new, pins, vocabulary)
    tiers = [tier for tier in TIERS if tier.__name__ not in without]
    return tuple(_grouped(texts, reduce(lambda links, tier: tier(texts, links), tiers, Links())))


def _grouped(texts: Texts, links: Links) -> Iterator[Link]:
    competitors = _competitors(links)
    seen: set[int] = set()
    for i in range(len(texts.old)):
        if i not in seen:
            olds, news = _group(links, i)
            seen |= olds
            yield _link(texts, links, olds, news, competitors)
    for j in range(len(texts.new)):
        if j not in links.olds_of:
            yield _link(texts, links, set(), {j}, competitors)


def _competitors(links: Links) -> Competitors:
    by_old, by_new = defaultdict(list), defaultdict(list)
    for pair in links.scores.keys() | links.halves.keys():
        by_old[pair[0]].append(pair)
        by_new[pair[1]].append(pair)
    return by_old, by_new


def _group(links: Links, i: int) -> tuple[set[int], set[int]]:
    """All paragraphs that are linked with old paragraph ``i``, at one remove or more."""
    olds, news, todo = {i}, set[int](), [i]
    while todo:
        for j in set(links.news_of.get(todo.pop(), ())) - news:
            news.add(j)
            fresh = set(links.olds_of[j]) - olds
            olds |= fresh
            todo += fresh
    return olds, news


def _link(texts: Texts, links: Links, olds: set[int], news: set[int], competitors: Competitors) -> Link:
    ids = tuple(texts.old[i].id for i in sorted(olds)), tuple(texts.new[j].id for j in sorted(news))
    rivals = _rivals(texts, links, olds, news, competitors)
    pairs = [(i, j) for i in olds for j in news if (i, j) in links.made]
    if not pairs:
        return Link(*ids, 0.0, Reason("none", (), rivals))
    # a split or a merge tells why the halves were joined
    joined = [p for p in pairs if links.made[p].reason.tier in ("split", "merge")]
    reason = links.made[min(joined or pairs, key=lambda p: (-links.made[p].score, *nearness(p)))].reason
    parts = tuple((name, round(value, 3)) for name, value in reason.parts if value)
    score = round(min(links.made[p].score for p in pairs), 3)
    ((i, j), *more) = pairs
    is_weighed = not more and reason.parts and score < DOUBTFUL
    shares = round(alike(texts.old[i], texts.new[j]), 3) if is_weighed else 1.0
    return Link(*ids, score, Reason(reason.tier, parts, rivals), shares)


def _rivals(texts: Texts, links: Links, olds: set[int], news: set[int], competitors: Competitors) -> tuple[Rival, ...]:
    """The pairs of these paragraphs that scored most and were not linked."""
    near = {p for side, places in zip(competitors, (olds, news), strict=True) for at in places for p in side[at]}
    best = sorted((p for p in near if p not in links.made), key=lambda p: (-links.likelihood(p), *nearness(p)))[:RIVALS]
    return tuple(Rival(texts.old[i].id, texts.new[j].id, round(links.likelihood((i, j)), 3)) for i, j in best)
