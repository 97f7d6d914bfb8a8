"""The feed of a changelog as Atom (RFC 4287): whoever subscribes is told of each new comparison.

Dates are those of the texts and identifiers those of the pages, so that the same corpus makes the same feed: a reader
program shows no comparison twice. A text without its day of adoption has no place in a feed, which is a list by date.
"""

import re
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from resdiff.rendering.html.pieces import Markup, fill, joined
from resdiff.rendering.xml import clean
from resdiff.report import NEWS, Index, Listing, Pair, as_text

__all__ = ["MOST", "entries", "feed"]

MOST = 50  # entries; a reader program keeps those it has seen
NEVER = "1970-01-01"  # the date that a feed without entries must have nevertheless
RE_DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"


def feed(index: Index, *, site: str = "", key: str = "") -> bytes:
    """The feed of the pairs that an index lists, at most 50, latest first.

    ``site`` is the address of the folder of the changelog, with a slash at its end; without it the links are relative
    to the feed. ``key`` is the series whose feed this is, empty for that of all.
    """
    series = index.series
    rows = entries(index)
    base = f"{site}{quote(key)}/" if site and key else site
    page = fill(
        """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">
<id>{id}</id>
<title>{title}</title>
<updated>{updated}</updated>
<author><name>resdiff</name></author>
<generator uri="https://github.com/resdiff/resdiff">resdiff</generator>
<link rel="alternate" type="text/html" href="{base}index.html"/>
{self}{entries}</feed>
""",
        lang=index.lang,
        id=_urn(f"{site}{key}/{index.feed}"),
        title=f"{index.title} – {series.title}" if series else index.title,
        updated=_instant(rows[0][1].adopted if rows else NEVER),
        base=base,
        self=fill('<link rel="self" type="application/atom+xml" href="{}{}"/>\n', base, index.feed) if site else "",
        entries=joined(_entry(pair, listing, base, key) for listing, pair in rows),
    )
    return clean(page).encode("utf-8")


def entries(index: Index) -> list[tuple[Listing, Pair]]:
    """The pairs that stand in the feed of an index, each with its series, latest first: those that were built and whose
    new text has its day.
    """
    dated = [row for row in index.latest if re.fullmatch(RE_DAY, row[1].adopted, re.ASCII)]
    return sorted(dated, key=lambda row: row[1].adopted, reverse=True)[:MOST]


def _entry(pair: Pair, listing: Listing, base: str, key: str) -> Markup:
    place = f"{key}/{pair.stem}" if key else pair.stem
    title = pair.title or listing.title
    return fill(
        """\
<entry>
<id>{id}</id>
<title>{old} → {new}{title}</title>
<published>{date}</published>
<updated>{date}</updated>
<link rel="alternate" type="text/html" href="{base}{stem}.html"/>
{categories}<summary>{summary}</summary>
</entry>
""",
        id=_urn(place),
        old=pair.old,
        new=pair.new,
        title=f" – {title}" if title else "",
        date=_instant(pair.adopted),
        base=base,
        stem=quote(pair.stem),
        categories=joined(
            fill('<category term="{}" label="{}"/>\n', topic.id, topic.label)
            for topic in pair.topics
            if topic.status in NEWS
        ),
        summary="\n".join(as_text(said) for said in (pair.numbers, *pair.provenance, *pair.sentences)),
    )


def _urn(name: str) -> str:
    """An identifier that the same name always has: an entry has one wherever the site lies."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'https://github.com/resdiff/resdiff#changelog/{name}')}"


def _instant(day: str) -> str:
    """A day as the instant that RFC 3339 wants."""
    return f"{day}T00:00:00Z"
