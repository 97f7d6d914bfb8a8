"""``resdiff gate``: which pairs a person means, the rules that hold for them, what they say, and what is accepted.

A pair that cannot be compared is a result of its own, with an exit code of its own: it never passes for one without
changes.
"""

import re
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Literal

import click
from msgspec import Struct
from msgspec.structs import replace

from resdiff import files
from resdiff import symbol as symbols
from resdiff.cli.desk import Desk, ReadingOptions
from resdiff.cli.french import inert, printable
from resdiff.cli.output import ColorChoice, coloured, hand_out
from resdiff.cli.revisions import Changed
from resdiff.cli.runs import INCOMPLETE, open_desk, spare, today
from resdiff.corpus import LINKS, SERIES, Corpus, Edition, Shelf, is_folder, is_own, readable
from resdiff.errors import InputError, NotFoundError, OutputError, ResdiffError, UsageError
from resdiff.gates.accepting import accept, births, fingerprints, own_births, row, unused
from resdiff.gates.judge import judge_gate
from resdiff.gates.lines import lines_of
from resdiff.gates.rules import Rules, from_call, is_toml, read_rules
from resdiff.gates.sentences import pair_line
from resdiff.gates.values import Gated, Judged, Outcome, Pair, Result, Spot, Uncompared
from resdiff.messages import explained, message
from resdiff.model import Comparison, Resolution
from resdiff.rendering.gates import Look, form_for, render_gates
from resdiff.report import message_or_code
from resdiff.series.lineage import Lineage, trace

__all__ = ["RULES", "GateOptions", "run_gate"]

RULES = "resdiff.toml"
FAILED = 3
ALL = "all"
SHORTEST = 6  # digits of a fingerprint that name it
SENSELESS = frozenset({"two-languages"})
"""Notices of a comparison after which nothing can be said."""
CAUTIONS = frozenset({"little-in-common", "reversed", "reversed-symbols", "no-operative", "no-resolution"})
"""Notices that whoever reads a result must know."""


class GateOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be judged, by which rules, how it is told, and what is accepted.

    ``texts`` are two texts or more in their order, or one series, folder of series, Word file with tracked changes, or
    nothing for the whole corpus.
    ``latest`` takes the last pair of each series alone, ``since`` those of which a text changed since that revision of
    git. Of the rules those of a ``family`` may be taken alone. ``accept`` are fingerprints, or ``all``.
    """

    texts: tuple[str, ...] = ()
    gate: tuple[str, ...] = ()
    family: tuple[Literal["mandat", "garanties", "rédactionnel", "technique"], ...] = ()
    reading: ReadingOptions = ReadingOptions()
    links: Path | None = None
    latest: bool = False
    since: str = ""
    explain: bool = False
    accept: tuple[str, ...] = ()
    reason: str = ""
    until: str = ""
    output: tuple[str, ...] = ()
    form: Literal["text", "json", "sarif", "junit", "github", "md"] | None = None
    lang: str = "fr"
    color: ColorChoice = "auto"
    debug: bool = False


def run_gate(options: GateOptions) -> int:
    """Judge, tell, accept. 3 where a rule of severity error fails, 74 where a pair could not be compared."""
    until = _until(options)
    wanted = [(name, form_for(name, options.form)) for name in options.output or ("-",)]
    desk = open_desk(options.reading)
    spare(options.output, lambda: [*desk.inputs(*options.texts), Path(RULES), *map(Path, options.gate)])
    gated = gate_all(options, desk)
    if until is not None:
        return _accept(gated, options, until)
    look = Look(lang=options.lang, explain=options.explain, color=coloured(options.color))
    hand_out([(name, render_gates(gated, form, look)) for name, form in wanted], options.lang)
    return exit_code(gated)


def exit_code(gated: Gated) -> int:
    """What a run ends with: that it is incomplete weighs more than that a rule fails."""
    return INCOMPLETE if gated.uncompared else FAILED if gated.failed() else 0


def gate_all(options: GateOptions, desk: Desk) -> Gated:
    """All pairs that are meant, judged by the rules that hold for them. Raises UsageError where there is no rule."""
    subjects = _subjects(options, desk)
    rules = _rules(options, desk, {subject.shelf.folder: subject.shelf for subject in subjects if subject.shelf})
    if not rules.gates:
        raise UsageError("gate-none")
    judged: list[Judged] = []
    lost: list[Uncompared] = []
    for subject in subjects:
        for each in _judged(subject, rules, desk, options):
            (judged if isinstance(each, Judged) else lost).append(each)  # type: ignore[arg-type]  # the list of its kind
    lost += _left_out(options, subjects)
    run = Gated(rules.gates, tuple(judged), tuple(lost))
    is_whole = not (lost or options.latest or options.since or options.texts or options.family)
    return replace(run, unused=unused(rules.accepted, run.results) if is_whole else ())


# ---- what is to be judged -------------------------------------------------------------------------------------------


class _Text(Struct, frozen=True):
    """A text as it was named: the argument, what it is called, its file where it has one."""

    given: str
    called: str
    path: Path | None


class _Subject(Struct, frozen=True):
    """Texts in their order, and which pairs of neighbours are judged; the series they are, where they are one.

    ``is_tracked`` is a Word file whose text is compared without its tracked changes and with them.
    """

    texts: tuple[_Text, ...]
    pairs: tuple[int, ...]
    shelf: Shelf | None = None
    language: str = ""
    fault: ResdiffError | None = None
    is_tracked: bool = False


def _subjects(options: GateOptions, desk: Desk) -> list[_Subject]:
    """What a person named. Raises NotFoundError and UsageError for names that lead nowhere."""
    names = options.texts
    if len(names) > 1:
        if options.latest or options.since:
            raise UsageError("gate-named", "--latest" if options.latest else "--since")
        return [_named(names, desk)]
    if names and _is_file(names[0]):
        if options.latest or options.since:
            raise UsageError("gate-named", "--latest" if options.latest else "--since")
        text = _Text(names[0], *_found(names[0], desk))
        before = message("gate.untracked", text.called, lang=options.lang)
        return [_Subject((replace(text, called=before), text), (0,), is_tracked=True)]
    shelves = _shelves(names, desk)
    changed = Changed.since(options.since, shelves[0].folder.parent) if options.since and shelves else None
    found = [subject for shelf in shelves for subject in _of_shelf(shelf, options, changed)]
    if not found and not changed:
        raise UsageError("gate-pairs", names[0] if names else shelves[0].folder.parent)
    return found


def _is_file(name: str) -> bool:
    """Whether one text that is named alone is a file."""
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # no file can be called so
        return False


def _named(names: tuple[str, ...], desk: Desk) -> _Subject:
    """Texts named one by one. Two neighbours of one series are judged as that series is, so that what is accepted there
    is accepted here."""
    texts = tuple(_Text(name, *_found(name, desk)) for name in names)
    size = len(texts)
    with suppress(ResdiffError, OSError):  # no corpus, or one that cannot be read
        for shelf, editions in [(each, row) for each in desk.shelved.shelves for row in each.rows()]:
            first = _place(texts[0], editions)
            if first >= 0 and [_place(text, editions) for text in texts] == [*range(first, first + size)]:
                pairs = tuple(range(first, first + size - 1))
                return _Subject(tuple(map(_edition, editions)), pairs, shelf, editions[0].language)
    return _Subject(texts, tuple(range(len(texts) - 1)))


def _found(name: str, desk: Desk) -> tuple[str, Path | None]:
    """What a text is called, and its file. Raises NotFoundError for a symbol that is not in the corpus, a file that is
    not there."""
    if name == "-":
        return name, None
    path = Path(name)
    with suppress(OSError, ValueError):
        if path.exists():
            return path.name, path
    if not symbols.normalise(name):
        desk.resolution(name)  # says what is wrong with the name
    if desk.options.fetch:
        return name, None
    return symbols.short(symbols.normalise(name) or name), desk.shelved.find(name, desk.options.language)[1].path


def _place(text: _Text, row: Sequence[Edition]) -> int:
    """Where a text stands among the editions of a series; -1 where it does not."""
    if text.path is None:
        return -1
    return next((n for n, edition in enumerate(row) if files.is_same(edition.path, text.path)), -1)


def _edition(edition: Edition) -> _Text:
    return _Text(str(edition.path), "", edition.path)


def _shelves(names: tuple[str, ...], desk: Desk) -> list[Shelf]:
    """The series that a person named, or all. Raises NotFoundError."""
    if not names:
        return _all(desk.shelved)
    (name,) = names
    path = Path(name)
    if is_folder(path):
        here = path.resolve()
        own = [shelf for shelf in Corpus(here.parent).shelves if shelf.key == here.name]
        return own or _all(Corpus(path))
    corpus = desk.shelved
    if by_key := [shelf for shelf in corpus.shelves if shelf.key == name]:
        return by_key
    if not symbols.normalise(name):
        desk.resolution(name)  # says what is wrong with the name
        raise UsageError("editions-one", name)
    return [corpus.find(name, desk.options.language)[0]]


def _all(corpus: Corpus) -> list[Shelf]:
    if not corpus.shelves:
        raise NotFoundError("corpus-empty", corpus.folder)
    return [*corpus.shelves]


def _of_shelf(shelf: Shelf, options: GateOptions, changed: Changed | None) -> Iterator[_Subject]:
    """The pairs of a series in each language."""
    if shelf.fault:
        yield _Subject((), (), shelf, fault=shelf.fault)
        return
    rows = [editions for editions in shelf.rows() if len(editions) > 1]
    for editions in rows:
        pairs = [*range(len(editions) - 1)][-1 if options.latest else 0 :]
        if changed and not _is_ordered_anew(shelf, changed):
            pairs = [n for n in pairs if changed.has(editions[n].path) or changed.has(editions[n + 1].path)]
        if pairs:
            yield _Subject(tuple(map(_edition, editions)), tuple(pairs), shelf, editions[0].language)


def _left_out(options: GateOptions, subjects: Sequence[_Subject]) -> list[Uncompared]:
    """What lies in a corpus that is judged as a whole, and cannot be read."""
    shelves = [subject.shelf for subject in subjects if subject.shelf]
    is_whole = (
        not options.texts or files.is_same(Path(options.texts[0]), shelves[0].folder.parent) if shelves else False
    )
    if not is_whole:
        return []
    corpus = Corpus(shelves[0].folder.parent)
    faults = {shelf.folder / SERIES for shelf in shelves if shelf.fault}
    rows = [(path, why) for path, why in corpus.left_out() if path not in faults]
    names = [path.relative_to(corpus.folder).as_posix().encode(errors="replace").decode() for path, _ in rows]
    return [
        Uncompared(Pair(name, ""), explained(why, options.lang)) for name, (_, why) in zip(names, rows, strict=True)
    ]


def _is_ordered_anew(shelf: Shelf, changed: Changed) -> bool:
    """Whether pairs of a series may be others than they were though their texts are the same: an edition was taken out,
    the order or a person's links changed."""
    here = shelf.folder.resolve()
    mine = [(path, way) for path, way in changed.files.items() if path.parent == here]
    return any((way == "D" and path.suffix == ".md") or path.name in (SERIES, LINKS) for path, way in mine)


# ---- the rules ------------------------------------------------------------------------------------------------------


def _rules(options: GateOptions, desk: Desk, shelves: dict[Path, Shelf]) -> Rules:
    """The rules of the call, of ``resdiff.toml`` and of the series. Raises InputError for a name that two have."""
    found: list[tuple[str, Rules]] = []
    for number, given in enumerate(options.gate, 1):
        is_file = Path(given).suffix == ".toml" or ("=" not in given and given != "routine-only")
        found.append((given, read_rules(Path(given)) if is_file else Rules((from_call(given, number),))))
    general = rules_file(desk, shelves)
    if general and not any(files.is_same(general, Path(name)) for name, _ in found):
        found.append((str(general), read_rules(general)))
    for shelf in shelves.values():
        about = shelf.folder / SERIES
        if is_own(about) and b"gate" in files.contents(about):
            found.append((str(about), read_rules(about, series=shelf.key)))
    named: dict[str, str] = {}
    for place, rules in found:
        for gate in rules.gates:
            if gate.id in named:
                raise InputError("gate-twice-apart", gate.id, named[gate.id], place)
            named[gate.id] = place
    all_of_them = sum((rules for _, rules in found), Rules())
    wanted = [gate for gate in all_of_them.gates if not options.family or gate.family in options.family]
    return Rules(tuple(wanted), all_of_them.accepted)


def rules_file(desk: Desk, shelves: dict[Path, Shelf] | None = None) -> Path | None:
    """``resdiff.toml`` where we stand, else in the corpus; None where there is none."""
    places = [Path(RULES)]
    with suppress(ResdiffError):
        places.append(desk.shelved.folder / RULES)
    places += [folder.parent / RULES for folder in shelves or ()]
    return next((place for place in places if place.exists()), None)


# ---- judging --------------------------------------------------------------------------------------------------------


def _judged(subject: _Subject, rules: Rules, desk: Desk, options: GateOptions) -> Iterator[Judged | Uncompared]:
    """What the rules say of the pairs of a subject, or why they could not be compared."""
    key = subject.shelf.key if subject.shelf else ""
    if subject.fault:
        yield Uncompared(Pair(key, "", key), explained(subject.fault, options.lang))
        return
    if subject.shelf:  # earlier editions and a person's links are those of the corpus where the series stands
        desk = replace(desk, options=replace(desk.options, corpus=subject.shelf.folder.parent))
    born = _Births(subject, desk)
    for number in subject.pairs:
        old, new = subject.texts[number], subject.texts[number + 1]
        pair = Pair(_name(old), _name(new), key, subject.language, _file(old), _file(new))
        try:
            yield _judged_pair(subject, number, pair, rules, born, desk, options)
        except UsageError:
            raise
        except ResdiffError as error:
            yield Uncompared(pair, explained(error, options.lang))
        except Exception as error:  # a fault of ours on one pair is no reason to lose all the others
            if options.debug:
                click.echo("".join(traceback.format_exception(error)), err=True)
            said = f"{type(error).__name__} : {error}"[:200]
            yield Uncompared(pair, message("error.internal", said, lang=options.lang))


def _judged_pair(
    subject: _Subject, number: int, pair: Pair, rules: Rules, born: "_Births", desk: Desk, options: GateOptions
) -> Judged | Uncompared:
    """What the rules say of one pair; where there is no fault no more is read than the two texts."""
    old, new = subject.texts[number], subject.texts[number + 1]
    if subject.is_tracked:
        comparison = desk.tracked_changes(new.given, options.links)[0]
    else:
        comparison = desk.compare(old.given, new.given, options.links)
        pair = replace(pair, old=_symbol(comparison.old, old), new=_symbol(comparison.new, new))
    if told := [_notice(n.code, n.values, options.lang) for n in comparison.notices if n.code in SENSELESS]:
        return Uncompared(pair, " ".join(told))
    outcomes = tuple(judge_gate(gate, comparison) for gate in rules.gates if gate.is_for(pair.series))
    results: list[Result] = []
    if any(outcome.faults for outcome in outcomes):
        results = _results(outcomes, pair, comparison, (old, new), born.of(number, comparison.old))
    accepted = accept(results, rules.accepted, date.fromisoformat(today()))
    return Judged(pair, outcomes, accepted, _cautions(comparison, pair, options.lang))


def _name(text: _Text) -> str:
    """What a text is called before it is read."""
    return _plain(text.called or (text.path.stem.rpartition(".")[0] if text.path else text.given))


def _symbol(resolution: Resolution, text: _Text) -> str:
    """What a text is called: by its symbol, else as its file."""
    return _plain(symbols.short(resolution.symbol)) if resolution.symbol else _name(text)


def _plain(name: str) -> str:
    """A name of a text or a file as it may stand in a line."""
    return inert(name.encode(errors="replace").decode())


def _file(text: _Text) -> str:
    """The file of a text as it is called from where we stand; its whole path where it lies elsewhere."""
    if text.path is None:
        return ""
    whole = text.path.resolve()
    here = Path.cwd()
    name = whole.relative_to(here).as_posix() if whole.is_relative_to(here) else str(whole)
    return _plain(name)


def _notice(code: str, values: Sequence[str], lang: str) -> str:
    return message_or_code(f"notice.{code}", values, lang)


def _cautions(comparison: Comparison, pair: Pair, lang: str) -> tuple[str, ...]:
    """What is strange about the two texts and could make a rule say the wrong thing."""
    told = [_notice(n.code, n.values, lang) for n in comparison.notices if n.code in CAUTIONS]
    for text, name in ((comparison.old, pair.old), (comparison.new, pair.new)):
        own = [n for n in text.notices if n.code in CAUTIONS or (text.is_torn and n.code.startswith("number"))]
        told += [message("gate.caution-of", name, _notice(n.code, n.values, lang), lang=lang) for n in own]
    return tuple(dict.fromkeys(told))


def _results(
    outcomes: Sequence[Outcome],
    pair: Pair,
    comparison: Comparison,
    texts: tuple[_Text, _Text],
    born: dict[str, str],
) -> list[Result]:
    """The faults with their fingerprints and places."""
    places = _Places(comparison, *texts, pair)
    found = []
    for outcome in outcomes:
        marks = fingerprints(outcome.gate, outcome.faults, comparison.new, born)
        for fault, mark in zip(outcome.faults, marks, strict=True):
            found.append(
                Result(outcome.gate, pair, fault, mark, places.old(fault.old), places.new(fault.new, fault.old))
            )
    return found


class _Births:
    """Which edition brought each paragraph of the texts of a subject; traced once, when it is first asked for."""

    def __init__(self, subject: _Subject, desk: Desk) -> None:
        self._subject, self._desk = subject, desk
        self._known: tuple[Lineage, list[Path]] | None = None

    def of(self, number: int, old: Resolution) -> dict[str, str]:
        """By the ids of the paragraphs of the text of that number. What edition comes later does not count."""
        place = self._subject.texts[number].path
        if self._subject.shelf is None or place is None:
            return own_births(old)
        lineage, paths = self._known = self._known or self._traced(self._subject.shelf)
        return births(lineage, paths.index(place))

    def _traced(self, shelf: Shelf) -> tuple[Lineage, list[Path]]:
        paths: list[Path] = []

        def read(edition: Edition) -> Resolution:
            text = self._desk.resolution(str(edition.path))
            paths.append(edition.path)
            return text

        last = max(self._subject.pairs) + 1
        editions = [Edition("", self._subject.language, text.path) for text in self._subject.texts[:last] if text.path]
        return trace(list(readable(editions, read)), shelf.pins(), words=False), paths


class _Places:
    """The lines of the paragraphs of a pair in their files."""

    def __init__(self, comparison: Comparison, old: _Text, new: _Text, pair: Pair) -> None:
        self._comparison, self._pair = comparison, pair
        self._old = lines_of(_contents(old), comparison.old)
        self._new = lines_of(_contents(new), comparison.new)

    def old(self, ids: Sequence[str]) -> Spot:
        """The line of the first of these old paragraphs; the first line where there is none."""
        return Spot(self._pair.old_file, next((self._old[id_] for id_ in ids if id_ in self._old), 1))

    def new(self, ids: Sequence[str], old: Sequence[str]) -> Spot:
        """The line of the first of these new paragraphs, else of the one behind which what is gone would stand."""
        line = next((self._new[id_] for id_ in ids if id_ in self._new), 0)
        return Spot(self._pair.new_file, line or self._behind(old) or 1)

    def _behind(self, old: Sequence[str]) -> int:
        """The line of the new paragraph that goes on from the nearest old one before these."""
        partners = {id_: c.link.new for c in self._comparison.changes for id_ in c.link.old if c.link.new}
        before = [paragraph.id for paragraph in self._comparison.old.body]
        if not old or old[0] not in before:
            return 0
        for id_ in reversed(before[: before.index(old[0])]):
            if id_ in partners:
                return self._new.get(partners[id_][-1], 0)
        return 0


def _contents(text: _Text) -> bytes:
    return files.contents(text.path) if text.path else b""


# ---- accepting ------------------------------------------------------------------------------------------------------


def _until(options: GateOptions) -> date | None:
    """Until which day results are accepted; None where none are. Raises UsageError."""
    if not options.accept:
        if alone := next((name for name in ("reason", "until") if getattr(options, name)), ""):
            raise UsageError("accept-alone", f"--{alone}")
        return None
    if not options.reason.strip() or not options.until:
        raise UsageError("accept-incomplete")
    is_date = re.fullmatch(r"\d{4}-\d\d-\d\d", options.until, re.ASCII)
    with suppress(ValueError):
        if is_date and (day := date.fromisoformat(options.until)) >= date.fromisoformat(today()):
            return day
    raise UsageError("accept-until", options.until)


def _accept(gated: Gated, options: GateOptions, until: date) -> int:
    """Write a row for each result that is accepted, at the end of the rules. All or nothing is written."""
    open_results = {result.fingerprint: result for result in gated.results if result.counts}
    chosen = [mark for mark in open_results if ALL in options.accept]
    for given in options.accept:
        found = [mark for mark in open_results if len(given) >= SHORTEST and mark.startswith(given.lower())]
        if given != ALL and len(found) != 1:
            raise UsageError("accept-unknown", given, ", ".join(open_results) or "–")
        chosen += [mark for mark in found if given != ALL]
    if not chosen:
        click.echo(message("gate.took-none", lang=options.lang))
        return exit_code(gated)
    place = rules_file(open_desk(options.reading)) or Path(RULES)
    reason = options.reason.strip()
    rows = [
        row(open_results[m], reason, until, pair_line(open_results[m].pair, options.lang))
        for m in dict.fromkeys(chosen)
    ]
    _append(place, rows)
    click.echo(message("gate.took", len(rows), until.isoformat(), printable(str(place)), lang=options.lang))
    return INCOMPLETE if gated.uncompared else 0


def _append(place: Path, rows: Sequence[str]) -> None:
    """Put rows at the end of a table that a person writes; what stands there stays to the letter."""
    if place.exists() and not place.is_file():
        raise OutputError("output-unwritable", place, "")
    before = files.contents(place)
    gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
    data = before + gap + "\n".join(rows).encode()
    if not is_toml(data):
        raise InputError("accept-broken", place)
    files.write(place, data)
