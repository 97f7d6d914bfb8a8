"""Where acts begin: verbs of command at the head of a clause, perhaps behind an adverb or a pronoun.

Verbs are looked up by their first word: the table has some 450 forms, and a pattern of all of them would take longer to
compile than a text to read.
"""

import re
from functools import cache
from typing import NamedTuple

from resdiff.data.schema import ActVerb, ActWords
from resdiff.language import FRENCH
from resdiff.language.fold import fold_same_length
from resdiff.language.quantities import Time
from resdiff.language.words import Words, fold_phrases, phrase_words
from resdiff.model import Paragraph, Part
from resdiff.recognition.clauses import adverbs, words_of
from resdiff.recognition.survey import Reference

__all__ = ["BREAKS", "Head", "Text", "find_heads", "first_word"]

RE_MASKED = re.compile(r"«[^»]*»|“[^”]*”|\([^)]*\)|\"[^\"]*\"")
BREAKS = (",", ";", ".", "et", "puis", "mais")
"""What may stand before a clause."""


class _Form(NamedTuple):
    words: tuple[str, ...]
    printed: str  # the first word with its accents
    row: ActVerb


class Head(NamedTuple):
    """A verb found: the words where its clause, the verb and what follows it begin; its row, pronoun and adverbs."""

    start: int
    verb: int
    end: int
    row: ActVerb
    clitic: str
    adverbs: tuple[ActWords, ...]


class Text(NamedTuple):
    """A paragraph, flat and in words, with the times and the references in it."""

    paragraph: Paragraph
    plain: str
    words: Words
    times: tuple[Time, ...]
    references: tuple[Reference, ...]


def first_word(words: Words) -> int:
    return next((k for k, word in enumerate(words.words) if word[0].isalpha()), len(words.words))


def find_heads(text: Text, *, joins: bool) -> list[Head]:
    """The verbs at the head of a clause, in order; ``joins``: the paragraph goes on with an act before it."""
    preamble = text.paragraph.part is Part.PREAMBLE
    heads = _heads_of(text, "pp" if preamble else "op", joins=joins)
    if not preamble and not (heads and heads[0].start <= first_word(text.words)) and not joins:
        others = _heads_of(text, "pp", joins=False)  # the preamble of part B of a text
        if others and others[0].start <= first_word(text.words):
            return others
    return heads


def _heads_of(text: Text, form: str, *, joins: bool) -> list[Head]:
    words, first = text.words, first_word(text.words)
    masked = [match.span() for match in RE_MASKED.finditer(text.plain) if match.start() > 2]
    heads: list[Head] = []
    opening = _openings_of(form)
    breaks = [index for index, word in enumerate(words.words, 1) if word in BREAKS and index > first]
    for index in (first, *breaks):
        if index >= len(words.words) or words.words[index] not in opening or (heads and index < heads[-1].end):
            continue
        if any(start < words.starts[index] < end for start, end in masked):
            continue
        head = _head_at(text, form, index)
        if head and ((index == first and not joins) or _may_open(words, head, heads)):
            heads.append(head)
    return heads


def _head_at(text: Text, form: str, index: int) -> Head | None:
    """The verb that heads a clause there, perhaps behind adverbs and a pronoun."""
    words = text.words.words
    if found := _verb_at(text, form, index):
        return _with_adverbs(words, index, index, found, "")
    verb, _ = _past_adverbs(words, index)
    if verb > index and words[verb : verb + 1] == (",",):
        verb += 1
    subject = words[verb : verb + 1] and words[verb] in SUBJECTS
    if subject and index and words[index - 1] != ";":
        return None
    start = verb = verb + 1 if subject else verb
    clitic = words[verb] if verb < len(words) and words[verb] in CLITICS else ""
    if clitic:
        verb += 1
    elif verb == index:
        return None
    found = _verb_at(text, form, verb)
    if not found or (clitic and not CLITICS[clitic] & set(found[1].row.asks)):
        return None
    return _with_adverbs(words, start, verb, found, _printed(text, start) if clitic else "")


CLITICS = {
    "le": {"direct"}, "la": {"direct"}, "les": {"direct"}, "l'": {"direct"}, "lui": {"dative"}, "leur": {"dative"},
}  # fmt: skip
"""The pronouns that may stand for the one asked, with what the verb must allow."""
HELD = "tenu"
"""What makes a noun of the verb before it: "compte dûment tenu de"."""
SUBJECTS = ("il", "elle")
"""The pronouns of the organ: "il demande"."""


def _printed(text: Text, index: int) -> str:
    return text.paragraph.text[text.words.starts[index] : text.words.end(index)]


@cache
def _forms(form: str) -> dict[str, list[_Form]]:
    """The forms of verbs by their first word, the longest first; a scan may have glued "se" to what follows."""
    rows = [(printed, row) for row in FRENCH.acts.verb for printed in (row.pp if form == "pp" else row.op)]
    found: dict[str, list[_Form]] = {}
    for flat, (printed, row) in zip(fold_phrases(printed for printed, _ in rows), rows, strict=True):
        words = phrase_words(flat)
        found.setdefault(words[0], []).append(_Form(words, printed.split(" ")[0].lower(), row))
        if words[0] == "se":
            glued = _Form((words[0] + words[1], *words[2:]), "".join(printed.lower().split(" ")[:2]), row)
            found.setdefault(glued.words[0], []).append(glued)
    for forms in found.values():
        forms.sort(key=lambda form: (-len(form.words), form.words))
    return found


@cache
def _openings_of(form: str) -> frozenset[str]:
    """The words that a clause with a verb may begin with."""
    return frozenset((*_forms(form), *adverbs().firsts, *CLITICS, *SUBJECTS))


def _verb_at(text: Text, form: str, index: int) -> tuple[int, _Form] | None:
    """The longest form that stands there and the word behind it; None where accents or what follows forbid it."""
    words = text.words.words
    for found in _forms(form).get(words[index], ()) if index < len(words) else ():
        end = _match(words, index, found.words)
        if end and _accents_agree(_printed(text, index), words[index], found.printed) and _follows(words, end, found):
            return end, found
    return None


def _match(words: tuple[str, ...], index: int, form: tuple[str, ...]) -> int:
    """The word behind a form that stands there, adverbs and adjectives in its gaps; 0 when it does not stand there."""
    for number, word in enumerate(form):
        if number and words[index : index + 1] != (word,):
            before = form[number - 1]
            index = _past_adverbs(words, index)[0]
            if before in words_of("grammar", "loose"):
                index = next((k for k in range(index, index + 3) if words[k : k + 1] == (word,)), index)
        if words[index : index + 1] != (word,):
            return 0
        index += 1
    return index


def _accents_agree(printed: str, flat: str, form: str) -> bool:
    """Whether a word is printed as the form is, accents lost in capitals or a scan apart: "décidé" is not "décide"."""
    low = printed.lower()
    letters = zip(low.replace("’", "'"), form.replace("’", "'"), flat, strict=False)
    return low == flat or all(letter in (right, plain) for letter, right, plain in letters)


def _follows(words: tuple[str, ...], end: int, found: _Form) -> bool:
    wanted = found.row.follows
    behind = _past_adverbs(words, end)[0]
    if words[behind : behind + 1] == (HELD,):
        return False
    return not wanted or end >= len(words) or behind > end or words[end] in _flat(wanted)


@cache
def _flat(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold_same_length, words))


def _past_adverbs(words: tuple[str, ...], index: int) -> tuple[int, tuple[ActWords, ...]]:
    """The word behind the adverbs that stand there, set off by commas or not, and their rows."""
    if index >= len(words) or (words[index] != "," and words[index] not in adverbs().firsts):
        return index, ()
    rows: list[ActWords] = []
    aside = False
    while True:
        comma = words[index : index + 1] == (",",)
        found = adverbs().at(words, index + comma)
        if not found:
            return index + (aside and comma), tuple(rows)
        index, aside = index + comma + found[0], comma
        rows.append(found[1])


def _with_adverbs(words: tuple[str, ...], start: int, verb: int, found: tuple[int, _Form], clitic: str) -> Head:
    end, rows = _past_adverbs(words, found[0])
    form = found[1]
    inside = adverbs().find(words, verb + 1, found[0])
    gaps = [row for k, _, row in inside if words[k] not in form.words]
    return Head(start, verb, end, form.row, clitic, (*gaps, *rows))


def _may_open(words: Words, head: Head, heads: list[Head]) -> bool:
    """Whether a verb behind another is an act: one that others may do too only behind ";" or ", et", in no relative."""
    if not head.row.guarded:
        return True
    before = words.words[max(0, head.start - 2) : head.start]
    if before[-1:] != (";",) and before != (",", "et"):
        return False
    last = heads[-1].end if heads else 0
    clause = words.words[max(last, head.start - 25) : head.start - len(before)]
    return not any(word in words_of("finite", "relatives") for word in clause)
