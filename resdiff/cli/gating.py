"""``resdiff gate``: the rules that hold for the pairs a person means, what they say, and what is accepted.

A pair that cannot be compared is a result of its own, with an exit code of its own: it never passes for one without
changes.
"""

import re
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Literal

import click
from msgspec import Struct
from msgspec.structs import replace

from resdiff import files
from resdiff.cli.desk import Desk, ReadingOptions
from resdiff.cli.output import ColorChoice, coloured, hand_out, is_terminal, progress_in_pairs, spare, today
from resdiff.cli.subjects import Subject, Text, Wanted, left_out, subjects
from resdiff.cli.told import printable
from resdiff.corpus import SERIES, Edition, Shelf, is_own, locate, readable
from resdiff.errors import FAILED, INCOMPLETE, InputError, OutputError, ResdiffError, UsageError
from resdiff.gates.accepting import accept, births, fingerprints, own_births, row, unused
from resdiff.gates.judge import judge_gate
from resdiff.gates.lines import lines_of
from resdiff.gates.rules import Rules, from_call, is_toml, read_rules
from resdiff.gates.sentences import pair_line
from resdiff.gates.values import Gated, Judged, Outcome, Pair, Result, Spot, Uncompared
from resdiff.messages import explained, message, message_or_code
from resdiff.model import Comparison, Resolution
from resdiff.processes import cores, in_processes
from resdiff.rendering.gates import Look, form_for, render_gates
from resdiff.series.lineage import Lineage, trace

__all__ = ["RULES", "GateOptions", "run_gate"]

RULES = "resdiff.toml"
ALL = "all"
SHORTEST = 6  # digits of a fingerprint that name it
ENOUGH = 8  # pairs that are worth a process: a second of work
SENSELESS = frozenset({"two-languages"})
"""Notices of a comparison after which nothing can be said."""
CAUTIONS = frozenset({"little-in-common", "reversed", "reversed-symbols", "no-operative", "no-resolution"})
"""Notices that whoever reads a result must know."""


class GateOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be judged, by which rules, how it is told, and what is accepted.

    ``texts`` are two texts or more in their order, or one series, folder of series, Word file with tracked changes, or
    nothing for the whole corpus.
    ``latest`` takes the last pair of each series alone, ``since`` those of which a text changed since that revision of
    git. Of the rules those of a ``family`` may be taken alone. ``accept`` are fingerprints, or ``all``. ``jobs`` are
    the processes that judge, a series each (0: one for each core).
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
    jobs: int = 0


def run_gate(options: GateOptions) -> int:
    """Judge, tell, accept. 3 where a rule of severity error fails, 74 where a pair could not be compared."""
    until = _until(options)
    wanted = [(name, form_for(name, options.form)) for name in options.output or ("-",)]
    desk = Desk.of(options.reading)
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
    if not options.texts:
        locate(desk.options.corpus, own=True)  # else the texts that came with resdiff would be judged
    named = Wanted(options.texts, latest=options.latest, since=options.since, lang=options.lang)
    found = subjects(named, desk)
    rules = _rules(options, desk, {subject.shelf.folder: subject.shelf for subject in found if subject.shelf})
    if not rules.gates:
        raise UsageError("gate-none")
    judged: list[Judged] = []
    lost: list[Uncompared] = []
    number = sum(len(subject.pairs) for subject in found)
    with progress_in_pairs(number, options.lang) if _is_long(number) else nullcontext(_no_step) as step:
        for each in chain.from_iterable(_in_order(found, rules, desk, options, step)):
            (judged if isinstance(each, Judged) else lost).append(each)  # type: ignore[arg-type]  # the list of its kind
    lost += left_out(named, found)
    run = Gated(rules.gates, tuple(judged), tuple(lost))
    is_whole = not (lost or options.latest or options.since or options.texts or options.family)
    return replace(run, unused=unused(rules.accepted, run.results) if is_whole else ())


def _is_long(pairs: int) -> bool:
    """Whether a person waits for it, and sees how it gets on."""
    return pairs >= ENOUGH and is_terminal(sys.stderr)


def _no_step(_: int) -> None:
    """Nobody is told how it gets on."""


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


def _in_order(
    found: Sequence[Subject], rules: Rules, desk: Desk, options: GateOptions, step: Callable[[int], None]
) -> Iterator[Sequence[Judged | Uncompared]]:
    """What the rules say of each subject, in their order, a series a process: where there are few pairs, in ours.

    ``step`` is called with the pairs that are done: each, or those of a series where another process does them."""
    do = partial(_judged, rules=rules, desk=desk, options=options)
    number = min(options.jobs or cores(), sum(len(subject.pairs) for subject in found) // ENOUGH, len(found))
    if number < 2:
        yield from (do(subject, step=step) for subject in found)
        return
    longest = sorted(found, key=lambda subject: -len(subject.pairs))
    done: dict[int, Sequence[Judged | Uncompared]] = {}
    for subject, told in in_processes(longest, number, do, partial(_lost, lang=options.lang)):
        done[id(subject)] = told
        step(len(subject.pairs))
    yield from (done[id(subject)] for subject in found)


def _judged(
    subject: Subject, rules: Rules, desk: Desk, options: GateOptions, step: Callable[[int], None] = _no_step
) -> list[Judged | Uncompared]:
    """What the rules say of the pairs of a subject, or why they could not be compared."""
    if subject.fault:
        key = subject.shelf.key if subject.shelf else ""
        return [Uncompared(Pair(key, "", key), explained(subject.fault, options.lang))]
    born = _Births(subject, desk)
    told: list[Judged | Uncompared] = []
    for number in subject.pairs:
        pair = _pair(subject, number)
        try:
            told.append(_judged_pair(subject, number, pair, rules, born, desk, options))
        except UsageError:
            raise
        except ResdiffError as error:
            told.append(Uncompared(pair, explained(error, options.lang)))
        except Exception as error:  # a fault of ours on one pair is no reason to lose all the others
            if options.debug:
                click.echo("".join(traceback.format_exception(error)), err=True)
            said = f"{type(error).__name__} : {error}"[:200]
            told.append(Uncompared(pair, message("error.internal", said, lang=options.lang)))
        step(1)
    return told


def _lost(subject: Subject, lang: str) -> list[Judged | Uncompared]:
    """What is said of a series that took its process along twice."""
    said = message("error.worker-lost", lang=lang)
    return [Uncompared(_pair(subject, number), said) for number in subject.pairs]


def _pair(subject: Subject, number: int) -> Pair:
    """A pair of a subject before it is read."""
    old, new = subject.texts[number], subject.texts[number + 1]
    key = subject.shelf.key if subject.shelf else ""
    return Pair(old.name, new.name, key, subject.language, old.file, new.file)


def _judged_pair(
    subject: Subject, number: int, pair: Pair, rules: Rules, born: "_Births", desk: Desk, options: GateOptions
) -> Judged | Uncompared:
    """What the rules say of one pair; where there is no fault no more is read than the two texts."""
    old, new = subject.texts[number], subject.texts[number + 1]
    if subject.is_tracked:
        comparison = desk.tracked_changes(new.given, options.links)[0]
    elif subject.shelf:
        comparison = desk.compare_editions(subject.shelf, subject.row[number], subject.row[number + 1], options.links)
    else:
        comparison = desk.compare(old.given, new.given, options.links)
    if not subject.is_tracked:
        pair = replace(pair, old=old.symbol(comparison.old), new=new.symbol(comparison.new))
    if told := [_notice(n.code, n.values, options.lang) for n in comparison.notices if n.code in SENSELESS]:
        return Uncompared(pair, " ".join(told))
    outcomes = tuple(judge_gate(gate, comparison) for gate in rules.gates if gate.is_for(pair.series))
    results: list[Result] = []
    if any(outcome.faults for outcome in outcomes):
        results = _results(outcomes, pair, comparison, (old, new), born.of(number, comparison.old))
    accepted = accept(results, rules.accepted, date.fromisoformat(today()))
    return Judged(pair, outcomes, accepted, _cautions(comparison, pair, options.lang))


def _notice(code: str, values: Sequence[str], lang: str) -> str:
    untitled = message("word.untitled", lang=lang)
    return message_or_code(f"notice.{code}", [value or untitled for value in values], lang)


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
    texts: tuple[Text, Text],
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

    def __init__(self, subject: Subject, desk: Desk) -> None:
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

        editions = self._subject.row[: max(self._subject.pairs) + 1]
        return trace(list(readable(editions, read)), shelf.pins(), words=False), paths


class _Places:
    """The lines of the paragraphs of a pair in their files."""

    def __init__(self, comparison: Comparison, old: Text, new: Text, pair: Pair) -> None:
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


def _contents(text: Text) -> bytes:
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
    place = rules_file(Desk.of(options.reading)) or Path(RULES)
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
