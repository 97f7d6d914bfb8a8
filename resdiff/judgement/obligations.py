"""Who is asked, on what condition, until when, with what report: and how that differs between linked paragraphs.

Only what stands in words that came or went is told, and only where the request it belongs to stands on both sides: a
condition inside a request that is new as a whole is not a condition that was added. One that only changed its place
in the paragraph is the same.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from resdiff.judgement.case import Case, ChangeLayout, Couple, EditSite, Flagged, content_stems, meanings
from resdiff.judgement.commands import asks_others, is_redirected
from resdiff.language import Language, pattern
from resdiff.language.dates import find_times
from resdiff.language.fold import fold_same_length, split_words
from resdiff.model import Evidence, Flag, FlagCode, Kind, ObligationChange, Part, Side, Span, Status
from resdiff.recognition.commands import PARTNERS
from resdiff.recognition.survey import Command, Condition, TimedMention

__all__ = ["judge_obligations"]

ALONE = 4
"""Words that may come or go with a condition for it to be told as one that came or went by itself: its commas, an
"et", an adverb; with five words and more it qualified a passage of its own in the resolutions read."""
MOSTLY = 0.6
"""Least share of a phrase that stands in changed words for it to have come or gone: "conformément au droit
international" that only gained "applicable" did neither."""
ASKED = 0.75
"""Share of the words of a request for a report that one act of the other text has, for it to be asked there too."""

Said = Iterator[tuple[tuple[ObligationChange, ...], Flag]]
"""Rows of the list of obligations with the flag that tells them on the change."""


def judge_obligations(case: Case) -> tuple[tuple[ObligationChange, ...], Flagged]:
    """What came and went of addressees, conditions and reports, and flags on the changes, deadlines and figures too."""
    rows: list[ObligationChange] = []
    flagged: Flagged = []
    more = _more_reports(case)
    for place, (layout, couples) in enumerate(zip(case.layouts, case.couples, strict=True)):
        if layout.change.kind is Kind.UNCHANGED:
            continue
        for told, flag in _said(case, layout, couples, more):
            rows += told
            flagged.append((place, flag))
    return tuple(rows), flagged


def _said(case: Case, layout: ChangeLayout, couples: tuple[Couple, ...], more_reports: int) -> Said:
    """All that is to be said of one change."""
    if layout.old and layout.new:
        for old, new in couples:
            if old and new:
                yield from _addressees(layout, old, new, case.language)
        yield from _conditions(case, layout, couples)
        yield from _values_changed(
            layout, FlagCode.DEADLINE_CHANGED, case.old.deadlines, case.new.deadlines, case.language
        )
        yield from _values_changed(layout, FlagCode.FIGURE_CHANGED, case.old.figures, case.new.figures, case.language)
    else:
        yield from _decided_values(case, layout)
    yield from _reports(case, layout, couples, more_reports)


# ---- who ------------------------------------------------------------------------------------------------------------


def _addressees(layout: ChangeLayout, old: Command, new: Command, language: Language) -> Said:
    if not asks_others(old, new, language):
        return
    sides = ((Side.OLD, old), (Side.NEW, new))
    if not any(layout.is_touched(side, c.paragraph, c.end, c.asked_end) for side, c in sides):
        return
    ids = old.paragraph, new.paragraph
    rows = (
        ObligationChange("addressee", old.addressee, Status.DROPPED, *ids),
        ObligationChange("addressee", new.addressee, Status.NEW, *ids),
    )
    evidence = (Evidence(ids[0], old.addressee),), (Evidence(ids[1], new.addressee),)
    yield rows, Flag(FlagCode.ADDRESSEE_CHANGED, (old.addressee, new.addressee), *evidence)


# ---- on what condition ----------------------------------------------------------------------------------------------


def _conditions(case: Case, layout: ChangeLayout, couples: tuple[Couple, ...]) -> Said:
    """The conditions of which one side has more than the other, where the words came or went."""
    if not layout.sites:
        return
    found = {side: _of_change(case.survey(side).conditions, layout, side) for side in (Side.OLD, Side.NEW)}
    count = {side: [c.row for c in found[side]] for side in found}
    for side, other in ((Side.OLD, Side.NEW), (Side.NEW, Side.OLD)):
        for row in sorted(set(count[side])):
            surplus = count[side].count(row) - count[other].count(row)
            these = [c for c in found[side] if c.row == row]
            # A second condition of that row in a paragraph is no news, but for the rights of people.
            if these[0].sort != "rights" and not all(_touched(layout, side, c) for c in these):
                continue
            came = [c for c in these if _came_alone(layout, side, c, couples, case.language)]
            for condition in came[: max(0, surplus)]:
                yield _condition_said(layout, side, condition)


def _touched(layout: ChangeLayout, side: Side, condition: Condition) -> tuple[EditSite, ...]:
    return layout.touched(side, layout.span(side, condition.paragraph, condition.start, condition.end))


def _came_alone(
    layout: ChangeLayout, side: Side, condition: Condition, couples: tuple[Couple, ...], language: Language
) -> bool:
    """Whether a condition came or went by itself, in a request that stands on both sides."""
    sites = _touched(layout, side, condition)
    span = layout.span(side, condition.paragraph, condition.start, condition.end)
    if not sites or _share(side, span, sites) < MOSTLY:
        return False
    place = next(p for p in layout.places(side) if p.paragraph.id == condition.paragraph)
    if place.paragraph.part is Part.PREAMBLE and condition.sort != "rights":
        return False
    if not condition.stands_alone:
        words = len(condition.text.split()) + ALONE
        if any(len(layout.text(side)[s.on(side).start : s.on(side).end].split()) > words for s in sites):
            return False
    return _request_stands(side, condition, couples, language) and not _stands_there(
        layout, side.other, condition, language
    )


def _stands_there(layout: ChangeLayout, side: Side, condition: Condition, language: Language) -> bool:
    """Whether the other version has all the words of a condition, but for those that only join it; not of a right,
    whose words are common: "entreprises privées" keeps no "vie privée"."""
    joining = language.excerpts.commonplace.words
    stems = {stem for stem in content_stems(condition.text) if not stem.startswith(joining)}
    return condition.sort != "rights" and bool(stems) and stems <= content_stems(layout.text(side))


def _share(side: Side, span: Span, sites: tuple[EditSite, ...]) -> float:
    covered = sum(min(span.end, s.on(side).end) - max(span.start, s.on(side).start) for s in sites)
    return covered / (span.end - span.start)


def _request_stands(side: Side, condition: Condition, couples: tuple[Couple, ...], language: Language) -> bool:
    """Whether the request that holds the condition has a partner who is asked the same; true outside any request."""
    for old, new in couples:
        mine = old if side is Side.OLD else new
        if mine and mine.paragraph == condition.paragraph and mine.start <= condition.start < mine.stop:
            return old is not None and new is not None and not is_redirected(old, new, language)
    return True


def _condition_said(
    layout: ChangeLayout, side: Side, condition: Condition
) -> tuple[tuple[ObligationChange, ...], Flag]:
    here = condition.paragraph
    there = layout.places(side.other)[0].paragraph.id
    text = _with_partner(layout, side, condition) if condition.sort == "consult" else condition.text
    seen = (Evidence(here, text),)
    if side is Side.OLD:
        row = ObligationChange("condition", text, Status.DROPPED, here, there)
        return (row,), Flag(FlagCode.CONDITION_DROPPED, (text,), seen, ())
    row = ObligationChange("condition", text, Status.NEW, there, here)
    return (row,), Flag(FlagCode.CONDITION_ADDED, (text,), (), seen)


def _with_partner(layout: ChangeLayout, side: Side, condition: Condition) -> str:
    """The phrase with the partner behind it, to the next comma."""
    place = next(p for p in layout.places(side) if p.paragraph.id == condition.paragraph)
    words = re.split(r"[,;]", place.paragraph.text[condition.start :])[0].split()
    return " ".join(words[:PARTNERS]) + (" …" if len(words) > PARTNERS else "")


# ---- until when, how many -------------------------------------------------------------------------------------------

Spans = list[tuple[Span, TimedMention]]
Mention = TypeVar("Mention", Condition, TimedMention)


def _of_change(mentions: Sequence[Mention], layout: ChangeLayout, side: Side) -> list[Mention]:
    """The mentions in the paragraphs of that side, paragraph by paragraph."""
    return [m for place in layout.places(side) for m in mentions if m.paragraph == place.paragraph.id]


def _values_changed(
    layout: ChangeLayout,
    code: FlagCode,
    old: tuple[TimedMention, ...],
    new: tuple[TimedMention, ...],
    language: Language,
) -> Said:
    """Each deadline, or figure, that gave way to another: in the same edit site, or as the only one that went and the
    only one that came, for a deadline may change place with its mandate."""
    if not layout.sites:
        return
    gone, come = _in_changed_words(layout, Side.OLD, old), _in_changed_words(layout, Side.NEW, new)
    couples: dict[tuple[Span, Span], tuple[TimedMention, TimedMention]] = {}
    if len(gone) == len(come) == 1:
        couples[gone[0][0], come[0][0]] = gone[0][1], come[0][1]
    for site in layout.sites:
        was = [each for each in gone if _overlap(each[0], site.old)]
        now = [each for each in come if _overlap(each[0], site.new)]
        if len(was) == len(now) == 1:
            couples[was[0][0], now[0][0]] = was[0][1], now[0][1]
    for (was_at, now_at), (was_said, now_said) in couples.items():
        if _recalls(layout) or _value(was_said.text, language) == _value(now_said.text, language):
            continue
        placed = any(_overlap(was_at, site.old) and _overlap(now_at, site.new) for site in layout.sites)
        before, after = fold_same_length(was_said.text), fold_same_length(now_said.text)
        if before != after and _comparable(before, after, language, placed=placed):
            seen = (Evidence(was_said.paragraph, was_said.text),), (Evidence(now_said.paragraph, now_said.text),)
            yield (), Flag(code, (was_said.text, now_said.text), *seen)


def _recalls(layout: ChangeLayout) -> bool:
    """Whether the change stands in the preamble: a date there is the end of an earlier mandate."""
    return layout.new[0].paragraph.part is Part.PREAMBLE


def _value(text: str, language: Language) -> object:
    """What a deadline or a figure comes to: "dans un délai de soixante jours" is "dans les 60 jours"."""
    words = split_words(fold_same_length(text))
    times = [(time.value, time.unit) for time in find_times(words, language.code)]
    return times or meanings(text, language)


def _in_changed_words(layout: ChangeLayout, side: Side, mentions: tuple[TimedMention, ...]) -> Spans:
    found = ((layout.span(side, m.paragraph, m.start, m.end), m) for m in _of_change(mentions, layout, side))
    return [(span, mention) for span, mention in found if layout.touched(side, span)]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _comparable(old: str, new: str, language: Language, *, placed: bool) -> bool:
    """Whether one gave way to the other: both say until when, or both how often; elsewhere with the same first word."""
    often = pattern(language.conditions.often.pattern)
    alike = bool(often.match(old)) == bool(often.match(new))
    return alike and (placed or old.split()[0] == new.split()[0])


def _decided_values(case: Case, layout: ChangeLayout) -> Said:
    """Each deadline and figure that a paragraph decides which came or went as a whole: the end of a mandate, the
    ceiling of a force."""
    side = Side.NEW if layout.new else Side.OLD
    survey = case.survey(side)
    codes = {
        Side.NEW: (FlagCode.DEADLINE_ADDED, FlagCode.FIGURE_ADDED),
        Side.OLD: (FlagCode.DEADLINE_DROPPED, FlagCode.FIGURE_DROPPED),
    }[side]
    ids = {place.paragraph.id for place in layout.places(side)}
    deciding = case.language.conditions.deciding.words
    for command in (c for c in survey.commands if c.paragraph in ids and c.id in deciding):
        for code, mentions in zip(codes, (survey.deadlines, survey.figures), strict=True):
            for m in mentions:
                if m.paragraph == command.paragraph and command.end <= m.start < command.stop:
                    seen = (Evidence(m.paragraph, m.text),)
                    yield (), Flag(code, (m.text,), *(((), seen) if layout.new else (seen, ())))


# ---- with what report -----------------------------------------------------------------------------------------------


def _more_reports(case: Case) -> int:
    """How many more requests for a report the new text holds than the old one."""
    every = [couple for couples in case.couples for couple in couples]
    return sum(bool(new and new.report) - bool(old and old.report) for old, new in every)


def _reports(case: Case, layout: ChangeLayout, couples: tuple[Couple, ...], more: int) -> Said:
    """A request for a report that came, when there are more now, or went, when there are fewer."""
    for old, new in couples:
        if new and new.report and not (old and old.report) and more > 0 and _is_news(case, layout, Side.NEW, new):
            row = ObligationChange("report", new.report, Status.NEW, old.paragraph if old else "", new.paragraph)
            yield (row,), Flag(FlagCode.REPORT_ADDED, (new.report,), (), (Evidence(new.paragraph, new.report),))
        if old and old.report and not (new and new.report) and more < 0 and _is_news(case, layout, Side.OLD, old):
            row = ObligationChange("report", old.report, Status.DROPPED, old.paragraph, new.paragraph if new else "")
            yield (row,), Flag(FlagCode.REPORT_DROPPED, (old.report,), (Evidence(old.paragraph, old.report),), ())


def _is_news(case: Case, layout: ChangeLayout, side: Side, command: Command) -> bool:
    """Whether a request stands in words that changed, and no act of the other text asks most of what it asks."""
    if not layout.is_touched(side, command.paragraph, command.end, command.stop):
        return False
    stems = content_stems(command.report) - content_stems(command.addressee)
    acts = case.survey(side.other).acts
    return not any(act.addressee and len(stems & content_stems(act.text)) >= ASKED * len(stems) for act in acts)
