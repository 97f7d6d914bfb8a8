"""How the topics of two resolutions differ: new, dropped, expanded, reduced, kept, each with the words that show it.

A topic is new when nothing in the old text, its title included, speaks of it; a weak word there (a hint) is enough to
call it expanded instead, for a false "new" costs more than a missing one. Between two texts that both have it, it is
expanded or reduced when paragraphs and occurrences together grow or shrink by ``GROWTH``, and more linked paragraphs
gain it than lose it, or the other way round: those are the paragraphs that show it. A word that a scan has damaged, or
that is misspelt on one side, counts as the word it was.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from resdiff.data import table
from resdiff.language.fold import fold
from resdiff.language.tokens import is_word, tokens
from resdiff.model import Change, Comparison, Evidence, Paragraph, Resolution, Status, TopicChange
from resdiff.recognition.lexicon import DROPPED, Hit, Lexicon, Topic, load_lexicon

if TYPE_CHECKING:
    from resdiff.recognition.patterns import Rule

__all__ = ["catalogue", "load", "topics"]

# Occurrences and paragraphs together must grow by this to call a topic expanded. On 72/194 → 74/175 gender (2 → 3),
# money laundering (4 → 6) are expanded, terrorism at large (+ 25 % in a text that is half as long again) is not.
GROWTH = 1.3
QUOTE = 90  # characters of a quote: one line of a report
ALIKE = 0.75  # how close a damaged word comes to the word it was: two letters in twelve, one in five
# The same in a text that is no scan: "territoria1le" in S/RES/1785 (2007) is 0.96 of the word it was.
ALIKE_CLEAN = 0.9

Mentions = dict[int, list["Mention"]]


class Mention(Struct, frozen=True):
    """A topic found in a paragraph."""

    paragraph: Paragraph
    hit: Hit


class _Side(Struct):
    """What one text says of all topics: sure mentions, weak ones, and the topics of its title."""

    sure: Mentions = field(default_factory=dict)
    weak: Mentions = field(default_factory=dict)
    title: set[int] = field(default_factory=set)
    placed: dict[str, Mentions] = field(default_factory=dict)
    """The sure mentions of each paragraph."""

    def add(self, mention: Mention) -> None:
        """Note a sure mention."""
        topic = mention.hit.topic
        self.sure.setdefault(topic, []).append(mention)
        self.placed.setdefault(mention.paragraph.id, {}).setdefault(topic, []).append(mention)

    def within(self, paragraphs: Iterable[Paragraph]) -> Mentions:
        """The sure mentions of those paragraphs."""
        found: Mentions = {}
        for paragraph in paragraphs:
            for topic, mentions in self.placed.get(paragraph.id, {}).items():
                found.setdefault(topic, []).extend(mentions)
        return found

    def size(self, topic: int) -> tuple[int, int]:
        """How many paragraphs, how many occurrences."""
        mentions = self.sure.get(topic, ())
        return len({m.paragraph.id for m in mentions}), len(mentions)

    def mentions(self, topic: int) -> list[Mention]:
        """The sure mentions; the weak ones where there is nothing else."""
        return self.sure.get(topic) or self.weak.get(topic, [])


def load(path: Path) -> "tuple[Rule, ...]":
    """The topics a person wrote in a TOML file; see docs/writing-a-topic.md.

    Raises NotFoundError, and InputError with what is wrong and where.
    """
    from resdiff.recognition.patterns import read_rules  # for a person's own topics alone: not at the start

    return read_rules(path)


def catalogue(extra: "Sequence[Rule]" = ()) -> tuple[Topic, ...]:
    """Every topic that can be found, in the order of the table; a topic of ``extra`` replaces the one of its id."""
    own = {rule.id for rule in extra}
    shipped = tuple(t for t in load_lexicon().topics if t.id not in own)
    return shipped + tuple(Topic(r.id, r.fr, r.en, r.article, r.priority, r.unbis, r.match) for r in extra)


def topics(
    comparison: Comparison, *, earlier: Sequence[Resolution] = (), extra: "Sequence[Rule]" = ()
) -> tuple[TopicChange, ...]:
    """The topics of both texts by status, most important first; none when a text is not French.

    ``earlier`` are older editions of the series: a topic that is new since the last text and stands in one of them
    carries the symbol of the latest that has it.
    """
    if {comparison.old.language, comparison.new.language} - {"", "fr"}:
        return ()
    own = frozenset(rule.id for rule in extra)
    told = _told(load_lexicon(), comparison, earlier, own)
    if extra:
        from resdiff.recognition.patterns import compile_rules

        index = compile_rules(extra, table("topics")["masks"])
        told += _told(Lexicon(index), comparison, earlier, frozenset())
    order = list(Status)
    return tuple(sorted(told, key=lambda t: (order.index(t.status), -t.priority, t.id)))


def _told(
    lexicon: Lexicon, comparison: Comparison, earlier: Sequence[Resolution], left_out: frozenset[str]
) -> list[TopicChange]:
    old, new = _side(lexicon, comparison.old), _side(lexicon, comparison.new)
    _recover(comparison, old, new)
    told = []
    for number in sorted(old.sure.keys() | new.sure.keys()):
        if lexicon.topics[number].id not in left_out:
            told.append(_topic_change(lexicon.topics[number], number, comparison, old, new))
    if not any(t.status is Status.NEW for t in told):
        return told
    had = [(r.symbol, _had(lexicon, r)) for r in sorted(earlier, key=lambda r: (r.adopted, r.symbol), reverse=True)]
    return [_with_earlier(t, had) if t.status is Status.NEW else t for t in told]


def _side(lexicon: Lexicon, resolution: Resolution) -> _Side:
    side = _Side(title={hit.topic for hit in lexicon.find(resolution.title)})
    for paragraph in resolution.body:
        for hit in lexicon.find(paragraph.text):
            mention = Mention(paragraph, hit)
            if hit.hint:
                side.weak.setdefault(hit.topic, []).append(mention)
            else:
                side.add(mention)
    return side


def _topic_change(topic: Topic, number: int, comparison: Comparison, old: _Side, new: _Side) -> TopicChange:
    status = _status(number, old, new)
    shown: tuple[str, ...] = ()
    if status in (Status.EXPANDED, Status.REDUCED):
        gained, lost = _showing(comparison.changes, number, old, new)
        more, fewer = (gained, lost) if status is Status.EXPANDED else (lost, gained)
        shown = tuple(i for ids in more for i in ids) if len(more) > len(fewer) else ()
        status = status if shown else Status.KEPT
    return TopicChange(
        id=topic.id,
        label=topic.fr,
        status=status,
        unbis=topic.unbis,
        old=_evidence(old, number),
        new=_evidence(new, number),
        labels=(("fr", topic.fr), ("en", topic.en)),
        renamed=_renamed(comparison.changes, old.sure.get(number, []), new.sure.get(number, [])),
        priority=topic.priority,
        article=topic.article,
        unbis_match=topic.match,
        shown=shown,
    )


def _showing(
    changes: Sequence[Change], topic: int, old: _Side, new: _Side
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The new paragraphs of each change that speaks more of the topic, the old ones of each that speaks less of it."""
    old_counts, new_counts = (Counter(m.paragraph.id for m in side.mentions(topic)) for side in (old, new))
    gained, lost = [], []
    for change in changes:
        if old_counts.keys().isdisjoint(change.link.old) and new_counts.keys().isdisjoint(change.link.new):
            continue
        had, has = sum(old_counts[i] for i in change.link.old), sum(new_counts[i] for i in change.link.new)
        if has > had:
            gained.append(tuple(i for i in change.link.new if new_counts[i]))
        elif had > has:
            lost.append(tuple(i for i in change.link.old if old_counts[i]))
    return gained, lost


def _status(topic: int, old: _Side, new: _Side) -> Status:
    """New and dropped only where the other text has not even a hint; else by paragraphs and occurrences."""
    (old_paragraphs, old_hits), (new_paragraphs, new_hits) = old.size(topic), new.size(topic)
    if not old_hits or not new_hits:
        lacking = new if old_hits else old
        if topic in lacking.weak:
            return Status.REDUCED if old_hits else Status.EXPANDED
        if topic in lacking.title:
            return Status.KEPT
        return Status.DROPPED if old_hits else Status.NEW
    old_size, new_size = old_paragraphs + old_hits, new_paragraphs + new_hits
    if new_size >= GROWTH * old_size and new_hits > old_hits:
        return Status.EXPANDED
    if old_size >= GROWTH * new_size and old_hits > new_hits:
        return Status.REDUCED
    return Status.KEPT


def _had(lexicon: Lexicon, resolution: Resolution) -> frozenset[str]:
    """The ids of the topics of a text."""
    side = _side(lexicon, resolution)
    return frozenset(lexicon.topics[number].id for number in side.sure.keys() | side.title)


def _with_earlier(told: TopicChange, had: Sequence[tuple[str, frozenset[str]]]) -> TopicChange:
    """The same with the symbol of the latest earlier edition that has the topic, when there is one."""
    symbol = next((symbol for symbol, ids in had if told.id in ids), "")
    return replace(told, earlier=symbol) if symbol else told


# ---- the words that show it ---------------------------------------------------------------------------------------


def _evidence(side: _Side, topic: int) -> tuple[Evidence, ...]:
    """The first mention of each paragraph, sure ones before all; hints only where nothing else stands."""
    first: dict[str, Evidence] = {}
    for mention in side.mentions(topic):
        if mention.paragraph.id not in first:
            quote = _quote(mention.paragraph.text, mention.hit.start, mention.hit.end)
            first[mention.paragraph.id] = Evidence(mention.paragraph.id, quote)
    return tuple(first.values())


def _quote(text: str, start: int, end: int) -> str:
    """The characters from start to end with some words around, at most QUOTE, cut between words.

    >>> _quote("Prie l'Office de fournir une assistance", 25, 39)
    'Prie l’Office de fournir une assistance'
    """
    room = max(0, QUOTE - 4 - (end - start)) // 2
    first, last = max(0, start - room), min(len(text), end + room, start + QUOTE - 4)
    first = 0 if first == 0 else text.find(" ", first - 1, start) + 1 or start
    last = len(text) if last == len(text) else max(text.rfind(" ", end, last + 1), min(end, last))
    if last < end:
        last = max(text.rfind(" ", start, last), start + 1)
    words = text[first:last].replace("'", "’").strip(" ,;")
    return ("… " if first else "") + words + (" …" if text[last:].strip(" ,;.") else "")


def _renamed(changes: Sequence[Change], old: list[Mention], new: list[Mention]) -> tuple[str, str] | None:
    """The old and the new term of art, when linked paragraphs use two names of one thing and no text uses both."""
    for group in sorted({m.hit.name[0] for m in old if m.hit.name}):
        old_named = [m for m in old if m.hit.name and m.hit.name[0] == group]
        new_named = [m for m in new if m.hit.name and m.hit.name[0] == group]
        if not new_named or {m.hit.name for m in old_named} & {m.hit.name for m in new_named}:
            continue
        pair = _linked(changes, old_named, new_named)
        if pair:
            return _words_of(pair[0]), _words_of(pair[1])
    return None


def _linked(changes: Sequence[Change], old: list[Mention], new: list[Mention]) -> tuple[Mention, Mention] | None:
    """The first two mentions that stand in the paragraphs of one link."""
    partners = {i: set(c.link.new) for c in changes for i in c.link.old}
    pairs = ((a, b) for a in old for b in new if b.paragraph.id in partners.get(a.paragraph.id, ()))
    return next(pairs, None)


def _words_of(mention: Mention) -> str:
    return mention.paragraph.text[mention.hit.start : mention.hit.end].replace("'", "’")


# ---- damaged words ------------------------------------------------------------------------------------------------


def _recover(comparison: Comparison, old: _Side, new: _Side) -> None:
    """Count, in linked paragraphs, the words of topics that are damaged on one side."""
    alike = ALIKE if comparison.old.scanned or comparison.new.scanned else ALIKE_CLEAN
    old_at = {p.id: p for p in comparison.old.body}
    new_at = {p.id: p for p in comparison.new.body}
    for change in comparison.changes:
        olds = [old_at[i] for i in change.link.old if i in old_at]
        news = [new_at[i] for i in change.link.new if i in new_at]
        if olds and news and change.edits:
            _recover_in(old, olds, new, news, alike)
            _recover_in(new, news, old, olds, alike)


def _recover_in(full: _Side, theirs: list[Paragraph], poor: _Side, ours: list[Paragraph], alike: float) -> None:
    """Give ``poor`` the mentions that ``full`` has more of in these paragraphs and whose words stand here: damaged, or
    with a stray sign between them."""
    here, there = poor.within(ours), full.within(theirs)
    count = {topic: len(here.get(topic, ())) for topic in there}
    wanted = {topic: (there[topic], count[topic]) for topic in sorted(there) if len(there[topic]) > count[topic]}
    if not wanted:
        return
    present = {fold(t) for p in theirs for t in tokens(p.text)}
    places = [(p, s, e, w) for p in ours for s, e, w in _placed(p.text)]
    plain = f" {' '.join(w for _, _, _, w in places)} "
    strange = sorted({w for _, _, _, w in places} - present)
    for topic, (candidates, had) in wanted.items():
        spare = list(strange)
        missing = len(candidates) - had
        for mention in candidates:
            word = _found_again(mention, plain, spare, alike) if missing > 0 else ""
            if not word or (had and word not in spare):
                continue
            missing -= 1
            if word in spare:
                spare.remove(word)
            paragraph, start, end, _ = next(place for place in places if place[3] == word)
            poor.add(Mention(paragraph, Hit(topic, start, end)))


def _placed(text: str) -> Iterable[tuple[int, int, str]]:
    """Where the words of a text that count stand, folded."""
    end = 0
    for token in tokens(text):
        start, end = end, end + len(token)
        word = fold(token)
        if word not in DROPPED and (token[0].isalnum() or is_word(token)):
            yield start, end, word


def _found_again(mention: Mention, plain: str, strange: list[str], alike: float) -> str:
    """The word of the other text that stands for this mention, a damaged one before all; '' when one has no match.

    ``plain`` are all words of the other paragraphs in a row, ``strange`` those that these paragraphs lack.
    """
    words = [w for _, _, w in _placed(mention.paragraph.text[mention.hit.start : mention.hit.end])]
    if f" {' '.join(words)} " in plain:
        return words[0]
    damaged = ""
    for word in words:
        if f" {word} " in plain:
            continue
        close = _closest(word, strange, alike)
        if not close:
            return ""
        damaged = damaged or close
    return damaged


def _closest(word: str, others: Iterable[str], alike: float) -> str:
    """The word most like that one; empty when none is as much alike as asked."""
    near = [other for other in others if 2 * _shared(word, other) >= alike * (len(word) + len(other))]
    if not near:
        return ""
    from difflib import get_close_matches  # few words come so near

    return "".join(get_close_matches(word, near, n=1, cutoff=alike))


def _shared(word: str, other: str) -> int:
    """How many letters two words share, wherever they stand."""
    return sum(min(word.count(letter), other.count(letter)) for letter in set(word))
