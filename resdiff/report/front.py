"""The front pages of a changelog: the line of each pair, and which page lists which pairs.

A page of every pair ever built would grow without end: the first page has the latest in full, and a page a year has
the others. What became of a year does not change any more, nor do the bytes of its page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from resdiff.model import Provenance as Origin
from resdiff.report.blocks import (
    LATEST,
    Index,
    Listing,
    Numbers,
    Pair,
    Provenance,
    Report,
    Sentence,
    Summary,
    Text,
    Title,
    Topics,
    Way,
)
from resdiff.report.compose import numbers_line
from resdiff.report.wording import word

__all__ = ["UNDATED", "entry", "fronts", "index"]

FIRST_SENTENCES = 3  # of a report, on the front page
LONGEST_TITLE = 300  # characters
UNDATED = "undated"  # the page of what has no date


def index(entries: Sequence[Listing], lang: str = "fr", formats: Sequence[str] = ("html", "md", "json")) -> Index:
    """The front page that lists those series; ``formats`` are the suffixes in which their pages stand beside it."""
    return Index(word("heading.index", lang), lang, tuple(entries), tuple(formats))


def entry(report: Report, stem: str) -> Pair:
    """The line of the front page for a report whose files are called ``stem``."""
    title, numbers, summary = report.find(Title), report.find(Numbers), report.find(Summary)
    topics, provenance = report.find(Topics), report.find(Provenance)
    old, new = title.names if title else ("", "")
    return Pair(
        old,
        new,
        stem,
        numbers_line(numbers, report.lang) if numbers else Sentence(()),
        summary.sentences[:FIRST_SENTENCES] if summary else (),
        texts=tuple(_text(text) for text in (title.old, title.new)) if title else (),
        kinds=numbers.kinds if numbers else (),
        topics=tuple(replace(topic, old=(), new=()) for topic in topics.topics) if topics else (),
        provenance=provenance.lines if provenance else (),
    )


def _text(text: Text) -> Text:
    """What a front page says of a text: not where it comes from, and of a title that never ends the beginning."""
    return replace(text, title=_short(text.title), origin=Origin())


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 2].rstrip() + "\u00a0…"


def fronts(
    series: Mapping[str, Listing], lang: str = "fr", formats: Sequence[str] = ("html", "md", "json"), feed: str = ""
) -> Iterator[tuple[str, Index]]:
    """Every front page of a changelog by its stem: ``index``, ``<key>/index``, and ``2023`` where there are many pairs.

    The listings are given by the keys of their series, with the stems of their pages as they are beside their own page.
    ``feed`` is the name of the feed beside ``index`` and beside each ``<key>/index``.
    """
    series = {key: replace(listing, title=_short(listing.title)) for key, listing in series.items()}
    listings = [_below(key, listing) for key, listing in series.items()]
    top = replace(index(listings, lang, formats), feed=feed)
    years = _years(top)
    yield "index", replace(top, years=tuple(Way(year, page.title) for year, page in years.items()))
    up = Way("index", top.title)
    for year, before, after in _beside(list(years)):
        ways = {"previous": _way(after, years), "next": _way(before, years)}  # the years stand latest first
        yield year, replace(years[year], up=up, **ways)
    for key, before, after in _beside(list(series)):
        beside = (Way(f"../{other}/index", series[other].title) if other else None for other in (before, after))
        previous, following = beside
        page = replace(index((series[key],), lang, formats), feed=feed, up=Way("../index", top.title))
        yield f"{key}/index", replace(page, previous=previous, next=following)


def _below(key: str, listing: Listing) -> Listing:
    """A listing as it stands on a page beside the folder of its series."""
    pairs = tuple(replace(pair, stem=f"{key}/{pair.stem}") for pair in listing.pairs)
    return Listing(listing.title, pairs, f"{key}/index", tuple(Way(f"{key}/{w.page}", w.name) for w in listing.lives))


def _years(top: Index) -> dict[str, Index]:
    """The pages of years by their stems, latest first; none where the first page has room for all."""
    if len(top.latest) <= LATEST:
        return {}
    found = dict.fromkeys(_year(pair) for _, pair in top.latest)
    return {year: _of_year(top, year) for year in found}


def _of_year(top: Index, year: str) -> Index:
    listings = (
        replace(x, pairs=tuple(pair for pair in x.pairs if _year(pair) == year and not pair.error)) for x in top.blocks
    )
    title = word("front.undated", top.lang) if year == UNDATED else year
    return replace(top, title=title, blocks=tuple(listing for listing in listings if listing.pairs), feed="")


def _year(pair: Pair) -> str:
    year = re.match(r"\d{4}(?!\d)", pair.adopted, re.ASCII)
    return year[0] if year else UNDATED


def _way(year: str, years: Mapping[str, Index]) -> Way | None:
    return Way(year, years[year].title) if year else None


def _beside(names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Each name with those before and after it, empty at the ends."""
    yield from zip(names, ["", *names][:-1], [*names, ""][1:], strict=True)
