"""Both versions of a paragraph in one line: for the page, whole (``weave``), and for a quotation (``Redline``).

A redline stresses what came into a paragraph and strikes what went from it, as the page does; words that only moved
within it are no news and are shown as what stayed.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from itertools import compress, groupby, pairwise, takewhile

from msgspec import Struct
from msgspec.structs import replace

from resdiff.judgement.case import content_stems, is_sure, opens_phrase, without_openers
from resdiff.judgement.quoting import CUT, LEFT_OUT, letter_of
from resdiff.language import Language, find, pattern
from resdiff.language.fold import Apart, fold, fold_same_length
from resdiff.marking.weight import denies, is_call, sense
from resdiff.model import Change, Comparison, Edit, Link, Op, Paragraph, Side, Weight
from resdiff.recognition.clauses import words_of
from resdiff.report.blocks import Inline, Strong, Struck
from resdiff.report.wording import Parts, in_turn, inner, inner_marks, word

__all__ = ["Piece", "Redline", "Redlines", "Stretch", "as_seen", "letters", "weave", "words_in"]

PILCROW = "¶"
LONGEST_WHOLE = 1500  # letters of a paragraph of which all is shown, with what went and what came …
LONGEST_OF_MOST = 3000  # … and of one of which a part would show less than half of these
LONGEST, LONGEST_OF_ALL = 900, 1150  # letters of an excerpt; of an act that is longer with all cuts the clause alone
LONGEST_RUN = 550  # letters of what went or came in an act that is too long with all of it
FAR = 120  # letters on either side of what came alone, or went alone, within which a sign sets its clause apart
REACH = 160  # letters on either side of what changed, within which its clause begins and ends
LONGEST_KEPT, LEFT = 220, 80  # letters of a stretch between changes that stayed, and of each of its ends when it is cut
LONGEST_HEAD = 80  # … of the beginning of an act, which says who is asked for what …
LONGEST_END, END_LEFT = 160, 90  # … and of its end
LONGEST_FILLED, FEWEST_FILLED = 400, 10
"""Letters of what a quotation leaves out that stand in it all the same, and how many of them went or came: what changed
most there would be taken for the same."""
FEWEST_CUT = 60  # letters that are left out between two signs: fewer are shown
FEWEST_MOVED = 10  # letters that went and came, for them to have moved in their paragraph …
MOVED = 0.9  # … and share of them in the words among which they came
FEWEST_THERE, MOSTLY_THERE = 3, 0.6  # words that went from a quotation, and share of them that a piece it cuts out says
LOOSE = 2  # words that went or came before another act and belong to none
NEAR = 30  # letters between two changes of one place
LEAST_STAYED = 0.2  # letters of a quotation that stayed for each that came or went, for both to be shown in it …
LONGEST_REWRITTEN = 1100  # … or letters of both versions together
NEARLY_ALL = 0.8  # letters of a version that stayed, or of a phrase that are marked, for it to be told by itself …
LONGEST_WITHIN = 12  # … and letters in a row that stayed within it, for it to be told in words, without marks
LEAST_KEPT = 0.2  # share of an act that stayed, for it to show where something changed
RE_PIECE = re.compile(r"[^\s…](?:[^…]*[^\s…])?")  # of a quotation from which something was cut
RE_POINT = re.compile(r"[:;] (?=\(?[a-z]{1,4}\) )|: (?=[A-ZÀ-Ý])")  # before a point of a list, or the first of its own
RE_NUMBER = r"\(?[a-z]{1,4}\) "  # of a point
RE_LETTER = re.compile(r"[^\W_]")
RE_CUT = re.compile(r"[,;:](?= )")
RE_END = re.compile(r"\n")
RE_NEXT = r"[,;]?\s*\n(?=[A-ZÀ-ÖØ-ÝŒ])"  # where another paragraph begins, and no point
RE_WORD = re.compile(r"\w+")
RE_ELISION = re.compile(r"['’][^\W\d_]")
RE_WORD_OR_BLANK = re.compile(r"\n|[^\S\n]+|\S+")
RE_OPENER = r" [^\W\d_]+[’']?"  # a word alone
RE_SPECK = r"[a-zà-ÿ][.,;:*^~_|][a-zà-ÿ]|[a-zà-ÿ]['’] [a-zà-ÿ]"  # in a word, behind an elision
ELIDING = "'’"
JOINED = str.maketrans("", "", " -")  # what stands between the halves of a word that was torn
SIGNS = frozenset(",;:.")
CLOSERS = SIGNS | frozenset(")]»”")
_APART = Apart("_")
WESTERN = "cp1252"  # has all that French needs
_ALL = bytes(range(256)).decode(WESTERN, "replace")
_SMALL = _ALL.lower().encode(WESTERN, "replace")
LETTER = 0x10  # added to the mark of a letter or figure: a sign has its mark alone
_IS_LETTER = bytes(LETTER * sign.isalnum() for sign in _ALL)
_NO_LETTERS = bytes(code for code in range(256) if not _IS_LETTER[code])
ENDS = " \n,;:."
# What an eye does not tell apart.
SHAPES = str.maketrans(
    {
        **dict.fromkeys("\u00ad\u200b\u200d", ""),
        **dict(zip("‘’ʼ`´′‐‑‒−\u00a0\u202fÀÂÇÈÉÊËÎÏÔÙÛ", "''''''----  AACEEEEIIOUU", strict=True)),
        "œ": "oe",
        "Œ": "OE",
    }
)


# ---- the page --------------------------------------------------------------------------------------------------------


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
            found[-1:] = _exchange(before, edit)
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
    >>> [is_misread(*each) for each in ((")", "'"), ("prévu", "prévü"))]
    [True, True]
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
        return is_number or (len(figures[0]) > 1 and figures[0] == figures[1]) or {was, now} == {")", "'"}
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


def _exchange(gone: Edit, come: Edit) -> list[Edit]:
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


# ---- a quotation -----------------------------------------------------------------------------------------------------


class Mark(IntEnum):
    """What became of a letter; *quiet* is what is no news."""

    KEPT = 0
    CAME = 1
    WENT = 2
    CAME_QUIETLY = 3
    WENT_QUIETLY = 4


OF = {
    Side.OLD: frozenset({Mark.KEPT, Mark.WENT, Mark.WENT_QUIETLY}),
    Side.NEW: frozenset({Mark.KEPT, Mark.CAME, Mark.CAME_QUIETLY}),
}
NEWS = {Side.OLD: Mark.WENT, Side.NEW: Mark.CAME}
MARKS = tuple(Mark)
RE_RUN = re.compile(rb"[\x00\x03]+|\x01+|\x02+|\x04+")  # of marks: what came quietly is shown as what stayed
# Tables for a string of marks: what is of a version, and what letters and figures are.
_MARKS_OF = {side: bytes(mark in marks for mark in range(256)) for side, marks in OF.items()}
_LETTERS_OF = {side: bytes((mark ^ LETTER) in marks for mark in range(256)) for side, marks in OF.items()}
RE_CAME, RE_LOUD_WORD = re.compile(rb"\x01+"), re.compile(rb"\x11+|\x12+")
RE_HALF, RE_OTHER_HALF = rb"\x02+[\x00\x03]{0,24}\x01{0,2}\Z", re.compile(rb"\x02*[\x00\x03]{0,2}\x01+")
RE_LOUD = re.compile(rb"\x01\x01*|\x02\x02*")  # what begins with a sign, not with a repetition, is searched fast
QUIET = {Op.EQUAL: Mark.KEPT, Op.INSERT: Mark.CAME_QUIETLY, Op.DELETE: Mark.WENT_QUIETLY}
LOUD = {Op.INSERT: Mark.CAME, Op.DELETE: Mark.WENT}
STYLES: dict[Mark, type[Strong | Struck]] = {Mark.CAME: Strong, Mark.WENT: Struck}
Run = tuple[Mark, str]
"""A stretch of letters of one mark."""
Stretched = tuple[str, Mark]
"""Words, and what became of them."""
Stretch = tuple[int, int]
"""Where letters stand in the line: the first of them, and the place behind the last."""


class _Side(Struct, frozen=True):
    """One version in the line: its letters and figures in one string, small; the mark of each, and its place in the
    line."""

    letters: str
    marks: bytes
    places: list[int]


_Marked = tuple[set[int], dict[int, str], list[Stretch]]
"""The places of a quotation whose letters came; what went, by the place before which it stood; where in the line its
pieces stand."""


class Redline:
    """Both versions of a paragraph in one line, in the order of the page, with the mark of each letter, and the places
    where an act of either begins."""

    def __init__(
        self, language: Language, stretches: Iterable[tuple[str, Mark]], starts: Mapping[Side, Collection[int]]
    ) -> None:
        """``stretches`` are texts with their mark, ``starts`` characters of each version at which an act begins."""
        self.language = language
        texts, marks = zip(*stretches, strict=True) if (stretches := [*stretches]) else ((), ())
        self.text = "".join(texts)
        self.marks = b"".join(bytes((mark,)) * len(text) for text, mark in zip(texts, marks, strict=True))
        self._starts = starts
        self._quoted: dict[tuple[str, str], Parts] = {}
        self._marked: dict[str, _Marked] = {}
        self.is_marked = any(mark in STYLES for mark in marks)

    @cached_property
    def old(self) -> _Side:
        """The old version, letter by letter."""
        return self._side(Side.OLD)

    @cached_property
    def new(self) -> _Side:
        """The new version, letter by letter."""
        return self._side(Side.NEW)

    def _side(self, side: Side) -> _Side:
        own = self._lettered.translate(_LETTERS_OF[side])
        return _Side(
            _small("".join(compress(self.text, own))),
            bytes(compress(self.marks, own)),
            [*compress(range(len(own)), own)],
        )

    @cached_property
    def _lettered(self) -> bytes:
        """The marks, with ``LETTER`` added to those of letters and figures: words are found at once with their mark."""
        marks, are_letters = map(int.from_bytes, (self.marks, _are_letters(self.text)))
        return (marks | are_letters).to_bytes(len(self.marks))

    @cached_property
    def _verbs(self) -> frozenset[str]:
        """The words with which the acts of either version begin, in small letters: each governs all that follows."""
        found = (RE_WORD.match(self.text, place) for places in self.starts.values() for place in places)
        return frozenset(word[0].lower() for word in found if word)

    @cached_property
    def starts(self) -> dict[Side, set[int]]:
        """The places where an act of either version begins."""
        found: dict[Side, set[int]] = {side: set() for side in Side}
        for side, starts in self._starts.items():
            own = self._places_of(side) if starts else []
            found[side].update(own[start] for start in starts if start < len(own))
        return found

    def _places_of(self, side: Side) -> list[int]:
        """Where the characters of a version stand in the line."""
        return [*compress(range(len(self.marks)), self.marks.translate(_MARKS_OF[side]))]

    def quoted(self, quote: str, lang: str) -> Parts:
        """A quotation of the new version in quotation marks: what came stressed; what went struck, where most of what
        is quoted stayed, but for what only went to a piece that is cut out. Between its pieces something was cut, and
        behind it where what went there is not shown."""
        if (quote, lang) not in self._quoted:
            self._quoted[quote, lang] = self._quote(quote, lang)
        return self._quoted[quote, lang]

    def _quote(self, quote: str, lang: str) -> Parts:
        if not self.is_marked:
            return (word("word.quote", lang).format(inner(" ".join(quote.split()), lang)),)
        said = inner(self._filled(" ".join(quote.split())), lang)
        came, went, stretches = self._marks_of(said)
        outside = self._came_outside(stretches)
        went = {place: gone for place, gone in went.items() if not _is_there(gone, outside)}
        stressed = _whole_words(said, came)
        borders = sorted({0, *went, *(border for stretch in stressed for border in stretch), len(said)})
        begins = {start for start, _ in stressed}
        runs: list[Run] = []
        for start, stop in pairwise(borders):
            if start in went:
                runs.append((Mark.WENT, went[start]))
            is_new = start in begins or any(first < start < last for first, last in stressed)
            runs.append((Mark.CAME if is_new else Mark.KEPT, said[start:stop]))
        if len(said) in went:
            runs.append((Mark.WENT, went[len(said)]))
        elif stretches and went and not said.endswith(CUT) and self._stops_short(stretches[-1][1]):
            runs.append((Mark.KEPT, CUT))
        return _in_marks(runs, lang)

    def place(self, old: str, new: str, *, alone: bool = False) -> Stretch | None:
        """Where words of the old version went and words of the new one came; None where they are not found, or, but
        ``alone``, where they are an act by itself in the place of nothing."""
        spans = [self._find(side, words) for side, words in ((Side.OLD, old), (Side.NEW, new)) if words]
        found = [span for span in spans if span]
        if not found or len(found) < len(spans):
            return None
        start, stop = min(span[0] for span in found), max(span[1] for span in found)
        is_act = not (alone or (old and new)) and self._is_act_alone(start, stop)
        return None if is_act else (start, stop)

    def bears_out(self, side: Side, words: str) -> bool:
        """Whether nearly all of these words of a version are marked where they stand: as gone from the old one, as come
        into the new one; or whether they are not found."""
        span = self._find(side, words)
        if span is None:
            return True
        marks = self._lettered[slice(*span)]
        return marks.count(LETTER | NEWS[side]) >= NEARLY_ALL * sum(marks.count(LETTER | mark) for mark in OF[side])

    def clause(self, side: Side, place: Stretch) -> Stretch | None:
        """The clause of a version around a place, from a sign or an act in the midst of a clause up to a sign, without
        a conjunction: what a word governs says nothing without it, or governs another. None where one is too far."""
        own = self._places_of(side)
        signs = [k for k in own if self._sets_apart(k)]
        begins = max((k + 1 for k in signs if k < place[0]), default=0)
        begins = max((k for k in self.starts[side] if begins + NEAR < k <= place[0]), default=begins)
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
        kept = (len([*run]) for is_news, run in groupby(self._news(side, clause)) if not is_news)
        if max(kept, default=0) > LONGEST_WITHIN:
            return ""
        return " ".join("".join(self.text[k] for k in range(*clause) if self.marks[k] in OF[side]).split()).rstrip(ENDS)

    def marked_in(self, clause: Stretch, lang: str) -> Parts:
        """A clause in quotation marks, with what went and what came in it marked; nothing where hardly any of it
        stayed."""
        runs = [*self._runs(self._before_what_went(clause[0]), clause[1])]
        return _in_marks(runs, lang) if _stands(runs) else ()

    def _sets_apart(self, place: int) -> bool:
        """Whether a sign stands there that is in no number and in no name, or a line ends."""
        text = self.text
        return text[place] == "\n" or (text[place] in SIGNS and not text[place + 1 : place + 2].isalnum())

    def _news(self, side: Side, span: Stretch) -> list[bool]:
        """Of each letter of a version between two places whether it is marked as gone from the old one, as come into
        the new one."""
        return [mark == NEWS[side] for mark in self._marks_in(*span) if mark in OF[side]]

    def _marks_in(self, start: int, stop: int) -> Iterator[int]:
        """The marks of the letters and figures between two places."""
        return compress(self.marks[start:stop], map(str.isalnum, self.text[start:stop]))

    def changes(self, *, whole: bool = False) -> Iterator[tuple[str, str]]:
        """The words that went and that came at each place within an act where some did, or of ``whole`` acts too."""
        for first, last in self._places(whole=whole):
            went, came = (
                " ".join(text for mark, text in self._runs(first, last) if mark is wanted)
                for wanted in (Mark.WENT, Mark.CAME)
            )
            yield went, came

    def changed(self, lang: str) -> Parts:
        """All of that in one excerpt: from the first of its acts to the last."""
        return self.excerpt([*self._places()], lang)

    def whole(self, lang: str, longest: int = LONGEST_WHOLE) -> Parts:
        """Both versions in quotation marks with all that went or came marked; nothing where they have more letters."""
        runs = [*self._runs(0, len(self.text))]
        return _in_marks(runs, lang) if runs and _size(runs) <= longest else ()

    def _places(self, *, whole: bool = False) -> Iterator[Stretch]:
        """The places within an act where words went or came, or where ``whole`` acts did too."""
        loud, start = self._loud, 0
        for place in range(1, len(loud) + 1):
            if place < len(loud) and loud[place][0] - loud[place - 1][1] < NEAR:
                continue
            first, last = loud[start][0], loud[place - 1][1]
            start = place
            if whole or not any(first < begins < last for begins in self.starts[Side.NEW]):
                yield first, last

    @cached_property
    def marked(self) -> dict[Side, list[str]]:
        """The words that went from the old version, and those that came into the new one, whole acts among them."""
        return {
            side: [self.text[first:last] for first, last in self._loud if self.marks[first] == news]
            for side, news in NEWS.items()
        }

    @cached_property
    def marked_words(self) -> dict[Side, set[str]]:
        """The same, folded and each once."""
        return {side: words_in(words) for side, words in self.marked.items()}

    @cached_property
    def _loud(self) -> list[Stretch]:
        """Where the words stand that went or came."""
        return [word.span() for word in RE_LOUD_WORD.finditer(self._lettered)]

    def excerpt(self, places: Sequence[Stretch], lang: str) -> Parts:
        """The act in which these places stand, in quotation marks with all that went or came in it marked, without the
        middle of what stayed where it is long; of one that is too long its beginning and the clauses of these places.
        Nothing where hardly any of it stayed."""
        if not places:
            return ()
        begins, ends = self.act((min(first for first, _ in places), max(last for _, last in places)))
        begins, ends = self._led(begins, ends), self._before_half(begins, ends)
        if self._borders(ends):  # what went there another half may have
            stay = (k + 1 for k in range(ends - 1, begins, -1) if self.marks[k] != Mark.WENT and self.text[k].isalnum())
            ends = next(stay, ends)
        whole = [*self._runs(begins, ends)]
        if not _stands(whole):
            return ()
        before = [(Mark.KEPT, LEFT_OUT)] if self._stands_behind(begins) else []
        for most, longest, cut in CUTS:
            runs = self._ended([*_abridged(whole, longest, cut, self._governor)], ends)
            if _size(runs) <= most:
                return _in_marks([*before, *runs], lang)
        clauses = _merged((max(first, begins), min(last, ends)) for first, last in map(self._clause, places))
        clauses = [(first, self._before_half(first, last)) for first, last in clauses]
        head = begins, min(begins + LONGEST_HEAD, clauses[0][0])
        clauses = [
            (self._governor(self.text, end, first), last) for (_, end), (first, last) in pairwise([head, *clauses])
        ]
        outside = self._came_outside((head, *clauses))
        runs = self._opened([*self._runs(*head)])
        for number, (first, last) in enumerate(clauses):
            own = [run for run in self._runs(first, last) if run[0] is not Mark.WENT or not _is_there(run[1], outside)]
            clause = self._ended([*_abridged(own, LONGEST_RUN, _without_middle, self._governor)], last)
            if _size(runs) + _size(clause) > LONGEST:
                runs = _cut_off(runs) if number else []
                break
            gap = f"{CUT} " if runs and not runs[-1][1].endswith(CUT) else " "
            runs += [*([(Mark.KEPT, gap)] if runs else []), *clause]
        return _in_marks([*before, *runs], lang) if runs and _stands(runs) else ()

    def _governor(self, text: str, start: int, stop: int) -> int:
        """The last place of a text between two where a verb of an act stands, or what opens a clause ("and that",
        "afin"): it governs what follows. Without one the second place."""
        small, opens = _small(text[start:stop]), pattern(self.language.excerpts.resuming.pattern)
        verbs = (word for word in RE_WORD.finditer(small) if word[0] in self._verbs)
        return max((start + found.start() for found in (*verbs, *opens.finditer(small))), default=stop)

    def _led(self, begins: int, ends: int) -> int:
        """Where an act begins, or its paragraph where both together are no longer than an excerpt: what stands before
        it may name who "it" is, or what "these" are."""
        start = self.text.rfind("\n", 0, begins) + 1
        return start if _size([*self._runs(start, ends)]) <= LONGEST else begins

    def _stands_behind(self, place: int) -> bool:
        """Whether words of its paragraph stand before a place."""
        return any(map(str.isalnum, self.text[:place].rpartition("\n")[2]))

    def _ended(self, runs: list[Run], stop: int) -> list[Run]:
        """The stretches up to a place with the sign of a cut at their end, where their paragraph goes on behind it."""
        if any(map(str.isalnum, self.text[stop:].partition("\n")[0])):
            return _cut_off(self._closed(runs))
        mark, text = runs[-1]
        if text.endswith(CUT):
            return self._without_openers(runs)
        words = text.rstrip(ENDS)  # the last words are those of the paragraph, but for "; and" before a point
        joins = fold(words.rpartition(" ")[2]) in words_of("grammar", "and", self.language)
        return [*runs[:-1], (mark, words.rpartition(" ")[0] if joins else text)]

    def _borders(self, place: int) -> bool:
        """Whether one of several paragraphs that one became ends there."""
        end = place + next((k for k, sign in enumerate(self.text[place:]) if sign not in " ,;:."), 0)
        return self.text[end : end + 1] == "\n" and self.marks[end] in OF[Side.NEW]

    def _before_half(self, begins: int, ends: int) -> int:
        """The end of an excerpt, before what went where it would end on that, or on few words behind it, and what came
        in its place stands beyond; behind that where nothing is marked before."""
        other = RE_OTHER_HALF.match(self.marks, ends)
        half = re.search(RE_HALF, self.marks[begins:ends]) if other else None
        if not (other and half):
            return ends
        start = self._first_act_gone(begins + half.start(), ends)
        return start if RE_LOUD.search(self.marks, begins, start) else other.end()

    def _opened(self, head: list[Run]) -> list[Run]:
        """The beginning of an act, cut behind a word."""
        return self._closed([*head[:-1], (head[-1][0], head[-1][1].rpartition(" ")[0])]) if head else []

    def shows(self, quotes: Iterable[str], old: str, new: str) -> bool:
        """Whether these quotations of the new version show, by their marks, that the one went and the other came."""
        place = self.place(old, new)
        if place is None:
            return False
        for quote in quotes:
            _, went, stretches = self._marks_of(self._filled(quote))
            if (went or not old) and any(first <= place[0] and place[1] <= last for first, last in stretches):
                return True
        return False

    def _find(self, side: Side, words: str) -> Stretch | None:
        wanted, there = letters(words), self.old if side is Side.OLD else self.new
        start = there.letters.find(wanted)
        if not wanted or start < 0:
            return None
        return there.places[start], there.places[start + len(wanted) - 1] + 1

    def _marks_of(self, said: str) -> _Marked:
        """What of a quotation came, and what went from it, looked for once."""
        if said not in self._marked:
            self._marked[said] = self._marks_found(said)
        return self._marked[said]

    def _marks_found(self, said: str) -> _Marked:
        new, are_letters = self.new, _are_letters(said)
        came: set[int] = set()
        went: dict[int, str] = {}
        stretches: list[Stretch] = []
        done = 0
        for opens, ends in self._pieces(said):
            start = new.letters.find(letters(said[opens:ends]), done)
            if start < 0 and (number := re.match(RE_NUMBER, said[opens:ends])):
                opens += number.end()  # of the second half of what was split nobody has put the letter before it
                start = new.letters.find(letters(said[opens:ends]), done)
            own = [*compress(range(opens, ends), are_letters[opens:ends])]
            if start < 0 or not own:
                continue
            done = start + len(own)
            begins, last = self._before_what_went(new.places[start]), new.places[done - 1] + 1
            for run in RE_CAME.finditer(new.marks, start, done):
                came.update(own[run.start() - start : run.end() - start])
            latest: tuple[int, int, Stretch] | None = None  # the letter behind what went, its place, where it stood
            for letter, gap in self._gaps(begins, start, done):
                if gone := self._gone(*gap):
                    at = own[letter - start]
                    if letter > start and not gone[0].isalnum():
                        at = own[letter - start - 1] + 1
                        at += self._signs_before_what_went(*gap, said[at : own[letter - start]])
                    went[at] = gone
                    latest = letter, at, gap
            if latest and self._all_came_behind(latest[0], done) and self._goes_on_coming(last, latest[2]):
                del went[latest[1]]  # what took its place is cut out, at least in part
            if ends == len(said) and (gone := self._gone_at_the_end(last, done)):
                went[len(said)] = gone
            stretches.append((begins, last))
        kept = are_letters.count(LETTER) - len(came)
        lost = sum(letter.isalnum() for gone in went.values() for letter in gone)
        is_shown = kept > LEAST_STAYED * max(len(came), lost) or len(said) + lost <= LONGEST_REWRITTEN
        return came, went if is_shown else {}, stretches

    def _gaps(self, begins: int, start: int, done: int) -> Iterator[tuple[int, Stretch]]:
        """The letters of the new version, from one up to another, before which something went, each with the stretch
        between the letter before it, or where all ``begins``, and itself."""
        places = self.new.places
        went = self.marks.find(Mark.WENT, begins, places[done - 1])
        while went >= 0:
            letter = bisect_right(places, went)
            yield letter, (places[letter - 1] + 1 if letter > start else begins, places[letter])
            went = self.marks.find(Mark.WENT, places[letter], places[done - 1])

    def _all_came_behind(self, letter: int, done: int) -> bool:
        """Whether all came that the new version says up to a letter, behind the word that begins at another."""
        places, marks = self.new.places, self.new.marks
        stayed = len(marks[:done].rstrip(bytes((Mark.CAME,))))
        if stayed <= letter:
            return True
        return places[stayed - 1] - places[letter] == stayed - 1 - letter and len({*marks[letter:stayed]}) == 1

    def _signs_before_what_went(self, start: int, stop: int, said: str) -> int:
        """How many signs of ``said`` stand before what went between two places: the bracket of "(2006) et"."""
        signs = takewhile(lambda k: self.marks[k] != Mark.WENT, range(start, stop))
        return sum(
            1 for _ in takewhile(lambda pair: self.text[pair[0]] == pair[1] != " ", zip(signs, said, strict=False))
        )

    def _filled(self, said: str) -> str:
        """A quotation with what was cut within it, where something went or came there and it is short."""
        pieces = [piece.span() for piece in RE_PIECE.finditer(said)]
        filled, done = said[: pieces[0][1]] if pieces else said, 0
        for (opens, ends), (begins, stops) in pairwise(pieces):
            first, last = letters(said[opens:ends]), letters(said[begins:stops])
            before = self.new.letters.find(first, done)
            behind = self.new.letters.find(last, before + len(first)) if before >= 0 else -1
            left_out = ""
            if first and last and behind >= 0:
                left_out = self._changed_between(self.new.places[before + len(first) - 1] + 1, self.new.places[behind])
                done = before + len(first)
            filled += (left_out or said[ends:begins]) + said[begins:stops]
        return filled + (said[pieces[-1][1] :] if pieces else "")

    def _changed_between(self, start: int, stop: int) -> str:
        """What the new version says between two places of one paragraph, where it is short and more than a word or two
        went or came there; else nothing."""
        said = "".join(self.text[k] for k in range(start, stop) if self.marks[k] in OF[Side.NEW])
        changed = sum(self._lettered.count(LETTER | mark, start, stop) for mark in STYLES)
        return said if "\n" not in said and len(said) <= LONGEST_FILLED and changed >= FEWEST_FILLED else ""

    def _goes_on_coming(self, place: int, went: Stretch) -> bool:
        """Whether what came before a place, for what went, goes on behind it: in the same paragraph, or in the next one
        of a split, which may open with the act that went."""
        behind = self._letter_from(place)
        if behind < 0 or not self.marks[place - 1] == Mark.CAME == self.marks[behind]:
            return False
        return "\n" not in self.text[place:behind] or any(went[0] < at < went[1] for at in self.starts[Side.OLD])

    def _pieces(self, said: str) -> Iterator[Stretch]:
        """Where the pieces of a quotation begin and end, between which something was cut; of a list that is not found
        whole, since what joins it to its opening was left out, that and each of its points."""
        for piece in RE_PIECE.finditer(said):
            first, last = piece.span()
            points = [point.end() for point in RE_POINT.finditer(said, first, last)]
            is_there = bool(points) and letters(piece[0]) in self.new.letters
            yield from pairwise([first, last] if is_there else [first, *points, last])

    def _came_outside(self, stretches: Iterable[Stretch]) -> frozenset[str]:
        """The beginnings of the words that came in the paragraphs of a quotation but not in it."""
        inside = _merged(stretches)
        lines = _merged((self.text.rfind("\n", 0, first) + 1, self._line_end(last)) for first, last in inside)
        came = [run.span() for run in RE_RUN.finditer(self.marks) if run[0][0] == Mark.CAME]
        outside = [
            self.text[first:last]
            for first, last in came
            if not any(begin < last and first < end for begin, end in inside)
            if any(begin <= first < end for begin, end in lines)
        ]
        return content_stems(" ".join(outside))

    def _line_end(self, place: int) -> int:
        end = self.text.find("\n", place)
        return len(self.text) if end < 0 else end

    def _gone_at_the_end(self, start: int, letter: int) -> str:
        """What went behind the last word of an act or of a paragraph, before that letter of the new version, with the
        acts that stood at its end; nothing behind another word, nor, within, what was an act by itself."""
        new = self.new
        stop = new.places[letter] if letter < len(new.letters) else len(self.text)
        if letter < len(new.letters) and (stop not in self.starts[Side.NEW] or "\n" in self.text[start:stop]):
            return ""
        acts = self.starts[Side.OLD] if letter < len(new.letters) else ()
        first = min((place for place in acts if start < place < stop), default=stop)
        gone = self._gone(start, first)
        return gone if self._without_openers([(Mark.WENT, gone)])[0][1].strip(ENDS) else ""  # "et"

    def _stops_short(self, place: int) -> bool:
        """Whether words of the act went right behind a place: what begins there is no act of the old version."""
        first = self._letter_from(place)
        first = place if first < 0 else first
        gone = RE_LOUD.match(self.marks, first)
        if gone is None or self.marks[first] != Mark.WENT or "\n" in self.text[place:first]:
            return False
        words = self.text[first : gone.end()].split()
        return len(words) > LOOSE and not any(start in self.starts[Side.OLD] for start in range(place, first + 1))

    def _gone(self, start: int, stop: int) -> str:
        """What went between two places, nothing of signs alone."""
        if self.marks.find(Mark.WENT, start, stop) < 0:
            return ""
        gone = ""
        for mark, text in self._runs(start, stop):
            if mark is Mark.WENT:
                gone += f" {text}" if gone[-1:].isalnum() and text[:1].isalnum() else text
        return gone if any(map(str.isalnum, gone)) else ""

    def _is_act_alone(self, start: int, stop: int) -> bool:
        """Whether a stretch of one version begins with an act, in the place of nothing that the other says."""
        own = self.marks[start]
        if not any(start in self.starts[side] for side in Side if own in OF[side]):
            return False
        beside = {self.marks[k] if k >= 0 else own for k in (self._letter_before(start), self._letter_from(stop))}
        within = beside.union(self._marks_in(start, stop))
        return within <= {own, Mark.KEPT, Mark.CAME_QUIETLY, Mark.WENT_QUIETLY}

    def act(self, place: Stretch) -> Stretch:
        """The act or the acts around a place, with what went right before, and behind up to an act that went too; none
        begins in the midst of what came."""
        start, stop = place
        starts, breaks = self._starts_and_breaks
        first = max((place for place in (*starts, *(k + 1 for k in breaks)) if place <= start), default=0)
        last = min((place for place in (*starts, *breaks) if place >= stop), default=len(self.text))
        return self._before_what_went(first), max(stop, self._first_act_gone(self._before_what_went(last), last))

    @cached_property
    def _starts_and_breaks(self) -> tuple[list[int], list[int]]:
        """Where the acts of the new version begin, but in the midst of what came, and where its paragraphs end."""
        ends = (found.start() for found in RE_END.finditer(self.text))
        breaks = [place for place in ends if self.marks[place] in OF[Side.NEW]]
        return [place for place in self.starts[Side.NEW] if not self._goes_on(place)], breaks

    def _letter_from(self, place: int) -> int:
        """The first letter or figure from a place on; -1 where none stands there."""
        found = RE_LETTER.search(self.text, place)
        return found.start() if found else -1

    def _letter_before(self, place: int) -> int:
        """The last letter or figure before a place; -1 where none stands there."""
        return next((k for k in range(place - 1, -1, -1) if self.text[k].isalnum()), -1)

    def _goes_on(self, place: int) -> bool:
        """Whether what came begins before that place and goes on behind it."""
        before = self._letter_before(place)
        return before >= 0 and self.marks[before] == Mark.CAME == self.marks[place]

    def _first_act_gone(self, start: int, stop: int) -> int:
        """Where the first act of the old version begins in what went between two places, else the first: what stands
        before it went from the act before, "signed ~~on 17 January, and demands~~"."""
        return min((act for act in self.starts[Side.OLD] if start < act < stop), default=start)

    def _before_what_went(self, place: int) -> int:
        return len(self.marks[:place].rstrip(bytes((Mark.WENT, Mark.WENT_QUIETLY))))

    def _clause(self, place: Stretch) -> Stretch:
        """The clause around a place: up to the signs before and behind it that stayed, or to a word not too far."""
        start, stop = first, last = place
        while first > 0 and start - first < REACH and not self._is_sign(first - 1):
            first -= 1
        while last < len(self.text) and last - stop < REACH and not self._is_sign(last):
            last += 1
        while 0 < first < start and self.text[first - 1].isalnum():
            first += 1
        while stop < last < len(self.text) and self.text[last].isalnum():
            last -= 1
        return first, last

    def _is_sign(self, place: int) -> bool:
        """Whether a sign that stayed sets a clause apart there: none within a number or a name."""
        behind = self.text[place + 1 : place + 2]
        return self.text[place] in SIGNS and self.marks[place] == Mark.KEPT and not behind.isalnum()

    def _runs(self, start: int, stop: int) -> Iterator[Run]:
        """What stands there, stretch by stretch: what came quietly as if it had stood, of what went quietly nothing but
        that it stood between what went, nor of signs that went alone."""
        skipped, before = False, Mark.KEPT
        for found in RE_RUN.finditer(self.marks, start, stop):
            mark, text = MARKS[found[0][0]], self.text[found.start() : found.end()]
            says_something = RE_LETTER.search(text) is not None
            if mark is Mark.WENT_QUIETLY:
                skipped |= says_something
            elif says_something or mark is not Mark.WENT:
                shown = mark if says_something and mark in STYLES else Mark.KEPT
                yield shown, f"{CUT} {text}" if skipped and shown is before is Mark.WENT else text
                skipped, before = False, shown

    def _closed(self, runs: list[Run]) -> list[Run]:
        """The stretches without the words at the end that open what is not shown: "et", "et, à cet égard"; of what
        went and what came in its place both or neither."""
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
        return self._without_openers([*runs[:-1], (mark, text)])

    def _without_openers(self, runs: list[Run]) -> list[Run]:
        """The stretches without "et", "de" or "qui" at the end."""
        mark, text = runs[-1]
        cut = CUT if text.endswith(CUT) else ""
        return [*runs[:-1], (mark, without_openers(text.removesuffix(CUT), self.language) + cut)]


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
        lines: list[tuple[str, list[Stretched]]] = []  # with the paragraph of each
        stands = bool(changes) and _is_known(changes[0].link)
        for place, change in enumerate(changes):
            known = stands and (place > 0 or _is_known(change.link))  # a point of a list that stands is one of its own
            if place and stands and not change.link.old:
                came = "".join(edit.text for edit in change.edits if edit.op is not Op.DELETE)
                said = [(came, Mark.CAME)]
            else:
                said = [*_stretches(change, self.language, is_known=known)]
            if place:
                point = change.link.new[0]
                opening = f"\n{self.markers.get(point, '')}", Mark.KEPT if change.link.old else Mark.CAME_QUIETLY
                lines.append((point, [opening, *said]))
            else:
                lines += _line_by_line(change.news, said) if len(changes) > 1 else [("", said)]
        head, points = lines[:1], lines[1:]
        if points:
            ranks = {id_: rank for rank, id_ in enumerate(self.markers)}
            points.sort(key=lambda line: ranks.get(line[0], len(ranks)))
            before = ranks.get(changes[0].link.new[0], 0)
            for point, said in points:
                rank = ranks.get(point, before + 1)
                if rank > before + 1:
                    said.insert(0, (f" {CUT}", Mark.KEPT))  # a point stands between them that is not told
                before = rank
        stretches = [stretch for _, said in (*head, *points) for stretch in said]
        olds, news = (changes[0].olds, changes[0].news) if changes else ((), ())  # no point has a verb
        starts = {Side.OLD: self._starts(Side.OLD, olds), Side.NEW: self._starts(Side.NEW, news)}
        return Redline(self.language, stretches, starts)

    def _starts(self, side: Side, paragraphs: Iterable[str]) -> list[int]:
        """Where acts begin in these paragraphs, one behind the other."""
        starts, before = [], 0
        for paragraph in paragraphs:
            starts += [before + start for start in self.acts.get(side, {}).get(paragraph, ())]
            before += self.lengths.get(side, {}).get(paragraph, 0) + 1
        return starts


def _line_by_line(paragraphs: Sequence[str], said: Iterable[Stretched]) -> list[tuple[str, list[Stretched]]]:
    """What is said of new paragraphs that one change made, a line for each of them, the break before the next one."""
    lines: list[list[Stretched]] = [[]]
    for text, mark in said:
        first, *others = text.split("\n") if mark in OF[Side.NEW] else [text]
        lines[-1].append((first, mark))
        lines += [[(f"\n{other}", mark)] for other in others]
    if len(lines) != len(paragraphs):
        return [("", [stretch for line in lines for stretch in line])]
    return [*zip(paragraphs, lines, strict=True)]


# ---- words and their marks ------------------------------------------------------------------------------------------


def _is_known(link: Link) -> bool:
    """Whether both versions of a paragraph are known."""
    return bool(link.old and link.new) and is_sure(link)


def _stretches(change: Change, language: Language, *, is_known: bool) -> Iterator[tuple[str, Mark]]:
    """The words of a change with what became of them; nothing of those that may belong to another paragraph."""
    if not is_known:
        return ((edit.text, QUIET[edit.op]) for edit in change.edits)
    edits = [(edit, _Said(edit.text, language)) for edit in _with_openers(_restating(as_seen(change.edits)))]
    moving = [(edit.op, said) for edit, said in edits if edit.op is not Op.EQUAL and said.may_move]
    others = {op: [said for other, said in moving if other is not op] for op in LOUD}
    marks = [_mark(edit, said, others) for edit, said in edits]
    replacing: list[_Said] = []
    for (here, (was, said)), (there, (now, now_said)) in pairwise(enumerate(edits)):
        is_news = {marks[here], marks[there]} & {*LOUD.values()} and not (was.passage or now.passage)
        if is_news and {was.op, now.op} == {*LOUD} and min(was.weight, now.weight) > Weight.TYPOGRAPHIC:
            marks[here], marks[there] = LOUD[was.op], LOUD[now.op]  # what took its place did not come alone, nor move
            replacing.append(now_said if now.op is Op.INSERT else said)
    for place, (edit, said) in enumerate(edits):  # nor did it leave the place where it stood
        if (
            marks[place] is Mark.WENT_QUIETLY
            and edit.weight > Weight.TYPOGRAPHIC
            and any(map(said.is_about, replacing))
        ):
            marks[place] = Mark.WENT
    return ((edit.text, mark) for (edit, _), mark in zip(edits, marks, strict=True))


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
        opening, closing = (sum(1 for _ in takewhile(self._opens, side)) for side in (words, reversed(words)))
        return f" {' '.join(words[opening : len(words) - closing] or words)} "

    def _opens(self, word: str) -> bool:
        return opens_phrase(fold(word), self.language)

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


def _cut_off(runs: list[Run]) -> list[Run]:
    """The stretches with the sign of a cut at their end."""
    *before, (mark, text) = runs
    return runs if text.endswith(CUT) else [*before, (mark, text.rstrip(ENDS)), (Mark.KEPT, CUT)]


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The stretches in their order, those that touch as one."""
    merged: list[Stretch] = []
    for first, last in sorted(stretches):
        if merged and first <= merged[-1][1] + NEAR:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged


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


def _is_there(words: str, stems: frozenset[str]) -> bool:
    """Whether most of what words say is among the beginnings of other words, and every number of them."""
    own = content_stems(words)
    return (
        len(own) >= FEWEST_THERE
        and len(own & stems) >= MOSTLY_THERE * len(own)
        and all(stem.isalpha() for stem in own - stems)
    )


def words_in(texts: Iterable[str]) -> set[str]:
    """The words of some texts, folded."""
    return {*fold(" ".join(texts)).translate(_APART).split()}


def letters(text: str) -> str:
    """The letters and figures of a text alone, small.

    >>> letters("n’a guère œuvré (2019)"), letters("İstanbul")
    ('naguèreœuvré2019', 'İstanbul')
    """
    try:  # as bytes a text is looked through at once
        return text.encode(WESTERN).translate(_SMALL, _NO_LETTERS).decode(WESTERN)
    except UnicodeEncodeError:
        return _small("".join(filter(str.isalnum, text)))


def _are_letters(text: str) -> bytes:
    """``LETTER`` for each letter or figure of a text, 0 for each sign and blank."""
    try:
        return text.encode(WESTERN).translate(_IS_LETTER)
    except UnicodeEncodeError:
        return bytes(LETTER * sign.isalnum() for sign in text)


def _small(text: str) -> str:
    """A text in small letters, as long as it is: one of which the small form is longer stays."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


Governor = Callable[[str, int, int], int]
"""Finds the last word between two places of a text that governs what follows, or the second place."""
Cut = Callable[[str, int, int, int, Governor], str]
"""Leaves the middle of a text of more letters than a bound out, but for so many at its beginning and at its end, and
for the last word in it that governs that end."""


def _abridged(runs: Sequence[Run], longest: int, cut: Cut, governor: Governor) -> Iterator[Run]:
    """The stretches without the middle of long ones that stayed, of the last its beginning; nor of what went or came
    where it is longer than ``longest`` letters."""
    for place, (mark, text) in enumerate(runs):
        is_last = place + 1 == len(runs)
        if mark is not Mark.KEPT:
            yield mark, _begun(text, longest)  # its two ends would be read as one statement
        elif is_last:
            yield mark, cut(text, LONGEST_END, END_LEFT, 0, governor)
        else:
            yield mark, cut(text, LONGEST_KEPT, LEFT if place else LONGEST_HEAD, LEFT, governor)


def _uncut(text: str, longest: int, head: int, tail: int, governor: Governor) -> str:
    """The text as it is."""
    return text


def _without_middle(text: str, longest: int, head: int, tail: int, governor: Governor) -> str:
    """A text of more than ``longest`` letters cut to its beginning and its end, of about so many letters."""
    if len(text) <= longest:
        return text
    start, stop = text.rfind(" ", 0, head), text.find(" ", len(text) - tail) if tail else len(text)
    return _without(text, max(start, 0), stop if stop >= 0 else len(text), governor)


def _between_signs(text: str, longest: int, head: int, tail: int, governor: Governor) -> str:
    """The same, cut at signs alone, at least so many letters left at either end; whole where it has no such signs."""
    if len(text) <= longest:
        return text
    signs = [*_signs(text)]
    start = next((place for place in signs if place >= head), len(text))
    stop = next((place for place in reversed(signs) if place <= len(text) - tail), -1) + 1 if tail else len(text)
    return _without(text, start, stop, governor)


def _without(text: str, start: int, stop: int, governor: Governor) -> str:
    """A text without what stands between two places, but for the last word there that governs what is left behind it:
    "calls upon States to strengthen … and recommends that States promote"; whole where little would be left out."""
    if stop < len(text):
        stop = governor(text, start, stop)
    if stop - start < FEWEST_CUT:
        return text
    end = text[stop:].lstrip()
    return text[:start] + (f"{CUT} {end}" if end else CUT)


CUTS = (
    (LONGEST, LONGEST, _uncut),
    (LONGEST_OF_ALL, LONGEST, _between_signs),
    (LONGEST, LONGEST, _without_middle),
    (LONGEST, LONGEST_RUN, _without_middle),
    (LONGEST_OF_ALL, LONGEST_RUN, _without_middle),
)
"""How an act is cut, by the first way that makes it short enough: how many letters it may have, how many a stretch that
went or came, and where it is cut."""


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


def _whole_words(said: str, marked: set[int]) -> list[Stretch]:
    """The stretches of whole words of which all letters are marked, with the bracket that closes one of them."""
    runs: list[Stretch] = []
    follows = False
    for found in RE_WORD.finditer(said):
        is_new = found.start() in marked and marked.issuperset(range(*found.span()))
        if is_new and follows:
            runs[-1] = runs[-1][0], found.end()
        elif is_new:
            runs.append(found.span())
        follows = is_new
    return [
        (start, stop + (said[stop : stop + 1] == ")" and said.count("(", start, stop) > said.count(")", start, stop)))
        for start, stop in runs
    ]


def _in_marks(runs: Iterable[Run], lang: str) -> Parts:
    """The stretches in quotation marks, each paragraph that they touch in its own."""
    between = word("word.semicolon", lang)
    quotes = [_quotation(paragraph, lang) for paragraph in _paragraphs(runs)]
    return in_turn(quotes, between)


def _paragraphs(runs: Iterable[Run]) -> list[list[Run]]:
    """The stretches cut where another paragraph of the new text begins: one that was split is quoted half by half."""
    found: list[list[Run]] = [[]]
    for mark, text in runs:
        first, *others = re.split(RE_NEXT, text) if mark is not Mark.WENT and "\n" in text else [text]
        found[-1].append((mark, first))
        found += [[(mark, other)] for other in others]
    return [each for each in found if any(RE_LETTER.search(text) for _, text in each)] or found[:1]


def _quotation(runs: Iterable[Run], lang: str) -> Parts:
    """The stretches in quotation marks: what came stressed, what went struck, a space where two words would touch; no
    sign at the end."""
    opening, closing = word("word.quote", lang).split("{0}")
    stretches = _with_apostrophes(runs)
    if stretches:
        stretches[-1] = stretches[-1][0], stretches[-1][1].rstrip(ENDS)
    parts: list[Inline] = [opening]
    last = " "
    for number, (mark, stretch) in enumerate(stretches):
        text = inner_marks(_spaced(stretch), lang).replace(" ,", ",").replace(" .", ".")
        body = text.strip(ENDS if mark is Mark.CAME else None)  # Markdown opens no bold text at a comma
        behind = stretches[number + 1][1] if number + 1 < len(stretches) else ""
        before = parts[-1] if number and (last.isspace() or text[:1].isspace()) else None
        if mark is Mark.WENT and body and behind[:1] in SIGNS and isinstance(before, str):
            parts[-1], last = before.rstrip(), ""  # "farmers~~ and~~, peasants": no space stays before a sign
            text = body = f" {body}"
        for place, piece in enumerate(text.partition(body) if body else (text,)):
            shown = piece.lstrip() if last.isspace() else piece
            if not shown:
                continue
            gives_way = mark is Mark.CAME and bool(number) and stretches[number - 1][0] is Mark.WENT
            if (last.isalnum() or last in CLOSERS or (gives_way and last in ELIDING)) and shown[0].isalnum():
                parts.append(" ")
            parts.append(STYLES[mark](shown) if place and piece == body and mark in STYLES else shown)
            last = shown[-1]
    if isinstance(parts[-1], str) and parts[-1].isspace():  # behind what went at the end
        parts.pop()
    return (*parts, closing)


def _with_apostrophes(runs: Iterable[Run]) -> list[Run]:
    """The stretches, those of one mark as one, what came with the apostrophe that ends it: "**l’**adoption"."""
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
