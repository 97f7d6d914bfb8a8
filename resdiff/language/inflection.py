"""All forms of a word, by the word list of simplemma, which takes a second to open: for patterns that are made once.

Whether two words of a text are forms of one tells :func:`resdiff.marking.weight.same_word`, which needs no list.
"""

from functools import cache
from itertools import product

from resdiff.language import Language
from resdiff.language.fold import fold

__all__ = ["forms", "twins"]


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
