"""The typed blocks of a report: what every renderer understands.

A renderer is a map from block type to function; it decides how a block looks, never what it says.
"""

from msgspec import Struct

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


class Strong(Struct, frozen=True):
    """Words to stress."""

    text: str


class Address(Struct, frozen=True):
    """A paragraph to point to: ``label`` is what a reader sees ("PP 3", "par. 12 a)"), side and id what it links to."""

    side: Side
    id: str
    label: str


Inline = str | Strong | Address


class Sentence(Struct, frozen=True):
    """A sentence of the report, made of text, stressed words and addresses."""

    parts: tuple[Inline, ...]


# ---- blocks -------------------------------------------------------------------------------------------------------


class Title(Struct, frozen=True):
    """The two texts: what a reader calls them ("72/194"), dates written out, titles in their resolutions.

    ``edits`` is what changed in the title, empty when it is the same to the letter.
    """

    old: Resolution
    new: Resolution
    names: tuple[str, str] = ("", "")
    dates: tuple[str, str] = ("", "")
    edits: tuple[Edit, ...] = ()


class Provenance(Struct, frozen=True):
    """One line a text that is not an official one; shown at the very top."""

    lines: tuple[Sentence, ...]


class Summary(Struct, frozen=True):
    """At most twelve sentences, most important first."""

    sentences: tuple[Sentence, ...]


class Numbers(Struct, frozen=True):
    """How many paragraphs, changes by kind, moves, and changes by weight."""

    old: int
    new: int
    kinds: tuple[tuple[Kind, int], ...]
    moved: int
    renumbered: int
    weights: tuple[tuple[Weight, int], ...]


class Topics(Struct, frozen=True):
    """Topics by status: new, expanded, dropped, reduced, kept."""

    topics: tuple[TopicChange, ...]


class Row(Struct, frozen=True):
    """One change with its paragraphs and the remark a negotiator would write in the margin."""

    change: Change
    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    remark: Sentence

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to see in it: every format folds such rows, and all must fold the same."""
        return self.change.kind is Kind.UNCHANGED and self.change.weight is Weight.NONE and not self.change.moved


class Changes(Struct, frozen=True):
    """The changes in the order of the new text, removed paragraphs where they stood.

    ``hidden`` counts the changes that a minimum weight left out.
    """

    rows: tuple[Row, ...]
    hidden: int = 0


class Picture(Struct, frozen=True):
    """The alignment as a picture: paragraphs of both sides with their lengths in characters, and the changes."""

    old: tuple[tuple[str, int], ...]
    new: tuple[tuple[str, int], ...]
    changes: tuple[Change, ...]


class Concordance(Struct, frozen=True):
    """Old numbers and new numbers, in the order of the old text, added paragraphs last."""

    rows: tuple[Change, ...]


class Verbs(Struct, frozen=True):
    """Verbs of command that changed."""

    verbs: tuple[VerbChange, ...]


class Actors(Struct, frozen=True):
    """Bodies, programmes and instruments that came, went or were replaced."""

    actors: tuple[ActorChange, ...]


class Obligations(Struct, frozen=True):
    """Addressees, conditions and reports that came or went."""

    obligations: tuple[ObligationChange, ...]


class Citations(Struct, frozen=True):
    """Citations that came or went; the routine ones are folded in ``routine``."""

    citations: tuple[CitationChange, ...]
    routine: tuple[CitationChange, ...]


class Terms(Struct, frozen=True):
    """Noun phrases on one side only."""

    terms: tuple[TermChange, ...]


class Notices(Struct, frozen=True):
    """What is strange about the texts, by symbol."""

    notices: tuple[tuple[str, Notice], ...]


class Pair(Struct, frozen=True):
    """One page of a changelog: the pair of texts, the stem of its files, its numbers in one line, its first sentences.

    A pair that could not be built has an ``error`` and nothing else.
    """

    old: str
    new: str
    stem: str
    numbers: Sentence = Sentence(())
    sentences: tuple[Sentence, ...] = ()
    error: str = ""


class Listing(Struct, frozen=True):
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


class Report(Struct, frozen=True):
    """A report: what it is about, in which language it speaks, its blocks in order."""

    title: str
    lang: str
    blocks: tuple[Block, ...]
    comparison: Comparison


class Index(Struct, frozen=True):
    """The front page of a changelog: one listing a series. ``formats`` are the suffixes its pages exist in."""

    title: str
    lang: str
    blocks: tuple[Listing, ...]
    formats: tuple[str, ...] = ("html", "md", "json")
