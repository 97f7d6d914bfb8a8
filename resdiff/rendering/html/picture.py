"""The alignment as a picture: old paragraphs left, new ones right, a ribbon for each link. Comes back as inline SVG."""

from collections.abc import Sequence
from itertools import pairwise, product

from markupsafe import Markup
from msgspec import Struct

from resdiff.messages import message
from resdiff.model import Change, Kind
from resdiff.report import Picture, label

__all__ = ["anchor", "draw", "kind_class"]

WIDTH, HEIGHT = 200.0, 640.0
BAR = 12.0  # width of a paragraph
OLD_EDGE, NEW_EDGE = 46.0, WIDTH - 46.0  # inner edges of the two columns of bars
GAP = 2.0  # between paragraphs; between parts it is PART_GAP
PART_GAP = 9.0
SHORTEST = 2.5  # a paragraph of one line can still be seen, and hit
STICKING_OUT = 8.0  # what came or went sticks out of its column: seen without colours
KIND_CLASSES = {
    Kind.UNCHANGED: "same",
    Kind.MODIFIED: "mod",
    Kind.ADDED: "add",
    Kind.REMOVED: "del",
    Kind.SPLIT: "spl",
    Kind.MERGED: "spl",
}
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
    about = message("page.picture-about", *names, len(old), len(new), lang=lang)
    return Markup(
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" role="group" aria-label="{}">\n{}\n</svg>'
    ).format(int(WIDTH), int(HEIGHT), about, Markup("\n").join([r[1] for r in ribbons] + bars))


def anchor(change: Change) -> str:
    """The address of a change in the page: its first new paragraph, else its first old one."""
    return change.link.new[0] if change.link.new else f"old-{change.link.old[0]}"


def kind_class(change: Change) -> str:
    """The class that colours a change. A move is seen before all else, what is moved and modified included."""
    return "mov" if change.moved else KIND_CLASSES[change.kind]


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
    said = message("page.picture-link", label(ids[0], lang), label(ids[1], lang), _said(change, lang), lang=lang)
    return Markup('<a href="#{}"><path class="k {}" data-c="{}" d="{}"/><title>{}</title></a>').format(
        ids[1], name, anchor(change), path, said
    )


def _bar(paragraph: str, bar: Bar, change: Change | None, lang: str, *, old_side: bool) -> Markup:
    alone = change is not None and not (change.link.old and change.link.new)
    name = kind_class(change) if change and alone else "n"
    width = BAR + (STICKING_OUT if alone else 0)
    left = OLD_EDGE - width if old_side else NEW_EDGE
    rect = Markup('<rect class="b {}" data-c="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        name, anchor(change) if change else "", f"{left:g}", f"{bar.top:.1f}", f"{width:g}", f"{bar.height:.1f}"
    )
    if not change or not alone:
        return rect
    said = message("page.picture-alone", label(paragraph, lang), _said(change, lang), lang=lang)
    target = f"old-{paragraph}" if old_side else paragraph
    return Markup('<a href="#{}">{}<title>{}</title></a>').format(target, rect, said)


def _said(change: Change, lang: str) -> str:
    """The kind in words, and that it moved."""
    words = [message(f"kind.{change.kind}", lang=lang)]
    if change.moved:
        moved = message("kind.moved", lang=lang)
        words = [moved] if change.kind is Kind.UNCHANGED else [*words, moved]
    return ", ".join(words)
