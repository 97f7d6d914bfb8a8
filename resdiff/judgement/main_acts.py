"""What an added or a removed paragraph does, in its own words, and where a removed one lives on.

An act is quoted, never labelled. A paragraph that the new text renews, amends or reaffirms by its number is told as
renewed there: it is not gone.
"""

from collections.abc import Iterable

from resdiff.judgement.case import Case, Flagged
from resdiff.judgement.excerpts import act_quote, point_quote
from resdiff.language import Language, pattern
from resdiff.language.fold import fold_same_length
from resdiff.model import Evidence, Flag, FlagCode, Paragraph, Side
from resdiff.recognition.citations import key_of_symbol
from resdiff.recognition.survey import Act, Effect, Family, Survey

__all__ = ["judge_main_acts", "main_act"]

LONGEST = 26  # words of an act
RENEWED = 18  # words of the act that renews another
UNKNOWN = 180  # characters of a paragraph of which no verb is known
ASKING = frozenset({Family.DECIDE, Family.DEMAND, Family.REQUEST})
SAYING = frozenset(
    {
        *(Family.NOTE, Family.WELCOME, Family.RECALL, Family.STRESS, Family.AFFIRM, Family.SUPPORT, Family.CONCERN),
        Family.CONSIDER,
    }
)
STRONGER = 3.0  # steps of force by which another act outweighs the one that opens a paragraph
REACH = 100  # characters of what is asked in which an anaphora would leave it without its object


def judge_main_acts(case: Case) -> Flagged:
    """Flags on added and removed paragraphs: what each does, or which new act renews it."""
    acts = {side: _by_paragraph(case.survey(side)) for side in (Side.OLD, Side.NEW)}
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
        quote = _quote(paragraph, acts[side].get(paragraph.id, []), Language.of(case.survey(side).language))
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
    return Evidence(paragraph, quote.partition(" …")[0])


def _quote(paragraph: Paragraph, acts: list[Act], language: Language) -> str:
    """What a paragraph does; its first words where no verb of it is known."""
    act = main_act(acts, language)
    if act is None or (paragraph.depth and act is acts[0]):
        return point_quote(paragraph.text, language, UNKNOWN)
    return act_quote(act, language, LONGEST)


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


# ---- renewed ---------------------------------------------------------------------------------------------------------

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
