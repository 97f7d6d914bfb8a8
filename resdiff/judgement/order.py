"""The judges, one after the other, and in which order what they said is told: precedence is decided here alone.

Routine edits come first, since what is routine is lowered. No judge looks at what another said, and none takes it back.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from msgspec.structs import replace

from resdiff.alignment.odds import Nearness
from resdiff.alignment.tiers import DOUBTFUL
from resdiff.comparison import written_anew
from resdiff.judgement.acts import hand_out_acts, judge_acts, pair_acts
from resdiff.judgement.calendar import judge_calendar, judge_values
from resdiff.judgement.case import Case, Flagged, lay_out, stands_as_a_whole, takes_the_place
from resdiff.judgement.citations import judge_citations, judge_routine
from resdiff.judgement.losses import Kinship, judge_losses
from resdiff.judgement.names import judge_names
from resdiff.judgement.phrases import judge_phrases
from resdiff.judgement.provisions import judge_main_acts, judge_provisions
from resdiff.judgement.terms import judge_terms
from resdiff.judgement.themes import judge_themes
from resdiff.model import ActorChange, Change, Comparison, FlagCode, Notice, Op, Side, Status, TopicChange
from resdiff.recognition import Survey

__all__ = ["ORDER", "in_order", "judge", "with_a_theme_of_its_own", "without_actor", "without_renewed", "without_theme"]

ORDER = (
    FlagCode.RENEWED,
    FlagCode.ACT,
    FlagCode.REWRITTEN,
    FlagCode.BRACKETED,
    FlagCode.UNBRACKETED,
    FlagCode.DEADLINE_CHANGED,
    FlagCode.DEADLINE_DROPPED,
    FlagCode.DEADLINE_ADDED,
    FlagCode.DATE_CHANGED,
    FlagCode.FIGURE_CHANGED,
    FlagCode.FIGURE_DROPPED,
    FlagCode.FIGURE_ADDED,
    FlagCode.VERB_WEAKER,
    FlagCode.VERB_STRONGER,
    FlagCode.VERB_CHANGED,
    FlagCode.CONDITION_DROPPED,
    FlagCode.ADDRESSEE_CHANGED,
    FlagCode.ACTOR_REPLACED,
    FlagCode.VERB_DROPPED,
    FlagCode.REPORT_DROPPED,
    FlagCode.CONDITION_ADDED,
    FlagCode.VERB_ADDED,
    FlagCode.REPORT_ADDED,
    FlagCode.REFERENCE_LOST,
    FlagCode.REFERENCE_STALE,
    FlagCode.WORDS_REPLACED,
    FlagCode.WORDS_DROPPED,
    FlagCode.WORDS_ADDED,
    FlagCode.WORDS_MOVED,
    FlagCode.WORDS_SWAPPED,
    FlagCode.REWORDED,
    FlagCode.SAME_SENSE,
)
"""Flags as a negotiator would tell them: until when and how many, what became weaker or went, then what was added;
others follow."""
RANKS = {code: rank for rank, code in enumerate(ORDER)}
WITHOUT_PARTNERS = frozenset({"cut-down", "old-alone", "extended", "new-alone", "written-anew"})
"""Notices that many paragraphs have no counterpart."""
PHRASES = (FlagCode.WORDS_REPLACED, FlagCode.WORDS_DROPPED, FlagCode.WORDS_ADDED)
RANKS |= dict.fromkeys(PHRASES, RANKS[FlagCode.WORDS_REPLACED])  # their judge has put the largest first


def judge(comparison: Comparison, old: Survey, new: Survey, *, earlier: Sequence[Survey] = ()) -> Comparison:
    """The comparison with all that can be said of its changes.

    ``old`` and ``new`` are the surveys of its two texts, ``earlier`` those of earlier editions of the series. What is
    said in words of a language (verbs, obligations, names, themes, terms) is said where both texts are known in it.
    Raises ValueError when a survey is of another text.
    """
    case = _case(_with_rivals(comparison), old, new)
    lowered, flagged = judge_routine(case)
    citations = judge_citations(case, flagged)
    if not (old.language and old.language == new.language):  # the marks speak; nothing is said of what they mean
        return replace(lowered, citations=citations, changes=in_order(lowered, flagged))
    case = replace(case, couples=pair_acts(case))
    flagged = [*flagged, *judge_main_acts(case), *judge_phrases(case, lowered.changes)]
    if any("[" in edit.text for change in lowered.changes for edit in change.edits if edit.op is not Op.EQUAL):
        from resdiff.judgement.brackets import judge_brackets  # for drafts alone

        flagged += judge_brackets(case)
    verbs, obligations, about_acts = judge_acts(case)
    actors, about_actors = judge_names(case)
    topics = judge_themes(case, earlier)
    if not takes_the_place(case):
        topics = without_theme(Status.DROPPED, topics)
    if comparison.new.is_torn or stands_as_a_whole(case):
        actors = without_actor(Status.DROPPED, actors)
    if comparison.old.is_torn:
        actors, topics = without_actor(Status.NEW, actors), without_theme(Status.NEW, topics)
    kinship = Kinship(case, with_a_theme_of_its_own(topics))
    changes = kinship.doubted(in_order(lowered, [*flagged, *about_acts, *judge_values(case), *about_actors]))
    return replace(
        lowered,
        changes=changes,
        notices=without_renewed(replace(lowered, changes=changes)),
        verbs=verbs,
        obligations=obligations,
        actors=actors,
        citations=citations,
        topics=topics,
        terms=judge_terms(comparison, case.language) if case.language.knows("terms") else (),
        provisions=(*judge_provisions(case, kinship, lowered.changes), *judge_losses(case, kinship)),
        calendar=judge_calendar(case),
        acts=hand_out_acts(case),
        kin=kinship.pairs,
        neighbours=kinship.neighbours,
    )


def _with_rivals(comparison: Comparison) -> Comparison:
    """The comparison, with the doubtful links marked to one of whose paragraphs another one is nearer; none of two that
    share more than half of their words."""
    links = [change.link for change in comparison.changes]
    weighed = [link for link in links if len(link.old) == 1 == len(link.new) and link.reason.tier != "strong"]
    doubtful = [link for link in weighed if link.score < DOUBTFUL]
    if not doubtful:
        return comparison
    nearness = Nearness.of(comparison.old, comparison.new, links)
    rivalled = {id_ for link in doubtful if nearness.is_rivalled(*link.old, *link.new) for id_ in link.new}
    changes = (
        replace(c, link=replace(c.link, rivalled=True)) if not rivalled.isdisjoint(c.link.new) else c
        for c in comparison.changes
    )
    return replace(comparison, changes=tuple(changes)) if rivalled else comparison


def _case(comparison: Comparison, old: Survey, new: Survey) -> Case:
    """What the judges are given, its acts not paired yet: to pair them takes a language that both texts are in."""
    for survey, resolution in ((old, comparison.old), (new, comparison.new)):
        if survey.resolution != resolution:
            raise ValueError(f"the survey of {survey.resolution.symbol!r} is not that of {resolution.symbol!r}")
    return Case(comparison, old, new, lay_out(comparison))


def in_order(comparison: Comparison, flagged: Flagged) -> tuple[Change, ...]:
    """The changes of the comparison with these flags beside their own, the most telling first."""
    flags = [list(change.flags) for change in comparison.changes]
    for place, flag in flagged:
        flags[place].append(flag)
    ranked = (sorted(each, key=lambda flag: RANKS.get(flag.code, len(RANKS))) for each in flags)
    return tuple(replace(c, flags=tuple(f)) if f else c for c, f in zip(comparison.changes, ranked, strict=True))


def without_actor(status: Status, actors: tuple[ActorChange, ...]) -> tuple[ActorChange, ...]:
    """The same, none to be told of that status: as gone where the old text stands on as a whole, as new beside a torn
    one. A text that goes beside the old one, or says it anew, names no more what it does not name."""
    return tuple(replace(a, alone=False) if a.status is status else a for a in actors)


def without_theme(status: Status, topics: tuple[TopicChange, ...]) -> tuple[TopicChange, ...]:
    """The same, none to be told of that status: as gone where the old text stands on, as new beside a torn one."""
    return tuple(replace(t, words="") if t.status is status else t for t in topics)


def with_a_theme_of_its_own(topics: Iterable[TopicChange]) -> dict[Side, frozenset[str]]:
    """The paragraphs of each side with a theme that the other text has nowhere."""
    told = [topic for topic in topics if topic.words]
    sides = {Side.OLD: [topic.old for topic in told], Side.NEW: [topic.new for topic in told]}
    return {side: frozenset(each.paragraph for each in chain.from_iterable(found)) for side, found in sides.items()}


def without_renewed(comparison: Comparison) -> tuple[Notice, ...]:
    """The notices of a comparison, that many paragraphs have no counterpart without those that the new text renews by
    their numbers, now that they are known."""
    notices, changes = comparison.notices, comparison.changes
    others = tuple(notice for notice in notices if notice.code not in WITHOUT_PARTNERS)
    if len(others) == len(notices) or not any(change.renewed_in for change in changes):
        return notices
    return (*others, *written_anew(comparison.old, comparison.new, changes))
