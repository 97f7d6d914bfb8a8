"""What the texts say differently, as lists: topics, verbs, actors, obligations, citations, terms, notices.

Each line stands in the words of the reader, with the paragraphs that bear it out.
"""

from collections.abc import Iterable, Sequence

from resdiff.model import (
    ActorChange,
    CitationChange,
    Comparison,
    Evidence,
    Notice,
    ObligationChange,
    Side,
    Status,
    TermChange,
    VerbChange,
)
from resdiff.report.blocks import (
    Actors,
    Address,
    Citations,
    Fact,
    Notices,
    Obligations,
    Quote,
    Terms,
    Topic,
    Topics,
    Verbs,
)
from resdiff.report.wording import address, message_or_code, told_status, topic_label, word

__all__ = ["lists", "topics"]

NO_VERB = "–"


def lists(comparison: Comparison, lang: str) -> tuple[Verbs, Actors, Obligations, Citations, Terms, Notices]:
    """The lists that stand after the changes, in their order; one may be empty.

    Actors named as before, and obligations and citations that are kept, are no news and left out.
    """
    citations = [citation for citation in comparison.citations if citation.status is not Status.KEPT]
    return (
        Verbs(tuple(_verb(verb, lang) for verb in comparison.verbs)),
        Actors(tuple(_actor(a, lang) for a in comparison.actors if a.alone)),
        Obligations(tuple(_obligation(o, lang) for o in comparison.obligations if o.status is not Status.KEPT)),
        Citations(
            tuple(_citation(citation, lang) for citation in citations if not citation.routine),
            tuple(_citation(citation, lang) for citation in citations if citation.routine),
        ),
        Terms(tuple(_term(term, lang) for term in comparison.terms)),
        Notices(tuple(_notice(symbol, notice, lang) for symbol, notice in notices(comparison))),
    )


def notices(comparison: Comparison) -> tuple[tuple[str, Notice], ...]:
    """What is strange about the old text, the new text, and the two together, each with the symbol of its text."""
    old, new = comparison.old, comparison.new
    return (
        *((old.symbol, notice) for notice in old.notices),
        *((new.symbol, notice) for notice in new.notices if old != new),
        *(("", notice) for notice in comparison.notices),
    )


# ---- topics ---------------------------------------------------------------------------------------------------------


def topics(comparison: Comparison, lang: str) -> Topics:
    """The topics with the words that show them."""
    return Topics(
        tuple(
            Topic(
                topic.id,
                topic_label(topic, lang),
                told_status(topic),
                _quotes(Side.OLD, topic.old, lang),
                _quotes(Side.NEW, topic.new, lang),
            )
            for topic in sorted(comparison.topics, key=lambda topic: list(Status).index(told_status(topic)))
        )
    )


def _quotes(side: Side, evidence: Iterable[Evidence], lang: str) -> tuple[Quote, ...]:
    return tuple(Quote(address(side, shown.paragraph, lang, marked=True), shown.quote) for shown in evidence)


# ---- lines ----------------------------------------------------------------------------------------------------------


def _verb(verb: VerbChange, lang: str) -> Fact:
    text = f"{verb.old_verb or NO_VERB} → {verb.new_verb or NO_VERB}"
    note = "" if verb.lead else word("note.verb-inside", lang)
    direction = word(f"direction.{verb.direction}", lang)
    return Fact(text, verb.direction, direction, note, _places((verb.old,), (verb.new,), lang))


def _actor(actor: ActorChange, lang: str) -> Fact:
    acronym = "" if actor.acronym in actor.name else actor.acronym
    note = _replaced(actor.replaced_by, actor.replaces, lang)
    places = _places(actor.old, actor.new, lang)
    return Fact(actor.name, actor.status, _mention(actor.status, lang), note, places, acronym)


def _obligation(duty: ObligationChange, lang: str) -> Fact:
    sort = word(f"sort.{duty.sort}", lang)
    return Fact(duty.text, duty.status, _mention(duty.status, lang), sort, _places((duty.old,), (duty.new,), lang))


def _citation(citation: CitationChange, lang: str) -> Fact:
    note = _replaced(citation.replaced_by, "", lang)
    places = _places(citation.old, citation.new, lang)
    return Fact(citation.text, citation.status, _mention(citation.status, lang), note, places)


def _term(term: TermChange, lang: str) -> Fact:
    old, new = (term.paragraphs, ()) if term.status is Status.DROPPED else ((), term.paragraphs)
    return Fact(term.text, term.status, _mention(term.status, lang), places=_places(old, new, lang))


def _notice(symbol: str, notice: Notice, lang: str) -> Fact:
    return Fact(message_or_code(f"notice.{notice.code}", notice.values, lang), note=symbol)


def _mention(status: Status, lang: str) -> str:
    return word(f"mention.{status}", lang)


def _replaced(by: str, what: str, lang: str) -> str:
    """What took its place, or whose place it took."""
    if by:
        return word("note.replaced", lang).format(by)
    return word("note.replaces", lang).format(what) if what else ""


def _places(old: Sequence[str], new: Sequence[str], lang: str) -> tuple[Address, ...]:
    """The paragraphs of both sides, those of the old text told apart; an empty id is none."""
    return (
        *(address(Side.OLD, paragraph, lang, marked=True) for paragraph in old if paragraph),
        *(address(Side.NEW, paragraph, lang) for paragraph in new if paragraph),
    )
