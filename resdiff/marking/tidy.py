"""Makes a diff readable: ``tidy(script)`` is a script of the same two texts, marked as a person would mark them.

    the diff finds   les motivations,{+ le lieu,+} l’époque et les auteurs
    a person marks   les motivations{+, le lieu+}, l’époque et les auteurs

    the diff finds   contre {-les sociétés pacifiques-}{+la paix+} et {-sûres-}{+la sécurité internationales+}
    a person marks   contre {-les sociétés pacifiques et sûres-}{+la paix et la sécurité internationales+}

    the diff finds   sa résolution {-1373-}{+1566+} ({-2001-}{+2004+}) du {-17-}{+19+} décembre {-2015-}{+2017+}
    a person marks   sa résolution {-1373 (2001) du 17 décembre 2015-}{+1566 (2004) du 19 décembre 2017+}

Each pass is a function from script to script, in a language; ``PASSES`` lists them in order. A pass only moves the
borders of hunks, never a character from one text to the other, so the texts come back to the letter whatever the passes
do.
"""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import chain

from msgspec import Struct

from resdiff.language import Language
from resdiff.language.fold import key
from resdiff.marking.weight import halvings, openings

__all__ = ["PASSES", "Hunk", "Script", "normalized", "tidy"]


class Hunk(Struct, frozen=True):
    """Units that are kept (same number, same keys on both sides) or that changed.

    A unit is a token with the white space before it: a marked word brings its own space along. ``A B`` → ``A, B``
    inserts ``,`` and a deleted adjective takes the space before it away. The ``old`` units of all hunks of a script,
    joined, are the old text to the letter; the ``new`` ones the new text.
    """

    kept: bool
    old: tuple[str, ...]
    new: tuple[str, ...]


Script = tuple[Hunk, ...]
Pass = Callable[[Script, Language], Script]

# Kept words between two changes are swallowed when they hold at most so many content words, are at most so many units,
# and the smaller change has at least so many units. Of 198 linked paragraphs of six real pairs this joins the shreds of
# 13 together; looser limits (6 units, 3 content words) begin to swallow clauses that were kept.
ISLANDS = ((1, 3, 4), (2, 5, 9))
# Where one of the changes, or each, only adds or only removes, a kept word stands there by chance if it is alone, with
# or without small words, the smaller change has so many units, and one text in eight (so many halvings) has the word: a
# rarer one is what both texts speak of. Chosen on one half of the series of 245 pairs; of 37 paragraphs of the other
# half that this joins, 27 read better and one worse. With 3 units, or 6 for the second, it joins as much that really
# stays.
ALONE = ((1, 4), (3, 9))
COMMON = 3

# Digits of the number of a paragraph at most: a year has more.
BARE = 3

# A change of more than so many pairs of units is not searched again for shared words (2 ms).
LARGE = 1600

# How well a lone insertion or deletion reads at a place, in points: see _reading.
COMMA, CLOSED, OPENING, PARALLEL, DANGLING, ELIDED, TORN, UNEQUAL = 4, 2, 2, 3, -3, -4, -6, -3


def tidy(script: Script, language: Language, *, passes: Sequence[Pass] | None = None) -> Script:
    """The script after all passes."""
    for improve in PASSES if passes is None else passes:
        if all(hunk.kept for hunk in script):
            break
        script = improve(script, language)
    return script


# ---- the passes -----------------------------------------------------------------------------------------------------


def swallow_islands(script: Script, language: Language) -> Script:
    """Kept words too slight to hold two changes apart belong to the change around them.

    ``les sociétés … → la paix`` *et* ``sûres → la sécurité`` is one change, with its *et*.
    """
    done: list[Hunk] = []
    for hunk in script:
        done.append(hunk)
        while len(done) > 2 and not hunk.kept and _is_island(done[-3], done[-2], done[-1], language):
            done[-3:] = [_joined(done[-3:])]
    return tuple(done)


def join_numbers(script: Script, language: Language) -> Script:
    """A list of bare numbers that lost some and won some is changed as a whole: they stand for something else now.

    ``aux paragraphes 2, 4, 5, 6 et 7`` → ``3, 5 et 7 à 11`` keeps no *5* and no *7*; a list that only grew keeps all.
    """
    done: list[Hunk] = []
    at = 0
    while at < len(script):
        end = at + 1
        while not script[at].kept and end + 1 < len(script) and _is_of_list(script[end], language):
            end += 2
        run = script[at:end]
        done += [_joined(run)] if len(run) > 1 and _exchanges_numbers(run) else run
        at = end
    return tuple(done)


def recover_content(script: Script, language: Language) -> Script:
    """Words of content that both sides of a change share stay, where the diff had held on to small words instead.

    ``et les filles`` → ``, les filles et les garçons`` keeps *les filles*, not *et les*.
    """
    return normalized([piece for hunk in script for piece in ([hunk] if hunk.kept else _recovered(hunk, language))])


def whole_numbers(script: Script, language: Language) -> Script:
    """A date of which two parts changed is changed as a whole: day, month, year."""
    return _grown(script, language, _date_before, _date_after)


def close_brackets(script: Script, language: Language) -> Script:
    """A change that opens a bracket or a quotation on both sides takes the closing mark along: ``1373 (2001)``."""
    return _grown(script, language, _bracket_before, _bracket_after)


def keep_elisions(script: Script, language: Language) -> Script:
    """An elision is marked with its word: ``l’Office`` → ``l’Organisation``, not ``l’`` and a changed word."""
    return _grown(script, language, _elision_before, _elision_after)


def join_respelled(script: Script, language: Language) -> Script:
    """A word that is kept but written otherwise belongs to the change beside it: ``Examen`` → ``Septième examen``."""
    return _grown(script, language, _respelled_before, _respelled_after)


def slide(script: Script, language: Language) -> Script:
    """A lone insertion or deletion stands where it reads as a phrase: ``{+, le lieu+}``, ``{+; et se félicite …+}``.

    ``a b a`` → ``a`` can delete ``a b`` or ``b a``; the borders decide which reads better.
    """
    nothing = Hunk(True, (), ())
    done = [nothing, *script, nothing]
    for at in range(1, len(done) - 1):
        hunk = done[at]
        if not hunk.kept and not (hunk.old and hunk.new):
            done[at - 1 : at + 2] = _slid(done[at - 1], hunk, done[at + 1], language)
    return normalized(done)


PASSES: tuple[Pass, ...] = (
    slide,
    join_numbers,
    swallow_islands,
    recover_content,
    whole_numbers,
    close_brackets,
    keep_elisions,
    join_respelled,
)


# ---- islands --------------------------------------------------------------------------------------------------------


def _is_island(before: Hunk, kept: Hunk, after: Hunk, language: Language) -> bool:
    """Whether the kept units between two changes are to be swallowed."""
    if _is_of_date(before, kept, after, language):
        return True
    length = len(kept.new)
    least = min(max(len(h.old), len(h.new)) for h in (before, after))
    if length > max(least, 2) or any("\n" in unit for unit in kept.new):
        return False
    if not ((before.old or after.old) and (before.new or after.new)):
        return False  # insertions only, or deletions only: nothing is replaced, the kept words really stay
    if words := _content_words(kept.new, language):
        if all(h.old and h.new for h in (before, after)):
            return any(len(words) <= most and length <= longest and least >= rest for most, longest, rest in ISLANDS)
        is_alone = len(words) == 1 and any(length <= longest and least >= rest for longest, rest in ALONE)
        opens = key(kept.new[0]) in _PAUSES  # ", notamment": here a clause begins that both texts have
        return is_alone and not opens and halvings(words[0], language) <= COMMON
    # "international {-applicable-}, {+et+} notamment" is two changes at a comma.
    one_sided = all(bool(h.old) != bool(h.new) for h in (before, after))
    return not one_sided or any(map(_is_worded, kept.new))


def _is_of_date(before: Hunk, kept: Hunk, after: Hunk, language: Language) -> bool:
    """Whether the kept units are what is left of a date, or of a resolution and its date, that changed around them:
    "31 mars" before another year, "(2004) du" between another number and another day."""
    if not (after.old and after.new and _is_numbers(kept.new, language)) or sum(map(_is_number, kept.new)) > 1:
        return False  # more than one: a resolution with its year, or with its day
    first, last = (after.old[0], after.new[0]), kept.new[-1]
    is_day = _is_number(last) and all(_is_month(unit, language) for unit in first)
    is_day_of_month = _is_month(last, language) and _is_number(kept.new[-2]) and all(map(_is_number, first))
    if is_day or is_day_of_month:  # beside a number that came or went: of two terms only the month or the year changed
        return any(map(_is_number, (*before.old, *before.new)))
    is_year = kept.new[0].strip() == "(" and all(map(_is_number, first))
    return is_year and all(run and _is_number(run[-1]) for run in (before.old, before.new))


def _is_numbers(run: tuple[str, ...], language: Language) -> bool:
    """Whether the run has numbers, and beside them only signs and small words of one line."""
    slight = _slight(language)
    return all(
        "\n" not in unit and (_is_number(unit) or not _is_worded(unit) or key(unit) in slight) for unit in run
    ) and any(map(_is_number, run))


def _is_of_list(kept: Hunk, language: Language) -> bool:
    """Whether the kept units are numbers that say nothing by themselves: of paragraphs, not of resolutions or dates."""
    return _is_numbers(kept.new, language) and all(
        _is_bare(unit) if _is_number(unit) else not _is_month(unit, language) for unit in kept.new
    )


def _exchanges_numbers(run: Sequence[Hunk]) -> bool:
    """Whether the changes of a run of hunks took such numbers away and brought others."""
    changes = [hunk for hunk in run if not hunk.kept]
    gone, come = (chain.from_iterable(side) for side in ((h.old for h in changes), (h.new for h in changes)))
    return any(map(_is_bare, gone)) and any(map(_is_bare, come))


def _is_bare(unit: str) -> bool:
    return unit.strip().isdecimal() and len(unit.strip()) <= BARE


def _content(run: tuple[str, ...], language: Language) -> int:
    return len(_content_words(run, language))


def _content_words(run: tuple[str, ...], language: Language) -> list[str]:
    slight = _slight(language)
    return [word for unit in run if _is_worded(unit) and (word := key(unit)) not in slight]


@lru_cache(maxsize=65536)
def _is_worded(unit: str) -> bool:
    return any(c.isalnum() for c in unit)


@cache
def _slight(language: Language) -> frozenset[str]:
    """The words that cannot hold two changes apart; a month cannot either, between two parts of a date."""
    rows = language.words
    words = {word for row in (*rows.light, *rows.linking) for word in row.words}
    return frozenset(words.union(rows.dates.months))


def _recovered(hunk: Hunk, language: Language) -> list[Hunk]:
    """The change cut at the longest run both sides share, if that holds more than half of the content of one side."""
    least = min(_content(hunk.old, language), _content(hunk.new, language))
    if not least or len(hunk.old) * len(hunk.new) > LARGE:
        return [hunk]
    i, j, size = _shared(hunk.old, hunk.new, language)
    if 2 * _content(hunk.old[i : i + size], language) <= least:
        return [hunk]
    kept = Hunk(True, hunk.old[i : i + size], hunk.new[j : j + size])
    rest = Hunk(False, hunk.old[:i], hunk.new[:j]), Hunk(False, hunk.old[i + size :], hunk.new[j + size :])
    return [*_recovered(rest[0], language), kept, *_recovered(rest[1], language)]


def _shared(old: tuple[str, ...], new: tuple[str, ...], language: Language) -> tuple[int, int, int]:
    """The run of units both sides share with the most content, then the longest: its places and its size."""
    best = (0, 0, 0, 0)
    places: dict[str, list[int]] = {}
    for j, unit in enumerate(new):
        places.setdefault(key(unit), []).append(j)
    ends: dict[tuple[int, int], int] = {}
    for i, unit in enumerate(old):
        for j in places.get(key(unit), ()):
            size = ends[i, j] = ends.get((i - 1, j - 1), 0) + 1
            run = old[i - size + 1 : i + 1]
            best = max(best, (_content(run, language), size, -(i - size + 1), -(j - size + 1)))
    return -best[2], -best[3], best[1]


# ---- growing --------------------------------------------------------------------------------------------------------


_Rule = Callable[[Hunk, Hunk, Language], int]


def _grown(script: Script, language: Language, before: _Rule, after: _Rule) -> Script:
    """The script with each change grown by so many units of the kept hunks around it as the two rules say."""
    done = list(script)
    for at, hunk in enumerate(script):
        if hunk.kept:
            continue
        if at and (n := before(done[at - 1], done[at], language)):
            kept = done[at - 1]
            done[at - 1] = Hunk(True, kept.old[:-n], kept.new[:-n])
            done[at] = Hunk(False, kept.old[-n:] + done[at].old, kept.new[-n:] + done[at].new)
        if at + 1 < len(done) and (n := after(done[at], done[at + 1], language)):
            kept = done[at + 1]
            done[at + 1] = Hunk(True, kept.old[n:], kept.new[n:])
            done[at] = Hunk(False, done[at].old + kept.old[:n], done[at].new + kept.new[:n])
    return script if done == list(script) else normalized(done)


def normalized(script: Sequence[Hunk]) -> Script:
    """The script without empty hunks, neighbours of one sort joined."""
    done: list[Hunk] = []
    for hunk in script:
        if not (hunk.old or hunk.new):
            continue
        if done and done[-1].kept == hunk.kept:
            done[-1] = _joined((done[-1], hunk))
        else:
            done.append(hunk)
    return tuple(done)


def _joined(hunks: Sequence[Hunk]) -> Hunk:
    old = tuple(unit for hunk in hunks for unit in hunk.old)
    new = tuple(unit for hunk in hunks for unit in hunk.new)
    return Hunk(all(hunk.kept for hunk in hunks), old, new)


def _is_month(unit: str, language: Language) -> bool:
    return key(unit) in language.words.dates.months


def _is_number(unit: str) -> bool:
    return unit.strip()[:1].isdigit()


def _date_before(kept: Hunk, change: Hunk, language: Language) -> int:
    """1 when the change begins with a month and a year that both changed, after a day that did not."""
    both = [
        run for run in (change.old, change.new) if len(run) > 1 and _is_month(run[0], language) and _is_number(run[1])
    ]
    return int(len(both) == 2 and bool(kept.new) and _is_number(kept.new[-1]))


def _date_after(change: Hunk, kept: Hunk, language: Language) -> int:
    """1 or 2 units: the year after a day and a month that changed, the month and year after … a changed number."""
    both = [
        run for run in (change.old, change.new) if len(run) > 1 and _is_month(run[-1], language) and _is_number(run[-2])
    ]
    return int(len(both) == 2 and bool(kept.new) and _is_number(kept.new[0]))


_CLOSING = {")": "(", "]": "[", "»": "«", "”": "“"}
_OPENING = {opening: closing for closing, opening in _CLOSING.items()}
_BRACKETS = _CLOSING.keys() | _OPENING.keys()


def _left_open(run: tuple[str, ...], closing: str) -> int:
    """How many more brackets of a sort the run opens than it closes; less than 0 when it closes more."""
    marks = [unit.strip() for unit in run]
    return marks.count(_CLOSING[closing]) - marks.count(closing)


def _bracket_before(kept: Hunk, change: Hunk, language: Language) -> int:
    closing = _OPENING.get(kept.new[-1].strip()) if kept.new else None
    return int(closing is not None and _left_open(change.old, closing) < 0 and _left_open(change.new, closing) < 0)


def _bracket_after(change: Hunk, kept: Hunk, language: Language) -> int:
    mark = kept.new[0].strip() if kept.new else ""
    return int(mark in _CLOSING and _left_open(change.old, mark) > 0 and _left_open(change.new, mark) > 0)


def _is_elision(unit: str) -> bool:
    return key(unit).endswith("'") and key(unit)[:1].isalpha()  # a sign alone is what a scan left of the call of a note


def _elision_before(kept: Hunk, change: Hunk, language: Language) -> int:
    """1 when a kept elision stands before a word that was replaced."""
    return int(bool(change.old and change.new and kept.new) and _is_elision(kept.new[-1]))


def _elision_after(change: Hunk, kept: Hunk, language: Language) -> int:
    """1 when a changed elision has lost its word to the kept hunk, unless the change is of small words alone."""
    ends = [run for run in (change.old, change.new) if run and _is_elision(run[-1])]
    if not ends or not kept.new or not (change.old and change.new):
        return 0
    return int(_content(change.old, language) + _content(change.new, language) > 0)


def _respelled_before(kept: Hunk, change: Hunk, language: Language) -> int:
    return int(bool(kept.old) and _is_respelled(kept.old[-1], kept.new[-1]))


def _respelled_after(change: Hunk, kept: Hunk, language: Language) -> int:
    return int(bool(kept.old) and _is_respelled(kept.old[0], kept.new[0]))


def _is_respelled(old: str, new: str) -> bool:
    """Whether the letters differ though the key is the same; a misread word of a scan has another key."""
    return old.strip() != new.strip() and key(old) == key(new)


# ---- sliding --------------------------------------------------------------------------------------------------------


def _slid(before: Hunk, hunk: Hunk, after: Hunk, language: Language) -> tuple[Hunk, Hunk, Hunk]:
    """A lone insertion or deletion and the kept hunks around it, at the place where it reads best."""
    added = bool(hunk.new)
    run = hunk.new if added else hunk.old
    long = (before.new + run + after.new) if added else (before.old + run + after.old)
    start, size = len(before.new), len(run)
    places = _places(long, start, size)
    if len(places) == 1:  # as for most
        return before, hunk, after
    short = before.old + after.old if added else before.new + after.new
    best = max(places, key=lambda at: (_reading(long, short, at, size, start, language), -abs(at - start), -at))
    if best == start:
        return before, hunk, after
    pieces = (long[:best], long[best : best + size], long[best + size :])
    rest = (short[:best], (), short[best:])
    old, new = (rest, pieces) if added else (pieces, rest)
    return Hunk(True, old[0], new[0]), Hunk(False, old[1], new[1]), Hunk(True, old[2], new[2])


def _places(long: tuple[str, ...], start: int, size: int) -> range:
    """The starts at which a run of that size can be taken out of the units with the same words left."""
    low = start
    while low > 0 and key(long[low - 1]) == key(long[low + size - 1]):
        low -= 1
    high = start
    while high + size < len(long) and key(long[high]) == key(long[high + size]):
        high += 1
    return range(low, high + 1)


def _reading(long: tuple[str, ...], short: tuple[str, ...], at: int, size: int, start: int, language: Language) -> int:
    """How well the run reads as a phrase when it is taken out at this place."""
    first, last = key(long[at]), key(long[at + size - 1])
    before = key(long[at - 1]) if at else ";"
    after = key(long[at + size]) if at + size < len(long) else ";"
    points = (
        COMMA * (first in _PAUSES)
        + CLOSED * (after in _PAUSES and last not in _PAUSES)
        + OPENING * (first in openings(language))
    )
    points += PARALLEL * (before in _PAUSES and last in _PAUSES)
    points += DANGLING * (last in _slight(language)) + ELIDED * (last.endswith("'")) + ELIDED * (before.endswith("'"))
    points += TORN * _is_torn(long[at : at + size])
    low, high = sorted((at, start))
    return points + UNEQUAL * any(short[i] != long[i if at > start else i + size] for i in range(low, high))


_PAUSES = frozenset({",", ";", ":", "."})


def _is_torn(run: tuple[str, ...]) -> bool:
    """Whether a bracket or quotation is opened and not closed in the run, or closed and not opened."""
    marks = {unit.strip() for unit in run}.intersection(_BRACKETS)
    return bool(marks) and any(_left_open(run, closing) for closing in _CLOSING)
