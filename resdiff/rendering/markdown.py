"""The report as GitHub Markdown, readable as it stands and through markdown-it-py, in the order of the page.

Marks are ``<ins>`` and ``<del>`` (style ``html``), CriticMarkup (``critic``) or bold and strike-through
(``emphasis``). The text of a resolution never becomes markup: whatever could be read as Markdown or HTML is escaped.
The compact form (``markdown_compact``) is a comment on a pull request.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from resdiff.model import Side, Status
from resdiff.rendering.markdown_compact import compact
from resdiff.rendering.markdown_text import Style, anchor, escape, link, listed, marked, noted, said
from resdiff.report import (
    NEWS,
    Actors,
    Address,
    Changes,
    Citations,
    Concordance,
    Fact,
    Facts,
    Index,
    Listing,
    Notices,
    Numbers,
    Obligations,
    Pair,
    Provenance,
    Quote,
    Report,
    Row,
    Sentence,
    Summary,
    Terms,
    Title,
    Topics,
    Verbs,
    address,
    as_text,
    became,
    counted,
    numbered,
    numbers_line,
    outcomes,
    places,
    topic_names,
    unchanged,
    word,
)
from resdiff.report.woven import weave

__all__ = ["Options", "Style", "render", "render_index"]

QUOTES = 3  # quotes shown for a topic on each side


class Options(Struct, frozen=True, kw_only=True):
    """How marks are written, and whether the report stays within 8,000 characters."""

    style: Style = Style.HTML
    compact: bool = False


def render(report: Report, options: Options) -> bytes:
    """The report as Markdown."""
    if options.compact:
        return compact(report, options.style, dict(_lists(report))).encode("utf-8", "replace")
    blocks = sorted(report.blocks, key=lambda block: ORDER.index(type(block)) if type(block) in ORDER else len(ORDER))
    sections = (_section(block, report, options.style) for block in blocks)
    return ("\n\n".join(text for text in sections if text) + "\n").encode("utf-8", "replace")


def _lists(report: Report) -> Iterator[tuple[str, str]]:
    """The lists of a report under their headings, the first needed first."""
    for block in sorted(report.blocks, key=lambda block: isinstance(block, Notices | Terms | Concordance)):
        if write := SECTIONS.get(type(block)):
            yield word(f"heading.{type(block).__name__.lower()}", report.lang), write(block, report.lang)


def render_index(index: Index, options: Options) -> bytes:
    """The front page of a changelog."""
    series = index.series
    lines = [f"# {escape(series.title if series else index.title)}", _ways(index)]
    lines += [f"- **{escape(p.old)} → {escape(p.new)}** – {escape(p.error)}" for p in index.failed]
    lines += [_pair(pair, listing, index) for listing, pair in index.shown]
    years = [f"- [{escape(year.name)}]({quote(year.page)}.md)" for year in index.years]
    listings = [f"- [{escape(way.name)}]({quote(way.page)}.md)" for way in index.letters]
    listings += [_listing(listing, index.lang) for listing in index.listings]
    for heading, items in (("front.years", years), ("front.series", listings)):
        lines += [f"## {word(heading, index.lang)}", "\n".join(items)] if items else []
    return ("\n\n".join(line for line in lines if line) + "\n").encode()


# ---- blocks ---------------------------------------------------------------------------------------------------------


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _section(block: Any, report: Report, style: Style) -> str:  # noqa: ANN401 - any block
    """A block under its heading, its marks in that style; empty for one that Markdown does not show, or shows within
    another.
    """
    lang = report.lang
    match block:
        case Title():
            return _title(block, lang, style)
        case Provenance():
            return "\n>\n".join(f"> ⚠ {said(line)}" for line in block.lines)
        case Summary():
            return _summary(block, report)
        case Changes():
            return _changes(block, lang, style)
    write = SECTIONS.get(type(block))
    heading = word(f"heading.{type(block).__name__.lower()}", lang) if write else ""
    before = f"*{escape(block.before)}*\n\n" if isinstance(block, Facts) and block.before else ""
    return f"{before}## {heading}\n\n{write(block, lang)}" if write else ""


def _title(block: Title, lang: str, style: Style) -> str:
    lines = [f"# {escape(word('heading.report', lang).format(*block.names))}", ""]
    for text in (block.old, block.new):
        lines.append(f"- **{escape(text.symbol or text.name)}**" + (f" – {escape(text.about)}" if text.about else ""))
    if block.edits:
        lines += ["", f"{word('heading.title', lang)} – {marked(weave(block.edits, noise=False)[0], style)}"]
    return "\n".join(lines)


def _summary(block: Summary, report: Report) -> str:
    """What matters most, the figures, then the rest, folded."""
    lang, numbers = report.lang, report.find(Numbers)
    lines = [f"## {word('heading.summary', lang)}", _listed((*block.leads, *block.closing))]
    if numbers:
        lines.append(f"**{said(numbers_line(numbers, lang))}**")
    if block.others and not block.closing:
        rest = numbered("changes.rest", block.others, lang)
        lines += _fold([_listed(block.others, first=len(block.leads) + 1)], rest)
    if block.note:
        lines.append(f"*{escape(block.note)}*")
    return "\n\n".join(lines)


def _listed(sentences: Sequence[Sentence], first: int = 1) -> str:
    """The sentences, numbered; what names the paragraphs that they do not quote is a paragraph behind them."""
    lines = []
    for number, sentence in enumerate(sentences, start=first):
        mark = "" if sentence.uncited else f"{number}. "
        lines += [""] * sentence.uncited  # between a list and a paragraph
        lines.append(f"{mark}{listed(sentence, ' ' * len(mark))}")
    return "\n".join(lines)


def _topics(block: Topics, lang: str) -> str:
    lines = []
    for status, topics in groupby(block.topics, key=lambda topic: topic.status):
        heading = word(f"status.{status}-many", lang)
        lines.append(f"**{heading[:1].upper()}{heading[1:]}**\n")
        for topic in topics:
            quotes = [*_quotes(topic.old, lang), *_quotes(topic.new, lang)]
            lines.append(f"- **{escape(topic.label)}**" + "".join(f"\n  - {quote}" for quote in quotes))
        lines.append("")
    return "\n".join(lines).rstrip()


def _quotes(quotes: Sequence[Quote], lang: str) -> list[str]:
    """The first quotes of one side, each after the link to its paragraph, and where the others stand."""
    form = "{}" + word("word.colon", lang) + word("word.quote", lang).replace("{0}", "{}")
    shown = [form.format(link(quote.place), escape(quote.text)) for quote in quotes[:QUOTES]]
    more = dict.fromkeys(link(quote.place) for quote in quotes[QUOTES:])
    return [*shown, *([", ".join(more)] if more else [])]


def _concordance(block: Concordance, lang: str) -> str:
    rows = (
        (
            ", ".join(link(address(Side.OLD, p, lang)) for p in change.link.old) or "–",
            ", ".join(link(address(Side.NEW, p, lang)) for p in change.link.new) or "–",
            became(change, lang),
        )
        for change in block.rows
    )
    return _table([word("heading.old", lang), word("heading.new", lang), word("heading.changes", lang)], rows)


def _verbs(block: Verbs, lang: str) -> str:
    rows = (
        (
            *(_links(address(place.side, place.id, lang) for place in verb.at(side)) for side in Side),
            escape(verb.text),
            verb.label,
        )
        for verb in block.facts
    )
    heads = [word(f"heading.{name}", lang) for name in ("old", "new", "verbs", "direction")]
    return _table(heads, rows)


def _actors(block: Actors, lang: str) -> str:
    return "\n".join(f"- **{escape(actor.text)}** – {actor.label} ({_where(actor)})" for actor in block.facts)


def _obligations(block: Obligations, lang: str) -> str:
    quotation = word("word.quote", lang)
    return "\n".join(
        f"- {escape(quotation.format(duty.text))} – {duty.note}, {duty.label} ({_links(duty.places)})"
        for duty in block.facts
    )


def _citations(block: Citations, lang: str) -> str:
    lines = [f"- {escape(citation.text)} – {citation.label} ({_where(citation)})" for citation in block.facts]
    if block.routine:
        texts = ", ".join(f"{escape(citation.text)} ({citation.label})" for citation in block.routine)
        lines.append(f"- {word('heading.routine', lang)} – {texts}")
    return "\n".join(lines)


def _where(fact: Fact) -> str:
    """Where it stands in the new text, else where it stood in the old one."""
    return _links(fact.at(Side.NEW) or fact.at(Side.OLD))


def _links(places: Iterable[Address]) -> str:
    return ", ".join(map(link, places))


def _terms(block: Terms, lang: str) -> str:
    lines = []
    for row, dropped in (("new", False), ("old", True)):
        texts = [escape(term.text) for term in block.facts if (term.status == Status.DROPPED) is dropped]
        if texts:
            lines.append(f"- **{word(f'word.only-{row}', lang)}** – {', '.join(texts)}")
    return "\n".join(lines)


def _notices(block: Notices, lang: str) -> str:
    """The notices of each text under its symbol."""
    lines = []
    for text, notices in groupby(block.facts, key=lambda notice: notice.note):
        lines += [f"- **{escape(text)}**"] if text else []
        lines += [f"{'  ' if text else ''}- {escape(notice.text)}" for notice in notices]
    return "\n".join(lines)


SECTIONS: dict[type, Callable[[Any, str], str]] = {
    Topics: _topics,
    Concordance: _concordance,
    Verbs: _verbs,
    Actors: _actors,
    Obligations: _obligations,
    Citations: _citations,
    Terms: _terms,
    Notices: _notices,
}
# What a reader asks first stands first: the lists that are looked things up in stand after the text.
ORDER: tuple[type, ...] = (Title, Provenance, Summary, Changes)


# ---- changes --------------------------------------------------------------------------------------------------------


def _changes(block: Changes, lang: str, style: Style) -> str:
    """The changes by part; unchanged neighbours folded."""
    lines = [f"## {word('heading.changes', lang)}"]
    for part, rows in groupby(block.rows, key=lambda row: row.part):
        lines.append(f"### {word(f'heading.{part}', lang)}")
        for folded, group in groupby(rows, key=lambda row: row.is_quiet):
            shown = [_row(row, lang, style) for row in group]
            lines += _fold(shown, unchanged(len(shown), part, lang)) if folded else shown
    if block.notes:
        lines += [f"### {word('heading.uncalled', lang)}", *(f"> {noted(note, lang, style)}" for note in block.notes)]
    if block.hidden:
        lines.append(f"*{counted('changes.hidden', block.hidden, lang)}*")
    return "\n\n".join(lines)


def _fold(rows: list[str], summary: str) -> list[str]:
    return [f"<details><summary>{escape(summary)}</summary>", *rows, "</details>"]


def _row(row: Row, lang: str, style: Style) -> str:
    """One change: its anchors, its places, what became of it, the remark, and the marked text as a quotation."""
    change = row.change
    anchors = [anchor(Side.OLD, p) for p in change.link.old] + [anchor(Side.NEW, p) for p in change.link.new]
    head = "".join(f'<a id="{name}"></a>' for name in anchors) + f"**{escape(places(change, lang))}**"
    told = ", ".join(filter(None, [*outcomes(change, lang, row.notes), row.origin]))
    facts = [head, told, said(row.beside)]
    lines = [marked(line, style) for line in weave(change.edits, row.old, row.new, noise=False)]
    lines += [noted(note, lang, style) for note in row.notes]
    return " · ".join(fact for fact in facts if fact) + "\n\n" + "\n>\n".join(f"> {line}" for line in lines)


# ---- front page -----------------------------------------------------------------------------------------------------


def _ways(index: Index) -> str:
    """The links to the front page of all, and to the pages before and after this one."""
    ways = (("↑", index.up), ("←", index.previous), ("→", index.next))
    links = [f"{arrow} [{escape(way.name)}]({quote(way.page)}.md)" for arrow, way in ways if way]
    lives = index.series.lives if index.series else ()
    for way in lives:
        name = word("front.lives", index.lang) + (f" ({way.name})" if len(lives) > 1 else "")
        links.append(f"[{escape(name)}]({quote(way.page)}.md)")
    return " · ".join(links)


def _pair(pair: Pair, listing: Listing, index: Index) -> str:
    """One pair: links to its pages, its date, title and series, its numbers, its first sentences, its topics."""
    pages = ", ".join(f"[{suffix}]({quote(pair.stem)}.{suffix})" for suffix in index.formats)
    series = f"[{escape(listing.title)}]({quote(listing.page)}.md)" if listing.page else ""
    about = " – ".join(part for part in (escape(pair.date), escape(pair.title), series) if part)
    # an address in a sentence of this page would point into another page: only its label is shown
    told = [as_text(sentence) for sentence in (pair.numbers, *pair.provenance, *pair.sentences[:1])]
    told += [
        f"{word(f'front.topics-{status}', index.lang)}{word('word.colon', index.lang)}{topic_names(labels)}"
        for status in NEWS
        if (labels := [topic.label for topic in pair.topics if topic.status is status])
    ]
    head = f"- **{escape(pair.old)} → {escape(pair.new)}** ({pages})" + (f" – {about}" if about else "")
    return "\n".join([head, *(f"  - {escape(line)}" for line in told if line)])


def _listing(listing: Listing, lang: str) -> str:
    count = counted("front.pairs", len(listing.pairs), lang)
    return f"- [{escape(listing.title)}]({quote(listing.page)}.md) – {count}"
