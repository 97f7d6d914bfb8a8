"""What is known of one text: the values that ``recognize`` finds and every judgement rests on.

A survey is made once a text and kept: it is frozen, made of tuples and strings, and goes to JSON and back. Spans count
characters of the text of the paragraph that is named beside them.
"""

from msgspec import Struct

from resdiff.model import Resolution

__all__ = [
    "Citation",
    "CitationMention",
    "Command",
    "Condition",
    "Name",
    "NameMention",
    "Survey",
    "Theme",
    "ThemeMention",
    "TimedMention",
]


class Command(Struct, frozen=True):
    """A verb of command, or of a preambular opening, with its clause.

    ``start`` to ``end`` is the verb with its adverbs, up to ``asked_end`` stands who is asked, up to ``stop`` the
    clause. ``id`` is the verb in the table, ``text`` the verb as printed with the adverbs that matter, ``head`` with
    all of them; ``strength`` is its place on each scale it stands on. ``lead`` tells that it opens the paragraph.
    ``addressee`` is who is asked, with the article alone ("les États Membres"), ``report`` the words that ask for a
    report; both are empty where there is none.
    """

    paragraph: str
    start: int
    end: int
    asked_end: int
    stop: int
    id: str
    text: str
    head: str
    strength: tuple[tuple[str, float], ...]
    lead: bool
    clause: str
    addressee: str = ""
    report: str = ""


class Condition(Struct, frozen=True):
    """A condition ("conformément au droit international"): the ``row`` of the table that has it, and what that says."""

    paragraph: str
    start: int
    end: int
    text: str
    row: int
    sort: str
    stands_alone: bool = False


class TimedMention(Struct, frozen=True):
    """A deadline ("jusqu’au 15 octobre 2007") or a figure ("un effectif de 1 200 hommes")."""

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


class Survey(Struct, frozen=True):
    """All that is known of one text, in the order of the text.

    ``language`` is the code of the language whose tables were used, empty where there are none: then only citations
    are known. ``themes`` defines the themes that are mentioned, by id.
    """

    resolution: Resolution
    language: str
    commands: tuple[Command, ...] = ()
    conditions: tuple[Condition, ...] = ()
    deadlines: tuple[TimedMention, ...] = ()
    figures: tuple[TimedMention, ...] = ()
    names: tuple[NameMention, ...] = ()
    citations: tuple[CitationMention, ...] = ()
    themes: tuple[Theme, ...] = ()
    theme_mentions: tuple[ThemeMention, ...] = ()
