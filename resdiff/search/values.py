"""The values of a search and of the check of a draft: frozen, made of tuples, the same for every format."""

from enum import StrEnum

from msgspec import Struct

from resdiff.model import Edit, Part

__all__ = [
    "ClauseCheck",
    "DraftCheck",
    "Fit",
    "Found",
    "Hit",
    "ParagraphCheck",
    "Query",
    "Remark",
    "Source",
    "Standing",
    "Term",
    "Variant",
]


# ---- what is asked --------------------------------------------------------------------------------------------------


class Term(Struct, frozen=True):
    """Words that must stand together: one, or those of a phrase; ``prefix``: the last is the beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = False


class Query(Struct, frozen=True):
    """What a person typed: the terms wanted, those not wanted, those that stand near, and the text itself."""

    text: str
    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()
    near: tuple[Term, ...] = ()


# ---- what was found -------------------------------------------------------------------------------------------------


class Fit(StrEnum):
    """How the words asked for stand in a passage, the best first."""

    EXACT = "exact"  # those words, one behind the other
    INFLECTED = "inflected"  # the same in other forms: plural, feminine
    TOGETHER = "together"  # all of them, with others between
    MOST = "most"  # most of them


class Variant(Struct, frozen=True):
    """The same wording with other figures and dates: "seuls les chiffres diffèrent"."""

    text: str
    first: str
    last: str
    editions: int


class Hit(Struct, frozen=True):
    """A wording that holds what was asked for, as it stands in the text that had it first.

    ``symbol``, ``paragraph``, ``date`` and ``series`` are those of that text; ``last`` is the last text that has the
    wording, ``editions`` how many texts have it, ``texts`` their symbols in the order of their adoption. ``matches``
    are the characters of ``text`` that were asked for; ``context`` is the sentence it is a part of, from ``offset`` on.
    ``score`` is how well it fits, 0 to 100; equal ones stand in the order of ``years`` from the first text to the last,
    then of ``editions``.
    """

    symbol: str
    paragraph: str
    text: str
    first: str
    last: str
    editions: int
    date: str
    last_date: str
    series: str
    part: Part
    language: str
    score: int
    fit: Fit
    years: int
    matches: tuple[tuple[int, int], ...]
    context: str
    offset: int
    texts: tuple[str, ...]
    variants: tuple[Variant, ...] = ()


class Found(Struct, frozen=True):
    """The hits of a query, the best first, and how many sentences of the index match; ``capped`` where no more were
    counted."""

    query: str
    hits: tuple[Hit, ...]
    total: int
    capped: bool
    texts: int


# ---- a draft --------------------------------------------------------------------------------------------------------


class Standing(StrEnum):
    """Whether the words of a clause were adopted before."""

    AGREED = "agreed"  # verbatim, up to typography
    ADAPTED = "adapted"  # from a wording that is near
    NEW = "new"


class Source(Struct, frozen=True):
    """Where a wording was adopted: in ``symbol``, the last text that has it, and before; ``since`` is the date of the
    first, ``date`` that of the last, ``editions`` how many texts have it."""

    symbol: str
    paragraph: str
    text: str
    first: str
    since: str
    date: str
    editions: int
    language: str = ""


class ClauseCheck(Struct, frozen=True):
    """A clause of a draft, from character ``start`` of its paragraph on, and what it was taken from.

    ``source`` is None for a new one. ``likeness`` is how many of the words of both are kept, 0 to 1; ``figures``: they
    differ in figures and dates alone. ``edits`` make the clause of its source, when it is adapted.
    """

    paragraph: str
    text: str
    status: Standing
    source: Source | None
    start: int
    words: int
    edits: tuple[Edit, ...] = ()
    likeness: float = 0.0
    figures: bool = False


class Remark(Struct, frozen=True):
    """What a paragraph of a draft asks otherwise than its source: another verb, a condition that came or went.

    ``kind`` is ``verb``, ``condition-added`` or ``condition-dropped``; ``draft`` and ``source`` are the words of each.
    """

    paragraph: str
    kind: str
    draft: str
    source: str
    symbol: str
    source_paragraph: str


class ParagraphCheck(Struct, frozen=True):
    """A paragraph of a draft: its clauses, which joined are its text, and how many of its words stand in each way."""

    id: str
    number: str
    part: Part
    text: str
    clauses: tuple[ClauseCheck, ...]
    agreed: int
    adapted: int
    new: int
    remarks: tuple[Remark, ...] = ()


class DraftCheck(Struct, frozen=True):
    """A draft beside all that was adopted: its paragraphs, and its words counted by how they stand."""

    name: str
    title: str
    language: str
    texts: int
    paragraphs: tuple[ParagraphCheck, ...]
    agreed: int
    adapted: int
    new: int

    @property
    def clauses(self) -> tuple[ClauseCheck, ...]:
        """All clauses, in the order of the draft."""
        return tuple(clause for paragraph in self.paragraphs for clause in paragraph.clauses)
