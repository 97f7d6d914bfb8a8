"""What may be said of two texts: ``judge(comparison, old, new)`` adds weights, flags, verbs, actors, themes …

Each kind of statement has a module with a judge: a function of the whole case that says what it found and looks at no
other judge. Routine edits come first, since what is routine is lowered; :mod:`resdiff.judgement.order` puts together
what was said.
"""

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from resdiff.judgement.acts import hand_out_acts, judge_acts, pair_acts
from resdiff.judgement.calendar import judge_calendar, judge_values
from resdiff.judgement.case import Case, lay_out, takes_the_place, whole_text
from resdiff.judgement.citations import judge_citations, judge_routine
from resdiff.judgement.names import judge_names
from resdiff.judgement.order import in_order, silent_on
from resdiff.judgement.phrases import judge_phrases
from resdiff.judgement.provisions import judge_main_acts, judge_provisions
from resdiff.judgement.terms import judge_terms
from resdiff.judgement.themes import judge_themes
from resdiff.model import Comparison, Resolution, Status
from resdiff.recognition import Survey, recognize

if TYPE_CHECKING:
    from resdiff.recognition.theme_patterns import Rule

__all__ = ["annotate", "judge"]


def judge(comparison: Comparison, old: Survey, new: Survey, *, earlier: Sequence[Survey] = ()) -> Comparison:
    """The comparison with all that can be said of its changes.

    ``old`` and ``new`` are the surveys of its two texts, ``earlier`` those of earlier editions of the series. What is
    said in words of a language (verbs, obligations, names, themes, terms) is said where both texts are known in it.
    Raises ValueError when a survey is of another text.
    """
    for survey, resolution in ((old, comparison.old), (new, comparison.new)):
        if survey.resolution != resolution:
            raise ValueError(f"the survey of {survey.resolution.symbol!r} is not that of {resolution.symbol!r}")
    case = Case(comparison, old, new, lay_out(comparison))
    in_one_language = bool(old.language) and old.language == new.language
    if in_one_language:
        case = replace(case, couples=pair_acts(case))
    lowered, flagged = judge_routine(case)
    citations = judge_citations(case, flagged)
    texts = whole_text(comparison.old), whole_text(comparison.new)
    flagged = [*flagged, *judge_main_acts(case), *judge_phrases(case, lowered.changes, texts)]
    if not in_one_language:
        return replace(lowered, citations=citations, changes=in_order(lowered, flagged))
    verbs, obligations, about_acts = judge_acts(case)
    actors, about_actors = judge_names(case, texts)
    topics = judge_themes(case, texts, earlier)
    if not takes_the_place(case):
        actors, topics = silent_on(Status.DROPPED, actors, topics)
    if comparison.old.is_torn:
        actors, topics = silent_on(Status.NEW, actors, topics)
    return replace(
        lowered,
        changes=in_order(lowered, [*flagged, *about_acts, *judge_values(case), *about_actors]),
        verbs=verbs,
        obligations=obligations,
        actors=actors,
        citations=citations,
        topics=topics,
        terms=judge_terms(comparison, case.language) if case.language.knows("terms") else (),
        provisions=judge_provisions(case),
        calendar=judge_calendar(case),
        acts=hand_out_acts(case),
    )


def annotate(
    comparison: Comparison, *, earlier: Sequence[Resolution] = (), topics: "Sequence[Rule]" = ()
) -> Comparison:
    """Deprecated: ``judge(comparison, recognize(comparison.old), recognize(comparison.new))`` says the same.

    This name is kept for one release.
    """
    warnings.warn("annotate is deprecated: use recognize and judge", DeprecationWarning, stacklevel=2)
    old, new, *before = (recognize(text, topics=topics) for text in (comparison.old, comparison.new, *earlier))
    return judge(comparison, old, new, earlier=before)
