"""Bodies, programmes, instruments and documents named: which came, which went, which took whose place.

A long name and its acronym are one actor, and so is the short form used once the long name was introduced ("le
Comité", "le Pacte mondial"). An actor is new or gone only when words that came or went name it: a name damaged by
scanning is no new actor.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from msgspec import Struct, field
from msgspec.structs import replace

from resdiff.data.schema import KnownName
from resdiff.judgement.case import Case, ChangeLayout, EditSite, Flagged, WholeText, shared_letters
from resdiff.language import Language, may_stand, pattern
from resdiff.language.dates import ordinal
from resdiff.language.fold import fold_same_length
from resdiff.model import ActorChange, Change, Evidence, Flag, FlagCode, Op, Side, Span, Status
from resdiff.recognition.names import country_of, known_names, name_key, sort_of_head, with_country
from resdiff.recognition.survey import Name, NameMention, Survey

__all__ = ["judge_names"]

RE_NUMBER = re.compile(r"\b\d+\b")
# What stands in the midst of a name: "(StAR) Initiative", "U4 Centre".
RE_BEFORE = r"(?:\([A-Z][\w-]*\)|\b[A-Z]+\d+) $"
BEFORE = tuple(f"{sign} " for sign in ")0123456789")  # with which it ends
ALIKE = 0.93
"""Least likeness of two long names to be one name: a lost letter in "Stratégie antiterroriste mondiale des Nations
Unies" leaves 0.99, "Gouvernement de Chypre" and "Gouvernement de Libye" share 0.84."""
ALIKE_SCANNED = 0.9
"""The same when one of the texts is a scan: "0ffice des nati0ns unies" against its clean form is 0.92."""
LONG = 14
"""Letters below which two names are one only when they are equal: EUFOR is not SFOR."""
MOST_PAIRS = 250_000
"""Pairs of a name gone and a name come that are weighed: no resolution has 500 names of each."""
FEWEST = 3
"""Words of a name that another one may begin with, misread: of two, one would be most of it."""
AKIN = 5
"""Words from which a name may have lost some in its midst: "Groupe de travail [du Conseil de sécurité] sur les enfants
et les conflits armés"."""
GROWN = 1.5
"""How many times more paragraphs must name an actor for it to be expanded (and at least two more)."""
RARE = 4
"""How many times a name may stand for each time its longer form stands, to be short for it: "Haut Représentant" stands
ten times for one "Haut Représentant militaire" in S/RES/1575 (2004), who is another person."""
STEADY = 0.4
"""Least share of kept characters in a paragraph in which one actor takes another's place."""
BESIDE = 60
"""Characters that may stand in an edit site beside the name that is replaced: "les entités compétentes du" is 27."""
OWNER = 8
"""Characters before a name in which what joins it to a noun may stand: the longest of ``belongs``, "de la ", has six,
and another stands before it."""
ANOTHER = 60
"""Characters before a name in which another instrument may be said to belong to it: ``within``."""


class Mention(Struct, frozen=True):
    """A name in a paragraph, and the key of the actor it names; empty when it names none."""

    paragraph: str
    name: Name
    key: str


class _NameRegistry(Struct):
    """What the two texts call whom: keys of full names with the sort of each, aliases, how each is printed, which are
    acronyms, which stand in brackets behind a name."""

    language: Language
    full: dict[str, str] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)
    printed: dict[str, Counter[str]] = field(default_factory=dict)
    acronyms: frozenset[str] = frozenset()
    stated: set[str] = field(default_factory=set)
    owned: dict[str, list[str]] = field(default_factory=dict)


# ---- who is named ---------------------------------------------------------------------------------------------------


@cache
def _known_aliases(language: Language) -> dict[str, str]:
    """The key of the known name behind each acronym and each short form."""
    found = {}
    for key, row in known_names(language).items():
        for short in (*row.short, *([row.acronym] if row.acronym else ())):
            found[name_key(short, language)] = key
    return found


@cache
def _authors(language: Language) -> frozenset[str]:
    """The heads that alone name no actor."""
    return frozenset(name_key(head, language) for head in language.actors.joins.authors)


@cache
def _persons(language: Language) -> frozenset[str]:
    return frozenset(name_key(head, language) for head in language.actors.joins.persons)


def _quiet(key: str, language: Language) -> bool:
    """Whether the coming and going of an actor tells nothing: it stands in every resolution, or it is a person."""
    known = known_names(language).get(key)
    return (known is not None and known.quiet) or key.split()[0] in _persons(language)


def _register(sides: Iterable[tuple[NameMention, ...]], language: Language) -> _NameRegistry:
    registry = _NameRegistry(language, alias=dict(_known_aliases(language)))
    for name in (mention.name for side in sides for mention in side):
        registry.full.setdefault(name.key, name.sort)
        registry.printed.setdefault(name.key, Counter())[name.text] += 1
        if name.alias:
            registry.stated.add(name_key(name.alias, language))
        if name.alias and name.key.count(" "):
            registry.alias[name_key(name.alias, language)] = name.key
    registry.acronyms = frozenset(
        key for key, printed in registry.printed.items() if any(text.isupper() for text in printed)
    )
    alone = registry.acronyms - registry.alias.keys()
    long = {_initials(key, language): key for key in sorted(registry.full, reverse=True) if " " in key} if alone else {}
    registry.alias |= {short: long[short] for short in alone & long.keys()}  # ONUCI is who its letters say
    for alias, owner in sorted(registry.alias.items()):
        registry.owned.setdefault(owner, []).append(alias)
    registry.alias |= _without_owner(registry.full, language)
    return registry


def _without_owner(full: Iterable[str], language: Language) -> dict[str, str]:
    """The names that are others of them, written without whose they are, each with that other one."""
    owner = language.actors.key.owner
    owned = {key.replace(owner, "", 1): key for key in sorted(full) if owner and owner in key}
    return {key: owned[key] for key in owned.keys() & set(full) if " " in key and key not in known_names(language)}


def _initials(key: str, language: Language) -> str:
    """The first letters of the words of a name that count: "onuci" for the operation in Côte d’Ivoire."""
    small = language.actors.initials.words
    return "".join(word[0] for word in re.split(r"[ '-]+", key) if word and word not in small)


def _mentions(found: tuple[NameMention, ...], other: tuple[NameMention, ...], registry: _NameRegistry) -> list[Mention]:
    """The mentions of one text: short forms stand for the long name last introduced, else for one of either text."""
    every = [mention.name for mention in (*found, *other)]
    joins = None
    if registry.language.actors.run.pattern:
        joins = {word for name in every for word in name.text.split() if word.islower()}
    longer = _ShortForms(Counter(name.key for name in every), joins)
    result = []
    for named in found:
        key = _resolved(named.name.key, longer, registry)
        longer.introduce(key or named.name.key)
        result.append(Mention(named.paragraph, named.name, key))
    return result


class _ShortForms:
    """The long name that a short one stands for: the one last introduced, else the first of either text.

    A name is noted under each row of words it begins with, so that a short form is looked up, whatever was named; where
    nouns stand before the noun they tell of, only up to a small word: "Global Compact" is short for "Global Compact for
    Migration", and not for "Global Compact Champion".
    """

    def __init__(self, every: Counter[str], joins: Collection[str] | None) -> None:
        """``joins`` are the small words that names hold; None where a short form may end before any word."""
        self._every = every
        self._joins = joins
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
        return {
            short: name
            for short in _shorts(name)
            if " " not in short or often >= self._every[short]
            if self._joins is None or name[len(short) + 1 :].partition(" ")[0] in self._joins
        }


def _shorts(name: str) -> Iterator[str]:
    """The name cut short after each word but its last."""
    at = name.find(" ")
    while at >= 0:
        yield name[:at]
        at = name.find(" ", at + 1)


def _resolved(key: str, longer: _ShortForms, registry: _NameRegistry) -> str:
    """The key of the actor that a name stands for; empty for a bare head that stands for none."""
    if key in registry.alias:
        return registry.alias[key]
    if key in known_names(registry.language):
        return key
    if key in _authors(registry.language):  # "le Conseil" is who speaks, or one that the text names in full each time
        return ""
    long = longer.of(key)
    if long:
        return long if long in longer.introduced else _resolved(long, longer, registry)
    return key if " " in key or (key.isalpha() and key in registry.acronyms) else ""


# ---- comparing ------------------------------------------------------------------------------------------------------


def judge_names(case: Case) -> tuple[tuple[ActorChange, ...], Flagged]:
    """The actors of both texts by status, and flags on the changes where one took the place of another."""
    language = case.language
    registry = _register((case.old.names, case.new.names), language)
    old = _mentions(case.old.names, case.new.names, registry)
    new = _mentions(case.new.names, case.old.names, registry)
    same = _same(old, new, case.language, scanned=case.is_scanned)
    if same:
        old, new = ([replace(m, key=same.get(m.key, m.key)) for m in side] for side in (old, new))
    mentioned = {m.key for m in old + new if m.key and not _quiet(m.key, language)}
    sides = (Side.OLD, _by_paragraph(old)), (Side.NEW, _by_paragraph(new))
    # the actors named in words that came or went
    shown = {m.key for layout in case.layouts for side, named in sides for m, _ in _touching(layout, side, named)}
    old_places, new_places = _places(old), _places(new)
    elsewhere = _MaybeNamedElsewhere(case, (old, new))
    rows = {
        key: _row(key, old_places.get(key, ()), new_places.get(key, ()), registry)
        for key in sorted(mentioned)
        if (key in old_places and key in new_places) or (key in shown and not elsewhere(key))
    }
    if case.is_scanned:
        rows = {key: row for key, row in rows.items() if not _is_misread(row, language)}
    swaps = _swaps(case.layouts, old, new, rows)
    rows = {key: _with_swap(row, key, swaps, rows) for key, row in rows.items()}
    alone = _alone(case, rows, old, new, mentioned)
    rows = {key: replace(row, alone=key in alone) for key, row in rows.items()}
    flagged = [
        (place, _swap_flag(case.layouts[place].change, key, rows, old, new))
        for place in range(len(case.layouts))
        for key in sorted(swaps)
        if place in swaps[key]
    ]
    order = list(Status)
    return tuple(sorted(rows.values(), key=lambda row: (order.index(row.status), row.name))), flagged


def _alone(
    case: Case, rows: Mapping[str, ActorChange], old: list[Mention], new: list[Mention], mentioned: set[str]
) -> set[str]:
    """The keys of the actors that may be told as new or gone: the other text does not say who they are in other words,
    and their names stand whole. To the last word of one the call of a note may have stuck: it is another one of those
    ``mentioned`` and a letter or two, "Protocole de Lusakan" beside "Protocole de Lusaka"."""
    alone = {
        key
        for key, row in rows.items()
        if _stands_alone(row, case.wholes, case.language)
        if len(key) < LONG or mentioned.isdisjoint((key[:-1], key[:-2]))
    }
    for survey, side in ((case.old, old), (case.new, new)):
        alone -= _cut_short(survey, [mention for mention in side if mention.key in alone], case.language)
    return alone


def _is_misread(row: ActorChange, language: Language) -> bool:
    """Whether a name of one text alone has a word that none is: "Accord de pabo" stood there as "Accord de paix"."""
    from resdiff.marking.noise import is_damaged  # for scans alone

    one_alone = row.status in (Status.NEW, Status.DROPPED)
    return one_alone and any(is_damaged(word, language) for word in row.name.split())


def _stands_alone(row: ActorChange, texts: Mapping[Side, WholeText], language: Language) -> bool:
    """Whether the text that does not name an actor has its words nowhere near one another, nor its acronym; of a
    government nor the name of its State."""
    if row.status not in (Status.NEW, Status.DROPPED):
        return False
    other = texts[Side.OLD if row.status is Status.NEW else Side.NEW]
    name = row.name.partition(" (")[0]
    head, _, state = name.partition(" ")
    if head in language.actors.joins.states:
        form = next((word for word in re.findall(r"\w+", state) if len(word) > len("des")), "")
        name = (country_of(state, language) if form[:1].isupper() else "") or state  # "de l’État d’Érythrée"
    if other.may_name(name) or (row.acronym and other.has_acronym(row.acronym)):
        return False
    return not other.may_name(name_key(name, language))  # "Commission of Enquiry", where that has "of inquiry"


MOSTLY_CUT = 0.5  # of the mentions of a name: else it ends there, though a word that goes on may follow it


def _cut_short(survey: Survey, mentions: list[Mention], language: Language) -> set[str]:
    """The keys of names that go on behind what was taken for their end ("Plan d’action Paix, justice et …"), or before
    what was taken for their beginning ("U4 Anti-Corruption Resource Centre"); and of those that only stand within
    another one ("Organisation de la Conférence islamique")."""
    if not mentions:
        return set()
    texts = {paragraph.id: paragraph.text for paragraph in survey.resolution.body}
    edges, known = language.actors.edges, known_names(language)
    starts = {(found.paragraph, found.name.start) for found in survey.names}

    def is_cut(mention: Mention) -> bool:
        text, name = texts[mention.paragraph], mention.name
        if text.endswith(BEFORE, 0, name.start) and re.search(RE_BEFORE, text[: name.start]):
            return True
        if name.key in known:  # what comes after it is not of the name
            return pattern(edges.longer.pattern).match(text, name.end) is not None
        words = " ".join(name.text.split())
        if may_stand(edges.dangles, words.lower()) and pattern(edges.dangles.pattern).search(words):
            return True
        if stands_beside(mention, text):
            return False
        if pattern(edges.goes_on.pattern).match(text, name.end):
            return True
        goes_on = pattern(edges.joined.pattern).match(text, name.end)
        return goes_on is not None and pattern(edges.complement.pattern).search(name.text) is not None

    def stands_beside(mention: Mention, text: str) -> bool:
        """Whether another name follows that belongs to the same noun: "l’appui [du Groupe] et [de l’Union]"."""
        other = pattern(edges.beside.pattern).match(text, mention.name.end)
        return (
            other is not None
            and (mention.paragraph, other.end()) in starts
            and pattern(edges.belongs.pattern).search(text, max(0, mention.name.start - OWNER), mention.name.start)
            is not None
        )

    by_paragraph: dict[str, list[Name]] = {}
    for found in survey.names:
        if found.name.key.split()[0] not in _persons(language):  # "Président de l’Organisation" is another one
            by_paragraph.setdefault(found.paragraph, []).append(found.name)

    def is_within(mention: Mention) -> bool:
        own, text = mention.name, texts[mention.paragraph]
        if pattern(edges.within.pattern).search(text, max(0, own.start - ANOTHER), own.start):
            return True
        others = (name for name in by_paragraph.get(mention.paragraph, ()) if len(name.text) > len(own.text))
        return any(name.start <= own.start and own.end <= name.end for name in others)

    apart = {mention.key for mention in mentions if not is_within(mention)}
    number, cut = Counter([m.key for m in mentions]), Counter([m.key for m in mentions if is_cut(m)])
    return {key for key in number if key not in apart or (cut[key] and cut[key] >= MOSTLY_CUT * number[key])}


def _places(mentions: list[Mention]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for mention in mentions:
        found.setdefault(mention.key, {})[mention.paragraph] = None
    return {key: tuple(ids) for key, ids in found.items() if key}


def _same(old: list[Mention], new: list[Mention], language: Language, *, scanned: bool) -> dict[str, str]:
    """For a name of one text alone that only a letter or two sets apart from a name of both, that one: a call of a note
    may stick to its last word; for one of the old text, such a one of the new text; the same of the adjective of a
    country: "Gouvernement timorais", "Gouvernement du Timor-Leste"."""
    least = ALIKE_SCANNED if scanned else ALIKE
    keys = [{m.key for m in side} for side in (old, new)]
    gone, come = (sorted(key for key in one - other if len(key) >= LONG) for one, other in (keys, keys[::-1]))
    both = sorted(key for key in keys[0] & keys[1] if len(key) >= LONG)
    if len(gone) * len(come) + (len(gone) + len(come)) * len(both) > MOST_PAIRS:
        return {}
    full = {key: with_country(key, language) for key in (*gone, *come, *both)}
    words = {key: frozenset(key.split()) for key in full}

    def is_one(a: str, b: str) -> bool:
        if full[a] == full[b]:
            return True
        few = min(a.count(" "), b.count(" ")) + 1  # asked first: it is cheap, and most names share little
        may_be = 2 * len(words[a] & words[b]) >= few
        return may_be and _are_alike(a, b, least) and not _are_counted_apart(a, b, language)

    same = {a: b for a in gone for b in come if is_one(a, b)}
    return same | {a: b for a in (*gone, *come) for b in both if is_one(a, b)}


class _MaybeNamedElsewhere:
    """Whether the other text may name an actor too, though in other words: then neither new nor gone is told."""

    def __init__(self, case: Case, sides: tuple[list[Mention], list[Mention]]) -> None:
        self._language = language = case.language
        self._wholes = case.wholes[Side.OLD], case.wholes[Side.NEW]
        self._texts = [
            " ".join(fold_same_length(p.text) for p in side.body) for side in (case.comparison.old, case.comparison.new)
        ]
        self._keys = [{m.key for m in side if m.key} for side in sides]
        self._with_countries = [{key: with_country(key, language) for key in keys} for keys in self._keys]
        self._least = ALIKE_SCANNED if case.is_scanned else ALIKE
        self._akin = [_NameVariants(keys - known_names(language).keys()) for keys in self._keys]
        bare = [[m.name for m in side if not m.key and m.name.key not in _authors(language)] for side in sides]
        self._bare = [{name.key for name in side if name.sort == "body"} for side in bare]
        self._heads = [{name.key for name in side} for side in bare]
        self._printed = [{m.key: fold_same_length(m.name.text) for m in side} for side in sides]

    def __call__(self, key: str) -> bool:
        here = 0 if key in self._keys[0] else 1
        there = 1 - here
        head, *more = key.split()
        if head in self._bare[there] or (len(more) == 1 and head in self._heads[there]):
            return True  # "Constitution haïtienne" against "la Constitution"
        if self._language.actors.run.pattern and not self._bare[there].isdisjoint(more):
            return True  # the head of a name need not be its first word
        if key not in known_names(self._language) and self._akin[there].holds(key):
            return True
        if any(_begin_alike(key, other, self._least) for other in self._keys[there]):
            return True
        if self._begins_otherwise(key, there):
            return True
        place = pattern(self._language.actors.edges.place.pattern)
        name = place.sub("", self._printed[here][key]).removesuffix("s")  # "Sustainable Development Goal 16"
        return self._wholes[there].may_hold(name) and name in self._texts[there]

    def _begins_otherwise(self, key: str, there: int) -> bool:
        """Whether a name begins with one of the other text, or that with it, where the adjective of a country stands
        for its name: "Police nationale timoraise", "Police nationale du Timor-Leste de l’exercice"."""
        full = with_country(key, self._language)
        for other, its in self._with_countries[there].items():
            if (full != key or its != other) and (f"{its} ".startswith(f"{full} ") or f"{full} ".startswith(f"{its} ")):
                return True
        return False


class _NameVariants:
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


def _are_alike(one: str, other: str, least: float) -> bool:
    """Whether two keys are as like as that; none are when their figures differ."""
    if RE_NUMBER.findall(one) != RE_NUMBER.findall(other) or abs(len(one) - len(other)) > 6:
        return False
    if 2 * shared_letters(one, other) < least * (len(one) + len(other)):
        return False
    from difflib import SequenceMatcher  # few names come so near

    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= least


def _begin_alike(one: str, other: str, least: float) -> bool:
    """Whether the longer of two keys may begin with the other one misread: "Accord de paix d’Arushe" beside "Accord de
    paix d’Arusha pour le règlement"."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    beginning = longer[: len(shorter)]
    if len(shorter) < FEWEST or shorter[0] != beginning[0] or shorter == beginning:
        return False
    return _are_alike(" ".join(shorter), " ".join(beginning), least)


def _are_counted_apart(one: str, other: str, language: Language) -> bool:
    """Whether both names have an ordinal, each another one: "second … decade", "third … decade"."""
    counts = [{n for word in key.split() if (n := ordinal(word, language)) is not None} for key in (one, other)]
    return all(counts) and counts[0] != counts[1]


def _row(key: str, old: tuple[str, ...], new: tuple[str, ...], registry: _NameRegistry) -> ActorChange:
    known = known_names(registry.language).get(key, KnownName(""))
    acronym = known.acronym or next((a.upper() for a in registry.owned.get(key, ()) if a in registry.acronyms), "")
    is_stated = name_key(acronym, registry.language) in registry.stated | registry.printed.keys()
    alias = next(_aliases(key, registry), acronym if is_stated else "")
    printed = registry.printed.get(key)
    name = known.name or (max(sorted(printed), key=lambda text: printed[text]) if printed else key)
    shown = f"{name} ({alias})" if alias else name
    sort = registry.full.get(key) or known.sort or sort_of_head(name, registry.language)
    return ActorChange(shown, _status(len(old), len(new)), old, new, sort, acronym)


def _aliases(key: str, registry: _NameRegistry) -> Iterator[str]:
    """Aliases in words that the texts themselves set behind the name: "Règles Nelson Mandela"."""
    for alias in registry.owned.get(key, ()):
        if " " in alias and alias in registry.printed and alias not in _known_aliases(registry.language):
            yield max(sorted(registry.printed[alias]), key=lambda text: registry.printed[alias][text])


def _status(old: int, new: int) -> Status:
    if not old or not new:
        return Status.NEW if new else Status.DROPPED
    if new >= old + 2 and new >= GROWN * old:
        return Status.EXPANDED
    return Status.REDUCED if old >= new + 2 and old >= GROWN * new else Status.KEPT


# ---- evidence -------------------------------------------------------------------------------------------------------


def _touching(
    layout: ChangeLayout, side: Side, mentions: dict[str, list[Mention]]
) -> Iterator[tuple[Mention, EditSite]]:
    """The mentions of that side with each edit site that they overlap."""
    for place in layout.places(side) if layout.sites else ():
        for mention in mentions.get(place.paragraph.id, ()):
            span = Span(place.start + mention.name.start, place.start + mention.name.end)
            for site in layout.touched(side, span):
                yield mention, site


def _by_paragraph(mentions: list[Mention]) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.key:
            found.setdefault(mention.paragraph, []).append(mention)
    return found


Swaps = dict[tuple[str, str], list[int]]
"""Pairs of an actor gone and one new, with the places of the changes that show it."""


def _swaps(
    layouts: tuple[ChangeLayout, ...], old: list[Mention], new: list[Mention], rows: dict[str, ActorChange]
) -> Swaps:
    """Pairs of an actor gone and one new, each alone in the same edit site."""
    dropped, added = (
        _by_paragraph([mention for mention in side if mention.key in rows and rows[mention.key].status is status])
        for side, status in ((old, Status.DROPPED), (new, Status.NEW))
    )
    found: Swaps = {}
    for number, layout in enumerate(layouts):
        gone, come = list(_touching(layout, Side.OLD, dropped)), list(_touching(layout, Side.NEW, added))
        for site in layout.sites if gone and come and _steady(layout.change) else ():
            out = {m.key: m for m, s in gone if s == site}
            into = {m.key: m for m, s in come if s == site}
            if len(out) == len(into) == 1:
                (a, left), (b, entered) = next(iter(out.items())), next(iter(into.items()))
                sides = (site.old, left), (site.new, entered)
                # hardly anything but the name stands there
                if all(at.end - at.start <= each.name.end - each.name.start + BESIDE for at, each in sides):
                    found.setdefault((a, b), []).append(number)
    return found


def _steady(change: Change) -> bool:
    """Whether enough of a change was kept for what stands in one place of it to be the same on both sides."""
    kept = sum(2 * len(edit.text) for edit in change.edits if edit.op is Op.EQUAL)
    other = sum(len(edit.text) for edit in change.edits if edit.op is not Op.EQUAL)
    return kept >= STEADY * (kept + other)


def _with_swap(row: ActorChange, key: str, swaps: Swaps, rows: dict[str, ActorChange]) -> ActorChange:
    into = sorted(((len(where), b) for (a, b), where in swaps.items() if a == key), reverse=True)
    out = sorted(((len(where), a) for (a, b), where in swaps.items() if b == key), reverse=True)
    return replace(
        row,
        replaced_by=rows[into[0][1]].name if into else "",
        replaces=rows[out[0][1]].name if out else "",
    )


def _swap_flag(
    change: Change, key: tuple[str, str], rows: dict[str, ActorChange], old: list[Mention], new: list[Mention]
) -> Flag:
    """The flag of a change in which one actor took the place of another."""
    gone, come = key
    evidence = _seen(change.link.old, gone, old), _seen(change.link.new, come, new)
    return Flag(FlagCode.ACTOR_REPLACED, (rows[gone].name, rows[come].name), *evidence)


def _seen(ids: tuple[str, ...], key: str, mentions: list[Mention]) -> tuple[Evidence, ...]:
    return tuple(Evidence(m.paragraph, m.name.text) for m in mentions if m.key == key and m.paragraph in ids)[:1]
