"""The summary: at most twelve sentences, most important first, each with its addresses.

A sentence says what the comparison bears out and nothing more; what a list has no room for is counted. Of more than
twelve sentences the least weighty give way.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, compress, groupby, product
from operator import itemgetter, not_

from msgspec import Struct
from msgspec.structs import replace

from resdiff.alignment.odds import MOST_BESIDE
from resdiff.judgement.case import is_sure
from resdiff.judgement.losses import LEANING, partners
from resdiff.judgement.provisions import ACTING
from resdiff.judgement.quoting import CUT, LEFT_OUT, as_line, asked_behind, cut_before, letter_of, shorten, sign_behind
from resdiff.language import Language, find_any
from resdiff.language.fold import fold, fold_same_length
from resdiff.model import (
    ActorChange,
    Change,
    Comparison,
    Flag,
    FlagCode,
    Kind,
    Loss,
    ObligationChange,
    Paragraph,
    Provision,
    Resolution,
    Side,
    Status,
    TimeChange,
    TopicChange,
    VerbChange,
    Vote,
    VoteKind,
    Weight,
)
from resdiff.recognition.survey import RUNNING
from resdiff.report.blocks import MOST_LEADS, Address, Numbers, Sentence, Told
from resdiff.report.remarks import Remarks, crosses, read_back, reworded
from resdiff.report.wording import (
    MOST_ITEMS,
    Item,
    Parts,
    addresses,
    all_the_addresses,
    as_text,
    counted,
    in_brackets,
    in_number,
    in_one_sentence,
    in_turn,
    inner,
    join,
    kind_of,
    label,
    line_by_line,
    listed,
    name,
    of_address,
    of_label,
    plural,
    say,
    sentence,
    the_addresses,
    told_status,
    with_article,
    word,
)
from resdiff.report.woven import Redline, letters

__all__ = ["figures", "summarize"]

MOST_SENTENCES = 12
BEFORE_LOSSES = 4  # of the paragraphs that have a sentence each (MOST_LEADS), those before a topic that was lost …
MOST_OTHERS = 14  # … and so many more that share one …
MOST_LINES, FIRST_LINES = 5, 3  # … of so many, of which the first give way last
FEW_OTHERS = 12  # with fewer, lighter ones of the operative part are told too
LEAST_RANK = 8.0  # an act that weighs less is a note or a welcome …
LEAST_OF_A_STANDING = 12.0  # … of a paragraph that stands in both texts …
LEAST_IN_PREAMBLE = -8.0  # … where there is little else
LEAST_OF_A_PREAMBLE = 2.0  # … and one of the preamble that weighs still less a formula
PER_LINE = 4  # acts of several groups in one sentence
LONGEST_WHOLE, MOST_OF_IT = 300, 0.45  # words of a paragraph that is quoted whole, where so much of it is quoted
BEGINNING = 40  # characters by which a quotation is known as the beginning of its paragraph
MOST_DROPPED, MOST_UNREPEATED = 6, 5  # … of a text that stands beside the new one …
FEW_MISSED, FEW_LEFT = 6, 3
"""Old paragraphs without a link that are all named by their first words, recitals that only recall too; and those that
are left, which a number alone would name."""
MOST_NUMBERED = 14  # paragraphs without a link that are told by their numbers beside named ones; more are counted
MOST_MISSED = 14  # old paragraphs without a link that are named by their first words, not by their number
DECIDING = "decide"  # the family of acts that bind …
REMINDING = ("recall", "note")  # … and of such as say nothing of themselves
NAMED_BY = 180  # words by which a paragraph is named, for most to be whole
MOST_CLOSE, MOST_LOSSES = 4, 8  # … what another paragraph comes close to, and both together
RE_INCLUDED = r".*,\s(?:y compris|notamment|including)\s(?:de\s|du\s|d[’'])?"
NEAR = frozenset({Loss.CLOSE, Loss.SAID})
UNLINKED = frozenset({Loss.UNLINKED, Loss.UPHELD})
SORTS = ("body", "programme", "instrument", "document")
SWAPPED = 2  # paragraphs in which a body stands in the place of another, for that to be told
NAMED = 3  # paragraphs that name a body, for it to be more than named in passing …
SHOWN = 2  # … and a topic
MOST_REWORDED = 1  # lines of what changed in paragraphs that stand that give way late
FEW_NAMES = 3  # of those who voted against a text, or abstained, for them to be named
MOST_TURNED = 8  # of those who voted otherwise on the old text
LEAST_OF_THE_REST, LEAST_WHERE_FULL = 2.0, 3.0
"""What words weigh, for what else changed to be told: where there is room, and where other lines have to share."""
MOST_FILLED = 2  # lines of it where there is room; one is shared
FEW = 3  # with fewer sentences than this what else may bear on the substance is named, and routine updates are told too


def summarize(comparison: Comparison, lang: str, remarks: Remarks | None = None) -> tuple[Sentence, ...]:
    """The sentences of the summary; a single one when nothing changed, or nothing but typography. ``remarks`` are those
    of the comparison where they are made already."""
    heaviest = max((change.weight for change in comparison.changes), default=Weight.NONE)
    moved = any(change.moved for change in comparison.changes)
    if heaviest <= Weight.TYPOGRAPHIC and not moved:
        return (sentence(say(f"summary.{_sameness(comparison, heaviest)}", lang=lang)),)
    draft = _Draft.of(comparison, lang, remarks or Remarks.of(comparison, lang))
    ranked = _ranked(draft)
    while len(ranked) > MOST_SENTENCES:
        _give_way(ranked, lang)
    ranked = [*_with_the_calendar_last(draft, ranked)]
    said = [(parts, write is _calendar) for _, parts, write in ranked]
    leads = min(MOST_LEADS, sum(write in LEADING for _, _, write in ranked))
    said += [(parts, False) for parts in _further(draft, ranked, said, leads)]
    if len(said) < MOST_SENTENCES and not any(dates for _, dates in said):
        said += [(parts, True) for parts in _calendar(draft, of_days=True)]
    return tuple(replace(sentence(parts), lead=place < leads, dates=dates) for place, (parts, dates) in enumerate(said))


def _named_in(sentences: Iterable[Parts]) -> set[str]:
    """The paragraphs of the new text that sentences name."""
    return {part.id for parts in sentences for part in parts if isinstance(part, Address) and part.side is Side.NEW}


def _sameness(comparison: Comparison, heaviest: Weight) -> str:
    if heaviest is Weight.TYPOGRAPHIC:
        return "typographic"
    return "identical" if comparison.old.title == comparison.new.title else "identical-title"


# ---- what the text does ---------------------------------------------------------------------------------------------


class _Entry(Struct, frozen=True, dict=True):
    """What one paragraph does: its acts in the order of the text, and what the weightiest of them weighs; ``whole`` is
    the text of one that has no points, where it may be quoted as a whole."""

    acts: tuple[Provision, ...]
    rank: float
    whole: str = ""

    @property
    def paragraph(self) -> str:
        """Its id."""
        return self.acts[0].paragraphs[0]

    @property
    def parts(self) -> list[str]:
        """Its id, and those of the points that are quoted with it."""
        return [self.paragraph, *(id_ for act in self.acts for id_ in act.paragraphs if id_ != self.paragraph)]

    @cached_property
    def quotes(self) -> list[str]:
        """Its quotations, short."""
        return self._or_whole([act.brief for act in self.acts])

    @cached_property
    def long_quotes(self) -> list[str]:
        """Its quotations, those of its weightiest acts long."""
        return self._or_whole([act.quote if act.rank == self.rank else act.brief for act in self.acts])

    def _or_whole(self, quotes: list[str]) -> list[str]:
        """The quotations, or the whole paragraph where they are most of it: a clause that is cut between two others, or
        behind them, is what misleads."""
        words, every = sum(len(quote.split()) for quote in quotes), len(self.whole.split())
        return [self.whole] if MOST_OF_IT * every <= words < every else quotes

    @property
    def group(self) -> str:
        """Whom it asks, or what sort of act it is; nobody where its acts ask several."""
        groups = {fold(act.group) for act in self.acts}
        return groups.pop() if len(groups) == 1 else ""


class _Draft(Struct, frozen=True, dict=True):
    """What the writers of the summary are given: the paragraphs that have a sentence each, those that share one, and
    lighter ones; the quotations of all by paragraph, folded, so that what stands in them is not told again; the
    redlines of those that are quoted or set a time; the old paragraphs to which a doubtful link leads; the paragraph of
    the other text that most likely says what one without a link says; what changed in paragraphs that stand, line by
    line, and lighter lines of it."""

    comparison: Comparison
    lang: str
    remarks: Remarks
    leads: list[_Entry]
    others: list[_Entry]
    light: list[_Entry]
    told: list[tuple[str, str]]
    redlines: Mapping[str, Redline]
    doubtful: Mapping[str, tuple[str, ...]]
    kin: Mapping[tuple[Side, str], str]
    reworded: list[list[Parts]]
    lightly: list[list[Parts]]

    @classmethod
    def of(cls, comparison: Comparison, lang: str, remarks: Remarks) -> "_Draft":
        """The draft of that comparison."""
        leads, others, light = _shown(comparison)
        quoted = {
            **{entry.paragraph: entry.long_quotes for entry in leads},
            **{entry.paragraph: entry.quotes for entry in (*others, *light)},
        }
        told = [(paragraph, fold(" ".join(quotes))) for paragraph, quotes in quoted.items()]
        gone = {p.paragraphs[0]: [p.brief] for p in comparison.provisions if p.loss not in (Loss.NONE, Loss.SAID)}
        made = {id_: change for change in comparison.changes for id_ in change.link.new}
        entries = (*leads, *others, *light)
        shown = {
            **{time.new_paragraph: [time.new_paragraph] for time in comparison.calendar if time.new},
            **{entry.paragraph: entry.parts for entry in entries},
        }
        redlines = {
            id_: remarks.redlines.redline(*dict.fromkeys(made[part] for part in parts if part in made))
            for id_, parts in shown.items()
        }
        lists = {
            part: [redlines[entry.paragraph].quoted(quote, lang) for quote in quoted[entry.paragraph]]
            for entry in entries
            for part in entry.parts[1:]
        }
        heavily, lightly = reworded(comparison, {**gone, **quoted}, remarks, lists)
        links = [change.link for change in comparison.changes if change.link.old and not is_sure(change.link)]
        told_of = comparison.provisions
        pairs = [
            *((each.paragraphs[0], (each.counterpart,)) for each in told_of if each.counterpart),
            *((each.nearest.paragraph, each.paragraphs) for each in told_of if each.loss in NEAR),
        ]
        doubtful = {
            **{new: old for new, old in pairs if remarks.names_beside(old[0], new)},
            **{paragraph: link.old for link in links for paragraph in link.new},
        }
        kin = partners(comparison.kin)
        return cls(comparison, lang, remarks, leads, others, light, told, redlines, doubtful, kin, heavily, lightly)

    @property
    def language(self) -> Language:
        """That of both texts."""
        return Language.shared(self.comparison.old.language, self.comparison.new.language)

    @cached_property
    def partnered(self) -> set[str]:
        """The new paragraphs that surely go on old ones."""
        links = (change.link for change in self.comparison.changes if change.link.old)
        return {paragraph for link in links if is_sure(link) for paragraph in link.new}

    @cached_property
    def halves(self) -> set[str]:
        """The new paragraphs that an old one became together with others: of one of them nobody knows what changed."""
        links = (change.link for change in self.comparison.changes)
        return {paragraph for link in links if len(link.new) > 1 for paragraph in link.new}

    @cached_property
    def addressees(self) -> dict[tuple[Side, str], str]:
        """Whom the first act of each paragraph asks."""
        found: dict[tuple[Side, str], str] = {}
        for pair in self.comparison.acts:
            for side, act in ((Side.OLD, pair.old), (Side.NEW, pair.new)):
                if act and act.addressee:
                    found.setdefault((side, act.paragraph), act.addressee)
        return found

    @cached_property
    def days(self) -> set[tuple[str, str]]:
        """The times of new acts that name a day, a month or a session, each behind its paragraph: a year alone is the
        target of many texts."""
        times = (time for pair in self.comparison.acts if pair.new for time in pair.new.times)
        return {
            (t.paragraph, t.text) for t in times if t.unit == "session" or (t.unit == "date" and "-" in str(t.value))
        }

    @cached_property
    def texts(self) -> dict[str, str]:
        """The new paragraphs."""
        return {p.id: p.text for p in self.comparison.new.body}

    def takes_up(self, side: Side, paragraph: str, other: str) -> bool:
        """Whether another paragraph most likely says what one without a link of that side does: its kin; of what is
        less likely it may say some."""
        return self.kin.get((side, paragraph)) == other

    def begins(self, paragraph: str, quote: str) -> bool:
        """Whether a new paragraph begins with a quotation of it; a short one opens a list, of which that goes on."""
        beginning = letters(self.texts[paragraph][: 2 * BEGINNING])
        quoted = letters(quote.partition(CUT)[0][:BEGINNING])
        return beginning.startswith(quoted) or quoted.startswith(beginning)

    @cached_property
    def likely(self) -> Mapping[tuple[Side, str], str]:
        """For each paragraph without a link the one of the other text that most likely says the same: its kin, or the
        new one beside whose quotation an old one is named."""
        entries = (*self.light, *self.others, *self.leads)
        beside = {(Side.OLD, old): e.paragraph for e in entries for old in self.doubtful.get(e.paragraph, ())}
        return {**beside, **self.kin}

    @cached_property
    def added(self) -> set[str]:
        """The new paragraphs to which no old one is linked."""
        return {id_ for change in self.comparison.changes if change.kind is Kind.ADDED for id_ in change.link.new}

    @cached_property
    def renewed(self) -> dict[str, list[str]]:
        """The old paragraphs that each new one without a link renews by their numbers, in the order of the text."""
        renewing = {id_: change.renewed_in for change in self.comparison.changes for id_ in change.link.old}
        found: dict[str, list[str]] = {}
        for old in self.comparison.old.body:
            for paragraph in self.added.intersection(renewing.get(old.id, ())):
                found.setdefault(paragraph, []).append(old.id)
        return found

    @cached_property
    def became(self) -> dict[str, tuple[str, ...]]:
        """The new paragraphs to which each old one is linked."""
        return {id_: change.link.new for change in self.comparison.changes for id_ in change.link.old}

    def hides(self, loss: Provision) -> bool:
        """Whether an act that is not repeated is one of several of a paragraph that went whole."""
        (paragraph, *_) = loss.paragraphs
        acts = sum(bool(pair.old and pair.old.paragraph == paragraph) for pair in self.comparison.acts)
        return loss.loss is Loss.UNREPEATED and acts > 1 and not self.became.get(paragraph)

    @cached_property
    def left(self) -> list[Provision]:
        """The acts of both texts without those of old paragraphs that the new text renews by their number."""
        renewed = {id_ for change in self.comparison.changes if change.renewed_in for id_ in change.link.old}
        return [each for each in self.comparison.provisions if each.paragraphs[0] not in renewed]

    @cached_property
    def unrepeated(self) -> list[Provision]:
        """The acts of the old text that the new one does not repeat, or only recites, the weightiest first: of a
        paragraph that is quoted whole one; what may stand elsewhere is not surely not repeated."""
        doubted = self.doubted[Side.OLD]
        losses = (Loss.RECITED, Loss.UNREPEATED)
        gone = [each for loss in losses for each in self.left if each.loss is loss if each.paragraphs[0] not in doubted]
        gone.sort(key=lambda each: -each.rank)
        first = {each.paragraphs[0]: each for each in reversed(gone)}
        return [each for each in gone if first[each.paragraphs[0]] is each or not self.hides(each)]

    @cached_property
    def doubted(self) -> Mapping[Side, set[str]]:
        """The paragraphs of each text without a link of which some may stand in the other one."""
        links = [change.link for change in self.comparison.changes if change.may_stand]
        return {
            Side.OLD: {id_ for link in links for id_ in link.old},
            Side.NEW: {id_ for link in links for id_ in link.new},
        }

    @property
    def in_gap(self) -> set[str]:
        """The new paragraphs of which nobody knows whether they are any: the copy of the old text has a gap there."""
        return {id_ for change in self.comparison.changes if change.in_gap for id_ in change.link.new}

    @property
    def quoted(self) -> str:
        """All that is quoted, folded."""
        return " ".join(quote for _, quote in self.told)


Writer = Callable[[_Draft], list[Parts]]
Ranked = tuple[int, Parts, Writer]
"""A sentence: at which turn it gives way, what it says, what wrote it."""


def _leads(part: slice) -> Writer:
    """What writes of those of the weightiest paragraphs of the new text what they do, a sentence each, in the words of
    the text."""

    def write(draft: _Draft) -> list[Parts]:
        return [(*_entry(draft, entry, entry.long_quotes, long=True), ".") for entry in draft.leads[part]]

    return write


def _other_acts(part: slice) -> Writer:
    """What writes those lines of what the next paragraphs do, shorter, those that ask the same one in one sentence."""

    def write(draft: _Draft) -> list[Parts]:
        return [_line(draft, entries) for entries in _lines(draft, draft.others)[part]]

    return write


def _light_acts(draft: _Draft) -> list[Parts]:
    """The same of lighter ones."""
    return [_line(draft, entries) for entries in _lines(draft, draft.light)]


def _lines(draft: _Draft, others: list[_Entry]) -> list[list[_Entry]]:
    """The paragraphs that share a sentence, sentence by sentence, the weightiest first: those that ask the same one,
    and of the others neighbours, for "these" are what the one before speaks of. In each they stand in the order of
    the text."""
    places = {paragraph.id: k for k, paragraph in enumerate(draft.comparison.new.body)}
    groups: dict[str, list[_Entry]] = {}
    for entry in others:
        groups.setdefault(entry.group, []).append(entry)
    singles = [entry for entry in others if not entry.group or len(groups[entry.group]) == 1]
    singles.sort(key=lambda entry: places[entry.paragraph])
    lines = [group for name, group in groups.items() if name and len(group) > 1]
    lines += [singles[k : k + PER_LINE] for k in range(0, len(singles), PER_LINE)]
    lines = sorted(lines, key=lambda line: -max(entry.rank for entry in line))[:MOST_LINES]
    return [sorted(line, key=lambda entry: places[entry.paragraph]) for line in lines]


def _least(entry: _Entry) -> float:
    """What an entry weighs at least to be told where there is little else."""
    return LEAST_IN_PREAMBLE if entry.paragraph.startswith("pp") else 0.0


def _line(draft: _Draft, entries: Sequence[_Entry]) -> Parts:
    """Several paragraphs as one sentence."""
    said = (_entry(draft, entry, entry.quotes) for entry in entries)
    return (*line_by_line([*said], draft.lang), ".")


def _shown(comparison: Comparison) -> tuple[list[_Entry], list[_Entry], list[_Entry]]:
    """The paragraphs that have a sentence each, those that share one, and lighter ones, for which there may be room."""
    first, later = (entries := _entries(comparison))[:MOST_LEADS], entries[MOST_LEADS:]
    leads = [e for e in first if e.rank >= LEAST_OF_A_PREAMBLE or not e.paragraph.startswith("pp")]
    added = {paragraph for change in comparison.changes if not change.link.old for paragraph in change.link.new}
    later = [  # of others what changed is told
        entry for entry in later if entry.paragraph in added or entry.rank >= LEAST_OF_A_STANDING
    ]
    others = [entry for entry in later if entry.rank >= LEAST_RANK][:MOST_OTHERS]
    light = [entry for entry in later if _least(entry) < entry.rank < LEAST_RANK]
    return leads, others, light[: max(0, FEW_OTHERS - len(others))]


def _entries(comparison: Comparison) -> list[_Entry]:
    """The acts of the new text paragraph by paragraph, the weightiest first."""
    found: dict[str, list[Provision]] = {}
    for provision in comparison.provisions:
        if provision.side is Side.NEW:
            found.setdefault(provision.paragraphs[0], []).append(provision)
    texts = {p.id: " ".join(p.text.split()) for p in comparison.new.body if p.id in found}
    language = Language.shared(comparison.old.language, comparison.new.language)
    lists = {p.id.rpartition(".")[0] for p in comparison.new.body}
    whole = {
        id_: as_line(text, language)
        for id_, text in texts.items()
        if id_ not in lists and len(text.split()) <= LONGEST_WHOLE
    }
    entries = [
        _Entry(_in_order(acts, texts[paragraph]), acts[0].rank, whole.get(paragraph, ""))
        for paragraph, acts in found.items()
    ]
    return sorted(entries, key=lambda entry: -entry.rank)


def _in_order(acts: Sequence[Provision], text: str) -> tuple[Provision, ...]:
    """The acts of a paragraph in the order in which they stand in its text."""
    if len(acts) == 1:
        return tuple(acts)
    there = letters(text)
    return tuple(sorted(acts, key=lambda act: there.find(letters(act.brief)[:BEGINNING])))


def _entry(draft: _Draft, entry: _Entry, quotes: Sequence[str], *, long: bool = False) -> Parts:
    """What a paragraph does, with its place: its quotations, in them what came and what went marked; nothing is marked
    where the link to an old paragraph is doubtful, which is named."""
    lang, redline = draft.lang, draft.redlines[entry.paragraph]
    where = addresses(Side.NEW, (entry.paragraph,), lang, long=long)
    old = draft.doubtful.get(entry.paragraph, ())
    if renewed := draft.renewed.get(entry.paragraph):
        there = addresses(Side.OLD, renewed, lang, marked=True)
        where = say(f"summary.renewing-{plural(len(renewed), lang)}", where, there, lang=lang)
    elif old and entry.paragraph in draft.partnered:
        kin = [id_ for id_ in old if draft.takes_up(Side.OLD, id_, entry.paragraph)]
        where = draft.remarks.at((entry.paragraph,), kin, () if kin else old, long=long)
    elif old and entry.paragraph not in draft.added:
        where = _doubtfully(draft, where, old)
    elif entry.paragraph in draft.in_gap:
        where = say("summary.beside-gap", where, lang=lang)
    elif near := [*dict.fromkeys(draft.kin[Side.NEW, part] for part in entry.parts if (Side.NEW, part) in draft.kin)]:
        there = join([of_address(Side.OLD, id_, lang) for id_ in near], lang)
        row = "added-near" if (Side.NEW, entry.paragraph) in draft.kin else "near-in-part"  # of points
        where = say(f"summary.{row}", where, there, lang=lang)
    elif beside := [*dict.fromkeys((*old, *draft.remarks.neighbours.get((Side.NEW, entry.paragraph), ())))]:
        there = the_addresses(Side.OLD, beside[:MOST_BESIDE], lang)
        where = say("summary.added-see", where, there, lang=lang)
    elif entry.paragraph in draft.added:
        row = "added-or-rewritten" if entry.paragraph in draft.doubted[Side.NEW] else "added"
        where = say(f"summary.{row}", where, lang=lang)
    else:
        where = draft.remarks.at((entry.paragraph,), long=long)
        where = _with_doubtful_points(draft, entry, where, quotes) if len(where) == 1 else where
    first, *others = quotes
    if not draft.begins(entry.paragraph, first):
        first = f"{LEFT_OUT}{first}"
    shown = join([redline.quoted(quote, lang) for quote in (first, *others)], lang)
    told = shown if entry.paragraph in draft.halves else draft.remarks.with_more(shown, redline)
    is_doubtful = old and entry.paragraph not in draft.partnered | draft.added
    return say("summary.at", where, _with_old(draft, old, told) if is_doubtful else told, lang=lang)


def _with_doubtful_points(draft: _Draft, entry: _Entry, where: Parts, quotes: Sequence[str]) -> Parts:
    """The place of a paragraph that stands, with its points that are quoted as added though a gap of the old text may
    hide them, or that may say some of them."""
    shown = letters(" ".join(quotes))
    points = [
        id_
        for id_, text in draft.texts.items()
        if id_ in draft.added and id_.startswith(f"{entry.paragraph}.")
        if id_ in entry.parts or letters(text)[:BEGINNING] in shown
    ]
    lost = [id_ for id_ in points if id_ in draft.in_gap]
    doubted = lost or [id_ for id_ in points if id_ in draft.doubted[Side.NEW]]
    if not doubted:
        return where
    own = label(entry.paragraph, draft.lang)
    named = [(Address(Side.NEW, id_, label(id_, draft.lang).removeprefix(own).strip()),) for id_ in doubted]
    row = f"summary.points-{'beside-gap' if lost else 'or-rewritten'}-{plural(len(named), draft.lang)}"
    return say(row, where, join(named, draft.lang), lang=draft.lang)


def _reworded(lines: slice) -> Writer:
    """What writes those lines of what changed in paragraphs that stand, the weightiest first."""

    def write(draft: _Draft) -> list[Parts]:
        return [(*line_by_line(line, draft.lang), ".") for line in draft.reworded[lines]]

    return write


def _reworded_lightly(draft: _Draft) -> list[Parts]:
    """The same of what weighs less."""
    return [(*line_by_line(line, draft.lang), ".") for line in draft.lightly]


def _lost(*, unrepeated: bool) -> Writer:
    """What writes the sentence on what went where it begins with acts that are repeated nowhere, or where it does
    not."""

    def write(draft: _Draft) -> list[Parts]:
        return _what_went(draft) if bool(draft.unrepeated) is unrepeated else []

    return write


def _what_went(draft: _Draft) -> list[Parts]:
    """What the new text does not repeat, then the paragraphs that nothing is linked to, those that went before those of
    which some may stand, with what most likely says it, as one sentence; none where nothing went."""
    lang, gone = draft.lang, draft.unrepeated
    close = [each for each in draft.left if each.loss is Loss.CLOSE and not draft.became.get(each.paragraphs[0])]
    beside = any(each.standing for each in gone)
    row, most = ("requests-standing", MOST_UNREPEATED) if beside else ("requests-dropped", MOST_DROPPED)
    gone, close = gone[:most], close[: min(MOST_CLOSE, MOST_LOSSES - min(most, len(gone)))]
    said_otherwise = [_at(draft, each.paragraphs[0], _loss(each, draft).text, each.nearest.paragraph) for each in close]
    told = {id_ for each in (*gone, *close) for id_ in each.paragraphs}
    alone, sections = _unlinked(draft, told, said_otherwise)
    between = word("word.semicolon", lang)
    lines = [
        *listed(f"summary.{row}", [_loss(each, draft) for each in gone], "summary.more", lang, last="word.nor"),
        *(say(f"summary.{row}", in_turn(said, between), lang=lang) for row, said in alone.items()),
        *([say("summary.sections-gone", join(sections, lang), lang=lang)] if sections else []),
        *_perhaps_lost(draft),
    ]
    return [(*line_by_line(lines, lang), ".")] if lines else []


def _perhaps_lost(draft: _Draft) -> list[Parts]:
    """The old paragraphs of which nobody knows whether they went: the copy of the new text has a gap there."""
    gone = {id_ for change in draft.comparison.changes if change.in_gap for id_ in change.link.old}
    formal = draft.language.provisions.formal
    lost = [p for p in draft.comparison.old.body if p.id in gone and p.is_whole]
    lost = [p for p in lost if not find_any(formal, fold_same_length(p.text))]
    said = [_at(draft, p.id, _named(p, Side.OLD, gone, draft)) for p in lost]
    row = f"summary.perhaps-lost-{plural(len(said), draft.lang)}"
    return [say(row, line_by_line(said, draft.lang), lang=draft.lang)] if said else []


def _loss(provision: Provision, draft: _Draft) -> Item:
    """What is lost, in the words of the old text, with the recital that says it still where there is one, or what its
    paragraph became."""
    lang, became = draft.lang, draft.became.get(provision.paragraphs[0], ())
    quote = word("word.quote", lang).format(inner(provision.brief, lang))
    # what stands behind a cut may be what is asked, and of a paragraph that went whole one act hides the others
    if draft.hides(provision) or (provision.loss is Loss.CLOSE and provision.brief.endswith(CUT)):
        (paragraph,) = (p for p in draft.comparison.old.body if p.id == provision.paragraphs[0])
        quote = _named(paragraph, Side.OLD, (), draft)
    lost = Item(quote, False, Side.OLD, provision.paragraphs)
    if provision.loss is Loss.RECITED:
        return _close_to(lost, provision.nearest.paragraph, lang)
    return replace(lost, note=_see(became, lang)) if became and provision.loss is Loss.UNREPEATED else lost


def _at(draft: _Draft, paragraph: str, quote: str, other: str = "") -> Parts:
    """The quotation of an old paragraph that went behind its place, with the ``other`` one that most likely says it, or
    those of the new text that may say some of it."""
    lang, where = draft.lang, addresses(Side.OLD, (paragraph,), draft.lang, marked=True)
    if other and draft.takes_up(Side.OLD, paragraph, other):
        where = say("summary.near", where, of_address(Side.NEW, other, lang), lang=lang)
    elif others := [other] if other else draft.remarks.neighbours.get((Side.OLD, paragraph)):
        where = say("summary.see", where, the_addresses(Side.NEW, others, lang), lang=lang)
    return say("summary.at", where, quote, lang=lang)


def _see(others: Sequence[str], lang: str) -> str:
    """Those new paragraphs, as what may be looked up."""
    return as_text(Sentence(say("remark.see", the_addresses(Side.NEW, others, lang), lang=lang)))


def _close_to(item: Item, other: str, lang: str) -> Item:
    return replace(item, note=word("summary.close", lang).format(of_label(label(other, lang), lang)))


def _by_number(
    draft: _Draft, side: Side, ids: Sequence[str], *, beside: bool = False
) -> tuple[list[Parts], list[Parts]]:
    """Paragraphs without a link by their numbers: those that a paragraph of the other text most likely says, each with
    that one, and the others, some that follow one another by the first and the last; of many ``beside`` such as are
    named how many they are."""
    lang, is_old = draft.lang, side is Side.OLD
    near = []
    for id_ in (id_ for id_ in ids if (side, id_) in draft.likely):
        other, where = draft.likely[side, id_], addresses(side, (id_,), lang, marked=is_old)
        if draft.takes_up(side, id_, other):
            near.append(say("summary.near", where, of_address(side.other, other, lang), lang=lang))
        else:
            near.append(say("summary.see", where, the_addresses(side.other, (other,), lang), lang=lang))
    others = [id_ for id_ in ids if (side, id_) not in draft.likely]
    at = addresses(side, others, lang, marked=is_old, spans=True)
    if beside and sum(isinstance(part, Address) for part in at) > MOST_NUMBERED:
        return near, [(word("summary.and-others", lang).format(len(others)),)]
    return near, [at] if others else []


def _unlinked(
    draft: _Draft, told: Collection[str], close: Sequence[Parts]
) -> tuple[dict[str, list[Parts]], list[Parts]]:
    """The old paragraphs that nothing is linked to and that are not ``told``: those that went and those of which some
    may stand elsewhere, by the message that says so; the sections of which all are such. Before the latter stand acts
    that are ``close`` to one of the new text, and the paragraphs that one of it most likely says, each with that one.
    Those of the operative part are told by what may be missed of them, or by their first words, the others, and those
    there is no room for, by their numbers, or by the title of their section."""
    comparison, lang = draft.comparison, draft.lang
    acting = {pair.old.paragraph for pair in comparison.acts if pair.old}  # none of a language whose verbs nobody knows
    removed = {
        id_
        for change in comparison.changes
        if change.kind is Kind.REMOVED and not (change.in_gap or change.renewed_in)
        for id_ in change.link.old
    }
    body = [p for p in comparison.old.body if kind_of(p.id) in ("pp", "op") and p.id in removed]
    # a point stands for itself where its list does not go with it; a mandate that is extended keeps its own
    pairs = (pair for pair in comparison.acts if pair.old and pair.new and pair.new.effect in RUNNING)
    whole = removed | {pair.old.paragraph for pair in pairs if pair.old}
    alone = [p.id for p in body if (p.id.rpartition(".")[0] not in whole if p.depth else acting and p.is_whole)]
    gone = [id_ for id_ in alone if id_ not in told]
    losses = UNLINKED | {Loss.UNREPEATED}  # of the latter those that may stand elsewhere
    untold = [each for each in comparison.provisions if each.loss in losses and each.paragraphs[0] in gone]
    missed = [each.paragraphs[0] for each in sorted(untold, key=lambda each: -each.rank)]
    chosen = _missed(comparison, missed, [p.id for p in body if p.id in gone and p.is_whole])
    acts = Counter(pair.old.paragraph for pair in comparison.acts if pair.old)
    asked = {each.paragraphs[0]: each.brief for each in untold if acts[each.paragraphs[0]] == 1}
    unfound = {id_ for id_ in removed if id_ not in told and (Side.OLD, id_) not in draft.likely}
    words = {p.id: _named(p, Side.OLD, unfound, draft, asked.get(p.id)) for p in body if p.id in chosen}
    named = {id_: words[id_] for id_ in gone if id_ in words}
    likely = {id_: draft.likely[Side.OLD, id_] for id_ in named if (Side.OLD, id_) in draft.likely}
    near = [_at(draft, id_, named[id_], there) for id_, there in likely.items()]
    sections = [*_sections(comparison.old, removed)]
    titled = {id_ for _, ids in sections for id_ in ids}
    numbered = [id_ for id_ in gone if id_ not in named and (id_ not in titled or (Side.OLD, id_) in draft.likely)]
    near_by_number, _ = _by_number(draft, Side.OLD, numbered)
    titles = [_title(title, ids, lang) for title, ids in sections]
    bare = [id_ for id_ in (*named, *numbered) if (Side.OLD, id_) not in draft.likely]
    said_otherwise = [*close, *near, *near_by_number]
    groups: list[tuple[str, list[str], list[Parts]]]
    if any(each.loss is Loss.UPHELD for each in untold):
        groups = [(f"unlinked-{plural(len(said_otherwise), lang)}", [], said_otherwise), ("unlinked-upheld", bare, [])]
    else:
        went, doubted = ([id_ for id_ in bare if (id_ in draft.doubted[Side.OLD]) is doubt] for doubt in (False, True))
        row = "unrepeated" if any(each.standing for each in comparison.provisions) else "went"  # the old text stands on
        groups = [
            (f"{row}-{plural(len(went), lang)}", went, []),
            (f"unlinked-{plural(len(said_otherwise) + len(doubted), lang)}", doubted, said_otherwise),
        ]
    said = {row: _named_or_numbered(draft, ids, named, before) for row, ids, before in groups}
    return {row: parts for row, parts in said.items() if parts}, titles


def _named_or_numbered(
    draft: _Draft, ids: Sequence[str], named: Mapping[str, str], before: Sequence[Parts] = ()
) -> list[Parts]:
    """Old paragraphs: those that are named by their words, each on a line, behind what stands ``before`` them, then the
    others by their numbers."""
    by_words = [*before, *(_at(draft, id_, named[id_]) for id_ in ids if id_ in named)]
    others = [id_ for id_ in ids if id_ not in named]
    _, by_number = _by_number(draft, Side.OLD, others, beside=bool(by_words))
    return ([line_by_line(by_words, draft.lang)] if by_words else []) + by_number


def _sections(text: Resolution, removed: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """The titles of the sections that are among these with every paragraph, each with its paragraphs."""
    sections: list[list[Paragraph]] = []
    for paragraph in text.body:
        if paragraph.is_heading:
            sections.append([paragraph])
        elif sections:
            sections[-1].append(paragraph)
    for title, *own in sections:
        if own and all(paragraph.id in removed for paragraph in (title, *own)):
            yield title.text, [paragraph.id for paragraph in own if paragraph.is_whole]


def _title(title: str, ids: Sequence[str], lang: str) -> Parts:
    """The title of a section of the old text with its paragraphs."""
    where = addresses(Side.OLD, ids, lang, marked=True, spans=True)
    return (word("word.quote", lang).format(inner(title, lang)), " (", *where, ")")


def _missed(comparison: Comparison, missed: Sequence[str], gone: Sequence[str]) -> set[str]:
    """The old paragraphs without a link that are named by their words: those that decide what may still hold,
    and so are not missed, then those that are ``missed`` most, then others of the operative part that do more than
    recall, then recitals that hold something; all that are ``gone`` where they are few."""
    deciding = {pair.old.paragraph for pair in comparison.acts if pair.old and pair.old.family == DECIDING}
    decided = [id_ for id_ in gone if id_ in deciding and id_ not in missed]
    chosen = [*decided, *missed]
    recalling = {pair.old.paragraph for pair in comparison.acts if pair.old and pair.old.family in REMINDING}
    holding = {pair.old.paragraph for pair in comparison.acts if pair.old and pair.old.family in LEANING}
    operative = [id_ for id_ in gone if kind_of(id_) == "op" and id_ not in recalling]
    recitals = [id_ for id_ in gone if kind_of(id_) == "pp" and id_ in holding]
    chosen = [*dict.fromkeys((*chosen, *operative, *recitals))][:MOST_MISSED]
    every = {*chosen, *gone}
    return every if len(every) <= max(FEW_MISSED, len(chosen) + FEW_LEFT) else {*chosen}


# ---- topics ---------------------------------------------------------------------------------------------------------


def _topics(status: Status, side: Side, *, operative: bool | None = None) -> Writer:
    """What writes of the topics that came or went, in the words by which the text names them: of all, or of those that
    an operative paragraph names, or that none does."""

    def write(draft: _Draft) -> list[Parts]:
        comparison, lang = draft.comparison, draft.lang
        kept = [change.link for change in comparison.changes if change.kind is Kind.UNCHANGED]
        unchanged = {i for link in kept for i in (link.old if side is Side.OLD else link.new)}
        gone = [i for c in comparison.changes if c.kind is Kind.REMOVED for i in c.link.old if side is Side.OLD]
        removed = {i for i in gone if (side, i) not in draft.likely}
        told = Told(status)
        topics = [topic for topic in comparison.topics if told_status(topic) is told]
        items = [
            _topic(topic, side, unchanged, removed, draft)
            for topic in sorted(topics, key=lambda topic: -topic.priority)
            if status is Status.DROPPED or len(_ids(topic)) >= SHOWN
        ]
        # a topic that no changed paragraph shows is not told: a false statement costs more than a missing one
        quoted = draft.quoted
        items = _apart([item for item in items if item.paragraphs and _bare(item) not in quoted])
        if operative is not None:
            items = [item for item in items if ("op" in map(kind_of, item.paragraphs)) is operative]
        last = "word.nor" if status is Status.DROPPED else "word.and"
        return listed(f"summary.topics-{status}", items, "summary.more-topics", lang, last=last)

    return write


def _apart(items: Sequence[Item]) -> list[Item]:
    """The items without those that a longer one of the same paragraphs holds: "enfants" beside "enfants soldats"."""
    return [
        item
        for item in items
        if not any(
            item is not other and _bare(item) in _bare(other) and item.paragraphs == other.paragraphs for other in items
        )
    ]


def _bare(item: Item) -> str:
    return fold(item.text.strip("«»“”\u00a0 "))


def _topic(topic: TopicChange, side: Side, unchanged: set[str], removed: set[str], draft: _Draft) -> Item:
    """The words of the topic with the paragraphs that have them and show the change: those that did not change show
    nothing. Of those that went whole it is told: more went with them than the topic."""
    lang = draft.lang
    evidence, words = topic.old if side is Side.OLD else topic.new, fold(topic.words)
    shown = (e.paragraph for e in evidence if e.paragraph not in unchanged and words in fold(e.quote))
    paragraphs = tuple(dict.fromkeys(shown))
    note = word("summary.earlier", lang).format(name(topic.earlier)) if topic.earlier else ""
    if paragraphs and removed.issuperset(paragraphs):
        doubt = "" if draft.doubted[Side.OLD].isdisjoint(paragraphs) else "-or-rewritten"
        note = in_number(f"kind.removed{doubt}", len(paragraphs), lang)
    named = topic.words
    if "," in named:  # the whole, of which the topic is a part, may stand elsewhere
        named = re.sub(RE_INCLUDED, "", named)
    return Item(word("word.quote", lang).format(inner(named, lang)), False, side, paragraphs, note)


def _renamed(draft: _Draft) -> list[Parts]:
    """Terms of art that changed."""
    comparison, lang = draft.comparison, draft.lang
    items = [
        say("summary.renamed", *topic.renamed, in_brackets(Side.NEW, _ids(topic), lang), lang=lang)
        for topic in comparison.topics
        if topic.renamed
    ]
    return in_one_sentence(items, lang)


def _ids(topic: TopicChange) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shown.paragraph for shown in topic.new))


# ---- actors ---------------------------------------------------------------------------------------------------------


def _replaced(draft: _Draft) -> list[Parts]:
    """Actors that took the place of others in several paragraphs: in one another sentence may name them."""
    comparison, lang = draft.comparison, draft.lang
    clauses = []
    for actor in comparison.actors:
        if actor.status is Status.NEW and actor.replaces and actor.alone:
            places = _swapped(comparison, actor)
            if len(places) < SWAPPED:
                continue
            new, old = with_article(actor.name, lang), with_article(actor.replaces, lang)
            form = "many" if new.plural else "one"
            where = in_brackets(Side.NEW, places, lang)
            clauses.append(say(f"summary.replaces-{form}", new.text, old.text, where, lang=lang))
    return in_one_sentence(clauses, lang)


def _swapped(comparison: Comparison, actor: ActorChange) -> tuple[str, ...]:
    """The paragraphs that name the actor where their partners named the one it replaces."""
    old = {paragraph for other in comparison.actors if other.name == actor.replaces for paragraph in other.old}
    there = {p for change in comparison.changes if old.intersection(change.link.old) for p in change.link.new}
    return tuple(paragraph for paragraph in actor.new if paragraph in there)


def _actors(status: Status, side: Side) -> Writer:
    """What writes of the actors that came or went in several paragraphs, those apart that took each other's place: one
    that is named once is named in passing."""

    def write(draft: _Draft) -> list[Parts]:
        comparison, lang = draft.comparison, draft.lang
        taken = {actor.replaces for actor in comparison.actors if actor.status is Status.NEW}
        changed = [
            actor
            for actor in comparison.actors
            if actor.status is status and actor.alone and not actor.replaces and actor.name not in taken
        ]
        quoted = draft.quoted
        changed = [a for a in changed if fold(a.name.partition(" (")[0]) not in quoted and len(a.old + a.new) >= NAMED]
        items = [_actor(actor, side, lang) for actor in sorted(changed, key=_rank)]
        return listed(f"summary.actors-{status}", items, "summary.more-actors", lang)

    return write


def _rank(actor: ActorChange) -> tuple[int, int]:
    """Bodies first, then programmes, instruments, documents; those named in more paragraphs first."""
    sort = SORTS.index(actor.sort) if actor.sort in SORTS else len(SORTS)
    return sort, -len(actor.old + actor.new)


def _actor(actor: ActorChange, side: Side, lang: str) -> Item:
    known = with_article(actor.name, lang)
    return Item(known.text, known.plural, side, actor.old if side is Side.OLD else actor.new)


# ---- verbs, obligations ---------------------------------------------------------------------------------------------


def _verbs(direction: str) -> Writer:
    """What writes of the verbs that changed in that direction in the operative part, those that open a paragraph
    first; not of how something is received."""

    def write(draft: _Draft) -> list[Parts]:
        comparison, lang = draft.comparison, draft.lang
        verbs = [v for v in comparison.verbs if v.direction == direction and not v.settled and v.clause]
        verbs = [v for v in verbs if v.new.startswith("op")]
        told = _by_paragraph(draft) if verbs else {}  # which shows both verbs
        verbs = [v for v in verbs if fold(v.old_verb) not in told.get(v.new, "")]
        clauses = [_verb(verb, lang) for verb in sorted(verbs, key=lambda verb: not verb.lead)]
        form = "one" if len(clauses) == 1 else "many"
        return [say(f"summary.verbs-{direction}-{form}", parts, lang=lang) for parts in in_one_sentence(clauses, lang)]

    return write


def _by_paragraph(draft: _Draft) -> dict[str, str]:
    """What is told of paragraphs that stand, folded, by the paragraph of the new text."""
    found: dict[str, str] = {}
    acts = (_entry(draft, entry, entry.quotes) for entry in (*draft.leads, *draft.others, *draft.light))
    for parts in (*acts, *(parts for line in (*draft.reworded, *draft.lightly) for parts in line)):
        text = fold(as_text(Sentence(parts)))
        for part in parts:
            if isinstance(part, Address):
                found[part.id] = found.get(part.id, "") + text
    return found


def _verb(verb: VerbChange, lang: str) -> Parts:
    """The verb with what it asks, and the one that stood before."""
    old = verb.old_verb if verb.lead else verb.old_verb[:1].lower() + verb.old_verb[1:]
    where = in_brackets(Side.NEW, (verb.new,), lang)
    return say("summary.verb-act", inner(verb.clause, lang), old, where, lang=lang)


def _safeguards(status: Status) -> Writer:
    """What writes of safeguards that came or went in paragraphs that stand in both texts: no other condition tells
    something without the request it stands on."""

    def write(draft: _Draft) -> list[Parts]:
        comparison, lang = draft.comparison, draft.lang
        duties = [duty for duty in comparison.obligations if duty.is_safeguard and duty.status is status]
        # one that is itself a topic was told as one: "le droit au respect de la vie privée"
        topics = [fold(topic.label) for topic in comparison.topics if topic.status is status]
        duties = [duty for duty in duties if not any(topic in fold(duty.text) for topic in topics)]
        both = [duty for duty in duties if duty.old.startswith("op") and duty.new.startswith("op")]
        items = [_duty(duty, lang) for duty in both]
        return listed(f"summary.safeguard-{status}", items, "summary.more", lang, always_many=len(items) > 1)

    return write


def _duty(duty: ObligationChange, lang: str) -> Item:
    side = Side.OLD if duty.status is Status.DROPPED else Side.NEW
    text = word("word.quote", lang).format(duty.text)
    return Item(text, False, side, tuple(filter(None, [duty.old if side is Side.OLD else duty.new])))


def _calendar(draft: _Draft, *, of_days: bool = False) -> list[Parts]:
    """The sentence with the dates beside the lines on what changed that give way late; one ``of_days`` alone that are
    quoted above where it is asked for: another sentence tells more."""
    return _dates(draft, [parts for line in draft.reworded[:MOST_REWORDED] for parts in line], of_days=of_days)


def _with_the_calendar_last(draft: _Draft, ranked: Sequence[Ranked]) -> Iterator[Ranked]:
    """The sentences, the calendar written anew beside the lines on what changed that are left."""
    writers = (*REWORDING, _reworded_lightly)
    left = _named_in(parts for _, parts, write in ranked if write in writers)
    lines = [parts for line in (*draft.reworded, *draft.lightly) for parts in line if _named_in([parts]) <= left]
    for turn, parts, write in ranked:
        if write is _calendar:
            yield from ((turn, dates, write) for dates in _dates(draft, lines))
        else:
            yield turn, parts, write


def _dates(draft: _Draft, lines: Sequence[Parts], *, of_days: bool = False) -> list[Parts]:
    """One sentence with every date and period that was set, moved or given up.

    Of what is quoted above, or in these lines, the time alone is said; one without a word of what is due says nothing.
    """
    comparison, lang = draft.comparison, draft.lang
    told = [*draft.told]
    for parts in lines:
        text = fold(read_back(parts)[1])
        told += [(at.id, text) for at in _new_addresses(parts)]
    flags = _deadlines_moved(comparison)
    quoted: dict[Times, dict[str, None]] = {}  # where those that are quoted above stand
    shown = [_is_quoted(change.new, change.new_paragraph, told) for change in comparison.calendar]
    for change in compress(comparison.calendar, shown):
        quoted.setdefault(_times(change), {})[change.new_paragraph] = None
    clauses: dict[Parts, None] = {}
    days: set[Parts] = set()  # that were set, in acts that are quoted above
    alone = [change for change in compress(comparison.calendar, map(not_, shown)) if _tells(change)]
    for change, is_quoted in zip(comparison.calendar, shown, strict=True):
        if not is_quoted:
            if _tells(change) and not any(_is_within(change, other, draft) for other in alone):
                clauses[_time(change, draft, ())] = None  # two times of one act are told once
        elif (places := quoted.pop(_times(change), None)) and (change.old or _is_day(change, draft, flags)):
            clauses[said := _time(change, draft, [*places])] = None
            days |= set() if change.old else {said}
    for flag in flags:
        old, new = (word("word.quote", lang).format(inner(value, lang)) for value in flag.values)
        clauses[say("summary.time-moved", new, old, in_brackets(Side.NEW, _places(flag), lang), lang=lang)] = None
    clauses.update(dict.fromkeys(_dates_ahead(draft, told)))
    if clauses.keys() <= days and not of_days:
        return []
    return [say("summary.calendar", parts, lang=lang) for parts in in_one_sentence([*clauses], lang)]


def _deadlines_moved(comparison: Comparison) -> list[Flag]:
    """The flags of deadlines that moved of which no time of the calendar tells, one of each pair of times."""
    known = [(fold(change.old), fold(change.new)) for change in comparison.calendar if change.old and change.new]
    found = []
    for flag in (flag for change in comparison.changes for flag in change.flags):
        if flag.code is FlagCode.DEADLINE_CHANGED and not any(_is_same_time(flag, old, new) for old, new in known):
            known.append((fold(flag.values[0]), fold(flag.values[1])))
            found.append(flag)
    return found


def _is_day(change: TimeChange, draft: _Draft, flags: Iterable[Flag]) -> bool:
    """Whether a time that was set, and is quoted above, is a day or a session that tells something alone: no part of a
    longer time of its paragraph, nor one of which a flag tells that it moved."""
    own, place = fold(change.new), change.new_paragraph
    moved = (fold(flag.values[1]) for flag in flags if any(at.paragraph == place for at in flag.new))
    longer = (fold(c.new) for c in draft.comparison.calendar if c.new_paragraph == place and c.new != change.new)
    is_day = any(place == paragraph and change.new.startswith(time) for paragraph, time in draft.days)
    return is_day and not any(own in other for other in (*moved, *longer))


def _dates_ahead(draft: _Draft, told: Collection[tuple[str, str]]) -> Iterator[Parts]:
    """The operative acts in which the date of what is to come was moved, those that no quotation above shows."""
    lang = draft.lang
    for change in draft.comparison.changes:
        moved = [flag for flag in change.flags if flag.code is FlagCode.DATE_CHANGED]
        for flag in moved if "op" in map(kind_of, change.link.new) else ():
            if _is_quoted(flag.values[1], flag.new[0].paragraph, told):
                continue
            redline = draft.remarks.redlines.redline(change)
            place = redline.place(*flag.values)
            if said := redline.excerpt([place], lang) if place else ():
                yield say("summary.time-set", said, in_brackets(Side.NEW, _places(flag), lang), lang=lang)


def _votes(draft: _Draft) -> list[Parts]:
    """How the text was adopted, where that is otherwise than the old one was, and who voted otherwise."""
    was, now = draft.comparison.old.vote, draft.comparison.new.vote
    if not (was and now):
        return []
    lang = draft.lang
    turned = [
        word("vote.turned", lang).format(name, word(f"vote.{was.roll[name]}", lang), word(f"vote.{ballot}", lang))
        for name, ballot in now.roll.items()
        if was.roll.get(name, ballot) is not ballot
    ]
    if not turned and _tally(was) == _tally(now):
        return []
    adopted = _adopted(now, lang), _adopted(was, lang)
    if len(turned) > MOST_TURNED + 1:
        said, more = ", ".join(turned[:MOST_TURNED]), str(len(turned) - MOST_TURNED)
        return [say("summary.vote-turned-more", *adopted, said, more, lang=lang)]
    if turned:
        row = f"summary.vote-turned-{plural(len(turned), lang)}"
        return [say(row, *adopted, join([(each,) for each in turned], lang), lang=lang)]
    return [say("summary.vote", *adopted, lang=lang)]


def _tally(vote: Vote) -> tuple[VoteKind, int, int, int]:
    return vote.kind, vote.yes, vote.no, vote.abstaining


def _adopted(vote: Vote, lang: str) -> str:
    """How a text was adopted: by how many votes, with the names of few."""
    if vote.kind is not VoteKind.RECORDED:
        return word(f"vote.{vote.kind}", lang)
    against, abstained = (
        word("vote.names", lang).format(names) if names and count <= FEW_NAMES else ""
        for names, count in ((vote.against, vote.no), (vote.abstained, vote.abstaining))
    )
    no = word("vote.no-one" if vote.no == 1 else "vote.no-many" if vote.no else "vote.no-none", lang).format(vote.no)
    said = word("vote.recorded", lang).format(vote.yes, f"{no}{against}")
    if vote.abstaining:
        row = f"vote.abstaining-{'one' if vote.abstaining == 1 else 'many'}"
        said += word(row, lang).format(vote.abstaining) + abstained
    return said


Times = tuple[str, str]
"""A time as it was, and as it is, folded."""


def _times(change: TimeChange) -> Times:
    was, now = (" ".join(fold(time).split()) for time in (change.old, change.new))
    return was, now


def _tells(change: TimeChange) -> bool:
    """Whether a time stands with a word of what is due."""
    return bool(change.old and change.new) or not change.clause.startswith("…")


def _is_within(change: TimeChange, other: TimeChange, draft: _Draft) -> bool:
    """Whether what is quoted of one time is a part of what is quoted of another one of its paragraph."""
    is_beside = change is not other and change.new_paragraph == other.new_paragraph
    if not (is_beside and change.new and other.new):
        return False
    part, whole = (letters(read_back(_act_of(each, draft))[1]) for each in (change, other))
    return part != whole and part in whole


def _is_quoted(time: str, own: str, told: Iterable[tuple[str, str]]) -> bool:
    """Whether a time stands in what is quoted of its paragraph, or of the list of which that is a point."""
    return bool(time) and any(
        (own == paragraph or own.startswith(f"{paragraph}.")) and fold(time) in quote for paragraph, quote in told
    )


def _is_same_time(flag: Flag, old: str, new: str) -> bool:
    """Whether a flag tells of two times that are told already, with more or fewer small words."""
    return all(value in told or told in value for value, told in zip(map(fold, flag.values), (old, new), strict=True))


def _new_addresses(parts: Parts) -> Iterator[Address]:
    return (part for part in parts if isinstance(part, Address) and part.side is Side.NEW)


def _time(change: TimeChange, draft: _Draft, quoted: Sequence[str]) -> Parts:
    """A time with the act that sets it, and with its marks where its paragraph stands; alone where it stands in what is
    ``quoted`` above, with all paragraphs in which it does; with the time it had before where no mark shows that."""
    lang, quote = draft.lang, word("word.quote", draft.lang)
    if not change.new:
        where = in_brackets(Side.OLD, (change.old_paragraph,), lang)
        return say("summary.time-gone", quote.format(inner(change.clause, lang)), where, lang=lang)
    places = tuple(quoted) or (change.new_paragraph,)
    where = in_brackets(Side.NEW, places, lang, most=2 * MOST_ITEMS)
    said: Parts = (quote.format(inner(change.new, lang)),)
    if not quoted:
        said = _act_of(change, draft)
    if change.old and fold(change.old) not in fold(read_back(said)[0]):
        return say("summary.time-moved", said, quote.format(inner(change.old, lang)), where, lang=lang)
    return say("summary.time-set", said, where, lang=lang)


def _act_of(change: TimeChange, draft: _Draft) -> Parts:
    """The act that sets a time, quoted with its marks."""
    redline = draft.redlines[change.new_paragraph]
    return draft.remarks.with_more(redline.quoted(_cut_clause(change, draft), draft.lang), redline)


def _cut_clause(change: TimeChange, draft: _Draft) -> str:
    """The act that sets a time, with the sign of a cut where its paragraph goes on behind it."""
    last = change.clause.rpartition(CUT)[2]
    _, found, rest = " ".join(draft.texts[change.new_paragraph].split()).partition(last or change.clause)
    return cut_before(rest, change.clause) if found else change.clause


def _figures(draft: _Draft) -> list[Parts]:
    """The figures of linked paragraphs of the operative part that changed; one that went may stand as it was.

    Those that stand among the words that changed are told there.
    """
    comparison, lang = draft.comparison, draft.lang
    told = fold(" ".join(as_text(Sentence(parts)) for line in (*draft.reworded, *draft.lightly) for parts in line))
    found = {  # each once
        (flag.code, *flag.values): flag
        for change in comparison.changes
        for flag in change.flags
        if flag.code.startswith("figure-") and len(flag.values) > 1 and not _in_preamble(flag)
        if not all(fold(value) in told for value in flag.values)
    }
    clauses = [
        say("summary.turned", *flag.values, in_brackets(Side.NEW, _places(flag), lang), lang=lang)
        for flag in found.values()
        if flag.new
    ]
    form = "one" if len(clauses) == 1 else "many"
    return [say(f"summary.figures-{form}", parts, lang=lang) for parts in in_one_sentence(clauses, lang)]


def _in_preamble(flag: Flag) -> bool:
    """Whether the flag tells of preambular words."""
    return all(evidence.paragraph.startswith("pp") for evidence in (*flag.old, *flag.new))


def _places(flag: Flag) -> tuple[str, ...]:
    return tuple([evidence.paragraph for evidence in flag.new])


def _crossed(here: str, there: str) -> Writer:
    """What writes of the paragraphs that surely went from one part of the text to the other."""

    def write(draft: _Draft) -> list[Parts]:
        lang = draft.lang
        links = [change.link for change in draft.comparison.changes if crosses(change)]
        crossed = [
            (went, link.new)
            for link in links
            if {kind_of(id_) for id_ in link.new} == {there}
            if (went := [id_ for id_ in link.old if kind_of(id_) == here])
        ]
        if not crossed:
            return []
        said = [
            say(
                "summary.crossed",
                addresses(Side.OLD, went, lang, marked=True),
                addresses(Side.NEW, came, lang),
                lang=lang,
            )
            for went, came in crossed[:MOST_ITEMS]
        ]
        may = [(id_, other) for (side, id_), other in draft.kin.items() if side is Side.OLD]
        may += [(old, new) for c in draft.comparison.changes for old, new in product(c.link.old, c.link.new)]
        told = {id_ for went, _ in crossed for id_ in went}
        others = any(kind_of(o) == here and kind_of(n) == there and o not in told and "." not in o for o, n in may)
        row = f"summary.to-{'preamble' if there == 'pp' else 'operative'}{'-among' if others else ''}"
        return [say(row, join(said, lang), lang=lang)]

    return write


# ---- structure ------------------------------------------------------------------------------------------------------


def _substance(draft: _Draft, told: Collection[str], lines: int, least: float) -> tuple[list[Parts], list[str]]:
    """What changed in paragraphs of which nothing is ``told``, on so many lines, where it weighs the ``least`` that is
    asked: those of the operative part first, those that only recall last; and the paragraphs that are not quoted."""
    lang, remarks = draft.lang, draft.remarks
    heavy = [
        change
        for change in draft.comparison.changes
        if change.link.old and change.link.new and change.weight is Weight.SUBSTANTIVE
        if not all(id_ in told for id_ in change.link.new)
        if {flag.code for flag in change.flags} != {FlagCode.SAME_SENSE}
    ]
    quoted: list[Parts] = []
    others: list[str] = []
    for change in sorted(heavy, key=lambda change: _turn(change.link.new, remarks)):
        redline = remarks.redlines.redline(change)
        if redline.text and is_sure(change.link) and not any(redline.marked.values()):
            continue  # what went came again beside it: "the individual right", "the right of the individual"
        if any(id_ in told for id_ in change.link.new):
            quoted += _halves_left(change, redline, told, draft)
            continue
        is_told = len(quoted) < lines * PER_LINE and remarks.weight(change) >= least
        ways = (redline.whole, redline.changed) if len(change.link.new) > 1 else (redline.changed, redline.whole)
        words = next(filter(None, (show(lang) for show in ways)), ()) if is_told else ()
        if words:
            shown = remarks.with_more(words, redline)
            shown = shown if is_sure(change.link) else _with_old(draft, change.link.old, shown)
            quoted.append(say("summary.at", _whence(change, draft), shown, lang=lang))
        else:
            others += change.link.new
    return [(*line_by_line(quoted[k : k + PER_LINE], lang), ".") for k in range(0, len(quoted), PER_LINE)], others


def _halves_left(change: Change, redline: Redline, told: Collection[str], draft: _Draft) -> Iterator[Parts]:
    """What changed in those halves of a split paragraph of which nothing is ``told``, nor of their list, though the
    others are quoted."""
    for id_ in (id_ for id_ in change.link.new if {id_, id_.rpartition(".")[0]}.isdisjoint(told)):
        words = redline.quoted(shorten(draft.texts[id_], draft.language, NAMED_BY), draft.lang)
        if draft.remarks.weigh(*read_back(words))[1]:
            yield say("summary.at", draft.remarks.at((id_,)), words, lang=draft.lang)


def _whence(change: Change, draft: _Draft) -> Parts:
    """The place of a paragraph that stands, with the old ones it may be where the link is doubtful."""
    if is_sure(change.link):
        return draft.remarks.at(change.news)
    return _doubtfully(draft, addresses(Side.NEW, change.link.new, draft.lang), change.link.old)


def _doubtfully(draft: _Draft, where: Parts, olds: Sequence[str]) -> Parts:
    """The place of a paragraph whose link is doubtful, with the old ones that it may be."""
    return say("summary.doubtful", where, all_the_addresses(Side.OLD, olds, draft.lang), lang=draft.lang)


def _with_old(draft: _Draft, olds: Sequence[str], told: Parts) -> Parts:
    """What is told of a paragraph whose link is doubtful and, nothing being marked in it, the words of the old one
    behind it, where it is one: else a reader would not see what changed."""
    if len(olds) > 1:
        return told
    (old,) = (paragraph for paragraph in draft.comparison.old.body if paragraph.id == olds[0])
    where = addresses(Side.OLD, olds, draft.lang, marked=True)
    behind = say("summary.at", where, _named(old, Side.OLD, (), draft), lang=draft.lang)
    return in_turn([told, behind], word("word.semicolon", draft.lang))


def _turn(paragraphs: Sequence[str], remarks: Remarks) -> int:
    """Which come first: those of the operative part, then recitals, then those of them that only recall."""
    if any(kind_of(id_) == "op" for id_ in paragraphs):
        return 0
    return 2 if remarks.recalls.issuperset(paragraphs) else 1


def _at_heart(paragraphs: Sequence[str], lang: str) -> list[Parts]:
    """That words of those change, where little else is told of the two texts."""
    where = addresses(Side.NEW, paragraphs, lang, most=2 * MOST_ITEMS)
    row = f"summary.substance-{'one' if len(paragraphs) == 1 else 'many'}"
    return [say(row, where, lang=lang)] if paragraphs else []


def _named(paragraph: Paragraph, side: Side, alone: Collection[str], draft: _Draft, asked: str | None = None) -> str:
    """The words by which a paragraph of a side is named, in quotation marks: its first ones, or those that say what it
    does, by what it ``asked`` where that is one thing, and what else it asks where they are cut before that; with its
    points that stand ``alone`` too, where they are short, else with how many do."""
    lang, language = draft.lang, draft.language
    needed = asked_behind(draft.addressees.get((side, paragraph.id), ""), paragraph.text, language)
    first = shorten(paragraph.text, language, NAMED_BY, needed=needed)
    if first.endswith(CUT):
        first = asked or f"{first} {_asked_further(draft, paragraph, side, first)}".rstrip()
    own = [p for p in draft.comparison.text(side).body if p.id.rpartition(".")[0] == paragraph.id]
    points = [p for p in own if p.id in alone]
    listed = _with_points(first, own, alone, language)
    if not listed and len(points) <= 1 and paragraph.text.rstrip().endswith(":") and not first.endswith(CUT):
        first = f"{first}{CUT}"  # its points say the rest
    said = word("word.quote", lang).format(inner(listed or first, lang))
    if listed or len(points) <= 1:
        return said
    if points == own:
        return word("summary.with-points", lang).format(said, len(points))
    letters = as_text(Sentence(join([(letter_of(p, language).rstrip() or p.marker,) for p in points], lang)))
    return word("summary.with-some-points", lang).format(said, letters)


def _with_points(opening: str, points: Sequence[Paragraph], alone: Collection[str], language: Language) -> str:
    """The opening of a paragraph with those of its points that stand ``alone``, each behind its letter, and the sign of
    a cut where others stand between them; empty where that is long."""
    lines = {p.id: f"{letter_of(p, language)}{as_line(p.text, language)}" for p in points if p.id in alone}
    words = sum(len(said.split()) for said in (opening, *lines.values()))
    if not lines or opening.endswith(CUT) or words > NAMED_BY:
        return ""
    signs = language.provisions.signs
    said, between = opening.rstrip(" :"), signs.colon
    for is_alone, run in groupby(points, key=lambda point: point.id in alone):
        for point in run if is_alone else ():
            said, between = f"{said}{between}{lines[point.id]}", sign_behind(point, language)
        if not is_alone:
            said, between = f"{said}{between}…", signs.semicolon
    return said


def _asked_further(draft: _Draft, paragraph: Paragraph, side: Side, quote: str) -> str:
    """The strongest act of a paragraph that asks or decides something behind what is quoted of it, shortened; empty
    where there is none."""
    told = letters(quote)
    found = []
    for pair in draft.comparison.acts:
        act = pair.old if side is Side.OLD else pair.new
        if act and act.paragraph == paragraph.id and act.family in ACTING:
            at = act.passages[0]
            if letters(paragraph.text[at.start : at.end])[:BEGINNING] not in told:
                found.append((act.force, -at.start, at))
    if not found:
        return ""
    at = max(found, key=itemgetter(0, 1))[-1]
    shown = shorten(paragraph.text[at.start : at.end], draft.language, NAMED_BY)
    return cut_before(paragraph.text[at.end :], shown)


def _untold(draft: _Draft, told: Collection[str]) -> Parts:
    """The added paragraphs that no sentence names, by their first words, those of the operative part first, recitals
    that only recall or note last, and those there is no room for by their numbers."""
    comparison, lang = draft.comparison, draft.lang
    added = {
        id_
        for change in comparison.changes
        if change.kind is Kind.ADDED and not change.in_gap
        for id_ in change.link.new
        if kind_of(id_) in ("pp", "op") and ".tail" not in id_
    }
    formal = draft.language.provisions.formal
    telling = {pair.new.paragraph for pair in comparison.acts if pair.new and pair.new.family not in REMINDING}
    left = [p for p in comparison.new.body if p.id in added and p.id not in told and p.is_whole]
    left = [p for p in left if not find_any(formal, fold_same_length(p.text))]
    named = sorted(left, key=lambda p: (kind_of(p.id) == "pp", p.id not in telling))[:MOST_MISSED]
    others = [p for p in left if p not in named]
    said: list[Parts] = []
    for doubt in ("", "-or-rewritten"):
        by_words, numbered = (
            [p for p in part if (p.id in draft.doubted[Side.NEW]) is bool(doubt)] for part in (named, others)
        )
        items = [
            say("summary.at", _with_neighbours(draft, p.id), _named(p, Side.NEW, added, draft), lang=lang)
            for p in by_words
        ]
        items += chain(*_by_number(draft, Side.NEW, [p.id for p in numbered], beside=bool(by_words)))
        row = f"summary.added-too{doubt}-{'many' if len(by_words) + len(numbered) > 1 else 'one'}"
        said += [say(row, line_by_line(items, lang), lang=lang)] if items else []
    return line_by_line(said, lang) if said else ()


def _with_neighbours(draft: _Draft, paragraph: str) -> Parts:
    """The place of an added paragraph, with the old one that most likely says it, or those that may say some of it."""
    where = next(chain(*_by_number(draft, Side.NEW, (paragraph,))))
    others = draft.remarks.neighbours_of(Side.NEW, [paragraph])
    return say("summary.see", where, others, lang=draft.lang) if others else where


def figures(comparison: Comparison) -> Numbers:
    """How many paragraphs there are and what became of them: the one place where they are counted.

    Alinéas and paragraphes alone count, a heading is nothing. Added, removed, modified, unchanged, split and merged
    ones, those of which only points changed, those that sank into a point or rose from one, those renewed by their
    number, and those of which a gap of a copy hides what became of them, are all there are, on either side. Points that
    came into paragraphs that stand, or went from them, are counted apart, and those that moved; doubtful links are
    counted with those of points.
    """
    old, new = ({p.id for p in text.body if p.is_whole} for text in (comparison.old, comparison.new))
    changed = _with_changed_points(comparison)
    kinds: Counter[Kind] = Counter()
    may_stand: Counter[Kind] = Counter()
    moved, points_moved, renumbered, sunk, risen, renewed, in_gap, doubtful, inside = 0, 0, 0, 0, 0, 0, 0, 0, 0
    for change in comparison.changes:
        olds, news = [id_ for id_ in change.link.old if id_ in old], [id_ for id_ in change.link.new if id_ in new]
        doubtful += bool(change.link.old and change.link.new) and not is_sure(change.link)
        if not (olds or news):
            points_moved += change.moved
            continue
        if change.in_gap:
            in_gap += len(olds) + len(news)
            continue
        moved += change.moved
        renumbered += change.renumbered
        if change.renewed_in:
            renewed += len(olds)
        elif not (olds and news):
            if change.link.old and change.link.new:
                sunk, risen = sunk + len(olds), risen + len(news)
            else:
                kinds[change.kind] += len(olds) + len(news)
                may_stand[change.kind] += change.may_stand * (len(olds) + len(news))
        elif change.kind in (Kind.SPLIT, Kind.MERGED):
            kinds[change.kind] += 1  # also where one of the halves is a point, as beside the paragraph
        else:
            has_changed = not changed.isdisjoint(
                (*((Side.OLD, id_) for id_ in olds), *((Side.NEW, id_) for id_ in news))
            )
            is_inside = change.kind is Kind.UNCHANGED and has_changed
            inside += is_inside
            kinds[change.kind] += not is_inside
    return Numbers(
        len(old),
        len(new),
        tuple((kind, kinds[kind]) for kind in Kind),
        moved,
        renumbered,
        sunk=sunk,
        risen=risen,
        renewed=renewed,
        in_gap=in_gap,
        doubtful=doubtful,
        inside=inside,
        points=tuple(_points(comparison, kind) for kind in (Kind.ADDED, Kind.REMOVED)),
        points_moved=points_moved,
        may_stand=tuple((kind, may_stand[kind]) for kind in (Kind.ADDED, Kind.REMOVED)),
    )


def _with_changed_points(comparison: Comparison) -> set[tuple[Side, str]]:
    """The paragraphs of which a point changed, each on its own side: of paragraph 9 of the old text a point of the new
    paragraph 9 says nothing."""
    return {
        (side, paragraph.rpartition(".")[0])
        for change in comparison.changes
        if change.kind is not Kind.UNCHANGED
        for side, link in ((Side.OLD, change.link.old), (Side.NEW, change.link.new))
        for paragraph in link
    }


def _points(comparison: Comparison, kind: Kind) -> tuple[Kind, int, int]:
    """The points that came, or went, of paragraphs that did not: their kind, how many, of how many some may stand."""
    alone = [c for c in comparison.changes if c.kind is kind and not (c.in_gap or c.renewed_in)]
    doubts = {id_: change.may_stand for change in alone for id_ in (change.link.new or change.link.old)}
    text = comparison.text(Side.NEW if kind is Kind.ADDED else Side.OLD)
    points = [p.id for p in text.body if p.id in doubts and p.depth and kind_of(p.id)]
    inside = [id_ for id_ in points if id_.rpartition(".")[0] not in doubts]
    return kind, len(inside), sum(doubts[id_] for id_ in inside)


def _counts(comparison: Comparison, lang: str) -> list[Parts]:
    """How many paragraphs there were and are, and what became of them; a rewritten one counts as added and removed."""
    if comparison.old.is_torn or comparison.new.is_torn:
        return []  # paragraphs may be missing
    found = figures(comparison)
    kinds = (Kind.ADDED, Kind.REMOVED, Kind.MODIFIED, Kind.SPLIT, Kind.MERGED, Kind.UNCHANGED)
    told = sorted(found.told, key=lambda row: kinds.index(row[1]))
    others = [(row, number) for row, number in found.others if row != "in-gap"]  # of which nobody knows

    def said(counts: Iterable[tuple[str, int]]) -> str:
        return ", ".join(counted(f"summary.count-{kind}", number, lang) for kind, number in counts if number)

    became = said([*((row, number) for row, _, number in told), *others])
    if in_kept := said(found.in_kept):
        became = word("summary.in-kept", lang).format(became, in_kept)
    if not became:
        return []
    if found.old == found.new:
        return [say("summary.counts-same", str(found.new), became, lang=lang)]
    return [say("summary.counts", str(found.old), str(found.new), became, lang=lang)]


def _routine(comparison: Comparison, told: Collection[str], lang: str) -> list[Parts]:
    """What was only brought up to date in paragraphs of which nothing is ``told``, folded in one sentence."""
    found: dict[tuple[str, ...], tuple[str, Change]] = {}
    for change in comparison.changes:
        if any(paragraph in told for paragraph in change.link.new):
            continue
        for flag in change.flags:
            if flag.code.startswith("routine-") and len(flag.values) > 1:
                found.setdefault(flag.values[:2], (flag.code, change))
    clauses = [
        say(_update(code, values), *values, in_brackets(Side.NEW, change.link.new, lang), lang=lang)
        for values, (code, change) in found.items()
    ]
    return [say("summary.routine", parts, lang=lang) for parts in in_one_sentence(clauses, lang)]


def _update(code: str, values: Sequence[str]) -> str:
    """The message for what was brought up to date; what was there before, or what is there now, may be nothing."""
    if code == "routine-reference" and all(value.isdigit() for value in values):
        return "summary.update-reference"
    if all(values):
        return "summary.update"
    return "summary.update-added" if values[1] else "summary.update-dropped"


# ---- ranking and joining --------------------------------------------------------------------------------------------


def _together(*writers: Writer) -> Writer:
    """What writes what several write, as one: verbs weaker and stronger, names replaced and new."""

    def write(draft: _Draft) -> list[Parts]:
        said = [parts for writer in writers for parts in writer(draft)]
        return [tuple(part for k, parts in enumerate(said) for part in ((" ", *parts) if k else parts))] if said else []

    return write


def _ranked(draft: _Draft) -> list[Ranked]:
    """The sentences in their order; none that would give way to twelve others, but for those that join another."""
    said: dict[Writer, list[Parts]] = {}
    number = 0
    for _, write in sorted(WRITERS, key=itemgetter(0)):
        said[write] = write(draft) if number < MOST_SENTENCES or write in REWORDING else []
        number += len(said[write])
    return [(turn, parts, write) for turn, write in WRITERS for parts in said[write]]


def _give_way(ranked: list[Ranked], lang: str) -> None:
    """Take out the lightest of the sentences that give way first; what changed in paragraphs that stand goes to the
    line before it that tells of others."""
    last = max(reversed(ranked), key=lambda each: each[0])
    place = ranked.index(last)
    del ranked[place]
    turn, parts, write = ranked[place - 1]
    if {write, last[2]} <= {*REWORDING}:
        ranked[place - 1] = turn, _as_one([parts, last[1]], lang), write


def _further(draft: _Draft, ranked: Sequence[Ranked], said: list[tuple[Parts, bool]], leads: int) -> list[Parts]:
    """What follows the sentences: what else changed in words, the added paragraphs that none of them names, and, where
    little is told, the numbers and what is routine. Where there is no room the first two are put into lines that list
    such."""
    lang = draft.lang
    told = _named_in(parts for _, parts, write in ranked if write not in LOSING)  # which only lead to a new one
    acting = [place for place, (_, _, write) in enumerate(ranked) if write in FOLLOWING]
    untold = _untold(draft, told)
    room = MOST_SENTENCES - len(said) - bool(untold and len(said) < MOST_SENTENCES)
    if not room:  # before those that no sentence names, which stand under a heading of theirs
        standing = [place for place, (_, _, write) in enumerate(ranked) if write in (*REWORDING, _reworded_lightly)]
        _join(said, _substance(draft, told, 1, LEAST_WHERE_FULL)[0], standing or acting, lang)
    closing = _with_untold(said, untold, acting or [*range(leads, len(said))], lang)
    if not room:
        return closing
    substance, others = _substance(draft, told, min(room, MOST_FILLED), LEAST_OF_THE_REST if len(said) >= FEW else 0.0)
    if len(said) >= FEW:
        return [*substance, *closing]
    substance += _at_heart(others, lang)
    counts = [] if said else _counts(draft.comparison, lang)
    routine = _routine(draft.comparison, {*told, *_named_in(substance)}, lang)
    return [*substance, *closing, *counts, *routine]


def _with_untold(said: list[tuple[Parts, bool]], untold: Parts, places: Sequence[int], lang: str) -> list[Parts]:
    """What names the paragraphs that no sentence does, as one more; where there are twelve it is put into the last of
    those at these places that lists something, and nothing is left."""
    lists = [place for place in places if said[place][0][-1] == "."]
    line = (*untold, ".")
    if untold and lists and len(said) == MOST_SENTENCES:
        _join(said, [line], lists, lang)
        return []
    return [line] if untold else []


def _join(said: list[tuple[Parts, bool]], lines: Sequence[Parts], places: Sequence[int], lang: str) -> None:
    """Put the lines into the last of those at these places."""
    if lines and places:
        parts, dates = said[places[-1]]
        said[places[-1]] = _as_one([parts, *lines], lang), dates


def _as_one(sentences: Sequence[Parts], lang: str) -> Parts:
    """Several sentences as one, line by line: each but the last without its full stop."""
    return (*line_by_line([parts[:-1] for parts in sentences], lang), ".")


LEADING: tuple[Writer, ...] = (
    _leads(slice(BEFORE_LOSSES)),
    _topics(Status.DROPPED, Side.OLD, operative=True),
    _leads(slice(BEFORE_LOSSES, None)),
)
"""What writes the sentences that lead, as many as ``MOST_LEADS`` of them."""
FOLLOWING: tuple[Writer, ...] = (_other_acts(slice(FIRST_LINES)), _other_acts(slice(FIRST_LINES, None)), _light_acts)
"""What writes the sentences on what other paragraphs do, the weightiest first."""
LOSING: tuple[Writer, ...] = (_lost(unrepeated=True), _lost(unrepeated=False))
"""What writes the sentence on what went."""

REWORDING: tuple[Writer, ...] = (_reworded(slice(MOST_REWORDED)), _reworded(slice(MOST_REWORDED, None)))
"""What writes the lines on what changed in paragraphs that stand."""

# In the order of the summary, each with the turn at which it gives way when there are more than twelve sentences.
WRITERS: tuple[tuple[int, Writer], ...] = (
    *((0, write) for write in LEADING),
    *zip((1, 2), LOSING, strict=True),
    *zip((1, 3, 7), FOLLOWING, strict=True),
    *zip((1, 4), REWORDING, strict=True),
    (6, _reworded_lightly),
    (0, _calendar),
    (1, _votes),
    (2, _figures),
    (2, _topics(Status.DROPPED, Side.OLD, operative=False)),
    (3, _crossed("op", "pp")),
    (3, _together(_verbs("weaker"), _verbs("stronger"))),
    (4, _together(_safeguards(Status.DROPPED), _safeguards(Status.NEW))),
    (1, _together(_replaced, _actors(Status.NEW, Side.NEW), _renamed)),
    (5, _topics(Status.NEW, Side.NEW)),
)
