"""What the next edition changes as a matter of routine: its citation of the last one, sessions.

Nothing is guessed from one text: a citation is brought up to date where the last edition did the same against the one
before it, in the same place.
"""

import re
from collections.abc import Iterator

from resdiff.drafting.cycle import Cycle
from resdiff.drafting.places import find_places, sessions_ahead, written_date
from resdiff.drafting.revision import Revision
from resdiff.language import Language, pattern
from resdiff.language.dates import date_pattern
from resdiff.language.fold import fold_same_length
from resdiff.model import Comparison, FlagCode, Paragraph, Part, Resolution
from resdiff.recognition import Survey
from resdiff.recognition.citations import cited, key_of_symbol
from resdiff.symbol import short

__all__ = ["last_mentions", "own_citation", "updates"]

ADDED = FlagCode.ROUTINE_LAST_EDITION_ADDED
RESOLUTION = "resolution:"
REACH = 120  # characters before a number in which is said what of that resolution is meant
RE_NUMBER = re.compile(r"(?:[ase]/res/)?(?:\d{1,2}/\d{1,3}|\d{1,4} ?\(\d{4}\))")


def updates(survey: Survey, before: Comparison | None, cycle: Cycle, language: Language) -> Iterator[Revision]:
    """The updates of a text that can be proposed."""
    text = survey.resolution
    if before is not None:
        yield from _citations(text, before, language)
    for paragraph in text.body:
        if before is not None:
            yield from _sessions(before, paragraph, cycle, language)


# ---- the citation of the last edition -------------------------------------------------------------------------------


def last_mentions(text: Resolution, before: Resolution) -> Iterator[tuple[Paragraph, int, int]]:
    """Where a text cites the edition before it: paragraph, start and end of the number."""
    key = key_of_symbol(before.symbol)
    for paragraph in text.body if key else ():
        for citation in cited(paragraph.text):
            if citation.key == key:
                yield paragraph, citation.start, citation.end


def _citations(text: Resolution, before: Comparison, language: Language) -> Iterator[Revision]:
    """Where the last edition stands in the place of the one before it, or was added to a list, this one does so now."""
    flags = {
        (shown.paragraph, shown.quote): flag.code
        for change in before.changes
        for flag in change.flags
        if flag.code in (FlagCode.ROUTINE_LAST_EDITION, ADDED)
        for shown in flag.new
    }
    words = language.rolling.citation
    for paragraph, start, end in last_mentions(text, before.old):
        code = next((c for (id_, quote), c in flags.items() if _quotes(paragraph, id_, quote, start)), None)
        plain = fold_same_length(paragraph.text)
        if code is None and _took_its_place(paragraph, before):
            code = FlagCode.ROUTINE_LAST_EDITION
        listed = code is None and _is_listed(paragraph, end, language)
        if (code is None and not listed) or _ends(words.paragraphs, plain, start):
            continue
        if (listed or code is ADDED) and _ends(words.one_by_one, plain, start):
            continue  # "la résolution A et la résolution B": the next edition says "les résolutions A, B et C"
        end = _with_date(plain, end, language)
        own = own_citation(paragraph.text[start:end], text, language)
        if not own:
            continue
        if listed or code is ADDED:
            rule = "last-edition-listed" if listed else "last-edition-added"
            yield _added(paragraph, plain, start, end, own, rule, language)
        else:
            quotes = pattern(language.citations.quotes.pattern).search(paragraph.text, end) is not None
            old = paragraph.text[start:end]
            yield Revision(paragraph.id, start, end, "last-edition", old, own, quotes=quotes)


def _took_its_place(paragraph: Paragraph, before: Comparison) -> bool:
    """Whether the last edition came into a preambular paragraph for one other resolution, where words around it changed
    too, so that no rule of routine tells it.

    In the operative part a citation that comes is mostly there for what that resolution decided.
    """
    if paragraph.part is not Part.PREAMBLE:
        return False
    change = next(change for change in before.changes if paragraph.id in change.link.new)
    olds = [p.text for p in before.old.body if p.id in change.link.old]
    news = [p.text for p in before.new.body if p.id in change.link.new]
    was, now = (
        {c.key for text in texts for c in cited(text) if c.key.startswith(RESOLUTION)} for texts in (olds, news)
    )
    return now - was == {key_of_symbol(before.old.symbol)} and len(was - now) == 1


def _quotes(paragraph: Paragraph, id_: str, quote: str, start: int) -> bool:
    at = paragraph.text.find(quote) if paragraph.id == id_ else -1
    return at >= 0 and at <= start < at + len(quote)


def _ends(written: str, plain: str, end: int) -> re.Match[str] | None:
    """Where a pattern stands right before a number."""
    return pattern(written).search(plain, max(0, end - REACH), end)


def _with_date(plain: str, end: int, language: Language) -> int:
    """Where a citation ends with the date behind it, or without one."""
    date = pattern(language.rolling.citation.dated.replace("DATE", date_pattern(language))).match(plain, end)
    return date.end() if date else end


def own_citation(written: str, text: Resolution, language: Language) -> str:
    """A citation with the number and the date of the text in place of its own; empty where the date is not known.

    >>> from resdiff.model import Resolution
    >>> text = Resolution("A/RES/74/175", "", "fr", "74", "2019-12-18", ())
    >>> own_citation("72/194 du 19 décembre 2017", text, Language.of("fr"))
    '74/175 du 18 décembre 2019'
    """
    plain = fold_same_length(written)
    number = RE_NUMBER.match(plain)
    if not number:
        return ""
    prefix = written[: number.end()].upper().find("/RES/") + 5 if "/res/" in number[0] else 0
    own = written[:prefix] + short(text.symbol) + written[number.end() :]
    date = re.compile(date_pattern(language)).search(fold_same_length(own))
    if not date:
        return own
    day = written_date(text.adopted, language)
    has_year = date[0][-4:].isdecimal()
    return own[: date.start()] + (day if has_year else day.rpartition(" ")[0]) + own[date.end() :] if day else ""


def _is_listed(paragraph: Paragraph, end: int, language: Language) -> bool:
    """Whether a citation that ends there is the last of a preambular list of earlier resolutions."""
    if paragraph.part is not Part.PREAMBLE:
        return False
    is_list = any(place.end < end for place in find_places("last-edition-listed", paragraph, language))
    return is_list and not any(c.start >= end and c.key.startswith(RESOLUTION) for c in cited(paragraph.text))


def _added(paragraph: Paragraph, plain: str, start: int, end: int, own: str, rule: str, language: Language) -> Revision:
    """The last edition at the end of a list, and this one behind it: "A et B" becomes "A, B et C", "sa résolution A"
    becomes "ses résolutions A et B"."""
    words, citation = language.rolling.citation, paragraph.text[start:end]
    behind = f" {words.joins} {own}"
    if last := _ends(words.last, plain, start):
        return _revision(paragraph, last.start(), end, rule, f", {citation}{behind}")
    if alone := _ends(words.alone, plain, start):
        return _revision(paragraph, alone.start(), end, rule, f"{words.many[alone[1]]} {citation}{behind}")
    return _revision(paragraph, end, end, rule, behind)


def _revision(paragraph: Paragraph, start: int, end: int, rule: str, words: str) -> Revision:
    return Revision(paragraph.id, start, end, rule, paragraph.text[start:end], words)


# ---- sessions -------------------------------------------------------------------------------------------------------


def _sessions(before: Comparison, paragraph: Paragraph, cycle: Cycle, language: Language) -> Iterator[Revision]:
    """Sessions to come of the body that adopted the text, where the edition before had one as far ahead in its place.

    Where that one had another, or none, the next edition has yet another one time in five: that is asked. So it is
    where nobody said at which session the next edition is, for every second one leaves the pace of the last two, and
    where it does leave it.
    """
    if not (cycle.is_given and cycle.keeps_pace):
        return
    ids = {id_ for change in before.changes if paragraph.id in change.link.new for id_ in change.link.old}
    known = {
        ahead for old in before.old.body if old.id in ids for _, ahead in sessions_ahead(old, before.old, language)
    }
    for session, ahead in sessions_ahead(paragraph, before.new, language):
        if ahead in known:
            spelt = session.spelt(session.value + cycle.sessions, language)
            yield _revision(paragraph, session.start, session.end, "session", spelt)
