"""Both versions of a paragraph in one line: for the page as pieces (``weave``), to be quoted as a ``Line``.

Either is made of the edits of a change as an eye tells them apart (``as_seen``). For a quotation ``mark_words`` tells
which of them are news: words that only moved within their paragraph are none, nor is what is typography. A ``Line`` is
one text with the mark of each character, of which all that is asked by place is asked.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from itertools import accumulate, compress, pairwise, takewhile

from msgspec import Struct
from msgspec.structs import replace

from resdiff.judgement.quoting import CUT, opens_phrase
from resdiff.language import Language
from resdiff.language.fold import are_letters, fold, letters, small
from resdiff.marking.weight import denies, is_call, sense
from resdiff.model import Change, Edit, FlagCode, Op, Paragraph, Side, Weight

__all__ = [
    "CAPITAL",
    "ELIDING",
    "NEAR",
    "NEWS",
    "OF",
    "RE_WORD",
    "SIGNS",
    "Line",
    "Mark",
    "Piece",
    "Run",
    "Stretch",
    "Stretched",
    "Version",
    "as_seen",
    "mark_words",
    "weave",
]

SIGNS = frozenset(",;:.")
ELIDING = "'’"
RE_WORD = re.compile(r"\w+")


# ---- the page --------------------------------------------------------------------------------------------------------

PILCROW = "¶"
RE_WORD_OR_BLANK = re.compile(r"\n|[^\S\n]+|\S+")
RE_SPECK = r"[a-zà-ÿ][.,;:*^~_|][a-zà-ÿ]|[a-zà-ÿ]['’] [a-zà-ÿ]"  # in a word, behind an elision
RE_ARTICLE = re.compile(r"[lI1]['’]")  # before a vowel, in the letters that a scan read
JOINED = str.maketrans("", "", " -")  # what stands between the halves of a word that was torn
# What an eye does not tell apart.
SHAPES = str.maketrans(
    {
        **dict.fromkeys("\u00ad\u200b\u200d", ""),
        **dict(zip("‘’ʼ`´′‐‑‒−\u00a0\u202fÀÂÇÈÉÊËÎÏÔÙÛ", "''''''----  AACEEEEIIOUU", strict=True)),
        "œ": "oe",
        "Œ": "OE",
    }
)


class Piece(Struct, frozen=True):
    """A run of characters with the edit it belongs to; ``lead`` tells that it is the opening verb."""

    edit: Edit
    text: str
    lead: bool = False

    @property
    def is_break(self) -> bool:
        """Whether it stands for the end of a paragraph that came or went."""
        return self.text.rstrip() == PILCROW and "\n" in self.edit.text


def weave(
    edits: Sequence[Edit], old: Sequence[Paragraph] = (), new: Sequence[Paragraph] = (), *, noise: bool = True
) -> list[list[Piece]]:
    """The edits as lines of pieces.

    A paragraph break that was inserted shows as ¶ before the break; one that was deleted as ¶ and a blank in the line.
    Without ``noise``, for a page that cannot hide it, what a scan misread stands in the letters of the new text.

    >>> edits = (Edit(Op.EQUAL, "a"), Edit(Op.INSERT, " b\\nc"), Edit(Op.EQUAL, "d"))
    >>> [[piece.text for piece in line] for line in weave(edits)]
    [['a', ' b', '¶'], ['c', 'd']]
    >>> fm = [Edit(Op.DELETE, "fin", Weight.TYPOGRAPHIC), Edit(Op.INSERT, "fm", Weight.TYPOGRAPHIC)]
    >>> called = [Edit(Op.EQUAL, " du pacte"), Edit(Op.DELETE, "'", Weight.TYPOGRAPHIC)]
    >>> [(piece.edit.op.value, piece.text) for piece in weave([*fm, *called], noise=False)[0]]
    [('equal', 'fm'), ('equal', ' du pacte')]
    """
    lines: list[list[Piece]] = [[]]
    pieces = _with_leads(as_seen(edits), old, new)
    for piece in pieces if noise else _without_noise(pieces):
        first, *others = piece.text.split("\n")
        if first:
            lines[-1].append(replace(piece, text=first) if others else piece)
        for text in others:
            if piece.edit.op is not Op.EQUAL:
                lines[-1].append(Piece(piece.edit, PILCROW if piece.edit.op is Op.INSERT else f"{PILCROW} "))
            if piece.edit.op is not Op.DELETE:
                lines.append([])
            if text:
                lines[-1].append(replace(piece, text=text))
    return [line for line in lines if line]


def as_seen(edits: Sequence[Edit]) -> list[Edit]:
    """The edits as an eye tells them apart: what differs in the shape of an apostrophe or a hyphen, in the accent of a
    capital or in a ligature alone is kept, in the letters of the new text, and so is a blank that took the place of
    another, at either end of an exchange too.

    >>> [(e.op.value, e.text) for e in as_seen([Edit(Op.DELETE, " et 2 "), Edit(Op.INSERT, "\u00a0")])]
    [('delete', ' et 2'), ('equal', '\xa0')]
    >>> [(e.op.value, e.text) for e in as_seen([Edit(Op.DELETE, "l'"), Edit(Op.INSERT, "l’")])]
    [('equal', 'l’')]
    >>> [(e.op.value, e.text) for e in as_seen([Edit(Op.DELETE, "l'Etat oeuvre"), Edit(Op.INSERT, "l’État œuvre")])]
    [('equal', 'l’État œuvre')]
    >>> [(e.op.value, e.text) for e in as_seen([Edit(Op.DELETE, "jusqu'"), Edit(Op.INSERT, "pour un an, jusqu’")])]
    [('insert', 'pour un an, '), ('equal', 'jusqu’')]
    """
    found: list[Edit] = []
    for edit in edits:
        before = found[-1] if found else None
        if before and before.op is Op.DELETE and edit.op is Op.INSERT:
            found[-1:] = _told_apart(before, edit)
        else:
            found.append(edit)
    return found


def _without_noise(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces without the noise of a scan: a word that was misread stands in the letters of the new text, and so
    does what the call of a note left behind a word."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if before and _is_misread(before.edit, piece.edit):
            found[-1] = _kept(piece)
        elif not _is_debris(before, piece):
            found.append(piece)
        elif piece.edit.op is Op.INSERT:
            found.append(_kept(piece))
    return found


def _kept(piece: Piece) -> Piece:
    return replace(piece, edit=Edit(Op.EQUAL, piece.text))


def _is_misread(gone: Edit, come: Edit) -> bool:
    """Whether a word took the place of one in other letters, or with a sign or a blank in it, and is told as
    typography: only a scan makes that. What has one letter may be a call or a word of its own.

    >>> def is_misread(*pair):
    ...     gone, come = (Edit(op, text, Weight.TYPOGRAPHIC) for op, text in zip((Op.DELETE, Op.INSERT), pair))
    ...     return _is_misread(gone, come)
    >>> [is_misread(*each) for each in (("1 er", "ler"), ("activem.ent", "activement"), ("réso lution", "résolution"))]
    [True, True, True]
    >>> [is_misread(*each) for each in ((")", "'"), ("prévu", "prévü"), ("l'", "I' "))]
    [True, True, True]
    >>> [is_misread(*each) for each in (("1993, 823", "1993,823"), ("804", "84"), ("III", "111"), ("1949g", "1949°"))]
    [True, True, True, True]
    >>> [is_misread(*each) for each in (("5", "S"), ("gouvernement", "Gouvernement"), ("Accord cadre", "Accord-cadre"))]
    [False, False, False]
    """
    if (gone.op, come.op) != (Op.DELETE, Op.INSERT) or {gone.weight, come.weight} != {Weight.TYPOGRAPHIC}:
        return False
    was, now = gone.text.strip(), come.text.strip()
    if min(sum(map(str.isalpha, side)) for side in (was, now)) <= 1:
        is_number = was.isalnum() and now.isalnum() and min(len(was), len(now)) > 1  # "804" and "84", "III" and "111"
        figures = ["".join(filter(str.isdigit, side)) for side in (was, now)]  # "1949g" and "1949°"
        is_article = all(map(RE_ARTICLE.fullmatch, (was, now)))
        return is_number or is_article or (len(figures[0]) > 1 and figures[0] == figures[1]) or {was, now} == {")", "'"}
    is_torn = len(was) != len(now) and was.translate(JOINED) == now.translate(JOINED)
    is_specked = bool(re.search(RE_SPECK, was) or re.search(RE_SPECK, now))
    return is_torn or is_specked or letters(was.casefold()) != letters(now.casefold())


def _is_debris(before: Piece | None, piece: Piece) -> bool:
    """Whether quotation marks alone, or the call of a note in which a scan read one, came or went behind a word, or a
    blank behind an elision."""
    if before is None or before.edit.op is not Op.EQUAL or piece.edit.op is Op.EQUAL:
        return False
    last = before.text[-1:]
    is_left = (last.isalnum() and is_call(piece.text)) or (last in ELIDING and piece.text == " ")
    return is_left and piece.edit.weight is Weight.TYPOGRAPHIC


def _told_apart(gone: Edit, come: Edit) -> list[Edit]:
    """What went and what came in its place, as an eye tells them apart: words and blanks at either end that differ, but
    not to it, are kept in the letters of the new text."""
    if gone.text.translate(SHAPES) == come.text.translate(SHAPES):
        return [Edit(Op.EQUAL, come.text)]
    was, now = RE_WORD_OR_BLANK.findall(gone.text), RE_WORD_OR_BLANK.findall(come.text)
    last = _alike(was[::-1], now[::-1])
    was, now, end = was[: len(was) - last], now[: len(now) - last], now[len(now) - last :]
    first = _alike(was, now)
    parts = [
        Edit(Op.EQUAL, "".join(now[:first])),
        replace(gone, text="".join(was[first:])),
        replace(come, text="".join(now[first:])),
        Edit(Op.EQUAL, "".join(end)),
    ]
    return [part for part in parts if part.text]


def _alike(was: Sequence[str], now: Sequence[str]) -> int:
    """How many of the first words and blanks an eye does not tell apart, up to the last word that differs and the blank
    behind it; a word that does not differ is there to be read with the rest: "15 juin 1994" for "15 mai 1994"."""
    found = 0
    for count, (gone, come) in enumerate(zip(was, now, strict=False), 1):
        if gone.translate(SHAPES) != come.translate(SHAPES):
            break
        is_next = found == count - 1 and (found or min(len(was), len(now)) == 1)
        if is_next if gone.isspace() else gone != come:
            found = count
    return found


def _with_leads(edits: Sequence[Edit], old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Piece]:
    """The edits as pieces, cut where an opening verb ends. Deleted words count in the old text, others in the new."""
    leads = {True: _leads(old), False: _leads(new)}
    places = {True: 0, False: 0}
    for edit in edits:
        of_old = edit.op is Op.DELETE
        yield from _cut(edit, places[of_old], leads[of_old])
        places[True] += 0 if edit.op is Op.INSERT else len(edit.text)
        places[False] += 0 if edit.op is Op.DELETE else len(edit.text)


def _leads(paragraphs: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """From where to where each lead stands in the paragraphs joined by line ends."""
    spans, start = [], 0
    for paragraph in paragraphs:
        if paragraph.lead and paragraph.text.startswith(paragraph.lead):
            spans.append((start, start + len(paragraph.lead)))
        start += len(paragraph.text) + 1
    return spans


def _cut(edit: Edit, start: int, leads: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    end = start + len(edit.text)
    within = [border for lead in leads for border in lead if start < border < end]
    for first, last in pairwise(sorted({start, end, *within})):
        yield Piece(edit, edit.text[first - start : last - start], any(begin <= first < stop for begin, stop in leads))


# ---- what became of words --------------------------------------------------------------------------------------------


class Mark(IntEnum):
    """What became of a character; *quietly* is what is no news. Its value is the letter that it is spelled with."""

    KEPT = ord("k")
    CAME = ord("c")
    WENT = ord("w")
    CAME_QUIETLY = ord("i")
    WENT_QUIETLY = ord("o")


OF = {
    Side.OLD: frozenset({Mark.KEPT, Mark.WENT, Mark.WENT_QUIETLY}),
    Side.NEW: frozenset({Mark.KEPT, Mark.CAME, Mark.CAME_QUIETLY}),
}
NEWS = {Side.OLD: Mark.WENT, Side.NEW: Mark.CAME}
QUIET = {Op.EQUAL: Mark.KEPT, Op.INSERT: Mark.CAME_QUIETLY, Op.DELETE: Mark.WENT_QUIETLY}
LOUD = {Op.INSERT: Mark.CAME, Op.DELETE: Mark.WENT}
MOVED_QUIETLY = (Mark.WENT_QUIETLY, Mark.CAME_QUIETLY)
MARKED = frozenset(LOUD.values())
Stretched = tuple[str, Mark]
"""Words of a version or of both, and what became of them."""
NEAR = 30  # letters between two changes of one place
FEWEST_MOVED = 10  # letters that went and came, for them to have moved in their paragraph …
MOVED = 0.9  # … and share of them in the words among which they came
RE_OPENER = r" [^\W\d_]+[’']?"  # a word alone
DATED_ANEW = {FlagCode.ROUTINE_SESSION, FlagCode.ROUTINE_DATE, FlagCode.ROUTINE_PERIOD}
"""What of a recital is of another time: left without a mark, a reader would take it for what stood there before."""


def mark_words(change: Change, language: Language, *, is_known: bool) -> Iterator[Stretched]:
    """The words of a change in the order of the page, each stretch with what became of it; none is news unless it
    ``is_known`` that the paragraphs belong together."""
    if not is_known:
        return ((edit.text, QUIET[edit.op]) for edit in change.edits)
    is_preambular = all(id_.startswith("pp") for id_ in change.link.new)
    routine = {flag.code for flag in change.flags if flag.code.startswith("routine-")}
    edits = _with_openers(_restating(as_seen(change.edits)))
    edits = _without_retouches(edits, is_recalled=is_preambular and not routine <= DATED_ANEW)
    marks = _marks(edits, [_Said(edit.text, language) for edit in edits])
    return ((edit.text, mark) for edit, mark in zip(edits, marks, strict=True))


def _marks(edits: Sequence[Edit], said: Sequence["_Said"]) -> list[Mark]:
    """What became of the words of each edit of a change: what moved, or is typography, is no news; but what took the
    place of something did not come alone, nor move, and that which it says in other words did not leave its place."""
    moving = [(edit.op, own) for edit, own in zip(edits, said, strict=True) if edit.op is not Op.EQUAL and own.may_move]
    others = {op: [own for other, own in moving if other is not op] for op in LOUD}
    marks = [_mark(edit, own, others) for edit, own in zip(edits, said, strict=True)]
    replacing: dict[Op, list[_Said]] = {op: [] for op in LOUD}
    exchanged: set[int] = set()
    for here, (was, now) in enumerate(pairwise(edits)):
        there = here + 1
        if _is_exchange(was, now) and not {marks[here], marks[there]}.isdisjoint(MARKED):
            marks[here], marks[there] = LOUD[was.op], LOUD[now.op]
            exchanged |= {here, there}
            for place in (here, there):
                replacing[edits[place].op].append(said[place])
    _show_torn(marks, edits, said, exchanged)
    for place, edit in enumerate(edits):
        is_quiet = marks[place] in MOVED_QUIETLY and edit.weight > Weight.TYPOGRAPHIC
        if is_quiet and any(any(map(said[place].is_about, of)) for op, of in replacing.items() if op is not edit.op):
            marks[place] = LOUD[edit.op]
    return marks


def _show_torn(marks: list[Mark], edits: Sequence[Edit], said: Sequence["_Said"], exchanged: Collection[int]) -> None:
    """Mark what moved where of what went there, or came, a word that says nothing alone is told as exchanged: of "can
    be realized, as envisioned in article 28 of" the "of" would be read with the words that are left."""
    torn = {place for place in exchanged if not sense(edits[place].text, said[place].language)}
    quiet = [place for place, edit in enumerate(edits) if edit.weight > Weight.EDITORIAL and said[place].may_move]
    quiet = [place for place in quiet if marks[place] in MOVED_QUIETLY]
    for place in quiet:
        if any(other in torn and edits[other].op is edits[place].op for other in (place - 1, place + 1)):
            for there in quiet:
                if there == place or (edits[there].op is not edits[place].op and said[there].is_about(said[place])):
                    marks[there] = LOUD[edits[there].op]


def _is_exchange(was: Edit, now: Edit) -> bool:
    """Whether of two edits one took the place of the other, and neither stands elsewhere."""
    is_news = min(was.weight, now.weight) > Weight.TYPOGRAPHIC and not (was.passage or now.passage)
    return is_news and {was.op, now.op} == {*LOUD}


def _restating(edits: Iterable[Edit]) -> list[Edit]:
    """The edits, quiet where one word stayed with another before it that says nothing: "Welcomes", "Also welcomes"."""
    found: list[Edit] = []
    for edit in edits:
        before = found[-1] if found else edit
        if {before.op, edit.op} == {Op.DELETE, Op.INSERT} and max(before.weight, edit.weight) <= Weight.EDITORIAL:
            shorter, longer = sorted((before.text.lower(), edit.text.lower()), key=len)
            if f" {longer}".endswith(f" {shorter}"):
                found[-1] = replace(before, weight=Weight.TYPOGRAPHIC)
                edit = replace(edit, weight=Weight.TYPOGRAPHIC)
        found.append(edit)
    return found


def _without_retouches(edits: Sequence[Edit], *, is_recalled: bool) -> list[Edit]:
    """The edits, quiet where words of the same sense took the place of others, came or went far from any that tell:
    "et" and "ainsi que", "De" and "À" before a point; what ``is_recalled``, resolutions in the preamble, too. Beside
    one that tells they are needed to read what stood there."""
    heavy = {Weight.SUBSTANTIVE} if is_recalled else {Weight.SUBSTANTIVE, Weight.ROUTINE}
    ends = [*accumulate(len(edit.text) if edit.op is Op.EQUAL else 0 for edit in edits)]
    places = [end for end, edit in zip(ends, edits, strict=True) if edit.weight in heavy]

    def is_far(place: int) -> bool:
        near = bisect_left(places, place)
        return all(abs(place - other) >= NEAR for other in places[max(0, near - 1) : near + 1])

    quiet = {
        at for at, (edit, end) in enumerate(zip(edits, ends, strict=True)) if edit.weight not in heavy and is_far(end)
    }
    routine = {at for at, edit in enumerate(edits) if edit.weight is Weight.ROUTINE}
    if not routine <= quiet:
        quiet -= routine  # one number marked, another is read as the old one
    return [replace(edit, weight=Weight.TYPOGRAPHIC) if at in quiet else edit for at, edit in enumerate(edits)]


def _with_openers(edits: Iterable[Edit]) -> list[Edit]:
    """The edits, a word that says nothing alone together with what it opens: that "à" went is no news, but it did with
    the "l’article" behind it."""
    found = [*edits]
    for place in range(len(found) - 3, -1, -1):
        edit, blank, opened = found[place : place + 3]
        follows = blank.op is Op.EQUAL and blank.text == " " and opened.op is not Op.EQUAL
        replaces = place > 0 and found[place - 1].op is not Op.EQUAL
        if edit.op is Op.EQUAL or replaces or not follows or not re.fullmatch(RE_OPENER, edit.text):
            continue
        if edit.weight <= Weight.TYPOGRAPHIC < opened.weight:
            opening = replace(edit, text=f"{edit.text[1:]} ", weight=opened.weight)
            same = opening.op is opened.op
            rest = [replace(opened, text=opening.text + opened.text)] if same else [opening, opened]
            found[place : place + 3] = [blank, *rest]
    return found


class _Said(Struct, frozen=True, dict=True):
    """What went or came, looked at when it is asked: most of it says too little to have moved."""

    text: str
    language: Language

    @cached_property
    def letters(self) -> str:
        """Its letters and figures alone."""
        return letters(self.text)

    @cached_property
    def may_move(self) -> bool:
        """Whether it is long enough to be known again where it moved to."""
        return len(self.text) >= FEWEST_MOVED and len(self.letters) >= FEWEST_MOVED

    @cached_property
    def words(self) -> str:
        """Its words but for those at its ends that may open a phrase, with a space around each."""
        words = RE_WORD.findall(self.text.lower())
        opening, closing = (
            sum(1 for _ in takewhile(lambda word: opens_phrase(fold(word), self.language), side))
            for side in (words, reversed(words))
        )
        return f" {' '.join(words[opening : len(words) - closing] or words)} "

    @cached_property
    def denies(self) -> bool:
        """Whether it denies something: without it the rest says the reverse."""
        return any(denies(meaning, self.language) for meaning in sense(self.text, self.language))

    def is_about(self, other: "_Said") -> bool:
        """Whether it is another piece that says the same, with little else on either side."""
        return self is not other and (self.stands_in(other) or other.stands_in(self))

    def stands_in(self, other: "_Said") -> bool:
        """Whether it stands there with little else: "la souveraineté" in "à la souveraineté", a word in no word."""
        if not self.may_move:
            return False
        if _is_most_of(self.words, other.words) and len(letters(self.words)) >= FEWEST_MOVED:
            return True
        return " " in self.words.strip() and _is_most_of(self.letters, other.letters)


def _is_most_of(own: str, there: str) -> bool:
    return own in there and len(own) >= MOVED * len(there)


def _mark(edit: Edit, own: _Said, others: Mapping[Op, Sequence[_Said]]) -> Mark:
    """What became of the words of an edit; those that went here and came there, with little else, only moved. Where
    they came among other words somebody else may do it, and what still stands may stand for another thing."""
    is_news = edit.op is not Op.EQUAL and edit.weight > Weight.TYPOGRAPHIC
    is_news = is_news and (not any(map(own.stands_in, others[edit.op])) or own.denies)
    return (LOUD if is_news else QUIET)[edit.op]


# ---- the line --------------------------------------------------------------------------------------------------------

Run = tuple[Mark, str]
"""Words that are shown in one way, and that way: as kept, as come, as gone."""
Stretch = tuple[int, int]
"""Where characters stand in the line: the first of them, and the place behind the last."""
# Marks are spelled, small for signs and blanks, with a capital for letters and figures: "et (22)" that came is CCccCCc.
CAPITAL = {mark: ord(chr(mark).upper()) for mark in Mark}
_SIGN_MARKS = bytes(Mark)
_LETTER_MARKS = bytes(CAPITAL.values())
_LETTER_MARKS_OF = {side: bytes(CAPITAL[mark] for mark in marks) for side, marks in OF.items()}
SQUARE = frozenset("[]")
_GONE = bytes((Mark.WENT, Mark.WENT_QUIETLY))
_NO_LETTER_THAT_STAYED = _SIGN_MARKS + bytes((CAPITAL[Mark.WENT],))
_SPELL = {mark: bytes.maketrans(b"\0\1", bytes((mark, CAPITAL[mark]))) for mark in Mark}
_MARK: dict[int, Mark] = {spelled: mark for mark in Mark for spelled in (mark, CAPITAL[mark])}
RE_LETTER = re.compile(rb"[A-Z]")
RE_END = re.compile(r"\n")
RE_RUN = re.compile(rb"[kiKI]+|[cC]+|[wW]+|[oO]+")  # what came quietly is shown as what stayed
RE_WORD_OF_NEWS = re.compile(rb"CC*|WW*")  # what begins with no repetition is searched fast


def _is_among(marks: bytes) -> bytes:
    """A table that tells of each mark as it is spelled whether it is one of these."""
    every = _SIGN_MARKS + _LETTER_MARKS
    return bytes.maketrans(every, bytes(mark in marks for mark in every))


_IS_OF = {side: _is_among(bytes(marks)) for side, marks in OF.items()}
_IS_LETTER_OF = {side: _is_among(own) for side, own in _LETTER_MARKS_OF.items()}
_NO_LETTER_OF = {
    side: _SIGN_MARKS + bytes(mark for mark in _LETTER_MARKS if mark not in own)
    for side, own in _LETTER_MARKS_OF.items()
}


class Version(Struct, frozen=True):
    """One version of a line, its letters and figures alone: in one string, small; the mark of each, spelled; the place
    of each in the line."""

    letters: str
    marks: bytes
    places: list[int]

    def find(self, words: str, start: int = 0) -> Stretch | None:
        """From which of its letters up to which it says these words, from a letter on; None where it does not."""
        wanted = letters(words)
        first = self.letters.find(wanted, start) if wanted else -1
        return (first, first + len(wanted)) if first >= 0 else None

    def stretch(self, first: int, stop: int) -> Stretch:
        """Where its letters from one up to another stand in the line."""
        return self.places[first], self.places[stop - 1] + 1


class Line:
    """Both versions of a paragraph in one text, in the order of the page, with the mark of each character, and the
    places where an act of either begins.

    The marks are bytes beside the text, so that what is asked of a stretch, whether something went from it, which is
    its last letter that stayed, is asked of all its characters at once. ``spelled`` has capitals for letters and
    figures, ``marks`` has none.

    >>> line = Line([("Prie ", Mark.KEPT), ("12", Mark.WENT), ("13 États", Mark.CAME)], {})
    >>> line.spelled, line.marks
    (b'KKKKkWWCCcCCCCC', b'kkkkkwwcccccccc')
    >>> line.text_of(Side.NEW, 0, len(line.text)), line.find(Side.OLD, "prie 12"), line.before_what_went(7)
    ('Prie 13 États', (0, 7), 5)
    """

    def __init__(self, stretches: Iterable[Stretched], starts: Mapping[Side, Collection[int]]) -> None:
        """``stretches`` are texts with their mark, ``starts`` characters of each version at which an act begins."""
        texts, marks = zip(*stretches, strict=True) if (stretches := [*stretches]) else ((), ())
        self.text = "".join(texts)
        self.spelled = b"".join(map(_spelled, texts, marks))
        self.marks = self.spelled.lower()
        self.is_marked = any(mark in MARKED for mark in marks)
        self._starts = starts

    @cached_property
    def old(self) -> Version:
        """The old version, letter by letter."""
        return self._version(Side.OLD)

    @cached_property
    def new(self) -> Version:
        """The new version, letter by letter."""
        return self._version(Side.NEW)

    def _version(self, side: Side) -> Version:
        own = self.spelled.translate(_IS_LETTER_OF[side])
        return Version(
            small("".join(compress(self.text, own))),
            self.spelled.translate(None, _NO_LETTER_OF[side]),
            [*compress(range(len(own)), own)],
        )

    def places_of(self, side: Side) -> list[int]:
        """Where the characters of a version stand."""
        return [*compress(range(len(self.marks)), self.marks.translate(_IS_OF[side]))]

    @cached_property
    def acts(self) -> dict[Side, set[int]]:
        """The places where an act of either version begins."""
        found: dict[Side, set[int]] = {side: set() for side in Side}
        for side, starts in self._starts.items():
            own = self.places_of(side) if starts else []
            found[side].update(own[start] for start in starts if start < len(own))
        return found

    @cached_property
    def breaks(self) -> list[int]:
        """The places where paragraphs of the new version end, but the last."""
        ends = (found.start() for found in RE_END.finditer(self.text))
        return [place for place in ends if self.marks[place] in OF[Side.NEW]]

    @cached_property
    def news(self) -> list[Stretch]:
        """Where the words stand that went or came."""
        return [word.span() for word in RE_WORD_OF_NEWS.finditer(self.spelled)]

    def find(self, side: Side, words: str) -> Stretch | None:
        """Where a version says these words: where an act begins with them, "Demande aux États", not "la demande", else
        where they stand first; None where it does not."""
        version = self.old if side is Side.OLD else self.new
        found = first = version.find(words)
        while found and version.places[found[0]] not in self.acts[side]:
            found = version.find(words, found[0] + 1)
        place = found or first
        return version.stretch(*place) if place else None

    def text_of(self, side: Side, start: int, stop: int) -> str:
        """What a version says between two places."""
        return "".join(compress(self.text[start:stop], self.marks[start:stop].translate(_IS_OF[side])))

    def letters_of(self, side: Side, start: int, stop: int) -> bytes:
        """The marks of the letters of a version between two places, spelled."""
        return self.spelled[start:stop].translate(None, _NO_LETTER_OF[side])

    def says_something(self, start: int, stop: int) -> bool:
        """Whether a letter or a figure stands between two places."""
        return RE_LETTER.search(self.spelled, start, stop) is not None

    def letter_from(self, place: int) -> int:
        """The first letter or figure from a place on; -1 where none stands there."""
        found = RE_LETTER.search(self.spelled, place)
        return found.start() if found else -1

    def letter_before(self, place: int) -> int:
        """The last letter or figure before a place; -1 where none stands there."""
        return len(self.spelled[:place].rstrip(_SIGN_MARKS)) - 1

    def before_what_went(self, place: int) -> int:
        """The place before all that went right before a place."""
        return len(self.marks[:place].rstrip(_GONE))

    def behind_what_stayed(self, start: int, stop: int) -> int:
        """The place behind the last letter between two places, but the first, that did not go; else the second."""
        stays = self.spelled[start + 1 : stop].rstrip(_NO_LETTER_THAT_STAYED)
        return start + 1 + len(stays) if stays else stop

    def is_sign(self, place: int) -> bool:
        """Whether a sign stands there that is in no number and in no name."""
        return self.text[place] in SIGNS and not self.text[place + 1 : place + 2].isalnum()

    def paragraph_start(self, place: int) -> int:
        """Where the paragraph begins in which a place stands."""
        return self.text.rfind("\n", 0, place) + 1

    def paragraph_end(self, place: int) -> int:
        """Where it ends."""
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end

    def closes_paragraph(self, place: int) -> bool:
        """Whether, but for signs, a paragraph of the new version but the last ends there."""
        end = len(self.text) - len(self.text[place:].lstrip(" ,;:."))
        return self.text[end : end + 1] == "\n" and self.marks[end] in OF[Side.NEW]

    def is_amid_what_came(self, place: int) -> bool:
        """Whether what came begins before that place and goes on behind it."""
        before = self.letter_before(place)
        return before >= 0 and self.marks[before] == Mark.CAME == self.marks[place]

    def first_act_gone(self, start: int, stop: int) -> int:
        """Where the first act of the old version begins in what went between two places, else the first: what stands
        before it went from the act before, "signed ~~on 17 January, and demands~~"."""
        return min((act for act in self.acts[Side.OLD] if start < act < stop), default=start)

    def act(self, place: Stretch) -> Stretch:
        """The act or the acts around a place, with what went right before, and behind up to an act that went too; none
        begins in the midst of what came."""
        start, stop = place
        first = max((act for act in (*self._acts, *(k + 1 for k in self.breaks)) if act <= start), default=0)
        last = min((act for act in (*self._acts, *self.breaks) if act >= stop), default=len(self.text))
        return self.before_what_went(first), max(stop, self.first_act_gone(self.before_what_went(last), last))

    @cached_property
    def _acts(self) -> list[int]:
        """Where the acts of the new version begin, but in the midst of what came."""
        return [place for place in self.acts[Side.NEW] if not self.is_amid_what_came(place)]

    def is_act_alone(self, start: int, stop: int) -> bool:
        """Whether a stretch of one version begins with an act, in the place of nothing that the other says."""
        own = self.marks[start]
        if not any(start in self.acts[side] for side in Side if own in OF[side]):
            return False
        beside = {self.marks[k] if k >= 0 else own for k in (self.letter_before(start), self.letter_from(stop))}
        within = self.spelled[start:stop].translate(None, _SIGN_MARKS).lower()
        return beside.union(within) <= {own, Mark.KEPT, Mark.CAME_QUIETLY, Mark.WENT_QUIETLY}

    def runs(self, start: int, stop: int) -> Iterator[Run]:
        """What stands there, run by run: what came quietly as if it had stood, of what went quietly nothing but that it
        stood between what went, nor of signs that went alone, but for the square brackets of a draft."""
        skipped, before = False, Mark.KEPT
        for found in RE_RUN.finditer(self.spelled, start, stop):
            spelled = found[0]
            mark, text = _MARK[spelled[0]], self.text[found.start() : found.end()]
            says_something = not spelled.islower() or (mark in MARKED and not SQUARE.isdisjoint(text))
            if mark is Mark.WENT_QUIETLY:
                skipped |= says_something
            elif says_something or mark is not Mark.WENT:
                shown = mark if says_something and mark in MARKED else Mark.KEPT
                yield shown, f"{CUT} {text}" if skipped and shown is before is Mark.WENT else text
                skipped, before = False, shown

    def gone(self, start: int, stop: int) -> str:
        """What went between two places, nothing of signs alone but for square brackets."""
        if self.marks.find(Mark.WENT, start, stop) < 0:
            return ""
        gone = ""
        for mark, text in self.runs(start, stop):
            if mark is Mark.WENT:
                gone += f" {text}" if gone[-1:].isalnum() and text[:1].isalnum() else text
        return gone if any(sign.isalnum() or sign in SQUARE for sign in gone) else ""


def _spelled(text: str, mark: Mark) -> bytes:
    """The mark of each character of a text, a capital for letters and figures.

    >>> _spelled("et (22)", Mark.CAME)
    b'CCccCCc'
    """
    return are_letters(text).translate(_SPELL[mark])
