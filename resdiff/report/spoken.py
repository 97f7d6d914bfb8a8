"""What a draft says of its text, of whose words it is no part: "[Égypte : supprimer le paragraphe 2]"."""

from bisect import bisect_left
from collections.abc import Iterator

from resdiff.language.fold import fold, words_in
from resdiff.language.unsettled import tags
from resdiff.model import REMARKS, Comparison, Notice, Side
from resdiff.report.wording import in_quotes

__all__ = ["quoted", "spoken", "spoken_of"]


def spoken(comparison: Comparison, side: Side) -> Iterator[tuple[Notice, str]]:
    """The remarks that a draft of that side has and the other one has not, each with the paragraph behind which it
    stands; empty for one that stands above all, or is a comment on the file."""
    texts = {side: comparison.text(side) for side in Side}
    noted = {side: [n for n in text.notices if n.code in REMARKS] for side, text in texts.items()}
    known = {fold(" ".join(notice.values)) for notice in noted[side.other]}
    within = [words_in([tags(p.text)]) for p in texts[side.other].body if "[" in p.text]  # in a paragraph by now
    if side is Side.OLD:  # or others join in
        within += [words_in(notice.values) for notice in noted[Side.NEW]]
    places = sorted((paragraph.span.start, paragraph.id) for paragraph in texts[side].body)
    for notice in (notice for notice in noted[side] if fold(" ".join(notice.values)) not in known):
        if not any(words_in(notice.values) <= words for words in within):
            start = notice.span.start if notice.span and notice.code == "annotation" else 0
            before = bisect_left(places, (start, ""))
            yield notice, places[before - 1][1] if before else ""


def spoken_of(comparison: Comparison, lang: str) -> dict[str, list[str]]:
    """By the paragraphs of the new text behind which a draft now has annotations, these in quotation marks."""
    found: dict[str, list[str]] = {}
    for notice, before in spoken(comparison, Side.NEW):
        if before:
            found.setdefault(before, []).append(quoted(notice, lang))
    return found


def quoted(notice: Notice, lang: str) -> str:
    """A remark in quotation marks."""
    return in_quotes(notice.values[0].rstrip("."), lang)
