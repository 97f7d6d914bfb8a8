"""What a reader is told of a series: the lives of its paragraphs, and which edition brought the words of the last one.

``chronicle(lineage)`` and ``origins(lineage, blamed)`` put what :mod:`resdiff.series` found under the names that people
use; renderers draw them.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from resdiff import symbol as symbols
from resdiff.errors import NotFoundError
from resdiff.messages import plural
from resdiff.model import Edit, Op, Side
from resdiff.report.blocks import Sentence
from resdiff.report.calling import called, nearest_called
from resdiff.report.wording import addresses, as_text, date, dated, label, word
from resdiff.series.blame import Blamed, Run
from resdiff.series.lineage import Life, Lineage, Step, What

__all__ = ["Chronicle", "EditionName", "LifeRow", "Moment", "OriginRow", "Origins", "What", "chronicle", "origins"]

OPENING = 60  # characters by which a paragraph is known


class EditionName(Struct, frozen=True):
    """An edition: its symbol in full and as people say it, its ISO date and the same written out; both may be empty."""

    symbol: str
    name: str
    adopted: str
    date: str

    @property
    def dated(self) -> str:
        """The name with the year, where it is known: "74/175 (2019)"."""
        return dated(self.name, self.adopted)


class Moment(Struct, frozen=True):
    """A life at one edition: its ids, what they are called, what became of it in words, doubt included, its text, the
    marks since the moment before (none at birth). Fields of :class:`resdiff.series.lineage.Step` mean the same."""

    edition: int
    ids: tuple[str, ...]
    label: str
    what: What
    moved: bool
    uncertain: bool
    gone: tuple[str, ...]
    said: str
    text: str
    edits: tuple[Edit, ...]


class LifeRow(Struct, frozen=True):
    """A life: its place among all, what its paragraph is called at last, its first words, since when, how it ended.
    What stands in the first edition may be older than the series that is known.

    ``dropped``, ``into``, ``perhaps``, ``born_near``, ``dropped_near`` and ``dropped_uncertain`` are as in
    :class:`resdiff.series.lineage.Life`; ``ending`` says in words how it ended, empty where it goes on, and ``doubt``
    what it may have come from, which ``since`` says too.
    """

    place: int
    label: str
    opening: str
    since: str
    moments: tuple[Moment, ...]
    dropped: int | None
    into: int | None
    perhaps: int | None
    born_near: str
    dropped_near: str
    dropped_uncertain: bool
    ending: str
    doubt: str

    @property
    def born(self) -> int:
        """The edition that brought it."""
        return self.moments[0].edition

    @property
    def wordings(self) -> tuple[Moment, ...]:
        """The moments at which its words changed, birth included."""
        return tuple(moment for moment in self.moments if moment.what not in (What.COPIED, What.MOVED))


class Chronicle(Struct, frozen=True, dict=True):
    """The lives of the paragraphs of a series; ``told`` are the places of those a reader asked for: all, or one
    paragraph with what was merged into it."""

    lang: str
    title: str
    editions: tuple[EditionName, ...]
    lives: tuple[LifeRow, ...]
    told: tuple[int, ...]
    paragraph: str = ""

    @cached_property
    def living(self) -> tuple[LifeRow, ...]:
        """The lives told that stand in the last edition, in its order."""
        return tuple(row for row in self._in_order if row.dropped is None and row.into is None)

    @cached_property
    def ended(self) -> tuple[LifeRow, ...]:
        """The other lives told, the last to end first."""
        return tuple(row for row in self._in_order if row.dropped is not None or row.into is not None)

    @property
    def _in_order(self) -> Iterator[LifeRow]:
        return (self.lives[place] for place in self.told)


class OriginRow(Struct, frozen=True):
    """A paragraph of the last edition, what it is called, and its runs of one origin each."""

    id: str
    label: str
    runs: tuple[Run, ...]


class Origins(Struct, frozen=True):
    """The last edition with the origin of its words; ``shares`` are the shares of its characters by edition."""

    lang: str
    title: str
    editions: tuple[EditionName, ...]
    rows: tuple[OriginRow, ...]
    shares: tuple[float, ...]

    @property
    def percents(self) -> tuple[int, ...]:
        """The shares in whole percents, which make 100 together: what is left over goes to the largest remainders. An
        edition that has a word has one percent."""
        if not any(self.shares):
            return tuple(0 for _ in self.shares)
        exact = [100 * share for share in self.shares]
        percents = [max(1, int(part)) if part else 0 for part in exact]
        for place in sorted(range(len(exact)), key=lambda n: percents[n] - exact[n])[: max(0, 100 - sum(percents))]:
            percents[place] += 1
        while sum(percents) > 100 and max(percents) > 1:  # where several were given their one
            percents[percents.index(max(percents))] -= 1
        return tuple(percents)


def chronicle(lineage: Lineage, lang: str = "fr", paragraph: str = "") -> Chronicle:
    """The lives of a series under the names that people use.

    ``paragraph`` is what a person calls a paragraph of the last edition, whose life alone is told then; where the last
    has none of that name, one of the edition before, and so on. Raises NotFoundError, with the nearest.
    """
    editions = _names(lineage, lang)
    heirs = {life.perhaps: life for life in lineage.lives if life.perhaps is not None}  # what each may have become
    lives = tuple(
        _row(place, life, heirs.get(place), lineage, editions, lang) for place, life in enumerate(lineage.lives)
    )
    told = _ranked(lineage)
    if paragraph:
        place = _wanted(lineage, paragraph, lang)
        told = [place, *(other for other in told if other != place and place in _joined(lineage, other))]
    title = word("history.title", lang).format(editions[0].name, editions[-1].name, len(editions))
    return Chronicle(lang, title, editions, lives, tuple(told), paragraph)


def origins(lineage: Lineage, blamed: Sequence[Blamed], lang: str = "fr", paragraph: str = "") -> Origins:
    """The last edition with the origin of its words; of one paragraph, and its points, where a person names one.

    Raises NotFoundError, with the nearest, where the edition has no paragraph of that name.
    """
    editions = _names(lineage, lang)
    rows = [OriginRow(each.id, label(each.id, lang), each.runs) for each in blamed]
    if paragraph:
        ids = [row.id for row in rows]
        if not (wanted := called(ids, paragraph)):
            raise _unknown(ids, paragraph, lang)
        rows = [row for row in rows if row.id in wanted or row.id.startswith(tuple(f"{id_}." for id_ in wanted))]
    sizes = [0] * len(editions)
    for run in (run for row in rows for run in row.runs):
        sizes[run.origin] += len(run.text)
    shares = tuple(size / max(1, sum(sizes)) for size in sizes)
    title = word("blame.title", lang).format(editions[-1].name)
    return Origins(lang, title, editions, tuple(rows), shares)


# ---- names ----------------------------------------------------------------------------------------------------------


def _names(lineage: Lineage, lang: str) -> tuple[EditionName, ...]:
    """The editions under the names that people use, one without a symbol by its place."""
    untitled = word("history.untitled", lang)
    return tuple(
        EditionName(
            text.symbol,
            symbols.short(text.symbol) or untitled.format(place),
            text.adopted,
            date(text.adopted, lang),
        )
        for place, text in enumerate(lineage.editions, start=1)
    )


def _labels(ids: tuple[str, ...], lang: str) -> str:
    return as_text(Sentence(addresses(Side.NEW, ids, lang)))


# ---- lives ----------------------------------------------------------------------------------------------------------


def _row(
    place: int, life: Life, heir: Life | None, lineage: Lineage, editions: tuple[EditionName, ...], lang: str
) -> LifeRow:
    """A life as it is told; ``heir`` is the one that may go on where it was dropped."""
    moments = []
    before: Step | None = None
    for step in life.steps:
        moments.append(_moment(step, before, lineage, editions, lang))
        before = step
    last = moments[-1] if life.into is None else moments[-2]
    text = last.text.replace("\n", " ")
    opening = text if len(text) <= OPENING else text[:OPENING].rpartition(" ")[0] + "…"
    since = word("history.since" if life.born else "history.since-first", lang).format(editions[life.born].dated)
    doubt = _perhaps_from(life, lineage, editions, lang)
    return LifeRow(
        place,
        last.label,
        opening,
        since + doubt,
        tuple(moments),
        life.dropped,
        life.into,
        life.perhaps,
        life.born_near,
        life.dropped_near,
        life.dropped_uncertain,
        _ending(life, heir, moments[-1], editions, lang),
        doubt,
    )


def _ending(life: Life, heir: Life | None, last: Moment, editions: tuple[EditionName, ...], lang: str) -> str:
    """How a life ended, at its last moment or behind it, and what may go on with it; empty where it goes on itself."""
    if life.into is not None:
        return word("history.into", lang).format(last.label, editions[last.edition].name)
    if life.dropped is None:
        return ""
    ending = word("history.dropped", lang).format(editions[life.dropped].dated)
    if heir and heir.born >= life.dropped:  # else it was taken up again since
        return ending + _doubt("history.perhaps-became", heir.steps[0].ids, editions[heir.born], lang)
    if life.dropped_near:
        return ending + _doubt("history.near", (life.dropped_near,), editions[life.dropped], lang)
    return ending + word("history.form", lang) if life.dropped_uncertain else ending


def _perhaps_from(life: Life, lineage: Lineage, editions: tuple[EditionName, ...], lang: str) -> str:
    """What a life may have come from; empty where nothing is in doubt."""
    if life.perhaps is not None:
        last_of_it = [step for step in lineage.lives[life.perhaps].steps if step.edition < life.born][-1]
        return _doubt("history.perhaps-from", last_of_it.ids, editions[last_of_it.edition], lang)
    if life.born_near:
        return _doubt("history.near", (life.born_near,), editions[life.born - 1], lang)
    return word("history.form", lang) if life.steps[0].uncertain else ""


def _doubt(key: str, ids: tuple[str, ...], edition: EditionName, lang: str) -> str:
    """What a paragraph may have come from or become, to stand behind what is sure."""
    return word(key, lang).format(_labels(ids, lang), edition.name)


def _moment(step: Step, before: Step | None, lineage: Lineage, editions: tuple[EditionName, ...], lang: str) -> Moment:
    said = word(f"history.{step.what}", lang)
    if step.what is What.RETURNED and before is not None:
        said = said.format(editions[before.edition].name)
    if step.moved and step.what is not What.MOVED:
        said = word("history.and-moved", lang).format(said)
    if step.uncertain:
        said = said + word("history.form", lang) if before is None else word("history.uncertain", lang).format(said)
    if step.gone:
        said = word(f"history.gone-{plural(len(step.gone), lang)}", lang).format(said, _labels(step.gone, lang))
    edits = step.edits if before is not None else (Edit(Op.EQUAL, lineage.text(step)),)
    return Moment(
        step.edition,
        step.ids,
        _labels(step.ids, lang),
        step.what,
        step.moved,
        step.uncertain,
        step.gone,
        said,
        lineage.text(step),
        edits,
    )


def _ranked(lineage: Lineage) -> list[int]:
    """The places of the lives as they are told: those of the last edition in its order, then the last to end first."""
    ranks = [{paragraph.id: rank for rank, paragraph in enumerate(text.body)} for text in lineage.editions]

    def key(place: int) -> tuple[int, int]:
        step = lineage.lives[place].steps[-1]
        return -step.edition, ranks[step.edition][step.ids[0]]

    ended = {place for place, life in enumerate(lineage.lives) if life.into is not None or life.dropped is not None}
    return sorted(range(len(lineage.lives)), key=lambda place: (place in ended, *key(place), place))


def _wanted(lineage: Lineage, paragraph: str, lang: str) -> int:
    """The life of the paragraph that is called so, in the last edition that has one."""
    for number in range(len(lineage.editions) - 1, -1, -1):
        ids = [each.id for each in lineage.editions[number].body]
        if found := called(ids, paragraph):
            return lineage.place(number, min(found, key=ids.index))
    raise _unknown([each.id for each in lineage.editions[-1].body], paragraph, lang)


def _joined(lineage: Lineage, place: int) -> Iterator[int]:
    """The lives that a life was merged into, one after the other."""
    into = lineage.lives[place].into
    while into is not None:
        yield into
        into = lineage.lives[into].into


def _unknown(ids: Sequence[str], paragraph: str, lang: str) -> NotFoundError:
    near = nearest_called(ids, paragraph, lang)
    return NotFoundError(*(("passage-near", paragraph, near) if near else ("passage-unknown", paragraph)))
