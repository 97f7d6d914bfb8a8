"""Edits that only bring the text up to date: recognised by rules in ``data/routine.toml``, lowered to routine.

The rule that explains an edit is told by a flag with what was and what is. A paragraph in which nothing else changed
is routine as a whole; its kind stays.
"""

import re
from collections.abc import Callable
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from resdiff.data import table
from resdiff.judgement.citations import cited, key_of_symbol
from resdiff.judgement.layout import Slot, Texts, texts
from resdiff.language.dates import DATE, when
from resdiff.language.phrases import flat
from resdiff.model import Change, CitationChange, Comparison, Evidence, Flag, Op, Side, Span, Weight

__all__ = ["routine", "told"]

RE_DATED = re.compile(r"\d|session")
"""What every rule of routine needs: a number, or the word session."""
RE_LIST = re.compile(rf"(?:,| et|\s|de|du|la|sa|ses|les|des|resolutions?|en date|{DATE})*")
"""What may stand around a citation that is only added to a list of citations."""


class Site(Struct, frozen=True):
    """A match of a rule in one side of a change: the paragraph, where in the joined text, the words."""

    paragraph: str
    span: Span
    text: str


class _Known(Struct, frozen=True):
    """What the rules may ask: how the old text is cited, what the new text cites, which number became which."""

    own: str
    cited: frozenset[str]
    renumbered: frozenset[tuple[str, str]]


Sites = list[tuple[str, str, tuple[Site, ...], tuple[Site, ...]]]
"""For each rule its name, its check, its matches in the old and in the new text."""


def routine(comparison: Comparison) -> Comparison:
    """The comparison with its routine edits lowered to :attr:`Weight.ROUTINE` and explained by flags."""
    old, new = ({p.id: p for p in side.body} for side in (comparison.old, comparison.new))
    numbers = frozenset(
        (old[a].number, new[b].number) for c in comparison.changes for a in c.link.old for b in c.link.new
    )
    keys = frozenset(c.key for p in comparison.new.body for c in cited(p.text))
    known = _Known(key_of_symbol(comparison.old.symbol), keys, numbers)
    return replace(
        comparison,
        changes=tuple(
            _lowered(change, texts(change, old, new), known) if change.link.old and change.link.new else change
            for change in comparison.changes
        ),
    )


def told(comparison: Comparison) -> Comparison:
    """The comparison with the rule named on each citation that a routine edit brought up to date."""
    rules = {
        citation.label: flag.code.removeprefix("routine-")
        for change in comparison.changes
        for flag in change.flags
        if flag.code.startswith("routine-")
        for value in flag.values
        for citation in cited(f"résolution {value}")
    }
    return replace(comparison, citations=tuple(_with_rule(c, rules) for c in comparison.citations))


def _with_rule(citation: CitationChange, rules: dict[str, str]) -> CitationChange:
    return replace(citation, routine=rules.get(citation.text, ""))


# ---- one change ---------------------------------------------------------------------------------------------------


def _lowered(change: Change, laid: Texts, known: _Known) -> Change:
    if not laid.slots or not RE_DATED.search(laid.text(Side.OLD)):
        return change
    sites = [
        (name, check, _sites(laid, Side.OLD, rule), _sites(laid, Side.NEW, rule)) for name, check, rule in _rules()
    ]
    found = {slot: flag for slot in laid.slots if (flag := _explained(slot, laid, sites, known))}
    if not found:
        return change
    longer = any(flag.code == "routine-last-edition-added" for flag in found.values())
    commas = [slot for slot in laid.slots if longer and _comma(slot, laid)]
    lowered = {index for slot in (*found, *commas) for index in slot.edits}
    edits = tuple(
        replace(edit, weight=min(edit.weight, Weight.ROUTINE)) if index in lowered else edit
        for index, edit in enumerate(change.edits)
    )
    weight = max((edit.weight for edit in edits if edit.op is not Op.EQUAL), default=Weight.NONE)
    return replace(change, edits=edits, weight=weight, flags=(*change.flags, *dict.fromkeys(found.values())))


def _explained(slot: Slot, laid: Texts, sites: Sites, known: _Known) -> Flag | None:
    """The flag of the first rule that explains all of the slot."""
    words = [_words(laid, side, slot) for side in (Side.OLD, Side.NEW)]
    for name, check, *found in sites:
        old, new = (_within(there, span) for there, span in zip(found, words, strict=True))
        if old and new and old.text != new.text and CHECKS[check](flat(old.text), flat(new.text), known):
            return _flag(f"routine-{name}", old, new)
    return _added(slot, laid, known)


def _comma(slot: Slot, laid: Texts) -> bool:
    """Whether an "et" gave way to a comma, as in a list that grew by one."""
    old, new = (laid.text(side)[slot.on(side).start : slot.on(side).end].strip() for side in (Side.OLD, Side.NEW))
    return old == "et" and new in (",", "")


def _added(slot: Slot, laid: Texts, known: _Known) -> Flag | None:
    """The flag of a slot in which the series' own last edition is added to a list, and nothing else."""
    span = _whole(laid.text(Side.NEW), slot.new)
    text = laid.text(Side.NEW)[span.start : span.end]
    own = [citation for citation in cited(f"résolution {text}") if citation.key == known.own]
    if slot.old.start < slot.old.end or len(own) != 1:
        return None
    start, end = (at - len("résolution ") for at in (own[0].start, own[0].end))
    if not RE_LIST.fullmatch(flat(text[: max(0, start)])) or not RE_LIST.fullmatch(flat(text[end:])):
        return None
    site = Site(laid.at(Side.NEW, span.start), span, text[max(0, start) :].strip(" ,"))
    return Flag("routine-last-edition-added", ("", site.text), (), (Evidence(site.paragraph, site.text),))


def _flag(code: str, old: Site, new: Site) -> Flag:
    evidence = ((Evidence(site.paragraph, site.text),) for site in (old, new))
    return Flag(code, (old.text, new.text), *evidence)


def _whole(text: str, span: Span) -> Span:
    """The span slid so that it ends with a bracket it opened: ``) et 1743 (2007`` says ``et 1743 (2007)``."""
    slides = text[span.start : span.start + 1] == text[span.end : span.end + 1] == ")"
    return Span(span.start + 1, span.end + 1) if slides else span


def _words(laid: Texts, side: Side, slot: Slot) -> Span:
    """The slot on that side without the white space around its words."""
    span = slot.on(side)
    text = laid.text(side)[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, max(start, span.start + len(text.rstrip())))


def _within(sites: tuple[Site, ...], span: Span) -> Site | None:
    return next((s for s in sites if s.span.start <= span.start and span.end <= s.span.end), None)


# ---- rules --------------------------------------------------------------------------------------------------------


@cache
def _rules() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    rows = table("routine")["rule"]
    return tuple((row["name"], row["check"], re.compile(row["pattern"].replace("DATE", DATE))) for row in rows)


def _sites(laid: Texts, side: Side, pattern: re.Pattern[str]) -> tuple[Site, ...]:
    group = "site" if "site" in pattern.groupindex else 0
    text = laid.text(side)
    return tuple(
        Site(laid.at(side, m.start(group)), Span(*m.span(group)), text[slice(*m.span(group))])
        for m in pattern.finditer(flat(text))
    )


def _own_symbol(old: str, new: str, known: _Known) -> bool:
    """The new text cites the old one, in the place of a resolution it cites nowhere any more."""
    gone = {c.key for c in cited(f"resolution {old}")}
    return known.own in {c.key for c in cited(f"resolution {new}")} and not gone & known.cited


def _later(old: str, new: str, known: _Known) -> bool:
    return when(old) < when(new)


def _family(old: str, new: str, known: _Known) -> bool:
    """The same organ's documents, the new one of the same session or year or a later one."""
    (organ, _, a), (other, _, b) = old.partition("/"), new.partition("/")
    first = [int(n) for n in re.findall(r"\d+", a)], [int(n) for n in re.findall(r"\d+", b)]
    return organ == other and first[0] < first[1]


def _renumbered(old: str, new: str, known: _Known) -> bool:
    return (old, new) in known.renumbered


CHECKS: dict[str, Callable[[str, str, _Known], bool]] = {
    "": lambda old, new, known: True,
    "own-symbol": _own_symbol,
    "later": _later,
    "family": _family,
    "renumbered": _renumbered,
}
