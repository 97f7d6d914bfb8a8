"""The wording that is nearest to a clause: ``nearest(index, clause, language)``.

First the clause itself is looked up by its key, then the same words with other figures. Else sentences that share its
rarest words are looked at: one may hold it to the letter, cut otherwise; of the others the run of clauses is taken
that keeps most of its words. Where none does, the sentences that have some of its words in a row.
"""

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from resdiff.language import Language
from resdiff.language.segments import clauses
from resdiff.language.stems import Word, folded, stem, unelided, words
from resdiff.marking.weight import is_content
from resdiff.search.index import Index
from resdiff.search.keys import FIGURE, key_of, without_figures

__all__ = ["LIKE", "Near", "nearest"]

LIKE = 0.65
"""How many of the words of both must be kept for one to be made of the other, 0 to 1: what the translators of the
United Nations are offered as a match begins there (eLUNa)."""
RARE = 16  # stems by which sentences are looked for
ROWS = 8_000  # sentences that those stems may have together, as long as there are two
SENTENCES = 32  # that are looked at
PHRASE, PHRASES = 4, 8  # stems in a row by which they are looked for where none of those has a near wording
RUN = 3  # clauses of a sentence that one clause may be made of
TRIED = 4  # runs whose words are compared in order
MATTER = 0.5  # of the words that carry meaning, 0 to 1
SAID = 3  # words beside the figures
FEWEST, MOST = 0.45, 2.2  # words of a run for each word of the clause


class Near(Struct, frozen=True):
    """A wording: its key, the sentence it stands in, as printed, and where; those of all sentences that hold it.

    ``verbatim``: the words are the same; ``figures``: all but figures and dates. ``likeness``: how many of the words of
    both are kept, 0 to 1.
    """

    key: int
    sentence: int
    sentences: tuple[int, ...]
    printed: str
    start: int
    text: str
    likeness: float
    verbatim: bool = False
    figures: bool = False


class _Run(Struct, frozen=True):
    """Some clauses of a sentence, as words."""

    sentence: int
    printed: str
    start: int
    end: int
    folded: tuple[str, ...]


def nearest(index: Index, clause: str, language: Language, least: float = LIKE) -> Near | None:
    """The wording nearest to a clause, the one adopted last of those equally near; None where none keeps ``least`` of
    the words of both. Raises InputError where the index is damaged."""
    asked = tuple(folded(clause))
    if not asked:
        return None
    key = key_of(asked, language)
    if rows := index.rows("SELECT sentence FROM clauses WHERE hash = ?", key):
        ids = tuple(int(str(id_)) for (id_,) in rows)
        return _known(index, key, ids, language)
    found = _sentences(index, _rare(index, asked, language), language)
    if holding := [row for row in found if _held(row, asked)]:
        return _holding(holding, asked, key)
    if other := _other_figures(index, asked, language):
        return other
    if best := _best(found, asked, language, least):
        return best
    return _best(_sentences(index, _phrases(index, clause, language), language), asked, language, least)


# ---- by key ---------------------------------------------------------------------------------------------------------


def _known(index: Index, key: int, ids: tuple[int, ...], language: Language) -> Near:
    """The wording of that key, in the sentence that was adopted last."""
    marks = ", ".join("?" * len(ids[:200]))
    rows = index.rows(
        f"""SELECT p.sentence, p.printed FROM places p JOIN texts t ON t.id = p.text
        WHERE p.sentence IN ({marks}) ORDER BY t.place DESC, p.rowid LIMIT 1""",
        *ids[:200],
    )
    sentence, printed = int(str(rows[0][0])), str(rows[0][1])
    start, end = span_of(printed, key, language)
    return Near(key, sentence, ids, printed, start, printed[start:end], 1.0, verbatim=True)


def span_of(printed: str, key: int, language: Language) -> tuple[int, int]:
    """Where the wording of that key stands in a sentence: a clause of it, else the whole; without its last sign."""
    start = 0
    for clause in clauses(printed, language):
        if key_of(folded(clause), language) == key:
            return start, start + len(bare(clause))
        start += len(clause)
    return 0, len(bare(printed))


def bare(text: str) -> str:
    """The text without the white space and the sign at its end."""
    return text.rstrip(" ,;:\u00a0\u202f")


def _other_figures(index: Index, asked: tuple[str, ...], language: Language) -> Near | None:
    """The same words with other figures, in the text that was adopted last; none where hardly a word is no figure:
    "du 3 mai 1999"."""
    bared = without_figures(asked, language)
    plain = key_of(bared, language)
    rows = index.rows("SELECT hash FROM wordings WHERE plain = ? ORDER BY last DESC, hash LIMIT 1", plain)
    if not rows or len(bared) - bared.count(FIGURE) < SAID:
        return None
    key = int(str(rows[0][0]))
    ids = tuple(int(str(id_)) for (id_,) in index.rows("SELECT sentence FROM clauses WHERE hash = ?", key))
    near = _known(index, key, ids, language)
    likeness = SequenceMatcher(None, asked, folded(near.text), autojunk=False).ratio()
    return Near(near.key, near.sentence, ids, near.printed, near.start, near.text, likeness, figures=True)


# ---- by rare words --------------------------------------------------------------------------------------------------


def _rare(index: Index, asked: tuple[str, ...], language: Language) -> list[str]:
    """The rarest stems of a clause that the index has."""
    known = sorted((n, root) for root in {stem(word, language) for word in asked} if (n := _often(index, root)))
    total = 0
    kept: list[str] = []
    for often, root in known[:RARE]:
        total += often
        if len(kept) >= 2 and total > ROWS:
            break
        kept.append(root)
    return kept


def _phrases(index: Index, clause: str, language: Language) -> list[str]:
    """The runs of stems of a clause that hold its rarest ones: of a clause of everyday words no stem is rare, and the
    sentences that share most of them are not those that have them in a row."""
    roots = [stem(word, language) for word in unelided(clause)]
    often = [_often(index, root) for root in roots]
    runs = [range(start, start + PHRASE) for start in range(len(roots) - PHRASE + 1)]
    known = sorted((min(often[place] for place in run), run.start) for run in runs if all(often[n] for n in run))
    return [" ".join(roots[start : start + PHRASE]) for _, start in known[:PHRASES]]


def _often(index: Index, root: str) -> int:
    """How many sentences have a stem."""
    if root not in index.often:
        rows = index.rows("SELECT doc FROM vocabulary WHERE term = ?", root)
        index.often[root] = int(str(rows[0][0])) if rows else 0
    return index.often[root]


def _sentences(index: Index, sought: list[str], language: Language) -> list[tuple[int, str]]:
    """The sentences that have most of these stems, or stems in a row, each as printed where it was adopted last."""
    if not sought:
        return []
    ids = index.rows(
        f"""SELECT f.rowid FROM stems f WHERE stems MATCH ? ORDER BY rank, rowid LIMIT {SENTENCES}""",
        " OR ".join(f'"{each}"' for each in sought),
    )
    found = []
    for (id_,) in ids:
        rows = index.rows(
            """SELECT p.printed FROM places p JOIN texts t ON t.id = p.text JOIN sentences s ON s.id = p.sentence
            WHERE p.sentence = ? AND s.language = ? ORDER BY t.place DESC, p.rowid LIMIT 1""",
            id_, language.code,
        )  # fmt: skip
        found += [(int(str(id_)), str(rows[0][0]))] if rows else []
    return found


def _held(row: tuple[int, str], asked: tuple[str, ...]) -> bool:
    return f" {' '.join(asked)} " in f" {' '.join(word.folded for word in _words(row[1]))} "


def _holding(rows: list[tuple[int, str]], asked: tuple[str, ...], key: int) -> Near:
    """The words within longer ones."""
    sentence, printed = rows[0]
    found = _words(printed)
    here = [word.folded for word in found]
    at = next(k for k in range(len(here)) if tuple(here[k : k + len(asked)]) == asked)
    start, end = found[at].start, found[at + len(asked) - 1].end
    return Near(key, sentence, tuple(id_ for id_, _ in rows), printed, start, printed[start:end], 1.0, verbatim=True)


def _runs(sentence: int, printed: str, language: Language, size: int) -> Iterator[_Run]:
    """The runs of clauses of a sentence that are about as long as a clause of that many words."""
    places = [0]
    for clause in clauses(printed, language):
        places.append(places[-1] + len(clause))
    parts = [tuple(folded(printed[a:b])) for a, b in pairwise(places)]
    for first in range(len(parts)):
        joined: tuple[str, ...] = ()
        for last in range(first, min(first + RUN, len(parts))):
            joined += parts[last]
            if FEWEST * size <= len(joined) <= MOST * size:
                start = places[first]
                yield _Run(sentence, printed, start, start + len(bare(printed[start : places[last + 1]])), joined)


def _best(rows: list[tuple[int, str]], asked: tuple[str, ...], language: Language, least: float) -> Near | None:
    """The run of clauses of these sentences that keeps most of the words in their order; only those are tried that have
    most of them at all."""
    runs = [run for id_, printed in rows for run in _runs(id_, printed, language, len(asked))]
    bag = Counter(asked)

    def shared(run: _Run) -> float:
        return 2 * (bag & Counter(run.folded)).total() / (len(asked) + len(run.folded))

    likely = sorted(((shared(run), -n) for n, run in enumerate(runs)), reverse=True)[:TRIED]
    tried = []
    for most, n in likely:
        run = runs[-n]
        if most >= least and _same_matter(asked, run.folded, language):
            tried.append((SequenceMatcher(None, asked, run.folded, autojunk=False).ratio(), n, run))
    if not tried or (best := max(tried, key=lambda row: row[:2]))[0] < least:
        return None
    likeness, _, run = best
    text = run.printed[run.start : run.end]
    key = key_of(run.folded, language)
    return Near(key, run.sentence, (run.sentence,), run.printed, run.start, text, likeness)


def _same_matter(one: tuple[str, ...], other: tuple[str, ...], language: Language) -> bool:
    """Whether two wordings share half of the words that carry meaning: of a short clause most words are small ones."""
    bags = [Counter(word for word in asked if is_content(word, language)) for asked in (one, other)]
    return 2 * (bags[0] & bags[1]).total() >= MATTER * (bags[0].total() + bags[1].total())


@lru_cache(maxsize=512)
def _words(printed: str) -> tuple[Word, ...]:
    return words(printed)
