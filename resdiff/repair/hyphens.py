"""Hyphens that a line end put into a word and that stayed when the lines were joined: "insti-tution".

A compound is written so too, and the word itself decides: the text writes it in one as often, or the dictionary knows
it in one and not its halves. What the table lists as the first half of a compound is left to the text alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from resdiff.language import Language
from resdiff.language.forms import first_halves, second_halves
from resdiff.repair.edit import Edit
from resdiff.repair.words import is_known

__all__ = ["broken_words"]

RE_HYPHEN = re.compile(r"-(?<=[^\W\d_]{2}-)(?=[a-zà-ÿœ]{2})")  # a sign first: the search steps from sign to sign
RE_FIRST = re.compile(r"(?<![\w/-])[^\W\d_]{2,}$")  # no part of an address
RE_SECOND = re.compile(r"[a-zà-ÿœ]{2,}(?![\w-])")
RE_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)?(?![\w-])")
LONGEST = 30  # letters of a half
FEW = 30  # words that are looked for one by one before the words of a text are counted


def broken_words(text: str, language: Language) -> Iterator[Edit]:
    """The hyphens to take out of a text, in order.

    >>> list(broken_words("l’insti-tution du Vice-Président, sous-régional", Language.of("fr")))
    [(7, 8, '')]
    """
    found = [(hyphen.start(), *halves) for hyphen in RE_HYPHEN.finditer(text) if (halves := _halves(text, hyphen))]
    counts = _counts(found, text) if found else {}
    for at, first, second in found:
        if _is_broken(first, second, counts, language):
            yield at, at + 1, ""


def _halves(text: str, hyphen: re.Match[str]) -> tuple[str, str] | None:
    """The letters before and behind a hyphen, where they are all of a word."""
    first = RE_FIRST.search(text, max(0, hyphen.start() - LONGEST), hyphen.start())
    second = RE_SECOND.match(text, hyphen.end())
    return (first[0], second[0]) if first and second else None


def _counts(found: list[tuple[int, str, str]], text: str) -> Counter[str]:
    """How often the text writes the words in one, and with their hyphen where it writes them in one too."""
    low = text.lower()
    halves = {(first.lower(), second) for _, first, second in found}
    if len(halves) <= FEW:
        halves = {(first, second) for first, second in halves if first + second in low}
    wanted = {first + between + second for first, second in halves for between in ("", "-")}
    if not wanted:
        return Counter()
    return Counter(low for word in RE_WORD.findall(text) if (low := word.lower()) in wanted and not _has_humps(word))


def _has_humps(word: str) -> bool:
    """Whether capitals stand inside a word, which is then two: NetworkManager."""
    return not word.isupper() and word[1:] != word[1:].lower()


def _is_broken(first: str, second: str, counts: Mapping[str, int], language: Language) -> bool:
    """Whether two halves are one word: by the words of the text, else by the dictionary."""
    low = first.lower()
    listed = low in first_halves() or second in second_halves()
    whole, parted = counts.get(low + second, 0), counts.get(f"{low}-{second}", 0)
    if whole > parted or (whole == parted and whole and not listed):
        # "méta-données" where "métadonnées" stands too: both are meant. A name, "Tarta-rie", is in no dictionary.
        coined = first == low and is_known(second, language) and second not in language.repair.hyphen.endings
        return not coined or is_known(first + second, language)
    if whole and listed:
        return False
    rows = language.repair.hyphen
    linked = low.endswith(rows.linked) and is_known(second, language)  # "israélo-syrien", not "hono-rer"
    if listed or low in rows.compounds or linked:
        return False
    halves = second not in rows.endings and is_known(first, language) and is_known(second, language)
    return not halves and is_known(first + second, language)
