"""What the old text did that the new one does not say again: acts, whole paragraphs, points of a list.

That words are not repeated ends nothing: what is told here is that they are not, never that an obligation went. Of each
act that went it is asked how likely a paragraph of the new text says the same: where hardly any does, the act is told
as not repeated; where one most likely does, in other words, it is told with that paragraph, for whoever reads both to
judge; between the two that nothing is linked to its paragraph, and no more.

Which paragraph most likely says it, and how likely, ``Counterparts`` tells of either text by five features – the share
of its words, how far the next paragraph is behind, a link, the sort of act, the place – weighed in
``data/common/losses.toml`` as ``scripts/fit-losses`` fits them to acts that readers looked for
(``tests/gold/losses.csv``). What a paragraph without a link may be in the other text ``Kinship`` tells, by how near the
two are (:mod:`resdiff.alignment.odds`): a reader is pointed from one to the other, they are not compared word by word.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import log, sqrt
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import astuple, replace

from resdiff.alignment.odds import MOST_BESIDE, NEAR, PERHAPS, Nearness, probability
from resdiff.data import load
from resdiff.data.schema import LossOdds
from resdiff.judgement.case import (
    NOWHERE,
    Case,
    ChangeLayout,
    ParagraphIndex,
    Places,
    Said,
    acts_by_paragraph,
    changes_the_nature,
    content_stems,
    gives_a_mandate,
    is_sure,
    is_upheld,
    referred_to,
    short_stems,
    shorter,
    takes_the_place,
    told_by,
)
from resdiff.judgement.quoting import (
    CUT,
    LEFT_OUT,
    NAMED_BY,
    act_quote,
    as_line,
    cut_before,
    left_to,
    needed_of,
    reach_of,
    shorten,
    shortened,
    without_article,
)
from resdiff.language import Language, find_any, pattern
from resdiff.language.dates import LASTING, Unit, date_pattern
from resdiff.language.fold import fold_same_length
from resdiff.language.forms import dated, stem
from resdiff.model import (
    Change,
    Comparison,
    Kin,
    Link,
    Loss,
    Nearest,
    Paragraph,
    Part,
    Provision,
    Resolution,
    Side,
    Weight,
)
from resdiff.recognition.survey import ASKS, HERE, KEEPING, RUNNING, Act, Effect, Family, Role

__all__ = [
    "FEATURES",
    "LEANING",
    "NOT_SAID",
    "SAID",
    "Clause",
    "Counterparts",
    "Kinship",
    "beside",
    "features_of",
    "judge_losses",
    "partners",
]

# How likely a paragraph of the new text says what went: of 401 acts that readers looked for, weighed with an eighth of
# the series left out, 99 are below the first, of which 13 stand somewhere, and 112 above the second, of which 82 stand
# where it points, or what came of them.
NOT_SAID, SAID = 0.15, 0.6
MAY_STAND, MAY_STAND_OF_A_THEME = 0.15, 0.25
"""How likely any paragraph says some of what one without a link does, for nothing of that to be told as gone or as
added for certain; the second of one with a theme that the other text has nowhere. Of 1,278 that readers looked for,
weighed with an eighth of the series left out, 412 are below, of which 39 stand in part and none whole; were .25 the bar
of all, 95 of 637 would. From .15 to .25 56 of 225 stand, 8 of 38 with such a theme; from .25 to .35 54 of 164, and 5 of
31. A name that the other text has not tells nothing of it."""
NEARER = 0.6
"""… and how likely another paragraph says what one does that is named by its number in passing, for it to be that."""
FEW_WORDS = 35  # words of a recital that says nothing but what it recalls
MOST_MISSING = 0.5
"""Share of the operative paragraphs without a link that the numbers which the other copy lacks are at least, for any of
them to be one of those."""
SURELY = 0.8
"""… and from which nothing is lost: of 31 such acts of 97 pairs readers had called seven gone, none of them weighty."""
SAID_IN_PART = 0.4  # … and from which one act of several is said, for the whole of them not to be told as gone
SAME = 0.75  # share of its words that a paragraph has that says the same
LEAST_SAID = 0.05  # share of its words without which a paragraph does not say it, and a link to it is one of other acts
OF_BEST = 0.33  # … and share of what the best one has: one with less is only with a link the likeliest
LEAST_LINKED = 0.002  # probability of a link: below it all are as unlikely
TELLING = 16  # what the words of an act tell at least, for it to be looked for
FEATURES = LossOdds.__struct_fields__[1:]
WENT = 0.85  # share of the characters of an act that went, for it to be gone from a paragraph that stands
MOST_OF_IT = 0.4  # share of what a renewal bears on in a decision of the new text, for it to renew the same
SPREAD = 0.38  # share of the pairs of words of an act that stand side by side in the new text, for it to be said there
SAID_OF_A_PREAMBLE = 0.2  # share of a preambular paragraph that one of the new text says, for it to be said there
LESS = 0.75  # share of what a new act asks that an old one asked with the same verb, for it to ask less of the same
TELLING_OF_A_POINT = 10  # what the words of a point tell at least, for it to be looked for
STANDING = ASKS | {Family.DECIDE}  # what binds, until it is ended or done …
DEPLORING = frozenset({Family.CONCERN, Family.CONDEMN})
LEANING = DEPLORING | {Family.AFFIRM, Family.STRESS}  # … what is held …
HELD = STANDING | LEANING | {Family.ENCOURAGE, Family.INTEND, Family.SUPPORT}  # … what is wished …
RECALLING = frozenset({Family.RECALL, Family.AFFIRM})
RECALLED = 12  # how much a recital tells beside the resolutions it cites, for it to recall what one of them says
RE_CITED = r"\d+(?:/\d+)?(?: \(\d{4}\))?"
NAMING = frozenset({Family.RECALL, Family.NOTE, Family.CONSIDER})  # what holds nothing and asks for nothing
REMINDING = frozenset({Family.RECALL, Family.CONSIDER})  # … and what a whole operative paragraph recalls
DONE = frozenset({Effect.END, Effect.CREATE, Effect.AMEND, Effect.REPLACE})
"""What a decision does once: that a later text does not repeat it says nothing."""
BINDING, LIGHT = 2.0, -2.0  # what is lost with what binds, and with what approves
OF_A_FORMULA = 24.0  # … with a formula on which the nature of the text rests
OF_A_PREAMBLE, OF_A_POINT = -12.0, -2.0
LONG, BRIEF, BRIEF_OF_ONE = 200, 170, 130  # words of a quotation, of a brief one, of a paragraph quoted whole
OPENING = 45  # … and of the opening of a paragraph, to which an act of it points
OPENING_OF_A_LIST = 16  # … and of that of a list, behind which a point of it stands
NAMED_BY_OF_A_POINT = 280  # characters of a point by which it is named: its opening stands before it
ASKED = 24  # characters behind who is asked in which a pronoun stands for what ("de les examiner")
LOSSES = (Loss.UNREPEATED, Loss.RECITED, Loss.CLOSE, Loss.SAID, Loss.UNLINKED, Loss.UPHELD)
"""In the order in which they are told."""


def judge_losses(case: Case, kinship: "Kinship") -> tuple[Provision, ...]:
    """What the old text did that no words of the new one repeat, the weightiest first; behind that what a paragraph of
    the new text does in other words, or with less force, and what else its paragraphs without a link asked or held.

    Of a text that the new one upholds as a whole nothing is lost, of one that stands beside the new one no decision:
    it stands. A report that was due is made, a welcome is said: those are not told.
    """
    if case.comparison.new.is_torn:
        return ()
    there = _NewText(case, kinship)
    standing = referred_to(case)
    upheld = is_upheld(case)
    lost = [] if upheld else [*_gone_from_preamble(there), *_acts_gone(there), *_points_gone(there)]
    lost += _unlinked(there, {each.paragraph for each in lost}, Loss.UPHELD if upheld else Loss.UNLINKED)
    told = [
        _with_kin(each, kinship)
        for each in lost
        if each.act.paragraph not in standing and (upheld or not (there.is_beside and _stands(each.act)))
    ]
    return tuple(
        Provision(
            Side.OLD,
            (each.paragraph,),
            *each.quotes,
            each.act.addressee,
            each.rank,
            each.nearest,
            there.is_beside,
            each.loss,
        )
        for each in sorted(told, key=lambda each: (LOSSES.index(each.loss), -each.rank))
    )


class _Lost(Struct, frozen=True):
    """An act that is not repeated, or a point of it: where it stands, its quotations, its weight, what comes nearest,
    and how far it is known that it went."""

    act: Act
    paragraph: str
    quotes: tuple[str, str]
    rank: float
    nearest: Nearest
    loss: Loss = Loss.UNREPEATED


def _with_kin(lost: _Lost, kinship: "Kinship") -> _Lost:
    """The same, close to the paragraph that most likely took the place of its own, where one did, or to the likeliest
    for its act, where that has no link either and is the nearest to its own: else nobody knows where it may stand. A
    demand to which only a recital is that close is asked no more: a recital asks nobody. Of
    25 acts that readers looked for and that point elsewhere, or nowhere, 8 stood there; of 30 that point to a paragraph
    without a link 25, of 35 that point to another one 13."""
    if lost.loss is Loss.UPHELD:
        return lost
    kin, there = kinship.of(Side.OLD, lost.paragraph), lost.nearest.paragraph
    points = (
        kinship.nearest(Side.OLD, lost.paragraph) == there
        and there in kinship.alone[Side.NEW]
        and kinship.of(Side.NEW, there) in ("", lost.paragraph)  # another one has become that
    )
    likeliest = kin or (there if points and lost.loss is not Loss.SAID else "")
    if likeliest.startswith("pp") and lost.act.family in ASKS and kinship.says(likeliest, lost.act):
        return replace(lost, loss=Loss.RECITED, nearest=Nearest(likeliest, lost.nearest.share))
    if lost.loss is Loss.SAID:
        return lost
    if kin:
        return replace(lost, loss=Loss.CLOSE, nearest=Nearest(kin, lost.nearest.share))
    if lost.loss is Loss.CLOSE and lost.paragraph in kinship.alone[Side.OLD] and not points:
        return replace(lost, loss=Loss.UNLINKED, nearest=NOWHERE)
    return lost


def _stands(act: Act) -> bool:
    """Whether an act is a decision, which stands beside a text that does not take its place."""
    return act.family is Family.DECIDE and act.effect is Effect.NONE


# ---- where a clause is said ------------------------------------------------------------------------------------------


class Clause(Struct, frozen=True):
    """What is looked for: the paragraph where it stands, its words and who is asked, the sort of act."""

    paragraph: str
    words: str
    asked: str
    family: Family | None

    @classmethod
    def of(cls, acts: Sequence[Act], family: Family) -> "Clause":
        """What those acts of one paragraph say together."""
        words = " ".join(act.object or act.text for act in acts)
        return cls(acts[0].paragraph, words, " ".join(act.addressee for act in acts), family)

    @classmethod
    def of_act(cls, act: Act) -> "Clause":
        """What an act says."""
        return cls.of([act], act.family)

    def tells(self, language: Language) -> bool:
        """Whether its words tell enough to be looked for: "redoubler d’efforts" tells hardly anything."""
        return told_by(shorter(content_stems(self.words) - content_stems(self.asked)), language) >= TELLING


class Likely(Struct, frozen=True):
    """The paragraph that most likely says a clause: what share of its words it has, how likely, and whether it has
    nearly all of them in an act of the same sort: then nothing was lost, or came."""

    nearest: Nearest
    probability: float
    is_same: bool


@cache
def _odds() -> tuple[float, ...]:
    weights: tuple[float, ...] = astuple(load("common", "losses", LossOdds))
    return weights


class Counterparts:
    """The text on one side, asked of clauses of the other one how likely it says them, and where."""

    def __init__(self, case: Case, side: Side) -> None:
        comparison = case.comparison
        text, other = (comparison.new, comparison.old) if side is Side.NEW else (comparison.old, comparison.new)
        acts = acts_by_paragraph(case.survey(side))
        body = [p for p in text.body if p.id.startswith(("pp", "op"))]
        self.body = Said(((p.id, p.text) for p in body), case.language)  # no title and no annex does anything
        self._families = [
            {act.family for id_ in {p.id.partition(".")[0], p.id} for act in acts.get(id_, ())} for p in body
        ]
        own_places, self._places_there = _places(text), _places(other)
        self._places = [own_places[p.id] for p in body]
        links = [change.link for change in comparison.changes]
        self._links = _scores(links, side)
        doubtful = [link for link in links if not is_sure(link)]
        self._shown: dict[str, tuple[str, ...]] = {}  # beside a paragraph, by a doubtful link
        for ours, theirs in ((each.new, each.old) if side is Side.NEW else (each.old, each.new) for each in doubtful):
            self._shown |= dict.fromkeys(theirs, ours)
        self._likely: dict[Clause, Likely] = {}

    def likeliest(self, clause: Clause) -> Likely:
        """Where a clause is most likely said: beside its paragraph, where one is shown there that has some of it.

        Looked for when it is asked: most acts are there to the letter.
        """
        if clause not in self._likely:
            rows = self.features(clause, OF_BEST)
            weights = _odds()
            odds = [(probability(weights, row), -place) for place, row in rows.items()]
            best, behind = max(odds, default=(0.0, 0))
            is_same = bool(rows) and rows[-behind][0] ** 2 >= SAME and clause.family in self._families[-behind]
            shown = self._shown.get(clause.paragraph, ())
            _, behind = max((each for each in odds if self.body.names[-each[1]] in shown), default=(best, behind))
            nearest = Nearest(self.body.names[-behind], rows[-behind][0] ** 2) if rows else NOWHERE
            self._likely[clause] = Likely(nearest, best, is_same)
        return self._likely[clause]

    def features(self, clause: Clause, of_best: float = 0.0) -> dict[int, tuple[float, ...]]:
        """What each paragraph that has something of a clause has of it, by its place, in the order of ``LossOdds``;
        none that has less than ``of_best`` of what the best one has."""
        linked = self._links.get(clause.paragraph, {})
        shares = self.body.shares(clause.words, without=clause.asked, least=LEAST_SAID, of_best=of_best, but=linked)
        first, second, *_ = (*sorted(map(sum, shares.values()), reverse=True), 0.0, 0.0)
        at = self._places_there.get(clause.paragraph, 0.0)
        rows: dict[int, tuple[float, ...]] = {}
        for place, (words, runs) in shares.items():
            link = linked.get(self.body.names[place], 0.0)
            rows[place] = (
                sqrt(words),
                words + runs - (second if words + runs == first else first),
                log((link + LEAST_LINKED) / (1 + LEAST_LINKED - link)),
                float(clause.family in self._families[place]),
                abs(self._places[place] - at),
            )
        return rows


def _scores(links: Iterable[Link], side: Side) -> dict[str, dict[str, float]]:
    """How likely the aligner found each paragraph of a side to be the partner of one of the other text, by that; not of
    those it surely linked: what a paragraph that stands has lost, its partner does not say."""
    found: dict[str, dict[str, float]] = {}
    for link in links:
        scores = [(rival.old, rival.new, rival.score) for rival in link.reason.rivals]
        if not is_sure(link):
            scores += [(old, new, link.score) for old in link.old for new in link.new]
        for old, new, score in scores:
            here, there = (new, old) if side is Side.NEW else (old, new)
            found.setdefault(there, {})[here] = score
    return found


def _places(text: Resolution) -> dict[str, float]:
    """How far each paragraph stands from the beginning of its text, 0 to 1."""
    body = text.body
    return {paragraph.id: place / len(body) for place, paragraph in enumerate(body)}


def features_of(case: Case, paragraph: str, words: str) -> dict[str, tuple[float, ...]]:
    """The features of each paragraph of the new text for an act of the old one, in the order of ``FEATURES``: of the
    paragraph of that id, the act that begins with those words, or the whole, where it is the point of a list."""
    there = Counterparts(case, Side.NEW)
    own = (act for act in case.old.acts if act.paragraph == paragraph)
    act = next((act for act in own if " ".join(act.text.split()).startswith(words)), None)
    text = next((p.text for p in case.comparison.old.body if p.id == paragraph), "")
    clause = Clause.of_act(act) if act else Clause(paragraph, text, "", None)
    return {there.body.names[place]: row for place, row in there.features(clause).items()}


# ---- which paragraph took the place of which -------------------------------------------------------------------------


TELLING_FREE, TELLING_TAKEN = 15, 30
"""How much the words that two paragraphs have in common tell, for one to be named beside the other: "lettre" and
"accord" tell of many. Each must be the likeliest of its text for the other, or, with more in common, the other one have
a link and one that is likelier: a paragraph that says two things has a partner for one of them. Of 340 that are more
likely than not (``tests/gold/pointers.csv``) readers found in 143 of the 178 that are left what the one says, in whole
or in part, in 84 of the 162 others; whether it is much of what the shorter one says tells nothing."""


class Kinship:
    """The two texts, each asked what it says of the other, and what their paragraphs without a link may be there: an
    old one that a new one keeps by its number, or names alone, goes with that, and so do its points, and that with it,
    where it is the only one; of two that ask for a report nobody knows.

    ``alone`` are those paragraphs of each side. ``pairs`` have each with the one that most likely says what it does,
    ``neighbours`` those that have none with the ones that may say some of it; ``themed`` are the paragraphs of each
    side with a theme that the other one has nowhere."""

    def __init__(self, case: Case, themed: Mapping[Side, frozenset[str]] = MappingProxyType({})) -> None:
        self._themed = themed
        self._settled = _settled(case.comparison)
        self.counterparts = {side: Counterparts(case, side) for side in Side}
        alone = {side: [*_alone(case, side)] for side in Side}
        self.alone = {side: frozenset(ids) for side, ids in alone.items()}
        self._may_be_missing = _may_be_missing(case, alone)
        self._recalling = _recalling_the_old_text(case)
        self._points: dict[tuple[Side, str], list[str]] = {}
        for side in Side:
            for paragraph in case.comparison.text(side).body:
                self._points.setdefault((side, paragraph.id.rpartition(".")[0]), []).append(paragraph.id)
        search = _Search(case, alone)
        seen = {(side, id_): search.kindred(side, id_) for side in Side for id_ in alone[side]}
        found = {place: kindred for place, kindred in seen.items() if kindred and place not in self._settled}
        self.pairs = _on_both_sides([kindred.kin for kindred in found.values() if kindred.kin], self.alone)
        self._partners = partners(self.pairs)
        beside = {place: [*kindred.beside] for place, kindred in found.items() if place not in self._partners}
        self.neighbours = _beside_on_both_sides(beside, self.alone, self._partners)
        self._nearest = {place: kindred.nearest for place, kindred in found.items()} | self._partners
        self._somewhere = {place: kindred.somewhere for place, kindred in found.items()}

    def nearest(self, side: Side, paragraph: str) -> str:
        """The paragraph of the other text that is nearest to one without a link of that side, where any may say what it
        does; empty where none may."""
        return self._nearest.get((side, paragraph), "")

    def may_stand(self, side: Side, paragraph: str) -> bool:
        """Whether some of what a paragraph without a link says may well be said somewhere in the other text, which it
        may recall itself, or, of an operative one, may stand in a gap of its copy; of what a point says, where that is
        so of its paragraph, and the other way round."""
        if self._may_be_missing[side] and paragraph.startswith("op") and paragraph in self.alone[side]:
            return True
        if side is Side.NEW and paragraph in self._recalling:
            return True
        points = self._points.get((side, paragraph), [])
        if not self.alone[side].issuperset(points):
            return True
        own = (paragraph, paragraph.partition(".")[0], *points)
        is_themed = not self._themed.get(side, frozenset()).isdisjoint(own)
        bar = MAY_STAND_OF_A_THEME if is_themed else MAY_STAND
        return any(self._somewhere.get((side, id_), 0.0) >= bar for id_ in own)

    def doubted(self, changes: Iterable[Change]) -> tuple[Change, ...]:
        """The changes; marked those of paragraphs without a link of which some may stand in the other text.

        Where nothing went from that text, or nothing came to it, none took the place of another: what stands there
        still does. Of an alternative to a paragraph that stands, and of one in whose place a draft says that it was
        given up, there is no doubt.
        """
        changes = tuple(changes)
        named = {(kin.side, kin.paragraph) for kin in (*self.pairs, *self.neighbours)}
        differs = {side: self._may_be_missing[side.other] or _has_own(changes, side) for side in Side}

        def may_stand(change: Change) -> bool:
            link = change.link
            if (link.old and link.new) or not differs[Side.OLD if link.new else Side.NEW]:
                return False
            if not self._settled.isdisjoint(link.sided):
                return False
            return any(each in named or self.may_stand(*each) for each in link.sided)

        return tuple(replace(change, may_stand=True) if may_stand(change) else change for change in changes)

    def says(self, paragraph: str, act: Act) -> bool:
        """Whether of the new text that paragraph most likely says what an old operative act did."""
        clause = Clause.of_act(act)
        likeliest = self.counterparts[Side.NEW].likeliest(clause).nearest.paragraph
        return act.paragraph.startswith("op") and likeliest == paragraph

    def of(self, side: Side, paragraph: str) -> str:
        """The paragraph of the other text that most likely says what one of that side does; empty where none is."""
        return self._partners.get((side, paragraph), "")


def _has_own(changes: Iterable[Change], side: Side) -> bool:
    """Whether a text says anything that the other one does not."""
    return any(edit.op is side.op and edit.weight is Weight.SUBSTANTIVE for each in changes for edit in each.edits)


def _settled(comparison: Comparison) -> set[tuple[Side, str]]:
    """The paragraphs of a draft of which its own labels say that they came, or went: an alternative to one that stands,
    one of several of which another was kept, one in whose place is but its number."""
    links = [change.link for change in comparison.changes if change.link.old and change.link.new]
    stands = {side: {id_ for link in links for own, id_ in link.sided if own is side} for side in Side}
    came = {p.id for p in comparison.new.body if stem(p.id) != p.id and stem(p.id) in stands[Side.NEW]}
    alternatives = {stem(p.id) for p in comparison.old.body if stem(p.id) != p.id}
    kept = {stem(id_) for id_ in stands[Side.OLD]} & alternatives
    went = {p.id for p in comparison.old.body if stem(p.id) in kept} | comparison.new.given_up
    return {*((Side.NEW, id_) for id_ in came), *((Side.OLD, id_) for id_ in went)}


class _Kindred(Struct, frozen=True):
    """What the other text has for a paragraph without a link: the one that most likely says what it does, and the
    nearest, where there is such a one; how likely any of it says some of that; those that may, where none is likely."""

    kin: Kin | None = None
    nearest: str = ""
    somewhere: float = 0.0
    beside: tuple[Kin, ...] = ()


class _Search:
    """The two texts, each searched for what the paragraphs ``alone`` of the other one say."""

    def __init__(self, case: Case, alone: Mapping[Side, Collection[str]]) -> None:
        comparison = case.comparison
        self._language = case.language
        self._alone = alone
        self._nearness = Nearness.of(comparison.old, comparison.new, [change.link for change in comparison.changes])
        self._paragraphs = {side: {each.id: each for each in comparison.text(side).body} for side in Side}
        self._recalling = {side: _recalling_alone(case, side) for side in Side}
        # What stands as it was said the same before: nothing went there.
        self._as_it_was = {
            id_
            for each in comparison.changes
            if each.weight <= Weight.TYPOGRAPHIC and each.link.old
            for id_ in each.link.new
        }
        taken_up = _taken_up(case)
        self._referred = {Side.OLD: taken_up, Side.NEW: _the_only_one(taken_up, alone[Side.OLD])}

    def kindred(self, side: Side, paragraph: str) -> _Kindred | None:
        """What the other text has for that paragraph; None of a recital that only recalls what that cites nowhere."""
        near = self._nearness.likeliest(side, (paragraph,))
        if side is Side.OLD:
            near = replace(near, among=tuple([each for each in near.among if each[0] not in self._as_it_was]))
        whole = paragraph.partition(".")[0] if side is Side.OLD else paragraph  # of an old point with its whole
        there = self._referred[side].get(paragraph) or self._referred[side].get(whole)
        if there and (there.is_kept or near.probability < NEARER):
            return _Kindred(Kin(side, paragraph, there.id, 1.0))
        if paragraph in self._recalling[side] and near.somewhere < NEAR:
            return None
        beside = tuple(
            Kin(side, paragraph, other, odds) for other, odds in near.beside[:1] if self._tell(side, paragraph, other)
        )
        if near.id and self._ask_for_reports(side, paragraph, near.id):
            return _Kindred(None, near.id, near.somewhere, beside)
        if near.probability >= NEAR:
            return _Kindred(Kin(side, paragraph, near.id, near.probability), near.id, near.somewhere, beside)
        return _Kindred(None, near.id if near.somewhere >= PERHAPS else "", near.somewhere, beside)

    def _ask_for_reports(self, side: Side, paragraph: str, other: str) -> bool:
        """Whether one paragraph and one of the other text are both operative and ask for a report."""
        reports = self._language.conditions.reports
        both = (self._paragraphs[side][paragraph], self._paragraphs[side.other][other])
        return all(
            each.part is Part.OPERATIVE and find_any(reports, fold_same_length(each.text)) is not None for each in both
        )

    def _tell(self, side: Side, paragraph: str, other: str) -> bool:
        """Whether one paragraph and the likeliest of the other text have so much in common that it is to be named."""
        is_free = other in self._alone[side.other]
        if is_free is not (self._nearness.likeliest(side.other, (other,)).id == paragraph):
            return False
        here, there = self._paragraphs[side][paragraph].text, self._paragraphs[side.other][other].text
        both = told_by(shorter(content_stems(here) & content_stems(there)), self._language)
        return both >= (TELLING_FREE if is_free else TELLING_TAKEN)


def _from_the_other_side(kin: Kin) -> Kin:
    """The same, seen from the other text."""
    return Kin(kin.side.other, kin.other, kin.paragraph, kin.probability)


def _on_both_sides(found: Sequence[Kin], alone: Mapping[Side, Collection[str]]) -> tuple[Kin, ...]:
    """The kin; behind them, the likeliest first, what one says of a paragraph without a link that has no kin yet: that
    says it of the one."""
    both = [*found]
    known = {(kin.side, kin.paragraph) for kin in found}
    for back in map(_from_the_other_side, sorted(found, key=lambda kin: -kin.probability)):
        if back.paragraph in alone[back.side] and (back.side, back.paragraph) not in known:
            both.append(back)
            known.add((back.side, back.paragraph))
    return tuple(both)


def _beside_on_both_sides(
    beside: dict[tuple[Side, str], list[Kin]],
    alone: Mapping[Side, Collection[str]],
    known: Collection[tuple[Side, str]],
) -> tuple[Kin, ...]:
    """Those beside each paragraph, by its place; of those that have no link nor kin the reverse too, while there is
    room."""
    for back in [_from_the_other_side(kin) for among in beside.values() for kin in among]:
        place = back.side, back.paragraph
        if back.paragraph not in alone[back.side] or place in known:
            continue
        others = beside.setdefault(place, [])
        if len(others) < MOST_BESIDE and back.other not in [each.other for each in others]:
            others.append(back)
    return tuple(kin for among in beside.values() for kin in among)


def _may_be_missing(case: Case, alone: Mapping[Side, Collection[str]]) -> dict[Side, bool]:
    """Whether many of the numbers of operative paragraphs that the copy of the other text lacks may be those of the
    ones without a link of a side."""
    lost = {side: sum(notice.lost for notice in case.comparison.text(side.other).notices) for side in Side}
    operative = {side: sum(id_.startswith("op") for id_ in alone[side]) for side in Side}
    return {side: lost[side] > 0 and lost[side] >= MOST_MISSING * operative[side] for side in Side}


class _Referred(Struct, frozen=True):
    """A paragraph that refers to one of the other text, or is referred to, and whether it keeps that."""

    id: str
    is_kept: bool


def _taken_up(case: Case) -> dict[str, _Referred]:
    """The paragraphs of the old text that one of the new one keeps by their number, or names otherwise and no other
    beside them, each with that one: what names several names them in passing ("le Comité créé en application du
    paragraphe 18")."""
    kept: dict[str, _Referred] = {}
    named: dict[str, set[str]] = {}
    for act, reference in case.references_to_old:
        is_held = act.family is Family.AFFIRM and act.effect is Effect.NONE
        for id_ in reference.among(case.old_ids) if reference.role is not Role.EXCEPTION else ():
            named.setdefault(act.paragraph, set()).add(id_)
            if is_held or act.effect in KEEPING | {Effect.UPHOLD}:
                kept.setdefault(id_, _Referred(act.paragraph, is_kept=True))
    alone = {old: new for new, olds in reversed(named.items()) if len(olds) == 1 for old in olds}
    return {old: _Referred(new, is_kept=False) for old, new in alone.items()} | kept


def _the_only_one(taken_up: Mapping[str, _Referred], alone: Iterable[str]) -> dict[str, _Referred]:
    """The paragraphs of the new text that refer to one old one without a link, and to no other, each with that."""
    olds: dict[str, list[_Referred]] = {}
    for old in alone:
        if there := taken_up.get(old):
            olds.setdefault(there.id, []).append(_Referred(old, there.is_kept))
    return {new: found[0] for new, found in olds.items() if len(found) == 1}


def _recalling_alone(case: Case, side: Side) -> frozenset[str]:
    """The recitals of a side that only recall or note, in few words, resolutions that the other text cites nowhere:
    they are not said there in other words. Of eleven such of ``tests/gold/near.csv`` of which by their words some may
    well be said there it is of one."""
    cited = {mention.citation.key for mention in case.survey(side.other).citations}
    own: dict[str, set[str]] = {}
    for mention in case.survey(side).citations:
        if mention.paragraph.startswith("pp") and mention.citation.key.startswith("resolution:"):
            own.setdefault(mention.paragraph, set()).add(mention.citation.key)
    alone = {id_ for id_, keys in own.items() if keys.isdisjoint(cited)}
    if not alone:
        return frozenset()
    brief = {p.id for p in case.comparison.text(side).body if p.id in alone and len(p.text.split()) <= FEW_WORDS}
    return frozenset(brief - {act.paragraph for act in case.survey(side).acts if act.family not in NAMING})


def _recalling_the_old_text(case: Case) -> frozenset[str]:
    """The recitals of the new text that recall or affirm what the old one says, and not that alone that there is one:
    "Rappelant les dispositions de la résolution 1551 (2004) concernant l’application provisoire des accords"."""
    cited = rf"{RE_CITED}(?:{dated().pattern})?"
    return frozenset(
        act.paragraph
        for act in case.new.acts
        if act.paragraph.startswith("pp") and act.family in RECALLING
        if case.old_number and case.old_number in {reference.number for reference in act.references}
        if told_by(shorter(content_stems(re.sub(cited, " ", act.text))), case.language) >= RECALLED
    )


def beside(pairs: Iterable[Kin]) -> dict[tuple[Side, str], list[str]]:
    """The paragraphs of the other text that may say some of what one does, the likeliest first."""
    found: dict[tuple[Side, str], list[str]] = {}
    for kin in pairs:
        found.setdefault((kin.side, kin.paragraph), []).append(kin.other)
    return found


def partners(pairs: Collection[Kin]) -> dict[tuple[Side, str], str]:
    """The paragraph of the other text that most likely says what one without a link says."""
    return {(kin.side, kin.paragraph): kin.other for kin in pairs}


def _alone(case: Case, side: Side) -> Iterator[str]:
    """The paragraphs and points of a side that nothing is linked to."""
    alone = (layout.places(side) for layout in case.layouts if not (layout.old and layout.new))
    for place in (places[0] for places in alone if places):
        if place.paragraph.id.startswith(("pp", "op")):
            yield place.paragraph.id


# ---- what the new text says -----------------------------------------------------------------------------------------


class _NewText:
    """The new text, asked of what went how likely it says that, and where."""

    def __init__(self, case: Case, kinship: Kinship) -> None:
        self.case, self.language = case, case.language
        self.is_beside = not takes_the_place(case)
        loose = [layout for layout in case.layouts if not (layout.new and layout.is_sure)]
        self.loose = {place.paragraph.id for layout in loose for place in layout.old}
        self.kinship, self.counterparts = kinship, kinship.counterparts[Side.NEW]
        self.body, self.likeliest = self.counterparts.body, self.counterparts.likeliest
        self.citing: dict[str, set[str]] = {}
        for act in case.new.acts:
            for reference in act.references if act.paragraph.startswith("op") else ():
                self.citing.setdefault(reference.number, set()).add(act.paragraph)

    def does_again(self, act: Act, clause: Clause) -> bool:
        """Whether a paragraph most likely does again, in other words, what an act did, with that clause; none does that
        does not cite the resolution that is renewed, since all that is renewed "demeure en vigueur pour la période"."""
        likely = self.likeliest(clause)
        cited = {reference.number for reference in act.references} - {"", HERE}
        cites = any(likely.nearest.paragraph in self.citing.get(number, ()) for number in cited)
        return likely.probability >= SAID and not likely.is_same and (cites or act.effect is not Effect.RENEW)

    def lacks(self, act: Act, clause: Clause) -> bool:
        """Whether hardly any paragraph says what an act did, with that clause."""
        if act.effect is Effect.RENEW:
            return not self.may_renew(act)
        may_stand = self.kinship.may_stand(Side.OLD, act.paragraph)
        return not may_stand and self.likeliest(clause).probability < NOT_SAID and not self.asks_less(act)

    def asks_less(self, act: Act) -> bool:
        """Whether an act of it asks less of the same with the same verb: "de coopérer avec le Groupe"."""
        stems = short_stems(act.object)
        for other in self.case.new.acts:
            if act.action and other.action == act.action:
                less = short_stems(other.object) - short_stems(other.addressee)
                whole = told_by(less, self.language)
                if whole and told_by(less & stems, self.language) >= LESS * whole:
                    return True
        return False

    def may_renew(self, act: Act) -> bool:
        """Whether it may renew a mandate in other words: it renews some, or decides on most of what that bears on."""
        decisions = {d.paragraph: short_stems(d.object) for d in self.case.new.acts if d.family is Family.DECIDE}
        nearest = ParagraphIndex([*decisions], Places(decisions.values())).nearest(short_stems(act.object))
        return nearest.share > MOST_OF_IT or any(act.effect in RUNNING for act in self.case.new.acts)


# ---- what went ------------------------------------------------------------------------------------------------------


def _gone_from_preamble(there: _NewText) -> Iterator[_Lost]:
    """What the old preamble said that the new text does not: the formulas on which its nature rests; and of a text
    whose place the new one takes what it held or asked, whole paragraphs that no words of the new text repeat."""
    case = there.case
    removed = {paragraph.id: paragraph for paragraph in case.removed}
    for id_, acts in acts_by_paragraph(case.old).items():
        if not id_.startswith("pp") or id_ not in removed:
            continue
        if weighs := next((act for act in acts if changes_the_nature(act, case, Side.OLD)), None):
            yield _Lost(weighs, id_, _quotes(weighs.text, there.language), OF_A_FORMULA, NOWHERE)
        elif not there.is_beside:
            yield from _of_recital(removed[id_], acts, there)


def _of_recital(paragraph: Paragraph, acts: list[Act], there: _NewText) -> Iterator[_Lost]:
    """A recital that went and held or asked something, where no words of the new text say that, nor much of it."""
    language, text, first = there.language, paragraph.text, acts[0]
    if first.family not in LEANING | STANDING | {Family.ENCOURAGE} or len(text.split()) > BRIEF:
        return
    telling = [act for act in acts if Clause.of_act(act).tells(language)] or acts[:1]
    nearest = max((there.body.nearest(act.object or act.text) for act in telling), key=lambda near: near.share)
    points = find_any(language.provisions.referring, fold_same_length(text)) or _points_out(first, language)
    if (
        not points
        and nearest.share < SAID_OF_A_PREAMBLE
        and not there.kinship.may_stand(Side.OLD, paragraph.id)
        and Clause.of_act(first).tells(language)
        and all(there.body.repeated(act.object or act.text) < SPREAD for act in telling)
    ):
        line = as_line(text, language)
        yield _Lost(first, paragraph.id, (line, line), first.force + OF_A_PREAMBLE, nearest)


def _acts_gone(there: _NewText) -> Iterator[_Lost]:
    """The acts of the old operative part that went and are not repeated, or done in other words."""
    case = there.case
    layouts = {place.paragraph.id: (layout, place.paragraph) for layout in case.layouts for place in layout.old}
    for id_, acts in acts_by_paragraph(case.old).items():
        if id_ not in layouts:
            continue
        layout, paragraph = layouts[id_]
        if layout.new and layout.is_sure:
            yield from _of_acts(paragraph, [act for act in acts if _is_gone(act, layout)], HELD, there)
        elif layout.new or len(paragraph.text.split()) > BRIEF_OF_ONE:
            yield from _of_acts(paragraph, acts, HELD | REMINDING, there)
        else:
            found = [*_of_paragraph(paragraph, acts, there)]
            yield from found or _of_acts(paragraph, acts, HELD | REMINDING, there)


def _of_paragraph(paragraph: Paragraph, acts: list[Act], there: _NewText) -> Iterator[_Lost]:
    """A short paragraph that went, whole, where all it says is said nowhere, or most likely in one other paragraph."""
    asking = [act for act in acts if _can_be_told(act, HELD | REMINDING, there)]
    referring = find_any(there.language.provisions.referring, fold_same_length(acts[0].text)) and not acts[0].leads
    opens_list = any(len(act.parts) > 1 for act in acts)
    if not asking or referring or opens_list or _points_out(acts[0], there.language):
        return
    main = max(asking, key=_loses)
    whole = Clause.of(acts, main.family)
    line = as_line(paragraph.text, there.language)
    if not whole.tells(there.language):
        return
    if there.lacks(main, whole) and not any(
        there.likeliest(Clause.of_act(act)).probability >= SAID_IN_PART for act in asking
    ):
        yield _Lost(main, paragraph.id, (line, line), _loses(main), there.likeliest(whole).nearest)
    elif there.does_again(main, whole):
        quotes = (line, _quotes(line, there.language)[1])
        likely = there.likeliest(whole)
        yield _Lost(main, paragraph.id, quotes, _loses(main), likely.nearest, _how_close(likely))


def _of_acts(paragraph: Paragraph, acts: list[Act], families: Collection[Family], there: _NewText) -> Iterator[_Lost]:
    """Of these acts of a paragraph those that are not repeated, each by itself; where there is none, and a paragraph
    most likely does one of them in other words, the weightiest of what else may be missed, or of those."""
    asking = [act for act in acts if _can_be_told(act, families, there) and _tells_alone(act, there.language)]
    lost = [act for act in asking if there.lacks(act, Clause.of_act(act))]
    for act in lost:
        nearest = there.likeliest(Clause.of_act(act)).nearest
        yield _Lost(act, paragraph.id, _act_quotes(act, acts, paragraph, there), _loses(act), nearest)
    again = [] if lost else [act for act in asking if there.does_again(act, Clause.of_act(act))]
    if again:
        done = max(again, key=_loses)
        missed = max((act for act, _ in _missed(paragraph, acts, there)), key=_loses, default=None)
        likely = there.likeliest(Clause.of_act(done))
        loss = Loss.CLOSE if missed else _how_close(likely)
        act = missed or done
        yield _Lost(act, paragraph.id, _act_quotes(act, acts, paragraph, there), _loses(act), likely.nearest, loss)


def _tells_alone(act: Act, language: Language) -> bool:
    """Whether an act tells enough to be looked for, and points to nothing that stands before it."""
    refers = not act.leads and find_any(language.provisions.referring, fold_same_length(act.text))  # "à cette fin"
    return not _points_out(act, language) and not refers and Clause.of_act(act).tells(language)


def _how_close(likely: Likely) -> Loss:
    """What became of an act that a paragraph most likely does again."""
    return Loss.SAID if likely.probability >= SURELY else Loss.CLOSE


def _loses(act: Act) -> float:
    """How much is lost with an act: more with what binds, less with what approves."""
    return act.force + BINDING * (act.family in STANDING) + LIGHT * (act.family is Family.SUPPORT)


def _points_gone(there: _NewText) -> Iterator[_Lost]:
    """The points that went, from a list that stands or with it, and that no words of the new text repeat."""
    case, language = there.case, there.language
    layouts = case.layout_of[Side.OLD]
    texts = {paragraph.id: paragraph.text for paragraph in case.comparison.old.body}
    goes_on = any(act.effect in RUNNING for act in case.new.acts)
    for act in case.old.acts:
        opening = layouts.get(act.paragraph)
        if opening is None or act.family not in HELD or (goes_on and _may_run_on(act, language)):
            continue
        for id_ in dict.fromkeys(at.paragraph for at in act.passages[1:] if ".tail" not in at.paragraph):
            if id_ not in layouts or layouts[id_].new:
                continue
            likely = there.likeliest(Clause(id_, texts[id_], "", act.family))
            tells = told_by(short_stems(texts[id_]), language)
            if tells >= TELLING_OF_A_POINT and likely.probability < NOT_SAID:
                line = _under(act, as_line(texts[id_], language), there)
                yield _Lost(act, id_, (line, line), act.force + OF_A_POINT, likely.nearest)


def _may_run_on(act: Act, language: Language) -> bool:
    """Whether an act is a mandate, or began one: one that is extended keeps its terms, though none is named again."""
    return act.effect in (*RUNNING, Effect.CREATE) or gives_a_mandate(act, language)


def _unlinked(there: _NewText, told: Collection[str], loss: Loss) -> Iterator[_Lost]:
    """What the operative paragraphs and points that nothing is linked to, but those ``told``, asked or held, shortened
    to what weighs most: nobody knows whether its sense stands elsewhere. Nothing that was done or is renewed."""
    case, language = there.case, there.language
    acts = acts_by_paragraph(case.old)
    opening = {at.paragraph: act for act in case.old.acts for at in act.passages[1:]}
    goes_on = any(act.effect in RUNNING for act in case.new.acts)
    for paragraph in (each for each in case.removed if each.part is Part.OPERATIVE and each.id not in told):
        own = acts.get(paragraph.id) or ([opening[paragraph.id]] if paragraph.id in opening else [])
        missed = [
            (act, words)
            for act, words in _missed(paragraph, own, there)
            if act.effect not in RUNNING
            if act.paragraph != paragraph.id or _still_asks(act, there)
            if act.paragraph == paragraph.id or not (goes_on and _may_run_on(act, language))
        ]
        if missed:
            act, words = max(missed, key=lambda each: _loses(each[0]))
            opens = act.paragraph == paragraph.id
            if opens:
                before = LEFT_OUT if act is not own[0] else ""
                line = _as_part(f"{before}{act_quote(act, language, NAMED_BY)}", act, paragraph)
            else:
                line = _under(act, shortened(words, language, NAMED_BY_OF_A_POINT), there)
            yield _Lost(act, paragraph.id, (line, line), _loses(act), NOWHERE, loss)


def _missed(paragraph: Paragraph, acts: Sequence[Act], there: _NewText) -> list[tuple[Act, str]]:
    """Those of the acts of a paragraph that nothing is surely linked to, or that of whose list it is a point, of which
    less tells that they are said elsewhere than that they are not, and the words of each."""
    language = there.language
    found = []
    for act in acts if paragraph.id in there.loose else ():
        opens = act.paragraph == paragraph.id
        words = act.text if opens else paragraph.text
        clause = Clause.of_act(act) if opens else Clause(paragraph.id, words, "", act.family)
        if (
            act.family in HELD
            and clause.tells(language)
            and not find_any(language.provisions.formal, fold_same_length(words))
            and not (opens and (_points_out(act, language) or there.asks_less(act)))
            and there.likeliest(clause).probability < SAID
        ):
            found.append((act, words))
    return found


# ---- what can be told -----------------------------------------------------------------------------------------------


def _act_quotes(act: Act, acts: Sequence[Act], paragraph: Paragraph, there: _NewText) -> tuple[str, str]:
    """An act of those of a paragraph, long and brief, behind the verbs that leave to it what they ask, or, where it
    points to something before it ("pour que ces actes"), behind the opening of the paragraph that went too."""
    language, first = there.language, acts[0]
    shared = left_to(act, acts, paragraph)
    quotes = _quotes(act.text, language, needed_of(act, act.text, language))
    points = act is not first and find_any(language.provisions.anaphoric, fold_same_length(quotes[1]))
    if points and not shared and there.lacks(first, Clause.of_act(first)):
        shared = f"{act_quote(first, language, OPENING).removesuffix(CUT)}{CUT}"
    before = f"{shared} " if shared else LEFT_OUT if act is not first else ""
    long, brief = (_as_part(f"{before}{quote}", act, paragraph) for quote in quotes)
    return long, brief


def _under(act: Act, point: str, there: _NewText) -> str:
    """A point behind the beginning of the act that opens its list, which says who is to do that; alone where that
    stands in the new text, and did not go."""
    if act.paragraph not in there.loose:
        return point if point[:1].isupper() else f"{LEFT_OUT}{point}"
    opening = as_line(act.text.partition("\n")[0], there.language)
    return f"{shorten(opening, there.language, OPENING_OF_A_LIST).removesuffix(CUT)}{CUT} {point}"


def _as_part(quote: str, act: Act, paragraph: Paragraph) -> str:
    """The quotation of an act, cut where its paragraph goes on behind it."""
    return cut_before(paragraph.text[act.passages[0].end :], quote)


def _quotes(text: str, language: Language, needed: int = 0) -> tuple[str, str]:
    line = as_line(text, language)
    long, brief = (shorten(line, language, most, needed=needed) for most in (LONG, BRIEF))
    return long, brief


def _can_be_told(act: Act, families: Collection[Family], there: _NewText) -> bool:
    """Whether an act of those families still asks something that a text beside the new one does not go on to ask: one
    without force ("Agissant en vertu du Chapitre VII") only opens what follows it."""
    return act.force > 0 and _still_asks(act, there, families) and not (there.is_beside and _stands(act))


def _is_gone(act: Act, layout: ChangeLayout) -> bool:
    """Whether the words of an act went: with their paragraph, or nearly all of them from one that stands."""
    if not layout.new:
        return True
    at = act.passages[0]
    span = layout.span(Side.OLD, at.paragraph, at.start, at.end)
    sites = layout.touched(Side.OLD, span)
    went = sum(min(site.old.end, span.end) - max(site.old.start, span.start) for site in sites)
    return went >= WENT * (span.end - span.start)


def _still_asks(act: Act, there: _NewText, families: Collection[Family] = HELD) -> bool:
    """Whether an act of those ``families`` says something that no report and no end of a period settles: what is noted
    or welcomed is said once, and so is what a decision does at once."""
    language, adopted = there.language, there.case.comparison.new.adopted
    if not act.paragraph.startswith("op") or act.paragraph.endswith("tail") or len(act.parts) > 1 or not act.object:
        return False
    if act.family is Family.DECIDE and act.effect is Effect.RENEW:
        return not _still_runs(act, adopted)
    asks_nobody = act.family is Family.REQUEST and not (act.addressee or act.leads)
    is_over = act.deadlines and (act.family is Family.DECIDE or _is_past(act, adopted))
    if act.effect in DONE or act.family not in families or asks_nobody or is_over:
        return False
    flat = fold_same_length(act.text)
    if act.family in DEPLORING and re.search(date_pattern(language), flat):
        return False  # what happened is over
    if gives_a_mandate(act, language):
        return False
    return not (find_any(language.provisions.formal, flat) or find_any(language.conditions.reports, flat))


def _is_past(act: Act, adopted: str) -> bool:
    """Whether all that an act sets a date for was due before that day."""
    return all(time.unit is Unit.DATE and str(time.value) <= adopted for time in act.deadlines)


def _still_runs(act: Act, adopted: str) -> bool:
    """Whether a mandate lasts beyond that day: it needs no renewal yet."""
    return any(t.unit is Unit.DATE and t.timing in LASTING and str(t.value) > adopted for t in act.deadlines)


def _points_out(act: Act, language: Language) -> bool:
    """Whether an act points to something before it: at its beginning, or by what it asks ("d’entendre cet appel"); a
    short one anywhere. Who is asked, or who speaks, is no such thing: "Exige des rebelles qu’ils libèrent"."""
    flat = fold_same_length(act.text)
    asked = flat[: len(act.head) + len(act.addressee) + ASKED]
    start, reach = act.passages[0].start, reach_of(act, needed_of(act, act.text, language))
    if any(at.paragraph == act.paragraph and at.start - start < reach for at in act.anaphora):
        return True
    who = fold_same_length(without_article(act.addressee, language))
    named = flat.find(who) + len(who) if who else len(act.head)
    rows = language.excerpts
    known = pattern((rows.who if who else rows.organ).pattern).match(asked, named)
    rest = f"{asked[:named]} {asked[known.end() :]}" if known else asked
    return find_any(language.provisions.pointing, rest) is not None
