"""A search and the check of a draft as one HTML file each: no network, no script, on paper too."""

from collections import Counter
from collections.abc import Iterator

from resdiff.messages import message
from resdiff.model import Op
from resdiff.rendering.agreed import Look
from resdiff.rendering.html.live import above, live_style
from resdiff.rendering.html.pieces import Markup, fill, head, joined, language, ours
from resdiff.report import counted, label
from resdiff.report.agreed import (
    about,
    adopted,
    clause_note,
    fit,
    found_line,
    grouped,
    lasted,
    named,
    remark_line,
    share,
    shares,
    shares_line,
    variants_line,
)
from resdiff.search.values import ClauseCheck, DraftCheck, Found, Hit, ParagraphCheck, Standing

__all__ = ["render_check", "render_found"]

MOST_ORIGINS = 6  # texts that have a bar of their own
MOST_FIRST = 5  # paragraphs named at the top
LARGE = 12  # words that are new, for a paragraph to be named at the top
CLASSES = {Standing.AGREED: "ag", Standing.ADAPTED: "ad", Standing.NEW: "nw"}


# ---- a search -------------------------------------------------------------------------------------------------------


def render_found(found: Found, look: Look) -> bytes:
    """The page of a search: the hits by series."""
    lang = look.lang
    title = message("search.title", found.query, lang=lang)
    groups = grouped(found)
    sections = [
        fill(
            "<section>{}{}</section>\n",
            fill(
                '<h2 class="{}">{}</h2>\n',
                "group" if len(groups) > 1 or series else "vh",
                series or message("search.no-series", lang=lang),
            ),
            joined(_hit(hit, lang) for hit in hits),
        )
        for series, hits in groups
    ]
    body = fill(
        """\
<body>
<a class="skip" href="#hits">{skip}</a>
{above}<header class="top"><div><h1>{title}</h1><p class="s">{line}</p></div></header>
<main id="hits">
{sections}</main>
</body>
</html>
""",
        skip=message("search.skip", lang=lang),
        above=above(look.live, lang),
        title=title,
        line=found_line(found, lang),
        sections=joined(sections),
    )
    return (head(title, lang, ours("agreed.css", live_style(look.live)), sends=bool(look.live)) + body).encode()


def _hit(hit: Hit, lang: str) -> Markup:
    variants = variants_line(hit, lang)
    return fill(
        """\
<article class="h"><div><h3>{place}</h3><span class="d">{lasted}</span></div>
<p class="t"{language}><span class="c">{before}</span>{words}<span class="c">{after}</span></p>
<div class="f"><p>{fit}</p>{variants}{texts}</div></article>
""",
        place=adopted(hit, lang),
        lasted=lasted(hit, lang),
        language=language(hit.language, lang),
        before=hit.context[: hit.offset],
        words=_asked(hit),
        after=hit.context[hit.offset + len(hit.text) :],
        fit=fit(hit, lang),
        variants=_variants(hit, variants, lang) if variants else "",
        texts=_texts(hit, lang) if hit.editions > 1 else "",
    )


def _asked(hit: Hit) -> Markup:
    parts: list[object] = []
    end = 0
    for start, stop in hit.matches:
        parts += [hit.text[end:start], fill("<mark>{}</mark>", hit.text[start:stop])]
        end = stop
    return joined([*parts, hit.text[end:]])


def _variants(hit: Hit, line: str, lang: str) -> Markup:
    rows = [
        fill("<li><b>{}</b> <q{}>{}</q></li>\n", named(variant.first), language(hit.language, lang), variant.text)
        for variant in hit.variants
    ]
    return fill("<details><summary>{}</summary>\n<ol>\n{}</ol></details>\n", line, joined(rows))


def _texts(hit: Hit, lang: str) -> Markup:
    rows = [fill("<li>{}</li>\n", named(symbol)) for symbol in hit.texts]
    heading = message("search.editions", lang=lang)
    return fill("<details><summary>{}</summary>\n<ul>\n{}</ul></details>\n", heading, joined(rows))


# ---- a draft --------------------------------------------------------------------------------------------------------


def render_check(check: DraftCheck, look: Look) -> bytes:
    """The page of a draft: the shares, what to look at first, then each paragraph with its sources beside it."""
    lang = look.lang
    title = message("check.title", check.name or check.title, lang=lang)
    body = fill(
        """\
<body>
<a class="skip" href="#text">{skip}</a>
{above}<header class="top"><div><h1>{title}</h1><p class="s">{about}</p>
{shares}</div>
{origins}</header>
<main id="text">
{first}{controls}{paragraphs}</main>
</body>
</html>
""",
        skip=message("check.skip", lang=lang),
        above=above(look.live, lang),
        title=title,
        about=about(check, lang),
        shares=_shares(check, lang),
        origins=_origins(check, lang),
        first=_first(check, lang),
        controls=_controls(lang),
        paragraphs=joined(_paragraph(paragraph, check.language, lang) for paragraph in check.paragraphs),
    )
    return (head(title, lang, ours("agreed.css", live_style(look.live)), sends=bool(look.live)) + body).encode()


def _bar(counts: dict[Standing, int], name: str = "") -> Markup:
    """Counts as one bar."""
    parts, left = [], 0
    for way, count in counts.items():
        parts.append(fill('<rect class="{}" x="{}" width="{}" height="1"/>', way.value, left, count) if count else "")
        left += count
    view = fill('viewBox="0 0 {} 1" preserveAspectRatio="none" aria-hidden="true"', left or 1)
    return fill("<svg{} {}>{}</svg>", fill(' class="{}"', name) if name else "", view, joined(parts))


def _counts(counted: DraftCheck | ParagraphCheck) -> dict[Standing, int]:
    return {way: int(getattr(counted, way.value)) for way in Standing}


def _shares(check: DraftCheck, lang: str) -> Markup:
    rows = [
        fill(
            '<li><svg viewBox="0 0 1 1" aria-hidden="true"><rect class="{}" width="1" height="1"/></svg>'
            "<b>{}</b>{}</li>\n",
            way.value,
            message("check.percent", percent, lang=lang),
            message(f"check.{way.value}-long", lang=lang),
        )
        for way, percent in shares(check).items()
    ]
    return fill('<div class="shares">{}<ul>\n{}</ul></div>\n', _bar(_counts(check)), joined(rows))


def _origins(check: DraftCheck, lang: str) -> Markup:
    """The texts that what is agreed was taken from, by their share of it."""
    words: Counter[str] = Counter()
    for clause in check.clauses:
        if clause.source and clause.status is Standing.AGREED:
            words[clause.source.symbol] += clause.words
    if not words:
        return Markup("")
    ranked = sorted(words.items(), key=lambda row: (-row[1], row[0]))
    rest = sum(count for _, count in ranked[MOST_ORIGINS:])
    rows = [(named(symbol), count) for symbol, count in ranked[:MOST_ORIGINS]]
    rows += [(message("check.elsewhere", lang=lang), rest)] if rest else []
    total, most = sum(words.values()), max(count for _, count in rows)
    lines = [
        fill(
            '<li><span>{}</span><svg viewBox="0 0 {} 1" preserveAspectRatio="none" aria-hidden="true">'
            '<rect class="agreed" width="{}" height="1"/></svg><span>{}</span></li>\n',
            name,
            most,
            count,
            message("check.percent", share(count, total), lang=lang),
        )
        for name, count in rows
    ]
    return fill(
        '<div class="from"><h2>{}</h2><ul>\n{}</ul></div>\n', message("check.origins", lang=lang), joined(lines)
    )


def _first(check: DraftCheck, lang: str) -> Markup:
    """Where to look first: what is asked otherwise than in the source, then the paragraphs with most new words."""
    told: dict[str, list[str]] = {}
    for paragraph in check.paragraphs:
        for remark in paragraph.remarks:
            told.setdefault(paragraph.id, []).append(remark_line(remark, lang))
    newest = sorted(check.paragraphs, key=lambda paragraph: -paragraph.new)[:MOST_FIRST]
    for paragraph in newest:
        if paragraph.new >= LARGE and paragraph.new > paragraph.agreed + paragraph.adapted:
            told.setdefault(paragraph.id, []).append(message("check.mostly-new", lang=lang))
    rows = [
        fill('<li><a href="#{}">{}</a> {}</li>\n', p.id, label(p.id, lang), " ".join(told[p.id]))
        for p in check.paragraphs
        if p.id in told
    ]
    if not rows:
        return Markup("")
    heading = message("check.first", lang=lang)
    shown, more = joined(rows[:MOST_FIRST]), joined(rows[MOST_FIRST:])
    others = counted("check.others", len(rows) - MOST_FIRST, lang)
    rest = fill("<details><summary>{}</summary><ul>\n{}</ul></details>\n", others, more) if more else ""
    return fill('<section class="see"><h2>{}</h2><ul>\n{}</ul>{}</section>\n', heading, shown, rest)


def _controls(lang: str) -> Markup:
    keys = [
        fill(
            '<span class="k"><b class="{}">{}</b>{}</span>\n',
            CLASSES[way],
            message(f"check.{way.value}", lang=lang),
            message(f"check.legend-{way.value}", lang=lang),
        )
        for way in Standing
    ]
    boxes = [
        fill('<label><input type="checkbox" id="{0}"> {1}</label>\n', name, message(f"check.{name}", lang=lang))
        for name in ("dim", "only")
    ]
    return fill(
        '<h2 class="vh" id="h-marks">{}</h2><div class="ctl" role="group" aria-labelledby="h-marks">{}</div>\n',
        message("check.marks", lang=lang),
        joined([*keys, *boxes]),
    )


def _paragraph(paragraph: ParagraphCheck, spoken: str, lang: str) -> Markup:
    rows = list(_runs(paragraph))
    calm = not (paragraph.adapted or paragraph.new)
    return fill(
        """\
<article class="p{calm}" id="{id}"><div><h3><a href="#{id}">{label}</a></h3>{bar}<small>{shares}</small></div>
<p class="t"{language}>{words}</p>
<ol class="so" aria-label="{sources}">
{notes}</ol></article>
""",
        calm=" calm" if calm else "",
        id=paragraph.id,
        label=label(paragraph.id, lang),
        bar=_bar(_counts(paragraph), "bar"),
        shares=shares_line(paragraph, lang),
        language=language(spoken, lang),
        words=joined(_words(run, number) for number, run in enumerate(rows, 1)),
        sources=message("check.sources", lang=lang),
        notes=joined(_notes(rows, paragraph, spoken, lang)),
    )


def _runs(paragraph: ParagraphCheck) -> Iterator[list[ClauseCheck]]:
    """The clauses, those side by side that stand alike and come from one place together."""
    run: list[ClauseCheck] = []
    for clause in paragraph.clauses:
        if run and not (clause.edits or run[-1].edits) and _place(clause) == _place(run[-1]):
            run.append(clause)
            continue
        if run:
            yield run
        run = [clause]
    if run:
        yield run


def _place(clause: ClauseCheck) -> object:
    source = clause.source
    return (clause.status, source and (source.symbol, source.paragraph, source.first, source.editions))


def _words(run: list[ClauseCheck], number: int) -> Markup:
    """The words of a run as they stand in the draft, those that its source lacks bold, with the number of its note."""
    text = "".join(clause.text for clause in run)
    kept = text.rstrip()
    edits = [edit for edit in run[0].edits if edit.op is not Op.DELETE]
    if edits:
        said = "".join(edit.text for edit in edits)
        marked = [fill("<b>{}</b>", e.text) if e.op is Op.INSERT else e.text for e in edits]
        inner = joined([*marked, kept[len(said) :]])
    else:
        inner = joined([kept])
    name = CLASSES[run[0].status]
    return fill('<span class="{}">{}</span><sup class="x">{}</sup>{}', name, inner, number, text[len(kept) :])


def _notes(rows: list[list[ClauseCheck]], paragraph: ParagraphCheck, spoken: str, lang: str) -> Iterator[Markup]:
    """A note on each run of clauses by its number, then what the paragraph asks otherwise than its source."""
    for number, run in enumerate(rows, 1):
        clause = run[0]
        marks = ""
        if clause.edits:
            tags = {Op.INSERT: "<ins>{}</ins>", Op.DELETE: "<del>{}</del>", Op.EQUAL: "{}"}
            words = joined(fill(tags[edit.op], edit.text) for edit in clause.edits)
            summary = message("check.words-of", lang=lang)
            marks = fill("<details><summary>{}</summary><q{}>{}</q></details>", summary, language(spoken, lang), words)
        note = fill('<span class="k {}">{}</span>{}', clause.status.value, clause_note(clause, lang), marks)
        yield fill('<li><span class="n">{}</span><span>{}</span></li>\n', number, note)
    for remark in paragraph.remarks:
        line = remark_line(remark, lang)
        yield fill('<li><span class="n">!</span><span class="rm">{}</span></li>\n', line)
