"""How the topics of two resolutions differ: new, dropped, expanded, reduced, kept, each with the words that show it.

A topic is new when nothing in the old text, its title included, speaks of it; a weak word there (a hint) is enough to
call it expanded instead, for a false "new" costs more than a missing one; ``hinted`` says so. Between two texts that
both have it, it is expanded or reduced when paragraphs and occurrences together grow or shrink by ``GROWTH``, and
at least twice as many changes gain it as lose it, or the other way round: those are the paragraphs that show it. A word
that a scan has damaged, or that is misspelt on one side, counts as the word it was.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from resdiff.judgement.case import Case, WholeText, shared_letters, short_stems
from resdiff.language import Language
from resdiff.language.fold import fold, fold_same_length, folded_words, tokens
from resdiff.model import Change, Evidence, Paragraph, Side, Status, TopicChange
from resdiff.recognition.survey import Survey, Theme, ThemeMention

__all__ = ["judge_themes"]

# Occurrences and paragraphs together must grow by this to call a topic expanded. On 72/194 → 74/175 gender (2 → 3),
# money laundering (4 → 6) are expanded, terrorism at large (+ 25 % in a text that is half as long again) is not.
GROWTH = 1.3
CLEARLY = 2  # changes that speak more of it for each that speaks less: one that went may outweigh one that came
AROUND = 12  # letters on either side of a mention, by which it is known to stand in the other text too
QUOTE = 90  # characters of a quote: one line of a report
ALIKE = 0.75  # how close a damaged word comes to the word it was: two letters in twelve, one in five
# The same in a text that is no scan: "territoria1le" in S/RES/1785 (2007) is 0.96 of the word it was.
ALIKE_CLEAN = 0.9

ALONE = frozenset({Status.NEW, Status.DROPPED})
"""What one text alone speaks of, as far as is known."""

Mentions = dict[str, list[ThemeMention]]
"""Mentions by the id of their theme, or of their paragraph."""


class _Side(Struct, dict=True):
    """What one text says of all themes: sure mentions, weak ones, the themes of its title, its paragraphs by id, and in
    which change each of them stands."""

    paragraphs: dict[str, Paragraph]
    change_of: dict[str, int]
    sure: Mentions = field(default_factory=dict)
    weak: Mentions = field(default_factory=dict)
    title: set[str] = field(default_factory=set)
    placed: dict[str, Mentions] = field(default_factory=dict)
    """The sure mentions of each paragraph."""
    names: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """Where proper names stand in each paragraph."""
    counts: dict[str, int] = field(default_factory=dict)
    """How often it has some folded words, as far as that was asked."""

    def add(self, mention: ThemeMention) -> None:
        """Note a sure mention."""
        self.sure.setdefault(mention.theme, []).append(mention)
        self.placed.setdefault(mention.paragraph, {}).setdefault(mention.theme, []).append(mention)

    def within(self, paragraphs: Iterable[Paragraph]) -> Mentions:
        """The sure mentions of those paragraphs."""
        found: Mentions = {}
        for paragraph in paragraphs:
            for theme, mentions in self.placed.get(paragraph.id, {}).items():
                found.setdefault(theme, []).extend(mentions)
        return found

    @cached_property
    def folded(self) -> str:
        """All its paragraphs, folded."""
        return " ".join([fold(paragraph.text) for paragraph in self.paragraphs.values()])

    def around(self, mention: ThemeMention) -> str:
        """The words of a mention with what stands right beside them, folded."""
        text = self.paragraphs[mention.paragraph].text
        return fold(text[max(0, mention.start - AROUND) : mention.end + AROUND])

    def often(self, words: str) -> int:
        """How often it has those words, folded: a search of the whole text, of which themes that share words ask the
        same."""
        if words not in self.counts:
            self.counts[words] = self.folded.count(words)
        return self.counts[words]

    def size(self, theme: str) -> tuple[int, int]:
        """How many paragraphs, how many occurrences."""
        mentions = self.sure.get(theme, ())
        return len({m.paragraph for m in mentions}), len(mentions)

    def mentions(self, theme: str) -> list[ThemeMention]:
        """The sure mentions; the weak ones where there is nothing else."""
        return self.sure.get(theme) or self.weak.get(theme, [])


def judge_themes(case: Case, earlier: Sequence[Survey] = ()) -> tuple[TopicChange, ...]:
    """The themes of both texts by status, most important first.

    ``earlier`` are older editions of the series: a theme that is new since the last text and stands in one of them
    carries the symbol of the latest that has it.
    """
    changes = case.comparison.changes
    old = _side(case.old, [change.link.old for change in changes], changes, case.language)
    new = _side(case.new, [change.link.new for change in changes], changes, case.language)
    _recover(case, old, new)
    defined = {theme.id: theme for survey in (case.old, case.new) for theme in survey.themes}
    found = [
        _topic_change(defined[id_], changes, old, new, case.language)
        for id_ in sorted(old.sure.keys() | new.sure.keys())
    ]
    found = [
        replace(topic, words=_words_alone(topic, old, new, case.wholes)) if topic.status in ALONE else topic
        for topic in found
    ]
    order = list(Status)
    told = _with_earlier(found, earlier)
    return tuple(sorted(told, key=lambda topic: (order.index(topic.status), -topic.priority, topic.id)))


def _words_alone(topic: TopicChange, old: _Side, new: _Side, texts: Mapping[Side, WholeText]) -> str:
    """The words by which a new or dropped topic is named, when the other text may say none of them; else none."""
    side, other = (new, texts[Side.OLD]) if topic.status is Status.NEW else (old, texts[Side.NEW])
    words = [_words_of(side, mention) for mention in side.sure[topic.id]]
    if any(other.may_say(each) for each in words):
        return ""
    whole = next((label for m in side.sure[topic.id] if (label := _label_there(side, m, topic.label))), "")
    if whole and not other.may_say(whole):
        return whole
    often = Counter(words)
    return max(often, key=lambda each: (often[each], " " in each, -len(each)))


def _is_in_name(side: _Side, mention: ThemeMention, language: Language) -> bool:
    """Whether the words are part of a proper name or of a quoted title: "Conférence sur les droits de l’homme".

    The text names something then, and says nothing of the topic.
    """
    for start, end in side.names.get(mention.paragraph, ()):
        if start <= mention.start and mention.end <= end:
            return True
    text = side.paragraphs[mention.paragraph].text
    opening, closing = language.provisions.signs.quotes
    opened = text.rfind(opening, 0, mention.start)
    return opened >= 0 and text.find(closing, opened, mention.start) < 0


def _label_there(side: _Side, mention: ThemeMention, label: str) -> str:
    """The label of the topic as printed, where it stands whole: the words found are at times only its beginning."""
    text = side.paragraphs[mention.paragraph].text[mention.start : mention.start + len(label)]
    return text.replace("'", "’") if fold_same_length(text) == fold_same_length(label) else ""


def _side(survey: Survey, links: Sequence[Sequence[str]], changes: Sequence[Change], language: Language) -> _Side:
    """What the text says of all themes, with its paragraphs in the ``links`` of the changes; what stands in a gap
    counts as a hint, for the other text may say the same where its copy has lost it, and so does what stands in a name:
    who names a committee, or quotes a title, says nothing of its matter."""
    change_of = {id_: place for place, ids in enumerate(links) for id_ in ids}
    in_gap = {id_ for ids, change in zip(links, changes, strict=True) if change.in_gap for id_ in ids}
    side = _Side({paragraph.id: paragraph for paragraph in survey.resolution.body}, change_of)
    for named in survey.names:
        words = named.name.text.lstrip("0123456789 ")  # "2030 Agenda" is a theme, what stands behind it the name alone
        side.names.setdefault(named.paragraph, []).append((named.name.end - len(words), named.name.end))
    for mention in survey.theme_mentions:
        if not mention.paragraph:
            side.title.add(mention.theme)
        elif mention.hint or mention.paragraph in in_gap or _is_in_name(side, mention, language):
            side.weak.setdefault(mention.theme, []).append(mention)
        else:
            side.add(mention)
    return side


def _topic_change(theme: Theme, changes: Sequence[Change], old: _Side, new: _Side, language: Language) -> TopicChange:
    labels = (("fr", theme.fr), ("en", theme.en))
    label = dict(labels).get(language.code, theme.fr)
    status = _status(theme.id, old, new)
    shown: tuple[str, ...] = ()
    if status in (Status.EXPANDED, Status.REDUCED):
        gained, lost = _showing(changes, theme.id, old, new, language)
        more, fewer = (gained, lost) if status is Status.EXPANDED else (lost, gained)
        shown = tuple(i for ids in more for i in ids) if len(more) >= CLEARLY * len(fewer) else ()
        status = status if shown else Status.KEPT
    return TopicChange(
        id=theme.id,
        label=label,
        status=status,
        unbis=theme.unbis,
        old=_evidence(old, theme.id, label),
        new=_evidence(new, theme.id, label, old if shown and status is Status.EXPANDED else None),
        labels=labels,
        renamed=_renamed(changes, old, new, theme.id),
        priority=theme.priority,
        article=theme.article,
        unbis_match=theme.match,
        shown=shown,
        hinted=not (old.sure.get(theme.id) and new.sure.get(theme.id)) and status is not Status.KEPT,
    )


def _showing(
    changes: Sequence[Change], topic: str, old: _Side, new: _Side, language: Language
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The new paragraphs of each change that speaks more of the topic, in words that are said more often, the old ones
    of each that speaks less of it; who names a committee, or a title, speaks of nothing."""
    hinted = not (old.sure.get(topic) and new.sure.get(topic))  # then hints count on both sides, like with like
    mentions = [
        [
            mention
            for mention in (*side.sure.get(topic, ()), *(side.weak.get(topic, ()) if hinted else ()))
            if not _is_in_name(side, mention, language)
        ]
        for side in (old, new)
    ]
    old_counts, new_counts = (Counter(mention.paragraph for mention in each) for each in mentions)
    gained, lost = [], []
    touched = {side.change_of[i] for side, counts in ((old, old_counts), (new, new_counts)) for i in counts}
    for change in (changes[place] for place in sorted(touched)):
        had, has = sum(old_counts[i] for i in change.link.old), sum(new_counts[i] for i in change.link.new)
        if has > had and (came := _more_often(mentions[1], change.link.new, new, old)):
            gained.append(came)
        elif had > has and (went := _more_often(mentions[0], change.link.old, old, new)):
            lost.append(went)
    return gained, lost


def _more_often(
    mentions: Sequence[ThemeMention], paragraphs: Sequence[str], side: _Side, other: _Side
) -> tuple[str, ...]:
    """Those paragraphs of a side that mention something in words that it has more often than the other one: what was
    put elsewhere to the letter is not said more for that."""
    more = set[str]()
    for mention in mentions:
        if mention.paragraph in paragraphs and mention.paragraph not in more:
            words = side.around(mention)
            if not (there := other.often(words)) or side.often(words) > there:
                more.add(mention.paragraph)
    return tuple(i for i in paragraphs if i in more)


def _status(topic: str, old: _Side, new: _Side) -> Status:
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


def _with_earlier(topics: Iterable[TopicChange], earlier: Iterable[Survey]) -> Iterator[TopicChange]:
    """The same; a new topic with the symbol of the latest earlier edition that has it, by sure words or by its title,
    when there is one."""
    latest_first = sorted(earlier, key=lambda s: (s.resolution.adopted, s.resolution.symbol), reverse=True)
    had = [
        (survey.resolution.symbol, {m.theme for m in survey.theme_mentions if not m.hint or not m.paragraph})
        for survey in latest_first
    ]
    for topic in topics:
        symbol = next((symbol for symbol, ids in had if topic.id in ids), "") if topic.status is Status.NEW else ""
        yield replace(topic, earlier=symbol) if symbol else topic


# ---- the words that show it -----------------------------------------------------------------------------------------


def _evidence(side: _Side, topic: str, label: str, before: _Side | None = None) -> tuple[Evidence, ...]:
    """The first mention of each paragraph, sure ones before all; hints only where nothing else stands. Of a topic that
    grew the first that the text ``before`` has not in those words, if any, else the first that is quoted with a word of
    the ``label``: "COVID-19" alone is not read as a pandemic."""
    stems = short_stems(label)
    mentions: Mentions = {}
    for mention in side.mentions(topic):
        mentions.setdefault(mention.paragraph, []).append(mention)
    found: list[Evidence] = []
    for paragraph, own in mentions.items():
        text = side.paragraphs[paragraph].text
        anew = [m for m in own if before and not before.often(side.around(m))][:1] or own
        quotes = [_quote(text, m.start, m.end) for m in anew]
        labelled = (quote for quote in quotes if not stems.isdisjoint(short_stems(quote)))
        found.append(Evidence(paragraph, next(labelled, quotes[0]) if len(quotes) > 1 else quotes[0]))
    return tuple(found)


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


def _renamed(changes: Sequence[Change], old: _Side, new: _Side, theme: str) -> tuple[str, str] | None:
    """The old and the new term of art, when linked paragraphs use two names of one thing and no text uses both."""
    old_mentions, new_mentions = old.sure.get(theme, ()), new.sure.get(theme, ())
    for group in sorted({m.name[0] for m in old_mentions if m.name}):
        old_named = [m for m in old_mentions if m.name and m.name[0] == group]
        new_named = [m for m in new_mentions if m.name and m.name[0] == group]
        if not new_named or {m.name for m in old_named} & {m.name for m in new_named}:
            continue
        partners = {i: set(c.link.new) for c in changes for i in c.link.old}
        pairs = ((a, b) for a in old_named for b in new_named if b.paragraph in partners.get(a.paragraph, ()))
        if pair := next(pairs, None):
            return _words_of(old, pair[0]), _words_of(new, pair[1])
    return None


def _words_of(side: _Side, mention: ThemeMention) -> str:
    return side.paragraphs[mention.paragraph].text[mention.start : mention.end].replace("'", "’")


# ---- damaged words --------------------------------------------------------------------------------------------------


def _recover(case: Case, old: _Side, new: _Side) -> None:
    """Count, in linked paragraphs, the words of topics that are damaged on one side."""
    alike, dropped = ALIKE if case.is_scanned else ALIKE_CLEAN, case.language.uncounted
    for change in case.comparison.changes:
        olds = [old.paragraphs[i] for i in change.link.old]
        news = [new.paragraphs[i] for i in change.link.new]
        if olds and news and change.edits:
            _recover_in(old, olds, new, news, alike, dropped)
            _recover_in(new, news, old, olds, alike, dropped)


def _recover_in(
    full: _Side, theirs: list[Paragraph], poor: _Side, ours: list[Paragraph], alike: float, dropped: Set[str]
) -> None:
    """Give ``poor`` the mentions that ``full`` has more of in these paragraphs and whose words stand here: damaged, or
    with a stray sign between them."""
    here, there = poor.within(ours), full.within(theirs)
    count = {topic: len(here.get(topic, ())) for topic in there}
    wanted = {topic: (there[topic], count[topic]) for topic in sorted(there) if len(there[topic]) > count[topic]}
    if not wanted:
        return
    words = [word for paragraph in ours for word in _counted(paragraph.text, dropped)]
    strange = sorted(
        set(words).difference(*(map(folded_words.__getitem__, tokens(paragraph.text)) for paragraph in theirs))
    )
    plain = f" {' '.join(words)} "
    for topic, (candidates, had) in wanted.items():
        spare = list(strange)
        missing = len(candidates) - had
        for mention in candidates:
            said = full.paragraphs[mention.paragraph].text[mention.start : mention.end]
            word = _found_again(said, plain, spare, alike, dropped) if missing > 0 and (spare or not had) else ""
            if not word or (had and word not in spare):
                continue
            missing -= 1
            if word in spare:
                spare.remove(word)
            poor.add(next(ThemeMention(p.id, topic, *at) for p in ours for at in _places(p.text, word)))


def _counted(text: str, dropped: Set[str]) -> list[str]:
    """The words of a text that count, folded."""
    return [word for word in map(folded_words.__getitem__, tokens(text)) if word and word not in dropped]


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """From where to where a folded word stands in a text."""
    end = 0
    for token in tokens(text):
        start, end = end, end + len(token)
        if fold(token) == word:
            yield start, end


def _found_again(text: str, plain: str, strange: list[str], alike: float, dropped: Set[str]) -> str:
    """The word of the other text that stands for these words, a damaged one before all; '' when one has no match.

    ``plain`` are all words of the other paragraphs in a row, ``strange`` those that these paragraphs lack.
    """
    words = _counted(text, dropped)
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
    near = [other for other in others if 2 * shared_letters(word, other) >= alike * (len(word) + len(other))]
    if not near:
        return ""
    from difflib import get_close_matches  # few words come so near

    return "".join(get_close_matches(word, near, n=1, cutoff=alike))
