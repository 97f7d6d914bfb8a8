"""``judge_gate(gate, comparison) -> Outcome``: whether what a person guards is still there.

A gate that names words looks for the words, in the whole of the new text, folded: it says that they stand there or do
not, which anyone can check. A gate that names a theme, verbs, a finding rests on what ``judge`` found past its
counter-tests, and holds where nothing may be said. Where the old text has nothing of what is guarded the gate is idle.
"""

from collections.abc import Callable, Collection, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from resdiff import symbol as symbols
from resdiff.gates.rules import EVERY, Gate, Guard, theme_ids
from resdiff.gates.values import At, Beside, Fault, Outcome, Verdict, Why
from resdiff.judgement.acts import came_beside
from resdiff.language.fold import folded_line
from resdiff.marking.weight import heaviest
from resdiff.model import (
    ActorChange,
    Change,
    Comparison,
    Edit,
    Flag,
    FlagCode,
    Kind,
    NoteChange,
    Notice,
    Op,
    Paragraph,
    Part,
    Resolution,
    Side,
    Status,
    Weight,
)
from resdiff.report.calling import called
from resdiff.report.explain import findings

__all__ = ["judge_gate"]

PARTS = {"preamble": Part.PREAMBLE, "operative": Part.OPERATIVE, "annex": Part.ANNEX}
TOGETHER = 8  # letters of a phrase from which it is looked for without its spaces too: "vie pri vée" of a scan
LONGEST = 300  # characters of changed words that make a quotation


def judge_gate(gate: Gate, comparison: Comparison) -> Outcome:
    """What a gate says of two texts."""
    faults, whys = GUARDIANS[gate.guard](gate, _Texts.of(comparison, gate))
    if faults:
        return Outcome(gate, Verdict.FAILS, tuple(faults), tuple(whys))
    return Outcome(gate, Verdict.IDLE if any(why.code in IDLE for why in whys) else Verdict.HOLDS, (), tuple(whys))


IDLE = frozenset({"words-never", "theme-never", "verbs-never", "paragraph-never"})
Said = tuple[list[Fault], list[Why]]


class _Texts(Struct, frozen=True):
    """A comparison as a gate looks at it: the changes by paragraph, the part that it looks at, the words it guards."""

    comparison: Comparison
    by_old: dict[str, Change]
    part: Part | None
    guarded: str = ""

    @classmethod
    def of(cls, comparison: Comparison, gate: Gate) -> "_Texts":
        by_old = {id_: change for change in comparison.changes for id_ in change.link.old}
        guarded = " / ".join(sorted(map(folded_line, gate.words)))
        return cls(comparison, by_old, PARTS[gate.part] if gate.part else None, guarded)

    @property
    def new_name(self) -> str:
        """What the new text is called in a sentence; "" where it has no symbol."""
        return symbols.short(self.comparison.new.symbol) if self.comparison.new.symbol else ""

    def old_paragraphs(self) -> list[Paragraph]:
        """The old paragraphs of the part that is looked at."""
        return [p for p in self.comparison.old.body if self.part in (None, p.part)]

    def changes(self, least: Weight) -> list[Change]:
        """What changed that much in the part that is looked at; paragraphs that only moved did not."""
        parts = {p.id: p.part for body in (self.comparison.old.body, self.comparison.new.body) for p in body}
        return [
            change
            for change in self.comparison.changes
            if change.kind is not Kind.UNCHANGED
            and change.weight >= least
            and (self.part is None or self.part in {parts[id_] for id_ in (*change.link.old, *change.link.new)})
        ]

    def partners(self, paragraph: str) -> tuple[str, ...]:
        """The new paragraphs that go on from an old one, those that renew it by its number too."""
        change = self.by_old.get(paragraph)
        return tuple(dict.fromkeys((*change.link.new, *change.renewed_in))) if change else ()


# ---- words ----------------------------------------------------------------------------------------------------------


class _Wording:
    """The wordings of one thing, any of which will do, folded."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.flat = [f" {folded_line(each)} " for each in words]
        self.tight = [each.replace(" ", "") for each in self.flat]

    def found(self, text: str) -> bool:
        """Whether a text has one of them; from eight letters on spaces do not count, for a scan loses and adds them."""
        plain = f" {folded_line(text)} "
        if any(each in plain for each in self.flat):
            return True
        tight = plain.replace(" ", "")
        return any(len(each) >= TOGETHER and each in tight for each in self.tight)


def _places(text: Resolution, wording: _Wording) -> tuple[str, ...]:
    """The paragraphs, footnotes and, as "", the title that have the words."""
    found = [p.id for p in text.paragraphs if wording.found(p.text)]
    notes = zip(text.note_ids, text.footnotes, strict=True)
    found += dict.fromkeys(id_ for id_, note in notes if wording.found(note.text))
    return tuple([*found, ""] if wording.found(text.title) else found)


def _guard_words(gate: Gate, texts: _Texts) -> Said:
    """A phrase or a condition."""
    wording, phrase = _Wording(gate.words), gate.words[0]
    had = [p for p in texts.old_paragraphs() if wording.found(p.text)]
    if not had:
        return [], [Why("words-never", (phrase,))]
    places = _places(texts.comparison.new, wording)
    scope = gate.scope or ("paragraph" if gate.guard is Guard.CONDITION else "text")
    if scope == "text":
        if places:
            return [], [Why("words-kept", (phrase, *_at(places)))]
        return [_gone(p, phrase, texts) for p in had], []
    came = [id_ for id_ in places if id_ and not _had_it(id_, texts.comparison, wording)]
    faults, whys = [], []
    for paragraph in had:
        partners = texts.partners(paragraph.id)
        if kept := [id_ for id_ in partners if id_ in places]:
            whys.append(Why("words-go-on", (phrase, At(Side.OLD, (paragraph.id,)), At(Side.NEW, tuple(kept)))))
        elif came:  # the words went to another paragraph
            whys.append(Why("words-moved", (phrase, At(Side.OLD, (paragraph.id,)), At(Side.NEW, (came.pop(0),)))))
        else:
            faults.append(_left(paragraph, phrase, partners, places, texts))
    return faults, whys


def _at(places: Sequence[str]) -> tuple[At] | tuple[str]:
    ids = tuple(filter(None, places))
    return (At(Side.NEW, ids),) if ids else ("",)


def _had_it(new: str, comparison: Comparison, wording: _Wording) -> bool:
    """Whether one of the old paragraphs from which a new one comes had the words."""
    texts = {p.id: p.text for p in comparison.old.body}
    links = [change.link for change in comparison.changes if new in change.link.new]
    return any(wording.found(texts[id_]) for link in links for id_ in link.old)


def _gone(paragraph: Paragraph, phrase: str, texts: _Texts) -> Fault:
    code = "words-unread" if texts.comparison.new.is_torn else "words-gone"
    why = Why(code, (phrase, texts.new_name, At(Side.OLD, (paragraph.id,))))
    return Fault((paragraph.id,), texts.partners(paragraph.id), phrase, why, texts.guarded)


def _left(paragraph: Paragraph, phrase: str, partners: tuple[str, ...], places: Sequence[str], texts: _Texts) -> Fault:
    """What is said of a paragraph that goes on without the words, or not at all."""
    if not partners and texts.comparison.new.is_torn:
        return _gone(paragraph, phrase, texts)
    elsewhere = tuple(id_ for id_ in places if id_)
    if partners:
        code = "words-left-here" if elsewhere else "words-left"
    else:
        code = "words-removed-here" if elsewhere else "words-removed"
    values = [At(Side.OLD, (paragraph.id,)), *(At(Side.NEW, ids) for ids in (partners, elsewhere) if ids)]
    return Fault((paragraph.id,), partners, phrase, Why(code, (phrase, *values)), texts.guarded)


def _guard_name(gate: Gate, texts: _Texts) -> Said:
    """A name: by its words, and by what was recognized as the same name in another form."""
    actors = [each for each in texts.comparison.actors if _is_called(each, gate.words)]
    forms = {*gate.words, *(each.name for each in actors), *(each.acronym for each in actors if each.acronym)}
    named, any_form = _Wording(gate.words), _Wording(sorted(forms))
    known = {id_ for each in actors for id_ in each.old}
    had = [p for p in texts.old_paragraphs() if named.found(p.text) or p.id in known]
    if not had:
        return [], [Why("words-never", (gate.words[0],))]
    places = _places(texts.comparison.new, any_form) or tuple(id_ for each in actors for id_ in each.new)
    if places:
        return [], [Why("words-kept", (gate.words[0], *_at(places)))]
    successor = next((each.replaced_by for each in actors if each.replaced_by), "")
    faults = []
    for paragraph in had:
        why = Why("name-replaced", (gate.words[0], texts.new_name, At(Side.OLD, (paragraph.id,)), successor))
        fault = _gone(paragraph, gate.words[0], texts)
        told = successor and not texts.comparison.new.is_torn
        faults.append(replace(fault, why=why) if told else fault)
    return faults, []


def _is_called(actor: ActorChange, words: Sequence[str]) -> bool:
    return bool({folded_line(actor.name), folded_line(actor.acronym)} & {folded_line(each) for each in words})


# ---- findings -------------------------------------------------------------------------------------------------------


def _guard_theme(gate: Gate, texts: _Texts) -> Said:
    """A theme: gone only where its words stand nowhere in the new text."""
    wanted = theme_ids(gate)
    topics = [each for each in texts.comparison.topics if each.id in wanted and each.old]
    ids = {p.id for p in texts.old_paragraphs()}
    topics = [each for each in topics if ids.intersection(shown.paragraph for shown in each.old)]
    if not topics:
        return [], [Why("theme-never", (gate.words[0],))]
    faults, whys = [], []
    for topic in topics:
        old = tuple(dict.fromkeys(shown.paragraph for shown in topic.old))
        if topic.status is Status.DROPPED and topic.words:
            new = tuple(dict.fromkeys(id_ for each in old for id_ in texts.partners(each)))
            code = "theme-unread" if texts.comparison.new.is_torn else "theme-gone"
            why = Why(code, (topic.label, topic.words, texts.new_name, At(Side.OLD, old)))
            faults.append(Fault(old, new, topic.words, why, topic.id, is_whole=True))
        elif topic.status is Status.DROPPED:
            whys.append(Why("theme-unproven", (topic.label,)))
        else:
            new = tuple(dict.fromkeys(shown.paragraph for shown in topic.new))
            whys.append(Why("theme-kept", (topic.label, At(Side.NEW, new))))
    return faults, whys


def _guard_verbs(gate: Gate, texts: _Texts) -> Said:
    """Verbs that must not weaken, by their place on the scale of force."""
    wanted = [folded_line(each) for each in gate.words if each != EVERY]
    every = EVERY in gate.words

    def is_wanted(verb: str) -> bool:
        plain = f"{folded_line(verb)} "
        return every or any(plain.startswith(f"{each} ") for each in wanted)

    parts = {p.id for p in texts.old_paragraphs()}
    acts = [pair.old for pair in texts.comparison.acts if pair.old and pair.old.paragraph in parts]
    stand = [act for act in acts if is_wanted(act.head) or is_wanted(act.verb)]
    settled = {(v.old_verb, v.new_verb) for v in texts.comparison.verbs if v.settled and v.direction == "weaker"}
    faults = [
        Fault(
            change.link.old,
            change.link.new,
            f"{flag.values[0]} → {flag.values[1]}",
            _weaker(change, flag.values, texts),
            _step_down(change, flag.values, texts),
        )
        for change in texts.comparison.changes
        for flag in change.flags
        if _is_weaker(flag, settled) and is_wanted(flag.values[0]) and parts.intersection(change.link.old)
    ]
    if not faults and not stand:
        return [], [Why("verbs-never", (", ".join(gate.words),))]
    return faults, [] if faults else [Why("verbs-hold", (str(len(stand)),))]


def _is_weaker(flag: Flag, settled: Collection[tuple[str, ...]]) -> bool:
    """Whether a verb weakened; that what was asked is now only received is weaker too, done or not."""
    return flag.code is FlagCode.VERB_WEAKER or (flag.code is FlagCode.VERB_CHANGED and flag.values in settled)


def _step_down(change: Change, values: Sequence[str], texts: _Texts) -> str:
    """From where to where on the scale of force a verb went; the verbs themselves where that is not known."""
    old, new = (f"{folded_line(value)} " for value in values[:2])
    for pair in texts.comparison.acts:
        was, now = pair.old, pair.new
        if not (was and now and was.paragraph in change.link.old and now.paragraph in change.link.new):
            continue
        if f"{folded_line(was.head)} ".startswith(old) and f"{folded_line(now.head)} ".startswith(new):
            return f"{was.family} {was.force:g} {now.family} {now.force:g}"
    return f"{old}{new}"


def _weaker(change: Change, values: Sequence[str], texts: _Texts) -> Why:
    """That a verb weakened, and which acts of the same family came into the same paragraphs: they may ask the rest."""
    old, new = values[:2]
    beside = came_beside(texts.comparison, change.link.old, change.link.new, old)
    place = At(Side.NEW, change.link.new)
    if beside:
        return Why("verb-weaker-beside", (old, new, place, ", ".join(beside)))
    return Why("verb-weaker", (old, new, place))


def _guard_finding(gate: Gate, texts: _Texts) -> Said:
    """Findings that must not be there: flags of changes by their code, findings by their kind."""
    wanted = frozenset(gate.words)
    old, new = ({p.id for p in body} for body in (texts.comparison.old.body, texts.comparison.new.body))
    faults = [
        Fault(change.link.old, change.link.new, " → ".join(flag.values), Why(f"flag.{flag.code}", flag.values))
        for change in texts.changes(Weight.NONE)
        for flag in change.flags
        if flag.code in wanted
    ]
    for found in findings(texts.comparison):
        if found.kind in wanted:
            at = found.paragraphs
            quote = " → ".join(found.quotes)
            sides = (at, texts.partners(at[0])) if found.side is Side.OLD and at else ((), at)
            sides = tuple(i for i in sides[0] if i in old), tuple(i for i in sides[1] if i in new)
            faults.append(Fault(*sides, quote, Why(f"finding-{found.kind}", (quote,))))
    return faults, [] if faults else [Why("finding-none", (", ".join(gate.words),))]


def _guard_notice(gate: Gate, texts: _Texts) -> Said:
    """Notices of the texts and of their comparison that must not be there."""
    both = texts.comparison
    sources: tuple[tuple[str, tuple[Notice, ...]], ...] = (
        ("", both.notices), (both.old.symbol, both.old.notices), (both.new.symbol, both.new.notices)
    )  # fmt: skip
    wanted = frozenset(gate.words)
    faults = [
        Fault(
            (),
            (),
            f"{symbol} {notice.code} {' '.join(notice.values)}".strip(),
            Why(f"notice.{notice.code}", notice.values),
        )
        for symbol, notices in sources
        for notice in notices
        if notice.code in wanted
    ]
    return faults, [] if faults else [Why("notice-none", (", ".join(gate.words),))]


# ---- changes --------------------------------------------------------------------------------------------------------


def _guard_paragraphs(gate: Gate, texts: _Texts) -> Said:
    """Paragraphs that must not change, by their address in the old text or by words they have."""
    ids = _guarded(gate, texts)
    if not ids:
        return [], [Why("paragraph-never", (", ".join(gate.words),))]
    least = Weight[gate.weight.upper()] if gate.weight else Weight.ROUTINE
    touched = {id_: change for change in texts.changes(least) for id_ in change.link.old if id_ in ids}
    changes = list({change.link: change for change in touched.values()}.values())
    faults = [_changed(change, texts) for change in changes if not (change.kind is Kind.REMOVED and change.renewed_in)]
    return faults, [] if faults else [Why("unchanged-hold", (At(Side.OLD, tuple(ids)),))]


def _guarded(gate: Gate, texts: _Texts) -> list[str]:
    """The ids of the old paragraphs that are guarded; with a paragraph its points."""
    paragraphs = texts.old_paragraphs()
    if gate.guard is Guard.UNCHANGED_WITH:
        wording = _Wording(gate.words)
        return [p.id for p in paragraphs if wording.found(p.text)]
    ids = [p.id for p in paragraphs]
    wanted = {id_ for call in gate.words for id_ in (ids if call == EVERY else called(ids, call))}
    wanted |= {p.id for call in gate.words if call.startswith("annex") for p in paragraphs if p.part is Part.ANNEX}
    return [id_ for id_ in ids if id_ in wanted or any(id_.startswith(f"{each}.") for each in wanted)]


def _changed(change: Change, texts: _Texts) -> Fault:
    """What became of paragraphs; of a copy that has lost some nobody knows what is gone, or new beside it."""
    old, new = At(Side.OLD, change.link.old), At(Side.NEW, change.link.new)
    quote, rewritten = _changed_words(change.edits), "-or-rewritten" if change.may_stand else ""
    if not change.link.new:
        code = "removed-unread" if texts.comparison.new.is_torn else f"removed{rewritten}"
        return Fault(change.link.old, (), quote, Why(code, (old,)))
    if not change.link.old:
        code = "added-unread" if texts.comparison.old.is_torn else f"added{rewritten}"
        return Fault((), change.link.new, quote, Why(code, (new,)))
    return Fault(change.link.old, change.link.new, quote, _what_changed(new, change.edits))


def _changed_words(edits: Iterable[Edit]) -> str:
    """All the words that came or went: by them a change is known."""
    return " ".join(edit.text.strip() for edit in edits if edit.op is not Op.EQUAL)


def _what_changed(place: At | Beside, edits: Sequence[Edit]) -> Why:
    """What became of the words that changed most; those that came and went in one place are told together."""
    changed = [number for number, edit in enumerate(edits) if edit.op is not Op.EQUAL and _shown(edit.text)]
    if not changed:
        return Why("changed", (place,))
    first = max(changed, key=lambda number: (edits[number].weight, len(edits[number].text)))
    beside = [n for n in (first - 1, first + 1) if n in changed and edits[n].op is not edits[first].op]
    said = {edits[number].op: _shown(edits[number].text) for number in (*beside[:1], first)}
    if len(said) == 2:
        return Why("changed-replaced", (place, said[Op.DELETE], said[Op.INSERT]))
    code = "changed-added" if Op.INSERT in said else "changed-dropped"
    return Why(code, (place, *said.values()))


def _shown(text: str) -> str:
    """Words to be read: without the signs around them, shortened at a word."""
    text = text.strip(" ,;:.\n\u00a0")
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"


def _guard_number(gate: Gate, texts: _Texts) -> Said:
    """At most so many changes of substance."""
    most = gate.at_most or 0
    found = texts.changes(Weight.SUBSTANTIVE)
    values = (str(len(found)), str(most))
    if len(found) <= most:
        return [], [Why("few-enough", values)]
    first = found[most].link
    places = At(Side.NEW, first.new) if first.new else At(Side.OLD, first.old)
    why = Why("too-many", (*values, places))
    return [Fault(first.old, first.new, str(len(found)), why, str(len(found)))], []


def _guard_routine(gate: Gate, texts: _Texts) -> Said:
    """Nothing but routine and typography: paragraphs, footnotes, title."""
    faults = [_changed(change, texts) for change in texts.changes(Weight.EDITORIAL)]
    if texts.part is None:
        faults += [_note(note) for note in texts.comparison.notes if note.differs and note.weight > Weight.ROUTINE]
        title = texts.comparison.title
        if heaviest(title) > Weight.ROUTINE:
            faults.append(Fault((), (), _changed_words(title), _what_changed(Beside(), title)))
    return faults, [] if faults else [Why("routine-hold")]


def _note(note: NoteChange) -> Fault:
    number = note.new_number or note.old_number or (note.new or note.old).removeprefix("note")
    why = _what_changed(Beside(number), note.edits)
    return Fault(note.old_paragraphs, note.new_paragraphs, _changed_words(note.edits), why)


GUARDIANS: dict[Guard, Callable[[Gate, _Texts], Said]] = {
    Guard.THEME: _guard_theme,
    Guard.NAME: _guard_name,
    Guard.PHRASE: _guard_words,
    Guard.CONDITION: _guard_words,
    Guard.VERBS: _guard_verbs,
    Guard.UNCHANGED: _guard_paragraphs,
    Guard.UNCHANGED_WITH: _guard_paragraphs,
    Guard.AT_MOST: _guard_number,
    Guard.ROUTINE_ONLY: _guard_routine,
    Guard.FINDING: _guard_finding,
    Guard.NOTICE: _guard_notice,
}
