"""Both versions of a paragraph in one line: for the page, whole (``weave``), and for a quotation (``Redline``).

A redline stresses what came into a paragraph and strikes what went from it, as the page does; words that only moved
within it are no news and are shown as what stayed.

From the edits of a change to its redline: ``Redlines`` tells which edits are news and lays them out as a ``Line``, one
text with the mark of each character, of which all that is asked by place is asked; a ``Redline`` lays a quotation on
it, or cuts an excerpt out of it, as runs of one mark; ``_in_marks`` makes of runs what a reader sees.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from itertools import accumulate, compress, groupby, pairwise, takewhile

from msgspec import Struct
from msgspec.structs import replace

from resdiff.judgement.case import content_stems, is_sure
from resdiff.judgement.quoting import CUT, LEFT_OUT, letter_of, opens_phrase, without_openers
from resdiff.language import Language, find, pattern
from resdiff.language.fold import are_letters, fold, fold_same_length, letters, small, words_in
from resdiff.language.forms import beyond_brackets
from resdiff.marking.weight import denies, is_call, sense
from resdiff.model import Change, Comparison, Edit, FlagCode, Link, Op, Paragraph, Side, Weight, side_text
from resdiff.recognition.clauses import words_of
from resdiff.report.blocks import Address, Inline, Strong, Struck
from resdiff.report.wording import Parts, in_quotes, in_turn, inner, inner_marks, say, word

__all__ = [
    "LONGEST_OF_MOST",
    "LONGEST_WHOLE",
    "Mark",
    "Piece",
    "Redline",
    "Redlines",
    "Stretch",
    "as_seen",
    "marked_words",
    "read_back",
    "weave",
    "went_and_came",
]

SIGNS = frozenset(",;:.")
ENDS = " \n,;:."
ELIDING = "'’"
RE_WORD = re.compile(r"\w+")
DATED_ANEW = {FlagCode.ROUTINE_SESSION, FlagCode.ROUTINE_DATE, FlagCode.ROUTINE_PERIOD}
"""What of a recital is of another time: left without a mark, a reader would take it for what stood there before."""


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


# ---- the line --------------------------------------------------------------------------------------------------------


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
STYLES: dict[Mark, type[Strong | Struck]] = {Mark.CAME: Strong, Mark.WENT: Struck}
Stretched = tuple[str, Mark]
"""Words of a version or of both, and what became of them."""
Run = tuple[Mark, str]
"""Words that are shown in one way, and that way: as kept, as come, as gone."""
Stretch = tuple[int, int]
"""Where characters stand in the line: the first of them, and the place behind the last."""
NEAR = 30  # letters between two changes of one place
FEWEST_SAID_AGAIN, FEWEST_LEFT_OUT = 8, 3
"""Words at the beginning of a long place that came, or that went, which the other version has, to be left out of it:
what stays is not to be read as lost."""
SLACK, FEWEST_CUT_SHORT = 2, 7  # words more for which none is cut off, and those that are left of a place at least
MORE = 12  # words of places that are shown beside the longest one where they alone are told

# Marks are spelled, small for signs and blanks, with a capital for letters and figures: "et (22)" that came is CCccCCc.
CAPITAL = {mark: ord(chr(mark).upper()) for mark in Mark}
_SIGN_MARKS = bytes(Mark)
_LETTER_MARKS = bytes(CAPITAL.values())
_LETTER_MARKS_OF = {side: bytes(CAPITAL[mark] for mark in marks) for side, marks in OF.items()}
_GONE = bytes((Mark.WENT, Mark.WENT_QUIETLY))
_NO_LETTER_THAT_STAYED = _SIGN_MARKS + bytes((CAPITAL[Mark.WENT],))
_SPELL = {mark: bytes.maketrans(b"\0\1", bytes((mark, CAPITAL[mark]))) for mark in Mark}
_MARK: dict[int, Mark] = {spelled: mark for mark in Mark for spelled in (mark, CAPITAL[mark])}
RE_LETTER = re.compile(rb"[A-Z]")
RE_END = re.compile(r"\n")
RE_RUN = re.compile(rb"[kiKI]+|[cC]+|[wW]+|[oO]+")  # what came quietly is shown as what stayed
RE_CAME, RE_NEWS = re.compile(rb"cc*"), re.compile(rb"cc*|ww*")  # what begins with no repetition is searched fast
RE_LETTERS_CAME, RE_WORD_OF_NEWS = re.compile(rb"CC*"), re.compile(rb"CC*|WW*")


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
        self.is_marked = any(mark in STYLES for mark in marks)
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
        stood between what went, nor of signs that went alone."""
        skipped, before = False, Mark.KEPT
        for found in RE_RUN.finditer(self.spelled, start, stop):
            spelled = found[0]
            mark, text = _MARK[spelled[0]], self.text[found.start() : found.end()]
            says_something = not spelled.islower()
            if mark is Mark.WENT_QUIETLY:
                skipped |= says_something
            elif says_something or mark is not Mark.WENT:
                shown = mark if says_something and mark in STYLES else Mark.KEPT
                yield shown, f"{CUT} {text}" if skipped and shown is before is Mark.WENT else text
                skipped, before = False, shown

    def gone(self, start: int, stop: int) -> str:
        """What went between two places, nothing of signs alone."""
        if self.marks.find(Mark.WENT, start, stop) < 0:
            return ""
        gone = ""
        for mark, text in self.runs(start, stop):
            if mark is Mark.WENT:
                gone += f" {text}" if gone[-1:].isalnum() and text[:1].isalnum() else text
        return gone if any(map(str.isalnum, gone)) else ""


def _spelled(text: str, mark: Mark) -> bytes:
    """The mark of each character of a text, a capital for letters and figures.

    >>> _spelled("et (22)", Mark.CAME)
    b'CCccCCc'
    """
    return are_letters(text).translate(_SPELL[mark])


def _merged(stretches: Iterable[Stretch], most: int) -> list[Stretch]:
    """The stretches in their order, those with no more than so many characters between them as one."""
    merged: list[Stretch] = []
    for first, last in sorted(stretches):
        if merged and first <= merged[-1][1] + most:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged


# ---- a quotation laid on the line ------------------------------------------------------------------------------------

LONGEST_FILLED, FEWEST_FILLED = 400, 10
"""Letters of what a quotation leaves out that stand in it all the same, and how many of them went or came: what changed
most there would be taken for the same."""
FEWEST_THERE, MOSTLY_THERE = 3, 0.6  # words that went from a quotation, and share of them that a piece it cuts out says
LOOSE = 2  # words that went or came before another act and belong to none
LEAST_STAYED = 0.2  # letters of a quotation that stayed for each that came or went, for both to be shown in it …
LONGEST_REWRITTEN = 1100  # … or letters of both versions together
RE_PIECE = re.compile(r"[^\s…](?:[^…]*[^\s…])?")  # of a quotation from which something was cut
# Before a point of a list, or the first of its own.
RE_POINT = re.compile(r"[:;] (?=\(?[a-z]{1,4}(?: [a-z]+)?\) )|: (?=[A-ZÀ-Ý])")
RE_CLOSING = re.compile(r"[\s,;.]*\]")
RE_NUMBER = r"\(?[a-z]{1,4}\) "  # of a point


class Placement(Struct, frozen=True):
    """Where a quotation of the new version stands in its line: the places in it that came; what went, by the place in
    it before which that stood; where in the line its pieces stand."""

    came: set[int]
    went: dict[int, str]
    stretches: list[Stretch]


class _Found(Struct, frozen=True):
    """A piece of a quotation where the new version says it: its letters there, from ``first`` up to ``stop``; the place
    of each in the quotation; the stretch of the line, with what went right before; whether it ends the quotation."""

    first: int
    stop: int
    own: list[int]
    stretch: Stretch
    is_last: bool


def lay(said: str, line: Line, language: Language) -> Placement:
    """A quotation laid on its line; what went is left out where hardly anything of both versions stayed."""
    came: set[int] = set()
    went: dict[int, str] = {}
    stretches: list[Stretch] = []
    for piece in _found(said, line):
        for run in RE_LETTERS_CAME.finditer(line.new.marks, piece.first, piece.stop):
            came.update(piece.own[run.start() - piece.first : run.end() - piece.first])
        went.update(_went_within(piece, said, line, language))
        if piece.is_last and (gone := _gone_behind(piece, line, language)):
            went[len(said)] = gone
        stretches.append(piece.stretch)
    kept = are_letters(said).count(1) - len(came)
    lost = sum(letter.isalnum() for gone in went.values() for letter in gone)
    is_shown = kept > LEAST_STAYED * max(len(came), lost) or len(said) + lost <= LONGEST_REWRITTEN
    return Placement(came, went if is_shown else {}, stretches)


def _found(said: str, line: Line) -> Iterator[_Found]:
    """The pieces of a quotation that the new version says, one behind the other."""
    lettered, done = are_letters(said), 0
    for opens, ends in _pieces(said, line.new):
        found = line.new.find(said[opens:ends], done)
        if found is None and (number := re.match(RE_NUMBER, said[opens:ends])):
            opens += number.end()  # of the second half of what was split nobody has put the letter before it
            found = line.new.find(said[opens:ends], done)
        if found:
            first, done = found
            own = [*compress(range(opens, ends), lettered[opens:ends])]
            begins, last = line.new.stretch(first, done)
            yield _Found(first, done, own, (line.before_what_went(begins), last), ends == len(said))


def _pieces(said: str, new: Version) -> Iterator[Stretch]:
    """Where the pieces of a quotation begin and end, between which something was cut; of a list that is not found
    whole, since what joins it to its opening was left out, that and each of its points."""
    for piece in RE_PIECE.finditer(said):
        first, last = piece.span()
        points = [point.end() for point in RE_POINT.finditer(said, first, last)]
        is_there = bool(points) and new.find(piece[0]) is not None
        yield from pairwise([first, last] if is_there else [first, *points, last])


def _went_within(piece: _Found, said: str, line: Line, language: Language) -> dict[int, str]:
    """What went from a piece of a quotation, by the place in the quotation before which it stood; not, at its end, what
    gave way to words that are cut out, at least in part, but up to an act that went there."""
    told = [(letter, gap, gone) for letter, gap in _gaps(piece, line) if (gone := line.gone(*gap))]
    if told:
        letter, gap, _ = told[-1]
        if _all_came_behind(letter, piece, line.new) and _goes_on_coming(piece, gap, line):
            told.pop()
            before = line.gone(gap[0], line.first_act_gone(*gap))
            if before and _says_more(before, language):
                told.append((letter, gap, before))
    went: dict[int, str] = {}
    for letter, gap, gone in told:
        at = piece.own[letter - piece.first]
        if letter > piece.first and not gone[0].isalnum():
            behind = piece.own[letter - piece.first - 1] + 1
            at = behind + _signs_before_what_went(gap, said[behind:at], line)
        went[at] = gone
    return went


def _gaps(piece: _Found, line: Line) -> Iterator[tuple[int, Stretch]]:
    """The letters of a piece before which something went, each with the stretch between the letter before it, or where
    the piece begins, and itself."""
    begins, places = piece.stretch[0], line.new.places
    last = places[piece.stop - 1]
    went = line.marks.find(Mark.WENT, begins, last)
    while went >= 0:
        letter = bisect_right(places, went)
        yield letter, (places[letter - 1] + 1 if letter > piece.first else begins, places[letter])
        went = line.marks.find(Mark.WENT, places[letter], last)


def _signs_before_what_went(gap: Stretch, said: str, line: Line) -> int:
    """How many signs of what is ``said`` in a gap stand before what went there: the bracket of "(2006) et"."""
    signs = takewhile(lambda k: line.marks[k] != Mark.WENT, range(*gap))
    return sum(1 for _ in takewhile(lambda pair: line.text[pair[0]] == pair[1] != " ", zip(signs, said, strict=False)))


def _all_came_behind(letter: int, piece: _Found, new: Version) -> bool:
    """Whether all came that a piece says behind the word that begins at a letter."""
    stayed = len(new.marks[: piece.stop].rstrip(bytes((CAPITAL[Mark.CAME],))))
    if stayed <= letter:
        return True
    is_word = new.places[stayed - 1] - new.places[letter] == stayed - 1 - letter
    return is_word and len({*new.marks[letter:stayed]}) == 1


def _goes_on_coming(piece: _Found, went: Stretch, line: Line) -> bool:
    """Whether what came at the end of a piece, for what went, goes on behind it: in the same paragraph, or in the next
    one of a split, which may open with the act that went."""
    _, place = piece.stretch
    behind = line.letter_from(place)
    if behind < 0 or not line.marks[place - 1] == Mark.CAME == line.marks[behind]:
        return False
    return "\n" not in line.text[place:behind] or any(went[0] < at < went[1] for at in line.acts[Side.OLD])


def _gone_behind(piece: _Found, line: Line, language: Language) -> str:
    """What went behind the last word of an act or of a paragraph with which a piece ends, with the acts that stood at
    its end; nothing behind another word, nor, within, what was an act by itself."""
    start, is_within = piece.stretch[1], piece.stop < len(line.new.letters)
    stop = line.new.places[piece.stop] if is_within else len(line.text)
    if is_within and (stop not in line.acts[Side.NEW] or "\n" in line.text[start:stop]):
        return ""
    acts = line.acts[Side.OLD] if is_within else ()
    first = min((place for place in acts if start < place < stop), default=stop)
    gone = line.gone(start, first)
    return gone if _says_more(gone, language) else ""


def _says_more(gone: str, language: Language) -> bool:
    """Whether what went is more than words that join: "et"."""
    return bool(_without_openers([(Mark.WENT, gone)], language)[0][1].strip(ENDS))


def _filled(said: str, line: Line) -> str:
    """A quotation with what was cut within it, where something went or came there and it is short."""
    pieces = [piece.span() for piece in RE_PIECE.finditer(said)]
    if not pieces:
        return said
    filled, done = said[: pieces[0][1]], 0
    for (opens, ends), (begins, stops) in pairwise(pieces):
        before = line.new.find(said[opens:ends], done)
        behind = line.new.find(said[begins:stops], before[1]) if before else None
        left_out = ""
        if before and behind:
            done = before[1]
            left_out = _changed_between(line.new.stretch(*before)[1], line.new.places[behind[0]], line)
        filled += (left_out or said[ends:begins]) + said[begins:stops]
    return filled + said[pieces[-1][1] :]


def _changed_between(start: int, stop: int, line: Line) -> str:
    """What the new version says between two places of one paragraph, where it is short and more than a word or two
    went or came there; else nothing."""
    said = line.text_of(Side.NEW, start, stop)
    changed = sum(line.spelled.count(CAPITAL[mark], start, stop) for mark in STYLES)
    return said if "\n" not in said and len(said) <= LONGEST_FILLED and changed >= FEWEST_FILLED else ""


def _stops_short(place: int, line: Line) -> bool:
    """Whether words of the act went right behind a place: what begins there is no act of the old version."""
    first = line.letter_from(place)
    first = place if first < 0 else first
    gone = RE_NEWS.match(line.marks, first)
    if gone is None or line.marks[first] != Mark.WENT or "\n" in line.text[place:first]:
        return False
    words = line.text[first : gone.end()].split()
    return len(words) > LOOSE and not any(start in line.acts[Side.OLD] for start in range(place, first + 1))


def _came_outside(stretches: Iterable[Stretch], line: Line) -> frozenset[str]:
    """The beginnings of the words that came in the paragraphs of a quotation but not in it."""
    inside = _merged(stretches, NEAR)
    paragraphs = _merged(((line.paragraph_start(first), line.paragraph_end(last)) for first, last in inside), NEAR)
    outside = [
        line.text[first:last]
        for first, last in (run.span() for run in RE_CAME.finditer(line.marks))
        if not any(begin < last and first < end for begin, end in inside)
        if any(begin <= first < end for begin, end in paragraphs)
    ]
    return content_stems(" ".join(outside))


def _is_there(words: str, stems: frozenset[str]) -> bool:
    """Whether most of what words say is among the beginnings of other words, and every number of them."""
    own = content_stems(words)
    return (
        len(own) >= FEWEST_THERE
        and len(own & stems) >= MOSTLY_THERE * len(own)
        and all(stem.isalpha() for stem in own - stems)
    )


def _whole_words(said: str, marked: set[int]) -> list[Stretch]:
    """The stretches of whole words of which all letters are marked, with the bracket that closes one of them, and with
    the square brackets around them."""
    runs: list[Stretch] = []
    follows = False
    for found in RE_WORD.finditer(said):
        is_new = found.start() in marked and marked.issuperset(range(*found.span()))
        if is_new and follows:
            runs[-1] = runs[-1][0], found.end()
        elif is_new:
            runs.append(found.span())
        follows = is_new
    return [_with_brackets(said, *run) for run in runs]


def _with_brackets(said: str, start: int, stop: int) -> Stretch:
    if said[stop : stop + 1] == ")" and said.count("(", start, stop) > said.count(")", start, stop):
        stop += 1
    before = said[:start].rstrip(" ,;")
    start = len(before) - 1 if before.endswith("[") else start
    return beyond_brackets(said, start, stop)


# ---- the redline -----------------------------------------------------------------------------------------------------

LONGEST_WHOLE = 1500  # letters of a paragraph of which all is shown, with what went and what came …
LONGEST_OF_MOST = 3000  # … and of one of which a part would show less than half of these
NEARLY_ALL = 0.8  # letters of a version that stayed, or of a phrase that are marked, for it to be told by itself …
LONGEST_WITHIN = 12  # … and letters in a row that stayed within it, for it to be told in words, without marks
FAR = 120  # letters on either side of what came alone, or went alone, within which a sign sets its clause apart
REACH = 160  # letters on either side of what changed, within which its clause begins and ends
RE_HALF, RE_OTHER_HALF = rb"(?<!w)w++[ki]{0,24}c{0,2}\Z", re.compile(rb"w*[ki]{0,2}c+")


class Redline(Line):
    """A line of which a quotation or an excerpt is shown: what came stressed, what went struck."""

    def __init__(
        self, language: Language, stretches: Iterable[Stretched], starts: Mapping[Side, Collection[int]]
    ) -> None:
        """``stretches`` are texts with their mark, ``starts`` characters of each version at which an act begins."""
        super().__init__(stretches, starts)
        self.language = language
        self._quoted: dict[tuple[str, str], Parts] = {}
        self._laid: dict[str, Placement] = {}

    @cached_property
    def marked(self) -> dict[Side, list[str]]:
        """The words that went from the old version, and those that came into the new one, whole acts among them."""
        return {
            side: [self.text[first:last] for first, last in self.news if self.marks[first] == news]
            for side, news in NEWS.items()
        }

    @cached_property
    def marked_words(self) -> dict[Side, set[str]]:
        """The same, folded and each once."""
        return {side: words_in(words) for side, words in self.marked.items()}

    def place(self, old: str, new: str, *, alone: bool = False) -> Stretch | None:
        """Where words of the old version went and words of the new one came; None where they are not found, or, but
        ``alone``, where they are an act by itself in the place of nothing."""
        found = [self.find(side, words) for side, words in ((Side.OLD, old), (Side.NEW, new)) if words]
        spans = [span for span in found if span]
        if not spans or len(spans) < len(found):
            return None
        start, stop = min(span[0] for span in spans), max(span[1] for span in spans)
        is_act = not (alone or (old and new)) and self.is_act_alone(start, stop)
        return None if is_act else (start, stop)

    def bears_out(self, side: Side, words: str) -> bool:
        """Whether nearly all of these words of a version are marked where they stand: as gone from the old one, as come
        into the new one; or whether they are not found."""
        span = self.find(side, words)
        if span is None:
            return True
        own = self.letters_of(side, *span)
        return own.count(CAPITAL[NEWS[side]]) >= NEARLY_ALL * len(own)

    def quoted(self, quote: str, lang: str) -> Parts:
        """A quotation of the new version in quotation marks: what came stressed; what went struck, where most of what
        is quoted stayed, but for what only went to a piece that is cut out. Between its pieces something was cut, and
        behind it where what went there is not shown."""
        if (quote, lang) not in self._quoted:
            said = " ".join(quote.split())
            if self.is_marked:
                runs = self._runs_of(inner(_filled(said, self), lang))
                self._quoted[quote, lang] = _in_marks(runs, lang)
            else:
                self._quoted[quote, lang] = (in_quotes(said, lang),)
        return self._quoted[quote, lang]

    def _runs_of(self, said: str) -> Iterator[Run]:
        """A quotation as runs of one mark."""
        laid = self._lay(said)
        outside = _came_outside(laid.stretches, self)
        went = {place: gone for place, gone in laid.went.items() if not _is_there(gone, outside)}
        stressed = _whole_words(said, laid.came)
        borders = sorted({0, *went, *(border for stretch in stressed for border in stretch), len(said)})
        begins = {start for start, _ in stressed}
        for start, stop in pairwise(borders):
            if start in went:
                yield Mark.WENT, went[start]
            is_new = start in begins or any(first < start < last for first, last in stressed)
            yield Mark.CAME if is_new else Mark.KEPT, said[start:stop]
        if len(said) in went:
            yield Mark.WENT, went[len(said)]
        elif laid.stretches and went and not said.endswith(CUT) and _stops_short(laid.stretches[-1][1], self):
            yield Mark.KEPT, CUT

    def shows(self, quotes: Iterable[str], old: str, new: str) -> bool:
        """Whether these quotations of the new version show, by their marks, that the one went and the other came."""
        place = self.place(old, new)
        if place is None:
            return False
        for quote in quotes:
            laid = self._lay(_filled(quote, self))
            is_within = any(first <= place[0] and place[1] <= last for first, last in laid.stretches)
            if is_within and (laid.went or not old):
                return True
        return False

    def _lay(self, said: str) -> Placement:
        """A quotation laid on the line, once."""
        if said not in self._laid:
            self._laid[said] = lay(said, self, self.language)
        return self._laid[said]

    def whole(self, lang: str, longest: int = LONGEST_WHOLE) -> Parts:
        """Both versions in quotation marks with all that went or came marked; nothing where they have more letters."""
        runs = [*self.runs(0, len(self.text))]
        return _in_marks(runs, lang) if runs and _size(runs) <= longest else ()

    def changes(self, *, whole: bool = False) -> Iterator[tuple[str, str]]:
        """The words that went and that came at each place within an act where some did, or of ``whole`` acts too."""
        return map(self._exchanged, self._changes(whole=whole))

    def _exchanged(self, place: Stretch) -> tuple[str, str]:
        """The words that went and that came there."""
        runs = [*self.runs(*place)]
        went, came = (" ".join(text for mark, text in runs if mark is wanted) for wanted in (Mark.WENT, Mark.CAME))
        return went, came

    def changed(self, lang: str) -> Parts:
        """All of that in one excerpt: from the first of its acts to the last."""
        return self.excerpt([*self._changes()], lang)

    def gist(self, weigh: Callable[[str, str], int], lang: str, longest: int) -> Parts:
        """The places where words went or came, alone in quotation marks, those first chosen where they weigh most, and
        last those that hold a whole act though they weigh nothing, as many as there is room for, of one with more words
        than ``longest``, or than are left, the first; "etc." behind it where there are any others. Nothing where
        nothing is marked, or weighs less than nothing. ``weigh`` is given what went and what came."""
        places = [*self._changes(whole=True)]
        weights = [weigh(*self._exchanged(place)) for place in places]
        counted = sorted((place for place, weight in enumerate(weights) if weight >= 0), key=lambda at: -weights[at])
        ranked = [at for at in counted if weights[at] or self._has_an_act(places[at])] or counted[:1]
        shown: dict[int, list[Run]] = {}
        room = longest + MORE
        for at in ranked:
            first, last = places[at]
            opened = self.text.count("(", first, last) > self.text.count(")", first, last)
            last += self.text[last : last + 1] in ({*ELIDING, ")"} if opened else {*ELIDING})  # "continuer d’"
            telling = [(mark, _from_news(mark, text, weigh, longest)) for mark, text in self.runs(first, last)]
            runs = [(mark, _first_words(text, longest)) for mark, text in telling]
            if runs := _fitted(runs, room) if shown else runs:
                shown[at] = [(runs[0][0], runs[0][1].lstrip(f" ,;{CUT}")), *runs[1:]]
                room -= sum(len(text.split()) for _, text in runs)
        said: list[Run] = []
        for at in sorted(shown):
            is_cut = bool(said) and said[-1][1].endswith(f"{CUT} ")
            said += [*([] if is_cut or not said else [(Mark.KEPT, f"{CUT} ")]), *shown[at]]
        if not said:
            return ()
        quote = _in_marks(said, lang)
        return say("summary.and-so-on", quote, lang=lang) if len(shown) < len(places) else quote

    def _changes(self, *, whole: bool = False) -> Iterator[Stretch]:
        """The places within an act where words went or came, or where ``whole`` acts did too."""
        for first, last in _merged(self.news, NEAR - 1):
            if whole or not any(first < begins < last for begins in self.acts[Side.NEW]):
                yield first, last

    def _has_an_act(self, place: Stretch) -> bool:
        """Whether a whole act went or came there."""
        return any(place[0] <= begins < place[1] for side in Side for begins in self.acts[side])

    def clause(self, side: Side, place: Stretch) -> Stretch | None:
        """The clause of a version around a place, from a sign or an act in the midst of a clause up to a sign, without
        a conjunction: what a word governs says nothing without it, or governs another. None where one is too far."""
        own = self.places_of(side)
        signs = [k for k in own if self.text[k] == "\n" or self.is_sign(k)]
        begins = max((k + 1 for k in signs if k < place[0]), default=0)
        begins = max((k for k in self.acts[side] if begins + NEAR < k <= place[0]), default=begins)
        ends = next((k for k in signs if k >= place[1]), len(self.text))
        clause = [k for k in own if begins <= k < ends]
        if sum(k < place[0] for k in clause) > FAR or sum(k >= place[1] for k in clause) > FAR:
            return None
        said = "".join(self.text[k] for k in clause)
        blank = len(said) - len(said.lstrip())
        joined = pattern(self.language.excerpts.joined.pattern).match(fold_same_length(said[blank:]))
        return clause[blank + (joined.end() if joined else 0)], ends

    def said(self, side: Side, clause: Stretch) -> str:
        """What a version says in a clause, where hardly a word of it stayed; else nothing."""
        stayed = self.letters_of(side, *clause).split(bytes((CAPITAL[NEWS[side]],)))
        if max(map(len, stayed)) > LONGEST_WITHIN:
            return ""
        return " ".join(self.text_of(side, *clause).split()).rstrip(ENDS)

    def marked_in(self, clause: Stretch, lang: str) -> Parts:
        """A clause in quotation marks, with what went and what came in it marked; nothing where hardly any of it
        stayed."""
        runs = [*self.runs(self.before_what_went(clause[0]), clause[1])]
        return _in_marks(runs, lang) if _stands(runs) else ()

    def excerpt(self, places: Sequence[Stretch], lang: str) -> Parts:
        """The act in which these places stand, in quotation marks with all that went or came in it marked, without the
        middle of what stayed where it is long; of one that is too long its beginning and the clauses of these places.
        Nothing where hardly any of it stayed."""
        if not places:
            return ()
        begins, ends = self._act_shown(places)
        act = [*self.runs(begins, ends)]
        runs = (self._shortened(act, ends) or self._clauses(places, begins, ends)) if _stands(act) else []
        is_within = self.says_something(self.paragraph_start(begins), begins)
        return _in_marks([*([(Mark.KEPT, LEFT_OUT)] if is_within else []), *runs], lang) if runs else ()

    def _act_shown(self, places: Sequence[Stretch]) -> Stretch:
        """The act in which some places stand, from where its paragraph begins if both together are no longer than an
        excerpt: what stands before it may name who "it" is, or what "these" are."""
        begins, ends = self.act((min(first for first, _ in places), max(last for _, last in places)))
        start, stop = self.paragraph_start(begins), self._before_half(begins, ends)
        if _size([*self.runs(start, ends)]) <= LONGEST:
            begins = start
        # what went at the end of a paragraph another half of it may have
        ends = self.behind_what_stayed(begins, stop) if self.closes_paragraph(stop) else stop
        is_open = self.text.count("[", begins, ends) > self.text.count("]", begins, ends)
        closing = RE_CLOSING.match(self.text, ends) if is_open else None
        return begins, closing.end() if closing else ends

    def _shortened(self, act: Sequence[Run], ends: int) -> list[Run]:
        """The runs of an act, shortened by the first way that makes them short enough; none where none does."""
        for most, longest, cut in CUTS:
            runs = self._ended([*_abridged(act, longest, cut, self._governor)], ends)
            if _size(runs) <= most:
                return runs
        return []

    def _clauses(self, places: Sequence[Stretch], begins: int, ends: int) -> list[Run]:
        """The runs of the beginning of an act and of the clauses of some places in it, as many as there is room for;
        none where hardly any of them stayed."""
        clauses = _merged(((max(first, begins), min(last, ends)) for first, last in map(self._around, places)), NEAR)
        clauses = [(first, self._before_half(first, last)) for first, last in clauses]
        head = begins, min(begins + LONGEST_HEAD, clauses[0][0])
        clauses = [
            (self._governor(self.text, end, first), last) for (_, end), (first, last) in pairwise([head, *clauses])
        ]
        outside = _came_outside((head, *clauses), self)
        runs = self._opened([*self.runs(*head)])
        for number, (first, last) in enumerate(clauses):
            own = [run for run in self.runs(first, last) if run[0] is not Mark.WENT or not _is_there(run[1], outside)]
            clause = self._ended([*_abridged(own, LONGEST_RUN, _without_middle, self._governor)], last)
            if _size(runs) + _size(clause) > LONGEST:
                runs = _cut_off(runs) if number else []
                break
            gap = f"{CUT} " if runs and not runs[-1][1].endswith(CUT) else " "
            runs += [*([(Mark.KEPT, gap)] if runs else []), *clause]
        return runs if runs and _stands(runs) else []

    def _around(self, place: Stretch) -> Stretch:
        """The clause around a place: up to the signs before and behind it that stayed, or to a word not too far."""
        start, stop = first, last = place
        while first > 0 and start - first < REACH and not self._is_sign_that_stayed(first - 1):
            first -= 1
        while last < len(self.text) and last - stop < REACH and not self._is_sign_that_stayed(last):
            last += 1
        while 0 < first < start and self.text[first - 1].isalnum():
            first += 1
        while stop < last < len(self.text) and self.text[last].isalnum():
            last -= 1
        return first, last

    def _is_sign_that_stayed(self, place: int) -> bool:
        return self.marks[place] == Mark.KEPT and self.is_sign(place)

    def _governor(self, text: str, start: int, stop: int) -> int:
        """The last place of a text between two where a verb of an act stands, or what opens a clause ("and that",
        "afin"): it governs what follows. Without one the second place."""
        between, opens = small(text[start:stop]), pattern(self.language.excerpts.resuming.pattern)
        verbs = (word for word in RE_WORD.finditer(between) if word[0] in self._verbs)
        return max((start + found.start() for found in (*verbs, *opens.finditer(between))), default=stop)

    @cached_property
    def _verbs(self) -> frozenset[str]:
        """The words with which the acts of either version begin, in small letters: each governs all that follows."""
        found = (RE_WORD.match(self.text, place) for places in self.acts.values() for place in places)
        return frozenset(word[0].lower() for word in found if word)

    def _before_half(self, begins: int, ends: int) -> int:
        """The end of an excerpt, before what went where it would end on that, or on few words behind it, and what came
        in its place stands beyond; behind that where nothing is marked before."""
        other = RE_OTHER_HALF.match(self.marks, ends)
        half = re.search(RE_HALF, self.marks[begins:ends]) if other else None
        if not (other and half):
            return ends
        start = self.first_act_gone(begins + half.start(), ends)
        return start if RE_NEWS.search(self.marks, begins, start) else other.end()

    def _ended(self, runs: list[Run], stop: int) -> list[Run]:
        """The runs up to a place with the sign of a cut at their end, where their paragraph goes on behind it."""
        if self.says_something(stop, self.paragraph_end(stop)):
            return _cut_off(self._closed(runs))
        mark, text = runs[-1]
        if text.endswith(CUT):
            return _without_openers(runs, self.language)
        words = text.rstrip(ENDS)  # the last words are those of the paragraph, but for "; and" before a point
        joins = fold(words.rpartition(" ")[2]) in words_of("grammar", "and", self.language)
        return [*runs[:-1], (mark, words.rpartition(" ")[0] if joins else text)]

    def _opened(self, head: list[Run]) -> list[Run]:
        """The beginning of an act, cut behind a word."""
        return self._closed([*head[:-1], (head[-1][0], head[-1][1].rpartition(" ")[0])]) if head else []

    def _closed(self, runs: list[Run]) -> list[Run]:
        """The runs without the words at the end that open what is not shown: "et", "et, à cet égard"; of what went and
        what came in its place both or neither."""
        while len(runs) > 1:
            last = [*takewhile(lambda run: run[0] is not Mark.KEPT, reversed(runs))]
            most, size = (LOOSE, len(last)) if last else (0, 1)
            if size == len(runs) or sum(len(text.split()) for _, text in runs[-size:]) > most:
                break
            runs = runs[:-size]  # "et ~~en outre~~ prie"
        mark, text = runs[-1]
        may_hang = mark is Mark.KEPT and not text.endswith(CUT)
        if may_hang and (hanging := find(self.language.excerpts.dangling, fold_same_length(text.rstrip(ENDS)))):
            text = text[: hanging.start()]
        return _without_openers([*runs[:-1], (mark, text)], self.language)


# ---- runs, and how they are cut --------------------------------------------------------------------------------------

LONGEST, LONGEST_OF_ALL = 900, 1150  # letters of an excerpt; of an act that is longer with all cuts the clause alone
LONGEST_RUN = 550  # letters of what went or came in an act that is too long with all of it
LONGEST_HEAD = 80  # letters of the beginning of an act, which says who is asked for what
ROOM_WITHIN = 220, LONGEST_HEAD, 80  # letters of a run that stayed, and of each of its ends when it is cut …
ROOM_AT_END = 160, 90, 0  # … and of the last one
LEAST_KEPT = 0.2  # share of an act that stayed, for it to show where something changed
FEWEST_CUT = 60  # letters that are left out between two signs: fewer are shown
RE_CUT = re.compile(r"[,;:](?= )")


def _size(runs: Iterable[Run]) -> int:
    return sum(len(text) for _, text in runs)


def _stands(runs: Sequence[Run]) -> bool:
    """Whether enough of an act stayed for it to show what changed, or its verb and nearly all of a version."""
    sizes = dict.fromkeys(Mark, 0)
    for mark, text in runs:
        sizes[mark] += len(text)
    kept, less = sizes[Mark.KEPT], min(sizes[Mark.CAME], sizes[Mark.WENT])
    is_one = runs[0][0] is Mark.KEPT and kept >= NEARLY_ALL * (kept + less)
    return is_one or kept >= LEAST_KEPT * sum(sizes.values())


def _cut_off(runs: list[Run]) -> list[Run]:
    """The runs with the sign of a cut at their end."""
    *before, (mark, text) = runs
    return runs if text.endswith(CUT) else [*before, (mark, text.rstrip(ENDS)), (Mark.KEPT, CUT)]


def _without_openers(runs: list[Run], language: Language) -> list[Run]:
    """The runs without "et", "de" or "qui" at the end."""
    mark, text = runs[-1]
    cut = CUT if text.endswith(CUT) else ""
    return [*runs[:-1], (mark, without_openers(text.removesuffix(CUT), language) + cut)]


Governor = Callable[[str, int, int], int]
"""Finds the last word between two places of a text that governs what follows, or the second place."""
Cut = Callable[[str, int, int], Stretch]
"""Finds what to leave out of a text, but for about so many letters at its beginning and at its end."""


def _without_middle(text: str, head: int, tail: int) -> Stretch:
    """What stands between two words, so many letters from either end."""
    start, stop = text.rfind(" ", 0, head), text.find(" ", len(text) - tail) if tail else len(text)
    return max(start, 0), stop if stop >= 0 else len(text)


def _between_signs(text: str, head: int, tail: int) -> Stretch:
    """What stands between two signs, at least so many letters from either end; nothing where there are no such."""
    signs = [*_signs(text)]
    start = next((place for place in signs if place >= head), len(text))
    return start, next((place for place in reversed(signs) if place <= len(text) - tail), -1) + 1 if tail else len(text)


CUTS: tuple[tuple[int, int, Cut | None], ...] = (
    (LONGEST, LONGEST, None),
    (LONGEST_OF_ALL, LONGEST, _between_signs),
    (LONGEST, LONGEST, _without_middle),
    (LONGEST, LONGEST_RUN, _without_middle),
    (LONGEST_OF_ALL, LONGEST_RUN, _without_middle),
)
"""How an act is cut, by the first way that makes it short enough: how many letters it may have, how many a run that
went or came, and what is left out of those that stayed."""


def _abridged(runs: Sequence[Run], longest: int, cut: Cut | None, governor: Governor) -> Iterator[Run]:
    """The runs without the middle of long ones that stayed, of the last its beginning; nor of what went or came
    where it is longer than ``longest`` letters."""
    for place, (mark, text) in enumerate(runs):
        most, head, tail = ROOM_AT_END if place + 1 == len(runs) else ROOM_WITHIN
        if mark is not Mark.KEPT:
            yield mark, _begun(text, longest)  # its two ends would be read as one statement
        elif cut and len(text) > most:
            yield mark, _without(text, *cut(text, head, tail), governor)
        else:
            yield mark, text


def _without(text: str, start: int, stop: int, governor: Governor) -> str:
    """A text without what stands between two places, but for the last word there that governs what is left behind it:
    "calls upon States to strengthen … and recommends that States promote"; whole where little would be left out."""
    if stop < len(text):
        stop = governor(text, start, stop)
    if stop - start < FEWEST_CUT:
        return text
    end = text[stop:].lstrip()
    return text[:start] + (f"{CUT} {end}" if end else CUT)


def _begun(text: str, longest: int) -> str:
    """The beginning of a text of more letters than that, up to a sign, or to a word where none is near."""
    if len(text) <= longest:
        return text
    stop = max(_signs(text[:longest]), default=0)
    return (text[:stop] if stop > longest // 2 else text[:longest].rpartition(" ")[0]) + CUT


def _signs(text: str) -> Iterator[int]:
    """The signs that set clauses of a text apart, none of them in brackets."""
    for found in RE_CUT.finditer(text):
        if text.count("(", 0, found.start()) == text.count(")", 0, found.start()):
            yield found.start()


# ---- in quotation marks ----------------------------------------------------------------------------------------------

CLOSERS = SIGNS | frozenset(")]»”")
RE_NEXT = r"[,;]?\s*\n(?=[A-ZÀ-ÖØ-ÝŒ])"  # where another paragraph begins, and no point
RE_ELISION = re.compile(r"['’][^\W\d_]")


def _in_marks(runs: Iterable[Run], lang: str) -> Parts:
    """The runs in quotation marks, each paragraph that they touch in its own."""
    between = word("word.semicolon", lang)
    quotes = [_quotation(paragraph, lang) for paragraph in _paragraphs(runs)]
    return in_turn(quotes, between)


def _paragraphs(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs cut where another paragraph of the new text begins: one that was split is quoted half by half."""
    found: list[list[Run]] = [[]]
    for mark, text in runs:
        first, *others = re.split(RE_NEXT, text) if mark is not Mark.WENT and "\n" in text else [text]
        found[-1].append((mark, first))
        found += [[(mark, other)] for other in others]
    return [each for each in found if any(any(map(str.isalnum, text)) for _, text in each)] or found[:1]


def _quotation(runs: Iterable[Run], lang: str) -> Parts:
    """The runs in quotation marks: what came stressed, what went struck, a space where two words would touch; no sign
    at the end."""
    opening, closing = word("word.quote", lang).split("{0}")
    joined = _with_apostrophes(runs)
    if joined:
        joined[-1] = joined[-1][0], joined[-1][1].rstrip(ENDS)
    parts: list[Inline] = [opening]
    last = " "
    for number, (mark, run) in enumerate(joined):
        beside = joined[number - 1][0] if number else None
        behind = joined[number + 1][1] if number + 1 < len(joined) else ""
        text = inner_marks(_spaced(run), lang).replace(" ,", ",").replace(" .", ".")
        body = text.strip(ENDS if mark is Mark.CAME else None)  # Markdown opens no bold text at a comma
        if mark is Mark.CAME and body.startswith("]"):
            body = body[1:].lstrip(ENDS) or body  # of a bracket that opens before it
        before = parts[-1] if number and (last.isspace() or text[:1].isspace()) else None
        if mark is Mark.WENT and body and behind[:1] in SIGNS and isinstance(before, str):
            parts[-1], last = before.rstrip(), ""  # "farmers~~ and~~, peasants": no space stays before a sign
            text = body = f" {body}"
        gives_way = mark is Mark.CAME and beside is Mark.WENT
        for place, piece in enumerate(text.partition(body) if body else (text,)):
            shown = piece.lstrip() if last.isspace() else piece
            if not shown:
                continue
            if shown[0] in ",." and parts[-1] == " ":
                parts.pop()  # behind the sign of a cut
            if shown[0].isalnum() and (last.isalnum() or last in CLOSERS or (gives_way and last in ELIDING)):
                parts.append(" ")
            parts.append(STYLES[mark](shown) if place == 1 and mark in STYLES else shown)
            last = shown[-1]
    if isinstance(parts[-1], str) and parts[-1].isspace():  # behind what went at the end
        parts.pop()
    return (*parts, closing)


def _from_news(mark: Mark, text: str, weigh: Callable[[str, str], int], longest: int) -> str:
    """A text, of one with more words than ``longest`` that came or went without the clauses at its beginning that the
    other version has too, with the sign of a cut.

    >>> said = "and the right of all women and girls to development, as well as equality, and acknowledging the need"
    >>> _from_news(Mark.CAME, said, lambda went, came: 1 if "need" in came else -1, 12)
    ' … and acknowledging the need'
    """
    if mark not in LOUD.values() or len(text.split()) <= longest:
        return text
    clauses = text.split(", ")
    while len(clauses) > 1 and weigh(*((clauses[0], "") if mark is Mark.WENT else ("", clauses[0]))) < 0:
        del clauses[0]
    left = ", ".join(clauses)
    least = FEWEST_SAID_AGAIN if mark is Mark.CAME else FEWEST_LEFT_OUT
    return f"{CUT} {left}" if len(text.split()) - len(left.split()) >= least else text


def _first_words(text: str, longest: int) -> str:
    """A text, of one with more words than ``longest`` the first, with the sign of a cut."""
    words = text.split()
    return f"{' ' * text[:1].isspace()}{' '.join(words[:longest])}{CUT} " if len(words) > longest + SLACK else text


def _fitted(runs: list[Run], room: int) -> list[Run]:
    """The runs, the longest cut where all together have more words than there is room for; nothing where too few of it
    would be left.

    >>> _fitted([(Mark.WENT, "vite"), (Mark.CAME, "sans tarder, et prie l’Office de former les juges des îles")], 10)
    [(<Mark.WENT: 119>, 'vite'), (<Mark.CAME: 99>, 'sans tarder, et prie l’Office de former les … ')]
    >>> _fitted([(Mark.CAME, "sans tarder, et prie l’Office")], 4)
    []
    """
    sizes = [len(text.split()) for _, text in runs]
    if sum(sizes) <= room:
        return runs
    place = max(range(len(runs)), key=sizes.__getitem__)
    left = room - sum(sizes) + sizes[place] - 1  # and the sign of the cut
    if left < FEWEST_CUT_SHORT or left + SLACK >= sizes[place]:
        return []
    mark, text = runs[place]
    return [*runs[:place], (mark, _first_words(text, left)), *runs[place + 1 :]]


def _with_apostrophes(runs: Iterable[Run]) -> list[Run]:
    """The runs, those of one mark as one, what came with the apostrophe that ends it: "**l’**adoption"."""
    found: list[Run] = []
    for mark, same in groupby(runs, key=lambda run: run[0]):
        text = "".join(text for _, text in same)
        before, came = found[-1] if found else (mark, "")
        if before is Mark.CAME and came[-1:].isalpha() and mark is Mark.KEPT and RE_ELISION.match(text):
            found[-1] = before, came + text[:1]
            text = text[1:]
        found += [(mark, text)] if text else []
    return found


def _spaced(text: str) -> str:
    """A text with one space for whatever blanks stand together, at its ends too."""
    return " " * text[:1].isspace() + " ".join(text.split()) + " " * (text[-1:].isspace() and not text.isspace())


# ---- read back -------------------------------------------------------------------------------------------------------


def went_and_came(parts: Parts) -> tuple[str, str]:
    """The struck and the stressed words of a fragment."""
    went = [part.text for part in parts if isinstance(part, Struck)]
    came = [part.text for part in parts if isinstance(part, Strong)]
    return " ".join(went), " ".join(came)


def marked_words(*shown: Parts) -> set[str]:
    """The words that are marked in what is shown, folded."""
    return words_in(words for parts in shown for words in went_and_came(parts))


def read_back(parts: Parts) -> tuple[str, str]:
    """What a redline shows of the old and of the new version."""
    shown = [(part, part if isinstance(part, str) else part.text) for part in parts if not isinstance(part, Address)]
    old, new = ("".join([text for part, text in shown if not isinstance(part, style)]) for style in (Strong, Struck))
    return " ".join(old.split()), " ".join(new.split())


# ---- the redlines of a comparison ------------------------------------------------------------------------------------

FEWEST_MOVED = 10  # letters that went and came, for them to have moved in their paragraph …
MOVED = 0.9  # … and share of them in the words among which they came
RE_OPENER = r" [^\W\d_]+[’']?"  # a word alone


class Redlines(Struct, frozen=True):
    """Makes the redlines of one comparison: how long its paragraphs are, and where in them acts begin."""

    language: Language
    lengths: dict[Side, dict[str, int]] = {}
    acts: dict[Side, dict[str, list[int]]] = {}
    markers: dict[str, str] = {}  # what a quotation has before the paragraphs of the new text, in its order
    made: dict[tuple[Link, ...], Redline] = {}

    @classmethod
    def of(cls, comparison: Comparison) -> "Redlines":
        """The redlines of that comparison."""
        language = Language.shared(comparison.old.language, comparison.new.language)
        acts: dict[Side, dict[str, list[int]]] = {side: {} for side in Side}
        for pair in comparison.acts:
            for side, act in ((Side.OLD, pair.old), (Side.NEW, pair.new)):
                for passage in act.passages if act else ():
                    acts[side].setdefault(passage.paragraph, []).append(passage.start)
        return cls(
            language,
            {side: {p.id: len(p.text) for p in comparison.text(side).body} for side in Side},
            acts,
            {p.id: letter_of(p, language) for p in comparison.new.body},
        )

    def redline(self, *changes: Change) -> Redline:
        """The redline of a change, and behind it, a line each, those of points of the list that it opens, in the order
        of the new text; without marks where one side is empty, or where nobody knows whether the paragraphs belong
        together. Of a list that stands a point came that was added."""
        links = tuple(change.link for change in changes)
        if links not in self.made:
            self.made[links] = self._make(changes)
        return self.made[links]

    def _make(self, changes: Sequence[Change]) -> Redline:
        if not changes:
            return Redline(self.language, (), {})
        change, *points = changes
        stands = bool(change.link.old and change.link.new) and is_sure(change.link)
        said = [*_stretches(change, self.language, is_known=stands)]
        if points:
            (_, said), *halves = _line_by_line(change.news, said)
            lines = [*halves, *(self._point(point, stands=stands) for point in points)]
            said += self._in_order(lines, change.link.new[0])
        starts = {side: self._starts(side, change.olds if side is Side.OLD else change.news) for side in Side}
        return Redline(self.language, said, starts)  # no point has a verb

    def _point(self, change: Change, *, stands: bool) -> "_Line":
        """The line of a point of a list that stands or that does not."""
        point = change.link.new[0]
        if stands and not change.link.old:
            said = [(side_text(change.edits, Side.NEW), Mark.CAME)]
        else:
            said = [*_stretches(change, self.language, is_known=stands)]
        return point, [(f"\n{self.markers.get(point, '')}", Mark.KEPT if change.link.old else Mark.CAME_QUIETLY), *said]

    def _in_order(self, lines: Iterable["_Line"], opening: str) -> Iterator[Stretched]:
        """What is said of points in the order of the new text, behind the paragraph that opens their list, with the
        sign of a cut for those that are not told."""
        ranks = {id_: rank for rank, id_ in enumerate(self.markers)}
        before = ranks.get(opening, 0)
        for point, said in sorted(lines, key=lambda line: ranks.get(line[0], len(ranks))):
            rank = ranks.get(point, before + 1)
            if rank > before + 1:
                yield f" {CUT}", Mark.KEPT
            yield from said
            before = rank

    def _starts(self, side: Side, paragraphs: Iterable[str]) -> list[int]:
        """Where acts begin in these paragraphs, one behind the other."""
        starts, before = [], 0
        for paragraph in paragraphs:
            starts += [before + start for start in self.acts.get(side, {}).get(paragraph, ())]
            before += self.lengths.get(side, {}).get(paragraph, 0) + 1
        return starts


_Line = tuple[str, list[Stretched]]
"""A paragraph of the new text, and what is said of it."""


def _line_by_line(paragraphs: Sequence[str], said: Iterable[Stretched]) -> list[_Line]:
    """What is said of new paragraphs that one change made, a line for each of them, the break before the next one."""
    lines: list[list[Stretched]] = [[]]
    for text, mark in said:
        first, *others = text.split("\n") if mark in OF[Side.NEW] else [text]
        lines[-1].append((first, mark))
        lines += [[(f"\n{other}", mark)] for other in others]
    if len(lines) != len(paragraphs):
        return [("", [stretch for line in lines for stretch in line])]
    return [*zip(paragraphs, lines, strict=True)]


def _stretches(change: Change, language: Language, *, is_known: bool) -> Iterator[Stretched]:
    """The words of a change with what became of them; nothing of those that may belong to another paragraph."""
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
        if _is_exchange(was, now) and not {marks[here], marks[there]}.isdisjoint(LOUD.values()):
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
