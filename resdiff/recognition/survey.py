"""What is known of one text: the values that ``recognize`` finds and every judgement rests on.

A survey is made once a text and kept: it is frozen, made of tuples and strings, and goes to JSON and back. Spans count
characters of the text of the paragraph that is named beside them.
"""

from enum import StrEnum

from msgspec import Struct

from resdiff.language.dates import Timing, Unit
from resdiff.model import Resolution, Target

__all__ = [
    "ASKS",
    "HERE",
    "KEEPING",
    "RUNNING",
    "Act",
    "Citation",
    "CitationMention",
    "Condition",
    "Effect",
    "Family",
    "FigureMention",
    "Name",
    "NameMention",
    "Passage",
    "Proviso",
    "Quantity",
    "Reference",
    "Role",
    "Survey",
    "Theme",
    "ThemeMention",
]


class Condition(Struct, frozen=True):
    """A condition ("conformément au droit international"): the ``row`` of the table that has it, and what that says."""

    paragraph: str
    start: int
    end: int
    text: str
    row: int
    sort: str
    stands_alone: bool = False


class FigureMention(Struct, frozen=True):
    """A figure that tells how many are authorised: "un effectif de 1 200 hommes"."""

    paragraph: str
    start: int
    end: int
    text: str


class Name(Struct, frozen=True):
    """A name where it stands: the words as printed, its key, the sort of its head, an alias in brackets behind it."""

    text: str
    start: int
    end: int
    key: str
    sort: str
    alias: str = ""


class NameMention(Struct, frozen=True):
    """A name in a paragraph, inside no known name."""

    paragraph: str
    name: Name


class Citation(Struct, frozen=True):
    """One citation in a text: its key, how it is shown, where it stands."""

    key: str
    label: str
    start: int
    end: int


class CitationMention(Struct, frozen=True):
    """A citation in a paragraph; ``noted`` where it stands in a footnote that the paragraph calls.

    The paragraph of a footnote whose call was not found is empty.
    """

    paragraph: str
    citation: Citation
    noted: bool = False


class Theme(Struct, frozen=True):
    """A theme that can be found. ``match`` says how close the UNBIS concept ``unbis`` comes: exact, close, broad."""

    id: str
    fr: str
    en: str
    article: str = ""
    priority: int = 5
    unbis: str = ""
    match: str = ""


class ThemeMention(Struct, frozen=True):
    """A theme found in a paragraph; an empty paragraph is the title of the text.

    ``hint`` marks words too weak to make a theme; ``name`` numbers the term of art, by group and in it.
    """

    paragraph: str
    theme: str
    start: int
    end: int
    hint: bool = False
    name: tuple[int, int] | None = None


class Family(StrEnum):
    """What sort of act a verb makes."""

    DECIDE = "decide"
    DEMAND = "demand"
    REQUEST = "request"
    RECOMMEND = "recommend"
    ENCOURAGE = "encourage"
    INTEND = "intend"
    AFFIRM = "affirm"
    STRESS = "stress"
    RECALL = "recall"
    NOTE = "note"
    WELCOME = "welcome"
    SUPPORT = "support"
    CONCERN = "concern"
    CONDEMN = "condemn"
    CONSIDER = "consider"  # "agissant en vertu", "tenant compte": only in a preamble
    OTHER = "other"  # a numbered paragraph whose verb is in no table


ASKS = frozenset({Family.DEMAND, Family.REQUEST})
"""The families of what asks something of somebody, short of a wish."""
REQUESTS = ASKS | {Family.RECOMMEND, Family.ENCOURAGE}
"""… and with it."""
RECEIVED = frozenset({Family.NOTE, Family.WELCOME, Family.SUPPORT, Family.RECALL})
"""How something is received, not what is asked."""


class Effect(StrEnum):
    """What an act does to earlier provisions."""

    NONE = "none"
    RENEW = "renew"
    EXTEND = "extend"
    AMEND = "amend"
    REPLACE = "replace"
    END = "end"
    REAFFIRM = "reaffirm"
    UPHOLD = "uphold"
    CREATE = "create"


RUNNING = (Effect.RENEW, Effect.EXTEND)
"""What keeps a mandate running."""
KEEPING = frozenset({*RUNNING, Effect.AMEND, Effect.REAFFIRM, Effect.REPLACE})
"""What keeps a provision, as it was or otherwise."""


class Role(StrEnum):
    """What a reference is to its act: what it bears on, its ground, or what it sets aside."""

    OBJECT = "object"
    BASIS = "basis"
    EXCEPTION = "exception"


HERE = "here"
"""The number that a reference to a paragraph of the text itself has."""


class Passage(Struct, frozen=True):
    """Characters ``start`` to ``end`` of the text of a paragraph."""

    paragraph: str
    start: int
    end: int


class Reference(Target, frozen=True):
    """A reference to a resolution or to paragraphs: "aux paragraphes 3 à 5 de la résolution 1737 (2006)"."""

    text: str
    role: Role
    place: Passage


class Quantity(Struct, frozen=True):
    """A time by its value: 60 and day, "2009-11-30" and date, 75 and session. ``text`` is the phrase with its cue."""

    value: int | str
    unit: Unit
    timing: Timing
    text: str
    place: Passage


class Proviso(Struct, frozen=True):
    """A condition of an act to the end of its clause; ``sort``: rights, law, mandate, request, consult, exception."""

    sort: str
    text: str
    place: Passage


class Act(Struct, frozen=True):
    """What one verb of a text does: "Prie l’Office … de fournir …" is one act, "et se félicite de …" the next.

    It stands in ``passages``: of the paragraph that opens it, and of the points and tails that belong to it; ``parts``
    are their ids, ``text`` their words, joined by line ends. ``verb`` is its id in the table (empty for a paragraph
    without a known one), ``kin`` that of the one it is no other than ("note" is "prend note"), ``head`` the verb with
    its adverbs as printed, ``place`` where they stand; it ``leads`` where it opens its paragraph. ``force`` is its
    place on one scale over all families, 0 to 10, the whole phrase weighed, ``verb_force`` that of the head.
    ``addressee`` is who is asked or who must, all of them, the article alone (a pronoun where one stands), ``object``
    what is asked or all that follows the verb, ``action`` the verb that
    says what is to be done, in flat text, ``softeners`` the flat words that weigh on it. ``anaphora`` tells where words
    stand that mean something named before the act, not in it: "ces actes", "à cette fin", a pronoun for the one asked.
    """

    paragraph: str
    parts: tuple[str, ...]
    passages: tuple[Passage, ...]
    text: str
    verb: str
    family: Family
    force: float
    head: str
    place: Passage
    leads: bool = False
    kin: str = ""
    verb_force: float = 0.0
    addressee: str = ""
    object: str = ""
    action: str = ""
    softeners: tuple[str, ...] = ()
    conditions: tuple[Proviso, ...] = ()
    deadlines: tuple[Quantity, ...] = ()
    references: tuple[Reference, ...] = ()
    effect: Effect = Effect.NONE
    anaphora: tuple[Passage, ...] = ()


class Survey(Struct, frozen=True):
    """All that is known of one text, in the order of the text.

    ``language`` is the code of the language whose tables were used, empty where there are none: then only citations
    are known. ``themes`` defines the themes that are mentioned, by id.
    """

    resolution: Resolution
    language: str
    acts: tuple[Act, ...] = ()
    conditions: tuple[Condition, ...] = ()
    figures: tuple[FigureMention, ...] = ()
    names: tuple[NameMention, ...] = ()
    citations: tuple[CitationMention, ...] = ()
    themes: tuple[Theme, ...] = ()
    theme_mentions: tuple[ThemeMention, ...] = ()
