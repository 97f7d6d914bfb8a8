"""The clause that a verb of command governs: who is asked, and the verb that says what is to be done.

No parser: the infinitive behind "de" or "à" ends the name of the one asked ("prie l’Office de fournir"), the finite
verb behind "que" the name of who must ("exige que les parties cessent"). The words are in ``acts.toml`` of each
language.
"""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from resdiff.data import schema
from resdiff.data.schema import ActVerb, ActWords
from resdiff.language import Language, pattern
from resdiff.language.dates import Time
from resdiff.language.fold import Words, WordTable, fold_phrases, fold_same_length, phrase_words, split_words
from resdiff.language.forms import beyond_brackets
from resdiff.model import Paragraph, Part
from resdiff.recognition.survey import Condition, Family, FigureMention, Passage, Reference

__all__ = [
    "CHAIN",
    "SUBJECT",
    "VIEWS",
    "Asked",
    "Clause",
    "Text",
    "adverbs",
    "aside_end",
    "asked",
    "conjunction",
    "find_conditions",
    "find_figures",
    "finite_verbs",
    "flat_letters",
    "infinitive",
    "infinitive_at",
    "is_duty",
    "its_own",
    "words_of",
]

LONGEST_NAME = 45
"""How many words the name of the one asked may have."""
LONGEST_SUBJECT = 25
SUBJECT = 45
"""How many words before its verb the subject of a clause may have."""
CHAIN = 20
"""How far behind "continuer" the verb that it leads to may stand."""
ASKING = (Family.DEMAND, Family.REQUEST, Family.RECOMMEND)
VIEWS = (Family.STRESS, Family.AFFIRM, Family.RECALL)


class Text(Struct, frozen=True):
    """A paragraph in flat words, with the times and the references in it."""

    paragraph: Paragraph
    language: Language
    words: Words
    times: tuple[Time, ...]
    references: tuple[Reference, ...]


def its_own(text: str) -> str:
    """The text, with a blank for each letter that is not its own while it is negotiated: the names before a proposal.

    >>> its_own("[UE : Prie les États]")
    '      Prie les États '
    """
    if "[" not in text:
        return text
    from resdiff.language.unsettled import plain_draft  # few texts need it

    return plain_draft(text)


def flat_letters(text: str) -> str:
    """The text in flat letters, each in its place; of one that is negotiated what is not its own is blank.

    >>> flat_letters("[UE : Prie les États]")
    '      prie les etats '
    """
    return fold_same_length(its_own(text))


class Clause(Struct, frozen=True):
    """Words ``start`` to ``stop`` of a text: a passage of an act, or what follows its verb there."""

    text: Text
    words: tuple[str, ...]
    start: int
    stop: int

    @property
    def language(self) -> Language:
        """The language of the text."""
        return self.text.language

    def word(self, index: int) -> str:
        """The word there; empty outside the clause."""
        return self.words[index] if self.start <= index < self.stop else ""

    def is_a(self, index: int, kind: str) -> bool:
        """Whether the word there is one of a list of the grammar: "that", "of", "to"."""
        return self.word(index) in words_of("grammar", kind, self.text.language)

    def place(self, first: int, stop: int) -> Passage:
        """Where the words from ``first`` up to ``stop`` stand, with the other one of a square bracket right beside."""
        return Passage(self.text.paragraph.id, *self._bounds(first, stop))

    def whole(self) -> Passage:
        """Where the clause stands, with the marks around the first and the last word of the text."""
        paragraph, words = self.text.paragraph, self.text.words
        start = words.starts[self.start] if 0 < self.start < len(self.words) else 0
        end = words.end(self.stop - 1) if 0 < self.stop < len(self.words) else len(paragraph.text)
        return Passage(paragraph.id, start, end)

    def printed(self, first: int, stop: int) -> str:
        """The text of the words from ``first`` up to ``stop``."""
        return self.text.paragraph.text[slice(*self._bounds(first, stop))] if first < stop else ""

    def _bounds(self, first: int, stop: int) -> tuple[int, int]:
        words = self.text.words
        return beyond_brackets(self.text.paragraph.text, words.starts[first], words.end(stop - 1))

    def capital(self, index: int) -> bool:
        """Whether the word is printed with a capital: a name, no verb."""
        return bool(self.word(index)) and self.text.paragraph.text[self.text.words.starts[index]].isupper()

    def accented_a(self, index: int) -> bool:
        """Whether the word is "à", no verb."""
        return self.word(index) == "a" and self.text.paragraph.text[self.text.words.starts[index]] != "a"

    def that(self, start: int, stop: int) -> int:
        """The first "que" from there on; -1 when there is none."""
        stop = min(stop, self.stop)
        that = words_of("grammar", "that", self.text.language)
        places = [self.words.index(word, start, stop) for word in that if word in self.words[start:stop]]
        return min(places, default=-1)


class Asked(Struct, frozen=True):
    """Who is asked, the word at which what is asked begins (-1: all that follows), the verb that says it, if bound."""

    who: str = ""
    at: int = -1
    verb: int = -1
    duty: bool = False
    named: bool = False


def _listed(section: str, key: str, language: Language) -> list[str]:
    words = getattr(language.acts, section).get(key, ())
    return fold_phrases(words) if isinstance(words, tuple) else []


@cache
def words_of(section: str, key: str, language: Language) -> frozenset[str]:
    """The flat words of a list of the table; none where the language has no such list."""
    return frozenset(_listed(section, key, language))


@cache
def conjunction(language: Language) -> str:
    """The word for "and"."""
    return next(iter(_endings("grammar", "and", language)), "")


@cache
def adverbs(language: Language) -> WordTable[ActWords]:
    """The adverbs that may stand beside a verb, each with its row."""
    return WordTable((word, row) for row in language.acts.adverb for word in row.words)


# ---- verbs told from nouns -----------------------------------------------------------------------------------------


@cache
def _endings(section: str, key: str, language: Language) -> tuple[str, ...]:
    return tuple(_listed(section, key, language))


@cache
def _is_infinitive(word: str, language: Language) -> bool:
    """By its ending, or where verbs have none by the list of them."""
    if word in words_of("infinitive", "verbs", language):
        return True
    endings = _endings("infinitive", "endings", language)
    return word.endswith(endings) and word not in words_of("infinitive", "nouns", language)


@cache
def _is_finite(word: str, language: Language) -> bool:
    if word in words_of("finite", "forms", language):
        return True
    if not word.endswith(_endings("finite", "endings", language)) or word in words_of("finite", "nouns", language):
        return False
    return not word.endswith(_endings("finite", "noun_endings", language)) or word.endswith(
        _endings("finite", "verb_endings", language)
    )


@cache
def _is_between(word: str, language: Language) -> bool:
    """Whether the word may stand between "de" and its infinitive: a pronoun, an adverb."""
    if word in words_of("infinitive", "between", language):
        return True
    return word.endswith(_endings("infinitive", "adverb_endings", language)) and not _is_infinitive(word, language)


def infinitive(clause: Clause, start: int, stop: int) -> tuple[int, int] | None:
    """The first "de" or "à" with an infinitive, from one word to another: where both stand."""
    words, language = clause.words, clause.text.language
    to, bound = words_of("grammar", "to", language), words_of("infinitive", "bound", language)
    named = bool(words_of("infinitive", "verbs", language))  # "Human Rights to continue": the end of a name binds none
    for index in range(max(start, clause.start), min(stop, clause.stop)):
        if words[index] not in to:
            continue
        if clause.word(index - 1) in bound and not (named and clause.capital(index - 1)):
            continue
        if (verb := infinitive_at(clause, index + 1)) >= 0:
            return index, verb
    return None


def infinitive_at(clause: Clause, index: int) -> int:
    """The infinitive that stands there, perhaps behind pronouns and adverbs; -1 when none does."""
    if clause.word(index) == ",":  # "de, selon qu’il convient, prendre": an aside
        closed = next((k for k in range(index + 1, index + 16) if clause.word(k) == ","), -1)
        index = closed + 1 if closed > 0 else index + 1
    language = clause.text.language
    while (word := clause.word(index)) and _is_between(word, language):
        index += 1
    before = clause.word(index - 1)
    if word not in words_of("infinitive", "verbs", language) and before in words_of("infinitive", "verbs", language):
        index, word = index - 1, before  # "to further their efforts", "to further strengthen"
    return index if word and _is_infinitive(word, language) and not clause.capital(index) else -1


def finite_verbs(clause: Clause, start: int, stop: int) -> Iterator[int]:
    """The verbs of the clause behind "que", none of a relative clause inside it."""
    relative, language = False, clause.text.language
    relatives = words_of("finite", "relatives", language)
    for index in range(start, min(stop, clause.stop)):
        word = clause.word(index)
        if word in ("", ";", ":"):
            return
        if word in relatives:
            relative = True
        elif word == ",":
            relative = False
        elif _is_finite(word, language) and not clause.capital(index) and not clause.accented_a(index):
            if relative:
                relative = False
            elif not _noun_there(clause, index):
                yield index


def _noun_there(clause: Clause, index: int) -> bool:
    """Whether the word stands behind an article or a preposition: "la reste", not "qu’elle le fasse"."""
    before = clause.word(index - 1)
    if before in words_of("finite", "clitics", clause.language) and clause.word(index - 2) in words_of(
        "addressee", "speaking", clause.language
    ):
        return False
    return before in words_of("finite", "not_behind", clause.language)


# ---- who is asked --------------------------------------------------------------------------------------------------


def asked(clause: Clause, row: ActVerb, family: Family, clitic: str) -> Asked:
    """Who is asked by the verb of that row, as printed but with the article alone; nobody when that cannot be told."""
    frames = row.asks
    first = clause.start
    if "of" in frames and (found := _asked_of(clause, first)):
        return found
    if clitic:
        verb = infinitive(clause, first, clause.stop)
        return Asked(clitic, verb[0], verb[1]) if verb else Asked(clitic)
    if "that" in frames and (found := _who_must(clause, family)):
        return found
    if {"direct", "dative", "appeal"} & set(frames):
        return _asked_to(clause, row)
    return Asked()


def _asked_of(clause: Clause, first: int) -> Asked | None:
    """ "exige de tous les États qu’ils lui soumettent" """
    if not clause.is_a(first, "links") or infinitive(clause, first, first + 1):
        return None
    that = clause.that(first, first + LONGEST_NAME)
    while that > 0 and clause.word(that - 1) in words_of("grammar", "comparing", clause.language):  # "telle que visée"
        that = clause.that(that + 1, first + LONGEST_NAME)
    if that < 0:
        return None
    verb = next(finite_verbs(clause, that + 1, that + SUBJECT), -1)
    return Asked(_name(clause, first + clause.is_a(first, "of"), that), that + 1, verb, duty=True, named=True)


def _opening(clause: Clause) -> int:
    """The "que" that the verb governs, perhaps behind an aside; -1 when it governs none."""
    if clause.is_a(clause.start, "that"):
        return clause.start
    if clause.is_a(clause.start, "of") or clause.is_a(clause.start, "prepositions"):
        return -1
    that = words_of("grammar", "that", clause.language)
    for index in range(clause.start + 1, min(clause.start + 60, clause.stop)):
        word = clause.words[index]
        if word in (";", ":"):
            return -1
        if word in that and clause.words[index - 1] == "," and not clause.is_a(index + 1, "they"):
            return index
    return -1


def _who_must(clause: Clause, family: Family) -> Asked | None:
    """Who must, behind "que": "exige que les parties cessent", "souligne qu’il importe que les États créent"."""
    that = _opening(clause)
    if that < 0:
        return None
    start, impersonal = that + 1, False
    if clause.is_a(start, "it"):
        if found := _incumbent(clause, start + 1):
            return found
        impersonal = clause.word(start + 1) in words_of("duty", "impersonal", clause.language)
        again = clause.that(start + 1, start + 9) if impersonal else -1
        if impersonal and again < 0:
            return Asked("", that)
        start = max(again + 1, start)
    elif found := _incumbent(clause, start):
        return found
    for verb in finite_verbs(clause, start, start + SUBJECT):
        stop = verb
        while stop > start and clause.word(stop - 1) in words_of("finite", "clitics", clause.language):
            stop -= 1
        duty = is_duty(clause, verb)
        who = _name(clause, start, stop)
        actor = bool(who) and _is_actor(who, clause.language, speaking=family in ASKING) and not _suffers(clause, verb)
        if family not in ASKING and not (impersonal and family in VIEWS):
            actor = actor and (duty or clause.word(verb) in words_of("duty", "permissions", clause.language))
        return Asked(who if actor else "", start, verb, duty=duty and family not in ASKING, named=actor)
    return Asked("", that)


def _incumbent(clause: Clause, index: int) -> Asked | None:
    """ "qu’il incombe aux parties de trouver une solution": a duty of the one named"""
    if clause.word(index) not in words_of("duty", "incumbent", clause.language):
        return None
    to = next((k for k in range(index + 1, index + 6) if clause.is_a(k, "prepositions")), -1)
    verb = infinitive(clause, to + 1, to + LONGEST_NAME) if to > 0 else None
    return Asked(_name(clause, to, verb[0]), *verb, duty=True, named=True) if verb else None


@cache
def _duties(language: Language) -> WordTable[bool]:
    return WordTable((words, True) for words in words_of("duty", "verbs", language))


def is_duty(clause: Clause, verb: int) -> bool:
    """Whether the finite verb of a clause says what must be done: "doivent cesser", "cesseront"; not what may be."""
    word = clause.word(verb)
    if word in words_of("duty", "permissions", clause.language):
        return False
    return bool(_duties(clause.language).at(clause.words, verb)) or word.endswith(
        _endings("duty", "endings", clause.language)
    )


def _suffers(clause: Clause, verb: int) -> bool:
    """Whether the verb is in the passive, so that its subject does nothing: "sera créé", no "sera chargé"."""
    passives = words_of("governed", "passives", clause.language)
    if clause.word(verb) not in passives:
        if not (is_duty(clause, verb) and clause.word(verb + 1) in passives):
            return False
        verb += 1  # "doit être créé"
    index = verb + 1
    while (found := adverbs(clause.language).at(clause.words, index)) or clause.word(index).endswith(
        _endings("duty", "adverb_endings", clause.language)
    ):
        index += found[0] if found else 1
    printed = clause.printed(index, index + 1) if clause.word(index) else ""
    return printed.endswith(_participles(clause.language)) and clause.word(index) not in words_of(
        "duty", "charged", clause.language
    )


@cache
def _participles(language: Language) -> tuple[str, ...]:
    """The endings of past participles, as printed: accents count."""
    words = language.acts.duty.get("participles", ())
    return words if isinstance(words, tuple) else ()


HEAD = 3  # words of a subject among which its noun stands, where it does not stand before the preposition


def _is_actor(who: str, language: Language, *, speaking: bool) -> bool:
    """Whether a subject can be asked: no thing, no impersonal pronoun."""
    words = phrase_words(fold_same_length(who))
    if not words:
        return False
    if words[0] in words_of("addressee", "pronouns", language):
        return speaking and words[0] in words_of("addressee", "speaking", language)
    ends = words_of("addressee", "ends_noun", language)
    stop = next((k for k, word in enumerate(words) if word in ends), len(words))
    head = words[max(0, stop - 1) : stop] if ends else words[:HEAD]
    return words_of("addressee", "things", language).isdisjoint(head) and len(words) <= LONGEST_SUBJECT


def _asked_to(clause: Clause, row: ActVerb) -> Asked:
    """ "prie l’Office de fournir", "demande aux États de coopérer", "lance un appel aux donateurs pour qu’ils" """
    frames, first = row.asks, clause.start
    while aside := aside_end(clause, first):
        first = aside
    dative = clause.is_a(first, "prepositions")
    if clause.is_a(first, "of") or (dative and "direct" in frames and not {"dative", "appeal"} & set(frames)):
        return Asked()
    if (not dative and "direct" not in frames) or (dative and infinitive_at(clause, first + 1) >= 0):
        return Asked()
    verb = infinitive(clause, first + 1, first + LONGEST_NAME * 2)
    stop, at = (verb[0], verb[0]) if verb else (clause.stop, -1)
    recalled = row.family == Family.RECALL
    if (recalled or "appeal" in frames) and 0 < (that := _purpose(clause, first, recalled=recalled)) < stop:
        stop, at, verb = that, that, None
    if at < 0 and clause.word(clause.stop - 1) == ":":  # what is asked stands in points
        stop = at = clause.stop - 1
    if at < 0 or any(
        clause.word(k) in words_of("addressee", "not_asked", clause.language) for k in range(first, first + 3)
    ):
        return Asked()
    while stop > first + 1 and _is_between(clause.word(stop - 1), clause.language):
        stop -= 1  # "calls upon States also to"
    who = _name(clause, first, stop)
    if words_of("addressee", "ends_noun", clause.language) and not _is_actor(who, clause.language, speaking=True):
        return Asked()  # "encourages the efforts of States to cooperate"
    return Asked(who, at, verb[1] if verb else -1) if len(who.split()) <= LONGEST_NAME else Asked()


def aside_end(clause: Clause, first: int) -> int:
    """Where the words go on behind an aside that stands there: ", compte tenu de la situation, les États"."""
    if clause.word(first) != ",":
        return 0
    if clause.is_a(first + 1, "of") and infinitive_at(clause, first + 2) >= 0:
        return first + 1
    closed = next((k for k in range(first + 1, first + 40) if clause.word(k) in (",", ";", "")), -1)
    named = clause.word(first + 1) in words_of("addressee", "determiners", clause.language) or clause.capital(first + 1)
    if named and not adverbs(clause.language).at(clause.words, first + 1):
        return first + 1
    return closed + 1 if closed > 0 and clause.word(closed) == "," else 0


def _purpose(clause: Clause, first: int, *, recalled: bool) -> int:
    """Where "pour que", "afin qu’", "qu’ils" begins what is asked; any "que" what somebody is reminded of."""
    that = clause.that(first, first + LONGEST_NAME)
    if that < 0:
        return -1
    if clause.is_a(that - 1, "so"):
        return that - 1
    return that if recalled or clause.is_a(that + 1, "who") else -1


def _name(clause: Clause, first: int, stop: int) -> str:
    """The name among those words: without asides, with the article alone ("aux États" is "les États")."""
    chunks, start = [], first
    for index in range(first, stop + 1):
        if index == stop or clause.word(index) == ",":
            chunks.append((start, index))
            start = index + 1
    kept = [chunk for chunk in chunks if chunk[0] < chunk[1]]
    while len(kept) > 1 and not _begins(clause, kept[0]):
        kept.pop(0)
        if len(kept) == 1 and not _begins(clause, kept[0]):
            return ""
    if clause.word(stop - 1) == "," or not _is_list(clause, kept):
        kept = _without_asides(clause, kept)
    while kept and clause.is_a(kept[-1][1] - 1, "and"):
        kept[-1] = (kept[-1][0], kept[-1][1] - 1)
    named = ", ".join(clause.printed(*chunk) for chunk in kept if chunk[0] < chunk[1])
    joined = conjunction(clause.language)
    return _with_articles(named.replace(f" {joined}, ", f" {joined} "), clause.language)


def _begins(clause: Clause, chunk: tuple[int, int]) -> bool:
    return _names(clause, chunk[0]) or clause.is_a(chunk[0], "links")


def _without_asides(clause: Clause, chunks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The first chunk and those that go on with it; not the last one of a list inside an aside."""
    kept, aside = chunks[:1], False
    for chunk in chunks[1:]:
        if not aside and _goes_on(clause, chunk[0], chunks[0][0]):
            kept.append(chunk)
        else:
            aside = _names(clause, chunk[0])
    return kept


def _is_list(clause: Clause, chunks: list[tuple[int, int]]) -> bool:
    """Whether chunks name several: "les États, les organisations et la Banque"; an aside would end with a comma."""
    last = [clause.word(k) for k in range(*chunks[-1])] if len(chunks) > 1 else []
    named = all(_names(clause, at) or clause.is_a(at, "links") for at, _ in chunks[1:])
    return named and conjunction(clause.language) in last


def _names(clause: Clause, index: int) -> bool:
    """Whether a name begins there: a capital, a determiner, "à" before one of them."""
    if clause.is_a(index, "prepositions") and not _starts_name(clause, index + 1):
        return False
    if clause.word(index) == "a" and clause.is_a(index, "prepositions"):
        index += 1
        named = clause.word(index) in words_of("addressee", "after_to", clause.language)
        return named or (clause.word(index) != "" and clause.capital(index))
    if clause.word(index) not in words_of("addressee", "determiners", clause.language):
        return clause.word(index) != "" and clause.capital(index)
    return not adverbs(clause.language).at(clause.words, index)


def _starts_name(clause: Clause, index: int) -> bool:
    """Whether what stands behind "à" or "aux" may be someone: not "aux fins de", "à la suite de"."""
    while clause.is_a(index, "articles"):
        index += 1
    return clause.word(index) not in words_of("addressee", "not_named", clause.language)


def _goes_on(clause: Clause, index: int, first: int) -> bool:
    """Whether a chunk behind a comma is a further one asked: ", et aux organisations", ", aux donateurs"."""
    if clause.word(index) not in words_of("addressee", "coordinations", clause.language) or adverbs(clause.language).at(
        clause.words, index
    ):
        return False
    if clause.is_a(index, "prepositions") and not clause.is_a(first, "prepositions"):
        return False
    while clause.is_a(index, "joining"):
        index += 1
    return _names(clause, index)


def _with_articles(words: str, language: Language) -> str:
    """A name with the article alone, where a preposition stands before it: "aux États et à l’Office"."""
    first, _, rest = words.partition(" ")
    preposition, table = fold_same_length(first), language.acts.contracted
    asks = preposition in words_of("grammar", "prepositions", language)
    if not table.articles:
        return rest if asks else words

    def further(found: re.Match[str]) -> str:
        joint = table.whole.get(fold_same_length(found[1]), found[1])
        return joint + table.articles.get(fold_same_length(found[2]), "")

    if asks:
        rest = pattern(table.further).sub(further, rest)
    if preposition in table.articles:
        return table.articles[preposition] + rest
    return words[2:] if preposition.startswith("d'") else words


# ---- on what condition, how many ------------------------------------------------------------------------------------


RE_COUNTED = re.compile(r"[0-9] ([a-z]+)")
NUMBER = r"(?:\d{1,3}(?: \d{3})+|\d+)"
FLOUTED = 10  # words before a safeguard within which a verb or a noun may say that it is flouted


def find_conditions(paragraph: Paragraph, language: Language) -> Iterator[Condition]:
    """The conditions of a paragraph, from left to right, none inside another, none of which the contrary is said.

    >>> text = "Prie les États de coopérer, conformément au droit international"
    >>> from resdiff.model import Part, Span
    >>> paragraph = Paragraph("op1", Part.OPERATIVE, "1", 0, "Prie", text, Span(0, 0))
    >>> [c.text for c in find_conditions(paragraph, Language.of("fr"))]
    ['conformément au droit international']
    """
    plain = flat_letters(paragraph.text)
    words = split_words(plain)
    turned, flouted = language.conditions.turned.words, frozenset(language.conditions.flouted.words)
    for index, length, (number, row) in _phrases(language).find(words.words, 0, len(words.words)):
        before = words.words[max(0, index - FLOUTED) : index]
        if before and before[-1] in turned:
            continue
        if row.named and (paragraph.part is not Part.OPERATIVE or not flouted.isdisjoint(before)):
            continue
        start, end = words.starts[index], words.end(index + length - 1)
        if row.sort == "consult" and pattern(language.conditions.made.pattern).search(plain[:start].rstrip()):
            continue  # with whom a paper was made, not what is asked
        yield Condition(paragraph.id, start, end, paragraph.text[start:end], number, row.sort, row.full)


@cache
def _phrases(language: Language) -> WordTable[tuple[int, schema.Condition]]:
    """All the phrases of conditions, each with the number of its row, and the row."""
    rows = enumerate(language.conditions.condition)
    return WordTable((text, (number, row)) for number, row in rows for text in row.phrases)


def find_figures(paragraph: Paragraph, language: Language) -> Iterator[FigureMention]:
    """The figures of a paragraph that tell how many are authorised: "un effectif de 1 200 hommes"."""
    plain = flat_letters(paragraph.text)
    if not _counted(language).isdisjoint(RE_COUNTED.findall(plain)):
        for match in _figures(language).finditer(plain):
            yield FigureMention(paragraph.id, *match.span(), paragraph.text[slice(*match.span())])


@cache
def _counted(language: Language) -> frozenset[str]:
    """The words that may stand right behind the number of a figure."""
    return frozenset(word for row in language.conditions.figure for word in row.behind)


@cache
def _figures(language: Language) -> re.Pattern[str]:
    rows = language.conditions.figure
    return pattern("|".join(row.pattern for row in rows).replace("NUMBER", NUMBER))
