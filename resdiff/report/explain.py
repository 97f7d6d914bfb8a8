"""Why it is said: why paragraphs are linked, and by which counter-test a finding may be told.

Behind ``--explain``, and behind ``reason`` and ``findings`` of the JSON contract.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from resdiff.errors import NotFoundError
from resdiff.judgement.case import is_alike
from resdiff.messages import message_or_code
from resdiff.model import Change, Comparison, Link, Loss, Side, Status
from resdiff.report.blocks import NEWS, Told
from resdiff.report.wording import (
    NEAR,
    address,
    addresses,
    as_text,
    figure,
    in_quotes,
    kind_word,
    label,
    nearest,
    say,
    sentence,
    told_status,
    word,
)

__all__ = ["Finding", "FindingKind", "Proof", "Test", "explain", "findings", "reason"]


class FindingKind(StrEnum):
    """What sort of thing is found."""

    ACT = "act"
    REQUEST_GONE = "request-gone"
    TIME_SET = "time-set"
    TIME_MOVED = "time-moved"
    TIME_GONE = "time-gone"
    TOPIC_NEW = "topic-new"
    TOPIC_GONE = "topic-gone"
    NAME_NEW = "name-new"
    NAME_GONE = "name-gone"


class Test(StrEnum):
    """The counter-test that a finding has passed: what would have refuted it was looked for in the other text."""

    NO_PARAGRAPH_SAYS_IT = "no-paragraph-says-it"
    ASKED_IN_NO_WORDS = "asked-in-no-words"
    VALUE_NOWHERE = "value-nowhere"
    SAME_ACT = "same-act"
    WORDS_NOWHERE = "words-nowhere"


class Proof(Struct, frozen=True):
    """The counter-test, the paragraph of the other text that came nearest to refuting it, and how near, 0 to 1."""

    test: Test
    nearest: str = ""
    share: float = 0.0


class Finding(Struct, frozen=True):
    """What may be said of two texts: where, in which words of theirs, by which proof."""

    kind: FindingKind
    side: Side
    paragraphs: tuple[str, ...]
    quotes: tuple[str, ...]
    proof: Proof


def findings(comparison: Comparison) -> tuple[Finding, ...]:
    """All that may be said of the comparison past a counter-test: acts, requests gone, times, topics, names."""
    return (*_acts(comparison), *_times(comparison), *_topics(comparison), *_names(comparison))


def _acts(comparison: Comparison) -> Iterator[Finding]:
    for provision in (each for each in comparison.provisions if each.loss in (Loss.NONE, Loss.UNREPEATED)):
        made = provision.side is Side.NEW
        kind = FindingKind.ACT if made else FindingKind.REQUEST_GONE
        test = Test.NO_PARAGRAPH_SAYS_IT if made else Test.ASKED_IN_NO_WORDS
        proof = Proof(test, provision.nearest.paragraph, provision.nearest.share)
        yield Finding(kind, provision.side, provision.paragraphs, (provision.quote,), proof)


def _times(comparison: Comparison) -> Iterator[Finding]:
    for time in comparison.calendar:
        quotes = tuple(filter(None, (time.old, time.new)))
        if time.old and time.new:
            yield Finding(FindingKind.TIME_MOVED, Side.NEW, (time.new_paragraph,), quotes, Proof(Test.SAME_ACT))
            continue
        kind, side = (FindingKind.TIME_SET, Side.NEW) if time.new else (FindingKind.TIME_GONE, Side.OLD)
        yield Finding(kind, side, (time.new_paragraph or time.old_paragraph,), quotes, Proof(Test.VALUE_NOWHERE))


def _topics(comparison: Comparison) -> Iterator[Finding]:
    for topic in comparison.topics:
        status = told_status(topic)
        if status in NEWS:
            new = status is Told.NEW
            kind, side = (FindingKind.TOPIC_NEW, Side.NEW) if new else (FindingKind.TOPIC_GONE, Side.OLD)
            paragraphs = tuple(dict.fromkeys(shown.paragraph for shown in (topic.new if new else topic.old)))
            yield Finding(kind, side, paragraphs, (topic.words,), Proof(Test.WORDS_NOWHERE))


def _names(comparison: Comparison) -> Iterator[Finding]:
    for actor in comparison.actors:
        if actor.alone:
            new = actor.status is Status.NEW
            kind, side = (FindingKind.NAME_NEW, Side.NEW) if new else (FindingKind.NAME_GONE, Side.OLD)
            yield Finding(kind, side, actor.new if new else actor.old, (actor.name,), Proof(Test.WORDS_NOWHERE))


# ---- links ----------------------------------------------------------------------------------------------------------

HARDLY = 0.01  # a probability that is told


def reason(link: Link, lang: str = "fr") -> str:
    """Why the paragraphs of that link are linked, in one sentence: what decided, and the parts of the score."""
    why = message_or_code("reason.near" if nearest(link) else f"reason.{link.reason.tier}", (), lang)
    parts = ", ".join(
        f"{message_or_code(f'part.{name}', (), lang)} {figure(value, lang)}" for name, value in link.reason.parts
    )
    return word("reason.with-parts", lang).format(why, parts) if parts else f"{why}."


def explain(comparison: Comparison, paragraph: str, lang: str = "fr") -> str:
    """Why that paragraph is linked as it is: its partners, what decided, which pairs competed.

    A paragraph is called by its id or as people call it: "op8", "par. 8", "paragraphe 12 a)", "ancien PP 3". One that
    stands in both texts is explained for both. Raises ``NotFoundError``, with the nearest, for one that stands in
    neither.
    """
    from resdiff.report.calling import called_on_either_side, nearest_called  # JSON is made here too, and asks for none

    old, new = called_on_either_side(comparison, paragraph)
    found = [c for c in comparison.changes if not (old.isdisjoint(c.link.old) and new.isdisjoint(c.link.new))]
    if not found:
        ids = (each.id for body in (comparison.new.body, comparison.old.body) for each in body)
        near = nearest_called(ids, paragraph, lang)
        raise NotFoundError(*(("paragraph-near", paragraph, near) if near else ("paragraph-unknown", paragraph)))
    links = [_explanation(comparison, change, lang) for change in found]
    told = [
        _proof(finding, lang)
        for finding in findings(comparison)
        if not (old if finding.side is Side.OLD else new).isdisjoint(finding.paragraphs)
    ]
    return "\n\n".join([*links, *told]) + "\n"


def _explanation(comparison: Comparison, change: Change, lang: str) -> str:
    link = change.link
    old = addresses(Side.OLD, link.old, lang, marked=True)
    new = addresses(Side.NEW, link.new, lang)
    beside = [] if change.renewed_in else [*_told_beside(comparison, link, lang)]
    if link.old and link.new:
        row = "inside" if change.in_points else change.kind
        said = as_text(sentence(say(f"explain.{row}", old, new, lang=lang)))
        lines = [reason(link, lang), word("explain.score", lang).format(figure(link.score, lang))]
        if not is_alike(link):
            lines.append(word("explain.unlike", lang).format(round(100 * link.alike)))
        if link.rivalled:
            lines.append(word("explain.rivalled", lang))
    else:
        said = as_text(sentence(say("explain.alone", old or new, kind_word(change, lang), lang=lang)))
        lines = [word("explain.some", lang)] if beside and not nearest(link) else [reason(link, lang)]
    if change.moved:
        lines.append(word("explain.moved", lang))
    others = [*_rivals(link, lang), *beside] or [word("explain.no-rival", lang)]
    return "\n".join([said[:1].upper() + said[1:], *lines, *others])


def _rivals(link: Link, lang: str) -> Iterator[str]:
    """The pairs that competed, with their probabilities."""
    least = HARDLY if link.old and link.new else NEAR
    if close := [rival for rival in link.reason.rivals if rival.score >= least]:
        row = "explain.near" if nearest(link) else "explain.rivals"
        yield _pairs(row, {(each.old, each.new): each.score for each in close}, lang)


def _told_beside(comparison: Comparison, link: Link, lang: str) -> Iterator[str]:
    """What the pages point to beside the paragraphs of that link: what refers to them, what most likely says the same,
    what may say some of it, with how likely it does."""
    likely = [each for each in comparison.kin if each.probability < 1]
    referring = [each for each in comparison.kin if each.probability == 1]
    for row, group in (("referred", referring), ("kin", likely), ("neighbours", comparison.neighbours)):
        odds: dict[tuple[str, str], float] = {}
        for each in group:
            if each.old in link.old or each.new in link.new:
                odds[each.old, each.new] = max(each.probability, odds.get((each.old, each.new), 0.0))
        if odds:
            yield _pairs(f"explain.{row}", odds, lang)


def _pairs(row: str, odds: Mapping[tuple[str, str], float], lang: str) -> str:
    """Pairs of paragraphs with how likely each is, the likeliest first, as that message says them."""
    said = (
        f"{address(Side.OLD, old, lang, marked=True).label} → {label(new, lang)} ({figure(odds[old, new], lang)})"
        for old, new in sorted(odds, key=lambda pair: -odds[pair])
    )
    return word(row, lang).format(word("word.semicolon", lang).join(said))


def _proof(finding: Finding, lang: str) -> str:
    """What was found there, and why it may be told."""
    quotes = " → ".join(in_quotes(quote, lang) for quote in finding.quotes)
    said = as_text(sentence(say(f"explain.{finding.kind}", quotes, lang=lang)))
    proof = finding.proof
    nearest = address(finding.side.other, proof.nearest, lang, marked=True).label if proof.nearest else ""
    row = f"explain.{proof.test}" if nearest or proof.test not in NEAREST else "explain.no-word-of-it"
    return f"{said}\n{as_text(sentence(say(row, nearest, str(round(100 * proof.share)), lang=lang)))}"


NEAREST = (Test.NO_PARAGRAPH_SAYS_IT, Test.ASKED_IN_NO_WORDS)
"""The tests that name the paragraph that came nearest."""
