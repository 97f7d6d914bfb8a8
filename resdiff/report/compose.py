"""From a comparison to a report: which blocks, in which order, with which rows."""

from collections.abc import Sequence

from resdiff.model import Change, Comparison, Kind, Paragraph, Resolution, Status, TextKind, Weight
from resdiff.report.blocks import (
    Actors,
    Block,
    Changes,
    Citations,
    Concordance,
    Notices,
    Numbers,
    Obligations,
    Picture,
    Provenance,
    Report,
    Row,
    Sentence,
    Summary,
    Terms,
    Title,
    Topics,
    Verbs,
)
from resdiff.report.filter import heavier
from resdiff.report.phrase import date, name, say, sentence, word
from resdiff.report.remarks import Remarks
from resdiff.report.summary import summarize

__all__ = ["build"]


def build(comparison: Comparison, *, lang: str = "fr", min_weight: Weight = Weight.NONE) -> Report:
    """The report of a comparison in that language.

    Changes lighter than ``min_weight`` are counted, not shown, and what is told of their paragraphs alone is left out.
    """
    comparison = heavier(comparison, min_weight)
    blocks: tuple[Block, ...] = (
        _title(comparison, lang),
        Provenance(_provenance(comparison, lang)),
        Summary(summarize(comparison, lang)),
        _numbers(comparison),
        Topics(comparison.topics),
        _picture(comparison),
        _changes(comparison, lang, min_weight),
        _concordance(comparison),
        Verbs(comparison.verbs),
        Actors(tuple(a for a in comparison.actors if a.status in (Status.NEW, Status.DROPPED))),
        Obligations(tuple(o for o in comparison.obligations if o.status is not Status.KEPT)),
        _citations(comparison),
        Terms(comparison.terms),
        _notices(comparison),
    )
    old, new = _call(comparison.old, lang), _call(comparison.new, lang)
    title = word("heading.report", lang).format(old, new)
    return Report(title, lang, tuple(block for block in blocks if not _empty(block)), comparison)


def _call(resolution: Resolution, lang: str) -> str:
    """What a reader calls the text: its symbol, else its title, else "texte sans cote"."""
    return name(resolution.symbol) or resolution.title or word("word.untitled", lang)


def _title(comparison: Comparison, lang: str) -> Title:
    old, new = comparison.old, comparison.new
    return Title(
        old,
        new,
        names=(_call(old, lang), _call(new, lang)),
        dates=(date(old.adopted, lang), date(new.adopted, lang)),
        edits=() if old.title == new.title or (_named_after(old) and _named_after(new)) else comparison.title,
    )


def _named_after(resolution: Resolution) -> bool:
    """Whether the title is no more than the symbol: "Résolution 1743 (2007) du 15 février 2007"."""
    return bool(resolution.symbol) and name(resolution.symbol).replace("\u00a0", " ") in resolution.title


def _provenance(comparison: Comparison, lang: str) -> tuple[Sentence, ...]:
    """One line a text that is not official; one for both when they are the same text."""
    texts = [comparison.old] if comparison.old == comparison.new else [comparison.old, comparison.new]
    return tuple(
        sentence(say(f"provenance.{text.provenance.kind}", _call(text, lang), lang=lang))
        for text in texts
        if text.provenance.kind is not TextKind.OFFICIAL
    )


def _numbers(comparison: Comparison) -> Numbers:
    changes = comparison.changes
    return Numbers(
        len(comparison.old.body),
        len(comparison.new.body),
        tuple((kind, sum(change.kind is kind for change in changes)) for kind in Kind),
        sum(change.moved for change in changes),
        sum(change.renumbered for change in changes),
        tuple((weight, sum(change.weight is weight for change in changes)) for weight in Weight),
    )


def _picture(comparison: Comparison) -> Picture:
    def lengths(resolution: Resolution) -> tuple[tuple[str, int], ...]:
        return tuple((paragraph.id, len(paragraph.text)) for paragraph in resolution.body)

    return Picture(lengths(comparison.old), lengths(comparison.new), comparison.changes)


def _changes(comparison: Comparison, lang: str, min_weight: Weight) -> Changes:
    old = {paragraph.id: paragraph for paragraph in comparison.old.body}
    new = {paragraph.id: paragraph for paragraph in comparison.new.body}
    remarks = Remarks.of(comparison, lang)
    shown = [change for change in comparison.changes if change.weight >= min_weight]
    rows = tuple(
        Row(change, _pick(old, change.link.old), _pick(new, change.link.new), remarks.remark(change))
        for change in shown
    )
    return Changes(rows, hidden=len(comparison.changes) - len(shown))


def _pick(paragraphs: dict[str, Paragraph], ids: Sequence[str]) -> tuple[Paragraph, ...]:
    return tuple(paragraphs[i] for i in ids if i in paragraphs)


def _concordance(comparison: Comparison) -> Concordance:
    """The changes in the order of the old text, those without an old paragraph last, in the order of the new."""
    old = {paragraph.id: index for index, paragraph in enumerate(comparison.old.body)}
    new = {paragraph.id: index for index, paragraph in enumerate(comparison.new.body)}

    def place(change: Change) -> tuple[int, int]:
        first = min((old.get(i, len(old)) for i in change.link.old), default=len(old))
        return first, min((new.get(i, len(new)) for i in change.link.new), default=len(new))

    return Concordance(tuple(sorted(comparison.changes, key=place)))


def _citations(comparison: Comparison) -> Citations:
    changed = [citation for citation in comparison.citations if citation.status is not Status.KEPT]
    return Citations(
        tuple(citation for citation in changed if not citation.routine),
        tuple(citation for citation in changed if citation.routine),
    )


def _notices(comparison: Comparison) -> Notices:
    """What is strange about the old text, the new text, and the two together."""
    old, new = comparison.old, comparison.new
    return Notices(
        tuple((old.symbol, notice) for notice in old.notices)
        + tuple((new.symbol, notice) for notice in new.notices if old != new)
        + tuple(("", notice) for notice in comparison.notices)
    )


def _empty(block: Block) -> bool:
    """Whether a block has nothing to say. Title, numbers, picture, changes are always there."""
    match block:
        case Title() | Numbers():
            return False
        case Picture():
            return not (block.old or block.new)
        case Citations():
            return not (block.citations or block.routine)
        case Changes():
            return not (block.rows or block.hidden)
        case _:
            return not getattr(block, block.__struct_fields__[0])
