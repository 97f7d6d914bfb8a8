"""Bodies, programmes, instruments and documents named: which came, which went, which took whose place.

A long name and its acronym are one actor, and so is the short form used once the long name was introduced ("le
Comité", "le Pacte mondial"). An actor is new or gone only when words that came or went name it: a name damaged by
scanning is no new actor.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from msgspec import Struct, field
from msgspec.structs import replace

from resdiff.data import table
from resdiff.judgement.layout import Slot, Texts, texts
from resdiff.language.phrases import flat
from resdiff.model import ActorChange, Change, Comparison, Evidence, Flag, Op, Resolution, Side, Span, Status
from resdiff.recognition.names import Name, known, names, plain

__all__ = ["actors"]

RE_NUMBER = re.compile(r"\b\d+\b")
ALIKE = 0.93
"""Least likeness of two long names to be one name: a lost letter in "Stratégie antiterroriste mondiale des Nations
Unies" leaves 0.99, "Gouvernement de Chypre" and "Gouvernement de Libye" share 0.84."""
ALIKE_SCANNED = 0.9
"""The same when one of the texts is a scan: "0ffice des nati0ns unies" against its clean form is 0.92."""
LONG = 14
"""Letters below which two names are one only when they are equal: EUFOR is not SFOR."""
MOST_PAIRS = 250_000
"""Pairs of a name gone and a name come that are weighed: no resolution has 500 names of each."""
SMALL = frozenset({"de", "d", "en", "et", "pour", "aux", "au", "a", "sur", "contre"})
AKIN = 5
"""Words from which a name may have lost some in its midst: "Groupe de travail [du Conseil de sécurité] sur les enfants
et les conflits armés"."""
RE_PLACE = re.compile(r" en [\w-]+(?:-[\w-]+)*$")
GROWN = 1.5
"""How many times more paragraphs must name an actor for it to be expanded (and at least two more)."""
RARE = 4
"""How many times a name may stand for each time its longer form stands, to be short for it: "Haut Représentant" stands
ten times for one "Haut Représentant militaire" in S/RES/1575 (2004), who is another person."""
STEADY = 0.4
"""Least share of kept characters in a paragraph in which one actor takes another's place."""
BESIDE = 60
"""Characters that may stand in a slot beside the name that is replaced: "les entités compétentes du" is 27."""


class Mention(Struct, frozen=True):
    """A name in a paragraph, and the key of the actor it names; empty when it names none."""

    paragraph: str
    name: Name
    key: str


class _Book(Struct):
    """What the two texts call whom: keys of full names, aliases, how each is printed, which are acronyms."""

    full: dict[str, None] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)
    printed: dict[str, Counter[str]] = field(default_factory=dict)
    acronyms: frozenset[str] = frozenset()
    owned: dict[str, list[str]] = field(default_factory=dict)


# ---- who is named -------------------------------------------------------------------------------------------------


@cache
def _known_aliases() -> dict[str, str]:
    """The key of the known name behind each acronym and each short form."""
    found = {}
    for key, row in known().items():
        for short in (*row.get("short", ()), *([row["acronym"]] if "acronym" in row else ())):
            found[plain(short)] = key
    return found


@cache
def _authors() -> frozenset[str]:
    """The heads that alone name no actor."""
    return frozenset(map(plain, table("actors")["joins"]["authors"]))


@cache
def _persons() -> frozenset[str]:
    return frozenset(map(plain, table("actors")["joins"]["persons"]))


def _quiet(key: str) -> bool:
    """Whether the coming and going of an actor tells nothing: it stands in every resolution, or it is a person."""
    return bool(known().get(key, {}).get("quiet")) or key.split()[0] in _persons()


def _found(resolution: Resolution) -> list[tuple[str, Name]]:
    """The names of each paragraph in order; one inside a known name is part of it and no name of its own."""
    result = []
    for paragraph in resolution.body:
        here = names(paragraph.text)
        result += [(paragraph.id, name) for name in _outermost(here)]
    return result


def _outermost(names_: tuple[Name, ...]) -> Iterator[Name]:
    """The names that stand inside no known name; a longer name comes before those inside it."""
    spans = Counter((name.start, name.end) for name in names_ if name.key in known())
    reach = 0
    for name in names_:
        is_known = name.key in known()
        if name.end > reach and spans[name.start, name.end] == is_known:
            yield name
        reach = max(reach, name.end) if is_known else reach


def _book(sides: tuple[list[tuple[str, Name]], ...]) -> _Book:
    book = _Book(alias=dict(_known_aliases()))
    for _, name in (item for side in sides for item in side):
        book.full[name.key] = None
        book.printed.setdefault(name.key, Counter())[name.text] += 1
        if name.alias and name.key.count(" "):
            book.alias[plain(name.alias)] = name.key
    book.acronyms = frozenset(key for key, printed in book.printed.items() if any(text.isupper() for text in printed))
    alone = book.acronyms - book.alias.keys()
    long = {_initials(key): key for key in sorted(book.full, reverse=True) if " " in key} if alone else {}
    book.alias |= {short: long[short] for short in alone & long.keys()}  # ONUCI is who its letters say
    for alias, owner in sorted(book.alias.items()):
        book.owned.setdefault(owner, []).append(alias)
    return book


def _initials(key: str) -> str:
    """The first letters of the words of a name that count: "onuci" for the operation in Côte d’Ivoire."""
    return "".join(word[0] for word in re.split(r"[ '-]+", key) if word not in SMALL)


def _mentions(found: list[tuple[str, Name]], other: list[tuple[str, Name]], book: _Book) -> list[Mention]:
    """The mentions of one text: short forms stand for the long name last introduced, else for one of either text."""
    longer = _Longer(Counter(name.key for _, name in (*found, *other)))
    result = []
    for paragraph, name in found:
        key = _resolved(name.key, longer, book)
        longer.introduce(key or name.key)
        result.append(Mention(paragraph, name, key))
    return result


class _Longer:
    """The long name that a short one stands for: the one last introduced, else the first of either text.

    A name is noted under each row of words it begins with, so that a short form is looked up, whatever was named.
    """

    def __init__(self, every: Counter[str]) -> None:
        self._every = every
        self._last: dict[str, str] = {}
        self._of: dict[str, dict[str, str]] = {name: self._noted(name) for name in every}
        self._first: dict[str, str] = {
            short: name for noted in reversed(self._of.values()) for short, name in noted.items()
        }
        self.introduced: set[str] = set()

    def introduce(self, name: str) -> None:
        """Note that the text named it here."""
        self.introduced.add(name)
        self._last |= self._of[name] if name in self._of else self._noted(name)

    def of(self, short: str) -> str:
        """The long name; empty when there is none. "Le Comité" is the one last named in this text; "Direction
        exécutive" may stand for a long name of the other text."""
        return self._last.get(short, "") or (self._first.get(short, "") if " " in short else "")

    def _noted(self, name: str) -> dict[str, str]:
        """The name under what may be short for it; not several words for a rare one."""
        often = RARE * self._every[name]
        return {short: name for short in _shorts(name) if " " not in short or often >= self._every[short]}


def _shorts(name: str) -> Iterator[str]:
    """The name cut short after each word but its last."""
    at = name.find(" ")
    while at >= 0:
        yield name[:at]
        at = name.find(" ", at + 1)


def _resolved(key: str, longer: _Longer, book: _Book) -> str:
    """The key of the actor that a name stands for; empty for a bare head that stands for none."""
    if key in book.alias:
        return book.alias[key]
    if key in known():
        return key
    if key in _authors():  # "le Conseil" is who speaks, or one that the text names in full each time
        return ""
    long = longer.of(key)
    if long:
        return long if long in longer.introduced else _resolved(long, longer, book)
    return key if " " in key or (key.isalpha() and key in book.acronyms) else ""


# ---- comparing ----------------------------------------------------------------------------------------------------


def actors(comparison: Comparison) -> Comparison:
    """The comparison with the actors of both texts, and flags where one took the place of another."""
    found = _found(comparison.old), _found(comparison.new)
    book = _book(found)
    old, new = (_mentions(found[i], found[1 - i], book) for i in (0, 1))
    same = _same(old, new, comparison.old.scanned or comparison.new.scanned)
    if same:
        old, new = ([replace(m, key=same.get(m.key, m.key)) for m in side] for side in (old, new))
    told = [m for m in old + new if m.key and not _quiet(m.key)]
    laid = tuple(_laid(comparison))
    shown = _shown(laid, old, new)
    places = {side: _places(mentions) for side, mentions in ((Side.OLD, old), (Side.NEW, new))}
    doubt = _Doubt(comparison, (old, new))
    rows = {
        key: _row(key, places[Side.OLD].get(key, ()), places[Side.NEW].get(key, ()), book)
        for key in sorted({m.key for m in told})
        if (key in places[Side.OLD] and key in places[Side.NEW]) or (key in shown and not doubt(key))
    }
    swaps = _swaps(laid, old, new, rows)
    rows = {key: _with_swap(row, key, swaps, rows) for key, row in rows.items()}
    changes = tuple(_flagged(texts_, swaps, rows, old, new) for texts_ in laid)
    order = sorted(rows.values(), key=lambda row: (list(Status).index(row.status), row.name))
    return replace(comparison, actors=tuple(order), changes=changes)


def _laid(comparison: Comparison) -> Iterator[Texts]:
    old, new = ({p.id: p for p in side.body} for side in (comparison.old, comparison.new))
    for change in comparison.changes:
        yield texts(change, old, new)


def _places(mentions: list[Mention]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for mention in mentions:
        found.setdefault(mention.key, {})[mention.paragraph] = None
    return {key: tuple(ids) for key, ids in found.items() if key}


def _same(old: list[Mention], new: list[Mention], scanned: bool) -> dict[str, str]:
    """For a name of the old text that only a letter or two sets apart from one of the new text, that one."""
    least = ALIKE_SCANNED if scanned else ALIKE
    keys = [{m.key for m in side} for side in (old, new)]
    gone, come = (sorted(key for key in one - other if len(key) >= LONG) for one, other in (keys, keys[::-1]))
    if len(gone) * len(come) > MOST_PAIRS:
        return {}
    return {a: b for a in gone for b in come if _alike(a, b) >= least}


class _Doubt:
    """Whether the other text may name an actor too, though in other words: then neither new nor gone is told."""

    def __init__(self, comparison: Comparison, sides: tuple[list[Mention], list[Mention]]) -> None:
        self._texts = [" ".join(flat(p.text) for p in side.body) for side in (comparison.old, comparison.new)]
        self._keys = [{m.key for m in side if m.key} for side in sides]
        self._akin = [_Akin(keys - known().keys()) for keys in self._keys]
        bare = [[m.name for m in side if not m.key and m.name.key not in _authors()] for side in sides]
        self._bare = [{name.key for name in side if name.sort == "body"} for side in bare]
        self._heads = [{name.key for name in side} for side in bare]
        self._printed = [{m.key: flat(m.name.text) for m in side} for side in sides]

    def __call__(self, key: str) -> bool:
        here = 0 if key in self._keys[0] else 1
        there = 1 - here
        named = RE_PLACE.sub("", self._printed[here][key]) in self._texts[there]
        akin = key not in known() and self._akin[there].holds(key)
        head, *more = key.split()
        alone = len(more) == 1 and head in self._heads[there]  # "Constitution haïtienne" against "la Constitution"
        return named or akin or alone or head in self._bare[there]


class _Akin:
    """Whether one of some names is a given one with more behind it, or with more between its words where these are
    many; or the given one such a name with more."""

    def __init__(self, keys: set[str]) -> None:
        self._keys = keys
        self._shorts = {short for key in keys for short in _shorts(key)}
        self._long = [words for key in sorted(keys) if len(words := key.split()) >= AKIN]

    def holds(self, key: str) -> bool:
        """Whether some name is akin to that one."""
        shorts = [short for short in (key, *_shorts(key)) if " " in short]
        if not shorts or key in self._shorts or any(short in self._keys for short in shorts):
            return bool(shorts)
        words = key.split()
        return len(words) >= AKIN and any(_within(*sorted((words, long), key=len)) for long in self._long)


def _within(shorter: list[str], longer: list[str]) -> bool:
    rest = iter(longer)
    return all(word in rest for word in shorter)


def _alike(one: str, other: str) -> float:
    """Likeness of two keys; none when their figures differ."""
    shared = set(one.split()) & set(other.split())  # asked first: it is cheap, and most names share little
    if 2 * len(shared) < min(one.count(" "), other.count(" ")) + 1:
        return 0.0
    if RE_NUMBER.findall(one) != RE_NUMBER.findall(other) or abs(len(one) - len(other)) > 6:
        return 0.0
    from difflib import SequenceMatcher  # few names come so near

    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _row(key: str, old: tuple[str, ...], new: tuple[str, ...], book: _Book) -> ActorChange:
    row = known().get(key, {})
    acronym = row.get("acronym") or next((a.upper() for a in book.owned.get(key, ()) if a in book.acronyms), "")
    alias = next((n for n in _aliases(key, book)), "")
    printed = book.printed.get(key)
    name = row.get("name") or (max(sorted(printed), key=lambda text: printed[text]) if printed else key)
    shown = f"{name} ({alias or acronym})" if alias or acronym else name
    return ActorChange(shown, _status(len(old), len(new)), old, new, row.get("sort") or _sort(name), acronym)


def _aliases(key: str, book: _Book) -> Iterator[str]:
    """Aliases in words that the texts themselves set behind the name: "Règles Nelson Mandela"."""
    for alias in book.owned.get(key, ()):
        if " " in alias and alias in book.printed and alias not in _known_aliases():
            yield max(sorted(book.printed[alias]), key=lambda text: book.printed[alias][text])


def _sort(name: str) -> str:
    found = names(name)
    return found[0].sort if found else "body"


def _status(old: int, new: int) -> Status:
    if not old or not new:
        return Status.NEW if new else Status.DROPPED
    if new >= old + 2 and new >= GROWN * old:
        return Status.EXPANDED
    return Status.REDUCED if old >= new + 2 and old >= GROWN * new else Status.KEPT


# ---- evidence -----------------------------------------------------------------------------------------------------


def _touching(laid: Texts, side: Side, mentions: dict[str, list[Mention]]) -> Iterator[tuple[Mention, Slot]]:
    for place in laid.places(side) if laid.slots else ():
        for mention in mentions.get(place.paragraph.id, ()):
            span = Span(place.start + mention.name.start, place.start + mention.name.end)
            for slot in laid.touched(side, span):
                yield mention, slot


def _by_paragraph(mentions: list[Mention]) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.key:
            found.setdefault(mention.paragraph, []).append(mention)
    return found


def _shown(laid: tuple[Texts, ...], old: list[Mention], new: list[Mention]) -> set[str]:
    """The actors named in words that came or went."""
    sides = ((Side.OLD, _by_paragraph(old)), (Side.NEW, _by_paragraph(new)))
    return {m.key for one in laid for side, mentions in sides for m, _ in _touching(one, side, mentions)}


Swaps = dict[tuple[str, str], list[Change]]


def _swaps(laid: tuple[Texts, ...], old: list[Mention], new: list[Mention], rows: dict[str, ActorChange]) -> Swaps:
    """Pairs of an actor gone and one new, each alone in the same slot, with the changes that show it."""
    old_places, new_places = _by_paragraph(old), _by_paragraph(new)
    found: Swaps = {}
    for one in laid:
        if not _steady(one.change):
            continue
        gone, come = list(_touching(one, Side.OLD, old_places)), list(_touching(one, Side.NEW, new_places))
        for slot in one.slots:
            out = {m.key: m for m, s in gone if s == slot and _is(rows, m.key, Status.DROPPED)}
            into = {m.key: m for m, s in come if s == slot and _is(rows, m.key, Status.NEW)}
            if len(out) == len(into) == 1:
                (a, left), (b, entered) = next(iter(out.items())), next(iter(into.items()))
                if _fills(slot.old, left) and _fills(slot.new, entered):
                    found.setdefault((a, b), []).append(one.change)
    return found


def _steady(change: Change) -> bool:
    kept = sum(2 * len(edit.text) for edit in change.edits if edit.op is Op.EQUAL)
    other = sum(len(edit.text) for edit in change.edits if edit.op is not Op.EQUAL)
    return kept >= STEADY * (kept + other)


def _is(rows: dict[str, ActorChange], key: str, status: Status) -> bool:
    return key in rows and rows[key].status is status


def _fills(span: Span, mention: Mention) -> bool:
    return span.end - span.start <= mention.name.end - mention.name.start + BESIDE


def _with_swap(row: ActorChange, key: str, swaps: Swaps, rows: dict[str, ActorChange]) -> ActorChange:
    into = sorted(((len(where), b) for (a, b), where in swaps.items() if a == key), reverse=True)
    out = sorted(((len(where), a) for (a, b), where in swaps.items() if b == key), reverse=True)
    return replace(
        row,
        replaced_by=rows[into[0][1]].name if into else "",
        replaces=rows[out[0][1]].name if out else "",
    )


def _flagged(laid: Texts, swaps: Swaps, rows: dict[str, ActorChange], old: list[Mention], new: list[Mention]) -> Change:
    """The change with a flag for each actor that took another's place in it."""
    flags = tuple(
        Flag(
            "actor-replaced",
            (rows[a].name, rows[b].name),
            _seen(laid.change.link.old, a, old),
            _seen(laid.change.link.new, b, new),
        )
        for (a, b), where in sorted(swaps.items(), key=lambda item: item[0])
        if laid.change in where
    )
    return replace(laid.change, flags=laid.change.flags + flags) if flags else laid.change


def _seen(ids: tuple[str, ...], key: str, mentions: list[Mention]) -> tuple[Evidence, ...]:
    return tuple(Evidence(m.paragraph, m.name.text) for m in mentions if m.key == key and m.paragraph in ids)[:1]
