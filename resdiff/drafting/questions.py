"""What a person must decide in the next edition: reports that have another date, days that have passed, meetings that
took place, budget periods."""

import re
from collections.abc import Iterator

from resdiff.drafting.cycle import Cycle, shifted
from resdiff.drafting.places import find_places, find_sessions, sessions_ahead, written_date
from resdiff.drafting.revision import Revision
from resdiff.language import Language
from resdiff.language.dates import Timing, Unit, when
from resdiff.model import Paragraph, Part, Resolution
from resdiff.recognition import Survey

__all__ = ["questions"]

ENDS = (Timing.UNTIL, Timing.WITHIN)
GRACE = 1  # months: a mandate is renewed some days before it ends


def questions(survey: Survey, cycle: Cycle, language: Language) -> Iterator[Revision]:
    """What is put to a person."""
    text = survey.resolution
    yield from _deadlines(survey, cycle, language)
    for paragraph in text.body:
        yield from _reports(paragraph, text, cycle, language)
        yield from _documents(paragraph, text, cycle, language)
        yield from _events(paragraph, text, cycle, language)
        yield from _sessions(paragraph, text, cycle, language)
        yield from _periods(paragraph, cycle, language)


def _deadlines(survey: Survey, cycle: Cycle, language: Language) -> Iterator[Revision]:
    """Days up to which something runs, or by which it is due, that come before the next edition or soon after it; with
    the day so much later as the next edition."""
    if not cycle.day:
        return
    latest = shifted(cycle.day, GRACE)
    texts = {paragraph.id: paragraph.text for paragraph in survey.resolution.body}
    for act in survey.acts:
        for time in act.deadlines:
            if time.unit is not Unit.DATE or time.timing not in ENDS or str(time.value) > latest:
                continue
            place = time.place
            later = shifted(str(time.value), cycle.months) if len(str(time.value)) == 10 else ""
            words = texts[place.paragraph][place.start : place.end]
            yield Revision(
                place.paragraph, place.start, place.end, "deadline", words, hint=written_date(later, language)
            )


def _reports(paragraph: Paragraph, text: Resolution, cycle: Cycle, language: Language) -> Iterator[Revision]:
    """Dates of reports and letters that came since the edition before: those of the next cycle have others."""
    since = shifted(text.adopted, -cycle.months) if cycle.months else ""
    for place in find_places("report", paragraph, language) if since else ():
        year, month, day = when(place.plain[place.start : place.end], language)
        if year and f"{year:04}-{month + 1:02}-{day:02}" >= since:
            yield Revision(paragraph.id, place.start, place.end, "report", paragraph.text[place.start : place.end])


def _documents(paragraph: Paragraph, text: Resolution, cycle: Cycle, language: Language) -> Iterator[Revision]:
    """Symbols of documents of this session or this year."""
    marks = {text.session, text.adopted[:4]} - {""}
    for place in find_places("document", paragraph, language) if cycle.months else ():
        words = paragraph.text[place.start : place.end]
        if marks.intersection(re.findall(r"\d+", words)):
            yield Revision(paragraph.id, place.start, place.end, "document", words)


def _events(paragraph: Paragraph, text: Resolution, cycle: Cycle, language: Language) -> Iterator[Revision]:
    """Meetings that were to come when the text was adopted, and are over by the next edition."""
    for place in find_places("event", paragraph, language) if cycle.day else ():
        year, month, day = when(place.plain[place.start : place.end], language)
        held = f"{year:04}-{month + 1:02}-{day:02}" if day else f"{year:04}"
        if text.adopted[: len(held)] <= held <= cycle.day[: len(held)]:
            yield Revision(paragraph.id, place.start, place.end, "event", paragraph.text[place.start : place.end])


def _sessions(paragraph: Paragraph, text: Resolution, cycle: Cycle, language: Language) -> Iterator[Revision]:
    """The very session at which the text was adopted: what is asked for then may be meant for a later one; and those to
    come, where no rule proposes another."""
    if not cycle.sessions or paragraph.part is not Part.OPERATIVE:
        return
    asked = [("session-now", each) for each in find_sessions(paragraph, language) if str(each.value) == text.session]
    ahead = "session-ahead" if cycle.is_given and cycle.keeps_pace else "session-pace"
    asked += [(ahead, each) for each, _ in sessions_ahead(paragraph, text, language)]
    for rule, session in asked:
        words = paragraph.text[session.start : session.end]
        hint = session.spelt(session.value + cycle.sessions, language)
        yield Revision(paragraph.id, session.start, session.end, rule, words, hint=hint)


def _periods(paragraph: Paragraph, cycle: Cycle, language: Language) -> Iterator[Revision]:
    """Budget periods, where whole years lie between two editions; with the one that so many years later is."""
    years = round(cycle.months / 12) if min(cycle.months % 12, -cycle.months % 12) <= 1 else 0
    for place in find_places("period", paragraph, language) if years else ():
        old = paragraph.text[place.start : place.end]
        fits = years % 2 == 0 or len(re.findall(r"\d+", old)) < 2  # of two years no period is an odd number on
        later = re.sub(r"\d{4}|\d{2}", lambda match: f"{int(match[0]) + years:0{len(match[0])}}", old) if fits else ""
        yield Revision(paragraph.id, place.start, place.end, "period", old, hint=later)
