"""The remark of a change: the one line a negotiator would write in the margin.

What became of the paragraph; what an added or removed one does, in its own words; of one that changed, until when, how
many, how strongly, who and on what condition, then the words that came, went or gave way to others, the largest change
first. What the line does not hold is counted. A remark is empty where the kind of the change says all.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from resdiff.language import Language
from resdiff.language.fold import fold
from resdiff.marking.weight import change_weight, sense
from resdiff.model import Change, Comparison, Flag, FlagCode, Kind, Side, Weight
from resdiff.report.blocks import Sentence
from resdiff.report.wording import (
    Parts,
    address,
    addresses,
    as_text,
    figure,
    inner,
    join,
    kind_of,
    message_or_code,
    nearest,
    say,
    word,
)

__all__ = ["Remarks"]

LONGEST = 360  # characters: five lines of a margin
TOGETHER = (FlagCode.CONDITION_ADDED, FlagCode.CONDITION_DROPPED)
PHRASES = (FlagCode.WORDS_ADDED, FlagCode.WORDS_DROPPED, FlagCode.WORDS_REPLACED)
UNSAID = frozenset(
    {
        FlagCode.ACTOR_REPLACED,
        FlagCode.VERB_CHANGED,
        FlagCode.VERB_ADDED,
        FlagCode.VERB_DROPPED,
        FlagCode.REPORT_ADDED,
        FlagCode.REPORT_DROPPED,
        FlagCode.REFERENCE_FOLLOWS,
        FlagCode.WORDS_SWAPPED,
        FlagCode.REWORDED,
        FlagCode.SAME_SENSE,
    }
)
"""What the words say themselves: a label on them would be a second voice."""
TERMS = frozenset({FlagCode.WORDS_SWAPPED, FlagCode.REWORDED})
"""What changed in terms alone."""
WHOLE = frozenset({FlagCode.ACT, FlagCode.RENEWED, FlagCode.REWRITTEN})
"""What says all of a paragraph: values and conditions stand in the quotation."""


class Remarks(Struct, frozen=True):
    """Makes the remarks of one comparison, in the language of the reader; ``language`` is that of the texts."""

    lang: str
    language: Language

    @classmethod
    def of(cls, comparison: Comparison, lang: str) -> "Remarks":
        """The remarks of that comparison in that language."""
        return cls(lang, Language.shared(comparison.old.language, comparison.new.language))

    def remark(self, change: Change) -> Sentence:
        """The remark of a change: as many of its fragments as the line holds, set apart by semicolons; then the count
        of the others."""
        semicolon = word("word.semicolon", self.lang)
        first, *others = [*self._fragments(change)] or [()]
        parts: Parts = first
        left_out = 0
        for fragment in others:
            longer = (*parts, semicolon, *fragment)
            if left_out or len(as_text(Sentence(longer))) > LONGEST:
                left_out += 1
                continue
            parts = longer
        if left_out:
            row = "remark.more-one" if left_out == 1 else "remark.more-many"
            parts = (*parts, semicolon, *say(row, str(left_out), lang=self.lang))
        if near := self._near(change):
            parts = (*parts, semicolon, *near) if parts else near
        return Sentence(parts)

    def _fragments(self, change: Change) -> Iterator[Parts]:
        """What can be said, most important first."""
        yield from self._structure(change)
        if change.weight <= Weight.TYPOGRAPHIC:
            return
        said = [fragment for fragment in self._flags(change.flags) if fragment]
        yield from said
        if said or not (change.link.old and change.link.new):
            return
        codes = {flag.code for flag in change.flags}
        if codes & TERMS:
            yield say("remark.terms", lang=self.lang)
        elif change.weight is Weight.EDITORIAL or FlagCode.SAME_SENSE in codes:
            yield say("remark.editorial", lang=self.lang)

    def _structure(self, change: Change) -> Iterator[Parts]:
        old = addresses(Side.OLD, change.link.old, self.lang, marked=True)
        new = addresses(Side.NEW, change.link.new, self.lang)
        migrations = [*self._migrations(change)]
        if change.kind in (Kind.SPLIT, Kind.MERGED):
            yield say(f"remark.{change.kind}", old, new, lang=self.lang)
        elif not migrations and change.moved and change.link.old != change.link.new:  # where its number stayed, its
            row = "remark.moved" if change.weight > Weight.TYPOGRAPHIC else "remark.moved-only"  # neighbours moved
            yield say(row, addresses(Side.OLD, change.link.old, self.lang), new, lang=self.lang)
        yield from migrations

    def _migrations(self, change: Change) -> Iterator[Parts]:
        """What went from one part of the text to the other."""
        for here, there in (("op", "pp"), ("pp", "op")):
            went = [id_ for id_ in change.link.old if kind_of(id_) == here]
            came = [id_ for id_ in change.link.new if kind_of(id_) == there]
            if went and came:
                sides = addresses(Side.OLD, went, self.lang), addresses(Side.NEW, came, self.lang)
                yield say(f"remark.to-{'preamble' if there == 'pp' else 'operative'}", *sides, lang=self.lang)

    def _near(self, change: Change) -> Parts:
        """The paragraph that one without a partner is close to: too little for a link, too much for silence."""
        rival = nearest(change.link)
        if not rival or change.renewed_in:
            return ()
        side, id_ = (Side.OLD, rival.old) if change.link.new else (Side.NEW, rival.new)
        shown = address(side, id_, self.lang, marked=True)
        return say(f"remark.near-{side}", shown, figure(rival.score, self.lang), lang=self.lang)

    def _flags(self, flags: Sequence[Flag]) -> Iterator[Parts]:
        """What the flags say; several conditions together, routine updates together at the end."""
        whole = [flag for flag in flags if flag.code in WHOLE]
        routine = [flag for flag in flags if flag.code.startswith("routine-")]
        rest = [] if whole else [f for f in flags if f not in routine and f.code not in UNSAID]
        told = [value for flag in rest if flag.code not in PHRASES for value in flag.values]
        for code, group in groupby([*whole, *rest], key=lambda flag: flag.code):
            same = list(group)
            if code in TOGETHER and len(same) > 1:
                quotes = [say("word.quote", inner(flag.values[0], self.lang), lang=self.lang) for flag in same]
                yield say(f"remark.{code}", join(quotes, self.lang), lang=self.lang)
            else:
                yield from (self._flag(flag, told) for flag in same)
        updates = [f for f in routine if f.values]
        if updates:
            changed = dict.fromkeys(self._update(flag.values[:2]) for flag in updates)
            yield say("remark.routine", ", ".join(changed), lang=self.lang)

    def _update(self, values: Sequence[str]) -> str:
        """A routine update: what it was and what it is, or what came."""
        both = [value for value in values if value]
        return word("word.becomes", self.lang).format(*both) if len(both) > 1 else "".join(both)

    def _flag(self, flag: Flag, told: Sequence[str]) -> Parts:
        """What one flag says; of phrases what no other flag has told, with the place where they came from or went."""
        if flag.code not in PHRASES:
            return (message_or_code(f"flag.{flag.code}", self._values(flag), self.lang),)
        old, new = (_untold(value, told, self.language) for value in self._both(flag))
        if not (self._says(old) or self._says(new)) or _is_told(old, new, told, self.language):
            return ()
        sides = [inner(value, self.lang) for value in (old, new) if self._says(value)]
        if len(sides) > 1 and change_weight(old, new, self.language) < Weight.SUBSTANTIVE:
            return ()
        code = "replaced" if len(sides) > 1 else "dropped" if self._says(old) else "added"
        said: Parts = (message_or_code(f"flag.words-{code}", sides, self.lang),)
        return (*said, *self._elsewhere(flag))

    def _says(self, quote: str) -> bool:
        """Whether a quotation holds a word that has a sense of its own."""
        return bool(sense(quote, self.language))

    def _elsewhere(self, flag: Flag) -> Parts:
        """In brackets the paragraph from which words came, or to which they went."""
        if flag.code == FlagCode.WORDS_ADDED and flag.old:
            place = address(Side.OLD, flag.old[0].paragraph, self.lang, marked=True)
            return say("remark.from", (place,), lang=self.lang)
        if flag.code == FlagCode.WORDS_DROPPED and flag.new:
            return say("remark.to", (address(Side.NEW, flag.new[0].paragraph, self.lang),), lang=self.lang)
        return ()

    def _both(self, flag: Flag) -> tuple[str, str]:
        if flag.code == FlagCode.WORDS_REPLACED:
            return flag.values[0], flag.values[1]
        return (flag.values[0], "") if flag.code == FlagCode.WORDS_DROPPED else ("", flag.values[0])

    def _values(self, flag: Flag) -> Sequence[str]:
        """The values of a flag; two verbs both as they open a paragraph, or neither."""
        values = [inner(value, self.lang) for value in flag.values]
        if flag.code.startswith("verb-") and len({value[:1].isupper() for value in values}) > 1:
            return [value[:1].lower() + value[1:] for value in values]
        return values


def _untold(quote: str, told: Sequence[str], language: Language) -> str:
    """The quotation without the words that another flag quotes."""
    for value in told:
        place = fold(quote).find(fold(value))
        if place >= 0 and len(fold(quote)) == len(quote):
            quote = (
                quote[:place] if not sense(quote[place + len(value) :], language) else quote[place + len(value) :]
            ).strip(" ,;")
        elif (words := sense(quote, language)) and set(words) <= set(sense(value, language)):
            return ""
    return quote


def _is_told(old: str, new: str, told: Sequence[str], language: Language) -> bool:
    """Whether what differs between two phrases stands in what another flag quotes."""
    was, now = set(sense(old, language)), set(sense(new, language))
    return bool(was and now and told) and was ^ now <= {word for value in told for word in sense(value, language)}
