"""What a text says of other texts: which it cites, which paragraphs of them it refers to, what it does to them.

The forms of all languages (``data/fr/citations.toml``) are looked for, whatever the language of the text: symbols and
numbers are written alike in all. Two ways of writing one citation are one: ``A/RES/72/284`` and ``résolution 72/284``.

A reference cites a resolution or paragraphs of it, ranges written out, and plays a role in its clause. The verb that an
act governs ("décide de lever les mesures") tells its effect on earlier provisions, with what it bears on: "mettre fin
aux hostilités" has none. The words of both are in ``data/fr/acts.toml``.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, compress, pairwise

from msgspec import Struct
from msgspec.structs import replace

from resdiff.data.schema import ActEffect, ActVerb, CitationForm, CitationOwned, CitationOwner, Citations
from resdiff.language import Language, pattern
from resdiff.language.fold import REMEMBERED, WordTable, fold_phrases, fold_same_length, phrase_words, split_words
from resdiff.language.forms import dated
from resdiff.model import Paragraph, Resolution
from resdiff.recognition.clauses import (
    SUBJECT,
    Asked,
    Clause,
    adverbs,
    aside_end,
    conjunction,
    finite_verbs,
    infinitive_at,
    is_duty,
    words_of,
)
from resdiff.recognition.survey import (
    HERE,
    Citation,
    CitationMention,
    Effect,
    Family,
    Passage,
    Reference,
    Role,
)

__all__ = ["cited", "effect", "find_citations", "find_references", "key_of_symbol", "number_of_symbol"]

RE_DIGIT = re.compile(r"[\d(](?:(?<=\d)|[XVI])")  # begins with one set of characters, which is searched fast
RE_ALL_PARTS = re.compile(r" [a-f] \w+ [a-f](?= ?\()")  # "181 A and B (II)" is "181 (II)"
REACH, NEXT = 300, 45
"""How far before a number the word "résolution" may stand: S/RES/206 (1965) lists six numbers with their dates; and how
far behind a number the next one of its list: S/RES/1355 (2001) lists eleven. A date tells that a number is one of them,
whatever the titles between: "74/306 of 11 September 2020, on a comprehensive and coordinated response …"."""
FIRST_SESSION = 31
"""The first session of the General Assembly that its resolutions are numbered by: A/RES/31/1 (1976)."""


def _tables() -> list[Citations]:
    """What every language that has a table of citations knows of them."""
    return [language.citations for language in Language.all() if language.knows("citations")]


@cache
def _forms() -> tuple[CitationForm, ...]:
    return tuple([row for table in _tables() for row in table.form])


@cache
def _owners() -> tuple[tuple[CitationOwner, CitationOwned], ...]:
    """The organs, each with how its language says that a resolution is its own."""
    return tuple([(row, table.owned) for table in _tables() for row in table.owner])


@cache
def _filled(form: str, row: CitationOwner) -> re.Pattern[str]:
    return re.compile(form.replace("NAME", row.name).replace("NUMBER", row.number))


def _may_cite(row: CitationForm, plain: str) -> bool:
    """Whether a text has what that way of citing cannot do without: a look that spares most searches."""
    return any(map(plain.__contains__, row.needs)) and (not row.after or any(map(plain.__contains__, row.after)))


@lru_cache(maxsize=REMEMBERED)
def cited(text: str) -> tuple[Citation, ...]:
    """The citations of a text, in order.

    >>> [c.label for c in cited("ses résolutions 1373 (2001) et 72/284, et le document A/72/111")]
    ['résolution 1373 (2001)', 'résolution 72/284', 'A/72/111']
    """
    if not RE_DIGIT.search(text):
        return ()
    plain = fold_same_length(text)
    found: list[Citation] = []
    for row in _forms():
        last = -REACH  # where the one before ends
        for match in pattern(row.pattern).finditer(plain) if _may_cite(row, plain) else ():
            clause = _clause(plain, match.end(1), row.other)
            named = not row.after or any(map(clause.__contains__, row.after))
            if named or _goes_on(plain, last, *match.span(1), len(clause)):
                found.append(_citation(row, text, plain, match))
                last = match.end(1)
    return tuple(sorted(found, key=lambda c: (c.start, c.key)))


def _goes_on(plain: str, last: int, start: int, end: int, reach: int) -> bool:
    """Whether a number goes on the list of one that ends at ``last``, in the words before it that may tell of both."""
    gap = start - last
    near = gap < NEXT or (gap < REACH and dated().match(plain, end) is not None)
    return near and gap < reach and ";" not in plain[last:start]


def _clause(plain: str, end: int, other: str) -> str:
    """The words before a number that may tell what it numbers, from the last word that tells another sort."""
    clause = plain[max(0, end - REACH) : end]
    clause = clause[clause.rfind(";") + 1 :]
    return clause[clause.rfind(other) + len(other) :] if other and other in clause else clause


def _citation(row: CitationForm, text: str, plain: str, match: re.Match[str]) -> Citation:
    start, end = match.span(1)
    printed = " ".join(text[start:end].split())
    key = "".join(RE_ALL_PARTS.sub("", match[1]).split()).rstrip(".")
    owner = _owner(plain, start, end, key) if row.sort == "resolution" and "/" in key else ""
    return Citation(f"{row.sort}:{key}", row.label.format(printed.rstrip(".")) + owner, match.start(), end)


def _owner(plain: str, start: int, end: int, number: str) -> str:
    """Whose the resolution of that number is, where the text says that it is another organ’s than the General
    Assembly’s."""
    owners = [
        (row, owned)
        for row, owned in _owners()
        if any(map(plain.__contains__, row.needs)) and re.fullmatch(row.number, number)
    ]
    for row, owned in owners:
        if row.symbol and plain.endswith(row.symbol, 0, start):
            return row.label
        if _filled(owned.before, row).search(plain, max(0, start - REACH), start):
            return row.label
        is_own = pattern(owned.own).search(plain, max(0, start - REACH), start)
        if not is_own and _filled(owned.behind, row).match(plain, end, end + REACH):
            return row.label
    if owners and int(number.partition("/")[0]) < FIRST_SESSION:
        return next((row.label for row, owned in owners if _is_last_named(plain, start, row, owned)), "")
    return ""


def _is_last_named(plain: str, start: int, row: CitationOwner, owned: CitationOwned) -> bool:
    """Whether that organ is the last that the clause before a number names: whose sessions are numbered from 1 may have
    passed it "at its resumed fifth session, in resolution 5/14"; the General Assembly cannot."""
    clause = _clause(plain, start, "")
    *_, named = [None, *re.finditer(row.name, clause)]
    return named is not None and not re.search(owned.organ, clause[named.end() :])


def key_of_symbol(symbol: str) -> str:
    """The key under which a text is cited: of ``A/RES/72/194`` and of ``S/RES/1743 (2007)``.

    >>> key_of_symbol("A/RES/72/194"), key_of_symbol("S/RES/1743(2007)")
    ('resolution:72/194', 'resolution:1743(2007)')
    """
    number = re.sub(r"^(?:[a-z.\d]+/)*res/|^resolution\s+", "", fold_same_length(symbol).strip())
    return "resolution:" + "".join(number.split()) if number else ""


def number_of_symbol(symbol: str) -> str:
    """The number by which a reference names a text; empty where its symbol tells none.

    >>> number_of_symbol("A/RES/72/194"), number_of_symbol("S/RES/1743(2007)")
    ('72/194', '1743')
    """
    return _number(key_of_symbol(symbol))


def find_citations(resolution: Resolution) -> Iterator[CitationMention]:
    """The citations of a text: paragraph by paragraph, then those of its footnotes."""
    for paragraph in resolution.body:
        yield from (CitationMention(paragraph.id, citation) for citation in cited(paragraph.text))
    for note in resolution.footnotes:
        yield from (CitationMention(note.paragraph, citation, noted=True) for citation in cited(note.text))


# ---- references: which paragraphs of which resolution, in which role ------------------------------------------------

OWNER_REACH = 70
"""How far behind its paragraphs a resolution may be named: "6, 7 et 10, tels que modifiés, de la résolution"."""
ROLE_REACH = 110
"""How many characters before a reference may tell its role."""
LONGEST_RANGE = 60
NEAR, ASIDE, BEFORE = 14, 25, 45
"""How many words behind a verb its object may begin, how many behind an aside; how many before a verb its subject."""
GOVERNORS = (Family.DECIDE, Family.AFFIRM, Family.DEMAND, Family.REQUEST, Family.INTEND)
"""Families whose verb may govern one with an effect; the table says which effects."""


POINTS_REACH = 60  # characters before a paragraph in which its points are named
RE_POINT_BEHIND = r"[a-z]+ \d{1,3} ?\(?([a-z])\)"


class _Found(Struct, frozen=True, order=True):
    start: int
    end: int
    number: str
    paragraphs: tuple[str, ...]


def find_references(paragraph: Paragraph, plain: str, language: Language, last: str = "") -> tuple[Reference, ...]:
    """The references of a paragraph, in order.

    ``plain`` is its text in flat letters, ``last`` the number that "ladite résolution" means at its start.

    >>> from resdiff.language.fold import fold_same_length
    >>> from resdiff.model import Part, Span
    >>> text = "Décide de lever les mesures imposées aux paragraphes 3 à 5 de la résolution 1737 (2006)"
    >>> paragraph = Paragraph("op1", Part.OPERATIVE, "1", 0, "Décide", text, Span(0, 0))
    >>> (found,) = find_references(paragraph, fold_same_length(text), Language.of("fr"))
    >>> found.number, found.paragraphs, found.role.value
    ('1737', ('3', '4', '5'), 'object')
    """
    citations = [c for c in cited(paragraph.text) if c.key.startswith("resolution:")]
    names_any = _written("word", language) in plain
    if not (citations or names_any):
        return ()
    found = _paragraph_lists(plain, citations, last, language) if names_any else []
    used = {f.end for f in found if f.number not in ("", HERE)}
    whole = [_Found(c.start, c.end, _number(c.key), ()) for c in citations if c.end not in used]
    return tuple(_reference(paragraph, plain, f, language) for f in sorted(chain(found, whole)))


def _number(key: str) -> str:
    """The number without the year: "1737" of "resolution:1737(2006)"."""
    return key.removeprefix("resolution:").partition("(")[0]


def _paragraph_lists(plain: str, citations: list[Citation], last: str, language: Language) -> list[_Found]:
    """The lists of paragraphs, each with the text it names; lists joined by "et" name one text."""
    found: list[_Found] = []
    waiting: list[re.Match[str]] = []
    listed, next_list, within = (pattern(_written(key, language)) for key in ("list", "next_list", "within"))
    for match in listed.finditer(plain):
        waiting.append(match)
        if next_list.match(plain, match.end()):
            continue
        before = [c for c in citations if c.end <= match.start()]
        number, end = _target(plain, match.end(), citations, _number(before[-1].key) if before else last, language)
        if before and number == HERE and within.fullmatch(plain, before[-1].end, waiting[0].start()):
            number = _number(before[-1].key)
        for other in waiting[:-1]:
            found.append(_Found(other.start(), other.end(), number, _expand(other[1], language)))
        found.append(_Found(match.start(), end, number, _expand(match[1], language)))
        waiting.clear()
    return found


def _target(plain: str, end: int, citations: list[Citation], last: str, language: Language) -> tuple[str, int]:
    """The number of the text whose paragraphs were named, and where the reference ends."""
    if pattern(_written("this", language)).match(plain, end) or _says_here(plain, end, language):
        return HERE, end
    for citation in citations:
        if end < citation.end and citation.start - end <= OWNER_REACH:
            between = plain[end : citation.end].rpartition("resolution")[0] or plain[end : citation.start]
            if pattern(_written("of", language)).match(between.removesuffix("s")):
                return _number(citation.key), citation.end
            break
    if same := pattern(_written("same", language)).match(plain, end):
        return last, same.end()
    return ("" if pattern(_written("other", language)).match(plain, end) else HERE), end


@cache
def _here(language: Language) -> WordTable[bool]:
    words = language.acts.reference.get("here", ())
    return WordTable((word, True) for word in words) if isinstance(words, tuple) else WordTable(())


def _says_here(plain: str, end: int, language: Language) -> bool:
    words = split_words(plain[end : end + 30]).words
    return bool(_here(language).at(words, int(words[:1] == (",",))))


def _written(key: str, language: Language) -> str:
    """A pattern of the section ``reference``."""
    value = language.acts.reference.get(key, "")
    return value if isinstance(value, str) else ""


def _expand(listed: str, language: Language) -> tuple[str, ...]:
    """Each number of a list, ranges written out.

    >>> _expand("1, 2 a) et 4 a 6", Language.of("fr"))
    ('1', '2', '4', '5', '6')
    """
    numbers: list[str] = []
    for match in pattern(_written("range", language)).finditer(listed):
        first, last = int(match[1]), int(match[2] or match[1])
        numbers += map(str, range(first, min(last, first + LONGEST_RANGE) + 1))
    return tuple(dict.fromkeys(numbers))


# ---- role ----------------------------------------------------------------------------------------------------------


@cache
def _roles(language: Language) -> WordTable[Role]:
    return WordTable((words, Role(row.sort)) for row in language.acts.role for words in row.words)


def _reference(paragraph: Paragraph, plain: str, found: _Found, language: Language) -> Reference:
    place = Passage(paragraph.id, found.start, found.end)
    role, text = _role(plain, found.start, language), paragraph.text[found.start : found.end]
    points = _points(paragraph.text, plain, found, language) if len(found.paragraphs) == 1 else ()
    return Reference(found.number, found.paragraphs, points, text, role, place)


def _points(text: str, plain: str, found: _Found, language: Language) -> tuple[str, ...]:
    """The letters of the points of a paragraph that are named before its number, or behind it.

    >>> from resdiff.language.fold import fold_same_length
    >>> text = "aux alinéas a) et c) du paragraphe 8, au paragraphe 9 b)"
    >>> [_points(text, fold_same_length(text), _Found(at, len(text), "", ()), Language.of("fr")) for at in (24, 41)]
    [('a', 'c'), ('b',)]
    """
    before = pattern(_written("points", language)).search(plain, max(0, found.start - POINTS_REACH), found.start)
    if not before:
        behind = re.match(RE_POINT_BEHIND, plain[found.start : found.end])
        return (behind[1],) if behind else ()
    letters: list[str] = []
    for first, last in re.findall(_written("letters", language), text[before.start(1) : before.end(1)]):
        letters += map(chr, range(ord(first), ord(last or first) + 1))
    return tuple(dict.fromkeys(letters))


def _role(plain: str, start: int, language: Language) -> Role:
    """What the words before a reference, in its clause, make of it; the last of them counts."""
    clause = pattern(_written("break", language)).split(plain[max(0, start - ROLE_REACH) : start])[-1]
    role, words = Role.OBJECT, split_words(clause).words
    for index, _, cue in _roles(language).find(words, 0, len(words)):
        behind = cue is Role.BASIS and index and pattern(_written("participle", language)).search(words[index - 1])
        role = Role.OBJECT if behind else cue
    return role


# ---- effect on earlier provisions ----------------------------------------------------------------------------------


class _Stem(Struct, frozen=True):
    words: tuple[str, ...]
    effect: Effect
    row: ActEffect
    on: frozenset[str]


STEM = 3
"""By how many letters stems are looked up; none that ends with a star is shorter."""


@cache
def _stems(kind: str, language: Language) -> dict[str, list[_Stem]]:
    """The stems of verbs or of nouns by their first letters."""
    found: dict[str, list[_Stem]] = {}
    for row in language.acts.effect:
        on, stems = frozenset(fold_phrases(row.on)), row.stems if kind == "verb" else row.nouns
        for words in map(phrase_words, fold_phrases(stems)):
            found.setdefault(words[0].rstrip("*")[:STEM], []).append(_Stem(words, Effect(row.id), row, on))
    return found


@cache
def _cues(language: Language) -> WordTable[Effect]:
    return WordTable((words, Effect(row.id)) for row in language.acts.effect for words in row.cues)


def _fits(stem: str, word: str) -> bool:
    return word.startswith(stem[:-1]) if stem.endswith("*") else word == stem


def effect(clauses: list[Clause], row: ActVerb, family: Family, who: Asked, *, again: bool) -> Effect:
    """What the act does to earlier provisions; ``again``: its verb says that it says them again.

    That is told by its own verb, by the first verb it governs that does something, by a noun right behind it
    ("autorise l’augmentation des effectifs") or by a word for what goes on ("pour une nouvelle période").
    """
    own = Effect(row.effect)
    if own not in (Effect.NONE, Effect.REAFFIRM):
        return own
    clause = clauses[0]
    own = (
        Effect.REAFFIRM
        if again and family in words_of("governed", "reaffirm", clause.language) and _is_said(clause)
        else Effect.NONE
    )
    if family in (Family.DEMAND, Family.REQUEST):
        at = who.at - clause.is_a(who.at - 1, "that")  # "que la résolution … soit appliquée": nobody is asked
        clauses = [replace(clause, start=max(clause.start, at)), *clauses[1:]]
    governs = family in GOVERNORS and fold_same_length(row.id) not in words_of("governed", "views", clause.language)
    allowed = words_of("governed", family, clause.language) if governs else ()
    found = (_effect_at(*governed) for governed in _governed(clauses)) if allowed else ()
    governed = next((e for e in found if e is not Effect.NONE and e in allowed), Effect.NONE)
    if governed is Effect.NONE and fold_same_length(row.id) in words_of("governed", "nominal", clause.language):
        governed = _noun_effect(clause, clause.start)
    if governed is Effect.NONE and family is Family.DECIDE:
        governed = _cued_effect(clause)
    return governed if governed is not Effect.NONE else own


def _is_said(clause: Clause) -> bool:
    """Whether the clause says a provision: it names one near its beginning, or paragraphs of an earlier resolution."""
    near = clause.words[clause.start : min(clause.start + NEAR, clause.stop)]
    named = not words_of("governed", "provisions", clause.language).isdisjoint(near)
    return not _is_hollow(clause, clause.start) and (named or any(r.paragraphs for r in _earlier(clause)))


def _earlier(clause: Clause, stop: int = -1) -> Iterator[Reference]:
    """The references of a clause, or of its words up to ``stop``, to earlier resolutions that it bears on."""
    starts, stop = clause.text.words.starts, clause.stop if stop < 0 else stop
    for reference in clause.text.references:
        inside = clause.start < stop and starts[clause.start] <= reference.place.start <= starts[stop - 1]
        if inside and reference.number not in ("", HERE) and reference.role is Role.OBJECT:
            yield reference


def _cued_effect(clause: Clause) -> Effect:
    """The effect that words of the decision itself tell, not of "et qu’il déterminera s’il y a lieu" behind it."""
    pairs = pairwise(clause.words[clause.start : clause.stop])
    joined, that = conjunction(clause.language), words_of("grammar", "that", clause.language)
    stop = next(
        (k for k, (word, after) in enumerate(pairs, clause.start) if word == joined and after in that), clause.stop
    )
    return next(
        (found for *_, found in _cues(clause.text.language).find(clause.words, clause.start, stop)), Effect.NONE
    )


def _noun_effect(clause: Clause, start: int) -> Effect:
    """The effect of a noun right behind a verb, with its article: "approuve la prolongation du mandat"."""
    while aside := aside_end(clause, start):
        start = aside
    if not (clause.is_a(start, "articles") or clause.is_a(start, "one")):
        return Effect.NONE
    stems = _stems("noun", clause.text.language).get(clause.word(start + 1)[:STEM], ())
    found = (s.effect for s in stems if _fits(s.words[0], clause.word(start + 1)) and _is_on(clause, start + 1, s))
    return next(found, Effect.NONE)


def _governed(clauses: list[Clause]) -> Iterator[tuple[Clause, int, int]]:
    """The verbs that an act governs, each behind its auxiliary: infinitives behind "de", finite verbs behind "que".

    Those of points count where the words before the points govern none, or where a point begins with "que": points
    behind "le Comité sera chargé" tell what the Committee does.
    """
    verbs = list(_governed_in(clauses[0]))
    yield from ((clauses[0], *verb) for verb in verbs)
    for point in clauses[1:]:
        if point.is_a(point.start, "that"):
            yield from ((point, *verb) for verb in _main_verb(point, point.start + 1))
        elif not verbs:
            bare = infinitive_at(point, point.start + point.is_a(point.start, "leads_to"))
            yield from ((point, verb, verb) for verb in (bare,) if verb >= 0)


def _is_hollow(clause: Clause, start: int) -> bool:
    """Whether the clause only says that something is needed or wanted."""
    return not words_of("governed", "hollow", clause.language).isdisjoint(
        clause.words[start : min(start + 7, clause.stop)]
    )


def _governed_in(clause: Clause) -> Iterator[tuple[int, int]]:
    start, any_yet = clause.start, False
    while aside := aside_end(clause, start):
        start = aside
    hollow = _is_hollow(clause, start)
    words = clause.words
    if (bare := infinitive_at(clause, start)) >= 0:  # "entend reconduire"
        yield bare, bare
    that, leads_to = (words_of("grammar", kind, clause.language) for kind in ("that", "leads_to"))
    joined, opens = conjunction(clause.language), that | leads_to
    for index in compress(range(start, clause.stop), map(opens.__contains__, words[start : clause.stop])):
        word, before = words[index], clause.word(index - 1)
        if index > start and before not in (joined, ",", ";", ":"):
            continue
        if word in leads_to and (verb := infinitive_at(clause, index + 1)) >= 0:
            any_yet = True
            yield verb, verb
        elif word in that and not hollow and (before == joined or not any_yet):
            any_yet = True
            yield from _main_verb(clause, index + 1)


def _main_verb(clause: Clause, start: int) -> Iterator[tuple[int, int]]:
    """The verb of a clause, with what it is a participle of: "est ainsi modifié"."""
    for verb in finite_verbs(clause, start, start + SUBJECT):
        index = verb + (clause.is_a(verb + 1, "be") and is_duty(clause, verb))  # "doit être prorogé"
        while clause.word(index) in words_of("governed", "auxiliaries", clause.language):
            index += 1
            while found := adverbs(clause.language).at(clause.words, index):
                index += found[0]
        yield verb, index
        return


def _effect_at(clause: Clause, auxiliary: int, verb: int) -> Effect:
    """The effect of the verb there, with its clitic and what it bears on."""
    if clause.word(verb) in words_of("governed", "nominal", clause.language):
        return _noun_effect(clause, verb + 1)
    for first in (verb, verb - 1):
        for stem in _stems("verb", clause.text.language).get(clause.word(first)[:STEM], ()):
            words = [clause.word(first + k) for k in range(len(stem.words))]
            if not all(map(_fits, stem.words, words)) or clause.is_a(first - 1, "denied"):
                continue
            if _bears_on(clause, auxiliary, verb, stem):
                return stem.effect
    return Effect.NONE


def _bears_on(clause: Clause, auxiliary: int, verb: int, stem: _Stem) -> bool:
    """Whether what the verb bears on is a provision: behind it, before it in the passive or as its subject."""
    impersonal = clause.is_a(auxiliary - 1, "impersonal")  # "il est mis fin au mandat"
    passive = not words_of("governed", "passives", clause.language).isdisjoint(clause.words[auxiliary:verb])
    if (passive or stem.row.subject) and not impersonal:
        start = max(clause.start, verb - BEFORE)
        start = max((k for k in range(start, verb) if clause.word(k) == ";"), default=start)
        named = not stem.on or not stem.on.isdisjoint(clause.words[start:verb])
        return named and (not stem.row.earlier or any(_earlier(replace(clause, start=start), verb)))
    return not stem.on or _is_on(clause, verb, stem)


def _is_on(clause: Clause, verb: int, stem: _Stem) -> bool:
    """Whether a provision stands close behind the verb or the noun."""
    reach = ASIDE if clause.word(verb + 1) == "," else NEAR  # an aside stands between them
    for index in range(verb + 1, verb + reach):
        if clause.word(index) == ";":
            return False
        if clause.word(index) in stem.on:
            return True
    return False
