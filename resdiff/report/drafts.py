"""What the summary says of what a draft has beside its words: square brackets, remarks, and who proposes what."""

from resdiff.judgement.case import is_sure
from resdiff.language.forms import proposer, stem
from resdiff.language.unsettled import wanted_by
from resdiff.messages import plural
from resdiff.model import Comparison, FlagCode, Side
from resdiff.report.material import Material
from resdiff.report.spoken import agreed, quoted, spoken
from resdiff.report.wording import (
    Parts,
    addresses,
    in_brackets,
    in_quotes,
    in_turn,
    over,
    say,
    the_addresses,
    word,
)

__all__ = ["beside", "brackets", "remarks"]

MOST_OF_ONE = 20  # paragraphs in which somebody proposes something that are named


def beside(material: Material) -> list[Parts]:
    """What is new beside the words of a draft, and what is no more there; which of its alternatives is left."""
    return [*_alternatives(material), *remarks(material.comparison, material.lang)]


def remarks(comparison: Comparison, lang: str) -> list[Parts]:
    """The remarks on a draft that came and those that went, and who proposes what."""
    return [*_annotations(comparison, lang), *_proposed(comparison, lang)]


def brackets(material: Material) -> list[Parts]:
    """What a draft sets in square brackets now, and from what it takes them away, in the order of the text."""
    lang, told, between = material.lang, list[Parts](), word("word.semicolon", material.lang)
    for code in (FlagCode.BRACKETED, FlagCode.UNBRACKETED):
        quotes: dict[str, list[Parts]] = {}
        for flag in (flag for change in material.comparison.changes for flag in change.flags if flag.code is code):
            now, then = flag.new[0].quote, flag.old[0].quote
            shown = [in_quotes(words, lang) for words in dict.fromkeys((now, then))]
            quotes.setdefault(flag.new[0].paragraph, []).append(
                say("summary.chosen", *shown, lang=lang) if len(shown) > 1 else (shown[0],)
            )
        said = [
            say("summary.at", addresses(Side.NEW, (id_,), lang, marked=True), in_turn(own, between), lang=lang)
            for id_, own in quotes.items()
        ]
        told += [(*over(f"summary.{code}", said, lang), ".")] if said else []
    return [*told, *_still_open(material)]


def _still_open(material: Material) -> list[Parts]:
    """The paragraphs that had square brackets in the draft before, and have some now that are not told as put there."""
    comparison, lang = material.comparison, material.lang
    if not comparison.is_of_one_negotiation:
        return []
    texts = {side: {p.id: p.text for p in comparison.text(side).body} for side in Side}
    still = [
        id_
        for change in comparison.changes
        if any("[" in texts[Side.OLD][id_] for id_ in change.link.old)
        for id_ in change.link.new
        if "[" in texts[Side.NEW][id_]
        if not any(flag.code is FlagCode.BRACKETED and flag.new[0].paragraph == id_ for flag in change.flags)
    ]
    return [say("summary.still-bracketed", addresses(Side.NEW, still, lang, marked=True), lang=lang)] if still else []


def _alternatives(material: Material) -> list[Parts]:
    """Which of the paragraphs that the old text offers in the place of another stands alone in the new one."""
    lang = material.lang
    said = [
        say(
            "summary.alternative",
            addresses(Side.OLD, (old,), lang, marked=True),
            the_addresses(Side.NEW, (new,), lang),
            lang=lang,
        )
        for change in material.comparison.changes
        if is_sure(change.link)
        for old, new in zip(change.link.old, change.link.new, strict=False)
        if stem(old) != old and stem(new) == new
    ]
    row = f"summary.alternative-{plural(len(said), lang)}"
    return [say(row, in_turn(said, word("word.semicolon", lang)), lang=lang)] if said else []


def _annotations(comparison: Comparison, lang: str) -> list[Parts]:
    """What a draft says now of its text, and no more: "[Égypte : supprimer le paragraphe 2]", each with the paragraph
    behind which it stands."""
    told = list[Parts]()
    for side, row in ((Side.NEW, "agreed"), (Side.OLD, "agreed-no-more")):
        if ids := agreed(comparison, side):
            told.append(say(f"summary.{row}", addresses(side, ids, lang, marked=True), lang=lang))
    for side, row in ((Side.NEW, "annotated"), (Side.OLD, "annotated-no-more")):
        quotes = list[Parts]()
        for notice, before in spoken(comparison, side):
            if notice.code != "annotation":  # a comment on the file
                author, *words = notice.values
                said = [in_quotes(each, lang) for each in words[:2]]
                at = in_brackets(side, (before,), lang) if before else ()
                quotes.append(say(f"summary.{notice.code}", author, *said, at, lang=lang))
                continue
            quote = (quoted(notice, lang),)
            behind = the_addresses(side, (before,), lang) if before else ()
            quotes.append(say("summary.annotation-behind", quote, behind, lang=lang) if before else quote)
        told += [(*over(f"summary.{row}", quotes, lang), ".")] if quotes else []
    return told


def _proposed(comparison: Comparison, lang: str) -> list[Parts]:
    """Who proposes the paragraphs, or words in them, by which a draft names somebody whom the old text does not name
    there: "Égypte (par. 2 alt)"."""
    whose = {
        side: {
            p.id: [proposer(p.label), *wanted_by(p.text)]
            for p in comparison.text(side).body
            if "[" in p.text or p.label
        }
        for side in Side
    }
    found: dict[str, list[str]] = {}
    for change in comparison.changes:
        before = {name for id_ in change.link.old for name in whose[Side.OLD].get(id_, ())}
        for id_ in change.link.new:
            for name in dict.fromkeys(whose[Side.NEW].get(id_, ())):
                if name and name not in before:
                    found.setdefault(name, []).append(id_)
    said = [(name, *in_brackets(Side.NEW, ids, lang, most=MOST_OF_ONE)) for name, ids in found.items()]
    return [say("summary.proposed", in_turn(said, word("word.semicolon", lang)), lang=lang)] if said else []
