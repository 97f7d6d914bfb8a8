"""The word list of simplemma, asked in a copy of it.

To open the list itself takes as long as comparing two texts, and most texts ask for a word or two. So
``scripts/build-data`` keeps its words with the copies of the tables, to be searched as they stand.
"""

from collections import defaultdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

from resdiff.data import copied, digest, path
from resdiff.language import Language

__all__ = ["compiled", "copy_name", "holds", "made_from"]

START = 4  # letters by which words are kept together: by three some lists are slow to search, by five all slow to read
STRAIGHT = str.maketrans("’ʼ", "''")  # which apostrophe it is makes no other word


def holds(word: str, language: Language) -> bool:
    """Whether the list has a word, which is given in small letters; a name too.

    >>> [holds(word, Language.of("fr")) for word in ("manière", "maniére", "andré", "aujourd’hui")]
    [True, False, True, True]
    """
    words = _copy(language)
    if words is None:
        from simplemma import is_known

        return bool(is_known(word, lang=language.code))
    word = normalize("NFC", word).translate(STRAIGHT)
    return "|" not in word and f"|{word[START:]}|" in words.get(word[:START], "")


@cache
def _copy(language: Language) -> dict[str, str] | None:
    """The copy of the list; None where there is none, or none of the list that is installed."""
    try:
        return copied(copy_name(language), made_from(language), dict[str, str])
    except OSError:
        return None


def compiled(language: Language) -> dict[str, str]:
    """The words of the list in small letters, by those they begin with what stands behind, between bars."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    known = DefaultDictionaryFactory().get_dictionary(language.code)
    together: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted({low.translate(STRAIGHT) for word in known if word in (low := word.lower(), low.capitalize())}):
        together[word[:START]].append(word[START:])
    return {start: f"|{'|'.join(rests)}|" for start, rests in together.items()}


def copy_name(language: Language) -> str:
    """The name of the copy of the list."""
    return f"{language.code}/dictionary"


def made_from(language: Language) -> str:
    """What the copy is made from: the file of the list, and this code. Raises OSError where there is none."""
    package = find_spec("simplemma")  # found, and not loaded
    if package is None or package.origin is None:
        raise FileNotFoundError("simplemma")
    folder = Path(package.origin).parent / "strategies" / "dictionaries" / "data"
    return digest((folder / f"{language.code}.plzma").read_bytes(), path("../repair/dictionary.py").read_bytes())
