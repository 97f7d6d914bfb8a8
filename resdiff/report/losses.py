"""What went, as a summary tells it: acts that are not repeated, paragraphs that nothing is linked to, whole sections.

That words are not repeated ends nothing (:mod:`resdiff.judgement.losses`), and of what one reads as gone some may stand
elsewhere: so what most likely says the same is named beside it, and what may stand is told apart from what went.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from resdiff.judgement.losses import LEANING
from resdiff.judgement.quoting import CUT
from resdiff.language import find_any
from resdiff.language.fold import fold_same_length
from resdiff.messages import plural
from resdiff.model import Comparison, Loss, Paragraph, Provision, Resolution, Side
from resdiff.recognition.citations import number_of_symbol
from resdiff.recognition.survey import HERE, KEEPING, RUNNING, Role
from resdiff.report.blocks import Sentence
from resdiff.report.material import MOST_NAMED, REMINDING, Material
from resdiff.report.wording import (
    Item,
    Parts,
    addresses,
    as_text,
    in_quotes,
    join,
    kind_of,
    label,
    line_by_line,
    listed,
    of_label,
    over,
    say,
    the_addresses,
    word,
)

__all__ = ["NOWHERE", "Losses"]

MOST_DROPPED, MOST_UNREPEATED = 6, 5  # acts that are not repeated; of a text that stands beside the new one …
MOST_CLOSE, MOST_LOSSES = 4, 8  # … what another paragraph comes close to, and both together
FEW_MISSED, FEW_LEFT = 6, 3
"""Old paragraphs without a link that are all named by their first words, recitals that only recall too; and those that
are left, which a number alone would name."""
DECIDING = "decide"  # the family of acts that bind
NOWHERE = (Loss.RECITED, Loss.UNREPEATED)
"""Of acts that no act of the new text repeats."""
UNLINKED = frozenset({Loss.UNLINKED, Loss.UPHELD, Loss.UNREPEATED})  # of the last those that may stand elsewhere


class Losses(Struct, frozen=True, dict=True):
    """What may be told of what the old text says and the new one does not."""

    material: Material

    @cached_property
    def unrepeated(self) -> list[Provision]:
        """The acts of the old text that the new one does not repeat, or only recites, the weightiest first: of a
        paragraph that is quoted whole one; what may stand elsewhere is not surely not repeated."""
        doubted = self.material.doubted[Side.OLD]
        gone = [each for loss in NOWHERE for each in self._left if each.loss is loss]
        gone = [each for each in gone if each.paragraphs[0] not in doubted]
        gone.sort(key=lambda each: -each.rank)
        first = {each.paragraphs[0]: each for each in reversed(gone)}
        return [each for each in gone if first[each.paragraphs[0]] is each or not self._hides(each)]

    def sentence(self) -> list[Parts]:
        """What the new text does not repeat, then the paragraphs that nothing is linked to, those that went before
        those of which some may stand, with what most likely says it, as one sentence; none where nothing went."""
        material, lang, gone = self.material, self.material.lang, self.unrepeated
        close = [each for each in self._left if each.loss is Loss.CLOSE and not self._became.get(each.paragraphs[0])]
        beside = any(each.standing for each in gone)
        row, most = ("requests-standing", MOST_UNREPEATED) if beside else ("requests-dropped", MOST_DROPPED)
        gone, close = gone[:most], close[: min(MOST_CLOSE, MOST_LOSSES - min(most, len(gone)))]
        told = {id_ for each in (*gone, *close) for id_ in each.paragraphs}
        otherwise = [self._close(each) for each in close]
        sections = [*_sections(material.comparison.old, material.removed)]
        lines = [
            *listed(f"summary.{row}", [*map(self._item, gone)], "summary.more", lang, last="word.nor"),
            *(over(f"summary.{row}", said, lang) for row, said in _alone(material, told, otherwise, sections)),
            *_sections_gone(sections, lang),
            *_perhaps_lost(material),
        ]
        lines += _kept_by_reference(material) if lines else []
        return [(*line_by_line(lines, lang), ".")] if lines else []

    @cached_property
    def _became(self) -> dict[str, tuple[str, ...]]:
        """The new paragraphs to which each old one is linked."""
        return {id_: change.link.new for change in self.material.comparison.changes for id_ in change.link.old}

    @cached_property
    def _left(self) -> list[Provision]:
        """The acts of both texts without those of old paragraphs that the new text renews by their number."""
        comparison = self.material.comparison
        renewed = {id_ for change in comparison.changes if change.renewed_in for id_ in change.link.old}
        return [each for each in comparison.provisions if each.paragraphs[0] not in renewed]

    def _hides(self, loss: Provision) -> bool:
        """Whether an act that is not repeated is one of several of a paragraph that went whole."""
        (paragraph, *_) = loss.paragraphs
        acts = sum(bool(pair.old and pair.old.paragraph == paragraph) for pair in self.material.comparison.acts)
        return loss.loss is Loss.UNREPEATED and acts > 1 and not self._became.get(paragraph)

    def _close(self, loss: Provision) -> Parts:
        """What a paragraph most likely does in other words, with that one where the two point to one another."""
        (old, *_), new = loss.paragraphs, loss.nearest.paragraph
        other = new if self.material.where.names_beside(old, new) else ""
        return _at(self.material, old, self._item(loss).text, other)

    def _item(self, loss: Provision) -> Item:
        """What is lost, in the words of the old text, with the recital that says it still where there is one, or what
        its paragraph became."""
        lang, became = self.material.lang, self._became.get(loss.paragraphs[0], ())
        quote = in_quotes(loss.brief, lang)
        # what stands behind a cut may be what is asked, and of a paragraph that went whole one act hides the others
        if self._hides(loss) or (loss.loss is Loss.CLOSE and loss.brief.endswith(CUT)):
            (paragraph,) = (p for p in self.material.comparison.old.body if p.id == loss.paragraphs[0])
            quote = self.material.named(paragraph, Side.OLD)
        lost = Item(quote, Side.OLD, loss.paragraphs)
        if loss.loss is Loss.RECITED:
            recital = of_label(label(loss.nearest.paragraph, lang), lang)
            return replace(lost, note=word("summary.close", lang).format(recital))
        if became and loss.loss is Loss.UNREPEATED:
            see = say("remark.see", the_addresses(Side.NEW, became, lang), lang=lang)
            return replace(lost, note=as_text(Sentence(see)))
        return lost


def _at(material: Material, paragraph: str, quote: str, other: str = "") -> Parts:
    """The quotation of an old paragraph that went behind its place, with the ``other`` one that most likely says it, or
    those of the new text that may say some of it."""
    where = material.place(Side.OLD, paragraph, other) if other else material.place_among(Side.OLD, paragraph)
    return say("summary.at", where, quote, lang=material.lang)


# ---- paragraphs that nothing is linked to ---------------------------------------------------------------------------


def _alone(
    material: Material, told: Collection[str], close: Sequence[Parts], sections: Sequence[list[Paragraph]]
) -> Iterator[tuple[str, list[Parts]]]:
    """The old paragraphs that nothing is linked to and that are not ``told``: those that went, and those of which some
    may stand elsewhere, by the message that says so. Before the latter stand acts that are ``close`` to one of the new
    text, and the paragraphs that one of it most likely says, each with that one.

    They are told by their words, those that there is no room for in brief, those of ``sections`` that went
    whole by their titles.
    """
    lang, provisions = material.lang, material.comparison.provisions
    gone = [p for p in _by_themselves(material.comparison, material.removed) if p.id not in told]
    ids = {p.id for p in gone}
    untold = [each for each in provisions if each.loss in UNLINKED and each.paragraphs[0] in ids]
    named = _names(material, gone, untold, told)
    titled = {p.id for section in sections for p in section if p.is_whole}
    likely = {id_: other for (side, id_), other in material.likely.items() if side is Side.OLD}
    others = [p.id for p in gone if p.id not in named and (p.id not in titled or p.id in likely)]
    near = [_at(material, id_, said, likely[id_]) for id_, said in named.items() if id_ in likely]
    otherwise = [*close, *near, *material.by_partner(Side.OLD, others)]
    bare = [id_ for id_ in (*named, *others) if id_ not in likely]
    groups: list[tuple[str, list[str], list[Parts]]]
    if any(each.loss is Loss.UPHELD for each in untold):
        groups = [(f"unlinked-{plural(len(otherwise), lang)}", [], otherwise), ("unlinked-upheld", bare, [])]
    else:
        went, doubted = (
            [id_ for id_ in bare if (id_ in material.doubted[Side.OLD]) is doubt] for doubt in (False, True)
        )
        row = "unrepeated" if any(each.standing for each in provisions) else "went"  # the old text stands on
        groups = [
            (f"{row}-{plural(len(went), lang)}", went, []),
            (f"unlinked-{plural(len(otherwise) + len(doubted), lang)}", doubted, otherwise),
        ]
    for row, ids_, before in groups:
        if said := _named(material, ids_, named, before):
            yield row, said


def _by_themselves(comparison: Comparison, removed: set[str]) -> Iterator[Paragraph]:
    """Those of the ``removed`` that are told by themselves: paragraphs, and a point where its list does not go with it;
    one of a mandate that is extended keeps its own. None but such in a language whose verbs nobody knows."""
    acts = [pair for pair in comparison.acts if pair.old]
    running = (pair for pair in acts if pair.new and pair.new.effect in RUNNING)
    whole = removed | {pair.old.paragraph for pair in running if pair.old}
    for paragraph in comparison.old.body:
        if paragraph.id not in removed or not kind_of(paragraph.id):
            continue
        if paragraph.id.rpartition(".")[0] not in whole if paragraph.depth else acts and paragraph.is_whole:
            yield paragraph


def _names(
    material: Material, gone: Sequence[Paragraph], untold: Sequence[Provision], told: Collection[str]
) -> dict[str, str]:
    """The words by which those are named that are, in the order of the text: what their only act does, or their first
    words, with their points that went too."""
    comparison = material.comparison
    missed = [each.paragraphs[0] for each in sorted(untold, key=lambda each: -each.rank)]
    chosen = _chosen(comparison, missed, [p.id for p in gone if p.is_whole])
    acts = Counter(pair.old.paragraph for pair in comparison.acts if pair.old)
    asked = {each.paragraphs[0]: each.brief for each in untold if acts[each.paragraphs[0]] == 1}
    unfound = {id_ for id_ in material.removed if id_ not in told and (Side.OLD, id_) not in material.likely}
    return {p.id: material.named(p, Side.OLD, unfound, asked.get(p.id)) for p in gone if p.id in chosen}


def _chosen(comparison: Comparison, missed: Sequence[str], gone: Sequence[str]) -> set[str]:
    """The old paragraphs without a link that are named by their words: those that decide what may still hold,
    and so are not missed, then those that are ``missed`` most, then others of the operative part that do more than
    recall, then recitals that hold something; all that are ``gone`` where they are few."""
    families: dict[str, set[str]] = {}
    for pair in comparison.acts:
        if pair.old:
            families.setdefault(pair.old.paragraph, set()).add(pair.old.family)

    def is_of(id_: str, sought: Collection[str]) -> bool:
        return not families.get(id_, set()).isdisjoint(sought)

    decided = [id_ for id_ in gone if is_of(id_, (DECIDING,)) and id_ not in missed]
    operative = [id_ for id_ in gone if kind_of(id_) == "op" and not is_of(id_, REMINDING)]
    recitals = [id_ for id_ in gone if kind_of(id_) == "pp" and is_of(id_, LEANING)]
    chosen = [*dict.fromkeys((*decided, *missed, *operative, *recitals))][:MOST_NAMED]
    every = {*chosen, *gone}
    return every if len(every) <= max(FEW_MISSED, len(chosen) + FEW_LEFT) else {*chosen}


def _named(material: Material, ids: Sequence[str], named: Mapping[str, str], before: Sequence[Parts]) -> list[Parts]:
    """Old paragraphs: those that are named by their words, each on a line, behind what stands ``before`` them, then the
    others in brief."""
    by_words = [*before, *(_at(material, id_, named[id_]) for id_ in ids if id_ in named)]
    others = [id_ for id_ in ids if id_ not in named]
    return by_words + material.in_brief(Side.OLD, others, beside=bool(by_words))


# ---- sections, gaps -------------------------------------------------------------------------------------------------


def _sections(text: Resolution, removed: set[str]) -> Iterator[list[Paragraph]]:
    """The sections of the old text of which all is ``removed``, with their titles, which stand first."""
    sections: list[list[Paragraph]] = []
    for paragraph in text.body:
        if paragraph.is_heading:
            sections.append([paragraph])
        elif sections:
            sections[-1].append(paragraph)
    for section in sections:
        if len(section) > 1 and all(paragraph.id in removed for paragraph in section):
            yield section


def _sections_gone(sections: Sequence[list[Paragraph]], lang: str) -> list[Parts]:
    """The sections that went whole, by their titles, each with its paragraphs."""
    titles = []
    for title, *own in sections:
        whole = [paragraph.id for paragraph in own if paragraph.is_whole]
        where = addresses(Side.OLD, whole, lang, marked=True, spans=True)
        titles.append((in_quotes(title.text, lang), " (", *where, ")"))
    return [say("summary.sections-gone", join(titles, lang), lang=lang)] if titles else []


def _kept_by_reference(material: Material) -> list[Parts]:
    """The provisions of a third resolution that the new text keeps in force by their numbers, where the old one did not
    yet: what it does not repeat may be among them."""
    comparison, lang = material.comparison, material.lang
    acts = [pair.new for pair in comparison.acts if pair.new and pair.new.effect in KEEPING]
    known = {HERE, *(number_of_symbol(text.symbol) for text in (comparison.old, comparison.new))}
    before = {each.number for pair in comparison.acts if pair.old for each in pair.old.references}
    quoted = {
        each.text: say(
            "summary.at", addresses(Side.NEW, (each.paragraph,), lang), in_quotes(each.text, lang), lang=lang
        )
        for act in acts
        for each in act.references
        if each.role == Role.OBJECT and each.paragraphs and each.number not in known | before
    }
    return [over("summary.kept-by-reference", [*quoted.values()], lang)] if quoted else []


def _perhaps_lost(material: Material) -> list[Parts]:
    """The old paragraphs of which nobody knows whether they went: the copy of the new text has a gap there."""
    gone = {id_ for change in material.comparison.changes if change.in_gap for id_ in change.link.old}
    formal = material.language.provisions.formal
    lost = [p for p in material.comparison.old.body if p.id in gone and p.is_whole]
    lost = [p for p in lost if not find_any(formal, fold_same_length(p.text))]
    said = [_at(material, p.id, material.named(p, Side.OLD, gone)) for p in lost]
    row = f"summary.perhaps-lost-{plural(len(said), material.lang)}"
    return [over(row, said, material.lang)] if said else []
