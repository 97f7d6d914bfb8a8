"""Dates, periods and sessions that the operative part of the new text sets, moves or gives up; how many are authorised.

Times are compared by value ("cent quatre-vingts jours" is 180 days), act by act: those of linked paragraphs, and those
of two acts that renew the same thing though no link joins them. A time that the old text has anywhere is not told as
set. Flags on single changes tell deadlines and figures: which gave way to which, and those of a decision that came or
went as a whole.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from resdiff.judgement.case import (
    Case,
    ChangeLayout,
    Flagged,
    content_stems,
    gives_a_mandate,
    is_referred_to,
    meanings,
    referred_to,
)
from resdiff.judgement.quoting import (
    CUT,
    LEFT_OUT,
    marks_of,
    needed_of,
    opens_phrase,
    shorten,
    without_openers,
)
from resdiff.language import Language, find, find_any, may_stand, pattern
from resdiff.language.dates import LASTING, Timing, Unit, find_times, is_ahead
from resdiff.language.fold import Words, fold, fold_same_length, split_words
from resdiff.language.forms import beyond_brackets
from resdiff.model import Evidence, Flag, FlagCode, Part, Resolution, Side, Span, TimeChange
from resdiff.recognition.clauses import words_of
from resdiff.recognition.names import names
from resdiff.recognition.survey import ASKS, Act, Effect, Family, Passage, Quantity, Survey

__all__ = ["judge_calendar", "judge_values"]

SAME = 0.6  # share of the stems of what two acts bear on, for them to renew the same thing
ABOUT_THE_SAME = 0.4  # … and for two reports to be about the same
CORE = 2  # words that tell a time: "six mois", "décembre 2002"
FURTHER = 2  # periods before an end, of which the last may never come
NEXT = 25  # characters between two dates by which one thing is due: "et de nouveau"
FAR = 20  # sessions between two that are of one organ
WORDS = 70  # words of an act that is quoted with its time: most are whole
DURATIONS = frozenset({Unit.HOUR, Unit.DAY, Unit.WORKDAY, Unit.WEEK, Unit.MONTH, Unit.YEAR})


class _Timed(Struct, frozen=True):
    """A time of an act of the operative part."""

    act: Act
    time: Quantity

    @property
    def value(self) -> tuple[int | str, Unit, bool]:
        """What it comes to: "every three months" is more than "within three months"."""
        return self.time.value, self.time.unit, self.time.timing is Timing.EVERY

    @property
    def paragraph(self) -> str:
        """Where it stands: a point of its act may be another one than that of the verb."""
        return self.time.place.paragraph

    @property
    def lasts(self) -> bool:
        """Whether it is a period, no date and no session."""
        return self.time.unit in DURATIONS

    @property
    def kind(self) -> tuple[Unit | None, str]:
        """What two times share where one takes the place of the other: a date, a session or a period, its timing. What
        is due every three months may be due within three months now."""
        timing = Timing.WITHIN if self.time.timing is Timing.EVERY else self.time.timing
        return None if self.lasts else self.time.unit, timing.value


def judge_calendar(case: Case) -> tuple[TimeChange, ...]:
    """What changed of the calendar, in the order of the new text, then what is gone in that of the old one."""
    old, new = (_times(case, side) for side in (Side.OLD, Side.NEW))
    had, has = ({timed.value for timed in times} for times in (old, new))
    moved, came, left = _by_change(case, old, new)
    again = _one_to_one(came, left, lambda before, after: _renews_the_same(before.act, after.act))
    paired = {id(timed.time) for couple in again for timed in couple}
    turned = [_change(case, before, after) for before, after in (*moved, *again)]
    come = [t for t in came if id(t.time) not in paired and t.value not in had]
    set_anew = [*(_change(case, None, t) for t in come), *_settled(case, new)]
    gone = [t for t in left if id(t.time) not in paired and t.value not in has]
    given_up = [_change(case, t, None) for t in _given_up(case, gone)]
    places = {paragraph.id: place for place, paragraph in enumerate(case.comparison.new.body)}
    stands = sorted([*turned, *set_anew], key=lambda change: places[change.new_paragraph])
    return tuple(_once([*stands, *given_up]))


def _settled(case: Case, new: list[_Timed]) -> list[TimeChange]:
    """The times of the new text that a draft left to choose before, "by [2027] [2028]", and leaves no more, each in the
    place of what was to choose, be it one of that or another one."""
    found = list[TimeChange]()
    times = _Standing(new, lambda timed: timed.paragraph)
    for layout in (layout for layout in case.layouts if layout.leaves_a_choice):
        if layout.choices.get(Side.NEW):
            continue
        old = layout.text(Side.OLD)
        offered = [(old[slice(*place)], layout.opposite(Side.OLD, *place)) for place in layout.choices[Side.OLD]]
        for timed in times.within(layout, Side.NEW):
            core, span = fold_same_length(timed.time.text), layout.span(Side.NEW, *_at(timed))
            options = (option for option, _ in offered if core in fold_same_length(option))
            places = (option for option, (start, stop) in offered if start < span.end and span.start < stop)
            if was := next(chain(options, places), ""):
                there = layout.paragraph_at(Side.OLD, old.find(was))
                found.append(replace(_change(case, None, timed), old=was, old_paragraph=there))
    return found


def _given_up(case: Case, gone: list[_Timed]) -> list[_Timed]:
    """Those of the times that went which the new text gives up: of decisions in paragraphs that stand, and of reports
    that were due again and again. None that is over when it is adopted, and none of what it lets stand."""
    gone = [t for t in gone if t.time.unit is not Unit.DATE or str(t.time.value) > case.comparison.new.adopted]
    links = [change.link for change in case.comparison.changes if change.link.new]
    kept = {paragraph for link in links for paragraph in link.old}
    recalling = [act for act in case.new.acts if act.family is Family.RECALL]
    recalled_in = {act.paragraph for act in recalling}
    recalled = {old for link in links if not recalled_in.isdisjoint(link.new) for old in link.old}
    referred, set_there = referred_to(case), _kinds_set_there(case, {t.paragraph for t in gone})
    reports = [act for act in case.new.acts if _is_report(act, case.language)]
    goes_on = any(act.effect in GOING_ON for act in case.new.acts)
    relies = is_referred_to(case)
    return [
        t
        for t in gone
        if t.lasts not in set_there.get(t.paragraph, ())
        if (t.paragraph in kept and t.act.family is Family.DECIDE) or _is_reported_no_more(t, reports)
        if not (goes_on and (t.act.effect in BEGUN or gives_a_mandate(t.act, case.language)))  # it has another end then
        # What was decided once stands: "Recalls its decision to designate", "in which it decided that the Conference".
        if t.paragraph not in recalled and not any(_share(t.act, act) >= SAME for act in recalling)
        if t.paragraph not in referred  # … and what is reaffirmed by its number
        if not (relies and t.time.timing is Timing.EVERY and t.act.family is Family.DECIDE)  # … or carried out
        if not (case.comparison.new.is_torn or _is_said(t, case.comparison.new))
    ]


def _is_reported_no_more(timed: _Timed, reports: list[Act]) -> bool:
    """Whether a report was due again and again, and none of those that are asked for now is about the same."""
    return timed.time.timing is Timing.EVERY and not any(_share(timed.act, act) >= ABOUT_THE_SAME for act in reports)


def _kinds_set_there(case: Case, olds: Collection[str]) -> dict[str, set[bool]]:
    """For each of these old paragraphs whether its partners name a date, a period, or both: then its own is not simply
    gone, also where nobody is bound by them ("welcomes the convening … during its next session")."""
    found: dict[str, set[bool]] = {}
    for layout in case.layouts:
        if own := [place.paragraph.id for place in layout.old if place.paragraph.id in olds]:
            there = [fold_same_length(place.paragraph.text) for place in layout.new]
            times = chain.from_iterable(find_times(split_words(text), case.language.code) for text in there)
            kinds = {time.unit in DURATIONS for time in times}
            if any(is_ahead(text, case.comparison.new.adopted, case.language) for text in there):
                kinds.add(False)  # "from 20 to 22 March 2019"
            found |= dict.fromkeys(own, kinds)
    return found


def _is_said(timed: _Timed, text: Resolution) -> bool:
    """Whether the number and the unit of a time stand anywhere in a text, in a phrase that tells no time: "clans six
    mois" was "dans six mois" before it was scanned."""
    core = " ".join(fold_same_length(timed.time.text).split()[-CORE:])
    return any(core in " ".join(fold_same_length(paragraph.text).split()) for paragraph in text.body)


def _times(case: Case, side: Side) -> list[_Timed]:
    body = case.comparison.text(side).body
    operative = {paragraph.id for paragraph in body if paragraph.part is Part.OPERATIVE}
    return [_Timed(act, time) for act in case.survey(side).acts if act.paragraph in operative for time in _sets(act)]


def _sets(act: Act) -> list[Quantity]:
    """The times that an act sets; not the end of a further period that it only has in view: "de proroger le mandat pour
    six mois, l’objectif étant de le proroger ensuite pour six mois, jusqu’au 20 mai 2005"."""
    periods = [time.place.start for time in act.deadlines if time.timing is Timing.DURING and time.unit in DURATIONS]
    return [
        time
        for time in act.deadlines
        if time.timing is not Timing.UNTIL or sum(start < time.place.start for start in periods) < FURTHER
    ]


Couples = list[tuple[_Timed, _Timed]]


def _at(timed: _Timed) -> tuple[str, int, int]:
    """The paragraph in which a time stands, and where it begins and ends there."""
    return timed.time.place.paragraph, timed.time.place.start, timed.time.place.end


Item = TypeVar("Item")


class _Standing(Generic[Item]):
    """What stands in the paragraphs of a text: that of a change is found without going through all."""

    def __init__(self, items: Iterable[Item], paragraph_of: Callable[[Item], str]) -> None:
        self.of: dict[str, list[tuple[int, Item]]] = {}
        for number, item in enumerate(items):
            self.of.setdefault(paragraph_of(item), []).append((number, item))

    def within(self, layout: ChangeLayout, side: Side) -> list[Item]:
        """What stands in the paragraphs of that side of a change, in the order of the text."""
        ids = {place.paragraph.id for place in layout.places(side)}
        found = [row for id_ in ids for row in self.of.get(id_, ())]
        return [item for _, item in sorted(found, key=itemgetter(0))]


def _by_change(case: Case, old: list[_Timed], new: list[_Timed]) -> tuple[Couples, list[_Timed], list[_Timed]]:
    """Times that took the place of others in one change; those of the new text and of the old one left over."""
    moved: Couples = []
    came: list[_Timed] = []
    left: list[_Timed] = []
    standing = {
        side: _Standing(times, lambda timed: timed.paragraph) for side, times in ((Side.OLD, old), (Side.NEW, new))
    }
    for layout in case.layouts:
        before, after = (times.within(layout, side) for side, times in standing.items())
        if layout.leaves_a_choice:
            before, after = (
                [t for t in times if not layout.is_open(side, layout.span(side, *_at(t)))]
                for side, times in ((Side.OLD, before), (Side.NEW, after))
            )
        gone = [t for t in before if t.value not in {a.value for a in after}]
        come = [t for t in after if t.value not in {b.value for b in before}]
        here: Couples = []
        if layout.is_sure:
            here = _one_to_one(come, gone, lambda old, new: _bear_on_the_same(old, new, case.language))
        moved += here
        taken = {id(timed.time) for couple in here for timed in couple}
        came += [t for t in come if id(t.time) not in taken]
        left += [t for t in gone if id(t.time) not in taken]
    return moved, came, left


def _one_to_one(came: list[_Timed], left: list[_Timed], may: Callable[[_Timed, _Timed], bool]) -> Couples:
    """An old and a new time of one kind, where neither has another one it may have taken the place of."""
    couples = [(b, a) for a in came for b in left if a.kind == b.kind and may(b, a)]
    olds, news = (Counter(id(couple[k].time) for couple in couples) for k in (0, 1))
    return [(b, a) for b, a in couples if olds[id(b.time)] == news[id(a.time)] == 1]


def _renews_the_same(old: Act, new: Act) -> bool:
    if old.effect is Effect.NONE or old.effect is not new.effect:
        return False
    return _share(old, new) >= SAME


def _change(case: Case, old: _Timed | None, new: _Timed | None) -> TimeChange:
    timed = new or old
    assert timed is not None
    return TimeChange(
        old=_counted(old, case.comparison.old, case.language) if old else "",
        new=_counted(new, case.comparison.new, case.language) if new else "",
        old_paragraph=old.paragraph if old else "",
        new_paragraph=new.paragraph if new else "",
        clause=_clause(timed, case.language),
    )


def _counted(timed: _Timed, text: Resolution, language: Language) -> str:
    """A time with what it is counted from: "pour une période de six mois à compter du 28 juin 1997"; two dates by which
    one thing is due together; a session with whose it is."""
    place = _with_its_like(timed.act, timed.time)
    paragraph = next(each.text for each in text.body if each.id == place.paragraph)
    flat = fold_same_length(paragraph)
    start = _first_of_two(flat, place.start, language)
    end = _end_of_body(paragraph, place.end, language) if timed.time.unit is Unit.SESSION else 0
    if timed.time.unit is Unit.SESSION and not end and _is_owned(timed.time, language):
        start = _start_of_body(paragraph, start, text, language)
    return _quoted(paragraph, start, end or _end_of_time(flat, split_words(flat), place.end, language))


def _end_of_body(text: str, end: int, language: Language) -> int:
    """Where the name ends of the body whose session ends there: "at the twenty-ninth session of the Conference of the
    Parties", which is not one of whoever asks; 0 where none is named."""
    small = language.actors.small
    leads = {*small.de, *small.le}
    body = next((name for name in names(text, language) if name.start >= end and name.sort == "body"), None)
    before = fold(text[end : body.start]).replace("'", "' ").split() if body else []
    return body.end if body and before and before[0] in small.de and leads.issuperset(before) else 0


def _is_owned(time: Quantity, language: Language) -> bool:
    """Whether a session is told as that of one body: "at its eightieth session", not "at the seventh session" nor "at
    their seventy-first and thirty-third sessions"."""
    said = set(split_words(fold_same_length(time.text)).words)
    return said.isdisjoint(language.conditions.known.words) and said.isdisjoint(words_of("grammar", "and", language))


def _start_of_body(paragraph: str, start: int, text: Resolution, language: Language) -> int:
    """Where the name begins of the body right before, whose session begins there: "to the General Assembly at its
    eightieth session" in a resolution of a Council; that place where there is none, or it is who speaks."""
    speaks = " ".join(fold(each.text) for each in text.paragraphs if each.part is Part.PREFACE)
    for name in names(paragraph, language) if speaks else ():
        is_before = name.end <= start and not paragraph[name.end : start].strip(" ,\xa0")
        if is_before and name.sort == "body" and fold(name.text) not in speaks:
            return name.start
    return start


def _first_of_two(flat: str, start: int, language: Language) -> int:
    """Where two dates by which one thing is due begin, of which the second begins there: "d’ici au 9 août, puis le 9
    octobre 1995"; that place where there is one date."""
    first = find(language.conditions.first_of_two, flat[:start])
    return first.start() if first else start


def _quoted(text: str, start: int, end: int) -> str:
    return text[slice(*beyond_brackets(text, start, end))]


def _with_its_like(act: Act, time: Quantity) -> Passage:
    """Where a date stands, with those right before and behind it by which the same is due: "avant le 1er novembre 1993
    et de nouveau avant le 15 décembre 1993"."""
    place = time.place
    start, end = place.start, place.end
    alike = [
        t.place for t in act.deadlines if t.unit is time.unit is Unit.DATE and t.place.paragraph == place.paragraph
    ]
    for other in sorted(alike, key=lambda at: at.start):
        if end <= other.start <= end + NEXT:
            end = other.end
    for other in sorted(alike, key=lambda at: -at.start):
        if start - NEXT <= other.end <= start:
            start = other.start
    return Passage(place.paragraph, start, end)


def _end_of_time(flat: str, words: Words, end: int, language: Language) -> int:
    """Where a time that ends there ends with what it is counted from, or without a cue for what is not quoted; not on
    what only opens the phrase behind it, "de la présente résolution une"."""
    rows = language.conditions
    stop = words.index(end)
    while stop > 1 and words.words[stop - 1] in rows.hanging.words:
        stop -= 1
    end = words.end(stop - 1)
    counted = pattern(rows.counted.pattern).match(flat, end) if may_stand(rows.counted, flat) else None
    if counted is None:
        return end
    return end + len(without_openers(flat[end : counted.end()], language))


def _bear_on_the_same(old: _Timed, new: _Timed, language: Language) -> bool:
    """Whether two times bear on one thing: one verb stands before both, or they end what two acts with the same effect
    or the same words decide, or a report is due by both.

    "constituer, dans un délai d’un mois, un groupe" and "rétablir le groupe trois semaines au plus tard" bear on two.
    """
    if old.time.unit is Unit.SESSION and abs(int(old.time.value) - int(new.time.value)) > FAR:
        return False  # of two organs
    if _is_by_others(old, language) is not _is_by_others(new, language):
        return False
    if _governing(old, language) == _governing(new, language):
        return True
    if _is_report(old.act, language) and _is_report(new.act, language):
        return True
    ends = old.time.timing in LASTING
    return ends and (
        (old.act.effect in BEGUN and new.act.effect in GOING_ON)
        or old.act.effect is new.act.effect is not Effect.NONE
        or _share(old.act, new.act) >= SAME
    )


def _is_report(act: Act, language: Language) -> bool:
    """Whether an act asks for a report."""
    return act.family in ASKS and find_any(language.conditions.reports, fold_same_length(act.text)) is not None


def _is_by_others(timed: _Timed, language: Language) -> bool:
    """Whether a time is not when what is asked is due, but what that is for: "un rapport, pour que la Mission mène son
    mandat à bonne fin d’ici au 20 mai"."""
    return find(language.conditions.purpose, _before(timed)) is not None


def _governing(timed: _Timed, language: Language) -> str:
    """The last verb before a time that asks for something, flat; the verb of the act where there is none."""
    that = {"", *(word.rstrip("'") for word in words_of("grammar", "that", language))}
    found = [match[0].split()[-1].rpartition("'")[2] for match in marks_of(language).verbs.finditer(_before(timed))]
    return next((verb for verb in reversed(found) if verb not in that), timed.act.kin)


def _before(timed: _Timed) -> str:
    """The words of an act before a time, flat."""
    text = " ".join(timed.act.text.split("\n")[_passage(timed)].split())
    return fold_same_length(text[: max(text.find(" ".join(timed.time.text.split())), 0)])


def _share(old: Act, new: Act) -> float:
    """What share of the stems of one of two acts, of that with fewer, is in what the other bears on."""
    before, after = (content_stems(act.object) for act in (old, new))
    return len(before & after) / min(len(before), len(after)) if before and after else 0.0


def _clause(timed: _Timed, language: Language) -> str:
    """The act with the time, shortened: who is to do what by then, or the act up to the time where that is an aside
    ("to include, in his report to the Assembly at its next session, a section …"); of a point its own words; of a long
    act what is due then, with its other times where they stand near."""
    act, number = timed.act, _passage(timed)
    text = act.text.split("\n")[number]
    needed = needed_of(act, text, language) if not number else 0
    said = " ".join(timed.time.text.split())
    quote = shorten(text, language, WORDS, needed=needed, weights={fold_same_length(said): 1.0})
    if said in quote:
        return quote
    before, found, behind = " ".join(text.split()).partition(said)
    if found and len(before.split()) <= WORDS:
        return f"{before}{said}{CUT * bool(behind)}"
    return _what_is_due(timed, text, number, language)


def _what_is_due(timed: _Timed, text: str, number: int, language: Language) -> str:
    """What is due at a time that stands deep in a passage: from the last verb before it on, and to the last of the
    times that hang on that verb. The time alone where no verb is near."""
    start = timed.act.passages[number].start
    there = [t.place for t in timed.act.deadlines if t.place.paragraph == timed.paragraph]
    spans = [(place.start - start, place.end - start) for place in there]
    here = timed.time.place.start - start, timed.time.place.end - start
    flat = fold_same_length(text)
    verbs = [match.start() for match in marks_of(language).verbs.finditer(flat)]
    verb = max((at for at in verbs if at < here[0]), default=0)
    following = min((at for at in verbs if at >= here[1]), default=len(text))
    last = max(end for at, end in spans if verb < at < following)
    for stop in (last, here[1]):
        words = text[verb:stop].split()
        due = words[fold(words[0]) in words_of("grammar", "and", language) :]
        if len(due) <= WORDS:
            return f"{LEFT_OUT}{' '.join(due)}{CUT * (stop < len(text))}"
    return f"{LEFT_OUT}{' '.join(text[slice(*here)].split())}"


def _passage(timed: _Timed) -> int:
    """Which passage of its act holds the time."""
    return next(k for k, at in enumerate(timed.act.passages) if at.paragraph == timed.paragraph)


def _once(changes: list[TimeChange]) -> list[TimeChange]:
    """Each change of a value once, and by its act where it asks for something: the same date may stand in several
    places, but a report and an item of the agenda are due at one session."""
    found: dict[tuple[str, ...], TimeChange] = {}
    for change in changes:
        asked = (change.new_paragraph, change.clause) if change.old and change.new else ()
        found.setdefault((change.old, change.new, *asked), change)
    return list(found.values())


# ---- flags on single changes: until when, how many ------------------------------------------------------------------

DUE = frozenset({Timing.UNTIL, Timing.WITHIN, Timing.DURING, Timing.EVERY})
GOING_ON = (Effect.RENEW, Effect.EXTEND)
BEGUN = (*GOING_ON, Effect.CREATE)
CHANGED, ADDED, DROPPED = range(3)
CODES = {
    "deadline": (FlagCode.DEADLINE_CHANGED, FlagCode.DEADLINE_ADDED, FlagCode.DEADLINE_DROPPED),
    "figure": (FlagCode.FIGURE_CHANGED, FlagCode.FIGURE_ADDED, FlagCode.FIGURE_DROPPED),
}


class _Value(Struct, frozen=True):
    """A deadline or a figure where it stands: its words, those by which it is told, what it comes to, whether it says
    how often, its first word or timing; of a deadline the act that has it."""

    place: Passage
    text: str
    said: str
    value: object
    often: bool
    cue: str
    timed: _Timed | None = None

    @property
    def seen(self) -> tuple[Evidence, ...]:
        return (Evidence(self.place.paragraph, self.text),)


RE_COUNTED = r"[a-z]{5}"  # the beginnings of the words that a figure counts
_Spanned = tuple[Span, _Value]
Spans = list[_Spanned]


def judge_values(case: Case) -> Flagged:
    """Flags on the changes where a deadline or a figure gave way to another, or came or went with a whole decision."""
    every = {side: _values(case.survey(side), case.language) for side in (Side.OLD, Side.NEW)}
    verbs = case.language.conditions.deciding.words
    deciding = {
        side: _Standing((act for act in case.survey(side).acts if act.verb in verbs), lambda act: act.paragraph)
        for side in Side
    }
    flagged: Flagged = []
    for place, layout in enumerate(case.layouts):
        if not (layout.old and layout.new):
            flagged += [(place, flag) for flag in _decided(layout, deciding, every)]
        elif layout.leaves_a_choice:
            continue
        elif layout.sites and layout.is_sure and layout.new[0].paragraph.part is not Part.PREAMBLE:
            # in the preamble it is the end of an earlier one
            for sort, codes in CODES.items():
                here = {side: every[side][sort].within(layout, side) for side in Side}
                gone, come = (_changed(layout, side, here) for side in (Side.OLD, Side.NEW))
                for (was_at, was), (now_at, now) in _gave_way(layout, gone, come, case.language):
                    nouns = _nouns(layout, was_at, now_at, case.language) if sort == "figure" else ("", "")
                    values = f"{nouns[0]}{was.said}", f"{nouns[1]}{now.said}"
                    flagged.append((place, Flag(codes[CHANGED], values, was.seen, now.seen)))
    return flagged


def _nouns(layout: ChangeLayout, was: Span, now: Span, language: Language) -> tuple[str, str]:
    """What a figure and the one that it gave way to are of, where that is another thing than before: "decrease of " and
    "increase of "; else nothing."""
    (before, of), (after, also_of) = (
        ["", "", *layout.text(side)[: at.start].split()][-2:] for side, at in ((Side.OLD, was), (Side.NEW, now))
    )
    joins = [opens_phrase(fold(word), language) for word in (before, of, after, also_of)]
    is_other = before and after and fold(before) != fold(after) and joins == [False, True, False, True]
    return (f"{before} {of} ", f"{after} {also_of} ") if is_other else ("", "")


_Values = dict[str, _Standing[_Value]]


def _values(survey: Survey, language: Language) -> _Values:
    texts = {paragraph.id: paragraph.text for paragraph in survey.resolution.body}
    due = [(act, time) for act in survey.acts for time in _sets(act) if time.timing in DUE]
    deadlines = (_deadline(act, time, texts[time.place.paragraph], language) for act, time in due)
    values = {
        "deadline": [value for value in deadlines if value],
        "figure": [
            _Value(
                place=Passage(figure.paragraph, figure.start, figure.end),
                text=figure.text,
                said=figure.text,
                value=_number(figure.text, language),
                often=False,
                cue=figure.text.split()[0],
            )
            for figure in survey.figures
        ],
    }
    return {sort: _Standing(found, lambda value: value.place.paragraph) for sort, found in values.items()}


def _number(text: str, language: Language) -> tuple[str, ...]:
    """How many a figure says there are, of whatever: "15,000 United States dollars" and "15,000 dollars" are one."""
    words = meanings(text, language)
    return tuple(word for word in words if word[:1].isdigit()) or words


def _deadline(act: Act, time: Quantity, text: str, language: Language) -> _Value | None:
    """A time with the small words before it, and with what it is counted from: "pour une nouvelle période de six mois à
    compter du 28 juin 1997"; None for one that is known already: "la période de six mois visée au paragraphe 1"."""
    rows, place = language.conditions, time.place
    flat = fold_same_length(text)
    words = split_words(flat)
    first = words.index(place.start)
    while first and words.words[first - 1] in rows.leading.words:
        first -= 1
    here = Passage(place.paragraph, words.starts[first], _end_of_time(flat, words, place.end, language))
    before = words.words[first : words.index(place.start)]
    if time.unit is not Unit.DATE and any(word in rows.known.words for word in before):
        return None
    whole = _with_its_like(act, time)
    start = _first_of_two(flat, min(here.start, whole.start), language)
    said = _quoted(text, start, here.end if whole.end == place.end else whole.end)
    return _Value(
        place=here,
        text=_quoted(text, here.start, here.end),
        said=said,
        value=(time.value, time.unit),
        often=time.timing is Timing.EVERY,
        cue=time.timing.value,
        timed=_Timed(act, time),
    )


def _changed(layout: ChangeLayout, side: Side, here: Mapping[Side, Sequence[_Value]]) -> Spans:
    """The values in changed words of a side, of which the other version has fewer: of "90 jours après l’entrée en
    vigueur" and "90 jours après son entrée en vigueur" the words alone changed."""
    found = ((layout.span(side, v.place.paragraph, v.place.start, v.place.end), v) for v in here[side])
    touched = [(span, value) for span, value in found if layout.touched(side, span)]
    if not touched:
        return touched
    own, other = (Counter(value.value for value in here[each]) for each in (side, side.other))
    return [(span, value) for span, value in touched if own[value.value] > other[value.value]]


def _gave_way(
    layout: ChangeLayout, gone: Spans, come: Spans, language: Language
) -> Iterator[tuple[_Spanned, _Spanned]]:
    """Each value that gave way to another: in the same edit site, or as the only one that went and the only one that
    came, for a deadline may change place with its mandate; no date of one thing to the period of another."""
    couples: dict[tuple[Span, Span], tuple[_Value, _Value]] = {}
    if len(gone) == len(come) == 1:
        couples[gone[0][0], come[0][0]] = gone[0][1], come[0][1]
    for site in layout.sites:
        was = [each for each in gone if _overlap(each[0], site.old)]
        now = [each for each in come if _overlap(each[0], site.new)]
        if len(was) == len(now) == 1:
            couples[was[0][0], now[0][0]] = was[0][1], now[0][1]
    for (was_at, now_at), (before, after) in couples.items():
        placed = any(_overlap(was_at, site.old) and _overlap(now_at, site.new) for site in layout.sites)
        alone = len(gone) == len(come) == 1 and after.text.split()[0] not in layout.text(Side.OLD)
        changed = before.value != after.value and before.often is after.often
        changed = changed and (alone or _count_alike(before, after))
        if before.timed and after.timed and before.timed.time.unit is not after.timed.time.unit:
            changed = changed and _bear_on_the_same(before.timed, after.timed, language)
        # of two ends that took the place of a period the second may hang on a condition
        ends = [value for _, value in come if value.cue in LASTING]
        if changed and (before.cue == after.cue or (placed and after not in ends[1:])):
            yield (was_at, before), (now_at, after)


def _count_alike(before: _Value, after: _Value) -> bool:
    """Whether two figures count the same: "750 membres" are no "391 policiers"."""
    was, now = (set(re.findall(RE_COUNTED, fold_same_length(value.text))) for value in (before, after))
    return before.cue.isalpha() or not (was and now) or bool(was & now)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _decided(layout: ChangeLayout, deciding: dict[Side, _Standing[Act]], every: dict[Side, _Values]) -> Iterator[Flag]:
    """Each deadline and figure that a paragraph decides which came or went as a whole: the end of a mandate, the
    ceiling of a force."""
    side = Side.NEW if layout.new else Side.OLD
    for act in deciding[side].within(layout, side):
        here = act.passages[0]
        for sort, codes in CODES.items():
            for value in every[side][sort].within(layout, side):
                if value.place.paragraph == act.paragraph and act.place.end <= value.place.start < here.end:
                    code, seen = (codes[ADDED], ((), value.seen)) if layout.new else (codes[DROPPED], (value.seen, ()))
                    yield Flag(code, (value.text,), *seen)
