"""A compilation as one HTML file: no network, no script, readable on a phone and on paper.

Which delegations are shown is a matter of boxes to tick and of the style sheet alone. What is contested stands in
brackets in the text, and side by side below its paragraph. The layers are kept in the page as data.
"""

from collections.abc import Iterator, Sequence

import msgspec

from resdiff.compilation import Compilation, Contest, Row
from resdiff.layers import RE_CALL, RE_NOTE, Mark, Stretch, lines
from resdiff.messages import message
from resdiff.model import Op
from resdiff.rendering.compiled.words import SIGNS, cautions, figures, heading, sign_of, where
from resdiff.rendering.html.live import above, live_style
from resdiff.rendering.html.pieces import Markup, Ours, fill, joined, language, opening, ours

__all__ = ["render"]

SHAPES = ("M5 0a5 5 0 110 10 5 5 0 010-10z", "M0 0h10v10H0z", "M5 0l5 10H0z", "M5 0l5 5-5 5-5-5z")
COLOURS = 6
FEW = 4  # delegations whose columns stand beside the text
TAGS = {Mark.ADDED: "ins", Mark.REMOVED: "del"}


def render(compilation: Compilation, options: object) -> bytes:
    """The page of a compilation."""
    lang, name, live = options.lang, options.name, options.live  # type: ignore[attr-defined]  # compiled.Options
    sets = _sets(compilation)
    layers = msgspec.json.encode(compilation.layers).decode().replace("<", "\\u003c")
    page = fill(
        """\
{opening}{filter}<div class="lay{many}">
<div class="t" id="text"{spoken}>
{text}</div>
{table}</div>
</main>
<script type="application/json" id="resdiff-layers">{layers}</script>
</body>
</html>
""",
        opening=opening(
            heading(compilation, name, lang),
            lang,
            _style(compilation.layers.names, sets, live_style(live)),
            figures=figures(compilation, lang),
            cautions=cautions(compilation, lang),
            above=above(live, lang),
        ),
        filter=_filter(compilation.layers.names, lang),
        many=" many" if len(compilation.layers.names) > FEW else "",
        spoken=language(compilation.base.language, lang),
        text=_text(compilation, sets, lang),
        table=_table(compilation, sets, lang),
        layers=Markup(layers),
    )
    return page.encode("utf-8")


def _sets(compilation: Compilation) -> dict[tuple[str, ...], int]:
    """The sets of names that are shown or hidden together, each with its number."""
    found = dict.fromkeys(stretch.names for stretch in compilation.layers.stretches if stretch.names)
    found |= dict.fromkeys(wording.names for contest in compilation.contests for wording in contest.wordings)
    for contest in compilation.contests:
        own = [stretch.names for stretch in compilation.layers.stretches if stretch.contest == contest.number]
        found |= dict.fromkeys((_all_of(contest), tuple(dict.fromkeys(name for names in own for name in names))))
    found |= dict.fromkeys(_all_in(row) for row in compilation.rows)
    return {names: number for number, names in enumerate(found)}


def _all_of(contest: Contest) -> tuple[str, ...]:
    return tuple(name for wording in contest.wordings for name in wording.names)


def _all_in(row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for touch in row.touches for name in touch.names))


def _style(names: Sequence[str], sets: dict[tuple[str, ...], int], more: str) -> Ours:
    """The style sheet, with ``more`` behind it; what all its names are unticked of is hidden, and what only they would
    take out stands."""
    rules = []
    for group, number in sets.items():
        off = "".join(f":has(#d{names.index(name)}:not(:checked))" for name in group)
        rules.append(f"body{off} :is(ins,.by,li,tr,.cf).g{number}{{display:none}}")
        rules.append(f"body{off} del.g{number}{{all:unset}}")
    for place in range(len(names)):
        rules.append(f"body:has(#d{place}:not(:checked)) .k{place}{{display:none}}")
    return ours("compiled.css", "\n".join([*rules, more]))


def _badge(name: str, place: int) -> Markup:
    """The name of a delegation with its shape and colour."""
    svg = fill('<svg viewBox="0 0 10 10" aria-hidden="true"><path d="{}"/></svg>', SHAPES[place % len(SHAPES)])
    return fill('<span class="dl c{} k{}">{}{}</span>', place % COLOURS, place, svg, name)


def _badges(group: Sequence[str], names: Sequence[str]) -> Markup:
    return joined((_badge(name, names.index(name)) for name in group), " ")


def _filter(names: Sequence[str], lang: str) -> Markup:
    """A box for each delegation."""
    boxes = joined(
        fill(
            '<label><input type="checkbox" id="d{}" checked autocomplete="off"><span class="dl c{}">'
            '<svg viewBox="0 0 10 10" aria-hidden="true"><path d="{}"/></svg>{}</span></label>\n',
            place,
            place % COLOURS,
            SHAPES[place % len(SHAPES)],
            name,
        )
        for place, name in enumerate(names)
    )
    return fill('<fieldset class="top"><legend>{}</legend>{}</fieldset>\n', message("compile.shown", lang=lang), boxes)


# ---- the text -------------------------------------------------------------------------------------------------------


def _text(compilation: Compilation, sets: dict[tuple[str, ...], int], lang: str) -> Markup:
    """The lines with their marks, contested passages below the line in which they end."""
    layers, names = compilation.layers, compilation.layers.names
    frame = layers.own[0]
    leads = {line.number + line.lead: len(line.number) for line in compilation.lines if line.lead}
    contests = {contest.number: contest for contest in compilation.contests}
    parts = [fill('<p class="frame">{}</p>\n', line) for line in frame.head]
    rows = list(lines(layers.stretches))
    ends = {stretch.contest: place for place, (line, end) in enumerate(rows) for stretch in (*line, end)}
    notes = next((n for n, (line, _) in enumerate(rows) if line and RE_NOTE.match(line[0].text)), len(rows))
    anchors = iter([line.id for line in compilation.lines])  # the lines of the base come in their order
    for place, (line, end) in enumerate(rows):
        if place == notes:
            parts += [fill('<p class="frame">{}</p>\n', tail) for tail in frame.tail]
        parts.append(_line(line, end, names, sets, leads, anchors))
        for number in dict.fromkeys(s.contest for s in (*line, end) if s.contest and ends[s.contest] == place):
            parts.append(_contest(contests[number], names, sets, lang))
    if notes == len(rows):
        parts += [fill('<p class="frame">{}</p>\n', tail) for tail in frame.tail]
    return joined(parts)


def _line(
    line: tuple[Stretch, ...],
    end: Stretch,
    names: Sequence[str],
    sets: dict[tuple[str, ...], int],
    leads: dict[str, int],
    anchors: Iterator[str],
) -> Markup:
    """A paragraph; one that the base has bears its id. Contested wordings stand below it, side by side."""
    own = end.mark is not Mark.ADDED
    id_ = fill(' id="{}"', next(anchors, "")) if own else ""
    shown = [stretch for stretch in line if not (stretch.contest and stretch.mark is Mark.ADDED)]
    if not shown and line and not own:
        return Markup("")  # a paragraph of a contested wording
    whole = all((s.mark, s.names, s.contest) == (end.mark, end.names, end.contest) for s in line)
    pieces = [_stretch(group, names, sets, leads if not place else {}) for place, group in enumerate(_grouped(line))]
    if end.mark is not Mark.KEPT and not end.contest and not whole:
        pieces.append(_stretch([Stretch(end.mark, "¶", end.names)], names, sets, {}))
    marked = end.mark is not Mark.KEPT or any(stretch.mark is not Mark.KEPT for stretch in line)
    hides = f" by g{sets[end.names]}" if whole and not own else ""
    return fill("<p{}{}>{}</p>\n", fill(' class="on{}"', hides) if marked else "", id_, joined(pieces))


def _grouped(line: Sequence[Stretch]) -> list[list[Stretch]]:
    """The stretches of a line: those of a contested passage together, and words that give way with what comes."""
    groups: list[list[Stretch]] = []
    for stretch in line:
        last = groups[-1][-1] if groups else None
        is_open = last and stretch.mark is not Mark.KEPT and last.contest == stretch.contest
        if last and is_open and (stretch.contest or last.names == stretch.names):
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    return groups


def _stretch(
    group: Sequence[Stretch], names: Sequence[str], sets: dict[tuple[str, ...], int], leads: dict[str, int]
) -> Markup:
    """The words of a group: kept, proposed under their names, or contested, which are the words of the base."""
    first = group[0]
    if first.mark is Mark.KEPT:
        return _words(first.text, leads)
    if first.contest:
        base = joined(_words(stretch.text, leads) for stretch in group if stretch.mark is Mark.REMOVED)
        names_of = tuple(dict.fromkeys(name for stretch in group for name in stretch.names))
        link = fill('<a class="br by g{1}" href="#x{0}">[{0}]</a>', first.contest, sets.get(names_of, "-"))
        return fill('<span class="ct">{}{}</span>', base, link)
    number, colour = sets[first.names], names.index(first.names[0]) % COLOURS
    marks = joined(
        (fill('<{0} class="g{1} c{2}">{3}</{0}>', TAGS[s.mark], number, colour, _words(s.text, {})) for s in group), " "
    )
    by = _badges(first.names, names)
    opening = fill('<span class="nb"><span class="br">[</span>{}</span> ', by)
    return fill('<span class="by g{0}">{1}</span>{2}<span class="by br g{0}">]</span>', number, opening, marks)


def _words(text: str, leads: dict[str, int]) -> Markup:
    """Words with raised calls, the opening verb in italics."""
    lead = max((lead for lead in leads if text.startswith(lead)), key=len, default="")
    start = leads[lead] if lead else 0
    pieces: list[object] = [text[:start], fill("<i>{}</i>", lead[start:])] if lead else []
    at = len(lead)
    for call in RE_CALL.finditer(text, at):
        pieces += [text[at : call.start()], fill("<sup>{}</sup>", call[1])]
        at = call.end()
    return joined([*pieces, text[at:]])


def _contest(contest: Contest, names: Sequence[str], sets: dict[tuple[str, ...], int], lang: str) -> Markup:
    """The wordings of a contested passage side by side, each marked against the base."""
    wordings = joined(
        fill(
            '<li class="g{}">{}<p>{}</p></li>',
            sets.get(wording.names, "-"),
            _badges(wording.names, names),
            joined(_edit(edit.op, edit.text, names.index(wording.names[0])) for edit in wording.edits),
        )
        for wording in contest.wordings
    )
    base = contest.base.strip()
    before, _, after = message("compile.base-words", "\n", lang=lang).partition("\n")
    quoted = joined([before, _words(base, {}), after]) if base else message("compile.base-none", lang=lang)
    said = message("compile.excluded", contest.number, len(contest.wordings), lang=lang)
    return fill(
        '<section class="cf g{}" id="x{}"><h2>{} <span>{}</span></h2><ul>{}</ul></section>\n',
        sets[_all_of(contest)],
        contest.number,
        said,
        quoted if len(base) <= LONGEST_BASE else "",
        wordings,
    )


LONGEST_BASE = 300  # characters of the words of the base beside the number; longer ones stand struck in each wording


def _edit(op: Op, text: str, place: int) -> Markup:
    words = _words(text, {})
    tag = {Op.INSERT: "ins", Op.DELETE: "del"}.get(op)
    return fill('<{0} class="c{1}">{2}</{0}>', tag, place % COLOURS, words) if tag else words


# ---- who touched what -----------------------------------------------------------------------------------------------


def _table(compilation: Compilation, sets: dict[tuple[str, ...], int], lang: str) -> Markup:
    names = compilation.layers.names
    heads = joined(fill('<th scope="col">{}</th>', _badge(name, place)) for place, name in enumerate(names))
    body = joined(_row(row, names, sets, lang) for row in compilation.rows)
    foot = joined(fill('<td><span class="k{}">{}</span></td>', *each) for each in enumerate(compilation.proposals))
    table = message("compile.table", lang=lang)
    legend = joined(
        (
            fill("<span><b>{}</b> {}</span>", sign, message(f"compile.sign-{key}", lang=lang))
            for key, sign in SIGNS.items()
        ),
    )
    return fill(
        """\
<aside class="wt" aria-labelledby="wt"><h2 id="wt">{table}</h2>
<table><thead><tr><th scope="col"><span class="vh">{column}</span></th>{heads}</tr></thead>
<tbody>{body}</tbody>
<tfoot><tr><th scope="row">{total}</th>{foot}</tr></tfoot></table>
<p class="lg">{legend}<span><b>[1]</b> {contested}</span></p></aside>
""",
        table=table,
        column=message("compile.column", lang=lang),
        heads=heads,
        body=body,
        total=message("compile.total", lang=lang),
        foot=foot,
        legend=legend,
        contested=message("compile.sign-contest", lang=lang),
    )


def _row(row: Row, names: Sequence[str], sets: dict[tuple[str, ...], int], lang: str) -> Markup:
    cells = []
    for place, name in enumerate(names):
        signs, contests = sign_of(row, name)
        links = joined((fill('<a href="#x{0}">[{0}]</a>', number) for number in contests), " ")
        mark = fill('<span class="m{}">{}</span> {}', " x" if contests else "", signs, links) if signs else ""
        cells.append(fill('<td><span class="k{}">{}</span></td>', place, mark))
    label = where(row, lang)
    shown = fill('<a href="#{}">{}</a>', row.line, label) if row.line else label
    return fill('<tr class="g{}"><th scope="row">{}</th>{}</tr>\n', sets[_all_in(row)], shown, joined(cells))
