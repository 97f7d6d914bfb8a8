"""The report as one HTML file: no network, works without script, prints on A4.

What the page shows is decided in ``templates/report.html``; here stands what a template cannot say: the words of each
change, the order of the rows with their cross-references, and the hashes under which the browser may run our style and
our script and nothing else.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from msgspec import Struct

from resdiff.messages import message
from resdiff.model import Comparison, Edit, Kind, Op, Paragraph, Part, Side, Status, TopicChange, Weight
from resdiff.report import Address, Block, Changes, Index, Report, Row, Sentence, Strong, address, label

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

__all__ = ["render", "render_index"]

FOLDER = Path(__file__).parent / "templates"
# In the order in which a reader asks: what came, what grew, what went, what shrank.
STATUSES = (Status.NEW, Status.EXPANDED, Status.DROPPED, Status.REDUCED, Status.KEPT)
MOST_QUOTES = 6  # a side; what stands in every other paragraph is listed by address only
BODIES = (("A/HRC/", "body-hrc"), ("A/", "body-ga"), ("S/", "body-sc"))


def render(report: Report, *, cache: Path | None = None) -> bytes:
    """The page of a report. ``cache`` is a folder where the compiled template may be kept from run to run."""
    return _environment(cache).get_template("report.html").render(_context(report)).encode("utf-8")


def render_index(index: Index) -> bytes:
    """The front page of a changelog."""
    context = {**_frame(index.lang), "index": index, "inline": _inline}
    return _environment().get_template("index.html").render(context).encode("utf-8")


# ---- the page -----------------------------------------------------------------------------------------------------


@lru_cache
def _environment(cache: Path | None = None) -> "Environment":
    from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(FOLDER),
        bytecode_cache=FileSystemBytecodeCache(str(cache)) if cache else None,
        autoescape=True,
        optimized=False,  # folding constants costs 8 ms of the 65 that compiling takes, and saves nothing here
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _frame(lang: str) -> dict[str, Any]:
    """What every page needs: its language, its messages, its style and script with their hashes."""
    style = _style(lang)
    script = (FOLDER / "page.js").read_text("utf-8")
    return {
        "lang": lang,
        "t": partial(message, lang=lang),
        "style": _plain(style),
        "script": _plain(script),
        "style_hash": _hash(style),
        "script_hash": _hash(script),
    }


def _style(lang: str) -> str:
    """The style sheet, with the words that a screen reader says around inserted and deleted words."""
    spoken = {
        "ins": ("page.inserted", "page.inserted-end"),
        "del": ("page.deleted", "page.deleted-end"),
    }
    rules = [
        f'{tag}::{place}{{content:" [{message(key, lang=lang)}] "}}'
        for tag, keys in spoken.items()
        for place, key in zip(("before", "after"), keys, strict=True)
    ]
    return (FOLDER / "page.css").read_text("utf-8") + "\n".join(rules) + "\n"


def _plain(text: str) -> "Markup":
    """Text of ours that needs no escaping."""
    from markupsafe import Markup

    return Markup(text)


def _hash(text: str) -> str:
    """The hash of an inline style or script as a content security policy wants it."""
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def _context(report: Report) -> dict[str, Any]:
    from resdiff.rendering.html import picture
    from resdiff.rendering.html.facts import STATUS_CLASSES, facts

    blocks: dict[str, Any] = {kind.__name__.lower(): None for kind in get_args(Block)}
    blocks |= {type(block).__name__.lower(): block for block in report.blocks}
    comparison = report.comparison
    return {
        **_frame(report.lang),
        "report": report,
        "blocks": blocks,
        "comparison": comparison,
        "inline": _inline,
        "body": _body(comparison),
        "draw": partial(picture.draw, lang=report.lang),
        "kind_class": picture.kind_class,
        "chip": partial(_chip, lang=report.lang),
        "link": _link,
        "facts": list(facts(report)),
        "label": partial(label, lang=report.lang),
        "most": MOST_QUOTES,
        "old_lang": _lang(comparison.old.language, report.lang),
        "new_lang": _lang(comparison.new.language, report.lang),
        "title_words": partial(_title_words, lang=report.lang),
        "sections": _sections(blocks["changes"], comparison, report.lang),
        "topics": _topics(comparison.topics),
        "statuses": STATUS_CLASSES,
        "Status": Status,
        "Kind": Kind,
        "Weight": Weight,
        "Side": Side,
    }


def _lang(language: str, page: str) -> "Markup":
    """The attribute that tells the language of a text, where it is not that of the page."""
    from markupsafe import Markup

    spoken = language or "fr"
    return Markup("") if spoken == page else Markup(' lang="{}"').format(spoken)


def _body(comparison: Comparison) -> str:
    """Which body adopted the new text: a key of the messages, or empty."""
    return next((key for start, key in BODIES if comparison.new.symbol.startswith(start)), "")


def _title_words(edits: Iterable[Edit], lang: str) -> "Markup":
    from resdiff.rendering.html.marked import title_words

    return title_words(edits, lang)


# ---- sentences and addresses --------------------------------------------------------------------------------------


def _inline(sentence: Sentence, page: str = "") -> "Markup":
    """A sentence with its stressed words, and its addresses as links into that page, else into this one."""
    from markupsafe import Markup, escape

    parts = []
    for part in sentence.parts:
        match part:
            case Strong():
                parts.append(Markup("<b>{}</b>").format(part.text))
            case Address():
                parts.append(_link(part, page))
            case _:
                parts.append(escape(part))
    return Markup("").join(parts)


def _link(target: Address, page: str = "") -> "Markup":
    from markupsafe import Markup

    name, prefix = ("a o", "old-") if target.side is Side.OLD else ("a", "")
    return Markup('<a class="{}" href="{}#{}{}">{}</a>').format(name, page, prefix, target.id, target.label)


def _chip(side: Side, paragraph: str, lang: str) -> "Markup":
    """The address of a paragraph as a link."""
    return _link(address(side, paragraph, lang, marked=True))


def _topics(topics: Iterable[TopicChange]) -> list[tuple[Status, list[TopicChange]]]:
    """The topics by status, in the order of the page; within one status the order they came in."""
    found = [(status, [topic for topic in topics if topic.status is status]) for status in STATUSES]
    return [(status, list_) for status, list_ in found if list_]


# ---- the rows of the changes --------------------------------------------------------------------------------------


class Cell(Struct, frozen=True):
    """A paragraph as it stands in a column: its address and its marked words."""

    anchor: str
    label: str
    words: "Markup"


class ShownRow(Struct, frozen=True):
    """A change, ready to be laid out; without ``row`` it is a cross-reference to where the change stands.

    ``whole`` is the side that says all there is to say: woven, the change would look the same.
    """

    part: Part
    row: Row | None = None
    name: str = ""
    key: str = ""
    anchors: tuple[str, ...] = ()
    old: tuple[Cell, ...] = ()
    new: tuple[Cell, ...] = ()
    both: tuple["Markup", ...] = ()
    whole: Side | None = None
    numbers: str = ""
    topics: str = ""
    side: Side = Side.NEW
    reference: str = ""
    target: str = ""


def _sections(block: Changes | None, comparison: Comparison, lang: str) -> list[tuple[Part, list[ShownRow]]]:
    """The rows with their cross-references, by part of the text."""
    if not block:
        return []
    rows = [_shown(row, comparison.topics, lang) for row in block.rows]
    after = _references(rows, comparison, lang)
    flow = list(after.get("", []))
    for row in rows:
        flow.append(row)
        flow.extend(after.get(row.key, []))
    return [(part, list(group)) for part, group in groupby(flow, key=lambda shown: shown.part)]


def _shown(row: Row, topics: Iterable[TopicChange], lang: str) -> ShownRow:
    from resdiff.rendering.html import marked, picture

    change = row.change
    old_ids, new_ids = change.link.old, change.link.new
    same = all(edit.op is Op.EQUAL for edit in change.edits)
    whole = Side.OLD if not new_ids else Side.NEW if same or not old_ids else None
    return ShownRow(
        part=(row.new or row.old)[0].part,
        row=row,
        name=picture.kind_class(change),
        key=picture.anchor(change),
        anchors=(*new_ids, *(f"old-{id_}" for id_ in old_ids)),
        old=_cells(row.old, marked.one_text(change, Side.OLD, row.old, lang), "old-", lang),
        new=_cells(row.new, marked.one_text(change, Side.NEW, row.new, lang), "", lang),
        both=() if whole else tuple(marked.both_texts(change, row.old, row.new, lang)),
        whole=whole,
        numbers=_numbers(old_ids, new_ids, lang),
        topics=" ".join(
            topic.id
            for topic in topics
            if any(e.paragraph in old_ids for e in topic.old) or any(e.paragraph in new_ids for e in topic.new)
        ),
    )


def _cells(paragraphs: Iterable[Paragraph], words: "list[Markup]", prefix: str, lang: str) -> tuple[Cell, ...]:
    return tuple(
        Cell(prefix + paragraph.id, label(paragraph.id, lang), text)
        for paragraph, text in zip(paragraphs, words, strict=False)
    )


def _numbers(old: Iterable[str], new: Iterable[str], lang: str) -> str:
    """The old and the new address, when both stand and differ: "PP 13 → PP 3"."""
    before, after = (", ".join(label(id_, lang) for id_ in ids) for ids in (old, new))
    return f"{before} → {after}" if before and after else before or after


def _references(rows: list[ShownRow], comparison: Comparison, lang: str) -> dict[str, list[ShownRow]]:
    """The cross-references, by the key of the row after which they stand; "" is before the first row.

    A paragraph that moved is missed at its old place, the second half of a split one at its new place: there a line
    says where to look.
    """
    found: dict[str, list[ShownRow]] = {}
    for side, resolution in ((Side.OLD, comparison.old), (Side.NEW, comparison.new)):
        body = [paragraph.id for paragraph in resolution.body]
        parts = {paragraph.id: paragraph.part for paragraph in resolution.body}
        home = {id_: shown for shown in rows for id_ in _ids(shown, side)}
        for shown, id_ in _missed(rows, side):
            earlier = reversed(body[: body.index(id_)])
            before = next((home[p] for p in earlier if p in home and _in_order(home[p], side, p)), None)
            if before is not shown:
                line = _reference(shown, side, id_, parts[id_], lang)
                found.setdefault(before.key if before else "", []).append(line)
    return found


def _ids(shown: ShownRow, side: Side) -> tuple[str, ...]:
    link = shown.row.change.link if shown.row else None
    return () if not link else link.old if side is Side.OLD else link.new


def _in_order(shown: ShownRow, side: Side, paragraph: str) -> bool:
    """Whether the row stands where a reader of that side looks for that paragraph."""
    change = shown.row.change if shown.row else None
    return change is not None and (not change.moved if side is Side.OLD else change.link.new[0] == paragraph)


def _missed(rows: list[ShownRow], side: Side) -> Iterator[tuple[ShownRow, str]]:
    for shown in rows:
        change = shown.row.change if shown.row else None
        if change and side is Side.OLD and change.moved:
            yield from ((shown, id_) for id_ in change.link.old)
        elif change and side is Side.NEW:
            yield from ((shown, id_) for id_ in change.link.new[1:])


def _reference(shown: ShownRow, side: Side, paragraph: str, part: Part, lang: str) -> ShownRow:
    here = label(paragraph, lang)
    there = label(_ids(shown, Side.NEW)[0], lang)
    if side is Side.OLD:
        text = message("page.move-from", here, there, lang=lang)
    else:
        origin = ", ".join(address(Side.OLD, id_, lang, marked=True).label for id_ in _ids(shown, Side.OLD))
        text = message("page.split-from", here, origin, there, lang=lang)
    return ShownRow(part=part, side=side, reference=text, target=shown.anchors[0])
