"""Acts of a text: what each verb of command does, how strongly, to whom, until when, to which earlier provisions.

The act of a verb runs to the next verb; points and tails belong to the act that opens them. Its verb is found by
``heads``, who is asked by ``clauses``, what it does to earlier provisions by ``effects``; the words of all three are
``data/fr/acts.toml``.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from msgspec.structs import replace

from resdiff.language import FRENCH
from resdiff.language.dates import Unit
from resdiff.language.fold import fold_same_length
from resdiff.language.quantities import find_times
from resdiff.language.words import WordTable, split_words
from resdiff.model import Paragraph, Part, Resolution
from resdiff.recognition.clauses import CHAIN, VIEWS, Asked, Clause, asked, infinitive, words_of
from resdiff.recognition.effects import effect
from resdiff.recognition.heads import BREAKS, Head, Text, find_heads, first_word
from resdiff.recognition.references import find_references
from resdiff.recognition.survey import HERE, Act, Family, Passage, Proviso, Quantity, Reference

__all__ = ["find_acts"]

RE_HEADING = re.compile(r"\.h\d")
FORCE_LIMIT = 10.0
SOFTENERS = 2
"""How many softeners count."""
SOFT_REACH = 10
"""How many words behind the verb of what is asked a softener may stand."""


class _Draft(NamedTuple):
    """An act being put together: its verb, and where it stands."""

    head: Head | None
    text: Text
    passages: list[tuple[Text, int, int]]


def find_acts(resolution: Resolution) -> tuple[Act, ...]:
    """The acts of the preamble and of the operative part of a text, in order.

    >>> from resdiff.model import Span
    >>> text = "Encourage les États à coopérer, et prie instamment l’Office de les aider dans les soixante jours"
    >>> paragraph = Paragraph("op1", Part.OPERATIVE, "1", 0, "Encourage", text, Span(0, 0))
    >>> acts = find_acts(Resolution("", "", "fr", "", "", (paragraph,)))
    >>> [(act.verb, act.force, act.addressee, [d.value for d in act.deadlines]) for act in acts]
    [('encourager', 4.0, 'les États', []), ('prier', 7.0, 'l’Office', [60])]
    """
    return tuple(_act(draft, resolution.adopted) for draft in _drafts(resolution))


# ---- where acts begin and end --------------------------------------------------------------------------------------


def _drafts(resolution: Resolution) -> list[_Draft]:
    drafts: list[_Draft] = []
    last = ""  # the resolution that "ladite résolution" means
    for paragraph in resolution.body:
        if paragraph.part is Part.ANNEX or RE_HEADING.search(paragraph.id):
            continue
        text = _read(paragraph, last)
        last = next((r.number for r in reversed(text.references) if r.number not in ("", HERE)), last)
        plain = text.plain
        point = bool(paragraph.depth) or ".tail" in paragraph.id
        heads = find_heads(text, joins=point and bool(drafts))
        starts = [text.words.starts[head.start] for head in heads]
        lead = starts[0] if starts else len(plain)
        opens = bool(heads) and heads[0].start <= first_word(text.words)
        if point and drafts and not opens:
            drafts[-1].passages.append((text, 0, _end(text, lead)))
        elif not opens and text.words.words and paragraph.number and not point and paragraph.part is Part.OPERATIVE:
            drafts.append(_Draft(None, text, [(text, 0, _end(text, lead))]))
        for head, start, stop in zip(heads, starts, [*starts[1:], len(plain)], strict=False):
            drafts.append(_Draft(head, text, [(text, start, _end(text, stop))]))
    return drafts


def _read(paragraph: Paragraph, last: str) -> Text:
    plain = fold_same_length(paragraph.text)
    words = split_words(plain)
    return Text(paragraph, plain, words, tuple(find_times(words)), find_references(paragraph, plain, last))


def _end(text: Text, stop: int) -> int:
    """Where a passage ends that the next one follows there: before the comma and the "et" between them."""
    if stop == len(text.plain):
        return stop
    index = text.words.index(stop)
    while index and text.words.words[index - 1] in BREAKS:
        index -= 1
    return text.words.end(index - 1) if index else 0


# ---- what an act holds ---------------------------------------------------------------------------------------------


def _act(draft: _Draft, adopted: str) -> Act:
    passages = tuple(Passage(text.paragraph.id, start, stop) for text, start, stop in draft.passages)
    common = Act(
        paragraph=draft.text.paragraph.id,
        parts=tuple(passage.paragraph for passage in passages),
        passages=passages,
        text="\n".join(text.paragraph.text[start:stop] for text, start, stop in draft.passages),
        verb="",
        family=Family.OTHER,
        force=0.0,
        head=draft.text.paragraph.lead,
        conditions=tuple(_conditions(draft)),
        deadlines=tuple(_deadlines(draft, adopted)),
        references=tuple(_references(draft)),
    )
    return _governing(common, draft, draft.head) if draft.head else common


def _governing(common: Act, draft: _Draft, head: Head) -> Act:
    """The act with all that its verb governs."""
    clauses = [_clause(*passage) for passage in draft.passages]
    clause = clauses[0] = clauses[0]._replace(start=min(head.end, clauses[0].stop))
    concerned = any(row.sort == "concern" for row in head.adverbs)
    family = Family(head.row.family)
    who = asked(clause, head.row, family, head.clitic)
    if clause.word(clause.start) == ":":  # "Exige : que l’Ouganda retire ses forces"
        names = {asked(point, head.row, family, "").who for point in clauses[1:]}
        who = Asked(names.pop()) if len(names) == 1 else who
    action = _action(clause, who)
    soft = _softeners(clause, who, action)
    start = who.at if who.at >= 0 else clause.start
    return replace(
        common,
        verb=head.row.id,
        family=Family.CONCERN if concerned and family in (Family.NOTE, *VIEWS) else family,
        force=_force(head, family, who, soft),
        head=clause.printed(head.start, head.end).rstrip(" ,"),
        addressee=who.who,
        object=clause.printed(start, clause.stop).lstrip(" ,"),
        action=clause.word(action) if action >= 0 else "",
        softeners=tuple(word for word, _ in soft),
        effect=effect(clauses, head.row, family, who),
    )


def _clause(text: Text, start: int, stop: int) -> Clause:
    return Clause(text.paragraph.text, text.words, text.words.index(start), text.words.index(stop))


def _action(clause: Clause, who: Asked) -> int:
    """The verb that says what is to be done, past "continuer de" and its like; -1 when there is none."""
    verb = who.verb
    if verb < 0 and (found := infinitive(clause, clause.start, clause.start + CHAIN)):
        verb = found[1]
    while verb >= 0 and clause.word(verb) in words_of("infinitive", "through"):
        found = infinitive(clause, verb + 1, verb + CHAIN)
        if not found:
            break
        verb = found[1]
    return verb


@cache
def _soft_words() -> WordTable[tuple[str, float]]:
    rows = FRENCH.acts.softener
    return WordTable((words, (fold_same_length(words), row.step)) for row in rows for words in row.words)


def _softeners(clause: Clause, who: Asked, action: int) -> list[tuple[str, float]]:
    """The words that weaken or strengthen what is asked, and what they add to the force."""
    if action < 0:
        return []
    start = who.at if who.at >= 0 else clause.start
    found = _soft_words().find(clause.words.words, start, min(action + SOFT_REACH, clause.stop))
    return list(dict.fromkeys(value for *_, value in found))


def _force(head: Head, family: Family, who: Asked, soft: list[tuple[str, float]]) -> float:
    """The force of the whole phrase, 0 to 10."""
    steps = {row.sort: row.step for row in head.adverbs}
    force = head.row.force + sum(steps.values())
    if who.duty and who.named and family in (Family.DECIDE, *VIEWS):
        force += _duty_step("obliged" if family is Family.DECIDE else "said")
    elif who.named and family in VIEWS:
        force += _duty_step("named")
    force += sum(sorted((step for _, step in soft), key=abs)[-SOFTENERS:])
    return max(0.0, min(FORCE_LIMIT, force))


def _duty_step(key: str) -> float:
    step = FRENCH.acts.duty[key]
    return step if isinstance(step, float | int) else 0.0


# ---- conditions, deadlines, references -----------------------------------------------------------------------------


@cache
def _openings() -> WordTable[str]:
    return WordTable((words, row.sort) for row in FRENCH.acts.condition for words in row.words)


def _conditions(draft: _Draft) -> Iterator[Proviso]:
    """The conditions of an act, each to the end of its clause."""
    for passage in draft.passages:
        clause = _clause(*passage)
        seen = 0
        for index, length, sort in _openings().find(clause.words.words, clause.start, clause.stop):
            if index < seen:
                continue
            seen = index + length
            while clause.word(seen) not in ("", ",", ";"):
                seen += 1
            yield Proviso(sort, clause.printed(index, seen), _place(clause, passage[0], index, seen))


def _deadlines(draft: _Draft, adopted: str) -> Iterator[Quantity]:
    """The times of an act; a date before the adoption of the text is none."""
    for passage in draft.passages:
        clause = _clause(*passage)
        for time in passage[0].times:
            if not (clause.start <= time.first and time.stop <= clause.stop):
                continue
            if time.unit is Unit.DATE and str(time.value) < adopted[: len(str(time.value))]:
                continue
            place = _place(clause, passage[0], time.first, time.stop)
            text = clause.printed(time.first, time.stop)
            yield Quantity(time.value, time.unit, time.timing, text, place)


def _place(clause: Clause, text: Text, first: int, stop: int) -> Passage:
    return Passage(text.paragraph.id, clause.words.starts[first], clause.words.end(stop - 1))


def _references(draft: _Draft) -> Iterator[Reference]:
    for text, start, stop in draft.passages:
        yield from (r for r in text.references if start <= r.place.start and r.place.end <= stop)
