"""The front pages of a changelog: all series, a year, one series with its editions.

A reader who knows neither the symbol nor the series finds the latest on top; the script only searches, and where a
page has not all pairs in full it is given the others as data. Without it every pair is reached by its series or year.
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import quote

from resdiff.model import Kind
from resdiff.rendering.html.pieces import Markup, fill, format_name, head, inline, joined, language, ours
from resdiff.report import NEWS, Index, Listing, Pair, Text, Told, Topic, Way, counted, topic_names, word

__all__ = ["front_page"]

Row = tuple[Listing, Pair]
# What the bars of a pair show, from top to bottom: its class, its sign, its kinds. The signs tell it without colours.
BARS = (
    ("add", "+", (Kind.ADDED,)),
    ("del", "−", (Kind.REMOVED,)),
    ("mod", "≠", (Kind.MODIFIED, Kind.SPLIT, Kind.MERGED)),
)
BAR_LEFT, BAR_WIDTH, BAR_STEP = 44, 110, 18
MOST_TOPICS = 8  # of a pair, by name; the others are counted
RE_DAY = r"\d{4}(-\d\d-\d\d)?"  # what the attribute of a time may be


def front_page(index: Index) -> Markup:
    """The page of an index: with ``series`` that of one series, with ``years`` the latest pairs of all."""
    lang, series = index.lang, index.series
    name = series.title if series else index.title
    in_bar = f"{name} – {index.up.name}" if index.up else name  # a page below the first one says whose it is
    is_bare = index.is_list and not index.brief  # a list of series, with no pairs and nothing to search
    script = None if is_bare else ours("front_far.js" if index.search else "front.js")
    skip = fill('<a class="skip" href="#pairs">{}</a>\n', word("front.skip", lang))
    return fill(
        """\
{head}<body>
{skip}<header>
{ways}<h1>{title}</h1>
{editions}{search}</header>
<main id="main">
{failed}{pairs}{years}{listings}{feed}</main>
{data}{script}</body>
</html>
""",
        head=head(in_bar, lang, ours("front.css"), script, _feed_link(index)),
        skip="" if is_bare else skip,
        ways=_ways(index),
        title=name,
        editions=_editions(series, index) if series else "",
        search="" if is_bare else _search(index),
        failed=_failed(index.failed, lang),
        pairs="" if is_bare else _pairs(index),
        years=_nav("years", index.years, index),
        listings=_listings(index),
        feed=_feed(index),
        data=_data(index.found),
        script=script.tag if script else "",
    )


# ---- the top --------------------------------------------------------------------------------------------------------


def _ways(index: Index) -> Markup:
    """The links to the front page of all and to the pages before and after this one; on that page, to what follows."""
    ways = (("up", "↑", index.up), ("prev", "←", index.previous), ("next", "→", index.next))
    link = '<a rel="{}" href="{}.{}"><span aria-hidden="true">{} </span><bdi>{}</bdi></a>\n'
    links = [fill(link, rel, quote(way.page), index.formats[0], arrow, way.name) for rel, arrow, way in ways if way]
    below = {"years": index.years, "series": index.letters or (() if index.up else index.listings)}
    lives = index.series.lives if index.series else ()
    links += [
        fill('<a href="{}.{}">{}</a>\n', quote(way.page), index.formats[0], _whole(way, lives, index.lang))
        for way in lives
    ]
    links += [
        fill('<a href="#h-{}">{}</a>\n', x, word(f"front.{x}", index.lang)) for x, there in below.items() if there
    ]
    if not links:
        return Markup("")
    return fill('<nav class="ways" aria-label="{}">\n{}</nav>\n', word("page.ways", index.lang), joined(links))


def _whole(way: Way, lives: Sequence[Way], lang: str) -> str:
    """What leads to a series told as a whole; where it is in several languages, with that of its texts."""
    name = word("front.lives", lang)
    return f"{name} ({way.name})" if len(lives) > 1 else name


def _editions(series: Listing, index: Index) -> Markup:
    """The editions of a series from the first to the last, a row a language; each leads to what it changed."""
    rows = [list(pairs) for _, pairs in groupby(series.pairs, key=lambda pair: pair.language)]
    lists = joined(fill('<ol class="editions">\n{}</ol>\n', joined(_row_of_editions(pairs))) for pairs in rows)
    return fill('<nav aria-label="{}">\n{}</nav>\n', word("front.editions", index.lang), lists) if rows else lists


def _row_of_editions(pairs: Sequence[Pair]) -> Iterator[Markup]:
    first = pairs[0]
    yield fill("<li>{}{}</li>\n", first.old, _dated(first.texts[0]) if first.texts else "")
    for pair in pairs:
        name = pair.new if pair.error else fill('<a href="#{}">{}</a>', quote(pair.stem), pair.new)
        yield fill("<li>{}{}</li>\n", name, _dated(pair.texts[-1]) if pair.texts else "")


def _dated(text: Text) -> Markup:
    return fill(" <small>{}</small>", _time(text.adopted, text.date)) if text.date else Markup("")


def _time(iso: str, written: str) -> Markup:
    if not re.fullmatch(RE_DAY, iso, re.ASCII):
        return fill("{}", written)
    return fill('<time datetime="{}">{}</time>', iso, written)


def _search(index: Index) -> Markup:
    lang = index.lang
    return fill(
        """\
<form class="find js" role="search" data-found="{found}" data-one="{one}" data-none="{none}" data-more="{more}" \
data-suffix=".{form}" data-series="{series}"{page}>
<label for="find">{label}</label> <input type="search" id="find" autocomplete="off" spellcheck="false">
<p role="status" id="state">{state}</p>
</form>
""",
        label=word("front.search", lang),
        found=word("front.found-many", lang),
        one=word("front.found-one", lang),
        none=word("front.found-none", lang),
        more=word("front.found-more", lang),
        form=index.formats[0],
        series=index.series.title if index.series else "",
        page=fill(' data-page="{}.{}"', index.search, index.formats[0]) if index.search else "",
        state=word("front.search-far", lang) if index.search else "",
    )


# ---- the pairs ------------------------------------------------------------------------------------------------------


def _failed(pairs: Sequence[Pair], lang: str) -> Markup:
    """What could not be compared, before all that could."""
    if not pairs:
        return Markup("")
    return fill(
        '<section class="failed" aria-labelledby="h-failed"><h2 id="h-failed">{}</h2>\n<ul>\n{}</ul></section>\n',
        word("front.failed", lang),
        joined(fill("<li><b>{} → {}</b> {}</li>\n", pair.old, pair.new, pair.error) for pair in pairs),
    )


def _pairs(index: Index) -> Markup:
    there = "search-found" if index.is_list else "latest" if index.shown else "nothing"
    heading = word(f"front.{there}", index.lang)
    return fill(
        """\
<section id="pairs" tabindex="-1" aria-labelledby="h-pairs"><h2 id="h-pairs">{}</h2>
<ol class="pairs">
{}</ol>
<ol class="hits" id="hits" hidden></ol>
</section>
""",
        heading,
        joined(_pair(pair, listing, index) for listing, pair in index.shown),
    )


def _pair(pair: Pair, listing: Listing, index: Index) -> Markup:
    """One pair: its date and its figures, links to its pages, its title and series, its first sentence, its topics."""
    lang, stem, first = index.lang, quote(pair.stem), index.formats[0]
    spoken = language(pair.language, lang, directed=False)
    return fill(
        """\
<li id="{stem}"{kept}>
<div class="aside"><p class="date">{date}</p>
{bars}</div>
<div>
<h3><a class="s" href="{stem}.{first}">{old} → {new}</a></h3>
{title}{series}<p class="numbers">{numbers}</p>
{said}{provenance}{topics}<p class="also">{others}</p>
</div>
</li>
""",
        stem=stem,
        kept=_kept(pair),
        date=_time(pair.adopted, pair.date),
        bars=_bars(pair),
        first=first,
        old=pair.old,
        new=pair.new,
        title=fill('<p class="name s" dir="auto"{}>{}</p>\n', spoken, pair.title) if pair.title else "",
        series=_series(listing, first),
        numbers=inline(pair.numbers),
        said=joined(fill('<p class="said">{}</p>\n', inline(said, f"{stem}.{first}")) for said in pair.sentences[:1]),
        provenance=_provenance(pair),
        topics=_topics(pair, lang),
        others=joined(
            (fill('<a href="{}.{}">{}</a>', stem, form, format_name(form)) for form in index.formats[1:]), " · "
        ),
    )


def _provenance(pair: Pair) -> Markup:
    lines = joined((inline(line) for line in pair.provenance), " ")
    return fill('<p class="prov">{}</p>\n', lines) if lines else lines


def _kept(pair: Pair) -> Markup:
    """The topics that the page does not name, for the search."""
    named = {topic.id for _, topics in _by_status(pair) for topic in topics[:MOST_TOPICS]}
    labels = " · ".join(topic.label for topic in pair.topics if topic.id not in named)
    return fill(' data-s="{}"', labels) if labels else Markup("")


def _series(listing: Listing, form: str) -> Markup:
    """The series of a pair, as a link to its page; nothing on that page itself."""
    if not listing.page:
        return Markup("")
    return fill(
        '<p class="of"><a class="s" href="{}.{}"><bdi>{}</bdi></a></p>\n', quote(listing.page), form, listing.title
    )


def _bars(pair: Pair) -> Markup:
    """What came, went and changed, as shares of all that there is on either side; the line beside it says the same."""
    kinds = dict(pair.kinds)
    total = sum(kinds.values())
    if not total:
        return Markup("")
    bars = joined(_bar(place, total, kinds) for place in range(len(BARS)))
    return fill(
        '<svg class="bars" viewBox="0 0 {} {}" aria-hidden="true">{}</svg>\n',
        BAR_LEFT + BAR_WIDTH,
        BAR_STEP * len(BARS),
        bars,
    )


def _bar(place: int, total: int, kinds: dict[Kind, int]) -> Markup:
    name, sign, counted_kinds = BARS[place]
    number = sum(kinds.get(kind, 0) for kind in counted_kinds)
    top = BAR_STEP * place
    return fill(
        '<g class="{}"><text x="{}" y="{}">{}{}</text><path d="{}"/><path class="bar" d="{}"/></g>',
        name,
        BAR_LEFT - 8,
        top + 13,
        sign if number else "",
        number,
        _rectangle(top, BAR_WIDTH),
        _rectangle(top, BAR_WIDTH * number / total),
    )


def _rectangle(top: int, width: float) -> str:
    return f"M{BAR_LEFT} {top + 5}h{width:.1f}v8H{BAR_LEFT}z"


def _by_status(pair: Pair) -> list[tuple[Told, list[Topic]]]:
    found = [(status, [topic for topic in pair.topics if topic.status == status]) for status in NEWS]
    return [(status, topics) for status, topics in found if topics]


def _topics(pair: Pair, lang: str) -> Markup:
    """The topics that are news, by what became of them."""
    lines = joined(
        fill(
            '<div><dt>{}</dt><dd class="s">{}</dd></div>\n', word(f"front.topics-{status}", lang), _labels(topics, lang)
        )
        for status, topics in _by_status(pair)
    )
    return (
        fill('<dl class="topics" aria-label="{}">\n{}</dl>\n', word("heading.topics", lang), lines) if lines else lines
    )


def _labels(topics: Sequence[Topic], lang: str) -> str:
    labels = topic_names(topic.label for topic in topics[:MOST_TOPICS])
    more = len(topics) - MOST_TOPICS
    return f"{labels} {word('word.and', lang)} {counted('front.more', more, lang)}" if more > 0 else labels


# ---- other pages ----------------------------------------------------------------------------------------------------


def _nav(name: str, ways: Sequence[Way], index: Index) -> Markup:
    """Links to other front pages under a heading of that name, as many in a line as fit."""
    if not ways:
        return Markup("")
    link = '<li><a href="{}.{}">{}</a></li>\n'
    return fill(
        '<nav class="years" aria-labelledby="h-{0}"><h2 id="h-{0}">{1}</h2>\n<ul>\n{2}</ul></nav>\n',
        name,
        word(f"front.{name}", index.lang),
        joined(fill(link, quote(way.page), index.formats[0], way.name) for way in ways),
    )


def _listings(index: Index) -> Markup:
    """The series, each with how many pairs it has and the date of its last edition; or the letters they begin with."""
    if index.letters:
        return _nav("series", index.letters, index)
    series = joined(_listing(listing, index) for listing in index.listings)
    if not series:
        return Markup("")
    return fill(
        '<nav class="series" aria-labelledby="h-series"><h2 id="h-series">{}</h2>\n<ul>\n{}</ul></nav>\n',
        word("front.series", index.lang),
        series,
    )


def _listing(listing: Listing, index: Index) -> Markup:
    last = max((pair.adopted, pair.date) for pair in listing.pairs) if listing.pairs else ("", "")
    return fill(
        '<li><a href="{}.{}"><bdi>{}</bdi></a> <small>{}{}</small></li>\n',
        quote(listing.page),
        index.formats[0],
        listing.title,
        counted("front.pairs", len(listing.pairs), index.lang),
        fill(" · {}", _time(*last)) if last[1] else "",
    )


def _feed_link(index: Index) -> Markup:
    if not index.feed:
        return Markup("")
    title = index.series.title if index.series else index.title
    return fill('<link rel="alternate" type="application/atom+xml" title="{}" href="{}">\n', title, index.feed)


def _feed(index: Index) -> Markup:
    """The feed as a link to be seen."""
    if not index.feed:
        return Markup("")
    return fill('<p class="feed"><a href="{}">{}</a></p>\n', index.feed, word("front.feed", index.lang))


# ---- what the script searches beyond the page ------------------------------------------------------------------------


def _data(rows: Sequence[Row]) -> Markup:
    """The pairs that do not stand on the page, as JSON, of which a browser runs nothing; a word stands in it once."""
    if not rows:
        return Markup("")
    words: dict[str, int] = {}

    def number(text: str) -> int:
        return words.setdefault(text, len(words))

    pairs = [
        [
            pair.stem,
            pair.old,
            pair.new,
            pair.date,
            number(pair.title),
            number(listing.title),
            [number(topic.label) for topic in pair.topics],
        ]
        for listing, pair in rows
    ]
    data = json.dumps({"words": list(words), "pairs": pairs}, ensure_ascii=False, separators=(",", ":"))
    # nothing in it ends the element it stands in
    return fill('<script type="application/json" id="data">{}</script>\n', Markup(data.replace("<", "\\u003c")))
