"""The next edition of a text begun from the last one: ``roll(text, …) -> RollForward``.

What the last edition changed as a matter of routine against the one before it is changed again, by rules that are rows
of ``data/fr/rolling.toml``; each change names its rule. What a person must decide is left as it stands and told.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from resdiff.drafting.cycle import Cycle, cycle_of
from resdiff.drafting.lines import DraftLine, Piece, draft_lines, note_numbers
from resdiff.drafting.questions import questions
from resdiff.drafting.revision import Revision
from resdiff.drafting.updates import last_mentions, updates
from resdiff.language import Language
from resdiff.model import Comparison, Notice, Resolution
from resdiff.recognition import Survey
from resdiff.symbol import short

__all__ = [
    "Cycle",
    "DraftLine",
    "Piece",
    "Revision",
    "RollForward",
    "Stale",
    "draft_lines",
    "note_numbers",
    "roll",
]


class Stale(Struct, frozen=True):
    """A paragraph cites a text that has a later edition in its series, or in the corpus, under these symbols."""

    paragraph: str
    cited: str
    later: str


class RollForward(Struct, frozen=True):
    """The last edition with what the next one revises, in the order of the text, and how far that one is from it.

    ``stale`` is what it cites in an older form.
    """

    text: Resolution
    cycle: Cycle
    revisions: tuple[Revision, ...]
    stale: tuple[Stale, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def updates(self) -> tuple[Revision, ...]:
        """What is proposed."""
        return tuple(revision for revision in self.revisions if not revision.is_open)

    @property
    def questions(self) -> tuple[Revision, ...]:
        """What a person must decide."""
        return tuple(revision for revision in self.revisions if revision.is_open)


def roll(
    survey: Survey,
    before: Comparison | None = None,
    *,
    session: int = 0,
    later: Mapping[str, tuple[str, str]] | None = None,
) -> RollForward:
    """The next edition of the text of a survey, begun.

    ``before`` is the judged comparison of the edition before it with it: what was routine then is routine now; without
    it the rules that need the one before say nothing. ``session`` is that of the next edition (0: not given, and
    supposed to be as far on as this one is from the one before). ``later`` tells, by the key of a citation, the symbol
    of a text and that of the latest edition of its series.

    Raises ValueError where ``before`` does not end with that text.
    """
    text = survey.resolution
    if before is not None and before.new != text:
        raise ValueError(f"the comparison ends with {before.new.symbol!r}, not with {text.symbol!r}")
    language = Language.of(text.language).or_any_with("rolling")
    cycle = cycle_of(text, before.old if before else None, session)
    found = tuple(updates(survey, before, cycle, language))
    open_ = questions(survey, cycle, language)
    places = {p.id: place for place, p in enumerate(text.body)}
    kept = [*found, *(revision for revision in open_ if not any(map(revision.overlaps, found)))]
    ordered = sorted(_apart(kept), key=lambda revision: (places[revision.paragraph], revision.start))
    cited = (*_cited_still(text, before, found), *_stale(survey, later or {}))
    return RollForward(text, cycle, tuple(ordered), cited, tuple(_notices(text, before, cycle)))


def _apart(revisions: Iterable[Revision]) -> list[Revision]:
    """The revisions, of two that overlap the first."""
    kept: list[Revision] = []
    for revision in revisions:
        if not any(map(revision.overlaps, kept)):
            kept.append(revision)
    return kept


def _cited_still(text: Resolution, before: Comparison | None, found: Iterable[Revision]) -> Iterable[Stale]:
    """Where the text cites the edition before it and that is not brought up to date: mostly for what that one says."""
    met = {revision.paragraph for revision in found if revision.rule.startswith("last-edition")}
    if before is None:
        return
    for paragraph, _, _ in last_mentions(text, before.old):
        if paragraph.id not in met:
            met.add(paragraph.id)
            yield Stale(paragraph.id, short(before.old.symbol), short(text.symbol))


def _stale(survey: Survey, later: Mapping[str, tuple[str, str]]) -> Iterable[Stale]:
    met: set[tuple[str, str]] = set()
    for mention in survey.citations:
        key = mention.citation.key
        if key in later and (mention.paragraph, key) not in met:
            met.add((mention.paragraph, key))
            yield Stale(mention.paragraph, *later[key])


def _notices(text: Resolution, before: Comparison | None, cycle: Cycle) -> Iterable[Notice]:
    if before is None:
        yield Notice("draft-first")
    if text.symbol and not text.adopted:
        yield Notice("draft-undated", (text.symbol,))
    if text.session.isdecimal() and not cycle.session:
        yield Notice("draft-session")
    elif cycle.session and not cycle.is_given:
        yield Notice("draft-pace", (str(cycle.session),))
