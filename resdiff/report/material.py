"""What the writers of a summary are given: which paragraphs are told, in which words, and what is known of each.

An entry is a paragraph of the new text with what it does. The weightiest lead, the next share sentences, lighter ones
fill the room that is left. The material holds what all of them quote, so that nothing is told twice, and beside it
what changed in paragraphs that stand (``reworded``). A paragraph that has no link it calls as a reader finds it: by its
words, by its number, with the one of the other text that may say the same.

What went is told by ``Losses``: acts that are not repeated, paragraphs that nothing is linked to, whole sections. That
words are not repeated ends nothing (:mod:`resdiff.judgement.losses`), and of what one reads as gone some may stand
elsewhere: so what most likely says the same is named beside it, and what may stand is told apart from what went.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, groupby
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from resdiff.judgement.case import content_stems, is_sure
from resdiff.judgement.losses import LEANING
from resdiff.judgement.provisions import ACTING
from resdiff.judgement.quoting import (
    CUT,
    NAMED_BY,
    as_line,
    asked_behind,
    cut_before,
    letter_of,
    shorten,
    shortened,
    sign_behind,
)
from resdiff.language import Language, find_any
from resdiff.language.fold import fold, fold_same_length, letters, words_in
from resdiff.language.forms import stem
from resdiff.marking.weight import sense
from resdiff.messages import plural
from resdiff.model import (
    ActTime,
    Change,
    Comparison,
    FlagCode,
    Kind,
    Link,
    Loss,
    Paragraph,
    Provision,
    Resolution,
    Side,
    Weight,
)
from resdiff.recognition.citations import number_of_symbol
from resdiff.recognition.survey import HERE, KEEPING, RUNNING, Role
from resdiff.report.blocks import MOST_LEADS, Address, Sentence, Strong
from resdiff.report.redline import Redline, marked_words, went_and_came
from resdiff.report.remarks import (
    FEWEST_ALONE,
    OPERATIVE,
    SHOWN,
    STANDING,
    TOGETHER,
    Phrase,
    Remarks,
    Whereabouts,
    apart,
    is_of_brackets,
    labels,
)
from resdiff.report.wording import (
    Item,
    Parts,
    addresses,
    as_text,
    in_quotes,
    in_turn,
    join,
    kind_of,
    label,
    line_by_line,
    listed,
    of_address,
    of_label,
    over,
    say,
    the_addresses,
    word,
)

__all__ = ["MOST_NAMED", "NOWHERE", "REMINDING", "Entry", "Losses", "Material", "reworded"]

MOST_OTHERS = 14  # paragraphs that share a sentence …
FEW_OTHERS = 12  # … with fewer, lighter ones of the operative part are told too
LEAST_RANK = 8.0  # an act that weighs less is a note or a welcome …
LEAST_OF_A_STANDING = 12.0  # … of a paragraph that stands in both texts …
LEAST_IN_PREAMBLE = -8.0  # … where there is little else
LEAST_OF_A_PREAMBLE = 2.0  # … and one of the preamble that weighs still less a formula
LONGEST_WHOLE, MOST_OF_IT = 300, 0.45  # words of a paragraph that is quoted whole, where so much of it is quoted
BETWEEN = 1  # words that may stand between two quotations that are told as one: "et", "and"
BEGINNING = 40  # characters by which a quotation is known as the beginning of its paragraph
FEWEST_RECALLED = 8  # words of a recital that but recalls: of "Rappelant sa résolution 60/1" the number says as much
BARE = 10  # words that open a list, for them to say nothing by themselves
MOST_NAMED = 14  # paragraphs of a text without a link that are named each on a line, by what they do
MOST_IN_BRIEF = 14  # … and that follow in one line, by about so many letters each …
BRIEF_COMMAND, BRIEF = 220, 110  # … what is asked further down in a command is told too, and where few share the line
AT_ONCE = 100  # characters from the beginning of an act to the paragraphs that it keeps
MOST_NUMBERED = 14  # … and that are told by their numbers behind these; more are counted
REMINDING = ("recall", "note")  # the families of acts that say nothing of themselves
NEAR = frozenset({Loss.CLOSE, Loss.SAID})


# ---- which paragraphs are told --------------------------------------------------------------------------------------


class Entry(Struct, frozen=True, dict=True):
    """What one paragraph does: its acts in the order of its text, in one line, and what the weightiest of them weighs;
    ``may_be_whole``: it has no points, and may be quoted as a whole."""

    acts: tuple[Provision, ...]
    rank: float
    text: str
    may_be_whole: bool

    @property
    def paragraph(self) -> str:
        """Its id."""
        return self.acts[0].paragraphs[0]

    @property
    def ids(self) -> list[str]:
        """Its id, and those of the points that are quoted with it."""
        return [self.paragraph, *(id_ for act in self.acts for id_ in act.paragraphs if id_ != self.paragraph)]

    @cached_property
    def quotes(self) -> list[str]:
        """Its quotations, short."""
        return self._together([act.brief for act in self.acts])

    @cached_property
    def long_quotes(self) -> list[str]:
        """Its quotations, those of its weightiest acts long."""
        return self._together([act.quote if act.rank == self.rank else act.brief for act in self.acts])

    def _together(self, quotes: list[str]) -> list[str]:
        """The quotations, those in one between which hardly a word stands; or the whole paragraph, of which they are
        most: a clause that is cut between two others, or behind them, is what misleads."""
        words, every = sum(len(quote.split()) for quote in quotes), len(self.text.split())
        if self.may_be_whole and MOST_OF_IT * every <= words < every:
            return [self.text]
        joined = quotes[:1]
        for quote in quotes[1:]:
            before, behind = joined[-1].rpartition(CUT)[2].strip(), _beginning(quote)
            ends = self.text.find(before) + len(before)
            between = self.text[ends : max(ends, self.text.find(behind, ends))]
            if before and behind and before in self.text and between and len(between.strip(" ,;").split()) <= BETWEEN:
                joined[-1] += f"{between}{quote}"
            else:
                joined.append(quote)
        return joined

    @property
    def group(self) -> str:
        """Whom it asks, or what sort of act it is; nobody where its acts ask several."""
        groups = {fold(act.group) for act in self.acts}
        return groups.pop() if len(groups) == 1 else ""

    @property
    def is_telling(self) -> bool:
        """Whether it weighs enough to be told where there is little else."""
        return self.rank > (LEAST_IN_PREAMBLE if self.is_preambular else 0.0)

    @property
    def is_preambular(self) -> bool:
        """Whether it stands in the preamble."""
        return self.paragraph.startswith("pp")


def _chosen(comparison: Comparison) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """The paragraphs that have a sentence each, those that share one, and lighter ones, for which there may be room."""
    first, later = (entries := _entries(comparison))[:MOST_LEADS], entries[MOST_LEADS:]
    leads = [entry for entry in first if entry.rank >= LEAST_OF_A_PREAMBLE or not entry.is_preambular]
    added = {paragraph for change in comparison.changes if not change.link.old for paragraph in change.link.new}
    later = [  # of others what changed is told
        entry for entry in later if entry.paragraph in added or entry.rank >= LEAST_OF_A_STANDING
    ]
    others = [entry for entry in later if entry.rank >= LEAST_RANK][:MOST_OTHERS]
    light = [entry for entry in later if entry.is_telling and entry.rank < LEAST_RANK]
    return leads, others, light[: max(0, FEW_OTHERS - len(others))]


def _entries(comparison: Comparison) -> list[Entry]:
    """The acts of the new text paragraph by paragraph, the weightiest first; while it is negotiated none that stands as
    it was, or but for its brackets."""
    found: dict[str, list[Provision]] = {}
    is_watched = comparison.is_of_drafts and comparison.is_negotiated
    unchanged = {
        id_
        for c in (comparison.changes if is_watched else ())
        if (c.kind is Kind.UNCHANGED and not c.in_points) or is_of_brackets(c)
        for id_ in c.link.new
    }
    for provision in comparison.provisions:
        if provision.side is Side.NEW and provision.paragraphs[0] not in unchanged:
            found.setdefault(provision.paragraphs[0], []).append(provision)
    texts = {p.id: " ".join(p.text.split()) for p in comparison.new.body if p.id in found}
    language = Language.shared(comparison.old.language, comparison.new.language)
    lists = {p.id.rpartition(".")[0] for p in comparison.new.body}
    entries = []
    for paragraph, acts in found.items():
        text = texts[paragraph]
        may_be_whole = paragraph not in lists and len(text.split()) <= LONGEST_WHOLE
        entries.append(Entry(_in_order(acts, text), acts[0].rank, as_line(text, language), may_be_whole))
    return sorted(entries, key=lambda entry: -entry.rank)


def _in_order(acts: Sequence[Provision], text: str) -> tuple[Provision, ...]:
    """The acts of a paragraph in the order in which they stand in its text."""
    if len(acts) == 1:
        return tuple(acts)
    there = letters(text)
    return tuple(sorted(acts, key=lambda act: there.find(letters(_beginning(act.brief)))))


def _beginning(quote: str) -> str:
    """The first words of a quotation, up to where something was cut or its points follow."""
    return quote.partition(CUT)[0].partition(":")[0][:BEGINNING].rstrip()


# ---- the material ----------------------------------------------------------------------------------------------------


class Material(Struct, frozen=True, dict=True):
    """What is told of a comparison, and what is known of the paragraphs of which it is told."""

    comparison: Comparison
    lang: str
    remarks: Remarks
    leads: list[Entry]  # of a sentence each
    others: list[Entry]  # that share one
    light: list[Entry]  # for which there may be room
    told: list[tuple[str, str]]  # what is quoted, folded, behind its paragraph: it is not told again
    redlines: Mapping[str, Redline]  # of the new paragraphs that are quoted or set a time
    doubtful: Mapping[str, tuple[str, ...]]  # the old paragraphs that a new one may be
    reworded: list[list[Parts]]  # what changed in paragraphs that stand, line by line
    lightly: list[list[Parts]]  # lighter lines of it

    @classmethod
    def of(cls, comparison: Comparison, lang: str, remarks: Remarks) -> "Material":
        """The material of that comparison."""
        leads, others, light = _chosen(comparison)
        entries = (*leads, *others, *light)
        quotes = {
            **{entry.paragraph: entry.long_quotes for entry in leads},
            **{entry.paragraph: entry.quotes for entry in (*others, *light)},
        }
        redlines = _redlines(comparison, entries, remarks)
        lists = {
            point: [redlines[entry.paragraph].quoted(quote, lang) for quote in quotes[entry.paragraph]]
            for entry in entries
            for point in entry.ids[1:]
        }
        told: dict[tuple[Side, str], Sequence[str]] = {
            (Side.OLD, p.paragraphs[0]): [p.brief]
            for p in comparison.provisions
            if p.loss not in (Loss.NONE, Loss.SAID)
        }
        told |= {(Side.NEW, paragraph): said for paragraph, said in quotes.items()}
        leading = {
            entry.paragraph: remarks.with_more(
                join([redlines[entry.paragraph].quoted(quote, lang) for quote in entry.long_quotes], lang),
                redlines[entry.paragraph],
                (entry.paragraph,),
            )
            for entry in leads
        }
        shown = lists | {id_: [*lists.get(id_, ()), parts] for id_, parts in leading.items()}
        heavily, lightly = reworded(comparison, told, remarks, shown)
        return cls(
            comparison,
            lang,
            remarks,
            leads,
            others,
            light,
            told=[(paragraph, fold(" ".join(said))) for paragraph, said in quotes.items()],
            redlines=redlines,
            doubtful=_doubtful(comparison, remarks.where),
            reworded=heavily,
            lightly=lightly,
        )

    @property
    def entries(self) -> list[Entry]:
        """All paragraphs of which is told what they do, the weightiest first."""
        return [*self.leads, *self.others, *self.light]

    @property
    def language(self) -> Language:
        """That of both texts."""
        return self.remarks.language

    @property
    def where(self) -> Whereabouts:
        """What else a reader of a paragraph is to look at."""
        return self.remarks.where

    @cached_property
    def times(self) -> dict[str, list[ActTime]]:
        """The times of the new acts, by their paragraph."""
        found: dict[str, list[ActTime]] = {}
        for time in chain.from_iterable(pair.new.times for pair in self.comparison.acts if pair.new):
            found.setdefault(time.paragraph, []).append(time)
        return found

    @cached_property
    def kept_instead(self) -> dict[str, str]:
        """By the old paragraphs that a draft offers an alternative to, or as one, the new one that is what was kept."""
        links = (change.link for change in self.comparison.changes if is_sure(change.link))
        kept = {stem(old): (old, new) for link in links for old, new in zip(link.old, link.new, strict=False)}
        offered = Counter(stem(paragraph.id) for paragraph in self.comparison.old.body)
        return {
            p.id: kept[key][1]
            for p in self.comparison.old.body
            if offered[key := stem(p.id)] > 1 and key in kept and kept[key][0] not in (p.id, key)
        }

    @cached_property
    def timed(self) -> frozenset[str]:
        """The new paragraphs in which a time was set or moved."""
        return frozenset([time.new_paragraph for time in self.comparison.calendar])

    @cached_property
    def texts(self) -> dict[str, str]:
        """The new paragraphs."""
        return {p.id: p.text for p in self.comparison.new.body}

    @cached_property
    def quoted(self) -> str:
        """All that is quoted, folded."""
        return " ".join(quote for _, quote in self.told)

    def begins(self, paragraph: str, quote: str) -> bool:
        """Whether a new paragraph begins with a quotation of it; a short one opens a list, of which that goes on."""
        beginning = letters(self.texts[paragraph][: 2 * BEGINNING])
        quoted = letters(quote.partition(CUT)[0][:BEGINNING])
        return beginning.startswith(quoted) or quoted.startswith(beginning)

    def is_shown(self, paragraph: str, shown: str) -> bool:
        """Whether a paragraph is known by its beginning in what is shown, of which the letters are given."""
        return letters(self.texts[paragraph])[:BEGINNING] in shown

    # ---- what became of paragraphs ----

    @cached_property
    def partnered(self) -> set[str]:
        """The new paragraphs that surely go on old ones."""
        links = (change.link for change in self.comparison.changes if change.link.old)
        return {paragraph for link in links if is_sure(link) for paragraph in link.new}

    @cached_property
    def halves(self) -> set[str]:
        """The new paragraphs that an old one became together with others: of one of them nobody knows what changed."""
        links = (change.link for change in self.comparison.changes)
        return {paragraph for link in links if len(link.new) > 1 for paragraph in link.new}

    @cached_property
    def added(self) -> set[str]:
        """The new paragraphs to which no old one is linked."""
        return {id_ for change in self.comparison.changes if change.kind is Kind.ADDED for id_ in change.link.new}

    @cached_property
    def removed(self) -> set[str]:
        """The old paragraphs that nothing is linked to, nor renews; of those beside a gap nobody knows."""
        removed = (change for change in self.comparison.changes if change.kind is Kind.REMOVED)
        return {id_ for change in removed if not (change.in_gap or change.renewed_in) for id_ in change.link.old}

    @cached_property
    def in_gap(self) -> set[str]:
        """The new paragraphs of which nobody knows whether they are any: the copy of the old text has a gap there."""
        return {id_ for change in self.comparison.changes if change.in_gap for id_ in change.link.new}

    @cached_property
    def doubted(self) -> Mapping[Side, set[str]]:
        """The paragraphs of each text without a link of which some may stand in the other one."""
        return _by_side(change.link for change in self.comparison.changes if change.may_stand)

    @cached_property
    def likely(self) -> Mapping[tuple[Side, str], str]:
        """For each paragraph without a link the one of the other text that most likely says the same: its kin, or the
        new one beside whose quotation an old one is named."""
        entries = (*self.light, *self.others, *self.leads)
        beside = {(Side.OLD, old): e.paragraph for e in entries for old in self.doubtful.get(e.paragraph, ())}
        return {**beside, **self.where.kin}

    def takes_up(self, side: Side, paragraph: str, other: str) -> bool:
        """Whether another paragraph most likely says what one without a link of that side does: its kin; of what is
        less likely it may say some."""
        return self.where.kin.get((side, paragraph)) == other

    # ---- how a paragraph without a link is called ----

    def place(self, side: Side, paragraph: str, other: str = "") -> Parts:
        """Its number, with the ``other`` paragraph that most likely says it, or may say some of it."""
        where = addresses(side, (paragraph,), self.lang, marked=True)
        if not other:
            return where
        if self.takes_up(side, paragraph, other):
            return say("summary.near", where, of_address(side.other, other, self.lang), lang=self.lang)
        return say("summary.see", where, the_addresses(side.other, (other,), self.lang), lang=self.lang)

    def place_among(self, side: Side, paragraph: str, other: str = "") -> Parts:
        """The same with all paragraphs that may say some of it."""
        where = self.place(side, paragraph, other)
        others = self.where.neighbours_of(side, [paragraph])
        return say("summary.see", where, others, lang=self.lang) if others else where

    def by_partner(self, side: Side, ids: Sequence[str]) -> list[Parts]:
        """Those of these paragraphs that one of the other text most likely says, by their numbers, with that one."""
        return [self.place(side, id_, self.likely[side, id_]) for id_ in ids if (side, id_) in self.likely]

    def in_brief(self, side: Side, ids: Sequence[str], *, beside: bool = False) -> list[Parts]:
        """Those that ``by_partner`` leaves, in one line: as many as there is room for by a few words, of the operative
        part first, recitals that but recall last, and none of these that says little; the rest by their numbers, those
        that follow one another by the first and the last, and of many ``beside`` such as have words how many they are.
        """
        others = [id_ for id_ in ids if (side, id_) not in self.likely]
        recalls = self.remarks.recalls[side]
        texts = {p.id: p.text for p in self.comparison.text(side).body}
        telling = [id_ for id_ in others if id_ not in recalls or _words(texts[id_]) >= FEWEST_RECALLED]
        first = sorted(telling, key=lambda id_: (id_ in recalls, kind_of(id_) == "pp"))[:MOST_IN_BRIEF]
        room = min(BRIEF_COMMAND, MOST_IN_BRIEF * BRIEF // max(1, len(first)))
        told = [self.briefly(p.id, side, room) for p in self.comparison.text(side).body if p.id in first]
        if left := [id_ for id_ in others if id_ not in first]:
            at = addresses(side, left, self.lang, marked=True, spans=True)
            many = (told or beside) and sum(isinstance(part, Address) for part in at) > MOST_NUMBERED
            told.append((word("summary.and-others", self.lang).format(len(left)),) if many else at)
        return [in_turn(told, word("word.semicolon", self.lang))] if told else []

    def briefly(self, id_: str, side: Side, room: int = BRIEF, called: str = "") -> Parts:
        """A paragraph by its first words, a recital by as many characters as there is ``room`` for, behind its number
        or what it is ``called``: added."""
        paragraph = next(p for p in self.comparison.text(side).body if p.id == id_)
        is_command = kind_of(id_) == "op"
        first = shortened(paragraph.text, self.language, BRIEF_COMMAND if is_command else room)
        if paragraph.text.rstrip().endswith(":") and not first.endswith(CUT):
            first = f"{first}{CUT}"  # its points say the rest
        quote = in_quotes(first, self.lang)
        where = addresses(side, [id_], self.lang, marked=True)
        where = say(f"summary.{called}", where, lang=self.lang) if called else where
        return say("summary.at", where, quote, lang=self.lang)

    def named(self, paragraph: Paragraph, side: Side, alone: Collection[str] = (), asked: str | None = None) -> str:
        """The words by which it is named, in quotation marks: its first ones, or those that say what it does, by what
        it ``asked`` where that is one thing, and what else it asks where they are cut before that; with its points that
        stand ``alone`` too, where they are short, else with how many do."""
        lang, language = self.lang, self.language
        first = self._first_words(paragraph, side, asked)
        own = [p for p in self.comparison.text(side).body if p.id.rpartition(".")[0] == paragraph.id]
        points = [p for p in own if p.id in alone]
        listed = _with_points(first, own, alone, language)
        if not listed and len(points) <= 1 and paragraph.text.rstrip().endswith(":") and not first.endswith(CUT):
            first = self._opening(first, own, side)  # its points say the rest
        said = in_quotes(listed or first, lang)
        if listed or len(points) <= 1:
            return said
        if points == own:
            return word("summary.with-points", lang).format(said, len(points))
        marks = as_text(Sentence(join([(letter_of(p, language).rstrip() or p.marker,) for p in points], lang)))
        return word("summary.with-some-points", lang).format(said, marks)

    def _opening(self, first: str, points: Sequence[Paragraph], side: Side) -> str:
        """The words that open a list, with the sign of a cut for its points; where those are few, as in "Exige
        également :", with what the first point says, if nothing is linked to it."""
        if not points or len(first.split()) > BARE or points[0].id not in self._unlinked[side]:
            return f"{first}{CUT}"
        point = f"{letter_of(points[0], self.language)}{shorten(points[0].text, self.language, NAMED_BY)}"
        signs = self.language.provisions.signs
        return f"{first.rstrip(' :')}{signs.colon}{point.removesuffix(CUT)}{CUT}"

    @cached_property
    def _unlinked(self) -> dict[Side, set[str]]:
        """The paragraphs and points of each side that nothing is linked to."""
        links = (change.link for change in self.comparison.changes)
        return _by_side(link for link in links if not (link.old and link.new))

    def _first_words(self, paragraph: Paragraph, side: Side, asked: str | None) -> str:
        """Its first words up to what its first act asks, or what it does where they are cut before that."""
        needed = asked_behind(self._addressees.get((side, paragraph.id), ""), paragraph.text, self.language)
        first = shorten(paragraph.text, self.language, NAMED_BY, needed=needed)
        if not first.endswith(CUT):
            return first
        return asked or f"{first} {self._asked_further(paragraph, side, first)}".rstrip()

    def _asked_further(self, paragraph: Paragraph, side: Side, quote: str) -> str:
        """Its strongest act that asks or decides something behind what is quoted of it, shortened; empty where there is
        none."""
        told = letters(quote)
        found = []
        for pair in self.comparison.acts:
            act = pair.act(side)
            if act and act.paragraph == paragraph.id and act.family in ACTING:
                at = act.passages[0]
                if letters(paragraph.text[at.start : at.end])[:BEGINNING] not in told:
                    found.append((act.force, -at.start, at))
        if not found:
            return ""
        at = max(found, key=itemgetter(0, 1))[-1]
        shown = shorten(paragraph.text[at.start : at.end], self.language, NAMED_BY)
        return cut_before(paragraph.text[at.end :], shown)

    @cached_property
    def _addressees(self) -> dict[tuple[Side, str], str]:
        """Whom the first act of each paragraph asks."""
        found: dict[tuple[Side, str], str] = {}
        for pair in self.comparison.acts:
            for side, act in ((Side.OLD, pair.old), (Side.NEW, pair.new)):
                if act and act.addressee:
                    found.setdefault((side, act.paragraph), act.addressee)
        return found


def _redlines(comparison: Comparison, entries: Iterable[Entry], remarks: Remarks) -> dict[str, Redline]:
    """The redlines of the new paragraphs that are quoted, each with its points that are, and of those that set a
    time."""
    made: dict[str, Change] = {id_: change for change in comparison.changes for id_ in change.link.new}
    shown = {
        **{time.new_paragraph: [time.new_paragraph] for time in comparison.calendar if time.new},
        **{entry.paragraph: entry.ids for entry in entries},
    }
    return {
        paragraph: remarks.redlines.redline(*dict.fromkeys(made[id_] for id_ in ids if id_ in made))
        for paragraph, ids in shown.items()
    }


def _doubtful(comparison: Comparison, where: Whereabouts) -> dict[str, tuple[str, ...]]:
    """The old paragraphs that new ones may be: to which a doubtful link leads, else beside which one is named for its
    act."""
    links = [change.link for change in comparison.changes if change.link.old and not is_sure(change.link)]
    told_of = comparison.provisions
    pairs = [
        *((each.paragraphs[0], (each.counterpart,)) for each in told_of if each.counterpart),
        *((each.nearest.paragraph, each.paragraphs) for each in told_of if each.loss in NEAR),
    ]
    return {
        **{new: old for new, old in pairs if where.names_beside(old[0], new)},
        **{paragraph: link.old for link in links for paragraph in link.new},
    }


def _words(text: str) -> int:
    """How many words of content a text has, numbers apart."""
    return sum(map(str.isalpha, content_stems(text)))


# ---- points ---------------------------------------------------------------------------------------------------------


def _with_points(opening: str, points: Sequence[Paragraph], alone: Collection[str], language: Language) -> str:
    """The opening of a paragraph with those of its points that stand ``alone``, each behind its letter, and the sign of
    a cut where others stand between them; empty where that is long."""
    lines = {p.id: f"{letter_of(p, language)}{as_line(p.text, language)}" for p in points if p.id in alone}
    words = sum(len(said.split()) for said in (opening, *lines.values()))
    if not lines or opening.endswith(CUT) or words > NAMED_BY:
        return ""
    signs = language.provisions.signs
    said, between = opening.rstrip(" :"), signs.colon
    for is_alone, run in groupby(points, key=lambda point: point.id in alone):
        for point in run if is_alone else ():
            said, between = f"{said}{between}{lines[point.id]}", sign_behind(point, language)
        if not is_alone:
            said, between = f"{said}{between}…", signs.semicolon
    return said


# ---- what changed in paragraphs that stand ---------------------------------------------------------------------------

MOST_REWORDED = 12  # paragraphs of which a phrase is told, lighter ones where there are fewer …
LEAST_OF_FEW = 0.9  # … that weigh as much and are shown in their act …
LEAST_OF_A_RECITAL, LEAST_OF_A_TRANSLATED_ONE = 0.9, 4.0
"""… and those of the preamble, where a second translation changes words too: of lighter ones in French 14 told
something, 30 were trivial and 4 misled; in English 6, 4 and 1."""
LONGEST_REWORDED = 1150  # characters of what is told of one
PER_LINE = 4  # of them in one sentence
MOST_TOGETHER = 3  # phrases of one paragraph
LEAST_REWORDED = 4.0  # what a phrase weighs at least …
LEAST_IN_ACT = 2.9  # … one that came or went alone and is shown in its act …
LEAST_IN_RECITAL = 7.0  # … and one of the preamble
CONDITION = 5.0  # what an act weighs of which a condition came or went
TURNED = 3.0  # what more a phrase weighs in which an act has become another: "Décide", "Se félicite"
SHOWN_RUN = 4  # words of a paragraph that are shown, for it to be named


class _Reworded(Struct, frozen=True):
    """What is told of a paragraph: the place of its change, what it weighs, the words; the words that came and went;
    whether they stood where other words are quoted elsewhere, or only went; whether it is told where there is little
    else alone; whether it is more than one piece."""

    place: int
    weight: float
    parts: Parts
    differing: frozenset[str]
    is_before: bool
    is_loss: bool
    is_light: bool = False
    in_pieces: bool = False


def reworded(
    comparison: Comparison,
    told: Mapping[tuple[Side, str], Sequence[str]],
    remarks: Remarks,
    shown: Mapping[str, Sequence[Parts]],
) -> tuple[list[list[Parts]], list[list[Parts]]]:
    """What changed in the paragraphs that changed most, each with its address: line by line, the weightiest first, in a
    line in the order of the text; then lines of what weighs less.

    ``told`` are the paragraphs that are quoted elsewhere, with their quotations, ``shown`` those that have a sentence
    each, and points that are quoted with the list they belong to, with what is shown of them. What changed in the same
    words in several paragraphs is told of the first.
    """
    best: dict[frozenset[str], _Reworded] = {}
    for place, change in enumerate(comparison.changes):
        if change.weight is not Weight.SUBSTANTIVE or change.kind not in STANDING or not is_sure(change.link):
            continue
        if is_of_brackets(change):
            continue
        quotes = [quote for sided in change.link.sided for quote in told.get(sided, ())]
        is_courtesy = not remarks.courtesies.isdisjoint(change.link.new)
        marked = marked_words(*(parts for id_ in change.link.new for parts in shown.get(id_, ())))
        found = [*_phrases(place, change, remarks, quotes, marked)]
        phrases = [phrase for phrase in found if phrase.differing not in best and not (is_courtesy and phrase.is_loss)]
        if phrases:
            whole = _together(sorted(phrases, key=lambda phrase: -phrase.weight), remarks.lang)
            best[whole.differing] = whole
    ranked = sorted(best.values(), key=lambda phrase: -phrase.weight)
    heavy = [phrase for phrase in ranked if not phrase.is_light][:MOST_REWORDED]
    light = [phrase for phrase in ranked if phrase.is_light][: MOST_REWORDED - len(heavy)]
    return _lines(heavy, comparison, remarks), _lines(light, comparison, remarks)


def _phrases(
    place: int, change: Change, remarks: Remarks, quotes: Sequence[str], shown: Collection[str]
) -> Iterator[_Reworded]:
    """The phrases of a change that weigh enough and can be understood alone, but for words that are ``shown``
    elsewhere; of what went and what came beside it both."""
    lang, redline = remarks.lang, remarks.redlines.redline(change)
    quote = fold(" ".join(quotes))
    alone = _understood_alone(change, remarks)
    went = next((phrase.old for phrase in alone if phrase.old and not phrase.new), "")
    found = _with_both(alone, quote, lang)
    if not found and not any(flag.code in TOGETHER for flag in change.flags):
        return
    marked = marked_words(*(redline.quoted(quoted, lang) for quoted in quotes)).union(shown)
    is_operative = any(paragraph.startswith("op") for paragraph in (*change.link.old, *change.link.new))
    for phrase in sorted(found, key=lambda phrase: not phrase.in_act):  # the words that an act marks are not told again
        is_pair = bool(phrase.old and phrase.new) and phrase.old != went
        is_quoted = not is_pair and fold(phrase.new or phrase.old) in quote
        if is_quoted or not _has_fit_length(phrase, is_pair=is_pair) or redline.shows(quotes, phrase.old, phrase.new):
            continue
        own = marked_words(phrase.parts) or words_in((phrase.old, phrase.new))
        if own and len(own & marked) >= SHOWN * len(own):  # the quotation marks them
            continue
        is_before = is_pair and fold(phrase.new) in quote
        if is_before and fold(phrase.old) in fold(phrase.new):  # nothing stood in its place: words were added to it
            continue
        differing, weight = _weighed(phrase, change, remarks, is_before=is_before, is_operative=is_operative)
        least, lightest = _least(phrase, is_pair=is_pair, is_operative=is_operative, language=remarks.language)
        if weight >= min(least, lightest):
            marked |= own
            lost, light = not phrase.new, phrase.is_rest or weight < least
            yield _Reworded(place, weight, phrase.parts, differing, is_before=is_before, is_loss=lost, is_light=light)
    if is_operative:
        yield from _limits(place, change, redline, marked, lang)


def _has_fit_length(phrase: Phrase, *, is_pair: bool) -> bool:
    """Whether a phrase is not too long for a line, nor too short to say something where it stands in no act and gave
    way to nothing."""
    if len(as_text(Sentence(phrase.parts))) > LONGEST_REWORDED:
        return False
    return is_pair or phrase.in_act or len(content_stems(f"{phrase.old} {phrase.new}")) >= FEWEST_ALONE


def _weighed(
    phrase: Phrase, change: Change, remarks: Remarks, *, is_before: bool, is_operative: bool
) -> tuple[frozenset[str], float]:
    """The words that came and went with a phrase of a change, and what they weigh: more in the operative part, most
    where its act became another; nothing where what stood ``before`` other words that are quoted is all said yet."""
    said = remarks.versions(change)
    differing, weight = remarks.weigh(phrase.old, phrase.new, said)
    if is_before and not remarks.weigh(phrase.old, "", said)[1]:
        return differing, 0.0
    is_turned = remarks.turns(change.link.new, phrase.old, phrase.new)
    if is_operative and (weight or is_turned):
        weight += OPERATIVE + TURNED * is_turned
    return differing, weight


def _by_side(links: Iterable[Link]) -> dict[Side, set[str]]:
    """The paragraphs of each side that are in one of the links."""
    found: dict[Side, set[str]] = {Side.OLD: set(), Side.NEW: set()}
    for side, id_ in chain.from_iterable(link.sided for link in links):
        found[side].add(id_)
    return found


def _understood_alone(change: Change, remarks: Remarks) -> list[Phrase]:
    """The phrases of a change that need no other words: none that moved or leans on what is not quoted; of a paragraph
    that was split or merged those that are shown in their act, for what one half lacks the other one may have."""
    found = [p for p in remarks.phrases(change) if not p.moved and ((p.in_act and p.new) or not remarks.leans(p))]
    return found if change.kind is Kind.MODIFIED else [phrase for phrase in found if phrase.in_act]


def _least(phrase: Phrase, *, is_pair: bool, is_operative: bool, language: Language) -> tuple[float, float]:
    """What a phrase weighs at least to be told, and where there is little else to tell: then one alone that is shown in
    its act."""
    least = LEAST_REWORDED if is_operative else LEAST_IN_RECITAL
    if not phrase.in_act:
        return least, least
    if is_operative:
        return least if is_pair else LEAST_IN_ACT, LEAST_OF_FEW
    is_exchange = all(sense(words, language) for words in went_and_came(phrase.parts))
    is_translated = is_exchange and language.excerpts.translated
    return least, LEAST_OF_A_TRANSLATED_ONE if is_translated else LEAST_OF_A_RECITAL


def _with_both(found: list[Phrase], quote: str, lang: str) -> list[Phrase]:
    """The phrases, with the first that went alone and the first that came alone told as one: by the one that marks the
    words of the other where one does; what came and is quoted is not told."""
    pairs = [phrase for phrase in found if phrase.old and phrase.new]
    went = next((phrase for phrase in found if phrase.old and not phrase.new), None)
    came = next((phrase for phrase in found if phrase.new and not phrase.old), None)
    if not (went and came):
        return found
    if went.parts == came.parts or fold(came.new) in quote:
        return [phrase for phrase in found if phrase is not came]
    if _marks_words_of(went, came):
        return [replace(went, new=came.new), *pairs]
    if _marks_words_of(came, went):
        return [replace(came, old=went.old), *pairs]
    both = (*went.parts, f" {word('word.and', lang)} ", *came.parts)
    return [Phrase(went.old, came.new, both), *pairs]


def _marks_words_of(shown: Phrase, other: Phrase) -> bool:
    """Whether what is shown of a phrase marks most of the words of another one."""
    words = words_in((other.old, other.new))
    return len(words & marked_words(shown.parts)) >= SHOWN * len(words)


def _limits(place: int, change: Change, redline: Redline, marked: Collection[str], lang: str) -> Iterator[_Reworded]:
    """The acts of which a condition came or went that nothing else shows."""
    for flag in change.flags:
        if flag.code not in TOGETHER or (words := words_in(flag.values)).issubset(marked):
            continue
        is_loss = flag.code is FlagCode.CONDITION_DROPPED
        old, new = (flag.values[0], "") if is_loss else ("", flag.values[0])
        where = redline.place(old, new)
        if where and words <= marked_words(parts := redline.excerpt([where], lang)):
            yield _Reworded(place, CONDITION, parts, frozenset(words), is_before=False, is_loss=is_loss)


def _together(phrases: Sequence[_Reworded], lang: str) -> _Reworded:
    """What is told of one paragraph: the weightiest, with what else weighs as far as there is room; of one that is
    quoted elsewhere only what stood there before."""
    first, *others = phrases
    told = [first.parts]
    for phrase in others:
        longer = [*apart([*told, phrase.parts], lang)]
        if phrase.is_before == first.is_before and len(as_text(Sentence(join(longer, lang)))) <= LONGEST_REWORDED:
            told = longer
    ordered = _acts_first(told[:MOST_TOGETHER], lang)
    return replace(first, parts=join([*_labelled_once(ordered, lang)], lang), in_pieces=len(ordered) > 1)


def _acts_first(told: Iterable[Parts], lang: str) -> list[Parts]:
    """What is told of a paragraph, quotations that say nothing more first: behind "mots ajoutés" an act that is shown
    with its marks would be taken for such words.

    >>> _acts_first([("added words: “of peace”",), ("“asks all ", Strong("States"), "”")], "en")
    [('“asks all ', Strong(text='States'), '”'), ('added words: “of peace”',)]
    """
    opening = word("word.quote", lang).partition("{")[0]
    return sorted(told, key=lambda parts: not as_text(Sentence(parts)).startswith(opening))


def _labelled_once(told: Iterable[Parts], lang: str) -> Iterator[Parts]:
    """What is told of a paragraph, of words that came, or that went, behind others of theirs the quotations alone.

    >>> [*_labelled_once([("words added here: “of peace”",), ("words added here: “of war”", " (see para. 1)")], "en")]
    [('words added here: “of peace”',), ('“of war”', ' (see para. 1)')]
    """
    before = ""
    for parts in told:
        first = parts[0] if isinstance(parts[0], str) else ""
        label = next((label for label in labels(lang) if first.startswith(label)), "")
        quotation = first.removeprefix(label.rpartition(" ")[0] + " ")
        yield (quotation, *parts[1:]) if label and label == before else parts
        before = label


def _lines(found: Sequence[_Reworded], comparison: Comparison, remarks: Remarks) -> list[list[Parts]]:
    """What is told of paragraphs line by line, in a line in the order of the text."""
    texts = {paragraph.id: paragraph.text for paragraph in comparison.new.body}
    lines = [sorted(found[k : k + PER_LINE], key=lambda each: each.place) for k in range(0, len(found), PER_LINE)]
    return [[_at(comparison.changes[each.place], each, texts, remarks) for each in line] for line in lines]


def _at(change: Change, what: _Reworded, texts: Mapping[str, str], remarks: Remarks) -> Parts:
    """What is told of a change with the paragraphs whose words are shown, of several that it became, in the order in
    which these stand there."""
    shown = _shown_of(change.news, what.parts, texts) if len(change.news) > 1 else ()
    is_whole = set(shown or change.news) == set(change.news)  # of one half nobody knows what changed in it
    redline = remarks.redlines.redline(change)
    told = remarks.with_more(what.parts, redline, change.news, in_pieces=what.in_pieces) if is_whole else what.parts
    return say("summary.at", remarks.where.at(shown or change.news), told, lang=remarks.lang)


def _shown_of(paragraphs: Sequence[str], parts: Parts, texts: Mapping[str, str]) -> list[str]:
    """Those of some paragraphs of which a few words in a row are shown."""
    said = " ".join(part if isinstance(part, str) else part.text for part in parts if isinstance(part, str | Strong))
    words = fold(said).split()
    runs = {" ".join(words[place : place + SHOWN_RUN]) for place in range(max(1, len(words) - SHOWN_RUN + 1))}
    there = {id_: " ".join(fold(texts[id_]).split()) for id_ in paragraphs}
    return [id_ for id_ in paragraphs if any(run in there[id_] for run in runs)]


# ---- what went -------------------------------------------------------------------------------------------------------

MOST_DROPPED, MOST_UNREPEATED = 6, 5  # acts that are not repeated; of a text that stands beside the new one …
MOST_CLOSE, MOST_LOSSES = 4, 8  # … what another paragraph comes close to, and both together
FEW_MISSED, FEW_LEFT = 6, 3
"""Old paragraphs without a link that are all named by their first words, recitals that only recall too; and those that
are left, which a number alone would name."""
DECIDING = "decide"  # the family of acts that bind
NOWHERE = (Loss.RECITED, Loss.UNREPEATED)
"""Of acts that no act of the new text repeats."""
UNLINKED = frozenset({Loss.UNLINKED, Loss.UPHELD, Loss.UNREPEATED})  # of the last those that may stand elsewhere


class Losses(Struct, frozen=True, dict=True):
    """What may be told of what the old text says and the new one does not."""

    material: Material

    @cached_property
    def unrepeated(self) -> list[Provision]:
        """The acts of the old text that the new one does not repeat, or only recites, the weightiest first: of a
        paragraph that is quoted whole one; what may stand elsewhere is not surely not repeated."""
        doubted = self.material.doubted[Side.OLD]
        gone = [each for loss in NOWHERE for each in self._left if each.loss is loss]
        gone = [each for each in gone if each.paragraphs[0] not in doubted]
        gone.sort(key=lambda each: -each.rank)
        first = {each.paragraphs[0]: each for each in reversed(gone)}
        return [each for each in gone if first[each.paragraphs[0]] is each or not self._hides(each)]

    def sentence(self) -> list[Parts]:
        """What the new text does not repeat, then the paragraphs that nothing is linked to, those that went before
        those of which some may stand, with what most likely says it, as one sentence; none where nothing went."""
        material, lang, gone = self.material, self.material.lang, self.unrepeated
        close = [each for each in self._left if each.loss is Loss.CLOSE and not self._became.get(each.paragraphs[0])]
        beside = any(each.standing for each in gone)
        row, most = ("requests-standing", MOST_UNREPEATED) if beside else ("requests-dropped", MOST_DROPPED)
        gone, close = gone[:most], close[: min(MOST_CLOSE, MOST_LOSSES - min(most, len(gone)))]
        told = {id_ for each in (*gone, *close) for id_ in each.paragraphs}
        otherwise = [self._close(each) for each in close]
        sections = [*_sections(material.comparison.old, material.removed)]
        lines = [
            *listed(f"summary.{row}", [*map(self._item, gone)], "summary.more", lang, last="word.nor"),
            *(over(f"summary.{row}", said, lang) for row, said in _alone(material, told, otherwise, sections)),
            *_sections_gone(sections, lang),
            *_perhaps_lost(material),
        ]
        lines += _kept_by_reference(material) if lines else []
        return [(*line_by_line(lines, lang), ".")] if lines else []

    @cached_property
    def _became(self) -> dict[str, tuple[str, ...]]:
        """The new paragraphs to which each old one is linked."""
        return {id_: change.link.new for change in self.material.comparison.changes for id_ in change.link.old}

    @cached_property
    def _left(self) -> list[Provision]:
        """The acts of both texts without those of old paragraphs that the new text renews by their number."""
        comparison = self.material.comparison
        renewed = {id_ for change in comparison.changes if change.renewed_in for id_ in change.link.old}
        return [each for each in comparison.provisions if each.paragraphs[0] not in renewed]

    def _hides(self, loss: Provision) -> bool:
        """Whether an act that is not repeated is one of several of a paragraph that went whole."""
        (paragraph, *_) = loss.paragraphs
        acts = sum(bool(pair.old and pair.old.paragraph == paragraph) for pair in self.material.comparison.acts)
        return loss.loss is Loss.UNREPEATED and acts > 1 and not self._became.get(paragraph)

    def _close(self, loss: Provision) -> Parts:
        """What a paragraph most likely does in other words, with that one where the two point to one another."""
        (old, *_), new = loss.paragraphs, loss.nearest.paragraph
        other = new if self.material.where.names_beside(old, new) else ""
        return _lost_at(self.material, old, self._item(loss).text, other)

    def _item(self, loss: Provision) -> Item:
        """What is lost, in the words of the old text, with the recital that says it still where there is one, or what
        its paragraph became."""
        lang, became = self.material.lang, self._became.get(loss.paragraphs[0], ())
        quote = in_quotes(loss.brief, lang)
        # what stands behind a cut may be what is asked, and of a paragraph that went whole one act hides the others
        if self._hides(loss) or (loss.loss is Loss.CLOSE and loss.brief.endswith(CUT)):
            (paragraph,) = (p for p in self.material.comparison.old.body if p.id == loss.paragraphs[0])
            quote = self.material.named(paragraph, Side.OLD)
        lost = Item(quote, Side.OLD, loss.paragraphs)
        if loss.loss is Loss.RECITED:
            recital = of_label(label(loss.nearest.paragraph, lang), lang)
            return replace(lost, note=word("summary.close", lang).format(recital))
        if became and loss.loss is Loss.UNREPEATED:
            see = say("remark.see", the_addresses(Side.NEW, became, lang), lang=lang)
            return replace(lost, note=as_text(Sentence(see)))
        return lost


def _lost_at(material: Material, paragraph: str, quote: str, other: str = "") -> Parts:
    """The quotation of an old paragraph that went behind its place, with the ``other`` one that most likely says it, or
    those of the new text that may say some of it."""
    where = material.place(Side.OLD, paragraph, other) if other else material.place_among(Side.OLD, paragraph)
    if kept := material.kept_instead.get(paragraph):
        where = say("summary.kept-instead", where, the_addresses(Side.NEW, (kept,), material.lang), lang=material.lang)
    return say("summary.at", where, quote, lang=material.lang)


# ---- paragraphs that nothing is linked to ---------------------------------------------------------------------------


def _alone(
    material: Material, told: Collection[str], close: Sequence[Parts], sections: Sequence[list[Paragraph]]
) -> Iterator[tuple[str, list[Parts]]]:
    """The old paragraphs that nothing is linked to and that are not ``told``: those that went, and those of which some
    may stand elsewhere, by the message that says so. Before the latter stand acts that are ``close`` to one of the new
    text, and the paragraphs that one of it most likely says, each with that one.

    They are told by their words, those that there is no room for in brief, those of ``sections`` that went
    whole by their titles.
    """
    lang, provisions = material.lang, material.comparison.provisions
    gone = [p for p in _by_themselves(material.comparison, material.removed) if p.id not in told]
    ids = {p.id for p in gone}
    untold = [each for each in provisions if each.loss in UNLINKED and each.paragraphs[0] in ids]
    named = _names(material, gone, untold, told)
    titled = {p.id for section in sections for p in section if p.is_whole}
    likely = {id_: other for (side, id_), other in material.likely.items() if side is Side.OLD}
    others = [p.id for p in gone if p.id not in named and (p.id not in titled or p.id in likely)]
    near = [_lost_at(material, id_, said, likely[id_]) for id_, said in named.items() if id_ in likely]
    otherwise = [*close, *near, *material.by_partner(Side.OLD, others)]
    bare = [id_ for id_ in (*named, *others) if id_ not in likely]
    groups: list[tuple[str, list[str], list[Parts]]]
    if any(each.loss is Loss.UPHELD for each in untold):
        groups = [(f"unlinked-{plural(len(otherwise), lang)}", [], otherwise), ("unlinked-upheld", bare, [])]
    else:
        went, doubted = (
            [id_ for id_ in bare if (id_ in material.doubted[Side.OLD]) is doubt] for doubt in (False, True)
        )
        row = "unrepeated" if any(each.standing for each in provisions) else "went"  # the old text stands on
        groups = [
            (f"{row}-{plural(len(went), lang)}", went, []),
            (f"unlinked-{plural(len(otherwise) + len(doubted), lang)}", doubted, otherwise),
        ]
    for row, ids_, before in groups:
        if said := _named(material, ids_, named, before):
            yield row, said


def _by_themselves(comparison: Comparison, removed: set[str]) -> Iterator[Paragraph]:
    """Those of the ``removed`` that are told by themselves: paragraphs, and a point where its list does not go with it;
    one of a mandate that is extended keeps its own. None but such in a language whose verbs nobody knows."""
    acts = [pair for pair in comparison.acts if pair.old]
    running = (pair for pair in acts if pair.new and pair.new.effect in RUNNING)
    whole = removed | {pair.old.paragraph for pair in running if pair.old}
    for paragraph in comparison.old.body:
        if paragraph.id not in removed or not kind_of(paragraph.id):
            continue
        if (
            paragraph.id.rpartition(".")[0] not in whole
            if paragraph.depth
            else acts and _is_alone(paragraph, comparison)
        ):
            yield paragraph


def _is_alone(paragraph: Paragraph, comparison: Comparison) -> bool:
    """Whether it is told by itself: a whole one, and of a draft what stands behind one without a number of its own."""
    return paragraph.is_whole or (comparison.is_of_drafts and ".tail" in paragraph.id)


def _names(
    material: Material, gone: Sequence[Paragraph], untold: Sequence[Provision], told: Collection[str]
) -> dict[str, str]:
    """The words by which those are named that are, in the order of the text: what their only act does, or their first
    words, with their points that went too."""
    comparison = material.comparison
    missed = [each.paragraphs[0] for each in sorted(untold, key=lambda each: -each.rank)]
    chosen = _named_by_words(comparison, missed, [p.id for p in gone if _is_alone(p, comparison)])
    acts = Counter(pair.old.paragraph for pair in comparison.acts if pair.old)
    asked = {each.paragraphs[0]: each.brief for each in untold if acts[each.paragraphs[0]] == 1}
    unfound = {id_ for id_ in material.removed if id_ not in told and (Side.OLD, id_) not in material.likely}
    return {p.id: material.named(p, Side.OLD, unfound, asked.get(p.id)) for p in gone if p.id in chosen}


def _named_by_words(comparison: Comparison, missed: Sequence[str], gone: Sequence[str]) -> set[str]:
    """The old paragraphs without a link that are named by their words: those that decide what may still hold,
    and so are not missed, then those that are ``missed`` most, then others of the operative part that do more than
    recall, then recitals that hold something; all that are ``gone`` where they are few."""
    families: dict[str, set[str]] = {}
    for pair in comparison.acts:
        if pair.old:
            families.setdefault(pair.old.paragraph, set()).add(pair.old.family)

    def is_of(id_: str, sought: Collection[str]) -> bool:
        return not families.get(id_, set()).isdisjoint(sought)

    decided = [id_ for id_ in gone if is_of(id_, (DECIDING,)) and id_ not in missed]
    operative = [id_ for id_ in gone if kind_of(id_) == "op" and not is_of(id_, REMINDING)]
    recitals = [id_ for id_ in gone if kind_of(id_) == "pp" and is_of(id_, LEANING)]
    chosen = [*dict.fromkeys((*decided, *missed, *operative, *recitals))][:MOST_NAMED]
    every = {*chosen, *gone}
    return every if len(every) <= max(FEW_MISSED, len(chosen) + FEW_LEFT) else {*chosen}


def _named(material: Material, ids: Sequence[str], named: Mapping[str, str], before: Sequence[Parts]) -> list[Parts]:
    """Old paragraphs: those that are named by their words, each on a line, behind what stands ``before`` them, then the
    others in brief."""
    by_words = [*before, *(_lost_at(material, id_, named[id_]) for id_ in ids if id_ in named)]
    others = [id_ for id_ in ids if id_ not in named]
    return by_words + material.in_brief(Side.OLD, others, beside=bool(by_words))


# ---- sections, gaps -------------------------------------------------------------------------------------------------


def _sections(text: Resolution, removed: set[str]) -> Iterator[list[Paragraph]]:
    """The sections of the old text of which all is ``removed``, with their titles, which stand first."""
    sections: list[list[Paragraph]] = []
    for paragraph in text.body:
        if paragraph.is_heading:
            sections.append([paragraph])
        elif sections:
            sections[-1].append(paragraph)
    for section in sections:
        if len(section) > 1 and all(paragraph.id in removed for paragraph in section):
            yield section


def _sections_gone(sections: Sequence[list[Paragraph]], lang: str) -> list[Parts]:
    """The sections that went whole, by their titles, each with its paragraphs."""
    titles = []
    for title, *own in sections:
        whole = [paragraph.id for paragraph in own if paragraph.is_whole]
        where = addresses(Side.OLD, whole, lang, marked=True, spans=True)
        titles.append((in_quotes(title.text, lang), " (", *where, ")"))
    return [say("summary.sections-gone", join(titles, lang), lang=lang)] if titles else []


def _kept_by_reference(material: Material) -> list[Parts]:
    """The provisions of a third resolution that the new text keeps in force by their numbers, where the old one did not
    yet, nor kept those of the same numbers by the same act, of the edition before: what it does not repeat may be among
    them. They follow the verb: "Réaffirme que les États doivent se conformer au paragraphe 5" keeps nothing else."""
    comparison, lang = material.comparison, material.lang
    keeping = [(pair.new, pair.old) for pair in comparison.acts if pair.new and pair.new.effect in KEEPING]
    known = {HERE, *(number_of_symbol(text.symbol) for text in (comparison.old, comparison.new))}
    before = {each.number for pair in comparison.acts if pair.old for each in pair.old.references}
    quoted = {
        each.text: say(
            "summary.at", addresses(Side.NEW, (each.paragraph,), lang), in_quotes(each.text, lang), lang=lang
        )
        for act, old in keeping
        for each in act.references
        if each.role == Role.OBJECT and each.paragraphs and each.number not in known | before
        if each.paragraphs not in [reference.paragraphs for reference in (old.references if old else ())]
        if 0 <= material.texts[act.paragraph].find(each.text, act.passages[0].start) - act.passages[0].start <= AT_ONCE
    }
    return [over("summary.kept-by-reference", [*quoted.values()], lang)] if quoted else []


def _perhaps_lost(material: Material) -> list[Parts]:
    """The old paragraphs of which nobody knows whether they went: the copy of the new text has a gap there."""
    gone = {id_ for change in material.comparison.changes if change.in_gap for id_ in change.link.old}
    formal = material.language.provisions.formal
    lost = [p for p in material.comparison.old.body if p.id in gone and p.is_whole]
    lost = [p for p in lost if not find_any(formal, fold_same_length(p.text))]
    said = [_lost_at(material, p.id, material.named(p, Side.OLD, gone)) for p in lost]
    row = f"summary.perhaps-lost-{plural(len(said), material.lang)}"
    return [over(row, said, material.lang)] if said else []
