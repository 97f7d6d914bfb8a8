"""The front pages of a changelog, made of the manifests of its series: memory grows by a line a pair, not by its pages.

Which page lists which pairs is found on outlines; the pairs that a page shows in full are read again from the manifest
of their series when the page is written. A page made of the same as before is not written again.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

import msgspec
from msgspec.structs import replace

from resdiff.changelog.ledger import FEED, MANIFEST, FrontLedger, Record, SeriesLedger, series_ledger
from resdiff.changelog.plan import HISTORY, PAGES, stem_of
from resdiff.changelog.store import Store
from resdiff.corpus import Shelf
from resdiff.rendering import render
from resdiff.rendering.atom import entries, feed
from resdiff.report import SEARCH, Index, Listing, Outline, Pair, Topic, Way, fronts, outline

__all__ = ["write_fronts"]

FORMS = tuple(form.suffixes[0][1:] for form in PAGES)


def write_fronts(shelves: Sequence[Shelf], store: Store, before: FrontLedger) -> FrontLedger:
    """Write the front pages and feeds; the manifest of all, not yet written, comes back. Raises OutputError.

    A series without a manifest of this version and language is left out: it was never built.
    """
    seals = dict(_seals(shelves, store, before.lang))
    if before.files and before.series == seals and all(_lies_there(name, before, store) for name in before.files):
        return before
    shelves = [shelf for shelf in shelves if shelf.key in seals]
    pages = list(fronts(_listings(shelves, store, before.lang), before.lang, FORMS, FEED))
    names = {stem: _names(stem, page) for stem, page in pages}
    planned = before.files | {name: before.files.get(name, "") for own in names.values() for name in own}
    store.put(MANIFEST, replace(before, files=planned, series=before.series | dict.fromkeys(seals, "")).dump())
    after = FrontLedger(lang=before.lang, site=before.site, series=seals)
    for stem, page in pages:
        after.made_of[stem] = _digest((page, before.site))  # of pairs an outline has the hash of the whole
        is_same = after.made_of[stem] == before.made_of.get(stem)
        if is_same and all(_lies_there(name, before, store) for name in names[stem]):
            after.files.update((name, before.files[name]) for name in names[stem])
        else:
            full = _filled(stem, page, store, before.lang)
            after.files.update((name, store.put(name, _file(name, full, before.site))) for name in names[stem])
    return after


def _names(stem: str, page: Index) -> list[str]:
    """The names of the files of a front page."""
    if stem == SEARCH:
        return [f"{stem}.{FORMS[0]}"]
    feeds = [f"{stem.removesuffix('index')}{FEED}"] if page.feed else []
    return [*(f"{stem}.{form}" for form in FORMS), *feeds]


def _file(name: str, page: Index, site: str) -> bytes:
    """A file of a front page."""
    key, _, last = name.rpartition("/")
    return feed(page, site=site, key=key) if last == FEED else render(page, last.rpartition(".")[2])


def _lies_there(name: str, before: FrontLedger, store: Store) -> bool:
    return bool(before.files.get(name)) and store.digest(name) == before.files[name]


def _digest(value: object) -> str:
    return sha256(msgspec.json.encode(value)).hexdigest()


# ---- the lines ------------------------------------------------------------------------------------------------------


def _seals(shelves: Sequence[Shelf], store: Store, lang: str) -> Iterator[tuple[str, str]]:
    """The hash of what the front pages need of each series that was built: its title, its manifest."""
    for shelf in shelves:
        data = store.read(f"{shelf.key}/{MANIFEST}")
        if shelf.pairs() and series_ledger(data, lang).pairs:
            yield shelf.key, _digest((shelf.title_in(lang), sha256(data).hexdigest()))


def _listings(shelves: Sequence[Shelf], store: Store, lang: str) -> dict[str, Listing]:
    """The series with outlines of their pairs, by key."""
    topics: dict[Topic, Topic] = {}
    return {shelf.key: _listing(shelf, store, lang, topics) for shelf in shelves}


def _listing(shelf: Shelf, store: Store, lang: str, topics: dict[Topic, Topic]) -> Listing:
    """A series with outlines of its pairs; a topic that many have is held once, in ``topics``."""
    ledger = _ledger(shelf.key, store, lang)
    records = (ledger.pairs.get(stem_of(*pair)) for pair in shelf.pairs())
    pairs = tuple(_outline(record, topics) for record in records if record)
    tales = (f"{HISTORY}{row[0].language}" for row in shelf.rows())
    lives = tuple(Way(stem, stem.removeprefix(HISTORY)) for stem in tales if stem in ledger.stories)
    return Listing(shelf.title_in(lang), pairs, lives=lives)


def _outline(record: Record, topics: dict[Topic, Topic]) -> Outline:
    pair = record.pair
    held = tuple(topics.setdefault(topic, topic) for topic in pair.topics)
    return outline(replace(pair, topics=held), sha256(record.line).hexdigest())


def _ledger(key: str, store: Store, lang: str) -> SeriesLedger:
    return series_ledger(store.read(f"{key}/{MANIFEST}"), lang)


def _filled(stem: str, page: Index, store: Store, lang: str) -> Index:
    """A front page with the pairs that it shows in full in the places of their outlines."""
    if page.is_list:
        return page
    rows = (*page.shown, *entries(page)) if page.brief else page.latest
    wanted = {pair.stem for _, pair in rows}
    blocks = []
    for block in page.blocks:
        key = (block.page or stem).rpartition("/")[0]
        before = f"{key}/" if block.page else ""
        if any(pair.stem in wanted for pair in block.pairs):
            records = _ledger(key, store, lang).pairs
            pairs = (_full(pair, records, before) if pair.stem in wanted else pair for pair in block.pairs)
            block = replace(block, pairs=tuple(pairs))
        blocks.append(block)
    return replace(page, blocks=tuple(blocks))


def _full(pair: Pair, records: Mapping[str, Record], before: str) -> Pair:
    return replace(records[pair.stem.removeprefix(before)].pair, stem=pair.stem)
