"""What became of every paragraph from edition to edition: ``trace(editions) -> Lineage``.

Each edition is compared with the one before it, and the links are threaded into lives: a life is born with a paragraph
that comes from nowhere, goes on through its links, and is dropped when none leads on. What was dropped is remembered:
a paragraph that comes from nowhere in the edition before, but stood in an older one, takes up its life again.

What nobody can tell for sure is told as a doubt: a link that more speaks against than for, a paragraph that may be
one that was dropped, written anew, and one that came or went beside another on the same matter.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, cached_property, lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from resdiff.alignment import Vocabulary, align
from resdiff.alignment.odds import NEAR, PERHAPS, Near, Nearness
from resdiff.comparison import compare
from resdiff.judgement.citations import lower_routine
from resdiff.language import Language
from resdiff.language.fold import fold, key, units
from resdiff.marking.words import edits
from resdiff.model import Age, Change, Comparison, Edit, Kind, Link, Op, Paragraph, Pin, Resolution, Side, Weight

__all__ = ["Life", "Lineage", "Source", "Step", "Tracer", "What", "trace"]

ALIKE = 0.5
"""What a paragraph taken up again has in common with what was dropped, as Dice measures it: twice what was kept by the
sum of both. Of so few paragraphs as came and were dropped the aligner links what is nearest, however far."""

STANDS, SAME = 0.4, 0.7
"""How likely a paragraph between says what one taken up again says, from which it may never have been gone; what the
two must have in common then, for the return to be told, as uncertain. Of 36 returns told without asking for this, and
for the two to be near, 19 were right to readers, 9 arguable. Asked, 20 are told for sure, of which 18 are right."""

SHORT, SHARED = 4, 0.3
"""Letters of words that say nothing, and the share of the others below which no two paragraphs are alike: without it
every paragraph that was ever dropped is held against every new one."""

DOUBT = 0.5
"""The probability of a link below which it is uncertain: more speaks against it than for it."""

DOUBTED = 0.2
"""How likely any paragraph of the edition beside says some of what came or went, for that to be doubted. Of 1,278
that readers looked for (``tests/gold/near.csv``, an eighth of the series left out) 526 are told without a doubt, of
which 2 stand whole somewhere and 66 in part; from .25 on 6 and 101 of 657. Of 18 statements on six series that readers
called arguable thirteen were such, told from .25 on."""

AGAIN = 0.6
"""How likely what had gone says what one taken up again says."""

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
    may be another paragraph than before; of a birth, that the edition before may have it in another form.
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

    ``dropped_uncertain`` tells that the first edition without it may have it in another form.

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
    dropped_uncertain: bool = False


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
                t.dropped is not None and t.doubtful,
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
    maybe_older = born == 0 or thread.older >= PERHAPS
    return Age(paragraph, editions[born].symbol, editions[born].adopted, at_least=maybe_older)


# ---- one edition further --------------------------------------------------------------------------------------------


class _Thread(Struct):
    """A life while it is spun; ``older`` is how likely the edition before its birth has some of it, ``stood`` how
    likely the first edition without it says what it said, ``doubtful`` that it may."""

    steps: list[Step] = field(default_factory=list)
    older: float = 0.0
    dropped: int | None = None
    into: int | None = None
    perhaps: int | None = None
    born_near: str = ""
    dropped_near: str = ""
    stood: Near = Near()
    doubtful: bool = False


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
    fresh = [paragraph for paragraph in body if paragraph.id not in held]
    came: dict[str, Near] = {}
    stood_before: dict[str, float] = {}
    if number:
        _go_on(threads, holders, linked, heirs, number, {paragraph.id: rank for rank, paragraph in enumerate(body)})
        beside = Nearness.of(editions[number - 1], editions[number], [change.link for change in changes])
        _tell_ends(threads, number, beside)
        came = {paragraph.id: beside.likeliest(Side.NEW, (paragraph.id,)) for paragraph in fresh}
        stood_before = _share_doubts(threads, came, number)
    nearness = cache(lambda earlier: Nearness(editions[earlier].body, editions[number].body))
    for place, earlier, link, step in _returns(threads, fresh, came, number, editions, vocabulary, nearness):
        thread = threads[place]
        thread.steps.append(step)
        thread.dropped, thread.dropped_near = None, ""
        held |= dict.fromkeys(link.new, place)
        origins |= dict.fromkeys(link.new, tuple((earlier, id_) for id_ in link.old))
    born = _begin(threads, held, fresh, stood_before, number)
    _tell_births(threads, born, came, holders, number)
    if doubts:
        _tell_older(threads, born, number, editions, nearness)
    return held, origins


def _begin(
    threads: list[_Thread],
    held: dict[str, int],
    fresh: Iterable[Paragraph],
    stood_before: Mapping[str, float],
    number: int,
) -> dict[str, _Thread]:
    """Begin a life with each new paragraph that no life holds, which then does; the lives by paragraph."""
    born = {}
    for paragraph in fresh:
        if paragraph.id not in held:
            held[paragraph.id] = len(threads)
            older = stood_before.get(paragraph.id, 0.0)
            birth = Step(number, (paragraph.id,), What.BORN, uncertain=older >= DOUBTED)
            threads.append(_Thread([birth], older=older))
            born[paragraph.id] = threads[-1]
    return born


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


def _tell_ends(threads: Iterable[_Thread], number: int, beside: Nearness) -> None:
    """For what went the paragraph of this edition that is near it, if any, and how likely one says what it said."""
    for thread in threads:
        if thread.dropped == number:
            thread.stood = near = beside.likeliest(Side.OLD, thread.steps[-1].ids)
            thread.dropped_near = near.id if near.probability >= NEAR else ""


def _share_doubts(threads: Iterable[_Thread], came: Mapping[str, Near], number: int) -> dict[str, float]:
    """How likely the edition before has some of each that came; and of what went whether this one may, told in its
    thread.

    The two doubt each other: what most likely says some of what went may be that, and the reverse.
    """
    gone = [thread for thread in threads if thread.dropped == number]
    before = {id_: near.somewhere for id_, near in came.items()}
    doubting = {came[id_].id for id_, chance in before.items() if chance >= DOUBTED}
    for thread in gone:
        if thread.stood.id in before:
            before[thread.stood.id] = max(before[thread.stood.id], thread.stood.somewhere)
        thread.doubtful = thread.stood.somewhere >= DOUBTED or not doubting.isdisjoint(thread.steps[-1].ids)
    return before


def _tell_births(
    threads: Sequence[_Thread],
    born: dict[str, _Thread],
    came: dict[str, Near],
    holders: dict[str, int],
    number: int,
) -> None:
    """For what an edition brought the paragraph of the edition before that is near it, if any, and the life of that
    one that it may go on, where it was dropped here."""
    claimed: set[int] = set()
    for id_, near in sorted(came.items(), key=lambda pair: -pair[1].probability):
        if id_ not in born or near.probability < NEAR:
            continue
        born[id_].born_near = near.id
        ancestor = holders[near.id]
        if threads[ancestor].dropped == number and ancestor not in claimed:
            born[id_].perhaps = ancestor
            claimed.add(ancestor)


def _tell_older(
    threads: Sequence[_Thread],
    born: dict[str, _Thread],
    number: int,
    editions: Sequence[Resolution],
    nearness: Callable[[int], Nearness],
) -> None:
    """For what an edition brought and is near nothing of the one before the life that it may take up in other words:
    one that was dropped by then, to which nothing of the edition is nearer."""
    fresh = {id_: thread for id_, thread in born.items() if not thread.born_near}
    sought = [_words(paragraph.text) for paragraph in editions[number].body if paragraph.id in fresh]
    claimed = {thread.perhaps for thread in threads}
    found: list[tuple[float, int, str]] = []
    for place, thread in enumerate(threads):
        last = thread.steps[-1]
        if not sought or thread.dropped is None or thread.dropped == number or place in claimed:
            continue
        if _may_return(_words(_joined(editions[last.edition], last.ids)), sought):
            near = nearness(last.edition).likeliest(Side.OLD, last.ids)
            if near.probability >= NEAR and near.id in fresh:
                found.append((-near.probability, place, near.id))
    for _, place, id_ in sorted(found):
        if fresh[id_].perhaps is None:
            fresh[id_].perhaps = place


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
    threads: Sequence[_Thread],
    fresh: list[Paragraph],
    came: dict[str, Near],
    number: int,
    editions: Sequence[Resolution],
    vocabulary: Vocabulary,
    nearness: Callable[[int], Nearness],
) -> Iterator[tuple[int, int, Link, Step]]:
    """The lives that are taken up again by paragraphs that come from nowhere: their places, the edition in which they
    stood last, the link, the step. The last to be dropped are tried first.

    What a text between may have said was perhaps never gone, nor was what stood in a text that has gaps.
    """
    gone = _gone_before(threads, number)
    for earlier in sorted(gone, reverse=True):
        sought = [_words(paragraph.text) for paragraph in fresh]
        holders = {
            paragraph.id: gone[earlier][paragraph.id]
            for paragraph in editions[earlier].body
            if paragraph.id in gone[earlier] and _may_return(_words(paragraph.text), sought)
        }
        if not holders:
            continue
        old, new = _only(editions[earlier], holders), _only(editions[number], {p.id for p in fresh})
        links = align(old, new, vocabulary=vocabulary) if fresh else ()
        for link, marks in [_most_alike(link, old, new) for link in links if link.old and link.new]:
            heir = _heir(link, holders, old.body, new.body)
            if (dropped := threads[heir].dropped) is None:  # of halves that come back apart the first goes on
                continue
            stood = max(threads[heir].stood.probability, *[came[id_].probability for id_ in link.new]) >= STANDS
            if _in_common(marks) < (SAME if stood else ALIKE):
                continue
            near = nearness(earlier).likeliest(Side.NEW, link.new)
            if near.probability < AGAIN or near.id not in link.old:
                continue
            uncertain = stood or any(text.is_torn for text in editions[dropped:number])
            yield heir, earlier, link, Step(number, link.new, What.RETURNED, edits=marks, uncertain=uncertain)
            fresh = [paragraph for paragraph in fresh if paragraph.id not in link.new]


def _gone_before(threads: Sequence[_Thread], number: int) -> dict[int, dict[str, int]]:
    """What was dropped before an edition: by the one in which they stood last, the paragraphs, each with its life."""
    gone: dict[int, dict[str, int]] = {}
    for place, thread in enumerate(threads):
        if thread.dropped is not None and thread.dropped < number:
            last = thread.steps[-1]
            gone.setdefault(last.edition, {}).update(dict.fromkeys(last.ids, place))
    return gone


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
    marks = _marks(link, old, new) if _at_most_in_common(link, old, new) >= ALIKE else ()
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
