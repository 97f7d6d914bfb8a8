"""The sections after the changes as lists of lines: verbs, actors, obligations, citations, terms, notices."""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from resdiff.messages import message
from resdiff.model import ActorChange, CitationChange, Notice, ObligationChange, Side, Status, TermChange, VerbChange
from resdiff.report import Actors, Address, Block, Citations, Notices, Obligations, Report, Terms, Verbs, address

__all__ = ["STATUS_CLASSES", "Facts", "facts"]

# The class that colours a status; the word beside it says the same.
STATUS_CLASSES = {
    Status.NEW: "add",
    Status.EXPANDED: "mod",
    Status.DROPPED: "del",
    Status.REDUCED: "mov",
    Status.KEPT: "same",
}
DIRECTIONS = {"stronger": ("add", "↑ "), "weaker": ("del", "↓ "), "same": ("same", "")}
NO_VERB = "–"


class Fact(Struct, frozen=True):
    """One line: a tag it stands under, words of the texts, a note of ours, the paragraphs that bear it out."""

    text: str
    tag: str = ""
    tag_class: str = ""
    note: str = ""
    places: tuple[Address, ...] = ()
    quoted: bool = True  # the text is in the language of the resolutions, not of the page


class Group(Struct, frozen=True):
    """The lines that bear the same tag, under it."""

    tag: str
    tag_class: str
    lines: tuple[Fact, ...]


class Facts(Struct, frozen=True):
    """A section: its name (a key of the headings), its lines by tag, and those that are folded away."""

    name: str
    groups: tuple[Group, ...]
    folded: tuple[Group, ...] = ()


def facts(report: Report) -> Iterator[Facts]:
    """The sections of a report that are lists of lines, in its order."""
    for block in report.blocks:
        make = SECTIONS.get(type(block))
        if make:
            yield make(block, report.lang)


def _grouped(lines: Iterable[Fact]) -> tuple[Group, ...]:
    """The lines by tag, in the order in which the tags come up."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for line in lines:
        groups.setdefault((line.tag, line.tag_class), []).append(line)
    return tuple(Group(*tag, tuple(found)) for tag, found in groups.items())


def _places(old: tuple[str, ...] | str, new: tuple[str, ...] | str, lang: str) -> tuple[Address, ...]:
    olds, news = ((ids,) if isinstance(ids, str) else ids for ids in (old, new))
    return tuple(address(Side.OLD, id_, lang, marked=True) for id_ in olds if id_) + tuple(
        address(Side.NEW, id_, lang) for id_ in news if id_
    )


def _mention(status: Status, lang: str) -> tuple[str, str]:
    return message(f"mention.{status}", lang=lang), STATUS_CLASSES[status]


def _verb(verb: VerbChange, lang: str) -> Fact:
    name, arrow = DIRECTIONS[verb.direction]
    text = f"{verb.old_verb or NO_VERB} → {verb.new_verb or NO_VERB}"
    tag = arrow + message(f"direction.{verb.direction}", lang=lang)
    note = "" if verb.lead else message("page.verb-inside", lang=lang)
    return Fact(text, tag, name, note, _places(verb.old, verb.new, lang))


def _actor(actor: ActorChange, lang: str) -> Fact:
    text = actor.name
    if actor.acronym and actor.acronym not in actor.name:
        text += f" ({actor.acronym})"
    return Fact(text, *_mention(actor.status, lang), _replaced(actor, lang), _places(actor.old, actor.new, lang))


def _replaced(item: ActorChange | CitationChange, lang: str) -> str:
    """What took its place, or whose place it took."""
    if item.replaced_by:
        return message("page.replaced", item.replaced_by, lang=lang)
    replaces = getattr(item, "replaces", "")
    return message("page.replaces", replaces, lang=lang) if replaces else ""


def _obligation(duty: ObligationChange, lang: str) -> Fact:
    note = message(f"sort.{duty.sort}", lang=lang)
    return Fact(duty.text, *_mention(duty.status, lang), note, _places(duty.old, duty.new, lang))


def _citation(citation: CitationChange, lang: str) -> Fact:
    places = _places(citation.old, citation.new, lang)
    return Fact(citation.text, *_mention(citation.status, lang), _replaced(citation, lang), places)


def _term(term: TermChange, lang: str) -> Fact:
    old, new = (term.paragraphs, ()) if term.status is Status.DROPPED else ((), term.paragraphs)
    return Fact(term.text, *_mention(term.status, lang), "", _places(old, new, lang))


def _notice(symbol: str, notice: Notice, lang: str) -> Fact:
    return Fact(message(f"notice.{notice.code}", *notice.values, lang=lang), note=symbol, quoted=False)


def _verbs(block: Verbs, lang: str) -> Facts:
    return Facts("verbs", _grouped(_verb(verb, lang) for verb in block.verbs))


def _actors(block: Actors, lang: str) -> Facts:
    return Facts("actors", _grouped(_actor(actor, lang) for actor in block.actors))


def _obligations(block: Obligations, lang: str) -> Facts:
    return Facts("obligations", _grouped(_obligation(duty, lang) for duty in block.obligations))


def _citations(block: Citations, lang: str) -> Facts:
    shown, routine = (_grouped(_citation(c, lang) for c in group) for group in (block.citations, block.routine))
    return Facts("citations", shown, routine)


def _terms(block: Terms, lang: str) -> Facts:
    return Facts("terms", _grouped(_term(term, lang) for term in block.terms))


def _notices(block: Notices, lang: str) -> Facts:
    return Facts("notices", _grouped(_notice(symbol, notice, lang) for symbol, notice in block.notices))


SECTIONS: dict[type[Block], Callable[..., Facts]] = {
    Verbs: _verbs,
    Actors: _actors,
    Obligations: _obligations,
    Citations: _citations,
    Terms: _terms,
    Notices: _notices,
}
