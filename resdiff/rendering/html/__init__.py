"""The report as one HTML file: no network, works without script, prints on A4.

A page is written from the top down, a function a section. The browser may run our style and our script, known by
their hashes, and nothing else.
"""

from msgspec import Struct

from resdiff.model import Status
from resdiff.rendering.html.changes import changes_grid, title_words
from resdiff.rendering.html.front import front_page
from resdiff.rendering.html.pieces import (
    KIND_CLASSES,
    LOOKS,
    Markup,
    Ours,
    after,
    fill,
    head,
    inline,
    joined,
    language,
    link,
    ours,
)
from resdiff.report import (
    Changes,
    Index,
    Numbers,
    Provenance,
    Quote,
    Report,
    Summary,
    Title,
    Topic,
    Topics,
    notes_line,
    word,
)

__all__ = ["Options", "render", "render_index"]

# In the order in which a reader asks: what came, what grew, what went, what shrank.
STATUSES = (Status.NEW, Status.EXPANDED, Status.DROPPED, Status.REDUCED, Status.KEPT)
MOST_QUOTES = 6  # a side; what stands in every other paragraph is listed by address only


class Options(Struct, frozen=True, kw_only=True):
    """What lies beside the page, as addresses from where it stands: the pages of the comparisons before and after it in
    its series, the index, the same report in other formats. Empty is what does not exist."""

    previous: str = ""
    next: str = ""
    index: str = ""
    files: tuple[str, ...] = ()


def render(report: Report, options: Options) -> bytes:
    """The page of a report."""
    lang, title, changes = report.lang, report.find(Title), report.find(Changes)
    assert title
    topics = _by_status(report.find(Topics))
    script = ours("page.js")
    grid = (
        changes_grid(report, title, changes, [topic for _, found in topics for topic in found])
        if changes and changes.rows
        else ""
    )
    page = fill(
        """\
{head}<body>
<a class="skip" href="#changes">{skip}</a>
{header}<main>
<div class="top">
{summary}{numbers}</div>
{topics}{grid}{after}</main>
{script}</body>
</html>
""",
        head=head(report.title, lang, _style(lang), script if grid else None),
        skip=word("page.skip", lang),
        header=_header(report, title, options),
        summary=_summary(report.find(Summary), lang),
        numbers=_numbers(report.find(Numbers), lang),
        topics=_topics(topics, title, lang),
        grid=grid,
        after=after(report, title),
        script=script.tag if grid else "",
    )
    return page.encode("utf-8")


def render_index(index: Index, options: Options) -> bytes:
    """The front page of a changelog."""
    return front_page(index).encode("utf-8")


def _style(lang: str) -> Ours:
    """The style sheet, with the words that a screen reader says around inserted and deleted words."""
    spoken = {"ins": ("page.inserted", "page.inserted-end"), "del": ("page.deleted", "page.deleted-end")}
    rules = [
        f'{tag}::{place}{{content:" [{word(key, lang)}] "}}'
        for tag, keys in spoken.items()
        for place, key in zip(("before", "after"), keys, strict=True)
    ]
    return ours("page.css", "\n".join(rules) + "\n")


# ---- the top: title, summary, figures, topics -----------------------------------------------------------------------


def _header(report: Report, title: Title, options: Options) -> Markup:
    lang, provenance = report.lang, report.find(Provenance)
    names = [fill("<span>{} <small>{}</small></span>", text.name, text.date) for text in (title.old, title.new)]
    name = title_words(title.edits, lang) if title.edits else title.new.title
    return fill(
        """\
<header>
{ways}<p class="kicker">{body}{changes}</p>
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
    ways += [fill('<a href="{}">{}</a>', place, _form(place, lang)) for place in options.files]
    if not ways:
        return Markup("")
    return fill('<nav id="ways" aria-label="{}">{}</nav>', word("page.ways", lang), joined(ways))


def _form(place: str, lang: str) -> str:
    """What a reader calls a file, by its suffix: "Word", "PDF", "JSON"."""
    suffix = place.rpartition(".")[2].upper()
    return word("page.way-word", lang) if suffix == "DOCX" else suffix


def _provenance(block: Provenance, lang: str) -> Markup:
    lines = joined(fill("<li>{}</li>\n", inline(line)) for line in block.lines)
    return fill('<ul class="prov" aria-label="{}">\n{}</ul>\n', word("heading.provenance", lang), lines)


def _summary(block: Summary | None, lang: str) -> Markup:
    if not block:
        return Markup("")
    return fill(
        '<section class="sum" aria-labelledby="h-summary"><h2 id="h-summary">{}</h2>\n{}<ol>\n{}</ol></section>\n',
        word("heading.summary", lang),
        fill('<p class="note">{}</p>\n', block.note) if block.note else "",
        joined(
            fill("<li{}>{}</li>\n", Markup(' class="lead"') if sentence.lead else "", inline(sentence))
            for sentence in block.sentences
        ),
    )


def _numbers(block: Numbers | None, lang: str) -> Markup:
    if not block:
        return Markup("")
    figures: list[tuple[str, str, int]] = [(KIND_CLASSES[kind], kind, number) for kind, number in block.kinds if number]
    figures += [("mov", "moved", block.moved)] if block.moved else []
    notes = notes_line(block, lang)
    return fill(
        """\
<section class="figures" aria-labelledby="h-numbers"><h2 id="h-numbers">{heading}</h2>
<dl>
<div><dt>{paragraphs}</dt><dd>{old} → {new}</dd></div>
{kinds}{notes}</dl></section>
""",
        heading=word("heading.numbers", lang),
        paragraphs=word("heading.paragraphs", lang),
        old=block.old,
        new=block.new,
        kinds=joined(
            fill('<div class="{}"><dt>{}</dt><dd>{}</dd></div>\n', name, _kinds(kind, number, lang), number)
            for name, kind, number in figures
        ),
        notes=fill("<div><dt>{}</dt><dd>{}</dd></div>\n", word("heading.footnotes", lang), notes) if notes else "",
    )


def _kinds(kind: str, number: int, lang: str) -> str:
    """The word of a kind in the singular or the plural, without the number."""
    return word(f"kind.{kind}-{'one' if number == 1 else 'many'}", lang).format("").strip()


def _by_status(block: Topics | None) -> list[tuple[Status, list[Topic]]]:
    """The topics by status, in the order of the page; within one status the order they came in."""
    topics = block.topics if block else ()
    found = [(status, [topic for topic in topics if topic.status is status]) for status in STATUSES]
    return [(status, topics) for status, topics in found if topics]


def _topics(found: list[tuple[Status, list[Topic]]], title: Title, lang: str) -> Markup:
    """The topics, those that are kept folded; each opens on the words that show it."""
    if not found:
        return Markup("")
    return fill(
        '<section class="topics" aria-labelledby="h-topics"><h2 id="h-topics">{}</h2>\n{}</section>\n',
        word("heading.topics", lang),
        joined(_topics_of(status, topics, title, lang) for status, topics in found),
    )


def _topics_of(status: Status, topics: list[Topic], title: Title, lang: str) -> Markup:
    name = word(f"status.{status}-many", lang)
    pills = joined(_pill(topic, title, lang) for topic in topics)
    if status is not Status.KEPT:
        heading = fill('<h3 class="st {}">{}</h3>', LOOKS[status][0], name)
        return fill('<div class="line">{}<div class="pills">\n{}</div></div>\n', heading, pills)
    return fill(
        """\
<details class="kept"><summary><span class="st same">{}</span> <span class="n">{}</span></summary>
<div class="line"><div class="pills">
{}</div></div>
</details>
""",
        name,
        len(topics),
        pills,
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
