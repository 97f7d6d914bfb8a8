"""Which footnotes of two texts belong together: ``pair_notes``.

A list of steps from certain to doubtful, as in :mod:`resdiff.alignment.tiers`. What speaks for two notes is first where
they are called, then how alike they read: the note behind the same words of linked paragraphs is the same note, however
much it changed, and notes are short and quote the same few treaties, so that likeness alone says little.

Nothing depends on which text is called old: a step looks at all pairs before it takes any, and takes them in an order
that is the same both ways.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from resdiff.language.fold import fold, is_word, tokens
from resdiff.model import Change, Edit, Op, Paragraph

__all__ = ["NoteText", "pair_notes"]

ALIKE_NEAR, ALIKE_FAR = 0.5, 0.75  # likeness of two notes that linked paragraphs call, and of any two
ALIKE_AT_ALL = 0.15  # … of two that are called where words gave way to others: another document is another note
NUMBERED = 3.0  # times what a word weighs: numbers tell one document from another
CLAUSE = 40  # characters: "politique" before a call makes no other thing of the Declaration, a clause does
MOST_PAIRS = 2_500  # where there are more, no two notes are held against each other


class NoteText(Struct, frozen=True):
    """A footnote of one text: its id, its number as printed, its text, all its calls as (paragraph, offset)."""

    id: str
    number: str
    text: str
    calls: tuple[tuple[str, int], ...]


class LinkedCall(Struct, frozen=True):
    """A call in linked paragraphs: of which note, by its place in its text, and where in the edits of the change.

    ``behind`` is the kept word before it, as an edit and an offset in it; ``site`` the edit site it stands in, by its
    first edit. At the border between the two it has both. ``far`` tells that it stands at the end of a clause of its
    own text alone: what is called there is another thing.
    """

    note: int
    behind: tuple[int, int] | None
    site: int | None
    far: bool = False


Bodies = tuple[dict[str, Paragraph], dict[str, Paragraph]]  # the paragraphs of both texts by their ids
Notes = tuple[Sequence[NoteText], Sequence[NoteText]]
Linked = tuple[list[LinkedCall], list[LinkedCall]]  # what the paragraphs of one link call, old and new, in their order
Pairs = dict[int, int]  # old and new notes by their places


class Evidence(Struct, frozen=True):
    """What the steps look at: what linked paragraphs call; the notes of each side that are called at all; the text of
    each note by which two are the same (empty where it is lost), its words, and what a word weighs."""

    linked: list[Linked]
    called: list[list[int]]
    keys: list[list[str]]
    words: list[list[frozenset[str]]]
    weights: dict[str, float]


def pair_notes(changes: Iterable[Change], bodies: Bodies, notes: Notes) -> Pairs:
    """The notes that belong together, as old and new places in ``notes``; each stands in at most one pair."""
    evidence = _evidence(changes, bodies, notes)
    pairs: Pairs = {}
    for step in STEPS:
        found = sorted(step(evidence, pairs), key=lambda each: (-each[0], each[1] + each[2]))
        taken = set(pairs.values())
        for _, old, new in found:
            if old not in pairs and new not in taken:
                pairs[old] = new
                taken.add(new)
    return pairs


# ---- evidence -------------------------------------------------------------------------------------------------------


def _evidence(changes: Iterable[Change], bodies: Bodies, notes: Notes) -> Evidence:
    keys = [[fold(note.text).rstrip(" .;") for note in side] for side in notes]
    words = [[frozenset(filter(is_word, map(fold, tokens(key)))) for key in side] for side in keys]
    often = [Counter(word for each in side for word in each) for side in words]
    weights = {
        word: (NUMBERED if any(c.isdigit() for c in word) else 1.0) / max(count[word] for count in often)
        for word in often[0] | often[1]
    }
    called = [[place for place, note in enumerate(side) if note.calls] for side in notes]
    return Evidence(_linked(changes, bodies, notes), called, keys, words, weights)


def _linked(changes: Iterable[Change], bodies: Bodies, notes: Notes) -> list[Linked]:
    """What the paragraphs of each change call, where those of both texts call something."""
    calls: tuple[dict[str, list[tuple[int, int]]], ...] = ({}, {})
    for side, called in zip(notes, calls, strict=True):
        for place, note in enumerate(side):
            for paragraph, offset in note.calls:
                called.setdefault(paragraph, []).append((offset, place))
    found = []
    for change in changes:
        old, new = (
            list(_joined(ids, called, texts))
            for ids, called, texts in zip((change.olds, change.news), calls, bodies, strict=True)
        )
        if old and new:
            found.append((_placed(change.edits, Op.DELETE, old), _placed(change.edits, Op.INSERT, new)))
    return found


def _joined(
    ids: Sequence[str], called: dict[str, list[tuple[int, int]]], texts: dict[str, Paragraph]
) -> Iterator[tuple[int, int]]:
    """The calls of these paragraphs as offset and note; the offset is that of the last word before the call, in the
    texts joined by line ends."""
    start = 0
    for id_ in ids:
        text = texts[id_].text
        yield from sorted((start + len(text[:offset].rstrip()), note) for offset, note in called.get(id_, ()))
        start += len(text) + 1


def _placed(edits: Sequence[Edit], own: Op, calls: Sequence[tuple[int, int]]) -> list[LinkedCall]:
    """The calls with their place in the edits.

    The end of a kept run belongs to the site behind it too: "la Déclaration[1]" became "la Déclaration politique[1]".
    """
    found: list[LinkedCall] = []
    rest = iter(calls)
    call = next(rest, None)
    end = site = 0
    for index, edit in enumerate(edits):
        is_kept = edit.op is Op.EQUAL
        site = index + 1 if is_kept else site
        start, end = end, end + len(edit.text) * (edit.op in (Op.EQUAL, own))
        while call and call[0] <= end:
            offset, note = call
            is_inside = is_kept and offset - start < len(edit.text.rstrip())
            behind = (index, offset - start) if is_kept else None
            is_exchange = any(e.op not in (own, Op.EQUAL) for e in edits[max(site, index - 1) : index + 2])
            far = not is_kept and not is_exchange and offset - start > CLAUSE
            found.append(LinkedCall(note, behind, None if is_inside else site, far))
            call = next(rest, None)
    return found


# ---- steps ----------------------------------------------------------------------------------------------------------

Found = Iterator[tuple[float, int, int]]  # how alike, where that counts, and two notes


def _in_order(key: Callable[[Evidence, int, LinkedCall], Hashable], evidence: Evidence, pairs: Pairs) -> Found:
    """In linked paragraphs the notes of one key in their order, where both sides have as many; None is no key."""
    taken = set(pairs.values())
    for linked in evidence.linked:
        groups: tuple[dict[Hashable, list[int]], ...] = ({}, {})
        for side, (calls, group, done) in enumerate(zip(linked, groups, (pairs, taken), strict=True)):
            for call in calls:
                if call.note not in done and (name := key(evidence, side, call)) is not None:
                    group.setdefault(name, []).append(call.note)
        old, new = groups
        for name in old.keys() & new.keys():
            if len(old[name]) == len(new[name]):
                yield from ((0.0, i, j) for i, j in zip(old[name], new[name], strict=True))


def _text(evidence: Evidence, side: int, call: LinkedCall) -> Hashable:
    return evidence.keys[side][call.note] or None


def _behind(evidence: Evidence, side: int, call: LinkedCall) -> Hashable:
    return call.behind


def _site(evidence: Evidence, side: int, call: LinkedCall) -> Hashable:
    return call.site if _text(evidence, side, call) and not call.far else None


def _at_one_site(evidence: Evidence, pairs: Pairs) -> Found:
    """Notes called where the same words gave way to others, but for those that name documents of nothing in common."""
    for _, old, new in _in_order(_site, evidence, pairs):
        if _likeness(evidence, old, new) >= ALIKE_AT_ALL:
            yield 0.0, old, new


def _alike_near(evidence: Evidence, pairs: Pairs) -> Found:
    """Notes of linked paragraphs that read alike."""
    for old, new in evidence.linked:
        yield from _alike(evidence, pairs, [call.note for call in old], [call.note for call in new], ALIKE_NEAR)


def _same_anywhere(evidence: Evidence, pairs: Pairs) -> Found:
    """Notes of the same text that stands once in each, wherever they are called."""
    old, new = ({key: place for place, key in enumerate(side)} for side in evidence.keys)
    often = [Counter(side) for side in evidence.keys]
    for key in sorted(old.keys() & new.keys()):
        if key and often[0][key] == often[1][key] == 1:
            yield 0.0, old[key], new[key]


def _alike_anywhere(evidence: Evidence, pairs: Pairs) -> Found:
    """Notes that read alike, wherever they are called."""
    old, new = evidence.called
    yield from _alike(evidence, pairs, old, new, ALIKE_FAR)


def _alike(evidence: Evidence, pairs: Pairs, old: Iterable[int], new: Iterable[int], least: float) -> Found:
    taken = set(pairs.values())
    old, new = [i for i in dict.fromkeys(old) if i not in pairs], [j for j in dict.fromkeys(new) if j not in taken]
    if len(old) * len(new) > MOST_PAIRS:
        return
    for i in old:
        for j in new:
            likeness = _likeness(evidence, i, j)
            if likeness >= least:
                yield likeness, i, j


def _likeness(evidence: Evidence, old: int, new: int) -> float:
    """How much of the weight of the words of two notes both have, 0 to 1."""
    words = evidence.words[0][old], evidence.words[1][new]
    shared, first, second = (
        sum([evidence.weights[word] for word in sorted(each)]) for each in (words[0] & words[1], *words)
    )
    return 2 * shared / (first + second) if shared else 0.0


STEPS = (
    partial(_in_order, _text),
    partial(_in_order, _behind),
    _alike_near,
    _at_one_site,
    _same_anywhere,
    _alike_anywhere,
)
