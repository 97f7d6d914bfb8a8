"""Proper names of a text: bodies, programmes, instruments, documents, by how such names are built in its language.

In French a name opens with a capitalised head ("Organisation", "Convention", "Pacte mondial") and goes on over
adjectives and complements to the first word that is neither; in English it is a run of words with capitals that holds
a head. Or it is known as it stands; or it is an acronym. The heads, the adjectives, what joins a complement, and the
known names are ``actors.toml`` of each language.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from msgspec import Struct, field

from resdiff.data.schema import Connector, KnownName, SmallWords
from resdiff.language import Language, find, may_stand, pattern
from resdiff.language.dates import ordinal
from resdiff.language.fold import Phrases, by_phrase, fold_phrases, fold_same_length
from resdiff.language.forms import months
from resdiff.model import Paragraph
from resdiff.recognition.clauses import its_own
from resdiff.recognition.survey import Name, NameMention

__all__ = ["country_of", "find_names", "known_names", "name_key", "names", "sort_of_head", "with_country"]

RE_WORD = re.compile(r"[^\W\d_]+(?:[’'](?=\w)|(?:-[^\W\d_]+)*)|[^\w\s]|\d+")
# What begins with a set of characters is searched several times as fast as what begins with a look behind.
RE_CAPITAL = re.compile(r"[A-ZÉ](?<![\w-].)[a-zéèê]")
RE_CAPITALS = re.compile(r"[A-ZÉ][A-ZÉ]{2}")
RE_ACRONYM = re.compile(
    r"(?<![\w/.-])[A-ZÉ]{3,}(?:-[A-ZÉ][a-zé]+|(?: [A-ZÉ]{3,})+)?(?![\w/-]|\.\d)|\bONU-[A-Z][a-z]+\b"
)
RE_NUMERAL = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
"""The numeral of a session, "3281 (XXIX)", and no acronym, as "CCI" is one: the last is the thirtieth of the General
Assembly, and its "S-VI"."""
RE_ALIAS = re.compile(r" \((?P<alias>[A-ZÉ][^()]{1,60})\)")
RE_IN_NAME = re.compile(r"\) [A-ZÉ]")  # "Modalities of Action (SAMOA) Pathway": the acronym stands within a name
RE_KEY = re.compile(r"[^\W_]+(?:'|(?:-[^\W_]+)*)")
RE_BRACKETS = re.compile(r" ?\([^()]*\)")
RE_HEAD = re.compile(r"[^\s-]*")
RE_QUOTED = re.compile(r"[^«»]{1,200}?(?=\s?»)")
SPACES = 8  # characters before a name among which a « may stand, all others white space


@lru_cache(maxsize=4096)
def name_key(name: str, language: Language) -> str:
    """The key of a name: flat, without brackets and articles, the United Nations by one name.

    >>> name_key("Équipe spéciale de lutte contre le terrorisme", Language.of("fr"))
    'equipe speciale de lutte contre terrorisme'
    >>> name_key("Haut Commissariat aux droits de l’homme", Language.of("fr"))
    'haut-commissariat aux droits de homme'
    """
    rows = language.actors.key
    bare = RE_BRACKETS.sub("", fold_same_length(name))
    for written, spelt in rows.spelt.items():
        bare = bare.replace(written, spelt)
    key = " ".join(word for printed in RE_KEY.findall(bare) if (word := rows.articles.get(printed, printed)))
    return pattern(rows.inside.pattern).sub(rows.inside.to, key)


def with_country(key: str, language: Language) -> str:
    """A key with the name of a country in the place of its adjective.

    >>> with_country("gouvernement timorais", Language.of("fr"))
    'gouvernement de timor-leste'
    """
    countries = _countries(language)
    return " ".join(countries.get(word, word) for word in key.split())


@cache
def _countries(language: Language) -> dict[str, str]:
    rows = [row for row in language.words.synonyms if row.country]
    return {word: name_key(f"d'{row.phrases[0]}", language) for row in rows for word in row.phrases[1:]}


@cache
def _named_countries(language: Language) -> frozenset[str]:
    """The countries by their names, flat."""
    return frozenset(row.phrases[0] for row in language.words.synonyms if row.country)


@cache
def _last_country(language: Language) -> re.Pattern[str]:
    """The name of a country with which something flat ends; of two that end it a search finds the longer one."""
    names = "|".join(map(re.escape, sorted(_named_countries(language))))
    return re.compile(rf"\b(?:{names or '(?!)'})$")


def country_of(name: str, language: Language) -> str:
    """The country with which a name ends, flat; empty where it ends with none that is known.

    >>> country_of("Gouvernement de l’État d’Érythrée", Language.of("fr"))
    'erythree'
    """
    found = _last_country(language).search(fold_same_length(name))
    return found[0] if found else ""


@cache
def known_names(language: Language) -> dict[str, KnownName]:
    """The rows of the names that are known as they stand, by key."""
    return {name_key(row.name, language): row for row in language.actors.known}


@cache
def _heads(language: Language) -> dict[str, str]:
    return by_phrase((word, sort) for sort, words in language.actors.heads.items() for word in words)


@cache
def _set(name: str, language: Language) -> frozenset[str]:
    return frozenset(fold_phrases(getattr(language.actors.joins, name)))


@cache
def _opening(language: Language) -> Phrases:
    """Heads, and the first words of known names, as they open a name."""
    return Phrases([*_heads(language), *(row.name.split()[0].rstrip(",") for row in language.actors.known)])


def _opened(text: str, language: Language) -> Iterator[tuple[int, int, int]]:
    """Where a capitalised head starts and ends, or the first word of a known name that stands there whole; and where
    the known name ends that stands there, 0 for none."""
    plain, opening, heads = fold_same_length(text), _opening(language), _heads(language)
    for match in RE_CAPITAL.finditer(text):
        start = match.start()
        if head := opening.at(plain, start):
            known_end = _known_end(plain, start, language)
            if known_end or head in heads:
                yield start, start + len(head), known_end


@lru_cache(maxsize=4096)
def names(text: str, language: Language) -> tuple[Name, ...]:
    """The names of a text in order; a name inside a longer one is told too.

    >>> text = "l’Organisation internationale de police criminelle (INTERPOL) et le Comité"
    >>> [n.text for n in names(text, Language.of("fr"))]
    ['Organisation internationale de police criminelle', 'Comité']
    """
    if language.actors.run.pattern:
        found = [_name(text, start, 0, end, language) for start, end in _runs(text, language)]
    else:
        found = [_name(text, start, head, end, language) for start, head, end in _opened(text, language)]
    covered = {at for name in found if name.alias for at in range(name.end, name.end + len(name.alias) + 3)}
    excluded = language.actors.acronyms.excluded
    spelt = RE_ACRONYM.finditer(text) if RE_CAPITALS.search(text) else ()
    short = [
        m
        for m in spelt
        if m.start() not in covered and m[0] not in excluded and not RE_NUMERAL.fullmatch(m[0])
        if not RE_IN_NAME.match(text, m.end())
    ]
    acronyms = [Name(m[0], m.start(), m.end(), fold_same_length(m[0]), "body") for m in short]
    return tuple(sorted([*found, *acronyms], key=lambda name: (name.start, -name.end)))


def _name(text: str, start: int, head: int, known_end: int, language: Language) -> Name:
    end = known_end or _end(text, start, head, language)
    alias = RE_ALIAS.match(text, end)
    if alias and fold_same_length(alias["alias"]) in _named_countries(language):  # "en Abkhazie (Géorgie)"
        end, alias = alias.end(), None
    printed = text[start:end]
    key = name_key(printed, language)
    sort = (known.sort if (known := known_names(language).get(key)) else "") or sort_of_head(printed, language)
    return Name(printed, start, end, key, sort, alias["alias"] if alias else "")


@lru_cache(maxsize=4096)  # a text has the same names again and again
def sort_of_head(name: str, language: Language) -> str:
    """What a name is of, by the head it opens with: a body where the head tells nothing else.

    >>> sort_of_head("Convention relative aux droits de l’enfant", Language.of("fr"))
    'instrument'
    """
    if language.actors.run.pattern:
        return _heads(language).get(_head_of(name, language), "body")
    words = fold_same_length(name).split()
    for count in (3, 2, 1):
        if " ".join(words[:count]) in _heads(language):
            return _heads(language)[" ".join(words[:count])]
    return "body"


@cache
def _by_head(language: Language) -> dict[str, tuple[str, ...]]:
    """Known names, flat, by their first word, the longest first."""
    found: dict[str, list[str]] = {}
    known = fold_phrases(row.name for row in language.actors.known)
    for text in sorted(known, key=lambda text: (-len(text), text)):
        found.setdefault(RE_HEAD.match(text)[0], []).append(text)  # type: ignore[index]
    return {head: tuple(texts) for head, texts in found.items()}


def _known_end(plain: str, start: int, language: Language) -> int:
    """Where the longest known name ends that stands there in a flat text; 0 when none does."""
    candidates = _by_head(language).get(RE_HEAD.match(plain, start)[0].rstrip(",;."), ())  # type: ignore[index]
    ahead = _hyphened(plain[start : start + 120], language) if candidates else ""
    for key in candidates:
        end = start + len(key)
        if ahead.startswith(key) and not plain[end : end + 1].isalpha():
            return end
    return 0


def _hyphened(flat: str, language: Language) -> str:
    """A flat text with the hyphens that known names have; each letter stands where it stood."""
    for written, hyphened in language.actors.key.hyphened.items():
        flat = flat.replace(written, hyphened)
    return flat


@cache
def _short(language: Language) -> frozenset[str]:
    """What known names are called once they were introduced, flat."""
    return frozenset(fold_phrases(short for row in language.actors.known for short in row.short))


def find_names(paragraph: Paragraph, language: Language) -> Iterator[NameMention]:
    """The names of a paragraph in order, none of those who propose its words; one inside a known name is part of it and
    no name of its own."""
    found, known = names(its_own(paragraph.text), language), known_names(language)
    spans = Counter([(name.start, name.end) for name in found if name.key in known])
    reach = 0
    for name in found:
        is_known = name.key in known
        if name.end > reach and spans[name.start, name.end] == is_known:
            yield NameMention(paragraph.id, name)
        reach = max(reach, name.end) if is_known else reach


# ---- names that are runs of capitals --------------------------------------------------------------------------------


RE_NUMBER, NUMBER = re.compile(r"\d{4}[ \xa0]"), 5  # with which a known name may begin
RE_CAPITALIZED = r"[^\W\d_][\w’'-]*"
RE_MORE = re.compile(r" [A-Z]")


def _runs(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Where the names begin and end that are runs of words with capitals and hold a head; known ones whole."""
    plain = fold_same_length(text)
    for match in pattern(language.actors.run.pattern).finditer(text):
        start, end = match.span()
        if not start:  # the verb of the paragraph
            start = next((start + m.start() for m in re.finditer(RE_CAPITALIZED, match[0]) if m.start()), end)
        yield from _within_run(text, plain, start, end, language)


def _within_run(text: str, plain: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """The names of a run: the known one that stands there, else its words up to those of another name."""
    while start < end:
        words = [m for m in re.finditer(RE_CAPITALIZED, text[start:end]) if m[0][0].isupper()]
        if not words:
            return
        first = start + words[0].start()
        if words[0][0].lower() in months():  # "of 14 December 2007, Council decision 6/102"
            start = first + len(words[0][0])
            continue
        counted = len(words) > 1 and ordinal(words[0][0].lower(), language) is not None  # "Third United Nations Decade"
        known = _known_end(plain, start + words[1].start() if counted else first, language)
        number = max(first - NUMBER, 0)
        is_numbered = RE_NUMBER.fullmatch(text, number, first) is not None
        if is_numbered and (whole := _known_end(plain, number, language)):
            first, known = number, whole  # "2030 Agenda for Sustainable Development"
        if known and not RE_MORE.match(text, known):  # "United Nations" in "United Nations Mission"
            yield first, known
            start = max(known, first + 1)
            continue
        others = (start + m.start() for m in words[1 + counted :])
        stop = next((at for at in others if _known_end(plain, at, language)), end)
        stop = _cut_run(text, first, stop, language)
        if is_numbered and plain[number:stop] in _short(language):
            yield number, stop  # "2030 Agenda"
        elif _head_of(text[first:stop], language):
            yield first, stop
        start = max(stop, first + 1)


def _cut_run(text: str, start: int, end: int, language: Language) -> int:
    """Where the name ends that a run begins with: before the "and" of another name, before a country it has not."""
    run, said = language.actors.run, text[start:end]
    joined = said.find(run.joint)
    while joined > 0:
        after = said[joined + len(run.joint) :]
        if _head_of(said[:joined], language) and _head_of(after, language):
            said = said[:joined]
        joined = said.find(run.joint, joined + 1)
    for ends in run.ends:
        if found := re.search(ends, said):
            said = said[: found.start()]
    for abroad in run.abroad:
        leads = re.search(abroad, said)
        before = said[: leads.start()] if leads else ""
        placed = not _set("place", language).isdisjoint(fold_same_length(before).split())
        if before and not placed and _head_of(before, language):
            said = before
    return start + len(_undangled(said.rstrip(" ,"), language))


def _undangled(name: str, language: Language) -> str:
    """A name without small words at its end: "Conference of" before another name."""
    small = {*_openers(language), *language.actors.small.le}
    words = name.split(" ")
    while len(words) > 1 and words[-1].lower() in small:
        words.pop()
    return " ".join(words)


def _head_of(name: str, language: Language) -> str:
    """The last head of a name before its complement: "United Nations Office on …"; empty where it has none."""
    words = fold_same_length(name).replace(",", " ").split()
    stop = next((k for k, word in enumerate(words) if word.islower() and word in _openers(language)), len(words))
    heads = _heads(language)
    if stop and words[0] in _set("end", language):
        return ""
    return next((word for word in reversed(words[:stop]) if word in heads), "")


@cache
def _openers(language: Language) -> frozenset[str]:
    """The small words that open the complement of a name."""
    return frozenset(language.actors.initials.words)


# ---- the rule of construction ---------------------------------------------------------------------------------------


class _Walk(Struct):
    """A walk over the words after a head, cut when asked for: the flat text, the words, their language, where the walk
    is, the word that opened the subject."""

    plain: str
    rest: Iterator[re.Match[str]]
    language: Language
    words: list[re.Match[str]] = field(default_factory=list)
    at: int = 0
    subject: str = ""

    @property
    def small(self) -> SmallWords:
        """The small words before a noun."""
        return self.language.actors.small

    def word(self, ahead: int = 0) -> str:
        """The word that many ahead, as printed; empty past the end."""
        match = self._match(self.at + ahead)
        return match[0] if match else ""

    def key(self, ahead: int = 0) -> str:
        """The same word, flat."""
        match = self._match(self.at + ahead)
        return self.plain[match.start() : match.end()] if match else ""

    def _match(self, wanted: int) -> re.Match[str] | None:
        while len(self.words) <= wanted:
            match = next(self.rest, None)
            if match is None:
                return None
            self.words.append(match)
        return self.words[wanted]


def _end(text: str, start: int, head: int, language: Language) -> int:
    """Where the name ends that opens there."""
    before = text[max(0, start - SPACES) : start].rstrip()
    quoted = RE_QUOTED.match(text, start) if before.endswith("«") else None
    if quoted:
        return quoted.end()
    plain = fold_same_length(text)
    walk = _Walk(plain, RE_WORD.finditer(text, head, head + 260), language)
    end, first = head, plain[start:head]
    while walk.word():
        step = _adjective(walk) or _complement(walk, first) or _listed(walk, first) or _second_country(walk)
        if not step:
            break
        walk.at += step
        end = walk.words[walk.at - 1].end()
    row = language.actors.edges.created
    created = pattern(row.pattern).match(text, end) if may_stand(row, text) else None
    return created.end() if created else end


def _adjective(walk: _Walk) -> int:
    """How many words of an adjective, or of a capitalised word, stand here."""
    word = walk.word()
    if word[0].isupper() and word[-1].isalpha() and walk.key() not in _heads(walk.language):
        return 1
    if f"{walk.key()} {walk.key(1)}" in _set("adjectives", walk.language):  # "ad hoc"
        return 2
    if (
        walk.key() in walk.small.et
        and walk.at
        and _is_adjective(walk.key(-1), walk.language)
        and _is_adjective(walk.key(1), walk.language)
    ):
        return 2
    return int(_is_adjective(walk.key(), walk.language))


@cache
def _endings(language: Language) -> tuple[str, ...]:
    return tuple(sorted(_set("endings", language)))


def _is_adjective(key: str, language: Language) -> bool:
    if key in _set("adjectives", language) or key in _countries(language):  # "la Commission afghane indépendante"
        return True
    usual = len(key) > 4 and key.endswith(_endings(language))
    return usual and key not in _set("not_adjectives", language) and key not in _set("end", language)


def _complement(walk: _Walk, head: str) -> int:
    """How many words of a complement ("des Nations Unies", "contre la drogue") stand here."""
    joined = _joined(walk, head)
    length = _noun(walk, joined, head) if joined else 0
    if length:
        walk.subject = walk.subject or ("" if walk.key() in walk.small.de else walk.key())
    return length


def _joined(walk: _Walk, head: str) -> int:
    """How many words of what may join a complement to that head stand here before its noun; 0 when none do."""
    if walk.key() in walk.small.de:
        return 1
    for words, row in _connectors(walk.language).get(walk.key(), ()):
        if all(walk.key(place) in each for place, each in enumerate(words)) and _may_join(walk, row, head):
            return row.before
    return 0


@cache
def _connectors(language: Language) -> dict[str, list[tuple[list[frozenset[str]], Connector]]]:
    """What joins a complement to a name, by its first word: its words, folded, and its row."""
    found: dict[str, list[tuple[list[frozenset[str]], Connector]]] = {}
    for row in language.actors.connector:
        words = [frozenset(fold_phrases(each)) for each in row.words]
        for first in words[0]:
            found.setdefault(first, []).append((words, row))
    return found


def _may_join(walk: _Walk, row: Connector, head: str) -> bool:
    """Whether a connector may stand behind that head, and here."""
    if row.heads and head not in _set(row.heads, walk.language):
        return False
    if row.number and (row.number == "many") is not head.endswith("s"):
        return False
    match row.where:
        case "first":
            return not walk.subject
        case "later":
            return bool(walk.subject)
        case "named":
            return not walk.subject and _may_be_for(walk, head)
        case "country":
            return _is_place(walk)
    return True


def _is_place(walk: _Walk) -> bool:
    """Whether a country follows, after more than a bare head: "Mission des Nations Unies au Libéria"."""
    return walk.at > 0 and walk.word(1)[:1].isupper() and walk.key(1) not in _heads(walk.language)


def _may_be_for(walk: _Walk, head: str) -> bool:
    """Whether "pour" names the subject: after more than a bare head, or before a place."""
    named = walk.word(2 if walk.key(1) in walk.small.le else 1)[:1].isupper()
    return named or head in _set("subject", walk.language) or (walk.at > 0 and head not in _set("alone", walk.language))


def _listed(walk: _Walk, head: str) -> int:
    """How many words of a further member of the subject stand here: ", les ripostes juridiques", "et la lutte"."""
    is_and = walk.key() in walk.small.et
    if is_and and walk.at and head in _set("listing", walk.language) and walk.key(1) in walk.small.de - walk.small.du:
        return 0 if walk.word(2)[:1].isupper() else _noun(walk, 1)
    if (
        walk.subject not in _set("listed", walk.language)
        or head not in _set("subject", walk.language)
        or walk.key(2).endswith(walk.language.actors.joins.verbal)
    ):
        return 0
    if is_and and walk.at and walk.key(-1) in _named_countries(walk.language):
        return 0  # "la Commission d’enquête pour le Timor-Leste et les recommandations"
    if is_and and (walk.key(1) in walk.small.le or walk.key(1) in walk.small.de):
        return 0 if walk.word(3 if walk.key(2) in walk.small.le else 2)[:1].isupper() else _noun(walk, 1)
    if walk.key() == "," and walk.key(1) in walk.small.le and not walk.word(2)[:1].isupper():
        rest = [walk.key(ahead) for ahead in range(2, 14)]
        closes = any(a in walk.small.et and b in walk.small.le for a, b in pairwise(rest))
        return _noun(walk, 1) if closes else 0
    return 0


def _second_country(walk: _Walk) -> int:
    """How many words of a second country stand here, behind a first one: "pour l’Éthiopie et l’Érythrée"."""
    countries = _named_countries(walk.language)
    if not walk.at or walk.key() not in walk.small.et or walk.key(-1) not in countries:
        return 0
    at = 1
    while walk.key(at) in walk.small.le | walk.small.de | walk.small.en:
        at += 1
    return at + 1 if at > 1 and walk.key(at) in countries and walk.word(at)[:1].isupper() else 0


def _noun(walk: _Walk, opening: int, head: str = "") -> int:
    """How many words from here, over the connector and an article, to the noun of a complement; 0 when none."""
    at = opening
    while walk.key(at) in walk.small.le or (at == opening and walk.key(at) in walk.small.de):
        at += 1
    at += walk.key(at) in walk.small.un and (walk.at > 0 or opening > 1)
    at += walk.key(at) in _set("before", walk.language)
    word, key = walk.word(at), walk.key(at)
    # a noun is no elision: "des Nations Unies de s'acquitter" ends before "de"
    if (
        not word
        or not word[0].isalpha()
        or word[-1] in "'’"
        or key in _set("end", walk.language)
        or key in walk.small.le | walk.small.de | walk.small.un
    ):
        return 0
    if word[0].isupper():
        return at + 1
    if find(walk.language.actors.edges.infinitive, key) and key not in _set("nouns", walk.language):
        return 0
    return 0 if head and _of_the_sentence(walk, at, head) else at + 1


def _of_the_sentence(walk: _Walk, at: int, head: str) -> bool:
    """Whether a complement with an article, right after a head that takes none, belongs to the sentence."""
    definite = at > 1 or walk.key() in walk.small.du
    return walk.key() in walk.small.de and definite and not walk.at and head not in _set("articles", walk.language)
