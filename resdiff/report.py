"""From a comparison to a report: a flat tuple of typed blocks that every renderer understands.

A renderer is a map from block type to function; it decides how a block looks, never what it says. All sentences are
made here, in the language of the reader, so that HTML, Word, Markdown and the terminal say the same.
"""

from dataclasses import dataclass

from resdiff.model import (
    ActorChange,
    Change,
    CitationChange,
    Comparison,
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

__all__ = ["Report"]


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
    """The two texts: symbols, dates, titles."""

    old: Resolution
    new: Resolution


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
    """The changes in the order of the new text, removed paragraphs where they stood."""

    rows: tuple[Row, ...]
    hidden: int = 0  # left out by a minimum weight


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
)


@dataclass(frozen=True, slots=True)
class Report:
    """A report: what it is about, in which language it speaks, its blocks in order."""

    title: str
    lang: str
    blocks: tuple[Block, ...]
    comparison: Comparison
