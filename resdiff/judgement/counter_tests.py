"""Counter-tests: whether the other text may say a thing too, though in other words.

What came or went is only told where its words stand nowhere on the other side: neither as they are, nor all of them, in
any form and order, in one paragraph, note or title of it. A false "new" costs more than a missing one.
"""

import re

from msgspec import Struct

from resdiff.language.fold import fold
from resdiff.model import Resolution

__all__ = ["WholeText", "content_stems", "whole_text"]

STEM = 6  # letters by which forms of one word are one
RE_CONTENT = re.compile(r"[a-z]{4,}|\d[\d/]*")
RE_WORD = re.compile(r"[a-z]{3,}|\d[\d/]*")
LIGHT = frozenset({"les", "des", "aux", "par", "sur", "une", "dans", "pour", "avec", "leur", "leurs", "ses", "son"})


class WholeText(Struct, frozen=True):
    """All the words of a text: flat, and as stems paragraph by paragraph; preface, notes, annexes and title too."""

    flat: str
    stems: tuple[frozenset[str], ...]

    def may_say(self, words: str) -> bool:
        """Whether the text has those words, or all their stems in one paragraph."""
        if _flat(words) in self.flat:
            return True
        stems = {word[:STEM] for word in RE_WORD.findall(fold(words)) if word not in LIGHT}
        return not stems or any(stems <= there for there in self.stems)


def whole_text(resolution: Resolution) -> WholeText:
    """The words of a text."""
    passages = [resolution.title, *(p.text for p in resolution.paragraphs), *(n.text for n in resolution.footnotes)]
    stems = (frozenset(word[:STEM] for word in RE_WORD.findall(fold(text))) for text in passages)
    return WholeText("\n".join(map(_flat, passages)), tuple(stems))


def content_stems(text: str) -> frozenset[str]:
    """The beginnings of the words of a text that carry meaning, folded: four letters and more, and numbers."""
    return frozenset(word[:STEM] for word in RE_CONTENT.findall(fold(text)))


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
