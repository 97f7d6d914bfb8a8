"""A draft beside all that was adopted: ``check(index, draft) -> DraftCheck``.

Each clause is *agreed* (the words stand in an adopted text, up to typography), *adapted* (from the nearest wording,
with word marks) or *new*. Of a paragraph that was made of an adopted one it is also told where it asks otherwise:
another verb, a condition that came or went.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from resdiff.errors import InputError
from resdiff.language import Language
from resdiff.language.segments import clauses
from resdiff.language.stems import folded
from resdiff.marking.words import edits
from resdiff.model import Paragraph, Part, Resolution, Span
from resdiff.recognition.acts import find_acts
from resdiff.recognition.clauses import find_conditions
from resdiff.search.index import Index
from resdiff.search.nearest import LIKE, Near, bare, nearest
from resdiff.search.values import ClauseCheck, DraftCheck, ParagraphCheck, Remark, Source, Standing

__all__ = ["check"]

MADE_OF = 0.5
"""How many of its words a paragraph must share with clauses of an adopted one to be compared with it as a whole."""


class _Place(Struct, frozen=True):
    """A paragraph of an adopted text."""

    text: int
    symbol: str
    paragraph: str
    part: Part
    order: int


def check(
    index: Index,
    draft: Resolution,
    name: str = "",
    least: float = LIKE,
    step: Callable[[int, int], None] = lambda _done, _total: None,
) -> DraftCheck:
    """The draft, clause by clause. ``least`` is how near a wording must be for a clause to be adapted from it, 0 to 1;
    ``step`` is told behind each paragraph how many of how many are done.

    Raises InputError for a draft without a word, for one in a language of which the index has no text, and where the
    index is damaged.
    """
    language = Language.of(draft.language)
    body = [paragraph for paragraph in draft.body if folded(paragraph.text)]
    if not body:
        raise InputError("draft-empty", name)
    if language.code not in index.languages():
        raise InputError("draft-language", name, language.code, ", ".join(index.languages()) or "–")
    paragraphs = []
    for done, paragraph in enumerate(body, 1):
        paragraphs.append(_paragraph(index, paragraph, language, least))
        step(done, len(body))
    agreed, adapted, new = (sum(getattr(p, way.value) for p in paragraphs) for way in Standing)
    title = draft.title or draft.symbol
    return DraftCheck(name, title, language.code, index.texts, tuple(paragraphs), agreed, adapted, new)


def _paragraph(index: Index, paragraph: Paragraph, language: Language, least: float) -> ParagraphCheck:
    found: list[ClauseCheck] = []
    votes: Counter[_Place] = Counter()
    opening: frozenset[_Place] = frozenset()
    start = 0
    for clause in clauses(paragraph.text, language):
        near = nearest(index, clause, language, least)
        found.append(_clause(index, paragraph.id, clause, start, near, language))
        if near:
            places = [place for place in _places(index, near) if place.part is paragraph.part]
            votes.update(dict.fromkeys(places, found[-1].words))
            opening = frozenset(places) if start == near.start == 0 else opening
        start += len(clause)
    counts = {way: sum(clause.words for clause in found if clause.status is way) for way in Standing}
    checked = ParagraphCheck(
        paragraph.id,
        paragraph.marker,
        paragraph.part,
        paragraph.text,
        tuple(found),
        counts[Standing.AGREED],
        counts[Standing.ADAPTED],
        counts[Standing.NEW],
    )
    return replace(checked, remarks=tuple(_remarks(index, paragraph, votes, opening, sum(counts.values()), language)))


def _clause(
    index: Index, paragraph: str, clause: str, start: int, near: Near | None, language: Language
) -> ClauseCheck:
    size = len(folded(clause))
    if near is None:
        return ClauseCheck(paragraph, clause, Standing.NEW, None, start, size)
    source = _source(index, near)
    if near.verbatim:
        return ClauseCheck(paragraph, clause, Standing.AGREED, source, start, size, likeness=1.0)
    marks = edits(source.text, bare(clause), language)
    likeness = round(near.likeness, 3)
    return ClauseCheck(paragraph, clause, Standing.ADAPTED, source, start, size, marks, likeness, near.figures)


def _source(index: Index, near: Near) -> Source:
    """Where a wording was adopted last, and since when."""
    marks = ", ".join("?" * len(near.sentences))
    rows = index.rows(
        f"""SELECT t.symbol, p.paragraph, t.adopted, t.language FROM places p JOIN texts t ON t.id = p.text
        WHERE p.sentence IN ({marks}) ORDER BY t.place, p.rowid DESC""",
        *near.sentences,
    )
    first, last = (tuple(map(str, row)) for row in (rows[0], rows[-1]))
    return Source(last[0], last[1], near.text, first[0], first[2], last[2], len({row[0] for row in rows}), last[3])


def _places(index: Index, near: Near) -> list[_Place]:
    marks = ", ".join("?" * len(near.sentences))
    rows = index.rows(
        f"""SELECT DISTINCT p.text, t.symbol, p.paragraph, p.part, t.place FROM places p
        JOIN texts t ON t.id = p.text WHERE p.sentence IN ({marks})""",
        *near.sentences,
    )
    return [
        _Place(int(str(text)), str(symbol), str(paragraph), Part(str(part)), int(str(order)))
        for text, symbol, paragraph, part, order in rows
    ]


# ---- what is asked otherwise ----------------------------------------------------------------------------------------


def _remarks(
    index: Index,
    paragraph: Paragraph,
    votes: Counter[_Place],
    opening: frozenset[_Place],
    size: int,
    language: Language,
) -> Iterator[Remark]:
    """Where a paragraph asks otherwise than the one that most of its words come from, the last of those equally near.

    Verbs are compared where both paragraphs open with the same clause, but for some words.
    """
    if not votes or not language.knows("acts") or paragraph.part not in (Part.PREAMBLE, Part.OPERATIVE):
        return
    place = max(votes, key=lambda each: (votes[each], each.order, each.paragraph))
    source = _adopted(index, place, paragraph)
    if votes[place] < MADE_OF * size or folded(source.text) == folded(paragraph.text):
        return
    rows = [*_verbs(paragraph, source, language)] if place in opening else []
    for kind, ours, theirs in (*rows, *_conditions(paragraph, source, language)):
        yield Remark(paragraph.id, kind, ours, theirs, place.symbol, place.paragraph)


def _adopted(index: Index, place: _Place, like: Paragraph) -> Paragraph:
    """An adopted paragraph as it stands in its text."""
    rows = index.rows(
        "SELECT printed FROM places WHERE text = ? AND paragraph = ? ORDER BY rowid", place.text, place.paragraph
    )
    text = " ".join(str(row[0]) for row in rows)
    return Paragraph(place.paragraph, like.part, like.number, like.depth, like.lead, text, Span(0, 0))


def _verbs(ours: Paragraph, theirs: Paragraph, language: Language) -> Iterator[tuple[str, str, str]]:
    """The verbs that open both, where they are not the same."""
    alone = (Resolution("", "", language.code, "", "", (paragraph,)) for paragraph in (ours, theirs))
    mine, other = (next(iter(find_acts(text)), None) for text in alone)
    if mine and other and mine.leads and other.leads and mine.verb and other.verb and mine.verb != other.verb:
        yield "verb", mine.head, other.head


def _conditions(ours: Paragraph, theirs: Paragraph, language: Language) -> Iterator[tuple[str, str, str]]:
    """The conditions of one of the two alone: such as the other has none of that sort."""
    mine, other = (list(find_conditions(paragraph, language)) for paragraph in (ours, theirs))
    for here, there, added in ((mine, other, True), (other, mine, False)):
        sorts = {condition.sort for condition in there}
        for text in dict.fromkeys(condition.text for condition in here if condition.sort not in sorts):
            yield ("condition-added", text, "") if added else ("condition-dropped", "", text)
