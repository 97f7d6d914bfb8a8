"""The pieces of a page: HTML that is safe to write, links and classes, the picture of the alignment, the lists.

The only way to HTML escapes whatever comes from a text.
"""

import re
from binascii import b2a_base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise, product
from pathlib import Path
from typing import LiteralString

from msgspec import Struct

from resdiff.messages import message
from resdiff.model import Change, Kind, Op, Part, Side, Status
from resdiff.rendering.direction import RIGHT_TO_LEFT
from resdiff.report import (
    Address,
    Concordance,
    Fact,
    Facts,
    Notices,
    Picture,
    Report,
    Sentence,
    Strong,
    Struck,
    Text,
    Title,
    Words,
    became,
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
    "format_name",
    "head",
    "icon",
    "icons",
    "inline",
    "joined",
    "kind_class",
    "kind_icon",
    "language",
    "link",
    "nested",
    "opening",
    "ours",
    "policy_in",
    "policy_of",
    "source_of",
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


# The icons, as paths in a square of 16; each stands beside the word for it.
ICONS = {
    "add": "M8 2v12M2 8h12",
    "del": "M2 8h12",
    "mod": "M2 5h12M2 11h5M10 11h4",
    "same": "M3 6h10M3 10h10",
    "mov": "M5 14V3M2 6l3-3 3 3M11 2v11M8.5 10.5l2.5 2.5 2.5-2.5",
    "split": "M2 8h4l4-5h4M6 8l4 5h4",
    "merged": "M14 8h-4L6 3H2M10 8l-4 5H2",
    "up": "M3 10l5-5 5 5",
    "down": "M3 6l5 5 5-5",
    "right": "M6 3l5 5-5 5",
    "more": "M3 8h.01M8 8h.01M13 8h.01",
    "filter": "M2 4h12M4.5 8h7M7 12h2",
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
    text = str(value)
    if text.isalnum():  # as most are: identifiers, numbers, words
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


def format_name(suffix: str) -> str:
    """What a reader calls a format of our files, by their suffix.

    >>> format_name("docx"), format_name("pdf")
    ('Word', 'PDF')
    """
    return {"docx": "Word", "xlsx": "Excel", "md": "Markdown"}.get(suffix, suffix.upper())


def icon(name: str) -> Markup:
    """The icon of that name; a screen reader passes it over."""
    return fill('<svg class="ic" aria-hidden="true"><use href="#i-{}"/></svg>', name)


def icons() -> Markup:
    """The shapes of all icons, once a page."""
    return fill(
        '<svg class="vh" aria-hidden="true">{}</svg>\n',
        joined(fill('<symbol id="i-{}" viewBox="0 0 16 16"><path d="{}"/></symbol>', *row) for row in ICONS.items()),
    )


def inline(sentence: Sentence, page: str = "") -> Markup:
    """A sentence with its stressed words, and its addresses as links into that page, else into this one; what it tells
    of several paragraphs line by line."""
    first, *others = (joined(_part(part, page) for part in line) for line in sentence.lines)
    return joined([first, *(fill("<br>{}", line) for line in others)])


def nested(sentence: Sentence) -> Markup:
    """A sentence with what it tells of several paragraphs as a list in it."""
    lines = [(depth, joined(_part(part, "") for part in line)) for depth, line in sentence.outline]
    return joined([*(line for depth, line in lines if not depth), _list_of([row for row in lines if row[0]])])


def _list_of(lines: Sequence[tuple[int, Markup]]) -> Markup:
    """Lines as a list, those that stand deeper as one below the line before them; nothing where there are none."""
    if not lines:
        return Markup("")
    least, items = lines[0][0], list[Markup]()
    starts = [place for place, (depth, _) in enumerate(lines) if depth <= least]
    for start, stop in pairwise([*starts, len(lines)]):
        items.append(fill("<li>{}{}</li>\n", lines[start][1], _list_of(lines[start + 1 : stop])))
    return fill("<ul>\n{}</ul>", joined(items))


def _part(part: Words, page: str) -> str | Markup:
    if isinstance(part, Address):
        return link(part, page)
    if isinstance(part, Struck):
        return fill("<s>{}</s>", part.text)
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


def kind_icon(change: Change) -> Markup:
    """The icon of a change. A fork opens to one side where it was split, to the other where it was merged."""
    is_fork = not change.moved and change.kind in (Kind.SPLIT, Kind.MERGED)
    return icon(change.kind if is_fork else kind_class(change))


def language(spoken: str, page: str, *, directed: bool = True) -> Markup:
    """The attributes that tell the language of a text where it is not that of the page, and that it is read from the
    right; that where it is to be ``directed``."""
    if (spoken or "fr") == page:
        return Markup("")
    return fill(' lang="{}"{}', spoken or "fr", Markup(' dir="rtl"' if directed and spoken in RIGHT_TO_LEFT else ""))


# ---- the picture ----------------------------------------------------------------------------------------------------

# The shapes stand in a frame of their own that stretches with the page; numbers beside it keep their form.
WIDTH, HEIGHT = 1000.0, 100.0
BAR, TALL = 13.0, 30.0  # a paragraph; one that came or went reaches into the free space: seen without colours
GAP, PART_GAP = 1.6, 16.0  # between paragraphs, between parts
SHORTEST = 6.0  # a paragraph of one line can still be seen, and hit
LOOSE = 0.05  # how much less a paragraph that moved pulls at its bar
ROOM, ROOM_OF_DIGIT = 5.0, 6.5  # for a number; on a phone it needs PHONE_ROOM
PHONE_ROOM = 60.0
# The rarer a ribbon, the later it is drawn, so that the common ones do not cover it.
LAYERS = ("same", "mod", "spl", "mov", "ref")


class Bar(Struct, frozen=True):
    """Where a paragraph stands in the row of its text."""

    left: float
    width: float

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return self.left + self.width / 2


def draw(picture: Picture, leads: Sequence[Sentence], names: tuple[str, str], lang: str) -> Markup:
    """The picture as SVG: the old text above, the new one below, each leading sentence by its number.

    Ribbons, and bars without a ribbon, are links to their change and say what they are.
    """
    old, new = _rows(picture)
    ribbons = [ribbon for change in picture.changes for ribbon in _ribbons(change, old, new, lang)]
    ribbons += [thread for change in picture.changes for thread in _threads(change, old, new, lang)]
    ribbons.sort(key=lambda ribbon: LAYERS.index(ribbon[0]))
    changes = {id_: change for change in picture.changes for id_ in change.link.new}
    changes |= {f"old-{id_}": change for change in picture.changes for id_ in change.link.old}
    bars = [_bar(id_, bar, changes.get(f"old-{id_}"), lang, old_side=True) for id_, bar in old.items()]
    bars += [_bar(id_, bar, changes.get(id_), lang, old_side=False) for id_, bar in new.items()]
    return fill(
        """\
<svg class="pic" role="group" aria-label="{about}">
<svg y="34" width="100%" height="100" viewBox="0 0 {width} {height}" preserveAspectRatio="none">
{shapes}
</svg>
<g aria-hidden="true">{texts}</g>
</svg>""",
        about=word("page.picture-about", lang).format(*names, len(old), len(new)),
        width=int(WIDTH),
        height=int(HEIGHT),
        shapes=joined([*(ribbon for _, ribbon in ribbons), *bars], "\n"),
        texts=joined(
            [*_parts(old, lang), *_ticks(old, 28), *_ticks(new, 147), *_signs(old, new, changes), *_marks(leads, new)]
        ),
    )


def _rows(picture: Picture) -> tuple[dict[str, Bar], dict[str, Bar]]:
    """The bars of both texts on one scale. The longer row fills the frame; in the other each paragraph stands as near
    to its partners as their order allows, so that ribbons are straight and only what moved crosses them."""
    sides = (picture.old, picture.new)
    least = [sum(_gaps(side)) + SHORTEST * len(side) for side in sides]
    shrink = min(1.0, WIDTH / (max(least) or 1.0))  # of hundreds of paragraphs everything shrinks alike
    letters = [sum(length for _, length in side) or 1 for side in sides]
    scale = min(max(WIDTH - need, 0.0) / number for need, number in zip(least, letters, strict=True))
    rows = [_row_of(side, scale, shrink) for side in sides]
    ends = [max((bar.left + bar.width for bar in row.values()), default=0.0) for row in rows]
    if ends[0] > ends[1]:
        return rows[0], _drawn_near(rows[1], rows[0], picture.changes, ends[1], to_old=True)
    return _drawn_near(rows[0], rows[1], picture.changes, ends[0], to_old=False), rows[1]


def _gaps(paragraphs: Sequence[tuple[str, int]]) -> list[float]:
    """The room after each paragraph but the last."""
    parts = [_part_of(id_) for id_, _ in paragraphs]
    return [GAP if here == before else PART_GAP for before, here in pairwise(parts)]


def _row_of(paragraphs: Sequence[tuple[str, int]], scale: float, shrink: float) -> dict[str, Bar]:
    """The bars of one text, as wide as its paragraphs are long, one after the other."""
    bars, left = {}, 0.0
    for (id_, length), gap in zip(paragraphs, (*_gaps(paragraphs), 0.0), strict=False):
        bars[id_] = Bar(left, (SHORTEST + length * scale) * shrink)
        left += bars[id_].width + gap * shrink
    return bars


def _drawn_near(
    row: dict[str, Bar], other: dict[str, Bar], changes: Iterable[Change], end: float, *, to_old: bool
) -> dict[str, Bar]:
    """The row with each bar shifted as near to its partners in the other as order and frame allow."""
    wishes: dict[str, tuple[float, float]] = {}
    for change in changes:
        mine, theirs = (change.link.new, change.link.old) if to_old else (change.link.old, change.link.new)
        middles = [other[id_].middle for id_ in theirs if id_ in other]
        for id_ in mine if middles else ():
            bar = row.get(id_)
            if bar:
                shift = sum(middles) / len(middles) - bar.middle
                wishes[id_] = (shift, bar.width * (LOOSE if change.moved else 1.0))
    shifts = _in_order([wishes.get(id_) for id_ in row])
    free = WIDTH - end
    return {
        id_: Bar(bar.left + min(max(shift, 0.0), free), bar.width)
        for (id_, bar), shift in zip(row.items(), shifts, strict=True)
    }


def _in_order(wishes: Iterable[tuple[float, float] | None]) -> list[float]:
    """The values that never fall and are nearest to those wished for, each by its weight (least squares; the pool of
    adjacent violators, Ayer et al. 1955). Who wishes nothing stays beside the one before.

    >>> _in_order([(0, 1), (4, 1), (2, 1), None, (9, 1)])
    [0.0, 3.0, 3.0, 3.0, 9.0]
    """
    pools: list[tuple[float, float, int]] = []
    for wish in wishes:
        value, weight = wish or (pools[-1][0] if pools else 0.0, 1e-6)
        pool = (float(value), float(weight), 1)
        while pools and pools[-1][0] > pool[0]:
            before, total = pools[-1], pools[-1][1] + pool[1]
            value = (before[0] * before[1] + pool[0] * pool[1]) / total
            pool = (value, total, before[2] + pool[2])
            pools.pop()
        pools.append(pool)
    return [value for value, _, number in pools for _ in range(number)]


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
            start, end = old[old_id].middle, new[new_id].middle
            path = f"M{start:.1f} {BAR:g}{_curve(start, end, HEIGHT - BAR)}"
            said = word("page.picture-alone", lang).format(label(old_id, lang), outcome(change, lang))
            link = '<a href="#old-{}"><path class="k ref" data-c="{}" d="{}"/><title>{}</title></a>'
            yield "ref", fill(link, old_id, anchor(change), path, said)


def _curve(start: float, end: float, edge: float) -> str:
    """The rest of a path that goes from the other row, at ``start``, to this one at ``end``."""
    return f"C{start:.1f} 50 {end:.1f} 50 {end:.1f} {edge:g}"


def _slice(bar: Bar, partner: Bar, partners: Sequence[tuple[str, Bar]]) -> Bar:
    """The part of a bar that belongs to one of its partners."""
    total = sum(other.width for _, other in partners)
    before = sum(other.width for _, other in partners if other.left < partner.left)
    return Bar(bar.left + bar.width * before / total, bar.width * partner.width / total)


def _ribbon(change: Change, name: str, ids: tuple[str, str], bars: tuple[Bar, Bar], lang: str) -> Markup:
    start, end = bars
    right, back = end.left + end.width, start.left + start.width
    over, under = _curve(start.left, end.left, HEIGHT - BAR), _curve(right, back, BAR)
    path = f"M{start.left:.1f} {BAR:g}{over}H{right:.1f}{under}Z"
    said = word("page.picture-link", lang).format(label(ids[0], lang), label(ids[1], lang), outcome(change, lang))
    link = '<a href="#{}"><path class="k {}{}" data-c="{}" d="{}"/><title>{}</title></a>'
    return fill(link, ids[1], name, _depth(change, name), anchor(change), path, said)


def _depth(change: Change, name: str) -> str:
    """How deep the colour of a modified paragraph is: by the share of its letters that came or went, in three steps."""
    if name != "mod":
        return ""
    kept = sum(len(edit.text) for edit in change.edits if edit.op is Op.EQUAL)
    share = 1 - kept / (sum(len(edit.text) for edit in change.edits) or 1)
    return " m1" if share < LITTLE else " m2" if share < MUCH else " m3"


LITTLE, MUCH = 0.15, 0.4  # what a step of the colour begins at


def _bar(paragraph: str, bar: Bar, change: Change | None, lang: str, *, old_side: bool) -> Markup:
    alone = change is not None and not (change.link.old and change.link.new)
    name = kind_class(change) if change and alone else "n"
    height = TALL if alone else BAR
    rect = fill(
        '<rect class="b {}" data-c="{}" x="{}" y="{}" width="{}" height="{}"/>',
        name,
        anchor(change) if change else "",
        f"{bar.left:.1f}",
        f"{0 if old_side else HEIGHT - height:g}",
        f"{bar.width:.1f}",
        f"{height:g}",
    )
    if not change:
        return rect
    said = word("page.picture-alone", lang).format(label(paragraph, lang), outcome(change, lang))
    target = f"old-{paragraph}" if old_side else paragraph
    stop = Markup("" if alone else ' tabindex="-1"')  # its ribbon is one already
    return fill('<a href="#{}"{}>{}<title>{}</title></a>', target, stop, rect, said)


def _parts(row: dict[str, Bar], lang: str) -> Iterator[Markup]:
    """The name of each part above its first paragraph."""
    names = {"pp": Part.PREAMBLE, "op": Part.OPERATIVE, "annex": Part.ANNEX}
    before, last = "", -PHONE_ROOM
    for id_, bar in row.items():
        part = _part_of(id_)
        if part != before and part in names and bar.left - last >= PHONE_ROOM:
            yield fill(
                '<text class="pn" x="{}%" y="11">{}</text>',
                f"{bar.left / 10:.1f}",
                word(f"heading.{names[part]}", lang),
            )
            last = bar.left
        before = part


def _ticks(row: dict[str, Bar], y: int) -> Iterator[Markup]:
    """The numbers of the paragraphs where there is room; those that a phone has room for have a class."""
    last = last_phone = -WIDTH
    for id_, bar in row.items():
        number = RE_NUMBER.search(id_)
        if not number or bar.middle - last < ROOM + ROOM_OF_DIGIT * len(number[1]):
            continue
        last = bar.middle
        on_phone = last - last_phone >= PHONE_ROOM
        last_phone = last if on_phone else last_phone
        yield fill(
            '<text{} x="{}%" y="{}">{}</text>',
            Markup(' class="f"' if on_phone else ""),
            f"{last / 10:.1f}",
            y,
            number[1],
        )


def _signs(old: dict[str, Bar], new: dict[str, Bar], changes: Mapping[str, Change]) -> Iterator[Markup]:
    """A plus on what came and a minus on what went, where there is room."""
    for row, prefix, sign, y in ((old, "old-", "−", 53), (new, "", "+", 124)):
        for id_, bar in row.items():
            change = changes.get(prefix + id_)
            if change and not (change.link.old and change.link.new) and bar.width >= SIGN_ROOM:
                yield fill(
                    '<text class="sg {}" x="{}%" y="{}">{}</text>',
                    kind_class(change),
                    f"{bar.middle / 10:.1f}",
                    y,
                    sign,
                )


SIGN_ROOM = 7.5
RE_NUMBER = re.compile(r"(?:^|\.)(?:pp|op)(\d+)$")


def _marks(leads: Sequence[Sentence], row: dict[str, Bar]) -> Iterator[Markup]:
    """The number of each leading sentence below the new paragraphs it speaks of."""
    taken: list[float] = []
    for number, lead in enumerate(leads, 1):
        places = dict.fromkeys(p.id for p in lead.parts if isinstance(p, Address) and p.side is Side.NEW)
        for middle in [row[id_].middle for id_ in places if id_ in row][:MOST_MARKS]:
            if all(abs(middle - other) >= MARK for other in taken):
                taken.append(middle)
                mark = '<circle cx="{0}%" cy="163" r="8"/><text class="mk" x="{0}%" y="167">{1}</text>'
                yield fill(mark, f"{middle / 10:.1f}", number)


MOST_MARKS, MARK = 3, 17.0  # of one sentence; the room of each


# ---- after the changes ----------------------------------------------------------------------------------------------


WEB = ("https://", "http://")


def after(report: Report, title: Title) -> Markup:
    """The lists, the concordance and where the texts come from, each folded under its heading."""
    spoken = language(title.new.language, report.lang)
    blocks = [block for block in report.blocks if isinstance(block, Facts)]
    lists = [_facts(block, spoken, report.lang) for block in blocks]
    before = next((fill('<p class="note">{}</p>\n', block.before) for block in blocks if block.before), "")
    concordance = report.find(Concordance)
    return fill(
        '<div class="after">\n{}{}{}{}</div>\n',
        before,
        joined(lists),
        _concordance(concordance, title.names, report.lang) if concordance else "",
        _origins(title, report.lang),
    )


def _folded(name: str, number: int, about: str, content: Markup, lang: str) -> Markup:
    """A heading that opens on what it is about; what it means, where its word is not one of every day."""
    return fill(
        """\
<details class="facts" id="{name}"><summary><h2>{heading}</h2>{number}{about}</summary>
{content}</details>
""",
        name=name,
        heading=word(f"heading.{name}", lang),
        number=fill(' <span class="n">{}</span>', number) if number else "",
        about=fill(' <span class="about">{}</span>', about) if about else "",
        content=content,
    )


def _facts(block: Facts, spoken: Markup, lang: str) -> Markup:
    """A list; its lines are in the language of the texts, save what we say of them ourselves."""
    spoken = Markup("") if isinstance(block, Notices) else spoken
    routine = fill(
        "<details><summary>{}</summary>{}</details>\n", word("heading.routine", lang), _groups(block.routine, spoken)
    )
    content = joined([_groups(block.facts, spoken), routine if block.routine else ""])
    return _folded(type(block).__name__.lower(), len(block.facts) + len(block.routine), "", content, lang)


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
    return fill('<h3 class="st {}">{}{}</h3>', name, sign, text) if text else Markup("")


def _fact(fact: Fact, spoken: Markup) -> Markup:
    return fill(
        "<li><span{}>{}</span>{}{}</li>\n",
        spoken,
        f"{fact.text} ({fact.acronym})" if fact.acronym else fact.text,
        joined(fill(" {}", link(place)) for place in fact.places),
        fill(' <span class="fr">{}</span>', fact.note) if fact.note else "",
    )


def _concordance(block: Concordance, names: tuple[str, str], lang: str) -> Markup:
    table = fill(
        """\
<table class="conc" aria-label="{heading}"><thead class="vh"><tr><th scope="col">{old}</th>\
<th scope="col">{new}</th><th scope="col">{kind}</th></tr></thead><tbody>
{lines}</tbody></table>
""",
        heading=word("heading.concordance", lang),
        old=names[0],
        new=names[1],
        kind=word("page.kind", lang),
        lines=joined(_line(change, lang) for change in block.rows),
    )
    return _folded("concordance", 0, word("page.about-concordance", lang), table, lang)


def _line(change: Change, lang: str) -> Markup:
    """Old numbers, new numbers, what became of them."""
    cells = (
        joined((fill('<a href="#{}{}">{}</a>', prefix, id_, label(id_, lang)) for id_ in ids), ", ") or "–"
        for prefix, ids in (("old-", change.link.old), ("", change.link.new))
    )
    row = '<tr><td>{}</td><td>{}</td><td class="st {}">{}</td></tr>\n'
    return fill(row, *cells, kind_class(change), became(change, lang))


def _origins(title: Title, lang: str) -> Markup:
    lines = joined(_origin(text, lang) for text in (title.old, title.new))
    return _folded("provenance", 0, "", fill('<ul class="list">\n{}</ul>\n', lines), lang)


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
def source_of(name: str) -> str:
    """The style sheet or script of that name in this folder as it stands."""
    return (FOLDER / name).read_text("utf-8")


def ours(name: str, more: str = "") -> Ours:
    """The style sheet or script of that name in this folder; ``more`` stands behind it."""
    text = source_of(name) + more
    digest = sha256(text.encode("utf-8")).digest()
    return Ours(Markup(text), "sha256-" + b2a_base64(digest, newline=False).decode("ascii"))


def opening(
    title: str, lang: str, style: Ours, *, figures: str, cautions: Sequence[str], above: Markup | str = ""
) -> Markup:
    """How a page with a text on it begins, up to that text: its head, a way past all else, its title, its figures, and
    what is to be known of it before all else, a sentence each. ``above`` is what stands over a page that is served.
    """
    said = joined(fill("<li>{}</li>", line) for line in cautions)
    return fill(
        """\
{head}<body>
<a class="skip" href="#text">{skip}</a>
{above}<main>
<h1>{title}</h1>
<p class="about">{figures}</p>
{cautions}""",
        head=head(title, lang, style, sends=bool(above)),
        skip=message("page.skip-text", lang=lang),
        above=above,
        title=title,
        figures=figures,
        cautions=fill('<ul class="cautions">{}</ul>\n', said) if cautions else "",
    )


def policy_of(style: Ours, script: Ours | None = None, *, sends: bool = False) -> str:
    """A policy that allows this style and this script alone, and forms to be sent to where the page came from only
    where it ``sends`` any."""
    run = f" script-src '{script.hash}';" if script else ""
    target = "self" if sends else "none"
    return f"default-src 'none'; style-src '{style.hash}';{run} base-uri 'none'; form-action '{target}'"


def policy_in(page: bytes) -> str:
    """The policy that a page of ours states at its head, for who serves it."""
    found = re.search(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    return found[1].decode("ascii") if found else "default-src 'none'"


def head(
    title: str, lang: str, style: Ours, script: Ours | None = None, links: Markup | str = "", *, sends: bool = False
) -> Markup:
    """The head of a page, with a policy that allows this style and this script alone."""
    return fill(
        """\
<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="resdiff">
<title>{title}</title>
{links}<style>{style}</style>
</head>
""",
        lang=lang,
        policy=Markup(policy_of(style, script, sends=sends)),
        title=title,
        links=links,
        style=style.text,
    )
