"""Which edition brought each word: ``blame(lineage) -> tuple[Blamed, ...]``.

A word has the origin of the word it comes from: in the paragraphs its own comes from (``Lineage.parents``), else in
what these said before, at the same place, else in a run of words that stood anywhere before, in whatever edition; else
the edition itself brought it. Numbers of paragraphs are no words of the text, and signs go with the word beside them.

Measured on series whose origins are known: docs/benchmarks.md.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache, partial
from itertools import groupby
from math import inf

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
COPIED = 10
"""The same of a run that another paragraph of the edition has as well and that stands amid words that came: a shorter
one came with these. Of 48 such stretches of real series, of any length and drawn at random, 44 were told more truly so,
but what was copied is as long; the generated series lose nothing up to here, .0004 of their words from 11 on."""
PROSE = 5  # words of such a run that have no capital: else it is a name
LETTERS = 3
"""So many has a word that says little. Of the others no fewer may be without a capital than with one, or the run is a
name: "le Gouvernement de la République démocratique du Congo". Were more asked for, phrases that were carried about
would be missed: 0.9911 of the words right where there must be one more, for 0.9934."""
TELLING = 3
"""So many such words without a capital, or figures, has a run that is too long for a formula; else it is a long name:
"session of the Conference of the Parties to the United Nations Framework Convention on Climate Change". It comes from
an older wording of its own paragraph alone: of 24 such stretches of real series, drawn at random from 160 that had
stood in another one, 22 came with the words around them. The generated series lose nothing."""
DISPLACED, PROSE_DISPLACED = 4, 3
"""The same of a run that stands elsewhere in its own paragraph. Of 437 runs that readers traced two more are told truly
so than with five words, none less; with two words seven less."""
BESIDE, END = 3, 2
"""How many words that stayed must have stood beside what came back, for the wording to be known by it; for how many of
them an end of the text counts. Were two enough, a little word would come back from anywhere."""
A_PAIR = 2
"""So many words, of which one says something, are known by as many beside them. Of 30 stretches drawn at random 24 were
told more truly so, four less."""
NEAR = 6
"""How far from what stayed beside it what is shorter may have stood. Of 24 that stood anywhere in the paragraph six
were there by chance, of 24 that stood so near none."""
BRIDGE = 2  # kept words between others that were put elsewhere, which are part of what was
REWRITTEN = 0.5  # share of the words of a paragraph that one which went has, to be what it was made of
PIECE, LITTLE = 3, 5
"""Words of the shortest piece that nobody takes for chance, and where all of them say little."""
CRUMBS, AMID = 0.3, 4
"""What shorter kept pieces between two such may weigh by what came there, for them to be there by chance, and how many
words came then, or must stand around a formula that other paragraphs have as well, for it to have come with them. Of
221 runs of words that readers traced 203 are told truly so, 197 by the size of each piece and of what came beside it;
from .2 to .5 none does better. The higher, the worse is told what is rewritten word by word."""
A_LITTLE = 0.5  # what a word weighs that says little, or is part of a name
TORN = 0.5
"""Share of a long run below which what a paragraph kept of it in one piece is there by chance too: the run was copied
from where it stands whole."""
YEAR, DAY = 4, 3  # digits of a year; signs of a day: "31", "1er"
OPENING = "«“(["


class Run(Struct, frozen=True):
    """Words that one edition brought; ``origin`` is its place. ``uncertain`` tells that they could as well come from
    another: the same run of words stood in two places, of different origins; or it was copied from a paragraph that
    keeps it; or it is a little word that is older than what stands on either side of it."""

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
    lines: dict[Source, tuple[_Words, ...]] = {}
    gone: list[_Words] = []
    carried = _Carried()
    for number, text in enumerate(lineage.editions):
        parents, fresh = lineage.parents[number], []
        often = partial(_often, text)
        led = {source for sources in parents.values() for source in sources}
        before = lineage.editions[number - 1].body if number else ()
        gone += [known[number - 1, p.id] for p in before if (number - 1, p.id) not in led]
        for paragraph in text.body:
            here = number, paragraph.id
            sources = [known[source] for source in parents.get(paragraph.id, ())]
            line = _line(words for source in parents.get(paragraph.id, ()) for words in lines[source])
            if len(sources) == 1 and sources[0].text == paragraph.text:
                known[here], lines[here] = sources[0], line
                continue
            sources = sources or _rewritten(paragraph.text, gone)
            words = _blamed(paragraph.text, sources, line, number, carried, often, _language(lineage, number))
            known[here], lines[here] = words, (words, *line)
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
    """The words of a paragraph of an edition as chunks that join to its text, their keys, their origins; which of these
    are uncertain, and which words stayed while others around them were replaced one by one."""

    edition: int
    text: str
    chunks: tuple[str, ...]
    keys: tuple[str, ...]
    origins: list[int]
    uncertain: set[int]
    held: set[int]

    def runs(self) -> Iterator[Run]:
        """The chunks of one origin joined. A little word, or two, older than what stands on either side was kept by
        chance: it has the origin of the older side. Where the others were replaced one by one around it, its own is
        uncertain."""
        origins, uncertain = [*self.origins], {*self.uncertain}
        stretches = [[*places] for _, places in groupby(range(len(origins)), key=self.origins.__getitem__)]
        for before, places, behind in zip(stretches, stretches[1:], stretches[2:], strict=False):
            beside = min(self.origins[before[0]], self.origins[behind[0]])
            if self.origins[places[0]] >= beside or len(places) >= PIECE or not self._says_little(places):
                continue
            if self.held.isdisjoint(places):
                origins[places[0] : places[-1] + 1] = [beside] * len(places)
            else:
                uncertain.update(places)
        marks = [(origin, place in uncertain) for place, origin in enumerate(origins)]
        for (origin, is_uncertain), run in groupby(range(len(marks)), key=marks.__getitem__):
            yield Run("".join(self.chunks[place] for place in run), origin, is_uncertain)

    def _says_little(self, places: Iterable[int]) -> bool:
        return all(_says_little(self.keys[place]) for place in places)

    def part(self, start: int, end: int) -> "_Words":
        """The words from one place to another, without the text."""
        uncertain = {place - start for place in self.uncertain if start <= place < end}
        return _Words(
            self.edition, "", self.chunks[start:end], self.keys[start:end], self.origins[start:end], uncertain, set()
        )


Place = tuple[_Words, int]
_Run = tuple[str, ...]


def _runs_of(keys: tuple[str, ...], size: int = CARRIED) -> Iterator[_Run]:
    """The runs of so many words, by default as many as the shortest that is taken as carried over has."""
    return (keys[start : start + size] for start in range(len(keys) - size + 1))


@lru_cache(maxsize=4096)  # most paragraphs stand in several editions
def _chunks(text: str) -> tuple[str, ...]:
    """A text cut before each of its words: signs go with the word before them, what opens with the word after.

    >>> _chunks("Prie l’Office, « sans délai », d’agir ;")
    ('Prie', ' l’', 'Office,', ' « sans', ' délai »,', ' d’', 'agir ;')
    """
    chunks: list[str] = []
    opened = ""
    for unit in units(text):
        if is_word(unit):
            chunks.append(opened + unit)
            opened = ""
        elif (unit.strip() and unit.strip() in OPENING) or not chunks or opened:
            opened += unit
        else:
            chunks[-1] += unit
    if opened:
        chunks[-1:] = [chunks[-1] + opened] if chunks else [opened]
    return tuple(chunks)


def _often(text: Resolution, run: _Run) -> int:
    """In how many paragraphs of a text a run stands."""
    return sum(run in _runs_in(paragraph.text) for paragraph in text.body)


@lru_cache(maxsize=8192)
def _runs_in(text: str, size: int = CARRIED) -> frozenset[_Run]:
    """The different runs of a text."""
    return frozenset(_runs_of(_keys(text), size))


@lru_cache(maxsize=4096)
def _keys(text: str) -> _Run:
    """The keys of the chunks of a text."""
    return tuple(map(_key, _chunks(text)))


@lru_cache(maxsize=65536)
def _key(chunk: str) -> str:
    return key(next(filter(is_word, units(chunk)), ""))


def _rewritten(text: str, gone: Sequence[_Words]) -> list[_Words]:
    """Of the paragraphs that went the one that at least half a text is made of, in the order of its words.

    It was rewritten so far that nobody would call the text its successor; the words it kept have their origin there.
    Only pieces count: the little words of a short text stand in any long one.
    """
    keys = _keys(text)
    runs = [*_runs_of(keys, PIECE)]
    best, most = [], REWRITTEN * len(keys)
    for words in gone:
        there = _runs_in(words.text, PIECE)
        starts = [start for start, run in enumerate(runs) if run in there]
        if len({start + step for start in starts for step in range(PIECE)}) < most:  # no less than is kept
            continue
        pieces = [len(hunk.new) for hunk in script(words.keys, keys) if hunk.kept]
        kept = sum(size for size in pieces if size >= PIECE)
        if kept >= most:
            best, most = [words], kept
    return best


def _blamed(
    text: str,
    sources: Sequence[_Words],
    line: Sequence[_Words],
    number: int,
    carried: "_Carried",
    often: Callable[[_Run], int],
    language: Language | None,
) -> _Words:
    """The words of a paragraph that comes from these, which in turn come from the ``line``; ``often`` tells in how many
    of its edition a run stands."""
    chunks = _chunks(text)
    words = _Words(number, text, chunks, _keys(text), [number] * len(chunks), set(), set())
    used, held = _came_from(words, sources, line, carried, language)
    for new, (source, place) in used.items():
        words.origins[new] = source.origins[place]
        if place in source.uncertain:
            words.uncertain.add(new)
        if new in held or place in source.held:
            words.held.add(new)
    done = [place in used for place in range(len(chunks))]
    if not all(done):
        displaced = _Carried(DISPLACED, PROSE_DISPLACED, displaced=True)
        for stretch in _left(sources, {(id(source), place) for source, place in used.values()}):
            displaced.add(stretch)
        formulas = carried.explain(words, done, often, (*sources, *line))  # first: what it finds is longer
        displaced.explain(words, done, None)
        for run in formulas:
            _take_along(words, done, run)
    for figure in _figures(words):  # as young as what is new of it
        origins = words.origins[figure.start : figure.stop]
        words.origins[figure.start : figure.stop] = [max(origins)] * len(origins)
    return words


def _came_from(
    words: _Words, sources: Sequence[_Words], line: Sequence[_Words], carried: "_Carried", language: Language | None
) -> tuple[dict[int, Place], set[int]]:
    """Which word of the sources, or of an older wording of the ``line``, each word comes from, those left out that are
    there by chance; and the places of words that stayed while others around them were replaced one by one."""
    keys = words.keys
    used = {new: old for old, new in _kept(sources, keys, language)}
    _slide(used, words)
    held = set(_held(used, keys))
    for names in (False, True):
        _forget(used, (place for place in _crumbs(used, words, names=names) if place not in held))
    _forget(used, carried.torn(words, used))
    _swap(used, keys, sources)
    _bring_back(used, keys, line if len(sources) > 1 else [older for older in line if older not in sources])
    _forget(used, _new_figures(used, words, (*sources, *line)))
    return used, held


def _held(used: Mapping[int, Place], keys: _Run) -> Iterator[int]:
    """The places of kept words around which as many words went as came, on either side: the others were replaced one by
    one, and these stayed."""
    runs = [*_stretches(used, range(len(keys)))]
    for before, kept, behind in zip(runs, runs[1:], runs[2:], strict=False):
        if kept[0] and _even(used, before[1]) and _even(used, behind[1]):
            yield from kept[1]


def _even(used: Mapping[int, Place], gap: Sequence[int]) -> bool:
    """Whether as many words came at these places as went, between two that were kept of one paragraph."""
    return _stood_between(used, gap[0] - 1, gap[-1] + 1) == len(gap)


def _forget(used: dict[int, Place], places: Iterable[int]) -> None:
    """Have the words at these places come from nowhere."""
    for place in [*places]:
        used.pop(place, None)


def _stretches(used: Mapping[int, Place], places: Iterable[int]) -> Iterator[tuple[bool, list[int]]]:
    """Places that follow one another cut where those that were kept begin and end: whether they were, and which."""
    kept = {*used}  # as it is now
    return ((is_kept, [*run]) for is_kept, run in groupby(places, key=kept.__contains__))


def _take_along(words: _Words, done: Sequence[bool], run: range) -> None:
    """Have a formula that stands elsewhere in the edition as well, and here amid words that came, come with them:
    "Invite tous les États qui luttent contre la *piraterie et les vols à main armée commis en mer*"."""
    before = next((place for place in range(run.start - 1, -1, -1) if done[place]), -1)
    behind = next((place for place in range(run.stop, len(done)) if done[place]), len(done))
    if behind - before - 1 - len(run) >= AMID:
        words.origins[run.start : run.stop] = [words.edition] * len(run)
        words.uncertain.difference_update(run)


def _figures(words: _Words) -> Iterator[range]:
    """The places of dates and of numbers of resolutions with their year: each is one, of whatever it was made up."""
    for end in range(2, len(words.keys) + 1):
        before, year = words.keys[end - 2 : end]
        if len(year) != YEAR or not year.isdigit():
            continue
        day = words.keys[end - 3] if end > 2 else ""
        if before[:1].isdigit() and words.chunks[end - 1].lstrip().startswith("("):
            yield range(end - 2, end)
        elif before.isalpha() and day[:1].isdigit() and len(day) <= DAY:
            yield range(end - 3, end)


def _new_figures(used: Mapping[int, Place], words: _Words, older: Sequence[_Words]) -> Iterator[int]:
    """The places of dates and numbers that none of these wordings has as they stand."""
    for figure in _figures(words):
        run = words.keys[figure.start : figure.stop]
        is_whole = all(_goes_on(used, place, place + 1) for place in figure[:-1])
        if not is_whole and not any(run in _runs_in(wording.text, len(run)) for wording in older):
            yield from figure


def _swap(used: dict[int, Place], keys: _Run, sources: Iterable[_Words]) -> None:
    """Have what came beside words that stayed, and is just what went near them, come from there: "family
    intergenerational solidarity", then "intergenerational family solidarity". One word at least says something."""
    gone: dict[_Run, list[Place]] = {}
    for source in sources:
        kept = {place: old for old in used.values() for place in (old[1],) if old[0] is source}
        for is_kept, places in _stretches(kept, range(len(source.keys))):
            if not is_kept:
                gone.setdefault(source.keys[places[0] : places[-1] + 1], []).append((source, places[0]))
    for is_kept, places in [*_stretches(used, range(len(keys)))]:
        came = keys[places[0] : places[-1] + 1]
        if is_kept or all(map(_says_little, came)):
            continue
        beside = [used[place] for place in (places[0] - 1, places[-1] + 1) if place in used]
        for source, at in gone.get(came, ()):
            if any(source is other and abs(at - there) <= NEAR for other, there in beside):
                used |= {place: (source, at + step) for step, place in enumerate(places)}
                gone[came].remove((source, at))
                break


def _bring_back(used: dict[int, Place], keys: _Run, line: Iterable[_Words]) -> None:
    """Have what came beside words that stayed, and stood beside them in an older wording too, come from there: it left
    and came back, or was not kept of one of several paragraphs that became one."""
    for words in line:
        start = there = 0
        came = [place for place in range(len(keys)) if place not in used]
        for hunk in script(words.keys, keys) if _may_have(words, keys, came) else ():
            end, ended = start + len(hunk.new), there + len(hunk.old)
            opens, closes = start == there == 0, (end, ended) == (len(keys), len(words.keys))
            for is_kept, places in [*_stretches(used, range(start, end))] if hunk.kept else ():
                first, last = places[0], places[-1]
                before = END if opens and first == 0 else first - start
                after = END if closes and last + 1 == end else end - last - 1
                is_all = {first - 1, last + 1} - {-1, len(keys)} <= used.keys()
                if not is_kept and before + after >= _least_beside(keys[first : last + 1], is_all=is_all):
                    used |= {place: (words, there + place - start) for place in places}
            start, there = end, ended


def _may_have(words: _Words, keys: _Run, came: Iterable[int]) -> bool:
    """Whether words that came at one of these places may have stood beside others in a wording: with what must have
    stood beside it all that comes back is a run of four words there, of two where a text begins or ends."""

    def stands(place: int, size: int) -> bool:
        runs = _runs_in(words.text, size)
        return any(keys[at : at + size] in runs for at in range(max(0, place - size + 1), place + 1))

    ends = {*range(END), *range(len(keys) - END, len(keys))}
    return any(stands(place, A_PAIR if place in ends else 1 + BESIDE) for place in came) or len(keys) == 1


def _least_beside(came: _Run, *, is_all: bool) -> float:
    """How many words that stayed must have stood beside these for them to have come back; ``is_all`` tells that nothing
    else came with them."""
    if len(came) >= DISPLACED:
        return 1
    if len(came) >= A_PAIR and not all(map(_says_little, came)):
        return A_PAIR
    return BESIDE if is_all else inf


def _line(wordings: Iterable[_Words]) -> tuple[_Words, ...]:
    """The wordings that led to a paragraph, each once, the last first."""
    once = {id(words): words for words in wordings}
    return tuple(sorted(once.values(), key=lambda words: -words.edition))


def _left(sources: Sequence[_Words], used: Set[tuple[int, int]]) -> Iterator[_Words]:
    """The stretches of the sources that were not kept where they stood, long enough to have been put elsewhere."""
    for source in sources:
        places = range(len(source.keys))
        runs = [(left, list(run)) for left, run in groupby(places, key=lambda place: (id(source), place) not in used)]
        inner = range(1, len(runs) - 1)
        went = [left or (rank in inner and len(run) <= BRIDGE) for rank, (left, run) in enumerate(runs)]
        for is_left, ranks in groupby(range(len(runs)), key=went.__getitem__):
            stretch = [place for rank in ranks for place in runs[rank][1]]
            if is_left and len(stretch) >= DISPLACED:
                yield source.part(stretch[0], stretch[-1] + 1)


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
        for before, after in () if hunk.kept else _respelled(hunk.old, hunk.new):
            youngest = max((old[at + step] for step in before), key=lambda place: place[0].origins[place[1]])
            yield from ((youngest, here + step) for step in after)
        at, here = at + len(hunk.old), here + len(hunk.new)


def _respelled(old: _Run, new: _Run) -> Iterator[tuple[range, range]]:
    """Which words of the one stand in the other with another hyphen or space: "health care" in "healthcare"."""
    there = {_letters(old[at : at + size]): range(at, at + size) for size in (2, 1) for at in range(len(old))}
    was = now = 0
    while now < len(new):
        spans = [range(now, min(now + size, len(new))) for size in (1, 2)]
        found = [(old_span, span) for span in spans if (old_span := there.get(_letters(new[span.start : span.stop])))]
        if found and found[0][0].start >= was:
            yield found[0]
            was, now = found[0][0].stop, found[0][1].stop
        else:
            now += 1


def _letters(words: _Run) -> str:
    return "".join(words).replace("-", "")


def _slide(used: dict[int, Place], words: _Words) -> None:
    """Have what came between two words that stood side by side begin behind a sign, or else as late as it can: of "du
    29 avril 2004" and "du 29 avril 2004 et 1570 (2004) du 28 octobre 2004" the first year is kept."""
    keys, chunks = words.keys, words.chunks
    for places in [places for is_kept, places in _stretches(used, range(len(keys))) if not is_kept][::-1]:
        start, size = places[0], len(places)
        least = most = start
        while (
            most
            and most + size < len(keys)
            and keys[most] == keys[most + size]
            and _goes_on(used, most - 1, most + size)
        ):
            used[most] = used.pop(most + size)
            most += 1
        behind_sign = [at for at in range(least + 1, most + 1) if not chunks[at - 1][-1].isalnum()]
        for at in range(most - 1, max(behind_sign, default=most) - 1, -1):
            used[at + size] = used.pop(at)


def _goes_on(used: Mapping[int, Place], place: int, behind: int) -> bool:
    """Whether two kept words stood side by side in one paragraph."""
    return _stood_between(used, place, behind) == 0


def _stood_between(used: Mapping[int, Place], place: int, behind: int) -> int | None:
    """How many words stood between two kept ones of one paragraph; None where they are not that."""
    if place not in used or behind not in used:
        return None
    (source, at), (other, there) = used[place], used[behind]
    return there - at - 1 if source is other else None


def _is_misread(was: str, now: str, language: Language) -> bool:
    from resdiff.marking.noise import is_misread  # needed for scans alone

    return is_misread(was, now, language)


def _crumbs(used: Mapping[int, Place], words: _Words, *, names: bool) -> Iterator[int]:
    """The places of kept words that are there by chance: between two pieces in which the text goes on, so few and so
    little that what came there outweighs them; with ``names`` those too that have capitals. What the text opens and
    ends with is no such thing."""
    keys = words.keys
    is_name = _names(words) if names else [False] * len(keys)
    is_little = [_says_little(word) or is_name[at] for at, word in enumerate(keys)]

    def is_dated(place: int) -> bool:
        return keys[place - 1][-1:].isdigit() and keys[place + 1][-1:].isdigit()

    def is_solid(run: tuple[bool, list[int]]) -> bool:
        is_kept, places = run
        if not all(is_little[place] for place in places):
            return is_kept and len(places) >= PIECE
        return is_kept and len(places) >= (FORMULA if any(is_name[place] for place in places) else LITTLE)

    runs = [*_stretches(used, range(len(keys)))]
    inner = runs[runs[0][0] : len(runs) - runs[-1][0]] if len(runs) > 1 else []
    for solid, stretch in groupby(inner, key=is_solid):
        pieces = list(stretch)
        came = sum(len(places) for is_kept, places in pieces if not is_kept)
        crumbs = [place for is_kept, places in pieces if is_kept for place in places]
        weight = sum(A_LITTLE if is_little[place] else 1 for place in crumbs)
        if not solid and came >= AMID and weight <= CRUMBS * came:
            yield from crumbs
        elif not solid:  # the month of another date
            yield from (at for at in crumbs if at - 1 not in used and at + 1 not in used and is_dated(at))


def _names(words: _Words) -> list[bool]:
    """Which words have a capital, or are the only one that has none and says something between two that have: "la
    République démocratique du Congo"."""
    initials = [chunk.lstrip(f" {OPENING}")[:1] for chunk in words.chunks]
    names = [initial.isupper() for initial in initials]
    telling = [place for place, key_ in enumerate(words.keys) if names[place] or not _says_little(key_)]
    for before, place, behind in zip(telling, telling[1:], telling[2:], strict=False):
        names[place] = names[place] or (initials[before].isupper() and initials[behind].isupper())
    return names


def _says_little(key_: str) -> bool:
    return len(key_.rstrip("'")) <= LETTERS


# ---- what was carried over ------------------------------------------------------------------------------------------


class _Carried:
    """Where each run of words stood before: by default in any edition. ``least`` are the words of the shortest run that
    counts, ``prose`` those of it that have no capital. What was only ``displaced`` may be a name, and was put to one
    place."""

    def __init__(self, least: int = CARRIED, prose: int = PROSE, *, displaced: bool = False) -> None:
        self._least, self._prose, self._displaced = least, prose, displaced
        self._places: dict[_Run, list[Place]] = {}
        self._spent: set[tuple[int, int]] = set()

    def add(self, words: _Words) -> None:
        """Know the runs of a paragraph too; those that it kept whole are known from where it has them."""
        brought = -1  # the last word up to the end of the run that the edition brought
        for end, origin in enumerate(words.origins, 1):
            brought = end - 1 if origin == words.edition else brought
            start = end - self._least
            run = words.keys[max(0, start) : end]
            if start >= 0 and (brought >= start or run not in self._places):
                self._places.setdefault(run, []).append((words, start))

    def explain(
        self,
        words: _Words,
        done: list[bool],
        often: Callable[[_Run], int] | None,
        own: Iterable[_Words] = (),
    ) -> list[range]:
        """Give the words that are not done the origins of the longest runs that stood before, longest first; a long
        name comes from its ``own`` older wordings alone. A short one that stands in several paragraphs of the edition,
        by ``often``, may be there by chance. The places of those that are too short to have been copied come back."""
        formulas: list[range] = []
        its = {*map(id, own)}
        while found := max(self._runs(words, done, its), key=lambda run: run[0], default=None):
            size, start, sources = found
            origins = {tuple(w.origins[at : at + size]) for w, at in sources}
            source, at = min(sources, key=lambda place: place[0].origins[place[1] : place[1] + size])
            words.origins[start : start + size] = source.origins[at : at + size]
            run = words.keys[start : start + size]
            is_copied = often and size < FORMULA and any(often(piece) > 1 for piece in _runs_of(run))
            if is_copied and size < COPIED:
                formulas.append(range(start, start + size))
            doubtful = len(origins) > 1 or bool(is_copied)
            for step in range(size):
                done[start + step] = True
                if self._displaced:
                    self._spent.add((id(source), at + step))
                if doubtful or at + step in source.uncertain:
                    words.uncertain.add(start + step)
        return formulas

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

    def _runs(self, words: _Words, done: list[bool], own: Set[int]) -> Iterator[tuple[int, int, list[Place]]]:
        """The runs of words not done that stood before: how long, where, all the places where they stood so; of names
        those of its own wordings."""
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
            if not self._says_enough(words, start, longest):
                best = [place for place in best if longest >= FORMULA and id(place[0]) in own]
            if best and not _is_formula(best, longest):
                yield longest, start, best

    def _longest(self, keys: tuple[str, ...], start: int, room: int) -> tuple[int, list[Place]]:
        """The longest run from there on that stood before, of no more words than there is room: how long, where."""
        best: list[Place] = []
        longest = 0
        for source, at in self._places.get(keys[start : start + self._least], ()):
            size, most = self._least, min(room, len(source.keys) - at)
            while size < most and source.keys[at + size] == keys[start + size]:
                size += 1
            if self._spent and any((id(source), place) in self._spent for place in range(at, at + size)):
                continue
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
        telling = sum(len(words.keys[place]) > LETTERS for place in small)
        if size >= FORMULA and not self._displaced:
            return telling + sum(words.keys[place][:1].isdigit() for place in places) >= TELLING
        if len(places) < self._least or len(small) < self._prose:
            return False
        capitals = sum(initial.isupper() for initial in initials.values())
        return self._displaced or telling >= capitals


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
