"""What every judge is given: two texts as compared and as recognized, each change laid out once.

An edit site is a run of edits with no kept word between them: what is deleted there and what is inserted there stand in
the same place. Edits that are only typographic are no evidence of anything and make no site; words that moved to or
from another paragraph are neither gone nor new.

What came or went is only told past a counter-test: its words stand nowhere in the other text, neither as they are nor
all of them, in any form and order, in one paragraph, note or title of it. A false "new" costs more than a missing one.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from resdiff.language import Language
from resdiff.language.dates import number
from resdiff.language.fold import Apart, fold
from resdiff.marking.weight import sense
from resdiff.model import Change, Comparison, Edit, Flag, Op, Paragraph, Part, Resolution, Side, Span, Weight
from resdiff.recognition import Survey
from resdiff.recognition.citations import key_of_symbol
from resdiff.recognition.survey import Command, Effect, Reference, Role

__all__ = [
    "STEM",
    "Case",
    "ChangeLayout",
    "Couple",
    "EditSite",
    "Flagged",
    "Place",
    "WholeText",
    "content_stems",
    "flat",
    "lay_out",
    "meanings",
    "referred_to",
    "takes_the_place",
    "whole_text",
]


class EditSite(Struct, frozen=True):
    """One place of a change: the characters deleted there, the characters inserted there, and the edits' indices."""

    old: Span
    new: Span
    edits: tuple[int, ...]

    def on(self, side: Side) -> Span:
        """The characters of the site on that side."""
        return self.old if side is Side.OLD else self.new


class Place(Struct, frozen=True):
    """A paragraph of a change and where its text starts in the joined text of its side."""

    paragraph: Paragraph
    start: int


class ChangeLayout(Struct, frozen=True):
    """A change laid out: its paragraphs on each side with their offsets, its edit sites."""

    change: Change
    old: tuple[Place, ...]
    new: tuple[Place, ...]
    sites: tuple[EditSite, ...]

    def places(self, side: Side) -> tuple[Place, ...]:
        """The paragraphs of that side."""
        return self.old if side is Side.OLD else self.new

    def text(self, side: Side) -> str:
        """The joined text of that side."""
        return "\n".join(place.paragraph.text for place in self.places(side))

    def paragraph_at(self, side: Side, offset: int) -> str:
        """The id of the paragraph that holds that character of the joined text."""
        return [place.paragraph.id for place in self.places(side) if place.start <= offset][-1]

    def span(self, side: Side, paragraph: str, start: int, end: int) -> Span:
        """Characters of a paragraph of that side as characters of the joined text."""
        offset = next(place.start for place in self.places(side) if place.paragraph.id == paragraph)
        return Span(offset + start, offset + end)

    def touched(self, side: Side, span: Span) -> tuple[EditSite, ...]:
        """The sites whose words on that side overlap the span of the joined text."""
        first = bisect_right(self.sites, span.start, key=lambda site: site.on(side).end)
        last = bisect_left(self.sites, span.end, lo=first, key=lambda site: site.on(side).start)
        return self.sites[first:last]

    def is_touched(self, side: Side, paragraph: str, start: int, end: int) -> bool:
        """Whether these characters of a paragraph overlap words that came or went."""
        return bool(self.sites) and bool(self.touched(side, self.span(side, paragraph, start, end)))


def lay_out(comparison: Comparison) -> tuple[ChangeLayout, ...]:
    """Every change of the comparison laid out, in the order of the changes."""
    old, new = ({p.id: p for p in side.body} for side in (comparison.old, comparison.new))
    return tuple(
        ChangeLayout(change, _places(change.link.old, old), _places(change.link.new, new), _sites(change.edits))
        for change in comparison.changes
    )


def _places(ids: tuple[str, ...], found: dict[str, Paragraph]) -> tuple[Place, ...]:
    result: list[Place] = []
    at = 0
    for name in ids:
        result.append(Place(found[name], at))
        at += len(found[name].text) + 1  # "\n" stands between the paragraphs of a change
    return tuple(result)


def _sites(edits: tuple[Edit, ...]) -> tuple[EditSite, ...]:
    """The runs of edits that hold a change of words which did not merely move to another paragraph."""
    result: list[EditSite] = []
    run: list[int] = []
    old = new = old_start = new_start = 0

    def close() -> None:
        if any(edits[i].weight > Weight.TYPOGRAPHIC and not edits[i].passage for i in run):
            result.append(EditSite(Span(old_start, old), Span(new_start, new), tuple(run)))

    for index, edit in enumerate(edits):
        if edit.op is Op.EQUAL:
            close()
            old, new, run = old + len(edit.text), new + len(edit.text), []
            old_start, new_start = old, new
            continue
        run.append(index)
        old += len(edit.text) if edit.op is Op.DELETE else 0
        new += len(edit.text) if edit.op is Op.INSERT else 0
    close()
    return tuple(result)


# ---- the case -------------------------------------------------------------------------------------------------------


Couple = tuple[Command | None, Command | None]
"""An old and a new command that ask the same; one without a partner stands beside None."""

STANDING = (Effect.RENEW, Effect.EXTEND)
"""Effects by which what stood goes on to stand."""

SHARE_LINKED = 0.4
"""Share of the operative paragraphs of the old text that must have a partner in one that takes its place."""

Flagged = list[tuple[int, Flag]]
"""What a judge says of single changes: the place of the change in the comparison, and a flag."""


class Case(Struct, frozen=True):
    """A comparison with the surveys of its two texts. ``layouts`` and ``couples`` stand in the order of the changes."""

    comparison: Comparison
    old: Survey
    new: Survey
    layouts: tuple[ChangeLayout, ...]
    couples: tuple[tuple[Couple, ...], ...] = ()

    def survey(self, side: Side) -> Survey:
        """The survey of that side."""
        return self.old if side is Side.OLD else self.new

    @property
    def language(self) -> Language:
        """The language in which both texts are known; that of texts in two languages knows nothing."""
        return Language.shared(self.old.language, self.new.language)

    @property
    def is_scanned(self) -> bool:
        """Whether one of the texts came from a scan."""
        return self.comparison.old.scanned or self.comparison.new.scanned


def takes_the_place(case: Case) -> bool:
    """Whether the new text stands for the old one, so that what it does not say may be told as gone.

    It does not where it renews the old one as a whole, or has a partner for too few of the paragraphs of its
    operative part: then it goes beside it.
    """
    if any(not reference.paragraphs for reference in _references_to_old(case, STANDING)):
        return False
    linked = {place.paragraph.id for layout in case.layouts if layout.new for place in layout.old}
    operative = [p.id for p in case.comparison.old.body if p.part is Part.OPERATIVE]
    return SHARE_LINKED * len(operative) <= len(linked.intersection(operative))


def referred_to(case: Case) -> frozenset[str]:
    """The paragraphs of the old text that the operative part of the new one refers to by their numbers: they stand."""
    return frozenset(f"op{number}" for r in _references_to_old(case, tuple(Effect)) for number in r.paragraphs)


def _references_to_old(case: Case, effects: tuple[Effect, ...]) -> Iterator[Reference]:
    number = key_of_symbol(case.comparison.old.symbol).removeprefix("resolution:").partition("(")[0]
    for act in case.new.acts:
        if act.paragraph.startswith("op") and act.effect in effects:
            yield from (r for r in act.references if number and r.number == number and r.role is Role.OBJECT)


# ---- counter-tests --------------------------------------------------------------------------------------------------


STEM = 6  # letters by which forms of one word are one
SHORT = 3  # letters of the shortest word that has a stem; one of so many carries no meaning
RE_WORD = re.compile(r"[a-z]{3,}|\d[\d/]*")


class WholeText(Struct, frozen=True):
    """All the words of a text: flat, and as stems paragraph by paragraph; preface, notes, annexes and title too."""

    language: Language
    flat: str
    stems: tuple[frozenset[str], ...]

    def may_say(self, words: str) -> bool:
        """Whether the text has those words, or all their stems in one paragraph."""
        if flat(words) in self.flat:
            return True
        commonest = self.language.words.commonest.words
        stems = {word[:STEM] for word in RE_WORD.findall(fold(words)) if word not in commonest}
        return not stems or any(stems <= there for there in self.stems)


def whole_text(resolution: Resolution) -> WholeText:
    """The words of a text."""
    passages = [resolution.title, *(p.text for p in resolution.paragraphs), *(n.text for n in resolution.footnotes)]
    stems = tuple(map(_stems, passages))
    return WholeText(Language.of(resolution.language), "\n".join(map(flat, passages)), stems)


@lru_cache(maxsize=2048)
def content_stems(text: str) -> frozenset[str]:
    """The beginnings of the words of a text that carry meaning, folded: four letters and more, and numbers."""
    return frozenset([stem for stem in _stems(text) if len(stem) > SHORT or not stem.isalpha()])


@lru_cache(maxsize=2048)
def _stems(text: str) -> frozenset[str]:
    """The beginnings of all the words of a text but the shortest."""
    return frozenset(chain.from_iterable(map(_STEMS.__getitem__, _pieces(text))))


class _Stems(dict[str, tuple[str, ...]]):
    """The stems of each piece of a text, looked for once: a third of the time of searching every text."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        self[piece] = tuple([word[:STEM] for word in RE_WORD.findall(piece)])
        return self[piece]


_STEMS = _Stems()
_APART = Apart("_/")


@lru_cache(maxsize=2048)
def _pieces(text: str) -> list[str]:
    """A folded text, cut at all signs but ``_`` and ``/``."""
    return fold(text).translate(_APART).split()


@lru_cache(maxsize=4096)
def meanings(text: str, language: Language) -> tuple[str, ...]:
    """What the words of a text mean, in order; a number in words is told by its value.

    >>> meanings("dans les cent quatre-vingts jours", Language.of("fr"))
    ('180', 'jours')
    """
    found: list[str] = []
    run: list[str] = []
    numbers = language.quantities.number.words
    for word in (*sense(text, language), ""):
        if word in numbers or ("-" in word and all(part in numbers for part in word.split("-"))):
            run.append(word)
            continue
        if run:
            value = number(" ".join(run), language)
            found += [str(value)] if value is not None else run
            run = []
        found += [word] if word else []
    return tuple(found)


def flat(text: str) -> str:
    """The words of a text, folded, with one space between them."""
    return " ".join(" ".join(_pieces(text)).replace("/", " ").split())
