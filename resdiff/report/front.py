"""The front pages of a changelog: the line of each pair, and which page lists which pairs.

A page of every pair ever built would grow without end: the first page has the latest in full, and a page a year has
the others. What became of a year does not change any more, nor do the bytes of its page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from unicodedata import combining, normalize

from msgspec.structs import replace

from resdiff.model import Provenance as Origin
from resdiff.report.blocks import (
    LATEST,
    MANY,
    MANY_SERIES,
    Index,
    Listing,
    Numbers,
    Outline,
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

__all__ = ["SEARCH", "UNDATED", "entry", "fronts", "index", "outline"]

FIRST_SENTENCES = 3  # of a report, on the front page
LONGEST_TITLE = 300  # characters
UNDATED = "undated"  # the page of what has no date
SEARCH = "search"  # the page that finds every pair of a large corpus
OTHER = "0"  # the letter of series whose titles begin with none


def index(entries: Sequence[Listing], lang: str = "fr", formats: Sequence[str] = ("html", "md", "json")) -> Index:
    """The front page that lists those series; ``formats`` are the suffixes in which their pages stand beside it."""
    return Index(word("heading.index", lang), lang, tuple(entries), tuple(formats))


def entry(report: Report, stem: str) -> Pair:
    """The line of the front page for a report whose files are called ``stem``."""
    title, numbers, summary = report.find(Title), report.find(Numbers), report.find(Summary)
    topics, provenance = report.find(Topics), report.find(Provenance)
    old, new = title.names if title else ("", "")
    # of a text not where it comes from, and of a title that never ends the beginning
    texts = (title.old, title.new) if title else ()
    return Pair(
        old,
        new,
        stem,
        numbers_line(numbers, report.lang) if numbers else Sentence(()),
        summary.sentences[:FIRST_SENTENCES] if summary else (),
        texts=tuple(replace(text, title=_short(text.title), origin=Origin()) for text in texts),
        kinds=numbers.kinds if numbers else (),
        topics=tuple(replace(topic, old=(), new=()) for topic in topics.topics) if topics else (),
        provenance=provenance.lines if provenance else (),
    )


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 2].rstrip() + "\u00a0…"


def outline(pair: Pair, seal: str) -> Outline:
    """What a list or a search needs of a pair; ``seal`` is the hash of all of it."""
    last = tuple(
        Text(text.name, text.symbol, text.title, text.date, text.adopted, text.language) for text in pair.texts
    )
    return Outline(pair.old, pair.new, pair.stem, error=pair.error, texts=last[-1:], topics=pair.topics, seal=seal)


def fronts(
    series: Mapping[str, Listing], lang: str = "fr", formats: Sequence[str] = ("html", "md", "json"), feed: str = ""
) -> Iterator[tuple[str, Index]]:
    """Every front page of a changelog by its stem: ``index``, ``<key>/index``, and ``2023`` where there are many pairs.

    The listings are given by the keys of their series, with the stems of their pages as they are beside their own page.
    ``feed`` is the name of the feed beside ``index`` and beside each ``<key>/index``. With more than ``MANY`` pairs
    there is ``search``, and with more than ``MANY_SERIES`` series there are ``series-a`` and so on. Pairs may be
    outlines; who renders a page puts in their places what it shows in full.
    """
    series = {key: replace(listing, title=_short(listing.title)) for key, listing in series.items()}
    listings = [_below(key, listing) for key, listing in series.items()]
    top = replace(index(listings, lang, formats), feed=feed)
    years = _years(top)
    letters = _letters(top) if len(series) > MANY_SERIES else {}
    brief = sum(len(listing.pairs) for listing in listings) > MANY
    up = Way("index", top.title)
    ways = {
        name: tuple(Way(stem, page.title) for stem, page in pages.items())
        for name, pages in (("years", years), ("letters", letters))
    }
    yield "index", replace(top, brief=brief, search=SEARCH if brief else "", **ways)
    if brief:
        yield SEARCH, replace(top, title=word("front.search-all", lang), up=up, brief=True, feed="", is_list=True)
    for year, before, after in _beside(list(years)):
        yield year, replace(years[year], up=up, previous=_way(after, years), next=_way(before, years))
    for stem, before, after in _beside(list(letters)):
        yield stem, replace(letters[stem], up=up, previous=_way(before, letters), next=_way(after, letters))
    for key, before, after in _beside(list(series)):
        previous, following = (
            Way(f"../{other}/index", series[other].title) if other else None for other in (before, after)
        )
        page = replace(index((series[key],), lang, formats), feed=feed, up=Way("../index", top.title))
        yield f"{key}/index", replace(page, previous=previous, next=following)


def _below(key: str, listing: Listing) -> Listing:
    """A listing as it stands on a page beside the folder of its series."""
    pairs = tuple(replace(pair, stem=f"{key}/{pair.stem}") for pair in listing.pairs)
    return Listing(listing.title, pairs, f"{key}/index", tuple(Way(f"{key}/{w.page}", w.name) for w in listing.lives))


def _years(top: Index) -> dict[str, Index]:
    """The pages of years by their stems, latest first; none where the first page has room for all."""
    latest = top.latest
    if len(latest) <= LATEST:
        return {}
    found: dict[str, dict[int, list[Pair]]] = {_year(pair): {} for _, pair in latest}
    for place, listing in enumerate(top.blocks):
        for pair in listing.pairs:
            if not pair.error:
                found[_year(pair)].setdefault(place, []).append(pair)
    return {year: _of_year(top, year, pairs) for year, pairs in found.items()}


def _of_year(top: Index, year: str, pairs: Mapping[int, Sequence[Pair]]) -> Index:
    listings = tuple(replace(top.blocks[place], pairs=tuple(own)) for place, own in pairs.items())
    title = word("front.undated", top.lang) if year == UNDATED else year
    return replace(top, title=title, blocks=listings, feed="")


def _letters(top: Index) -> dict[str, Index]:
    """The pages of series by the first letter of their titles, by their stems; last those that begin otherwise."""
    found: dict[str, list[Listing]] = {}
    for listing in top.blocks:
        found.setdefault(_letter(listing.title), []).append(listing)
    return {
        f"series-{letter}": replace(
            top,
            title=letter.upper() if letter != OTHER else "0–9",
            blocks=tuple(sorted(found[letter], key=lambda listing: (_sorted_as(listing.title), listing.page))),
            feed="",
            is_list=True,
        )
        for letter in sorted(found, key=lambda letter: (letter == OTHER, letter))
    }


def _letter(title: str) -> str:
    """The letter under which a series is listed, or what stands for all that begin otherwise."""
    first = _sorted_as(title)[:1]
    return first if "a" <= first <= "z" else OTHER


def _sorted_as(title: str) -> str:
    """A title as it is sorted: without accents, signs before its first letter or figure, and capitals."""
    plain = "".join(c for c in normalize("NFKD", title.replace("œ", "oe").replace("Œ", "OE")) if not combining(c))
    return re.sub(r"^\W+", "", plain).casefold()


def _year(pair: Pair) -> str:
    year = re.match(r"\d{4}(?!\d)", pair.adopted, re.ASCII)
    return year[0] if year else UNDATED


def _way(stem: str, pages: Mapping[str, Index]) -> Way | None:
    return Way(stem, pages[stem].title) if stem else None


def _beside(names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Each name with those before and after it, empty at the ends."""
    yield from zip(names, ["", *names][:-1], [*names, ""][1:], strict=True)
