"""Words that are struck through by their look: what is proposed to be deleted in a draft that goes round.

Word and the pages that word processors save strike words without a tracked change. They are taken as a tracked deletion
is: not there, where changes are accepted. What is no more than a slip of the hand stays: the number of a paragraph
whose words stay, the first letter of a word.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from resdiff.model import Notice

__all__ = ["is_emptied", "is_slip", "notices", "opening"]

RE_NO_WORD = re.compile(r"(?:\[?\(?(?:[0-9]{1,3}|[a-z]{1,2}|[ivx]{1,5})[.)])?\W*", re.IGNORECASE)
RE_LABEL = re.compile(r"\[?\(?(?:[0-9]{1,3}|[a-z]{1,2}|[ivx]{1,5})[.)]", re.IGNORECASE)
PASSAGE, PLACE = 90, 50  # characters of what is struck, and of its paragraph, by which a notice calls it
MOST = 20  # passages that are named


def is_slip(passage: str, rest: str = "") -> bool:
    """Whether what is struck at the head of a paragraph, before ``rest``, is the label of the paragraph, which no other
    one replaces, or the first letter of a word: a stroke that went too far, or not far enough.

    >>> [is_slip(*each) for each in (("3.", " Prie"), ("3", ". Prie"), ("P", "rie"), ("(a)", " Agir"))]
    [True, True, True, True]
    >>> [is_slip(*each) for each in (("3.", " 4. Prie"), ("3. Prie", " Invite"), ("P", "prie"), ("À", " Agir"))]
    [False, False, False, False]
    """
    struck, follows = passage.strip(), rest.lstrip()
    if not follows:
        return False
    if len(struck) == 1 and struck.isalpha() and rest[:1].isalpha():
        return not passage[-1].isspace() and rest[:1].casefold() != struck.casefold()
    if not struck.endswith((".", ")")):
        struck, follows = struck + follows[0], follows[1:].lstrip()
    return RE_LABEL.fullmatch(struck) is not None and not RE_LABEL.match(follows)


def is_emptied(stays: str) -> bool:
    """Whether what stays of a paragraph behind what is struck is no text: its label at most, and a sign at its end.

    >>> is_emptied("2. ;"), is_emptied("(a)"), is_emptied("2. Prie")
    (True, True, False)
    """
    return RE_NO_WORD.fullmatch(stays.strip()) is not None


def notices(found: Iterable[tuple[str, str]]) -> Iterator[Notice]:
    """What was left out as struck: for each passage, and the paragraph that it stood in, empty where nothing stays of
    that, a notice with the first words of both."""
    passages = iter(found)
    for passage, around in islice(passages, MOST):
        told, place = opening(passage, PASSAGE), opening(around, PLACE)
        yield Notice("struck-in", (told, place)) if place else Notice("struck-left", (told,))
    if more := sum(1 for _ in passages):
        yield Notice("struck-more", (str(more),))


def opening(text: str, most: int) -> str:
    """The first words of a text in one line, in so many characters at most."""
    line = " ".join(text.split(maxsplit=most)[:most])  # a word has a letter at least
    return line if len(line) <= most else f"{line[:most].rpartition(' ')[0] or line[:most]}…"
