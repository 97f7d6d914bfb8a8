"""Words that are struck through by their look: what is proposed to be deleted in a draft that goes round.

Word and the pages that word processors save strike words without a tracked change. They are taken as a tracked deletion
is: not there, where changes are accepted. What is no more than a slip of the hand stays: the number of a paragraph
whose words stay, the first letter of a word.

Within the brackets of a delegation, or right before them ("[UK: ~~Urges~~ Encourages]", "~~Urges~~ [UK: delete]")
nothing is deleted yet: the words are the text as it stands, the rest is what that delegation would have in their place.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from resdiff.language.unsettled import behind_tag
from resdiff.model import Notice

__all__ = ["as_proposals", "in_proposal", "is_emptied", "is_slip", "marked", "notices", "opening"]

RE_DRAFTED = r"\[?(?:(?:OP|PP)\s?)?[0-9]{1,3}(?:\s?(?:bis|ter|quater|alt(?:\s?\d)?))?[.):]?"
RE_NO_WORD = re.compile(rf"(?:\[?\(?(?:[0-9]{{1,3}}|[a-z]{{1,2}}|[ivx]{{1,5}})[.)]|{RE_DRAFTED})?\W*", re.IGNORECASE)
RE_LABEL = re.compile(r"\[?\(?(?:[0-9]{1,3}|[a-z]{1,2}|[ivx]{1,5})[.)]", re.IGNORECASE)
PASSAGE, PLACE = 90, 50  # characters of what is struck, and of its paragraph, by which a notice calls it
MOST = 20  # passages that are named
NEAR = 20  # pieces in which the bracket is looked for
BEGINS, ENDS = "\x04", "\x05"  # of what is struck within a proposal, until its bracket is read; XML has no such signs
NOTHING = "–"  # what a delegation has in the place of words that it would delete
RE_PROPOSED = re.compile(r"\[[^\[\]\x04]*\x04[^\[\]]*\]")
RE_BEFORE = re.compile(r"\x04([^\x05]*)\x05")
RE_BRACKETS = r"(?:\s*\[[^\[\]]*\])+\W*"
RE_STROKE = re.compile(r"\x04([^\x05]*)\x05([^\x04]*)")


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

    >>> [is_emptied(stays) for stays in ("2. ;", "(a)", "PP5.", "OP2 bis", "2. Prie", "op")]
    [True, True, True, True, False, False]
    """
    return RE_NO_WORD.fullmatch(stays.strip()) is not None


def in_proposal(before: Sequence[str], after: str = "") -> bool:
    """Whether what stands between pieces of a paragraph and the text ``after`` it is in the brackets of somebody who is
    named, or right before such.

    >>> in_proposal(["2. [UK: "]), in_proposal(["2. [UK: ", "Urges", "] "]), in_proposal(["2. [Urges "])
    (True, False, False)
    >>> in_proposal(["2. "], " [UK: delete] States"), in_proposal(["2. "], " [all] States")
    (True, False)
    """
    text, behind = "".join(before[-NEAR:]), after.lstrip()
    first = text.rfind("[")
    is_within = first > text.rfind("]") and behind_tag(text, first) > first + 1
    return is_within or (behind.startswith("[") and behind_tag(behind, 0) > 1)


def marked(passage: str) -> str:
    """What is struck within a proposal, with signs around it that :func:`as_proposals` knows."""
    return f"{BEGINS}{passage}{ENDS}"


def as_proposals(text: str) -> str:
    """The text with what is struck in proposals before them, as a draft without strokes writes it.

    >>> as_proposals(f"2. [UK: {marked('Urges ')}Encourages] States [EU: {marked('and others')}];")
    '2. [Urges] [UK: Encourages] States [and others] [EU: –];'
    >>> as_proposals(f"[US: should {marked('shall')} act]"), as_proposals(f"in {marked('six ')}[US: two] months")
    ('[shall] [US: should act]', 'in [six] [US: two] months')
    >>> as_proposals(f"2. {marked('Urges States;')} [US: delete]")  # of which nothing else is left
    '2. Urges States; [US: delete]'
    """
    if BEGINS not in text:
        return text
    beside = RE_PROPOSED.sub(_side_by_side, text).replace(f"{ENDS}{BEGINS}", "")
    return RE_BEFORE.sub(_in_brackets, beside).replace(BEGINS, "").replace(ENDS, "")


def _in_brackets(match: re.Match[str]) -> str:
    before, after = match.string[: match.start()], match.string[match.end() :]
    if is_emptied(before) and re.fullmatch(RE_BRACKETS, after):
        return match[1]
    return f"[{match[1].strip()}]{' ' * match[1].endswith(' ')}"


def _side_by_side(match: re.Match[str]) -> str:
    begins = behind_tag(match[0], 0)
    whose, (first, _, rest) = match[0][:begins].strip(), match[0][begins:-1].partition(BEGINS)
    strokes = RE_STROKE.findall(f"{BEGINS}{rest}".replace(f"{ENDS}{BEGINS}", ""))
    if first.strip():  # what is wanted stands before what is struck
        strokes[0] = (strokes[0][0], f"{first.strip()} {strokes[0][1].strip()}")
    pairs = ((struck.strip(), wanted.strip() or NOTHING) for struck, wanted in strokes)
    return " ".join(f"[{struck}] {whose} {wanted}]" for struck, wanted in pairs)


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
