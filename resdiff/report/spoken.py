"""What a draft says of its text, of whose words it is no part: "[Égypte : supprimer le paragraphe 2]"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from resdiff.language.fold import fold, letters, words_in
from resdiff.language.unsettled import is_settled, tags
from resdiff.model import REMARKS, Comparison, Notice, Resolution, Side
from resdiff.report.wording import in_quotes, word

__all__ = ["agreed", "quoted", "spoken", "spoken_of"]


def agreed(comparison: Comparison, side: Side) -> list[str]:
    """The paragraphs of that side that a draft says are agreed on, and did not, or does no more, whatever the words."""
    partners: dict[str, set[str]] = {}
    for change in comparison.changes:
        own, other = (change.link.old, change.link.new) if side is Side.OLD else (change.link.new, change.link.old)
        for id_ in own:
            partners.setdefault(id_, set()).update(other)
    theirs = set(_agreed(comparison.text(side.other)))
    return [id_ for id_ in _agreed(comparison.text(side)) if theirs.isdisjoint(partners.get(id_, ()))]


def _agreed(text: Resolution) -> list[str]:
    """The paragraphs behind which a text says that they are agreed on, in their order."""
    return [*dict.fromkeys(id_ for _, id_ in _settling(text))]


def _settling(text: Resolution) -> Iterator[tuple[Notice, str]]:
    """The remarks that but say that the paragraph is agreed on behind which they stand, each with that one; not those
    on several, or on another one."""
    places = sorted((paragraph.span.start, paragraph.id) for paragraph in text.body)
    for notice in text.notices:
        if notice.code == "annotation" and notice.span and is_settled(said := notice.values[0]):
            before = _before(places, notice)
            if before and set(re.findall(r"\d+", said)) <= {*re.findall(r"\d+", before)}:
                yield notice, before


def _before(places: Sequence[tuple[int, str]], notice: Notice) -> str:
    """The paragraph behind which a remark stands; empty for one above all."""
    before = bisect_left(places, (notice.span.start if notice.span else 0, ""))
    return places[before - 1][1] if before else ""


def spoken(comparison: Comparison, side: Side) -> Iterator[tuple[Notice, str]]:
    """The remarks that a draft of that side has and the other one has not, each with the paragraph behind which it
    stands, or on which it is a comment; empty where that is not known, or it stands above all."""
    texts = {side: comparison.text(side) for side in Side}
    noted = {side: [n for n in text.notices if n.code in REMARKS] for side, text in texts.items()}
    known = {fold(" ".join(notice.values)) for notice in noted[side.other]}
    within = [words_in([tags(p.text)]) for p in texts[side.other].body if "[" in p.text]  # in a paragraph by now
    if side is Side.OLD:  # or others join in
        within += [words_in(notice.values) for notice in noted[Side.NEW]]
    places = sorted((paragraph.span.start, paragraph.id) for paragraph in texts[side].body)
    settling = {notice.span for notice, _ in _settling(texts[side])}  # which is told by paragraph
    for notice in (notice for notice in noted[side] if fold(" ".join(notice.values)) not in known):
        if notice.span and notice.span in settling:
            continue
        own = words_in(notice.values)
        if not any(own <= words for words in within):
            is_line = notice.code == "annotation"
            yield notice, _before(places, notice) if is_line else _commented(notice, texts[side])


def _commented(notice: Notice, text: Resolution) -> str:
    """The one paragraph that begins as that in which the words stand that a comment is on; empty where none does."""
    _, _, *on = notice.values
    around = letters(on[1]) if len(on) > 1 else ""
    printed = ((p.id, (p.text, f"{p.label}{p.text}")) for p in text.body)
    begins = (id_ for id_, each in printed if any(letters(words).startswith(around) for words in each))
    found = [*islice(begins, 2)] if around else []
    return found[0] if len(found) == 1 else ""


def spoken_of(comparison: Comparison, lang: str) -> dict[str, list[str]]:
    """By the paragraphs of the new text behind which a draft now has remarks, or comments on them, these in quotation
    marks."""
    found: dict[str, list[str]] = {}
    new = {*agreed(comparison, Side.NEW)}
    settled = [(notice, id_) for notice, id_ in _settling(comparison.new) if id_ in new]
    for notice, before in (*settled, *spoken(comparison, Side.NEW)):
        if before:
            found.setdefault(before, []).append(quoted(notice, lang))
    return found


def quoted(notice: Notice, lang: str) -> str:
    """A remark in quotation marks, a comment behind its author."""
    if notice.code == "annotation":
        return in_quotes(notice.values[0].rstrip("."), lang)
    author, said, *_ = notice.values
    return word("summary.comment-bare", lang).format(author, in_quotes(said, lang))
