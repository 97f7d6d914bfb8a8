"""Searching the index: ``search(index, query) -> Found``.

Words are looked up by their stems in FTS5, which tells what holds them; how well they stand there, which wording they
are a part of, and in which order hits are told is decided here. The weights of FTS5 are of no use for formulas: a word
that half of all sentences have weighs nothing there.

Whoever pastes a passage is answered clause by clause, as a draft is: with the wording itself, or what is nearest to it.
"""

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from resdiff.language import Language
from resdiff.language.segments import clauses
from resdiff.language.stems import Word, folded, stem, stems, words
from resdiff.model import Part
from resdiff.search.index import Index
from resdiff.search.keys import key_of
from resdiff.search.nearest import Near, nearest, span_of
from resdiff.search.values import Fit, Found, Hit, Query, Term, Variant

__all__ = ["Filter", "search"]

MOST = 20  # hits that are told, unless more are asked for
CANDIDATES = 3  # sentences that are looked at for each hit that is told, those that lasted longest first
COUNTED = 10_000  # sentences that are counted: more are told as "more than"
PASSAGE = 9  # words from which on a query without signs may be a passage of a text
NEAR = 10  # words that may stand between the words asked for and those that must stand near
NEARBY = 0.5  # of the words of both that a wording near to a clause of a passage keeps, 0 to 1
HOLDERS = 50  # sentences of a clause that are looked at as a whole
FORMS = 200  # stems that the beginning of a word may stand for
VARIANTS = 50  # wordings with other figures that are told with a hit
RE_BETWEEN = re.compile(r"\W*(?:\w{1,7}['’])?")


class Filter(Struct, frozen=True):
    """Which texts count: adopted from one year to another, in a part, in a language. Empty is any."""

    since: str = ""
    until: str = ""
    part: Part | None = None
    language: str = ""


class _Match(Struct, frozen=True):
    """A wording that fits, by its key, and how well; ``passage`` is the clause of a long query that it is near to."""

    key: int
    fit: Fit
    score: int
    language: str
    passage: str = ""


def search(index: Index, query: Query, only: Filter = Filter(), most: int = MOST) -> Found:  # noqa: B008 - frozen
    """The wordings that hold what was asked for, the best first. Raises InputError where the index is damaged.

    Hits that differ in figures alone are one, with the others as variants.
    """
    languages = [code for code in index.languages() if not only.language or code == only.language]
    found: list[_Match] = []
    total, capped = 0, False
    for code in languages:
        matched, count = _matches(index, query, code, only, most)
        found += matched
        total, capped = total + count, capped or count >= COUNTED
    ranked = _ranked(index, _once(found))
    hits = [_hit(index, query, *row) for row in _by_figures(ranked)[:most]]
    return Found(query.text, tuple(hits), total, capped, index.texts)


# ---- what holds the words -------------------------------------------------------------------------------------------


def _matches(index: Index, query: Query, code: str, only: Filter, most: int) -> tuple[list[_Match], int]:
    """What fits in the texts of a language, and how many sentences hold all words."""
    language = Language.of(code)
    asked = [word for term in query.wanted for word in term.words]
    phrase = len(query.wanted) == 1 and len(query.wanted[0].words) > 1
    plain = not (query.unwanted or query.near or phrase or any(term.prefix for term in query.wanted))
    found: list[_Match] = []
    count = 0
    if expression := _expression(index, query, language):
        rows, count = _candidates(index, expression, code, only, most)
        together = _expression(index, replace(query, wanted=(Term(tuple(asked)),)), language) if plain else ""
        if count > len(rows) and together and len(asked) > 1:  # those where the words stand together come before all
            rows = list(dict.fromkeys([*_candidates(index, together, code, only, most)[0], *rows]))
        found = [match for row in rows for match in _matched(index, row, query, language)]
    if plain and len(asked) >= PASSAGE:
        found += _passages(index, query, language, only)
    return found, count


def _expression(index: Index, query: Query, language: Language) -> str:
    """The query as FTS5 reads it: our own stems between quotation marks, nothing a person typed; empty where some word
    stands in no text."""
    wanted = [_term(index, term, language) for term in query.wanted]
    near = [_term(index, term, language) for term in query.near]
    if not all(wanted) or not all(near):
        return ""
    parts = [f"({' OR '.join(ways)})" for ways in dict.fromkeys(map(tuple, wanted))]
    for ways in near:  # FTS5 takes phrases alone beside each other
        pairs = [f"NEAR({first} {other}, {NEAR})" for group in wanted for first in group for other in ways]
        parts.append(f"({' OR '.join(pairs)})")
    unwanted = [way for term in query.unwanted for way in _term(index, term, language)]
    said = " AND ".join(parts)
    return f"({said}) NOT ({' OR '.join(unwanted)})" if unwanted else said


def _term(index: Index, term: Term, language: Language) -> list[str]:
    """The phrases of stems that a term stands for: one, or one for each word that begins so."""
    rooted = [stem(word, language) for word in term.words]
    if not term.prefix:
        return [f'"{" ".join(rooted)}"']
    last = term.words[-1]
    rows = index.rows(
        "SELECT DISTINCT stem FROM forms WHERE language = ? AND word >= ? AND word < ? ORDER BY stem LIMIT ?",
        language.code, last, last + chr(0x10FFFF), FORMS,
    )  # fmt: skip
    return [f'"{" ".join([*rooted[:-1], str(root)])}"' for (root,) in rows]


def _candidates(index: Index, expression: str, code: str, only: Filter, most: int) -> tuple[list[int], int]:
    """The sentences that match, those that lasted longest first, and how many there are."""
    where, values = _where(only)
    rows = index.rows(
        f"""SELECT s.id, count(*) OVER () FROM (SELECT rowid AS id FROM stems WHERE stems MATCH ? LIMIT {COUNTED}) f
        JOIN sentences s ON s.id = f.id WHERE s.language = ? {where}
        ORDER BY s.years DESC, s.editions DESC, s.hash LIMIT ?""",
        expression, code, *values, CANDIDATES * most,
    )  # fmt: skip
    return [int(str(id_)) for id_, _ in rows], int(str(rows[0][1])) if rows else 0


def _where(only: Filter) -> tuple[str, list[str]]:
    """The condition on the texts in which a sentence stands."""
    conditions, values = [], []
    for value, condition in (
        (only.since, "t.year >= ?"),
        (only.until, "t.year <> '' AND t.year <= ?"),
        (only.part.value if only.part else "", "p.part = ?"),
    ):
        if value:
            conditions.append(condition)
            values.append(value)
    if not conditions:
        return "", []
    stands = "SELECT 1 FROM places p JOIN texts t ON t.id = p.text WHERE p.sentence = s.id AND "
    return f"AND EXISTS ({stands}{' AND '.join(conditions)})", values


# ---- how well they stand there --------------------------------------------------------------------------------------


def _matched(index: Index, sentence: int, query: Query, language: Language) -> list[_Match]:
    """The wordings of a sentence that hold what is asked for: each clause that does, else the sentence as a whole."""
    printed = _printed(index, sentence)
    found = words(printed)
    rooted = stems(found, language)
    places = _stand(found, rooted, query, language)
    if not places:
        return []
    matches: list[_Match] = []
    start = 0
    for clause in clauses(printed, language):
        here = [[k for k in ways if start <= found[k].start < start + len(clause)] for ways in places]
        start += len(clause)
        if all(here) and _holds(clause, query, language):
            fit, score = _fit(found, *_window(here), query, rooted, language)
            matches.append(_Match(key_of(folded(clause), language), fit, score, language.code))
    if not matches:
        fit, score = _fit(found, *_window(places), query, rooted, language)
        matches.append(_Match(key_of([word.folded for word in found], language), fit, score, language.code))
    return matches


def _holds(clause: str, query: Query, language: Language) -> bool:
    """Whether no phrase that is asked for goes beyond a clause in which all its words stand."""
    if all(len(term.words) == 1 for term in query.wanted):
        return True
    found = words(clause)
    return bool(_stand(found, stems(found, language), query, language))


def _stand(found: tuple[Word, ...], rooted: list[str], query: Query, language: Language) -> list[list[int]]:
    """For each word asked for the places where it stands, as its term wants it; nothing where a term is missing."""
    kept = [k for k, root in enumerate(rooted) if root]  # FTS5 knows of no elided words
    by_root: dict[str, list[int]] = {}
    for at, k in enumerate(kept):
        by_root.setdefault(rooted[k], []).append(at)
    places: list[list[int]] = []
    for term in query.wanted:
        roots = [stem(word, language) for word in term.words]
        whole = roots[:-1] if term.prefix else roots
        starts = range(len(kept)) if not whole else by_root.get(whole[0], ())
        rows = [kept[at : at + len(roots)] for at in starts if at + len(roots) <= len(kept)]
        rows = [row for row in rows if [rooted[k] for k in row[: len(whole)]] == whole]
        if term.prefix:
            rows = [row for row in rows if found[row[-1]].folded.startswith(term.words[-1])]
        places += [list(way) for way in zip(*rows, strict=True)] or [[]]
    return places if all(places) else []


def _window(places: list[list[int]]) -> tuple[int, int]:
    """The first and last word of the shortest stretch that holds one place of each.

    >>> _window([[0, 9], [3, 10]])
    (9, 10)
    """
    events = sorted((k, n) for n, ways in enumerate(places) for k in ways)
    counts: Counter[int] = Counter()
    best, begin = (events[0][0], events[-1][0]), 0
    for k, n in events:
        counts[n] += 1
        while len(counts) == len(places):
            first, other = events[begin]
            if k - first < best[1] - best[0]:
                best = (first, k)
            counts[other] -= 1
            if not counts[other]:
                del counts[other]
            begin += 1
    return best


def _fit(
    found: tuple[Word, ...], first: int, last: int, query: Query, rooted: list[str], language: Language
) -> tuple[Fit, int]:
    """How the words stand in their stretch, and 0 to 100 for it."""
    here = [found[k].folded for k in range(first, last + 1) if rooted[k]]
    asked = [word for term in query.wanted for word in term.words]
    begun = {term.words[-1] for term in query.wanted if term.prefix}
    if len(here) == len(asked):
        pairs = list(zip(here, asked, strict=True))
        if all(word == other or (other in begun and word.startswith(other)) for word, other in pairs):
            return Fit.EXACT, 100
        if all(other in begun or stem(word, language) == stem(other, language) for word, other in pairs):
            return Fit.INFLECTED, 95
    return Fit.TOGETHER, 40 + round(50 * min(1.0, len(asked) / len(here)))


def _merged(spans: list[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Spans with no word between them, or an elided one, as one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and RE_BETWEEN.fullmatch(text, merged[-1][1], start):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def _printed(index: Index, sentence: int) -> str:
    """A sentence as printed in the text that had it first."""
    rows = index.rows(
        """SELECT p.printed FROM places p JOIN texts t ON t.id = p.text WHERE p.sentence = ?
        ORDER BY t.place, p.rowid LIMIT 1""",
        sentence,
    )
    return str(rows[0][0])


# ---- a passage ------------------------------------------------------------------------------------------------------


def _passages(index: Index, query: Query, language: Language, only: Filter) -> list[_Match]:
    """The wordings nearest to each clause of a long query; a sentence of which all clauses were asked for is one."""
    found: dict[int, _Match] = {}
    holders: Counter[int] = Counter()
    for clause in clauses(query.text, language):
        near = nearest(index, clause, language, NEARBY)
        if near is None or not _counts(index, near.sentence, only):
            continue
        fit, score = (Fit.EXACT, 100) if near.verbatim else (Fit.MOST, round(100 * near.likeness))
        key = _known(index, near)
        found[key] = _Match(key, fit, score, language.code, clause)
        holders.update(near.sentences[:HOLDERS] if near.verbatim else ())
    return [*_whole(index, found, holders, language, query), *found.values()]


def _known(index: Index, near: Near) -> int:
    """The key of a wording that the index has; of some clauses of a sentence, or of words within one, the sentence."""
    if index.rows("SELECT 1 FROM wordings WHERE hash = ?", near.key):
        return near.key
    return int(str(index.rows("SELECT hash FROM sentences WHERE id = ?", near.sentence)[0][0]))


def _whole(
    index: Index, found: dict[int, _Match], holders: Counter[int], language: Language, query: Query
) -> list[_Match]:
    """The sentences of which all clauses were found to the letter; those clauses are told by them alone."""
    wholes: list[_Match] = []
    parts: set[int] = set()
    for sentence in sorted(each for each, count in holders.items() if count > 1):
        rows = index.rows(
            "SELECT c.hash, s.hash FROM clauses c JOIN sentences s ON s.id = c.sentence WHERE s.id = ?", sentence
        )
        key = int(str(rows[0][1]))
        mine = {int(str(one)) for one, _ in rows} - {key}
        if all(part in found and found[part].fit is Fit.EXACT for part in mine):
            wholes.append(_Match(key, Fit.EXACT, 100, language.code, query.text))
            parts |= mine
    for part in parts:
        found.pop(part, None)
    return wholes


def _counts(index: Index, sentence: int, only: Filter) -> bool:
    """Whether a sentence stands in a text that counts."""
    where, values = _where(only)
    return bool(index.rows(f"SELECT 1 FROM sentences s WHERE s.id = ? {where}", sentence, *values))


# ---- the order in which they are told -------------------------------------------------------------------------------


class _Standing(Struct, frozen=True):
    """How long a wording lasted, and its key without figures."""

    years: int
    editions: int
    first: int
    plain: int


def _once(found: Iterable[_Match]) -> list[_Match]:
    """Each wording once, as it fits best."""
    best: dict[int, _Match] = {}
    for match in found:
        if match.key not in best or match.score > best[match.key].score:
            best[match.key] = match
    return list(best.values())


def _ranked(index: Index, found: list[_Match]) -> list[tuple[_Match, _Standing]]:
    """The matches, the best first: by fit, then by how long the wording lasted, then by how many texts have it."""
    rows = [(match, standing) for match in found if (standing := _standing(index, match.key))]
    return sorted(rows, key=lambda row: (-row[0].score, -row[1].years, -row[1].editions, row[1].first, row[0].key))


def _standing(index: Index, key: int) -> _Standing | None:
    rows = index.rows(
        """SELECT CASE WHEN f.year <> '' AND l.year <> '' THEN l.year - f.year ELSE 0 END, w.editions, w.first, w.plain
        FROM wordings w JOIN texts f ON f.place = w.first JOIN texts l ON l.place = w.last WHERE w.hash = ?""",
        key,
    )
    return _Standing(*(int(str(value)) for value in rows[0])) if rows else None


def _by_figures(ranked: list[tuple[_Match, _Standing]]) -> list[tuple[_Match, _Standing]]:
    """The best of those that differ in figures alone."""
    best: dict[int, tuple[_Match, _Standing]] = {}
    for match, standing in ranked:
        best.setdefault(standing.plain, (match, standing))
    return list(best.values())


def _hit(index: Index, query: Query, match: _Match, standing: _Standing) -> Hit:
    """All that is told of a match, with the wordings that differ from it in figures alone."""
    told = _adopted(index, match)
    asked = _asked(told.text, query, match)
    others = index.rows(
        "SELECT hash FROM wordings WHERE plain = ? AND hash <> ? ORDER BY first, hash LIMIT ?",
        standing.plain, match.key, VARIANTS,
    )  # fmt: skip
    variants = [_adopted(index, replace(match, key=int(str(key)))) for (key,) in others]
    return Hit(
        symbol=told.texts[0],
        paragraph=told.paragraph,
        text=told.text,
        first=told.texts[0],
        last=told.texts[-1],
        editions=len(told.texts),
        date=told.date,
        last_date=told.last_date,
        series=told.series,
        part=told.part,
        language=match.language,
        score=match.score,
        fit=match.fit,
        years=_years(told.date, told.last_date),
        matches=asked,
        context=told.context,
        offset=told.offset,
        texts=told.texts,
        variants=tuple(Variant(v.text, v.texts[0], v.texts[-1], len(v.texts)) for v in variants),
    )


class _Adopted(Struct, frozen=True):
    """A wording as the text that had it first prints it, and the texts that have it, in order."""

    text: str
    context: str
    offset: int
    paragraph: str
    part: Part
    series: str
    date: str
    last_date: str
    texts: tuple[str, ...]


def _adopted(index: Index, match: _Match) -> _Adopted:
    places = index.rows(
        """SELECT t.symbol, t.adopted, t.series, p.paragraph, p.part, p.printed FROM clauses c
        JOIN places p ON p.sentence = c.sentence JOIN texts t ON t.id = p.text WHERE c.hash = ?
        ORDER BY t.place, p.rowid""",
        match.key,
    )
    _, date, series, paragraph, part, printed = map(str, places[0])
    start, end = span_of(printed, match.key, Language.of(match.language))
    texts = tuple(dict.fromkeys(str(row[0]) for row in places))
    last = str(places[-1][1])
    return _Adopted(printed[start:end], printed, start, paragraph, Part(part), series, date, last, texts)


def _asked(text: str, query: Query, match: _Match) -> tuple[tuple[int, int], ...]:
    """The characters of a wording that were asked for."""
    found, language = words(text), Language.of(match.language)
    if match.passage:
        asked = set(folded(match.passage))
        spans = [(word.start, word.end) for word in found if word.folded in asked]
    else:
        places = _stand(found, stems(found, language), query, language)
        first, last = _window(places) if len(places) > 1 else (0, len(found))
        here = sorted({k for ways in places for k in ways if first <= k <= last})
        spans = [(found[k].start, found[k].end) for k in here]
    return _merged(spans, text)


def _years(first: str, last: str) -> int:
    return max(0, int(last[:4]) - int(first[:4])) if first and last else 0
