"""What every judge is given: two texts as compared and as recognized, each change laid out once, each text as a whole.

An edit site is a run of edits with no kept word between them: what is deleted there and what is inserted there stand in
the same place. Edits that are only typographic are no evidence of anything and make no site; words that moved to or
from another paragraph are neither gone nor new.

What came or went is only told past a counter-test: its words stand nowhere in the other text, neither as they are nor
all of them, in any form and order, in one paragraph, note or title of it. A false "new" costs more than a missing one.
``WholeText`` holds all the words of a text, ``Said`` finds the paragraph that says most of a clause.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, reduce
from itertools import accumulate, chain, pairwise
from math import fsum, log2
from operator import and_, or_

from msgspec import Struct

from resdiff.language import Language, find_any, may_hold, pattern
from resdiff.language.dates import number
from resdiff.language.fold import REMEMBERED, Apart, Memo, fold, fold_same_length, folded_line
from resdiff.marking.weight import SHORT_STEM, sense, stem_halvings
from resdiff.model import (
    Change,
    Comparison,
    Edit,
    Flag,
    Kind,
    Link,
    Nearest,
    NoteChange,
    Op,
    Paragraph,
    Part,
    Reason,
    Resolution,
    Side,
    Span,
    Weight,
    side_text,
)
from resdiff.recognition import Survey
from resdiff.recognition.citations import number_of_symbol
from resdiff.recognition.survey import Act, Effect, Family, Reference, Role

__all__ = [
    "ALIKE",
    "NOWHERE",
    "STEM",
    "Case",
    "ChangeLayout",
    "Couple",
    "EditSite",
    "Flagged",
    "ParagraphIndex",
    "Place",
    "Places",
    "Said",
    "WholeText",
    "acts_by_paragraph",
    "bears_on_paper",
    "changes_the_nature",
    "content_stems",
    "gives_a_mandate",
    "is_alike",
    "is_referred_to",
    "is_sure",
    "is_upheld",
    "lay_out",
    "lay_out_note",
    "meanings",
    "referred_to",
    "shared_letters",
    "short_stems",
    "shorter",
    "stands_as_a_whole",
    "takes_the_place",
    "told_by",
    "whole_text",
]


ALIKE, SURE, SURE_OF_MORE = 0.3, 0.25, 0.5
"""Share of the words that say something, and probability, from which two paragraphs of a doubtful link are told as one;
the probability for two of different parts, for a split or a merger.

Readers found but a theme in common in 25 of 118 links below .9 that have less of the first or the second, in 8 of the
152 others (``tests/gold/pairs.csv``), in none of 17 of which the shorter one has six in ten of its words in the other.
Of 35 links between the two parts, in 87 pairs, 24 were right, 8 of one matter, 3 wrong.
"""
ALIKE_STANDING = 0.22
"""… and the share from which two standing clauses are: of those linked over three editions 59 of 68 with a fifth of
their words in common agree with the way over the middle, three of the seven others."""


def is_sure(link: Link) -> bool:
    """Whether the paragraphs of a link surely belong together."""
    paragraphs = (*link.old, *link.new)
    is_plain = len(paragraphs) == 2 and len({paragraph[:2] for paragraph in paragraphs}) == 1
    if link.rivalled:
        return False
    return link.score >= SURE and is_alike(link) if is_plain else link.score >= SURE_OF_MORE


def is_alike(link: Link) -> bool:
    """Whether the paragraphs of a link have enough of their words in common to be told as one."""
    return link.alike >= (ALIKE_STANDING if link.reason.tier == "standing" else ALIKE)


# ---- a change laid out ----------------------------------------------------------------------------------------------


class EditSite(Struct, frozen=True):
    """One place of a change: the characters deleted there, the characters inserted there, and the edits' indices."""

    old: Span
    new: Span
    edits: tuple[int, ...]

    def on(self, side: Side) -> Span:
        """The characters of the site on that side."""
        return self.old if side is Side.OLD else self.new


class Place(Struct, frozen=True):
    """A paragraph of a change and where its text starts in the joined text of its side."""

    paragraph: Paragraph
    start: int


class ChangeLayout(Struct, frozen=True, dict=True):
    """A change laid out: its paragraphs on each side with their offsets, its edit sites."""

    change: Change
    old: tuple[Place, ...]
    new: tuple[Place, ...]
    sites: tuple[EditSite, ...]

    @cached_property
    def is_sure(self) -> bool:
        """Whether its paragraphs surely belong together: of others no word, time or addressee gave way to another."""
        return is_sure(self.change.link)

    @property
    def leaves_a_choice(self) -> bool:
        """Whether a draft offers wordings to choose from on one side: "by [2030] [2035]", of which none is the time."""
        return any(self.choices.values())

    @cached_property
    def choices(self) -> dict[Side, set[tuple[int, int]]]:
        """Where on each side the wordings begin and end of which one is to be chosen."""
        texts = {side: text for side in Side if "[" in (text := self.text(side))}
        if not texts:
            return {}
        from resdiff.language.unsettled import choices  # few texts need it

        return {side: choices(text) for side, text in texts.items()}

    def is_open(self, side: Side, span: Span) -> bool:
        """Whether words of that side stand in a choice, or what they say is one of a choice on the other side."""
        here = {side: (span.start, span.end), side.other: self.opposite(side, span.start, span.end)}
        return any(
            start < last and first < stop
            for own, (start, stop) in here.items()
            for first, last in self.choices.get(own, ())
        )

    def opposite(self, side: Side, first: int, last: int) -> tuple[int, int]:
        """Where on the other side stands what lies in a stretch of that side, from the first word that was kept to the
        last one, with what took the place of words before and behind these; an empty stretch where none was kept."""
        at, there, ends = 0, 0, list[int]()
        gap = 0  # where what came in the place of the words before begins
        behind = False  # whether words of the stretch stand behind the last one that was kept
        for edit in self.change.edits:
            size = len(edit.text)
            here, beyond = at, there
            at += 0 if edit.op is side.other.op else size
            there += 0 if edit.op is side.op else size
            if edit.op is Op.EQUAL:
                behind = False
                if here < last and at > first:
                    start = gap if not ends and first < here else beyond + max(first - here, 0)
                    ends += [start, beyond + min(last - here, size)]
                    behind = at < last
                gap = there
            elif behind and edit.op is side.other.op and here <= last:
                ends[-1] = there
        return (ends[0], ends[-1]) if ends else (0, 0)

    def places(self, side: Side) -> tuple[Place, ...]:
        """The paragraphs of that side."""
        return self.old if side is Side.OLD else self.new

    def text(self, side: Side) -> str:
        """The joined text of that side."""
        return "\n".join(place.paragraph.text for place in self.places(side))

    def paragraph_at(self, side: Side, offset: int) -> str:
        """The id of the paragraph that holds that character of the joined text."""
        return [place.paragraph.id for place in self.places(side) if place.start <= offset][-1]

    def span(self, side: Side, paragraph: str, start: int, end: int) -> Span:
        """Characters of a paragraph of that side as characters of the joined text."""
        offset = next(place.start for place in self.places(side) if place.paragraph.id == paragraph)
        return Span(offset + start, offset + end)

    def touched(self, side: Side, span: Span) -> tuple[EditSite, ...]:
        """The sites whose words on that side overlap the span of the joined text."""
        first = bisect_right(self.sites, span.start, key=lambda site: site.on(side).end)
        last = bisect_left(self.sites, span.end, lo=first, key=lambda site: site.on(side).start)
        return self.sites[first:last]

    def is_touched(self, side: Side, paragraph: str, start: int, end: int) -> bool:
        """Whether these characters of a paragraph overlap words that came or went."""
        return bool(self.sites) and bool(self.touched(side, self.span(side, paragraph, start, end)))


def lay_out(comparison: Comparison) -> tuple[ChangeLayout, ...]:
    """Every change of the comparison laid out, in the order of the changes."""
    old, new = ({p.id: p for p in side.body} for side in (comparison.old, comparison.new))
    return tuple(
        ChangeLayout(change, _places(change.olds, old), _places(change.news, new), _sites(change.edits))
        for change in comparison.changes
    )


def lay_out_note(note: NoteChange) -> ChangeLayout:
    """A footnote that stands in both texts, laid out as a change of one paragraph."""
    link = Link((note.old,), (note.new,), 1.0, Reason("exact"))
    change = Change(link, Kind.MODIFIED, moved=False, renumbered=False, weight=note.weight, edits=note.edits)
    old, new = (
        Paragraph(id_, Part.OPERATIVE, "", 0, "", text, Span(0, len(text)))
        for id_, text in (
            (note.old, side_text(note.edits, Side.OLD)),
            (note.new, side_text(note.edits, Side.NEW)),
        )
    )
    return ChangeLayout(change, (Place(old, 0),), (Place(new, 0),), _sites(note.edits))


def _places(ids: tuple[str, ...], found: dict[str, Paragraph]) -> tuple[Place, ...]:
    result: list[Place] = []
    at = 0
    for name in ids:
        result.append(Place(found[name], at))
        at += len(found[name].text) + 1  # "\n" stands between the paragraphs of a change
    return tuple(result)


def _sites(edits: tuple[Edit, ...]) -> tuple[EditSite, ...]:
    """The runs of edits that hold a change of words which did not merely move to another paragraph."""
    result: list[EditSite] = []
    run: list[int] = []
    old = new = old_start = new_start = 0

    def close() -> None:
        if any(edits[i].weight > Weight.TYPOGRAPHIC and not edits[i].passage for i in run):
            result.append(EditSite(Span(old_start, old), Span(new_start, new), tuple(run)))

    for index, edit in enumerate(edits):
        if edit.op is Op.EQUAL:
            close()
            old, new, run = old + len(edit.text), new + len(edit.text), []
            old_start, new_start = old, new
            continue
        run.append(index)
        old += len(edit.text) if edit.op is Op.DELETE else 0
        new += len(edit.text) if edit.op is Op.INSERT else 0
    close()
    return tuple(result)


# ---- the case -------------------------------------------------------------------------------------------------------


Couple = tuple[Act | None, Act | None]
"""An old and a new act that say the same; one without a partner stands beside None."""

SHARE_LINKED = 0.4
"""Share of the operative paragraphs of the old text that must have a partner in one that takes its place."""

Flagged = list[tuple[int, Flag]]
"""What a judge says of single changes: the place of the change in the comparison, and a flag."""


class Case(Struct, frozen=True, dict=True):
    """A comparison with the surveys of its two texts. ``layouts`` and ``couples`` stand in the order of the changes."""

    comparison: Comparison
    old: Survey
    new: Survey
    layouts: tuple[ChangeLayout, ...]
    couples: tuple[tuple[Couple, ...], ...] = ()

    def survey(self, side: Side) -> Survey:
        """The survey of that side."""
        return self.old if side is Side.OLD else self.new

    @cached_property
    def wholes(self) -> "dict[Side, WholeText]":
        """Each of its texts as a whole."""
        return {side: whole_text(self.comparison.text(side)) for side in Side}

    @cached_property
    def layout_of(self) -> dict[Side, dict[str, ChangeLayout]]:
        """The layout of the change of each paragraph, by its side and its id."""
        return {
            side: {place.paragraph.id: layout for layout in self.layouts for place in layout.places(side)}
            for side in Side
        }

    @cached_property
    def weighty(self) -> dict[Side, list[str]]:
        """The paragraphs of both texts that may hold a formula on which the nature of a text rests, folded."""
        row = self.language.provisions.weighty
        folded = {side: [fold_same_length(p.text) for p in self.comparison.text(side).paragraphs] for side in Side}
        return {side: [text for text in texts if may_hold(row, text)] for side, texts in folded.items()}

    @cached_property
    def language(self) -> Language:
        """The language in which both texts are known; that of texts in two languages knows nothing."""
        return Language.shared(self.old.language, self.new.language)

    @cached_property
    def old_number(self) -> str:
        """By which the new text names the old one: "1737", "72/194"; empty where its symbol tells none."""
        return number_of_symbol(self.comparison.old.symbol)

    @cached_property
    def old_ids(self) -> frozenset[str]:
        """The ids of the paragraphs and points of the old text."""
        return frozenset(paragraph.id for paragraph in self.comparison.old.body)

    @cached_property
    def references_to_old(self) -> tuple[tuple[Act, Reference], ...]:
        """The references of the operative part of the new text to the old one, each with its act."""
        number = self.old_number
        acts = (act for act in self.new.acts if number and act.paragraph.startswith("op"))
        return tuple((act, ref) for act in acts for ref in act.references if ref.number == number)

    @property
    def removed(self) -> list[Paragraph]:
        """The paragraphs of the old text to which no new one is linked, in the order of the changes."""
        return [place.paragraph for layout in self.layouts if not layout.new for place in layout.old]

    @property
    def is_scanned(self) -> bool:
        """Whether one of the texts came from a scan."""
        return self.comparison.old.scanned or self.comparison.new.scanned


def takes_the_place(case: Case) -> bool:
    """Whether the new text stands for the old one, so that what it does not say may be told as gone.

    It does not where it renews the old one as a whole, or has a partner for too few of the paragraphs of its
    operative part: then it goes beside it. Of a text that is torn nobody knows what it does not say.
    """
    if case.comparison.new.is_torn or stands_as_a_whole(case):
        return False
    linked = {place.paragraph.id for layout in case.layouts if layout.new for place in layout.old}
    operative = [p.id for p in case.comparison.old.body if p.part is Part.OPERATIVE]
    return SHARE_LINKED * len(operative) <= len(linked.intersection(operative))


def stands_as_a_whole(case: Case) -> bool:
    """Whether the new text renews the mandate of the old one, or upholds it: what it does not repeat may stand."""
    return is_upheld(case) or any(act.effect in (Effect.RENEW, Effect.EXTEND) for act in _acts_on_the_whole(case))


def is_upheld(case: Case) -> bool:
    """Whether the new text asks that the old one be applied: then all that it asked is asked still."""
    return any(act.effect is Effect.UPHOLD for act in _acts_on_the_whole(case))


def _acts_on_the_whole(case: Case) -> Iterator[Act]:
    """The operative acts of the new text that bear on the old one, not on some of its paragraphs."""
    for act, reference in case.references_to_old:
        if reference.role is Role.OBJECT and not reference.paragraphs:
            yield act


def referred_to(case: Case) -> dict[str, str]:
    """The paragraphs of the old text that the operative part of the new one refers to by their numbers, each with the
    first paragraph that does: they stand, what is done with them or beside them."""
    found: dict[str, str] = {}
    for act, reference in case.references_to_old:
        for id_ in reference.among(case.old_ids):
            found.setdefault(id_, act.paragraph)
    return found


def is_referred_to(case: Case) -> bool:
    """Whether the operative part of the new text refers to the old one: what that decided for good is carried out."""
    return bool(case.references_to_old)


# ---- what acts do ---------------------------------------------------------------------------------------------------

PAPER = 40  # characters in which the object of a note is named


def acts_by_paragraph(survey: Survey) -> dict[str, list[Act]]:
    """The acts of a text by the paragraph in which each begins."""
    found: dict[str, list[Act]] = {}
    for act in survey.acts:
        found.setdefault(act.paragraph, []).append(act)
    return found


def gives_a_mandate(act: Act, language: Language) -> bool:
    """Whether a decision gives a mandate, or says how long one lasts: it lasts until another one takes it away."""
    decides = act.family is Family.DECIDE
    return decides and find_any(language.provisions.mandates, fold_same_length(act.text)) is not None


def bears_on_paper(act: Act, language: Language) -> bool:
    """Whether what an act notes or welcomes is a report, a letter or another paper."""
    return find_any(language.provisions.papers, fold_same_length(act.object[:PAPER])) is not None


def changes_the_nature(act: Act, case: Case, side: Side) -> bool:
    """Whether an act of that text holds a formula on which the nature of a text rests that the other text has not."""
    row, words = case.language.provisions.weighty, fold_same_length(act.text)
    held = [formula for formula in row.patterns if pattern(formula).search(words)] if may_hold(row, words) else []
    return any(not any(map(pattern(formula).search, case.weighty[side.other])) for formula in held)


# ---- words and their stems ------------------------------------------------------------------------------------------

STEM = 6  # letters by which forms of one word are one
SHORT = 3  # letters of the shortest word that has a stem; one of so many carries no meaning
RE_WORD = re.compile(r"[a-z]{3,}|\d[\d/]*")


def _pieces(text: str) -> list[str]:
    """A folded text, cut at all signs but ``_`` and ``/``."""
    return fold(text).translate(_APART).split()


@lru_cache(maxsize=REMEMBERED)
def _stems(text: str) -> frozenset[str]:
    """The beginnings of all the words of a text but the shortest."""
    return frozenset(chain.from_iterable(map(_STEMS.__getitem__, _pieces(text))))


def _stems_of(piece: str) -> tuple[str, ...]:
    """The stems of a piece of a text."""
    if piece.isascii() and piece.isalpha():  # most are one word
        return (piece[:STEM],) if len(piece) >= SHORT else ()
    return tuple([word[:STEM] for word in RE_WORD.findall(piece)])


_STEMS = Memo(_stems_of)  # a third of the time of searching every text
_APART = Apart("_/")


@lru_cache(maxsize=REMEMBERED)
def content_stems(text: str) -> frozenset[str]:
    """The beginnings of the words of a text that carry meaning, folded: four letters and more, and numbers."""
    return frozenset([stem for stem in _stems(text) if len(stem) > SHORT or not stem.isalpha()])


@lru_cache(maxsize=REMEMBERED)
def short_stems(text: str) -> frozenset[str]:
    """The same cut once more, which several ask of each paragraph."""
    return shorter(content_stems(text))


def shorter(stems: Iterable[str]) -> frozenset[str]:
    """The stems cut once more: "verser" and "versement" have one beginning."""
    return frozenset(map(_SHORTER.__getitem__, stems))


_SHORTER = Memo[str, str](lambda stem: stem[:SHORT_STEM])  # each cut once, so that sets of them share what is cut


def told_by(stems: Iterable[str], language: Language) -> int:
    """How much those stems, cut short, tell of what a clause is about: a rare one much, one of every text nothing.

    Of a language without a table of frequencies each tells one.
    """
    return sum(map(stem_halvings(language).__getitem__, stems))


@lru_cache(maxsize=REMEMBERED)
def meanings(text: str, language: Language) -> tuple[str, ...]:
    """What the words of a text mean, in order; a number in words is told by its value.

    >>> meanings("dans les cent quatre-vingts jours", Language.of("fr"))
    ('180', 'jours')
    """
    words, numbers = sense(text, language), language.quantities.number.words
    if numbers.keys().isdisjoint(words) and "-" not in " ".join(words):
        return words
    found: list[str] = []
    run: list[str] = []
    for word in (*words, ""):
        if word in numbers or ("-" in word and all(part in numbers for part in word.split("-"))):
            run.append(word)
            continue
        if run:
            value = number(" ".join(run), language)
            found += [str(value)] if value is not None else run
            run = []
        found += [word] if word else []
    return tuple(found)


def shared_letters(word: str, other: str) -> int:
    """How many letters two words share, wherever they stand: no likeness of them can be greater.

    >>> shared_letters("pacte", "acte")
    4
    """
    return sum(min(word.count(letter), other.count(letter)) for letter in set(word))


# ---- where words stand ----------------------------------------------------------------------------------------------

NEARLY = 1e-9  # by which sums of the same weights in another order differ at most
NOWHERE = Nearest("", 0.0)


class Places:
    """Where each word stands among the passages of a text, as a number with a bit for each passage.

    So all passages are asked at once, in as many steps as there are words asked for, however long the text is. What is
    not to count (``but``) is such a number too.

    >>> places = Places(["a", "ab", "abc"])
    >>> places.most("ab"), places.most("ab", but=0b110), places.most("z"), places.have_one_with("bc")
    ((2, 1), (1, 0), (0, 0), True)
    >>> places.heaviest({"a": 1.0, "c": 0.5}), places.heaviest({"a": 1.0, "c": 0.5}, but=0b100)
    ((1.5, 2), (1.0, 0))
    """

    def __init__(self, passages: Iterable[Iterable[str]]) -> None:
        bits: dict[str, int] = {}
        bit = 1
        for words in passages:
            for word in words:
                bits[word] = bits.get(word, 0) | bit
            bit <<= 1
        self.bits, self.every = bits, bit - 1
        self._known: dict[Collection[str], list[int]] = {}

    def __contains__(self, word: str) -> bool:
        return word in self.bits

    def of(self, word: str) -> int:
        """The places where a word stands."""
        return self.bits.get(word, 0)

    def shortened(self) -> "Places":
        """Where those of its words that are ``content_stems`` stand, cut once more as ``short_stems`` are."""
        found = Places(())
        for word, places in self.bits.items():
            if len(word) > SHORT or not word.isalpha():
                found.bits[word[:SHORT_STEM]] = found.bits.get(word[:SHORT_STEM], 0) | places
        found.every = self.every
        return found

    def have_one_with(self, words: Collection[str]) -> bool:
        """Whether one passage has all of these words, of which there are some."""
        return self._having(words) != 0

    def with_all(self, words: Collection[str]) -> Iterator[int]:
        """The places of the passages that have all of these words, of which there are some."""
        return _set(self._having(words))

    def _having(self, words: Collection[str]) -> int:
        return reduce(and_, map(self.bits.__getitem__, words)) if self.bits.keys() >= {*words} else 0

    def most(self, wanted: Collection[str], but: int = 0) -> tuple[int, int]:
        """How many of the words the passage has that has most, and its place, the first of equals; (0, 0) where none
        has any."""
        best, left = 0, ~but
        sums = self._sums(wanted)
        for digit in reversed(range(len(sums))):
            if having := sums[digit] & left:
                best, left = best | 1 << digit, having
        return (best, _first(left)) if best else (0, 0)

    def _sums(self, wanted: Collection[str]) -> list[int]:
        """How many of the words each passage has, as the digits of a binary number: they are added up bit by bit in all
        passages together. Kept, for some are asked for among all passages and again among some."""
        if wanted in self._known:
            return self._known[wanted]
        sums = self._known[wanted] = []
        for word in wanted:
            carry = self.bits.get(word, 0)
            for digit, so_far in enumerate(sums):
                if not carry:
                    break
                sums[digit], carry = so_far ^ carry, so_far & carry
            if carry:
                sums.append(carry)
        return sums

    def heaviest(self, weights: Mapping[str, float], but: int = 0) -> tuple[float, int]:
        """What the words weigh together that the passage has where that is most, and its place, the first of equals;
        (0, 0) where none has any.

        Passages that have the same of the words are one group to the end. The heaviest word parts the groups first; a
        group goes that could not reach the best one, had it all the words that are left.
        """
        asked = self.every & ~but
        ranked = [(each, word, bits) for word, each in weights.items() if each and (bits := asked & self.of(word))]
        groups, left = [(asked, 0.0)], sum([weight for weight, *_ in ranked])
        for weight, _, bits in sorted(ranked, reverse=True):
            left -= weight
            parted: list[tuple[int, float]] = []
            for places, said in groups:
                if having := places & bits:
                    parted.append((having, said + weight))
                if lacking := places & ~bits:
                    parted.append((lacking, said))
            least = max([said for _, said in parted]) - left - NEARLY
            groups = [group for group in parted if group[1] >= least]
        firsts = [_first(places) for places, said in groups if said]
        exact = [(fsum([weight for weight, _, bits in ranked if bits >> place & 1]), -place) for place in firsts]
        most, behind = max(exact, default=(0.0, 0))
        return most, -behind


def _first(places: int) -> int:
    return (places & -places).bit_length() - 1


def _set(places: int) -> Iterator[int]:
    """The places of a number that has a bit for each, the first one first."""
    digits = f"{places:b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


class ParagraphIndex:
    """Where each stem stands, so that no passage is compared with all paragraphs of a long text."""

    def __init__(self, paragraphs: Sequence[str], places: Places) -> None:
        """``paragraphs`` are the ids of the passages, empty for one that is not asked."""
        self.paragraphs, self.places = paragraphs, places
        self.at = {paragraph: place for place, paragraph in enumerate(paragraphs) if paragraph}
        self.every = self.bits_of(self.at)
        self.preamble = self.bits_of(paragraph for paragraph in self.at if paragraph.startswith("pp"))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems that stand in any of them."""
        return frozenset([stem for stem, places in self.places.bits.items() if places & self.every])

    def bits_of(self, paragraphs: Iterable[str]) -> int:
        """Those of the paragraphs that are known, as a number with a bit for each."""
        return reduce(or_, (1 << self.at[paragraph] for paragraph in paragraphs if paragraph in self.at), 0)

    def nearest(self, stems: frozenset[str], but: int = 0) -> Nearest:
        """The paragraph that has most of those stems, the first of equals, and what share of them."""
        count, place = self.places.most(stems, but | ~self.every)
        return Nearest(self.paragraphs[place], count / len(stems)) if count else NOWHERE


# ---- what a whole text says -----------------------------------------------------------------------------------------

FEW_BETWEEN = 4  # words that may stand between those of a name, however short it is


class WholeText(Struct, frozen=True, dict=True):
    """All the words of a text, passage by passage, and where their stems stand; preface, notes, annexes and title too.

    ``ids`` are those of the paragraphs, empty for the title and for notes.
    """

    language: Language
    passages: tuple[str, ...]
    ids: tuple[str, ...]
    places: Places

    @cached_property
    def folded(self) -> str:
        """Its passages, folded, one a line."""
        return "\n".join(self._lines)

    @cached_property
    def _lines(self) -> list[str]:
        return [*map(folded_line, self.passages)]

    @cached_property
    def said(self) -> "Said":
        """The same, to find the passage that says most of a clause."""
        named = ((str(place), passage) for place, passage in enumerate(self.passages))
        return Said(named, self.language, self.places.shortened())

    def index(self, paragraphs: Iterable[Paragraph]) -> "ParagraphIndex":
        """Those of its paragraphs, to find the one that has most of some stems."""
        ids = {paragraph.id for paragraph in paragraphs}
        return ParagraphIndex([id_ if id_ in ids else "" for id_ in self.ids], self.places)

    def may_say(self, words: str) -> bool:
        """Whether the text has those words, or all their stems in one paragraph."""
        stems = self._stems(words)
        return not stems or self.places.have_one_with(stems) or self.holds(words)

    def has_acronym(self, acronym: str) -> bool:
        """Whether the text has that acronym, of two letters as well, which are no word by their stem."""
        return re.search(rf"\b{re.escape(folded_line(acronym))}\b", self.folded) is not None

    def may_name(self, name: str) -> bool:
        """Whether all stems of a name stand near one another: in so many words, and as many more, of one paragraph."""
        stems = self._stems(name)
        if not stems:
            return True
        near = 2 * len(name.split()) + FEW_BETWEEN
        for passage in self.places.with_all(stems):
            last: dict[str, int] = {}
            for place, word in enumerate(RE_WORD.findall(self._lines[passage])):
                if word[:STEM] in stems:
                    last[word[:STEM]] = place
                    if len(last) == len(stems) and place - min(last.values()) < near:
                        return True
        return False

    def _stems(self, words: str) -> set[str]:
        """The stems of those words, but for the commonest of the language."""
        commonest = self.language.words.commonest.words
        return {word[:STEM] for word in RE_WORD.findall(fold(words)) if word not in commonest}

    def holds(self, words: str) -> bool:
        """Whether the text has those words one behind the other; of the first and the last a part is enough."""
        inner, said = _inner(words), folded_line(words)
        if not inner:
            return said in self.folded
        return any(said in self._lines[passage] for passage in self.places.with_all(inner))

    def recurs(self, words: str) -> bool:
        """Whether more than one passage of the text has those words one behind the other."""
        said = folded_line(words)
        return sum(said in line for line in self._lines) > 1

    def may_hold(self, words: str) -> bool:
        """Whether a passage has all words between the first and the last: a look that spares most searches."""
        inner = _inner(words)
        return not inner or self.places.have_one_with(inner)


def _inner(words: str) -> set[str]:
    """The stems of the words between the first and the last, figures left out."""
    return {stem for piece in _pieces(words)[1:-1] for stem in _STEMS[piece] if stem.isalpha()}


def whole_text(resolution: Resolution) -> WholeText:
    """The words of a text."""
    paragraphs, notes = resolution.paragraphs, resolution.footnotes
    passages = (resolution.title, *[p.text for p in paragraphs], *[note.text for note in notes])
    ids = ("", *[p.id for p in paragraphs], *[""] * len(notes))
    return WholeText(Language.of(resolution.language), passages, ids, Places(map(_stems, passages)))


# ---- which paragraph says most of a clause --------------------------------------------------------------------------


class Said:
    """What the paragraphs of a text say, to find the one that says most of a clause, in whatever form of its words."""

    def __init__(self, paragraphs: Iterable[tuple[str, str]], language: Language, places: Places | None = None) -> None:
        """``paragraphs`` are names and texts; ``places`` where the ``short_stems`` stand in them, if that is known."""
        self.language, self._places = language, places
        named = [*paragraphs]
        self.names = [name for name, _ in named]
        self.texts = [text for _, text in named]
        self.at = {name: place for place, name in enumerate(self.names)}
        self._pairs: dict[int, frozenset[tuple[str, str]]] = {}

    @cached_property
    def places(self) -> Places:
        """In which of the paragraphs each stem stands, looked for when it is asked: of some texts it never is."""
        return self._places or Places(map(short_stems, self.texts))

    def nearest(self, clause: str, *, without: str = "") -> Nearest:
        """The paragraph that says most of a clause, the first of equals, and what share it says; all of a clause that
        says nothing. Words count by how rare they are, in all texts and in this one: the name of a country tells
        little of its paragraphs. Numbers do not count, nor the words ``without``: who is asked."""
        weights = self.weights(clause, without)
        whole = fsum(weights.values())
        if not whole or not self.names:
            return Nearest("", 1.0)
        most, place = self.places.heaviest(weights)
        return Nearest(self.names[place], most / whole)

    def closest(self, clause: str, *, without: str = "") -> Nearest:
        """The paragraph that says most of a clause in its words and in their order, the first of equals, and how much:
        halfway between its share of the words, weighed as in ``nearest``, and of the pairs of neighbouring words."""
        weights, pairs = self.weights(clause, without), _pairs(clause, self.language)
        whole = fsum(weights.values())
        if not whole or not pairs:
            return NOWHERE
        best, behind = 0.0, 0
        for place, told in sorted(self._heavier(weights, 0.0, ()).items(), key=lambda each: (-each[1], each[0])):
            words = told / whole
            if (words + 1) / 2 < best:  # nor could any of the others, had it all the pairs
                break
            share = (words + len(pairs & self._pairs_at(place)) / len(pairs)) / 2
            best, behind = max((best, behind), (share, -place))
        return Nearest(self.names[-behind], best) if best else NOWHERE

    def shares(
        self, clause: str, *, without: str = "", least: float = 0.0, of_best: float = 0.0, but: Collection[str] = ()
    ) -> dict[int, tuple[float, float]]:
        """What the paragraphs say of a clause, by their places: the share of the words, weighed as in ``nearest``, and
        of the pairs of neighbouring words; of those that have more than the ``least`` share of the words, and all but
        those named that part of what the best has. Nothing of a clause that says nothing."""
        weights, pairs = self.weights(clause, without), _pairs(clause, self.language)
        whole = fsum(weights.values())
        if not whole or not pairs:
            return {}
        bar = max(least * whole, of_best * self.places.heaviest(weights)[0] if of_best else 0.0)
        kept = {self.at[name] for name in but if name in self.at}
        said = {p: told for p, told in self._heavier(weights, bar, kept).items() if told > least * whole}
        return {
            place: (told / whole, len(pairs & self._pairs_at(place)) / len(pairs))
            for place, told in sorted(said.items())
        }

    def _heavier(self, weights: Mapping[str, float], bar: float, but: Collection[int]) -> dict[int, float]:
        """What the words weigh together that each paragraph has where that is more than a bar, or the place one of
        ``but``. The heaviest words are looked for first, the commonest, which come last, only in what may still pass.
        """
        said = dict.fromkeys(but, 0.0)
        ranked = sorted(((weight, stem) for stem, weight in weights.items()), reverse=True)
        left = [*accumulate(weight for weight, _ in reversed(ranked))]
        for (weight, stem), rest in zip(ranked, reversed(left), strict=True):
            bits = self.places.of(stem)
            if rest <= bar:  # what has none of the words before cannot pass
                said = {place: told for place, told in said.items() if told + rest > bar - NEARLY or place in but}
                where = [place for place in said if bits >> place & 1]
            else:
                where = [*_set(bits)]
            for place in where:
                said[place] = said.get(place, 0.0) + weight
        return {place: told for place, told in said.items() if told > bar or place in but}

    def weights(self, clause: str, without: str = "") -> dict[str, float]:
        """What the words of a clause tell, by their stems, as in ``nearest``.

        >>> said = Said([("op1", "l’aide au Népal"), ("op2", "la paix au Népal")], Language.of("fr"))
        >>> sorted(stem for stem, weight in said.weights("le désarmement et la paix au Népal").items() if weight)
        ['desar', 'paix']
        """
        stems = short_stems(clause) - short_stems(without)
        return {stem: self._weights[stem] for stem in stems if stem.isalpha()}

    def repeated(self, clause: str) -> float:
        """The share of the pairs of neighbouring words of a clause that stand side by side anywhere in the text: what
        one paragraph said may be spread over several."""
        pairs = _pairs(clause, self.language)
        return len(pairs & self._all_pairs) / len(pairs) if pairs else 0.0

    def _pairs_at(self, place: int) -> frozenset[tuple[str, str]]:
        """The pairs of neighbouring words of a paragraph, looked for when they are asked."""
        if place not in self._pairs:
            self._pairs[place] = _pairs(self.texts[place], self.language)
        return self._pairs[place]

    @cached_property
    def _all_pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset().union(*map(self._pairs_at, range(len(self.texts))))

    @cached_property
    def _weights(self) -> "_Weights":
        return _Weights(self.places, len(self.names), stem_halvings(self.language))


class _Weights(dict[str, float]):
    """What each stem tells of a clause: less the more of the paragraphs have it."""

    def __init__(self, places: Places, paragraphs: int, halvings: Mapping[str, int]) -> None:
        super().__init__()
        self._places, self._paragraphs, self._halvings = places, paragraphs, halvings

    def __missing__(self, stem: str) -> float:
        telling, often, among = self._halvings[stem], self._places.of(stem).bit_count(), self._paragraphs
        weight = telling * log2(among / often) / log2(among) if often and among > 1 else float(telling)
        self[stem] = weight
        return weight


def _pairs(text: str, language: Language) -> frozenset[tuple[str, str]]:
    words = [word[:SHORT_STEM] for word in meanings(text, language) if word.isalpha() and len(word) > SHORT]
    return frozenset(pairwise(words))
