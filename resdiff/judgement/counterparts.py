"""Which paragraph of one text most likely says what a clause of the other one says, and how likely it does.

Where no link joins them words alone must tell. How likely it is tell five features – the share of its words, how far
the next paragraph is behind, a link, the sort of act, the place – weighed in ``data/common/losses.toml`` as
``scripts/fit-losses`` fits them to acts of old texts that readers looked for in new ones (``tests/gold/losses.csv``).
"""

from collections.abc import Sequence
from functools import cache
from heapq import nlargest
from math import log, sqrt

from msgspec import Struct
from msgspec.structs import astuple

from resdiff.alignment.odds import probability
from resdiff.data import load
from resdiff.data.schema import LossOdds
from resdiff.judgement.case import Case, Said, acts_by_paragraph, content_stems, is_sure, shorter, told_by
from resdiff.language import Language
from resdiff.model import Nearest, Resolution, Side
from resdiff.recognition.survey import Act, Family

__all__ = ["FEATURES", "NOT_SAID", "SAID", "Clause", "Counterparts", "Likely"]

# How likely a paragraph of the new text says what went: of 401 acts that readers looked for, weighed with an eighth of
# the series left out, 102 are below the first, of which 17 stand somewhere, and 117 above the second, of which 87 stand
# where it points, or what came of them.
NOT_SAID, SAID = 0.15, 0.6
SAME = 0.75  # share of its words that a paragraph has that says the same
LEAST_SAID = 0.05  # share of its words without which a paragraph does not say it, and a link to it is one of other acts
OF_BEST = (
    0.33  # … and share of what the paragraph has that has most of them: one with less is only with a link the likeliest
)
LEAST_LINKED = 0.002  # probability of a link: below it all are as unlikely
TELLING = 16  # what the words of an act tell at least, for it to be looked for
FEATURES = LossOdds.__struct_fields__[1:]


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
        self._links: dict[str, dict[str, float]] = {}
        for link in (change.link for change in comparison.changes):
            scores = [(rival.old, rival.new, rival.score) for rival in link.reason.rivals]
            if not is_sure(link):  # what a paragraph that stands has lost, its partner does not say
                scores += [(old, new, link.score) for old in link.old for new in link.new]
            for old, new, score in scores:
                here, there = (new, old) if side is Side.NEW else (old, new)
                self._links.setdefault(there, {})[here] = score
        self._likely: dict[Clause, Likely] = {}

    def likeliest(self, clause: Clause) -> Likely:
        """Where a clause is most likely said; looked for when it is asked: most acts are there to the letter."""
        if clause not in self._likely:
            rows = self.features(clause, OF_BEST)
            odds = [(probability(_odds(), row), -place) for place, row in rows.items()]
            best, behind = max(odds, default=(0.0, 0))
            share = rows[-behind][0] ** 2 if rows else 0.0
            is_same = share >= SAME and clause.family in self._families[-behind]
            self._likely[clause] = Likely(Nearest(self.body.names[-behind] if rows else "", share), best, is_same)
        return self._likely[clause]

    def features(self, clause: Clause, of_best: float = 0.0) -> dict[int, tuple[float, ...]]:
        """What each paragraph that has something of a clause has of it, by its place, in the order of ``LossOdds``;
        none that has less than ``of_best`` of what the best one has."""
        linked = self._links.get(clause.paragraph, {})
        shares = self.body.shares(clause.words, without=clause.asked, least=LEAST_SAID, of_best=of_best, but=linked)
        first, second, *_ = (*nlargest(2, map(sum, shares.values())), 0.0, 0.0)
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


def _places(text: Resolution) -> dict[str, float]:
    """How far each paragraph stands from the beginning of its text, 0 to 1."""
    body = text.body
    return {paragraph.id: place / len(body) for place, paragraph in enumerate(body)}
