"""How acts of linked paragraphs differ: their verbs, who is asked, on what condition, with what report.

Acts are paired by what their clauses say. A verb is weighed against another inside a scale of ``data/fr/acts.toml``
that holds both; across scales it is other, never weaker. Only what stands in words that came or went is told, and of
an obligation only where the request it belongs to stands on both sides: a condition inside a request that is new as a
whole is not a condition that was added. One that only changed its place in the paragraph is the same.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise
from math import fsum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from resdiff.data.schema import ActScale
from resdiff.judgement.case import (
    Case,
    ChangeLayout,
    Couple,
    Flagged,
    ParagraphIndex,
    acts_by_paragraph,
    bears_on_paper,
    content_stems,
    meanings,
    referred_to,
    short_stems,
)
from resdiff.judgement.quoting import act_quote, shortened
from resdiff.language import Language, find_any
from resdiff.language.dates import date_pattern
from resdiff.language.fold import Apart, Memo, fold, fold_same_length, folded_line, split_words
from resdiff.language.forms import square_brackets
from resdiff.model import (
    ActCondition,
    ActFacts,
    ActPair,
    ActPassage,
    ActReference,
    ActTime,
    Comparison,
    Evidence,
    Flag,
    FlagCode,
    Kind,
    ObligationChange,
    Op,
    Part,
    Side,
    Span,
    Status,
    VerbChange,
)
from resdiff.recognition.acts import weighing
from resdiff.recognition.clauses import words_of
from resdiff.recognition.names import names
from resdiff.recognition.survey import ASKS, RECEIVED, REQUESTS, Act, Condition, Effect, Family, Survey

__all__ = ["came_beside", "hand_out_acts", "judge_acts", "pair_acts", "who_is_asked"]

NOTHING = "(?!)"  # a pattern that finds nothing
LONGEST_NAME = 14  # words of the name of the one who is asked
LONGEST = 200
"""Letters quoted behind "en coopération avec", and of a request for a report, up to where a clause ends."""
EXCERPT = 14
"""Words of an added or dropped clause that a flag quotes: enough to name its object, short enough for a margin."""
SIMILAR = 0.3
"""Least likeness of two clauses to be partners: on 45 pairs of resolutions, clauses of linked paragraphs that say
different things score 0.15 to 0.2, different verbs of one clause 0.34 and more."""
SIMILAR_ALONE = 0.2
"""The same where each side has one verb only, and the link itself speaks for the pair."""
RE_FIRST_WORDS = re.compile(rf"(?:\S+\s+){{0,{EXCERPT - 1}}}\S+")
MOST_PAIRS = 10_000
"""Pairs of clauses that are weighed for one change; the longest paragraphs read hold 7 verbs each. A text with more is
no resolution, and nothing is said of its verbs."""
WITHIN, FEWEST = 0.7, 5
"""What the share of the shorter clause counts beside that of both, and how many words it has at least for that."""
YIELDING = -1.0  # what a word adds to the force of what is asked, for that to be another thing: "envisager"
BESIDE_IT = 2  # words that may come or go with it
SAYING_SO = 6  # words of a statement in which it says that something is needed
SAME_VERB, BOTH_LEAD = 0.06, 0.04
"""What two clauses gain of the same verb, and of verbs that both open their paragraphs."""
SHORTEST_STEM, ENDING = 4, 2  # letters of a verb that all its forms share at least; those of its ending
CLAUSE = 30  # words of an act that is quoted with its verb
BINDING = frozenset({Family.DECIDE, Family.CONDEMN})
TAKEN = {Family.NOTE, Family.WELCOME}
CLEARLY = 1.0  # least difference between how something is received that is more than one of two translations
SURE = 0.45
SURE_ACROSS = 0.6
"""Least likeness of two clauses for a change of verb to be told, inside a scale and across scales. On 45 pairs of
resolutions, read by hand, changes below these are clauses that share a subject and say different things:
"Condamnant toutes les atteintes" and "Conscient que le respect" score 0.46."""
SURE_OF_THE_SAME = 0.7
"""… and where both only say how something is received: at .52 to .62 readers were misled, or not told a thing, for
progress that is welcomed and progress that is found wanting share half of their words."""
SAID = 0.75
"""Share of the words of a clause that the other side has, for the clause to be neither added nor dropped: in 78/226
op2 "invite les États Membres à appliquer" became part of "Encourage … à appliquer" (1.0)."""
ELSEWHERE = 0.8
"""Likeness of a clause to one of any other paragraph for it to have moved: from pp5 to pp9 of S/RES/1826 (2008)
"soulignant que les auteurs de tels actes doivent être traduits en justice" scores 0.92."""
RE_WORD = re.compile(r"[^\W\d_]{4,}|\d[\d/]+")
RE_HEAVY = r"[^\W\d_]{4,}"
CHANGED = {"weaker": FlagCode.VERB_WEAKER, "stronger": FlagCode.VERB_STRONGER, "same": FlagCode.VERB_CHANGED}
ALONE = 4
"""Words that may come or go with a condition for it to be told as one that came or went by itself: its commas, an
"et", an adverb; with five words and more it qualified a passage of its own in the resolutions read."""
WEIGHTY = 12  # the same with one that is told beside much else, but for the rights of people, which always are
LONE = 1  # the same with one that leaves it to who is asked: with more words it leaves him these alone
STANDS = 0.75
"""Share of the words of a condition that the other version has, for it to stand there in other words."""
ASKED_ALIKE = 0.25
"""Least share of what is asked by the request that asks less, for two that were paired to be one: a condition of a
request that is gone bound nothing else."""
MOSTLY = 0.6
"""Least share of a phrase that stands in changed words for it to have come or gone: "conformément au droit
international" that only gained "applicable" did neither."""
ASKED = 0.75
"""Share of the words of a request for a report that one act of the other text has, for it to be asked there too."""

FEWEST_MOVED, MOST_MOVED, MOVED_PAIRS = 7, 0.55, 0.1
"""Words of an act that stands elsewhere but for who is asked, share of them there in words that came or went, and of
their pairs."""

Said = Iterator[tuple[tuple[ObligationChange, ...], Flag]]
"""Rows of the list of obligations with the flag that tells them on the change."""


def judge_acts(case: Case) -> tuple[tuple[VerbChange, ...], tuple[ObligationChange, ...], Flagged]:
    """The verbs that gave way to others, what came and went of addressees, conditions and reports, and both as
    flags on the changes."""
    verbs, about_verbs = _judge_verbs(case)
    obligations, about_obligations = _judge_obligations(case)
    return verbs, obligations, [*about_verbs, *about_obligations]


# ---- pairing --------------------------------------------------------------------------------------------------------


def pair_acts(case: Case) -> tuple[tuple[Couple, ...], ...]:
    """For every change its old and new acts, paired by what their clauses say; none for one that is unchanged."""
    return tuple(
        () if layout.change.kind is Kind.UNCHANGED else _paired(old, new)
        for layout, (old, new) in zip(case.layouts, _known(case), strict=True)
    )


def _known(case: Case) -> Iterator[tuple[list[Act], list[Act]]]:
    """For every change the acts of its old and of its new paragraphs whose verb is known."""
    every = {side: acts_by_paragraph(case.survey(side)) for side in Side}
    for layout in case.layouts:
        old, new = (
            [act for place in layout.places(side) for act in acts.get(place.paragraph.id, ()) if act.verb]
            for side, acts in every.items()
        )
        yield old, new


def _clause(act: Act) -> str:
    """What follows the verb, in the paragraph where it stands."""
    here = act.passages[0]
    return act.text[act.place.end - here.start : here.end - here.start]


def _paired(old: list[Act], new: list[Act]) -> tuple[Couple, ...]:
    if not (old and new):
        return (*((act, None) for act in old), *((None, act) for act in new))
    if len(old) == len(new) == 1 and _likeness(old[0], new[0]) >= SIMILAR_ALONE:
        return ((old[0], new[0]),)
    if len(old) * len(new) > MOST_PAIRS:
        return ()
    olds, news = [*map(_clause_of, old)], [*map(_clause_of, new)]
    ranked = sorted((-_alike(o, n), i, j) for i, o in enumerate(olds) for j, n in enumerate(news))
    partner: dict[int, int] = {}
    for score, i, j in ranked:
        if -score >= SIMILAR and i not in partner and j not in partner.values():
            partner[i] = j
    found = [(o, new[partner[i]] if i in partner else None) for i, o in enumerate(old)]
    return tuple(found) + tuple((None, n) for j, n in enumerate(new) if j not in partner.values())


@lru_cache(maxsize=4096)
def _words(clause: str) -> frozenset[str]:
    """The words of a clause that carry meaning: four letters and more, numbers."""
    return frozenset(chain.from_iterable(map(_WORDS.__getitem__, fold_same_length(clause).translate(_APART).split())))


_WORDS, _APART = Memo[str, list[str]](RE_WORD.findall), Apart("/")


class _Clause(Struct, frozen=True):
    """The words of a clause that carry meaning, the kin of its verb, whether that opens the paragraph."""

    words: frozenset[str]
    kin: str
    leads: bool


def _clause_of(act: Act) -> _Clause:
    """The clause of an act, with its points where it names but who is asked, "Exhorte les États :": they say what."""
    says_what = any(map(str.isalpha, act.object.partition("\n")[0]))
    clause = _clause(act) if says_what else act.text[act.place.end - act.passages[0].start :]
    return _Clause(_words(clause), act.kin, act.leads)


def _likeness(old: Act, new: Act) -> float:
    return _alike(_clause_of(old), _clause_of(new))


def _alike(old: _Clause, new: _Clause) -> float:
    """How far two clauses say the same: shared words over all, or over the shorter one; the same verb counts a bit."""
    shared = len(old.words & new.words)
    if not shared:
        return 0.0
    dice = 2 * shared / (len(old.words) + len(new.words))
    within = WITHIN * shared / max(FEWEST, min(len(old.words), len(new.words)))
    return max(dice, within) + SAME_VERB * (old.kin == new.kin) + BOTH_LEAD * (old.leads and new.leads)


# ---- comparing ------------------------------------------------------------------------------------------------------


def _judge_verbs(case: Case) -> tuple[tuple[VerbChange, ...], Flagged]:
    """The verbs that gave way to others, and flags on the changes in which verbs changed, came or went."""
    changes: list[VerbChange] = []
    flagged: Flagged = []
    clauses = {side: _Clauses(case.survey(side)) for side in (Side.OLD, Side.NEW)}
    moved = _Moved(case)
    for place, (layout, couples) in enumerate(zip(case.layouts, case.couples, strict=True)):
        if not (layout.old and layout.new and layout.is_sure):
            continue  # of acts that may not belong together none is weaker
        for old, new in couples:
            if old and new:
                gave_way = not _traded(old, new, couples) and _gave_way(layout, old, new, couples, case.language)
                if (
                    gave_way
                    or _is_softened(layout, old, new, case.language)
                    or (_rebinds(layout, case.language) and _is_loosened(old, new, case.language))
                ):
                    change, flag = _verb_change(old, new, couples, case.language)
                    changes.append(change)
                    flagged.append((place, flag))
            elif new and _is_news(layout, Side.NEW, new, clauses[Side.OLD][new.kin]):
                whence = moved.find(new, Side.NEW, layout)
                flagged.append((place, Flag(FlagCode.VERB_ADDED, (_excerpt(new),), whence, _evidence(new))))
            elif old and _is_news(layout, Side.OLD, old, clauses[Side.NEW][old.kin]):
                whither = moved.find(old, Side.OLD, layout)
                flagged.append((place, Flag(FlagCode.VERB_DROPPED, (_excerpt(old),), _evidence(old), whither)))
    return tuple(changes), flagged


class _Moved:
    """Where acts that went from their paragraph stand in the other text in other words, and whence acts came.

    Of 120 proposals labelled by two readers the 35 that have as much of an act as is asked lead to its substance 19
    times, to a part of it 12 times; of the others 31 of 85 lead to either.
    """

    def __init__(self, case: Case) -> None:
        self._case = case

    def find(self, act: Act, side: Side, own: ChangeLayout) -> tuple[Evidence, ...]:
        """The paragraph of the other text, not of its ``own`` change, that says most of an act of that side in words
        that came there, or went from there, as evidence; nothing where none says enough."""
        other, said = side.other, self._case.wholes[side.other]
        weights = said.said.weights(act.text, act.addressee)
        if len(weights) < FEWEST_MOVED:
            return ()
        layouts, own_ids = self._case.layout_of[other], {place.paragraph.id for place in own.places(other)}
        whole, best, found = fsum(weights.values()), 0.0, ""
        for place, (words, pairs) in said.said.shares(act.text, without=act.addressee, least=MOST_MOVED).items():
            id_ = said.ids[place]
            if id_ not in layouts or id_ in own_ids or pairs < MOVED_PAIRS:
                continue
            changed = fsum(weights.get(stem, 0.0) for stem in self._changed(other, layouts[id_])) / whole
            if changed >= MOST_MOVED and words + pairs + changed > best:
                best, found = words + pairs + changed, id_
        return (Evidence(found, ""),) if found else ()

    @staticmethod
    def _changed(side: Side, layout: ChangeLayout) -> frozenset[str]:
        """The stems that came to the paragraphs of a change, or went from them; all of those without a partner."""
        if not (layout.old and layout.new):
            return short_stems(layout.text(side))
        return short_stems(" ".join(layout.change.only(side)))


def _traded(old: Act, new: Act, couples: Sequence[Couple]) -> bool:
    """Whether each of two verbs stands on both sides: "demande … et encourage …", "encourage … et demande …"."""
    kins = {Side.OLD: {was.kin for was, _ in couples if was}, Side.NEW: {now.kin for _, now in couples if now}}
    return old.kin != new.kin and old.kin in kins[Side.NEW] and new.kin in kins[Side.OLD]


def _verb_change(old: Act, new: Act, couples: Iterable[Couple], language: Language) -> tuple[VerbChange, Flag]:
    """A verb that gave way to another, as it is listed and as its change is flagged."""
    was, now = _weighed(old, new, language), _weighed(new, old, language)
    direction, settled = _direction(old, new, language), _is_settled(old, new)
    lead = old.leads and new.leads
    clause = act_quote(new, language, CLAUSE) if _is_clear(old, new, couples, language) else ""
    code = FlagCode.VERB_CHANGED if settled else CHANGED[direction]
    return (
        VerbChange(old.paragraph, new.paragraph, was, now, direction, lead, clause, settled),
        Flag(code, (was, now), _evidence(old), _evidence(new)),
    )


def _weighed(act: Act, other: Act, language: Language) -> str:
    """The verb of an act as printed, of two with one verb also the word by which what it asks differs in force: "Prie …
    envisager", "Décide … doivent"."""
    words = _yielding(act, language) if act.kin == other.kin else []
    if act.kin == other.kin and not (words or _yielding(other, language)):
        modals = zip(_modals(act, language), _modals(other, language), strict=False)
        words = [own.word for own, others in modals if own.binds is not others.binds]
    return " … ".join((weighing(act.head, language), *words[:1]))


class _Modal(NamedTuple):
    """A word that says that something must be done, or but should be."""

    binds: bool
    word: str


def _modals(act: Act, language: Language) -> list[_Modal]:
    """Those of an act, in order."""
    binding, advising = (words_of("duty", key, language) for key in ("verbs", "advised"))
    words = split_words(fold_same_length(act.text)).words
    return [_Modal(word in binding, word) for word in words if word in binding or word in advising]


def _rebinds(layout: ChangeLayout, language: Language) -> bool:
    """Whether such a word came or went."""
    changed = " ".join(edit.text for edit in layout.change.edits if edit.op is not Op.EQUAL)
    return not words_of("duty", "advised", language).isdisjoint(fold_same_length(changed).split())


def _is_loosened(old: Act, new: Act, language: Language) -> bool:
    """Whether what must be done, by the same verb, is but what should be now, or the other way round."""
    if fold(old.head) != fold(new.head) or old.paragraph[:2] != new.paragraph[:2]:
        return False
    was, now = ([modal.binds for modal in _modals(act, language)] for act in (old, new))
    is_other = was != now and len(was) == len(now)
    return is_other and _likeness(old, new) >= SURE and not _is_redirected(old, new, language)


def _yielding(act: Act, language: Language) -> list[str]:
    """The flat words of an act by which what it asks is only to be thought of, or tried."""
    return [word for word in act.softeners if word in _yielding_words(language)]


@cache
def _yielding_words(language: Language) -> frozenset[str]:
    rows = (row for row in language.acts.softener if row.step <= YIELDING)
    return frozenset(fold_same_length(word) for row in rows for word in row.words)


@cache
def _apart(language: Language) -> frozenset[str]:
    """The verbs that stand on no scale, whatever their family."""
    return frozenset(row.id for row in language.acts.verb if row.apart)


def _scale(old: Act, new: Act, language: Language) -> ActScale | None:
    """The first scale that both verbs stand on."""
    if not _apart(language).isdisjoint((old.verb, new.verb)):
        return None
    families = {old.family.value, new.family.value}
    return next((row for row in language.acts.scale if families.issubset(row.families)), None)


def _direction(old: Act, new: Act, language: Language) -> str:
    """``stronger``, ``weaker`` or ``same``: only a scale both verbs stand on can tell."""
    if _is_loosened(old, new, language):
        bound = [sum(modal.binds for modal in _modals(act, language)) for act in (old, new)]
        return "same" if bound[0] == bound[1] else "stronger" if bound[1] > bound[0] else "weaker"
    scale = _scale(old, new, language)
    if old.leads and new.leads and _is_settled(old, new):
        return "weaker" if old.family in REQUESTS else "stronger"
    families = {old.family, new.family}
    if Family.STRESS in families and old.leads and new.leads and not families.isdisjoint({Family.DECIDE, *ASKS}):
        stated = new if new.family is Family.STRESS else old
        if not words_of("governed", "hollow", language).isdisjoint(_beginning(stated)):
            return "weaker" if stated is new else "stronger"  # "Décide de créer", "Souligne qu’il importe de créer"
    if old.family is not new.family and any(act.family is Family.DECIDE and not act.addressee for act in (old, new)):
        return "same"  # "Prie le Secrétaire général de constituer un groupe", "Décide de reconstituer le groupe"
    more = new.force - old.force if scale and scale.whole else new.verb_force - old.verb_force
    if not scale or not scale.step or abs(more) < scale.step:
        return "same"
    if language.excerpts.translated and {old.family, new.family} == TAKEN and abs(more) < CLEARLY:
        return "same"  # "accueille avec satisfaction" and "prend acte avec satisfaction" may translate one verb
    if old.verb != new.verb and old.verb_force == new.verb_force:
        return "same"  # what each asks weighs otherwise: "demande de continuer", "engage à redoubler d’efforts"
    if more < 0 and new.effect is Effect.REAFFIRM:
        return "same"  # "décide", "réaffirme l’exigence faite au paragraphe 20": what is reaffirmed stands
    return "stronger" if more > 0 else "weaker"


def _beginning(act: Act) -> Sequence[str]:
    """The first flat words of an act."""
    return split_words(fold_same_length(act.text)).words[:SAYING_SO]


def _is_settled(old: Act, new: Act) -> bool:
    """Whether what one text asks the other only receives: it may have been done, or another may be spoken to."""
    families = {old.family, new.family}
    return len(families & RECEIVED) == 1 and not families.isdisjoint(REQUESTS)


def _still_there(old_act: Act, new_act: Act, couples: Iterable[Couple]) -> bool:
    """Whether one side has both verbs, each with words of the clause, or asks as the other does and says the rest
    apart: then neither gave way to the other.

    From S/RES/1582 (2005) to S/RES/1615 (2005) "réaffirme également le droit de tous les réfugiés de retourner" became
    "réaffirme également les droits de tous les réfugiés et souligne qu’ils ont le droit de retourner"; "takes note of
    the study and invites States to take it into account" became "encourages States to take it into account".
    """
    free = [(old, new) for old, new in couples if not (old and new)]
    did_ask, asks = old_act.family in REQUESTS, new_act.family in REQUESTS

    def stands(act: Act, asks_alone: bool, other: Act | None) -> bool:
        if other is None or not (other.kin == act.kin or (asks_alone and other.family in REQUESTS)):
            return False
        return _likeness(act, other) >= SIMILAR

    return any(
        stands(old_act, did_ask and not asks, new) or stands(new_act, asks and not did_ask, old) for old, new in free
    )


def _is_clear(old: Act, new: Act, couples: Iterable[Couple], language: Language) -> bool:
    """Whether a change of verb can be told without the rest of its paragraph: another verb, not an adverb more, that
    opens its paragraph on both sides, or that asks something in one that asks nothing else anew. What is recalled is
    over, and how a report is received no matter."""
    families = {old.family, new.family}
    is_softened = bool(_yielding(old, language)) is not bool(_yielding(new, language))
    if (old.kin == new.kin and not is_softened) or _likeness(old, new) < SURE_ACROSS:
        return False
    if families <= RECEIVED and Family.RECALL in families:
        return False
    if families <= RECEIVED and bears_on_paper(new, language):
        return False
    if old.leads and new.leads:
        return True
    if families <= RECEIVED:
        return False
    return not any(after and not before and after.family in REQUESTS | BINDING for before, after in couples)


def _stands_yet(layout: ChangeLayout, old: Act, new: Act, couples: Iterable[Couple], language: Language) -> bool:
    """Whether the other version of the paragraph has the verb too, in any form: "demande instamment à la communauté"
    is there in "renouvelle l’appel … et continue de demander instamment à la communauté"; not in what only tells that
    it was done, "comme il l’a demandé au paragraphe 5", nor in a noun, "leurs engagements", "chaque demande", nor in an
    act that has a partner of its own."""
    was, now = (act.kin[: max(SHORTEST_STEM, len(act.kin) - ENDING)] for act in (old, new))
    if was == now:
        return False
    having = words_of("governed", "auxiliaries", language) - words_of("governed", "passives", language)
    having |= words_of("governed", "naming", language)
    nouns = tuple(words_of("governed", "nouns", language))
    both = [(before, after) for before, after in couples if before and after and before is not old]
    kept = {Side.OLD: [before for before, _ in both], Side.NEW: [after for _, after in both]}
    texts = ((fold(was), Side.NEW), (fold(now), Side.OLD))
    if any(
        found[1] not in having and not found[2].endswith(nouns)
        for stem, side in texts
        if stem in (text := fold_same_length(layout.text(side)))
        for found in re.finditer(rf"(?:\b(\w+)\s)?\b{stem}(\w*)", text)
        if not any(_opens_at(layout, side, act, found.start(2)) for act in kept[side])
    ):
        return True
    return any(_came_again(layout, side, act, language) for act, side in ((old, Side.NEW), (new, Side.OLD)))


def _came_again(layout: ChangeLayout, side: Side, act: Act, language: Language) -> bool:
    """Whether the verb by which an act is told in two words, "takes note", stands among the changed words of that side
    in the form of one: "Noting with regret the findings" beside "Condemning …, and noting with deep regret the"."""
    if " " not in act.kin:
        return False
    said = fold(act.head)[:SHORTEST_STEM]
    forms = [form for form in _single_forms(act.verb, language) if form.startswith(said)]
    return bool(forms) and any(
        layout.touched(side, Span(*found.span()))
        for found in re.finditer(rf"\b(?:{'|'.join(forms)})\b", fold_same_length(layout.text(side)))
    )


@cache
def _single_forms(verb: str, language: Language) -> tuple[str, ...]:
    """The forms of one word in which a verb opens an act, folded."""
    rows = (row for row in language.acts.verb if row.id == verb)
    return tuple(sorted({fold(form) for row in rows for form in (*row.op, *row.pp) if " " not in form}))


def _opens_at(layout: ChangeLayout, side: Side, act: Act, offset: int) -> bool:
    """Whether the verb of an act stands at a character of that side."""
    span = layout.span(side, act.paragraph, act.place.start, act.place.end)
    return span.start < offset <= span.end


def _gave_way(layout: ChangeLayout, old: Act, new: Act, couples: Iterable[Couple], language: Language) -> bool:
    """Whether the verb of a clause gave way to another one; not where the clause went to the other part, nor where
    others are asked now: "Encourage les États" is no weaker "Prie l’Office"; nor where one side has both verbs."""
    if (old.paragraph[:2] == "pp") != (new.paragraph[:2] == "pp"):
        return False
    if old.leads is not new.leads and any(
        one and one.leads and not other for couple in couples for one, other in (couple, couple[::-1])
    ):
        return False  # "Welcoming …, and encouraging her", "Noting …, which is imperative for her"
    is_one = old.kin == new.kin and old.verb_force == new.verb_force  # "Prend note", "Note"
    least = SURE if _scale(old, new, language) else SURE_ACROSS
    if {old.family, new.family} <= RECEIVED:
        least = SURE_OF_THE_SAME
    if is_one or _likeness(old, new) < least or _is_redirected(old, new, language):
        return False
    changed = [_verb_changed(layout, Side.OLD, old), _verb_changed(layout, Side.NEW, new)]
    if not (any(changed) if old.kin == new.kin else all(changed)):
        return False  # no verb gave way to another where it stays and the other comes beside it
    return not (_still_there(old, new, couples) or _stands_yet(layout, old, new, couples, language))


def _is_softened(layout: ChangeLayout, old: Act, new: Act, language: Language) -> bool:
    """Whether what an act asks, with the same verb, is but to be thought of now, or tried, or is no more: "d’envisager
    d’aider" for "d’aider"."""
    scale = _scale(old, new, language)
    if not (scale and scale.whole and old.kin == new.kin and old.verb_force == new.verb_force):
        return False
    soft = {Side.OLD: _yielding(old, language), Side.NEW: _yielding(new, language)}
    if bool(soft[Side.OLD]) is bool(soft[Side.NEW]) or old.paragraph[:2] != new.paragraph[:2]:
        return False
    side, act = (Side.NEW, new) if soft[Side.NEW] else (Side.OLD, old)
    at = act.place.start + fold_same_length(act.text).find(soft[side][0])
    span = layout.span(side, act.paragraph, at, at + len(soft[side][0]))
    room = {side: len(soft[side][0].split()) + BESIDE_IT, side.other: BESIDE_IT}
    sites = layout.touched(side, span)
    is_alone = all(
        len(layout.text(each)[site.on(each).start : site.on(each).end].split()) <= room[each]
        for site in sites
        for each in Side
    )
    return bool(sites) and is_alone and _likeness(old, new) >= SURE and not _is_redirected(old, new, language)


class _Clauses(dict[str, list[_Clause]]):
    """What the acts of a text say, by the kin of their verbs: looked for when it is asked, most acts have a partner."""

    def __init__(self, survey: Survey) -> None:
        super().__init__()
        self.acts = survey.acts

    def __missing__(self, kin: str) -> list[_Clause]:
        self[kin] = [_clause_of(act) for act in self.acts if act.kin == kin]
        return self[kin]


def _is_news(layout: ChangeLayout, side: Side, act: Act, others: Sequence[_Clause]) -> bool:
    """Whether a clause without a partner stands in changed words and is said nowhere on the other side: neither in the
    linked paragraphs, under whatever verb, nor in one of the ``others``, which stand there under verbs of the same kin.
    """
    if not _verb_changed(layout, side, act):
        return False
    clause = _clause_of(act)
    said = clause.words & _words(layout.text(side.other))
    return len(said) < SAID * len(clause.words) and not any(_alike(other, clause) >= ELSEWHERE for other in others)


def _verb_changed(layout: ChangeLayout, side: Side, act: Act) -> bool:
    """Whether the verb itself stands in words that changed."""
    return layout.is_touched(side, act.paragraph, act.place.start, act.place.end)


# ---- who is asked ---------------------------------------------------------------------------------------------------


def _is_redirected(old: Act, new: Act, language: Language) -> bool:
    """Whether two requests ask quite different ones: "les États Membres" and "tous les États" are none such."""
    heavy = (set(re.findall(RE_HEAVY, fold_same_length(who_is_asked(act, language)))) for act in (old, new))
    return _asks_others(old, new, language) and not set.intersection(*heavy)


def _asks_others(old: Act, new: Act, language: Language) -> bool:
    """Whether both addressees are known and differ."""
    was, now = who_is_asked(old, language), who_is_asked(new, language)
    if not was or not now or _is_one(was, now, language):
        return False
    before, after = (content_stems(" ".join(meanings(name, language))) for name in (was, now))
    return 2 * len(before & after) < min(len(before), len(after))


def who_is_asked(act: Act, language: Language) -> str:
    """Who a request asks, without what is said of them; empty for a pronoun, for several, and for a long list."""
    if act.family not in REQUESTS:
        return ""
    words = split_words(fold_same_length(act.addressee))
    closing = words_of("addressee", "closing", language)
    ends = [k for k, word in enumerate(words.words) if word in closing and not _goes_on(act.addressee, words.end(k))]
    named = [(name.start, name.end) for name in names(act.addressee, language)] if ends else []
    ends = [k for k in ends if not any(start < words.starts[k] < end for start, end in named)]
    stop = next(iter(ends), len(words.words))
    if not stop or _are_several(act, words.words[:stop], language):
        return ""
    if not words_of("addressee", "nobody", language).isdisjoint(words.words[:2]):
        return ""
    name = act.addressee[: words.end(stop - 1)].rstrip(" ,")
    return name if len(name.split()) <= LONGEST_NAME else ""


def _goes_on(name: str, end: int) -> bool:
    """Whether a name goes on behind a word that ends there: "the High Commissioner for Human Rights"."""
    return name[end : end + 2].strip().isupper()


def _are_several(act: Act, name: tuple[str, ...], language: Language) -> bool:
    """Whether more than one is asked: "aux États, aux donateurs", "au Maroc et au Front"; "la drogue et le crime" is
    one name."""
    said = split_words(fold_same_length(_clause(act)[: _asked_end(act) - act.place.end])).words
    listed = any(a == "," and b in words_of("addressee", "determiners", language) for a, b in pairwise(name))
    joins, further = words_of("grammar", "and", language), words_of("addressee", "further", language)
    return listed or any(a in joins and b in further for a, b in pairwise(said))


def _is_one(old: str, new: str, language: Language) -> bool:
    """Whether two addressees are one: equal, or one the short form of the other; "tous les États" are "les États", and
    "les deux parties" two that are named together."""
    every = words_of("addressee", "every", language)
    names = ([w for w in split_words(fold_same_length(name)).words if w not in every] for name in (old, new))
    shorter, longer = sorted(names, key=len)
    return longer[: len(shorter)] == shorter or _are_the_parties(shorter, longer, language)


def _are_the_parties(name: Sequence[str], other: Sequence[str], language: Language) -> bool:
    """Whether a name is "les parties" and no more, and another one those of two, of which neither is told by the other
    as in "le Secrétaire général et son représentant"."""
    parties, nobody = words_of("addressee", "anyone", language), words_of("addressee", "nobody", language)
    are_two = not words_of("grammar", "and", language).isdisjoint(other) and nobody.isdisjoint(other)
    return len(name) <= 2 and not parties.isdisjoint(name) and are_two


# ---- quoting --------------------------------------------------------------------------------------------------------


def _evidence(act: Act) -> tuple[Evidence, ...]:
    return (Evidence(act.paragraph, _first_words(act)),)


def _first_words(act: Act) -> str:
    """The verb of an act and the first words of its clause, as printed, cut at a word."""
    found = RE_FIRST_WORDS.match(f"{act.head}{_clause(act)}")
    return found[0].rstrip(" \u00a0,;:.") if found else act.head


def _excerpt(act: Act) -> str:
    """The same within a sentence: without its capital, with the sign of a cut where the clause goes on."""
    cut = _first_words(act)
    more = len(cut) < len(f"{act.head}{_clause(act)}".rstrip(" \u00a0,;:."))
    return cut[:1].lower() + cut[1:] + (" …" if more else "")


def came_beside(comparison: Comparison, old: Collection[str], new: Collection[str], verb: str) -> tuple[str, ...]:
    """The heads of the acts that came into the new paragraphs and are of the family of that old verb: they may ask the
    rest. "Exhorte …" became "Se félicite des mesures prises …, et prie instamment …"."""
    families = {
        act.old.family
        for act in comparison.acts
        if act.old and act.old.paragraph in old and folded_line(act.old.head).startswith(folded_line(verb))
    }
    came = [pair.new for pair in comparison.acts if pair.new and not pair.old and pair.new.paragraph in new]
    return tuple(dict.fromkeys(act.head for act in came if act.family in families))


# ---- obligations ----------------------------------------------------------------------------------------------------


def _judge_obligations(case: Case) -> tuple[tuple[ObligationChange, ...], Flagged]:
    """What came and went of addressees, conditions and reports, and flags on the changes."""
    rows: list[ObligationChange] = []
    flagged: Flagged = []
    more, standing = _more_reports(case), referred_to(case)
    conditions = {side: _Conditions.among(case.survey(side).conditions) for side in (Side.OLD, Side.NEW)}
    for place, (layout, couples) in enumerate(zip(case.layouts, case.couples, strict=True)):
        if layout.change.kind is Kind.UNCHANGED:
            continue
        stands = any(at.paragraph.id.partition(".")[0] in standing for at in layout.old)
        for told, flag in _said(case, layout, couples, more, conditions):
            if not (stands and any(row.status is Status.DROPPED for row in told)):
                rows += told
                flagged.append((place, flag))
        known = {(row.text, row.status, row.old, row.new) for row in rows}
        for row in chain(_listed(layout, couples, conditions, case.language), _listed_reports(case, layout, couples)):
            is_known = (row.text, row.status, row.old, row.new) in known
            if not is_known and not (stands and row.status is Status.DROPPED):
                rows.append(row)
    return tuple(rows), flagged


def _said(
    case: Case,
    layout: ChangeLayout,
    couples: tuple[Couple, ...],
    more_reports: int,
    conditions: "dict[Side, _Conditions]",
) -> Said:
    """All that is to be said of one change."""
    if layout.old and layout.new and layout.is_sure:
        for old, new in couples:
            if old and new:
                yield from _addressees(layout, old, new, couples, case.language)
        yield from _conditions(case, layout, couples, conditions)
    yield from _reports(case, layout, couples, more_reports)


# ---- who ------------------------------------------------------------------------------------------------------------


def _addressees(layout: ChangeLayout, old: Act, new: Act, couples: tuple[Couple, ...], language: Language) -> Said:
    if not (old.leads and new.leads):
        return  # of one act of several nobody knows whether it is the same
    if not any(
        layout.is_touched(side, act.paragraph, act.place.end, _asked_end(act))
        for side, act in ((Side.OLD, old), (Side.NEW, new))
    ):
        return
    if not _asks_others(old, new, language):
        return
    ids = (old.paragraph, new.paragraph)
    was, now = who_is_asked(old, language), who_is_asked(new, language)
    if _is_asked_too(was, new, language) or _is_asked_too(now, old, language):
        return
    befores, afters = zip(*couples, strict=True)
    if _is_asked_in(now, befores, old, language) or _is_asked_in(was, afters, new, language):
        return
    rows = (
        ObligationChange("addressee", was, Status.DROPPED, *ids),
        ObligationChange("addressee", now, Status.NEW, *ids),
    )
    yield rows, Flag(FlagCode.ADDRESSEE_CHANGED, (was, now), (Evidence(ids[0], was),), (Evidence(ids[1], now),))


def _is_asked_in(name: str, acts: Iterable[Act | None], but: Act, language: Language) -> bool:
    """Whether another act of a paragraph asks that one: "Encourages States …, and encourages the Office to assist
    them", then "Requests the Office to assist States"."""
    asked = (who_is_asked(act, language) for act in acts if act and act is not but)
    return any(other and _is_one(name, other, language) for other in asked)


def _is_asked_too(name: str, act: Act, language: Language) -> bool:
    """Whether an act asks that one besides: "Calls upon the Houthis to lift the siege, and upon all parties to …"."""
    words, every = split_words(fold_same_length(act.text)).words, words_of("addressee", "every", language)
    named = next((word for word in split_words(fold_same_length(name)).words if word not in every), "")
    joins, further = words_of("grammar", "and", language), words_of("addressee", "further", language)
    asking = (k + 2 for k, (word, to) in enumerate(pairwise(words)) if word in joins and to in further)
    return any(named in words[place : place + 2] for place in asking)


def _asked_end(act: Act) -> int:
    """Where the name of who is asked ends: before what is asked, or with it, behind "que"."""
    name = len(act.addressee) if act.object.startswith(act.addressee) else 0
    return act.place.end + max(_clause(act).find(act.object), 0) + name


# ---- on what condition ----------------------------------------------------------------------------------------------


class _Conditions(Struct, frozen=True):
    """The conditions of a text by paragraph, and how many there are of each row of the table."""

    of: dict[str, list[Condition]]
    rows: Counter[int]

    @classmethod
    def among(cls, conditions: tuple[Condition, ...]) -> "_Conditions":
        """Those of a text."""
        of: dict[str, list[Condition]] = {}
        for condition in conditions:
            of.setdefault(condition.paragraph, []).append(condition)
        return cls(of, Counter(condition.row for condition in conditions))


def _conditions(
    case: Case, layout: ChangeLayout, couples: tuple[Couple, ...], conditions: dict[Side, _Conditions]
) -> Said:
    """The conditions of which one side has more than the other, where the words came or went."""
    if not layout.sites:
        return
    found = {side: _of_change(layout, side, own) for side, own in conditions.items()}
    count = {side: Counter(c.row for c in these) for side, these in found.items()}
    whole = {side: own.rows for side, own in conditions.items()}
    for side, other in ((Side.OLD, Side.NEW), (Side.NEW, Side.OLD)):
        for row in sorted(count[side]):
            # One that another paragraph had came from there.
            surplus = min(count[side][row] - count[other][row], whole[side][row] - whole[other][row])
            if surplus <= 0:
                continue
            these = [c for c in found[side] if c.row == row]
            # A second condition of that row in a paragraph is no news, but for the rights of people.
            touched = (layout.is_touched(side, c.paragraph, c.start, c.end) for c in these)
            if these[0].sort != "rights" and not all(touched):
                continue
            came = [c for c in these if _came_alone(layout, side, c, couples, case.language)]
            for condition in came[:surplus]:
                yield _condition_said(layout, side, condition, case.language)


def _of_change(layout: ChangeLayout, side: Side, conditions: _Conditions) -> list[Condition]:
    """The conditions in the paragraphs of that side, paragraph by paragraph."""
    return [c for place in layout.places(side) for c in conditions.of.get(place.paragraph.id, ())]


def _came_alone(
    layout: ChangeLayout, side: Side, condition: Condition, couples: tuple[Couple, ...], language: Language
) -> bool:
    """Whether a condition came or went by itself, in a request that stands on both sides."""
    span = layout.span(side, condition.paragraph, condition.start, condition.end)
    changed = [site.on(side) for site in layout.touched(side, span)]
    covered = sum(min(span.end, words.end) - max(span.start, words.start) for words in changed)
    if not changed or covered / (span.end - span.start) < MOSTLY:
        return False
    if span.start < changed[0].start:  # "in accordance with" stood: with the law, with its duties
        return False
    place = next(p for p in layout.places(side) if p.paragraph.id == condition.paragraph)
    if place.paragraph.part is Part.PREAMBLE and condition.sort != "rights":
        return False
    if not (condition.sort == "rights" and condition.stands_alone):
        most = WEIGHTY if condition.stands_alone else LONE if condition.sort == "discretion" else ALONE
        room, text = len(condition.text.split()) + most, layout.text(side)
        if any(len(text[words.start : words.end].split()) > room for words in changed):
            return False
    return _request_stands(side, condition, couples, language) and not _stands_there(
        layout, side.other, condition, couples, language
    )


def _stands_there(
    layout: ChangeLayout, side: Side, condition: Condition, couples: tuple[Couple, ...], language: Language
) -> bool:
    """Whether the other version has the words of a condition, but for those that only join it.

    "de concert avec le Groupe de contrôle" keeps "en consultation avec le Groupe de contrôle". Not of a right, whose
    words are common: "entreprises privées" keeps no "vie privée"; nor a verb, "Demande aux États" no "sur demande".
    """
    if condition.sort == "rights":
        return False
    joining = language.excerpts.commonplace.words
    text = _quoted(layout, side.other, condition, language)
    stems = {stem for stem in content_stems(text) if not stem.startswith(joining)}
    there = layout.text(side)
    for act in filter(None, (couple[side is Side.NEW] for couple in couples)):
        there = there.replace(act.head, "", 1)
    return bool(stems) and len(stems & content_stems(there)) >= STANDS * len(stems)


def _request_stands(side: Side, condition: Condition, couples: tuple[Couple, ...], language: Language) -> bool:
    """Whether the request that holds the condition has a partner who is asked the same; true outside any request. What
    is only recalled or noted binds nobody on a condition, but for the rights of people."""
    if not (couple := _holder(side, condition, couples)):
        return True
    old, new = couple
    return (
        old is not None
        and new is not None
        and (condition.sort == "rights" or not (old.family in RECEIVED and new.family in RECEIVED))
        and _ask_alike(old, new)
        and not _is_redirected(old, new, language)
    )


def _holder(side: Side, condition: Condition, couples: tuple[Couple, ...]) -> Couple | None:
    """The act that holds a condition, with its partner; None where it stands in none."""

    def holds(act: Act | None) -> bool:
        is_there = act and act.paragraph == condition.paragraph
        return bool(act and is_there and act.place.start <= condition.start < act.passages[0].end)

    return next((couple for couple in couples if holds(couple[side is Side.NEW])), None)


def _ask_alike(old: Act, new: Act) -> bool:
    """Whether two requests have something in common but who is asked: one that is only noted now asks nothing."""
    if (old.family in RECEIVED) is not (new.family in RECEIVED):
        return False
    asked = [content_stems(act.object) - content_stems(act.addressee) for act in (old, new)]
    return len(asked[0] & asked[1]) >= ASKED_ALIKE * min(map(len, asked))


def _condition_said(
    layout: ChangeLayout, side: Side, condition: Condition, language: Language
) -> tuple[tuple[ObligationChange, ...], Flag]:
    row = _condition_row(layout, side, condition, language)
    seen = (Evidence(condition.paragraph, row.text.strip("[]")),)
    if side is Side.OLD:
        return (row,), Flag(FlagCode.CONDITION_DROPPED, (row.text,), seen, ())
    return (row,), Flag(FlagCode.CONDITION_ADDED, (row.text,), (), seen)


def _condition_row(layout: ChangeLayout, side: Side, condition: Condition, language: Language) -> ObligationChange:
    here, text = condition.paragraph, _quoted(layout, side, condition, language)
    there = layout.places(side.other)[0].paragraph.id
    status, ids = (Status.DROPPED, (here, there)) if side is Side.OLD else (Status.NEW, (there, here))
    return ObligationChange("condition", text, status, *ids, condition.sort)


def _quoted(layout: ChangeLayout, side: Side, condition: Condition, language: Language) -> str:
    """The words of a condition; of one to consult with whom behind them, to the next comma. What a draft only proposes,
    or gives up, in square brackets stands in such, with who wants it: nobody has agreed on it."""
    text = next(p.paragraph.text for p in layout.places(side) if p.paragraph.id == condition.paragraph)
    words = condition.text
    if condition.sort == "consult":
        words = _shortened(re.split(r"[,;\]]", text[condition.start :])[0], language)
    brackets = square_brackets(text).items() if "[" in text else ()
    around = [first for first, last in brackets if first < condition.start and condition.end <= last]
    if not around:
        return words
    from resdiff.language.unsettled import behind_tag  # few texts need it

    return f"{text[max(around) : behind_tag(text, max(around))].strip()} {words}]".replace("[ ", "[")


def _listed(
    layout: ChangeLayout, couples: tuple[Couple, ...], conditions: dict[Side, _Conditions], language: Language
) -> Iterator[ObligationChange]:
    """The conditions of which an operative paragraph has more than its partner, for the list alone: with much else,
    within a request that is new, or though another paragraph has it too. Not those that protect people, of which each
    is weighed above."""
    if not (layout.old and layout.new and layout.is_sure and layout.sites):
        return
    found = {side: [c for c in _of_change(layout, side, own) if c.sort != "rights"] for side, own in conditions.items()}
    count = {side: Counter(c.row for c in these) for side, these in found.items()}
    parts = {place.paragraph.id: place.paragraph.part for side in Side for place in layout.places(side)}
    for side in Side:
        left = count[side] - count[side.other]
        for condition in found[side]:
            span = layout.span(side, condition.paragraph, condition.start, condition.end)
            changed = [site.on(side) for site in layout.touched(side, span)]
            covered = sum(min(span.end, words.end) - max(span.start, words.start) for words in changed)
            if (
                left[condition.row] > 0
                and parts[condition.paragraph] is not Part.PREAMBLE
                and changed
                and changed[0].start <= span.start
                and covered >= MOSTLY * (span.end - span.start)
                and not _stands_there(layout, side.other, condition, couples, language)
            ):
                left[condition.row] -= 1
                act = (_holder(side, condition, couples) or (None, None))[side is Side.NEW]
                if act and act.family in RECEIVED:
                    continue  # who convened what is welcomed binds nobody
                row = _condition_row(layout, side, condition, language)
                # of a request that has no partner nothing is said of the other paragraph
                has_partner = _request_stands(side, condition, couples, language)
                yield row if has_partner else replace(row, **{side.other: ""})


# ---- with what report -----------------------------------------------------------------------------------------------


def _more_reports(case: Case) -> int:
    """How many more requests for a report the new text holds than the old one."""
    every = [couple for couples in case.couples for couple in couples]
    return sum(_asks_to_report(new, case.language) - _asks_to_report(old, case.language) for old, new in every)


def _reports(case: Case, layout: ChangeLayout, couples: tuple[Couple, ...], more: int) -> Said:
    """A request for a report that came, when there are more now, or went, when there are fewer."""
    language = case.language
    for old, new in couples:
        was, now = _asks_to_report(old, language), _asks_to_report(new, language)
        if new and now and not was and more > 0 and _is_asked_anew(case, layout, Side.NEW, new):
            words = _report(new, language)
            row = ObligationChange("report", words, Status.NEW, old.paragraph if old else "", new.paragraph)
            yield (row,), Flag(FlagCode.REPORT_ADDED, (words,), (), (Evidence(new.paragraph, words),))
        if old and was and not now and more < 0 and _is_asked_anew(case, layout, Side.OLD, old):
            words = _report(old, language)
            row = ObligationChange("report", words, Status.DROPPED, old.paragraph, new.paragraph if new else "")
            yield (row,), Flag(FlagCode.REPORT_DROPPED, (words,), (Evidence(old.paragraph, words),), ())


def _listed_reports(case: Case, layout: ChangeLayout, couples: tuple[Couple, ...]) -> Iterator[ObligationChange]:
    """The requests for a report that the other text has nowhere, for the list alone: though it asks for as many."""
    for old, new in couples:
        was, now = _asks_to_report(old, case.language), _asks_to_report(new, case.language)
        if new and now and not was and _is_asked_anew(case, layout, Side.NEW, new):
            words = _report(new, case.language)
            yield ObligationChange("report", words, Status.NEW, old.paragraph if old else "", new.paragraph)
        if old and was and not now and _is_asked_anew(case, layout, Side.OLD, old):
            words = _report(old, case.language)
            yield ObligationChange("report", words, Status.DROPPED, old.paragraph, new.paragraph if new else "")


def _asks_to_report(act: Act | None, language: Language) -> bool:
    """Whether an act is a request for a report."""
    return act is not None and act.family in REQUESTS and _report_at(_clause(act), language) is not None


def _report(act: Act, language: Language) -> str:
    """The words with which a request asks for a report; empty when it asks for none."""
    clause = _clause(act)
    start = _report_at(clause, language)
    return "" if start is None else _shortened(clause[start:], language, date_pattern(language))


@lru_cache(maxsize=1024)
def _report_at(clause: str, language: Language) -> int | None:
    """Where a clause begins to ask for a report."""
    asked = find_any(language.conditions.reports, fold_same_length(clause))
    return asked.start() if asked else None


def _shortened(text: str, language: Language, date: str = NOTHING) -> str:
    """The first words of a text up to where a clause ends, with dots where there are more; what a pattern of dates
    finds at their end whole.

    >>> text = "présenter, à une date aussi rapprochée que possible, et au plus tard le 4 mai 1995, un rapport"
    >>> _shortened(text, Language.of("fr"))
    'présenter, à une date aussi rapprochée que possible, et au plus tard le 4 mai 1995, un rapport'
    """
    said = " ".join(text.split())
    dates = [found.end() for found in re.finditer(date, fold_same_length(said)) if found.start() < LONGEST]
    return shortened(said, language, LONGEST, max(dates, default=0))


def _is_asked_anew(case: Case, layout: ChangeLayout, side: Side, request: Act) -> bool:
    """Whether a request stands in words that changed, and no act of the other text asks most of what it asks; of an old
    one, nor notes or awaits it: the report is still named ("looks forward to the report on …")."""
    if not layout.is_touched(side, request.paragraph, request.place.end, request.passages[0].end):
        return False
    stems = content_stems(_report(request, case.language)) - content_stems(request.addressee)
    may_ask = [act for act in case.survey(side.other).acts if side is Side.OLD or act.addressee]
    return not any(len(stems & content_stems(act.text)) >= ASKED * len(stems) for act in may_ask)


# ---- handed out -----------------------------------------------------------------------------------------------------


def hand_out_acts(case: Case) -> tuple[ActPair, ...]:
    """All acts of both texts whose verb is known, each in one pair, change by change.

    Those of a paragraph that is unchanged are paired in their order.
    """
    there = {side: case.wholes[side.other].index(case.comparison.text(side.other).body) for side in Side}
    return tuple(
        _handed_out(before, after, there)
        for paired, (old, new) in zip(case.couples, _known(case), strict=True)
        for before, after in paired or _in_their_order(old, new)
    )


def _in_their_order(old: list[Act], new: list[Act]) -> tuple[Couple, ...]:
    """The acts of paragraphs that say the same, one by one; each alone where their verbs are not the same."""
    if [act.kin for act in old] == [act.kin for act in new]:
        return tuple(zip(old, new, strict=True))
    return (*((act, None) for act in old), *((None, act) for act in new))


def _handed_out(old: Act | None, new: Act | None, there: dict[Side, ParagraphIndex]) -> ActPair:
    if old and new:
        return ActPair(_facts(old), _facts(new))
    if old:
        return ActPair(_facts(old), None, there[Side.OLD].nearest(content_stems(old.text)))
    assert new
    return ActPair(None, _facts(new), there[Side.NEW].nearest(content_stems(new.text)))


def _facts(act: Act) -> ActFacts:
    return ActFacts(
        act.paragraph,
        tuple([ActPassage(at.paragraph, at.start, at.end) for at in act.passages]),
        act.verb,
        act.head,
        act.family.value,
        act.force,
        act.addressee,
        act.effect.value,
        tuple([ActCondition(c.sort, c.text, c.place.paragraph) for c in act.conditions]),
        tuple([ActTime(t.value, t.unit.value, t.timing.value, t.text, t.place.paragraph) for t in act.deadlines]),
        tuple(
            [
                ActReference(r.number, r.paragraphs, r.points, r.role.value, r.text, r.place.paragraph)
                for r in act.references
            ]
        ),
        act.softeners,
    )
