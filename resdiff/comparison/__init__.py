"""From two resolutions to a comparison: ``compare(old, new)``.

align ─ which paragraphs belong together ─▶ changes ─ kind, moves, words ─▶ mark_moved ─ clauses that moved
                                                              ├ check_cross_references ─ numbers that follow
                                                              └ compare_notes ─ what became of the footnotes

References from paragraph to paragraph ("aux paragraphes 10 et 11 ci-dessus") that only follow the renumbering are
lowered to routine; those that should have followed and did not are flagged: an editor forgets them every year. A single
number above is left to the routine rules (``data/fr/routine.toml``), which know it too.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice, pairwise, permutations, product
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from resdiff import symbol as symbols
from resdiff.alignment import align
from resdiff.comparison.notes import NoteText, pair_notes
from resdiff.data.schema import CrossReference
from resdiff.language import Language, pattern
from resdiff.language.fold import fold
from resdiff.marking.weight import heaviest
from resdiff.marking.words import edits, mark_moved
from resdiff.model import (
    GAPS,
    Change,
    Comparison,
    Edit,
    Evidence,
    Flag,
    FlagCode,
    Kind,
    Link,
    NoteChange,
    NoteKind,
    Notice,
    Op,
    Paragraph,
    Part,
    Pin,
    Resolution,
    Side,
    TextKind,
    Weight,
    footnotes_beside,
    is_heading,
    side_text,
)
from resdiff.sequences import out_of_order

__all__ = ["compare", "doubts", "keeps_notes", "kept_characters", "written_anew"]

Ids = tuple[str, ...]
Paragraphs = tuple[Paragraph, ...]
Place = tuple[int, int]  # of a pair of linked paragraphs, in the old and in the new body

MOST_HIDDEN = 2
"""Paragraphs without a partner beside a gap, of each that it has lost, for any of them to stand there; and those at the
end of a text that the other one may have lost where it breaks off."""
LEAST_IN_COMMON = 0.03
"""Share of the longer text that stands in the other, in the same paragraph, below which the two are hardly one text at
two times: of 392 successive pairs of the Security Council one has less, of 150 pairs drawn at random 136 have."""
RE_DAMAGED_NOTE = r"\b[AS][1Il]\d{4}/|/\d*%|(?<![\w/])\d{3}/\d|\d\.\s\d{1,3}(?:\s|$)|\bCon-\.\."
"""What a scan made of a document, or of the end of a note and the number of the next: "S12001/1079. 157"."""
LONG_ENOUGH = 600  # characters of the longer text for that share to say anything
ANEW, ENOUGH = 0.45, 10
"""Share of the paragraphs of both texts without a link from which the text is written anew, and paragraphs of either
for that share to say anything. Of 150 successive pairs of the Security Council drawn at random 62 have it, of 150 of
the General Assembly and the Human Rights Council 24; of 19 rewritten paragraphs that readers took for new or gone 17
stood in such pairs."""
FEW = 0.4  # share of the paragraphs of a text without a counterpart, below which it is not written anew
MOST_ORDERED, MORE_KEPT = 4, 20  # paragraphs of a group whose order is tried; characters that another one keeps more
STAYS, NEARER, FARTHEST = 10**24, 10**12, 1 << 16
"""What a link of paragraphs weighs at least in the order of a text, and any link for each half a place less that it
went; places beyond which all are as far. What it kept, in characters, decides between those that went as far."""
MUCH_SHORTER = 2 / 3  # characters of a text for each of the other one, for it to be cut down, or that one extended


def compare(old: Resolution, new: Resolution, *, pins: Sequence[Pin] = ()) -> Comparison:
    """The two resolutions side by side: every paragraph of both in exactly one change.

    ``pins`` are a person's last word on what belongs together; a pin that names a paragraph the texts do not hold is
    left out and told in a notice.
    """
    known, notices = _known(old, new, pins)
    language = Language.shared(old.language, new.language)
    changes = mark_moved(_changes(old, new, align(old, new, known), language), language)
    changes = check_cross_references(changes, old, new, language)
    changes = _with_changed_points(_beside_gaps(changes, old, new))
    notes = compare_notes(changes, old, new, language)
    notices = (*notices, *_notices(old, new, changes), *_uncompared(notes, old, new))
    return Comparison(old, new, changes, title=_title(old, new, language), notes=notes, notices=notices)


def _title(old: Resolution, new: Resolution, language: Language) -> tuple[Edit, ...]:
    if not old.title or not new.title:
        return ()
    return edits(old.title, new.title, language, scanned=old.scanned or new.scanned)


def _known(old: Resolution, new: Resolution, pins: Sequence[Pin]) -> tuple[tuple[Pin, ...], tuple[Notice, ...]]:
    """The pins whose paragraphs are all there, and a notice for each paragraph that is not."""
    held = [({p.id for p in side.body}, side.symbol) for side in (old, new)]
    good, notices = [], []
    for pin in pins:
        lost = [
            Notice("pin-unknown", (id_, symbol))
            for ids, (body, symbol) in zip((pin.old, pin.new), held, strict=True)
            for id_ in ids
            if id_ not in body
        ]
        notices += lost
        if not lost:
            good.append(pin)
    return tuple(good), tuple(notices)


def _notices(old: Resolution, new: Resolution, changes: tuple[Change, ...]) -> tuple[Notice, ...]:
    """What is strange about the two texts together."""
    found = []
    if [p.text for p in old.body] == [p.text for p in new.body]:
        found.append(Notice("same-text"))
    found += doubts(old, new)
    is_one_subject = bool(old.title) and fold(old.title) == fold(new.title)
    little = _in_common(old, new, changes) < LEAST_IN_COMMON and old.language == new.language
    if little and not is_one_subject:
        found.append(Notice("little-in-common", (str(round(100 * LEAST_IN_COMMON)),)))
    elif min(len(old.body), len(new.body)) >= ENOUGH:
        found += written_anew(old, new, changes)
    return tuple(found)


def written_anew(old: Resolution, new: Resolution, changes: tuple[Change, ...]) -> Iterator[Notice]:
    """That many paragraphs have no counterpart: mostly those of one text, which was cut down or extended then where the
    other is much longer, or of both: paragraphs are counted as in the line of figures, neither points nor headings, nor
    those renewed by their numbers, nor the ones that renew them. Of a text with gaps nobody knows."""
    if any(change.in_gap for change in changes):
        return
    olds, news = ({p.id for p in text.body if p.is_whole} for text in (old, new))
    lost = (change for change in changes if not (change.link.new or change.renewed_in))
    gone = len(olds.intersection(id_ for change in lost for id_ in change.link.old))
    news_alone = {id_ for change in changes if not change.link.old for id_ in change.link.new}
    come = len(news.intersection(news_alone).difference(*(change.renewed_in for change in changes)))
    before, after = len(olds), len(news)
    if not (before and after):
        return
    if (share := (gone + come) / (before + after)) < ANEW:
        return
    was, now = (sum(len(paragraph.text) for paragraph in text.body) for text in (old, new))
    if come < FEW * after:
        yield Notice("cut-down" if now < MUCH_SHORTER * was else "old-alone", (str(gone), str(before)))
    elif gone < FEW * before:
        yield Notice("extended" if was < MUCH_SHORTER * now else "new-alone", (str(come), str(after)))
    else:
        yield Notice("written-anew", (str(round(100 * share)),))


def doubts(old: Resolution, new: Resolution) -> tuple[Notice, ...]:
    """What speaks against two texts being successive editions, from what they say of themselves: another language, an
    order that is the other way round.
    """
    found = []
    if old.language and new.language and old.language != new.language:
        found.append(Notice("two-languages", (old.symbol, old.language, new.symbol, new.language)))
    if old.adopted and new.adopted and old.adopted > new.adopted:
        found.append(Notice("reversed", (old.symbol, old.adopted, new.symbol, new.adopted)))
    elif not (old.adopted and new.adopted) and _is_later(old.symbol, new.symbol):
        found.append(Notice("reversed-symbols", (old.symbol, new.symbol)))
    return tuple(found)


def _is_later(symbol: str, other: str) -> bool:
    """Whether a symbol comes after another one of the same form: S/RES/1857 (2008) after S/RES/1807 (2008)."""
    forms = {re.sub(r"\d+", "0", symbols.normalise(each)) for each in (symbol, other)}
    return len(forms) == 1 and "" not in forms and symbols.order(symbol) > symbols.order(other)


def _in_common(old: Resolution, new: Resolution, changes: tuple[Change, ...]) -> float:
    """The share of the longer text that stands in the other one, in paragraphs that belong together; 1 for short
    texts."""
    longer = max(sum(len(paragraph.text) for paragraph in text.body) for text in (old, new))
    if longer < LONG_ENOUGH or not (old.body and new.body):
        return 1.0
    return kept_characters(changes) / longer


def kept_characters(changes: Iterable[Change]) -> int:
    """How many characters stand in both texts, in paragraphs that belong together."""
    linked = (change for change in changes if change.link.old and change.link.new)
    return sum(_kept(change.edits) for change in linked)


# ---- from links to changes ------------------------------------------------------------------------------------------


def _changes(old: Resolution, new: Resolution, links: Iterable[Link], language: Language) -> tuple[Change, ...]:
    """One change a link, in the order of the new text; what was removed follows the partner of what stood before it in
    its part of the text."""
    old_paragraphs, new_paragraphs = ({p.id: p for p in side.body} for side in (old, new))

    def marked(olds: Ids, news: Ids) -> tuple[Edit, ...]:
        sides = tuple([old_paragraphs[i] for i in olds]), tuple([new_paragraphs[i] for i in news])
        return _edits(*sides, language, scanned=old.scanned or new.scanned)

    words = {link: marked(link.old, link.new) for link in links}
    moved = _moved(words, old_paragraphs, new_paragraphs, language)
    found = []
    for link, in_order in words.items():
        turned, edits_ = _as_the_words_go(link, in_order, marked)
        weight = heaviest(edits_)
        renumbered = _renumbered([old_paragraphs[i] for i in link.old], [new_paragraphs[i] for i in link.new])
        found.append(Change(link, _kind(link, weight), link in moved, renumbered, weight, edits_, turned=turned))
    return _in_reading_order(found, old_paragraphs, new_paragraphs)


def _as_the_words_go(
    link: Link, in_order: tuple[Edit, ...], marked: Callable[[Ids, Ids], tuple[Edit, ...]]
) -> tuple[Ids, tuple[Edit, ...]]:
    """The few paragraphs of a split or of a merger in the order in which the one on the other side has their words, and
    the edits so; none, and those of the order of the texts, where that keeps as much.

    Else what the second says first is struck and told as new. Of 488 splits and mergers between neighbouring editions
    124 keep more so, 110 characters in the middle.
    """
    best: tuple[Ids, tuple[Edit, ...]] = (), in_order
    many = max(link.old, link.new, key=len)
    if min(len(link.old), len(link.new)) != 1 or not 1 < len(many) <= MOST_ORDERED:
        return best
    most = _kept(in_order) + MORE_KEPT
    for ids in islice(permutations(many), 1, None):
        edits_ = marked(ids, link.new) if many is link.old else marked(link.old, ids)
        if (kept := _kept(edits_)) > most:
            best, most = (ids, edits_), kept
    return best


def _kept(edits_: Iterable[Edit]) -> int:
    """How many characters stand in both texts."""
    return sum([len(edit.text) for edit in edits_ if edit.op is Op.EQUAL])


def _kind(link: Link, weight: Weight) -> Kind:
    if not link.old:
        return Kind.ADDED
    if not link.new:
        return Kind.REMOVED
    if len(link.old) > 1:
        return Kind.MERGED
    if len(link.new) > 1:
        return Kind.SPLIT
    return Kind.UNCHANGED if weight <= Weight.TYPOGRAPHIC else Kind.MODIFIED


def _edits(old: Paragraphs, new: Paragraphs, language: Language, *, scanned: bool) -> tuple[Edit, ...]:
    old_text, new_text = ("\n".join(p.text for p in side) for side in (old, new))
    if not old:
        return (Edit(Op.INSERT, new_text, Weight.SUBSTANTIVE),)
    if not new:
        return (Edit(Op.DELETE, old_text, Weight.SUBSTANTIVE),)
    if old_text == new_text:
        return (Edit(Op.EQUAL, old_text),) if old_text else ()
    return edits(old_text, new_text, language, scanned=scanned)


def _renumbered(old: Iterable[Paragraph], new: Iterable[Paragraph]) -> bool:
    """Whether the printed numbers differ; paragraphs joined or cut keep their number when one of them has it still. Of
    recitals a draft prints them in labels."""
    old_numbers, new_numbers = ({number for p in side if (number := p.number or _recital(p))} for side in (old, new))
    return bool(old_numbers and new_numbers) and not old_numbers & new_numbers


def _recital(paragraph: Paragraph) -> str:
    return paragraph.id if paragraph.part is Part.PREAMBLE and paragraph.label[:2] == "PP" else ""


def _moved(
    words: dict[Link, tuple[Edit, ...]], old: dict[str, Paragraph], new: dict[str, Paragraph], language: Language
) -> set[Link]:
    """The links that are off the heaviest chain with all their pairs, and those that changed part or parent.

    As many as can be stay. Of two that cross, the one that went farther has moved, beyond what all of its part went
    because others came or went, and in a draft the one that does not keep its label; of two that went as far the one
    that was rewritten more. One that changed part or parent has moved in any case, and says nothing of the order of
    those that stayed; nor does a point that became a paragraph, or the other way round, which has moved where it
    crosses one that stayed. A heading has moved only where it crosses another one: it stands where its paragraphs do.
    """
    places = [{id_: place for place, id_ in enumerate(side)} for side in (old, new)]
    pairs = {(o, n): link for link in words for o in link.old for n in link.new}
    elsewhere = _elsewhere(pairs.keys(), old, new)
    standing = {(places[0][o], places[1][n]): (o, n) for o, n in pairs if (o, n) not in elsewhere}
    stayed = {place: (o, n) for place, (o, n) in standing.items() if _is_point(o) is _is_point(n)}
    shifts = _shifts({place: new[n].part for place, (_, n) in stayed.items()})

    is_labelled = any(paragraph.label for side in (old, new) for paragraph in side.values())

    def weigh(here: int, there: int) -> tuple[int, str]:
        o, n = stayed[here, there]
        link = pairs[o, n]
        is_group = len(link.old) + len(link.new) > 2
        own = _edits((old[o],), (new[n],), language, scanned=False) if is_group else words[link]
        went = round(2 * abs(there - here - shifts[new[n].part]))  # a median may be half a place
        least = 0 if is_heading(o) else STAYS
        if o == n and is_labelled:  # what moved has another: "PP1 bis"
            went = 0
        weight = least + NEARER * max(0, FARTHEST - went) + _kept(own)
        return weight, "\n".join(sorted((old[o].text, new[n].text)))

    off = _off_the_chain({place: pairs[pair] for place, pair in stayed.items()}, weigh)
    kept_in_order = stayed.keys() - off
    headings = {place for place, (o, _) in stayed.items() if is_heading(o)}
    off -= {h for h in headings & off if not any(_cross(h, other) for other in headings & kept_in_order)}
    off |= {place for place in standing.keys() - stayed.keys() if any(_cross(place, each) for each in kept_in_order)}
    in_order = {link for (o, n), link in pairs.items() if (places[0][o], places[1][n]) not in off}
    return {link for link in words if link.old and link.new and link not in in_order} | {
        link for link in in_order if elsewhere.issuperset(product(link.old, link.new))
    }


def _elsewhere(
    pairs: Set[tuple[str, str]], old: Mapping[str, Paragraph], new: Mapping[str, Paragraph]
) -> set[tuple[str, str]]:
    """Those of the linked paragraphs, by their ids, that changed part, or parent where both parents are linked, but not
    to each other."""
    olds, news = ({pair[side] for pair in pairs} for side in (0, 1))
    found = set()
    for o, n in pairs:
        above = _parent(o), _parent(n)
        is_adopted = above[0] in olds and above[1] in news and above not in pairs
        if is_adopted or old[o].part != new[n].part:
            found.add((o, n))
    return found


def _off_the_chain(links: Mapping[Place, Link], weigh: Callable[[int, int], tuple[int, str]]) -> set[Place]:
    """The places of links that are off the heaviest chain; one that crosses nothing on it but halves, of which another
    half stays, is on it, and these are off."""
    off = out_of_order(links, weigh)
    chain = sorted(links.keys() - off)
    halves = Counter(links[place] for place in chain)
    for place in sorted(off, key=lambda place: weigh(*place), reverse=True):
        crossed = _crossed(chain, place)
        lost = Counter(links[other] for other in crossed)
        if all(halves[link] > count for link, count in lost.items()):
            off = off.difference((place,)).union(crossed)
            halves.subtract(lost)
            halves[links[place]] += 1
            chain = sorted({*chain, place}.difference(crossed))
    return off


def _crossed(chain: Sequence[Place], place: Place) -> list[Place]:
    """The places of a chain that a link crosses: those right before it that stand behind it in the new text, or right
    behind it that stand before it there. A chain is in the order of both texts, so each are found by halving."""
    old, new = place
    before, behind = bisect_left(chain, (old, 0)), bisect_left(chain, (old + 1, 0))
    first = bisect_right(chain, new, hi=before, key=itemgetter(1))
    last = bisect_left(chain, new, lo=behind, key=itemgetter(1))
    return [*chain[first:before], *chain[behind:last]]


def _shifts(parts: Mapping[Place, Part]) -> dict[Part, float]:
    """By how many places most links of a part went, because others came or went before them: the median."""
    went: dict[Part, list[int]] = {}
    for (here, there), part in parts.items():
        went.setdefault(part, []).append(there - here)
    middles = {part: (sorted(each), len(each)) for part, each in went.items()}
    return {part: (each[(count - 1) // 2] + each[count // 2]) / 2 for part, (each, count) in middles.items()}


def _cross(one: Place, other: Place) -> bool:
    return (one[0] - other[0]) * (one[1] - other[1]) < 0


def _is_point(id_: str) -> bool:
    return "." in id_ and not id_.endswith(".tail")


def _parent(id_: str) -> str:
    """The paragraph that a point is of; empty for a paragraph."""
    return id_.rpartition(".")[0]


def _in_reading_order(
    found: list[Change], old: Mapping[str, Paragraph], new: Mapping[str, Paragraph]
) -> tuple[Change, ...]:
    """The changes in the order of the new text, what went behind what stood before it; no paragraph that went stands
    between the points of one that stands."""
    places = {id_: place for place, id_ in enumerate(new)}
    ends = _ends_of_lists([*new.values()])
    by_old = {id_: change for change in found for id_ in change.link.old}
    keys: dict[Link, tuple[int, int]] = {c.link: (min(places[i] for i in c.link.new), 0) for c in found if c.link.new}
    here, is_whole = -1, False
    reached: dict[Part, int] = {}  # a recital may stand among the commands: each part goes on where it was left
    for rank, (id_, paragraph) in enumerate(old.items(), start=1):
        change, part = by_old[id_], paragraph.part
        is_whole = is_whole if _goes_on(paragraph) else not change.link.new
        if part not in reached:
            reached[part] = next((place - 1 for id_, place in places.items() if new[id_].part is part), here)
        here = reached[part]
        if not change.link.new:
            # what went stands behind the commands before it, a recital too
            here = max(here, reached.get(Part.OPERATIVE, here))
            keys[change.link] = (ends.get(here, here) if is_whole else here, rank)
        elif all(new[i].part is part for i in change.link.new):  # what passed to the other part takes nothing with it
            here = reached[part] = keys[change.link][0]
    return tuple(sorted(found, key=lambda c: keys[c.link]))


def _goes_on(paragraph: Paragraph) -> bool:
    """Whether it is a point of the paragraph before it, or the text behind its points."""
    return paragraph.depth > 0 or ".tail" in paragraph.id


def _ends_of_lists(paragraphs: Sequence[Paragraph]) -> dict[int, int]:
    """For the place of each paragraph and of each of its points that of its last point, or its own."""
    ends: dict[int, int] = {}
    for place in range(len(paragraphs) - 1, -1, -1):
        is_last = place + 1 == len(paragraphs) or not _goes_on(paragraphs[place + 1])
        ends[place] = place if is_last else ends[place + 1]
    return ends


# ---- points ---------------------------------------------------------------------------------------------------------


def _with_changed_points(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes, with those marked of paragraphs whose words stayed and of which a point, however deep, came, went,
    changed, or went to another list, each on its own side: of paragraph 9 of the old text a point of the new paragraph
    9 says nothing; nor does one that may stand in a gap."""
    linked = {(old, new) for change in changes for old in change.link.old for new in change.link.new}
    touched: set[tuple[Side, str]] = set()
    for change in changes:
        above = {(_parent(old), _parent(new)) for old in change.link.old for new in change.link.new} - {("", "")}
        if not change.in_gap and (change.kind is not Kind.UNCHANGED or not above <= linked):
            touched |= {(side, each) for side, id_ in change.link.sided for each in _openings(id_)}
    return tuple(
        replace(change, in_points=True)
        if change.kind is Kind.UNCHANGED and not touched.isdisjoint(change.link.sided)
        else change
        for change in changes
    )


def _openings(id_: str) -> Iterator[str]:
    """The paragraph that a point is of, and those that that is of."""
    while id_ := _parent(id_):
        yield id_


# ---- gaps -----------------------------------------------------------------------------------------------------------


def _beside_gaps(changes: tuple[Change, ...], old: Resolution, new: Resolution) -> tuple[Change, ...]:
    """The changes, with those marked of which nobody knows whether they are any: an operative paragraph without a
    partner, between two whose partners stand before and behind a gap in the copy of the other text."""
    gone = _missed(old, new, {i: c.link.new[0] for c in changes if c.link.new and not c.moved for i in c.link.old})
    come = _missed(new, old, {i: c.link.old[0] for c in changes if c.link.old and not c.moved for i in c.link.new})
    return tuple(
        replace(c, in_gap=True)
        if (not c.link.new and gone.issuperset(c.link.old)) or (not c.link.old and come.issuperset(c.link.new))
        else c
        for c in changes
    )


def _behind(gap: Notice, text: Resolution, places: Mapping[str, int]) -> Iterator[int]:
    """The place of the paragraph behind a gap: that of the next number, which two columns may have put before what
    stands beside it, or else what stands there in the source."""
    following = f"op{int(gap.values[-1]) + 1}" if gap.values and gap.values[-1].isdecimal() else ""
    if following in places:
        yield places[following]
    elif gap.span:
        yield bisect_left([paragraph.span.start for paragraph in text.body], gap.span.start)


def _missed(here: Resolution, there: Resolution, partners: dict[str, str]) -> set[str]:
    """The operative paragraphs of one text, by their ids, that may stand in a gap of the other, and the preambular ones
    before them where it is the first one that is lost: ``partners`` are those of the paragraphs that kept their order.
    What both texts lack was lost, or given up, before.
    Where many more stand between the same two than the gap has lost nobody can say that of any of them. Of a text that
    breaks off nobody knows how much is lost: at least what closes the other one may be.
    """
    places = {paragraph.id: place for place, paragraph in enumerate(there.body)}
    both = {notice.values for notice in here.notices if notice.code in GAPS}
    notices = [notice for notice in there.notices if notice.code in GAPS and notice.values not in both]
    gaps = [(place, notice.lost) for notice in notices for place in _behind(notice, there, places)]
    parts = {Part.OPERATIVE, *(Part.PREAMBLE for notice in notices if notice.values[:1] == ("1",))}
    before, lone, found = -1, list[Paragraph](), set[str]()

    def numbered() -> list[int]:
        return [place for place, p in enumerate(lone) if p.is_whole and p.part is Part.OPERATIVE]

    def hidden(after: float) -> set[str]:
        lost = sum(size for gap, size in gaps if before < gap <= after)
        return {paragraph.id for paragraph in lone} if lost and len(numbered()) <= MOST_HIDDEN * lost else set()

    for paragraph in here.body if gaps or there.is_unfinished else ():
        if paragraph.id not in partners:
            lone += [paragraph] if paragraph.part in parts else []
            continue
        after = places[partners[paragraph.id]]
        found |= hidden(after)
        before, lone = after, []
    found |= hidden(math.inf)
    closing = numbered()[-MOST_HIDDEN:] if there.is_unfinished else []
    return found.union(p.id for p in lone[closing[0] :]) if closing else found


# ---- footnotes ------------------------------------------------------------------------------------------------------


def compare_notes(
    changes: tuple[Change, ...], old: Resolution, new: Resolution, language: Language
) -> tuple[NoteChange, ...]:
    """What became of each footnote of both texts, in the order of the new one; what went follows what stood before it.

    Where either copy has lost notes or calls, a note without a partner is not compared: a scan that misses one takes
    none away, and where some are lost the numbers of the others are not to be trusted. Nor is one that nothing calls:
    it may belong to another text of the page.
    """
    olds, news = _notes(old), _notes(new)
    bodies = ({p.id: p for p in old.body}, {p.id: p for p in new.body})
    pairs = pair_notes(changes, bodies, (olds, news)) if olds and news else {}
    origins = {after: before for before, after in pairs.items()}
    keep = keeps_notes(old), keeps_notes(new)
    scanned = old.scanned or new.scanned
    found: list[tuple[tuple[int, int], NoteChange]] = []
    for place, note in enumerate(news):
        before = olds[origins[place]] if place in origins else None
        found.append(((place, -1), _note_change(before, note, language, keep, scanned=scanned)))
    here = -1
    for place, note in enumerate(olds):
        here = pairs.get(place, here)
        if place not in pairs:
            found.append(((here, place), _note_change(note, None, language, keep, scanned=scanned)))
    return tuple(change for _, change in sorted(found, key=lambda each: each[0]))


def _notes(text: Resolution) -> list[NoteText]:
    """The notes of a text in the order of their first calls, each once; none of another text of the page."""
    calls: dict[str, list[tuple[str, int]]] = {}
    beside = footnotes_beside(text.footnotes)
    for id_, note in zip(text.note_ids, text.footnotes, strict=True):
        if note in beside:
            continue
        calls.setdefault(id_, []).extend([(note.paragraph, note.offset)] if note.paragraph else [])
    first = dict(zip(reversed(text.note_ids), reversed(text.footnotes), strict=True))
    return [NoteText(id_, first[id_].label, first[id_].text, tuple(places)) for id_, places in calls.items()]


def _note_change(
    old: NoteText | None, new: NoteText | None, language: Language, keep: tuple[bool, bool], *, scanned: bool
) -> NoteChange:
    """What became of a note; ``keep`` tells of each text whether its copy has all its notes. One that a scan spoiled
    may be the same, or the next one on the page."""
    was, now = (note.text if note else "" for note in (old, new))
    kind, weight = NoteKind.UNCOMPARED, Weight.NONE
    damaged = was != now and any(re.search(RE_DAMAGED_NOTE, text) for text in (was, now))
    if was and now and not damaged:
        words = edits(was, now, language, scanned=scanned) if was != now else (Edit(Op.EQUAL, was),)
        weight = heaviest(words)
        kind = NoteKind.UNCHANGED if weight <= Weight.TYPOGRAPHIC else NoteKind.MODIFIED
    else:
        if new and not old and now and new.calls and all(keep):
            kind, weight = NoteKind.ADDED, Weight.SUBSTANTIVE
        elif old and not new and was and old.calls and all(keep):
            kind, weight = NoteKind.REMOVED, Weight.SUBSTANTIVE
        words = tuple(edit for edit in (Edit(Op.DELETE, was, weight), Edit(Op.INSERT, now, weight)) if edit.text)
    return NoteChange(
        old.id if old else "",
        new.id if new else "",
        kind,
        weight,
        words,
        old.number if old else "",
        new.number if new else "",
        _called_by(old),
        _called_by(new),
    )


def _called_by(note: NoteText | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paragraph for paragraph, _ in note.calls)) if note else ()


def keeps_notes(text: Resolution) -> bool:
    """Whether the copy of a text has all its notes and calls, as far as can be known.

    A scan and a working translation without any have lost theirs; in a scan the numbers of the notes must follow one
    another too.
    """
    is_scan = text.scanned or text.provenance.kind is TextKind.SCAN
    if not text.footnotes:
        return not is_scan and text.provenance.kind is not TextKind.TRANSLATION
    if not all(note.text and note.paragraph for note in text.footnotes):
        return False
    numbers = list(dict.fromkeys(note.label for note in text.footnotes))
    if not is_scan:
        return True
    return all(number.isdecimal() for number in numbers) and all(
        int(following) == int(number) + 1 for number, following in pairwise(numbers)
    )


def _uncompared(notes: tuple[NoteChange, ...], old: Resolution, new: Resolution) -> tuple[Notice, ...]:
    """That notes are not compared, and how many; of one that neither copy has the text of it is told that it lacks."""
    number = sum(note.kind is NoteKind.UNCOMPARED and bool(note.edits) for note in notes)
    lacking = "" if old.footnotes and new.footnotes else "-new" if old.footnotes else "-old"
    return (Notice(f"notes{lacking}", (str(number),)),) if number else ()


# ---- references from paragraph to paragraph -------------------------------------------------------------------------


# A paragraph is said to have gone elsewhere only where its link is beyond doubt.
CERTAIN = 0.5

Concordance = dict[str, tuple[str, ...]]  # old number and new ones; none for a paragraph that went away


class _Reference(Struct, frozen=True):
    """A reference in the texts of a change, joined: where its numbers stand, the numbers, all its words."""

    start: int
    end: int
    numbers: tuple[str, ...]
    words: str


Pair = tuple[_Reference, _Reference]


def check_cross_references(
    changes: tuple[Change, ...], old: Resolution, new: Resolution, language: Language
) -> tuple[Change, ...]:
    """The changes, with the references that follow the renumbering lowered and those that do not flagged."""
    olds, news = ({p.id: p for p in side.body} for side in (old, new))
    numbers = _concordance(changes, olds, news)
    written = language.routine.cross_reference
    return tuple(_checked(change, numbers, written) for change in changes)


def _concordance(changes: tuple[Change, ...], olds: dict[str, Paragraph], news: dict[str, Paragraph]) -> Concordance:
    """What became of the numbers of the operative part; what is doubtful is left out."""
    found: Concordance = {}
    for change in changes:
        if change.link.new and change.link.score < CERTAIN:
            continue
        became = tuple(number for id_ in change.link.new if (number := _number(news[id_])))
        found.update({number: became for id_ in change.link.old if (number := _number(olds[id_]))})
    return found


def _number(paragraph: Paragraph) -> str:
    return paragraph.number if paragraph.part is Part.OPERATIVE and paragraph.depth == 0 else ""


def _checked(change: Change, numbers: Concordance, written: CrossReference) -> Change:
    if not change.link.old or not change.link.new:
        return change
    old_text, new_text = (side_text(change.edits, side) for side in Side)
    old_references, new_references = tuple(_references(old_text, written)), tuple(_references(new_text, written))
    if not old_references or [len(r.numbers) for r in old_references] != [len(r.numbers) for r in new_references]:
        return change  # nothing to follow, or which one became which is not certain
    pairs = list(zip(old_references, new_references, strict=True))
    flags = [flag for pair in pairs for flag in _stale(pair, change, numbers)]
    good = [pair for pair in pairs if _follows(pair, numbers, written)]
    edits = _lowered(change.edits, [a for a, _ in good], [b for _, b in good])
    flags += [flag for pair in good for flag in _moved_along(pair, change)]
    return replace(change, edits=edits, weight=heaviest(edits), flags=(*change.flags, *dict.fromkeys(flags)))


def _references(text: str, written: CrossReference) -> Iterator[_Reference]:
    if written.word not in text.lower():  # many times as fast as the pattern
        return
    for found in pattern(written.pattern).finditer(text):
        yield _Reference(*found.span("numbers"), tuple(re.findall(r"\d+", found["numbers"])), found[0])


def _follows(pair: Pair, numbers: Concordance, written: CrossReference) -> bool:
    """Whether the numbers changed, each to one that its paragraph has now."""
    was, now = pair
    if was.numbers == now.numbers or pattern(written.single).match(now.words):
        return False
    return all(new in numbers.get(old, ()) for old, new in zip(was.numbers, now.numbers, strict=True))


def _moved_along(pair: Pair, change: Change) -> Iterator[Flag]:
    """A flag for each number that followed its paragraph."""
    for old, new in zip(pair[0].numbers, pair[1].numbers, strict=True):
        if old != new:
            yield Flag(FlagCode.REFERENCE_FOLLOWS, (old, new), *_evidence(pair, change))


def _stale(pair: Pair, change: Change, numbers: Concordance) -> Iterator[Flag]:
    """A flag for each number that stayed though the paragraph it names has another one, or went away."""
    for old, new in zip(pair[0].numbers, pair[1].numbers, strict=True):
        became = numbers.get(old)
        if old == new and became is not None and old not in became:
            code = FlagCode.REFERENCE_STALE if became else FlagCode.REFERENCE_LOST
            yield Flag(code, (new, ", ".join(became)), *_evidence(pair, change))


def _evidence(pair: Pair, change: Change) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    was, now = pair
    return (Evidence(change.link.old[0], was.words),), (Evidence(change.link.new[0], now.words),)


def _lowered(edits: tuple[Edit, ...], old: list[_Reference], new: list[_Reference]) -> tuple[Edit, ...]:
    """The edits, routine where they stand within the numbers of these references."""
    found, old_at, new_at = [], 0, 0
    for edit in edits:
        at, references = (old_at, old) if edit.op is Op.DELETE else (new_at, new)
        start, end = at + len(edit.text) - len(edit.text.lstrip()), at + len(edit.text.rstrip())
        if edit.op is not Op.EQUAL and any(r.start <= start and end <= r.end for r in references):
            edit = replace(edit, weight=min(edit.weight, Weight.ROUTINE))
        found.append(edit)
        old_at += len(edit.text) * (edit.op is not Op.INSERT)
        new_at += len(edit.text) * (edit.op is not Op.DELETE)
    return tuple(found)
