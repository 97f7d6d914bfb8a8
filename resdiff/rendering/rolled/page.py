"""The draft of a next edition as one HTML file: no network, no script; the remarks stand beside the text."""

from resdiff.drafting import DraftLine, Piece, RollForward, draft_lines, note_numbers
from resdiff.layers import Mark
from resdiff.messages import message
from resdiff.rendering.html.live import above, live_style
from resdiff.rendering.html.pieces import Markup, fill, joined, language, opening, ours
from resdiff.rendering.rolled.words import cautions, figures, heading, late, remark
from resdiff.report import label

__all__ = ["render"]

TAGS = {Mark.ADDED: "ins", Mark.REMOVED: "del"}
COLOURS = {Mark.ADDED: 3, Mark.REMOVED: 1}


def render(rolled: RollForward, options: object) -> bytes:
    """The page of a draft."""
    lang, name, live = options.lang, options.name, options.live  # type: ignore[attr-defined]  # rolled.Options
    page = fill(
        """\
{opening}<div class="lay">
<div class="t" id="text"{spoken}>
{text}</div>
<aside class="wt" aria-labelledby="wt"><h2 id="wt">{remarks}</h2>
<ol class="rm">{rows}</ol>{stale}</aside>
</div>
</main>
</body>
</html>
""",
        opening=opening(
            heading(rolled, name, lang),
            lang,
            ours("compiled.css", live_style(live)),
            figures=figures(rolled, lang),
            cautions=cautions(rolled, lang),
            above=above(live, lang),
        ),
        spoken=language(rolled.text.language, lang),
        text=_text(rolled),
        remarks=message("draft.remarks", lang=lang),
        rows=_remarks(rolled, lang),
        stale=_stale(rolled, lang),
    )
    return page.encode("utf-8")


def _text(rolled: RollForward) -> Markup:
    """The lines of the text, then its notes."""
    parts = []
    if rolled.text.title and rolled.text.title not in (p.text for p in rolled.text.paragraphs):
        parts.append(fill("<p><b>{}</b></p>\n", rolled.text.title))
    parts += [_line(line) for line in draft_lines(rolled.text, rolled.revisions)]
    numbers = note_numbers(rolled.text)
    notes = {numbers[note.label]: note.text for note in rolled.text.footnotes}
    parts += [fill('<p class="frame"><sup>{}</sup> {}</p>\n', number, text) for number, text in notes.items()]
    return joined(parts)


def _line(line: DraftLine) -> Markup:
    marked = any(piece.remark for piece in line.pieces)
    pieces = joined(_piece(piece, line.pieces[place + 1 :]) for place, piece in enumerate(line.pieces))
    return fill('<p id="{}"{}>{}{}</p>\n', line.id, Markup(' class="on"' if marked else ""), line.number, pieces)


def _piece(piece: Piece, following: tuple[Piece, ...]) -> Markup:
    """Words with their mark; the number of a remark stands behind the last words it is about."""
    if piece.call:
        return fill("<sup>{}</sup>", piece.call)
    words = fill("<i>{}</i>", piece.text) if piece.lead else fill("{}", piece.text)
    tag = TAGS.get(piece.mark)
    shown = fill('<{0} class="c{1}">{2}</{0}>', tag, COLOURS[piece.mark], words) if tag else words
    if not piece.remark or any(other.remark == piece.remark for other in following):
        return shown
    return fill('{0}<a class="br" id="t{1}" href="#r{1}"><sup>{1}</sup></a>', shown, piece.remark)


def _remarks(rolled: RollForward, lang: str) -> Markup:
    if not rolled.revisions:
        return fill("<li>{}</li>", message("draft.nothing", lang=lang))
    return joined(
        fill(
            '<li id="r{0}"><a href="#t{0}">{1}</a> <span class="br">{2}</span><br>{3}</li>\n',
            turn,
            label(revision.paragraph, lang),
            message("draft.asked" if revision.is_open else "draft.proposed", lang=lang),
            remark(revision, lang),
        )
        for turn, revision in enumerate(rolled.revisions, 1)
    )


def _stale(rolled: RollForward, lang: str) -> Markup | str:
    if not rolled.stale:
        return ""
    rows = joined(fill("<li>{}</li>\n", line) for line in late(rolled, lang))
    return fill('<h2>{}</h2><ul class="rm">{}</ul>', message("draft.stale", lang=lang), rows)
