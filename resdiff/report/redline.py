"""A line quoted, or an excerpt of it: what came into a paragraph stressed, what went from it struck, as on the page.

From a change to what a reader sees: ``Redlines`` makes the line of it, with the points of the list that it opens; a
``Redline`` lays a quotation on it, or cuts an excerpt out of it, as runs of one mark; ``_in_marks`` makes of runs words
in quotation marks.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress, groupby, pairwise, takewhile

from msgspec import Struct

from resdiff.judgement.case import content_stems, is_sure
from resdiff.judgement.quoting import CUT, LEFT_OUT, letter_of, without_openers
from resdiff.language import Language, find, pattern
from resdiff.language.fold import are_letters, fold, fold_same_length, small, words_in
from resdiff.language.forms import beyond_brackets
from resdiff.model import Change, Comparison, Link, Side, side_text
from resdiff.recognition.clauses import words_of
from resdiff.report.blocks import Address, Inline, Strong, Struck
from resdiff.report.wording import Parts, in_quotes, in_turn, inner, inner_marks, say, word
from resdiff.report.woven import (
    CAPITAL,
    ELIDING,
    MARKED,
    NEAR,
    NEWS,
    OF,
    RE_WORD,
    SIGNS,
    Line,
    Mark,
    Run,
    Stretch,
    Stretched,
    Version,
    mark_words,
)

__all__ = [
    "LONGEST_OF_MOST",
    "LONGEST_WHOLE",
    "Redline",
    "Redlines",
    "marked_words",
    "read_back",
    "went_and_came",
]

STYLES: dict[Mark, type[Strong | Struck]] = {Mark.CAME: Strong, Mark.WENT: Struck}
ENDS = " \n,;:."
RE_CAME, RE_NEWS = re.compile(rb"cc*"), re.compile(rb"cc*|ww*")  # what begins with no repetition is searched fast
RE_LETTERS_CAME = re.compile(rb"CC*")


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
RE_CLOSING = re.compile(r"[\s,;.’”»\"']*\]")
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
        if letter > piece.first and not gone[0].isalnum() and not gone.lstrip().startswith("["):
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
    the square brackets around them; and square brackets that are marked alone, around words that stood there."""
    runs: list[Stretch] = []
    follows = False
    for found in RE_WORD.finditer(said):
        is_new = found.start() in marked and marked.issuperset(range(*found.span()))
        if is_new and follows:
            runs[-1] = runs[-1][0], found.end()
        elif is_new:
            runs.append(found.span())
        follows = is_new
    squares = [(at, at + 1) for at in marked if said[at : at + 1] in ("[", "]")]
    stretches: list[Stretch] = []
    for first, last in _merged((*(_with_brackets(said, *run) for run in runs), *squares), 0):
        between = said[stretches[-1][1] : first] if stretches else ""
        if between and last - first == 1 and len(between) <= SIGNS_BETWEEN and not any(map(str.isalnum, between)):
            stretches[-1] = stretches[-1][0], last
        else:
            stretches.append((first, last))
    return stretches


def _with_brackets(said: str, start: int, stop: int) -> Stretch:
    if said[stop : stop + 1] == ")" and said.count("(", start, stop) > said.count(")", start, stop):
        stop += 1
    before = said[:start].rstrip(" ,;")
    start = len(before) - 1 if before.endswith("[") else start
    return beyond_brackets(said, start, stop)


def _merged(stretches: Iterable[Stretch], most: int) -> list[Stretch]:
    """The stretches in their order, those with no more than so many characters between them as one."""
    merged: list[Stretch] = []
    for first, last in sorted(stretches):
        if merged and first <= merged[-1][1] + most:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged


# ---- the redline -----------------------------------------------------------------------------------------------------

LONGEST_BRACKET = 160  # letters of a bracket that is shown whole for a part of it
QUOTES = {"«": "»", "“": "”", "‘": "’"}
SIGNS_BETWEEN = 5  # and no letter, between what came and the bracket that closes it: "[Chine : –]"
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
        stressed = _whole_words(said, laid.came | self._brackets_came(said, laid.stretches))
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

    def _brackets_came(self, said: str, stretches: Iterable[Stretch]) -> set[int]:
        """Where square brackets stand in a quotation that came, be it around words that stayed: no letter tells."""
        shown = [at for at, sign in enumerate(said) if sign in "[]"]
        lines = [slice(max(first - 1, 0), last + 1) for first, last in stretches] if shown else []
        there = [
            mark
            for line in lines
            for sign, mark in zip(self.text[line], self.marks[line], strict=True)
            if sign in "[]" and mark not in (Mark.WENT, Mark.WENT_QUIETLY)
        ]
        if len(shown) != len(there):
            return set()
        return {at for at, mark in zip(shown, there, strict=True) if mark == Mark.CAME}

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
            last += self.text[last : last + 1] in QUOTES.values() and any(
                self.text.count(begins, first, last) > self.text.count(ends, first, last)
                for begins, ends in QUOTES.items()
            )
            first, last = self._with_bracket(first, last)
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

    def _with_bracket(self, first: int, last: int) -> Stretch:
        """A place with the whole of the square bracket in which it stands, if that came or went, or of which it has a
        part: names in it would be read as words of the text."""
        opens, closed = self.text.rfind("[", 0, first), self.text.rfind("]", 0, first)
        if opens > closed and first - opens <= LONGEST_BRACKET and self.marks[opens] in MARKED:
            first = opens
        if self.text.count("[", first, last) > self.text.count("]", first, last):
            closes = self.text.find("]", last, last + LONGEST_BRACKET)
            last = closes + 1 if closes >= 0 else last
        return first, last

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
        is_marked = self.text[begins - 1 : begins] == "[" and self.marks[begins - 1] in MARKED
        begins -= is_marked  # a bracket that came, or went
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
FEWEST_SAID_AGAIN, FEWEST_LEFT_OUT = 8, 3
"""Words at the beginning of a long place that came, or that went, which the other version has, to be left out of it:
what stays is not to be read as lost."""
SLACK, FEWEST_CUT_SHORT = 2, 7  # words more for which none is cut off, and those that are left of a place at least
MORE = 12  # words of places that are shown beside the longest one where they alone are told


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


def _from_news(mark: Mark, text: str, weigh: Callable[[str, str], int], longest: int) -> str:
    """A text, of one with more words than ``longest`` that came or went without the clauses at its beginning that the
    other version has too, with the sign of a cut.

    >>> said = "and the right of all women and girls to development, as well as equality, and acknowledging the need"
    >>> _from_news(Mark.CAME, said, lambda went, came: 1 if "need" in came else -1, 12)
    ' … and acknowledging the need'
    """
    if mark not in STYLES or len(text.split()) <= longest:
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


# ---- in quotation marks ----------------------------------------------------------------------------------------------

CLOSERS = SIGNS | frozenset(")]»”")
RE_NEXT = r"[,;]?\s*\n(?=[A-ZÀ-ÖØ-ÝŒ])"  # where another paragraph begins, and no point
RE_BLANK_BEFORE = r"(?<!:) (?=[,.])"  # what a delegation would put in may begin with a comma: "[EU: , if possible,]"
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
        text = re.sub(RE_BLANK_BEFORE, "", inner_marks(_spaced(run), lang))
        body = text.strip(ENDS if mark is Mark.CAME else None)  # Markdown opens no bold text at a comma
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
            opens_word = shown[0].isalnum() or (shown[0] == "[" and last != "]")
            if opens_word and (last.isalnum() or last in CLOSERS or (gives_way and last in ELIDING)):
                parts.append(" ")
            parts.append(STYLES[mark](shown) if place == 1 and mark in STYLES else shown)
            last = shown[-1]
    if isinstance(parts[-1], str) and parts[-1].isspace():  # behind what went at the end
        parts.pop()
    return (*parts, closing)


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
        said = [*mark_words(change, self.language, is_known=stands)]
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
            said = [*mark_words(change, self.language, is_known=stands)]
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
