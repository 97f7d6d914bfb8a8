"""What the text does: the acts of added and changed operative paragraphs in their own words, the weightiest first.

Nothing is called new here: a text may ask in other words what an earlier one asked. An act is told when words of it
came and say something that no old paragraph says; it is quoted, cut where a phrase ends, with what came and what limits
it. The tables are ``data/fr/provisions.toml``.

``judge_main_acts`` flags what each added and each removed paragraph does; one that the new text renews is not gone.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import reduce
from math import fsum, inf
from operator import or_

from msgspec import Struct
from msgspec.structs import replace

from resdiff.judgement.case import (
    Case,
    ChangeLayout,
    Flagged,
    Places,
    Said,
    content_stems,
    is_upheld,
    meanings,
    referred_to,
    shorter,
    stands_as_a_whole,
    takes_the_place,
    told_by,
)
from resdiff.judgement.quoting import CUT, act_quote, as_line, needed_of, point_quote, shorten
from resdiff.language import Language, find_any, may_hold, pattern
from resdiff.language.dates import Timing, Unit, date_pattern
from resdiff.language.fold import fold_same_length
from resdiff.model import Evidence, Flag, FlagCode, Kind, Nearest, Paragraph, Part, Provision, Resolution, Side, Weight
from resdiff.recognition.citations import key_of_symbol
from resdiff.recognition.survey import HERE, Act, Effect, Family, Passage, Survey

__all__ = ["judge_main_acts", "judge_provisions", "main_act"]

FEWEST = 4  # stems that must have come for a changed act to be told: fewer are told by the remark …
FEWEST_OF_A_REQUEST = 2  # … and of a decision or request, of which every word counts
FEWEST_NEWS = 11.0  # what the words tell that came in a paragraph that stands and decides nothing: two rare ones
CARRIED = 0.75  # share of the stems of a passage that one old paragraph has, for it to be the same in other words
A_TIME = 5.0  # what a time counts among the words that came
KNOWN = 0.3  # what a stem that came here counts when the old text has it elsewhere
MOST, IN_ONE_PARAGRAPH = 20, 2  # acts that are told
WENT = 0.85  # share of the characters of an act that went, for it to be gone from a paragraph that stands
AS_A_WHOLE = 0.4  # share of all stems of an act that one paragraph has, for it to be taken up there
MOST_OF_IT = 0.4  # share of what a renewal bears on in a decision of the new text, for it to renew the same
RARE = 2  # paragraphs of the old text that have a rare stem …
FEWEST_RARE = 3  # … so many of which tell a request from the others …
TAKEN_UP, TOGETHER = 0.45, 0.28  # … more of them in the new text, or in one paragraph, may make it in other words
GONE = 0.26  # share of what an act tells that one paragraph of the new text says, below which it is said nowhere …
GONE_OF_FEW = 0.2  # … one of few words, or of the preamble …
GONE_OF_A_DEMAND = 0.3  # … one that demands: that it is not told does more harm
CLOSE_OF_A_PREAMBLE = 0.4  # … by one of the preamble: of 90 labelled acts 22 of 24 pointers are right, else 23 of 26
LIKELY = 0.08  # … or the probability of a link to it: of 21 labelled acts 17 pointers are right, 3 acts are gone
CLOSE, CLOSE_OF_A_PARTNER = 0.32, 0.15  # how much of it one paragraph says, word after word, to be pointed to …
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

# ---- what an act weighs ---------------------------------------------------------------------------------------------
FORCE = 2.0  # for each step of its force
FAMILY = {Family.DECIDE: 8.0, Family.DEMAND: 6.0, Family.INTEND: 4.0, Family.CONDEMN: 2.0, Family.CONCERN: 2.0}
FAMILY |= dict.fromkeys((Family.NOTE, Family.WELCOME, Family.SUPPORT, Family.RECALL), -6.0)
MILD = 2.5  # force up to which a note or a welcome counts for less
EFFECT = 15.0  # it renews, amends or ends earlier provisions, or creates a body
TIMED, FIGURE, THREATENING = 8.0, 4.0, 12.0
WEIGHTY = 24.0  # a formula on which the nature of the text rests
ADDED = 6.0  # its whole paragraph was added
UNTOUCHED = -15.0  # a renewal or decision in words that stayed
MINOR, LITTLE = -8.0, 2.5  # what a changed act loses of which less came
POINTING = -8.0  # it points to something said before it
PREAMBULAR = -12.0  # it only says why
REPEATING = -6.0  # … times the share of its words that one old paragraph has
MOST_COUNTED = 12  # stems that came, of which each adds one
EFFECTS = (Effect.RENEW, Effect.EXTEND, Effect.AMEND, Effect.REPLACE, Effect.END, Effect.CREATE)
TOLD_AS_THEY_ARE = (Effect.RENEW, Effect.EXTEND)
"""What is told though its words stayed: a mandate that goes on is news …"""
ENDS = (Timing.UNTIL, Timing.DURING)
"""… and so is a decision that has an end."""
DONE = frozenset({Effect.END, Effect.CREATE, Effect.AMEND, Effect.REPLACE})
"""What a decision does once: that a later text does not repeat it says nothing."""
NOWHERE = Nearest("", 0.0)
RE_NAME = re.compile(r"(?<=[\w,’'] )[A-ZÀ-ÖØ-Þ][\w-]{3,}")
RE_FIGURE = re.compile(r"\d(?<!\w\d)(?:\d{0,2}(?:[ \u00a0\u202f]\d{3})+\b|\d{2,}\b(?! ?\())")

# ---- how much is quoted, in words -----------------------------------------------------------------------------------
BRIEF_LOSS = 90  # of what is not repeated
LONG, BRIEF = 150, 130  # most acts are whole: a cut is what misleads most
CHAPEAU = 110  # of the chapeau before its points …
A_POINT, POINTS = 60, 150  # … of each point, and of all together …
LEAST_OF_A_POINT = 18  # … and of each of many, for what they do to be seen: a point that is left out misleads most
CONTEXT = 24  # of the act before, where an act points to it …
POINTED = 60  # … in so many of its first characters, or up to its verb
ASKED = 24  # characters behind who is asked in which a pronoun stands for what ("de les examiner")
SHORT_ACT = 25  # words of an act that is nothing without what it points to


def judge_provisions(case: Case) -> tuple[Provision, ...]:
    """What the changed operative paragraphs do, the weightiest first, then the requests that are made no more.

    Each is quoted to the letter; of very many the lightest are left out.
    """
    return (*_made(case), *_dropped(case))


# ---- what is done ---------------------------------------------------------------------------------------------------


class _Unit(Struct, frozen=True):
    """A passage of an act in one paragraph: the stems that came in it with what each counts, the old paragraph, none of
    its partners, that says most of it, and whether it is ``anew``: it has a time that its partners have not, or decides
    what they did not. A session is the next one, and told in the calendar."""

    act: Act
    paragraph: Paragraph
    start: int
    stop: int
    layout: ChangeLayout
    came: Mapping[str, float]
    nearest: Nearest
    anew: bool

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start : self.stop]

    @property
    def opens(self) -> bool:
        """Whether the verb of the act stands in it."""
        return self.paragraph.id == self.act.paragraph


class _Told(Struct, frozen=True):
    """An act that is told: its passages, those that say something new, the acts before it, what it weighs."""

    units: list[_Unit]
    told: list[_Unit]
    before: tuple[Act, ...]
    rank: float


def _made(case: Case) -> list[Provision]:
    language = case.language
    before: tuple[Act, ...] = ()
    found: list[_Told] = []
    weighty = _weighty(case, Side.NEW)
    for act, units in _acts(case):
        weighs = _weighs(act, weighty, language)
        told = [u for u in units if _is_told(u, language) and _is_read(u.paragraph)] or units[: int(weighs)]
        before = tuple(other for other in before if other.paragraph == act.paragraph)
        if (
            told
            and not find_any(language.provisions.formal, fold_same_length(units[0].text))
            and not _is_received(act, language)
        ):
            found.append(_Told(units, told, before, _rank(act, told, language) + WEIGHTY * weighs))
        before = (*before, act)
    weightiest = _weightiest(sorted(found, key=lambda each: -each.rank))
    quoted = [each.units[0].act for each in weightiest]
    return [_provision(each, quoted, language) for each in weightiest]


def _is_read(paragraph: Paragraph) -> bool:
    """Whether a paragraph is one, or the end of one behind its points, which goes on in small letters; anything else
    that stands there may be of another page."""
    return ".tail" not in paragraph.id or paragraph.text[:1].islower()


def _is_received(act: Act, language: Language) -> bool:
    """Whether an act only says that a report or a letter came: "Accueille avec satisfaction le rapport"; in the
    preamble whatever it says of the paper."""
    if act.family not in (Family.NOTE, Family.WELCOME):
        return False
    is_brief = act.paragraph.startswith("pp") or len(act.object.split()) <= PAPER_WORDS
    papers = pattern(language.provisions.papers.patterns[0])
    return is_brief and papers.search(fold_same_length(act.object[:PAPER])) is not None


def _weighty(case: Case, side: Side) -> list[str]:
    """The formulas on which the nature of a text rests that the other text has not."""
    other = case.comparison.old if side is Side.NEW else case.comparison.new
    text = fold_same_length(" ".join(paragraph.text for paragraph in other.paragraphs))
    return [formula for formula in case.language.provisions.weighty.patterns if not pattern(formula).search(text)]


def _weighs(act: Act, formulas: list[str], language: Language) -> bool:
    """Whether an act holds one of those formulas."""
    flat = fold_same_length(act.text)
    return may_hold(language.provisions.weighty, flat) and any(pattern(formula).search(flat) for formula in formulas)


def _weightiest(found: Iterable[_Told]) -> list[_Told]:
    """The first acts of those, of one paragraph two at most."""
    count: Counter[str] = Counter()
    kept = []
    for each in found:
        opening = each.units[0]
        count[opening.paragraph.id] += 1
        if count[opening.paragraph.id] <= (1 if _is_short(opening) else IN_ONE_PARAGRAPH):
            kept.append(each)
    return kept[:MOST]


def _acts(case: Case) -> Iterator[tuple[Act, list[_Unit]]]:
    """The acts of the new text, each with its passages."""
    known, times, decided = _Index(_stems(case.comparison.old)), _times_by_paragraph(case.old.acts), _decided(case)
    layouts = {place.paragraph.id: layout for layout in case.layouts for place in layout.new}
    paragraphs = {p.id: p for p in case.comparison.new.body if p.part is not Part.ANNEX}
    for act in case.new.acts:
        places = [at for at in act.passages if at.paragraph in paragraphs]
        if act.verb and act.paragraph in paragraphs:
            yield (
                act,
                [_unit(case, act, at, paragraphs[at.paragraph], layouts, known, times, decided) for at in places],
            )


def _unit(
    case: Case,
    act: Act,
    at: Passage,
    paragraph: Paragraph,
    layouts: Mapping[str, ChangeLayout],
    known: "_Index",
    times: Mapping[str, set[tuple[int | str, Unit]]],
    decided: Collection[Act],
) -> _Unit:
    layout = layouts[paragraph.id]
    if layout.change.kind is Kind.UNCHANGED:
        return _Unit(act, paragraph, at.start, at.end, layout, {}, NOWHERE, anew=False)
    had = set().union(*(times.get(place.paragraph.id, ()) for place in layout.old))
    here = [time for time in act.deadlines if time.place.paragraph == paragraph.id]
    timed = not {(t.value, t.unit) for t in here if t.unit is not Unit.SESSION} <= had
    anew = bool(layout.old) and (timed or (act in decided and at.paragraph == act.paragraph))
    fresh = _came(layout, at, case.language)
    if layout.old:
        fresh -= content_stems(" ".join(time.text for time in here if time.unit is Unit.SESSION))
    came = {stem: KNOWN if stem in known.places else 1.0 for stem in sorted(fresh)}
    if len(came) < FEWEST:
        return _Unit(act, paragraph, at.start, at.end, layout, came, NOWHERE, anew)
    linked = known.bits_of(place.paragraph.id for place in layout.old)
    if act.family in ASKING and paragraph.part is Part.OPERATIVE:  # a preamble asks nobody, whatever words it has
        linked |= known.preamble
    nearest = known.nearest(content_stems(paragraph.text[at.start : at.end]), but=linked)
    return _Unit(act, paragraph, at.start, at.end, layout, came, nearest, anew)


def _decided(case: Case) -> list[Act]:
    """The decisions of the new text whose partner in the old one only recalled, noted or asked it."""
    pairs = ((was, now) for couples in case.couples for was, now in couples if was and now)
    return [now for was, now in pairs if now.family is Family.DECIDE and was.family is not Family.DECIDE]


def _came(layout: ChangeLayout, at: Passage, language: Language) -> frozenset[str]:
    """The stems of the words of a passage that came; all of them where its paragraph was added."""
    text = layout.text(Side.NEW)
    span = layout.span(Side.NEW, at.paragraph, at.start, at.end)
    if not layout.old:
        return content_stems(text[span.start : span.end])
    sites = [(max(s.new.start, span.start), min(s.new.end, span.end)) for s in layout.touched(Side.NEW, span)]
    changed = [text[start:end] for start, end in sites]
    came = frozenset().union(*map(content_stems, changed))
    came = came.difference(*(content_stems(place.paragraph.text) for place in layout.old))
    if not came:
        return came
    # "en collaboration avec" came where "en coopération avec" stood: not a word more is said
    said = {meaning for place in layout.old for meaning in meanings(place.paragraph.text, language)}
    fresh = {meaning for words in changed for meaning in meanings(words, language)}
    return came & content_stems(" ".join(fresh - said))


def _times_by_paragraph(acts: Iterable[Act]) -> dict[str, set[tuple[int | str, Unit]]]:
    found: dict[str, set[tuple[int | str, Unit]]] = {}
    for act in acts:
        for time in act.deadlines:
            found.setdefault(time.place.paragraph, set()).add((time.value, time.unit))
    return found


def _stems(resolution: Resolution) -> dict[str, frozenset[str]]:
    return {paragraph.id: content_stems(paragraph.text) for paragraph in resolution.paragraphs}


class _Index:
    """Where each stem stands, so that no passage is compared with all paragraphs of a long text."""

    def __init__(self, said: Mapping[str, frozenset[str]]) -> None:
        self.paragraphs, self.places = tuple(said), Places(said.values())
        self.at = {paragraph: place for place, paragraph in enumerate(said)}
        self.preamble = self.bits_of(paragraph for paragraph in said if paragraph.startswith("pp"))

    def bits_of(self, paragraphs: Iterable[str]) -> int:
        """Those of the paragraphs that are known, as a number with a bit for each."""
        return reduce(or_, (1 << self.at[paragraph] for paragraph in paragraphs if paragraph in self.at), 0)

    def nearest(self, stems: frozenset[str], but: int = 0) -> Nearest:
        """The paragraph that has most of those stems, the first of equals, and what share of them."""
        count, place = self.places.most(stems, but)
        return Nearest(self.paragraphs[place], count / len(stems)) if count else NOWHERE


def _is_told(unit: _Unit, language: Language) -> bool:
    """Whether words came that say something; a renewal is told as it is, a decision by a few words or a date."""
    decides = unit.act.family is Family.DECIDE
    if unit.opens and decides and (unit.act.effect in TOLD_AS_THEY_ARE or _ends(unit)):
        return True
    if unit.layout.change.kind is Kind.UNCHANGED:
        return False
    came = unit.came.keys() - content_stems(unit.act.addressee)
    if unit.layout.old and unit.anew:
        return True
    if unit.layout.old and not decides and _news(unit, came, language) < FEWEST_NEWS:
        return False
    asks = decides or unit.act.family in (Family.DEMAND, Family.REQUEST, Family.CONDEMN)
    heavy = unit.layout.change.weight >= Weight.SUBSTANTIVE
    if unit.layout.old:
        asked = asks and heavy
    else:  # whatever it repeats: nothing is linked to it
        asked = unit.opens and unit.paragraph.part is Part.OPERATIVE and unit.act.family in ACTING
    if asked and len(came) >= FEWEST_OF_A_REQUEST:
        return True
    return len(came) >= FEWEST and unit.nearest.share < CARRIED


def _news(unit: _Unit, came: Iterable[str], language: Language) -> float:
    """How much the words that came tell: a rare one much, one that the old text has elsewhere little."""
    return fsum(unit.came[stem] * told_by(shorter([stem]), language) for stem in sorted(came))


def _ends(unit: _Unit) -> bool:
    """Whether a decision has an end: "pour une nouvelle période de douze mois"."""
    return any(time.timing in ENDS and time.place.paragraph == unit.paragraph.id for time in unit.act.deadlines)


def _is_short(opening: _Unit) -> bool:
    """Whether the paragraph of an act is quoted as a whole: nothing in it then points to what is not quoted. One that
    opens a list is not: its points belong to its last act."""
    text = opening.paragraph.text
    return len(opening.act.parts) == 1 and len(text.split()) <= BRIEF and not text.rstrip().endswith(":")


def _provision(found: _Told, quoted: list[Act], language: Language) -> Provision:
    opening = found.units[0]
    act = opening.act
    points = [unit for unit in found.told if not unit.opens]
    if points and not opening.layout.old:  # of a list that is all new no point may be missing
        points = [unit for unit in found.units if not (unit.opens or unit.layout.old)]
    if not points and opening.text.rstrip().endswith(":"):  # names, or points that another paragraph had
        points = [unit for unit in found.units if not unit.opens and unit.layout.change.kind is not Kind.UNCHANGED]
    points, room = _room_for(sorted(points, key=lambda unit: -sum(unit.came.values())))
    points.sort(key=found.units.index)
    if _is_short(opening):
        long = brief = as_line(opening.paragraph.text, language)
    else:
        context = _context([*found.before], quoted, act, language)
        long, brief = (f"{context} {_quote(opening, points, room, language, most)}".strip() for most in (LONG, BRIEF))
    return Provision(
        Side.NEW,
        (act.paragraph, *(unit.paragraph.id for unit in points)),
        long,
        brief,
        act.addressee or act.family.value,
        found.rank,
        max((unit.nearest for unit in found.told), key=lambda nearest: nearest.share),
    )


def _room_for(points: list[_Unit]) -> tuple[list[_Unit], int]:
    """As many of those points as are quoted together, the first of very many, and the words there are for each."""
    words = sum(min(A_POINT, len(point.text.split())) for point in points)
    room = A_POINT if words <= POINTS else max(LEAST_OF_A_POINT, POINTS // len(points))
    return points[: max(1, POINTS // room)] if words > POINTS else points, room


def _rank(act: Act, told: list[_Unit], language: Language) -> float:
    """What an act weighs: a convention, chosen on ten pairs by what a reader said a delegate must know."""
    text = " ".join(unit.text for unit in told)
    flat = fold_same_length(text)
    timed = any(time.place.paragraph == unit.paragraph.id for time in act.deadlines for unit in told)
    does = act.effect in EFFECTS
    rank = FORCE * act.force + (EFFECT if does else 0.0)
    sort = FAMILY.get(act.family, 0.0)
    rank += max(sort, 0.0) if does or act.force > MILD else sort
    rank += (
        TIMED * timed
        + FIGURE * bool(RE_FIGURE.search(text))
        + THREATENING * (find_any(language.provisions.threats, flat) is not None)
    )
    came = sum(sum(unit.came.values()) for unit in told)
    anew = any(not unit.layout.old or unit.anew for unit in told)
    rank += min(MOST_COUNTED, came) + ADDED * any(not unit.layout.old for unit in told)
    rank += UNTOUCHED * (not came) if not anew else 0.0
    rank += MINOR * (0 < came < LITTLE) if not anew else 0.0
    rank += PREAMBULAR * told[0].paragraph.id.startswith("pp")
    rank += REPEATING * max(unit.nearest.share for unit in told)
    is_alone = not _is_short(told[0])  # of a paragraph that is quoted whole nothing points to what is not quoted
    return rank + POINTING * (is_alone and _points(act, language))


# ---- what is not said again -----------------------------------------------------------------------------------------


def _dropped(case: Case) -> Iterator[Provision]:
    """The acts of the old operative part that no words of the new text repeat, the weightiest first.

    That they are not repeated does not end them; of a text that the new one upholds as a whole none is told, of one
    that stands beside the new one no decision: it stands. A
    report that was due is made, a welcome is said: those are not told.
    An act is told where no paragraph of the new text says much of it, rare words counting more; and where one says
    some of it, if nothing else speaks for the new text doing it in other words. A paragraph that went with all it says
    is told whole. Behind those come the acts that a paragraph of the new text may do in other words, or with less
    force: that it is not the same holds either way, and whoever reads both can judge.
    """
    if case.comparison.new.is_torn or is_upheld(case):
        return
    beside = not takes_the_place(case)
    standing = referred_to(case)
    there = Said(((p.id, p.text) for p in case.comparison.new.paragraphs), case.language)
    citing = _citing(case)
    lost = [
        *_gone_from_preamble(case, there, citing),
        *_not_repeated(case, citing, beside=beside),
        *_points_gone(case, there),
    ]
    likely = _likely(case, citing)
    lost += _paragraphs_gone(case, {each.paragraph for each in lost}, citing, likely)
    lost = [_with_likely(each, likely, there) for each in lost]
    found = [
        Provision(
            Side.OLD, (each.paragraph,), *each.quotes, each.act.addressee, each.rank, each.nearest, beside, each.close
        )
        for each in lost
        if each.act.paragraph not in standing and not (beside and _stands(each.act))
    ]
    yield from sorted(found, key=lambda told: (told.close, NEARER * told.nearest.share * (not told.close) - told.rank))


def _stands(act: Act) -> bool:
    """Whether an act is a decision, which stands beside a text that does not take its place."""
    return act.family is Family.DECIDE and act.effect is Effect.NONE


class _Lost(Struct, frozen=True):
    """An act that is not repeated, or a point of it: where it stands, its quotations, its weight, what comes nearest,
    and whether that comes so ``close`` that it may say the same in other words."""

    act: Act
    paragraph: str
    quotes: tuple[str, str]
    rank: float
    nearest: Nearest
    close: bool = False


_Citing = dict[str, set[str]]
"""The operative paragraphs of the new text that refer to a resolution, by its number."""


def _likely(case: Case, citing: _Citing) -> dict[str, str]:
    """For each old operative paragraph that no link joins the one to which a link too doubtful to be drawn leads; what
    a renewal leads to only where that cites its resolution."""
    acts = _by_paragraph(case.old)
    found: dict[str, str] = {}
    for link in (change.link for change in case.comparison.changes if not change.link.new):
        rival = max(link.reason.rivals, key=lambda each: each.score, default=None)
        if rival and rival.score >= LIKELY and link.old == (rival.old,) and rival.old.startswith("op"):
            near = Nearest(rival.new, 0.0)
            if all(_least_to_be_close(near, act, citing) < inf for act in acts.get(rival.old, ())):
                found[rival.old] = rival.new
    return found


def _with_likely(lost: _Lost, likely: Mapping[str, str], there: Said) -> _Lost:
    """The same with the paragraph to which a doubtful link leads as what comes close, whatever its words say."""
    if lost.paragraph not in likely:
        return lost
    clause = lost.act.object or lost.act.text
    return replace(lost, nearest=there.by(likely[lost.paragraph], clause, without=lost.act.addressee), close=True)


def _gone_from_preamble(case: Case, there: Said, citing: _Citing) -> Iterator[_Lost]:
    """What the old preamble said that the new text does not: the formulas on which its nature rests; and of a text
    whose place the new one takes what it held or asked, whole paragraphs that no words of the new text repeat."""
    language, weighty = case.language, _weighty(case, Side.OLD)
    removed = {place.paragraph.id: place.paragraph for layout in case.layouts if not layout.new for place in layout.old}
    acts = {id_: found for id_, found in _by_paragraph(case.old).items() if id_.startswith("pp") and id_ in removed}
    for id_, found in acts.items():
        if weighs := next((act for act in found if _weighs(act, weighty, language)), None):
            yield _Lost(weighs, id_, _quotes(weighs.text, language), WEIGHTY, NOWHERE)
            continue
        text = removed[id_].text
        first = found[0]
        if first.family not in LEANING | STANDING | {Family.ENCOURAGE} or len(text.split()) > BRIEF_LOSS:
            continue
        telling = [act for act in found if _tells(act, language)] or found[:1]
        nearest = max((there.nearest(act.object or act.text) for act in telling), key=lambda near: near.share)
        if any(_stands_in_part(act, nearest, there, citing, case) for act in telling):
            continue
        points = find_any(language.provisions.referring, fold_same_length(text)) or _points_out(first, language)
        if not points and _tells(first, language) and nearest.share < GONE_OF_FEW and takes_the_place(case):
            line = as_line(text, language)
            yield _Lost(first, id_, (line, line), first.force + PREAMBULAR, nearest)


def _done(case: Case) -> Said:
    """What the new text says but for what its preamble only names: that repeats nothing of an operative part."""
    named = {
        id_
        for id_, acts in _by_paragraph(case.new).items()
        if id_.startswith("pp") and all(act.family in NAMING for act in acts)
    }
    return Said(((p.id, p.text) for p in case.comparison.new.paragraphs if p.id not in named), case.language)


class _Nearest(dict[Act, Nearest]):
    """What comes nearest to each act, looked for when it is asked: most acts are there to the letter."""

    def __init__(self, there: Said) -> None:
        super().__init__()
        self.there = there

    def __missing__(self, act: Act) -> Nearest:
        self[act] = self.there.nearest(act.object or act.text, without=act.addressee)
        return self[act]


def _not_repeated(case: Case, citing: _Citing, *, beside: bool) -> Iterator[_Lost]:
    """The acts of the old operative part that are not repeated, paragraph by paragraph; of a text that stands beside
    the new one no decision. What a paragraph comes close to is told with it."""
    language = case.language
    there = _done(case)
    nearest = _Nearest(there)
    often = Counter(stem for stems in _stems(case.comparison.old).values() for stem in stems)
    index = _Index({paragraph: shorter(stems) for paragraph, stems in _stems(case.comparison.new).items()})
    adopted = case.comparison.new.adopted
    layouts = {place.paragraph.id: (layout, place.paragraph) for layout in case.layouts for place in layout.old}
    for id_, acts in _by_paragraph(case.old).items():
        layout, paragraph = layouts.get(id_, (None, None))
        if layout is None or paragraph is None or not any(_is_gone(act, layout) for act in acts):
            continue

        def is_lost(act: Act, layout: ChangeLayout = layout) -> bool:
            if not (_is_gone(act, layout) and _stands_alone(act, language, adopted)) or (beside and _stands(act)):
                return False
            near = nearest[act]
            if _stands_in_part(act, near, there, citing, case):
                return False
            if act.family in STANDING and near.share < UNLIKE and _names_nowhere(act, there, case):
                return True
            if act.effect is not Effect.RENEW and _is_nowhere(act, near, language):
                return not _is_asked_for(act, case)
            stems = content_stems(act.object or act.text)
            rare = frozenset(stem for stem in stems if often[stem] <= RARE)
            return (near.share < UNLIKE or act.effect is Effect.RENEW) and not _taken_up(act, rare, index, case)[1]

        lost = [act for act in acts if is_lost(act)]
        others = [act for act in acts if act not in lost]
        if (
            lost
            and not layout.new
            and len(paragraph.text.split()) <= BRIEF
            and not any(nearest[act].share >= GONE and not _points_out(act, language) for act in others)
        ):
            line = as_line(paragraph.text, language)
            yield _lost(max(lost, key=_loses), id_, (line, line), nearest, citing, language)
            continue
        for act in lost:
            if find_any(language.provisions.referring, fold_same_length(act.text)) and not act.leads:
                continue  # "à cette fin": nobody knows which
            needed = needed_of(act, act.text, language)
            yield _lost(act, id_, _quotes(act.text, language, needed), nearest, citing, language)


def _lost(
    act: Act, paragraph: str, quotes: tuple[str, str], nearest: _Nearest, citing: _Citing, language: Language
) -> _Lost:
    closest = nearest.there.closest(act.object or act.text, without=act.addressee)
    is_close = closest.share >= _least_to_be_close(closest, act, citing) and _tells(act, language)
    return _Lost(act, paragraph, quotes, _loses(act), closest if is_close else nearest[act], is_close)


def _least_to_be_close(nearest: Nearest, act: Act, citing: _Citing) -> float:
    """The share from which a paragraph comes close to an act that went, by its part; no title and no annex ever does,
    nor what does not cite the resolution that is renewed: all that is renewed "demeure en vigueur pour la période"."""
    if act.effect is Effect.RENEW and not any(nearest.paragraph in citing.get(n, ()) for n in _cited(act)):
        return inf
    return {"op": CLOSE, "pp": CLOSE_OF_A_PREAMBLE}.get(nearest.paragraph[:2], inf)


def _loses(act: Act) -> float:
    """How much is lost with an act: more with what binds, less with what approves."""
    return act.force + FORCE * (act.family in STANDING) - FORCE * (act.family is Family.SUPPORT)


class _Alone(Struct, frozen=True):
    """An old operative paragraph without a sure partner: its acts that are told together, the one that weighs most, the
    paragraphs to which a doubtful link leads, and whether that act ``became`` one of them."""

    paragraph: Paragraph
    told: list[Act]
    main: Act
    partners: frozenset[str]
    became: bool


def _paragraphs_gone(case: Case, told: Collection[str], citing: _Citing, likely: Collection[str]) -> Iterator[_Lost]:
    """The operative paragraphs without a sure partner that are not ``told``: those of which no paragraph of the new
    text says anything, and those to which one comes close or is ``likely`` to be linked, or that became much weaker.

    Of what is but stated or recalled no paragraph is pointed to: too many state something in those words.
    """
    language = case.language
    alone = [each for each in _alone(case) if each.paragraph.id not in told]
    body = case.comparison.new.body if alone else ()
    page = Said(((p.id, p.text) for p in body if p.id.startswith(("pp", "op"))), language)
    for each in alone:
        main = each.main
        clause, asked = _clause(each.told)
        nearest = page.closest(clause, without=asked)
        is_partner = each.became and nearest.paragraph in each.partners
        least = CLOSE_OF_A_PARTNER if is_partner else _least_to_be_close(nearest, main, citing)
        is_close = nearest.share >= least and main.family not in STATING | REMINDING
        is_far = not each.partners and nearest.share < FAR_OFF and not _is_asked_for(main, case)
        tells = told_by(shorter(content_stems(clause) - content_stems(asked)), language) >= TELLING
        if tells and (is_far or is_close or each.paragraph.id in likely):
            line, needed = as_line(each.paragraph.text, language), needed_of(main, main.text, language)
            quotes = _quotes(main.text, language, needed) if _is_cut(each.paragraph, each.partners) else (line, line)
            yield _Lost(main, each.paragraph.id, quotes, _loses(main), nearest, is_close)


def _alone(case: Case) -> Iterator[_Alone]:
    """The old operative paragraphs without a sure partner that still ask something by themselves; of a short one that
    went all acts are told, of others the one that weighs most."""
    language, adopted = case.language, case.comparison.new.adopted
    became = {was: now for couples in case.couples for was, now in couples if was and now}
    acts = _by_paragraph(case.old)

    def is_lost(act: Act, opening: Act) -> bool:
        if act in became and became[act].force > act.force - WEAKER:
            return False
        points = find_any(language.provisions.referring, fold_same_length(opening.text))
        return not (points or _points_out(opening, language)) and _still_asks(act, language, adopted, HELD | REMINDING)

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
    return bool(partners) or len(paragraph.text.split()) > BRIEF_LOSS


def _clause(acts: Iterable[Act]) -> tuple[str, str]:
    """What those acts say together, and who is asked."""
    clauses, asked = zip(*((act.object or act.text, act.addressee) for act in acts), strict=True)
    return " ".join(clauses), " ".join(asked)


def _citing(case: Case) -> _Citing:
    found: _Citing = {}
    for act in case.new.acts:
        if act.paragraph.startswith("op"):
            for reference in act.references:
                found.setdefault(reference.number, set()).add(act.paragraph)
    return found


def _stands_in_part(act: Act, near: Nearest, there: Said, citing: _Citing, case: Case) -> bool:
    """Whether the new text says an act here and there, or the paragraph that comes nearest is the one that refers to a
    resolution to which the act refers, or to the old text."""
    if there.repeated(act.object or act.text) >= SPREAD:
        return True
    own = key_of_symbol(case.comparison.old.symbol).removeprefix("resolution:").partition("(")[0]
    return any(citing.get(number) == {near.paragraph} for number in {own, *_cited(act)} - {""})


def _cited(act: Act) -> set[str]:
    """The numbers of the other resolutions to which an act refers."""
    return {reference.number for reference in act.references} - {"", HERE}


def _names_nowhere(act: Act, there: Said, case: Case) -> bool:
    """Whether an act bears on somebody or something whose name the new text has nowhere; of a scan no name is sure."""
    if case.is_scanned:
        return False
    names = shorter(content_stems(" ".join(RE_NAME.findall(act.object)))) - shorter(content_stems(act.addressee))
    return any(told_by([name], case.language) >= FAR and not there.has(name) for name in names if name.isalpha())


def _points_gone(case: Case, there: Said) -> Iterator[_Lost]:
    """The points that went from a list that stands, and that no words of the new text repeat."""
    language = case.language
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
            line, nearest = as_line(texts[id_], language), there.nearest(texts[id_])
            tells = told_by(shorter(content_stems(texts[id_])), language)
            if tells >= TELLING_OF_A_POINT and nearest.share < GONE_OF_FEW:
                yield _Lost(act, id_, (line, line), act.force - FORCE, nearest)


def _is_asked_for(act: Act, case: Case) -> bool:
    """Whether an act of the new text asks less of the same with the same verb: "de coopérer avec le Groupe"."""
    stems = shorter(content_stems(act.object))
    for other in case.new.acts:
        if act.action and other.action == act.action:
            less = shorter(content_stems(other.object)) - shorter(content_stems(other.addressee))
            whole = told_by(less, case.language)
            if whole and told_by(less & stems, case.language) >= LESS * whole:
                return True
    return False


def _quotes(text: str, language: Language, needed: int = 0) -> tuple[str, str]:
    line = as_line(text, language)
    long, brief = (shorten(line, language, most, needed=needed) for most in (LONG, BRIEF_LOSS))
    return long, brief


def _telling(act: Act, language: Language) -> int:
    """How much the words of an act tell it from others: "redoubler d’efforts" hardly at all."""
    return told_by(shorter(content_stems(act.object or act.text) - content_stems(act.addressee)), language)


def _tells(act: Act, language: Language) -> bool:
    """Whether an act has words enough that tell it from others."""
    return _telling(act, language) >= TELLING


def _is_nowhere(act: Act, nearest: Nearest, language: Language) -> bool:
    """Whether no paragraph says much of an act that has words enough; of a short one a word or two may be all."""
    telling = _telling(act, language)
    least = GONE if telling >= TELLING_MUCH else GONE_OF_FEW
    return telling >= TELLING and nearest.share < (GONE_OF_A_DEMAND if act.family is Family.DEMAND else least)


def _taken_up(act: Act, rare: frozenset[str], there: _Index, case: Case) -> tuple[Nearest, bool]:
    """What comes nearest to an act in the new text, and whether the text may do it in other words.

    It may where it has many of the words that tell the act from others, all in all or in one paragraph, or asks
    something with the same verb and a word or two of its object; a mandate is renewed by a decision that names most of
    what it bears on.
    """
    rare, stems = shorter(rare), shorter(content_stems(act.object))
    if act.effect is Effect.RENEW:
        decisions = {d.paragraph: shorter(content_stems(d.object)) for d in case.new.acts if d.family is Family.DECIDE}
        nearest = _Index(decisions).nearest(stems)
        goes_on = any(d.effect in TOLD_AS_THEY_ARE for d in case.new.acts)
        return nearest, goes_on or nearest.share > MOST_OF_IT
    nearest = there.nearest(rare)
    known = sum(stem in there.places for stem in rare)
    few = len(rare) < FEWEST_RARE
    alike = (other for other in case.new.acts if act.action and other.action == act.action)
    asked = any(len(shorter(content_stems(other.object)) & stems) >= SHARED for other in alike)
    held = (other for other in case.new.acts if other.family is act.family and act.family in LEANING)
    asked = asked or any(len(shorter(content_stems(other.text)) & stems) >= FEWEST_RARE for other in held)
    whole = there.nearest(stems)
    in_part = any(
        _is_in_part(clause, act, there) for clause in pattern(case.language.excerpts.parted.pattern).split(act.object)
    )
    spread = known > TAKEN_UP * len(rare) or nearest.share > TOGETHER or whole.share > AS_A_WHOLE
    return max(nearest, whole, key=lambda each: each.share), few or asked or in_part or spread


def _is_in_part(clause: str, act: Act, there: _Index) -> bool:
    """Whether a paragraph of the new text has much of a clause of an act, beside the one it asks."""
    stems = shorter(content_stems(clause) - content_stems(act.addressee))
    least = IN_PART if len(stems) >= FEWEST_RARE else 1.0
    return len(stems) >= SHARED and there.nearest(stems).share >= least


def _is_gone(act: Act, layout: ChangeLayout) -> bool:
    """Whether the words of an act went: with their paragraph, or nearly all of them from one that stands."""
    if not layout.new:
        return True
    at = act.passages[0]
    span = layout.span(Side.OLD, at.paragraph, at.start, at.end)
    sites = layout.touched(Side.OLD, span)
    went = sum(min(site.old.end, span.end) - max(site.old.start, span.start) for site in sites)
    return went >= WENT * (span.end - span.start)


def _is_past(act: Act, adopted: str) -> bool:
    """Whether all that an act sets a date for was due before that day."""
    return all(time.unit is Unit.DATE and str(time.value) <= adopted for time in act.deadlines)


def _still_runs(act: Act, adopted: str) -> bool:
    """Whether a mandate lasts beyond that day: it needs no renewal yet."""
    return any(t.unit is Unit.DATE and t.timing in ENDS and str(t.value) > adopted for t in act.deadlines)


def _stands_alone(act: Act, language: Language, adopted: str) -> bool:
    """Whether an act that still asks can be told by itself."""
    return _still_asks(act, language, adopted) and not _points_out(act, language)


def _still_asks(act: Act, language: Language, adopted: str, families: Collection[Family] = HELD) -> bool:
    """Whether an act of those ``families`` says something that no report and no end of a period settles: what is noted
    or welcomed is said once, and so is what a decision does at once."""
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


def _points_out(act: Act, language: Language) -> bool:
    """Whether an act points to something before it: at its beginning, or by what it asks ("d’entendre cet appel"); a
    short one anywhere. Who is asked, or who speaks, is no such thing: "Exige des rebelles qu’ils libèrent"."""
    flat = fold_same_length(act.text)
    asked = flat[: len(act.head) + len(act.addressee) + ASKED]
    start, reach = act.passages[0].start, _reach(act, needed_of(act, act.text, language))
    if any(at.paragraph == act.paragraph and at.start - start < reach for at in act.anaphora):
        return True
    who = fold_same_length(_bare(act.addressee))
    named = flat.find(who) + len(who) if who else len(act.head)
    rows = language.excerpts
    known = pattern((rows.who if who else rows.organ).pattern).match(asked, named)
    rest = f"{asked[:named]} {asked[known.end() :]}" if known else asked
    return find_any(language.provisions.pointing, rest) is not None


def _reach(act: Act, needed: int) -> int:
    """In how many of its first characters an act points to something before it: all of a short one."""
    return len(act.text) if len(act.text.split()) <= SHORT_ACT else max(POINTED, needed)


# ---- quotes ---------------------------------------------------------------------------------------------------------


def _quote(opening: _Unit, points: list[_Unit], room: int, language: Language, most: int) -> str:
    """The act with what came in it: its opening and the points that are told, each by its letter and with so many
    words, or the passage."""
    needed = needed_of(opening.act, opening.text, language)
    if not points:
        who, weights = _bare(opening.act.addressee), {**opening.came, **_times(opening)}
        line = as_line(opening.text, language)
        said = shorten(line, language, most, needed=needed, keep=who, weights=weights)
        signs = language.provisions.signs
        return said if len(opening.act.parts) == 1 else f"{said.rstrip(' …:,')}{signs.colon}…"
    signs = language.provisions.signs
    places = [at.paragraph for at in opening.act.passages]
    said = shorten(opening.text, language, CHAPEAU, needed=needed).rstrip(" …:,")
    last, opens = 0, True
    for point in points:
        place = places.index(point.paragraph.id)
        gap = "… " * (place > last + 1)
        text = shorten(point.text, language, room, weights=point.came)
        said += f"{signs.colon if opens else signs.semicolon}{gap}{_letter(point, language)}{text}"
        last, opens = place, point.text.rstrip().endswith(":")
    return said + f"{signs.semicolon}…" * (last < len(places) - 1)


def _times(unit: _Unit) -> dict[str, float]:
    """The times of a passage, flat, with what each counts."""
    times = (time for time in unit.act.deadlines if time.place.paragraph == unit.paragraph.id)
    return {fold_same_length(" ".join(time.text.split())): A_TIME for time in times}


def _letter(point: _Unit, language: Language) -> str:
    """The letter of a point as it is printed: "a) "; nothing for a dash."""
    letter = point.paragraph.number.strip("().")
    return language.provisions.signs.letter.format(letter) if letter.isalnum() else ""


def _context(before: list[Act], quoted: list[Act], act: Act, language: Language) -> str:
    """The act to which this one points ("ces actes", "de le mener à bien"), shortened, where it is not quoted itself.

    It is the nearest one before it that points to no other.
    """
    if not (
        _points(act, language) or act.anaphora or find_any(language.provisions.anaphoric, fold_same_length(act.text))
    ):
        return ""
    while before and before[-1] not in quoted and _points(before[-1], language):
        before.pop()
    if not before or before[-1] in quoted:
        return ""
    said = shorten(before[-1].text, language, CONTEXT, needed=needed_of(before[-1], before[-1].text, language))
    return said if said.endswith("…") else f"{said} …"


def _points(act: Act, language: Language) -> bool:
    """Whether an act points to something before it up to its verb: "ces actes", "leur demande", "de le mener"."""
    reach = _reach(act, needed_of(act, act.text, language) + len("en le "))
    if find_any(language.provisions.pointing, fold_same_length(act.text)[:reach]):
        return True
    start = act.passages[0].start
    return any(at.paragraph == act.paragraph and at.start - start < reach for at in act.anaphora)


def _bare(name: str) -> str:
    """A name without its article: it may stand contracted in the text ("au Gouvernement")."""
    return name.partition(" ")[2] or name.removeprefix("l’").removeprefix("l'")


# ---- the main act of a paragraph ------------------------------------------------------------------------------------

LONGEST = 80  # words of an act
FEWEST_OF_A_POINT = 8  # words of a point without a verb that says something
PAPER, PAPER_WORDS = 40, 16  # characters in which the object of a note is named, words of one that says no more
SHORTEST = 18  # … at least, of each of several
SHORT_PARAGRAPH = 150  # words of a paragraph that is quoted whole
RENEWED = 60  # words of the act that renews another
UNKNOWN = 260  # characters of a paragraph of which no verb is known
ASKING = frozenset({Family.DECIDE, Family.DEMAND, Family.REQUEST})
ACTING = ASKING | {Family.RECOMMEND, Family.ENCOURAGE, Family.INTEND, Family.CONDEMN}
SAYING = frozenset(
    {
        *(Family.NOTE, Family.WELCOME, Family.RECALL, Family.STRESS, Family.AFFIRM, Family.SUPPORT, Family.CONCERN),
        Family.CONSIDER,
    }
)
STRONGER = 3.0  # steps of force by which another act outweighs the one that opens a paragraph
RE_SAYING = re.compile(r"[^\W\d_]*[a-zà-ÿ][^\W\d_]*[a-zà-ÿ]")
REACH = 100  # characters of what is asked in which an anaphora would leave it without its object


def judge_main_acts(case: Case) -> Flagged:
    """Flags on added and removed paragraphs: what each does, or which new act renews it."""
    acts = {side: _by_paragraph(case.survey(side)) for side in (Side.OLD, Side.NEW)}
    standing, referred = stands_as_a_whole(case), referred_to(case)
    flagged: Flagged = []
    for place, layout in enumerate(case.layouts):
        if bool(layout.old) == bool(layout.new):
            continue
        side = Side.NEW if layout.new else Side.OLD
        paragraph = layout.places(side)[0].paragraph
        if side is Side.OLD and (renewing := _renewing(case, paragraph, acts[side].get(paragraph.id, []))):
            quote = act_quote(renewing, case.language, RENEWED)
            flagged.append((place, Flag(FlagCode.RENEWED, (quote,), (), (_evidence(renewing.paragraph, quote),))))
            continue
        parent = paragraph.id.partition(".")[0]
        if side is Side.OLD and paragraph.depth and (standing or parent in referred):
            continue  # the new text renews it with the rest
        language = Language.of(case.survey(side).language)
        done = acts[side].get(paragraph.id, [])
        quote = "" if _is_formal(paragraph, done, language) else _main_quote(paragraph, done, language)
        if quote:
            seen = (_evidence(paragraph.id, quote),)
            sides = ((), seen) if side is Side.NEW else (seen, ())
            flagged.append((place, Flag(FlagCode.ACT, (quote,), *sides)))
    return flagged


def _by_paragraph(survey: Survey) -> dict[str, list[Act]]:
    found: dict[str, list[Act]] = {}
    for act in survey.acts:
        found.setdefault(act.paragraph, []).append(act)
    return found


def _evidence(paragraph: str, quote: str) -> Evidence:
    """The words of a quotation up to its first gap."""
    return Evidence(paragraph, quote.partition(CUT)[0])


def _is_formal(paragraph: Paragraph, acts: list[Act], language: Language) -> bool:
    """Whether a paragraph says what its kind says: a point with few words and no verb, a recall or a courtesy, a report
    or a letter that is noted in the preamble."""
    if paragraph.depth and not acts:
        return len(paragraph.text.split()) < FEWEST_OF_A_POINT
    if not acts or len(acts) > 1:
        return False
    act = acts[0]
    if find_any(language.provisions.formal, fold_same_length(act.text)):
        return True
    received = act.family in (Family.NOTE, Family.WELCOME) and bool(
        pattern(language.provisions.papers.patterns[0]).search(fold_same_length(act.object[:PAPER]))
    )
    return paragraph.part is Part.PREAMBLE and (act.family is Family.RECALL or received)


def _main_quote(paragraph: Paragraph, acts: list[Act], language: Language) -> str:
    """What a paragraph does; its first words where no verb of it is known; nothing of a numeral."""
    if not RE_SAYING.search(paragraph.text):
        return ""
    act = main_act(acts, language)
    if len(paragraph.text.split()) <= SHORT_PARAGRAPH:
        return as_line(
            paragraph.text, language
        ) + f"{language.provisions.signs.colon}…" * paragraph.text.rstrip().endswith(":")
    if act is None or (paragraph.depth and act is acts[0]):
        return point_quote(paragraph.text, language, UNKNOWN)
    quotes = [act_quote(each, language, max(SHORTEST, LONGEST // len(acts))) for each in acts]
    return " … ".join((*(quote.removesuffix(" …") for quote in quotes[:-1]), quotes[-1]))


def main_act(acts: list[Act], language: Language) -> Act | None:
    """The act of a paragraph that a delegate must know; None where there is none.

    The one that opens it, save where that only notes or recalls, or is much weaker, and another one asks or decides
    something that can be understood without it.
    """
    if not acts:
        return None
    first, *others = acts
    if first.paragraph.startswith("pp"):
        return first
    asking = [act for act in others if act.family in ASKING and act.object and not _points_back(act, language)]
    strongest = max(asking, key=lambda act: act.force, default=first)
    return strongest if first.family in SAYING or strongest.force >= first.force + STRONGER else first


def _points_back(act: Act, language: Language) -> bool:
    """Whether an act cannot be understood without what stands before it: "de les mener à bien"."""
    return bool(
        pattern(language.excerpts.pointing.pattern).search(fold_same_length(f"{act.head} {act.object[:REACH]}"))
    )


# ---- renewed --------------------------------------------------------------------------------------------------------

KEEPING = frozenset({Effect.RENEW, Effect.EXTEND, Effect.AMEND, Effect.REAFFIRM, Effect.REPLACE})


def _renewing(case: Case, paragraph: Paragraph, acts: Iterable[Act]) -> Act | None:
    """The act of the new text that keeps the provision of an old paragraph, named by its number or by the provision of
    an earlier resolution that both renew; None where there is none."""
    number = key_of_symbol(case.comparison.old.symbol).removeprefix("resolution:").partition("(")[0]
    wanted = {(number, paragraph.number)} if number and paragraph.number and not paragraph.depth else set()
    for act in acts:
        if act.effect in KEEPING:
            wanted |= {(r.number, p) for r in act.references for p in r.paragraphs if r.number[:1].isdigit()}
    if not wanted:
        return None
    for act in case.new.acts:
        if act.effect in KEEPING and any((r.number, p) in wanted for r in act.references for p in r.paragraphs):
            return act
    return None
