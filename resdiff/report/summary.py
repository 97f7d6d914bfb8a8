"""The summary: at most twelve sentences, most important first, each with its addresses.

A sentence says what the comparison bears out and nothing more; what a list has no room for is counted. Of more than
twelve sentences the least weighty give way.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

from resdiff.language.fold import fold
from resdiff.language.grammar import named
from resdiff.model import (
    ActorChange,
    Change,
    Comparison,
    Flag,
    Kind,
    ObligationChange,
    Side,
    Status,
    TopicChange,
    VerbChange,
    Weight,
)
from resdiff.report.blocks import Sentence
from resdiff.report.wording import Parts, addresses, counted, inner, join, name, say, sentence, told_status, word

__all__ = ["summarize"]

MOST_SENTENCES = 12
MOST_ITEMS = 6  # items named in one sentence; the others are counted
MOST_ADDRESSES = 3
MOST_PROVISIONS = 6  # paragraphs of which the summary tells what they do …
QUOTES = 2  # … in so many quotes each
MOST_DROPPED = 3
SORTS = ("body", "programme", "instrument", "document")
ENOUGH = 6  # sentences; with fewer, routine updates are told too
FEW = 3  # with fewer sentences than this the paragraphs that changed in substance are listed


class Item(Struct, frozen=True):
    """Something to say with its paragraphs: the words, whether their verb is in the plural, where."""

    text: str
    plural: bool
    side: Side
    paragraphs: tuple[str, ...]
    note: str = ""


def summarize(comparison: Comparison, lang: str) -> tuple[Sentence, ...]:
    """The sentences of the summary; a single one when nothing changed, or nothing but typography."""
    heaviest = max((change.weight for change in comparison.changes), default=Weight.NONE)
    moved = any(change.moved for change in comparison.changes)
    if heaviest <= Weight.TYPOGRAPHIC and not moved:
        return (sentence(say(f"summary.{_sameness(comparison, heaviest)}", lang=lang)),)
    ranked = [(turn, parts) for turn, write in WRITERS for parts in write(comparison, lang)]
    closing = _counts(comparison, lang)
    if len(ranked) < FEW:
        ranked += [(0, parts) for parts in _substance(comparison, lang)]
    while len(ranked) > MOST_SENTENCES - len(closing):
        ranked.remove(max(ranked, key=lambda each: each[0]))
    if len(ranked) < ENOUGH:
        closing += _routine(comparison, lang)
    return tuple(sentence(parts) for parts in (*(parts for _, parts in ranked), *closing))


def _sameness(comparison: Comparison, heaviest: Weight) -> str:
    if heaviest is Weight.TYPOGRAPHIC:
        return "typographic"
    return "identical" if comparison.old.title == comparison.new.title else "identical-title"


# ---- what the text does ---------------------------------------------------------------------------------------------


def _provisions(comparison: Comparison, lang: str) -> list[Parts]:
    """What added and changed paragraphs do, a sentence a paragraph, in the words of the text."""
    quotes: dict[str, list[str]] = {}
    for provision in comparison.provisions:
        if provision.side is Side.NEW and len(quotes.setdefault(provision.paragraph, [])) < QUOTES:
            quotes[provision.paragraph].append(provision.quote)
    texts = {paragraph.id: " ".join(paragraph.text.split()) for paragraph in comparison.new.body}
    return [
        say(
            "summary.provision",
            addresses(Side.NEW, (paragraph,), lang, long=True),
            _quotes(sorted(said, key=lambda quote: texts[paragraph].find(quote.partition(" …")[0])), lang),
            lang=lang,
        )
        for paragraph, said in list(quotes.items())[:MOST_PROVISIONS]
    ]


def _dropped_requests(comparison: Comparison, lang: str) -> list[Parts]:
    """Requests that the new text does not make, in the words of the old one."""
    items = [
        Item(_quotes([provision.quote], lang), False, Side.OLD, (provision.paragraph,))
        for provision in comparison.provisions
        if provision.side is Side.OLD
    ]
    return _listed("summary.requests-dropped", items[:MOST_DROPPED], "summary.more", lang)


def _quotes(said: Sequence[str], lang: str) -> str:
    marks = [word("word.quote", lang).format(inner(quote, lang)) for quote in said]
    return "".join(str(part) for part in join([(mark,) for mark in marks], lang))


# ---- topics ---------------------------------------------------------------------------------------------------------


def _topics(status: Status, side: Side) -> Callable[[Comparison, str], list[Parts]]:
    """What writes of the topics that came or went, in the words by which the text names them."""

    def write(comparison: Comparison, lang: str) -> list[Parts]:
        kept = [change.link for change in comparison.changes if change.kind is Kind.UNCHANGED]
        unchanged = {i for link in kept for i in (link.old if side is Side.OLD else link.new)}
        items = [
            _topic(topic, side, unchanged, lang)
            for topic in sorted(comparison.topics, key=lambda topic: -topic.priority)
            if topic.status is status and told_status(topic) is status
        ]
        # a topic that no changed paragraph shows is not told: a false statement costs more than a missing one
        items = _apart([item for item in items if item.paragraphs])
        return _listed(f"summary.topics-{status}", items, "summary.more-topics", lang)

    return write


def _apart(items: Sequence[Item]) -> list[Item]:
    """The items without those that a longer one of the same paragraphs holds: "enfants" beside "enfants soldats"."""
    return [
        item
        for item in items
        if not any(
            item is not other and _bare(item) in _bare(other) and item.paragraphs == other.paragraphs for other in items
        )
    ]


def _bare(item: Item) -> str:
    return fold(item.text.strip("«»“”\u00a0 "))


def _topic(topic: TopicChange, side: Side, unchanged: set[str], lang: str) -> Item:
    """The words of the topic with the paragraphs that show the change: those that did not change show nothing."""
    evidence = topic.old if side is Side.OLD else topic.new
    paragraphs = tuple(dict.fromkeys(e.paragraph for e in evidence if e.paragraph not in unchanged))
    note = word("summary.earlier", lang).format(name(topic.earlier)) if topic.earlier else ""
    return Item(word("word.quote", lang).format(inner(topic.words, lang)), False, side, paragraphs, note)


def _renamed(comparison: Comparison, lang: str) -> list[Parts]:
    """Terms of art that changed."""
    items = [
        say("summary.renamed", *topic.renamed, _where(Item("", False, Side.NEW, _ids(topic)), lang), lang=lang)
        for topic in comparison.topics
        if topic.renamed
    ]
    return _clauses(items, lang)


def _ids(topic: TopicChange) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shown.paragraph for shown in topic.new))


# ---- actors ---------------------------------------------------------------------------------------------------------


def _replaced(comparison: Comparison, lang: str) -> list[Parts]:
    """Actors that took the place of others."""
    clauses = []
    for actor in comparison.actors:
        if actor.status is Status.NEW and actor.replaces and actor.alone:
            new, old = named(actor.name, lang), named(actor.replaces, lang)
            form = "many" if new.plural else "one"
            where = _where(Item("", False, Side.NEW, actor.new), lang)
            clauses.append(say(f"summary.replaces-{form}", new.text, old.text, where, lang=lang))
    return _clauses(clauses, lang)


def _actors(status: Status, side: Side) -> Callable[[Comparison, str], list[Parts]]:
    """What writes of the actors that came or went, those apart that took each other's place."""

    def write(comparison: Comparison, lang: str) -> list[Parts]:
        taken = {actor.replaces for actor in comparison.actors if actor.status is Status.NEW}
        changed = [
            actor
            for actor in comparison.actors
            if actor.status is status and actor.alone and not actor.replaces and actor.name not in taken
        ]
        items = [_actor(actor, side, lang) for actor in sorted(changed, key=_rank)]
        return _listed(f"summary.actors-{status}", items, "summary.more-actors", lang)

    return write


def _rank(actor: ActorChange) -> tuple[int, int]:
    """Bodies first, then programmes, instruments, documents; those named in more paragraphs first."""
    sort = SORTS.index(actor.sort) if actor.sort in SORTS else len(SORTS)
    return sort, -len(actor.old + actor.new)


def _actor(actor: ActorChange, side: Side, lang: str) -> Item:
    known = named(actor.name, lang)
    return Item(known.text, known.plural, side, actor.old if side is Side.OLD else actor.new)


# ---- verbs, obligations ---------------------------------------------------------------------------------------------


def _verbs(direction: str) -> Callable[[Comparison, str], list[Parts]]:
    """What writes of the verbs that changed in that direction, those of the operative part first."""

    def write(comparison: Comparison, lang: str) -> list[Parts]:
        verbs = [verb for verb in comparison.verbs if verb.direction == direction and verb.new.startswith("op")]
        clauses = [_verb(verb, lang) for verb in sorted(verbs, key=lambda verb: not verb.lead)]
        form = "one" if len(clauses) == 1 else "many"
        return [say(f"summary.verbs-{direction}-{form}", parts, lang=lang) for parts in _clauses(clauses, lang)]

    return write


def _verb(verb: VerbChange, lang: str) -> Parts:
    where = addresses(Side.NEW, (verb.new,), lang, long=True)
    old, new = (text if verb.lead else text[:1].lower() + text[1:] for text in (verb.old_verb, verb.new_verb))
    return say("summary.verb", where, old, new, lang=lang)


def _obligations(sort: str, status: Status) -> Callable[[Comparison, str], list[Parts]]:
    """What writes of conditions and reports that came or went in paragraphs that stand in both texts."""

    def write(comparison: Comparison, lang: str) -> list[Parts]:
        duties = [duty for duty in comparison.obligations if duty.sort == sort and duty.status is status]
        # a condition that is itself a topic was told as one: "le droit au respect de la vie privée"
        topics = [fold(topic.label) for topic in comparison.topics if topic.status is status]
        duties = [duty for duty in duties if not any(topic in fold(duty.text) for topic in topics)]
        items = [_duty(duty, lang) for duty in duties if sort == "report" or (duty.old and duty.new)]
        return _listed(f"summary.{sort}-{status}", items, "summary.more", lang, always_many=len(items) > 1)

    return write


def _duty(duty: ObligationChange, lang: str) -> Item:
    side = Side.OLD if duty.status is Status.DROPPED else Side.NEW
    text = word("word.quote", lang).format(duty.text)
    return Item(text, False, side, tuple(filter(None, [duty.old if side is Side.OLD else duty.new])))


def _turned(code: str, key: str) -> Callable[[Comparison, str], list[Parts]]:
    """What writes of deadlines or figures that changed, and of deadlines that came or went with their paragraph."""

    def write(comparison: Comparison, lang: str) -> list[Parts]:
        found = {  # each once: the same date may stand in several places
            (flag.code, *flag.values): _flag(flag, lang)
            for change in comparison.changes
            for flag in change.flags
            if flag.code.startswith(code) and not _in_preamble(flag)
        }
        form = "one" if len(found) == 1 else "many"
        return [say(f"summary.{key}-{form}", parts, lang=lang) for parts in _clauses(list(found.values()), lang)]

    return write


def _in_preamble(flag: Flag) -> bool:
    """Whether the flag tells of preambular words: they recall a prorogation that is past."""
    return all(evidence.paragraph.startswith("pp") for evidence in (*flag.old, *flag.new))


def _flag(flag: Flag, lang: str) -> Parts:
    side, seen = (Side.NEW, flag.new) if flag.new else (Side.OLD, flag.old)
    where = _where(Item("", False, side, tuple(evidence.paragraph for evidence in seen)), lang)
    row = "turned" if len(flag.values) > 1 else "came" if flag.new else "went"
    return say(f"summary.{row}", *flag.values, where, lang=lang)


# ---- structure ------------------------------------------------------------------------------------------------------


def _structure(comparison: Comparison, lang: str) -> list[Parts]:
    """What was split and merged; that a paragraph moved is seen in its number."""
    many = [change for change in comparison.changes if change.kind in (Kind.SPLIT, Kind.MERGED)]
    return _clauses([_divided(change, lang) for change in many], lang)


def _divided(change: Change, lang: str) -> Parts:
    old = addresses(Side.OLD, change.link.old, lang, long=True)
    new = addresses(Side.NEW, change.link.new, lang, long=True)
    return say(f"summary.{change.kind}", old, new, lang=lang)


def _substance(comparison: Comparison, lang: str) -> list[Parts]:
    """The paragraphs whose substance changed, where there is little else to tell."""
    heavy = [change for change in comparison.changes if change.weight is Weight.SUBSTANTIVE and change.link.new]
    modified = [change for change in heavy if change.link.old]
    new = tuple(paragraph for change in modified for paragraph in change.link.new)
    where = addresses(Side.NEW, new, lang, most=2 * MOST_ITEMS)
    return [say(f"summary.substance-{'one' if len(new) == 1 else 'many'}", where, lang=lang)] if new else []


def _counts(comparison: Comparison, lang: str) -> list[Parts]:
    """How many paragraphs there were and are, and what became of them; a rewritten one counts as added and removed."""
    old, new = len(comparison.old.body), len(comparison.new.body)
    kinds = (Kind.ADDED, Kind.REMOVED, Kind.MODIFIED, Kind.SPLIT, Kind.MERGED, Kind.UNCHANGED)
    numbers = [(kind, sum(change.kind is kind for change in comparison.changes)) for kind in kinds]
    said = join(
        [(counted(f"summary.count-{kind}", number, lang),) for kind, number in numbers if number], lang, last=", "
    )
    if not said:
        return []
    if old == new:
        return [say("summary.counts-same", str(new), said, lang=lang)]
    return [say("summary.counts", str(old), str(new), said, lang=lang)]


def _routine(comparison: Comparison, lang: str) -> list[Parts]:
    """What was only brought up to date, folded in one sentence."""
    found: dict[tuple[str, ...], tuple[str, Change]] = {}
    for change in comparison.changes:
        for flag in change.flags:
            if flag.code.startswith("routine-") and len(flag.values) > 1:
                found.setdefault(flag.values[:2], (flag.code, change))
    clauses = [
        say(_update(code, values), *values, _where(Item("", False, Side.NEW, change.link.new), lang), lang=lang)
        for values, (code, change) in found.items()
    ]
    return [say("summary.routine", parts, lang=lang) for parts in _clauses(clauses, lang)]


def _update(code: str, values: Sequence[str]) -> str:
    """The message for what was brought up to date; what was there before, or what is there now, may be nothing."""
    if code == "routine-reference" and all(value.isdigit() for value in values):
        return "summary.update-reference"
    if all(values):
        return "summary.update"
    return "summary.update-added" if values[1] else "summary.update-dropped"


# ---- lists ----------------------------------------------------------------------------------------------------------


def _listed(key: str, items: Sequence[Item], more: str, lang: str, *, always_many: bool = False) -> list[Parts]:
    """One sentence that lists the items, each with its paragraphs, or all with the paragraphs they share."""
    if not items:
        return []
    shown = items[:MOST_ITEMS] if len(items) > MOST_ITEMS + 1 else items
    shared = len(shown) > 1 and len({(item.paragraphs, item.note) for item in shown}) == 1
    listed: list[Parts] = [(item.text,) if shared else (item.text, *_where(item, lang)) for item in shown]
    if rest := len(items) - len(shown):
        listed.append((counted(more, rest, lang),))
    parts = join(listed, lang) + (_where(shown[0], lang) if shared else ())
    form = "many" if len(items) > 1 or items[0].plural or always_many else "one"
    return [say(f"{key}-{form}", parts, lang=lang)]


def _where(item: Item, lang: str) -> Parts:
    """The paragraphs of an item in brackets, nothing when it has none."""
    inside: Parts = addresses(item.side, item.paragraphs, lang, marked=True, most=MOST_ADDRESSES)
    if item.note:
        inside = (*inside, word("word.semicolon", lang) if inside else "", item.note)
    return (" (", *inside, ")") if inside else ()


def _clauses(clauses: Sequence[Parts], lang: str) -> list[Parts]:
    """The clauses as one sentence, set apart by semicolons; those there is no room for are counted."""
    if not clauses:
        return []
    shown = list(clauses[:MOST_ITEMS] if len(clauses) > MOST_ITEMS + 1 else clauses)
    if rest := len(clauses) - len(shown):
        shown.append((counted("summary.more", rest, lang),))
    semicolon = word("word.semicolon", lang)
    joined = [part for index, clause in enumerate(shown) for part in ((semicolon, *clause) if index else clause)]
    return [(*joined, ".")]


Writer = Callable[[Comparison, str], list[Parts]]

# In the order of the summary, each with the turn at which it gives way when there are more than twelve sentences.
WRITERS: tuple[tuple[int, Writer], ...] = (
    (0, _provisions),
    (1, _turned("deadline-", "deadlines")),
    (2, _turned("figure-", "figures")),
    (2, _topics(Status.DROPPED, Side.OLD)),
    (4, _topics(Status.NEW, Side.NEW)),
    (3, _dropped_requests),
    (3, _verbs("weaker")),
    (5, _verbs("stronger")),
    (4, _obligations("condition", Status.DROPPED)),
    (6, _obligations("condition", Status.NEW)),
    (5, _replaced),
    (7, _actors(Status.NEW, Side.NEW)),
    (8, _renamed),
    (9, _structure),
)
