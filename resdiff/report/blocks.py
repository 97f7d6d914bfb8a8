"""The typed blocks of a report: what every renderer understands.

A renderer is a map from block type to function; it decides how a block looks, never what it says.
"""

from dataclasses import dataclass

from resdiff.model import (
    ActorChange,
    Change,
    CitationChange,
    Comparison,
    Edit,
    Kind,
    Notice,
    ObligationChange,
    Paragraph,
    Resolution,
    Side,
    TermChange,
    TopicChange,
    VerbChange,
    Weight,
)

__all__ = ["Block", "Index", "Inline", "Report"]


# ---- inline -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Strong:
    """Words to stress."""

    text: str


@dataclass(frozen=True, slots=True)
class Address:
    """A paragraph to point to: ``label`` is what a reader sees ("PP 3", "par. 12 a)"), side and id what it links to."""

    side: Side
    id: str
    label: str


Inline = str | Strong | Address


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the report, made of text, stressed words and addresses."""

    parts: tuple[Inline, ...]


# ---- blocks -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Title:
    """The two texts: what a reader calls them ("72/194"), dates written out, titles in their resolutions.

    ``edits`` is what changed in the title, empty when it is the same to the letter.
    """

    old: Resolution
    new: Resolution
    names: tuple[str, str] = ("", "")
    dates: tuple[str, str] = ("", "")
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """One line a text that is not an official one; shown at the very top."""

    lines: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """At most twelve sentences, most important first."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many paragraphs, changes by kind, moves, and changes by weight."""

    old: int
    new: int
    kinds: tuple[tuple[Kind, int], ...]
    moved: int
    renumbered: int
    weights: tuple[tuple[Weight, int], ...]


@dataclass(frozen=True, slots=True)
class Topics:
    """Topics by status: new, expanded, dropped, reduced, kept."""

    topics: tuple[TopicChange, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One change with its paragraphs and the remark a negotiator would write in the margin."""

    change: Change
    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    remark: Sentence


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes in the order of the new text, removed paragraphs where they stood.

    ``hidden`` counts the changes that a minimum weight left out.
    """

    rows: tuple[Row, ...]
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """The alignment as a picture: paragraphs of both sides with their lengths in characters, and the changes."""

    old: tuple[tuple[str, int], ...]
    new: tuple[tuple[str, int], ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Concordance:
    """Old numbers and new numbers, in the order of the old text, added paragraphs last."""

    rows: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Verbs:
    """Verbs of command that changed."""

    verbs: tuple[VerbChange, ...]


@dataclass(frozen=True, slots=True)
class Actors:
    """Bodies, programmes and instruments that came, went or were replaced."""

    actors: tuple[ActorChange, ...]


@dataclass(frozen=True, slots=True)
class Obligations:
    """Addressees, conditions and reports that came or went."""

    obligations: tuple[ObligationChange, ...]


@dataclass(frozen=True, slots=True)
class Citations:
    """Citations that came or went; the routine ones are folded in ``routine``."""

    citations: tuple[CitationChange, ...]
    routine: tuple[CitationChange, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Noun phrases on one side only."""

    terms: tuple[TermChange, ...]


@dataclass(frozen=True, slots=True)
class Notices:
    """What is strange about the texts, by symbol."""

    notices: tuple[tuple[str, Notice], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One page of a changelog: the pair of texts, the stem of its files, its numbers in one line, its first sentences.

    A pair that could not be built has an ``error`` and nothing else.
    """

    old: str
    new: str
    stem: str
    numbers: Sentence = Sentence(())
    sentences: tuple[Sentence, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The pairs of one series, oldest first."""

    title: str
    pairs: tuple[Pair, ...]


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
    | Listing
)


@dataclass(frozen=True, slots=True)
class Report:
    """A report: what it is about, in which language it speaks, its blocks in order."""

    title: str
    lang: str
    blocks: tuple[Block, ...]
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Index:
    """The front page of a changelog: one listing a series. ``formats`` are the suffixes its pages exist in."""

    title: str
    lang: str
    blocks: tuple[Listing, ...]
    formats: tuple[str, ...] = ("html", "md", "json")
