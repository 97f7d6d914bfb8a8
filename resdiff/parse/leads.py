"""The lead of a paragraph: the verb of command or the preambular opening, with the adverbs that follow it."""

import re
from functools import cache

from resdiff.data import table
from resdiff.text.fold import fold

__all__ = ["lead", "opens_operative", "opens_preamble"]

RE_FIRST = re.compile(r"(?:(?:se|s[’'])\s?)?(?:(?:ayant|étant|s[’']étant)\s+)?[^\W\d_]+(?:-[^\W\d_]+)*", re.IGNORECASE)
RE_PARTICIPLE = re.compile(r"(?:se |s'|ne )?[^\W\d_]{2,}ante?s?$")
LONGEST = 90  # characters looked at: the longest lead of the corpus, "Demandant de nouveau instamment", has 31


@cache
def _alternatives(*names: str) -> re.Pattern[str]:
    rows: list[str] = []
    for name in names:
        section, key = name.split(".")
        rows += [fold(row) for row in table("leads")[section][key]]
    ordered = sorted(set(rows), key=lambda row: (-len(row), row))
    return re.compile("(?:" + "|".join(map(re.escape, ordered)) + r")(?![\w])")


@cache
def _never() -> frozenset[str]:
    return frozenset(fold(word) for word in table("leads")["operative"]["never"])


def _same_length(text: str) -> str:
    """The folded text, letter for letter: a letter that folds to more or to less than one keeps its place."""
    return "".join(f if len(f := fold(c)) == 1 else c.lower() for c in text)


def lead(text: str, *, known: bool = True) -> str:
    """The opening verb of a paragraph as printed; empty where it opens with no verb resdiff can tell.

    ``known`` False takes the first word of an operative paragraph even when the table does not hold it.

    >>> lead("Prie instamment l’Office de continuer")
    'Prie instamment'
    >>> lead("S’inquiétant une nouvelle fois de ce que")
    'S’inquiétant une nouvelle fois'
    >>> lead("Ayant examiné le rapport"), lead("Le Comité se réunit")
    ('Ayant examiné', '')
    """
    head = text[:LONGEST]
    folded = _same_length(head)
    whole = _alternatives("phrase.whole").match(folded)
    first = whole or RE_FIRST.match(head)
    if (
        first is None
        or (not whole and fold(first.group()) in _never())
        or not (whole or not known or opens_operative(text) or opens_preamble(text))
    ):
        return ""
    end, follow = first.end(), _alternatives("phrase.follow")
    while (more := follow.match(folded, end + 1)) and folded[end].isspace():
        end = more.end()
    return head[:end]


def opens_preamble(text: str) -> bool:
    """Whether the text opens as a preambular paragraph does: "Rappelant", "Consciente", "Vivement préoccupée"."""
    folded = fold(text[:LONGEST])
    first = RE_FIRST.match(folded)
    if first is None or not text[0].isupper():
        return False
    word = first.group()
    return bool(RE_PARTICIPLE.match(word) or word.startswith("ayant ") or _alternatives("preamble.first").match(folded))


def opens_operative(text: str) -> bool:
    """Whether the text opens with a known verb of command: "Décide", "Se félicite", "S’inquiète"."""
    return text[:1].isupper() and _alternatives("operative.first").match(fold(text[:LONGEST])) is not None
