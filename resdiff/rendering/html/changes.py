"""The changes of a page: the picture, the bar of controls, and the rows with the words that came and went marked.

Words are ``ins`` and ``del``, the lead stands in italics; every text is escaped. A row holds the old text with what
went marked, and the new text with both marked: side by side a style hides what went in the second, in one line the
first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec.structs import replace

from resdiff.model import Change, Edit, Kind, Op, Paragraph, Part, Side, Weight
from resdiff.rendering.html.pieces import (
    Markup,
    anchor,
    draw,
    fill,
    icon,
    inline,
    joined,
    kind_class,
    kind_icon,
    language,
)
from resdiff.report import (
    Changes,
    Note,
    Picture,
    Reference,
    Report,
    Row,
    Sentence,
    Title,
    Topic,
    address,
    counted,
    kind_word,
    label,
    of_old,
    topic_names,
    word,
)
from resdiff.report.woven import Piece, as_seen, weave

__all__ = ["changes_grid", "title_words"]

TAGS = {Op.INSERT: "ins", Op.DELETE: "del"}
# The lighter a mark weighs, the quieter it looks; a substantive one needs no class.
CLASSES = {Weight.TYPOGRAPHIC: "t", Weight.ROUTINE: "r", Weight.EDITORIAL: "e"}
# Of a run of words that stand in both texts so many letters at least are folded; so many stay on either side of it.
FOLDED, BEFORE, BEHIND = 140, 70, 50
BOUND = tuple((loose, loose.replace(" ", "\u00a0")) for loose in (" ;", " :", " !", " ?", " »", "« "))
MOST_TOPICS = 3  # in the margin of a paragraph
BEGINNING = 130  # letters of a folded paragraph that are shown


def changes_grid(
    report: Report, title: Title, block: Changes, topics: Sequence[Topic], leads: Sequence[Sentence]
) -> Iterator[Markup]:
    """The picture, the bar, the rows, and the dialog of what can be done with a row; one after the other, for the rows
    are most of a page, and whatever holds them copies them."""
    if drawn := report.find(Picture):
        yield _picture(drawn, title, leads, report.lang)
    yield _bar(block, topics, report.lang)
    yield from _rows(block, title, {t.id: t.label for t in topics}, report.lang)
    yield fill(DIALOG, **{f"t_{key}".replace("-", "_"): word(f"page.{key}", report.lang) for key in DIALOG_WORDS})


def _bar(block: Changes, topics: Iterable[Topic], lang: str) -> Markup:
    kinds = [(kind, word(f"kind.{kind}", lang)) for kind in (*Kind, "moved", "renumbered")]
    parts = dict.fromkeys(line.part for line in block.lines)
    words = {f"t_{key}".replace("-", "_"): word(f"page.{key}", lang) for key in BAR_WORDS}
    legend = {"": "added", "e": "editorial", "r": "routine", "t": "typographic", "m": "moved"}
    return fill(
        BAR,
        kinds=_choices(kinds),
        topics=_choices((topic.id, topic.label) for topic in topics),
        parts=_choices((part, word(f"heading.{part}", lang)) for part in parts),
        deleted=word("page.legend-deleted", lang),
        legend=joined(
            (fill('<ins class="{}">{}</ins>', name, word(f"page.legend-{key}", lang)) for name, key in legend.items()),
            " ",
        ),
        glossary=joined(
            fill("<div><dt>{}</dt><dd>{}</dd></div>", *word(f"page.glossary-{name}", lang).split(" = "))
            for name in GLOSSARY
        ),
        filter=icon("filter"),
        up=icon("up"),
        down=icon("down"),
        **words,
    )


def _choices(rows: Iterable[tuple[str, str]]) -> Markup:
    return joined(fill('<option value="{}">{}</option>', value, text) for value, text in rows)


GLOSSARY = ("pp", "op", "split", "merged", "moved", "routine")
BAR_WORDS = (
    "actions", "copied", "corrections", "display", "every", "every-part", "filters", "found", "found-none", "hide-same",
    "identical", "importance", "keys", "kind", "next", "noise", "only-topic", "part", "previous", "read-all", "search",
    "seen", "show-all", "shown", "signs", "topic", "view", "view-inline", "view-side", "weight-all", "weight-editorial",
    "weight-routine", "weight-substantive",
)  # fmt: skip
BAR = """\
<form class="bar" id="bar" autocomplete="off" aria-label="{t_display}" data-shown="{t_shown}" \
data-found="{t_found}" data-none="{t_found_none}" data-seen="{t_seen}" data-copied="{t_copied}" \
data-only="{t_only_topic}" data-all="{t_read_all}" data-same="{t_identical}" data-actions="{t_actions}" \
data-fixes="{t_corrections}">
<fieldset class="seg"><legend class="vh">{t_view}</legend><label><input type="radio" name="view" id="v-side" checked>\
<span>{t_view_side}</span></label><label><input type="radio" name="view" id="v-inline">\
<span>{t_view_inline}</span></label></fieldset>
<details class="filters"><summary>{filter}<span>{t_filters}</span> <span class="n" id="active"></span></summary>
<div class="panel"><div>
<label class="check"><input type="checkbox" id="hide-same"> {t_hide_same}</label>
<label class="check"><input type="checkbox" id="noise"> {t_noise}</label>
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
</div><div class="help"><h2>{t_signs}</h2>
<p class="marks"><del>{deleted}</del> {legend}</p>
<dl>{glossary}</dl>
<p class="js">{t_keys}</p>
</div></div></details>
<p class="state js" id="state" role="status"></p>
<button type="button" class="js" id="fixes" hidden></button>
<label class="find js"><span class="vh">{t_search}</span><input type="search" id="search" placeholder="{t_search}" \
autocomplete="off"></label>
<span class="go js"><button type="button" id="previous" title="{t_previous}" aria-label="{t_previous}">{up}</button>\
<output id="place"></output><button type="button" id="next" title="{t_next}" aria-label="{t_next}">{down}</button>\
</span>
</form>
"""
DIALOG_WORDS = (
    "actions", "apart", "clear-links", "close", "copy-link", "copy-links", "copy-new", "copy-old", "download",
    "links-about", "links-lines", "together", "together-none", "together-with",
)  # fmt: skip
DIALOG = """\
<dialog id="tools" aria-labelledby="h-tools"><h2 id="h-tools">{t_actions}</h2>
<p class="acts"><button type="button" id="copy-link">{t_copy_link}</button> <button type="button" id="copy-old">\
{t_copy_old}</button> <button type="button" id="copy-new">{t_copy_new}</button></p>
<p class="acts" id="apart" data-say="{t_apart}"></p>
<p class="acts"><label>{t_together_with} <select id="with"><option value="">{t_together_none}</option></select>\
</label> <button type="button" id="together">{t_together}</button></p>
<div id="links" hidden><label for="lines">{t_links_lines}</label><textarea id="lines" rows="6" readonly></textarea>
<p>{t_links_about}</p>
<p class="acts"><button type="button" id="copy-links">{t_copy_links}</button> <button type="button" id="save-links">\
{t_download}</button> <button type="button" id="clear-links">{t_clear_links}</button></p></div>
<form method="dialog"><button>{t_close}</button></form></dialog>
"""


def _picture(block: Picture, title: Title, leads: Sequence[Sentence], lang: str) -> Markup:
    """The picture under its heading, with a key that tells shapes as well as colours."""
    key = {"same": "unchanged", "mod": "modified", "mov": "moved", "split": "split", "add": "added", "del": "removed"}
    said = {name: word(f"kind.{kind}", lang) for name, kind in key.items()}
    said["split"] += f", {word('kind.merged', lang)}"
    return fill(
        """\
<section class="map" id="map" aria-labelledby="h-picture"><div class="cap"><h2 id="h-picture">{heading}</h2>
<span>{about}</span>
<ul class="key" aria-hidden="true">{key}</ul></div>
{drawing}
</section>
""",
        heading=word("page.picture", lang),
        about=word("page.picture-rows", lang).format(*title.names),
        drawing=draw(block, leads, title.names, lang),
        key=joined(fill('<li><i class="{}"></i>{}</li>', name, text) for name, text in said.items()),
    )


def _rows(block: Changes, title: Title, labels: Mapping[str, str], lang: str) -> Iterator[Markup]:
    hidden = counted("changes.hidden", block.hidden, lang)
    yield fill(
        """\
<section id="changes" aria-labelledby="h-changes" tabindex="-1"><h2 class="vh" id="h-changes">{heading}</h2>
{hidden}<div class="heads" aria-hidden="true"><span>{old} <small>{old_date}</small></span><span>{new} \
<small>{new_date}</small></span></div>
""",
        heading=word("heading.changes", lang),
        hidden=fill('<p class="note">{}</p>\n', hidden) if block.hidden else "",
        old=title.old.name,
        old_date=title.old.date,
        new=title.new.name,
        new_date=title.new.date,
    )
    yield from _sections(block, title, labels, lang)
    yield fill("{}</section>\n", _uncalled(block.notes, title, lang))


def _uncalled(notes: Sequence[Note], title: Title, lang: str) -> Markup:
    """The footnotes that stand under no paragraph."""
    if not notes:
        return Markup("")
    shown = _notes(notes, None, language(title.new.language, lang), lang)
    return fill('<section class="part"><h3>{}</h3>\n{}</section>\n', word("heading.uncalled", lang), shown)


def _sections(block: Changes, title: Title, labels: Mapping[str, str], lang: str) -> Iterator[Markup]:
    """The rows with their cross-references, a section for each part of the text; runs of unchanged ones folded."""
    languages = (language(title.old.language, lang), language(title.new.language, lang))
    for part, lines in groupby(block.lines, key=lambda line: line.part):
        rows: list[Markup] = []
        for is_quiet, group in groupby(lines, key=lambda line: isinstance(line, Row) and line.is_quiet):
            if is_quiet:
                rows.append(_run([row for row in group if isinstance(row, Row)], part, languages, lang))
                continue
            rows += [_reference(x) if isinstance(x, Reference) else _row(x, languages, labels, lang) for x in group]
        heading = '<section class="part" data-part="{}"><h3>{} <small>{}</small></h3>\n'
        about = word(f"page.about-{part}", lang)
        yield from (fill(heading, part, word(f"heading.{part}", lang), about), *rows, Markup("</section>\n"))


# ---- a row ----------------------------------------------------------------------------------------------------------


def _reference(line: Reference) -> Markup:
    return fill('<p class="see"><a href="#{}">{}{}</a></p>\n', line.target.id, icon("right"), line.text)


def _run(rows: Sequence[Row], part: Part, languages: Sequence[Markup], lang: str) -> Markup:
    """Unchanged paragraphs that stand together, folded under their numbers and how the first of them begins."""
    first, last = (label(row.change.link.new[0], lang) for row in (rows[0], rows[-1]))
    sort = "alineas" if part is Part.PREAMBLE else "paragraphs"
    return fill(
        """\
<details class="run"><summary>{}<b>{}</b> <span class="k same">{}{}</span> <span class="begin"{}>{}</span></summary>
{}</details>
""",
        icon("right"),
        first if len(rows) == 1 else word("page.from-to", lang).format(first, last),
        icon("same"),
        counted(f"page.same-{sort}", len(rows), lang),
        languages[1],
        _beginning(rows[0].new[0].text),
        joined(_row(row, languages, {}, lang) for row in rows),
    )


def _beginning(text: str) -> str:
    """The first words of a paragraph, with "…" where they are not all."""
    return text if len(text) <= BEGINNING else text[: text.rfind(" ", 0, BEGINNING)] + "…"


def _row(row: Row, languages: Sequence[Markup], labels: Mapping[str, str], lang: str) -> Markup:
    """A change: where it stands, what became of it, the remark, and its texts.

    Where one side says all there is to say, it stands alone, in the full width.
    """
    change = row.change
    old, new = change.link.old, change.link.new
    is_alone = not (old and new) or (row.is_same and all(edit.op is Op.EQUAL for edit in change.edits))
    return fill(
        """\
<article class="row {name}{same}{alone}" data-kind="{kind}" data-weight="{weight}" data-old="{old}" data-new="{new}"\
{small}{moved}{renumbered}{topics}>
{head}
{texts}
</article>
""",
        name=kind_class(_seen(row)),
        same=" same" if row.is_same and change.moved else "",
        alone=" alone" if is_alone else "",
        kind=change.kind,
        weight=int(row.weight),
        old=" ".join(old),
        new=" ".join(new),
        small="" if any(shown.is_whole for shown in (*row.old, *row.new)) else " data-small",  # a point, a heading
        moved=" data-moved" if change.moved else "",
        renumbered=" data-renumbered" if change.renumbered else "",
        topics=fill(' data-topics="{}"', " ".join(row.topics)) if row.topics else "",
        head=_head(row, labels, lang),
        texts=_alone(row, languages, lang) if is_alone else _pair(row, languages, lang),
    )


def _seen(row: Row) -> Change:
    """The change as it looks."""
    return replace(row.change, kind=row.kind)


def _head(row: Row, labels: Mapping[str, str], lang: str) -> Markup:
    """The number, the old number where it was another, what became of the change, the remark."""
    change = row.change
    before, after = (", ".join(label(id_, lang) for id_ in ids) for ids in (change.link.old, change.link.new))
    old = of_old(before, lang)
    weight = word(f"weight.{change.weight.label}", lang)
    is_light = Weight.NONE < change.weight < Weight.SUBSTANTIVE and change.kind is Kind.MODIFIED
    return fill(
        '<header><h4><a href="#{}"{}>{}</a></h4>{}{}{}{}{}</header>',
        anchor(change),
        fill(' title="{}"', row.since) if row.since and change.kind is not Kind.REMOVED else "",
        after or old,
        fill(' <span class="fr">{}</span>', old) if before and after and before != after else "",
        joined(fill(' <span class="k {}"{}>{}{}</span>', *kind) for kind in _kinds(row, lang)),
        fill(' <span class="fr">{}</span>', weight) if is_light else "",
        fill(' <span class="fr wraps">{}</span>', row.origin) if row.origin else "",
        _remark(row, labels),
    )


def _kinds(row: Row, lang: str) -> list[tuple[str, Markup, Markup, str]]:
    """What became of the change: class, tip, icon and word; a move beside what else it is."""
    change = row.change
    kinds = [("mov", _tip("moved", lang), icon("mov"), word("kind.moved", lang))] if change.moved else []
    if change.in_points:  # of other colour and longer than the word for the rest
        kinds.append(("mod wraps", Markup(""), icon("mod"), kind_word(change, lang, row.notes)))
    elif not (change.moved and row.is_same):
        still = replace(_seen(row), moved=False)
        kinds.append((kind_class(still), _tip(change.kind, lang), kind_icon(still), kind_word(change, lang, row.notes)))
    return kinds


def _tip(name: str, lang: str) -> Markup:
    """What a word means, where it is one of the trade."""
    return fill(' title="{}"', word(f"page.glossary-{name}", lang).split(" = ")[1]) if name in GLOSSARY else Markup("")


def _remark(row: Row, labels: Mapping[str, str]) -> Markup:
    """The remark; of a paragraph that stands alone, which a remark could only repeat, its topics."""
    if row.beside.parts:
        return fill('<p class="rem long">{}</p>', inline(row.beside))
    names = [labels[topic] for topic in row.topics if topic in labels][:MOST_TOPICS] if row.repeats else []
    return fill('<p class="rem">{}</p>', topic_names(names)) if names else Markup("")


def _pair(row: Row, languages: Sequence[Markup], lang: str) -> Markup:
    """The old text with what went marked, and the new one with what went and what came."""
    olds = zip(row.old, _one_text(row.change, Side.OLD, row.old, lang), strict=False)
    news = zip(
        row.new, (_woven(line, lang, fold=True) for line in weave(row.change.edits, row.old, row.new)), strict=False
    )
    several = len(row.old) > 1, len(row.new) > 1
    return fill(
        '<div class="pair"><div class="o">{}{}</div><div class="n">{}{}</div></div>',
        joined(_paragraph(shown, words, "old-", languages[0], several[0], lang) for shown, words in olds),
        _notes(row.notes, Side.OLD, languages[0], lang),
        joined(_paragraph(shown, words, "", languages[1], several[1], lang) for shown, words in news),
        _notes(row.notes, None, languages[1], lang),
    )


def _alone(row: Row, languages: Sequence[Markup], lang: str) -> Markup:
    """The text of a change that has one side, or twice the same."""
    side = Side.NEW if row.new else Side.OLD
    paragraphs, prefix, spoken = (row.new, "", languages[1]) if row.new else (row.old, "old-", languages[0])
    texts = zip(paragraphs, _one_text(row.change, side, paragraphs, lang), strict=False)
    places = row.change.link.old if row.new else ()
    return fill(
        '<div class="{}">{}{}{}</div>',
        side.value[0],
        joined(fill('<a id="old-{}"></a>', id_) for id_ in places),
        joined(_paragraph(shown, words, prefix, spoken, len(paragraphs) > 1, lang) for shown, words in texts),
        _notes(row.notes, side, spoken, lang),
    )


def _paragraph(shown: Paragraph, words: Markup, prefix: str, spoken: Markup, several: bool, lang: str) -> Markup:
    """A paragraph; under its number where the row has several of its side."""
    number = fill('<a class="num" href="#{}{}">{}</a> ', prefix, shown.id, label(shown.id, lang)) if several else ""
    return fill('<p id="{}{}"{}>{}{}</p>', prefix, shown.id, spoken, number, words)


def _notes(notes: Iterable[Note], side: Side | None, spoken: Markup, lang: str) -> Markup:
    """The footnotes of one side, each under its label, or of both sides woven into one text."""
    found = []
    for note in notes:
        pieces = [Piece(edit, edit.text) for edit in (note.of(side) if side else note.edits)]
        if pieces:
            is_gone = side is None and not note.of(Side.NEW)
            words = _woven(pieces, lang) if side is None else joined(_marked(x, x.edit.op, lang) for x in pieces)
            line = '<div class="fn{}"><b>{}</b> <span{}>{}</span></div>'
            found.append(fill(line, " gone" if is_gone else "", note.label, spoken, words))
    return joined(found)


# ---- marked words ---------------------------------------------------------------------------------------------------


def title_words(edits: Sequence[Edit], lang: str) -> Markup:
    """The two titles woven into one."""
    return _woven([Piece(edit, edit.text) for edit in as_seen(edits)], lang)


def _one_text(change: Change, side: Side, paragraphs: Sequence[Paragraph], lang: str) -> list[Markup]:
    """The paragraphs of one side, with what the other side lacks marked."""
    own = side.op
    # Seen alone, the old text is woven like a new one: its places are counted in itself.
    edits = [replace(e, op=Op.INSERT) if e.op is own else e for e in as_seen(change.edits) if e.op in (own, Op.EQUAL)]
    is_pair = any(edit.op is not Op.EQUAL for edit in change.edits)
    lines = weave(edits, (), paragraphs)
    return [joined(_marked(piece, own, lang, fold=is_pair) for piece in line if not piece.is_break) for line in lines]


def _woven(line: Sequence[Piece], lang: str, *, fold: bool = False) -> Markup:
    """A line of both texts. The blanks around what went are of the class ``dw``, to be hidden with it; what belongs to
    neither text, ¶ and a blank between a word that went and one that came, is of the class ``j`` too."""
    parts: list[object] = []
    for index, piece in enumerate(line):
        if piece.is_break:
            parts.append(fill('<{0} class="dw j">{1}</{0}>', TAGS[piece.edit.op], piece.text))
            continue
        if piece.edit.op is Op.INSERT and index and _meet(line[index - 1], piece):
            parts.append(fill('<span class="dw j"> </span>'))
        parts.append(_marked(piece, piece.edit.op, lang, woven=True, fold=fold))
    return joined(parts)


def _meet(before: Piece, after: Piece) -> bool:
    """Whether a word that went stands right before one that came."""
    return before.edit.op is Op.DELETE and before.text[-1:].isalnum() and after.text[:1].isalnum()


def _bound(text: str) -> str:
    """The text with each space that French typography binds to a sign: a line must not begin with a semicolon."""
    for loose, bound in BOUND:
        text = text.replace(loose, bound)
    return text


def _marked(piece: Piece, op: Op, lang: str, *, woven: bool = False, fold: bool = False) -> str | Markup:
    """A piece in its mark, the blanks around it outside; words that moved are linked to where they went, or came from.

    ``woven``: what went stands among the words of the other text; ``fold``: long runs of words of both can be folded.
    """
    if piece.edit.op is Op.EQUAL:
        text = _bound(piece.text)
        return fill("<i>{}</i>", text) if piece.lead else _folding(text) if fold else text
    whole = _bound(piece.text)
    is_quiet = piece.edit.weight is Weight.TYPOGRAPHIC  # it hides with its blanks
    core = whole if is_quiet else whole.strip(" ") or whole
    before, _, behind = whole.partition(core)
    name = "m" if piece.edit.passage else CLASSES.get(piece.edit.weight, "")
    return fill(
        "{before}<{tag}{name}>{core}</{tag}>{passage}{behind}",
        before=_blank(before, hides=woven and op is Op.DELETE),
        tag=Markup(TAGS[op]),
        name=fill(' class="{}"', name) if name else "",
        core=fill("<i>{}</i>", core) if piece.lead else core,
        passage=_passage(piece.edit, op, lang),
        behind=_blank(behind, hides=woven and op is Op.DELETE),
    )


def _blank(text: str, *, hides: bool) -> str | Markup:
    return fill('<span class="dw">{}</span>', text) if text and hides else text


def _folding(text: str) -> str | Markup:
    """Words that stand in both texts: of many the middle can be folded."""
    start, end = text.find(" ", BEFORE), text.rfind(" ", 0, -BEHIND)
    if end - start < FOLDED or start < 0:
        return text
    return fill('{}<span class="g">{}</span>{}', text[:start], text[start:end], text[end:])


def _passage(edit: Edit, op: Op, lang: str) -> str | Markup:
    if not edit.passage:
        return ""
    side, prefix = (Side.NEW, "") if op is Op.DELETE else (Side.OLD, "old-")
    target = address(side, edit.passage, lang, marked=True)
    return fill('<a class="p" href="#{}{}">{}</a>', prefix, edit.passage, target.label)
