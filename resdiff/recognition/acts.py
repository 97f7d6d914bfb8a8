"""Acts of a text: what each verb of command does, how strongly, to whom, until when, to which earlier provisions.

A verb of command stands at the head of a clause, perhaps behind an adverb or a pronoun. Its act runs to the next one;
points and tails belong to the act that opens them. Who is asked is found by ``clauses``, what it refers to and what it
does to earlier provisions by ``citations``; the words are ``acts.toml`` of each language.
"""

import re
from collections.abc import Iterator, Set
from functools import cache
from itertools import compress, pairwise

from msgspec import Struct
from msgspec.structs import replace

from resdiff.data.schema import ActVerb, ActWords
from resdiff.language import Language
from resdiff.language.dates import Unit, find_times
from resdiff.language.fold import WordTable, fold_phrases, fold_same_length, phrase_words, split_words
from resdiff.model import Paragraph, Part, Resolution
from resdiff.recognition.citations import effect, find_references
from resdiff.recognition.clauses import (
    CHAIN,
    VIEWS,
    Asked,
    Clause,
    Text,
    adverbs,
    asked,
    conjunction,
    flat_letters,
    infinitive,
    infinitive_at,
    is_duty,
    words_of,
)
from resdiff.recognition.survey import HERE, Act, Family, Passage, Proviso, Quantity, Reference

__all__ = ["find_acts", "weighing"]

RE_MASKED = re.compile(r"«[^»]*»|“[^”]*”|\([^)]*\)|\"[^\"]*\"")
SIGNS = frozenset((",", ";", "."))
"""The signs that may stand before a clause; the words are in the table."""
DOER = 24  # words in which who did something stands between that and its time
INSIDE = "inside"
"""The sort of adjectives that weigh inside a form alone: "expresses its deep concern", not "urges full application"."""
FORCE_LIMIT = 10.0
NOTED = 1.0
"""The force of what is noted."""
SOFTENERS = 2
"""How many softeners count."""
SOFT_REACH = 10
"""How many words behind the verb of what is asked a softener may stand."""


STEM = 5
"""How many letters of two nouns must be the same for them to be one: "mesures" and "mesure"."""
REACHES = {"phrase": 25, "pronoun": 6}
"""How many words behind the beginning of an act "à cette fin" and "celui-ci" may mean what the act has not named."""


class _Head(Struct, frozen=True):
    """A verb found: where its clause, its act, the verb and what follows it begin; its row, pronoun and adverbs."""

    place: int
    start: int
    verb: int
    end: int
    row: ActVerb
    clitic: str
    adverbs: tuple[ActWords, ...]


class _Draft(Struct, frozen=True):
    """An act being put together: its verb, where it stands, whether it opens its paragraph."""

    head: _Head | None
    passages: list[Clause]
    leads: bool = True


def find_acts(resolution: Resolution) -> tuple[Act, ...]:
    """The acts of the preamble and of the operative part of a text, in order.

    >>> from resdiff.model import Span
    >>> text = "Encourage les États à coopérer, et prie instamment l’Office de les aider dans les soixante jours"
    >>> paragraph = Paragraph("op1", Part.OPERATIVE, "1", 0, "Encourage", text, Span(0, 0))
    >>> acts = find_acts(Resolution("", "", "fr", "", "", (paragraph,)))
    >>> [(act.verb, act.force, act.addressee, [d.value for d in act.deadlines]) for act in acts]
    [('encourager', 4.0, 'les États', []), ('prier', 6.5, 'l’Office', [60])]
    """
    return tuple(_act(draft, resolution.adopted) for draft in _drafts(resolution))


# ---- where acts begin and end --------------------------------------------------------------------------------------


def _drafts(resolution: Resolution) -> list[_Draft]:
    """The acts of a text as the passages of each: that of its verb, and the points and tails that belong to it."""
    drafts: list[_Draft] = []
    language = Language.of(resolution.language)
    last = ""  # the resolution that "ladite résolution" means
    aside: tuple[Paragraph, _Draft] | None = None  # a point with an act of its own, and the act of the next points
    lists: set[str] = set()  # the lists of which a point opens with a verb: the other points do too
    for paragraph in resolution.body:
        if paragraph.part is Part.ANNEX or (paragraph.is_heading and not paragraph.lead):
            continue
        text = _read(paragraph, language, last)
        last = next((r.number for r in reversed(text.references) if r.number not in ("", HERE)), last)
        point = bool(paragraph.depth) or ".tail" in paragraph.id
        words, parent = text.words.words, paragraph.id.rpartition(".")[0]
        first = next((k for k, word in enumerate(words) if word[0].isalpha()), len(words))
        heads = _find_heads(text, first, joins=point and bool(drafts) and parent not in lists)
        stops = [*(head.start for head in heads), len(text.words.words)]
        if not (heads and heads[0].place <= first):
            lead = _passage(text, 0, stops[0])
            if point and drafts:
                is_below = aside is None or (
                    paragraph.depth > aside[0].depth and paragraph.id.startswith(f"{aside[0].id}.")
                )
                home = aside[1] if aside and not is_below else drafts[-1]
                home.passages.append(lead)
                if heads and (aside is None or paragraph.depth <= aside[0].depth):
                    aside = paragraph, home
            elif text.words.words and paragraph.number and not point and paragraph.part is Part.OPERATIVE:
                drafts.append(_Draft(None, [lead]))
        if not point or (heads and heads[0].place <= first):
            aside = None
            lists |= {parent} if point else set()
        drafts += (
            _Draft(head, [_passage(text, head.start, stop)], head.place <= first)
            for head, stop in zip(heads, stops[1:], strict=True)
        )
    return drafts


def _read(paragraph: Paragraph, language: Language, last: str) -> Text:
    plain = flat_letters(paragraph.text)
    words = split_words(plain)
    times = tuple(find_times(words, language.code))
    return Text(paragraph, language, words, times, find_references(paragraph, plain, language, last))


def _passage(text: Text, start: int, stop: int) -> Clause:
    """The words up to the verb of the next act, without the comma and the "et" before it."""
    words = text.words.words
    breaks = _breaks(text.language)
    while start < stop < len(words) and words[stop - 1] in breaks:
        stop -= 1
    return Clause(text, words, start, stop)


# ---- where a verb heads a clause ------------------------------------------------------------------------------------


class _Form(Struct, frozen=True):
    words: tuple[str, ...]
    printed: str  # the first word with its accents
    row: ActVerb


def _find_heads(text: Text, first: int, *, joins: bool) -> list[_Head]:
    """The verbs at the head of a clause, in order.

    ``first`` is the first word that is no number or sign; ``joins``: the paragraph goes on with an act before it. A
    paragraph that opens with no verb of its part may have one of the other: part B of a text has a preamble too.
    """
    form, other = ("pp", "op") if text.paragraph.part is Part.PREAMBLE else ("op", "pp")
    words = text.words.words
    behind = map(_breaks(text.language).__contains__, words[first:])  # a sign or an "et"
    places = [first, *compress(range(first + 1, len(words) + 1), behind)]
    heads = _heads_of(text, form, places, joins=joins)
    if not joins and not (heads and heads[0].place <= first):
        others = _heads_of(text, other, places, joins=False)
        if others and others[0].place <= first:
            return others
    return heads


def _heads_of(text: Text, form: str, places: list[int], *, joins: bool) -> list[_Head]:
    """Those of the verbs in one form, of the preamble or of the operative part."""
    words, first = text.words.words, places[0]
    heads: list[_Head] = []
    for index in _that_open(words, places, form, text.language):
        head = _head_at(text, form, index)
        if not head or (heads and index < heads[-1].end):
            continue
        if (index == first and not joins) or (
            _may_open(words, head, heads, text.language) and not _is_masked(text, index)
        ):
            heads.append(head)
    return heads


@cache
def _breaks(language: Language) -> frozenset[str]:
    """What may stand before a clause."""
    return SIGNS | words_of("grammar", "breaks", language)


def _that_open(words: tuple[str, ...], places: list[int], form: str, language: Language) -> list[int]:
    """Those of the places where a clause with a verb may open."""
    opening = _openings_of(form, language)
    return [
        index
        for index in places
        if index < len(words)
        and (seconds := opening.get(words[index])) is not None
        and (not seconds or not seconds.isdisjoint(words[index + 1 : index + 2]))
    ]


def _is_masked(text: Text, index: int) -> bool:
    """Whether the word stands in quotes or brackets that the text does not begin with."""
    place = text.words.starts[index]
    return any(2 < mask.start() < place < mask.end() for mask in RE_MASKED.finditer(text.paragraph.text))


def _head_at(text: Text, form: str, index: int) -> _Head | None:
    """The verb that heads a clause there, perhaps behind adverbs and a pronoun."""
    words, language = text.words.words, text.language
    clitics, subjects = _clitics(language), words_of("grammar", "subjects", language)
    if words[index] in _forms(form, language) and (found := _verb_at(text, form, index)):
        return _with_adverbs(words, (index, index, index), found, "", language)
    verb, before = _past_adverbs(words, index, language)
    weighs = any(row.step for row in before) and words[verb - 1] != ","
    if verb > index and words[verb : verb + 1] == (",",):
        verb, weighs = verb + 1, False
    word = words[verb] if verb < len(words) else ""
    if word in subjects:
        if index and words[index - 1] != ";":
            return None
        verb += 1
        word = words[verb] if verb < len(words) else ""
    start = verb
    clitic = word if word in clitics else ""
    if clitic:
        verb += 1
    elif verb == index:
        return None
    found = _verb_at(text, form, verb)
    if not found or (clitic and not clitics[clitic] & set(found[1].row.asks)):
        return None
    head = _with_adverbs(words, (index, start, verb), found, _printed(text, start) if clitic else "", language)
    return replace(head, start=index, adverbs=(*before, *head.adverbs)) if weighs else head  # "gravement préoccupé"


@cache
def _clitics(language: Language) -> dict[str, set[str]]:
    """The pronouns that may stand for the one asked, with what the verb must allow."""
    return {word: {frame} for frame in ("direct", "dative") for word in words_of("grammar", frame, language)}


def _printed(text: Text, index: int) -> str:
    return text.paragraph.text[text.words.starts[index] : text.words.end(index)]


@cache
def _forms(form: str, language: Language) -> dict[str, list[tuple[str, str, ActVerb]]]:
    """The forms of verbs by their first word: flat, as printed, with their row."""
    rows = [(printed, row) for row in language.acts.verb for printed in (row.pp if form == "pp" else row.op)]
    found: dict[str, list[tuple[str, str, ActVerb]]] = {}
    for flat, (printed, row) in zip(fold_phrases(printed for printed, _ in rows), rows, strict=True):
        first, _, rest = flat.partition(" ")
        if "'" in first:
            first = first[: first.index("'") + 1]
        found.setdefault(first, []).append((flat, printed, row))
        if first == "se":  # a scan may have glued it to what follows
            found.setdefault("se" + rest.split(" ")[0], []).append((f"se{rest}", printed.replace(" ", "", 1), row))
    return found


@cache
def _forms_of(form: str, first: str, language: Language) -> list[_Form]:
    """The forms with that first word, the longest first."""
    rows = _forms(form, language).get(first, ())
    forms = [_Form(phrase_words(flat), printed.split(" ")[0].lower(), row) for flat, printed, row in rows]
    return sorted(forms, key=lambda form: (-len(form.words), form.words))


@cache
def _openings_of(form: str, language: Language) -> dict[str, Set[str]]:
    """The words that a clause with a verb may begin with, each with those that must follow, if any must."""
    verbs = _forms(form, language)
    subjects = words_of("grammar", "subjects", language)
    openings = {**adverbs(language).seconds, **dict.fromkeys(_clitics(language), verbs.keys())}
    openings |= dict.fromkeys(subjects, frozenset())
    return openings | dict.fromkeys(verbs, frozenset())


def _verb_at(text: Text, form: str, index: int) -> tuple[int, _Form] | None:
    """The longest form that stands there and the word behind it; None where accents or what follows forbid it."""
    words, language = text.words.words, text.language
    forms = _forms_of(form, words[index], language) if index < len(words) else ()
    printed = _printed(text, index).lower().replace("’", "'") if forms else ""
    for found in forms:
        end = _match(words, index, found.words, language)
        if (
            end
            and _accents_agree(printed, words[index], found.printed, language)
            and _follows(words, end, found, language)
        ):
            return end, found
    return None


def _match(words: tuple[str, ...], index: int, form: tuple[str, ...], language: Language) -> int:
    """The word behind a form that stands there, adverbs and adjectives in its gaps; 0 when it does not stand there."""
    if form == words[index : index + len(form)]:
        return index + len(form)
    for before, word in pairwise(form):
        index += 1
        if words[index : index + 1] == (word,):
            continue
        index = _past_adverbs(words, index, language)[0]
        if before in words_of("grammar", "loose", language):
            index = next((k for k in range(index, index + 3) if words[k : k + 1] == (word,)), index)
        if words[index : index + 1] != (word,):
            return 0
    return index + 1 if len(form) > 1 else 0


def _accents_agree(printed: str, flat: str, form: str, language: Language) -> bool:
    """Whether a word is the form, accents lost in capitals or a scan apart: "décidé" is no "décide", a verb itself."""
    if printed in (flat, form):
        return True
    letters = zip(printed, form.replace("’", "'"), flat, strict=False)
    return printed not in _finite_forms(language) and all(letter in (right, plain) for letter, right, plain in letters)


@cache
def _finite_forms(language: Language) -> frozenset[str]:
    """The first words of the forms in the third person, as printed."""
    return frozenset(printed.split(" ")[0].lower() for row in language.acts.verb for printed in row.op)


def _follows(words: tuple[str, ...], end: int, found: _Form, language: Language) -> bool:
    """Whether what stands behind a form lets it be the verb: an adverb, or one of the words that its row wants."""
    behind = _past_adverbs(words, end, language)[0]
    if not words_of("grammar", "held", language).isdisjoint(words[behind : behind + 1]):
        return False
    if not found.row.follows or end >= len(words) or behind > end:
        return True
    wanted, endings = _wanted(found.row.follows)
    return words[end] in wanted or words[end].endswith(endings)


@cache
def _wanted(follows: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words, flat, and the endings, written with a star, one of which must follow a form."""
    return frozenset(map(fold_same_length, follows)), tuple(word[1:] for word in follows if word[0] == "*")


def _past_adverbs(
    words: tuple[str, ...], index: int, language: Language, but: str = ""
) -> tuple[int, tuple[ActWords, ...]]:
    """The word behind the adverbs that stand there, set off by commas or not, and their rows.

    It stops at one of the sort ``but``.
    """
    known = adverbs(language)
    if index >= len(words) or (words[index] != "," and words[index] not in known.seconds):
        return index, ()
    rows: list[ActWords] = []
    aside = False
    while True:
        comma = words[index : index + 1] == (",",)
        found = known.at(words, index + comma)
        if not found or found[1].sort == but:
            return index + (aside and comma), tuple(rows)
        index, aside = index + comma + found[0], comma
        rows.append(found[1])


def _with_adverbs(
    words: tuple[str, ...], places: tuple[int, int, int], found: tuple[int, _Form], clitic: str, language: Language
) -> _Head:
    """The head of an act with the adverbs of its verb; one behind what leads to the thing that is asked is of that:
    "calls for fully addressing", not "calls upon once again"."""
    behind, form = found
    verb = places[-1]
    links, leading = (words_of("grammar", sort, language) for sort in ("links", "prepositions"))
    is_of_the_thing = form.words[-1] in links and form.words[-1] not in leading
    end, rows = (behind, ()) if is_of_the_thing else _past_adverbs(words, behind, language, INSIDE)
    if behind - verb > len(form.words):  # adverbs in the gaps of the form
        inside = adverbs(language).find(words, verb + 1, behind)
        rows = (*(row for k, _, row in inside if words[k] not in form.words), *rows)
    return _Head(*places, end, form.row, clitic, rows)


def _may_open(words: tuple[str, ...], head: _Head, heads: list[_Head], language: Language) -> bool:
    """Whether a verb behind another is an act: one that others may do too only behind ";" or ", et", in no relative."""
    if not head.row.guarded:
        return True
    before = words[max(0, head.place - 2) : head.place]  # "and also notes"
    joined = before[:1] == (",",) and before[1:] == (conjunction(language),)
    if before[-1:] != (";",) and not joined:
        return False
    last = heads[-1].end if heads else 0
    clause = words[max(last, head.place - 25) : head.place - len(before)]
    return not any(word in words_of("finite", "relatives", language) for word in clause)


# ---- what an act holds ---------------------------------------------------------------------------------------------


def _act(draft: _Draft, adopted: str) -> Act:
    passages = tuple(clause.whole() for clause in draft.passages)
    texts = [clause.text.paragraph.text for clause in draft.passages]
    paragraph = draft.passages[0].text.paragraph
    common = Act(
        paragraph=paragraph.id,
        parts=tuple(passage.paragraph for passage in passages),
        passages=passages,
        text="\n".join([text[at.start : at.end] for text, at in zip(texts, passages, strict=True)]),
        verb="",
        family=Family.OTHER,
        force=0.0,
        head=paragraph.lead,
        place=Passage(paragraph.id, passages[0].start, passages[0].start + len(paragraph.lead)),
        leads=draft.leads,
        conditions=tuple(_conditions(draft.passages)),
        deadlines=tuple(_deadlines(draft.passages, adopted)),
        references=tuple(_references(draft.passages)),
    )
    return _governing(common, draft.passages, draft.head) if draft.head else common


def _governing(common: Act, passages: list[Clause], head: _Head) -> Act:
    """The act with all that its verb governs."""
    clause = replace(passages[0], start=min(head.end, passages[0].stop))
    clauses = [clause, *passages[1:]]
    family = Family(head.row.family)
    who = asked(clause, head.row, family, head.clitic)
    if clause.word(clause.start) == ":":  # "Exige : que l’Ouganda retire ses forces"
        names = {asked(point, head.row, family, "").who for point in clauses[1:]}
        who = Asked(names.pop()) if len(names) == 1 else who
    action = _action(clause, who)
    soft = _softeners(clause, who, action)
    start = who.at if who.at >= 0 else clause.start
    again = clause.words[head.verb] in words_of("governed", "again", clause.language)
    kind, force = _family_and_force(head)
    printed = clause.printed(head.start, head.end).rstrip(" ,")
    place = clause.place(head.start, head.end).start
    return replace(
        common,
        verb=head.row.id,
        family=kind,
        force=_force(force, family, who, soft, clause.language),
        head=printed,
        deadlines=() if family in words_of("governed", "untimed", clause.language) else common.deadlines,
        place=Passage(common.paragraph, place, place + len(printed)),
        kin=head.row.kin or head.row.id,
        verb_force=force,
        addressee=who.who,
        object=clause.printed(start, clause.stop).lstrip(" ,"),
        action=clause.word(action) if action >= 0 else "",
        softeners=tuple(word for word, _ in soft),
        anaphora=tuple(_anaphora(passages, head)),
        effect=effect(clauses, head.row, family, who, again=again),
    )


def _action(clause: Clause, who: Asked) -> int:
    """The verb that says what is to be done, past "doivent", "continuer de" and their like; -1 when there is none."""
    verb = who.verb
    if verb >= 0 and is_duty(clause, verb):
        bare = (infinitive_at(clause, index) for index in range(verb + 1, verb + CHAIN))
        verb = next((found for found in bare if found >= 0), verb)
    if verb < 0 and (found := infinitive(clause, clause.start, clause.start + CHAIN)):
        verb = found[1]
    while verb >= 0 and clause.word(verb) in words_of("infinitive", "through", clause.language):
        found = infinitive(clause, verb + 1, verb + CHAIN)
        if not found:
            break
        verb = found[1]
    return verb


@cache
def _soft_words(language: Language) -> WordTable[tuple[str, float]]:
    rows = language.acts.softener
    return WordTable((words, (fold_same_length(words), row.step)) for row in rows for words in row.words)


def _softeners(clause: Clause, who: Asked, action: int) -> list[tuple[str, float]]:
    """The words that weaken or strengthen what is asked, and what they add to the force; none that weakens where
    another verb beside it asks as much: "to explore and foster"."""
    if action < 0:
        return []
    start = who.at if who.at >= 0 else clause.start
    found = _soft_words(clause.language).find(clause.words, start, min(action + SOFT_REACH, clause.stop))
    stands = (value for index, length, value in found if value[1] > 0 or not _asks_more(clause, index + length))
    return list(dict.fromkeys(stands))


def _asks_more(clause: Clause, index: int) -> bool:
    """Whether "and" stands there with a verb right behind it, or behind its "de" or "to"."""
    if not clause.is_a(index, "and"):
        return False
    to = clause.is_a(index + 1, "to")
    return infinitive_at(clause, index + 1 + to) >= 0


def _force(force: float, family: Family, who: Asked, soft: list[tuple[str, float]], language: Language) -> float:
    """The force of the whole phrase, 0 to 10, where that of the verb is ``force``."""
    if who.duty and who.named and family in (Family.DECIDE, *VIEWS):
        force += _duty_step("obliged" if family is Family.DECIDE else "said", language)
    elif who.named and family in VIEWS:
        force += _duty_step("named", language)
    force += sum(sorted((step for _, step in soft), key=abs)[-SOFTENERS:])
    return max(0.0, min(FORCE_LIMIT, force))


def _family_and_force(head: _Head) -> tuple[Family, float]:
    """The family and the force of the verb with its adverbs, of which one of each sort weighs. What is noted or stated
    with concern is concern, and that weighs as much in "notes with concern" as in "recalls with concern"."""
    family, force = Family(head.row.family), head.row.force
    if family in (Family.NOTE, *VIEWS) and any(row.sort == "concern" for row in head.adverbs):
        family, force = Family.CONCERN, min(force, NOTED)
    return family, force + sum({row.sort: row.step for row in head.adverbs}.values())


def _duty_step(key: str, language: Language) -> float:
    step = language.acts.duty[key]
    return step if isinstance(step, float | int) else 0.0


def weighing(head: str, language: Language) -> str:
    """The verb of an act as printed, with those of its adverbs that weigh, without a pronoun.

    >>> weighing("le prie également instamment", Language.of("fr"))
    'prie instamment'
    """
    words = split_words(fold_same_length(head))
    kept, end = "", words.starts[words.words[0] in _clitics(language)]
    for index, length, row in adverbs(language).find(words.words, 0, len(words.words)):
        if row.sort == "neutral":
            kept, end = kept + head[end : words.starts[index]], words.end(index + length - 1)
    return " ".join((kept + head[end:]).replace(",", " ").split())


# ---- conditions, deadlines, references -----------------------------------------------------------------------------


@cache
def _provisos(language: Language) -> WordTable[str]:
    """The words that open a condition, each with its sort."""
    return WordTable((words, row.sort) for row in language.acts.condition for words in row.words)


def _conditions(passages: list[Clause]) -> Iterator[Proviso]:
    """The conditions of an act, each to the end of its clause."""
    for clause in passages:
        seen = 0
        for index, length, sort in _provisos(clause.language).find(clause.words, clause.start, clause.stop):
            if index >= seen:
                seen = index + length
                while clause.word(seen) not in ("", ",", ";"):
                    seen += 1
                yield Proviso(sort, clause.printed(index, seen), clause.place(index, seen))


def _deadlines(passages: list[Clause], adopted: str) -> Iterator[Quantity]:
    """The times of an act; a date before the adoption of the text is none."""
    for clause in passages:
        for time in clause.text.times:
            if not (clause.start <= time.first and time.stop <= clause.stop) or _is_past(clause, time.first):
                continue
            if time.unit is Unit.DATE and str(time.value) < adopted[: len(str(time.value))]:
                continue
            text, place = clause.printed(time.first, time.stop), clause.place(time.first, time.stop)
            yield Quantity(time.value, time.unit, time.timing, text, place)


def _is_past(clause: Clause, first: int) -> bool:
    """Whether what stands before a time says that it is over: "adopted at its session", "adopted by the Conference at
    its session", not "to be adopted at", nor "established by the Council to report at"."""
    past, by = (words_of("governed", row, clause.language) for row in ("past", "by"))
    if clause.word(first - 1) in past:
        return not clause.is_a(first - 2, "be")
    for index in range(first - 2, max(clause.start, first - DOER), -1):
        if clause.word(index) in SIGNS:
            return False
        if clause.word(index) in past and clause.word(index + 1) in by:
            return not clause.is_a(index - 1, "be") and infinitive(clause, index + 1, first) is None
    return False


def _references(passages: list[Clause]) -> Iterator[Reference]:
    for clause in passages:
        if clause.text.references:
            here = clause.whole()
            yield from (r for r in clause.text.references if here.start <= r.place.start and r.place.end <= here.end)


# ---- what points out of the act ------------------------------------------------------------------------------------


@cache
def _pointers(language: Language) -> WordTable[str]:
    """The words that may point back, each with what it is: a phrase, the determiner of a noun, a participle."""
    words = language.acts.anaphora
    return WordTable((word, row.sort) for row in words for word in row.words)


def _anaphora(passages: list[Clause], head: _Head) -> Iterator[Passage]:
    """What points to something that is named before the act, not in it."""
    if head.clitic:
        yield passages[0].place(head.verb - 1, head.verb)
    said: set[str] = set()  # the beginnings of the words of the act so far
    for clause in passages:
        done = clause.start
        for index, length, sort in _pointers(clause.language).find(clause.words, clause.start, clause.stop):
            said.update([word[:STEM] for word in clause.words[done:index]])
            done, stop = index, index + length
            if sort == "determiner":
                noun = _noun_behind(clause, stop)
                stop = noun + 1
                points = noun >= 0 and not _is_named(passages[0], clause, noun, said)
            else:
                points = clause is passages[0] and index <= clause.start + REACHES[sort]
            if points:
                yield clause.place(index, stop)


def _noun_behind(clause: Clause, index: int) -> int:
    """The noun behind a determiner; -1 where none stands: "ce qui"."""
    while clause.is_a(index, "before_noun"):
        index += 1
    noun = clause.word(index).isalpha() and not clause.is_a(index, "no_noun")
    return index if noun else -1


def _is_named(first: Clause, clause: Clause, noun: int, said: set[str]) -> bool:
    """Whether the act has named before what the noun there means: by that noun, or by a name where it is a kind."""
    word = clause.word(noun)
    if word[:STEM] in said:
        return True
    before = clause.text.paragraph.text[clause.text.words.starts[clause.start] : clause.text.words.starts[noun]]
    named = any(letter.isupper() for letter in before[1:]) or clause is not first
    return named and word in words_of("grammar", "kinds", clause.language)
