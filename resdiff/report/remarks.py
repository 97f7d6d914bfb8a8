"""The remark of a change: the one line a negotiator would write in the margin.

What became of the paragraph, what its flags say, which topics and names it brings or loses, else its first words, then
the words that came, went or changed place, as many as the line holds. A remark is empty where the kind of the change
says all.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from resdiff.language.fold import fold
from resdiff.language.grammar import named
from resdiff.language.tokens import is_word, tokens
from resdiff.model import (
    ActorChange,
    Change,
    Comparison,
    Edit,
    Flag,
    Kind,
    Op,
    Side,
    Status,
    TopicChange,
    Weight,
)
from resdiff.report.blocks import Sentence
from resdiff.report.wording import (
    Parts,
    addresses,
    as_text,
    inner,
    join,
    message_or_code,
    say,
    told_status,
    topic_label,
    word,
)

__all__ = ["Remarks"]

LONGEST = 160  # characters: two lines of a margin
QUOTE = 70  # characters of one quote
OPENING = 120  # characters of the first words of a paragraph of which nothing else is said
MOST_NAMES = 4
TOGETHER = ("condition-added", "condition-dropped")
SHORT = 3  # letters of a function word
HEAD = 8  # words by which a long passage is recognised in a quote that was cut
LEAST_PRIORITY = 3  # topics below it are the subject of the series itself
VERBS = frozenset({"verb-weaker", "verb-stronger", "verb-changed"})
Place = tuple[Side, str]
Name = tuple[Side, str, str, Status]  # a name with the place it stands at

ORDER = (Status.NEW, Status.DROPPED, Status.EXPANDED, Status.REDUCED, Status.KEPT)


class Remarks(Struct, frozen=True):
    """Makes the remarks of one comparison: topics, actors and terms by paragraph are looked up once."""

    lang: str
    names: dict[Place, tuple[tuple[str, Status], ...]]

    @classmethod
    def of(cls, comparison: Comparison, lang: str) -> "Remarks":
        """The remarks of that comparison in that language."""
        names: dict[Place, list[tuple[str, Status]]] = {}
        for side, paragraph, name, status in _names(comparison, lang):
            found = names.setdefault((side, paragraph), [])
            if not any(fold(name) in fold(other) or fold(other) in fold(name) for other, _ in found):
                found.append((name, status))
        return cls(lang, {place: tuple(found) for place, found in names.items()})

    def remark(self, change: Change) -> Sentence:
        """The remark of a change: its fragments, set apart by semicolons, as many as the line holds."""
        semicolon = word("word.semicolon", self.lang)
        parts: Parts = ()
        for fragment in self._fragments(change):
            longer = (*parts, semicolon, *fragment) if parts else fragment
            if parts and len(as_text(Sentence(longer))) > LONGEST:
                continue
            parts = longer
        return Sentence(parts)

    def _fragments(self, change: Change) -> Iterator[Parts]:
        """What can be said, most important first."""
        yield from self._structure(change)
        if change.weight is Weight.TYPOGRAPHIC:
            yield say("remark.typographic", lang=self.lang)
        if change.weight <= Weight.TYPOGRAPHIC:
            return
        quoted = fold(" ".join(value for flag in change.flags for value in flag.values))
        yield from self._flags(change.flags)
        yield from self._names(change, quoted)
        if change.link.old and change.link.new:
            yield from self._words(change, quoted)

    def _structure(self, change: Change) -> Iterator[Parts]:
        old = addresses(Side.OLD, change.link.old, self.lang, marked=True)
        new = addresses(Side.NEW, change.link.new, self.lang)
        if change.kind in (Kind.SPLIT, Kind.MERGED):
            yield say(f"remark.{change.kind}", old, new, lang=self.lang)
        elif change.moved and change.link.old == change.link.new:
            yield say("remark.moved-same", lang=self.lang)
        elif change.moved:
            row = "remark.moved" if change.weight > Weight.TYPOGRAPHIC else "remark.moved-only"
            yield say(row, addresses(Side.OLD, change.link.old, self.lang), new, lang=self.lang)

    def _names(self, change: Change, quoted: str) -> Iterator[Parts]:
        """Topics and names that the text loses or gains here; then what an added or removed paragraph is about."""
        old, new = (self._found(side, change) for side in (Side.OLD, Side.NEW))
        lost = [name for name, status in old if status is Status.DROPPED and fold(name) not in quoted]
        gained = [name for name, status in new if status is Status.NEW and fold(name) not in quoted]
        others = []
        if not (change.link.old and change.link.new):
            others = [name for name, _ in old + new if name not in lost + gained][
                : max(0, MOST_NAMES - len(lost + gained))
            ]
            if not lost + gained + others:
                text = "".join(edit.text for edit in change.edits)
                quote = inner(_quote(text.rstrip(" ,;."), OPENING), self.lang)
                yield (word("word.quote", self.lang).format(quote),)
        rows = {"lost": lost, "gained": gained, f"about-{change.kind}": others}
        for row, names in rows.items():
            if names:
                yield say(f"remark.{row}", ", ".join(names[:MOST_NAMES]), lang=self.lang)

    def _found(self, side: Side, change: Change) -> list[tuple[str, Status]]:
        paragraphs = change.link.old if side is Side.OLD else change.link.new
        found = (name for paragraph in paragraphs for name in self.names.get((side, paragraph), ()))
        return list(dict.fromkeys(found))

    def _flags(self, flags: Sequence[Flag]) -> Iterator[Parts]:
        """What the flags say; several conditions together, routine updates together."""
        routine = [flag for flag in flags if flag.code.startswith("routine-")]
        for code, group in groupby((flag for flag in flags if flag not in routine), key=lambda flag: flag.code):
            same = [[inner(value, self.lang) for value in self._values(flag)] for flag in group]
            if code in TOGETHER and len(same) > 1:
                quotes = [say("word.quote", values[0], lang=self.lang) for values in same]
                yield say(f"remark.{code}", join(quotes, self.lang), lang=self.lang)
            else:
                yield from ((message_or_code(f"flag.{code}", values, self.lang),) for values in same)
        updates = dict.fromkeys(" → ".join(filter(None, flag.values[:2])) for flag in routine if flag.values)
        if updates:
            yield say("remark.routine", ", ".join(updates), lang=self.lang)

    def _values(self, flag: Flag) -> Sequence[str]:
        """The values of a flag; the names of actors with their articles; two verbs both as they open a paragraph, or
        neither."""
        if flag.code == "actor-replaced":
            return [named(value, self.lang).text for value in flag.values]
        if flag.code in VERBS and len({value[:1].isupper() for value in flag.values}) > 1:
            return [value[:1].lower() + value[1:] for value in flag.values]
        return flag.values

    def _words(self, change: Change, quoted: str) -> Iterator[Parts]:
        """The words that came and went, those that weigh most and are longest first, save what the flags quote."""
        swaps = [swap for swap in map(partial(_untold, quoted), _swaps(change.edits)) if swap.old or swap.new]
        if change.weight > Weight.ROUTINE:
            swaps = [swap for swap in swaps if swap.weight >= change.weight]
        for swap in dict.fromkeys(sorted(_with_moves(swaps), key=lambda swap: -swap.size)):
            said = swap.said(self.lang)
            yield say("remark.editorial", said, lang=self.lang) if change.weight is Weight.EDITORIAL else said


# ---- words ----------------------------------------------------------------------------------------------------------


class _Swap(Struct, frozen=True):
    """Words that went, words that came in their place; one may be empty."""

    old: str
    new: str
    weight: Weight
    moved: bool = False

    @property
    def size(self) -> int:
        return len(self.old) + len(self.new)

    def said(self, lang: str) -> Parts:
        most = QUOTE // 2 if self.old and self.new else QUOTE
        old, new = (inner(_quote(text, most), lang) for text in (self.old, self.new))
        if self.old and self.new:
            return say("remark.replaces", old, new, lang=lang)
        row = "moves" if self.moved else "adds" if self.new else "drops"
        return say(f"remark.{row}", new or old, lang=lang)


def _untold(quoted: str, swap: _Swap) -> _Swap:
    """The swap without the words that a flag quotes already."""
    old, new = ("" if _is_told(text, quoted) else text for text in (swap.old, swap.new))
    # "et" → "Prie l’Office" is an addition: a function word is no counterpart
    if old and new and bool(_heavy(old)) != bool(_heavy(new)):
        old, new = (text if _heavy(text) else "" for text in (old, new))
    return replace(swap, old=old, new=new)


def _with_moves(swaps: Sequence[_Swap]) -> Iterator[_Swap]:
    """The swaps; words that went here and came back there only changed place."""
    gone, come = ({fold(text) for text in side if text} for side in ([s.old for s in swaps], [s.new for s in swaps]))
    for swap in swaps:
        old = "" if fold(swap.old) in come else swap.old
        new = "" if fold(swap.new) in gone else swap.new
        if old or new:
            yield replace(swap, old=old, new=new)
        if swap.new and not new and _heavy(swap.new):
            yield _Swap("", swap.new, swap.weight, moved=True)


def _is_told(text: str, quoted: str) -> bool:
    heavy = _heavy(text)
    return bool(heavy) and all(token in quoted for token in heavy[:HEAD])


def _heavy(text: str) -> list[str]:
    """The words that are more than function words."""
    return [token for token in tokens(fold(text)) if len(token) > SHORT and is_word(token)]


def _swaps(edits: Iterable[Edit]) -> Iterator[_Swap]:
    """Each stretch between two kept ones as what went and what came, without bare punctuation."""
    words = {Op.DELETE: "", Op.INSERT: ""}
    weight = Weight.NONE
    for edit in (*edits, Edit(Op.EQUAL, "")):
        if edit.op is not Op.EQUAL:
            words[edit.op] += edit.text
            weight = max(weight, edit.weight)
            continue
        old, new = (text.strip(" ,;.:\n\u00a0") for text in (words[Op.DELETE], words[Op.INSERT]))
        if any(map(is_word, tokens(old + " " + new))):
            yield _Swap(old, new, weight)
        words, weight = {Op.DELETE: "", Op.INSERT: ""}, Weight.NONE


def _quote(text: str, most: int) -> str:
    """The words in one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[:most].rpartition(" ")[0].rstrip(" ,;:’") + " …"


# ---- what a paragraph is about --------------------------------------------------------------------------------------


def _names(comparison: Comparison, lang: str) -> Iterator[Name]:
    """Topics and actors with the paragraphs they stand in, those that tell the texts apart first.

    Noun phrases and resolutions cited tell less of a paragraph than its own first words.
    """
    for topic in sorted(comparison.topics, key=lambda topic: (ORDER.index(topic.status), -topic.priority)):
        yield from _topic(topic, lang)
    for actor in sorted(comparison.actors, key=lambda actor: ORDER.index(actor.status)):
        if actor.status in (Status.NEW, Status.DROPPED):
            yield from _actor(actor)


def _topic(topic: TopicChange, lang: str) -> Iterator[Name]:
    if topic.priority >= LEAST_PRIORITY:
        for side, evidence in ((Side.OLD, topic.old), (Side.NEW, topic.new)):
            for shown in evidence:
                yield side, shown.paragraph, topic_label(topic, lang), told_status(topic)


def _actor(actor: ActorChange) -> Iterator[Name]:
    for side, paragraphs in ((Side.OLD, actor.old), (Side.NEW, actor.new)):
        for paragraph in paragraphs:
            yield side, paragraph, actor.acronym or actor.name, actor.status if actor.alone else Status.KEPT
