"""The summary: at most twelve sentences, most important first, each with its addresses.

A sentence says what the comparison bears out and nothing more; what a list has no room for is counted. Of more than
twelve sentences the least weighty give way. A last line names the paragraphs of which none quotes what changed.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, groupby, islice, product
from operator import itemgetter, not_

from msgspec import Struct
from msgspec.structs import replace

from resdiff.alignment.odds import MOST_BESIDE
from resdiff.judgement.case import is_sure
from resdiff.judgement.quoting import CUT, LEFT_OUT, NAMED_BY, as_line, cut_before, shorten
from resdiff.language import Language, find_any, pattern
from resdiff.language.dates import find_times
from resdiff.language.fold import fold, fold_same_length, letters, split_words, words_in
from resdiff.language.forms import stem
from resdiff.marking.weight import sense
from resdiff.messages import plural
from resdiff.model import (
    ActorChange,
    ActTime,
    Change,
    Comparison,
    Flag,
    FlagCode,
    Kind,
    ObligationChange,
    Paragraph,
    Side,
    Status,
    TimeChange,
    TopicChange,
    VerbChange,
    Weight,
    is_heading,
)
from resdiff.recognition.survey import RECEIVED
from resdiff.report.blocks import MOST_LEADS, Address, Numbers, Sentence, Told
from resdiff.report.material import MOST_NAMED, NOWHERE, REMINDING, Entry, Losses, Material
from resdiff.report.redline import Redline, marked_words, read_back
from resdiff.report.remarks import SEVERAL, STANDING, Remarks, is_of_brackets, proposers, sure_crossings
from resdiff.report.votes import another_vote
from resdiff.report.wording import (
    MOST_ITEMS,
    Item,
    Parts,
    addresses,
    all_the_addresses,
    as_text,
    counted,
    crossings,
    in_brackets,
    in_number,
    in_one_sentence,
    in_quotes,
    in_turn,
    inner,
    join,
    kind_of,
    label,
    light_weight,
    line_by_line,
    listed,
    name,
    of_address,
    one_more_note,
    over,
    say,
    sentence,
    the_addresses,
    told_status,
    with_article,
    with_notes,
    word,
)

__all__ = ["figures", "summarize"]

MOST_SENTENCES = 12
BEFORE_LOSSES = 4  # of the paragraphs that have a sentence each (MOST_LEADS), those before a topic that was lost
MOST_LINES, FIRST_LINES = 5, 3  # of paragraphs that share a sentence, of which the first give way last
PER_LINE = 4  # acts of several groups in one sentence
SORTS = ("body", "programme", "instrument", "document")
SWAPPED = 2  # paragraphs in which a body stands in the place of another, for that to be told
NAMED = 3  # paragraphs that name a body, for it to be more than named in passing …
SHOWN = 2  # … and a topic
MARKED = 0.7
"""Share of the marked words of a point that its list shows, for it to be quoted there: of a list that is new as a whole
it shows none (par. 14 of S/RES/1425 (2002)), else nearly all; from .3 to 1 no report of 89 pairs is another."""
LATE_LINES = 1  # lines of what changed in paragraphs that stand that give way late
LEAST_OF_THE_REST, LEAST_WHERE_FULL = 2.0, 3.0
"""What words weigh, for what else changed to be told: where there is room, and where other lines have to share."""
MOST_FILLED = 2  # lines of it where there is room; one is shared
MOST_GISTS = 20  # paragraphs of which but the words that most came or went are shown
FEWEST_WORDS, MOST_WORDS, WORDS = 12, 30, 240  # words of each place of these: fewest, most, of all of them together
SPLIT_IN_TWO = 3  # paragraphs of both texts
FEW = 3  # with fewer sentences than this what else changed is told however little it weighs, and routine updates are


def summarize(comparison: Comparison, lang: str, remarks: Remarks | None = None) -> tuple[Sentence, ...]:
    """The sentences of the summary; one when nothing changed, or nothing but typography, with what is said of a draft
    beside its text. ``remarks`` are those of the comparison where they are made already."""
    heaviest = max((change.weight for change in comparison.changes), default=Weight.NONE)
    moved = any(change.moved or change.kind in SEVERAL for change in comparison.changes)
    if heaviest <= Weight.TYPOGRAPHIC and not moved:
        remarks_on_it = _remarks_on(comparison, lang)
        same = say(f"summary.{_sameness(comparison, heaviest, remarked=bool(remarks_on_it))}", lang=lang)
        return tuple(map(sentence, (same, *remarks_on_it)))
    material = Material.of(comparison, lang, remarks or Remarks.of(comparison, lang))
    lines = [*_with_the_calendar_anew(material, _with_force(material, _ranked(material), lang))]
    is_watched = comparison.is_of_drafts and comparison.is_negotiated
    leading = (*LEADING, *LOSING, _brackets) if is_watched else LEADING
    leads = min(MOST_LEADS, sum(line.write in leading for line in lines))
    lines = [*_with_the_calendar_anew(material, _completed(material, lines, leads))]
    said = (
        replace(sentence(line.parts), lead=place < leads, dates=line.write is _calendar)
        for place, line in enumerate(lines)
    )
    return (*said, *(replace(sentence(parts), uncited=True) for parts in _uncited(material, lines)))


def _sameness(comparison: Comparison, heaviest: Weight, *, remarked: bool) -> str:
    """In what two texts are the same of which at most the typography changed, or the title, or what is remarked."""
    if heaviest is Weight.TYPOGRAPHIC:
        return "typographic"
    if fold(comparison.old.title) != fold(comparison.new.title):
        return "identical-title"
    return "identical-words" if remarked else "identical"


# ---- what the text does ---------------------------------------------------------------------------------------------


Writer = Callable[[Material], list[Parts]]


class SummaryLine(Struct, frozen=True):
    """A sentence: what it says, what wrote it, at which turn it gives way."""

    parts: Parts
    write: Writer | None = None
    turn: int = 0


def _leads(part: slice) -> Writer:
    """What writes of those of the weightiest paragraphs of the new text what they do, a sentence each, in the words of
    the text."""

    def write(material: Material) -> list[Parts]:
        return [(*_entry(material, entry, entry.long_quotes, long=True), ".") for entry in material.leads[part]]

    return write


def _other_acts(part: slice) -> Writer:
    """What writes those lines of what the next paragraphs do, shorter, those that ask the same one in one sentence."""

    def write(material: Material) -> list[Parts]:
        return [_line(material, entries) for entries in _lines(material, material.others)[part]]

    return write


def _light_acts(material: Material) -> list[Parts]:
    """The same of lighter ones."""
    return [_line(material, entries) for entries in _lines(material, material.light)]


def _lines(material: Material, others: list[Entry]) -> list[list[Entry]]:
    """The paragraphs that share a sentence, sentence by sentence, the weightiest first: those that ask the same one,
    and of the others neighbours, for "these" are what the one before speaks of. In each they stand in the order of
    the text."""
    places = {paragraph.id: k for k, paragraph in enumerate(material.comparison.new.body)}
    groups: dict[str, list[Entry]] = {}
    for entry in others:
        groups.setdefault(entry.group, []).append(entry)
    singles = [entry for entry in others if not entry.group or len(groups[entry.group]) == 1]
    singles.sort(key=lambda entry: places[entry.paragraph])
    lines = [group for name, group in groups.items() if name and len(group) > 1]
    lines += [singles[k : k + PER_LINE] for k in range(0, len(singles), PER_LINE)]
    lines = sorted(lines, key=lambda line: -max(entry.rank for entry in line))[:MOST_LINES]
    return [sorted(line, key=lambda entry: places[entry.paragraph]) for line in lines]


def _line(material: Material, entries: Sequence[Entry]) -> Parts:
    """Several paragraphs as one sentence."""
    said = (_entry(material, entry, entry.quotes) for entry in entries)
    return (*line_by_line([*said], material.lang), ".")


def _entry(material: Material, entry: Entry, quotes: Sequence[str], *, long: bool = False) -> Parts:
    """What a paragraph does, with its place: its quotations, in them what came and what went marked; nothing is marked
    where the link to an old paragraph is doubtful, which is named."""
    lang, redline, id_ = material.lang, material.redlines[entry.paragraph], entry.paragraph
    first, *others = quotes
    if not material.begins(id_, first):
        first = f"{LEFT_OUT}{first}"
    shown = join([redline.quoted(quote, lang) for quote in (first, *others)], lang)
    told = shown if id_ in material.halves else material.remarks.with_more(shown, redline, (id_,))
    old = material.doubtful.get(id_, ())
    if old and not (id_ in material.partnered or id_ in material.added):
        told = _with_old(material, old, told)
    return say("summary.at", _place(material, entry, quotes, long=long), told, lang=lang)


def _place(material: Material, entry: Entry, quotes: Sequence[str], *, long: bool) -> Parts:
    """Where a paragraph stands that is quoted, with the old ones that it renews, that it may be, that most likely say
    the same or may say some of it; that it was added where there are none."""
    lang, id_, kin = material.lang, entry.paragraph, material.where.kin
    where = addresses(Side.NEW, (id_,), lang, long=long)
    old = material.doubtful.get(id_, ())
    if renewed := material.where.renewed.get(id_):
        there = addresses(Side.OLD, renewed, lang, marked=True)
        return say(f"summary.renewing-{plural(len(renewed), lang)}", where, there, lang=lang)
    if old and id_ in material.partnered:
        near = [each for each in old if material.takes_up(Side.OLD, each, id_)]
        note = _doubtful_points(material, entry, quotes)
        return material.where.at((id_,), near, () if near else old, note=note, long=long)
    if old and id_ not in material.added:
        return _doubtfully(material, (id_,), old, long=long)
    if id_ in material.in_gap:
        return say("summary.beside-gap", where, lang=lang)
    if stem(id_) != id_ and id_ in material.added and id_ not in material.doubted[Side.NEW]:
        return say("summary.added-instead", where, of_address(Side.NEW, stem(id_), lang), lang=lang)
    near = [*dict.fromkeys(kin[Side.NEW, each] for each in entry.ids if (Side.NEW, each) in kin)]
    kept = _points_kept(material, entry, quotes, near) if id_ in material.added else ()
    if near:
        there = join([of_address(Side.OLD, each, lang) for each in near], lang)
        row = "added-near" if (Side.NEW, id_) in kin else "near-in-part"  # of points
        return one_more_note(say(f"summary.{row}", where, there, lang=lang), kept, lang)
    if beside := [*dict.fromkeys((*old, *material.where.neighbours.get((Side.NEW, id_), ())))]:
        there = the_addresses(Side.OLD, beside[:MOST_BESIDE], lang)
        return one_more_note(say("summary.added-see", where, there, lang=lang), kept, lang)
    if id_ in material.added:
        row = "added-or-rewritten" if id_ in material.doubted[Side.NEW] else "added"
        return one_more_note(say(f"summary.{row}", where, lang=lang), kept, lang)
    return material.where.at((id_,), note=_doubtful_points(material, entry, quotes), long=long)


def _points_kept(material: Material, entry: Entry, quotes: Sequence[str], near: Collection[str]) -> Parts:
    """A note on an added paragraph, with its quoted points that surely are points or paragraphs of the old text, and of
    which, and those that may be, of others than those it is told to be ``near``; nothing where there are none."""
    lang, shown = material.lang, letters(" ".join(quotes))
    linked = [
        (id_, {old.partition(".")[0]: None for old in change.link.old}, is_sure(change.link))
        for change in material.comparison.changes
        for id_ in change.link.new
        if change.link.old and id_.startswith(f"{entry.paragraph}.")
        if material.is_shown(id_, shown)
    ]
    told = {id_.partition(".")[0] for id_ in near}
    kept = [(id_, olds) for id_, olds, sure in linked if sure]
    doubtful = [(id_, olds) for id_, olds, sure in linked if not sure and told.isdisjoint(olds)]
    notes = []
    for row, points in (("kept", kept), ("doubtful", doubtful)):
        if points:
            olds = [*dict.fromkeys(old for _, among in points for old in among)]
            at = _by_letters(entry, [id_ for id_, _ in points], lang)
            from_olds = join([of_address(Side.OLD, old, lang) for old in olds], lang)
            there = from_olds if row == "kept" else the_addresses(Side.OLD, olds, lang)
            notes.append(say(f"summary.points-{row}-{plural(len(points), lang)}", at, there, lang=lang))
    return in_turn(notes, word("word.semicolon", lang)) if notes else ()


def _doubtful_points(material: Material, entry: Entry, quotes: Sequence[str]) -> Parts:
    """A note on a paragraph that stands, with its points that are quoted as added though a gap of the old text may
    hide them, or that may say some of them; nothing where there are none."""
    shown = letters(" ".join(quotes))
    points = [
        id_
        for id_ in material.texts
        if id_ in material.added and id_.startswith(f"{entry.paragraph}.")
        if id_ in entry.ids or material.is_shown(id_, shown)
    ]
    lost = [id_ for id_ in points if id_ in material.in_gap]
    doubted = lost or [id_ for id_ in points if id_ in material.doubted[Side.NEW]]
    if not doubted:
        return ()
    row = f"summary.points-{'beside-gap' if lost else 'or-rewritten'}-{plural(len(doubted), material.lang)}"
    return say(row, _by_letters(entry, doubted, material.lang), lang=material.lang)


def _by_letters(entry: Entry, points: Sequence[str], lang: str) -> Parts:
    """Points of a paragraph by their letters alone: "a) et c)"."""
    own = label(entry.paragraph, lang)
    return join([(Address(Side.NEW, id_, label(id_, lang).removeprefix(own).strip()),) for id_ in points], lang)


# ---- what changed in words ------------------------------------------------------------------------------------------


def _reworded(lines: slice) -> Writer:
    """What writes those lines of what changed in paragraphs that stand, the weightiest first."""

    def write(material: Material) -> list[Parts]:
        return [(*line_by_line(line, material.lang), ".") for line in material.reworded[lines]]

    return write


def _reworded_lightly(material: Material) -> list[Parts]:
    """The same of what weighs less."""
    return [(*line_by_line(line, material.lang), ".") for line in material.lightly]


def _substance(material: Material, told: Collection[str], lines: int, least: float) -> list[Parts]:
    """What changed in paragraphs of which nothing is ``told``, on so many lines, where it weighs the ``least`` that is
    asked: those of the operative part first, those that only recall last."""
    lang, remarks = material.lang, material.remarks
    heavy = [
        change
        for change in material.comparison.changes
        if change.link.old and change.link.new and change.weight is Weight.SUBSTANTIVE
        if not all(id_ in told for id_ in change.link.new)
        if {flag.code for flag in change.flags} != {FlagCode.SAME_SENSE} and not is_of_brackets(change)
    ]
    quoted: list[Parts] = []
    for change in sorted(heavy, key=lambda change: _turn(change.link.new, remarks)):
        redline = remarks.redlines.redline(change)
        if redline.text and is_sure(change.link) and not any(redline.marked.values()):
            continue  # what went came again beside it: "the individual right", "the right of the individual"
        if any(id_ in told for id_ in change.link.new):
            quoted += _halves_left(change, told, material)
            continue
        is_told = len(quoted) < lines * PER_LINE and remarks.weight(change) >= least
        ways = (redline.whole, redline.changed) if len(change.link.new) > 1 else (redline.changed, redline.whole)
        words = next(filter(None, (show(lang) for show in ways)), ()) if is_told else ()
        if words:
            shown = remarks.with_more(words, redline)
            shown = shown if is_sure(change.link) else _with_old(material, change.link.old, shown)
            quoted.append(say("summary.at", _whence(change, material), shown, lang=lang))
    return [(*line_by_line(quoted[k : k + PER_LINE], lang), ".") for k in range(0, len(quoted), PER_LINE)]


def _halves_left(change: Change, told: Collection[str], material: Material) -> Iterator[Parts]:
    """What changed in those halves of a split paragraph of which nothing is ``told``, nor of their list, though the
    others are quoted."""
    for id_ in (id_ for id_ in change.link.new if {id_, id_.rpartition(".")[0]}.isdisjoint(told)):
        if words := _half(change, id_, material):
            yield say("summary.at", material.where.at((id_,)), words, lang=material.lang)


def _whence(change: Change, material: Material) -> Parts:
    """The place of a paragraph that stands, with the old ones it may be where the link is doubtful."""
    if is_sure(change.link):
        return material.where.at(change.news)
    return _doubtfully(material, change.link.new, change.link.old)


def _doubtfully(material: Material, paragraphs: Sequence[str], olds: Sequence[str], *, long: bool = False) -> Parts:
    """The place of paragraphs whose link is doubtful, with the old ones that they may be and those that surely became
    points of them."""
    lang = material.lang
    doubt = say("summary.doubtful", all_the_addresses(Side.OLD, olds, lang), lang=lang)
    where = addresses(Side.NEW, paragraphs, lang, long=long)
    return with_notes(where, (doubt, material.where.taken_in(paragraphs)), lang)


def _with_old(material: Material, olds: Sequence[str], told: Parts) -> Parts:
    """What is told of a paragraph whose link is doubtful and, nothing being marked in it, the words of the old one
    behind it, where it is one: else a reader would not see what changed."""
    if len(olds) > 1:
        return told
    (old,) = (paragraph for paragraph in material.comparison.old.body if paragraph.id == olds[0])
    where = addresses(Side.OLD, olds, material.lang, marked=True)
    behind = say("summary.at", where, material.named(old, Side.OLD), lang=material.lang)
    return in_turn([told, behind], word("word.semicolon", material.lang))


def _turn(paragraphs: Sequence[str], remarks: Remarks) -> int:
    """Which come first: those of the operative part, then recitals, then those of them that only recall."""
    if any(kind_of(id_) == "op" for id_ in paragraphs):
        return 0
    return 2 if remarks.recalls[Side.NEW].issuperset(paragraphs) else 1


# ---- what no sentence quotes ----------------------------------------------------------------------------------------


def _uncited(material: Material, lines: Sequence[SummaryLine]) -> list[Parts]:
    """The sentence that names the paragraphs whose changes none of these quotes, in the order of the text, but for what
    is form or routine, each with the words of which most came or went: without it what is quoted would be read as all
    there is. Of a text most of which stands it says so."""
    told = {*(quoting := _quoting(lines)), *_points_quoted(material, quoting)}
    shown = letters(" ".join(as_text(Sentence(line.parts)) for line in lines))
    told |= {id_ for id_ in material.added if material.is_shown(id_, shown)}
    beside: dict[str, list[Parts]] = {}  # times, figures, verbs: these alone are told of a paragraph
    for line in (line for line in lines if line.write not in POINTING):
        for id_ in _named_in([line.parts]):
            beside.setdefault(id_, []).append(line.parts)
    left = {id_: change for change in material.comparison.changes for id_ in _left_of(change, material, told, beside)}
    ids = [p.id for p in material.comparison.new.body if p.id in left]
    changed = [id_ for id_ in ids if left[id_].weight is Weight.SUBSTANTIVE]
    gists = _gists(material, [id_ for id_ in changed if len(left[id_].link.new) == 1 and is_sure(left[id_].link)], left)
    halves = {id_: left[id_] for id_ in changed if len(left[id_].link.new) > 1 and is_sure(left[id_].link)}
    gists |= {id_: words for id_, change in halves.items() if (words := _half(change, id_, material))}
    as_it_was = {id_ for id_, each in halves.items() if id_ not in gists and not told.isdisjoint(each.link.new)}
    ids = [id_ for id_ in ids if id_ not in as_it_was]
    gone = _headings_gone(material.comparison)
    said = [_in_brief(material, ids, gists, gone)] if ids or gone else []
    if material.comparison.is_of_drafts:  # there each move is watched
        order = _order(material, told)  # of a split both halves are named
        said += [parts for parts in order if not any(line.parts[:1] == parts[:1] for line in lines)]
    if (quoting or ids or gone) and (row := _what_stands(material, {*told, *as_it_was, *ids, *beside})):
        said.append((word(row, material.lang),))
    return [in_turn(said, " ")] if said else []


def _half(change: Change, id_: str, material: Material) -> Parts:
    """One of the paragraphs that an old one became, with the marks in it; nothing where it bears none that weighs."""
    redline = material.remarks.redlines.redline(change)
    words = redline.quoted(shorten(material.texts[id_], material.language, NAMED_BY), material.lang)
    return words if material.remarks.weigh(*read_back(words))[1] else ()


def _gists(material: Material, ids: Sequence[str], changes: Mapping[str, Change]) -> dict[str, Parts]:
    """The words by which new paragraphs changed most, of as many as there is room for: those to which an act came, or
    that lost one, then the heavier ones; none of one in which the other version has all words that are marked, or which
    has no marks."""

    def heavier_first(id_: str) -> tuple[bool, float]:
        return not any(material.remarks.acts_of(changes[id_])), -material.remarks.weight(changes[id_])

    longest = min(max(FEWEST_WORDS, WORDS // max(1, len(ids))), MOST_WORDS)
    shown = sorted(ids, key=heavier_first)[:MOST_GISTS]
    is_watched = material.comparison.is_of_drafts
    gists = {id_: material.remarks.gist(changes[id_], longest, whatever=is_watched) for id_ in shown}
    return {id_: gist for id_, gist in gists.items() if gist}


def _headings_gone(comparison: Comparison) -> list[str]:
    """The headings that a draft has no more; of adopted texts none, where a copy may have lost them."""
    gone = (change.link.old for change in comparison.changes if change.kind is Kind.REMOVED and not change.in_gap)
    return [id_ for ids in gone for id_ in ids if is_heading(id_)] if comparison.is_of_drafts else []


def _in_brief(material: Material, ids: Sequence[str], gists: Mapping[str, Parts], gone: Sequence[str] = ()) -> Parts:
    """New paragraphs that no sentence quotes, each with the words by which it changed most, those that changed alike
    together; points and headings that came by their first words, and headings that are ``gone``; those without words by
    their numbers."""
    lang = material.lang
    alike: dict[Parts, list[str]] = {}
    for id_ in ids:
        if id_ in gists:
            alike.setdefault(gists[id_], []).append(id_)
    items = [say("summary.at", _with_neighbours(material, same), gist, lang=lang) for gist, same in alike.items()]
    points = [id_ for id_ in ids if id_ not in gists and id_ in material.added and "." in id_][:MOST_GISTS]
    doubted = material.doubted[Side.NEW]
    items += [
        material.briefly(id_, Side.NEW, called="added-or-rewritten" if id_ in doubted else "added") for id_ in points
    ]
    others = [id_ for id_ in ids if id_ not in gists and id_ not in points]
    items += [material.where.at((id_,)) for id_ in others if id_ in material.where.across]
    others = [id_ for id_ in others if id_ not in material.where.across]
    if others:
        items.append(join([addresses(Side.NEW, [*same], lang) for _, same in groupby(others, key=kind_of)], lang))
    items += [material.briefly(id_, Side.OLD, called="removed") for id_ in gone]
    row = f"summary.{'in-brief' if alike or points or gone else 'uncited'}-{plural(len(ids) + len(gone), lang)}"
    told = say(row, in_turn(items, word("word.semicolon", lang)), lang=lang)
    return told if as_text(Sentence(told)).endswith(".") else (*told, ".")  # one that ends with "etc." has its stop


def _with_neighbours(material: Material, ids: Sequence[str]) -> Parts:
    """The addresses of new paragraphs, of one alone with where else to look, as beside the paragraph, and the old ones
    without a link that may stand in it in part."""
    if len(ids) > 1:
        return addresses(Side.NEW, ids, material.lang)
    return material.where.at(ids, see=material.where.leading_to(ids[0]))


def _what_stands(material: Material, told: set[str]) -> str:
    """The message that most of the new text stands in the old one, but for retouches where there are any; none where
    less than half of its paragraphs do of which nothing is ``told``, or some of either text may be lost."""
    comparison = material.comparison
    if comparison.old.is_torn or comparison.new.is_torn or any(change.in_gap for change in comparison.changes):
        return ""
    whole = {paragraph.id for paragraph in comparison.new.body if paragraph.is_whole}
    standing = [c for c in comparison.changes if c.link.old and c.link.new and told.isdisjoint(c.link.new)]
    if 2 * len(whole.intersection(chain.from_iterable(c.link.new for c in standing))) < len(whole):
        return ""
    is_same = all(change.weight <= Weight.TYPOGRAPHIC and not change.moved for change in standing)
    return f"summary.standing-{'same' if is_same else 'retouched'}"


def _left_of(
    change: Change, material: Material, told: Collection[str], beside: Mapping[str, Sequence[Parts]]
) -> Iterator[str]:
    """The new paragraphs of a change of which nothing is ``told``, nor all that changed ``beside`` other things; of a
    split one those halves that bear a mark. One that went to the other part changed, whatever its words. In a draft
    each word was weighed by somebody."""
    left = [id_ for id_ in change.link.new if id_ not in told]
    if not change.link.old:  # of the added ones points alone: the others are all named
        lists = {id_.rpartition(".")[0] for id_ in left}
        if change.kind is Kind.ADDED and not (change.in_gap or lists & {"", *material.added}):
            is_watched = material.comparison.is_of_drafts
            yield from (id_ for id_ in left if ".tail" not in id_ and (kind_of(id_) or is_watched))
        return
    if left and change.moved and sure_crossings(change) and len(change.link.old) == len(change.link.new) == 1:
        yield from left
        return
    if not left or change.weight is not Weight.SUBSTANTIVE or change.kind not in STANDING:
        return
    redline = material.remarks.redlines.redline(change)
    marked = set().union(*redline.marked_words.values())
    is_watched = material.comparison.is_of_drafts and not change.in_points
    is_something = is_watched or (marked and _says_something(change, redline, material))
    if redline.text and is_sure(change.link) and not is_something:
        return  # what went came again beside it, or is said elsewhere
    if is_of_brackets(change) or (is_watched and marked and marked <= proposers(change)):
        return  # the names went with their brackets, or came with them
    for id_ in left:
        shown = words_in([as_text(Sentence(parts)) for parts in beside.get(id_, ())])
        if shown and not sense(" ".join(marked - shown), material.language):
            continue
        own = redline.quoted(" ".join(material.texts[id_].split()), material.lang) if len(change.link.new) > 1 else ()
        if not own or is_watched or material.remarks.weigh(*read_back(own))[1]:
            yield id_


def _says_something(change: Change, redline: Redline, material: Material) -> bool:
    """Whether what changed in a paragraph that stands weighs anything, is a time, a figure, or a word of law, or came
    or went with nothing in its place."""
    counts = any(flag.code.startswith("figure-") for flag in change.flags) or any(material.remarks.acts_of(change))
    if counts or material.remarks.weight(change) or not material.timed.isdisjoint(change.link.new):
        return True
    said = material.remarks.versions(change)
    for went, came in redline.changes():
        if material.remarks.binding(went, came) or material.remarks.exchanged_anew(went, came):
            return True
        alone = not (sense(went, material.language) and sense(came, material.language))
        if alone and (
            any(material.remarks.telling(went, came, said)) or _is_a_time(f"{went} {came}", material.language)
        ):
            return True
    return False


def _is_a_time(words: str, language: Language) -> bool:
    """Whether words say when something ends, begins or is due: "by 2020"."""
    return any(find_times(split_words(fold_same_length(words)), language.code))


# ---- what went, what else came --------------------------------------------------------------------------------------


def _lost(*, unrepeated: bool) -> Writer:
    """What writes the sentence on what went where it begins with acts that are repeated nowhere, or where it does
    not."""

    def write(material: Material) -> list[Parts]:
        losses = Losses(material)
        may_begin = any(each.loss in NOWHERE for each in material.comparison.provisions)  # of most pairs none is
        return losses.sentence() if bool(may_begin and losses.unrepeated) is unrepeated else []

    return write


def _untold(material: Material, told: Collection[str]) -> list[Parts]:
    """The added paragraphs that no sentence names, by their first words, those of the operative part first, recitals
    that only recall or note last, and those there is no room for in brief; those that surely were added before
    such as may be written anew. In a draft what is mere form counts too, and what stands behind a paragraph without a
    number of its own."""
    comparison, lang = material.comparison, material.lang
    is_watched = comparison.is_of_drafts
    added = {
        id_
        for change in comparison.changes
        if change.kind is Kind.ADDED and not change.in_gap
        for id_ in change.link.new
        if kind_of(id_) and (is_watched or ".tail" not in id_)
    }
    formal = material.language.provisions.formal
    telling = {pair.new.paragraph for pair in comparison.acts if pair.new and pair.new.family not in REMINDING}
    left = [p for p in comparison.new.body if p.id in added and p.id not in told and (p.is_whole or ".tail" in p.id)]
    left = [p for p in left if is_watched or not find_any(formal, fold_same_length(p.text))]
    named = sorted(left, key=lambda p: (kind_of(p.id) == "pp", p.id not in telling))[:MOST_NAMED]
    said: list[Parts] = []
    too = "" if added.isdisjoint(told) else "-too"
    for doubt in ("", "-or-rewritten"):
        by_words = [p for p in named if (p.id in material.doubted[Side.NEW]) is bool(doubt)]
        others = [p.id for p in left if p not in named and (p.id in material.doubted[Side.NEW]) is bool(doubt)]
        items = [_added(material, p, added) for p in by_words]
        items += material.by_partner(Side.NEW, others)
        items += material.in_brief(Side.NEW, others, beside=bool(by_words))
        row = f"summary.added{too}{doubt}-{'many' if len(by_words) + len(others) > 1 else 'one'}"
        said += [over(row, items, lang)] if items else []
    return [(*line_by_line(said, lang), ".")] if said else []


def _added(material: Material, paragraph: Paragraph, added: Collection[str]) -> Parts:
    """An added paragraph by its first words, behind its place, with the old ones that may say some of it."""
    where = material.place_among(Side.NEW, paragraph.id, material.likely.get((Side.NEW, paragraph.id), ""))
    return say("summary.at", where, material.named(paragraph, Side.NEW, added), lang=material.lang)


def _to_the_preamble(material: Material) -> list[Parts]:
    """What surely went from the operative part to the preamble."""
    lang, into = material.lang, "preamble"
    crossed = [
        each
        for change in material.comparison.changes
        for each in sure_crossings(change)
        if each.into == into and each.came == change.link.new
    ]
    if not crossed:
        return []
    places = (
        (addresses(Side.OLD, each.went, lang, marked=True), addresses(Side.NEW, each.came, lang)) for each in crossed
    )
    said = [say("summary.crossed", *place, lang=lang) for place in islice(places, MOST_ITEMS)]
    told = {id_ for each in crossed for id_ in each.went}
    pairs = [(old, new) for old, new in _pairs(material) if old not in told and "." not in old]
    others = any(each.into == into for old, new in pairs for each in crossings([old], [new]))
    return [say(f"summary.to-preamble{'-among' if others else ''}", join(said, lang), lang=lang)]


def _pairs(material: Material) -> Iterator[tuple[str, str]]:
    """The old paragraphs, each with every new one that may be the same: its kin, or those it is linked to."""
    yield from ((id_, other) for (side, id_), other in material.where.kin.items() if side is Side.OLD)
    for change in material.comparison.changes:
        yield from product(change.link.old, change.link.new)


# ---- topics ---------------------------------------------------------------------------------------------------------


def _topics(status: Status, side: Side, *, operative: bool | None = None) -> Writer:
    """What writes of the topics that came or went, in the words by which the text names them: of all, or of those that
    an operative paragraph names, or that none does."""

    def write(material: Material) -> list[Parts]:
        comparison, lang = material.comparison, material.lang
        kept = [change.link for change in comparison.changes if change.kind is Kind.UNCHANGED]
        unchanged = {i for link in kept for i in link.on(side)}
        gone = [i for c in comparison.changes if c.kind is Kind.REMOVED for i in c.link.old if side is Side.OLD]
        removed = {i for i in gone if (side, i) not in material.likely}
        told = Told(status)
        topics = [topic for topic in comparison.topics if told_status(topic) is told]
        items = [
            _topic(topic, side, unchanged, removed, material)
            for topic in sorted(topics, key=lambda topic: -topic.priority)
            if status is Status.DROPPED or len(_ids(topic)) >= SHOWN
        ]
        # a topic that no changed paragraph shows is not told: a false statement costs more than a missing one
        quoted = material.quoted
        items = _apart([item for item in items if item.paragraphs and _bare(item) not in quoted])
        if operative is not None:
            items = [item for item in items if ("op" in map(kind_of, item.paragraphs)) is operative]
        last = "word.nor" if status is Status.DROPPED else "word.and"
        return listed(f"summary.topics-{status}", items, "summary.more-topics", lang, last=last)

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


def _topic(topic: TopicChange, side: Side, unchanged: set[str], removed: set[str], material: Material) -> Item:
    """The words of the topic with the paragraphs that have them and show the change: those that did not change show
    nothing. Of those that went whole it is told: more went with them than the topic."""
    lang = material.lang
    evidence, words = topic.old if side is Side.OLD else topic.new, fold(topic.words)
    shown = (e.paragraph for e in evidence if e.paragraph not in unchanged and words in fold(e.quote))
    paragraphs = tuple(dict.fromkeys(shown))
    note = word("summary.earlier", lang).format(name(topic.earlier)) if topic.earlier else ""
    if paragraphs and removed.issuperset(paragraphs):
        doubt = "" if material.doubted[Side.OLD].isdisjoint(paragraphs) else "-or-rewritten"
        note = in_number(f"kind.removed{doubt}", len(paragraphs), lang)
    named = topic.words
    if "," in named:  # the whole, of which the topic is a part, may stand elsewhere
        named = pattern(material.language.excerpts.included.pattern).sub("", named)
    return Item(in_quotes(named, lang), side, paragraphs, note)


def _renamed(material: Material) -> list[Parts]:
    """Terms of art that changed."""
    comparison, lang = material.comparison, material.lang
    items = [
        say("summary.renamed", *topic.renamed, in_brackets(Side.NEW, _ids(topic), lang), lang=lang)
        for topic in comparison.topics
        if topic.renamed
    ]
    return in_one_sentence(items, lang)


def _ids(topic: TopicChange) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shown.paragraph for shown in topic.new))


# ---- actors ---------------------------------------------------------------------------------------------------------


def _replaced(material: Material) -> list[Parts]:
    """Actors that took the place of others in several paragraphs: in one another sentence may name them."""
    comparison, lang = material.comparison, material.lang
    clauses = []
    for actor in comparison.actors:
        if actor.status is Status.NEW and actor.replaces and actor.alone:
            places = _swapped(comparison, actor)
            if len(places) < SWAPPED:
                continue
            new, old = with_article(actor.name, lang), with_article(actor.replaces, lang)
            form = "many" if new.plural else "one"
            where = in_brackets(Side.NEW, places, lang)
            clauses.append(say(f"summary.replaces-{form}", new.text, old.text, where, lang=lang))
    return in_one_sentence(clauses, lang)


def _swapped(comparison: Comparison, actor: ActorChange) -> tuple[str, ...]:
    """The paragraphs that name the actor where their partners named the one it replaces."""
    old = {paragraph for other in comparison.actors if other.name == actor.replaces for paragraph in other.old}
    there = {p for change in comparison.changes if old.intersection(change.link.old) for p in change.link.new}
    return tuple(paragraph for paragraph in actor.new if paragraph in there)


def _actors(status: Status, side: Side) -> Writer:
    """What writes of the actors that came or went in several paragraphs, those apart that took each other's place: one
    that is named once is named in passing."""

    def write(material: Material) -> list[Parts]:
        comparison, lang = material.comparison, material.lang
        taken = {actor.replaces for actor in comparison.actors if actor.status is Status.NEW}
        changed = [
            actor
            for actor in comparison.actors
            if actor.status is status and actor.alone and not actor.replaces and actor.name not in taken
        ]
        quoted = material.quoted
        changed = [a for a in changed if fold(a.name.partition(" (")[0]) not in quoted and len(a.old + a.new) >= NAMED]
        items = [_actor(actor, side, lang) for actor in sorted(changed, key=_rank)]
        return listed(f"summary.actors-{status}", items, "summary.more-actors", lang)

    return write


def _rank(actor: ActorChange) -> tuple[int, int]:
    """Bodies first, then programmes, instruments, documents; those named in more paragraphs first."""
    sort = SORTS.index(actor.sort) if actor.sort in SORTS else len(SORTS)
    return sort, -len(actor.old + actor.new)


def _actor(actor: ActorChange, side: Side, lang: str) -> Item:
    known = with_article(actor.name, lang)
    return Item(known.text, side, actor.old if side is Side.OLD else actor.new, plural=known.plural)


# ---- verbs, safeguards ----------------------------------------------------------------------------------------------


def _with_force(material: Material, lines: Sequence[SummaryLine], lang: str) -> list[SummaryLine]:
    """At most so many sentences as a summary has, with that on the verbs: of what others would tell of these it is said
    where they had to give way. A verb that asks or decides weighs more than a theme or a figure, and it stands behind
    those that lead; where all only tell how something is received, or are of the preamble, behind what changed."""
    kept = _shortened(lines, MOST_SENTENCES, lang)
    if force := _verbs(material, kept):
        kept = _shortened(lines, MOST_SENTENCES - 1, lang)
        force = _verbs(material, kept)
    acts = (pair.new for pair in material.comparison.acts if pair.new and pair.new.family not in RECEIVED)
    binding = {act.paragraph for act in acts if kind_of(act.paragraph) == "op"}
    before = LEADING if binding & _named_in(force) else (*LEADING, *LOSING, *FOLLOWING, *REWORDING, _reworded_lightly)
    place = sum(line.write in before for line in kept)
    return [*kept[:place], *(SummaryLine(parts) for parts in force), *kept[place:]]


def _verbs(material: Material, lines: Sequence[SummaryLine]) -> list[Parts]:
    """The sentence on the verbs that became weaker, then on those that became stronger, of the operative part first:
    on those that no line shows, and where the others are shown."""
    told, lang = _quoting(lines), material.lang
    said: list[Parts] = []
    for direction in ("weaker", "stronger"):
        turned = [v for v in material.comparison.verbs if v.direction == direction and not v.settled]
        verbs = [v for v in turned if not any(_shows_both(v, parts) for parts in told.get(v.new, ()))]
        shown = {v.new for v in turned} - {v.new for v in verbs}
        verbs.sort(key=lambda verb: (verb.new.startswith("pp"), not verb.lead))
        clauses = [_verb(verb, material, is_quoted=verb.new in told) for verb in verbs]
        if clauses and shown and material.comparison.is_of_drafts:  # there all are looked for
            places = the_addresses(Side.NEW, [p.id for p in material.comparison.new.body if p.id in shown], lang)
            clauses.append(say("summary.verbs-shown", places, lang=lang))
        row = f"summary.verbs-{direction}-{'one' if len(clauses) == 1 else 'many'}"
        said += [over(row, clauses, lang)] if clauses else []
    return [(*line_by_line(said, lang), ".")] if said else []


def _quoting(lines: Iterable[SummaryLine]) -> dict[str, list[Parts]]:
    """What these sentences quote of each paragraph of the new text: what it does, what changed in it."""
    found: dict[str, list[Parts]] = {}
    for line in (line for line in lines if line.write in (None, *LEADING, *FOLLOWING, *REWORDING, _reworded_lightly)):
        for parts in Sentence(line.parts).lines:
            for id_ in _named_in([parts]):
                found.setdefault(id_, []).append(parts)
    return found


def _shows_both(verb: VerbChange, parts: Parts) -> bool:
    """Whether what is told of its paragraph shows by its marks that the verb gave way to the other."""
    was, now = ([*map(_in_words, said.split(" … "))] for said in (verb.old_verb, verb.new_verb))
    old, new = map(_in_words, read_back(parts))
    is_there = all(words in old for words in was) and all(words in new for words in now)
    return is_there and not (all(words in new for words in was) and all(words in old for words in now))


def _in_words(said: str) -> str:
    """Its words, folded, with a space around each."""
    return f" {' '.join(split_words(fold(said)).words)} "


def _verb(verb: VerbChange, material: Material, *, is_quoted: bool) -> Parts:
    """The paragraph that a verb opens with its marks, which show what stood before; one within a paragraph with what it
    asks, where that can be told alone; else both verbs, and the paragraph unless it is quoted elsewhere."""
    lang, where = material.lang, in_brackets(Side.NEW, (verb.new,), material.lang)
    old, new = ((v if verb.lead else v[:1].lower() + v[1:]) for v in (verb.old_verb, verb.new_verb))
    shown = () if is_quoted else _shown_verb(verb, material)
    if shown and verb.lead:
        return shown
    if verb.clause and not is_quoted:
        return say("summary.verb-act", inner(verb.clause, lang), old, where, lang=lang)
    both = say("summary.turned", old, new, () if shown else where, lang=lang)
    return in_turn([both, shown], ", ") if shown else both


def _shown_verb(verb: VerbChange, material: Material) -> Parts:
    """The paragraph of a verb with its marks, the whole or that act, where they show the one that stood before too."""
    remarks = material.remarks
    for change in (change for change in material.comparison.changes if verb.new in change.link.new):
        redline = remarks.redlines.redline(change)
        place = redline.place(verb.old_verb, verb.new_verb)
        for shown in (redline.whole(material.lang), redline.excerpt([place] if place else [], material.lang)):
            if shown and _shows_both(verb, shown):
                at = _whence(change, material)
                return say("summary.at", at, remarks.with_more(shown, redline), lang=material.lang)
    return ()


def _safeguards(status: Status) -> Writer:
    """What writes of safeguards that came or went in paragraphs that stand in both texts: no other condition tells
    something without the request it stands on."""

    def write(material: Material) -> list[Parts]:
        comparison, lang = material.comparison, material.lang
        duties = [duty for duty in comparison.obligations if duty.is_safeguard and duty.status is status]
        # one that is itself a topic was told as one: "le droit au respect de la vie privée"
        topics = [fold(topic.label) for topic in comparison.topics if topic.status is status]
        duties = [duty for duty in duties if not any(topic in fold(duty.text) for topic in topics)]
        both = [duty for duty in duties if duty.old.startswith("op") and duty.new.startswith("op")]
        items = [_duty(duty, lang) for duty in both]
        return listed(f"summary.safeguard-{status}", items, "summary.more", lang, always_many=len(items) > 1)

    return write


def _duty(duty: ObligationChange, lang: str) -> Item:
    side = Side.OLD if duty.status is Status.DROPPED else Side.NEW
    text = word("word.quote", lang).format(duty.text)
    return Item(text, side, tuple(filter(None, [duty.old if side is Side.OLD else duty.new])))


# ---- dates ----------------------------------------------------------------------------------------------------------


def _calendar(material: Material) -> list[Parts]:
    """The sentence with the dates beside the lines on what changed that give way late."""
    return _dates(material, [parts for line in material.reworded[:LATE_LINES] for parts in line])


def _with_the_calendar_anew(material: Material, lines: Sequence[SummaryLine]) -> Iterator[SummaryLine]:
    """The sentences, the calendar written anew beside what they quote."""
    for line in lines:
        if line.write is _calendar:
            yield from (replace(line, parts=dates) for dates in _dates_beside(material, lines))
        else:
            yield line


def _dates_beside(material: Material, lines: Sequence[SummaryLine]) -> list[Parts]:
    """The sentence with the dates beside what these sentences quote."""
    quoted = [parts for each in _quoting(lines).values() for parts in each]
    return _dates(material, quoted, [line.parts for line in lines if line.write in LOSING])


Times = tuple[str, str]
"""A time as it was, and as it is, folded."""


def _dates(material: Material, lines: Sequence[Parts], went: Iterable[Parts] = ()) -> list[Parts]:
    """One sentence with every date and period that was set, moved or given up.

    Of what is quoted above, or in these lines, or in those on what ``went``, the time alone is said; one without a word
    of what is due says nothing.
    """
    gone = letters(" ".join(as_text(Sentence(parts)) for parts in went))
    lang, told, moved = material.lang, [*material.told], _deadlines_moved(material.comparison)
    for parts in lines:
        text = fold(read_back(parts)[1])
        told += [(id_, text) for id_ in _named_in([parts])]
    clauses = (*_times_told(material, told, moved, gone), *_as_moved(moved, lang), *_dates_ahead(material, told))
    once = [*dict.fromkeys(clauses)]  # two times of one act are told once
    return [say("summary.calendar", parts, lang=lang) for parts in in_one_sentence(once, lang)]


def _times_told(
    material: Material, told: Collection[tuple[str, str]], moved: Collection[Flag], gone: str
) -> Iterator[Parts]:
    """The times of the calendar that are told, of those that are quoted above the time alone, as of an act that is
    ``gone`` by the letters that are quoted."""
    times = material.comparison.calendar
    shown = [_is_quoted(change.new, change.new_paragraph, told) for change in times]
    quoted: dict[Times, dict[str, None]] = {}  # where those that are quoted above stand
    for change in compress(times, shown):
        quoted.setdefault(_times(change), {})[change.new_paragraph] = None
    alone = [change for change in compress(times, map(not_, shown)) if _tells(change)]
    for change, is_quoted in zip(times, shown, strict=True):
        if not is_quoted:
            if _tells(change) and not any(_is_within(change, other, material) for other in alone):
                is_gone = not change.new and letters(change.clause) in gone
                yield _time(replace(change, clause=change.old) if is_gone else change, material, ())
        elif (places := quoted.pop(_times(change), None)) and (change.old or _is_whole(change, material, moved)):
            yield _time(change, material, [*places])


def _as_moved(flags: Iterable[Flag], lang: str) -> Iterator[Parts]:
    """The deadlines that moved by these flags, as they are and as they were."""
    for flag in flags:
        old, new = (in_quotes(value, lang) for value in flag.values)
        yield say("summary.time-moved", new, old, in_brackets(Side.NEW, _places(flag), lang), lang=lang)


def _deadlines_moved(comparison: Comparison) -> list[Flag]:
    """The flags of deadlines that moved of which no time of the calendar tells, one of each pair of times."""
    known = [(fold(change.old), fold(change.new)) for change in comparison.calendar if change.old and change.new]
    found = []
    for flag in (flag for change in comparison.changes for flag in change.flags):
        if flag.code is FlagCode.DEADLINE_CHANGED and not any(_is_same_time(flag, old, new) for old, new in known):
            known.append((fold(flag.values[0]), fold(flag.values[1])))
            found.append(flag)
    return found


def _is_whole(change: TimeChange, material: Material, flags: Iterable[Flag]) -> bool:
    """Whether a time that was set, and is quoted above, tells something alone: no year of a paragraph that came, which
    is the target of many texts, no part of a longer time of its paragraph, nor one that a flag tells as moved."""
    own, place = fold(change.new), change.new_paragraph
    moved = (fold(flag.values[1]) for flag in flags if any(at.paragraph == place for at in flag.new))
    longer = (fold(c.new) for c in material.comparison.calendar if c.new_paragraph == place and c.new != change.new)
    times = material.times.get(place, ()) if place in material.added else ()
    is_year = any(_is_year(time) and time.text in change.new for time in times)
    return not (is_year or "," in own or any(own in other for other in (*moved, *longer)))


def _is_year(time: ActTime) -> bool:
    return time.unit == "date" and "-" not in str(time.value)


def _dates_ahead(material: Material, told: Collection[tuple[str, str]]) -> Iterator[Parts]:
    """The operative acts in which the date of what is to come was moved, those that no quotation above shows."""
    lang = material.lang
    for change in material.comparison.changes:
        moved = [flag for flag in change.flags if flag.code is FlagCode.DATE_CHANGED]
        for flag in moved if "op" in map(kind_of, change.link.new) else ():
            if _is_quoted(flag.values[1], flag.new[0].paragraph, told):
                continue
            redline = material.remarks.redlines.redline(change)
            place = redline.place(*flag.values)
            if said := redline.excerpt([place], lang) if place else ():
                yield say("summary.time-set", said, in_brackets(Side.NEW, _places(flag), lang), lang=lang)


def _times(change: TimeChange) -> Times:
    was, now = (" ".join(fold(time).split()) for time in (change.old, change.new))
    return was, now


def _tells(change: TimeChange) -> bool:
    """Whether a time stands with a word of what is due."""
    return bool(change.old and change.new) or not change.clause.startswith("…")


def _is_within(change: TimeChange, other: TimeChange, material: Material) -> bool:
    """Whether what is quoted of one time is a part of what is quoted of another one of its paragraph."""
    is_beside = change is not other and change.new_paragraph == other.new_paragraph
    if not (is_beside and change.new and other.new):
        return False
    part, whole = (letters(read_back(_act_of(each, material))[1]) for each in (change, other))
    return part != whole and part in whole


def _is_quoted(time: str, own: str, told: Iterable[tuple[str, str]]) -> bool:
    """Whether a time stands in what is quoted of its paragraph, or of the list of which that is a point."""
    return bool(time) and any(
        (own == paragraph or own.startswith(f"{paragraph}.")) and fold(time) in quote for paragraph, quote in told
    )


def _is_same_time(flag: Flag, old: str, new: str) -> bool:
    """Whether a flag tells of two times that are told already, with more or fewer small words."""
    return all(value in told or told in value for value, told in zip(map(fold, flag.values), (old, new), strict=True))


def _time(change: TimeChange, material: Material, quoted: Sequence[str]) -> Parts:
    """A time with the act that sets it, and with its marks where its paragraph stands; alone where it stands in what is
    ``quoted`` above, with all paragraphs in which it does; with the time it had before where no mark shows that."""
    lang, quote = material.lang, word("word.quote", material.lang)
    if not change.new:
        where = in_brackets(Side.OLD, (change.old_paragraph,), lang)
        return say("summary.time-gone", quote.format(inner(change.clause, lang)), where, lang=lang)
    places = tuple(quoted) or (change.new_paragraph,)
    where = in_brackets(Side.NEW, places, lang, most=2 * MOST_ITEMS)
    said: Parts = (quote.format(inner(change.new, lang)),)
    if not quoted:
        said = _act_of(change, material)
    if change.old and fold(change.old) not in fold(read_back(said)[0]):
        return say("summary.time-moved", said, quote.format(inner(change.old, lang)), where, lang=lang)
    return say("summary.time-set", said, where, lang=lang)


def _act_of(change: TimeChange, material: Material) -> Parts:
    """The act that sets a time, quoted with its marks; of a list that was one paragraph that point alone."""
    redline = material.redlines[change.new_paragraph]
    said = redline.quoted(_cut_clause(change, material), material.lang)
    links = (each.link for each in material.comparison.changes if change.new_paragraph in each.link.new)
    is_listed = any(len(link.old) + len(link.new) > SPLIT_IN_TWO for link in links)
    return said if is_listed else material.remarks.with_more(said, redline)


def _cut_clause(change: TimeChange, material: Material) -> str:
    """The act that sets a time, with the sign of a cut where its paragraph goes on behind it."""
    last = change.clause.rpartition(CUT)[2]
    _, found, rest = " ".join(material.texts[change.new_paragraph].split()).partition(last or change.clause)
    return cut_before(rest, change.clause) if found else change.clause


# ---- figures, votes -------------------------------------------------------------------------------------------------


def _figures(material: Material) -> list[Parts]:
    """The figures of linked paragraphs of the operative part that changed; one that went may stand as it was.

    Those that stand among the words that changed are told there.
    """
    comparison, lang = material.comparison, material.lang
    told = fold(
        " ".join(as_text(Sentence(parts)) for line in (*material.reworded, *material.lightly) for parts in line)
    )
    found: dict[tuple[str, ...], list[Flag]] = {}  # each once, with all its places
    for flag in (flag for change in comparison.changes for flag in change.flags):
        if not (flag.code.startswith("figure-") and len(flag.values) > 1 and flag.new):
            continue
        is_recital = all(evidence.paragraph.startswith("pp") for evidence in (*flag.old, *flag.new))
        if not is_recital and not all(fold(value) in told for value in flag.values):
            found.setdefault((flag.code, *flag.values), []).append(flag)
    clauses = [
        say(
            "summary.turned",
            *values,
            in_brackets(Side.NEW, [*dict.fromkeys(chain(*map(_places, flags)))], lang),
            lang=lang,
        )
        for (_, *values), flags in found.items()
    ]
    form = "one" if len(clauses) == 1 else "many"
    return [say(f"summary.figures-{form}", parts, lang=lang) for parts in in_one_sentence(clauses, lang)]


def _places(flag: Flag) -> tuple[str, ...]:
    return tuple([evidence.paragraph for evidence in flag.new])


def _votes(material: Material) -> list[Parts]:
    """How the text was adopted, where that is otherwise than the old one was."""
    was, now = material.comparison.old.vote, material.comparison.new.vote
    return another_vote(was, now, material.lang) if was and now else []


def _remarks_on(comparison: Comparison, lang: str) -> list[Parts]:
    """The remarks on a draft that came and those that went, and who proposes what."""
    if not comparison.is_negotiated:
        return []
    from resdiff.report.drafts import remarks  # few texts need it

    return remarks(comparison, lang)


def _brackets(material: Material) -> list[Parts]:
    """What a draft sets in square brackets, and from what it takes them away."""
    if not material.comparison.is_negotiated:
        return []
    from resdiff.report.drafts import brackets

    return brackets(material)


def _beside(material: Material) -> list[Parts]:
    """What a draft has beside its words."""
    if not material.comparison.is_negotiated:
        return []
    from resdiff.report.drafts import beside

    return beside(material)


# ---- where there is little to tell ----------------------------------------------------------------------------------


def _order(material: Material, told: set[str]) -> list[Parts]:
    """What moved, was split or merged, where it surely is the same and nothing else is ``told`` of it: a sentence on
    halves names them all, one on a paragraph that moved does not say that it did, which is watched in a draft."""
    lang, said = material.lang, list[Parts]()
    for change in material.comparison.changes:
        is_several = change.kind in SEVERAL
        is_told = not told.isdisjoint(change.link.new) and not material.comparison.is_of_drafts
        is_told |= is_several and told.issuperset(change.link.new)
        if is_sure(change.link) and (is_several or change.moved) and not is_told:
            stayed = "moved-same" if change.link.old == change.link.new else "moved"
            crossed = next((f"to-{each.into}" for each in sure_crossings(change)), stayed)
            old = addresses(Side.OLD, change.link.old, lang, marked=True)
            new = addresses(Side.NEW, change.link.new, lang)
            said.append(say(f"order.{change.kind if is_several else crossed}", old, new, lang=lang))
    items = in_turn(said[:MOST_ITEMS], word("word.semicolon", lang))
    return [say("summary.order", items, lang=lang)] if said else []


def _counts(comparison: Comparison, lang: str) -> list[Parts]:
    """How many paragraphs there were and are, and what became of them; a rewritten one counts as added and removed."""
    if comparison.old.is_torn or comparison.new.is_torn:
        return []  # paragraphs may be missing
    found = figures(comparison)
    kinds = (Kind.ADDED, Kind.REMOVED, Kind.MODIFIED, Kind.SPLIT, Kind.MERGED, Kind.UNCHANGED)
    told = sorted(found.told, key=lambda row: kinds.index(row[1]))
    others = [(row, number) for row, number in found.others if row != "in-gap"]  # of which nobody knows

    def said(counts: Iterable[tuple[str, int]]) -> str:
        return ", ".join(counted(f"summary.count-{kind}", number, lang) for kind, number in counts if number)

    became = said([*((row, number) for row, _, number in told), *others])
    if in_kept := said(found.in_kept):
        became = word("summary.in-kept", lang).format(became, in_kept)
    if not became:
        return []
    if found.old == found.new:
        return [say("summary.counts-same", str(found.new), became, lang=lang)]
    return [say("summary.counts", str(found.old), str(found.new), became, lang=lang)]


def _routine(comparison: Comparison, told: Collection[str], lang: str) -> list[Parts]:
    """What was only brought up to date in paragraphs of which nothing is ``told``, folded in one sentence."""
    found: dict[tuple[str, ...], tuple[str, Change]] = {}
    for change in comparison.changes:
        if any(paragraph in told for paragraph in change.link.new):
            continue
        for flag in change.flags:
            if flag.code.startswith("routine-") and len(flag.values) > 1:
                found.setdefault(flag.values[:2], (flag.code, change))
    clauses = [
        say(_update(code, values), *values, in_brackets(Side.NEW, change.link.new, lang), lang=lang)
        for values, (code, change) in found.items()
    ]
    return [say("summary.routine", parts, lang=lang) for parts in in_one_sentence(clauses, lang)]


def _update(code: str, values: Sequence[str]) -> str:
    """The message for what was brought up to date; what was there before, or what is there now, may be nothing."""
    if code == "routine-reference" and all(value.isdigit() for value in values):
        return "summary.update-reference"
    if all(values):
        return "summary.update"
    return "summary.update-added" if values[1] else "summary.update-dropped"


# ---- how many paragraphs --------------------------------------------------------------------------------------------


def figures(comparison: Comparison) -> Numbers:
    """How many paragraphs there are and what became of them: the one place where they are counted.

    Alinéas and paragraphes alone count, a heading is nothing. Added, removed, modified, unchanged, split and merged
    ones, those of which only points changed, those that sank into a point or rose from one, those renewed by their
    number, and those of which a gap of a copy hides what became of them, are all there are, on either side. Points that
    came into paragraphs that stand, or went from them, are counted apart, and those that moved; doubtful links are
    counted with those of points.
    """
    old, new = ({p.id for p in text.body if p.is_whole} for text in (comparison.old, comparison.new))
    counts: Counter[str] = Counter()
    for change in comparison.changes:
        olds, news = [id_ for id_ in change.link.old if id_ in old], [id_ for id_ in change.link.new if id_ in new]
        for what, number in _count(change, olds, news):
            counts[what] += number
    return Numbers(
        len(old),
        len(new),
        tuple((kind, counts[kind]) for kind in Kind),
        counts["moved"],
        counts["renumbered"],
        sunk=counts["sunk"],
        risen=counts["risen"],
        renewed=counts["renewed"],
        in_gap=counts["in-gap"],
        doubtful=counts["doubtful"],
        inside=counts["inside"],
        points=tuple(_points(comparison, kind) for kind in (Kind.ADDED, Kind.REMOVED)),
        points_moved=counts["points-moved"],
        to_preamble=counts["to-preamble"],
        to_operative=counts["to-operative"],
        may_stand=tuple((kind, counts[f"{kind}-or-rewritten"]) for kind in (Kind.ADDED, Kind.REMOVED)),
        retouched=counts["retouched"],
        updated=counts["updated"],
    )


def _count(change: Change, olds: Sequence[str], news: Sequence[str]) -> Iterator[tuple[str, int]]:
    """What a change counts for, and how often: its kind, or what no kind counts, and what is true of it besides;
    ``olds`` and ``news`` are the paragraphs in it that count."""
    number = len(olds) + len(news)
    if change.link.old and change.link.new and not is_sure(change.link):
        yield "doubtful", 1
    if not number:
        yield "points-moved", int(change.moved)
        return
    if change.in_gap:
        yield "in-gap", number
        return
    yield "moved", int(change.moved)
    yield "renumbered", int(change.renumbered)
    if is_sure(change.link):
        whole = (tuple(olds), tuple(news))
        yield from ((f"to-{each.into}", 1) for each in crossings(olds, news) if (each.went, each.came) == whole)
    if change.renewed_in:
        yield "renewed", len(olds)
    elif not (olds and news) and change.link.old and change.link.new:
        yield "sunk", len(olds)
        yield "risen", len(news)
    elif not (olds and news):
        yield change.kind, number
        yield f"{change.kind}-or-rewritten", number * change.may_stand
    elif change.in_points:
        yield "inside", 1
    else:
        for what, weight in (("retouched", Weight.EDITORIAL), ("updated", Weight.ROUTINE)):
            yield what, int(light_weight(change) is weight)
        yield change.kind, 1  # of a split or a merger also where one of the halves is a point, as beside the paragraph


def _points(comparison: Comparison, kind: Kind) -> tuple[Kind, int, int]:
    """The points that came, or went, of paragraphs that did not: their kind, how many, of how many some may stand."""
    alone = [c for c in comparison.changes if c.kind is kind and not (c.in_gap or c.renewed_in)]
    doubts = {id_: change.may_stand for change in alone for id_ in (change.link.new or change.link.old)}
    text = comparison.text(Side.NEW if kind is Kind.ADDED else Side.OLD)
    points = [p.id for p in text.body if p.id in doubts and p.depth and kind_of(p.id)]
    inside = [id_ for id_ in points if id_.rpartition(".")[0] not in doubts]
    return kind, len(inside), sum(doubts[id_] for id_ in inside)


# ---- the order of the sentences -------------------------------------------------------------------------------------


def _ranked(material: Material) -> list[SummaryLine]:
    """The sentences in their order; none that would give way to twelve others, but for those that join another."""
    said: dict[Writer, list[Parts]] = {}
    number = 0
    for _, write in sorted(WRITERS, key=itemgetter(0)):
        said[write] = write(material) if number < MOST_SENTENCES or write in REWORDING else []
        number += len(said[write])
    return [SummaryLine(parts, write, turn) for turn, write in WRITERS for parts in said[write]]


def _shortened(lines: Sequence[SummaryLine], most: int, lang: str) -> list[SummaryLine]:
    """At most so many of the sentences."""
    kept = [*lines]
    while len(kept) > most:
        kept = _without_lightest(kept, lang)
    return kept


def _without_lightest(lines: Sequence[SummaryLine], lang: str) -> list[SummaryLine]:
    """The sentences without the lightest of those that give way first; what changed in paragraphs that stand goes to
    the one before it that tells of others."""
    lightest = max(reversed(lines), key=lambda line: line.turn)
    place = lines.index(lightest)
    left = [*lines[:place], *lines[place + 1 :]]
    if {left[place - 1].write, lightest.write} <= {*REWORDING}:
        return _joined(left, place - 1, [lightest.parts], lang)
    return left


def _completed(material: Material, lines: list[SummaryLine], leads: int) -> list[SummaryLine]:
    """The sentences with what follows them: what else changed in words, the added paragraphs that none of them names,
    and, where little is told, the numbers and what is routine. Where there is no room the first two are put into lines
    that list such, and so is what went where its sentence gave way."""
    lang = material.lang
    told = _named_in(line.parts for line in lines if line.write not in POINTING)
    told |= _points_quoted(material, told)
    acting = [place for place, line in enumerate(lines) if line.write in FOLLOWING]
    untold = _untold(material, told)
    room = MOST_SENTENCES - len(lines) - bool(untold and len(lines) < MOST_SENTENCES)
    if not room:  # before those that no sentence names, which stand under a heading of theirs
        standing = [place for place, line in enumerate(lines) if line.write in (*REWORDING, _reworded_lightly)]
        substance = _substance(material, told, 1, LEAST_WHERE_FULL)
        if substance and (standing or acting):
            lines = _joined(lines, (standing or acting)[-1], substance, lang)
    lists = [place for place in acting or range(leads, len(lines)) if lines[place].write is not _calendar]
    lists = [place for place in lists if lines[place].parts[-1] == "."]
    if untold and lists and len(lines) == MOST_SENTENCES:
        lines, untold = _joined(lines, lists[-1], untold, lang), []
    if lists and not any(line.write in LOSING for line in lines):
        lines = _joined(lines, lists[-1], Losses(material).sentence(), lang)
    if not room:
        return [*lines, *map(SummaryLine, untold)]
    is_little = len(lines) < FEW
    substance = _substance(material, told, min(room, MOST_FILLED), 0.0 if is_little else LEAST_OF_THE_REST)
    is_watched = is_little or material.comparison.is_of_drafts
    order = _order(material, {*told, *_named_in(substance)}) if is_watched else []
    if not is_little:
        said = [*substance, *untold, *order]
        return [*lines, *map(SummaryLine, said[: MOST_SENTENCES - len(lines)])]
    counts = [] if lines or order else _counts(material.comparison, lang)
    routine = _routine(material.comparison, {*told, *_named_in(substance)}, lang)
    return [*lines, *map(SummaryLine, (*substance, *untold, *order, *counts, *routine))]


def _joined(lines: Sequence[SummaryLine], place: int, more: Sequence[Parts], lang: str) -> list[SummaryLine]:
    """The sentences, the one at that place with more of them as one, line by line: each without its full stop, which
    ends them all."""
    joined = [*lines]
    said = [parts[:-1] for parts in (lines[place].parts, *more)]
    joined[place] = replace(lines[place], parts=(*line_by_line(said, lang), "."))
    return joined


def _named_in(sentences: Iterable[Parts]) -> set[str]:
    """The paragraphs of the new text that sentences name, but for those to which they only lead from another one, in
    brackets behind it: "PP 28 (à rapprocher aussi du PP 29)"."""
    found: set[str] = set()
    for line in chain.from_iterable(Sentence(parts).lines for parts in sentences):
        has_place, opened = False, 0
        for part in line:
            if isinstance(part, Address):
                found.update([part.id] if part.side is Side.NEW and not opened else ())
                has_place = True
            elif has_place and isinstance(part, str):
                opened += part.count("(") - part.count(")")
    return found


def _points_quoted(material: Material, told: Collection[str]) -> set[str]:
    """The points of the new text that are quoted whole with the paragraphs that are ``told``, whose lists they are, and
    of which no mark is missing there: of a list that is new as a whole none is shown."""
    redlines = material.remarks.redlines
    linked = (change for change in material.comparison.changes if change.link.old)
    marks = {
        id_: set().union(*redlines.redline(change).marked_words.values())
        for change in linked
        for id_ in change.link.new
    }
    found: set[str] = set()
    for entry in (entry for entry in material.entries if entry.paragraph in told):
        quotes = entry.long_quotes if entry in material.leads else entry.quotes
        said, redline = letters(" ".join(quotes)), material.redlines[entry.paragraph]
        shown = marked_words(*(redline.quoted(quote, material.lang) for quote in quotes))
        for id_ in entry.ids[1:]:
            own, text = marks.get(id_, set()), as_line(material.texts[id_], material.language)
            if len(own & shown) >= MARKED * len(own) and letters(text) in said:
                found.add(id_)
    return found


def _together(*writers: Writer) -> Writer:
    """What writes what several write, as one: verbs weaker and stronger, names replaced and new."""

    def write(material: Material) -> list[Parts]:
        said = [parts for writer in writers for parts in writer(material)]
        return [tuple(part for k, parts in enumerate(said) for part in ((" ", *parts) if k else parts))] if said else []

    return write


LEADING: tuple[Writer, ...] = (
    _leads(slice(BEFORE_LOSSES)),
    _topics(Status.DROPPED, Side.OLD, operative=True),
    _leads(slice(BEFORE_LOSSES, None)),
)
"""What writes the sentences that lead, as many as ``MOST_LEADS`` of them; of drafts what went and its brackets too."""
FOLLOWING: tuple[Writer, ...] = (_other_acts(slice(FIRST_LINES)), _other_acts(slice(FIRST_LINES, None)), _light_acts)
"""What writes the sentences on what other paragraphs do, the weightiest first."""
LOSING: tuple[Writer, ...] = (_lost(unrepeated=True), _lost(unrepeated=False))
"""What writes the sentence on what went."""

POINTING: tuple[Writer, ...] = (*LOSING, _beside)
"""What writes the sentences that name new paragraphs and quote nothing of them: they lead there."""
REWORDING: tuple[Writer, ...] = (_reworded(slice(LATE_LINES)), _reworded(slice(LATE_LINES, None)))
"""What writes the lines on what changed in paragraphs that stand."""

# In the order of the summary, each with the turn at which it gives way when there are more than twelve sentences.
WRITERS: tuple[tuple[int, Writer], ...] = (
    *((0, write) for write in LEADING),
    *zip((1, 2), LOSING, strict=True),
    (0, _brackets),
    (0, _beside),
    *zip((1, 3, 7), FOLLOWING, strict=True),
    *zip((1, 4), REWORDING, strict=True),
    (6, _reworded_lightly),
    (0, _calendar),
    (1, _votes),
    (2, _figures),
    (2, _topics(Status.DROPPED, Side.OLD, operative=False)),
    (3, _to_the_preamble),
    (4, _together(_safeguards(Status.DROPPED), _safeguards(Status.NEW))),
    (1, _together(_replaced, _actors(Status.NEW, Side.NEW), _renamed)),
    (5, _topics(Status.NEW, Side.NEW)),
)
