"""What two texts cite, and what of their edits only brings the series up to date.

Citations: which came, which went, which took the place of which. What is cited only in footnotes counts where both
texts have footnotes: a text without any has lost them. Where a copy has lost some of its notes or calls, what the other
text cites in notes alone is told neither as new nor as gone: it may have stood there. But for what is of a later year
than that copy, which is new whatever it has lost.

Routine updates are recognised by rules in ``data/fr/routine.toml`` and lowered to routine. The rule that explains an
edit is told by a flag with what was and what is, and named on the citation it brought up to date. A paragraph in which
nothing else changed is routine as a whole; its kind stays.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from resdiff.comparison import keeps_notes
from resdiff.data.schema import RoutineRule
from resdiff.judgement.case import Case, ChangeLayout, EditSite, Flagged, lay_out, lay_out_note
from resdiff.language import Language, pattern
from resdiff.language.dates import date_pattern, when
from resdiff.language.fold import fold_same_length
from resdiff.marking.weight import heaviest
from resdiff.model import (
    Change,
    CitationChange,
    Comparison,
    Evidence,
    Flag,
    FlagCode,
    NoteChange,
    NoteKind,
    Part,
    Resolution,
    Side,
    Span,
    Status,
    Weight,
)
from resdiff.recognition.citations import cited, find_citations, key_of_symbol
from resdiff.recognition.survey import Citation, CitationMention

__all__ = ["judge_citations", "judge_routine", "lower_routine"]

SORTS = ("resolution", "decision", "treaty", "document")
LONGER = (FlagCode.ROUTINE_LAST_EDITION_ADDED, FlagCode.ROUTINE_RECALLED)  # of lists that grew
LAST_EDITION = FlagCode.ROUTINE_LAST_EDITION.removeprefix("routine-")
CITED = "résolution "  # before a bare number, for it to be read as a citation
RE_FIGURE = re.compile(r"\d")
# Not the number of S/2011 (1951), nor of 2037 (XX).
RE_YEAR = re.compile(r"(?:document:s/(?:prst/)?|resolution:(?:\d+\()?)(?P<year>(?:19|20)\d\d)(?:/\d|\))")
RE_SESSION = re.compile(r"(?:document:a|resolution)[/:](?P<session>\d\d)/")
FOUNDED = 1945
"""The year before which no session began: documents of the 62nd are of 2007 or later. Those of the Council of human
rights, numbered alike, are of later years still."""


def judge_citations(case: Case, routine: Flagged) -> tuple[CitationChange, ...]:
    """The citations of both texts; ``routine`` are the flags of routine edits, whose rule a citation that one of them
    brought up to date bears."""
    with_notes = bool(case.comparison.old.footnotes and case.comparison.new.footnotes)
    sides = [[m for m in s.citations if with_notes or not m.noted] for s in (case.old, case.new)]
    old, new = _places(sides[0]), _places(sides[1])
    shown = _in_changed_words(case)
    old_text, new_text = case.comparison.old, case.comparison.new
    unsure = _perhaps_in_lost_notes(sides[0], new_text) | _perhaps_in_lost_notes(sides[1], old_text)
    unsure |= _out_of_place(old_text) | _out_of_place(new_text)
    replaced = _replaced(case)
    found = sorted((m.citation for side in sides for m in side), key=lambda citation: len(citation.label))
    labels = {citation.key: citation.label for citation in found}  # with whose it is, where one of the texts says it
    rules = _rules(routine, case.comparison.changes, old, new)
    own = key_of_symbol(old_text.symbol)
    if own in new and own not in old and all(id_.startswith("pp") for id_ in new[own]):
        rules[own] = LAST_EDITION  # recalled, as the old text could not be in itself
    return tuple(
        CitationChange(
            labels[key],
            _status(key in old, key in new),
            old.get(key, ()),
            new.get(key, ()),
            routine=rules.get(key, ""),
            replaced_by=labels.get(replaced.get(key, ""), "") if key not in new else "",
        )
        for key in sorted(labels, key=_order)
        if (key in old and key in new) or (key in shown and key not in unsure)
    )


def _rules(
    routine: Flagged, changes: Sequence[Change], old: Mapping[str, Collection[str]], new: Mapping[str, Collection[str]]
) -> dict[str, str]:
    """The rule that explains each citation of a routine edit, by its key; empty for one that stands in other paragraphs
    too: there it may be what is asked."""
    found: dict[str, str] = {}
    for place, flag in routine:
        rule, link = flag.code.removeprefix("routine-"), changes[place].link
        for key in (citation.key for value in flag.values for citation in cited(f"{CITED}{value}")):
            is_alone = set(old.get(key, ())).issubset(link.old) and set(new.get(key, ())).issubset(link.new)
            found[key] = rule if is_alone else ""
    return found


def _order(key: str) -> tuple[str, tuple[int, ...], str]:
    """Resolutions, then the rest; numbers in order of number."""
    sort, _, number = key.partition(":")
    return str(SORTS.index(sort)), tuple(int(n) for n in re.findall(r"\d+", number)), number


def _status(in_old: bool, in_new: bool) -> Status:
    return Status.KEPT if in_old and in_new else Status.NEW if in_new else Status.DROPPED


def _places(mentions: Iterable[CitationMention]) -> dict[str, tuple[str, ...]]:
    """The ids of the paragraphs that cite each key, each once, in order."""
    places: dict[str, dict[str, None]] = {}
    for m in mentions:
        places.setdefault(m.citation.key, {}).update({m.paragraph: None} if m.paragraph else {})
    return {key: tuple(ids) for key, ids in places.items()}


def _perhaps_in_lost_notes(mentions: Sequence[CitationMention], other: Resolution) -> set[str]:
    """The keys that stand in notes alone, where the other text may have lost the note; or in notes that nothing calls,
    which may belong to another text of the page."""
    keeps = keeps_notes(other)
    told = {
        m.citation.key for m in mentions if not m.noted or (m.paragraph and (keeps or _is_later(m.citation.key, other)))
    }
    return {m.citation.key for m in mentions} - told


def _is_later(key: str, text: Resolution) -> bool:
    """Whether what is cited is surely of a year after that of a text, which cannot have cited it."""
    year = RE_YEAR.match(key)
    session = None if year else RE_SESSION.match(key)
    first = int(year["year"]) if year else FOUNDED + int(session["session"]) if session else 0
    return bool(text.adopted) and int(text.adopted[:4]) < first


def _out_of_place(text: Resolution) -> set[str]:
    """The keys that stand in pieces of paragraphs whose places are lost, which were put behind the text."""
    pieces = [notice.span for notice in text.notices if notice.code == "fragment"]
    behind = (p.text for p in text.paragraphs if pieces and p.part is Part.CONCLUSION and p.span in pieces)
    return {citation.key for words in behind for citation in cited(words)}


def _in_changed_words(case: Case) -> set[str]:
    """The keys that stand in words which came or went, or in a footnote; not in those that a gap may hide."""
    keys = {m.citation.key for survey in (case.old, case.new) for m in survey.citations if m.noted}
    for layout in case.layouts:
        for side in (Side.OLD, Side.NEW) if layout.sites and not layout.change.in_gap else ():
            keys.update(c.key for c, span in _spans(layout, side) if layout.touched(side, span))
    return keys


def _spans(layout: ChangeLayout, side: Side) -> Iterator[tuple[Citation, Span]]:
    for place in layout.places(side):
        for citation in cited(place.paragraph.text):
            yield citation, Span(place.start + citation.start, place.start + citation.end)


def _replaced(case: Case) -> dict[str, str]:
    """For each citation deleted alone in a site where another alone is inserted, that other one."""
    found: dict[str, str] = {}
    for layout in case.layouts:
        for site in layout.sites:
            gone, come = (
                [c.key for c, span in _spans(layout, side) if site in layout.touched(side, span)]
                for side in (Side.OLD, Side.NEW)
            )
            if len(gone) == len(come) == 1 and gone != come:
                found.setdefault(gone[0], come[0])
    return found


# ---- routine updates ------------------------------------------------------------------------------------------------


class RuleMatch(Struct, frozen=True):
    """A match of a rule in one side of a change: the paragraph, where in the joined text, the words."""

    paragraph: str
    span: Span
    text: str


class _Known(Struct, frozen=True):
    """What the rules may ask: their language, how the old text is cited, what the new text cites, which number became
    which."""

    language: Language
    own: str
    cited: frozenset[str]
    renumbered: frozenset[tuple[str, str]]


Matches = list[tuple[str, str, tuple[RuleMatch, ...], tuple[RuleMatch, ...]]]
"""For each rule its name, its check, its matches in the old and in the new text."""


def judge_routine(case: Case) -> tuple[Comparison, Flagged]:
    """The comparison with its routine edits lowered to :attr:`Weight.ROUTINE`, and the flags that explain them; between
    two states of a draft nothing is routine."""
    if case.comparison.is_of_one_negotiation:
        return case.comparison, []
    return _lower(case.comparison, case.layouts, case.new.citations)


def lower_routine(comparison: Comparison) -> Comparison:
    """The comparison with its routine edits lowered to :attr:`Weight.ROUTINE`, for who asks nothing else of it."""
    if comparison.is_of_one_negotiation:
        return comparison
    return _lower(comparison, lay_out(comparison), tuple(find_citations(comparison.new)))[0]


def _lower(
    comparison: Comparison, layouts: tuple[ChangeLayout, ...], citations: tuple[CitationMention, ...]
) -> tuple[Comparison, Flagged]:
    old, new = ({p.id: p for p in side.body} for side in (comparison.old, comparison.new))
    numbers = frozenset(
        (old[a].number, new[b].number) for c in comparison.changes for a in c.link.old for b in c.link.new
    )
    keys = frozenset(m.citation.key for m in citations if not m.noted)
    # symbols of resolutions and documents are written alike in every language
    language = Language.of(comparison.new.language).or_any_with("routine")
    known = _Known(language, key_of_symbol(comparison.old.symbol), keys, numbers)
    changes: list[Change] = []
    flagged: Flagged = []
    for place, layout in enumerate(layouts):
        change, flags = _lowered(layout, known) if layout.old and layout.new else (layout.change, ())
        changes.append(change)
        flagged += [(place, flag) for flag in flags]
    notes = tuple(_lowered_note(note, known) for note in comparison.notes)
    return replace(comparison, changes=tuple(changes), notes=notes), flagged


def _lowered_note(note: NoteChange, known: _Known) -> NoteChange:
    """The footnote with its routine edits lowered: the report of the year bears a new symbol."""
    if note.kind is not NoteKind.MODIFIED:
        return note
    change, _ = _lowered(lay_out_note(note), known)
    return replace(note, edits=change.edits, weight=change.weight)


# ---- one change -----------------------------------------------------------------------------------------------------


def _lowered(layout: ChangeLayout, known: _Known) -> tuple[Change, tuple[Flag, ...]]:
    change = layout.change
    if not layout.sites or not pattern(known.language.routine.dated.pattern).search(layout.text(Side.OLD)):
        return change, ()
    flat_old, flat_new = (fold_same_length(layout.text(side)) for side in (Side.OLD, Side.NEW))
    matches: Matches = [
        (rule.name, rule.check, olds, news)
        for rule in known.language.routine.rule
        if (olds := _matches(layout, Side.OLD, flat_old, rule, known.language))
        and (news := _matches(layout, Side.NEW, flat_new, rule, known.language))
    ]
    found = {site: flag for site in layout.sites if (flag := _explained(site, layout, matches, known))}
    if not found:
        return change, ()
    longer = any(flag.code in LONGER for flag in found.values())
    joints = [site for site in layout.sites if longer and _only_joins(site, layout, known.language)]
    lowered = {index for site in (*found, *joints) for index in site.edits}
    edits = tuple(
        replace(edit, weight=min(edit.weight, Weight.ROUTINE)) if index in lowered else edit
        for index, edit in enumerate(change.edits)
    )
    return replace(change, edits=edits, weight=heaviest(edits)), tuple(dict.fromkeys(found.values()))


def _explained(site: EditSite, layout: ChangeLayout, matches: Matches, known: _Known) -> Flag | None:
    """The flag of the first rule that explains all of the site."""
    words = [_words(layout, side, site) for side in (Side.OLD, Side.NEW)]
    for name, check, *found in matches:
        old, new = (
            next((m for m in there if m.span.start <= at.start and at.end <= m.span.end), None)
            for there, at in zip(found, words, strict=True)
        )
        if not old or not new or old.text == new.text:
            continue
        if CHECKS[check](fold_same_length(old.text), fold_same_length(new.text), known):
            seen = ((Evidence(match.paragraph, match.text),) for match in (old, new))
            return Flag(FlagCode(f"routine-{name}"), (old.text, new.text), *seen)
    return _added(site, layout, known) or _recalled(site, layout, known)


def _only_joins(site: EditSite, layout: ChangeLayout, language: Language) -> bool:
    """Whether only words between citations differ, as in a list that grew: an "et" that gave way to a comma."""
    spans = ((layout.text(side), site.on(side)) for side in Side)
    sides = (fold_same_length(text[span.start : span.end]) for text, span in spans)
    return all(_list(language).fullmatch(words) and not RE_FIGURE.search(words) for words in sides)


def _recalled(site: EditSite, layout: ChangeLayout, known: _Known) -> Flag | None:
    """The flag of an edit site in which a paragraph that recalls resolutions, or what was said on some day, recalls
    more of them, and nothing else came.

    The words that came may be marked later than they begin: of "501 (1982) et 511 (1982)" the marks have "(1982) et
    511".
    """
    text = layout.text(Side.NEW)
    start, end = site.new.start, site.new.end
    place = next(place for place in reversed(layout.places(Side.NEW)) if place.start <= start)
    recalls = pattern(known.language.routine.recalling.pattern)
    if site.old.start < site.old.end or start == end or not recalls.match(fold_same_length(place.paragraph.text)):
        return None
    while start > place.start and text[start - 1] == text[end - 1]:
        start, end = start - 1, end - 1
    while True:
        words = text[start:end]
        if _lists_more(words, known.language):
            match = RuleMatch(place.paragraph.id, Span(start, end), _without_joints(words, known.language))
            return Flag(FlagCode.ROUTINE_RECALLED, ("", match.text), (), (Evidence(match.paragraph, match.text),))
        if end == len(text) or text[start] != text[end]:
            return None
        start, end = start + 1, end + 1


def _lists_more(words: str, language: Language) -> bool:
    """Whether words are citations of resolutions and dates, one at least, and what stands between them in a list."""
    plain = fold_same_length(words)
    for citation in reversed(cited(f"{CITED}{words}")):
        start, end = max(0, citation.start - len(CITED)), max(0, citation.end - len(CITED))
        plain = plain[:start] + "," + plain[end:] if citation.key.startswith("resolution:") else plain
    has_any = plain != fold_same_length(words) or RE_FIGURE.search(plain)
    return bool(has_any and _list(language).fullmatch(plain))


def _without_joints(words: str, language: Language) -> str:
    """The words without what joins them to the list: ", 67/217 et 69/227" is "67/217 et 69/227"."""
    last = language.routine.between.last
    return words.strip(" ,").removeprefix(f"{last} ").removesuffix(f" {last}").strip(" ,")


def _added(site: EditSite, layout: ChangeLayout, known: _Known) -> Flag | None:
    """The flag of an edit site in which the series' own last edition is added to a list, and nothing else."""
    span = _whole(layout.text(Side.NEW), site.new)
    text = layout.text(Side.NEW)[span.start : span.end]
    own = [citation for citation in cited(f"{CITED}{text}") if citation.key == known.own]
    if site.old.start < site.old.end or len(own) != 1:
        return None
    start, end = (at - len(CITED) for at in (own[0].start, own[0].end))
    around = fold_same_length(text[: max(0, start)]), fold_same_length(text[end:])
    if not all(_list(known.language).fullmatch(words) for words in around):
        return None
    match = RuleMatch(layout.paragraph_at(Side.NEW, span.start), span, text[max(0, start) :].strip(" ,"))
    return Flag(FlagCode.ROUTINE_LAST_EDITION_ADDED, ("", match.text), (), (Evidence(match.paragraph, match.text),))


def _whole(text: str, span: Span) -> Span:
    """The span slid so that it ends with a bracket it opened: ``) et 1743 (2007`` says ``et 1743 (2007)``."""
    slides = text[span.start : span.start + 1] == text[span.end : span.end + 1] == ")"
    return Span(span.start + 1, span.end + 1) if slides else span


def _words(layout: ChangeLayout, side: Side, site: EditSite) -> Span:
    """The edit site on that side without the white space around its words."""
    span = site.on(side)
    text = layout.text(side)[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, max(start, span.start + len(text.rstrip())))


# ---- rules ----------------------------------------------------------------------------------------------------------


@cache
def _list(language: Language) -> re.Pattern[str]:
    """What may stand around a citation that is only added to a list of citations."""
    return pattern(language.routine.between.pattern.replace("DATE", date_pattern(language)))


def _matches(
    layout: ChangeLayout, side: Side, flat: str, rule: RoutineRule, language: Language
) -> tuple[RuleMatch, ...]:
    """What a rule finds in one side of a change, whose text is given flat too."""
    if not any(map(flat.__contains__, rule.needs)):
        return ()
    written = pattern(rule.pattern.replace("DATE", date_pattern(language)))
    group = "site" if "site" in written.groupindex else 0
    text = layout.text(side)
    return tuple(
        RuleMatch(layout.paragraph_at(side, m.start(group)), Span(*m.span(group)), text[slice(*m.span(group))])
        for m in written.finditer(flat)
    )


def _own_symbol(old: str, new: str, known: _Known) -> bool:
    """The new text cites the old one, in the place of a resolution it cites nowhere any more."""
    gone = {c.key for c in cited(f"resolution {old}")}
    return known.own in {c.key for c in cited(f"resolution {new}")} and not gone & known.cited


def _family(old: str, new: str, known: _Known) -> bool:
    """The same organ's documents, the new one of the same session or year or a later one."""
    (organ, _, a), (other, _, b) = old.partition("/"), new.partition("/")
    first = [int(n) for n in re.findall(r"\d+", a)], [int(n) for n in re.findall(r"\d+", b)]
    return organ == other and first[0] < first[1]


CHECKS: dict[str, Callable[[str, str, _Known], bool]] = {
    "": lambda old, new, known: True,
    "own-symbol": _own_symbol,
    "later": lambda old, new, known: when(old, known.language) < when(new, known.language),
    "family": _family,
    "renumbered": lambda old, new, known: (old, new) in known.renumbered,
}
"""What else must hold of what a rule found in the old and in the new text, by the name that the table has for it."""
