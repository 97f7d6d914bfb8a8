"""From a comparison to a report: which blocks, in which order, with which rows."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, takewhile

from msgspec.structs import replace

from resdiff.judgement.acts import came_beside
from resdiff.judgement.case import is_sure, short_stems
from resdiff.language import Language
from resdiff.language.fold import fold, folded_line
from resdiff.marking.words import edits
from resdiff.messages import message_or_code
from resdiff.model import (
    GAPS,
    TORN,
    ActorChange,
    Change,
    CitationChange,
    Comparison,
    Edit,
    Evidence,
    Flag,
    Kind,
    Link,
    NoteChange,
    NoteKind,
    Notice,
    ObligationChange,
    Op,
    Paragraph,
    Part,
    Resolution,
    Side,
    Span,
    Status,
    TermChange,
    TextKind,
    VerbChange,
    Weight,
)
from resdiff.recognition.citations import cited
from resdiff.report.blocks import (
    NEWS,
    Actors,
    Address,
    Block,
    Call,
    Changes,
    Citations,
    Concordance,
    Fact,
    Facts,
    Frame,
    Note,
    Notices,
    Numbers,
    Obligations,
    Picture,
    Provenance,
    Quote,
    Reference,
    Report,
    Row,
    Sentence,
    Strong,
    Struck,
    Summary,
    Terms,
    Text,
    Texts,
    Title,
    Told,
    Topic,
    Topics,
    Verbs,
)
from resdiff.report.remarks import Remarks
from resdiff.report.summary import figures, summarize
from resdiff.report.wording import (
    Parts,
    address,
    already,
    cited_as,
    cited_together,
    cites_resolution,
    counted,
    date,
    in_number,
    join,
    name,
    say,
    sentence,
    since,
    told_status,
    topic_label,
    word,
)

__all__ = [
    "build",
    "caution",
    "cautions",
    "concordance",
    "heavier",
    "lists",
    "notes_line",
    "numbers_line",
    "provenance",
    "summary",
    "topics",
]

TOLD_NOTES = (NoteKind.MODIFIED, NoteKind.ADDED, NoteKind.REMOVED)
ON_TOP = frozenset(
    {
        "reversed",
        "reversed-symbols",
        "little-in-common",
        "written-anew",
        "cut-down",
        "extended",
        "old-alone",
        "new-alone",
        "two-languages",
        "tracked-against",
        "tracked-author",
    }
)
"""Notices of the two texts together without which all that follows would be misread."""
ORGANS = (("A/HRC/", "hrc"), ("A/", "ga"), ("S/", "sc"))  # the longest beginning of a symbol first


def build(
    comparison: Comparison,
    *,
    lang: str = "fr",
    min_weight: Weight = Weight.NONE,
    labels: tuple[str, str] = ("", ""),
) -> Report:
    """The report of a comparison in that language.

    Changes lighter than ``min_weight`` are counted, not shown, and what is told of their paragraphs alone is left out.
    The heads of the report call the old and the new text by their ``labels``; an empty one is its symbol or title.
    """
    comparison = _without_doubtful_moves(heavier(comparison, min_weight))
    title, remarks = _title(comparison, lang, labels), Remarks.of(comparison, lang)
    told = summary(comparison, lang, remarks)
    is_marked = any(isinstance(part, Strong | Struck) for said in told for part in said.parts)
    below = tuple(notice for notice in comparison.notices if notice.code not in ON_TOP)  # the others stand on top
    blocks: tuple[Block, ...] = (
        title,
        Provenance((*cautions(comparison, lang), *dict.fromkeys(provenance(comparison, lang, labels)))),
        Summary(told, legend(lang) if is_marked or comparison.provisions else ""),
        _numbers(comparison),
        topics(comparison, lang),
        _picture(comparison),
        _changes(comparison, lang, min_weight, remarks),
        Concordance(concordance(comparison)),
        *_with_caution(lists(replace(comparison, notices=below), lang), lang),
        _texts(comparison, lang),
    )
    said = tuple(block for block in blocks if not _empty(block))
    return Report(word("heading.report", lang).format(*title.names), lang, said)


def _empty(block: Block) -> bool:
    """Whether a block has nothing to say. Title, texts and numbers are always there."""
    match block:
        case Title() | Texts() | Numbers():
            return False
        case Picture():
            return not (block.old or block.new)
        case Facts():
            return not (block.facts or block.routine)
        case Changes():
            return not (block.rows or block.hidden)
        case _:
            return not getattr(block, block.__struct_fields__[0])


def _without_doubtful_moves(comparison: Comparison) -> Comparison:
    """The comparison in which no paragraph moved of which nobody knows whether it is the same."""
    changes = (replace(c, moved=False) if c.moved and not is_sure(c.link) else c for c in comparison.changes)
    return replace(comparison, changes=tuple(changes))


def heavier(comparison: Comparison, least: Weight) -> Comparison:
    """The comparison without what is told of lighter changes alone; those changes stay, without their flags."""
    if least is Weight.NONE:
        return comparison
    weights: dict[tuple[str, str], Weight] = {}
    for change in comparison.changes:
        weights |= {("old", paragraph): change.weight for paragraph in change.link.old}
        weights |= {("new", paragraph): change.weight for paragraph in change.link.new}

    def heavy(old: Iterable[str], new: Iterable[str]) -> bool:
        places = [*(("old", paragraph) for paragraph in old), *(("new", paragraph) for paragraph in new)]
        return any(weights.get(place, Weight.NONE) >= least for place in places)

    routine_shown = least <= Weight.ROUTINE
    return replace(
        comparison,
        changes=tuple(replace(change, flags=_flags(change, least)) for change in comparison.changes),
        topics=tuple(t for t in comparison.topics if heavy((e.paragraph for e in t.old), (e.paragraph for e in t.new))),
        verbs=tuple(v for v in comparison.verbs if heavy((v.old,), (v.new,))),
        citations=tuple(c for c in comparison.citations if (routine_shown or not c.routine) and heavy(c.old, c.new)),
        actors=tuple(a for a in comparison.actors if heavy(a.old, a.new)),
        terms=tuple(t for t in comparison.terms if heavy(t.paragraphs, t.paragraphs)),
        obligations=tuple(o for o in comparison.obligations if heavy((o.old,), (o.new,))),
        acts=tuple(a for a in comparison.acts if heavy(*((act.paragraph,) if act else () for act in (a.old, a.new)))),
    )


def _flags(change: Change, least: Weight) -> tuple[Flag, ...]:
    """The flags of a change that weigh enough; those of routine updates weigh as much as these."""
    if change.weight < least:
        return ()
    return tuple(flag for flag in change.flags if least <= Weight.ROUTINE or not flag.code.startswith("routine-"))


# ---- the two texts --------------------------------------------------------------------------------------------------


def _title(comparison: Comparison, lang: str, labels: tuple[str, str]) -> Title:
    old, new = comparison.old, comparison.new
    is_same = old.title.split() == new.title.split() or (_named_after(old) and _named_after(new))
    organ = next((key for start, key in ORGANS if new.symbol.startswith(start)), "")
    return Title(
        _text(old, lang, labels[0]),
        _text(new, lang, labels[1]),
        edits=() if is_same else comparison.title,
        body=word(f"organ.{organ}", lang) if organ else "",
    )


def _text(resolution: Resolution, lang: str, label: str) -> Text:
    return Text(
        _call(resolution, lang, label),
        resolution.symbol,
        resolution.title,
        date(resolution.adopted, lang),
        resolution.adopted,
        resolution.language,
        word(f"text.{resolution.provenance.kind}", lang),
        resolution.provenance,
        name(resolution.symbol),
    )


def _call(resolution: Resolution, lang: str, label: str = "") -> str:
    """What a reader calls the text: its label, else its symbol, else its title, else "texte sans cote"."""
    return " ".join(label.split()) or name(resolution.symbol) or resolution.title or word("word.untitled", lang)


def _named_after(resolution: Resolution) -> bool:
    """Whether the title is no more than the symbol: "Résolution 1743 (2007) du 15 février 2007"."""
    return bool(resolution.symbol) and name(resolution.symbol).replace("\u00a0", " ") in resolution.title


def _texts(comparison: Comparison, lang: str) -> Texts:
    old, new = _whole_text(comparison.old), _whole_text(comparison.new)
    language = Language.shared(comparison.old.language, comparison.new.language)
    frames = (
        frame
        for part in (Part.PREFACE, Part.CONCLUSION)
        for frame in _frames([p for p in old if p.part is part], [p for p in new if p.part is part], language)
    )
    asides = _kept_lines(comparison.old.asides, comparison.new.asides, language)
    return Texts(old, new, comparison.changes, (*frames, *asides), tuple(_calls(comparison, lang)))


def _kept_lines(old: Sequence[Paragraph], new: Sequence[Paragraph], language: Language) -> Iterator[Frame]:
    """The lines beside their paragraphs that both texts have, under one label."""
    left = {(line.label, line.number, fold(line.text)): line for line in reversed(new)}
    for line in old:
        if like := left.pop((line.label, line.number, fold(line.text)), None):
            yield _frame([line], [like], language)


def _whole_text(text: Resolution) -> tuple[Paragraph, ...]:
    """The lines of a text, those that are no paragraph in their places, with its title: the line of the preface
    that is it, or else one before all others. No line more where the preface has it in several, or within one."""
    lines = list(text.paragraphs)
    for line in text.asides:
        lines.insert(sum(p.span.start < line.span.start for p in lines), line)
    number = name(text.symbol)
    title = ". ".join(filter(None, (number, text.title)))
    preface = [p for p in text.paragraphs if p.part is Part.PREFACE]
    known, whole = folded_line(text.title or number), folded_line(title)
    if own := next((p for p in preface if whole and folded_line(p.text) in (known, whole)), None):
        return tuple(replace(p, id="title") if p is own else p for p in lines)
    if not whole or f" {known} " in f" {folded_line(' '.join(p.text for p in preface))} ":
        return tuple(lines)
    return (Paragraph("title", Part.PREFACE, "", 0, "", title, Span(0, 0)), *lines)


def _calls(comparison: Comparison, lang: str) -> Iterator[Call]:
    notes = [_note(note, lang) for note in comparison.notes]
    olds, news = {note.change.old: note for note in notes}, {note.change.new: note for note in notes}
    for side, text, known in ((Side.OLD, comparison.old, olds), (Side.NEW, comparison.new, news)):
        for id_, footnote in zip(text.note_ids, text.footnotes, strict=True):
            if footnote.paragraph and id_ in known:
                yield Call(side, footnote.paragraph, footnote.offset, known[id_])


def _frames(old: Sequence[Paragraph], new: Sequence[Paragraph], language: Language) -> Iterator[Frame]:
    """What stands before or behind the body: the same lines at either end, each with its like, and all between them
    together, which one text may have in one line and the other in several."""
    first = sum(1 for _ in takewhile(_is_like, zip(old, new, strict=False)))
    last = sum(1 for _ in takewhile(_is_like, zip(reversed(old[first:]), reversed(new[first:]), strict=False)))
    yield from (_frame([before], [after], language) for before, after in zip(old[:first], new[:first], strict=True))
    inside = old[first : len(old) - last], new[first : len(new) - last]
    if all(inside):
        yield _frame(*inside, language)
    ends = old[len(old) - last :], new[len(new) - last :]
    yield from (_frame([before], [after], language) for before, after in zip(*ends, strict=True))


def _is_like(pair: tuple[Paragraph, Paragraph]) -> bool:
    return fold(pair[0].text) == fold(pair[1].text)


def _frame(old: Sequence[Paragraph], new: Sequence[Paragraph], language: Language) -> Frame:
    """Paragraphs around the body, with what changed in their words."""
    was, now = ("\n".join([paragraph.text for paragraph in side]) for side in (old, new))
    if was == now and was:
        found: tuple[Edit, ...] = (Edit(Op.EQUAL, was),)
    else:  # a line end is a blank to who compares words
        found = edits(was.replace("\n", " "), now.replace("\n", " "), language)
        found = tuple(_with_line_ends(found, was, now)) if "\n" in was + now else found
    return Frame(tuple(p.id for p in old), tuple(p.id for p in new), found)


def _with_line_ends(found: Iterable[Edit], was: str, now: str) -> Iterator[Edit]:
    """Edits of two texts in one line each, with their line ends; where one has a blank there that is exchanged.

    >>> found = [Edit(Op.EQUAL, "Le Conseil, Le 3")]
    >>> [(edit.op.value, edit.text) for edit in _with_line_ends(found, "Le Conseil, Le 3", "Le Conseil,\\nLe 3")]
    [('equal', 'Le Conseil,'), ('delete', ' '), ('insert', '\\n'), ('equal', 'Le 3')]
    """
    before, after = 0, 0
    for edit in found:
        size = len(edit.text)
        old, new = was[before : before + size], now[after : after + size]
        before += 0 if edit.op is Op.INSERT else size
        after += 0 if edit.op is Op.DELETE else size
        if edit.op is not Op.EQUAL:
            yield replace(edit, text=old if edit.op is Op.DELETE else new)
            continue
        for is_same, pairs in groupby(
            zip(old, new, strict=True), key=lambda pair: (pair[0] == "\n") is (pair[1] == "\n")
        ):
            gone, come = map("".join, zip(*pairs, strict=True))
            if is_same:
                yield replace(edit, text=come)
            else:
                yield from (Edit(Op.DELETE, gone, Weight.TYPOGRAPHIC), Edit(Op.INSERT, come, Weight.TYPOGRAPHIC))


def summary(comparison: Comparison, lang: str, remarks: Remarks) -> tuple[Sentence, ...]:
    """The sentences of the summary, by the remarks of the comparison. Texts are not called identical whose footnotes
    differ, or cannot be compared."""
    said = summarize(comparison, lang, remarks)
    kinds = Counter(note.kind for note in comparison.notes)
    told = [(kind, kinds[kind]) for kind in NoteKind if kinds[kind] and kind is not NoteKind.UNCHANGED]
    if not told or any(change.weight > Weight.TYPOGRAPHIC or change.moved for change in comparison.changes):
        return said
    title = "-title" if fold(comparison.old.title) != fold(comparison.new.title) else ""
    typographic = any(change.weight for change in comparison.changes)
    key = f"footnote.{'typographic' if typographic else 'identical'}{title}"
    return (sentence(say(key, _kinds_of_notes(told, lang), lang=lang)),)


def provenance(comparison: Comparison, lang: str, labels: tuple[str, str] = ("", "")) -> tuple[Sentence, ...]:
    """One line a text that is not official, one a text of which some may be missing, or that is no resolution; one for
    both when they are one. The texts are called by their ``labels``, where there are any.

    Two files that say nothing of where they come from are those of the reader, who knows.
    """
    texts = [comparison.old] if comparison.old == comparison.new else [comparison.old, comparison.new]
    called = [(text, _call(text, lang, label)) for text, label in zip(texts, labels, strict=False)]
    is_known = any(text.provenance.kind is not TextKind.UNKNOWN for text in texts)
    said = [
        say(f"provenance.{text.provenance.kind.value}", own, lang=lang)
        for text, own in called
        if is_known and text.provenance.kind is not TextKind.OFFICIAL
    ]
    said += [
        say("provenance.no-resolution", own, lang=lang)
        for text, own in called
        if any(notice.code == "no-resolution" for notice in text.notices)
    ]
    said += [_torn(text, own, lang) for text, own in called if text.is_torn]
    return tuple(map(Sentence if any(labels) else sentence, said))  # the name of a file begins with no capital


def _torn(text: Resolution, called: str, lang: str) -> Parts:
    """That some of a text may be missing, and which numbers are where that is all that is known."""
    gaps = [notice.values for notice in text.notices if notice.code in GAPS]
    if text.is_unfinished:
        return say("provenance.unfinished", called, lang=lang)
    if any(notice.code in TORN - GAPS for notice in text.notices):
        return say("provenance.torn", called, lang=lang)
    spans = [(word("page.from-to", lang).format(*gap) if len(gap) == 2 else gap[0],) for gap in gaps]
    key = "gap" if sum(map(len, gaps)) == 1 else "gap-many"
    return say(f"provenance.{key}", called, join(spans, lang), lang=lang)


def cautions(comparison: Comparison, lang: str) -> tuple[Sentence, ...]:
    """What is to be known of the two texts together before all else, symbols and dates as a reader says them."""
    return tuple(caution(notice, lang) for notice in comparison.notices if notice.code in ON_TOP)


def caution(notice: Notice, lang: str) -> Sentence:
    """A notice about two texts together, symbols and dates as a reader says them; a text without a symbol is so
    called."""
    said = [
        date(value, lang) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else name(value) or word("word.untitled", lang)
        for value in notice.values
    ]
    return Sentence((message_or_code(f"notice.{notice.code}", said, lang),))


# ---- numbers, picture, concordance ----------------------------------------------------------------------------------


def _numbers(comparison: Comparison) -> Numbers:
    """The figures of the paragraphs and, apart from them, of the footnotes."""
    kinds = Counter(note.kind for note in comparison.notes)
    return replace(figures(comparison), notes=tuple((kind, kinds[kind]) for kind in NoteKind if comparison.notes))


def legend(lang: str, signs: Sequence[tuple[str, str]] = ()) -> str:
    """What is quoted in a summary, and how words of it are shown that came or went: in bold and struck, or between the
    signs for each."""
    shown = [word("summary.in-signs", lang).format(*pair) for pair in signs]
    return word("summary.note", lang).format(
        *(shown or (word(f"summary.{look}", lang) for look in ("in-bold", "struck")))
    )


def numbers_line(numbers: Numbers, lang: str) -> Sentence:
    """The numbers in one line, the kinds that do not occur left out; of footnotes those that came, went or changed."""

    def said(kinds: Iterable[tuple[str, int]]) -> str:
        return ", ".join(f"{number} {in_number(f'kind.{kind}', number, lang)}" for kind, number in kinds if number)

    all_there_are = said([*((row, number) for row, _, number in numbers.told), *numbers.others])
    if in_kept := said(numbers.in_kept):
        all_there_are = word("summary.in-kept", lang).format(all_there_are, in_kept)
    among, across = said(numbers.among), said(numbers.across)
    if across and numbers.all_crossed:
        among = ", ".join(filter(None, [among, across]))
    elif across:  # of those that moved, which are told last
        among = word("summary.of-these", lang).format(among, across)
    among = ", ".join(filter(None, [among, said(numbers.to_check)]))
    row = f"summary.line{'-among' if among else ''}"
    line = say(row, str(numbers.old), str(numbers.new), all_there_are, among, lang=lang)
    notes = notes_line(numbers, lang)
    return sentence((*line, *say("footnote.line", notes, lang=lang)) if notes else line)


def notes_line(numbers: Numbers, lang: str) -> str:
    """How many footnotes came, went or changed: "2 modifiées, 1 ajoutée"; empty where none did."""
    return _kinds_of_notes([(kind, number) for kind, number in numbers.notes if kind in TOLD_NOTES], lang)


def _kinds_of_notes(numbers: Iterable[tuple[NoteKind, int]], lang: str) -> str:
    return ", ".join(counted(f"footnote.{kind}", number, lang) for kind, number in numbers if number)


def _picture(comparison: Comparison) -> Picture:
    def lengths(resolution: Resolution) -> tuple[tuple[str, int], ...]:
        return tuple((paragraph.id, len(paragraph.text)) for paragraph in resolution.body)

    return Picture(lengths(comparison.old), lengths(comparison.new), comparison.changes)


def concordance(comparison: Comparison) -> tuple[Change, ...]:
    """The changes in the order of the old text; one without an old paragraph stands behind the one whose new paragraph
    it follows, where that one did not move."""
    old = {paragraph.id: index for index, paragraph in enumerate(comparison.old.body)}
    new = {paragraph.id: index for index, paragraph in enumerate(comparison.new.body)}
    places: dict[Link, tuple[int, int]] = {}
    last = -1
    for change in sorted(comparison.changes, key=lambda change: _first(change.link.new, new)):
        first = _first(change.link.old, old) if change.link.old else last
        places[change.link] = first, -1 if change.link.old else _first(change.link.new, new)
        last = last if change.moved else first
    return tuple(sorted(comparison.changes, key=lambda change: places[change.link]))


def _first(paragraphs: Iterable[str], places: Mapping[str, int]) -> int:
    """The place of the first of some paragraphs; the place behind all where there is none."""
    return min((places.get(paragraph, len(places)) for paragraph in paragraphs), default=len(places))


# ---- changes --------------------------------------------------------------------------------------------------------


def _changes(comparison: Comparison, lang: str, min_weight: Weight, remarks: Remarks) -> Changes:
    old, new = ({paragraph.id: paragraph for paragraph in side.body} for side in (comparison.old, comparison.new))
    notes = _notes_of(comparison, min_weight)
    shown = [change for change in comparison.changes if change.weight >= min_weight or notes[change.link]]
    places = {
        topic.id: ({quote.paragraph for quote in topic.old}, {quote.paragraph for quote in topic.new})
        for topic in comparison.topics
        if told_status(topic)
    }
    ages = {age.paragraph: age for age in comparison.ages}
    rows = tuple(
        Row(
            change,
            _pick(old, change.olds),
            _pick(new, change.news),
            *remarks.both(change),
            _topics_of(change, places),
            tuple(_note(note, lang) for note in notes[change.link]),
            since([ages[id_] for id_ in change.link.old if id_ in ages], lang, gone=change.kind is Kind.REMOVED),
            already([each for each in comparison.borrowed if each.paragraph in change.link.new], lang),
        )
        for change in shown
    )
    hidden, references = len(comparison.changes) - len(shown), tuple(_references(comparison, shown, lang))
    return Changes(rows, hidden, references, tuple(_note(note, lang) for note in notes[None]))


def _notes_of(comparison: Comparison, least: Weight) -> defaultdict[Link | None, list[NoteChange]]:
    """The footnotes to be shown below each change, by its link; below None those that no paragraph calls.

    One stands with the first paragraph that calls it, in the new text where that has it. What is the same in both texts
    is not shown, nor what weighs less than ``least``; with none, what is not compared is, where it has any words.
    """
    olds = {paragraph: change.link for change in comparison.changes for paragraph in change.link.old}
    news = {paragraph: change.link for change in comparison.changes for paragraph in change.link.new}
    found: defaultdict[Link | None, list[NoteChange]] = defaultdict(list)
    for note in comparison.notes:
        is_lone = note.kind is NoteKind.UNCOMPARED and least is Weight.NONE and note.edits
        if is_lone or note.weight >= max(least, Weight.TYPOGRAPHIC):
            links = [*map(news.get, note.new_paragraphs), *map(olds.get, note.old_paragraphs)]
            found[next(filter(None, links), None)].append(note)
    return found


def _note(note: NoteChange, lang: str) -> Note:
    became = word(f"footnote.{note.kind}", lang)
    old, new = (
        word("footnote.name" if number else "footnote.no-number", lang).format(number) if id_ else ""
        for id_, number in ((note.old, note.old_number), (note.new, note.new_number))
    )
    before = word("footnote.old", lang).format(old)
    has_new_words = any(edit.op is not Op.DELETE for edit in note.edits)
    name = new if has_new_words or not old else before  # of one that is not compared: whose words these are
    if note.renumbered and note.kind is not NoteKind.UNCOMPARED:
        name = word("footnote.both", lang).format(new, before)
    return Note(note, old, new, became, f"{name[:1].upper()}{name[1:]}, {became}")


def _pick(paragraphs: dict[str, Paragraph], ids: Sequence[str]) -> tuple[Paragraph, ...]:
    return tuple(paragraphs[i] for i in ids if i in paragraphs)


def _topics_of(change: Change, places: Mapping[str, tuple[set[str], set[str]]]) -> tuple[str, ...]:
    """The ids of the topics that the paragraphs of a change bear out, on either side."""
    link = change.link
    return tuple(
        [id_ for id_, (old, new) in places.items() if not (old.isdisjoint(link.old) and new.isdisjoint(link.new))]
    )


def _references(comparison: Comparison, changes: Sequence[Change], lang: str) -> Iterator[Reference]:
    """The lines for what a reader misses: a paragraph that moved at its old place, the second half of a split one at
    its new place. None where it stands right before.
    """
    for side in Side:
        body = comparison.text(side).body
        order = [paragraph.id for paragraph in body]
        home = {paragraph: index for index, change in enumerate(changes) for paragraph in change.link.on(side)}
        for index, missed in _missed(changes, side):
            at = order.index(missed)
            earlier = (p for p in reversed(order[:at]) if p in home and _in_order(changes[home[p]], side, p))
            after = next((home[paragraph] for paragraph in earlier), -1)
            if after != index:
                yield _reference(changes[index], side, body[at], after, lang)


def _missed(changes: Sequence[Change], side: Side) -> Iterator[tuple[int, str]]:
    """The paragraphs that do not stand where a reader of that side looks for them, each with its change."""
    for index, change in enumerate(changes):
        if not (change.link.old and change.link.new):
            continue
        missed = change.link.new[1:] if side is Side.NEW else change.link.old if change.moved else ()
        yield from ((index, paragraph) for paragraph in missed)


def _in_order(change: Change, side: Side, paragraph: str) -> bool:
    """Whether the change stands where a reader of that side looks for that paragraph."""
    return not change.moved if side is Side.OLD else change.link.new[0] == paragraph


def _reference(change: Change, side: Side, missed: Paragraph, after: int, lang: str) -> Reference:
    here, target = address(side, missed.id, lang, marked=True).label, address(Side.NEW, change.link.new[0], lang)
    if side is Side.OLD:
        text = word("elsewhere.moved", lang).format(here, target.label)
    else:
        origin = ", ".join(address(Side.OLD, id_, lang, marked=True).label for id_ in change.link.old)
        text = word("elsewhere.split", lang).format(here, origin, target.label)
    return Reference(after, missed.part, side, text, target)


# ---- lists of facts -------------------------------------------------------------------------------------------------

NO_VERB = "–"
FactList = Verbs | Actors | Obligations | Citations | Terms | Notices


def lists(comparison: Comparison, lang: str) -> tuple[Verbs, Actors, Obligations, Citations, Terms, Notices]:
    """The lists that stand after the changes, in their order; one may be empty.

    Actors named as before, and obligations and citations that are kept, are no news and left out.
    """
    citations = [citation for citation in comparison.citations if citation.status is not Status.KEPT]
    fixed, routine = ([each for each in citations if bool(each.routine) is is_routine] for is_routine in (False, True))
    verbs = [verb for verb in comparison.verbs if _tells(verb, comparison)]
    duties = (_obligation(duty, lang) for duty in comparison.obligations if duty.status is not Status.KEPT)
    return (
        Verbs(tuple(_verb(verb, lang) for verb in verbs)),
        Actors(tuple(_actor(a, lang) for a in comparison.actors if a.alone)),
        Obligations(tuple(dict.fromkeys(duties))),  # "as appropriate" may come twice to one paragraph
        Citations(tuple(_citations(fixed, comparison, lang)), tuple(_citations(routine, comparison, lang))),
        Terms(tuple(_term(term, lang) for term in comparison.terms)),
        Notices(tuple(_told_notices(comparison, lang))),
    )


def _with_caution(lists: Iterable[FactList], lang: str) -> Iterator[Block]:
    """The lists, before the first of those about the changes that they hold what was surely recognized alone."""
    said = word("lists.before", lang)
    for block in lists:
        tells = not _empty(block) and not isinstance(block, Notices)
        yield replace(block, before=said) if tells else block
        said = "" if tells else said


def notices(comparison: Comparison) -> tuple[tuple[Side | None, Notice], ...]:
    """What is strange about the old text, the new text, and the two together, each with the side of its text."""
    old, new = comparison.old, comparison.new
    return (
        *((Side.OLD, notice) for notice in old.notices if _is_borne_out(notice, old)),
        *((Side.NEW, notice) for notice in new.notices if old != new and _is_borne_out(notice, new)),
        *((None, notice) for notice in comparison.notices),
    )


def _is_borne_out(notice: Notice, text: Resolution) -> bool:
    """Whether a notice says what is so: in a scan a number of a page or of a note may be another one, misread."""
    if notice.code in ("running-head", "dirt"):
        return any(map(str.isalpha, notice.values[0]))
    if notice.code == "page-number":
        return notice.values[0].isdecimal() or (not text.scanned and any(map(str.isalnum, notice.values[0])))
    if notice.code in ("call-unmet", "calls-unmet"):  # a note that nobody calls may be the one
        return not (text.scanned and any(other.code == "note-uncalled" for other in text.notices))
    if notice.code == "note-unlabelled":  # it is shown among the notes, as one whose number was not read
        return False
    return not (text.scanned and notice.code == "note-uncalled")


# ---- topics ---------------------------------------------------------------------------------------------------------


def topics(comparison: Comparison, lang: str) -> Topics:
    """The topics with the words that show them: of one that came those that came, of one that went those that went, of
    one that grew those of the paragraphs that speak more of it."""
    told = [(status, topic) for topic in comparison.topics if (status := told_status(topic))]
    labels = {topic_label(topic, lang) for _, topic in told}
    found: list[Topic] = []
    for status, topic in sorted(told, key=lambda row: list(Told).index(row[0])):
        went = status is Told.DROPPED
        stems = short_stems(topic.label)  # another word may be less: "incarcération" tells of no prisons
        evidence = topic.old if went else [e for e in topic.new if e.paragraph in topic.shown] or [*topic.new]
        shown = [each for each in evidence if not stems.isdisjoint(short_stems(each.quote))]
        if not shown:
            continue
        label = topic_label(topic, lang)
        if lang == comparison.new.language:
            narrower = _narrowed(label, " ".join(each.quote for each in shown), lang)
            other = comparison.new if went else comparison.old  # may speak of that half: of children, not of war
            is_taken = narrower in labels or (status in NEWS and _speaks_of(other, narrower))
            label = label if is_taken else narrower
        old, new = (shown, []) if went else ([], shown)
        found.append(Topic(topic.id, label, status, _quotes(Side.OLD, old, lang), _quotes(Side.NEW, new, lang)))
    return Topics(tuple(found))


def _narrowed(label: str, quotes: str, lang: str) -> str:
    """The half of a label of two of which alone the quotations speak, where it is a word, or those of a label of more:
    no label is wider than them.

    >>> _narrowed("poverty and inequality", "inequalities in access to public services", "en")
    'inequality'
    >>> _narrowed("aide et accès humanitaires", "l’examen de la situation humanitaire", "fr")
    'aide et accès humanitaires'
    >>> _narrowed("racism, xenophobia or racial discrimination", "racism and xenophobia", "en")
    'racism or xenophobia'
    """
    or_, and_ = (f" {word(f'word.{each}', lang)} " for each in ("or", "and"))
    parts = re.split(f", |{or_}", label) if ", " in label else label.split(and_)
    said = short_stems(quotes)
    spoken = [part for part in parts if not said.isdisjoint(short_stems(part))]
    if not 0 < len(spoken) < len(parts) or any(" " in part for part in spoken):
        return label
    return or_.join(spoken)


def _speaks_of(text: Resolution, words: str) -> bool:
    """Whether a paragraph of a text has one of these words, in whatever form."""
    stems = short_stems(words)
    return any(not stems.isdisjoint(short_stems(paragraph.text)) for paragraph in text.body)


def _quotes(side: Side, evidence: Iterable[Evidence], lang: str) -> tuple[Quote, ...]:
    return tuple(Quote(address(side, shown.paragraph, lang, marked=True), shown.quote) for shown in evidence)


# ---- lines ----------------------------------------------------------------------------------------------------------


def _verb(verb: VerbChange, lang: str) -> Fact:
    text = f"{verb.old_verb or NO_VERB} → {verb.new_verb or NO_VERB}"
    note = "" if verb.lead else word("note.verb-inside", lang)
    direction = "same" if verb.settled else verb.direction
    said = word(f"direction.{direction}", lang)
    return Fact(text, direction, said, note, _places((verb.old,), (verb.new,), lang))


def _tells(verb: VerbChange, comparison: Comparison) -> bool:
    """Whether a verb that gave way is told: to a stronger or a weaker one, or to one that only receives what was asked,
    and not where the paragraph asks it beside. Another verb of the same force tells nothing."""
    if verb.settled:
        return not came_beside(comparison, (verb.old,), (verb.new,), verb.old_verb)
    return verb.direction != "same"


def _actor(actor: ActorChange, lang: str) -> Fact:
    acronym = "" if actor.acronym in actor.name else actor.acronym
    note = _replaced(actor.replaced_by, actor.replaces, lang)
    places = _places(actor.old, actor.new, lang)
    return Fact(actor.name, actor.status, word(f"mention.{actor.status}", lang), note, places, acronym)


def _obligation(duty: ObligationChange, lang: str) -> Fact:
    sort = word(f"sort.{'safeguard' if duty.is_safeguard else duty.sort}", lang)
    here = word(f"mention-here.{duty.status}", lang)  # of these paragraphs: another may ask the same one
    return Fact(duty.text, duty.status, here, sort, _places((duty.old,), (duty.new,), lang))


def _citations(citations: Sequence[CitationChange], comparison: Comparison, lang: str) -> Iterator[Fact]:
    """The citations, each a fact; resolutions that came into the same paragraphs, or went from them, are one."""

    def in_one(citation: CitationChange) -> tuple[Status, tuple[Address, ...], str]:
        alone = citation.replaced_by or not cites_resolution(citation.text)
        return (citation.status, places(citation), citation.text if alone else "")

    def places(citation: CitationChange) -> tuple[Address, ...]:
        shown = _places(citation.old, citation.new, lang)
        return tuple(_with_note(each, citation, comparison.text(each.side), lang) for each in shown)

    for (_, where, _), group in groupby(citations, key=in_one):
        first, *others = group
        said = cited_together([first.text, *(other.text for other in others)], lang)
        note = _replaced(cited_as(first.replaced_by, lang), "", lang)
        label = word(f"{'mentions' if others else 'mention'}.{first.status}", lang)
        yield Fact(said, first.status, label, note, where)


def _with_note(where: Address, citation: CitationChange, text: Resolution, lang: str) -> Address:
    """The address of a paragraph that cites something, with the number of its note where that alone does."""
    keys = {each.key for each in cited(citation.text)}
    if not keys.isdisjoint(each.key for p in text.body if p.id == where.id for each in cited(p.text)):
        return where
    notes = (note for note in text.footnotes if note.paragraph == where.id)
    label = next((n.label for n in notes if not keys.isdisjoint(each.key for each in cited(n.text))), "")
    said = word("footnote.name", lang).format(label)
    return replace(where, label=f"{where.label}, {said}") if label else where


def _term(term: TermChange, lang: str) -> Fact:
    old, new = (term.paragraphs, ()) if term.status is Status.DROPPED else ((), term.paragraphs)
    return Fact(term.text, term.status, word(f"mention.{term.status}", lang), places=_places(old, new, lang))


def _told_notices(comparison: Comparison, lang: str) -> Iterator[Fact]:
    """The notices of each text, those of one sort in one sentence, the same one said once with how often."""
    sorts: dict[tuple[str, str], list[Notice]] = {}
    for side, notice in notices(comparison):
        named = (comparison.text(side).symbol or word(f"column.{side}-text", lang)) if side else ""
        sorts.setdefault((named, notice.code), []).append(notice)
    for (named, code), found in sorts.items():
        values = list(dict.fromkeys(notice.values[0] for notice in found if notice.values))
        try:
            row = word(f"notice.{code}-many", lang) if len(values) > 1 else ""
        except KeyError:  # a sort that has no sentence for several
            row = ""
        if row:
            yield Fact(row.format(_listed(values, row, lang)), note=named)
            continue
        for said, times in Counter(message_or_code(f"notice.{code}", each.values, lang) for each in found).items():
            yield Fact(f"{said.removesuffix('.')} (× {times})." if times > 1 else said, note=named)


def _listed(values: Sequence[str], row: str, lang: str) -> str:
    """The values as a list: each in quotation marks where those of the row stand around it."""
    opening, closing = word("word.quote", lang).split("{0}")
    return f"{closing}, {opening}".join(values) if f"{opening}{{0}}{closing}" in row else ", ".join(values)


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
