"""The words that came, went, gave way to others or changed place in a paragraph, as phrases that make sense alone.

A word came when it stands in the new version of the paragraph more often than in the old one, in any form; the same
words in another place only moved, and what is in other words of the same sense is no change at all. What went here and
came there in another paragraph is told with the place where it stands.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property, lru_cache
from itertools import chain, pairwise, repeat
from math import fsum

from msgspec import Struct
from msgspec.structs import replace

from resdiff.judgement.case import (
    STEM,
    Case,
    ChangeLayout,
    Couple,
    Flagged,
    Places,
    WholeText,
    acts_by_paragraph,
    content_stems,
    meanings,
    referred_to,
    short_stems,
    shorter,
    told_by,
)
from resdiff.judgement.provisions import ASKING, main_act
from resdiff.judgement.quoting import (
    CLAUSE_SIGNS,
    CUT,
    REACH,
    SHORT,
    Context,
    Run,
    Site,
    Token,
    Tokens,
    act_quote,
    as_line,
    both_sides,
    context_of_clause,
    context_of_one,
    context_of_phrase,
    lay_out_tokens,
    needed_of,
    opens_phrase,
    shortened,
    width,
)
from resdiff.language import Language, find_any, pattern
from resdiff.language.dates import date_pattern, is_ahead, ordinal
from resdiff.language.fold import fold_same_length, folded_line, is_word, split_words
from resdiff.language.forms import months, reference_words
from resdiff.marking.weight import is_law, same_word
from resdiff.model import Change, Evidence, Flag, FlagCode, Kind, Op, Part, Side, Weight
from resdiff.recognition.clauses import words_of
from resdiff.recognition.names import names
from resdiff.recognition.survey import RECEIVED, REQUESTS, Act, Family

__all__ = ["judge_phrases"]

BEFORE_DATE = 3  # words before the date of what is cited: "en date du"
LONGEST = 450  # characters of a phrase that came or went
ACT = 80  # words of an act that came or went by itself, or that a paragraph written anew does
LONGEST_REPLACED = 12  # words of a phrase that is told as replaced as it is; of longer ones the clause is
LONGEST_CLAUSE = 280  # characters of each of two clauses that gave way to one another
LONGEST_ACT = 340  # … of each of two acts
TANGLED, MOSTLY = 3, 0.5  # phrases, and share of the characters that changed, from which the whole act is told
VERB_BEFORE = 2  # kept words before what came or went that may be the verb of its act
BETWEEN = 8  # kept words between two changes of one clause
SWAPPED = 2  # words of content of each of two phrases that are a matter of terms
VERB_ALONE = 2  # words of an act that came or went: its verb and one more, what it says stayed
ASKED = 15  # what a request among the words that came or went weighs more than their number
BINDING = 6  # … and a word of law: "ne", "sauf", "doivent"
REPEATED = 4  # words that stand in the other version too, but not so often, for them to be told
SAID_AGAIN = 0.5  # share of the stems of a phrase among what came in its paragraph, for it to be said in other words
ALIKE = 0.34  # share of the stems of the shorter of two acts that the other has, for one to have become the other
OPENING_WORDS = 4  # of an act, by which a phrase is known to tell it
EXCHANGED = 3  # stems of a name or a term that is exchanged throughout
MOVED = 3  # words that changed place, for it to be told
REWRITTEN, WITHIN = 0.35, 0.5
"""Shares of the words of the longer and of the shorter version that were kept, below which a paragraph is written
anew …"""
LONG_ENOUGH = 14  # … if it has so many words; one of fewer is only changed
TAKEN_UP = 0.6  # share of what tells a phrase from the others that the other text has, for it to be said there
SAID_THERE, SAID_BEFORE = 0.34, 0.6
"""Shares of what words that went, and that came, tell that one paragraph of the other text says, for them to be said
there: what is told as lost though it stands does more harm."""
ELSEWHERE = 0.65  # share of a phrase that went in one other paragraph, for it to have come from there
FEWEST = 4  # stems of a phrase of which that is asked
MONTH_AND_YEAR = 2  # words behind a day
SHARED = 2  # stems of what is to be reported that another request has, for it to ask for much the same report
LONGEST_CALL = 3  # digits of the call of a note
CALLED = 4  # characters before a stretch that begins with the call of a note
FEWEST_MOVED = 6  # words of content of a clause that is told to come from another paragraph, or to go there
COMMON = 10  # paragraphs of both texts, from which a word tells nothing of one of them
RARE, FEWEST_RARE = 0.5, 3  # how rare so many of them are at least
COMMON_START = 7  # letters by which words of another ending are the same
START = 3  # letters without which they are not compared
RE_DIGITS = re.compile(r"\b\d+\b")
RE_YEAR = re.compile(r"(?:19|20)\d\d")
RE_DAY = re.compile(r"\d+|1er|ler")
# It begins with a set of characters: what begins with a look behind is tried at each letter. Signs
# beyond Latin-1 stand outside a set of several, which would be dear to compile.
RE_CALL = re.compile(r"[\d'\"°](?:(?<=\d)(?:['\"]\d|’\d|['\"°](?!\w))|(?<=[^\W\d]{3}['\"°])\d{1,3}(?!\w))")
CALLING = frozenset("°'’\"”")  # what a scan reads before the call of a note
Words = Counter[str]


# ---- the two versions of a paragraph --------------------------------------------------------------------------------


class _Texts(Struct, frozen=True, dict=True):
    """What is known of both texts: for each paragraph of a side the stems that went from it, or came to it; in how many
    paragraphs each stands; the acts of each; those of the old text in order; the old paragraphs to which the new text
    refers; when the new one was adopted."""

    language: Language
    changed: dict[Side, dict[str, frozenset[str]]]
    often: Words
    acts: dict[Side, dict[str, list[Act]]]
    olds: tuple[Act, ...]
    standing: Collection[str]
    adopted: str

    @classmethod
    def of(cls, case: Case, changes: tuple[Change, ...]) -> "_Texts":
        """What is known of the texts of a case, whose changes are those."""
        changed: dict[Side, dict[str, frozenset[str]]] = {Side.OLD: {}, Side.NEW: {}}
        for layout, change in zip(case.layouts, changes, strict=True):
            if change.kind is not Kind.UNCHANGED:
                for side in Side:
                    for place in layout.places(side)[:1]:
                        stems = (_stems_of(words, case.language) for words in change.only(side))
                        changed[side][place.paragraph.id] = frozenset().union(*stems)
        paragraphs = (p.text for p in (*case.comparison.old.body, *case.comparison.new.body))
        often = Counter(chain.from_iterable(map(content_stems, paragraphs)))
        acts = {side: acts_by_paragraph(case.survey(side)) for side in Side}
        adopted = case.comparison.new.adopted
        return cls(case.language, changed, often, acts, case.old.acts, referred_to(case), adopted)

    def rarity(self, stem: str) -> float:
        """How much a stem tells of a paragraph: nothing where it stands in many.

        To be summed up exactly: stems come from sets, in another order in each run.
        """
        return max(0.0, 1.0 - self.often[stem] / COMMON)

    @cached_property
    def weaker_than(self) -> dict[float, int]:
        """What ``weaker`` has found, by the force: there are few of them, and many acts."""
        return {}

    @cached_property
    def asked(self) -> Places:
        """The stems of what each old act asks."""
        return Places(short_stems(act.text) for act in self.olds)

    def weaker(self, force: float) -> int:
        """The old acts of less force, as places in ``asked``."""
        if force not in self.weaker_than:
            self.weaker_than[force] = sum(1 << place for place, act in enumerate(self.olds) if act.force < force)
        return self.weaker_than[force]


class _Version(Struct, frozen=True, dict=True):
    """One side of a change: its tokens; what its words mean; which of them the other side has not, or not so often; the
    stems that stand in changed words; the acts by where they begin; the whole text of the side; how rare each stem is;
    whether it was scanned."""

    side: Side
    tokens: Tokens
    words: Words
    only: Words
    changed: frozenset[str]
    acts: dict[int, Act]
    whole: WholeText
    texts: _Texts
    scanned: bool

    @property
    def language(self) -> Language:
        """The language of both texts."""
        return self.tokens.language

    @cached_property
    def by_start(self) -> dict[str, list[str]]:
        """What its words mean, by their first letters."""
        return _by_start(self.words)

    def has(self, word: str) -> bool:
        """Whether it holds the word, in any form."""
        return word in self.words or any(
            _is_like(word, other, self.language) for other in self.by_start.get(word[:START], ())
        )

    def acts_in(self, run: Run) -> list[Act]:
        """The acts that begin in a stretch."""
        tokens = self.tokens.found[run[0] : run[1]]
        return [self.acts[token.start] for token in tokens if token.start in self.acts]

    def begins_in(self, run: Run, act: Act) -> bool:
        """Whether a stretch begins in an act."""
        tokens, at = self.tokens, act.passages[0]
        start = tokens.found[run[0]].start if run[0] < len(tokens.found) else len(tokens.text)
        return bool(at.start <= start <= at.end)

    def real(self, run: Run, other: "_Version") -> list[str]:
        """The words of content of a stretch that really went or came; those that stand elsewhere in the other version
        too count only where there are several."""
        words = [word for word in meanings(self._read(run), self.language) if self.only[word] > 0]
        return words if len(words) >= REPEATED or any(not other.has(word) for word in words) else []

    def has_but_a_session(self, run: Run, real: list[str]) -> bool:
        """Whether the words of a stretch moved within the paragraph, all but the number of a session, which is told as
        a time: "to the Assembly at its seventy-eighth session" before and "at its eightieth" behind other words."""
        numbers = bool(real) and all(ordinal(word, self.language) for word in real)
        return numbers and len(meanings(self._read(run), self.language)) > 2 * len(real)

    def is_unread(self, run: Run) -> bool:
        """Whether a short stretch of a scan had a meaning and has none without the words that were damaged."""
        if not self.scanned or width(run) > SHORT:
            return False
        return bool(meanings(self.tokens.slice(run), self.language)) and not meanings(self._read(run), self.language)

    def _read(self, run: Run) -> str:
        """The words of a stretch that came or went, of a scan without those that were damaged; none that is routine."""
        text = self.tokens.text
        told = [token for token in self.tokens.found[run[0] : run[1]] if token.told]
        if self.scanned:
            told = [token for token in told if not self._is_damaged(token)]
        return " ".join(text[token.start : token.end] for token in told)

    def _is_damaged(self, token: Token) -> bool:
        """Whether a token of a scan is no word that was printed: the call of a note on a word or a year too."""
        from resdiff.marking.noise import is_damaged  # needed for scans alone

        text = self.tokens.text
        before = text[max(0, token.start - 2) : token.start]
        called = token.word.isdigit() and before[:1].isalnum() and before[1:] in CALLING
        return called or is_damaged(text[token.start : token.end], self.language)

    def has_call(self, run: Run) -> bool:
        """Whether the call of a note stands among the numbers of a stretch: nobody can tell which is which."""
        first, last = run
        if first >= last:
            return False
        tokens = self.tokens
        return bool(RE_CALL.search(tokens.text, max(0, tokens.found[first].start - CALLED), tokens.found[last - 1].end))

    def is_call(self, run: Run) -> bool:
        """Whether a number alone stands behind a word and before a sign, as the call of a note does."""
        found = self.tokens.found
        words = [token.word for token in found[run[0] : run[1]] if is_word(token.word)]
        before = found[run[0] - 1].word if run[0] else ""
        ends = run[1] == len(found) or not is_word(found[run[1]].word)
        is_number = len(words) == 1 and words[0].isdigit() and len(words[0]) <= LONGEST_CALL
        return is_number and ends and before.isalpha() and before not in reference_words() and before not in months()


def _versions(case: Case, texts: _Texts, layout: ChangeLayout, change: Change) -> tuple[_Version, _Version, list[Site]]:
    """Both versions of what changed, and the sites where they differ."""
    old_text, new_text = layout.text(Side.OLD), layout.text(Side.NEW)
    old_tokens, new_tokens, sites = lay_out_tokens(old_text, new_text, change.edits, case.language)
    old_words, new_words = _words_of(change, case.language)
    gone, come = _difference(old_words, new_words, case.language)
    old, new = (
        _Version(
            side=side,
            tokens=tokens,
            words=words,
            only=only,
            changed=texts.changed[side][layout.places(side)[0].paragraph.id],
            acts=_act_starts(texts, layout, side),
            whole=case.wholes[side],
            texts=texts,
            scanned=case.is_scanned,
        )
        for side, tokens, words, only in (
            (Side.OLD, old_tokens, old_words, gone),
            (Side.NEW, new_tokens, new_words, come),
        )
    )
    return old, new, sites


def _act_starts(texts: _Texts, layout: ChangeLayout, side: Side) -> dict[int, Act]:
    """The acts of the paragraphs of a side by where they begin in their joined text."""
    return {
        place.start + act.passages[0].start: act
        for place in layout.places(side)
        for act in texts.acts[side].get(place.paragraph.id, ())
    }


def _words_of(change: Change, language: Language) -> tuple[Words, Words]:
    """What the words of the old and of the new version mean, and how often."""
    old: list[str] = []
    new: list[str] = []
    for edit in change.edits:
        words = meanings(edit.text, language)
        if edit.op is not Op.INSERT:
            old += words
        if edit.op is not Op.DELETE:
            new += words
    return Counter(old), Counter(new)


def _stems_of(words: str, language: Language) -> frozenset[str]:
    """The beginnings of what the words mean: "soutien" and "appui" have one."""
    return frozenset([word[:STEM] for word in meanings(words, language)])


def _beside_names(words: str, language: Language) -> frozenset[str]:
    """The same of what stands beside the names in the words: a name leads from one paragraph to many."""
    named = (_stems_of(name.text, language) for name in names(words, language))
    return _stems_of(words, language).difference(*named)


def _difference(old: Words, new: Words, language: Language) -> tuple[Words, Words]:
    """The words that went and those that came: what is left when each word has met its like, forms of one word too."""
    gone, come = old - new, new - old
    by_start = _by_start(come)
    for word in list(gone):
        for other in by_start.get(word[:START], ()):
            met = min(gone[word], come[other])
            if met and _is_like(word, other, language):
                gone[word] -= met
                come[other] -= met
    return +gone, +come


def _by_start(words: Words) -> dict[str, list[str]]:
    """The words by their first letters: forms of one have them in common."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[:START], []).append(word)
    return found


@lru_cache(maxsize=8192)
def _is_like(one: str, other: str, language: Language) -> bool:
    """Whether two words are forms of one, or of one family: "appliquer", "application" by their first letters."""
    start = min(len(one), len(other), COMMON_START)
    if start == COMMON_START and one[:start] == other[:start] and one.isalpha() and other.isalpha():
        return True
    one, other = one.replace("-", ""), other.replace("-", "")
    return one == other or (one.isalpha() and other.isalpha() and same_word(one, other, language))


# ---- what is to be said ---------------------------------------------------------------------------------------------


class _Phrase(Struct, frozen=True):
    """Words that went or came: the flag, the words on each side, how much they weigh; in full if they were cut."""

    code: FlagCode
    old: str
    new: str
    size: int
    whole: str = ""

    @classmethod
    def of(cls, side: Side, quote: str, size: int, whole: str) -> "_Phrase":
        """Words that only went, if they stood on the old side, or only came."""
        if side is Side.OLD:
            return cls(FlagCode.WORDS_DROPPED, quote, "", size, whole)
        return cls(FlagCode.WORDS_ADDED, "", quote, size, whole)

    @classmethod
    def reworded(cls, side: Side, quote: str) -> "_Phrase":
        """Words of a side of which nobody knows that they went, or came."""
        return replace(cls.of(side, quote, 0, ""), code=FlagCode.REWORDED)


_Exchange = tuple[frozenset[str], frozenset[str]]
"""The stems that gave way, and those that took their place."""


def judge_phrases(case: Case, changes: tuple[Change, ...]) -> Flagged:
    """Flags for the words that came, went or moved in linked paragraphs, those of one change largest first.

    ``changes`` are those of the case, with their weights as they were lowered.
    """
    texts = _Texts.of(case, changes)
    flagged: Flagged = []
    seen: set[_Exchange] = set()
    for place, (layout, change, couples) in enumerate(zip(case.layouts, changes, case.couples, strict=True)):
        if change.kind is Kind.UNCHANGED or not (layout.old and layout.new) or change.weight < Weight.SUBSTANTIVE:
            continue
        flags = [*_flags(case, texts, layout, change, couples)]
        if not flags and _keeps_sense(change, case.language):
            flags = [Flag(FlagCode.SAME_SENSE)]
        flagged += [(place, _unless_seen(flag, seen, case.language)) for flag in flags]
    return flagged


def _keeps_sense(change: Change, language: Language) -> bool:
    """Whether what came has the numbers and the words of law of what went, of which no phrase is to be told: "et" says
    something else than "ou", and 800 than 1 000; in a recital these are the dates of what is recalled."""
    if all(id_.startswith("pp") for id_ in change.link.new):
        return True
    went, came = (" ".join(change.only(side)) for side in (Side.OLD, Side.NEW))
    if RE_DIGITS.findall(went) != RE_DIGITS.findall(came):
        return False
    before, after = (Counter(_law_in(words, language)) for words in (went, came))
    return before == after


def _law_in(text: str, language: Language) -> Iterator[str]:
    """The words of law of a text, those too that mean nothing alone: "ou"."""
    said = meanings(text, language)
    yield from (word for word in said if is_law(word, language))
    yield from (w for w in split_words(fold_same_length(text)).words if w not in said and is_law(w, language))


def _unless_seen(flag: Flag, seen: set[_Exchange], language: Language) -> Flag:
    """The flag; of a few words that gave way to the same ones in an earlier paragraph, as terms that were exchanged."""
    if flag.code is not FlagCode.WORDS_REPLACED:
        return flag
    before, after = (_stems_of(value, language) for value in flag.values)
    exchange = before - after, after - before
    if max(map(len, exchange)) > EXCHANGED:
        return flag
    if exchange in seen:
        return replace(flag, code=FlagCode.WORDS_SWAPPED)
    seen.add(exchange)
    return flag


def _flags(
    case: Case, texts: _Texts, layout: ChangeLayout, change: Change, couples: tuple[Couple, ...]
) -> Iterator[Flag]:
    """The flags of a change: of the phrases that came, went or gave way; where those would be shreds, of its acts, and
    where none can be quoted, of its clauses; nothing but what it does now where that is another paragraph."""
    old, new, sites = _versions(case, texts, layout, change)
    passages = [*_passages(case, layout, change)]
    is_rewritten = change.kind is Kind.MODIFIED and _is_rewritten(old.words, new.words)
    found = None
    if change.kind is Kind.MODIFIED and not is_rewritten and layout.is_sure:
        moved = [value for flag in passages for value in flag.values]
        in_preamble = layout.new[0].paragraph.part is Part.PREAMBLE
        found = _by_phrases(old, new, sites, couples, moved, in_preamble=in_preamble)
    if found is None:
        pairs = [(was, now) for was, now in couples if was and now and not _hides(was, now, couples)]
        found = [*filter(None, (_pair(*pair, old.language) for pair in pairs)), *_acts_alone(old, new, couples, ())]
        if not found and (is_rewritten or not layout.is_sure):  # fragments of a doubtful link say nothing
            yield from _rewritten(layout, texts)
            return
        found = found or [*_by_clauses(old, new, sites)]
    for phrase in sorted(_fit_to_tell(found, layout, texts), key=lambda phrase: -phrase.size):
        yield _flag(layout, phrase, texts)
    yield from passages


def _fit_to_tell(found: Iterable[_Phrase], layout: ChangeLayout, texts: _Texts) -> Iterator[_Phrase]:
    """The phrases, each once, that say something by themselves; what went from an old paragraph to which the new text
    refers stands, repeated or not."""
    stands = any(place.paragraph.id.partition(".")[0] in texts.standing for place in layout.old)
    for phrase in dict.fromkeys(found):
        if _differs_in_a_call(phrase) or not _can_stand(phrase, texts.language):
            continue
        if phrase.code is FlagCode.WORDS_MOVED and not _says_the_same(layout):
            continue
        if not (stands and phrase.code is FlagCode.WORDS_DROPPED):
            yield phrase


def _can_stand(phrase: _Phrase, language: Language) -> bool:
    """Whether a phrase says something by itself: it has a word beside numbers and signs, and does not end, where nouns
    stand last, in one that opens another: "the importance of", "in their"."""
    sides = [words for words in (phrase.old, phrase.new) if words.strip()]
    if not any(word.isalpha() and len(word) > 1 for words in sides for word in meanings(words, language)):
        return False
    last = (fold_same_length(words.rsplit(maxsplit=1)[-1]) for words in sides)
    return not (language.excerpts.noun_last and any(opens_phrase(word, language) for word in last))


def _differs_in_a_call(phrase: _Phrase) -> bool:
    """Whether both sides of a phrase differ in the call of a note alone."""
    if not (RE_CALL.search(phrase.old) or RE_CALL.search(phrase.new)):
        return False
    was, now = ("".join(filter(str.isalpha, words)) for words in (phrase.old, phrase.new))
    return was == now


def _flag(layout: ChangeLayout, phrase: _Phrase, texts: _Texts) -> Flag:
    """The flag of a phrase; for one that stands in another paragraph on the other side, that one is evidence too."""
    values = tuple(filter(None, (phrase.old, phrase.new)))
    old = _evidence(layout, Side.OLD, phrase.old, texts.language) if phrase.old else ()
    new = _evidence(layout, Side.NEW, phrase.new, texts.language) if phrase.new else ()
    if phrase.code is FlagCode.WORDS_ADDED:
        old = _elsewhere(layout, Side.OLD, phrase.whole, texts)
    elif phrase.code is FlagCode.WORDS_DROPPED:
        new = _elsewhere(layout, Side.NEW, phrase.whole, texts)
    return Flag(phrase.code, values, old, new)


def _evidence(layout: ChangeLayout, side: Side, quote: str, language: Language) -> tuple[Evidence, ...]:
    places = layout.places(side)
    words = quote.partition(CUT)[0]
    here = next((place for place in places[1:] if words in as_line(place.paragraph.text, language)), places[0])
    return (Evidence(here.paragraph.id, words),)


def _elsewhere(layout: ChangeLayout, side: Side, phrase: str, texts: _Texts) -> tuple[Evidence, ...]:
    """The paragraph of that side, not of this change, from which most words of the phrase went, or to which they came;
    a rare word weighs more than a common one, and those of names alone lead nowhere."""
    wanted = _stems_of(phrase, texts.language)
    if len(wanted) < FEWEST or len(_beside_names(phrase, texts.language)) < FEWEST:
        return ()
    here = {place.paragraph.id for place in layout.places(side)}
    rarity = {stem: texts.rarity(stem) for stem in wanted}
    whole, rare = fsum(rarity.values()), frozenset(stem for stem in wanted if rarity[stem] >= RARE)
    best, found = 0.0, ""
    for id_, changed in texts.changed[side].items():
        if id_ not in here and len(rare & changed) >= FEWEST_RARE:
            weight = fsum(rarity[stem] for stem in wanted & changed)
            if weight > best:
                best, found = weight, id_
    return (Evidence(found, ""),) if found and best >= ELSEWHERE * whole else ()


def _passages(case: Case, layout: ChangeLayout, change: Change) -> Iterator[Flag]:
    """The clauses that moved within the change, or to or from another paragraph, word for word.

    Of one that was put together or taken apart all clauses move with their paragraph: nothing is told of it.
    """
    language = case.language
    own = {Op.INSERT: change.link.old, Op.DELETE: change.link.new}  # where what came stood, and where what went stands
    is_told = len(change.link.old) == len(change.link.new) == 1 and _says_the_same(layout)
    for edit in change.edits:
        size = len(meanings(edit.text, language)) if edit.passage and edit.op is not Op.EQUAL else 0
        quote = shortened(_alone(edit.text, language), language, LONGEST) if size >= MOVED else ""
        if quote[:1].isupper() and not _opens(quote, layout, edit.op):
            continue  # a name
        there = (Evidence(edit.passage, ""),)
        if edit.passage in own.get(edit.op, ()):
            if quote and is_told and edit.op is Op.INSERT:
                yield Flag(FlagCode.WORDS_MOVED, (quote,), there, _evidence(layout, Side.NEW, quote, language))
        elif not quote or size < FEWEST_MOVED or _is_commonplace(edit.text, case):
            continue
        elif edit.op is Op.DELETE:
            yield Flag(FlagCode.WORDS_DROPPED, (quote,), _evidence(layout, Side.OLD, quote, language), there)
        else:
            yield Flag(FlagCode.WORDS_ADDED, (quote,), there, _evidence(layout, Side.NEW, quote, language))


def _is_commonplace(words: str, case: Case) -> bool:
    """Whether words are hardly more than a name, or more than one paragraph of a text has them."""
    is_name = len(_beside_names(words, case.language)) < FEWEST
    return is_name or any(case.wholes[side].recurs(words) for side in Side)


def _says_the_same(layout: ChangeLayout) -> bool:
    """Whether both versions have the same words: that some changed place is news where neither words, nor a date, nor a
    citation gave way to others."""
    return content_stems(layout.text(Side.OLD)) == content_stems(layout.text(Side.NEW))


def _opens(quote: str, layout: ChangeLayout, op: Op) -> bool:
    """Whether a paragraph of the side of the words begins with them."""
    places = layout.places(Side.OLD if op is Op.DELETE else Side.NEW)
    return any(place.paragraph.text.startswith(quote.removesuffix(CUT)) for place in places)


def _alone(text: str, language: Language) -> str:
    """The words of a clause without the one that joined it to what stands before it."""
    line = as_line(text, language)
    joined = pattern(language.excerpts.joined.pattern).match(fold_same_length(line))
    return line[joined.end() :] if joined else line


# ---- acts and clauses -----------------------------------------------------------------------------------------------


def _acts_alone(old: _Version, new: _Version, couples: Iterable[Couple], told: Iterable[str]) -> Iterator[_Phrase]:
    """The acts that came or went which the other version does not say in other words, save those that are ``told``."""
    language = old.language
    said = folded_line(" ".join(told))
    for was, now in couples:
        if (was and now) or not (act := was or now):
            continue
        version, other = (old, new) if was else (new, old)
        opening = folded_line(" ".join(act.text.split()[:OPENING_WORDS]))
        if _has_its_list(act, other) or opening in said:
            continue
        is_anew = now is not None and _asks_anew(act, couples)
        if (not is_anew and _says_most_of(act, other)) or _is_said_elsewhere(act.text, version, other, act):
            continue
        quote = act_quote(act, language, ACT)
        if _reports_elsewhere(act, other):
            yield _Phrase.reworded(version.side, quote)
        else:
            size = len(_stems_of(act.text, language)) + ASKED * (act.family in ASKING)
            yield _Phrase.of(version.side, quote, size, act.text)


def _has_its_list(act: Act, other: _Version) -> bool:
    """Whether the other version has the opening of the list that an act is: its points tell what came and went."""
    head, _, points = act.text.partition("\n")
    return bool(points) and folded_line(head) in folded_line(other.tokens.text)


def _says_most_of(act: Act, other: _Version) -> bool:
    """Whether the other version has a good part of the words of an act, in any order."""
    stems = _stems_of(act.text, other.language)
    return len(stems & _stems_of(other.tokens.text, other.language)) >= SAID_AGAIN * len(stems)


def _reports_elsewhere(act: Act, other: _Version) -> bool:
    """Whether an act asks to be told of something by no day, and an act of another paragraph of the other text asks the
    same organ to be told of much the same: what is reported is told with the reports. What an act of the same change
    asked is told beside it."""
    language = other.language
    if act.deadlines or not act.addressee or not _asks_to_be_told(act, language):
        return False
    who, stems = content_stems(act.addressee), content_stems(act.object)
    return any(
        content_stems(each.addressee) == who
        and len(content_stems(each.object) & stems - who) >= SHARED
        and _asks_to_be_told(each, language)
        and each not in other.acts.values()
        for acts in other.texts.acts[other.side].values()
        for each in acts
    )


def _asks_to_be_told(act: Act, language: Language) -> bool:
    """Whether an act asks for a report, by one of the patterns or the first words of what it asks: "de l’informer"."""
    reports, asked = language.conditions.reports, fold_same_length(act.object)
    opening = " ".join(asked.split()[:OPENING_WORDS])
    is_told = any(word in opening for word in reports.needs) or find_any(reports, asked)
    return act.family is Family.REQUEST and bool(is_told)


def _asks_anew(act: Act, couples: Iterable[Couple]) -> bool:
    """Whether a new act asks something of somebody, and the old version asked nothing of anybody: whatever words it
    shares, that version only held or noted what it names."""
    asked = any(was and was.family in REQUESTS | {Family.DECIDE} for was, _ in couples)
    return act.family in REQUESTS and bool(act.addressee) and not asked


def _hides(was: Act, now: Act, couples: Iterable[Couple]) -> bool:
    """Whether it would mislead to tell that one act gave way to another: how something is received is no other form of
    a request, and a new act beside it may ask what the old one asked."""
    families = {was.family, now.family}
    if len(families & RECEIVED) == 1 and families & REQUESTS:
        return True
    asks = any(after and not before and after.family in ASKING for before, after in couples)
    if was.family in ASKING and now.family not in ASKING and asks:
        return True
    # what another old act of the paragraph said would look new, what another new one asks would look gone
    asides = [(before.text, now.text) for before, after in couples if before and not after]
    asides += [(after.text, was.text) for before, after in couples if after and not before and after.family in ASKING]
    stems = [(content_stems(aside), content_stems(text)) for aside, text in asides]
    return any(2 * len(said & there) >= len(said) for said, there in stems)


def _pair(was: Act, now: Act, language: Language) -> _Phrase | None:
    """An act that gave way to another, both whole; None of longer ones, of two that say different things, and of one
    that goes on in points, which are changes of their own."""
    if len(was.parts) > 1 or len(now.parts) > 1:
        return None
    before, after = (as_line(act.text, language) for act in (was, now))
    if max(len(before), len(after)) > LONGEST_ACT or not _is_one_act(before, after, language):
        return None
    return _Phrase(FlagCode.WORDS_REPLACED, before, after, len(_stems_of(after, language)))


def _is_one_act(one: str, other: str, language: Language) -> bool:
    """Whether two acts say much the same, and differ in more than a word or two of terms: a good part of the words of
    the shorter one is in the other, rare words counting more."""
    before, after = _stems_of(one, language), _stems_of(other, language)
    shared, *each = (told_by(shorter(stems), language) for stems in (before & after, before, after))
    if shared < ALIKE * min(each):
        return False
    differing = max(len(before - after), len(after - before))
    return differing > SWAPPED or any(is_law(word, language) for word in before ^ after)


def _by_clauses(old: _Version, new: _Version, sites: list[Site]) -> Iterator[_Phrase]:
    """The whole clauses that went and those that came, where no act can be quoted."""
    for site in sites:
        for version, other, run in ((old, new, site.old), (new, old, site.new)):
            if real := version.real(run, other):
                yield from _pieces_told(version, other, run, real)


def _is_rewritten(old: Words, new: Words) -> bool:
    kept = sum((old & new).values())
    shortest, longest = sorted((sum(old.values()), sum(new.values())))
    return longest >= LONG_ENOUGH and kept < REWRITTEN * longest and kept < WITHIN * shortest


def _rewritten(layout: ChangeLayout, texts: _Texts) -> Iterator[Flag]:
    paragraph, language = layout.new[0].paragraph, texts.language
    act = main_act(texts.acts[Side.NEW].get(paragraph.id, []), language)
    quote = (
        act_quote(act, language, ACT) if act and not paragraph.depth else shortened(paragraph.text, language, LONGEST)
    )
    yield Flag(FlagCode.REWRITTEN, (quote,), (), (Evidence(paragraph.id, quote.partition(CUT)[0]),))


# ---- phrases --------------------------------------------------------------------------------------------------------

_Found = list[tuple[Site, list[_Phrase]]]
"""Phrases site by site."""


def _by_phrases(
    old: _Version,
    new: _Version,
    sites: list[Site],
    couples: tuple[Couple, ...],
    moved: Iterable[str],
    *,
    in_preamble: bool,
) -> list[_Phrase] | None:
    """The phrases of a change, behind them the acts that came or went beside them and beside what ``moved``; None where
    a passage is too long to be quoted."""
    phrases = _phrases(old, new, sites, in_preamble=in_preamble)
    if phrases is None:
        return None
    found = [*_untangled(old, new, phrases, couples)]
    told = chain(*((phrase.old, phrase.new) for phrase in found), moved)
    return [*found, *_acts_alone(old, new, couples, told)]


class _Spot(Struct, frozen=True):
    """A site between both versions, and the words that really went and came there."""

    old: _Version
    new: _Version
    site: Site
    went: list[str]
    came: list[str]

    @property
    def sides(self) -> tuple[tuple[_Version, Run], tuple[_Version, Run]]:
        """Each version with its stretch of the site."""
        return (self.old, self.site.old), (self.new, self.site.new)

    def quoted(self, context: Context) -> tuple[str, str] | None:
        """Both sides with so many kept words around them; None where they cannot be quoted so."""
        return both_sides(self.old.tokens, self.new.tokens, self.site, context)


def _phrases(old: _Version, new: _Version, sites: list[Site], *, in_preamble: bool) -> _Found | None:
    """The phrases of a change, site by site; None where a passage is too long to be quoted."""
    moved: list[Site] = []
    found: _Found = []
    for site in _in_one_clause(old, new, sites):
        spot = _Spot(old, new, site, old.real(site.old, new), new.real(site.new, old))
        if _is_unclear(spot):
            continue
        if not spot.went and not spot.came:
            moved.append(site)
        elif not _is_no_news(spot, in_preamble=in_preamble):
            if (phrases := _phrases_at(spot)) is None:
                return None
            found.append((site, phrases))
    return [*found, *((site, [phrase]) for site, phrase in _moved(old, new, moved))]


def _is_unclear(spot: _Spot) -> bool:
    """Whether nobody can tell what differs at a spot: words are damaged, a note is called, or both sides have the same
    letters, where words changed place, or the spaces between them did."""
    if any(version.is_unread(run) or version.has_call(run) for version, run in spot.sides):
        return True
    was, now = (filter(str.isalnum, fold_same_length(version.tokens.slice(run))) for version, run in spot.sides)
    return sorted(was) == sorted(now)


def _is_no_news(spot: _Spot, *, in_preamble: bool) -> bool:
    """Whether what differs is a date that is told as a time, or is over, or one opening of the preamble for another:
    "Notant", "Sachant"."""
    if _only_dates(spot.went, spot.came):
        return not (spot.went and spot.came and _lies_ahead(spot.new, spot.site.new))
    return in_preamble and all(width(run) <= SHORT and version.acts_in(run) for version, run in spot.sides)


def _phrases_at(spot: _Spot) -> list[_Phrase] | None:
    """What is told of a spot; None of a passage that is too long to be quoted."""
    site = spot.site
    if _only_dates(spot.went, spot.came):
        phrases = _replaced(spot)  # one of a side alone is told as words of that side
        return [replace(each, code=FlagCode.DATE_CHANGED) if each.old and each.new else each for each in phrases]
    if spot.came and spot.old.has_but_a_session(site.old, spot.went):
        return [*_one_sided(spot, Side.NEW)]
    if spot.went and spot.new.has_but_a_session(site.new, spot.came):
        return [*_one_sided(spot, Side.OLD)]
    if all(version.tokens.words(run) for version, run in spot.sides):
        return _replaced(spot) or None
    return _halves(spot)


def _untangled(old: _Version, new: _Version, found: _Found, couples: tuple[Couple, ...]) -> Iterator[_Phrase]:
    """The phrases, of an act that changed in many places or in most of its words the whole of it in their stead."""
    for was, now in couples:
        if not (was and now):
            continue
        within = [(s, p) for s, p in found if old.begins_in(s.old, was) and new.begins_in(s.new, now)]
        told = [phrase for _, phrases in within for phrase in phrases if phrase.size]
        changed = sum(len(old.tokens.slice(site.old)) + len(new.tokens.slice(site.new)) for site, _ in within)
        tangled = len(told) >= TANGLED or changed > MOSTLY * (len(was.text) + len(now.text))
        if told and tangled and not _hides(was, now, couples) and (pair := _pair(was, now, old.language)):
            yield pair
            found = [each for each in found if each not in within]
    yield from (phrase for _, phrases in found for phrase in phrases)


def _only_dates(went: list[str], came: list[str]) -> bool:
    """Whether nothing but a date changed: that of what is cited, or of what is due, which is told as a time."""
    words = {*went, *came}
    dates = {word for word in words if word in months() or RE_YEAR.match(word)}
    return bool(dates) and all(word in dates or RE_DAY.fullmatch(word) for word in words)


def _lies_ahead(version: _Version, run: Run) -> bool:
    """Whether a date that changed is that of what is to come, and not told as a time: "to be held from 25 to 30 April".
    What is welcomed or noted in the year of the text is over."""
    tokens = version.tokens
    words = fold_same_length(tokens.slice((run[0], min(run[1] + MONTH_AND_YEAR, len(tokens.found)))))
    start, end = tokens.found[run[0]].start, tokens.found[run[1] - 1].end
    if any(t.place.start < end and start < t.place.end for act in version.acts.values() for t in act.deadlines):
        return False
    begun = [act for at, act in version.acts.items() if at <= start]
    asks = bool(begun) and begun[-1].family not in RECEIVED
    return is_ahead(words, version.texts.adopted, version.language, or_then=asks)


def _in_one_clause(old: _Version, new: _Version, sites: list[Site]) -> list[Site]:
    """The sites, those made one that told apart would be halves of one change."""
    merged: list[Site] = []
    for site in sites:
        if merged and _are_halves(old, new, merged[-1], site):
            merged[-1] = merged[-1].up_to(site)
        else:
            merged.append(site)
    return merged


def _are_halves(old: _Version, new: _Version, last: Site, site: Site) -> bool:
    """Whether words went at one of two sites and came at the other, with few kept words and no sign between them, and
    no act begins with the second."""
    between = new.tokens.found[last.new[1] : site.new[0]]
    reach = REACH if _is_long(last) or _is_long(site) else BETWEEN
    if len(between) > reach or not all(is_word(token.word) for token in between):
        return False
    if old.acts_in(site.old) or new.acts_in(site.new):
        return False
    went = old.tokens.words(last.old) or old.tokens.words(site.old)
    came = new.tokens.words(last.new) or new.tokens.words(site.new)
    return bool(went and came)


def _is_long(site: Site) -> bool:
    """Whether of a site the clause is told, not the words that changed."""
    return max(width(site.old), width(site.new)) > LONGEST_REPLACED


def _replaced(spot: _Spot) -> list[_Phrase]:
    """What gave way to what, both with the same kept words around them: of short ones those of their phrase, of others
    the clause; nothing of what is too long to be quoted whole."""
    old, new, site, went, came = spot.old, spot.new, spot.site, spot.went, spot.came
    if (not came and _says_no_more(old, new, site.old)) or (not went and _says_no_more(new, old, site.new)):
        return [_Phrase(FlagCode.REWORDED, old.tokens.slice(site.old), new.tokens.slice(site.new), 0)]
    if not _have_like_acts(spot):
        return _halves(spot)
    size = len(went) + len(came) + BINDING * any(is_law(word, old.language) for word in (*went, *came))
    code = FlagCode.WORDS_SWAPPED if _is_swap(spot) else FlagCode.WORDS_REPLACED
    context = context_of_phrase(old.tokens, new.tokens, site)
    short = not _is_long(site) and any(context)
    choices = [context, context_of_clause(old.tokens, new.tokens, site)]
    for chosen in choices if short else reversed(choices):
        quoted = spot.quoted(chosen) if any(chosen) or not short else None
        phrase = _Phrase(code, *quoted, size) if quoted else None
        is_cut = _is_long(site) and not (chosen[0] or _begin_alike(spot))
        if phrase and (is_cut or not _is_one_place(phrase, old.language)):
            halves = _halves(spot)
            is_lost_told = not went or any(half.old for half in halves)
            return halves if is_lost_told or is_cut else [phrase]  # else what it took the place of would be hidden
        if phrase and max(len(phrase.old), len(phrase.new)) <= LONGEST_CLAUSE:
            return [phrase]
    return []


def _have_like_acts(spot: _Spot) -> bool:
    """Whether as many acts begin on both sides of a spot, and none only receives what the other asks."""
    before, after = (version.acts_in(run) for version, run in spot.sides)
    return len(before) == len(after) and not any(map(_hides, before, after, repeat(())))


def _begin_alike(spot: _Spot) -> bool:
    """Whether both sides of a spot begin where a clause does, or with the same word."""
    if not all(version.tokens.words(run) for version, run in spot.sides):
        return True
    old, new, start = spot.old, spot.new, spot.site.old[0]
    first, other = (version.tokens.found[run[0]] for version, run in spot.sides)
    before = old.tokens.found[start - 1].word if start else ","
    return before in CLAUSE_SIGNS or first.word == other.word or (first.start in old.acts and other.start in new.acts)


def _is_swap(spot: _Spot) -> bool:
    """Whether a word or two gave way to as many that bind no more: no number, no name, no word of law, no verb of an
    act."""
    words = (*spot.went, *spot.came)
    if max(len(spot.went), len(spot.came)) > SWAPPED or any(
        is_law(word, spot.old.language) or word.isdigit() for word in words
    ):
        return False
    for version, run in spot.sides:
        for token in version.tokens.found[run[0] : run[1]]:
            first = version.tokens.text[token.start]
            if first.isdigit() or token.start in version.acts or (first.isupper() and token.start):
                return False
    return True


def _is_one_place(phrase: _Phrase, language: Language) -> bool:
    """Whether one phrase may be told as standing where the other stood: short ones that begin alike or have a word in
    common, longer ones that have a good part of their words in common."""
    before, after = _stems_of(phrase.old, language), _stems_of(phrase.new, language)
    first, other = (fold_same_length(words).split(" ")[0] for words in (phrase.old, phrase.new))
    alike = first == other and opens_phrase(first, language)
    if max(len(phrase.old.split()), len(phrase.new.split())) > LONGEST_REPLACED:
        return alike or len(before & after) >= ALIKE * min(len(before), len(after))
    return (
        bool(before & after) or first == other or not (opens_phrase(first, language) or opens_phrase(other, language))
    )


def _moved(old: _Version, new: _Version, sites: list[Site]) -> Iterator[tuple[Site, _Phrase]]:
    """The phrases that went at one site and came, word for word, at another."""
    language = new.language
    gone = [folded_line(old.tokens.slice(site.old)) for site in sites]
    came: list[Words] = []
    went: Words = Counter()
    for site in sites:
        came.append(Counter(meanings(new.tokens.slice(site.new), language)))
        went += Counter(meanings(old.tokens.slice(site.old), language)) - came[-1]
    for site, now in zip(sites, came, strict=True):
        if sum(now.values()) < MOVED or now - went:
            continue
        run = new.tokens.trimmed(site.new)
        moved = folded_line(new.tokens.slice(run))
        if new.tokens.is_whole(run) and new.tokens.is_balanced(run) and any(moved in each for each in gone):
            quote = shortened(new.tokens.slice(new.tokens.opened(run)), language, LONGEST)
            yield site, _Phrase(FlagCode.WORDS_MOVED, "", quote, 0)


# ---- what only went, or only came -----------------------------------------------------------------------------------


def _halves(spot: _Spot) -> list[_Phrase]:
    """What went and what came at a spot, each by itself."""
    return [*_one_sided(spot, Side.OLD), *_one_sided(spot, Side.NEW)]


def _one_sided(spot: _Spot, side: Side) -> Iterator[_Phrase]:
    """What only went, or only came: short phrases with the words around them, long ones act by act."""
    is_old = side is Side.OLD
    (version, run), (other, opposite) = spot.sides if is_old else reversed(spot.sides)
    real = spot.went if is_old else spot.came
    if not real or _says_no_more(version, other, run) or version.is_call(run):
        return
    if max(width(run), width(opposite)) <= SHORT:
        context = context_of_one(version.tokens, run, other.tokens, opposite)
        if any(context):
            code = FlagCode.WORDS_SWAPPED if _is_common(real, version, other) else FlagCode.WORDS_REPLACED
            if quoted := spot.quoted(context):
                yield _Phrase(code, *quoted, len(real))
            return
    yield from _pieces_told(version, other, run, real)


def _is_common(real: list[str], version: _Version, other: _Version) -> bool:
    """Whether but one word came or went that binds nothing and stands elsewhere in the other text."""
    word = real[0]
    binds = len(real) > 1 or not word.isalpha() or is_law(word, version.language)
    return not binds and word[:STEM] in other.whole.places


class _Piece(Struct, frozen=True):
    """A stretch that only went, or only came, as it is quoted: its words, how many of them really did, whether a word
    of law or a number is among those, and the act that begins with it."""

    run: Run
    words: str
    size: int
    binds: bool
    act: Act | None


def _pieces_told(version: _Version, other: _Version, run: Run, real: list[str]) -> Iterator[_Phrase]:
    """What only went, or only came, act by act."""
    for stretch in _pieces(version, run, set(real)):
        piece = _piece(version, stretch, real)
        if piece is None or _says_no_more(version, other, piece.run):
            continue
        quote = shortened(piece.words, version.language, LONGEST)
        if _tells_nothing(piece, version, other):
            yield _Phrase.reworded(version.side, quote)
        else:
            asks = piece.act is not None and piece.act.family in ASKING
            size = piece.size + ASKED * asks + BINDING * piece.binds
            yield _Phrase.of(version.side, quote, size, piece.words)


def _piece(version: _Version, stretch: Run, real: list[str]) -> _Piece | None:
    """A stretch with the kept words that make sense of it; None where no word is left that really went or came."""
    run = _with_verb(version, version.tokens.alone(stretch))
    words = version.tokens.slice(version.tokens.opened(run))
    changed = [word for word in meanings(words, version.language) if word in real]
    if not changed:
        return None
    binds = any(is_law(word, version.language) or word[0].isdigit() for word in changed)
    return _Piece(run, words, len(changed), binds, version.acts.get(version.tokens.found[run[0]].start))


def _tells_nothing(piece: _Piece, version: _Version, other: _Version) -> bool:
    """Whether a piece makes no sense alone, or the other version or the other text may say what it says: what is asked
    of the whole text last."""
    act, words, language = piece.act, piece.words, version.language
    return (
        (piece.size == 1 and not piece.binds)
        or (act is not None and (piece.size <= VERB_ALONE or _ends_early(act, words, language)))
        or _says_nothing_alone(version, piece.run, words, act)
        or (act is not None and _reports_elsewhere(act, other))
        or _is_said_again(version, other, piece.run)
        or (version.side is Side.OLD and _is_known(words, version, other))
        or (len(_stems_of(words, language)) >= FEWEST and other.whole.may_say(words))
        or _is_said_elsewhere(words, version, other, act)
    )


def _pieces(version: _Version, run: Run, wanted: set[str]) -> Iterator[Run]:
    """The stretch cut where acts begin, and without the clauses in it that hold little that went or came."""
    tokens = version.tokens
    cuts = [n for n in range(run[0] + 1, run[1]) if tokens.found[n].start in version.acts]
    for first, last in pairwise((run[0], *cuts, run[1])):
        signs = [n for n in range(first + 1, last) if tokens.found[n].word in (",", ";")]
        begin = end = first
        for start, stop in pairwise((first, *signs, last)):
            words = meanings(tokens.slice((start, stop)), version.language)
            if 2 * sum(word in wanted for word in words) >= len(words):
                end = stop
                continue
            if end > begin:
                yield begin, end
            begin = end = stop
        if end > begin:
            yield begin, end


def _says_nothing_alone(version: _Version, run: Run, words: str, act: Act | None) -> bool:
    """Whether a stretch only refers, ends in an auxiliary, or has the verb of an act or of a relative clause, but not
    all that this governs."""
    language = version.language
    last = version.tokens.found[run[1] - 1].word
    if last in words_of("governed", "auxiliaries", language) or _only_refers(words, version):
        return True
    has_verb = act or pattern(language.excerpts.relative.pattern).search(fold_same_length(words))
    return has_verb is not None and not _ends_a_clause(version, run)


def _ends_early(act: Act, words: str, language: Language) -> bool:
    """Whether words with which an act begins end before what it does: "Décide, en vue d’assurer la continuité …,"."""
    return len(words) < needed_of(act, act.text, language)


def _with_verb(version: _Version, run: Run) -> Run:
    """The stretch with the verb of an act that was kept before it: "Souligne | également qu’il importe"."""
    first, last = run
    found = version.tokens.found
    if first == last or found[first].start in version.acts:
        return run
    for place in range(first - 1, max(-1, first - 1 - VERB_BEFORE), -1):
        if not (found[place].kept and is_word(found[place].word)):
            break
        if found[place].start in version.acts:
            return place, last
    return run


def _ends_a_clause(version: _Version, run: Run) -> bool:
    """Whether no word stands behind a stretch but one that begins an act or joins one."""
    if run[1] == len(version.tokens.found):
        return True
    behind = version.tokens.found[run[1]]
    joins = version.language.provisions.joins.phrases
    return not is_word(behind.word) or behind.start in version.acts or behind.word in joins


def _is_known(words: str, version: _Version, other: _Version) -> bool:
    """Whether the other text has most of the words that tell a phrase from the others, wherever they stand."""
    rarity = {stem: version.texts.rarity(stem) for stem in _stems_of(words, version.language)}
    known = fsum(weight for stem, weight in rarity.items() if stem in other.whole.places)
    return known >= TAKEN_UP * fsum(rarity.values())


def _is_said_elsewhere(words: str, version: _Version, other: _Version, act: Act | None) -> bool:
    """Whether a paragraph of the other text says much of a phrase, rare words counting more; of a new request or
    decision, whether an old act asks much of it with as much force."""
    if version.side is Side.OLD:
        return other.whole.said.nearest(words).share >= SAID_THERE
    if act is None or act.family not in REQUESTS | {Family.DECIDE}:
        return other.whole.said.nearest(words).share >= SAID_BEFORE
    asked, weaker = other.texts.asked, other.texts.weaker(act.force)
    if weaker == asked.every:
        return False
    telling = other.whole.said.weights(words)
    most, _ = asked.heaviest(telling, but=weaker)
    return most >= SAID_BEFORE * fsum(telling.values())


def _only_refers(words: str, version: _Version) -> bool:
    """Whether words only say where something stands: "visés aux paragraphes 10 et 14"."""
    referring = version.language.excerpts.referring.words
    return all(word.isdigit() or word in referring for word in meanings(words, version.language))


def _is_said_again(version: _Version, other: _Version, run: Run) -> bool:
    """Whether what came in the same paragraph says most of a phrase that went, in other words, or the reverse; not of
    an act of which the other version has not the verb."""
    first, language = version.tokens.found[run[0]], version.language
    if first.start in version.acts and not any(other.has(word) for word in meanings(first.word, language)):
        return False
    words = version.tokens.slice(run)
    if all(other.has(word) for word in meanings(words, language)):
        return True
    stems = _stems_of(words, language)
    return bool(stems) and len(stems & other.changed) >= SAID_AGAIN * len(stems)


def _says_no_more(version: _Version, other: _Version, run: Run) -> bool:
    """Whether a stretch is the rest of a name that the other text has in full elsewhere ("la Mission", "la Mission
    d’assistance des Nations Unies en Afghanistan"), or the date of a resolution that is cited before it."""
    first, last = run
    if not first or last - first < 2:
        return False
    words = version.tokens.slice(run)
    if version.tokens.found[first - 1].word == ")" and _date(version.language).fullmatch(words):
        return True
    return any(map(str.isupper, words)) and other.whole.holds(version.tokens.slice((first - 1, last)))


@cache
def _date(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:\S+\s){{0,{BEFORE_DATE}}}(?:{date_pattern(language)})", re.IGNORECASE)
