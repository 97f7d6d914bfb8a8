"""What a person types to search: words, "phrases" between quotation marks, beginnings of words*, -words not wanted.

preuves électroniques          both words, best where they stand together
"preuves électroniques"        one behind the other, in any form
électron* -armes               a beginning; without that word
"""

import re

from resdiff.errors import UsageError
from resdiff.language.stems import words
from resdiff.search.values import Query, Term

__all__ = ["LONGEST", "parse_query"]

LONGEST = 10_000  # characters: a long paragraph, with room to spare
# a sign, then what stands between quotation marks of any kind, or a run without spaces; a star behind either
RE_TERM = re.compile(
    r"(?P<sign>(?<!\S)[-−–])?(?:[\"“”„](?P<phrase>[^\"“”„]*)[\"“”„]|«(?P<french>[^»]*)»|(?P<word>[^\s\"“”„«»]+))"
)


def parse_query(text: str, near: str = "") -> Query:
    """The query that a person typed, and the words that must stand near. Raises UsageError for one without a word to be
    found, and for one that is too long.

    >>> query = parse_query("« preuves électroniques » électron* -armes")
    >>> [term.words for term in query.wanted], [term.words for term in query.unwanted]
    ([('preuves', 'electroniques'), ('electron',)], [('armes',)])
    """
    if len(text) > LONGEST or len(near) > LONGEST:
        raise UsageError("query-too-long", LONGEST)
    found = [(match["sign"], _term(match)) for match in RE_TERM.finditer(text.replace("\0", " "))]
    wanted = tuple(term for sign, term in found if term.words and not sign)
    unwanted = tuple(term for sign, term in found if term.words and sign)
    beside = tuple(term for match in RE_TERM.finditer(near.replace("\0", " ")) if (term := _term(match)).words)
    if not wanted or (near.strip() and not beside):
        raise UsageError("query-empty", " ".join(text.split())[:80] if not wanted else " ".join(near.split())[:80])
    return Query(" ".join(text.split()), wanted, unwanted, beside)


def _term(match: re.Match[str]) -> Term:
    written = match["phrase"] or match["french"] or match["word"] or ""
    return Term(tuple(word.folded for word in words(written) if not word.elided), written.endswith("*"))
