"""The labels: links put together over editions, paragraphs taken away, which nobody typed; halves that readers judged.

Two editions that stand far apart are hard to link, each step between them is easy. So what the certain tiers say of the
steps is put together, and what it says of the far pair is a label. Then some of the linked paragraphs are taken away on
either side: their partners are orphans, of which it is known that nothing belongs to them.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from fitting import by_pair
from msgspec.structs import replace

from linking.texts import ROOT, Chain, weighed_by
from resdiff.alignment import TIERS, align
from resdiff.alignment.odds import HALF, PAIR
from resdiff.alignment.texts import Links, Odds, prepare
from resdiff.alignment.tiers import CERTAIN
from resdiff.model import Resolution

__all__ = ["ANY", "Far", "Half", "Step", "far_pairs", "halves", "steps_by", "without_some"]

SURE = 0.9  # probability of a step
ANY = Odds((30.0, *[0.0] * len(PAIR)), (-30.0, *[0.0] * len(HALF)))  # any pair is one, no half is
TAKEN = 0.15  # of the linked paragraphs, on each side
LONGEST = 120  # paragraphs
HALVES = ROOT / "tests" / "gold" / "halves.csv"

Map = dict[str, str]
Step = Callable[[Chain, int], Map]


@dataclass(frozen=True)
class Far:
    """Two editions some steps apart, and what the steps say: the links, by old and new id."""

    chain: Chain
    steps: int
    old: Resolution
    new: Resolution
    links: Map

    def label(self, old: str, new: str) -> int | None:
        """Whether the two belong together; None when nothing is known of either."""
        if self.links.get(old) == new:
            return 1
        return 0 if old in self.links or new in self.links.values() else None


def steps_by(odds: Mapping[int, Odds], sure: float = SURE) -> Step:
    """What is linked between neighbouring editions: by weights what is sure, without them what the certain tiers link.

    A chain is linked by the weights that saw no edition of it.
    """

    known = dict[tuple[str, int], Map]()

    def step(chain: Chain, at: int) -> Map:
        key = (f"{chain.folder} {chain.name}", at)
        if key not in known:
            known[key] = linked(chain, at)
        return known[key]

    def linked(chain: Chain, at: int) -> Map:
        old, new = chain.texts[at : at + 2]
        if not odds:
            with weighed_by(ANY):
                texts = prepare(old, new)
            made = reduce(lambda links, tier: tier(texts, links), TIERS[:CERTAIN], Links()).made
            return {old.body[i].id: new.body[j].id for i, j in made}
        with weighed_by(odds[chain.fold]):
            links = align(old, new)
        return {
            link.old[0]: link.new[0] for link in links if link.score >= sure and len(link.old) == len(link.new) == 1
        }

    return step


def far_pairs(chains: Sequence[Chain], apart: Sequence[int], most: int, seed: int, step: Step) -> list[Far]:
    """At most so many pairs of editions, drawn from all that are so many steps apart."""
    places = [(chain, at, count) for chain in chains for count in apart for at in range(len(chain.texts) - count)]
    random.Random(seed).shuffle(places)
    found = list[Far]()
    for chain, at, count in places:
        old, new = chain.texts[at], chain.texts[at + count]
        if len(found) == most or max(len(old.body), len(new.body)) > LONGEST:
            continue
        links = {p.id: p.id for p in old.body}
        for place in range(at, at + count):
            following = step(chain, place)
            links = {first: following[last] for first, last in links.items() if last in following}
        if links:
            found.append(Far(chain, count, old, new, links))
    return found


def without_some(pair: Far, seed: str) -> Far:
    """The pair with some of the linked paragraphs taken away, on either side others."""
    rng = random.Random(seed)
    gone_old = {old for old in pair.links if rng.random() < TAKEN}
    gone_new = {new for new in pair.links.values() if rng.random() < TAKEN}
    return Far(pair.chain, pair.steps, _without(pair.old, gone_old), _without(pair.new, gone_new), pair.links)


def _without(text: Resolution, gone: set[str]) -> Resolution:
    return replace(text, paragraphs=tuple(p for p in text.paragraphs if p.id not in gone))


# ---- halves ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Half:
    """A guest of which a reader said whether a host has a share of it that the host's partners do not have.

    ``of_old``: the host is old. ``stands_for`` is how many such cases it was drawn from.
    """

    of_old: bool
    host: str
    guest: str
    partners: tuple[str, ...]
    label: int
    stands_for: float


def halves(chains: Sequence[Chain]) -> Iterator[tuple[Chain, Resolution, Resolution, list[Half]]]:
    """Two editions and the halves that readers judged in them (``tests/gold/halves.csv``)."""
    editions = {
        Path(file).stem: (chain, text) for chain in chains for file, text in zip(chain.files, chain.texts, strict=True)
    }
    for (old, new), rows in by_pair(HALVES):
        if old in editions and new in editions:
            yield editions[old][0], editions[old][1], editions[new][1], [_half(row) for row in rows]


def _half(row: dict[str, str]) -> Half:
    partners, label = tuple(row["partners"].split()), int(row["label"] == "yes")
    return Half(row["side"] == "old", row["host"], row["guest"], partners, label, float(row["stands_for"]))
