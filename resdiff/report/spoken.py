"""What a draft says of its text, of whose words it is no part: "[Égypte : supprimer le paragraphe 2]"."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from resdiff.language.fold import fold, letters, words_in
from resdiff.language.unsettled import tags
from resdiff.model import REMARKS, Comparison, Notice, Resolution, Side
from resdiff.report.wording import in_quotes, word

__all__ = ["quoted", "spoken", "spoken_of"]


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
    for notice in (notice for notice in noted[side] if fold(" ".join(notice.values)) not in known):
        own = words_in(notice.values)
        if not any(own <= words for words in within):
            if notice.code == "annotation":
                before = bisect_left(places, (notice.span.start if notice.span else 0, ""))
                yield notice, places[before - 1][1] if before else ""
            else:
                yield notice, _commented(notice, texts[side])


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
    for notice, before in spoken(comparison, Side.NEW):
        if before:
            found.setdefault(before, []).append(quoted(notice, lang))
    return found


def quoted(notice: Notice, lang: str) -> str:
    """A remark in quotation marks, a comment behind its author."""
    if notice.code == "annotation":
        return in_quotes(notice.values[0].rstrip("."), lang)
    author, said, *_ = notice.values
    return word("summary.comment-bare", lang).format(author, in_quotes(said, lang))
