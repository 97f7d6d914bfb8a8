"""Who is asked, on what condition, until when, with what report: and how that differs between linked paragraphs.

Only what stands in words that came or went is told, and only where the request it belongs to stands on both sides: a
condition inside a request that is new as a whole is not a condition that was added. One that only changed its place
in the paragraph is the same. The phrases are ``data/conditions.toml``.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from resdiff.data import table
from resdiff.judgement.layout import Place, Slot, Texts, texts
from resdiff.judgement.verbs import Command, commands, pairs
from resdiff.language.dates import DATE
from resdiff.language.phrases import Phrases, flat
from resdiff.model import Comparison, Evidence, Flag, Kind, ObligationChange, Part, Side, Span, Status

__all__ = ["addressee", "obligations"]

ALONE = 4
"""Words that may come or go with a condition for it to be told as one that came or went by itself: its commas, an
"et", an adverb; with five words and more it qualified a passage of its own in the resolutions read."""
MOSTLY = 0.6
"""Least share of a phrase that stands in changed words for it to have come or gone: "conformément au droit
international" that only gained "applicable" did neither."""
PARTNERS = 14
"""Words quoted behind "en coopération avec", and of a request for a report: enough to know it in a margin."""
DECIDING = frozenset({"décider", "proroger", "autoriser", "créer"})
"""Verbs whose deadline is the end of a mandate or of a measure, not the day a report is due."""
INFINITIVE = r"(?:(?:ne|pas|plus|y|en|bien|se|lui|leur|le|la|les|tout|mieux) |[nsl]')*[a-z-]+(?:er|ir|re|oir)\b"
RE_DOING = re.compile(rf" (?:a|de) (?={INFINITIVE})| d'(?={INFINITIVE})")
RE_PRONOUN = re.compile(r"(?:celui|celle|ceux|ce dernier|cette derniere|ces derni)")
RE_EVERY = re.compile(r"^(?:tous|toutes) |\bdeux ")
RE_AND = re.compile(r" et (?:a|aux|au) ")
RE_HEAVY = re.compile(r"[^\W\d_]{4,}")
RE_TIMED = re.compile(r"\d|jours|semaines|mois|\bans?\b|année")
"""What every deadline holds: a figure or a unit of time."""
RE_OFTEN = re.compile(r"tous les|chaque|\S+ fois par an")
RE_END = re.compile(r"[,;:]| (?:que|qui|dont|pour|afin|ainsi) | qu'| et (?:a|aux|au) ")

Couples = tuple[tuple[Command | None, Command | None], ...]


class Condition(Struct, frozen=True):
    """A condition where it stands: its row, the paragraph, the span in the joined text of its side, as printed."""

    row: int
    place: Place
    span: Span
    text: str


class _Told(Struct):
    """What is told of one change."""

    rows: list[ObligationChange]
    flags: list[Flag]


def obligations(comparison: Comparison) -> Comparison:
    """The comparison with what came and went of addressees, conditions and reports, and flags on the changes."""
    old, new = ({p.id: p for p in side.body} for side in (comparison.old, comparison.new))
    laid = [texts(change, old, new) for change in comparison.changes]
    found = [(one, pairs(one) if one.change.kind is not Kind.UNCHANGED else ()) for one in laid]
    more = _more_reports(found)
    told = [_told(one, couples, more) for one, couples in found]
    changes = tuple(
        replace(change, flags=change.flags + tuple(t.flags)) for change, t in zip(comparison.changes, told, strict=True)
    )
    comparison = replace(comparison, changes=changes, obligations=tuple(row for t in told for row in t.rows))
    return _without_redirected(comparison, found)


def _without_redirected(comparison: Comparison, found: list[tuple[Texts, Couples]]) -> Comparison:
    """The comparison without the verbs of requests that ask others now: "Encourage les États" is no weaker "Prie
    l’Office". The change of addressee is told."""
    other = {
        (old_command.paragraph, new_command.paragraph, old_command.text, new_command.text)
        for _, couples in found
        for old_command, new_command in couples
        if old_command and new_command and _redirected((old_command, new_command))
    }
    gone = {v for v in comparison.verbs if (v.old, v.new, v.old_verb, v.new_verb) in other}
    if not gone:
        return comparison
    said = {(v.old, v.new, (v.old_verb, v.new_verb)) for v in gone}
    changes = tuple(
        replace(change, flags=tuple(flag for flag in change.flags if not _is_of(flag, said)))
        for change in comparison.changes
    )
    return replace(comparison, verbs=tuple(v for v in comparison.verbs if v not in gone), changes=changes)


def _is_of(flag: Flag, said: set[tuple[str, str, tuple[str, str]]]) -> bool:
    """Whether the flag tells one of these changes of verb: its paragraphs, its words."""
    if not flag.code.startswith("verb-") or not (flag.old and flag.new):
        return False
    return (flag.old[0].paragraph, flag.new[0].paragraph, flag.values) in said


def _told(laid: Texts, couples: Couples, more: int) -> _Told:
    told = _Told([], [])
    if laid.change.kind is Kind.UNCHANGED:
        return told
    if laid.old and laid.new:
        for old_command, new_command in couples:
            if old_command and new_command:
                _addressees(laid, old_command, new_command, told)
        _conditions(laid, couples, told)
        _turned(laid, _deadline, "deadline-changed", told)
        _turned(laid, _figure, "figure-changed", told)
    else:
        _ends(laid, told)
    _reports(laid, couples, more, told)
    return told


# ---- who ----------------------------------------------------------------------------------------------------------


def addressee(command: Command) -> str:
    """Who a command asks, as printed but with the article alone; empty when that cannot be told.

    The words between the verb and what is to be done: "Demande aux États Membres de coopérer" asks "les États
    Membres". Without an infinitive behind it ("Encourage les efforts de paix") nobody is asked.
    """
    clause, plain = command.clause, flat(command.clause)
    doing = RE_DOING.search(plain)
    if "requests" not in dict(command.strength) or not doing:
        return ""
    end = RE_END.search(plain, 0, doing.start())
    if end and RE_AND.match(end[0]):
        return ""  # "au Maroc et au Front": more than one is asked
    words = clause[: end.start() if end else doing.start()].strip()
    return _with_article(words) if len(words.split()) <= PARTNERS else ""


def _with_article(words: str) -> str:
    """The words without the preposition of the verb: "aux États" is "les États"."""
    first, _, rest = words.partition(" ")
    if flat(first) in ("aux", "au"):
        return f"{'les' if flat(first) == 'aux' else 'le'} {rest}"
    return rest if flat(first) == "a" else words


def _addressees(laid: Texts, old_command: Command, new_command: Command, told: _Told) -> None:
    old, new = addressee(old_command), addressee(new_command)
    if not _asks_others(old, new):
        return
    if not any(_changed(laid, side, c) for side, c in ((Side.OLD, old_command), (Side.NEW, new_command))):
        return
    ids = old_command.paragraph, new_command.paragraph
    told.rows.append(ObligationChange("addressee", old, Status.DROPPED, *ids))
    told.rows.append(ObligationChange("addressee", new, Status.NEW, *ids))
    evidence = (Evidence(ids[0], old),), (Evidence(ids[1], new),)
    told.flags.append(Flag("addressee-changed", (old, new), *evidence))


def _redirected(couple: tuple[Command | None, Command | None]) -> bool:
    """Whether the two requests ask quite different ones: "les États Membres" and "tous les États" are none such."""
    old, new = (addressee(command) if command else "" for command in couple)
    shared = set(RE_HEAVY.findall(flat(old))) & set(RE_HEAVY.findall(flat(new)))
    return _asks_others(old, new) and not shared


def _asks_others(old: str, new: str) -> bool:
    """Whether both addressees are known and differ."""
    known = old and new and not any(RE_PRONOUN.match(flat(name)) for name in (old, new))
    return bool(known) and not _same(flat(old), flat(new))


def _same(old: str, new: str) -> bool:
    """Whether two addressees are one: equal, or one the short form of the other; "tous les États" are "les États"."""
    shorter, longer = sorted((RE_EVERY.sub("", re.sub(r"^l' ?", "l' ", name)).split() for name in (old, new)), key=len)
    return longer[: len(shorter)] == shorter


def _changed(laid: Texts, side: Side, command: Command) -> bool:
    """Whether words of the addressee came or went."""
    start = next(p.start for p in laid.places(side) if p.paragraph.id == command.paragraph)
    clause = flat(command.clause)
    doing = RE_DOING.search(clause)
    end = command.end + (doing.start() if doing else 0)
    return bool(laid.touched(side, Span(start + command.end, start + end)))


# ---- on what condition --------------------------------------------------------------------------------------------


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    return tuple(table("conditions")["condition"])


@cache
def _phrases() -> tuple[Phrases, dict[str, int]]:
    """All the phrases of conditions, and the row of each."""
    rows = {flat(phrase): index for index, row in enumerate(_rows()) for phrase in row["phrases"]}
    return Phrases(rows), rows


def _conditions_of(laid: Texts, side: Side) -> Iterator[Condition]:
    finder, rows = _phrases()
    for place in laid.places(side):
        for at, phrase in finder.find(flat(place.paragraph.text)):
            end = at + len(phrase)
            span = Span(place.start + at, place.start + end)
            yield Condition(rows[phrase], place, span, place.paragraph.text[at:end])


def _conditions(laid: Texts, couples: Couples, told: _Told) -> None:
    """Tell the conditions of which one side has more than the other, where the words came or went."""
    if not laid.slots:
        return
    found = {side: list(_conditions_of(laid, side)) for side in (Side.OLD, Side.NEW)}
    count = {side: [c.row for c in found[side]] for side in found}
    for side, other in ((Side.OLD, Side.NEW), (Side.NEW, Side.OLD)):
        for row in sorted(set(count[side])):
            surplus = count[side].count(row) - count[other].count(row)
            if any(c.row == row and not laid.touched(side, c.span) for c in found[side]) and _may_repeat(row):
                continue  # the paragraph says it already, or says it still
            came = [c for c in found[side] if c.row == row and _counts(laid, side, c, couples)]
            for condition in came[: max(0, surplus)]:
                _tell(laid, side, condition, told)


def _may_repeat(row: int) -> bool:
    """Whether a second condition of that row in a paragraph is no news: all but the rights of people."""
    return bool(_rows()[row]["sort"] != "rights")


def _counts(laid: Texts, side: Side, condition: Condition, couples: Couples) -> bool:
    """Whether a condition came or went by itself, in a request that stands on both sides."""
    row = _rows()[condition.row]
    slots = laid.touched(side, condition.span)
    full = bool(row.get("full"))
    if not slots or _share(side, condition.span, slots) < MOSTLY:
        return False
    if condition.place.paragraph.part is Part.PREAMBLE and not full:
        return False
    if not full and not all(_alone(laid, side, slot, condition) for slot in slots):
        return False
    return _stands(side, condition, couples)


def _share(side: Side, span: Span, slots: tuple[Slot, ...]) -> float:
    covered = sum(min(span.end, s.on(side).end) - max(span.start, s.on(side).start) for s in slots)
    return covered / (span.end - span.start)


def _alone(laid: Texts, side: Side, slot: Slot, condition: Condition) -> bool:
    span = slot.on(side)
    words = laid.text(side)[span.start : span.end].split()
    return len(words) <= len(condition.text.split()) + ALONE


def _stands(side: Side, condition: Condition, couples: Couples) -> bool:
    """Whether the request that holds the condition has a partner who is asked the same; true outside any request."""
    at = condition.span.start - condition.place.start
    for couple in couples:
        mine = couple[0] if side is Side.OLD else couple[1]
        if mine and mine.paragraph == condition.place.paragraph.id and mine.start <= at < mine.stop:
            return None not in couple and not _redirected(couple)
    return True


def _tell(laid: Texts, side: Side, condition: Condition, told: _Told) -> None:
    here = condition.place.paragraph.id
    there = laid.places(Side.NEW if side is Side.OLD else Side.OLD)[0].paragraph.id
    text = _quoted(condition) if _rows()[condition.row]["sort"] == "consult" else condition.text
    if side is Side.OLD:
        told.rows.append(ObligationChange("condition", text, Status.DROPPED, here, there))
        told.flags.append(Flag("condition-dropped", (text,), (Evidence(here, text),), ()))
    else:
        told.rows.append(ObligationChange("condition", text, Status.NEW, there, here))
        told.flags.append(Flag("condition-added", (text,), (), (Evidence(here, text),)))


def _quoted(condition: Condition) -> str:
    """The phrase with the partner behind it, to the next comma."""
    at = condition.span.start - condition.place.start
    words = re.split(r"[,;]", condition.place.paragraph.text[at:])[0].split()
    return " ".join(words[:PARTNERS]) + (" …" if len(words) > PARTNERS else "")


# ---- until when ---------------------------------------------------------------------------------------------------


@cache
def _deadline() -> re.Pattern[str]:
    rows = (row["pattern"].replace("DATE", DATE).replace("COUNT", r"[\w-]+") for row in table("conditions")["deadline"])
    return re.compile("|".join(f"(?:{row})" for row in rows))


@cache
def _figure() -> re.Pattern[str]:
    number = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)"
    rows = (row["pattern"].replace("NUMBER", number) for row in table("conditions")["figure"])
    return re.compile("|".join(f"(?:{row})" for row in rows))


def _turned(laid: Texts, pattern: Callable[[], re.Pattern[str]], code: str, told: _Told) -> None:
    """Flag each match of the pattern, a deadline or a figure, that gave way to another: in the same slot, or as the
    only one that went and the only one that came, for a deadline may change place with its mandate."""
    if not laid.slots or not RE_TIMED.search(laid.text(Side.OLD)):
        return
    old, new = ([Span(*m.span()) for m in pattern().finditer(flat(laid.text(s)))] for s in (Side.OLD, Side.NEW))
    gone, come = ([s for s in spans if laid.touched(side, s)] for side, spans in ((Side.OLD, old), (Side.NEW, new)))
    couples: dict[tuple[Span, Span], None] = {(gone[0], come[0]): None} if len(gone) == len(come) == 1 else {}
    for slot in laid.slots:
        was = [s for s in gone if _overlap(s, slot.old)]
        now = [s for s in come if _overlap(s, slot.new)]
        if len(was) == len(now) == 1:
            couples[was[0], now[0]] = None
    for was_at, now_at in couples:
        was_said, now_said = _at(laid, Side.OLD, was_at), _at(laid, Side.NEW, now_at)
        placed = any(_overlap(was_at, slot.old) and _overlap(now_at, slot.new) for slot in laid.slots)
        if flat(was_said.quote) != flat(now_said.quote) and _alike(
            flat(was_said.quote), flat(now_said.quote), placed=placed
        ):
            told.flags.append(Flag(code, (was_said.quote, now_said.quote), (was_said,), (now_said,)))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _alike(old: str, new: str, *, placed: bool) -> bool:
    """Whether one gave way to the other: both say until when, or both how often; elsewhere with the same first word."""
    alike = bool(RE_OFTEN.match(old)) == bool(RE_OFTEN.match(new))
    return alike and (placed or old.split()[0] == new.split()[0])


def _at(laid: Texts, side: Side, span: Span) -> Evidence:
    return Evidence(laid.at(side, span.start), laid.text(side)[span.start : span.end])


def _ends(laid: Texts, told: _Told) -> None:
    """Flag each deadline and figure that a paragraph decides which came or went as a whole: the end of a mandate, the
    ceiling of a force."""
    side, how = (Side.NEW, "added") if laid.new else (Side.OLD, "dropped")
    for place in laid.places(side):
        for command in commands(place.paragraph):
            if not (command.id in DECIDING and RE_TIMED.search(command.clause)):
                continue
            for code, pattern in (("deadline", _deadline()), ("figure", _figure())):
                for match in pattern.finditer(flat(command.clause)):
                    words = command.clause[match.start() : match.end()]
                    seen = (Evidence(place.paragraph.id, words),)
                    told.flags.append(Flag(f"{code}-{how}", (words,), *((), seen) if laid.new else (seen, ())))


# ---- with what report ---------------------------------------------------------------------------------------------


@cache
def _asked() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in table("conditions")["reports"]["patterns"]))


@lru_cache(maxsize=1024)
def _report(command: Command | None) -> str:
    """The words with which a command asks for a report; empty when it asks for none."""
    if command is None or "requests" not in dict(command.strength):
        return ""
    asked = _asked().search(flat(command.clause))
    if not asked:
        return ""
    words = command.clause[asked.start() :].split()
    return " ".join(words[:PARTNERS]).rstrip(" ,;.") + (" …" if len(words) > PARTNERS else "")


def _more_reports(found: list[tuple[Texts, Couples]]) -> int:
    """How many more requests for a report the new text holds than the old one."""
    every = [couple for _, couples in found for couple in couples]
    return sum(bool(_report(new)) - bool(_report(old)) for old, new in every)


def _reports(laid: Texts, couples: Couples, more: int, told: _Told) -> None:
    """Tell a request for a report that came, when there are more now, or went, when there are fewer."""
    for old_command, new_command in couples:
        old, new = _report(old_command), _report(new_command)
        if new_command and new and not old and more > 0 and _moved(laid, Side.NEW, new_command):
            ids = (old_command.paragraph if old_command else "", new_command.paragraph)
            told.rows.append(ObligationChange("report", new, Status.NEW, *ids))
            told.flags.append(Flag("report-added", (new,), (), (Evidence(new_command.paragraph, new),)))
        if old_command and old and not new and more < 0 and _moved(laid, Side.OLD, old_command):
            ids = (old_command.paragraph, new_command.paragraph if new_command else "")
            told.rows.append(ObligationChange("report", old, Status.DROPPED, *ids))
            told.flags.append(Flag("report-dropped", (old,), (Evidence(old_command.paragraph, old),), ()))


def _moved(laid: Texts, side: Side, command: Command) -> bool:
    """Whether words of the clause came or went."""
    start = next(p.start for p in laid.places(side) if p.paragraph.id == command.paragraph)
    return bool(laid.touched(side, Span(start + command.end, start + command.stop)))
