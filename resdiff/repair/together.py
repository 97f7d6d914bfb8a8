"""Two letters that an engine ran together in a text that it read well otherwise: "afm" is afin.

The confusions of scans (``data/fr/repair.toml``) would change names here. Of the few in its table ``together`` a word
is sure: nobody wrote what is read, and the dictionary has what it comes to.
"""

import re
from collections.abc import Iterator

from resdiff.language import Language
from resdiff.repair.edit import Edit
from resdiff.repair.words import is_known

__all__ = ["run_together"]

RE_WORD = re.compile(r"(?<![\w/.@-])[^\W\d_]*m[^\W\d_]*(?![\w/@])")


def run_together(text: str, language: Language) -> Iterator[Edit]:
    """The words of a text to write anew, in order.

    >>> list(run_together("à cette fm, le Gouvemement", Language.of("fr")))
    [(8, 10, 'fin'), (15, 26, 'Gouvernement')]
    """
    table = language.repair.together
    for match in RE_WORD.finditer(text):
        word = match[0]
        if any(row.read in word for row in table) and not word.isupper() and not is_known(word, language):
            readings = {
                printed
                for row in table
                if len(word) >= row.letters
                for at in re.finditer(re.escape(row.read), word)
                if is_known(printed := word[: at.start()] + row.printed + word[at.end() :], language)
            }
            if len(readings) == 1:
                yield *match.span(), readings.pop()
