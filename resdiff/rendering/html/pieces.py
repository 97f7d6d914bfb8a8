"""The pieces of a page: HTML that is safe to write, links and classes, the picture of the alignment, the lists.

The only way to HTML escapes whatever comes from a text.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise, product
from pathlib import Path
from typing import LiteralString

from msgspec import Struct

from resdiff.model import Change, Kind, Side, Status
from resdiff.report import (
    Address,
    Concordance,
    Fact,
    Facts,
    Inline,
    Notices,
    Picture,
    Report,
    Sentence,
    Strong,
    Text,
    Title,
    label,
    outcome,
    word,
)

__all__ = [
    "KIND_CLASSES",
    "LOOKS",
    "Markup",
    "Ours",
    "after",
    "anchor",
    "draw",
    "fill",
    "head",
    "inline",
    "joined",
    "kind_class",
    "language",
    "link",
    "ours",
]

KIND_CLASSES = {
    Kind.UNCHANGED: "same",
    Kind.MODIFIED: "mod",
    Kind.ADDED: "add",
    Kind.REMOVED: "del",
    Kind.SPLIT: "spl",
    Kind.MERGED: "spl",
}
# The class that colours a status or the direction of a verb, and a sign; the word beside them says the same.
LOOKS = {
    Status.NEW: ("add", ""),
    Status.EXPANDED: ("mod", ""),
    Status.DROPPED: ("del", ""),
    Status.REDUCED: ("mov", ""),
    Status.KEPT: ("same", ""),
    "stronger": ("add", "↑ "),
    "weaker": ("del", "↓ "),
    "same": ("same", ""),
    "": ("", ""),
}


class Markup(str):
    """Text that is HTML already. Whatever is done to it but ``fill`` and ``joined`` makes plain text of it again, which
    is escaped: a mistake shows on the page and opens nothing."""

    __slots__ = ()


def fill(template: LiteralString, *values: object, **named: object) -> Markup:
    """The template with its ``{}`` and ``{name}`` filled, each value escaped unless it is markup already.

    A template is written in our code, never made of data.

    >>> str(fill("<b>{}</b> {x}", "a < b", x=fill("<i>c</i>")))
    '<b>a &lt; b</b> <i>c</i>'
    """
    return Markup(template.format(*map(_escape, values), **{name: _escape(value) for name, value in named.items()}))


def joined(parts: Iterable[object], by: LiteralString = "") -> Markup:
    """The parts one after the other, what is no markup escaped."""
    return Markup(by.join(map(_escape, parts)))


def _escape(value: object) -> str:
    """The value as text that means itself, between tags and inside an attribute; markup as it is."""
    if type(value) is Markup:
        return value
    text = str(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


def inline(sentence: Sentence, page: str = "") -> Markup:
    """A sentence with its stressed words, and its addresses as links into that page, else into this one."""
    return joined(_part(part, page) for part in sentence.parts)


def _part(part: Inline, page: str) -> str | Markup:
    if isinstance(part, Address):
        return link(part, page)
    return fill("<b>{}</b>", part.text) if isinstance(part, Strong) else part


def link(target: Address, page: str = "") -> Markup:
    """An address as a link: the old text has anchors of its own."""
    name, prefix = ("a o", "old-") if target.side is Side.OLD else ("a", "")
    return fill('<a class="{}" href="{}#{}{}">{}</a>', name, page, prefix, target.id, target.label)


def anchor(change: Change) -> str:
    """The address of a change in the page: its first new paragraph, else its first old one."""
    return change.link.new[0] if change.link.new else f"old-{change.link.old[0]}"


def kind_class(change: Change) -> str:
    """The class that colours a change. A move is seen before all else, what is moved and modified included."""
    return "mov" if change.moved else KIND_CLASSES[change.kind]


def language(spoken: str, page: str) -> Markup:
    """The attribute that tells the language of a text, where it is not that of the page."""
    return Markup("") if (spoken or "fr") == page else fill(' lang="{}"', spoken or "fr")


# ---- safe markup ----------------------------------------------------------------------------------------------------


WIDTH, HEIGHT = 200.0, 640.0
BAR = 12.0  # width of a paragraph
OLD_EDGE, NEW_EDGE = 46.0, WIDTH - 46.0  # inner edges of the two columns of bars
GAP = 2.0  # between paragraphs; between parts it is PART_GAP
PART_GAP = 9.0
SHORTEST = 2.5  # a paragraph of one line can still be seen, and hit
STICKING_OUT = 8.0  # what came or went sticks out of its column: seen without colours
# The rarer a ribbon, the later it is drawn, so that the common ones do not cover it.
LAYERS = ("same", "mod", "spl", "mov", "ref")


class Bar(Struct, frozen=True):
    """Where a paragraph stands in its column."""

    top: float
    height: float


def draw(picture: Picture, names: tuple[str, str], lang: str) -> Markup:
    """The picture as SVG. Ribbons, and bars without a ribbon, are links to their change and say what they are."""
    old, new = _column(picture.old), _column(picture.new)
    ribbons = [ribbon for change in picture.changes for ribbon in _ribbons(change, old, new, lang)]
    ribbons += [thread for change in picture.changes for thread in _threads(change, old, new, lang)]
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
    parts = [_part_of(id_) for id_, _ in paragraphs]
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


def _part_of(paragraph: str) -> str:
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


def _threads(change: Change, old: dict[str, Bar], new: dict[str, Bar], lang: str) -> Iterator[tuple[str, Markup]]:
    """From a removed paragraph to the one that renews it by its number."""
    for old_id, new_id in product(change.link.old, change.renewed_in):
        if old_id in old and new_id in new:
            start, end = (bar.top + bar.height / 2 for bar in (old[old_id], new[new_id]))
            path = f"M{OLD_EDGE:g} {start:.1f}{_curve(start, end, NEW_EDGE)}"
            said = word("page.picture-alone", lang).format(label(old_id, lang), outcome(change, lang))
            link = '<a href="#old-{}"><path class="k ref" data-c="{}" d="{}"/><title>{}</title></a>'
            yield "ref", fill(link, old_id, anchor(change), path, said)


def _curve(start: float, end: float, edge: float) -> str:
    """The rest of a path that goes from the other edge, at the height ``start``, to this one at the height ``end``."""
    middle = (OLD_EDGE + NEW_EDGE) / 2
    return f"C{middle:g} {start:.1f} {middle:g} {end:.1f} {edge:g} {end:.1f}"


def _slice(bar: Bar, partner: Bar, partners: Sequence[tuple[str, Bar]]) -> Bar:
    """The part of a bar that belongs to one of its partners."""
    total = sum(other.height for _, other in partners)
    above = sum(other.height for _, other in partners if other.top < partner.top)
    return Bar(bar.top + bar.height * above / total, bar.height * partner.height / total)


def _ribbon(change: Change, name: str, ids: tuple[str, str], bars: tuple[Bar, Bar], lang: str) -> Markup:
    start, end = bars
    left, right = start.top + start.height, end.top + end.height
    over, under = _curve(start.top, end.top, NEW_EDGE), _curve(right, left, OLD_EDGE)
    path = f"M{OLD_EDGE:g} {start.top:.1f}{over}V{right:.1f}{under}Z"
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


# ---- after the changes ----------------------------------------------------------------------------------------------


WEB = ("https://", "http://")


def after(report: Report, title: Title) -> Markup:
    spoken = language(title.new.language, report.lang)
    lists = (_facts(block, spoken, report.lang) for block in report.blocks if isinstance(block, Facts))
    concordance = report.find(Concordance)
    return fill(
        '<div class="after">\n<div class="lists">\n{}</div>\n{}{}</div>\n',
        joined(lists),
        _concordance(concordance, title.names, report.lang) if concordance else "",
        _origins(title, report.lang),
    )


def _facts(block: Facts, spoken: Markup, lang: str) -> Markup:
    """A list; its lines are in the language of the texts, save what we say of them ourselves."""
    name = type(block).__name__.lower()
    spoken = Markup("") if isinstance(block, Notices) else spoken
    folded = _groups(block.routine, spoken)
    routine = fill("<details><summary>{}</summary>{}</details>", word("heading.routine", lang), folded)
    return fill(
        '<section class="facts" id="{0}" aria-labelledby="h-{0}"><h2 id="h-{0}">{1}</h2>\n{2}{3}</section>\n',
        name,
        word(f"heading.{name}", lang),
        _groups(block.facts, spoken),
        routine if block.routine else "",
    )


def _groups(facts: Iterable[Fact], spoken: Markup) -> Markup:
    """The lines of each status under its chip, in the order in which they come up."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        groups.setdefault((fact.status, fact.label), []).append(fact)
    return joined(
        fill('{}<ul class="list">\n{}</ul>\n', _chip(*group), joined(_fact(fact, spoken) for fact in lines))
        for group, lines in groups.items()
    )


def _chip(status: str, text: str) -> Markup:
    name, sign = LOOKS[status]
    return fill('<h3><span class="tag {}">{}{}</span></h3>', name, sign, text) if text else Markup("")


def _fact(fact: Fact, spoken: Markup) -> Markup:
    return fill(
        "<li><span{}>{}</span>{}{}</li>\n",
        spoken,
        f"{fact.text} ({fact.acronym})" if fact.acronym else fact.text,
        joined(fill(" {}", link(place)) for place in fact.places),
        fill(' <span class="ren">{}</span>', fact.note) if fact.note else "",
    )


def _concordance(block: Concordance, names: tuple[str, str], lang: str) -> Markup:
    return fill(
        """\
<section class="facts" id="concordance" aria-labelledby="h-concordance"><h2 id="h-concordance">{heading}</h2>
<table class="conc" aria-labelledby="h-concordance"><thead class="vh"><tr><th scope="col">{old}</th>\
<th scope="col">{new}</th><th scope="col">{kind}</th></tr></thead><tbody>
{lines}</tbody></table>
</section>
""",
        heading=word("heading.concordance", lang),
        old=names[0],
        new=names[1],
        kind=word("page.kind", lang),
        lines=joined(_line(change, lang) for change in block.rows),
    )


def _line(change: Change, lang: str) -> Markup:
    """Old numbers, new numbers, what became of them."""
    cells = (
        joined((fill('<a href="#{}{}">{}</a>', prefix, id_, label(id_, lang)) for id_ in ids), ", ") or "–"
        for prefix, ids in (("old-", change.link.old), ("", change.link.new))
    )
    row = '<tr><td>{}</td><td>{}</td><td class="st {}">{}</td></tr>\n'
    return fill(row, *cells, kind_class(change), outcome(change, lang))


def _origins(title: Title, lang: str) -> Markup:
    return fill(
        """\
<section class="facts" id="provenance" aria-labelledby="h-provenance"><h2 id="h-provenance">{}</h2>
<ul class="list">
{}</ul>
</section>
""",
        word("heading.provenance", lang),
        joined(_origin(text, lang) for text in (title.old, title.new)),
    )


def _origin(text: Text, lang: str) -> Markup:
    """Where a text comes from; an address is a link only when it leads to the web."""
    origin, name = text.origin, text.symbol or text.title or word("word.untitled", lang)
    return fill(
        "<li><b>{}</b>{}, {}{}{}{}</li>\n",
        name,
        fill(', <time datetime="{}">{}</time>', text.adopted, text.date) if text.adopted else "",
        text.sort,
        fill(". <span{}>{}</span>", language(text.language, lang), origin.note) if origin.note else "",
        fill(' <a class="u" href="{0}">{0}</a>', origin.url) if origin.url.startswith(WEB) else "",
        fill(" <code>sha256 {}…</code>", origin.sha256[:12]) if origin.sha256 else "",
    )


# ---- the head of every page -----------------------------------------------------------------------------------------

FOLDER = Path(__file__).parent


class Ours(Struct, frozen=True):
    """A style sheet or a script of ours as it stands, and its hash as a content security policy wants it."""

    text: Markup
    hash: str

    @property
    def tag(self) -> Markup:
        """The script as it stands in a page."""
        return fill("<script>{}</script>\n", self.text)


@lru_cache
def _contents(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def ours(name: str, more: str = "") -> Ours:
    """The style sheet or script of that name in this folder; ``more`` stands behind it."""
    text = _contents(name) + more
    return Ours(Markup(text), "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii"))


def head(title: str, lang: str, style: Ours, script: Ours | None = None, links: Markup | str = "") -> Markup:
    """The head of a page, with a policy that allows this style and this script alone."""
    return fill(
        """\
<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{style_hash}';{script} base-uri \
'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="resdiff">
<title>{title}</title>
{links}<style>{style}</style>
</head>
""",
        lang=lang,
        style_hash=style.hash,
        script=fill(" script-src '{}';", script.hash) if script else "",
        title=title,
        links=links,
        style=style.text,
    )
