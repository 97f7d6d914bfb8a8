"""The words of a change as tokens, the sites where they came and went, and how far a quotation goes around a site.

A quotation takes in kept words only up to the next sign and the next change: what stands in it is the text to the
letter on each side.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from resdiff.judgement.case import meanings
from resdiff.language import Language
from resdiff.language.fold import fold
from resdiff.language.tokens import is_word, tokens
from resdiff.marking.weight import is_content, openings
from resdiff.model import Edit, Op, Weight

__all__ = ["Run", "Site", "Token", "Tokens", "lay_out_tokens", "opens_phrase"]

NEAR = 150  # characters of kept words next to a change that may be quoted with it
AROUND = 5  # kept words that a quotation takes in on each side at most
BRIDGE = 3  # kept words that do not hold two changes apart
OPENING, CLOSING = frozenset("(«“["), frozenset(")»”]")
Run = tuple[int, int]
"""The first token of a stretch and the one behind its last."""


class Token(NamedTuple):
    """A word or a sign of a text: where it stands, folded, whether it was kept, whether it is one to be told of."""

    start: int
    end: int
    word: str
    kept: bool
    told: bool


class Site(NamedTuple):
    """The tokens that went and those that came in one place."""

    old: Run
    new: Run


class Tokens(NamedTuple):
    """A text and its tokens; of long kept stretches only those near a change."""

    text: str
    found: list[Token]
    language: Language

    def slice(self, run: Run) -> str:
        """The words of a stretch as printed."""
        first, last = run
        return self.text[self.found[first].start : self.found[last - 1].end] if first < last else ""

    def has_kept(self, place: int, step: int) -> int:
        """How many tokens behind a place (``step`` 1), or before it (-1), were kept one after another."""
        taken, here = 0, place if step > 0 else place - 1
        while taken < 2 * AROUND and 0 <= here < len(self.found) and self.found[here].kept:
            taken, here = taken + 1, here + step
        return taken

    def left(self, run: Run, *, content: bool = False) -> int:
        """How many kept words before a stretch belong to its phrase; with ``content`` at least one that has a sense."""
        first, taken, has = run[0], 0, not content
        while taken < AROUND and first > taken:
            before = self.found[first - taken - 1]
            opens = first - taken < len(self.found) and opens_phrase(self.found[first - taken].word, self.language)
            if opens and has and not opens_phrase(before.word, self.language):
                break
            if not before.kept or not is_word(before.word):
                break
            taken += 1
            has = has or bool(meanings(before.word, self.language))
        return taken

    def right(self, run: Run) -> int:
        """How many kept words behind a stretch belong to its phrase: none where it ends in a noun phrase of its own."""
        inside = self.found[run[0] : run[1]]
        if not inside:
            return 0
        heavy = sum(bool(meanings(token.word, self.language)) for token in inside)
        is_number = inside[-1].word[0].isdigit()
        if is_number or (
            not opens_phrase(inside[-1].word, self.language)
            and (heavy > 1 or opens_phrase(inside[0].word, self.language))
        ):
            return 0
        return self.phrase(run[1])

    def complement(self, run: Run) -> int:
        """How many kept words behind a stretch complete its last noun: "du Pacte" behind "de l’Initiative"."""
        follows = run[1] < len(self.found) and self.found[run[1]].word in self.language.excerpts.complement.words
        return self.phrase(run[1]) if follows else 0

    def phrase(self, first: int) -> int:
        """How many kept words stand from there to the end of a phrase."""
        taken = 0
        for token in self.found[first : first + AROUND]:
            ended = (
                taken
                and not opens_phrase(self.found[first + taken - 1].word, self.language)
                and opens_phrase(token.word, self.language)
            )
            if not token.kept or not is_word(token.word) or ended:
                break
            taken += 1
        return taken

    def opened(self, run: Run) -> Run:
        """The stretch with the kept function words that open it: "du" before "8 janvier"."""
        first, last = run
        if first < last and not opens_phrase(self.found[first].word, self.language):
            while first and self.found[first - 1].kept and opens_phrase(self.found[first - 1].word, self.language):
                first -= 1
        return first, last

    def trimmed(self, run: Run) -> Run:
        """The stretch without kept words and signs at its ends, and without words behind its last one of content."""
        first, last = run
        while first < last and (not self.found[first].told or self._is_sign(first, OPENING)):
            first += 1
        while last > first + 1 and (
            not self.found[last - 1].told
            or self._is_sign(last - 1, CLOSING)
            or opens_phrase(self.found[last - 1].word, self.language)
        ):
            last -= 1
        return first, last

    def _is_sign(self, place: int, kept: frozenset[str]) -> bool:
        word = self.found[place].word
        return not is_word(word) and word not in kept

    def closed(self, run: Run) -> Run:
        """The stretch with the kept sign that closes a bracket it opens; else without what is not closed in it."""
        first, last = run
        depths = self.depths(run)
        depth = depths[-1] if depths else 0
        if depth > 0 and last < len(self.found) and self.found[last].word in CLOSING:
            return first, last + 1
        if depths and min(depths) < 0:
            return self.trimmed((first + 1 + max(n for n, d in enumerate(depths) if d < 0), last))
        if depth > 0:
            return first, first + max(n for n, d in enumerate(depths) if d > 0 and not (n and depths[n - 1] > 0))
        return run

    def depths(self, run: Run) -> list[int]:
        """How many brackets are open behind each token of a stretch, those of the stretch alone."""
        depths, depth = [], 0
        for token in self.found[run[0] : run[1]]:
            depth += (token.word in OPENING) - (token.word in CLOSING)
            depths.append(depth)
        return depths

    def is_balanced(self, run: Run) -> bool:
        """Whether every bracket of a stretch is opened and closed in it."""
        depths = self.depths(run)
        return not depths or (min(depths) >= 0 and depths[-1] == 0)


@lru_cache(maxsize=4096)
def opens_phrase(word: str, language: Language) -> bool:
    """Whether a phrase can begin with a folded word: a preposition, a conjunction, an article.

    >>> [opens_phrase(word, Language.of("fr")) for word in ("dans", "mandat", "l'")]
    [True, False, True]
    """
    means = is_content(word, language) and meanings(word, language)
    return is_word(word) and (word in openings(language) or word.endswith("'") or not means)


def lay_out_tokens(
    old_text: str, new_text: str, edits: tuple[Edit, ...], language: Language
) -> tuple[Tokens, Tokens, list[Site]]:
    """The tokens of both texts, and the sites where words of substance came or went; those with only a few kept words
    between them are one."""
    old, new = Tokens(old_text, [], language), Tokens(new_text, [], language)
    return old, new, _merged(new, list(_sites(old, new, edits)))


def _sites(old: Tokens, new: Tokens, edits: tuple[Edit, ...]) -> Iterator[Site]:
    """Fills in the tokens; the sites."""
    old_at = new_at = 0
    first: Run | None = None
    heavy = False
    for edit in (*edits, Edit(Op.EQUAL, "")):
        kept = edit.op is Op.EQUAL
        if kept and first:
            if heavy:
                yield Site((first[0], len(old.found)), (first[1], len(new.found)))
            first, heavy = None, False
        elif not kept and first is None:
            first = len(old.found), len(new.found)
        told = not kept and edit.weight > Weight.ROUTINE and not edit.passage
        heavy = heavy or (told and edit.weight is Weight.SUBSTANTIVE)
        words = _tokens_near(edit.text) if kept else _tokens_of(edit.text, 0)
        if edit.op is not Op.INSERT:
            old.found.extend(Token(old_at + start, old_at + end, word, kept, told) for start, end, word in words)
            old_at += len(edit.text)
        if edit.op is not Op.DELETE:
            new.found.extend(Token(new_at + start, new_at + end, word, kept, told) for start, end, word in words)
            new_at += len(edit.text)


def _tokens_near(text: str) -> list[tuple[int, int, str]]:
    """The tokens of kept words, of a long stretch only those near its ends: a quotation takes in no others."""
    head, tail = text.rfind(" ", 0, NEAR), text.find(" ", max(0, len(text) - NEAR))
    if len(text) <= 2 * NEAR or head < 0 or tail < 0:
        return _tokens_of(text, 0)
    return [*_tokens_of(text[:head], 0), (head, head + 1, ";"), *_tokens_of(text[tail:], tail)]


def _tokens_of(text: str, at: int) -> list[tuple[int, int, str]]:
    found = []
    for token in tokens(text):
        end = at + len(token)
        if not token.isspace():
            found.append((at, end, fold(token)))
        at = end
    return found


def _merged(new: Tokens, sites: list[Site]) -> list[Site]:
    merged: list[Site] = []
    for site in sites:
        if merged:
            last = merged[-1]
            between = new.found[last.new[1] : site.new[0]]
            if len(between) <= BRIDGE and all(is_word(t.word) and not meanings(t.word, new.language) for t in between):
                merged[-1] = Site((last.old[0], site.old[1]), (last.new[0], site.new[1]))
                continue
        merged.append(site)
    return merged
