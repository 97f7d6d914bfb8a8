"""Clauses that moved: deleted from one paragraph, inserted in another, marked on both sides.

``mark_moved(changes, language)`` cuts the edits at the borders of such a passage and names, in ``Edit.passage``, the
paragraph on the other side where it stands. Nothing else changes: the edits still give both texts back to the letter.
"""

from collections.abc import Iterable, Iterator, Set
from itertools import accumulate, chain, groupby

from msgspec import Struct
from msgspec.structs import replace

from resdiff.language import Language
from resdiff.language.fold import Apart, fold, folded_words, key, tokens, units
from resdiff.marking.weight import change_weight, is_content, openings
from resdiff.model import Change, Edit, Op

__all__ = ["mark_moved"]

# A passage has at least so many words, so many of them content that is not also kept elsewhere, where it is most of
# what was deleted or inserted there; a stretch of something longer needs more. On the two real pairs 5 and 2 alone
# call 60 stretches moved, most of them phrases of the trade ("les combattants terroristes étrangers qui").
WORDS, CONTENT = 5, 2
LONG, LONG_CONTENT = 8, 4
MOST = 0.8
LEAST = 2 * WORDS - 1  # characters of so many words with something between them
# A run of words that was deleted in more places than this is boilerplate.
OFTEN = 8

Gram = tuple[str, ...]
_APART = Apart("_'/-")


class _Run(Struct, frozen=True):
    """A deleted or inserted line of an edit, from ``start`` on within one paragraph, and the keys of its words."""

    change: int
    edit: int
    paragraph: str
    line: str
    start: int
    words: Gram

    def span(self, at: int, size: int) -> tuple[int, int]:
        """Where so many words stand in the edit, the white space before the first excluded."""
        ends = list(accumulate(map(len, units(self.line)), initial=self.start))
        places = [n for n, unit in enumerate(units(self.line)) if key(unit)[:1].isalnum()]
        first, last = places[at], places[at + size - 1]
        word = units(self.line)[first].lstrip()
        return ends[first + 1] - len(word), ends[last + 1]


class _Match(Struct, frozen=True):
    """So many words from a place in a deleted run that stand at a place in an inserted run."""

    size: int
    old: int
    old_at: int
    new: int
    new_at: int


class _Passage(Struct, frozen=True):
    """Characters of an edit that stand in a paragraph of the other side."""

    start: int
    end: int
    paragraph: str


_Found = dict[tuple[int, int], list[_Passage]]
"""The passages of each edit, by the places of the change and of the edit in it."""


def mark_moved(changes: tuple[Change, ...], language: Language) -> tuple[Change, ...]:
    """The changes, with every clause that moved told apart from what is really new or gone.

    A passage is at least five words long and says something that is not also kept elsewhere, so that "l’Office des
    Nations Unies contre la drogue et le crime" is none.
    """
    old = [run for n, change in enumerate(changes) for run in _runs(n, change, Op.DELETE)]
    new = [run for n, change in enumerate(changes) for run in _runs(n, change, Op.INSERT)]
    found: _Found = {}
    for match in _chosen(_matches(changes, old, new, language)):
        here, there = old[match.old], new[match.new]
        for run, at, other in ((here, match.old_at, there), (there, match.new_at, here)):
            start, end = run.span(at, match.size)
            text = changes[run.change].edits[run.edit].text
            passage = _Passage(start, _closed(text, start, end), other.paragraph)
            found.setdefault((run.change, run.edit), []).append(passage)
    touched = {change for change, _ in found}
    return tuple(_cut(n, change, found, language) if n in touched else change for n, change in enumerate(changes))


# ---- the words ------------------------------------------------------------------------------------------------------


def _runs(number: int, change: Change, op: Op) -> Iterator[_Run]:
    """The deleted or the inserted runs of a change, cut where a paragraph ends."""
    ids = change.olds if op is Op.DELETE else change.news
    paragraph = 0
    for n, edit in enumerate(change.edits):
        if edit.op is Op.EQUAL:
            paragraph += edit.text.count("\n")
        if edit.op is not op:
            continue
        at = 0
        for line in edit.text.splitlines(keepends=True):
            if len(line) >= LEAST:
                words = tuple(filter(None, map(folded_words.__getitem__, tokens(line))))
                yield _Run(number, n, ids[min(paragraph, len(ids) - 1)], line, at, words)
            paragraph += line.endswith("\n")
            at += len(line)


def _grams(words: Gram) -> Iterator[Gram]:
    return zip(*(words[n:] for n in range(WORDS)), strict=False)


def _kept(changes: tuple[Change, ...], grams: Set[Gram]) -> Set[Gram]:
    """Those five words that also stand where nothing changed.

    There the first may be the end of a word and the last the beginning of one.
    """
    text = "\n".join([edit.text for change in changes for edit in change.edits if edit.op is Op.EQUAL])
    words = fold(text).translate(_APART).replace("'", "' ").split()
    middles = {gram[1:-1] for gram in grams}
    around: dict[Gram, set[tuple[str, str]]] = {}
    for n, middle in enumerate(zip(words[1:-1], words[2:-1], words[3:-1], strict=False)):
        if middle in middles:
            around.setdefault(middle, set()).add((words[n], words[n + 4]))
    return {
        gram
        for gram in grams
        if any(before.endswith(gram[0]) and after.startswith(gram[-1]) for before, after in around.get(gram[1:-1], ()))
    }


# ---- finding --------------------------------------------------------------------------------------------------------


def _matches(changes: tuple[Change, ...], old: list[_Run], new: list[_Run], language: Language) -> list[_Match]:
    """Every longest run of words that was deleted here and inserted there and says something of its own."""
    old_grams, new_grams = ([list(_grams(run.words)) for run in side] for side in (old, new))
    shared = set(chain.from_iterable(old_grams)).intersection(chain.from_iterable(new_grams))
    if not shared:
        return []
    kept = _kept(changes, shared)
    places: dict[Gram, list[tuple[int, int]]] = {gram: [] for gram in shared}
    for n, at, gram in _standing(old_grams, shared):
        places[gram].append((n, at))
    found = set()
    for n, at, gram in _standing(new_grams, shared):
        run = new[n]
        for other, place in places[gram][:OFTEN]:
            old_words = old[other].words
            if at and place and old_words[place - 1] == run.words[at - 1]:
                continue  # the match began earlier
            size = _common(old_words[place:], run.words[at:])
            whole = size >= MOST * min(len(old_words), len(run.words))
            while size and run.words[at + size - 1] in openings(language):
                size -= 1  # "…, notamment" | what was named is another matter
            if _says_something(run.words[at : at + size], kept, language, whole=whole):
                found.add(_Match(size, other, place, n, at))
    return sorted(found, key=lambda m: (-m.size, m.old, m.old_at, m.new, m.new_at))


def _standing(runs: list[list[Gram]], sought: set[Gram]) -> Iterator[tuple[int, int, Gram]]:
    """Where those five words stand: the run, the place in it, and which they are."""
    for n, grams in enumerate(runs):
        if not sought.isdisjoint(grams):
            yield from ((n, at, gram) for at, gram in enumerate(grams) if gram in sought)


def _common(old: Gram, new: Gram) -> int:
    """How many words both begin with."""
    return next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _says_something(words: Gram, kept: Set[Gram], language: Language, *, whole: bool) -> bool:
    """Whether enough content words are left when what is also kept elsewhere is taken away."""
    if len(words) < (WORDS if whole else LONG):
        return False
    covered = {at + n for at, gram in enumerate(_grams(words)) if gram in kept for n in range(WORDS)}
    own = sum(is_content(word, language) for at, word in enumerate(words) if at not in covered)
    return own >= (CONTENT if whole else LONG_CONTENT)


def _closed(text: str, start: int, end: int) -> int:
    """The end of a passage, moved behind the bracket or quotation mark that closes one opened in it."""
    for opening, closing in ("()", "«»", "“”", "[]"):
        rest = text[end:].lstrip()
        if text.count(opening, start, end) > text.count(closing, start, end) and rest.startswith(closing):
            end = len(text) - len(rest) + 1
    return end


def _chosen(matches: Iterable[_Match]) -> Iterator[_Match]:
    """The matches, longest first, that share no word with one already chosen."""
    taken: set[tuple[bool, int, int]] = set()
    for match in matches:
        words = {(False, match.old, match.old_at + n) for n in range(match.size)}
        words |= {(True, match.new, match.new_at + n) for n in range(match.size)}
        if not words & taken:
            taken |= words
            yield match


# ---- marking --------------------------------------------------------------------------------------------------------


def _cut(number: int, change: Change, found: _Found, language: Language) -> Change:
    """The change with its edits cut at the borders of the passages in them."""
    pieces: list[Edit] = []
    for is_kept, group in groupby(enumerate(change.edits), key=lambda pair: pair[1].op is Op.EQUAL):
        edits = [piece for n, edit in group for piece in _split(edit, found.get((number, n), []))]
        pieces += edits if is_kept else _reweighed(edits, language)
    return replace(change, edits=tuple(pieces))


def _split(edit: Edit, passages: list[_Passage]) -> list[Edit]:
    """The edit in pieces, each passage one of them."""
    pieces = []
    at = 0
    for passage in sorted(passages, key=lambda p: p.start):
        pieces += [
            replace(edit, text=edit.text[at : passage.start]),
            replace(edit, text=edit.text[passage.start : passage.end], passage=passage.paragraph),
        ]
        at = passage.end
    pieces.append(replace(edit, text=edit.text[at:]))
    return [piece for piece in pieces if piece.text]


def _reweighed(edits: list[Edit], language: Language) -> list[Edit]:
    """One change, its passages taken out: what is left of it is weighed anew, and never weighs more than before."""
    if not any(edit.passage for edit in edits):
        return edits
    rest = {op: " ".join(e.text for e in edits if e.op is op and not e.passage) for op in (Op.DELETE, Op.INSERT)}
    weight = change_weight(rest[Op.DELETE], rest[Op.INSERT], language)
    return [edit if edit.passage else replace(edit, weight=min(weight, edit.weight)) for edit in edits]
