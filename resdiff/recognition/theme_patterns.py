"""The patterns of topics, from what a person writes to an index that is matched by looking words up.

    preuve électronique          words in all their inflected forms; articles and "de" do not count
    biométri*                    any word with that beginning
    =données                     that form alone
    NRBC                         capitals: an acronym, as it stands
    preuve (numérique|électronique)   one of these; an empty branch makes the group optional
    preuve ... numérique         at most four words between, in the same clause
    genre & (femme|fille)        the second must stand in the same paragraph
    objet du patrimoine culturel ~ bien culturel    (in names) terms of art for one thing, set apart by ~

Inflection comes from the word list of the language in simplemma; it is read when the index is built (or for a user's
own topics), never at the start of the command.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path

import msgspec
from msgspec import Struct

from resdiff import limits
from resdiff.data import path, strict
from resdiff.data.schema import BEGINNING, OwnLabel, OwnTopic, OwnTopics, TopicIndex
from resdiff.errors import InputError, NotFoundError
from resdiff.language import Language
from resdiff.language.fold import fold
from resdiff.language.inflection import forms, twins
from resdiff.reading import one_line

__all__ = ["Rule", "compile_rules", "compiled", "read_rules"]

MAX_SEQUENCES = 400  # a pattern that multiplies out to more is a mistake of its writer

RE_PART = re.compile(r"\(([^()]*)\)|(\.\.\.)|([^\s()|&]+)")


class Rule(Struct, frozen=True):
    """A topic as written: its names, its patterns, and sentences it must and must not find."""

    id: str
    fr: str
    en: str
    article: str
    priority: int
    patterns: tuple[str, ...]
    names: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    examples_match: tuple[str, ...] = ()
    examples_not: tuple[str, ...] = ()
    unbis: str = ""
    match: str = ""
    reason: str = ""


# ---- reading --------------------------------------------------------------------------------------------------------


def read_rules(path: Path, language: Language) -> tuple[Rule, ...]:
    """The topics of a TOML file, one ``[[topic]]`` table each, in that language.

    Raises NotFoundError when there is no such file, InputError ``topics-broken`` when it is not TOML, lacks what a
    topic needs, or holds a pattern that cannot be read.
    """
    try:
        with path.open("rb") as file:
            rows = one_line(tomllib.loads(file.read(limits.TABLE).decode("utf-8")))
        table = msgspec.convert(rows, OwnTopics)
    except FileNotFoundError as error:
        raise NotFoundError("file-missing", path) from error
    except msgspec.ValidationError as error:
        raise InputError("topics-broken", path, _where(strict.fault(rows, OwnTopics, error))) from error
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(*strict.unreadable(path, error)) from error
    rules = tuple(_rule(path, number, row, language) for number, row in enumerate(table.topic, 1))
    _refuse_twins(path, rules)
    return rules


def _where(wrong: strict.Fault) -> str:
    """The place of a mistake: ``[[topic]] 3: priority ?``."""
    if not wrong.row.startswith("[[topic]]"):
        return "[[topic]] ?"
    key = "label.fr" if wrong.key == "label" else wrong.key
    wanted = ' = ["…"]' if "`array`" in wrong.detail else ""
    return f"{wrong.row}: {key}{wanted} ?" if key else wrong.row


def _refuse_twins(path: Path, rules: tuple[Rule, ...]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise InputError("topics-broken", path, f"id = {rule.id!r} (×2)")
        seen.add(rule.id)


def _rule(path: Path, number: int, row: OwnTopic, language: Language) -> Rule:
    """One topic; a label that is one string is that of both languages."""
    where = f"[[topic]] {number}"
    label = row.label if isinstance(row.label, OwnLabel) else OwnLabel(row.label)
    rule = Rule(
        id=row.id,
        fr=label.fr,
        en=label.en or label.fr,
        article=row.article,
        priority=row.priority,
        patterns=row.patterns,
        names=row.names,
        hints=row.hints,
        unless=row.unless,
        examples_match=row.examples_match,
        examples_not=row.examples_not,
        unbis=row.unbis,
        match=row.match,
        reason=row.reason,
    )
    if not rule.patterns + rule.names:
        raise InputError("topics-broken", path, f"{where}: patterns ?")
    _check_patterns(path, where, rule, language)
    return rule


def _check_patterns(path: Path, where: str, rule: Rule, language: Language) -> None:
    for _, pattern, _ in _jobs(rule):
        try:
            _sides(pattern, language)
        except ValueError as error:
            raise InputError("topics-broken", path, f"{where}: « {pattern} »") from error


# ---- the grammar ----------------------------------------------------------------------------------------------------


def _sides(pattern: str, language: Language) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The word sequences a pattern stands for, and those of its context after ``&``. Raises ValueError."""
    head, *contexts = pattern.split("&")
    if len(contexts) > 1:
        raise ValueError("more than one &")
    return _sequences(head, language), _sequences(contexts[0], language) if contexts else []


def _sequences(text: str, language: Language) -> list[tuple[str, ...]]:
    """Every sequence of words and gaps that the text multiplies out to.

    >>> _sequences("preuve (numérique|à conviction)", Language.of("fr"))
    [('preuve', 'numérique'), ('preuve', 'conviction')]
    """
    left = RE_PART.sub("", text).strip()
    parts = [_branches(group, gap, word, language) for group, gap, word in RE_PART.findall(text)]
    if left or not parts:
        raise ValueError(text)
    size = 1
    for part in parts:
        size *= len(part)
    if size > MAX_SEQUENCES:
        raise ValueError(text)
    joined = [tuple(w for words in choice for w in words) for choice in product(*parts)]
    for sequence in joined:
        if not sequence or sequence[0] == "..." or sequence[-1] == "..." or set(sequence) & {"*", "="}:
            raise ValueError(text)
    return joined


def _branches(group: str, gap: str, word: str, language: Language) -> list[tuple[str, ...]]:
    if gap:
        return [("...",)]
    if word:
        return [tuple(_elided(word, language))]
    return [tuple(w for part in branch.split() for w in _elided(part, language)) for branch in group.split("|")]


def _elided(word: str, language: Language) -> list[str]:
    """The word without ``l’`` or ``d’`` and nothing at all for an article: both do not count."""
    dropped = language.uncounted
    first, sign, rest = word.replace("'", "’").partition("’")
    bare = word[len(first) + 1 :] if rest[:1].isalnum() and fold(first + sign) in dropped else word
    return [] if fold(bare) in dropped else [bare]


# ---- the index ------------------------------------------------------------------------------------------------------


def compile_rules(rules: Iterable[Rule], language: Language) -> TopicIndex:
    """The index of these topics, whose words inflect as in that language and are masked by its names of bodies."""
    known: dict[str, int] = {}  # each word of the patterns with its number, in the order they come
    contexts = 0
    patterns: dict[str, list[str]] = {}
    kept = tuple(rules)
    jobs = [(str(n), *job) for n, rule in enumerate(kept) for job in _jobs(rule)]
    jobs += [("", "mask", p, "") for p in language.topics.masks]
    for topic, role, pattern, name in jobs:
        heads, near = _sides(pattern, language)
        contexts += bool(near)
        context = str(contexts) if near else ""
        rows = [(topic, role, name, s) for s in heads] + [("", "context", "", s) for s in near]
        for row_topic, row_role, row_name, sequence in rows:
            numbers = ["." if word == "..." else str(known.setdefault(word, len(known))) for word in sequence]
            patterns.setdefault(numbers[0], []).append(
                f"{row_topic}:{row_role}:{context}:{row_name}:{' '.join(numbers[1:])}"
            )
    words = {number: word for word, number in known.items()}
    joined = {first: "|".join(rows) for first, rows in sorted(patterns.items(), key=lambda item: int(item[0]))}
    topics = tuple((r.id, r.fr, r.en, r.article, r.priority, r.unbis, r.match) for r in kept)
    return TopicIndex(topics=topics, patterns=joined, **_expanded(words, language))


def compiled(language: Language) -> TopicIndex:
    """The index of the topics that come with resdiff in that language."""
    return compile_rules(read_rules(path(f"{language.code}/topics.toml"), language), language)


def _jobs(rule: Rule) -> Iterator[tuple[str, str, str]]:
    """Each pattern of a topic with its role; a term of art with the number of its group and its own."""
    for role, patterns in (("match", rule.patterns), ("hint", rule.hints), ("unless", rule.unless)):
        yield from ((role, pattern, "") for pattern in patterns)
    for group, terms in enumerate(rule.names):
        yield from (("match", term, f"{group}.{number}") for number, term in enumerate(terms.split("~")))


def _expanded(words: Mapping[int, str], language: Language) -> dict[str, dict[str, str]]:
    """Forms, heads and refused forms of the numbered words."""
    index: dict[str, dict[str, list[str]]] = {"forms": {}, "heads": {}, "refused": {}}
    for number, word in sorted(words.items()):
        if word.endswith("*"):
            index["heads"].setdefault(fold(word[:-1]), []).append(str(number))
            continue
        printed = _printed_forms(word, language)
        keys = {fold(form) for form in printed}
        for key in keys:
            index["forms"].setdefault(key, []).append(str(number))
        for other in {twin for key in keys for twin in twins(key, language)} - printed:
            index["refused"].setdefault(other, []).append(str(number))
    joined = {name: {key: " ".join(numbers) for key, numbers in sorted(t.items())} for name, t in index.items()}
    return joined | {"forms": _together(joined["forms"])}


def _together(forms: Mapping[str, str]) -> dict[str, str]:
    """Forms and their numbers under the letters with which they begin: six hundred strings are decoded for seven
    thousand.

    >>> _together({"arme": "12 40", "armes": "12", "paix": "7"})
    {'arm': '|arme 12 40|armes 12|', 'pai': '|paix 7|'}
    """
    found: dict[str, str] = {}
    for form, numbers in forms.items():
        found[form[:BEGINNING]] = f"{found.get(form[:BEGINNING], '|')}{form} {numbers}|"
    return found


def _printed_forms(word: str, language: Language) -> set[str]:
    """The forms of a word of a pattern, in small letters; of ``=données`` and of an acronym that one alone.

    >>> [sorted(_printed_forms(word, Language.of("fr"))) for word in ("biométrique", "=Données", "NRBC")]
    [['biométrique', 'biométriques'], ['données'], ['nrbc']]
    """
    if word.startswith("="):
        return {word[1:].casefold()}
    return {word.casefold()} if len(word) > 1 and word.isupper() else forms(word, language)
