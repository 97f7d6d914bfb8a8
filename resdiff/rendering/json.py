"""The comparison as JSON: a contract that others build on. Version it, never break it.

Names and shapes are those of ``data/comparison.schema.json``; keys may be added, none is renamed or left out. One
paragraph and one change a line, so that two results can be compared line by line.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from resdiff.messages import message_or_code
from resdiff.model import (
    ActFacts,
    ActorChange,
    ActReference,
    ActTime,
    Change,
    Comparison,
    Edit,
    Evidence,
    Flag,
    Kin,
    Link,
    Nearest,
    NoteChange,
    Notice,
    Resolution,
    TopicChange,
    Vote,
    Weight,
)
from resdiff.report import Address, Index, Listing, Outline, Pair, Sentence, as_text
from resdiff.report.acts import ActRow, Renewal, act_rows, renewals
from resdiff.report.compose import concordance, heavier, notices, provenance, summary
from resdiff.report.explain import Finding, findings, reason
from resdiff.report.remarks import Remarks
from resdiff.report.wording import cited_as, topic_label

__all__ = ["Options", "in_lines", "render", "render_index"]

FORMAT = "resdiff-comparison"
FORMAT_INDEX = "resdiff-changelog"
VERSION: Final = 2
VERSION_INDEX = 1

Value = dict[str, object]


class Options(Struct, frozen=True, kw_only=True):
    """The language of the sentences, the weight below which changes are counted, not written, and the version."""

    lang: Literal["fr", "en"] = "fr"
    min_weight: Weight = Weight.NONE
    version: Literal[1, 2] = VERSION


def render(comparison: Comparison, options: Options) -> bytes:
    """The comparison, with the sentences of its summary and the remark of each change."""
    lang = options.lang
    comparison = heavier(comparison, options.min_weight)
    remarks = Remarks.of(comparison, lang)
    shown = [change for change in comparison.changes if change.weight >= options.min_weight]
    document = {
        "format": FORMAT,
        "version": options.version,
        "lang": lang,
        "old": _resolution(comparison.old),
        "new": _resolution(comparison.new),
        "title": [_edit(edit) for edit in comparison.title],
        "provenance": [as_text(line) for line in provenance(comparison, lang)],
        "summary": [
            {**_sentence(each), "lead": each.lead, "uncited": each.uncited}
            for each in summary(comparison, lang, remarks)
        ],
        "changes": [_change(change, as_text(remarks.remark(change)), lang) for change in shown],
        **_meanings(comparison, lang),
        **(_second(comparison, options.min_weight) if options.version > 1 else {}),
        "hidden": len(comparison.changes) - len(shown),
        "concordance": [_ids(change.link) for change in concordance(comparison)],
        "references": [
            {"old": old, "new": new, "kind": "renewed"}
            for change in comparison.changes
            for old in change.link.old
            for new in change.renewed_in
        ],
        "notices": [
            _notice(comparison.text(side).symbol if side else "", notice, lang) for side, notice in notices(comparison)
        ],
    }
    return in_lines(document)


def _second(comparison: Comparison, least: Weight) -> Value:
    """The keys that came with version 2."""
    notes = [note for note in comparison.notes if note.weight >= least]
    return {
        "footnotes": [_note(note) for note in notes],
        "hidden_footnotes": len(comparison.notes) - len(notes),
        "acts": [_act_row(row) for row in act_rows(comparison)],
        "renewals": [_renewal(renewal) for renewal in renewals(comparison)],
        "kin": [_kin(kin) for kin in comparison.kin],
        "neighbours": [_kin(kin) for kin in comparison.neighbours],
        "votes": {side: _vote(text.vote) for side, text in (("old", comparison.old), ("new", comparison.new))},
        "ages": [
            {"paragraph": age.paragraph, "symbol": age.symbol, "adopted": age.adopted, "at_least": age.at_least}
            for age in comparison.ages
        ],
        "borrowed": [
            {
                "paragraph": each.paragraph,
                "text": each.text,
                "symbol": each.symbol,
                "source": each.source,
                "adopted": each.adopted,
            }
            for each in comparison.borrowed
        ],
    }


def render_index(index: Index, options: Options) -> bytes:
    """The front page of a changelog."""
    document: Value = {
        "format": FORMAT_INDEX,
        "version": VERSION_INDEX,
        "lang": index.lang,
        "title": index.title,
        "series": [_listing(listing, index.formats) for listing in index.blocks],
    }
    if index.brief or index.is_list:  # pairs that do not stand here in full stand on the pages of their series
        document["series"] = [_outlined(listing, index.formats) for listing in index.blocks]
    return in_lines(document)


# ---- lines ----------------------------------------------------------------------------------------------------------


def in_lines(document: Value) -> bytes:
    """The document with a line for each member of its lists, and of the lists of its two texts."""
    return b"".join([*_lines(document, 0), b"\n"])


def _lines(value: object, depth: int) -> Iterator[bytes]:
    """The pieces of a value that stands so deep: a line for each member of the document, of a text and of a list."""
    if isinstance(value, dict) and depth < 2:
        signs, members = b"{}", ([_compact(key), b": ", *_lines(item, depth + 1)] for key, item in value.items())
    elif isinstance(value, list) and value:
        signs, members = b"[]", ([_compact(item)] for item in value)
    else:
        yield _compact(value)
        return
    before = signs[:1]
    for member in members:
        yield before + b"\n" + b" " * (depth + 1)
        yield from member
        before = b","
    yield b"\n" + b" " * depth + signs[1:]


def _compact(value: object) -> bytes:
    """The value in one line, with a space after each comma and colon, as the json module writes it."""
    return msgspec.json.format(msgspec.json.encode(value), indent=0)


# ---- texts and changes ----------------------------------------------------------------------------------------------


def _resolution(resolution: Resolution) -> Value:
    source = resolution.provenance
    return {
        "symbol": resolution.symbol,
        "title": resolution.title,
        "language": resolution.language,
        "session": resolution.session,
        "adopted": resolution.adopted,
        "provenance": {"kind": source.kind, "note": source.note, "url": source.url, "sha256": source.sha256},
        "scanned": resolution.scanned,
        "paragraphs": [
            {"id": p.id, "part": p.part, "number": p.number, "depth": p.depth, "lead": p.lead, "text": p.text}
            for p in resolution.body
        ],
        "footnotes": [
            {"id": id_, "label": note.label, "text": note.text, "paragraph": note.paragraph, "offset": note.offset}
            for id_, note in zip(resolution.note_ids, resolution.footnotes, strict=True)
        ],
    }


def _vote(vote: Vote | None) -> Value | None:
    """How a text was adopted; None where it does not say so."""
    if vote is None:
        return None
    return {
        "kind": vote.kind,
        "yes": vote.yes,
        "no": vote.no,
        "abstaining": vote.abstaining,
        "against": vote.against,
        "abstained": vote.abstained,
        "roll": dict(vote.roll),
    }


def _ids(link: Link) -> Value:
    return {"old": list(link.old), "new": list(link.new)}


def _change(change: Change, remark: str, lang: str) -> Value:
    link = change.link
    value: Value = {
        **_ids(link),
        "kind": change.kind,
        "moved": change.moved,
        "renumbered": change.renumbered,
        "weight": change.weight.label,
        "score": round(link.score, 4),
        "reason": reason(link, lang),
        "tier": link.reason.tier,
        "parts": {name: round(value, 4) for name, value in link.reason.parts},
        "rivals": [{"old": r.old, "new": r.new, "score": round(r.score, 4)} for r in link.reason.rivals],
        "remark": remark,
        "edits": [_edit(edit) for edit in change.edits],
        "flags": [_flag(flag, lang) for flag in change.flags],
    }
    if change.in_gap:
        value["in_gap"] = True
    if change.may_stand:
        value["may_stand"] = True
    if change.in_points:
        value["in_points"] = True
    if link.rivalled:
        value["rivalled"] = True
    if change.turned:
        value["order"] = {"old": list(change.olds), "new": list(change.news)}
    return value


def _note(note: NoteChange) -> Value:
    return {
        "old": note.old,
        "new": note.new,
        "kind": note.kind,
        "renumbered": note.renumbered,
        "weight": note.weight.label,
        "old_number": note.old_number,
        "new_number": note.new_number,
        "old_paragraphs": list(note.old_paragraphs),
        "new_paragraphs": list(note.new_paragraphs),
        "edits": [_edit(edit) for edit in note.edits],
    }


def _edit(edit: Edit) -> Value:
    value: Value = {"op": edit.op, "text": edit.text, "class": edit.weight.label}
    if edit.passage:
        value["passage"] = edit.passage
    return value


def _flag(flag: Flag, lang: str) -> Value:
    return {
        "code": flag.code,
        "message": message_or_code(f"flag.{flag.code}", flag.values, lang),
        "values": list(flag.values),
        "old": _evidence(flag.old),
        "new": _evidence(flag.new),
    }


def _evidence(evidence: Sequence[Evidence]) -> list[Value]:
    return [{"paragraph": e.paragraph, "quote": e.quote} for e in evidence]


def _notice(symbol: str, notice: Notice, lang: str) -> Value:
    return {
        "text": symbol,
        "code": notice.code,
        "message": message_or_code(f"notice.{notice.code}", notice.values, lang),
        "values": list(notice.values),
    }


def _sentence(sentence: Sentence) -> Value:
    addresses = [part for part in sentence.parts if isinstance(part, Address)]
    return {"text": as_text(sentence), "addresses": [{"side": a.side, "id": a.id, "label": a.label} for a in addresses]}


# ---- what it means --------------------------------------------------------------------------------------------------


def _meanings(comparison: Comparison, lang: str) -> Value:
    return {
        "topics": [_topic(topic, lang) for topic in comparison.topics],
        "verbs": [
            {"old": v.old, "new": v.new, "from": v.old_verb, "to": v.new_verb, "direction": v.direction, "lead": v.lead}
            for v in comparison.verbs
        ],
        "actors": [_actor(actor) for actor in comparison.actors],
        "citations": [
            {
                "text": cited_as(citation.text, lang),
                "status": citation.status,
                "old": list(citation.old),
                "new": list(citation.new),
                "routine": citation.routine,
                "replaced_by": cited_as(citation.replaced_by, lang),
            }
            for citation in comparison.citations
        ],
        "terms": [
            {"text": t.text, "status": t.status, "paragraphs": list(t.paragraphs), "score": round(t.score, 4)}
            for t in comparison.terms
        ],
        "obligations": [
            {"sort": o.sort, "text": o.text, "status": o.status, "old": o.old, "new": o.new}
            for o in comparison.obligations
        ],
        "findings": [_finding(finding) for finding in findings(comparison)],
    }


def _actor(actor: ActorChange) -> Value:
    return {
        "name": actor.name,
        "status": actor.status,
        "old": list(actor.old),
        "new": list(actor.new),
        "sort": actor.sort,
        "acronym": actor.acronym,
        "replaces": actor.replaces,
        "replaced_by": actor.replaced_by,
    }


def _finding(finding: Finding) -> Value:
    proof = finding.proof
    return {
        "kind": finding.kind,
        "side": finding.side,
        "paragraphs": list(finding.paragraphs),
        "quotes": list(finding.quotes),
        "proof": {"test": proof.test, "nearest": proof.nearest, "share": round(proof.share, 4)},
    }


def _topic(topic: TopicChange, lang: str) -> Value:
    return {
        "id": topic.id,
        "label": topic_label(topic, lang),
        "labels": dict(topic.labels),
        "status": topic.status,
        "unbis": topic.unbis,
        "unbis_match": topic.unbis_match,
        "old": _evidence(topic.old),
        "new": _evidence(topic.new),
        "renamed": list(topic.renamed) if topic.renamed else None,
        "earlier": topic.earlier,
    }


# ---- acts -----------------------------------------------------------------------------------------------------------


def _act_row(row: ActRow) -> Value:
    pair = row.pair
    return {
        "status": row.status,
        "kind": row.kind,
        "differences": [{"code": d.code, "old": d.old, "new": d.new} for d in row.differences],
        "old": _act(pair.old),
        "new": _act(pair.new),
        "nearest": _nearest(pair.nearest),
    }


def _act(act: ActFacts | None) -> Value | None:
    if act is None:
        return None
    return {
        "paragraph": act.paragraph,
        "verb": act.verb,
        "head": act.head,
        "family": act.family,
        "force": act.force,
        "addressee": act.addressee,
        "effect": act.effect,
        "conditions": [{"sort": c.sort, "text": c.text, "paragraph": c.paragraph} for c in act.conditions],
        "times": [_time(time) for time in act.times],
        "references": [_reference(reference) for reference in act.references],
        "passages": [{"paragraph": at.paragraph, "start": at.start, "end": at.end} for at in act.passages],
    }


def _time(time: ActTime) -> Value:
    return {
        "value": time.value,
        "unit": time.unit,
        "timing": time.timing,
        "text": time.text,
        "paragraph": time.paragraph,
    }


def _reference(reference: ActReference) -> Value:
    return {
        "resolution": reference.number,
        "paragraphs": list(reference.paragraphs),
        "role": reference.role,
        "text": reference.text,
        "paragraph": reference.paragraph,
    }


def _kin(kin: Kin) -> Value:
    return {
        "side": kin.side,
        "paragraph": kin.paragraph,
        "other": kin.other,
        "probability": round(kin.probability, 2),
    }


def _nearest(nearest: Nearest | None) -> Value | None:
    return {"paragraph": nearest.paragraph, "share": round(nearest.share, 4)} if nearest else None


def _renewal(renewal: Renewal) -> Value:
    act = renewal.act
    return {
        "side": renewal.side,
        "paragraph": act.paragraph,
        "effect": act.effect,
        "text": renewal.words,
        "references": [_reference(reference) for reference in act.references],
        "old": list(renewal.meant),
        "times": [_time(time) for time in act.times],
    }


# ---- front page -----------------------------------------------------------------------------------------------------


def _listing(listing: Listing, formats: Sequence[str]) -> Value:
    lives = [{suffix: f"{way.page}.{suffix}" for suffix in formats} for way in listing.lives]
    return {"title": listing.title, "lives": lives, "pairs": [_pair(pair, formats) for pair in listing.pairs]}


def _outlined(listing: Listing, formats: Sequence[str]) -> Value:
    """A series of which not every pair stands here: how many it has, and where they all are."""
    here = tuple(pair for pair in listing.pairs if not isinstance(pair, Outline) or pair.error)
    page = {suffix: f"{listing.page}.{suffix}" for suffix in formats}
    return _listing(replace(listing, pairs=here), formats) | {"count": len(listing.pairs), "page": page}


def _pair(pair: Pair, formats: Sequence[str]) -> Value:
    if pair.error:
        return {"old": pair.old, "new": pair.new, "error": pair.error}
    return {
        "old": pair.old,
        "new": pair.new,
        "adopted": pair.adopted,
        "title": pair.title,
        "pages": {suffix: f"{pair.stem}.{suffix}" for suffix in formats},
        "kinds": {kind.value: count for kind, count in pair.kinds},
        "topics": [{"id": x.id, "label": x.label, "status": x.status.value} for x in pair.topics],
        "numbers": as_text(pair.numbers),
        "summary": [as_text(sentence) for sentence in pair.sentences],
    }
