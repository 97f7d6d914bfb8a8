"""Labels that nobody typed: links put together over editions, paragraphs taken away, paragraphs cut and glued.

Two editions that stand far apart are hard to link, each step between them is easy. So what the certain tiers say of the
steps is put together, and what it says of the far pair is a label. Then some of the linked paragraphs are taken away on
either side: their partners are orphans, of which it is known that nothing belongs to them.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

from msgspec.structs import replace

from linking.texts import Chain, weighed_by
from resdiff.alignment import TIERS, align
from resdiff.alignment.odds import HALF, PAIR
from resdiff.alignment.texts import Links, Odds, prepare
from resdiff.alignment.tiers import CERTAIN
from resdiff.model import Part, Resolution

__all__ = ["ANY", "Far", "Forged", "Step", "far_pairs", "forged", "steps_by", "without_some"]

SURE = 0.9  # probability of a step
ANY = Odds((30.0, *[0.0] * len(PAIR)), (-30.0, *[0.0] * len(HALF)))  # any pair is one, no half is
TAKEN = 0.15  # of the linked paragraphs, on each side
LONGEST = 120  # paragraphs
FORGED = 3  # a pair
MIGRATED = 0.2  # of the halves cut off: these go to the other part of the text
RE_CLAUSE = re.compile(r"(?<=[,;]) (?=\w)")

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
class Forged:
    """Two editions of which one was cut and glued: the pairs that are halves, and what is said of the others."""

    old: Resolution
    new: Resolution
    halves: set[tuple[str, str]]
    far: Far

    def label(self, old: str, new: str, of_old: bool) -> int | None:
        """Whether the one that is free belongs to the other; None when nothing is known of it."""
        if (old, new) in self.halves:
            return 1
        known = self.known[0] if of_old else self.known[1]
        return 0 if (old if of_old else new) in known else None

    @cached_property
    def known(self) -> tuple[set[str], set[str]]:
        links = self.halves | set(self.far.links.items())
        return {o for o, _ in links}, {n for _, n in links}


def forged(pair: Far, seed: str) -> Forged | None:
    """The pair with a few of its new paragraphs cut in two or glued to another; now and then the sides exchanged."""
    rng = random.Random(seed)
    texts = {p.id: p.text for p in pair.new.body}
    back = {new: old for old, new in pair.links.items()}
    linked = [id_ for id_ in texts if id_ in back]
    halves, touched, made = set[tuple[str, str]](), set[str](), dict[str, list[tuple[str, str]]]()
    gone, migrants = set[str](), set[str]()
    rng.shuffle(linked)
    for id_ in linked[: 2 * FORGED]:
        if len(touched) >= 2 * FORGED or id_ in touched:
            continue
        if rng.random() < 0.5:
            clauses = RE_CLAUSE.split(texts[id_])
            if len(clauses) < 2:
                continue
            at = rng.randrange(1, len(clauses))
            made[id_] = [(id_, " ".join(clauses[:at])), (f"{id_}-half", _capital(" ".join(clauses[at:])))]
            halves |= {(back[id_], id_), (back[id_], f"{id_}-half")}
            touched.add(id_)
            if rng.random() < MIGRATED:
                migrants.add(f"{id_}-half")
        else:
            others = [o for o in linked if o != id_ and o not in touched]
            if not others:
                continue
            other = min(others, key=lambda o: abs(list(texts).index(o) - list(texts).index(id_)) + 3 * rng.random())
            clauses = RE_CLAUSE.split(texts[other])
            some = clauses if rng.random() < 0.6 else clauses[-rng.randint(1, len(clauses)) :]
            made[id_] = [(id_, f"{texts[id_].rstrip(' ,;.')}, et {_small(' '.join(some))}")]
            gone.add(other)
            halves |= {(back[id_], id_), (back[other], id_)}
            touched |= {id_, other}
    if not halves:
        return None
    paragraphs = []
    for p in pair.new.paragraphs:
        if p.id not in gone:
            paragraphs += [replace(p, id=id_, text=text) for id_, text in made.get(p.id, [(p.id, p.text)])]
    for paragraph in [p for p in paragraphs if p.id in migrants]:
        paragraphs.remove(paragraph)
        other = Part.OPERATIVE if paragraph.part is Part.PREAMBLE else Part.PREAMBLE
        places = [place for place, p in enumerate(paragraphs) if p.part is other] or [len(paragraphs)]
        paragraphs.insert(rng.choice(places), replace(paragraph, part=other))
    links = {old: new for old, new in pair.links.items() if new not in touched}
    far = without_some(
        Far(pair.chain, pair.steps, pair.old, replace(pair.new, paragraphs=tuple(paragraphs)), links), seed
    )
    if rng.random() < 0.5:
        swapped = Far(pair.chain, pair.steps, far.new, far.old, {new: old for old, new in links.items()})
        return Forged(far.new, far.old, {(new, old) for old, new in halves}, swapped)
    return Forged(far.old, far.new, halves, far)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
