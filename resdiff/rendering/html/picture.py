"""The alignment as a picture: old paragraphs left, new ones right, a ribbon for each link. Comes back as inline SVG."""

from collections.abc import Sequence
from itertools import pairwise, product

from msgspec import Struct

from resdiff.model import Change
from resdiff.rendering.html.markup import Markup, anchor, fill, joined, kind_class
from resdiff.report import Picture, label, outcome, word

__all__ = ["draw"]

WIDTH, HEIGHT = 200.0, 640.0
BAR = 12.0  # width of a paragraph
OLD_EDGE, NEW_EDGE = 46.0, WIDTH - 46.0  # inner edges of the two columns of bars
GAP = 2.0  # between paragraphs; between parts it is PART_GAP
PART_GAP = 9.0
SHORTEST = 2.5  # a paragraph of one line can still be seen, and hit
STICKING_OUT = 8.0  # what came or went sticks out of its column: seen without colours
# The rarer a ribbon, the later it is drawn, so that the common ones do not cover it.
LAYERS = ("same", "mod", "spl", "mov")


class Bar(Struct, frozen=True):
    """Where a paragraph stands in its column."""

    top: float
    height: float


def draw(picture: Picture, names: tuple[str, str], lang: str) -> Markup:
    """The picture as SVG. Ribbons, and bars without a ribbon, are links to their change and say what they are."""
    old, new = _column(picture.old), _column(picture.new)
    ribbons = [ribbon for change in picture.changes for ribbon in _ribbons(change, old, new, lang)]
    ribbons.sort(key=lambda ribbon: LAYERS.index(ribbon[0]))
    kinds = {paragraph: change for change in picture.changes for paragraph in change.link.old}
    bars = [_bar(id_, bar, kinds.get(id_), lang, old_side=True) for id_, bar in old.items()]
    kinds = {paragraph: change for change in picture.changes for paragraph in change.link.new}
    bars += [_bar(id_, bar, kinds.get(id_), lang, old_side=False) for id_, bar in new.items()]
    about = word("page.picture-about", lang).format(*names, len(old), len(new))
    return fill(
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" role="group" aria-label="{}">\n{}\n</svg>',
        int(WIDTH),
        int(HEIGHT),
        about,
        joined([*(ribbon for _, ribbon in ribbons), *bars], "\n"),
    )


def _column(paragraphs: Sequence[tuple[str, int]]) -> dict[str, Bar]:
    """The bars of one text, as long as its paragraphs, filling the height of the picture."""
    parts = [_part(id_) for id_, _ in paragraphs]
    gaps = [GAP if here == before else PART_GAP for before, here in pairwise(parts)]
    least = sum(gaps) + SHORTEST * len(paragraphs)
    # A text of hundreds of paragraphs does not fit at the shortest height: then everything shrinks alike.
    shrink = min(1.0, HEIGHT / least) if least else 1.0
    scale = max(HEIGHT - least, 0.0) / (sum(length for _, length in paragraphs) or 1)
    bars, top = {}, 0.0
    for (id_, length), gap in zip(paragraphs, (*gaps, 0.0), strict=False):
        bars[id_] = Bar(top, (SHORTEST + length * scale) * shrink)
        top += bars[id_].height + gap * shrink
    return bars


def _part(paragraph: str) -> str:
    """What the id says of the part: "pp", "op", "annex1"."""
    return paragraph.partition(".")[0].rstrip("0123456789") if not paragraph.startswith("annex") else "annex"


def _ribbons(change: Change, old: dict[str, Bar], new: dict[str, Bar], lang: str) -> list[tuple[str, Markup]]:
    """The ribbons of a change with their classes: a bar is shared among its partners, by their lengths."""
    olds = [(id_, old[id_]) for id_ in change.link.old if id_ in old]
    news = [(id_, new[id_]) for id_ in change.link.new if id_ in new]
    name = kind_class(change)
    found = []
    for (old_id, old_bar), (new_id, new_bar) in product(olds, news):
        ends = _slice(old_bar, new_bar, news), _slice(new_bar, old_bar, olds)
        found.append((name, _ribbon(change, name, (old_id, new_id), ends, lang)))
    return found


def _slice(bar: Bar, partner: Bar, partners: Sequence[tuple[str, Bar]]) -> Bar:
    """The part of a bar that belongs to one of its partners."""
    total = sum(other.height for _, other in partners)
    above = sum(other.height for _, other in partners if other.top < partner.top)
    return Bar(bar.top + bar.height * above / total, bar.height * partner.height / total)


def _ribbon(change: Change, name: str, ids: tuple[str, str], bars: tuple[Bar, Bar], lang: str) -> Markup:
    start, end = bars
    middle = (OLD_EDGE + NEW_EDGE) / 2
    x0, x1, xm = f"{OLD_EDGE:g}", f"{NEW_EDGE:g}", f"{middle:g}"
    a0, a1 = f"{start.top:.1f}", f"{start.top + start.height:.1f}"
    b0, b1 = f"{end.top:.1f}", f"{end.top + end.height:.1f}"
    path = f"M{x0} {a0}C{xm} {a0} {xm} {b0} {x1} {b0}V{b1}C{xm} {b1} {xm} {a1} {x0} {a1}Z"
    said = word("page.picture-link", lang).format(label(ids[0], lang), label(ids[1], lang), outcome(change, lang))
    link = '<a href="#{}"><path class="k {}" data-c="{}" d="{}"/><title>{}</title></a>'
    return fill(link, ids[1], name, anchor(change), path, said)


def _bar(paragraph: str, bar: Bar, change: Change | None, lang: str, *, old_side: bool) -> Markup:
    alone = change is not None and not (change.link.old and change.link.new)
    name = kind_class(change) if change and alone else "n"
    width = BAR + (STICKING_OUT if alone else 0)
    left = OLD_EDGE - width if old_side else NEW_EDGE
    rect = fill(
        '<rect class="b {}" data-c="{}" x="{}" y="{}" width="{}" height="{}"/>',
        name,
        anchor(change) if change else "",
        f"{left:g}",
        f"{bar.top:.1f}",
        f"{width:g}",
        f"{bar.height:.1f}",
    )
    if not change or not alone:
        return rect
    said = word("page.picture-alone", lang).format(label(paragraph, lang), outcome(change, lang))
    target = f"old-{paragraph}" if old_side else paragraph
    return fill('<a href="#{}">{}<title>{}</title></a>', target, rect, said)
