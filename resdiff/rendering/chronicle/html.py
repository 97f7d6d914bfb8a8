"""The lives and origins as one HTML file each: no network, works without script, prints on A4.

The picture has a line a life and a column an edition; below it each life is told in full, folded. On a phone it is
drawn all the same, to be moved sideways, and the list says what it shows.
"""

from collections.abc import Iterator
from itertools import groupby, pairwise

from resdiff.model import Op
from resdiff.rendering.chronicle import ChronicleOptions
from resdiff.rendering.html.live import above, live_style
from resdiff.rendering.html.pieces import Markup, Ours, fill, head, joined, ours
from resdiff.report import counted, word
from resdiff.report.chronicle import Chronicle, LifeRow, OriginRow, Origins, What

__all__ = ["blame", "history"]

WIDTH, LEFT, RIGHT, TOP, STEP = 1000, 120, 60, 64, 19  # of the picture, in its own units
FIRST_SHEET, NEXT_SHEET = 66, 72  # lines of it on the first A4 page, below the title, and on each of the others
MARKS = {Op.EQUAL: "{}", Op.INSERT: "<ins>{}</ins>", Op.DELETE: "<del>{}</del>"}
TINTS = 0.3  # how strong the tint of the newest edition is; the oldest has none


def history(chronicle: Chronicle, options: ChronicleOptions) -> bytes:
    """The page of the lives."""
    lang = chronicle.lang
    script = ours("chronicle.js")
    rows = (*chronicle.living, *chronicle.ended)
    is_open = len(rows) <= 3
    way = '<nav class="ways"><a href="{}">{}</a></nav>\n'
    page = fill(
        """\
{head}<body>
{above}<header>
{way}<h1>{title}</h1>
</header>
<main>
<figure aria-label="{about}">{legend}
<div class="lives" tabindex="0" role="region" aria-label="{about}">{picture}</div></figure>
{living}{ended}</main>
{script}</body>
</html>
""",
        head=head(chronicle.title, lang, _style(live_style(options.live)), script, sends=bool(options.live)),
        above=above(options.live, lang),
        title=chronicle.title,
        way=fill(way, options.index, word("page.way-index", lang)) if options.index else "",
        about=word("history.picture", lang),
        legend=_legend(lang),
        picture=_picture(chronicle, rows),
        living=_list("history.living", chronicle.living, chronicle, is_open=is_open),
        ended=_list("history.ended", chronicle.ended, chronicle, is_open=is_open),
        script=script.tag,
    )
    return page.encode("utf-8")


def _style(more: str = "") -> Ours:
    return ours("front.css", ours("chronicle.css").text + more)


# ---- the picture ----------------------------------------------------------------------------------------------------


def _legend(lang: str) -> Markup:
    items = [
        fill(
            '<li><svg viewBox="0 0 22 14" aria-hidden="true"><path class="ln" d="M0 7H22"/>{}</svg>{}</li>',
            _sign(what, 11, 7),
            word(f"history.{what}", lang).partition(" (")[0],
        )
        for what in What
    ]
    absent = fill(
        '<li><svg viewBox="0 0 22 14" aria-hidden="true">{}</svg>{}</li>', _cross(11, 7), word("history.absent", lang)
    )
    meaning = fill('<p class="also">{}</p>', word("history.forms", lang))
    return fill('<ul class="key">{}{}</ul>\n{}', joined(items), absent, meaning)


def _sign(what: What, x: float, y: float) -> Markup:
    match what:
        case What.COPIED:
            return Markup("")
        case What.MOVED:
            return fill('<path class="moved" d="M{} {}l4 -5 4 5zm0 2l4 5 4 -5z"/>', x - 4, y - 1)
        case What.SPLIT:
            return fill('<path class="split" d="M{} {}l9 -5v10z"/>', x - 5, y)
        case What.MERGED:
            return fill('<path class="merged" d="M{} {}l-9 -5v10z"/>', x + 5, y)
        case What.CHANGED:
            return fill('<rect class="changed" x="{}" y="{}" width="8" height="8"/>', x - 4, y - 4)
        case What.EDITED:
            return fill('<circle class="edited" cx="{}" cy="{}" r="3.2"/>', x, y)
    return fill('<circle class="{}" cx="{}" cy="{}" r="4.6"/>', what, x, y)


def _cross(x: float, y: float) -> Markup:
    return fill('<path class="dropped" d="M{} {}l7 7m0 -7l-7 7"/>', x - 3.5, y - 3.5)


def _picture(chronicle: Chronicle, rows: tuple[LifeRow, ...]) -> Markup:
    editions = chronicle.editions
    step = (WIDTH - LEFT - RIGHT) / max(1, len(editions) - 1)
    columns = [round(LEFT + step * place, 1) for place in range(len(editions))]
    gap = len(chronicle.living)  # a line is left between those that live and those that ended
    heights = {row.place: TOP + STEP * (rank + 1 + (rank >= gap)) for rank, row in enumerate(rows)}
    height = TOP + STEP * (len(rows) + 2)
    ended = fill(
        '<text class="soft" x="4" y="{}">{}</text>\n', TOP + STEP * (gap + 1) + 4, word("history.ended", chronicle.lang)
    )
    heads = joined(
        fill(
            '<g transform="translate({} {}) rotate(-40)"><text class="ed">{}</text></g>\n'
            '<path class="rule" d="M{} {}V{}"/>\n',
            x,
            TOP - 8,
            edition.dated,
            x,
            TOP,
            height,
        )
        for x, edition in zip(columns, editions, strict=True)
    )
    lines = joined(_line(row, columns, heights, chronicle) for row in rows)
    picture = fill(
        '<svg viewBox="0 0 {} {}">\n<g id="heads">{}</g><g id="lines">{}{}</g></svg>',
        WIDTH,
        height,
        heads,
        ended if chronicle.ended else "",
        lines,
    )
    return joined([picture, *_sheets(len(rows) + 1)])


def _sheets(lines: int) -> Iterator[Markup]:
    """The picture again for paper, where it is longer than the first page: cut between two lines, below the editions.

    A picture is not broken: it would leave the page of the title blank, and be cut through a line.
    """
    if lines <= FIRST_SHEET:
        return
    first, most = 0, FIRST_SHEET
    while first < lines:
        size = STEP * min(most, lines - first)
        yield fill(
            '\n<svg class="sheet" viewBox="0 0 {} {}" aria-hidden="true"><use href="#heads"/>'
            '<svg y="{}" width="{}" height="{}" viewBox="0 {} {} {}"><use href="#lines"/></svg></svg>',
            *(WIDTH, TOP + size, TOP, WIDTH, size, TOP + STEP * first + STEP // 2, WIDTH, size),
        )
        first, most = first + most, NEXT_SHEET


def _line(row: LifeRow, columns: list[float], heights: dict[int, int], chronicle: Chronicle) -> Markup:
    """A life under its name: its path, into that of another where it ended there, with a sign for each moment."""
    y = heights[row.place]
    target = heights.get(row.into) if row.into is not None else None
    parts = [*_path(row, columns, y, target), *_moment_signs(row, columns, y, target, chronicle)]
    if row.dropped is not None:
        parts.append(_cross(columns[row.dropped], y))
    return fill(
        '<a href="#l{}" aria-label="{}"><rect class="band" x="0" y="{}" width="{}" height="{}"/>'
        '<text class="nm" x="4" y="{}">{}</text>{}</a>\n',
        row.place + 1,
        f"{row.label}, {row.since}{f', {row.ending}' if row.ending else ''}",
        y - STEP / 2,
        WIDTH,
        STEP,
        y + 4,
        row.label if len(row.label) <= 18 else row.label[:17] + "…",
        joined(parts),
    )


def _path(row: LifeRow, columns: list[float], y: int, target: int | None) -> Iterator[Markup]:
    """The path of a life from edition to edition, the last step to the height of the life it went into."""
    for before, after in pairwise(row.moments):
        x, to = columns[before.edition], columns[after.edition]
        if target is not None and after is row.moments[-1]:
            yield fill('<path class="ln join" d="M{} {}C{} {} {} {} {} {}"/>', x, y, to, y, x, target, to, target)
            continue
        looks = "ln two" if len(after.ids) > 1 else "ln gap" if after.what is What.RETURNED else "ln"
        yield fill('<path class="{}" d="M{} {}H{}"/>', looks, x, y, to)


def _moment_signs(
    row: LifeRow, columns: list[float], y: int, target: int | None, chronicle: Chronicle
) -> Iterator[Markup]:
    """A sign for each moment of a life, with what it says; the last of one that ended in another stands there."""
    for moment in row.moments if target is None else row.moments[:-1]:
        yield fill(
            "<g><title>{}{}{}</title>{}<circle cx='{}' cy='{}' r='7' fill='transparent'/></g>",
            f"{chronicle.editions[moment.edition].dated}, {moment.label}",
            word("word.colon", chronicle.lang),
            moment.said,
            _sign(moment.what, columns[moment.edition], y),
            columns[moment.edition],
            y,
        )


# ---- the lives in full ----------------------------------------------------------------------------------------------


def _list(key: str, rows: tuple[LifeRow, ...], chronicle: Chronicle, *, is_open: bool) -> Markup:
    if not rows:
        return Markup("")
    lives = joined(_life(row, chronicle, is_open=is_open) for row in rows)
    return fill("<section><h2>{} ({})</h2>\n{}</section>\n", word(key, chronicle.lang), len(rows), lives)


def _life(row: LifeRow, chronicle: Chronicle, *, is_open: bool) -> Markup:
    told = [row.since, counted("history.wordings", len(row.wordings), chronicle.lang), row.ending]
    return fill(
        '<details class="life" id="l{}"{}><summary><b>{}</b><span class="op">{}</span><small>{}</small></summary>\n'
        "<ol>\n{}</ol></details>\n",
        row.place + 1,
        Markup(" open") if is_open else "",
        row.label,
        row.opening,
        " · ".join(filter(None, told)),
        joined(_moments(row, chronicle)),
    )


def _moments(row: LifeRow, chronicle: Chronicle) -> Iterator[Markup]:
    told = {moment.edition for moment in row.wordings}
    for is_told, group in groupby(row.moments, key=lambda moment: moment.edition in told):
        moments = list(group)
        names = [f"{chronicle.editions[m.edition].dated}, {m.label}" for m in moments]
        if not is_told:
            said = word("history.copied", chronicle.lang)
            yield fill('<li class="same">{}{}{}</li>\n', ", ".join(names), word("word.colon", chronicle.lang), said)
            continue
        for name, moment in zip(names, moments, strict=True):
            words = joined(fill(MARKS[edit.op], edit.text) for edit in moment.edits)
            yield fill("<li><h3>{} <span>– {}</span></h3><p>{}</p></li>\n", name, moment.said, words)


# ---- blame ----------------------------------------------------------------------------------------------------------


def blame(origins: Origins, options: ChronicleOptions) -> bytes:
    """The page of the last text, each run tinted by its edition and named where that is not the first."""
    lang = origins.lang
    newest = max(1, len(origins.editions) - 1)
    tints = "\n".join(
        f".e{place}{{background:rgba(var(--o),{TINTS * place / newest:.3f})}}" for place in range(len(origins.editions))
    )
    page = fill(
        """\
{head}<body>
{above}<header>
<h1>{title}</h1>
</header>
<main>
<section aria-labelledby="h-legend"><h2 id="h-legend">{legend}</h2>
<dl class="shares">
{shares}</dl></section>
{rows}</main>
</body>
</html>
""",
        head=head(origins.title, lang, _style(tints + live_style(options.live)), sends=bool(options.live)),
        above=above(options.live, lang),
        title=origins.title,
        legend=word("blame.legend", lang),
        shares=joined(_shares(origins)),
        rows=joined(_said(row, origins) for row in origins.rows),
    )
    return page.encode("utf-8")


def _shares(origins: Origins) -> Iterator[Markup]:
    shares = zip(origins.editions, origins.shares, origins.percents, strict=True)
    for place, (edition, share, percent) in enumerate(shares):
        if share:
            yield fill(
                '<dt>{}</dt><dd>{}</dd><dd><svg viewBox="0 0 100 8" width="100%" height="12" preserveAspectRatio="none"'
                ' aria-hidden="true"><rect class="changed" width="{}" height="8"/></svg></dd><dd><small class="e{}">'
                "{}</small></dd>\n",
                edition.name,
                word("blame.share", origins.lang).format(percent),
                max(0.5, round(100 * share, 1)),
                place,
                edition.date or edition.name,
            )


def _said(row: OriginRow, origins: Origins) -> Markup:
    runs = []
    for run in row.runs:
        edition = origins.editions[run.origin]
        doubt = f" ({word('blame.uncertain', origins.lang)})" if run.uncertain else ""
        name = fill("<small>{}</small>", edition.name + ("?" if run.uncertain else "")) if run.origin else ""
        lead = run.text[: len(run.text) - len(run.text.lstrip())]
        runs.append(
            fill(
                '{}<span class="w e{}{}" title="{}{}">{}{}</span>',
                lead,
                run.origin,
                " un" if run.uncertain else "",
                edition.dated,
                doubt,
                name,
                run.text.lstrip(),
            )
        )
    return fill('<section class="said" id="{}"><h2>{}</h2><p>{}</p></section>\n', row.id, row.label, joined(runs))
