"""In which language a text is, by its small words: enough to leave alone what is in another, and to say what it is.

Nine languages in Latin letters are told apart by their small words, Arabic, Russian and Chinese by their letters
(``data/common/tongues.toml``). A text in none of them, or with too few words to tell, has no answer.
"""

import re
from collections import Counter
from functools import cache

from resdiff.data import load
from resdiff.data.schema import Tongue, Tongues
from resdiff.language import Language

__all__ = ["is_foreign", "tongue"]

SAMPLE = 40_000  # characters looked at
LEAD = 2  # hits by which another language leads, for a text to be in it, and …
SHARE = 1.1  # … times as many hits as the next language; between two of them a text of a hundred words has 1.5
SHARE_STRANGE = 1.4  # the same, where words that the language cannot have are counted too
FEWEST = 0.12  # of all words: small words are 0.3 to 0.5 of a text in one of these languages
MOSTLY = 0.6  # share of the signs of a text in Latin letters that stand in Latin-1 at least
RE_LETTER = r"[^\W\d_]"
RE_WORD = r"[^\W\d_]+"


@cache
def _tongues() -> dict[str, Tongue]:
    return {row.code: row for row in load("common", "tongues", Tongues).tongue}


@cache
def _rows() -> dict[str, frozenset[str]]:
    return {code: frozenset(row.words.split()) for code, row in _tongues().items()}


@cache
def _strange(code: str) -> re.Pattern[str]:
    """A word, or a sign, that the language cannot have."""
    row = _tongues()[code]
    words = rf"[^\W\d_]*[{row.never}][^\W\d_]*" if row.never else "(?!)"
    return re.compile(rf"{words}|[{row.signs}]" if row.signs else words)


def _hits(text: str) -> tuple[dict[str, int], int]:
    """How many of the words of a text are small words of each language, and the number of its words."""
    words = Counter(re.findall(RE_WORD, text[:SAMPLE].lower()))
    return {code: sum(words[word] for word in row) for code, row in _rows().items()}, words.total()


def _script(sample: str) -> str:
    """The language of a text in letters that are not Latin; empty for one in Latin letters."""
    if len(sample.encode("latin-1", "ignore")) >= MOSTLY * len(sample):
        return ""
    letters = len(re.findall(RE_LETTER, sample))
    rows = (
        (row.code, len(re.findall(f"[{row.letters}]", sample))) for row in load("common", "tongues", Tongues).script
    )
    return next((code for code, found in rows if 2 * found > letters), "")


def tongue(text: str) -> str:
    """The code of the language of a text; empty where it cannot be told.

    >>> tongue("les buts et principes de la Charte"), tongue("i fini e i principi della Carta"), tongue("x y")
    ('fr', 'it', '')
    """
    if script := _script(text[:SAMPLE]):
        return script
    hits, total = _hits(text)
    default = Language.of("").code
    best, second = sorted(hits, key=lambda code: (-hits[code], code != default, code))[:2]  # of equals the default
    least = max(2, FEWEST * total, 0 if best == default else max(SHARE * hits[second], hits[second] + 1))
    return best if hits[best] >= least else ""


def is_foreign(text: str, language: Language) -> bool:
    """Whether a text is in another language than that: by evidence, for a scan may be damaged.

    >>> french = Language.of("fr")
    >>> is_foreign("a la lucha contra la corrupción y los delitos", french)
    True
    >>> is_foreign("conformément a la 1égislation interne", french)
    False
    """
    hits, _ = _hits(text)
    best, own = max(hits.values()), hits[language.code]
    # a name, Río de Oro, has some in a French text
    strange = best + sum(1 for _ in _strange(language.code).finditer(text[:SAMPLE]))
    return best > max(own + LEAD, SHARE * own) or strange > max(own + LEAD, SHARE_STRANGE * own)
