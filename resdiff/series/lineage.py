"""What became of every paragraph from edition to edition: ``trace(editions) -> Lineage``.

Each edition is compared with the one before it, and the links are threaded into lives: a life is born with a paragraph
that comes from nowhere, goes on through its links, and is dropped when none leads on. What was dropped is remembered:
a paragraph that comes from nowhere in the edition before, but stood in an older one, takes up its life again.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from resdiff.alignment import align
from resdiff.comparison import compare
from resdiff.judgement.citations import lower_routine
from resdiff.language import Language
from resdiff.language.fold import fold
from resdiff.marking.words import edits
from resdiff.model import Age, Change, Comparison, Edit, Kind, Link, Op, Paragraph, Pin, Resolution, Weight

__all__ = ["Life", "Lineage", "Source", "Step", "Tracer", "What", "ages", "trace"]

ALIKE = 0.5
"""What a paragraph taken up again has in common with what was dropped, as Dice measures it: twice what was kept by the
sum of both. Of so few paragraphs as came and were dropped the aligner links what is nearest, however far."""

SHORT, SHARED = 4, 0.3
"""Letters of words that say nothing, and the share of the longer ones below which no two paragraphs are alike: without
it every paragraph that was ever dropped is held against every new one."""

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
    those of its last ids that lead nowhere: of the halves of a split one may be dropped.
    """

    edition: int
    ids: tuple[str, ...]
    what: What
    moved: bool = False
    edits: tuple[Edit, ...] = ()
    gone: tuple[str, ...] = ()


class Life(Struct, frozen=True):
    """One paragraph through the editions; after a split it has several ids.

    ``steps`` are those of the editions it stands in, from ``born`` on. ``dropped`` is the first edition without it
    since its last step, None where it stands in the last edition or was merged into another life: ``into`` is then the
    place of that life, and its last step is the merge.
    """

    born: int
    steps: tuple[Step, ...]
    dropped: int | None = None
    into: int | None = None


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


def trace(editions: Sequence[Resolution], pins: Sequence[Pin] = (), *, words: bool = True) -> Lineage:
    """The lives of the paragraphs of these editions, oldest first; ``pins`` are a person's last word on links.

    Of two editions it says what ``compare`` says. Without ``words`` none are compared: births and ends are the same,
    and nothing is known of what changed; that takes a fifth of the time.
    """
    tracer = Tracer(pins, words=words)
    for text in editions:
        tracer.lead_on(text)
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

    def lead_on(self, text: Resolution, compared: Comparison | None = None) -> None:
        """Lead the lives on into the next edition; ``compared`` is its comparison with the last one, where it is there.

        Where comparing them raises, everything is as it was before, and may be tried again without ``words``.
        """
        number = len(self._editions)
        if not number:
            changes: tuple[Change, ...] = ()
        elif compared is None:
            changes = _changes(self._editions[-1], text, self.pins, words=self.words)
        else:
            changes = lower_routine(compared).changes if self.words else compared.changes
        editions = [*self._editions, text]
        self._holders, origins = _thread_on(self._threads, self._holders, number, changes, editions)
        self._parents.append(origins)
        self._editions = editions

    def ages(self) -> tuple[Age, ...]:
        """Since when each paragraph of the last edition stands in the series, in its order; none of the first one."""
        if len(self._editions) < 2:
            return ()
        return tuple(
            _age(paragraph.id, self._threads[self._holders[paragraph.id]].steps[0].edition, self._editions)
            for paragraph in self._editions[-1].body
        )

    def lineage(self) -> Lineage:
        """The lives of all paragraphs of the editions so far."""
        lives = tuple(Life(t.steps[0].edition, tuple(t.steps), t.dropped, t.into) for t in self._threads)
        return Lineage(tuple(self._editions), lives, tuple(self._parents))


def ages(lineage: Lineage, edition: int) -> tuple[Age, ...]:
    """Since when each paragraph of an edition stands in the series, in its order; none of the first edition."""
    if not edition:
        return ()
    return tuple(
        _age(paragraph.id, lineage.life(edition, paragraph.id).born, lineage.editions)
        for paragraph in lineage.editions[edition].body
    )


def _age(paragraph: str, born: int, editions: Sequence[Resolution]) -> Age:
    return Age(paragraph, editions[born].symbol, editions[born].adopted, at_least=born == 0)


# ---- one edition further --------------------------------------------------------------------------------------------


class _Thread(Struct):
    """A life while it is spun."""

    steps: list[Step] = field(default_factory=list)
    dropped: int | None = None
    into: int | None = None


def _changes(old: Resolution, new: Resolution, pins: Sequence[Pin], *, words: bool) -> tuple[Change, ...]:
    if words:
        return lower_routine(compare(old, new, pins=pins)).changes
    held = {paragraph.id for paragraph in old.body}, {paragraph.id for paragraph in new.body}
    known = [pin for pin in pins if held[0].issuperset(pin.old) and held[1].issuperset(pin.new)]
    return tuple(
        Change(link, Kind.MODIFIED, moved=False, renumbered=False, weight=Weight.SUBSTANTIVE, edits=())
        for link in align(old, new, known)
    )


def _thread_on(
    threads: list[_Thread],
    holders: dict[str, int],
    number: int,
    changes: tuple[Change, ...],
    editions: Sequence[Resolution],
) -> tuple[dict[str, int], dict[str, tuple[Source, ...]]]:
    """Lead the threads on into an edition: who holds each of its paragraphs, and what each comes from."""
    linked = [change for change in changes if change.link.old and change.link.new]
    heirs = {change.link: _heir(change.link, holders, editions[number - 1]) for change in linked}
    held = {id_: heirs[change.link] for change in linked for id_ in change.link.new}
    origins = {id_: tuple((number - 1, old) for old in change.link.old) for change in linked for id_ in change.link.new}
    for place in dict.fromkeys(holders.values()):
        mine = [change for change in linked if any(holders[id_] == place for id_ in change.link.old)]
        if not mine:
            threads[place].dropped = number
            continue
        led = {id_ for change in mine for id_ in change.link.old}
        gone = tuple(id_ for id_ in threads[place].steps[-1].ids if id_ not in led)
        threads[place].steps.append(replace(_step(number, mine, editions[number]), gone=gone))
        if place not in {heirs[change.link] for change in mine}:
            threads[place].into = heirs[mine[0].link]
    fresh = [paragraph for paragraph in editions[number].body if paragraph.id not in held]
    for place, earlier, link, marks in _returns(threads, fresh, number, editions):
        threads[place].steps.append(Step(number, link.new, What.RETURNED, edits=marks))
        threads[place].dropped = None
        held |= dict.fromkeys(link.new, place)
        origins |= dict.fromkeys(link.new, tuple((earlier, id_) for id_ in link.old))
    for paragraph in fresh:
        if paragraph.id not in held:
            held[paragraph.id] = len(threads)
            threads.append(_Thread([Step(number, (paragraph.id,), What.BORN)]))
    return held, origins


def _heir(link: Link, holders: dict[str, int], text: Resolution) -> int:
    """The life that goes on where several meet: the one that brings most words, of those the oldest."""
    lengths = {paragraph.id: len(paragraph.text) for paragraph in text.body}
    brought: dict[int, int] = {}
    for id_ in link.old:
        brought[holders[id_]] = brought.get(holders[id_], 0) + lengths[id_]
    return min(brought, key=lambda place: (-brought[place], place))


def _step(number: int, changes: list[Change], text: Resolution) -> Step:
    """What became of a life, whose paragraphs stand in these changes."""
    ranks = {paragraph.id: rank for rank, paragraph in enumerate(text.body)}
    ids = sorted({id_ for change in changes for id_ in change.link.new}, key=ranks.__getitem__)
    what = min((_what(change) for change in changes), key=list(What).index)
    marks = [edit for change in changes for edit in (Edit(Op.EQUAL, "\n"), *change.edits)][1:]
    return Step(number, tuple(ids), what, any(change.moved for change in changes), tuple(marks))


def _what(change: Change) -> What:
    if change.kind is Kind.SPLIT:
        return What.SPLIT
    if change.kind is Kind.MERGED:
        return What.MERGED
    if change.weight <= Weight.TYPOGRAPHIC:
        return What.MOVED if change.moved else What.COPIED
    return What.CHANGED if change.weight is Weight.SUBSTANTIVE else What.EDITED


def _returns(
    threads: list[_Thread], fresh: list[Paragraph], number: int, editions: Sequence[Resolution]
) -> Iterator[tuple[int, int, Link, tuple[Edit, ...]]]:
    """The lives that are taken up again by paragraphs that come from nowhere: their places, the edition in which they
    stood last, the link, the words that changed. The last to be dropped are tried first."""
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
        for link in align(old, _only(editions[number], {p.id for p in fresh})) if fresh else ():
            if not (link.old and link.new):
                continue
            marks = _marks(link, old, editions[number])
            if not _alike(marks):
                continue
            heir = _heir(link, holders, old)
            if threads[heir].dropped is None:  # the halves of a split that come back apart: the first goes on
                continue
            yield heir, earlier, link, marks
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


def _alike(marks: tuple[Edit, ...]) -> bool:
    kept = sum(len(edit.text) for edit in marks if edit.op is Op.EQUAL)
    changed = sum(len(edit.text) for edit in marks if edit.op is not Op.EQUAL)
    return 2 * kept >= ALIKE * (2 * kept + changed)


def _joined(text: Resolution, ids: tuple[str, ...]) -> str:
    texts = {paragraph.id: paragraph.text for paragraph in text.body}
    return "\n".join(texts[id_] for id_ in ids)
