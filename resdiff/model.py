"""Every value that flows through resdiff: frozen, slotted, made of tuples.

    Source ─ parse ─▶ Resolution ─┐
                                  ├─ compare ─▶ Comparison ─ judge ─▶ Comparison with topics, verbs, actors …
    Source ─ parse ─▶ Resolution ─┘

What ``recognize`` finds in one text and ``judge`` rests on stands in :mod:`resdiff.recognition.survey`.

Ids are the negotiators' own. ``pp3`` is the third preambular paragraph (the opening formula is not counted), ``op12``
operative paragraph 12, ``op12.a`` its point (a), ``op12.a.i`` below it, ``op12.tail`` unnumbered text after the points,
``annex1.op3`` a paragraph of an annex. The same id is the address in JSON, HTML anchors, Word bookmarks. Rarer ones:
``op2bis`` and ``op2alt`` what a draft puts behind paragraph 2, or in its place, ``pp3.a`` a point of the preamble,
``op2.a.1`` the first dash below a point, ``op.h1`` the first heading in the operative part, ``op.u1`` the first
paragraph without a number there before paragraph 1, ``annex1.h1`` a heading in an annex, ``annex1.p1`` a paragraph
there without a number, ``b.op1`` one of part B of a resolution, ``s2.op1`` one of a second section where the numbers
begin again, ``annex1.art4.op1`` one of article 4 of an annex, ``preface1`` and ``conclusion1`` what is not compared,
``note7`` the footnote of that number. An id met twice gets a suffix: ``op3-2``.
"""

import re
from collections.abc import Collection, Container, Iterable
from enum import IntEnum, StrEnum
from functools import cached_property

from msgspec import Struct

__all__ = [
    "BESIDE",
    "GAPS",
    "GIVEN_UP",
    "TORN",
    "ActCondition",
    "ActFacts",
    "ActPair",
    "ActPassage",
    "ActReference",
    "ActTime",
    "ActorChange",
    "Age",
    "Ballot",
    "Borrowed",
    "Change",
    "CitationChange",
    "Comparison",
    "Edit",
    "Evidence",
    "Fix",
    "Flag",
    "FlagCode",
    "Footnote",
    "Header",
    "Kin",
    "Kind",
    "Link",
    "Loss",
    "Nearest",
    "NoteChange",
    "NoteKind",
    "Notice",
    "ObligationChange",
    "Op",
    "Paragraph",
    "Part",
    "Pin",
    "Provenance",
    "Provision",
    "Reason",
    "Resolution",
    "Rival",
    "Side",
    "Source",
    "Span",
    "Status",
    "Target",
    "TermChange",
    "TextKind",
    "TimeChange",
    "TopicChange",
    "VerbChange",
    "Vote",
    "VoteKind",
    "Weight",
    "footnotes_beside",
    "is_heading",
    "side_text",
]


# ---- words of the trade ---------------------------------------------------------------------------------------------


class Side(StrEnum):
    """Which of the two texts: never left and right, source and target, before and after."""

    OLD = "old"
    NEW = "new"

    @property
    def other(self) -> "Side":
        """The other of the two texts."""
        return Side.NEW if self is Side.OLD else Side.OLD

    @property
    def op(self) -> "Op":
        """What an edit does whose words this text alone has."""
        return Op.DELETE if self is Side.OLD else Op.INSERT


class Ballot(StrEnum):
    """How somebody voted on a text."""

    YES = "yes"
    NO = "no"
    ABSTAINING = "abstaining"


class VoteKind(StrEnum):
    """How a text is adopted."""

    UNANIMOUS = "unanimous"
    NONE = "none"
    RECORDED = "recorded"


class Part(StrEnum):
    """Where in a resolution a paragraph stands."""

    PREFACE = "preface"  # symbol, title, opening formula: "L’Assemblée générale,"
    PREAMBLE = "preamble"
    OPERATIVE = "operative"
    ANNEX = "annex"
    CONCLUSION = "conclusion"  # "50e séance plénière, 18 décembre 2019"


class Op(StrEnum):
    """What an edit does. Replacing is a delete and an insert; renderers pair them."""

    EQUAL = "equal"
    INSERT = "insert"
    DELETE = "delete"


class Kind(StrEnum):
    """What became of a paragraph. Moved and renumbered are facts beside the kind, not kinds."""

    UNCHANGED = "unchanged"  # same text, or only typography differs
    MODIFIED = "modified"
    ADDED = "added"
    REMOVED = "removed"
    SPLIT = "split"
    MERGED = "merged"


class NoteKind(StrEnum):
    """What became of a footnote. That it has another number is a fact beside the kind, and no change."""

    UNCHANGED = "unchanged"  # same text, or only typography differs
    MODIFIED = "modified"
    ADDED = "added"
    REMOVED = "removed"
    UNCOMPARED = "uncompared"  # a copy has lost it, or may have: nothing can be said of it


class Weight(IntEnum):
    """How much a change matters, in order."""

    NONE = 0
    TYPOGRAPHIC = 1  # case, accents, punctuation, spaces, scanning noise
    ROUTINE = 2  # the series citing its own last edition, sessions, dates, document symbols
    EDITORIAL = 3  # function words, inflection, "également", "en outre"
    SUBSTANTIVE = 4

    @property
    def label(self) -> str:
        """The word of the JSON contract: ``substantive``."""
        return self.name.lower()


class Status(StrEnum):
    """How the standing of a topic, an actor, a citation differs between the texts."""

    NEW = "new"
    EXPANDED = "expanded"
    KEPT = "kept"
    REDUCED = "reduced"
    DROPPED = "dropped"


class TextKind(StrEnum):
    """What sort of copy a text is. Anything but official is said on every report that shows it."""

    OFFICIAL = "official"
    SCAN = "scan"
    TRANSLATION = "working-translation"
    DRAFT = "draft"
    UNKNOWN = "unknown"


# ---- a text as it was read ------------------------------------------------------------------------------------------


class Span(Struct, frozen=True):
    """Characters ``start`` to ``end`` (excluded) of the text of a Source."""

    start: int
    end: int


class Fix(Struct, frozen=True):
    """One repair of a scanned text: ``before`` became ``after`` by the rule ``name``.

    The span counts in the text as it was when the fix was made, so that the fixes can be replayed in order.
    """

    name: str
    span: Span
    before: str
    after: str


class Notice(Struct, frozen=True):
    """Something strange about a text, told to the reader; it never stops a run.

    ``code`` and ``values`` make a sentence with ``notice.<code>`` of ``data/common/messages.toml``.
    """

    code: str
    values: tuple[str, ...] = ()
    span: Span | None = None

    @property
    def lost(self) -> int:
        """How many numbered paragraphs a copy lacks where it says so: those between two numbers, or that of one; of
        any other notice none.

        >>> [Notice("numbers-missing", ("3", "5")).lost, Notice("number-missing", ("7",)).lost, Notice("fragment").lost]
        [3, 1, 0]
        """
        if self.code not in GAPS:
            return 0
        return int(self.values[1]) - int(self.values[0]) + 1 if len(self.values) > 1 else 1


class Provenance(Struct, frozen=True):
    """Where a text comes from and how far it may be trusted."""

    kind: TextKind = TextKind.UNKNOWN
    note: str = ""
    url: str = ""
    sha256: str = ""


class Header(Struct, frozen=True):
    """What a file says of itself: the front matter of a corpus file, the masthead of a document. Empty means unknown.

    ``adopted`` is an ISO date, ``language`` a two-letter code, ``symbol`` in full: ``A/RES/74/175``.
    """

    symbol: str = ""
    title: str = ""
    language: str = ""
    session: str = ""
    adopted: str = ""
    meeting: str = ""
    agenda_item: str = ""
    series: str = ""
    provenance: Provenance = Provenance()


class Source(Struct, frozen=True):
    """A text as it was read, before anything is known of its form.

    ``text`` is NFC with ``\\n`` line ends. Footnote calls that the format makes certain stand in it as ``[^7]``, the
    notes themselves as blocks ``[^7]: E/CN.15/2019/5.`` Blocks are set apart by blank lines where the format knows
    them. ``scanned`` tells that it looks like the output of an OCR engine; ``fixes`` what was repaired; ``data`` are
    the bytes it was read from.
    """

    text: str
    media_type: str = "text/plain"
    pages: tuple[Span, ...] = ()
    fixes: tuple[Fix, ...] = ()
    notices: tuple[Notice, ...] = ()
    header: Header = Header()
    scanned: bool = False
    data: bytes = b""
    origin: str = ""

    @property
    def sha256(self) -> str:
        """The hash of the bytes; empty where there are none."""
        import hashlib  # brings a library of ciphers along, for which a comparison need not wait

        return hashlib.sha256(self.data).hexdigest() if self.data else ""


class Paragraph(Struct, frozen=True, omit_defaults=True):
    """One paragraph. ``text`` is one line, without the number and without footnote calls.

    ``lead`` is the opening verb with its adverb, as printed: "Rappelant", "Prie instamment". ``number`` is as printed,
    without the full stop: "12", "a", "ii"; empty where there is none. ``depth`` is 0 for a paragraph, 1 for a point.
    ``label`` is what is printed before the text where that is more than its ``marker``: "(a)", "PP1 bis", "[2 bis]".
    """

    id: str
    part: Part
    number: str
    depth: int
    lead: str
    text: str
    span: Span
    label: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it is an alinéa or a paragraph of its own: no heading, no point, no text behind points."""
        return not self.depth and re.fullmatch(RE_WHOLE, self.id.rpartition(".")[2]) is not None

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of a section."""
        return is_heading(self.id)

    @property
    def marker(self) -> str:
        """The number with its sign, as printed before the text: "12.", "a)", "–"; empty where there is none.

        A dash or a dot that opens a point takes no sign: "–)" is printed nowhere and would not be read back.
        """
        if not self.number or not any(c.isalnum() for c in self.number):
            return self.number
        return f"{self.number}{')' if self.depth else '.'}"


def is_heading(id_: str) -> bool:
    """Whether a paragraph of that id is a heading: ``op.h2``; ``op9.h`` is the point h) of a paragraph.

    >>> is_heading("op.h2"), is_heading("annex1.h3-2"), is_heading("op9.h"), is_heading("op9.h.i")
    (True, True, False, False)
    """
    last = id_.rpartition(".")[2]
    return last[:1] == "h" and last[1:2].isdigit()


class Footnote(Struct, frozen=True):
    """A footnote: its call stands after character ``offset`` of the text of ``paragraph``.

    ``paragraph`` is empty when the call was not found, ``text`` when the note was not; ``span`` is where the note
    stands in the source.
    """

    label: str
    text: str
    paragraph: str = ""
    offset: int = 0
    span: Span | None = None


def footnotes_beside(footnotes: Collection[Footnote]) -> frozenset[Footnote]:
    """Those that may be of another text of the page: no call of them was found, and they are numbered before the first
    or behind the last one that is called. A text that has a note 1 numbers its own.

    >>> called, *others = Footnote("8", "S/2000/59.", "pp1"), Footnote("7", "S/2000/15."), Footnote("8", "Ibid.")
    >>> [note.label for note in footnotes_beside([called, *others])]
    ['7']
    >>> footnotes_beside([called, *others, Footnote("1", "S/2000/1.")])
    frozenset()
    """
    called = [int(note.label) for note in footnotes if note.paragraph and note.label.isdecimal()]
    if not called or any(note.label == "1" for note in footnotes):
        return frozenset()
    idle = [note for note in footnotes if not note.paragraph and note.label.isdecimal()]
    return frozenset(note for note in idle if not min(called) <= int(note.label) <= max(called))


RE_WHOLE = (
    r"(?:pp|op|p)\d+(?:[a-z]+\d?)?(?:-\d+)?"  # the last step of the id of one that is no point: "op2bis", "op2alt1"
)
BESIDE = (Part.PREFACE, Part.CONCLUSION)
REMARKS = frozenset({"annotation", "comment", "comment-bare"})
"""Codes of the notices on what a draft, or who comments on its file, says of the text."""
GAPS = frozenset({"number-missing", "numbers-missing"})
TORN = GAPS | {"number-again", "fragment", "unfinished"}


class Vote(Struct, frozen=True):
    """How a text was adopted: unanimously, without a vote, or by so many votes; the names of those against it and of
    those who abstained as printed, where they are; how each voted, where all are named."""

    kind: VoteKind
    yes: int = 0
    no: int = 0
    abstaining: int = 0
    against: str = ""
    abstained: str = ""
    roll: dict[str, Ballot] = {}


GIVEN_UP = ".gone"  # stands in the id of a line that a draft has in the place of a paragraph, behind the one of that


class Resolution(Struct, frozen=True, dict=True):
    """A text in the form of a resolution. ``paragraphs`` holds preface and conclusion too; ``body`` leaves them out.
    ``vote`` is None where the text does not say how it was adopted. ``asides`` are the lines of a draft that are no
    paragraph: what was given up ("2. [Supprimé]"), what it says of its text."""

    symbol: str
    title: str
    language: str
    session: str
    adopted: str
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Footnote, ...] = ()
    notices: tuple[Notice, ...] = ()
    provenance: Provenance = Provenance()
    scanned: bool = False
    vote: Vote | None = None
    asides: tuple[Paragraph, ...] = ()

    @property
    def given_up(self) -> set[str]:
        """The ids of the paragraphs in whose place a draft says that they were given up: "2. [Supprimé]"."""
        return {aside.id.partition(GIVEN_UP)[0] for aside in self.asides if GIVEN_UP in aside.id}

    @cached_property
    def body(self) -> tuple[Paragraph, ...]:
        """The paragraphs that are compared: preamble, operative part, annexes, in the order of the text."""
        return tuple([p for p in self.paragraphs if p.part not in BESIDE])

    @property
    def note_ids(self) -> tuple[str, ...]:
        """The id of each of ``footnotes``, ``note7``; the calls of one note have one, a number met again a suffix."""
        ids: dict[tuple[str, str, Span | None], str] = {}
        met: dict[str, int] = {}
        for note in self.footnotes:
            key = (note.label, note.text, note.span)
            if key not in ids:
                met[note.label] = again = met.get(note.label, 0) + 1
                ids[key] = f"note{note.label}" if again == 1 else f"note{note.label}-{again}"
        return tuple(ids[note.label, note.text, note.span] for note in self.footnotes)

    @property
    def is_unfinished(self) -> bool:
        """Whether the text breaks off: its last paragraph announces another one."""
        return any(notice.code == "unfinished" for notice in self.notices)

    @property
    def is_torn(self) -> bool:
        """Whether numbers of the operative part are missing or out of order, a piece lost its place, or it breaks off.

        Then some of the text may be missing.
        """
        return any(notice.code in TORN for notice in self.notices)


# ---- what changed ---------------------------------------------------------------------------------------------------


class Rival(Struct, frozen=True):
    """A pair of paragraphs that competed with a link, and the probability that it belongs together."""

    old: str
    new: str
    score: float


class Reason(Struct, frozen=True):
    """Why paragraphs are linked: the ``tier`` that decided, the named parts of its score, the closest rivals.

    ``tier`` is one of ``exact``, ``strong``, ``likely``, ``standing``, ``possible``, ``reworded``, ``opening``,
    ``split``, ``merge``, ``pinned``, or ``none`` for a paragraph with no partner. A part is what a feature adds to the
    logarithm of the odds.
    """

    tier: str
    parts: tuple[tuple[str, float], ...] = ()
    rivals: tuple[Rival, ...] = ()


class Link(Struct, frozen=True):
    """Old and new paragraphs that belong together: many to many. One side is empty when added or removed.

    The score is the probability that they do. ``alike`` is what two of a doubtful link have in common of the words that
    say something: twice, by the sum of both, names left out. Such a link is ``rivalled`` where a paragraph without one
    says what one of the two does more likely than its partner.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    score: float
    reason: Reason
    alike: float = 1.0
    rivalled: bool = False

    def on(self, side: Side) -> tuple[str, ...]:
        """Its paragraphs of that side."""
        return self.old if side is Side.OLD else self.new

    @property
    def sided(self) -> list[tuple[Side, str]]:
        """Its paragraphs, each with its side, the old ones first."""
        return [(side, id_) for side, ids in ((Side.OLD, self.old), (Side.NEW, self.new)) for id_ in ids]


class Pin(Struct, frozen=True):
    """A person's last word on links: these paragraphs belong together, or (``forbidden``) do not."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    forbidden: bool = False


class Edit(Struct, frozen=True):
    """A run of words kept, inserted or deleted.

    ``passage`` is the id of the paragraph on the other side where these words stand, when they moved there.
    """

    op: Op
    text: str
    weight: Weight = Weight.NONE
    passage: str = ""


def side_text(edits: Iterable[Edit], side: Side) -> str:
    """What one of two texts says, as edits spell it.

    >>> edits = Edit(Op.EQUAL, "Prie "), Edit(Op.DELETE, "l’Office"), Edit(Op.INSERT, "le Conseil")
    >>> side_text(edits, Side.OLD), side_text(edits, Side.NEW)
    ('Prie l’Office', 'Prie le Conseil')
    """
    of_other = side.other.op
    return "".join([edit.text for edit in edits if edit.op is not of_other])


class Evidence(Struct, frozen=True):
    """Words of a paragraph that bear out a statement; without words the paragraph in which what it says stands too."""

    paragraph: str
    quote: str


class FlagCode(StrEnum):
    """What can be said of one change; ``flag.<code>`` of ``data/common/messages.toml`` is its sentence."""

    REFERENCE_FOLLOWS = "reference-follows"
    REFERENCE_LOST = "reference-lost"
    REFERENCE_STALE = "reference-stale"
    VERB_WEAKER = "verb-weaker"
    VERB_STRONGER = "verb-stronger"
    VERB_CHANGED = "verb-changed"
    VERB_ADDED = "verb-added"
    VERB_DROPPED = "verb-dropped"
    CONDITION_ADDED = "condition-added"
    CONDITION_DROPPED = "condition-dropped"
    ADDRESSEE_CHANGED = "addressee-changed"
    ACTOR_REPLACED = "actor-replaced"
    DEADLINE_CHANGED = "deadline-changed"
    DEADLINE_ADDED = "deadline-added"
    DEADLINE_DROPPED = "deadline-dropped"
    DATE_CHANGED = "date-changed"
    FIGURE_CHANGED = "figure-changed"
    FIGURE_ADDED = "figure-added"
    FIGURE_DROPPED = "figure-dropped"
    REPORT_ADDED = "report-added"
    REPORT_DROPPED = "report-dropped"
    BRACKETED = "bracketed"
    UNBRACKETED = "unbracketed"
    ACT = "act"
    RENEWED = "renewed"
    REWRITTEN = "rewritten"
    WORDS_ADDED = "words-added"
    WORDS_DROPPED = "words-dropped"
    WORDS_REPLACED = "words-replaced"
    WORDS_MOVED = "words-moved"
    WORDS_SWAPPED = "words-swapped"
    REWORDED = "reworded"
    SAME_SENSE = "same-sense"
    ROUTINE_LAST_EDITION = "routine-last-edition"
    ROUTINE_LAST_EDITION_ADDED = "routine-last-edition-added"
    ROUTINE_RECALLED = "routine-recalled"
    ROUTINE_SESSION = "routine-session"
    ROUTINE_DOCUMENT = "routine-document"
    ROUTINE_DATE = "routine-date"
    ROUTINE_PERIOD = "routine-period"
    ROUTINE_REFERENCE = "routine-reference"
    ROUTINE_NAME = "routine-name"


class Flag(Struct, frozen=True):
    """A statement about one change: the sentence of its code, filled with ``values``."""

    code: FlagCode
    values: tuple[str, ...] = ()
    old: tuple[Evidence, ...] = ()
    new: tuple[Evidence, ...] = ()


class Change(Struct, frozen=True):
    """What became of the paragraphs of one link.

    Equal and deleted edits, joined, are the texts of ``olds`` (``\\n`` between paragraphs); equal and inserted ones
    those of ``news``, to the letter. ``in_gap``: a paragraph of one text that may stand where the copy of the other
    lacks some; that it was added or removed is not known. ``may_stand``: one without a link of which some may well
    stand in the other text, in other words or beside others. ``in_points``: one whose words stayed and of which a point
    came, went, changed or went to another list. ``turned`` are the paragraphs of a split or of a merger as the one on
    the other side has their words, where that is not the order of their text.
    """

    link: Link
    kind: Kind
    moved: bool
    renumbered: bool
    weight: Weight
    edits: tuple[Edit, ...]
    flags: tuple[Flag, ...] = ()
    in_gap: bool = False
    may_stand: bool = False
    in_points: bool = False
    turned: tuple[str, ...] = ()

    @property
    def olds(self) -> tuple[str, ...]:
        """The old paragraphs in the order in which the edits have them."""
        return self.turned if self.turned and len(self.link.old) > 1 else self.link.old

    @property
    def news(self) -> tuple[str, ...]:
        """The new paragraphs in the order in which the edits have them."""
        return self.turned if self.turned and len(self.link.new) > 1 else self.link.new

    def only(self, side: Side) -> list[str]:
        """The stretches that went from the old text, or that came to the new one, in the order of the edits."""
        own = side.op
        return [edit.text for edit in self.edits if edit.op is own]

    @property
    def renewed_in(self) -> tuple[str, ...]:
        """The paragraphs of the new text that renew a removed one by its number, where no words link them."""
        renewing = [shown.paragraph for flag in self.flags if flag.code is FlagCode.RENEWED for shown in flag.new]
        return tuple(dict.fromkeys(renewing))


class NoteChange(Struct, frozen=True):
    """What became of a footnote. ``old`` and ``new`` are its ids, ``note7`` and, where a number is met again,
    ``note7-2``; one is empty where it stands in one text only.

    A number is as printed, empty where it is lost. The paragraphs are those that call the note, in their order; none
    where the call is lost. Equal and deleted edits, joined, are the old note, equal and inserted ones the new one, to
    the letter. What is not compared weighs nothing.
    """

    old: str
    new: str
    kind: NoteKind
    weight: Weight
    edits: tuple[Edit, ...]
    old_number: str = ""
    new_number: str = ""
    old_paragraphs: tuple[str, ...] = ()
    new_paragraphs: tuple[str, ...] = ()

    @property
    def renumbered(self) -> bool:
        """Whether it stands in both texts, under another number."""
        return bool(self.old and self.new) and self.old_number != self.new_number

    @property
    def differs(self) -> bool:
        """Whether it came, went or reads otherwise. Of what is not compared nothing is said."""
        return self.kind in (NoteKind.MODIFIED, NoteKind.ADDED, NoteKind.REMOVED)


# ---- what it means --------------------------------------------------------------------------------------------------


class TopicChange(Struct, frozen=True):
    """How a topic stands in the two texts, with the words that show it.

    ``label`` is in the language of the texts, ``labels`` are its names in every language that the topic table knows.
    ``renamed`` holds the old and the new term of art when the name changed. ``earlier`` is the symbol of the earlier
    edition of the series that already had the topic, when it is new only since the last one. ``article`` goes before
    the French label in a sentence: "le", "la", "les", "l’"; empty where none is known. ``shown`` are the paragraphs
    that speak more of an expanded topic than those they come from, or less of a reduced one. ``words`` are the words of
    a new or dropped topic that stand nowhere in the other text; empty where the counter-test does not let it be told.
    ``hinted``: one of the texts has only words of it that are too weak to make a topic.
    """

    id: str
    label: str
    status: Status
    unbis: str = ""
    old: tuple[Evidence, ...] = ()
    new: tuple[Evidence, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    renamed: tuple[str, str] | None = None
    earlier: str = ""
    priority: int = 0
    article: str = ""
    unbis_match: str = ""
    shown: tuple[str, ...] = ()
    words: str = ""
    hinted: bool = False


class VerbChange(Struct, frozen=True):
    """A verb of command (or of a preambular opening) in linked paragraphs. ``direction``: stronger, weaker, same.

    ``clause`` is the new act, shortened; empty where both verbs only tell how something is received. ``settled`` tells
    that what one text asks the other only receives: a gate takes it for weaker, a reader is told of another verb.
    """

    old: str
    new: str
    old_verb: str
    new_verb: str
    direction: str
    lead: bool = True
    clause: str = ""
    settled: bool = False


class ActorChange(Struct, frozen=True):
    """A body, programme, treaty, manual named in the texts; ids of the paragraphs that name it on each side.

    ``replaces`` and ``replaced_by`` name the actor seen at the same edit sites on the other side. ``alone`` tells that
    the other text has its words nowhere, and that the name is whole: only then may it be told as new or gone.
    """

    name: str
    status: Status
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    sort: str = "body"  # body, instrument, programme, document
    acronym: str = ""
    replaces: str = ""
    replaced_by: str = ""
    alone: bool = False


class CitationChange(Struct, frozen=True):
    """A resolution, document or treaty cited. ``routine`` names the rule that explains a roll-over, else is empty."""

    text: str
    status: Status
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    routine: str = ""
    replaced_by: str = ""


class TermChange(Struct, frozen=True):
    """A noun phrase found on one side only; ``score`` ranks it."""

    text: str
    status: Status
    paragraphs: tuple[str, ...]
    score: float


class ObligationChange(Struct, frozen=True):
    """Who is asked to do something, on what condition, and how that differs. ``sort``: addressee, condition, report.

    ``of`` is the sort of a condition: rights, law, limit, request, consult, discretion. What protects people is a
    safeguard.
    """

    sort: str
    text: str
    status: Status
    old: str = ""
    new: str = ""
    of: str = ""

    @property
    def is_safeguard(self) -> bool:
        """Whether it is a condition that protects people."""
        return self.of == "rights"


class Nearest(Struct, frozen=True):
    """The paragraph of the other text that comes nearest to saying the same, and the share of the words it has, 0 to 1.

    ``paragraph`` is empty where none has any.
    """

    paragraph: str
    share: float


class Kin(Struct, frozen=True):
    """A paragraph of a side that has no link, the one of the other text that may say what it says in other words,
    wholly or in part, whatever that one is linked to, and how likely it does."""

    side: Side
    paragraph: str
    other: str
    probability: float

    @property
    def old(self) -> str:
        """The old paragraph of the two."""
        return self.paragraph if self.side is Side.OLD else self.other

    @property
    def new(self) -> str:
        """The new paragraph of the two."""
        return self.other if self.side is Side.OLD else self.paragraph


class Loss(StrEnum):
    """What is known of an act of the old text that the new one does not have in its words."""

    NONE = ""  # it is an act of the new text
    UNREPEATED = "unrepeated"  # hardly any paragraph says it
    RECITED = "recited"  # a recital most likely says it, and a recital asks nobody
    CLOSE = "close"  # the paragraph that comes nearest most likely does the same in other words, or with less force
    SAID = "said"  # … and surely: nothing is lost, one paragraph took the place of the other
    UNLINKED = "unlinked"  # nothing is linked to its paragraph: its sense may stand elsewhere
    UPHELD = "upheld"  # … and whether it does or not it stands, for the new text asks that the old one be applied


class Provision(Struct, frozen=True):
    """What one act of the operative part does, in the words of its paragraphs: an act of the new text that was added or
    changed, or (``side`` old) what the old text asked and the new one asks in no words.

    ``quote`` is cut at the end of a clause, ``brief`` shorter. ``group`` names the one asked, or the sort of act where
    nobody is, for telling those of one group together. ``rank`` orders provisions, the weightiest first. ``nearest`` is
    the proof: none but its partners says as much of it.
    ``standing`` says of one of the old text that the new text goes beside that text: it does not repeat it, and ends
    nothing by that; ``loss`` how far that is known. ``counterpart`` is, of one of the new text that stands in an added
    paragraph, the old paragraph that most likely says the same in other words, where there is one.
    """

    side: Side
    paragraphs: tuple[str, ...]
    quote: str
    brief: str
    group: str
    rank: float
    nearest: Nearest
    standing: bool = False
    loss: Loss = Loss.NONE
    counterpart: str = ""


class TimeChange(Struct, frozen=True):
    """A date, period or session of the operative part that was set (``old`` empty), moved or given up (``new`` empty).

    ``clause`` is the time with the words before it, in the text that has it now or, given up, had it.
    """

    old: str
    new: str
    old_paragraph: str
    new_paragraph: str
    clause: str


class ActCondition(Struct, frozen=True):
    """A condition of an act; ``sort``: rights, law, mandate, request, consult, exception."""

    sort: str
    text: str
    paragraph: str


class ActTime(Struct, frozen=True):
    """A time of an act by its value: 60 and ``day``, "2009-11-30" and ``date``; ``timing``: until, from, within …"""

    value: int | str
    unit: str
    timing: str
    text: str
    paragraph: str


class Target(Struct, frozen=True):
    """What a reference names: a resolution, or paragraphs and points of it.

    ``number`` is that of the resolution ("1737", "72/194"), ``here`` for the text itself, empty for another document;
    ``paragraphs`` its paragraphs one by one ("3", "4", "5"), empty where the whole is meant; ``points`` the letters of
    those of its one paragraph that are meant ("l’alinéa c du paragraphe 8").
    """

    number: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]

    @property
    def provisions(self) -> tuple[str, ...]:
        """The paragraphs and points: "3", "8.c"."""
        return tuple([f"{self.paragraphs[0]}.{letter}" for letter in self.points]) or self.paragraphs

    def among(self, ids: Container[str]) -> list[str]:
        """The ids by which a text with these ids has what is named: a point that is read as words of its paragraph by
        that one's.

        >>> Target("1455", ("8",), ("b", "c")).among({"op8", "op8.b"})
        ['op8.b', 'op8']
        """
        named = [f"op{provision}" for provision in self.provisions]
        return [id_ if id_ in ids else id_.partition(".")[0] for id_ in named]


class ActReference(Target, frozen=True):
    """What an act refers to. ``role``: the object of the act, its basis, or an exception to it."""

    role: str
    text: str
    paragraph: str


class ActPassage(Struct, frozen=True):
    """Words of an act: characters ``start`` to ``end`` of the text of a paragraph."""

    paragraph: str
    start: int
    end: int


class ActFacts(Struct, frozen=True):
    """What is known of one act of a text: :class:`resdiff.recognition.survey.Act` without its words.

    They stand in ``passages``: of the paragraph that opens it, then of its points. ``softeners`` are the flat words
    that weigh on what it asks: "continuer", "envisager".
    """

    paragraph: str
    passages: tuple[ActPassage, ...]
    verb: str
    head: str
    family: str
    force: float
    addressee: str
    effect: str
    conditions: tuple[ActCondition, ...] = ()
    times: tuple[ActTime, ...] = ()
    references: tuple[ActReference, ...] = ()
    softeners: tuple[str, ...] = ()


class ActPair(Struct, frozen=True):
    """An old and a new act of linked paragraphs that say the same; one without a partner stands alone.

    Of one that stands alone ``nearest`` is the paragraph of the other text that has most of its words.
    """

    old: ActFacts | None
    new: ActFacts | None
    nearest: Nearest | None = None

    def act(self, side: Side) -> ActFacts | None:
        """The act of that side."""
        return self.old if side is Side.OLD else self.new


class Age(Struct, frozen=True):
    """Since when a paragraph of the old text stands in its series: the symbol and date of the edition that brought it.

    ``at_least`` tells that it may be older: this is the first edition that is known, or the one before has a paragraph
    near it in matter.
    """

    paragraph: str
    symbol: str
    adopted: str
    at_least: bool


class Borrowed(Struct, frozen=True):
    """Words of a paragraph of the new text that came with it and were adopted elsewhere before, to the letter.

    ``symbol``, ``source`` and ``adopted`` are those of the text that had them first: symbol, paragraph, date.
    """

    paragraph: str
    text: str
    symbol: str
    source: str
    adopted: str


class Comparison(Struct, frozen=True):
    """Two successive resolutions side by side. Every id of both bodies stands in exactly one change, every footnote in
    exactly one of ``notes``. ``kin`` are what paragraphs without a link may be in the other text, ``neighbours`` those
    that may say some of what one with neither does, the likeliest first; ``ages`` are those of the old paragraphs, none
    where no earlier edition is known; ``borrowed`` words are told where an index of adopted texts is at hand.
    """

    old: Resolution
    new: Resolution
    changes: tuple[Change, ...]
    title: tuple[Edit, ...] = ()
    notes: tuple[NoteChange, ...] = ()
    topics: tuple[TopicChange, ...] = ()
    verbs: tuple[VerbChange, ...] = ()
    citations: tuple[CitationChange, ...] = ()
    actors: tuple[ActorChange, ...] = ()
    terms: tuple[TermChange, ...] = ()
    obligations: tuple[ObligationChange, ...] = ()
    provisions: tuple[Provision, ...] = ()
    calendar: tuple[TimeChange, ...] = ()
    acts: tuple[ActPair, ...] = ()
    kin: tuple[Kin, ...] = ()
    neighbours: tuple[Kin, ...] = ()
    ages: tuple[Age, ...] = ()
    borrowed: tuple[Borrowed, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def is_of_drafts(self) -> bool:
        """Whether a text has no symbol yet: then the other one is its next state, or what it is made from."""
        return not (self.old.symbol and self.new.symbol)

    @property
    def is_of_one_negotiation(self) -> bool:
        """Whether the old text is a draft too: what every edition renews is a change from one state to the next."""
        return not self.old.symbol and self.is_negotiated

    @property
    def is_negotiated(self) -> bool:
        """Whether a text has signs of a negotiation: labels, square brackets, remarks."""
        texts = self.old, self.new
        return any(paragraph.label or "[" in paragraph.text for text in texts for paragraph in text.body) or any(
            notice.code in REMARKS for text in texts for notice in text.notices
        )

    def text(self, side: Side) -> Resolution:
        """The text of that side."""
        return self.old if side is Side.OLD else self.new
