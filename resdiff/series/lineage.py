"""What became of every paragraph from edition to edition: ``trace(editions) -> Lineage``.

Each edition is compared with the one before it, and the links are threaded into lives: a life is born with a paragraph
that comes from nowhere, goes on through its links, and is dropped when none leads on. What was dropped is remembered:
a paragraph that comes from nowhere in the edition before, but stood in an older one, takes up its life again.

What nobody can tell for sure is told as a doubt: a link that more speaks against than for, a paragraph that may be
one that was dropped, written anew, and one that came or went beside another on the same matter.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import chain

from msgspec import Struct, field
from msgspec.structs import replace

from resdiff.alignment import Vocabulary, align
from resdiff.comparison import compare
from resdiff.judgement.citations import lower_routine
from resdiff.language import Language
from resdiff.language.fold import fold, key, units
from resdiff.marking.words import edits
from resdiff.model import Age, Change, Comparison, Edit, Kind, Link, Op, Paragraph, Pin, Resolution, Weight

__all__ = ["Life", "Lineage", "Source", "Step", "Tracer", "What", "trace"]

ALIKE = 0.5
"""What a paragraph taken up again has in common with what was dropped, as Dice measures it: twice what was kept by the
sum of both. Of so few paragraphs as came and were dropped the aligner links what is nearest, however far."""

SHORT, STEM, SHARED = 4, 6, 0.3
"""Letters of words that say nothing, letters of the longer ones that count, and the share of these below which no two
paragraphs are alike: without it every paragraph that was ever dropped is held against every new one."""

DOUBT = 0.5
"""The probability of a link below which it is uncertain: more speaks against it than for it."""

MATTER = 0.3
"""The share of what the longer words of a paragraph that came and of one that was dropped weigh, above which it may be
that one, written anew. Of 88 pairs judged by hand 46 reach it: 34 are of one matter and purpose, 5 are not."""

NEAR, AWAY = 0.22, 0.3
"""What the words that a paragraph that came or went shares with one of the edition beside weigh, squared and twice, by
all that both weigh, from which the two are near; what is taken off where a whole text lies between them. Of 642 births
and drops judged by hand 461 are truly told and 86 falsely without this doubt, 517 and 61 with it, 514 and 64 with the
bar set on other series (.21 or .22); 85 of 103 doubts are some. From .18 to .22 as many are told truly; the higher the
bar, the fewer falsely, and the fewer with a doubt."""

AGAIN = 0.28
"""The same from which a paragraph that is near nothing in the edition before may take up one that was dropped by then:
of 34 such pairs drawn at random 16 reach it, of which 12 are of one matter and purpose, 3 are not."""

FEW, LIKELY = 32, 8
"""A word that more paragraphs of a text have leads to none of them; how many are looked at of those the others lead to.
Else the time grows with the square of a text: of 3,626 paragraphs that are near one, of 353 series of real editions, 29
are near another one or none for it, all in texts of more than a hundred paragraphs."""

RE_WORDS = re.compile("[a-z]+")

Source = tuple[int, str]
"""A paragraph of one edition: the place of the edition, the id."""


class What(StrEnum):
    """What became of a paragraph at an edition, the most telling first."""

    BORN = "born"  # the edition brought it
    RETURNED = "returned"  # it had been dropped, and is taken up again
    SPLIT = "split"
    MERGED = "merged"
    CHANGED = "changed"  # in substance
    EDITED = "edited"  # lightly: wording, dates and numbers brought up to date
    MOVED = "moved"  # in the same words
    COPIED = "copied"


class Step(Struct, frozen=True):
    """A life at one edition: the ids it has there, what became of it, the words that changed since its last step.

    ``moved`` stands beside the kind; ``edits`` are those of :class:`resdiff.model.Change`, none at birth. ``gone`` are
    those of its last ids that lead nowhere: of the halves of a split one may be dropped. ``uncertain`` tells that it
    may be another paragraph than before.
    """

    edition: int
    ids: tuple[str, ...]
    what: What
    moved: bool = False
    edits: tuple[Edit, ...] = ()
    gone: tuple[str, ...] = ()
    uncertain: bool = False


class Life(Struct, frozen=True):
    """One paragraph through the editions; after a split it has several ids.

    ``steps`` are those of the editions it stands in, from ``born`` on. ``dropped`` is the first edition without it
    since its last step, None where it stands in the last edition or was merged into another life: ``into`` is then the
    place of that life, and its last step is the merge. ``perhaps`` is the place of a life, dropped by then, that it may
    go on: written anew, or taken up again in other words. No two lives go on the same one, and where that one was taken
    up again after all, this one had ended.

    ``born_near`` is the paragraph of the edition before its birth, ``dropped_near`` that of the first one without it,
    that is nearest to it in matter, whatever became of that one; empty where none is near. It may have come from the
    one, and what it said may stand in the other.
    """

    born: int
    steps: tuple[Step, ...]
    dropped: int | None = None
    into: int | None = None
    perhaps: int | None = None
    born_near: str = ""
    dropped_near: str = ""


class Lineage(Struct, frozen=True, dict=True):
    """The lives of all paragraphs of successive editions, in the order of their births.

    Every paragraph of every body stands in exactly one life that goes on from there, and in those that were merged into
    it there. ``parents`` tell for each edition which earlier paragraphs a paragraph comes from.
    """

    editions: tuple[Resolution, ...]
    lives: tuple[Life, ...]
    parents: tuple[dict[str, tuple[Source, ...]], ...]

    @cached_property
    def _places(self) -> dict[Source, int]:
        return {
            (step.edition, id_): place
            for place, life in enumerate(self.lives)
            for step in (life.steps if life.into is None else life.steps[:-1])
            for id_ in step.ids
        }

    def place(self, edition: int, paragraph: str) -> int:
        """The place of the life of that paragraph. Raises KeyError where the edition has none of that id."""
        return self._places[edition, paragraph]

    def life(self, edition: int, paragraph: str) -> Life:
        """The life of that paragraph. Raises KeyError where the edition has none of that id."""
        return self.lives[self.place(edition, paragraph)]

    def text(self, step: Step) -> str:
        """The words of a life at one of its steps, a line a paragraph."""
        return _joined(self.editions[step.edition], step.ids)


def trace(
    editions: Sequence[Resolution],
    pins: Sequence[Pin] = (),
    *,
    words: bool = True,
    step: Callable[[int, int], None] = lambda _done, _total: None,
) -> Lineage:
    """The lives of the paragraphs of these editions, oldest first; ``pins`` are a person's last word on links.

    Of two editions it says what ``compare`` says. Without ``words`` none are compared: births and ends are the same,
    and what is near them, and nothing is known of what changed, nor of what a life may go on; that takes two thirds of
    the time. ``step`` is told behind each edition how many of how many are done.
    """
    tracer = Tracer(pins, words=words)
    for number, text in enumerate(editions, 1):
        tracer.lead_on(text)
        step(number, len(editions))
    return tracer.lineage()


class Tracer:
    """A lineage that is led on edition by edition, for who compares the editions in turn: no two are compared twice.

    After each edition it says since when the paragraphs of that one stand (:meth:`ages`), and what became of all so far
    (:meth:`lineage`). ``pins`` and ``words`` are those of :func:`trace`.
    """

    def __init__(self, pins: Sequence[Pin] = (), *, words: bool = True) -> None:
        self.pins, self.words = pins, words
        self._editions: list[Resolution] = []
        self._threads: list[_Thread] = []
        self._parents: list[dict[str, tuple[Source, ...]]] = []
        self._holders: dict[str, int] = {}
        self._vocabulary = Vocabulary()

    def lead_on(self, text: Resolution, compared: Comparison | None = None) -> None:
        """Lead the lives on into the next edition; ``compared`` is its comparison with the last one, where it is there.

        Where comparing them raises, everything is as it was before, and may be tried again without ``words``.
        """
        number = len(self._editions)
        if not number:
            changes: tuple[Change, ...] = ()
        elif compared is None:
            known = None if self.words else self._vocabulary
            changes = _changes(self._editions[-1], text, self.pins, known)
        else:
            changes = lower_routine(compared).changes if self.words else compared.changes
        editions = [*self._editions, text]
        self._holders, origins = _thread_on(
            self._threads, self._holders, number, changes, editions, self._vocabulary, doubts=self.words
        )
        self._parents.append(origins)
        self._editions = editions

    def ages(self) -> tuple[Age, ...]:
        """Since when each paragraph of the last edition stands in the series, in its order; none of the first one."""
        if len(self._editions) < 2:
            return ()
        return tuple(
            _age(paragraph.id, self._threads[self._holders[paragraph.id]], self._editions)
            for paragraph in self._editions[-1].body
        )

    def lineage(self) -> Lineage:
        """The lives of all paragraphs of the editions so far."""
        lives = tuple(
            Life(
                t.steps[0].edition,
                tuple(t.steps),
                t.dropped,
                t.into,
                _perhaps(t, self._threads),
                t.born_near,
                t.dropped_near,
            )
            for t in self._threads
        )
        return Lineage(tuple(self._editions), lives, tuple(self._parents))


def _perhaps(thread: "_Thread", threads: Sequence["_Thread"]) -> int | None:
    """The life that a life may go on; not one that was taken up again while this one lasted."""
    if thread.perhaps is None:
        return None
    lasted = range(thread.steps[0].edition, thread.steps[-1].edition + 1)
    beside = any(step.edition in lasted for step in threads[thread.perhaps].steps)
    return None if beside else thread.perhaps


def _age(paragraph: str, thread: "_Thread", editions: Sequence[Resolution]) -> Age:
    born = thread.steps[0].edition
    maybe_older = born == 0 or thread.born_near != ""
    return Age(paragraph, editions[born].symbol, editions[born].adopted, at_least=maybe_older)


# ---- one edition further --------------------------------------------------------------------------------------------


class _Thread(Struct):
    """A life while it is spun."""

    steps: list[Step] = field(default_factory=list)
    dropped: int | None = None
    into: int | None = None
    perhaps: int | None = None
    born_near: str = ""
    dropped_near: str = ""


def _changes(
    old: Resolution, new: Resolution, pins: Sequence[Pin], vocabulary: Vocabulary | None
) -> tuple[Change, ...]:
    """What became of each paragraph; with a vocabulary the links alone, nothing of words or kinds."""
    if vocabulary is None:
        return lower_routine(compare(old, new, pins=pins)).changes
    held = {paragraph.id for paragraph in old.body}, {paragraph.id for paragraph in new.body}
    known = [pin for pin in pins if held[0].issuperset(pin.old) and held[1].issuperset(pin.new)]
    return tuple(
        Change(link, Kind.MODIFIED, moved=False, renumbered=False, weight=Weight.SUBSTANTIVE, edits=())
        for link in align(old, new, known, vocabulary=vocabulary)
    )


def _thread_on(
    threads: list[_Thread],
    holders: dict[str, int],
    number: int,
    changes: tuple[Change, ...],
    editions: Sequence[Resolution],
    vocabulary: Vocabulary,
    *,
    doubts: bool,
) -> tuple[dict[str, int], dict[str, tuple[Source, ...]]]:
    """Lead the threads on into an edition: who holds each of its paragraphs, and what each comes from; with ``doubts``
    also which lives its new ones may go on."""
    linked = [change for change in changes if change.link.old and change.link.new]
    before, body = editions[number - 1].body if number else (), editions[number].body
    heirs = [_heir(change.link, holders, before, body) for change in linked]
    held = {id_: heir for change, heir in zip(linked, heirs, strict=True) for id_ in change.link.new}
    origins = {id_: tuple((number - 1, old) for old in change.link.old) for change in linked for id_ in change.link.new}
    _go_on(threads, holders, linked, heirs, number, {paragraph.id: rank for rank, paragraph in enumerate(body)})
    fresh = [paragraph for paragraph in body if paragraph.id not in held]
    perhaps: dict[str, int] = {}
    for place, earlier, link, marks in _returns(threads, fresh, number, editions, vocabulary):
        if _in_common(marks) < ALIKE:  # or it would have been taken up again
            perhaps = (_kin(link, place, editions[earlier], editions[number]) if doubts else {}) | perhaps
            continue
        threads[place].steps.append(Step(number, link.new, What.RETURNED, edits=marks))
        threads[place].dropped, threads[place].dropped_near = None, ""
        held |= dict.fromkeys(link.new, place)
        origins |= dict.fromkeys(link.new, tuple((earlier, id_) for id_ in link.old))
    if doubts:
        perhaps |= _rewritten(changes, holders, held, editions[number - 1], editions[number])
    claimed = {thread.perhaps for thread in threads}
    for paragraph in fresh:
        if paragraph.id not in held:
            held[paragraph.id] = len(threads)
            ancestor = perhaps.get(paragraph.id)
            threads.append(_Thread([Step(number, (paragraph.id,), What.BORN)]))
            if ancestor not in claimed:
                threads[-1].perhaps = ancestor
                claimed.add(ancestor)
    if number:
        _tell_near(threads, number, editions[number - 1], editions[number])
    if doubts:
        _tell_older(threads, number, editions)
    return held, origins


def _go_on(
    threads: list[_Thread],
    holders: dict[str, int],
    linked: list[Change],
    heirs: list[int],
    number: int,
    ranks: dict[str, int],
) -> None:
    """Take the lives of the edition before a step further, drop them, or let them end in another."""
    led: dict[int, dict[int, Change]] = {}  # by life, its changes in their order
    for rank, change in enumerate(linked):
        for id_ in change.link.old:
            led.setdefault(holders[id_], {})[rank] = change
    for place in dict.fromkeys(holders.values()):
        if place not in led:
            threads[place].dropped = number
            continue
        mine = led[place]
        old = {id_ for change in mine.values() for id_ in change.link.old}
        gone = tuple(id_ for id_ in threads[place].steps[-1].ids if id_ not in old)
        threads[place].steps.append(_step(number, list(mine.values()), ranks, gone))
        if place not in {heirs[rank] for rank in mine}:
            threads[place].into = heirs[min(mine)]


def _rewritten(
    changes: Sequence[Change], holders: dict[str, int], held: dict[str, int], before: Resolution, after: Resolution
) -> dict[str, int]:
    """For paragraphs that come from nowhere the lives that they may go on: dropped here, of the same part, of the same
    words for the most part. Those looked at are those the aligner weighed up and did not link."""
    going_on = {holders[id_] for change in changes if change.link.new for id_ in change.link.old}
    old, new = ({p.id: p for p in text.body} for text in (before, after))
    rivals = [
        rival
        for change in changes
        if not change.link.new
        for rival in change.link.reason.rivals
        if rival.new not in held and holders[rival.old] not in going_on and old[rival.old].part == new[rival.new].part
    ]
    weights = _weights(before, after) if rivals else {}
    ranked = [(_words_in_common(old[rival.old].text, new[rival.new].text, weights), rival) for rival in rivals]
    found: dict[str, int] = {}
    for common, rival in sorted(ranked, key=lambda pair: (-pair[0], -pair[1].score)):
        if common >= MATTER and rival.new not in found and holders[rival.old] not in found.values():
            found[rival.new] = holders[rival.old]
    return found


def _tell_near(threads: Sequence[_Thread], number: int, before: Resolution, after: Resolution) -> None:
    """For what came with an edition the nearest paragraph of the edition before, for what went that of this one."""
    born = [thread for thread in threads if thread.steps[0].edition == number]
    dropped = [thread for thread in threads if thread.dropped == number]
    if not (born or dropped):
        return
    weights = _squared(_weights(before, after))
    for thread, near in zip(born, _near([t.steps[0].ids for t in born], after, before, weights), strict=True):
        thread.born_near = near
    for thread, near in zip(dropped, _near([t.steps[-1].ids for t in dropped], before, after, weights), strict=True):
        thread.dropped_near = near


def _tell_older(threads: Sequence[_Thread], number: int, editions: Sequence[Resolution]) -> None:
    """For what came with an edition and is near nothing of the one before the life that it may take up in other words:
    one of its part that was dropped by then, to which nothing of the edition is nearer."""
    fresh = {
        thread.steps[0].ids[0]: thread
        for thread in threads
        if thread.steps[0].edition == number and thread.perhaps is None and not thread.born_near
    }
    claimed = {thread.perhaps for thread in threads}
    gone: dict[int, list[int]] = {}
    for place, thread in enumerate(threads):
        if fresh and thread.dropped is not None and thread.dropped < number and place not in claimed:
            gone.setdefault(thread.steps[-1].edition, []).append(place)
    new = {paragraph.id: paragraph.part for paragraph in editions[number].body}
    found: list[tuple[float, int, str]] = []
    for earlier, places in gone.items():
        old = {paragraph.id: paragraph.part for paragraph in editions[earlier].body}
        weights = _squared(_weights(editions[earlier], editions[number]))
        wanted = [threads[place].steps[-1].ids for place in places]
        nearest = _nearest(wanted, editions[earlier], editions[number], weights)
        for place, ids, (likeness, id_) in zip(places, wanted, nearest, strict=True):
            if likeness >= AGAIN and id_ in fresh and old[ids[0]] == new[id_]:
                found.append((-likeness, place, id_))
    for _, place, id_ in sorted(found):
        if fresh[id_].perhaps is None:
            fresh[id_].perhaps = place


def _squared(weights: dict[str, float]) -> dict[str, float]:
    return {stem: weight**2 for stem, weight in weights.items()}


def _near(
    wanted: Sequence[tuple[str, ...]], here: Resolution, there: Resolution, weights: dict[str, float]
) -> Iterator[str]:
    """For each of these of one text the paragraph of the other that is nearest in matter, empty where none is near."""
    for likeness, id_ in _nearest(wanted, here, there, weights):
        yield id_ if likeness >= NEAR else ""


def _nearest(
    wanted: Sequence[tuple[str, ...]], here: Resolution, there: Resolution, weights: dict[str, float]
) -> Iterator[tuple[float, str]]:
    """For each of these of one text the paragraph of the other that is nearest in matter, and how near it is.

    Rare words tell what a paragraph is about, and weigh by their square; formulas are many common ones, and the verb it
    opens with tells what is done. Of two that say as much the one that stands at the same place is nearer.
    """
    texts = {paragraph.id: paragraph.text for paragraph in here.body}
    ranks = {paragraph.id: rank for rank, paragraph in enumerate(here.body)}
    matters = [_matter(paragraph.text) for paragraph in there.body]
    sizes = [_weight(stems, weights) for stems in matters]
    having: dict[str, list[int]] = {}
    for rank, stems in enumerate(matters):
        for stem in stems:
            having.setdefault(stem, []).append(rank)
    few = {stem: places for stem, places in having.items() if len(places) <= FEW}
    for ids in wanted:
        mine = frozenset().union(*[_matter(texts[id_]) for id_ in ids])
        size, place = _weight(mine, weights), ranks[ids[0]] / len(ranks)
        shared: dict[int, float] = {}
        for stem in sorted(mine & few.keys()):
            for rank in few[stem]:
                shared[rank] = shared.get(rank, 0.0) + weights[stem]
        likely = sorted(shared, key=lambda rank: (-shared[rank] / (size + sizes[rank]), rank))[:LIKELY]
        likeness = {
            rank: 2 * _weight(mine & matters[rank], weights) / max(1.0, size + sizes[rank])
            - AWAY * abs(place - rank / len(sizes))
            for rank in likely
        }
        nearest = min(likeness, key=lambda rank: (-likeness[rank], rank), default=None)
        yield (0.0, "") if nearest is None else (likeness[nearest], there.body[nearest].id)


def _kin(link: Link, place: int, before: Resolution, after: Resolution) -> dict[str, int]:
    """For the paragraphs of a link that is no return the life that they may take up in other words."""
    old, new = ({p.id: p for p in text.body} for text in (before, after))
    parts = {old[id_].part for id_ in link.old} | {new[id_].part for id_ in link.new}
    common = _words_in_common(_joined(before, link.old), _joined(after, link.new), _weights(before, after))
    return dict.fromkeys(link.new, place) if len(parts) == 1 and common >= MATTER else {}


def _weights(*texts: Resolution) -> dict[str, float]:
    """What the longer words of these texts weigh: more the fewer paragraphs of one text have them."""
    counts = [Counter(chain.from_iterable(_stems(p.text) for p in text.body)) for text in texts]
    size = 1 + max(len(text.body) for text in texts)
    return {stem: math.log(size / (max(c[stem] for c in counts) + 0.5)) + 0.1 for stem in counts[0] | counts[1]}


def _words_in_common(one: str, other: str, weights: dict[str, float]) -> float:
    """What the longer words that both have weigh twice, by the weight of all."""
    stems, others = _stems(one), _stems(other)
    return 2 * _weight(stems & others, weights) / max(1.0, _weight([*stems, *others], weights))


def _weight(stems: Iterable[str], weights: dict[str, float]) -> float:
    """What these words weigh together, the same in whatever order they come."""
    return math.fsum([weights[stem] for stem in stems])


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text, folded: inflection does not count."""
    return frozenset(_beginnings(text))


@lru_cache(maxsize=4096)
def _matter(text: str) -> frozenset[str]:
    """The same without the first of them, with which a paragraph opens."""
    return frozenset(_beginnings(text)[1:])


@lru_cache(maxsize=4096)
def _beginnings(text: str) -> tuple[str, ...]:
    return tuple([word[:STEM] for word in RE_WORDS.findall(fold(text)) if len(word) > SHORT])


def _heir(link: Link, holders: dict[str, int], before: Sequence[Paragraph], after: Sequence[Paragraph]) -> int:
    """The life that goes on where several meet: the one of which most is kept, of those the oldest."""
    places = {holders[id_] for id_ in link.old}
    if len(places) == 1:
        return places.pop()
    there = _counts("\n".join([paragraph.text for paragraph in after if paragraph.id in link.new]))
    kept = dict.fromkeys(sorted(places), 0)
    for paragraph in before:
        if paragraph.id in link.old:
            kept[holders[paragraph.id]] += _kept(_counts(paragraph.text), there)
    return max(kept, key=kept.__getitem__)


def _step(number: int, changes: list[Change], ranks: dict[str, int], gone: tuple[str, ...]) -> Step:
    """What became of a life, whose paragraphs stand in these changes."""
    ids = sorted({id_ for change in changes for id_ in change.link.new}, key=ranks.__getitem__)
    what = min((_what(change) for change in changes), key=list(What).index)
    marks = [edit for change in changes for edit in (Edit(Op.EQUAL, "\n"), *change.edits)][1:]
    uncertain = any(change.link.score < DOUBT for change in changes)
    return Step(number, tuple(ids), what, any(change.moved for change in changes), tuple(marks), gone, uncertain)


def _what(change: Change) -> What:
    if change.kind is Kind.SPLIT:
        return What.SPLIT
    if change.kind is Kind.MERGED:
        return What.MERGED
    if change.weight <= Weight.TYPOGRAPHIC:
        return What.MOVED if change.moved else What.COPIED
    return What.CHANGED if change.weight is Weight.SUBSTANTIVE else What.EDITED


def _returns(
    threads: list[_Thread],
    fresh: list[Paragraph],
    number: int,
    editions: Sequence[Resolution],
    vocabulary: Vocabulary,
) -> Iterator[tuple[int, int, Link, tuple[Edit, ...]]]:
    """The lives that are taken up again by paragraphs that come from nowhere, and those that may be: their places, the
    edition in which they stood last, the link, the words that changed. The last to be dropped are tried first."""
    gone: dict[int, dict[str, int]] = {}
    for place, thread in enumerate(threads):
        if thread.dropped is not None and thread.dropped < number:
            last = thread.steps[-1]
            gone.setdefault(last.edition, {}).update(dict.fromkeys(last.ids, place))
    for earlier in sorted(gone, reverse=True):
        sought = [_words(paragraph.text) for paragraph in fresh]
        holders = {
            paragraph.id: gone[earlier][paragraph.id]
            for paragraph in editions[earlier].body
            if paragraph.id in gone[earlier] and _may_return(_words(paragraph.text), sought)
        }
        if not holders:
            continue
        old = _only(editions[earlier], holders)
        came = _only(editions[number], {p.id for p in fresh})
        for link in align(old, came, vocabulary=vocabulary) if fresh else ():
            if not (link.old and link.new):
                continue
            link, marks = _most_alike(link, old, came)
            heir = _heir(link, holders, old.body, came.body)
            in_common = _in_common(marks)
            if in_common < MATTER or threads[heir].dropped is None:  # of halves that come back apart the first goes on
                continue
            yield heir, earlier, link, marks
            if in_common >= ALIKE:
                fresh = [paragraph for paragraph in fresh if paragraph.id not in link.new]


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """The longer words of a text, folded."""
    return frozenset(fold(word) for word in text.split() if len(word) > SHORT)


def _may_return(words: frozenset[str], sought: Iterable[frozenset[str]]) -> bool:
    """Whether a paragraph shares enough words with one of these for the two to be held against each other."""
    return any(len(words & other) >= SHARED * min(len(words), len(other)) for other in sought)


def _only(text: Resolution, ids: Iterable[str]) -> Resolution:
    wanted = set(ids)
    return replace(text, paragraphs=tuple(p for p in text.body if p.id in wanted), footnotes=())


def _marks(link: Link, old: Resolution, new: Resolution) -> tuple[Edit, ...]:
    language = Language.shared(old.language, new.language)
    return edits(_joined(old, link.old), _joined(new, link.new), language)


def _most_alike(link: Link, old: Resolution, new: Resolution) -> tuple[Link, tuple[Edit, ...]]:
    """A link and the words that changed; of one with several paragraphs on a side that are not alike together the two
    that are, if any: what was added to a paragraph taken up again hides it. No words where it cannot be one."""
    marks = _marks(link, old, new) if _at_most_in_common(link, old, new) >= MATTER else ()
    if len(link.old) == len(link.new) == 1 or _in_common(marks) >= ALIKE:
        return link, marks
    pairs = [replace(link, old=(one,), new=(other,)) for one in link.old for other in link.new]
    pair = max(pairs, key=lambda pair: _at_most_in_common(pair, old, new))
    its_marks = _marks(pair, old, new)
    return (pair, its_marks) if _in_common(its_marks) >= ALIKE else (link, marks)


def _at_most_in_common(link: Link, old: Resolution, new: Resolution) -> float:
    """No less than ``_in_common`` can find. The order of words, which takes most of the time, is not looked at."""
    one, other = _joined(old, link.old), _joined(new, link.new)
    return 2 * _kept(_counts(one), _counts(other)) / max(1, len(one) + len(other))


def _counts(text: str) -> Counter[str]:
    """How often each unit of a text stands there, by its key."""
    return Counter(map(key, units(text)))


def _kept(counts: Counter[str], others: Counter[str]) -> int:
    """How many letters two texts have in common, the space before each unit among them, in whatever order."""
    return sum([(len(unit) + 1) * min(counts[unit], others[unit]) for unit in counts.keys() & others.keys()])


def _in_common(marks: tuple[Edit, ...]) -> float:
    """How much of two texts is the same, as Dice measures it."""
    kept = sum(len(edit.text) for edit in marks if edit.op is Op.EQUAL)
    changed = sum(len(edit.text) for edit in marks if edit.op is not Op.EQUAL)
    return 2 * kept / max(1, 2 * kept + changed)


def _joined(text: Resolution, ids: tuple[str, ...]) -> str:
    texts = {paragraph.id: paragraph.text for paragraph in text.body}
    return "\n".join(texts[id_] for id_ in ids)
