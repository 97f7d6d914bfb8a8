"""The changes of a page: the bar of filters, the picture, and the table with the words that came and went marked.

Words are ``ins`` and ``del``, the lead stands in italics; every text is escaped.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec.structs import replace

from resdiff.model import Change, Edit, Kind, Op, Paragraph, Part, Side, Weight
from resdiff.rendering.html.pieces import Markup, anchor, draw, fill, inline, joined, kind_class, language
from resdiff.rendering.weave import Piece, weave
from resdiff.report import (
    Changes,
    Note,
    Picture,
    Reference,
    Report,
    Row,
    Title,
    Topic,
    address,
    counted,
    kind_word,
    label,
    word,
)

__all__ = ["changes_grid", "title_words"]

TAGS = {Op.INSERT: "ins", Op.DELETE: "del"}
# The lighter a mark weighs, the quieter it looks; a substantive one needs no class.
CLASSES = {Weight.TYPOGRAPHIC: "t", Weight.ROUTINE: "r", Weight.EDITORIAL: "e"}
# The space that French typography binds to the sign: a line of the page must not begin with a semicolon.
RE_BOUND = re.compile(r" (?=[;:!?»])|(?<=«) ")


def changes_grid(report: Report, title: Title, block: Changes, topics: Iterable[Topic]) -> Markup:
    """The bar of filters, the picture, and the table of the changes with its legend."""
    drawn = report.find(Picture)
    return fill(
        '{}<div class="grid">\n{}{}</div>\n',
        _bar(block, topics, report.lang),
        _picture(drawn, title, report.lang) if drawn else "",
        _table(block, title, report.lang),
    )


def _bar(block: Changes, topics: Iterable[Topic], lang: str) -> Markup:
    kinds = [(kind, word(f"kind.{kind}", lang)) for kind in (*Kind, "moved", "renumbered")]
    parts = dict.fromkeys(line.part for line in block.lines)
    words = {f"t_{key}".replace("-", "_"): word(f"page.{key}", lang) for key in BAR_WORDS}
    return fill(
        BAR,
        kinds=_choices(kinds),
        topics=_choices((topic.id, topic.label) for topic in topics),
        parts=_choices((part, word(f"heading.{part}", lang)) for part in parts),
        **words,
    )


def _choices(rows: Iterable[tuple[str, str]]) -> Markup:
    return joined(fill('<option value="{}">{}</option>', value, text) for value, text in rows)


BAR_WORDS = (
    "copied", "copy", "display", "every", "every-part", "filters", "found", "found-none", "hide-same", "importance",
    "kind", "next", "noise", "only-topic", "part", "previous", "search", "seen", "show-all", "shown", "topic", "view",
    "view-inline", "view-side", "weight-all", "weight-editorial", "weight-routine", "weight-substantive",
)  # fmt: skip
BAR = """\
<form class="bar" id="bar" autocomplete="off" aria-label="{t_display}" data-shown="{t_shown}" \
data-found="{t_found}" data-none="{t_found_none}" data-seen="{t_seen}" data-copy="{t_copy}" data-copied="{t_copied}" \
data-only="{t_only_topic}">
<fieldset class="seg"><legend class="vh">{t_view}</legend><label><input type="radio" name="view" id="v-side" checked>\
<span>{t_view_side}</span></label><label><input type="radio" name="view" id="v-inline">\
<span>{t_view_inline}</span></label></fieldset>
<label class="check"><input type="checkbox" id="hide-same"> {t_hide_same}</label>
<details class="filters"><summary>{t_filters} <span class="n" id="active"></span></summary>
<div class="panel">
<label class="check"><input type="checkbox" id="noise" checked> {t_noise}</label>
<label class="js">{t_importance} <select id="f-weight" autocomplete="off"><option value="0">{t_weight_all}</option>\
<option value="2">{t_weight_routine}</option><option value="3">{t_weight_editorial}</option>\
<option value="4">{t_weight_substantive}</option></select></label>
<label class="js">{t_kind} <select id="f-kind" autocomplete="off"><option value="">{t_every_part}</option>\
{kinds}</select></label>
<label class="js">{t_topic} <select id="f-topic" autocomplete="off"><option value="">{t_every}</option>\
{topics}</select></label>
<label class="js">{t_part} <select id="f-part" autocomplete="off"><option value="">{t_every_part}</option>\
{parts}</select></label>
<button type="button" class="js" id="reset">{t_show_all}</button>
</div></details>
<label class="find js"><span class="vh">{t_search}</span><input type="search" id="search" placeholder="{t_search}" \
autocomplete="off"></label>
<span class="go js"><output id="place" aria-live="polite"></output><button type="button" id="previous" \
title="{t_previous}" aria-label="{t_previous}">↑</button><button type="button" id="next" \
title="{t_next}" aria-label="{t_next}">↓</button></span>
<p class="state js" id="state" role="status"></p>
</form>
"""


def _picture(block: Picture, title: Title, lang: str) -> Markup:
    """The picture under the names of the texts, with its key."""
    key = {"mod": "modified", "same": "unchanged", "mov": "moved", "spl": "split", "add": "added", "del": "removed"}
    said = {name: word(f"kind.{kind}", lang) for name, kind in key.items()}
    said["spl"] += f", {word('kind.merged', lang)}"
    return fill(
        """\
<aside aria-labelledby="h-picture"><h2 id="h-picture">{heading}</h2>
<a class="skip in" href="#changes">{skip}</a>
<div class="cols" aria-hidden="true"><span>{old}</span><span>{new}</span></div>
{drawing}
<ul class="key" aria-hidden="true">{key}</ul>
</aside>
""",
        heading=word("heading.picture", lang),
        skip=word("page.skip-picture", lang),
        old=title.old.name,
        new=title.new.name,
        drawing=draw(block, title.names, lang),
        key=joined(fill('<li class="{}">{}</li>', name, text) for name, text in said.items()),
    )


def _table(block: Changes, title: Title, lang: str) -> Markup:
    legend = {"editorial": "e", "routine": "r", "typographic": "t", "moved": "m"}
    hidden = counted("changes.hidden", block.hidden, lang)
    return fill(
        """\
<section id="changes" aria-labelledby="h-changes" tabindex="-1"><h2 class="vh" id="h-changes">{heading}</h2>
<p class="marks"><ins>{added}</ins> <del>{deleted}</del> {legend} <span class="keys js">{keys}</span></p>
{hidden}<table aria-labelledby="h-changes">
<thead><tr><th scope="col" class="vh">{paragraph}</th><th scope="col" class="old">{old} <small>{old_date}</small></th>\
<th scope="col" class="new">{new} <small>{new_date}</small></th><th scope="col" class="both" hidden>{old} → {new}</th>\
<th scope="col" class="rem">{remark}</th></tr></thead>
{sections}</table>
{notes}</section>
""",
        heading=word("heading.changes", lang),
        added=word("page.legend-added", lang),
        deleted=word("page.legend-deleted", lang),
        legend=joined(
            (fill('<ins class="{}">{}</ins>', name, word(f"page.legend-{key}", lang)) for key, name in legend.items()),
            " ",
        ),
        keys=word("page.keys", lang),
        hidden=fill('<p class="note">{}</p>\n', hidden) if block.hidden else "",
        paragraph=word("page.paragraph", lang),
        old=title.old.name,
        old_date=title.old.date,
        new=title.new.name,
        new_date=title.new.date,
        remark=word("heading.remark", lang),
        sections=_sections(block, title, lang),
        notes=_uncalled(block.notes, title, lang),
    )


def _uncalled(notes: Sequence[Note], title: Title, lang: str) -> Markup:
    """The footnotes that stand under no paragraph."""
    if not notes:
        return Markup("")
    shown = _notes(notes, None, language(title.new.language, lang), lang)
    return fill("<h3>{}</h3>\n{}\n", word("heading.uncalled", lang), shown)


def _sections(block: Changes, title: Title, lang: str) -> Markup:
    """The rows with their cross-references as the bodies of a table, one a part of the text."""
    languages = tuple(language(text.language, lang) for text in (title.old, title.new))
    return joined(
        fill(
            '<tbody data-part="{}">\n<tr class="part"><td colspan="5"><h3>{}</h3></td></tr>\n{}</tbody>\n',
            part,
            word(f"heading.{part}", lang),
            joined(
                _reference(line) if isinstance(line, Reference) else _row(line, title.names, languages, lang)
                for line in lines
            ),
        )
        for part, lines in groupby(block.lines, key=_part)
    )


def _part(line: Row | Reference) -> Part:
    return line.part


# ---- a row ----------------------------------------------------------------------------------------------------------


def _reference(line: Reference) -> Markup:
    return fill(
        '<tr class="see {}"><td colspan="5"><a href="#{}">{}</a></td></tr>\n', line.side, line.target.id, line.text
    )


def _row(row: Row, names: tuple[str, str], languages: Sequence[Markup], lang: str) -> Markup:
    """A change: where it stands, its two texts, both woven into one, what became of it and the remark.

    Where one side says all there is to say, that side is marked as the whole of it and nothing is woven.
    """
    change = row.change
    old, new = change.link.old, change.link.new
    same = row.is_same and all(edit.op is Op.EQUAL for edit in change.edits)
    whole = Side.OLD if not new else Side.NEW if same or not old else None
    numbers = _numbers(old, new, lang)
    return fill(
        """\
<tr class="{name}{same}" data-c="{key}" data-kind="{kind}" data-weight="{weight}"{moved}{renumbered}{topics}>
<th scope="row" class="vh at">{anchors}{numbers}, {said}</th>
{old}
{new}
{both}<td class="rem">{tags}{remark}</td>
</tr>
""",
        name=kind_class(change),
        same=" same" if row.is_same else "",
        key=anchor(change),
        kind=change.kind,
        weight=int(row.weight),
        moved=" data-moved" if change.moved else "",
        renumbered=" data-renumbered" if change.renumbered else "",
        topics=fill(' data-topics="{}"', " ".join(row.topics)) if row.topics else "",
        anchors=joined(fill('<a id="{}"></a>', id_) for id_ in (*new, *(f"old-{id_}" for id_ in old))),
        numbers=numbers,
        said=word(f"kind.{change.kind}", lang),
        old=_column(row, Side.OLD, whole, names[0], languages[0], lang),
        new=_column(row, Side.NEW, whole, names[1], languages[1], lang),
        both="" if whole else _both(row, numbers, languages[1], lang),
        tags=_tags(row, numbers, lang),
        remark=fill('<p class="{}">{}</p>', "again" if row.repeats else "told", inline(row.remark))
        if row.remark.parts
        else "",
    )


def _column(row: Row, side: Side, whole: Side | None, name: str, spoken: Markup, lang: str) -> Markup:
    """The paragraphs of one side, each under its number."""
    paragraphs, prefix = (row.old, "old-") if side is Side.OLD else (row.new, "")
    texts = _one_text(row.change, side, paragraphs, lang)
    return fill(
        '<td class="{}{}"{}>{}{}</td>',
        side,
        " whole" if whole is side else "",
        fill(' data-name="{}"', name) if paragraphs and texts else "",
        joined(
            fill(
                '<a class="num" href="#{}{}">{}</a><p{}>{}</p>', prefix, shown.id, label(shown.id, lang), spoken, words
            )
            for shown, words in zip(paragraphs, texts, strict=False)
        ),
        _notes(row.notes, side, spoken, lang),
    )


def _both(row: Row, numbers: str, spoken: Markup, lang: str) -> Markup:
    """The two sides woven into one text; a paragraph mark that came or went shows as ¶."""
    woven = (_markup(line, lang) for line in weave(row.change.edits, row.old, row.new))
    return fill(
        '<td class="both" hidden><a class="num" href="#{}">{}</a>{}{}</td>',
        anchor(row.change),
        numbers,
        joined(fill("<p{}>{}</p>", spoken, words) for words in woven),
        _notes(row.notes, None, spoken, lang),
    )


def _notes(notes: Iterable[Note], side: Side | None, spoken: Markup, lang: str) -> Markup:
    """The footnotes of one side, each under its label, or of both sides woven into one text."""
    left_out = {Side.OLD: Op.INSERT, Side.NEW: Op.DELETE, None: None}[side]
    found = []
    for note in notes:
        edits = zip(note.change.edits, note.edits, strict=True)
        pieces = [Piece(shown, shown.text) for edit, shown in edits if edit.op is not left_out]
        if pieces:
            words = _markup(pieces, lang)
            found.append(fill('<div class="fn"><b>{}</b> <span{}>{}</span></div>', note.label, spoken, words))
    return joined(found)


def _tags(row: Row, numbers: str, lang: str) -> Markup:
    """What became of the change in chips, its two numbers where they differ, how much it weighs."""
    change = row.change
    tags = [fill('<span class="tag mov">{}</span> ', word("kind.moved", lang))] if change.moved else []
    if not (change.moved and row.is_same):
        name = "mod" if change.moved or (change.kind is Kind.UNCHANGED and not row.is_same) else kind_class(change)
        tags.append(fill('<span class="tag {}">{}</span> ', name, kind_word(change, lang, row.notes)))
    if "→" in numbers and (change.renumbered or change.moved or change.link.old != change.link.new):
        tags.append(fill('<span class="ren">{}</span>', numbers))
    if change.weight > Weight.NONE and change.kind is Kind.MODIFIED:
        weight = word(f"weight.{change.weight.label}", lang)
        tags.append(fill(' <span class="w w{}">{}</span>', int(change.weight), weight))
    return fill('<p class="tags">{}</p>', joined(tags))


def _numbers(old: Iterable[str], new: Iterable[str], lang: str) -> str:
    """The old and the new address, when both stand: "PP 13 → PP 3"."""
    before, after = (", ".join(label(id_, lang) for id_ in ids) for ids in (old, new))
    return f"{before} → {after}" if before and after else before or after


# ---- marked words ---------------------------------------------------------------------------------------------------


def title_words(edits: Iterable[Edit], lang: str) -> Markup:
    """The two titles woven into one."""
    return _markup([Piece(edit, edit.text) for edit in edits], lang)


def _one_text(change: Change, side: Side, paragraphs: Sequence[Paragraph], lang: str) -> list[Markup]:
    """The paragraphs of one side, with what the other side lacks marked."""
    own = Op.DELETE if side is Side.OLD else Op.INSERT
    # Seen alone, the old text is woven like a new one: its places are counted in itself.
    edits = [replace(e, op=Op.INSERT) if e.op is own else e for e in change.edits if e.op in (own, Op.EQUAL)]
    return [_markup(_without_mark(line), lang, own) for line in weave(edits, (), paragraphs)]


def _without_mark(line: Sequence[Piece]) -> Sequence[Piece]:
    """The line without the ¶ at its end: where one text stands alone, its paragraphs speak for themselves."""
    marked = bool(line) and line[-1].text == "¶" and "\n" in line[-1].edit.text
    return line[:-1] if marked else line


def _markup(pieces: Iterable[Piece], lang: str, changed: Op | None = None) -> Markup:
    return joined(_marked(piece, changed or piece.edit.op, lang) for piece in pieces)


def _marked(piece: Piece, op: Op, lang: str) -> str | Markup:
    """A piece in its mark; words that moved are linked to where they went, or came from."""
    text: str | Markup = RE_BOUND.sub("\u00a0", piece.text)
    if piece.lead:
        text = fill("<i>{}</i>", text)
    if piece.edit.op is Op.EQUAL:
        return text
    name = "m" if piece.edit.passage else CLASSES.get(piece.edit.weight, "")
    opening = fill('{} class="{}"', TAGS[op], name) if name else TAGS[op]
    return fill("<{}>{}</{}>{}", opening, text, TAGS[op], _passage(piece.edit, op, lang))


def _passage(edit: Edit, op: Op, lang: str) -> str | Markup:
    if not edit.passage:
        return ""
    side, prefix = (Side.NEW, "") if op is Op.DELETE else (Side.OLD, "old-")
    target = address(side, edit.passage, lang, marked=True)
    return fill('<a class="p" href="#{}{}">{}</a>', prefix, edit.passage, target.label)
