"""The typed blocks of a report: what every renderer understands.

A renderer is a map from block type to function; it decides how a block looks, never what it says. All that depends on
the two texts stands in a block, in the words of the reader; what a renderer adds are the words around it: headings,
the names of kinds and weights, buttons.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct

from resdiff.language.fold import words_in
from resdiff.messages import LANGUAGES, template
from resdiff.model import Change, Edit, Kind, NoteChange, NoteKind, Op, Paragraph, Part, Side, Status, Weight
from resdiff.model import Provenance as Origin
from resdiff.symbol import order

__all__ = ["Block", "Index", "Inline", "Report"]


class Told(StrEnum):
    """What a reader is told of a topic, in the order of a report. New and dropped are claims on the whole other text,
    expanded compares two texts that both speak of it; of others nothing is told."""

    NEW = Status.NEW.value
    EXPANDED = Status.EXPANDED.value
    DROPPED = Status.DROPPED.value


NEWS = (Told.NEW, Told.DROPPED)  # the topics that are told by name
MOST_LEADS = 5  # sentences that stand before all others
MANY = 1_000  # pairs, from which on a first page no longer has all of them as data
MANY_SERIES = 200  # series, from which on they have pages by letters
LATEST = 50  # pairs in full on the first page of a changelog, where there are pages of years


# ---- inline ---------------------------------------------------------------------------------------------------------


class Strong(Struct, frozen=True, tag=True, array_like=True):  # tagged: a changelog keeps sentences from run to run
    """Words to stress."""

    text: str


class Struck(Struct, frozen=True, tag=True, array_like=True):
    """Words of the old text that went, in a quotation of the new one."""

    text: str


class Address(Struct, frozen=True, tag=True, array_like=True):
    """A paragraph to point to: ``label`` is what a reader sees ("PP 3", "par. 12 a)"), side and id what it links to."""

    side: Side
    id: str
    label: str


class Semicolon(Struct, frozen=True, tag=True, array_like=True):
    """What stands between the words of two paragraphs in one sentence, with its spaces: a line may end behind it. An
    empty one stands behind what opens a list of them."""

    text: str


Words = str | Strong | Struck | Address
Inline = Words | Semicolon
Found = TypeVar("Found", bound=Struct)


class Sentence(Struct, frozen=True):
    """A sentence of the report: text, stressed and struck words, addresses; ``lead``: one of the five that matter most;
    ``dates``: the one that says when what is asked falls due; ``uncited``: the one that names the paragraphs whose
    changes no other quotes."""

    parts: tuple[Inline, ...]
    lead: bool = False
    dates: bool = False
    uncited: bool = False

    @property
    def lines(self) -> "tuple[tuple[Words, ...], ...]":
        """Its parts, paragraph by paragraph where it tells of several: each but the last ends in a semicolon, or opens
        a list."""
        return tuple(line for _, line in self.outline)

    @property
    def outline(self) -> "tuple[tuple[int, tuple[Words, ...]], ...]":
        """The same, each with how deep it stands: what alone opens the sentence at 0, what it tells of each paragraph
        at 1; where several things open a list in it, these at 1, and what stands below each at 2. All at 0 where it
        tells of one paragraph alone.

        >>> below, semicolon = Semicolon(""), Semicolon("; ")
        >>> Sentence(("removed: ", below, "“a”", semicolon, "“b”")).outline
        ((0, ('removed: ',)), (1, ('“a”', ';')), (1, ('“b”',)))
        >>> Sentence(("removed: ", below, "“a”")).outline
        ((0, ('removed: ', '“a”')),)
        >>> Sentence(("removed: ", below, "“a”", semicolon, "added: ", below, "“b”")).outline
        ((1, ('removed: ',)), (2, ('“a”', ';')), (1, ('added: ',)), (2, ('“b”',)))
        """
        lines: list[tuple[bool, list[Words]]] = [(False, [])]  # with whether it opens a list
        for part in self.parts:
            line = lines[-1][1]
            if not isinstance(part, Semicolon):
                line.append(part)
                continue
            lines[-1] = (not part.text, line)
            line += [part.text.rstrip()] * bool(part.text)
            lines.append((False, []))
        opening = [place for place, (opens, _) in enumerate(lines) if opens]
        if len(lines) == 1 or (len(lines) == 2 and opening):
            return ((0, tuple(word for _, line in lines for word in line)),)
        top = 0 if opening == [0] else 1
        below = opening[0] if opening else len(lines)
        return tuple(
            (top if opens or place < below else top + 1, tuple(line)) for place, (opens, line) in enumerate(lines)
        )


# ---- the two texts --------------------------------------------------------------------------------------------------


class Text(Struct, frozen=True, omit_defaults=True):
    """One of the two texts, as a report presents it.

    ``name`` is what a reader calls it ("72/194"), ``date`` the day of its adoption written out, ``adopted`` that day
    in ISO, ``sort`` what sort of copy it is ("texte officiel"), ``number`` its symbol as it stands before its title.
    Empty is what is not known.
    """

    name: str
    symbol: str = ""
    title: str = ""
    date: str = ""
    adopted: str = ""
    language: str = ""
    sort: str = ""
    origin: Origin = Origin()
    number: str = ""

    @property
    def about(self) -> str:
        """Its date and its title in one line, as far as they are known; no title that only says both again.

        >>> Text("194 (1964)", title="194 (1964). Résolution du 25 septembre 1964", date="25 septembre 1964").about
        '25 septembre 1964'
        """
        said = (template("word.title-says", lang) for lang in LANGUAGES)
        title = "" if words_in([self.title]) <= words_in((self.name, self.date, *said)) else self.title
        return ", ".join(part for part in (self.date, title) if part)


class Title(Struct, frozen=True):
    """The two texts, the body that adopted the new one, and what changed in the title.

    ``edits`` is empty when the title is the same to the letter.
    """

    old: Text
    new: Text
    edits: tuple[Edit, ...] = ()
    body: str = ""

    @property
    def names(self) -> tuple[str, str]:
        """What a reader calls the two texts."""
        return self.old.name, self.new.name


class Frame(Struct, frozen=True):
    """A paragraph around the body, old and new: the opening formula, the meeting and the date at the end; or several,
    with a line end between two, where one text has in one line what the other has in several."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    edits: tuple[Edit, ...]


class Note(Struct, frozen=True):
    """A footnote to be shown with its marked words: what it is called in either text (empty where it is not there),
    what became of it, both in one label: "Note 5 (ancienne note 4), modifiée"."""

    change: NoteChange
    old: str
    new: str
    outcome: str
    label: str

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Its words; of one that is not compared those of the text whose note the label names, without a mark."""
        if self.change.kind is not NoteKind.UNCOMPARED:
            return self.change.edits
        return self.of(Side.NEW) or self.of(Side.OLD)

    def of(self, side: Side) -> tuple[Edit, ...]:
        """Its words on that side; none where that copy has lost them."""
        words = tuple(edit for edit in self.change.edits if edit.op in (side.op, Op.EQUAL))
        if self.change.kind is not NoteKind.UNCOMPARED:
            return words
        return tuple(Edit(Op.EQUAL, edit.text) for edit in words)


class Call(Struct, frozen=True):
    """A footnote call: it stands after character ``offset`` of the text of a paragraph."""

    side: Side
    paragraph: str
    offset: int
    note: Note


class Texts(Struct, frozen=True):
    """Both texts whole, with every change, for a format that makes one document of the two.

    The paragraph whose id is ``title`` is the title, one of the lines of the preface where the text has it there.
    ``frames`` pairs what is not compared: the paragraphs of the preface, of the conclusion, the asides of drafts;
    ``calls`` are those of the footnotes, in the order of each text.
    """

    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    changes: tuple[Change, ...]
    frames: tuple[Frame, ...] = ()
    calls: tuple[Call, ...] = ()


# ---- blocks ---------------------------------------------------------------------------------------------------------


class Provenance(Struct, frozen=True):
    """One line a text that is not an official one; shown at the very top."""

    lines: tuple[Sentence, ...]


class Summary(Struct, frozen=True):
    """At most twelve sentences, most important first, then perhaps one, without a number, that names what they do not
    quote; ``note`` says what is quoted, empty where nothing is."""

    sentences: tuple[Sentence, ...]
    note: str = ""

    @property
    def leads(self) -> tuple[Sentence, ...]:
        """The sentences that matter most, at most five; the first ones where none does. What names paragraphs that are
        not quoted is one only where nothing else is told."""
        marked = tuple(each for each in self.sentences if each.lead)
        told = tuple(each for each in self.sentences if not each.uncited)
        return (marked or told or self.sentences)[:MOST_LEADS]

    @property
    def others(self) -> tuple[Sentence, ...]:
        """The sentences after the leads."""
        return self.sentences[len(self.leads) :]

    @property
    def dates(self) -> tuple[Sentence, ...]:
        """When what is asked falls due, which a delegate looks for first: it stands below the leads on what is handed
        out, whatever else there is to say."""
        return tuple(each for each in self.others if each.dates)

    @property
    def closing(self) -> tuple[Sentence, ...]:
        """What stands in the open below the leads: the sentence without a number, where no other follows them."""
        return self.others if all(each.uncited for each in self.others) else ()

    @property
    def first(self) -> tuple[Sentence, ...]:
        """The leads, the dates and what closes these: what stands on the first sheet of paper."""
        return (*self.leads, *self.dates, *self.closing)

    @property
    def rest(self) -> tuple[Sentence, ...]:
        """The sentences after those."""
        return () if self.closing else tuple(each for each in self.others if not each.dates)


class Numbers(Struct, frozen=True):
    """How many paragraphs, changes by kind, and moves; ``notes`` counts the footnotes apart.

    ``sunk`` paragraphs of the old text stand in a subparagraph of the new one, ``risen`` ones of the new text stood in
    a subparagraph of the old one; no kind counts them, nor those ``renewed`` by their number, nor those ``in_gap``:
    beside a gap of the other copy nobody knows what became of them, nor those of which only points changed: ``inside``.
    ``points`` are those that were added to paragraphs that stand, or removed: of each kind how many, and how many of
    these may be written anew; ``points_moved`` those that went to another place. ``to_preamble`` and ``to_operative``
    surely went from one part of the text to the other, and moved. ``may_stand`` are of the paragraphs
    that were added or removed the ones of which some may stand in the other text. Of the changes that are counted
    ``doubtful`` ones are of paragraphs that may not belong together; where they stand nobody knows whether they moved.
    In those that are ``retouched`` all that changed is drafting, in those that are ``updated`` routine or drafting.
    """

    old: int
    new: int
    kinds: tuple[tuple[Kind, int], ...]
    moved: int
    renumbered: int
    notes: tuple[tuple[NoteKind, int], ...] = ()
    sunk: int = 0
    risen: int = 0
    renewed: int = 0
    in_gap: int = 0
    doubtful: int = 0
    inside: int = 0
    points: tuple[tuple[Kind, int, int], ...] = ()
    points_moved: int = 0
    to_preamble: int = 0
    to_operative: int = 0
    may_stand: tuple[tuple[Kind, int], ...] = ()
    retouched: int = 0
    updated: int = 0

    @property
    def others(self) -> tuple[tuple[str, int], ...]:
        """What became of the paragraphs that no kind counts."""
        became = (("sunk", self.sunk), ("risen", self.risen), ("by-reference", self.renewed), ("in-gap", self.in_gap))
        return (("inside", self.inside), *became)

    @property
    def in_kept(self) -> tuple[tuple[str, int], ...]:
        """How many points came into paragraphs that stand, or went from them."""
        return tuple(row for kind, number, doubted in self.points for row in _apart(f"points-{kind}", number, doubted))

    @property
    def among(self) -> tuple[tuple[str, int], ...]:
        """How many of the paragraphs that are counted are but retouched or brought up to date, and how many points and
        paragraphs surely moved."""
        light = ("retouched", self.retouched), ("updated", self.updated)
        points, moved = ("points-moved", self.points_moved), ("moved", self.moved)
        return (*light, points, *(() if self.all_crossed else (moved,)))

    @property
    def across(self) -> tuple[tuple[str, int], ...]:
        """How many of the paragraphs that moved went to the other part of the text."""
        return ("to-preamble", self.to_preamble), ("to-operative", self.to_operative)

    @property
    def to_check(self) -> tuple[tuple[str, int], ...]:
        """How many of the links are doubtful; of theirs nobody knows whether they moved."""
        return (("doubtful", self.doubtful),)

    @property
    def all_crossed(self) -> bool:
        """Whether all that moved did: then it is told of them alone."""
        return self.moved == self.to_preamble + self.to_operative

    @property
    def told(self) -> tuple[tuple[str, Kind, int], ...]:
        """What became of paragraphs as it is told, the kind it is, and how often; not what never occurs. Of those that
        came, and of those that went, the ones that may be written anew are told apart."""
        apart = dict(self.may_stand)
        rows: list[tuple[str, Kind, int]] = []
        for kind, number in self.kinds:
            rows += [(row, kind, count) for row, count in _apart(kind.value, number, apart.get(kind, 0))]
        return tuple(row for row in rows if row[-1])


def _apart(row: str, number: int, doubted: int) -> tuple[tuple[str, int], tuple[str, int]]:
    """Of what a row counts how many are told flatly, and of how many some may stand, which have a row of their own."""
    return (row, number - doubted), (f"{row}-or-rewritten", doubted)


class Quote(Struct, frozen=True):
    """Words of a text that bear out a statement, and where they stand."""

    place: Address
    text: str


class Topic(Struct, frozen=True, omit_defaults=True):
    """A topic as it stands in the two texts, its label in the language of the reader."""

    id: str
    label: str
    status: Told
    old: tuple[Quote, ...] = ()
    new: tuple[Quote, ...] = ()


class Topics(Struct, frozen=True):
    """Topics by what is told of them, in the order of :class:`Told`."""

    topics: tuple[Topic, ...]


class Row(Struct, frozen=True):
    """One change with its paragraphs, the remark a negotiator would write in the margin, the ids of its topics.

    ``notes`` are the footnotes its paragraphs call, without those that are the same in both texts; one that several
    paragraphs call stands with the first. ``since`` says since when its old paragraphs stand in the series, empty where
    that is not known; ``already`` where its new words were adopted before. ``beside`` is what of the remark a page
    shows beside the marked paragraph, which shows the rest.
    """

    change: Change
    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    remark: Sentence
    beside: Sentence
    topics: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    since: str = ""
    already: str = ""

    @property
    def part(self) -> Part:
        """Where in a resolution the change stands."""
        return (self.new or self.old)[0].part

    @property
    def kind(self) -> Kind:
        """The kind as a reader sees it: a paragraph of which a footnote alone changed is modified."""
        return Kind.MODIFIED if self.change.kind is Kind.UNCHANGED and not self.is_same else self.change.kind

    @property
    def origin(self) -> str:
        """What every format says beside the kind: since when a paragraph stood that went, where new words were adopted
        before; empty where nothing is known."""
        return self.since if self.change.kind is Kind.REMOVED else self.already

    @property
    def repeats(self) -> bool:
        """Whether the remark only says what the paragraph beside it shows."""
        return bool(self.remark.parts) and not self.beside.parts

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to see in it, or below it: all formats fold such rows, and fold the same."""
        has_stayed = self.change.kind is Kind.UNCHANGED and not (self.change.moved or self.change.in_points)
        return has_stayed and self.weight is Weight.NONE and not self.remark.parts

    @property
    def weight(self) -> Weight:
        """What the change weighs, its footnotes included."""
        return max([self.change.weight, *(note.change.weight for note in self.notes)])

    @property
    def is_same(self) -> bool:
        """Whether neither the paragraph nor a footnote of it reads otherwise."""
        return self.change.kind is Kind.UNCHANGED and not any(note.change.differs for note in self.notes)


class Reference(Struct, frozen=True):
    """A line that says where to look for a paragraph that a reader misses here: "ancien PP 13 : déplacé, voir PP 3".

    It stands after the row ``after``, counted from 0; -1 is before the first row.
    """

    after: int
    part: Part
    side: Side
    text: str
    target: Address


class Changes(Struct, frozen=True):
    """The changes in the order of the new text, removed paragraphs where they stood.

    ``hidden`` counts the changes that a minimum weight left out; ``references`` are the lines for what a reader misses
    at its old place because it moved, at its new place because it was split from another; ``notes`` are the footnotes
    that no paragraph shown calls.
    """

    rows: tuple[Row, ...]
    hidden: int = 0
    references: tuple[Reference, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def lines(self) -> Iterator[Row | Reference]:
        """The rows with their references among them."""
        found: dict[int, list[Reference]] = {}
        for reference in self.references:
            found.setdefault(reference.after, []).append(reference)
        yield from found.get(-1, ())
        for index, row in enumerate(self.rows):
            yield row
            yield from found.get(index, ())


class Picture(Struct, frozen=True):
    """The alignment as a picture: paragraphs of both sides with their lengths in characters, and the changes."""

    old: tuple[tuple[str, int], ...]
    new: tuple[tuple[str, int], ...]
    changes: tuple[Change, ...]


class Concordance(Struct, frozen=True):
    """Old numbers and new numbers, in the order of the old text, an added paragraph behind the one it follows."""

    rows: tuple[Change, ...]


class Fact(Struct, frozen=True):
    """One line of a list: words of the texts, what became of them, a note of ours, the paragraphs that bear it out.

    ``status`` is a Status, the direction of a verb (``stronger``, ``weaker``, ``same``), or empty; ``label`` says it in
    words. ``note`` tells who took whose place, what sort of obligation it is, which text a notice is about.
    """

    text: str
    status: str = ""
    label: str = ""
    note: str = ""
    places: tuple[Address, ...] = ()
    acronym: str = ""  # where the text does not hold it

    def at(self, side: Side) -> tuple[Address, ...]:
        """The paragraphs of one side."""
        return tuple(place for place in self.places if place.side is side)


class Facts(Struct, frozen=True):
    """A list of facts; ``routine`` are those that every edition brings up to date, to be folded. ``before`` is said
    once for all lists, ahead of the first of them."""

    facts: tuple[Fact, ...]
    routine: tuple[Fact, ...] = ()
    before: str = ""


class Verbs(Facts, frozen=True):
    """Verbs of command that changed: "Engage → Demande"."""


class Actors(Facts, frozen=True):
    """Bodies, programmes and instruments that came, went or were replaced."""


class Obligations(Facts, frozen=True):
    """Addressees, conditions and reports that came or went."""


class Citations(Facts, frozen=True):
    """Citations that came, went or were replaced."""


class Terms(Facts, frozen=True):
    """Noun phrases on one side only."""


class Notices(Facts, frozen=True):
    """What is strange about the texts: sentences of ours, each with the symbol of its text."""


# ---- front page -----------------------------------------------------------------------------------------------------


class Pair(Struct, frozen=True, omit_defaults=True):
    """One page of a changelog: the pair of texts, the stem of its files, its numbers in one line, its first sentences.

    ``texts`` are the two texts, ``kinds`` its changes by kind, ``topics`` its topics without the words that show them,
    ``provenance`` the lines on texts that are not official. A pair that could not be built has an ``error`` and
    nothing else.
    """

    old: str
    new: str
    stem: str
    numbers: Sentence = Sentence(())
    sentences: tuple[Sentence, ...] = ()
    error: str = ""
    texts: tuple[Text, ...] = ()
    kinds: tuple[tuple[Kind, int], ...] = ()
    topics: tuple[Topic, ...] = ()
    provenance: tuple[Sentence, ...] = ()

    @property
    def adopted(self) -> str:
        """The day on which the new text was adopted, in ISO; the year alone, or nothing, where no more is known."""
        year = re.search(r"\((\d{4})\)$", self.new)  # symbols of the Security Council end in it
        return (self.texts[-1].adopted if self.texts else "") or (year[1] if year else "")

    @property
    def date(self) -> str:
        """That day written out."""
        return (self.texts[-1].date if self.texts else "") or self.adopted

    @property
    def title(self) -> str:
        """The title of the new text; empty where it only says the symbol again."""
        title = self.texts[-1].title if self.texts else ""
        return "" if self.new and self.new in title.replace(" (", "\u00a0(") else title

    @property
    def language(self) -> str:
        """The language of the new text."""
        return self.texts[-1].language if self.texts else ""


class Outline(Pair, frozen=True):
    """What a list or a search needs of a pair, of a corpus that is too large to have all of each at hand.

    ``seal`` is the hash of the whole: a page that shows it in full is another when that is another.
    """

    seal: str = ""


class Listing(Struct, frozen=True):
    """The pairs of one series, oldest first; ``page`` is the stem of its own page, empty on that page itself.

    ``lives`` lead to the pages that tell it as a whole, each named by the language of its texts.
    """

    title: str
    pairs: tuple[Pair, ...]
    page: str = ""
    lives: tuple["Way", ...] = ()


class Way(Struct, frozen=True):
    """A way to another front page: the stem of its files, relative to this one, and its name."""

    page: str
    name: str


# ---- a report -------------------------------------------------------------------------------------------------------

Block = (
    Title
    | Provenance
    | Summary
    | Numbers
    | Topics
    | Picture
    | Changes
    | Concordance
    | Verbs
    | Actors
    | Obligations
    | Citations
    | Terms
    | Notices
    | Texts
)


class Report(Struct, frozen=True):
    """A report: what it is about, in which language it speaks, its blocks in order, at most one of each type."""

    title: str
    lang: str
    blocks: tuple[Block, ...]

    def find(self, sort: type[Found]) -> Found | None:
        """The block of that type; None when there is nothing to say under it."""
        return next((block for block in self.blocks if isinstance(block, sort)), None)


class Index(Struct, frozen=True, omit_defaults=True):
    """A front page of a changelog: one listing a series. ``formats`` are the suffixes its pages exist in.

    ``feed`` is the address of the Atom feed of these pairs. Where there are pages of ``years``, latest first, only the
    latest pairs need stand on this page in full. ``up`` leads to the front page of all, ``previous`` and ``next`` to
    the pages beside this one.

    Of a large corpus the first page is ``brief``: it has the latest pairs alone in full, the page ``search`` finds the
    others, and many series stand on the pages of ``letters``, each a list of series (``is_list``) and of no pairs.
    """

    title: str
    lang: str
    blocks: tuple[Listing, ...]
    formats: tuple[str, ...] = ("html", "md", "json")
    feed: str = ""
    years: tuple[Way, ...] = ()
    up: Way | None = None
    previous: Way | None = None
    next: Way | None = None
    letters: tuple[Way, ...] = ()
    brief: bool = False
    is_list: bool = False
    search: str = ""

    @property
    def series(self) -> Listing | None:
        """The series whose own page this is; None on a page of several."""
        return self.blocks[0] if len(self.blocks) == 1 and not self.blocks[0].page else None

    @property
    def latest(self) -> tuple[tuple[Listing, Pair], ...]:
        """The pairs that were built, each with its series, the text adopted last first, those of unknown date last.

        On the page of a series the order is that of its editions, whatever their dates.
        """
        rows = [(block, pair) for block in self.blocks for pair in reversed(block.pairs) if not pair.error]
        if self.series:
            return tuple(rows)
        return tuple(sorted(rows, key=lambda row: (row[1].adopted, order(row[1].new)), reverse=True))

    @property
    def shown(self) -> tuple[tuple[Listing, Pair], ...]:
        """Of the latest those that stand on this page in full: 50 where there are pages of years, none of a list of
        series or of outlines alone, else all."""
        if self.is_list:
            return ()
        return self.latest[:LATEST] if self.years else self.latest

    @property
    def failed(self) -> tuple[Pair, ...]:
        """The pairs that could not be built; a list of series has none."""
        return () if self.is_list else tuple(pair for block in self.blocks for pair in block.pairs if pair.error)

    @property
    def listings(self) -> tuple[Listing, ...]:
        """The series that this page leads to: the first page where there are no pages of letters, and those."""
        is_here = not self.letters if self.up is None else self.is_list and not self.brief
        return tuple(block for block in self.blocks if block.page) if is_here else ()

    @property
    def found(self) -> tuple[tuple[Listing, Pair], ...]:
        """The pairs that a search of this page finds, and that do not stand on it."""
        if self.search or (self.is_list and not self.brief):
            return ()
        return self.latest[len(self.shown) :]
