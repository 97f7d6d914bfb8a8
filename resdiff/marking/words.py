"""The words kept, deleted and inserted between two texts (``edits``), and those that went elsewhere (``mark_moved``).

diff-match-patch compares one code point a word; ``tidy`` makes its script readable; ``weight`` says how much each
change matters. The texts come back to the letter: equal and deleted edits joined are the old text, equal and inserted
ones the new text. So they do when the clauses that stand in another paragraph are cut out of the edits of all changes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import accumulate, chain, count, groupby, pairwise
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from resdiff.language import Language
from resdiff.language.fold import Apart, fold, folded_words, key, tokens, units
from resdiff.marking.tidy import Hunk, tidy
from resdiff.marking.weight import (
    change_weight,
    denies,
    is_content,
    openings,
    sense,
    spelling_weight,
    units_weight,
)
from resdiff.model import Change, Edit, Op, Weight
from resdiff.sequences import heaviest_increasing

__all__ = ["edits", "mark_moved", "script"]

# Diffing is quadratic in what differs, so a long stretch is cut first where neighbouring words stand once on each side.
# From 48 units on that halves the time of the real pair and changes none of its marks.
LONG = 32
# Where no such words cut it, so much is still compared (20 ms); anything longer is replaced as a whole.
LONGEST = 800
# A word of no more letters may be another one that was lost.
SHORT = 2
# Words kept on either side of a change that may be of one phrase with it.
BESIDE = 3
# What a clause can begin behind.
CLAUSE_SIGNS = ",;.:"


def edits(old_text: str, new_text: str, language: Language, *, scanned: bool = False) -> tuple[Edit, ...]:
    """The edits that make the new text of the old one, in reading order.

    ``language`` is the one whose words tell what a change weighs. Equal edits are the very same characters on both
    sides; a word that differs in accents or case only is a delete and an insert of weight typographic. A replacement is
    a delete directly followed by an insert, both of one weight; two follow each other where a paragraph is cut in two
    or joined, and beside a word that was misread. ``scanned`` tells that one of the texts came from a scan: what the
    scanner misread then weighs typographic too.

    >>> [(e.op.value, e.text) for e in edits("les États peuvent", "les États Membres doivent", Language.of("fr"))]
    [('equal', 'les États '), ('delete', 'peuvent'), ('insert', 'Membres doivent')]
    >>> found = edits("à cette fm", "à cette fin commune", Language.of("fr"), scanned=True)
    >>> [(e.op.value, e.text) for e in found if e.weight is Weight.SUBSTANTIVE]
    [('insert', ' commune')]
    """
    # Always diffed in one direction: exchanging the texts exchanges insertions and deletions and nothing else.
    turned = new_text < old_text
    first, second = (new_text, old_text) if turned else (old_text, new_text)
    hunks = script(units(first), units(second))
    if scanned:
        from resdiff.marking.noise import keep_misread

        hunks = keep_misread(hunks, language)
    hunks = tidy(hunks, language)
    if turned:
        hunks = tuple(Hunk(hunk.kept, hunk.new, hunk.old) for hunk in hunks)
    return _in_context(_marks(hunks, language, scanned=scanned), language)


# ---- finding --------------------------------------------------------------------------------------------------------


def script(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[Hunk, ...]:
    """The hunks of two runs of units: common start and end first, the middle by the diff. No border is tidied."""
    old_keys, new_keys = list(map(key, old)), list(map(key, new))
    start, shortest = 0, min(len(old), len(new))
    while start < shortest and old_keys[start] == new_keys[start]:
        start += 1
    end = 0
    while end < shortest - start and old_keys[-1 - end] == new_keys[-1 - end]:
        end += 1
    counts = [("=", start), *_middle(old_keys[start : len(old) - end], new_keys[start : len(new) - end]), ("=", end)]
    return _hunks(counts, old, new)


def _middle(old: list[str], new: list[str]) -> list[tuple[str, int]]:
    """The operations on two runs of keys: ``=``, ``-``, ``+`` and how many units each."""
    if not old or not new or set(old).isdisjoint(new):
        return [("-", len(old)), ("+", len(new))]
    size = len(old) + len(new)
    if size > LONG and (cuts := _anchors(old, new)):
        return _cut(old, new, cuts)
    if size > LONGEST:
        return [("-", len(old)), ("+", len(new))]
    codes: dict[str, str] = {}
    for word in (*old, *new):
        codes.setdefault(word, chr(0x100 + len(codes)))
    texts = ("".join([codes[word] for word in side]) for side in (old, new))
    found = _engine().diff_main(*texts, checklines=False)
    return [("=+-"[op], len(run)) for op, run in found]  # 0 equal, 1 insert, -1 delete


def _cut(old: list[str], new: list[str], cuts: list[tuple[int, int]]) -> list[tuple[str, int]]:
    """The operations on runs that are cut at units known to be kept."""
    counts: list[tuple[str, int]] = []
    i = j = 0
    for a, b in cuts:
        if i < a or j < b:
            counts += _middle(old[i:a], new[j:b])
        counts.append(("=", 1))
        i, j = a + 1, b + 1
    return [*counts, *_middle(old[i:], new[j:])]


def _anchors(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """The chain, increasing on both sides, of places where two neighbouring words stand that stand so once: of chains
    that cross the one with the longest runs of words that are the same around its places."""
    old_places, new_places = _single(old), _single(new)
    pairs = [(i, new_places[words]) for words, i in old_places.items() if words in new_places]
    if all(one[1] < other[1] for one, other in pairwise(pairs)):  # as most are
        return pairs
    runs = _runs(old, new, pairs)
    each = {run: max(1, sum(map(len, old[slice(*run)])) // often) for run, often in Counter(runs).items()}
    return [pairs[n] for n in heaviest_increasing([j for _, j in pairs], [each[run] for run in runs])]


def _runs(old: list[str], new: list[str], pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each pair of places, in the order of the old ones, from where to where the words around are the same on both
    sides. Each word of a run is compared once."""
    found: list[tuple[int, int]] = []
    last: dict[int, tuple[int, int]] = {}  # the last run at each distance of the two sides
    for i, j in pairs:
        begins, ends = last.get(i - j, (0, 0))
        if i >= ends:
            begins = ends = i
            while begins > max(0, i - j) and old[begins - 1] == new[begins - 1 - i + j]:
                begins -= 1
            while ends < min(len(old), len(new) + i - j) and old[ends] == new[ends - i + j]:
                ends += 1
            last[i - j] = begins, ends
        found.append((begins, ends))
    return found


def _single(words: list[str]) -> dict[tuple[str, str], int]:
    """The pairs of neighbouring words that stand once, with their place, in order."""
    pairs = list(pairwise(words))
    places = dict(zip(pairs, count()))
    if len(places) < len(pairs):
        for pair in [pair for pair, often in Counter(pairs).items() if often > 1]:
            del places[pair]
    return places


@cache
def _engine() -> Any:  # noqa: ANN401  (the library has no types)
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # else the result depends on the speed of the machine
    return engine


def _hunks(counts: list[tuple[str, int]], old: tuple[str, ...], new: tuple[str, ...]) -> tuple[Hunk, ...]:
    """The operations as hunks, neighbours of one sort joined."""
    script: list[Hunk] = []
    i = j = 0
    for kept, group in groupby((c for c in counts if c[1]), key=lambda c: c[0] == "="):
        a, b = i, j
        for op, often in group:
            a += often * (op != "+")
            b += often * (op != "-")
        script.append(Hunk(kept, old[i:a], new[j:b]))
        i, j = a, b
    return tuple(script)


# ---- marking --------------------------------------------------------------------------------------------------------


def _marks(script: tuple[Hunk, ...], language: Language, *, scanned: bool) -> tuple[Edit, ...]:
    """The script as edits: one delete and one insert between two equal runs, of one weight; in a scan a word that was
    misread is a change of its own."""
    found: list[Edit] = []
    equal = deleted = inserted = ""
    weight = Weight.NONE
    was_misread = False
    for same, old, new, heavy in (part for hunk in script for part in _parts(hunk, language, scanned=scanned)):
        if not (same or old or new):
            continue
        is_misread = scanned and heavy is Weight.TYPOGRAPHIC and _is_word_misread(old, new)
        if (deleted or inserted) and (same or is_misread is not was_misread):
            found += _pair(equal, deleted, inserted, weight, language)
            equal, deleted, inserted, weight = "", "", "", Weight.NONE
        equal, deleted, inserted, weight = equal + same, deleted + old, inserted + new, max(weight, heavy)
        was_misread = is_misread
    return (*found, *_pair(equal, deleted, inserted, weight, language))


def _is_word_misread(old: str, new: str) -> bool:
    """Whether a word of a scan has other letters, not only other accents or capitals: a past tense may be an order of
    today, "a exigé" and "Exige"."""
    sizes = sorted(sum(map(str.isalpha, side)) for side in (old, new))
    return sizes[0] > 1 and sizes[1] > SHORT and fold(old.strip()) != fold(new.strip())


def _pair(equal: str, deleted: str, inserted: str, weight: Weight, language: Language) -> list[Edit]:
    """An equal run and the change after it; white space that both sides of the change begin with is kept."""
    space = _common_space(deleted, inserted)
    deleted, inserted = deleted[len(space) :], inserted[len(space) :]
    went, came = _at_the_break(deleted, inserted, language)
    first = change_weight(deleted[:went], inserted[:came], language) if went else weight
    rows = (
        (Op.EQUAL, equal + space, Weight.NONE),
        (Op.DELETE, deleted[:went], first),
        (Op.INSERT, inserted[:came], first),
        (Op.DELETE, deleted[went:], weight),
        (Op.INSERT, inserted[came:], weight),
    )
    return [Edit(op, text, heavy) for op, text, heavy in rows if text]


def _in_context(found: tuple[Edit, ...], language: Language) -> tuple[Edit, ...]:
    """The edits, of less weight where words kept beside one make of it what says the same: "le Conseil" and "le Conseil
    de sécurité", of which "de sécurité" came; or where its words were weighed one by one, as in a scan."""
    weighed = [*found]
    for start, stop in _changes(found):
        if max(edit.weight for edit in found[start:stop]) is not Weight.SUBSTANTIVE:
            continue
        before = " ".join(found[start - 1].text.split()[-BESIDE:]) if start else ""
        after = " ".join(found[stop].text.split()[:BESIDE]) if stop < len(found) else ""
        old, new = (
            f"{before} {''.join(edit.text for edit in found[start:stop] if edit.op is op)} {after}"
            for op in (Op.DELETE, Op.INSERT)
        )
        if change_weight(old, new, language) is Weight.EDITORIAL:
            weighed[start:stop] = [replace(e, weight=min(e.weight, Weight.EDITORIAL)) for e in found[start:stop]]
    alone = [start for start, stop in _changes(found) if stop == start + 1]
    for one, other in pairwise(alone):
        if other == one + 2 and _is_put_elsewhere(weighed[one], weighed[one + 1], weighed[other], language):
            weighed[one], weighed[other] = (replace(weighed[k], weight=Weight.EDITORIAL) for k in (one, other))
    return tuple(weighed)


def _is_put_elsewhere(went: Edit, between: Edit, came: Edit, language: Language) -> bool:
    """Whether few words stand before others now that they stood behind, or the other way round: "all necessary
    measures", "all measures necessary"; none that denies what it stands before."""
    if {went.op, came.op} != {Op.DELETE, Op.INSERT} or went.weight is not Weight.SUBSTANTIVE is not came.weight:
        return False
    said = sense(went.text, language)
    is_near = max(len(edit.text.split()) for edit in (went, between, came)) <= BESIDE
    return is_near and said == sense(came.text, language) and not any(denies(each, language) for each in said)


def _changes(found: Sequence[Edit]) -> Iterator[tuple[int, int]]:
    """From where to where edits stand that keep nothing, run by run."""
    for kept, run in groupby(range(len(found)), key=lambda place: found[place].op is Op.EQUAL):
        if not kept:
            start, *others = run
            yield start, start + 1 + len(others)


def _at_the_break(deleted: str, inserted: str, language: Language) -> tuple[int, int]:
    """Where a deletion and an insertion are cut, so that each half of a paragraph that is cut in two, or joined, has
    its own; 0 if they are not.

    One side closes the first half and opens the second; the last clause of the other leads on to the words kept behind
    it: "," and "et demande aux États d’envisager de communiquer à" the Office, " ;" and "Encourage les États à utiliser
    les outils fournis par" the Office.
    """
    turned = "\n" in deleted
    broken, whole = (deleted, inserted) if turned else (inserted, deleted)
    close, clause = broken.find("\n") + 1, max(map(whole.rfind, CLAUSE_SIGNS)) + 1
    is_cut = close and clause and "\n" not in whole and not any(map(str.isalnum, broken[:close]))
    if not is_cut or not broken[close:] or not sense(whole[clause:], language):
        return 0, 0
    return (close, clause) if turned else (clause, close)


def _common_space(old: str, new: str) -> str:
    size = 0
    while old[size : size + 1].isspace() and old[size] == new[size : size + 1]:
        size += 1
    return old[:size]


def _parts(hunk: Hunk, language: Language, *, scanned: bool) -> list[tuple[str, str, str, Weight]]:
    """The equal, deleted and inserted characters of a hunk, with the weight of the change."""
    if not hunk.kept:
        old, new = "".join(hunk.old), "".join(hunk.new)
        is_disputed = not scanned and _brackets_differ(old, new)
        return _apart(old, new, Weight.SUBSTANTIVE if is_disputed else units_weight(hunk.old, hunk.new, language))
    if hunk.old == hunk.new:
        return [("".join(hunk.old), "", "", Weight.NONE)]
    parts = []
    for old, new in zip(hunk.old, hunk.new, strict=True):
        weight = Weight.TYPOGRAPHIC if scanned else spelling_weight(old, new, language)
        parts += [(old, "", "", Weight.NONE)] if old == new else _apart(old, new, weight)
    return parts


def _brackets_differ(old: str, new: str) -> bool:
    """Whether square brackets came or went, not only in the place of round ones: a draft sets in them what is not
    agreed yet.

    >>> _brackets_differ("", " ["), _brackets_differ(" (", " [")
    (True, False)
    """
    more = sum(map(new.count, "[]")) - sum(map(old.count, "[]"))
    return more not in (0, sum(map(old.count, "()")) - sum(map(new.count, "()")))


def _apart(old: str, new: str, weight: Weight) -> list[tuple[str, str, str, Weight]]:
    """A change with the word that both sides end with, or the white space they begin with, kept out of it."""
    word = old.lstrip()
    if word == new.lstrip():
        return [("", old[: len(old) - len(word)], new[: len(new) - len(word)], weight), (word, "", "", Weight.NONE)]
    space = _common_space(old, new)
    if space in (old, new):
        return [("", old, new, weight)]
    return [(space, "", "", Weight.NONE), ("", old[len(space) :], new[len(space) :], weight)]


# ---- clauses that moved ---------------------------------------------------------------------------------------------

# A passage has at least so many words, so many of them content that is not also kept elsewhere, where it is most of
# what was deleted or inserted there; a stretch of something longer needs more. On the two real pairs 5 and 2 alone
# call 60 stretches moved, most of them phrases of the trade ("les combattants terroristes étrangers qui").
PASSAGE, CONTENT = 5, 2
LONG_PASSAGE, LONG_CONTENT = 8, 4
MOST = 0.8
LEAST = 2 * PASSAGE - 1  # characters of so many words with something between them
# Words that were deleted in more places than this are boilerplate.
OFTEN = 8

Gram = tuple[str, ...]
_APART = Apart("_'/-")


class _Stretch(Struct, frozen=True):
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
    """So many words from a place in a deleted stretch that stand at a place in an inserted one."""

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
    old = [each for n, change in enumerate(changes) for each in _stretches(n, change, Op.DELETE)]
    new = [each for n, change in enumerate(changes) for each in _stretches(n, change, Op.INSERT)]
    found: _Found = {}
    for match in _chosen(_matches(changes, old, new, language)):
        here, there = old[match.old], new[match.new]
        for own, at, other in ((here, match.old_at, there), (there, match.new_at, here)):
            start, end = own.span(at, match.size)
            text = changes[own.change].edits[own.edit].text
            passage = _Passage(start, _closed(text, start, end), other.paragraph)
            found.setdefault((own.change, own.edit), []).append(passage)
    touched = {change for change, _ in found}
    return tuple(
        _with_passages(n, change, found, language) if n in touched else change for n, change in enumerate(changes)
    )


def _stretches(number: int, change: Change, op: Op) -> Iterator[_Stretch]:
    """What was deleted or inserted by a change, cut where a paragraph ends."""
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
                yield _Stretch(number, n, ids[min(paragraph, len(ids) - 1)], line, at, words)
            paragraph += line.endswith("\n")
            at += len(line)


def _grams(words: Gram) -> Iterator[Gram]:
    return zip(*(words[n:] for n in range(PASSAGE)), strict=False)


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


def _matches(changes: tuple[Change, ...], old: list[_Stretch], new: list[_Stretch], language: Language) -> list[_Match]:
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
    if len(words) < (PASSAGE if whole else LONG_PASSAGE):
        return False
    covered = {at + n for at, gram in enumerate(_grams(words)) if gram in kept for n in range(PASSAGE)}
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


def _with_passages(number: int, change: Change, found: _Found, language: Language) -> Change:
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
