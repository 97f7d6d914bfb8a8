"""The acts of both texts side by side, with all that is told of each, and what an act does to earlier provisions.

Behind ``acts`` and ``renewals`` of the JSON contract. Nothing is judged here: what the flags, the calendar and the
requests that are made no more say of a paragraph is put beside the act in whose words it was seen.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from resdiff.model import ActFacts, ActPair, Comparison, Evidence, Flag, FlagCode, Loss, Resolution, Side
from resdiff.recognition.citations import number_of_symbol
from resdiff.recognition.survey import Effect

__all__ = ["ActRow", "ActStatus", "Difference", "Renewal", "act_rows", "renewals"]

OPENING = frozenset(
    {FlagCode.VERB_WEAKER, FlagCode.VERB_STRONGER, FlagCode.VERB_CHANGED, FlagCode.VERB_ADDED, FlagCode.VERB_DROPPED}
)
"""Flags whose evidence begins with the verb of the act."""
INSIDE = frozenset(
    {
        FlagCode.ADDRESSEE_CHANGED,
        FlagCode.CONDITION_ADDED,
        FlagCode.CONDITION_DROPPED,
        FlagCode.FIGURE_CHANGED,
        FlagCode.FIGURE_ADDED,
        FlagCode.FIGURE_DROPPED,
        FlagCode.REPORT_ADDED,
        FlagCode.REPORT_DROPPED,
    }
)
"""Flags whose evidence stands among the words of the act."""
REQUEST_GONE = "request-gone"
CAME = frozenset({FlagCode.VERB_ADDED, FlagCode.REPORT_ADDED})
WENT = frozenset({FlagCode.VERB_DROPPED, FlagCode.REPORT_DROPPED, REQUEST_GONE})
BEGINNING = 3  # words by which a quotation of an act is known


class ActStatus(StrEnum):
    """How an act stands in the two texts, as far as that was judged."""

    KEPT = "kept"  # it has a partner, and nothing is told of it
    CHANGED = "changed"
    NEW = "new"  # it has no partner, and is told to have come
    GONE = "gone"
    UNPAIRED = "unpaired"  # it has no partner; whether the other text says it in other words nobody knows


class Difference(Struct, frozen=True):
    """What is told of an act: the code of a flag or of a finding, the words of the old text and of the new one."""

    code: str
    old: str
    new: str


class ActRow(Struct, frozen=True):
    """Two acts side by side with what is told of them; ``kind`` is that of the change in which they stand."""

    pair: ActPair
    kind: str
    status: ActStatus
    differences: tuple[Difference, ...]


class Renewal(Struct, frozen=True):
    """An act that does something to earlier provisions; ``meant`` are the paragraphs of the old text it refers to."""

    side: Side
    act: ActFacts
    words: str
    meant: tuple[str, ...]


def act_rows(comparison: Comparison) -> tuple[ActRow, ...]:
    """The acts of both texts, in the order of the changes; those of one change stand in that of the old text."""
    texts = {Side.OLD: _texts(comparison.old), Side.NEW: _texts(comparison.new)}
    told = _Statements(comparison, texts)
    return tuple([told.row(pair) for pair in comparison.acts])


def renewals(comparison: Comparison) -> tuple[Renewal, ...]:
    """The acts of both texts that renew, extend, amend, replace, end, reaffirm or create, the new text first."""
    there = {paragraph.id for paragraph in comparison.old.body}
    number = number_of_symbol(comparison.old.symbol)
    found = []
    for side, text in ((Side.NEW, comparison.new), (Side.OLD, comparison.old)):
        texts = _texts(text)
        acts = [act for pair in comparison.acts if (act := pair.act(side)) and act.effect != Effect.NONE]
        order = {paragraph: place for place, paragraph in enumerate(texts)}
        for act in sorted(acts, key=lambda act: (order[act.paragraph], act.passages[0].start)):
            named = [i for r in act.references if number and r.number == number for i in r.among(there)]
            meant = tuple([i for i in named if i in there]) if side is Side.NEW else ()
            found.append(Renewal(side, act, _words(act, texts), meant))
    return tuple(found)


class _Statements:
    """What is told of the acts of a comparison, by paragraph of each side."""

    def __init__(self, comparison: Comparison, texts: Mapping[Side, Mapping[str, str]]) -> None:
        self.texts = texts
        self.kinds: dict[tuple[Side, str], str] = {}
        self.flags: dict[tuple[Side, str], list[Flag]] = {}
        self.rivals: dict[tuple[Side, str], list[ActPair]] = {}
        self.times = comparison.calendar
        self.gone = [p for p in comparison.provisions if p.loss is Loss.UNREPEATED and not p.standing]
        for change in comparison.changes:
            for side, paragraph in change.link.sided:
                self.kinds[side, paragraph] = change.kind
                self.flags[side, paragraph] = [f for f in change.flags if f.code in OPENING or f.code in INSIDE]
        for pair in comparison.acts:
            for side in Side:
                for paragraph in _paragraphs(pair.act(side)):
                    self.rivals.setdefault((side, paragraph), []).append(pair)

    def row(self, pair: ActPair) -> ActRow:
        """The pair with what is told of it."""
        differences = (*self._flagged(pair), *self._timed(pair), *self._dropped(pair))
        side = Side.NEW if pair.new else Side.OLD
        act = pair.new or pair.old
        assert act
        return ActRow(pair, self.kinds[side, act.paragraph], _status(pair, differences), differences)

    def _flagged(self, pair: ActPair) -> Iterator[Difference]:
        flags = [f for side in Side for p in _paragraphs(pair.act(side)) for f in self.flags.get((side, p), ())]
        for flag in dict.fromkeys(flags):
            if self._is_of(flag, pair):
                yield Difference(flag.code, *(seen[0].quote if seen else "" for seen in (flag.old, flag.new)))

    def _is_of(self, flag: Flag, pair: ActPair) -> bool:
        """Whether the words of a flag stand in the acts of a pair; of several pairs that have them, in the first."""
        side, seen = _quoted(flag)[0]
        return next((p for p in self.rivals.get((side, seen.paragraph), ()) if self._has(flag, p)), None) is pair

    def _has(self, flag: Flag, pair: ActPair) -> bool:
        acts = ((pair.act(side), side, seen) for side, seen in _quoted(flag))
        return all(act and self._holds(act, side, seen, opens=flag.code in OPENING) for act, side, seen in acts)

    def _holds(self, act: ActFacts, side: Side, seen: Evidence, *, opens: bool) -> bool:
        quote = seen.quote.removesuffix(" …")
        for at in act.passages:
            if at.paragraph == seen.paragraph:
                words = self.texts[side][at.paragraph][at.start : at.end]
                return words.lstrip().startswith(quote) if opens else quote in words
        return False

    def _timed(self, pair: ActPair) -> Iterator[Difference]:
        """The times of its acts that were set, moved or given up."""
        old, new = ({(t.paragraph, t.text) for t in (act.times if act else ())} for act in (pair.old, pair.new))
        for time in self.times:
            had, has = (time.old_paragraph, time.old) in old, (time.new_paragraph, time.new) in new
            if has or (had and not time.new):
                code = "time-moved" if time.old and time.new else "time-set" if time.new else "time-gone"
                yield Difference(code, time.old, time.new)

    def _dropped(self, pair: ActPair) -> Iterator[Difference]:
        if pair.old and not pair.new:
            opening = _words(pair.old, self.texts[Side.OLD]).lower().split()[:BEGINNING]
            for gone in self.gone:
                if gone.paragraphs[0] == pair.old.paragraph and gone.quote.lower().split()[:BEGINNING] == opening:
                    yield Difference(REQUEST_GONE, gone.quote, "")


def _quoted(flag: Flag) -> list[tuple[Side, Evidence]]:
    """The words of a flag on each side, the new one first; evidence without words is the paragraph of the other text
    in which an act stands that went from its own."""
    return [(side, seen[0]) for side, seen in ((Side.NEW, flag.new), (Side.OLD, flag.old)) if seen and seen[0].quote]


def _status(pair: ActPair, differences: Iterable[Difference]) -> ActStatus:
    codes = {difference.code for difference in differences}
    if pair.old and pair.new:
        return ActStatus.CHANGED if codes else ActStatus.KEPT
    if pair.new:
        return ActStatus.UNPAIRED if codes.isdisjoint(CAME) else ActStatus.NEW
    return ActStatus.UNPAIRED if codes.isdisjoint(WENT) else ActStatus.GONE


def _paragraphs(act: ActFacts | None) -> tuple[str, ...]:
    return tuple([at.paragraph for at in act.passages]) if act else ()


def _texts(text: Resolution) -> dict[str, str]:
    return {paragraph.id: paragraph.text for paragraph in text.body}


def _words(act: ActFacts, texts: Mapping[str, str]) -> str:
    """The words of the act in the paragraph that opens it."""
    at = act.passages[0]
    return texts[at.paragraph][at.start : at.end].strip()
