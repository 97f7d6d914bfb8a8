"""The proposals of several delegations on one base as one run of stretches: composed, or recorded as contested.

Two proposals contest the same words when they bear on a common character of the base and are not the same, when one
puts words into what the other replaces (or at the head of a paragraph that the other takes out), or when both put other
words in at one place of a paragraph. Whole paragraphs put in at one place contest nothing: they stand one after the
other. All others compose. Nothing is ever dropped.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from resdiff.compilation.script import Hunk
from resdiff.layers import Mark, Stretch

__all__ = ["merged"]

BLANKS = " \u00a0\u202f"


class _Proposal(Struct, frozen=True):
    """A hunk with the names of all who propose it."""

    hunk: Hunk
    names: tuple[str, ...]


class _Passage(Struct, frozen=True):
    """Proposals on one place of the base: one alone, or several that contest it."""

    start: int
    end: int
    proposals: tuple[_Proposal, ...]


def merged(base: str, scripts: Sequence[tuple[str, Sequence[Hunk]]]) -> tuple[Stretch, ...]:
    """The stretches of the base with the hunks of each name, names in the order given."""
    found: list[Stretch] = []
    at = contest = 0
    for passage in _passages(_proposals(scripts)):
        found.append(Stretch(Mark.KEPT, base[at : passage.start]))
        if len(passage.proposals) == 1:
            found += _plain(base, passage.proposals[0])
        else:
            stretches = _contested(base, passage, contest + 1)
            contest = max(contest, *(stretch.contest for stretch in stretches))
            found += stretches
        at = passage.end
    found.append(Stretch(Mark.KEPT, base[at:]))
    return tuple(_joined(stretch for stretch in found if stretch.text))


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches, kept words that stand beside each other as one."""
    for is_kept, group in groupby(stretches, key=lambda stretch: stretch.mark is Mark.KEPT):
        run = list(group)
        yield from [Stretch(Mark.KEPT, "".join(stretch.text for stretch in run))] if is_kept else run


def _proposals(scripts: Sequence[tuple[str, Sequence[Hunk]]]) -> list[_Proposal]:
    """Each hunk once, with all its names, in the order of the base; at one place whole lines come first."""
    names: dict[Hunk, list[str]] = {}
    for name, hunks in scripts:
        for hunk in hunks:
            names.setdefault(hunk, []).append(name)
    ranks = {name: rank for rank, (name, _) in enumerate(scripts)}
    found = [_Proposal(hunk, tuple(who)) for hunk, who in names.items()]
    return sorted(
        found,
        key=lambda p: (p.hunk.start, p.hunk.start < p.hunk.end, not p.hunk.whole, p.hunk.end, ranks[p.names[0]]),
    )


def _passages(proposals: Iterable[_Proposal]) -> list[_Passage]:
    """The proposals in passages: those that contest one another, at one remove or more, in one."""
    found: list[_Passage] = []
    for proposal in proposals:
        hunk = proposal.hunk
        if found and _contests(found[-1], hunk):
            last = found[-1]
            found[-1] = _Passage(last.start, max(last.end, hunk.end), (*last.proposals, proposal))
        else:
            found.append(_Passage(hunk.start, hunk.end, (proposal,)))
    return found


def _contests(passage: _Passage, hunk: Hunk) -> bool:
    """Whether a hunk bears on the words of the passage before it in the order of the base."""
    if passage.start < passage.end:
        return hunk.start < passage.end
    if hunk.start > passage.start or passage.proposals[-1].hunk.whole:
        return False
    return not hunk.whole if hunk.start == hunk.end else hunk.whole


def _plain(base: str, proposal: _Proposal) -> list[Stretch]:
    hunk = proposal.hunk
    return [
        Stretch(Mark.REMOVED, base[hunk.start : hunk.end], proposal.names),
        Stretch(Mark.ADDED, hunk.text, proposal.names),
    ]


def _contested(base: str, passage: _Passage, contest: int) -> list[Stretch]:
    """The words of the base, then each wording that is proposed for all of them, with those who propose it."""
    hunks: dict[str, list[Hunk]] = {}
    for proposal in passage.proposals:
        for name in proposal.names:
            hunks.setdefault(name, []).append(proposal.hunk)
    wordings: dict[str, list[str]] = {}
    for name, own in hunks.items():
        wordings.setdefault(_applied(base, passage, own), []).append(name)
    if len(wordings) == 1:
        contest = 0  # marked otherwise, but all of them want the same
    before = base[passage.start : passage.end]
    head, tail = _shared_blanks([before, *wordings])
    removed = Stretch(Mark.REMOVED, before[len(head) : len(before) - len(tail)], tuple(hunks), contest)
    added = [
        Stretch(Mark.ADDED, text[len(head) : len(text) - len(tail)], tuple(names), contest)
        for text, names in wordings.items()
    ]
    return [Stretch(Mark.KEPT, head), removed, *added, Stretch(Mark.KEPT, tail)]


def _shared_blanks(texts: Sequence[str]) -> tuple[str, str]:
    """The spaces with which all of these begin and end, which nobody contests."""
    head = _shared_start(texts)
    tail = _shared_start([text[len(head) :][::-1] for text in texts])[::-1]
    return head, tail


def _shared_start(texts: Sequence[str]) -> str:
    """The spaces with which all of these begin."""
    first = texts[0][: len(texts[0]) - len(texts[0].lstrip(BLANKS))]
    sizes = range(len(first), -1, -1)
    return next(first[:size] for size in sizes if all(text.startswith(first[:size]) for text in texts))


def _applied(base: str, passage: _Passage, hunks: Iterable[Hunk]) -> str:
    """The words of a passage as one delegation has them."""
    pieces, at = [], passage.start
    for hunk in hunks:
        pieces += [base[at : hunk.start], hunk.text]
        at = hunk.end
    return "".join([*pieces, base[at : passage.end]])
