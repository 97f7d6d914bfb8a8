"""Which edition brought each word: ``blame(lineage) -> tuple[Blamed, ...]``.

A word has the origin of the word it comes from: in the paragraphs its own comes from (``Lineage.parents``), else in a
run of words that stood anywhere before, in whatever edition; else the edition itself brought it. Numbers of paragraphs
are no words of the text, and signs go with the word beside them.

Measured on series whose origins are known: docs/benchmarks.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import accumulate, groupby

from msgspec import Struct

from resdiff.language import Language
from resdiff.language.fold import is_word, key, units
from resdiff.marking.words import script
from resdiff.model import Resolution
from resdiff.series.lineage import Lineage, Source

__all__ = ["Blamed", "Run", "blame"]

CARRIED = 8
"""Words of the shortest run that is taken as carried over from elsewhere: fewer are a formula of the house. Of 4 to 8,
eight does best on a series with few changes, and no worse on one that is rewritten."""
FORMULA, MANY = 2 * CARRIED, 3
"""A run shorter than this that more paragraphs of an edition brought than so many is a name or a formula of the house.
Were two paragraphs enough, phrases that were carried about would be missed: 0.9911 of the words right for 0.9939."""
PROSE = 5  # words of such a run that have no capital: else it is a name
LETTERS = 3
"""So many has a word that says little. Of the others no fewer may be without a capital than with one, or the run is a
name: "le Gouvernement de la République démocratique du Congo". Were more asked for, phrases that were carried about
would be missed: 0.9911 of the words right where there must be one more, for 0.9934."""
DISPLACED, PROSE_DISPLACED = 5, 3  # the same of a run that stands elsewhere in its own paragraph
REWRITTEN = 0.5  # share of the words of a paragraph that one which went has, to be what it was made of
ISLAND = 3
"""Kept words fewer than this, between as many on either side that came, are there by chance."""
AMID = CARRIED
"""Kept words of no more than ``LETTERS`` letters, fewer than an island, are there by chance where so many came beside
them: "afin de permettre le déploiement". So 80 of 2,027 paragraphs of 50 real series are told otherwise, and words of
known origin as before. From four on 179 are, nearly all as well or better by reading; but where a paragraph is
rewritten word by word, 0.9919 of the words are right for 0.9936."""
TORN = 0.5
"""Share of a long run below which what a paragraph kept of it in one piece is there by chance too: the run was copied
from where it stands whole."""
OPENING = "«“(["


class Run(Struct, frozen=True):
    """Words that one edition brought; ``origin`` is its place. ``uncertain`` tells that they could as well come from
    another: the same run of words stood in two places, of different origins."""

    text: str
    origin: int
    uncertain: bool = False


class Blamed(Struct, frozen=True):
    """A paragraph and its runs, which joined are its text to the letter."""

    id: str
    runs: tuple[Run, ...]


def blame(lineage: Lineage) -> tuple[Blamed, ...]:
    """The paragraphs of the last edition, with the origin of every word."""
    known: dict[Source, _Words] = {}
    gone: list[_Words] = []
    carried = _Carried()
    for number, text in enumerate(lineage.editions):
        parents, fresh = lineage.parents[number], []
        led = {source for sources in parents.values() for source in sources}
        before = lineage.editions[number - 1].body if number else ()
        gone += [known[number - 1, p.id] for p in before if (number - 1, p.id) not in led]
        for paragraph in text.body:
            sources = [known[source] for source in parents.get(paragraph.id, ())]
            if len(sources) == 1 and sources[0].text == paragraph.text:
                known[number, paragraph.id] = sources[0]
                continue
            sources = sources or _rewritten(paragraph.text, gone)
            words = _blamed(paragraph.text, sources, number, carried, _language(lineage, number))
            known[number, paragraph.id] = words
            fresh.append(words)
        for words in fresh:  # an edition does not carry over from itself
            carried.add(words)
    last = len(lineage.editions) - 1
    return tuple(Blamed(p.id, tuple(known[last, p.id].runs())) for p in lineage.editions[last].body)


def _language(lineage: Lineage, number: int) -> Language | None:
    """The language for what a scan misread; None where neither edition is a scan."""
    near: Sequence[Resolution] = lineage.editions[max(0, number - 1) : number + 1]
    if not any(text.scanned for text in near):
        return None
    return Language.shared(near[0].language, near[-1].language)


# ---- words ----------------------------------------------------------------------------------------------------------


class _Words(Struct):
    """The words of a paragraph of an edition as chunks that join to its text, their keys, their origins."""

    edition: int
    text: str
    chunks: tuple[str, ...]
    keys: tuple[str, ...]
    origins: list[int]
    uncertain: set[int]
    counted: dict[str, int] | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How often each key stands."""
        if self.counted is None:
            self.counted = Counter(self.keys)
        return self.counted

    def runs(self) -> Iterator[Run]:
        """The chunks of one origin joined."""
        marks = [(origin, place in self.uncertain) for place, origin in enumerate(self.origins)]
        for (origin, uncertain), places in groupby(range(len(marks)), key=marks.__getitem__):
            yield Run("".join(self.chunks[place] for place in places), origin, uncertain)


def _chunks(text: str) -> tuple[str, ...]:
    """A text cut before each of its words: signs go with the word before them, what opens with the word after.

    >>> _chunks("Prie l’Office, « sans délai », d’agir ;")
    ('Prie', ' l’', 'Office,', ' « sans', ' délai »,', ' d’', 'agir ;')
    """
    chunks: list[str] = []
    opened = ""
    for unit in units(text):
        if _is_word(unit):
            chunks.append(opened + unit)
            opened = ""
        elif (unit.strip() and unit.strip() in OPENING) or not chunks or opened:
            opened += unit
        else:
            chunks[-1] += unit
    if opened:
        chunks[-1:] = [chunks[-1] + opened] if chunks else [opened]
    return tuple(chunks)


def _keys(chunks: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_key, chunks))


_is_word = lru_cache(maxsize=65536)(is_word)  # most words recur


@lru_cache(maxsize=65536)
def _key(chunk: str) -> str:
    return key(next(filter(is_word, units(chunk)), ""))


def _rewritten(text: str, gone: Sequence[_Words]) -> list[_Words]:
    """Of the paragraphs that went the one that at least half a text is made of, in the order of its words.

    It was rewritten so far that nobody would call the text its successor; the words it kept have their origin there.
    Only pieces count: the little words of a short text stand in any long one.
    """
    keys = _keys(_chunks(text))
    counts = Counter(keys)
    best, most = [], REWRITTEN * len(keys)
    for words in gone:
        others = words.counts
        if sum([min(counts[word], others[word]) for word in counts.keys() & others.keys()]) < most:
            continue
        pieces = [len(hunk.new) for hunk in script(words.keys, keys) if hunk.kept]
        kept = sum(size for size in pieces if size >= ISLAND)
        if kept >= most:
            best, most = [words], kept
    return best


def _blamed(
    text: str, sources: Sequence[_Words], number: int, carried: "_Carried", language: Language | None
) -> _Words:
    """The words of a paragraph that comes from these."""
    chunks = _chunks(text)
    keys = _keys(chunks)
    words = _Words(number, text, chunks, keys, [number] * len(chunks), set())
    done = [False] * len(chunks)
    used: dict[int, Place] = {}
    for old, new in _kept(sources, keys, language):
        used[new] = old
        done[new] = True
    for place in [*_islands(done, keys), *carried.torn(words, used)]:
        if done[place]:
            done[place] = False
            del used[place]
    for new, (source, place) in used.items():
        words.origins[new] = source.origins[place]
        if place in source.uncertain:
            words.uncertain.add(new)
    if not all(done):
        displaced = _Carried(DISPLACED, PROSE_DISPLACED, names=True)
        for stretch in _left(sources, {(id(source), place) for source, place in used.values()}):
            displaced.add(stretch)
        carried.explain(words, done)  # first: what it finds is longer
        displaced.explain(words, done)
    return words


def _left(sources: Sequence[_Words], used: Set[tuple[int, int]]) -> Iterator[_Words]:
    """The stretches of the sources that were not kept where they stood, long enough to have been put elsewhere."""
    for source in sources:
        places = range(len(source.keys))
        for is_left, run in groupby(places, key=lambda place: (id(source), place) not in used):
            stretch = list(run)
            if is_left and len(stretch) >= DISPLACED:
                start, end = stretch[0], stretch[-1] + 1
                uncertain = {place - start for place in source.uncertain if start <= place < end}
                rows = source.chunks[start:end], source.keys[start:end], source.origins[start:end]
                yield _Words(source.edition, "", *rows, uncertain)


def _kept(
    sources: Sequence[_Words], keys: tuple[str, ...], language: Language | None
) -> Iterator[tuple[tuple[_Words, int], int]]:
    """Which word of which source each kept word comes from."""
    old = [(source, place) for source in sources for place in range(len(source.keys))]
    at = here = 0
    for hunk in script(tuple(source.keys[place] for source, place in old), keys):
        if len(hunk.old) == len(hunk.new):
            for step, (was, now) in enumerate(zip(hunk.old, hunk.new, strict=True)):
                if hunk.kept or (language is not None and _is_misread(was, now, language)):
                    yield old[at + step], here + step
        at, here = at + len(hunk.old), here + len(hunk.new)


def _is_misread(was: str, now: str, language: Language) -> bool:
    from resdiff.marking.noise import is_misread  # needed for scans alone

    return is_misread(was, now, language)


def _islands(done: list[bool], keys: tuple[str, ...]) -> Iterable[int]:
    """The places of kept words that are too few among what came, or say too little."""
    runs = [(is_kept, len(list(run))) for is_kept, run in groupby(done)]
    starts = list(accumulate((size for _, size in runs), initial=0))
    for rank in range(1, len(runs) - 1):
        is_kept, size = runs[rank]
        if not is_kept or size >= ISLAND:
            continue
        beside = runs[rank - 1][1], runs[rank + 1][1]
        places = range(starts[rank], starts[rank] + size)
        little = all(len(keys[place].rstrip("'")) <= LETTERS for place in places)
        if min(beside) >= ISLAND or (little and sum(beside) >= AMID):
            yield from places


# ---- what was carried over ------------------------------------------------------------------------------------------

Place = tuple[_Words, int]


class _Carried:
    """Where each run of words stood before: by default in any edition. ``least`` are the words of the shortest run that
    counts, ``prose`` those of it that have no capital; with ``names`` a name counts too."""

    def __init__(self, least: int = CARRIED, prose: int = PROSE, *, names: bool = False) -> None:
        self._least, self._prose, self._names = least, prose, names
        self._places: dict[tuple[str, ...], list[Place]] = {}

    def add(self, words: _Words) -> None:
        """Know the runs of a paragraph too; those that it kept whole are known from where it has them."""
        brought = -1  # the last word up to the end of the run that the edition brought
        for end, origin in enumerate(words.origins, 1):
            brought = end - 1 if origin == words.edition else brought
            start = end - self._least
            run = words.keys[max(0, start) : end]
            if start >= 0 and (brought >= start or run not in self._places):
                self._places.setdefault(run, []).append((words, start))

    def explain(self, words: _Words, done: list[bool]) -> None:
        """Give the words that are not done the origins of the longest runs that stood before, longest first."""
        while found := max(self._runs(words, done), key=lambda run: run[0], default=None):
            size, start, sources = found
            origins = {tuple(w.origins[at : at + size]) for w, at in sources}
            source, at = min(sources, key=lambda place: place[0].origins[place[1] : place[1] + size])
            words.origins[start : start + size] = source.origins[at : at + size]
            doubtful = len(origins) > 1
            for step in range(size):
                done[start + step] = True
                if doubtful or at + step in source.uncertain:
                    words.uncertain.add(start + step)

    def torn(self, words: _Words, used: Mapping[int, Place]) -> Iterator[int]:
        """The kept words that stand within a long run which stood before, and of which the sources have only pieces."""
        size, start = len(words.keys), 0
        pieces = _pieces(used, size)
        while start + FORMULA <= size and len(used) < size:
            longest = 0 if pieces[start] >= self._least else self._longest(words.keys, start, size - start)[0]
            run = range(start, start + longest)
            if longest >= FORMULA and max(min(pieces[place], run.stop - place) for place in run) < TORN * longest:
                yield from run
            start = run.stop if longest >= FORMULA else start + 1

    def _runs(self, words: _Words, done: list[bool]) -> Iterator[tuple[int, int, list[Place]]]:
        """The runs of words not done that stood before: how long, where, all the places where they stood so."""
        keys = words.keys
        free = 0  # words from here backwards that are not done
        ends = [0] * len(keys)
        for place in range(len(keys) - 1, -1, -1):
            free = 0 if done[place] else free + 1
            ends[place] = free
        for start, room in enumerate(ends):
            if room < self._least:
                continue
            longest, best = self._longest(keys, start, room)
            if best and not _is_formula(best, longest) and self._says_enough(words, start, longest):
                yield longest, start, best

    def _longest(self, keys: tuple[str, ...], start: int, room: int) -> tuple[int, list[Place]]:
        """The longest run from there on that stood before, of no more words than there is room: how long, where."""
        best: list[Place] = []
        longest = 0
        for source, at in self._places.get(keys[start : start + self._least], ()):
            size = self._least
            while size < room and at + size < len(source.keys) and source.keys[at + size] == keys[start + size]:
                size += 1
            if size > longest:
                best, longest = [], size
            if size == longest:
                best.append((source, at))
        return longest, best

    def _says_enough(self, words: _Words, start: int, size: int) -> bool:
        """Whether a run is more than a name or a formula: elided articles are no words, and names have capitals."""
        places = [place for place in range(start, start + size) if not words.keys[place].endswith("'")]
        initials = {place: words.chunks[place].lstrip(f" {OPENING}")[:1] for place in places}
        small = [place for place in places if initials[place].islower()]
        if len(places) < self._least or len(small) < self._prose:
            return False
        capitals = sum(initial.isupper() for initial in initials.values())
        return self._names or sum(len(words.keys[place]) > LETTERS for place in small) >= capitals


def _pieces(used: Mapping[int, Place], size: int) -> list[int]:
    """For each of so many places how many kept words stand from there on in one source one behind the other."""
    pieces = [0] * (size + 1)
    for place in sorted(used, reverse=True):
        source, at = used[place]
        behind = used.get(place + 1)
        goes_on = behind is not None and behind[0] is source and behind[1] == at + 1
        pieces[place] = 1 + (pieces[place + 1] if goes_on else 0)
    return pieces


def _is_formula(places: list[Place], size: int) -> bool:
    """Whether a run of middling length came with many paragraphs of one edition: nothing was carried over."""
    return size < FORMULA and max(Counter(words.edition for words, _ in places).values()) > MANY
