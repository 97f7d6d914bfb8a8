"""How good the links are: labelled pairs, chains without labels, far pairs with orphans, and what it costs."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import process_time

import labels as persons

from linking.labels import far_pairs, steps_by, without_some
from linking.texts import ALL, Chain, Labelled, weighed_by
from resdiff.alignment import align
from resdiff.alignment.texts import Odds
from resdiff.comparison import compare
from resdiff.model import Kind, Resolution

__all__ = ["Agreement", "Far", "Typed", "agreement", "far", "of_labelled"]

FAR = {"fr": 200, "en": 120}
LIKE, UNLIKE = 0.5, 0.4  # shares of words: a paragraph is dropped and taken up again when nothing between has as many
MANY = (Kind.SPLIT, Kind.MERGED)

Ids = tuple[str, str]


@dataclass
class Agreement:
    """Links A→B and B→C put together, against A→C; ``returned``: direct links of what B does not have."""

    both: int = 0
    either: int = 0
    returned: int = 0
    pairs: int = 0
    seconds: float = 0.0
    worst: list[tuple[float, str, list[Ids], list[Ids]]] = field(default_factory=list)

    def __str__(self) -> str:
        share, rest = self.both / max(1, self.either), self.both / max(1, self.either - self.returned)
        return (
            f"agreement {share:.4f} ({self.both} of {self.either}), without {self.returned} dropped and taken up "
            f"again {rest:.4f}; {self.pairs} pairs, {1000 * self.seconds / max(1, self.pairs):.1f} ms each"
        )


def agreement(chains: Sequence[Chain], odds: Mapping[int, Odds]) -> dict[str, Agreement]:
    """By the folder of the chains."""
    found: dict[str, Agreement] = defaultdict(Agreement)
    for chain in chains:
        with weighed_by(odds.get(chain.fold, odds[ALL])):
            if len(chain.texts) > 2:
                _add(found[chain.folder], chain)
    for one in found.values():
        one.worst.sort(key=lambda row: row[0])
    return found


def _add(total: Agreement, chain: Chain) -> None:
    known: dict[tuple[int, int], set[Ids]] = {}

    def links(i: int, j: int) -> set[Ids]:
        if (i, j) not in known:
            start = process_time()
            found = align(chain.texts[i], chain.texts[j])
            total.seconds += process_time() - start
            total.pairs += 1
            known[i, j] = {(o, n) for link in found for o in link.old for n in link.new}
        return known[i, j]

    for i in range(len(chain.texts) - 2):
        first, second, direct = links(i, i + 1), links(i + 1, i + 2), links(i, i + 2)
        then = defaultdict(set)
        for b, c in second:
            then[b].add(c)
        over = {(a, c) for a, b in first for c in then[b]}
        if not over | direct:
            continue
        both, either = len(over & direct), len(over | direct)
        back = [ids for ids in direct - over if _returned(ids, *chain.texts[i : i + 3])]
        total.both, total.either, total.returned = total.both + both, total.either + either, total.returned + len(back)
        name = f"{chain.name} {' '.join(chain.files[i : i + 3])} ({len(back)} returned)"
        total.worst.append((both / either, name, sorted(direct - over), sorted(over - direct)))


def _returned(ids: Ids, first: Resolution, middle: Resolution, last: Resolution) -> bool:
    """Whether two paragraphs are alike, and nothing in the text between them is like the first."""
    old = next(p.text for p in first.body if p.id == ids[0])
    new = next(p.text for p in last.body if p.id == ids[1])
    return alike(old, new) >= LIKE and max((alike(old, p.text) for p in middle.body), default=0.0) < UNLIKE


def alike(one: str, other: str) -> float:
    """The share of words that two paragraphs have in common."""
    old, new = persons.words(one.lower()), persons.words(other.lower())
    return 2 * (Counter(old) & Counter(new)).total() / max(1, len(old) + len(new))


@dataclass
class Far:
    """Links of far pairs: right, lost, wrong: between two that have partners, or of an orphan with another one.

    What joins a link that is right is not counted: the steps tell of no halves.
    """

    right: int = 0
    wrong: int = 0
    lost: int = 0

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.right + self.wrong), self.right / max(1, self.right + self.lost)
        return f"P {precision:.4f} R {recall:.4f} ({self.wrong} wrong, {self.lost} lost of {self.right + self.lost})"


def far(chains: Sequence[Chain], odds: Mapping[int, Odds]) -> dict[str, Far]:
    """By language."""
    found = {}
    for language, most in FAR.items():
        total = found[language] = Far()
        for pair in far_pairs(
            [c for c in chains if c.folder.startswith(language)], (2, 3, 4, 5), most, 77, steps_by({})
        ):
            short = without_some(pair, f"far {pair.chain.name} {pair.steps}")
            with weighed_by(odds.get(pair.chain.fold, odds[ALL])):
                links = {(o, n) for link in align(short.old, short.new) for o in link.old for n in link.new}
            olds, news = {p.id for p in short.old.body}, {p.id for p in short.new.body}
            sure = {(o, n) for o, n in short.links.items() if o in olds and n in news}
            homes = {o for o, _ in sure}, {n for _, n in sure}
            total.right += len(links & sure)
            total.lost += len(sure - links)
            total.wrong += sum(short.label(o, n) == 0 and (o in homes[0]) == (n in homes[1]) for o, n in links)
    return found


@dataclass
class Typed:
    """What a person said of labelled pairs against what is found: links, kinds, moves, groups."""

    score: persons.Score = field(default_factory=persons.Score)
    groups: int = 0
    groups_labelled: int = 0
    groups_wrong: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)

    def __str__(self) -> str:
        found = f"splits and merges {self.groups} of {self.groups_labelled}, wrong ones {self.groups_wrong}"
        return f"labelled: {self.score}, {found}"


def of_labelled(pairs: Sequence[Labelled], odds: Mapping[int, Odds]) -> Typed:
    """All labelled pairs together; a group is wrong when a link of it is."""
    total = Typed()
    for pair in pairs:
        with weighed_by(odds.get(pair.fold, odds[ALL])):
            comparison = compare(pair.old, pair.new)
        total.score += persons.score(pair.rows, comparison)
        known = persons.sure(pair.rows) | persons.unsure(pair.rows)
        many = {(tuple(r["old"]), tuple(r["new"])) for r in pair.rows if r["kind"] in MANY and not r.get("doubtful")}
        found = {(c.link.old, c.link.new) for c in comparison.changes if c.kind in MANY}
        total.groups, total.groups_labelled = total.groups + len(found & many), total.groups_labelled + len(many)
        for olds, news in sorted(found - many):
            if not {(o, n) for o in olds for n in news} <= known:
                total.groups_wrong.append((pair.name, olds, news))
    return total
