"""One text out of a base and the drafts of several delegations: ``compile_drafts(base, drafts) -> Compilation``.

    base, draft ─ compare ─▶ Comparison ─ script ─▶ hunks in places of the base
    hunks of all ─ merged ─▶ stretches (``resdiff.layers``), contested ones numbered

An edit composes with those of others or is recorded as contested; none is dropped. The text of each delegation and the
base come back to the letter (``layers.take``).
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from resdiff.comparison import compare
from resdiff.compilation.merging import merged
from resdiff.compilation.printed import CALLS, Line, body_lines, frame, printed, spelt
from resdiff.compilation.script import Script, script
from resdiff.compilation.touched import Row, Sign, Touch, rows
from resdiff.errors import UsageError
from resdiff.language import Language
from resdiff.layers import Layers, Mark, Own, Printed, Stretch
from resdiff.marking.words import edits
from resdiff.model import Comparison, Edit, Notice, Op, Resolution

__all__ = [
    "Compilation",
    "Contest",
    "Delegation",
    "Row",
    "Sign",
    "Touch",
    "Wording",
    "compile_drafts",
    "nearer",
    "printed",
]

MOST_NAMES = 30
RESERVED = frozenset(",:;[]{}|*~\\\n\t")
LONGEST_NAME = 40
LITTLE = "little-in-common"
AGREED = ("[agreed", "[convenu", "[accepté")
"""How a paragraph of the base begins or ends a mark that its words are agreed, in flat letters of either language."""
NEARER = 0.2
"""By how much more of a draft an edition must have, word for word, to be told as the base it was written on."""


class Delegation(Struct, frozen=True):
    """A delegation by its name, and the text that it proposes."""

    name: str
    text: Resolution


class Wording(Struct, frozen=True):
    """A wording that delegations propose for a contested passage, marked against the words of the base."""

    names: tuple[str, ...]
    edits: tuple[Edit, ...]


class Contest(Struct, frozen=True):
    """A passage of the base on which proposals exclude one another; ``line`` is the id of its first line."""

    number: int
    line: str
    base: str
    wordings: tuple[Wording, ...]


class Compilation(Struct, frozen=True):
    """The layers of a compiled text, who touched which line, and what is strange about the drafts.

    ``lines`` are those of the base that is compared: id, number and opening verb. ``proposals`` is how many each
    delegation makes, in the order of the names.
    """

    base: Resolution
    layers: Layers
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    contests: tuple[Contest, ...]
    proposals: tuple[int, ...]
    notices: tuple[Notice, ...] = ()


def compile_drafts(base: Resolution, drafts: Sequence[Delegation]) -> Compilation:
    """The drafts as proposals on the base, in the order given; nothing but the order of names depends on that order.

    Raises UsageError for a name that is given twice or cannot be written in a mark, for no draft and for too many, and
    for texts without a paragraph to compare.
    """
    _check(base, drafts)
    compared = [compare(base, draft.text) for draft in drafts]
    labels, calls = _labels(base, [draft.text for draft in drafts], compared)
    lines = body_lines(base, calls[0])
    language = Language.of(base.language or "fr")
    texts = [body_lines(draft.text, own) for draft, own in zip(drafts, calls[1:], strict=True)]
    scripts = [script(lines, text, found, language) for text, found in zip(texts, compared, strict=True)]
    names = tuple(draft.name for draft in drafts)
    whole = "".join(f"{line.whole}\n" for line in lines)
    stretches = merged(whole, [(name, each.hunks) for name, each in zip(names, scripts, strict=True)])
    touched = rows(names, lines, stretches)
    own = [_own(Delegation("", base), (), calls[0], labels)]
    own += [_own(d, s.numbers, c, labels) for d, s, c in zip(drafts, scripts, calls[1:], strict=True)]
    spelt_out = tuple(Stretch(s.mark, spelt(s.text, labels), s.names, s.contest) for s in stretches)
    return Compilation(
        base,
        Layers(names, spelt_out, tuple(own)),
        tuple(Line(n.id, n.number, spelt(n.text, labels), n.depth, n.lead, n.part) for n in lines),
        touched,
        tuple(_contests(spelt_out, touched, language)),
        tuple(sum(name in touch.names for row in touched for touch in row.touches) for name in names),
        (*_strange(base, drafts, compared), *_agreed(base, touched), *_moves(drafts, scripts)),
    )


def _check(base: Resolution, drafts: Sequence[Delegation]) -> None:
    names = [draft.name for draft in drafts]
    if not names:
        raise UsageError("compile-nothing")
    if len(names) > MOST_NAMES:
        raise UsageError("compile-too-many", MOST_NAMES)
    for place, name in enumerate(names):
        if not name.strip() or len(name) > LONGEST_NAME or RESERVED.intersection(name) or not name.isprintable():
            raise UsageError("compile-name", name)
        if name in names[:place]:
            raise UsageError("compile-twice", name)
    for name, text in [("BASE", base), *((draft.name, draft.text) for draft in drafts)]:
        if not text.body:
            raise UsageError("compile-empty", name)


def _contests(stretches: Sequence[Stretch], touched: Sequence[Row], language: Language) -> Iterable[Contest]:
    """The contested passages, each wording marked against the base."""
    lines = {touch.contest: row.line for row in touched for touch in row.touches}
    for number, group in groupby((s for s in stretches if s.contest), key=lambda s: s.contest):
        passage = list(group)
        removed = next((s for s in passage if s.mark is Mark.REMOVED), Stretch(Mark.REMOVED, ""))
        added = {s.names: s.text for s in passage if s.mark is Mark.ADDED}
        silent = tuple(name for name in removed.names if not any(name in names for names in added))
        wordings = [(names, edits(removed.text, text, language)) for names, text in added.items()]
        if silent:
            wordings.append((silent, (Edit(Op.DELETE, removed.text),)))
        yield Contest(number, lines[number], removed.text, tuple(Wording(*each) for each in wordings))


# ---- footnotes ------------------------------------------------------------------------------------------------------


def _labels(
    base: Resolution, drafts: Sequence[Resolution], compared: Sequence[Comparison]
) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The label of each call in the compilation by its character; for base and drafts, the character of each label.

    A note that the base has keeps its number there; new ones count on from the last, those of one wording under one.
    Where a text prints two notes under one number, all keep the numbers they have.
    """
    own = list(dict.fromkeys(note.label for note in base.footnotes))
    new: dict[tuple[str, str], None] = {}
    pairs = [_paired(base, draft, found) for draft, found in zip(drafts, compared, strict=True)]
    for draft, paired in zip(drafts, pairs, strict=True):
        if _is_doubtful(base, draft):
            paired |= {note.label: note.label for note in draft.footnotes}
        new |= {(n.text, n.label): None for n in draft.footnotes if n.label not in paired}
    texts = list(dict.fromkeys(text for text, _ in sorted(new)))
    last = max((int(label) for label in own if label.isdecimal()), default=0)
    added = {text: str(last + turn) for turn, text in enumerate(texts, 1)}
    shown = dict.fromkeys([*own, *added.values(), *(label for paired in pairs for label in paired.values())])
    used = max((ord(max(p.text)) for text in (base, *drafts) for p in text.body if p.text), default=0)
    first = max(CALLS, used + 1)  # no text should have a character of that area, but one may
    signs = {label: chr(first + place) for place, label in enumerate(shown)}
    found = [{label: signs[label] for label in own}]
    for draft, paired in zip(drafts, pairs, strict=True):
        notes = draft.footnotes
        became = {n.label: paired[n.label] if n.label in paired else added[n.text] for n in notes}
        if len(set(became.values())) < len(became):  # two notes of one wording
            became, signs = _apart(became, signs)
        found.append({label: signs[shown] for label, shown in became.items()})
    return {sign: label for label, sign in signs.items()}, found


def _is_doubtful(*texts: Resolution) -> bool:
    """Whether one of the texts prints two notes under one number: then a number says too little to give another."""
    return any(len(set(text.note_ids)) > len({note.label for note in text.footnotes}) for text in texts)


def _apart(became: Mapping[str, str], signs: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Labels of their own for all but the first of those that would have one together."""
    met: dict[str, int] = {}
    found: dict[str, str] = {}
    for label, shown in became.items():
        met[shown] = turn = met.get(shown, 0) + 1
        found[label] = shown if turn == 1 else f"{shown}-{turn}"
        signs.setdefault(found[label], chr(ord(max(signs.values())) + 1))
    return found, signs


def _paired(base: Resolution, draft: Resolution, comparison: Comparison) -> dict[str, str]:
    """The label in the base of each footnote of a draft that is there too."""
    olds = dict(zip(base.note_ids, (note.label for note in base.footnotes), strict=True))
    news = dict(zip(draft.note_ids, (note.label for note in draft.footnotes), strict=True))
    return {news[note.new]: olds[note.old] for note in comparison.notes if note.old and note.new}


def _own(draft: Delegation, numbers: Iterable[Printed], calls: Mapping[str, str], labels: Mapping[str, str]) -> Own:
    head, tail = frame(draft.text)
    otherwise = tuple((labels[sign], label) for label, sign in calls.items() if labels[sign] != label)
    printed_otherwise = (Printed(n.line, spelt(n.shown, labels), spelt(n.printed, labels)) for n in numbers)
    return Own(draft.name, head, tail, tuple(printed_otherwise), otherwise)


# ---- what is strange ------------------------------------------------------------------------------------------------


def _strange(base: Resolution, drafts: Sequence[Delegation], compared: Sequence[Comparison]) -> Iterable[Notice]:
    for draft, found in zip(drafts, compared, strict=True):
        codes = {notice.code for notice in found.notices}
        if LITTLE in codes:
            yield Notice("compile-little", (draft.name,))
        if printed(base) == printed(draft.text) or "same-text" in codes:
            yield Notice("compile-same", (draft.name,))
        if "two-languages" in codes:
            yield Notice("compile-language", (draft.name, draft.text.language, base.language))


def _agreed(base: Resolution, touched: Sequence[Row]) -> Iterable[Notice]:
    """A notice for each paragraph that the base marks as agreed and someone touches."""
    marked = {p.id for p in base.body if any(mark in p.text.casefold() for mark in AGREED)}
    for row in touched:
        if row.line in marked and not row.new:
            names = dict.fromkeys(name for touch in row.touches for name in touch.names)
            yield Notice("compile-agreed", (row.line, ", ".join(names)))


def _moves(drafts: Sequence[Delegation], scripts: Sequence[Script]) -> Iterable[Notice]:
    for draft, found in zip(drafts, scripts, strict=True):
        for old, new in found.moved:
            yield Notice("compile-moved", (draft.name, old, new))


def nearer(draft: Resolution, base: Resolution, others: Iterable[Resolution]) -> Resolution | None:
    """The edition that has so much more of a draft word for word than its base that it was written on that one.

    None where there is none.
    """
    own = _share(draft, base)
    shares = [(_share(draft, other), other) for other in others if other.body != base.body]
    best = max(shares, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= own + NEARER else None


def _share(draft: Resolution, text: Resolution) -> float:
    """The share of the runs of five words of a draft that stand in a text."""
    runs, there = _runs(draft), _runs(text)
    return len(runs & there) / len(runs) if runs else 0.0


def _runs(text: Resolution) -> frozenset[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for paragraph in text.body:
        words = paragraph.text.casefold().split()
        found.update(zip(words, words[1:], words[2:], words[3:], words[4:], strict=False))
    return frozenset(found)
