"""One text in two languages, held against itself: ``hold(survey, survey) -> Concordance``.

Both are one text, so each paragraph has its twin, and what needs no translation stands in both: numbers, dates and
sessions by their value, symbols, names, conditions, the force of a verb. What stands in one alone is a ``Difference``:
a slip of a translation, or of one of two originals. Only what has a value or a row in ``data/common/twins.toml`` is
held: that nothing is told is no proof that two texts agree.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from resdiff.language import Language
from resdiff.model import Resolution
from resdiff.parallel.facts import Fact, FactKind, answered, find_facts
from resdiff.parallel.pairing import Side, pair
from resdiff.parallel.verbs import clashes
from resdiff.recognition.survey import Act, Survey

__all__ = ["Concordance", "Difference", "Quote", "Sort", "Twins", "hold"]

OPENING = 16
"""How many words name a paragraph."""
REPLACED = frozenset(FactKind) - {FactKind.CONDITION}
"""What stands in the place of its like: a number in that of a number. A condition is there or not."""


class Sort(StrEnum):
    """What two texts do not have alike."""

    PARAGRAPH = "paragraph"
    VERB = "verb"
    NUMBER = "number"
    DATE = "date"
    SESSION = "session"
    SYMBOL = "symbol"
    NAME = "name"
    COUNTRY = "country"
    CONDITION = "condition"


class Quote(Struct, frozen=True):
    """Words of one of the two texts: the paragraph they stand in, and from where to where."""

    paragraph: str
    text: str = ""
    start: int = 0
    end: int = 0


class Difference(Struct, frozen=True):
    """What two twins do not have alike: the words of either side, empty where it has none, and their value.

    A side without a paragraph has no twin; ``value`` is that of the words of the first side that has some.
    """

    sort: Sort
    one: Quote
    other: Quote
    value: str = ""


class Twins(Struct, frozen=True):
    """A paragraph in both languages, by its ids; one is empty where the paragraph stands in one text alone."""

    one: str
    other: str


class Concordance(Struct, frozen=True):
    """Both texts, their paragraphs twin by twin in the order of the text, and what they do not have alike."""

    one: Resolution
    other: Resolution
    twins: tuple[Twins, ...]
    differences: tuple[Difference, ...]


def hold(one: Survey, other: Survey) -> Concordance:
    """Hold a text against itself in another language: the differences in the order of the text.

    Of a language without tables only symbols, figures and paragraphs are compared.
    """
    first, second = _sides(one.resolution), _sides(other.resolution)
    acts, others = _acts(one), _acts(other)
    voice, answer = _Voice.of(one.resolution), _Voice.of(other.resolution)
    twins: list[Twins] = []
    differences: list[Difference] = []
    for i, j in pair(first, second):
        side, opposite = (None if i is None else first[i]), (None if j is None else second[j])
        twins.append(Twins(_id(side), _id(opposite)))
        if side is None or opposite is None:
            differences.append(Difference(Sort.PARAGRAPH, _opening(side), _opening(opposite)))
            continue
        differences += _verbs(acts.get(_id(side), ()), others.get(_id(opposite), ()))
        differences += _facts(side, opposite, voice, answer)
    return Concordance(one.resolution, other.resolution, tuple(twins), tuple(differences))


def _sides(resolution: Resolution) -> tuple[Side, ...]:
    language = Language.of(resolution.language)
    return tuple(Side(paragraph, find_facts(paragraph.text, language)) for paragraph in resolution.body)


def _id(side: Side | None) -> str:
    return side.paragraph.id if side else ""


def _opening(side: Side | None) -> Quote:
    """The first words of a paragraph."""
    if side is None:
        return Quote("")
    words = side.paragraph.text.split()
    text = " ".join(words[:OPENING]) + (" …" if len(words) > OPENING else "")
    return Quote(side.paragraph.id, text, 0, len(side.paragraph.text))


class _Voice(Struct, frozen=True):
    """The language of a text, and the organ that speaks, as values: of itself it may say "elle"."""

    language: Language
    organ: frozenset[str]

    @classmethod
    def of(cls, text: Resolution) -> "_Voice":
        organ, language = text.symbol.partition("/RES/")[0], Language.of(text.language)
        formulas = (row.text for row in language.parse.formula if row.organ == organ)
        return cls(language, frozenset(fact.value for formula in formulas for fact in find_facts(formula, language)))


# ---- facts -----------------------------------------------------------------------------------------------------------


def _facts(one: Side, other: Side, voice: _Voice, answer: _Voice) -> Iterator[Difference]:
    """The facts that one of two twins has alone, put over against what the other has alone of their kind."""
    first = _alone(one, other, answer)
    second = _alone(other, one, voice)
    for fact in first:
        stead = next((each for each in second if each.kind is fact.kind in REPLACED), None)
        if stead:
            second.remove(stead)
        quote = _quote(other, stead) if stead else Quote(other.paragraph.id)
        yield Difference(Sort(fact.kind.value), _quote(one, fact), quote, fact.value)
    for fact in second:
        yield Difference(Sort(fact.kind.value), Quote(one.paragraph.id), _quote(other, fact), fact.value)


def _alone(side: Side, twin: Side, voice: _Voice) -> list[Fact]:
    """The facts of a paragraph that its twin, in that voice, does not say, each value once."""
    found: dict[tuple[FactKind, str], Fact] = {}
    for fact in side.facts:
        # "de lui présenter" is "to the General Assembly"
        itself = fact.kind is FactKind.NAME and fact.value in voice.organ
        if not fact.weak and not itself and not answered(fact, twin.paragraph.text, twin.facts, voice.language):
            found.setdefault((fact.kind, fact.value), fact)
    return list(found.values())


def _quote(side: Side, fact: Fact) -> Quote:
    return Quote(side.paragraph.id, fact.text, fact.start, fact.end)


# ---- verbs -----------------------------------------------------------------------------------------------------------


def _acts(survey: Survey) -> dict[str, tuple[Act, ...]]:
    """The acts by the paragraph in which their verb stands."""
    found: dict[str, list[Act]] = {}
    for act in survey.acts:
        found.setdefault(act.place.paragraph, []).append(act)
    return {paragraph: tuple(acts) for paragraph, acts in found.items()}


def _verbs(acts: Sequence[Act], others: Sequence[Act]) -> Iterator[Difference]:
    for one, other in clashes(acts, others):
        yield Difference(Sort.VERB, _verb_quote(one), _verb_quote(other), one.family.value)


def _verb_quote(act: Act) -> Quote:
    return Quote(act.place.paragraph, act.head, act.place.start, act.place.end)
