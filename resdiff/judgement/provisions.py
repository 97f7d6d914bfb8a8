"""What the text does: the acts of added and changed operative paragraphs in their own words, the weightiest first.

Nothing is called new here: a text may ask in other words what an earlier one asked. An act is told when words of it
came and say something that no old paragraph says; it is quoted, cut where a phrase ends, with what came and what limits
it. The tables are ``data/fr/provisions.toml``.

``judge_main_acts`` flags what each added and each removed paragraph does; one that the new text renews is not gone.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import fsum

from msgspec import Struct

from resdiff.judgement.case import (
    NOWHERE,
    Case,
    ChangeLayout,
    Flagged,
    ParagraphIndex,
    acts_by_paragraph,
    bears_on_paper,
    changes_the_nature,
    content_stems,
    meanings,
    referred_to,
    shorter,
    stands_as_a_whole,
    told_by,
)
from resdiff.judgement.losses import Clause, Kinship
from resdiff.judgement.quoting import (
    CUT,
    act_quote,
    as_line,
    cut_before,
    left_to,
    letter_of,
    needed_of,
    point_quote,
    reach_of,
    shorten,
    sign_behind,
    without_article,
)
from resdiff.language import Language, find_any, pattern
from resdiff.language.dates import LASTING, Unit
from resdiff.language.fold import fold_same_length
from resdiff.model import (
    Change,
    Comparison,
    Evidence,
    Flag,
    FlagCode,
    Kind,
    Nearest,
    Op,
    Paragraph,
    Part,
    Provision,
    Side,
    Weight,
)
from resdiff.recognition.survey import ASKS, KEEPING, RUNNING, Act, Effect, Family, Passage

__all__ = ["ACTING", "judge_main_acts", "judge_provisions", "main_act"]

FEWEST = 4  # stems that must have come for a changed act to be told: fewer are told by the remark …
FEWEST_OF_A_REQUEST = 2  # … and of a decision or request, of which every word counts
FEWEST_NEWS = 11.0  # what the words tell that came in a paragraph that stands and decides nothing: two rare ones
CARRIED = 0.75  # share of the stems of a passage that one old paragraph has, for it to be the same in other words
A_TIME = 5.0  # what a time counts among the words that came
KNOWN = 0.3  # what a stem that came here counts when the old text has it elsewhere
MOST, IN_ONE_PARAGRAPH = 20, 2  # acts that are told
PAPER_WORDS = 16  # words of a note on a paper that says no more
SAID_BEFORE = 0.9
"""How likely an old paragraph says what an added one does, for that one to be named where it is the nearest too.

The odds are fitted to what went: of 40 acts that came on 97 pairs 16 pointed by them alone where readers saw what they
continue, 7 elsewhere, 17 nobody took for new; of 14 on 460 pairs that are nearer to another or to none five were right.
"""

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
RE_FIGURE = re.compile(r"\d(?<!\w\d)(?:\d{0,2}(?: \d{3})+\b|\d{2,}\b(?! ?\())")

# ---- how much is quoted, in words -----------------------------------------------------------------------------------
LONG, BRIEF = 200, 170  # most acts are whole: a cut is what misleads most
MOST_LEADING_IN = 5  # words that lead on to the points of a list
CHAPEAU = 110  # of the chapeau before its points …
A_POINT, POINTS = 120, 900  # … of each point, and of all together …
LEAST_OF_A_POINT = 22  # … and of each of many, for what they do to be seen: a point that is left out misleads most
UNSEEN = 0.5  # share of what came in a point that a short quotation may leave out
AN_ACT = 6  # of what stands between two quoted acts, for it to be told as left out
CONTEXT = 24  # of the act before, where an act points to it …


class _Unit(Struct, frozen=True, dict=True):
    """A passage of an act in one paragraph: the stems that came in it with what each counts, the old paragraph, none of
    its partners, that says most of it, and whether it is ``anew``: it has a time that its partners have not, or does
    another sort of thing than they did. A session is the next one, and told in the calendar."""

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

    @cached_property
    def is_short(self) -> bool:
        """Whether the paragraph of its act is quoted as a whole: nothing in it then points to what is not quoted. One
        that opens a list is not: its points belong to its last act."""
        text = self.paragraph.text
        return len(self.act.parts) == 1 and len(text.split()) <= BRIEF and not text.rstrip().endswith(":")


class _Told(Struct, frozen=True):
    """An act that is told: its passages, those that say something new, the acts before it, what it weighs."""

    units: list[_Unit]
    told: list[_Unit]
    before: tuple[Act, ...]
    rank: float


def judge_provisions(case: Case, kinship: Kinship, lowered: Iterable[Change]) -> tuple[Provision, ...]:
    """What the changed operative paragraphs do, the weightiest first; ``lowered`` are the changes of the case, what is
    routine in them lowered: the last resolutions recalled add no weight.

    Each is quoted to the letter; of very many the lightest are left out.
    """
    language, is_next = case.language, _is_next(case.comparison)
    before: tuple[Act, ...] = ()
    found: list[_Told] = []
    for act, units in _acts(case, _routine(lowered)):
        weighs = changes_the_nature(act, case, Side.NEW)
        told = [u for u in units if _is_told(u, language, is_next=is_next) and _is_read(u.paragraph)]
        told = told or units[: int(weighs)]
        before = tuple(other for other in before if other.paragraph == act.paragraph)
        formal = told and find_any(language.provisions.formal, fold_same_length(units[0].text))
        if told and not formal and not _is_received(act, language):
            found.append(_Told(units, told, before, _rank(act, told, language) + WEIGHTY * weighs))
        before = (*before, act)
    weightiest = _weightiest(sorted(found, key=lambda each: -each.rank))
    quoted = [each.units[0].act for each in weightiest]
    return tuple(_provision(each, quoted, language, kinship) for each in weightiest)


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
    return is_brief and bears_on_paper(act, language)


def _weightiest(found: Iterable[_Told]) -> list[_Told]:
    """The first acts of those, of one paragraph two at most."""
    count: Counter[str] = Counter()
    kept = []
    for each in found:
        opening = each.units[0]
        count[opening.paragraph.id] += 1
        if count[opening.paragraph.id] <= (1 if opening.is_short else IN_ONE_PARAGRAPH):
            kept.append(each)
    return kept[:MOST]


def _routine(lowered: Iterable[Change]) -> dict[str, frozenset[str]]:
    """The stems that came with what is routine alone, by the new paragraphs."""
    return {
        id_: content_stems(" ".join(routine))
        for change in lowered
        if (routine := [e.text for e in change.edits if e.op is Op.INSERT and e.weight is Weight.ROUTINE])
        for id_ in change.link.new
    }


def _acts(case: Case, routine: Mapping[str, frozenset[str]]) -> Iterator[tuple[Act, list[_Unit]]]:
    """The acts of the new text, each with its passages."""
    pairs = ((was, now) for couples in case.couples for was, now in couples if was and now)
    # of these the partner only recalled, noted or asked it
    decided = (now for was, now in pairs if now.family is Family.DECIDE and was.family is not Family.DECIDE)
    before = _Before(
        case.language,
        case.wholes[Side.OLD].index(case.comparison.old.paragraphs),
        _times_by_paragraph(case.old.acts),
        [*decided, *_of_another_sort(case)],
        routine,
    )
    layouts = case.layout_of[Side.NEW]
    paragraphs = {p.id: p for p in case.comparison.new.body if p.part is not Part.ANNEX}
    for act in case.new.acts:
        places = [at for at in act.passages if at.paragraph in paragraphs]
        if act.verb and act.paragraph in paragraphs:
            units = [_unit(act, at, paragraphs[at.paragraph], layouts[at.paragraph], before) for at in places]
            yield act, units


class _Before(Struct, frozen=True):
    """What passages are held against: the old paragraphs, the times that each of them sets, the new acts that do
    another sort of thing than their partners, and the stems that came into new paragraphs with what is routine."""

    language: Language
    known: ParagraphIndex
    times: Mapping[str, set[tuple[int | str, Unit]]]
    otherwise: Collection[Act]
    routine: Mapping[str, frozenset[str]]


def _unit(act: Act, at: Passage, paragraph: Paragraph, layout: ChangeLayout, before: _Before) -> _Unit:
    """A passage of an act."""
    if layout.change.kind is Kind.UNCHANGED:
        return _Unit(act, paragraph, at.start, at.end, layout, {}, NOWHERE, anew=False)
    had = set().union(*(before.times.get(place.paragraph.id, ()) for place in layout.old))
    here = [time for time in act.deadlines if time.place.paragraph == paragraph.id]
    timed = not {(t.value, t.unit) for t in here if t.unit is not Unit.SESSION} <= had
    anew = bool(layout.old) and (timed or (act in before.otherwise and at.paragraph == act.paragraph))
    fresh = _came(layout, at, before.language) - before.routine.get(paragraph.id, frozenset())
    if layout.old:
        fresh -= content_stems(" ".join(time.text for time in here if time.unit is Unit.SESSION))
    came = {stem: KNOWN if stem in before.known.stems else 1.0 for stem in sorted(fresh)}
    nearest = NOWHERE
    if len(came) >= FEWEST:
        linked = before.known.bits_of(place.paragraph.id for place in layout.old)
        if act.family in ASKING and paragraph.part is Part.OPERATIVE:  # a preamble asks nobody, whatever words it has
            linked |= before.known.preamble
        nearest = before.known.nearest(content_stems(paragraph.text[at.start : at.end]), but=linked)
    return _Unit(act, paragraph, at.start, at.end, layout, came, nearest, anew)


def _of_another_sort(case: Case) -> Iterator[Act]:
    """The acts that open an operative paragraph and do another sort of thing than what opens its only partner: a
    decision that became an encouragement, a request that became a welcome. None of a sort that the partner has behind
    its opening: that only opens now."""
    leads = {side: {act.paragraph: act for act in case.survey(side).acts if act.leads} for side in Side}
    for layout, couples in zip(case.layouts, case.couples, strict=True):
        if not (len(layout.old) == len(layout.new) == 1 and layout.is_sure):
            continue
        before, after = layout.old[0].paragraph, layout.new[0].paragraph
        was, now = leads[Side.OLD].get(before.id), leads[Side.NEW].get(after.id)
        if was and now and before.part is Part.OPERATIVE is after.part and _is_another_sort(was, now):
            partners = [old for old, new in couples if new is now and old]
            if all(_is_another_sort(old, now) for old in partners):
                yield now


def _is_another_sort(was: Act, now: Act) -> bool:
    """Whether one of two acts decides, asks or encourages and the other does not; to ask and to encourage are two where
    their verbs are a step apart."""
    sorts = {_sort(was), _sort(now)}
    return len(sorts) > 1 and (sorts != {ASKS, ENCOURAGES} or abs(was.verb_force - now.verb_force) >= A_STEP)


def _sort(act: Act) -> frozenset[Family]:
    return next((sort for sort in (DECIDES, ASKS, ENCOURAGES) if act.family in sort), frozenset())


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


def _is_next(comparison: Comparison) -> bool:
    """Whether one text may follow the other, and is no other state of it: what stands there renews nothing anew."""
    return not comparison.new.symbol or comparison.old.symbol != comparison.new.symbol


def _is_told(unit: _Unit, language: Language, *, is_next: bool) -> bool:
    """Whether words came that say something; a renewal of the next text is told as it is, a decision by a few words or
    by a date."""
    decides = unit.act.family is Family.DECIDE
    is_same = unit.layout.change.kind is Kind.UNCHANGED and not is_next
    if unit.opens and decides and not is_same and (unit.act.effect in RUNNING or _ends(unit)):
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
    return any(time.timing in LASTING and time.place.paragraph == unit.paragraph.id for time in unit.act.deadlines)


def _provision(found: _Told, quoted: list[Act], language: Language, kinship: Kinship) -> Provision:
    opening = found.units[0]
    act = opening.act
    points = [unit for unit in found.told if not unit.opens]
    if points and not opening.layout.old:  # of a list that came no point may be missing, wherever some were before
        points = [unit for unit in found.units if not unit.opens]
    if not points and opening.text.rstrip().endswith(":"):  # names, or points that another paragraph had
        points = [unit for unit in found.units if not unit.opens and unit.layout.change.kind is not Kind.UNCHANGED]
    points, room = _room_for(sorted(points, key=lambda unit: -fsum(unit.came.values())))
    points.sort(key=found.units.index)
    if opening.is_short:
        long = brief = as_line(opening.paragraph.text, language)
    else:
        context = _context([*found.before], quoted, act, language)
        context = context or left_to(act, (*found.before, act), opening.paragraph)
        quotes = (f"{context} {_quote(opening, points, room, language, most)}".strip() for most in (LONG, BRIEF))
        long, brief = (cut_before(_unquoted(opening, quoted), quote) for quote in quotes)
    return Provision(
        Side.NEW,
        (act.paragraph, *(unit.paragraph.id for unit in points)),
        long,
        brief,
        act.addressee or act.family.value,
        found.rank,
        max((unit.nearest for unit in found.told), key=lambda nearest: nearest.share),
        counterpart="" if opening.layout.old else _counterpart(act, language, kinship),
    )


def _counterpart(act: Act, language: Language, kinship: Kinship) -> str:
    """The old paragraph that an added one is kin to, or may be and that most likely says what its act says; of texts
    recalled their dates tell nothing."""
    if (kin := kinship.of(Side.NEW, act.paragraph)) or act.family is Family.RECALL:
        return kin
    clause, nearest = Clause.of_act(act), kinship.nearest(Side.NEW, act.paragraph)
    if not (nearest and clause.tells(language)):
        return ""
    likely = kinship.counterparts[Side.OLD].likeliest(clause)
    return nearest if likely.nearest.paragraph == nearest and likely.probability >= SAID_BEFORE else ""


def _unquoted(opening: _Unit, quoted: list[Act]) -> str:
    """What stands in its paragraph behind the passage of an act, up to the next one that is quoted: nothing where that
    is no more than words that join the two."""
    text, starts = opening.paragraph.text, [a.passages[0].start for a in quoted if a.paragraph == opening.paragraph.id]
    following = [start for start in starts if start >= opening.stop]
    rest = text[opening.stop : min(following, default=len(text))]
    return "" if following and len(rest.split()) < AN_ACT else rest


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
        + FIGURE * bool(RE_FIGURE.search(flat))
        + THREATENING * (find_any(language.provisions.threats, flat) is not None)
    )
    came = fsum(fsum(unit.came.values()) for unit in told)
    anew = any(not unit.layout.old or unit.anew for unit in told)
    rank += min(MOST_COUNTED, came) + ADDED * any(not unit.layout.old for unit in told)
    rank += UNTOUCHED * (not came) if not anew else 0.0
    rank += MINOR * (0 < came < LITTLE) if not anew else 0.0
    rank += PREAMBULAR * told[0].paragraph.id.startswith("pp")
    rank += REPEATING * max(unit.nearest.share for unit in told)
    is_alone = not told[0].is_short  # of a paragraph that is quoted whole nothing points to what is not quoted
    return rank + POINTING * (is_alone and _points(act, language))


# ---- quotes ---------------------------------------------------------------------------------------------------------


def _quote(opening: _Unit, points: list[_Unit], room: int, language: Language, most: int) -> str:
    """The act with what came in it: its opening and the points that are told, each by its letter and with so many
    words, or the passage."""
    needed, signs = needed_of(opening.act, opening.text, language), language.provisions.signs
    if not points:
        who, weights = without_article(opening.act.addressee, language), {**opening.came, **_times(opening)}
        line = as_line(opening.text, language)
        said = shorten(line, language, most, needed=needed, keep=who, weights=weights)
        return said if len(opening.act.parts) == 1 else f"{said.rstrip(' …:,')}{signs.colon}…"
    places = [at.paragraph for at in opening.act.passages]
    said = _with_lead_in(shorten(opening.text, language, CHAPEAU, needed=needed), opening.text)
    last, opens, between = 0, True, signs.semicolon
    for point in points:
        place = places.index(point.paragraph.id)
        gap = "… " * (place > last + 1)
        came = point.came if point.layout.old else {}
        text = shorten(point.text, language, room, weights=came)
        if fsum(came[stem] for stem in came.keys() - content_stems(text)) > UNSEEN * fsum(came.values()):
            text = shorten(point.text, language, A_POINT, weights=came)
        text = cut_before(point.paragraph.text[point.stop :], text)
        said += f"{signs.colon if opens else between}{gap}{letter_of(point.paragraph, language)}{text}"
        last, opens = place, point.text.rstrip().endswith(":")
        between = sign_behind(point.paragraph, language)
    return said + f"{signs.semicolon}…" * (last < len(places) - 1)


def _with_lead_in(said: str, text: str) -> str:
    """What is said of the opening of a list, to the colon: with the few words that lead on to its points ("et, à cette
    fin"), else with the sign of a cut where its end is left out."""
    said, whole = said.rstrip(" …:,"), " ".join(text.split()).rstrip(" :;,")
    *_, last = said.rpartition(CUT)
    rest = whole.rpartition(last)[2] if last and last in whole else ""
    return f"{said}{rest}" if len(rest.split()) <= MOST_LEADING_IN else f"{said}{CUT}"


def _times(unit: _Unit) -> dict[str, float]:
    """The times of a passage, flat, with what each counts."""
    times = (time for time in unit.act.deadlines if time.place.paragraph == unit.paragraph.id)
    return {fold_same_length(" ".join(time.text.split())): A_TIME for time in times}


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
    reach = reach_of(act, needed_of(act, act.text, language) + len("en le "))
    if find_any(language.provisions.pointing, fold_same_length(act.text)[:reach]):
        return True
    start = act.passages[0].start
    return any(at.paragraph == act.paragraph and at.start - start < reach for at in act.anaphora)


# ---- the main act of a paragraph ------------------------------------------------------------------------------------

LONGEST = 80  # words of an act …
SHORTEST = 18  # … at least, of each of several
FEWEST_OF_A_POINT = 8  # words of a point without a verb that says something
SHORT_PARAGRAPH = 150  # words of a paragraph that is quoted whole
RENEWED = 60  # words of the act that renews another
UNKNOWN = 260  # characters of a paragraph of which no verb is known
DECIDES = frozenset({Family.DECIDE})
ENCOURAGES = frozenset({Family.RECOMMEND, Family.ENCOURAGE})
A_STEP = 1.0  # between the forces of two verbs
ASKING = DECIDES | ASKS
ACTING = ASKING | ENCOURAGES | {Family.INTEND, Family.CONDEMN}
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
    """Flags on added and removed paragraphs: what each does, or which new act renews it, its points with it."""
    acts = {side: acts_by_paragraph(case.survey(side)) for side in (Side.OLD, Side.NEW)}
    standing, referred = stands_as_a_whole(case), referred_to(case)
    carried = _carried_on(case)
    wholly, keeping = _renewing_all(case), [act for act in case.new.acts if act.effect in KEEPING]
    renewed = {
        p.id: act
        for p in case.removed
        if (
            act := _renewing(case, p, acts[Side.OLD].get(p.id, []), keeping)
            or (wholly if p.part is Part.OPERATIVE else None)
        )
    }
    flagged: Flagged = []
    for place, layout in enumerate(case.layouts):
        if bool(layout.old) == bool(layout.new):
            continue
        side = Side.NEW if layout.new else Side.OLD
        paragraph = layout.places(side)[0].paragraph
        parent = paragraph.id.partition(".")[0]
        if side is Side.OLD and (renewing := renewed.get(paragraph.id) or renewed.get(parent)):
            quote = act_quote(renewing, case.language, RENEWED)
            flagged.append((place, Flag(FlagCode.RENEWED, (quote,), (), (_evidence(renewing.paragraph, quote),))))
            continue
        if side is Side.OLD and (going_on := carried.get(paragraph.id) or carried.get(parent)):
            quote = point_quote(going_on.text, case.language, RENEWED)
            flagged.append((place, Flag(FlagCode.RENEWED, (quote,), (), (_evidence(going_on.id, quote),))))
            continue
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
    received = act.family in (Family.NOTE, Family.WELCOME) and bears_on_paper(act, language)
    return paragraph.part is Part.PREAMBLE and (act.family is Family.RECALL or received)


def _main_quote(paragraph: Paragraph, acts: list[Act], language: Language) -> str:
    """What a paragraph does; its first words where no verb of it is known; nothing of a numeral."""
    if not RE_SAYING.search(paragraph.text):
        return ""
    act = main_act(acts, language)
    if len(paragraph.text.split()) <= SHORT_PARAGRAPH:
        opens_list = paragraph.text.rstrip().endswith(":")
        return as_line(paragraph.text, language) + f"{language.provisions.signs.colon}…" * opens_list
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
    least = 0.0 if first.family in SAYING else first.force + STRONGER
    asking = [act for act in others if act.family in ASKING and act.object and act.force >= least]
    return max((act for act in asking if not _points_back(act, language)), key=lambda act: act.force, default=first)


def _points_back(act: Act, language: Language) -> bool:
    """Whether an act cannot be understood without what stands before it: "de les mener à bien"."""
    said = fold_same_length(f"{act.head} {act.object[:REACH]}")
    return pattern(language.excerpts.pointing.pattern).search(said) is not None


# ---- renewed --------------------------------------------------------------------------------------------------------


def _renewing_all(case: Case) -> Act | None:
    """The act of the new text that renews all provisions of the old one; None where there is none: a mandate that goes
    on is not all that the old text asked."""
    texts = {paragraph.id: paragraph.text for paragraph in case.comparison.new.body}
    for act, reference in case.references_to_old:
        before = fold_same_length(texts[reference.place.paragraph][: reference.place.start])
        if act.effect in RUNNING and find_any(case.language.provisions.wholly, before):
            return act
    return None


def _carried_on(case: Case) -> dict[str, Paragraph]:
    """The old paragraphs and points whose tasks are to be gone on with, each with the new one that says so."""
    paragraphs = {paragraph.id: paragraph for paragraph in case.comparison.new.body}
    found: dict[str, Paragraph] = {}
    for _, reference in case.references_to_old:
        paragraph = paragraphs[reference.place.paragraph]
        before = fold_same_length(paragraph.text[: reference.place.start])
        if find_any(case.language.provisions.carried, before):
            found |= dict.fromkeys(reference.among(case.old_ids), paragraph)
    return found


def _renewing(case: Case, paragraph: Paragraph, acts: Iterable[Act], keeping: Sequence[Act]) -> Act | None:
    """Of the acts ``keeping`` provisions the one that keeps that of an old paragraph, named by its number or by the
    provisions of earlier resolutions that both renew, all of them; None where there is none."""
    number = case.old_number
    named = paragraph.id.removeprefix("op") if paragraph.depth else paragraph.number
    own = {(number, named)} if number and named else set()
    holding = acts if paragraph.part is Part.OPERATIVE else ()  # a recital holds no provision
    renewed = {
        named for act in holding if act.effect in KEEPING for named in _provisions_of(act) if named[0][:1].isdigit()
    }
    for wanted in filter(None, (own, renewed)):
        found = [act for act in keeping if any(_is_named(each, _provisions_of(act)) for each in wanted)]
        every = {provision for act in found for provision in _provisions_of(act)}
        if found and all(_is_named(each, every) for each in wanted):
            return found[0]
    return None


def _is_named(wanted: tuple[str, str], provisions: set[tuple[str, str]]) -> bool:
    """Whether provisions hold that one, or the paragraph of which it is a point."""
    number, provision = wanted
    return wanted in provisions or (number, provision.partition(".")[0]) in provisions


def _provisions_of(act: Act) -> set[tuple[str, str]]:
    """The paragraphs and points that an act refers to, each with the number of its resolution."""
    return {(reference.number, provision) for reference in act.references for provision in reference.provisions}
