"""What the old text did that the new one does not say again: acts, whole paragraphs, points of a list.

That words are not repeated ends nothing: what is told here is that they are not, never that an obligation went. An act
is told where no paragraph of the new text says much of it, rare words counting more; and where one comes close to it,
or may be linked to it, with that paragraph, for whoever reads both to judge.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from resdiff.judgement.case import (
    NOWHERE,
    Case,
    ChangeLayout,
    ParagraphIndex,
    Said,
    acts_by_paragraph,
    content_stems,
    holds_one_of,
    is_upheld,
    referred_to,
    shorter,
    stems_by_paragraph,
    takes_the_place,
    told_by,
    weighty_alone,
)
from resdiff.judgement.quoting import as_line, needed_of, reach_of, shorten, without_article
from resdiff.language import Language, find_any, pattern
from resdiff.language.dates import LASTING, Unit, date_pattern
from resdiff.language.fold import fold_same_length
from resdiff.model import Nearest, Paragraph, Provision, Side
from resdiff.recognition.citations import key_of_symbol
from resdiff.recognition.survey import HERE, RUNNING, Act, Effect, Family

__all__ = ["judge_losses"]

WENT = 0.85  # share of the characters of an act that went, for it to be gone from a paragraph that stands
MUCH_OF_IT = 0.4  # share of all stems of an act that one paragraph has, for it to be taken up there
MOST_OF_IT = 0.4  # share of what a renewal bears on in a decision of the new text, for it to renew the same
RARE = 2  # paragraphs of the old text that have a rare stem …
FEWEST_RARE = 3  # … so many of which tell a request from the others …
TAKEN_UP, TOGETHER = 0.45, 0.28  # … more of them in the new text, or in one paragraph, may make it in other words
GONE = 0.26  # share of what an act tells that one paragraph of the new text says, below which it is said nowhere …
GONE_OF_FEW = 0.2  # … one of few words, or of the preamble …
GONE_OF_A_DEMAND = 0.3  # … one that demands: that it is not told does more harm
CLOSE, CLOSE_OF_A_PARTNER = 0.32, 0.15  # how much of it one paragraph says, word after word, to be pointed to …
CLOSE_OF_A_PREAMBLE = 0.4  # … by one of the preamble: of 90 labelled acts 22 of 24 pointers are right, else 23 of 26
LIKELY = 0.08  # … or the probability of a link to it: of 21 labelled acts 17 pointers are right, 3 acts are gone
FAR_OFF = 0.1  # … and below which nothing of a paragraph is said anywhere
WEAKER = 1.5  # steps of its force that an act loses by a doubtful link, for what it asked to be told as lost
NEARER = 40.0  # what it loses of its weight, times that share: what is said nowhere is told first
UNLIKE = 0.42  # … and below which it may be told if nothing else speaks against it
SPREAD = 0.38  # share of the pairs of words of an act that stand side by side in the new text, for it to be said there
FAR = 6  # halvings of a name that tells of few texts
LESS = 0.75  # share of what a new act asks that an old one asked with the same verb, for it to ask less of the same
TELLING, TELLING_MUCH = 16, 30  # what the words of an act tell at least, for that to be asked; what those of a long one
TELLING_OF_A_POINT = 10
IN_PART = 0.67  # share of the stems of a clause that one paragraph has, for it to say that clause
SHARED = 2  # stems of what an act bears on that another one with the same verb has, for it to ask the same
NAMING = frozenset({Family.RECALL, Family.NOTE, Family.CONSIDER})  # what holds nothing and asks for nothing
STANDING = frozenset({Family.DECIDE, Family.DEMAND, Family.REQUEST})  # what binds, until it is ended or done …
DEPLORING = frozenset({Family.CONCERN, Family.CONDEMN})
STATING = frozenset({Family.AFFIRM, Family.STRESS})  # … what is stated in one way or another …
REMINDING = frozenset({Family.RECALL, Family.CONSIDER})  # … what a whole operative paragraph recalls …
LEANING = DEPLORING | STATING  # … what is held …
HELD = STANDING | LEANING | {Family.ENCOURAGE, Family.INTEND, Family.SUPPORT}  # … and what is wished
DONE = frozenset({Effect.END, Effect.CREATE, Effect.AMEND, Effect.REPLACE})
"""What a decision does once: that a later text does not repeat it says nothing."""
BINDING, LIGHT = 2.0, -2.0  # what is lost with what binds, and with what approves
OF_A_FORMULA = 24.0  # … with a formula on which the nature of the text rests
OF_A_PREAMBLE, OF_A_POINT = -12.0, -2.0
LONG, BRIEF, BRIEF_OF_ONE = 150, 90, 130  # words of a quotation, of a brief one, of a paragraph quoted whole
ASKED = 24  # characters behind who is asked in which a pronoun stands for what ("de les examiner")
RE_NAME = re.compile(r"(?<=[\w,’'] )[A-ZÀ-ÖØ-Þ][\w-]{3,}")


def judge_losses(case: Case) -> tuple[Provision, ...]:
    """What the old text did that no words of the new one repeat, the weightiest first; behind that what a paragraph of
    the new text may do in other words, or with less force.

    Of a text that the new one upholds as a whole nothing is told, of one that stands beside the new one no decision:
    it stands. A report that was due is made, a welcome is said: those are not told.
    """
    if case.comparison.new.is_torn or is_upheld(case):
        return ()
    there = _NewText(case)
    lost = [*_gone_from_preamble(there), *_not_repeated(there), *_points_gone(there)]
    lost += _paragraphs_gone(there, {each.paragraph for each in lost})
    standing = referred_to(case)
    told = [each for each in lost if each.act.paragraph not in standing and not (there.is_beside and _stands(each.act))]
    told.sort(key=lambda each: (each.close, NEARER * each.nearest.share * (not each.close) - each.rank))
    return tuple(
        Provision(
            Side.OLD,
            (each.paragraph,),
            *each.quotes,
            each.act.addressee,
            each.rank,
            each.nearest,
            there.is_beside,
            each.close,
        )
        for each in told
    )


class _Lost(Struct, frozen=True):
    """An act that is not repeated, or a point of it: where it stands, its quotations, its weight, what comes nearest,
    and whether that comes so ``close`` that it may say the same in other words."""

    act: Act
    paragraph: str
    quotes: tuple[str, str]
    rank: float
    nearest: Nearest
    close: bool = False


def _stands(act: Act) -> bool:
    """Whether an act is a decision, which stands beside a text that does not take its place."""
    return act.family is Family.DECIDE and act.effect is Effect.NONE


def _cited(act: Act) -> set[str]:
    """The numbers of the other resolutions to which an act refers."""
    return {reference.number for reference in act.references} - {"", HERE}


# ---- what the new text says -----------------------------------------------------------------------------------------


class _NewText:
    """The new text, asked of each act that went whether it says that, and where."""

    def __init__(self, case: Case) -> None:
        self.case, self.language = case, case.language
        self.is_beside = not takes_the_place(case)
        self.said = Said(((p.id, p.text) for p in case.comparison.new.paragraphs), case.language)
        self.citing: dict[str, set[str]] = {}
        for act in case.new.acts:
            if act.paragraph.startswith("op"):
                for reference in act.references:
                    self.citing.setdefault(reference.number, set()).add(act.paragraph)

        self._nearest: dict[Act, Nearest] = {}

    def nearest(self, act: Act) -> Nearest:
        """The paragraph that says most of an act; looked for when it is asked: most acts are there to the letter."""
        if act not in self._nearest:
            self._nearest[act] = self._where(act).nearest(act.object or act.text, without=act.addressee)
        return self._nearest[act]

    def _where(self, act: Act) -> Said:
        return self.said if act.paragraph.startswith("pp") else self.done

    @cached_property
    def done(self) -> Said:
        """What it says but for what its preamble only names: that repeats nothing of an operative part."""
        named = {
            id_
            for id_, acts in acts_by_paragraph(self.case.new).items()
            if id_.startswith("pp") and all(act.family in NAMING for act in acts)
        }
        return Said(((p.id, p.text) for p in self.case.comparison.new.paragraphs if p.id not in named), self.language)

    @cached_property
    def body(self) -> Said:
        """What its preamble and its operative part say: what went is pointed to no title and no annex."""
        paragraphs = ((p.id, p.text) for p in self.case.comparison.new.body if p.id.startswith(("pp", "op")))
        return Said(paragraphs, self.language)

    @cached_property
    def index(self) -> ParagraphIndex:
        """The beginnings of the words of each of its paragraphs."""
        stems = stems_by_paragraph(self.case.comparison.new)
        return ParagraphIndex({id_: shorter(each) for id_, each in stems.items()})

    @cached_property
    def likely(self) -> dict[str, str]:
        """For each old operative paragraph that no link joins the one to which a link too doubtful to be drawn leads;
        what a renewal leads to only where that cites its resolution."""
        acts = acts_by_paragraph(self.case.old)
        found: dict[str, str] = {}
        for link in (change.link for change in self.case.comparison.changes if not change.link.new):
            rival = max(link.reason.rivals, key=lambda each: each.score, default=None)
            if rival is None or rival.score < LIKELY or link.old != (rival.old,) or not rival.old.startswith("op"):
                continue
            if all(self.may_do_again(act, rival.new) for act in acts.get(rival.old, ())):
                found[rival.old] = rival.new
        return found

    def may_do_again(self, act: Act, paragraph: str) -> bool:
        """Whether a paragraph may do again what an act did: no title and no annex does, nor what does not cite the
        resolution that is renewed, since all that is renewed "demeure en vigueur pour la période"."""
        cites = any(paragraph in self.citing.get(number, ()) for number in _cited(act))
        return paragraph.startswith(("pp", "op")) and (cites or act.effect is not Effect.RENEW)

    def is_close(self, nearest: Nearest, act: Act, least: float = CLOSE) -> bool:
        """Whether a paragraph says so much of an act, word after word, that it may do the same in other words:
        ``least`` of it, more in a preamble."""
        in_preamble = nearest.paragraph.startswith("pp")
        least = max(least, CLOSE_OF_A_PREAMBLE) if in_preamble else least
        return nearest.share >= least and self.may_do_again(act, nearest.paragraph)

    def likely_to_say(self, paragraph: str, clause: str, asked: str = "") -> Nearest | None:
        """The paragraph to which a doubtful link leads from an old one, and what share it says of a clause of that."""
        found = self.likely.get(paragraph)
        return self.said.by(found, clause, without=asked) if found else None

    def says_in_part(self, act: Act) -> bool:
        """Whether it says an act here and there, or the paragraph that comes nearest is the one that refers to a
        resolution to which the act refers, or to the old text."""
        if self._where(act).repeated(act.object or act.text) >= SPREAD:
            return True
        own = key_of_symbol(self.case.comparison.old.symbol).removeprefix("resolution:").partition("(")[0]
        return any(self.citing.get(number) == {self.nearest(act).paragraph} for number in {own, *_cited(act)} - {""})

    def lacks_a_name(self, act: Act) -> bool:
        """Whether an act bears on somebody or something whose name stands nowhere; of a scan no name is sure."""
        if self.case.is_scanned:
            return False
        names = shorter(content_stems(" ".join(RE_NAME.findall(act.object)))) - shorter(content_stems(act.addressee))
        return any(told_by([n], self.language) >= FAR and not self.done.has(n) for n in names if n.isalpha())

    def asks_less(self, act: Act) -> bool:
        """Whether an act of it asks less of the same with the same verb: "de coopérer avec le Groupe"."""
        stems = shorter(content_stems(act.object))
        for other in self.case.new.acts:
            if act.action and other.action == act.action:
                less = shorter(content_stems(other.object)) - shorter(content_stems(other.addressee))
                whole = told_by(less, self.language)
                if whole and told_by(less & stems, self.language) >= LESS * whole:
                    return True
        return False

    def may_renew(self, act: Act) -> bool:
        """Whether it may renew a mandate in other words: it renews some, or decides on most of what that bears on."""
        decisions = {
            d.paragraph: shorter(content_stems(d.object)) for d in self.case.new.acts if d.family is Family.DECIDE
        }
        nearest = ParagraphIndex(decisions).nearest(shorter(content_stems(act.object)))
        return nearest.share > MOST_OF_IT or any(act.effect in RUNNING for act in self.case.new.acts)

    def may_take_up(self, act: Act, rare: frozenset[str]) -> bool:
        """Whether it may do an act in other words: where it has many of the words that tell the act from others
        (``rare``), all in all or in one paragraph, or asks something with the same verb and a word or two of its
        object, or holds something in the same family."""
        rare, stems = shorter(rare), shorter(content_stems(act.object))
        known = sum(stem in self.index.places for stem in rare)
        if len(rare) < FEWEST_RARE or known > TAKEN_UP * len(rare):
            return True
        if self.index.nearest(rare).share > TOGETHER or self.index.nearest(stems).share > MUCH_OF_IT:
            return True
        acts = self.case.new.acts
        alike = (other.object for other in acts if act.action and other.action == act.action)
        if any(len(shorter(content_stems(words)) & stems) >= SHARED for words in alike):
            return True
        held = (other.text for other in acts if other.family is act.family and act.family in LEANING)
        if any(len(shorter(content_stems(words)) & stems) >= FEWEST_RARE for words in held):
            return True
        clauses = pattern(self.language.excerpts.parted.pattern).split(act.object)
        return any(self._says(clause, act) for clause in clauses)

    def _says(self, clause: str, act: Act) -> bool:
        """Whether a paragraph has much of a clause of an act, beside the one it asks."""
        stems = shorter(content_stems(clause) - content_stems(act.addressee))
        least = IN_PART if len(stems) >= FEWEST_RARE else 1.0
        return len(stems) >= SHARED and self.index.nearest(stems).share >= least


# ---- what went ------------------------------------------------------------------------------------------------------


def _gone_from_preamble(there: _NewText) -> Iterator[_Lost]:
    """What the old preamble said that the new text does not: the formulas on which its nature rests; and of a text
    whose place the new one takes what it held or asked, whole paragraphs that no words of the new text repeat."""
    case, language, weighty = there.case, there.language, weighty_alone(there.case, Side.OLD)
    removed = {place.paragraph.id: place.paragraph for layout in case.layouts if not layout.new for place in layout.old}
    acts = {id_: found for id_, found in acts_by_paragraph(case.old).items() if id_.startswith("pp") and id_ in removed}
    for id_, found in acts.items():
        if weighs := next((act for act in found if holds_one_of(act, weighty, language)), None):
            yield _Lost(weighs, id_, _quotes(weighs.text, language), OF_A_FORMULA, NOWHERE)
            continue
        text, first = removed[id_].text, found[0]
        if first.family not in LEANING | STANDING | {Family.ENCOURAGE} or len(text.split()) > BRIEF:
            continue
        telling = [act for act in found if _tells(act, language)] or found[:1]
        nearest = max(map(there.nearest, telling), key=lambda near: near.share)
        points = find_any(language.provisions.referring, fold_same_length(text)) or _points_out(first, language)
        if (
            not points
            and nearest.share < GONE_OF_FEW
            and _tells(first, language)
            and takes_the_place(case)
            and not any(map(there.says_in_part, telling))
        ):
            line = as_line(text, language)
            yield _Lost(first, id_, (line, line), first.force + OF_A_PREAMBLE, nearest)


def _not_repeated(there: _NewText) -> Iterator[_Lost]:
    """The acts of the old operative part that are not repeated, paragraph by paragraph; of a text that stands beside
    the new one no decision."""
    case, language = there.case, there.language
    often = Counter(stem for stems in stems_by_paragraph(case.comparison.old).values() for stem in stems)
    layouts = {place.paragraph.id: (layout, place.paragraph) for layout in case.layouts for place in layout.old}
    for id_, acts in acts_by_paragraph(case.old).items():
        layout, paragraph = layouts.get(id_, (None, None))
        if layout is None or paragraph is None:
            continue
        lost = [act for act in acts if _is_gone(act, layout) and _is_lost(act, often, there)]
        others = [act for act in acts if act not in lost]
        if (
            lost
            and not layout.new
            and len(paragraph.text.split()) <= BRIEF_OF_ONE
            and not any(there.nearest(act).share >= GONE and not _points_out(act, language) for act in others)
        ):
            line = as_line(paragraph.text, language)
            yield _lost(max(lost, key=_loses), id_, (line, line), there)
            continue
        for act in lost:  # of one that opens with "à cette fin" nobody knows which
            if act.leads or not find_any(language.provisions.referring, fold_same_length(act.text)):
                yield _lost(act, id_, _quotes(act.text, language, needed_of(act, act.text, language)), there)


def _is_lost(act: Act, often: Counter[str], there: _NewText) -> bool:
    """Whether an act that went can be told by itself and is not done again; ``often`` are the paragraphs of the old
    text that have each stem."""
    if not _still_asks(act, there) or _points_out(act, there.language) or (there.is_beside and _stands(act)):
        return False
    share = there.nearest(act).share
    if there.says_in_part(act):
        return False
    if act.effect is Effect.RENEW:
        return not there.may_renew(act)
    if act.family in STANDING and share < UNLIKE and there.lacks_a_name(act):
        return True
    if _is_nowhere(act, share, there.language):
        return not there.asks_less(act)
    rare = frozenset(stem for stem in content_stems(act.object or act.text) if often[stem] <= RARE)
    return share < UNLIKE and not there.may_take_up(act, rare)


def _lost(act: Act, paragraph: str, quotes: tuple[str, str], there: _NewText) -> _Lost:
    """The act with the paragraph that comes close to it, or to which a doubtful link leads."""
    clause = act.object or act.text
    nearest = there.body.closest(clause, without=act.addressee)
    if likely := there.likely_to_say(paragraph, clause, act.addressee):
        return _Lost(act, paragraph, quotes, _loses(act), likely, close=True)
    is_close = _tells(act, there.language) and there.is_close(nearest, act)
    return _Lost(act, paragraph, quotes, _loses(act), nearest if is_close else there.nearest(act), is_close)


def _loses(act: Act) -> float:
    """How much is lost with an act: more with what binds, less with what approves."""
    return act.force + BINDING * (act.family in STANDING) + LIGHT * (act.family is Family.SUPPORT)


def _points_gone(there: _NewText) -> Iterator[_Lost]:
    """The points that went from a list that stands, and that no words of the new text repeat."""
    case, language = there.case, there.language
    layouts = {place.paragraph.id: layout for layout in case.layouts for place in layout.old}
    texts = {paragraph.id: paragraph.text for paragraph in case.comparison.old.body}
    lists = {act.paragraph for act in case.new.acts if len(act.parts) > 1}
    for act in case.old.acts:
        opening = layouts.get(act.paragraph)
        if opening is None or lists.isdisjoint(place.paragraph.id for place in opening.new):
            continue
        for id_ in dict.fromkeys(at.paragraph for at in act.passages[1:] if ".tail" not in at.paragraph):
            if id_ not in layouts or layouts[id_].new:
                continue
            line, nearest = as_line(texts[id_], language), there.said.nearest(texts[id_])
            tells = told_by(shorter(content_stems(texts[id_])), language)
            if tells >= TELLING_OF_A_POINT and nearest.share < GONE_OF_FEW:
                likely = there.likely_to_say(id_, texts[id_])
                yield _Lost(act, id_, (line, line), act.force + OF_A_POINT, likely or nearest, likely is not None)


class _Alone(Struct, frozen=True):
    """An old operative paragraph without a sure partner: its acts that are told together, the one that weighs most, the
    paragraphs to which a doubtful link leads, and whether that act ``became`` one of them."""

    paragraph: Paragraph
    told: list[Act]
    main: Act
    partners: frozenset[str]
    became: bool


def _paragraphs_gone(there: _NewText, told: Collection[str]) -> Iterator[_Lost]:
    """The operative paragraphs without a sure partner that are not ``told``: those of which no paragraph of the new
    text says anything, and those to which one comes close or is likely to be linked, or that became much weaker.

    Of what is but stated or recalled no paragraph is pointed to by its words: too many state something in those.
    """
    language = there.language
    for each in _alone(there):
        if each.paragraph.id in told:
            continue
        main, (clause, asked) = each.main, _clause(each.told)
        nearest = there.body.closest(clause, without=asked)
        is_partner = each.became and nearest.paragraph in each.partners
        least = CLOSE_OF_A_PARTNER if is_partner else CLOSE
        is_close = main.family not in STATING | REMINDING and there.is_close(nearest, main, least)
        is_far = not each.partners and nearest.share < FAR_OFF and not there.asks_less(main)
        likely = there.likely_to_say(each.paragraph.id, clause, asked)
        tells = told_by(shorter(content_stems(clause) - content_stems(asked)), language) >= TELLING
        if tells and (is_far or is_close or likely):
            line, needed = as_line(each.paragraph.text, language), needed_of(main, main.text, language)
            quotes = _quotes(main.text, language, needed) if _is_cut(each.paragraph, each.partners) else (line, line)
            near, is_close = (likely, True) if likely else (nearest, is_close)
            yield _Lost(main, each.paragraph.id, quotes, _loses(main), near, is_close)


def _alone(there: _NewText) -> Iterator[_Alone]:
    """The old operative paragraphs without a sure partner that still ask something by themselves; of a short one that
    went all acts are told, of others the one that weighs most."""
    case, language = there.case, there.language
    became = {was: now for couples in case.couples for was, now in couples if was and now}
    acts = acts_by_paragraph(case.old)

    def is_lost(act: Act, opening: Act) -> bool:
        if act in became and became[act].force > act.force - WEAKER:
            return False
        points = find_any(language.provisions.referring, fold_same_length(opening.text))
        return not (points or _points_out(opening, language)) and _still_asks(act, there, HELD | REMINDING)

    for layout in case.layouts:
        if layout.new and layout.is_sure:
            continue
        partners = frozenset(place.paragraph.id for place in layout.new)
        for paragraph in (place.paragraph for place in layout.old):
            done, is_cut = acts.get(paragraph.id, []), _is_cut(paragraph, partners)
            lost = [act for act in done if is_lost(act, act if is_cut else done[0])]
            if lost:
                main = max(lost, key=_loses)
                yield _Alone(paragraph, [main] if is_cut else done, main, partners, main in became)


def _is_cut(paragraph: Paragraph, partners: Collection[str]) -> bool:
    """Whether of a paragraph one act is told: it is long, or something of it may stand by a doubtful link."""
    return bool(partners) or len(paragraph.text.split()) > BRIEF


def _clause(acts: Iterable[Act]) -> tuple[str, str]:
    """What those acts say together, and who is asked."""
    clauses, asked = zip(*((act.object or act.text, act.addressee) for act in acts), strict=True)
    return " ".join(clauses), " ".join(asked)


# ---- what can be told -----------------------------------------------------------------------------------------------


def _quotes(text: str, language: Language, needed: int = 0) -> tuple[str, str]:
    line = as_line(text, language)
    long, brief = (shorten(line, language, most, needed=needed) for most in (LONG, BRIEF))
    return long, brief


def _telling(act: Act, language: Language) -> int:
    """How much the words of an act tell it from others: "redoubler d’efforts" hardly at all."""
    return told_by(shorter(content_stems(act.object or act.text) - content_stems(act.addressee)), language)


def _tells(act: Act, language: Language) -> bool:
    """Whether an act has words enough that tell it from others."""
    return _telling(act, language) >= TELLING


def _is_nowhere(act: Act, share: float, language: Language) -> bool:
    """Whether no paragraph says much (``share``) of an act that has words enough; of a short one a word or two may be
    all."""
    telling = _telling(act, language)
    least = GONE if telling >= TELLING_MUCH else GONE_OF_FEW
    return telling >= TELLING and share < (GONE_OF_A_DEMAND if act.family is Family.DEMAND else least)


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
    if act.family is Family.DECIDE and find_any(language.provisions.mandates, flat):
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
    who = fold_same_length(without_article(act.addressee))
    named = flat.find(who) + len(who) if who else len(act.head)
    rows = language.excerpts
    known = pattern((rows.who if who else rows.organ).pattern).match(asked, named)
    rest = f"{asked[:named]} {asked[known.end() :]}" if known else asked
    return find_any(language.provisions.pointing, rest) is not None
