"""The lead of a paragraph: the verb of command or the preambular opening, with the adverbs that follow it."""

import re
from functools import cache
from operator import attrgetter

from resdiff.language import Language
from resdiff.language.fold import fold

__all__ = ["lead", "opens_operative", "opens_preamble"]

RE_FIRST = re.compile(r"(?:(?:se|s[’'])\s?)?(?:(?:ayant|étant|s[’']étant)\s+)?[^\W\d_]+(?:-[^\W\d_]+)*", re.IGNORECASE)
RE_PARTICIPLE = re.compile(r"(?:se |s'|ne )?[^\W\d_]{2,}ante?s?$")
LONGEST = 90  # characters looked at: the longest lead of the corpus, "Demandant de nouveau instamment", has 31


@cache
def _phrases(name: str) -> dict[str, list[str]]:
    """The folded phrases of that list of ``leads.toml``, of all languages, by first letter, the longest first.

    Looking them up is as quick as one large pattern, which costs 10 ms to compile.
    """
    by_letter: dict[str, list[str]] = {}
    phrases = {fold(phrase) for language in Language.all() for phrase in attrgetter(name)(language.leads)}
    for phrase in sorted(phrases, key=len, reverse=True):
        by_letter.setdefault(phrase[0], []).append(phrase)
    return by_letter


def _end(folded: str, start: int, name: str) -> int:
    """Where the longest of those phrases that stands at ``start``, as whole words, ends; -1 when none does."""
    for phrase in _phrases(name).get(folded[start : start + 1], ()):
        end = start + len(phrase)
        if folded.startswith(phrase, start) and not (folded[end : end + 1].isalnum() or folded[end : end + 1] == "_"):
            return end
    return -1


@cache
def _never() -> frozenset[str]:
    return frozenset(fold(word) for language in Language.all() for word in language.leads.operative.never)


class _Letters(dict[int, str]):
    """What each letter folds to, found at its first use; one that folds to more or to less than one stays one."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = folded if len(folded := fold(letter)) == 1 else letter.lower()
        return self[code]


_LETTERS = _Letters()


def lead(text: str, *, known: bool = True) -> str:
    """The opening verb of a paragraph as printed; empty where it opens with no verb resdiff knows.

    ``known`` False takes the first word of an operative paragraph even when the table does not hold it.

    >>> lead("Prie instamment l’Office de continuer")
    'Prie instamment'
    >>> lead("S’inquiétant une nouvelle fois de ce que")
    'S’inquiétant une nouvelle fois'
    >>> lead("Ayant examiné le rapport"), lead("Le Comité se réunit")
    ('Ayant examiné', '')
    >>> lead("Rendant à nouveau hommage au Facilitateur")
    'Rendant à nouveau hommage'
    """
    opening = text[:LONGEST]
    folded = opening.translate(_LETTERS)  # letter for letter, so that a place in it is one in the text
    end = _end(folded, 0, "phrase.whole")
    if end < 0:
        first = RE_FIRST.match(opening)
        if first is None or fold(first.group()) in _never():
            return ""
        if known and not opens_operative(text) and not opens_preamble(text):
            return ""
        # "Ayant également" is a first word of two, and "ayant à l’esprit" begins with the first of them.
        end = max(_rejoined(folded, first.end()), _rejoined(folded, folded.find(" ", 0, first.end())))
    return opening[: _followed(folded, end)]


def _followed(folded: str, end: int) -> int:
    """Where the words that belong to a lead which ends at ``end`` themselves end."""
    while folded[end : end + 1].isspace() and (more := _end(folded, end + 1, "phrase.follow")) >= 0:
        end = more
    return end


def _rejoined(folded: str, first: int) -> int:
    """Where a whole phrase ends whose first word, up to ``first``, an adverb parts from the rest; else ``first``.

    "Prenant également note" is "prenant note" with a word inside, and says as little without its last one.
    """
    start = _followed(folded, first)
    parted = _end(folded[:first] + folded[start:], 0, "phrase.whole") if start > first else -1
    return start + parted - first if parted > first else first


def opens_preamble(text: str) -> bool:
    """Whether the text opens as a preambular paragraph does: "Rappelant", "Consciente", "Vivement préoccupée"."""
    folded = fold(text[:LONGEST])
    first = RE_FIRST.match(folded)
    if first is None or not text[0].isupper():
        return False
    word = first.group()
    return bool(RE_PARTICIPLE.match(word) or word.startswith("ayant ") or _end(folded, 0, "preamble.first") >= 0)


def opens_operative(text: str) -> bool:
    """Whether the text opens with a known verb of command: "Décide", "Se félicite", "S’inquiète"."""
    return text[:1].isupper() and _end(fold(text[:LONGEST]), 0, "operative.first") >= 0
