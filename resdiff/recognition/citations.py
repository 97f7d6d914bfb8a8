"""Resolutions, decisions, documents and treaties that a text cites.

The forms of all languages (``data/fr/citations.toml``) are looked for, whatever the language of the text: symbols and
numbers are written alike in all. Two ways of writing one citation are one: ``A/RES/72/284`` and ``résolution 72/284``.

A reference cites a resolution or paragraphs of it, ranges written out, and plays a role in its clause; its words are in
``data/fr/acts.toml``.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from resdiff.data.schema import CitationForm
from resdiff.language import FRENCH, Language
from resdiff.language.fold import fold_same_length
from resdiff.language.tokens import WordTable, split_words
from resdiff.model import Paragraph, Resolution
from resdiff.recognition.survey import HERE, Citation, CitationMention, Passage, Reference, Role

__all__ = ["cited", "find_citations", "find_references", "key_of_symbol"]

RE_DIGIT = re.compile(r"[\d(](?:(?<=\d)|[XVI])")  # begins with one set of characters, which is searched fast
REACH = 300
"""How far before a number the word "résolution" may stand: S/RES/206 (1965) lists six numbers with their dates."""


@cache
def _forms() -> tuple[tuple[CitationForm, re.Pattern[str], re.Pattern[str] | None], ...]:
    rows = (row for language in Language.all() for row in language.citations.form)
    return tuple((row, re.compile(row.pattern), re.compile(row.after) if row.after else None) for row in rows)


@lru_cache(maxsize=4096)
def cited(text: str) -> tuple[Citation, ...]:
    """The citations of a text, in order.

    >>> [c.label for c in cited("ses résolutions 1373 (2001) et 72/284, et le document A/72/111")]
    ['résolution 1373 (2001)', 'résolution 72/284', 'A/72/111']
    """
    if not RE_DIGIT.search(text):
        return ()
    plain = fold_same_length(text)
    found = [
        _citation(row, text, match)
        for row, pattern, after in _forms()
        for match in pattern.finditer(plain)
        if after is None or after.search(_clause(plain, match.end(1), row.other))
    ]
    return tuple(sorted(found, key=lambda c: (c.start, c.key)))


def _clause(plain: str, end: int, other: str) -> str:
    """The words before a number that may tell what it numbers, from the last word that tells another sort."""
    clause = plain[max(0, end - REACH) : end]
    clause = clause[clause.rfind(";") + 1 :]
    return clause[clause.rfind(other) + len(other) :] if other and other in clause else clause


def _citation(row: CitationForm, text: str, match: re.Match[str]) -> Citation:
    start, end = match.span(1)
    printed = " ".join(text[start:end].split())
    key = re.sub(r"\s", "", match[1]).rstrip(".")
    return Citation(f"{row.sort}:{key}", row.label.format(printed.rstrip(".")), match.start(), end)


def key_of_symbol(symbol: str) -> str:
    """The key under which a text is cited: of ``A/RES/72/194`` and of ``S/RES/1743 (2007)``.

    >>> key_of_symbol("A/RES/72/194"), key_of_symbol("S/RES/1743(2007)")
    ('resolution:72/194', 'resolution:1743(2007)')
    """
    number = re.sub(r"^(?:[a-z.\d]+/)*res/|^resolution\s+", "", fold_same_length(symbol).strip())
    return "resolution:" + re.sub(r"\s", "", number) if number else ""


def find_citations(resolution: Resolution) -> Iterator[CitationMention]:
    """The citations of a text: paragraph by paragraph, then those of its footnotes."""
    for paragraph in resolution.body:
        yield from (CitationMention(paragraph.id, citation) for citation in cited(paragraph.text))
    for note in resolution.footnotes:
        yield from (CitationMention(note.paragraph, citation, noted=True) for citation in cited(note.text))


# ---- references: which paragraphs of which resolution, in which role ------------------------------------------------

NUMBER = r"\d{1,3}(?: ?\(?[a-z]\)|(?<=\d)[a-z]\b)*(?: [ivx]+\))?"
RE_LIST = re.compile(rf"\bparagraphes? ({NUMBER}(?:(?:,? et |,? ou | a |, (?:et )?){NUMBER})*)")
RE_RANGE = re.compile(r"(\d{1,3})[^\d,]*?(?: a (\d{1,3})|(?=\D|$))")
RE_NEXT_LIST = re.compile(r",? (?:et|ainsi que|ou)(?: (?:aux?|du|des|les?))? paragraphes? ")
"""Between two lists that one resolution closes: "aux paragraphes 8 et 9 et au paragraphe 11 de la résolution"."""
RE_OF = re.compile(r"[\s,]*(?:[^.;,:]{0,60}? )?(?:de|dans) (?:la |sa |ses |les )?$|[\s,]*(?:des|ses) $")
RE_SAME = re.compile(r",? de (?:ladite|cette|la meme|sa|la|ladite meme) resolution\b")
RE_HERE = re.compile(r",? de la presente resolution\b")
RE_OTHER = re.compile(r",? (?:du|des|de (?:la|son|sa|ses|leur|ce|cette|ladite)|d'un|d'une|de l') ?[a-z]")
OWNER_REACH = 70
"""How far behind its paragraphs a resolution may be named: "6, 7 et 10, tels que modifiés, de la résolution"."""
ROLE_REACH = 110
"""How many characters before a reference may tell its role."""
LONGEST_RANGE = 60


class _Found(NamedTuple):
    start: int
    end: int
    number: str
    paragraphs: tuple[str, ...]


def find_references(paragraph: Paragraph, plain: str, last: str = "") -> tuple[Reference, ...]:
    """The references of a paragraph, in order.

    ``plain`` is its text in flat letters, ``last`` the number that "ladite résolution" means at its start.

    >>> from resdiff.language.fold import fold_same_length
    >>> from resdiff.model import Part, Span
    >>> text = "Décide de lever les mesures imposées aux paragraphes 3 à 5 de la résolution 1737 (2006)"
    >>> paragraph = Paragraph("op1", Part.OPERATIVE, "1", 0, "Décide", text, Span(0, 0))
    >>> (found,) = find_references(paragraph, fold_same_length(text))
    >>> found.number, found.paragraphs, found.role.value
    ('1737', ('3', '4', '5'), 'object')
    """
    citations = [c for c in cited(paragraph.text) if c.key.startswith("resolution:")]
    if not citations and "paragraphe" not in plain:
        return ()
    found = _paragraph_lists(plain, citations, last)
    used = {f.end for f in found if f.number not in ("", HERE)}
    whole = [_Found(c.start, c.end, _number(c), ()) for c in citations if c.end not in used]
    return tuple(_reference(paragraph, plain, f) for f in sorted(chain(found, whole)))


def _number(citation: Citation) -> str:
    """The number without the year: "1737" of "resolution:1737(2006)"."""
    return citation.key.removeprefix("resolution:").partition("(")[0]


def _paragraph_lists(plain: str, citations: list[Citation], last: str) -> list[_Found]:
    """The lists of paragraphs, each with the text it names; lists joined by "et" name one text."""
    found: list[_Found] = []
    waiting: list[re.Match[str]] = []
    for match in RE_LIST.finditer(plain):
        waiting.append(match)
        if RE_NEXT_LIST.match(plain, match.end()):
            continue
        before = [c for c in citations if c.end <= match.start()]
        number, end = _target(plain, match.end(), citations, _number(before[-1]) if before else last)
        for other in waiting[:-1]:
            found.append(_Found(other.start(), other.end(), number, _expand(other[1])))
        found.append(_Found(match.start(), end, number, _expand(match[1])))
        waiting.clear()
    return found


def _target(plain: str, end: int, citations: list[Citation], last: str) -> tuple[str, int]:
    """The number of the text whose paragraphs were named, and where the reference ends."""
    if RE_HERE.match(plain, end) or _says_here(plain, end):
        return HERE, end
    for citation in citations:
        if end < citation.end and citation.start - end <= OWNER_REACH:
            between = plain[end : citation.end].rpartition("resolution")[0] or plain[end : citation.start]
            if RE_OF.match(between.removesuffix("s")):
                return _number(citation), citation.end
            break
    if same := RE_SAME.match(plain, end):
        return last, same.end()
    return ("" if RE_OTHER.match(plain, end) else HERE), end


@cache
def _here() -> WordTable[bool]:
    words = FRENCH.acts.reference.get("here", ())
    return WordTable((word, True) for word in words) if isinstance(words, tuple) else WordTable(())


def _says_here(plain: str, end: int) -> bool:
    words = split_words(plain[end : end + 30]).words
    return bool(_here().at(words, int(words[:1] == (",",))))


def _expand(listed: str) -> tuple[str, ...]:
    """Each number of a list, ranges written out.

    >>> _expand("1, 2 a) et 4 a 6")
    ('1', '2', '4', '5', '6')
    """
    numbers: list[str] = []
    for match in RE_RANGE.finditer(listed):
        first, last = int(match[1]), int(match[2] or match[1])
        numbers += map(str, range(first, min(last, first + LONGEST_RANGE) + 1))
    return tuple(dict.fromkeys(numbers))


# ---- role ----------------------------------------------------------------------------------------------------------


@cache
def _roles() -> WordTable[Role]:
    return WordTable((words, Role(row.sort)) for row in FRENCH.acts.role for words in row.words)


RE_PARTICIPLE = re.compile(r"(?:e|i|u|is|it)e?s?$")
RE_BREAK = re.compile(r"[;:]|, (?!et |ou |ainsi )")


def _reference(paragraph: Paragraph, plain: str, found: _Found) -> Reference:
    place = Passage(paragraph.id, found.start, found.end)
    role = _role(plain, found.start)
    return Reference(found.number, found.paragraphs, paragraph.text[found.start : found.end], role, place)


def _role(plain: str, start: int) -> Role:
    """What the words before a reference, in its clause, make of it; the last of them counts."""
    clause = RE_BREAK.split(plain[max(0, start - ROLE_REACH) : start])[-1]
    role, words = Role.OBJECT, split_words(clause).words
    for index, _, cue in _roles().find(words, 0, len(words)):
        behind = cue is Role.BASIS and index and RE_PARTICIPLE.search(words[index - 1])
        role = Role.OBJECT if behind else cue
    return role
