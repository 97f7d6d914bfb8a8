"""The report as one HTML file: no network, works without script, prints on A4.

A page is written from the top down, a function a section. The browser may run our style and our script, known by
their hashes, and nothing else.
"""

from collections.abc import Sequence

from msgspec import Struct

from resdiff.rendering.html.changes import changes_grid, title_words
from resdiff.rendering.html.live import Live, form, masthead
from resdiff.rendering.html.pieces import (
    KIND_CLASSES,
    LOOKS,
    Markup,
    Ours,
    after,
    fill,
    format_name,
    head,
    icon,
    icons,
    inline,
    joined,
    language,
    link,
    nested,
    ours,
    source_of,
)
from resdiff.rendering.paper import Column, lines
from resdiff.report import (
    NEWS,
    Changes,
    Index,
    Numbers,
    Picture,
    Provenance,
    Quote,
    Report,
    Sentence,
    Summary,
    Title,
    Told,
    Topic,
    Topics,
    in_number,
    notes_line,
    numbered,
    topic_names,
    word,
)

__all__ = ["Live", "Options", "render", "render_index"]

# In the order in which a reader asks: what came, what grew, what went.
STATUSES = (Told.NEW, Told.EXPANDED, Told.DROPPED)
OTHER_CLASSES = {  # else moved
    "doubtful": "mod",
    "inside": "mod",
    **dict.fromkeys(("points-added", "points-added-or-rewritten"), "add"),
    **dict.fromkeys(("points-removed", "points-removed-or-rewritten"), "del"),
}
LIGHT = frozenset({"retouched", "updated"})  # each says so beside its paragraph, and there is a choice for them
MOST_QUOTES = 6  # a side; what stands in every other paragraph is listed by address only
MOST_NAMES = 5  # topics that stand there by their names
# The first sheet of paper, in points: as wide as A4 between its margins, as high as Letter without what stands on every
# one: the two symbols, the figures, what follows.
WIDE, LEADS = Column(516.0, 1.38), Column(491.0, 1.38, between=5.0)
SHEET = 586.0


class Options(Struct, frozen=True, kw_only=True):
    """What lies beside the page, as addresses from where it stands: the pages of the comparisons before and after it in
    its series, the index, the same report in other formats. Empty is what does not exist. ``live`` is what a page has
    besides that is served."""

    previous: str = ""
    next: str = ""
    index: str = ""
    files: tuple[str, ...] = ()
    live: Live | None = None


def render(report: Report, options: Options) -> bytes:
    """The page of a report."""
    lang, title, changes = report.lang, report.find(Title), report.find(Changes)
    assert title
    topics = _by_status(report.find(Topics))
    live = options.live
    script = ours("page.js", source_of("live.js") if live else "")
    summary = report.find(Summary)
    leads, rest = (summary.leads, summary.rest) if summary else ((), ())
    found = [topic for _, rows in topics for topic in rows]
    grid = changes_grid(report, title, changes, found, leads) if changes and changes.rows else None
    above = fill(
        """\
{head}<body>
{icons}<a class="skip" href="#changes">{skip}</a>
{masthead}{header}<main>
<div class="top">
<div>
{summary}{rest}{topics}</div>
{numbers}{then}</div>
""",
        head=head(report.title, lang, _style(report, topics, live), script if grid else None, sends=bool(live)),
        masthead=masthead(live, lang) if live else "",
        icons=icons(),
        skip=word("page.skip", lang),
        header=_header(report, title, options),
        summary=_summary(summary, lang) if summary else "",
        rest=_rest(rest, lang),
        topics=_topics(topics, title, lang),
        numbers=_numbers(report.find(Numbers), topics, lang),
        then=_then(report, rest),
    )
    below = fill(
        "{after}</main>\n{form}{script}</body>\n</html>\n",
        after=after(report, title),
        form=form(live) if live else "",
        script=script.tag if grid else "",
    )
    return b"".join([part.encode("utf-8") for part in (above, *(grid or ()), below)])


def render_index(index: Index, options: Options) -> bytes:
    """The front page of a changelog."""
    from resdiff.rendering.html.front import front_page  # for a changelog alone

    return front_page(index).encode("utf-8")


def _style(report: Report, topics: Sequence[tuple[Told, list[Topic]]], live: Live | None) -> Ours:
    """The style sheet, with the words that a screen reader says around inserted and deleted words, the title at the
    head of each printed page, and the size of what matters most on the first."""
    lang = report.lang
    spoken = {"ins": ("page.inserted", "page.inserted-end"), "del": ("page.deleted", "page.deleted-end")}
    rules = [
        f'{tag}::{place}{{content:" [{word(key, lang)}] "}}'
        for tag, keys in spoken.items()
        for place, key in zip(("before", "after"), keys, strict=True)
    ]
    printed = f'@page{{@top-left{{content:"{_in_style(report.title)}";font:8pt sans-serif;color:#444}}}}'
    return ours(
        "page.css", "\n".join([*rules, printed, _first_sheet(report, topics), source_of("live.css") if live else ""])
    )


def _first_sheet(report: Report, topics: Sequence[tuple[Told, list[Topic]]]) -> str:
    """The size in which what matters most is printed, so that it stands on the first sheet with all that is around it,
    in the sizes of the style sheet; whether the rest is kept together: where the first sheet is too short, it is not,
    for it would leave the second one empty."""
    title, provenance, summary = report.find(Title), report.find(Provenance), report.find(Summary)
    if not (title and summary):
        return ""
    small = [" ".join(lines(provenance.lines)) if provenance else "", summary.note]
    small += [
        f"{word(f'page.topics-{status}', report.lang)} {_first(found)}" for status, found in topics if status in NEWS
    ]
    room = SHEET - WIDE.height([title.new.title], 12) - WIDE.height(small, 8)
    first = lines(summary.first)
    size = LEADS.largest(first, room)
    return f":root{{--lead:{size:g}pt;--rest:{'avoid' if LEADS.height(first, size) <= room else 'auto'}}}"


def _in_style(text: str) -> str:
    """A text as a string of a style sheet: what is no letter, digit or space is written by its number.

    >>> _in_style('De 72/194 "</style>')
    'De 72\\\\2f 194 \\\\22 \\\\3c \\\\2f style\\\\3e '
    """
    return "".join(sign if sign.isalnum() or sign == " " else f"\\{ord(sign):x} " for sign in text)


# ---- the top: title, summary, figures, topics -----------------------------------------------------------------------


def _header(report: Report, title: Title, options: Options) -> Markup:
    lang, provenance = report.lang, report.find(Provenance)
    names = [fill("<span>{} <small>{}</small></span>", text.name, text.date) for text in (title.old, title.new)]
    name = title_words(title.edits, lang) if title.edits else title.new.title
    return fill(
        """\
<header>
<div class="kicker"><span>{body}{changes}</span>{ways}</div>
<h1 aria-label="{title}">{old} <b aria-hidden="true">→</b> {new}</h1>
{name}{provenance}</header>
""",
        body=fill("{} · ", title.body) if title.body else "",
        changes=word("heading.changes", lang),
        ways=_ways(options, lang),
        title=report.title,
        old=names[0],
        new=names[1],
        name=fill('<p class="name"{}>{}</p>\n', language(title.new.language, lang), name) if name else "",
        provenance=_provenance(provenance, lang) if provenance else "",
    )


def _ways(options: Options, lang: str) -> Markup:
    """The links to what lies beside the page."""
    around = (("previous", options.previous), ("next", options.next), ("index", options.index))
    ways = [fill('<a href="{}">{}</a>', place, word(f"page.way-{name}", lang)) for name, place in around if place]
    ways += [fill('<a href="{}">{}</a>', place, format_name(place.rpartition(".")[2])) for place in options.files]
    if not ways:
        return Markup("")
    return fill('<nav id="ways" aria-label="{}">{}</nav>', word("page.ways", lang), joined(ways))


def _provenance(block: Provenance, lang: str) -> Markup:
    lines = joined(fill("<li>{}</li>\n", inline(line)) for line in block.lines)
    return fill('<ul class="prov" aria-label="{}">\n{}</ul>\n', word("heading.provenance", lang), lines)


def _summary(block: Summary, lang: str) -> Markup:
    """What matters most, and when it falls due, which a delegate looks for first, whatever else there is to say."""
    if not block.leads:
        return Markup("")
    return fill(
        """\
<section class="sum" aria-labelledby="h-summary"><h2 id="h-summary">{}</h2>{}
<ol id="leads">
{}</ol>
{}{}</section>
""",
        word("heading.summary", lang),
        fill('<p class="note">{}</p>', block.note) if block.note else "",
        joined(
            fill('<li><b class="no" aria-hidden="true">{}</b><p class="long">{}</p></li>\n', number, inline(sentence))
            for number, sentence in enumerate(block.leads, 1)
        ),
        joined(fill('<div class="when"><p class="long">{}</p></div>\n', inline(sentence)) for sentence in block.dates),
        joined(fill('<p class="long">{}</p>\n', inline(sentence)) for sentence in block.closing),
    )


def _rest(sentences: Sequence[Sentence], lang: str) -> Markup:
    if not sentences:
        return Markup("")
    return fill(
        '<details class="more" id="rest"><summary>{}</summary>\n<ul>\n{}</ul></details>\n',
        numbered("page.others", sentences, lang),
        joined(fill("<li>{}</li>\n", nested(sentence)) for sentence in sentences),
    )


def _then(report: Report, rest: Sequence[Sentence]) -> Markup:
    """What comes after the first sheet of paper, which is handed out alone; on a screen it is at hand."""
    lang, changes = report.lang, report.find(Changes)
    ways = [("rest", numbered("page.others", rest, lang))] if rest else []
    if changes and changes.rows:
        ways += [("map", word("page.picture", lang))] if report.find(Picture) else []
        ways.append(("changes", word("heading.changes", lang)))
    if not ways:
        return Markup("")
    links = joined([fill('<a href="#{}">{}</a>', *way) for way in ways], " · ")
    return fill('<p class="then"><b>{}</b>{}{}</p>\n', word("heading.then", lang), word("word.colon", lang), links)


def _numbers(block: Numbers | None, topics: Sequence[tuple[Told, list[Topic]]], lang: str) -> Markup:
    if not block:
        return Markup("")
    kinds = [(KIND_CLASSES[kind], row, number) for row, kind, number in block.told]
    lines: list[tuple[str, str, str, int]]
    lines = [(kind if name == "spl" else name, name, kind, number) for name, kind, number in kinds]
    rows = (*block.others, *block.in_kept, *block.among, *block.across, *block.to_check)
    others = [(OTHER_CLASSES.get(kind, "mov"), kind, number) for kind, number in rows if number and kind not in LIGHT]
    lines += [(name, name, kind, number) for name, kind, number in others]
    return fill(
        """\
<section class="figures" aria-labelledby="h-numbers"><h2 class="vh" id="h-numbers">{heading}</h2>
<p class="big">{old} → {new} <small>{paragraphs}</small></p>
<svg class="share" viewBox="0 0 {total} 1" preserveAspectRatio="none" aria-hidden="true">{share}</svg>
<dl>
{lines}</dl>
{topics}</section>
""",
        heading=word("heading.numbers", lang),
        old=block.old,
        new=block.new,
        paragraphs=word("heading.paragraphs", lang),
        total=sum(number for _, _, number in kinds) or 1,
        share=_share(kinds),
        lines=joined(
            fill(
                '<div class="{}"><dt>{}{}</dt><dd>{}</dd></div>\n',
                name,
                icon(look),
                in_number(f"kind.{kind}", number, lang),
                number,
            )
            for look, name, kind, number in lines
        ),
        topics=_below(block, topics, lang),
    )


def _below(block: Numbers, topics: Sequence[tuple[Told, list[Topic]]], lang: str) -> Markup:
    """What became of the footnotes, which are counted apart, and the first topics that are news."""
    rows = [("notes", notes_line(block, lang))]
    rows += [(f"topics-{status}", _first(found)) for status, found in topics if status in NEWS]
    line = '<p class="names"><b>{}</b> {}</p>\n'
    return joined(fill(line, word(f"page.{name}", lang), said) for name, said in rows if said)


def _first(topics: Sequence[Topic]) -> str:
    """The first topics by their names alone, with "…" where there are more."""
    return topic_names([*(topic.label for topic in topics[:MOST_NAMES]), *(["…"] if len(topics) > MOST_NAMES else [])])


def _share(kinds: Sequence[tuple[str, str, int]]) -> Markup:
    """The figures as one bar."""
    parts, left = [], 0
    for name, _, number in kinds:
        parts.append(fill('<rect class="{}" x="{}" width="{}" height="1"/>', name, left, number))
        left += number
    return joined(parts)


def _by_status(block: Topics | None) -> list[tuple[Told, list[Topic]]]:
    """The topics by status, in the order of the page; within one status the order they came in."""
    topics = block.topics if block else ()
    found = [(status, [topic for topic in topics if topic.status == status]) for status in STATUSES]
    return [(status, topics) for status, topics in found if topics]


def _topics(found: list[tuple[Told, list[Topic]]], title: Title, lang: str) -> Markup:
    """The topics by status, folded; each opens on the words that show it."""
    if not found:
        return Markup("")
    counts = ", ".join(f"{len(topics)} {in_number(f'status.{status}', len(topics), lang)}" for status, topics in found)
    return fill(
        '<details class="topics"><summary>{} <span class="n">{}</span></summary>\n{}</details>\n',
        word("heading.topics", lang),
        counts,
        joined(_topics_of(status, topics, title, lang) for status, topics in found),
    )


def _topics_of(status: Told, topics: list[Topic], title: Title, lang: str) -> Markup:
    return fill(
        '<div class="line"><h3 class="st {}">{}</h3><div class="pills">\n{}</div></div>\n',
        LOOKS[status][0],
        word(f"status.{status}-many", lang),
        joined(_pill(topic, title, lang) for topic in topics),
    )


def _pill(topic: Topic, title: Title, lang: str) -> Markup:
    old, new = language(title.old.language, lang), language(title.new.language, lang)
    count = f"{len(topic.old)} → {len(topic.new)}" if topic.old and topic.new else len(topic.old or topic.new)
    return fill(
        """\
<details class="pill" data-topic="{}"><summary>{} <span class="n">{}</span></summary>
<ul>
{}{}</ul>
</details>
""",
        topic.id,
        topic.label,
        count,
        _quotes(topic.old, fill(' class="old"{}', old)),
        _quotes(topic.new, new),
    )


def _quotes(quotes: tuple[Quote, ...], attributes: Markup) -> Markup:
    """The first quotes of one side, and where the others stand."""
    lines = [fill("<li>{} <q{}>{}</q></li>\n", link(q.place), attributes, q.text) for q in quotes[:MOST_QUOTES]]
    if more := dict.fromkeys(quote.place for quote in quotes[MOST_QUOTES:]):
        lines.append(fill("<li>{}</li>\n", joined(fill("{} ", link(place)) for place in more)))
    return joined(lines)
