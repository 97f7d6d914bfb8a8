"""The grammar of words: the forms of one French word, and the article before a name.

``same_word`` asks whether two words are forms of one, by the rows of ``data/fr/words.toml``; ``without_agreement``
takes plural and feminine off, enough to tell phrases apart; ``forms`` lists all forms of a word with the word list of
simplemma, which takes a second to open. ``named`` puts a name into a sentence by the gender of its first
noun: "l’Office …", "le Pacte …", "les Règles …", "du Comité …".
"""

import re
from functools import cache
from itertools import product

from msgspec import Struct

from resdiff.data.schema import Inflection
from resdiff.language import Language
from resdiff.language.fold import fold

__all__ = ["Named", "forms", "named", "same_word", "twins", "uncounted", "without_agreement"]

RE_HEAD = re.compile(r"[^\s’']+")


# ---- forms ----------------------------------------------------------------------------------------------------------


@cache
def uncounted(language: Language) -> frozenset[str]:
    """The words that do not count between the words of a pattern, folded: articles, "de", "à"."""
    return frozenset(language.words.uncounted.words)


def same_word(old: str, new: str, language: Language) -> bool:
    """Whether two folded words can be forms of one: a stem with two endings of one row.

    >>> same_word("combattre", "combattent", Language.of("fr")), same_word("action", "acte", Language.of("fr"))
    (True, False)
    """
    rows = (row for row in language.words.inflection if old[: row.stem] == new[: row.stem])
    return any(not _stems(old, row).isdisjoint(_stems(new, row)) for row in rows)


def _stems(word: str, row: Inflection) -> set[str]:
    """What is left of a word without each ending of the row it has."""
    return {
        word[: len(word) - len(ending)]
        for ending in row.endings
        if word.endswith(ending) and len(word) - len(ending) >= row.stem
    }


def without_agreement(folded: str) -> str:
    """A folded word without its plural and its feminine.

    >>> without_agreement("regionaux"), without_agreement("electroniques"), without_agreement("privees")
    ('regional', 'electroniqu', 'prive')
    """
    if folded.endswith("aux") and len(folded) > 5:
        return folded[:-3] + "al"
    word = folded[:-1] if len(folded) > 3 and folded[-1] in "sx" else folded
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def forms(word: str, language: Language) -> set[str]:
    """All forms of a word, in small letters: those of the word list, and the regular ones. Halves of a hyphen inflect.

    >>> [sorted(forms(word, Language.of("fr"))) for word in ("biométrique", "familial")]
    [['biométrique', 'biométriques'], ['familial', 'familiale', 'familiales', 'familiaux']]
    """
    lower = word.casefold()
    known, lemmas = _by_lemma(language)
    if "-" in lower and lower not in known:
        return {
            "-".join(parts) for parts in product(*(sorted(forms(part, language)) for part in lower.split("-") if part))
        }
    lemma = lower if lower in lemmas else known.get(lower, lower)
    return {lower, *_regular(lower), *lemmas.get(lemma, ())}


def twins(folded: str, language: Language) -> tuple[str, ...]:
    """The words of the word list that fold to that: "arme" and "armé".

    >>> sorted(twins("arme", Language.of("fr")))
    ['arme', 'armé']
    """
    return _by_fold(language).get(folded, ())


# Endings of adjectives whose feminine and plural the word list often lacks: familial, familiale, familiaux.
_ENDINGS = {"al": ("ale", "ales", "aux"), "el": ("elle", "elles", "els"), "if": ("ive", "ives", "ifs")}


def _regular(word: str) -> set[str]:
    if word[-2:] in _ENDINGS and len(word) > 4:
        return {word[:-2] + ending for ending in _ENDINGS[word[-2:]]}
    return set() if word[-1] in "sxz" else {word + "s"}


@cache
def _by_lemma(language: Language) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The word list of the language in simplemma, and its forms by lemma."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    known = {str(form): str(lemma) for form, lemma in DefaultDictionaryFactory().get_dictionary(language.code).items()}
    lemmas: dict[str, list[str]] = {}
    for form, lemma in known.items():
        if form.islower():
            lemmas.setdefault(lemma, []).append(form)
    return known, lemmas


@cache
def _by_fold(language: Language) -> dict[str, tuple[str, ...]]:
    """The words of the list, by their fold."""
    table: dict[str, tuple[str, ...]] = {}
    for form in _by_lemma(language)[0]:
        if form.islower():
            table[fold(form)] = (*table.get(fold(form), ()), form)
    return table


# ---- articles -------------------------------------------------------------------------------------------------------


class Named(Struct, frozen=True):
    """A name as it stands in a sentence, and whether its verb is in the plural."""

    text: str
    plural: bool


def named(name: str, lang: str = "fr") -> Named:
    """A proper name with the article of its first noun; a name whose noun is not in the table is quoted instead, or has
    the article of all others.

    In a language that puts no article there, one without that table, the name stands alone.

    >>> [named(n).text for n in ("Union interparlementaire", "Comité contre le terrorisme", "Règles Nelson Mandela")]
    ['l’Union interparlementaire', 'le Comité contre le terrorisme', 'les Règles Nelson Mandela']
    >>> named("Haut-Commissariat aux droits de l’homme").text, named("INTERPOL").text, named("Wikipédia").text
    ('le Haut-Commissariat aux droits de l’homme', 'INTERPOL', '«\\xa0Wikipédia\\xa0»')
    >>> [named(n, "en").text for n in ("2030 Agenda for Sustainable Development", "UN-Women", "INTERPOL")]
    ['the 2030 Agenda for Sustainable Development', 'UN-Women', 'INTERPOL']
    """
    if not Language.of(lang).knows("articles"):
        return Named(name, False)
    head = RE_HEAD.match(name)
    noun = head[0] if head else ""
    gender = _genders(lang).get(noun, "")
    rows = Language.of(lang).articles
    if gender == "bare":
        return Named(name, False)
    if not gender:
        return Named(f"{rows.other} {name}" if rows.other else f"«\u00a0{name}\u00a0»", False)
    article = rows.printed[gender]
    if gender != "plural" and noun not in rows.aspirated and fold(noun[:1]) in rows.elided_before:
        article = rows.printed["elided"]
    gap = "" if article.endswith("’") else " "
    return Named(f"{article}{gap}{name}", gender == "plural")


@cache
def _genders(lang: str) -> dict[str, str]:
    rows = Language.of(lang).articles
    sorts = {"masculine": rows.masculine, "feminine": rows.feminine, "plural": rows.plural, "bare": rows.bare}
    return {noun: gender for gender, nouns in sorts.items() for noun in nouns}
