"""The pages of one series: read, compare, judge, tell; each page is handed on as it is made.

The texts of a series are read and recognized once, and its lives are led on edition by edition: the ages of a pair cost
nothing beside the comparisons that are made anyway, and telling the whole no other. Memory is that of one series.
"""

import sys
import traceback
from collections.abc import Callable, Collection
from urllib.parse import quote

import msgspec
from msgspec import Raw, Struct, field
from msgspec.structs import replace

from resdiff.changelog.ledger import MANIFEST, Record, SeriesLedger, StoryRecord, series_ledger
from resdiff.changelog.plan import HISTORY, PAGES, Job, Tale, Task, names, plan
from resdiff.changelog.store import Store
from resdiff.comparison import compare
from resdiff.corpus import Edition, load
from resdiff.errors import ResdiffError
from resdiff.judgement import judge
from resdiff.language.fold import tokens
from resdiff.messages import explained, message
from resdiff.model import Age, Comparison, Pin, Resolution
from resdiff.recognition import Survey, recognize
from resdiff.rendering import Format, Needs, options_type, render
from resdiff.rendering.chronicle import ChronicleOptions, render_chronicle
from resdiff.report import Pair, Report, entry
from resdiff.report import build as build_report
from resdiff.report.chronicle import chronicle
from resdiff.series.lineage import Tracer

__all__ = ["Built", "Done", "begin", "build", "finish", "give_up", "make", "silent"]

MUCH = 1_000  # passages cut into words: those of three long pairs
Put = Callable[[str, bytes], str]
Moved = Callable[[int], None]


def silent(_: int) -> None:
    """The progress of a run nobody watches."""


class Done(Struct, frozen=True):
    """What became of a series: pairs built and kept, what failed by pair.

    ``traces`` are those of failures that are a fault of resdiff.
    """

    key: str
    built: int
    kept: int
    failed: tuple[tuple[str, str], ...] = ()
    traces: tuple[str, ...] = ()

    @property
    def pairs(self) -> int:
        """All its pairs, those that failed too; a telling of the whole that failed is none."""
        return (
            self.built + self.kept + sum(not place.rpartition("/")[2].startswith(HISTORY) for place, _ in self.failed)
        )


class Built(Struct, frozen=True):
    """A series that was built: its manifest, and what became of it."""

    ledger: SeriesLedger
    done: Done


def make(job: Job, store: Store, moved: Moved = silent) -> Done:
    """Write what is not kept of a series, its manifest last; ``moved`` is told how many more pairs are done.

    Stopped by Ctrl-C, the manifest vouches for what was done. A pair that resdiff fails on is a line of the front
    pages. Raises OutputError when nothing can be written.
    """
    there = begin(job, store)
    maker = _Maker(job, lambda name, data: store.put(f"{job.key}/{name}", data))
    try:
        built = maker.build(moved)
    except KeyboardInterrupt:
        store.put(f"{job.key}/{MANIFEST}", maker.ledger(there).dump())
        raise
    finish(built, store, there)
    return built.done


def build(job: Job, put: Put) -> Built:
    """What is not kept of a series; each page is put under its name below the folder of the series."""
    return _Maker(job, put).build(silent)


def _forget() -> None:
    """Let go what is kept of the words of texts, once it is much: the next pair asks for others.

    Asked after each pair it takes a sixth off the memory of a process, and costs no time. A cache with a bound is one
    of texts; those of our tables have none.
    """
    if tokens.cache_info().currsize < MUCH:
        return
    for name, module in list(sys.modules.items()):
        if name.startswith("resdiff."):
            for value in list(vars(module).values()):
                if isinstance(value, type(tokens)) and value.cache_parameters()["maxsize"] is not None:
                    value.cache_clear()


def begin(job: Job, store: Store) -> set[str]:
    """Say in the manifest what will be there, before the first page is written; the names that are there or will be."""
    there = {*job.names(), *series_ledger(store.read(f"{job.key}/{MANIFEST}"), job.lang).names}
    ledger = SeriesLedger(lang=job.lang, planned=tuple(sorted(there)), pairs=job.kept, stories=job.told)
    store.put(f"{job.key}/{MANIFEST}", ledger.dump())
    return there


def finish(built: Built, store: Store, there: set[str]) -> None:
    """Remove what was there and is no more, then write the manifest of the series, which does not name it."""
    store.remove(f"{built.done.key}/{name}" for name in there - built.ledger.names)
    store.put(f"{built.done.key}/{MANIFEST}", built.ledger.dump())


def give_up(job: Job, store: Store, code: str) -> Done:
    """Write of a series that cannot be built for a reason outside of it, an error of that code, a line for each of its
    pairs that says so."""
    said = message(f"error.{code}", lang=job.lang)
    there = begin(job, store)
    records = {task.stem: _failed(task, said) for task in job.tasks}
    failed = tuple((task.place, said) for task in job.tasks)
    built = Built(SeriesLedger(lang=job.lang, pairs=records), Done(job.key, 0, 0, failed))
    finish(built, store, there)
    return built.done


def _failed(task: Task, said: str) -> Record:
    pair = Pair(task.old.stem, task.new.stem, task.stem, error=said)
    return Record("", {}, ("", ""), Raw(msgspec.json.encode(pair)))


# ---- a series under way ---------------------------------------------------------------------------------------------


class _Life(Struct):
    """The editions of one language, led on as far as they were needed: how many, the last one that could be read, the
    ages of the paragraphs of each.

    ``fault`` is why the words could not be followed; births are then told by the links alone.
    """

    row: tuple[Edition, ...]
    tracer: Tracer
    reached: int = 0
    last: Edition | None = None
    ages: dict[Edition, tuple[Age, ...]] = field(default_factory=dict)
    fault: Exception | None = None

    def lead_on(self, edition: Edition, text: Resolution, linked: Comparison | None = None) -> None:
        """Lead on into the next edition; ``linked`` is its comparison with the last one, where it is there."""
        try:
            self.tracer.lead_on(text, linked)
        except Exception as error:
            if not self.tracer.words:
                raise
            self.fault, self.tracer.words = error, False
            self.tracer.lead_on(text)
        self.last, self.reached = edition, self.row.index(edition) + 1
        self.ages[edition] = self.tracer.ages()


class _Maker:
    """A series under way: its texts, what is known of each, its records as they grow."""

    def __init__(self, job: Job, put: Put) -> None:
        self.job, self.put = job, put
        self.texts: dict[Edition, Resolution | ResdiffError] = {}
        self.surveys: dict[Edition, Survey] = {}
        self.lives: dict[str, _Life] = {}
        self.pins: tuple[Pin, ...] | None = None
        self.records: dict[str, Record] = {}
        self.told: dict[str, StoryRecord] = {}
        self.failed: dict[str, str] = {}
        self.traces: list[str] = []
        self.rebuilt: set[str] = set()

    def build(self, moved: Moved) -> Built:
        """Build all that is not kept."""
        self._pairs(moved)
        for tale in self.job.tales:
            if tale.stem in self.job.told:
                self.told[tale.stem] = self.job.told[tale.stem]
            else:
                self._tell(tale)
        self._doubt()
        built = len(self.rebuilt - self.failed.keys())
        kept = len(self.job.kept.keys() - self.rebuilt)
        failed = tuple((f"{self.job.key}/{stem}", said) for stem, said in self.failed.items())
        return Built(self.ledger(), Done(self.job.key, built, kept, failed, tuple(self.traces)))

    def ledger(self, planned: Collection[str] = ()) -> SeriesLedger:
        """The manifest as it stands; ``planned`` are the names that may be there beside what it vouches for."""
        return SeriesLedger(lang=self.job.lang, planned=tuple(sorted(planned)), pairs=self.records, stories=self.told)

    def _pairs(self, moved: Moved) -> None:
        """The pages of the pairs.

        Which pairs fail is known when all were tried, and a page must not lead to one of those: the pages beside a pair
        that failed, or that is new, are then built again.
        """
        for task in self.job.tasks:
            if task.stem in self.job.kept:
                self.records[task.stem] = self.job.kept[task.stem]
            else:
                self._build(task)
                _forget()
            moved(1)
        for task in self.job.tasks:
            if task.stem not in self.failed and self.records[task.stem].ways != self._ways(task):
                self._build(task)

    def _ways(self, task: Task) -> tuple[str, str]:
        """The stems before and after it, save those whose pair failed: there is no page to lead to."""
        before, after = ("" if stem in self.failed else stem for stem in (task.previous, task.next))
        return before, after

    def _build(self, task: Task) -> None:
        """The pages of one pair; what cannot be built becomes a line that says so."""
        self.rebuilt.add(task.stem)
        ways = self._ways(task)
        try:
            compared = self._judged(task)
            report = build_report(compared, lang=self.job.lang)
            pages = [_page(form, compared, report, task.stem, ways) for form in PAGES]
            line = Raw(msgspec.json.encode(entry(report, task.stem)))
        except Exception as error:  # a fault of ours on one pair is no reason to lose all the others
            self.records[task.stem] = _failed(task, self._failure(error, task.stem))
            return
        hashes = {name: self.put(name, page) for name, page in zip(names(task.stem), pages, strict=True)}
        self.records[task.stem] = Record(task.digest, hashes, ways, line)

    def _judged(self, task: Task) -> Comparison:
        """The two texts compared and judged, with what the series has before them. Raises InputError."""
        old, new, life = self._text(task.old), self._text(task.new), self._life(task.old.language)
        self._reach(life, task.old)
        linked = compare(old, new, pins=self._pins())
        if life.last == task.old:
            life.lead_on(task.new, new, linked)
        earlier = [self._survey(edition) for edition in life.row[: life.row.index(task.old)] if self._is_there(edition)]
        compared = judge(linked, self._survey(task.old), self._survey(task.new), earlier=earlier)
        return replace(compared, ages=life.ages[task.old]) if earlier else compared

    def _tell(self, tale: Tale) -> None:
        """The pages of a series told as a whole; what cannot be told has none."""
        try:
            life = self._life(tale.editions[0].language)
            self._reach(life, tale.editions[-1])
            if life.fault:
                raise life.fault
            lives = chronicle(life.tracer.lineage(), self.job.lang)
            options = ChronicleOptions(index="index.html")
            pages = [render_chronicle(lives, form.name, options) for form in PAGES]
        except Exception as error:  # as with a pair
            self._failure(error, tale.stem)
            return
        hashes = {name: self.put(name, page) for name, page in zip(names(tale.stem), pages, strict=True)}
        self.told[tale.stem] = StoryRecord(tale.digest, hashes)

    def _life(self, language: str) -> _Life:
        """The editions of that language. Words are followed only where the whole is to be told."""
        if language not in self.lives:
            row = next(row for row in self.job.shelf.rows() if row[0].language == language)
            words = any(t.editions == row and t.stem not in self.job.told for t in self.job.tales)
            self.lives[language] = _Life(row, Tracer(self._pins(), words=words))
        return self.lives[language]

    def _reach(self, life: _Life, edition: Edition) -> None:
        """Lead the editions on as far as that one; those that cannot be read are passed over."""
        for each in life.row[life.reached : life.row.index(edition) + 1]:
            if self._is_there(each):
                life.lead_on(each, self._text(each))

    def _pins(self) -> tuple[Pin, ...]:
        """A person's last word on links in this series, read once. Raises InputError."""
        if self.pins is None:
            self.pins = self.job.shelf.pins()
        return self.pins

    def _text(self, edition: Edition) -> Resolution:
        """The text of an edition, read once. Raises InputError."""
        if edition not in self.texts:
            try:
                self.texts[edition] = load(edition)
            except ResdiffError as error:
                self.texts[edition] = error
        text = self.texts[edition]
        if isinstance(text, ResdiffError):
            raise text
        return text

    def _is_there(self, edition: Edition) -> bool:
        """Whether the text of an edition can be read: one that cannot spoils no comparison but its own."""
        try:
            self._text(edition)
        except ResdiffError:
            return False
        return True

    def _survey(self, edition: Edition) -> Survey:
        """What is known of a text, found once."""
        if edition not in self.surveys:
            self.surveys[edition] = recognize(self._text(edition))
        return self.surveys[edition]

    def _failure(self, error: Exception, stem: str) -> str:
        """Keep what failed, with the trace of a fault of ours; in one sentence."""
        if isinstance(error, ResdiffError):
            said = explained(error, self.job.lang)
        else:
            said = message("error.internal", f"{type(error).__name__} : {error}"[:200], lang=self.job.lang)
            self.traces.append(f"{self.job.key}/{stem}\n{''.join(traceback.format_exception(error))}")
        self.failed[stem] = said
        return said

    def _doubt(self) -> None:
        """Vouch for nothing that was made of a text which was changed meanwhile."""
        now = plan(self.job.shelf, self.job.lang)
        for task in now.tasks:
            record = self.records.get(task.stem)
            if task.stem in self.rebuilt and record and record.digest != task.digest:
                self.records[task.stem] = replace(record, digest="")
        for tale in now.tales:
            told = self.told.get(tale.stem)
            if told and told.digest != tale.digest:
                self.told[tale.stem] = replace(told, digest="")


class _Beside(Struct, frozen=True, kw_only=True):
    """What a page is told of where it stands, under the names of options; each format takes those that it has."""

    lang: str
    index: str
    previous: str
    next: str
    files: tuple[str, ...]


def _page(form: Format, compared: Comparison, report: Report, stem: str, ways: tuple[str, str]) -> bytes:
    """The file of a pair in one format."""
    suffix, index = form.suffixes[0], f"index{form.suffixes[0]}"
    previous, following = (f"{quote(each)}{suffix}" if each else "" for each in ways)
    others = tuple(f"{quote(stem)}{other.suffixes[0]}" for other in PAGES if other is not form)
    beside = _Beside(lang=report.lang, index=index, previous=previous, next=following, files=others)
    what = compared if form.needs is Needs.COMPARISON else report
    return render(what, form.name, msgspec.convert(beside, options_type(form.name), from_attributes=True))
