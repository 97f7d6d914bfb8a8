"""The words that came, went, gave way to others or changed place in a paragraph, as phrases that make sense alone.

A word came when it stands in the new version of the paragraph more often than in the old one, in any form; the same
words in another place only moved, and what is in other words of the same sense is no change at all. What went here and
came there in another paragraph is told with the place where it stands.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, pairwise

from msgspec import Struct

from resdiff.judgement.case import (
    STEM,
    Case,
    ChangeLayout,
    Couple,
    Flagged,
    Run,
    Site,
    Tokens,
    WholeText,
    content_stems,
    flat,
    lay_out_tokens,
    meanings,
)
from resdiff.judgement.provisions import ASKING, main_act
from resdiff.judgement.quoting import CUT, act_quote, as_line, shortened
from resdiff.language import Language, pattern
from resdiff.language.dates import date_pattern
from resdiff.language.fold import fold_same_length
from resdiff.language.grammar import same_word
from resdiff.marking.weight import is_law
from resdiff.model import Change, Evidence, Flag, FlagCode, Kind, Op, Part, Side, Weight

__all__ = ["judge_phrases"]

BEFORE_DATE = 3  # words before the date of what is cited: "en date du"
LONGEST = 170  # characters of a phrase that came or went
EACH = 90  # … of each of two that gave way to one another
ACT = 36  # words of what a paragraph written anew does
SHORT = 4  # words up to which a phrase is told with the words around it
LONGEST_REPLACED = 12  # words of a phrase that is told as replaced; longer ones went, and others came
SWAPPED = 2  # words of content of each of two phrases that are a matter of terms
VERB_ALONE = 2  # words of an act that came or went: its verb and one more, what it says stayed
ASKED = 15  # what a request among the words that came or went weighs more than their number
BINDING = 6  # … and a word of law: "ne", "sauf", "doivent"
REPEATED = 4  # words that stand in the other version too, but not so often, for them to be told
SAID_AGAIN = 0.5  # share of the stems of a phrase among what came in its paragraph, for it to be said in other words
MOVED = 3  # words that changed place, for it to be told
REWRITTEN, WITHIN = 0.35, 0.5
"""Shares of the words of the longer and of the shorter version that were kept, below which a paragraph is written
anew; one of fewer words than ``FEW`` is only changed."""
FEW = 14
ELSEWHERE = 0.65  # share of a phrase that went in one other paragraph, for it to have come from there
FEWEST = 4  # stems of a phrase of which that is asked
COMMON = 14  # paragraphs of both texts, from which a word tells nothing of one of them
RARE, FEWEST_RARE = 0.5, 3  # how rare so many of them are at least
COMMON_START = 7  # letters by which words of another ending are the same
START = 3  # letters without which they are not compared
Words = Counter[str]


class _Pools(Struct, frozen=True):
    """For each paragraph of a side the stems that went from it, or came to it; in how many paragraphs each stands."""

    language: Language
    of: dict[Side, dict[str, frozenset[str]]]
    often: Words

    def rarity(self, stem: str) -> float:
        """How much a stem tells of a paragraph: nothing where it stands in many."""
        return max(0.0, 1.0 - self.often[stem] / COMMON)


class _Version(Struct, frozen=True):
    """One side of a change: its tokens; what its words mean, by their first letters too; which of them the other side
    has not, or not so often; the stems that stand in changed words; where acts begin and whether they ask; where those
    begin that stand on both sides, with the words of the other; the whole text of the side."""

    side: Side
    tokens: Tokens
    words: Words
    by_start: dict[str, list[str]]
    only: Words
    changed: frozenset[str]
    acts: dict[int, bool]
    partners: dict[int, str]
    whole: WholeText

    @property
    def language(self) -> Language:
        """The language of both texts."""
        return self.tokens.language


class _Phrase(Struct, frozen=True):
    """Words that went or came: the flag, the words on each side, how much they weigh; in full if they were cut."""

    code: FlagCode
    old: str
    new: str
    size: int
    whole: str = ""


# ---- what is to be said ---------------------------------------------------------------------------------------------


def judge_phrases(case: Case, changes: tuple[Change, ...], texts: tuple[WholeText, WholeText]) -> Flagged:
    """Flags for the words that came, went or moved in linked paragraphs, those of one change largest first.

    ``changes`` are those of the case, with their weights as they were lowered.
    """
    pools = _pools(case, changes)
    flagged: Flagged = []
    couples = case.couples or ((),) * len(changes)
    for place, (layout, change) in enumerate(zip(case.layouts, changes, strict=True)):
        if change.kind is Kind.UNCHANGED or not (layout.old and layout.new) or change.weight < Weight.SUBSTANTIVE:
            continue
        flags = [*_flags(case, layout, change, couples[place], pools, texts)] or [Flag(FlagCode.SAME_SENSE)]
        flagged += [(place, flag) for flag in flags]
    return flagged


def _flags(
    case: Case,
    layout: ChangeLayout,
    change: Change,
    couples: tuple[Couple, ...],
    pools: _Pools,
    texts: tuple[WholeText, WholeText],
) -> Iterator[Flag]:
    language = case.language
    old_words, new_words = _words_of(change, language)
    if change.kind is Kind.MODIFIED and _is_rewritten(old_words, new_words):
        yield from _rewritten(case, layout)
        return
    gone, come = _difference(old_words, new_words, language)
    old_tokens, new_tokens, sites = lay_out_tokens(layout.text(Side.OLD), layout.text(Side.NEW), change.edits, language)
    went, came = (pools.of[side][layout.places(side)[0].paragraph.id] for side in (Side.OLD, Side.NEW))
    acts = [_act_starts(case, layout, side) for side in (Side.OLD, Side.NEW)]
    pairs = [_partners(layout, side, couples) for side in (Side.OLD, Side.NEW)]
    old = _Version(Side.OLD, old_tokens, old_words, _by_start(old_words), gone, went, acts[0], pairs[0], texts[0])
    new = _Version(Side.NEW, new_tokens, new_words, _by_start(new_words), come, came, acts[1], pairs[1], texts[1])
    in_preamble = layout.new[0].paragraph.part is Part.PREAMBLE
    found = list(_phrases(old, new, sites, in_preamble=in_preamble))
    for phrase in sorted(dict.fromkeys(found), key=lambda phrase: -phrase.size):
        yield _flag(layout, phrase, pools)
    yield from _passages(layout, change, language)


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


def _stems(change: Change, op: Op, language: Language) -> frozenset[str]:
    return _stems_of(" … ".join(edit.text for edit in change.edits if edit.op is op), language)


def _stems_of(words: str, language: Language) -> frozenset[str]:
    """The beginnings of what the words mean: "soutien" and "appui" have one."""
    return frozenset(word[:STEM] for word in meanings(words, language))


def _act_starts(case: Case, layout: ChangeLayout, side: Side) -> dict[int, bool]:
    """Where the acts of the paragraphs of a side begin, in their joined text, and whether they ask something."""
    ids = {place.paragraph.id for place in layout.places(side)}
    found: dict[int, bool] = {}
    for act in case.survey(side).acts:
        if act.paragraph in ids:
            start = layout.span(side, act.paragraph, act.passages[0].start, act.passages[0].start).start
            found[start] = act.family in ASKING
    return found


def _partners(layout: ChangeLayout, side: Side, couples: tuple[Couple, ...]) -> dict[int, str]:
    """Where the acts begin that stand on both sides, with the words of the other one."""
    found: dict[int, str] = {}
    for couple in couples:
        act, other = couple if side is Side.OLD else couple[::-1]
        if act and other:
            at = act.passages[0]
            found[layout.span(side, act.paragraph, at.start, at.start).start] = other.text.partition("\n")[0]
    return found


def _flag(layout: ChangeLayout, phrase: _Phrase, pools: _Pools) -> Flag:
    """The flag of a phrase; for one that stands in another paragraph on the other side, that one is evidence too."""
    values = tuple(filter(None, (phrase.old, phrase.new)))
    old = _evidence(layout, Side.OLD, phrase.old, pools.language) if phrase.old else ()
    new = _evidence(layout, Side.NEW, phrase.new, pools.language) if phrase.new else ()
    if phrase.code is FlagCode.WORDS_ADDED:
        old = _elsewhere(layout, Side.OLD, phrase.whole, pools)
    elif phrase.code is FlagCode.WORDS_DROPPED:
        new = _elsewhere(layout, Side.NEW, phrase.whole, pools)
    return Flag(phrase.code, values, old, new)


def _evidence(layout: ChangeLayout, side: Side, quote: str, language: Language) -> tuple[Evidence, ...]:
    places = layout.places(side)
    words = quote.removesuffix(CUT)
    here = next((place for place in places[1:] if words in as_line(place.paragraph.text, language)), places[0])
    return (Evidence(here.paragraph.id, quote),)


def _passages(layout: ChangeLayout, change: Change, language: Language) -> Iterator[Flag]:
    """The clauses that moved within the change, or to or from another paragraph, word for word."""
    for edit in change.edits:
        size = len(meanings(edit.text, language)) if edit.passage and edit.op is not Op.EQUAL else 0
        quote = shortened(_alone(edit.text, language), language, LONGEST) if size >= MOVED else ""
        there = (Evidence(edit.passage, ""),)
        if edit.passage in (*change.link.old, *change.link.new):
            if quote and edit.op is Op.INSERT:
                yield Flag(FlagCode.WORDS_MOVED, (quote,), there, _evidence(layout, Side.NEW, quote, language))
        elif quote and size >= FEWEST and edit.op is Op.DELETE:
            yield Flag(FlagCode.WORDS_DROPPED, (quote,), _evidence(layout, Side.OLD, quote, language), there)
        elif quote and size >= FEWEST:
            yield Flag(FlagCode.WORDS_ADDED, (quote,), there, _evidence(layout, Side.NEW, quote, language))


def _alone(text: str, language: Language) -> str:
    """The words of a clause without the one that joined it to what stands before it."""
    line = as_line(text, language)
    joined = pattern(language.excerpts.joined.pattern).match(fold_same_length(line))
    return line[joined.end() :] if joined else line


def _is_rewritten(old: Words, new: Words) -> bool:
    kept = sum((old & new).values())
    shortest, longest = sorted((sum(old.values()), sum(new.values())))
    return longest >= FEW and kept < REWRITTEN * longest and kept < WITHIN * shortest


def _rewritten(case: Case, layout: ChangeLayout) -> Iterator[Flag]:
    paragraph = layout.new[0].paragraph
    act = main_act([act for act in case.new.acts if act.paragraph == paragraph.id], case.language)
    quote = (
        act_quote(act, case.language, ACT)
        if act and not paragraph.depth
        else shortened(paragraph.text, case.language, LONGEST)
    )
    yield Flag(FlagCode.REWRITTEN, (quote,), (), (Evidence(paragraph.id, quote.partition(" …")[0]),))


# ---- which words ----------------------------------------------------------------------------------------------------


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


def _real(version: _Version, run: Run, other: _Version) -> list[str]:
    """The words of content of a stretch that really went or came; those that stand elsewhere in the other version too
    count only where there are several."""
    words = [word for word in meanings(version.tokens.slice(run), version.language) if version.only[word] > 0]
    return words if len(words) >= REPEATED or any(not _stands(word, other) for word in words) else []


def _stands(word: str, there: _Version) -> bool:
    """Whether a version holds the word, in any form."""
    return word in there.words or any(
        _is_like(word, other, there.language) for other in there.by_start.get(word[:START], ())
    )


def _pools(case: Case, changes: tuple[Change, ...]) -> _Pools:
    found: dict[Side, dict[str, frozenset[str]]] = {Side.OLD: {}, Side.NEW: {}}
    for layout, change in zip(case.layouts, changes, strict=True):
        if change.kind is not Kind.UNCHANGED:
            for side, op in ((Side.OLD, Op.DELETE), (Side.NEW, Op.INSERT)):
                for place in layout.places(side)[:1]:
                    found[side][place.paragraph.id] = _stems(change, op, case.language)
    texts = (p.text for p in (*case.comparison.old.body, *case.comparison.new.body))
    return _Pools(case.language, found, Counter(chain.from_iterable(map(content_stems, texts))))


def _elsewhere(layout: ChangeLayout, side: Side, phrase: str, pools: _Pools) -> tuple[Evidence, ...]:
    """The paragraph of that side, not of this change, from which most words of the phrase went, or to which they came;
    a rare word weighs more than a common one."""
    wanted = _stems_of(phrase, pools.language)
    if len(wanted) < FEWEST:
        return ()
    here = {place.paragraph.id for place in layout.places(side)}
    rarity = {stem: pools.rarity(stem) for stem in wanted}
    whole, rare = sum(rarity.values()), frozenset(stem for stem in wanted if rarity[stem] >= RARE)
    best, found = 0.0, ""
    for id_, pool in pools.of[side].items():
        if id_ not in here and len(rare & pool) >= FEWEST_RARE:
            weight = sum(rarity[stem] for stem in wanted & pool)
            if weight > best:
                best, found = weight, id_
    return (Evidence(found, ""),) if found and best >= ELSEWHERE * whole else ()


# ---- phrases --------------------------------------------------------------------------------------------------------


def _phrases(old: _Version, new: _Version, sites: list[Site], *, in_preamble: bool) -> Iterator[_Phrase]:
    moved: list[Site] = []
    for site in sites:
        went, came = _real(old, site.old, new), _real(new, site.new, old)
        if not went and not came:
            moved.append(site)
        elif in_preamble and _only_verbs(old, new, site):
            continue
        elif went and came and max(_length(site.old), _length(site.new)) <= LONGEST_REPLACED:
            yield from _replaced(old, new, site, went, came)
        else:
            yield from _one_sided(old, new, site, went) if went else ()
            yield from _one_sided(new, old, site, came) if came else ()
    yield from _moved(old, new, moved)


def _length(run: Run) -> int:
    return run[1] - run[0]


def _only_verbs(old: _Version, new: _Version, site: Site) -> bool:
    """Whether one opening of the preamble gave way to another: "Notant", "Sachant"."""
    return all(
        _length(run) <= SHORT and any(token.start in version.acts for token in version.tokens.found[run[0] : run[1]])
        for version, run in ((old, site.old), (new, site.new))
    )


def _replaced(old: _Version, new: _Version, site: Site, went: list[str], came: list[str]) -> Iterator[_Phrase]:
    """What gave way to what, both with the same kept words around them."""
    left = max(old.tokens.left(site.old), new.tokens.left(site.new))
    right = max(old.tokens.right(site.old), new.tokens.right(site.new))
    size = len(went) + len(came) + BINDING * any(is_law(word, old.language) for word in (*went, *came))
    code = FlagCode.WORDS_SWAPPED if _is_swap(old, new, site, went, came) else FlagCode.WORDS_REPLACED
    yield from _around(old, new, site, (left, right), size, code)


def _is_swap(old: _Version, new: _Version, site: Site, went: list[str], came: list[str]) -> bool:
    """Whether a word or two gave way to as many that bind no more: no number, no name, no word of law, no verb of an
    act."""
    if max(len(went), len(came)) > SWAPPED or any(
        is_law(word, old.language) or word.isdigit() for word in (*went, *came)
    ):
        return False
    for version, run in ((old, site.old), (new, site.new)):
        for token in version.tokens.found[run[0] : run[1]]:
            first = version.tokens.text[token.start]
            if first.isdigit() or token.start in version.acts or (first.isupper() and token.start):
                return False
    return True


def _around(
    old: _Version, new: _Version, site: Site, margins: tuple[int, int], size: int, code: FlagCode
) -> Iterator[_Phrase]:
    """Both sides of a site with so many kept words before and behind it; nothing where a bracket would stay open."""
    left = min(margins[0], old.tokens.has_kept(site.old[0], -1), new.tokens.has_kept(site.new[0], -1))
    right = min(margins[1], old.tokens.has_kept(site.old[1], 1), new.tokens.has_kept(site.new[1], 1))
    runs = [(run[0] - left, run[1] + right) for run in (site.old, site.new)]
    if all(version.tokens.is_balanced(run) for version, run in zip((old, new), runs, strict=True)):
        was, now = old.tokens.slice(runs[0]), new.tokens.slice(runs[1])
        yield _Phrase(code, shortened(was, old.language, EACH), shortened(now, old.language, EACH), size)


def _one_sided(version: _Version, other: _Version, site: Site, real: list[str]) -> Iterator[_Phrase]:
    """What only went, or only came: short phrases with the words around them, long ones act by act."""
    is_old = version.side is Side.OLD
    run, opposite = (site.old, site.new) if is_old else (site.new, site.old)
    if _says_no_more(version, other, run):
        return
    if max(_length(run), _length(opposite)) <= SHORT:
        right = max(version.tokens.right(run), other.tokens.right(opposite)) or version.tokens.complement(run)
        left = version.tokens.left(run, content=not right)
        if left or right:
            old, new = (version, other) if is_old else (other, version)
            yield from _around(old, new, site, (left, right), len(real), FlagCode.WORDS_REPLACED)
            return
    code, language = FlagCode.WORDS_DROPPED if is_old else FlagCode.WORDS_ADDED, version.language
    for piece in _pieces(version, run, set(real)):
        whole = version.tokens.closed(version.tokens.trimmed(piece))
        words = version.tokens.slice(version.tokens.opened(whole))
        size = sum(word in real for word in meanings(words, language))
        if not size or _says_no_more(version, other, whole):
            continue
        quote = shortened(words, language, LONGEST)
        sides = (quote, "") if is_old else ("", quote)
        first = version.tokens.found[whole[0]].start
        if first in version.partners:  # the act stood here in other words
            if not is_old and not _is_said_again(version, other, whole):
                was, now = (shortened(said, language, EACH) for said in (version.partners[first], words))
                yield _Phrase(FlagCode.WORDS_REPLACED, was, now, size)
            continue
        opens = first in version.acts
        binds = any(is_law(word, language) or word[0].isdigit() for word in meanings(words, language) if word in real)
        alone = size == 1 and not binds
        stays = len(_stems_of(words, language)) >= FEWEST and other.whole.may_say(words)  # in another paragraph
        if alone or stays or (opens and size <= VERB_ALONE) or _is_said_again(version, other, whole):
            yield _Phrase(FlagCode.REWORDED, *sides, 0)
            continue
        size += ASKED * version.acts.get(first, False)
        size += BINDING * binds
        yield _Phrase(code, *sides, size, words)


def _is_said_again(version: _Version, other: _Version, run: Run) -> bool:
    """Whether what came in the same paragraph says most of a phrase that went, in other words, or the reverse; not of
    an act of which the other version has not the verb."""
    first, language = version.tokens.found[run[0]], version.language
    if first.start in version.acts and not any(_stands(word, other) for word in meanings(first.word, language)):
        return False
    words = version.tokens.slice(run)
    if all(_stands(word, other) for word in meanings(words, language)):
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
    return any(map(str.isupper, words)) and flat(version.tokens.slice((first - 1, last))) in other.whole.flat


@cache
def _date(language: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:\S+\s){{0,{BEFORE_DATE}}}(?:{date_pattern(language)})", re.IGNORECASE)


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


def _moved(old: _Version, new: _Version, sites: list[Site]) -> Iterator[_Phrase]:
    """The phrases that went at one site and came at another."""
    went: Words = Counter()
    came: list[tuple[Site, Words]] = []
    for site in sites:
        was, now = (
            Counter(meanings(v.tokens.slice(run), v.language))
            for v, run in zip((old, new), (site.old, site.new), strict=True)
        )
        went += was - now
        came.append((site, now))
    for site, now in came:
        run = new.tokens.trimmed(site.new)
        if sum(now.values()) >= MOVED and not now - went and new.tokens.is_balanced(run):
            yield _Phrase(
                FlagCode.WORDS_MOVED, "", shortened(new.tokens.slice(new.tokens.opened(run)), new.language, LONGEST), 0
            )
